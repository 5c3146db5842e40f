//! Pages: the article's body as lines, and the facts of the markup.

use super::facts::PageFacts;
use super::lines::Line;
use super::phrases::Phrases;

/// The article's lines.
pub(super) fn lines(_html: &str, _url: Option<&str>, _phrases: &Phrases, _page: &mut PageFacts) -> Vec<Line<'static>> {
    Vec::new()
}
