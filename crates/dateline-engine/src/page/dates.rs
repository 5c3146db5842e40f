//! Dates in the reader's language, as exact as the reports are.
//!
//! A date travels as a *code*, EDTF or TIMEX3 as the model has it, so that the script can set it again in the other language.
//! `script.js` does the same as [`spell`]; the browser checks compare the two.

use super::html::tame;
use super::words::{Language, Words};
use dateline_model::{Interval, When, edtf_of};

/// Length of a date's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// "19 Sep 2023", "19.9.2023".
    Short,
    /// "19 September 2023", "ngày 19 tháng 9 năm 2023".
    Long,
}

/// Nothing is known.
pub(super) const UNKNOWN: &str = "?";

/// The code of a value with its interval: the value where it says as much, else the interval.
pub(super) fn code(value: Option<&str>, interval: Interval) -> String {
    let value = value.map(str::trim).filter(|v| !v.is_empty());
    match value {
        // "2024-04-01/2024-04-10" of "early April" is the interval itself.
        Some(value) => value.chars().filter_map(tame).collect(),
        None => edtf_of(interval).unwrap_or_else(|| UNKNOWN.into()),
    }
}

/// The code of an event's date.
pub(super) fn code_of(when: &When) -> String {
    code(when.value.as_deref(), when.interval)
}

/// How exact a code is; names a style.
pub(super) fn grain(code: &str) -> &'static str {
    if code == UNKNOWN {
        return "none";
    }
    if code.contains('/') {
        return if code.contains("..") { "open" } else { "range" };
    }
    let (atom, _) = split_modifier(code);
    match atom
        .trim_start_matches('-')
        .split('T')
        .next()
        .unwrap_or(atom)
        .as_bytes()
    {
        [_, _, _, _, b'-', _, _, b'-', _, _] => "day",
        [_, _, _, _, b'-', _, _] => "month",
        [_, _, _, _] => "year",
        _ => "range",
    }
}

/// The code as HTML's `datetime` may hold it: a day, a month, a year.
pub(super) fn datetime(code: &str) -> bool {
    let year = |y: &str| y.len() == 4 && y != "0000" && y.bytes().all(|b| b.is_ascii_digit());
    let two = |p: &str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = code.split('-').collect();
    match parts[..] {
        [y] => year(y),
        [y, m] => year(y) && two(m) && ("01"..="12").contains(&m),
        [y, m, d] => year(y) && two(m) && two(d),
        _ => false,
    }
}

/// The words of a code.
pub(super) fn spell(code: &str, words: &Words, length: Length) -> String {
    let speller = Speller { words, length };
    if code == UNKNOWN {
        return words.get("date.none").to_string();
    }
    match code.split_once('/') {
        Some(("..", "..") | ("", "")) => words.get("date.none").to_string(),
        Some((".." | "", b)) => words.get("d.until").replace("{x}", &speller.modified(b)),
        Some((a, ".." | "")) => words.get("d.from").replace("{x}", &speller.modified(a)),
        Some((a, b)) => speller.range(a, b),
        None => speller.modified(code),
    }
}

struct Speller<'a> {
    words: &'a Words,
    length: Length,
}

