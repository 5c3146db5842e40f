//! What stands before the first sentence: "HANOI, Oct 1 (Reuters) -", "Hà Nội (TTXVN) -", "(ABC) -", "TTO -".

use super::outlets::Outlets;
use super::phrases::{Phrases, Role};
use super::words::Word;
use std::ops::Range;

/// A dateline, in bytes of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    /// One past the dash and the space behind it.
    pub(super) end: usize,
    /// The dateline without its dash.
    pub(super) words: Range<usize>,
    /// Agency or outlet.
    pub(super) credit: Option<(String, usize, usize)>,
    /// Names a place or a day: it belongs to the report. Else it is the outlet's own tag.
    pub(super) place: bool,
    /// Not the paragraph's: the credit of the picture before it, "(Photo: ABC) Rain fell."
    pub(super) picture: bool,
}

/// Words a dateline may have. "NEW YORK CITY, Monday, Oct. 12, 2020 (Reuters)" has eight.
const DATELINE_WORDS: usize = 12;

/// Reads the dateline at the start of a paragraph.
pub(super) fn read(text: &str, words: &[Word], phrases: &Phrases, outlets: &Outlets) -> Option<Prefix> {
    let first = words.first()?;
    let lead = text[..first.start as usize].trim();
    if !lead.is_empty() && lead != "(" && lead != "[" {
        return None;
    }
    // Where the dash is: after at most DATELINE_WORDS words, none of them glued over it.
    let mut dash = None;
    for n in 1..words.len().min(DATELINE_WORDS + 1) {
        let between = &text[words[n - 1].end as usize..words[n].start as usize];
        if is_dash(between) {
            dash = Some(n);
            break;
        }
        if between.contains(['"', '“', '?', '!', ';']) {
            break;
        }
    }
    let bracketed = closing_bracket(text, words);
    if let (true, Some(to)) = (lead == "(" || lead == "[", bracketed) {
        // "(ABC) - Text", "(Dân trí) Text": an outlet, or a dash behind it.
        let credit = credit_in(text, words, 0, to, outlets);
        let dashed = dash == Some(to);
        if credit.is_none() && !(dashed && to <= 4) {
            return None;
        }
        let end = body_start(text, words, to, dashed)?;
        let after = words[to - 1].end as usize;
        let close = text[after..].find([')', ']']).map_or(after, |at| after + at + 1);
        let picture = phrases.word_has(first, Role::Picture);
        return Some(Prefix {
            end,
            words: 0..close,
            credit,
            place: false,
            picture,
        });
    }
    let dash = dash?;
    let end = body_start(text, words, dash, true)?;
    let span = 0..text[..words[dash].start as usize]
        .trim_end_matches(|c: char| c.is_whitespace() || is_dash_char(c))
        .len();
    let place = |n: usize| words[..n].iter().all(|w| w.capital || phrases.word_has(w, Role::Joint)) && n <= 6;
    // "Place[, day] (Agency) -"
    if let Some(open) = words[..dash]
        .iter()
        .position(|w| text[..w.start as usize].ends_with('('))
    {
        let credit = credit_in(text, words, open, dash, outlets)?;
        let named = words[..open].iter().take_while(|w| !is_day(w, phrases)).count();
        let rest = words[named..open].iter().all(|w| is_day(w, phrases));
        let closed = text[..span.end].ends_with([')', ']']);
        return (open > 0 && named > 0 && place(named) && rest && closed).then_some(Prefix {
            end,
            words: span,
            credit: Some(credit),
            place: true,
            picture: false,
        });
    }
    // "TTO - ", "VOV.VN - ": an outlet before the dash.
    if let Some(credit) = credit_in(text, words, 0, dash, outlets).filter(|c| c.1 == 0 && c.2 == span.end) {
        return Some(Prefix {
            end,
            words: span,
            credit: Some(credit),
            place: false,
            picture: false,
        });
    }
    // "HANOI, Oct 1 — ": a place in capitals.
    let named = words[..dash]
        .iter()
        .take_while(|w| w.upper && w.end - w.start > 1)
        .count();
    let rest = words[named..dash]
        .iter()
        .all(|w| is_day(w, phrases) || (w.capital && w.end - w.start > 2));
    let long = words[..named].iter().any(|w| w.end - w.start > 3);
    (named > 0 && named <= 4 && rest && long && dash - named <= 5).then_some(Prefix {
        end,
        words: span,
        credit: None,
        place: true,
        picture: false,
    })
}

