//! Tokens: runs of letters, runs of digits, single marks. With the white space between them they tile the text exactly.

use crate::letters::{is_letter, is_plain, is_upper};
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
    while let Some((first, width)) = char_at(text, at) {
        let start = at;
        at += width;
        if first.is_whitespace() || is_invisible(first) {
            glued = glued && is_invisible(first);
            continue;
        }
        let mut plain = is_plain(first);
        let (kind, caps) = if first.is_ascii_digit() {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            (TokenKind::Number, Caps::None)
        } else if is_letter(first) {
            let (mut letters, mut upper) = (1u32, u32::from(is_upper(first)));
            while let Some((c, width)) = char_at(text, at) {
                if is_plain(c) && !c.is_ascii_digit() {
                    letters += 1;
                    at += width;
                    continue;
                }
                if !(is_letter(c) || is_combining(c)) {
                    break;
                }
                // A lower-case letter followed by a capital is two words glued by a scraper ("PhươngTheo"), except in
                // the short prefixes of names (McCain, DeVos, iPhone): those have at most three letters before.
                if is_upper(c) && upper < letters && letters > 3 {
                    break;
                }
                letters += u32::from(is_letter(c));
                upper += u32::from(is_upper(c));
                plain = false;
                at += width;
            }
            let caps = match (is_upper(first), letters > 1 && letters == upper) {
                (_, true) => Caps::All,
                (true, false) => Caps::Initial,
                (false, false) => Caps::None,
            };
            (TokenKind::Word, caps)
        } else {
            plain = first.is_ascii();
            (TokenKind::Mark, Caps::None)
        };
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

/// The character at a byte and its bytes.
#[inline]
fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    match *text.as_bytes().get(at)? {
        b @ 0..=0x7f => Some((b as char, 1)),
        _ => text[at..].chars().next().map(|c| (c, c.len_utf8())),
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Zero-width marks that scrapers leave inside and between words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
