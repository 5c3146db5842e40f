//! What happened, as one report tells it.

use crate::{GeoPoint, Modifier, Plover, RuleId, Span, When};
use serde::{Deserialize, Serialize};

/// Whether it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It did.
    #[default]
    Happened,
    /// It goes on.
    Ongoing,
    /// It is announced or agreed.
    Announced,
    /// It is planned, demanded or expected.
    Planned,
    /// It is denied.
    Denied,
    /// It may, might, would.
    Hypothetical,
    /// Background: told as history.
    Historical,
}

impl Status {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Ongoing => "ongoing",
            Status::Announced => "announced",
            Status::Planned => "planned",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
            Status::Historical => "historical",
        }
    }

    /// The status of a contract word.
    pub fn parse(word: &str) -> Option<Status> {
        use Status::*;
        [Happened, Ongoing, Announced, Planned, Denied, Hypothetical, Historical]
            .into_iter()
            .find(|s| s.as_str() == word)
    }

    /// It is told as a fact of the past or the present.
    pub fn is_fact(self) -> bool {
        matches!(self, Status::Happened | Status::Ongoing | Status::Historical)
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Canonical name, else the report's own words.
    pub name: String,
    /// Entity slug.
    pub entity: String,
    /// Bytes of the words, those of another sentence where it is carried over from there.
    pub span: Option<Span>,
    /// Index of the mention.
    pub mention: Option<usize>,
}

/// A place of the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Canonical name, else the report's own words.
    pub name: String,
    /// Entity slug.
    pub entity: String,
    /// Bytes of the words; `None` where carried over.
    pub span: Option<Span>,
    /// Where it lies, where the gazetteer knows it.
    pub point: Option<GeoPoint>,
}

/// A number of people or things, as an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Bytes of its words, the modifier included ("khoảng 2.000").
    pub span: Span,
    /// Lower bound as written (the number itself where only one is named).
    pub low: Option<u64>,
    /// Upper bound as written.
    pub high: Option<u64>,
    /// "about", "more than", …
    pub modifier: Option<Modifier>,
    /// What is counted: `killed`, `wounded`, `missing`, `captured`, `displaced`, `troops`, `peacekeepers`, `vehicles`, `villages` …
    pub unit: String,
    /// Entity slug of the side it is of, where said.
    pub side: Option<String>,
    /// Index of the attribution whose claim it is.
    pub attribution: Option<usize>,
    /// A total up to a day, not of one event.
    pub cumulative: bool,
    /// Rule.
    pub rule: RuleId,
}

/// What an outcome is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fluent {
    /// Subject controls the territory object.
    Control,
    /// Subject force is in object place.
    Presence,
    /// Subject agreement is in force.
    InForce,
    /// Subject is a member of object.
    Membership,
}

impl Fluent {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Fluent::Control => "control",
            Fluent::Presence => "presence",
            Fluent::InForce => "in-force",
            Fluent::Membership => "membership",
        }
    }

    /// The fluent of a contract word.
    pub fn parse(word: &str) -> Option<Fluent> {
        [Fluent::Control, Fluent::Presence, Fluent::InForce, Fluent::Membership]
            .into_iter()
            .find(|f| f.as_str() == word)
    }
}

/// How an outcome changes things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Change {
    /// Begins to hold.
    Begins,
    /// Begins to end (a withdrawal that has started).
    Ends,
    /// Has ended wholly.
    Completed,
}

impl Change {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Begins => "begins",
            Change::Ends => "ends",
            Change::Completed => "completed",
        }
    }

    /// The change of a contract word.
    pub fn parse(word: &str) -> Option<Change> {
        [Change::Begins, Change::Ends, Change::Completed]
            .into_iter()
            .find(|c| c.as_str() == word)
    }
}

/// What holds or ends after the event. A side that its report does not name here is empty; another report may name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// About what.
    pub fluent: Fluent,
    /// How it changes.
    pub change: Change,
    /// Entity slug or words of the subject.
    pub subject: String,
    /// Entity slug or words of the object.
    pub object: String,
    /// Only a part of the object.
    pub partial: bool,
}

impl Outcome {
    /// Both sides are named.
    pub fn is_complete(&self) -> bool {
        !self.subject.is_empty() && !self.object.is_empty()
    }
}

/// Context of an event in a notice that takes back what was told before; ours, beside PLOVER's.
pub const CORRECTION: &str = "correction";

/// One telling of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// Bytes of the words that tell it.
    pub trigger: Span,
    /// Bytes of the clause that its participants were sought in.
    pub clause: Span,
    /// PLOVER root type.
    pub event: Plover,
    /// PLOVER mode (`withdraw`, `aerial`, …).
    pub mode: Option<String>,
    /// PLOVER contexts (`peacekeeping`, `military`, …), and [`CORRECTION`].
    pub context: Vec<String>,
    /// Who did it.
    pub actor: Vec<Participant>,
    /// To whom.
    pub recipient: Vec<Participant>,
    /// Through whom.
    pub mediator: Vec<Participant>,
    /// With what.
    pub instrument: Vec<Participant>,
    /// Where.
    pub places: Vec<PlaceRef>,
    /// When.
    pub when: When,
    /// How many.
    pub figures: Vec<Figure>,
    /// What it changes.
    pub outcomes: Vec<Outcome>,
    /// Whether it happened.
    pub status: Status,
    /// Index of the attribution that tells it.
    pub attribution: Option<usize>,
    /// The trigger says that it began, goes on, or is completed: `begins`, `ends`, `whole`; for phases.
    pub phase: Option<String>,
    /// Rule that found it.
    pub rule: RuleId,
}

/// The entities of a list of participants, sorted, each once.
pub fn participant_names(participants: &[Participant]) -> Vec<&str> {
    let mut names: Vec<&str> = participants.iter().map(|p| p.entity.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
