//! What begins and what ends a state of things, as the packs say it.

use dateline_lang::{PackError, PackFiles};
use dateline_model::{Change, Fluent, Plover, Value};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the axioms lie.
pub(super) const PATH: &str = "und/state/axioms.toml";

/// What sets an axiom off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// An outcome.
    Outcome(Fluent, Change),
    /// It is told to stand.
    Stands(Fluent),
    /// A deed, whatever its outcomes.
    Deed(Plover),
}

/// Whose state changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum To {
    /// The subject of the outcome.
    Itself,
    /// Whoever else had the same object.
    Others,
    /// Those who hold the place of a deed, and whoever attacks and takes it.
    Sides,
    /// The agreements of a deed's doers.
    Parties,
    /// Land that was taken by force in the days in which an agreement came.
    Gains,
    /// What nobody tells of any more.
    Silence,
}

/// One axiom.
#[derive(Clone, Debug)]
pub(super) struct Axiom {
    pub(super) id: String,
    pub(super) on: On,
    pub(super) to: To,
    /// Of what, where the outcome does not say it.
    pub(super) fluent: Fluent,
    pub(super) part: Option<bool>,
    pub(super) value: Option<Value>,
    pub(super) days: i32,
}

/// A kind of agreement: its name in English, and words of some language that say it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    source: String,
    kind: Vec<Kind>,
}

/// A kind of force that an event's context tells of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForceKind {
    /// Prefix of its slug, before the owner.
    pub(super) entity: String,
    /// Prefix of its name.
    pub(super) name: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forces {
    general: Vec<String>,
    context: BTreeMap<String, ForceKind>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holders {
    unnamed: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) given: Vec<String>,
    pub(super) on: String,
    pub(super) then: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AxiomBody {
    id: String,
    doc: String,
    on: String,
    to: To,
    fluent: Option<String>,
    part: Option<bool>,
    value: Option<String>,
    days: Option<i32>,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    axiom: Vec<AxiomBody>,
    forces: Forces,
    holders: Holders,
}

/// The axioms of the packs, compiled.
#[derive(Clone, Debug)]
pub struct Axioms {
    pub(super) list: Vec<Axiom>,
    kinds: Vec<Kind>,
    forces: Forces,
    holders: Holders,
    pub(super) examples: Vec<(String, Example)>,
}

impl Axioms {
    /// Reads `und/state/axioms.toml` and every `<tag>/state/agreements.toml`.
    ///
    /// # Errors
    /// A file is missing, is not TOML, has keys that nobody reads, or an axiom has no example.
    pub fn load(files: &PackFiles) -> Result<Axioms, PackError> {
        let fail = |path: &str, message: String| PackError::File {
            path: path.to_string(),
            message,
        };
        let text = files
            .get(PATH)
            .ok_or_else(|| fail(PATH, "is missing; copy it from the built-in packs".into()))?;
        let file: File = toml::from_str(text).map_err(|e| fail(PATH, e.to_string()))?;
        let (mut list, mut examples) = (Vec::new(), Vec::new());
        for body in file.axiom {
            if body.examples.is_empty() || body.doc.is_empty() {
                return Err(PackError::NoExample {
                    path: PATH.into(),
                    rule: body.id,
                });
            }
            examples.extend(body.examples.iter().map(|e| (body.id.clone(), e.clone())));
            let id = body.id.clone();
            list.push(compile(body).map_err(|message| fail(PATH, format!("axiom `{id}`: {message}")))?);
        }
        let mut kinds: Vec<Kind> = Vec::new();
        let paths = files.under("").filter(|(p, _)| p.ends_with("/state/agreements.toml"));
        for (path, text) in paths {
            let own: Kinds = toml::from_str(text).map_err(|e| fail(path, e.to_string()))?;
            if own.source.is_empty() {
                return Err(fail(path, "says no `source`".into()));
            }
            for kind in own.kind {
                let words = kind.words.iter().map(|w| w.to_lowercase());
                match kinds.iter_mut().find(|k| k.name == kind.name) {
                    Some(known) => known.words.extend(words),
                    None => kinds.push(Kind {
                        words: words.collect(),
                        name: kind.name,
                    }),
                }
            }
        }
        Ok(Axioms {
            list,
            kinds,
            forces: file.forces,
            holders: file.holders,
            examples,
        })
    }

    /// The axioms set off by something.
    pub(super) fn on(&self, on: On) -> impl Iterator<Item = &Axiom> {
        self.list.iter().filter(move |a| a.on == on)
    }

    /// The first axiom of a kind for a fluent.
    pub(super) fn to(&self, to: To, fluent: Fluent) -> Option<&Axiom> {
        self.list.iter().find(|a| a.to == to && a.fluent == fluent)
    }

    /// Rank of the first kind of agreement that the words name.
    pub(super) fn agreement(&self, words: &str) -> Option<usize> {
        let words = words.to_lowercase();
        self.kinds
            .iter()
            .position(|k| k.words.iter().any(|w| words.contains(w.as_str())))
    }

    /// The name of a kind of agreement.
    pub(super) fn agreement_name(&self, rank: Option<usize>) -> &str {
        rank.and_then(|r| self.kinds.get(r))
            .or(self.kinds.last())
            .map_or("agreement", |k| k.name.as_str())
    }

    /// The slug says of a force only whose it is.
    pub(super) fn is_general(&self, slug: &str) -> bool {
        self.forces
            .general
            .iter()
            .any(|prefix| slug.starts_with(prefix.as_str()))
    }

    /// The slug is that of a common noun: it says what somebody is, not who.
    pub(super) fn is_unnamed(&self, slug: &str) -> bool {
        self.holders.unnamed.iter().any(|u| u == slug)
    }

    /// The kind of force that a slug begins with.
    pub(super) fn force_of(&self, slug: &str) -> Option<&ForceKind> {
        self.forces
            .context
            .values()
            .find(|k| slug.starts_with(k.entity.as_str()))
    }

    /// The kind of force that an event's contexts tell of.
    pub(super) fn force(&self, contexts: &[String]) -> Option<&ForceKind> {
        contexts.iter().find_map(|c| self.forces.context.get(c))
    }
}

fn compile(body: AxiomBody) -> Result<Axiom, String> {
    let fluent = |word: &str| Fluent::parse(word).ok_or_else(|| format!("`{word}` is no fluent"));
    let on = match body.on.split_once(' ') {
        Some((of, "stands")) => On::Stands(fluent(of)?),
        Some((of, change)) => {
            let change = Change::parse(change).ok_or_else(|| format!("`{change}` is no change"))?;
            On::Outcome(fluent(of)?, change)
        }
        None => On::Deed(Plover::parse(&body.on).ok_or_else(|| format!("`{}` is no PLOVER type", body.on))?),
    };
    let of = match (&body.fluent, on) {
        (Some(word), _) => fluent(word)?,
        (None, On::Outcome(of, _) | On::Stands(of)) => of,
        (None, On::Deed(_)) => return Err("a deed wants `fluent`".into()),
    };
    let value = match &body.value {
        Some(word) => Some(Value::parse(word).ok_or_else(|| format!("`{word}` is no value"))?),
        None if body.to == To::Gains => None,
        None => return Err("no `value`".into()),
    };
    Ok(Axiom {
        id: body.id,
        on,
        to: body.to,
        fluent: of,
        part: body.part,
        value,
        days: body.days.unwrap_or(0),
    })
}
