//! Letters, fast: nearly all letters of our texts are Latin, and the tables of the standard library are for all scripts.

use crate::writing::Writing;

/// What a character is: bits that a look into a table gives for the letters of our texts, the standard library for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharTraits(u8);

impl CharTraits {
    /// [`char::is_alphabetic`].
    pub const LETTER: CharTraits = CharTraits(1);
    /// [`char::is_uppercase`].
    pub const UPPER: CharTraits = CharTraits(2);
    /// [`char::is_lowercase`].
    pub const LOWER: CharTraits = CharTraits(4);
    /// [`char::is_numeric`].
    pub const NUMERIC: CharTraits = CharTraits(8);
    /// A small letter or ASCII digit that [`push_lower`] leaves as it is, on its short way: a word of nothing else is its
    /// own lower case.
    pub const PLAIN: CharTraits = CharTraits(16);

    /// What each of the letters a to z is, and every other small letter of the tables.
    pub const SMALL: CharTraits = CharTraits(latin()[b'a' as usize]);

    /// Of a code point.
    #[inline]
    pub fn of(point: u32) -> CharTraits {
        let bits = match point {
            0..0x200 => LATIN[point as usize],
            0x1e00..0x1f00 => ADDITIONAL[point as usize - 0x1e00],
            // Dashes, quotation marks, dots.
            0x2010..0x2060 => KNOWN,
            _ => 0,
        };
        if bits & KNOWN != 0 {
            CharTraits(bits)
        } else {
            CharTraits::by_unicode(point)
        }
    }

    #[cold]
    fn by_unicode(point: u32) -> CharTraits {
        let Some(c) = char::from_u32(point) else {
            return CharTraits(0);
        };
        let bit = |yes: bool, CharTraits(bit): CharTraits| if yes { bit } else { 0 };
        CharTraits(
            bit(c.is_alphabetic(), CharTraits::LETTER)
                | bit(c.is_uppercase(), CharTraits::UPPER)
                | bit(c.is_lowercase(), CharTraits::LOWER)
                | bit(c.is_numeric(), CharTraits::NUMERIC),
        )
    }

    /// Has one of these.
    #[inline]
    pub fn any(self, of: CharTraits) -> bool {
        self.0 & of.0 != 0
    }

    /// What either has.
    #[inline]
    pub fn or(self, other: CharTraits) -> CharTraits {
        CharTraits(self.0 | other.0)
    }

    /// What both have.
    #[inline]
    pub fn and(self, other: CharTraits) -> CharTraits {
        CharTraits(self.0 & other.0)
    }
}

/// The table says all about the character.
const KNOWN: u8 = 128;
static LATIN: [u8; 0x200] = latin();
static ADDITIONAL: [u8; 0x100] = additional();

const fn latin() -> [u8; 0x200] {
    let small = KNOWN | CharTraits::LETTER.0 | CharTraits::LOWER.0 | CharTraits::PLAIN.0;
    let capital = KNOWN | CharTraits::LETTER.0 | CharTraits::UPPER.0;
    let mut table = [0; 0x200];
    let mut at = 0;
    while at < 0x200 {
        table[at] = match at as u8 {
            _ if at >= 0x100 => 0,
            b'0'..=b'9' => KNOWN | CharTraits::NUMERIC.0 | CharTraits::PLAIN.0,
            b'a'..=b'z' => small,
            b'A'..=b'Z' => capital,
            // × and ÷
            0..=0x7f | 0xd7 | 0xf7 => KNOWN,
            0xc0..=0xde => capital,
            0xdf..=0xff => small,
            _ => 0,
        };
        at += 1;
    }
    let pairs = [('Ă', 'ă'), ('Đ', 'đ'), ('Ĩ', 'ĩ'), ('Ũ', 'ũ'), ('Ơ', 'ơ'), ('Ư', 'ư')];
    at = 0;
    while at < pairs.len() {
        table[pairs[at].0 as usize] = capital;
        table[pairs[at].1 as usize] = small;
        at += 1;
    }
    table
}

