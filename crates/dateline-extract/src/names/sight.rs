//! How the words of a report are written: with a capital or without, in plain sentences or in title case.
//!
//! Takes: words, blocks. Gives: counts by word, sentences whose capitals say nothing. Never: says what a name is.

use super::{Finder, fold};
use dateline_lang::{Caps, Hit, Token, TokenKind, Words, is_odd_small, push_lower};
use dateline_model::{BlockKind, Document, Span};
use rapidhash::RapidHashMap;
use std::num::NonZeroU32;

/// How often a word stands in the text with a capital inside a sentence, and in lower case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub inside: u32,
    /// With a capital where every word has one.
    pub opens: u32,
    pub lower: u32,
}

/// The same of all words, by the numbers of their forms, or by their small letters.
#[derive(Debug, Default)]
struct SeenWords {
    forms: RapidHashMap<NonZeroU32, Seen>,
    /// Where the numbers of those forms are, many to a bit: nearly every word in lower case is none of them.
    few: [u64; FEW],
    other: RapidHashMap<String, Seen>,
    /// Words with marks, as they are without: "Chérizier" is "Cherizier" elsewhere in the report.
    folded: RapidHashMap<String, Seen>,
    small: String,
}

/// Numbers of 64 bits in [`SeenWords::few`]. Chosen: a report has some hundred words with a capital, and 2,048 bits keep most
/// others apart from them.
const FEW: usize = 32;

/// Where a form's bit stands in [`SeenWords::few`]; all words without a number share one.
fn place(form: Option<NonZeroU32>) -> (usize, u64) {
    let number = form.map_or(0, NonZeroU32::get);
    (number as usize / 64 % FEW, 1 << (number % 64))
}

impl SeenWords {
    /// One more with a capital, inside a sentence or where every word has one; in a headline it is neither. `folds`: marks do not
    /// make another word of it.
    fn capital(&mut self, words: &Words<'_>, at: usize, inside: Option<bool>, folds: bool) {
        let form = words.tokens[at].form;
        let folds = folds && !words.word(at).is_ascii();
        if folds || form.is_none() {
            lower(words.word(at), &mut self.small);
        }
        let (few, bit) = place(form);
        self.few[few] |= bit;
        let entry = match form {
            Some(form) => self.forms.entry(form).or_default(),
            None => self.other.entry(self.small.clone()).or_default(),
        };
        entry.inside += u32::from(inside == Some(true));
        entry.opens += u32::from(inside == Some(false));
        if folds {
            self.folded.entry(fold::fold(&self.small)).or_default().inside += u32::from(inside == Some(true));
        }
    }

    /// The word of a token may stand with a capital somewhere; a no is sure.
    #[inline]
    fn may_know(&self, token: &Token) -> bool {
        let (few, bit) = place(token.form);
        self.few[few] & bit != 0 || !self.folded.is_empty()
    }

    /// One more in lower case: counted where the word stands with a capital somewhere.
    fn lower(&mut self, words: &Words<'_>, at: usize) {
        let entry = match words.tokens[at].form {
            Some(form) => self.forms.get_mut(&form),
            None => self.other.get_mut(words.word(at)),
        };
        entry.into_iter().for_each(|e| e.lower += 1);
        if !self.folded.is_empty()
            && let Some(entry) = self.folded.get_mut(words.word(at))
        {
            entry.lower += 1;
        }
    }

    fn get(&self, words: &Words<'_>, at: usize) -> Seen {
        let form = words.tokens.get(at).and_then(|t| t.form);
        let mut small = String::new();
        if form.is_none() || !self.folded.is_empty() {
            lower(words.word(at), &mut small);
        }
        let own = match form {
            Some(form) => self.forms.get(&form),
            None => self.other.get(small.as_str()),
        };
        let (own, folded) = (own.copied(), self.folded.get(small.as_str()).copied());
        let (own, folded) = (own.unwrap_or_default(), folded.unwrap_or_default());
        Seen {
            inside: own.inside + folded.inside,
            opens: own.opens,
            lower: own.lower.max(folded.lower),
        }
    }
}

