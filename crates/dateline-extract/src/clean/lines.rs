//! The content as received, line by line, in NFC, each line knowing where it came from.

use super::injected;
use super::phrases::{Hits, Phrases};
use super::words::Shape;
use dateline_model::{BlockKind, Span};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// What the markup said about a line; text without markup says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing.
    None,
    /// A heading; the number is its level.
    Heading(u8),
    /// An item of a list.
    List,
    /// A quotation.
    Quote,
    /// An image, or words under it.
    Caption,
    /// The whole line is a link to somewhere else.
    Link,
}

impl Hint {
    /// The kind of block that the markup asked for.
    pub(super) fn kind(self) -> Option<BlockKind> {
        match self {
            Hint::Heading(_) => Some(BlockKind::Subhead),
            Hint::List => Some(BlockKind::List),
            Hint::Quote => Some(BlockKind::Quote),
            Hint::None | Hint::Caption | Hint::Link => None,
        }
    }
}

/// One line: its words in NFC, trimmed, and its place.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// NFC, trimmed, never empty.
    pub(super) text: Cow<'a, str>,
    /// Bytes of the content as received, trimmed; `None` for HTML.
    pub(super) source: Option<Span>,
    /// `text` is exactly the source slice.
    pub(super) exact: bool,
    /// What the markup said.
    pub(super) hint: Hint,
    /// What it looks like.
    pub(super) shape: Shape,
    /// What the phrases say.
    pub(super) hits: Hits,
}

/// White space and invisible marks that never belong to a line's words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{0}')
}

/// `text` in NFC and without what was put into its words, borrowed where it is so already.
pub(super) fn nfc<'a>(text: &'a str) -> Cow<'a, str> {
    if dateline_lang::is_surely_nfc(text) {
        return Cow::Borrowed(text);
    }
    let compose = |text: Cow<'a, str>| -> Cow<'a, str> {
        match text {
            Cow::Borrowed(text) => ComposingNormalizerBorrowed::new_nfc().normalize(text),
            Cow::Owned(text) => Cow::Owned(ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned()),
        }
    };
    let mut text = compose(Cow::Borrowed(text));
    // Composing makes letters that look like others; taking a picture out from between a letter and its mark lets them compose.
    for _ in 0..COMPOSED {
        match injected::without(&text) {
            Cow::Borrowed(_) => break,
            Cow::Owned(clean) => text = compose(Cow::Owned(clean)),
        }
    }
    text
}

/// How often a line is looked at again for what was put into its words. What one look lets compose, the next one reads; made-up input
/// may nest pictures and marks, real one does not.
const COMPOSED: usize = 4;

impl<'a> Line<'a> {
    /// A line of `text` (any form, trimmed here); `None` where nothing is left.
    pub(super) fn new(text: Cow<'a, str>, source: Option<Span>, exact: bool, phrases: &Phrases) -> Option<Line<'a>> {
        let trimmed = text.trim_matches(is_blank);
        if trimmed.is_empty() {
            return None;
        }
        let (text, exact, source) = if trimmed.len() == text.len() {
            (text, exact, source)
        } else {
            let lead = trimmed.as_ptr() as usize - text.as_ptr() as usize;
            let end = lead + trimmed.len();
            let source = match source {
                Some(s) if exact => Some(Span::new(s.start as usize + lead, s.start as usize + end)),
                other => other,
            };
            let text = match text {
                Cow::Borrowed(t) => Cow::Borrowed(&t[lead..end]),
                Cow::Owned(t) => Cow::Owned(t[lead..end].to_string()),
            };
            (text, exact, source)
        };
        let (text, exact) = match nfc(&text) {
            Cow::Borrowed(same) if same.len() == text.len() => (text, exact),
            other => (Cow::Owned(other.into_owned()), false),
        };
        let shape = Shape::of(&text);
        let hits = phrases.hits(&text, &shape);
        Some(Line {
            text,
            source,
            exact,
            hint: Hint::None,
            shape,
            hits,
        })
    }

    /// Place of `start..end` of the line's text in the content as received; the whole line where that is not exact.
    pub(super) fn place(&self, start: usize, end: usize) -> Option<Span> {
        let source = self.source?;
        Some(if self.exact {
            Span::new(source.start as usize + start, source.start as usize + end)
        } else {
            source
        })
    }

    /// The line without what stands outside `start..end`.
    pub(super) fn cut(&self, start: usize, end: usize, phrases: &Phrases) -> Option<Line<'a>> {
        let text = self.text[start..end].to_string();
        let mut line = Line::new(Cow::Owned(text), self.place(start, end), self.exact, phrases)?;
        line.hint = self.hint;
        Some(line)
    }
}

