//! Who speaks: from a cue to the left (or, where the language turns the order round, to the right).

use super::grammar::{Grammar, SpeakerKind, Takes, Verb};
use super::scene::{
    ADVERB, AND, BREAK, Chunk, NEGATION, NOUN_MARK, PASSIVE, PREPOSITION, QUANTITY, RELATIVE, Scene, THAT, VERB,
};
use super::source;
use dateline_lang::{Caps, TokenKind};
use dateline_model::MentionKind;

/// Tokens between a subject and its verb that no list knows.
const UNKNOWN: usize = 7;

/// What the search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A noun phrase, by index.
    Chunk(usize),
    /// Words that no list knows (tokens).
    Words(usize, usize),
    /// The subject of the verb before, in the same sentence.
    Shared,
    /// The verb is denied ("không xác nhận", "declined to comment"), or its speaker is the quoted one himself.
    Not,
    /// Nobody.
    None,
}

/// What the cue at a token is, for the search over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CueAt {
    /// No cue stands there.
    #[default]
    No,
    /// A verb that takes a clause.
    Clause,
    /// A verb that takes an object: what stands behind it does not speak.
    Object,
    /// An outlet that passes on a speaker.
    Relay,
    /// "according to", nouns: what stands behind it is its own speaker.
    Other,
}

/// The subject of the cue `start..end`. `cues` tells of each token which cue that counts stands there.
pub(super) fn find(
    scene: &Scene<'_>,
    grammar: &Grammar,
    (start, end): (usize, usize),
    cues: &[CueAt],
    verb: &Verb,
) -> Subject {
    let base = verb.base;
    let turned = if grammar.inversion && !base {
        inverted(scene, start, end, verb)
    } else {
        None
    };
    if let Some((chunk, true)) = turned {
        return speaks(scene, chunk);
    }
    let found = to_the_left(scene, grammar, start, cues, verb);
    match (found, turned) {
        (Subject::None | Subject::Shared, Some((chunk, _))) => speaks(scene, chunk),
        _ => found,
    }
}

