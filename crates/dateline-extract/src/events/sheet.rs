//! A report laid out for the coder: which token is in a name, a time, a trigger; where clauses break; what small words say.

use super::Findings;
use super::rules::Rules;
use dateline_lang::{ClassId, Pack, Vocabulary, Words};
use dateline_model::{Mention, MentionKind, Span};
use std::ops::Range;

/// Where a clause ends, at the token that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Break {
    #[default]
    None,
    /// Comma, "and", "but": the subject may go on.
    Soft,
    /// "when", "after", "if": a clause of its own.
    Sub,
    /// "who", "which", "mà": the noun before is the subject, unless one follows.
    Relative,
    /// "that", "rằng": what was said begins.
    Content,
    /// Nothing passes.
    Hard,
}

/// Bits of what a token's word may do.
pub(crate) mod flag {
    pub(crate) const OBLIQUE: u16 = 1;
    pub(crate) const AND: u16 = 2;
    pub(crate) const PASSIVE: u16 = 4;
    pub(crate) const ASPECT: u16 = 8;
    pub(crate) const DETERMINER: u16 = 16;
    pub(crate) const AGENT: u16 = 32;
    pub(crate) const OWNER: u16 = 64;
    pub(crate) const BETWEEN: u16 = 128;
    pub(crate) const WITH: u16 = 256;
    pub(crate) const AGAINST: u16 = 512;
    pub(crate) const PLACE: u16 = 1024;
    pub(crate) const LIGHT: u16 = 2048;
    pub(crate) const NOUN_BEFORE: u16 = 4096;
    pub(crate) const FROM: u16 = 8192;
    pub(crate) const FILLER: u16 = 16384;
    pub(crate) const PERFECT: u16 = 32768;
}

/// Classes of the packs' small words that the coder reads.
#[derive(Debug)]
pub(crate) struct Classes {
    /// By class; 0 for those without a bit.
    flags: Vec<u16>,
    pub clause_break: ClassId,
    pub modality: ClassId,
    pub actor_noun: ClassId,
    pub weapon: ClassId,
    pub quantity: ClassId,
    pub quantity_modifier: ClassId,
    pub counted: ClassId,
    pub not_counted: ClassId,
    pub total: ClassId,
    pub toll: ClassId,
    pub topic_conflict: ClassId,
    pub topic_politics: ClassId,
    pub topic_other: ClassId,
    pub topic_correction: ClassId,
    pub when_mark: ClassId,
    pub follows: ClassId,
    pub precedes: ClassId,
    pub along: ClassId,
    pub again: ClassId,
    pub incident: ClassId,
    pub phase: ClassId,
    pub superlative: ClassId,
    pub anaphor: ClassId,
    pub later: ClassId,
    pub causes: ClassId,
    pub background: ClassId,
    pub partial: ClassId,
    pub first_person: ClassId,
    pub quality_mark: ClassId,
    pub infinitive_mark: ClassId,
    pub pact: ClassId,
    pub range_mark: ClassId,
}

impl Classes {
    pub(crate) fn new(v: &mut Vocabulary) -> Classes {
        let flags: [(&str, u16); 16] = [
            ("oblique-mark", flag::OBLIQUE),
            ("and-mark", flag::AND),
            ("passive-mark", flag::PASSIVE),
            ("aspect", flag::ASPECT),
            ("determiner", flag::DETERMINER),
            ("agent-mark", flag::AGENT),
            ("owner-mark", flag::OWNER),
            ("between-mark", flag::BETWEEN),
            ("with-mark", flag::WITH),
            ("against-mark", flag::AGAINST),
            ("place-mark", flag::PLACE),
            ("light-verb", flag::LIGHT),
            ("noun-mark", flag::NOUN_BEFORE),
            ("from-mark", flag::FROM),
            ("clause-filler", flag::FILLER),
            ("present-perfect", flag::PERFECT),
        ];
        let mut table = Vec::new();
        for (name, bit) in flags {
            let class = v.class(name).index();
            if table.len() <= class {
                table.resize(class + 1, 0);
            }
            table[class] = bit;
        }
        Classes {
            flags: table,
            clause_break: v.class("clause-break"),
            modality: v.class("modality"),
            actor_noun: v.class("actor-noun"),
            weapon: v.class("weapon"),
            quantity: v.class("quantity"),
            quantity_modifier: v.class("quantity-modifier"),
            counted: v.class("counted"),
            not_counted: v.class("not-counted"),
            total: v.class("running-total"),
            toll: v.class("toll-word"),
            topic_conflict: v.class("topic-conflict"),
            topic_politics: v.class("topic-politics"),
            topic_other: v.class("topic-other"),
            topic_correction: v.class("topic-correction"),
            when_mark: v.class("when-mark"),
            precedes: v.class("narrative-precedes"),
            follows: v.class("narrative-follows"),
            along: v.class("along-mark"),
            again: v.class("again-mark"),
            incident: v.class("incident-mark"),
            phase: v.class("phase"),
            superlative: v.class("superlative-mark"),
            anaphor: v.class("anaphor-mark"),
            later: v.class("after-mark"),
            causes: v.class("cause-mark"),
            background: v.class("background-mark"),
            partial: v.class("partial-mark"),
            first_person: v.class("first-person"),
            quality_mark: v.class("quality-mark"),
            infinitive_mark: v.class("infinitive-mark"),
            pact: v.class("stand-pact"),
            range_mark: v.class("range-mark"),
        }
    }
}

