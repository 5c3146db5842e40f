//! The same reports give the same bytes, whatever their order, the number of threads, and the number of builds.

mod support;

use std::path::Path;
use support::{Folder, dateline};

const REPORTS: [(&str, &str); 6] = [
    (
        "a.txt",
        "Nga bắt đầu rút quân khỏi Nagorno-Karabakh\nNgày 17/4/2024, người phát ngôn Điện Kremlin Dmitry Peskov xác nhận quân đội Nga đang rút khỏi Nagorno-Karabakh.\n",
    ),
    (
        "b.txt",
        "Russia begins to withdraw peacekeepers\nRussia has begun to withdraw its peacekeepers from Nagorno-Karabakh, Kremlin spokesman Dmitry Peskov said on Wednesday, 17 April 2024.\n",
    ),
    (
        "c.json",
        r#"{"id": "c-1", "url": "https://c.example/2024/06/12/x", "title": "Nga rút xong quân", "text": "Quá trình rút quân đã hoàn tất ngày 12/6, Bộ Quốc phòng Azerbaijan cho hay.", "published": "2024-06-12"}"#,
    ),
    (
        "d.jsonl",
        "{\"id\": \"d-1\", \"text\": \"Gần 2.000 lính Nga đã rời khu vực, hãng APA đưa tin.\", \"retrieved\": \"2024-06-20\"}\n{\"id\": \"d-1\", \"text\": \"Khoảng 2.000 lính Nga đã rời khu vực, hãng APA đưa tin.\", \"retrieved\": \"2024-06-21\"}\n",
    ),
    (
        "e/copy-of-a.txt",
        "Nga bắt đầu rút quân khỏi Nagorno-Karabakh\nNgày 17/4/2024, người phát ngôn Điện Kremlin Dmitry Peskov xác nhận quân đội Nga đang rút khỏi Nagorno-Karabakh.\n",
    ),
    (
        "f.md",
        "# Hai bên ngừng bắn\n\nHôm 20/9/2023 lực lượng ly khai đồng ý hạ vũ khí, Bộ Quốc phòng Azerbaijan thông báo.\n",
    ),
];

/// Builds `archive` in as many runs as there are groups of inputs.
fn build(folder: &Folder, archive: &str, groups: &[Vec<String>], jobs: &str) -> [String; 4] {
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
    [
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
    assert!(first[1].contains("\"reports\""));
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
