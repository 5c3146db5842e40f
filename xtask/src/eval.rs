//! The quality gate: figures on the evaluation sets must not fall below `evals/floors.tsv`, and floors only rise.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Room that a figure may lose before the gate closes: sets are small, one item moves a figure by about this.
const SLACK: f64 = 0.0005;

/// Measures every floor; with `update`, raises floors to today's figures (never lowers them).
pub(crate) fn run(root: &Path, update: bool) -> Result<()> {
    let shared = root.join("../shared/eval");
    if !shared.exists() {
        eprintln!("eval: SKIPPED: ../shared/eval is not here; the quality floors were not checked");
        return Ok(());
    }
    let path = root.join("evals/floors.tsv");
    let text = fs::read_to_string(&path).context("evals/floors.tsv")?;
    let program = root.join("target/release/dateline");
    if !program.exists() {
        bail!("target/release/dateline is missing; run `cargo build --release` first");
    }
    let mut measured: BTreeMap<(String, String), serde_json::Value> = BTreeMap::new();
    let (mut out, mut short) = (String::new(), 0);
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [tool, set, part, figure, floor] = fields[..] else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let key = (
            tool.to_string(),
            if tool == "bench" {
                format!("{set}/{part}")
            } else {
                set.to_string()
            },
        );
        if !measured.contains_key(&key) {
            let mut command = Command::new("python3");
            match tool {
                "score" => command.arg(shared.join("score.py")).arg("--set"),
                _ => command.arg(shared.join("bench.py")).arg(part).arg("--data"),
            };
            let output = command
                .arg(shared.join("sets").join(set))
                .arg("--bin")
                .arg(&program)
                .arg("--json")
                .output()
                .context("python3 is needed for the quality gate")?;
            let last = String::from_utf8_lossy(&output.stdout)
                .lines()
                .last()
                .unwrap_or("")
                .to_string();
            let value = serde_json::from_str(&last)
                .with_context(|| format!("{tool} {set}: {}", String::from_utf8_lossy(&output.stderr)))?;
            measured.insert(key.clone(), value);
        }
        let all = &measured[&key];
        let Some(got) = all
            .get(part)
            .unwrap_or(all)
            .get(figure)
            .and_then(serde_json::Value::as_f64)
        else {
            bail!("{tool} {set} prints no figure {part}.{figure}");
        };
        let (upper, limit) = match floor.strip_prefix('<') {
            Some(limit) => (true, limit.parse::<f64>()?),
            None => (false, floor.parse::<f64>()?),
        };
        let holds = if upper {
            got <= limit + SLACK
        } else {
            got >= limit - SLACK
        };
        short += usize::from(!holds);
        println!(
            "{:5} {tool} {set} {part}.{figure} {got:.3} (floor {floor})",
            if holds { "ok" } else { "SHORT" }
        );
        let better = if upper { got < limit } else { got > limit };
        let floor = match (update && better, upper) {
            (true, true) => format!("<{:.3}", (got * 1000.0).ceil() / 1000.0),
            (true, false) => format!("{:.3}", (got * 1000.0).floor() / 1000.0),
            _ => floor.to_string(),
        };
        out.push_str(&format!("{tool}\t{set}\t{part}\t{figure}\t{floor}\n"));
    }
    if update {
        fs::write(&path, out)?;
    }
    if short > 0 {
        bail!("{short} figures fell below their floor");
    }
    Ok(())
}
