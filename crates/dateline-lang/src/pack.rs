//! One language, compiled.

use crate::files::{PackError, PackFiles};
use crate::fold::is_syllable;
use crate::numbers::NumberWords;
use crate::pattern::begins::{Stages, of_class};
use crate::product;
use crate::sentences;
use crate::tokens::{Forms, Token, TokenKind, tokenize_into, tokenize_known};
use crate::vocabulary::{ByNumber, ClassId, ClassSet, Vocabulary};
use crate::words::{Hit, Sentence, Words};
use dateline_model::Span;
use rapidhash::{RapidHashMap, RapidHashSet};
use serde::Deserialize;
use smallvec::SmallVec;
use std::fmt;
use std::sync::Arc;

/// What ends at a node of the phrase trie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    class: ClassId,
    value: u32,
    /// The list says how it must be written: [`Pack::exact`].
    exact: bool,
}

/// A node of the phrase trie.
#[derive(Clone, Debug, Default)]
struct Node {
    /// What ends there, sorted: of most nodes one or two, which stand in the node itself.
    ends: SmallVec<[End; 2]>,
    /// The words that lead on from it, a bit each: it may say yes in vain, never no.
    leads: u64,
}

/// Initials that may stand before a surname where they also stand for whole names ("J.D. Velk", "N.V.T."). Chosen: three are a family
/// name, a middle and a given one.
const INITIALS: usize = 2;

/// How a language builds its phrases, as its `pack.toml` says under `[traits]`; what it does not say is not so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Traits {
    /// A noun stands before the name that it belongs to ("quân đội Nga"); else behind it ("Armenia's attack").
    pub head_first: bool,
    /// A word before a verb makes it a noun ("việc rút quân"); else the verb's own ending does.
    pub nouns_by_mark: bool,
    /// Who acts stands between the mark of the passive and the verb ("bị quân đội Nga bắn hạ").
    pub agent_in_passive: bool,
    /// What belongs to a noun of harm suffers it ("the shelling of the town"); else it acts.
    pub harm_of_object: bool,
    /// A word for the dead or wounded rather counts the number right behind it ("killing 12").
    pub counts_behind: bool,
    /// News opens its sentence with its day ("Ngày 5/6, …"): a day that stands elsewhere is mostly not the day of the report.
    pub day_opens: bool,
    /// Initials stand for names that are not told: three and more end a sentence ("N.V.T."), and any before a syllable of Vietnamese.
    pub initials_hide: bool,
    /// Ending of verb forms that are never passive ("attacking").
    pub active_ending: Option<String>,
    /// Ending of verb forms that tell of the past ("resigned"); `e` before it is no verb's ("indeed").
    pub past_ending: Option<String>,
    /// Ending of participles that are passive before a word of agency ("attacked by rebels").
    pub passive_ending: Option<String>,
    /// A line below the examples of event rules, which makes them reports about war and politics.
    pub setting: Option<String>,
}

/// Letters before the ending of the past that a verb has at least: "tried", not "shed". Chosen.
const SHORTEST_STEM: usize = 3;

impl Traits {
    /// A word form that is never passive.
    pub fn is_active(&self, word: &str) -> bool {
        self.active_ending.as_deref().is_some_and(|e| word.ends_with(e))
    }

    /// A word form that tells of the past.
    pub fn is_past(&self, word: &str) -> bool {
        self.past_ending
            .as_deref()
            .and_then(|e| word.strip_suffix(e))
            .is_some_and(|stem| stem.len() >= SHORTEST_STEM && !stem.ends_with('e'))
    }

    /// A word form that is passive where who acts follows.
    pub fn is_participle(&self, word: &str) -> bool {
        self.passive_ending.as_deref().is_some_and(|e| word.ends_with(e))
    }
}

/// A language: its vocabulary, its lists of words by class, its numbers and abbreviations.
///
/// Built with [`Pack::load`]; rooms then compile their rules against [`Pack::vocabulary`]; from then on it is only read.
pub struct Pack {
    /// Language tag, the name of its folder.
    pub tag: String,
    /// Words and classes.
    pub vocabulary: Vocabulary,
    values: Vec<toml::Value>,
    /// The phrase trie's first step: word → node, 0 where no phrase begins with it. Asked for every word of a text.
    roots: Vec<u32>,
    /// The further steps ([`WordId::step`]) → node.
    edges: ByNumber<u64>,
    nodes: Vec<Node>,
    /// By value: how its phrase must be written, where the list says so.
    exact: RapidHashMap<u32, Box<str>>,
    numbers: NumberWords,
    number: ClassId,
    abbreviations: RapidHashSet<String>,
    /// Words that begin a sentence behind initials, and initials that end one. Empty: initials end one, too.
    openers: RapidHashSet<String>,
    /// Days before months in numeric dates.
    pub day_first: bool,
    /// The day of the first newspaper in this language, `YYYY-MM-DD`: no report in it is older.
    pub press_since: Option<String>,
    /// How phrases are built.
    pub traits: Traits,
    /// Room for the tokens of a phrase that is added.
    scratch: Vec<Token>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Pack({}, {:?}, {} values)",
            self.tag,
            self.vocabulary,
            self.values.len()
        )
    }
}

