//! How a language works: packs, tokens, words, patterns.

mod files;

pub use files::{PackError, PackFiles};
