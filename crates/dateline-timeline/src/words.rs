//! Words as numbers: what two texts are compared by.

use dateline_lang::push_lower;
use rapidhash::v3::rapidhash_v3;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A stable hash of bytes. Fixed across runs, machines and versions, because ids and order hang on it.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    rapidhash_v3(bytes)
}

/// One hash of two.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut bytes = [0u8; 16];
    bytes[..8].copy_from_slice(&a.to_le_bytes());
    bytes[8..].copy_from_slice(&b.to_le_bytes());
    hash(&bytes)
}

/// The words of a text in order, lower case, each as its hash. Punctuation and spacing do not count.
///
/// Runs of letters and digits are words: of Vietnamese, syllables. That is enough to compare texts of one language.
pub(crate) fn words(text: &str) -> Vec<u64> {
    placed(text).into_iter().map(|(_, word)| word).collect()
}

/// The same, each with the byte where it begins.
pub(crate) fn placed(text: &str) -> Vec<(usize, u64)> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut lower = String::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_of_word(c) {
            start.get_or_insert(at);
            push_lower(c, &mut lower);
        } else if let Some(start) = start.take() {
            found.push((start, hash(lower.as_bytes())));
            lower.clear();
        }
    }
    found.extend(start.map(|start| (start, hash(lower.as_bytes()))));
    found
}

/// A letter or digit; those of Latin scripts, which most text is in, without a table.
#[inline]
fn is_of_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Two of a kind in one number, the first in the upper half: sorted four times as fast as a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair(u64);

impl Pair {
    /// Of the two, the smaller number first.
    pub(crate) fn of(a: u32, b: u32) -> Pair {
        Pair(u64::from(a.min(b)) << 32 | u64::from(a.max(b)))
    }

    /// The smaller number and the greater.
    pub(crate) fn both(self) -> (usize, usize) {
        ((self.0 >> 32) as usize, (self.0 & u64::from(u32::MAX)) as usize)
    }
}

/// Pairs from lists under keys: every list in the order of `all`, each entry with those before it that `near` gives (indexes
/// into the list, from which on). Sorted; a pair stands as often as lists gave it.
///
/// One sort instead of a map of lists: keys are as many as words.
pub(crate) fn pairs_of(
    mut all: Vec<(u64, u32)>,
    mut near: impl FnMut(&[(u64, u32)], usize, &mut Vec<Pair>),
) -> Vec<Pair> {
    // Stable: entries of one key stay in their order.
    all.par_sort_by_key(|(key, _)| *key);
    let mut pairs = Vec::new();
    for list in all.chunk_by(|a, b| a.0 == b.0) {
        for at in 1..list.len() {
            near(list, at, &mut pairs);
        }
    }
    pairs.par_sort_unstable();
    pairs
}

/// The words of a text, each once, sorted.
pub(crate) fn word_set(text: &str) -> Vec<u64> {
    let mut set = words(text);
    set.sort_unstable();
    set.dedup();
    set
}

/// How many members two sorted sets share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// Share of two sorted sets that both hold, 0 to 1.
pub(crate) fn jaccard<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let both = shared(a, b);
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

/// A map by words, which are hashes already and are not hashed again. Looked up, never walked.
pub(crate) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Given>>;

/// Gives back the hash that it is given.
#[derive(Default)]
pub(crate) struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = word;
    }
}

/// How rare each word is.
pub(crate) struct Rarity {
    texts: usize,
    found_in: ByHash<u32>,
}

impl Rarity {
    /// Counts in how many of the word sets each word stands.
    pub(crate) fn of<'a>(sets: impl Iterator<Item = &'a [u64]>) -> Rarity {
        let (mut texts, mut found_in) = (0, ByHash::default());
        for set in sets {
            texts += 1;
            for word in set {
                *found_in.entry(*word).or_insert(0) += 1;
            }
        }
        Rarity { texts, found_in }
    }

    /// In how many texts the word stands.
    pub(crate) fn count(&self, word: u64) -> usize {
        self.found_in.get(&word).map_or(0, |n| *n as usize)
    }

    /// `ln(1 + texts / texts with it)`: above 0 even for a word that every text has, since a small corpus about one
    /// matter shares exactly the words that matter.
    pub(crate) fn weight(&self, word: u64) -> f64 {
        (1.0 + self.texts as f64 / self.count(word).max(1) as f64).ln()
    }

    /// A word set as a vector of length one.
    pub(crate) fn vector(&self, set: &[u64]) -> Vector {
        Vector::of(set.iter().map(|w| (*w, self.weight(*w))).collect())
    }
}

/// A sparse vector of length one, sorted by word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vector(pub(crate) Vec<(u64, f64)>);

impl Vector {
    /// Two added up, not scaled.
    pub(crate) fn plus(&self, other: &Vector) -> Vector {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j) = (0, 0);
        let mut all = Vec::with_capacity(a.len() + b.len());
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                std::cmp::Ordering::Less => {
                    all.push(a[i]);
                    i += 1;
                }
                std::cmp::Ordering::Greater => {
                    all.push(b[j]);
                    j += 1;
                }
                std::cmp::Ordering::Equal => {
                    all.push((a[i].0, a[i].1 + b[j].1));
                    i += 1;
                    j += 1;
                }
            }
        }
        all.extend_from_slice(&a[i..]);
        all.extend_from_slice(&b[j..]);
        Vector(all)
    }

    /// Many added up in their order, not scaled; in time that grows with their length, times the logarithm of their number.
    pub(crate) fn total<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Vector {
        let mut all: Vec<(u64, f64)> = vectors.flat_map(|v| v.0.iter().copied()).collect();
        all.sort_by_key(|(key, _)| *key);
        let mut total: Vec<(u64, f64)> = Vec::with_capacity(all.len());
        for (key, weight) in all {
            match total.last_mut() {
                Some(last) if last.0 == key => last.1 += weight,
                _ => total.push((key, weight)),
            }
        }
        Vector(total)
    }

    /// Scales the weights to length one. Keys must be sorted and stand once.
    pub(crate) fn of(mut weights: Vec<(u64, f64)>) -> Vector {
        let length = weights.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, w)| *w /= length);
        }
        Vector(weights)
    }

    /// Cosine of the angle between the two, 0 to 1.
    pub(crate) fn cosine(&self, other: &Vector) -> f64 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < self.0.len() && j < other.0.len() {
            match self.0[i].0.cmp(&other.0[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.0[i].1 * other.0[j].1;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_case_and_punctuation() {
        assert_eq!(words("Quân đội, NGA!"), words("quân đội nga"));
        assert_eq!(words("2.000 lính").len(), 3);
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_of_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn a_word_of_every_text_still_weighs() {
        let sets = [word_set("a b"), word_set("a c")];
        let rarity = Rarity::of(sets.iter().map(Vec::as_slice));
        assert!(rarity.weight(hash(b"a")) > 0.0);
        assert!(rarity.weight(hash(b"b")) > rarity.weight(hash(b"a")));
    }
}