/// Latin Extended Additional. From Ạ to ỹ stand pairs of capital and small letter, the capital even.
const fn additional() -> [u8; 0x100] {
    let mut table = [0; 0x100];
    let mut at = 0xa0;
    while at <= 0xf9 {
        table[at] = KNOWN
            | CharTraits::LETTER.0
            | if at % 2 == 0 {
                CharTraits::UPPER.0
            } else {
                CharTraits::LOWER.0 | CharTraits::PLAIN.0
            };
        at += 1;
    }
    table
}

/// How many letters stand from a byte on that are [`CharTraits::SMALL`], and their bytes: a to z, and the small letters of
/// Vietnamese and Latin 1. Most letters of our texts.
#[inline]
pub fn small_letters(bytes: &[u8], at: usize) -> (usize, usize) {
    let (mut end, mut letters) = (at, 0);
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_lowercase) {
            (end, letters) = (end + 1, letters + 1);
        }
        // Two bytes from U+00C0 to U+01BF, three from U+1E80 to U+1EFF: no letter that is SMALL stands elsewhere in the tables.
        let (traits, width) = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(&first @ 0xc3..=0xc6), Some(&second)) => {
                (LATIN[usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f)], 2)
            }
            (Some(0xe1), Some(&second @ 0xba..=0xbb)) => {
                let third = usize::from(bytes.get(end + 2).map_or(0, |b| b & 0x3f));
                (ADDITIONAL[usize::from(second & 3) << 6 | third], 3)
            }
            _ => break,
        };
        if CharTraits(traits) != CharTraits::SMALL {
            break;
        }
        (end, letters) = (end + width, letters + 1);
    }
    (letters, end - at)
}

/// How many letters a word has that [`written`](crate::written) found, where all behind its first byte are
/// [`CharTraits::SMALL`], and the first byte is or is a capital of English; `None` for any other.
#[inline]
pub fn small_behind_first(word: Writing) -> Option<usize> {
    let bytes = word.to_le_bytes();
    let mut letters = usize::from(bytes[15]);
    // What is ASCII is a small letter: only first bytes of others are looked at.
    let mut firsts = word & word << 1 & 0x0080_8080_8080_8080_8080_8080_8080_8080;
    while firsts != 0 {
        let at = firsts.trailing_zeros() as usize / 8;
        let (traits, width) = match (bytes[at], bytes[at + 1]) {
            (first @ 0xc3..=0xc6, second) => (LATIN[usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f)], 2),
            (0xe1, second @ 0xba..=0xbb) => {
                let third = bytes.get(at + 2).map_or(0, |b| b & 0x3f);
                (ADDITIONAL[usize::from(second & 3) << 6 | usize::from(third)], 3)
            }
            _ => return None,
        };
        if CharTraits(traits) != CharTraits::SMALL {
            return None;
        }
        letters -= width - 1;
        firsts &= firsts - 1;
    }
    Some(letters)
}

/// The code point that begins at a byte of UTF-8, and its bytes.
#[inline]
pub fn point_at(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let first = u32::from(*bytes.get(at)?);
    let next = |n: usize| u32::from(bytes.get(at + n).map_or(0, |b| b & 0x3f));
    Some(match first {
        0..0x80 => (first, 1),
        0x80..0xe0 => ((first & 0x1f) << 6 | next(1), 2),
        0xe0..0xf0 => ((first & 0xf) << 12 | next(1) << 6 | next(2), 3),
        _ => ((first & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4),
    })
}

/// The same as [`char::is_alphabetic`], with a short way for Latin letters.
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        // Latin-1 letters but × and ÷, Latin Extended A and B, Latin Extended Additional (all of Vietnamese).
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The same as [`char::is_uppercase`], with a short way for the letters of Vietnamese and English.
#[inline]
pub fn is_upper(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        '\u{1ea0}'..='\u{1ef9}' => (c as u32).is_multiple_of(2),
        '\u{c0}'..='\u{de}' => c != '×',
        '\u{df}'..='\u{ff}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        _ => c.is_uppercase(),
    }
}

