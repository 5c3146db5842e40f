//! Many reports together: duplicates, stories, linking, coreference, chronology.

use dateline_model::{AnnotatedDocument, Published, Timeline};

/// Relates the reports. The result does not depend on their order.
pub fn relate(_reports: &[AnnotatedDocument]) -> Timeline {
    Timeline::default()
}

/// For reports whose publication date is unknown or wider than a month: what the others of the same story say.
/// Gives index and date of those that can be narrowed; the engine has them read again against it.
pub fn story_dates(_reports: &[AnnotatedDocument]) -> Vec<(usize, Published)> {
    Vec::new()
}
