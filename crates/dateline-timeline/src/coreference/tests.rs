//! Tests of this room.

use crate::relate;
use crate::sample::{Deed, Report};
use dateline_model::Plover::{Accuse, Agree, Assault, Coerce, Consult, Mobilize, Retreat, Sanction};
use dateline_model::{AnnotatedDocument, Status, Timeline};

/// Two reports of one story, each telling one deed of "Velmora".
fn two(a: (&str, Deed), b: (&str, Deed)) -> Timeline {
    let text =
        |words: &str| format!("Velmora and the border question\nThe army of Velmora {words} in the border district");
    let report = |id: &str, (words, deed): (&str, Deed)| -> AnnotatedDocument {
        Report::new(id, &text(words))
            .outlet(id)
            .published("2024-06-20")
            .tells(deed)
            .done()
    };
    relate(&[report("b", b), report("a", a)])
}

fn deed(words: &str, event: dateline_model::Plover) -> Deed {
    Deed::new(words, event).by("velmora")
}

#[test]
fn the_same_attack_on_the_same_day_is_one_event() {
    let t = two(
        (
            "shelled the town",
            deed("shelled", Assault).to("orrelin").on("2024-06-19"),
        ),
        ("seized the town", deed("seized", Coerce).to("orrelin").on("2024-06")),
    );
    assert_eq!(t.events.len(), 1);
    assert_eq!(t.events[0].when.value.as_deref(), Some("2024-06-19"));
}

#[test]
fn wars_of_different_years_stay_apart() {
    let t = two(
        ("fought a war", deed("fought a war", Assault).on("1994")),
        ("fought a war", deed("fought a war", Assault).on("2020")),
    );
    assert_eq!(t.events.len(), 2);
    assert!(
        t.events[0]
            .refusals
            .iter()
            .any(|(rule, other)| rule == "coref.refuse.when" && *other == t.events[1].id)
    );
}

#[test]
fn what_will_be_has_not_been() {
    let t = two(
        ("withdrew its troops", deed("withdrew", Retreat)),
        (
            "will withdraw its troops",
            deed("withdraw", Retreat).status(Status::Planned),
        ),
    );
    assert_eq!(t.events.len(), 2);
}

#[test]
fn what_was_planned_for_a_day_and_done_on_it_is_one_event() {
    let t = two(
        ("withdrew its troops", deed("withdrew", Retreat).on("2024-06-19")),
        (
            "will withdraw its troops",
            deed("withdraw", Retreat).status(Status::Planned).on("2024-06-19"),
        ),
    );
    assert_eq!(t.events.len(), 1);
    assert_eq!(t.events[0].status, Status::Happened);
}

#[test]
fn opposite_accusations_are_two() {
    let t = two(
        (
            "accused Isk of firing",
            Deed::new("accused", Accuse).by("velmora").to("isk").on("2024-06-19"),
        ),
        (
            "accused Isk of firing",
            Deed::new("accused", Accuse).by("isk").to("velmora").on("2024-06-19"),
        ),
    );
    assert_eq!(t.events.len(), 2);
}

#[test]
fn troops_sent_elsewhere_are_other_troops() {
    let t = two(
        (
            "sent troops",
            deed("sent troops", Mobilize)
                .on("2024-06")
                .at("north", (60.0, 10.0), "city", "VE"),
        ),
        (
            "sent troops",
            deed("sent troops", Mobilize)
                .on("2024-06")
                .at("south", (50.0, 10.0), "city", "VE"),
        ),
    );
    assert_eq!(t.events.len(), 2);
}

#[test]
fn beginning_and_end_are_phases() {
    let reports = [
        Report::new("a", "Velmora leaves Isk\nVelmora began to withdraw its troops from Isk")
            .published("2024-04-17")
            .tells(deed("began to withdraw", Retreat).phase("begins").on("2024-04-16"))
            .done(),
        Report::new(
            "b",
            "Velmora leaves Isk\nVelmora completed the withdrawal of its troops from Isk",
        )
        .published("2024-06-12")
        .tells(deed("completed the withdrawal", Retreat).phase("ends").on("2024-06-12"))
        .done(),
    ];
    let t = relate(&reports);
    assert_eq!(t.events.len(), 2);
    assert_eq!(t.events[1].phase_of.as_ref(), Some(&t.events[0].id));
}

#[test]
fn another_partner_is_another_meeting() {
    let t = two(
        (
            "met",
            Deed::new("met", Consult).by("edra-lund").by("aron-tesk").on("2024-06"),
        ),
        (
            "met",
            Deed::new("met", Consult).by("edra-lund").by("dario-venn").on("2024-06"),
        ),
    );
    assert_eq!(t.events.len(), 2);
}

#[test]
fn a_report_that_denies_a_step_does_not_deny_the_other() {
    let t = two(
        (
            "suspended its membership",
            deed("suspended its membership", Sanction).to("pact"),
        ),
        (
            "has not left the pact",
            deed("left the pact", Sanction).to("pact").status(Status::Denied),
        ),
    );
    assert_eq!(t.events.len(), 2);
}

#[test]
fn one_deal_of_one_day_is_one_event_whatever_its_sides_are_called() {
    let t = two(
        (
            "agreed to a truce",
            Deed::new("agreed to a truce", Agree)
                .by("velmora")
                .by("hill-front")
                .on("2024-06-18"),
        ),
        (
            "agreed on a truce",
            Deed::new("agreed on a truce", Agree)
                .by("velmora")
                .by("people-of-the-hills")
                .on("2024-06-18"),
        ),
    );
    assert_eq!(t.events.len(), 1);
}

#[test]
fn deals_of_two_days_stay_apart() {
    let deal = |day: &str| {
        Deed::new("agreed to a truce", Agree)
            .by("velmora")
            .by("hill-front")
            .on(day)
    };
    let t = two(
        ("agreed to a truce", deal("2024-03-18")),
        ("agreed to a truce", deal("2024-06-18")),
    );
    assert_eq!(t.events.len(), 2);
}
