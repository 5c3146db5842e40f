//! Bodies of the world that reports name everywhere, as data: alliances, agencies, courts, outlets, armed groups.
//!
//! Takes: `und/actors/*.toml`. Gives: names of a class, with the entity behind each. Never: lists persons.

use super::fold::slug;
use dateline_lang::{Pack, PackError, PackFiles};
use dateline_model::MentionKind;
use rapidhash::RapidHashMap;

/// A body of the world.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    /// Its slug.
    pub entity: String,
    /// English canonical name.
    pub name: String,
    /// What it is.
    pub kind: MentionKind,
    /// A state's name inside its own is a mention, too ("US" in "US Air Force"); not so in an outlet's ("China Daily").
    pub state_inside: bool,
}

/// All of them; the class `actor` of a pack indexes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Actors {
    list: Vec<Actor>,
    by_entity: RapidHashMap<String, u32>,
}

impl Actors {
    /// Reads the files and adds every name to the class `actor` of the pack.
    ///
    /// A file says `source`, and `kind` (`organization`, `force`, `group`, `place`) for its `[actor]` table: the English
    /// canonical name → other names, English, Vietnamese and short, each as it is written. With `state-inside = true` a state's
    /// name inside such a name is a mention of its own. "US …" and "UN …" are known with dots as well. An alias may be what our
    /// rules make of a head and a state ("Armed Forces of Sudan"): all such names lead to this one entity.
    pub(super) fn load(pack: &mut Pack, files: &PackFiles) -> Result<Actors, PackError> {
        let mut actors = Actors::default();
        for (path, _) in files.under("und/actors/").filter(|(p, _)| p.ends_with(".toml")) {
            let fail = |message: String| PackError::File {
                path: path.to_string(),
                message,
            };
            let table = files.table(path)?;
            let kind = match table.get("kind").and_then(toml::Value::as_str) {
                Some("organization") => MentionKind::Organization,
                Some("force") => MentionKind::Force,
                Some("group") => MentionKind::Group,
                Some("place") => MentionKind::Place,
                _ => return Err(fail("`kind` is organization, force, group or place".into())),
            };
            let state_inside = table
                .get("state-inside")
                .and_then(toml::Value::as_bool)
                .unwrap_or(false);
            let Some(toml::Value::Table(list)) = table.get("actor") else {
                return Err(fail("no `[actor]` table".into()));
            };
            for (name, others) in list {
                let index = actors.list.len() as u32;
                let entity = slug(name);
                actors.by_entity.insert(entity.clone(), index);
                actors.list.push(Actor {
                    entity,
                    name: name.clone(),
                    kind,
                    state_inside,
                });
                let others = others
                    .as_array()
                    .ok_or_else(|| fail(format!("`{name}` wants a list of names")))?;
                for alias in others.iter().filter_map(toml::Value::as_str).chain([name.as_str()]) {
                    actors.by_entity.entry(slug(alias)).or_insert(index);
                    let dotted = [("US ", "U.S. "), ("UN ", "U.N. ")]
                        .iter()
                        .find_map(|(plain, dots)| Some(format!("{dots}{}", alias.strip_prefix(plain)?)));
                    for written in dotted.as_deref().into_iter().chain([alias]) {
                        pack.add(
                            "actor",
                            written,
                            toml::Value::Array(vec![i64::from(index).into(), written.into()]),
                        );
                    }
                }
            }
        }
        Ok(actors)
    }

    /// The actor behind a value of the class `actor`, where the words are written as its name may be: capitals where the
    /// name has them, an acronym of up to three letters in full capitals.
    pub(super) fn of(&self, value: &toml::Value, written: &str) -> Option<&Actor> {
        let list = value.as_array()?;
        let (index, alias) = (list.first()?.as_integer()?, list.get(1)?.as_str()?);
        let actor = self.list.get(usize::try_from(index).ok()?)?;
        let capital = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        let all = |s: &str| s.chars().all(|c| !c.is_lowercase());
        let fits = if alias.chars().count() <= 3 && all(alias) || alias == "WHO" {
            written == alias
        } else if all(alias) {
            capital(written)
        } else {
            let first = capital(written) || !capital(alias);
            first && (!alias.chars().any(char::is_uppercase) || written.chars().any(char::is_uppercase))
        };
        fits.then_some(actor)
    }

    /// The actor with that slug, or with a name of that slug.
    pub(super) fn by_entity(&self, entity: &str) -> Option<&Actor> {
        self.by_entity.get(entity).map(|&i| &self.list[i as usize])
    }
}
