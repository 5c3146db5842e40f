//! What happened.
//!
//! Takes: words, timexes, mentions, attributions. Gives: event mentions. Never: merges across documents.
//!
//! In flow order: `rules` (what the packs say) → `sheet` (the report laid out) → triggers, kept where `topic` lets them →
//! `status` → `who` → `figures` → `when` → `same`: what one mention of an event tells of another of the same report; `pairs`: one word, two deeds.

mod check;
mod figures;
mod outcomes;
mod pairs;
mod party;
mod rules;
mod same;
mod sheet;
mod standing;
mod status;
mod topic;
mod when;
mod who;

use crate::names::gazetteer::Gazetteer;
pub(crate) use check::check;
use dateline_lang::{Pack, PackError, PackFiles, Words};
use dateline_model::{
    Attribution, Document, EventMention, Interval, Mention, MentionKind, Participant, PlaceRef, Plover, Published,
    Status, Timex, When,
};
use rules::{Form, Need, Rules};
use sheet::{Break, Classes, Sheet, flag};
pub use standing::Standings;

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Coder {
    rules: Rules,
    classes: Classes,
    gazetteer: Gazetteer,
}

/// What the rooms before found, together.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The clean report.
    pub document: &'a Document,
    /// Its publication date.
    pub published: &'a Published,
    /// Expressions of time.
    pub timexes: &'a [Timex],
    /// Names.
    pub mentions: &'a [Mention],
    /// Attributions.
    pub attributions: &'a [Attribution],
}

/// A trigger on its way to an event mention.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// Index of the rule.
    pub rule: usize,
    /// First token with aspect words.
    pub first: usize,
    /// First token of the rule's match.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// It names the event rather than telling it.
    pub noun: bool,
    /// Its subject suffers it.
    pub passive: bool,
    /// Why it is no event of its own.
    pub dropped: Option<&'static str>,
    /// First tokens of the casualty words that tell of its victims.
    pub casualties: Vec<usize>,
    pub status: Status,
    pub actor: Vec<Participant>,
    pub recipient: Vec<Participant>,
    pub mediator: Vec<Participant>,
    pub instrument: Vec<Participant>,
    pub places: Vec<PlaceRef>,
    pub when: When,
    /// Present perfect, in a language that has it ("have signed"): just now.
    pub perfect: bool,
    /// Actors are other words of its sentence, which are no names.
    pub other_subject: bool,
    /// Whoever speaks does it ("we call on …").
    pub speaker: bool,
}

/// Farthest back that one mention of an event borrows from another, in triggers: work stays linear in the text.
const MEMORY: usize = 200;

/// Indexes of the triggers that start between two tokens (they are in order).
pub(crate) fn between(triggers: &[Trigger], low: usize, high: usize) -> std::ops::Range<usize> {
    let from = triggers.partition_point(|t| t.start < low);
    let to = triggers.partition_point(|t| t.start < high);
    from..to.max(from)
}

impl Coder {
    /// Compiles `<tag>/events/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(pack: &mut Pack, files: &PackFiles) -> Result<Coder, PackError> {
        let rules = Rules::load(pack, files)?;
        let classes = Classes::new(&mut pack.vocabulary);
        Ok(Coder {
            rules,
            classes,
            gazetteer: Gazetteer::builtin(),
        })
    }

    /// Event mentions, by the start of their trigger.
    pub fn code(&self, pack: &Pack, words: &Words<'_>, findings: Findings<'_>) -> Vec<EventMention> {
        if self.rules.rules.is_empty() || words.tokens.is_empty() {
            return Vec::new();
        }
        let sheet = Sheet::new(pack, words, findings, &self.classes, &self.rules);
        let peoples = self.gazetteer.peoples(&pack.tag);
        let mut triggers = find(&sheet);
        merge_pairs(&sheet, &mut triggers);
        merge_casualties(&sheet, &mut triggers);
        for me in 0..triggers.len() {
            if triggers[me].dropped.is_none() {
                triggers[me].status = status::status(&sheet, &triggers, me);
            }
        }
        fill_roles(&sheet, &mut triggers);
        for trigger in &mut triggers {
            party::name_people(&sheet, &self.gazetteer, peoples, trigger);
        }
        drop_unsupported(&sheet, &mut triggers);
        fill_when(&sheet, &mut triggers);
        same::incident(&sheet, &mut triggers);
        same::claims(&sheet, &mut triggers);
        same::lend(&sheet, &mut triggers);
        same::own_deeds(&sheet, &mut triggers);
        emit(&sheet, triggers)
    }
}

