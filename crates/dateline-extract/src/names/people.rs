//! Persons: titles and names by rule, then one entity for all forms of a name in the report.
//!
//! Takes: bodies found, runs, titles. Gives: persons and roles. Never: knows a person that the report does not name.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::gazetteer::{Kind, Place};
use super::sight::Sight;
use super::{Finder, Found, bearers, bytes, fold, is_acronym, kin, rules, runs};
use dateline_lang::{Pack, TokenKind, Words};
use dateline_model::{Interval, MentionKind, Title};
use rapidhash::{RapidHashMap, RapidHashSet};

/// Persons and roles that the rules of `names/people.toml` find.
pub(super) fn find(
    finder: &Finder,
    pack: &Pack,
    words: &Words<'_>,
    sight: &Sight,
    atoms: &[Atom<'_>],
    found: &mut Board,
) {
    let stage = &finder.people;
    // How often the report names a place.
    let mut named: RapidHashMap<&str, u32> = RapidHashMap::default();
    // And each country, by its name or by what lies in it.
    let mut lands: RapidHashMap<&str, u32> = RapidHashMap::default();
    for place in atoms.iter().filter_map(Atom::place) {
        *named.entry(place.slug).or_insert(0) += 1;
        if let Some(code) = place.country {
            *lands.entry(code).or_insert(0) += 1;
        }
    }
    // Nobody is president of a town, nor of a province of a country that the report does not speak of ("Ngoại trưởng Leitrim").
    let stateless = |p: &Place| {
        let only = || p.country.and_then(|code| lands.get(code)) == Some(&1);
        p.kind == Kind::City || p.kind == Kind::Unit && only()
    };
    let matches = stage.matches(words, |m| {
        // "the General" of "the General Staff".
        let bare = stage.name.is_none_or(|n| m.captures.iter().all(|c| c.name != n));
        if bare
            && !finder.habits.syllables
            && runs::is_capital(words, m.end as usize - 1)
            && runs::is_capital(words, m.end as usize)
            && stage.of.is_none_or(|n| m.captures.iter().all(|c| c.name != n))
            && words.hit(m.end as usize, finder.classes.title).is_none()
        {
            return false;
        }
        let title = stage.title.and_then(|t| m.captures.iter().find(|c| c.name == t));
        let of = stage.of.and_then(|o| m.captures.iter().find(|c| c.name == o));
        let Some(name) = stage.name.and_then(|n| m.captures.iter().find(|c| c.name == n)) else {
            let city = |c: &dateline_lang::Capture| {
                let place = atoms::at(atoms, c.start)
                    .filter(|a| a.end == c.end)
                    .and_then(Atom::place);
                place.is_some_and(stateless)
            };
            let beside = title.zip(of).filter(|(t, o)| t.end == o.start);
            // "tư lệnh" of "bộ tư lệnh".
            let in_head = title.is_some_and(|t| {
                let heads = |at: u32| words.hits_of(at as usize, finder.classes.org_head);
                (t.start.saturating_sub(2)..t.start).any(|at| heads(at).any(|h| h.end >= t.end))
            });
            if in_head {
                return false;
            }
            return !beside.is_some_and(|(t, o)| city(o) && finder.english.is_of_states(&finder.role(pack, words, t)));
        };
        if found.over(name.start, name.end).is_some() {
            return false;
        }
        // "họp tổ QH, Giám đốc …": capitals throughout are nobody whose title stands behind them.
        if finder.habits.syllables
            && lone(name)
            && is_acronym(words, name.start as usize)
            && title.is_some_and(|t| t.start > name.start)
        {
            return false;
        }
        // "Meanwhile, a journalist said".
        if !finder.habits.syllables
            && lone(name)
            && words.hit(name.start as usize, finder.classes.start_word).is_some()
            && finder.opens(words, name.start as usize)
            && !sight.is_named(words, name.start)
        {
            return false;
        }
        // "President Toppled in Coup": a common word.
        let word = words.tokens[name.start as usize].word;
        if sight.is_headline(words, name.start)
            && !sight.is_named(words, name.start)
            && word.is_known()
            && word <= finder.newest
        {
            return false;
        }
        // Inside the name of a body: "Tư lệnh" of "Bộ Tư lệnh Trung tâm Mỹ".
        let in_body = |a: &Atom<'_>| a.start < name.start && name.start < a.end && matches!(a.what, What::Actor(_));
        if atoms::before(atoms, name.start).is_some_and(in_body) {
            return false;
        }
        // "Tổng thống Paul Kovar": heads of states are of no town, so that it is part of the name.
        // "Thủ tướng Jordan Velan": the country, where the report names it again.
        let alias = |a: &Atom<'_>| {
            let written = words.slice(a.start as usize, a.end as usize);
            let town = a.place().filter(|p| p.kind == Kind::City && p.population < CITY);
            town.is_some_and(|p| !fold::alike(p.name, written))
        };
        // "Đại sứ Linda Thomas-Velk": nobody is an ambassador of a small town.
        let small = |a: &Atom<'_>| a.place().is_some_and(|p| p.is_small_town());
        // "Thị trưởng Vitali Velk": a small town of a country that the report does not speak of is the mayor's given name.
        let strange = |a: &Atom<'_>| {
            let only = |p: &Place| lands.len() > 1 && p.country.and_then(|code| lands.get(code)) == Some(&1);
            a.place().is_some_and(|p| p.is_small_town() && only(p))
        };
        let given = |a: &Atom<'_>| {
            let again = || a.place().is_some_and(|p| named.get(p.slug).is_some_and(|n| *n > 1));
            lone(name) && finder.is_given(words, a, name.end) && !again()
        };
        if let (Some(title), Some(of)) = (title, of)
            && of.end == name.start
            && (title.end == of.start || is_of_body(words, title.end, of.start))
            && atoms::at(atoms, of.start).is_some_and(|a| a.end == of.end && (is_town_or_unit(a) || given(a)))
            && runs::is_capital(words, of.start as usize)
            && words.hit(of.start as usize, finder.classes.unit_place).is_none()
            && {
                let role = finder.role(pack, words, title);
                finder.english.is_of_states(&role)
                    || lone(name) && !finder.english.is_of_towns(&role)
                    || atoms::at(atoms, of.start).is_some_and(alias)
                    || !finder.english.is_of_towns(&role) && atoms::at(atoms, of.start).is_some_and(small)
                    || lone(name) && atoms::at(atoms, of.start).is_some_and(strange)
                    // "Phát ngôn viên Kira Velk".
                    || atoms::at(atoms, of.start)
                        .is_some_and(|a| given(a) && a.place().is_some_and(|p| p.population < CITY))
            }
        {
            return false;
        }
        // "Quốc" of "Ủy viên Quốc vụ" is of the longer title.
        let titles = |at: u32| words.hits_of(at as usize, finder.classes.title);
        let before = title.filter(|t| t.end <= name.start);
        if before.is_some_and(|t| titles(t.start).any(|h| h.end > name.end)) {
            return false;
        }
        // "Thống nhất" is nobody.
        if finder.habits.syllables
            && !runs::is_capital(words, name.end as usize - 1)
            && words.word(name.end as usize - 2) != "-"
        {
            return false;
        }
        // "Anh" of "Thái Anh Văn" is a syllable of the name.
        let amid = |h: &dateline_lang::Capture| {
            let capital =
                |t: u32| runs::is_capital(words, t as usize) && words.tokens[t as usize].kind == TokenKind::Word;
            h.start > 0
                && capital(h.start)
                && capital(h.start - 1)
                && !words.is_sentence_start(h.start as usize)
                && title.is_none_or(|t| t.end < h.start)
        };
        let honorific = stage.honorific.and_then(|h| m.captures.iter().find(|c| c.name == h));
        if finder.habits.syllables && honorific.is_some_and(amid) {
            return false;
        }
        let honoured = stage.honorific.is_some_and(|h| m.captures.iter().any(|c| c.name == h));
        let known = atoms::at(atoms, name.start);
        match known {
            // "President Obama": heads of states are of no town.
            Some(a) if a.end == name.end => {
                let unit = |p: &Place| p.kind == Kind::Unit && !finder.habits.syllables;
                let city = a.place().is_some_and(|p| stateless(p) || unit(p));
                // "Mullah Omar": nor is anybody of a town that is called otherwise, or is small.
                let strange = a.place().is_some_and(|p| {
                    let written = words.slice(a.start as usize, a.end as usize);
                    !finder.habits.syllables && (p.population < CITY || !fold::alike(p.name, written))
                });
                // "Bà Wagner": somebody called like a group.
                let bearer = lone(name) && !is_acronym(words, name.start as usize);
                honoured && (bearer || !matches!(a.what, What::Actor(_)))
                    || city
                        && title.is_some_and(|t| {
                            t.end == name.start
                                && (strange || finder.english.is_of_states(&finder.role(pack, words, t)))
                        })
            }
            Some(a) if a.end < name.end => {
                // "Bộ trưởng Quốc phòng Israel Israel Velk": the state, and a given name.
                let again = || {
                    let before = atoms::before(atoms, a.start).filter(|b| b.end == a.start);
                    let before = before.and_then(Atom::place).map(|p| p.slug);
                    before.is_some() && before == a.place().map(|p| p.slug)
                };
                !a.is_strong() || honoured || is_town_or_unit(a) || again() || finder.is_given(words, a, name.end)
            }
            _ if words
                .hits_at(name.start as usize)
                .iter()
                .any(|h| h.end > name.end && h.end > h.start + 1 && h.class != finder.classes.run) =>
            {
                false
            }
            _ => !(lone(name) && !honoured && words.hit(name.start as usize, finder.classes.not_name).is_some()),
        }
    });
    for m in matches {
        let rule = &stage.rules[m.rule as usize];
        let capture = |name: Option<u16>| name.and_then(|n| m.captures.iter().find(|c| c.name == n));
        let Some((start, end)) = stage.extent(words, &m) else {
            continue;
        };
        let end = match rules::kind(&rule.body.kind) {
            MentionKind::Person => headed(words, sight, start, end),
            _ => end,
        };
        let value = |c: &dateline_lang::Capture| {
            words
                .hits_at(c.start as usize)
                .iter()
                .find(|h| {
                    h.end == c.end
                        && Some(h.value) == c.value
                        && (h.class == finder.classes.title || h.class == finder.classes.honorific)
                })
                .and_then(|h| pack.value(*h))
                .and_then(toml::Value::as_str)
                .map(String::from)
        };
        let title = capture(stage.title);
        let of = capture(stage.of).map(|c| (finder.named(words, atoms, found, c.start, c.end), c));
        let role =
            title.and_then(|c| value(c).or_else(|| Some(words.slice(c.start as usize, c.end as usize).to_string())));
        let gender = capture(stage.honorific).and_then(value).and_then(|g| g.chars().next());
        let kind = rules::kind(&rule.body.kind);
        if found.is_person(start, end) || kind == MentionKind::Role && found.is_inside(start, end) {
            continue;
        }
        let title_span = title.map(|c| {
            let first = c.start.min(of.as_ref().map_or(c.start, |(_, o)| o.start));
            let last = c.end.max(of.as_ref().map_or(c.end, |(_, o)| o.end));
            bytes(words, first, last)
        });
        let held = role.clone().zip(title_span).map(|(role, span)| Title {
            span,
            role,
            of: of.as_ref().map(|((entity, _), _)| entity.clone()),
            held: Interval::default(),
        });
        let (entity, name) = match kind {
            MentionKind::Role => {
                let role = role.unwrap_or_else(|| words.slice(start as usize, end as usize).to_string());
                let name = match &of {
                    Some(((_, of), _)) => format!("{role} of {of}"),
                    None => role,
                };
                (fold::slug(&name), name)
            }
            _ => own_name(words, start, end),
        };
        found.push(Found {
            start,
            end,
            kind,
            entity,
            name,
            title: held,
            point: None,
            metonym_for: None,
            rule: rule.id.clone(),
            own_words: true,
            gender,
        });
    }
}

