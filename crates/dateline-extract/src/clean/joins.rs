//! Lines that are pieces of one: text wrapped at a width, and pages whose links and bold words became lines of their own.
//!
//! Both are looked for in the whole text first. A text that does not break its sentences is left as it is.

use super::lines::{Hint, Line, is_blank};
use super::phrases::{Phrases, Role};
use super::words::End;
use dateline_model::Span;
use std::borrow::Cow;

/// Widest text that is taken for wrapped, in code points: mail and typewriters wrap at 60 to 80, some programs at 100.
const WIDEST: usize = 110;

/// Narrowest, so that verses and menus are not joined.
const NARROWEST: usize = 50;

/// Lines that must be full for a text to be wrapped, and their share of all lines that another follows directly.
const FULL_LINES: usize = 4;
const FULL_SHARE: f32 = 0.6;

/// Share of the full lines behind which the next begins with neither capital nor figure: lines are cut inside sentences, while
/// headlines below each other may be of one length.
const INSIDE_SHARE: f32 = 0.33;

/// Broken sentences that must be seen for a text to be in pieces, and the lines there may be for each of them.
const BROKEN: usize = 3;
const LINES_A_BREAK: usize = 25;

/// Words that one side of a break must have: pieces of sentences are long on one side at least, items of menus on neither.
const SENTENCE_WORDS: usize = 6;

/// Longest name or link that stands alone between two pieces of its sentence, in words.
const LINK_WORDS: usize = 6;

/// The lines of `text`, with those put together that are pieces of one sentence.
pub(super) fn join<'a>(lines: Vec<Line<'a>>, text: &'a str, phrases: &Phrases) -> Vec<Line<'a>> {
    if lines.len() < FULL_LINES {
        return lines;
    }
    // Lines were wrapped with their marks or without them.
    let taken_off = lines.iter().any(|line| !line.exact);
    let wrapped = width(&lines, text, received).map(|width| (width, received as View));
    let wrapped = wrapped.or_else(|| taken_off.then(|| Some((width(&lines, text, left)?, left as View)))?);
    let joined: Vec<bool> = match wrapped {
        Some((width, view)) => (0..lines.len())
            .map(|n| n > 0 && adjacent(&lines, n, text) && !fits(&lines, n, text, view, width))
            .collect(),
        None => match pieces(&lines, text, phrases) {
            Some(joined) => joined,
            None => return lines,
        },
    };
    let mut out: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut row: Vec<Line<'a>> = Vec::new();
    for (n, line) in lines.into_iter().enumerate() {
        if !joined[n] {
            out.extend(one(std::mem::take(&mut row), phrases));
        }
        row.push(line);
    }
    out.extend(one(row, phrases));
    out
}

/// One line made of a row of them.
fn one<'a>(mut row: Vec<Line<'a>>, phrases: &Phrases) -> Option<Line<'a>> {
    if row.len() < 2 {
        return row.pop();
    }
    let mut text = String::with_capacity(row.iter().map(|l| l.text.len() + 1).sum());
    for line in &row {
        if !text.is_empty() && !text.ends_with(['(', '[', '“', '«']) && !line.text.starts_with(closes) {
            text.push(' ');
        }
        text.push_str(&line.text);
    }
    let source = row[0].source.zip(row[row.len() - 1].source);
    let source = source.map(|(first, last)| Span::new(first.start as usize, last.end as usize));
    Line::new(Cow::Owned(text), source, false, phrases)
}

/// A mark that never begins a sentence.
fn closes(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '»' | '…')
}

/// How long a line is taken for: as it was received, or as its marks have left it.
type View = for<'l> fn(&'l Line<'_>, &'l str) -> &'l str;

fn received<'l>(line: &'l Line<'_>, text: &'l str) -> &'l str {
    line.source.map_or(line.text.as_ref(), |source| source.of(text))
}

fn left<'l>(line: &'l Line<'_>, _: &'l str) -> &'l str {
    &line.text
}

