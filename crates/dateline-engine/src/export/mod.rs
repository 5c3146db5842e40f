//! The timeline in the formats of the terminal and of other tools.
//!
//! Takes: a timeline and the texts that it points into.
//! Gives: text, JSON, JSON Lines, CSV; draft rows for conflict coders.
//! Never: changes a value, or lets the time of writing show.

pub mod coder;
mod filter;
mod state;
mod table;
mod terminal;

pub use filter::Filter;
pub use state::write_state;
pub(crate) use terminal::tame;
pub use terminal::{Paint, count, when_words};

use crate::Error;
use crate::wire::{self, EventOut, Positions, Texts};
use dateline_model::{Event, Timeline};
use std::collections::BTreeMap;
use std::io::Write;

/// How a timeline is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// The timeline object.
    Json,
    /// One event object a line.
    JsonLines,
    /// One event a row.
    Csv,
}

impl Format {
    /// Words and formats.
    pub const ALL: [(&'static str, Format); 4] = [
        ("text", Format::Text),
        ("json", Format::Json),
        ("jsonl", Format::JsonLines),
        ("csv", Format::Csv),
    ];
}

/// Texts with their positions, as [`write`] wants them.
pub fn positions(texts: &BTreeMap<String, String>) -> Texts<'_> {
    texts
        .iter()
        .map(|(id, text)| (id.as_str(), (text.as_str(), Positions::new(text))))
        .collect()
}

/// Writes those events of `timeline` that `filter` lets pass.
///
/// # Errors
/// Writing fails.
pub fn write(
    timeline: &Timeline,
    texts: &Texts<'_>,
    filter: &Filter,
    format: Format,
    paint: Paint,
    output: &mut dyn Write,
) -> Result<(), Error> {
    let events: Vec<&Event> = filter.select(timeline);
    match format {
        Format::Text => terminal::write(timeline, &events, paint, output)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *output, &wire::timeline(timeline, &events, texts)).map_err(json)?;
            output.write_all(b"\n")?;
        }
        Format::JsonLines => {
            for event in events {
                serde_json::to_writer(&mut *output, &EventOut::new(event, texts)).map_err(json)?;
                output.write_all(b"\n")?;
            }
        }
        Format::Csv => table::write(&events, output)?,
    }
    Ok(output.flush()?)
}

fn json(error: serde_json::Error) -> Error {
    Error::Output(error.into())
}
