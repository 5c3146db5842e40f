//! What an event changes: its rule's outcome, with the participants of its own sentence.

use super::Trigger;
use super::rules::{OutcomeRule, Part};
use super::sheet::Sheet;
use dateline_model::{Change, Fluent, MentionKind, Outcome, Participant, PlaceRef};

fn first(list: &[Participant]) -> String {
    list.first().map(|p| p.entity.clone()).unwrap_or_default()
}

/// The outcome of a trigger. Where a side is not named here it stays empty: other reports of the event may name it.
pub(super) fn of(sheet: &Sheet<'_, '_>, trigger: &Trigger, rule: OutcomeRule, phase: Option<&str>) -> Outcome {
    let (low, high) = sheet.sentence(trigger.start);
    let pick = |part: Part| match part {
        Part::Actor => first(&trigger.actor),
        Part::Recipient => first(&trigger.recipient),
        Part::Body => body(sheet, trigger),
        Part::Place if rule.subject == Part::Recipient => {
            trigger.places.first().map(|p| p.entity.clone()).unwrap_or_default()
        }
        Part::Place if rule.fluent == Fluent::Control => taken(sheet, trigger),
        Part::Place => trigger
            .places
            .first()
            .map_or_else(|| first(&trigger.recipient), |p| p.entity.clone()),
        Part::Trigger => sheet.words.slice(trigger.start, trigger.end).to_string(),
    };
    let change = match (rule.change, phase) {
        (Change::Ends, Some("whole" | "ends")) => Change::Completed,
        (Change::Completed, Some("begins")) => Change::Ends,
        (change, _) => change,
    };
    Outcome {
        fluent: rule.fluent,
        change,
        subject: pick(rule.subject),
        object: pick(rule.object),
        partial: sheet.hits(sheet.classes.partial, low..high).next().is_some(),
    }
}

/// What is taken stands behind the verb; who takes something else takes no place.
fn taken(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> String {
    let is_place = |p: &&Participant| {
        p.mention
            .and_then(|i| sheet.found.mentions.get(i))
            .is_some_and(|m| m.kind == MentionKind::Place)
    };
    let end = sheet.words.span(trigger.first, trigger.end).end;
    let behind = |p: &&PlaceRef| p.span.is_some_and(|s| s.start >= end);
    match trigger.recipient.iter().find(is_place) {
        Some(place) => place.entity.clone(),
        None if trigger.recipient.is_empty() => trigger
            .places
            .iter()
            .find(behind)
            .map(|p| p.entity.clone())
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// The body that is joined or left: the first organisation in the trigger's words or behind them.
fn body(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> String {
    let (_, high) = sheet.sentence(trigger.start);
    let within = sheet.words.span(trigger.start, high);
    let named = sheet
        .found
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Organization && m.inside.is_none() && within.contains(m.span));
    named
        .min_by_key(|m| m.span.start)
        .map_or_else(|| first(&trigger.recipient), |m| m.entity.clone())
}
