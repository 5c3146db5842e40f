//! Outlets that pass somebody's words on: links of a chain, not speakers.

use super::grammar::{Frame, Takes};
use super::scene::Scene;
use super::subject::Subject;
use super::{Attributor, Found, content, source};

/// Tokens between a speaker whose words an outlet passes on and the verb that says so.
const RELAY_REACH: usize = 24;

impl Attributor {
    /// "Theo Interfax, X cho biết …", "Interfax dẫn lời X cho biết …", "X said, according to Interfax": one attribution,
    /// the outlet a link of its chain.
    pub(super) fn join_agencies(&self, scene: &Scene<'_>, found: &mut [Found]) {
        for i in 0..found.len() {
            if found[i].dropped {
                continue;
            }
            let sentence = scene.words.tokens[found[i].start].sentence;
            let here = |f: &Found| {
                !f.dropped
                    && f.frame == Frame::Verb
                    && scene.words.tokens[f.start].sentence == sentence
                    && scene.quote_at[f.start] == scene.quote_at[found[i].start]
            };
            match found[i].frame {
                Frame::Relay => {
                    let agency = match found[i].subject {
                        Subject::Chunk(c) => Some(c),
                        _ => None,
                    };
                    let speaker = found[i].subject_behind(scene);
                    let near = found[i].end + RELAY_REACH;
                    let verb = (i + 1..found.len().min(i + 16))
                        .find(|&k| here(&found[k]))
                        .filter(|&k| {
                            found[k].start <= near.max(speaker.map_or(0, |c| scene.chunks[c].end + RELAY_REACH))
                                && found[k].frame == Frame::Verb
                                && found[k].verb.takes != Takes::Object
                                && !found[k].content.is_empty()
                        });
                    // "The ministry, citing reports, said": only an outlet passes on somebody else's words.
                    let own = agency.filter(|&a| !source::is_outlet(scene, &self.grammar, a));
                    match (verb, speaker) {
                        (Some(k), _) if own.is_some_and(|a| found[k].subject == Subject::Chunk(a)) => {
                            found[i].dropped = true;
                        }
                        (Some(k), _) => {
                            found[k].agencies.extend(agency);
                            if let Some(s) = speaker {
                                found[k].subject = Subject::Chunk(s);
                                found[k].shares = None;
                            }
                            found[i].dropped = true;
                        }
                        (None, Some(s)) => {
                            found[i].agencies.extend(agency);
                            found[i].subject = Subject::Chunk(s);
                        }
                        (None, None) => found[i].dropped = true,
                    }
                }
                Frame::According => {
                    let Subject::Chunk(outlet) = found[i].subject else {
                        continue;
                    };
                    // "Theo X cho biết": the verb says it.
                    if (i + 1..found.len().min(i + 16)).any(|k| {
                        here(&found[k]) && found[k].subject == Subject::Chunk(outlet) && !found[k].content.is_empty()
                    }) {
                        found[i].dropped = true;
                        continue;
                    }
                    if !source::is_outlet(scene, &self.grammar, outlet) {
                        continue;
                    }
                    let end = scene.chunks[outlet].end;
                    let leading = found[i].content.start >= end;
                    let verb = if leading {
                        (i + 1..found.len().min(i + 16))
                            .find(|&k| here(&found[k]))
                            .filter(|&k| {
                                let f = &found[k];
                                let from = match f.subject {
                                    Subject::Chunk(c) => scene.chunks[c].start,
                                    _ => return false,
                                };
                                f.verb.takes != Takes::Object
                                    && !f.content.is_empty()
                                    && content::is_bare(scene, end, from.max(end))
                            })
                    } else {
                        (i.saturating_sub(16)..i)
                            .rev()
                            .find(|&k| here(&found[k]) && !found[k].content.is_empty())
                    };
                    if let Some(k) = verb {
                        found[k].agencies.push(outlet);
                        found[i].dropped = true;
                        let start = found[i].start;
                        let content = &mut found[k].content;
                        if content.start < start && content.end > start && content.quote.is_none() {
                            content.end = start;
                            content::trim(scene, content);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}
