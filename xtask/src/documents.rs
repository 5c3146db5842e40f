//! The commands that the documents name, run as a reader would type them.
//!
//! A fenced block marked `sh` is run line by line, in a folder of its own that holds `examples/`. What stands behind a blank
//! and `#` is a remark. Recipes and tests, which would run for minutes or call this check again, are looked up and not run. A
//! line `<!-- not run: REASON -->` over a block exempts it.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Documents whose commands run.
const DOCUMENTS: [&str; 4] = [
    "README.md",
    "README.vi.md",
    "CONTRIBUTING.md",
    "tests/browser/README.md",
];

/// The mark that exempts the block below it.
const EXEMPT: &str = "<!-- not run: ";

/// A command of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    number: usize,
    command: String,
}

/// Checks every document; prints each finding.
pub(crate) fn run(root: &Path, recipes: &[&str]) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--quiet", "--bin", "dateline"])
        .status()?;
    if !built.success() {
        bail!("the program cannot be built");
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |t| root.join(t));
    let programs = target.join("debug");
    let helps = Helps::new(&programs)?;
    let mut findings = Vec::new();
    for name in DOCUMENTS {
        let text = fs::read_to_string(root.join(name)).with_context(|| name.to_string())?;
        let folder = target.join("documents");
        let _ = fs::remove_dir_all(&folder);
        copy(&root.join("examples"), &folder.join("examples"))?;
        let mut say = |number: usize, what: String| findings.push(format!("{name}:{number}: {what}"));
        for (number, what) in unmarked(&text) {
            say(number, what);
        }
        for line in fenced(&text) {
            if let Err(what) = fenced_line(root, &folder, &programs, recipes, &line.command) {
                say(line.number, format!("`{}` {what}", line.command));
            }
        }
        for line in inline(&text) {
            if let Err(what) = looked_up(root, recipes, &helps, &line.command) {
                say(line.number, format!("`{}` {what}", line.command));
            }
        }
    }
    for finding in &findings {
        eprintln!("documents: {finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        bail!("{} findings", findings.len())
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let at = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &at)?;
        } else {
            fs::copy(entry.path(), at)?;
        }
    }
    Ok(())
}

/// Blocks of a document: number of the line of their fence, their mark, whether they are exempt, their lines.
fn blocks(text: &str) -> Vec<(usize, &str, bool, Vec<Line>)> {
    let mut blocks: Vec<(usize, &str, bool, Vec<Line>)> = Vec::new();
    let (mut open, mut before) = (false, "");
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if let Some(mark) = trimmed.strip_prefix("```") {
            if !open {
                blocks.push((index + 1, mark, before.starts_with(EXEMPT), Vec::new()));
            }
            open = !open;
        } else if open && let Some(block) = blocks.last_mut() {
            block.3.push(Line {
                number: index + 1,
                command: line.to_string(),
            });
        }
        if !trimmed.is_empty() {
            before = trimmed;
        }
    }
    blocks
}

fn is_command(line: &str) -> bool {
    ["dateline ", "cargo ", "tests/", ".ci/"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Blocks that hold commands and are not marked as such.
fn unmarked(text: &str) -> Vec<(usize, String)> {
    let plain = blocks(text).into_iter().filter(|(_, mark, _, _)| *mark != "sh");
    plain
        .filter(|(_, _, exempt, lines)| !exempt && lines.iter().any(|l| is_command(&l.command)))
        .map(|(number, ..)| {
            (
                number,
                "holds commands: mark the block `sh`, so that they are run".to_string(),
            )
        })
        .collect()
}

/// The commands of the blocks that are to be run.
fn fenced(text: &str) -> Vec<Line> {
    let marked = blocks(text)
        .into_iter()
        .filter(|(_, mark, exempt, _)| *mark == "sh" && !exempt);
    let lines = marked.flat_map(|(.., lines)| lines);
    lines
        .map(|line| Line {
            command: line.command.split(" #").next().unwrap_or("").trim().to_string(),
            ..line
        })
        .filter(|line| !line.command.is_empty() && !line.command.starts_with('#'))
        .collect()
}

/// Commands in back ticks, outside of blocks.
fn inline(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            open = !open;
        } else if !open {
            let ticked = line.split('`').skip(1).step_by(2).filter(|c| is_command(c));
            lines.extend(ticked.map(|command| Line {
                number: index + 1,
                command: command.to_string(),
            }));
        }
    }
    lines
}

/// Runs a line of a block, or looks it up where running it is another check's job.
fn fenced_line(root: &Path, folder: &Path, programs: &Path, recipes: &[&str], command: &str) -> Result<(), String> {
    let command = match command.strip_prefix("cargo run --release -- ") {
        Some(rest) => format!("dateline {rest}"),
        None => command.to_string(),
    };
    if !command.starts_with("dateline ") {
        return looked_up(root, recipes, &Helps::default(), &command);
    }
    let mut path = programs.as_os_str().to_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let done = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &command])
        .current_dir(folder)
        .env("PATH", path)
        .output()
        .map_err(|e| e.to_string())?;
    if !done.status.success() {
        return Err(format!(
            "ends with {}: {}",
            done.status,
            String::from_utf8_lossy(&done.stderr).trim()
        ));
    }
    if done.stdout.is_empty() {
        return Err("prints nothing".into());
    }
    Ok(())
}

