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
