//! Names of persons, organisations, places, forces and groups.

use crate::{Interval, RuleId, Span};
use serde::{Deserialize, Serialize};

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionKind {
    /// A human being by name.
    Person,
    /// An organisation, state body, outlet, alliance.
    Organization,
    /// A place, state or region.
    Place,
    /// An army, a unit, a state's force.
    Force,
    /// An armed or ethnic group, a people, a public.
    Group,
    /// A person by role or pronoun only, or an anaphoric phrase for any entity ("nước này", "ông", "the ministry").
    Role,
}

impl MentionKind {
    /// All of them.
    pub const ALL: [MentionKind; 6] = [
        MentionKind::Person,
        MentionKind::Organization,
        MentionKind::Place,
        MentionKind::Force,
        MentionKind::Group,
        MentionKind::Role,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionKind::Person => "person",
            MentionKind::Organization => "organization",
            MentionKind::Place => "place",
            MentionKind::Force => "force",
            MentionKind::Group => "group",
            MentionKind::Role => "role",
        }
    }
}

/// A point of the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    /// WGS 84 degrees.
    pub latitude: f64,
    /// WGS 84 degrees.
    pub longitude: f64,
    /// `country`, `region`, `city`, `site`.
    pub resolution: String,
    /// ISO 3166-1 alpha-2 of the country it lies in, where it lies in one.
    pub country: Option<String>,
}

/// The title or role that stands by a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Bytes of the title's words ("Thủ tướng Armenia", "UNHCR spokesman").
    pub span: Span,
    /// Canonical English role ("Prime Minister"), where the pack knows it, else the words.
    pub role: String,
    /// Entity of the state or body it is the role of, where said ("armenia").
    pub of: Option<String>,
    /// Days in which it was held, as far as the words say: "former" ends before the report, "from 2014 to 2019" is told. Unknown
    /// where they say nothing: then it is held on the day of the report.
    pub held: Interval,
}

/// Words that name something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes of the text: the name, without title or article.
    pub span: Span,
    /// What it names.
    pub kind: MentionKind,
    /// Entity: an ASCII slug.
    pub entity: String,
    /// English canonical name where known, else the reports' own words.
    pub name: String,
    /// The government or body that a place's name stands for here: an entity slug.
    pub metonym_for: Option<String>,
    /// Title or role beside the name.
    pub title: Option<Title>,
    /// Where it lies, for places of the gazetteer.
    pub point: Option<GeoPoint>,
    /// Index of the longer mention that this one stands inside ("Azerbaijan" in "Bộ Quốc phòng Azerbaijan").
    pub inside: Option<usize>,
    /// Of persons: how the name sounds (see [`sounds_alike`](crate::sounds_alike)), with a `~` in front where it is written by its
    /// sound and not as in the original.
    pub sound: Option<String>,
    /// Rule that found it.
    pub rule: RuleId,
}
