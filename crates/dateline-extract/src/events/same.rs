//! What one mention of an event tells of another in the same report: date, actors, place.

use super::party;
use super::rules::{EventRule, Form};
use super::sheet::{Head, Np, Sheet, flag};
use super::{MEMORY, Trigger, status, when, who};
use dateline_model::{BlockKind, MentionKind, Participant, Plover, Status, When};

/// Of one type; a truce and a withdrawal are not one deed, though both are RETREAT.
fn same_sort(a: &EventRule, b: &EventRule) -> bool {
    let truce = |r: &EventRule| r.mode.as_deref() == Some("ceasefire");
    a.event == b.event && truce(a) == truce(b)
}

/// An earlier trigger with a date that tells the same event: a noun takes up the last one of its sort ("vụ tấn công", "the
/// attack"), a verb one with the same words or arms.
pub(super) fn earlier_telling(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<usize> {
    let t = &triggers[me];
    let rule = &sheet.rules.rules[t.rule];
    let words = |t: &Trigger| sheet.words.slice(t.start, t.end).to_lowercase();
    let fits = |u: &usize| {
        let o = &triggers[*u];
        o.dropped.is_none()
            && same_sort(&sheet.rules.rules[o.rule], rule)
            && o.when.interval.closed().is_some()
            && o.status.is_fact() == t.status.is_fact()
            && (o.status != Status::Historical || t.status == Status::Historical)
            && sheet.sentence_number(o.start) != sheet.sentence_number(t.start)
    };
    let found = (me.saturating_sub(MEMORY)..me).rev().filter(fits);
    if t.noun {
        if !t.status.is_fact() {
            return None;
        }
        let mine = words(t);
        let mut all = found.take(6).collect::<Vec<_>>();
        let head = |t: &Trigger| (sheet.words.id(t.start), sheet.words.id(t.end - 1));
        let akin = |u: usize| head(&triggers[u]).0 == head(t).0 || head(&triggers[u]).1 == head(t).1;
        let names = |u: usize| matches!(sheet.rules.rules[triggers[u].rule].form, Form::Noun | Form::Either);
        all.sort_by_key(|&u| (words(&triggers[u]) != mine, !akin(u), !names(u), usize::MAX - u));
        return all.first().copied();
    }
    if rule.event != Some(Plover::Assault) && rule.event != Some(Plover::Coerce) {
        return None;
    }
    let mine = words(t);
    found.take(6).find(|&u| {
        let o = &triggers[u];
        let arms = !t.instrument.is_empty()
            && t.instrument
                .iter()
                .all(|w| o.instrument.iter().any(|v| v.name == w.name));
        words(o) == mine || arms && o.rule == t.rule
    })
}

/// "The incident took place on Monday": the day of what was told before without one.
pub(super) fn incident(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    let class = sheet.classes.incident;
    for hit in sheet.words.every(class) {
        let (low, high) = sheet.sentence(hit.start as usize);
        let day = (0..sheet.timexes.len()).find(|&i| {
            let (start, end) = sheet.timexes[i];
            let t = &sheet.found.timexes[i];
            start >= hit.end as usize
                && end <= high
                && start - hit.end as usize <= 8
                && !t.vague
                && t.interval.closed().is_some()
        });
        let Some(timex) = day else { continue };
        let days = sheet.found.timexes[timex].interval;
        for t in triggers
            .iter_mut()
            .filter(|t| t.dropped.is_none() && t.end <= low && t.status.is_fact() && t.when.timex.is_none())
        {
            let speech = matches!(
                sheet.rules.rules[t.rule].event,
                Some(
                    Plover::Accuse
                        | Plover::Reject
                        | Plover::Request
                        | Plover::Support
                        | Plover::Agree
                        | Plover::Consult
                )
            );
            if !speech && t.when.interval.closed().is_none() && t.status != Status::Historical {
                t.when = When {
                    timex: Some(timex),
                    ..When::of(days, "event.when.incident")
                };
            }
        }
        return;
    }
}

/// Two triggers may well tell one deed: the same rule or words, the same arms, or next to each other.
fn related(sheet: &Sheet<'_, '_>, triggers: &[Trigger], a: usize, b: usize) -> bool {
    let (s, t) = (&triggers[a], &triggers[b]);
    let near = sheet.sentence_number(s.start).abs_diff(sheet.sentence_number(t.start)) <= 1;
    let same_day = s.when.interval.closed().is_some() && s.when.interval == t.when.interval;
    // "Vụ việc này", "the strike": takes up what was told, whatever its words were.
    let taken_up = s.noun
        && sheet
            .hits(sheet.classes.anaphor, s.start.saturating_sub(1)..s.end + 1)
            .next()
            .is_some();
    s.rule == t.rule
        || taken_up && b < a
        || sheet
            .words
            .slice(s.start, s.end)
            .eq_ignore_ascii_case(sheet.words.slice(t.start, t.end))
        || same_day
        || near && t.noun
}

/// Both name one place.
fn same_place(a: &Trigger, b: &Trigger) -> bool {
    let names = |t: &Trigger, entity: &str| {
        t.places.iter().any(|p| p.entity == entity) || t.recipient.iter().any(|p| p.entity == entity)
    };
    let of = |t: &Trigger| -> Vec<String> {
        let places = t.places.iter().map(|p| p.entity.clone());
        places.chain(t.recipient.iter().map(|p| p.entity.clone())).collect()
    };
    of(a).iter().any(|e| names(b, e))
}

/// Agreeing, or signing what was agreed.
fn is_deal(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    let rule = &sheet.rules.rules[trigger.rule];
    !trigger.noun
        && rule.reciprocal
        && (rule.event == Some(Plover::Agree)
            || rule.event == Some(Plover::Support) && rule.mode.as_deref() == Some("agreement"))
}

/// Farthest before or behind a claim that the deed it is about was told, in sentences.
const CLAIM_REACH: usize = 3;

/// "The group claimed responsibility for the attack": it did the deed that its sentence names, else the one told last before;
/// and the attacks of the report that are not on another day or elsewhere.
pub(super) fn claims(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    for me in 0..triggers.len() {
        // "Has not claimed responsibility": nobody's deed.
        if sheet.rules.rules[triggers[me].rule].form != Form::Claim || !status::status(sheet, triggers, me).is_fact() {
            continue;
        }
        let who::Subject::Nps(nps) = who::subject(sheet, triggers, me, triggers[me].first) else {
            continue;
        };
        let who: Vec<Participant> = nps
            .iter()
            .map(|&np| party::participant(sheet, &sheet.nps[np]))
            .collect();
        let claimed = |t: &Trigger| {
            let rule = &sheet.rules.rules[t.rule];
            t.dropped.is_none()
                && rule.event == Some(Plover::Assault)
                && !rule.reciprocal
                && t.actor.is_empty()
                && t.status != Status::Historical
        };
        let here = sheet.sentence_number(triggers[me].start);
        let away = |u: usize| sheet.sentence_number(triggers[u].start).abs_diff(here);
        let deed = |u: &usize| {
            let rule = &sheet.rules.rules[triggers[*u].rule];
            triggers[*u].dropped.is_none() && rule.event == Some(Plover::Assault) && triggers[*u].status.is_fact()
        };
        let behind = (me + 1..triggers.len().min(me + MEMORY)).filter(deed);
        let before = (me.saturating_sub(MEMORY)..me).rev().filter(deed);
        let anchor = behind
            .clone()
            .find(|&u| away(u) == 0)
            .or_else(|| before.clone().find(|&u| away(u) <= CLAIM_REACH))
            .or_else(|| behind.clone().find(|&u| away(u) <= 1));
        let Some(anchor) = anchor else { continue };
        let day = triggers[anchor].when.interval;
        // A country or region holds the town that another telling names.
        let town = |p: &dateline_model::PlaceRef| {
            p.point
                .as_ref()
                .is_some_and(|q| !matches!(q.resolution.as_str(), "country" | "region"))
        };
        let elsewhere = |t: &Trigger, places: &[dateline_model::PlaceRef]| {
            t.places.iter().all(town)
                && places.iter().all(town)
                && !t.places.is_empty()
                && !places.is_empty()
                && !t.places.iter().any(|p| places.iter().any(|q| q.entity == p.entity))
        };
        let places = triggers[anchor].places.clone();
        for (u, t) in triggers.iter_mut().enumerate().filter(|(_, t)| claimed(t)) {
            let other_day = day.closed().is_some() && t.when.interval.closed().is_some() && !day.meets(t.when.interval);
            if u == anchor || !other_day && !elsewhere(t, &places) {
                t.actor = who.clone();
            }
        }
    }
}

/// Two come to terms, or talk.
fn of_two(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    use Plover::{Agree, Consult, Support};
    let rule = &sheet.rules.rules[trigger.rule];
    rule.reciprocal && matches!(rule.event, Some(Agree | Consult | Support))
}

/// "The talks", "the deal": where all deals and talks of a report that name their two sides name the same two, those without
/// sides are theirs.
fn only_sides(sheet: &Sheet<'_, '_>, triggers: &[Trigger]) -> Option<Vec<Participant>> {
    let mut found: Option<Vec<Participant>> = None;
    for trigger in triggers.iter().filter(|t| t.dropped.is_none() && of_two(sheet, t)) {
        let mut sides: Vec<Participant> = Vec::new();
        for side in trigger.actor.iter().chain(&trigger.recipient) {
            if !side.entity.is_empty() && !sides.iter().any(|s| s.entity == side.entity) {
                sides.push(side.clone());
            }
        }
        match (&found, sides.len()) {
            (_, 0 | 1) => {}
            (None, 2) => found = Some(sides),
            (Some(known), 2) if sides.iter().all(|s| known.iter().any(|k| k.entity == s.entity)) => {}
            _ => return None,
        }
    }
    found
}

/// What packs call those who protest (class `actor-noun`).
const PROTESTERS: &str = "protesters";

/// The words for those who protest that stand nearest before a place in the report, else the first behind it. `crowds`: the
/// noun phrases that are such words, in order.
fn protesters(sheet: &Sheet<'_, '_>, crowds: &[usize], at: usize) -> Option<Participant> {
    let behind = crowds.partition_point(|np| sheet.nps[*np].start < at);
    let nearest = behind.checked_sub(1).unwrap_or(behind);
    crowds.get(nearest).map(|np| party::participant(sheet, &sheet.nps[*np]))
}

/// What another mention of the same event in the report tells: actors, date, place.
pub(super) fn lend(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    let n = triggers.len();
    let protest = |t: &Trigger| sheet.rules.rules[t.rule].event == Some(Plover::Protest);
    let crowds: Vec<usize> = if triggers.iter().any(protest) {
        let crowd = |np: &Np| matches!(np.head, Head::Noun(_)) && party::participant(sheet, np).name == PROTESTERS;
        (0..sheet.nps.len()).filter(|np| crowd(&sheet.nps[*np])).collect()
    } else {
        Vec::new()
    };
    let fact = |s: Status| matches!(s, Status::Happened | Status::Ongoing | Status::Historical);
    let in_headline = |t: &Trigger| {
        if sheet.sentence_number(t.start) < 2 {
            return true;
        }
        let span = sheet.words.span(t.start, t.end);
        sheet
            .found
            .document
            .blocks
            .iter()
            .any(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Lead) && b.span.contains(span))
    };
    let two = only_sides(sheet, triggers);
    for me in 0..n {
        if triggers[me].dropped.is_some() {
            continue;
        }
        let (event, headline) = (sheet.rules.rules[triggers[me].rule].event, in_headline(&triggers[me]));
        let mutual = sheet.rules.rules[triggers[me].rule].reciprocal;
        let anaphoric = triggers[me].noun || sheet.rules.rules[triggers[me].rule].form == Form::Casualty;
        let same = |triggers: &[Trigger], u: usize| {
            u != me
                && triggers[u].dropped.is_none()
                && sheet.rules.rules[triggers[u].rule].event == event
                && fact(triggers[u].status) == fact(triggers[me].status)
        };
        let apart =
            |a: &When, b: &When| !a.interval.is_unknown() && !b.interval.is_unknown() && !a.interval.meets(b.interval);
        // Who can be a side of a war: not a town or region.
        let sides = |p: &Participant| {
            p.mention.map(|i| &sheet.found.mentions[i]).is_none_or(|m| {
                m.kind != MentionKind::Place || m.point.as_ref().is_some_and(|q| q.resolution == "country")
            })
        };
        // "After losing the town …": what such a clause tells is known; the same place was told of before.
        let known = !anaphoric && !headline && when::is_after_clause(sheet, &triggers[me]);
        if triggers[me].actor.is_empty() && !triggers[me].other_subject && !triggers[me].speaker {
            let donor = (me.saturating_sub(MEMORY)..me)
                .rev()
                .chain(me + 1..n.min(me + 3))
                .filter(|&u| {
                    same(triggers, u) && !triggers[u].actor.is_empty() && !apart(&triggers[u].when, &triggers[me].when)
                })
                .filter(|&u| {
                    mutual || related(sheet, triggers, me, u) || known && same_place(&triggers[u], &triggers[me])
                })
                .find(|&u| {
                    !mutual || triggers[u].actor.len() + triggers[u].recipient.iter().filter(|p| sides(p)).count() > 1
                });
            if let Some(u) = donor {
                let mut actor = triggers[u].actor.clone();
                if mutual && actor.len() < 2 {
                    actor.extend(triggers[u].recipient.iter().filter(|p| sides(p)).cloned());
                }
                triggers[me].actor = actor;
            }
        }
        if triggers[me].actor.is_empty()
            && !triggers[me].other_subject
            && !triggers[me].speaker
            && of_two(sheet, &triggers[me])
            && let Some(two) = &two
        {
            triggers[me].actor = two.clone();
        }
        if triggers[me].actor.is_empty() && event == Some(Plover::Protest) {
            // A protest is of those whom the report calls protesters, wherever it does.
            triggers[me]
                .actor
                .extend(protesters(sheet, &crowds, triggers[me].start));
        }
        let open = triggers[me].when.interval.closed().is_none() && triggers[me].when.timex.is_none();
        if open && fact(triggers[me].status) && (anaphoric || headline || known) {
            let before = (me.saturating_sub(MEMORY)..me)
                .rev()
                .filter(|&u| {
                    same(triggers, u)
                        && if known {
                            same_place(&triggers[u], &triggers[me]) && triggers[u].when.interval.closed().is_some()
                        } else {
                            triggers[u].when.timex.is_some() && triggers[u].status != Status::Historical
                        }
                })
                .find(|&u| !triggers[u].when.interval.is_unknown());
            let behind = headline
                .then(|| {
                    (me + 1..n.min(me + MEMORY))
                        .filter(|&u| {
                            same(triggers, u) && (!in_headline(&triggers[u]) || triggers[u].when.timex.is_some())
                        })
                        .take(6)
                        .find(|&u| {
                            // The report's own news, not its background.
                            triggers[u].when.interval.closed().is_some()
                        && triggers[u].status == triggers[me].status
                        && triggers[me].status == Status::Happened
                        && when::is_recent(sheet, &triggers[u].when)
                        // A war is not dated by one attack in it.
                        && (!mutual || sheet.rules.rules[triggers[u].rule].reciprocal)
                        })
                })
                .flatten();
            // "đánh nhau từ sáng 15/4": the lead's own date, open as it is, is the headline's.
            let behind = behind.or_else(|| {
                (headline && triggers[me].when.interval.is_unknown())
                    .then(|| {
                        (me + 1..n.min(me + 4)).find(|&u| {
                            same(triggers, u)
                                && in_headline(&triggers[u])
                                && triggers[u].when.timex.is_some()
                                && triggers[u].status != Status::Historical
                        })
                    })
                    .flatten()
            });
            if let Some(u) = if headline { behind } else { before } {
                let mut w = triggers[u].when.clone();
                if w.interval.closed().is_some() || triggers[me].when.interval.is_unknown() {
                    w.rule = Some(if headline {
                        "event.when.headline".into()
                    } else {
                        "event.when.same".into()
                    });
                    w.timex = None;
                    triggers[me].when = w;
                }
            }
        }
        if triggers[me].when.interval.is_unknown()
            && triggers[me].status == Status::Happened
            && is_deal(sheet, &triggers[me])
        {
            // Headline or lead tell of a deal that was just made: an undated signing or agreeing further down is that one.
            // A headline's deal is that of the lead.
            let lead = (me + 1..n.min(me + 4)).filter(|&u| headline && triggers[u].when.timex.is_some());
            let news = lead.chain((0..me).take(MEMORY)).find(|&u| {
                let t = &triggers[u];
                t.dropped.is_none()
                    && t.status == Status::Happened
                    && is_deal(sheet, t)
                    && in_headline(t)
                    && t.when.interval.closed().is_some()
                    && when::is_recent(sheet, &t.when)
            });
            if let Some(u) = news {
                triggers[me].when = When::of(triggers[u].when.interval, "event.when.same");
            }
        }
        if triggers[me].when.interval.is_unknown() {
            let perfect = (triggers[me].first..triggers[me].start).any(|t| sheet.has(t, flag::ASPECT));
            triggers[me].when = when::bounded(sheet, &triggers[me], perfect, headline);
        }
        if triggers[me].places.is_empty() {
            let sentence = sheet.sentence_number(triggers[me].start);
            let donor = (me.saturating_sub(MEMORY)..me).rev().find(|&u| {
                triggers[u].dropped.is_none()
                    && !triggers[u].places.is_empty()
                    && (sheet.sentence_number(triggers[u].start) + 1 >= sentence
                        || anaphoric && sheet.rules.rules[triggers[u].rule].event == event)
            });
            if let Some(u) = donor {
                let mut places = triggers[u].places.clone();
                places.iter_mut().for_each(|p| p.span = None);
                triggers[me].places = places;
            }
        }
    }
}

