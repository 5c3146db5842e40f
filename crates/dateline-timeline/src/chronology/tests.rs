//! Tests of this room.

use crate::relate;
use crate::sample::{Deed, Report};
use dateline_model::Plover::{Assault, Concede, Support};
use dateline_model::{AnnotatedDocument, Dispute, DisputeField, DisputeKind, Event, Modifier, SourceKind, Status};

fn shelling(id: &str) -> Report {
    Report::new(
        id,
        "Market of Orrelin hit\nShells fell on the market of Orrelin on Saturday morning",
    )
    .outlet(id)
}

fn deed() -> Deed {
    Deed::new("Shells fell", Assault).by("velmora").on("2024-03-09")
}

fn one(reports: &[AnnotatedDocument]) -> Event {
    let mut events = relate(reports).events;
    assert_eq!(events.len(), 1, "{events:#?}");
    events.remove(0)
}

fn kinds(disputes: &[Dispute]) -> Vec<(DisputeField, DisputeKind)> {
    disputes.iter().map(|d| (d.field, d.kind)).collect()
}

#[test]
fn one_spokesman_in_two_outlets_is_one_source() {
    let report = |id: &str, agency: &str| {
        shelling(id)
            .credit(agency)
            .says("ilse-moran", SourceKind::Named, "Shells fell")
            .tells(deed())
            .done()
    };
    let event = one(&[report("a", "X"), report("b", "Y")]);
    assert_eq!(
        (event.sources.reports, event.sources.outlets, event.sources.independent),
        (2, 2, 1)
    );
    assert_eq!(event.sources.roots, ["ilse-moran"]);
}

#[test]
fn a_background_sentence_told_alike_is_one_source() {
    let other = Report::new(
        "b",
        "Another matter altogether today\nShells fell on the old market of Orrelin on Saturday morning",
    )
    .outlet("b");
    let event = one(&[shelling("a").tells(deed()).done(), other.tells(deed()).done()]);
    assert_eq!((event.sources.reports, event.sources.independent), (2, 1));
}

#[test]
fn two_witnesses_are_two_sources() {
    let told = |id: &str, who: &str| {
        shelling(id)
            .says(who, SourceKind::Named, "Shells fell")
            .tells(deed())
            .done()
    };
    assert_eq!(
        one(&[told("a", "ilse-moran"), told("b", "dario-venn")])
            .sources
            .independent,
        2
    );
}

#[test]
fn tolls_of_one_day_that_exclude_each_other_conflict() {
    let a = shelling("a")
        .published("2024-03-10")
        .tells(deed().count(31, Some(Modifier::EqualOrMore), "killed"))
        .done();
    let b = shelling("b")
        .published("2024-03-10")
        .tells(deed().count(12, None, "killed"))
        .done();
    assert_eq!(
        kinds(&one(&[a, b]).disputes),
        [(DisputeField::Figures, DisputeKind::Conflict)]
    );
}

#[test]
fn nearly_is_an_approximation() {
    let a = shelling("a")
        .tells(deed().count(2000, Some(Modifier::LessThan), "troops"))
        .done();
    let b = shelling("b").tells(deed().count(1960, None, "troops")).done();
    assert_eq!(
        kinds(&one(&[a, b]).disputes),
        [(DisputeField::Figures, DisputeKind::Approximation)]
    );
}

#[test]
fn an_outlet_takes_its_figure_back() {
    let a = shelling("a")
        .outlet("Post")
        .published("2024-03-10")
        .tells(deed().count(81, None, "wounded"))
        .done();
    let b = shelling("b")
        .outlet("Post")
        .published("2024-03-11")
        .tells(deed().count(18, None, "wounded"))
        .done();
    assert_eq!(
        kinds(&one(&[a, b]).disputes),
        [(DisputeField::Figures, DisputeKind::Correction)]
    );
}