/// Who or what a noun phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// Index of a mention.
    Mention(usize),
    /// A common noun of the pack ("police"): the value of its hit.
    Noun(u32),
}

/// A noun phrase that may take part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Np {
    pub start: usize,
    pub end: usize,
    pub head: Head,
    pub place: bool,
}

/// A report laid out.
pub(crate) struct Sheet<'a, 't> {
    pub pack: &'a Pack,
    pub words: &'a Words<'t>,
    pub found: Findings<'a>,
    pub classes: &'a Classes,
    pub rules: &'a Rules,
    /// token → what breaks there.
    pub breaks: Vec<Break>,
    /// token → bits.
    pub flags: Vec<u16>,
    pub nps: Vec<Np>,
    /// token → noun phrase, plus one.
    pub np_at: Vec<u32>,
    /// Tokens of each timex.
    pub timexes: Vec<(usize, usize)>,
    /// token → timex, plus one.
    pub timex_at: Vec<u32>,
    /// token → innermost attribution whose content holds it, plus one.
    attribution_at: Vec<u32>,
    /// token → attribution whose cue holds it, plus one.
    cue_at: Vec<u32>,
    /// token → the content of an attribution begins there.
    pub content_start: Vec<bool>,
}

/// Words that a noun of an agreement may have ("thỏa thuận ngừng bắn"). Chosen: the longest of the packs has four.
const LONGEST_PACT: usize = 4;

/// A town that a pact is called by: "the Geneva agreement", "thỏa thuận Geneva". It takes no part.
fn names_pact(pack: &Pack, words: &Words<'_>, classes: &Classes, m: &Mention, at: &Range<usize>) -> bool {
    if m.kind != MentionKind::Place || m.point.as_ref().is_none_or(|p| p.resolution != "city") {
        return false;
    }
    let pact = |at: usize| {
        let hits = words.hits_at(at).iter().filter(|h| h.class == classes.pact);
        hits.map(|h| h.end as usize)
    };
    if pack.traits.head_first {
        (at.start.saturating_sub(LONGEST_PACT)..at.start).any(|from| pact(from).any(|end| end == at.start))
    } else {
        pact(at.end).next().is_some()
    }
}

