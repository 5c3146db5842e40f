//! Who did it, to whom, where: found from where noun phrases stand around the trigger.

use super::Trigger;
use super::rules::Form;
use super::sheet::{Break, Head, Np, Sheet, flag};
use dateline_model::{MentionKind, PlaceRef};

/// How far left and right a noun phrase is sought, in tokens.
const REACH: usize = 60;

/// Names in a row without an "and" that one behind them may close.
const LIST: usize = 8;

/// A common noun right behind a body's name: "M23 rebels", "Hamas fighters".
fn says_what(sheet: &Sheet<'_, '_>, name: usize, noun: &Np) -> bool {
    let Head::Mention(mention) = sheet.nps[name].head else {
        return false;
    };
    let kind = sheet.found.mentions[mention].kind;
    matches!(noun.head, Head::Noun(_))
        && matches!(
            kind,
            MentionKind::Group | MentionKind::Force | MentionKind::Organization
        )
}

/// A noun phrase together with what is joined to it by "and" or a comma, to the right.
pub(crate) fn joined(sheet: &Sheet<'_, '_>, first: usize, limit: usize) -> Vec<usize> {
    let mut all = vec![first];
    let mut last = first;
    while let Some(next) = sheet.nps.get(last + 1) {
        let (from, to) = (sheet.nps[last].end, next.start);
        // "M23 rebels and the army": the noun says what the name is.
        if to == from && to < limit && !sheet.pack.traits.head_first && says_what(sheet, last, next) {
            last += 1;
            continue;
        }
        if to >= limit
            || to < from
            || to - from > 6
            || to == from
            || sheet.sentence_number(from) != sheet.sentence_number(to)
        {
            break;
        }
        let ands = (from..to)
            .filter(|&t| sheet.has(t, flag::AND) || sheet.words.word(t) == ",")
            .count();
        let rest = (from..to)
            .filter(|&t| !sheet.has(t, flag::AND | flag::DETERMINER | flag::FILLER) && sheet.words.word(t) != ",");
        let (mut others, mut wrong) = (0, false);
        for t in rest {
            others += 1;
            if sheet.words.word(t) == "." && sheet.words.tokens[t].glued {
                others -= 1;
                continue;
            }
            wrong |= sheet.flags[t] != 0
                || sheet.breaks[t] != Break::None
                || sheet.words.tokens[t].kind != dateline_lang::TokenKind::Word
                || sheet.timex(t).is_some();
        }
        if ands == 0 || (from..to).any(|t| sheet.timex(t).is_some()) || wrong || others > 2 {
            break;
        }
        // A list of three and more needs its "and"; a bare comma joins only what an "and" closes.
        let has_and = (from..to).any(|t| sheet.has(t, flag::AND));
        if !has_and && !closes_list(sheet, last + 1, limit) {
            break;
        }
        all.push(last + 1);
        last += 1;
    }
    // "người đồng cấp Peru Ana Quispe": the place right before a name belongs to its title.
    for np in &mut all {
        if let Some(next) = sheet.nps.get(*np + 1)
            && next.start == sheet.nps[*np].end
            && sheet.nps[*np].place
            && !next.place
            && next.end <= limit
        {
            *np += 1;
        }
    }
    all
}

/// An "and" closes the list that goes on behind a noun phrase, at most [`LIST`] phrases further on.
fn closes_list(sheet: &Sheet<'_, '_>, np: usize, limit: usize) -> bool {
    for at in np..np + LIST {
        let Some(next) = sheet.nps.get(at + 1) else {
            return false;
        };
        let (from, to) = (sheet.nps[at].end, next.start);
        if to >= limit || to <= from || to - from > 3 {
            return false;
        }
        if (from..to).any(|t| sheet.has(t, flag::AND)) {
            return true;
        }
        if !(from..to).all(|t| sheet.words.word(t) == "," || sheet.has(t, flag::DETERMINER)) {
            return false;
        }
    }
    false
}

/// "KYIV, July 23 (AFP) - …", "the Front (PLF)": what stands alone in brackets credits or repeats a name.
fn in_brackets(sheet: &Sheet<'_, '_>, np: usize) -> bool {
    let np = &sheet.nps[np];
    np.start > 0
        && sheet.words.word(np.start - 1) == "("
        && np.end < sheet.words.tokens.len()
        && sheet.words.word(np.end) == ")"
}

