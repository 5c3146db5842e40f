//! The content of every cue, by the frame of its rule.

use super::content::{self, Content};
use super::grammar::{Frame, Takes};
use super::scene::{ADVERB, AND, BREAK, QUANTITY, Scene, THAT, VERB};
use super::subject::{self, Subject};
use super::{Attributor, Found, source};
use dateline_model::{MentionKind, SpeechKind};

impl Attributor {
    pub(super) fn find_contents(&self, scene: &Scene<'_>, found: &mut [Found], taken: &mut [bool]) {
        let mut cues = vec![false; scene.words.tokens.len()];
        for f in found.iter().filter(|f| !f.dropped) {
            cues[f.start..f.end].fill(true);
        }
        for i in 0..found.len() {
            if found[i].dropped {
                continue;
            }
            let next = found[i + 1..].iter().find(|f| !f.dropped).map(|f| f.start);
            let f = &found[i];
            let content = match f.frame {
                Frame::Verb => self.content_of_verb(scene, f, &cues, next, taken),
                Frame::According => content_of_according(scene, f),
                Frame::Relay => match f.subject_behind(scene) {
                    Some(chunk) => {
                        let content = content::after(
                            scene,
                            &self.grammar,
                            scene.chunks[chunk].end,
                            Takes::Clause,
                            false,
                            &cues,
                        );
                        if content.marked || content.start > scene.chunks[chunk].end {
                            content
                        } else {
                            Content::default()
                        }
                    }
                    None => Content::default(),
                },
                Frame::Noun => match f.subject {
                    Subject::Chunk(chunk) => {
                        let content = content::after(
                            scene,
                            &self.grammar,
                            scene.chunks[chunk].end.max(f.end),
                            Takes::Clause,
                            false,
                            &cues,
                        );
                        if content.marked { content } else { Content::default() }
                    }
                    _ => Content::default(),
                },
                Frame::Request => content_of_request(scene, f),
            };
            if let Some(quote) = content.quote {
                taken[quote] = true;
            }
            let through = if found[i].frame == Frame::Verb {
                self.interviewers(scene, &found[i], &content)
            } else {
                Vec::new()
            };
            let f = &mut found[i];
            f.agencies.extend(through);
            f.content = content;
            if let Some(told) = content.told
                && source::is_outlet(scene, &self.grammar, told)
            {
                f.agencies.push(told);
            }
        }
    }

    /// "trong cuộc phỏng vấn với AFP", "in an interview with CNN": outlets between speaker, verb and content, or before
    /// the speaker where an interview is spoken of.
    fn interviewers(&self, scene: &Scene<'_>, f: &Found, content: &Content) -> Vec<usize> {
        let Subject::Chunk(subject) = f.subject else {
            return Vec::new();
        };
        let speaker = &scene.chunks[subject];
        if f.shares.is_some() || speaker.start >= f.start {
            return Vec::new();
        }
        let from = subject::floor(scene, speaker.start);
        let interview = |t: usize| scene.words.hits_at(t).iter().any(|h| h.class == self.grammar.interview);
        let led = (from..speaker.start).any(interview);
        let after = if content.start > f.end {
            f.end..content.start
        } else {
            f.end..f.end
        };
        let between =
            |t: usize| speaker.end <= t && t < f.start || after.contains(&t) || led && from <= t && t < speaker.start;
        let outlet = |&c: &usize| source::is_outlet(scene, &self.grammar, c);
        (scene.chunks_from(from)..scene.chunks.len())
            .take_while(|&c| scene.chunks[c].start < content.start.max(f.start))
            .filter(|&c| between(scene.chunks[c].start))
            .filter(outlet)
            .collect()
    }

