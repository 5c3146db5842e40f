//! What outlets put around all their articles, learned from the reports of an archive.
//!
//! What is learned is a function of all that is kept, earlier versions of a report included, so that neither their order nor the
//! number of builds shows. A report is read with what is known when it comes in; at a build's end those are read again for which
//! more, or less, is known.

use super::{Observer, Session, Summary};
use crate::Error;
use crate::store::{Key, Packed, Stands, Store};
use dateline_extract::clean::{Marks, Repeated};

/// What is known so far, and from which reports.
#[derive(Debug)]
pub(super) struct Learned {
    pub(super) repeated: Repeated,
    /// Ids and marks.
    seen: Vec<(String, Marks)>,
    /// How many reports `repeated` rests on.
    rests_on: usize,
}

impl Learned {
    /// From what an archive holds.
    pub(super) fn of(store: &mut Store) -> Result<Learned, Error> {
        Ok(Learned::from(&store.lines()?))
    }

    fn from(stands: &[Stands]) -> Learned {
        let seen = stands.iter().map(|s| (s.key.0.clone(), s.among.marks.clone()));
        let mut learned = Learned {
            repeated: Repeated::default(),
            seen: seen.collect(),
            rests_on: 0,
        };
        learned.learn();
        learned
    }

    fn learn(&mut self) {
        self.repeated = Repeated::of(self.seen.iter().map(|(id, marks)| (id.as_str(), marks)));
        self.rests_on = self.seen.len();
    }

    /// One more report. Learned from anew when there are twice as many, so that the cost stays linear; what was read with less
    /// is read again at the end.
    pub(super) fn add(&mut self, packed: &Packed) {
        self.seen.push((packed.key().0.clone(), packed.among().marks.clone()));
        if self.seen.len() >= 2 * self.rests_on {
            self.learn();
        }
    }

    /// All reports are about to be read again: what is known stays, and each of them is added once more.
    pub(super) fn begin_again(&mut self) {
        self.seen.clear();
    }
}

impl Session {
    /// Reads those reports again for which other lines than when they were read are their outlet's own; says whether there were
    /// any.
    pub(super) fn learn(
        &self,
        store: &mut Store,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<bool, Error> {
        let stands = store.lines()?;
        let mut learned = Learned::from(&stands);
        let other: Vec<Key> = stands
            .into_iter()
            .filter(|Stands { among, .. }| learned.repeated.own(&among.marks) != among.own)
            .map(|stands| stands.key)
            .collect();
        learned.begin_again();
        // They were counted, and what is odd about their bytes was told, when they came in.
        let mut apart = Summary::default();
        self.read_kept(store, &other, &mut learned, false, &mut apart, observer)?;
        summary.warnings += apart.warnings;
        Ok(!other.is_empty())
    }
}
