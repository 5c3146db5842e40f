//! Names for words and for classes of words.

use crate::letters::push_lower;
use rapidhash::RapidHashMap;
use std::fmt;

/// A lower-case word known to a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no rule and no list of the pack knows.
    pub const UNKNOWN: WordId = WordId(0);

    /// A small number, for tables by word.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// Some rule or list of the pack knows it.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }
}

/// A class of words or phrases (`month`, `title`), or of spans that a room found (`person`, `timex`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub(crate) u16);

impl ClassId {
    /// A small number, for tables by class.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Words and classes of one pack. Grows while packs are compiled, then never.
pub struct Vocabulary {
    /// Words of more than [`SHORT`] bytes.
    words: RapidHashMap<Box<str>, u32>,
    /// All others, packed into a number: asked for every word of a text.
    short: RapidHashMap<u128, u32>,
    classes: Vec<String>,
    variants: Vec<(String, String)>,
    /// First bytes of the variants.
    starts: [bool; 256],
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Vocabulary({} words, {} classes)",
            self.words.len() + self.short.len(),
            self.classes.len()
        )
    }
}

impl Vocabulary {
    /// An empty vocabulary. `variants` are spellings to be read as others inside a word (`oà` as `òa`); matching only.
    pub(crate) fn new(variants: Vec<(String, String)>) -> Vocabulary {
        let mut starts = [false; 256];
        for (from, _) in &variants {
            if let Some(&b) = from.as_bytes().first() {
                starts[b as usize] = true;
            }
        }
        Vocabulary {
            words: RapidHashMap::default(),
            short: RapidHashMap::default(),
            classes: Vec::new(),
            variants,
            starts,
        }
    }

    fn normal(&self, word: &str, buffer: &mut String) {
        buffer.clear();
        if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
            return;
        }
        word.chars().for_each(|c| push_lower(c, buffer));
        if self.varies(buffer) {
            for (from, to) in &self.variants {
                if buffer.contains(from.as_str()) {
                    *buffer = buffer.replace(from.as_str(), to);
                }
            }
        }
    }

    /// Some variant stands in a word in small letters. One pass finds out that none does, which is so for nearly every word.
    fn varies(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let hit = |at: usize| {
            let rest = &bytes[at..];
            self.variants.iter().any(|(from, _)| rest.starts_with(from.as_bytes()))
        };
        (0..bytes.len()).any(|at| self.starts[bytes[at] as usize] && hit(at))
    }

    /// Names a word, adding it where it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let mut buffer = String::new();
        self.normal(word, &mut buffer);
        let next = (self.words.len() + self.short.len()) as u32 + 1;
        WordId(*match packed(&buffer) {
            Some(number) => self.short.entry(number).or_insert(next),
            None => self.words.entry(buffer.into_boxed_str()).or_insert(next),
        })
    }

    /// The word named last; those named from now on are greater.
    pub fn newest(&self) -> WordId {
        WordId((self.words.len() + self.short.len()) as u32)
    }

    /// The word's name, [`WordId::UNKNOWN`] where it has none. `buffer` is scratch space.
    pub fn lookup(&self, word: &str, buffer: &mut String) -> WordId {
        self.normal(word, buffer);
        self.known(buffer)
    }

    fn known(&self, normal: &str) -> WordId {
        let id = match packed(normal) {
            Some(number) => self.short.get(&number),
            None => self.words.get(normal),
        };
        id.map_or(WordId::UNKNOWN, |&id| WordId(id))
    }

    /// The same for a word that is its own lower case ([`PLAIN`](crate::CharTraits::PLAIN) throughout): nothing is copied.
    pub(crate) fn lookup_plain(&self, word: &str, buffer: &mut String) -> WordId {
        if !word.is_ascii() && self.varies(word) {
            return self.lookup(word, buffer);
        }
        self.known(word)
    }

    /// Names a class, adding it where it is new.
    pub fn class(&mut self, name: &str) -> ClassId {
        let at = self.classes.iter().position(|c| c == name).unwrap_or_else(|| {
            self.classes.push(name.to_string());
            self.classes.len() - 1
        });
        ClassId(at as u16)
    }

    /// The class of that name, where some list or rule has it.
    pub fn find_class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|c| c == name).map(|at| ClassId(at as u16))
    }

    /// The name of a class.
    pub fn class_name(&self, class: ClassId) -> &str {
        &self.classes[class.0 as usize]
    }
}

/// Bytes of a word that is packed into a number, its length beside them.
const SHORT: usize = 15;

#[inline]
fn packed(word: &str) -> Option<u128> {
    if word.len() > SHORT {
        return None;
    }
    let mut bytes = [0; SHORT + 1];
    bytes[..word.len()].copy_from_slice(word.as_bytes());
    bytes[SHORT] = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_differ_are_one_word() {
        let mut v = Vocabulary::new(vec![("oà".into(), "òa".into())]);
        let id = v.intern("Hòa");
        assert_eq!(v.lookup("hoà", &mut String::new()), id);
        assert_eq!(v.lookup("HOÀ", &mut String::new()), id);
        assert_eq!(v.lookup_plain("hoà", &mut String::new()), id);
        assert_eq!(v.lookup_plain("hòa", &mut String::new()), id);
        assert_ne!(v.lookup("hoa", &mut String::new()), id);
        // Of any length.
        for word in ["a", "fifteen-letters", "sixteen--letters", "seventeen-letters"] {
            let id = v.intern(word);
            assert_eq!(v.intern(word), id);
            assert_eq!(v.lookup(&word.to_uppercase(), &mut String::new()), id);
            assert_eq!(v.lookup(&word[1..], &mut String::new()), WordId::UNKNOWN);
        }
    }
}
