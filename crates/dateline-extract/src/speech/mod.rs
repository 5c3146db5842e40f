//! Who said what, through whom.
//!
//! Takes: words, mentions, timexes. Gives: attributions. Never: judges truth.
//!
//! One matcher finds every cue ([`grammar`]: rules of `speech/cues.toml`, verbs of `words/report-verbs.toml`); for each
//! cue the speaker is sought to its left ([`subject`]) and the content around it ([`content`]); quotations without a cue
//! go on with the last speaker; [`source`] names the speaker and builds the chain. Every step looks at a cue's own
//! sentence only, so the cost is linear in the text.

mod check;
mod content;
mod grammar;
mod scene;
mod source;
mod subject;

use content::Content;
use dateline_lang::{Caps, Match, Pack, PackError, PackFiles, PatternSet, Rule, TokenKind, Words, load_rules};
use dateline_model::{
    Attribution, BlockKind, ChainLink, Document, Mention, MentionKind, Published, RuleId, Source, SourceKind,
    SpeechKind, Timex,
};
use grammar::{Cue, Frame, Grammar, Takes, Verb};
use scene::{ADVERB, AND, BREAK, PREPOSITION, QUANTITY, Scene, THAT, VERB};
use subject::{CueAt, Subject};

/// Tokens between a speaker whose words an outlet passes on and the verb that says so.
const RELAY_REACH: usize = 24;

/// The compiled rules of one language.
#[derive(Debug)]
pub struct Attributor {
    grammar: Grammar,
    rules: Vec<Rule<Cue>>,
    cues: PatternSet,
    cue: Option<u16>,
    verbs: [dateline_lang::ClassId; 2],
}

/// A cue with what belongs to it, in tokens.
#[derive(Clone, Debug)]
struct Found {
    start: usize,
    end: usize,
    rule: usize,
    frame: Frame,
    verb: Verb,
    subject: Subject,
    /// Index of the attribution whose subject it shares.
    shares: Option<usize>,
    content: Content,
    /// Chunks of agencies that stand between report and speaker.
    agencies: Vec<usize>,
    dropped: bool,
}

impl Attributor {
    /// Compiles `<tag>/speech/*.toml`.
    ///
    /// # Errors
    /// See [`dateline_lang::load_rules`] and [`dateline_lang::PatternSet::compile`].
    pub fn new(pack: &mut Pack, files: &PackFiles) -> Result<Attributor, PackError> {
        let grammar = Grammar::new(pack, files)?;
        let verbs = ["report-verb", "report-verb-or-noun"].map(|c| pack.vocabulary.class(c));
        let rules: Vec<Rule<Cue>> = load_rules(files, &format!("{}/speech/", pack.tag))?;
        let cues = PatternSet::compile(&mut pack.vocabulary, &rules)?;
        let cue = cues.name("cue");
        Ok(Attributor {
            grammar,
            rules,
            cues,
            cue,
            verbs,
        })
    }

    /// Runs the examples of the rules and the corpus of a pack; gives what failed, readably.
    pub fn check(&self, pack: &Pack, files: &PackFiles) -> Vec<String> {
        check::check(self, pack, files)
    }

    /// Attributions, by the start of their cue or content.
    pub fn attribute(
        &self,
        pack: &Pack,
        words: &Words<'_>,
        document: &Document,
        published: &Published,
        timexes: &[Timex],
        mentions: &[Mention],
    ) -> Vec<Attribution> {
        if self.rules.is_empty() || words.tokens.is_empty() {
            return Vec::new();
        }
        let scene = Scene::new(pack, &self.grammar, words, timexes, mentions);
        let mut found = self.find_cues(pack, &scene);
        self.find_subjects(&scene, &mut found);
        let mut taken = vec![false; scene.quotes.len()];
        self.find_contents(&scene, &mut found, &mut taken);
        self.join_agencies(&scene, &mut found);
        cut_contents(&scene, &mut found);
        continue_quotes(&scene, &mut found, &mut taken);
        found.retain(|f| !f.dropped && !f.content.is_empty());
        self.write(&scene, document, published, &found, &taken)
    }

    /// Cues that the rules allow, names aside.
    fn find_cues(&self, pack: &Pack, scene: &Scene<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        for m in self.cues.longest(scene.words) {
            let rule = &self.rules[m.rule as usize];
            let (start, end) = self.cue_of(&m);
            if (start..end).any(|t| scene.named[t] || scene.timex_at[t].is_some()) {
                continue;
            }
            // "tin" in "hãng tin", "dọa" in "đe dọa": a part of another listed phrase.
            if rule.body.frame == Frame::Verb
                && (scene.phrase_at[start] as usize != start || scene.flags[start] & VERB == 0)
            {
                continue;
            }
            let read = |h: &dateline_lang::Hit| pack.value(*h).map(Verb::read);
            let hit = |class| scene.words.hit(start, class).filter(|h| h.end as usize <= end);
            let listed = self.verbs.into_iter().find_map(hit).as_ref().and_then(read);
            let verb = match (rule.body.frame, listed) {
                (Frame::Verb, Some(verb)) => verb,
                _ => Verb {
                    commitment: rule.body.commitment,
                    polarity: rule.body.polarity,
                    ..Verb::default()
                },
            };
            found.push(Found {
                start,
                end,
                rule: m.rule as usize,
                frame: rule.body.frame,
                verb,
                subject: Subject::None,
                shares: None,
                content: Content::default(),
                agencies: Vec::new(),
                dropped: false,
            });
        }
        found
    }

