//! What was said: the quotation, or the clause.

use super::grammar::{Grammar, Takes};
use super::scene::{ADVERB, AFTER, NOUN_MARK, OF, PEOPLE, PREPOSITION, QUANTITY, Scene, THAT};
use dateline_lang::TokenKind;
use dateline_model::SpeechKind;

/// Tokens between a verb and its complementiser.
const REACH: usize = 16;

/// A content with what was learned on the way to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Content {
    /// Tokens; empty where there is none.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: SpeechKind,
    /// The quotation that it is.
    pub(super) quote: Option<usize>,
    /// Somebody told: a noun phrase behind the verb.
    pub(super) told: Option<usize>,
    /// A complementiser or a colon marks it.
    pub(super) marked: bool,
}

impl Content {
    fn of_quote(scene: &Scene<'_>, number: usize) -> Content {
        let q = &scene.quotes[number];
        Content {
            start: q.start,
            end: q.end,
            kind: SpeechKind::Direct,
            quote: Some(number),
            marked: true,
            ..Content::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

/// The quotation that ends right before a cue clause which begins at `start`.
pub(super) fn quote_before(scene: &Scene<'_>, start: usize, taken: &[bool]) -> Option<Content> {
    let mut t = start.checked_sub(1)?;
    let line = |t: usize| scene.words.sentence_of(t).map(|s| s.paragraph);
    for _ in 0..2 {
        if matches!(scene.words.word(t), "," | "-" | "–" | "—" | ";" | ".") && scene.quote_at[t].is_none() {
            t = t.checked_sub(1)?;
        }
    }
    let number = scene.quote_at[t]? as usize;
    let q = scene.quotes[number];
    (q.end == t + 1 && (q.full || q.end - q.start > 8) && !taken[number] && line(t) == line(start))
        .then(|| Content::of_quote(scene, number))
}

/// What follows a cue that ends at `end`.
pub(super) fn after(
    scene: &Scene<'_>,
    grammar: &Grammar,
    end: usize,
    takes: Takes,
    told: bool,
    cues: &[bool],
) -> Content {
    let stop = stop(scene, end.saturating_sub(1));
    let mut content = Content::default();
    let mut p = end;
    while p < stop && scene.flags[p] & AFTER != 0 && scene.flags[p] & THAT == 0 {
        p += 1;
    }
    // A colon announces what follows it.
    let colon = (p..stop.min(p + 30)).find(|&t| scene.words.word(t) == ":" && !glued_number(scene, t));
    if let Some(colon) = colon
        && !(p..colon).any(|t| cues[t] || scene.quote_at[t].is_some())
    {
        let next = colon + 1;
        content = match scene.quote_at.get(next).copied().flatten() {
            Some(q) if scene.quotes[q as usize].start == next => Content::of_quote(scene, q as usize),
            _ => Content {
                start: next,
                end: scene.sentence_end(next),
                marked: true,
                ..content
            },
        };
        content.told = addressee(scene, grammar, p, told).map(|(c, _)| c);
        if content.quote.is_some() || takes != Takes::Object {
            return content;
        }
        content = Content::default();
    }
    let addressee = addressee(scene, grammar, p, told);
    if let Some((chunk, behind)) = addressee {
        content.told = Some(chunk);
        p = behind;
    } else if told && scene.flag_at(p) & PEOPLE != 0 {
        while p < stop && scene.flags[p] & (PEOPLE | QUANTITY) != 0 {
            p += 1;
        }
    } else if p < stop && is_to(scene, grammar, p) {
        let mut t = p + 1;
        while t < stop && scene.flags[t] & (PEOPLE | QUANTITY) != 0 {
            t += 1;
        }
        if t > p + 1 {
            p = t;
        }
    }
    // Over place and time to the complementiser, where there is one.
    let (mut t, mut phrase) = (p, false);
    while t < stop.min(p + REACH) {
        let flags = scene.flags[t];
        if flags & THAT != 0 && scene.timex_at[t].is_none() {
            if takes != Takes::Object || t == p {
                p = t + 1;
                content.marked = true;
                while p < stop && scene.flags[p] & THAT != 0 {
                    p += 1;
                }
            }
            break;
        }
        phrase |= flags & (PREPOSITION | OF) != 0;
        let comma = scene.words.word(t) == ",";
        let light =
            scene.timex_at[t].is_some() || flags & (ADVERB | AFTER | PREPOSITION | OF | PEOPLE) != 0 || phrase || comma;
        if !light || cues[t] || scene.quote_at[t] != scene.quote_at[p] || comma && t > p && takes == Takes::Object {
            break;
        }
        t += 1;
    }
    while p < stop && matches!(scene.words.word(p), "," | ":") {
        p += 1;
    }
    if let Some(q) = scene.quote_at.get(p).copied().flatten() {
        let quote = scene.quotes[q as usize];
        let to_end = quote.end >= stop
            || matches!(scene.words.word(quote.end), "." | "," | ";")
                && scene.words.tokens[quote.end].glued
                && quote.end - quote.start > 8;
        if quote.start == p && (quote.full || to_end && quote.end - quote.start > 6) {
            let told = content.told;
            content = Content::of_quote(scene, q as usize);
            content.told = told;
            if !quote.full && !to_end {
                content.quote = None;
            }
            return content;
        }
    }
    content.start = p;
    content.end = stop.max(p);
    trim(scene, &mut content);
    content
}

/// What stands before a trailing cue clause ("…, X cho biết"): from its sentence's (or quotation's) start.
pub(super) fn before(scene: &Scene<'_>, clause: usize, from: usize) -> Content {
    let mut end = clause;
    while end > from && matches!(scene.words.word(end - 1), "," | "-" | "–" | "—" | ";") {
        end -= 1;
    }
    let mut content = Content {
        start: from,
        end,
        ..Content::default()
    };
    trim(scene, &mut content);
    content
}

/// Where the clause of a token ends: the sentence's end, or the end of the quotation that it stands in.
pub(super) fn stop(scene: &Scene<'_>, token: usize) -> usize {
    let end = scene.sentence_end(token);
    match scene.quote_at[token] {
        Some(q) => {
            let mut inner = scene.quotes[q as usize].end.saturating_sub(1).min(end);
            while inner > token + 1 && matches!(scene.words.word(inner - 1), "." | "," | "!" | "?") {
                inner -= 1;
            }
            inner.max(token + 1)
        }
        None => end,
    }
}

/// Somebody told behind a verb: the noun phrase, and where the words behind it begin.
fn addressee(scene: &Scene<'_>, grammar: &Grammar, at: usize, told: bool) -> Option<(usize, usize)> {
    let from = if is_to(scene, grammar, at) {
        at + 1
    } else if told {
        at
    } else {
        return None;
    };
    let from = (from..from + 2).find(|&t| scene.chunk_from(t).is_some())?;
    let chunk = scene.chunk_from(from)?;
    Some((chunk, scene.chunks[chunk].end))
}

fn is_to(scene: &Scene<'_>, grammar: &Grammar, at: usize) -> bool {
    scene.words.id(at).is_known()
        && grammar.to.contains(&scene.words.id(at))
        && scene.chunk_at.get(at).copied().flatten().is_none()
}

fn glued_number(scene: &Scene<'_>, colon: usize) -> bool {
    let number = |t: usize| scene.words.tokens.get(t).is_some_and(|t| t.kind == TokenKind::Number);
    colon > 0 && number(colon - 1) && number(colon + 1)
}

/// Drops marks at the ends and says how much of it is quoted.
pub(super) fn trim(scene: &Scene<'_>, content: &mut Content) {
    while content.start < content.end
        && matches!(scene.words.word(content.start), "," | ":" | "-" | "–" | "—" | ";" | ".")
    {
        content.start += 1;
    }
    while content.end > content.start
        && matches!(
            scene.words.word(content.end - 1),
            "," | "." | ";" | ":" | "-" | "–" | "—"
        )
    {
        content.end -= 1;
    }
    let outside = content.start.checked_sub(1).and_then(|t| scene.quote_at[t]);
    let quoted = (scene.quotes_from(content.start)..scene.quotes.len())
        .take_while(|&n| scene.quotes[n].start < content.end)
        .any(|n| scene.quotes[n].end <= content.end && outside != Some(n as u32));
    content.kind = if quoted {
        SpeechKind::Mixed
    } else {
        SpeechKind::Indirect
    };
}

/// The words behind a cue say nothing of their own: time, place, "in a statement".
pub(super) fn is_bare(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    let mut t = start;
    let mut phrase = 0;
    while t < end {
        let flags = scene.flags[t];
        let word = scene.words.word(t);
        let light = scene.timex_at[t].is_some() || flags & (ADVERB | AFTER | PEOPLE) != 0;
        if word == "," {
            phrase = 0;
        } else if flags & (PREPOSITION | OF) != 0 {
            phrase = 1;
        } else if !light && !matches!(word, "." | "(" | ")") {
            if phrase == 0 || phrase > 9 || flags & THAT != 0 && flags & NOUN_MARK == 0 {
                return false;
            }
            phrase += 1;
        }
        t += 1;
    }
    true
}
