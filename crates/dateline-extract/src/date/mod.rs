//! When the report was published.
//!
//! Takes: capture, document, page facts, the written expressions of time. Gives: an interval with its basis and every
//! candidate. Never: guesses from "now", reads the tail.
//!
//! A ladder of evidence, strongest first: what the record brought, structured data of the page, its address, the
//! addresses of its images, its byline, its dateline, the text's own dates. A candidate must not lie after the day of
//! collection, nor before a day that the text tells as past; the first that stands wins, all are kept with the reason.

mod addresses;
mod constraints;
mod page;
mod stamps;
mod written;

pub use written::PageWords;

use crate::clean::PageFacts;
use crate::time::{Tagger, Written};
use dateline_lang::{Pack, Words};
use dateline_model::{
    Basis, Candidate, Document, Evidence, Interval, Published, Region, RemovedKind, Span, day_after, edtf_of,
};
use jiff::civil::Date;

/// Days that an image may be filed before its report is published.
const IMAGE_LEAD_DAYS: i64 = 1;
/// Days between an agency's dateline and the outlet's publication.
const DATELINE_LEAD_DAYS: i64 = 1;
/// Days between the day that a text calls today and its publication: what is written in the evening comes out after midnight.
/// Measured on `text-date`: 19 of 22 on the day itself, 2 on the day after.
const OWN_DAY_LEAD_DAYS: i64 = 1;
/// Days that a plan's day may lie behind the publication that still speaks of it as to come: the plan's clock is another
/// country's. Chosen: one.
const PLAN_LEAD_DAYS: i64 = 1;

/// Climbs down the ladder.
pub fn publish(
    document: &Document,
    facts: &PageFacts,
    page_words: &PageWords,
    pack: &Pack,
    words: &Words<'_>,
    tagger: &Tagger,
    written: &[Written],
) -> Published {
    let retrieved = document
        .known
        .retrieved
        .as_deref()
        .and_then(|r| stamps::day(r, pack, tagger));
    let reading = constraints::read(pack, words, tagger, written, retrieved);
    let (mut candidates, mut weak, trusted) = gather(document, facts, page_words, retrieved, pack, tagger);
    weak.extend(made(document, pack, tagger));
    let text = |interval: Interval, best: Option<Interval>, rule: &str| Candidate {
        value: best.and_then(edtf_of),
        interval,
        basis: Basis::Text,
        rule: rule.into(),
        evidence: reading
            .evidence
            .iter()
            .copied()
            .chain(reading.latest.map(|(_, span)| span))
            .map(|span| Evidence {
                region: Region::Text,
                span,
            })
            .collect(),
        verdict: String::new(),
    };
    let next = reading.latest.map(|(day, _)| later(day, PLAN_LEAD_DAYS));
    let bounds = Interval {
        earliest: reading.earliest.map(|(day, _)| day),
        latest: retrieved.map(|r| next.map_or(r, |n| n.min(r))).or(next),
    };
    let own = match (reading.best, reading.month) {
        (Some((day, rule)), _) => {
            let outright = rule == "date.text.today";
            let interval = if outright {
                let last = later(day, OWN_DAY_LEAD_DAYS);
                Interval::between(day, retrieved.map_or(last, |r| last.min(r)).max(day))
            } else {
                bounds
            };
            Some((text(interval, Some(Interval::day(day)), rule), Interval::day(day)))
        }
        (None, Some((month, rule))) => Some((text(bounds, Some(month), rule), month)),
        (None, None) if reading.earliest.is_some() || retrieved.is_some() => {
            let rule = reading.earliest.map_or("date.retrieved", |(_, rule)| rule);
            Some((text(bounds, None, rule), bounds))
        }
        _ => None,
    };
    let best_of_text = own.as_ref().map(|(_, best)| *best);
    candidates.extend(own.map(|(candidate, _)| candidate));
    let mut published = decide(candidates, trusted, reading.told, retrieved, best_of_text);
    published.candidates.extend(weak);
    published
}

