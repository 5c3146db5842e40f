//! Why an expression means what it means: which pattern matched which words, what its parts gave, and what placed it.
//!
//! Made again from the text when somebody asks; reading a report keeps only rule ids.

use super::join::Joiner;
use super::said::Field;
use super::written::{Look, Relation, Unit, Written};
use super::{Pick, Tagger};
use dateline_lang::{Capture, Hit, Pack, Words};
use dateline_model::{Published, Timex, TimexAnchor, edtf_of};

/// A line, and the lines that stand under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// In English, without the line's end; words of the report stand in quotation marks.
    pub line: String,
    /// What it rests on.
    pub under: Vec<Tree>,
}

impl Tree {
    fn leaf(line: String) -> Tree {
        Tree {
            line,
            under: Vec::new(),
        }
    }
}

impl Tagger {
    /// The trees of a report's expressions, in their order: first the patterns that matched, then what the words around
    /// them say, last what resolved it. `timexes` are those of the same text and publication date.
    pub fn trees(&self, pack: &Pack, words: &Words<'_>, timexes: &[Timex], published: &Published) -> Vec<Vec<Tree>> {
        let picks = self.picks(pack, words);
        let teller = Teller {
            tagger: self,
            pack,
            words,
            timexes,
            published,
        };
        let mut from = 0;
        self.recognise(pack, words)
            .iter()
            .zip(timexes)
            .map(|(written, timex)| {
                from += picks[from..].iter().take_while(|p| p.end <= written.start).count();
                let own: Vec<&Pick> = picks[from..]
                    .iter()
                    .take_while(|p| p.start < written.end)
                    .filter(|p| p.end <= written.end)
                    .collect();
                teller.tree(written, timex, &own)
            })
            .collect()
    }
}

struct Teller<'a> {
    tagger: &'a Tagger,
    pack: &'a Pack,
    words: &'a Words<'a>,
    timexes: &'a [Timex],
    published: &'a Published,
}

impl Teller<'_> {
    fn quote(&self, start: u32, end: u32) -> String {
        format!(
            "\"{}\"",
            self.words.span(start as usize, end as usize).of(self.words.text)
        )
    }

    fn tree(&self, written: &Written, timex: &Timex, picks: &[&Pick]) -> Vec<Tree> {
        let mut lines: Vec<Tree> = picks.iter().map(|p| self.pattern(p)).collect();
        if picks.len() > 1 && written.rule.as_str().contains(" + ") {
            lines.push(Tree::leaf(
                "neighbours joined: each says what the others leave out".into(),
            ));
        }
        let first = picks.first().map_or(written.start, |p| p.start);
        let last = picks.last().map_or(written.end, |p| p.end);
        for (start, end) in [(written.start, first), (last, written.end)] {
            if let (true, Some(modifier)) = (start < end, timex.modifier) {
                let words = self.quote(start, end);
                lines.push(Tree::leaf(format!("mod {} from {words} beside it", modifier.as_str())));
            }
        }
        if let Some(other) = timex.range_with {
            lines.push(Tree::leaf(format!("one end of a range with {}", self.time(other))));
        }
        let placed = Tree {
            line: self.placed(written, timex),
            under: self.direction(written, timex).into_iter().map(Tree::leaf).collect(),
        };
        lines.push(placed);
        lines
    }

    /// The pattern that matched, and under it what each part gave.
    fn pattern(&self, pick: &Pick) -> Tree {
        let recipe = &self.tagger.recipes[pick.matched.rule as usize];
        let pattern = recipe.patterns.get(pick.matched.pattern as usize);
        let pattern = pattern.map_or("", String::as_str);
        let mut under: Vec<Tree> = pick
            .matched
            .captures
            .iter()
            .filter(|c| {
                !matches!(
                    self.tagger.fields[c.name as usize],
                    Field::Group | Field::Core | Field::Other
                )
            })
            .map(|c| Tree::leaf(self.part(c)))
            .collect();
        under.extend(recipe.said.iter().map(|line| Tree::leaf(line.clone())));
        let (start, end) = (pick.matched.start, pick.matched.end);
        Tree {
            line: format!("{} matched {pattern} on {}", recipe.id, self.quote(start, end)),
            under,
        }
    }

    /// `month = 6 from "June"`.
    fn part(&self, c: &Capture) -> String {
        let field = self.tagger.fields[c.name as usize];
        let value = match c.value {
            Some(v) if field.counts() => self
                .words
                .numbers
                .get(v as usize)
                .map_or(String::new(), |n| n.value.to_string()),
            Some(v) => {
                let hit = Hit {
                    start: c.start,
                    end: c.end,
                    class: self.pack.number_class(),
                    value: v,
                };
                match self.pack.value(hit) {
                    Some(toml::Value::String(s)) => s.clone(),
                    Some(other) => other.to_string(),
                    None => String::new(),
                }
            }
            None => self
                .words
                .int(c.start as usize)
                .map_or(String::new(), |n| n.to_string()),
        };
        let name = &self.tagger.patterns.names()[c.name as usize];
        format!("{name} = {value} from {}", self.quote(c.start, c.end))
    }

    fn time(&self, index: usize) -> String {
        match self.timexes.get(index) {
            Some(t) => format!("time {index} \"{}\"", t.span.of(self.words.text)),
            None => format!("time {index}"),
        }
    }

    /// What gave the days.
    fn placed(&self, written: &Written, timex: &Timex) -> String {
        if written.vague.is_some() {
            return "names no day".into();
        }
        if written.length.is_some() {
            return "a length: nothing to resolve".into();
        }
        let day = edtf_of(self.published.best).or_else(|| self.published.value.clone());
        let day = day.unwrap_or_else(|| "of unknown day".into());
        let step = |unit: Unit, count: i32| match count {
            0 => format!("the {} of", name(unit)),
            _ => format!(
                "{} {} {}",
                count.abs(),
                name(unit),
                if count < 0 { "before" } else { "after" }
            ),
        };
        match (written.relation, timex.anchor) {
            (Relation::Absolute, TimexAnchor::None) if written.has_year() => "says its year itself".into(),
            (_, TimexAnchor::None) => "no anchor: what is not said stays X".into(),
            (Relation::Absolute, TimexAnchor::Published) => format!("the nearest such to the publication, {day}"),
            (Relation::Absolute, TimexAnchor::Timex(n)) => {
                format!("what it leaves out is that of {}", self.time(n))
            }
            (Relation::ToPublication { unit, count }, TimexAnchor::Published) => {
                format!("{} the publication, {day}", step(unit, count))
            }
            (Relation::ToPublication { unit, count }, TimexAnchor::Timex(n)) => {
                format!("{} the day on which it is said, {}", step(unit, count), self.time(n))
            }
            (Relation::ToPrevious { unit, count }, TimexAnchor::Published) => {
                format!(
                    "{} the publication, {day}: nothing dated stands before it",
                    step(unit, count)
                )
            }
            (Relation::ToPrevious { unit, count }, TimexAnchor::Timex(n)) => {
                format!("{} {}", step(unit, count), self.time(n))
            }
        }
    }

    /// Where it looks, if that had to be found out.
    fn direction(&self, written: &Written, timex: &Timex) -> Option<String> {
        if written.relation != Relation::Absolute || timex.anchor != TimexAnchor::Published || written.has_year() {
            return None;
        }
        let joiner = Joiner {
            classes: self.tagger.classes,
            pack: self.pack,
            words: self.words,
        };
        let cue = joiner.cue(written).map(|(_, hit)| self.quote(hit.start, hit.end));
        let because = match (cue, written.look) {
            (Some(cue), Look::Told | Look::Ahead) => format!(", by {cue}"),
            _ => ", as its own words say".into(),
        };
        Some(match written.look {
            Look::Past | Look::Told => format!("looks back{because}"),
            Look::Ahead | Look::Future => format!("looks ahead{because}"),
            Look::Unknown => "no word says where it looks: back, unless the last is long past and the next near".into(),
        })
    }
}

