//! Words as numbers: what two texts are compared by.

use rapidhash::v3::rapidhash_v3;
use std::collections::BTreeMap;

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
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| hash(w.to_lowercase().as_bytes()))
        .collect()
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

/// How rare each word is.
pub(crate) struct Rarity {
    texts: usize,
    found_in: BTreeMap<u64, u32>,
}

impl Rarity {
    /// Counts in how many of the word sets each word stands.
    pub(crate) fn of<'a>(sets: impl Iterator<Item = &'a [u64]>) -> Rarity {
        let (mut texts, mut found_in) = (0, BTreeMap::new());
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
    fn a_word_of_every_text_still_weighs() {
        let sets = [word_set("a b"), word_set("a c")];
        let rarity = Rarity::of(sets.iter().map(Vec::as_slice));
        assert!(rarity.weight(hash(b"a")) > 0.0);
        assert!(rarity.weight(hash(b"b")) > rarity.weight(hash(b"a")));
    }
}
