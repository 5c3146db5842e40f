//! Pronouns and bare bodies: what they stand for in the report, where it is safe to say.
//!
//! Takes: names found. Gives: entities for mentions without a name. Never: guesses between two.

use super::{Finder, Found, fold, runs};
use dateline_lang::{Pack, Words};
use dateline_model::MentionKind;
use rapidhash::{RapidHashMap, RapidHashSet};

/// The United Nations among the actors.
const WORLD: &str = "united-nations";

/// "Bộ Quốc phòng", "Quân đội", "the parliament" without a state take that of the nearest such name with one before it, else
/// the first behind it; else, for bodies of states, the one country that the report is about.
pub(super) fn bodies(finder: &Finder, found: &mut [Found]) {
    // By what stands before each "-of-" of an entity: where it is, in the order of the text.
    let mut full: RapidHashMap<String, Vec<usize>> = RapidHashMap::default();
    for (k, f) in found.iter().enumerate() {
        for (at, _) in f.entity.match_indices("-of-") {
            full.entry(f.entity[..at].to_string()).or_default().push(k);
        }
    }
    let land = main_country(found);
    let world = land.is_none() || found.iter().any(|f| f.entity == WORLD);
    for i in 0..found.len() {
        let f = &found[i];
        let body = matches!(
            f.kind,
            MentionKind::Organization | MentionKind::Force | MentionKind::Group
        );
        if !f.own_words || !body {
            continue;
        }
        let start = f.start;
        let nearest = full.get(f.entity.as_str()).and_then(|list| {
            let behind = list.partition_point(|&k| found[k].start <= start);
            list[..behind].last().or(list.get(behind))
        });
        if let Some(&k) = nearest {
            let (entity, name) = (found[k].entity.clone(), found[k].name.clone());
            (found[i].entity, found[i].name) = (entity, name);
            found[i].own_words = false;
        } else if world
            && let Some(body) = finder.english.world_body(&found[i].name)
            && let Some(actor) = finder.actors.by_entity(&fold::slug(body))
        {
            let f = &mut found[i];
            (f.entity, f.name) = (actor.entity.clone(), actor.name.clone());
            f.own_words = false;
        } else if let Some((slug, name)) = land.as_ref().filter(|_| finder.is_bare(&found[i])) {
            let f = &mut found[i];
            f.entity = format!("{}-of-{slug}", f.entity);
            f.name = format!("{} of {name}", f.name);
            f.own_words = false;
        }
    }
}

/// "The Observatory", "the Commission": what heads the one name of a body that the report gives in full stands for that body.
pub(super) fn heads(finder: &Finder, words: &Words<'_>, found: &mut Vec<Found>) {
    if finder.habits.syllables {
        return;
    }
    let c = &finder.classes;
    let one = |t: usize, class| words.hit(t, class).is_some_and(|h| h.end as usize == t + 1);
    // The body that a word heads, or nothing where it heads two.
    let mut heads: RapidHashMap<String, Option<usize>> = RapidHashMap::default();
    for (k, f) in found.iter().enumerate() {
        let (first, end) = (f.start as usize, f.end as usize);
        if f.kind != MentionKind::Organization || end - first < 2 {
            continue;
        }
        let join = (first + 1..end).find(|&t| !runs::is_capital(words, t) && one(t, c.join));
        let head = join.unwrap_or(end) - 1;
        if runs::is_capital(words, head) && one(head, c.org_word) {
            let known = heads.entry(words.word(head).to_lowercase()).or_insert(Some(k));
            if known.is_some_and(|other| found[other].entity != f.entity) {
                *known = None;
            }
        }
    }
    if heads.is_empty() {
        return;
    }
    let mut named = vec![false; words.tokens.len()];
    for f in found.iter() {
        named[f.start as usize..f.end as usize].fill(true);
    }
    let before = found.len();
    for (t, named) in named.iter().enumerate().skip(1) {
        let alone = runs::is_capital(words, t)
            && !named
            && one(t, c.org_word)
            && one(t - 1, c.determiner)
            && !runs::is_capital(words, t + 1);
        if !alone {
            continue;
        }
        if let Some(Some(k)) = heads.get(&words.word(t).to_lowercase()) {
            let body = &found[*k];
            found.push(Found {
                start: t as u32,
                end: t as u32 + 1,
                title: None,
                point: None,
                metonym_for: None,
                rule: finder.ids.short.clone(),
                own_words: false,
                gender: None,
                ..body.clone()
            });
        }
    }
    if found.len() > before {
        found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    }
}

