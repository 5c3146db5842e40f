//! Expressions of time.
//!
//! Takes: words, pack, the publication date. Gives: timexes. Never: uses a clock.

use dateline_lang::{Pack, PackError, PackFiles, Words};
use dateline_model::{Diagnostic, Document, Published, Timex};

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Tagger {}

/// An expression as it is written, before any anchor.
#[derive(Clone, Debug)]
pub struct Written {}

impl Tagger {
    /// Compiles `<tag>/time/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(_pack: &mut Pack, _files: &PackFiles) -> Result<Tagger, PackError> {
        Ok(Tagger {})
    }

    /// What the words say.
    pub fn recognise(&self, _pack: &Pack, _words: &Words<'_>) -> Vec<Written> {
        Vec::new()
    }

    /// What they mean here.
    pub fn resolve(
        &self,
        _pack: &Pack,
        _words: &Words<'_>,
        _document: &Document,
        _written: &[Written],
        _published: &Published,
    ) -> (Vec<Timex>, Vec<Diagnostic>) {
        (Vec::new(), Vec::new())
    }
}
