//! `dateline state` as a user runs it.

mod support;

use serde_json::Value;
use support::{Folder, dateline};

const REPORTS: &str = r#"{"id": "a", "outlet": "Courier", "published": "2022-06-12", "language": "en", "text": "Ceasefire signed\nMali and the rebels signed a ceasefire agreement on June 10, officials said."}
{"id": "b", "outlet": "Post", "published": "2023-01-02", "language": "en", "text": "Peacekeepers begin to leave\nUnited Nations peacekeepers began withdrawing from Kidal on December 28, a spokesman said."}
{"id": "c", "outlet": "Post", "published": "2023-02-11", "language": "en", "text": "Peacekeepers gone\nUnited Nations peacekeepers completed their withdrawal from Kidal on February 9, the mission said."}
"#;

fn archive(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write("reports.jsonl", REPORTS.as_bytes());
    let archive = folder.path("archive");
    let run = dateline(&["build", &folder.path("reports.jsonl"), "--into", &archive]);
    assert_eq!(run.status, 0, "{}", run.err);
    (folder, archive)
}

fn values(archive: &str, arguments: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["state", archive, "--format", "json"];
    all.extend(arguments);
    let run = dateline(&all);
    assert_eq!(run.status, 0, "{}", run.err);
    let state: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let word = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let fluents = state["fluents"].as_array().expect("a list").iter();
    fluents.map(|f| (word(&f["fluent"]), word(&f["value"]))).collect()
}

#[test]
fn it_tells_what_held_on_a_day() {
    let (_folder, archive) = archive("state");
    let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
    assert_eq!(
        values(&archive, &["--on", "2023-01-15"]),
        [pair("presence", "leaving"), pair("in-force", "in force")]
    );
    assert_eq!(
        values(&archive, &["--on", "2023-03-01"]),
        [pair("presence", "absent"), pair("in-force", "in force")]
    );
    assert_eq!(
        values(&archive, &["--on", "2023-03-01", "--known-by", "2023-01-31"]),
        [pair("presence", "leaving"), pair("in-force", "in force")]
    );
    assert_eq!(
        values(&archive, &["--on", "2023-03-01", "--known-by", "2022-01-01"]),
        []
    );
    let text = dateline(&["state", &archive, "--on", "2023-01-15"]);
    for told in [
        "2023-01-15",
        "Presence of forces",
        "leaving",
        "Kidal",
        "began 2022-12-28",
        "began withdrawing from Kidal",
    ] {
        assert!(text.out.contains(told), "{told}\n{}", text.out);
    }
}

#[test]
fn what_is_told_to_stand_is_shown_with_its_sentence() {
    let folder = Folder::new("state-stands");
    folder.write(
        "a.jsonl",
        br#"{"id": "a", "outlet": "Courier", "published": "2021-03-10", "language": "en", "text": "Salaries unpaid\nTeachers wait. The Houthis still control Sanaa, aid workers said."}
"#,
    );
    let archive = folder.path("archive");
    assert_eq!(
        dateline(&["build", &folder.path("a.jsonl"), "--into", &archive]).status,
        0
    );
    let run = dateline(&["state", &archive, "--on", "2021-04-01", "--format", "json"]);
    let state: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let fluent = &state["fluents"][0];
    assert_eq!(fluent["value"], "holds", "{}", run.out);
    let mention = &fluent["mentions"][0];
    let read = dateline(&["read", &folder.path("a.jsonl")]);
    let report: Value = serde_json::from_str(&read.out).expect("one JSON object");
    let text: Vec<char> = report["text"].as_str().unwrap_or_default().chars().collect();
    let at = |key: &str| usize::try_from(mention[key].as_u64().expect("a position")).expect("small");
    assert_eq!(mention["report"], "a");
    assert_eq!(
        text[at("start")..at("end")].iter().collect::<String>(),
        "Houthis still control Sanaa"
    );
    assert_eq!(report["states"][0]["rule"], "en.state.holds");
    let text = dateline(&["state", &archive, "--on", "2021-04-01"]);
    assert!(
        text.out.contains("Courier  The Houthis still control Sanaa"),
        "{}",
        text.out
    );
    // The page links the report that tells it.
    assert!(
        folder
            .read("archive/index.html")
            .contains("<a class=\"to\" href=\"#r1\">[1]</a>")
    );
}

#[test]
fn it_says_what_is_missing() {
    let (folder, archive) = archive("state-wrong");
    for (arguments, status, told) in [
        (vec!["state", &archive], 2, "--on"),
        (vec!["state", &archive, "--on", "soon"], 2, "YYYY-MM-DD"),
        (
            vec!["state", &folder.path("gone"), "--on", "2023-01-15"],
            1,
            "dateline build",
        ),
    ] {
        let run = dateline(&arguments);
        assert_eq!(run.status, status, "{arguments:?}\n{}", run.err);
        assert!(run.err.contains(told), "{told}\n{}", run.err);
    }
}