/// The country that a report names more than twice as often as all others together, and at least three times.
fn main_country(found: &[Found]) -> Option<(String, String)> {
    let mut counts: RapidHashMap<&str, (u32, &str)> = RapidHashMap::default();
    let mut all = 0;
    for f in found.iter().filter(|f| f.kind == MentionKind::Place) {
        if f.point.as_ref().is_some_and(|p| p.resolution == "country") {
            counts.entry(f.entity.as_str()).or_insert((0, f.name.as_str())).0 += 1;
            all += 1;
        }
    }
    let mut counts: Vec<(&str, (u32, &str))> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    let &(slug, (count, name)) = counts.first()?;
    (count >= 3 && count > 2 * (all - count)).then(|| (slug.to_string(), name.to_string()))
}

/// Marks capitals that speak or act as the governments that they stand for.
pub(super) fn metonyms(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    let c = &finder.classes;
    // Names are by start: how far those reach that begin no later.
    let mut reach: Vec<(u32, u32)> = Vec::new();
    for f in found
        .iter()
        .filter(|f| f.kind != MentionKind::Role && f.end - f.start > 1)
    {
        let before = reach.last().map_or(0, |(_, end)| *end);
        reach.push((f.start, f.end.max(before)));
    }
    for f in found.iter_mut().filter(|f| f.kind == MentionKind::Place) {
        let before = (f.start as usize).checked_sub(1);
        if before.is_some_and(|b| words.hits_of(b, c.locative).any(|h| h.end == f.start)) {
            continue;
        }
        let mut at = f.end as usize;
        for _ in 0..2 {
            if let Some(hit) = words.hit(at, c.before_verb) {
                at = hit.end as usize;
            }
        }
        if words.hit(at, c.says).is_none() && words.hit(at, c.capital_acts).is_none() {
            continue;
        }
        let earlier = reach.partition_point(|(s, _)| *s < f.start);
        let same = reach.partition_point(|(s, _)| *s <= f.start);
        let longest = |upto: usize| reach[..upto].last().map_or(0, |(_, end)| *end);
        if longest(earlier) >= f.end || longest(same) > f.end {
            continue;
        }
        let Some(state) = finder.gazetteer.capital_of(&f.entity) else {
            continue;
        };
        f.metonym_for = Some(format!("government-of-{state}"));
    }
}

