//! Figures that differ.

use super::{Group, dispute, pairs};
use dateline_model::{Dispute, DisputeField, DisputeKind, Figure, Modifier};
use std::collections::BTreeMap;

/// By how much a rounded or "about" figure may miss the other.
const ROUND: f64 = 0.1;

/// By how much "more than" and "nearly" may miss it: "more than 30" is said of 31 to 39, "nearly 2,000" of 1,800.
const LOOSE: f64 = 0.25;

/// Disputes on figures, unit by unit: at most one of a kind.
pub(super) fn find(group: &Group, few: &[usize]) -> Vec<Dispute> {
    // Unit and side of a count → the kind of the gravest difference.
    let mut worst: BTreeMap<(&str, Option<&str>), DisputeKind> = BTreeMap::new();
    for (i, j) in pairs(group, few) {
        for a in &group.tellings[i].mention.figures {
            for b in group.tellings[j]
                .mention
                .figures
                .iter()
                .filter(|b| of_one_side(a, b) && same_unit(a, b))
            {
                if let Some(kind) = between(group, (i, a), (j, b)) {
                    let side = a.side.as_deref().filter(|_| a.side == b.side);
                    let found = worst.entry((&a.unit, side)).or_insert(kind);
                    if gravity(kind) > gravity(*found) {
                        *found = kind;
                    }
                }
            }
        }
    }
    worst
        .into_iter()
        .filter_map(|((unit, side), kind)| {
            let mut sides: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (i, telling) in group.tellings.iter().enumerate() {
                let counts = telling.mention.figures.iter().filter(|f| {
                    one_unit(&f.unit, unit) && (f.side.as_deref() == side || !is_toll(f) && side.is_none())
                });
                for count in counts {
                    let mentions = sides.entry(value(count)).or_default();
                    if mentions.last() != Some(&i) {
                        mentions.push(i);
                    }
                }
            }
            dispute(group, DisputeField::Figures, kind, sides)
        })
        .collect()
}

/// Units of people under arms: what one report counts as troops another counts as peacekeepers, or just as people.
const SOLDIERS: [&str; 3] = ["troops", "peacekeepers", "people"];

/// The two count people of one side: whose dead they are must be said by both, whose troops were sent need not.
fn of_one_side(a: &Figure, b: &Figure) -> bool {
    a.side == b.side || (a.side.is_none() || b.side.is_none()) && !is_toll(a) && !is_toll(b)
}

fn is_toll(figure: &Figure) -> bool {
    crate::coreference::TOLLS.contains(&figure.unit.as_str())
}

/// The two count the same, under one word or two.
fn same_unit(a: &Figure, b: &Figure) -> bool {
    a.unit == b.unit
        || one_unit(&a.unit, &b.unit) && range(a).zip(range(b)).is_some_and(|(p, q)| p.0 <= q.1 && q.0 <= p.1)
}

/// Two words for one unit.
fn one_unit(a: &str, b: &str) -> bool {
    a == b || (SOLDIERS.contains(&a) && SOLDIERS.contains(&b))
}

/// Which of two differences names the dispute.
fn gravity(kind: DisputeKind) -> u8 {
    match kind {
        DisputeKind::Correction => 3,
        DisputeKind::Conflict => 2,
        DisputeKind::Update => 1,
        _ => 0,
    }
}

/// How two claims of one unit differ.
fn between(group: &Group, (i, a): (usize, &Figure), (j, b): (usize, &Figure)) -> Option<DisputeKind> {
    let (x, y) = (group.tellings[i], group.tellings[j]);
    if x.report == y.report || (a.low, a.high, a.modifier) == (b.low, b.high, b.modifier) {
        return None;
    }
    let (p, q) = (range(a)?, range(b)?);
    let exact = |f: &Figure| (f.low.or(f.high), f.high.or(f.low));
    if exact(a) == exact(b) || (p.0 <= q.1 && q.0 <= p.1) {
        return Some(DisputeKind::Approximation);
    }
    let (later, first) = if group.corpus.age(x.report) > group.corpus.age(y.report) {
        ((x, a), (y, b))
    } else {
        ((y, b), (x, a))
    };
    let day = |t: usize| group.corpus.age(t).1;
    let on_later_day = day(later.0.report) > day(first.0.report);
    let outlet = |r: usize| group.corpus.reports[r].document.outlet.as_deref();
    let same_outlet = outlet(x.report).is_some() && outlet(x.report) == outlet(y.report);
    let rose = exact(later.1).0 > exact(first.1).0;
    Some(match (on_later_day, same_outlet, rose) {
        // What says itself that it takes a figure back does.
        _ if later.0.corrects() => DisputeKind::Correction,
        // An outlet's own figure that sinks is taken back; one that rises is counted on.
        (true, true, false) => DisputeKind::Correction,
        (true, _, true) if same_outlet || later.1.cumulative => DisputeKind::Update,
        _ => DisputeKind::Conflict,
    })
}

/// Numbers that a claim allows.
fn range(figure: &Figure) -> Option<(f64, f64)> {
    let low = figure.low.or(figure.high)? as f64;
    let high = figure.high.or(figure.low)? as f64;
    // A number with zeros at its end may be rounded; the more zeros, the surer.
    let rounded = |n: f64| n >= 100.0 && n % 100.0 == 0.0;
    Some(match figure.modifier {
        Some(Modifier::Approx) => (low * (1.0 - ROUND), high * (1.0 + ROUND)),
        Some(Modifier::MoreThan | Modifier::EqualOrMore) => (low, high * (1.0 + LOOSE)),
        Some(Modifier::LessThan | Modifier::EqualOrLess) => (low * (1.0 - LOOSE), high),
        _ if rounded(low) => (low * (1.0 - ROUND / 2.0), high * (1.0 + ROUND / 2.0)),
        _ => (low, high),
    })
}

/// "2000", "2000 APPROX", "18-31".
fn value(figure: &Figure) -> String {
    let number = match (figure.low, figure.high) {
        (Some(a), Some(b)) if a != b => format!("{a}-{b}"),
        (Some(n), _) | (_, Some(n)) => n.to_string(),
        _ => String::new(),
    };
    figure
        .modifier
        .map_or(number.clone(), |m| format!("{number} {}", m.as_str()))
}
