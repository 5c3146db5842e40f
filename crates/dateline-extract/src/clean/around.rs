//! What lies around the article, by weight.

use super::decide::Desk;
use super::phrases::Role;
use super::region::{self, Weight};
use super::vocabulary;
use super::words::End;
use dateline_model::RemovedKind;

/// Longest paragraph that may speak of the page alone, in words.
const PAGE_WORDS: usize = 80;

impl Desk<'_, '_> {
    pub(super) fn weight(&self, n: usize) -> Weight {
        let shape = &self.lines[n].shape;
        match &self.d.out[n] {
            Some(_) if self.is_tail_mark(n) => Weight::Tail,
            Some((RemovedKind::Widget | RemovedKind::Breadcrumb | RemovedKind::Related | RemovedKind::Notice, _)) => {
                Weight::Furniture
            }
            Some(_) => Weight::Neutral,
            None if self.prose[n] => match self.page_words(n) {
                0 | 1 => Weight::Prose(shape.len()),
                2 => Weight::Page,
                _ => Weight::Notice,
            },
            None if self.is_title(n) => Weight::Neutral,
            None if shape.end == End::Sentence && shape.len() >= 3 => Weight::Sentence,
            None if shape.len() <= 3 => Weight::Scrap,
            None => Weight::Open,
        }
    }

    /// How many words a paragraph has that speak of the page, each counted once, at most three.
    fn page_words(&self, n: usize) -> usize {
        let words = &self.lines[n].shape.words;
        if words.len() > PAGE_WORDS {
            return 0;
        }
        let mut found: [u64; 3] = [0; 3];
        let mut count = 0;
        for word in words {
            if !found[..count].contains(&word.hash) && self.cleaner.phrases.word_has(word, Role::Page) {
                found[count] = word.hash;
                count += 1;
                if count == found.len() {
                    break;
                }
            }
        }
        count
    }

    /// Leaves out what lies around the article.
    pub(super) fn region(&mut self) {
        let weights: Vec<Weight> = (0..self.lines.len()).map(|n| self.weight(n)).collect();
        let found = region::best(&weights);
        // Markup has told menus and boxes already; what is left is parted by its own headings.
        let (start, end) = if self.lines.iter().all(|line| line.source.is_none()) {
            found
        } else {
            let words_of = |n: usize| {
                let line = &self.lines[n];
                (
                    line.shape.len(),
                    vocabulary::names_and_long_words(line, &self.cleaner.phrases),
                )
            };
            let whole = region::grow(&weights, found, words_of);
            region::trim(&weights, whole, words_of)
        };
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
}