impl Finder {
    /// The English of a title.
    pub(super) fn role(&self, pack: &Pack, words: &Words<'_>, title: &dateline_lang::Capture) -> String {
        let mut titles = words.hits_of(title.start as usize, self.classes.title);
        let value = titles.find(|h| h.end == title.end).and_then(|h| pack.value(*h));
        value.and_then(toml::Value::as_str).unwrap_or_default().to_string()
    }

    /// A place whose name is also a given name, before one more capital: "Jordan" of "Jordan Pike".
    pub(super) fn is_given(&self, words: &Words<'_>, atom: &Atom<'_>, end: u32) -> bool {
        atom.place().is_some()
            && atom.end - atom.start == 1
            && atom.end < end
            && words.hit(atom.start as usize, self.classes.given).is_some()
            && runs::is_capital(words, atom.end as usize)
            && words.hit(atom.end as usize, self.classes.title).is_none()
    }
}

/// Where a name behind its title ends. In title case it goes on only with words that the text writes as names: "President Velk
/// Orders Strike".
fn headed(words: &Words<'_>, sight: &Sight, start: u32, end: u32) -> u32 {
    let tied = |t: u32| words.tokens[t as usize].kind == TokenKind::Mark;
    if end - start < 2 || !sight.is_headline(words, start) {
        return end;
    }
    let stops = |t: &u32| !tied(*t) && !tied(t - 1) && !sight.is_named(words, *t);
    (start + 1..end).find(stops).unwrap_or(end)
}

