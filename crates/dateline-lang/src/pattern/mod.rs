//! All rules of one stage in one matcher.
//!
//! A pattern is a sequence of
//! * words and marks as they are written (`tháng`, `,`; matched in any letter case),
//! * `{class}` or `{class:name}`: a phrase of a class, captured under the class's name or under `name`,
//! * `[…]` something optional, `(a|b|c)` one of several,
//! * `<name …>`: captures what stands inside,
//! * `…` or `…5`: a gap of at most 8 (or 5) tokens inside the sentence,
//! * `\` before a sign that would otherwise mean something (`\(`, `\[`, `\|`).
//!
//! White space between two items allows any or no space in the text; **no** white space demands that none stands there
//! (`{day}/{month}`). Built-in classes: `{int}` digits; `{day}` 1–31, `{month}` 1–12, `{hour}` 0–24 (one or two digits),
//! `{minute}` 00–59 (two digits), `{year}` 1000–2199, `{year2}` two digits, `{number}` any number, words included,
//! `{name}` a capitalised word, `{word}` any word, `{any}` any token.
//!
//! Optionals and alternatives are written out into sequences, and all sequences of all rules share one trie over words
//! and classes: a text position costs a look-up, whatever the number of rules. Where rules may begin is asked of a text once, for
//! all stages: [`Pack::words`](crate::Pack::words) must come after every stage is compiled.

pub(crate) mod begins;
mod parse;
mod walk;

use crate::files::PackError;
use crate::rules::Rule;
use crate::tokens::{Caps, TokenKind};
use crate::vocabulary::{ByNumber, ClassId, Vocabulary, WordId};
use crate::words::Words;
use begins::{Look, Stages};
use parse::{Sequence, sequences};
use std::ops::Range;

/// A captured part of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Index into [`PatternSet::names`].
    pub name: u16,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// [`Hit::value`](crate::Hit::value) of a class item; `None` for built-in classes and for `<…>`.
    pub value: Option<u32>,
}

/// A rule that matches.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index of the rule in the list that was compiled.
    pub rule: u32,
    /// Index of the pattern in the rule's list: the first where several match the same; equality is blind to it.
    pub pattern: u16,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Captured parts, in order of the pattern.
    pub captures: Vec<Capture>,
}

impl Eq for Match {}

impl PartialEq for Match {
    fn eq(&self, other: &Match) -> bool {
        (self.rule, self.start, self.end) == (other.rule, other.start, other.end) && self.captures == other.captures
    }
}

impl Match {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Matches never are empty.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Item {
    Word(WordId),
    Class(ClassId),
    Builtin(Builtin),
    Gap(u8),
}

impl Item {
    /// A built-in class or gap may lead on over a token of this look.
    fn takes(self, look: Look) -> bool {
        match self {
            Item::Builtin(builtin) => builtin.takes(look),
            _ => true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Builtin {
    Int,
    Day,
    Month,
    Hour,
    Minute,
    Year,
    Year2,
    Name,
    Word,
    Any,
}

impl Builtin {
    fn parse(name: &str) -> Option<Builtin> {
        Some(match name {
            "int" => Builtin::Int,
            "day" => Builtin::Day,
            "month" => Builtin::Month,
            "hour" => Builtin::Hour,
            "minute" => Builtin::Minute,
            "year" => Builtin::Year,
            "year2" => Builtin::Year2,
            "name" => Builtin::Name,
            "word" => Builtin::Word,
            "any" => Builtin::Any,
            _ => return None,
        })
    }

    /// A token of this look may be of the class.
    fn takes(self, look: Look) -> bool {
        match self {
            Builtin::Any => true,
            Builtin::Name => look == Look::Capital,
            Builtin::Word => matches!(look, Look::Capital | Look::Small),
            _ => look == Look::Number,
        }
    }

    fn accepts(self, words: &Words<'_>, at: usize) -> bool {
        let token = &words.tokens[at];
        let within = |max_len: usize, range: Range<u64>| {
            token.kind == TokenKind::Number
                && token.span.len() <= max_len
                && words.int(at).is_some_and(|v| range.contains(&v))
        };
        match self {
            Builtin::Int => token.kind == TokenKind::Number,
            Builtin::Day => within(2, 1..32),
            Builtin::Month => within(2, 1..13),
            Builtin::Hour => within(2, 0..25),
            Builtin::Minute => token.span.len() == 2 && within(2, 0..60),
            Builtin::Year => token.span.len() == 4 && within(4, 1000..2200),
            Builtin::Year2 => token.span.len() == 2 && within(2, 0..100),
            Builtin::Name => token.caps != Caps::None,
            Builtin::Word => token.kind == TokenKind::Word,
            Builtin::Any => true,
        }
    }
}

/// An item and whether it must stand without (or may stand with) white space before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Step {
    item: Item,
    glued: bool,
}

/// A node while the rules are compiled.
#[derive(Clone, Debug, Default)]
struct Growing {
    /// Steps over classes, sorted by class.
    classes: Vec<(ClassId, bool, u32)>,
    /// Steps over built-in classes and gaps.
    others: Vec<(Step, u32)>,
    /// The words that lead on from here, a [`WordId::bit`] each.
    words: u64,
    /// Those that do without white space before them.
    glued_words: u64,
    accepts: Vec<u32>,
}

/// A part of one of the lists in which all nodes have theirs, side by side.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    start: u32,
    end: u32,
}

impl Part {
    /// Appends a part to its list.
    fn put<T: Copy>(list: &mut Vec<T>, part: &[T]) -> Part {
        let start = list.len() as u32;
        list.extend_from_slice(part);
        Part {
            start,
            end: list.len() as u32,
        }
    }

