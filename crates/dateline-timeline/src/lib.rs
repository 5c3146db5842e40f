//! Many reports together: duplicates, stories, linking, coreference, chronology.
//!
//! | room | takes | gives | never |
//! |---|---|---|---|
//! | [`duplicates`] | clean texts | sets of copies | drops a report |
//! | [`stories`] | reports, copies | clusters about one matter | merges on names alone |
//! | [`linking`] | mentions | entities | renames a mention |
//! | [`coreference`] | tellings of events | groups of tellings, refusals | hides what reports disagree on |
//! | [`chronology`] | groups | events with sources and disputes | shows an event without a mention |
//! | [`state`] | reports, timeline, axioms, days | what held when | says what no event tells or implies |
//! | [`dating`] | reports without a date, the others of their story | publication dates | guesses where two readings remain |
//!
//! Everything works on reports sorted by id, so the result has the same bytes whatever order they came in, and every
//! comparison goes through an inverted index with bounded lists, so the cost grows with the number of reports, not its square.

mod chronology;
mod coreference;
mod corpus;
mod dating;
mod duplicates;
mod linking;
pub mod state;
mod stories;
mod union;
mod words;

#[cfg(test)]
mod sample;

use corpus::Corpus;
use dateline_model::{AnnotatedDocument, Published, ReportRef, Timeline};
use linking::Links;

/// Reports brought into relation: their timeline, and what a [`state::Chronicle`] of them is made of.
pub struct Related<'a> {
    corpus: Corpus<'a>,
    links: Links,
    /// The one line.
    pub timeline: Timeline,
}

impl<'a> Related<'a> {
    /// Relates the reports. The result does not depend on their order, nor on the number of threads of the pool that this is
    /// called in.
    pub fn of(reports: &'a [AnnotatedDocument]) -> Related<'a> {
        let corpus = Corpus::new(reports);
        let mut links = linking::link(&corpus);
        let timeline = timeline(&corpus, &mut links);
        Related {
            corpus,
            links,
            timeline,
        }
    }

    /// The timeline alone.
    pub fn into_timeline(self) -> Timeline {
        self.timeline
    }
}

/// Relates the reports. The result does not depend on their order.
pub fn relate(reports: &[AnnotatedDocument]) -> Timeline {
    Related::of(reports).into_timeline()
}

fn timeline(corpus: &Corpus<'_>, links: &mut Links) -> Timeline {
    let mut copies = duplicates::find(corpus);
    copies.tell_changes(corpus);
    let grouping = stories::group(corpus, &copies, links);
    let tellings = coreference::tellings(corpus, links, &grouping);
    let groups = coreference::group(corpus, &tellings, &copies);
    let events = chronology::events(corpus, &tellings, &groups, links, &copies, &grouping);
    let reports = corpus
        .reports
        .iter()
        .enumerate()
        .map(|(index, report)| ReportRef {
            id: report.document.id.clone(),
            path: report.document.path.clone(),
            outlet: report.document.outlet.clone(),
            headline: report.document.headline.clone(),
            language: report.document.language.clone(),
            published: report.published.clone(),
            story: grouping.name_of(index),
            reprint_of: copies.reprint_of(index).map(|original| corpus.id(original).to_string()),
        })
        .collect();
    Timeline {
        reports,
        stories: grouping.stories,
        duplicates: copies.sets,
        entities: std::mem::take(&mut links.entities),
        events,
    }
}

/// For reports whose publication date is unknown or wider than a month: what the others of the same story say.
/// Gives index and date of those that can be narrowed; the engine has them read again against it.
pub fn story_dates(reports: &[AnnotatedDocument]) -> Vec<(usize, Published)> {
    dating::dates(reports)
}

/// The report's own date is unknown or wider than a month: [`story_dates`] may narrow it.
pub fn needs_story(report: &AnnotatedDocument) -> bool {
    dating::needs(report)
}
