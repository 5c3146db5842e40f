//! Names for speakers, and the chain from the outlet to them.

use super::grammar::{Grammar, SpeakerKind};
use super::scene::{Chunk, Scene};
use super::subject::Subject;
use dateline_model::{
    Attribution, ChainLink, Document, MentionKind, Published, Region, RuleId, Source, SourceKind, TimexKind, When,
};

/// The source that a subject is. `before` are the attributions found so far, in order of the text.
pub(super) fn of(scene: &Scene<'_>, grammar: &Grammar, subject: Subject, before: &[Attribution]) -> Option<Source> {
    match subject {
        Subject::Chunk(number) => Some(of_chunk(scene, grammar, &scene.chunks[number], before)),
        Subject::Words(start, end) => {
            let span = scene.span(start, end);
            let name = span.of(scene.words.text).to_string();
            Some(Source {
                span: Some(span),
                entity: slug(&name),
                name,
                ..Source::default()
            })
        }
        _ => None,
    }
}

fn of_chunk(scene: &Scene<'_>, grammar: &Grammar, chunk: &Chunk, before: &[Attribution]) -> Source {
    let span = scene.span(chunk.start, chunk.end);
    let mut source = Source {
        span: Some(span),
        ..Source::default()
    };
    if let Some(number) = head_mention(scene, chunk) {
        let mention = &scene.mentions[number];
        source.name = mention.name.clone();
        source.entity = mention.entity.clone();
        source.role = mention.title.as_ref().map(|t| t.role.clone()).unwrap_or_default();
        source.kind = if mention.kind == MentionKind::Group {
            SourceKind::Collective
        } else {
            SourceKind::Named
        };
        if mention.kind == MentionKind::Role {
            // A role keeps its words where nobody is known to hold it.
            match named_as(scene, &mention.entity) {
                Some(known) => source.name = known,
                None if points_back(scene, grammar, chunk) => {
                    if let Some(last) = before.iter().rev().find(|a| !a.source.name.is_empty()) {
                        return Source {
                            span: Some(span),
                            ..last.source.clone()
                        };
                    }
                }
                None => {}
            }
        }
        return source;
    }
    let kind = chunk.heads.iter().find_map(|h| h.kind);
    if matches!(kind, Some(SpeakerKind::Pronoun | SpeakerKind::This))
        && let Some(last) = before.iter().rev().find(|a| !a.source.name.is_empty())
    {
        let source = &last.source;
        return Source {
            span: Some(span),
            ..source.clone()
        };
    }
    source.kind = kind.map_or(SourceKind::Named, SpeakerKind::source);
    source.name = span.of(scene.words.text).to_string();
    source.entity = slug(&source.name);
    source
}

/// "Quan chức này", "he": somebody who spoke before.
fn points_back(scene: &Scene<'_>, grammar: &Grammar, chunk: &Chunk) -> bool {
    let pronoun = |k: Option<SpeakerKind>| matches!(k, Some(SpeakerKind::Pronoun | SpeakerKind::This));
    grammar.is_this(scene.words.word(chunk.end - 1)) || chunk.heads.iter().any(|h| pronoun(h.kind))
}

/// The name of an entity, by a mention that is no role.
fn named_as(scene: &Scene<'_>, entity: &str) -> Option<String> {
    scene.names.get(entity).map(|&m| scene.mentions[m].name.clone())
}

/// The mention that a noun phrase is about: a person that nothing governs, else the first name, unless a noun that
/// speaks stands before it ("một quan chức của Nga").
fn head_mention(scene: &Scene<'_>, chunk: &Chunk) -> Option<usize> {
    let governed = |start: usize| {
        start > chunk.start && scene.flags[start - 1] & (super::scene::PREPOSITION | super::scene::OF) != 0
    };
    let kind = |m: usize| scene.mentions[m].kind;
    let free = |wanted: &dyn Fn(usize) -> bool| {
        chunk
            .heads
            .iter()
            .find_map(|h| h.mention.filter(|&m| wanted(m) && !governed(h.start)))
    };
    free(&|m| kind(m) == MentionKind::Person)
        .or_else(|| free(&|m| kind(m) == MentionKind::Role))
        .or_else(|| {
            let first = chunk.heads.first()?;
            // "the Iranian news agency Fars": the name behind the noun; "the Guardian newspaper": the one before it.
            if let Some(at) = chunk.heads.iter().position(|h| h.kind == Some(SpeakerKind::Outlet)) {
                let behind = chunk.heads[at..]
                    .iter()
                    .find_map(|h| h.mention.filter(|_| !governed(h.start)));
                return behind.or_else(|| chunk.heads[..at].iter().rev().find_map(|h| h.mention));
            }
            match (first.mention, first.kind) {
                (Some(m), _) => chunk.heads.iter().skip(1).all(|h| h.kind.is_none()).then_some(m),
                _ => None,
            }
        })
}

