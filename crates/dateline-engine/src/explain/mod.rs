//! Why: the rules, anchors, candidates and evidence behind what was read, in words.
//!
//! Takes: a report with its annotations, or a merged event with its reports.
//! Gives: readable text.
//! Never: adds a reason that no room gave.

mod event;
mod report;

pub use event::event;
pub use report::report;
