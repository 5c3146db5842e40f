//! `build`: what is new into the archive, then the timeline of all that is kept.

use super::learn::Learned;
use super::{Observer, Session, Summary, WINDOW, window};
use crate::intake::{Format, Intake, Raw, Warning, interpret};
use crate::store::{Kept, Key, Packed, Store};
use crate::{Error, page};
use dateline_model::{AnnotatedDocument, Capture, Timeline};
use dateline_timeline::Related;
use dateline_timeline::state::Chronicle;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Reports that are kept at one stroke: what a build that is killed has to read again at most. Fewer cost a wait for the disk
/// each, more lose more.
pub(super) const STROKE: usize = 256;

/// What a build does besides adding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// Reads what is kept again, from its bytes.
    pub again: bool,
    /// Forgets what the input no longer holds.
    pub prune: bool,
}

/// What a build gave.
#[derive(Clone, Debug)]
pub struct Built {
    /// What was done.
    pub summary: Summary,
    /// The timeline of all that is kept.
    pub timeline: Timeline,
    /// Reports forgotten.
    pub pruned: usize,
    /// Kept reports that another version of the program, or other packs, have read; `again` reads them.
    pub read_by_others: usize,
}

impl Session {
    /// Adds the input to the archive and makes its timeline and page anew where something changed.
    ///
    /// # Errors
    /// The archive cannot be read or written.
    pub fn build(
        &self,
        store: &mut Store,
        intake: Intake<'_>,
        options: BuildOptions,
        observer: &mut dyn Observer,
    ) -> Result<Built, Error> {
        let mut summary = Summary::default();
        let mut learned = Learned::of(store)?;
        let seen = self.add(store, intake, &mut learned, &mut summary, observer)?;
        let again = options.again || store.must_be_read_again()?;
        if again {
            self.again(store, &mut learned, &mut summary, observer)?;
        }
        let pruned = if options.prune { store.keep_only(&seen)? } else { 0 };
        let changed = self.learn(store)?;
        let timeline = self.relate(store, again || changed)?;
        let read_by_others = store.read_by_others(self.reader())?;
        Ok(Built {
            summary,
            timeline,
            pruned,
            read_by_others,
        })
    }

    fn add(
        &self,
        store: &mut Store,
        mut intake: Intake<'_>,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<BTreeSet<Key>, Error> {
        let mut index = store.index()?;
        let mut seen = BTreeSet::new();
        loop {
            let raws = window(&mut intake, summary, observer);
            if raws.is_empty() {
                return Ok(seen);
            }
            let captures = self.pool.install(|| {
                let captures = self.interpreted(raws, summary, observer);
                captures
                    .into_par_iter()
                    .map(|(raw, c)| ((c.id.clone(), raw.digest()), raw, c))
                    .collect::<Vec<_>>()
            });
            let (mut new, mut moved) = (Vec::new(), BTreeMap::new());
            for (key, raw, capture) in captures {
                seen.insert(key.clone());
                match placed(index.get(&key), raw, capture) {
                    Placed::New(both) => {
                        index.insert(key, Kept::of(&both.0));
                        new.push(*both);
                    }
                    Placed::Moved(place) => {
                        summary.known += 1;
                        if let Some(kept) = index.get_mut(&key) {
                            kept.place = place.clone();
                        }
                        moved.insert(key, place);
                    }
                    Placed::Known => summary.known += 1,
                }
            }
            self.keep(store, new, learned, summary, observer)?;
            store.rename(&moved)?;
            observer.progress(summary.reports + summary.known);
        }
    }

    fn keep(
        &self,
        store: &mut Store,
        new: Vec<(Raw, Capture)>,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        let mut new = new.into_iter().peekable();
        while new.peek().is_some() {
            self.keep_stroke(store, new.by_ref().take(STROKE).collect(), learned, summary, observer)?;
        }
        Ok(())
    }