    fn cue_of(&self, m: &Match) -> (usize, usize) {
        let captured = m.captures.iter().find(|c| Some(c.name) == self.cue);
        captured.map_or((m.start as usize, m.end as usize), |c| {
            (c.start as usize, c.end as usize)
        })
    }

    fn find_subjects(&self, scene: &Scene<'_>, found: &mut [Found]) {
        let mut cues = vec![CueAt::No; scene.words.tokens.len()];
        let mut last: Option<usize> = None;
        for i in 0..found.len() {
            let f = &found[i];
            let subject = match f.frame {
                Frame::Verb | Frame::Relay => subject::find(scene, &self.grammar, (f.start, f.end), &cues, &f.verb),
                Frame::According => match behind(scene, f.end) {
                    Subject::None => named_behind(scene, f.end),
                    found => found,
                },
                Frame::Noun => match self.owner(scene, f.start) {
                    Some(owner) => Subject::Chunk(owner),
                    None => behind(scene, f.end),
                },
                Frame::Request => behind(scene, f.end),
            };
            let same = |k: &usize| {
                scene.words.tokens[found[*k].start].sentence == scene.words.tokens[found[i].start].sentence
                    && scene.quote_at[found[*k].start] == scene.quote_at[found[i].start]
            };
            match subject {
                Subject::Shared => match last.filter(same) {
                    Some(k) => {
                        found[i].shares = Some(found[k].shares.unwrap_or(k));
                        found[i].subject = found[k].subject;
                    }
                    None => found[i].subject = Subject::None,
                },
                other => found[i].subject = other,
            }
            let relay = |r: &Found| {
                r.frame == Frame::Relay
                    && !r.dropped
                    && scene.words.tokens[r.start].sentence == scene.words.tokens[found[i].start].sentence
            };
            if found[i].subject == Subject::None
                && let Some(speaker) = found[..i]
                    .last()
                    .filter(|r| relay(r))
                    .and_then(|r| r.subject_behind(scene))
            {
                found[i].subject = Subject::Chunk(speaker);
            }
            let f = &mut found[i];
            if f.subject == Subject::Not
                || f.subject == Subject::None && f.frame != Frame::Relay && !beside_quote(scene, f)
            {
                f.dropped = true;
                continue;
            }
            cues[f.start..f.end].fill(match (f.frame, f.verb.takes) {
                (Frame::Verb, Takes::Object) => CueAt::Object,
                (Frame::Verb, _) => CueAt::Clause,
                (Frame::Relay, _) => CueAt::Relay,
                _ => CueAt::Other,
            });
            if f.frame == Frame::Verb {
                last = Some(i);
            }
        }
    }

    /// "Russia's claim that …": the noun phrase before the mark of its owner.
    fn owner(&self, scene: &Scene<'_>, start: usize) -> Option<usize> {
        let (s, mark) = (start.checked_sub(1)?, start.checked_sub(2)?);
        let owned = scene.words.slice(mark, start);
        let chunk = scene.chunk_at[mark.checked_sub(1)?]?;
        (self.grammar.is_owner(owned) && scene.words.tokens[s].glued).then_some(chunk as usize)
    }

