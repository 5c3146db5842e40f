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
pub(crate) fn files(root: &Path, at: &str) -> Vec<PathBuf> {
    fn walk(at: &Path, out: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(at) else { return };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        entries.sort();
        for path in entries {
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | "dateline-archive" | "node_modules") {
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
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut findings = Vec::new();
    for path in files(root, "crates").into_iter().chain(files(root, "xtask")) {
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .display()
            .to_string()
            .replace('\\', "/");
        if path.extension().is_some_and(|e| e == "rs") {
            rust(&name, &fs::read_to_string(&path)?, &mut findings);
        }
    }
    for path in files(root, ".") {
        let name = path
            .strip_prefix(root.join("."))
            .unwrap_or(&path)
            .display()
            .to_string()
            .replace('\\', "/");
        // Reports are input, not documents of ours.
        if path.extension().is_some_and(|e| e == "md") && !name.starts_with("examples/reports/") {
            markdown(root, &name, &fs::read_to_string(&path)?, &mut findings);
        }
        if path.extension().is_some_and(|e| e == "toml") && name.starts_with("packs/") {
            let text = fs::read_to_string(&path)?;
            if text.contains('\u{300}') || text.contains('\u{301}') || text.contains('\u{323}') {
                findings.push(format!("{name}: is not in NFC"));
            }
        }
    }
    let size: u64 = files(root, "data")
        .iter()
        .filter_map(|p| fs::metadata(p).ok())
        .map(|m| m.len())
        .sum();
    if size > LARGEST_DATA {
        findings.push(format!("data/: {size} bytes, more than {LARGEST_DATA}"));
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        bail!("{} findings", findings.len())
    }
}

fn rust(name: &str, text: &str, findings: &mut Vec<String>) {
    if !text.starts_with("//!") {
        findings.push(format!("{name}: does not open with `//!`: say what the file is"));
    }
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = code.lines().count();
    if lines > LONGEST_FILE {
        findings.push(format!(
            "{name}: {lines} lines before its tests; split it (one file, one idea)"
        ));
    }
    for (number, line) in text.lines().enumerate() {
        let at = number + 1;
        let trimmed = line.trim_start();
        if trimmed.starts_with("#[ignore") {
            findings.push(format!(
                "{name}:{at}: an ignored test; assert today's answer and mark it FIXME"
            ));
        }
        let clock = ["SystemTime::now", "Timestamp::now", "Zoned::now", "Instant::now"]
            .iter()
            .any(|c| line.contains(c));
        if clock && !name.ends_with("clock.rs") && !name.starts_with("xtask/") {
            findings.push(format!(
                "{name}:{at}: reads the clock; only crates/dateline-engine/src/clock.rs may"
            ));
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

/// A room as the documents name it, `extract::clean`: its folder or file exists; `None` where the words are no such name.
fn room(root: &Path, words: &str) -> Option<bool> {
    let (name, rest) = words.split_once("::")?;
    if !["model", "lang", "extract", "timeline", "engine"].contains(&name) {
        return None;
    }
    let module = rest.split("::").next().unwrap_or(rest);
    if !module.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
        return None;
    }
    let source = root.join(format!("crates/dateline-{name}/src"));
    // What the crate's table of contents names, is there, too.
    let contents = fs::read_to_string(source.join("lib.rs")).unwrap_or_default();
    let mut words = contents.split(|c: char| !c.is_alphanumeric() && c != '_');
    Some(source.join(module).is_dir() || source.join(format!("{module}.rs")).is_file() || words.any(|w| w == module))
}

/// Every path of the repository that a document names in back ticks or links must exist, and every room.
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
        for words in ticked.clone().filter(|w| room(root, w) == Some(false)) {
            findings.push(format!("{name}:{}: there is no room `{words}`", number + 1));
        }
        for path in ticked.chain(linked) {
            let repository = [
                "crates/",
                "packs/",
                "docs/",
                "tests/",
                "examples/",
                "data/",
                "xtask/",
                ".ci/",
                "evals/",
            ];
            // A file of the root is named by its name alone: `clippy.toml`.
            let ending = [".md", ".toml", ".lock"].iter().any(|e| path.ends_with(e));
            let at_root = ending && name == "ARCHITECTURE.md" && !path.contains('/') && path != "pack.toml";
            let plain = !path.contains(['*', '<', ' ', '{', '…']);
            if (repository.iter().any(|r| path.starts_with(r)) || at_root) && plain {
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

#[cfg(test)]
mod tests {
    use super::{markdown, rust};
    use std::path::Path;

    fn check(name: &str, text: &str, expected: &str) {
        let mut findings = Vec::new();
        if name.ends_with(".rs") {
            rust(name, text, &mut findings);
        } else {
            markdown(
                Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("root"),
                name,
                text,
                &mut findings,
            );
        }
        assert_eq!(findings.is_empty(), expected.is_empty(), "{findings:?}");
        assert!(
            findings.iter().any(|f| f.contains(expected)) || expected.is_empty(),
            "{findings:?}"
        );
    }

    #[test]
    fn each_house_rule_finds_its_breach() {
        check("crates/x/src/lib.rs", "//! Fine.\n", "");
        check("crates/x/src/lib.rs", "fn f() {}\n", "does not open");
        check(
            "crates/x/src/lib.rs",
            &format!("//! Long.\n{}", "// x\n".repeat(900)),
            "split it",
        );
        check("crates/x/src/lib.rs", "//! X.\n#[ignore]\nfn f() {}\n", "ignored test");
        check(
            "crates/x/src/lib.rs",
            "//! X.\nfn f() { Zoned::now(); }\n",
            "reads the clock",
        );
        check(
            "crates/dateline-extract/src/time/mod.rs",
            "//! X.\n",
            "Takes, Gives, Never",
        );
        check(
            "crates/dateline-extract/src/time/a.rs",
            "//! X.\nuse crate::speech::Y;\n",
            "later room",
        );
        check("A.md", "see `crates/no-such-crate/src/lib.rs`\n", "does not exist");
        check("A.md", "see [this](docs/no-such.md)\n", "does not exist");
        check("A.md", "the `extract::nowhere` gives\n", "no room");
        check("A.md", "the `extract::clean` of `engine::wire`\n", "");
        check("ARCHITECTURE.md", "`clippi.toml` denies\n", "does not exist");
        check(
            "A.md",
            "see `crates/dateline-model/src/lib.rs` and `packs/<language>/time/`\n",
            "",
        );
    }
}
