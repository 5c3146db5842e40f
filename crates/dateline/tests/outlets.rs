//! What an outlet puts around all its articles, and files that hold several: through the program.

mod support;

use serde_json::{Value, json};
use support::{Folder, dateline, lines};

/// Stands in every article of the outlet, and is no part of any.
const PLEA: &str = "The Valley Post is free to read because readers like you pay for it, so please donate or subscribe to our newsletter.";
const NAME: &str = "The Valley Post of Rivertown";
const APP: &str = "Get the Post on your phone: download the app";

/// Stand in every article, too, and are part of each.
const BACKGROUND: &str = "The fighting in the valley began in March 2019, when rebels seized the town of Varda and closed the road to the sea.";
const UNCONFIRMED: &str = "The Post could not verify the claims.";

const TOLD: [(&str, &str, &str); 7] = [
    (
        "Shells hit the market in Rivertown",
        "Shells hit the market in Rivertown on Monday and wounded four people, the mayor said.",
        "A baker saw smoke above the roofs and ran to the river with his two sons.",
    ),
    (
        "Rebels leave the mill at Oldbridge",
        "Rebels left the mill at Oldbridge on Tuesday after a week of talks, the army said in a statement.",
        "The miller found his house empty and the door in the garden.",
    ),
    (
        "Ferry turns back under fire",
        "A ferry to the islands turned back under fire on Wednesday, and nobody was hurt, its captain said.",
        "Forty passengers waited in the school until the evening.",
    ),
    (
        "Army opens the coast road",
        "The army opened the coast road on Thursday for lorries with flour and medicine, officials said.",
        "Drivers said that mines still lay beside the asphalt near the quarry.",
    ),
    (
        "Monks shelter families in Highfield",
        "Monks in Highfield gave shelter to sixty families who fled the shelling of Friday, the abbot said.",
        "Children slept in the library between the shelves.",
    ),
    (
        "Two soldiers killed at the dam",
        "Two soldiers were killed at the dam on Saturday when a mine blew up below their car, police said.",
        "The dam itself was not damaged, engineers said after a look at its gates.",
    ),
    (
        "Council meets in the cellar",
        "The town council of Rivertown met in the cellar of the library on Sunday for the first time since May.",
        "Members spoke about bread, coal and the graves behind the church.",
    ),
];

/// Article `n` of the outlet, with its furniture, as the record of a scraper.
fn article(n: usize) -> Value {
    let (headline, lead, body) = TOLD[n];
    let text = [NAME, headline, lead, APP, body, BACKGROUND, UNCONFIRMED, PLEA].join("\n\n");
    json!({"id": format!("v{n}"), "outlet": "Valley Post", "published": "2021-05-10", "text": text})
}

/// How often a line stands in the texts that an archive keeps, by what its exports show.
fn build(folder: &Folder, numbers: &[usize], more: &[&str]) -> String {
    let records: Vec<String> = numbers.iter().map(|n| article(*n).to_string()).collect();
    folder.write("in.jsonl", records.join("\n").as_bytes());
    let (input, into) = (folder.path("in.jsonl"), folder.path("archive"));
    let run = dateline(&[&["build", &input, "--into", &into, "--quiet"], more].concat());
    assert_eq!(run.status, 0, "{}", run.err);
    let told = dateline(&["explain", &into, "--lines"]);
    assert_eq!(told.status, 0, "{}", told.err);
    told.out
}

#[test]
fn an_outlets_own_lines_are_learned_where_many_are_read_together_and_background_stays() {
    let folder = Folder::new("own-lines");
    let told = build(&folder, &[0, 1], &[]);
    assert!(
        told.contains("no line was left out"),
        "two articles teach nothing: {told}"
    );
    let told = build(&folder, &[2, 3, 4, 5, 6], &[]);
    for own in [NAME, APP, PLEA] {
        assert!(told.contains(own), "{own} is missing in {told}");
    }
    assert_eq!(told.matches("left out of 7 reports").count(), 3, "{told}");
    assert!(!told.contains("Varda") && !told.contains("verify"), "{told}");
    // What fewer articles stand behind is nobody's own line any more.
    let told = build(&folder, &[5, 6], &["--prune"]);
    assert!(told.contains("no line was left out"), "{told}");
}

#[test]
fn a_revised_article_is_one_article() {
    let folder = Folder::new("revised-lines");
    let records: Vec<String> = (0..7)
        .map(|n| {
            let mut record = article(0);
            record["id"] = json!(format!("r{n}"));
            let text = record["text"]
                .as_str()
                .unwrap_or_default()
                .replace("four people", &format!("{n} people"));
            record["text"] = json!(text);
            record.to_string()
        })
        .collect();
    folder.write("in.jsonl", records.join("\n").as_bytes());
    let into = folder.path("archive");
    assert_eq!(
        dateline(&["build", &folder.path("in.jsonl"), "--into", &into, "--quiet"]).status,
        0
    );
    let told = dateline(&["explain", &into, "--lines"]).out;
    assert!(told.contains("no line was left out"), "{told}");
}