/// Last sentence of a lead, headline and standfirst counted.
const LEAD: usize = 3;

/// What somebody does himself, so that whoever acts in its sentence is its actor: not what is done to him.
fn is_own_deed(event: Option<Plover>) -> bool {
    use Plover::{
        Agree, Aid, Concede, Consult, Cooperate, Mobilize, Reject, Request, Retreat, Sanction, Support, Threaten,
    };
    matches!(
        event,
        Some(
            Agree
                | Aid
                | Concede
                | Consult
                | Cooperate
                | Mobilize
                | Reject
                | Request
                | Retreat
                | Sanction
                | Support
                | Threaten
        )
    )
}

/// "Russia announced the withdrawal", "the ministers agreed to discuss sanctions": a deed without an actor of its own is of
/// whoever acts in its sentence; a headline's, of whoever does it in the lead.
pub(super) fn own_deeds(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    for me in 0..triggers.len() {
        let trigger = &triggers[me];
        let event = sheet.rules.rules[trigger.rule].event;
        if trigger.dropped.is_some() || !trigger.actor.is_empty() || trigger.speaker {
            continue;
        }
        let (low, _) = sheet.sentence(trigger.start);
        let mut actor = Vec::new();
        if sheet.sentence_number(trigger.start) < 2 {
            let lead = (me + 1..triggers.len().min(me + 6)).find(|&u| {
                let t = &triggers[u];
                t.dropped.is_none()
                    && !t.actor.is_empty()
                    && sheet.rules.rules[t.rule].event == event
                    && t.status != Status::Historical
                    && sheet.sentence_number(t.start) <= LEAD
            });
            actor = lead.map(|u| triggers[u].actor.clone()).unwrap_or_default();
        }
        let may = is_own_deed(event) && (trigger.noun || !trigger.other_subject);
        // Two sides of a truce are not the one who speaks of it; who meets whom may be told by halves.
        let mutual = sheet.rules.rules[trigger.rule].reciprocal && event != Some(Plover::Consult);
        let (start, content) = (trigger.start, sheet.attribution(trigger.start));
        if actor.is_empty() && may {
            let beside = triggers[super::between(triggers, low, trigger.start)]
                .iter()
                .rev()
                .find(|t| t.dropped.is_none() && !t.actor.is_empty() && sheet.attribution(t.start) == content);
            actor = beside.map(|t| t.actor.clone()).unwrap_or_default();
        }
        if actor.is_empty()
            && may
            && trigger.noun
            && let who::Subject::Nps(nps) = who::subject(sheet, triggers, me, trigger.first)
        {
            actor = nps
                .iter()
                .filter(|&&np| sheet.attribution(sheet.nps[np].start) == content)
                .map(|&np| party::participant(sheet, &sheet.nps[np]))
                .filter(|p| !p.name.is_empty())
                .collect();
        }
        if mutual && actor.len() < 2 && sheet.sentence_number(start) >= 2 {
            actor.clear();
        }
        let recipient = &triggers[me].recipient;
        actor.retain(|p| !recipient.iter().any(|r| r.entity == p.entity));
        triggers[me].actor = actor;
    }
}
