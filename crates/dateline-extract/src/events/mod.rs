//! What happened.
//!
//! Takes: words, timexes, mentions, attributions. Gives: event mentions. Never: merges across documents.

use dateline_lang::{Pack, PackError, PackFiles, Words};
use dateline_model::{Attribution, Document, EventMention, Mention, Published, Timex};

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Coder {}

/// What the rooms before found, together.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The clean report.
    pub document: &'a Document,
    /// Its publication date.
    pub published: &'a Published,
    /// Expressions of time.
    pub timexes: &'a [Timex],
    /// Names.
    pub mentions: &'a [Mention],
    /// Attributions.
    pub attributions: &'a [Attribution],
}

impl Coder {
    /// Compiles `<tag>/events/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(_pack: &mut Pack, _files: &PackFiles) -> Result<Coder, PackError> {
        Ok(Coder {})
    }

    /// Event mentions, by the start of their trigger.
    pub fn code(&self, _pack: &Pack, _words: &Words<'_>, _findings: Findings<'_>) -> Vec<EventMention> {
        Vec::new()
    }
}
