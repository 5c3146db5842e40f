//! Rules as data: a TOML file of `[[rule]]` tables. What a rule's own fields mean is the room's business.

use crate::files::{Examples, PackError, PackFiles};
use dateline_model::RuleId;
use serde::de::DeserializeOwned;

/// A rule: a name, patterns, examples, and the room's own fields.
#[derive(Clone, Debug)]
pub struct Rule<T> {
    /// `vi.time.day-month`; unique in its stage.
    pub id: RuleId,
    /// What it reads, one line.
    pub doc: String,
    /// Patterns (key `match`: a string or a list), see `packs/README.md`.
    pub patterns: Vec<String>,
    /// Words, phrases or `{class}`es that must not follow (key `not-before`).
    pub not_before: Vec<String>,
    /// Words, phrases or `{class}`es that must not stand before (key `not-after`).
    pub not_after: Vec<String>,
    /// Examples; run by the room's tests.
    pub examples: Examples,
    /// The room's own fields.
    pub body: T,
    /// File, below the packs' folder.
    pub path: String,
}

impl<T> Rule<T> {
    /// The classes that its patterns and guards name, and perhaps others: all that stands in braces up to a colon.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        let all = self.patterns.iter().chain(&self.not_before).chain(&self.not_after);
        all.flat_map(|pattern| pattern.split('{').skip(1))
            .filter_map(|rest| rest.split([':', '}']).next())
    }
}

/// Reads the `[[rule]]`s of every `.toml` file under `prefix` (e.g. `vi/time/`), in order of path and place.
///
/// # Errors
/// TOML that does not parse, a key that neither this loader nor `T` knows, a rule without id, pattern or example.
pub fn load_rules<T: DeserializeOwned>(files: &PackFiles, prefix: &str) -> Result<Vec<Rule<T>>, PackError> {
    let mut rules = Vec::new();
    for (path, _) in files.under(prefix).filter(|(p, _)| p.ends_with(".toml")) {
        let file = |message: String| PackError::File {
            path: path.to_string(),
            message,
        };
        for (item, examples) in files.rules(path)? {
            let toml::Value::Table(mut item) = item else {
                return Err(file("a rule is not a table; write `[[rule]]`".into()));
            };
            let text = |item: &mut toml::Table, key: &str| match item.remove(key) {
                Some(toml::Value::String(s)) => Some(s),
                _ => None,
            };
            let id = text(&mut item, "id").ok_or_else(|| file("a rule has no `id`".into()))?;
            let doc = text(&mut item, "doc").unwrap_or_default();
            let strings = |item: &mut toml::Table, key: &str| match item.remove(key) {
                Some(toml::Value::String(s)) => vec![s],
                Some(toml::Value::Array(a)) => a.into_iter().filter_map(|v| v.as_str().map(String::from)).collect(),
                _ => Vec::new(),
            };
            let patterns = strings(&mut item, "match");
            if patterns.is_empty() {
                return Err(file(format!("rule `{id}` has no `match`")));
            }
            let (not_before, not_after) = (strings(&mut item, "not-before"), strings(&mut item, "not-after"));
            if examples.is_empty() {
                return Err(PackError::NoExample {
                    path: path.to_string(),
                    rule: id,
                });
            }
            let body = toml::Value::Table(item)
                .try_into::<T>()
                .map_err(|e| file(format!("rule `{id}`: {e}")))?;
            rules.push(Rule {
                id: RuleId::from(id),
                doc,
                patterns,
                not_before,
                not_after,
                examples,
                body,
                path: path.to_string(),
            });
        }
    }
    Ok(rules)
}
