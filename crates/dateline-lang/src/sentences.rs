//! Sentence bounds: the Unicode rules of `icu_segmenter`, then a pack's abbreviations, then quotation marks.

use crate::letters::{is_letter, point_at};
use crate::tokens::Token;
use dateline_model::Span;
use icu_segmenter::SentenceSegmenter;

/// Sentences of `text`, trimmed, in order. A newline always ends one. `abbreviation` says of a word with its full stop
/// ("Mr.", "TP.") that it does not end a sentence, `opener` of the word behind initials ("D.C. The …") that it begins one.
pub(crate) fn split(text: &str, abbreviation: impl Fn(&str) -> bool, opener: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut sentences: Vec<Span> = Vec::new();
    let mut base = 0;
    let mut bounds: Vec<usize> = Vec::new();
    for line in text.split_inclusive('\n') {
        let mut start = base;
        let mut last = 0;
        bounds.clear();
        find_bounds(line, &mut bounds);
        for bound in &bounds {
            let end = base + bound;
            let piece = text[start..end].trim_end();
            let rest = text[end..base + line.len()].trim_start();
            let word = piece
                .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“'))
                .next()
                .unwrap_or("");
            let joined = !rest.is_empty()
                && (word.ends_with('.')
                    && (abbreviation(word)
                        || is_initial(word)
                        || is_initials(word)
                            && !opener(word)
                            && !opener(rest.split(|c: char| !is_letter(c)).next().unwrap_or("")))
                    || continues(piece, rest));
            last = end;
            if joined {
                continue;
            }
            push(&mut sentences, text, start, end);
            start = end;
        }
        if start < base + line.len() && last > start || last == 0 {
            push(&mut sentences, text, start, base + line.len());
        }
        base += line.len();
    }
    sentences
}

/// Where the Unicode rules end sentences in a line (UAX 29), its end included, its start not.
///
/// Of a line of Latin letters and common marks only what stands around its full stops is given to the segmenter: from the
/// letter before to the letter behind. That is all that the rules look at (SB6 to SB11 begin at a terminator and end at
/// the next letter; a letter behind it begins anew), and a tenth of the text.
fn find_bounds(line: &str, bounds: &mut Vec<usize>) {
    let segmenter = SentenceSegmenter::new(Default::default());
    let bytes = line.as_bytes();
    let mut from = 0;
    while let Some(stop) = next_stop(line, from) {
        let Ok(stop) = stop else {
            bounds.clear();
            bounds.extend(segmenter.segment_str(line).skip(1));
            return;
        };
        let start = line[from..stop]
            .char_indices()
            .rfind(|(_, c)| is_letter(*c))
            .map_or(from, |(at, _)| from + at);
        let end = line[stop..]
            .char_indices()
            .find(|(_, c)| is_letter(*c))
            .map_or(line.len(), |(at, c)| stop + at + c.len_utf8());
        let window = &line[start..end];
        if !is_known(window) {
            bounds.clear();
            bounds.extend(segmenter.segment_str(line).skip(1));
            return;
        }
        let inside = segmenter.segment_str(window).skip(1).map(|at| start + at);
        bounds.extend(inside.filter(|&at| at < end));
        if end == bytes.len() {
            break;
        }
        // The letter behind may stand before the next stop.
        from = line.floor_char_boundary(end - 1);
    }
    if !line.is_empty() {
        bounds.push(line.len());
    }
}

/// The next sign from a byte on that may end a sentence; `Err` for one that is not known not to.
fn next_stop(line: &str, from: usize) -> Option<Result<usize, ()>> {
    let bytes = line.as_bytes();
    let mut at = from;
    while let Some(ahead) = bytes.get(at..) {
        // Each byte is looked at by itself, so that none waits for the one before.
        let behind = ahead.iter().skip(1).copied().chain([0]);
        at += ahead.iter().zip(behind).position(|(&b, next)| asks(b, next))?;
        at += match bytes[at] {
            b'.' | b'!' | b'?' | b'\n' | b'\r' => return Some(Ok(at)),
            _ => match point_at(bytes, at) {
                Some((point, width)) if is_quiet(point) => width,
                _ => return Some(Err(())),
            },
        };
    }
    None
}

/// A byte may begin a character that ends a sentence. None of ASCII but the stops does, nor of U+00C0 to U+023F, nor of U+1E00 to
/// U+1EFF, the letters of Vietnamese; bytes inside a character begin none.
#[inline]
fn asks(byte: u8, next: u8) -> bool {
    LOUD[byte as usize] | ((byte == 0xe1) & !matches!(next, 0xb8..=0xbb))
}

/// By byte: it asks for a closer look, whatever follows.
static LOUD: [bool; 256] = {
    let mut loud = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        loud[byte] = match byte as u8 {
            b'.' | b'!' | b'?' | b'\n' | b'\r' => true,
            0..=0xbf | 0xc3..=0xc8 | 0xe1 => false,
            _ => true,
        };
        byte += 1;
    }
    loud
};

