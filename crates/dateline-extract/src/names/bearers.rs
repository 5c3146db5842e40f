//! Who of the report may bear a part of a name.
//!
//! Takes: persons. Gives: the few whose names may have a part of another name. Never: decides whether they do: see
//! [`people`](super::people).

use super::people::{LONG, Person, article};
use rapidhash::RapidHashMap;
use rapidhash::v3::rapidhash_v3;

/// Persons up to which all are looked at: looking is then quicker than numbering. Chosen: nearly all reports have fewer.
const FEW: usize = 24;

/// Bytes at the start or the end that two long parts share where one letter differs: of six letters five are the same, and
/// three of them stand together.
const SHARED: usize = 3;

/// What two parts share that are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// All letters, with or without the article.
    Whole(u64),
    /// The letter of an initial.
    Initial(u8),
    /// The first letter of any part, which an initial may stand for.
    Letter(u8),
    /// The beginning and the end of a long part.
    Start([u8; SHARED]),
    End([u8; SHARED]),
}

/// Persons by the keys of their parts; numbered when it is first asked with many of them.
#[derive(Debug, Default)]
pub(super) struct Index {
    by: RapidHashMap<Key, Vec<usize>>,
    done: usize,
}

impl Index {
    /// In order, the persons some part of whose name may be the rarest of these parts: all that bear them, and others.
    pub(super) fn of(&mut self, parts: &[String], people: &[Person]) -> Vec<usize> {
        if people.len() <= FEW || parts.is_empty() {
            return (0..people.len()).collect();
        }
        for (p, person) in people.iter().enumerate().skip(self.done) {
            for part in &person.parts {
                each(part, part.len() == 1, true, |key| {
                    let list = self.by.entry(key).or_default();
                    if list.last() != Some(&p) {
                        list.push(p);
                    }
                });
            }
        }
        self.done = people.len();
        let count = |part: &String| {
            let mut count = 0;
            each(part, true, part.len() == 1, |key| {
                count += self.by.get(&key).map_or(0, Vec::len)
            });
            count
        };
        let mut all = Vec::new();
        if let Some(rarest) = parts.iter().min_by_key(|part| count(part)) {
            each(rarest, true, rarest.len() == 1, |key| {
                all.extend_from_slice(self.by.get(&key).map_or(&[], Vec::as_slice));
            });
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The keys of a part; `initial`, `letter`: with those of its first letter.
fn each(part: &str, initial: bool, letter: bool, mut put: impl FnMut(Key)) {
    let bytes = part.as_bytes();
    put(Key::Whole(rapidhash_v3(bytes)));
    let bare = article(part);
    if bare > 0 {
        put(Key::Whole(rapidhash_v3(&bytes[bare..])));
    }
    if let Some(&first) = bytes.first() {
        if initial {
            put(Key::Initial(first));
        }
        if letter {
            put(Key::Letter(first));
        }
    }
    if bytes.len() >= LONG {
        if let Some(start) = bytes.first_chunk() {
            put(Key::Start(*start));
        }
        if let Some(end) = bytes.last_chunk() {
            put(Key::End(*end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::people::same_part;
    use super::*;

    #[test]
    fn who_bears_a_part_is_found_among_many() {
        let filler = |n: usize| {
            format!(
                "q{}",
                "abcdefghij"
                    .chars()
                    .cycle()
                    .skip(n)
                    .step_by(3)
                    .take(7)
                    .collect::<String>()
            )
        };
        let mut names: Vec<String> = (0..60).map(filler).collect();
        let near = [
            "alsalim", "salim", "k", "kovar", "barsova", "barsofa", "arsova", "barsovan", "marsova",
        ];
        names.extend(near.map(String::from));
        let people: Vec<Person> = names.iter().map(|n| Person::named(&[n.as_str()])).collect();
        let mut index = Index::default();
        for part in &names {
            let some = index.of(std::slice::from_ref(part), &people);
            let bearers: Vec<usize> = (0..people.len()).filter(|&p| same_part(part, &names[p])).collect();
            assert!(bearers.iter().all(|p| some.contains(p)), "{part}");
            assert!(some.len() < people.len(), "{part}");
        }
    }
}
