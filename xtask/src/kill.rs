//! Kills builds in their midst and looks whether the next one makes it good.

use crate::made::{self, Dice};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Reports in the folder that the first build reads, and in all.
const REPORTS: (u64, u64) = (120, 400);
/// Bytes of each, about.
const SIZE: usize = 2_500;

/// `--moments N`: ends builds with SIGKILL at N moments drawn from a seed; after each one the archive must be readable, and
/// the build after it must leave the very bytes of a build that nobody disturbed.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let moments = match arguments {
        [] => 10,
        [flag, n] if flag == "--moments" => n.parse().context("--moments takes a number")?,
        _ => bail!("cargo xtask kill [--moments N]"),
    };
    let kitchen = Kitchen::new(root)?;
    let undisturbed = kitchen.undisturbed()?;
    let mut dice = Dice::new(42);
    let (mut killed, mut late, mut half) = (0, 0, 0);
    while killed < moments {
        ensure!(late <= 2 * moments + 10, "builds end before they can be killed");
        kitchen.fresh(killed % 2 == 1)?;
        // Every third archive is hit twice before a build may end.
        for _ in 0..if killed % 3 == 2 { 2 } else { 1 } {
            let after = undisturbed.lasted.mul_f64(dice.below(1000) as f64 / 1000.0);
            if kitchen.kill(after)? {
                killed += 1;
                half += u64::from(kitchen.readable().with_context(|| format!("killed after {after:?}"))?);
            } else {
                late += 1;
            }
        }
        kitchen.build("archive", &["first", "rest.jsonl"])?;
        let made = kitchen.made("archive")?;
        ensure!(
            made == undisturbed.made,
            "a build after one that was killed exports other bytes; see target/kill/archive and target/kill/whole"
        );
    }
    println!(
        "{killed} builds killed, {late} ended before; {half} archives showed a timeline at once; all became what an \
         undisturbed build of {:.1} s makes",
        undisturbed.lasted.as_secs_f64()
    );
    Ok(())
}

/// The exported timeline and the page.
#[derive(PartialEq, Eq)]
struct Made(Vec<u8>, Vec<u8>);

struct Undisturbed {
    made: Made,
    lasted: Duration,
}

/// The program and a folder to work in.
struct Kitchen {
    program: std::path::PathBuf,
    folder: std::path::PathBuf,
}

impl Kitchen {
    fn new(root: &Path) -> Result<Kitchen> {
        let program = root.join("target/release/dateline");
        ensure!(
            program.exists(),
            "target/release/dateline is missing; run `cargo build --release` first"
        );
        let folder = root.join("target/kill");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("first"))?;
        for number in 0..REPORTS.0 {
            fs::write(
                folder.join(format!("first/{number:03}.json")),
                made::record(number, SIZE),
            )?;
        }
        fs::write(folder.join("rest.jsonl"), made::lines(REPORTS.0, REPORTS.1, SIZE))?;
        Ok(Kitchen { program, folder })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null());
        command
    }

    fn output(&self, arguments: &[&str]) -> Result<Output> {
        self.command(arguments).output().context("run the program")
    }

    fn build(&self, archive: &str, inputs: &[&str]) -> Result<()> {
        let output = self.output(&[&["build", "--quiet", "--into", archive], inputs].concat())?;
        let told = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "build failed: {told}");
        Ok(())
    }

    fn made(&self, archive: &str) -> Result<Made> {
        let output = self.output(&["timeline", archive, "--format", "json"])?;
        ensure!(output.status.success(), "timeline failed");
        Ok(Made(
            output.stdout,
            fs::read(self.folder.join(archive).join("index.html"))?,
        ))
    }

    /// A build of all, and the half of it that other builds go on from.
    fn undisturbed(&self) -> Result<Undisturbed> {
        self.build("half", &["first"])?;
        let start = Instant::now();
        self.build("whole", &["first", "rest.jsonl"])?;
        let lasted = start.elapsed();
        let made = self.made("whole")?;
        let events = String::from_utf8_lossy(&made.0).matches("\"trigger\"").count()
            + String::from_utf8_lossy(&made.0).matches("\"mentions\"").count();
        ensure!(events > 100, "the reports hold too few events to tell anything");
        Ok(Undisturbed { made, lasted })
    }

    /// No archive, or one of half the reports.
    fn fresh(&self, half: bool) -> Result<()> {
        let archive = self.folder.join("archive");
        if archive.exists() {
            fs::remove_dir_all(&archive)?;
        }
        if half {
            fs::create_dir(&archive)?;
            for entry in fs::read_dir(self.folder.join("half"))? {
                let entry = entry?;
                fs::copy(entry.path(), archive.join(entry.file_name()))?;
            }
        }
        Ok(())
    }

    /// Starts a build and kills it `after` so long; `false` where it had ended by itself.
    fn kill(&self, after: Duration) -> Result<bool> {
        let mut child = self
            .command(&["build", "--quiet", "--into", "archive", "first", "rest.jsonl"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("run the program")?;
        let mut out = child.stdout.take().context("a pipe")?;
        let (ended, wait) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            let _ = std::io::copy(&mut out, &mut std::io::sink());
            let _ = ended.send(());
        });
        let running = wait.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
        if running {
            child.kill().context("kill the build")?;
        }
        let status = child.wait()?;
        let _ = reader.join();
        ensure!(running || status.success(), "a build that nobody killed failed");
        Ok(!status.success())
    }

    /// What a killed build leaves can be read, or says that there is nothing yet; `true` for the former.
    fn readable(&self) -> Result<bool> {
        let output = self.output(&["timeline", "archive"])?;
        let told = String::from_utf8_lossy(&output.stderr);
        let nothing = told.contains("there is no archive in") || told.contains("holds nothing yet");
        ensure!(output.status.success() || nothing, "the archive cannot be read: {told}");
        Ok(output.status.success())
    }
}
