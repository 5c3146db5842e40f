//! The program as a user runs it: what it prints, where, and with which exit status.

mod support;

use serde_json::Value;
use std::io::Write;
use support::{Folder, dateline, lines};

const REPORT: &str = "Pháp rời khỏi Mali\nQuá trình rút quân đã hoàn tất ngày 15/8/2022, Bộ Quốc phòng Pháp cho hay.\n";

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let folder = Folder::new("bad");
    folder.write("01-empty.txt", b"");
    folder.write("02-binary.txt", b"ab\0\x01\x02\x03cd");
    folder.write(
        "03-latin.txt",
        b"H\xE0 N\xF4i, ng\xC3\xA0y m\xE1\xBB\x99t th\xC3\xA1ng hai.",
    );
    folder.write("04-nfd.txt", "Ha\u{300} No\u{323}\u{302}i hôm nay yên tĩnh.".as_bytes());
    folder.write(
        "05-lines.jsonl",
        "{\"text\": \"một\"}\nnot json\n{\"text\": \"hai\"}\n".as_bytes(),
    );
    folder.write("06-good.txt", REPORT.as_bytes());
    folder.write("07-cut.txt.gz", &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
    let run = dateline(&["read", &folder.path(""), &folder.path("gone.txt")]);
    assert_eq!(run.status, 0, "{}", run.err);
    for told in [
        "01-empty.txt: is empty",
        "02-binary.txt: looks like a binary file",
        "03-latin.txt: is not valid UTF-8 at byte 1 (2 places)",
        "05-lines.jsonl:2: is not JSON",
        "07-cut.txt.gz: is damaged or cut off",
        "gone.txt: there is no such file or folder",
        "5 reports read",
        "6 warnings",
    ] {
        assert!(run.err.contains(told), "{told}\n{}", run.err);
    }
    let read: Vec<(String, Value)> = lines(&run.out)
        .into_iter()
        .map(|o| {
            (
                o["path"]
                    .as_str()
                    .unwrap_or_default()
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_string(),
                o["record"].clone(),
            )
        })
        .collect();
    let expected = [
        ("03-latin.txt", Value::Null),
        ("04-nfd.txt", Value::Null),
        ("05-lines.jsonl", 0.into()),
        ("05-lines.jsonl", 2.into()),
        ("06-good.txt", Value::Null),
    ];
    assert_eq!(read, expected.map(|(path, record)| (path.to_string(), record)));
}

