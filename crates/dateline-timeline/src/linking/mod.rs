//! One entity under all its names.
//!
//! Takes: the mentions of all reports, each with the slug that its own report gave it.
//! Gives: entities with aliases, roles and mentions; for each mention the entity it belongs to; the camp of each entity.
//! Never: renames a mention, or merges two names between which the reports leave a choice.

mod camps;
mod merge;

use crate::corpus::Corpus;
pub(crate) use camps::Camps;
use dateline_model::{Entity, EntityRole, Interval, Mention, MentionKind, MentionRef, Participant, When};
use std::collections::{BTreeMap, BTreeSet};

/// Entities and what leads to them.
pub(crate) struct Links {
    /// By id.
    pub(crate) entities: Vec<Entity>,
    /// Slug as extracted → slug of the entity, where it is another one.
    renamed: BTreeMap<String, String>,
    /// The same for single mentions (report, index): roles that only one person of the corpus holds.
    roles: BTreeMap<(usize, usize), String>,
    /// Whom an entity belongs to.
    pub(crate) camps: Camps,
    /// Entity → name.
    names: BTreeMap<String, String>,
    /// Entities with a capital letter in some form.
    capitals: BTreeSet<String>,
    /// Entity → what it is.
    kinds: BTreeMap<String, MentionKind>,
}

impl Links {
    /// The entity of a slug.
    pub(crate) fn entity<'a>(&'a self, slug: &'a str) -> &'a str {
        self.renamed.get(slug).map_or(slug, String::as_str)
    }

    /// The entity of a mention.
    fn of_mention<'a>(&'a self, report: usize, index: usize, mention: &'a Mention) -> &'a str {
        self.roles
            .get(&(report, index))
            .map_or_else(|| self.entity(&mention.entity), String::as_str)
    }

    /// The entity of a participant.
    pub(crate) fn of_participant<'a>(
        &'a self,
        corpus: &Corpus<'a>,
        report: usize,
        participant: &'a Participant,
    ) -> &'a str {
        let mention = participant
            .mention
            .and_then(|i| Some((i, corpus.reports[report].mentions.get(i)?)));
        match mention {
            Some((index, mention)) if mention.entity == participant.entity => self.of_mention(report, index, mention),
            _ => self.entity(&participant.entity),
        }
    }

    /// The entity is a human being.
    pub(crate) fn is_person(&self, entity: &str) -> bool {
        self.kind(entity) == Some(MentionKind::Person)
    }

    /// The entity has a name of its own: the words for it are capitalised somewhere, or it is somebody's.
    pub(crate) fn is_named(&self, entity: &str) -> bool {
        self.kind(entity)
            .is_some_and(|kind| !matches!(kind, MentionKind::Force | MentionKind::Group | MentionKind::Role))
            || self.camps.of(entity).next().is_some()
            || self.capitals.contains(entity)
    }

    /// What an entity is.
    pub(crate) fn kind(&self, entity: &str) -> Option<MentionKind> {
        self.kinds.get(entity).copied()
    }

    /// The name of an entity.
    pub(crate) fn name<'a>(&'a self, entity: &'a str) -> &'a str {
        self.names.get(entity).map_or(entity, String::as_str)
    }
}

/// Links the mentions of the corpus.
pub(crate) fn link(corpus: &Corpus) -> Links {
    let seen = merge::Seen::of(corpus);
    let renamed = merge::renamed(&seen);
    let roles = merge::roles(corpus, &renamed);
    let mut links = Links {
        entities: Vec::new(),
        renamed,
        roles,
        camps: Camps::default(),
        names: BTreeMap::new(),
        capitals: BTreeSet::new(),
        kinds: BTreeMap::new(),
    };
    links.camps = camps::of(corpus, &links);
    links.entities = entities(corpus, &links);
    links.capitals = capitals(corpus, &links);
    links.kinds = links.entities.iter().map(|e| (e.id.clone(), e.kind)).collect();
    links.names = links.entities.iter().map(|e| (e.id.clone(), e.name.clone())).collect();
    links
}

/// Entities with a capital letter that no beginning of a sentence accounts for.
fn capitals(corpus: &Corpus, links: &Links) -> BTreeSet<String> {
    let mut capitals = BTreeSet::new();
    for (report, doc) in corpus.reports.iter().enumerate() {
        for mention in &doc.mentions {
            let words = mention.span.of(&doc.document.text);
            let opens = corpus
                .sentence_at(report, mention.span)
                .is_some_and(|s| corpus.sentences[report][s].0.start == mention.span.start);
            if words.chars().skip(usize::from(opens)).any(char::is_uppercase) {
                capitals.insert(links.entity(&mention.entity).to_string());
            }
        }
    }
    capitals
}

/// How packs begin the English of a role that somebody held once.
const FORMER: &str = "Former ";