#[test]
fn a_month_and_its_day_refine() {
    let a = shelling("a")
        .tells(Deed::new("Shells fell", Assault).by("velmora").on("2024-03"))
        .done();
    let event = one(&[a, shelling("b").tells(deed()).done()]);
    assert_eq!(event.when.value.as_deref(), Some("2024-03-09"));
    assert_eq!(kinds(&event.disputes), [(DisputeField::When, DisputeKind::Refinement)]);
}

#[test]
fn surrender_and_truce_are_two_framings() {
    let text = "Rebels sign\nThe rebels signed a deal with Velmora";
    let sign = |id: &str, event| {
        Report::new(id, text)
            .outlet(id)
            .tells(
                Deed::new("signed a deal", event)
                    .by("rebels")
                    .to("velmora")
                    .on("2023-09-20"),
            )
            .done()
    };
    assert_eq!(
        kinds(&one(&[sign("a", Concede), sign("b", Support)]).disputes),
        [(DisputeField::Framing, DisputeKind::Framing)]
    );
}

#[test]
fn a_go_between_who_also_signs_is_a_framing() {
    let text = "Truce\nThe two sides signed a truce";
    let sign = |id: &str, deed: Deed| Report::new(id, text).outlet(id).tells(deed.on("2020-11")).done();
    let base = || Deed::new("signed a truce", Support).by("velmora").by("isk");
    let event = one(&[sign("a", base().through("halden")), sign("b", base().by("halden"))]);
    assert_eq!(kinds(&event.disputes), [(DisputeField::Actor, DisputeKind::Framing)]);
}

#[test]
fn a_plan_and_its_deed_update() {
    let a = shelling("a")
        .published("2024-03-01")
        .tells(deed().status(Status::Planned))
        .done();
    let b = shelling("b").published("2024-03-10").tells(deed()).done();
    let event = one(&[a, b]);
    assert_eq!(
        (event.status, kinds(&event.disputes)),
        (Status::Happened, vec![(DisputeField::Status, DisputeKind::Update)])
    );
}

#[test]
fn every_sentence_is_a_reports_own() {
    let event = one(&[shelling("a").tells(deed()).done()]);
    assert_eq!(event.text, "Shells fell on the market of Orrelin on Saturday morning");
    assert_eq!(event.mentions.len(), 1);
}

#[test]
fn order_and_repetition_of_reports_do_not_matter() {
    let a = shelling("a")
        .published("2024-03-10")
        .tells(deed().count(31, None, "killed"))
        .done();
    let b = shelling("b")
        .published("2024-03-11")
        .language("vi")
        .tells(deed().count(12, None, "killed"))
        .done();
    let one = relate(&[a.clone(), b.clone()]);
    assert_eq!(one, relate(&[b.clone(), a.clone(), b]));
}

#[test]
fn what_is_said_of_a_deed_stands_under_it() {
    use dateline_model::Plover::{Accuse, Request};
    let report = Report::new(
        "a",
        "Market of Orrelin hit\nShells fell on the market of Orrelin on Saturday morning\nThe ministry blamed the rebels\n\
         The union called for a truce",
    )
    .published("2024-03-10")
    .tells(deed())
    .tells(Deed::new("blamed", Accuse).by("ministry").on("2024-03-10"))
    .tells(Deed::new("called for", Request).by("union").on("2024-03-10"))
    .done();
    let events = relate(&[report]).events;
    assert_eq!(events.len(), 3, "nothing is lost");
    let shelled = events.iter().find(|e| e.event == Assault).expect("the deed");
    assert_eq!(shelled.under, None);
    for said in events.iter().filter(|e| e.event != Assault) {
        let under = said.under.as_ref().expect("it speaks of the deed");
        assert_eq!(
            (under.event.as_str(), under.rule.as_str()),
            (shelled.id.as_str(), "under.said")
        );
    }
}

#[test]
fn what_a_headline_says_stands_on_its_own() {
    use dateline_model::Plover::Threaten;
    let report = Report::new(
        "a",
        "General threatens strikes\nShells fell on the market of Orrelin on Saturday morning",
    )
    .published("2024-03-10")
    .tells(Deed::new("threatens", Threaten).by("general").on("2024-03-10"))
    .tells(deed())
    .done();
    assert!(relate(&[report]).events.iter().all(|e| e.under.is_none()));
}

