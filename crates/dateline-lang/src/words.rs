//! A text as its language's pack sees it: tokens, sentences, numbers, and where words of which class stand.

use crate::numbers::Number;
use crate::pattern::begins::{Stages, of_class};
use crate::tokens::{Token, TokenKind};
use crate::vocabulary::{ClassId, WordId};
use dateline_model::Span;
use std::ops::Range;
use std::sync::Arc;

/// Tokens `start..end` are of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Of which class.
    pub class: ClassId,
    /// What it means: an index into the pack's values for words of its lists ([`Pack::value`](crate::Pack::value)),
    /// into [`Words::numbers`] for numbers, into the room's own list for what a room added.
    pub value: u32,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the text, trimmed.
    pub span: Span,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index of its paragraph (line).
    pub paragraph: u32,
}

impl Sentence {
    /// Its tokens' indexes.
    pub fn tokens(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A tokenised text. Made by [`Pack::words`](crate::Pack::words); rooms may add hits of classes of their own.
#[derive(Debug)]
pub struct Words<'t> {
    /// The text itself.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its numbers, in order.
    pub numbers: Vec<Number>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) index: Vec<u32>,
    /// By token, the classes of its hits, a [`ClassId::bit`] each: most questions for a hit are answered by it.
    pub(crate) classes: Vec<u64>,
    /// By token, the stages of which some rule may begin there.
    pub(crate) begins: Vec<Stages>,
    /// By class, the stages of which some rule begins with it.
    pub(crate) class_begins: Arc<Vec<Stages>>,
    /// The stages that were compiled when the text was made.
    pub(crate) stages: Stages,
}

impl<'t> Words<'t> {
    /// Adds hits (of classes that a room found) in their places. Call once a room, with all of its hits.
    pub fn add(&mut self, hits: impl IntoIterator<Item = Hit>) {
        let mut new: Vec<Hit> = hits.into_iter().collect();
        if new.is_empty() {
            return;
        }
        // Rooms find them in a few runs that are sorted already.
        new.sort();
        let mut merged = Vec::with_capacity(self.hits.len() + new.len());
        let mut done = 0;
        // The index of the tokens before `counted` says how many hits are new before them; `old` is what the last of them said.
        let (mut counted, mut added, mut old) = (0, 0, 0);
        for hit in new {
            self.begins[hit.start as usize] |= of_class(&self.class_begins, hit.class);
            self.classes[hit.start as usize] |= hit.class.bit();
            // The index leads to the few hits of the same token, so that the many old ones are copied, not compared.
            let token = hit.start as usize;
            if counted <= token {
                old = self.index[token] as usize;
                self.index[counted..=token].iter_mut().for_each(|first| *first += added);
                counted = token + 1;
            }
            let from = old.max(done);
            let to = self.index[token + 1] as usize;
            let at = from + self.hits[from..to].partition_point(|known| *known < hit);
            merged.extend_from_slice(&self.hits[done..at]);
            done = at;
            if merged.last() != Some(&hit) && self.hits.get(at) != Some(&hit) {
                merged.push(hit);
                added += 1;
            }
        }
        self.index[counted..].iter_mut().for_each(|first| *first += added);
        merged.extend_from_slice(&self.hits[done..]);
        self.hits = merged;
    }

    /// Hits that start at a token, shorter first.
    pub fn hits_at(&self, token: usize) -> &[Hit] {
        match (self.index.get(token), self.index.get(token + 1)) {
            (Some(&a), Some(&b)) => &self.hits[a as usize..b as usize],
            _ => &[],
        }
    }

    /// All hits, by start.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The longest hit of a class at a token.
    #[inline]
    pub fn hit(&self, token: usize, class: ClassId) -> Option<Hit> {
        self.hits_of(token, class).next_back().copied()
    }

    /// The hits of a class at a token, shorter first.
    #[inline]
    pub fn hits_of(&self, token: usize, class: ClassId) -> impl DoubleEndedIterator<Item = &Hit> {
        let here = match self.may_have(token, class) {
            true => self.hits_at(token),
            false => &[],
        };
        here.iter().filter(move |h| h.class == class)
    }

    /// A hit of a class may start at a token; a no is sure.
    #[inline]
    fn may_have(&self, token: usize, class: ClassId) -> bool {
        self.classes
            .get(token)
            .is_some_and(|classes| classes & class.bit() != 0)
    }

    /// All hits of a class, by start, shorter first.
    pub fn every(&self, class: ClassId) -> impl Iterator<Item = Hit> {
        let starts = (0..self.tokens.len()).filter(move |&token| self.may_have(token, class));
        starts.flat_map(move |token| self.hits_of(token, class)).copied()
    }

    /// The longest hit of a class at each token that has one, in order.
    pub fn all_of(&self, class: ClassId) -> impl Iterator<Item = Hit> {
        (0..self.tokens.len()).filter_map(move |token| self.hit(token, class))
    }