/// Every reading but the text's own, strongest first; a page's readings that are too weak to win; the number of the page's own
/// choice, which the text does not refute.
fn gather(
    document: &Document,
    facts: &PageFacts,
    page_words: &PageWords,
    retrieved: Option<Date>,
    pack: &Pack,
    tagger: &Tagger,
) -> (Vec<Candidate>, Vec<Candidate>, Option<usize>) {
    let mut found = Vec::new();
    let mut add = |basis: Basis, rule: String, interval: Interval, best: Interval, evidence: Option<Evidence>| {
        found.push(Candidate {
            value: edtf_of(best),
            interval,
            basis,
            rule: rule.into(),
            evidence: evidence.into_iter().collect(),
            verdict: String::new(),
        });
    };
    if let Some(day) = document
        .known
        .published
        .as_deref()
        .and_then(|p| stamps::day(p, pack, tagger))
    {
        let length = document.known.published.as_ref().map_or(0, String::len);
        let evidence = Evidence {
            region: Region::Record,
            span: Span::new(0, length),
        };
        add(
            Basis::Given,
            "date.given.published".into(),
            Interval::day(day),
            Interval::day(day),
            Some(evidence),
        );
    }
    let is_page = !facts.dates.is_empty();
    for address in document.url.iter().chain(&facts.canonical).filter(|_| !is_page) {
        if let Some(d) = addresses::dated(address, true, page_words) {
            let interval = Interval::between(d.first, d.last);
            let evidence = Evidence {
                region: Region::Url,
                span: Span::new(d.at.start, d.at.end),
            };
            add(Basis::Url, "date.url".into(), interval, interval, Some(evidence));
        }
    }
    // The newest image of the article: older ones come from the archive.
    let newest = facts
        .images
        .iter()
        .filter_map(|image| Some((addresses::dated(&image.url, false, page_words)?, image)))
        .max_by_key(|(d, _)| d.first);
    if let Some((d, image)) = newest {
        let evidence = image.source.map(|source| Evidence {
            region: Region::Removed,
            span: Span::new(source.start as usize + d.at.start, source.start as usize + d.at.end),
        });
        let last = if d.first == d.last {
            later(d.last, IMAGE_LEAD_DAYS)
        } else {
            d.last
        };
        add(
            Basis::MediaUrl,
            "date.media-url".into(),
            Interval::between(d.first, last),
            Interval::between(d.first, d.last),
            evidence,
        );
    }
    for removed in &document.removed {
        let basis = match removed.kind {
            RemovedKind::Byline => Basis::Byline,
            RemovedKind::Dateline => Basis::Dateline,
            _ => continue,
        };
        if let Some(day) = stamps::day(&removed.text, pack, tagger) {
            let lead = if basis == Basis::Dateline {
                DATELINE_LEAD_DAYS
            } else {
                0
            };
            let evidence = removed.source.map(|span| Evidence {
                region: Region::Removed,
                span,
            });
            let interval = Interval::between(day, later(day, lead));
            add(
                basis,
                format!("date.{}", basis.as_str()),
                interval,
                Interval::day(day),
                evidence,
            );
        }
    }
    found.sort_by_key(|c| c.basis);
    if !is_page {
        return (found, Vec::new(), None);
    }
    // A page's own choice comes behind what was given, before all that its text alone would say; its weak ones never win.
    let (mut own, chosen) = page::candidates(document, facts, page_words, retrieved);
    let weak = own.split_off(usize::from(chosen));
    let given = found.iter().take_while(|c| c.basis == Basis::Given).count();
    found.splice(given..given, own);
    (found, weak, chosen.then_some(given))
}

/// The day on which the file says that it was made. Anybody who saves a page makes a file, so it is shown, and never wins.
fn made(document: &Document, pack: &Pack, tagger: &Tagger) -> Option<Candidate> {
    let made = document.known.created.as_deref()?;
    let interval = Interval::day(stamps::day(made, pack, tagger)?);
    Some(Candidate {
        value: edtf_of(interval),
        interval,
        basis: Basis::Markup,
        rule: "date.file.created".into(),
        evidence: Vec::new(),
        verdict: "too weak: a file is made whenever somebody saves it".into(),
    })
}

/// So many days on, or back; the day itself beyond the calendar.
fn later(day: Date, days: i64) -> Date {
    day_after(day, days).unwrap_or(day)
}

/// The first candidate that stands; the others with the reason why not.
fn decide(
    mut candidates: Vec<Candidate>,
    trusted: Option<usize>,
    told: Option<Date>,
    retrieved: Option<Date>,
    best_of_text: Option<Interval>,
) -> Published {
    let mut winner = None;
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let after = retrieved.is_some_and(|r| candidate.interval.earliest.is_some_and(|d| d > r));
        let before = candidate.basis > Basis::Markup
            && trusted != Some(at)
            && told.is_some_and(|e| candidate.interval.latest.is_some_and(|d| later(d, IMAGE_LEAD_DAYS) < e));
        candidate.verdict = if after {
            "refuted: lies after the day of collection".into()
        } else if before {
            "refuted: the text tells a later day as past".into()
        } else if winner.is_none() {
            winner = Some(at);
            if trusted == Some(at) {
                std::mem::take(&mut candidate.verdict)
            } else {
                "chosen: the strongest that nothing refutes".into()
            }
        } else {
            "a stronger one stands".into()
        };
    }
    let Some(at) = winner else {
        return Published {
            candidates,
            ..Published::default()
        };
    };
    let chosen = candidates.remove(at);
    candidates.insert(0, chosen.clone());
    let best = match chosen.basis {
        Basis::Text => best_of_text.unwrap_or(chosen.interval),
        Basis::MediaUrl => {
            // The address bounds it from below; a day of the text inside the interval is the better estimate.
            let days = Interval {
                earliest: chosen.interval.earliest,
                latest: chosen.interval.latest,
            };
            let inside = best_of_text.filter(|b| b.single().is_some() && days.contains(*b));
            let first = days
                .earliest
                .filter(|_| days.days().is_some_and(|n| n <= 1 + IMAGE_LEAD_DAYS));
            inside.or(first.map(Interval::day)).unwrap_or(days)
        }
        _ => chosen
            .interval
            .earliest
            .filter(|_| chosen.basis != Basis::Url)
            .map_or(chosen.interval, Interval::day),
    };
    let value = if chosen.value.is_none() && chosen.basis == Basis::Text {
        None
    } else {
        edtf_of(best)
    };
    let basis = if chosen.value.is_none() && chosen.interval.is_unknown() {
        Basis::Unknown
    } else {
        chosen.basis
    };
    Published {
        value,
        best,
        interval: chosen.interval,
        basis,
        rule: Some(chosen.rule.clone()),
        evidence: chosen.evidence.clone(),
        candidates,
    }
}
