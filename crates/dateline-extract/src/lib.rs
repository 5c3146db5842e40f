//! One report at a time: clean, date, time, names, speech, events.
//!
//! Each room says in its `mod.rs` what it takes, gives and never does; [`Extractor`] runs them in that order. A room may
//! use what the rooms before it found, never what a later one does; the order is that of [`Extractor::read`].

pub mod clean;
pub mod date;
pub mod events;
pub mod names;
pub mod speech;
pub mod time;

use dateline_lang::{Forms, Pack, PackError, PackFiles, Words};
use dateline_model::{AnnotatedDocument, Capture, Diagnostic, Document, MentionKind, Published, Span};
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Classes of spans that rooms find and later rooms' patterns may name: `{timex}`, `{person}` …; `{mention}` is any name,
/// role or pronoun. The value of a hit is the index into the report's timexes or mentions.
pub const FOUND_CLASSES: [&str; 9] = [
    "timex",
    "person",
    "organization",
    "place",
    "force",
    "group",
    "role",
    "mention",
    "figure",
];

/// Bytes of a report's text that the rooms behind cleaning read; what stands behind them is kept, not read, and a diagnostic
/// says so. 512 KiB; chosen: twelve times the longest report known to us. A few joins inside a report (a surname with all
/// persons before it) grow with the square of its names, so that higher costs minutes on a text made of nothing but names.
pub const MOST_READ: usize = 512 << 10;

/// How far a report is read: a room and all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Clean text, publication date, expressions of time.
    Time,
    /// Names, too.
    Names,
    /// Attributions, too.
    Speech,
    /// Everything.
    Events,
}

/// One language, compiled, room by room.
#[derive(Debug)]
struct Rooms {
    pack: Pack,
    time: time::Tagger,
    /// Only where more than time is asked for.
    rest: Option<Rest>,
    /// What threads keep from report to report and none is using now.
    spare: Mutex<Vec<Scratch>>,
}

/// What a thread keeps from report to report of one language: the words that it has seen and what is known of them. Nothing that is
/// found depends on it.
#[derive(Debug, Default)]
struct Scratch {
    forms: Forms,
    memo: names::Memo,
}

/// The rooms behind time. They share the words that they know, so that they are compiled together.
#[derive(Debug)]
struct Rest {
    names: names::Finder,
    speech: speech::Attributor,
    /// Only where more than names is asked for.
    told: Option<Told>,
}

/// The rooms of events, whose rules are most of a language's.
#[derive(Debug)]
struct Told {
    events: events::Coder,
    standings: events::Standings,
}

impl Rooms {
    fn compile(files: &PackFiles, tag: &str, last: Room) -> Result<Rooms, PackError> {
        let rules = time::rules(files, tag)?;
        let of_time = time::classes(&rules);
        let mut pack = Pack::load_classes(files, tag, |class| last > Room::Time || of_time.contains(class))?;
        for class in FOUND_CLASSES {
            pack.vocabulary.class(class);
        }
        let time = time::Tagger::compile(&mut pack, &rules)?;
        if last == Room::Time {
            return Ok(Rooms {
                pack,
                time,
                rest: None,
                spare: Mutex::default(),
            });
        }
        let mut names = names::Finder::new(&mut pack, files)?;
        let asked = pack.vocabulary.asked();
        let speech = speech::Attributor::new(&mut pack, files)?;
        // Names are the same whether events are read behind them or not.
        names.knows_until(pack.vocabulary.newest());
        let told = if last > Room::Names {
            Some(Told {
                events: events::Coder::new(&mut pack, files)?,
                standings: events::Standings::new(&mut pack, files)?,
            })
        } else {
            pack.keep_words_of(&asked);
            None
        };
        let rest = Some(Rest { names, speech, told });
        Ok(Rooms {
            pack,
            time,
            rest,
            spare: Mutex::default(),
        })
    }

    /// Cuts a text into words and does something with them.
    fn with_words<'t, T>(&self, text: &'t str, then: impl FnOnce(Words<'t>, &names::Memo) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let mut scratch = kept.filter(|s| !s.forms.is_full()).unwrap_or_default();
        let done = then(self.pack.words_with(text, &mut scratch.forms), &scratch.memo);
        spare().push(scratch);
        done
    }

    /// Resolves what was recognised as time against the publication date that the report has been given, and runs the rooms behind,
    /// up to `last`.
    fn annotate(
        &self,
        document: &Document,
        mut words: Words<'_>,
        memo: &names::Memo,
        written: &[time::Written],
        mut report: AnnotatedDocument,
        last: Room,
    ) -> AnnotatedDocument {
        let (timexes, doubts) = self
            .time
            .resolve(&self.pack, &words, document, written, &report.published);
        report.timexes = timexes;
        report.diagnostics.extend(doubts);
        self.run(document, &mut words, memo, &mut report, last);
        if let Some(rest) = &self.rest {
            rest.names.describe(&words, &mut report.mentions);
        }
        report
    }

