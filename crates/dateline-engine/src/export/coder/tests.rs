//! Rows and their evidence, of small timelines.

use super::*;
use crate::wire::Positions;
use dateline_lang::PackFiles;
use dateline_model::{
    Claim, Document, EventMentionRef, Figure, GeoPoint, Interval, PlaceRef, Plover, ReportRef, Sources, Timex,
    TimexAnchor, TimexKind, When,
};
use jiff::civil::date;

const TEXT: &str = "Ngày 9/3, quân A không kích làng Ba, ít nhất 12 người chết.";

fn at(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn participant(name: &str, words: Option<&str>) -> Participant {
    Participant {
        name: name.into(),
        entity: name.to_lowercase(),
        span: words.map(at),
        mention: None,
    }
}

/// An air strike told by one report, and the report.
fn world(status: Status, days: Interval) -> (Timeline, AnnotatedDocument) {
    let place = PlaceRef {
        name: "Ba".into(),
        entity: "ba".into(),
        span: Some(at("làng Ba")),
        point: Some(GeoPoint {
            latitude: 1.5,
            longitude: 102.25,
            resolution: "city".into(),
            country: None,
        }),
    };
    let figure = |low| Figure {
        span: at("ít nhất 12"),
        low: Some(low),
        high: Some(12),
        modifier: None,
        unit: "killed".into(),
        side: None,
        attribution: None,
        cumulative: false,
        rule: "r".into(),
    };
    let when = When {
        timex: Some(0),
        ..When::of(days, "event.when.frame")
    };
    let telling = EventMention {
        trigger: at("không kích"),
        clause: Span::new(0, TEXT.len()),
        event: Plover::Assault,
        mode: None,
        context: vec![],
        actor: vec![participant("A", Some("quân A"))],
        recipient: vec![],
        mediator: vec![],
        instrument: vec![participant("drone", None)],
        places: vec![place.clone()],
        when: when.clone(),
        figures: vec![figure(12)],
        outcomes: vec![],
        status,
        attribution: None,
        phase: None,
        rule: "r".into(),
    };
    let report = AnnotatedDocument {
        document: Document {
            id: "x".into(),
            text: TEXT.into(),
            ..Document::default()
        },
        timexes: vec![Timex {
            span: at("Ngày 9/3"),
            kind: TimexKind::Date,
            value: "2021-03-09".into(),
            modifier: None,
            interval: days,
            anchor: TimexAnchor::Published,
            rule: "r".into(),
            vague: false,
            range_with: None,
            from_publication: None,
        }],
        events: vec![telling.clone()],
        ..AnnotatedDocument::default()
    };
    let event = Event {
        id: "e1".into(),
        event: Plover::Assault,
        mode: None,
        label: "quân A không kích".into(),
        text: TEXT.into(),
        when,
        places: vec![place],
        actor: vec![participant("A", None)],
        recipient: vec![participant("=B", None)],
        mediator: vec![],
        figures: vec![ClusterFigure {
            unit: "killed".into(),
            low: Some(10),
            high: Some(12),
            claims: vec![Claim {
                mention: 0,
                figure: figure(10),
            }],
        }],
        status,
        phase_of: None,
        under: None,
        mentions: vec![EventMentionRef {
            report: "x".into(),
            event: 0,
            span: telling.trigger,
            root: "AFP".into(),
            rule: "r".into(),
        }],
        sources: Sources {
            reports: 1,
            outlets: 1,
            independent: 1,
            roots: vec!["AFP".into()],
        },
        disputes: vec![],
        story: None,
        refusals: vec![],
    };
    let timeline = Timeline {
        reports: vec![ReportRef {
            id: "x".into(),
            path: "x.txt".into(),
            outlet: Some("Báo Ba".into()),
            headline: Some("Không kích".into()),
            language: "vi".into(),
            published: dateline_model::Published::default(),
            story: None,
            reprint_of: None,
        }],
        events: vec![event],
        ..Timeline::default()
    };
    (timeline, report)
}

/// The one row by column, and the sidecar's lines.
fn written(
    dataset: Dataset,
    status: Status,
    days: Interval,
) -> (Option<BTreeMap<String, String>>, Vec<serde_json::Value>) {
    let (timeline, report) = world(status, days);
    let texts: Texts<'_> = [("x", (TEXT, Positions::new(TEXT)))].into_iter().collect();
    let reports = [("x", &report)].into_iter().collect();
    let types = Types::load(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    let material = Material {
        timeline: &timeline,
        reports: &reports,
        texts: &texts,
        types: &types,
    };
    let events: Vec<&Event> = timeline.events.iter().collect();
    let (mut rows, mut sidecar) = (Vec::new(), Vec::new());
    write(dataset, &material, &events, &mut rows, Some(&mut sidecar)).unwrap_or_else(|e| panic!("{e}"));
    let mut table = csv::Reader::from_reader(rows.as_slice());
    let head = table.headers().expect("a head").clone();
    let row = table.records().next().map(|r| {
        let record = r.expect("a row");
        let cells = head.iter().zip(record.iter());
        cells.map(|(a, b)| (a.to_string(), b.to_string())).collect()
    });
    let lines = String::from_utf8(sidecar).expect("UTF-8");
    let lines = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    (row, lines)
}

#[test]
fn a_row_of_ged_says_what_is_told_and_no_more() {
    let day = Interval::day(date(2021, 3, 9));
    let (row, evidence) = written(Dataset::Ucdp, Status::Happened, day);
    let row = row.expect("an act of violence has a row");
    let cell = |column: &str| row[column].as_str();
    assert_eq!(
        ["draft", "event", "date_start", "date_end", "date_prec", "year"].map(cell),
        ["draft", "e1", "2021-03-09", "2021-03-09", "1", "2021"]
    );
    assert_eq!(
        ["side_a", "side_b", "where_prec", "latitude", "longitude"].map(cell),
        ["A", "'=B", "1", "1.5", "102.25"]
    );
    // Claims differ: no best number.
    assert_eq!(
        ["low", "high", "best", "deaths_a", "type_of_violence"].map(cell),
        ["10", "12", "", "", ""]
    );
    assert_eq!(["number_of_sources", "source_original"].map(cell), ["1", "AFP"]);
    assert_eq!(cell("source_article"), "Báo Ba, Không kích");
    // Every filled cell has its words, in code points.
    let filled = row
        .iter()
        .filter(|(k, v)| !v.is_empty() && *k != "draft" && *k != "event")
        .count();
    assert_eq!(evidence.len(), filled);
    let side = evidence.iter().find(|l| l["column"] == "side_a").expect("a side");
    assert_eq!(
        side["evidence"],
        serde_json::json!([{"report": "x", "start": 10, "end": 16, "text": "quân A"}])
    );
    let date = evidence.iter().find(|l| l["column"] == "date_start").expect("a date");
    assert_eq!(date["evidence"][0]["text"], "Ngày 9/3");
}

#[test]
fn a_row_of_acled_is_typed_by_the_table() {
    let day = Interval::day(date(2021, 3, 9));
    let (row, _) = written(Dataset::Acled, Status::Happened, day);
    let row = row.expect("an act of violence has a row");
    let cell = |column: &str| row[column].as_str();
    assert_eq!(
        ["event_date", "time_precision", "event_type", "sub_event_type"].map(cell),
        ["2021-03-09", "1", "Explosions/Remote violence", "Air/drone strike"]
    );
    assert_eq!(
        ["actor1", "location", "geo_precision", "fatalities", "source", "country"].map(cell),
        ["A", "Ba", "1", "", "Báo Ba", ""]
    );
    assert_eq!(cell("notes"), TEXT);
}

#[test]
fn a_month_is_no_day_and_a_plan_no_row() {
    let month = Interval::between(date(2021, 3, 1), date(2021, 3, 31));
    let (row, _) = written(Dataset::Acled, Status::Happened, month);
    let row = row.expect("a row");
    assert_eq!((row["event_date"].as_str(), row["time_precision"].as_str()), ("", "3"));
    let (row, _) = written(Dataset::Ucdp, Status::Happened, month);
    assert_eq!(row.expect("a row")["date_prec"], "4");
    for dataset in [Dataset::Ucdp, Dataset::Acled] {
        assert!(written(dataset, Status::Planned, month).0.is_none());
    }
}

#[test]
fn precisions_are_those_of_the_codebooks() {
    let ged: Vec<Option<u8>> = [1, 2, 6, 7, 8, 31, 32, 366, 367].map(ucdp::date_precision).to_vec();
    let expected = [
        Some(1),
        Some(2),
        Some(2),
        Some(3),
        Some(4),
        Some(4),
        Some(5),
        Some(5),
        None,
    ];
    assert_eq!(ged, expected);
    assert_eq!(
        [1, 7, 8, 31, 32].map(acled::time_precision),
        [Some(1), Some(2), Some(3), Some(3), None]
    );
    assert_eq!(
        ["city", "region", "country", "sea"].map(ucdp::place_precision),
        [Some(1), Some(4), Some(6), None]
    );
    assert_eq!(
        ["city", "region", "country"].map(acled::place_precision),
        [Some(1), Some(3), None]
    );
}
