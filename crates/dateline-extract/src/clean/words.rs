//! The words of a line: hashed for look-ups, with what their letters look like.

use dateline_lang::{
    CharTraits, SPREAD, mix, packed, point_at, push_lower, small_behind_first, small_letters, written,
};
use rapidhash::v3::rapidhash_v3;

/// Words of one line that are looked at; a longer line is prose by its length alone.
///
/// Chosen, not measured. Bounds the work on a line of 100 MB; lower would blind the vocabulary of very long paragraphs.
const WORD_LIMIT: usize = 2_000;

/// A run of letters and digits. A capital after a small letter begins a new word: scraping glues lines together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Hash of the small letters.
    pub(super) hash: u64,
    /// First byte in the line.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// All its letters are capitals.
    pub(super) upper: bool,
    /// Made of digits only.
    pub(super) digits: bool,
    /// Stood glued to the word before.
    pub(super) glued: bool,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Full stop, exclamation or question mark.
    Sentence,
    /// Three dots.
    Ellipsis,
    /// Colon or semicolon.
    Colon,
    /// None of them.
    Open,
}

/// What a line looks like.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Its words, the first [`WORD_LIMIT`] of them.
    pub(super) words: Vec<Word>,
    /// Has more words than are kept.
    pub(super) long: bool,
    /// How it ends.
    pub(super) end: End,
    /// Ends with a question mark.
    pub(super) question: bool,
    /// Letters.
    pub(super) letters: usize,
    /// Hash of all its words, in order; equal lines have equal hashes.
    pub(super) hash: u64,
}

/// Hash of one word in small letters.
pub(super) fn word_hash(word: &str) -> u64 {
    if word.is_ascii() && word.len() <= 64 {
        let mut small = [0u8; 64];
        let small = &mut small[..word.len()];
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        std::str::from_utf8(small).map_or(0, small_hash)
    } else {
        let mut lower = String::with_capacity(word.len());
        word.chars().for_each(|c| push_lower(c, &mut lower));
        small_hash(&lower)
    }
}

/// The same of one that is in small letters.
fn small_hash(word: &str) -> u64 {
    match packed(word) {
        Some(short) => mix(short),
        None => rapidhash_v3(word.as_bytes()),
    }
}

fn is_mark(point: u32) -> bool {
    matches!(point, 0x300..=0x36f)
}

/// The words of `text`, at most [`WORD_LIMIT`], and whether there are more.
pub(super) fn words_of(text: &str) -> (Vec<Word>, bool) {
    let (words, long, _) = counted(text);
    (words, long)
}

/// The same, and how many letters the words have.
fn counted(text: &str) -> (Vec<Word>, bool, usize) {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity((text.len() / 5).min(WORD_LIMIT) + 2);
    let mut glued = false;
    let mut letters = 0;
    let mut at = 0;
    let inside = |point: u32, t: CharTraits| t.any(CharTraits::LETTER.or(CharTraits::NUMERIC)) || is_mark(point);
    while at < bytes.len() {
        // Nearly all words: small letters, behind a capital of English perhaps, and a sign that is no digit.
        if let Some((word, length)) = written(bytes, at)
            && !bytes[at + length].is_ascii_digit()
            && let Some(own) = small_behind_first(word)
        {
            let capital = bytes[at].is_ascii_uppercase();
            letters += own;
            words.push(Word {
                // The first byte's letter made small.
                hash: mix(word | if capital { 0x20 } else { 0 }),
                start: at as u32,
                end: (at + length) as u32,
                capital,
                upper: capital && own == 1,
                digits: false,
                glued,
            });
            at += length;
            glued = false;
            if words.len() >= WORD_LIMIT {
                return (words, true, letters);
            }
            at += usize::from(bytes[at] == b' ');
            continue;
        }
        let Some((point, width)) = point_at(bytes, at) else {
            break;
        };
        let first = CharTraits::of(point);
        let start = at;
        at += width;
        if !inside(point, first) {
            glued = false;
            continue;
        }
        let (mut any, mut all) = (first, first);
        let mut own = usize::from(first.any(CharTraits::LETTER));
        let mut small = first.any(CharTraits::LOWER);
        let mut cut = false;
        loop {
            let (run, width) = small_letters(bytes, at);
            if run > 0 {
                (any, all) = (any.or(CharTraits::SMALL), all.and(CharTraits::SMALL));
                (own, small) = (own + run, true);
                at += width;
            }
            let Some((point, width)) = point_at(bytes, at) else {
                break;
            };
            let t = CharTraits::of(point);
            cut = small && t.any(CharTraits::UPPER);
            if cut || !inside(point, t) {
                break;
            }
            (any, all) = (any.or(t), all.and(t));
            own += usize::from(t.any(CharTraits::LETTER));
            small = t.any(CharTraits::LOWER) || small && is_mark(point);
            at += width;
        }
        let piece = &text[start..at];
        let capital = first.any(CharTraits::UPPER);
        words.push(Word {
            hash: if all.any(CharTraits::PLAIN) {
                small_hash(piece)
            } else {
                word_hash(piece)
            },
            start: start as u32,
            end: at as u32,
            capital,
            upper: capital && !any.any(CharTraits::LOWER),
            digits: all.any(CharTraits::NUMERIC),
            glued,
        });
        letters += own;
        glued = cut;
        if at < bytes.len() && words.len() >= WORD_LIMIT {
            return (words, true, letters);
        }
    }
    (words, false, letters)
}

