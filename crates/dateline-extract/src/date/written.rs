//! Dates as pages write them, in whatever language: `12. März 2014`, `Mar 12th, 2014`, `2014年3月12日`, `12/03/14`.
//!
//! The words (months, small words between the numbers, what announces a publication) are data: `packs/*/dates/*.toml`.

use dateline_lang::{PackError, PackFiles};
use icu_normalizer::DecomposingNormalizerBorrowed;
use jiff::civil::Date;
use rapidhash::RapidHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Earliest year of a page: the web's first.
const FIRST_YEAR: i16 = 1991;
/// Latest year that is read as one.
const LAST_YEAR: i16 = 2099;
/// Two digits up to this are years of this century.
const CENTURY: i16 = 69;
/// Tokens without meaning of their own that may stand between two parts of a date.
const MOST_BETWEEN: usize = 4;
/// Words before a date in which its announcement is looked for.
const CUE_WORDS: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(
        dead_code,
        reason = "the law of the packs: each file says where its words come from; the loader only insists"
    )]
    source: String,
    #[serde(default)]
    month: BTreeMap<String, i8>,
    #[serde(default)]
    between: Vec<String>,
    #[serde(default)]
    published: Vec<String>,
    #[serde(default)]
    updated: Vec<String>,
    #[serde(default)]
    other: Vec<String>,
    #[serde(default, rename = "month-first")]
    month_first: Option<Places>,
    #[serde(default, rename = "day-first")]
    day_first: Option<Places>,
    examples: Vec<Example>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    value: String,
    #[serde(default)]
    cue: Option<String>,
    #[serde(default)]
    language: String,
    #[serde(default)]
    address: String,
}

/// What the words before a date announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Its publication.
    Published,
    /// A change of it.
    Updated,
    /// Something else: a birth, an event, a deadline, a copyright.
    Other,
}

/// A date of a stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// First day that it names.
    pub(super) first: Date,
    /// Last day: the same, or the last of the month.
    pub(super) last: Date,
    /// The other reading of a numeric date.
    pub(super) other: Option<Date>,
    /// The order of day and month (month first), where the numbers allow only one.
    pub(super) proven: Option<bool>,
    /// Bytes of the stamp.
    pub(super) at: Range<usize>,
    /// What announces it.
    pub(super) cue: Option<Cue>,
    /// A numeric date was read with the month first.
    pub(super) month_first: bool,
}

/// The words that dates on pages are made of, in all languages together; read when the first page asks for them, as most runs
/// read no page.
#[derive(Debug, Default)]
pub struct PageWords {
    table: OnceLock<Table>,
}

/// What `*/dates/*.toml` hold.
#[derive(Debug, Default)]
struct Table {
    /// Folded word → language, month.
    months: RapidHashMap<String, Vec<(String, i8)>>,
    between: RapidHashMap<String, ()>,
    /// First folded word of an announcement → all its words, what it announces.
    cues: RapidHashMap<String, Vec<(Vec<String>, Cue)>>,
    month_first: Order,
    day_first: Order,
}

/// Languages and domains that write one part first.
#[derive(Debug, Default)]
struct Order {
    languages: Vec<String>,
    domains: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number { value: u32, digits: usize },
    Month(Vec<(String, i8)>),
    Between(String),
    Space,
    Sign(char),
    Word(String),
}

/// How a page is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner<'m> {
    /// Language tag; empty where unknown.
    pub(super) language: &'m str,
    /// `9/10` is the tenth of September.
    pub(super) month_first: bool,
}

fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize(&lower)
        .chars()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .collect()
}

/// Tag, path and content of every `*/dates/*.toml`.
fn read_all(files: &PackFiles) -> impl Iterator<Item = (&str, &str, Result<File, toml::de::Error>)> {
    files.under("").filter_map(|(path, content)| {
        let (tag, rest) = path.split_once('/')?;
        (rest.starts_with("dates/") && rest.ends_with(".toml")).then(|| (tag, path, toml::from_str(content)))
    })
}