/// People of a town that is meant by its name though somebody of the report bears it. Chosen, not measured.
const CITY: u32 = 500_000;

/// One capital-less word of two syllables between a title and its place: "chính phủ" of "người phát ngôn chính phủ Ali Vidori".
fn is_of_body(words: &Words<'_>, from: u32, to: u32) -> bool {
    to == from + 2 && !runs::is_capital(words, from as usize) && !runs::is_capital(words, from as usize + 1)
}

fn lone(name: &dateline_lang::Capture) -> bool {
    name.end - name.start == 1
}

/// A town, or a unit named like one.
fn is_town_or_unit(atom: &Atom<'_>) -> bool {
    atom.place()
        .is_some_and(|p| matches!(p.kind, Kind::City | Kind::Unit | Kind::Capital))
}

/// The slug of a name's parts, and its words with single spaces.
pub(super) fn own_name(words: &Words<'_>, start: u32, end: u32) -> (String, String) {
    let written = words.slice(start as usize, end as usize);
    let mut name = String::with_capacity(written.len());
    for word in written.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    let parts = runs::joined(words, start, end, "-");
    // No name is without a slug.
    (if parts.is_empty() { fold::slug("") } else { parts }, name)
}

/// A person of the report.
pub(super) struct Person {
    pub(super) parts: Vec<String>,
    entity: String,
    name: String,
    gender: Option<char>,
    /// The parts in quotation marks: `Ana "La Jefa" Velk`.
    called: Vec<String>,
    /// (role without "Former" and the like, entity it is the role of).
    roles: Vec<(String, Option<String>)>,
    /// Index of the first mention.
    first: usize,
    /// He was told of as somebody's kin, who may bear all but the first of his names.
    kin: bool,
}