/// Line `n` follows the one before without an empty line between, and neither is a picture.
fn adjacent(lines: &[Line<'_>], n: usize, text: &str) -> bool {
    if lines[n - 1].hint != Hint::None || lines[n].hint != Hint::None {
        return false;
    }
    let (Some(before), Some(here)) = (lines[n - 1].source, lines[n].source) else {
        return false;
    };
    let between = &text[before.end as usize..here.start as usize];
    between.chars().all(is_blank) && between.bytes().filter(|b| *b == b'\n').count() <= 1
}

fn is_bullet(line: &Line<'_>) -> bool {
    super::decide::is_bullet(&line.text)
}

fn code_points(text: &str) -> usize {
    text.chars().count()
}

/// The first word of line `n` had room behind the line before, or begins something else.
fn fits(lines: &[Line<'_>], n: usize, text: &str, view: View, width: usize) -> bool {
    let (before, next) = (view(&lines[n - 1], text), view(&lines[n], text));
    let first = next.split(is_blank).next().unwrap_or("");
    is_bullet(&lines[n]) || code_points(before) + 1 + code_points(first) <= width
}

/// The width at which a text is wrapped; `None` where it is not.
fn width(lines: &[Line<'_>], text: &str, view: View) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        let line = view(line, text);
        if line.len() > WIDEST * 4 {
            return None;
        }
        width = width.max(code_points(line));
        if width > WIDEST {
            return None;
        }
    }
    if width < NARROWEST {
        return None;
    }
    let followed: Vec<usize> = (1..lines.len()).filter(|&n| adjacent(lines, n, text)).collect();
    let (mut full, mut inside) = (0, 0);
    for &n in followed.iter().filter(|&&n| !fits(lines, n, text, view, width)) {
        full += 1;
        inside += usize::from(!lines[n].text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    let wrapped = full >= FULL_LINES && full as f32 >= FULL_SHARE * followed.len() as f32;
    (wrapped && inside as f32 >= INSIDE_SHARE * full as f32).then_some(width)
}

/// Which lines go on with the one before, in a text whose sentences are broken; `None` where they are whole.
fn pieces(lines: &[Line<'_>], text: &str, phrases: &Phrases) -> Option<Vec<bool>> {
    let open = |line: &Line<'_>| line.shape.end == End::Open;
    let goes_on = |line: &Line<'_>| line.text.starts_with(|c: char| c.is_lowercase() || closes(c));
    let mut joined = vec![false; lines.len()];
    let mut broken = 0;
    for n in 1..lines.len() {
        let (before, here) = (&lines[n - 1], &lines[n]);
        let long = before.shape.len().max(here.shape.len()) >= SENTENCE_WORDS;
        let sure = open(before) && goes_on(here) && (long || here.text.starts_with(closes));
        if sure && adjacent(lines, n, text) {
            joined[n] = true;
            broken += 1;
        }
    }
    if broken < BROKEN || broken * LINES_A_BREAK < lines.len() {
        return None;
    }
    let mut words = 0;
    for n in 0..lines.len() {
        if n == 0 || !joined[n] {
            let before = n.checked_sub(1).map(|b| &lines[b]);
            let asks = before.is_some_and(|b| {
                let little = b.shape.words.last().is_some_and(|w| {
                    !w.capital && phrases.word_has(w, Role::Function) && b.text.len() == w.end as usize
                });
                little || b.text.ends_with(['(', '“', ','])
            });
            let link = lines[n].shape.len() <= LINK_WORDS && open(&lines[n]) && lines.get(n + 1).is_some_and(goes_on);
            if words >= SENTENCE_WORDS
                && (asks || link || goes_on(&lines[n]))
                && before.is_some_and(open)
                && !is_bullet(&lines[n])
                && adjacent(lines, n, text)
            {
                joined[n] = true;
            } else {
                words = 0;
            }
        }
        words += lines[n].shape.len();
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;
    use dateline_lang::PackFiles;

    fn check(text: &str, expected: &[&str]) {
        let phrases = Phrases::load(&PackFiles::builtin()).expect("packs");
        let lines = join(lines::split(text, &phrases), text, &phrases);
        let got: Vec<_> = lines.iter().map(|l| l.text.as_ref()).collect();
        assert_eq!(got, expected, "{text:?}");
        let mut last = 0;
        for line in &lines {
            let source = line.source.expect("text has places");
            assert!(source.start >= last, "the places are in order");
            last = source.end;
        }
    }

    #[test]
    fn wrapped_text_is_put_together_and_paragraphs_stay_apart() {
        check(
            "The river rose again during the night, and the people who live on its\n\
             banks carried what they could to the school on the hill. Nobody was\n\
             hurt.\n\
             The mayor said on Monday that Old Bridge would stay closed until the\n\
             water has gone and engineers from the capital have looked at its two\n\
             Northern piers.\n\n\
             Schools open on Tuesday.\n",
            &[
                "The river rose again during the night, and the people who live on its banks carried what they could to \
                 the school on the hill. Nobody was hurt.",
                "The mayor said on Monday that Old Bridge would stay closed until the water has gone and engineers from \
                 the capital have looked at its two Northern piers.",
                "Schools open on Tuesday.",
            ],
        );
    }

    #[test]
    fn links_and_bold_words_go_back_into_their_sentences() {
        check(
            "Sports\nThe village team beat its neighbours on Sunday, the\nValley Post\nreported, and\nJane Doe\n\
             , who scored twice, was carried home by the crowd.\nThe next match of the village is\non Friday\n, a week before the feast.\n\
             Tickets are sold at the school, the\nmayor\nsaid.\nWeather",
            &[
                "Sports",
                "The village team beat its neighbours on Sunday, the Valley Post reported, and Jane Doe, who scored \
                 twice, was carried home by the crowd.",
                "The next match of the village is on Friday, a week before the feast.",
                "Tickets are sold at the school, the mayor said.",
                "Weather",
            ],
        );
    }

    #[test]
    fn whole_sentences_and_menus_are_left_alone() {
        for text in [
            "home\nnews\nsports\nweather\nabout us\ncontact\nThe river rose again during the night.",
            "Sông lại dâng trong đêm\nnước tràn vào nhà\nngười dân lên đồi\nTrường học mở cửa.",
            "The river rose.\nThe mayor came on Monday and looked at the bridge\nand left.\nSchools open on Tuesday.",
        ] {
            check(text, &text.lines().collect::<Vec<_>>());
        }
    }
}
