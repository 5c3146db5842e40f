//! Publication dates that only the other reports of a story can tell.
//!
//! Takes: reports whose own publication date is unknown or wider than a month, and the others of their story.
//! Gives: for those that can be narrowed, a date with its evidence.
//! Never: guesses where two readings remain.

use dateline_model::{AnnotatedDocument, Published};

/// Dates for the reports that need one, by index of the slice.
pub(crate) fn dates(_reports: &[AnnotatedDocument]) -> Vec<(usize, Published)> {
    Vec::new()
}
