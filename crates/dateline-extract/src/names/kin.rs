//! Words of kinship: two names beside them are two persons, also where one is the other's name.
//!
//! Takes: words, names found. Gives: who is kin of whom. Never: merges anybody.

use super::{Finder, Found};
use dateline_lang::Words;
use dateline_model::MentionKind;

/// Tokens between a name and a word of kinship, and between it and the other name. Chosen, not measured: "Karim Velmo, the eldest son of
/// the late General Ahmad Velmo".
const KIN: u32 = 6;

/// Pairs of names that a word of kinship stands between: indices of `found`.
pub(super) fn pairs(finder: &Finder, words: &Words<'_>, found: &[Found]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for hit in words.all_of(finder.classes.kin) {
        let sentence = words.tokens[hit.start as usize].sentence;
        let of = |f: &Found| f.kind == MentionKind::Person && words.tokens[f.start as usize].sentence == sentence;
        let at = found.partition_point(|f| f.start < hit.start);
        let before = (0..at)
            .rev()
            .take(KIN as usize)
            .find(|&k| of(&found[k]) && found[k].end <= hit.start);
        let behind = (at..found.len()).take(KIN as usize).find(|&k| of(&found[k]));
        if let (Some(a), Some(b)) = (before, behind)
            && hit.start - found[a].end <= KIN
            && found[b].start - hit.end <= KIN
        {
            pairs.push((a, b));
        }
    }
    pairs
}

/// "Con trai ông, tướng Karim Velmo": a word of kin and whose, a comma, perhaps a title, then the name.
pub(super) fn is_kin(finder: &Finder, words: &Words<'_>, start: u32) -> bool {
    let c = &finder.classes;
    let from = start.saturating_sub(KIN_OF);
    let title = words.ending_at(start, c.title, from).map_or(start, |h| h.start);
    let comma = title.checked_sub(1).filter(|&t| words.word(t as usize) == ",");
    let whose = comma.and_then(|end| words.ending_at(end, c.pronoun, from));
    whose.is_some_and(|w| words.ending_at(w.start, c.kin, from).is_some())
}

/// Tokens from the word of kin to the name: "con trai cả của ông, đại tướng". Chosen: as many as those words have.
const KIN_OF: u32 = 8;