#[test]
fn what_an_agency_was_told_is_the_agencys() {
    let told = shelling("a")
        .says("a-source", SourceKind::Anonymous, "Shells fell")
        .through("X")
        .tells(deed())
        .done();
    // Other words, so that neither is a copy of the other.
    let text = "Stalls burn for hours\nWhen shells fell among the stalls on Saturday nobody had left yet, and flames spread from row to row";
    let other = Report::new("b", text).outlet("b").credit("X");
    let other = other.tells(Deed::new("shells fell", Assault).by("velmora").on("2024-03-09"));
    let event = one(&[told, other.done()]);
    assert_eq!((event.sources.reports, event.sources.independent), (2, 1));
    assert_eq!(event.sources.roots, ["a source (X)"]);
}

#[test]
fn who_judges_a_deed_is_no_witness_of_it() {
    use dateline_model::Plover::Accuse;
    let text = "Market of Orrelin hit\nThe council condemned the shelling of the market of Orrelin";
    let report = Report::new("a", text)
        .outlet("a")
        .published("2024-03-10")
        .says("council", SourceKind::Named, "the shelling")
        .cue("condemned")
        .tells(Deed::new("condemned", Accuse).by("council").on("2024-03-10"))
        .tells(Deed::new("shelling", Assault).by("velmora").on("2024-03-09"))
        .done();
    let events = relate(&[report]).events;
    let shelled = events.iter().find(|e| e.event == Assault).expect("the deed");
    assert_eq!(shelled.sources.roots, ["unattributed (a)"]);
}

#[test]
fn a_notice_does_not_date_what_it_corrects() {
    let count = |number| {
        Deed::new("Shells fell", Assault)
            .by("velmora")
            .count(number, None, "wounded")
    };
    let told = shelling("a")
        .outlet("Post")
        .published("2024-03-10")
        .tells(count(81))
        .done();
    let notice = shelling("b").outlet("Post").published("2024-03-11");
    let notice = notice.tells(count(18).on("2024-03-10").corrects()).done();
    let event = one(&[told, notice]);
    assert_eq!(event.when.value.as_deref(), Some("../2024-03-10"));
}

#[test]
fn whose_troops_are_counted_need_not_be_said_by_both() {
    let sent = |id: &str, deed: Deed| {
        let text = "Troops sent\nThe troops were sent to Orrelin";
        Report::new(id, text)
            .outlet(id)
            .tells(deed.by("velmora").on("2024-03-09"))
            .done()
    };
    let base = || Deed::new("were sent", dateline_model::Plover::Mobilize);
    let kinds_of = |unit: &str| {
        let about = base().count(2000, Some(Modifier::Approx), unit).of("velmoran-men");
        kinds(&one(&[sent("a", about), sent("b", base().count(2000, None, unit))]).disputes)
    };
    assert_eq!(
        kinds_of("troops"),
        [(DisputeField::Figures, DisputeKind::Approximation)]
    );
    assert_eq!(kinds_of("killed"), []);
}

#[test]
fn a_notice_is_of_the_deed_whose_count_it_sets_right() {
    let count = |number: u64| deed().count(number, None, "wounded");
    let report = |id, outlet| shelling(id).outlet(outlet).published("2024-03-10").credit("X");
    let told = report("a", "Post").tells(count(81));
    let again = report("c", "Mail").tells(count(70));
    let notice = shelling("b").outlet("Post").published("2024-03-14");
    // The notice names the day on which the wrong count was printed.
    let right = Deed::new("Shells fell", Assault).by("velmora").on("2024-03-12");
    let notice = notice.tells(right.count(81, None, "wounded").corrects());
    let event = one(&[told.done(), again.done(), notice.done()]);
    assert_eq!(event.when.value.as_deref(), Some("2024-03-09"));
    assert_eq!(
        (event.sources.reports, event.sources.independent),
        (3, 1),
        "{:?}",
        event.sources
    );
}
