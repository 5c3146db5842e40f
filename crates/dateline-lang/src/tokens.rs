//! Tokens: runs of letters, runs of digits, single marks. With the white space between them they tile the text exactly.

use crate::fold::is_syllable;
use crate::letters::{CharTraits, is_odd_small, point_at, push_lower, small_letters};
use crate::vocabulary::{Folded, WordId};
use crate::writing::{Writing, packed, written};
use dateline_model::Span;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::num::NonZeroU32;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters (and combining marks).
    Word,
    /// ASCII digits.
    Number,
    /// One mark of punctuation or one symbol.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caps {
    /// No capital at the start ("nga"), or no letter at all.
    #[default]
    None,
    /// Capital first letter, others not all capitals ("Nga", "McCain").
    Initial,
    /// Two or more letters, all capitals ("NATO").
    All,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// Its lower-case word in the pack's vocabulary; [`WordId::UNKNOWN`] where no rule or list knows it.
    pub word: WordId,
    /// Made of what.
    pub kind: TokenKind,
    /// Written how.
    pub caps: Caps,
    /// No white space stands between it and the token before.
    pub glued: bool,
    /// A word that could be one syllable of Vietnamese ([`is_syllable`]).
    pub syllable: bool,
    /// The number of its word in small letters among the [`Forms`] it was read with: in one text, a word has one number or none
    /// wherever it stands, and rooms may keep what they know of it by that. Long words, those beyond the room of `Forms`, and
    /// those whose small letters are odd ([`is_odd_small`]) have none.
    pub form: Option<NonZeroU32>,
    /// Index of its sentence.
    pub sentence: u32,
}

/// Words as they are written, with what a pack knows of them: kept by a thread from text to text, for one pack, since a thread
/// reads the same few thousand words again and again. What is kept is a pure function of the word: nothing that is found in a
/// text depends on the texts before it.
#[derive(Debug, Default)]
pub struct Forms {
    kept: HashMap<Writing, Form, BuildHasherDefault<Folded>>,
    count: u32,
}

/// What a token is told of its word.
#[derive(Clone, Copy, Debug)]
struct Form {
    word: WordId,
    caps: Caps,
    syllable: bool,
    number: Option<NonZeroU32>,
}

/// Writings that are kept. Chosen: more than the words of a newspaper's year that are read often, some two megabytes; a text made
/// of words that collide costs no more than to compare each with all of them.
const MOST_KEPT: usize = 1 << 15;

impl Forms {
    /// The greatest number that a word may have.
    pub const MOST: usize = MOST_KEPT;

    /// It keeps no more words: new ones will do better, for the next text may be in other words.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= MOST_KEPT
    }

    fn get(&self, writing: Writing) -> Option<Form> {
        self.kept.get(&writing).copied()
    }

    /// Keeps a token's word, where there is room, and gives its number. A word that has none has none in all of a text: there is
    /// no room for any new one from the first that found none.
    fn keep(&mut self, written: &str, token: &Token) -> Option<NonZeroU32> {
        if !written.is_ascii() && is_odd_small(written) {
            return None;
        }
        let mut small = String::with_capacity(written.len());
        written.chars().for_each(|c| push_lower(c, &mut small));
        let small = packed(&small)?;
        let mut form = Form {
            word: token.word,
            caps: token.caps,
            syllable: token.syllable,
            number: None,
        };
        form.number = match self.get(small) {
            Some(known) => known.number,
            None if self.is_full() => None,
            None => {
                self.count += 1;
                let number = NonZeroU32::new(self.count);
                let caps = Caps::None;
                self.kept.insert(small, Form { caps, number, ..form });
                number
            }
        };
        if let Some(writing) = packed(written).filter(|&w| w != small)
            && form.number.is_some()
            && !self.is_full()
        {
            self.kept.insert(writing, form);
        }
        form.number
    }
}

