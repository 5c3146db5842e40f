//! Embeds the files of `packs/`: the folder is the registry. Their tables are parsed here, once, and embedded as bytes that
//! are read in a tenth of the time that TOML takes (`src/tables.rs` has the layout).

use std::collections::HashMap;
use std::path::Path;
use std::{env, fs};

fn walk(root: &Path, at: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(at)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        println!("cargo:rerun-if-changed={}", path.display());
        if path.is_dir() {
            walk(root, &path, out);
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("toml" | "md")) {
            let name = path
                .strip_prefix(root)
                .expect("below root")
                .to_string_lossy()
                .replace('\\', "/");
            out.push((name, path.to_string_lossy().into_owned()));
        }
    }
}

/// The tables' bytes, and all their texts, each once.
#[derive(Default)]
struct Tables {
    bytes: Vec<u8>,
    texts: String,
    /// Where a text stands.
    known: HashMap<String, u32>,
}

impl Tables {
    /// Appends a value: a byte that says what it is, then its content. `false` for what the layout does not have.
    fn put(&mut self, value: &toml::Value) -> bool {
        match value {
            toml::Value::String(s) => {
                self.bytes.push(b's');
                self.put_text(s);
            }
            toml::Value::Integer(i) => {
                self.bytes.push(b'i');
                self.bytes.extend(i.to_le_bytes());
            }
            toml::Value::Float(f) => {
                self.bytes.push(b'f');
                self.bytes.extend(f.to_le_bytes());
            }
            toml::Value::Boolean(b) => self.bytes.extend([b'b', u8::from(*b)]),
            toml::Value::Array(list) => {
                self.bytes.push(b'a');
                self.put_number(list.len());
                return list.iter().all(|v| self.put(v));
            }
            toml::Value::Table(table) => {
                self.bytes.push(b't');
                self.put_number(table.len());
                return table.iter().all(|(key, v)| {
                    self.put_text(key);
                    self.put(v)
                });
            }
            toml::Value::Datetime(_) => return false,
        }
        true
    }

    fn put_text(&mut self, text: &str) {
        let new = self.texts.len() as u32;
        let at = *self.known.entry(text.to_string()).or_insert(new);
        if at == new {
            self.texts.push_str(text);
        }
        self.put_number(at as usize);
        self.put_number(text.len());
    }

    fn put_number(&mut self, number: usize) {
        self.bytes.extend((number as u32).to_le_bytes());
    }
}

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../packs");
    let root = root.canonicalize().expect("packs/ lies at the root of the repository");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut code = String::from("static EMBEDDED: &[(&str, &str, std::ops::Range<usize>)] = &[\n");
    let mut tables = Tables::default();
    for (name, path) in files {
        let start = tables.bytes.len();
        // A file that is no TOML has no bytes here: the program reads its text and says what is wrong.
        if name.ends_with(".toml") {
            let text = fs::read_to_string(&path).expect("packs are UTF-8");
            let known = text
                .parse::<toml::Table>()
                .is_ok_and(|t| tables.put(&toml::Value::Table(t)));
            if !known {
                tables.bytes.truncate(start);
            }
        }
        code.push_str(&format!(
            "    ({name:?}, include_str!({path:?}), {start}..{}),\n",
            tables.bytes.len()
        ));
    }
    code.push_str("];\n");
    let [bytes, texts] = ["tables.bin", "texts.txt"].map(|name| Path::new(&out).join(name));
    code.push_str(&format!("static TABLES: &[u8] = include_bytes!({bytes:?});\n"));
    code.push_str(&format!("pub(crate) static TEXTS: &str = include_str!({texts:?});\n"));
    fs::write(bytes, tables.bytes).expect("OUT_DIR is writable");
    fs::write(texts, tables.texts).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("embedded.rs"), code).expect("OUT_DIR is writable");
}
