//! Whether one cluster of reports goes on with the matter of another.

use super::profile::{Profile, sorted};
use crate::corpus::Corpus;
use crate::words::{Vector, shared};
use dateline_model::Interval;
use std::collections::BTreeMap;

/// Likeness of the names (cosine, 0 to 1) from which on two clusters are about the same people and places. Set on the
/// public sets, like the likeness of reports.
const NAMES: f64 = 0.3;

/// The same where both look back on a day of the past that they give to the same people or places.
const LOOKING_BACK: f64 = 0.2;

/// The same where one side has no day.
const UNDATED: f64 = 0.45;

/// Names that both must have.
const SHARED: usize = 3;

/// Likeness of the words from which on clusters of one language are about the same things: names alone join nothing.
const WORDS: f64 = 0.14;

/// Days of silence after which the same people and places are another matter.
const SILENCE: i64 = 120;

/// What a cluster is about.
pub(super) struct Matter {
    /// Names that more than one report has.
    pub(super) names: Vector,
    words: BTreeMap<String, Vector>,
    /// Names with the months in which the reports place them, sorted.
    placed: Vec<u64>,
    /// Names with days that the reports look back on, sorted.
    landmarks: Vec<u64>,
    days: Interval,
}

impl Matter {
    pub(super) fn of(corpus: &Corpus, profiles: &[Profile], set: &[usize]) -> Matter {
        let mut days: Option<Interval> = None;
        let mut words: BTreeMap<&str, Vec<&Vector>> = BTreeMap::new();
        let (mut placed, mut landmarks) = (Vec::new(), Vec::new());
        for &report in set {
            let profile = &profiles[report];
            words.entry(&profile.language).or_default().push(&profile.words);
            placed.extend(&profile.placed);
            landmarks.extend(&profile.landmarks);
            let published = corpus.published(report);
            if published.closed().is_some() {
                days = Some(days.map_or(published, |d| cover(d, published)));
            }
        }
        let words = words.into_iter();
        Matter {
            names: Vector::total(set.iter().map(|r| &profiles[*r].names)),
            words: words
                .map(|(l, all)| (l.to_string(), Vector::total(all.into_iter())))
                .collect(),
            placed: sorted(placed),
            landmarks: sorted(landmarks),
            days: days.unwrap_or_default(),
        }
    }

    /// The two together.
    pub(super) fn both(a: &Matter, b: &Matter) -> Matter {
        let mut words = a.words.clone();
        for (language, vector) in &b.words {
            let of = words.entry(language.clone()).or_default();
            *of = of.plus(vector);
        }
        Matter {
            names: a.names.plus(&b.names),
            words,
            placed: sorted(a.placed.iter().chain(&b.placed).copied().collect()),
            landmarks: sorted(a.landmarks.iter().chain(&b.landmarks).copied().collect()),
            days: cover(a.days, b.days),
        }
    }

    /// How alike the names are, where one goes on with the other's matter.
    pub(super) fn goes_on(&self, other: &Matter) -> Option<f64> {
        let gap = |a: Interval, b: Interval| Some(i64::from((a.earliest? - b.latest?).get_days()));
        // Without a day on each side nothing speaks against one time; the names must say more.
        let silence = gap(self.days, other.days).max(gap(other.days, self.days));
        let both = self
            .names
            .0
            .iter()
            .filter(|(k, _)| other.names.0.binary_search_by_key(k, |(k, _)| *k).is_ok());
        let like = unit(&self.names).cosine(&unit(&other.names));
        let words = || {
            self.words
                .iter()
                .filter_map(|(language, w)| Some(unit(w).cosine(&unit(other.words.get(language)?))))
                .fold(0.0, f64::max)
        };
        let enough = if silence.is_none() {
            UNDATED
        } else if shared(&self.landmarks, &other.landmarks) > 0 {
            LOOKING_BACK
        } else {
            NAMES
        };
        let holds = silence.is_none_or(|days| days <= SILENCE)
            && like >= enough
            && both.count() >= SHARED
            && (shared(&self.placed, &other.placed) > 0 || words() >= WORDS);
        holds.then_some(like)
    }
}

/// The same direction, length one.
fn unit(v: &Vector) -> Vector {
    Vector::of(v.0.clone())
}

/// The days of both, and between.
fn cover(a: Interval, b: Interval) -> Interval {
    Interval {
        earliest: a.earliest.into_iter().chain(b.earliest).min(),
        latest: a.latest.into_iter().chain(b.latest).max(),
    }
}
