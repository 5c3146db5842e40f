//! Tests of this room.

use crate::sample::{Deed, Report};
use crate::story_dates;
use dateline_model::Basis;
use dateline_model::Plover::Retreat;

const TEXT: &str = "Velmora leaves the barracks of Isk\nVelmora began to withdraw from Isk on 16 April\nThe ministry confirmed it on 17 April";

fn leaving(id: &str) -> Report {
    Report::new(id, TEXT)
}

fn deed() -> Deed {
    Deed::new("began to withdraw", Retreat).by("velmora")
}

#[test]
fn another_report_tells_the_year() {
    let open = leaving("a")
        .yearless("16 April", "XXXX-04-16")
        .yearless("17 April", "XXXX-04-17")
        .tells(deed())
        .done();
    let dated = leaving("b").published("2024-06-12").tells(deed().on("2024-04")).done();
    let dates = story_dates(&[dated, open]);
    assert_eq!(dates.len(), 1);
    assert_eq!(
        (dates[0].0, dates[0].1.value.as_deref(), dates[0].1.basis),
        (1, Some("2024-04-17"), Basis::Story)
    );
    assert!(!dates[0].1.evidence.is_empty() && !dates[0].1.candidates.is_empty());
}

#[test]
fn the_days_of_the_others_tell_the_year_where_one_is_near() {
    let open = |deed: Option<Deed>| {
        let report = leaving("a").yearless("16 April", "XXXX-04-16");
        deed.map_or(report.done(), |d| {
            leaving("a").yearless("16 April", "XXXX-04-16").tells(d).done()
        })
    };
    let dated = leaving("b").published("2024-05-02").done();
    let dates = story_dates(&[open(Some(deed())), dated.clone()]);
    assert_eq!(dates[0].1.value.as_deref(), Some("2024-04-16"));
    assert_eq!(story_dates(&[open(None), dated]), [], "a day of which nothing is told");
}

#[test]
fn where_two_years_remain_nothing_is_said() {
    let open = leaving("a").yearless("16 April", "XXXX-04-16").tells(deed()).done();
    let b = leaving("b").published("2024-06-12").tells(deed().on("2024-04")).done();
    let c = leaving("c").published("2023-06-12").tells(deed().on("2023-04")).done();
    assert_eq!(story_dates(&[open, b, c]), []);
}

fn counting() -> Report {
    let text = "Velmora leaves the barracks of Isk\nVelmora began to withdraw from Isk on Tuesday\nThe last lorry rolled out today";
    Report::new("a", text)
        .counted("on Tuesday", "XXXX-WXX-2", (-6, 0))
        .counted("today", "XXXX-XX-XX", (0, 0))
}

fn rolled_out(report: &str, day: &str, text: &str) -> dateline_model::AnnotatedDocument {
    let deeds = |r: Report| {
        r.tells(deed().on("2024-04-16"))
            .tells(Deed::new("rolled out", Retreat).by("velmora").on(day))
    };
    deeds(Report::new(report, text).published("2024-06-12")).done()
}

#[test]
fn days_that_a_report_counts_from_its_own_place_it() {
    let dated = "Velmora leaves the barracks of Isk\nVelmora began to withdraw from Isk on 16 April\nThe last lorry rolled out on 18 April";
    let mut open = counting()
        .tells(deed())
        .tells(Deed::new("rolled out", Retreat).by("velmora"))
        .done();
    (open.events[0].when.timex, open.events[1].when.timex) = (Some(0), Some(1));
    let dates = story_dates(&[open.clone(), rolled_out("b", "2024-04-18", dated)]);
    assert_eq!(dates[0].1.value.as_deref(), Some("2024-04-18"));
    assert_eq!(dates[0].1.rule, Some("dating.story.counted-days".into()));
    // One of the two alone is too little, and a day that the weekday does not allow is no second.
    let far = rolled_out("b", "2024-04-28", dated);
    assert_eq!(story_dates(&[open, far]), []);
}

#[test]
fn a_reprint_is_no_second_voice() {
    let mut open = counting().tells(Deed::new("rolled out", Retreat).by("velmora")).done();
    open.events[0].when.timex = Some(1);
    let one = "Velmora leaves the barracks of Isk\nVelmora began to withdraw from Isk on 16 April\nThe last lorry rolled out on 18 April";
    let other = "Barracks of Isk are empty\nOn 16 April Velmora began to withdraw its soldiers from the barracks of Isk\nTwo days later the last lorry rolled out";
    let told = |text: &str| {
        story_dates(&[
            open.clone(),
            rolled_out("b", "2024-04-18", one),
            rolled_out("c", "2024-04-18", text),
        ])
    };
    assert_eq!(told(one), []);
    assert_eq!(told(other)[0].1.value.as_deref(), Some("2024-04-18"));
}

#[test]
fn a_known_date_is_left_alone() {
    let known = leaving("a")
        .published("2024-04")
        .yearless("16 April", "XXXX-04-16")
        .done();
    assert_eq!(story_dates(&[known, leaving("b").published("2024-05-02").done()]), []);
}

fn undated_since(year: i16) -> dateline_model::AnnotatedDocument {
    let mut open = leaving("a").yearless("16 April", "XXXX-04").done();
    open.published.interval.earliest = jiff::civil::Date::new(year, 1, 1).ok();
    open
}

fn april(id: &str, year: i16) -> dateline_model::AnnotatedDocument {
    leaving(id)
        .published(&format!("{year}-05-02"))
        .tells(deed().on(&format!("{year}-04")))
        .done()
}

#[test]
fn a_month_without_its_year_is_told_by_two_others() {
    let dates = story_dates(&[undated_since(2021), april("b", 2023), april("c", 2023)]);
    assert_eq!(dates.len(), 1);
    assert_eq!(
        (dates[0].1.value.as_deref(), dates[0].1.basis),
        (Some("2023-04"), Basis::Story)
    );
}

#[test]
fn one_voice_or_two_years_tell_no_month() {
    assert_eq!(story_dates(&[undated_since(2021), april("b", 2023)]), []);
    let all = [
        undated_since(2021),
        april("b", 2023),
        april("c", 2022),
        april("d", 2023),
        april("e", 2022),
    ];
    assert_eq!(story_dates(&all), []);
}