/// Matches that the topic lets stand, in order.
fn find(sheet: &Sheet<'_, '_>) -> Vec<Trigger> {
    let matches = sheet.rules.set.longest(sheet.words);
    let (whole, sentences) = topic::topics(sheet);
    let mut triggers: Vec<Trigger> = Vec::with_capacity(matches.len());
    for m in matches {
        let rule = &sheet.rules.rules[m.rule as usize];
        let (start, end) = sheet.rules.core(&m);
        // A trigger inside a name is the name's ("Ủy ban Đàm phán …").
        let in_name = sheet.np(start).is_some_and(|np| {
            let np = &sheet.nps[np];
            (match np.head {
                sheet::Head::Mention(i) => sheet.found.mentions[i].kind != MentionKind::Role,
                sheet::Head::Noun(_) => np.end - np.start > end - start,
            }) && (np.start <= start && end <= np.end)
        });
        if rule.form == Form::Never || in_name && !matches!(rule.form, Form::Mediation | Form::Claim) {
            continue;
        }
        let noun = match rule.form {
            Form::Noun => true,
            // "việc trục xuất", "động thái đóng cửa khẩu": a verb made a noun.
            Form::Verb if sheet.pack.traits.nouns_by_mark && start > 0 && sheet.has(start - 1, flag::NOUN_BEFORE) => {
                true
            }
            Form::Either => reads_as_noun(sheet, start, end),
            _ => false,
        };
        let here = sentences[sheet.sentence_number(start)];
        if !topic::supported(rule, whole, here) {
            continue;
        }
        let (mut first, mut passive) = status::widen(sheet, start, noun);
        let mut noun = noun;
        if noun {
            // "tiến hành chiến dịch", "launched an attack": the light verb joins the noun.
            let (low, _) = sheet.sentence(start);
            let mut at = start;
            let mut steps = 0;
            let passable = |t: usize| {
                (sheet.has(t, flag::DETERMINER | flag::FILLER)
                    || sheet.words.tokens[t].kind == dateline_lang::TokenKind::Number)
                    && !sheet.has(t, flag::LIGHT)
            };
            while at > low && steps < 4 && passable(at - 1) {
                at -= 1;
                steps += 1;
            }
            if at > low && sheet.has(at - 1, flag::LIGHT) && sheet.np(at - 1).is_none() {
                let mut light = at - 1;
                while light > low && sheet.has(light - 1, flag::LIGHT) {
                    light -= 1;
                }
                let (wide, is_passive) = status::widen(sheet, light, false);
                first = wide;
                passive = is_passive;
                noun = false;
            }
        }
        if sheet.pack.traits.is_active(sheet.words.word(start)) {
            passive = false;
        }
        // "the besieged town": a participle behind an article is a quality, not a deed.
        if !noun && rule.unit.is_none() && is_quality(sheet, start, end) {
            continue;
        }
        // "was removed", "has been cut off": the rule's own words are a passive.
        passive |= !noun && end - start > 1 && (start..end - 1).any(|t| sheet.has(t, flag::PASSIVE)) && {
            let form = |t: usize| sheet.pack.traits.is_participle(sheet.words.word(t));
            (start + 1..end).any(form)
        };
        // "attacked by rebels": a participle with its agent.
        if !noun && sheet.has(end, flag::AGENT) && sheet.pack.traits.is_participle(sheet.words.word(end - 1)) {
            passive = true;
        }
        triggers.push(Trigger {
            rule: m.rule as usize,
            first,
            start,
            end,
            noun,
            passive: passive || rule.passive,
            dropped: matches!(rule.form, Form::Mediation | Form::Claim).then_some("says who, not what"),
            casualties: Vec::new(),
            status: Status::Happened,
            actor: Vec::new(),
            recipient: Vec::new(),
            mediator: Vec::new(),
            instrument: Vec::new(),
            places: Vec::new(),
            when: When::unknown(),
            other_subject: false,
            speaker: false,
            perfect: (first..start).any(|t| sheet.has(t, flag::PERFECT)),
        });
    }
    triggers
}