impl PageWords {
    /// Those of the packs that come with the program.
    pub fn builtin() -> PageWords {
        PageWords::default()
    }

    /// Reads all `*/dates/*.toml` of packs that may be wrong.
    ///
    /// # Errors
    /// A file that is not valid TOML or has no example.
    pub fn load(files: &PackFiles) -> Result<PageWords, PackError> {
        Ok(PageWords {
            table: OnceLock::from(Table::load(files)?),
        })
    }

    fn table(&self) -> &Table {
        // Packs of a user's are read by `load`, which says what is wrong with them.
        self.table
            .get_or_init(|| Table::load(&PackFiles::builtin()).expect("the built-in packs are right"))
    }

    /// Runs the examples of all `*/dates/*.toml`; gives those that do not hold.
    pub fn check(&self, files: &PackFiles) -> Vec<String> {
        self.table().check(files)
    }

    /// Whether `9/10` is the tenth of September on a page: by its full language tag, its country's domain, its language.
    pub(super) fn month_first(&self, language: &str, address: Option<&String>) -> bool {
        self.table().month_first(language, address)
    }

    /// The month that a word names in whatever language.
    pub(super) fn month(&self, word: &str) -> Option<i8> {
        self.table().month(word)
    }

    /// All dates of a stamp, in order.
    pub(super) fn find(&self, text: &str, manner: Manner<'_>) -> Vec<Found> {
        self.table().find(text, manner)
    }
}

impl Table {
    fn load(files: &PackFiles) -> Result<Table, PackError> {
        let mut words = Table::default();
        for (tag, path, file) in read_all(files) {
            let bad = |message: String| PackError::File {
                path: path.to_string(),
                message,
            };
            let file = file.map_err(|e| bad(e.to_string()))?;
            if file.examples.is_empty() {
                return Err(PackError::NoExample {
                    path: path.to_string(),
                    rule: "dates".into(),
                });
            }
            for (word, month) in file.month {
                if !(1..=12).contains(&month) {
                    return Err(bad(format!("`{word}` = {month} is no month")));
                }
                words
                    .months
                    .entry(fold(&word))
                    .or_default()
                    .push((tag.to_string(), month));
            }
            words.between.extend(file.between.iter().map(|w| (fold(w), ())));
            for (phrases, cue) in [
                (file.published, Cue::Published),
                (file.updated, Cue::Updated),
                (file.other, Cue::Other),
            ] {
                for phrase in phrases {
                    let parts: Vec<String> = phrase.split(' ').map(fold).collect();
                    if parts[0].is_empty() {
                        return Err(bad("an empty phrase".into()));
                    }
                    words.cues.entry(parts[0].clone()).or_default().push((parts, cue));
                }
            }
            for (from, to) in [
                (file.month_first, &mut words.month_first),
                (file.day_first, &mut words.day_first),
            ] {
                let from = from.unwrap_or_default();
                to.languages.extend(from.languages);
                to.domains.extend(from.domains);
            }
        }
        Ok(words)
    }

    fn check(&self, files: &PackFiles) -> Vec<String> {
        let examples = read_all(files).filter_map(|(_, path, file)| Some((path, file.ok()?.examples)));
        examples
            .flat_map(|(path, examples)| examples.into_iter().filter_map(move |e| self.fails(path, &e)))
            .collect()
    }

    fn fails(&self, path: &str, example: &Example) -> Option<String> {
        let manner = Manner {
            language: &example.language,
            month_first: self.month_first(&example.language, Some(&example.address).filter(|a| !a.is_empty())),
        };
        let found = self.find(&example.text, manner);
        let got = found.first().map_or(String::new(), |f| {
            let day = f.first.to_string();
            if f.first == f.last { day } else { day[..7].to_string() }
        });
        let cue = found.first().and_then(|f| f.cue).map(|c| match c {
            Cue::Published => "published",
            Cue::Updated => "updated",
            Cue::Other => "other",
        });
        let wrong = got != example.value || example.cue.as_deref().is_some_and(|c| Some(c) != cue);
        wrong.then(|| {
            format!(
                "{path}: `{}`: expected {}, got `{got}` ({cue:?})",
                example.text, example.value
            )
        })
    }