/// A comma between words, not inside a number ("5,100").
fn is_comma(sheet: &Sheet<'_, '_>, at: usize) -> bool {
    let inside = || sheet.words.tokens[at].glued && sheet.words.tokens.get(at + 1).is_some_and(|t| t.glued);
    sheet.words.word(at) == "," && !inside()
}

/// Can be somebody who acts.
fn can_act(sheet: &Sheet<'_, '_>, np: usize) -> bool {
    if in_brackets(sheet, np) {
        return false;
    }
    match sheet.nps[np].head {
        Head::Mention(i) => {
            let m = &sheet.found.mentions[i];
            let unresolved =
                m.kind == MentionKind::Role && m.name.to_lowercase() == m.span.of(sheet.words.text).to_lowercase();
            let site = m.kind == MentionKind::Place && m.point.as_ref().is_some_and(|p| p.resolution == "site");
            !(m.name.is_empty() || unresolved || site)
        }
        Head::Noun(_) => true,
    }
}

/// The subject of a verb trigger: noun phrases, or the trigger whose actors it shares.
#[derive(Debug)]
pub(crate) enum Subject {
    /// These.
    Nps(Vec<usize>),
    /// The same as that trigger's.
    SameAs(usize),
    /// "we", "chúng tôi": whoever speaks.
    Speaker,
    /// Some other word is its subject.
    Other,
    /// There is none in the sentence.
    None,
}

