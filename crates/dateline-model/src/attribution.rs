//! Who said what, through whom.

use crate::{Region, RuleId, Span, When};
use serde::{Deserialize, Serialize};

/// What sort of source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// Named.
    #[default]
    Named,
    /// "một quan chức", "a source".
    Anonymous,
    /// "các nhà quan sát", "residents".
    Collective,
    /// A statement, a broadcast, a post.
    Document,
}

impl SourceKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Named => "named",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Collective => "collective",
            SourceKind::Document => "document",
        }
    }
}

/// The speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Bytes of its words, title included; `None` where carried over from another sentence or not said.
    pub span: Option<Span>,
    /// Canonical name (of whom a pronoun stands for, too); empty where not known.
    pub name: String,
    /// Entity slug; empty where not known.
    pub entity: String,
    /// Role, where said.
    pub role: String,
    /// Sort of source.
    pub kind: SourceKind,
}

/// How the words are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpeechKind {
    /// In quotation marks.
    Direct,
    /// Retold.
    #[default]
    Indirect,
    /// Retold with quoted words inside.
    Mixed,
}

impl SpeechKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            SpeechKind::Direct => "direct",
            SpeechKind::Indirect => "indirect",
            SpeechKind::Mixed => "mixed",
        }
    }
}

/// Whether the source says it is so or not so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// Says it is so.
    #[default]
    Asserted,
    /// Says it is not so.
    Denied,
}

impl Polarity {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Polarity::Asserted => "asserted",
            Polarity::Denied => "denied",
        }
    }
}

/// How far the source binds itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Commitment {
    /// States it as a fact.
    #[default]
    States,
    /// Claims, alleges, accuses.
    Claims,
    /// Estimates, believes, supposes.
    Estimates,
    /// Warns.
    Warns,
    /// Threatens.
    Threatens,
    /// Promises, pledges.
    Promises,
    /// Asks, calls for, demands.
    Asks,
    /// Declines to say.
    Declines,
}

impl Commitment {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        use Commitment::*;
        match self {
            States => "states",
            Claims => "claims",
            Estimates => "estimates",
            Warns => "warns",
            Threatens => "threatens",
            Promises => "promises",
            Asks => "asks",
            Declines => "declines",
        }
    }

    /// The commitment of a contract word.
    pub fn parse(word: &str) -> Option<Commitment> {
        use Commitment::*;
        [States, Claims, Estimates, Warns, Threatens, Promises, Asks, Declines]
            .into_iter()
            .find(|c| c.as_str() == word)
    }
}

/// One link between the report and the one who spoke, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainLink {
    /// Canonical name.
    pub name: String,
    /// Entity slug; may be empty.
    pub entity: String,
    /// Which string `span` is of.
    pub region: Region,
    /// Its words; `None` for the outlet itself, which need not be named in the text.
    pub span: Option<Span>,
}

/// Source, cue, content (PARC).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who.
    pub source: Source,
    /// The words of saying; `None` for colon speech, bare quotations.
    pub cue: Option<Span>,
    /// What was said.
    pub content: Option<Span>,
    /// How it is given.
    pub kind: SpeechKind,
    /// Outlet ← agency ← official ← document.
    pub chain: Vec<ChainLink>,
    /// When it was said.
    pub when: When,
    /// So or not so.
    pub polarity: Polarity,
    /// How firmly.
    pub commitment: Commitment,
    /// Index of the attribution that this one is nested in.
    pub within: Option<usize>,
    /// Rule that found it.
    pub rule: Option<RuleId>,
}
