//! What outlets put around all their articles, learned from the reports of an archive.
//!
//! What is learned is a function of the reports that count, so that neither their order nor the number of builds shows. A
//! report is read with what is known when it comes in; at a build's end those are read again for which more, or less, is known.

use super::Session;
use super::build::Waiting;
use super::strokes::AT_ONCE;
use crate::Error;
use crate::intake::interpret;
use crate::store::{Key, Packed, Stands, Store};
use dateline_extract::clean::{Marks, Repeated};
use rayon::prelude::*;

/// What is known so far, and from which reports.
#[derive(Debug)]
pub(super) struct Learned {
    pub(super) repeated: Repeated,
    seen: Vec<Marks>,
    /// How many reports `repeated` rests on.
    rests_on: usize,
}

impl Learned {
    /// From what an archive holds.
    pub(super) fn of(store: &mut Store) -> Result<Learned, Error> {
        let seen: Vec<Marks> = store.lines()?.into_iter().map(|stands| stands.among.marks).collect();
        Ok(Learned {
            repeated: Repeated::of(&seen),
            rests_on: seen.len(),
            seen,
        })
    }

    /// One more report. Learned from anew when there are twice as many, so that the cost stays linear; what was read with less
    /// is read again at the end.
    pub(super) fn add(&mut self, packed: &Packed) {
        self.seen.push(packed.among().marks.clone());
        if self.seen.len() >= 2 * self.rests_on {
            self.repeated = Repeated::of(&self.seen);
            self.rests_on = self.seen.len();
        }
    }
}

impl Session {
    /// Reads those reports again for which other lines than when they were read are their outlet's own; says whether there were
    /// any.
    pub(super) fn learn(&self, store: &mut Store) -> Result<bool, Error> {
        let stands = store.lines()?;
        let repeated = Repeated::of(stands.iter().map(|s| &s.among.marks));
        let other: Vec<Key> = stands
            .into_iter()
            .filter(|Stands { among, .. }| repeated.own(&among.marks) != among.own)
            .map(|stands| stands.key)
            .collect();
        let mut waiting = Waiting::new(store);
        // As many at once as a stroke makes reports of: each may be a page of many megabytes.
        for some in other.chunks(AT_ONCE * self.pool.current_num_threads()) {
            let kept = waiting.store.received_of(some)?;
            let packed: Vec<Packed> = self.pool.install(|| {
                kept.into_par_iter()
                    .filter_map(|(_, raw)| {
                        // What could not be read was told when it came in.
                        let capture = interpret(&raw).ok()?.capture;
                        let (report, among) = self.extract_among(&capture, &repeated).ok()?;
                        Some(Packed::new(raw, &report, self.reader(), among))
                    })
                    .collect()
            });
            packed.into_iter().try_for_each(|report| waiting.put(report))?;
        }
        waiting.end()?;
        Ok(!other.is_empty())
    }
}
