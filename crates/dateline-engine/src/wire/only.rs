//! Which parts of the report object are printed.

use dateline_extract::Room;

/// The words of `read --only`.
pub const PARTS: [&str; 7] = ["clean", "date", "time", "names", "speech", "events", "diagnostics"];

/// A choice of parts; `id`, `path` and `record` are always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Only {
    /// Headline, outlet, authors, credits, text, blocks, removed.
    pub clean: bool,
    /// `published`.
    pub date: bool,
    /// `timexes`.
    pub time: bool,
    /// `mentions`.
    pub names: bool,
    /// `attributions`.
    pub speech: bool,
    /// `events`.
    pub events: bool,
    /// `diagnostics`.
    pub diagnostics: bool,
}

impl Only {
    /// The last room that these parts need. The summary of a run counts what was read, so that no part means time.
    pub fn last_room(&self) -> Room {
        match *self {
            Only { events: true, .. } | Only { diagnostics: true, .. } => Room::Events,
            Only { speech: true, .. } => Room::Speech,
            Only { names: true, .. } => Room::Names,
            _ => Room::Time,
        }
    }

    /// All parts.
    pub const ALL: Only = Only {
        clean: true,
        date: true,
        time: true,
        names: true,
        speech: true,
        events: true,
        diagnostics: true,
    };

    /// The parts of these words; field names of the report object count as words, too. `None` for a word that is none.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Only> {
        let mut only = Only {
            clean: false,
            date: false,
            time: false,
            names: false,
            speech: false,
            events: false,
            diagnostics: false,
        };
        for word in words {
            *match word {
                "clean" | "text" | "blocks" | "removed" => &mut only.clean,
                "date" | "published" => &mut only.date,
                "time" | "timexes" => &mut only.time,
                "names" | "mentions" => &mut only.names,
                "speech" | "attributions" => &mut only.speech,
                "events" => &mut only.events,
                "diagnostics" => &mut only.diagnostics,
                _ => return None,
            } = true;
        }
        Some(only)
    }
}
