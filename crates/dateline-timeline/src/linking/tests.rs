//! Tests of this room.

use crate::relate;
use crate::sample::Report;
use dateline_model::MentionKind::{Person, Place, Role};
use dateline_model::{Entity, Interval};

fn entities(reports: &[dateline_model::AnnotatedDocument]) -> Vec<Entity> {
    relate(reports).entities
}

#[test]
fn a_surname_goes_to_the_one_full_name() {
    let a = Report::new("a", "Ilse Moran spoke")
        .name("Ilse Moran", Person, "ilse-moran")
        .done();
    let b = Report::new("b", "Moran left").name("Moran", Person, "moran").done();
    let all = entities(&[a, b]);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].name.as_str(), all[0].aliases.as_slice()),
        ("Ilse Moran", ["Moran".to_string()].as_slice())
    );
    assert_eq!(all[0].mentions.len(), 2);
}

#[test]
fn a_surname_of_two_people_stays_alone() {
    let a = Report::new("a", "Ilse Moran met Jon Moran")
        .name("Ilse Moran", Person, "ilse-moran")
        .name("Jon Moran", Person, "jon-moran")
        .done();
    let b = Report::new("b", "Moran left").name("Moran", Person, "moran").done();
    assert_eq!(entities(&[a, b]).len(), 3);
}

#[test]
fn a_role_goes_to_the_person_who_holds_it() {
    let a = Report::new("a", "Prime Minister Edra Lund spoke")
        .name("Edra Lund", Person, "edra-lund")
        .role("prime minister", "velmora")
        .done();
    let b = Report::new("b", "The prime minister left")
        .name("prime minister", Role, "prime-minister")
        .role("prime minister", "velmora")
        .done();
    let c = Report::new("c", "The prime minister left")
        .name("prime minister", Role, "prime-minister-2")
        .role("prime minister", "isk")
        .done();
    let all = entities(&[a, b, c]);
    let of: Vec<(&str, usize)> = all.iter().map(|e| (e.id.as_str(), e.mentions.len())).collect();
    assert_eq!(of, [("edra-lund", 2), ("prime-minister-2", 1)]);
}

#[test]
fn a_slip_of_the_pen_is_the_same_place_and_a_short_name_is_not() {
    let a = Report::new("a", "Upper Velmora and Upper Velmora, Mali")
        .name("Upper Velmora", Place, "upper-velmora")
        .name("Upper Velmora", Place, "upper-velmora")
        .name("Mali", Place, "mali")
        .done();
    let b = Report::new("b", "Uper Velmora and Bali")
        .name("Uper Velmora", Place, "uper-velmora")
        .name("Bali", Place, "bali")
        .done();
    let ids: Vec<String> = entities(&[a, b]).into_iter().map(|e| e.id).collect();
    assert_eq!(ids, ["bali", "mali", "upper-velmora"]);
}

#[test]
fn a_name_spelled_by_its_sound_goes_to_the_one_original() {
    let a = Report::new("a", "Oleg Karsenko spoke")
        .name("Oleg Karsenko", Person, "oleg-karsenko")
        .sounds("-oLeG KaSeKo")
        .done();
    let b = Report::new("b", "Karsenko left")
        .name("Karsenko", Person, "karsenko")
        .sounds("KaSeKo")
        .done();
    let c = Report::new("c", "Các-xen-cô nói")
        .name("Các-xen-cô", Person, "cacxenco")
        .sounds("~KaSeKo")
        .done();
    let d = Report::new("d", "Piotr Karsinka stayed")
        .name("Piotr Karsinka", Person, "piotr-karsinka")
        .sounds("PoTe KaSeKa")
        .done();
    let ids = |reports: &[_]| entities(reports).into_iter().map(|e| e.id).collect::<Vec<String>>();
    assert_eq!(ids(&[a.clone(), b.clone(), c.clone()]), ["oleg-karsenko"]);
    assert_eq!(
        ids(&[a, b, c, d]),
        ["cacxenco", "oleg-karsenko", "piotr-karsinka"],
        "two fit"
    );
}

#[test]
fn a_role_has_the_days_that_reports_tell() {
    let day = |d: &str| d.parse().ok();
    let report = |id: &str, role: &str, held: Interval| {
        Report::new(id, "Edra Lund spoke")
            .name("Edra Lund", Person, "edra-lund")
            .role(role, "velmora")
            .held(held)
            .done()
    };
    let told = Interval {
        earliest: day("2014-01-01"),
        latest: day("2019-12-31"),
    };
    let ended = Interval {
        earliest: None,
        latest: day("2021-05-04"),
    };
    let days = |reports: &[_]| {
        let all = entities(reports);
        let roles: Vec<(String, Interval)> = all[0]
            .roles
            .iter()
            .map(|r| (r.title.clone(), r.when.interval))
            .collect();
        roles
    };
    let former = report("a", "Former President", ended);
    assert_eq!(days(std::slice::from_ref(&former)), [("President".to_string(), ended)]);
    let both = [former, report("b", "President", told)];
    assert_eq!(days(&both), [("President".to_string(), told)]);
}
