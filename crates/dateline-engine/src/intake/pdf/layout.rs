//! From letters on pages to paragraphs: rows, columns, what repeats at the edges of pages, lines that belong together.
//!
//! Lengths are in points; `SIZE` constants are in heights of the letters, so that they hold for any size. All are chosen by what
//! typesetting does, not measured.

use super::content::Glyph;
use std::collections::{BTreeMap, BTreeSet};

/// Letters whose feet lie closer than this stand in one row: marks of notes are raised by a third.
const ROW: f64 = 0.4;
/// A gap wider than this is a space: words stand a quarter apart, letters next to nothing.
const SPACE: f64 = 0.18;
/// A gap wider than this parts a row in two: columns stand no closer. Words of justified lines may stand as far apart; their parts are
/// put together again in their column.
const PART: f64 = 0.7;
/// The same letter closer than this to the one before it is that letter drawn twice, to look bold.
const DOUBLE: f64 = 0.1;
/// A first line that begins so far inside begins a paragraph.
const INDENT: f64 = 0.8;
/// Letters are of one size within this part of it.
const SAME_SIZE: f64 = 0.12;
/// Lines stand together up to this many times their usual distance.
const APART: f64 = 1.35;
/// A line that ends a sentence and stops this part of the column's width before its end ends a paragraph, too.
const SHORT: f64 = 0.12;
/// So does a line that stops this part before it, whatever it ends with.
const VERY_SHORT: f64 = 0.35;

/// Rows that two columns have beside each other at least, where the strip between them is as wide as this or less wide: a few gaps of
/// justified lines may lie below each other.
const WIDE: f64 = 2.0;
const COLUMN_ROWS: [usize; 2] = [3, 5];
/// Letters of a row of a column on average: fewer are a table.
const COLUMN_LETTERS: usize = 12;
/// Rows farther apart than this do not stand in the same columns: nothing is beside each other there.
const COLUMN_BREAK: f64 = 2.0;
/// Rows of a page up to which columns are looked for, rows in which the first gap must show, gaps tried, columns in columns.
const MOST_ROWS: usize = 2_000;
const FIRST_ROWS: usize = 4;
const MOST_GAPS: usize = 24;
/// Parts of rows of one file that are looked at in search of columns, gap after gap; a dense page takes some thousand.
const MOST_LOOKS: usize = 20_000_000;
const DEEPEST: usize = 4;

/// Rows at each edge of a page that may repeat, and of a hundred pages those on which they must.
const EDGE: usize = 3;
const REPEATED_PERCENT: usize = 40;
/// Words at the beginning of a page in which the time of its printing stands: "8 tháng 3, 2026 lúc 08:30".
const MOMENT: usize = 6;
/// Digits of the number of a page.
const PAGE_DIGITS: usize = 4;