#[cfg(test)]
impl Person {
    /// Somebody of these parts.
    pub(super) fn named(parts: &[&str]) -> Person {
        Person {
            parts: parts.iter().map(ToString::to_string).collect(),
            entity: parts.join("-"),
            name: parts.join(" "),
            gender: None,
            called: Vec::new(),
            roles: Vec::new(),
            first: 0,
            kin: false,
        }
    }
}

/// How near a part of a name is to another: same, same without an article, or a slip of the pen in a long one.
pub(super) fn same_part(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // "V. Putin": an initial.
    if a.len() == 1 || b.len() == 1 {
        return a.as_bytes().first() == b.as_bytes().first();
    }
    if a[article(a)..] == *b || *a == b[article(b)..] {
        return true;
    }
    let long = a.len().min(b.len()) >= LONG;
    long && a.as_bytes()[0] == b.as_bytes()[0] && fold::distance(a, b, 1).is_some()
}

/// Bytes of a part from which a slip of the pen is forgiven. Chosen: below, too many names are a letter apart.
pub(super) const LONG: usize = 6;

/// Bytes of the article that a part begins with: "al" of "alassad".
pub(super) fn article(part: &str) -> usize {
    if part.len() > 5 && (part.starts_with("al") || part.starts_with("el")) {
        2
    } else {
        0
    }
}

