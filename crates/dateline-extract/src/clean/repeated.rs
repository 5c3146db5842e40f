//! Lines that an outlet puts around all its articles, seen where many reports are read together.
//!
//! One report says which of its lines may be such ([`Marks`]); all reports of an archive together say which are
//! ([`Repeated::of`]); a report is then cleaned among the others. All three are functions of what the reports say, so that
//! neither their order nor the number of builds shows.
//!
//! Repetition alone proves nothing: agencies and papers repeat whole paragraphs of background, word for word, from article to
//! article. So a line may be an outlet's own only by its shape and place, too: it speaks of the page or to the reader; or it is
//! no sentence and stands before the first or behind the last paragraph, or in a box between them; or it is a headline with
//! another one below it; or it introduces the author behind the article.

use super::bylines;
use super::lines::{Hint, Line};
use super::phrases::{Phrases, Role};
use super::words::{End, Shape};
use dateline_lang::SPREAD;
use dateline_model::{BlockKind, Removed, RemovedKind, RuleId};
use rapidhash::v3::rapidhash_v3;
use std::collections::BTreeMap;

/// Different articles of one outlet in which a line stands that is no sentence, from which it is the outlet's own. 5; chosen:
/// a column that comes back a few times keeps its label.
const OPEN_LINE_ARTICLES: usize = 5;

/// The same, of a line that speaks of the page or to the reader. 3; chosen: it says already what it is.
const PAGE_LINE_ARTICLES: usize = 3;

/// Points from which a line speaks of the page: two words of the page, or one phrase of the house.
const SPEAKS_OF_PAGE: usize = 2;

/// Words of a paragraph that are looked at for words of the page: pleas say it at once.
const PAGE_WORDS: usize = 80;

/// Longest paragraphs by which, and by its headline, an article is known again.
const LONGEST: usize = 3;

/// The rule by which a line goes that was taken for the headline.
pub(super) const ABOVE_HEADLINE: &str = "clean.repeated.above-headline";

/// The lowest bit of a line's mark: it speaks of the page.
const PAGE_BIT: u64 = 1;

/// What a report says about lines that may be its outlet's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The outlet, as a hash; 0 where nobody names it.
    outlet: u64,
    /// Hashes of headline and longest paragraphs: two reports that share two of them are one article, printed again or revised.
    article: Vec<u64>,
    /// Hashes of the lines that may be the outlet's own, sorted.
    lines: Vec<u64>,
}

impl Marks {
    /// As bytes, to be kept: numbers of 8 bytes, the smallest byte first.
    fn to_bytes(&self) -> Vec<u8> {
        [self.outlet, self.article.len() as u64]
            .iter()
            .chain(&self.article)
            .chain(&self.lines)
            .flat_map(|n| n.to_le_bytes())
            .collect()
    }

    /// Back from [`Marks::to_bytes`]; `None` where these are not such bytes.
    fn from_bytes(bytes: &[u8]) -> Option<Marks> {
        let numbers = numbers(bytes)?;
        let (&[outlet, articles], rest) = numbers.split_first_chunk::<2>()?;
        let articles = usize::try_from(articles).ok().filter(|n| *n <= rest.len())?;
        Some(Marks {
            outlet,
            article: rest[..articles].to_vec(),
            lines: rest[articles..].to_vec(),
        })
    }
}

/// Numbers of 8 bytes each; `None` where the bytes do not come out even.
fn numbers(bytes: &[u8]) -> Option<Vec<u64>> {
    let (whole, rest) = bytes.as_chunks::<8>();
    rest.is_empty()
        .then(|| whole.iter().map(|n| u64::from_le_bytes(*n)).collect())
}

/// A report's marks, and which of them were found to be its outlet's own when it was cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// What may be.
    pub marks: Marks,
    /// What was, sorted.
    pub own: Vec<u64>,
}

impl Among {
    /// As bytes, to be kept: of the marks, and of those that were the outlet's own.
    pub fn to_bytes(&self) -> (Vec<u8>, Vec<u8>) {
        let own = self.own.iter().flat_map(|n| n.to_le_bytes()).collect();
        (self.marks.to_bytes(), own)
    }

