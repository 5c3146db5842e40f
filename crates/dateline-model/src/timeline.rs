//! Many reports together.

use crate::{Figure, MentionKind, Participant, PlaceRef, Plover, Published, RuleId, Span, Status, When};
use serde::{Deserialize, Serialize};

/// A report as the timeline shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRef {
    /// Report id.
    pub id: String,
    /// Path.
    pub path: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Language tag.
    pub language: String,
    /// Publication date.
    pub published: Published,
    /// Story id.
    pub story: Option<String>,
    /// Id of the report it reprints.
    pub reprint_of: Option<String>,
}

/// A set of reports about one happening. (In TDT a "story" is one article; here it is the cluster.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// `s1`, `s2` … by earliest day, then by content.
    pub id: String,
    /// A headline or sentence of one of its reports.
    pub label: String,
    /// Report ids, sorted by publication, then id.
    pub reports: Vec<String>,
    /// Span of its reports' publication days.
    pub when: When,
}

/// How two reports are one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DuplicateKind {
    /// The same clean text.
    Identical,
    /// The same agency copy with another head or tail.
    Reprint,
    /// The same copy, reworded.
    Rewrite,
    /// A later version of the same article.
    Revision,
    /// The same copy in another language.
    Translation,
}

impl DuplicateKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            DuplicateKind::Identical => "identical",
            DuplicateKind::Reprint => "reprint",
            DuplicateKind::Rewrite => "rewrite",
            DuplicateKind::Revision => "revision",
            DuplicateKind::Translation => "translation",
        }
    }
}

/// Reports that are copies of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateSet {
    /// Report ids, sorted.
    pub reports: Vec<String>,
    /// How.
    pub kind: DuplicateKind,
    /// The one that the others go back to: earliest published, then longest, then by id.
    pub original: String,
    /// Of versions of one article, what each changed in the one before it, oldest first; empty for every other kind.
    pub changes: Vec<Revised>,
}

/// What a later version of an article says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// Report id of the earlier version.
    pub from: String,
    /// Report id of the later one.
    pub to: String,
    /// Sentences of the later version that the earlier one does not have: bytes of its text, in order.
    pub added: Vec<Span>,
    /// Sentences of the earlier version that the later one does not have any more: bytes of its text, in order.
    pub removed: Vec<Span>,
    /// Figures of the same unit and side that stand in these sentences and are not the same.
    pub figures: Vec<Refigured>,
}

/// A figure that a later version puts otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refigured {
    /// What is counted, as in [`Figure::unit`](crate::Figure::unit).
    pub unit: String,
    /// Its words in the earlier version: bytes of that text.
    pub from: Span,
    /// Its words in the later version: bytes of that text.
    pub to: Span,
}

/// Where a report names an entity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MentionRef {
    /// Report id.
    pub report: String,
    /// Bytes of its text.
    pub span: Span,
}

/// A role that an entity had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityRole {
    /// Title as canonical English words, else the reports' own.
    pub title: String,
    /// Entity of the state or body.
    pub of: Option<String>,
    /// Days on which reports give it.
    pub when: When,
}

/// One thing under all its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// ASCII slug.
    pub id: String,
    /// What it is.
    pub kind: MentionKind,
    /// Canonical name.
    pub name: String,
    /// Every other spelling the reports use, sorted.
    pub aliases: Vec<String>,
    /// Roles.
    pub roles: Vec<EntityRole>,
    /// Where it is named.
    pub mentions: Vec<MentionRef>,
}

/// One report's telling inside a merged event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMentionRef {
    /// Report id.
    pub report: String,
    /// Index in the report's `events`.
    pub event: usize,
    /// Bytes of the trigger.
    pub span: Span,
    /// The root that this telling goes back to (a person, body, agency or the outlet).
    pub root: String,
    /// Why this telling was merged: rule id.
    pub rule: String,
}

/// Whose word an event stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// Reports that tell it.
    pub reports: usize,
    /// Outlets that tell it.
    pub outlets: usize,
    /// Independent roots.
    pub independent: usize,
    /// The roots, sorted.
    pub roots: Vec<String>,
}

/// One claim of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Index into the event's mentions.
    pub mention: usize,
    /// What it says.
    pub figure: Figure,
}

/// What the reports say of one unit, together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterFigure {
    /// What is counted.
    pub unit: String,
    /// Lowest claim.
    pub low: Option<u64>,
    /// Highest claim.
    pub high: Option<u64>,
    /// Each claim.
    pub claims: Vec<Claim>,
}

/// What reports differ on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the contract's word for the event's field")]
pub enum DisputeField {
    When,
    Where,
    Figures,
    Status,
    Actor,
    Recipient,
    Framing,
}

impl DisputeField {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeField::When => "when",
            DisputeField::Where => "where",
            DisputeField::Figures => "figures",
            DisputeField::Status => "status",
            DisputeField::Actor => "actor",
            DisputeField::Recipient => "recipient",
            DisputeField::Framing => "framing",
        }
    }
}

/// How reports differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DisputeKind {
    /// Both cannot be true.
    Conflict,
    /// One is finer than the other.
    Refinement,
    /// One rounds the other.
    Approximation,
    /// The same thing under words that judge differently.
    Framing,
    /// The same outlet took its word back.
    Correction,
    /// A later count or state.
    Update,
}

impl DisputeKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeKind::Conflict => "conflict",
            DisputeKind::Refinement => "refinement",
            DisputeKind::Approximation => "approximation",
            DisputeKind::Framing => "framing",
            DisputeKind::Correction => "correction",
            DisputeKind::Update => "update",
        }
    }
}

/// One side of a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// What it says.
    pub value: String,
    /// Indexes into the event's mentions, at least one.
    pub mentions: Vec<usize>,
}

/// A difference between reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// On what.
    pub field: DisputeField,
    /// How.
    pub kind: DisputeKind,
    /// The sides, at least two.
    pub variants: Vec<Variant>,
}

/// A merged event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Made of the event's earliest evidence.
    pub id: String,
    /// PLOVER root type.
    pub event: Plover,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// One line made of the reports' own words.
    pub label: String,
    /// The one sentence that states it best, word for word.
    pub text: String,
    /// When.
    pub when: When,
    /// Where.
    pub places: Vec<PlaceRef>,
    /// Who.
    pub actor: Vec<Participant>,
    /// To whom.
    pub recipient: Vec<Participant>,
    /// Through whom.
    pub mediator: Vec<Participant>,
    /// How many.
    pub figures: Vec<ClusterFigure>,
    /// Whether it happened.
    pub status: Status,
    /// Id of the event that this one is a phase of.
    pub phase_of: Option<String>,
    /// The event that a reader finds this one under.
    pub under: Option<Under>,
    /// The tellings, at least one.
    pub mentions: Vec<EventMentionRef>,
    /// Whose word.
    pub sources: Sources,
    /// Differences.
    pub disputes: Vec<Dispute>,
    /// Story id.
    pub story: Option<String>,
    /// Refusals to merge, for `explain`: a rule and the other event's id.
    pub refusals: Vec<(String, String)>,
}

/// What an event is told under: the one that it speaks of, takes up again, or counts the dead of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// Id of the event that stands on its own.
    pub event: String,
    /// Rule that says why.
    pub rule: RuleId,
}

/// Everything together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Reports by id.
    pub reports: Vec<ReportRef>,
    /// Stories.
    pub stories: Vec<Story>,
    /// Copies.
    pub duplicates: Vec<DuplicateSet>,
    /// Entities by id.
    pub entities: Vec<Entity>,
    /// Events, oldest first, then by id.
    pub events: Vec<Event>,
}
