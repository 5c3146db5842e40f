//! Runs `tests/stories/*.md`: a few short reports each, and what must be on the timeline made of them.
//!
//! The form of the files is told in `tests/stories/README.md`. A statement that opens with `fixme ` is known not to hold yet;
//! the test fails when it begins to hold, so that the word goes as soon as it can.

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::{AnnotatedDocument, Capture, Content, Event, Known, Named, State, Timeline};
use dateline_timeline::state::{Axioms, Chronicle};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// One `##` of a file.
#[derive(Default)]
struct Case {
    name: String,
    reports: Vec<Capture>,
    expect: Vec<String>,
}

/// The cases of a file.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.trim().to_string(),
                ..Case::default()
            });
        }
        let Some(fence) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let Some(case) = cases.last_mut() else { continue };
        match fence.split_once(' ').map_or(fence, |(word, _)| word) {
            "report" => case.reports.push(capture(fence, &block.join("\n"))),
            "expect" => {
                let stated = block.iter().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
                case.expect.extend(stated.map(|l| l.trim().to_string()));
            }
            other => panic!("a block `{other}` is neither a report nor an expectation"),
        }
    }
    cases
}

/// A report block: attributes on the fence, the record's text below.
fn capture(fence: &str, text: &str) -> Capture {
    let mut attributes: BTreeMap<&str, &str> = BTreeMap::new();
    let mut rest = fence.trim_start_matches("report");
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a closing quotation mark");
        attributes.insert(name.trim(), value);
        rest = after;
    }
    let get = |name: &str| attributes.get(name).map(|v| v.to_string());
    let id = get("id").expect("a report has an id");
    Capture {
        path: format!("{id}.json"),
        record: None,
        media_type: "application/json".into(),
        content: Content::Text(text.to_string()),
        known: Known {
            id: Some(id.clone()),
            url: get("url"),
            published: get("published"),
            retrieved: get("retrieved"),
            outlet: get("outlet"),
            language: get("language"),
            ..Known::default()
        },
        id,
    }
}

/// Reads and relates, as a build does.
fn timeline(extractor: &Extractor, captures: &[&Capture]) -> (Timeline, Vec<AnnotatedDocument>) {
    let mut reports: Vec<AnnotatedDocument> = captures.iter().map(|c| extractor.read(c)).collect();
    for (index, published) in dateline_timeline::story_dates(&reports) {
        reports[index] = extractor.reanchor(&reports[index], published);
    }
    (dateline_timeline::relate(&reports), reports)
}

/// "state DAY | fluent | subject | object | value", by slugs; an agreement's parties are parted by `+`.
fn stands(statement: &str, state: &dyn Fn(&str) -> State) -> bool {
    let fields: Vec<&str> = statement.split(" | ").map(str::trim).collect();
    let slug = |named: &Named| match named.parties.as_slice() {
        [] => named.entity.clone(),
        parties => parties.iter().map(|p| p.entity.as_str()).collect::<Vec<_>>().join("+"),
    };
    state(fields[0]).holdings.iter().any(|h| {
        let evidence = h.events.len() + h.standings.len();
        h.fluent.as_str() == fields[1]
            && slug(&h.subject) == fields[2]
            && h.object.entity == fields[3]
            && h.value.as_str() == fields[4]
            && evidence > 0
    })
}

/// A statement holds of the timeline. Events that it takes are marked, so that no other line takes them.
fn holds(statement: &str, timeline: &Timeline, state: &dyn Fn(&str) -> State, taken: &mut [bool]) -> bool {
    if let Some(statement) = statement.strip_prefix("state ") {
        return stands(statement, state);
    }
    let fields: Vec<&str> = statement.split(" | ").map(str::trim).collect();
    if fields[0] == "duplicates" {
        if fields[1] == "none" {
            return timeline.duplicates.is_empty();
        }
        let mut ids: Vec<&str> = fields[1].split_whitespace().collect();
        ids.sort_unstable();
        return timeline
            .duplicates
            .iter()
            .any(|d| d.reports == ids && d.kind.as_str() == fields[2]);
    }
    if let Some(when) = fields[0].strip_prefix("not ") {
        return !timeline
            .events
            .iter()
            .any(|e| (when == "*" || is_on(e, when)) && is_a(e, fields[1]));
    }
    let fits = |e: &Event| {
        is_on(e, fields[0])
            && is_a(e, fields[1])
            && fields[2].split('/').any(|s| s == e.status.as_str())
            && fields[3].split_whitespace().all(|count| counts(e, count))
            && fields.get(4).is_none_or(|d| disputes(e, d))
    };
    let found = timeline
        .events
        .iter()
        .enumerate()
        .position(|(i, e)| !taken[i] && fits(e));
    if let Some(index) = found {
        taken[index] = true;
    }
    found.is_some()
}