/// A piece of a row without a wide gap.
#[derive(Clone, Debug)]
pub(super) struct Part {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

pub(super) type Row = Vec<Part>;

/// A line of a column.
#[derive(Debug)]
struct Line {
    part: Part,
    /// Number of the column, over all pages.
    column: usize,
    page: usize,
}

/// Takes out what browsers print around a page: when it was printed, title, address, count of pages. The address, where that was so.
///
/// The time of printing is no date of the page, but stands where a date of publication would.
pub(super) fn without_print(pages: &mut [Vec<Row>]) -> Option<String> {
    let address = |row: &Row| -> Option<String> {
        let web = |t: &&Part| ["http://", "https://", "file://"].iter().any(|s| t.text.starts_with(s));
        row.iter().find(web).map(|p| p.text.clone())
    };
    let count = |part: &Part| -> bool {
        let numbers: Vec<&str> = part.text.split(['/', ' ']).filter(|w| !w.is_empty()).collect();
        let digits = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
        matches!(numbers[..], [n, m] | [n, _, m] if digits(&n) && digits(&m))
    };
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    for first in pages.iter().filter_map(|p| p.first()) {
        *heads.entry(whole(first)).or_default() += 1;
    }
    let mut found = None;
    for page in pages {
        let [first, .., last] = page.as_slice() else { continue };
        let Some(at) = address(last).or_else(|| address(first)) else {
            continue;
        };
        if last.iter().any(count) {
            found.get_or_insert(at);
            let printed = is_moment(&first[0].text) || address(first).is_some() || heads.get(&whole(first)) > Some(&1);
            page.pop();
            if printed {
                page.remove(0);
            }
        }
    }
    found
}

/// Begins with a day and a time, as browsers write them in all their languages.
fn is_moment(text: &str) -> bool {
    let words = || {
        text.split([' ', ',', '\u{202F}', '\u{A0}'])
            .filter(|w| !w.is_empty())
            .take(MOMENT)
    };
    let is_time = |word: &&str| {
        let mut numbers = word.split(':');
        let number =
            |n: Option<&str>| n.is_some_and(|n| matches!(n.len(), 1 | 2) && n.bytes().all(|b| b.is_ascii_digit()));
        number(numbers.next()) && number(numbers.next())
    };
    let numbers = words()
        .filter(|w| !w.contains(':'))
        .flat_map(|w| w.split(|c: char| !c.is_ascii_digit()))
        .filter(|n| !n.is_empty());
    text.starts_with(|c: char| c.is_ascii_digit()) && words().any(|w| is_time(&w)) && numbers.count() >= 2
}

/// The paragraphs of a file, an empty line between them.
pub(super) fn text(mut pages: Vec<Vec<Row>>) -> String {
    let feet = without_edges(&mut pages);
    let mut lines = Vec::new();
    let (mut column, mut looks) = (0, MOST_LOOKS);
    for (number, rows) in pages.into_iter().enumerate() {
        columns(rows, number, 0, &mut column, &mut looks, &mut lines);
        column += 1;
    }
    let mut out = paragraphs(&lines);
    out.extend(feet);
    out.join("\n\n")
}

/// The letters of the page's main direction, turned so that they run to the right.
fn upright(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let quarter = |g: &Glyph| -> Option<usize> {
        let (x, y) = g.step;
        let (long, short) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
        if short > 0.1 * long {
            return None;
        }
        Some(match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 1,
            (false, _, false) => 3,
        })
    };
    let mut seen = [0usize; 4];
    for glyph in &glyphs {
        if let Some(q) = quarter(glyph) {
            seen[q] += 1;
        }
    }
    let main = (0..4).max_by_key(|q| (seen[*q], 4 - q)).unwrap_or(0);
    glyphs
        .into_iter()
        .filter(|g| g.step == (0.0, 0.0) || quarter(g) == Some(main))
        .map(|mut g| {
            let long = g.step.0.abs().max(g.step.1.abs());
            (g.x, g.y) = match main {
                0 => (g.x, g.y),
                1 => (g.y, -g.x),
                2 => (-g.x, -g.y),
                _ => (-g.y, g.x),
            };
            g.step = (long, 0.0);
            g
        })
        .collect()
}

/// The rows of a page from the top, each cut at its wide gaps.
pub(super) fn rows(glyphs: Vec<Glyph>) -> Vec<Row> {
    let mut glyphs = upright(glyphs);
    glyphs.retain(|g| g.size > 0.0);
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        let new = row
            .first()
            .is_some_and(|f| f.y - glyph.y > ROW * f.size.max(glyph.size));
        if new {
            rows.extend(parts(std::mem::take(&mut row)));
        }
        row.push(glyph);
    }
    rows.extend(parts(row));
    rows
}

