//! What the packs say about speech: small words, speaker nouns, verbs, cue rules.

use super::scene;
use super::scene::Flags;
use dateline_lang::{ClassId, Pack, PackError, PackFiles, Vocabulary, WordId};
use dateline_model::{Commitment, Polarity, SourceKind};
use serde::Deserialize;

/// Values of the class `speaker`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpeakerKind {
    /// One person by role ("phát ngôn viên", "spokesman").
    Role,
    /// Somebody not named ("một nguồn tin").
    Anonymous,
    /// Many ("giới quan sát", "residents").
    Collective,
    /// A text, a picture, a broadcast.
    Document,
    /// Stands for somebody named before.
    Pronoun,
    /// Points back with a noun ("nước này").
    This,
    /// The one who speaks himself ("tôi", "we"): never a source of its own.
    Oneself,
    /// An outlet by its kind ("hãng tin", "newspaper").
    Outlet,
}

impl SpeakerKind {
    pub(super) fn parse(word: &str) -> Option<SpeakerKind> {
        Some(match word {
            "role" => SpeakerKind::Role,
            "anonymous" => SpeakerKind::Anonymous,
            "collective" => SpeakerKind::Collective,
            "document" => SpeakerKind::Document,
            "pronoun" => SpeakerKind::Pronoun,
            "this" => SpeakerKind::This,
            "self" => SpeakerKind::Oneself,
            "outlet" => SpeakerKind::Outlet,
            _ => return None,
        })
    }

    pub(super) fn takes_modifiers(self) -> bool {
        !matches!(self, SpeakerKind::Pronoun | SpeakerKind::This | SpeakerKind::Oneself)
    }

    pub(super) fn source(self) -> SourceKind {
        match self {
            SpeakerKind::Role | SpeakerKind::Anonymous => SourceKind::Anonymous,
            SpeakerKind::Collective => SourceKind::Collective,
            SpeakerKind::Document => SourceKind::Document,
            _ => SourceKind::Named,
        }
    }
}

/// What stands beside a verb of saying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Takes {
    /// A clause, which may also stand before ("…, ông nói").
    #[default]
    Clause,
    /// Something or somebody, then what is said of it; never before the verb.
    Object,
    /// Counts only with a complementiser, a colon or quotation marks.
    Quote,
}

/// A verb of saying: the value of the class `report-verb`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verb {
    /// How firmly: a word of the contract (`commitment = "warns"`).
    pub(super) commitment: Commitment,
    /// What stands beside it (`takes = "object"`).
    pub(super) takes: Takes,
    /// It says that something is not so (`polarity = "denied"`).
    pub(super) polarity: Polarity,
    /// Somebody told stands right behind it ("told reporters"; `told = true`).
    pub(super) told: bool,
    /// The form is an infinitive, too, or a participle: it wants its subject right before it (`base = true`).
    pub(super) base: bool,
    /// The form is a plural noun, too ("reports"): it does not share the subject of a verb before (`noun = true`).
    pub(super) noun: bool,
    /// The form is a participle in -ing: it may share the subject of the verb before it (`participle = true`).
    pub(super) participle: bool,
}

impl Verb {
    pub(super) fn read(value: &toml::Value) -> Verb {
        let text = |key: &str| value.get(key).and_then(toml::Value::as_str);
        let yes = |key: &str| value.get(key).and_then(toml::Value::as_bool) == Some(true);
        Verb {
            commitment: text("commitment").and_then(Commitment::parse).unwrap_or_default(),
            takes: match text("takes") {
                Some("object") => Takes::Object,
                Some("quote") => Takes::Quote,
                _ => Takes::Clause,
            },
            polarity: if text("polarity") == Some("denied") {
                Polarity::Denied
            } else {
                Polarity::Asserted
            },
            told: yes("told"),
            base: yes("base"),
            noun: yes("noun"),
            participle: yes("participle"),
        }
    }
}

fn commitment<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Commitment, D::Error> {
    let word = String::deserialize(d)?;
    Commitment::parse(&word)
        .ok_or_else(|| serde::de::Error::custom(format!("`{word}` is no commitment of the contract")))
}

fn polarity<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Polarity, D::Error> {
    match String::deserialize(d)?.as_str() {
        "asserted" => Ok(Polarity::Asserted),
        "denied" => Ok(Polarity::Denied),
        word => Err(serde::de::Error::custom(format!(
            "`{word}` is neither `asserted` nor `denied`"
        ))),
    }
}

/// How a cue is built into its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Frame {
    /// Speaker, verb, content in any order: `{report-verb:cue}`.
    Verb,
    /// "Theo X, …", "…, according to X".
    According,
    /// "Reuters dẫn lời X [cho biết] …": an outlet passes on a speaker.
    Relay,
    /// "tuyên bố của X rằng …": a noun, its speaker behind it.
    Noun,
    /// "theo yêu cầu của X": what the sentence tells was asked for by X.
    Request,
}

/// The room's own fields of a rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cue {
    pub(super) frame: Frame,
    #[serde(default, deserialize_with = "commitment")]
    pub(super) commitment: Commitment,
    #[serde(default, deserialize_with = "polarity")]
    pub(super) polarity: Polarity,
}

