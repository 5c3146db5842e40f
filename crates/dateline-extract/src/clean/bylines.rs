//! Who wrote it, which agency it comes from, when it was put on the page: lines of names, marks and times.

use super::lines::Line;
use super::outlets::Outlets;
use super::phrases::{Phrases, Role};
use super::words::{End, Word};
use dateline_model::{RemovedKind, RuleId};

/// Longest line of names, in words. Agency lines with reporter, place and two editors have about twenty.
const BYLINE_WORDS: usize = 24;

/// A line of names, read.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Byline, credit or source line.
    pub(super) kind: RemovedKind,
    /// Rule.
    pub(super) rule: RuleId,
    /// Persons.
    pub(super) authors: Vec<String>,
    /// Agencies and outlets: canonical name, bytes of the line.
    pub(super) credits: Vec<(String, usize, usize)>,
}

impl Names {
    /// Names nobody.
    pub(super) fn is_empty(&self) -> bool {
        self.authors.is_empty() && self.credits.is_empty()
    }
}

/// The pieces that a line of names is made of.
#[derive(Debug, Default)]
struct Pieces {
    people: Vec<(String, usize, usize)>,
    known: Vec<(String, usize, usize)>,
    unknown: Vec<(String, usize, usize)>,
    /// Words that no name, joint or time explains.
    junk: usize,
    /// Times and numbers.
    times: usize,
    /// Joints other than "and".
    joints: usize,
}

fn pieces(text: &str, words: &[Word], from: usize, phrases: &Phrases, outlets: &Outlets) -> Pieces {
    let mut out = Pieces::default();
    let mut at = from;
    while at < words.len() {
        let word = &words[at];
        let before = &text[..word.start as usize];
        // A placeholder in square brackets names nobody.
        if before.rfind('[').is_some_and(|open| before[open..].find(']').is_none()) {
            at += 1;
            continue;
        }
        // "Sun, 15 Sep": a day, not The Sun.
        let numbered = |n: usize| words.get(n).is_some_and(|w| w.digits);
        let day = phrases.word_has(word, Role::Time) && (numbered(at + 1) || at > 0 && numbered(at - 1));
        if let Some((name, to)) = outlets.longest(text, words, at).filter(|_| !day) {
            // "Time" is an outlet between separators, and a word in "Once Upon a Time".
            let beside = |n: usize, from: usize, to: usize| {
                let joint = phrases.word_has(&words[n], Role::Joint) || words[n].digits;
                !joint
                    && !words[from].glued
                    && text[words[from - 1].end as usize..words[from].start as usize]
                        .trim()
                        .is_empty()
                    && to > 0
            };
            let before_it = at > from && beside(at - 1, at, at);
            let behind_it = to < words.len() && beside(to, to, to);
            if !(before_it || behind_it) || to - at > 1 {
                out.known
                    .push((name.to_string(), word.start as usize, words[to - 1].end as usize));
                at = to;
                continue;
            }
        }
        if word.digits || phrases.word_has(word, Role::Time) {
            out.times += 1;
            at += 1;
            continue;
        }
        if word.capital && !(at > from && phrases.word_has(word, Role::Joint)) {
            let mut to = at + 1;
            while to < words.len() {
                let between = &text[words[to - 1].end as usize..words[to].start as usize];
                let joined = matches!(between, " " | "-" | "'" | "’" | ". " | ".") && words[to].capital;
                if !joined
                    || words[to].glued
                    || phrases.word_has(&words[to], Role::Joint) && words[to].hash != words[at].hash
                {
                    break;
                }
                to += 1;
            }
            let (start, end) = (word.start as usize, words[to - 1].end as usize);
            let piece = (text[start..end].to_string(), start, end);
            if is_person(&words[at..to]) {
                out.people.push(piece)
            } else {
                out.unknown.push(piece)
            }
            at = to;
            continue;
        }
        if phrases.word_has(word, Role::Joint) {
            out.joints += 1;
        } else if word.end - word.start > 2 || !text[word.start as usize..].starts_with(|c: char| c.is_ascii()) {
            out.junk += 1;
        }
        at += 1;
    }
    out
}

/// Two to five words with capitals, not all of them acronyms.
fn is_person(words: &[Word]) -> bool {
    (2..=5).contains(&words.len())
        && words.iter().all(|w| w.capital && !w.digits)
        && words.iter().any(|w| !w.upper || w.end - w.start > 3)
}

/// The line is nothing but one person's name.
pub(super) fn is_name_alone(line: &Line<'_>) -> bool {
    let words = &line.shape.words;
    line.shape.end == End::Open
        && is_person(words)
        && words.iter().all(|w| !w.glued)
        && line
            .text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
}