    fn run(
        &self,
        document: &Document,
        words: &mut Words<'_>,
        memo: &names::Memo,
        report: &mut AnnotatedDocument,
        last: Room,
    ) {
        let pack = &self.pack;
        report.sentences = words.sentences.iter().map(|s| s.span).collect();
        let Some(rest) = self.rest.as_ref().filter(|_| last >= Room::Names) else {
            return;
        };
        words.add(hits(
            pack,
            words,
            "timex",
            report.timexes.iter().map(|t| t.span).enumerate(),
        ));
        report.mentions = rest
            .names
            .find(pack, words, document, &report.timexes, report.published.interval, memo);
        if last < Room::Speech {
            return;
        }
        let mentions = &report.mentions;
        let mut named = hits(pack, words, "mention", mentions.iter().map(|m| m.span).enumerate());
        for kind in MentionKind::ALL {
            let of_kind = mentions.iter().enumerate().filter(|(_, m)| m.kind == kind);
            named.extend(hits(pack, words, kind.as_str(), of_kind.map(|(i, m)| (i, m.span))));
        }
        words.add(named);
        report.attributions = rest.speech.attribute(
            pack,
            words,
            document,
            &report.published,
            &report.timexes,
            &report.mentions,
        );
        let Some(told) = rest.told.as_ref().filter(|_| last >= Room::Events) else {
            return;
        };
        let findings = events::Findings {
            document,
            published: &report.published,
            timexes: &report.timexes,
            mentions: &report.mentions,
            attributions: &report.attributions,
        };
        report.events = told.events.code(pack, words, findings);
        report.standings = told
            .standings
            .find(pack, words, &report.published, &report.timexes, &report.mentions);
    }
}

/// One language; compiled when it is first read, as far as it is read.
#[derive(Debug, Default)]
struct Language {
    to_time: OnceLock<Rooms>,
    to_names: OnceLock<Rooms>,
    to_events: OnceLock<Rooms>,
}

/// Everything that is compiled once: packs, matchers, tables. A value, passed on; shared between threads by reference.
#[derive(Debug)]
pub struct Extractor {
    cleaner: clean::Cleaner,
    files: PackFiles,
    page_words: date::PageWords,
    languages: BTreeMap<String, Language>,
}

impl Extractor {
    /// Compiles the packs, all of them at once.
    ///
    /// # Errors
    /// A pack file that cannot be read as TOML, a pattern that cannot be compiled, a rule without an example.
    pub fn new(files: &PackFiles) -> Result<Extractor, PackError> {
        let extractor = Extractor::asked(files.clone(), date::PageWords::load(files)?)?;
        for (tag, language) in &extractor.languages {
            let rooms = Rooms::compile(files, tag, Room::Events)?;
            language.to_events.get_or_init(|| rooms);
        }
        Ok(extractor)
    }

    /// The packs that come with the program, each compiled when the first report in its language is read, and no further
    /// than reports are read: most runs read one language, and compiling takes longer than reading fifty reports.
    ///
    /// # Panics
    /// Never: the tests compile the built-in packs.
    pub fn builtin() -> Extractor {
        Extractor::asked(PackFiles::builtin(), date::PageWords::builtin()).expect("the built-in packs are right")
    }

    fn asked(files: PackFiles, page_words: date::PageWords) -> Result<Extractor, PackError> {
        let languages: BTreeMap<String, Language> = files
            .under("")
            .filter_map(|(p, _)| {
                p.strip_suffix("/pack.toml")
                    .map(|tag| (tag.into(), Language::default()))
            })
            .collect();
        if !languages.contains_key("und") {
            return Err(PackError::Empty);
        }
        Ok(Extractor {
            cleaner: clean::Cleaner::new(&files)?,
            page_words,
            files,
            languages,
        })
    }

    /// Runs the examples and corpora of the packs' rooms of time, names, speech and events. The built-in packs' run in the tests;
    /// those of a user's folder when it is first loaded.
    ///
    /// # Errors
    /// The number of those that do not hold, and the first ten.
    pub fn check(&self, files: &PackFiles) -> Result<(), PackError> {
        let mut failures = self.page_words.check(files);
        for tag in self.languages.keys() {
            let rooms = self.rooms(tag, Room::Events);
            failures.extend(rooms.time.check(&rooms.pack, files));
            if let Some(rest) = &rooms.rest {
                failures.extend(rest.names.check(&rooms.pack, files));
                failures.extend(rest.speech.check(&rooms.pack, files));
                failures.extend(events::check(self, &rooms.pack, files));
                failures.extend(rest.told.iter().flat_map(|t| t.standings.check(&rooms.pack)));
            }
        }
        PackError::of_examples(&failures)
    }