    fn month_first(&self, language: &str, address: Option<&String>) -> bool {
        let language = language.to_ascii_lowercase().replace('_', "-");
        let host = address.map_or("", |a| {
            let rest = a.split_once("://").map_or(a.as_str(), |(_, r)| r);
            rest.split(['/', ':', '?']).next().unwrap_or("")
        });
        let domain = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let has = |list: &[String], word: &str| list.iter().any(|w| w == word);
        if has(&self.month_first.domains, &domain) {
            return true;
        }
        if has(&self.day_first.domains, &domain) {
            return false;
        }
        has(&self.month_first.languages, &language)
    }

    fn month(&self, word: &str) -> Option<i8> {
        self.months
            .get(&fold(word))
            .and_then(|all| all.first())
            .map(|(_, m)| *m)
    }

    fn find(&self, text: &str, manner: Manner<'_>) -> Vec<Found> {
        let tokens = self.tokens(text);
        let mut found: Vec<Found> = Vec::new();
        let (mut at, mut free) = (0, 0);
        while at < tokens.len() {
            if let Some((mut date, next)) = self.date(&tokens, at, manner) {
                date.cue = self.cue(&tokens[free..at]);
                free = next;
                at = next;
                found.push(date);
            } else {
                at += 1;
            }
        }
        found
    }