impl<'a, 't> Sheet<'a, 't> {
    pub(crate) fn new(
        pack: &'a Pack,
        words: &'a Words<'t>,
        found: Findings<'a>,
        classes: &'a Classes,
        rules: &'a Rules,
    ) -> Self {
        let n = words.tokens.len();
        let mut sheet = Sheet {
            pack,
            words,
            found,
            classes,
            rules,
            breaks: vec![Break::None; n + 1],
            flags: vec![0; n + 1],
            nps: Vec::new(),
            np_at: vec![0; n + 1],
            timexes: Vec::with_capacity(found.timexes.len()),
            timex_at: vec![0; n + 1],
            attribution_at: vec![0; n + 1],
            cue_at: vec![0; n + 1],
            content_start: vec![false; n + 1],
        };
        for token in 0..n {
            if words.tokens[token].kind == dateline_lang::TokenKind::Mark {
                match words.word(token) {
                    "," => sheet.breaks[token] = Break::Soft,
                    ";" | ":" | "!" | "?" => sheet.breaks[token] = Break::Hard,
                    "–" | "—" => sheet.breaks[token] = Break::Soft,
                    "-" if !words.tokens[token].glued && words.tokens.get(token + 1).is_some_and(|t| !t.glued) => {
                        sheet.breaks[token] = Break::Soft;
                    }
                    _ => {}
                }
            }
        }
        let mut shielded: Vec<(Range<usize>, u16)> = Vec::new();
        for hit in words.hits() {
            let range = hit.start as usize..hit.end as usize;
            if let Some(bit) = classes.flags.get(hit.class.index()).filter(|&&bit| bit != 0) {
                // "chuẩn bị": the mark is part of another word.
                if pack.value(*hit).and_then(|v| v.as_bool()) == Some(false) {
                    shielded.push((range, *bit));
                    continue;
                }
                for at in range {
                    sheet.flags[at] |= bit;
                }
            } else if hit.class == classes.clause_break {
                sheet.breaks[hit.start as usize] = match pack.value(*hit).and_then(|v| v.as_str()) {
                    Some("sub") => Break::Sub,
                    Some("content") => Break::Content,
                    Some("relative") => Break::Relative,
                    Some("hard") => Break::Hard,
                    _ => Break::Soft,
                };
            }
        }
        for (range, bit) in shielded {
            sheet.flags[range].iter_mut().for_each(|f| *f &= !bit);
        }
        for (i, timex) in found.timexes.iter().enumerate() {
            let range = words.tokens_in(timex.span);
            sheet.timexes.push((range.start, range.end));
            for at in range {
                sheet.timex_at[at] = i as u32 + 1;
                sheet.breaks[at] = Break::None;
            }
        }
        let mut titles: Vec<(Span, usize)> = found
            .mentions
            .iter()
            .enumerate()
            .filter_map(|(i, m)| m.title.as_ref().map(|t| (t.span, i)))
            .collect();
        titles.sort_unstable();
        // Titles do not overlap: the one that may hold a span is the last that starts before its end.
        let titled = |span: Span, of: usize| {
            let at = titles.partition_point(|(t, _)| t.start <= span.start);
            titles[at.saturating_sub(3)..at]
                .iter()
                .any(|(t, whose)| *whose != of && t.contains(span))
        };
        for (i, m) in found.mentions.iter().enumerate() {
            if m.inside.is_some() || titled(m.span, i) {
                continue;
            }
            let mut range = words.tokens_in(m.span);
            if let Some(title) = &m.title {
                let t = words.tokens_in(title.span);
                if t.end <= range.start && range.start - t.end <= 2 && !t.is_empty() {
                    range.start = t.start;
                } else if t.start >= range.end && t.start - range.end <= 2 && !t.is_empty() {
                    range.end = t.end;
                }
            }
            if range.is_empty() || names_pact(pack, words, classes, m, &range) {
                continue;
            }
            sheet.nps.push(Np {
                start: range.start,
                end: range.end,
                head: Head::Mention(i),
                place: m.kind == MentionKind::Place,
            });
        }
        for hit in words.every(classes.actor_noun) {
            sheet.nps.push(Np {
                start: hit.start as usize,
                end: hit.end as usize,
                head: Head::Noun(hit.value),
                place: false,
            });
        }
        // Names before common nouns, longer before shorter; then by place.
        sheet.nps.sort_by_key(|np| {
            (
                matches!(np.head, Head::Noun(_)),
                np.end <= np.start,
                usize::MAX - (np.end - np.start),
                np.start,
            )
        });
        let mut kept: Vec<Np> = Vec::with_capacity(sheet.nps.len());
        let mut taken = vec![false; n + 1];
        for np in std::mem::take(&mut sheet.nps) {
            if (np.start..np.end).any(|t| taken[t]) {
                continue;
            }
            (np.start..np.end).for_each(|t| taken[t] = true);
            kept.push(np);
        }
        kept.sort_by_key(|np| np.start);
        // "quân đội nước này": the common noun before a name is the name's head.
        let mut at = 0;
        while at + 1 < kept.len() {
            let (a, b) = (kept[at], kept[at + 1]);
            let heads = matches!(a.head, Head::Noun(_))
                && matches!(b.head, Head::Mention(_))
                && a.end == b.start
                && pack.traits.head_first;
            if heads {
                kept[at + 1].start = a.start;
                kept[at + 1].place = false;
                kept.remove(at);
            } else {
                at += 1;
            }
        }
        for (i, np) in kept.iter().enumerate() {
            for at in np.start..np.end {
                sheet.np_at[at] = i as u32 + 1;
                sheet.breaks[at] = Break::None;
            }
        }
        sheet.nps = kept;
        // Longer contents first, so that what is nested stands in the table.
        let mut contents: Vec<(usize, Span)> = found
            .attributions
            .iter()
            .enumerate()
            .filter_map(|(i, a)| a.content.map(|c| (i, c)))
            .collect();
        contents.sort_by_key(|(i, c)| (usize::MAX - c.len(), *i));
        for (i, content) in contents {
            let range = words.tokens_in(content);
            if range.start < n {
                sheet.content_start[range.start] = true;
            }
            sheet.attribution_at[range].fill(i as u32 + 1);
        }
        for (i, cue) in found
            .attributions
            .iter()
            .enumerate()
            .filter_map(|(i, a)| Some((i, a.cue?)))
        {
            sheet.cue_at[words.tokens_in(cue)].fill(i as u32 + 1);
        }
        sheet
    }

