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
fn a_count_looks_at_its_own_reports_and_a_few_fights() {
    // Looks of `n` counts, each told in three reports, at `n` fights, each told in `n`.
    let looks = |n: usize| {
        let all: Vec<usize> = (0..n).collect();
        let fights = (0..n).map(|_| part(Plover::Assault, "2024-03-01", &all));
        let count = |i: usize| Part {
            kind: Some(Kind::Toll),
            ..part(Plover::Assault, "2024-03-09", &[i, i + n, i + n + 1])
        };
        let mut parts: Vec<Part> = fights.chain((0..n).map(count)).collect();
        let mains = Mains::of(&parts);
        for part in &parts[n..] {
            assert_eq!(mains.fight(part), Some(0));
        }
        let looks = mains.looks.get();
        let found = over(&mut parts);
        assert!(found.len() == n && found.iter().all(|(_, over, _)| *over == 0));
        looks
    };
    let (few, many) = (looks(50), looks(200));
    assert!(few > 0 && many <= 4 * few, "{few} looks, of four times as many {many}");
}
