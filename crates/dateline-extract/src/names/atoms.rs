//! Known names in a text: places of the gazetteer, demonyms, actors; and which of several places of one name is meant.
//!
//! Takes: words. Gives: atoms by start, none inside another. Never: decides whether an atom is a mention.

use super::Finder;
use super::actors::{Actor, Presence, presence};
use super::company::{self, Shy};
use super::english::Named;
use super::fold;
use super::gazetteer::{Gazetteer, Kind, Place, Places};
use super::is_acronym;
use super::key::key;
use super::likely::{has_town, is_spelling, is_tiny, prior, stray};
use super::runs;
use super::units::{Memo, Units, acronym_end};
use dateline_lang::{Caps, Hit, Pack, TokenKind, Words};
use dateline_model::Interval;
use rapidhash::{RapidHashMap, RapidHashSet};
use std::cell::OnceCell;

/// What a known name names.
#[derive(Clone, Debug)]
pub(super) enum What<'a> {
    /// A place; chosen among those of its name.
    Place(Place),
    /// The adjective or people of a place.
    Demonym(Place),
    /// A body.
    Actor(&'a Actor),
}

/// A known name.
#[derive(Clone, Debug)]
pub(super) struct Atom<'a> {
    pub start: u32,
    pub end: u32,
    pub what: What<'a>,
}

impl Atom<'_> {
    pub(super) fn place(&self) -> Option<&Place> {
        match &self.what {
            What::Place(p) => Some(p),
            _ => None,
        }
    }

    /// A place that stands by itself beside a name ("Nga Vladimir Putin"): a country, region or sea, no town or river.
    pub(super) fn is_strong(&self) -> bool {
        match &self.what {
            What::Place(p) => !matches!(p.kind, Kind::City | Kind::Unit | Kind::River | Kind::Mountains),
            What::Demonym(_) | What::Actor(_) => true,
        }
    }
}

/// The known name that begins at a token. Names are by start, none inside another.
pub(super) fn at<'n, 'a>(atoms: &'n [Atom<'a>], start: u32) -> Option<&'n Atom<'a>> {
    let at = atoms.partition_point(|a| a.start < start);
    atoms.get(at).filter(|a| a.start == start)
}

/// The last known name that begins before a token.
pub(super) fn before<'n, 'a>(atoms: &'n [Atom<'a>], start: u32) -> Option<&'n Atom<'a>> {
    atoms[..atoms.partition_point(|a| a.start < start)].last()
}

/// Words in lower case that may follow each other in a place's name ("Bosnia and the …"). Chosen: no name that we know has more.
const LOWER: u32 = 3;

/// Words that a place's name may have. Chosen: the longest that we know, "Các Tiểu vương quốc Ả Rập Thống nhất", has eight.
const MOST_WORDS: usize = 8;

/// Letters of a model's name before its number ("Y-8", "Su-57"). Chosen: places of so few letters bear no number.
const MODEL: usize = 3;
/// Digits of a year, which an exercise bears behind a hyphen.
const YEAR: usize = 4;

/// Where what follows a comma begins, behind a word for its kind: "Nebraska" of ", Nebraska", ", bang Nebraska".
pub(super) fn state_behind(finder: &Finder, words: &Words<'_>, comma: u32) -> Option<u32> {
    let next = comma + 1;
    let kind = words.hit(next as usize, finder.classes.unit_place);
    (words.word(comma as usize) == ",").then(|| kind.map_or(next, |h| h.end))
}

/// What could stand at a token before the choice among places is made.
pub(super) enum Candidate<'a> {
    Places(Places),
    Demonym(Place),
    Actor(&'a Actor),
}