/// A participle between a word that opens a noun phrase and its noun ("the ousted president", "of besieged towns").
fn is_quality(sheet: &Sheet<'_, '_>, start: usize, end: usize) -> bool {
    let (low, high) = sheet.sentence(start);
    end - start == 1
        && start > low
        && end < high
        && sheet.pack.traits.is_participle(sheet.words.word(start))
        && sheet
            .hits(sheet.classes.quality_mark, start - 1..start)
            .any(|h| h.end as usize == start)
        && sheet.words.tokens[end].kind == dateline_lang::TokenKind::Word
        && sheet.breaks[end] == Break::None
        && !sheet.has(
            end,
            flag::OBLIQUE | flag::AGENT | flag::PLACE | flag::OWNER | flag::ASPECT | flag::PASSIVE | flag::DETERMINER,
        )
}

/// English words that are noun and verb: what stands beside decides.
fn reads_as_noun(sheet: &Sheet<'_, '_>, start: usize, end: usize) -> bool {
    let word = sheet.words.word(start);
    if word.ends_with("ed") {
        return false;
    }
    let (low, high) = sheet.sentence(start);
    let before = start.checked_sub(1).filter(|&b| b >= low);
    let Some(b) = before else {
        return sheet.np(end).is_none();
    };
    let infinitive = sheet.hits(sheet.classes.infinitive_mark, b..start).next().is_some();
    // "not to bomb it", but "in response to attacks", "due to shelling".
    if infinitive && !word.ends_with('s') && !sheet.pack.traits.is_active(word) {
        return false;
    }
    if sheet.has(
        b,
        flag::NOUN_BEFORE
            | flag::DETERMINER
            | flag::OBLIQUE
            | flag::PLACE
            | flag::OWNER
            | flag::FROM
            | flag::AGAINST
            | flag::LIGHT,
    ) {
        return true;
    }
    if sheet.words.word(b) == "-" || sheet.words.is_owner(b) {
        return true;
    }
    if sheet.has(b, flag::ASPECT | flag::PASSIVE) || infinitive {
        return false;
    }
    let behind = sheet.has(end, flag::OBLIQUE | flag::PLACE | flag::OWNER | flag::AGENT)
        || end >= high
        || sheet.breaks[end] != Break::None;
    let verb_behind = sheet.has(end, flag::ASPECT | flag::PASSIVE);
    if verb_behind {
        return true;
    }
    if sheet.np(b).is_some() {
        return behind && word.ends_with('s') || behind && !sheet.has(end, flag::DETERMINER) && !word.ends_with('s');
    }
    behind
}

/// "trả đũa bằng pháo kích", "responded with air strikes": a verb and the noun right behind it tell one deed.
fn merge_pairs(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    for me in 1..triggers.len() {
        let (verb, noun) = (&triggers[me - 1], &triggers[me]);
        let (a, b) = (&sheet.rules.rules[verb.rule], &sheet.rules.rules[noun.rule]);
        // "laid down their arms and disbanded": verbs of a rule that tells one deed, nothing but "and" between them.
        let one_deed = a.one_deed
            && verb.rule == noun.rule
            && verb.dropped.is_none()
            && noun.first == verb.end + 1
            && sheet.has(verb.end, flag::AND);
        if one_deed {
            triggers[me].dropped = Some("one deed with the verb before it");
            continue;
        }
        let joined = verb.dropped.is_none()
            && noun.dropped.is_none()
            && !verb.noun
            && noun.noun
            && a.event == b.event
            && a.form != Form::Casualty
            && b.form == Form::Noun
            && noun.first >= verb.end
            && noun.first - verb.end <= 2
            && sheet.sentence_number(verb.start) == sheet.sentence_number(noun.start)
            && (verb.end..noun.first).all(|t| sheet.breaks[t] == Break::None && sheet.np(t).is_none());
        if joined {
            let (first, passive) = (verb.first, verb.passive);
            triggers[me - 1].dropped = Some("the noun behind it names the deed");
            triggers[me].first = first;
            triggers[me].passive = passive;
            triggers[me].noun = false;
        }
    }
}