/// A row's pieces from the left; `None` where it shows nothing.
fn parts(mut row: Vec<Glyph>) -> Option<Row> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut parts: Row = Vec::new();
    let mut space = false;
    let mut last: Option<(String, f64)> = None;
    for glyph in row {
        if glyph.text.chars().all(char::is_whitespace) {
            space = true;
            continue;
        }
        if last
            .as_ref()
            .is_some_and(|(t, x)| *t == glyph.text && glyph.x - x < DOUBLE * glyph.size)
        {
            continue;
        }
        last = Some((glyph.text.clone(), glyph.x));
        let right = glyph.x + glyph.step.0;
        let letters = plain(&glyph.text);
        match parts.last_mut() {
            Some(part) if glyph.x - part.right <= PART * part.size.max(glyph.size) => {
                if space || glyph.x - part.right > SPACE * glyph.size {
                    part.text.push(' ');
                }
                part.text.push_str(&letters);
                part.right = part.right.max(right);
                if glyph.size > part.size {
                    (part.size, part.y) = (glyph.size, glyph.y);
                }
            }
            _ => parts.push(Part {
                text: letters,
                left: glyph.x,
                right,
                y: glyph.y,
                size: glyph.size,
            }),
        }
        space = false;
    }
    (!parts.is_empty()).then_some(parts)
}

/// Letters that were set as one shape, apart; all spaces alike.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn whole(row: &[Part]) -> String {
    let texts: Vec<&str> = row.iter().map(|p| p.text.as_str()).collect();
    texts.join(" ")
}

/// Takes what repeats at the edges of pages out of them: counts of pages everywhere, heads but the first. The first of each foot
/// is given back, to stand behind the text.
fn without_edges(pages: &mut [Vec<Row>]) -> Vec<String> {
    let filled = pages.iter().filter(|p| !p.is_empty()).count();
    if filled < 2 {
        return Vec::new();
    }
    let key = |text: &str| -> String {
        let digits = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c });
        digits
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let edges = |page: &[Row]| -> Vec<(bool, usize)> {
        let top = (0..page.len().min(EDGE)).map(|at| (true, at));
        let bottom = (page.len().saturating_sub(EDGE)..page.len()).map(|at| (false, at));
        top.chain(bottom).collect()
    };
    // On how many pages a row stands at an edge, and its texts there.
    let mut seen: BTreeMap<(bool, String), (usize, BTreeSet<String>)> = BTreeMap::new();
    for page in pages.iter() {
        let mut here = BTreeSet::new();
        for (top, at) in edges(page) {
            let text = whole(&page[at]);
            let key = (top, key(&text));
            let (count, texts) = seen.entry(key.clone()).or_default();
            *count += usize::from(here.insert(key));
            texts.insert(text);
        }
    }
    let often = |count: usize| count >= 2 && count * 100 >= filled * REPEATED_PERCENT;
    let (mut told, mut feet) = (BTreeSet::new(), Vec::new());
    for page in pages.iter_mut() {
        let mut gone = BTreeSet::new();
        for (top, at) in edges(page) {
            let text = whole(&page[at]);
            let key = (top, key(&text));
            let Some((count, texts)) = seen.get(&key) else { continue };
            let outermost = if top { at == 0 } else { at + 1 == page.len() };
            let bare = is_count(&text);
            let counts = key.1.contains('#') && texts.len() > 1;
            if bare && outermost || often(*count) && counts {
                gone.insert(at);
            } else if often(*count) {
                let first = told.insert(key);
                if !(first && top) {
                    gone.insert(at);
                }
                if first && !top {
                    feet.push(text);
                }
            }
        }
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }
    feet
}

/// The number of a page and nothing else: "7", "7/12", "- 7 -". A day is none.
fn is_count(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let around = |c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–' | '—' | '|' | '·' | '[' | ']' | '(' | ')');
    text.chars().all(|c| c.is_ascii_digit() || around(c))
        && numbers.clone().all(|n| n.len() <= PAGE_DIGITS)
        && matches!(numbers.count(), 1 | 2)
}

