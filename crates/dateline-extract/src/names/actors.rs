//! Bodies of the world that reports name everywhere, as data: alliances, agencies, courts, outlets, armed groups.
//!
//! Takes: `und/actors/*.toml`. Gives: names of a class, with the entity behind each. Never: lists persons.

use super::fold::slug;
use super::gazetteer::{Gazetteer, Kind};
use dateline_lang::{Pack, PackError, PackFiles};
use dateline_model::{Interval, MentionKind};
use jiff::civil::Date;
use rapidhash::{RapidHashMap, RapidHashSet};
use std::collections::BTreeMap;

/// The file that says from when to when actors were.
const VALID: &str = "und/actors/valid.toml";

/// The file that says which short forms need company.
const COMPANY: &str = "und/actors/company.toml";

/// What a report must name for a short form to be read as its actor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Company {
    /// Countries, by code: what lies in them counts.
    pub countries: Vec<&'static str>,
    /// Identifiers of other places, and of actors.
    pub names: Vec<String>,
}

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
    /// A people: its name may be a family's ("Karim Baloch").
    pub people: bool,
}

/// The class of all their names.
pub(super) const CLASS: &str = "actor";

/// A name of an actor.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// Whose, in [`Actors::list`].
    actor: u32,
    /// As it is written.
    written: String,
    /// When it stood for the actor, in [`Actors::days`].
    days: u32,
    /// What the report must name with it, in [`Actors::company`].
    company: u32,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Actors {
    list: Vec<Actor>,
    /// Their names; the class `actor` of a pack indexes them.
    names: Vec<Alias>,
    by_entity: RapidHashMap<String, u32>,
    /// Days in which actors and names of actors were; the first is open at both ends.
    days: Vec<Interval>,
    /// The same of places, by slug.
    places: RapidHashMap<String, Interval>,
    /// What short forms need beside them; the first is nothing.
    company: Vec<Company>,
}

/// How an actor's days stand to those in which a report was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Presence {
    /// It was gone before the report.
    Gone,
    /// It was there, or nothing says that it was not.
    There,
}

/// How days stand to those of a report; `None` where they begin after it.
pub(super) fn presence(days: Interval, published: Interval) -> Option<Presence> {
    let before = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a < b);
    if before(published.latest, days.earliest) {
        return None;
    }
    Some(if before(days.latest, published.earliest) {
        Presence::Gone
    } else {
        Presence::There
    })
}

/// An interval of EDTF, both ends full days or `..`.
fn interval(text: &str) -> Option<Interval> {
    let (from, to) = text.split_once('/')?;
    let day = |end: &str| match end {
        ".." => Some(None),
        _ => end.parse().ok().map(Some),
    };
    Some(Interval {
        earliest: day(from)?,
        latest: day(to)?,
    })
}

/// A key of [`VALID`] or [`COMPANY`] that nothing bears.
fn nobody(path: &str, key: &str, what: &str) -> PackError {
    PackError::File {
        path: path.to_string(),
        message: format!("`{key}` {what}"),
    }
}

/// The files that list actors, each read once.
fn lists(files: &PackFiles) -> Result<Vec<(&str, toml::Table)>, PackError> {
    let listed = |path: &str| path.ends_with(".toml") && path != VALID && path != COMPANY;
    let paths = files.under("und/actors/").map(|(path, _)| path);
    paths
        .filter(|path| listed(path))
        .map(|path| Ok((path, files.table(path)?)))
        .collect()
}

/// What [`COMPANY`] says.
#[derive(Default)]
struct Lonely {
    /// Canonical name of an actor, or one name of one → which company.
    names: RapidHashMap<String, u32>,
    /// Longer names that two such actors bear.
    shared: RapidHashSet<String>,
}