    /// Bytes covered by tokens `start..end`; empty at the text's end where the range is empty.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match (
            self.tokens.get(start),
            end.checked_sub(1).and_then(|e| self.tokens.get(e)),
        ) {
            (Some(a), Some(b)) if end > start => a.span.cover(b.span),
            (Some(a), _) => Span::new(a.span.start as usize, a.span.start as usize),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// The words of tokens `start..end`.
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        let span = self.span(start, end);
        &self.text[span.range()]
    }

    /// The word of one token as written; empty beyond the end.
    pub fn word(&self, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |t| &self.text[t.span.range()])
    }

    /// The id of one token's word.
    pub fn id(&self, token: usize) -> WordId {
        self.tokens.get(token).map_or(WordId::UNKNOWN, |t| t.word)
    }

    /// The first hit of a class that ends right before token `end`, of those that begin at `from` or behind.
    pub fn ending_at(&self, end: u32, class: ClassId, from: u32) -> Option<Hit> {
        let mut starts = from as usize..end as usize;
        starts.find_map(|at| self.hits_of(at, class).find(|h| h.end == end).copied())
    }

    /// One past an owner's ending that begins at a token: an apostrophe that is glued to the word before, and its "s" ("Kenya's",
    /// "victims'").
    pub fn owner_end(&self, token: usize) -> Option<usize> {
        let glued = |at: usize| self.tokens.get(at).is_some_and(|t| t.glued);
        if !glued(token) || !matches!(self.word(token), "'" | "’") {
            return None;
        }
        Some(token + 1 + usize::from(glued(token + 1) && self.word(token + 1) == "s"))
    }

    /// The token is an owner's ending, or the last of one.
    pub fn is_owner(&self, token: usize) -> bool {
        let behind = |before: usize| self.owner_end(before) == Some(token + 1);
        self.owner_end(token).is_some() || token.checked_sub(1).is_some_and(behind)
    }

    /// The token could be one syllable of Vietnamese: [`is_syllable`](crate::is_syllable).
    pub fn is_syllable(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.syllable)
    }

    /// The integer of a digit token.
    pub fn int(&self, token: usize) -> Option<u64> {
        self.tokens
            .get(token)
            .filter(|t| t.kind == TokenKind::Number)?
            .span
            .of(self.text)
            .parse()
            .ok()
    }

    /// Index of the first token that starts at or after a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| (t.span.start as usize) < byte)
    }

    /// Tokens that lie wholly inside a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.token_at(span.start as usize);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }

    /// The sentence of a token.
    pub fn sentence_of(&self, token: usize) -> Option<&Sentence> {
        self.sentences.get(self.tokens.get(token)?.sentence as usize)
    }

    /// The token stands first in its sentence (an opening quotation mark before it does not count).
    pub fn is_sentence_start(&self, token: usize) -> bool {
        let Some(sentence) = self.sentence_of(token) else {
            return false;
        };
        (sentence.start as usize..token).all(|t| self.tokens[t].kind == TokenKind::Mark)
    }
}

#[cfg(test)]
mod tests {
    use crate::{ClassId, Hit, Pack, PackFiles};

    const CLASSES: [ClassId; 4] = [ClassId(0), ClassId(1), ClassId(2), ClassId(65)];

    #[test]
    fn added_hits_stand_in_their_places_once() {
        let mut files = PackFiles::default();
        files.insert("xx/pack.toml", "name = \"test\"\n");
        let pack = Pack::load(&files, "xx").expect("loads");
        let mut words = pack.words("một hai ba bốn năm sáu");
        let mut all: Vec<Hit> = Vec::new();
        let mut state = 1u64;
        for round in 0..200 {
            let new: Vec<Hit> = (0..round % 7)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let start = (state >> 33) as u32 % 6;
                    Hit {
                        start,
                        end: start + 1,
                        // Two of them share a bit.
                        class: CLASSES[(state >> 40) as usize % CLASSES.len()],
                        value: (state >> 50) as u32 % 4,
                    }
                })
                .collect();
            all.extend(&new);
            all.sort_unstable();
            all.dedup();
            words.add(new);
            assert_eq!(words.hits(), all);
            for token in 0..6 {
                let here: Vec<Hit> = all.iter().filter(|h| h.start == token).copied().collect();
                assert_eq!(words.hits_at(token as usize), here);
            }
            for class in CLASSES {
                let of: Vec<Hit> = all.iter().filter(|h| h.class == class).copied().collect();
                assert_eq!(words.every(class).collect::<Vec<_>>(), of);
                for token in 0..6 {
                    let longest = of.iter().rfind(|h| h.start == token).copied();
                    assert_eq!(words.hit(token as usize, class), longest);
                    let before = of.iter().find(|h| h.end == token && h.start >= 1).copied();
                    assert_eq!(words.ending_at(token, class, 1), before);
                }
                let longest = (0..6).filter_map(|token| words.hit(token, class));
                assert!(words.all_of(class).eq(longest));
            }
        }
    }
}
