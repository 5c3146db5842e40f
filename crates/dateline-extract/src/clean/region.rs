//! Where the article is: the stretch of lines whose paragraphs outweigh the menus around them.

use rapidhash::{RapidHashMap, RapidHashSet};

/// What a line weighs for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A paragraph of so many words.
    Prose(usize),
    /// A paragraph that speaks of the page: cookies, newsletters, accounts.
    Page,
    /// A paragraph that speaks of nothing else.
    Notice,
    /// A short sentence.
    Sentence,
    /// Some words without a full stop.
    Open,
    /// One to three words without a full stop.
    Scrap,
    /// A button, menu item or notice.
    Furniture,
    /// The heading of other news.
    Tail,
    /// Caption, byline, advert: stands in articles as well as around them.
    Neutral,
}

impl Weight {
    /// Points; paragraphs are for the article, the rest against it. Chosen so that a list of ten items does not outweigh a
    /// short paragraph on either side, while a menu of forty items outweighs a cookie notice. Chosen on flattened pages.
    fn points(self) -> i64 {
        match self {
            Weight::Prose(words) => (words as i64).min(60) + 5,
            Weight::Page => 5,
            Weight::Notice => -5,
            Weight::Sentence => 3,
            Weight::Open => -4,
            Weight::Scrap => -5,
            Weight::Furniture => -8,
            Weight::Tail => -50,
            Weight::Neutral => -1,
        }
    }