/// Casualty words belong to the deed named in their sentence; alone they tell one themselves.
fn merge_casualties(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    for me in 0..triggers.len() {
        let rule = &sheet.rules.rules[triggers[me].rule];
        if rule.form != Form::Casualty || triggers[me].dropped.is_some() {
            continue;
        }
        let (low, high) = sheet.sentence(triggers[me].start);
        let start = triggers[me].start;
        let agent = triggers[me].passive && sheet.has(triggers[me].end, flag::AGENT);
        let host = between(triggers, low, high)
            .filter(|&u| {
                u != me && triggers[u].dropped.is_none() && triggers[u].start >= low && triggers[u].end <= high
            })
            .filter(|&u| {
                let r = &sheet.rules.rules[triggers[u].rule];
                r.event == rule.event || r.event == Some(Plover::Assault) && rule.event == Some(Plover::Assault)
            })
            .filter(|&u| {
                let (a, b) = (
                    triggers[u].end.min(triggers[me].end),
                    triggers[u].start.max(triggers[me].start),
                );
                !(a..b).any(|t| sheet.breaks[t] == Break::Hard)
            })
            .min_by_key(|&u| {
                let d = triggers[u].start.abs_diff(start);
                // A word that names the deed is a better host than another casualty word.
                (sheet.rules.rules[triggers[u].rule].form == Form::Casualty, d)
            });
        if agent && !host.is_some_and(|h| sheet.rules.rules[triggers[h].rule].form == Form::Casualty) {
            triggers[me].casualties.push(start);
            continue;
        }
        match host {
            Some(u) if sheet.rules.rules[triggers[u].rule].form != Form::Casualty || u < me => {
                triggers[me].dropped = Some("told of another event");
                triggers[u].casualties.push(start);
                let mine = std::mem::take(&mut triggers[me].casualties);
                triggers[u].casualties.extend(mine);
            }
            _ => triggers[me].casualties.push(start),
        }
    }
}

