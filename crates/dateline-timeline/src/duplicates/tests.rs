//! Tests of this room.

use crate::relate;
use crate::sample::Report;
use dateline_model::DuplicateKind;

const BODY: &str = "Government aircraft bombed the old bridge of Halden at dawn and cut the only road into the hills\n\
    Seven fighters were killed and two lorries burnt out said a general of the armed opposition by telephone\n\
    The government has not commented but warned last week that it would close every road to the north";

fn kinds(reports: &[dateline_model::AnnotatedDocument]) -> Vec<(DuplicateKind, String, usize)> {
    relate(reports)
        .duplicates
        .into_iter()
        .map(|d| (d.kind, d.original, d.reports.len()))
        .collect()
}

#[test]
fn another_headline_makes_a_reprint() {
    let a = Report::new("a", &format!("Bridge at Halden bombed\n{BODY}"))
        .published("2024-06-11")
        .done();
    let b = Report::new("b", &format!("The road is cut\n{BODY}"))
        .published("2024-06-12")
        .done();
    assert_eq!(kinds(&[b, a]), [(DuplicateKind::Reprint, "a".to_string(), 2)]);
}

#[test]
fn a_trimmed_copy_is_a_reprint_of_the_long_one() {
    let long = format!(
        "Bridge at Halden bombed\n{BODY}\nIn other news the harvest began under rain and the markets of the capital stayed shut for a holiday that nobody had announced until the evening before"
    );
    let a = Report::new("a", BODY).published("2024-06-11").done();
    let b = Report::new("b", &long).published("2024-06-11").done();
    assert_eq!(kinds(&[a, b]), [(DuplicateKind::Reprint, "b".to_string(), 2)]);
}

#[test]
fn punctuation_and_case_do_not_count() {
    let a = Report::new("a", BODY).done();
    let b = Report::new("b", &BODY.to_uppercase().replace(' ', "  ")).done();
    assert_eq!(kinds(&[a, b]), [(DuplicateKind::Identical, "a".to_string(), 2)]);
}

#[test]
fn one_background_sentence_makes_no_copy() {
    let shared = "The war of six weeks had ended with a truce that left thousands dead on both sides";
    let a = Report::new(
        "a",
        &format!("Talks open\nMinisters met in the capital to speak of borders\n{shared}"),
    )
    .done();
    let b = Report::new(
        "b",
        &format!("Floods close roads\nRain fell for nine days over the valley and rivers rose\n{shared}"),
    )
    .done();
    assert_eq!(kinds(&[a, b]), []);
}

#[test]
fn a_record_that_changes_under_its_id_is_a_revision_where_some_of_its_text_is_left() {
    let record = |id: &str, text: &str, path: &str| {
        let mut report = Report::new(id, text).done();
        report.document.known.id = Some("7".into());
        report.document.path = path.into();
        report
    };
    let old = record(
        "7~0a",
        "The bridge is closed\nThe town closed the old bridge on Monday, and the road is cut",
        "a.jsonl",
    );
    let new = record(
        "7",
        "The bridge is open\nThe town closed the old bridge on Monday, and opened it at night again",
        "a.jsonl",
    );
    let of =
        |reports: &[dateline_model::AnnotatedDocument]| kinds(reports).into_iter().map(|k| k.0).collect::<Vec<_>>();
    assert_eq!(of(&[old.clone(), new]), [DuplicateKind::Revision]);
    let other = record(
        "7",
        "Rain in the south\nRivers rose after nine days of rain, the weather service said",
        "a.jsonl",
    );
    assert_eq!(of(&[old.clone(), other]), []);
    let elsewhere = record(
        "7",
        "The bridge is open\nThe town closed the old bridge on Monday, and opened it at night again",
        "b.jsonl",
    );
    assert_ne!(of(&[old, elsewhere]), [DuplicateKind::Revision]);
}

#[test]
fn a_later_version_says_what_it_changed() {
    let version = |id: &str, day: &str, killed: u64, last: &str| {
        let text = format!(
            "Bridge at Halden bombed\nThe army bombed the bridge and {killed} people were killed\nThe road is cut\n{BODY}\n{last}"
        );
        let deed = crate::sample::Deed::new("bombed the bridge", dateline_model::Plover::Assault);
        let mut report = Report::new(id, &text)
            .outlet("Halden Post")
            .published(day)
            .tells(deed.count(killed, None, "killed"))
            .done();
        report.document.url = Some(format!("https://post.example/bridge?utm_source={id}"));
        let at = text.find(&killed.to_string()).expect("the figure");
        report.events[0].figures[0].span = dateline_model::Span::new(at, at + 2);
        report
    };
    let old = version("b", "2024-06-11", 12, "The mayor was not at home");
    let new = version("a", "2024-06-12", 15, "The mayor came back at night");
    let sets = relate(&[new.clone(), old.clone()]).duplicates;
    assert_eq!(sets.len(), 1);
    let [change] = sets[0].changes.as_slice() else {
        panic!("{:?}", sets[0].changes)
    };
    assert_eq!((change.from.as_str(), change.to.as_str()), ("b", "a"));
    let of = |spans: &[dateline_model::Span], text: &str| -> Vec<String> {
        spans.iter().map(|s| s.of(text).to_string()).collect()
    };
    assert_eq!(
        of(&change.added, &new.document.text),
        [
            "The army bombed the bridge and 15 people were killed",
            "The mayor came back at night"
        ]
    );
    assert_eq!(
        of(&change.removed, &old.document.text),
        [
            "The army bombed the bridge and 12 people were killed",
            "The mayor was not at home"
        ]
    );
    let figures: Vec<(&str, &str, &str)> = change
        .figures
        .iter()
        .map(|f| {
            (
                f.unit.as_str(),
                f.from.of(&old.document.text),
                f.to.of(&new.document.text),
            )
        })
        .collect();
    assert_eq!(figures, [("killed", "12", "15")]);
    // Of one day, nobody knows which is the later.
    let same_day = version("a", "2024-06-11", 15, "The mayor came back at night");
    let sets = relate(&[same_day, old]).duplicates;
    assert_eq!((sets.len(), sets[0].changes.len()), (1, 0));
}