    #[inline]
    fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..self.end as usize]
    }

    #[inline]
    fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A node: see [`Growing`]. Its sets of bits say at once of most tokens that nothing leads on there.
#[derive(Clone, Copy, Debug)]
struct Node {
    accepts: Part,
    classes: Part,
    others: Part,
    words: u64,
    glued_words: u64,
    /// The classes that lead on from here, a [`ClassId::bit`] each.
    class_bits: u64,
    /// By [`Look`], a built-in class or gap leads on over such a token.
    looks: [bool; Look::ALL.len()],
}

#[derive(Clone, Debug)]
struct Accept {
    rule: u32,
    pattern: u16,
    /// (name, first step, one past the last step).
    captures: Vec<(u16, u16, u16)>,
}

/// Sequences of steps, any of which will do.
type Phrases = Vec<Vec<Step>>;

/// The compiled rules of one stage.
#[derive(Debug)]
pub struct PatternSet {
    names: Vec<String>,
    nodes: Vec<Node>,
    /// The nodes' steps over classes.
    classes: Vec<(ClassId, bool, u32)>,
    /// Their steps over built-in classes and gaps.
    others: Vec<(Step, u32)>,
    /// What they accept, in [`PatternSet::accepts`].
    ends: Vec<u32>,
    /// The first step over a word: word → node behind it, 0 where no rule begins with it. Asked for every word of a text.
    roots: Vec<u32>,
    /// The first step over a class: class → its place among the first node's classes; `None` where no rule begins with it.
    root_classes: Vec<Option<u32>>,
    /// The first steps over built-in classes and gaps that a token of a look may take, by look.
    root_others: [Vec<(Step, u32)>; Look::ALL.len()],
    /// The further steps over words ([`WordId::step`]) → node; those that demand no white space before are apart.
    words: [ByNumber<u64>; 2],
    accepts: Vec<Accept>,
    /// By rule: what must not stand before, what must not follow.
    guards: Vec<(Phrases, Phrases)>,
    /// Its bit among the stages of the pack.
    stage: Stages,
}

impl PatternSet {
    /// Compiles rules; a match gives the index of its rule in `rules`. Texts that were made before know nothing of them.
    ///
    /// # Errors
    /// A pattern that does not parse, names a class that no list and no room has, or has too many alternatives.
    pub fn compile<T>(vocabulary: &mut Vocabulary, rules: &[Rule<T>]) -> Result<PatternSet, PackError> {
        let mut set = PatternSet {
            names: Vec::new(),
            nodes: Vec::new(),
            classes: Vec::new(),
            others: Vec::new(),
            ends: Vec::new(),
            roots: Vec::new(),
            root_classes: Vec::new(),
            root_others: Default::default(),
            words: Default::default(),
            accepts: Vec::new(),
            guards: Vec::new(),
            stage: 0,
        };
        let mut nodes = vec![Growing::default()];
        for (number, rule) in rules.iter().enumerate() {
            let fail = |message: String| PackError::Pattern {
                path: rule.path.clone(),
                rule: rule.id.to_string(),
                message,
            };
            for (which, pattern) in rule.patterns.iter().enumerate() {
                let sequences = sequences(vocabulary, &mut set.names, pattern);
                for sequence in sequences.map_err(|e| fail(format!("`{pattern}`: {e}")))? {
                    set.insert(&mut nodes, number as u32, which as u16, &sequence);
                }
            }
            let mut guard = |phrases: &[String]| -> Result<Vec<Vec<Step>>, PackError> {
                let mut steps = Vec::new();
                for phrase in phrases {
                    let sequences = sequences(vocabulary, &mut Vec::new(), phrase);
                    let sequences = sequences.map_err(|e| fail(format!("`{phrase}`: {e}")))?;
                    steps.extend(sequences.into_iter().map(|s| s.steps.into_vec()));
                }
                Ok(steps)
            };
            let guards = (guard(&rule.not_after)?, guard(&rule.not_before)?);
            set.guards.push(guards);
        }
        let root = &nodes[0];
        for (at, (class, ..)) in root.classes.iter().enumerate() {
            if set.root_classes.len() <= class.index() {
                set.root_classes.resize(class.index() + 1, None);
            }
            set.root_classes[class.index()].get_or_insert(at as u32);
        }
        for look in Look::ALL {
            let others = root.others.iter().copied();
            set.root_others[look as usize] = others.filter(|(step, _)| step.item.takes(look)).collect();
        }
        let words = set.roots.iter().enumerate().filter(|(_, to)| **to != 0);
        set.stage = vocabulary.begins.add(
            words.map(|(word, _)| word),
            root.classes.iter().map(|(class, ..)| *class),
            set.root_others.each_ref().map(|steps| !steps.is_empty()),
            root.glued_words != 0,
        );
        set.nodes = nodes
            .iter()
            .map(|node| Node {
                accepts: Part::put(&mut set.ends, &node.accepts),
                classes: Part::put(&mut set.classes, &node.classes),
                others: Part::put(&mut set.others, &node.others),
                words: node.words,
                glued_words: node.glued_words,
                class_bits: node.classes.iter().fold(0, |bits, (class, ..)| bits | class.bit()),
                looks: Look::ALL.map(|look| node.others.iter().any(|(step, _)| step.item.takes(look))),
            })
            .collect();
        Ok(set)
    }

