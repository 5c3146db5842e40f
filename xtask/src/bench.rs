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
pub(crate) fn run(root: &Path) -> Result<()> {
    let program = root.join("target/release/dateline");
    if !program.exists() {
        bail!("target/release/dateline is missing; run `cargo build --release` first");
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
