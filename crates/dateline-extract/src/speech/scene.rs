//! A text as this room sees it: what each token is good for, where quotations stand, which noun phrases can speak.

use super::grammar::{Classes, Grammar, SpeakerKind};
use dateline_lang::{Caps, Pack, TokenKind, Words};
use dateline_model::{Mention, MentionKind, Span, Timex};
use rapidhash::RapidHashMap;

/// What a token is good for; a set of the constants below.
pub(super) type Flags = u32;
pub(super) const ADVERB: Flags = 1;
pub(super) const NEGATION: Flags = 1 << 1;
pub(super) const THAT: Flags = 1 << 2;
pub(super) const PASSIVE: Flags = 1 << 3;
pub(super) const OF: Flags = 1 << 4;
pub(super) const PREPOSITION: Flags = 1 << 5;
pub(super) const BREAK: Flags = 1 << 6;
pub(super) const AND: Flags = 1 << 7;
pub(super) const NOUN_MARK: Flags = 1 << 8;
pub(super) const QUANTITY: Flags = 1 << 9;
pub(super) const PEOPLE: Flags = 1 << 10;
pub(super) const AFTER: Flags = 1 << 11;
pub(super) const RELATIVE: Flags = 1 << 12;
pub(super) const TAIL: Flags = 1 << 13;
pub(super) const VERB: Flags = 1 << 14;
pub(super) const SPEAKER: Flags = 1 << 15;
pub(super) const FIXED: Flags = 1 << 16;

/// Words in quotation marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quote {
    /// Its opening mark.
    pub(super) start: usize,
    /// One past its closing mark.
    pub(super) end: usize,
    /// It is an utterance of its own, not a word or phrase quoted inside somebody else's sentence.
    pub(super) full: bool,
}

/// A name, a role, or a noun that speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the mention, where it is one.
    pub(super) mention: Option<usize>,
    pub(super) kind: Option<SpeakerKind>,
}

/// A noun phrase that can speak.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) heads: Vec<Head>,
}