/// A character that is not ASCII, ends no sentence and is no mark on the letter before: letters of Latin, common punctuation.
fn is_quiet(point: u32) -> bool {
    matches!(point, 0xa0..=0xac | 0xae..=0x24f | 0x1e00..=0x1eff | 0x2010..=0x2023 | 0x2025..=0x2027 | 0x2030..=0x203b)
}

fn is_known(window: &str) -> bool {
    window.chars().all(|c| c.is_ascii() || is_quiet(c as u32))
}

/// Tokens above which a sentence is cut. Rooms compare what stands in one sentence, so that this bounds what a text without
/// full stops costs. Chosen: no report of the evaluation sets has so long a sentence; lower would cut real ones.
const LONGEST: usize = 600;

/// Where the sentence of tokens `start..end` ends, or its first part where it is longer than [`LONGEST`]: behind the last
/// comma or semicolon in reach, else in the midst of its words.
pub(crate) fn part(text: &str, tokens: &[Token], start: usize, end: usize) -> usize {
    if end - start <= LONGEST {
        return end;
    }
    let most = start + LONGEST;
    let comma = (start + LONGEST / 2..most).rfind(|&t| matches!(tokens[t].span.of(text), "," | ";"));
    comma.map_or(most, |t| t + 1)
}

/// One capital letter with a stop: the initial of a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}

/// Several of them with nothing between: "D.Y." of "D.Y. Karsi".
fn is_initials(word: &str) -> bool {
    let count = word.chars().count();
    let fits = |(at, c): (usize, char)| {
        if at.is_multiple_of(2) {
            c.is_uppercase()
        } else {
            c == '.'
        }
    };
    count > 2 && count.is_multiple_of(2) && word.chars().enumerate().all(fits)
}

/// The next piece begins in lower case or with a dash or comma: `"…?" he asked`.
fn continues(piece: &str, rest: &str) -> bool {
    let closing = piece.ends_with(['"', '”', '’', '\'', '»']);
    let next = rest.chars().next();
    next.is_some_and(|c| c.is_lowercase() || c == ',' || (closing && matches!(c, '-' | '–' | '—')))
}

fn push(sentences: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let raw = &text[start..end];
    let trimmed = raw.trim();
    if !trimmed.is_empty() {
        let from = start + (raw.len() - raw.trim_start().len());
        sentences.push(Span::new(from, from + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let abbreviation = |w: &str| matches!(w, "Mr." | "TP." | "U.S.");
        let spans = split(text, abbreviation, |w| matches!(w, "D.C." | "The"));
        let got: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_has_no_full_stop_is_cut_at_commas() {
        let text = "và ".repeat(500) + "hết, " + &"và ".repeat(500);
        let tokens = crate::tokens::tokenize(&text, |_, _| crate::WordId::UNKNOWN);
        assert_eq!(part(&text, &tokens, 0, tokens.len()), 502);
        assert_eq!(part(&text, &tokens, 502, tokens.len()), tokens.len());
        let text = "và ".repeat(1000);
        let tokens = crate::tokens::tokenize(&text, |_, _| crate::WordId::UNKNOWN);
        assert_eq!(part(&text, &tokens, 0, tokens.len()), LONGEST);
    }

    #[test]
    fn abbreviations_initials_and_quotes_do_not_end_a_sentence() {
        check("Mr. Lee came. He left.", &["Mr. Lee came.", "He left."]);
        check(
            "George W. Bush spoke.\nTP. Huế mưa to",
            &["George W. Bush spoke.", "TP. Huế mưa to"],
        );
        check("D.Y. Karsi met J.D. Velk.", &["D.Y. Karsi met J.D. Velk."]);
        check(
            "He left the A.N.C. The vote was in Velmora, D.C. Karsi won.",
            &["He left the A.N.C.", "The vote was in Velmora, D.C.", "Karsi won."],
        );
        check(
            "\"Will it hold?\" he asked. Nobody knew.",
            &["\"Will it hold?\" he asked.", "Nobody knew."],
        );
        check("", &[]);
    }

    #[test]
    fn what_is_looked_at_is_enough() {
        // One of each kind that the rules tell apart, in all orders: letters, digit, stops, marks, spaces, a combining mark,
        // a letter and a stop of other scripts.
        let signs = [
            'a', 'Đ', 'ạ', '1', '.', '!', ',', ')', '“', ' ', '-', '\u{301}', 'я', '።', '…', '\n', '\r',
        ];
        let segmenter = SentenceSegmenter::new(Default::default());
        let mut bounds = Vec::new();
        let mut check = |line: &str| {
            bounds.clear();
            find_bounds(line, &mut bounds);
            let whole: Vec<usize> = segmenter.segment_str(line).skip(1).collect();
            assert_eq!(bounds, whole, "{line:?}");
        };
        for number in 0..signs.len().pow(4) {
            let mut rest = number;
            let line: String = (0..4)
                .map(|_| {
                    let sign = signs[rest % signs.len()];
                    rest /= signs.len();
                    sign
                })
                .collect();
            check(&line);
        }
        // Longer ones, by a fixed generator.
        let mut state = 1u64;
        for _ in 0..20_000 {
            let line: String = (0..40)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    signs[(state >> 33) as usize % (signs.len() - 6)]
                })
                .collect();
            check(&line);
        }
    }
}
