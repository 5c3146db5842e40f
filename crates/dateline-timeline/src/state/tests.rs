//! Small reports made by hand, and what held by them.

use super::Chronicle;
use super::axioms::Axioms;
use crate::relate;
use crate::sample::{Deed, Report};
use dateline_lang::PackFiles;
use dateline_model::{AnnotatedDocument, Change, Fluent, Ground, Holding, MentionKind, Plover, State, Status, Value};
use jiff::ToSpan;
use jiff::civil::Date;

fn axioms() -> Axioms {
    Axioms::load(&PackFiles::builtin()).expect("the built-in axioms load")
}

fn date(value: &str) -> Date {
    value.parse().expect("a day")
}

#[test]
fn the_examples_of_the_axioms_run() {
    assert_eq!(axioms().check(), Vec::<String>::new());
}

const HILL: (f64, f64) = (40.0, 46.0);

/// Four reports of one story: a hill is taken, a force comes and goes, a truce is signed and broken, a league is left.
fn story() -> Vec<AnnotatedDocument> {
    let names = |report: Report| {
        report
            .name("Redland", MentionKind::Place, "redland")
            .name("Blueland", MentionKind::Place, "blueland")
            .name("Hill", MentionKind::Place, "hill")
    };
    let taken = Report::new(
        "a",
        "Redland takes the Hill from Blueland\nRedland seized the Hill in May 2020.",
    )
    .published("2020-06-01");
    let taken = names(taken).tells(
        Deed::new("seized", Plover::Assault)
            .by("redland")
            .at("hill", HILL, "region", "RL")
            .on("2020-05")
            .outcome(Fluent::Control, Change::Begins, "redland", "hill"),
    );
    let truce = Report::new(
        "b",
        "Redland and Blueland sign a truce for the Hill\nThey signed a truce on September 10.\nRed Watch came to the Hill on September 12.",
    );
    let truce = names(truce.published("2020-09-13"))
        .name("Red Watch", MentionKind::Force, "red-watch")
        .tells(
            Deed::new("signed a truce", Plover::Support)
                .by("redland")
                .by("blueland")
                .at("hill", HILL, "region", "RL")
                .on("2020-09-10")
                .outcome(Fluent::InForce, Change::Begins, "signed a truce", "hill"),
        )
        .tells(
            Deed::new("came", Plover::Mobilize)
                .by("red-watch")
                .at("hill", HILL, "region", "RL")
                .on("2020-09-12")
                .outcome(Fluent::Presence, Change::Begins, "red-watch", "hill"),
        );
    let attack = Report::new(
        "c",
        "Blueland attacks Redland on the Hill\nBlueland shelled Redland on the Hill on March 3.\nBlueland recaptured the Hill on March 5.",
    );
    let attack = names(attack.published("2021-03-06"))
        .tells(
            Deed::new("shelled", Plover::Assault)
                .by("blueland")
                .to("redland")
                .at("hill", HILL, "region", "RL")
                .on("2021-03-03"),
        )
        .tells(
            Deed::new("recaptured", Plover::Assault)
                .by("blueland")
                .at("hill", HILL, "region", "RL")
                .on("2021-03-05")
                .outcome(Fluent::Control, Change::Begins, "blueland", "hill"),
        );
    let gone = Report::new(
        "d",
        "Red Watch leaves the Hill of Blueland, Redland says\nRed Watch began to leave on April 2.\nRed Watch was gone by April 20.",
    );
    let gone = names(gone.published("2021-05-01"))
        .name("Red Watch", MentionKind::Force, "red-watch")
        .tells(
            Deed::new("began to leave", Plover::Retreat)
                .by("red-watch")
                .at("hill", HILL, "region", "RL")
                .on("2021-04-02")
                .phase("begins")
                .outcome(Fluent::Presence, Change::Ends, "red-watch", "hill"),
        )
        .tells(
            Deed::new("was gone", Plover::Retreat)
                .by("red-watch")
                .at("hill", HILL, "region", "RL")
                .on("2021-04-20")
                .phase("whole")
                .outcome(Fluent::Presence, Change::Completed, "red-watch", "hill"),
        );
    [taken, truce, attack, gone].map(Report::done).into()
}

fn chronicle(reports: &[AnnotatedDocument], known_by: Option<&str>) -> Chronicle {
    Chronicle::new(reports, &relate(reports), &axioms(), known_by.map(date))
}

fn find<'s>(state: &'s State, fluent: Fluent, subject: &str) -> Option<&'s Holding> {
    state
        .holdings
        .iter()
        .find(|h| h.fluent == fluent && (h.subject.entity == subject || h.subject.name.contains(subject)))
}

fn value(reports: &[AnnotatedDocument], on: &str, fluent: Fluent, subject: &str) -> Option<Value> {
    find(&chronicle(reports, None).on(date(on)), fluent, subject).map(|h| h.value)
}

#[test]
fn what_is_told_holds_till_something_ends_it() {
    let reports = story();
    let expect = |on: &str, fluent: Fluent, subject: &str, expected: Option<Value>| {
        assert_eq!(value(&reports, on, fluent, subject), expected, "{subject} on {on}");
    };
    expect("2020-04-30", Fluent::Control, "redland", Some(Value::Unknown));
    expect("2020-07-01", Fluent::Control, "redland", Some(Value::Holds));
    expect("2021-03-03", Fluent::Control, "redland", Some(Value::Contested));
    expect("2021-03-06", Fluent::Control, "redland", None);
    expect("2021-03-06", Fluent::Control, "blueland", Some(Value::Holds));
    expect("2020-09-11", Fluent::Presence, "red-watch", Some(Value::Unknown));
    expect("2021-01-01", Fluent::Presence, "red-watch", Some(Value::Present));
    expect("2021-04-10", Fluent::Presence, "red-watch", Some(Value::Leaving));
    expect("2021-04-20", Fluent::Presence, "red-watch", Some(Value::Absent));
    expect(
        "2020-12-01",
        Fluent::InForce,
        "ceasefire agreement",
        Some(Value::InForce),
    );
    expect(
        "2021-03-03",
        Fluent::InForce,
        "ceasefire agreement",
        Some(Value::Broken),
    );
}

