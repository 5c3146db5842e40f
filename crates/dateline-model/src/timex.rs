//! Expressions of time (TIMEX3).

use crate::{Interval, RuleId, Span};
use serde::{Deserialize, Serialize};

/// TIMEX3 `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimexKind {
    /// A calendar expression.
    Date,
    /// A time of day, or a part of a day.
    Time,
    /// A length.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexKind {
    /// The word of TIMEX3.
    pub fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// TIMEX3 `mod`; also used of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Modifier {
    /// The beginning of it.
    Start,
    /// Its middle.
    Mid,
    /// Its end.
    End,
    /// About.
    Approx,
    /// More than.
    MoreThan,
    /// Less than.
    LessThan,
    /// At least.
    EqualOrMore,
    /// At most.
    EqualOrLess,
    /// Before it.
    Before,
    /// After it.
    After,
}

impl Modifier {
    /// The word of TIMEX3.
    pub fn as_str(self) -> &'static str {
        match self {
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::LessThan => "LESS_THAN",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::Before => "BEFORE",
            Modifier::After => "AFTER",
        }
    }

    /// The modifier of a TIMEX3 word.
    pub fn parse(word: &str) -> Option<Modifier> {
        use Modifier::*;
        [
            Start,
            Mid,
            End,
            Approx,
            MoreThan,
            LessThan,
            EqualOrMore,
            EqualOrLess,
            Before,
            After,
        ]
        .into_iter()
        .find(|m| m.as_str() == word)
    }
}

/// What a relative expression was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimexAnchor {
    /// Nothing: it says all itself, or nothing was known.
    None,
    /// The publication date.
    Published,
    /// Another expression, by index.
    Timex(usize),
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// Bytes of the text.
    pub span: Span,
    /// TIMEX3 `type`.
    pub kind: TimexKind,
    /// TIMEX3 `value`, resolved as far as the anchor allows, `X` for what is not known.
    pub value: String,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// The days it names; unknown for durations, sets and vague words.
    pub interval: Interval,
    /// What it was resolved against.
    pub anchor: TimexAnchor,
    /// Rule that recognised it.
    pub rule: RuleId,
    /// A vague word (`PAST_REF`, `PRESENT_REF`, `FUTURE_REF`, "sau đó").
    pub vague: bool,
    /// The expression is the lower or the upper end of a range with this other expression (index).
    pub range_with: Option<usize>,
    /// First and last day that it names, counted from the day of publication, where its words count from there: "hôm qua" −1 and
    /// −1, "on Tuesday" −6 and 0. They hold also where that day is unknown.
    pub from_publication: Option<(i16, i16)>,
}
