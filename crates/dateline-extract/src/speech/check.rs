//! Runs the examples of the rules and the corpus of a pack.
//!
//! The names and dates of a case are marked in it (`[Hải Lan]{person}`, `[hôm 3/5]{timex}`), so that this room's cases
//! do not depend on what the rooms before it know. `{source 1}`, `{cue 1}`, `{content 1 indirect}` belong together by
//! their number; behind the kind of the content may stand `denied`, a commitment, `within 2`, `via NAME`.

use super::Attributor;
use dateline_lang::{Mark, Pack, PackFiles, parse_corpus, parse_marks};
use dateline_model::{
    Attribution, Block, BlockKind, Commitment, Document, Interval, Mention, MentionKind, Published, RuleId, Span,
    Timex, TimexAnchor, TimexKind, Title,
};
use std::collections::BTreeMap;

/// What is expected of one attribution.
#[derive(Debug, Default)]
struct Expected {
    source: Option<Span>,
    cue: Option<Span>,
    content: Option<Span>,
    wants: Vec<String>,
}

pub(super) fn check(attributor: &Attributor, pack: &Pack, files: &PackFiles) -> Vec<String> {
    let mut failures = Vec::new();
    for rule in &attributor.rules {
        for example in &rule.examples.tables() {
            let get = |key: &str| example.get(key).and_then(|v| v.as_str());
            let (text, marks) = parse_marks(get("text").unwrap_or_default());
            let found = run(attributor, pack, &text, &marks, false);
            let fits = |a: &Attribution| {
                let is =
                    |key: &str, span: Option<Span>| get(key).is_none_or(|w| span.is_some_and(|s| s.of(&text) == w));
                is("cue", a.cue)
                    && is("source", a.source.span)
                    && is("content", a.content)
                    && get("polarity").is_none_or(|w| a.polarity.as_str() == w)
                    && get("commitment").is_none_or(|w| a.commitment.as_str() == w)
            };
            if !found.iter().any(fits) {
                failures.push(format!(
                    "{}: rule `{}`\n  text: {text}\n  found: {}",
                    rule.path,
                    rule.id,
                    said(&found, &text)
                ));
            }
        }
    }
    let path = format!("{}/speech/corpus.md", pack.tag);
    let Some(content) = files.get(&path) else {
        return failures;
    };
    let cases = match parse_corpus(content) {
        Ok(cases) => cases,
        Err(e) => return vec![format!("{path}: {e}")],
    };
    for case in &cases {
        let headline = case.config.get("headline").and_then(|v| v.as_bool()) == Some(true);
        let found = run(attributor, pack, &case.text, &case.marks, headline);
        let problems = compare(&expected(&case.marks), &found, &case.text);
        if !problems.is_empty() {
            failures.push(format!(
                "{path}:{}: {}\n  text: {}\n  found: {}",
                case.line,
                problems.join("; "),
                case.text,
                said(&found, &case.text)
            ));
        }
    }
    failures
}

fn expected(marks: &[Mark]) -> BTreeMap<usize, Expected> {
    let mut expected: BTreeMap<usize, Expected> = BTreeMap::new();
    for mark in marks {
        let mut parts = mark.label.split_whitespace();
        let (Some(part), Some(number)) = (parts.next(), parts.next().and_then(|n| n.parse().ok())) else {
            continue;
        };
        let of = expected.entry(number).or_default();
        match part {
            "source" => of.source = Some(mark.span),
            "cue" => of.cue = Some(mark.span),
            "content" => {
                of.content = Some(mark.span);
                of.wants = parts.map(String::from).collect();
            }
            _ => {}
        }
    }
    expected
}

