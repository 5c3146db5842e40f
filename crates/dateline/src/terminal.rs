//! What goes to the terminal besides results.

use crate::options::{Color, Common};
use dateline_engine::export::{Paint, count};
use dateline_engine::intake::Warning;
use dateline_engine::run::{Observer, Summary};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufWriter, IsTerminal, Write};

/// Reports after which a progress bar appears: short work needs none.
const LONG_WORK: usize = 500;

fn paint(common: &Common, is_terminal: bool) -> Paint {
    Paint(match common.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    })
}

/// Colours of the result.
pub(crate) fn paint_result(common: &Common) -> Paint {
    paint(common, io::stdout().is_terminal())
}

/// Colours of what is said beside it.
pub(crate) fn paint_errors(common: &Common) -> Paint {
    paint(common, io::stderr().is_terminal())
}

/// A line on standard error; where nobody can hear it, nothing happens.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Standard output, buffered.
pub(crate) fn output() -> impl Write {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Tells warnings and progress.
pub(crate) struct Teller {
    quiet: bool,
    paint: Paint,
    bar: Option<ProgressBar>,
    can_show_bar: bool,
}

impl Teller {
    /// As the options ask for; `shares_terminal` where results go to the same terminal, which a bar would garble.
    pub(crate) fn new(common: &Common, prints_while_reading: bool) -> Teller {
        let shares_terminal = prints_while_reading && io::stdout().is_terminal();
        let can_show_bar = !common.quiet && io::stderr().is_terminal() && !shares_terminal;
        Teller {
            quiet: common.quiet,
            paint: paint_errors(common),
            bar: None,
            can_show_bar,
        }
    }

    fn line(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(line)),
            None => say(line),
        }
    }

    /// Ends the progress and tells the summary.
    pub(crate) fn finish(self, summary: &Summary, more: &[String]) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if !self.quiet {
            say(&summary_line(summary, more));
        }
    }
}

impl Observer for Teller {
    fn warning(&mut self, warning: &Warning) {
        if !self.quiet {
            let plain = harmless(&warning.to_string());
            self.line(&format!("{} {plain}", self.paint.with("1;33", "warning:")));
        }
    }

    fn progress(&mut self, reports: usize) {
        if self.can_show_bar && reports >= LONG_WORK {
            let bar = self.bar.get_or_insert_with(|| {
                let style = ProgressStyle::with_template("{spinner} {pos} reports · {elapsed} · {per_sec}");
                ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
            });
            bar.set_position(reports as u64);
        }
    }
}

/// No control code, and nothing that turns the writing direction: file names are no friends.
fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{206F}');
    !c.is_control() && !turns
}

/// The words without what would move the cursor or turn the writing direction.
pub(crate) fn harmless(words: &str) -> String {
    words.chars().filter(|c| is_harmless(*c)).collect()
}

fn summary_line(summary: &Summary, more: &[String]) -> String {
    let mut parts = vec![format!(
        "{} read ({} kB)",
        count(summary.reports, "report"),
        summary.bytes.div_ceil(1000)
    )];
    if summary.known > 0 {
        parts.push(format!("{} kept already", summary.known));
    }
    parts.push(format!("{} left out", count(summary.removed_lines, "line")));
    parts.push(count(summary.warnings, "warning"));
    if summary.undated > 0 {
        parts.push(format!("{} without a publication date", summary.undated));
    }
    let not_understood: usize = summary.diagnostics.values().sum();
    if not_understood > 0 {
        let codes: Vec<String> = summary
            .diagnostics
            .iter()
            .map(|(code, n)| format!("{code} {n}"))
            .collect();
        parts.push(format!("{not_understood} not understood ({})", codes.join(", ")));
    }
    parts.extend(more.iter().cloned());
    parts.join(" · ")
}
