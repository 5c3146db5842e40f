//! Names spelled by their sound ("Pu-tin", "Ét-đô-gan") and the originals that they stand for.
//!
//! Takes: names found. Gives: how persons' names sound; one entity for a spelling by sound and the one original of the
//! report that it fits. Never: chooses between two.

use super::gazetteer::{Gazetteer, Kind, Place};
use super::runs::{self, Habits};
use super::{Finder, Found, fold, point};
use dateline_lang::{Caps, Hit, PackError, PackFiles, TokenKind, Words, push_lower};
use dateline_model::{MentionKind, sound_keys, sounds_alike};
use rapidhash::RapidHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Consonants that a spelling by sound must have to lead to a place that the report does not name otherwise. Chosen, not
/// measured: with two, too many places sound alike.
const SURE: usize = 3;

/// People that a town must have to be found by its sound. Chosen, not measured: papers spell only well-known names so.
const LARGE: u32 = 500_000;

/// Letters and the classes that they sound like.
#[derive(Debug, Default)]
struct Letters {
    /// By the first letter, the longest first.
    by: RapidHashMap<char, Vec<(String, String)>>,
}

impl Letters {
    fn read(files: &PackFiles, path: &str, table: &str) -> Result<Letters, PackError> {
        let mut letters = Letters::default();
        let file = files.table(path)?;
        for (key, value) in file.get(table).and_then(toml::Value::as_table).into_iter().flatten() {
            let Some(classes) = value.as_str() else {
                return Err(PackError::File {
                    path: path.to_string(),
                    message: format!("`{key}` wants the classes that it sounds like, in quotes"),
                });
            };
            if let Some(first) = key.chars().next() {
                let list = letters.by.entry(first).or_default();
                let at = list.partition_point(|(longer, _)| longer.len() >= key.len());
                list.insert(at, (key.clone(), classes.to_string()));
            }
        }
        Ok(letters)
    }

    /// The longest entry that the letters begin with: its bytes, and what it sounds like.
    fn at(&self, letters: &str) -> Option<(usize, &str)> {
        let list = self.by.get(&letters.chars().next()?)?;
        let (key, classes) = list.iter().find(|(key, _)| letters.starts_with(key.as_str()))?;
        Some((key.len(), classes))
    }
}

/// The table of how letters sound in any language.
const WRITTEN: &str = "und/names/sounds.toml";

/// What else its file says.
#[derive(Deserialize)]
struct Silent {
    #[serde(default)]
    silent: Vec<String>,
}

/// The tables of a pack.
#[derive(Debug)]
pub(super) struct Sounds {
    written: Letters,
    /// Empty where the language does not spell names by their sound.
    spoken: Letters,
    plain: Letters,
    /// What a name ends in that may be silent with its syllable, as it is written.
    silent: Vec<String>,
    /// Well-known places by their keys; made when the first unknown name asks.
    places: OnceLock<RapidHashMap<String, Vec<(String, Place)>>>,
}

impl Sounds {
    /// Reads `und/names/sounds.toml` and the pack's own.
    pub(super) fn load(files: &PackFiles, tag: &str) -> Result<Sounds, PackError> {
        let own = format!("{tag}/names/sounds.toml");
        Ok(Sounds {
            written: Letters::read(files, WRITTEN, "written")?,
            spoken: Letters::read(files, &own, "spoken")?,
            plain: Letters::read(files, &own, "spoken-plain")?,
            silent: files.read::<Silent>(WRITTEN)?.silent,
            places: OnceLock::new(),
        })
    }

    /// Appends the syllables of a word, or of one piece of a name spelled by sound.
    fn syllables(&self, word: &str, tables: &[&Letters], first: bool, out: &mut String) {
        let mut small = String::with_capacity(word.len());
        word.chars().for_each(|c| push_lower(c, &mut small));
        let spoken = tables.len() > 1;
        let mut classes = String::with_capacity(small.len());
        let mut rest = small.as_str();
        while let Some(letter) = rest.chars().next() {
            if let Some((taken, found)) = tables.iter().find_map(|t| t.at(rest)) {
                classes.push_str(found);
                rest = &rest[taken..];
                continue;
            }
            let (one, next) = rest.split_at(letter.len_utf8());
            if !one.is_ascii()
                && let plain = fold::fold(one)
                && let Some((_, found)) = tables.iter().rev().find_map(|t| t.at(&plain))
            {
                classes.push_str(found);
            }
            rest = next;
        }
        let is_vowel = |c: char| c.is_ascii_lowercase() || c == '*';
        let open = classes.ends_with(is_vowel);
        let (mut consonant, mut after_vowel, mut begun) = ('-', false, first);
        for class in classes.chars() {
            if !is_vowel(class) {
                (consonant, after_vowel) = (class, false);
                continue;
            }
            if !after_vowel && (begun || consonant != '-') {
                out.extend([consonant, class]);
            }
            (consonant, after_vowel, begun) = ('-', true, false);
        }
        // "Min-xcơ"; "Ukraine".
        let silent = if spoken {
            out.ends_with('*')
        } else {
            self.silent.iter().any(|end| small.ends_with(end))
        };
        if open && silent && out.len() > 2 {
            out.push('?');
        }
    }