impl Pack {
    /// Loads `pack.toml` and `words/*.toml` of a language, and the words of the packs that it extends.
    ///
    /// A word file holds one table a class, phrase → value: `[month]`, `"tháng giêng" = 1`. A phrase that begins with
    /// `=` must be written exactly so (`"=May"`). `words/numbers.toml` has the classes `number`, `number-first`, `number-scale` and
    /// `number-join`; `words/abbreviations.toml` the class `abbreviation`. `[[product]]` makes the phrases of a class of parts
    /// (see `packs/README.md`).
    ///
    /// # Errors
    /// A file that is not valid TOML or holds something else than tables of phrases.
    pub fn load(files: &PackFiles, tag: &str) -> Result<Pack, PackError> {
        Pack::load_classes(files, tag, |_| true)
    }

    /// The same with the words of those classes only that are wanted; numbers and abbreviations are always. What is not loaded costs
    /// neither a start nor a look at every word.
    ///
    /// # Errors
    /// Those of [`Pack::load`].
    pub fn load_classes(files: &PackFiles, tag: &str, wanted: impl Fn(&str) -> bool) -> Result<Pack, PackError> {
        let path = format!("{tag}/pack.toml");
        files.get(&path).ok_or(PackError::Empty)?;
        let fail = |path: &str, message: String| PackError::File {
            path: path.to_string(),
            message,
        };
        let meta = files.table(&path)?;
        let variants = match meta.get("variants") {
            Some(toml::Value::Table(t)) => t
                .iter()
                .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_string())))
                .collect(),
            _ => Vec::new(),
        };
        let traits = match meta.get("traits") {
            Some(t) => t
                .clone()
                .try_into()
                .map_err(|e: toml::de::Error| fail(&path, e.to_string()))?,
            None => Traits::default(),
        };
        let mut vocabulary = Vocabulary::new(variants);
        let number = vocabulary.class("number");
        let mut pack = Pack {
            tag: tag.to_string(),
            vocabulary,
            values: Vec::new(),
            roots: Vec::new(),
            edges: ByNumber::default(),
            nodes: vec![Node::default()],
            exact: RapidHashMap::default(),
            numbers: NumberWords::default(),
            number,
            abbreviations: RapidHashSet::default(),
            openers: RapidHashSet::default(),
            traits,
            day_first: meta.get("date-order").and_then(|v| v.as_str()) != Some("mdy"),
            press_since: meta.get("press-since").and_then(|v| v.as_str()).map(String::from),
            scratch: Vec::new(),
        };
        let extends: Vec<String> = match meta.get("extends") {
            Some(toml::Value::Array(a)) => a.iter().filter_map(|v| v.as_str().map(String::from)).collect(),
            _ => Vec::new(),
        };
        for source in extends.iter().map(String::as_str).chain([tag]) {
            let prefix = format!("{source}/words/");
            for (path, _) in files.under(&prefix).filter(|(p, _)| p.ends_with(".toml")) {
                let always =
                    |key: &str| key == "source" || key.starts_with("abbreviation") || key.starts_with("number");
                let mut has_source = false;
                let mut wrong: Option<String> = None;
                files.each_entry(
                    path,
                    |key| always(key) || wanted(key),
                    |class, phrase, value| match (class, phrase, value) {
                        ("source", None, value) => has_source = value.is_str(),
                        ("doc", ..) => {}
                        ("product", None, toml::Value::Array(products)) => {
                            for made in products {
                                match product::phrases(&made) {
                                    Ok(phrases) => {
                                        for (class, phrase, value) in phrases {
                                            pack.add(&class, &phrase, value);
                                        }
                                    }
                                    Err(message) => _ = wrong.get_or_insert(message),
                                }
                            }
                        }
                        (class, Some(phrase), value) => pack.add(class, phrase, value),
                        (class, None, _) => {
                            wrong.get_or_insert_with(|| {
                                format!("`{class}` is not a table of phrases; write `[{class}]`")
                            });
                        }
                    },
                )?;
                if !has_source {
                    return Err(fail(
                        path,
                        "no `source = \"…\"`: every word file says where its words come from".into(),
                    ));
                }
                if let Some(message) = wrong {
                    return Err(fail(path, message));
                }
            }
        }
        Ok(pack)
    }

    /// Adds a phrase to a class. Rooms use it for lists that they read themselves.
    pub fn add(&mut self, class: &str, phrase: &str, value: toml::Value) {
        if class.starts_with("number") {
            self.numbers
                .add(&mut self.vocabulary, class, phrase, value.as_integer().unwrap_or(0));
            return;
        }
        if class == "abbreviation" {
            self.abbreviations.insert(phrase.to_lowercase());
            return;
        }
        if class == "abbreviation-opener" {
            self.openers.insert(phrase.to_lowercase());
            return;
        }
        let (phrase, exact) = match phrase.strip_prefix('=') {
            Some(rest) => (rest, Some(Box::from(rest))),
            None => (phrase, None),
        };
        let class = self.vocabulary.listed(class);
        let mut node = 0;
        let vocabulary = &mut self.vocabulary;
        let mut tokens = std::mem::take(&mut self.scratch);
        tokenize_into(phrase, &mut tokens, |w, plain| vocabulary.intern_as(w, plain));
        for token in tokens.drain(..) {
            let next = if node == 0 {
                let word = token.word.index();
                if self.roots.len() <= word {
                    self.roots.resize(word + 1, 0);
                }
                &mut self.roots[word]
            } else {
                self.nodes[node as usize].leads |= token.word.bit();
                self.edges.entry(token.word.step(node)).or_insert(0)
            };
            if *next == 0 {
                *next = self.nodes.len() as u32;
                self.nodes.push(Node::default());
            }
            node = *next;
        }
        self.scratch = tokens;
        if node != 0 {
            let end = End {
                class,
                value: self.values.len() as u32,
                exact: exact.is_some(),
            };
            self.values.push(value);
            self.exact.extend(exact.map(|written| (end.value, written)));
            let ends = &mut self.nodes[node as usize].ends;
            ends.insert(ends.partition_point(|e| *e < end), end);
        }
    }

    /// Forgets of which classes single words are, but for some classes: what nobody reads costs no look. Longer phrases stay, since
    /// they cover the words inside them, whoever reads them; and every word stays known.
    pub fn keep_words_of(&mut self, classes: &ClassSet) {
        for &node in &self.roots {
            let ends = &mut self.nodes[node as usize].ends;
            ends.retain(|end| classes.contains(end.class));
        }
    }

    /// The value of a phrase of the pack's lists.
    pub fn value(&self, hit: Hit) -> Option<&toml::Value> {
        self.values.get(hit.value as usize)
    }

    /// The class of numbers; its hits index [`Words::numbers`].
    pub fn number_class(&self) -> ClassId {
        self.number
    }

    /// Cuts a text into tokens and sentences and finds the numbers and the words of every list.
    pub fn words<'t>(&self, text: &'t str) -> Words<'t> {
        self.words_with(text, &mut Forms::default())
    }

    /// The same, with the words kept from texts read before **with this pack**.
    pub fn words_with<'t>(&self, text: &'t str, forms: &mut Forms) -> Words<'t> {
        let mut buffer = String::new();
        let mut tokens = tokenize_known(text, forms, |w, plain| {
            if plain {
                self.vocabulary.lookup_plain(w, &mut buffer)
            } else {
                self.vocabulary.lookup(w, &mut buffer)
            }
        });
        let spans = sentences::split(
            text,
            |word| self.abbreviations.contains(&word.to_lowercase()),
            |word| {
                let hidden = |stops: usize| stops > INITIALS || stops == 0 && is_syllable(word);
                self.openers.is_empty()
                    || self.traits.initials_hide && hidden(word.matches('.').count())
                    || self.openers.contains(&word.to_lowercase())
            },
        );
        let mut sentences: Vec<Sentence> = Vec::with_capacity(spans.len());
        let (mut at, mut paragraph, mut byte) = (0usize, 0u32, 0usize);
        for span in spans {
            paragraph += text[byte..span.start as usize].bytes().filter(|&b| b == b'\n').count() as u32;
            byte = span.start as usize;
            let end = at + tokens[at..].partition_point(|t| t.span.start < span.end);
            let mut from = span.start;
            loop {
                let start = at;
                at = sentences::part(text, &tokens, start, end);
                tokens[start..at]
                    .iter_mut()
                    .for_each(|t| t.sentence = sentences.len() as u32);
                let last = at == end;
                let to = if last { span.end } else { tokens[at - 1].span.end };
                sentences.push(Sentence {
                    span: Span::new(from as usize, to as usize),
                    start: start as u32,
                    end: at as u32,
                    paragraph,
                });
                if last {
                    break;
                }
                from = tokens[at].span.start;
            }
        }
        let numbers = self.numbers.find(text, &tokens);
        let mut hits: Vec<Hit> = Vec::with_capacity(tokens.len() * 2);
        let mut index: Vec<u32> = Vec::with_capacity(tokens.len() + 1);
        let class_begins = self.vocabulary.begins.classes();
        let mut begins: Vec<Stages> = Vec::with_capacity(tokens.len());
        let mut classes: Vec<u64> = Vec::with_capacity(tokens.len());
        let mut next_number = 0;
        for (start, first) in tokens.iter().enumerate() {
            let here = hits.len();
            index.push(here as u32);
            let (mut stages, mut bits) = (self.vocabulary.begins.of(first), 0);
            let mut put = |end: usize, class: ClassId, value: u32| {
                stages |= of_class(class_begins, class);
                bits |= class.bit();
                hits.push(Hit {
                    start: start as u32,
                    end: end as u32,
                    class,
                    value,
                });
            };
            let number = numbers.get(next_number).filter(|n| n.start as usize == start);
            if let Some(number) = number {
                put(number.end as usize, self.number, next_number as u32);
                next_number += 1;
            }
            let mut node = self.roots.get(first.word.index()).copied().unwrap_or(0);
            let mut end = start + 1;
            while node != 0 {
                let Node { ends, leads } = &self.nodes[node as usize];
                for found in ends {
                    let written = || &text[first.span.start as usize..tokens[end - 1].span.end as usize];
                    if !found.exact || self.exact.get(&found.value).is_none_or(|e| **e == *written()) {
                        put(end, found.class, found.value);
                    }
                }
                let next = tokens
                    .get(end)
                    .filter(|t| leads & t.word.bit() != 0 && t.sentence == first.sentence);
                let Some(next) = next else { break };
                node = self.edges.get(&next.word.step(node)).copied().unwrap_or(0);
                end += 1;
            }
            begins.push(stages);
            classes.push(bits);
            // Phrases are found the shorter first, those of one length in order.
            if number.is_some() && hits.len() > here + 1 {
                hits[here..].sort_unstable();
            }
        }
        index.push(hits.len() as u32);
        debug_assert!(tokens.iter().all(|t| t.kind != TokenKind::Number || !t.span.is_empty()));
        Words {
            text,
            tokens,
            sentences,
            numbers,
            hits,
            index,
            classes,
            begins,
            class_begins: Arc::clone(class_begins),
            stages: self.vocabulary.begins.all(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(words: &str) -> Result<Pack, PackError> {
        let mut files = PackFiles::default();
        files.insert("xx/pack.toml", "name = \"test\"\n");
        files.insert("xx/words/a.toml", words);
        Pack::load(&files, "xx")
    }

    #[test]
    fn hits_stand_in_order_whatever_the_lists_say() {
        let pack = load(
            "source = \"ours\"\n[number]\n\"hai\" = 2\n[late]\n\"hai\" = 1\n\"hai bà\" = 2\n\"=Hai bà\" = 3\n[early]\n\"hai bà\" = 4\n",
        )
        .expect("loads");
        for (text, hits) in [("hai bà", 4), ("Hai bà", 5), ("hai, bà", 2)] {
            let words = pack.words(text);
            assert!(words.hits().is_sorted(), "{:?}", words.hits());
            assert_eq!(words.hits().len(), hits, "{text}");
        }
    }

    #[test]
    fn words_that_nobody_reads_are_forgotten_and_stay_known() {
        let mut pack =
            load("source = \"ours\"\n[wanted]\n\"mưa\" = 1\n[other]\n\"mưa\" = 2\n\"gió\" = 3\n\"mưa gió\" = 4\n")
                .expect("loads");
        let wanted = pack.vocabulary.class("wanted");
        let other = pack.vocabulary.find_class("other").expect("is there");
        pack.keep_words_of(&pack.vocabulary.asked());
        let words = pack.words("mưa gió, gió");
        let found: Vec<(u32, u32, ClassId)> = words.hits().iter().map(|h| (h.start, h.end, h.class)).collect();
        assert_eq!(found, [(0, 1, wanted), (0, 2, other)]);
        assert!(
            words
                .tokens
                .iter()
                .filter(|t| t.kind == TokenKind::Word)
                .all(|t| t.word.is_known())
        );
    }

    #[test]
    fn broken_lists_say_why() {
        for (words, message) in [
            ("[late]\n\"mưa\" = 1\n", "no `source"),
            ("source = 1\n", "no `source"),
            ("source = \"ours\"\nlate = 1\n", "not a table of phrases"),
            ("source = \"ours\"\n[[product]]\n", "product"),
            ("source = \"ours\"\n[late\n", "words/a.toml"),
        ] {
            let error = load(words).expect_err("broken").to_string();
            assert!(error.contains(message), "{error}");
        }
        // What describes the file is no list.
        let pack = load("source = \"ours\"\ndoc = \"rain\"\n").expect("loads");
        assert!(pack.vocabulary.find_class("doc").is_none());
        let pack = load("source = \"ours\"\n[doc]\n\"mưa\" = 1\n").expect("loads");
        assert!(pack.vocabulary.find_class("doc").is_none());
    }
}