/// Adds pronouns and anaphoric phrases, with the entity of what they stand for or one made of their words.
pub(super) fn pronouns(finder: &Finder, pack: &Pack, words: &Words<'_>, found: &mut Vec<Found>) {
    let c = &finder.classes;
    let mut added: Vec<Found> = Vec::new();
    let is_country = |f: &Found| f.point.as_ref().is_some_and(|p| p.resolution == "country");
    let mut last_of: RapidHashMap<String, usize> = RapidHashMap::default();
    for (k, f) in found.iter().enumerate().filter(|(_, f)| is_country(f)) {
        last_of.insert(f.entity.clone(), k);
    }
    // Whose office is of which state, as this report says.
    let countries: RapidHashSet<&str> = found
        .iter()
        .filter(|p| is_country(p))
        .map(|p| p.entity.as_str())
        .collect();
    let offices: RapidHashMap<String, String> = found
        .iter()
        .filter_map(|f| {
            let of = f.title.as_ref()?.of.clone()?;
            countries.contains(of.as_str()).then(|| (f.entity.clone(), of))
        })
        .collect();
    let mut named = vec![false; words.tokens.len()];
    for f in found.iter() {
        named[f.start as usize..f.end as usize].fill(true);
    }
    let mut at = 0;
    for hit in words.all_of(c.pronoun) {
        let (start, end) = (hit.start, hit.end);
        if start < at {
            continue;
        }
        at = end;
        let kind = pack.value(hit).and_then(toml::Value::as_str).unwrap_or("");
        // "ông Peskov", "ông chủ": part of a name or another word.
        if named[start as usize..end as usize].contains(&true) || runs::is_capital(words, end as usize) {
            continue;
        }
        // "hai nước này": more than one.
        let plural = start > 0 && words.hit(start as usize - 1, c.plural).is_some();
        let sentence = words.tokens[start as usize].sentence;
        let paragraph = words.sentences[sentence as usize].paragraph;
        let near = |f: &&Found| {
            let s = words.tokens[f.start as usize].sentence;
            f.end <= start
                && (s == sentence || s + 1 == sentence && words.sentences[s as usize].paragraph + 1 >= paragraph)
        };
        // Both lists are by start, so that those of the two sentences stand together.
        let first = words.sentences[sentence.saturating_sub(1) as usize].start;
        let around = |list: &[Found]| {
            let from = list.partition_point(|f| f.start < first);
            from..from.max(list.partition_point(|f| f.start < start))
        };
        let (of_found, of_added) = (around(found), around(&added));
        let last = |wanted: &dyn Fn(&Found) -> bool| -> Option<&Found> {
            let both = found[of_found.clone()].iter().chain(&added[of_added.clone()]);
            let mut candidates: Vec<&Found> = both.filter(near).filter(|f| wanted(f)).collect();
            candidates.sort_by_key(|f| f.start);
            let best = *candidates.last()?;
            // Two different ones in the same sentence leave it open, but for the one that begins the sentence.
            let same: Vec<&&Found> = candidates
                .iter()
                .filter(|f| words.tokens[f.start as usize].sentence == words.tokens[best.start as usize].sentence)
                .collect();
            if same.iter().all(|f| f.entity == best.entity) {
                Some(best)
            } else {
                same.first().map(|f| **f)
            }
        };
        let person = |f: &Found| f.kind == MentionKind::Person || f.kind == MentionKind::Role && f.title.is_some();
        let antecedent = match kind {
            "m" | "f" => {
                let wanted = kind.chars().next();
                last(&|f| person(f) && (f.gender.is_none() || f.gender == wanted))
            }
            "person" => last(&person),
            _ if plural => None,
            "country" => {
                // Who speaks in this sentence speaks of the state whose office they hold.
                let speaker = found[of_found.clone()]
                    .iter()
                    .filter(|f| f.end <= start && words.tokens[f.start as usize].sentence == sentence && person(f))
                    .filter_map(|f| offices.get(&f.entity).map(String::as_str))
                    .next_back();
                match speaker {
                    Some(of) => last_of.get(of).map(|&k| &found[k]),
                    None => last(&is_country).filter(|best| {
                        let in_same = |f: &&Found| {
                            f.end <= start
                                && words.tokens[f.start as usize].sentence == words.tokens[best.start as usize].sentence
                        };
                        found[of_found.clone()]
                            .iter()
                            .filter(in_same)
                            .filter(|f| is_country(f))
                            .all(|f| f.entity == best.entity)
                    }),
                }
            }
            // "The Pretoria agreement … the region": no town is a region.
            "region" => last(&|f| {
                let other = |resolution: &str| matches!(resolution, "country" | "city");
                f.kind == MentionKind::Place && f.point.as_ref().is_none_or(|p| !other(&p.resolution))
            }),
            "city" => {
                last(&|f| f.kind == MentionKind::Place && f.point.as_ref().is_none_or(|p| p.resolution == "city"))
            }
            "organization" => last(&|f| f.kind == MentionKind::Organization),
            "group" => last(&|f| matches!(f.kind, MentionKind::Group | MentionKind::Force)),
            _ => None,
        };
        let text = words.slice(start as usize, end as usize).to_string();
        let (entity, name, gender) = match antecedent {
            Some(f) => (f.entity.clone(), f.name.clone(), f.gender),
            None => (fold::slug(&text), text, None),
        };
        added.push(Found {
            start,
            end,
            kind: MentionKind::Role,
            entity,
            name,
            title: None,
            point: None,
            metonym_for: None,
            rule: finder.ids.pronoun.clone(),
            own_words: true,
            gender,
        });
    }
    found.append(&mut added);
}