/// See the module.
pub(super) struct Scene<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) timexes: &'a [Timex],
    pub(super) flags: Vec<Flags>,
    /// Token → first token of the listed phrase that it belongs to.
    pub(super) phrase_at: Vec<u32>,
    pub(super) quotes: Vec<Quote>,
    /// Token → quotation it lies in (marks included).
    pub(super) quote_at: Vec<Option<u32>>,
    /// Token → timex it lies in, as its first token.
    pub(super) timex_at: Vec<Option<(u32, u32)>>,
    pub(super) chunks: Vec<Chunk>,
    /// Token → chunk it lies in.
    pub(super) chunk_at: Vec<Option<u32>>,
    /// Entity → its first mention that is a name.
    pub(super) names: RapidHashMap<&'a str, usize>,
    /// Token → it belongs to a name.
    pub(super) named: Vec<bool>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        pack: &Pack,
        grammar: &Grammar,
        words: &'a Words<'a>,
        timexes: &'a [Timex],
        mentions: &'a [Mention],
    ) -> Scene<'a> {
        let n = words.tokens.len();
        let mut scene = Scene {
            words,
            mentions,
            timexes,
            flags: vec![0; n],
            phrase_at: (0..n as u32).collect(),
            quotes: Vec::new(),
            quote_at: vec![None; n],
            timex_at: vec![None; n],
            chunks: Vec::new(),
            chunk_at: vec![None; n],
            names: RapidHashMap::default(),
            named: vec![false; n],
        };
        for (number, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind != MentionKind::Role) {
            scene.names.entry(&mention.entity).or_insert(number);
        }
        for (number, timex) in timexes.iter().enumerate() {
            let tokens = words.tokens_in(timex.span);
            for t in tokens.clone() {
                scene.timex_at[t] = Some((number as u32, tokens.start as u32));
            }
        }
        let mut heads = scene.name_heads(&grammar.classes);
        scene.flag(pack, &grammar.classes, &mut heads);
        scene.find_quotes();
        heads.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
        scene.grow_chunks(grammar, &heads);
        scene
    }

    /// The mentions that stand for themselves, titles included.
    fn name_heads(&mut self, classes: &Classes) -> Vec<Head> {
        let mut heads: Vec<Head> = Vec::new();
        for (number, mention) in self.mentions.iter().enumerate() {
            if mention.inside.is_some() {
                continue;
            }
            // A title behind the name is an apposition, which the search for subjects steps over by itself.
            let title = mention.title.as_ref().filter(|t| t.span.start < mention.span.start);
            let span = title.map_or(mention.span, |t| t.span.cover(mention.span));
            let tokens = self.words.tokens_in(span);
            if tokens.is_empty()
                || heads
                    .last()
                    .is_some_and(|h| h.end > tokens.start && h.end >= tokens.end)
            {
                continue;
            }
            if self.cuts_verb(classes, tokens.start) {
                continue;
            }
            for t in self.words.tokens_in(mention.span) {
                self.named[t] |= mention.kind != MentionKind::Role;
            }
            heads.push(Head {
                start: tokens.start,
                end: tokens.end,
                mention: Some(number),
                kind: None,
            });
        }
        heads
    }

    /// A verb of several words begins before a token and goes on over it, so no name begins there ("yêu cầu X").
    fn cuts_verb(&self, classes: &Classes, token: usize) -> bool {
        let sentence = self.sentence_start(token);
        (sentence.max(token.saturating_sub(3))..token).any(|t| {
            let hits = self.words.hits_at(t).iter();
            hits.filter(|h| classes.flag(h.class) == Some(VERB))
                .any(|h| h.end as usize > token)
        })
    }

    fn flag(&mut self, pack: &Pack, classes: &Classes, heads: &mut Vec<Head>) {
        let words = self.words;
        let names = heads.len();
        let mut in_head = vec![false; words.tokens.len()];
        for head in heads.iter() {
            in_head[head.start..head.end].fill(true);
        }
        let mut t = 0;
        while t < words.tokens.len() {
            if self.named[t] {
                t += 1;
                continue;
            }
            let hits = words.hits_at(t);
            let length = hits
                .iter()
                .filter(|h| {
                    classes.flag(h.class).is_some() && !(h.start as usize..h.end as usize).any(|i| self.named[i])
                })
                .map(|h| (h.end - h.start) as usize)
                .max();
            let Some(length) = length else {
                t += 1;
                continue;
            };
            for hit in hits.iter().filter(|h| (h.end - h.start) as usize == length) {
                let Some(flag) = classes.flag(hit.class) else { continue };
                self.flags[t..t + length].iter_mut().for_each(|f| *f |= flag);
                if flag == SPEAKER && in_head[t] {
                    // A pronoun or "this official" that the names room knows stays one.
                    let kind = pack.value(*hit).and_then(|v| v.as_str()).and_then(SpeakerKind::parse);
                    let back = kind.filter(|k| !k.takes_modifiers());
                    let at = heads[..names].partition_point(|h| h.start < t);
                    if let Some(head) = heads[..names]
                        .get_mut(at)
                        .filter(|h| h.start == t && h.end == t + length)
                    {
                        head.kind = back;
                    }
                }
                if flag == SPEAKER && !in_head[t] {
                    let kind = pack.value(*hit).and_then(|v| v.as_str()).and_then(SpeakerKind::parse);
                    heads.push(Head {
                        start: t,
                        end: t + length,
                        mention: None,
                        kind,
                    });
                }
            }
            self.phrase_at[t..t + length].fill(t as u32);
            t += length;
        }
    }

    fn find_quotes(&mut self) {
        let words = self.words;
        let mut open: Option<(usize, bool)> = None;
        let mut single: Option<usize> = None;
        let mut paragraph = u32::MAX;
        for t in 0..words.tokens.len() {
            let here = words.sentence_of(t).map_or(0, |s| s.paragraph);
            if here == paragraph && words.tokens[t].kind != TokenKind::Mark {
                continue;
            }
            let mark = words.word(t);
            if here != paragraph {
                paragraph = here;
                single = None;
                if let Some((start, strict)) = open {
                    // A quotation over several paragraphs opens each of them anew.
                    if matches!(mark, "\"" | "“" | "«") && !strict {
                        continue;
                    }
                    if !strict {
                        self.add_quote(start, t);
                    }
                    open = None;
                }
            }
            match mark {
                "“" | "«" | "\"" | "”" | "»" => match open {
                    Some((start, _)) if !matches!(mark, "“" | "«") => {
                        self.add_quote(start, t + 1);
                        open = None;
                    }
                    None if !matches!(mark, "”" | "»") => {
                        let strict = t > 0
                            && words.tokens[t - 1].sentence == words.tokens[t].sentence
                            && !matches!(words.word(t - 1), ":" | "," | "-" | "–" | "—");
                        open = Some((t, strict));
                        single = None;
                    }
                    _ => {}
                },
                "‘" | "'" | "’" if open.is_none() => match single {
                    None if mark != "’" && !words.tokens[t].glued => single = Some(t),
                    Some(start)
                        if words.tokens[t].glued
                            && words
                                .tokens
                                .get(t + 1)
                                .is_none_or(|n| !n.glued || n.kind == TokenKind::Mark) =>
                    {
                        self.add_quote(start, t + 1);
                        single = None;
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if let Some((start, false)) = open {
            self.add_quote(start, words.tokens.len());
        }
        self.quotes.sort_by_key(|q| q.start);
    }

    fn add_quote(&mut self, start: usize, end: usize) {
        let words = self.words;
        if end < start + 3 {
            return;
        }
        let first = start + 1;
        let begins = words.tokens[first].caps != Caps::None
            || words.tokens[first].kind == TokenKind::Number
            || matches!(words.word(first), "[" | "…" | "." | "(");
        let before = if start == 0 || words.tokens[start - 1].sentence != words.tokens[start].sentence {
            true
        } else {
            matches!(
                words.word(start - 1),
                ":" | "," | "-" | "–" | "—" | ";" | "." | "!" | "?"
            ) || self.flags[start - 1] & (VERB | THAT | AFTER) != 0
        };
        let long = end - start >= 6 || matches!(words.word(end - 2), "." | "!" | "?" | ",");
        let full = begins && before && long;
        let number = self.quotes.len() as u32;
        for t in start..end {
            self.quote_at[t] = Some(number);
        }
        self.quotes.push(Quote { start, end, full });
    }

    fn grow_chunks(&mut self, grammar: &Grammar, heads: &[Head]) {
        let mut at = 0;
        while at < heads.len() {
            let first = heads[at];
            at += 1;
            if self.chunks.last().is_some_and(|c| first.start < c.end) || !self.can_head(&first) {
                continue;
            }
            let floor = self.chunks.last().map_or(0, |c| c.end);
            let mut chunk = Chunk {
                start: first.start,
                end: first.end,
                heads: vec![first],
            };
            chunk.start = self.grow_left(grammar, &chunk, floor);
            while let Some((end, next)) = self.grow_right(grammar, &chunk, &heads[at..]) {
                chunk.end = end;
                if let Some(skip) = next {
                    at += skip;
                    chunk.heads.push(heads[at]);
                    at += 1;
                }
            }
            let number = self.chunks.len() as u32;
            for t in chunk.start..chunk.end {
                self.chunk_at[t] = Some(number);
            }
            self.chunks.push(chunk);
        }
    }

    /// A noun that is a verb of saying, too, heads a phrase only where something marks it as a noun.
    fn can_head(&self, head: &Head) -> bool {
        let ambiguous = head.mention.is_none() && self.flags[head.start] & VERB != 0;
        if !ambiguous {
            return true;
        }
        let before = self.before(head.start);
        let marked = before.is_none_or(|t| {
            self.flags[t] & (NOUN_MARK | QUANTITY | PREPOSITION | OF) != 0
                || matches!(self.words.word(t), "," | "’" | "'")
        });
        marked || self.flag_at(head.end) & TAIL != 0
    }

    fn grow_left(&self, grammar: &Grammar, chunk: &Chunk, floor: usize) -> usize {
        let head = &chunk.heads[0];
        let (mut start, mut modifiers, mut counted) = (chunk.start, 0, false);
        if head.kind.is_some_and(|k| !k.takes_modifiers()) {
            return start;
        }
        while let Some(t) = self
            .before(start)
            .filter(|&t| t >= floor && self.same_quote(t, chunk.start))
        {
            let flags = self.flags[t];
            let token = &self.words.tokens[t];
            if self.timex_at[t].is_some() {
                break;
            }
            if flags & QUANTITY != 0 || token.kind == TokenKind::Number && head.mention.is_none() {
                start = t;
                counted = true;
            } else if self.words.word(t) == "."
                && token.glued
                && t > floor
                && self.flags[t - 1] & QUANTITY != 0
                && self.before(t).is_some()
            {
                // "Ms. Holm"
                start = t;
            } else if grammar.modifiers_before
                && !counted
                && modifiers < 4
                && (flags == 0 && token.kind == TokenKind::Word
                    || matches!(self.words.word(t), "-" | "." | "'" | "’") && token.glued)
                && (head.mention.is_none() || token.caps != Caps::None)
            {
                modifiers += 1;
                start = t;
            } else {
                break;
            }
        }
        start
    }

    /// The new end of a chunk, and how many heads lie between its last one and the one that it takes in.
    fn grow_right(&self, grammar: &Grammar, chunk: &Chunk, rest: &[Head]) -> Option<(usize, Option<usize>)> {
        let end = chunk.end;
        let token = self.words.tokens.get(end)?;
        if token.sentence != self.words.tokens[chunk.start].sentence || !self.same_quote(end, chunk.start) {
            return None;
        }
        let last = chunk.heads.last()?;
        let begins = |at: usize| rest.iter().take_while(|h| h.start <= at).any(|h| h.start == at);
        let take = |at: usize| {
            let skip = rest.iter().position(|h| h.start >= at)?;
            (rest[skip].start == at && self.can_head(&rest[skip])).then(|| (rest[skip].end, Some(skip)))
        };
        if self.timex_at[end].is_some() {
            return None;
        }
        if let Some(found) = take(end) {
            return Some(found);
        }
        let flags = self.flags[end];
        let word = self.words.word(end);
        // "a group of victims' families", "the head of Norland's mission": what is of the owner ends the phrase.
        if let Some(owned) = self.words.owner_end(end)
            && (chunk.heads.len() > 1 || last.end < end)
        {
            return take(owned);
        }
        if flags & OF != 0 && (last.mention.is_none() || grammar.is_of(word)) {
            let mut at = end + 1;
            while at < end + 4 && self.flag_at(at) & (QUANTITY) != 0
                || at < end + 5
                    && self.flag_at(at) == 0
                    && self.words.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
            {
                if begins(at) {
                    break;
                }
                at += 1;
            }
            if let Some(found) = take(at) {
                return Some(found);
            }
            if last.mention.is_none() && at > end + 1 && self.flags[end + 1] & NOUN_MARK == 0 {
                return Some((at, None));
            }
        }
        let person = |h: &Head| h.mention.is_some_and(|m| self.mentions[m].kind == MentionKind::Person);
        let role = |h: &Head| {
            h.kind == Some(SpeakerKind::Role) || h.mention.is_some_and(|m| self.mentions[m].kind == MentionKind::Role)
        };
        if flags & AND != 0 && grammar.is_and(word) && self.opens_clause(chunk.start) {
            let mut at = end + 1;
            while at < end + 3 && self.flag_at(at) & QUANTITY != 0 && !begins(at) {
                at += 1;
            }
            return take(at);
        }
        // "Rossiya-1", "Sky-News"
        let glued = |t: usize| {
            self.words
                .tokens
                .get(t)
                .is_some_and(|t| t.glued && t.kind != TokenKind::Mark)
        };
        if word == "-" && token.glued && glued(end + 1) && last.mention.is_some() {
            return Some((end + 2, None));
        }
        if matches!(word, "-" | "–" | "—" | ",") {
            let mut at = end + 1;
            while at < end + 3 && self.flag_at(at) & QUANTITY != 0 && !begins(at) {
                at += 1;
            }
            let (found, skip) = take(at)?;
            let next = &rest[skip?];
            let dash = word != ",";
            let fits = !chunk.heads.iter().any(person) && role(&chunk.heads[0]) && person(next)
                || dash && person(last) && role(next);
            return fits.then_some((found, skip));
        }
        if last.mention.is_none() && last.kind.is_some_and(SpeakerKind::takes_modifiers) && !grammar.modifiers_before {
            let grown = (last.end..end).count();
            let plain = flags == 0 && token.kind == TokenKind::Word || token.caps != Caps::None;
            if grown < 5 && plain {
                return Some((end + 1, None));
            }
        }
        if flags & TAIL != 0 && grammar.is_this(word) {
            return Some((end + 1, None));
        }
        None
    }

    /// A noun phrase that begins here may be a clause's subject, so what "and" joins to it is of the subject, too.
    fn opens_clause(&self, token: usize) -> bool {
        self.before(token).is_none_or(|t| {
            self.timex_at[t].is_some()
                || self.flags[t] & (BREAK | THAT | AND | ADVERB | VERB) != 0
                || self.words.tokens[t].kind == TokenKind::Mark
        })
    }

    /// The first chunk that begins at or after a token.
    pub(super) fn chunks_from(&self, token: usize) -> usize {
        self.chunks.partition_point(|c| c.start < token)
    }

    /// The first quotation that begins at or after a token.
    pub(super) fn quotes_from(&self, token: usize) -> usize {
        self.quotes.partition_point(|q| q.start < token)
    }

    /// The token before, where it is of the same sentence.
    pub(super) fn before(&self, token: usize) -> Option<usize> {
        let before = token.checked_sub(1)?;
        let sentence = self
            .words
            .tokens
            .get(token)
            .or_else(|| self.words.tokens.last())?
            .sentence;
        (self.words.tokens[before].sentence == sentence || token == self.words.tokens.len()).then_some(before)
    }

    pub(super) fn flag_at(&self, token: usize) -> Flags {
        self.flags.get(token).copied().unwrap_or(0)
    }

    pub(super) fn same_quote(&self, a: usize, b: usize) -> bool {
        self.quote_at[a] == self.quote_at[b]
    }

    /// The chunk that ends before a token.
    pub(super) fn chunk_before(&self, token: usize) -> Option<&Chunk> {
        self.chunk_at
            .get(token.checked_sub(1)?)
            .copied()
            .flatten()
            .map(|c| &self.chunks[c as usize])
    }

    /// The chunk that begins at a token.
    pub(super) fn chunk_from(&self, token: usize) -> Option<usize> {
        self.chunk_at
            .get(token)
            .copied()
            .flatten()
            .map(|c| c as usize)
            .filter(|&c| self.chunks[c].start == token)
    }

    /// One past the last token of a token's sentence, its final stop left out.
    pub(super) fn sentence_end(&self, token: usize) -> usize {
        let Some(sentence) = self.words.sentence_of(token) else {
            return token;
        };
        let mut end = sentence.end as usize;
        while end > token && matches!(self.words.word(end - 1), "." | "!" | "?" | ";" | "…") {
            end -= 1;
        }
        end
    }

    pub(super) fn sentence_start(&self, token: usize) -> usize {
        self.words.sentence_of(token).map_or(token, |s| s.start as usize)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.words.span(start, end)
    }
}
