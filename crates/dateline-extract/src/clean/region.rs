//! Where the article is: the stretch of lines whose paragraphs outweigh the menus around them.

/// What a line weighs for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A paragraph of so many words.
    Prose(usize),
    /// A short sentence.
    Sentence,
    /// Some words without a full stop.
    Open,
    /// One to three words without a full stop.
    Scrap,
    /// A button, menu item or notice.
    Furniture,
    /// Caption, byline, advert: stands in articles as well as around them.
    Neutral,
}

impl Weight {
    /// Points; paragraphs are for the article, the rest against it. Chosen so that a list of ten items does not outweigh a
    /// short paragraph on either side, while a menu of forty items outweighs a cookie notice. Chosen on flattened pages.
    fn points(self) -> i64 {
        match self {
            Weight::Prose(words) => (words as i64).min(60) + 5,
            Weight::Sentence => 3,
            Weight::Open => -4,
            Weight::Scrap => -5,
            Weight::Furniture => -8,
            Weight::Neutral => -1,
        }
    }
}

/// The stretch with the most points, first and one past the last line; the earlier one where two are equal.
pub(super) fn best(weights: &[Weight]) -> (usize, usize) {
    let (mut best, mut at, mut sum, mut start) = (0i64, (0, weights.len()), 0i64, 0);
    for (n, weight) in weights.iter().enumerate() {
        if sum <= 0 {
            sum = 0;
            start = n;
        }
        sum += weight.points();
        if sum > best {
            best = sum;
            at = (start, n + 1);
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_fall_off_both_ends() {
        let mut page = vec![Weight::Prose(20)];
        page.extend([Weight::Furniture; 30]);
        page.extend([Weight::Prose(40), Weight::Open, Weight::Prose(50)]);
        page.extend([Weight::Scrap; 30]);
        page.push(Weight::Prose(20));
        assert_eq!(best(&page), (31, 34));
    }
}
