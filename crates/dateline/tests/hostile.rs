//! Input that nobody means well with, disks that are full, builds that meet: told, survived, nothing lost.

mod support;

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use support::{Folder, Run, dateline, lines};

const WORDS: &str = "Quá trình rút quân khỏi Mali đã hoàn tất ngày 15/8/2022, Bộ Quốc phòng Pháp cho hay. ";

/// Builds what lies in `in` of the folder.
fn build(folder: &Folder) -> Run {
    dateline(&["build", &folder.path("in"), "--into", &folder.path("archive")])
}

fn readable(folder: &Folder) -> String {
    let run = dateline(&["timeline", &folder.path("archive"), "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out
}

#[test]
fn pages_that_only_a_machine_nests_are_read() {
    let folder = Folder::new("nested");
    let text = WORDS.repeat(8);
    for (name, times, open, close) in [
        ("boxes", 100_000, "<div>", "</div>"),
        ("looks", 100_000, "<b>", "</b>"),
        ("lists", 5_000, "<ul><li>", ""),
        ("tables", 5_000, "<table><tr><td>", ""),
        ("mixed", 20_000, "<a><i><p>", ""),
    ] {
        let (open, close) = (open.repeat(times), close.repeat(times));
        let page = format!("<!doctype html><html><body><p>{text}</p>{open}<p>{text}</p>{close}");
        folder.write(&format!("in/{name}.html"), page.as_bytes());
    }
    let many: String = (0..300_000).map(|n| format!(" a{n}=1")).collect();
    folder.write(
        "in/attributes.html",
        format!("<html><body><p{many}>{text}</p>").as_bytes(),
    );
    let run = dateline(&["read", &folder.path("in")]);
    assert_eq!(run.status, 0, "{}", run.err);
    let reports = lines(&run.out);
    assert_eq!(reports.len(), 6, "{}", run.err);
    for report in reports {
        let text = report["text"].as_str().unwrap_or_default();
        assert!(text.contains("Bộ Quốc phòng Pháp"), "{}", report["path"]);
    }
}

#[test]
fn an_attribute_of_fifty_megabytes_is_cut_with_a_warning() {
    let folder = Folder::new("attribute");
    let page = format!("<html><body><p>{WORDS}</p><p title=\"{}\">x", "a".repeat(50_000_000));
    folder.write("in/a.html", page.as_bytes());
    let record = serde_json::json!({ "id": "r", "html": page }).to_string();
    folder.write("in/b.json", record.as_bytes());
    let run = dateline(&["read", &folder.path("in")]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(run.err.matches("longer than 8 MiB").count(), 2, "{}", run.err);
    assert_eq!(lines(&run.out).len(), 2);
}

#[test]
fn a_bomb_is_not_unpacked_and_a_cut_one_is_read_as_far_as_it_goes() {
    let folder = Folder::new("bomb");
    // 300 MB that pack to little more than one.
    let mut packer = flate2::write::GzEncoder::new(folder.create("in/bomb.jsonl.gz"), flate2::Compression::fast());
    let block = vec![b'a'; 1 << 20];
    for _ in 0..300 {
        packer.write_all(&block).expect("the test's folder can be written");
    }
    packer.finish().expect("the test's folder can be written");
    let mut whole = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    for number in 0..400 {
        writeln!(
            whole,
            "{{\"id\": \"{number}\", \"text\": \"{WORDS} {}\"}}",
            number * 7919
        )
        .expect("memory");
    }
    let whole = whole.finish().expect("memory");
    folder.write("in/cut.jsonl.gz", &whole[..whole.len() / 2]);
    let run = build(&folder);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.err.contains("bomb.jsonl.gz") && run.err.contains("unpacks to more than 200 times its size"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("cut.jsonl.gz") && run.err.contains("damaged or cut off"),
        "{}",
        run.err
    );
    assert!(readable(&folder).contains("cut.jsonl.gz"));
}

#[test]
fn a_gzip_of_a_hundred_gigabytes_is_refused_after_its_first_bytes() {
    const MEMBER: usize = 1 << 20;
    const MEMBERS: usize = 100_000;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b'a'; MEMBER]).expect("memory");
    let member = packer.finish().expect("memory");
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    // Gzip files one behind the other are one: made while they are read, until nobody reads any more.
    let written = (0..MEMBERS).take_while(|_| input.write_all(&member).is_ok()).count();
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("unpacks to more than 200 times its size"), "{told}");
    assert!(written < 1000, "{written} MiB were unpacked");
}

