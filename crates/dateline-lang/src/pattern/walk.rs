//! The matches of a stage's rules in a text: from each token where a rule may begin through the trie.
//!
//! Takes: a text's tokens and hits, a compiled set. Gives: matches. Never: compiles a rule.

use super::begins::Look;
use super::{Accept, Capture, Item, Match, PatternSet, Step};
use crate::vocabulary::ClassId;
use crate::words::{Hit, Words};

/// A match on its way.
struct Walk<'w, 't> {
    words: &'w Words<'t>,
    /// Its first token.
    start: usize,
    /// Its steps: first token, one past the last, value of the hit.
    path: Vec<(u32, u32, Option<u32>)>,
    /// What was found from that token.
    found: Vec<Match>,
}

impl PatternSet {
    /// Hands out the matches that start at a token, of whatever length, from left to right; gets the token where to go on, the
    /// next one at the earliest.
    pub fn each(&self, words: &Words<'_>, mut then: impl FnMut(&mut Vec<Match>) -> usize) {
        debug_assert!(
            words.stages & self.stage != 0,
            "the text was made before the rules were compiled"
        );
        let mut walk = Walk {
            words,
            start: 0,
            path: Vec::new(),
            found: Vec::new(),
        };
        let mut free = 0;
        for start in self.starts(words) {
            if start < free {
                continue;
            }
            walk.start = start;
            self.begin(&mut walk);
            if !walk.found.is_empty() {
                free = then(&mut walk.found);
                walk.found.clear();
            }
        }
    }

    /// Every match in the text, by start; of one start, the longest first, then in order of the rules.
    pub fn all(&self, words: &Words<'_>) -> Vec<Match> {
        let mut all = Vec::new();
        self.each(words, |found| {
            found.sort_by(|a, b| b.end.cmp(&a.end).then(a.rule.cmp(&b.rule)));
            all.append(found);
            0
        });
        all
    }

    /// Matches from left to right that do not overlap: the longest at each place, the first rule where several are.
    pub fn longest(&self, words: &Words<'_>) -> Vec<Match> {
        self.longest_of(words, |_| true)
    }

    /// The same of those matches that are wanted.
    pub fn longest_of(&self, words: &Words<'_>, wanted: impl Fn(&Match) -> bool) -> Vec<Match> {
        let mut chosen: Vec<Match> = Vec::new();
        self.each(words, |found| {
            let best = found
                .drain(..)
                .filter(|m| wanted(m))
                .min_by(|a, b| b.end.cmp(&a.end).then(a.rule.cmp(&b.rule)));
            let free = best.as_ref().map_or(0, |best| best.end as usize);
            chosen.extend(best);
            free
        });
        chosen
    }

    /// The tokens at which some rule may begin, in order: nearly none.
    fn starts(&self, words: &Words<'_>) -> impl Iterator<Item = usize> {
        words
            .begins
            .iter()
            .enumerate()
            .filter(|(_, stages)| **stages & self.stage != 0)
            .map(|(at, _)| at)
    }

    /// What begins at the walk's first token. Nearly always that leads nowhere, which is found out here.
    fn begin(&self, walk: &mut Walk<'_, '_>) {
        let (words, at) = (walk.words, walk.start);
        let token = &words.tokens[at];
        if let Some(&to) = self.roots.get(token.word.index()).filter(|&&to| to != 0) {
            self.go(walk, at, to, at + 1, None);
        }
        let root = &self.nodes[0];
        if token.glued
            && root.glued_words & token.word.bit() != 0
            && let Some(&to) = self.words[1].get(&token.word.step(0))
        {
            self.go(walk, at, to, at + 1, None);
        }
        self.over_others(walk, at, &self.root_others[Look::of(token) as usize]);
        if root.class_bits & words.classes[at] != 0 {
            let classes = root.classes.of(&self.classes);
            for hit in words.hits_at(at) {
                if let Some(Some(from)) = self.root_classes.get(hit.class.index()) {
                    self.over_hit(walk, *hit, &classes[*from as usize..]);
                }
            }
        }
    }

    /// What leads on from a node at a token; keeps what ends there.
    fn walk(&self, walk: &mut Walk<'_, '_>, node: u32, at: usize) {
        let words = walk.words;
        let here = self.nodes[node as usize];
        for &accept in here.accepts.of(&self.ends) {
            self.accept(walk, &self.accepts[accept as usize], at);
        }
        let Some(token) = words.tokens.get(at) else { return };
        if at > walk.start && token.sentence != words.tokens[walk.start].sentence {
            return;
        }
        let bit = token.word.bit();
        if here.words & bit != 0
            && let Some(&to) = self.words[0].get(&token.word.step(node))
        {
            self.go(walk, at, to, at + 1, None);
        }
        if token.glued
            && here.glued_words & bit != 0
            && let Some(&to) = self.words[1].get(&token.word.step(node))
        {
            self.go(walk, at, to, at + 1, None);
        }
        self.over_others(walk, at, here.others.of(&self.others));
        if here.class_bits & words.classes[at] != 0 {
            let classes = here.classes.of(&self.classes);
            for hit in words.hits_at(at) {
                let from = classes.partition_point(|c| c.0 < hit.class);
                self.over_hit(walk, *hit, &classes[from..]);
            }
        }
    }

