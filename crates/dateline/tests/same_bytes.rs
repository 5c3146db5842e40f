//! The same reports give the same bytes, whatever their order, the number of threads, and the number of builds.

mod support;

use std::path::Path;
use support::{Folder, dateline};

const REPORTS: [(&str, &str); 6] = [
    (
        "a.txt",
        "Pháp bắt đầu rời các căn cứ ở Mali\nNgày 17/2/2022, người phát ngôn chính phủ Gabriel Attal xác nhận quân đội Pháp đang rời Mali.\n",
    ),
    (
        "b.txt",
        "France begins to pull out its troops\nFrance has begun to pull its troops out of Mali, government spokesman Gabriel Attal said on Thursday, 17 February 2022.\n",
    ),
    (
        "c.json",
        r#"{"id": "c-1", "url": "https://c.example/2022/08/15/x", "title": "Pháp rút xong quân", "text": "Quá trình rút quân đã hoàn tất ngày 15/8, Bộ Quốc phòng Pháp cho hay.", "published": "2022-08-15"}"#,
    ),
    (
        "d.jsonl",
        "{\"id\": \"d-1\", \"text\": \"Gần 2.000 lính Pháp đã rời khu vực, hãng AFP đưa tin.\", \"retrieved\": \"2022-08-20\"}\n{\"id\": \"d-1\", \"text\": \"Khoảng 2.000 lính Pháp đã rời khu vực, hãng AFP đưa tin.\", \"retrieved\": \"2022-08-21\"}\n",
    ),
    (
        "e/copy-of-a.txt",
        "Pháp bắt đầu rời các căn cứ ở Mali\nNgày 17/2/2022, người phát ngôn chính phủ Gabriel Attal xác nhận quân đội Pháp đang rời Mali.\n",
    ),
    (
        "f.md",
        "# Hai bên ngừng bắn\n\nHôm 20/6/2015 lực lượng ly khai đồng ý hạ vũ khí, Bộ Quốc phòng Pháp thông báo.\n",
    ),
];

/// Builds `archive` in as many runs as there are groups of inputs.
fn build(folder: &Folder, archive: &str, groups: &[Vec<String>], jobs: &str) -> [String; 5] {
    let into = folder.path(archive);
    for group in groups {
        let mut arguments = vec!["build", "--into", &into, "--jobs", jobs, "--quiet"];
        arguments.extend(group.iter().map(String::as_str));
        let run = dateline(&arguments);
        assert_eq!(run.status, 0, "{}", run.err);
    }
    let exported = |format| {
        let run = dateline(&["timeline", &into, "--format", format]);
        assert_eq!(run.status, 0, "{}", run.err);
        run.out
    };
    let state = dateline(&["state", &into, "--on", "2022-09-01", "--format", "json"]);
    assert_eq!(state.status, 0, "{}", state.err);
    [
        state.out,
        exported("text"),
        exported("json"),
        exported("csv"),
        folder.read(&format!("{archive}/index.html")),
    ]
}

fn check(folder: &Folder, inputs: &[String]) {
    let all = inputs.to_vec();
    let backwards: Vec<String> = inputs.iter().rev().cloned().collect();
    let middle = inputs.len() / 2;
    let turned: Vec<String> = inputs[middle..].iter().chain(&inputs[..middle]).cloned().collect();
    let first = build(folder, "first", std::slice::from_ref(&all), "1");
    assert!(first[2].contains("\"reports\""));
    let others = [
        ("two-threads", vec![all.clone()], "2"),
        ("backwards", vec![backwards], "2"),
        ("turned", vec![turned.clone()], "1"),
        (
            "two-builds",
            vec![inputs[middle..].to_vec(), inputs[..middle].to_vec()],
            "2",
        ),
        (
            "four-builds",
            turned
                .chunks(inputs.len().div_ceil(4))
                .map(<[String]>::to_vec)
                .collect(),
            "1",
        ),
        ("twice", vec![all.clone(), all], "2"),
    ];
    for (name, groups, jobs) in others {
        assert!(build(folder, name, &groups, jobs) == first, "{name} gives other bytes");
    }
}

#[test]
fn made_up_reports() {
    let folder = Folder::new("same");
    for (name, text) in REPORTS {
        folder.write(&format!("in/{name}"), text.as_bytes());
    }
    let inputs: Vec<String> = REPORTS
        .iter()
        .map(|(name, _)| folder.path(&format!("in/{name}")))
        .collect();
    check(&folder, &inputs);
}

