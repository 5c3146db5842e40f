//! Whether it happened: from tense, modality, negation, conditions, and what governs the trigger.

use super::Trigger;
use super::rules::Form;
use super::sheet::{Break, Sheet, flag};
use dateline_model::{Polarity, Status};

/// Tokens that a demand, a plan or a denial reaches over to a verb.
const CONTENT: usize = 24;

/// The status of a trigger, and whether it is told as going on.
pub(crate) fn status(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Status {
    let trigger = &triggers[me];
    let rule = &sheet.rules.rules[trigger.rule];
    if let Some(fixed) = rule.status {
        return fixed;
    }
    let (low, high) = sheet.sentence(trigger.start);
    let mut best: Option<(Status, usize)> = None;
    let mut going_on = false;
    let mut offer = |status: Status, distance: usize, firm: bool| {
        // "đang", "continues" say that it goes on, unless something says that it is planned or denied.
        if status == Status::Ongoing && !firm {
            going_on = true;
        } else if best.is_none_or(|(_, d)| distance < d) {
            best = Some((status, distance));
        }
    };
    // Words of modality before the trigger (inside its aspect words, too).
    let names_event = |u: usize| triggers[u].dropped.is_none() && sheet.rules.rules[triggers[u].rule].event.is_some();
    for hit in sheet.hits(sheet.classes.modality, low..high) {
        let Some(value) = sheet.pack.value(hit) else { continue };
        let Some(status) = value.get("status").and_then(|v| v.as_str()).and_then(Status::parse) else {
            continue;
        };
        let reach = value.get("reach").and_then(|v| v.as_integer()).unwrap_or(4) as usize;
        let nouns = value.get("nouns").and_then(|v| v.as_bool()).unwrap_or(false);
        let after = value.get("after").and_then(|v| v.as_bool()).unwrap_or(false);
        let (start, end) = (hit.start as usize, hit.end as usize);
        // "said that it would withdraw": what is to come, told in the past, unless it hangs on a condition.
        let told = value.get("told").and_then(|v| v.as_str()).and_then(Status::parse);
        let status = told.filter(|_| is_retold(sheet, start, low, high)).unwrap_or(status);
        // "số liệu": a word inside a longer one of the list.
        if sheet
            .hits(sheet.classes.modality, low.max(start.saturating_sub(3))..start + 1)
            .any(|h| h.end as usize > end || (h.start as usize) < start && h.end as usize == end)
        {
            continue;
        }
        if after {
            // "are planned", "sẽ diễn ra": behind a noun that is the subject.
            if trigger.noun
                && start >= trigger.end
                && start - trigger.end <= reach
                && !(trigger.end..start).any(|t| !matches!(sheet.breaks[t], Break::None))
                && !super::between(triggers, low, high)
                    .any(|u| u != me && names_event(u) && triggers[u].first >= trigger.end && triggers[u].end <= start)
            {
                offer(status, start - trigger.end + 1, false);
            }
            continue;
        }
        if trigger.noun && !nouns {
            continue;
        }
        let own_words = start >= trigger.first && end <= trigger.start;
        // Up to the first of the trigger's words where the hit stands before them.
        let target = if own_words { trigger.start } else { trigger.first };
        if end > target || target - end > reach {
            continue;
        }
        let firm = value.get("firm").and_then(|v| v.as_bool()).unwrap_or(false);
        // "chưa có kế hoạch": a negation right before the plan.
        let negated = status != Status::Denied
            && status != Status::Ongoing
            && sheet
                .hits(sheet.classes.modality, low.max(start.saturating_sub(3))..start)
                .any(|h| {
                    (h.end as usize) <= start
                        && start - (h.end as usize) <= 1
                        && sheet
                            .pack
                            .value(h)
                            .and_then(|v| v.get("status"))
                            .and_then(|v| v.as_str())
                            == Some("denied")
                });
        let status = if negated { Status::Denied } else { status };
        let from = end;
        let blocked = (from..trigger.start).any(|t| {
            matches!(sheet.breaks[t], Break::Hard | Break::Relative)
                || matches!(sheet.breaks[t], Break::Sub | Break::Soft) && reach < 10 && sheet.words.word(t) != ","
                || sheet.words.word(t) == "," && reach < 10
        }) || reach < 10
            && super::between(triggers, low, high).any(|u| {
                u != me
                    && names_event(u)
                    && !triggers[u].noun
                    && triggers[u].start >= end
                    && triggers[u].end <= trigger.first
            });
        // "denied it and said that …": a new verb of saying ends what is denied.
        let said_anew = || {
            let gap = sheet.words.span(end, target.max(end + 1));
            status == Status::Denied
                && reach >= 10
                && sheet
                    .found
                    .attributions
                    .iter()
                    .any(|a| a.cue.is_some_and(|c| gap.contains(c)))
        };
        // "denied it and accused the rebels": who denies may charge and threaten in the same breath.
        let answers = status == Status::Denied && reach >= 10 && is_speech(sheet, me, triggers);
        if !blocked && !answers && !said_anew() {
            offer(status, target - end, firm);
        }
    }
    // What stands in the content of a demand, a promise, a denial.
    for u in super::between(triggers, low, trigger.start) {
        let other = &triggers[u];
        let Some(content) = sheet.rules.rules[other.rule].content else {
            continue;
        };
        if u == me || other.dropped.is_some() || other.end > trigger.first || other.start < low {
            continue;
        }
        let distance = trigger.first - other.end;
        // "agreed to stop, to keep their lines and exchange prisoners": the "and" closes a list without another subject.
        let closes = trigger.first > other.end
            && sheet.has(trigger.first - 1, flag::AND)
            && (other.end..trigger.first).all(|t| sheet.np(t).is_none());
        let reach = if trigger.noun { 2 } else { CONTENT };
        // A denial reaches nouns, too, save the charge that it denies.
        let reach = if content == Status::Denied && !is_speech(sheet, me, triggers) {
            CONTENT
        } else {
            reach
        };
        let blocked = (other.end..trigger.first).any(|t| {
            sheet.breaks[t] == Break::Hard
                || sheet.breaks[t] == Break::Sub
                || sheet.words.word(t) == "," && content != Status::Denied && !closes
        }) || content == Status::Denied && {
            // "denied the charges and stressed that …": a new verb of saying ends what is denied.
            let gap = sheet.words.span(other.end, trigger.first);
            sheet
                .found
                .attributions
                .iter()
                .any(|a| a.cue.is_some_and(|c| gap.contains(c) && c.start > gap.start))
        };
        if distance <= reach && !blocked && !(content == Status::Denied && is_speech(sheet, me, triggers)) {
            offer(content, distance + 1, false);
        }
    }
    // "đang", "are …ing": going on.
    if best.is_none() && !going_on {
        let span = sheet.words.span(trigger.start, trigger.end);
        let inside = sheet.attribution(trigger.start).map(|i| &sheet.found.attributions[i]);
        let denied = inside.is_some_and(|a| {
            a.polarity == Polarity::Denied
                && a.content
                    .is_some_and(|c| c.contains(span) && !leaves(sheet, c, trigger.first))
                && !is_speech(sheet, me, triggers)
        });
        if denied {
            return Status::Denied;
        }
    }
    if let Some((status, _)) = best {
        return status;
    }
    // "or expel": joined to a verb that is planned or denied.
    if !trigger.noun
        && trigger.first > low + 1
        && sheet.breaks[trigger.first - 1] == Break::Soft
        && sheet.words.word(trigger.first - 1) != ","
    {
        let joined = triggers[super::between(triggers, low, trigger.start)]
            .iter()
            .rev()
            .find(|t| t.dropped.is_none());
        // "Refused to resign and blamed others": who refuses may charge in the same breath.
        let answers = |o: &&Trigger| o.status == Status::Denied && is_speech(sheet, me, triggers);
        if let Some(other) = joined.filter(|o| !o.status.is_fact() && !answers(o) && trigger.first - o.end <= 10) {
            return other.status;
        }
    }
    // "nộp vũ khí cùng lúc với việc rút quân": what goes along with a thing planned is planned, too.
    let along = sheet
        .hits(
            sheet.classes.along,
            low.max(trigger.first.saturating_sub(5))..trigger.first,
        )
        .find(|h| {
            let end = h.end as usize;
            end <= trigger.first
                && trigger.first - end <= 2
                && (end..trigger.first).all(|t| sheet.has(t, flag::DETERMINER | flag::NOUN_BEFORE | flag::FILLER))
        });
    if let Some(mark) = along {
        let other = triggers[super::between(triggers, low, mark.start as usize)]
            .iter()
            .rev()
            .find(|t| t.dropped.is_none());
        if let Some(other) = other.filter(|o| !o.status.is_fact()) {
            return other.status;
        }
    }
    if sheet.words.word(high - 1) == "?" && trigger.status == Status::Happened && !going_on {
        return Status::Hypothetical;
    }
    // "Rivals to resume talks": in a headline that is to come.
    let to = trigger.first > low + 1
        && sheet.sentence_number(trigger.start) == 0
        && sheet
            .hits(sheet.classes.infinitive_mark, trigger.first - 1..trigger.first)
            .next()
            .is_some()
        && sheet.np(trigger.first - 2).is_some();
    if to && !trigger.noun {
        return Status::Planned;
    }
    if going_on {
        return Status::Ongoing;
    }
    if is_historical(sheet, trigger, low) {
        return Status::Historical;
    }
    Status::Happened
}

/// The word stands in what somebody is said to have said, in a sentence that nothing else makes hypothetical ("if", "might").
fn is_retold(sheet: &Sheet<'_, '_>, at: usize, low: usize, high: usize) -> bool {
    let retold = sheet
        .attribution(at)
        .is_some_and(|a| sheet.found.attributions[a].kind != dateline_model::SpeechKind::Direct);
    retold
        && !sheet.hits(sheet.classes.modality, low..high).any(|h| {
            h.start as usize != at
                && sheet
                    .pack
                    .value(h)
                    .and_then(|v| v.get("status"))
                    .and_then(|v| v.as_str())
                    .is_some_and(|status| Status::parse(status) == Some(Status::Hypothetical))
        })
}

/// A comma and a word that opens a clause, or the end of a sentence, stand between the start of a content and a token: what is
/// denied ends there ("rejected the charge, though it freed the men").
fn leaves(sheet: &Sheet<'_, '_>, content: dateline_model::Span, token: usize) -> bool {
    let from = sheet.words.tokens_in(content).start;
    sheet.sentence_number(from) != sheet.sentence_number(token)
        || (from + 1..token).any(|t| sheet.breaks[t] == Break::Sub && sheet.words.word(t - 1) == ",")
}

/// The trigger is a word of speech (a charge, a demand): what is said about it is not said about a deed.
pub(crate) fn is_speech(sheet: &Sheet<'_, '_>, me: usize, triggers: &[Trigger]) -> bool {
    use dateline_model::Plover::{Accuse, Reject, Request, Threaten};
    matches!(
        sheet.rules.rules[triggers[me].rule].event,
        Some(Accuse | Reject | Request | Threaten)
    )
}

/// "từng", "used to", "anniversary of": background.
fn is_historical(sheet: &Sheet<'_, '_>, trigger: &Trigger, low: usize) -> bool {
    let from = low.max(trigger.first.saturating_sub(4));
    sheet
        .hits(sheet.classes.background, from..trigger.start + 1)
        .any(|h| (h.end as usize) <= trigger.start.max(trigger.first + 1))
        && sheet.rules.rules[trigger.rule].form != Form::Casualty
}

/// The trigger's own aspect words, to the left: new first token, and whether a passive mark stands among them.
pub(crate) fn widen(sheet: &Sheet<'_, '_>, start: usize, noun: bool) -> (usize, bool) {
    let (low, _) = sheet.sentence(start);
    let mut first = start;
    let mut passive = false;
    if noun {
        return (first, false);
    }
    let mut steps = 0;
    while first > low && steps < 6 {
        let at = first - 1;
        if sheet.has(at, flag::PASSIVE) {
            passive = true;
        } else if !sheet.has(at, flag::ASPECT) {
            break;
        }
        if sheet.np(at).is_some() || sheet.timex(at).is_some() {
            break;
        }
        first = at;
        steps += 1;
    }
    // "bị quân đội Nga bắn hạ": a name between the mark and the verb.
    if !passive && first > low {
        let mut at = first - 1;
        if let Some(np) = sheet.np(at) {
            let np = &sheet.nps[np];
            if np.start > low && sheet.has(np.start - 1, flag::PASSIVE) && sheet.pack.traits.agent_in_passive {
                at = np.start - 1;
                return (at, true);
            }
        }
    }
    (first, passive)
}