    fn tokens(&self, text: &str) -> Vec<(Token, Range<usize>)> {
        let mut out: Vec<(Token, Range<usize>)> = Vec::new();
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let mut end = start + c.len_utf8();
            let token = if c.is_ascii_digit() {
                while let Some(&(n, d)) = chars.peek().filter(|(_, d)| d.is_ascii_digit()) {
                    end = n + d.len_utf8();
                    chars.next();
                }
                Token::Number {
                    value: text[start..end].parse().unwrap_or(u32::MAX),
                    digits: end - start,
                }
            } else if c.is_alphabetic() {
                // Signs of years, months and days stand between numbers without a space.
                if !matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
                    while let Some(&(n, d)) = chars
                        .peek()
                        .filter(|(_, d)| d.is_alphabetic() || matches!(d, '\u{300}'..='\u{36f}'))
                    {
                        end = n + d.len_utf8();
                        chars.next();
                    }
                }
                let word = fold(&text[start..end]);
                if let Some(months) = self.months.get(&word) {
                    Token::Month(months.clone())
                } else if self.between.contains_key(&word) {
                    Token::Between(word)
                } else {
                    Token::Word(word)
                }
            } else if c.is_whitespace() {
                Token::Space
            } else {
                Token::Sign(c)
            };
            if token == Token::Space && out.last().is_some_and(|(t, _)| *t == Token::Space) {
                continue;
            }
            out.push((token, start..end));
        }
        out
    }

    /// A date that begins at a token, and the token behind it.
    fn date(&self, tokens: &[(Token, Range<usize>)], at: usize, manner: Manner<'_>) -> Option<(Found, usize)> {
        let number = |n: usize| match tokens.get(n) {
            Some((Token::Number { value, digits }, _)) => Some((*value, *digits)),
            _ => None,
        };
        let month = |n: usize| match tokens.get(n) {
            Some((Token::Month(all), _)) => {
                let short = manner.language.get(..2).unwrap_or("");
                let own = all.iter().find(|(tag, _)| tag == short);
                own.or_else(|| all.first()).map(|(_, m)| *m)
            }
            _ => None,
        };
        // The next token that means something; what stands between may be signs and small words.
        let skip = |mut n: usize| {
            let mut passed = 0;
            while let Some((token, _)) = tokens.get(n) {
                let soft = match token {
                    Token::Space | Token::Between(_) => true,
                    Token::Sign(c) => matches!(
                        c,
                        '.' | ',' | '-' | '/' | '\'' | '’' | '·' | '–' | 'º' | '°' | '‘' | '`' | '|'
                    ),
                    _ => false,
                };
                if !soft || passed >= MOST_BETWEEN + 2 {
                    break;
                }
                passed += usize::from(*token != Token::Space);
                n += 1;
            }
            n
        };
        let year = |n: usize| number(n).filter(|y| y.1 == 4).and_then(|y| year_of(y.0));
        let short_year = |n: usize| {
            let apostrophe = matches!(
                tokens.get(n.wrapping_sub(1)),
                Some((Token::Sign('\'' | '’' | '‘' | '-' | '/' | '.'), _))
            );
            number(n).filter(|y| y.1 == 2 && apostrophe).and_then(|y| century(y.0))
        };
        let day = |n: usize| {
            number(n)
                .filter(|d| d.1 <= 2 && (1..=31).contains(&d.0))
                .map(|d| d.0 as i8)
        };
        let done = |date: Option<Date>, end: usize| {
            let date = date?;
            let found = Found {
                first: date,
                last: date,
                other: None,
                proven: None,
                at: tokens[at].1.start..tokens[end].1.end,
                cue: None,
                month_first: false,
            };
            Some((found, end + 1))
        };
        if let Some((value, digits)) = number(at) {
            // Behind a sign and a digit stands the rest of another number: a version, an address, a telephone.
            let tail = at >= 2
                && matches!(tokens[at - 1].0, Token::Sign('.' | '-' | '/' | ':' | '+'))
                && matches!(tokens[at - 2].0, Token::Number { .. });
            if tail {
                return None;
            }
            if digits == 8 {
                let (y, m, d) = (value / 10_000, value / 100 % 100, value % 100);
                return done(Date::new(year_of(y)?, m as i8, d as i8).ok(), at);
            }
            let (b, c) = (skip(at + 1), skip(skip(at + 1) + 1));
            if b == at + 1 && !matches!(tokens.get(b), Some((Token::Month(_), _))) {
                return None;
            }
            if digits == 4 {
                let y = year_of(value)?;
                if let (Some(m), Some(d)) = (month(b), day(c)) {
                    return done(Date::new(y, m, d).ok(), c);
                }
                let (m, d) = (day(b)?, day(c)?);
                let same = tight(tokens, at, b) && tight(tokens, b, c);
                return done(Date::new(y, m, d).ok().filter(|_| same), c);
            }
            let first = day(at)?;
            if let Some(m) = month(b) {
                let y = year(c).or_else(|| short_year(c))?;
                return done(Date::new(y, m, first).ok(), c);
            }
            let second = day(b)?;
            if !tight(tokens, at, b) || !tight(tokens, b, c) {
                return None;
            }
            let y = year(c).or_else(|| short_year(c))?;
            // Four numbers in a row are no date.
            if matches!(tokens.get(c + 1), Some((Token::Sign('.' | '-' | '/'), _))) && number(c + 2).is_some() {
                return None;
            }
            let (dm, md) = (Date::new(y, second, first).ok(), Date::new(y, first, second).ok());
            let dotted = matches!(
                tokens.get(at + 1),
                Some((Token::Sign('.'), _) | (Token::Between(_), _) | (Token::Space, _))
            );
            let month_first = md.is_some() && (dm.is_none() || manner.month_first && !dotted);
            let (one, two) = if month_first { (md, dm) } else { (dm, md) };
            let (mut found, next) = done(one, c)?;
            found.month_first = month_first;
            found.proven = (dm.is_none() || md.is_none()).then_some(month_first);
            found.other = two.filter(|o| *o != found.first && !dotted);
            return Some((found, next));
        }
        let m = month(at)?;
        let b = skip(at + 1);
        if let Some(d) = day(b) {
            let mut c = skip(b + 1);
            // A clock, and the name of its zone: "Wed Mar 12 08:00:00 CET 2014".
            if number(c).is_some_and(|n| n.1 <= 2) && matches!(tokens.get(c + 1), Some((Token::Sign(':'), _))) {
                while c < tokens.len() && c < b + 16 && year(c).is_none() {
                    c += 1;
                }
            }
            if let Some(y) = year(c).or_else(|| short_year(c)) {
                return done(Date::new(y, m, d).ok(), c);
            }
            return None;
        }
        let y = year(b)?;
        let first = Date::new(y, m, 1).ok()?;
        let (mut found, next) = done(Some(first), b)?;
        found.last = first.last_of_month();
        Some((found, next))
    }

    /// The last announcement in the tokens before a date.
    fn cue(&self, before: &[(Token, Range<usize>)]) -> Option<Cue> {
        let mut text: Vec<&str> = before
            .iter()
            .rev()
            .filter_map(|(t, _)| match t {
                Token::Word(w) | Token::Between(w) => Some(w.as_str()),
                Token::Sign('©') => Some("©"),
                _ => None,
            })
            .take(CUE_WORDS)
            .collect();
        text.reverse();
        let mut best = None;
        for start in 0..text.len() {
            for (phrase, cue) in self.cues.get(text[start]).into_iter().flatten() {
                if phrase.len() <= text.len() - start && phrase.iter().zip(&text[start..]).all(|(a, b)| a == b) {
                    best = Some(*cue);
                }
            }
        }
        best
    }
}

