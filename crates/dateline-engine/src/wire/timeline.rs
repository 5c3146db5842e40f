//! The timeline object.

use super::shapes::{FigureOut, ParticipantOut, PlaceOut};
use super::{Day, Positions, PublishedOut, SCHEMA, WhenOut};
use dateline_model::{ClusterFigure, Entity, Event, ReportRef, Revised, Span, Story, Timeline};
use serde::Serialize;
use std::collections::BTreeMap;

/// Clean texts by report id, with their positions: what mentions point into.
pub type Texts<'a> = BTreeMap<&'a str, (&'a str, Positions<'a>)>;

/// The timeline object of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineOut<'a> {
    schema: u32,
    reports: Vec<ReportRefOut<'a>>,
    stories: Vec<StoryOut<'a>>,
    duplicates: Vec<DuplicateOut<'a>>,
    entities: Vec<EntityOut<'a>>,
    events: Vec<EventOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ReportRefOut<'a> {
    id: &'a str,
    path: &'a str,
    outlet: Option<&'a str>,
    headline: Option<&'a str>,
    language: &'a str,
    published: PublishedOut<'a>,
    story: Option<&'a str>,
    reprint_of: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct StoryOut<'a> {
    id: &'a str,
    label: &'a str,
    reports: &'a [String],
    earliest: Option<Day>,
    latest: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct DuplicateOut<'a> {
    reports: &'a [String],
    kind: &'static str,
    original: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<RevisedOut<'a>>,
}

/// What a later version changed, in the words of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct RevisedOut<'a> {
    from: &'a str,
    to: &'a str,
    added: Vec<WordsOut<'a>>,
    removed: Vec<WordsOut<'a>>,
    figures: Vec<RefiguredOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct RefiguredOut<'a> {
    unit: &'a str,
    from: WordsOut<'a>,
    to: WordsOut<'a>,
}

/// Words of a report and where they stand in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct WordsOut<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct EntityOut<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    aliases: &'a [String],
    roles: Vec<RoleOut<'a>>,
    mentions: Vec<MentionRefOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct RoleOut<'a> {
    title: &'a str,
    of: Option<&'a str>,
    earliest: Option<Day>,
    latest: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct MentionRefOut<'a> {
    report: &'a str,
    start: u32,
    end: u32,
}

/// A merged event of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventOut<'a> {
    id: &'a str,
    event: &'static str,
    mode: Option<&'a str>,
    label: &'a str,
    text: &'a str,
    when: WhenOut<'a>,
    #[serde(rename = "where")]
    places: Vec<PlaceOut<'a>>,
    actor: Vec<ParticipantOut<'a>>,
    recipient: Vec<ParticipantOut<'a>>,
    mediator: Vec<ParticipantOut<'a>>,
    figures: Vec<ClusterOut<'a>>,
    status: &'static str,
    phase_of: Option<&'a str>,
    under: Option<UnderOut<'a>>,
    mentions: Vec<EventMentionRefOut<'a>>,
    sources: SourcesOut<'a>,
    disputes: Vec<DisputeOut<'a>>,
    story: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct UnderOut<'a> {
    event: &'a str,
    rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ClusterOut<'a> {
    unit: &'a str,
    low: Option<u64>,
    high: Option<u64>,
    claims: Vec<ClaimOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ClaimOut<'a> {
    mention: usize,
    #[serde(flatten)]
    figure: FigureOut<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct EventMentionRefOut<'a> {
    report: &'a str,
    event: usize,
    start: u32,
    end: u32,
    root: &'a str,
    rule: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct SourcesOut<'a> {
    reports: usize,
    outlets: usize,
    independent: usize,
    roots: &'a [String],
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct DisputeOut<'a> {
    field: &'static str,
    kind: &'static str,
    variants: Vec<VariantOut<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct VariantOut<'a> {
    value: &'a str,
    mentions: &'a [usize],
}

/// The timeline object of `timeline`, with `events` in place of all its events (a selection, in the same order).
pub fn timeline<'a>(timeline: &'a Timeline, events: &[&'a Event], texts: &'a Texts<'a>) -> TimelineOut<'a> {
    TimelineOut {
        schema: SCHEMA,
        reports: timeline.reports.iter().map(report_ref).collect(),
        stories: timeline.stories.iter().map(story).collect(),
        duplicates: timeline
            .duplicates
            .iter()
            .map(|d| DuplicateOut {
                reports: &d.reports,
                kind: d.kind.as_str(),
                original: &d.original,
                changes: d.changes.iter().map(|c| revised(c, texts)).collect(),
            })
            .collect(),
        entities: timeline.entities.iter().map(|e| entity(e, texts)).collect(),
        events: events.iter().map(|e| EventOut::new(e, texts)).collect(),
    }
}

fn revised<'a>(change: &'a Revised, texts: &'a Texts<'a>) -> RevisedOut<'a> {
    let words = |report: &str, span: Span| {
        let (text, (start, end)) = match texts.get(report) {
            Some((text, positions)) => (span.of(text), positions.of(span)),
            None => ("", (0, 0)),
        };
        WordsOut { start, end, text }
    };
    RevisedOut {
        from: &change.from,
        to: &change.to,
        added: change.added.iter().map(|s| words(&change.to, *s)).collect(),
        removed: change.removed.iter().map(|s| words(&change.from, *s)).collect(),
        figures: change
            .figures
            .iter()
            .map(|f| RefiguredOut {
                unit: &f.unit,
                from: words(&change.from, f.from),
                to: words(&change.to, f.to),
            })
            .collect(),
    }
}