    /// Back from [`Among::to_bytes`]; `None` where these are not such bytes.
    pub fn from_bytes(marks: &[u8], own: &[u8]) -> Option<Among> {
        Some(Among {
            marks: Marks::from_bytes(marks)?,
            own: numbers(own)?,
        })
    }
}

/// The lines that outlets repeat, by outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated(BTreeMap<u64, Vec<u64>>);

impl Repeated {
    /// Learns from the ids and marks of all reports, in any order. Versions of a report have one id: they are one article.
    pub fn of<'m>(all: impl IntoIterator<Item = (&'m str, &'m Marks)>) -> Repeated {
        let all: Vec<(&str, &Marks)> = all.into_iter().filter(|(_, m)| !m.lines.is_empty()).collect();
        let articles = articles(&all);
        let mut stands: Vec<(u64, u64, usize)> = all
            .iter()
            .zip(&articles)
            .flat_map(|((_, marks), article)| marks.lines.iter().map(|line| (marks.outlet, *line, *article)))
            .collect();
        stands.sort_unstable();
        stands.dedup();
        let mut own: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for same in stands.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (outlet, line, _) = same[0];
            let least = if line & PAGE_BIT == 0 {
                OPEN_LINE_ARTICLES
            } else {
                PAGE_LINE_ARTICLES
            };
            if same.len() >= least {
                own.entry(outlet).or_default().push(line);
            }
        }
        Repeated(own)
    }

    /// Which of a report's lines are its outlet's own, sorted.
    pub fn own(&self, marks: &Marks) -> Vec<u64> {
        let Some(own) = self.0.get(&marks.outlet) else {
            return Vec::new();
        };
        let found = marks.lines.iter().filter(|line| own.binary_search(line).is_ok());
        found.copied().collect()
    }
}

/// For each report the number of its article: reports that share two of the hashes they are known by are one, and so are those of
/// one id in one outlet.
fn articles(all: &[(&str, &Marks)]) -> Vec<usize> {
    let mut keys: Vec<(u64, u64, u64, usize)> = Vec::new();
    for (n, (id, marks)) in all.iter().enumerate() {
        let id = rapidhash_v3(id.as_bytes());
        keys.push((marks.outlet, id, id, n));
        for (at, a) in marks.article.iter().enumerate() {
            let others = marks.article[at + 1..].iter();
            keys.extend(others.map(|b| (marks.outlet, *a.min(b), *a.max(b), n)));
        }
    }
    keys.sort_unstable();
    let mut parent: Vec<usize> = (0..all.len()).collect();
    let root = |parent: &mut Vec<usize>, mut n: usize| {
        while parent[n] != n {
            parent[n] = parent[parent[n]];
            n = parent[n];
        }
        n
    };
    for pair in keys.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (a.0, a.1, a.2) == (b.0, b.1, b.2) {
            let (a, b) = (root(&mut parent, a.3), root(&mut parent, b.3));
            let (low, high) = (a.min(b), a.max(b));
            parent[high] = low;
        }
    }
    (0..all.len()).map(|n| root(&mut parent, n)).collect()
}

/// How much a line speaks of the page: its words of the page, each counted once, and two for a phrase of the house.
pub(super) fn page_points(line: &Line<'_>, phrases: &Phrases) -> usize {
    let mut found = [0u64; 3];
    let mut count = 0;
    for word in line.shape.words.iter().take(PAGE_WORDS) {
        if count < found.len() && !found[..count].contains(&word.hash) && phrases.word_has(word, Role::Page) {
            found[count] = word.hash;
            count += 1;
        }
    }
    let words = &line.shape.words[..line.shape.len().min(PAGE_WORDS)];
    count
        + if phrases.anywhere(words, Role::House) {
            SPEAKS_OF_PAGE
        } else {
            0
        }
}