#[test]
fn read_gives_each_report_as_it_reads_alone() {
    let folder = Folder::new("read-alone");
    let records: Vec<String> = (0..TOLD.len()).map(|n| article(n).to_string()).collect();
    folder.write("all.jsonl", records.join("\n").as_bytes());
    folder.write("one.jsonl", records[3].as_bytes());
    let together = lines(&dateline(&["read", &folder.path("all.jsonl")]).out);
    let mut alone = lines(&dateline(&["read", &folder.path("one.jsonl")]).out).remove(0);
    let mut among = together[3].clone();
    for report in [&mut alone, &mut among] {
        report["path"] = Value::Null;
        report["record"] = Value::Null;
    }
    assert_eq!(alone, among);
}

/// Two articles as a database of news exports them.
const EXPORT: &str = "\u{feff}Mill burns down at Oldbridge
The Valley Post
April 17, 2023 Monday

Copyright 2023 Valley Post Ltd. All Rights Reserved

Section: LOCAL; Pg. 4
Length: 131 words
Byline: Jane Doe
Dateline: OLDBRIDGE

Body

Rebels shelled the mill at Oldbridge on Sunday, killing three people, the mayor said. Café owners saw the fire from the hill.

Load-Date: April 18, 2023

End of Document

Army retakes the hill above Oldbridge
The Valley Post
April 20, 2023 Thursday

Body

The army said on Wednesday that it had retaken the hill above Oldbridge after two days of fighting. Twelve soldiers were wounded, a spokesman said.

Load-Date: April 21, 2023

End of Document
";

#[test]
fn a_file_of_several_articles_is_several_reports_with_their_own_days_and_places() {
    let folder = Folder::new("several");
    folder.write("export.txt", EXPORT.as_bytes());
    let run = dateline(&["read", &folder.path("export.txt")]);
    let reports = lines(&run.out);
    assert_eq!(reports.len(), 2, "{}", run.out);
    let told: Vec<(&Value, &Value, &Value)> = reports
        .iter()
        .map(|r| (&r["record"], &r["headline"], &r["published"]["value"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!(0), &json!("Mill burns down at Oldbridge"), &json!("2023-04-17")),
            (
                &json!(1),
                &json!("Army retakes the hill above Oldbridge"),
                &json!("2023-04-20")
            ),
        ]
    );
    assert_ne!(reports[0]["id"], reports[1]["id"]);
    // Places count in the article's own part of the file.
    let part = &EXPORT[EXPORT.find("\nArmy").expect("it stands there")..];
    let part: Vec<char> = part.chars().collect();
    for block in reports[1]["blocks"].as_array().expect("a list") {
        let at = |key: &str| block[key].as_u64().expect("a number") as usize;
        let text: Vec<char> = reports[1]["text"].as_str().expect("a text").chars().collect();
        assert_eq!(part[at("source_start")..at("source_end")], text[at("start")..at("end")]);
    }
    // The same through an archive, read again from what it keeps, and no report twice.
    let into = folder.path("archive");
    for more in [&[][..], &["--again"]] {
        let run = dateline(&[&["build", &folder.path("export.txt"), "--into", &into], more].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        let timeline = dateline(&["timeline", &into, "--format", "json"]).out;
        let timeline: Value = serde_json::from_str(&timeline).expect("JSON");
        assert_eq!(timeline["reports"].as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn a_record_is_one_report_and_says_where_it_holds_several_articles() {
    let folder = Folder::new("several-in-one");
    folder.write("a.json", json!({"id": "a", "text": EXPORT}).to_string().as_bytes());
    let reports = lines(&dateline(&["read", &folder.path("a.json")]).out);
    assert_eq!(reports.len(), 1);
    let codes: Vec<&Value> = reports[0]["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| &d["code"])
        .collect();
    assert!(codes.contains(&&json!("clean/several-articles")), "{codes:?}");
}

/// The text of an article of a file: `--again` and what is learned read it from its own bytes.
#[test]
fn an_article_of_a_file_is_what_its_own_bytes_are_read_as() {
    let folder = Folder::new("several-damaged");
    // The file as a whole is sound Vietnamese and is left alone; its second article by itself is UTF-8 that was read as windows-1252.
    let sound = "Cháy cối xay cũ ở làng Đông. Cối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, đội cứu hỏa của huyện cho biết.\n";
    let misread: String =
        "Cầu mới qua sông đã thông xe sáng thứ ba, người dân đi bộ qua cầu dưới mưa và chụp ảnh cùng nhau bên bờ."
            .bytes()
            .map(char::from)
            .collect();
    let file = format!(
        "Tiêu đề: Cháy cối xay\nNguồn: Báo Làng\n{}Tiêu đề: A bridge\nNguồn: Bao Lang\n{misread}\n",
        sound.repeat(20)
    );
    folder.write("export.txt", file.as_bytes());
    let headlines = |archive: &str| -> Vec<String> {
        let timeline = dateline(&["timeline", archive, "--format", "json"]).out;
        let timeline: Value = serde_json::from_str(&timeline).expect("JSON");
        timeline["reports"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|r| r.to_string())
            .collect()
    };
    let into = folder.path("archive");
    let mut told = Vec::new();
    for more in [&[][..], &["--again"]] {
        let run = dateline(&[&["build", &folder.path("export.txt"), "--into", &into], more].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(run.err.contains("2 reports read"), "{}", run.err);
        told.push((headlines(&into), folder.read("archive/index.html")));
    }
    assert_eq!(told[0], told[1]);
}
