//! `build`: what is new into the archive, then the timeline of all that is kept.

use super::learn::Learned;
use super::strokes::{AT_ONCE, Strokes, THREAD_BYTES, interpreted, parted};
use super::{Observer, Session, Summary};
use crate::intake::{Intake, Raw, Warning, interpret};
use crate::store::{Kept, Key, Packed, PackedTimeline, Store};
use crate::{Error, page};
use dateline_model::{AnnotatedDocument, Capture, Timeline};
use dateline_timeline::Related;
use dateline_timeline::state::Chronicle;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Reports that are kept at one stroke: what a build that is killed has to read again at most. Fewer cost a wait for the disk
/// each, more lose more.
const KEPT_TOGETHER: usize = 256;

/// Bytes that they may take before they are kept, packed as they are. 16 MiB; chosen.
const KEPT_BYTES: usize = 16 << 20;

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
        let changed = self.learn(store, &mut summary, observer)?;
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
        intake: Intake<'_>,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<BTreeSet<Key>, Error> {
        let mut strokes = Strokes::new(intake);
        let mut index = store.index()?;
        let mut seen = BTreeSet::new();
        let mut waiting = Waiting::new(store);
        loop {
            let stroke = self.pool.install(|| strokes.next(self, |raw| raw, summary, observer));
            if stroke.is_empty() {
                waiting.end()?;
                return Ok(seen);
            }
            let captures = self.pool.install(|| {
                stroke
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
            self.keep(&mut waiting, new, learned, summary, observer)?;
            if !moved.is_empty() {
                waiting.end()?;
                waiting.store.rename(&moved)?;
            }
            observer.progress(summary.reports + summary.known);
        }
    }

    /// Reads reports and keeps them with those that wait for the disk, or lets them wait, too.
    fn keep(
        &self,
        waiting: &mut Waiting<'_>,
        new: Vec<(Raw, Capture)>,
        learned: &mut Learned,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        type Read = Result<(Packed, Summary), Warning>;
        for part in parted(new, |(_, capture)| capture) {
            let read: Vec<Read> = self.pool.install(|| {
                part.into_par_iter()
                    .map(|(raw, capture)| {
                        let (report, among) = self.extract_among(&capture, &learned.repeated)?;
                        let mut counted = Summary::default();
                        counted.count(&report);
                        Ok((Packed::new(raw, &report, self.reader(), among), counted))
                    })
                    .collect()
            });
            for result in read {
                match result {
                    Ok((report, counted)) => {
                        summary.add(counted);
                        learned.add(&report);
                        waiting.put(report)?;
                    }
                    Err(warning) => summary.warn(&warning, observer),
                }
            }
        }
        Ok(())
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
        learned.begin_again();
        let all: Vec<Key> = store.index()?.into_keys().collect();
        self.read_kept(store, &all, learned, true, summary, observer)
    }

    /// Reads kept reports again, a few at once: each may unpack to many megabytes. What is odd about their bytes is told where `odd`
    /// says so, what cannot be read always. What is no longer the report that was kept (a file that is now seen to hold several
    /// articles) gives way to what it is.
    pub(super) fn read_kept(
        &self,
        store: &mut Store,
        keys: &[Key],
        learned: &mut Learned,
        odd: bool,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        let threads = self.pool.current_num_threads();
        let mut seen: BTreeSet<Key> = keys.iter().cloned().collect();
        let mut waiting = Waiting::new(store);
        let mut rest = keys;
        while !rest.is_empty() {
            let next = &rest[..rest.len().min(threads * AT_ONCE)];
            let kept = waiting.store.received(next, threads * THREAD_BYTES)?;
            let (next, more) = rest.split_at(kept.len());
            rest = more;
            let raws = kept.into_iter().map(|(_, raw)| Ok(raw)).collect();
            let made = self
                .pool
                .install(|| interpreted(self, raws, &|raw| (raw.digest(), raw)));
            let (mut captures, mut gone) = (Vec::new(), Vec::new());
            for (key, (reports, warnings)) in next.iter().zip(made) {
                if odd || reports.is_empty() {
                    warnings.iter().for_each(|w| summary.warn(w, observer));
                }
                let mut stays = reports.is_empty();
                for ((digest, raw), capture) in reports {
                    let own = (capture.id.clone(), digest);
                    stays |= own == *key;
                    // An article of a file may be kept by itself, too, and is read in its turn.
                    if own == *key || seen.insert(own) {
                        captures.push((raw, capture));
                    }
                }
                if !stays {
                    gone.push(key.clone());
                }
            }
            self.keep(&mut waiting, captures, learned, summary, observer)?;
            if !gone.is_empty() {
                waiting.end()?;
                waiting.store.forget(&gone)?;
            }
            observer.progress(summary.reports);
        }
        waiting.end()
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
        let folder = store.folder();
        let (written, packed) = self.pool.install(|| {
            rayon::join(
                || page::write(folder, timeline, &reports, &courses),
                || PackedTimeline::new(timeline),
            )
        });
        written?;
        store.finish(&contents, packed, &changed)?;
        let timeline = related.into_timeline();
        // A report is thousands of small pieces.
        self.pool.install(|| reports.into_par_iter().for_each(drop));
        Ok(timeline)
    }
}