/// Runs `build` in a shell that lets no file grow beyond so many blocks of 512 or 1,024 bytes.
#[cfg(unix)]
fn limited(folder: &Folder, blocks: u32) -> Run {
    let script = format!("ulimit -f {blocks}; exec \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_dateline"), "build"])
        .args([folder.path("in"), "--into".into(), folder.path("archive")])
        .output()
        .expect("a shell");
    Run {
        status: output.status.code().expect("the program is not killed"),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_is_kept_can_be_read() {
    let folder = Folder::new("full");
    folder.write("in/a.txt", WORDS.as_bytes());
    assert_eq!(build(&folder).status, 0);
    let before = readable(&folder);
    let mut more = String::new();
    for number in 0..300u64 {
        // Letters that do not pack well.
        let noise: String = (0..400u64)
            .map(|i| char::from(b'a' + ((number * 7919 + i * i * 31 + i * number) % 26) as u8))
            .collect();
        more.push_str(&format!("{{\"id\": \"{number}\", \"text\": \"{WORDS} {noise}\"}}\n"));
    }
    folder.write("in/b.jsonl", more.as_bytes());
    for blocks in [0, 8, 60, 200] {
        let run = limited(&folder, blocks);
        assert_eq!(run.status, 1, "{blocks}: {}", run.err);
        assert!(run.err.contains("the disk is not full"), "{blocks}: {}", run.err);
        assert_eq!(readable(&folder), before, "{blocks}");
    }
    assert_eq!(build(&folder).status, 0);
    let after = readable(&folder);
    assert_ne!(after, before);
    let fresh = Folder::new("full-fresh");
    let into = fresh.path("archive");
    assert_eq!(dateline(&["build", &folder.path("in"), "--into", &into]).status, 0);
    assert_eq!(readable(&fresh), after, "nothing is lost, nothing doubled");
}

#[test]
fn two_builds_that_meet_do_not_mix() {
    let folder = Folder::new("meet");
    folder.write("in/a.txt", WORDS.as_bytes());
    let into = folder.path("archive");
    let mut first = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "-", "--into", &into])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = first.stdin.take().expect("a pipe");
    // More than a pipe holds: once it is written, the first build reads, and so holds the archive.
    let line = format!("{{\"id\": \"first\", \"text\": \"{WORDS}\"}}\n").repeat(4000);
    input.write_all(line.as_bytes()).expect("the first build reads");
    let second = build(&folder);
    assert_eq!(second.status, 1, "{}", second.err);
    assert!(second.err.contains("another build is writing"), "{}", second.err);
    drop(input);
    let mut told = String::new();
    let _ = first.stderr.take().expect("a pipe").read_to_string(&mut told);
    assert!(first.wait().expect("the first build ends").success(), "{told}");
    assert!(readable(&folder).contains("\"first\""));
    assert_eq!(build(&folder).status, 0, "the lock is gone with its build");
}

/// As many as are read in seconds; `.ci/run` runs this test with the release profile.
const TINY: usize = if cfg!(debug_assertions) { 20_000 } else { 100_000 };

#[test]
fn a_hundred_thousand_tiny_files_are_read() {
    let folder = Folder::new("tiny");
    for number in 0..TINY {
        folder.write(&format!("in/{:02}/{number}.txt", number % 100), b"x\n");
    }
    let run = dateline(&["read", &folder.path("in"), "--only", "date"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(run.out.lines().count(), TINY, "{}", run.err);
}

#[test]
fn a_mebibyte_on_one_line_ends() {
    let folder = Folder::new("line");
    let text = WORDS.repeat((1 << 20) / WORDS.len());
    folder.write("in/a.txt", text.as_bytes());
    let run = dateline(&["read", &folder.path("in"), "--only", "date"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(lines(&run.out).len(), 1);
}

#[test]
fn nothing_in_a_report_gets_out_of_it() {
    let folder = Folder::new("tricks");
    let trick = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u{202E}\u{2028}\u{1B}]0;t\u{7}\"'><svg onload=alert(3)>";
    let record = serde_json::json!({
        "id": format!("id{trick}"), "url": format!("javascript:alert(4)//{trick}"), "title": format!("Tin {trick}"),
        "text": format!("{trick} {WORDS}\n{WORDS} {trick} \u{2028}<!-- {WORDS}"), "outlet": format!("Báo {trick}"),
        "authors": [format!("Nguyễn {trick}")], "published": format!("2022-08-15{trick}"), "retrieved": trick,
        "language": format!("vi{trick}"),
    });
    let page = serde_json::json!({
        "id": "page", "html": format!("<html><head><title>{trick}</title><meta name=\"author\" content=\"{trick}\"></head>\
        <body><h1>Tin {trick}</h1><p title=\"{trick}\">{WORDS}</p><p>{trick} {WORDS}</p><script>alert(6)</script></body></html>"),
    });
    let good = serde_json::json!({ "id": "good", "text": WORDS, "outlet": "Báo", "published": "2022-08-15" });
    folder.write(
        &format!("in/{}.jsonl", "<b onclick=alert(5)>"),
        format!("{record}\n{page}\n{good}\n").as_bytes(),
    );
    let run = build(&folder);
    assert_eq!(run.status, 0, "{}", run.err);
    folder.write("turned/\u{202E}txt.x", b"");
    let turned = dateline(&["read", &folder.path("turned")]);
    assert!(
        turned.err.contains("txt.x: is empty") && !turned.err.contains('\u{202E}'),
        "{}",
        turned.err
    );
    let page = folder.read("archive/index.html");
    assert!(page.contains("alert(1)"), "the payload's words are there");
    assert_eq!(page.matches("<script").count(), 2, "the data and our own script");
    assert_eq!(page.matches("</script").count(), 2);
    for dead in [
        "<img",
        "<svg onload",
        "<b onclick",
        "href=\"javascript",
        "\u{202E}",
        "\u{2028}",
        "<!-- ",
    ] {
        assert!(!page.contains(dead), "{dead:?} is on the page");
    }
    // Nor does a terminal do what a report says.
    let archive = folder.path("archive");
    let report = folder.path("in");
    let mut shown = vec![
        run.out,
        run.err,
        dateline(&["explain", &report]).out,
        dateline(&["state", &archive, "--on", "2022-09-01"]).out,
    ];
    let ids = dateline(&["timeline", &archive, "--format", "csv"]).out;
    for id in ids
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .filter(|id| id.starts_with('e'))
    {
        shown.push(dateline(&["explain", &archive, "--event", id]).out);
    }
    assert!(shown.len() > 4 && shown.iter().all(|s| !s.is_empty()));
    for text in shown {
        assert!(!text.contains(['\u{1B}', '\u{202E}', '\u{7}']), "{text}");
    }
    let kept = readable(&folder);
    assert!(kept.contains("good"), "what is stored is whole");
    let object: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(object["reports"].as_array().map(Vec::len), Some(3));
}
