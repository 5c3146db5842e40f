//! Behind one report.

use crate::export::when_words;
use crate::run::ReadReport;
use crate::wire::{Day, Positions};
use dateline_extract::time::Tree;
use dateline_model::{EventMention, Evidence, Interval, Region, Span, TimexAnchor};
use std::io::{self, Write};

fn quote(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = one_line.chars().filter(|c| !c.is_control()).take(120).collect();
    if short.len() < one_line.len() {
        format!("\"{short}…\"")
    } else {
        format!("\"{short}\"")
    }
}

fn interval(interval: Interval) -> String {
    let end = |date: Option<jiff::civil::Date>| date.map_or("..".to_string(), |d| Day(d).to_string());
    format!("{} to {}", end(interval.earliest), end(interval.latest))
}

struct Explainer<'a> {
    read: &'a ReadReport,
    /// By expression of time: what it rests on.
    trees: &'a [Vec<Tree>],
    positions: Positions<'a>,
    /// Byte that is asked about.
    at: Option<u32>,
}

impl<'a> Explainer<'a> {
    fn asked(&self, span: Span) -> bool {
        self.at
            .is_none_or(|at| span.start <= at && at < span.end.max(span.start + 1))
    }

    fn place(&self, span: Span) -> String {
        let (start, end) = self.positions.of(span);
        format!("{start}..{end}")
    }

    fn words(&self, span: Span) -> String {
        quote(span.of(&self.read.report.document.text))
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let document = &self.read.report.document;
        let (word, text) = match evidence.region {
            Region::Text => ("text", document.text.as_str()),
            Region::Removed => ("removed", self.read.capture.content.as_str()),
            Region::Markup => ("markup", self.read.capture.content.as_str()),
            Region::Url => ("url", document.url.as_deref().unwrap_or("")),
            Region::Record => ("record", document.known.published.as_deref().unwrap_or("")),
        };
        format!("{word}: {}", quote(evidence.span.of(text)))
    }
}

/// Explains a report; with `offset`, only what covers that code point of its text.
///
/// # Errors
/// Writing fails.
pub fn report(read: &ReadReport, trees: &[Vec<Tree>], offset: Option<u32>, output: &mut dyn Write) -> io::Result<()> {
    super::tamed(output, |lines| whole(read, trees, offset, lines))
}

fn whole(read: &ReadReport, trees: &[Vec<Tree>], offset: Option<u32>, output: &mut dyn Write) -> io::Result<()> {
    let document = &read.report.document;
    let positions = Positions::new(&document.text);
    let at = offset.map(|n| positions.byte(n));
    let explainer = Explainer {
        read,
        trees,
        positions,
        at,
    };
    let record = document.record.map(|n| format!(" record {n}")).unwrap_or_default();
    writeln!(output, "{}{record}", document.path)?;
    writeln!(
        output,
        "  id {} · {} · language {}",
        document.id, document.media_type, document.language
    )?;
    writeln!(
        output,
        "  headline {}",
        document.headline.as_deref().map_or("none".to_string(), quote)
    )?;
    writeln!(output, "  outlet {}", document.outlet.as_deref().unwrap_or("unknown"))?;
    if at.is_none() {
        published(&explainer, output)?;
        removed(&explainer, output)?;
    }
    let end = explainer.positions.of(Span::new(0, document.text.len())).1;
    if let Some(n) = offset.filter(|n| *n >= end) {
        writeln!(output, "  nothing stands at {n}: the clean text has {end} code points")?;
    }
    times(&explainer, output)?;
    names(&explainer, output)?;
    speech(&explainer, output)?;
    events(&explainer, output)?;
    standings(&explainer, output)?;
    for diagnostic in &read.report.diagnostics {
        if diagnostic.span.map_or(at.is_none(), |s| explainer.asked(s)) {
            writeln!(output, "  {}: {}", diagnostic.code, diagnostic.message)?;
            if !diagnostic.help.is_empty() {
                writeln!(output, "      help: {}", diagnostic.help)?;
            }
        }
    }
    Ok(())
}

fn published(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    let published = &e.read.report.published;
    let rule = published.rule.as_ref().map(|r| format!(" · {r}")).unwrap_or_default();
    let value = published.value.as_deref().unwrap_or("unknown");
    writeln!(
        output,
        "  published {value} ({}) · basis {}{rule}",
        interval(published.interval),
        published.basis.as_str()
    )?;
    for evidence in &published.evidence {
        writeln!(output, "      from {}", e.evidence(evidence))?;
    }
    for candidate in &published.candidates {
        let value = candidate.value.as_deref().unwrap_or("unknown");
        writeln!(
            output,
            "    candidate {value} · {} · {}: {}",
            candidate.basis.as_str(),
            candidate.rule,
            candidate.verdict
        )?;
        for evidence in &candidate.evidence {
            writeln!(output, "      from {}", e.evidence(evidence))?;
        }
    }
    Ok(())
}

fn removed(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    for removed in &e.read.report.document.removed {
        writeln!(
            output,
            "  left out as {}: {} · {}",
            removed.kind.as_str(),
            quote(&removed.text),
            removed.rule
        )?;
    }
    Ok(())
}