/// Cuts `text` into tokens; `word` names each, and is told whether a token is its own lower case. (It may be so where it is told
/// not to.) Words that `forms` keeps are not named again. `sentence` is left 0.
pub(crate) fn tokenize_known(text: &str, forms: &mut Forms, mut word: impl FnMut(&str, bool) -> WordId) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4 + 8);
    let (mut at, mut glued) = (0, false);
    while at < bytes.len() {
        if let Some((writing, length)) = written(bytes, at)
            && let Some(form) = forms.get(writing)
        {
            tokens.push(Token {
                span: Span::new(at, at + length),
                word: form.word,
                kind: TokenKind::Word,
                caps: form.caps,
                glued,
                syllable: form.syllable,
                form: form.number,
                sentence: 0,
            });
            at += length;
            glued = bytes.get(at) != Some(&b' ');
            at += usize::from(!glued);
            continue;
        }
        let before = tokens.len();
        (at, glued) = read_token(text, at, glued, &mut tokens, &mut word);
        let Some(token) = tokens.get_mut(before).filter(|t| t.kind == TokenKind::Word) else {
            continue;
        };
        let piece = token.span.of(text);
        token.syllable = is_syllable(piece);
        token.form = forms.keep(piece, token);
    }
    tokens
}

/// The same without anything kept.
pub(crate) fn tokenize(text: &str, word: impl FnMut(&str, bool) -> WordId) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize_into(text, &mut tokens, word);
    tokens
}

/// The same, appended to other tokens.
pub(crate) fn tokenize_into(text: &str, tokens: &mut Vec<Token>, mut word: impl FnMut(&str, bool) -> WordId) {
    let (mut at, mut glued) = (0, false);
    while at < text.len() {
        (at, glued) = read_token(text, at, glued, tokens, &mut word);
    }
}

/// Reads the token that begins at a byte, or the white space there, letter by letter: where it ends, and whether what follows is
/// glued to it.
fn read_token(
    text: &str,
    start: usize,
    glued: bool,
    tokens: &mut Vec<Token>,
    word: &mut impl FnMut(&str, bool) -> WordId,
) -> (usize, bool) {
    let bytes = text.as_bytes();
    let Some((first, width)) = point_at(bytes, start) else {
        return (text.len(), glued);
    };
    let mut at = start + width;
    if first == u32::from(b' ') {
        return (at, false);
    }
    let traits = CharTraits::of(first);
    if !traits.any(CharTraits::LETTER) && is_blank(first) {
        return (at, glued && is_invisible(first));
    }
    let mut all = traits;
    let (kind, caps) = if (0x30..0x3a).contains(&first) {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (TokenKind::Number, Caps::None)
    } else if traits.any(CharTraits::LETTER) {
        let first_upper = traits.any(CharTraits::UPPER);
        let (mut letters, mut upper) = (1u32, u32::from(first_upper));
        loop {
            let (run, width) = small_letters(bytes, at);
            if run > 0 {
                letters += run as u32;
                all = all.and(CharTraits::SMALL);
                at += width;
            }
            let Some((point, width)) = point_at(bytes, at) else {
                break;
            };
            let traits = CharTraits::of(point);
            if traits.any(CharTraits::LETTER) {
                // A lower-case letter followed by a capital is two words glued by a scraper ("PhươngTheo"), except in
                // the short prefixes of names (McCain, DeVos, iPhone): those have at most three letters before.
                let is_upper = traits.any(CharTraits::UPPER);
                if is_upper && upper < letters && letters > 3 {
                    break;
                }
                letters += 1;
                upper += u32::from(is_upper);
            } else if !is_combining(point) {
                break;
            }
            all = all.and(traits);
            at += width;
        }
        let caps = match (first_upper, letters > 1 && letters == upper) {
            (_, true) => Caps::All,
            (true, false) => Caps::Initial,
            (false, false) => Caps::None,
        };
        (TokenKind::Word, caps)
    } else {
        (TokenKind::Mark, Caps::None)
    };
    let plain = all.any(CharTraits::PLAIN) || kind == TokenKind::Mark && first < 0x80;
    tokens.push(Token {
        span: Span::new(start, at),
        word: word(&text[start..at], plain),
        kind,
        caps,
        glued,
        syllable: false,
        form: None,
        sentence: 0,
    });
    (at, true)
}

