//! Shingles of words and the few of them that stand for a text.

use crate::words::mix;

/// Words in a shingle. Five words in a row rarely meet by chance (Broder 1997 uses 3 to 10; Vietnamese syllables are short).
const SHINGLE: usize = 5;

/// Shingles in a window of which the smallest is kept (Schleimer, Wilkerson and Aiken 2003, "Winnowing"): every run of
/// `WINDOW + SHINGLE - 1` = 12 equal words is sure to give a common fingerprint, wherever in the texts it stands, so that a
/// trimmed copy is found as well as a whole one.
const WINDOW: usize = 8;

/// All shingles of a text, in its order.
pub(super) fn shingles(words: &[u64]) -> Vec<u64> {
    words
        .windows(SHINGLE)
        .map(|w| w.iter().fold(0, |a, b| mix(a, *b)))
        .collect()
}

/// The same, sorted, each once.
pub(super) fn once(mut shingles: Vec<u64>) -> Vec<u64> {
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The fingerprints of a text by its shingles in order, sorted, each once.
pub(super) fn winnow(shingles: &[u64]) -> Vec<u64> {
    let kept: Vec<u64> = if shingles.len() <= WINDOW {
        shingles.iter().min().copied().into_iter().collect()
    } else {
        shingles
            .windows(WINDOW)
            .filter_map(|w| w.iter().min().copied())
            .collect()
    };
    once(kept)
}