    /// The attribution whose cue holds a token.
    pub(crate) fn cue(&self, token: usize) -> Option<usize> {
        let at = self.cue_at.get(token)?.checked_sub(1)?;
        Some(at as usize)
    }

    /// A token's word has one of these bits.
    pub(crate) fn has(&self, token: usize, bits: u16) -> bool {
        self.flags.get(token).is_some_and(|f| f & bits != 0)
    }

    /// The noun phrase over a token.
    pub(crate) fn np(&self, token: usize) -> Option<usize> {
        self.np_at
            .get(token)
            .and_then(|&i| i.checked_sub(1))
            .map(|i| i as usize)
    }

    /// The timex over a token.
    pub(crate) fn timex(&self, token: usize) -> Option<usize> {
        self.timex_at
            .get(token)
            .and_then(|&i| i.checked_sub(1))
            .map(|i| i as usize)
    }

    /// The innermost attribution whose content holds a token.
    pub(crate) fn attribution(&self, token: usize) -> Option<usize> {
        self.attribution_at
            .get(token)
            .and_then(|&i| i.checked_sub(1))
            .map(|i| i as usize)
    }

    /// Indexes of the timexes that start between two tokens.
    pub(crate) fn timexes_between(&self, low: usize, high: usize) -> std::ops::Range<usize> {
        let from = self.timexes.partition_point(|t| t.0 < low);
        let to = self.timexes.partition_point(|t| t.0 < high);
        from..to.max(from)
    }

    /// Indexes of the noun phrases that start between two tokens.
    pub(crate) fn nps_between(&self, low: usize, high: usize) -> std::ops::Range<usize> {
        let from = self.nps.partition_point(|np| np.start < low);
        let to = self.nps.partition_point(|np| np.start < high);
        from..to.max(from)
    }

    /// First and one past the last token of a token's sentence.
    pub(crate) fn sentence(&self, token: usize) -> (usize, usize) {
        self.words
            .sentence_of(token)
            .map_or((token, token), |s| (s.start as usize, s.end as usize))
    }

    /// Index of a token's sentence.
    pub(crate) fn sentence_number(&self, token: usize) -> usize {
        self.words.tokens.get(token).map_or(0, |t| t.sentence as usize)
    }

    /// Hits of a class in a range of tokens.
    pub(crate) fn hits(
        &self,
        class: ClassId,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = dateline_lang::Hit> + '_ {
        let from = self.words.hits().partition_point(|h| (h.start as usize) < range.start);
        self.words.hits()[from..]
            .iter()
            .take_while(move |h| (h.start as usize) < range.end)
            .filter(move |h| h.class == class)
            .copied()
    }

    /// A small word before a noun phrase says that it is not the subject ("in", "tại", "của").
    pub(crate) fn is_oblique(&self, np: usize) -> bool {
        // "của Nga, Mỹ và EU": the mark before the first of a list counts for all.
        let mut np = np;
        while np > 0 && super::who::joined(self, np - 1, usize::MAX).contains(&np) {
            np -= 1;
        }
        self.mark_before(
            self.nps[np].start,
            flag::OBLIQUE
                | flag::OWNER
                | flag::PLACE
                | flag::AGAINST
                | flag::AGENT
                | flag::FROM
                | flag::WITH
                | flag::BETWEEN,
        )
    }

    /// One of the bits stands on the word before a token, determiners passed over.
    pub(crate) fn mark_before(&self, start: usize, bits: u16) -> bool {
        let (low, _) = self.sentence(start);
        let mut at = start;
        for _ in 0..4 {
            if at <= low {
                return false;
            }
            at -= 1;
            if self.has(at, bits) {
                return true;
            }
            let quote = matches!(self.words.word(at), "\"" | "“" | "'" | "‘");
            if !self.has(at, flag::DETERMINER) && !quote {
                return false;
            }
        }
        false
    }
}