/// White space, or a mark without width.
fn is_blank(point: u32) -> bool {
    is_invisible(point) || char::from_u32(point).is_some_and(char::is_whitespace)
}

fn is_combining(point: u32) -> bool {
    matches!(point, 0x300..=0x36f)
}

/// Zero-width marks that scrapers leave inside and between words.
fn is_invisible(point: u32) -> bool {
    matches!(point, 0x200b..=0x200f | 0x202a..=0x202e | 0x2060 | 0xfeff | 0xad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::is_letter;

    fn check(text: &str, expected: &str) {
        let tokens = tokenize(text, |_, _| WordId::UNKNOWN);
        let words: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(words.join("|"), expected);
        let (mut at, mut rebuilt) = (0, String::new());
        for t in &tokens {
            rebuilt.push_str(&text[at..t.span.end as usize]);
            at = t.span.end as usize;
        }
        rebuilt.push_str(&text[at..]);
        assert_eq!(rebuilt, text, "tokens and what lies between them tile the text");
    }

    #[test]
    fn words_that_are_kept_are_read_as_at_first() {
        let text = "Hà Nội, hà nội; “mưa” PhươngTheo và-và 16h30 NATO, Ðà\u{a0}Nẵng e\u{301}m mưa… Đường đường to quá đi mất thôi";
        let word = |w: &str, _: bool| WordId(w.to_lowercase().bytes().map(u32::from).sum::<u32>());
        let bare = |mut t: Token| {
            (t.form, t.syllable) = (None, false);
            t
        };
        let plain = tokenize(text, word);
        let mut forms = Forms::default();
        let first = tokenize_known(text, &mut forms, word);
        let again = tokenize_known(text, &mut forms, |w, plain| {
            assert!(w.len() > 4 || !w.starts_with('m'), "{w} is kept");
            word(w, plain)
        });
        for (n, token) in plain.iter().enumerate() {
            assert_eq!((bare(first[n]), bare(again[n])), (*token, *token));
            assert_eq!(first[n].syllable, again[n].syllable);
        }
        let number = |w: &str| again.iter().find(|t| t.span.of(text) == w).and_then(|t| t.form);
        assert!(number("Hà").is_some() && number("Hà") == number("hà") && number("Hà") != number("nội"));
        assert!(number("Đường").is_some() && number("Đường") == number("đường"));
        assert!(number("NATO").is_some());
        // Their small letters are those of other words, too: "i\u{307}" is two signs, and a sigma is written in two ways.
        for odd in ["İran", "i\u{307}ran", "ΟΔΟΣ", "οδος", "οδοσ"] {
            assert!(
                tokenize_known(odd, &mut forms, word).iter().all(|t| t.form.is_none()),
                "{odd}"
            );
        }
    }

    #[test]
    fn digits_letters_and_marks_are_apart() {
        check("Sáng 27/9, 2.000 lính", "Sáng|27|/|9|,|2|.|000|lính");
        check("lúc 16h30 giờ Hà Nội", "lúc|16|h|30|giờ|Hà|Nội");
        check("O'Brien's Su-25", "O|'|Brien|'|s|Su|-|25");
    }

    #[test]
    fn the_short_way_to_letters_is_that_of_unicode() {
        assert!(
            (0..0x3000)
                .filter_map(char::from_u32)
                .all(|c| is_letter(c) == c.is_alphabetic())
        );
    }

    #[test]
    fn words_glued_by_a_scraper_are_cut() {
        check("Lan PhươngTheo AFP", "Lan|Phương|Theo|AFP");
        check("McCain", "McCain");
    }
}
