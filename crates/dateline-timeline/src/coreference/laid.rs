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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::sample::{Deed, Report};
    use dateline_model::Plover::Assault;

    #[test]
    fn what_is_laid_out_gives_the_same_sums() {
        let texts = [
            (
                "a",
                "Shells fall\nThe army shelled the mill and the old bridge of the town",
                "shelled",
            ),
            (
                "b",
                "Mill hit\nSoldiers shelled the bridge of the mill town again on Friday",
                "shelled",
            ),
            (
                "c",
                "Night raid\nArmed men stormed the station behind the old bridge",
                "stormed",
            ),
        ];
        let told =
            |(id, text, words): (&str, &str, &str)| Report::new(id, text).tells(Deed::new(words, Assault)).done();
        let reports = texts.map(told);
        let corpus = Corpus::new(&reports);
        let links = crate::linking::link(&corpus);
        let copies = crate::duplicates::find(&corpus);
        let grouping = crate::stories::group(&corpus, &copies, &links);
        let tellings = super::super::tellings(&corpus, &links, &grouping);
        assert_eq!(tellings.len(), texts.len());
        let laid = Laid::of(&tellings);
        let mut room = laid.room();
        let bits = |(trigger, clause): (f64, f64)| (trigger.to_bits(), clause.to_bits());
        for (at, a) in tellings.iter().enumerate() {
            laid.lay(at, &tellings, &mut room);
            for (other, b) in tellings.iter().enumerate() {
                let walked = (a.trigger.cosine(&b.trigger), a.clause.cosine(&b.clause));
                assert_eq!(
                    bits(laid.cosines(other, &tellings, &room)),
                    bits(walked),
                    "{at} and {other}"
                );
                assert!(walked.1 > 0.0, "they share words");
            }
            laid.clear(at, &mut room);
        }
        assert!(room.iter().flatten().all(|weight| *weight == 0.0));
    }
}