/// What each subcommand says to `--help`.
#[derive(Default)]
struct Helps(BTreeMap<String, String>);

impl Helps {
    fn new(programs: &Path) -> Result<Helps> {
        let say = |arguments: &[&str]| -> Result<String> {
            let output = Command::new(programs.join("dateline")).args(arguments).output()?;
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let whole = say(&["--help"])?;
        let commands = whole.split("Commands:").nth(1).unwrap_or("").lines().skip(1);
        let mut helps = BTreeMap::new();
        for line in commands.take_while(|l| !l.trim().is_empty()) {
            let name = line.split_whitespace().next().unwrap_or("");
            helps.insert(name.to_string(), say(&[name, "--help"])?);
        }
        if helps.is_empty() {
            bail!("`dateline --help` lists no commands");
        }
        Ok(Helps(helps))
    }
}

/// A command that is named: its recipe, its crates and tests, its subcommand and options exist.
fn looked_up(root: &Path, recipes: &[&str], helps: &Helps, command: &str) -> Result<(), String> {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words.as_slice() {
        ["cargo", "xtask"] => Ok(()),
        ["cargo", "xtask", recipe, ..] if recipes.contains(recipe) => Ok(()),
        ["cargo", "xtask", recipe, ..] => Err(format!("names no recipe: {recipe}")),
        ["cargo", "run", ..] => Ok(()),
        ["cargo", "build" | "test" | "clippy" | "fmt", rest @ ..] => {
            let mut folder = root.to_path_buf();
            for pair in rest.windows(2) {
                if pair[0] == "-p" {
                    folder = root.join("crates").join(pair[1]);
                    if !folder.exists() {
                        return Err(format!("names no crate: {}", pair[1]));
                    }
                }
                if pair[0] == "--test" && !folder.join("tests").join(format!("{}.rs", pair[1])).exists() {
                    return Err(format!("names no test: {}", pair[1]));
                }
            }
            Ok(())
        }
        ["cargo", ..] => Err("is not known to this check".into()),
        ["dateline", name, rest @ ..] => {
            // `dateline --packs DIR …`: options of all commands.
            let help = if name.starts_with('-') {
                helps.0.values().next()
            } else {
                helps.0.get(*name)
            };
            let help = help.ok_or_else(|| format!("names no command: {name}"))?;
            let options = std::iter::once(name).chain(rest).filter(|w| w.starts_with("--"));
            for option in options {
                let known = help
                    .split(|c: char| c != '-' && !c.is_alphanumeric())
                    .any(|w| w == *option);
                if !known {
                    return Err(format!("names no option: {option}"));
                }
            }
            Ok(())
        }
        [script, ..] if root.join(script).exists() => Ok(()),
        _ => Err("does not exist".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "See `cargo xtask tidy` and `dateline read --only time`.\n\n```sh\ndateline build x     # a remark\n\n# no command\n\
                        cargo test -p dateline-model\n```\n\n<!-- not run: a reason -->\n```sh\ndateline never\n```\n\n```\ndateline bare\n```\n";

    #[test]
    fn commands_are_cut_out_of_blocks_and_sentences() {
        let commands = |lines: Vec<Line>| lines.into_iter().map(|l| (l.number, l.command)).collect::<Vec<_>>();
        let expected = [(4, "dateline build x"), (7, "cargo test -p dateline-model")];
        assert_eq!(commands(fenced(TEXT)), expected.map(|(n, c)| (n, c.to_string())));
        let expected = [(1, "cargo xtask tidy"), (1, "dateline read --only time")];
        assert_eq!(commands(inline(TEXT)), expected.map(|(n, c)| (n, c.to_string())));
        assert_eq!(unmarked(TEXT).iter().map(|(n, _)| *n).collect::<Vec<_>>(), [15]);
    }

    #[test]
    fn what_is_named_must_exist() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("root");
        let helps = Helps(
            [(
                "read".to_string(),
                "  --only <PART,…>  parts\n  --packs <DIR>".to_string(),
            )]
            .into(),
        );
        let check = |command: &str, expected: &str| {
            let found = looked_up(root, &["tidy"], &helps, command).err().unwrap_or_default();
            assert!(
                found.contains(expected) && found.is_empty() == expected.is_empty(),
                "{command}: {found:?}"
            );
        };
        check("cargo xtask tidy", "");
        check("cargo xtask tidi", "no recipe");
        check("cargo test -p dateline-extract --test packs", "");
        check("cargo test -p dateline-extract --test pack", "no test");
        check("cargo test -p dateline-none", "no crate");
        check("dateline read x --only time", "");
        check("dateline --packs DIR …", "");
        check("dateline read x --onl time", "no option");
        check("dateline reed x", "no command");
        check(".ci/run", "");
        check(".ci/ran", "does not exist");
    }
}