/// Actor, recipient, mediator, instrument, place; left to right, so that coordinated verbs share.
fn fill_roles(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    for me in 0..triggers.len() {
        if triggers[me].dropped.is_some() {
            continue;
        }
        let roles = who::roles(sheet, triggers, me);
        let of = |nps: &[usize]| -> Vec<Participant> {
            let mut list: Vec<Participant> = Vec::new();
            for &np in nps {
                let p = party::participant(sheet, &sheet.nps[np]);
                if !p.name.is_empty() && !list.iter().any(|q| q.entity == p.entity) {
                    list.push(p);
                }
            }
            list
        };
        let mut actor = of(&roles.actor);
        actor = actor.into_iter().map(|p| party::state_of(sheet, p)).collect();
        if actor
            .iter()
            .any(|p| p.mention.is_none() && matches!(p.name.as_str(), "both sides" | "parties"))
        {
            // "the two sides": those of the last event that had two.
            let two = |t: &Trigger| {
                let all: Vec<&Participant> = t.actor.iter().chain(&t.recipient).collect();
                all.len() == 2 && all[0].entity != all[1].entity
            };
            // Best a fight or a deal of two.
            let earlier = &triggers[me.saturating_sub(MEMORY)..me];
            let mutual = |t: &&Trigger| {
                sheet.rules.rules[t.rule].reciprocal && t.actor.len() == 2 && t.dropped.is_none() && two(t)
            };
            let pair = earlier
                .iter()
                .rev()
                .find(mutual)
                .or_else(|| earlier.iter().rev().find(|t| t.dropped.is_none() && two(t)));
            let pair: Vec<Participant> = pair
                .map(|t| t.actor.iter().chain(&t.recipient).cloned().collect())
                .unwrap_or_default();
            actor = pair;
        }
        if roles.speaker
            && actor.is_empty()
            && let Some(a) = when::attribution_of(sheet, &triggers[me])
        {
            let source = &sheet.found.attributions[a].source;
            if !source.entity.is_empty() && !source.name.is_empty() {
                actor.push(Participant {
                    name: source.name.clone(),
                    entity: source.entity.clone(),
                    span: source.span,
                    mention: None,
                });
            }
        }
        if let Some(u) = roles.same_as.filter(|_| actor.is_empty()) {
            let other = &triggers[u];
            // "Accused the guards of chasing boats and firing at them": what is charged was done by the charged.
            let charged = sheet.rules.rules[other.rule].event == Some(Plover::Accuse)
                && !other.recipient.is_empty()
                && sheet
                    .cue(other.start)
                    .is_some_and(|a| sheet.attribution(triggers[me].start) == Some(a));
            actor = if other.passive || charged {
                other.recipient.clone()
            } else {
                other.actor.clone()
            };
            triggers[me].other_subject = other.other_subject;
        }
        if actor.is_empty() && !roles.speaker {
            // "The rebels killed twelve in an attack": who killed made the attack.
            let killer = triggers[me].casualties.iter().find_map(|&at| {
                let u = between(triggers, at, at + 1)
                    .find(|&u| u != me && triggers[u].dropped.is_some() && !triggers[u].passive)?;
                let end = triggers[u].end;
                let numbered = |t: usize| {
                    sheet
                        .words
                        .numbers
                        .iter()
                        .any(|n| (n.start as usize) <= t && t < n.end as usize)
                };
                let object = numbered(end) || sheet.np(end).is_some() || sheet.has(end, flag::DETERMINER | flag::OWNER);
                if triggers[me].start < end || !object || at > 0 && numbered(at - 1) {
                    return None;
                }
                (!sheet.rules.rules[triggers[u].rule].loses)
                    .then(|| of(&who::roles(sheet, triggers, u).actor))
                    .filter(|a| !a.is_empty())
            });
            actor = killer.unwrap_or_default();
        }
        // A passive says nothing of who acts: another telling may.
        let joined = triggers[me].first > 0 && sheet.has(triggers[me].first - 1, flag::AND);
        if !triggers[me].noun
            && (joined || actor.is_empty())
            && status::is_speech(sheet, me, triggers)
            && let Some(speaker) = party::speaker(sheet, triggers[me].start)
        {
            actor = vec![speaker];
        }
        triggers[me].other_subject |= roles.other && actor.is_empty() && !triggers[me].passive;
        triggers[me].speaker = roles.speaker;
        triggers[me].recipient = of(&roles.recipient);
        // Nobody does it to himself: a bare "the government forces" that resolved to whoever acts is somebody else.
        triggers[me]
            .recipient
            .retain(|p| !actor.iter().any(|a| a.entity == p.entity));
        triggers[me].actor = actor;
        let places = who::places(sheet, triggers, me);
        triggers[me].places = places;
        let (low, high) = sheet.sentence(triggers[me].start);
        let rule = &sheet.rules.rules[triggers[me].rule];
        if matches!(rule.event, Some(Plover::Assault | Plover::Mobilize | Plover::Threaten)) {
            let mut weapons: Vec<Participant> = Vec::new();
            for hit in sheet.hits(sheet.classes.weapon, low..high) {
                let span = sheet.words.span(hit.start as usize, hit.end as usize);
                let name = sheet.pack.value(hit).and_then(|v| v.as_str()).unwrap_or("").to_string();
                if !name.is_empty() && !weapons.iter().any(|w| w.name == name) {
                    weapons.push(Participant {
                        entity: name.replace(' ', "-"),
                        name,
                        span: Some(span),
                        mention: None,
                    });
                }
            }
            triggers[me].instrument = weapons;
        }
    }
    // Go-betweens go to the nearest event of their sentence, before rather than behind.
    for me in 0..triggers.len() {
        let nps = who::mediator(sheet, &triggers[me]);
        if nps.is_empty() {
            continue;
        }
        let (low, high) = sheet.sentence(triggers[me].start);
        let host = between(triggers, low, high)
            .filter(|&u| triggers[u].dropped.is_none() && triggers[u].start >= low && triggers[u].end <= high)
            .min_by_key(|&u| {
                if triggers[u].end <= triggers[me].start {
                    triggers[me].start - triggers[u].end
                } else {
                    20 + triggers[u].start.saturating_sub(triggers[me].end)
                }
            });
        if let Some(u) = host {
            for np in nps {
                let p = party::participant(sheet, &sheet.nps[np]);
                triggers[u].actor.retain(|a| a.entity != p.entity);
                triggers[u].mediator.push(p);
            }
        }
    }
}