/// The same as [`char::is_lowercase`], with a short way for the letters of Vietnamese and English.
#[inline]
pub fn is_lower(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_lowercase(),
        '\u{1ea0}'..='\u{1ef9}' => !(c as u32).is_multiple_of(2),
        '\u{c0}'..='\u{de}' => false,
        '\u{df}'..='\u{ff}' => c != '÷',
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        _ => c.is_lowercase(),
    }
}

/// At some byte stand three, or where the text ends before, zeros in their place, that are as asked. The question is asked at every
/// byte and should have no branches: then it is asked at many bytes at once. Three zeros must not be as asked.
#[inline]
pub fn any_three(bytes: &[u8], asked: impl Fn(u8, u8, u8) -> bool) -> bool {
    /// Bytes between two looks at the answers. Chosen: longer lets a short line cost more than it has bytes.
    const BLOCK: usize = 64;
    let any =
        |block: &[u8; BLOCK + 2]| (0..BLOCK).fold(false, |any, n| any | asked(block[n], block[n + 1], block[n + 2]));
    let mut rest = bytes;
    while let Some(block) = rest.first_chunk() {
        if any(block) {
            return true;
        }
        rest = &rest[BLOCK..];
    }
    // Fewer than two blocks are left.
    let mut last = [0; 2 * BLOCK + 2];
    last[..rest.len()].copy_from_slice(rest);
    let ends = [last.first_chunk(), last[BLOCK..].first_chunk()];
    ends.into_iter().flatten().any(any)
}

/// The text surely is in NFC: it holds nothing but ASCII, Latin letters that no mark can follow, and common punctuation.
pub fn is_surely_nfc(text: &str) -> bool {
    !any_three(text.as_bytes(), |first, second, third| {
        // A soft hyphen may stand inside a word, where cleaning takes it out.
        let hyphen = (first == 0xc2) & (second == 0xad);
        // Behind U+02FF: combining marks.
        let beyond = first >= 0xcc;
        // Latin Extended Additional, all of it composed, U+1E00 to U+1EFF.
        let additional = (first == 0xe1) & (second & 0xfc == 0xb8);
        // U+2010 to U+203F: dashes, quotation marks, dots.
        let mark = (first == 0xe2) & (second == 0x80) & (third >= 0x90);
        hyphen | beyond & !additional & !mark
    })
}

/// Appends the lower case of a letter, as [`char::to_lowercase`] has it.
#[inline]
pub fn push_lower(c: char, out: &mut String) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        // Pairs of capital and small letter, the capital even: Ạ ạ, Ả ả … Ỹ ỹ.
        '\u{1ea0}'..='\u{1ef9}' => out.push(char::from_u32(c as u32 | 1).unwrap_or(c)),
        '\u{c0}'..='\u{de}' if c != '×' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
        '\u{df}'..='\u{ff}' => out.push(c),
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => out.push(c),
        'Ă' => out.push('ă'),
        'Đ' => out.push('đ'),
        'Ơ' => out.push('ơ'),
        'Ư' => out.push('ư'),
        _ => out.extend(c.to_lowercase()),
    }
}