/// The lines of plain text.
pub(super) fn split<'a>(text: &'a str, phrases: &Phrases) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut start = 0;
    for end in line_ends(text.as_bytes()) {
        let piece = Cow::Borrowed(&text[start..end]);
        lines.extend(Line::new(piece, Some(Span::new(start, end)), true, phrases));
        start = end;
    }
    lines
}

/// One past each break of a text of any origin, and its end.
pub(super) fn line_ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // Where breaks of one byte stand, and where those of several begin; both at once would be too many for one look.
    let mut common = memchr::memchr3_iter(b'\n', b'\r', 0xe2, bytes).peekable();
    let mut rare = memchr::memchr3_iter(0xb, 0xc, 0xc2, bytes).peekable();
    let mut last = 0;
    std::iter::from_fn(move || {
        loop {
            let next = match (common.peek(), rare.peek()) {
                (Some(a), Some(b)) if b < a => rare.next(),
                (Some(_), _) => common.next(),
                (None, _) => rare.next(),
            };
            let Some(at) = next else {
                let rest = last < bytes.len();
                last = bytes.len();
                return rest.then_some(last);
            };
            last = match bytes[at..] {
                [b'\n'..=b'\r', ..] => at + 1,
                [0xc2, 0x85, ..] => at + 2,
                [0xe2, 0x80, 0xa8 | 0xa9, ..] => at + 3,
                _ => continue,
            };
            return Some(last);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let phrases = Phrases::default();
        let lines = split(text, &phrases);
        let got: Vec<_> = lines.iter().map(|l| l.text.as_ref()).collect();
        assert_eq!(got, expected, "{text:?}");
        for line in &lines {
            let slice = line.source.expect("text has places").of(text);
            assert_eq!(nfc(slice), line.text, "the span covers the line");
            assert_eq!(line.exact, slice == line.text);
        }
    }

    #[test]
    fn lines_are_trimmed_and_keep_their_inner_spacing() {
        check(
            "\u{feff}  một  hai\r\n\r\n ba\u{a0} bốn \n",
            &["một  hai", "ba\u{a0} bốn"],
        );
    }

    fn is_break(c: char) -> bool {
        matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    }

    #[test]
    fn every_break_ends_a_line() {
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            let text = format!("ab{c}cd");
            let mut ends = vec![text.len()];
            if is_break(c) {
                ends.insert(0, 2 + c.len_utf8());
            }
            assert!(line_ends(text.as_bytes()).eq(ends), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn a_line_that_was_cleaned_stays_as_it_is() {
        // A letter that only becomes one of the look-alikes when it is composed, behind a picture and without one.
        for text in ["A🌀aÀ\u{1f71}", "Ha\u{3b1}\u{301}i", "xo\u{3b1}🌀\u{301}n"] {
            let once = nfc(text).into_owned();
            assert_eq!(nfc(&once), once, "{text:?}");
        }
    }

    #[test]
    fn lines_in_nfd_keep_the_place_of_what_was_received() {
        check("To\u{302}i  \nHa\u{300} No\u{323}\u{302}i", &["Tôi", "Hà Nội"]);
    }
}
