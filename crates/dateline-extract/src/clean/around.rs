//! What lies around the article, by weight.

use super::decide::Desk;
use super::region::{self, Weight};
use super::words::End;
use dateline_model::RemovedKind;

impl Desk<'_, '_> {
    pub(super) fn weight(&self, n: usize) -> Weight {
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
    pub(super) fn region(&mut self) {
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
}