/// The lower case of a word is not that of its letters one by one, or spells a letter with two signs: a sigma is written as
/// what stands behind it asks, and the Turkish İ becomes an i with a dot above it, which other words have, too.
pub fn is_odd_small(word: &str) -> bool {
    word.chars().any(|c| matches!(c, 'Σ' | 'σ' | 'ς' | 'İ' | '\u{307}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_all_alike() {
        assert!((b'a'..=b'z').all(|b| CharTraits::of(u32::from(b)) == CharTraits::SMALL));
        assert_eq!(small_letters("Xin chào".as_bytes(), 1), (2, 2));
        assert_eq!(small_letters("Trường.".as_bytes(), 1), (5, 8));
        assert_eq!(small_letters(b"abc", 3), (0, 0));
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            let (text, small) = (format!("{c}."), CharTraits::of(c as u32) == CharTraits::SMALL);
            let expected = if small { (1, c.len_utf8()) } else { (0, 0) };
            assert_eq!(small_letters(text.as_bytes(), 0), expected, "{c:?} U+{:04X}", c as u32);
        }
    }

    #[test]
    fn the_letters_of_a_packed_word_are_those_of_its_text() {
        for c in (0x80..0x3000u32).filter_map(char::from_u32) {
            let is_small = CharTraits::of(c as u32) == CharTraits::SMALL;
            for (word, letters) in [
                (format!("{c}"), 1),
                (format!("Ab{c}đế"), 5),
                (format!("aaaaaaaaaa{c}a"), 12),
            ] {
                let packed = crate::packed(&word).expect("short");
                assert_eq!(small_behind_first(packed), is_small.then_some(letters), "{word}");
            }
        }
    }

    #[test]
    fn what_is_surely_composed_is_told_wherever_it_stands() {
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            let sure = matches!(c as u32, 0..=0xac | 0xae..=0x2ff | 0x1e00..=0x1eff | 0x2010..=0x203f);
            for lead in ["", "mưa to ", "nghiêng"] {
                let text = format!("{lead}{c} “ế”, và thế");
                assert_eq!(is_surely_nfc(&text), sure, "U+{:04X} in {text}", c as u32);
                assert_eq!(is_surely_nfc(&format!("{lead}{c}")), sure, "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn the_short_ways_say_what_the_long_ways_say() {
        let mut out = String::new();
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?} U+{:04X}", c as u32);
            assert_eq!(is_upper(c), c.is_uppercase(), "{c:?} U+{:04X}", c as u32);
            assert_eq!(is_lower(c), c.is_lowercase(), "{c:?} U+{:04X}", c as u32);
            out.clear();
            push_lower(c, &mut out);
            assert_eq!(out, c.to_lowercase().collect::<String>(), "{c:?} U+{:04X}", c as u32);
        }
    }

    #[test]
    fn the_tables_say_what_unicode_says() {
        let mut small = String::new();
        for c in (0..0x11_0000u32).filter_map(char::from_u32) {
            let (t, says) = (CharTraits::of(c as u32), format!("{c:?} U+{:04X}", c as u32));
            assert_eq!(t.any(CharTraits::LETTER), c.is_alphabetic(), "{says}");
            assert_eq!(t.any(CharTraits::UPPER), c.is_uppercase(), "{says}");
            assert_eq!(t.any(CharTraits::LOWER), c.is_lowercase(), "{says}");
            assert_eq!(t.any(CharTraits::NUMERIC), c.is_numeric(), "{says}");
            // What is small or a capital is a letter: tokens and the words of lines count on it.
            assert!(!c.is_lowercase() && !c.is_uppercase() || c.is_alphabetic(), "{says}");
            if t.any(CharTraits::PLAIN) {
                small.clear();
                push_lower(c, &mut small);
                assert_eq!(small, c.to_string(), "{says}");
            }
            let bytes = c.to_string();
            assert_eq!(point_at(bytes.as_bytes(), 0), Some((c as u32, bytes.len())), "{says}");
        }
        assert_eq!(point_at(b"a", 1), None);
    }

    #[test]
    fn what_surely_is_nfc_is_nfc() {
        let nfc = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
        let sure: Vec<char> = (0..0x3000u32)
            .filter_map(char::from_u32)
            .filter(|c| is_surely_nfc(c.encode_utf8(&mut [0; 4])))
            .collect();
        assert!(sure.len() > 0x300);
        // No two of them compose or change places.
        for &a in &sure {
            assert!(nfc.is_normalized(a.encode_utf8(&mut [0; 4])), "U+{:04X}", a as u32);
            for b in ['a', 'ợ', '’', '\u{2bf}'] {
                assert!(nfc.is_normalized(&format!("{b}{a}{b}")), "{b} U+{:04X}", a as u32);
            }
        }
        assert!(!is_surely_nfc("e\u{301}") && !is_surely_nfc("\u{2126}") && is_surely_nfc("“Đường” – 1…"));
    }
}
