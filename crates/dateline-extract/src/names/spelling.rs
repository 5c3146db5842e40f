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
    let form = |f: &Found| runs::parts(words, f.start, f.end).concat();
    let mut known: Option<Known> = None;
    // By form: the answer is the same for all names that are written alike.
    let mut settled: RapidHashMap<String, Option<usize>> = RapidHashMap::default();
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
        let own = form(&found[i]);
        if own.len() < LONG {
            continue;
        }
        let near = match settled.get(&own) {
            Some(near) => *near,
            None => {
                let near = known.near(&own);
                settled.insert(own, near);
                near
            }
        };
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

/// Letters at the start or the end that two long forms share, of which a letter or two differ.
const SHARED: usize = 3;

/// What two forms share that are compared: whether it is their end, its letters, and how long they are.
type Block = (bool, [u8; SHARED], usize);

/// The forms of the names that are known, where each stands first; by their length and their beginning or end, so that a name is
/// compared with few.
#[derive(Default)]
struct Known {
    seen: RapidHashSet<String>,
    blocks: RapidHashMap<Block, Vec<(usize, String)>>,
}

impl Known {
    fn add(&mut self, at: usize, form: String) {
        if form.len() < LONG || self.seen.contains(&form) {
            return;
        }
        for (end, letters) in ends(&form) {
            let block = self.blocks.entry((end, letters, form.len())).or_default();
            block.push((at, form.clone()));
        }
        self.seen.insert(form);
    }

    /// The first that differs from a form by a letter or two, but not by none nor by its first letter.
    fn near(&self, own: &str) -> Option<usize> {
        let most = if own.len() >= 10 { 2 } else { 1 };
        let first = |other: &str| other.as_bytes().first() == own.as_bytes().first();
        ends(own)
            .flat_map(|(end, letters)| (own.len() - most..=own.len() + most).map(move |length| (end, letters, length)))
            .filter_map(|key| self.blocks.get(&key))
            .filter_map(|block| {
                let fits = |(_, other): &&(usize, String)| {
                    other != own && first(other) && fold::distance(own, other, most).is_some()
                };
                block.iter().find(fits).map(|(at, _)| *at)
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
        let is_short = super::is_acronym(words, short as usize) && found[i].end - short == 1;
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
        let spells = || spells(&found[long].name, words.word(short as usize));
        let (from, to) = match (found[long].own_words, found[i].own_words) {
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
