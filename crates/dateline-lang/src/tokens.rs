//! Tokens: runs of letters, runs of digits, single marks. With the white space between them they tile the text exactly.

use crate::letters::{CharTraits, point_at, small_letters};
use crate::vocabulary::WordId;
use dateline_model::Span;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caps {
    /// No capital at the start ("nga"), or no letter at all.
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
    /// Index of its sentence.
    pub sentence: u32,
}

/// Cuts `text` into tokens; `word` names each lower-cased one. `sentence` is left 0.
pub(crate) fn tokenize(text: &str, mut word: impl FnMut(&str) -> WordId) -> Vec<Token> {
    tokenize_plain(text, |piece, _| word(piece))
}

/// The same; `word` is told, too, that a token is its own lower case. (It may be so where it is told not to.)
pub(crate) fn tokenize_plain(text: &str, mut word: impl FnMut(&str, bool) -> WordId) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 4 + 8);
    let mut glued = false;
    let mut at = 0;
    while let Some((first, width)) = point_at(bytes, at) {
        let start = at;
        at += width;
        if first == u32::from(b' ') {
            glued = false;
            continue;
        }
        let traits = CharTraits::of(first);
        if !traits.any(CharTraits::LETTER) && is_blank(first) {
            glued = glued && is_invisible(first);
            continue;
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
            sentence: 0,
        });
        glued = true;
    }
    tokens
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
        let tokens = tokenize(text, |_| WordId::UNKNOWN);
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