/// Seeks the subject left of `at` (first token of the trigger).
pub(crate) fn subject(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize, at: usize) -> Subject {
    let (low, _) = sheet.sentence(at);
    let low = low.max(at.saturating_sub(REACH));
    let mut pos = at;
    let mut here: Vec<usize> = Vec::new();
    let mut plain = 0usize;
    let mut soft = false;
    let mut any_break = false;
    // "do Iran hậu thuẫn": the agent stands right before the verb.
    if at > low
        && let Some(np) = sheet.np(at - 1)
        && sheet.mark_before(sheet.nps[np].start, flag::AGENT)
        && can_act(sheet, np)
    {
        return Subject::Nps(vec![np]);
    }
    // "after the rebels rejected it": between the word that opens a clause and its verb, though that word may be a preposition.
    if at > low
        && let Some(np) = sheet.np(at - 1).filter(|&np| can_act(sheet, np))
    {
        let first = first_of_list(sheet, np, low, at);
        if opens_clause(sheet, sheet.nps[first].start, low) {
            return Subject::Nps(joined(sheet, first, at));
        }
    }
    let done = |here: &[usize], limit: usize| -> Option<Subject> {
        let owner = |np: usize| {
            // "các máy bay của Nga": the owner stands for what is his, where nothing else is named.
            let start = sheet.nps[np].start;
            sheet.mark_before(start, flag::OWNER)
                && here.last() == Some(&np)
                && start >= 2
                && sheet.np(start - 2).is_none()
        };
        if !here.iter().any(|&np| !sheet.is_oblique(np) && can_act(sheet, np))
            && let Some(np) = here.iter().rev().copied().find(|&np| owner(np) && can_act(sheet, np))
        {
            return Some(Subject::Nps(joined(sheet, np, limit)));
        }
        let first = here
            .iter()
            .rev()
            .copied()
            .find(|&np| !sheet.is_oblique(np) && can_act(sheet, np))?;
        let mut list = joined(sheet, first, limit);
        if let Some(before) = beside_comma(sheet, first, low) {
            list.insert(0, before);
        }
        Some(Subject::Nps(list))
    };
    while pos > low {
        // What is demanded or charged begins at the object of the verb that governs it.
        let governed = triggers[super::between(triggers, low, at + 1)]
            .iter()
            .any(|t| t.dropped.is_none() && !t.noun && t.end <= pos && pos - t.end <= 2 && t.start >= low);
        if sheet.content_start[pos]
            && !governed
            && pos < at + 1
            && let Some(found) = done(&here, at)
        {
            return found;
        }
        if sheet.content_start[pos] && !governed && pos != at && plain > 0 {
            return Subject::Other;
        }
        let p = pos - 1;
        // A go-between's phrase is passed over.
        let near = &triggers[super::between(triggers, low, at + 1)];
        if let Some(t) = near
            .iter()
            .find(|t| t.first <= p && p < t.end && sheet.rules.rules[t.rule].form == Form::Mediation)
        {
            pos = t.first.min(p);
            continue;
        }
        if let Some(np) = sheet.np(p) {
            here.push(np);
            pos = sheet.nps[np].start;
            continue;
        }
        if let Some(t) = sheet.timex(p) {
            pos = sheet.timexes[t].0.min(p);
            continue;
        }
        let base = super::between(triggers, low, at + 1).start;
        if let Some(u) = near
            .iter()
            .position(|t| t.dropped.is_none() && t.first <= p && p < t.end)
            .map(|u| u + base)
            .filter(|&u| u != me)
        {
            let other = &triggers[u];
            if other.noun {
                plain += 1;
                pos = other.first.min(p);
                continue;
            }
            if !any_break {
                // "accuses Armenia of shelling", "called on the army to leave": its object acts.
                if let Some(found) = done(&here, at) {
                    return found;
                }
                if plain <= 6 {
                    return Subject::SameAs(u);
                }
                return Subject::Other;
            }
            return if plain <= 12 {
                Subject::SameAs(u)
            } else {
                Subject::Other
            };
        }
        if here.is_empty() && sheet.hits(sheet.classes.first_person, p..pos).next().is_some() {
            return Subject::Speaker;
        }
        match sheet.breaks[p] {
            Break::Hard => {
                return done(&here, at).unwrap_or(if plain > 1 { Subject::Other } else { Subject::None });
            }
            Break::Relative => {
                if let Some(found) = done(&here, at) {
                    return found;
                }
                let before = (low..p).rev().take(4).find_map(|t| sheet.np(t));
                return match before {
                    Some(np) if plain <= 2 => {
                        let mut first = np;
                        while first > 0
                            && joined(sheet, first - 1, p).contains(&np)
                            && sheet.nps[first - 1].start >= low
                        {
                            first -= 1;
                        }
                        Subject::Nps(joined(sheet, first, p))
                    }
                    _ => Subject::Other,
                };
            }
            Break::Sub | Break::Content => {
                if let Some(found) = done(&here, at) {
                    return found;
                }
                return if plain == 0 {
                    main_subject(sheet, at)
                } else {
                    Subject::Other
                };
            }
            Break::Soft => {
                // "A and B" is no break.
                let joins = here.last().is_some_and(|&np| {
                    np > 0 && sheet.nps[np - 1].start >= low && {
                        let list = joined(sheet, np - 1, at);
                        list.contains(&np) || list.contains(&(np + 1))
                    }
                });
                if p + 1 == at
                    && let Some(before) = aside(sheet, triggers, low, p)
                {
                    pos = before;
                    continue;
                }
                if !joins {
                    if let Some(found) = done(&here, at) {
                        return found;
                    }
                    if plain > 7 && here.is_empty() && soft {
                        return Subject::Other;
                    }
                    here.clear();
                    soft = true;
                    any_break = true;
                }
            }
            Break::None => {
                let quiet = sheet.flags[p] != 0 || sheet.words.tokens[p].kind != dateline_lang::TokenKind::Word;
                plain += usize::from(!quiet);
            }
        }
        pos = p;
    }
    match done(&here, at) {
        Some(found) => found,
        // Where the noun comes first, adverbs stand before the verb, too; elsewhere a plain word there is its subject.
        None if plain > if sheet.pack.traits.head_first { 2 } else { 0 } => Subject::Other,
        None => Subject::None,
    }
}

