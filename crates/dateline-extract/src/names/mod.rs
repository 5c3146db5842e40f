//! Names of persons, organisations, places, forces and groups.
//!
//! Takes: words, pack, gazetteer. Gives: mentions. Never: merges across documents.

pub mod gazetteer;
pub mod key;

use dateline_lang::{Pack, PackError, PackFiles, Words};
use dateline_model::{Document, Mention, Timex};

/// The compiled lists and rules of one language.
#[derive(Debug)]
pub struct Finder {}

impl Finder {
    /// Compiles `<tag>/names/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(_pack: &mut Pack, _files: &PackFiles) -> Result<Finder, PackError> {
        Ok(Finder {})
    }

    /// Names, roles and pronouns, by start.
    pub fn find(&self, _pack: &Pack, _words: &Words<'_>, _document: &Document, _timexes: &[Timex]) -> Vec<Mention> {
        Vec::new()
    }
}