fn report_ref(report: &ReportRef) -> ReportRefOut<'_> {
    ReportRefOut {
        id: &report.id,
        path: &report.path,
        outlet: report.outlet.as_deref(),
        headline: report.headline.as_deref(),
        language: &report.language,
        published: PublishedOut::brief(&report.published),
        story: report.story.as_deref(),
        reprint_of: report.reprint_of.as_deref(),
    }
}

fn story(story: &Story) -> StoryOut<'_> {
    StoryOut {
        id: &story.id,
        label: &story.label,
        reports: &story.reports,
        earliest: story.when.interval.earliest.map(Day),
        latest: story.when.interval.latest.map(Day),
    }
}

fn place(texts: &Texts<'_>, report: &str, span: Span) -> (u32, u32) {
    texts.get(report).map_or((0, 0), |(_, positions)| positions.of(span))
}

fn entity<'a>(entity: &'a Entity, texts: &'a Texts<'a>) -> EntityOut<'a> {
    EntityOut {
        id: &entity.id,
        kind: entity.kind.as_str(),
        name: &entity.name,
        aliases: &entity.aliases,
        roles: entity
            .roles
            .iter()
            .map(|r| RoleOut {
                title: &r.title,
                of: r.of.as_deref(),
                earliest: r.when.interval.earliest.map(Day),
                latest: r.when.interval.latest.map(Day),
            })
            .collect(),
        mentions: entity
            .mentions
            .iter()
            .map(|m| {
                let (start, end) = place(texts, &m.report, m.span);
                MentionRefOut {
                    report: &m.report,
                    start,
                    end,
                }
            })
            .collect(),
    }
}

impl<'a> EventOut<'a> {
    /// Of an event whose mentions point into `texts`.
    pub fn new(event: &'a Event, texts: &'a Texts<'a>) -> EventOut<'a> {
        let cluster = |figure: &'a ClusterFigure| ClusterOut {
            unit: &figure.unit,
            low: figure.low,
            high: figure.high,
            claims: figure
                .claims
                .iter()
                .filter_map(|claim| {
                    let (text, positions) = texts.get(event.mentions.get(claim.mention)?.report.as_str())?;
                    Some(ClaimOut {
                        mention: claim.mention,
                        figure: FigureOut::new(&claim.figure, text, positions),
                    })
                })
                .collect(),
        };
        EventOut {
            id: &event.id,
            event: event.event.as_str(),
            mode: event.mode.as_deref(),
            label: &event.label,
            text: &event.text,
            when: WhenOut::new(&event.when),
            places: event.places.iter().map(|p| PlaceOut::new(p, None)).collect(),
            actor: event.actor.iter().map(ParticipantOut::placeless).collect(),
            recipient: event.recipient.iter().map(ParticipantOut::placeless).collect(),
            mediator: event.mediator.iter().map(ParticipantOut::placeless).collect(),
            figures: event.figures.iter().map(cluster).collect(),
            status: event.status.as_str(),
            phase_of: event.phase_of.as_deref(),
            under: event.under.as_ref().map(|u| UnderOut {
                event: &u.event,
                rule: u.rule.as_str(),
            }),
            mentions: event
                .mentions
                .iter()
                .map(|m| {
                    let (start, end) = place(texts, &m.report, m.span);
                    EventMentionRefOut {
                        report: &m.report,
                        event: m.event,
                        start,
                        end,
                        root: &m.root,
                        rule: &m.rule,
                    }
                })
                .collect(),
            sources: SourcesOut {
                reports: event.sources.reports,
                outlets: event.sources.outlets,
                independent: event.sources.independent,
                roots: &event.sources.roots,
            },
            disputes: event
                .disputes
                .iter()
                .map(|d| DisputeOut {
                    field: d.field.as_str(),
                    kind: d.kind.as_str(),
                    variants: d
                        .variants
                        .iter()
                        .map(|v| VariantOut {
                            value: &v.value,
                            mentions: &v.mentions,
                        })
                        .collect(),
                })
                .collect(),
            story: event.story.as_deref(),
        }
    }
}
