//! Names that a report gives together with their acronym: "Cơ quan Điều phối Thương mại Hàng hải Anh (UKMTO)".
//!
//! Takes: words, bodies found. Gives: the long name as a whole. Never: touches a name that is known by all of its words.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::{Finder, Found, fold, is_acronym, is_short_form, people, runs};
use dateline_lang::{TokenKind, Words};
use dateline_model::MentionKind;

/// Tokens that a long name may have before its acronym. Chosen: the longest names of bodies that we know have twelve words.
const REACH: u32 = 16;

/// Finds long names before an acronym in parentheses and puts them in place of what stands inside them.
pub(super) fn find(finder: &Finder, words: &Words<'_>, atoms: &[Atom<'_>], found: &mut Board) {
    // In the order of the text; none over another, for none goes back behind a sign.
    let mut defined: Vec<Found> = Vec::new();
    for open in 1..words.tokens.len() {
        if words.tokens[open].kind != TokenKind::Mark
            || words.word(open) != "("
            || !is_short_form(words, open + 1)
            || words.tokens[open + 1].span.len() < 2
        {
            continue;
        }
        let mut close = open + 2;
        while matches!(words.word(close), "-" | "/") && is_acronym(words, close + 1) {
            close += 2;
        }
        if words.word(close) != ")" {
            continue;
        }
        let short: String = (open + 1..close)
            .map(|t| words.word(t))
            .filter(|w| w.len() > 1)
            .collect();
        let end = open as u32;
        let known = |a: &Atom<'_>| a.end == end && matches!(a.what, What::Actor(_));
        if atoms::before(atoms, end).is_some_and(known) {
            continue;
        }
        let start = if finder.habits.syllables {
            headed(finder, words, end)
        } else {
            spelled(finder, words, end, &short.to_uppercase())
        };
        let Some(start) = start else { continue };
        // "Line of Control (LoC)".
        if atoms::before(atoms, end).is_some_and(|a| (a.start, a.end) == (start, end)) {
            continue;
        }
        let over = found.over(start, end).is_some();
        if over && found.is_inside(start, end) {
            continue;
        }
        let within = |f: &&Found| f.start >= start && f.end <= end;
        let men = |f: &&Found| matches!(f.kind, MentionKind::Force | MentionKind::Group);
        let kind = (start..end)
            .filter_map(|t| found.name_at(t))
            .find(|f| within(f) && men(f))
            .map_or_else(|| kind(finder, words, start, end), |f| f.kind);
        let (entity, name) = people::own_name(words, start, end);
        defined.push(Found {
            start,
            end,
            kind,
            entity,
            name,
            title: None,
            point: None,
            metonym_for: None,
            rule: finder.ids.acronym.clone(),
            own_words: true,
            gender: None,
        });
    }
    if defined.is_empty() {
        return;
    }
    found.retain(|f| {
        let at = defined.partition_point(|d| d.end <= f.start);
        !defined.get(at).is_some_and(|d| f.overlaps(d.start, d.end))
    });
    defined.into_iter().for_each(|d| found.push(d));
}

/// What a name is by the words in it.
fn kind(finder: &Finder, words: &Words<'_>, start: u32, end: u32) -> MentionKind {
    let c = &finder.classes;
    let ends = |class| words.hit(end as usize - 1, class).is_some();
    let begins = |class| words.hit(start as usize, class).is_some();
    if !finder.habits.syllables && ends(c.group_word) || finder.habits.syllables && begins(c.group_word) {
        MentionKind::Group
    } else if !finder.habits.syllables && ends(c.unit_head) || finder.habits.syllables && begins(c.unit_head) {
        MentionKind::Force
    } else {
        MentionKind::Organization
    }
}

/// Where a name that begins with its head starts: at the farthest head in capitals that no verb or sign parts from `end`.
fn headed(finder: &Finder, words: &Words<'_>, end: u32) -> Option<u32> {
    let c = &finder.classes;
    let sentence = words.tokens[end as usize].sentence;
    let mut best = None;
    let mut capitals = 0u32;
    for t in (end.saturating_sub(REACH)..end).rev() {
        let at = t as usize;
        let word = words.word(at);
        let stops = words.tokens[at].sentence != sentence
            || !word.chars().next().is_some_and(char::is_alphanumeric) && !matches!(word, "-" | "–" | "&" | "'" | "’")
            || [c.says, c.before_verb, c.pronoun]
                .iter()
                .any(|&x| words.hit(at, x).is_some());
        if stops {
            break;
        }
        capitals += u32::from(runs::is_capital(words, at));
        let head = runs::is_capital(words, at)
            && [c.org_word, c.org_head, c.unit_head, c.group_word]
                .iter()
                .any(|&x| words.hit(at, x).is_some_and(|h| h.end < end));
        // Names are written with a capital a word; a word has two syllables.
        if head && capitals * 3 > end - t && capitals > 1 {
            best = Some(t);
            // "Đảng Vidor và Đảng Công lý (DCL)": the acronym is of the second.
            if at > 0 && words.hit(at - 1, c.and).is_some() {
                break;
            }
        }
    }
    best
}

/// Where a name in capitals before `end` starts: where its initials spell the acronym, else where its capitals begin, if there
/// are three.
fn spelled(finder: &Finder, words: &Words<'_>, end: u32, short: &str) -> Option<u32> {
    let c = &finder.classes;
    let sentence = words.tokens[end as usize].sentence;
    let mut initials = String::new();
    let mut all = String::new();
    let mut first = None;
    let mut capitals = 0;
    for t in (end.saturating_sub(REACH)..end).rev() {
        let at = t as usize;
        let word = words.word(at);
        if words.tokens[at].sentence != sentence {
            break;
        }
        let capital = runs::is_capital(words, at);
        let joins = words.hit(at, c.join).is_some();
        if !capital && !joins && !matches!(word, "-" | "&") && !words.is_owner(at) {
            break;
        }
        if capital && words.hit(at, c.start_word).is_some() && words.is_sentence_start(at) && joins {
            break;
        }
        let letter = fold::fold(word)
            .to_uppercase()
            .chars()
            .next()
            .map(String::from)
            .unwrap_or_default();
        if capital || joins {
            all = letter.clone() + &all;
        }
        if capital {
            initials = letter + &initials;
            capitals += 1;
            first = Some(t);
            if capitals > 1 && (initials == short || all == short) {
                return first;
            }
        }
    }
    let plain = |t: u32| words.hit(t as usize, c.title).is_none() && words.hit(t as usize, c.start_word).is_none();
    first.filter(|&t| capitals >= 3 && plain(t))
}