    /// Keeps a match that ends before a token, where nothing around it forbids it.
    fn accept(&self, walk: &mut Walk<'_, '_>, accept: &Accept, at: usize) {
        if at <= walk.start || !self.allowed(walk.words, accept.rule, walk.start, at) {
            return;
        }
        let captures = accept.captures.iter().filter(|(_, a, b)| a < b);
        let captures = captures.map(|&(name, a, b)| {
            let (first, last) = (walk.path[a as usize], walk.path[b as usize - 1]);
            let value = (b - a == 1).then_some(first.2).flatten();
            Capture {
                name,
                start: first.0,
                end: last.1,
                value,
            }
        });
        let m = Match {
            rule: accept.rule,
            pattern: accept.pattern,
            start: walk.start as u32,
            end: at as u32,
            captures: captures.collect(),
        };
        if !walk.found.contains(&m) {
            walk.found.push(m);
        }
    }

    /// Steps over built-in classes and gaps.
    #[inline]
    fn over_others(&self, walk: &mut Walk<'_, '_>, at: usize, steps: &[(Step, u32)]) {
        let words = walk.words;
        let token = &words.tokens[at];
        for &(step, to) in steps {
            if step.glued && !token.glued {
                continue;
            }
            match step.item {
                Item::Builtin(builtin) => {
                    if builtin.accepts(words, at) {
                        self.go(walk, at, to, at + 1, None);
                    }
                }
                Item::Gap(most) => {
                    for length in 0..=usize::from(most) {
                        let end = at + length;
                        if words.tokens.get(end).is_none_or(|t| t.sentence != token.sentence) {
                            break;
                        }
                        self.go(walk, at, to, end, None);
                    }
                }
                Item::Word(_) | Item::Class(_) => {}
            }
        }
    }

    /// Steps over a phrase of a class; `classes` are those of the node from that of the phrase on.
    #[inline]
    fn over_hit(&self, walk: &mut Walk<'_, '_>, hit: Hit, classes: &[(ClassId, bool, u32)]) {
        let at = hit.start as usize;
        let glued = walk.words.tokens[at].glued;
        for &(_, demands, to) in classes.iter().take_while(|(class, ..)| *class == hit.class) {
            if !demands || glued {
                self.go(walk, at, to, hit.end as usize, Some(hit.value));
            }
        }
    }

    /// One step, from a token to the end of what it is over.
    #[inline]
    fn go(&self, walk: &mut Walk<'_, '_>, at: usize, to: u32, end: usize, value: Option<u32>) {
        if self.goes_on(walk.words, to, end) {
            walk.path.push((at as u32, end as u32, value));
            self.walk(walk, to, end);
            walk.path.pop();
        }
    }

    /// A node accepts, or something at a token may lead on from it: for most it is a short way to find out that nothing does.
    #[inline]
    fn goes_on(&self, words: &Words<'_>, node: u32, at: usize) -> bool {
        let here = &self.nodes[node as usize];
        if !here.accepts.is_empty() {
            return true;
        }
        let Some(token) = words.tokens.get(at) else {
            return false;
        };
        let bit = token.word.bit();
        here.words & bit != 0
            || here.class_bits & words.classes[at] != 0
            || here.looks[Look::of(token) as usize]
            || token.glued && here.glued_words & bit != 0
    }

    fn allowed(&self, words: &Words<'_>, rule: u32, start: usize, end: usize) -> bool {
        let (after, before) = &self.guards[rule as usize];
        !after.iter().any(|phrase| ends_at(words, phrase, start))
            && !before.iter().any(|phrase| starts_at(words, phrase, end).is_some())
    }
}

/// The phrase stands from `at` on; gives its end.
fn starts_at(words: &Words<'_>, phrase: &[Step], at: usize) -> Option<usize> {
    let Some((step, rest)) = phrase.split_first() else {
        return Some(at);
    };
    let token = words.tokens.get(at)?;
    if step.glued && !token.glued {
        return None;
    }
    match step.item {
        Item::Word(word) => (token.word == word)
            .then_some(())
            .and_then(|()| starts_at(words, rest, at + 1)),
        Item::Builtin(b) => b
            .accepts(words, at)
            .then_some(())
            .and_then(|()| starts_at(words, rest, at + 1)),
        Item::Class(class) => words
            .hits_at(at)
            .iter()
            .filter(|h| h.class == class)
            .find_map(|h| starts_at(words, rest, h.end as usize)),
        Item::Gap(most) => (0..=usize::from(most)).find_map(|n| starts_at(words, rest, at + n)),
    }
}

/// The phrase ends just before token `end`, in the same sentence.
fn ends_at(words: &Words<'_>, phrase: &[Step], end: usize) -> bool {
    let Some(sentence) = words.sentence_of(end.min(words.tokens.len().saturating_sub(1))) else {
        return false;
    };
    let first = (sentence.start as usize).max(end.saturating_sub(12));
    // Of words alone it is as many tokens long as it has steps.
    let fixed = |step: &Step| matches!(step.item, Item::Word(_) | Item::Builtin(_));
    if phrase.iter().all(fixed) {
        let at = end.checked_sub(phrase.len()).filter(|&at| at >= first);
        return at.is_some_and(|at| at < end && starts_at(words, phrase, at) == Some(end));
    }
    (first..end).any(|at| starts_at(words, phrase, at) == Some(end))
}
