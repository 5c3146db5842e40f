//! The examples of the axioms, run.

use super::axioms::{Axioms, Example, PATH};
use super::calculus::{Happening, Moment, What, tracks};
use dateline_model::{Change, Fluent, Interval, Plover, Value};
use jiff::civil::Date;
use std::collections::BTreeSet;

impl Axioms {
    /// Runs the examples; gives what fails, in order.
    pub fn check(&self) -> Vec<String> {
        let mut failures = Vec::new();
        for (axiom, example) in &self.examples {
            match said(example, self) {
                None => failures.push(format!("{PATH}: {axiom}: an example cannot be read: {example:?}")),
                Some(said) => failures.extend(example.then.iter().filter(|expected| !said.contains(expected)).map(
                    |expected| {
                        format!(
                            "{PATH}: {axiom}: `{expected}` does not hold on {}: {said:?}",
                            example.on
                        )
                    },
                )),
            }
        }
        failures
    }
}

/// "2020-05-01", "2020-05" or "2020".
fn days(word: &str) -> Option<Interval> {
    let mut parts = word.split('-').map(|p| p.parse::<i16>().ok());
    let year = parts.next()??;
    let small = |part: Option<Option<i16>>| part.map(|p| p.and_then(|n| i8::try_from(n).ok()));
    match (small(parts.next()), small(parts.next())) {
        (None, _) => Some(Interval::between(
            Date::new(year, 1, 1).ok()?,
            Date::new(year, 12, 31).ok()?,
        )),
        (Some(month), None) => {
            let first = Date::new(year, month?, 1).ok()?;
            Some(Interval::between(first, first.last_of_month()))
        }
        (Some(month), Some(day)) => Some(Interval::day(Date::new(year, month?, day?).ok()?)),
    }
}

/// "2020-05-01 reds begins control hill [partly]", "2020-09-01 blues ASSAULT reds at hill".
fn happening(line: &str, number: usize) -> Option<Happening> {
    let words: Vec<&str> = line.split(' ').collect();
    let names = |w: &str| w.split('+').map(str::to_string).collect::<Vec<_>>();
    let (what, whom, place) = match Plover::parse(words.get(2)?) {
        Some(deed) => (What::Deed(deed), names(words.get(3)?), words.get(5)?),
        None => {
            let (fluent, part) = (Fluent::parse(words.get(3)?)?, words.get(5) == Some(&"partly"));
            let what = match *words.get(2)? {
                "stands" => What::Stands { fluent, part },
                change => What::Outcome {
                    fluent,
                    change: Change::parse(change)?,
                    part,
                    force: true,
                },
            };
            (what, Vec::new(), words.get(4)?)
        }
    };
    let mut days = days(words.first()?)?;
    if matches!(what, What::Stands { .. }) {
        days.earliest = None;
    }
    Some(Happening {
        what,
        who: names(words.get(1)?),
        whom,
        places: vec![place.to_string()],
        moment: Moment { days, known: None },
        told: None,
        events: [format!("e{number}")].into(),
        standings: BTreeSet::new(),
        denied: false,
        only_denied: false,
    })
}

fn said(example: &Example, axioms: &Axioms) -> Option<Vec<String>> {
    let lines = example.given.iter().enumerate();
    let given: Vec<Happening> = lines.map(|(i, line)| happening(line, i)).collect::<Option<_>>()?;
    let day: Date = example.on.parse().ok()?;
    let tracks = tracks(&given, axioms, &|_, _| false);
    let line = |(key, track): (&super::calculus::Key, &super::calculus::Track)| {
        let said = track.on(day);
        let value = said.now.map_or(Value::Unknown, |s| s.value);
        let or = said.perhaps.map(|s| s.value).filter(|v| *v != value);
        let or = or.map_or(String::new(), |v| format!(" or {}", v.as_str()));
        let part = if said.now.is_some_and(|s| s.partial) {
            " partly"
        } else {
            ""
        };
        let (fluent, value) = (key.fluent.as_str(), value.as_str());
        format!("{fluent} {} {} {value}{or}{part}", key.subject, key.object)
    };
    Some(tracks.iter().map(line).collect())
}
