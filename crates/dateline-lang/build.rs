//! Embeds the files of `packs/`: the folder is the registry.

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

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../packs");
    let root = root.canonicalize().expect("packs/ lies at the root of the repository");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let mut code = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        code.push_str(&format!("    ({name:?}, include_str!({path:?})),\n"));
    }
    code.push_str("];\n");
    fs::write(
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("embedded.rs"),
        code,
    )
    .expect("OUT_DIR is writable");
}
