//! What stands beside a name that nobody knows, and tells what kind of name it is.
//!
//! Takes: the tokens of the name, atoms, names found. Gives: answers. Never: takes anything for a name.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::gazetteer::{Kind, Place};
use super::leftover::Judge;
use super::{is_acronym, runs};
use dateline_model::MentionKind;

/// Names that are looked back over for one that stood before, so that a text of names costs no more than its length. Chosen: a report
/// has some forty.
const LOOK_BACK: usize = 256;

impl Judge<'_, '_> {
    /// Right behind "son", "wife", or between commas behind it; not "Chicago" of "his father, Chicago lawyer Karim Velk".
    pub(super) fn is_of_kin(&self, start: u32, end: u32) -> bool {
        let kin = |end: u32| {
            let hit = end
                .checked_sub(1)
                .and_then(|t| self.words.hit(t as usize, self.finder.classes.kin));
            hit.is_some_and(|h| h.end == end)
        };
        let comma = start > 0 && self.words.word(start as usize - 1) == ",";
        let closed = matches!(self.words.word(end as usize), "," | "." | ";");
        kin(start) || comma && closed && kin(start - 1)
    }

    /// "Karim Baloch, a spokesman": a people's name in the singular, right behind one capital that nobody knows.
    pub(super) fn is_surname(&self, atom: &Atom<'_>, start: u32, end: u32) -> bool {
        let words = self.words;
        let people = matches!(atom.what, What::Actor(a) if a.people);
        people
            && atom.end == end
            && atom.end - atom.start == 1
            && atom.start == start + 1
            && !self.finder.opens(words, start as usize)
            && !self.is_people(atom)
            && (self.finder.habits.syllables && !words.is_syllable(start as usize)
                || words.word(end as usize) == ","
                || words.hit(end as usize, self.finder.classes.says).is_some())
    }

    /// "trận đấu của Karsi Tripoli": in Vietnamese a town right behind a foreign word, and a word of sports before both, is the end of
    /// a club's name.
    pub(super) fn is_club(&self, atom: &Atom<'_>, start: u32, end: u32) -> bool {
        let plain = |t: u32| runs::is_capital(self.words, t as usize) && !self.words.is_syllable(t as usize);
        atom.start == start + 1
            && atom.end == end
            && plain(start)
            && self.atom_at(start).is_none_or(|a| !a.is_strong())
            && !is_acronym(self.words, start as usize)
            && self.words.hit(start as usize, self.finder.classes.given).is_none()
            && self
                .words
                .ending_at(start, self.finder.classes.club_cue, start.saturating_sub(4))
                .is_some()
            && atom.place().is_some_and(|p| p.kind == Kind::Capital)
    }

    /// "Karsi and Wad Vidor" behind "captured" or "in": the second is a place, too, though it has two words. Where the sentence goes on
    /// behind it, it may be somebody who does something.
    pub(super) fn is_listed_behind(&self, start: u32, end: u32, found: &Board) -> bool {
        let (words, c) = (self.words, &self.finder.classes);
        let closed = matches!(words.word(end as usize), "." | ";" | "");
        if !closed && words.hit(end as usize, c.locative).is_none() {
            return false;
        }
        let Some(and) = start
            .checked_sub(1)
            .filter(|&t| words.hit(t as usize, c.and).is_some_and(|h| h.end == start))
        else {
            return false;
        };
        let town = |a: &&Atom<'_>| a.end == and && a.place().is_some_and(|p| matches!(p.kind, Kind::City | Kind::Unit));
        let known = atoms::before(self.atoms, start).filter(town).map(|a| a.start);
        let other = || {
            let before = found.over(and.saturating_sub(1), and)?;
            (before.end == and && before.kind == MentionKind::Place && before.metonym_for.is_none())
                .then_some(before.start)
        };
        known.or_else(other).is_some_and(|first| {
            let from = first.saturating_sub(4);
            let led = |class| words.ending_at(first, class, from).is_some();
            let r#in = if self.finder.habits.syllables {
                c.locative
            } else {
                c.within
            };
            [c.takes, r#in, c.unit_place].into_iter().any(led)
        })
    }

