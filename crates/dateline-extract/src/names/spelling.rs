//! Slips of the pen: an unknown name that is a known one but for a letter or two.
//!
//! Takes: names found. Gives: their entities settled. Never: touches a name that is known as it is written.

use super::{Finder, Found, fold, runs};
use dateline_lang::Words;
use dateline_model::MentionKind;

/// Letters that a name must have to be taken for another. Chosen, not measured: below, too many names are one letter apart.
const LONG: usize = 7;

/// Settles unknown names that are written like others: in the report, or as an acronym in parentheses.
pub(super) fn settle(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    acronyms(words, found);
    let known: Vec<usize> = (0..found.len())
        .filter(|&i| !found[i].own_words && found[i].kind != MentionKind::Role)
        .collect();
    for i in 0..found.len() {
        if !found[i].own_words || found[i].kind == MentionKind::Role || found[i].title.is_some() {
            continue;
        }
        let form = runs::parts(words, found[i].start, found[i].end).concat();
        if form.len() < LONG {
            continue;
        }
        let near = known.iter().copied().find(|&k| {
            let other = runs::parts(words, found[k].start, found[k].end).concat();
            let most = if form.len() >= 10 { 2 } else { 1 };
            other.len() >= LONG
                && other.as_bytes()[0] == form.as_bytes()[0]
                && other != form
                && fold::distance(&form, &other, most).is_some()
        });
        if let Some(k) = near {
            let (kind, entity, name, point) = (
                found[k].kind,
                found[k].entity.clone(),
                found[k].name.clone(),
                found[k].point.clone(),
            );
            let f = &mut found[i];
            (f.kind, f.entity, f.name, f.point) = (kind, entity, name, point);
            f.rule = finder.ids.spelling.clone();
            f.own_words = false;
        }
    }
}

/// "Tổ chức … (CSTO)": the acronym and the name before it are one; so are all later uses of the acronym.
fn acronyms(words: &Words<'_>, found: &mut [Found]) {
    for i in 0..found.len() {
        let short = found[i].start;
        if short < 2 || words.word(short as usize - 1) != "(" || words.word(found[i].end as usize) != ")" {
            continue;
        }
        let is_short = super::is_acronym(words, short as usize) && found[i].end - short == 1;
        let Some(long) = (0..found.len()).find(|&k| {
            found[k].end == short - 1
                && matches!(
                    found[k].kind,
                    MentionKind::Organization | MentionKind::Force | MentionKind::Group
                )
        }) else {
            continue;
        };
        if !is_short
            || !matches!(
                found[i].kind,
                MentionKind::Organization | MentionKind::Force | MentionKind::Group | MentionKind::Place
            )
        {
            continue;
        }
        let (from, to) = if found[i].own_words { (long, i) } else { (i, long) };
        let (entity, name, old) = (
            found[from].entity.clone(),
            found[from].name.clone(),
            found[to].entity.clone(),
        );
        let kind = found[from].kind;
        for f in found.iter_mut().filter(|f| f.entity == old) {
            (f.entity, f.name, f.kind, f.own_words) = (entity.clone(), name.clone(), kind, false);
        }
    }
}
