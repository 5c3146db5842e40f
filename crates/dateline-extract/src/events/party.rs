//! A noun phrase as a participant: under the name and the entity that its mention, its force or its own words give it.

use super::Trigger;
use super::sheet::{Break, Head, Np, Sheet, flag};
use crate::names::gazetteer::{Gazetteer, Peoples};
use crate::names::key::key;
use dateline_lang::TokenKind;
use dateline_model::{MentionKind, Participant, Plover};

/// Words between the adjective of a country and the deed that it is of ("Israeli air and artillery strikes").
const QUALITIES: usize = 3;

/// A noun phrase as a participant.
pub(crate) fn participant(sheet: &Sheet<'_, '_>, np: &Np) -> Participant {
    match np.head {
        Head::Mention(i) => {
            let m = &sheet.found.mentions[i];
            let (name, entity) = match &m.metonym_for {
                Some(whole) => {
                    let known = sheet
                        .found
                        .mentions
                        .iter()
                        .find(|o| o.entity == *whole && o.metonym_for.is_none());
                    (
                        known.map_or_else(|| title_case(whole), |o| o.name.clone()),
                        whole.clone(),
                    )
                }
                None => (m.name.clone(), m.entity.clone()),
            };
            Participant {
                name,
                entity,
                span: Some(m.span),
                mention: Some(i),
            }
        }
        Head::Noun(value) => {
            let hit = dateline_lang::Hit {
                start: 0,
                end: 0,
                class: sheet.classes.actor_noun,
                value,
            };
            let span = sheet.words.span(np.start, np.end);
            let name = sheet
                .pack
                .value(hit)
                .and_then(|v| v.as_str())
                .unwrap_or_else(|| span.of(sheet.words.text))
                .to_string();
            match known_force(sheet, np.start, &name) {
                Some(i) => {
                    let m = &sheet.found.mentions[i];
                    Participant {
                        name: m.name.clone(),
                        entity: m.entity.clone(),
                        span: Some(span),
                        mention: Some(i),
                    }
                }
                None => Participant {
                    entity: slug(&name),
                    name,
                    span: Some(span),
                    mention: None,
                },
            }
        }
    }
}

/// "the army", "phe ly khai": the force or group of that sort that the report named last.
fn known_force(sheet: &Sheet<'_, '_>, at: usize, noun: &str) -> Option<usize> {
    let byte = sheet.words.tokens.get(at)?.span.start;
    let wanted: &[&str] = match noun {
        "military" | "army" | "government forces" | "soldiers" | "troops" => &["armed forces", "army", "military"],
        "police" | "rebels" | "separatists" | "militia" | "peacekeepers" | "opposition" | "junta" => &[noun],
        "security forces" => &["security forces"],
        "armed groups" | "armed group" => &["armed groups"],
        "border guards" => &["border guard"],
        "government" => &["government"],
        _ => return None,
    };
    sheet
        .found
        .mentions
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, m)| m.span.start < byte)
        .find_map(|(i, m)| {
            let name = m.name.to_lowercase();
            let of_sort = wanted.iter().any(|w| name.contains(w)) && name.contains(" of ");
            (of_sort
                && matches!(
                    m.kind,
                    MentionKind::Force | MentionKind::Group | MentionKind::Organization
                ))
            .then_some(i)
        })
}

fn title_case(slug: &str) -> String {
    let words: Vec<String> = slug
        .split('-')
        .map(|w| {
            let mut c = w.chars();
            match (c.next(), matches!(w, "of" | "the" | "and")) {
                (Some(first), false) => first.to_uppercase().chain(c).collect(),
                _ => w.to_string(),
            }
        })
        .collect();
    words.join(" ")
}

fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_string()
}

/// "An Israeli air strike", "Russian missiles hit": a deed without an actor is of the country whose adjective stands before it.
pub(crate) fn name_people(sheet: &Sheet<'_, '_>, gazetteer: &Gazetteer, peoples: Peoples, trigger: &mut Trigger) {
    use Plover::{Aid, Assault, Coerce, Mobilize, Retreat, Sanction};
    let event = sheet.rules.rules[trigger.rule].event;
    let deed = matches!(event, Some(Aid | Assault | Coerce | Mobilize | Retreat | Sanction));
    if !deed
        || trigger.dropped.is_some()
        || trigger.passive
        || !trigger.actor.is_empty()
        || sheet.rules.rules[trigger.rule].unit.is_some()
    {
        return;
    }
    if sheet.pack.traits.head_first {
        // "Tên lửa Nga đánh trúng": the arms and whose they are stand inside the trigger.
        let inside = (trigger.start..trigger.end).find_map(|at| sheet.np(at));
        if event == Some(Assault)
            && !trigger.noun
            && let Some(np) = inside.filter(|&np| sheet.nps[np].place && !super::who::is_local(sheet, np))
            && sheet.nps[np].end < trigger.end
        {
            trigger.actor.push(participant(sheet, &sheet.nps[np]));
        }
        return;
    }
    let (low, _) = sheet.sentence(trigger.first);
    for at in (low.max(trigger.first.saturating_sub(QUALITIES + 1))..trigger.first).rev() {
        // Prepositions and the like end what belongs to the deed.
        let small = sheet.flags[at] != 0 && !sheet.has(at, flag::FILLER);
        let plain = sheet.np(at).is_none() && sheet.timex(at).is_none() && sheet.breaks[at] == Break::None && !small;
        if !plain || sheet.words.tokens[at].kind != TokenKind::Word {
            return;
        }
        let word = sheet.words.word(at);
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        if let Some(place) = gazetteer.people(peoples, &key(word)).found {
            trigger.actor.push(Participant {
                name: place.name.to_string(),
                entity: place.slug.to_string(),
                span: Some(sheet.words.span(at, at + 1)),
                mention: None,
            });
        }
        return;
    }
}

/// Who says it: "Beijing said that boats had entered and called on Manila to …", by the speech room. `at`: a token of the verb.
pub(crate) fn speaker(sheet: &Sheet<'_, '_>, at: usize) -> Option<Participant> {
    let source = &sheet.found.attributions[sheet.cue(at)?].source;
    let (span, mentions) = (source.span?, &sheet.found.mentions);
    // Mentions are in order: those of the source stand together.
    let from = mentions.partition_point(|m| m.span.start < span.start);
    let mut within = mentions[from..].iter().take_while(|m| m.span.start < span.end);
    let mention = within.position(|m| m.entity == source.entity)? + from;
    let named = !source.name.is_empty() && mentions[mention].kind != MentionKind::Role;
    named.then(|| Participant {
        name: source.name.clone(),
        entity: source.entity.clone(),
        span: source.span,
        mention: Some(mention),
    })
}

/// A town that acts stands for its state, where the report names that.
pub(crate) fn state_of(sheet: &Sheet<'_, '_>, p: Participant) -> Participant {
    let Some(m) = p.mention.map(|i| &sheet.found.mentions[i]) else {
        return p;
    };
    let Some(point) = m
        .point
        .as_ref()
        .filter(|q| m.kind == MentionKind::Place && m.metonym_for.is_none() && q.resolution == "city")
    else {
        return p;
    };
    let state = sheet.found.mentions.iter().find(|o| {
        o.kind == MentionKind::Place
            && o.point
                .as_ref()
                .is_some_and(|q| q.resolution == "country" && q.country.is_some() && q.country == point.country)
    });
    match state {
        Some(o) => Participant {
            name: o.name.clone(),
            entity: o.entity.clone(),
            ..p
        },
        None => p,
    }
}