fn name(unit: Unit) -> String {
    format!("{unit:?}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::PackFiles;
    use dateline_model::{Document, Interval};

    /// Lines with two spaces a depth.
    fn lines(trees: &[Tree], depth: usize, out: &mut Vec<String>) {
        for tree in trees {
            out.push(format!("{}{}", "  ".repeat(depth), tree.line));
            lines(&tree.under, depth + 1, out);
        }
    }

    fn explained(text: &str) -> Vec<Vec<String>> {
        let files = PackFiles::builtin();
        let mut pack = Pack::load(&files, "en").expect("the pack loads");
        let tagger = Tagger::new(&mut pack, &files).expect("the rules compile");
        let words = pack.words(text);
        let written = tagger.recognise(&pack, &words);
        let best = Interval::day("2022-06-09".parse().expect("a day"));
        let published = Published {
            best,
            interval: best,
            ..Published::default()
        };
        let (timexes, _) = tagger.resolve(&pack, &words, &Document::default(), &written, &published);
        let trees = tagger.trees(&pack, &words, &timexes, &published);
        trees
            .iter()
            .map(|t| {
                let mut out = Vec::new();
                lines(t, 0, &mut out);
                out
            })
            .collect()
    }

    #[test]
    fn a_tree_names_pattern_parts_anchor_and_direction() {
        let trees = explained("The dam will be rebuilt by the end of June.");
        let (pattern, rest) = trees[0].split_first().expect("a line");
        assert!(pattern.starts_with("en.time.month matched ("), "{pattern}");
        assert!(
            pattern.ends_with("<core {month-name:month}> on \"of June\""),
            "{pattern}"
        );
        assert_eq!(
            rest,
            [
                "  month = 6 from \"June\"",
                "mod END from \"the end of\" beside it",
                "the nearest such to the publication, 2022-06-09",
                "  looks ahead, by \"will be\"",
            ]
        );
    }

    #[test]
    fn a_tree_has_a_pattern_for_each_neighbour_and_says_what_it_goes_on_from() {
        let trees = explained("The dam broke on Tuesday morning. Two days later it rained.");
        let starts = |at: usize, with: &str| trees[at].iter().any(|l| l.starts_with(with));
        assert!(
            starts(0, "en.time.weekday matched") && starts(0, "en.time.daypart matched"),
            "{trees:#?}"
        );
        assert!(starts(0, "neighbours joined"), "{trees:#?}");
        assert_eq!(
            trees[1].last().map(String::as_str),
            Some("2 day after time 0 \"Tuesday morning\"")
        );
        assert!(starts(1, "  n = 2 from \"Two\""), "{trees:#?}");
    }
}
