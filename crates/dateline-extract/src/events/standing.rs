//! What a report tells to stand: who holds a place, where a force is, what is in force, who is a member. No event: nothing is
//! told of how it came about.

use dateline_lang::{ClassId, Match, Pack, PackError, PackFiles, PatternSet, Rule, Words, load_rules, parse_marks};
use dateline_model::{
    Fluent, Interval, Mention, MentionKind, Published, RuleId, Standing, Timex, TimexKind, Value, When,
};
use serde::Deserialize;
use std::ops::Range;

/// Tokens before the words within which a word may take their truth ("if", "sẽ"); its own reach is mostly shorter.
const BEFORE: usize = 24;

/// A rule's own fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    fluent: String,
    value: String,
    /// Kinds of mentions that the subject (and an agreement's other party) may be.
    #[serde(default)]
    subject: Vec<String>,
}

/// The rules of one language, compiled.
#[derive(Debug)]
pub struct Standings {
    rules: Vec<Rule<Body>>,
    kinds: Vec<(Fluent, Value)>,
    set: PatternSet,
    mention: ClassId,
    partial: ClassId,
    modality: ClassId,
}

impl Standings {
    /// Compiles `<tag>/state/standing.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`]; a fluent or value that there is not.
    pub fn new(pack: &mut Pack, files: &PackFiles) -> Result<Standings, PackError> {
        let rules: Vec<Rule<Body>> = load_rules(files, &format!("{}/state/standing", pack.tag))?;
        let mut kinds = Vec::with_capacity(rules.len());
        for rule in &rules {
            match (Fluent::parse(&rule.body.fluent), Value::parse(&rule.body.value)) {
                (Some(fluent), Some(value)) => kinds.push((fluent, value)),
                _ => {
                    return Err(PackError::File {
                        path: rule.path.clone(),
                        message: format!("rule `{}`: no such fluent or value", rule.id),
                    });
                }
            }
        }
        let set = PatternSet::compile(&mut pack.vocabulary, &rules)?;
        let class = |pack: &mut Pack, name| pack.vocabulary.class(name);
        Ok(Standings {
            rules,
            kinds,
            set,
            mention: class(pack, "mention"),
            partial: class(pack, "partial-mark"),
            modality: class(pack, "modality"),
        })
    }