/// The outlet of a name or a host.
pub(super) fn outlet(name: Option<&str>, url: Option<&str>) -> u64 {
    if let Some(name) = name {
        return Shape::of(name).hash | 1;
    }
    let Some(url) = url else { return 0 };
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = ["www.", "m.", "amp."]
        .iter()
        .find_map(|p| host.strip_prefix(p))
        .unwrap_or(host);
    rapidhash_v3(host.to_ascii_lowercase().as_bytes()) | 1
}

/// A line's words as a number; where `figures` do not count, all figures are one: a box of prices has others every day.
fn mark(line: &Line<'_>, figures: bool, page: bool) -> u64 {
    let hash = if figures || line.shape.long {
        line.shape.hash
    } else {
        let words = line.shape.words.iter();
        words.fold(line.shape.len() as u64, |h, w| {
            (h ^ if w.digits { 0 } else { w.hash })
                .rotate_left(23)
                .wrapping_mul(SPREAD)
        })
    };
    hash & !PAGE_BIT | if page { PAGE_BIT } else { 0 }
}

/// One line that may be the outlet's own.
pub(super) struct Suspect {
    /// Its number among the lines that were kept.
    pub(super) at: usize,
    /// See [`Marks`].
    pub(super) mark: u64,
    /// What it is where it is the outlet's own.
    pub(super) kind: RemovedKind,
    /// Why.
    pub(super) rule: RuleId,
}

/// Was left out for standing beside what was taken for the headline.
pub(super) fn is_beside_headline(gone: &Removed) -> bool {
    gone.source.is_some() && matches!(gone.rule.as_str(), "clean.before-lead" | "clean.before-headline")
}

