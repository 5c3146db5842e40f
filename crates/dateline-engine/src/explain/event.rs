//! Behind one merged event.

use crate::export::{count, when_words};
use dateline_model::{AnnotatedDocument, Event, Revised, Span, Timeline};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Explains an event: its tellings, why each was merged, which merges were refused.
///
/// # Errors
/// Writing fails.
pub fn event(
    event: &Event,
    timeline: &Timeline,
    reports: &BTreeMap<&str, &AnnotatedDocument>,
    output: &mut dyn Write,
) -> io::Result<()> {
    super::tamed(output, |lines| tellings(event, timeline, reports, lines))
}

/// What a later version of an article changed.
fn revised(change: &Revised, reports: &BTreeMap<&str, &AnnotatedDocument>, output: &mut dyn Write) -> io::Result<()> {
    let words = |report: &str, span: Span| {
        let text = reports.get(report).map_or("", |r| span.of(&r.document.text));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    writeln!(output, "     a later version of report {}", change.from)?;
    // Headline and body say the same.
    let mut told = BTreeSet::new();
    for figure in &change.figures {
        let (from, to) = (words(&change.from, figure.from), words(&change.to, figure.to));
        let line = format!("{}: {from} → {to}", figure.unit);
        if !told.contains(&line) {
            writeln!(output, "       {line}")?;
            told.insert(line);
        }
    }
    for span in &change.added {
        writeln!(output, "       new: {}", words(&change.to, *span))?;
    }
    for span in &change.removed {
        writeln!(output, "       gone: {}", words(&change.from, *span))?;
    }
    Ok(())
}

fn tellings(
    event: &Event,
    timeline: &Timeline,
    reports: &BTreeMap<&str, &AnnotatedDocument>,
    output: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        output,
        "{} · {} · {} · {}",
        event.id,
        event.event,
        event.status.as_str(),
        when_words(&event.when)
    )?;
    writeln!(
        output,
        "  {}",
        if event.text.is_empty() {
            &event.label
        } else {
            &event.text
        }
    )?;
    if let Some(rule) = &event.when.rule {
        writeln!(output, "  when: {rule}")?;
    }
    let mut seen = BTreeSet::new();
    for (index, mention) in event.mentions.iter().enumerate() {
        let report = reports.get(mention.report.as_str());
        let (outlet, sentence) = report.map_or(("?", ""), |r| {
            let sentence = r
                .sentences
                .iter()
                .find(|s| s.contains(mention.span))
                .unwrap_or(&mention.span);
            (
                r.document.outlet.as_deref().unwrap_or(&r.document.path),
                sentence.of(&r.document.text),
            )
        });
        writeln!(
            output,
            "  {index}. {outlet} (report {}, event {}) ← {}",
            mention.report, mention.event, mention.root
        )?;
        writeln!(output, "     {}", sentence.trim())?;
        writeln!(output, "     together because: {}", mention.rule)?;
        // A report that tells the event more than once changed once.
        if !seen.insert(mention.report.as_str()) {
            continue;
        }
        for change in timeline.duplicates.iter().flat_map(|d| &d.changes) {
            if change.to == mention.report {
                revised(change, reports, output)?;
            }
        }
    }
    let sources = &event.sources;
    writeln!(
        output,
        "  {}, {}, {}: {}",
        count(sources.reports, "report"),
        count(sources.outlets, "outlet"),
        count(sources.independent, "independent source"),
        sources.roots.join(", ")
    )?;
    for dispute in &event.disputes {
        writeln!(
            output,
            "  differs on {} ({})",
            dispute.field.as_str(),
            dispute.kind.as_str()
        )?;
        for variant in &dispute.variants {
            let who: Vec<String> = variant.mentions.iter().map(usize::to_string).collect();
            writeln!(output, "     {}: tellings {}", variant.value, who.join(", "))?;
        }
    }
    for (rule, other) in &event.refusals {
        let label = timeline
            .events
            .iter()
            .find(|e| e.id == *other)
            .map_or("", |e| e.label.as_str());
        writeln!(output, "  not merged with {other} ({label}): {rule}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Refigured;

    #[test]
    fn what_headline_and_body_say_alike_is_told_once() {
        let figure = |unit: &str, at: u32| Refigured {
            unit: unit.into(),
            from: Span { start: at, end: at },
            to: Span { start: at, end: at },
        };
        let change = Revised {
            from: "a".into(),
            to: "b".into(),
            added: Vec::new(),
            removed: Vec::new(),
            figures: vec![figure("dead", 0), figure("dead", 9), figure("hurt", 9)],
        };
        let mut out = Vec::new();
        revised(&change, &BTreeMap::new(), &mut out).expect("memory");
        let told = String::from_utf8(out).expect("letters");
        assert_eq!(
            (told.matches("dead").count(), told.matches("hurt").count()),
            (1, 1),
            "{told}"
        );
    }
}