fn is_day(word: &Word, phrases: &Phrases) -> bool {
    word.digits || phrases.word_has(word, Role::Time)
}

fn is_dash_char(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−')
}

/// A dash with a space on a side, or a long one, between two words.
fn is_dash(between: &str) -> bool {
    let core = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | ',' | '.' | '"' | '“'));
    let spaced = between.contains(|c: char| c.is_whitespace());
    !core.is_empty() && core.chars().all(is_dash_char) && (spaced || core.contains(['–', '—']))
}

/// Number of words before the bracket that the line opens with is closed.
fn closing_bracket(text: &str, words: &[Word]) -> Option<usize> {
    (1..words.len().min(6)).find(|&n| text[words[n - 1].end as usize..words[n].start as usize].contains([')', ']']))
}

fn credit_in(text: &str, words: &[Word], from: usize, to: usize, outlets: &Outlets) -> Option<(String, usize, usize)> {
    (from..to).find_map(|n| {
        let (name, end) = outlets.longest(text, words, n)?;
        (end <= to).then(|| (name.to_string(), words[n].start as usize, words[end - 1].end as usize))
    })
}

/// Where the paragraph goes on after word `to`: its first letter, bracket or quotation mark.
fn body_start(text: &str, words: &[Word], to: usize, dashed: bool) -> Option<usize> {
    let from = words[to - 1].end as usize;
    let mut seen = !dashed;
    for (at, c) in text[from..].char_indices() {
        seen |= is_dash_char(c);
        if c.is_alphanumeric()
            || (seen && !is_dash_char(c) && !c.is_whitespace() && !matches!(c, ')' | ']' | ':' | ',' | '.'))
        {
            return Some(from + at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::words::words_of;
    use super::*;
    use dateline_lang::PackFiles;

    fn check(text: &str, expected: Option<(&str, Option<&str>, bool)>) {
        let files = PackFiles::builtin();
        let (phrases, outlets) = (
            Phrases::load(&files).expect("packs"),
            Outlets::load(&files).expect("packs"),
        );
        let got = read(text, &words_of(text).0, &phrases, &outlets);
        let got = got
            .as_ref()
            .map(|p| (&text[p.end..], p.credit.as_ref().map(|c| c.0.as_str()), p.place));
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn places_days_and_agencies_before_the_dash() {
        check(
            "HANOI, Oct 1 (Reuters) - Rain fell.",
            Some(("Rain fell.", Some("Reuters"), true)),
        );
        check("Hà Nội (TTXVN) - Mưa lớn.", Some(("Mưa lớn.", Some("TTXVN"), true)));
        check("LONDON — Rain fell.", Some(("Rain fell.", None, true)));
        check("TTO - Mưa lớn.", Some(("Mưa lớn.", Some("Tuổi Trẻ"), false)));
        check(
            "(Dân trí) - \"Mưa lớn\".",
            Some(("\"Mưa lớn\".", Some("Dân Trí"), false)),
        );
        check("(VOV) Mưa lớn.", Some(("Mưa lớn.", Some("VOV"), false)));
    }

    #[test]
    fn sentences_with_dashes_have_no_dateline() {
        check("Ông Nam - trưởng thôn - cho biết trời mưa.", None);
        check("Mưa lớn (theo dự báo) - và gió.", None);
        check("Jean-Pierre said so.", None);
    }
}
