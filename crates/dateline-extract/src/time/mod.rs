//! Expressions of time.
//!
//! Two steps. [`Tagger::recognise`]: what the words say, as [`Written`] fields (`XXXX-09-27`, "month −1", "last weekday
//! 5"): all rules of a language in one matcher give atoms, and neighbours that belong together are joined ("sáng" +
//! "27/9" + "năm ngoái"). [`Tagger::resolve`]: what they mean here, against the publication date and against the
//! expressions before them. A rule of type `NOT` takes its words away from every rule that does not say more.
//!
//! Takes: words, pack, the publication date. Gives: timexes. Never: uses a clock.

mod calendar;
mod check;
mod join;
mod lunar;
mod read;
mod resolve;
mod said;
mod tree;
mod written;

pub use tree::Tree;
pub use written::{DayPart, Feast, Frame, Lead, Length, Look, Partial, Relation, Season, Unit, Vague, Written};

use dateline_lang::{ClassId, Match, Pack, PackError, PackFiles, PatternSet, Rule, Words, load_rules};
use dateline_model::{Diagnostic, Document, Interval, Published, Span, Timex};
use jiff::civil::Date;
use join::{Atom, Classes, Joiner};
use read::{Body, Recipe};
use said::Field;
use std::collections::BTreeSet;

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Tagger {
    patterns: PatternSet,
    fields: Vec<Field>,
    recipes: Vec<Recipe>,
    classes: Classes,
    coined: ClassId,
}

/// A match that gave an expression, or a part of one.
struct Pick {
    /// First token of the expression.
    start: u32,
    /// One past its last.
    end: u32,
    matched: Match,
}

/// Words that did not exist before a day.
const COINED: &str = "coined";

/// The rules of a language and of no language.
pub(crate) fn rules(files: &PackFiles, tag: &str) -> Result<Vec<Rule<Body>>, PackError> {
    let mut rules = load_rules::<Body>(files, "und/time/")?;
    if tag != "und" {
        rules.extend(load_rules::<Body>(files, &format!("{tag}/time/"))?);
    }
    Ok(rules)
}

/// Classes of words that these rules and this room ask for, and perhaps others.
pub(crate) fn classes(rules: &[Rule<Body>]) -> BTreeSet<&str> {
    let named = rules.iter().flat_map(Rule::classes);
    named.chain(Classes::NAMES.iter().copied()).chain([COINED]).collect()
}

impl Tagger {
    /// Compiles `<tag>/time/*.toml` and `und/time/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`]; an operator, type or field that is
    /// not in `packs/README.md`.
    pub fn new(pack: &mut Pack, files: &PackFiles) -> Result<Tagger, PackError> {
        Tagger::compile(pack, &rules(files, &pack.tag)?)
    }

    /// The same of rules that were read.
    pub(crate) fn compile(pack: &mut Pack, rules: &[Rule<Body>]) -> Result<Tagger, PackError> {
        let patterns = PatternSet::compile(&mut pack.vocabulary, rules)?;
        let recipes = rules.iter().map(Recipe::new).collect::<Result<_, _>>()?;
        Ok(Tagger {
            fields: Field::of(&patterns),
            patterns,
            recipes,
            classes: Classes::new(&mut pack.vocabulary),
            coined: pack.vocabulary.class(COINED),
        })
    }

    /// What the words say, by their place in the text.
    pub fn recognise(&self, pack: &Pack, words: &Words<'_>) -> Vec<Written> {
        let mut atoms: Vec<Atom> = Vec::new();
        self.each(pack, words, |_, _, m, found| {
            let alone = self.recipes[m.rule as usize].alone;
            atoms.extend(found.drain(..).map(|written| Atom { written, alone }));
        });
        Joiner {
            classes: self.classes,
            pack,
            words,
        }
        .join(atoms)
    }

    /// The matches that give expressions, from left to right: first and last token of the expression, the match, and what
    /// it says.
    fn each(&self, pack: &Pack, words: &Words<'_>, mut take: impl FnMut(u32, u32, &Match, &mut Vec<Written>)) {
        let matches = self.patterns.all(words);
        let is_not = |m: &Match| self.recipes[m.rule as usize].kind.is_none();
        let nots: Vec<(u32, u32)> = matches.iter().filter(|m| is_not(m)).map(|m| (m.start, m.end)).collect();
        // A NOT takes its words from every match that does not say more than it.
        let taken = |m: &Match| {
            nots.iter()
                .any(|&(s, e)| m.start < e && s < m.end && !(m.start <= s && e <= m.end && m.end - m.start > e - s))
        };
        let mut found = Vec::new();
        let mut free = 0u32;
        // What a pattern asks for around its expression does not make it longer.
        let mut cores: Vec<(u32, u32, &Match)> = matches
            .iter()
            .filter(|m| !is_not(m) && !taken(m))
            .map(|m| {
                let (start, end) = self.recipes[m.rule as usize].core(&self.fields, m);
                (start, end, m)
            })
            .collect();
        cores.sort_by_key(|&(start, end, m)| (start, std::cmp::Reverse(end), std::cmp::Reverse(m.len()), m.rule));
        for (start, end, m) in cores {
            if start < free {
                continue;
            }
            let recipe = &self.recipes[m.rule as usize];
            found.clear();
            if recipe.read(pack, words, &self.fields, m, &mut found).is_some() {
                free = end;
                take(start, end, m, &mut found);
            }
        }
    }