/// Finds them all.
pub(super) fn find<'a>(
    finder: &'a Finder,
    pack: &Pack,
    words: &Words<'_>,
    published: Interval,
    memo: &Memo,
) -> Vec<Atom<'a>> {
    let (gazetteer, peoples, actors) = (&finder.gazetteer, finder.peoples, &finder.actors);
    let units = Units::of(words, memo);
    let mut found: Vec<(u32, u32, Candidate<'a>)> = Vec::new();
    let mut shy: Vec<Shy<'a>> = Vec::new();
    let mut next = 0u32;
    let all: Vec<Hit> = words.every(finder.classes.actor).collect();
    let mut rest = all.as_slice();
    for (i, unit) in units.list.iter().enumerate() {
        // Most words are none of it: small, no actor's name begins there, and no capital follows.
        let plain = !unit.capital && !units.is_capital(i + 1) && !units.is_capital(i + 2);
        if unit.start < next || plain && rest.first().is_none_or(|h| unit.start < h.start) {
            continue;
        }
        rest = &rest[rest.iter().take_while(|h| h.start < unit.start).count()..];
        let here = rest.iter().take_while(|h| h.start == unit.start).count();
        let mut best: Option<(u32, Candidate<'a>)> = None;
        let mut gone: Option<(u32, Candidate<'a>)> = None;
        let mut since = None;
        let alone = shy.len();
        for hit in rest[..here].iter().rev() {
            // The longest; of several of one name, one that was there when the report was published.
            if best.as_ref().or(gone.as_ref()).is_some_and(|(end, _)| *end > hit.end) {
                break;
            }
            let written = words.slice(hit.start as usize, hit.end as usize);
            let Some(alias) = pack.value(*hit).and_then(|value| actors.alias(value)) else {
                continue;
            };
            let Some(actor) = actors
                .of(alias, written)
                .filter(|_| !finder.is_only_words(pack, words, hit))
            else {
                continue;
            };
            let days = actors.days(alias);
            if let Some(company) = actors.company(alias) {
                if presence(days, published).is_some() {
                    shy.push(Shy {
                        start: hit.start,
                        end: hit.end,
                        actor,
                        company,
                    });
                }
                continue;
            }
            match presence(days, published) {
                // Of two that were there, the younger one: its name is short because it is in the news.
                Some(Presence::There) if best.is_none() || days.earliest > since => {
                    since = days.earliest;
                    best = Some((hit.end, Candidate::Actor(actor)));
                }
                Some(Presence::Gone) if gone.is_none() => gone = Some((hit.end, Candidate::Actor(actor))),
                _ => {}
            }
        }
        best = best.or(gone);
        // "The Commonwealth of Independent States": a longer known name begins behind the article.
        if let Some((end, Candidate::Actor(_))) = &best
            && let Some(article) = words.hit(unit.start as usize, finder.classes.determiner)
            && let Some(next) = units.get(i + 1).filter(|u| article.end == u.start)
        {
            let longer = |h: &Hit| h.class == finder.classes.actor && h.end > *end;
            if words.hits_at(next.start as usize).iter().any(longer) {
                continue;
            }
        }
        let joined_capital = |n: usize| units.is_capital(i + n) && units.joins(i + n);
        // "bán đảo Karsi": a head of two words.
        let headed = || {
            let head = words.hit(unit.start as usize, finder.classes.unit_place);
            head.is_some_and(|h| h.end > unit.end && units.get(i + 2).is_some_and(|u| h.end == u.start))
        };
        // "biển" of "lực lượng bảo vệ bờ biển Kenya" is no sea.
        let in_force = || {
            let from = unit.start.saturating_sub(6);
            let head = words.ending_at(unit.end, finder.classes.force_head, from);
            head.is_some_and(|h| h.start < unit.start)
        };
        let next_capital = || joined_capital(1) && !in_force() || !unit.capital && joined_capital(2) && headed();
        // "near East Karsi": no region of the Near East.
        let led = || !finder.habits.syllables && words.hit(unit.start as usize, finder.classes.locative).is_some();
        if unit.capital || next_capital() && !led() {
            let units = &units;
            let longest = |from: usize, to: usize| {
                let first = units.known(i + from).first(gazetteer);
                gazetteer.longest_after(first, (i + from + 1..i + to).map(|at| units.key(at)))
            };
            // Words that a name which begins here may have; nearly all have one, and nothing asks.
            let reach = OnceCell::new();
            let count = || {
                *reach.get_or_init(|| {
                    let mut count = 1;
                    let mut lower = u32::from(!unit.capital);
                    while count < MOST_WORDS
                        && let Some(next) = units.get(i + count).filter(|_| units.joins(i + count))
                    {
                        // "In-đô-nê-xi-a": what hyphens tie is one word.
                        let tied =
                            words.tokens[next.start as usize].glued && words.word(next.start as usize - 1) == "-";
                        lower = if next.capital { 0 } else { lower + u32::from(!tied) };
                        if lower > LOWER {
                            break;
                        }
                        count += 1;
                    }
                    count
                })
            };
            let first = units.known(i).first(gazetteer);
            let whole = if first.leads_on() {
                longest(0, count())
            } else {
                first.alone()
            };
            let there = |places: &Places| {
                let stands = |p: Place| presence(actors.days_of_place(p.slug), published) == Some(Presence::There);
                places.clone().any(stands)
            };
            // "Serbia and Montenegro" once they are two: what a state that is no more was made of stands there by itself.
            let parted = |taken: usize, places: &Places| {
                let join = (1..taken - 1).find(|n| !units.is_capital(i + n))?;
                let (head, first) = longest(0, join).filter(|_| !there(places))?;
                let (tail, second) = longest(join + 1, taken)?;
                (head == join && tail == taken - join - 1 && there(&first) && there(&second)).then_some((head, first))
            };
            if let Some((taken, places)) = whole.map(|(taken, places)| {
                let parts = if taken > 2 { parted(taken, &places) } else { None };
                parts.unwrap_or((taken, places))
            }) {
                let end = units.list[i + taken - 1].end;
                let lower_tail = taken > 1
                    && !matches!(words.word(unit.end as usize), "-" | "–")
                    && !(i + 1..i + taken).any(|at| units.is_capital(at));
                let fits = unit.capital && !(lower_tail && units.key(i + 1).len() > 3) || taken > 1 && !lower_tail;
                // "Ba" of "thứ Ba" and "Ba binh sĩ" is three, and a town behind "thị trấn".
                let led = || {
                    let from = unit.start.saturating_sub(3);
                    let mut heads = [finder.classes.place_head, finder.classes.unit_place].into_iter();
                    heads.any(|class| words.ending_at(unit.start, class, from).is_some())
                };
                let is = |class| words.hit(unit.start as usize, class).is_some();
                let number = taken == 1 && is(finder.classes.number) && !led();
                // "Abu" of "Abu Mansur" begins a person's name.
                let begins = taken == 1 && joined_capital(1) && is(finder.classes.opener) && !led();
                // "Y-8" is an aircraft, "Vostok-2018" an exercise.
                let hyphen = unit.end as usize;
                let figure = words
                    .tokens
                    .get(hyphen + 1)
                    .filter(|t| t.kind == TokenKind::Number && t.glued);
                let model = taken == 1
                    && words.word(hyphen) == "-"
                    && words.tokens[hyphen].glued
                    && figure.is_some_and(|t| words.word(unit.start as usize).len() <= MODEL || t.span.len() == YEAR);
                // A country's name of one letter is none in other languages ("Ý").
                let short = || words.slice(unit.start as usize, end as usize).chars().count() == 1;
                let ascii = || words.word(unit.start as usize).is_ascii();
                let letter = short() && (!finder.habits.syllables || ascii());
                if fits && !number && !letter && !begins && !model && best.as_ref().is_none_or(|(e, _)| *e < end) {
                    // "bán đảo Crimea" in lower case says what Crimea is: the name begins at its capital. So does "the southern Red
                    // Sea", though a province is called so.
                    let lead = if joined_capital(1) { 1 } else { 2 };
                    let compass = || words.hit(unit.start as usize, finder.classes.compass).is_some();
                    if !unit.capital
                        && count() > lead
                        && let Some((rest, inner)) = longest(lead, count())
                        && rest + lead == taken
                        && (compass() || inner.clone().next().map(|p| p.slug) == places.clone().next().map(|p| p.slug))
                    {
                        continue;
                    }
                    // "vùng biển Philippines": the waters of a state, not the sea of that name.
                    let waters = || words.ending_at(unit.end, finder.classes.unit_place, unit.start.saturating_sub(1));
                    if !unit.capital
                        && waters().is_some_and(|h| h.start < unit.start)
                        && let Some((rest, inner)) = longest(1, count())
                        && rest + 1 == taken
                        && inner.clone().any(|p| p.kind == Kind::Country)
                    {
                        continue;
                    }
                    // "the Gulf" of "the Gulf of Aden": the longer name begins a word later.
                    if !unit.capital && count() > 1 && longest(1, count()).is_some_and(|(rest, _)| rest + 1 > taken) {
                        continue;
                    }
                    // "The Gulf Clan": a longer known name begins behind the article.
                    let clan = taken > 1
                        && words
                            .hits_at(units.list[i + 1].start as usize)
                            .iter()
                            .any(|h| h.class == finder.classes.actor && h.end > end);
                    if clan {
                        continue;
                    }
                    best = Some((end, Candidate::Places(places)));
                }
            }
            // "Mỹ - Trung": short names that states have beside each other.
            if unit.capital
                && best.is_none()
                && let Some(slug) = finder.paired(pack, words, unit.start as usize)
                && let Some(place) = gazetteer.by_slug(slug)
            {
                best = Some((unit.end, Candidate::Demonym(place)));
            }
            if unit.capital {
                let people = units.known(i).people(gazetteer, peoples);
                for taken in [2usize, 1] {
                    let goes_on = || people.leads_on() && taken <= count();
                    let end = units
                        .get(i + taken - 1)
                        .filter(|_| taken == 1 || goes_on())
                        .map(|u| u.end);
                    let Some(end) = end else { continue };
                    // "Somali" the people, before the region of that name.
                    let small = |c: &Candidate<'_>| match c {
                        Candidate::Places(places) => places.clone().all(|p| matches!(p.kind, Kind::City | Kind::Unit)),
                        _ => false,
                    };
                    if best.as_ref().is_some_and(|(e, c)| *e > end || *e == end && !small(c)) {
                        break;
                    }
                    let land = match taken {
                        1 => people.found,
                        _ => gazetteer.people_of_two(people, units.key(i + 1)),
                    };
                    if let Some(place) = land {
                        best = Some((end, Candidate::Demonym(place)));
                        break;
                    }
                }
            }
        }
        // "Anh" of "Anh hùng", "Thái" of "Thái độ": no state, but a word whose second syllable has no capital.
        let common = |end: u32| {
            let longer = |class| words.hit(unit.start as usize, class).is_some_and(|h| h.end > end);
            let small = || words.tokens[end as usize].caps == Caps::None;
            // "Đức" of "Đức Giáo hoàng".
            longer(finder.classes.common) && small() || finder.habits.syllables && longer(finder.classes.title)
        };
        if let Some((end, candidate)) =
            best.filter(|(end, candidate)| matches!(candidate, Candidate::Actor(_)) || !common(*end))
        {
            next = end;
            // What is longer has the words.
            let shorter = |s: &Shy<'_>| s.end < end;
            while shy.len() > alone && shy.last().is_some_and(shorter) {
                shy.pop();
            }
            found.push((unit.start, end, candidate));
        }
    }
    company::settle(&finder.gazetteer, words, &shy, &mut found);
    choose(finder, pack, words, found, |slug| {
        presence(actors.days_of_place(slug), published)
    })
}

/// Which places are meant: by what else the text names, by size, and by a country that stands beside.
fn choose<'a>(
    finder: &Finder,
    pack: &Pack,
    words: &Words<'_>,
    found: Vec<(u32, u32, Candidate<'a>)>,
    stands: impl Fn(&str) -> Option<Presence>,
) -> Vec<Atom<'a>> {
    let home = finder.habits.home.as_deref();
    // Countries that the text names beyond doubt, with how often.
    let mut countries: Vec<(&'static str, u32)> = Vec::new();
    let mut count = |code: Option<&'static str>| {
        if let Some(code) = code {
            match countries.iter_mut().find(|(c, _)| *c == code) {
                Some((_, n)) => *n += 1,
                None => countries.push((code, 1)),
            }
        }
    };
    for (start, end, candidate) in &found {
        match candidate {
            Candidate::Demonym(place) => count(place.country),
            // A village says nothing: its name may be another's, or no place's at all. Nor does a small town that is called
            // otherwise today.
            Candidate::Places(places) if places.len() == 1 => {
                let written = || words.slice(*start as usize, *end as usize);
                let sure = |p: &Place| !is_tiny(p) && (!p.is_small_town() || is_spelling(p.name, written()));
                count(places.clone().next().filter(sure).and_then(|p| p.country));
            }
            // "Armenia" is a town in Colombia, too; "Georgia" leaves it open.
            Candidate::Places(places) if places.clone().all(|p| p.kind != Kind::Unit) => {
                count(places.clone().find(|p| p.kind == Kind::Country).and_then(|p| p.country));
            }
            _ => {}
        }
    }
    // And what capitals say of countries beyond doubt, though their names are borne elsewhere, too.
    let mut capitals: Vec<(&'static str, u32)> = Vec::new();
    for places in found.iter().filter_map(places_of).filter(|p| p.len() > 1) {
        let Some(capital) = places.clone().next().filter(|p| p.kind == Kind::Capital) else {
            continue;
        };
        let rival =
            |p: Place| p.kind == Kind::Country || p.is_town() && p.population >= capital.population / RIVAL_SIZE;
        if places.skip(1).any(rival) {
            continue;
        }
        let Some(code) = capital.country else { continue };
        match capitals.iter_mut().find(|(c, _)| *c == code) {
            Some((_, n)) => *n += 1,
            None => capitals.push((code, 1)),
        }
    }
    let told = |code: Option<&str>| {
        let of = |list: &[(&str, u32)]| list.iter().find(|(c, _)| Some(*c) == code).map_or(0, |(_, n)| *n);
        of(&countries) + of(&capitals)
    };
    // `tight`: nothing but signs may stand between.
    let signs = |from: u32, to: u32| (from..to).all(|t| words.tokens[t as usize].kind == TokenKind::Mark);
    // "Quân Nga tiến về Pokrovsk": what a place belongs to stands behind it, or right before.
    let behind = pack.traits.head_first;
    // `states`: only a country or province tells, of whose name there is no capital.
    let beside = |at: usize, code: &str, tight: bool, states: bool| {
        let (start, end) = (found[at].0, found[at].1);
        let says = |(s, e, c): &(u32, u32, Candidate<'a>)| {
            let near = *s >= end && *s <= end + 4 && (!tight || signs(end, *s))
                || *e <= start && start <= *e + 3 && (!(tight || behind) || signs(*e, start));
            near && words.tokens[*s as usize].sentence == words.tokens[start as usize].sentence
                && match c {
                    Candidate::Demonym(p) => p.country == Some(code),
                    // A town says which country is meant by its first reading, a state or province by any.
                    // Before a comma, a town of any reading ("Athens, Georgia"), where its first is not of that country
                    // ("Kingston, Jamaica").
                    Candidate::Places(p) => {
                        let town = tight && *e <= start && words.word(*e as usize) == ",";
                        let country = places_of(&found[at]).and_then(|mut p| p.find(|p| p.kind == Kind::Country));
                        let first = p.clone().next().and_then(|p| p.country);
                        let town = town && country.is_none_or(|c| c.country != first);
                        let capital = states && p.clone().any(|p| p.kind == Kind::Capital);
                        !capital
                            && p.clone().enumerate().any(|(rank, p)| {
                                p.country == Some(code)
                                    && ((rank == 0 || town) && !states || matches!(p.kind, Kind::Country | Kind::Unit))
                            })
                    }
                    Candidate::Actor(_) => false,
                }
        };
        // Names are by start, none inside another: those in reach stand close by.
        found[..at]
            .iter()
            .rev()
            .take_while(|(_, e, _)| start <= *e + 3)
            .any(says)
            || found[at + 1..].iter().take_while(|(s, _, _)| *s <= end + 4).any(says)
    };
    // "Karsi, Nebraska, …": a town of a state in which we know none of the name, though one far off owns it.
    let elsewhere = |at: usize, places: &Places| {
        let state = state_behind(finder, words, found[at].1).zip(found.get(at + 1));
        let (end, units) = match state {
            Some((from, (start, end, Candidate::Places(units)))) if from == *start => (*end, units.clone()),
            _ => return false,
        };
        let closed = matches!(words.word(end as usize), "," | "." | ")" | ";" | "");
        closed
            && units.clone().next().is_some_and(|u| u.kind == Kind::Unit)
            && units.clone().all(|u| u.kind == Kind::Unit || u.is_small_town())
            && places
                .clone()
                .all(|p| (p.is_town() || p.kind == Kind::Unit) && units.clone().all(|u| u.country != p.country))
    };
    // Towns that such a state stands behind, as they are written.
    let mut strange: RapidHashSet<&str> = RapidHashSet::default();
    // Towns whose country stands right behind them: the same words name them again. `None`: two are named so.
    let mut settled: RapidHashMap<&str, Option<Place>> = RapidHashMap::default();
    // "Palma, Mozambique", "Palma in Mozambique".
    let lies_in = |at: usize, place: &Place| {
        let end = found[at].1;
        found.get(at + 1).is_some_and(|(start, _, next)| {
            let comma = words.word(end as usize) == "," && *start == end + 1;
            let inside = words.hit(end as usize, finder.classes.locative).is_some_and(|h| {
                let article = words.hit(h.end as usize, finder.classes.determiner);
                article.map_or(h.end, |a| a.end) == *start
            });
            let of = match next {
                Candidate::Demonym(p) => p.country == place.country,
                Candidate::Places(p) => {
                    let large = |p: Place| matches!(p.kind, Kind::Country | Kind::Unit | Kind::Region);
                    p.clone().next().is_some_and(|p| p.country == place.country && large(p))
                }
                Candidate::Actor(_) => false,
            };
            (comma || inside) && of
        })
    };
    // A name by which somebody is called, or who says something.
    let bears_person = |start: u32, end: u32| {
        let c = &finder.classes;
        let one = |class| words.hit(start as usize, class).is_some_and(|h| h.end == end);
        one(c.given) || one(c.surname) || words.hit(end as usize, c.says).is_some()
    };
    // Where something is, or what is taken.
    let led = |start: u32, end: u32| {
        let c = &finder.classes;
        let behind = |class| words.ending_at(start, class, start.saturating_sub(4)).is_some();
        [c.locative, c.takes, c.unit_place].into_iter().any(behind) || words.hit(end as usize, c.unit_place).is_some()
    };
    // "tỉnh Kandahar", "Kandahar province": a unit of a state, not the town of that name.
    let unit_word = |start: u32, end: u32| -> Option<Named> {
        let says = |t: usize| {
            let hit = words.hit(t, finder.classes.unit_place)?;
            Some((hit, finder.english.names(pack.value(hit)?.as_str()?)))
        };
        let before = (start as usize).saturating_sub(3)..start as usize;
        let led = before.filter_map(says).find(|(hit, _)| hit.end == start);
        led.or_else(|| says(end as usize)).and_then(|(_, what)| what)
    };
    let mut atoms = Vec::with_capacity(found.len());
    for (at, (start, end, candidate)) in found.iter().enumerate() {
        let what = match candidate {
            Candidate::Actor(a) => What::Actor(a),
            Candidate::Demonym(p) => What::Demonym(*p),
            Candidate::Places(places) => {
                let mut best: Option<(f64, Place)> = None;
                // "from Niger to Nigeria": a country is no province of its neighbour.
                let country = places.clone().any(|p| p.kind == Kind::Country);
                let region = places.clone().any(|p| p.kind == Kind::Region);
                let written = words.slice(*start as usize, *end as usize);
                let far = elsewhere(at, places);
                if far {
                    strange.insert(written);
                }
                // "Hebron in the West Bank" is none of these, nor is "Warsaw" where Polish ministers meet.
                let meant = |p: Place| lies_in(at, &p) || told(p.country) > 0 && !far;
                if strange.contains(written) && !places.clone().any(meant) {
                    continue;
                }
                // "giải MAMA": an acronym, unless it begins a dateline.
                let dateline = matches!(words.word(*end as usize), "," | "(" | "-" | "–" | "—");
                let capitals = *end == *start + 1 && is_acronym(words, *start as usize) && !dateline;
                if capitals && places.clone().all(|p| p.is_small_town()) {
                    continue;
                }
                // Made when they are first asked for: few names have several places.
                let own: OnceCell<String> = OnceCell::new();
                let called: OnceCell<Option<Named>> = OnceCell::new();
                let called = || *called.get_or_init(|| unit_word(*start, *end));
                let bears = |p: &Place| p.name.eq_ignore_ascii_case(written);
                let all = (places.len() > 1).then(|| places.clone());
                // "Philadelphia" was Amman once: where a larger place bears the name today, those that bore it are seldom meant.
                let today: Vec<Place> = all.into_iter().flatten().filter(|p| bears(p) && p.is_town()).collect();
                let borne = today.iter().map(|p| p.population).max();
                let is_named = |p: &Place| countries.iter().any(|(c, _)| Some(*c) == p.country);
                // "Pokrovsk" was Engels once. What bears the name today is meant, unless only the other's country is named.
                let today_named = today.iter().any(is_named);
                // One of them is a large town that owns the bare name.
                let owns = |p: Place| p.is_town() && !p.is_small_town() && p.slug == fold::slug(p.name);
                let famous = places.len() > 1 && places.clone().any(owns);
                // "Tripoli" in a report about Lebanon that says nothing of Libya.
                let rivals = |p: &Place| {
                    let unheard =
                        |o: Place| o.slug == p.slug || !o.is_town() || o.is_small_town() || told(o.country) == 0;
                    let larger = |o: Place| o.is_town() && o.population / RIVAL_SIZE > p.population;
                    let longer = || p.name.strip_prefix(written).is_some_and(|rest| rest.starts_with(' '));
                    let rival = |o: Place| o.is_town() && !o.is_small_town() && o.country != p.country;
                    p.is_town()
                        && !p.is_small_town()
                        && places.clone().any(rival)
                        && (bears(p) || longer())
                        && told(p.country) > 1
                        && places.clone().all(unheard)
                        && !places.clone().any(larger)
                };
                // Another country that has a place of the name is told of.
                let abroad = || places.clone().any(|p| p.country != home && told(p.country) > 0);
                // A unit of this name, while its capital is called otherwise.
                let unit_bears = places.clone().any(|p| p.kind == Kind::Unit && bears(&p));
                for (rank, place) in places.clone().enumerate() {
                    let mut score = prior(&place) - rank as f64 * 0.01;
                    if places.len() > 1
                        && let Some(code) = place.country
                    {
                        let named = countries.iter().find(|(c, _)| *c == code).map_or(0, |(_, n)| *n);
                        // "Geneva" is in Switzerland, though the report be about America.
                        let most = if place.is_small_town() && famous { 1 } else { 4 };
                        score += f64::from(named.min(most)) * NAMED_COUNTRY;
                        let beaten = today_named
                            || !today.is_empty() && !is_named(&place)
                            || place.kind == Kind::Capital && borne.is_some_and(|people| people >= place.population);
                        let outgrown = || borne.is_some_and(|people| people > place.population);
                        if beaten
                            && place.is_town()
                            && (!is_spelling(place.name, written) || outgrown() && !bears(&place))
                        {
                            score -= OTHER_NAME;
                        }
                        if unit_bears && place.kind == Kind::City && !is_spelling(place.name, written) {
                            score -= CAPITAL_OF_UNIT;
                        }
                        if rivals(&place) {
                            score += RIVAL;
                        }
                        // "thủ đô Kuwait", "thành phố Gaza": the town, not the country or strip of that name.
                        if place.is_town() && called() == Some(Named::Town) {
                            score += UNIT_WORD;
                        }
                        if place.kind == Kind::Unit {
                            score += match called() {
                                Some(Named::Region) if region => 0.0,
                                Some(Named::Unit | Named::Region) => UNIT_WORD,
                                Some(Named::Part) => -UNIT_WORD,
                                _ if has_town(places, &place) => -TOWN_OF_UNIT,
                                _ => 0.0,
                            };
                        }
                        if Some(code) == home && !abroad() {
                            score += HOME;
                        }
                        score -= match stands(place.slug) {
                            Some(Presence::There) => 0.0,
                            _ => ANOTHER_TIME,
                        };
                        // "Washington và London": beside another capital a capital is meant, and no town that it dwarfs.
                        let dwarfs = |p: Place| {
                            p.kind == Kind::Capital
                                && p.slug == own.get_or_init(|| fold::slug(written))
                                && p.population / DWARFS >= place.population
                        };
                        let dwarfed = place.is_small_town() && places.clone().any(dwarfs);
                        // "Cabo Delgado, Mozambique": the country, not its town of the same name.
                        let own_country = country
                            && places
                                .clone()
                                .any(|c| c.kind == Kind::Country && c.country == place.country);
                        if place.kind != Kind::Country && !own_country && beside(at, code, country, dwarfed) {
                            score += if country { TIGHT } else { BESIDE };
                        }
                    }
                    if best.as_ref().is_none_or(|(s, _)| score > *s) {
                        best = Some((score, place));
                    }
                }
                match best {
                    // A small town of a name that no place owns, in a country of which the report says nothing: the village that is
                    // meant is in no table.
                    Some((_, place)) if stray(&place, written, &countries) => continue,
                    Some((_, place)) if is_tiny(&place) && told(place.country) == 0 && place.country != home => {
                        continue;
                    }
                    // "Rosario thanked her", "Bernal said": a village does nothing, and few are called like persons.
                    Some((_, place)) if is_tiny(&place) && !led(*start, *end) && bears_person(*start, *end) => continue,
                    // "tuần dương hạm Tripoli", "the Shandong aircraft carrier": a ship.
                    Some((_, place))
                        if matches!(place.kind, Kind::City | Kind::Capital | Kind::Unit | Kind::River)
                            && is_ship(finder, words, *start, *end) =>
                    {
                        continue;
                    }
                    Some((_, place)) => {
                        if places.len() > 1 && place.is_town() && !country && lies_in(at, &place) {
                            let one = settled.entry(written).or_insert(Some(place));
                            *one = one.filter(|p| p.slug == place.slug);
                        }
                        What::Place(place)
                    }
                    None => continue,
                }
            }
        };
        atoms.push(Atom {
            start: *start,
            end: *end,
            what,
        });
    }
    if !settled.is_empty() {
        for atom in &mut atoms {
            let written = words.slice(atom.start as usize, atom.end as usize);
            // Unless the report tells of the country of the other, too.
            if let What::Place(before) = &mut atom.what
                && let Some(&Some(place)) = settled.get(written)
                && before.is_town()
                && (before.country == place.country || told(before.country) == 0)
            {
                *before = place;
            }
        }
    }
    atoms
}

/// A ship stands before the capitals of the name, or right behind it with an article before.
pub(super) fn is_ship(finder: &Finder, words: &Words<'_>, start: u32, end: u32) -> bool {
    /// Tokens of a ship's name that are looked back over: "Gioóc-giơ Oa-sinh-tơn" has three before the town.
    const BACK: u32 = 4;
    let c = &finder.classes;
    let ship = |t: u32| words.ending_at(t, c.ship, t.saturating_sub(5)).is_some();
    if ship(start) {
        return true;
    }
    if finder.habits.syllables {
        // "Gioóc-giơ Oa-sinh-tơn": its first name is spelled by its sound.
        let tied = |t: u32| words.tokens[t as usize].glued || words.word(t as usize) == "-";
        let mut first = start;
        while first > 0 && first + BACK > start && (runs::is_capital(words, first as usize - 1) || tied(first - 1)) {
            first -= 1;
        }
        return first < start && runs::is_capital(words, first as usize) && ship(first);
    }
    let led = start > 0 && words.hit(start as usize - 1, c.determiner).is_some();
    led && words.hit(end as usize, c.ship).is_some()
}

/// The places that a name may name.
fn places_of(found: &(u32, u32, Candidate<'_>)) -> Option<Places> {
    match &found.2 {
        Candidate::Places(places) => Some(places.clone()),
        _ => None,
    }
}

/// The states inside the names of bodies: "US" in "US Central Command".
pub(super) fn inside<'a>(gazetteer: &Gazetteer, words: &Words<'_>, atom: &Atom<'a>) -> Vec<Atom<'a>> {
    let mut found = Vec::new();
    let mut at = atom.start as usize;
    while at < atom.end as usize {
        let end = acronym_end(words, at).unwrap_or(at + 1);
        if words.tokens[at].caps != Caps::None {
            let mut keys: Vec<String> = vec![key(words.slice(at, end))];
            keys.extend((end..atom.end as usize).take(3).map(|t| key(words.word(t))));
            if let Some((taken, mut places)) = gazetteer.longest(keys.iter().map(String::as_str))
                && let Some(place) = places.next()
                && place.kind == Kind::Country
                && end + taken - 1 <= atom.end as usize
            {
                let end = end + taken - 1;
                found.push(Atom {
                    start: at as u32,
                    end: end as u32,
                    what: What::Place(place),
                });
                at = end;
                continue;
            }
        }
        at = end;
    }
    found
}

/// What each time that a text names a country is worth to the places in it, against a power of ten of population.
/// Chosen, not measured: four mentions outweigh the step from a town to a country.
const NAMED_COUNTRY: f64 = 0.8;
/// What a word such as "province" or "city" beside a name is worth to the unit or the town of that name. Chosen, not measured: it decides between
/// a unit and its town.
const UNIT_WORD: f64 = 8.0;
/// What a town loses to another that bears the name today. As much as being a capital is worth.
const OTHER_NAME: f64 = 4.0;
/// What a state loses to other places of its name in a report from before or after its time. Chosen, not measured: it decides.
const ANOTHER_TIME: f64 = 8.0;
/// What a unit of a state loses to its town of the same name, where nothing says that the unit is meant. Chosen, not measured: it
/// is more than the step from the town to all towns of the unit.
const TOWN_OF_UNIT: f64 = 3.0;
/// What a country's name beside a place's is worth ("Tripoli, Lebanon"). Chosen, not measured: it decides.
const BESIDE: f64 = 8.0;
/// What a town before a comma is worth to the unit behind it, where a country is called so, too ("Atlanta, Georgia"). Chosen, not
/// measured: it decides also in a report about that country.
const TIGHT: f64 = 12.0;
/// Times that a town may be larger than another of its name for the other to be its rival. Chosen: of London and the towns
/// called after it only one is meant without more words.
const RIVAL_SIZE: u32 = 10;
/// What a town is worth whose country the report speaks of, when it speaks of none of its rivals'. Chosen, not measured: it decides
/// between a capital and a large town.
const RIVAL: f64 = 5.0;
/// What the capital of a unit loses to the unit where only the unit is called exactly so. Chosen, not measured: New York is
/// still the city, Oklahoma the state.
const CAPITAL_OF_UNIT: f64 = 0.4;

/// How many times the people of a town a capital of its name has for the town to be meant only beside its country. Chosen, not
/// measured.
const DWARFS: u32 = 5;

/// What a place in the readers' own country is worth where the report tells of no other that has one of the name ("Hà Nam" the
/// province, not the Chinese one of that name). Chosen, not measured: more than the largest province is ahead of a small one.
const HOME: f64 = 3.0;
