//! What is left of the runs: known names that no rule took, and unknown ones judged by how they are written and beside what.
//!
//! Takes: runs, atoms, bodies and persons found. Gives: the rest of the names. Never: takes a word for a name only because
//! it begins a sentence.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::gazetteer::Kind;
use super::runs::{Run, is_aged};
use super::sight::{Seen, Sight};
use super::{Finder, Found, fold, is_acronym, people, runs};
use dateline_lang::{Hit, TokenKind, Words};
use dateline_model::MentionKind;

/// People that a town must have for its name to be taken for it at the start of an English sentence, where every word has a
/// capital. Chosen, not measured: smaller towns share too many names with common words ("Most", "Split").
const TOWN: u32 = 100_000;

/// People that a town must have for its name to be taken for it in a headline in title case, where the text does not name it
/// again. Chosen, not measured.
const CITY: u32 = 300_000;

/// What a leftover is judged by.
pub(super) struct Judge<'j, 't> {
    pub(super) finder: &'j Finder,
    pub(super) words: &'j Words<'t>,
    pub(super) atoms: &'j [Atom<'j>],
    sight: &'j Sight,
    /// Slugs of the places that the text names outside of those, sorted.
    placed: Vec<&'static str>,
}

pub(super) fn find(
    finder: &Finder,
    words: &Words<'_>,
    sight: &Sight,
    atoms: &[Atom<'_>],
    runs: &[Run],
    found: &mut Board,
) {
    let plain = |a: &&Atom<'_>| !sight.is_headline(words, a.start);
    let mut placed: Vec<&'static str> = atoms
        .iter()
        .filter(plain)
        .filter_map(|a| Some(a.place()?.slug))
        .collect();
    placed.sort_unstable();
    let judge = Judge {
        finder,
        words,
        atoms,
        sight,
        placed,
    };
    let mut done = 0u32;
    for atom in atoms {
        // Known names that begin in lower case ("châu Âu") or go on in it ("Tổ chức Hiệp ước …") are in no run as a whole.
        let run = runs[..runs.partition_point(|r| r.start <= atom.start)].last();
        if run.is_none_or(|r| atom.end > r.end)
            && !found.is_named(atom.start, atom.end)
            && !matches!(atom.what, What::Demonym(_))
        {
            found.push(finder.atom(atom));
        }
    }
    for run in runs {
        let mut at = run.start.max(done);
        while at < run.end {
            if let Some(f) = found.name_at(at) {
                at = f.end;
                continue;
            }
            let end = found.next_name(at + 1, run.end).unwrap_or(run.end);
            done = judge.piece(at, end, found);
            at = end.max(done);
        }
    }
}

impl Judge<'_, '_> {
    fn word_seen(&self, at: u32) -> Seen {
        self.sight.word(self.words, at)
    }

    /// Tokens of a run that nothing has taken yet. Gives where to go on.
    fn piece(&self, mut start: u32, mut end: u32, found: &mut Board) -> u32 {
        let c = &self.finder.classes;
        let words = self.words;
        while start < end && !runs::is_capital(words, start as usize) && !self.is_tied(start) {
            start += 1;
        }
        while end > start
            && !runs::is_capital(words, end as usize - 1)
            && words.tokens[end as usize - 1].kind != TokenKind::Word
        {
            end -= 1;
        }
        if start >= end {
            return end;
        }
        match self.lead(start, end) {
            Some(next) if next < end => start = next,
            Some(next) => return next.max(end),
            None => {}
        }
        // A trailing common word or title: "Putin Tổng thống".
        while end > start + 1
            && words.hit(end as usize - 1, c.not_name).is_some_and(|h| h.end == end)
            && self.atom_ending(end).is_none()
            && (self.finder.habits.syllables || words.hit(end as usize - 1, c.org_word).is_none())
            && words.hit(end as usize - 1, c.foreign_org).is_none()
            && !self.is_foreign_pair(end)
        {
            end -= 1;
        }
        self.split(start, end, found);
        end
    }

    /// Where the name begins after words of lists that lead a run and are no part of it; at or beyond the end where nothing
    /// is left.
    fn lead(&self, from: u32, end: u32) -> Option<u32> {
        let c = &self.finder.classes;
        let words = self.words;
        let mut start = runs::behind_bearing(words, self.atoms, c.bearing, from);
        while start < end {
            let at = start as usize;
            // "Foreign Affairs Secretary Ana Velk": no magazine.
            let title = |a: &Atom<'_>| {
                matches!(a.what, What::Actor(_))
                    && !is_acronym(words, at)
                    && words.hit(at, c.title).is_some_and(|h| h.end > a.end)
            };
            if self.atom_at(start).is_some_and(|a| a.end <= end && !title(a)) {
                break;
            }
            let led = words
                .hits_at(at)
                .iter()
                .filter(|h| !([c.place_head, c.site_head].contains(&h.class) && self.is_family(at, end)))
                .filter(|h| !(h.class == c.title && h.end == end && self.is_called(at, end)))
                .filter(|h| {
                    [c.title, c.honorific].contains(&h.class)
                        || h.class == c.start_word && self.is_opener(at)
                        || self.finder.habits.syllables && c.leads(h.class)
                        || h.class == c.not_name && h.end > h.start + 1
                })
                .map(|h| h.end)
                .max();
            // "LĐ-TB&XH Hoàng Thị Khuê": an acronym, then a family name.
            let acronym = || {
                (self.finder.habits.syllables
                    && is_acronym(words, at)
                    && words.tokens[at].span.len() > 1
                    && words.hit(at + 1, c.surname).is_some()
                    && start + 2 < end)
                    .then_some(start + 1)
            };
            let verb = || {
                self.finder
                    .is_opening(words, start)
                    .then_some(start + 1)
                    .filter(|&t| t < end)
            };
            let Some(next) = led.or_else(acronym).or_else(verb) else {
                break;
            };
            start = next;
            while start < end && !runs::is_capital(words, start as usize) && !self.is_tied(start) {
                start += 1;
            }
        }
        (start > from).then_some(start)
    }

    /// "Hồ" of "Hồ Quỳnh Hương", "Đường" of "Đường Yên": a family name that is also the head of a place's, before given names.
    fn is_family(&self, at: usize, end: u32) -> bool {
        let words = self.words;
        // "Đường Láng" is a street.
        let site = words.hit(at, self.finder.classes.site_head).is_some();
        if site && !self.finder.is_bearer(words, at, end as usize) {
            return false;
        }
        words.hit(at, self.finder.classes.surname).is_some()
            && end as usize + usize::from(site) > at + 2
            && !self.finder.opens(words, at)
            && (at..end as usize).all(|t| words.is_syllable(t))
            && self.atom_at(at as u32 + 1).is_none()
    }

    /// "King said so": a title that is also a surname, without an article, and its bearer speaks.
    fn is_called(&self, at: usize, end: u32) -> bool {
        let (words, c) = (self.words, &self.finder.classes);
        let led = at > 0 && words.hit(at - 1, c.determiner).is_some();
        !self.finder.habits.syllables
            && end as usize == at + 1
            && words.hit(at, c.surname).is_some_and(|h| h.end == end)
            && words.hit(end as usize, c.says).is_some()
            && !led
    }

    /// A small word with a capital for no reason of its own ("The Hague" is known), not "National" of "National Oil Company".
    fn is_small(&self, at: usize) -> bool {
        let next = at + 1;
        // "met Said Karsi".
        let given = runs::is_capital(self.words, next) && self.words.hit(at, self.finder.classes.given).is_some();
        let initial = self.words.word(next) == "." && self.words.tokens[at].span.len() == 1;
        !self.finder.habits.syllables
            && !given
            && !initial
            && (self.words.tokens[at].span.len() <= 4
                || !runs::is_capital(self.words, next)
                || self.word_seen(at as u32).lower > 0 && !self.finder.opens(self.words, at.saturating_sub(1)))
    }

    /// A word of small words that begins a sentence or a bracket; "AI" is none.
    fn is_opener(&self, at: usize) -> bool {
        let words = self.words;
        let acronym = is_acronym(words, at) && words.word(at).len() > 1 && !self.sight.is_headline(words, at as u32);
        let opens = self.finder.opens(words, at) || at > 0 && words.word(at - 1) == "(";
        !acronym && opens || self.is_small(at)
    }

    /// "al" of "al-Assad".
    fn is_tied(&self, at: u32) -> bool {
        self.words.hit(at as usize, self.finder.classes.particle).is_some() && self.words.word(at as usize + 1) == "-"
    }

    pub(super) fn atom_at(&self, start: u32) -> Option<&Atom<'_>> {
        atoms::at(self.atoms, start)
    }

    pub(super) fn atom_ending(&self, end: u32) -> Option<&Atom<'_>> {
        atoms::before(self.atoms, end).filter(|a| a.end == end)
    }

    /// Known names inside the piece are taken out where they stand for themselves; the rest is unknown.
    fn split(&self, start: u32, end: u32, found: &mut Board) {
        let words = self.words;
        let c = &self.finder.classes;
        let mut at = start;
        let mut rest = start;
        while at < end {
            let Some(atom) = self.atom_at(at).filter(|a| a.end <= end || a.start == start) else {
                at += 1;
                continue;
            };
            let whole = at == start && atom.end >= end;
            let alone = whole || self.stands_alone(atom, start, end);
            if !alone {
                at = atom.end;
                continue;
            }
            if rest < at {
                self.unknown(rest, at, found);
            }
            if whole && self.doubtful(atom) {
                return;
            }
            // "his son Jordan".
            if whole && atom.place().is_some() && !atom.is_strong() && self.is_of_kin(start, end) {
                return self.unknown_run(start, end, found);
            }
            // "Minister for Foreign Affairs": no magazine.
            let office = |h: &Hit| h.end == end && self.finder.is_office(words, h);
            if whole && !self.finder.habits.syllables && words.hits_of(start as usize, c.portfolio).any(office) {
                return;
            }
            let named = !matches!(atom.what, What::Demonym(_)) || self.finder.habits.syllables || self.is_people(atom);
            if named && found.over(atom.start, atom.end).is_none() {
                found.push(self.finder.atom(atom));
            }
            at = atom.end;
            rest = at;
            while rest < end && words.tokens[rest as usize].kind == TokenKind::Mark {
                rest += 1;
                at = rest;
            }
        }
        if rest < end {
            self.unknown(rest, end, found);
        }
    }

    /// "Kenyans", "the British": the people itself, not an adjective.
    pub(super) fn is_people(&self, atom: &Atom<'_>) -> bool {
        let word = self.words.word(atom.end as usize - 1);
        word.ends_with('s') && word.len() > 4
    }

    /// A known name that stands in a longer run and yet is one by itself.
    fn stands_alone(&self, atom: &Atom<'_>, start: u32, end: u32) -> bool {
        let words = self.words;
        let tied = |t: u32| words.tokens.get(t as usize).is_some_and(|x| x.kind == TokenKind::Mark);
        if self.sight.is_headline(words, start)
            && let Some(place) = atom.place()
            && (self.placed.binary_search(&place.slug).is_ok() || place.population >= CITY)
        {
            // "Lindsay Velk Checks In": a town's name before a surname that the text knows.
            let surname =
                |t: u32| t < end && self.sight.is_named(words, t) && self.atom_at(t).is_none_or(|a| !a.is_strong());
            return atom.is_strong() || !surname(atom.end);
        }
        let c = &self.finder.classes;
        // "Alaska Gov. Ana Velk": what is left of it when the title has led to the name.
        if !self.finder.habits.syllables
            && atom.end < end
            && words.hit(atom.end as usize, c.title).is_some()
            && words.hit(atom.end as usize, c.surname).is_none()
        {
            return true;
        }
        if !atom.is_strong() || self.finder.is_given(words, atom, end) || self.is_surname(atom, start, end) {
            return false;
        }
        // "cuộc tập trận Vidor Europe 21".
        let numbered = words
            .tokens
            .get(end as usize)
            .is_some_and(|t| t.kind == TokenKind::Number);
        if atom.start > start && numbered && words.ending_at(start, c.event_head, start.saturating_sub(4)).is_some() {
            return false;
        }
        // "Mỹ-Trung": both sides are known, or the hyphen is one of a longer name.
        if atom.start > start && tied(atom.start - 1) {
            return self.atom_ending(atom.start - 1).is_some();
        }
        if atom.end < end && tied(atom.end) {
            return self.atom_at(atom.end + 1).is_some();
        }
        // "Erywan Yusof": what a town is called elsewhere, before a name that is no word of Vietnamese, is a person's.
        if self.finder.habits.syllables
            && atom.start == start
            && atom.end < end
            && !words.is_syllable(atom.end as usize)
            && self.atom_at(atom.end).is_none()
            && atom.place().is_some_and(|p| {
                p.is_town() && !fold::alike(p.name, words.slice(atom.start as usize, atom.end as usize))
            })
        {
            return false;
        }
        if self.finder.habits.syllables {
            if self.is_club(atom, start, end) {
                return false;
            }
            // "Vietnam Airlines".
            if atom.start == start && atom.end < end && words.hit(end as usize - 1, c.foreign_org).is_some() {
                return false;
            }
            // "Đức Tuấn", "Nguyễn Thị Nga": syllables of Vietnamese beside a short name are a person's.
            let syllable = |t: u32| runs::is_capital(words, t as usize) && words.is_syllable(t as usize);
            let short = atom.end - atom.start == 1 && words.is_syllable(atom.start as usize);
            let opener = atom.start == start + 1
                && self.finder.opens(words, start as usize)
                && words.hit(start as usize, self.finder.classes.surname).is_none()
                && self.word_seen(start).inside == 0;
            if short
                && (atom.end < end && syllable(atom.end) || atom.start > start && syllable(atom.start - 1) && !opener)
            {
                return false;
            }
            return true;
        }
        if atom.end < end
            && [c.org_word, c.place_head, c.unit_place]
                .iter()
                .any(|&x| words.hit(end as usize - 1, x).is_some())
        {
            return false;
        }
        // "Sudan Tribune", "Kivu Security Tracker": a place and capitals behind it make another name, but for what a title or a
        // known name says ("US Senator …"), and for what happens there ("Iraq War").
        if atom.start == start && atom.end < end && atom.place().is_some() && !self.sight.is_headline(words, start) {
            let plain = |t: u32| {
                runs::is_capital(words, t as usize)
                    && words.hit(t as usize, c.title).is_none()
                    && words.hit(t as usize, c.start_word).is_none()
                    && self.atom_at(t).is_none()
            };
            let event = |t: u32| runs::is_capital(words, t as usize) && words.hit(t as usize, c.event_word).is_some();
            return event(end - 1) || event(end) || !(atom.end..end).all(plain);
        }
        atom.start == start && matches!(atom.what, What::Demonym(_) | What::Place(_))
            || matches!(atom.what, What::Actor(_))
            || atom.end == end && atom.start == start
    }

    /// "said Moran was ready": right behind a verb of speaking.
    fn is_spoken_of(&self, at: usize) -> bool {
        let says = |t: usize| {
            self.words
                .hits_of(t, self.finder.classes.says)
                .any(|h| h.end as usize == at)
        };
        !self.finder.habits.syllables && at > 0 && says(at - 1)
    }

    /// A known name that may be a common word here: short town names at the start of a sentence.
    fn doubtful(&self, atom: &Atom<'_>) -> bool {
        let Some(place) = atom.place() else { return false };
        let words = self.words;
        let at = atom.start as usize;
        let single = atom.end - atom.start == 1;
        if !single || !matches!(place.kind, Kind::City | Kind::Unit | Kind::River | Kind::Capital) {
            let word = words.word(at);
            // "Ý" the country and "ý" the meaning.
            return single && words.is_sentence_start(at) && self.finder.habits.syllables && word.chars().count() < 2;
        }
        let seen = self.word_seen(atom.start);
        let headline = self.sight.is_headline(words, atom.start);
        let known = words.hit(at, self.finder.classes.start_word).is_some()
            || words.hit(at, self.finder.classes.not_name).is_some();
        if known || seen.lower > 0 && (headline || self.finder.opens(words, at)) {
            return true;
        }
        // "Rome, Georgia, …": with the place that it lies in behind it.
        let lies_in = words.word(atom.end as usize) == ","
            && self
                .atom_at(atom.end + 1)
                .and_then(Atom::place)
                .is_some_and(|p| p.country == place.country);
        if !self.finder.habits.syllables
            && self.finder.opens(words, at)
            && seen.inside == 0
            && place.population < TOWN
            && !lies_in
            && !self.is_told_of(atom)
        {
            return true;
        }
        self.finder.habits.syllables && self.finder.opens(words, at) && words.is_syllable(at) && seen.inside == 0
    }

    /// "Karsi, a port on …", "Karsi fell": a word of the language that we do not know, and words behind it that stand behind names.
    fn is_told_of(&self, atom: &Atom<'_>) -> bool {
        let (words, finder) = (self.words, self.finder);
        let (at, next) = (atom.start as usize, atom.end as usize);
        let word = words.tokens[at].word;
        if word.is_known() && word <= finder.newest || finder.habits.is_common(words.word(at)) {
            return false;
        }
        let apposed = words.word(next) == "," && words.hit(next + 1, finder.classes.determiner).is_some();
        let owner = words.owner_end(next) == Some(next + 2);
        // "Karsi and Tripoli burned".
        let joined = words.hit(next, finder.classes.and).is_some()
            && self
                .atom_at(atom.end + 1)
                .and_then(Atom::place)
                .zip(atom.place())
                .is_some_and(|(a, b)| a.country == b.country);
        apposed || owner || joined || words.hit(next, finder.classes.capital_acts).is_some()
    }

    /// Capitals that nobody knows. In a headline every word may have one: only those count that the text writes with a capital
    /// inside its sentences, too.
    fn unknown(&self, start: u32, end: u32, found: &mut Board) {
        if !self.sight.is_headline(self.words, start) {
            return self.unknown_run(start, end, found);
        }
        let named = |t: u32| self.sight.is_named(self.words, t);
        let tied = |t: u32| self.words.tokens[t as usize].kind == TokenKind::Mark;
        let mut at = start;
        while at < end {
            let mut to = at;
            // "Lindsay Velk Checks In": the given name begins a sentence below, too.
            if !named(at) && at + 1 < end && named(at + 1) && self.sight.may_lead(self.words, at) {
                to += 1;
            }
            while to < end && (named(to) || to > at && tied(to) && to + 1 < end && named(to + 1)) {
                to += 1;
            }
            if to > at {
                self.unknown_run(at, to, found);
            }
            at = to.max(at + 1);
        }
    }

    fn unknown_run(&self, start: u32, end: u32, found: &mut Board) {
        let start = self.lead(start, end).unwrap_or(start);
        if start >= end {
            return;
        }
        let words = self.words;
        let finder = self.finder;
        let c = &finder.classes;
        let first = start as usize;
        if found.is_named(start, end) {
            return;
        }
        // "Kenyan" of "CNN Kenyan youths".
        let adjective = |a: &Atom<'_>| a.end == end && matches!(a.what, What::Demonym(_));
        if !finder.habits.syllables && self.atom_at(start).is_some_and(adjective) {
            return;
        }
        // "Đoàn Thanh niên": the last capital begins a word that goes on in lower case.
        let mut end = end;
        let cut = |t: u32| words.hit(t as usize, c.name_word).is_some_and(|h| h.end > end);
        if finder.habits.syllables && end > start + 1 && words.is_syllable(end as usize - 1) && cut(end - 1) {
            end -= 1;
        }
        let capitals: Vec<u32> = (start..end).filter(|&t| runs::is_capital(words, t as usize)).collect();
        let headline = self.sight.is_headline(words, start);
        let next = end as usize;
        // Weapons and models: "F-16", "S-400", "Su-35".
        let numbered = words.word(next) == "-"
            && words
                .tokens
                .get(next + 1)
                .is_some_and(|t| t.kind == TokenKind::Number && t.glued)
            && words.tokens[next].glued;
        let last_len = words.tokens[next - 1].span.len();
        if numbered && (last_len <= 3 || words.hit(next - 1, c.not_name).is_some()) {
            return;
        }
        if words
            .tokens
            .get(next)
            .is_some_and(|t| t.kind == TokenKind::Number && t.glued)
            || words.tokens[next - 1].kind == TokenKind::Number && words.tokens[next - 1].glued
        {
            return;
        }
        let is = |class, t: u32| words.hit(t as usize, class).is_some();
        if capitals.iter().all(|&t| is(c.not_name, t)) {
            return;
        }
        // "Sen. Ana Velk, R-S.C.,": a party and a state.
        let party = words.tokens[first].span.len() == 1 && runs::is_hyphen(words, first + 1);
        if party && !finder.habits.syllables && first > 0 && matches!(words.word(first - 1), "," | "(") {
            return;
        }
        // Words of the pack's lists with a lower-case rest ("Tổng" of "Tổng thống"), which no rule took.
        if capitals.len() == 1
            && words.hits_at(first).iter().any(|h| {
                h.end > end
                    && [c.title, c.org_head, c.name_word, c.org_word, c.place_head, c.unit_place].contains(&h.class)
            })
        {
            return;
        }
        let behind = |class| words.ending_at(start, class, start.saturating_sub(4)).is_some();
        let office = |h: &Hit| h.end >= end && finder.is_office(words, h);
        let offices = |t: usize| words.hits_of(t, c.portfolio).any(office);
        if !finder.habits.syllables && (first.saturating_sub(2)..=first).any(offices) {
            return;
        }
        // "High Commissioner for Human Rights": the end of a title.
        if (first.saturating_sub(4)..first).any(|t| words.hits_of(t, c.title).any(|h| h.end >= end)) {
            return;
        }
        if first > 0 && words.tokens[first].glued && words.tokens[first - 1].kind == TokenKind::Number {
            return;
        }
        let ship = || !finder.habits.syllables && atoms::is_ship(finder, words, start, end);
        if is(c.event_head, start) || behind(c.vehicle) || behind(c.event_head) || ship() {
            return;
        }
        // "USS Sterling Ridge", "Marlow Dialogue".
        let ship = capitals.len() > 1 && is(c.vehicle, start);
        let event = |t: u32| runs::is_capital(words, t as usize) && is(c.event_word, t);
        if ship || !finder.habits.syllables && (event(end - 1) || event(end)) {
            return;
        }
        // "Velmora, D.C.": two letters name a state; more, a body.
        let letters = !finder.habits.syllables
            && capitals.len() > 1
            && capitals.iter().all(|&t| words.tokens[t as usize].span.len() == 1);
        if letters && capitals.len() == 2 {
            return;
        }
        let titled = |t: u32| {
            let ends = |h: &Hit| h.end == end || h.end == end + 1 && words.word(end as usize) == ".";
            words.hits_of(t as usize, c.title).any(ends)
        };
        // "the Red Karsi": no person.
        let led = !finder.habits.syllables && first > 0 && words.hit(first - 1, c.article).is_some();
        // "Reza Shah", "Stephen King": behind a name a title may be one.
        // So may "Sheriff" of "Omar Sheriff", behind one name that is no place's, without an article.
        let free =
            || !led && self.atom_at(start).is_none() && ![c.unit_place, c.org_word].iter().any(|&x| is(x, start));
        let rare = || end == start + 2 && is(c.rare_surname, end - 1) && free();
        let bears = is(c.surname, end - 1) || rare();
        let surname = !finder.habits.syllables && capitals.len() > 1 && bears && !titled(start);
        if !surname && (start..end).any(titled) && !self.is_called(first, end) {
            return;
        }
        // Of "al-Mawasi" its capital; the article stands in lower case anywhere.
        let seen = self.word_seen(capitals.first().copied().unwrap_or(start));
        let at_start = finder.opens(words, first);
        let says = words.hit(next, c.says).is_some()
            || words
                .hit(next, c.before_verb)
                .is_some_and(|h| words.hit(h.end as usize, c.says).is_some());
        let located = behind(c.locative);
        let lone = capitals.len() == 1;
        let taken = behind(c.takes);
        // "to Barsova" is where, "spoke to Ivan Barsov" is whom.
        let weak = behind(c.to_whom);
        let located = taken || located && (lone || !weak || first > 1 && words.hit(first - 2, c.moves).is_some());
        let syllable = finder.habits.syllables && end - start == 1 && words.is_syllable(first);
        // "in Ivan Barsov's hands".
        let owns = !finder.habits.syllables && words.owner_end(next) == Some(next + 2);
        let at_the =
            led && (first.saturating_sub(4)..first).any(|t| words.hits_of(t, c.locative).any(|h| h.end + 1 == start));
        // "Xta-lin": one name written by its sound.
        let phonetic = finder.habits.syllables && lone && end - start > 2;
        let listed = lone
            && match finder.habits.syllables {
                true => !syllable && self.is_among(start, end, found),
                false => self.is_listed(start, end, found),
            };
        // "Wad Vidor" of "captured Karsi and Wad Vidor".
        let pair = capitals.len() == 2
            && (!finder.habits.syllables || !syllables_of(words, &capitals))
            && !is(c.given, start)
            && !says
            && match finder.habits.syllables {
                true => self.is_listed_behind(start, end, found),
                false => self.is_among(start, end, found),
            };
        // "Karsi, Nebraska".
        let state = lone.then(|| self.state_behind(end)).flatten();
        if headline && seen.inside == 0 && !capitals.iter().any(|&t| self.sight.is_named(words, t)) {
            return;
        }
        // "Phử khai …" behind "Giàng A Phử": by his given name.
        let given = lone && syllable && says && self.is_given_name(first, found);
        if at_start && lone && state.is_none() && !given {
            let word = words.tokens[first].word;
            let foreign = finder.habits.syllables && !syllable && !(word.is_known() && word <= finder.newest);
            let acronym = is_acronym(words, first);
            // "Yale's report", "Tshombe vowed": no word of the language that we know, and somebody owns or speaks.
            let unknown = !(word.is_known() && word <= finder.newest);
            let one =
                !finder.habits.syllables && unknown && seen.lower == 0 && !finder.habits.is_common(words.word(first));
            let acts = || words.hit(next, c.capital_acts).is_some();
            // "Karsired director Ana Velk".
            let leads = || {
                let title = words.hit(next, c.title);
                title.is_some_and(|h| !runs::is_capital(words, next) && runs::is_capital(words, h.end as usize))
            };
            let owner = words.owner_end(next) == Some(next + 2);
            // "known as “Barrow”".
            let called = (first.saturating_sub(6)..first).any(|t| {
                let cue = |h: &Hit| h.end as usize + 2 >= first && h.end <= start;
                words.hits_of(t, c.alias_cue).any(cue)
            });
            if !(called
                || seen.inside > 0 && seen.lower == 0
                || acronym
                || foreign
                    && (says
                        || seen.inside > 0
                        || words.is_sentence_start(first) && !fold::is_marked(words.word(first)))
                    && seen.lower == 0
                || phonetic && seen.lower == 0
                || one && (says || owner || acts() || finder.is_titled(words, next) || is_aged(words, next) || leads())
                || !syllable && says && seen.lower == 0 && seen.inside > 0)
            {
                return;
            }
        }
        // A lone syllable of Vietnamese is a common word with a capital ("Sáng kiến Hòa giải"), unless a place's preposition
        // stands before.
        if lone && syllable && !given && !is_acronym(words, first) && !(located && seen.lower == 0 && !at_start) {
            return;
        }
        if lone && !given && seen.lower > seen.inside && !is_acronym(words, first) && !phonetic {
            return;
        }
        if lone && words.tokens[first].span.len() == 1 && !phonetic {
            return;
        }
        let all_syllables = finder.habits.syllables && syllables_of(words, &capitals);
        if all_syllables && at_start && !lone && words.hit(first, c.surname).is_none() && seen.inside == 0 {
            // "Biển Đen dậy sóng": two capitals at the start may still be a name; one of them must be no common word.
            let second = self.word_seen(capitals[1]);
            if second.inside == 0 {
                return;
            }
        }
        let (mut entity, name) = people::own_name(words, start, end);
        // "Karsi" once more, behind "Karsi, Nebraska".
        let again = lone.then(|| self.again(&entity, &name, found)).flatten();
        let last = end - 1;
        let club = finder.habits.syllables && self.atom_ending(end).is_some_and(|a| self.is_club(a, start, end));
        let all_capitals = capitals.iter().all(|&t| is_acronym(words, t as usize));
        let kind = if letters || all_capitals && (lone || tied_acronym(words, start, end)) {
            MentionKind::Organization
        } else if !finder.habits.syllables && !lone && (is(c.group_word, last) || is(c.group_lead, start)) {
            MentionKind::Group
        } else if !finder.habits.syllables && !lone && is(c.unit_head, last) {
            MentionKind::Force
        } else if !finder.habits.syllables && !lone && is(c.place_head, last) && !is(c.org_word, last) {
            MentionKind::Place
        } else if !lone && is(c.foreign_org, last)
            || !finder.habits.syllables && capitals.iter().any(|&t| is(c.org_word, t)) && !lone
        {
            MentionKind::Organization
        } else if !finder.habits.syllables
            && !lone
            && (is(c.place_head, last) || is(c.unit_place, last) || is(c.place_lead, start))
        {
            MentionKind::Place
        } else if !finder.habits.syllables && capitals.len() > 1 && capitals[1..].iter().any(|&t| is(c.unit_head, t)) {
            // "Task Force Karsi".
            MentionKind::Force
        } else if !finder.habits.syllables && !lone && self.is_of_place(start, end) {
            MentionKind::Organization
        } else if led && !lone {
            match at_the || located {
                true => MentionKind::Place,
                false => MentionKind::Organization,
            }
        } else if club || !finder.habits.syllables && !lone && self.is_of_person(start, found) {
            MentionKind::Organization
        } else if pair || state.is_some() || again.is_some() || (behind(c.locative) || taken) && self.lies_in(end) {
            MentionKind::Place
        } else if self.is_of_kin(start, end)
            || capitals.len() >= 2
                && (!located || is_aged(words, next) || finder.is_titled(words, next) || !taken && owns)
        {
            MentionKind::Person
        } else if located || listed && !says {
            MentionKind::Place
        } else if says
            || weak
            || phonetic
            || words.hit(next, c.person_tail).is_some()
            || self.is_spoken_of(first)
            || finder.is_titled(words, next)
        {
            MentionKind::Person
        } else {
            MentionKind::Organization
        };
        if lone
            && !finder.habits.syllables
            && (is(c.org_word, start) || is(c.place_head, start) || is(c.unit_place, start))
        {
            return;
        }
        if numbered {
            end += 2;
        }
        if kind == MentionKind::Place
            && let Some(own) = state.map(|s| self.entity_in(&entity, s)).or(again)
        {
            entity = own;
        }
        let rule = if is_acronym(words, first) && lone {
            &finder.ids.acronym
        } else {
            &finder.ids.run
        };
        found.push(Found {
            start,
            end,
            kind,
            entity,
            name,
            title: None,
            point: None,
            metonym_for: None,
            rule: rule.clone(),
            own_words: true,
            gender: None,
        });
    }
}

/// All of them could be syllables of Vietnamese.
fn syllables_of(words: &Words<'_>, capitals: &[u32]) -> bool {
    capitals.iter().all(|&t| words.is_syllable(t as usize))
}

/// Capitals throughout, tied by hyphens: "CSP-DPA".
fn tied_acronym(words: &Words<'_>, start: u32, end: u32) -> bool {
    (start + 1..end).all(|t| words.tokens[t as usize].kind == TokenKind::Mark || words.word(t as usize - 1) == "-")
}
