//! Which lines stay: one look at all lines together.

use super::bylines::{self, Names};
use super::lines::{Hint, Line};
use super::phrases::Role;
use super::region::{self, Weight};
use super::vocabulary::{self, Vocabulary};
use super::words::End;
use super::{Cleaner, breadcrumb, captions};
use dateline_model::{BlockKind, RemovedKind, RuleId};
use rapidhash::RapidHashMap;

/// What becomes of the lines.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// Why a line goes; `None` where it stays.
    pub(super) out: Vec<Option<(RemovedKind, RuleId)>>,
    /// The lines of names among those that go.
    pub(super) names: Vec<(usize, Names)>,
    /// The headline's line.
    pub(super) headline: Option<usize>,
    /// What the lines that stay are.
    pub(super) kinds: Vec<BlockKind>,
}

/// Words of prose that must stand before a heading of other news for the article to be over there. Lower lets a box at the top
/// of a page cut the article off.
const ARTICLE_WORDS: usize = 40;

/// Words of prose in a row that are surely an article, whatever follows.
const SURE_ARTICLE_WORDS: usize = 110;

/// Words from which a line between paragraphs may be a teaser. Subheads are shorter: they name, teasers tell.
const TEASER_WORDS: usize = 10;

/// Lines in a row, none of them a paragraph, from which they are a list of the article's own. Boxes of other news are shorter,
/// or have a heading that says so.
const LIST_LINES: usize = 4;

/// Lines before the first paragraph up to which a text without a menu begins with its headline.
const BARE_FRONT: usize = 4;

/// Words that a heading of other news may have behind its phrase: "More from World News".
const HEADING_REST: usize = 3;

/// Share of the headline's words in the article that the line above must have, too, to be the headline in its place.
const HEADLINE_ABOVE: f32 = 0.6;

/// Lone lines between paragraphs from which an article has headings of its own; teasers stand once or twice in a report.
const HEADED_ARTICLE: usize = 4;

/// Share of its rarer words that the next paragraphs must take up for a long line without full stop to be a subhead.
const SUBHEAD_SHARE: f32 = 0.5;

