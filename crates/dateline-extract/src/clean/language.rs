//! Which language a report is in: `vi`, `en`, or `und`.

use super::lines::Line;
use super::phrases::{Phrases, Role};
use dateline_lang::{CharTraits, point_at};
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
    let (mut letters, mut vietnamese, mut ascii) = (0usize, 0usize, 0usize);
    let bytes = sample.as_bytes();
    let mut at = 0;
    while let Some((point, width)) = point_at(bytes, at) {
        at += width;
        if CharTraits::of(point).any(CharTraits::LETTER) {
            letters += 1;
            if point < 0x80 {
                ascii += 1;
            } else {
                vietnamese += usize::from(is_vietnamese(point));
            }
        }
    }
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

/// A letter that among the great written languages only Vietnamese uses much.
fn is_vietnamese(point: u32) -> bool {
    // Ạ to ỹ; then Ă ă, Đ đ, Ơ ơ and Ư ư.
    matches!(
        point,
        0x1ea0..=0x1ef9 | 0x102 | 0x103 | 0x110 | 0x111 | 0x1a0 | 0x1a1 | 0x1af | 0x1b0
    )
}
