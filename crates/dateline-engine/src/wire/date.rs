//! Dates as the outside sees them.

use super::Positions;
use dateline_model::{Basis, Candidate, Evidence, Published, Region, Span, When};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// A civil day as `YYYY-MM-DD`, with a sign before years that need one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.year() < 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{:04}-{:02}-{:02}",
            self.0.year().unsigned_abs(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// When something was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhenOut<'a> {
    value: Option<&'a str>,
    earliest: Option<Day>,
    latest: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timex: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
}

impl<'a> WhenOut<'a> {
    /// Of the model's value; what is not known says so.
    pub fn new(when: &'a When) -> WhenOut<'a> {
        let unknown = when.value.is_none() && when.interval.is_unknown();
        WhenOut {
            value: when.value.as_deref(),
            earliest: when.interval.earliest.map(Day),
            latest: when.interval.latest.map(Day),
            basis: unknown.then_some(Basis::Unknown.as_str()),
            timex: when.timex,
            rule: when.rule.as_ref().map(|r| r.as_str()),
        }
    }
}

/// The strings that evidence can point into.
pub(super) struct Regions<'a> {
    pub(super) text: (&'a str, &'a Positions<'a>),
    /// The content as received, where it is at hand.
    pub(super) source: Option<(&'a str, Positions<'a>)>,
    pub(super) url: &'a str,
    pub(super) published: &'a str,
}

/// The name of a region, or nothing for the default one.
pub(super) fn region_word(region: Region) -> Option<&'static str> {
    match region {
        Region::Text => None,
        Region::Removed => Some("removed"),
        Region::Markup => Some("markup"),
        Region::Url => Some("url"),
        Region::Record => Some("record"),
    }
}

impl<'a> Regions<'a> {
    /// Code points and words of a span in a region; `None` where that string is not at hand.
    pub(super) fn place(&self, region: Region, span: Span) -> Option<(u32, u32, &'a str)> {
        let (text, (start, end)) = match region {
            Region::Text => (self.text.0, self.text.1.of(span)),
            Region::Removed | Region::Markup => {
                let (text, positions) = self.source.as_ref()?;
                (*text, positions.of(span))
            }
            Region::Url => (self.url, Positions::new(self.url).of(span)),
            Region::Record => (self.published, Positions::new(self.published).of(span)),
        };
        Some((start, end, span.of(text)))
    }

    fn evidence(&self, evidence: &Evidence) -> Option<EvidenceOut<'a>> {
        let (start, end, text) = self.place(evidence.region, evidence.span)?;
        Some(EvidenceOut {
            region: region_word(evidence.region),
            start,
            end,
            text,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct EvidenceOut<'a> {
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    region: Option<&'static str>,
    start: u32,
    end: u32,
    text: &'a str,
}

/// A publication date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedOut<'a> {
    value: Option<&'a str>,
    earliest: Option<Day>,
    latest: Option<Day>,
    basis: &'static str,
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<EvidenceOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<CandidateOut<'a>>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct CandidateOut<'a> {
    value: Option<&'a str>,
    earliest: Option<Day>,
    latest: Option<Day>,
    basis: &'static str,
    rule: &'a str,
    evidence: Vec<EvidenceOut<'a>>,
    verdict: &'a str,
}

impl<'a> PublishedOut<'a> {
    /// The date alone.
    pub fn brief(published: &'a Published) -> PublishedOut<'a> {
        PublishedOut {
            value: published.value.as_deref(),
            earliest: published.interval.earliest.map(Day),
            latest: published.interval.latest.map(Day),
            basis: published.basis.as_str(),
            rule: published.rule.as_ref().map(|r| r.as_str()),
            evidence: None,
            candidates: None,
        }
    }

    /// The date with its evidence and every other reading.
    pub(super) fn full(published: &'a Published, regions: &Regions<'a>) -> PublishedOut<'a> {
        let candidate = |c: &'a Candidate| CandidateOut {
            value: c.value.as_deref(),
            earliest: c.interval.earliest.map(Day),
            latest: c.interval.latest.map(Day),
            basis: c.basis.as_str(),
            rule: c.rule.as_str(),
            evidence: c.evidence.iter().filter_map(|e| regions.evidence(e)).collect(),
            verdict: &c.verdict,
        };
        PublishedOut {
            evidence: Some(published.evidence.iter().filter_map(|e| regions.evidence(e)).collect()),
            candidates: Some(published.candidates.iter().map(candidate).collect()),
            ..PublishedOut::brief(published)
        }
    }
}
