//! The reports' own words for an event.

use super::Group;
use crate::coreference::Telling;
use dateline_model::{BlockKind, When};

/// Letters of a label: one line of a terminal.
const LABEL: usize = 140;

/// Letters of a sentence beyond which a shorter one is preferred.
const LONG: f64 = 400.0;

/// The telling that states the event best: dated as the event is, with who and where, in a sentence of its own.
pub(super) fn best(group: &Group, when: &When) -> usize {
    let score = |t: &Telling| -> f64 {
        let mention = t.mention;
        let dated = t.dated && when.interval.contains(t.days);
        let whom = mention.actor.iter().any(|p| p.span.is_some());
        let place = mention.places.iter().any(|p| p.span.is_some());
        let length = t.sentence.map_or(0, |s| group.corpus.sentences[t.report][s].0.len());
        f64::from(u8::from(dated)) * 2.0
            + f64::from(u8::from(mention.status.is_fact()))
            + f64::from(u8::from(whom))
            + f64::from(u8::from(place))
            + f64::from(u8::from(!mention.figures.is_empty())) * 0.5
            - f64::from(u8::from(in_headline(group, t))) * 0.5
            - length as f64 / LONG
    };
    let scored = group.tellings.iter().enumerate();
    scored
        .max_by(|(i, a), (j, b)| score(a).total_cmp(&score(b)).then(j.cmp(i)))
        .map_or(0, |(i, _)| i)
}

/// The telling stands in the headline.
pub(super) fn in_headline(group: &Group, telling: &Telling) -> bool {
    let blocks = &group.corpus.reports[telling.report].document.blocks;
    blocks
        .iter()
        .any(|b| b.kind == BlockKind::Headline && b.span.contains(telling.mention.trigger))
}

/// The sentence of a telling, word for word.
pub(super) fn sentence(group: &Group, telling: usize) -> String {
    let Some(telling) = group.tellings.get(telling) else {
        return String::new();
    };
    let text = &group.corpus.reports[telling.report].document.text;
    let span = telling
        .sentence
        .map_or(telling.mention.clause, |s| group.corpus.sentences[telling.report][s].0);
    span.of(text).trim().to_string()
}

/// One line: the clause that tells the event, cut around the trigger where it is long.
pub(super) fn label(group: &Group, telling: usize) -> String {
    let Some(telling) = group.tellings.get(telling) else {
        return String::new();
    };
    let text = &group.corpus.reports[telling.report].document.text;
    let clause = telling.mention.clause.cover(telling.mention.trigger);
    let words = clause.of(text).split_whitespace().collect::<Vec<&str>>().join(" ");
    let words = words
        .trim_matches(|c: char| c.is_whitespace() || ",;:–-\"“”".contains(c))
        .to_string();
    if words.chars().count() <= LABEL {
        return words;
    }
    // Whole words from the trigger's side: first drop the tail, and where the trigger stands late, the head.
    let before = text
        .get(clause.start as usize..telling.mention.trigger.start as usize)
        .unwrap_or("")
        .chars()
        .count();
    let trigger = telling.mention.trigger.of(text).chars().count();
    let skip = (before + trigger + LABEL / 3).saturating_sub(LABEL);
    let mut line = String::new();
    let mut at = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        if at >= skip {
            if line.chars().count() + length + 1 > LABEL {
                line.push('…');
                break;
            }
            line.push_str(if line.is_empty() {
                if skip > 0 { "…" } else { "" }
            } else {
                " "
            });
            line.push_str(word);
        }
        at += length + 1;
    }
    line
}