/// A line of a tree, `indent` columns in, and what stands under it.
fn branch(tree: &Tree, indent: usize, output: &mut dyn Write) -> io::Result<()> {
    let line = tree.line.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(output, "{:indent$}└ {line}", "")?;
    tree.under
        .iter()
        .try_for_each(|below| branch(below, indent + 2, output))
}

fn times(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    for (index, timex) in e
        .read
        .report
        .timexes
        .iter()
        .enumerate()
        .filter(|(_, t)| e.asked(t.span))
    {
        let anchor = match timex.anchor {
            TimexAnchor::None => "no anchor".to_string(),
            TimexAnchor::Published => "against the publication date".to_string(),
            TimexAnchor::Timex(other) => format!("against time {other}"),
        };
        let modifier = timex.modifier.map(|m| format!(" {}", m.as_str())).unwrap_or_default();
        let place = e.place(timex.span);
        writeln!(
            output,
            "  time {index} at {place}: {} = {} {}{modifier}",
            e.words(timex.span),
            timex.kind.as_str(),
            timex.value
        )?;
        writeln!(output, "      {} · {anchor} · {}", interval(timex.interval), timex.rule)?;
        for tree in e.trees.get(index).into_iter().flatten() {
            branch(tree, 6, output)?;
        }
    }
    Ok(())
}

fn names(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    for mention in e.read.report.mentions.iter().filter(|m| e.asked(m.span)) {
        let metonym = mention
            .metonym_for
            .as_deref()
            .map(|m| format!(" for {m}"))
            .unwrap_or_default();
        let (place, words) = (e.place(mention.span), e.words(mention.span));
        writeln!(
            output,
            "  {} at {place}: {words} = {}{metonym} ({}) · {}",
            mention.kind.as_str(),
            mention.name,
            mention.entity,
            mention.rule
        )?;
    }
    Ok(())
}

fn speech(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    for (index, said) in e.read.report.attributions.iter().enumerate() {
        let spans = [said.source.span, said.cue, said.content];
        if !spans.iter().flatten().any(|s| e.asked(*s)) {
            continue;
        }
        let words = |span: Option<Span>| span.map_or("none".to_string(), |s| e.words(s));
        let chain: Vec<&str> = said.chain.iter().map(|l| l.name.as_str()).collect();
        let rule = said.rule.as_ref().map(|r| format!(" · {r}")).unwrap_or_default();
        writeln!(
            output,
            "  speech {index}: {} ({}, {}){rule}",
            said.source.name,
            said.source.kind.as_str(),
            said.kind.as_str()
        )?;
        writeln!(
            output,
            "      source {} · cue {} · {}",
            words(said.source.span),
            words(said.cue),
            said.commitment.as_str()
        )?;
        writeln!(
            output,
            "      content {} · chain {}",
            words(said.content),
            chain.join(" ← ")
        )?;
    }
    Ok(())
}

fn standings(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    let report = &e.read.report;
    let name = |i: Option<usize>| i.and_then(|i| report.mentions.get(i)).map_or("", |m| m.entity.as_str());
    for s in report.standings.iter().filter(|s| e.asked(s.span)) {
        let names = [s.subject, s.other, s.object].map(name);
        let names: Vec<&str> = names.into_iter().filter(|n| !n.is_empty()).collect();
        writeln!(
            output,
            "  stands at {}: {} = {} {}: {} · {} · {}",
            e.place(s.span),
            e.words(s.span),
            s.fluent.as_str(),
            s.value.as_str(),
            names.join(", "),
            when_words(&s.when),
            s.rule
        )?;
    }
    Ok(())
}

fn events(e: &Explainer<'_>, output: &mut dyn Write) -> io::Result<()> {
    for (index, event) in e
        .read
        .report
        .events
        .iter()
        .enumerate()
        .filter(|(_, v)| e.asked(v.clause) || e.asked(v.trigger))
    {
        let mode = event.mode.as_deref().map(|m| format!("/{m}")).unwrap_or_default();
        writeln!(
            output,
            "  event {index} at {}: {} = {}{mode} {} · {}",
            e.place(event.trigger),
            e.words(event.trigger),
            event.event,
            event.status.as_str(),
            event.rule
        )?;
        writeln!(output, "      {}", roles(event))?;
        let timex = event.when.timex.map(|t| format!(" from time {t}")).unwrap_or_default();
        let rule = event.when.rule.as_ref().map(|r| format!(" · {r}")).unwrap_or_default();
        writeln!(output, "      when {}{timex}{rule}", when_words(&event.when))?;
        for figure in &event.figures {
            writeln!(
                output,
                "      figure {} = {:?} to {:?} {} · {}",
                e.words(figure.span),
                figure.low,
                figure.high,
                figure.unit,
                figure.rule
            )?;
        }
    }
    Ok(())
}

fn roles(event: &EventMention) -> String {
    let lists = [
        ("actor", &event.actor),
        ("recipient", &event.recipient),
        ("mediator", &event.mediator),
        ("instrument", &event.instrument),
    ];
    let mut parts: Vec<String> = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(word, list)| {
            format!(
                "{word} {}",
                list.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    if !event.places.is_empty() {
        parts.push(format!(
            "where {}",
            event
                .places
                .iter()
                .map(|p| p.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    parts.extend(event.attribution.map(|a| format!("told in speech {a}")));
    if parts.is_empty() {
        "no participants".to_string()
    } else {
        parts.join(" · ")
    }
}
