//! The state of things on a day, for people and for other tools.

use super::terminal::{LINE_WIDTH, tame, wrapped};
use super::{Format, Paint, json, when_words};
use crate::Error;
use crate::wire::{Day, Positions, StateOut, Texts};
use dateline_model::{AnnotatedDocument, Event, Fluent, Ground, Holding, State, Timeline, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Columns of the value, and of what stands below a fluent.
const VALUE_WIDTH: usize = 14;
/// Sentences of evidence that are shown of one fluent; the others are counted.
const EVIDENCE: usize = 3;

/// Writes what held on a day: as text, or (every other format) as the state object.
///
/// # Errors
/// Writing fails.
pub fn write_state(
    state: &State,
    timeline: &Timeline,
    reports: &[AnnotatedDocument],
    format: Format,
    paint: Paint,
    output: &mut dyn Write,
) -> Result<(), Error> {
    if format == Format::Text {
        text(state, timeline, reports, paint, output)?;
    } else {
        let texts = reports.iter().map(|r| &r.document);
        let texts: Texts<'_> = texts
            .map(|d| (d.id.as_str(), (d.text.as_str(), Positions::new(&d.text))))
            .collect();
        serde_json::to_writer_pretty(&mut *output, &StateOut::new(state, &texts)).map_err(json)?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}

fn heading(fluent: Fluent) -> &'static str {
    match fluent {
        Fluent::Control => "Control of territory",
        Fluent::Presence => "Presence of forces",
        Fluent::InForce => "Agreements",
        Fluent::Membership => "Membership",
    }
}

fn line(holding: &Holding) -> String {
    let (subject, object) = (tame(&holding.subject.name), tame(&holding.object.name));
    match holding.fluent {
        Fluent::Control => {
            let part = if holding.partial { "part of " } else { "" };
            format!("{subject}: {part}{object}")
        }
        Fluent::Presence => format!("{subject} in {object}"),
        Fluent::InForce if object.is_empty() => subject,
        Fluent::InForce => format!("{subject}, {object}"),
        Fluent::Membership => format!("{subject} of {object}"),
    }
}

fn details(holding: &Holding, on: jiff::civil::Date) -> String {
    let mut parts = vec![holding.basis.as_str().to_string()];
    if holding.basis == Ground::Unknown {
        parts = vec!["the reports are silent on that day".into()];
    }
    let known = |w: &dateline_model::When| !w.interval.is_unknown();
    if known(&holding.since) {
        parts.push(format!("began {}", when_words(&holding.since)));
    }
    if known(&holding.until) {
        let word = if holding.basis == Ground::Unknown {
            "told of"
        } else {
            "changed"
        };
        parts.push(format!("{word} {}", when_words(&holding.until)));
    }
    if let Some(told) = holding.told.filter(|d| *d < on) {
        parts.push(format!("last told on {}", Day(told)));
    }
    if holding.disputed {
        parts.push("a report denies it".into());
    }
    parts.join(" · ")
}

fn text(
    state: &State,
    timeline: &Timeline,
    reports: &[AnnotatedDocument],
    paint: Paint,
    output: &mut dyn Write,
) -> std::io::Result<()> {
    let reports: BTreeMap<&str, &AnnotatedDocument> = reports.iter().map(|r| (r.document.id.as_str(), r)).collect();
    let events: BTreeMap<&str, &Event> = timeline.events.iter().map(|e| (e.id.as_str(), e)).collect();
    let by = state
        .known_by
        .map_or(String::new(), |d| format!(", by what was published by {}", Day(d)));
    writeln!(output, "{}", paint.with("1", &format!("{}{by}", Day(state.on))))?;
    if state.holdings.is_empty() {
        let whose = state.known_by.map_or("The reports tell".to_string(), |d| {
            format!("What was published by {} tells", Day(d))
        });
        writeln!(output, "\n{whose} of no control, presence, agreement or membership.")?;
    }
    let margin = " ".repeat(VALUE_WIDTH + 2);
    let mut last = None;
    for holding in &state.holdings {
        if last != Some(holding.fluent) {
            writeln!(output, "\n{}", paint.with("1", heading(holding.fluent)))?;
            last = Some(holding.fluent);
        }
        let mut value = holding.value.as_str().to_string();
        if let Some(or) = holding.or.filter(|or| *or != Value::Unknown) {
            value = format!("{value}, or {}", or.as_str());
        }
        let code = match holding.value {
            Value::Unknown => "2",
            Value::Contested | Value::Broken | Value::Leaving | Value::Suspended => "1;33",
            _ => "1;36",
        };
        let padding = " ".repeat(VALUE_WIDTH.saturating_sub(value.chars().count()).max(1));
        writeln!(output, "  {}{padding}{}", paint.with(code, &value), line(holding))?;
        writeln!(output, "{margin}{}", paint.with("2", &details(holding, state.on)))?;
        if holding.basis == Ground::Unknown {
            continue;
        }
        let told = holding.events.iter().map(|id| {
            let said = events.get(id.as_str());
            let said = said.map_or("", |e| if e.text.is_empty() { &e.label } else { &e.text });
            (id.as_str(), said)
        });
        // What is told to stand has no event; its report's name stands where an event's id would.
        let stands = holding.standings.iter().filter_map(|s| {
            let report = reports.get(s.report.as_str())?;
            let sentence = report
                .sentences
                .iter()
                .find(|span| span.contains(s.span))
                .unwrap_or(&s.span);
            let path = report.document.path.as_str();
            let name = report
                .document
                .outlet
                .as_deref()
                .unwrap_or(path.rsplit('/').next().unwrap_or(path));
            Some((name, sentence.of(&report.document.text)))
        });
        let mut shown = BTreeSet::new();
        for (name, said) in told.chain(stands) {
            if shown.len() == EVIDENCE || !shown.insert(said) {
                continue;
            }
            let name = tame(name);
            for (i, words) in wrapped(&tame(said), LINE_WIDTH - VALUE_WIDTH - 18).iter().enumerate() {
                let lead = if i == 0 {
                    format!("{name}  ")
                } else {
                    " ".repeat(name.chars().count() + 2)
                };
                writeln!(output, "{margin}{}{words}", paint.with("2", &lead))?;
            }
        }
        let all = holding.events.len() + holding.standings.len();
        if all > shown.len() {
            let more = super::count(all - shown.len(), "more telling");
            writeln!(output, "{margin}{}", paint.with("2", &format!("and {more}")))?;
        }
    }
    Ok(())
}
