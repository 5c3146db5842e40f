//! The state object.

use super::{Day, Texts, WhenOut};
use dateline_model::{Holding, Named, StandingRef, State};
use serde::Serialize;

/// The state object of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StateOut<'a> {
    on: Day,
    known_by: Option<Day>,
    fluents: Vec<FluentOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct FluentOut<'a> {
    fluent: &'static str,
    subject: NamedOut<'a>,
    object: NamedOut<'a>,
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    or: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disputed: bool,
    basis: &'static str,
    since: WhenOut<'a>,
    until: WhenOut<'a>,
    /// Publication day of the last report that tells it.
    told: Option<Day>,
    events: &'a [String],
    /// Where reports tell that it stands, without an event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<MentionOut<'a>>,
    rules: &'a [String],
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct MentionOut<'a> {
    report: &'a str,
    start: u32,
    end: u32,
    rule: &'a str,
}

impl<'a> MentionOut<'a> {
    fn new(standing: &'a StandingRef, texts: &Texts<'_>) -> MentionOut<'a> {
        let (start, end) = texts
            .get(standing.report.as_str())
            .map_or((0, 0), |(_, positions)| positions.of(standing.span));
        MentionOut {
            report: &standing.report,
            start,
            end,
            rule: standing.rule.as_str(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct NamedOut<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    entity: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    words: &'a [String],
}

impl<'a> NamedOut<'a> {
    fn new(named: &'a Named) -> NamedOut<'a> {
        NamedOut {
            name: &named.name,
            entity: &named.entity,
            words: &named.words,
        }
    }
}

impl<'a> StateOut<'a> {
    /// Of the model's value.
    pub fn new(state: &'a State, texts: &Texts<'_>) -> StateOut<'a> {
        StateOut {
            on: Day(state.on),
            known_by: state.known_by.map(Day),
            fluents: state.holdings.iter().map(|h| fluent(h, texts)).collect(),
        }
    }
}

fn fluent<'a>(holding: &'a Holding, texts: &Texts<'_>) -> FluentOut<'a> {
    FluentOut {
        fluent: holding.fluent.as_str(),
        subject: NamedOut::new(&holding.subject),
        object: NamedOut::new(&holding.object),
        value: holding.value.as_str(),
        or: holding.or.map(|v| v.as_str()),
        partial: holding.partial,
        disputed: holding.disputed,
        basis: holding.basis.as_str(),
        since: WhenOut::new(&holding.since),
        until: WhenOut::new(&holding.until),
        told: holding.told.map(Day),
        events: &holding.events,
        mentions: holding.standings.iter().map(|s| MentionOut::new(s, texts)).collect(),
        rules: &holding.rules,
    }
}
