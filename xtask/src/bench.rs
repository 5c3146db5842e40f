//! Speed, printed and never tested by time.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Reports that the benchmark makes.
const REPORTS: usize = 4_000;
/// Bytes of each, about.
const SIZE: usize = 3_000;

/// Makes a folder of JSON Lines from our own Vietnamese examples, reads it with one thread, prints reports a second.
pub(crate) fn run(root: &Path, build: bool) -> Result<()> {
    let program = root.join("target/release/dateline");
    if !program.exists() {
        bail!("target/release/dateline is missing; run `cargo build --release` first");
    }
    if build {
        return builds(root, &program);
    }
    let mut paragraphs = Vec::new();
    for path in crate::tidy::files(root, "examples/reports") {
        if path.extension().is_some_and(|e| e == "txt" || e == "md") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let vietnamese = text.contains('ư') && text.contains('ạ');
            paragraphs.extend(text.lines().filter(|l| vietnamese && l.len() > 200).map(String::from));
        }
    }
    if paragraphs.is_empty() {
        bail!("examples/reports holds no Vietnamese paragraph");
    }
    let input = root.join("target/bench-reports.jsonl");
    let mut lines = String::new();
    for number in 0..REPORTS {
        let mut text = String::new();
        let mut at = number;
        while text.len() < SIZE {
            text.push_str(&paragraphs[(at * 7 + number / paragraphs.len()) % paragraphs.len()]);
            text.push('\n');
            at += 1;
        }
        let record = serde_json::json!({ "id": format!("bench-{number}"), "text": text, "published": "2023-05-14" });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    fs::write(&input, &lines)?;
    for only in ["time", "names", "all"] {
        let mut command = Command::new(&program);
        command.arg("read").arg(&input).args(["--jobs", "1", "--quiet"]);
        if only != "all" {
            command.args(["--only", only]);
        }
        let start = Instant::now();
        let output = command.output().context("run the program")?;
        let seconds = start.elapsed().as_secs_f64();
        if !output.status.success() {
            bail!("read failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        println!(
            "read {only}: {:.0} reports a second on one core ({REPORTS} reports, {:.1} MB, {seconds:.2} s)",
            REPORTS as f64 / seconds,
            lines.len() as f64 / 1e6
        );
    }
    Ok(())
}

/// 10,000 reports into an archive, then 100 more, then none: seconds, and the most memory where the system tells it.
fn builds(root: &Path, program: &Path) -> Result<()> {
    let folder = root.join("target/bench-build");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("many.jsonl"), crate::made::lines(0, 10_000, SIZE))?;
    fs::write(folder.join("more.jsonl"), crate::made::lines(10_000, 10_100, SIZE))?;
    for (what, input) in [
        ("10,000 reports", "many.jsonl"),
        ("100 more", "more.jsonl"),
        ("nothing new", "more.jsonl"),
    ] {
        let mut command = match Path::new("/usr/bin/time").exists() {
            true => Command::new("/usr/bin/time"),
            false => Command::new(program),
        };
        if command.get_program() != program.as_os_str() {
            command.args(["-f", "%M kB at most; %U s of work"]).arg(program);
        }
        command.current_dir(&folder).args(["build", input, "--into", "archive"]);
        let start = Instant::now();
        let output = command.output().context("run the program")?;
        let told = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("build failed: {told}");
        }
        println!(
            "build {what}: {:.1} s; {}",
            start.elapsed().as_secs_f64(),
            told.trim().replace('\n', "; ")
        );
    }
    Ok(())
}