/// The lines of some rows of a page, column after column.
fn columns(rows: Vec<Row>, page: usize, depth: usize, column: &mut usize, looks: &mut usize, lines: &mut Vec<Line>) {
    let looked = rows.len() <= MOST_ROWS && depth < DEEPEST;
    let mut here = *column;
    let mut rest = rows.as_slice();
    while let Some(row) = rest.first() {
        if let Some((count, middle)) = looked.then(|| gutter(rest, looks)).flatten() {
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for row in &rest[..count] {
                let (l, r): (Row, Row) = row.iter().cloned().partition(|p| p.right <= middle);
                left.extend((!l.is_empty()).then_some(l));
                right.extend((!r.is_empty()).then_some(r));
            }
            for side in [left, right] {
                *column += 1;
                columns(side, page, depth + 1, column, looks, lines);
            }
            *column += 1;
            here = *column;
            rest = &rest[count..];
            continue;
        }
        let tallest = row.iter().max_by(|a, b| a.size.total_cmp(&b.size)).unwrap_or(&row[0]);
        lines.push(Line {
            part: Part {
                text: whole(row),
                left: row[0].left,
                right: row.iter().map(|p| p.right).fold(row[0].right, f64::max),
                y: tallest.y,
                size: tallest.size,
            },
            column: here,
            page,
        });
        rest = &rest[1..];
    }
}

/// How many of the first rows stand in columns, and where the empty strip between the first of them and the others is.
///
/// `looks` is what is left of [`MOST_LOOKS`]; where nothing is, there are no columns.
fn gutter(rows: &[Row], looks: &mut usize) -> Option<(usize, f64)> {
    let with_gap = rows.iter().take(FIRST_ROWS).find(|r| r.len() > 1)?;
    let gaps = with_gap
        .windows(2)
        .take(MOST_GAPS)
        .map(|two| (two[0].right, two[1].left));
    gaps.filter_map(|gap| along(rows, gap, looks))
        .max_by_key(|(count, _)| *count)
}

/// How far down a gap goes on, and its middle there; `None` where no columns stand beside it.
fn along(rows: &[Row], (mut from, mut to): (f64, f64), looks: &mut usize) -> Option<(usize, f64)> {
    let (mut count, mut both, mut letters) = (0, 0, [0usize; 2]);
    let (mut last, mut tallest) = (None, 0.0f64);
    for row in rows {
        *looks = looks.checked_sub(row.len())?;
        let size = row.iter().map(|p| p.size).fold(0.0, f64::max);
        if last.is_some_and(|y: f64| y - row[0].y > COLUMN_BREAK * size) && both > 0 {
            break;
        }
        last = Some(row[0].y);
        let middle = (from + to) / 2.0;
        let (mut a, mut b) = (from, to);
        let mut sides = [0usize; 2];
        for part in row {
            if (part.left + part.right) / 2.0 < middle {
                a = a.max(part.right);
                sides[0] += part.text.len();
            } else {
                b = b.min(part.left);
                sides[1] += part.text.len();
            }
        }
        if b - a < PART * size {
            break;
        }
        (from, to) = (a, b);
        tallest = tallest.max(size);
        count += 1;
        if sides[0] > 0 && sides[1] > 0 {
            both += 1;
            letters[0] += sides[0];
            letters[1] += sides[1];
        }
    }
    let text = letters.iter().all(|l| *l >= both * COLUMN_LETTERS);
    let least = COLUMN_ROWS[usize::from(to - from < WIDE * tallest)];
    (both >= least && text).then_some((count, (from + to) / 2.0))
}

/// Lines put together where they belong together.
fn paragraphs(lines: &[Line]) -> Vec<String> {
    let usual = usual_distance(lines);
    let mut edges: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for line in lines {
        let (left, right) = edges.entry(line.column).or_insert((line.part.left, line.part.right));
        (*left, *right) = (left.min(line.part.left), right.max(line.part.right));
    }
    let hyphened = hyphened(lines);
    let mut out: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let joins = before.is_some_and(|b| goes_on(b, line, edges[&b.column], edges[&line.column].0, usual));
        before = Some(line);
        match out.last_mut() {
            Some(paragraph) if joins => join(paragraph, &line.part.text, &hyphened),
            _ => out.push(line.part.text.trim().to_string()),
        }
    }
    for paragraph in &mut out {
        paragraph.retain(|c| c != '\u{AD}');
    }
    out.retain(|p| !p.is_empty());
    out
}

