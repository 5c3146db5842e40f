//! Where the article is over and other news begin.

use super::bylines::{self, Names};
use super::decide::Desk;
use super::phrases::Role;
use super::words::End;
use dateline_model::RemovedKind;

/// Words of prose that must stand before a heading of other news for the article to be over there. Lower lets a box at the top
/// of a page cut the article off.
const ARTICLE_WORDS: usize = 40;

/// Words of prose in a row that are surely an article, whatever follows.
const SURE_ARTICLE_WORDS: usize = 110;

/// Words that a heading of other news may have behind its phrase: "More from World News".
const HEADING_REST: usize = 3;

impl Desk<'_, '_> {
    /// For each line: the longest row of paragraphs from there on (words, paragraphs), and the words of all of them. What is
    /// neither paragraph nor headline does not break a row.
    pub(super) fn ahead(&self) -> Vec<((usize, usize), usize)> {
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
    pub(super) fn named(&self, n: usize) -> Option<&Names> {
        let at = self.d.names.binary_search_by_key(&n, |(at, _)| *at).ok()?;
        Some(&self.d.names[at].1)
    }

    pub(super) fn is_tail_mark(&self, n: usize) -> bool {
        let hits = &self.lines[n].hits;
        // "More from the village: Five bridges at risk" is one link, "More from the village" a heading.
        let heading = |role| {
            hits.get(role)
                .is_some_and(|h| h.to + HEADING_REST >= self.lines[n].shape.len())
        };
        !self.stays(n) && (heading(Role::Tail) || hits.has(Role::Tags))
    }

    /// Cuts off the other news behind the article.
    pub(super) fn tail(&mut self) {
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
                        let in_page = row >= SURE_ARTICLE_WORDS && after.0 <= 2 * row || after.0 <= before;
                        after.0 * 2 <= before || self.article && in_page
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
    pub(super) fn skip_box(&mut self, from: usize) -> usize {
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

    pub(super) fn cut_off(&mut self, from: usize) {
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
}
