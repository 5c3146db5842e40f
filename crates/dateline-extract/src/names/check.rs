//! Runs the examples of the rules and the corpus of a pack.

use super::{Finder, Memo};
use dateline_lang::{Pack, PackFiles, parse_corpus};
use dateline_model::{Document, Interval, Mention, MentionKind};

/// What is wrong with the examples of this pack's rules and with its corpus; empty where all hold.
pub(super) fn check(finder: &Finder, pack: &Pack, files: &PackFiles) -> Vec<String> {
    let mut failures = Vec::new();
    for rule in finder.bodies.rules.iter().chain(&finder.people.rules) {
        for example in &rule.examples.tables() {
            let get = |key: &str| example.get(key).and_then(|v| v.as_str());
            let text = get("text").unwrap_or_default();
            let (found, said) = run(finder, pack, text);
            let fits = |m: &Mention| {
                get("mention").is_none_or(|w| m.span.of(text) == w) && get("entity").is_none_or(|e| m.entity == e)
            };
            let wanted = found.iter().find(|m| fits(m));
            let problem = match wanted {
                None => Some("is not found".to_string()),
                Some(m) if m.rule != rule.id => Some(format!("is found by `{}`", m.rule)),
                Some(_) => None,
            };
            if let Some(problem) = problem {
                let mention = get("mention").unwrap_or(text);
                failures.push(format!(
                    "{}: rule `{}`: “{mention}” {problem}\n  text: {text}\n  found: {said}",
                    rule.path, rule.id
                ));
            }
        }
    }
    let path = format!("{}/names/corpus.md", pack.tag);
    let Some(content) = files.get(&path) else {
        return failures;
    };
    let cases = match parse_corpus(content) {
        Ok(cases) => cases,
        Err(e) => return vec![format!("{path}: {e}")],
    };
    for case in &cases {
        let (found, said) = run(finder, pack, &case.text);
        let mut problems = Vec::new();
        for mark in &case.marks {
            let mut parts = mark.label.split_whitespace();
            let (kind, entity, metonym) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
            let hit = found.iter().any(|m| {
                m.span == mark.span
                    && m.kind.as_str() == kind
                    && entity.is_none_or(|e| m.entity == e)
                    && metonym.is_none_or(|e| m.metonym_for.as_deref() == Some(e))
            });
            if !hit {
                problems.push(format!("[{}]{{{}}} is not found", mark.span.of(&case.text), mark.label));
            }
        }
        for m in found
            .iter()
            .filter(|m| m.kind != MentionKind::Role && m.inside.is_none())
        {
            if !case.marks.iter().any(|mark| mark.span == m.span) {
                problems.push(format!(
                    "“{}” is taken for a name by `{}`",
                    m.span.of(&case.text),
                    m.rule
                ));
            }
        }
        if !problems.is_empty() {
            failures.push(format!(
                "{path}:{}: {}: {}\n  text: {}\n  found: {said}\n  help: mark names as [words]{{kind entity}}; what is not marked must not be found",
                case.line,
                case.heading,
                problems.join("; "),
                case.text
            ));
        }
    }
    failures
}

fn run(finder: &Finder, pack: &Pack, text: &str) -> (Vec<Mention>, String) {
    let document = Document {
        text: text.to_string(),
        ..Document::default()
    };
    let mut words = pack.words(text);
    let found = finder.find(pack, &mut words, &document, &[], Interval::default(), &Memo::default());
    let said = found
        .iter()
        .map(|m| {
            format!(
                "[{}]{{{} {}}} by {}",
                m.span.of(text),
                m.kind.as_str(),
                m.entity,
                m.rule
            )
        })
        .collect::<Vec<_>>()
        .join(", ");
    (found, said)
}