    /// "Xanta" of "các vùng Gao, Xanta và Kidal": between two towns or provinces that we know, or behind one that "ở" leads.
    pub(super) fn is_among(&self, start: u32, end: u32, found: &Board) -> bool {
        let words = self.words;
        let joint = |t: u32| words.word(t as usize) == "," || words.hit(t as usize, self.finder.classes.and).is_some();
        let town = |a: Option<&Atom<'_>>| {
            let place = a.and_then(Atom::place);
            place.is_some_and(|p| matches!(p.kind, Kind::City | Kind::Unit))
        };
        let between = || {
            let before = start.checked_sub(1).filter(|&t| joint(t));
            before.is_some_and(|t| town(self.atom_ending(t))) && joint(end) && town(self.atom_at(end + 1))
        };
        between() || self.is_listed_behind(start, end, found)
    }

    /// "Gao, Karsi and Kidal", "Karsi and Kidal", "Kidal and Karsi": among places.
    pub(super) fn is_listed(&self, start: u32, end: u32, found: &Board) -> bool {
        let words = self.words;
        let and = |t: u32| {
            words
                .hit(t as usize, self.finder.classes.and)
                .is_some_and(|h| h.end == t + 1)
        };
        let comma = |t: u32| words.word(t as usize) == ",";
        let place = |a: &Atom<'_>| a.place().is_some();
        let atom = |t: u32| {
            atoms::before(self.atoms, t)
                .filter(|a| a.end == t && place(a))
                .map(|a| a.start)
        };
        let other = |t: u32| {
            found
                .over(t.saturating_sub(1), t)
                .filter(|f| f.end == t && f.kind == MentionKind::Place)
        };
        let ends = |t: u32| atom(t).or_else(|| other(t).map(|f| f.start));
        let begins = |t: u32| self.atom_at(t).is_some_and(place);
        let before = start
            .checked_sub(1)
            .and_then(|t| (and(t) || comma(t)).then(|| ends(t)).flatten());
        // "In Kidal, Karsi and others": the comma is the clause's.
        let frame = |first: u32| comma(start - 1) && first > 0 && words.is_sentence_start(first as usize - 1);
        let goes_on = || comma(end) || and(end);
        and(end) && begins(end + 1)
            || comma(end) && begins(end + 1) && start > 0 && (comma(start - 1) || and(start - 1))
            || before.is_some_and(|a| and(start - 1) || goes_on() && !frame(a))
    }

    /// "Sudan Beacon", "Reform UK": a body's name with a place in it.
    pub(super) fn is_of_place(&self, start: u32, end: u32) -> bool {
        let leads = |a: &Atom<'_>| a.end < end && a.is_strong() && !self.finder.is_given(self.words, a, end);
        let ends = |a: &Atom<'_>| {
            let country = a.place().is_some_and(|p| p.kind == Kind::Country);
            a.start > start && country && is_acronym(self.words, end as usize - 1)
        };
        self.atom_at(start).is_some_and(leads) || self.atom_ending(end).is_some_and(ends)
    }

    /// "Suhail Shaheen": two words before a token that are no syllables of Vietnamese, and no known name ends with the first. The second is
    /// part of a name, though a weapon is called so.
    pub(super) fn is_foreign_pair(&self, end: u32) -> bool {
        let foreign = |t: u32| runs::is_capital(self.words, t as usize) && !self.words.is_syllable(t as usize);
        self.finder.habits.syllables
            && end > 1
            && foreign(end - 1)
            && foreign(end - 2)
            && !is_acronym(self.words, end as usize - 2)
            && !is_acronym(self.words, end as usize - 1)
            && self.atom_ending(end - 1).is_none()
    }

    /// "heading to Wad Vidor, in North Karsi": what a clause says where it is.
    pub(super) fn lies_in(&self, end: u32) -> bool {
        let c = &self.finder.classes;
        let hit = |t: u32, class| self.words.hit(t as usize, class).is_some_and(|h| h.end == t + 1);
        let place = |t: u32| self.atom_at(t).is_some_and(|a| a.place().is_some());
        let behind = end + 2 + u32::from(hit(end + 2, c.determiner));
        self.words.word(end as usize) == "," && hit(end + 1, c.within) && place(behind)
    }

    /// The last syllable of somebody's name that stands before.
    pub(super) fn is_given_name(&self, at: usize, found: &Board) -> bool {
        let word = self.words.word(at);
        let ends = |f: &super::Found| f.end - f.start > 1 && self.words.word(f.end as usize - 1) == word;
        let before = |f: &&super::Found| f.kind == MentionKind::Person && (f.end as usize) < at;
        found.list().iter().rev().take(LOOK_BACK).filter(before).any(ends)
    }

    /// "Ana Velk of Karsi Watch": who somebody is of is a body.
    pub(super) fn is_of_person(&self, start: u32, found: &Board) -> bool {
        let of = start.checked_sub(1);
        let of = of.filter(|&t| {
            t > 0
                && self
                    .words
                    .hit(t as usize, self.finder.classes.of)
                    .is_some_and(|h| h.end == start)
        });
        let before = of.and_then(|t| found.over(t - 1, t).filter(|f| f.end == t));
        before.is_some_and(|f| f.kind == MentionKind::Person && f.end - f.start > 1)
    }

    /// Nebraska of "Karsi, Nebraska, …".
    pub(super) fn state_behind(&self, end: u32) -> Option<&Place> {
        let behind = self.words.word(end as usize) == ",";
        let atom = behind
            .then(|| atoms::state_behind(self.finder, self.words, end))
            .flatten();
        atom.and_then(|at| self.atom_at(at))
            .and_then(Atom::place)
            .filter(|p| p.kind == Kind::Unit)
    }

    /// The entity of a town that is called like one that we know, in a state where we know none.
    pub(super) fn entity_in(&self, own: &str, state: &Place) -> String {
        match self.finder.gazetteer.by_slug(own) {
            Some(_) => format!("{own}-{}", state.slug),
            None => own.to_string(),
        }
    }

    /// The entity that such a town got before, of words that stand there once more.
    pub(super) fn again(&self, own: &str, name: &str, found: &Board) -> Option<String> {
        self.finder.gazetteer.by_slug(own)?;
        let same = |f: &&super::Found| f.kind == MentionKind::Place && f.point.is_none() && f.name == name;
        let before = found.list().iter().rev().take(LOOK_BACK).find(same)?;
        Some(before.entity.clone()).filter(|e| e != own)
    }
}
