//! The agency behind the last sentence of a paragraph: "… at noon. (Reuters)", "… trưa nay. (Theo TTXVN)".

use super::bylines;
use super::lines::Line;
use super::outlets::Outlets;
use super::phrases::Phrases;
use dateline_model::RuleId;

/// What is cut off the end of a paragraph.
#[derive(Debug)]
pub(super) struct Suffix {
    /// First byte of it.
    pub(super) start: usize,
    /// Persons.
    pub(super) authors: Vec<String>,
    /// Agencies: canonical name, bytes of the line.
    pub(super) credits: Vec<(String, usize, usize)>,
    /// Rule.
    pub(super) rule: RuleId,
}

/// Longest credit behind a paragraph, in bytes.
const SUFFIX_BYTES: usize = 90;

/// Reads the bracket that closes the paragraph; only a known agency makes it a credit.
pub(super) fn read(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<Suffix> {
    let text = line.text.trim_end_matches(['.', ' ']);
    if !text.ends_with(')') {
        return None;
    }
    let start = text.rfind('(')?;
    let before = text[..start].trim_end();
    if start == 0 || text.len() - start > SUFFIX_BYTES || !before.ends_with(['.', '!', '?', '"', '”', '…', '/']) {
        return None;
    }
    let inside = Line::new(text[start + 1..text.len() - 1].to_string().into(), None, false, phrases)?;
    let shift = start + 1 + text[start + 1..].find(inside.text.as_ref())?;
    let names = bylines::read(&inside, phrases, outlets)?;
    let known = |name: &str| outlets.whole(name, &super::words::words_of(name).0).is_some();
    if !names.credits.iter().any(|c| known(&c.0)) {
        return None;
    }
    let credits = names
        .credits
        .into_iter()
        .map(|(name, a, b)| (name, a + shift, b + shift))
        .collect();
    Some(Suffix {
        start,
        authors: names.authors,
        credits,
        rule: "clean.credit.behind-paragraph".into(),
    })
}