impl Speller<'_> {
    fn template(&self, name: &str) -> &'static str {
        let length = match self.length {
            Length::Short => "s",
            Length::Long => "l",
        };
        self.words.get(&format!("d.{name}.{length}"))
    }

    fn month(&self, month: &str) -> Option<&'static str> {
        let list = match self.length {
            Length::Short => "months.s",
            Length::Long => "months.l",
        };
        let index: usize = month.parse().ok()?;
        self.words.get(list).split(' ').nth(index.checked_sub(1)?)
    }

    fn range(&self, a: &str, b: &str) -> String {
        let (x, y): (Vec<&str>, Vec<&str>) = (a.split('-').collect(), b.split('-').collect());
        if let ([year, month, from], [year_b, month_b, to]) = (&x[..], &y[..])
            && (year, month) == (year_b, month_b)
            && let (Some(name), Some(from), Some(to)) = (self.month(month), plain(from), plain(to))
        {
            let filled = self.template("days").replace("{M}", name).replace("{m}", &bare(month));
            return filled
                .replace("{a}", &from)
                .replace("{b}", &to)
                .replace("{y}", &self.year(year));
        }
        let ends = self.words.get("d.range").replace("{a}", &self.modified(a));
        ends.replace("{b}", &self.modified(b))
    }

    fn modified(&self, code: &str) -> String {
        let (atom, modifier) = split_modifier(code);
        match modifier.and_then(|m| self.words.find(&format!("mod.{m}"))) {
            Some(template) => template.replace("{x}", &self.atom(atom)),
            None => self.atom(code),
        }
    }

    /// "0988" is 988; "-0043" is the year 44 before Christ as the calendar counts, and as EDTF writes it.
    fn year(&self, year: &str) -> String {
        match year.strip_prefix('-') {
            Some(before) => {
                let n: u32 = before.parse().unwrap_or(0);
                self.words.get("d.bc").replace("{y}", &(n + 1).to_string())
            }
            None => bare(year),
        }
    }

    fn atom(&self, code: &str) -> String {
        let (negative, rest) = match code.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", code),
        };
        let parts: Vec<&str> = rest.split('-').collect();
        let year = parts.first().map(|y| format!("{negative}{y}")).unwrap_or_default();
        let filled = match parts[..] {
            [y] if digits(y, 4) => Some(self.template("year").replace("{y}", &self.year(&year))),
            [y] if y.len() == 4 && y.ends_with('X') && digits(&y[..3], 3) => {
                Some(self.template("decade").replace("{y}", &format!("{}0", &y[..3])))
            }
            [y, m] if digits(y, 4) && self.month(m).is_some() => self.in_month("month", &year, m, ""),
            [y, part] if digits(y, 4) => self.part_of_year(&year, part),
            ["XXXX", m, d] => self.day("noyear", "", m, d),
            [y, m, d] if digits(y, 4) => self.day("day", &year, m, d),
            _ => None,
        };
        filled.unwrap_or_else(|| code.to_string())
    }

    fn in_month(&self, template: &str, year: &str, month: &str, day: &str) -> Option<String> {
        let filled = self
            .template(template)
            .replace("{M}", self.month(month)?)
            .replace("{m}", &bare(month));
        Some(filled.replace("{d}", day).replace("{y}", &self.year(year)))
    }

    fn day(&self, template: &str, year: &str, month: &str, day: &str) -> Option<String> {
        let (day, time) = match day.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (day, None),
        };
        let spelt = self.in_month(template, year, month, &plain(day)?)?;
        let Some(time) = time else { return Some(spelt) };
        let part = self.words.find(&format!("part.{time}")).unwrap_or(time);
        Some(self.words.get("d.part").replace("{x}", &spelt).replace("{w}", part))
    }

    fn part_of_year(&self, year: &str, part: &str) -> Option<String> {
        let season = match part {
            "21" => "SP",
            "22" => "SU",
            "23" => "FA",
            "24" => "WI",
            other => other,
        };
        let (template, word) = if let Some(word) = self.words.find(&format!("season.{season}")) {
            ("season", word.to_string())
        } else {
            let (kind, number) = (part.get(..1)?, plain(part.get(1..)?)?);
            (
                match kind {
                    "W" => "week",
                    "Q" => "quarter",
                    "H" => "half",
                    _ => return None,
                },
                number,
            )
        };
        Some(
            self.template(template)
                .replace("{w}", &word)
                .replace("{y}", &self.year(year)),
        )
    }
}

/// "2024-04 START" and "2024~": the date and its modifier.
fn split_modifier(code: &str) -> (&str, Option<&str>) {
    if let Some(atom) = code.strip_suffix('~') {
        return (atom, Some("APPROX"));
    }
    match code.rsplit_once(' ') {
        Some((atom, modifier)) => (atom, Some(modifier)),
        None => (code, None),
    }
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// "09" is 9.
fn bare(number: &str) -> String {
    let short = number.trim_start_matches('0');
    if short.is_empty() { "0".into() } else { short.into() }
}

fn plain(number: &str) -> Option<String> {
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| bare(number))
}

/// Years that stand in front of the first of January 1970 count downwards.
pub(super) fn day_number(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// The heading's month in words.
pub(super) fn month_name(month: i8, words: &Words) -> String {
    let list = match words.language() {
        Language::English => words.get("months.l"),
        Language::Vietnamese => words.get("months.s"),
    };
    let name = list
        .split(' ')
        .nth(usize::try_from(month).unwrap_or(1).saturating_sub(1))
        .unwrap_or("");
    words
        .get("month.head")
        .replace("{M}", name)
        .replace("{m}", &month.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, then English short and long, Vietnamese short and long. The browser checks hold `script.js` to the same table.
    const TABLE: &str = include_str!("../../../../tests/browser/dates.tsv");

    #[test]
    fn dates_are_spelt_as_the_table_says() {
        let (en, vi) = (Words::new(Language::English), Words::new(Language::Vietnamese));
        for row in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let code = cells[0];
            let got = [
                spell(code, &en, Length::Short),
                spell(code, &en, Length::Long),
                spell(code, &vi, Length::Short),
                spell(code, &vi, Length::Long),
            ];
            assert_eq!(got.as_slice(), &cells[1..], "{code}");
        }
    }

    #[test]
    fn what_is_no_date_stands_as_it_is() {
        let en = Words::new(Language::English);
        for odd in ["PAST_REF", "", "2024-99", "x/y", "2024-04-3é", "é-é-é"] {
            let _ = spell(odd, &en, Length::Long);
            let _ = grain(odd);
            assert!(!datetime(odd) || odd == "2024-99", "{odd}");
        }
    }
}