#[test]
fn a_hundred_megabytes_in_one_line_are_cut_with_a_warning() {
    let folder = Folder::new("long");
    let file = folder.create("long.txt");
    let mut packed = std::io::BufWriter::new(file);
    for _ in 0..100 {
        packed
            .write_all(&[b' '; 1_000_000])
            .expect("the test's folder can be written");
        packed.write_all(b"x").expect("the test's folder can be written");
    }
    drop(packed);
    folder.write("short.txt", REPORT.as_bytes());
    let run = dateline(&[
        "read",
        &folder.path("short.txt"),
        &folder.path("long.txt"),
        "--only",
        "date",
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.err
            .contains("long.txt: is longer than 8 MiB; only its beginning was read"),
        "{}",
        run.err
    );
    assert_eq!(lines(&run.out).len(), 2);
}

#[test]
fn the_exit_status_is_that_of_the_contract() {
    let folder = Folder::new("status");
    folder.write("a.txt", REPORT.as_bytes());
    folder.write("file", b"no folder");
    let archive = folder.path("archive");
    let check = |arguments: &[&str], status: i32, told: &str| {
        let run = dateline(arguments);
        assert_eq!(run.status, status, "{arguments:?}\n{}", run.err);
        assert!(
            run.err.contains(told) || run.out.contains(told),
            "{arguments:?}: {told}\n{}",
            run.err
        );
    };
    check(&["read", &folder.path("gone")], 1, "nothing could be read");
    check(&["read"], 2, "--help");
    check(&["read", &folder.path("a.txt"), "--only", "times"], 2, "time, names");
    check(
        &["read", &folder.path("a.txt"), "--retrieved", "yesterday"],
        2,
        "YYYY-MM-DD",
    );
    check(
        &["read", &folder.path("a.txt"), "--packs", &folder.path("gone")],
        1,
        "--packs",
    );
    check(&["timeline", &archive], 1, "dateline build");
    check(&["timeline", &archive, "--type", "WAR"], 2, "RETREAT");
    check(
        &["build", &folder.path("gone"), "--into", &archive],
        1,
        "nothing could be read",
    );
    check(
        &["build", &folder.path("a.txt"), "--into", &folder.path("file/archive")],
        1,
        "the archive in",
    );
    check(&["build", &folder.path("a.txt"), "--into", &archive], 0, "1 report");
    check(&["explain", &archive, "--event", "none"], 1, "no event none");
    check(&["explain", &archive, "--event", "e"], 0, "together because");
    check(&["explain", &archive], 2, "--event ID");
    check(&["read", &archive], 1, "is an archive");
    check(&["timeline", &archive, "--from", "2024-02-30"], 2, "no such day");
    check(&["timeline", &archive, "--from", "2024-02"], 2, "YYYY-MM-DD");
    check(
        &["timeline", &archive, "--from", "2024-02-02", "--to", "2024-02-01"],
        2,
        "no day is between",
    );
    check(&["timeline", &archive, "--entries", "0"], 2, "--entries");
    check(&["timeline", &archive, "--story", "s99"], 0, "stories: s1");
    check(
        &["state", &archive, "--on", "2022-09-01", "--known-by", "1999-01-01"],
        0,
        "published by 1999-01-01 tells of no control",
    );
    check(
        &["explain", &folder.path("a.txt"), "--offset", "9999"],
        0,
        "code points",
    );
    check(&["explain", &folder.path("a.txt"), "--offset", "3"], 0, "a.txt");
    check(&["timeline", &archive, "--format", "csv"], 0, "id,event,mode");
    check(&["--help"], 0, "Reads reports and tells what happened");
    check(&["--help"], 0, "Examples:");
    for shell in ["bash", "fish", "zsh", "elvish", "powershell"] {
        check(&["completions", shell], 0, "dateline");
    }
}

#[test]
fn a_second_build_says_so_and_ends() {
    let folder = Folder::new("two");
    folder.write("a.txt", REPORT.as_bytes());
    let archive = folder.path("archive");
    assert_eq!(
        dateline(&["build", &folder.path("a.txt"), "--into", &archive]).status,
        0
    );
    let held = std::fs::File::open(folder.path("archive/archive.lock")).expect("a build leaves its lock's file");
    held.lock().expect("nobody holds the lock now");
    let run = dateline(&["build", &folder.path("a.txt"), "--into", &archive]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("another build is writing"), "{}", run.err);
    assert_eq!(dateline(&["timeline", &archive]).status, 0, "reading goes on meanwhile");
}

#[test]
fn results_go_to_standard_output_alone_and_without_colour_into_a_file() {
    let folder = Folder::new("streams");
    folder.write("a.txt", REPORT.as_bytes());
    let loud = dateline(&["read", &folder.path("a.txt")]);
    let quiet = dateline(&["--quiet", "read", &folder.path("a.txt")]);
    assert_eq!(loud.out, quiet.out);
    assert!(
        quiet.err.is_empty() && loud.err.contains("1 report read"),
        "{}",
        loud.err
    );
    let archive = folder.path("archive");
    let plain = dateline(&["build", &folder.path("a.txt"), "--into", &archive]);
    let painted = dateline(&["timeline", &archive, "--color", "always"]);
    assert!(!plain.out.contains('\x1b') && painted.out.contains('\x1b'));
}

#[test]
fn standard_input_is_a_report_or_records() {
    let text = support::dateline_with(&["read", "-"], REPORT.as_bytes());
    assert_eq!(lines(&text.out)[0]["path"], "-");
    let records = support::dateline_with(
        &["read", "-"],
        "{\"id\": \"r1\", \"text\": \"một\"}\n{\"text\": \"hai\"}\n".as_bytes(),
    );
    assert_eq!(lines(&records.out)[0]["id"], "r1");
    assert_eq!(lines(&records.out).len(), 2);
}

#[test]
fn packs_of_the_users_own_replace_the_built_in_ones_and_their_examples_run() {
    let folder = Folder::new("packs");
    folder.write("a.txt", "The bridge was closed on Tokday, 3 May 2022.".as_bytes());
    let pack = "name = \"Test\"\nextends = [\"und\"]\n";
    let rule = |value: &str| {
        format!(
            "[[rule]]\nid = \"en.time.tokday\"\ndoc = \"A day of our own.\"\nmatch = \"tokday\"\nvalue = \"shift(day, 0)\"\n\
             type = \"DATE\"\nexamples = [{{ text = \"on Tokday\", anchor = \"2022-05-03\", value = \"{value}\" }}]\n"
        )
    };
    folder.write("own/en/pack.toml", pack.as_bytes());
    folder.write("own/en/time/own.toml", rule("2022-05-03").as_bytes());
    let own = folder.path("own");
    let run = dateline(&["read", &folder.path("a.txt"), "--packs", &own]);
    assert_eq!(run.status, 0, "{}", run.err);
    folder.write("own/en/time/own.toml", rule("2022-05-04").as_bytes());
    let run = dateline(&["read", &folder.path("a.txt"), "--packs", &own]);
    assert_eq!(run.status, 1);
    assert!(
        run.err.contains("en.time.tokday") && run.err.contains("1 examples"),
        "{}",
        run.err
    );
}