    /// What is told to stand, by the start of the words.
    pub fn find(
        &self,
        pack: &Pack,
        words: &Words<'_>,
        published: &Published,
        timexes: &[Timex],
        mentions: &[Mention],
    ) -> Vec<Standing> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let matches = self.set.longest(words);
        let read = |m| self.read(pack, words, published, timexes, mentions, &m);
        matches.into_iter().filter_map(read).collect()
    }

    fn read(
        &self,
        pack: &Pack,
        words: &Words<'_>,
        published: &Published,
        timexes: &[Timex],
        mentions: &[Mention],
        m: &Match,
    ) -> Option<Standing> {
        let (start, end) = (m.start as usize, m.end as usize);
        if self.is_unreal(pack, words, start) {
            return None;
        }
        let captured = |name: &str| {
            let name = self.set.name(name)?;
            let capture = m.captures.iter().find(|c| c.name == name)?;
            Some(capture.start as usize..capture.end as usize)
        };
        let named = |name: &str| self.named(words, mentions, captured(name)?);
        let (fluent, value) = self.kinds[m.rule as usize];
        let (subject, object, other) = (named("subject"), named("object"), named("other"));
        let fits = match fluent {
            Fluent::InForce => subject.is_some() == other.is_some() && (subject.is_some() || object.is_some()),
            _ => subject.is_some() && object.is_some() && subject != object,
        };
        let kinds = &self.rules[m.rule as usize].body.subject;
        let may_be = |i: Option<usize>| i.is_none_or(|i| kinds.iter().any(|k| k == mentions[i].kind.as_str()));
        if !fits || !may_be(subject) || !may_be(other) {
            return None;
        }
        let partial = (start..end).any(|t| words.hit(t, self.partial).is_some());
        Some(Standing {
            span: words.span(start, end),
            fluent,
            value,
            subject,
            other,
            object,
            partial,
            when: self.when(words, start, published, timexes),
            rule: self.rules[m.rule as usize].id.clone(),
        })
    }

    /// The longest name or role in a capture.
    fn named(&self, words: &Words<'_>, mentions: &[Mention], tokens: Range<usize>) -> Option<usize> {
        let hits = tokens.clone().flat_map(|t| words.hits_at(t));
        let inside = hits.filter(|h| h.class == self.mention && h.end as usize <= tokens.end);
        let longest = inside.max_by_key(|h| (h.end - h.start, std::cmp::Reverse(h.start)))?;
        Some(longest.value as usize).filter(|i| *i < mentions.len())
    }

    /// "If …", "will …", "denied that …": a word before takes the truth away.
    fn is_unreal(&self, pack: &Pack, words: &Words<'_>, start: usize) -> bool {
        let low = words.sentence_of(start).map_or(0, |s| s.tokens().start);
        (low.max(start.saturating_sub(BEFORE))..start).any(|t| {
            let Some(hit) = words.hit(t, self.modality) else {
                return false;
            };
            let value = pack.value(hit);
            let text = |key: &str| value.and_then(|v| v.get(key)).and_then(|v| v.as_str());
            let reach = value
                .and_then(|v| v.get("reach"))
                .and_then(|v| v.as_integer())
                .unwrap_or(4);
            let far = start.saturating_sub(hit.end as usize);
            matches!(text("status"), Some("planned" | "hypothetical" | "denied"))
                && usize::try_from(reach).is_ok_and(|reach| far <= reach)
        })
    }

    /// The one date of the sentence, else the day of publication.
    fn when(&self, words: &Words<'_>, start: usize, published: &Published, timexes: &[Timex]) -> When {
        let day = if published.best.is_unknown() {
            published.interval
        } else {
            published.best
        };
        let sentence = words.sentence_of(start).map(|s| s.span);
        let dated = |t: &&Timex| {
            sentence.is_some_and(|s| s.contains(t.span))
                && matches!(t.kind, TimexKind::Date | TimexKind::Time)
                && !t.vague
                && t.interval.closed().is_some()
                && day.latest.is_none_or(|d| t.interval.latest <= Some(d))
        };
        let mut dated = timexes.iter().filter(dated);
        match (dated.next(), dated.next()) {
            (Some(one), None) => When::of(one.interval, "standing.when.sentence"),
            _ => When::of(day, "standing.when.published"),
        }
    }

    /// Runs the examples: `[words]{kind}` marks what the rooms before find, `says` is `fluent value: subject → object`, or
    /// `nothing`.
    pub fn check(&self, pack: &Pack) -> Vec<String> {
        let mut failures = Vec::new();
        for rule in &self.rules {
            for example in &rule.examples.tables() {
                let text = |key: &str| example.get(key).and_then(|v| v.as_str()).unwrap_or_default();
                let found = self.said(pack, text("text"));
                let expected = text("says");
                let holds = if expected == "nothing" {
                    found.is_empty()
                } else {
                    found.iter().any(|(id, said)| *id == rule.id && said == expected)
                };
                if !holds {
                    failures.push(format!(
                        "{}: {}: {}\n  expected `{expected}`, found {found:?}",
                        rule.path,
                        rule.id,
                        text("text")
                    ));
                }
            }
        }
        failures
    }

    fn said(&self, pack: &Pack, line: &str) -> Vec<(RuleId, String)> {
        let (text, marks) = parse_marks(line);
        let mut words = pack.words(&text);
        let mut mentions = Vec::new();
        let mut hits = Vec::new();
        for mark in &marks {
            let Some(kind) = MentionKind::ALL.into_iter().find(|k| k.as_str() == mark.label) else {
                return Vec::new();
            };
            let tokens = words.tokens_in(mark.span);
            for class in ["mention", kind.as_str()] {
                hits.extend(pack.vocabulary.find_class(class).map(|class| dateline_lang::Hit {
                    start: tokens.start as u32,
                    end: tokens.end as u32,
                    class,
                    value: mentions.len() as u32,
                }));
            }
            mentions.push(Mention {
                span: mark.span,
                kind,
                entity: mark.span.of(&text).to_string(),
                name: mark.span.of(&text).to_string(),
                metonym_for: None,
                title: None,
                point: None,
                inside: None,
                sound: None,
                rule: RuleId::from("example"),
            });
        }
        words.add(hits);
        let published = Published {
            best: Interval::default(),
            ..Published::default()
        };
        let name = |i: Option<usize>| i.map_or("", |i| mentions[i].entity.as_str());
        self.find(pack, &words, &published, &[], &mentions)
            .into_iter()
            .map(|s| {
                let both = if s.other.is_some() {
                    format!("{} + {}", name(s.subject), name(s.other))
                } else {
                    name(s.subject).to_string()
                };
                let (fluent, value) = (s.fluent.as_str(), s.value.as_str());
                let part = if s.partial { " (part)" } else { "" };
                let said = format!("{fluent} {value}: {both} → {}{part}", name(s.object));
                (s.rule, said.trim_end().to_string())
            })
            .collect()
    }
}