fn is_on(event: &Event, when: &str) -> bool {
    event
        .when
        .value
        .as_deref()
        .is_some_and(|v| v == when || v.split_once('T').is_some_and(|(day, _)| day == when))
}

fn is_a(event: &Event, types: &str) -> bool {
    types.split('/').any(|t| t == event.event.as_str())
}

fn counts(event: &Event, count: &str) -> bool {
    let (name, number) = count.split_once('=').expect("a count is name=number");
    let number: usize = number.parse().expect("a number");
    number
        == match name {
            "reports" => event.sources.reports,
            "outlets" => event.sources.outlets,
            "independent" => event.sources.independent,
            other => panic!("`{other}` is not counted"),
        }
}

fn disputes(event: &Event, wanted: &str) -> bool {
    let wanted = wanted
        .strip_prefix("disputes=")
        .expect("the last field begins with disputes=");
    if wanted == "none" {
        return event.disputes.is_empty();
    }
    wanted.split(',').all(|pair| {
        let (field, kind) = pair.split_once(':').expect("a dispute is field:kind");
        event
            .disputes
            .iter()
            .any(|d| d.field.as_str() == field && d.kind.as_str() == kind)
    })
}

/// What there is, for whoever mends a failure.
fn told(timeline: &Timeline) -> String {
    let mut out = String::new();
    for e in &timeline.events {
        let disputes: Vec<String> = e
            .disputes
            .iter()
            .map(|d| format!("{}:{}", d.field.as_str(), d.kind.as_str()))
            .collect();
        let (s, when) = (&e.sources, e.when.value.as_deref().unwrap_or("unknown"));
        let (event, status) = (e.event, e.status.as_str());
        let _ = writeln!(
            out,
            "      {when} | {event} | {status} | reports={} outlets={} independent={} | {} | {}",
            s.reports,
            s.outlets,
            s.independent,
            disputes.join(","),
            e.label
        );
        for (rule, other) in &e.refusals {
            let label = timeline
                .events
                .iter()
                .find(|o| o.id == *other)
                .map_or("", |o| o.label.as_str());
            let _ = writeln!(out, "        kept apart by {rule}: {label}");
        }
    }
    for d in &timeline.duplicates {
        let _ = writeln!(out, "      duplicates | {} | {}", d.reports.join(" "), d.kind.as_str());
    }
    out
}

#[test]
fn stories_come_out_as_their_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("tests/stories")
        .flatten()
        .map(|e| e.path())
        .collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"));
    files.sort();
    assert!(!files.is_empty(), "no story in {}", folder.display());
    let files_of_packs = PackFiles::builtin();
    let extractor = Extractor::new(&files_of_packs).expect("the packs load");
    let axioms = Axioms::load(&files_of_packs).expect("the axioms load");
    let mut failures = String::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for case in cases(&std::fs::read_to_string(&file).expect("a story can be read")) {
            assert!(
                !case.reports.is_empty() && !case.expect.is_empty(),
                "{name}: {}: nothing to test",
                case.name
            );
            let forward: Vec<&Capture> = case.reports.iter().collect();
            let backward: Vec<&Capture> = case.reports.iter().rev().collect();
            let (timeline, reports) = self::timeline(&extractor, &forward);
            let state = |day: &str| {
                let day = day.parse().expect("a day");
                dateline_timeline::state::state(&reports, &timeline, &axioms, day, None)
            };
            let mut failed = String::new();
            let (again, turned) = self::timeline(&extractor, &backward);
            let lanes = |reports: &[AnnotatedDocument]| Chronicle::new(reports, &timeline, &axioms, None).lanes();
            if timeline != again || lanes(&reports) != lanes(&turned) {
                failed.push_str("    the order of the reports shows\n");
            }
            let mut taken = vec![false; timeline.events.len()];
            for statement in &case.expect {
                match statement.strip_prefix("fixme ") {
                    Some(s) if holds(s, &timeline, &state, &mut taken) => {
                        let _ = writeln!(failed, "    holds by now, take the fixme off: {s}");
                    }
                    None if !holds(statement, &timeline, &state, &mut taken) => {
                        let _ = writeln!(failed, "    does not hold: {statement}");
                        if let Some((day, _)) = statement.strip_prefix("state ").and_then(|s| s.split_once(" | ")) {
                            for h in state(day).holdings {
                                let (fluent, value) = (h.fluent.as_str(), h.value.as_str());
                                let (subject, object) = (h.subject.name, h.object.entity);
                                let _ =
                                    writeln!(failed, "      state {day} | {fluent} | {subject} | {object} | {value}");
                            }
                        }
                    }
                    _ => {}
                }
            }
            if !failed.is_empty() {
                let _ = write!(
                    failures,
                    "{name}: {}\n{failed}    there is:\n{}",
                    case.name,
                    told(&timeline)
                );
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}