/// Classes that steer the search.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// By class; 0 for those that this room does not ask for.
    flags: Vec<Flags>,
}

impl Classes {
    fn new(vocabulary: &mut Vocabulary) -> Classes {
        let flags = [
            ("speech-adverb", scene::ADVERB),
            ("speech-negation", scene::NEGATION),
            ("speech-that", scene::THAT),
            ("speech-passive", scene::PASSIVE),
            ("speech-of", scene::OF),
            ("speech-preposition", scene::PREPOSITION),
            ("speech-break", scene::BREAK),
            ("speech-and", scene::AND),
            ("speech-noun-mark", scene::NOUN_MARK),
            ("speech-quantity", scene::QUANTITY),
            ("speech-people", scene::PEOPLE),
            ("speech-after", scene::AFTER),
            ("speech-relative", scene::RELATIVE),
            ("speech-noun-tail", scene::TAIL),
            ("report-verb", scene::VERB),
            ("report-verb-or-noun", scene::VERB),
            ("speaker", scene::SPEAKER),
            ("speech-fixed", scene::FIXED),
        ];
        let mut table = Vec::new();
        for (name, flag) in flags {
            let class = vocabulary.class(name).index();
            if table.len() <= class {
                table.resize(class + 1, 0);
            }
            table[class] = flag;
        }
        Classes { flags: table }
    }

    pub(super) fn flag(&self, class: ClassId) -> Option<Flags> {
        self.flags.get(class.index()).copied().filter(|&flag| flag != 0)
    }
}

/// `speech/grammar.toml`: the word order of a language, as far as this room asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Settings {
    /// Adjectives stand before their noun.
    modifiers_before: bool,
    /// "said X".
    inversion: bool,
    /// Words that make a speaker of what follows ("của", "of").
    of: Vec<String>,
    /// Words that add a second speaker ("và", "and").
    and: Vec<String>,
    /// Words that point back behind a noun ("này").
    this: Vec<String>,
    /// Words before somebody told ("với", "to").
    to: Vec<String>,
    /// Ending of participles ("ing"); empty where there are none.
    participle: String,
    /// Endings of a noun's owner ("'s").
    owner: Vec<String>,
}

/// All of it, compiled.
#[derive(Clone, Debug)]
pub(super) struct Grammar {
    pub(super) classes: Classes,
    pub(super) modifiers_before: bool,
    pub(super) inversion: bool,
    settings: Settings,
    pub(super) to: Vec<WordId>,
    pub(super) outlet: ClassId,
    pub(super) outlet_word: ClassId,
    pub(super) interview: ClassId,
}

impl Grammar {
    pub(super) fn new(pack: &mut Pack, files: &PackFiles) -> Result<Grammar, PackError> {
        let path = format!("{}/speech/grammar.toml", pack.tag);
        let settings: Settings = match files.get(&path) {
            Some(_) => files.read(&path)?,
            None => Settings::default(),
        };
        add_outlets(pack, files)?;
        Ok(Grammar {
            classes: Classes::new(&mut pack.vocabulary),
            modifiers_before: settings.modifiers_before,
            inversion: settings.inversion,
            to: settings.to.iter().map(|w| pack.vocabulary.intern(w)).collect(),
            outlet: pack.vocabulary.class("news-outlet"),
            outlet_word: pack.vocabulary.class("outlet-word"),
            interview: pack.vocabulary.class("speech-interview"),
            settings,
        })
    }

    pub(super) fn is_of(&self, word: &str) -> bool {
        listed(&self.settings.of, word)
    }

    pub(super) fn is_and(&self, word: &str) -> bool {
        listed(&self.settings.and, word)
    }

    pub(super) fn is_participle(&self, word: &str) -> bool {
        !self.settings.participle.is_empty() && word.ends_with(&self.settings.participle)
    }

    pub(super) fn is_owner(&self, word: &str) -> bool {
        listed(&self.settings.owner, word)
    }

    pub(super) fn is_this(&self, word: &str) -> bool {
        listed(&self.settings.this, word)
    }
}

/// The outlets and agencies that cleaning knows (`clean/outlets.toml`) as the class `news-outlet`, spelt exactly so.
fn add_outlets(pack: &mut Pack, files: &PackFiles) -> Result<(), PackError> {
    let paths = files.under("").map(|(path, _)| path);
    for path in paths.filter(|path| path.ends_with("/clean/outlets.toml")) {
        let table = files.table(path)?;
        for outlet in table
            .get("outlet")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
        {
            let Some(name) = outlet.get("name").and_then(toml::Value::as_str) else {
                continue;
            };
            let aliases = outlet
                .get("aliases")
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten();
            for alias in [name].into_iter().chain(aliases.filter_map(toml::Value::as_str)) {
                pack.add(
                    "news-outlet",
                    &format!("={alias}"),
                    toml::Value::String(name.to_string()),
                );
            }
        }
    }
    Ok(())
}

fn listed(list: &[String], word: &str) -> bool {
    list.iter()
        .any(|w| w == word || w.to_lowercase() == word.to_lowercase())
}
