//! Language packs from a folder of the user's.

use crate::Error;
use crate::intake::hex;
use dateline_lang::{PackError, PackFiles};
use dateline_timeline::state::Axioms;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What begins and ends a state of things, by the packs. Those of the user's own run their examples.
///
/// # Errors
/// As [`load`]; the axioms are wrong, or an example does not hold.
pub fn axioms(dir: Option<&Path>) -> Result<Axioms, Error> {
    let axioms = Axioms::load(&load(dir)?)?;
    let failures = if dir.is_some() { axioms.check() } else { Vec::new() };
    PackError::of_examples(&failures)?;
    Ok(axioms)
}

/// The built-in packs, or, where `dir` is given, those with the folders of `dir` in place of the built-in ones of the same name.
///
/// Files directly in `dir` (a manual) are left alone; only `*.toml`, `*.md` and `*.txt` inside its folders are read.
///
/// # Errors
/// The folder or one of its files cannot be read, or is not UTF-8.
pub fn load(dir: Option<&Path>) -> Result<PackFiles, Error> {
    let Some(dir) = dir else {
        return Ok(PackFiles::builtin());
    };
    let fail = |path: &Path, reason: String| Error::PacksFolder {
        path: path.display().to_string(),
        reason,
    };
    let mut own = BTreeMap::new();
    let mut folders = vec![(dir.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| fail(&folder, e.to_string()))? {
            let entry = entry.map_err(|e| fail(&folder, e.to_string()))?;
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if path.is_dir() {
                folders.push((path, format!("{name}/")));
            } else if name.contains('/') && [".toml", ".md", ".txt"].iter().any(|ext| name.ends_with(ext)) {
                let text = fs::read_to_string(&path).map_err(|e| fail(&path, e.to_string()))?;
                own.insert(name, text);
            }
        }
    }
    if own.is_empty() {
        return Err(fail(dir, "it holds no pack".into()));
    }
    let replaced = |path: &str| {
        let folder = path.split('/').next().unwrap_or("");
        own.range(format!("{folder}/")..)
            .next()
            .is_some_and(|(p, _)| p.split('/').next() == Some(folder))
    };
    let builtin = PackFiles::builtin();
    let mut files = PackFiles::default();
    for (path, content) in builtin.under("") {
        if !replaced(path) {
            files.insert(path, content);
        }
    }
    for (path, content) in own {
        files.insert(path, content);
    }
    Ok(files)
}

/// A name for this version of the program with these packs.
pub fn fingerprint(files: &PackFiles) -> String {
    let mut hash = Sha256::new();
    for (path, content) in files.under("") {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(content.as_bytes());
        hash.update([0]);
    }
    format!("{} {}", env!("CARGO_PKG_VERSION"), hex(&hash.finalize()[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_packs_is_refused_with_a_way_out() {
        let message = load(Some(Path::new("no/such/folder"))).unwrap_err().to_string();
        assert!(
            message.contains("no/such/folder") && message.contains("--packs"),
            "{message}"
        );
    }
}