/// A noun phrase is about a person by name.
pub(super) fn is_person(scene: &Scene<'_>, chunk: &Chunk) -> bool {
    head_mention(scene, chunk).is_some_and(|m| scene.mentions[m].kind == MentionKind::Person)
}

/// A noun phrase names an outlet or an agency.
pub(super) fn is_outlet(scene: &Scene<'_>, grammar: &Grammar, number: usize) -> bool {
    let chunk = &scene.chunks[number];
    let human = head_mention(scene, chunk).is_some_and(|m| scene.mentions[m].kind == MentionKind::Person);
    !human
        && (chunk.heads.iter().any(|h| h.kind == Some(SpeakerKind::Outlet))
            || (chunk.start..chunk.end).any(|t| {
                let word = |h: &dateline_lang::Hit| h.class == grammar.outlet_word && scene.named[t];
                scene
                    .words
                    .hits_at(t)
                    .iter()
                    .any(|h| h.class == grammar.outlet || word(h))
            }))
}

/// The link of an outlet's noun phrase.
pub(super) fn link(scene: &Scene<'_>, chunk: &Chunk) -> ChainLink {
    let span = scene.span(chunk.start, chunk.end);
    let mention = head_mention(scene, chunk).map(|m| &scene.mentions[m]);
    let name = mention.map_or_else(|| span.of(scene.words.text).to_string(), |m| m.name.clone());
    let entity = mention.map_or_else(|| slug(&name), |m| m.entity.clone());
    ChainLink {
        name,
        entity,
        region: Region::Text,
        span: Some(span),
    }
}

/// The links that all attributions of a report begin with: its outlet, the agencies it credits as a whole.
pub(super) fn report_chain(document: &Document) -> Vec<ChainLink> {
    let mut chain = Vec::new();
    if let Some(outlet) = &document.outlet {
        chain.push(ChainLink {
            name: outlet.clone(),
            entity: slug(outlet),
            region: Region::Record,
            span: None,
        });
    }
    for credit in &document.credits {
        if !chain.iter().any(|l: &ChainLink| l.name == credit.name) {
            chain.push(ChainLink {
                name: credit.name.clone(),
                entity: slug(&credit.name),
                region: credit.region,
                span: Some(credit.span),
            });
        }
    }
    chain
}

/// When it was said: the nearest calendar expression of the cue's sentence that is not part of what was said, else the
/// report's own day.
pub(super) fn when(scene: &Scene<'_>, cue: usize, content: Option<(usize, usize)>, published: &Published) -> When {
    let from = scene.sentence_start(cue).max(cue.saturating_sub(super::FAR));
    let to = scene.sentence_end(cue).min(cue + super::FAR);
    let inside = |t: usize| content.is_some_and(|(a, b)| a <= t && t < b);
    let nearest = (from..to)
        .filter(|&t| !inside(t))
        .filter_map(|t| Some((t.abs_diff(cue), scene.timex_at[t]?.0 as usize)))
        .filter(|&(_, n)| {
            let timex = &scene.timexes[n];
            matches!(timex.kind, TimexKind::Date | TimexKind::Time) && !timex.vague
        })
        .min();
    if let Some((_, number)) = nearest {
        let timex = &scene.timexes[number];
        let mut when = When::of(timex.interval, "speech.when.clause");
        when.timex = Some(number);
        return when;
    }
    if published.value.is_none() {
        return When::unknown();
    }
    When {
        value: published.value.clone(),
        interval: published.interval,
        timex: None,
        rule: Some(RuleId::from("speech.when.published")),
    }
}

/// An ASCII slug of words that no table knows.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let plain = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(name);
    for c in plain.chars().map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c }) {
        if matches!(c, '\u{300}'..='\u{36f}') {
            continue;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
