//! Words as numbers: what two texts are compared by.

use dateline_lang::{SPREAD, push_lower};
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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
/// Sorted in two steps, by a part of the key and then each part by itself: a fourth of the time of one sort of all, and no map of
/// lists.
pub(crate) fn pairs_of(all: Vec<(u64, u32)>, near: impl Fn(&[(u64, u32)], usize, &mut Vec<Pair>) + Sync) -> Vec<Pair> {
    // The smallest hashes of many begin with noughts: spread, they fill all parts.
    let part = |key: u64| (key.wrapping_mul(SPREAD) >> (u64::BITS - PART_BITS)) as usize;
    let (mut all, ends) = parted(std::slice::from_ref(&all), 1 << PART_BITS, |(key, _)| part(*key));
    let found: Vec<Vec<Pair>> = slices(&mut all, &ends)
        .into_par_iter()
        .map(|part| {
            // Stable: entries of one key stay in their order.
            part.sort_by_key(|(key, _)| *key);
            let mut pairs = Vec::new();
            for list in part.chunk_by(|a, b| a.0 == b.0) {
                (1..list.len()).for_each(|at| near(list, at, &mut pairs));
            }
            pairs
        })
        .collect();
    let firsts = found.iter().flatten().map(|pair| pair.both().0 + 1).max().unwrap_or(0);
    let (mut pairs, ends) = parted(&found, firsts, |pair| pair.both().0);
    drop(found);
    slices(&mut pairs, &ends)
        .into_par_iter()
        .for_each(|of_one| of_one.sort_unstable());
    pairs
}

/// Parts that keys are sorted into first: each is small enough for a core's own memory. 4,096; chosen.
const PART_BITS: u32 = 12;

/// The items of some lists by their part, in their order within each, and where each part ends.
fn parted<T: Copy + Default>(lists: &[Vec<T>], parts: usize, part: impl Fn(&T) -> usize) -> (Vec<T>, Vec<usize>) {
    let mut ends = vec![0; parts];
    lists.iter().flatten().for_each(|item| ends[part(item)] += 1);
    let mut sum = 0;
    for end in &mut ends {
        // First where the part begins; it moves on with each item.
        (*end, sum) = (sum, sum + *end);
    }
    let mut sorted = vec![T::default(); sum];
    for item in lists.iter().flatten() {
        let at = &mut ends[part(item)];
        sorted[*at] = *item;
        *at += 1;
    }
    (sorted, ends)
}

/// The parts that end there.
fn slices<'t, T>(mut items: &'t mut [T], ends: &[usize]) -> Vec<&'t mut [T]> {
    let mut from = 0;
    let mut parts = Vec::with_capacity(ends.len());
    for end in ends {
        let (part, rest) = items.split_at_mut(end - from);
        parts.push(part);
        (items, from) = (rest, *end);
    }
    parts
}

/// Items from the greatest score to the smallest; equal ones in their order.
pub(crate) fn falling<T: Copy + Send + Sync>(items: &[T], score: impl Fn(&T) -> f64 + Sync) -> Vec<T> {
    // As numbers that sort as `total_cmp` does, turned round: sorted in half the time of the items with all that hangs on them.
    let turned = |score: f64| {
        let bits = score.to_bits();
        if bits >> 63 == 0 { !bits & (u64::MAX >> 1) } else { bits }
    };
    let numbered = items.par_iter().zip(0..u32::MAX);
    let mut order: Vec<(u64, u32)> = numbered.map(|(item, n)| (turned(score(item)), n)).collect();
    order.par_sort_unstable();
    order.into_par_iter().map(|(_, n)| items[n as usize]).collect()
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

/// Terms from which on they are sorted on all threads. 65,536; chosen.
const LONG: usize = 1 << 16;

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
        // Both are stable: what has one key is added up in the order in which it came.
        if all.len() < LONG {
            all.sort_by_key(|(key, _)| *key);
        } else {
            all.par_sort_by_key(|(key, _)| *key);
        }
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
    fn pairs_come_sorted_as_often_as_lists_give_them() {
        // Numbers with many small keys and a few of all sizes, each list in the order in which it is given.
        let keys = (0..4_000u64).map(|n| if n % 3 == 0 { n % 17 } else { mix(n % 251, 1) });
        let all: Vec<(u64, u32)> = keys.zip((0..4_000u32).rev()).collect();
        let pairs = pairs_of(all.clone(), |list, at, pairs| {
            pairs.extend(
                list[at.saturating_sub(3)..at]
                    .iter()
                    .map(|(_, a)| Pair::of(*a, list[at].1)),
            );
        });
        let mut lists: std::collections::BTreeMap<u64, Vec<u32>> = std::collections::BTreeMap::new();
        all.iter().for_each(|(key, n)| lists.entry(*key).or_default().push(*n));
        let mut expected: Vec<Pair> = Vec::new();
        for list in lists.values() {
            for at in 1..list.len() {
                expected.extend(list[at.saturating_sub(3)..at].iter().map(|a| Pair::of(*a, list[at])));
            }
        }
        expected.sort();
        assert_eq!(pairs, expected);
        assert!(pairs_of(Vec::new(), |_, _, _| {}).is_empty());
    }

    #[test]
    fn scores_fall_as_they_are_ordered() {
        let scores = [
            1.5,
            -0.0,
            2.6,
            0.0,
            2.6,
            -3.0,
            f64::INFINITY,
            1e-300,
            f64::NEG_INFINITY,
            -3.0,
        ];
        let items: Vec<(f64, usize)> = scores.into_iter().zip(0..).collect();
        let mut expected = items.clone();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0));
        let sorted = falling(&items, |item| item.0);
        let places = |items: &[(f64, usize)]| items.iter().map(|item| item.1).collect::<Vec<usize>>();
        assert_eq!(places(&sorted), places(&expected));
    }

    #[test]
    fn a_word_of_every_text_still_weighs() {
        let sets = [word_set("a b"), word_set("a c")];
        let rarity = Rarity::of(sets.iter().map(Vec::as_slice));
        assert!(rarity.weight(hash(b"a")) > 0.0);
        assert!(rarity.weight(hash(b"b")) > rarity.weight(hash(b"a")));
    }
}