    /// The rooms that read a language, compiled up to `last` at least; those of `und` where it has no pack.
    fn rooms(&self, tag: &str, last: Room) -> &Rooms {
        let (tag, language) = match self.languages.get(tag) {
            Some(language) => (tag, language),
            None => ("und", &self.languages["und"]),
        };
        if let Some(whole) = language.to_events.get() {
            return whole;
        }
        let (rooms, last) = match last {
            Room::Time => (&language.to_time, Room::Time),
            Room::Names => (&language.to_names, Room::Names),
            _ => (&language.to_events, Room::Events),
        };
        // Packs of a user's are compiled by `new`, which says what is wrong with them.
        rooms.get_or_init(|| Rooms::compile(&self.files, tag, last).expect("the built-in packs compile"))
    }

    /// Reads one report. Never fails: what is unclear becomes a diagnostic.
    pub fn read(&self, capture: &Capture) -> AnnotatedDocument {
        self.read_to(capture, Room::Events)
    }

    /// The same, no further than a room; what later rooms would find stays empty.
    pub fn read_to(&self, capture: &Capture, last: Room) -> AnnotatedDocument {
        self.annotated(self.cleaner.clean(capture), last)
    }

    /// The articles in a file of bare text: none where it is one report, else two or more spans that cover it.
    pub fn parts(&self, text: &str) -> Vec<Span> {
        self.cleaner.parts(text)
    }

    /// Reads one report whole, among others of which is known what their outlets repeat; gives what this one adds to that.
    pub fn read_among(&self, capture: &Capture, repeated: &clean::Repeated) -> (AnnotatedDocument, clean::Among) {
        let (cleaned, among) = self.cleaner.clean_among(capture, repeated);
        (self.annotated(cleaned, Room::Events), among)
    }

    fn annotated(&self, cleaned: clean::Cleaned, last: Room) -> AnnotatedDocument {
        let document = cleaned.document;
        let language = self.rooms(&document.language, last);
        let mut report = language.with_words(readable(&document.text), |words, memo| {
            let written = language.time.recognise(&language.pack, &words);
            let published = date::publish(
                &document,
                &cleaned.page,
                &self.page_words,
                &language.pack,
                &words,
                &language.time,
                &written,
            );
            let mut diagnostics = cleaned.diagnostics;
            let read = words.text.len();
            if read < document.text.len() {
                diagnostics.push(
                    Diagnostic::new(
                        "clean/long-text",
                        format!("only the first {} KiB of the text were read", MOST_READ >> 10),
                        "split what holds several reports",
                    )
                    .at(Span::new(read, document.text.len())),
                );
            }
            let report = AnnotatedDocument {
                published,
                diagnostics,
                ..Default::default()
            };
            language.annotate(&document, words, memo, &written, report, last)
        });
        report.document = document;
        report
    }

    /// Why each of a report's expressions of time means what it means, in their order: see [`time::Tree`].
    pub fn time_trees(&self, report: &AnnotatedDocument) -> Vec<Vec<time::Tree>> {
        let language = self.rooms(&report.document.language, Room::Time);
        language.with_words(readable(&report.document.text), |words, _| {
            language
                .time
                .trees(&language.pack, &words, &report.timexes, &report.published)
        })
    }

    /// Reads the same report again against another publication date (found out from its story).
    pub fn reanchor(&self, report: &AnnotatedDocument, published: Published) -> AnnotatedDocument {
        let language = self.rooms(&report.document.language, Room::Events);
        let kept = report.diagnostics.iter().filter(|d| d.code.starts_with("clean/"));
        let again = AnnotatedDocument {
            published,
            diagnostics: kept.cloned().collect(),
            ..Default::default()
        };
        let document = &report.document;
        let mut again = language.with_words(readable(&document.text), |words, memo| {
            let written = language.time.recognise(&language.pack, &words);
            language.annotate(document, words, memo, &written, again, Room::Events)
        });
        again.document = report.document.clone();
        again
    }
}

/// The beginning of a text, as far as it is read; ends behind a word.
fn readable(text: &str) -> &str {
    if text.len() <= MOST_READ {
        return text;
    }
    let most = &text[..text.floor_char_boundary(MOST_READ)];
    most.rfind(char::is_whitespace).map_or(most, |end| &most[..end])
}

/// Hits of a class that a room found, numbered by their place in its list.
fn hits(
    pack: &Pack,
    words: &Words<'_>,
    class: &str,
    spans: impl Iterator<Item = (usize, Span)>,
) -> Vec<dateline_lang::Hit> {
    let Some(class) = pack.vocabulary.find_class(class) else {
        return Vec::new();
    };
    spans
        .filter_map(|(number, span)| {
            let tokens = words.tokens_in(span);
            (!tokens.is_empty()).then_some(dateline_lang::Hit {
                start: tokens.start as u32,
                end: tokens.end as u32,
                class,
                value: number as u32,
            })
        })
        .collect()
}