impl Shape {
    /// Looks at a trimmed line.
    pub(super) fn of(text: &str) -> Shape {
        let (words, long, letters) = counted(text);
        let closed = text.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | '/')
        });
        let last = closed.chars().next_back();
        let end = match last {
            Some('…') => End::Ellipsis,
            Some('.') if closed.ends_with("...") || closed.ends_with("..") => End::Ellipsis,
            Some('.' | '!' | '?' | '。') => End::Sentence,
            Some(':' | ';') => End::Colon,
            _ => End::Open,
        };
        let letters = if long { text.len() } else { letters };
        let hash = if long {
            rapidhash_v3(text.as_bytes())
        } else {
            words.iter().fold(words.len() as u64, |h, w| {
                (h ^ w.hash).rotate_left(23).wrapping_mul(SPREAD)
            })
        };
        Shape {
            words,
            long,
            end,
            question: last == Some('?'),
            letters,
            hash,
        }
    }

    /// How many words are known.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many words it has, where need be by its letters: some languages put no space between words.
    fn size(&self) -> usize {
        if self.letters <= self.len() * SPACED_LETTERS {
            return self.len();
        }
        // Letters of three bytes: Chinese, Japanese, Thai.
        let bytes: u32 = self.words.iter().map(|w| w.end - w.start).sum();
        if bytes as usize * 2 >= self.letters * 5 {
            self.letters / 2
        } else {
            self.len()
        }
    }

    /// A full paragraph: sentences, or so many words that it must be one.
    pub(super) fn is_prose(&self) -> bool {
        match self.end {
            End::Sentence => self.size() >= PROSE_WORDS && self.letters > 0,
            End::Ellipsis | End::Colon => self.size() >= 14,
            End::Open => self.size() >= OPEN_PROSE_WORDS,
        }
    }

    /// Reads like a headline: some words, a capital or quote first, no full stop at the end.
    pub(super) fn is_headline_like(&self) -> bool {
        let open = self.end == End::Open || self.end == End::Ellipsis || (self.end == End::Sentence && self.len() < 30);
        open && (4..=32).contains(&self.len()) && self.words.first().is_some_and(|w| w.capital || w.digits)
    }

    /// Headline-like and not closed by a full stop.
    pub(super) fn is_open_headline(&self) -> bool {
        (self.end == End::Open || self.question) && (3..=32).contains(&self.len()) && !self.is_prose()
    }
}

/// Words from which a line with a full stop counts as a paragraph. Chosen on news of both languages: buttons and menus with a
/// full stop are shorter ("Sign in."), short paragraphs are not much longer.
const PROSE_WORDS: usize = 8;

/// Letters a word above which, in a script with three bytes a letter, not words but clauses are parted; a Chinese or Japanese
/// word has about two letters. Languages of India, which part words, stay below.
const SPACED_LETTERS: usize = 6;

/// Words from which a line counts as a paragraph without a full stop. Longest headlines and teasers have about 30 syllables
/// in Vietnamese; lower takes teasers for paragraphs, higher loses paragraphs that lost their stop.
const OPEN_PROSE_WORDS: usize = 34;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_words_come_apart_at_the_capital() {
        let text = "Lan AnhTheo ABC";
        let (words, _) = words_of(text);
        let got: Vec<_> = words.iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(got, ["Lan", "Anh", "Theo", "ABC"]);
        assert!(words[2].glued);
    }

    #[test]
    fn paragraphs_without_spaces_are_paragraphs() {
        for (text, prose) in [
            (
                "昨夜河水再次上涨，住在岸边的居民把家里的东西搬到山上的学校里去了。",
                true,
            ),
            ("昨夜，河水再次上涨，居民把东西搬到山上的学校里去了。", true),
            ("新闻中心。", false),
            ("Donaudampfschifffahrtsgesellschaft.", false),
        ] {
            assert_eq!(Shape::of(text).is_prose(), prose, "{text}");
        }
    }

    #[test]
    fn the_end_is_seen_behind_quotes_and_brackets() {
        for (text, end) in [
            ("Ông nói vậy.\"", End::Sentence),
            ("Chợ nổi (ảnh: ABC)", End::Open),
            ("Mưa lớn ở miền Trung...", End::Ellipsis),
            ("Tags:", End::Colon),
        ] {
            assert_eq!(Shape::of(text).end, end, "{text}");
        }
    }
}