/// "US, UK strike …", "Nga - Ukraine đàm phán": the state that opens the sentence, with nothing but a comma or a dash before the
/// state behind it.
fn beside_comma(sheet: &Sheet<'_, '_>, np: usize, low: usize) -> Option<usize> {
    let before = np.checked_sub(1)?;
    let (a, b) = (&sheet.nps[before], &sheet.nps[np]);
    let state = |np: &super::sheet::Np| match np.head {
        Head::Mention(i) => {
            let m = &sheet.found.mentions[i];
            m.kind == MentionKind::Place
                && (m.metonym_for.is_some() || m.point.as_ref().is_some_and(|p| p.resolution == "country"))
        }
        Head::Noun(_) => false,
    };
    let sign = matches!(sheet.words.word(a.end), "," | "-" | "–");
    (a.start == low && a.end + 1 == b.start && sign && state(a) && state(b)).then_some(before)
}

/// The first noun phrase of the list that ends with `np`.
fn first_of_list(sheet: &Sheet<'_, '_>, np: usize, low: usize, limit: usize) -> usize {
    let mut first = np;
    while first > 0 && sheet.nps[first - 1].start >= low && joined(sheet, first - 1, limit).contains(&np) {
        first -= 1;
    }
    first
}

/// A word that opens a clause stands right before a token, determiners passed over.
fn opens_clause(sheet: &Sheet<'_, '_>, start: usize, low: usize) -> bool {
    let mut at = start;
    for _ in 0..3 {
        if at <= low {
            return false;
        }
        at -= 1;
        if sheet.breaks[at] == Break::Sub {
            return true;
        }
        if !sheet.has(at, flag::DETERMINER) {
            return false;
        }
    }
    false
}

/// "France, which has troops there, condemned", "Baku, the capital, condemned": where an aside between two commas began, by the
/// comma that ends it.
fn aside(sheet: &Sheet<'_, '_>, triggers: &[Trigger], low: usize, comma: usize) -> Option<usize> {
    const LONGEST: usize = 25;
    if !is_comma(sheet, comma) {
        return None;
    }
    let opens = (low.max(comma.saturating_sub(LONGEST))..comma)
        .rev()
        .find(|&t| is_comma(sheet, t) && sheet.np(t).is_none())?;
    let named = opens
        .checked_sub(1)
        .and_then(|t| sheet.np(t))
        .is_some_and(|np| can_act(sheet, np) && !sheet.is_oblique(np));
    let relative = sheet.breaks[opens + 1] == Break::Relative;
    // Two names in a row are a list; a deed before or within is a clause of its own.
    let told = triggers[super::between(triggers, low, comma)]
        .iter()
        .any(|t| t.dropped.is_none() && !t.noun && sheet.rules.rules[t.rule].form != Form::Mediation);
    let list = (opens + 1..comma).all(|t| sheet.np(t).is_some());
    (named && (relative || !told && !list)).then_some(opens)
}

/// "After taking the town, the army …": the subject behind the comma.
fn main_subject(sheet: &Sheet<'_, '_>, at: usize) -> Subject {
    let (_, high) = sheet.sentence(at);
    let Some(comma) = (at..high.min(at + 25)).find(|&t| sheet.words.word(t) == ",") else {
        return Subject::None;
    };
    // "…, the state broadcaster reported": who tells it did not do it.
    let speaks = |np: usize| {
        let source = sheet
            .attribution(at)
            .and_then(|a| sheet.found.attributions[a].source.span);
        source.is_some_and(|s| s.overlaps(sheet.words.span(sheet.nps[np].start, sheet.nps[np].end)))
    };
    match (comma + 1..high.min(comma + 8)).find_map(|t| sheet.np(t)) {
        Some(np) if !speaks(np) && !sheet.is_oblique(np) && can_act(sheet, np) => Subject::Nps(joined(sheet, np, high)),
        _ => Subject::None,
    }
}

/// Roles found around one trigger.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    pub actor: Vec<usize>,
    pub recipient: Vec<usize>,
    pub same_as: Option<usize>,
    /// Some word that is no name is the subject.
    pub other: bool,
    /// Whoever speaks acts.
    pub speaker: bool,
}

