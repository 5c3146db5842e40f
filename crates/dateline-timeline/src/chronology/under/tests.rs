//! Tests of this room.

use super::*;
use crate::sample::days;

/// An entry of the only story, told in a sentence of its own of each of the reports.
fn part(event: Plover, day: &str, reports: &[usize]) -> Part {
    Part {
        kind: None,
        spots: reports.iter().map(|r| (*r, 0, 0)).collect(),
        story: 0,
        event,
        fact: true,
        people: vec![1],
        days: days(day),
        headline: false,
        deal: false,
        tolls: false,
        counts_on: false,
        gone: false,
        tellings: reports.len(),
    }
}

#[test]
fn what_hangs_under_something_that_hangs_is_told_under_its_root() {
    let deal = |reports: &[usize]| Part {
        deal: true,
        ..part(Plover::Support, "2024-03-09", reports)
    };
    // The fullest fight; a count that is a deal as well, and hangs under it; a deal that hangs under that.
    let fight = Part {
        counts_on: true,
        ..part(Plover::Assault, "2024-03-01", &[0, 1, 2])
    };
    let both = Part {
        counts_on: true,
        event: Plover::Assault,
        ..deal(&[3, 4])
    };
    let mut parts = vec![fight, both, deal(&[5])];
    let over: Vec<(usize, usize)> = over(&mut parts).into_iter().map(|(i, over, _)| (i, over)).collect();
    assert_eq!(over, [(1, 0), (2, 0)]);
}

#[test]
fn a_count_goes_to_the_fight_that_its_report_tells() {
    let toll = |reports: &[usize]| Part {
        kind: Some(Kind::Toll),
        tolls: true,
        ..part(Plover::Assault, "2024-03-09", reports)
    };
    let mut parts = vec![
        part(Plover::Assault, "2024-03-01", &[0, 1]),
        part(Plover::Assault, "2024-03-02", &[2]),
        toll(&[2]),
        toll(&[7]),
    ];
    let over: Vec<(usize, usize)> = over(&mut parts).into_iter().map(|(i, over, _)| (i, over)).collect();
    assert_eq!(over, [(2, 1)], "nobody tells of a fight beside the other");
}

#[test]
fn counts_of_a_fight_told_everywhere_cost_no_more_than_their_length() {
    // 20,000 places of the fight, 20,000 counts of which each stands in half a dozen reports: as pairs, 2.4 billion looks.
    let n = 20_000;
    let fight = part(Plover::Assault, "2024-03-01", &(0..n).collect::<Vec<usize>>());
    let count = |i: usize| Part {
        kind: Some(Kind::Toll),
        ..part(
            Plover::Assault,
            "2024-03-09",
            &[i, i + n, i + n + 1, i + n + 2, i + n + 3, i + n + 4],
        )
    };
    let mut parts: Vec<Part> = std::iter::once(fight).chain((0..n).map(count)).collect();
    let found = over(&mut parts);
    assert_eq!(found.len(), n);
    assert!(found.iter().all(|(_, over, _)| *over == 0));
}
