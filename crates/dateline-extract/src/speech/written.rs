//! From what was found to attributions: names, chains, nesting.

use super::scene::Scene;
use super::subject::Subject;
use super::{Attributor, Found, source};
use dateline_model::{Attribution, BlockKind, ChainLink, Document, Published, RuleId, Source, SourceKind, SpeechKind};

/// Attributions before and after one that may hold it.
const NEAR: usize = 64;

impl Attributor {
    pub(super) fn write(
        &self,
        scene: &Scene<'_>,
        document: &Document,
        published: &Published,
        found: &[Found],
        taken: &[bool],
    ) -> Vec<Attribution> {
        let head = source::report_chain(document);
        let mut written: Vec<(Attribution, Vec<ChainLink>)> = Vec::new();
        let mut order: Vec<(usize, Option<usize>, usize)> =
            found.iter().enumerate().map(|(n, f)| (f.start, Some(n), 0)).collect();
        let bare = bare_quotes(scene, document, found, taken);
        order.extend(bare.iter().enumerate().map(|(n, b)| (b.0, None, n)));
        order.sort_unstable();
        let mut sources: Vec<Attribution> = Vec::new();
        for (_, number, quote) in order {
            let Some(number) = number else {
                let (start, end, who) = bare[quote];
                let source = match who {
                    Some(chunk) => source::of(scene, &self.grammar, Subject::Chunk(chunk), &sources),
                    None => sources
                        .iter()
                        .rev()
                        .find(|a| a.cue.is_some() && a.source.kind != SourceKind::Document)
                        .map(|a| Source {
                            span: None,
                            ..a.source.clone()
                        }),
                };
                let Some(source) = source else { continue };
                let attribution = Attribution {
                    source,
                    content: Some(scene.span(start, end)),
                    kind: if who.is_some() && scene.quote_at[start].is_none() {
                        SpeechKind::Indirect
                    } else {
                        SpeechKind::Direct
                    },
                    when: source::when(scene, start, Some((start, end)), published),
                    rule: Some(RuleId::from(if who.is_some() {
                        "speech.colon"
                    } else {
                        "speech.continued"
                    })),
                    ..Attribution::default()
                };
                sources.push(attribution.clone());
                written.push((attribution, Vec::new()));
                continue;
            };
            let f = &found[number];
            let source = match f.shares.and_then(|_| match f.subject {
                Subject::Chunk(_) | Subject::Words(..) => source::of(scene, &self.grammar, f.subject, &sources),
                _ => None,
            }) {
                Some(source) => source,
                None => source::of(scene, &self.grammar, f.subject, &sources).unwrap_or_default(),
            };
            let content = (!f.content.is_empty()).then(|| scene.span(f.content.start, f.content.end));
            let mut links: Vec<ChainLink> = f
                .agencies
                .iter()
                .map(|&c| source::link(scene, &scene.chunks[c]))
                .collect();
            if links.is_empty()
                && let Some((last, before)) = written.last()
                && !before.is_empty()
                && !source.name.is_empty()
                && last.source.name == source.name
            {
                links = before.clone();
            }
            let attribution = Attribution {
                cue: Some(scene.span(f.start, f.end)),
                content,
                kind: f.content.kind,
                when: source::when(scene, f.start, Some((f.content.start, f.content.end)), published),
                polarity: f.verb.polarity,
                commitment: f.verb.commitment,
                rule: Some(self.rules[f.rule].id.clone()),
                source,
                ..Attribution::default()
            };
            sources.push(attribution.clone());
            written.push((attribution, links));
        }
        let mut list: Vec<Attribution> = written.iter().map(|(a, _)| a.clone()).collect();
        nest(&mut list);
        // What an outlet reports is told by it, too: it stands in the chain of what is said within.
        let outlets: Vec<Option<ChainLink>> = list
            .iter()
            .map(|a| {
                let span = a.source.span?;
                let number = scene.chunk_from(scene.words.token_at(span.start as usize))?;
                source::is_outlet(scene, &self.grammar, number).then(|| source::link(scene, &scene.chunks[number]))
            })
            .collect();
        for i in 0..written.len() {
            let outer = list[i].within.and_then(|k| outlets[k].clone());
            if let Some(outer) = outer {
                written[i].1.insert(0, outer);
            }
        }
        list = written
            .into_iter()
            .zip(list)
            .map(|((mut a, links), nested)| {
                a.within = nested.within;
                let mut chain = head.clone();
                for link in links {
                    if !chain.iter().any(|l| l.name == link.name) {
                        chain.push(link);
                    }
                }
                if !a.source.name.is_empty() {
                    chain.push(ChainLink {
                        name: a.source.name.clone(),
                        entity: a.source.entity.clone(),
                        region: dateline_model::Region::Text,
                        span: a.source.span,
                    });
                }
                a.chain = chain;
                a
            })
            .collect();
        list
    }
}

/// Quotations that no cue has: they go on with the last speaker; and "X: …" in headlines. (start, end, speaker).
fn bare_quotes(
    scene: &Scene<'_>,
    document: &Document,
    found: &[Found],
    taken: &[bool],
) -> Vec<(usize, usize, Option<usize>)> {
    let mut bare = Vec::new();
    // How many contents begin and end at each token, summed up: which tokens somebody says.
    let mut depth = vec![0i32; scene.words.tokens.len() + 2];
    for f in found {
        depth[f.content.start] += 1;
        depth[f.content.end] -= 1;
    }
    let mut deep = 0;
    let told: Vec<bool> = depth
        .iter()
        .map(|d| {
            deep += d;
            deep > 0
        })
        .collect();
    for (n, q) in scene.quotes.iter().enumerate() {
        let opens = scene.before(q.start).is_none();
        let whole = q.end >= scene.sentence_end(q.end - 1);
        if taken[n] || !q.full || q.end - q.start < 9 {
            continue;
        }
        let covered = told[q.start..q.end].contains(&true);
        if opens && whole && !covered {
            bare.push((q.start, q.end, None));
        }
    }
    for chunk in 0..scene.chunks.len() {
        let c = &scene.chunks[chunk];
        if scene.before(c.start).is_some() || scene.words.word(c.end) != ":" || c.end + 3 > scene.sentence_end(c.start)
        {
            continue;
        }
        let at = scene.words.tokens[c.start].span.start;
        let quote = scene.quote_at.get(c.end + 1).copied().flatten();
        let headline = document
            .blocks
            .iter()
            .any(|b| b.kind == BlockKind::Headline && b.span.start <= at && at < b.span.end);
        if told[c.end + 1] {
            continue;
        }
        match quote {
            Some(q) if !taken[q as usize] => bare.push((
                scene.quotes[q as usize].start,
                scene.quotes[q as usize].end,
                Some(chunk),
            )),
            None if headline => bare.push((c.end + 1, scene.sentence_end(c.start), Some(chunk))),
            _ => {}
        }
    }
    bare.sort_unstable();
    bare.dedup_by_key(|b| b.0);
    bare
}

/// An attribution lies within the innermost other one whose content holds its cue (or, without a cue, its content).
fn nest(list: &mut [Attribution]) {
    for i in 0..list.len() {
        let Some(own) = list[i].cue.or(list[i].content) else {
            continue;
        };
        list[i].within = (i.saturating_sub(NEAR)..list.len().min(i + NEAR))
            .filter(|&k| k != i && list[k].content.is_some_and(|c| c.contains(own)) && list[k].cue != list[i].cue)
            .min_by_key(|&k| list[k].content.map_or(0, |c| c.len()));
    }
}