/// The shorter name is made of parts of the longer one, in order.
fn within(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|part| rest.any(|l| same_part(part, l)))
}

/// The last parts of both names are the same.
fn ends_alike(a: &[String], b: &[String]) -> bool {
    a.last().zip(b.last()).is_some_and(|(a, b)| same_part(a, b))
}

/// The parts of a name that stand in quotation marks.
fn called(words: &Words<'_>, start: u32, end: u32) -> Vec<String> {
    let mark = |t: &u32| matches!(words.word(*t as usize), "\"" | "“" | "”" | "‘" | "’");
    let mut marks = (start..end).filter(mark);
    match (marks.next(), marks.next()) {
        (Some(open), Some(close)) => runs::parts(words, open + 1, close),
        _ => Vec::new(),
    }
}

/// Roles that are compared: "Former President" and "Acting President" are offices of their own.
fn office(role: &str) -> String {
    let mut office = role.to_string();
    for (other, ours) in [
        ("Spokeswoman", "Spokesperson"),
        ("Spokesman", "Spokesperson"),
        ("defense", "defence"),
    ] {
        if office.contains(other) {
            office = office.replace(other, ours);
        }
    }
    office
}

/// One entity for all forms of a person's name; role-only mentions take the entity of who holds the role in the report.
pub(super) fn link(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    let mut people: Vec<Person> = Vec::new();
    let persons: Vec<(usize, Vec<String>)> = found
        .iter()
        .enumerate()
        .filter(|(_, f)| f.kind == MentionKind::Person)
        .map(|(i, f)| (i, runs::parts(words, f.start, f.end)))
        .collect();
    let kin = kin::pairs(finder, words, found);
    // The person that each name was taken for.
    let mut taken: RapidHashMap<usize, usize> = RapidHashMap::default();
    // Long forms first, so that the headline's "Putin" finds the body's "Vladimir Putin".
    let mut index = bearers::Index::default();
    let mut order: Vec<usize> = (0..persons.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(persons[i].1.len().min(4)));
    for &i in &order {
        let (at, parts) = &persons[i];
        let f = &found[*at];
        let mut fits = index.of(parts, &people);
        fits.retain(|&p| within(parts, &people[p].parts));
        // "Karim Velmo, son of Karim Shah Velmo": two persons.
        let other = |&(a, b): &(usize, usize)| match *at {
            x if x == a => taken.get(&b),
            x if x == b => taken.get(&a),
            _ => None,
        };
        if !kin.is_empty() {
            let others: Vec<usize> = kin.iter().filter_map(other).copied().collect();
            fits.retain(|p| !others.contains(p));
        }
        // "Idris Velmo" is the father of "Karim Idris Velmo Sarr".
        if parts.len() > 1 {
            let begins = |p: usize| {
                parts
                    .first()
                    .zip(people[p].parts.first())
                    .is_some_and(|(a, b)| same_part(a, b))
            };
            // "Bin Zayed" of "Mohammed bin Zayed al Nahyan".
            let led = words.hit(f.start as usize, finder.classes.particle).is_some();
            fits.retain(|&p| {
                let alike = || !people[p].kin && ends_alike(parts, &people[p].parts);
                led || begins(p) || alike() || *parts == people[p].called
            });
        }
        // A lone name is somebody by more than an initial.
        if let [one] = parts.as_slice() {
            fits.retain(|&p| {
                people[p]
                    .parts
                    .iter()
                    .any(|x| x.len() > 1 && same_part(one, x) || x == one)
            });
        }
        // "Ông Kim" is not the "bà Kim Yo-jong" whom the report names as well.
        if let Some(gender) = f.gender {
            fits.retain(|&p| people[p].gender.is_none_or(|g| g == gender));
        }
        // Of several bearers of a surname, the one named last before; else the first.
        let chosen = match fits.as_slice() {
            [] => None,
            [one] => Some(*one),
            many if many.iter().any(|&p| people[p].parts == *parts) => {
                many.iter().copied().find(|&p| people[p].parts == *parts)
            }
            many => many
                .iter()
                .copied()
                // "Ông Velmo", whom only his kin led to so far.
                .find(|&p| people[p].parts == *parts)
                .or_else(|| {
                    let alike = many.iter().copied().filter(|&p| ends_alike(parts, &people[p].parts));
                    alike
                        .filter(|&p| people[p].first < *at)
                        .max_by_key(|&p| people[p].first)
                })
                // In the headline: who is called so by his last name, and is named first.
                .or_else(|| {
                    let alike = many.iter().copied().filter(|&p| ends_alike(parts, &people[p].parts));
                    alike.min_by_key(|&p| people[p].first)
                })
                .or_else(|| many.first().copied()),
        };
        let who = match chosen {
            Some(p) => p,
            None => {
                people.push(Person {
                    parts: parts.clone(),
                    entity: f.entity.clone(),
                    name: f.name.clone(),
                    gender: None,
                    called: called(words, f.start, f.end),
                    roles: Vec::new(),
                    first: *at,
                    kin: kin::is_kin(finder, words, f.start),
                });
                people.len() - 1
            }
        };
        if !kin.is_empty() {
            taken.insert(*at, who);
        }
        let person = &mut people[who];
        person.first = person.first.min(*at);
        person.gender = person.gender.or(f.gender);
        // What somebody held once is not what "the president" of today is.
        if let Some(t) = f.title.as_ref().filter(|t| t.held.latest.is_none()) {
            let role = (office(&t.role), t.of.clone());
            if !person.roles.contains(&role) {
                person.roles.push(role);
            }
        }
        let (entity, name, gender) = (person.entity.clone(), person.name.clone(), person.gender);
        let f = &mut found[*at];
        if f.entity != entity {
            f.rule = finder.ids.short.clone();
        }
        (f.entity, f.name, f.gender) = (entity, name, gender);
    }
    // A lone capital that is part of a person's name in this report is that person: "Bush" after "George Bush".
    let located = |f: &Found| {
        let c = &finder.classes;
        let hits = (f.start as usize).checked_sub(1).map(|t| words.hits_at(t));
        let near = |h: &dateline_lang::Hit| [c.locative, c.unit_place, c.takes].contains(&h.class) && h.end == f.start;
        hits.is_some_and(|hits| hits.iter().any(near)) || words.hit(f.end as usize, c.unit_place).is_some()
    };
    let places: RapidHashSet<String> = found
        .iter()
        .filter(|f| f.kind == MentionKind::Place && located(f))
        .map(|f| f.entity.clone())
        .collect();
    let long = if finder.habits.syllables {
        RapidHashMap::default()
    } else {
        last_words(finder, words, found)
    };
    for f in found.iter_mut() {
        // A small town of that name is meant only where the report puts something there.
        let town = f.rule == finder.ids.gazetteer
            && f.end - f.start == 1
            // "Sangin said", though another report of the town stands beside.
            && (!places.contains(&f.entity)
                || !located(f) && words.hit(f.end as usize, finder.classes.says).is_some())
            && finder.gazetteer.by_slug(&f.entity).is_some_and(|p| {
                // Nor a large one that is called otherwise.
                let written = words.slice(f.start as usize, f.end as usize);
                let other = || !fold::alike(p.name, written);
                match p.kind {
                    Kind::City => p.population < CITY || other(),
                    Kind::Unit => p.population < CITY || !finder.habits.syllables && other(),
                    _ => false,
                }
            });
        if !town && (!f.own_words || f.rule != finder.ids.run)
            || f.kind == MentionKind::Person
            || f.kind == MentionKind::Role
        {
            continue;
        }
        let parts = runs::parts(words, f.start, f.end);
        if parts.len() > 1 || parts.first().is_none_or(|p| p.len() < 2) {
            continue;
        }
        let bearers: Vec<&Person> = index
            .of(&parts, &people)
            .into_iter()
            .map(|p| &people[p])
            // "President Velk" without a first name.
            .filter(|p| p.parts.len() > 1 || !finder.habits.syllables && (!p.roles.is_empty() || p.gender.is_some()))
            .filter(|p| p.parts.iter().any(|x| x.len() > 1 && same_part(&parts[0], x)))
            .collect();
        // A province is meant by its name unless it is somebody's last one ("Cavan").
        let unit = town
            && finder
                .gazetteer
                .by_slug(&f.entity)
                .is_some_and(|p| p.kind == Kind::Unit);
        let last = bearers
            .iter()
            .find(|p| p.parts.last().is_some_and(|x| same_part(&parts[0], x)))
            .or(bearers.first().filter(|_| !unit));
        if last.is_none()
            && f.own_words
            && let Some(Some((kind, entity, name))) = long.get(&parts[0])
        {
            (f.kind, f.entity, f.name) = (*kind, entity.clone(), name.clone());
            f.rule = finder.ids.short.clone();
            continue;
        }
        if let Some(p) = last {
            (f.kind, f.entity, f.name, f.gender) = (MentionKind::Person, p.entity.clone(), p.name.clone(), p.gender);
            f.rule = finder.ids.short.clone();
            f.point = None;
        }
    }
    aliases(finder, words, found);
    // Who holds a role, in a state and in any; of more than one, two are enough to leave it open.
    let mut held: RapidHashMap<(&str, Option<&str>), Vec<usize>> = RapidHashMap::default();
    let mut anywhere: RapidHashMap<&str, Vec<usize>> = RapidHashMap::default();
    let note = |list: &mut Vec<usize>, p| {
        if list.len() < 2 && list.last() != Some(&p) {
            list.push(p);
        }
    };
    for (p, person) in people.iter().enumerate() {
        for (role, of) in &person.roles {
            note(held.entry((role, of.as_deref())).or_default(), p);
            note(anywhere.entry(role).or_default(), p);
        }
    }
    for f in found.iter_mut().filter(|f| f.kind == MentionKind::Role) {
        let Some(title) = &f.title else { continue };
        let role = office(&title.role);
        let mut holders: Vec<usize> = match title.of.as_deref() {
            None => anywhere.get(role.as_str()).cloned().unwrap_or_default(),
            Some(of) => {
                // "the leader of" a country is who leads it under any title.
                std::iter::once(&role)
                    .chain(finder.english.same_leads(&role))
                    .filter_map(|role| held.get(&(role.as_str(), Some(of))))
                    .flatten()
                    .copied()
                    .collect()
            }
        };
        holders.sort_unstable();
        holders.dedup();
        if let [one] = holders[..] {
            let one = &people[one];
            f.entity = one.entity.clone();
            f.name = one.name.clone();
            f.gender = one.gender;
        }
    }
}