/// Between two numbers of a date stands one sign, with or without spaces, or small words.
fn tight(tokens: &[(Token, Range<usize>)], a: usize, b: usize) -> bool {
    let between = &tokens[a + 1..b];
    let signs: Vec<char> = between
        .iter()
        .filter_map(|(t, _)| if let Token::Sign(c) = t { Some(*c) } else { None })
        .collect();
    let words = between.iter().any(|(t, _)| matches!(t, Token::Between(_)));
    words || signs.len() == 1 && matches!(signs[0], '.' | '/' | '-' | '–' | '·' | '|')
}

fn year_of(value: u32) -> Option<i16> {
    i16::try_from(value)
        .ok()
        .filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y))
}

fn century(two: u32) -> Option<i16> {
    let two = i16::try_from(two).ok()?;
    let year = if two <= CENTURY { 2000 + two } else { 1900 + two };
    (FIRST_YEAR..=LAST_YEAR).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: &str, expected: &[&str]) {
        let words = PageWords::load(&PackFiles::builtin()).expect("the built-in packs load");
        let manner = Manner {
            language,
            month_first: words.month_first(language, None),
        };
        let got: Vec<String> = words.find(text, manner).iter().map(|f| f.first.to_string()).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn the_examples_of_the_packs_hold() {
        let files = PackFiles::builtin();
        let words = PageWords::load(&files).expect("the built-in packs load");
        assert_eq!(words.check(&files), Vec::<String>::new());
    }

    #[test]
    fn the_words_of_the_program_are_read_when_asked() {
        let words = PageWords::builtin();
        assert!(words.table.get().is_none());
        assert_eq!(words.month("März"), Some(3));
        assert!(words.table.get().is_some());
    }

    #[test]
    fn several_dates_of_a_line_are_told_apart() {
        check(
            "Posted 3 Mar 2014, updated 5 Mar 2014",
            "en",
            &["2014-03-03", "2014-03-05"],
        );
        check("2014-03-03T08:30:00+07:00", "", &["2014-03-03"]);
        check("3.3.14 | 5.3.14", "de", &["2014-03-03", "2014-03-05"]);
        check("Mar 3 '14", "en", &["2014-03-03"]);
        check("3. listopada 2014", "pl", &["2014-11-03"]);
        check("3. listopada 2014", "hr", &["2014-10-03"]);
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in [
            "version 1.2.14.3",
            "call 12-03-2014-555",
            "192.168.12.14",
            "31.02.2014",
            "12/2014",
            "score 3-2, 2014",
            "3 March",
        ] {
            check(text, "en", &[]);
        }
    }
}
