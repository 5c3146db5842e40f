//! Slips of the pen: an unknown name that is a known one but for a letter or two.
//!
//! Takes: names found. Gives: their entities settled. Never: touches a name that is known as it is written.

use super::{Finder, Found, fold, runs};
use dateline_lang::Words;
use dateline_model::MentionKind;
use rapidhash::{RapidHashMap, RapidHashSet};

/// Letters that a name must have to be taken for another. Chosen, not measured: below, too many names are one letter apart.
const LONG: usize = 7;

/// Settles unknown names that are written like others: in the report, or as an acronym in parentheses.
pub(super) fn settle(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    acronyms(words, found);
    if !finder.habits.syllables {
        unsaid(finder, words, found);
    }
    let form = |f: &Found| runs::joined(words, f.start, f.end, "");
    let mut known: Option<Known> = None;
    // The answer is the same for all names that are written alike.
    let mut settled: RapidHashMap<&str, Option<usize>> = RapidHashMap::default();
    for i in 0..found.len() {
        if !found[i].own_words
            || matches!(found[i].kind, MentionKind::Role)
            || found[i].title.is_some()
            || bytes_of(words, &found[i]) < LONG
        {
            continue;
        }
        let known = known.get_or_insert_with(|| {
            let mut known = Known::default();
            // Most names stand more than once, written alike.
            let mut written = RapidHashSet::default();
            for (k, f) in found.iter().enumerate() {
                if !f.own_words
                    && f.kind != MentionKind::Role
                    && bytes_of(words, f) >= LONG
                    && written.insert(words.slice(f.start as usize, f.end as usize))
                {
                    known.add(k, form(f));
                }
            }
            known
        });
        let written = words.slice(found[i].start as usize, found[i].end as usize);
        let near = settled.entry(written).or_insert_with(|| {
            let own = form(&found[i]);
            if own.len() < LONG { None } else { known.near(&own) }
        });
        if let Some(k) = *near {
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

/// Letters at the start or the end that two long forms share, of which a letter or two differ.
const SHARED: usize = 3;

/// What two forms share that are compared: whether it is their end, its letters, and how long they are.
type Block = (bool, [u8; SHARED], usize);

/// The forms of the names that are known, where each stands first; by their length and their beginning or end, so that a name is
/// compared with few.
#[derive(Default)]
struct Known {
    forms: Vec<(usize, String)>,
    /// Which of them share it.
    blocks: RapidHashMap<Block, Vec<usize>>,
}

impl Known {
    fn add(&mut self, at: usize, form: String) {
        if form.len() < LONG {
            return;
        }
        for (end, letters) in ends(&form) {
            let block = self.blocks.entry((end, letters, form.len())).or_default();
            // The same form is in the same blocks.
            if block.iter().any(|&known| self.forms[known].1 == form) {
                return;
            }
            block.push(self.forms.len());
        }
        self.forms.push((at, form));
    }

    /// The first that differs from a form by a letter or two, but not by none nor by its first letter.
    fn near(&self, own: &str) -> Option<usize> {
        let most = if own.len() >= 10 { 2 } else { 1 };
        let first = |other: &str| other.as_bytes().first() == own.as_bytes().first();
        ends(own)
            .flat_map(|(end, letters)| (own.len() - most..=own.len() + most).map(move |length| (end, letters, length)))
            .filter_map(|key| self.blocks.get(&key))
            .filter_map(|block| {
                let mut forms = block.iter().map(|&known| &self.forms[known]);
                let fits = |(_, other): &&(usize, String)| {
                    other != own && first(other) && fold::distance(own, other, most).is_some()
                };
                forms.find(fits).map(|(at, _)| *at)
            })
            .min()
    }
}

/// The beginning and the end of a form.
fn ends(form: &str) -> impl Iterator<Item = (bool, [u8; SHARED])> {
    let bytes = form.as_bytes();
    let (start, end) = (bytes.first_chunk(), bytes.last_chunk());
    start.map(|s| (false, *s)).into_iter().chain(end.map(|e| (true, *e)))
}

/// "Tổ chức … (CSTO)": the acronym and the name before it are one; so are all later uses of the acronym.
fn acronyms(words: &Words<'_>, found: &mut [Found]) {
    let body = |f: &Found| {
        matches!(
            f.kind,
            MentionKind::Organization | MentionKind::Force | MentionKind::Group
        )
    };
    // What the first body is that ends at a token, and where each entity stands: made when the first acronym is met.
    let mut ends: Option<RapidHashMap<u32, usize>> = None;
    let mut of: RapidHashMap<String, Vec<usize>> = RapidHashMap::default();
    for i in 0..found.len() {
        let short = found[i].start;
        if short < 2 || words.word(short as usize - 1) != "(" || words.word(found[i].end as usize) != ")" {
            continue;
        }
        // "MKA (Mulgant Karsi Agency)": the long name behind its acronym.
        let behind = found[i].end - short > 1 && super::is_short_form(words, short as usize - 2);
        let is_short = behind || super::is_short_form(words, short as usize) && found[i].end - short == 1;
        if !is_short || !body(&found[i]) && found[i].kind != MentionKind::Place {
            continue;
        }
        let ends = ends.get_or_insert_with(|| {
            let mut ends = RapidHashMap::default();
            for (k, f) in found.iter().enumerate() {
                // "Đường Kiểm soát Thực tế (LAC)": a place may have an acronym, too.
                let line = f.kind == MentionKind::Place && !f.own_words && f.end - f.start > 1;
                // An acronym has none: "phái bộ OSCE (SMM)".
                let short = f.end - f.start == 1 && super::is_acronym(words, f.start as usize);
                if body(f) && !short || line {
                    ends.entry(f.end).or_insert(k);
                }
                of.entry(f.entity.clone()).or_default().push(k);
            }
            ends
        });
        let spelled = |k: usize| spells(&found[k].name, words.word(short as usize));
        let Some(&long) = ends.get(&(short - 1)).filter(|&&k| body(&found[k]) || spelled(k)) else {
            continue;
        };
        // A long name that is known tells which of several bodies an acronym stands for ("Arakan Army (AA)"); where both are
        // known, its letters must spell the acronym: "the office of the United Nations (OCHA)" is two bodies.
        let spells = || match behind {
            true => spells(&found[i].name, words.word(short as usize - 2)),
            false => spells(&found[long].name, words.word(short as usize)),
        };
        if behind && (found[long].end - found[long].start > 1 || !spells()) {
            continue;
        }
        let (from, to) = match (found[long].own_words, found[i].own_words) {
            (true, true) if behind => (i, long),
            (_, true) => (long, i),
            (true, false) => (i, long),
            (false, false) if found[long].entity == found[i].entity => continue,
            (false, false) if spells() => (long, i),
            _ => continue,
        };
        let (entity, name, old) = (
            found[from].entity.clone(),
            found[from].name.clone(),
            found[to].entity.clone(),
        );
        let kind = found[from].kind;
        let moved = of.remove(&old).unwrap_or_default();
        for &k in &moved {
            let f = &mut found[k];
            (f.entity, f.name, f.kind, f.own_words) = (entity.clone(), name.clone(), kind, false);
        }
        of.entry(entity).or_default().extend(moved);
    }
}

/// Letters of an acronym that is looked for without its definition. Chosen: two letters begin too many names.
const LETTERS: usize = 3;

/// "The Karsi Liberation Front … the KLF": an acronym that nobody knows, of the one body in the report whose capitals it has.
fn unsaid(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    let men = |f: &Found| {
        matches!(
            f.kind,
            MentionKind::Organization | MentionKind::Force | MentionKind::Group
        )
    };
    let short = |f: &Found| {
        f.own_words && f.rule == finder.ids.acronym && f.end - f.start == 1 && bytes_of(words, f) >= LETTERS
    };
    if !found.iter().any(short) {
        return;
    }
    // By initials: the body that has them, or nothing where two have.
    let mut long: RapidHashMap<String, Option<usize>> = RapidHashMap::default();
    for (k, f) in found.iter().enumerate() {
        if !men(f) || f.end - f.start < LETTERS as u32 {
            continue;
        }
        let capitals = (f.start as usize..f.end as usize).filter(|&t| runs::is_capital(words, t));
        let initials: String = capitals.filter_map(|t| words.word(t).chars().next()).collect();
        let known = long.entry(initials).or_insert(Some(k));
        if known.is_some_and(|other| found[other].entity != f.entity) {
            *known = None;
        }
    }
    for i in 0..found.len() {
        if !short(&found[i]) {
            continue;
        }
        if let Some(Some(k)) = long.get(words.word(found[i].start as usize)) {
            let (entity, name, kind) = (found[*k].entity.clone(), found[*k].name.clone(), found[*k].kind);
            let f = &mut found[i];
            (f.entity, f.name, f.kind, f.own_words) = (entity, name, kind, false);
            f.rule = finder.ids.short.clone();
        }
    }
}

/// A lone name that nobody knows is one thing in a report, whatever stands beside it here and there: a person where a title says so,
/// else what most of its mentions are.
pub(super) fn one_kind(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    /// In this order where as many mentions are one as another.
    const KINDS: [MentionKind; 3] = [MentionKind::Organization, MentionKind::Place, MentionKind::Person];
    /// One in so many mentions behind a preposition of place makes a place of it, or before a verb of speaking a person. Chosen, not
    /// measured: things happen also "at" a firm.
    const ENOUGH: u32 = 3;
    if finder.habits.syllables {
        return;
    }
    let lone =
        |f: &Found| f.own_words && f.end - f.start == 1 && [&finder.ids.run, &finder.ids.acronym].contains(&&f.rule);
    // "Soldiers seized Karim Velk … Velk said": who speaks is no place.
    let speaks = |f: &&Found| lone(f) && f.kind == MentionKind::Person;
    let persons: RapidHashSet<String> = found.iter().filter(speaks).map(|f| f.entity.clone()).collect();
    for f in found
        .iter_mut()
        .filter(|f| f.own_words && f.rule == finder.ids.run && f.end - f.start > 1)
    {
        let last = f.end as usize - 1;
        let head = words.hit(last, finder.classes.place_head).is_some();
        if !persons.is_empty()
            && f.kind == MentionKind::Place
            && !head
            && super::runs::is_capital(words, last)
            && persons.contains(&fold::slug(words.word(last)))
        {
            f.kind = MentionKind::Person;
        }
    }
    let mut votes: RapidHashMap<&str, [u32; 3]> = RapidHashMap::default();
    for f in found.iter().filter(|f| lone(f)) {
        let votes = votes.entry(f.entity.as_str()).or_default();
        if let Some(kind) = KINDS.iter().position(|k| *k == f.kind) {
            votes[kind] += 1;
        }
    }
    votes.retain(|_, v| v.iter().filter(|n| **n > 0).count() > 1);
    if votes.is_empty() {
        return;
    }
    for f in found.iter().filter(|f| f.kind == MentionKind::Person && !lone(f)) {
        if let Some(votes) = votes.get_mut(f.entity.as_str()) {
            votes[2] = u32::MAX;
        }
    }
    // Only a place is where something is, and somebody without a spokesman speaks; of whom nothing is said, is a body.
    let bodies: RapidHashSet<String> = found
        .iter()
        .filter(|f| lone(f) && words.hit(f.end as usize, finder.classes.title).is_some())
        .map(|f| f.entity.clone())
        .collect();
    let most = |entity: &str, v: &[u32; 3]| {
        let all = v.iter().fold(0u32, |sum, n| sum.saturating_add(*n));
        let enough = |n: u32| n.saturating_mul(ENOUGH) >= all;
        if v[2] == u32::MAX || enough(v[2]) && !bodies.contains(entity) && v[2] > v[1] {
            KINDS[2]
        } else if enough(v[1]) && v[1] >= v[0] {
            KINDS[1]
        } else {
            KINDS[(0..3).rev().max_by_key(|&k| v[k]).unwrap_or(0)]
        }
    };
    let chosen: RapidHashMap<String, MentionKind> = votes.iter().map(|(e, v)| (e.to_string(), most(e, v))).collect();
    for f in found.iter_mut().filter(|f| lone(f)) {
        if let Some(kind) = chosen.get(&f.entity) {
            f.kind = *kind;
        }
    }
}

/// The letters of an acronym begin words of the name, in order.
fn spells(name: &str, short: &str) -> bool {
    let mut words = name.split_whitespace();
    short.chars().all(|letter| {
        words.any(|w| {
            w.chars()
                .next()
                .is_some_and(|c| c.to_uppercase().eq(letter.to_uppercase()))
        })
    })
}

fn bytes_of(words: &Words<'_>, f: &Found) -> usize {
    super::bytes(words, f.start, f.end).len()
}
