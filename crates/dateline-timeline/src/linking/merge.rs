//! Which slugs are one entity.

use crate::corpus::Corpus;
use crate::words::hash;
use dateline_model::{MentionKind, sound_keys, sounds_alike};
use std::collections::{BTreeMap, BTreeSet};

/// Letters from which on a slug of one more or one less letter can only be a slip ("nargorno-karabakh"). Shorter names
/// have real neighbours (Iran and Iraq, Mali and Malawi).
const SLIP_LENGTH: usize = 12;

/// What the corpus knows of a slug.
#[derive(Default)]
struct Slug {
    kinds: BTreeMap<MentionKind, usize>,
    mentions: usize,
    /// A gazetteer or a pack knows it: it is spelt right.
    known: bool,
    /// How it sounds, in its longest form.
    sound: String,
    /// Some form of it is no spelling by sound.
    written: bool,
}

/// All slugs of the corpus.
pub(super) struct Seen(BTreeMap<String, Slug>);

impl Seen {
    pub(super) fn of(corpus: &Corpus) -> Seen {
        let mut slugs: BTreeMap<String, Slug> = BTreeMap::new();
        for doc in &corpus.reports {
            for mention in doc
                .mentions
                .iter()
                .filter(|m| !m.entity.is_empty() && m.kind != MentionKind::Role)
            {
                let slug = slugs.entry(mention.entity.clone()).or_default();
                *slug.kinds.entry(mention.kind).or_insert(0) += 1;
                slug.mentions += 1;
                slug.known |= mention.point.is_some();
                if let Some(sound) = &mention.sound {
                    let bare = sound.trim_start_matches('~');
                    slug.written |= bare.len() == sound.len();
                    if (bare.len(), bare) > (slug.sound.len(), slug.sound.as_str()) {
                        slug.sound = bare.to_string();
                    }
                }
            }
        }
        Seen(slugs)
    }
}

impl Slug {
    fn is(&self, kind: MentionKind) -> bool {
        self.kinds
            .iter()
            .max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
            .is_some_and(|(k, _)| *k == kind)
    }
}

/// Slug → the slug it belongs to.
pub(super) fn renamed(seen: &Seen) -> BTreeMap<String, String> {
    let mut renamed = short_names(seen);
    for (from, to) in slips(seen) {
        renamed.entry(from).or_insert(to);
    }
    for (from, to) in by_sound(seen, &renamed) {
        renamed.entry(from).or_insert(to);
    }
    // Follow chains ("a" → "b" → "c") to their end; a chain cannot be longer than there are slugs.
    let ends: BTreeMap<String, String> = renamed
        .keys()
        .map(|from| {
            let mut to = from;
            for _ in 0..renamed.len() {
                match renamed.get(to) {
                    Some(next) if next != from => to = next,
                    _ => break,
                }
            }
            (from.clone(), to.clone())
        })
        .filter(|(from, to)| from != to)
        .collect();
    ends
}

/// A person's short name goes to the one longer name of the corpus that ends or begins with it.
fn short_names(seen: &Seen) -> BTreeMap<String, String> {
    let persons: Vec<&String> = seen
        .0
        .iter()
        .filter(|(_, s)| s.is(MentionKind::Person))
        .map(|(slug, _)| slug)
        .collect();
    let mut longer: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for &slug in &persons {
        let parts: Vec<&str> = slug.split('-').collect();
        for cut in 1..parts.len() {
            longer.entry(parts[cut..].join("-")).or_default().insert(slug);
            longer.entry(parts[..cut].join("-")).or_default().insert(slug);
        }
    }
    persons
        .into_iter()
        .filter_map(|slug| {
            let fits = longer.get(slug)?;
            // "mai-phuong" inside "nguyen-mai-phuong" inside "nguyen-mai-phuong-anh": the candidates that are themselves
            // only a longer form of one another count as one.
            let longest = fits.iter().max_by_key(|f| (f.len(), std::cmp::Reverse(**f)))?;
            let one = fits.iter().all(|f| f == longest || longest.contains(f.as_str()));
            one.then(|| (slug.clone(), longest.to_string()))
        })
        .collect()
}

