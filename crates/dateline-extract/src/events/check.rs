//! Runs a pack's event examples and corpus: for the tests of the built-in packs, and for a user's own when they are loaded.

use crate::Extractor;
use dateline_lang::{Mark, Pack, PackFiles, parse_corpus, parse_marks};
use dateline_model::{Capture, Content, Known};

/// The day on which all examples were published; any day does that is no holiday.
const PUBLISHED: &str = "2024-05-20";

/// What of a pack's examples and corpus does not hold, each with its place, its text and what was found.
///
/// A rule's example stands above the pack's `setting`, a line that makes a report one about war and politics, and may hold
/// more events than are marked; a corpus case stands alone and marks them all. A mark is `[words]{TYPE status}`.
pub(crate) fn check(extractor: &Extractor, pack: &Pack, files: &PackFiles) -> Vec<String> {
    let mut failures = Vec::new();
    let setting = pack.traits.setting.as_deref().unwrap_or("");
    for (path, content) in files.under(&format!("{}/events/", pack.tag)) {
        if path.ends_with(".md") {
            match parse_corpus(content) {
                Ok(cases) => failures.extend(cases.iter().filter_map(|case| {
                    let error = holds(extractor, &pack.tag, &case.text, &case.marks, None).err()?;
                    Some(format!("{path}:{}: {}\n  {error}", case.line, case.text))
                })),
                Err(error) => failures.push(format!("{path}: {error}")),
            }
            continue;
        }
        let Ok(table) = content.parse::<toml::Table>() else {
            continue;
        };
        let rules = table.get("rule").and_then(toml::Value::as_array);
        for rule in rules.into_iter().flatten() {
            let examples = rule.get("examples").and_then(toml::Value::as_array);
            for example in examples.into_iter().flatten() {
                let line = example.as_str().or_else(|| example.get("text")?.as_str()).unwrap_or("");
                let (text, marks) = parse_marks(line);
                if let Err(error) = holds(extractor, &pack.tag, &text, &marks, Some(setting)) {
                    let id = rule.get("id").and_then(toml::Value::as_str).unwrap_or("");
                    failures.push(format!("{path}: {id}: {text}\n  {error}"));
                }
            }
        }
    }
    failures
}

/// What the coder finds in a text, against its marks; above `setting` where it is an example.
fn holds(extractor: &Extractor, tag: &str, text: &str, marks: &[Mark], setting: Option<&str>) -> Result<(), String> {
    let whole = match setting {
        Some(line) if !line.is_empty() => format!("{text}\n\n{line}\n"),
        _ => text.to_string(),
    };
    let capture = Capture {
        id: "example".into(),
        path: "example.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content: Content::Text(whole),
        known: Known {
            language: Some(tag.into()),
            published: Some(PUBLISHED.into()),
            ..Known::default()
        },
    };
    let report = extractor.read(&capture);
    let read = &report.document.text;
    if !read.starts_with(text.trim()) {
        return Err(format!("cleaning changed the example to {read:?}"));
    }
    let got: Vec<_> = report
        .events
        .iter()
        .map(|e| (e.trigger, e.event.as_str(), e.status.as_str(), e.rule.as_str()))
        .collect();
    let mut used = vec![false; got.len()];
    for mark in marks {
        let mut label = mark.label.split_whitespace();
        let (kind, status) = (label.next().unwrap_or(""), label.next());
        match (0..got.len()).find(|&i| !used[i] && got[i].0.overlaps(mark.span) && got[i].1 == kind) {
            Some(i) if status.is_none_or(|s| s == got[i].2) => used[i] = true,
            Some(i) => {
                return Err(format!(
                    "`{}` is {}, not {}",
                    mark.span.of(text),
                    got[i].2,
                    status.unwrap_or("")
                ));
            }
            None => return Err(format!("`{}` is no {kind}; found {got:?}", mark.span.of(text))),
        }
    }
    if setting.is_some() && !marks.is_empty() {
        return Ok(());
    }
    match (0..got.len()).find(|&i| !used[i] && got[i].0.end as usize <= text.len()) {
        Some(i) => Err(format!(
            "`{}` is taken for {} by {}",
            got[i].0.of(read),
            got[i].1,
            got[i].3
        )),
        None => Ok(()),
    }
}
