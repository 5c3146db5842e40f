//! House rules that no compiler checks.

use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of code that a file may have before it must be split (house plan §5.9); data, tests and generated files exempt.
const LONGEST_FILE: usize = 800;
/// Bytes that `data/` may have in the repository.
const LARGEST_DATA: u64 = 8 * 1024 * 1024;

/// Rooms of `dateline-extract` in flow order: a room may use those before it.
const ROOMS: [&str; 6] = ["clean", "time", "date", "names", "speech", "events"];

/// Files below `at`, sorted, without what git ignores.
pub fn files(root: &Path, at: &str) -> Vec<PathBuf> {
    fn walk(at: &Path, out: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(at) else { return };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | "dateline-archive") {
                    walk(&path, out);
                }
            } else {
                out.push(path);
            }
        }
    }
    let mut out = Vec::new();
    walk(&root.join(at), &mut out);
    out
}

/// Runs every check; prints each finding.
pub fn run(root: &Path) -> Result<()> {
    let mut findings = Vec::new();
    for path in files(root, "crates").into_iter().chain(files(root, "xtask")) {
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string().replace('\\', "/");
        if path.extension().is_some_and(|e| e == "rs") {
            rust(&name, &fs::read_to_string(&path)?, &mut findings);
        }
    }
    for path in files(root, ".") {
        let name = path.strip_prefix(root.join(".")).unwrap_or(&path).display().to_string().replace('\\', "/");
        if path.extension().is_some_and(|e| e == "md") {
            markdown(root, &name, &fs::read_to_string(&path)?, &mut findings);
        }
        if path.extension().is_some_and(|e| e == "toml") && name.starts_with("packs/") {
            let text = fs::read_to_string(&path)?;
            if text.contains('\u{300}') || text.contains('\u{301}') || text.contains('\u{323}') {
                findings.push(format!("{name}: is not in NFC"));
            }
        }
    }
    let size: u64 = files(root, "data").iter().filter_map(|p| fs::metadata(p).ok()).map(|m| m.len()).sum();
    if size > LARGEST_DATA {
        findings.push(format!("data/: {size} bytes, more than {LARGEST_DATA}"));
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    if findings.is_empty() { Ok(()) } else { bail!("{} findings", findings.len()) }
}

fn rust(name: &str, text: &str, findings: &mut Vec<String>) {
    if !text.starts_with("//!") {
        findings.push(format!("{name}: does not open with `//!`: say what the file is"));
    }
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = code.lines().count();
    if lines > LONGEST_FILE {
        findings.push(format!("{name}: {lines} lines before its tests; split it (one file, one idea)"));
    }
    for (number, line) in text.lines().enumerate() {
        let at = number + 1;
        let trimmed = line.trim_start();
        if trimmed.starts_with("#[ignore") {
            findings.push(format!("{name}:{at}: an ignored test; assert today's answer and mark it FIXME"));
        }
        let clock = ["SystemTime::now", "Timestamp::now", "Zoned::now", "Instant::now"].iter().any(|c| line.contains(c));
        if clock && !name.ends_with("clock.rs") && !name.starts_with("xtask/") {
            findings.push(format!("{name}:{at}: reads the clock; only crates/dateline-engine/src/clock.rs may"));
        }
        if line.contains("thread::sleep") && !name.starts_with("xtask/src/tidy") {
            findings.push(format!("{name}:{at}: sleeps; wait for the event instead"));
        }
    }
    if let Some(rest) = name.strip_prefix("crates/dateline-extract/src/")
        && let Some((room, file)) = rest.split_once('/')
        && let Some(place) = ROOMS.iter().position(|r| *r == room)
    {
        if file == "mod.rs" && !(text.contains("Takes:") && text.contains("Gives:") && text.contains("Never:")) {
            findings.push(format!("{name}: a room's first lines say Takes, Gives, Never"));
        }
        for later in &ROOMS[place + 1..] {
            if code.contains(&format!("crate::{later}::")) {
                findings.push(format!("{name}: uses the later room `{later}`"));
            }
        }
    }
}

/// Every path of the repository that a document names in back ticks or links must exist.
fn markdown(root: &Path, name: &str, text: &str, findings: &mut Vec<String>) {
    let folder = Path::new(name).parent().unwrap_or(Path::new("")).to_path_buf();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let ticked = line.split('`').skip(1).step_by(2);
        let linked = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for path in ticked.chain(linked) {
            let repository = ["crates/", "packs/", "docs/", "tests/", "examples/", "data/", "xtask/", ".ci/", "evals/"];
            let plain = !path.contains(['*', '<', ' ', '{', '…', 'D']) || path.contains("docs/");
            if repository.iter().any(|r| path.starts_with(r)) && plain && !path.contains('*') && !path.contains('<') && !path.contains(' ') {
                let path = path.split("::").next().unwrap_or(path);
                if !root.join(path).exists() && !root.join(&folder).join(path).exists() {
                    findings.push(format!("{name}:{}: `{path}` does not exist", number + 1));
                }
            } else if line.contains(&format!("]({path})")) && !path.contains("://") && !path.starts_with('#') {
                let path = path.split('#').next().unwrap_or(path);
                if !root.join(&folder).join(path).exists() {
                    findings.push(format!("{name}:{}: the link `{path}` leads nowhere", number + 1));
                }
            }
        }
    }
}
