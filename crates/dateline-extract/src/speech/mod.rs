//! Who said what, through whom.
//!
//! Takes: words, mentions, timexes. Gives: attributions. Never: judges truth.
//!
//! In flow order: `scene` sees quotations and the noun phrases that can speak; one matcher finds every cue (rules of
//! `speech/cues.toml`, verbs of `words/report-verbs.toml`: `grammar`); for each cue the speaker is sought to its left
//! (`subject`) and the content around it (`frames`, `content`); outlets that pass words on become links of chains
//! (`agencies`); `source` names the speaker and `written` puts it all down, quotations without a cue going on with the
//! last speaker. Every step looks at a cue's own sentence only, so the cost is linear in the text.

mod agencies;
mod check;
mod content;
mod frames;
mod grammar;
mod scene;
mod source;
mod subject;
mod written;

use content::Content;
use dateline_lang::{Match, Pack, PackError, PackFiles, PatternSet, Rule, Words, load_rules};
use dateline_model::{Attribution, Document, Mention, Published, Timex};
use grammar::{Cue, Frame, Grammar, Takes, Verb};
use scene::{Scene, VERB};
use subject::{CueAt, Subject, behind, named_behind};

/// Tokens to either side of a cue that are looked at, however long its sentence is: what keeps the room linear.
const FAR: usize = 400;

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
        frames::cut_contents(&scene, &mut found);
        frames::continue_quotes(&scene, &mut found, &mut taken);
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
