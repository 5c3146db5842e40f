//! Why: the rules, anchors, candidates and evidence behind what was read, in words.
//!
//! Takes: a report with its annotations, a merged event with its reports, or the reports of an archive.
//! Gives: readable text.
//! Never: adds a reason that no room gave.

mod event;
mod lines;
mod report;

pub use event::event;
pub use lines::lines;
pub use report::report;

use std::io::{self, Write};

/// Writes lines that are made of reports' words, without what would move a terminal's cursor or turn its writing direction.
fn tamed(output: &mut dyn Write, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
    let mut lines = Vec::new();
    write(&mut lines)?;
    for line in String::from_utf8_lossy(&lines).lines() {
        writeln!(output, "{}", crate::export::tame(line))?;
    }
    Ok(())
}