    fn find_contents(&self, scene: &Scene<'_>, found: &mut [Found], taken: &mut [bool]) {
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
        (0..scene.chunks.len())
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
        let (mut clause, mut behind, mut turned) = (f.start, f.end, false);
        match f.subject {
            Subject::Chunk(c) if scene.chunks[c].start >= f.end => {
                (behind, turned) = (scene.chunks[c].end, true);
            }
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
            let _ = behind;
            return content::before(scene, f.start, from);
        }
        let content = content::after(scene, &self.grammar, f.end, f.verb.takes, f.verb.told, cues);
        if content.quote.is_some_and(|q| taken[q]) {
            return Content::default();
        }
        // "…, the officials said, speaking …": a comma on both sides.
        let aside = self.grammar.inversion
            && scene.words.word(f.end) == ","
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
                return Content {
                    told: content.told,
                    ..said
                };
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

    /// "Theo Interfax, X cho biết …", "Interfax dẫn lời X cho biết …", "X said, according to Interfax": one attribution,
    /// the outlet a link of its chain.
    fn join_agencies(&self, scene: &Scene<'_>, found: &mut [Found]) {
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
                    let verb = (i + 1..found.len()).find(|&k| here(&found[k])).filter(|&k| {
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
                    if (i + 1..found.len()).any(|k| {
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
                        (i + 1..found.len()).find(|&k| here(&found[k])).filter(|&k| {
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
                        (0..i).rev().find(|&k| here(&found[k]) && !found[k].content.is_empty())
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

    fn write(
        &self,
        scene: &Scene<'_>,
        document: &Document,
        published: &Published,
        found: &[Found],
        taken: &[bool],
    ) -> Vec<Attribution> {
        let head = source::report_chain(document);
        let mut written: Vec<(Attribution, Vec<ChainLink>)> = Vec::new();
        let mut of_found: Vec<usize> = Vec::new();
        let mut order: Vec<(usize, Option<usize>)> =
            found.iter().enumerate().map(|(n, f)| (f.start, Some(n))).collect();
        let bare = bare_quotes(scene, document, found, taken);
        order.extend(bare.iter().map(|&(at, _, _)| (at, None)));
        order.sort_unstable();
        let mut sources: Vec<Attribution> = Vec::new();
        for (at, number) in order {
            let Some(number) = number else {
                let Some(&(start, end, who)) = bare.iter().find(|b| b.0 == at) else {
                    continue;
                };
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
            of_found.push(number);
            sources.push(attribution.clone());
            written.push((attribution, links));
        }
        let mut list: Vec<Attribution> = written.iter().map(|(a, _)| a.clone()).collect();
        nest(&mut list);
        // What an outlet reports is told by it, too: it stands in the chain of what is said within.
        let outlets: Vec<Option<ChainLink>> = list
            .iter()
            .map(|a| {
                let number = a
                    .source
                    .span
                    .and_then(|s| scene.chunks.iter().position(|c| scene.span(c.start, c.end) == s))?;
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

impl Found {
    /// The noun phrase behind a cue that passes somebody's words on.
    fn subject_behind(&self, scene: &Scene<'_>) -> Option<usize> {
        match behind(scene, self.end) {
            Subject::Chunk(c) => Some(c),
            _ => None,
        }
    }
}

/// The noun phrase right behind a cue.
fn behind(scene: &Scene<'_>, end: usize) -> Subject {
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
fn named_behind(scene: &Scene<'_>, end: usize) -> Subject {
    let stop = (end..scene.sentence_end(end.min(scene.words.tokens.len() - 1)).min(end + 8))
        .find(|&t| scene.words.word(t) == ",");
    match stop {
        Some(stop) if stop > end && scene.words.tokens[end].caps != Caps::None && scene.timex_at[end].is_none() => {
            Subject::Words(end, stop)
        }
        _ => Subject::None,
    }
}

/// The cue stands at a quotation's end or beginning, so it counts without a speaker too.
fn beside_quote(scene: &Scene<'_>, f: &Found) -> bool {
    if f.frame != Frame::Verb || f.verb.base || f.verb.takes == Takes::Object {
        return false;
    }
    let after = matches!(scene.words.word(f.end), ":") && scene.quote_at.get(f.end + 1).copied().flatten().is_some();
    after
        && scene
            .before(f.start)
            .is_none_or(|t| matches!(scene.words.word(t), "," | "\"" | "”") || scene.timex_at[t].is_some())
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
fn cut_contents(scene: &Scene<'_>, found: &mut [Found]) {
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
        for k in (0..i).rev() {
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
fn continue_quotes(scene: &Scene<'_>, found: &mut [Found], taken: &mut [bool]) {
    for i in 0..found.len() {
        if found[i].dropped || found[i].content.quote.is_none() {
            continue;
        }
        while let Some(next) = {
            let f = &found[i];
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
            scene.quotes.iter().position(|q| q.start >= from).filter(|&n| {
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
            found[i].content.end = scene.quotes[next].end;
        }
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
    for (n, q) in scene.quotes.iter().enumerate() {
        let opens = scene.before(q.start).is_none();
        let whole = q.end >= scene.sentence_end(q.end - 1);
        if taken[n] || !q.full || q.end - q.start < 9 {
            continue;
        }
        let covered = found.iter().any(|f| f.content.start < q.end && q.start < f.content.end);
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
        let covered = found.iter().any(|f| {
            f.start > c.end
                && scene.words.tokens[f.start].sentence == scene.words.tokens[c.start].sentence
                && f.content.start <= c.end + 1
                && f.content.end > c.end + 1
        });
        if covered {
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
        list[i].within = (0..list.len())
            .filter(|&k| k != i && list[k].content.is_some_and(|c| c.contains(own)) && list[k].cue != list[i].cue)
            .min_by_key(|&k| list[k].content.map_or(0, |c| c.len()));
    }
}