    fn content_of_verb(
        &self,
        scene: &Scene<'_>,
        f: &Found,
        cues: &[bool],
        next: Option<usize>,
        taken: &[bool],
    ) -> Content {
        let (mut clause, mut turned) = (f.start, false);
        match f.subject {
            Subject::Chunk(c) if scene.chunks[c].start >= f.end => turned = true,
            Subject::Chunk(c) if f.shares.is_none() => clause = clause.min(scene.chunks[c].start),
            Subject::Words(start, _) if f.shares.is_none() => clause = clause.min(start),
            _ => {}
        }
        while clause > 0
            && (scene.flags[clause - 1] & (QUANTITY | ADVERB) != 0 || scene.timex_at[clause - 1].is_some())
            && scene.before(clause).is_some()
        {
            clause -= 1;
        }
        if f.verb.takes != Takes::Object
            && let Some(content) = content::quote_before(scene, clause, taken)
        {
            let told = content::after(scene, &self.grammar, f.end, f.verb.takes, f.verb.told, cues).told;
            return Content { told, ..content };
        }
        let from = subject::floor(scene, clause.min(f.start));
        if turned {
            return content::before(scene, f.start, from);
        }
        // "…, the officials said on Thursday, while …": when it was said is no part of it.
        let end = if self.grammar.inversion {
            dated(scene, f.end)
        } else {
            f.end
        };
        let content = content::after(scene, &self.grammar, end, f.verb.takes, f.verb.told, cues);
        if content.quote.is_some_and(|q| taken[q]) {
            return Content::default();
        }
        // "…, the officials said, speaking …": a comma on both sides.
        let aside = self.grammar.inversion
            && scene.words.word(end) == ","
            && !content.marked
            && content.quote.is_none()
            && f.shares.is_none();
        let stop = next.map_or(content.end, |n| content.end.min(n).max(content.start));
        let bare = aside
            || content.is_empty()
            || !content.marked && content.quote.is_none() && content::is_bare(scene, content.start, stop);
        if bare && content.quote.is_none() {
            let comma = clause > from && matches!(scene.words.word(clause - 1), "," | "-" | "–" | "—");
            let said = content::before(scene, clause, from);
            let tells = said.end >= said.start + 3
                && !content::is_bare(scene, said.start, said.end)
                && !(said.end - 3..said.end).any(|t| cues[t]);
            if f.verb.takes == Takes::Clause && comma && f.shares.is_none() && tells {
                // "A, he said, B": both halves, where the second is a clause and not "…, speaking in Kyiv".
                let mut said = Content {
                    told: content.told,
                    ..said
                };
                let more = aside
                    && content.end > content.start + 3
                    && scene.flags[content.start] & BREAK == 0
                    && !self.grammar.is_participle(scene.words.word(content.start))
                    && !content::is_bare(scene, content.start, stop)
                    && next.is_none_or(|n| n > content.end);
                if more {
                    said.end = content.end;
                    content::trim(scene, &mut said);
                }
                return said;
            }
            if f.verb.takes != Takes::Quote && content.end > content.start + 1 {
                return content;
            }
            return Content::default();
        }
        if f.verb.takes == Takes::Quote
            && !content.marked
            && content.quote.is_none()
            && content.kind != SpeechKind::Direct
        {
            return Content::default();
        }
        content
    }
}

/// One past the day behind a cue, where a comma closes it: "said on Thursday, …".
fn dated(scene: &Scene<'_>, cue: usize) -> usize {
    let timex = |at: usize| scene.timex_at.get(at).is_some_and(Option::is_some);
    let mut end = cue + usize::from(!timex(cue) && scene.words.word(cue) != ",");
    if !timex(end) {
        return cue;
    }
    while timex(end) {
        end += 1;
    }
    if scene.words.word(end) == "," { end } else { cue }
}

