//! The worked example of `packs/README.md`: its files make a pack, and the pack reads what the page says that it reads.

use dateline_extract::{Extractor, Room};
use dateline_lang::{PackError, PackFiles};
use dateline_model::{Capture, Content, Known};

const PAGE: &str = include_str!("../../../packs/README.md");

/// The files of the page: a line that is only a path in backquotes, then a fenced block.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        let path = line.strip_prefix('`').and_then(|l| l.strip_suffix('`'));
        let Some(path) = path.filter(|p| p.starts_with("eo/") || *p == "report.jsonl") else {
            continue;
        };
        let fence = lines.by_ref().find(|l| !l.is_empty()).expect("a block behind the path");
        let marks: String = fence.chars().take_while(|c| *c == '`').collect();
        assert!(marks.len() >= 3, "{path} has no block");
        let mut content = String::new();
        for line in lines.by_ref().take_while(|l| *l != marks) {
            content.push_str(line);
            content.push('\n');
        }
        files.push((path.to_string(), content));
    }
    files
}

/// The built-in packs, and the page's.
fn packs(edit: impl Fn(&str, String) -> String) -> PackFiles {
    let mut packs = PackFiles::builtin();
    for (path, content) in files().into_iter().filter(|(p, _)| p.starts_with("eo/")) {
        let content = edit(&path, content);
        packs.insert(path, content);
    }
    packs
}

/// Rows of the page's table of values: words, value.
fn rows() -> Vec<(&'static str, &'static str)> {
    let table = PAGE.split("| text | value |\n|---|---|\n").nth(1).expect("the table");
    let row = |line: &'static str| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ");
    table.lines().map_while(row).collect()
}

#[test]
fn the_pack_of_the_page_holds_and_reads_its_report() {
    let files = packs(|_, content| content);
    let extractor = Extractor::new(&files).expect("the pack loads");
    extractor.check(&files).unwrap_or_else(|e| panic!("{e}"));
    let record = self::files().pop().expect("the report is the last file");
    assert_eq!(record.0, "report.jsonl");
    let record: serde_json::Value = serde_json::from_str(&record.1).expect("a JSON line");
    let text = |key: &str| record[key].as_str().expect("a string").to_string();
    let report = extractor.read_to(
        &Capture {
            id: "x".into(),
            path: "report.jsonl".into(),
            record: Some(0),
            media_type: "application/json".into(),
            content: Content::Text(text("text")),
            known: Known {
                published: Some(text("published")),
                language: Some(text("language")),
                ..Known::default()
            },
        },
        Room::Time,
    );
    let found: Vec<(&str, &str)> = report
        .timexes
        .iter()
        .map(|t| (t.span.of(&report.document.text), t.value.as_str()))
        .collect();
    assert_eq!(found, rows());
}

#[test]
fn a_wrong_example_is_told_as_the_page_says() {
    let files = packs(|_, content| content.replace("value = \"2022-06-08\"", "value = \"2022-06-07\""));
    let extractor = Extractor::new(&files).expect("the pack loads");
    let Err(PackError::Examples { count: 1, first }) = extractor.check(&files) else {
        panic!("the wrong example holds");
    };
    assert!(
        PAGE.contains(&first),
        "the page shows another message than this one:\n{first}"
    );
}