/// When a role was held, as far as the reports say.
#[derive(Clone, Copy, Debug, Default)]
struct Tenure {
    /// Days on which it was held, from the first to the last that reports tell.
    told: Interval,
    /// It ended by then.
    ended: Interval,
}

impl Tenure {
    /// A report of these days gives the role; `held`: the days that its words give to it; `former`: it is over.
    fn tell(&mut self, held: Interval, days: Interval, former: bool) {
        match held.closed() {
            Some(_) => self.told = cover(self.told, held),
            None if held.is_unknown() && !former => self.told = cover(self.told, days),
            // "since 2018": from then to the report.
            None if held.latest.is_none() && held.earliest <= days.earliest && held.earliest.is_some() => {
                let latest = days.latest;
                self.told = cover(self.told, Interval { latest, ..held });
            }
            None if held.latest.is_none() => {}
            None => {
                let first = [self.ended.latest, held.latest].into_iter().flatten().min();
                self.ended.latest = first;
            }
        }
    }

    /// From when to when: what is told, else that it ended.
    fn days(self) -> Interval {
        if self.told.is_unknown() { self.ended } else { self.told }
    }
}

/// What is gathered of an entity.
#[derive(Default)]
struct Gathered {
    kinds: BTreeMap<MentionKind, usize>,
    names: BTreeMap<String, usize>,
    own_names: BTreeMap<String, usize>,
    forms: BTreeSet<String>,
    roles: BTreeMap<(String, Option<String>), Tenure>,
    mentions: Vec<MentionRef>,
}

fn entities(corpus: &Corpus, links: &Links) -> Vec<Entity> {
    let mut all: BTreeMap<String, Gathered> = BTreeMap::new();
    for (report, doc) in corpus.reports.iter().enumerate() {
        let days = corpus.published(report);
        for (index, mention) in doc.mentions.iter().enumerate().filter(|(_, m)| !m.entity.is_empty()) {
            let entity = links.of_mention(report, index, mention);
            let entry = all.entry(entity.to_string()).or_default();
            *entry.kinds.entry(mention.kind).or_insert(0) += 1;
            if mention.kind != MentionKind::Role {
                // The name that goes with the entity's own slug wins over those of slugs merged into it.
                let names = if mention.entity == entity {
                    &mut entry.own_names
                } else {
                    &mut entry.names
                };
                *names.entry(mention.name.clone()).or_insert(0) += 1;
                entry.forms.insert(mention.span.of(&doc.document.text).to_string());
            } else {
                *entry.names.entry(mention.name.clone()).or_insert(0) += 0;
            }
            if let Some(title) = &mention.title {
                let of = title.of.as_deref().map(|o| links.entity(o).to_string());
                let role = title.role.strip_prefix(FORMER).unwrap_or(&title.role);
                let tenure = entry.roles.entry((role.to_string(), of)).or_default();
                tenure.tell(title.held, days, role.len() < title.role.len());
            }
            entry.mentions.push(MentionRef {
                report: doc.document.id.clone(),
                span: mention.span,
            });
        }
    }
    all.into_iter().map(|(id, gathered)| entity_of(id, gathered)).collect()
}

fn entity_of(id: String, mut gathered: Gathered) -> Entity {
    let most = |counts: &BTreeMap<String, usize>| {
        counts
            .iter()
            .max_by_key(|(name, n)| (**n, std::cmp::Reverse((*name).clone())))
            .map(|(name, _)| name.clone())
    };
    let kind = gathered
        .kinds
        .iter()
        .filter(|(k, _)| **k != MentionKind::Role)
        .max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
        .map_or(MentionKind::Role, |(k, _)| *k);
    let name = most(&gathered.own_names)
        .or_else(|| most(&gathered.names))
        .unwrap_or_else(|| id.clone());
    gathered.mentions.sort();
    gathered.mentions.dedup();
    let aliases = gathered
        .forms
        .into_iter()
        .chain(gathered.own_names.into_keys())
        .filter(|form| *form != name && !form.is_empty())
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect();
    let roles = gathered
        .roles
        .into_iter()
        .map(|((title, of), tenure)| EntityRole {
            title,
            of,
            when: When::of(tenure.days(), "linking.role.told"),
        })
        .collect();
    Entity {
        id,
        kind,
        name,
        aliases,
        roles,
        mentions: gathered.mentions,
    }
}

/// The days of both, and between.
fn cover(a: Interval, b: Interval) -> Interval {
    if a.is_unknown() {
        return b;
    }
    if b.is_unknown() {
        return a;
    }
    Interval {
        earliest: a.earliest.zip(b.earliest).map(|(x, y)| x.min(y)),
        latest: a.latest.zip(b.latest).map(|(x, y)| x.max(y)),
    }
}

#[cfg(test)]
mod tests;
