//! Options of all commands.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of all commands.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Common {
    /// Language packs from this folder; one of the same name takes the place of a built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) packs: Option<PathBuf>,
    /// Threads [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// When the input was collected, e.g. 2024-06-20; no report can be younger
    #[arg(long, global = true, value_name = "D", value_parser = retrieved)]
    pub(crate) retrieved: Option<String>,
    /// No progress, no warnings, no summary
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Colours on standard output and standard error
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Common {
    /// Threads.
    pub(crate) fn threads(&self) -> Option<usize> {
        self.jobs.map(usize::from)
    }
}

/// A day or an instant, kept as written.
fn retrieved(word: &str) -> Result<String, String> {
    day(word.get(..10).unwrap_or(word))?;
    Ok(word.to_string())
}

/// A civil day.
pub(crate) fn day(word: &str) -> Result<jiff::civil::Date, String> {
    let shape = |(i, c): (usize, char)| if i == 4 || i == 7 { c == '-' } else { c.is_ascii_digit() };
    let is_shaped = word.chars().count() == 10 && word.chars().enumerate().all(shape);
    match word.parse() {
        Ok(day) if is_shaped => Ok(day),
        Err(_) if is_shaped => Err("there is no such day in the calendar".to_string()),
        _ => Err("write a day as YYYY-MM-DD, e.g. 2024-06-20".to_string()),
    }
}