/// The middle distance of lines below each other, in heights of their letters.
fn usual_distance(lines: &[Line]) -> f64 {
    let mut all: Vec<f64> = lines
        .windows(2)
        .filter(|two| two[0].column == two[1].column)
        .map(|two| (two[0].part.y - two[1].part.y) / two[1].part.size)
        .filter(|d| (0.5..3.0).contains(d))
        .collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(1.2)
}

/// Whether `next` goes on where `line` ends. `edges` are those of the line's column, `left` that of the next one's.
fn goes_on(line: &Line, next: &Line, edges: (f64, f64), left: f64, usual: f64) -> bool {
    let (a, b) = (&line.part, &next.part);
    let size = a.size.max(b.size);
    if (a.size - b.size).abs() > SAME_SIZE * size || is_item(&b.text) {
        return false;
    }
    let ended = a
        .text
        .trim_end_matches(['"', '”', '’', ')', '»', '\'', ' '])
        .ends_with(['.', '!', '?', '…', ':']);
    let missing = (edges.1 - a.right) / (edges.1 - edges.0).max(1.0);
    if missing > VERY_SHORT || ended && missing > SHORT {
        return false;
    }
    let indented = b.left - left > INDENT * size;
    let distance = a.y - b.y;
    let near = distance <= APART * usual * size;
    if line.column != next.column {
        return !ended && !indented && (near || line.page != next.page);
    }
    distance > 0.0 && near && !(indented && a.left - edges.0 <= INDENT * size)
}

/// An item of a list.
fn is_item(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('•' | '▪' | '●' | '■' | '◦' | '➢' | '✓') => true,
        Some('-' | '–' | '*' | '+') => letters.next() == Some(' '),
        _ => false,
    }
}

/// Words with a hyphen that do not stand at the end of a line.
fn hyphened(lines: &[Line]) -> BTreeSet<&str> {
    let words = lines.iter().flat_map(|l| l.part.text.split(' '));
    words
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| w.contains('-'))
        .collect()
}

/// Puts the next line behind a paragraph. A hyphen at the end of a line was put there by the typesetter, unless the word has
/// hyphens elsewhere, or more than this one.
fn join(paragraph: &mut String, next: &str, hyphened: &BTreeSet<&str>) {
    let next = next.trim();
    let end = paragraph.trim_end().len();
    paragraph.truncate(end);
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    if paragraph.ends_with('\u{AD}') {
        paragraph.pop();
    } else if let Some(word) = paragraph.strip_suffix(['-', '‐']).filter(|_| lower) {
        let begin = word.rsplit([' ', '\n']).next().unwrap_or(word);
        let tail = next.split(' ').next().unwrap_or(next);
        let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
        let begin_of_word = begin.trim_start_matches(|c: char| !c.is_alphanumeric());
        let compound = begin.contains('-')
            || tail.contains('-')
            || hyphened.contains(format!("{begin_of_word}-{tail}").as_str())
            || !begin.ends_with(char::is_alphabetic);
        if !compound {
            let end = word.len();
            paragraph.truncate(end);
        }
    } else if !paragraph.is_empty() && !next.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_for_columns_is_paid_for() {
        let part = |left: f64, row: u8| Part {
            text: "words of a column".into(),
            left,
            right: left + 100.0,
            y: 700.0 - 12.0 * f64::from(row),
            size: 10.0,
        };
        let rows: Vec<Row> = (0..20).map(|row| vec![part(50.0, row), part(200.0, row)]).collect();
        let (mut enough, mut little) = (100, 30);
        assert_eq!(gutter(&rows, &mut enough), Some((20, 175.0)));
        assert_eq!(enough, 60);
        assert_eq!(gutter(&rows, &mut little), None);
    }
}
