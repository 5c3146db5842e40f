//! What the outside sees: the shapes of the contract, written by hand so that renaming a field inside breaks nobody.
//!
//! Takes: annotated documents, timelines, states.
//! Gives: values that serialise to the contract's JSON; positions in Unicode code points.
//! Never: decides or changes a value.

mod date;
mod only;
mod positions;
mod report;
mod shapes;
mod state;
mod timeline;

pub use date::{Day, PublishedOut, WhenOut};
pub use only::{Only, PARTS};
pub use positions::Positions;
pub use report::report;
pub use shapes::ReportOut;
pub use state::StateOut;
pub use timeline::{EventOut, Texts, TimelineOut, timeline};

/// The version of the shapes.
pub const SCHEMA: u32 = 1;
