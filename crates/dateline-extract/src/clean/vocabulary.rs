//! Which words two stretches share: pairs of neighbours and names, so that Vietnamese syllables say something, too.

use super::lines::Line;
use super::phrases::{Phrases, Role};
use rapidhash::RapidHashMap;

/// Words of one line that are counted. A paragraph's first hundred words say what it is about.
const COUNTED_WORDS: usize = 120;

/// The pairs of neighbouring words and the capitalised words of a line, little words aside; sorted, no doubles.
pub(super) fn grams(line: &Line<'_>, phrases: &Phrases) -> Vec<u64> {
    let mut out = Vec::new();
    let mut before: Option<u64> = None;
    for (n, word) in line.shape.words.iter().take(COUNTED_WORDS).enumerate() {
        if phrases.word_has(word, Role::Function) && !word.capital {
            before = None;
            continue;
        }
        if let Some(before) = before {
            out.push(before.rotate_left(17) ^ word.hash);
        }
        // The first word of a line has a capital for another reason.
        if word.capital && n > 0 || word.end - word.start >= 6 {
            out.push(word.hash);
        }
        before = Some(word.hash);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Bytes from which a word without a capital is long: names and long words say what a paragraph is about in any language.
const LONG_WORD: u32 = 6;

/// The capitalised and the long words of a line, little words aside; sorted, no doubles.
pub(super) fn names_and_long_words(line: &Line<'_>, phrases: &Phrases) -> Vec<u64> {
    let words = line.shape.words.iter().take(COUNTED_WORDS).enumerate();
    let mut out: Vec<u64> = words
        .filter(|(n, word)| word.capital && *n > 0 || word.end - word.start >= LONG_WORD)
        .filter(|(_, word)| word.capital || !phrases.word_has(word, Role::Function))
        .map(|(_, word)| word.hash)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// In how many paragraphs each gram stands.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    counts: RapidHashMap<u64, u32>,
    paragraphs: u32,
}

impl Vocabulary {
    /// Counts one more paragraph.
    pub(super) fn add(&mut self, grams: &[u64]) {
        self.paragraphs += 1;
        for gram in grams {
            *self.counts.entry(*gram).or_default() += 1;
        }
    }

    /// Share of `grams` that any paragraph has.
    pub(super) fn coverage(&self, grams: &[u64]) -> f32 {
        if grams.is_empty() {
            return 0.0;
        }
        grams.iter().filter(|g| self.counts.contains_key(g)).count() as f32 / grams.len() as f32
    }

    /// Stands in so many paragraphs that it names the matter of the whole report.
    pub(super) fn is_topic(&self, gram: u64) -> bool {
        self.counts
            .get(&gram)
            .is_some_and(|&n| n >= 3 && n * 3 >= self.paragraphs)
    }
}

/// Share of `grams` in `other`, the topic words of the whole report aside; `None` where nothing is left to compare.
pub(super) fn shared(grams: &[u64], other: &[Vec<u64>], vocabulary: &Vocabulary) -> Option<f32> {
    let rare: Vec<u64> = grams.iter().copied().filter(|&g| !vocabulary.is_topic(g)).collect();
    if rare.is_empty() {
        return None;
    }
    let found = rare
        .iter()
        .filter(|g| other.iter().any(|o| o.binary_search(g).is_ok()))
        .count();
    Some(found as f32 / rare.len() as f32)
}