/// Rules that need an actor, an object, arms or a figure lose their trigger where there is none.
fn drop_unsupported(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    let (whole, _) = topic::topics(sheet);
    for trigger in triggers.iter_mut().filter(|t| t.dropped.is_none()) {
        let rule = &sheet.rules.rules[trigger.rule];
        let (low, high) = sheet.sentence(trigger.start);
        let fails = rule.needs.iter().any(|need| match need {
            Need::Actor => trigger.actor.is_empty(),
            Need::Object => trigger.recipient.is_empty() && trigger.places.is_empty(),
            Need::Armed if whole.conflict >= 12 => false,
            Need::Armed => {
                !(low..high).any(|t| {
                    sheet.np(t).is_some_and(|np| match sheet.nps[np].head {
                        sheet::Head::Mention(i) => {
                            let m = &sheet.found.mentions[i];
                            matches!(m.kind, MentionKind::Force | MentionKind::Group)
                                || m.point.as_ref().is_some_and(|p| p.resolution == "country")
                        }
                        sheet::Head::Noun(_) => true,
                    })
                }) && sheet.hits(sheet.classes.weapon, low..high).next().is_none()
                    && sheet.hits(sheet.classes.topic_conflict, low..high).all(|h| (h.start as usize) < trigger.end && (h.end as usize) > trigger.start)
            }
            Need::Military => {
                // In a report that is full of arms the sentence will do.
                let reach = if whole.conflict >= 14 { 60 } else { 12 };
                let (from, to) = (low.max(trigger.first.saturating_sub(reach)), high.min(trigger.end + reach));
                let weighty = |h: &dateline_lang::Hit| sheet.pack.value(*h).and_then(|v| v.as_integer()).is_some_and(|w| w >= 2);
                let outside = |h: &dateline_lang::Hit| (h.end as usize) <= trigger.start || h.start as usize >= trigger.end;
                !(from..to).any(|t| {
                    sheet.np(t).is_some_and(|np| {
                        matches!(sheet.nps[np].head, sheet::Head::Mention(i) if sheet.found.mentions[i].kind == MentionKind::Force)
                    })
                }) && !sheet.hits(sheet.classes.topic_conflict, from..to).any(|h| weighty(&h) && outside(&h))
                    && sheet.hits(sheet.classes.weapon, from..to).next().is_none()
            }
            Need::Figure => !sheet.words.numbers.iter().any(|n| (n.start as usize) >= low && (n.end as usize) <= high),
            _ => false,
        });
        // "there were casualties" without a number and alone tells nothing.
        let fails = fails
            || rule.form == Form::Casualty
                && trigger.actor.is_empty()
                && matches!(rule.unit.as_deref(), Some("casualties" | "missing"))
                && !sheet
                    .words
                    .numbers
                    .iter()
                    .any(|n| (n.start as usize) >= low && (n.end as usize) <= high)
                && sheet.hits(sheet.classes.quantity, low..high).next().is_none();
        if fails {
            trigger.dropped = Some("needs more");
        }
    }
}

