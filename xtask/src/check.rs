//! Everything that CI checks, by name.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(arguments)
        .status()
        .context("run cargo")?;
    if !status.success() {
        bail!("`cargo {}` failed", arguments.join(" "));
    }
    Ok(())
}

/// Format, lint, house rules, the documents' commands.
pub(crate) fn check(root: &Path, recipes: &[&str]) -> Result<()> {
    cargo(root, &["fmt", "--all", "--check"])?;
    cargo(
        root,
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ],
    )?;
    crate::tidy::run(root)?;
    crate::documents::run(root, recipes)
}

/// All of CI: check, tests, floors.
pub(crate) fn ready(root: &Path, recipes: &[&str]) -> Result<()> {
    check(root, recipes)?;
    cargo(root, &["test", "--workspace"])?;
    cargo(root, &["build", "--release"])?;
    crate::eval::run(root, false)
}