fn to_the_left(scene: &Scene<'_>, grammar: &Grammar, start: usize, cues: &[CueAt], verb: &Verb) -> Subject {
    let base = verb.base;
    let floor = floor(scene, start);
    let (mut p, mut unknown) = (start, 0);
    while p > floor {
        let t = p - 1;
        let flags = scene.flags[t];
        let word = scene.words.word(t);
        if let Some((_, first)) = scene.timex_at[t] {
            p = (first as usize).max(floor);
            if p > floor && scene.flags[p - 1] & (PREPOSITION | ADVERB) != 0 && scene.chunk_at[p - 1].is_none() {
                p -= 1;
            }
            continue;
        }
        if let Some(number) = scene.chunk_at[t] {
            let chunk = &scene.chunks[number as usize];
            if chunk.start < floor {
                return Subject::None;
            }
            if chunk.start > floor {
                let before = chunk.start - 1;
                let with = verb.participle && chunk.end == start;
                if scene.flags[before] & PREPOSITION != 0 && !scene.named[before] && cues[before] == CueAt::No && !with
                {
                    p = before;
                    continue;
                }
                if cues[before] == CueAt::Object && chunk.end == start {
                    // The object of the verb before speaks next ("kêu gọi Nga tuyên bố …"): nobody's saying.
                    return Subject::None;
                }
                if verb.participle && !with {
                    return Subject::None;
                }
                if verb.participle
                    && with
                    && scene.flags[before] & PREPOSITION == 0
                    && cues[before] == CueAt::No
                    && !matches!(scene.words.word(before), ",")
                {
                    // "the country requesting it": a participle that only describes.
                    return Subject::None;
                }
            }
            let apart = chunk.end < start && scene.flags[chunk.end..start].iter().any(|f| f & ADVERB == 0);
            if base && (apart || !plural(scene, chunk)) {
                return Subject::None;
            }
            return speaks(scene, number as usize);
        }
        if cues[t] == CueAt::Object && t + 1 == start {
            // "bác bỏ cáo buộc": the verb's object.
            return Subject::Not;
        }
        if cues[t] != CueAt::No {
            return Subject::Shared;
        }
        if flags & VERB != 0 && t + 1 == start && !grammar.inversion {
            return Subject::Not;
        }
        if flags & NEGATION != 0 && p + 3 >= start {
            return Subject::Not;
        }
        if flags & AND != 0 && !scene.named[t] {
            if verb.base || verb.noun {
                return Subject::None;
            }
            return shared(scene, floor, t, cues, grammar, verb);
        }
        if word == ")" {
            match (floor..t).rev().find(|&i| scene.words.word(i) == "(") {
                Some(open) => p = open,
                None => return Subject::None,
            }
            continue;
        }
        if flags & ADVERB != 0 {
            p = t;
            continue;
        }
        if flags & (BREAK | THAT) != 0 && flags & RELATIVE == 0 {
            return Subject::None;
        }
        if flags & PASSIVE != 0 {
            return Subject::Not;
        }
        let joined = word == "-" && scene.words.tokens[t].glued && scene.words.tokens[p].glued;
        if matches!(word, "," | "-" | "–" | "—") && !joined {
            if p == start || unknown == 0 {
                // "Ada Holm, head of the mission, said": the names room took the apposition for her title.
                if let Some(number) = t.checked_sub(1).filter(|&i| i >= floor).and_then(|i| scene.chunk_at[i])
                    && (scene.chunks[number as usize].start..t)
                        .any(|i| matches!(scene.words.word(i), "," | "-" | "–" | "—"))
                    && scene.chunks[number as usize].end == t
                {
                    return speaks(scene, number as usize);
                }
                if let Some(found) = apposition(scene, floor, t, cues) {
                    return speaks(scene, found);
                }
                if (floor.max(t.saturating_sub(8))..t).any(|i| scene.flags[i] & NEGATION != 0) && grammar.inversion {
                    return Subject::Not;
                }
                if p == start
                    && let Some(number) = t.checked_sub(1).filter(|&i| i >= floor).and_then(|i| scene.chunk_at[i])
                    && scene.chunks[number as usize].heads.len() > 1
                    && scene
                        .before(scene.chunks[number as usize].start)
                        .is_some_and(|i| matches!(scene.words.word(i), "," | "-" | "–"))
                {
                    return speaks(scene, number as usize);
                }
                return shared(scene, floor, t, cues, grammar, verb);
            }
            return raw(scene, grammar, p, start, unknown);
        }
        if matches!(word, ";" | ":") || scene.quote_at[t] != scene.quote_at[start] {
            break;
        }
        unknown += 1;
        if unknown > UNKNOWN {
            return leftmost(scene, clause_start(scene, floor, start), start);
        }
        p = t;
    }
    raw(scene, grammar, p, start, unknown)
}

/// "officials report", not "the autopsy report": a form that is a noun, too, wants a plural before it.
fn plural(scene: &Scene<'_>, chunk: &Chunk) -> bool {
    let last = scene.words.word(chunk.end - 1);
    let kind = chunk.heads.last().and_then(|h| h.kind);
    chunk.heads.len() > 1 && (chunk.start..chunk.end).any(|t| scene.flags[t] & AND != 0)
        || last.eq_ignore_ascii_case("they")
        || kind == Some(SpeakerKind::Collective)
        || last.ends_with('s') && !last.ends_with("ss")
}

/// Words before a verb that stand where its subject would.
fn raw(scene: &Scene<'_>, grammar: &Grammar, from: usize, to: usize, unknown: usize) -> Subject {
    let mut end = to;
    while end > from && scene.flags[end - 1] & ADVERB != 0 {
        end -= 1;
    }
    if from >= to {
        return Subject::None;
    }
    let opens = scene.words.tokens[from].caps != Caps::None || scene.flags[from] & QUANTITY != 0;
    // "Một lệnh ngừng bắn công bố ngày 24/3": what is counted by the words for orders, talks and deeds is announced, and says nothing.
    let thing = || {
        let noun = (from..end).find(|&t| scene.flags[t] & QUANTITY == 0);
        !grammar.modifiers_before && noun.is_some_and(|t| t > from && scene.flags[t] & NOUN_MARK != 0)
    };
    let fits = unknown > 0
        && end > from
        && end - from <= 6
        && scene.words.tokens[from].kind == TokenKind::Word
        && opens
        && scene.flags[from] & (PREPOSITION | BREAK | AND | VERB | ADVERB) == 0
        && !thing();
    if fits { Subject::Words(from, end) } else { Subject::None }
}