/// Dates, by rule of scope.
fn fill_when(sheet: &Sheet<'_, '_>, triggers: &mut [Trigger]) {
    // Sentence of the date, sentence told under it last, the date.
    let mut last: Option<(usize, usize, When)> = None;
    // A day that is only named, and its sentence: "after that" may mean it.
    let mut named: Option<(usize, Interval)> = None;
    for me in 0..triggers.len() {
        if triggers[me].dropped.is_some() {
            continue;
        }
        // "We call on you to keep what was signed in 2020": done by saying it, whatever dates stand beside.
        let saying = triggers[me].speaker && when::is_speech_act(sheet, &triggers[me]);
        let own = when::own(sheet, triggers, me).filter(|_| !saying);
        let trigger = &triggers[me];
        let sentence = sheet.sentence_number(trigger.start);
        // The story goes on: the sentence before had a date, or the one before that in the same paragraph.
        let goes_on = last.as_ref().filter(|(origin, s, w)| {
            let same = sheet.words.sentences[*s].paragraph == sheet.words.sentences[sentence].paragraph;
            w.interval.closed().is_some()
                && sentence - origin <= 3
                && (*s + 1 == sentence && (same || when::is_news(sheet, w)) || *s + 2 == sentence && same || *s == sentence && *origin != sentence)
                && matches!(trigger.status, Status::Happened | Status::Ongoing)
                // What has been done is seen from today; what is said or goes on now is not of the year of the background.
                && !trigger.perfect
                && !((when::is_speech_act(sheet, trigger) || trigger.status == Status::Ongoing)
                    && when::is_distant(sheet, w))
        });
        let goes_on = goes_on.map(|(_, _, w)| when::goes_on(sheet, sentence, w.interval));
        // "X said on Friday that … Y denied it": on that day, though no deed of the sentence before carries it.
        let answers = when::is_speech_act(sheet, trigger) && !trigger.noun && trigger.status == Status::Happened;
        let goes_on = goes_on.or_else(|| when::said_in(sheet, sentence.checked_sub(1).filter(|_| answers)?));
        // A verb of the narrator in the sentence right behind a dated one goes on with it; a noun takes up what it names.
        let narrated = !trigger.noun
            && sheet.attribution(trigger.start).is_none()
            && goes_on.is_some()
            && last.as_ref().is_some_and(|(_, s, _)| {
                *s + 1 == sentence && sheet.words.sentences[*s].paragraph == sheet.words.sentences[sentence].paragraph
            });
        let same = same::earlier_telling(sheet, triggers, me).filter(|_| !narrated);
        let mut own = own;
        if let (Some(w), Some(u)) = (&mut own, same.filter(|_| trigger.noun))
            && w.rule.as_ref().is_some_and(|r| r.as_str() == "event.when.until")
            && triggers[u].when.interval.earliest <= w.interval.latest
        {
            // "By the 30th the fighting had …": from where the fighting began.
            w.interval.earliest = triggers[u].when.interval.earliest;
            *w = When {
                rule: Some("event.when.so-far".into()),
                ..When::of(w.interval, "")
            };
        }
        let found = own
            .or_else(|| same.map(|u| When::of(triggers[u].when.interval, "event.when.same")))
            .or_else(|| {
                let before = named.filter(|(s, _)| *s + 1 == sentence).map(|(_, days)| days);
                when::follows(sheet, trigger, before.or(last.as_ref().map(|(_, _, w)| w.interval)))
            })
            .or_else(|| when::met(sheet, triggers, me))
            .or_else(|| when::spoken(sheet, trigger, true))
            .or(goes_on)
            .or_else(|| when::spoken(sheet, trigger, false))
            .unwrap_or_default();
        // "Last month it gave back the villages that it had held since the 1990s": the story goes on from last month.
        let background = last.as_ref().is_some_and(|(origin, _, w)| {
            *origin == sentence && !when::is_distant(sheet, w) && when::is_distant(sheet, &found)
        });
        // "Hit back for the attack of 3 May", "have been held since May": the report does not go on from a day that it only names.
        let recalled = !when::is_distant(sheet, &found)
            && (found
                .rule
                .as_ref()
                .is_some_and(|r| r.as_str() == "event.when.since-then")
                || trigger.noun
                    && triggers[between(triggers, sheet.sentence(trigger.start).0, trigger.start)]
                        .iter()
                        .any(|t| t.dropped.is_none() && !t.noun));
        if background {
            // The main clause's date stays.
        } else if recalled && found.timex.is_some() {
            named = Some((sentence, found.interval));
            if let Some((_, told, _)) = &mut last {
                *told = sentence;
            }
        } else if found.timex.is_some() {
            last = Some((sentence, sentence, found.clone()));
        } else if let Some((_, told, day)) = &mut last
            && found
                .rule
                .as_ref()
                .is_some_and(|r| matches!(r.as_str(), "event.when.continues" | "event.when.same"))
            && found.interval == day.interval
        {
            *told = sentence;
        }
        let distant = when::is_distant(sheet, &found);
        let trigger = &mut triggers[me];
        if distant && matches!(trigger.status, Status::Happened) {
            trigger.status = Status::Historical;
        }
        trigger.when = found;
    }
}

