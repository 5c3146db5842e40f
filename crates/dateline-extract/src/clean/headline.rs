//! The headline, and what stands around it.

use super::bylines::{self, Names};
use super::decide::Desk;
use super::lines::Hint;
use super::vocabulary::{self, Vocabulary};
use super::words::End;
use dateline_model::RemovedKind;

/// Lines before the first paragraph up to which a text without a menu begins with its headline.
const BARE_FRONT: usize = 4;

/// Share of the headline's words in the article that the line above must have, too, to be the headline in its place.
const HEADLINE_ABOVE: f32 = 0.6;

impl Desk<'_, '_> {
    pub(super) fn first_prose(&self) -> usize {
        self.prose.iter().position(|p| *p).unwrap_or(self.lines.len())
    }

    /// The headline, and what stands around it.
    pub(super) fn front(&mut self) {
        let first = self.first_prose();
        let mut vocabulary = Vocabulary::default();
        // Only lines before the first paragraph are compared with it.
        let article = if first > 0 { first..self.lines.len() } else { 0..0 };
        for n in article.filter(|&n| self.prose[n]).take(40) {
            vocabulary.add(&vocabulary::grams(&self.lines[n], &self.cleaner.phrases));
        }
        if !self.article {
            self.stamps_below_lead(first);
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

    /// The day of publication below the sentence that sums up. Where days come again further below, they head the entries of a
    /// chronicle.
    fn stamps_below_lead(&mut self, first: usize) {
        let phrases = &self.cleaner.phrases;
        let prose = &self.prose;
        let second = (first + 1..self.lines.len()).find(|&n| prose[n]).unwrap_or(first);
        let is_stamp = |n: &usize| self.stays(*n) && !prose[*n] && bylines::is_time_stamp(&self.lines[*n], phrases);
        if (second..self.lines.len()).any(|n| is_stamp(&n)) {
            return;
        }
        let stamps: Vec<usize> = (first + 1..second).filter(is_stamp).collect();
        for n in stamps {
            self.drop(n, RemovedKind::Byline, "clean.byline.time-stamp");
        }
    }

    /// The line before the first paragraph that says most of what the article is about.
    pub(super) fn find_headline(&self, first: usize, vocabulary: &Vocabulary) -> Option<usize> {
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
            let line = &self.lines[n];
            let phrases = &self.cleaner.phrases;
            if !self.stays(n) || bylines::is_time_stamp(line, phrases) || bylines::is_loose_stamp(line, phrases) {
                continue;
            }
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

    pub(super) fn name_alone(&mut self, n: usize) {
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
}
