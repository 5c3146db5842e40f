//! Runs the examples of the rules and the corpus of a pack.

use super::{Tagger, rules};
use dateline_lang::{Pack, PackFiles, parse_corpus};
use dateline_model::{Basis, Document, Interval, Published, Timex};

/// What is expected of one span: its words, type, value, and `mod` where it is asked for.
struct Expected {
    words: Option<String>,
    start: Option<usize>,
    kind: Option<String>,
    value: String,
    modifier: Option<String>,
}

pub(super) fn check(tagger: &Tagger, pack: &Pack, files: &PackFiles) -> Vec<String> {
    let mut failures = Vec::new();
    match rules(files, &pack.tag) {
        Err(e) => failures.push(e.to_string()),
        Ok(rules) => {
            for rule in rules
                .iter()
                .filter(|r| pack.tag == "und" || !r.path.starts_with("und/"))
            {
                for example in &rule.examples.tables() {
                    let get = |key: &str| example.get(key).and_then(|v| v.as_str()).map(String::from);
                    let text = get("text").unwrap_or_default();
                    let (found, said) = run(tagger, pack, &text, get("anchor").as_deref());
                    let expected = get("value").map(|value| Expected {
                        words: get("words"),
                        start: None,
                        kind: get("type"),
                        value,
                        modifier: get("mod"),
                    });
                    let problem = match &expected {
                        None if found.is_empty() => None,
                        None => Some("nothing may be found here".to_string()),
                        Some(e) => {
                            let by_rule =
                                rule.body.is_not() || found.iter().any(|t| t.rule.as_str().contains(rule.id.as_str()));
                            match () {
                                () if !found.iter().any(|t| fits(t, e, &text)) => {
                                    Some(format!("{} is not found", e.value))
                                }
                                () if !by_rule => Some("another rule reads it".to_string()),
                                () => None,
                            }
                        }
                    };
                    if let Some(problem) = problem {
                        failures.push(format!(
                            "{}: rule `{}`: {problem}\n  text: {text}\n  found: {said}",
                            rule.path, rule.id
                        ));
                    }
                }
            }
        }
    }
    let path = format!("{}/time/corpus.md", pack.tag);
    let Some(content) = files.get(&path) else {
        return failures;
    };
    let cases = match parse_corpus(content) {
        Ok(cases) => cases,
        Err(e) => {
            failures.push(format!("{path}: {e}"));
            return failures;
        }
    };
    for case in &cases {
        let anchor = case.config.get("anchor").and_then(|v| v.as_str());
        let (found, said) = run(tagger, pack, &case.text, anchor);
        let mut used = vec![false; found.len()];
        let mut problems = Vec::new();
        for mark in &case.marks {
            let mut parts = mark.label.split_whitespace();
            let expected = Expected {
                words: Some(mark.span.of(&case.text).to_string()),
                start: Some(mark.span.start as usize),
                kind: parts.next().map(String::from),
                value: parts.next().unwrap_or_default().to_string(),
                modifier: parts.next().map(String::from),
            };
            match found.iter().position(|t| fits(t, &expected, &case.text)) {
                Some(at) => used[at] = true,
                None => problems.push(format!("[{}]{{{}}} is not found", mark.span.of(&case.text), mark.label)),
            }
        }
        for (t, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
            problems.push(format!("\"{}\" is not marked", t.span.of(&case.text)));
        }
        if !problems.is_empty() {
            failures.push(format!(
                "{path}:{} ({}): {}\n  text: {}\n  found: {said}\n  help: correct the mark, or the rule that stands behind the value",
                case.line,
                case.heading,
                problems.join("; "),
                case.text
            ));
        }
    }
    failures
}

fn fits(t: &Timex, e: &Expected, text: &str) -> bool {
    t.value == e.value
        && e.start.is_none_or(|s| t.span.start as usize == s)
        && e.words.as_deref().is_none_or(|w| t.span.of(text) == w)
        && e.kind.as_deref().is_none_or(|k| t.kind.as_str() == k)
        && e.modifier
            .as_deref()
            .is_none_or(|m| t.modifier.is_some_and(|x| x.as_str() == m))
}

/// The timexes of a text against an anchor (a day, or a date and time whose day counts), and how they print.
fn run(tagger: &Tagger, pack: &Pack, text: &str, anchor: Option<&str>) -> (Vec<Timex>, String) {
    let words = pack.words(text);
    let written = tagger.recognise(pack, &words);
    let day = anchor.and_then(|a| a.get(..10)?.parse().ok());
    let best = day.map(Interval::day).unwrap_or_default();
    let published = Published {
        best,
        interval: best,
        basis: Basis::Given,
        ..Published::default()
    };
    let (timexes, _) = tagger.resolve(pack, &words, &Document::default(), &written, &published);
    let said: Vec<String> = timexes
        .iter()
        .map(|t| {
            let modifier = t.modifier.map_or(String::new(), |m| format!(" {}", m.as_str()));
            format!(
                "[{}]{{{} {}{modifier}}} by {}",
                t.span.of(text),
                t.kind.as_str(),
                t.value,
                t.rule
            )
        })
        .collect();
    (
        timexes,
        if said.is_empty() {
            "nothing".into()
        } else {
            said.join(", ")
        },
    )
}