pub(super) struct Desk<'d, 'a> {
    cleaner: &'d Cleaner,
    lines: &'d [Line<'a>],
    title: Option<u64>,
    /// The markup has already told the article from what is around it.
    article: bool,
    d: Decision,
    prose: Vec<bool>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// Decides about all lines. `title` is the hash of the headline that the record brought.
    pub(super) fn decide(cleaner: &'d Cleaner, lines: &'d [Line<'a>], title: Option<u64>, article: bool) -> Decision {
        let mut desk = Desk {
            cleaner,
            lines,
            title,
            article,
            d: Decision {
                out: vec![None; lines.len()],
                kinds: vec![BlockKind::Body; lines.len()],
                ..Decision::default()
            },
            prose: Vec::new(),
        };
        desk.by_themselves();
        desk.beside_pictures();
        desk.doubles();
        desk.prose = (0..lines.len())
            .map(|n| desk.d.out[n].is_none() && lines[n].shape.is_prose())
            .collect();
        if desk.prose.iter().any(|p| *p) {
            desk.tail();
            if !article {
                desk.region();
            }
            desk.front();
            if !article {
                desk.middle();
                desk.end();
            }
        } else {
            desk.d.headline = desk.titled();
        }
        desk.kinds();
        desk.d
    }

    fn drop(&mut self, n: usize, kind: RemovedKind, rule: impl Into<RuleId>) {
        if self.d.out[n].is_none() && !self.is_title(n) {
            self.d.out[n] = Some((kind, rule.into()));
            if let Some(p) = self.prose.get_mut(n) {
                *p = false;
            }
        }
    }

    fn stays(&self, n: usize) -> bool {
        self.d.out[n].is_none()
    }

    fn is_title(&self, n: usize) -> bool {
        self.title == Some(self.lines[n].shape.hash)
    }

    fn titled(&self) -> Option<usize> {
        (0..self.lines.len()).find(|&n| self.is_title(n) && self.stays(n))
    }

    /// What a line's own words give away.
    fn by_themselves(&mut self) {
        let (phrases, outlets) = (&self.cleaner.phrases, &self.cleaner.outlets);
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            if line.shape.words.is_empty() {
                self.drop(n, RemovedKind::Widget, "clean.no-words");
                continue;
            }
            if let Some(rule) = captions::own_evidence(line, phrases, outlets) {
                self.drop(n, RemovedKind::Caption, rule);
                continue;
            }
            let simple = [
                (Role::Advert, RemovedKind::Advert),
                (Role::Notice, RemovedKind::Notice),
                (Role::Tags, RemovedKind::Related),
                (Role::Tail, RemovedKind::Related),
                (Role::Related, RemovedKind::Related),
                (Role::Widget, RemovedKind::Widget),
                (Role::Section, RemovedKind::Breadcrumb),
            ];
            if let Some((hit, kind)) = simple
                .iter()
                .find_map(|(role, kind)| Some((line.hits.get(*role)?, *kind)))
            {
                self.drop(n, kind, phrases.rule(hit));
                continue;
            }
            if let Some(rule) = breadcrumb::evidence(line, phrases) {
                self.drop(n, RemovedKind::Breadcrumb, rule);
                continue;
            }
            if let Some(names) = bylines::read(line, phrases, outlets) {
                self.drop(n, names.kind, names.rule.clone());
                if !self.stays(n) {
                    self.d.names.push((n, names));
                }
                continue;
            }
            if line.hint == Hint::Link && !line.shape.is_prose() {
                self.drop(n, RemovedKind::Related, "clean.related.link");
                continue;
            }
            if is_address(line) {
                self.drop(n, RemovedKind::Source, "clean.source.address");
            }
        }
    }

    /// Lines beside a picture that are no sentences.
    fn beside_pictures(&mut self) {
        for n in 1..self.lines.len() {
            let picture = |at: usize| {
                self.d.out[at].as_ref().is_some_and(|(kind, rule)| {
                    *kind == RemovedKind::Caption
                        && (captions::is_picture(&self.lines[at])
                            || rule.as_str() == "clean.caption.numbered"
                            || self.lines[at].shape.len() <= 3)
                })
            };
            if self.stays(n)
                && picture(n - 1)
                && captions::beside_picture(&self.lines[n])
                && self.lines[n].hint == Hint::None
            {
                self.drop(n, RemovedKind::Caption, "clean.caption.beside-picture");
            }
        }
    }

    /// Lines that stand twice. Before the article the later one counts (menus repeat the headline), in it the first.
    fn doubles(&mut self) {
        let first_prose = self.lines.iter().position(|l| l.shape.is_prose()).unwrap_or(0);
        let mut seen: RapidHashMap<u64, usize> = RapidHashMap::default();
        for n in 0..self.lines.len() {
            let shape = &self.lines[n].shape;
            if !self.stays(n) || shape.len() < 4 {
                continue;
            }
            match seen.insert(shape.hash, n) {
                Some(before) if n < first_prose => {
                    // The title is exempt from drop(); of two equal ones the later stays.
                    self.d.out[before] = Some((RemovedKind::Duplicate, "clean.duplicate".into()));
                }
                Some(before) => {
                    self.d.out[n] = Some((RemovedKind::Duplicate, "clean.duplicate".into()));
                    seen.insert(shape.hash, before);
                }
                None => {}
            }
        }
    }

    fn words(&self, n: usize) -> usize {
        self.lines[n].shape.len()
    }

    /// For each line: the longest row of paragraphs from there on (words, paragraphs), and the words of all of them. What is
    /// neither paragraph nor headline does not break a row.
    fn ahead(&self) -> Vec<((usize, usize), usize)> {
        let mut ahead = vec![((0, 0), 0); self.lines.len() + 1];
        let (mut best, mut row, mut all) = ((0, 0), (0, 0), 0);
        for n in (0..self.lines.len()).rev() {
            if self.prose[n] {
                row = (row.0 + self.words(n), row.1 + 1);
                all += self.words(n);
                best = best.max(row);
            } else if self.stays(n) && self.lines[n].shape.end != End::Sentence || self.is_tail_mark(n) {
                row = (0, 0);
            }
            ahead[n] = (best, all);
        }
        ahead
    }

    /// The names on a line. They are read in the order of the lines.
    fn named(&self, n: usize) -> Option<&Names> {
        let at = self.d.names.binary_search_by_key(&n, |(at, _)| *at).ok()?;
        Some(&self.d.names[at].1)
    }

    fn is_tail_mark(&self, n: usize) -> bool {
        let hits = &self.lines[n].hits;
        // "More from the village: Five bridges at risk" is one link, "More from the village" a heading.
        let heading = |role| {
            hits.get(role)
                .is_some_and(|h| h.to + HEADING_REST >= self.lines[n].shape.len())
        };
        !self.stays(n) && (heading(Role::Tail) || hits.has(Role::Tags))
    }

    /// Cuts off the other news behind the article.
    fn tail(&mut self) {
        let ahead = self.ahead();
        let mut before = 0;
        let mut row = 0;
        let mut n = 0;
        while n < self.lines.len() {
            if self.prose[n] {
                before += self.words(n);
                row += self.words(n);
                n += 1;
                continue;
            }
            let line = &self.lines[n];
            let gone = self.d.out[n].as_ref().map(|(kind, _)| *kind);
            let over = before >= ARTICLE_WORDS && {
                let (after, rest) = ahead[n + 1];
                match gone {
                    _ if self.article && rest * 3 > before => false,
                    Some(_) if self.is_tail_mark(n) => {
                        row >= SURE_ARTICLE_WORDS && after.0 <= 2 * row || after.0 <= before
                    }
                    Some(RemovedKind::Source) if !line.hits.has(Role::Source) => false,
                    Some(RemovedKind::Source | RemovedKind::Credit) => {
                        after.1 <= 2 && after.0 <= before
                            || row >= SURE_ARTICLE_WORDS && after.0 <= row && after.0 * 2 <= rest
                    }
                    Some(RemovedKind::Byline) if self.named(n).is_some_and(|names| !names.is_empty()) => {
                        after.1 <= 2 && after.0 * 2 <= before
                    }
                    Some(RemovedKind::Related)
                        if line.hits.get(Role::Related).is_some_and(|h| h.to == line.shape.len()) =>
                    {
                        after.1 <= 1
                    }
                    _ => false,
                }
            };
            if over {
                self.cut_off(n + 1);
                return;
            }
            if gone == Some(RemovedKind::Related)
                && line.hits.get(Role::Related).is_some_and(|h| h.to == line.shape.len())
            {
                n = self.skip_box(n + 1);
                continue;
            }
            if gone.is_none() && line.shape.end == End::Open {
                row = 0;
            }
            n += 1;
        }
    }

    /// The headlines of a box in the middle of the article; returns the line behind it.
    fn skip_box(&mut self, from: usize) -> usize {
        let mut n = from;
        while n < self.lines.len() && n < from + 8 && !self.prose[n] {
            if self.stays(n) {
                if !self.lines[n].shape.is_headline_like() {
                    break;
                }
                self.drop(n, RemovedKind::Related, "clean.related.box");
            }
            n += 1;
        }
        n
    }

    fn cut_off(&mut self, from: usize) {
        for n in from..self.lines.len() {
            let line = &self.lines[n];
            if self.stays(n) && line.shape.len() <= 3 && line.shape.end == End::Open && !bylines::is_name_alone(line) {
                self.drop(n, RemovedKind::Widget, "clean.tail.scrap");
            } else {
                self.drop(n, RemovedKind::Related, "clean.tail");
            }
        }
        // Names in the tail are those of other reports; those before its first headline are still the article's.
        let stranger = |n: &usize| {
            let other = self.d.out[*n]
                .as_ref()
                .is_none_or(|(kind, _)| *kind == RemovedKind::Related);
            other && !self.lines[*n].shape.is_prose()
        };
        let reach = (from..self.lines.len()).find(stranger).unwrap_or(self.lines.len());
        self.d.names.retain(|(at, _)| *at < reach);
    }

    fn weight(&self, n: usize) -> Weight {
        let shape = &self.lines[n].shape;
        match &self.d.out[n] {
            Some((RemovedKind::Widget | RemovedKind::Breadcrumb | RemovedKind::Related | RemovedKind::Notice, _)) => {
                Weight::Furniture
            }
            Some(_) => Weight::Neutral,
            None if self.prose[n] => Weight::Prose(shape.len()),
            None if self.is_title(n) => Weight::Neutral,
            None if shape.end == End::Sentence && shape.len() >= 3 => Weight::Sentence,
            None if shape.len() <= 3 => Weight::Scrap,
            None => Weight::Open,
        }
    }

    /// Leaves out what lies around the article.
    fn region(&mut self) {
        let weights: Vec<Weight> = (0..self.lines.len()).map(|n| self.weight(n)).collect();
        let (start, end) = region::best(&weights);
        for n in end..self.lines.len() {
            let prose = self.prose[n];
            // What ends the article itself is looked at by end().
            if prose || n >= end + 6 {
                self.drop(n, RemovedKind::Related, "clean.region.after");
            }
        }
        if end < self.lines.len() && (end..self.lines.len()).any(|n| self.lines[n].shape.is_prose()) {
            for n in end..self.lines.len() {
                self.drop(n, RemovedKind::Related, "clean.region.after");
            }
        }
        for n in 0..start {
            if self.prose[n] {
                self.drop(n, RemovedKind::Notice, "clean.region.before");
            }
        }
    }

    fn first_prose(&self) -> usize {
        self.prose.iter().position(|p| *p).unwrap_or(self.lines.len())
    }

    /// The headline, and what stands around it.
    fn front(&mut self) {
        let first = self.first_prose();
        let mut vocabulary = Vocabulary::default();
        for n in (first..self.lines.len()).filter(|&n| self.prose[n]).take(40) {
            vocabulary.add(&vocabulary::grams(&self.lines[n], &self.cleaner.phrases));
        }
        self.d.headline = self.titled().or_else(|| self.find_headline(first, &vocabulary));
        for n in 0..first {
            if !self.stays(n) || Some(n) == self.d.headline {
                continue;
            }
            let line = &self.lines[n];
            let phrases = &self.cleaner.phrases;
            if bylines::is_time_stamp(line, phrases) || bylines::is_loose_stamp(line, phrases) {
                self.drop(n, RemovedKind::Byline, "clean.byline.time-stamp");
            } else if bylines::is_name_alone(line) && (self.article || self.d.headline.is_some_and(|h| h < n)) {
                self.name_alone(n);
            } else if self.article {
                continue;
            } else if self.d.headline.is_some_and(|h| n < h) {
                self.drop(n, RemovedKind::Breadcrumb, "clean.before-headline");
            } else if line.shape.end == End::Open && !matches!(line.hint, Hint::Heading(_) | Hint::List) {
                let coverage = vocabulary.coverage(&vocabulary::grams(line, &self.cleaner.phrases));
                if line.shape.len() < 8 || coverage < 0.2 {
                    self.drop(n, RemovedKind::Breadcrumb, "clean.before-lead");
                }
            }
        }
    }

    /// The line before the first paragraph that says most of what the article is about.
    fn find_headline(&self, first: usize, vocabulary: &Vocabulary) -> Option<usize> {
        let coverage = |n: usize| vocabulary.coverage(&vocabulary::grams(&self.lines[n], &self.cleaner.phrases));
        // Without a menu before it, the first line is the headline.
        let front: Vec<usize> = (0..first).filter(|&n| self.stays(n)).take(BARE_FRONT + 1).collect();
        let menu = (0..first).any(|n| {
            self.d.out[n].as_ref().is_some_and(|(kind, _)| {
                matches!(
                    kind,
                    RemovedKind::Breadcrumb | RemovedKind::Widget | RemovedKind::Related
                )
            })
        });
        if !menu && front.len() <= BARE_FRONT {
            let phrases = &self.cleaner.phrases;
            let named = |n: &usize| {
                let line = &self.lines[*n];
                line.shape.is_headline_like()
                    && !bylines::is_loose_stamp(line, phrases)
                    && !bylines::is_time_stamp(line, phrases)
                    && coverage(*n) > 0.0
            };
            if let Some(n) = front.iter().copied().find(named) {
                return Some(n);
            }
        }
        let mut best: Option<(f32, usize)> = None;
        let mut distance = 0.0;
        for n in (0..first).rev() {
            if !self.stays(n) {
                continue;
            }
            let line = &self.lines[n];
            if line.shape.is_headline_like() || matches!(line.hint, Hint::Heading(_)) || line.shape.is_open_headline() {
                let coverage = coverage(n);
                let level = match line.hint {
                    Hint::Heading(1) => 0.8,
                    Hint::Heading(_) => 0.2,
                    _ => 0.0,
                };
                let near = distance < 2.5;
                let score =
                    coverage * 2.0 + level + (line.shape.len().min(10) as f32) * 0.02 - (distance as f32) * 0.08;
                if (coverage > 0.12 || near || level > 0.5) && best.is_none_or(|(b, _)| score > b) {
                    best = Some((score, n));
                }
            }
            distance += 1.0;
        }
        // The line under the headline often says more of the article's words than the headline itself.
        if let Some((_, at)) = best {
            let coverage = |n: usize| vocabulary.coverage(&vocabulary::grams(&self.lines[n], &self.cleaner.phrases));
            let least = (coverage(at) * HEADLINE_ABOVE).max(0.3);
            let above = (0..at).rev().take(6).filter(|&n| self.stays(n)).take(2);
            let above = above
                .take_while(|&n| self.words(n) >= 5 && coverage(n) >= least && self.lines[n].shape.is_headline_like());
            if let Some(n) = above.last() {
                best = Some((0.0, n));
            }
        }
        best.map(|(_, n)| n)
    }

    fn name_alone(&mut self, n: usize) {
        self.drop(n, RemovedKind::Byline, "clean.byline.name-alone");
        if !self.stays(n) {
            let names = Names {
                kind: RemovedKind::Byline,
                rule: "clean.byline.name-alone".into(),
                authors: vec![self.lines[n].text.to_string()],
                credits: Vec::new(),
            };
            self.d.names.push((n, names));
        }
    }

    /// Subheads and lists stay, teasers of other news between the paragraphs go.
    fn middle(&mut self) {
        let first = self.first_prose();
        let last = self.prose.iter().rposition(|p| *p).unwrap_or(0);
        let phrases = &self.cleaner.phrases;
        let grams: Vec<Vec<u64>> = (0..self.lines.len())
            .map(|n| {
                if n >= first && n <= last {
                    vocabulary::grams(&self.lines[n], phrases)
                } else {
                    Vec::new()
                }
            })
            .collect();
        let mut vocabulary = Vocabulary::default();
        for (grams, _) in grams.iter().zip(&self.prose).filter(|(_, prose)| **prose) {
            vocabulary.add(grams);
        }
        // Headings that come again and again are the article's own.
        let lonely = (first + 1..last).filter(|&n| {
            self.stays(n) && self.lines[n].shape.is_open_headline() && self.prose[n + 1] && self.prose[n - 1]
        });
        let headed = lonely.count() >= HEADED_ARTICLE;
        let mut n = first;
        while n < last {
            if !self.stays(n) || self.prose[n] || Some(n) == self.d.headline {
                n += 1;
                continue;
            }
            // A run of lines that are no paragraphs.
            let mut to = n;
            while to < last && !self.prose[to] {
                to += 1;
            }
            let run: Vec<usize> = (n..to)
                .filter(|&m| self.stays(m) && self.lines[m].shape.end != End::Sentence)
                .collect();
            let announced = (first..n)
                .rev()
                .find(|&m| self.prose[m])
                .is_some_and(|m| self.lines[m].shape.end == End::Colon);
            let follow: Vec<Vec<u64>> = (to..=last)
                .take_while(|&m| m == to || self.prose[m])
                .filter(|&m| self.prose[m])
                .take(4)
                .map(|m| grams[m].clone())
                .collect();
            for &m in &run {
                let line = &self.lines[m];
                if !matches!(line.hint, Hint::None | Hint::Link)
                    || announced
                    || is_bullet(&line.text)
                    || line.shape.end == End::Colon
                {
                    continue;
                }
                if line.shape.len() >= TEASER_WORDS
                    && !line.shape.question
                    && run.len() < LIST_LINES
                    && !(headed && run.len() == 1)
                {
                    let share = vocabulary::shared(&grams[m], &follow, &vocabulary).unwrap_or(1.0);
                    if share < SUBHEAD_SHARE {
                        self.drop(m, RemovedKind::Related, "clean.related.teaser");
                    }
                } else if run.len() >= 3 && line.shape.len() <= 3 {
                    self.drop(m, RemovedKind::Widget, "clean.scraps");
                }
            }
            n = to;
        }
    }

    /// What stands behind the last paragraph.
    fn end(&mut self) {
        let Some(last) = self.prose.iter().rposition(|p| *p) else {
            return;
        };
        let announced = self.lines[last].shape.end == End::Colon;
        for n in last + 1..self.lines.len() {
            if !self.stays(n) || Some(n) == self.d.headline {
                continue;
            }
            let line = &self.lines[n];
            let keeps =
                line.shape.end == End::Sentence || line.hint == Hint::List || is_bullet(&line.text) || announced;
            if bylines::is_name_alone(line) {
                self.name_alone(n);
            } else if bylines::is_time_stamp(line, &self.cleaner.phrases) {
                self.drop(n, RemovedKind::Byline, "clean.byline.time-stamp");
            } else if bylines::is_initials(line) {
                self.drop(n, RemovedKind::Byline, "clean.byline.initials");
            } else if !keeps && line.shape.len() <= 20 {
                let kind = if line.shape.len() <= 4 {
                    RemovedKind::Widget
                } else {
                    RemovedKind::Related
                };
                self.drop(n, kind, "clean.after-last-paragraph");
            }
        }
    }

    fn kinds(&mut self) {
        self.d.names.sort_by_key(|(at, _)| *at);
        let last = self.prose.iter().rposition(|p| *p).unwrap_or(0);
        let mut lead = self.prose.iter().filter(|p| **p).count() > 1;
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            self.d.kinds[n] = if Some(n) == self.d.headline {
                BlockKind::Headline
            } else if let Some(kind) = line.hint.kind() {
                kind
            } else if is_bullet(&line.text) {
                BlockKind::List
            } else if self.prose.get(n) == Some(&true) {
                if std::mem::take(&mut lead) {
                    BlockKind::Lead
                } else {
                    BlockKind::Body
                }
            } else if line.shape.is_open_headline() && n < last {
                BlockKind::Subhead
            } else {
                BlockKind::Body
            };
        }
    }
}

/// Begins with the mark of a list item.
fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(
        chars.next(),
        Some('-' | '–' | '•' | '*' | '·' | '+' | '►' | '●' | '▪' | '■')
    ) && chars.next() == Some(' ')
}

/// Nothing but an address.
fn is_address(line: &Line<'_>) -> bool {
    let text = line.text.as_ref();
    !line.shape.long && !text.contains(char::is_whitespace) && (text.contains("://") || text.starts_with("www."))
}
