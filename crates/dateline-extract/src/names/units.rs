//! The words of a text as the gazetteer compares them, and what a thread knows of them from report to report.
//!
//! Takes: words. Gives: units, each with what the tables say of it. Never: says what a name is.

use super::gazetteer::{First, Gazetteer, People, Peoples};
use super::key::key;
use dateline_lang::{Caps, Forms, TokenKind, Words};
use rapidhash::RapidHashMap;
use std::cell::{OnceCell, RefCell};
use std::num::NonZeroU32;

/// What the tables say of a word, made when it is first asked for and kept: few words are asked for, and those again and again.
#[derive(Debug)]
pub(super) struct Known {
    key: String,
    first: OnceCell<First>,
    people: OnceCell<People>,
}

impl Known {
    fn new(written: &str) -> Box<Known> {
        Box::new(Known {
            key: key(written),
            first: OnceCell::new(),
            people: OnceCell::new(),
        })
    }

    pub(super) fn first(&self, gazetteer: &Gazetteer) -> &First {
        self.first.get_or_init(|| gazetteer.first(&self.key))
    }

    pub(super) fn people(&self, gazetteer: &Gazetteer, peoples: Peoples) -> &People {
        self.people.get_or_init(|| gazetteer.people(peoples, &self.key))
    }
}

/// Words whose places in a [`Memo`] are made at once. Chosen: a short text asks for one such row or two.
const ROW: usize = 256;

/// Rows of a [`Memo`]: one place for each number.
const ROWS: usize = Forms::MOST / ROW + 1;

/// A place for what is known of a word.
type Kept = OnceCell<Box<Known>>;

/// So many empty places.
fn empty<T: FromIterator<Kept>>(places: usize) -> T {
    std::iter::repeat_with(OnceCell::new).take(places).collect()
}

/// What a thread knows of the words that it was asked for, from report to report: by the numbers of their [`Forms`], with which it
/// belongs together.
#[derive(Debug)]
pub(crate) struct Memo([OnceCell<Box<[Kept]>>; ROWS]);

impl Default for Memo {
    fn default() -> Memo {
        Memo([const { OnceCell::new() }; ROWS])
    }
}

impl Memo {
    fn place(&self, form: NonZeroU32) -> Option<&Kept> {
        let at = form.get() as usize;
        let row = self.0.get(at / ROW)?;
        row.get_or_init(|| empty(ROW)).get(at % ROW)
    }
}

/// A word as the gazetteer compares it.
pub(super) struct Unit {
    /// The number of its word, where that tells all of it.
    form: Option<NonZeroU32>,
    pub start: u32,
    pub end: u32,
    pub capital: bool,
}

/// The units of a text.
pub(super) struct Units<'w, 't> {
    words: &'w Words<'t>,
    pub list: Vec<Unit>,
    memo: &'w Memo,
    /// By unit, what is known of a word without a number where it stands first.
    own: Vec<Kept>,
    /// Where those words stand first.
    firsts: RefCell<RapidHashMap<&'t str, usize>>,
}

impl<'w, 't> Units<'w, 't> {
    pub(super) fn of(words: &'w Words<'t>, memo: &'w Memo) -> Units<'w, 't> {
        let mut list: Vec<Unit> = Vec::with_capacity(words.tokens.len());
        let mut at = 0;
        while at < words.tokens.len() {
            let token = words.tokens[at];
            if token.kind != TokenKind::Word {
                at += 1;
                continue;
            }
            let end = match token.caps {
                Caps::Initial => acronym_end(words, at).unwrap_or(at + 1),
                _ => at + 1,
            };
            list.push(Unit {
                // Capitals may be an acronym, which is another key.
                form: token.form.filter(|_| end == at + 1 && token.caps != Caps::All),
                start: at as u32,
                end: end as u32,
                capital: token.caps != Caps::None,
            });
            at = end;
        }
        Units {
            words,
            own: empty(list.len()),
            list,
            memo,
            firsts: RefCell::default(),
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Unit> {
        self.list.get(at)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|u| u.capital)
    }

    /// The unit may continue the name of the one before.
    pub(super) fn joins(&self, at: usize) -> bool {
        joins(self.words, self.list[at - 1].end as usize, self.list[at].start as usize)
    }

    pub(super) fn known(&self, at: usize) -> &Known {
        let unit = &self.list[at];
        let written = || self.words.slice(unit.start as usize, unit.end as usize);
        let place = match unit.form.and_then(|form| self.memo.place(form)) {
            Some(place) => place,
            None => &self.own[*self.firsts.borrow_mut().entry(written()).or_insert(at)],
        };
        place.get_or_init(|| Known::new(written()))
    }

    pub(super) fn key(&self, at: usize) -> &str {
        &self.known(at).key
    }
}

/// One past the last token of "U.S." or "U.N" at `at`.
pub(super) fn acronym_end(words: &Words<'_>, at: usize) -> Option<usize> {
    let single = |t: usize| {
        words
            .tokens
            .get(t)
            .is_some_and(|x| x.caps == Caps::Initial && x.span.len() == 1)
    };
    let dot = |t: usize| words.tokens.get(t).is_some_and(|x| x.glued) && words.word(t) == ".";
    let mut end = at;
    let mut letters = 0;
    while single(end) && (letters == 0 || words.tokens[end].glued) && dot(end + 1) {
        end += 2;
        letters += 1;
    }
    if letters > 0 && single(end) && words.tokens[end].glued {
        return Some(end + 1);
    }
    (letters > 1).then_some(end)
}

/// Only a hyphen, an apostrophe or the stop of a short word stands between.
fn joins(words: &Words<'_>, from: usize, to: usize) -> bool {
    if words.tokens[from.saturating_sub(1)].sentence != words.tokens[to].sentence {
        return false;
    }
    match to - from {
        0 => true,
        1 => match words.word(from) {
            "-" | "–" | "'" | "’" | "‘" => true,
            "." => words.tokens[from].glued && words.tokens[from - 1].span.len() <= 3,
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::{is_letter, is_odd_small, push_lower};

    #[test]
    fn what_is_kept_of_a_word_is_that_of_its_small_letters() {
        for c in (0..0x3_0000).filter_map(char::from_u32).filter(|c| is_letter(*c)) {
            let written = format!("{c}bà");
            if is_odd_small(&written) {
                continue;
            }
            let mut small = String::new();
            written.chars().for_each(|c| push_lower(c, &mut small));
            assert_eq!(key(&written), key(&small), "{written}");
        }
        assert_ne!(
            key("İran"),
            key("i\u{307}ran"),
            "which is why such words have no number"
        );
    }
}
