//! Where something stands, and which rule said so.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A half-open range of **bytes**, on character boundaries, `start <= end`.
///
/// Which string it ranges over is said by the field that holds it: mostly [`Document::text`](crate::Document::text).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end`; reversed ends are put in order.
    ///
    /// Texts are capped far below 4 GiB by intake, so the narrowing never loses anything.
    pub fn new(start: usize, end: usize) -> Span {
        let (start, end) = (start.min(end), start.max(end));
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words it covers; empty where it leaves `text` or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Shares at least one byte with `other`.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// `other` lies inside (or is equal).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Bytes between the two, 0 where they touch or overlap.
    pub fn gap(self, other: Span) -> usize {
        self.start.max(other.start).saturating_sub(self.end.min(other.end)) as usize
    }
}

/// The rule, pattern or field that gave a value, e.g. `vi.time.day-month`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RuleId {
    fn from(id: &str) -> RuleId {
        RuleId(Arc::from(id))
    }
}

impl From<String> for RuleId {
    fn from(id: String) -> RuleId {
        RuleId(Arc::from(id))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which string a piece of evidence points into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Region {
    /// [`Document::text`](crate::Document::text).
    #[default]
    Text,
    /// The text as received, in a stretch that cleaning removed.
    Removed,
    /// The page's markup, as received.
    Markup,
    /// The report's address.
    Url,
    /// A field that the record brought.
    Record,
}

/// The words that a value rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Which string.
    pub region: Region,
    /// Bytes of that string.
    pub span: Span,
}