/// Initials: "L.A", "KM".
pub(super) fn is_initials(line: &Line<'_>) -> bool {
    let words = &line.shape.words;
    (1..=3).contains(&words.len()) && line.text.len() <= 10 && words.iter().all(|w| w.upper && w.end - w.start <= 4)
}

/// A time stamp: numbers and words of time only, with a clock or a whole date in it.
pub(super) fn is_time_stamp(line: &Line<'_>, phrases: &Phrases) -> bool {
    let words = &line.shape.words;
    if words.is_empty() || words.len() > 20 || !words.iter().any(|w| w.digits) {
        return false;
    }
    let strange = words
        .iter()
        .filter(|w| !w.digits && !is_number_like(&line.text, w) && !phrases.word_has(w, Role::Time))
        .count();
    let ago = words.len() <= 5 && strange == 0;
    strange == 0 && (has_date(&line.text, words) || ago)
}

/// A time stamp with a few words of its own in front of the article: "Story created:", the place.
pub(super) fn is_loose_stamp(line: &Line<'_>, phrases: &Phrases) -> bool {
    let words = &line.shape.words;
    let timed = |w: &&Word| w.digits || is_number_like(&line.text, w) || phrases.word_has(w, Role::Time);
    let digits = words.iter().filter(|w| w.digits).count();
    let strange = words.len() - words.iter().filter(timed).count();
    words.len() <= 24 && digits >= 2 && strange <= 3 && strange * 2 < words.len() && has_date(&line.text, words)
}

/// A year or a clock.
fn has_date(text: &str, words: &[Word]) -> bool {
    let clock = text
        .as_bytes()
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
    let year = |w: &Word| w.digits && w.end - w.start == 4 && text[w.start as usize..].starts_with(['1', '2']);
    clock || words.iter().any(year)
}

fn is_number_like(text: &str, word: &Word) -> bool {
    text[word.start as usize..word.end as usize].starts_with(|c: char| c.is_ascii_digit())
}

