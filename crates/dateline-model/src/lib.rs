//! The words of the house: what every other room takes and gives.
//!
//! Nothing here reads, matches or decides. Positions are **bytes** ([`Span`]); the edge converts to code points.
//! `serde` is derived for the store's records only (see `docs/decisions/0002-serde-in-the-model.md`); what the outside
//! sees is shaped by hand in the engine's `wire` room.

mod attribution;
mod date;
mod diagnostic;
mod document;
mod event;
mod mention;
mod plover;
mod sound;
mod span;
mod state;
mod timeline;
mod timex;

pub use attribution::{Attribution, ChainLink, Commitment, Polarity, Source, SourceKind, SpeechKind};
pub use date::{Basis, Candidate, Interval, Published, When, day_after, days_between, days_in_month, edtf_of};
pub use diagnostic::Diagnostic;
pub use document::{
    AnnotatedDocument, Block, BlockKind, Capture, Content, Credit, Document, Known, Removed, RemovedKind,
};
pub use event::{
    CORRECTION, Change, EventMention, Figure, Fluent, Outcome, Participant, PlaceRef, Status, participant_names,
};
pub use mention::{GeoPoint, Mention, MentionKind, Title};
pub use plover::Plover;
pub use sound::{sound_keys, sounds_alike};
pub use span::{Evidence, Region, RuleId, Span};
pub use state::{Course, Ground, Holding, Lane, Named, Standing, StandingRef, State, Stretch, Value};
pub use timeline::{
    Claim, ClusterFigure, Dispute, DisputeField, DisputeKind, DuplicateKind, DuplicateSet, Entity, EntityRole, Event,
    EventMentionRef, MentionRef, Refigured, ReportRef, Revised, Sources, Story, Timeline, Under, Variant,
};
pub use timex::{Modifier, Timex, TimexAnchor, TimexKind};
