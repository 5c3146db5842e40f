//! The same deed under words that judge differently.

use super::{Group, dispute, names, pairs, sides};
use crate::coreference::Telling;
use dateline_model::{Dispute, DisputeField, DisputeKind, MentionKind, Plover};
use std::collections::BTreeSet;

/// Finds the framings.
pub(super) fn find(group: &Group, few: &[usize]) -> Vec<Dispute> {
    [
        surrender_or_truce(group),
        mediator_or_party(group, few),
        state_or_rebels(group, few),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Giving in, to one; a deal between equals, to the other.
fn surrender_or_truce(group: &Group) -> Option<Dispute> {
    let told = |wanted: &[Plover]| -> BTreeSet<usize> {
        let fits = |t: &&&Telling| wanted.contains(&t.mention.event) && t.mention.status.is_fact();
        group.tellings.iter().filter(fits).map(|t| t.report).collect()
    };
    let (gave_in, agreed) = (told(&[Plover::Concede]), told(&[Plover::Support, Plover::Agree]));
    let both = !gave_in.is_empty() && !agreed.is_empty() && gave_in != agreed;
    let sides = sides(group, |t| {
        let words = t.mention.trigger.of(&group.corpus.reports[t.report].document.text);
        Some(format!("{}: {words}", t.mention.event))
    });
    both.then(|| dispute(group, DisputeField::Framing, DisputeKind::Framing, sides))
        .flatten()
}

/// A go-between, to one; a party, to the other.
fn mediator_or_party(group: &Group, few: &[usize]) -> Option<Dispute> {
    let mediators: BTreeSet<u32> = group
        .tellings
        .iter()
        .flat_map(|t| t.mediators.iter().copied())
        .collect();
    let party = |t: &Telling, by: &Telling| t.actors.iter().any(|a| by.mediators.contains(a));
    let found = pairs(group, few).any(|(a, b)| {
        let (x, y) = (group.tellings[a], group.tellings[b]);
        party(x, y) || party(y, x)
    });
    let sides = sides(group, |t| {
        if t.actors.iter().any(|a| mediators.contains(a)) {
            return names(group, t);
        }
        let between = || {
            t.mention
                .mediator
                .iter()
                .map(|p| group.links.of_participant(group.corpus, t.report, p))
        };
        let named: BTreeSet<&str> = between().map(|e| group.links.name(e)).collect();
        (!named.is_empty()).then(|| format!("mediator: {}", named.into_iter().collect::<Vec<&str>>().join(", ")))
    });
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Framing, sides))
        .flatten()
}

/// A war between states, to one; against an armed group, to the other.
fn state_or_rebels(group: &Group, few: &[usize]) -> Option<Dispute> {
    let fights = |t: &Telling| t.mention.event == Plover::Assault;
    let found = pairs(group, few).any(|(a, b)| {
        let (x, y) = (group.tellings[a], group.tellings[b]);
        if !fights(x) || !fights(y) {
            return false;
        }
        let (ours, theirs) = (fighters(group, x), fighters(group, y));
        let only = |a: &BTreeSet<(String, MentionKind)>, b: &BTreeSet<(String, MentionKind)>| -> Vec<MentionKind> {
            let known = |e: &str| b.iter().any(|(f, _)| e == f || group.links.camps.acts_for(e, f));
            a.iter().filter(|(e, _)| !known(e)).map(|(_, kind)| *kind).collect()
        };
        let (here, there) = (only(&ours, &theirs), only(&theirs, &ours));
        let state = |kinds: &[MentionKind]| kinds.contains(&MentionKind::Place);
        let armed = |kinds: &[MentionKind]| {
            kinds
                .iter()
                .any(|k| matches!(k, MentionKind::Force | MentionKind::Group))
        };
        ours.len() > 1 && theirs.len() > 1 && (state(&here) && armed(&there) || state(&there) && armed(&here))
    });
    let sides = sides(group, |t| {
        let fighters = fighters(group, t);
        let names: BTreeSet<&str> = fighters.iter().map(|(e, _)| group.links.name(e)).collect();
        (fights(t) && names.len() > 1).then(|| names.into_iter().collect::<Vec<&str>>().join(", "))
    });
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Framing, sides))
        .flatten()
}

/// Both sides of a fight, with what they are.
fn fighters(group: &Group, telling: &Telling) -> BTreeSet<(String, MentionKind)> {
    let both = telling.mention.actor.iter().chain(&telling.mention.recipient);
    both.map(|p| group.links.of_participant(group.corpus, telling.report, p))
        .filter_map(|entity| Some((entity.to_string(), group.links.kind(entity)?)))
        .collect()
}
