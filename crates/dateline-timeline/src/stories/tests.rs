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
fn deeds_of_one_town_and_day_are_no_story() {
    use crate::sample::Deed;
    use dateline_model::Plover::Assault;
    let news = |id: &str, text: &str, deeds: &[(&str, &str)]| {
        let report = Report::new(id, text).published("2024-07-10");
        let deed = |words: &str, town: &str| {
            Deed::new(words, Assault)
                .at(town, (50.1, 20.1), "city", "XX")
                .on("2024-07-09")
        };
        let told = deeds.iter().fold(report, |r, (words, town)| r.tells(deed(words, town)));
        told.done()
    };
    let a = news(
        "a",
        "Gunmen kill judge\nTwo men on a motorbike shot him outside his home and fled before dawn",
        &[("kill", "orrelin")],
    );
    let b = news(
        "b",
        "School bombed\nEleven pupils were wounded when a blast tore through classrooms after lessons began",
        &[("bombed", "orrelin")],
    );
    let c = news(
        "c",
        "Shells hit silos\nThousands of tons of wheat burned until evening while traders watched bread prices rise",
        &[("hit", "sarnow")],
    );
    let all = news(
        "d",
        "Day of violence\nThe ministry counted an explosion in one province, the murder of an official and a barrage elsewhere",
        &[("explosion", "orrelin"), ("murder", "orrelin"), ("barrage", "sarnow")],
    );
    assert_eq!(relate(&[a.clone(), b.clone()]).stories.len(), 2);
    assert_eq!(relate(&[a, b, c, all]).stories.len(), 4, "a round-up joins nothing");
}
