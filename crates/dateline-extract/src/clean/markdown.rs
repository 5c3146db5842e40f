//! Marks of Markdown: images, links, headings, lists, quotations, emphasis. Scraped text has images and links, too.

use super::facts::{ImageUrl, PageFacts};
use super::lines::{Hint, Line};
use super::phrases::Phrases;

/// Takes the marks off. In plain text (`all` is false) only images and links, which no prose has by chance.
pub(super) fn strip<'a>(lines: Vec<Line<'a>>, all: bool, phrases: &Phrases, page: &mut PageFacts) -> Vec<Line<'a>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut fenced = false;
    for line in lines {
        let text = line.text.as_ref();
        if all && (text.starts_with("```") || text.starts_with("~~~")) {
            fenced = !fenced;
            continue;
        }
        if text.starts_with("http") && super::captions::is_picture(&line) {
            page.images.push(ImageUrl {
                url: text.to_string(),
                source: line.source,
            });
        }
        if fenced || !(all || text.contains("](")) {
            out.push(line);
            continue;
        }
        if all && is_rule(text) {
            continue;
        }
        let (hint, body) = if all { block_mark(text) } else { (Hint::None, text) };
        let (mut plain, mut image) = inline(body, all, &line, page);
        // A picture may stand inside a link, a link inside a link.
        for _ in 0..DEEPEST_LINK {
            if !plain.contains("](") {
                break;
            }
            let (inner, more) = inline(&plain, all, &line, page);
            image |= more;
            if inner == plain {
                break;
            }
            plain = inner;
        }
        let hint = if image && (body.starts_with("![") || plain.trim().len() <= body.len() / 2) {
            Hint::Caption
        } else {
            hint
        };
        if plain == text {
            out.push(Line { hint, ..line });
            continue;
        }
        let source = line.source;
        // A picture without words under it still has to be told as removed.
        let words = if plain.trim().is_empty() && image {
            line.text.to_string()
        } else {
            plain
        };
        if let Some(mut stripped) = Line::new(words.into(), source, false, phrases) {
            stripped.hint = hint;
            out.push(stripped);
        }
    }
    out
}

/// "---", "***", "===".
fn is_rule(text: &str) -> bool {
    let mark = text.chars().next().unwrap_or(' ');
    matches!(mark, '-' | '*' | '_' | '=') && text.len() >= 3 && text.chars().all(|c| c == mark || c == ' ')
}

fn block_mark(text: &str) -> (Hint, &str) {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
        return (Hint::Heading(hashes as u8), text[hashes..].trim_matches([' ', '#']));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return (Hint::Quote, rest.trim_start_matches(['>', ' ']));
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (Hint::List, rest.trim_start());
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && (text[digits..].starts_with(". ") || text[digits..].starts_with(") ")) {
        return (Hint::List, &text[digits + 2..]);
    }
    (Hint::None, text)
}

/// The words without images, addresses of links and (where `all`) emphasis; whether there was an image.
fn inline(text: &str, all: bool, line: &Line<'_>, page: &mut PageFacts) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut image = false;
    let bytes = text.as_bytes();
    // Where `text` begins in the line; unknown where marks were taken off before.
    let shift = (text.as_ptr() as usize)
        .checked_sub(line.text.as_ptr() as usize)
        .filter(|s| s + text.len() <= line.text.len());
    let mut budget = 8 * text.len() + 100 * LINK_BYTES;
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let picture = bytes[at] == b'!' && bytes.get(at + 1) == Some(&b'[');
        if (picture || bytes[at] == b'[') && budget > LINK_BYTES {
            if let Some((label, url, end)) = link(text, at + usize::from(picture)) {
                out.push_str(&text[copied..at]);
                if picture {
                    image = true;
                    let within = text[at + 1..end].rfind(url).unwrap_or(0);
                    let source = match shift {
                        Some(shift) => line.place(shift + at + 1 + within, shift + at + 1 + within + url.len()),
                        None => line.source,
                    };
                    page.images.push(ImageUrl {
                        url: url.to_string(),
                        source,
                    });
                }
                out.push_str(label);
                at = end;
                copied = end;
                continue;
            }
            budget -= LINK_BYTES;
            at += 1;
            continue;
        }
        if all && matches!(bytes[at], b'*' | b'`') || all && bytes[at] == b'_' && edge(bytes, at) {
            out.push_str(&text[copied..at]);
            copied = at + 1;
        }
        at += 1;
    }
    out.push_str(&text[copied..]);
    (out, image)
}

/// An underscore at the edge of a word is a mark, one inside a word is a letter.
fn edge(bytes: &[u8], at: usize) -> bool {
    let word = |n: Option<&u8>| n.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    !(at > 0 && word(bytes.get(at - 1)) && word(bytes.get(at + 1)))
}

/// How deep links and pictures may stand in each other.
const DEEPEST_LINK: usize = 4;

/// Longest label or address of a link, in bytes: bounds the search behind a lonely bracket.
const LINK_BYTES: usize = 2_000;

/// `[label](url "title")` at byte `at`: label, url, one past the end.
fn link(text: &str, at: usize) -> Option<(&str, &str, usize)> {
    let rest = &text.as_bytes()[at..];
    let mut depth = 0;
    let mut close = None;
    for (n, b) in rest.iter().enumerate().take(LINK_BYTES) {
        match b {
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    close = Some(n);
                    break;
                }
            }
            _ => {}
        }
    }
    let close = close?;
    if rest.get(close + 1) != Some(&b'(') {
        return None;
    }
    let open = close + 2;
    let mut depth = 1;
    let mut end = None;
    for (n, b) in rest.iter().enumerate().skip(open).take(LINK_BYTES) {
        match b {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    end = Some(n);
                    break;
                }
            }
            _ => {}
        }
    }
    let end = end?;
    let target = &text[at + open..at + end];
    let url = target.split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
    // An address, not an aside that happens to follow a bracket.
    let addressed = url.contains("://")
        || url.starts_with(['/', '#', '.'])
        || url.starts_with("data:")
        || url.starts_with("mailto:");
    addressed.then(|| (&text[at + 1..at + close], url, at + end + 1))
}