/// The lines that may be the outlet's own, and what the article is known by. `title` is the hash of the headline that the
/// record or the markup gave.
pub(super) fn suspects(
    (kept, removed): (&[(Line<'_>, BlockKind)], &[Removed]),
    title: Option<u64>,
    authors: &[String],
    outlet: u64,
    phrases: &Phrases,
) -> (Marks, Vec<Suspect>) {
    let points: Vec<usize> = kept.iter().map(|(line, _)| page_points(line, phrases)).collect();
    let is_body = |n: usize| kept[n].0.shape.is_prose() && points[n] < SPEAKS_OF_PAGE;
    let body: Vec<usize> = (0..kept.len()).filter(|&n| is_body(n)).collect();
    let (Some(&first), Some(&last)) = (body.first(), body.last()) else {
        return (Marks::default(), Vec::new());
    };
    let is_another = |shape: &Shape| shape.len() >= 4 && shape.is_open_headline();
    let mut suspects = Vec::new();
    for (n, (line, kind)) in kept.iter().enumerate() {
        let shape = &line.shape;
        let around = n < first || n > last;
        // A name alone may be the author's once what stands behind it is gone.
        if title == Some(shape.hash) || shape.words.iter().all(|w| w.digits) || bylines::is_name_alone(line) {
            continue;
        }
        let page = points[n] >= SPEAKS_OF_PAGE;
        let (figures, removed, rule) = if *kind == BlockKind::Headline {
            let mut below = kept[n + 1..first.max(n + 1)].iter();
            let mut gone = removed.iter().filter(|r| is_beside_headline(r));
            if !below.any(|(line, _)| is_another(&line.shape)) && !gone.any(|r| is_another(&Shape::of(&r.text))) {
                continue;
            }
            (true, RemovedKind::Breadcrumb, ABOVE_HEADLINE)
        } else if page {
            let removed = if shape.is_prose() {
                RemovedKind::Notice
            } else {
                RemovedKind::Widget
            };
            (true, removed, "clean.repeated.page")
        } else if shape.end == End::Sentence || shape.is_prose() {
            let author = || {
                authors
                    .iter()
                    .any(|a| a.contains(' ') && line.text.starts_with(a.as_str()))
            };
            if !around || !author() {
                continue;
            }
            (true, RemovedKind::Byline, "clean.repeated.author")
        } else if outlet != 0 && (around || is_boxed(kept, n, &is_body) || points[n] > 0 && line.hint == Hint::None) {
            // Texts of nobody's are of many outlets: what repeats among them may be the language's ("Pros", "Cons").
            (false, RemovedKind::Related, "clean.repeated.line")
        } else {
            continue;
        };
        suspects.push(Suspect {
            at: n,
            mark: mark(line, figures, page),
            kind: removed,
            rule: rule.into(),
        });
    }
    let mut marks = Marks {
        outlet,
        ..Marks::default()
    };
    marks.lines = suspects.iter().map(|s| s.mark).collect();
    marks.lines.sort_unstable();
    marks.lines.dedup();
    let mut longest: Vec<(usize, u64)> = body
        .iter()
        .map(|&n| (kept[n].0.text.len(), kept[n].0.shape.hash))
        .collect();
    longest.sort_unstable_by(|a, b| b.cmp(a));
    longest.dedup();
    marks.article = longest.iter().take(LONGEST).map(|(_, hash)| *hash).collect();
    // What may be the outlet's name is no headline to know an article by.
    if !suspects.iter().any(|s| s.rule.as_str() == ABOVE_HEADLINE) {
        let headline = kept.iter().find(|(_, kind)| *kind == BlockKind::Headline);
        let own = title.or(headline.map(|(line, _)| line.shape.hash));
        marks.article.extend(own);
    }
    (marks, suspects)
}

/// Stands between paragraphs, but heads none: what follows is no paragraph either. A heading that comes back in many articles
/// ("Background") is the article's own.
fn is_boxed(kept: &[(Line<'_>, BlockKind)], n: usize, is_body: &impl Fn(usize) -> bool) -> bool {
    let (line, kind) = &kept[n];
    line.hint == Hint::None
        && *kind != BlockKind::List
        && line.shape.end != End::Colon
        && kept
            .get(n + 1)
            .is_some_and(|(next, kind)| *kind != BlockKind::List && !is_body(n + 1) && next.shape.end == End::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(outlet: u64, article: &[u64], lines: &[u64]) -> Marks {
        Marks {
            outlet,
            article: article.to_vec(),
            lines: lines.to_vec(),
        }
    }

    #[test]
    fn a_line_counts_once_an_article_and_only_in_its_outlet() {
        // One article in five revisions, four other articles, another outlet.
        let mut all: Vec<Marks> = (0..5).map(|n| marks(7, &[1, 2, 3, 90 + n], &[100, 101])).collect();
        all.extend((0..3).map(|n| marks(7, &[10 * n + 20, 10 * n + 21, 5], &[100])));
        all.push(marks(9, &[60, 61], &[100]));
        let ids: Vec<String> = (0..20).map(|n: u32| n.to_string()).collect();
        let of = |all: &[Marks]| Repeated::of(ids.iter().map(String::as_str).zip(all));
        let learned = |all: &[Marks]| of(all).own(&all[0]);
        assert!(
            learned(&all).is_empty(),
            "four articles are too few, and revisions are one"
        );
        all.push(marks(7, &[70, 71], &[100]));
        assert_eq!(learned(&all), [100]);
        let backwards: Vec<Marks> = all.iter().rev().cloned().collect();
        assert_eq!(of(&backwards), of(&all));
        // A line that speaks of the page needs three.
        let page: Vec<Marks> = (0..3).map(|n| marks(7, &[2 * n, 2 * n + 1], &[101])).collect();
        assert_eq!(learned(&page), [101]);
        // Three versions under one id are one article, whatever they have in common.
        assert!(Repeated::of(page.iter().map(|m| ("v", m))).own(&page[0]).is_empty());
    }

    #[test]
    fn marks_come_back_from_their_bytes() {
        let given = marks(3, &[1, u64::MAX], &[4, 5, 6]);
        assert_eq!(Marks::from_bytes(&given.to_bytes()), Some(given.clone()));
        assert_eq!(Marks::from_bytes(&given.to_bytes()[1..]), None);
        assert_eq!(Marks::from_bytes(&[]), None);
        let among = Among {
            marks: given,
            own: vec![5],
        };
        let (marks, own) = among.to_bytes();
        assert_eq!(Among::from_bytes(&marks, &own), Some(among));
        let lying = [0u64, 9, 1].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
        assert_eq!(Marks::from_bytes(&lying), None);
    }
}
