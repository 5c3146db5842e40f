//! Names of persons, organisations, places, forces and groups.
//!
//! Takes: words, pack, gazetteer. Gives: mentions. Never: merges across documents.
//!
//! In flow order: [`atoms`](self) are names that are known (gazetteer, actors, demonyms); runs are capitalised words;
//! the rules of `names/bodies.toml` put heads and names together ("Bộ Quốc phòng" + "Azerbaijan"), those of
//! `names/people.toml` titles and names; what is left of the runs is judged by its neighbours; then short forms, roles
//! and pronouns find what they stand for in the report, or nothing.

pub mod gazetteer;
pub mod key;
pub(crate) mod peoples;

mod actors;
mod atoms;
mod bearers;
mod beside;
mod board;
mod bodies;
mod check;
mod classes;
mod company;
mod define;
mod english;
mod fold;
mod kin;
mod leftover;
mod likely;
mod offer;
mod people;
mod refer;
mod rules;
mod runs;
mod sight;
mod sound;
mod spelling;
mod tenure;
mod units;

use actors::Actors;
use atoms::{Atom, What};
use board::Board;
use classes::Classes;
use dateline_lang::{Caps, ClassSet, Hit, Match, Pack, PackError, PackFiles, TokenKind, WordId, Words};
use dateline_model::{Document, GeoPoint, Interval, Mention, MentionKind, RuleId, Span, Timex, Title};
use english::English;
use gazetteer::{Gazetteer, Place};
use rapidhash::RapidHashMap;
use rules::Stage;
use runs::{Habits, Run};
use sound::Sounds;
pub(crate) use units::Memo;

/// Ids of what this room decides without a rule of a pack.
#[derive(Debug)]
struct Ids {
    gazetteer: RuleId,
    actor: RuleId,
    run: RuleId,
    acronym: RuleId,
    short: RuleId,
    spelling: RuleId,
    sound: RuleId,
    pronoun: RuleId,
    demonym: RuleId,
    /// The rules of bodies without a state.
    bare: [RuleId; 2],
}

/// The compiled lists and rules of one language.
#[derive(Debug)]
pub struct Finder {
    gazetteer: Gazetteer,
    /// Whose adjectives and peoples the pack reads.
    peoples: gazetteer::Peoples,
    actors: Actors,
    classes: Classes,
    /// Classes of which a longer word covers what stands inside it, where words are no syllables.
    heads: ClassSet,
    /// Classes whose longer words cover nothing, where words are syllables.
    uncovering: ClassSet,
    bodies: Stage,
    people: Stage,
    habits: Habits,
    sounds: Sounds,
    english: English,
    ids: Ids,
    /// Words that later rooms name are strange to this one.
    newest: WordId,
}

/// A name on its way to a mention; ends are tokens.
#[derive(Clone, Debug)]
struct Found {
    start: u32,
    end: u32,
    kind: MentionKind,
    entity: String,
    name: String,
    title: Option<Title>,
    point: Option<GeoPoint>,
    metonym_for: Option<String>,
    rule: RuleId,
    /// Nobody knows this name: it is made of the report's own words.
    own_words: bool,
    /// `m`, `f` where a title or an honorific says so.
    gender: Option<char>,
}

impl Found {
    fn overlaps(&self, start: u32, end: u32) -> bool {
        self.start < end && start < self.end
    }
}

fn point(place: &Place) -> GeoPoint {
    GeoPoint {
        latitude: place.latitude,
        longitude: place.longitude,
        resolution: place.resolution.to_string(),
        country: place.country.map(String::from),
    }
}

