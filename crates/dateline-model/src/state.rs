//! What holds when: fluents over time.

use crate::{Fluent, RuleId, Span, When};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a fluent is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the contract's word")]
pub enum Value {
    Holds,
    Contested,
    Present,
    Leaving,
    Absent,
    InForce,
    Broken,
    /// No longer: of control and agreements.
    None,
    Member,
    Suspended,
    Left,
    /// The reports are silent.
    Unknown,
}

impl Value {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Value::Holds => "holds",
            Value::Contested => "contested",
            Value::Present => "present",
            Value::Leaving => "leaving",
            Value::Absent => "absent",
            Value::InForce => "in force",
            Value::Broken => "broken",
            Value::None => "none",
            Value::Member => "member",
            Value::Suspended => "suspended",
            Value::Left => "left",
            Value::Unknown => "unknown",
        }
    }

    /// The value of a contract word.
    pub fn parse(word: &str) -> Option<Value> {
        use Value::*;
        [
            Holds, Contested, Present, Leaving, Absent, InForce, Broken, None, Member, Suspended, Left, Unknown,
        ]
        .into_iter()
        .find(|v| v.as_str() == word)
    }
}

/// What a report tells to stand, without telling what brought it about ("the town is under X's control").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Bytes of the words that tell it.
    pub span: Span,
    /// About what.
    pub fluent: Fluent,
    /// What it is told to be.
    pub value: Value,
    /// Index of the mention of who holds, is there, is a member; of an agreement one party.
    pub subject: Option<usize>,
    /// Index of the mention of an agreement's other party.
    pub other: Option<usize>,
    /// Index of the mention of what is held, where, of what body.
    pub object: Option<usize>,
    /// Only of a part of the object.
    pub partial: bool,
    /// Days of which it is told.
    pub when: When,
    /// Rule that found it.
    pub rule: RuleId,
}

/// Where a report tells that something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StandingRef {
    /// Report id.
    pub report: String,
    /// Bytes of its text.
    pub span: Span,
    /// Rule that found it.
    pub rule: RuleId,
}

/// On what a value of a fluent rests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ground {
    /// Reports tell the change, and the last of them was published on that day or later.
    Stated,
    /// It follows from another change, or is carried on beyond the last report that tells it.
    Inferred,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Ground {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Ground::Stated => "stated",
            Ground::Inferred => "inferred",
            Ground::Unknown => "unknown",
        }
    }
}

/// Somebody, some place or some agreement, by its name and by the reports' own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Entity slug; empty where it is no entity (an agreement).
    pub entity: String,
    /// Canonical English name, else the reports' own words.
    pub name: String,
    /// The words that reports use, most used first.
    pub words: Vec<String>,
    /// Of an agreement: its kind, by the name that the packs give it.
    pub kind: String,
    /// Of an agreement: its parties.
    pub parties: Vec<Named>,
}

/// One value of a fluent, from one change to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// What it is.
    pub value: Value,
    /// Only of a part of the object.
    pub partial: bool,
    /// Some report denies the change that began it.
    pub disputed: bool,
    /// How far it is told; `Unknown` never stands here.
    pub basis: Ground,
    /// Days in which it began.
    pub since: When,
    /// Days in which it ended; unknown where it goes on.
    pub until: When,
    /// Publication day of the last report that tells it: beyond, it is carried on.
    pub told: Option<Date>,
    /// Ids of the events behind it, oldest first.
    pub events: Vec<String>,
    /// Where reports tell that it stands; at least one where no event is behind it.
    pub standings: Vec<StandingRef>,
    /// Ids of the axioms, sorted.
    pub rules: Vec<String>,
}

/// One fluent over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// About what.
    pub fluent: Fluent,
    /// Who or what.
    pub subject: Named,
    /// Of what, where.
    pub object: Named,
    /// Its values, in order; before the first, the reports are silent.
    pub stretches: Vec<Stretch>,
}

/// One fluent on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// About what.
    pub fluent: Fluent,
    /// Who or what.
    pub subject: Named,
    /// Of what, where.
    pub object: Named,
    /// What it is; `Unknown` where the reports are silent.
    pub value: Value,
    /// What it may be already: the day lies among those in which the change came, or a report denies the change.
    pub or: Option<Value>,
    /// Only of a part of the object.
    pub partial: bool,
    /// Reports disagree on it.
    pub disputed: bool,
    /// On what it rests.
    pub basis: Ground,
    /// Days in which it began.
    pub since: When,
    /// Days in which it ended.
    pub until: When,
    /// Publication day of the last report that tells it.
    pub told: Option<Date>,
    /// Ids of the events behind it; where the value is unknown, of those that tell of later.
    pub events: Vec<String>,
    /// Where reports tell that it stands; at least one where no event is behind it.
    pub standings: Vec<StandingRef>,
    /// Ids of the axioms, sorted.
    pub rules: Vec<String>,
}

/// One fluent day by day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// About what.
    pub fluent: Fluent,
    /// Who or what.
    pub subject: Named,
    /// Of what, where.
    pub object: Named,
    /// From each day until the day before the next: what holds, or nothing where there is nothing to say. In order;
    /// before the first, the reports are silent.
    pub days: Vec<(Date, Option<Holding>)>,
}

/// What held on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The day.
    pub on: Date,
    /// Only by reports published by then.
    pub known_by: Option<Date>,
    /// Every fluent that the reports tell of: by kind, place, last change first.
    pub holdings: Vec<Holding>,
}
