//! From when to when somebody held the title that stands by the name.
//!
//! Takes: titles found, expressions of time. Gives: days to the titles. Never: says more than the words beside the title do.

use super::{Finder, Found};
use dateline_lang::{Hit, Pack, Words};
use dateline_model::{Interval, Timex};

/// Tokens between a title and what tells when it was held. Chosen, not measured: farther off it tells of something else.
const NEAR: usize = 4;

/// Gives titles their days: "former" and "cựu" end before the report, "president-elect" begins after it, "then" and
/// "from 2014 to 2019" are the days that the report tells.
pub(super) fn tell(
    finder: &Finder,
    pack: &Pack,
    words: &Words<'_>,
    timexes: &[Timex],
    published: Interval,
    found: &mut [Found],
) {
    let c = &finder.classes;
    let says = |hit: &Hit| pack.value(*hit).and_then(toml::Value::as_str);
    for f in found.iter_mut() {
        let (name_start, name_end) = (f.start as usize, f.end as usize);
        let Some(title) = &mut f.title else { continue };
        let (start, end) = (
            words.token_at(title.span.start as usize),
            words.token_at(title.span.end as usize),
        );
        // Right before the title, within its words, right behind it, or between it and the name.
        let before = (start.saturating_sub(3)..start).filter_map(|t| words.hit(t, c.tense));
        let before =
            before.filter(|h| h.end as usize == start || h.end as usize + 1 == start && words.word(start - 1) == "-");
        let until = if name_start >= end { name_start } else { end + 1 };
        // Words of the title itself say what it is, not when: "president-elect".
        let own = (start..end)
            .filter_map(|t| words.hit(t, c.title))
            .map(|h| h.end as usize)
            .next();
        let within = (own.unwrap_or(start)..until.min(end + NEAR)).filter_map(|t| words.hit(t, c.tense));
        let over = finder.english.is_over(&title.role).then_some("ended");
        let word = over.or(before.chain(within).find_map(|h| says(&h)));
        let before_report = Interval {
            earliest: None,
            latest: published.latest.and_then(|d| d.yesterday().ok()),
        };
        let tense = match word {
            Some("ended") => Some(before_report),
            Some("coming") => Some(Interval {
                earliest: published.earliest.and_then(|d| d.tomorrow().ok()),
                latest: None,
            }),
            // At the time that its sentence tells, where it tells one.
            Some("then") => {
                let mut told = in_sentence(words, timexes, start).filter(|t| t.interval.closed().is_some());
                let past = |days: &Interval| days.latest < published.earliest || published.earliest.is_none();
                match (told.next(), told.next()) {
                    (Some(one), None) if past(&one.interval) => Some(one.interval),
                    _ => Some(before_report),
                }
            }
            _ => None,
        };
        // "president from 2014 to 2019", "tổng thống giai đoạn 2014-2019", behind the title or the name that it leads.
        let behind = if name_start >= end { name_end } else { end };
        let told = told(words, timexes, |t| words.hit(t, c.held_when), &says, behind);
        if let Some(days) = told.or(tense) {
            title.held = days;
        }
    }
}

/// Expressions of time in the sentence of a token.
fn in_sentence<'t>(words: &Words<'_>, timexes: &'t [Timex], token: usize) -> impl Iterator<Item = &'t Timex> {
    let sentence = words.sentence_of(token).map_or(0..0, |s| s.tokens());
    let span = words.span(sentence.start, sentence.end);
    let from = timexes.partition_point(|t| t.span.start < span.start);
    timexes[from..].iter().take_while(move |t| t.span.start < span.end)
}

/// The days that stand behind a token, led by a word that says from when to when.
fn told<'v>(
    words: &Words<'_>,
    timexes: &[Timex],
    led: impl Fn(usize) -> Option<Hit>,
    says: &impl Fn(&Hit) -> Option<&'v str>,
    behind: usize,
) -> Option<Interval> {
    let sentence = words.tokens.get(behind.checked_sub(1)?)?.sentence;
    let cue = (behind..behind + 2)
        .filter(|&t| words.tokens.get(t).is_some_and(|x| x.sentence == sentence))
        .take_while(|&t| t == behind || words.word(t - 1) == "(" || words.word(t - 1) == ",")
        .find_map(led)?;
    let from = words.tokens.get(cue.end as usize)?.span.start;
    let at = timexes.partition_point(|t| t.span.start < words.tokens[cue.start as usize].span.start);
    let first = timexes.get(at).filter(|t| t.span.start <= from)?;
    let second = first
        .range_with
        .and_then(|i| timexes.get(i))
        .filter(|t| t.span.start > first.span.start);
    match (says(&cue)?, second) {
        (_, Some(second)) => Some(Interval {
            earliest: first.interval.earliest,
            latest: second.interval.latest,
        }),
        ("since", None) => Some(Interval {
            earliest: first.interval.earliest,
            latest: None,
        }),
        ("in", None) => Some(first.interval),
        _ => None,
    }
}