fn speaks(scene: &Scene<'_>, number: usize) -> Subject {
    let chunk = &scene.chunks[number];
    if chunk.heads.iter().all(|h| h.kind == Some(SpeakerKind::Oneself)) {
        return Subject::Not;
    }
    // "No organisation", "không quốc gia nào": nobody spoke.
    if scene.flags[chunk.start] & NEGATION != 0
        || scene
            .before(chunk.start)
            .is_some_and(|t| scene.flags[t] & NEGATION != 0)
    {
        return Subject::Not;
    }
    Subject::Chunk(number)
}

/// Where the search to the left has to stop: the sentence's start, a quotation's mark.
pub(super) fn floor(scene: &Scene<'_>, token: usize) -> usize {
    let mut floor = scene.sentence_start(token).max(token.saturating_sub(super::FAR));
    match scene.quote_at[token] {
        Some(q) => floor = floor.max(scene.quotes[q as usize].start + 1),
        None => {
            let before = &scene.quotes[..scene.quotes_from(token)];
            let last = before
                .iter()
                .rev()
                .take_while(|q| q.end > floor)
                .find(|q| q.full && q.end <= token);
            floor = floor.max(last.map_or(0, |q| q.end));
            while floor < token && matches!(scene.words.word(floor), "," | "-" | "–" | "—" | "." | ";") {
                floor += 1;
            }
        }
    }
    floor
}

fn clause_start(scene: &Scene<'_>, floor: usize, token: usize) -> usize {
    (floor..token)
        .rev()
        .find(|&t| matches!(scene.words.word(t), "," | ";" | ":"))
        .map_or(floor, |t| t + 1)
}

/// The first noun phrase of a clause that no preposition governs.
fn leftmost(scene: &Scene<'_>, from: usize, to: usize) -> Subject {
    let free = |c: &Chunk| c.start == from || scene.flags[c.start - 1] & PREPOSITION == 0;
    let first = (scene.chunks_from(from)..scene.chunks.len())
        .take_while(|&c| scene.chunks[c].end <= to)
        .find(|&c| free(&scene.chunks[c]));
    first.map_or(Subject::None, |c| speaks(scene, c))
}

/// The subject of the verb before; where none of saying stands before, the sentence's ("X commended them, saying …").
fn shared(scene: &Scene<'_>, floor: usize, to: usize, cues: &[CueAt], grammar: &Grammar, verb: &Verb) -> Subject {
    if (floor..to).any(|i| matches!(cues[i], CueAt::Clause | CueAt::Object)) {
        return Subject::Shared;
    }
    let may = verb.participle || !grammar.inversion || scene.flag_at(to) & AND != 0;
    if may && !verb.base && !verb.noun {
        leftmost(scene, floor, to)
    } else {
        Subject::None
    }
}