fn compare(expected: &BTreeMap<usize, Expected>, found: &[Attribution], text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut at: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, e) in expected {
        let same = |a: &Attribution| {
            a.cue == e.cue && a.content == e.content && (e.source.is_none() || a.source.span == e.source)
        };
        match found.iter().position(same) {
            Some(i) => {
                at.insert(*number, i);
            }
            None => problems.push(format!("{number} is not found")),
        }
    }
    for (number, e) in expected {
        let Some(a) = at.get(number).map(|&i| &found[i]) else {
            continue;
        };
        let mut wants = e.wants.iter().map(String::as_str);
        while let Some(want) = wants.next() {
            let right = match want {
                "direct" | "indirect" | "mixed" => a.kind.as_str() == want,
                "denied" => a.polarity.as_str() == want,
                "anonymous" | "collective" | "document" | "named" => a.source.kind.as_str() == want,
                "by" => wants.next().is_some_and(|w| a.source.name.replace(' ', "_") == w),
                "via" => wants
                    .next()
                    .is_some_and(|w| a.chain.iter().any(|l| l.name.replace(' ', "_") == w)),
                "within" => {
                    let outer = wants
                        .next()
                        .and_then(|w| w.parse::<usize>().ok())
                        .and_then(|n| at.get(&n).copied());
                    outer.is_some() && a.within == outer
                }
                word => Commitment::parse(word) == Some(a.commitment),
            };
            if !right {
                problems.push(format!("{number} is not {want}"));
            }
        }
    }
    for (i, a) in found.iter().enumerate().filter(|(i, _)| !at.values().any(|v| v == i)) {
        problems.push(format!("too much: {i} {}", a.cue.map_or("(no cue)", |c| c.of(text))));
    }
    problems
}

fn run(attributor: &Attributor, pack: &Pack, text: &str, marks: &[Mark], headline: bool) -> Vec<Attribution> {
    let label = |mark: &Mark| mark.label.split_whitespace().next().unwrap_or_default().to_string();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut timexes = Vec::new();
    for mark in marks {
        let label = label(mark);
        if label == "timex" {
            timexes.push(timex(mark.span));
        } else if let Some(kind) = MentionKind::ALL.into_iter().find(|k| k.as_str() == label) {
            // A role says whom it stands for: `{role Hải_Lan}`.
            let who = mark.label.split_whitespace().nth(1).map(|w| w.replace('_', " "));
            mentions.push(mention(
                mark.span,
                kind,
                who.unwrap_or_else(|| mark.span.of(text).to_string()),
            ));
        }
    }
    for title in marks.iter().filter(|m| label(m) == "title") {
        if let Some(m) = mentions.iter_mut().find(|m| m.span.start.abs_diff(title.span.end) <= 2) {
            m.title = Some(Title {
                span: title.span,
                role: title.span.of(text).to_string(),
                of: None,
                held: Interval::default(),
            });
        }
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    for i in 1..mentions.len() {
        mentions[i].inside = (0..i).find(|&k| mentions[k].span.contains(mentions[i].span));
    }
    let kind = if headline { BlockKind::Headline } else { BlockKind::Body };
    let first = text.find('\n').unwrap_or(text.len());
    let blocks = vec![Block {
        kind,
        span: Span::new(0, first),
        source: None,
    }];
    let document = Document {
        language: pack.tag.clone(),
        blocks,
        text: text.to_string(),
        ..Document::default()
    };
    let words = pack.words(text);
    attributor.attribute(pack, &words, &document, &Published::default(), &timexes, &mentions)
}

fn timex(span: Span) -> Timex {
    Timex {
        span,
        kind: TimexKind::Date,
        value: String::new(),
        modifier: None,
        interval: Interval::default(),
        anchor: TimexAnchor::None,
        rule: RuleId::from("corpus"),
        vague: false,
        range_with: None,
        from_publication: None,
    }
}

fn mention(span: Span, kind: MentionKind, name: String) -> Mention {
    Mention {
        span,
        kind,
        entity: super::source::slug(&name),
        name,
        metonym_for: None,
        title: None,
        point: None,
        inside: None,
        sound: None,
        rule: RuleId::from("corpus"),
    }
}

fn said(found: &[Attribution], text: &str) -> String {
    let words = |span: Option<Span>| span.map_or("–", |s| s.of(text)).to_string();
    let one = |a: &Attribution| {
        format!(
            "\n    {} ({}, {}) | {} | {} | {} {} {} within {:?} via {:?}",
            words(a.source.span),
            a.source.name,
            a.source.kind.as_str(),
            words(a.cue),
            words(a.content),
            a.kind.as_str(),
            a.polarity.as_str(),
            a.commitment.as_str(),
            a.within,
            a.chain.iter().map(|l| l.name.as_str()).collect::<Vec<_>>()
        )
    };
    found.iter().map(one).collect()
}
