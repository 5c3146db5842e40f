//! Tests of this room.

use crate::corpus::Corpus;
use crate::relate;
use crate::sample::Report;
use dateline_model::MentionKind::Place;

#[test]
fn a_name_in_common_is_no_story() {
    let a = Report::new(
        "a",
        "Troops leave Orrelin\nThe last troops left the barracks of Orrelin under a truce",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let b = Report::new(
        "b",
        "Orrelin truce: troops gone\nUnder the truce the troops handed over their barracks in Orrelin",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let c = Report::new(
        "c",
        "Orrelin wins cup\nA late goal gave the football club its first trophy in nine seasons and the crowd sang until midnight",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let timeline = relate(&[c, a, b]);
    let stories: Vec<Vec<String>> = timeline.stories.into_iter().map(|s| s.reports).collect();
    assert_eq!(stories, [vec!["a".to_string(), "b".into()], vec!["c".into()]]);
}

/// Whether a short report quotes the headline of another, each with its day.
fn quoted(long: (&str, &str), short: (&str, &str)) -> bool {
    let report = |id: &str, (day, text): (&str, &str)| {
        Report::new(id, text)
            .published(day)
            .name("Orrelin", Place, "orrelin")
            .done()
    };
    let body = format!("{}\nThe bridge over the Sarn came down in Orrelin", long.1);
    let reports = [report("a", (long.0, body.as_str())), report("b", short)];
    let corpus = Corpus::new(&reports);
    let links = crate::linking::link(&corpus);
    let copies = crate::duplicates::find(&corpus);
    let profiles = super::profile::all(&corpus, &links, &copies);
    super::quotes(&corpus, &profiles) == [(1, 0)]
}

#[test]
fn a_correction_quotes_the_headline_that_it_corrects() {
    let headline = "Nine hurt as old crossing collapses";
    let notice = "Correction\nOf our piece \"Nine hurt as old crossing collapses\" in Orrelin: seven were";
    assert!(quoted(("2024-03-09", headline), ("2024-03-11", notice)));
    // Another year's headline of the same words, and one that is still to come.
    assert!(!quoted(("2019-03-09", headline), ("2024-03-11", notice)));
    assert!(!quoted(("2024-05-09", headline), ("2024-03-11", notice)));
}

#[test]
fn a_headline_that_goes_on_from_another_quotes_nothing() {
    let column = ("2024-03-09", "What we saw this week");
    let other = "What we saw this week, continued\nA late goal gave the club of Orrelin its first trophy";
    assert!(!quoted(column, ("2024-03-11", other)));
}

#[test]
fn reports_that_open_with_one_deed_are_one_story() {
    use crate::sample::Deed;
    use dateline_model::Plover::Assault;
    let news = |id: &str, day: &str, text: &str, words: &str, on: &str| {
        let deed = Deed::new(words, Assault)
            .at("orrelin", (50.1, 20.1), "city", "XX")
            .on(on);
        Report::new(id, text).published(day).tells(deed).done()
    };
    let hit = "Missile strikes clinic\nSeven patients died before noon, the mayor told reporters";
    let mourns = "City mourns\nRescuers dug through rubble all night after the bombardment, an emergency service wrote";
    let stories = |day: &str, on: &str| {
        let a = news("a", "2024-07-08", hit, "strikes", "2024-07-08");
        let b = news("b", day, mourns, "bombardment", on);
        relate(&[a, b]).stories.len()
    };
    assert_eq!(stories("2024-07-09", "2024-07-08"), 1);
    assert_eq!(stories("2024-07-09", "2024-07-09"), 2, "another day's");
    assert_eq!(stories("2024-08-30", "2024-07-08"), 2, "no news any more");
}