/// What a report shows of its words.
#[derive(Debug)]
pub(super) struct Sight {
    seen: SeenWords,
    /// Sentences written in title case or in capitals.
    headlines: Vec<bool>,
}

impl Sight {
    /// Looks at a report once.
    pub(super) fn of(finder: &Finder, words: &Words<'_>, document: &Document) -> Sight {
        let headlines = headlines(finder, words, document);
        let mut seen = SeenWords::default();
        for (at, token) in words.tokens.iter().enumerate() {
            if token.kind != TokenKind::Word || token.caps == Caps::None {
                continue;
            }
            if headlines[token.sentence as usize] {
                if !finder.habits.syllables {
                    seen.capital(words, at, None, true);
                }
            } else {
                // "alias “Toro” fled": the quotation marks begin nothing.
                let cue = |h: &Hit| h.end as usize + 1 == at;
                let cued = |t: usize| words.hits_of(t, finder.classes.alias_cue).any(cue);
                let quoted = at > 1
                    && matches!(words.word(at - 1), "\"" | "“" | "‘" | "'")
                    && (at.saturating_sub(4)..at - 1).any(cued);
                // In Vietnamese a mark makes another word.
                let inside = quoted || !finder.opens(words, at);
                seen.capital(words, at, Some(inside), !finder.habits.syllables);
            }
        }
        // Only words that stand with a capital somewhere are asked for.
        for (at, token) in words.tokens.iter().enumerate() {
            if seen.may_know(token) && token.kind == TokenKind::Word && token.caps == Caps::None {
                seen.lower(words, at);
            }
        }
        Sight { seen, headlines }
    }

    /// How a word is written elsewhere.
    pub(super) fn word(&self, words: &Words<'_>, at: u32) -> Seen {
        self.seen.get(words, at as usize)
    }

    /// The token stands in a sentence in title case or in capitals.
    pub(super) fn is_headline(&self, words: &Words<'_>, at: u32) -> bool {
        self.headlines[words.tokens[at as usize].sentence as usize]
    }

    /// The text writes the word with a capital inside its sentences, and never in lower case.
    pub(super) fn is_named(&self, words: &Words<'_>, at: u32) -> bool {
        let seen = self.word(words, at);
        seen.inside > 0 && seen.lower == 0
    }

    /// The word begins a sentence of the text, and stands nowhere in lower case.
    pub(super) fn may_lead(&self, words: &Words<'_>, at: u32) -> bool {
        let seen = self.word(words, at);
        seen.opens > 0 && seen.lower == 0
    }
}

/// The lower case of a word, as [`str::to_lowercase`] has it.
fn lower(word: &str, out: &mut String) {
    out.clear();
    if !word.is_ascii() && is_odd_small(word) {
        out.push_str(&word.to_lowercase());
    } else {
        word.chars().for_each(|c| push_lower(c, out));
    }
}

/// Sentences whose capitals say nothing: headlines in title case, lines in capitals.
fn headlines(finder: &Finder, words: &Words<'_>, document: &Document) -> Vec<bool> {
    // Blocks and sentences are both in order.
    let heads: Vec<Span> = document
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Subhead))
        .map(|b| b.span)
        .collect();
    words
        .sentences
        .iter()
        .map(|s| {
            let (mut capitals, mut all, mut long) = (0u32, 0u32, 0u32);
            for t in s.tokens() {
                let token = &words.tokens[t];
                // Only words have capitals; without a branch, which none would foresee.
                let counts = token.kind == TokenKind::Word && token.span.len() >= 4;
                long += u32::from(counts);
                capitals += u32::from(counts & (token.caps != Caps::None));
                all += u32::from(counts & (token.caps == Caps::All));
            }
            let heading = heads[..heads.partition_point(|h| h.start <= s.span.start)]
                .last()
                .is_some_and(|h| h.contains(s.span));
            let ends = words.text[..s.span.end as usize].ends_with(['.', '!', '?', '"', '”', ':', ';']);
            long >= 3 && all * 10 >= long * 9
                || finder.habits.title_case && long >= 4 && capitals * 10 >= long * 7 && (heading || !ends)
        })
        .collect()
}