/// Reports that are read and not yet kept: a wait for the disk for each stroke would cost more than reading.
struct Waiting<'s> {
    store: &'s mut Store,
    reports: Vec<Packed>,
    bytes: usize,
}

impl<'s> Waiting<'s> {
    fn new(store: &'s mut Store) -> Waiting<'s> {
        Waiting {
            store,
            reports: Vec::new(),
            bytes: 0,
        }
    }

    fn put(&mut self, report: Packed) -> Result<(), Error> {
        self.bytes += report.weight();
        self.reports.push(report);
        if self.reports.len() >= KEPT_TOGETHER || self.bytes >= KEPT_BYTES {
            return self.end();
        }
        Ok(())
    }

    /// Keeps all of them.
    fn end(&mut self) -> Result<(), Error> {
        self.bytes = 0;
        let reports = std::mem::take(&mut self.reports);
        if reports.is_empty() {
            Ok(())
        } else {
            self.store.put(&reports)
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Disk, Format};
    use dateline_extract::clean::Among;

    struct Told(Vec<String>);

    impl Observer for Told {
        fn warning(&mut self, warning: &Warning) {
            self.0.push(warning.to_string());
        }
        fn progress(&mut self, _: usize) {}
    }

    /// What an archive of one report gives that another version of the program left in it.
    fn built(name: &str, format: Format, bytes: &str, among: Among, again: bool) -> (Built, Vec<String>, Vec<Key>) {
        let folder = std::env::temp_dir().join(format!("dateline-build-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let raw = Raw {
            path: "a".into(),
            record: None,
            line: None,
            format,
            head: None,
            bytes: bytes.into(),
            digest: None,
            retrieved: None,
        };
        let mut report = AnnotatedDocument::default();
        report.document.id = raw.digest();
        let mut store = Store::for_build(&folder).expect("a folder of the test's own");
        store
            .put(&[Packed::new(raw, &report, "older", among)])
            .expect("the disk");
        let session = Session::new(None, Some(2)).expect("threads");
        let mut told = Told(Vec::new());
        let options = BuildOptions { again, prune: false };
        let nothing = Intake::new(&Disk, &[], None);
        let built = session
            .build(&mut store, nothing, options, &mut told)
            .expect("an archive");
        let kept = store.index().expect("an archive").into_keys().collect();
        drop(store);
        std::fs::remove_dir_all(folder).expect("the disk");
        (built, told.0, kept)
    }

    #[test]
    fn a_kept_file_that_holds_several_articles_gives_way_to_them_and_each_counts_once() {
        let article = |town: &str| {
            format!(
                "The mill of {town} burned down\nThe old mill of {town} burned down on Monday night, the fire brigade said in the early \
                 morning, and nobody was hurt in the fire.\nEnd of Document\n"
            )
        };
        let file = article("Varda") + &article("Kelm") + &article("Seld");
        let (built, told, kept) = built("divided", Format::Text, &file, Among::default(), true);
        assert_eq!((built.summary.reports, kept.len()), (3, 3), "{told:?}");
        assert_eq!(built.timeline.reports.len(), 3);
    }

    #[test]
    fn what_cannot_be_read_again_is_told() {
        // It waits for other lines to be left out, so that a build reads it again by itself.
        let among = Among {
            own: vec![1],
            ..Among::default()
        };
        let (built, told, kept) = built("unreadable", Format::Json, "{no", among, false);
        assert_eq!(
            (built.summary.warnings, kept.len()),
            (1, 1),
            "it stays, and is told: {told:?}"
        );
        assert!(told[0].contains("not JSON"), "{told:?}");
    }
}
