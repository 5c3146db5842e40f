//! Who said what, through whom.
//!
//! Takes: words, mentions, timexes. Gives: attributions. Never: judges truth.

use dateline_lang::{Pack, PackError, PackFiles, Words};
use dateline_model::{Attribution, Document, Mention, Published, Timex};

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Attributor {}

impl Attributor {
    /// Compiles `<tag>/speech/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(_pack: &mut Pack, _files: &PackFiles) -> Result<Attributor, PackError> {
        Ok(Attributor {})
    }

    /// Attributions, by the start of their cue or content.
    pub fn attribute(
        &self,
        _pack: &Pack,
        _words: &Words<'_>,
        _document: &Document,
        _published: &Published,
        _timexes: &[Timex],
        _mentions: &[Mention],
    ) -> Vec<Attribution> {
        Vec::new()
    }
}