    fn keep_stroke(
        &self,
        store: &mut Store,
        new: Vec<(Raw, Capture)>,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        type Read = Result<(Packed, Summary), Warning>;
        let read: Vec<Read> = self.pool.install(|| {
            new.into_par_iter()
                .map(|(raw, capture)| {
                    let (report, among) = self.extract_among(&capture, &learned.repeated)?;
                    let mut counted = Summary::default();
                    counted.count(&report);
                    Ok((Packed::new(raw, &report, self.reader(), among), counted))
                })
                .collect()
        });
        let mut packed = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok((report, counted)) => {
                    summary.add(counted);
                    packed.push(report);
                }
                Err(warning) => summary.warn(&warning, observer),
            }
        }
        learned.add(&packed);
        store.put(&packed)
    }

    fn again(
        &self,
        store: &mut Store,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        *summary = Summary {
            bytes: summary.bytes,
            warnings: summary.warnings,
            ..Summary::default()
        };
        let mut last: Option<Key> = None;
        loop {
            let kept = store.received(last.as_ref(), WINDOW)?;
            let Some((key, _)) = kept.last() else { return Ok(()) };
            last = Some(key.clone());
            let bare = |(_, raw): &&(Key, Raw)| raw.record.is_none() && raw.format == Format::Text;
            let files: Vec<(Key, String)> = kept
                .iter()
                .filter(bare)
                .map(|(key, raw)| (key.clone(), raw.path.clone()))
                .collect();
            let raws = kept.into_iter().map(|(_, raw)| raw).collect();
            let captures = self.pool.install(|| self.interpreted(raws, summary, observer));
            let split = parted(&files, &captures);
            self.keep(store, captures, learned, summary, observer)?;
            store.forget(&split)?;
            observer.progress(summary.reports);
        }
    }

    /// Relates all that is kept and writes timeline and page, where the kept one is of another set of reports.
    fn relate(&self, store: &mut Store, again: bool) -> Result<Timeline, Error> {
        let (contents, made_of) = store.contents()?;
        if !again && made_of.as_ref() == Some(&contents) && store.folder().join(page::FILE_NAME).is_file() {
            return store.timeline();
        }
        let (keys, mut reports): (Vec<Key>, Vec<AnnotatedDocument>) = store.documents(false)?.into_iter().unzip();
        let anchored = self.pool.install(|| self.anchor(&mut reports));
        let related = self.pool.install(|| Related::of(&reports));
        let timeline = &related.timeline;
        let changed: Vec<(&Key, &AnnotatedDocument)> = anchored.iter().map(|i| (&keys[*i], &reports[*i])).collect();
        // A build that is killed in between leaves a timeline that counts as out of date, whatever the page beside it shows.
        store.outdate()?;
        let courses = Chronicle::of(&related, self.axioms()?, None).courses();
        page::write(store.folder(), timeline, &reports, &courses)?;
        store.finish(&contents, timeline, &changed)?;
        Ok(related.timeline)
    }
}

/// Kept files that turn out to hold several articles, as this version of the program sees it: the articles take their place.
fn parted(kept: &[(Key, String)], captures: &[(Raw, Capture)]) -> Vec<Key> {
    let whole: BTreeSet<&str> = captures.iter().map(|(_, capture)| capture.id.as_str()).collect();
    let parts = captures
        .iter()
        .filter(|(raw, _)| raw.record.is_some() && raw.format == Format::Text);
    let paths: BTreeSet<&str> = parts.map(|(raw, _)| raw.path.as_str()).collect();
    let gone = |(key, path): &&(Key, String)| !whole.contains(key.0.as_str()) && paths.contains(path.as_str());
    kept.iter().filter(gone).map(|(key, _)| key.clone()).collect()
}

/// What is to be done with a report that came in.
enum Placed {
    /// Read and keep it.
    New(Box<(Raw, Capture)>),
    /// Its bytes are kept; of their places this one comes first.
    Moved((String, Option<u64>)),
    /// It is kept.
    Known,
}

/// The same bytes may lie in several places and be collected on several days; whatever the order they come in, the first
/// place and the earliest day are kept.
fn placed(kept: Option<&Kept>, mut raw: Raw, capture: Capture) -> Placed {
    let Some(kept) = kept else {
        return Placed::New(Box::new((raw, capture)));
    };
    let place = (raw.path.clone(), raw.record);
    let first = place < kept.place;
    let earlier = raw.retrieved.is_some() && (kept.given.is_none() || raw.retrieved < kept.given);
    let read_again = earlier || (first && raw.format != kept.format);
    if !read_again {
        return if first { Placed::Moved(place) } else { Placed::Known };
    }
    if !first {
        (raw.path, raw.record) = kept.place.clone();
        raw.format = kept.format;
    }
    if !earlier {
        raw.retrieved.clone_from(&kept.given);
    }
    let capture = interpret(&raw).map_or(capture, |again| again.capture);
    Placed::New(Box::new((raw, capture)))
}

impl Kept {
    fn of(raw: &Raw) -> Kept {
        Kept {
            place: (raw.path.clone(), raw.record),
            format: raw.format,
            given: raw.retrieved.clone(),
        }
    }
}
