//! Pictures and the words under them.

use super::lines::{Hint, Line};
use super::outlets::Outlets;
use super::phrases::{Phrases, Role};
use super::words::End;
use dateline_model::RuleId;

/// Longest caption with a credit, in words: agency captions fill a short paragraph. Higher takes paragraphs that end in a credit.
const CAPTION_WORDS: usize = 65;

/// Longest caption that only its neighbour, a picture, gives away, in words. Chosen, not measured.
const NEIGHBOUR_WORDS: usize = 45;

const IMAGE_ENDINGS: [&str; 9] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg", ".jfif",
];

/// Ends like the file name of an image, a query aside.
pub(super) fn is_image_name(text: &str) -> bool {
    let name = if text.contains("://") {
        text.split(['?', '#']).next().unwrap_or(text)
    } else {
        text
    };
    let tail: String = name
        .chars()
        .rev()
        .take(5)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<String>()
        .to_lowercase();
    IMAGE_ENDINGS.iter().any(|e| tail.ends_with(e))
}

/// The picture itself: its file name or address on a line of its own.
pub(super) fn is_picture(line: &Line<'_>) -> bool {
    line.shape.len() <= 40 && is_image_name(&line.text) && (line.shape.len() <= 12 || line.text.contains("://"))
}

/// The rule by which the line, alone, is words under a picture.
pub(super) fn own_evidence(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<RuleId> {
    if line.hint == Hint::Caption {
        return Some("clean.caption.markup".into());
    }
    if is_picture(line) {
        return Some("clean.caption.file-name".into());
    }
    let words = &line.shape.words;
    if line.shape.long || words.len() > CAPTION_WORDS {
        return None;
    }
    if let Some(hit) = line.hits.get(Role::Caption) {
        // Behind the mark stand names: "Ảnh: Minh An/ABC", "Photo by Jane Doe". A mark inside a sentence is none.
        let rest = &words[hit.to..];
        let plain = rest
            .iter()
            .filter(|w| !w.capital && !w.digits && !phrases.word_has(w, Role::Joint))
            .count();
        if hit.from == 0 || plain <= 2 {
            return Some(phrases.rule(hit));
        }
    }
    numbered(line, phrases).or_else(|| slash_credit(line, outlets))
}

/// "The bridge - Photo 3."
fn numbered(line: &Line<'_>, phrases: &Phrases) -> Option<RuleId> {
    let [.., picture, number] = line.shape.words.as_slice() else {
        return None;
    };
    let short = number.digits && number.end - number.start <= 2;
    (short && phrases.word_has(picture, Role::Picture)).then(|| "clean.caption.numbered".into())
}

/// "… after the storm. REUTERS/Jane Doe", "… in the harbour (AFP/Jane Doe)".
fn slash_credit(line: &Line<'_>, outlets: &Outlets) -> Option<RuleId> {
    let words = &line.shape.words;
    let reach = words.len().saturating_sub(7).max(3);
    for from in reach..words.len() {
        let before = line.text[..words[from].start as usize].trim_end();
        if !before.ends_with(['.', '(', '[', '"', '”', '-', '–', '—']) || !words[from].capital {
            continue;
        }
        let Some((_, to)) = outlets.longest(&line.text, words, from) else {
            continue;
        };
        let named = words[to..].iter().all(|w| w.capital);
        if named && to < words.len() && line.text[words[to - 1].end as usize..].starts_with('/') {
            return Some("clean.caption.slash-credit".into());
        }
    }
    None
}

/// Stands beside a picture and is not a sentence: the words under it.
pub(super) fn beside_picture(line: &Line<'_>) -> bool {
    line.shape.end == End::Open && (2..=NEIGHBOUR_WORDS).contains(&line.shape.len())
}
