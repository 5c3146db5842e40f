//! Dates inside addresses: `/2024/06/12/`, `-20240612093000`, `2024-06-12`.

use super::PageWords;
use jiff::civil::Date;
use std::ops::Range;

/// Earliest year that an address may carry: the web's first.
const FIRST_YEAR: i16 = 1991;
/// Latest year that is read as one; later ones are numbers of another kind.
const LAST_YEAR: i16 = 2099;

/// A date found in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// First day.
    pub(super) first: Date,
    /// Last day: the same, or the last of the month where only the month is written.
    pub(super) last: Date,
    /// Bytes of the address.
    pub(super) at: Range<usize>,
}

/// The date that an address is filed under: folders first (`/2024/06/12/`), then one written in a folder or, where
/// `names` allows, in the file's name. The name of an image often carries the day of the picture, not of the report.
pub(super) fn dated(address: &str, names: bool, words: &PageWords) -> Option<Dated> {
    let path_end = address.find(['?', '#']).unwrap_or(address.len());
    let path_start = address.find("://").map_or(0, |p| p + 3);
    let path = &address[path_start..path_end];
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut at = path_start;
    for part in path.split('/') {
        parts.push((at, part));
        at += part.len() + 1;
    }
    let file = parts.len() - 1;
    for window in 1..parts.len() {
        let Some(year) = year(parts[window].1) else { continue };
        let month = parts
            .get(window + 1)
            .and_then(|p| two(p.1).or_else(|| words.month(p.1)))
            .filter(|m| (1..=12).contains(m));
        let Some(month) = month else { continue };
        let day = parts
            .get(window + 2)
            .and_then(|p| two(p.1))
            .and_then(|d| Date::new(year, month, d).ok());
        let (first, last, end) = match day {
            Some(day) => (day, day, window + 2),
            None => {
                let first = Date::new(year, month, 1).ok()?;
                (first, first.last_of_month(), window + 1)
            }
        };
        return Some(Dated {
            first,
            last,
            at: parts[window].0..parts[end].0 + parts[end].1.len(),
        });
    }
    let last = if names { file + 1 } else { file };
    parts[1.min(last)..last].iter().find_map(|&(at, part)| {
        compact(part).map(|(day, r)| Dated {
            first: day,
            last: day,
            at: at + r.start..at + r.end,
        })
    })
}

fn year(part: &str) -> Option<i16> {
    (part.len() == 4)
        .then(|| part.parse::<i16>().ok())
        .flatten()
        .filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y))
}

fn two(part: &str) -> Option<i8> {
    (part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
        .then(|| part.parse().ok())
        .flatten()
}

/// `20240612`, with or without a time behind it, or `2024-06-12` / `2024_06_12` inside one part.
fn compact(part: &str) -> Option<(Date, Range<usize>)> {
    let bytes = part.as_bytes();
    let digits = |r: Range<usize>| -> Option<i16> {
        let s = part.get(r)?;
        s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse().ok()).flatten()
    };
    for start in 0..bytes.len() {
        if start > 0 && bytes[start - 1].is_ascii_digit() || !bytes[start].is_ascii_digit() {
            continue;
        }
        let run = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let date = match run {
            8 | 12 | 14 | 17 => (
                digits(start..start + 4),
                digits(start + 4..start + 6),
                digits(start + 6..start + 8),
                8,
            ),
            4 if matches!(bytes.get(start + 4), Some(b'-' | b'_')) && bytes.get(start + 4) == bytes.get(start + 7) => (
                digits(start..start + 4),
                digits(start + 5..start + 7),
                digits(start + 8..start + 10),
                10,
            ),
            _ => continue,
        };
        if let (Some(y), Some(m), Some(d), length) = date
            && (FIRST_YEAR..=LAST_YEAR).contains(&y)
            && let Ok(day) = Date::new(y, m as i8, d as i8)
        {
            return Some((day, start..start + length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, names: bool, expected: Option<(&str, &str)>) {
        let words = PageWords::load(&dateline_lang::PackFiles::builtin()).expect("the built-in packs load");
        let got = dated(address, names, &words);
        let shown = got
            .as_ref()
            .map(|d| (d.first.to_string(), address[d.at.clone()].to_string()));
        assert_eq!(
            shown,
            expected.map(|(d, w)| (d.to_string(), w.to_string())),
            "{address}"
        );
    }

    #[test]
    fn folders_come_before_file_names() {
        check(
            "https://x.example/2023/04/15/pic-20230301.jpg",
            false,
            Some(("2023-04-15", "2023/04/15")),
        );
        check(
            "https://x.example/uploads/2023/04/a.jpg",
            false,
            Some(("2023-04-01", "2023/04")),
        );
        check("https://x.example/pic-20230301.jpg", false, None);
        check(
            "https://x.example/tin-20230301093000.htm",
            true,
            Some(("2023-03-01", "20230301")),
        );
        check(
            "https://x.example/news/2023-04-15/a?d=2024/01/01",
            true,
            Some(("2023-04-15", "2023-04-15")),
        );
        check(
            "https://x.example/sport/2023/apr/15/boat-race",
            true,
            Some(("2023-04-15", "2023/apr/15")),
        );
        check("https://x.example/a-4591234.html", true, None);
        check("", true, None);
    }
}
