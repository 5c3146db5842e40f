//! The report object, field by field.

use super::{Day, PublishedOut, WhenOut};
use serde::Serialize;
use std::borrow::Cow;

/// A place in the text and its words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Words<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) text: &'a str,
}

/// A place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The report object of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportOut<'a> {
    pub(super) schema: u32,
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) record: Option<u64>,
    #[serde(flatten)]
    pub(super) clean: Option<CleanOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<PublishedOut<'a>>,
    #[serde(flatten)]
    pub(super) body: Option<BodyOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timexes: Option<Vec<TimexOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mentions: Option<Vec<MentionOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attributions: Option<Vec<AttributionOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) events: Option<Vec<EventMentionOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) states: Option<Vec<StandingOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) diagnostics: Option<Vec<DiagnosticOut<'a>>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct CleanOut<'a> {
    pub(super) url: Option<&'a str>,
    pub(super) media_type: &'a str,
    pub(super) language: &'a str,
    pub(super) headline: Option<&'a str>,
    pub(super) outlet: Option<&'a str>,
    pub(super) authors: &'a [String],
    pub(super) credits: Vec<LinkOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct BodyOut<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: Vec<BlockOut>,
    pub(super) removed: Vec<RemovedOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct BlockOut {
    pub(super) kind: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_end: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct RemovedOut<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_end: Option<u32>,
    pub(super) text: &'a str,
    pub(super) rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct LinkOut<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) entity: &'a str,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<&'static str>,
    #[serde(flatten)]
    pub(super) place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct TimexOut<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) value: &'a str,
    #[serde(rename = "mod")]
    pub(super) modifier: Option<&'static str>,
    pub(super) earliest: Option<Day>,
    pub(super) latest: Option<Day>,
    pub(super) anchor: Option<Cow<'static, str>>,
    pub(super) rule: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) vague: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) range_with: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct MentionOut<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) kind: &'static str,
    pub(super) entity: &'a str,
    pub(super) name: &'a str,
    pub(super) metonym_for: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<TitleOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inside: Option<usize>,
    pub(super) rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct TitleOut<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) role: &'a str,
    pub(super) of: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct AttributionOut<'a> {
    pub(super) source: SourceOut<'a>,
    pub(super) cue: Option<Words<'a>>,
    pub(super) content: Option<Place>,
    pub(super) kind: &'static str,
    pub(super) chain: Vec<LinkOut<'a>>,
    pub(super) when: WhenOut<'a>,
    pub(super) polarity: &'static str,
    pub(super) commitment: &'static str,
    pub(super) within: Option<usize>,
    pub(super) rule: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct SourceOut<'a> {
    #[serde(flatten)]
    pub(super) words: Option<Words<'a>>,
    pub(super) name: &'a str,
    pub(super) entity: &'a str,
    pub(super) role: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct EventMentionOut<'a> {
    pub(super) trigger: Words<'a>,
    pub(super) clause: Place,
    pub(super) event: &'static str,
    pub(super) mode: Option<&'a str>,
    pub(super) context: &'a [String],
    pub(super) actor: Vec<ParticipantOut<'a>>,
    pub(super) recipient: Vec<ParticipantOut<'a>>,
    pub(super) mediator: Vec<ParticipantOut<'a>>,
    pub(super) instrument: Vec<ParticipantOut<'a>>,
    #[serde(rename = "where")]
    pub(super) places: Vec<PlaceOut<'a>>,
    pub(super) when: WhenOut<'a>,
    pub(super) figures: Vec<FigureOut<'a>>,
    pub(super) outcomes: Vec<OutcomeOut<'a>>,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phase: Option<&'a str>,
    pub(super) attribution: Option<usize>,
    pub(super) rule: &'a str,
}

/// Somebody who takes part, with or without a place in a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct ParticipantOut<'a> {
    pub(super) name: &'a str,
    pub(super) entity: &'a str,
    #[serde(flatten)]
    pub(super) words: Option<Words<'a>>,
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PlaceOut<'a> {
    pub(super) name: &'a str,
    pub(super) entity: &'a str,
    #[serde(flatten)]
    pub(super) place: Option<Place>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
    pub(super) resolution: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<&'a str>,
}

/// A figure and its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct FigureOut<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
    #[serde(rename = "mod")]
    pub(super) modifier: Option<&'static str>,
    pub(super) unit: &'a str,
    pub(super) side: Option<&'a str>,
    pub(super) attribution: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) cumulative: bool,
    pub(super) rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct OutcomeOut<'a> {
    pub(super) kind: &'static str,
    pub(super) change: &'static str,
    pub(super) subject: &'a str,
    pub(super) object: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) partial: bool,
}

/// What is told to stand; names as slugs, an agreement's second party in `other`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct StandingOut<'a> {
    #[serde(flatten)]
    pub(super) words: Words<'a>,
    pub(super) fluent: &'static str,
    pub(super) value: &'static str,
    pub(super) subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) other: &'a str,
    pub(super) object: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) partial: bool,
    pub(super) when: WhenOut<'a>,
    pub(super) rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct DiagnosticOut<'a> {
    pub(super) code: &'a str,
    pub(super) message: &'a str,
    pub(super) help: &'a str,
    #[serde(flatten)]
    pub(super) place: Option<Place>,
}