    fn is_prose(self) -> bool {
        matches!(self, Weight::Prose(_) | Weight::Page | Weight::Notice)
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

/// Points against the article in a row from which the row may be its border.
const BORDER: i64 = 12;

/// How often an end may be cut off. Pages have a few boxes behind the article, seldom ten.
const CUTS: usize = 12;

/// The end that is cut off has at most so many words for each word of what stays.
const LARGEST_END: f32 = 1.2;

/// Points of an end beyond a border for belonging to the article: a share of its names and long words that the rest has, too;
/// its words for each word of the rest; points against the article in it for each point for it; buttons and notices on the
/// border. Below nought it does not belong. Fitted by logistic regression on the development pages, flattened to text.
struct Belonging {
    shared: f32,
    size: f32,
    litter: f32,
    button: f32,
    from: f32,
}

const BEHIND: Belonging = Belonging {
    shared: 5.8,
    size: 4.4,
    litter: -5.0,
    button: -0.55,
    from: -1.3,
};

const BEFORE: Belonging = Belonging {
    shared: 6.3,
    size: 4.0,
    litter: -3.5,
    button: -0.2,
    from: -0.7,
};

/// Points below which an end is cut off. Below nought, where it more likely does not belong than does: an article that is cut short
/// loses more than one with a box behind it has too much. Chosen on the development pages, flattened.
const CUT_POINTS: f32 = -0.5;

const MOST_LITTER: f32 = 2.0;
const MOST_BUTTONS: usize = 6;

/// Words of paragraphs from which a stretch beside the article may be its continuation.
const CONTINUATION_WORDS: usize = 30;

/// Points that a continuation needs: more than an end that only has to stay. Chosen on the development pages, flattened.
const CONTINUATION_POINTS: f32 = 0.5;

/// Takes in what goes on behind lists, tables and boxes, and what began before them: the stretch beside the article with the most
/// points, as long as it speaks of the same and no heading of other news stands between.
pub(super) fn grow(
    weights: &[Weight],
    (mut start, mut end): (usize, usize),
    mut words_of: impl FnMut(usize) -> (usize, Vec<u64>),
) -> (usize, usize) {
    if (start, end) == (0, weights.len()) {
        return (start, end);
    }
    let mut known: RapidHashSet<u64> = RapidHashSet::default();
    let mut words = 0;
    let mut take = |range: std::ops::Range<usize>| -> (usize, Vec<u64>) {
        let (mut words, mut all) = (0, Vec::new());
        for n in range.filter(|&n| weights[n].is_prose() && weights[n].points() > 0) {
            let (own, grams) = words_of(n);
            words += own;
            all.extend(grams);
        }
        all.sort_unstable();
        all.dedup();
        (words, all)
    };
    let mut fresh = start..end;
    let mut behind = true;
    for _ in 0..CUTS {
        let (own, grams) = take(fresh);
        words += own;
        known.extend(grams);
        let (from, to) = if behind {
            let (from, to) = best(&weights[end..]);
            (end + from, end + to)
        } else {
            best(&weights[..start])
        };
        let between = if behind { end..from } else { to..start };
        fresh = from..to;
        let (own, grams) = take(fresh.clone());
        let other = weights[between.clone()].contains(&Weight::Tail);
        let joins = !other && own >= CONTINUATION_WORDS && {
            let both = grams.iter().filter(|g| known.contains(g)).count();
            let sum = |sign: i64| -> f32 {
                let points = (from..to).map(|n| (sign * weights[n].points()).max(0));
                points.sum::<i64>() as f32
            };
            let buttons = weights[between].iter().filter(|w| **w == Weight::Furniture).count();
            let by = if behind { BEHIND } else { BEFORE };
            let points = by.from
                + by.shared * both as f32 / grams.len().max(1) as f32
                + by.size * (own as f32 / words.max(1) as f32).min(LARGEST_END)
                + by.litter * (sum(-1) / sum(1).max(1.0)).min(MOST_LITTER)
                + by.button * buttons.min(MOST_BUTTONS) as f32;
            points >= CONTINUATION_POINTS
        };
        match (joins, behind) {
            (true, true) => end = to,
            (true, false) => start = from,
            (false, true) => {
                behind = false;
                fresh = 0..0;
            }
            (false, false) => break,
        }
    }
    (start, end)
}

/// One paragraph of the stretch.
struct Paragraph {
    line: usize,
    words: f32,
    /// Names and long words of which it is the first, the last in the stretch.
    begins: usize,
    ends: usize,
}

/// Cuts off the ends of a stretch that speak of other things than the rest: boxes of other news, comments, notices of the
/// house. `words_of` gives a paragraph's count of words and the hashes of its names and long words.
pub(super) fn trim(
    weights: &[Weight],
    (mut start, mut end): (usize, usize),
    mut words_of: impl FnMut(usize) -> (usize, Vec<u64>),
) -> (usize, usize) {
    let mut grams: Vec<Option<(usize, Vec<u64>)>> = Vec::new();
    for _ in 0..CUTS {
        let points = |n: usize| weights[n].points();
        let lines: Vec<usize> = (start..end)
            .filter(|&n| weights[n].is_prose() && points(n) > 0)
            .collect();
        let against = |pair: &[usize]| -> i64 { (pair[0] + 1..pair[1]).map(|n| (-points(n)).max(0)).sum() };
        if !lines.windows(2).any(|pair| against(pair) >= BORDER) {
            break;
        }
        grams.resize(weights.len(), None);
        for &n in &lines {
            grams[n].get_or_insert_with(|| words_of(n));
        }
        let paragraphs = paragraphs(&lines, &grams);
        let all: f32 = paragraphs.iter().map(|p| p.words).sum();
        let all_grams: usize = paragraphs.iter().map(|p| p.begins).sum();
        let sum = |range: std::ops::Range<usize>, sign: i64| -> f32 {
            range.map(|n| (sign * points(n)).max(0)).sum::<i64>() as f32
        };
        let (all_good, all_bad) = (sum(start..end, 1), sum(start..end, -1));
        let mut worst: Option<(f32, usize, bool)> = None;
        let (mut left, mut begun, mut ended, mut good, mut bad) = (0.0, 0, 0, 0.0, 0.0);
        let mut seen = start;
        for pair in paragraphs.windows(2) {
            let (here, next) = (&pair[0], &pair[1]);
            left += here.words;
            begun += here.begins;
            ended += here.ends;
            good += sum(seen..here.line + 1, 1);
            bad += sum(seen..here.line + 1, -1);
            seen = here.line + 1;
            let between = sum(seen..next.line, -1);
            if between < BORDER as f32 {
                continue;
            }
            let buttons = (seen..next.line)
                .filter(|&n| matches!(weights[n], Weight::Furniture | Weight::Tail))
                .count()
                .min(MOST_BUTTONS) as f32;
            let both = (begun - ended) as f32;
            let mut judge = |end: f32, rest: f32, grams: usize, litter: f32, behind: bool| {
                if end > rest * LARGEST_END {
                    return;
                }
                let by = if behind { BEHIND } else { BEFORE };
                let points = by.from
                    + by.shared * both / grams.max(1) as f32
                    + by.size * end / rest
                    + by.litter * litter.min(MOST_LITTER)
                    + by.button * buttons;
                if points < CUT_POINTS && worst.is_none_or(|(w, ..)| points < w) {
                    worst = Some((points, if behind { here.line + 1 } else { next.line }, behind));
                }
            };
            let behind = (all_bad - bad - between) / (all_good - good).max(1.0);
            judge(all - left, left, all_grams - ended, behind, true);
            judge(left, all - left, begun, bad / good.max(1.0), false);
        }
        match worst {
            Some((_, at, true)) => end = at,
            Some((_, at, false)) => start = at,
            None => break,
        }
    }
    (start, end)
}

/// The paragraphs with how many names and long words begin and end in each.
fn paragraphs(lines: &[usize], grams: &[Option<(usize, Vec<u64>)>]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut last: RapidHashMap<u64, usize> = RapidHashMap::default();
    for (at, &line) in lines.iter().enumerate() {
        let (words, own) = grams[line].as_ref().map_or((0, &[][..]), |(w, g)| (*w, g));
        let mut begins = 0;
        for gram in own {
            match last.insert(*gram, at) {
                Some(before) if before < at => out[before].ends -= 1,
                Some(_) => continue,
                None => begins += 1,
            }
        }
        out.push(Paragraph {
            line,
            words: words as f32,
            begins,
            ends: own.len(),
        });
    }
    out
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

    #[test]
    fn an_end_behind_a_border_that_speaks_of_other_things_is_cut_off() {
        let mut page = vec![Weight::Prose(40); 4];
        page.extend([Weight::Open; 6]);
        page.extend([Weight::Prose(30), Weight::Open, Weight::Open]);
        let other = |n: usize| (40, if n < 4 { vec![1, 2, 3] } else { vec![7, 8, 9] });
        let same = |_: usize| (40, vec![1, 2, 3]);
        assert_eq!(trim(&page, (0, 13), other), (0, 4));
        assert_eq!(trim(&page, (0, 13), same), (0, 13));
    }

    #[test]
    fn what_goes_on_behind_a_table_is_taken_in_unless_it_speaks_of_other_things_or_is_other_news() {
        let page = |between: Weight| {
            let mut page = vec![Weight::Prose(40); 4];
            page.extend([between; 40]);
            page.extend([Weight::Prose(40); 2]);
            page
        };
        let same = |_: usize| (40, vec![1, 2, 3]);
        let other = |n: usize| {
            (
                10 + 30 * usize::from(n < 4),
                if n < 4 { vec![1, 2, 3] } else { vec![7, 8, 9] },
            )
        };
        assert_eq!(grow(&page(Weight::Scrap), (0, 4), same), (0, 46));
        assert_eq!(grow(&page(Weight::Scrap), (44, 46), same), (0, 46));
        assert_eq!(grow(&page(Weight::Scrap), (0, 4), other), (0, 4));
        assert_eq!(grow(&page(Weight::Tail), (0, 4), same), (0, 4));
    }

    #[test]
    fn a_notice_before_a_border_is_cut_off() {
        let mut page = vec![Weight::Prose(12)];
        page.extend([Weight::Furniture; 3]);
        page.extend([Weight::Prose(60); 6]);
        let other = |n: usize| (40, if n > 0 { vec![1, 2, 3] } else { vec![7, 8, 9] });
        assert_eq!(trim(&page, (0, 10), other), (4, 10));
    }
}