    /// Names of captures.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The index of a capture's name, where some pattern has it.
    pub fn name(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|n| n == name).map(|at| at as u16)
    }

    fn insert(&mut self, nodes: &mut Vec<Growing>, rule: u32, pattern: u16, sequence: &Sequence) {
        let mut node = 0u32;
        for step in &sequence.steps {
            let next = nodes.len() as u32;
            let here = &mut nodes[node as usize];
            let found = match step.item {
                Item::Word(word) if node == 0 && !step.glued => {
                    if self.roots.len() <= word.index() {
                        self.roots.resize(word.index() + 1, 0);
                    }
                    let to = &mut self.roots[word.index()];
                    if *to == 0 {
                        *to = next;
                    }
                    *to
                }
                Item::Word(word) => {
                    match step.glued {
                        true => here.glued_words |= word.bit(),
                        false => here.words |= word.bit(),
                    }
                    *self.words[usize::from(step.glued)]
                        .entry(word.step(node))
                        .or_insert(next)
                }
                Item::Class(class) => match here.classes.binary_search_by_key(&(class, step.glued), |c| (c.0, c.1)) {
                    Ok(at) => here.classes[at].2,
                    Err(at) => {
                        here.classes.insert(at, (class, step.glued, next));
                        next
                    }
                },
                _ => match here.others.iter().find(|(s, _)| s == step) {
                    Some(&(_, to)) => to,
                    None => {
                        here.others.push((*step, next));
                        next
                    }
                },
            };
            if found == next {
                nodes.push(Growing::default());
            }
            node = found;
        }
        let accept = self.accepts.len() as u32;
        self.accepts.push(Accept {
            rule,
            pattern,
            captures: sequence.captures.to_vec(),
        });
        nodes[node as usize].accepts.push(accept);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Pack, PackFiles, PatternSet, Rule};