    /// The same, kept.
    fn picks(&self, pack: &Pack, words: &Words<'_>) -> Vec<Pick> {
        let mut picks = Vec::new();
        self.each(pack, words, |start, end, m, _| {
            picks.push(Pick {
                start,
                end,
                matched: m.clone(),
            });
        });
        picks
    }

    /// The youngest word of a text that did not exist before a day which is known (`words/coined.toml`), and that day.
    pub fn youngest_word(&self, pack: &Pack, words: &Words<'_>) -> Option<(Date, Span)> {
        let dated = words.every(self.coined).filter_map(|h| {
            let day: Date = pack.value(h)?.as_str()?.parse().ok()?;
            Some((day, words.span(h.start as usize, h.end as usize)))
        });
        dated.fold(None, |best: Option<(Date, Span)>, d| match best {
            Some(b) if b.0 >= d.0 => Some(b),
            _ => Some(d),
        })
    }

    /// What they mean here: one timex an expression, in the same order.
    pub fn resolve(
        &self,
        _pack: &Pack,
        words: &Words<'_>,
        _document: &Document,
        written: &[Written],
        published: &Published,
    ) -> (Vec<Timex>, Vec<Diagnostic>) {
        resolve::resolve(words, written, resolve::Anchor::of(published))
    }

    /// Which days an expression names if its report was published on `day`; unknown where it names none, or where only
    /// an expression before it tells ("the next day").
    pub fn resolve_one(written: &Written, day: Date) -> Interval {
        resolve::one(written, day)
    }

    /// Runs the examples of every rule, and the corpus `<tag>/time/corpus.md`. Gives what failed, a paragraph each.
    pub fn check(&self, pack: &Pack, files: &PackFiles) -> Vec<String> {
        check::check(self, pack, files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::TimexAnchor;

    fn read(tag: &str, text: &str, published: &str) -> (Vec<Written>, Vec<Timex>, Vec<Diagnostic>) {
        let files = PackFiles::builtin();
        let mut pack = Pack::load(&files, tag).expect("the pack loads");
        let tagger = Tagger::new(&mut pack, &files).expect("the rules compile");
        let words = pack.words(text);
        let written = tagger.recognise(&pack, &words);
        let best = Interval::day(published.parse().expect("a day"));
        let published = Published {
            best,
            interval: best,
            ..Published::default()
        };
        let (timexes, diagnostics) = tagger.resolve(&pack, &words, &Document::default(), &written, &published);
        (written, timexes, diagnostics)
    }

    #[test]
    fn a_weekday_that_is_not_the_dates_is_reported_and_the_date_kept() {
        let (_, timexes, diagnostics) = read("vi", "Đê vỡ thứ Hai (8/6/2022).", "2022-06-09");
        assert_eq!(timexes[0].value, "2022-06-08");
        assert_eq!(diagnostics[0].code, "time/weekday-conflict");
        assert_eq!(diagnostics[0].span, Some(timexes[0].span));
        assert!(read("vi", "Đê vỡ thứ Tư (8/6/2022).", "2022-06-09").2.is_empty());
    }

    #[test]
    fn a_weekday_tells_which_year() {
        let (_, timexes, _) = read("en", "The dam broke on Friday, June 11.", "2022-06-09");
        assert_eq!(timexes[0].value, "2021-06-11");
    }

    #[test]
    fn anaphora_say_what_they_rest_on() {
        let (_, timexes, _) = read("en", "The dam broke on June 3. The next day it rained.", "2022-06-09");
        assert_eq!(timexes[0].anchor, TimexAnchor::Published);
        assert_eq!(timexes[1].anchor, TimexAnchor::Timex(0));
    }

    #[test]
    fn a_quoted_today_is_the_speakers() {
        let (_, timexes, _) = read("en", "On Monday the mayor said: “Today the dam broke.”", "2022-06-09");
        assert_eq!(timexes[1].value, "2022-06-06");
        let (_, timexes, _) = read(
            "en",
            "“Tomorrow the dam will break,” the mayor said on Monday.",
            "2022-06-09",
        );
        assert_eq!(timexes[0].value, "2022-06-07");
    }

    #[test]
    fn one_expression_against_one_day() {
        let (written, ..) = read("vi", "Tàu chìm sáng 7/6, hôm qua và hôm sau.", "2022-06-09");
        let on = |day: &str| -> Vec<String> {
            let day = day.parse().expect("a day");
            written
                .iter()
                .map(|w| {
                    Tagger::resolve_one(w, day)
                        .single()
                        .map_or("?".into(), |d| d.to_string())
                })
                .collect()
        };
        assert_eq!(on("2022-06-09"), ["2022-06-07", "2022-06-08", "?"]);
        assert_eq!(
            on("2022-06-01"),
            ["2022-06-07", "2022-05-31", "?"],
            "six days ahead is nearer than a year back"
        );
        assert_eq!(written[1].days_from_publication(), Some(-1));
    }

    #[test]
    fn ranges_know_their_other_end() {
        let (_, timexes, _) = read("en", "The mine was open from 1987 to 1993.", "2022-06-09");
        assert_eq!((timexes[0].range_with, timexes[1].range_with), (Some(1), Some(0)));
        let (_, timexes, _) = read("en", "The mine was shut between Monday and Thursday.", "2022-06-10");
        assert_eq!((timexes[0].range_with, timexes[1].range_with), (Some(1), Some(0)));
        let (_, timexes, _) = read("en", "The mine was shut on Monday and on Thursday.", "2022-06-10");
        assert_eq!((timexes[0].range_with, timexes[1].range_with), (None, None));
    }
}
