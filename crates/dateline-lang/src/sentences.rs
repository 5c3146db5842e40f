//! Sentence bounds: the Unicode rules of `icu_segmenter`, then a pack's abbreviations, then quotation marks.

use crate::tokens::Token;
use dateline_model::Span;
use icu_segmenter::SentenceSegmenter;

/// Sentences of `text`, trimmed, in order. A newline always ends one. `abbreviation` says of a word with its full stop
/// ("Mr.", "TP.") that it does not end a sentence.
pub(crate) fn split(text: &str, abbreviation: impl Fn(&str) -> bool) -> Vec<Span> {
    let segmenter = SentenceSegmenter::new(Default::default());
    let mut sentences: Vec<Span> = Vec::new();
    let mut base = 0;
    for line in text.split_inclusive('\n') {
        let mut start = base;
        let mut last = 0;
        for bound in segmenter.segment_str(line).skip(1) {
            let end = base + bound;
            let piece = text[start..end].trim_end();
            let rest = text[end..base + line.len()].trim_start();
            let word = piece
                .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“'))
                .next()
                .unwrap_or("");
            let joined = !rest.is_empty()
                && (word.ends_with('.') && (abbreviation(word) || is_initial(word)) || continues(piece, rest));
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
        let got: Vec<&str> = split(text, |w| matches!(w, "Mr." | "TP." | "U.S."))
            .iter()
            .map(|s| s.of(text))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_has_no_full_stop_is_cut_at_commas() {
        let text = "và ".repeat(500) + "hết, " + &"và ".repeat(500);
        let tokens = crate::tokens::tokenize(&text, |_| crate::WordId::UNKNOWN);
        assert_eq!(part(&text, &tokens, 0, tokens.len()), 502);
        assert_eq!(part(&text, &tokens, 502, tokens.len()), tokens.len());
        let text = "và ".repeat(1000);
        let tokens = crate::tokens::tokenize(&text, |_| crate::WordId::UNKNOWN);
        assert_eq!(part(&text, &tokens, 0, tokens.len()), LONGEST);
    }

    #[test]
    fn abbreviations_initials_and_quotes_do_not_end_a_sentence() {
        check("Mr. Lee came. He left.", &["Mr. Lee came.", "He left."]);
        check(
            "George W. Bush spoke.\nTP. Huế mưa to",
            &["George W. Bush spoke.", "TP. Huế mưa to"],
        );
        check(
            "\"Will it hold?\" he asked. Nobody knew.",
            &["\"Will it hold?\" he asked.", "Nobody knew."],
        );
        check("", &[]);
    }
}
