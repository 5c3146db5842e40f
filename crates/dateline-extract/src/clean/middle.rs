//! Between and behind the paragraphs: subheads and lists stay, teasers and scraps go.

use super::bylines;
use super::decide::{Desk, is_bullet};
use super::lines::{Hint, Line};
use super::vocabulary::{self, Vocabulary};
use super::words::End;
use dateline_model::RemovedKind;

/// Words from which a line between paragraphs may be a teaser. Subheads are shorter: they name, teasers tell.
const TEASER_WORDS: usize = 10;

/// Lines in a row, none of them a paragraph, from which they are a list of the article's own. Boxes of other news are shorter,
/// or have a heading that says so.
const LIST_LINES: usize = 4;

/// Lone lines between paragraphs from which an article has headings of its own; teasers stand once or twice in a report.
const HEADED_ARTICLE: usize = 4;

/// Share of its rarer words that the next paragraphs must take up for a long line without full stop to be a subhead.
const SUBHEAD_SHARE: f32 = 0.5;

/// Points of a line between two paragraphs for being the article's own; below nought it is none. Fitted by logistic
/// regression on the development pages, flattened to text.
///
/// `run` lines stand together between the paragraphs, `gone` others there have been left out already; `known` is the share of
/// the line's words that the article's paragraphs have, too.
fn own_points(line: &Line<'_>, run: usize, gone: usize, known: f32) -> f32 {
    let company = match run {
        0 | 1 => 0.28,
        2 => -0.34,
        3 | 4 => -0.63,
        _ => 0.0,
    };
    let litter = match gone {
        0 => 0.0,
        1 => -1.24,
        2 => -1.97,
        _ => -2.45,
    };
    let length = match line.shape.len() {
        0 | 1 => -0.64,
        2 | 3 => -0.89,
        _ => 0.0,
    };
    let first = match line.text.chars().next() {
        Some(c) if c.is_lowercase() => 0.83,
        Some(c) if c.is_numeric() => 0.5,
        _ => 0.0,
    };
    0.99 + company + litter + length + first + 2.3 * known
}

impl Desk<'_, '_> {
    /// Subheads and lists stay, teasers of other news between the paragraphs go.
    pub(super) fn middle(&mut self) {
        let first = self.first_prose();
        let last = self.prose.iter().rposition(|p| *p).unwrap_or(0);
        if !(first..last).any(|n| self.is_between(n)) {
            return;
        }
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
            if !self.is_between(n) {
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
            let gone = (n..to).filter(|&m| !self.stays(m)).count();
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
                } else if own_points(line, run.len(), gone, vocabulary.coverage(&grams[m])) < 0.0 {
                    let (kind, rule) = if line.shape.len() <= 3 {
                        (RemovedKind::Widget, "clean.scraps")
                    } else {
                        (RemovedKind::Related, "clean.related.run")
                    };
                    self.drop(m, kind, rule);
                }
            }
            n = to;
        }
    }

    /// Neither a paragraph nor the headline, and not left out yet.
    fn is_between(&self, n: usize) -> bool {
        self.stays(n) && !self.prose[n] && Some(n) != self.d.headline
    }

    /// What stands behind the last paragraph.
    pub(super) fn end(&mut self) {
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
}