    fn pack() -> Pack {
        let mut files = PackFiles::default();
        files.insert("xx/pack.toml", "name = \"test\"\n");
        files.insert(
            "xx/words/a.toml",
            "source = \"ours\"\n[weekday]\n\"thứ hai\" = 1\n\"chủ nhật\" = 7\n[number]\n\"hai\" = 2\n",
        );
        Pack::load(&files, "xx").expect("loads")
    }

    fn rule(pattern: &str, not_before: &[&str], not_after: &[&str]) -> Rule<()> {
        Rule {
            id: "xx.test".into(),
            doc: String::new(),
            patterns: vec![pattern.into()],
            not_before: not_before.iter().map(|s| s.to_string()).collect(),
            not_after: not_after.iter().map(|s| s.to_string()).collect(),
            examples: Default::default(),
            body: (),
            path: "test".into(),
        }
    }

    fn check(rules: &[Rule<()>], text: &str, expected: &[&str]) {
        let mut pack = pack();
        let set = PatternSet::compile(&mut pack.vocabulary, rules).expect("compiles");
        let words = pack.words(text);
        let got: Vec<String> = set
            .longest(&words)
            .iter()
            .map(|m| {
                let captures: Vec<String> = m
                    .captures
                    .iter()
                    .map(|c| {
                        format!(
                            "{}={}",
                            set.names()[c.name as usize],
                            words.slice(c.start as usize, c.end as usize)
                        )
                    })
                    .collect();
                format!(
                    "{} {}",
                    words.slice(m.start as usize, m.end as usize),
                    captures.join(" ")
                )
                .trim()
                .to_string()
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn classes_optionals_and_gluing() {
        let rules = [rule("[{weekday:wd}] [ngày] {day}/{month}", &[], &[])];
        check(
            &rules,
            "Chủ nhật 27/9, ngày 3/10 và 4 / 5",
            &["Chủ nhật 27/9 wd=Chủ nhật day=27 month=9", "ngày 3/10 day=3 month=10"],
        );
    }

    #[test]
    fn named_groups_gaps_and_guards() {
        let rules = [rule("<cue (cho biết|nói)> …3 <tail rằng>", &[], &[])];
        check(
            &rules,
            "ông nói với báo chí rằng",
            &["nói với báo chí rằng cue=nói tail=rằng"],
        );
        let rules = [rule("{number} tháng", &["đầu"], &["lần"])];
        check(
            &rules,
            "hai tháng. hai tháng đầu. lần hai tháng",
            &["hai tháng number=hai"],
        );
    }

    #[test]
    fn every_stage_finds_its_beginnings_however_many_there_are() {
        let mut pack = pack();
        let added = pack.vocabulary.class("added");
        let words: Vec<String> = (0..70)
            .map(|n| format!("ba{}{}", "a".repeat(n / 8), "u".repeat(n % 8)))
            .collect();
        let rules = |word: &String| {
            [
                rule(&format!("{word} nữa"), &[], &[]),
                rule(&format!("{{added}} {word}"), &[], &[]),
                rule(&format!("[mưa]{word} to"), &[], &[]),
            ]
        };
        let sets: Vec<PatternSet> = words
            .iter()
            .map(|word| PatternSet::compile(&mut pack.vocabulary, &rules(word)).expect("compiles"))
            .collect();
        for (set, word) in sets.iter().zip(&words) {
            let text = format!("x {word} nữa, hai {word}, rồi {word} to");
            let mut found = pack.words(&text);
            let at = (0..found.tokens.len())
                .find(|&t| found.word(t) == "hai")
                .expect("is there") as u32;
            assert_eq!(set.longest(&found).len(), 2, "{text}");
            found.add([crate::Hit {
                start: at,
                end: at + 1,
                class: added,
                value: 0,
            }]);
            assert_eq!(set.longest(&found).len(), 3, "{text}");
            assert_eq!(set.all(&found).len(), 3, "{text}");
        }
    }

    #[test]
    fn broken_patterns_say_why() {
        let mut pack = pack();
        for (pattern, message) in [
            ("{nosuch} x", "no list"),
            ("(a|b", "`)` is missing"),
            ("[]", "not be optional"),
            ("a)", "closes nothing"),
        ] {
            let error = PatternSet::compile(&mut pack.vocabulary, &[rule(pattern, &[], &[])]).expect_err("broken");
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}
