//! One telling's words laid out, so that those of others are looked up among them: less than half the time of walking two sorted
//! lists, and the same sums.

use super::telling::Telling;
use crate::words::{ByHash, Vector};
use rayon::prelude::*;

/// The words of all tellings, numbered.
pub(super) struct Laid {
    /// Of each telling: of its trigger and of its clause.
    numbers: Vec<[Vec<u32>; 2]>,
    words: usize,
}

/// What is laid out: weights by number, of the trigger and of the clause.
pub(super) type Room = Vec<[f64; 2]>;

impl Laid {
    /// Numbers the words.
    pub(super) fn of(tellings: &[Telling]) -> Laid {
        let words = |vector: &Vector| vector.0.iter().map(|(word, _)| *word).collect::<Vec<u64>>();
        let mut all: Vec<u64> = tellings
            .par_iter()
            .flat_map_iter(|t| words(&t.trigger).into_iter().chain(words(&t.clause)))
            .collect();
        all.par_sort_unstable();
        all.dedup();
        let numbers: ByHash<u32> = all.iter().copied().zip(0..).collect();
        let numbered = |vector: &Vector| vector.0.iter().map(|(word, _)| numbers[word]).collect::<Vec<u32>>();
        Laid {
            numbers: tellings
                .par_iter()
                .map(|t| [numbered(&t.trigger), numbered(&t.clause)])
                .collect(),
            words: all.len(),
        }
    }

    /// Room for one telling.
    pub(super) fn room(&self) -> Room {
        vec![[0.0; 2]; self.words]
    }

    /// Lays out a telling.
    pub(super) fn lay(&self, telling: usize, tellings: &[Telling], room: &mut Room) {
        for (side, vector) in vectors(&tellings[telling]).into_iter().enumerate() {
            for (number, (_, weight)) in self.numbers[telling][side].iter().zip(&vector.0) {
                room[*number as usize][side] = *weight;
            }
        }
    }

    /// Cosines of a telling's trigger and clause and those laid out.
    pub(super) fn cosines(&self, telling: usize, tellings: &[Telling], room: &Room) -> (f64, f64) {
        let [trigger, clause] = vectors(&tellings[telling]);
        let sum = |side: usize, vector: &Vector| -> f64 {
            let words = self.numbers[telling][side].iter().zip(&vector.0);
            words
                .map(|(number, (_, weight))| weight * room[*number as usize][side])
                .sum()
        };
        (sum(0, trigger), sum(1, clause))
    }

    /// Takes it away.
    pub(super) fn clear(&self, telling: usize, room: &mut Room) {
        for number in self.numbers[telling].iter().flatten() {
            room[*number as usize] = [0.0; 2];
        }
    }
}

fn vectors<'t>(telling: &'t Telling) -> [&'t Vector; 2] {
    [&telling.trigger, &telling.clause]
}
