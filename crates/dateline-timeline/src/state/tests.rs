use super::axioms::{Axioms, Example};
use super::calculus::{Happening, Key, Moment, What, tracks};
use crate::sample::days;
use dateline_lang::PackFiles;
use dateline_model::{Change, Fluent, Plover, Value};
use jiff::civil::Date;

fn axioms() -> Axioms {
    Axioms::load(&PackFiles::builtin()).expect("the built-in axioms load")
}

fn date(value: &str) -> Date {
    value.parse().expect("a day")
}

/// "2020-05-01 reds begins control hill [partly]", "2020-09-01 blues ASSAULT reds at hill".
fn happening(line: &str, number: usize) -> Happening {
    let words: Vec<&str> = line.split(' ').collect();
    let names = |w: &str| w.split('+').map(str::to_string).collect::<Vec<_>>();
    let deed = Plover::parse(words[2]);
    let (what, whom, place) = match deed {
        Some(deed) => (What::Deed(deed), names(words[3]), words[5]),
        None => {
            let change = Change::parse(words[2]).expect("a change");
            let fluent = Fluent::parse(words[3]).expect("a fluent");
            let part = words.get(5) == Some(&"partly");
            (
                What::Outcome {
                    fluent,
                    change,
                    part,
                    force: true,
                },
                Vec::new(),
                words[4],
            )
        }
    };
    Happening {
        what,
        who: names(words[1]),
        whom,
        places: vec![place.to_string()],
        moment: Moment {
            days: days(words[0]),
            known: None,
        },
        told: None,
        events: [format!("e{number}")].into(),
        denied: false,
    }
}

fn run(example: &Example, axioms: &Axioms) -> Vec<String> {
    let given: Vec<Happening> = example
        .given
        .iter()
        .enumerate()
        .map(|(i, line)| happening(line, i))
        .collect();
    let tracks = tracks(&given, axioms, &|_, _| false);
    let said = |Key {
                    fluent,
                    subject,
                    object,
                }: &Key| {
        let said = tracks[&Key {
            fluent: *fluent,
            subject: subject.clone(),
            object: object.clone(),
        }]
            .on(date(&example.on));
        let value = said.now.map_or(Value::Unknown, |s| s.value);
        let or = said.perhaps.map(|s| s.value).filter(|v| *v != value);
        let or = or.map_or(String::new(), |v| format!(" or {}", v.as_str()));
        let part = if said.now.is_some_and(|s| s.partial) {
            " partly"
        } else {
            ""
        };
        format!("{} {subject} {object} {}{or}{part}", fluent.as_str(), value.as_str())
    };
    tracks.keys().map(said).collect()
}

#[test]
fn the_examples_of_the_axioms_run() {
    let axioms = axioms();
    for (axiom, example) in &axioms.examples {
        let said = run(example, &axioms);
        for expected in &example.then {
            assert!(said.contains(expected), "{axiom}: {example:?}\n{said:?}");
        }
    }
}