impl Finder {
    /// Compiles `<tag>/names/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(pack: &mut Pack, files: &PackFiles) -> Result<Finder, PackError> {
        let gazetteer = Gazetteer::builtin();
        let actors = Actors::load(pack, files, &gazetteer)?;
        let v = &mut pack.vocabulary;
        let classes = Classes::of(v);
        let c = &classes;
        let heads = [c.title, c.name_word, c.org_head, c.unit_place, c.place_head, c.vehicle];
        let heads = heads.into_iter().collect();
        let names = [c.actor, c.state, c.area, c.body, c.run, c.tail, c.org_run, c.unit_run];
        let uncovering = names.into_iter().chain([c.surname, c.site_head]).collect();
        let tag = pack.tag.clone();
        let table = files.table(&format!("{tag}/names/habits.toml"))?;
        let habits = Habits::read(&table);
        let bodies = Stage::load(pack, files, &format!("{tag}/names/bodies"))?;
        let people = Stage::load(pack, files, &format!("{tag}/names/people"))?;
        let id = |name: &str| RuleId::from(format!("{tag}.names.{name}"));
        let ids = Ids {
            gazetteer: id("gazetteer"),
            actor: id("actor"),
            run: id("capitals"),
            acronym: id("acronym"),
            short: id("short-form"),
            spelling: id("spelling"),
            sound: id("sound"),
            pronoun: id("pronoun"),
            demonym: id("demonym"),
            bare: [id("body-alone"), id("body-lower")],
        };
        let peoples = table
            .get("peoples")
            .and_then(toml::Value::as_str)
            .unwrap_or(tag.as_str());
        Ok(Finder {
            peoples: gazetteer.peoples(peoples),
            gazetteer,
            actors,
            classes,
            heads,
            uncovering,
            bodies,
            people,
            habits,
            sounds: Sounds::load(files, &tag)?,
            english: English::load(files)?,
            ids,
            newest: pack.vocabulary.newest(),
        })
    }

    /// Words named up to this one count as known.
    pub(crate) fn knows_until(&mut self, newest: WordId) {
        self.newest = newest;
    }

    /// Names, roles and pronouns, by start; `published`: days in which the report surely was.
    ///
    /// Adds to `words` the hits of the classes that this room's rules name (`state`, `area`, `body`, `run`, `org-tail`). `memo` is
    /// kept with the [`Forms`](dateline_lang::Forms) that `words` was read with.
    pub(crate) fn find(
        &self,
        pack: &Pack,
        words: &mut Words<'_>,
        document: &Document,
        timexes: &[Timex],
        published: Interval,
        memo: &Memo,
    ) -> Vec<Mention> {
        let mut atoms = atoms::find(self, pack, words, published, memo);
        // "Lao" of "Đảng Lao Động" is no state.
        atoms.retain(|a| {
            let inner = |h: &Hit| h.end > a.end && (a.start..h.end).all(|t| runs::is_capital(words, t as usize));
            a.end > a.start + 1 || !words.hits_of(a.start as usize, self.classes.paper_words).any(inner)
        });
        let mut runs = self.runs(words, &atoms, timexes);
        // "R-Texas" and the like name nobody.
        runs.retain(|run| {
            let first = run.start as usize;
            words.tokens[first].span.len() > 1
                || !runs::is_hyphen(words, first + 1)
                || atoms::at(&atoms, run.start + 2).is_none_or(|a| a.end != run.end)
                    && words
                        .hit(first + 2, self.classes.not_name)
                        .is_none_or(|h| h.end != run.end)
        });
        self.offer(words, &atoms, &runs);
        let sight = sight::Sight::of(self, words, document);
        let mut found = Board::new(words.tokens.len());
        let covered = self.covered(words);
        let head = self.bodies.head;
        let allowed = |m: &Match| {
            // In a known name, or begun or ended in the middle of one ("Đài Loan" begins with no broadcaster).
            let in_known = |a: &Atom<'_>| m.end <= a.end || a.start < m.start && m.start < a.end;
            // "Norland Media Authority", "Parliament Square": the name goes on.
            let goes_on = |at: usize| {
                !self.habits.syllables
                    && runs::is_capital(words, at)
                    && runs::is_capital(words, at - 1)
                    && [self.classes.org_word, self.classes.place_head]
                        .iter()
                        .any(|&x| words.hit(at, x).is_some())
                    && words.hit(at, self.classes.group_word).is_none()
            };
            // "Đông Mỹ": two syllables with capitals are a town's, not the east of a state.
            let syllables =
                |end: u32| (m.start..end).all(|t| runs::is_capital(words, t as usize) && words.is_syllable(t as usize));
            let of = self.bodies.of.filter(|of| m.captures.iter().any(|c| c.name == *of));
            let place = self.bodies.rules[m.rule as usize].body.kind == "place";
            if self.habits.syllables && place && of.is_some() && m.end == m.start + 2 && syllables(m.end) {
                return false;
            }
            if goes_on(m.end as usize)
                || self.runs_on(words, &atoms, m)
                || self.goes_into(words, &atoms, m)
                || self.leads_on(words, &atoms, m)
            {
                return false;
            }
            // "National Intelligence Service": the name began before the head.
            let alone = || self.ids.bare.contains(&self.bodies.rules[m.rule as usize].id);
            if !self.habits.syllables && alone() && self.began_before(words, &atoms, &sight, &runs, m.start) {
                return false;
            }
            // "Government officials said": a common word that begins the sentence.
            let first = m.start as usize;
            if m.end == m.start + 1
                && self.bodies.rules[m.rule as usize].id == self.ids.bare[0]
                && words.hit(first, self.classes.start_word).is_some()
                && self.opens(words, first)
            {
                return false;
            }
            let ends_in = |a: &Atom<'_>| a.start >= m.start && a.start < m.end && m.end < a.end;
            let head_end = m
                .captures
                .iter()
                .find(|c| Some(c.name) == head)
                .map_or(m.end, |c| c.end);
            let begins_in = |a: &Atom<'_>| a.place().is_some() && a.end > head_end;
            // "Điều" of "Điều phối" is no name by itself.
            let name = m.captures.iter().find(|c| Some(c.name) == self.bodies.name);
            let syllable = |c: &dateline_lang::Capture| {
                let at = c.start as usize;
                // Nor is one word of two: "Hồi" and "giáo".
                let small = c.end - c.start == 2 && words.tokens[at + 1].caps == Caps::None;
                (c.end - c.start == 1 || small) && words.is_syllable(at) && !is_acronym(words, at)
            };
            if self.habits.syllables && self.bodies.of_body(m) && name.is_some_and(syllable) {
                return false;
            }
            // "The road from Niger": no name.
            let common = |c: &dateline_lang::Capture| {
                let hit = |class| words.hit(c.start as usize, class).is_some_and(|h| h.end == c.end);
                // Nor is "the Kenyan camp".
                let people = |a: &Atom<'_>| a.end == c.end && matches!(a.what, What::Demonym(_));
                c.end - c.start == 1 && (hit(self.classes.start_word) || hit(self.classes.not_name))
                    || atoms::at(&atoms, c.start).is_some_and(people)
            };
            if !self.habits.syllables && name.is_some_and(common) {
                return false;
            }
            if atoms::before(&atoms, m.end).is_some_and(ends_in) || atoms::at(&atoms, m.start).is_some_and(begins_in) {
                return false;
            }
            // A small town's other name is no reason against a body's ("hãng thông tấn Karsi").
            let other = |a: &Atom<'_>| {
                let written = words.slice(a.start as usize, a.end as usize);
                self.bodies.of_body(m)
                    && a.place()
                        .is_some_and(|p| p.is_small_town() && !fold::alike(p.name, written))
            };
            let known = |c: &dateline_lang::Capture| {
                atoms::at(&atoms, c.start).is_some_and(|a| a.place().is_some() && a.end >= c.end && !other(a))
            };
            // "Thống đốc tỉnh Antioquia Andrés Rendón": behind a title, the province and then its governor.
            let led = |c: &dateline_lang::Capture| {
                atoms::at(&atoms, c.start).is_some_and(|a| a.place().is_some() && a.end < c.end)
                    && words
                        .ending_at(m.start, self.classes.title, m.start.saturating_sub(4))
                        .is_some()
            };
            // "hãng thông tấn Kenya KNA": a state and the name of its body.
            let state_first = |c: &dateline_lang::Capture| {
                atoms::at(&atoms, c.start).is_some_and(|a| a.place().is_some() && a.is_strong() && a.end < c.end)
                    && words.hit(c.end as usize - 1, self.classes.foreign_org).is_none()
            };
            // "Hồ Ngọc Hà": a family name that is also a feature's, before given names.
            let family = |c: &dateline_lang::Capture| {
                let at = m.start as usize;
                c.start == m.start + 1
                    && c.end - c.start > 1
                    && runs::is_capital(words, at)
                    && (!self.opens(words, at) || self.is_titled(words, c.end as usize))
                    && words.hit(at, self.classes.surname).is_some()
                    && (words.hit(at, self.classes.site_head).is_none() || self.is_bearer(words, at, c.end as usize))
                    && atoms::at(&atoms, c.start).is_none_or(|a| a.end < c.end)
                    && (c.start..c.end).all(|t| words.is_syllable(t as usize))
            };
            let body = self.bodies.of_body(m);
            // "Văn phòng Thủ tướng Ivan Velk": whose office it is.
            let office = |c: &dateline_lang::Capture| {
                let title = words.ending_at(c.start, self.classes.title, m.start);
                title.is_some_and(|t| t.start > m.start)
            };
            // "biên giới Nga-Ukraine": two states, and no place of both names.
            let pair = |c: &dateline_lang::Capture| {
                let first = atoms::at(&atoms, c.start).filter(|a| a.is_strong() && a.end < c.end);
                first.is_some_and(|a| {
                    runs::is_hyphen(words, a.end as usize)
                        && atoms::at(&atoms, a.end + 1).is_some_and(|b| b.is_strong() && b.end == c.end)
                })
            };
            let owner = of.and_then(|of| m.captures.iter().find(|c| c.name == of));
            if self.habits.syllables && owner.or(name).is_some_and(|c| self.is_boss(words, &atoms, m, c)) {
                return false;
            }
            // "Công an Lê Minh Tuấn": no place's police.
            let whole = |c: &dateline_lang::Capture| {
                let run = runs[..runs.partition_point(|r| r.start < c.end)].last();
                run.is_none_or(|r| r.end <= c.end)
                    && atoms::at(&atoms, c.start).is_some_and(|a| a.place().is_some() && a.end == c.end)
            };
            if self.bodies.known(m).is_some_and(|c| !whole(&c)) {
                return false;
            }
            if self.habits.syllables
                && name.is_some_and(|c| pair(c) || led(c) || body && (state_first(c) || office(c)) || family(c))
            {
                return false;
            }
            !covered[m.start as usize]
                && !atoms::before(&atoms, m.start + 1).is_some_and(in_known)
                && !self.bodies.unknown(m).is_some_and(|c| known(&c))
        };
        let mut inside = Vec::new();
        for m in self.bodies.matches(words, allowed) {
            inside.extend(self.place_of_body(words, &atoms, &m));
            for one in self.bodies.each(&m) {
                self.body(pack, words, &atoms, &one, &mut found);
            }
            for twin in self.twins(words, &atoms, &m) {
                self.body(pack, words, &atoms, &twin, &mut found);
            }
        }
        define::find(self, words, &atoms, &mut found);
        let bodies: Vec<Hit> = found
            .list()
            .iter()
            .map(|f| Hit {
                start: f.start,
                end: f.end,
                class: if f.kind == MentionKind::Place {
                    self.classes.area
                } else {
                    self.classes.body
                },
                value: 0,
            })
            .collect();
        words.add(bodies);
        people::find(self, pack, words, &sight, &atoms, &mut found);
        leftover::find(self, words, &sight, &atoms, &runs, &mut found);
        self.atoms_left(words, &atoms, &covered, &mut found);
        inside.into_iter().for_each(|f| found.push(f));
        let mut found = found.into_list();
        found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        found.dedup_by(|b, a| a.start == b.start && a.end == b.end);
        spelling::settle(self, words, &mut found);
        tenure::tell(self, pack, words, timexes, published, &mut found);
        spelling::one_kind(self, words, &mut found);
        people::link(self, words, &mut found);
        sound::link(self, words, &mut found);
        refer::bodies(self, &mut found);
        refer::heads(self, words, &mut found);
        refer::metonyms(self, words, &mut found);
        refer::pronouns(self, pack, words, &mut found);
        found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        self.assemble(words, found)
    }

    /// Turns tokens into bytes and says which mention stands inside which.
    fn assemble(&self, words: &Words<'_>, found: Vec<Found>) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
        // The same words sound the same.
        let mut sounds: RapidHashMap<&str, Option<String>> = RapidHashMap::default();
        for f in found {
            let span = words.span(f.start as usize, f.end as usize);
            let inside = mentions
                .iter()
                .enumerate()
                .rev()
                .take_while(|(_, m)| m.span.end > span.start || m.inside.is_some())
                .find(|(_, m)| m.span.contains(span) && m.span != span)
                .map(|(i, _)| i);
            let sound = (f.kind == MentionKind::Person).then(|| {
                let written = words.slice(f.start as usize, f.end as usize);
                let sound = || self.sounds.of(self, words, f.start, f.end);
                sounds.entry(written).or_insert_with(sound).clone()
            });
            mentions.push(Mention {
                span,
                kind: f.kind,
                entity: f.entity,
                name: f.name,
                metonym_for: f.metonym_for,
                title: f.title,
                point: f.point,
                inside,
                sound: sound.flatten(),
                rule: f.rule,
            });
        }
        mentions
    }

    /// A body of a state that stands without its state.
    fn is_bare(&self, f: &Found) -> bool {
        self.ids.bare.contains(&f.rule)
    }

    /// What is wrong with the examples of a pack's rules and its `names/corpus.md`; empty where all hold.
    pub fn check(&self, pack: &Pack, files: &PackFiles) -> Vec<String> {
        check::check(self, pack, files)
    }

    /// Tokens inside a longer word of the pack's lists, not at its start: "phòng" of "Quốc phòng" heads nothing, nor does "báo"
    /// of "cảnh báo". Where words are no syllables only titles, words of names and heads are looked at.
    fn covered(&self, words: &Words<'_>) -> Vec<bool> {
        let covers = |class| match self.habits.syllables {
            true => !self.uncovering.contains(class),
            false => self.heads.contains(class),
        };
        let mut covered = vec![false; words.tokens.len()];
        for first in 0..words.tokens.len() {
            // The longest stands last, and most are of one word.
            let longer = |h: &&Hit| h.end as usize > first + 1;
            for hit in words.hits_at(first).iter().rev().take_while(longer) {
                if covers(hit.class) {
                    covered[first + 1..hit.end as usize].fill(true);
                    break;
                }
            }
        }
        covered
    }

    /// Runs of capitals, cut where a time expression stands.
    fn runs(&self, words: &Words<'_>, atoms: &[Atom<'_>], timexes: &[Timex]) -> Vec<Run> {
        let c = &self.classes;
        let small = runs::Small {
            particle: c.particle,
            tied: c.tied,
            begins: [c.start_word, c.group_word, c.org_word, c.title],
        };
        let mut found = runs::find(words, small, &self.habits);
        if self.habits.syllables {
            runs::part(words, atoms, &mut found, [c.unit_place, c.local_body, c.surname]);
        }
        runs::cut(words, found, timexes.iter().map(|t| t.span), [c.surname, c.given])
    }

    /// The token begins a sentence, a quotation, or what follows a colon: its capital says nothing.
    fn opens(&self, words: &Words<'_>, at: usize) -> bool {
        words.is_sentence_start(at)
            || at > 0
                && matches!(
                    words.word(at - 1),
                    "." | "!"
                        | "?"
                        | ":"
                        | "\""
                        | "“"
                        | "”"
                        | "‘"
                        | "«"
                        | "…"
                        | "•"
                        | "|"
                        | "–"
                        | "—"
                        | "-"
                        | "*"
                        | "["
                )
                && !(words.word(at - 1) == "-" && words.tokens[at - 1].glued && words.tokens[at].glued)
                && !(words.word(at - 1) == "."
                    && words.tokens[at - 1].glued
                    && at > 1
                    && words.tokens[at - 2].span.len() <= 3)
    }

    /// An atom as a mention.
    fn atom(&self, atom: &Atom<'_>) -> Found {
        let (kind, entity, name, point, rule) = match &atom.what {
            What::Place(p) => (
                MentionKind::Place,
                p.slug.to_string(),
                p.name.to_string(),
                Some(point(p)),
                &self.ids.gazetteer,
            ),
            What::Demonym(p) if self.habits.syllables => (
                MentionKind::Place,
                p.slug.to_string(),
                p.name.to_string(),
                Some(point(p)),
                &self.ids.demonym,
            ),
            What::Demonym(p) => (
                MentionKind::Group,
                peoples::of_state(p.slug),
                format!("People of {}", p.name),
                None,
                &self.ids.demonym,
            ),
            What::Actor(a) => (a.kind, a.entity.clone(), a.name.clone(), None, &self.ids.actor),
        };
        Found {
            start: atom.start,
            end: atom.end,
            kind,
            entity,
            name,
            title: None,
            point,
            metonym_for: None,
            rule: rule.clone(),
            own_words: false,
            gender: None,
        }
    }

    /// Known names inside longer ones: the state in a ministry's, the place in a force's.
    fn atoms_left(&self, words: &Words<'_>, atoms: &[Atom<'_>], covered: &[bool], found: &mut Board) {
        let mut more = Vec::new();
        for atom in atoms {
            if matches!(&atom.what, What::Actor(a) if a.state_inside) && atom.end - atom.start > 1 {
                more.extend(atoms::inside(&self.gazetteer, words, atom).iter().map(|a| self.atom(a)));
            }
            if matches!(atom.what, What::Demonym(_)) && !self.habits.syllables {
                continue;
            }
            let Some(outer) = found.over(atom.start, atom.end) else {
                continue;
            };
            // "Y" of "Bộ Y tế" is a syllable of a word.
            if self.habits.syllables
                && atom.end - atom.start == 1
                && covered[atom.start as usize]
                && atom.end < outer.end
            {
                continue;
            }
            let same = outer.start == atom.start && outer.end == atom.end;
            let inside = outer.start <= atom.start && atom.end <= outer.end;
            // "Công an TP Cà Mau": what the word for its kind says that it is.
            let called = || {
                let before = words.ending_at(atom.start, self.classes.unit_place, outer.start);
                self.habits.syllables && atom.end == outer.end && before.is_some()
            };
            let weak = outer.own_words && !atom.is_strong() && !called();
            if same || !inside || outer.kind == MentionKind::Person || weak {
                continue;
            }
            if outer.rule == self.ids.actor || outer.kind == MentionKind::Place && outer.rule == self.ids.gazetteer {
                continue;
            }
            more.push(self.atom(atom));
        }
        more.into_iter().for_each(|f| found.push(f));
    }
}

/// The token is a word in capitals throughout.
fn is_acronym(words: &Words<'_>, at: usize) -> bool {
    words
        .tokens
        .get(at)
        .is_some_and(|t| t.kind == TokenKind::Word && t.caps == Caps::All)
}

/// Bytes of a short form that is not in capitals throughout. Chosen: "UNSCoL" is the longest that we know.
const SHORT_FORM: usize = 6;

/// An acronym, with or without the small letters of its small words: "UN", "MoD".
fn is_short_form(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let mixed = || {
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        begins && word.len() <= SHORT_FORM && word.chars().filter(|c| c.is_uppercase()).count() > 1
    };
    is_acronym(words, at) || words.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word) && mixed()
}

/// Bytes of tokens `start..end`.
fn bytes(words: &Words<'_>, start: u32, end: u32) -> Span {
    words.span(start as usize, end as usize)
}
