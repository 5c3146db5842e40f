//! What the packs' event rules say, compiled.

use dateline_lang::{Match, Pack, PackError, PackFiles, PatternSet, Rule, load_rules};
use dateline_model::{Change, Fluent, Plover, RuleId, Status};
use serde::Deserialize;

/// How a trigger stands in its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    /// Subject before it, object behind it.
    #[default]
    Verb,
    /// Names the event.
    Noun,
    /// A word that may be either ("attack", "clash"): what stands beside it decides.
    Either,
    /// Tells the dead, wounded … of an event that is mostly named beside it.
    Casualty,
    /// Names a go-between; not an event itself.
    Mediation,
    /// Claims a deed for its subject; not an event itself.
    Claim,
    /// Looks like an event and is none; takes its words away from other rules.
    Never,
}

/// What a trigger needs around it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Need {
    /// Nothing: the words are clear in themselves.
    Nothing,
    /// A report or sentence about armed conflict.
    Conflict,
    /// A report or sentence about states and politics (conflict included).
    Politics,
    /// Somebody named who does it.
    Actor,
    /// Somebody or some place named that it is done to.
    Object,
    /// An armed force, armed group, weapon or state in the same sentence.
    Armed,
    /// Arms, troops or an armed force within a few words.
    Military,
    /// A figure in the same sentence.
    Figure,
}

/// Of whom a participant of an outcome is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    /// Whoever acts.
    Actor,
    /// To whom it is done.
    Recipient,
    /// Where.
    Place,
    /// The trigger's own words (an agreement).
    Trigger,
    /// A membership body: organisation named behind the trigger.
    Body,
}

/// Outcome of an event as a pack states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeBody {
    fluent: String,
    change: String,
    subject: Part,
    object: Part,
}

/// A rule's own fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Body {
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    form: Form,
    #[serde(default)]
    needs: Option<Vec<Need>>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    phase: Option<String>,
    #[serde(default)]
    outcome: Option<OutcomeBody>,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default)]
    loses: bool,
    #[serde(default)]
    passive: bool,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    one_deed: bool,
}

/// A compiled outcome.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutcomeRule {
    pub fluent: Fluent,
    pub change: Change,
    pub subject: Part,
    pub object: Part,
}

/// One event rule.
#[derive(Clone, Debug)]
pub(crate) struct EventRule {
    pub id: RuleId,
    /// `None` for rules that name no event (go-betweens, look-alikes).
    pub event: Option<Plover>,
    pub mode: Option<String>,
    pub context: Vec<String>,
    pub form: Form,
    pub needs: Vec<Need>,
    /// Status that the words themselves give.
    pub status: Option<Status>,
    pub phase: Option<String>,
    pub outcome: Option<OutcomeRule>,
    /// Status that deeds in its content take (demands: planned; denials: denied).
    pub content: Option<Status>,
    /// Both sides act (clash, talks, agreement).
    pub reciprocal: bool,
    /// The subject suffers it ("lost the town").
    pub loses: bool,
    /// The words are passive in themselves ("came under fire").
    pub passive: bool,
    /// For casualty words: what is counted.
    pub unit: Option<String>,
    /// Two verbs of the rule with only "and" between them tell one deed ("laid down arms and disbanded").
    pub one_deed: bool,
}

/// All rules of one language and their one matcher.
#[derive(Debug)]
pub(crate) struct Rules {
    pub set: PatternSet,
    pub rules: Vec<EventRule>,
    /// The name of `<core …>` in the set, where a rule has one.
    core: Option<u16>,
}

impl Rules {
    pub(crate) fn load(pack: &mut Pack, files: &PackFiles) -> Result<Rules, PackError> {
        let prefix = format!("{}/events/", pack.tag);
        let mut loaded: Vec<Rule<Body>> = load_rules(files, &prefix)?;
        for rule in &mut loaded {
            for pattern in &mut rule.patterns {
                *pattern = inflect(pattern);
            }
        }
        let set = PatternSet::compile(&mut pack.vocabulary, &loaded)?;
        let rules = loaded.into_iter().map(compile).collect::<Result<Vec<_>, _>>()?;
        let core = set.name("core");
        Ok(Rules { set, rules, core })
    }