    /// A name is spelled by its sound: "Giô Bai-đơn".
    fn is_spelled(&self, words: &Words<'_>, habits: &Habits, start: u32, end: u32) -> bool {
        // "Prayuth Chan-ocha": an original beside which nothing is spelled by its sound.
        let original = |t: usize| {
            let tied = runs::is_hyphen(words, t + 1) || t > 0 && runs::is_hyphen(words, t - 1);
            let word = words.word(t);
            runs::is_capital(words, t) && !tied && word.len() > 1 && word.is_ascii() && !words.is_syllable(t)
        };
        habits.syllables
            && !self.spoken.by.is_empty()
            && !(start as usize..end as usize).any(original)
            && (start as usize + 1..end as usize)
                .any(|t| runs::is_hyphen(words, t) && words.tokens.get(t + 1).is_some_and(|x| x.caps == Caps::None))
    }

    /// How a name sounds, `~` in front where it is spelled by its sound; `None` where that says nothing.
    pub(super) fn of(&self, finder: &Finder, words: &Words<'_>, start: u32, end: u32) -> Option<String> {
        let (habits, c) = (&finder.habits, &finder.classes);
        let mut parts: Vec<String> = Vec::new();
        let mut foreign = false;
        let ascii = words.slice(start as usize, end as usize).is_ascii();
        let spoken = [&self.plain, &self.spoken, &self.written];
        let spoken = if ascii { &spoken[..] } else { &spoken[1..] };
        // "Giô Bai-đơn": where a part is spelled by its sound, all are.
        let by_sound = self.is_spelled(words, habits, start, end);
        let mut at = start as usize;
        while at < end as usize {
            if words.tokens[at].kind != TokenKind::Word {
                at += 1;
                continue;
            }
            let mut last = at + 1;
            while last + 1 < end as usize && runs::is_hyphen(words, last) {
                last += 2;
            }
            // "al-Bassam": the article is no part of it.
            let article = || {
                let small = |h: &Hit| [c.particle, c.tied].contains(&h.class) && h.end as usize == at + 1;
                words.hits_at(at).iter().any(small)
            };
            let begin = at + 2 * usize::from(last > at + 1 && !by_sound && article());
            let pieces = (begin..last).step_by(2);
            let mut part = String::new();
            let initial = last == at + 1 && words.word(at).chars().count() == 1;
            for piece in pieces {
                let tables = if by_sound || initial && habits.syllables {
                    spoken
                } else {
                    &spoken[spoken.len() - 1..]
                };
                if initial {
                    // Its consonant, with any vowel behind it.
                    let letters = words.word(at).to_lowercase();
                    let class = tables.iter().find_map(|t| t.at(&letters));
                    let consonant = class.and_then(|(_, c)| c.chars().next().filter(char::is_ascii_uppercase));
                    part.extend([consonant.unwrap_or('-'), '.']);
                } else {
                    self.syllables(words.word(piece), tables, piece == begin, &mut part);
                }
            }
            foreign |= !(initial || last == at + 1 && words.is_syllable(at));
            // "An Bát-xam": the article by its sound.
            let article = by_sound && last < end as usize && part.len() == 2 && part.starts_with('-');
            if !part.is_empty() && !article {
                parts.push(part);
            }
            at = last;
        }
        let sound = parts.join(" ");
        (!sound.is_empty() && (foreign || !habits.syllables))
            .then(|| if by_sound { format!("~{sound}") } else { sound })
    }