impl Actors {
    /// Reads the files and adds every name to the class `actor` of the pack.
    ///
    /// A file says `source`, and `kind` (`organization`, `force`, `group`, `place`) for its `[actor]` table: the English
    /// canonical name → other names, English, Vietnamese and short, each as it is written. With `state-inside = true` a state's
    /// name inside such a name is a mention of its own; `peoples = true`: they are peoples. "US …" and "UN …" are known with dots as
    /// well. An alias may be what our rules make of a head and a state ("Armed Forces of Sudan"): all such names lead to this one
    /// entity. `valid.toml` says from when to when actors, names of them and places were; `company.toml` which of their names are read only where the report
    /// names their country, too.
    pub(super) fn load(pack: &mut Pack, files: &PackFiles, gazetteer: &Gazetteer) -> Result<Actors, PackError> {
        if pack.vocabulary.find_class(CLASS).is_some() {
            return Err(PackError::File {
                path: format!("{}/words", pack.tag),
                message: format!("`[{CLASS}]` is no list of words; actors stand in `und/actors/*.toml`"),
            });
        }
        let mut actors = Actors {
            days: vec![Interval::default()],
            company: vec![Company::default()],
            ..Actors::default()
        };
        let valid = actors.valid(files, gazetteer)?;
        let lists = lists(files)?;
        let lonely = actors.lonely(files, &lists, gazetteer)?;
        let mut kept: RapidHashSet<&str> = RapidHashSet::default();
        let mut asked: RapidHashSet<&str> = RapidHashSet::default();
        for (path, table) in &lists {
            let fail = |message: String| PackError::File {
                path: path.to_string(),
                message,
            };
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
            let people = table.get("peoples").and_then(toml::Value::as_bool).unwrap_or(false);
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
                    people,
                });
                let others = others
                    .as_array()
                    .ok_or_else(|| fail(format!("`{name}` wants a list of names")))?;
                for alias in others.iter().filter_map(toml::Value::as_str).chain([name.as_str()]) {
                    if alias != name {
                        actors.by_entity.entry(slug(alias)).or_insert(index);
                    }
                    let dotted = [("US ", "U.S. "), ("UN ", "U.N. ")]
                        .iter()
                        .find_map(|(plain, dots)| Some(format!("{dots}{}", alias.strip_prefix(plain)?)));
                    let days = valid.get_key_value(alias).or(valid.get_key_value(name));
                    asked.extend(days.map(|(key, _)| key.as_str()));
                    let days = days.map(|(_, days)| *days).unwrap_or_default();
                    // Of an actor that needs company, what is short or also another's; else what is named itself.
                    let short = !alias.contains(' ') || lonely.shared.contains(alias);
                    let of = |key: &str| lonely.names.get_key_value(key);
                    let itself = || of(alias).filter(|_| alias != name);
                    let needs = of(name).filter(|_| short).or_else(itself);
                    kept.extend(needs.map(|(key, _)| key.as_str()));
                    let needs = needs.map(|(_, company)| *company).unwrap_or_default();
                    for written in dotted.as_deref().into_iter().chain([alias]) {
                        pack.add(CLASS, written, (actors.names.len() as i64).into());
                        actors.names.push(Alias {
                            actor: index,
                            written: written.to_string(),
                            days,
                            company: needs,
                        });
                    }
                }
            }
        }
        if let Some(key) = lonely
            .names
            .keys()
            .map(String::as_str)
            .filter(|key| !kept.contains(key))
            .min()
        {
            return Err(nobody(COMPANY, key, "is no actor with a short name, and no such name"));
        }
        let known = |n: &&String| gazetteer.by_slug(n).is_some() || actors.by_entity.contains_key(&slug(n));
        if let Some(key) = actors.company.iter().flat_map(|c| &c.names).find(|n| !known(n)) {
            return Err(nobody(
                COMPANY,
                key,
                "is no place's identifier in the gazetteer, and no actor",
            ));
        }
        actors
            .company
            .iter_mut()
            .flat_map(|c| &mut c.names)
            .for_each(|n| *n = slug(n));
        match valid
            .keys()
            .map(String::as_str)
            .filter(|key| !asked.contains(key))
            .min()
        {
            Some(key) => Err(nobody(VALID, key, "is no actor's name")),
            None => Ok(actors),
        }
    }

    /// Reads [`VALID`]: which of `days` a name of an actor has.
    fn valid(&mut self, files: &PackFiles, gazetteer: &Gazetteer) -> Result<RapidHashMap<String, u32>, PackError> {
        let table = files.table(VALID)?;
        let days = |key: &str, value: &toml::Value| {
            value.as_str().and_then(interval).ok_or_else(|| PackError::File {
                path: VALID.to_string(),
                message: format!("`{key}` wants two days or `..`, parted by `/`"),
            })
        };
        let mut valid = RapidHashMap::default();
        for (name, value) in table.get("valid").and_then(toml::Value::as_table).into_iter().flatten() {
            valid.insert(name.clone(), self.days.len() as u32);
            self.days.push(days(name, value)?);
        }
        for (slug, value) in table
            .get("valid-place")
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten()
        {
            if gazetteer.by_slug(slug).is_none() {
                return Err(nobody(VALID, slug, "is no place's identifier in the gazetteer"));
            }
            self.places.insert(slug.clone(), days(slug, value)?);
        }
        Ok(valid)
    }

    /// Reads [`COMPANY`]: actors and names of actors that need company, and which.
    fn lonely(
        &mut self,
        files: &PackFiles,
        lists: &[(&str, toml::Table)],
        gazetteer: &Gazetteer,
    ) -> Result<Lonely, PackError> {
        let table = files.table(COMPANY)?;
        let mut lonely = Lonely::default();
        let mut company: BTreeMap<String, Company> = BTreeMap::new();
        for (by, names) in table
            .get("company")
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten()
        {
            let names = names.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
            for name in names {
                let needs = company.entry(name.to_string()).or_default();
                match gazetteer.by_slug(by) {
                    Some(place) if place.kind == Kind::Country => needs.countries.extend(place.country),
                    _ => needs.names.push(by.clone()),
                }
            }
        }
        for (name, needs) in company {
            lonely.names.insert(name, self.company.len() as u32);
            self.company.push(needs);
        }
        // Names that two actors bear, of which one needs company.
        let mut seen: RapidHashSet<String> = RapidHashSet::default();
        for (_, table) in lists {
            let actors = table.get("actor").and_then(toml::Value::as_table).into_iter().flatten();
            for (name, others) in actors.filter(|(name, _)| lonely.names.contains_key(*name)) {
                let others = others.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
                let twice = others.filter(|o| o.contains(' ') && *o != name && !seen.insert(o.to_string()));
                lonely.shared.extend(twice.map(str::to_string));
            }
        }
        Ok(lonely)
    }

    /// The name behind a value of the class `actor`.
    pub(super) fn alias(&self, value: &toml::Value) -> Option<&Alias> {
        self.names.get(usize::try_from(value.as_integer()?).ok()?)
    }

    /// What a report must name for a name to be its actor's; `None`: nothing.
    pub(super) fn company(&self, alias: &Alias) -> Option<&Company> {
        (alias.company > 0).then(|| &self.company[alias.company as usize])
    }

    /// From when to when a name stood for its actor.
    pub(super) fn days(&self, alias: &Alias) -> Interval {
        self.days[alias.days as usize]
    }

    /// From when to when a place of that slug was what its name says.
    pub(super) fn days_of_place(&self, slug: &str) -> Interval {
        self.places.get(slug).copied().unwrap_or_default()
    }

    /// The actor that a name stands for, where the words are written as the name may be: capitals where it has them, an acronym of
    /// up to three letters in full capitals.
    pub(super) fn of(&self, alias: &Alias, written: &str) -> Option<&Actor> {
        let actor = self.list.get(alias.actor as usize)?;
        let alias = alias.written.as_str();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The actors of the built-in packs, but for one file.
    fn with(path: &str, content: String) -> Result<Actors, PackError> {
        let mut files = PackFiles::builtin();
        files.insert(path, content);
        let mut pack = Pack::load(&files, "en").expect("the pack loads");
        Actors::load(&mut pack, &files, &Gazetteer::builtin())
    }

    #[test]
    fn days_of_nobody_are_an_error() {
        let load = |key: &str, table: &str| with(VALID, format!("[{table}]\n\"{key}\" = \"1980-01-01/..\"\n"));
        assert!(load("Warsaw Pact", "valid").is_ok());
        assert!(load("Pact of Karsi", "valid").is_err());
        assert!(load("kenya", "valid-place").is_ok());
        assert!(load("karsi-land", "valid-place").is_err());
    }

    #[test]
    fn actors_in_a_list_of_words_are_an_error() {
        let words = "source = \"ours\"\n[actor]\n\"Karsi Guard\" = 0\n".to_string();
        assert!(with("en/words/karsi.toml", words).is_err());
    }

    #[test]
    fn company_of_nobody_is_an_error() {
        let load = |key: &str, name: &str| with(COMPANY, format!("[company]\n\"{key}\" = [\"{name}\"]\n"));
        assert!(load("myanmar", "People's Defence Force").is_ok());
        assert!(load("myanmar", "PDF").is_ok());
        assert!(load("myanmar", "KRSI").is_err());
        assert!(load("myanmer", "PDF").is_err());
    }

    #[test]
    fn what_comes_later_is_not_there_yet() {
        let days = interval("2013-08-01/2020-05-31").expect("two days");
        let on = |day: &str| Interval::day(day.parse().expect("a day"));
        assert_eq!(presence(days, on("2012-01-01")), None);
        assert_eq!(presence(days, on("2013-08-01")), Some(Presence::There));
        assert_eq!(presence(days, on("2021-01-01")), Some(Presence::Gone));
        assert_eq!(presence(days, Interval::default()), Some(Presence::There));
        assert_eq!(presence(Interval::default(), on("1900-01-01")), Some(Presence::There));
        assert_eq!(interval("2013-08-01"), None);
        assert_eq!(interval("2013-08-01/.."), Some(Interval { latest: None, ..days }));
    }
}