/// The event mentions.
fn emit(sheet: &Sheet<'_, '_>, triggers: Vec<Trigger>) -> Vec<EventMention> {
    let casualties: Vec<(usize, usize, String)> = triggers
        .iter()
        .filter(|t| sheet.rules.rules[t.rule].unit.is_some())
        .map(|t| {
            (
                t.start,
                t.end,
                sheet.rules.rules[t.rule].unit.clone().unwrap_or_default(),
            )
        })
        .collect();
    let mut figures = figures::assign(sheet, &triggers, &casualties, |token| sheet.attribution(token));
    figures.sort_by_key(|(u, f)| (*u, f.span.start));
    let mut figures = figures.into_iter().peekable();
    let behind: Vec<Option<String>> = (0..triggers.len())
        .map(|me| when::phase_behind(sheet, &triggers, me).map(|(phase, _)| phase.to_string()))
        .collect();
    let pairs: Vec<_> = (0..triggers.len()).map(|me| pairs::of(sheet, &triggers, me)).collect();
    let mut out = Vec::with_capacity(triggers.len());
    for (((number, t), behind), pair) in triggers.into_iter().enumerate().zip(behind).zip(pairs) {
        let rule = &sheet.rules.rules[t.rule];
        let mut mine = Vec::new();
        while let Some((_, figure)) = figures.next_if(|(u, _)| *u <= number) {
            mine.push(figure);
        }
        let (None, Some(event)) = (t.dropped, rule.event) else {
            continue;
        };
        let (low, high) = sheet.sentence(t.start);
        let attribution = when::attribution_of(sheet, &t);
        let trigger = sheet.words.span(t.first, t.end);
        let mut phase = rule.phase.clone();
        if phase.is_none() {
            phase = sheet
                .hits(sheet.classes.phase, t.first..t.start)
                .find_map(|h| sheet.pack.value(h)?.as_str().map(String::from))
                .or(behind);
        }
        let mut push = |t: Trigger, figures: Vec<dateline_model::Figure>| {
            let outcomes = rule.outcome.map(|o| outcomes::of(sheet, &t, o, phase.as_deref()));
            out.push(EventMention {
                trigger,
                clause: sheet.words.span(low, high),
                event,
                mode: rule.mode.clone(),
                context: topic::context(sheet, rule, t.start),
                actor: t.actor,
                recipient: t.recipient,
                mediator: t.mediator,
                instrument: t.instrument,
                places: t.places,
                when: t.when,
                figures,
                outcomes: outcomes.into_iter().collect(),
                status: t.status,
                attribution,
                phase: phase.clone(),
                rule: rule.id.clone(),
            });
        };
        match pair {
            Some((halves, joint)) => {
                let from = sheet.words.tokens[joint].span.start;
                let (second, first) = mine.into_iter().partition(|f| f.span.start >= from);
                for (t, figures) in pairs::apart(sheet, t, halves).into_iter().zip([first, second]) {
                    push(t, figures);
                }
            }
            None => push(t, mine),
        }
    }
    out
}