/// One past the last token that the trigger's right side may reach: the next trigger, break or sentence end.
pub(crate) fn right_limit(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> usize {
    let end = triggers[me].end;
    let (_, high) = sheet.sentence(triggers[me].start);
    let mut at = end;
    while at < high.min(end + 24) {
        if triggers[super::between(triggers, at, at + 1)]
            .iter()
            .any(|t| t.dropped.is_none() && t.start >= end)
        {
            break;
        }
        match sheet.breaks[at] {
            Break::Hard | Break::Sub | Break::Relative | Break::Content => break,
            Break::Soft if sheet.words.word(at) == "," && !closes(sheet, at, high) => break,
            _ => {}
        }
        at += 1;
    }
    at
}

fn closes(sheet: &Sheet<'_, '_>, comma: usize, high: usize) -> bool {
    sheet.np(comma.saturating_sub(1)).is_some()
        && (comma + 1..high.min(comma + 3))
            .find_map(|t| sheet.np(t))
            .is_some_and(|np| closes_list(sheet, np, high))
}

/// Noun phrases behind a mark (`bits`) between `from` and `to`, nearest first, joined.
fn after_mark(sheet: &Sheet<'_, '_>, from: usize, to: usize, bits: u16) -> Option<Vec<usize>> {
    (from..to)
        .find(|&t| sheet.has(t, bits) && sheet.np(t).is_none())
        .and_then(|mark| {
            let np = (mark + 1..to.min(mark + 6)).find_map(|t| sheet.np(t))?;
            Some(joined(sheet, np, to))
        })
}

/// Actor and recipient of a trigger.
pub(crate) fn roles(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Roles {
    let trigger = &triggers[me];
    let rule = &sheet.rules.rules[trigger.rule];
    let (low, _) = sheet.sentence(trigger.start);
    let limit = right_limit(sheet, triggers, me);
    let mut roles = Roles::default();
    let of_is_object = matches!(
        rule.event,
        Some(
            dateline_model::Plover::Assault
                | dateline_model::Plover::Coerce
                | dateline_model::Plover::Sanction
                | dateline_model::Plover::Accuse
        )
    ) && sheet.pack.traits.harm_of_object;
    let nearby = limit.min(trigger.end + 10);
    let between = after_mark(sheet, trigger.end, limit, flag::BETWEEN);
    let agent = after_mark(sheet, trigger.end, limit, flag::AGENT);
    let owner = (trigger.end..nearby)
        .find(|&t| sheet.has(t, flag::OWNER))
        .filter(|&t| t <= trigger.end + 5 && !(trigger.end..t).any(|w| sheet.has(w, flag::OBLIQUE)))
        .and_then(|t| {
            let np = (t + 1..nearby.min(t + 5)).find_map(|t| sheet.np(t))?;
            Some(joined(sheet, np, limit))
        });
    let against = after_mark(sheet, trigger.end, limit, flag::AGAINST);
    let with = after_mark(sheet, trigger.end, nearby, flag::WITH);
    // Who talks to whom is told; a fight or an agreement is both sides'.
    let consult = rule.event == Some(dateline_model::Plover::Consult);
    if trigger.noun {
        if let Some(both) = between {
            roles.actor = both;
            return roles;
        }
        let before = (trigger.first > low)
            .then(|| {
                let mut at = trigger.first - 1;
                // "Armenia's", "Russian-led", an adjective or two.
                let mut skipped = 0;
                while at > low && sheet.np(at).is_none() && skipped < 3 {
                    let word = sheet.words.word(at);
                    let passable = word == "-" || sheet.words.is_owner(at) || sheet.has(at, flag::FILLER);
                    if !passable {
                        return None;
                    }
                    at -= 1;
                    skipped += 1;
                }
                sheet.np(at)
            })
            .flatten()
            .filter(|&np| !is_local(sheet, np));
        if let Some(by) = agent {
            roles.actor = by;
            roles.recipient = owner.or(against).unwrap_or_default();
        } else if let (Some(np), true) = (before, !sheet.pack.traits.head_first) {
            let mut first = np;
            while first > 0
                && sheet.nps[first - 1].start >= low
                && joined(sheet, first - 1, trigger.first).contains(&np)
            {
                first -= 1;
            }
            roles.actor = joined(sheet, first, trigger.first);
            roles.recipient = against.unwrap_or_default();
        } else if let (Some(of), false) = (owner.clone(), of_is_object) {
            roles.actor = of;
            roles.recipient = against.unwrap_or_default();
        } else {
            roles.recipient = if of_is_object {
                owner.or(against).unwrap_or_default()
            } else {
                against.unwrap_or_default()
            };
            if let Some(from) = after_mark(sheet, trigger.end, trigger.end.saturating_add(4).min(limit), flag::FROM)
                && !matches!(
                    rule.event,
                    Some(dateline_model::Plover::Retreat | dateline_model::Plover::Concede)
                )
            {
                roles.actor = from;
            }
        }
        let withdraws = rule.event == Some(dateline_model::Plover::Retreat) && rule.mode.as_deref() == Some("withdraw");
        if withdraws
            && roles.actor.is_empty()
            && let Some(np) = (trigger.end.saturating_sub(1)..limit.min(trigger.end + 6)).find_map(|t| sheet.np(t))
            && !sheet.mark_before(sheet.nps[np].start, flag::PLACE | flag::FROM)
        {
            // "việc rút các lực lượng Nga": the forces go, whoever decides it.
            roles.actor = joined(sheet, np, limit);
        }
        if rule.reciprocal
            && !consult
            && let Some(others) = with
        {
            roles
                .actor
                .extend(others.into_iter().filter(|np| !roles.recipient.contains(np)));
        }
        return roles;
    }
    let object = {
        let np = (trigger.end..limit.min(trigger.end + 12)).find_map(|t| sheet.np(t));
        np.filter(|&np| {
            !sheet.mark_before(
                sheet.nps[np].start,
                flag::PLACE | flag::AGENT | flag::OWNER | flag::FROM | flag::WITH,
            ) || sheet.mark_before(sheet.nps[np].start, flag::AGAINST)
        })
        .map(|np| joined(sheet, np, limit))
    };
    if trigger.passive {
        // "bị quân đội Nga bắn hạ": the agent stands inside the passive.
        let inside = (trigger.first..trigger.start)
            .find_map(|t| sheet.np(t))
            .map(|np| joined(sheet, np, trigger.start));
        // Forces that "are deployed" or "are withdrawn" go themselves.
        let goes = matches!(
            rule.event,
            Some(dateline_model::Plover::Mobilize | dateline_model::Plover::Retreat)
        );
        let agent = inside.or(agent);
        let seen = subject(sheet, triggers, me, trigger.first);
        match (agent, seen) {
            (Some(who), Subject::Nps(nps)) => (roles.actor, roles.recipient) = (who, nps),
            (Some(who), _) => roles.actor = who,
            (None, Subject::Nps(nps)) if goes => roles.actor = nps,
            (None, Subject::Nps(nps)) => (roles.other, roles.recipient) = (true, nps),
            (None, _) => roles.other = true,
        }
        return roles;
    }
    let mut cause = None;
    if rule.form == Form::Casualty && rule.loses {
        // "Two soldiers died", "the ministry put the dead at 40": whoever stands before it did not do it, unless a word of
        // cause says so ("khiến 12 người chết").
        let clause = (low..trigger.first)
            .rev()
            .take_while(|&t| {
                !matches!(
                    sheet.breaks[t],
                    Break::Hard | Break::Sub | Break::Relative | Break::Content
                )
            })
            .last();
        cause = clause.and_then(|from| sheet.hits(sheet.classes.causes, from..trigger.first).next());
        if cause.is_none() {
            roles.actor = agent.unwrap_or_default();
            let before = (trigger.first > low).then(|| sheet.np(trigger.first - 1)).flatten();
            roles.other = matches!(subject(sheet, triggers, me, trigger.first), Subject::Other);
            roles.recipient = before
                .filter(|&np| !sheet.is_oblique(np) && !sheet.nps[np].place)
                .map(|np| vec![np])
                .unwrap_or_default();
            return roles;
        }
    }
    // "… leaving four villagers dead": who caused it stands before the word of cause.
    let from = cause.map_or(trigger.first, |hit| hit.start as usize);
    match subject(sheet, triggers, me, from) {
        Subject::Nps(nps) => roles.actor = nps,
        Subject::SameAs(u) => roles.same_as = Some(u),
        Subject::Speaker => roles.speaker = true,
        Subject::Other => roles.other = true,
        Subject::None => {}
    }
    roles.recipient = against.or(object.clone()).unwrap_or_default();
    // "việc rút các lực lượng Nga": the forces go, whoever decides it.
    let of_deed = rule.event == Some(dateline_model::Plover::Retreat)
        && rule.mode.as_deref() == Some("withdraw")
        && (trigger.first..trigger.start)
            .chain(trigger.first.saturating_sub(1)..trigger.first)
            .any(|t| sheet.has(t, flag::NOUN_BEFORE));
    if of_deed && let Some(forces) = object {
        roles.actor = forces;
        roles.recipient.clear();
        roles.same_as = None;
        return roles;
    }
    if rule.reciprocal {
        if let Some(others) = between {
            roles.actor = others;
            roles.recipient.clear();
        } else if let Some(others) = with {
            if consult {
                roles.recipient = others;
            } else {
                roles.actor.extend(others);
                roles.recipient.clear();
            }
        }
    }
    if rule.loses && rule.form != Form::Casualty {
        std::mem::swap(&mut roles.actor, &mut roles.recipient);
        roles.actor.retain(|&np| !sheet.nps[np].place);
        roles.same_as = None;
    }
    let actor = roles.actor.clone();
    roles.recipient.retain(|np| !actor.contains(np));
    roles
}

/// A town or region: where something is, not who does it.
pub(crate) fn is_local(sheet: &Sheet<'_, '_>, np: usize) -> bool {
    match sheet.nps[np].head {
        Head::Mention(i) => {
            let m = &sheet.found.mentions[i];
            m.kind == MentionKind::Place
                && m.metonym_for.is_none()
                && m.point.as_ref().is_some_and(|p| p.resolution != "country")
        }
        Head::Noun(_) => false,
    }
}

/// A go-between's noun phrase, where a mediation rule matched.
pub(crate) fn mediator(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> Vec<usize> {
    if sheet.rules.rules[trigger.rule].form != Form::Mediation {
        return Vec::new();
    }
    (trigger.start..trigger.end)
        .find_map(|t| sheet.np(t))
        .map(|np| joined(sheet, np, trigger.end))
        .unwrap_or_default()
}

/// A mention as a place.
pub(crate) fn place_ref(sheet: &Sheet<'_, '_>, np: usize) -> Option<PlaceRef> {
    let Head::Mention(i) = sheet.nps[np].head else {
        return None;
    };
    let m = &sheet.found.mentions[i];
    (m.kind == MentionKind::Place).then(|| PlaceRef {
        name: m.name.clone(),
        entity: m.entity.clone(),
        span: Some(m.span),
        point: m.point.clone(),
    })
}

/// Places named for a trigger: behind a preposition of place in its clause, else in its sentence.
pub(crate) fn places(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Vec<PlaceRef> {
    let trigger = &triggers[me];
    let (low, high) = sheet.sentence(trigger.start);
    let limit = right_limit(sheet, triggers, me);
    let marked = |np: &usize| sheet.mark_before(sheet.nps[*np].start, flag::PLACE);
    let taken = |np: &usize| {
        trigger
            .actor
            .iter()
            .any(|p| p.span.is_some() && p.span == place_ref(sheet, *np).and_then(|r| r.span))
    };
    let within = |from: usize, to: usize| -> Vec<usize> {
        sheet
            .nps_between(from, to)
            .filter(|&np| sheet.nps[np].end <= to && sheet.nps[np].place)
            .collect()
    };
    // "ký tại Geneva bản tuyên bố": inside the trigger, too.
    let mut found: Vec<usize> = within(trigger.start, limit).into_iter().filter(marked).collect();
    if found.is_empty() {
        let territorial = sheet.rules.rules[trigger.rule]
            .outcome
            .is_some_and(|o| o.object == super::rules::Part::Place);
        if territorial {
            // "mất Aleppo": inside the trigger, too.
            found = within(trigger.start, limit).into_iter().take(1).collect();
        }
    }
    if found.is_empty() {
        found = within(low, trigger.first)
            .into_iter()
            .rev()
            .filter(marked)
            .take(1)
            .collect();
    }
    if found.is_empty() {
        found = within(limit, high).into_iter().filter(marked).take(1).collect();
    }
    found.retain(|np| !taken(np));
    found.into_iter().filter_map(|np| place_ref(sheet, np)).collect()
}
