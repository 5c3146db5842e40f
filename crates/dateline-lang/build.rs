//! Embeds the files of `packs/`: the folder is the registry. Their tables are parsed here, once, and embedded as bytes that
//! are read in a tenth of the time that TOML takes (`src/tables.rs` has the layout).

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

/// Appends a value: a byte that says what it is, then its content. `false` for what the layout does not have.
fn put(value: &toml::Value, out: &mut Vec<u8>) -> bool {
    match value {
        toml::Value::String(s) => {
            out.push(b's');
            put_text(s, out);
        }
        toml::Value::Integer(i) => {
            out.push(b'i');
            out.extend(i.to_le_bytes());
        }
        toml::Value::Float(f) => {
            out.push(b'f');
            out.extend(f.to_le_bytes());
        }
        toml::Value::Boolean(b) => out.extend([b'b', u8::from(*b)]),
        toml::Value::Array(list) => {
            out.push(b'a');
            out.extend((list.len() as u32).to_le_bytes());
            return list.iter().all(|v| put(v, out));
        }
        toml::Value::Table(table) => {
            out.push(b't');
            out.extend((table.len() as u32).to_le_bytes());
            return table.iter().all(|(key, v)| {
                put_text(key, out);
                put(v, out)
            });
        }
        toml::Value::Datetime(_) => return false,
    }
    true
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../packs");
    let root = root.canonicalize().expect("packs/ lies at the root of the repository");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut code = String::from("static EMBEDDED: &[(&str, &str, std::ops::Range<usize>)] = &[\n");
    let mut tables: Vec<u8> = Vec::new();
    for (name, path) in files {
        let start = tables.len();
        // A file that is no TOML has no bytes here: the program reads its text and says what is wrong.
        if name.ends_with(".toml") {
            let text = fs::read_to_string(&path).expect("packs are UTF-8");
            let known = text
                .parse::<toml::Table>()
                .is_ok_and(|t| put(&toml::Value::Table(t), &mut tables));
            if !known {
                tables.truncate(start);
            }
        }
        code.push_str(&format!(
            "    ({name:?}, include_str!({path:?}), {start}..{}),\n",
            tables.len()
        ));
    }
    code.push_str("];\n");
    let bytes = Path::new(&out).join("tables.bin");
    code.push_str(&format!("static TABLES: &[u8] = include_bytes!({bytes:?});\n"));
    fs::write(bytes, tables).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("embedded.rs"), code).expect("OUT_DIR is writable");
}
