//! Menu paths: names of sections in a row, glued or with arrows between them.

use super::lines::Line;
use super::phrases::{Phrases, Role};
use super::words::End;
use dateline_model::RuleId;

/// The rule by which the line is a menu path.
pub(super) fn evidence(line: &Line<'_>, phrases: &Phrases) -> Option<RuleId> {
    let words = &line.shape.words;
    if words.len() > 60 || line.shape.long || line.shape.end == End::Sentence && words.len() > 12 {
        return None;
    }
    let (mut at, mut sections, mut stepped) = (0, 0, true);
    while let Some(to) = phrases.longest(words, at, Role::Section).filter(|_| stepped) {
        sections += 1;
        at = to;
        stepped = words
            .get(at)
            .is_none_or(|w| w.glued || is_step(&line.text[words[at - 1].end as usize..w.start as usize]));
    }
    if sections >= 2 && (at == words.len() || stepped) {
        return Some("clean.breadcrumb.sections".into());
    }
    let arrows = line.text.matches(['>', '»', '›', '|', '•', '·', '▸', '→']).count();
    let menu = arrows >= 2 && words.len() <= 5 * (arrows + 1) && line.shape.end == End::Open;
    (menu || sections == 1 && arrows == 1 && words.len() <= 8).then(|| "clean.breadcrumb.arrows".into())
}

/// Between two items of a menu stands an arrow, a bar, or nothing but white space that no sentence would have.
fn is_step(between: &str) -> bool {
    let marks = between.trim();
    if marks.is_empty() {
        return between.len() > 1 || between.contains(['\t', '\u{a0}']);
    }
    marks
        .chars()
        .all(|c| matches!(c, '>' | '»' | '›' | '/' | '|' | '•' | '·' | '▸' | '→' | '-' | '\\'))
}