/// Reads a line of names; `None` where it is something else.
pub(super) fn read(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<Names> {
    let words = &line.shape.words;
    if words.is_empty() || words.len() > BYLINE_WORDS || line.shape.long {
        return None;
    }
    let text = line.text.as_ref();
    let marks = [
        (Role::Source, RemovedKind::Source),
        (Role::Byline, RemovedKind::Byline),
        (Role::Credit, RemovedKind::Credit),
    ];
    for (role, kind) in marks {
        let Some(hit) = line.hits.get(role).filter(|h| h.from == 0) else {
            continue;
        };
        let found = pieces(text, words, hit.to, phrases, outlets);
        // "Nguồn:" and "Written by" say what they are; "By" and "Theo" begin sentences, too.
        let clear = hit.to > 1 || text[words[hit.to - 1].end as usize..].trim_start().starts_with(':');
        let names = found.people.len() + found.known.len() + found.unknown.len();
        let fits = match kind {
            RemovedKind::Source => true,
            _ if clear => found.junk <= 6 && found.junk <= 1 + 2 * names,
            _ => found.junk == 0 && names > 0 && line.shape.end == End::Open,
        };
        if fits {
            return Some(name_them(kind, phrases.rule(hit), found, kind != RemovedKind::Byline));
        }
    }
    // "Lan Anh (Theo ABC)", "Lan AnhTheo Some Journal": a mark behind a bracket or glued parts persons from sources.
    let mark = (1..words.len()).find(|&n| {
        let before = &text[..words[n].start as usize];
        (words[n].glued || before.ends_with('(')) && phrases.longest(words, n, Role::Credit).is_some()
    });
    if let Some(mark) = mark.filter(|_| line.shape.end == End::Open) {
        let to = phrases.longest(words, mark, Role::Credit).unwrap_or(mark + 1);
        let (persons, sources) = (
            pieces(text, &words[..mark], 0, phrases, outlets),
            pieces(text, words, to, phrases, outlets),
        );
        if persons.junk + sources.junk == 0 && !persons.people.is_empty() && words.len() <= 16 {
            let mut credits: Vec<_> = sources
                .known
                .into_iter()
                .chain(sources.people)
                .chain(sources.unknown)
                .collect();
            credits.sort_by_key(|c| c.1);
            let authors = persons.people.into_iter().map(|p| p.0).collect();
            return Some(Names {
                kind: RemovedKind::Byline,
                rule: "clean.byline.names".into(),
                authors,
                credits,
            });
        }
    }
    let found = pieces(text, words, 0, phrases, outlets);
    if found.junk > 0 || line.shape.end != End::Open && line.shape.end != End::Colon {
        return None;
    }
    let whole = found.known.len() == 1
        && found.people.is_empty()
        && found.unknown.is_empty()
        && found.joints == 0
        && found.times == 0;
    if whole {
        return Some(name_them(
            RemovedKind::Source,
            "clean.source.outlet-alone".into(),
            found,
            true,
        ));
    }
    // "Lan Anh (Theo ABC)", "Jane Doe, Reuters", "Lan Anh (tổng hợp)": names with an agency or a mark, nothing else.
    let credited = !found.known.is_empty() && found.unknown.len() <= 1 && words.len() <= 14;
    let compiled = found.joints > 0
        && found.known.is_empty()
        && found.unknown.is_empty()
        && words.len() <= 8
        && found.people.len() == 1
        && text.contains('(');
    if credited && (!found.people.is_empty() || found.joints > 0 || found.known.len() > 1 || found.times > 0)
        || compiled
    {
        return Some(name_them(
            RemovedKind::Byline,
            "clean.byline.names".into(),
            found,
            false,
        ));
    }
    // "Jane Doe, 3 February 2020".
    if found.people.len() == 1
        && found.unknown.is_empty()
        && found.times >= 3
        && words.len() <= 14
        && has_date(text, words)
    {
        return Some(name_them(
            RemovedKind::Byline,
            "clean.byline.name-and-time".into(),
            found,
            false,
        ));
    }
    None
}

fn name_them(kind: RemovedKind, rule: RuleId, found: Pieces, after_credit_mark: bool) -> Names {
    let Pieces {
        people, known, unknown, ..
    } = found;
    let mut credits = known;
    let mut authors = Vec::new();
    // "Theo Lan Anh – ABC": beside a known agency a person is a person. Alone behind "Theo" a name is the source.
    if credits.is_empty() && after_credit_mark && kind != RemovedKind::Byline {
        credits.extend(people.into_iter().chain(unknown).take(4));
    } else {
        authors.extend(people.into_iter().map(|p| p.0));
        if after_credit_mark {
            credits.extend(unknown.into_iter().filter(|u| u.0.chars().count() > 1));
        }
    }
    credits.sort_by_key(|c| c.1);
    Names {
        kind,
        rule,
        authors,
        credits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::PackFiles;
    use std::borrow::Cow;

    fn check(text: &str, expected: Option<(&[&str], &[&str])>) {
        let files = PackFiles::builtin();
        let phrases = Phrases::load(&files).expect("packs");
        let outlets = Outlets::load(&files).expect("packs");
        let line = Line::new(Cow::Borrowed(text), None, false, &phrases).expect("not empty");
        let got = read(&line, &phrases, &outlets);
        let got = got.as_ref().map(|n| {
            (
                n.authors.iter().map(String::as_str).collect::<Vec<_>>(),
                n.credits.iter().map(|c| c.0.as_str()).collect::<Vec<_>>(),
            )
        });
        assert_eq!(got, expected.map(|(a, c)| (a.to_vec(), c.to_vec())), "{text}");
    }

    #[test]
    fn authors_and_agencies_are_told_apart() {
        check("Lan Anh (Theo AFP)", Some((&["Lan Anh"], &["AFP"])));
        check("Lan AnhTheo Reuters", Some((&["Lan Anh"], &["Reuters"])));
        check(
            "Theo Lan Anh – BBC, CNN ([tên báo])",
            Some((&["Lan Anh"], &["BBC", "CNN"])),
        );
        check("Theo Guardian", Some((&[], &["The Guardian"])));
        check("(Theo Báo Quốc tế)", Some((&[], &["Báo Quốc tế"])));
        check("Nguồn: EFE, DPA", Some((&[], &["EFE", "DPA"])));
        check(
            "By Jane Doe and John Roe, Reuters",
            Some((&["Jane Doe", "John Roe"], &["Reuters"])),
        );
        check("VOV", Some((&[], &["VOV"])));
        check("Lan AnhTheo Some Journal", Some((&["Lan Anh"], &["Some Journal"])));
        check("Tổng hợp", Some((&[], &[])));
    }

    #[test]
    fn sentences_are_no_bylines() {
        check("Theo Reuters, vụ cháy xảy ra lúc nửa đêm tại khu chợ.", None);
        check("By the time the rain stopped, the bridge was gone.", None);
        check("Lan Anh thắng giải chạy đêm", None);
        check("Once Upon a Time in the Village", None);
    }
}
