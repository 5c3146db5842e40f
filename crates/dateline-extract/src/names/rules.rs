//! Rules of this room: which words together make a name, and of what.

use dateline_lang::{Capture, Match, Pack, PackError, PackFiles, PatternSet, Rule, Words, load_rules};
use dateline_model::{MentionKind, RuleId};
use rapidhash::RapidHashSet;
use serde::Deserialize;

/// What a rule's own fields say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Body {
    /// `person`, `organization`, `place`, `force`, `group`, `role`; `same`: that of the capture `of`.
    pub kind: String,
    /// English name: `{head}`, `{of}`, `{name}` stand for what was captured. Without it: the head's English, ` of {of}`.
    #[serde(default)]
    pub name: Option<String>,
    /// The capture that is the mention; all of the match without it.
    #[serde(default)]
    pub span: Option<String>,
    /// The capture that must begin with a capital.
    #[serde(default)]
    pub capital: Option<String>,
    /// The capture that must be no known place: "cảng Tripoli" names Tripoli, "cảng Vidorna" a port.
    #[serde(default)]
    pub unknown: Option<String>,
    /// The capture that must be a known place, all of it.
    #[serde(default)]
    pub known: Option<String>,
    /// The capture that must begin in lower case.
    #[serde(default)]
    pub lower: Option<String>,
}

/// One set of rules, compiled.
#[derive(Debug)]
pub(super) struct Stage {
    pub rules: Vec<Rule<Body>>,
    /// Their ids.
    pub ids: RapidHashSet<RuleId>,
    pub set: PatternSet,
    pub head: Option<u16>,
    pub of: Option<u16>,
    pub name: Option<u16>,
    /// One more name of which all that the rule says is true, too.
    pub also: Option<u16>,
    pub title: Option<u16>,
    pub honorific: Option<u16>,
    /// Parts of a body's name that small words join.
    pub a: Option<u16>,
    pub b: Option<u16>,
    spans: Vec<(Option<u16>, Option<u16>, Option<u16>)>,
}

impl Stage {
    /// Compiles the rules under a path.
    pub(super) fn load(pack: &mut Pack, files: &PackFiles, prefix: &str) -> Result<Stage, PackError> {
        let rules: Vec<Rule<Body>> = load_rules(files, prefix)?;
        let set = PatternSet::compile(&mut pack.vocabulary, &rules)?;
        let named = |n: &Option<String>| n.as_deref().and_then(|n| set.name(n));
        let spans = rules
            .iter()
            .map(|r| (named(&r.body.span), named(&r.body.capital), named(&r.body.lower)))
            .collect();
        Ok(Stage {
            head: set.name("head"),
            of: set.name("of"),
            name: set.name("name"),
            also: set.name("also"),
            title: set.name("title"),
            honorific: set.name("honorific"),
            a: set.name("a"),
            b: set.name("b"),
            spans,
            ids: rules.iter().map(|r| r.id.clone()).collect(),
            rules,
            set,
        })
    }

    /// The match's rule makes a body out of a name alone.
    pub(super) fn of_body(&self, m: &Match) -> bool {
        let body = &self.rules[m.rule as usize].body;
        body.span.is_some() && matches!(body.kind.as_str(), "organization" | "group")
    }

    /// The capture that a rule wants to be no known place.
    pub(super) fn unknown(&self, m: &Match) -> Option<Capture> {
        self.capture(m, self.rules[m.rule as usize].body.unknown.as_deref()?)
    }

    /// The capture that a rule wants to be a known place.
    pub(super) fn known(&self, m: &Match) -> Option<Capture> {
        self.capture(m, self.rules[m.rule as usize].body.known.as_deref()?)
    }

    fn capture(&self, m: &Match, name: &str) -> Option<Capture> {
        let name = self.set.name(name)?;
        m.captures.iter().find(|c| c.name == name).copied()
    }

    /// The match, once for its name and once for each that it names beside it.
    pub(super) fn each(&self, m: &Match) -> impl Iterator<Item = Match> {
        let more = m.captures.iter().filter(|c| Some(c.name) == self.also);
        std::iter::once(m.clone()).chain(more.map(|also| {
            let mut captures = m.captures.clone();
            captures.retain(|c| Some(c.name) != self.name);
            captures.extend(self.name.map(|name| Capture { name, ..*also }));
            Match { captures, ..m.clone() }
        }))
    }

    /// Tokens of the mention in a match; `None` where its capitals are not as the rule wants them.
    pub(super) fn extent(&self, words: &Words<'_>, m: &Match) -> Option<(u32, u32)> {
        let (span, capital, lower) = self.spans[m.rule as usize];
        let capture = |name: u16| m.captures.iter().find(|c| c.name == name);
        let begins = |name: u16, upper: bool| {
            capture(name).is_some_and(|c| {
                words
                    .word(c.start as usize)
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() == upper)
            })
        };
        let opens = |name: u16| capture(name).is_some_and(|c| words.is_sentence_start(c.start as usize));
        if capital.is_some_and(|n| !begins(n, true)) || lower.is_some_and(|n| !begins(n, false) && !opens(n)) {
            return None;
        }
        match span {
            Some(name) => capture(name).map(|c| (c.start, c.end)),
            None => Some((m.start, m.end)),
        }
    }

    /// Matches from left to right, the longest at each place; those whose capitals do not fit are passed over.
    pub(super) fn matches(&self, words: &Words<'_>, allowed: impl Fn(&Match) -> bool) -> Vec<Match> {
        self.set
            .longest_of(words, |m| self.extent(words, m).is_some() && allowed(m))
    }
}

/// The word of a rule's `kind`.
pub(super) fn kind(word: &str) -> MentionKind {
    match word {
        "person" => MentionKind::Person,
        "place" => MentionKind::Place,
        "force" => MentionKind::Force,
        "group" => MentionKind::Group,
        "role" => MentionKind::Role,
        _ => MentionKind::Organization,
    }
}

/// Puts a head's English and what it belongs to together: "Ministry of Defence" and "Armenia", "{of} River" and "Terek".
pub(super) fn compose(head: &str, of: &str) -> String {
    if of.is_empty() {
        return head
            .replace(" of {of}", "")
            .replace("{of} ", "")
            .replace("{of}", "")
            .trim()
            .to_string();
    }
    if head.contains("{of}") {
        head.replace("{of}", of)
    } else {
        format!("{head} of {of}")
    }
}
