//! Which language a report is in: `vi`, `en`, or `und`.

use super::lines::Line;
use super::phrases::{Phrases, Role};
use dateline_lang::CharTraits;
use whichlang::{Lang, detect_language};

/// Bytes of text that are looked at. The figures of `dependencies.md` need 40 characters; more only costs.
const SAMPLE_BYTES: usize = 1_000;

/// Letters below which the text says nothing about its language.
const LEAST_LETTERS: usize = 24;

/// The language of the lines, and how sure that is, 0 to 1.
pub(super) fn of_lines<'l>(lines: impl Iterator<Item = &'l Line<'l>>, phrases: &Phrases) -> (&'static str, f32) {
    let mut sample = String::with_capacity(SAMPLE_BYTES + 1);
    let mut looked_at: Vec<&Line<'_>> = Vec::new();
    for line in lines {
        looked_at.push(line);
        let mut end = line.text.len().min(SAMPLE_BYTES - sample.len().min(SAMPLE_BYTES));
        while !line.text.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&line.text[..end]);
        sample.push('\n');
        if sample.len() >= SAMPLE_BYTES {
            break;
        }
    }
    let Letters {
        all: letters,
        ascii,
        vietnamese,
    } = Letters::of(&sample);
    if letters < LEAST_LETTERS {
        return ("und", 0.0);
    }
    let (vietnamese, ascii) = (vietnamese as f32 / letters as f32, ascii as f32 / letters as f32);
    // Its letters give Vietnamese away; the guess is for all else.
    if vietnamese >= 0.06 {
        return ("vi", (0.7 + vietnamese).min(1.0));
    }
    let (mut words, mut little) = (0usize, 0usize);
    for word in looked_at.iter().flat_map(|line| line.shape.words.iter().take(400)) {
        words += 1;
        little += usize::from(phrases.word_has(word, Role::Function));
    }
    let little = little as f32 / words.max(1) as f32;
    let guess = detect_language(&sample);
    match guess {
        Lang::Vie if vietnamese > 0.0 || little >= 0.1 => ("vi", 0.6),
        Lang::Eng if ascii >= 0.9 && little >= 0.12 => ("en", (0.6 + little).min(1.0)),
        _ if ascii >= 0.97 && little >= 0.25 && guess == Lang::Eng => ("en", 0.6),
        _ => ("und", 0.3),
    }
}

/// How many letters a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters {
    all: usize,
    /// Of English.
    ascii: usize,
    /// That among the great written languages only Vietnamese uses much.
    vietnamese: usize,
}

impl Letters {
    fn of(text: &str) -> Letters {
        Letters::of_latin(text).unwrap_or_else(|| {
            let mut letters = Letters::default();
            for point in text.chars().map(u32::from) {
                letters.all += usize::from(CharTraits::of(point).any(CharTraits::LETTER));
                letters.ascii += usize::from(u8::try_from(point).is_ok_and(|b| b.is_ascii_alphabetic()));
                letters.vietnamese += usize::from(is_vietnamese(point));
            }
            letters
        })
    }

    /// The same, many bytes at once: by first bytes of letters, and the one or two behind them. `None` for a text with others than
    /// ASCII, Latin letters and common punctuation.
    fn of_latin(text: &str) -> Option<Letters> {
        let (mut all, mut ascii, mut vietnamese, mut strange) = (0u16, 0u16, 0u16, false);
        // The last bytes are looked at with spaces behind them.
        let bytes = [text.as_bytes(), b"  "].concat();
        if bytes.len() > usize::from(u16::MAX) {
            return None;
        }
        for &[first, second, third] in bytes.array_windows() {
            let english = ((first | 0x20) >= b'a') & ((first | 0x20) <= b'z');
            // U+00C0 to U+024F, where × and ÷ are none.
            let latin = (0xc3..=0xc8).contains(&first);
            let sign = (first == 0xc3) & (second & 0xdf == 0x97);
            // U+1E00 to U+1EFF.
            let additional = (first == 0xe1) & (second & 0xfc == 0xb8);
            // U+2000 to U+203F.
            let mark = (first == 0xe2) & (second == 0x80);
            strange |= (first >= 0xc2) & !latin & !additional & !mark;
            ascii += u16::from(english);
            all += u16::from(english | latin & !sign | additional);
            // Ạ to ỹ; then Ă ă, Đ đ, Ơ ơ and Ư ư.
            let marked = (second == 0xba) & (third >= 0xa0) | (second == 0xbb) & (third <= 0xb9);
            let a_and_d = (second & 0xfe == 0x82) | (second & 0xfe == 0x90);
            let o_and_u = (second & 0xfe == 0xa0) | (second == 0xaf) | (second == 0xb0);
            vietnamese += u16::from((first == 0xe1) & marked | (first == 0xc4) & a_and_d | (first == 0xc6) & o_and_u);
        }
        let [all, ascii, vietnamese] = [all, ascii, vietnamese].map(usize::from);
        (!strange).then_some(Letters { all, ascii, vietnamese })
    }
}

/// A letter that among the great written languages only Vietnamese uses much.
fn is_vietnamese(point: u32) -> bool {
    // Ạ to ỹ; then Ă ă, Đ đ, Ơ ơ and Ư ư.
    matches!(
        point,
        0x1ea0..=0x1ef9 | 0x102 | 0x103 | 0x110 | 0x111 | 0x1a0 | 0x1a1 | 0x1af | 0x1b0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_the_same_at_once_and_one_by_one() {
        let mut latin = 0;
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!("{c}Đường {c}"), format!("a{c}")] {
                let one = Letters {
                    all: text.chars().filter(|c| c.is_alphabetic()).count(),
                    ascii: text.chars().filter(char::is_ascii_alphabetic).count(),
                    vietnamese: text.chars().filter(|c| is_vietnamese(u32::from(*c))).count(),
                };
                assert_eq!(Letters::of(&text), one, "U+{:04X} in {text}", c as u32);
                latin += usize::from(Letters::of_latin(&text).is_some());
            }
        }
        assert!(latin > 3 * 0x300, "{latin}");
    }
}