/// "X, the head of Y, said": the noun phrase that ends before the comma (or dash) that pairs with the one at `close`.
fn apposition(scene: &Scene<'_>, floor: usize, close: usize, cues: &[CueAt]) -> Option<usize> {
    let mark = scene.words.word(close);
    let mut open = close;
    let mut best = None;
    while open > floor {
        open -= 1;
        if !matches!(cues[open], CueAt::No | CueAt::Relay)
            || scene.quote_at[open] != scene.quote_at[close]
            || matches!(scene.words.word(open), ";" | ":")
        {
            break;
        }
        if close - open > 28 {
            break;
        }
        if scene.words.word(open) != mark || close - open < 2 {
            continue;
        }
        let Some(number) = open.checked_sub(1).and_then(|t| scene.chunk_at[t]) else {
            continue;
        };
        let chunk = &scene.chunks[number as usize];
        if chunk.end != open || chunk.start < floor {
            continue;
        }
        if chunk.start > floor && cues[chunk.start - 1] == CueAt::Other {
            break;
        }
        if chunk.start > floor && scene.flags[chunk.start - 1] & PREPOSITION != 0 {
            continue;
        }
        let first = scene.flag_at(open + 1);
        let person = |c: &Chunk| {
            c.heads.iter().any(|h| {
                h.kind == Some(SpeakerKind::Role)
                    || h.mention.is_some_and(|m| {
                        matches!(scene.mentions[m].kind, MentionKind::Person | MentionKind::Role)
                            || scene.mentions[m].title.is_some()
                    })
            })
        };
        let inner = scene.chunk_from(open + 1).is_some_and(|c| person(&scene.chunks[c]));
        let cites = cues.get(open + 1) == Some(&CueAt::Relay);
        if inner || cites || first & RELATIVE != 0 || person(chunk) {
            best = Some(number as usize);
            // "A, B, C, said": the outermost that still is one noun phrase.
            if person(chunk) {
                break;
            }
        }
    }
    best
}

/// `"…," said X`: the noun phrase behind the verb, and whether a quotation before the verb makes it sure.
fn inverted(scene: &Scene<'_>, start: usize, end: usize, verb: &Verb) -> Option<(usize, bool)> {
    if verb.takes == Takes::Object {
        return None;
    }
    let before = start.checked_sub(1)?;
    let mark = scene.words.word(before);
    let after_quote = matches!(mark, "\"" | "”" | "’" | "»" | "'")
        || matches!(mark, "," | "-" | "–" | "—" | ";")
            && before > 0
            && (scene.quote_at[before - 1].is_some() || matches!(mark, ","));
    if !after_quote || scene.quote_at[start].is_some() && matches!(mark, "\"" | "”") {
        return None;
    }
    let chunk = scene.chunk_from(end)?;
    // "…, said X is": the verb of a clause follows, so X is its subject and not the speaker.
    let behind = scene.chunks[chunk].end;
    let ends = behind >= scene.sentence_end(start)
        || matches!(
            scene.words.word(behind),
            "," | ";" | "." | ":" | "-" | "–" | "—" | "\"" | "“" | "("
        )
        || scene.timex_at[behind].is_some()
        || scene.flag_at(behind) & (PREPOSITION | RELATIVE | BREAK) != 0;
    let sure = scene.quote_at[before].is_some() || before > 0 && scene.quote_at[before - 1].is_some();
    if !sure && (verb.told || verb.participle) {
        return None;
    }
    ends.then_some((chunk, sure))
}

/// The noun phrase right behind a cue.
pub(super) fn behind(scene: &Scene<'_>, end: usize) -> Subject {
    let mut unknown = false;
    for t in end..(end + 3).min(scene.words.tokens.len()) {
        if let Some(c) = scene.chunk_at[t].filter(|_| scene.quote_at[t] == scene.quote_at[end - 1]) {
            let chunk = &scene.chunks[c as usize];
            // "theo đại biểu X": unknown words before a person are a title; "theo hình thức X" is nobody.
            return if !unknown || source::is_person(scene, chunk) {
                Subject::Chunk(c as usize)
            } else {
                Subject::None
            };
        }
        let plain = scene.flags[t] == 0 && scene.words.tokens[t].kind == TokenKind::Word;
        unknown |= plain;
        if !plain && scene.flags[t] & (QUANTITY | PREPOSITION | ADVERB) == 0 {
            break;
        }
    }
    Subject::None
}

/// "Theo Thanh tra Chính phủ, …": capitalised words that no list knows, up to the comma.
pub(super) fn named_behind(scene: &Scene<'_>, end: usize) -> Subject {
    let stop = (end..scene.sentence_end(end.min(scene.words.tokens.len() - 1)).min(end + 8))
        .find(|&t| scene.words.word(t) == ",");
    match stop {
        Some(stop) if stop > end && scene.words.tokens[end].caps != Caps::None && scene.timex_at[end].is_none() => {
            Subject::Words(end, stop)
        }
        _ => Subject::None,
    }
}