    /// Tokens of the trigger in a match: `<core …>`, else all of it.
    pub(crate) fn core(&self, m: &Match) -> (usize, usize) {
        let core = m.captures.iter().find(|c| Some(c.name) == self.core);
        let (start, end) = core.map_or((m.start, m.end), |c| (c.start, c.end));
        (start as usize, end as usize)
    }
}

fn compile(rule: Rule<Body>) -> Result<EventRule, PackError> {
    let fail = |message: String| PackError::Pattern {
        path: rule.path.clone(),
        rule: rule.id.to_string(),
        message,
    };
    let b = rule.body;
    let event = match &b.event {
        Some(word) => Some(Plover::parse(word).ok_or_else(|| fail(format!("`{word}` is no PLOVER type")))?),
        None if matches!(b.form, Form::Mediation | Form::Claim | Form::Never) => None,
        None => return Err(fail("no `event`".into())),
    };
    let status = |word: &Option<String>| match word {
        Some(w) => Status::parse(w)
            .map(Some)
            .ok_or_else(|| fail(format!("`{w}` is no status"))),
        None => Ok(None),
    };
    let outcome = match b.outcome {
        Some(o) => Some(OutcomeRule {
            fluent: Fluent::parse(&o.fluent).ok_or_else(|| fail(format!("`{}` is no fluent", o.fluent)))?,
            change: Change::parse(&o.change).ok_or_else(|| fail(format!("`{}` is no change", o.change)))?,
            subject: o.subject,
            object: o.object,
        }),
        None => None,
    };
    let usual = match event {
        Some(Plover::Assault | Plover::Retreat | Plover::Mobilize | Plover::Coerce) => Need::Conflict,
        _ => Need::Politics,
    };
    Ok(EventRule {
        status: status(&b.status)?,
        content: status(&b.content)?,
        id: rule.id.clone(),
        event,
        mode: b.mode,
        context: b.context,
        form: b.form,
        needs: b.needs.unwrap_or_else(|| vec![usual]),
        phase: b.phase,
        outcome,
        reciprocal: b.reciprocal,
        loses: b.loses,
        passive: b.passive,
        unit: b.unit,
        one_deed: b.one_deed,
    })
}

/// Writes out English regular forms: `attack~` is `(attack|attacks|attacked|attacking)`, `ban~~` doubles the last letter.
pub(crate) fn inflect(pattern: &str) -> String {
    if !pattern.contains('~') {
        return pattern.to_string();
    }
    let mut out = String::with_capacity(pattern.len() * 3);
    let mut rest = pattern;
    while let Some(at) = rest.find('~') {
        let double = rest[at..].starts_with("~~");
        let start = rest[..at]
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let word = &rest[start..at];
        out.push_str(&rest[..start]);
        let bytes = word.as_bytes();
        let last = bytes.last().copied().unwrap_or(b' ') as char;
        let before = bytes.len().checked_sub(2).map_or(' ', |i| bytes[i] as char);
        let vowel = |c: char| "aeiou".contains(c);
        let (third, past, going) = if double {
            (
                format!("{word}s"),
                format!("{word}{last}ed"),
                format!("{word}{last}ing"),
            )
        } else if last == 'e' {
            let stem = &word[..word.len() - 1];
            (format!("{word}s"), format!("{word}d"), format!("{stem}ing"))
        } else if last == 'y' && !vowel(before) {
            let stem = &word[..word.len() - 1];
            (format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing"))
        } else if word.ends_with("sh") || word.ends_with("ch") || matches!(last, 's' | 'x' | 'z') {
            (format!("{word}es"), format!("{word}ed"), format!("{word}ing"))
        } else {
            (format!("{word}s"), format!("{word}ed"), format!("{word}ing"))
        };
        out.push_str(&format!("({word}|{third}|{past}|{going})"));
        rest = &rest[at + if double { 2 } else { 1 }..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::inflect;

    #[test]
    fn regular_forms() {
        assert_eq!(inflect("attack~ on"), "(attack|attacks|attacked|attacking) on");
        assert_eq!(
            inflect("(seize~|ban~~)"),
            "((seize|seizes|seized|seizing)|(ban|bans|banned|banning))"
        );
        assert_eq!(
            inflect("clash~ deny~"),
            "(clash|clashes|clashed|clashing) (deny|denies|denied|denying)"
        );
    }
}
