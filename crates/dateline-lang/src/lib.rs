//! How a language works: packs, tokens, words, patterns.
//!
//! In flow order: [`PackFiles`] (what lies under `packs/`) → [`Pack`] (one language, compiled: [`Vocabulary`], lexicon,
//! numbers) → [`Words`] (a text's tokens, sentences and word classes) → [`PatternSet`] (all rules of one stage in one
//! matcher). The rooms of `dateline-extract` say what a rule's other fields mean; here a rule is a pattern with a name.
//!
//! Takes: pack files, text. Gives: tokens, sentences, hits, matches. Never: folds or edits letters, reads a disk.

mod corpus;
mod files;
mod fold;
mod letters;
mod numbers;
mod pack;
mod pattern;
mod product;
mod rules;
mod sentences;
mod tables;
mod tokens;
mod vocabulary;
mod words;
mod writing;

pub use corpus::{Case, Mark, parse_corpus, parse_marks};
pub use files::{Examples, PackError, PackFiles};
pub use fold::{fold_into, is_syllable};
pub use letters::{
    CharTraits, any_three, is_letter, is_lower, is_odd_small, is_surely_nfc, is_upper, point_at, push_lower,
    small_behind_first, small_letters,
};
pub use numbers::Number;
pub use pack::{Pack, Traits};
pub use pattern::{Capture, Match, PatternSet};
pub use rules::{Rule, load_rules};
pub use tokens::{Caps, Forms, Token, TokenKind};
pub use vocabulary::{ClassId, ClassSet, Vocabulary, WordId};
pub use words::{Hit, Sentence, Words};
pub use writing::{SPREAD, Writing, mix, packed, written};