/// "Theo X, …"; "…, theo X".
fn content_of_according(scene: &Scene<'_>, f: &Found) -> Content {
    let end = match f.subject {
        Subject::Chunk(c) => scene.chunks[c].end,
        Subject::Words(_, end) => end,
        _ => return Content::default(),
    };
    let from = subject::floor(scene, f.start);
    let stop = content::stop(scene, f.start);
    let before_cue = scene.before(f.start).filter(|&t| t >= from);
    let opens = before_cue.is_none()
        || (from..f.start).all(|t| {
            scene.timex_at[t].is_some() || scene.flags[t] & (ADVERB | AND | BREAK) != 0 || scene.words.word(t) == ","
        })
        || scene.words.word(end) == "," && (from..f.start).count() <= 4;
    if opens && end < stop {
        let mut start = end;
        // The rest of a long name ("theo Hội đồng Quản lý và Giảm nhẹ …, …").
        let comma = (end..stop.min(end + 14)).find(|&t| scene.words.word(t) == ",");
        let rest = |t: usize| scene.timex_at[t].is_none() && scene.flags[t] & (ADVERB | VERB | BREAK | THAT) == 0;
        if let Some(comma) = comma
            && (end..comma).all(rest)
        {
            start = comma;
        }
        // Over an apposition ("theo ông X, người phát ngôn Y, …").
        if scene.words.word(start) == ","
            && let Some(next) = scene.chunk_from(start + 1)
            && scene.chunks[next].heads[0]
                .mention
                .is_none_or(|m| scene.mentions[m].kind == MentionKind::Role)
            && !source::is_person(scene, &scene.chunks[next])
            && source::is_person(scene, scene.chunk_before(start).unwrap_or(&scene.chunks[next]))
            && scene.words.word(scene.chunks[next].end) == ","
        {
            start = scene.chunks[next].end;
        }
        while start < stop && (matches!(scene.words.word(start), "," | ":") || scene.flags[start] & THAT != 0) {
            start += 1;
        }
        let mut content = Content {
            start,
            end: stop,
            ..Content::default()
        };
        content::trim(scene, &mut content);
        return content;
    }
    let mut content = content::before(scene, f.start, from);
    if content.end < content.start + 3 {
        return Content::default();
    }
    if end + 3 < stop && !content::is_bare(scene, end, stop) && scene.words.word(end) == "," {
        content.end = stop;
        content::trim(scene, &mut content);
    }
    content
}

/// "theo yêu cầu của X, …"; "… theo yêu cầu của X".
fn content_of_request(scene: &Scene<'_>, f: &Found) -> Content {
    let Subject::Chunk(c) = f.subject else {
        return Content::default();
    };
    let end = scene.chunks[c].end;
    let (from, stop) = (subject::floor(scene, f.start), content::stop(scene, f.start));
    if scene.words.word(end) == "," && end + 2 < stop {
        let mut content = Content {
            start: end + 1,
            end: stop,
            ..Content::default()
        };
        content::trim(scene, &mut content);
        return content;
    }
    content::before(scene, f.start, from)
}

/// A clause ends where the next verb of the same speaker begins.
pub(super) fn cut_contents(scene: &Scene<'_>, found: &mut [Found]) {
    for i in 0..found.len() {
        let f = &found[i];
        if f.dropped || f.content.is_empty() {
            continue;
        }
        let cut = if f.shares.is_some() {
            let mut t = f.start;
            while t > 0 && (scene.flags[t - 1] & (ADVERB | AND) != 0 || scene.words.word(t - 1) == ",") {
                t -= 1;
            }
            t
        } else if f.frame == Frame::According && f.content.end <= f.start {
            f.start
        } else {
            continue;
        };
        let sentence = scene.words.tokens[f.start].sentence;
        let until = f.end;
        for k in (i.saturating_sub(32)..i).rev() {
            let other = &mut found[k];
            if scene.words.tokens[other.start].sentence != sentence {
                break;
            }
            if !other.dropped
                && other.content.quote.is_none()
                && other.content.start < cut
                && other.content.end >= until
            {
                other.content.end = cut;
                content::trim(scene, &mut other.content);
            }
        }
    }
}

/// `"A," he said. "B."`: what is quoted right behind the cue goes on with the same content.
pub(super) fn continue_quotes(scene: &Scene<'_>, found: &mut [Found], taken: &mut [bool]) {
    for f in found.iter_mut() {
        if f.dropped || f.content.quote.is_none() {
            continue;
        }
        while let Some(next) = {
            let said = match f.subject {
                Subject::Chunk(c) => scene.chunks[c].end,
                _ => f.end,
            };
            let from = f
                .content
                .end
                .max(f.end)
                .max(if said > f.end && said < f.end + 24 { said } else { 0 });
            let line = |t: usize| scene.words.sentence_of(t).map(|s| s.paragraph);
            Some(scene.quotes_from(from))
                .filter(|&n| n < scene.quotes.len())
                .filter(|&n| {
                    let q = &scene.quotes[n];
                    q.full
                        && !taken[n]
                        && line(q.start) == line(f.start)
                        && q.start - from <= 12
                        && content::is_bare(scene, from, q.start)
                        && scene.words.word(q.start.saturating_sub(1)) != ":"
                })
        } {
            taken[next] = true;
            f.content.end = scene.quotes[next].end;
        }
    }
}