#[test]
fn a_day_inside_the_days_of_a_change_is_answered_with_both() {
    let state = chronicle(&story(), None).on(date("2020-05-15"));
    let control = find(&state, Fluent::Control, "redland").expect("it is told of");
    assert_eq!(
        (control.value, control.or, control.basis),
        (Value::Unknown, Some(Value::Holds), Ground::Unknown)
    );
    let after = chronicle(&story(), None).on(date("2020-06-01"));
    let control = find(&after, Fluent::Control, "redland").expect("it is told of");
    assert_eq!(control.since.value.as_deref(), Some("2020-05"));
    assert_eq!(
        (control.value, control.or, control.basis),
        (Value::Holds, None, Ground::Stated)
    );
    let later = chronicle(&story(), None).on(date("2020-08-01"));
    assert_eq!(
        find(&later, Fluent::Control, "redland").map(|h| h.basis),
        Some(Ground::Inferred),
        "carried on"
    );
}

#[test]
fn what_a_report_denies_is_disputed_and_what_is_only_planned_changes_nothing() {
    let tell = |id: &str, status: Status| {
        Report::new(
            id,
            "Redland takes the Hill\nRedland seized the Hill on May 3, and Redland said so.",
        )
        .published("2020-05-04")
        .name("Redland", MentionKind::Place, "redland")
        .name("Hill", MentionKind::Place, "hill")
        .tells(
            Deed::new("seized the Hill", Plover::Assault)
                .by("redland")
                .at("hill", HILL, "region", "RL")
                .on("2020-05-03")
                .status(status)
                .outcome(Fluent::Control, Change::Begins, "redland", "hill"),
        )
        .outlet(id)
        .done()
    };
    let planned = [tell("a", Status::Planned), tell("b", Status::Hypothetical)];
    assert_eq!(chronicle(&planned, None).on(date("2021-01-01")).holdings, []);
    assert_eq!(
        value(&[tell("a", Status::Happened)], "2021-01-01", Fluent::Control, "redland"),
        Some(Value::Holds)
    );
    let state = chronicle(&[tell("a", Status::Happened), tell("b", Status::Denied)], None).on(date("2021-01-01"));
    let control = find(&state, Fluent::Control, "redland").expect("it is told of");
    assert_eq!(
        (control.value, control.or, control.disputed),
        (Value::Holds, Some(Value::Unknown), true)
    );
}

#[test]
fn the_order_of_the_reports_does_not_show() {
    let mut reports = story();
    let expected = (
        chronicle(&reports, None).lanes(),
        chronicle(&reports, None).on(date("2021-03-03")),
    );
    for _ in 0..reports.len() {
        reports.rotate_left(1);
        assert_eq!(
            (
                chronicle(&reports, None).lanes(),
                chronicle(&reports, None).on(date("2021-03-03"))
            ),
            expected
        );
    }
    reports.reverse();
    assert_eq!(chronicle(&reports, None).lanes(), expected.0);
}

#[test]
fn what_was_known_stays_known() {
    let reports = story();
    let days = ["2020-01-01", "2020-06-01", "2020-09-13", "2021-03-06", "2021-05-01"];
    let known: Vec<Vec<(Fluent, String, Vec<String>)>> = days
        .iter()
        .map(|by| {
            let lanes = chronicle(&reports, Some(by)).lanes();
            lanes
                .into_iter()
                .map(|l| {
                    (
                        l.fluent,
                        l.subject.entity,
                        l.stretches.into_iter().flat_map(|s| s.events).collect(),
                    )
                })
                .collect()
        })
        .collect();
    assert_eq!(known[0], []);
    for pair in known.windows(2) {
        for (fluent, subject, events) in &pair[0] {
            let later = pair[1]
                .iter()
                .find(|(f, s, _)| (f, s) == (fluent, subject))
                .expect("the fluent is still told of");
            assert!(events.iter().all(|e| later.2.contains(e)), "{subject}");
        }
        assert!(pair[0].len() <= pair[1].len());
    }
    // By all that was published before the attack, the truce held on.
    let before = chronicle(&reports, Some("2021-01-01")).on(date("2021-03-03"));
    assert_eq!(
        find(&before, Fluent::InForce, "ceasefire").map(|h| h.value),
        Some(Value::InForce)
    );
    assert_eq!(before.known_by, Some(date("2021-01-01")));
}

#[test]
fn every_value_of_a_day_is_a_stretch_of_its_lane_and_carries_evidence() {
    let chronicle = chronicle(&story(), None);
    let lanes = chronicle.lanes();
    assert!(!lanes.is_empty());
    assert!(
        lanes
            .iter()
            .flat_map(|l| &l.stretches)
            .all(|s| !s.events.is_empty() && !s.rules.is_empty())
    );
    let mut day = date("2020-04-01");
    while day < date("2021-08-01") {
        for holding in chronicle.on(day).holdings {
            assert!(!holding.events.is_empty(), "{day} {holding:?}");
            let lane = lanes
                .iter()
                .find(|l| l.fluent == holding.fluent && l.subject == holding.subject && l.object == holding.object);
            let lane = lane.expect("there is a lane");
            assert!(
                holding.value == Value::Unknown || lane.stretches.iter().any(|s| s.value == holding.value),
                "{day} {holding:?}"
            );
        }
        day = day.saturating_add(9.days());
    }
}
