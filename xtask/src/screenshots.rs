//! The pictures of the README, taken of the page that our own examples give.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// Name, width and height in pixels, what is appended to the page's address, whether dark.
const SHOTS: [(&str, u32, u32, &str, bool); 2] =
    [("page-light", 1180, 900, "", false), ("page-dark", 1180, 900, "", true)];

/// Builds `examples/reports` with the release program and photographs its page into `docs/screenshots`.
pub(crate) fn run(root: &Path) -> Result<()> {
    let program = root.join("target/release/dateline");
    if !program.exists() {
        bail!("target/release/dateline is missing; run `cargo build --release` first");
    }
    let folder = root.join("target/screenshots");
    let archive = folder.join("archive");
    if archive.exists() {
        std::fs::remove_dir_all(&archive)?;
    }
    std::fs::create_dir_all(root.join("docs/screenshots"))?;
    let built = Command::new(&program)
        .args(["build", "examples/reports", "--quiet", "--into"])
        .arg(&archive)
        .current_dir(root)
        .output()?;
    if !built.status.success() {
        bail!("build failed: {}", String::from_utf8_lossy(&built.stderr));
    }
    for (name, width, height, address, dark) in SHOTS {
        let picture = root.join(format!("docs/screenshots/{name}.png"));
        let mut chromium = Command::new("chromium");
        chromium
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
            ])
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .arg(format!("--window-size={width},{height}"))
            .arg(format!("--screenshot={}", picture.display()));
        if dark {
            chromium.arg("--blink-settings=preferredColorScheme=0");
        }
        let done = chromium
            .arg(format!("file://{}/index.html{address}", archive.display()))
            .output()
            .context("chromium is needed; tests/browser/install.sh installs it")?;
        if !done.status.success() || !picture.exists() {
            bail!("chromium took no picture: {}", String::from_utf8_lossy(&done.stderr));
        }
        println!("docs/screenshots/{name}.png");
    }
    Ok(())
}