/// Kind, entity and name of the one name of several words that ends in a word, where nobody knows it; nothing where two do.
type Long = RapidHashMap<String, Option<(MentionKind, String, String)>>;

/// Unknown names of several words by their last, which may stand for them below: "Wadi Karsi", "Karsi".
fn last_words(finder: &Finder, words: &Words<'_>, found: &[Found]) -> Long {
    let mut long = Long::default();
    for f in found
        .iter()
        .filter(|f| f.own_words && f.rule == finder.ids.run && f.end - f.start > 1)
    {
        let last = f.end as usize - 1;
        let c = &finder.classes;
        let heads = [
            c.org_word,
            c.org_head,
            c.place_head,
            c.unit_place,
            c.unit_head,
            c.group_word,
            c.event_word,
        ];
        let parts = runs::parts(words, f.start, f.end);
        if f.kind == MentionKind::Person || heads.iter().any(|&x| words.hit(last, x).is_some()) || parts.len() < 2 {
            continue;
        }
        let known = long.entry(parts[parts.len() - 1].clone());
        let known = known.or_insert_with(|| Some((f.kind, f.entity.clone(), f.name.clone())));
        if known.as_ref().is_some_and(|(_, entity, _)| *entity != f.entity) {
            *known = None;
        }
    }
    long
}

