//! Names for words and for classes of words.

use crate::letters::push_lower;
use crate::pattern::begins::Begins;
use crate::writing::{SPREAD, Writing, mix, packed};
use rapidhash::RapidHashMap;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

/// A lower-case word known to a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no rule and no list of the pack knows.
    pub const UNKNOWN: WordId = WordId(0);

    /// A small number, for tables by word.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// A step over the word from a node of a trie, in one number.
    #[inline]
    pub(crate) fn step(self, node: u32) -> u64 {
        u64::from(node) << 32 | u64::from(self.0)
    }

    /// Its bit in a set of words that may say yes in vain, never no; none for the unknown word.
    #[inline]
    pub(crate) fn bit(self) -> u64 {
        u64::from(self.is_known()) << (self.0 % 64)
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

    /// Its bit in a set of classes that may say yes in vain, never no: classes 64 apart share one.
    #[inline]
    pub(crate) fn bit(self) -> u64 {
        1 << (self.0 % 64)
    }
}

/// Some classes, to be asked for the hits of a text.
#[derive(Clone, Debug, Default)]
pub struct ClassSet(Vec<bool>);

impl ClassSet {
    /// The class is one of them.
    #[inline]
    pub fn contains(&self, class: ClassId) -> bool {
        self.0.get(class.index()).copied().unwrap_or(false)
    }
}

impl FromIterator<ClassId> for ClassSet {
    fn from_iter<T: IntoIterator<Item = ClassId>>(classes: T) -> ClassSet {
        let mut set = ClassSet::default();
        for class in classes {
            if set.0.len() <= class.index() {
                set.0.resize(class.index() + 1, false);
            }
            set.0[class.index()] = true;
        }
        set
    }
}

/// Words and classes of one pack. Grows while packs are compiled, then never.
pub struct Vocabulary {
    /// Words of more than [`SHORT`](crate::writing::SHORT) bytes.
    words: RapidHashMap<Box<str>, u32>,
    /// All others, packed into a number: asked for every word of a text.
    short: ByNumber<Writing>,
    classes: Vec<String>,
    /// The classes that some room or rule asked for; the others are of lists that nobody has read yet.
    asked: Vec<bool>,
    /// The classes' places in the list.
    places: RapidHashMap<String, u16>,
    variants: Vec<(String, String)>,
    /// First bytes of the variants, and second ones; either many words have, both few.
    starts: [[bool; 256]; 2],
    /// What the rules that were compiled begin with.
    pub(crate) begins: Begins,
    /// Scratch space while packs are compiled.
    buffer: String,
}

/// Short words that a vocabulary has room for from its beginning. Chosen: those of a whole language are some ten thousand.
const ROOM: usize = 1 << 13;

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
        let mut starts = [[false; 256]; 2];
        for (from, _) in &variants {
            match *from.as_bytes() {
                [] => {}
                [first] => (starts[0][first as usize], starts[1]) = (true, [true; 256]),
                [first, second, ..] => (starts[0][first as usize], starts[1][second as usize]) = (true, true),
            }
        }
        Vocabulary {
            words: RapidHashMap::default(),
            short: HashMap::with_capacity_and_hasher(ROOM, BuildHasherDefault::default()),
            classes: Vec::new(),
            asked: Vec::new(),
            places: RapidHashMap::default(),
            variants,
            starts,
            begins: Begins::default(),
            buffer: String::new(),
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
        let second = |at: usize| bytes.get(at + 1).is_none_or(|&b| self.starts[1][b as usize]);
        (0..bytes.len()).any(|at| self.starts[0][bytes[at] as usize] && second(at) && hit(at))
    }

    /// Names a word, adding it where it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.intern_as(word, false)
    }

    /// The same, told whether the word is its own lower case ([`PLAIN`](crate::CharTraits::PLAIN) throughout): then nothing is
    /// copied.
    pub(crate) fn intern_as(&mut self, word: &str, plain: bool) -> WordId {
        let next = (self.words.len() + self.short.len()) as u32 + 1;
        let mut buffer = std::mem::take(&mut self.buffer);
        let normal = if plain && (word.is_ascii() || !self.varies(word)) {
            word
        } else {
            self.normal(word, &mut buffer);
            buffer.as_str()
        };
        let id = *match packed(normal) {
            Some(number) => self.short.entry(number).or_insert(next),
            None => self.words.entry(normal.into()).or_insert(next),
        };
        self.buffer = buffer;
        WordId(id)
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

    /// Names a class that a room asks for, adding it where it is new.
    pub fn class(&mut self, name: &str) -> ClassId {
        let class = self.listed(name);
        self.asked[class.index()] = true;
        class
    }

    /// Names the class of a list, adding it where it is new.
    pub(crate) fn listed(&mut self, name: &str) -> ClassId {
        if let Some(class) = self.find_class(name) {
            return class;
        }
        let at = self.classes.len() as u16;
        self.classes.push(name.to_string());
        self.asked.push(false);
        self.places.insert(name.to_string(), at);
        ClassId(at)
    }

    /// The class of that name, which a rule asks for, where there is one.
    pub(crate) fn ask(&mut self, name: &str) -> Option<ClassId> {
        let class = self.find_class(name)?;
        self.asked[class.index()] = true;
        Some(class)
    }

    /// The classes that were asked for until now.
    pub fn asked(&self) -> ClassSet {
        ClassSet(self.asked.clone())
    }

    /// The class of that name, where some list or rule has it. To look does not ask for it: a room that reads a class says so with
    /// [`Vocabulary::class`], or its single words may be gone ([`Pack::keep_words_of`](crate::Pack::keep_words_of)).
    pub fn find_class(&self, name: &str) -> Option<ClassId> {
        self.places.get(name).map(|&at| ClassId(at))
    }

    /// The name of a class.
    pub fn class_name(&self, class: ClassId) -> &str {
        &self.classes[class.0 as usize]
    }
}

/// A table by numbers of the packs, asked for every word of a text.
pub(crate) type ByNumber<K> = HashMap<K, u32, BuildHasherDefault<Folded>>;

/// Hashes a number by one multiplication, its upper half folded onto the lower. The numbers come from the packs, so that
/// nobody can choose them to collide; a word of a text is looked up and never added.
#[derive(Default)]
pub(crate) struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        let wide = u128::from(number ^ self.0) * u128::from(SPREAD);
        self.0 = wide as u64 ^ (wide >> 64) as u64;
    }

    #[inline]
    fn write_u128(&mut self, number: u128) {
        self.0 = mix(number ^ u128::from(self.0));
    }
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
        for length in 1..=17 {
            let word = &"seventeen-letters"[..length];
            let id = v.intern(word);
            assert_eq!(v.intern(word), id);
            assert_eq!(v.lookup(&word.to_uppercase(), &mut String::new()), id);
            assert_eq!(v.lookup(&word[1..], &mut String::new()), WordId::UNKNOWN);
        }
    }
}