/// Eight articles of one outlet with what it puts around all of them, so that each part of them teaches something else.
#[test]
fn an_outlet_that_repeats_itself() {
    let folder = Folder::new("repeats");
    let towns = ["Varda", "Kelm", "Tamsin", "Halvik", "Mirova", "Seld", "Ondra", "Pelim"];
    let inputs: Vec<String> = towns
        .iter()
        .enumerate()
        .map(|(n, town)| {
            let text = format!(
                "The Valley Post of Rivertown\nRebels shell a bridge in {town}\nRebels shelled a bridge in {town} on {} May 2021 and wounded \
                 {n} people, the mayor of {town} said in the evening.\nA baker from {town} saw the smoke and ran to the river.\nPlease donate \
                 or subscribe to our newsletter to read more from {}.\nPlease donate or subscribe to our newsletter.\n",
                n + 3,
                towns[n / 3],
            );
            folder.write(&format!("in/{town}.txt"), text.as_bytes());
            folder.path(&format!("in/{town}.txt"))
        })
        .collect();
    check(&folder, &inputs);
}

/// The same where a record is revised: its earlier version stays, and is read with what all teach, as the others are.
#[test]
fn an_outlet_that_repeats_itself_and_revises() {
    let folder = Folder::new("revises");
    let towns = [
        "Varda", "Kelm", "Tamsin", "Halvik", "Mirova", "Seld", "Obrin", "Talva", "Wessel",
    ];
    let told = |id: &str, town: &str, wounded: usize, day: usize| {
        let text = format!(
            "The Valley Post of Rivertown\n\nRebels shell a bridge in {town}\n\nRebels shelled a bridge in {town} on {day} May 2021 and \
             wounded {wounded} people, the mayor of {town} said in the evening.\n\nA baker from {town} saw the smoke and ran to the river \
             with {wounded} others.\n\nPlease donate or subscribe to our newsletter.",
        );
        serde_json::json!({"id": id, "outlet": "Valley Post", "retrieved": format!("2021-05-{day:02}"), "text": text})
    };
    let mut records: Vec<(String, serde_json::Value)> = Vec::new();
    for (n, town) in towns.iter().enumerate() {
        records.push((format!("{town}.json"), told(town, town, n + 2, n + 3)));
    }
    // The first and the last in three versions: one only counts otherwise, one has another town.
    for (id, version, wounded) in [
        ("Varda", "Varda", 40),
        ("Varda", "Ondra", 60),
        ("Seld", "Seld", 50),
        ("Seld", "Pelim", 70),
    ] {
        let day = wounded / 10 + 10;
        records.push((format!("{id}-{day}.json"), told(id, version, wounded, day)));
    }
    let inputs: Vec<String> = records
        .iter()
        .map(|(name, record)| {
            folder.write(&format!("in/{name}"), record.to_string().as_bytes());
            folder.path(&format!("in/{name}"))
        })
        .collect();
    check(&folder, &inputs);
    let own = dateline(&["explain", &folder.path("first"), "--lines"]).out;
    assert!(own.contains("left out of 13 reports"), "{own}");
}

#[test]
fn the_example_reports() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let mut inputs: Vec<String> = std::fs::read_dir(examples)
        .map(|entries| entries.flatten().map(|e| e.path().display().to_string()).collect())
        .unwrap_or_default();
    inputs.sort();
    if !inputs.is_empty() {
        check(&Folder::new("examples"), &inputs);
    }
}

#[test]
fn reports_stay_until_they_are_pruned_and_kept_bytes_are_enough_to_read_again() {
    let folder = Folder::new("prune");
    for (name, text) in REPORTS {
        folder.write(&format!("in/{name}"), text.as_bytes());
    }
    let into = folder.path("archive");
    let run = |arguments: &[&str]| {
        let run = dateline(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.err);
        run.out
    };
    run(&["build", &folder.path("in"), "--into", &into]);
    let full = run(&["timeline", &into, "--format", "json"]);
    let again = dateline(&["build", &folder.path("in"), "--into", &into]);
    assert!(
        again.err.contains("0 reports read") && again.err.contains("7 kept already"),
        "{}",
        again.err
    );
    run(&["build", &folder.path("in/a.txt"), "--into", &into]);
    assert_eq!(
        run(&["timeline", &into, "--format", "json"]),
        full,
        "what the input no longer holds stays"
    );
    run(&["build", "--again", "--into", &into]);
    assert_eq!(
        run(&["timeline", &into, "--format", "json"]),
        full,
        "kept bytes read the same"
    );
    run(&["build", &folder.path("in/a.txt"), "--into", &into, "--prune"]);
    let pruned = run(&["timeline", &into, "--format", "json"]);
    assert!(!pruned.contains("d-1"), "{pruned}");
}