/// Tokens between a name and the nickname that the words beside it tell. Chosen, not measured: longer ones tell of others.
const APPOSITION: u32 = 12;

/// "Pavel Serra, còn gọi là Moro": both names are one, wherever the report uses them.
fn aliases(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    // Where each entity stands, made when the first nickname is met.
    let mut of: RapidHashMap<String, Vec<usize>> = RapidHashMap::default();
    for cue in words.all_of(finder.classes.alias_cue) {
        let quote = |t: u32| matches!(words.word(t as usize), "\"" | "“" | "‘" | "'" | ":");
        let mark = |t: u32| matches!(words.word(t as usize), "," | "(" | "–" | "—" | "-");
        let before = cue.start - u32::from(cue.start > 0 && mark(cue.start - 1));
        let mut after = cue.end;
        while quote(after) || words.hit(after as usize, finder.classes.determiner).is_some() {
            after += 1;
        }
        let named = |f: &&Found| f.kind != MentionKind::Role && f.kind != MentionKind::Place;
        // "Pavel Serra, thủ lĩnh FARC, biệt danh Moro": the nickname is of who leads.
        let until = words.tokens[before.max(1) as usize - 1].span.end;
        let leads = |f: &&Found| f.kind == MentionKind::Person && f.title.as_ref().is_some_and(|t| t.span.end == until);
        // "Pavel Serra, a former officer better known as Moro": of whom the words behind the comma tell.
        let sentence = words.tokens[cue.start as usize].sentence;
        let told = |f: &&Found| {
            f.kind == MentionKind::Person
                && words.tokens[f.start as usize].sentence == sentence
                && words.word(f.end as usize) == ","
                && (f.start == 0 || words.word(f.start as usize - 1) != ",")
                && cue.start.checked_sub(f.end).is_some_and(|apart| apart <= APPOSITION)
        };
        let (from, to) = (
            found.partition_point(|f| words.tokens[f.start as usize].sentence < sentence),
            found.partition_point(|f| f.start < cue.start),
        );
        let here = &found[from.min(to)..to];
        let held = here.iter().filter(leads).find(|f| f.end <= before);
        let beside = || here.iter().filter(named).find(|f| f.end == before);
        let last = || here.iter().rfind(|f| f.kind == MentionKind::Person).filter(told);
        let Some(long) = held.or_else(beside).or_else(last) else {
            continue;
        };
        let (kind, entity, name, gender) = (long.kind, long.entity.clone(), long.name.clone(), long.gender);
        let town = |f: &Found| {
            finder
                .gazetteer
                .by_slug(&f.entity)
                .is_some_and(|p| p.kind == Kind::City)
        };
        let unknown = |f: &Found| f.kind != MentionKind::Role && (f.own_words || town(f));
        let at = found.partition_point(|f| f.start < after);
        let Some(short) = found[at..].iter().take_while(|f| f.start == after).find(|f| unknown(f)) else {
            continue;
        };
        let old = short.entity.clone();
        if of.is_empty() {
            for (k, f) in found.iter().enumerate() {
                of.entry(f.entity.clone()).or_default().push(k);
            }
        }
        let (moved, kept) = of
            .remove(&old)
            .unwrap_or_default()
            .into_iter()
            .partition(|&k| unknown(&found[k]));
        of.insert(old, kept);
        let moved: Vec<usize> = moved;
        of.entry(entity.clone()).or_default().extend(&moved);
        for &k in &moved {
            let f = &mut found[k];
            (f.kind, f.entity, f.name, f.gender) = (kind, entity.clone(), name.clone(), gender);
            f.point = None;
            f.rule = finder.ids.short.clone();
        }
    }
}