/// A person's name that reports only spell by its sound ("Pu-tin") goes to the one original of the corpus that it fits.
fn by_sound(seen: &Seen, renamed: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let persons = || {
        seen.0
            .iter()
            .filter(|(_, s)| s.is(MentionKind::Person) && !s.sound.is_empty())
    };
    let mut originals: BTreeMap<String, Vec<(&String, &Slug)>> = BTreeMap::new();
    if persons().all(|(_, s)| s.written) {
        return BTreeMap::new();
    }
    for (slug, of) in persons().filter(|(_, s)| s.written) {
        for key in sound_keys(&of.sound) {
            originals.entry(key).or_default().push((slug, of));
        }
    }
    let end = |slug: &String| renamed.get(slug).unwrap_or(slug).clone();
    persons()
        .filter(|(_, s)| !s.written)
        .filter_map(|(slug, of)| {
            let fits: BTreeSet<String> = sound_keys(&of.sound)
                .filter_map(|key| originals.get(&key))
                .flatten()
                .filter(|(_, other)| sounds_alike(&of.sound, &other.sound))
                .map(|(other, _)| end(other))
                .collect();
            let one = fits.first().filter(|_| fits.len() == 1)?;
            Some((slug.clone(), one.clone()))
        })
        .collect()
}

/// A long slug that nobody knows goes to the known or more frequent one that differs by one letter.
fn slips(seen: &Seen) -> BTreeMap<String, String> {
    let mut neighbours: BTreeMap<u64, Vec<&String>> = BTreeMap::new();
    for slug in seen.0.keys().filter(|s| s.len() >= SLIP_LENGTH) {
        for key in deletions(slug) {
            neighbours.entry(key).or_default().push(slug);
        }
    }
    let mut slips: BTreeMap<String, String> = BTreeMap::new();
    for list in neighbours.values().filter(|l| l.len() > 1) {
        let rank = |slug: &String| {
            let s = &seen.0[slug];
            (s.known, s.mentions, std::cmp::Reverse(slug.clone()))
        };
        let Some(best) = list.iter().max_by_key(|s| rank(s)) else {
            continue;
        };
        for slug in list.iter().filter(|s| s != &best) {
            let (from, to) = (&seen.0[*slug], &seen.0[*best]);
            // Two names that are both known, or both frequent, are two things; digits tell units and models apart.
            let digits = |s: &str| s.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
            if !from.known
                && from.mentions * 2 <= to.mentions
                && from.kinds.keys().eq(to.kinds.keys())
                && digits(slug) == digits(best)
            {
                slips.insert(slug.to_string(), best.to_string());
            }
        }
    }
    slips
}

/// A slug without each of its letters in turn, and whole, as hashes: two slugs one letter apart share one of them.
fn deletions(slug: &str) -> Vec<u64> {
    let mut keys = vec![hash(slug.as_bytes())];
    for (at, c) in slug.char_indices() {
        let mut shorter = slug.to_string();
        shorter.replace_range(at..at + c.len_utf8(), "");
        keys.push(hash(shorter.as_bytes()));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Mentions of a role alone that go to the one person to whom the reports give that role.
pub(super) fn roles(corpus: &Corpus, renamed: &BTreeMap<String, String>) -> BTreeMap<(usize, usize), String> {
    let end = |slug: &str| renamed.get(slug).cloned().unwrap_or_else(|| slug.to_string());
    let mut holders: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut persons: BTreeSet<String> = BTreeSet::new();
    for doc in &corpus.reports {
        for mention in doc.mentions.iter().filter(|m| m.kind == MentionKind::Person) {
            persons.insert(end(&mention.entity));
            if let Some((role, of)) = mention
                .title
                .as_ref()
                .and_then(|t| Some((t.role.clone(), t.of.as_deref()?)))
            {
                holders.entry((role, end(of))).or_default().insert(end(&mention.entity));
            }
        }
    }
    let mut roles = BTreeMap::new();
    for (report, doc) in corpus.reports.iter().enumerate() {
        for (index, mention) in doc
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| m.kind == MentionKind::Role)
        {
            if persons.contains(&end(&mention.entity)) {
                continue;
            }
            let title = mention
                .title
                .as_ref()
                .and_then(|t| Some((t.role.clone(), end(t.of.as_deref()?))));
            if let Some(one) = title
                .and_then(|t| holders.get(&t))
                .filter(|h| h.len() == 1)
                .and_then(|h| h.first())
            {
                roles.insert((report, index), one.clone());
            }
        }
    }
    roles
}