    /// Well-known places that sound so.
    fn places(&self, gazetteer: &Gazetteer, sound: &str) -> Vec<&Place> {
        let all = self.places.get_or_init(|| {
            let mut all: RapidHashMap<String, Vec<(String, Place)>> = RapidHashMap::default();
            for place in gazetteer.all() {
                let known = match place.kind {
                    Kind::Country | Kind::Capital | Kind::Disputed | Kind::Continent | Kind::Region => true,
                    Kind::City => place.population >= LARGE,
                    _ => false,
                };
                if !known || place.name.contains(' ') {
                    continue;
                }
                let mut sound = String::new();
                self.syllables(place.name, &[&self.written], true, &mut sound);
                for key in sound_keys(&sound) {
                    let list = all.entry(key).or_default();
                    if list.last().is_none_or(|(_, p)| p.slug != place.slug) {
                        list.push((sound.clone(), place));
                    }
                }
            }
            all
        });
        let mut found: Vec<&Place> = sound_keys(sound)
            .filter_map(|key| all.get(&key))
            .flatten()
            .filter(|(other, _)| sounds_alike(sound, other))
            .map(|(_, place)| place)
            .collect();
        found.sort_by_key(|p| p.slug);
        found.dedup_by_key(|p| p.slug);
        found
    }
}

/// A name of a person with its sound.
struct Heard {
    sound: String,
    spelled: bool,
    /// Where it stands first.
    at: usize,
}

/// Somebody, or something that nobody knows: what may be spelled by its sound.
fn wants_sound(f: &Found) -> bool {
    f.kind == MentionKind::Person || f.own_words && matches!(f.kind, MentionKind::Organization | MentionKind::Place)
}

/// One entity for a person's name that is spelled by its sound and the one original in the report that it fits; a place that
/// nobody knows by its spelling takes the one that it sounds like.
pub(super) fn link(finder: &Finder, words: &Words<'_>, found: &mut [Found]) {
    let sounds = &finder.sounds;
    let spelled = |f: &Found| sounds.is_spelled(words, &finder.habits, f.start, f.end);
    if !found.iter().any(|f| wants_sound(f) && spelled(f)) {
        return;
    }
    let mut heard: Vec<Heard> = Vec::new();
    let mut by_entity: RapidHashMap<String, usize> = RapidHashMap::default();
    for (at, f) in found.iter_mut().enumerate() {
        let person = f.kind == MentionKind::Person;
        if !wants_sound(f) || !person && !spelled(f) {
            continue;
        }
        let Some(sound) = sounds.of(finder, words, f.start, f.end) else {
            continue;
        };
        let spelled = sound.starts_with('~');
        let sound = sound.trim_start_matches('~').to_string();
        if !person {
            if sound_keys(&sound).all(|key| key.len() >= SURE)
                && !sound.contains(' ')
                && let [place] = sounds.places(&finder.gazetteer, &sound)[..]
            {
                let place = *place;
                (f.kind, f.entity, f.name) = (MentionKind::Place, place.slug.to_string(), place.name.to_string());
                (f.point, f.own_words, f.rule) = (Some(point(&place)), false, finder.ids.sound.clone());
            }
            continue;
        }
        match by_entity.get(&f.entity) {
            // Of the forms of one name, the longest; an original tells more than a spelling.
            Some(&known) => {
                let old = &mut heard[known];
                if (!spelled, sound.len()) > (!old.spelled, old.sound.len()) {
                    (old.sound, old.spelled) = (sound, spelled);
                }
            }
            None => {
                by_entity.insert(f.entity.clone(), heard.len());
                heard.push(Heard { sound, spelled, at });
            }
        }
    }
    let mut by_key: RapidHashMap<String, Vec<usize>> = RapidHashMap::default();
    for (n, h) in heard.iter().enumerate().filter(|(_, h)| !h.spelled) {
        for key in sound_keys(&h.sound) {
            by_key.entry(key).or_default().push(n);
        }
    }
    let mut becomes: RapidHashMap<String, usize> = RapidHashMap::default();
    for h in heard.iter().filter(|h| h.spelled) {
        let mut fits: Vec<usize> = sound_keys(&h.sound)
            .filter_map(|key| by_key.get(&key))
            .flatten()
            .copied()
            .filter(|&n| sounds_alike(&h.sound, &heard[n].sound))
            .collect();
        fits.sort_unstable();
        fits.dedup();
        if let [one] = fits[..] {
            becomes.insert(found[h.at].entity.clone(), heard[one].at);
        }
    }
    for at in 0..found.len() {
        let Some(&to) = becomes.get(&found[at].entity) else {
            continue;
        };
        let (entity, name) = (found[to].entity.clone(), found[to].name.clone());
        let f = &mut found[at];
        (f.entity, f.name) = (entity, name);
        if f.kind == MentionKind::Person {
            f.rule = finder.ids.sound.clone();
        }
    }
}
