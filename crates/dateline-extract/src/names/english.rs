//! What the English of titles, heads and words for places says, as data.
//!
//! Takes: `und/names/english.toml`. Gives: answers about what the packs' tables call a role or a place. Never: reads a report.

use dateline_lang::{PackError, PackFiles};
use serde::Deserialize;

/// The file.
const PATH: &str = "und/names/english.toml";

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    english: English,
}

/// Its lists; what each says stands there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct English {
    of_states: Vec<String>,
    not_of_states: Vec<String>,
    of_towns: Vec<String>,
    lead_states: Vec<String>,
    ended: String,
    whole_forces: Vec<String>,
    state_bodies: Vec<String>,
    towns: Vec<String>,
    parts: Vec<String>,
    uncertain: Vec<String>,
    papers: Vec<String>,
    regions: Vec<String>,
    world_bodies: std::collections::BTreeMap<String, String>,
}

/// What the word beside a place's name says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A first-level unit of a state.
    Unit,
    /// The same, or a region of several states.
    Region,
    /// A part of one: a district, a commune, a village.
    Part,
    /// A town.
    Town,
}

impl English {
    /// Reads the file.
    pub(super) fn load(files: &PackFiles) -> Result<English, PackError> {
        Ok(files.read::<File>(PATH)?.english)
    }

    /// A role that is held in a state or an army, never in a town.
    pub(super) fn is_of_states(&self, role: &str) -> bool {
        self.of_states.iter().any(|o| role.contains(o)) && !self.not_of_states.iter().any(|o| role == o)
    }

    /// A role that is often held in a town or a province.
    pub(super) fn is_of_towns(&self, role: &str) -> bool {
        self.of_towns.iter().any(|o| role.contains(o))
    }

    /// A body that states have, and towns have not.
    pub(super) fn is_state_body(&self, head: &str) -> bool {
        self.state_bodies.iter().any(|b| head.starts_with(b))
    }

    /// A head of what is printed or written for readers.
    pub(super) fn is_paper(&self, head: &str) -> bool {
        self.papers.iter().any(|p| p == head)
    }

    /// Roles that may be meant where another word is used for who leads a country: all of them by the first, the first by each.
    pub(super) fn same_leads(&self, role: &str) -> &[String] {
        match self.lead_states.iter().position(|lead| lead == role) {
            Some(0) => &self.lead_states,
            Some(_) => &self.lead_states[..1],
            None => &[],
        }
    }

    /// A role that was over before the report.
    pub(super) fn is_over(&self, role: &str) -> bool {
        !self.ended.is_empty() && role.starts_with(&self.ended)
    }

    /// The body of the world that the bare words of a body may mean.
    pub(super) fn world_body(&self, name: &str) -> Option<&str> {
        self.world_bodies.get(name).map(String::as_str)
    }

    /// A head that names all of an armed group or a force.
    pub(super) fn is_whole_force(&self, head: &str) -> bool {
        self.whole_forces.iter().any(|h| h == head)
    }

    /// What a place's name names beside this word; `None` where the word leaves it open.
    pub(super) fn names(&self, word: &str) -> Option<Named> {
        let says = |list: &[String]| list.iter().any(|w| w == word);
        if says(&self.uncertain) {
            return None;
        }
        Some(if says(&self.towns) {
            Named::Town
        } else if says(&self.parts) {
            Named::Part
        } else if says(&self.regions) {
            Named::Region
        } else {
            Named::Unit
        })
    }
}
