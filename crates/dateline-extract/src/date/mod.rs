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
mod stamps;

use crate::clean::PageFacts;
use crate::time::{Tagger, Written};
use dateline_lang::{Pack, Words};
use dateline_model::{Basis, Candidate, Document, Evidence, Interval, Published, Region, RemovedKind, Span, edtf_of};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days that an image may be filed before its report is published.
const IMAGE_LEAD_DAYS: i64 = 1;
/// Days between an agency's dateline and the outlet's publication.
const DATELINE_LEAD_DAYS: i64 = 1;
/// Structured data: fields of publication come before fields of change.
const PUBLISHED_FIELDS: [&str; 8] = [
    "json-ld:datepublished",
    "meta:article:published_time",
    "itemprop:datepublished",
    "meta:pubdate",
    "meta:date",
    "time[pubdate]",
    "time[datetime]",
    "time",
];

/// Climbs down the ladder.
pub fn publish(
    document: &Document,
    facts: &PageFacts,
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
    let mut candidates = gather(document, facts, pack, tagger);
    let text = |interval: Interval, best: Option<Interval>, rule: &str| Candidate {
        value: best.and_then(edtf_of),
        interval,
        basis: Basis::Text,
        rule: rule.into(),
        evidence: reading
            .evidence
            .iter()
            .map(|&span| Evidence {
                region: Region::Text,
                span,
            })
            .collect(),
        verdict: String::new(),
    };
    let bounds = Interval {
        earliest: reading.earliest.map(|(day, _)| day),
        latest: retrieved,
    };
    let own = match (reading.best, reading.month) {
        (Some((day, rule)), _) => {
            let outright = rule == "date.text.today";
            let interval = if outright { Interval::day(day) } else { bounds };
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
    decide(candidates, reading.told, retrieved, best_of_text)
}

/// Every reading but the text's own, strongest first.
fn gather(document: &Document, facts: &PageFacts, pack: &Pack, tagger: &Tagger) -> Vec<Candidate> {
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
    let mut page: Vec<(usize, usize)> = facts
        .dates
        .iter()
        .enumerate()
        .filter_map(|(at, d)| {
            let field = d.field.to_ascii_lowercase();
            Some((PUBLISHED_FIELDS.iter().position(|f| *f == field)?, at))
        })
        .collect();
    page.sort_unstable();
    for (_, at) in page {
        let stated = &facts.dates[at];
        if let Some(day) = stamps::day(&stated.value, pack, tagger) {
            let evidence = stated.source.map(|span| Evidence {
                region: Region::Markup,
                span,
            });
            add(
                Basis::Markup,
                format!("date.markup.{}", stated.field),
                Interval::day(day),
                Interval::day(day),
                evidence,
            );
        }
    }
    for address in document.url.iter().chain(&facts.canonical) {
        if let Some(d) = addresses::dated(address, true) {
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
        .filter_map(|image| Some((addresses::dated(&image.url, false)?, image)))
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
    found
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// The first candidate that stands; the others with the reason why not.
fn decide(
    mut candidates: Vec<Candidate>,
    told: Option<Date>,
    retrieved: Option<Date>,
    best_of_text: Option<Interval>,
) -> Published {
    let mut winner = None;
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let after = retrieved.is_some_and(|r| candidate.interval.earliest.is_some_and(|d| d > r));
        let before = candidate.basis > Basis::Markup
            && told.is_some_and(|e| candidate.interval.latest.is_some_and(|d| later(d, IMAGE_LEAD_DAYS) < e));
        candidate.verdict = if after {
            "refuted: lies after the day of collection".into()
        } else if before {
            "refuted: the text tells a later day as past".into()
        } else if winner.is_none() {
            winner = Some(at);
            "chosen: the strongest that nothing refutes".into()
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
            inside.or(chosen.interval.earliest.map(Interval::day)).unwrap_or(days)
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
