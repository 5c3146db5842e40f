//! Which agreement is meant.

use super::super::calculus::Moment;
use super::{Claim, Reader, Telling, agreement_key};
use dateline_model::{Change, Fluent};
use std::collections::{BTreeMap, BTreeSet};

/// How often each stands in a list.
fn counted(list: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in list {
        *counts.entry(one.clone()).or_insert(0) += 1;
    }
    counts
}

impl Reader<'_> {
    /// What kind of agreement a telling is of, by its own words, else by those right behind them.
    pub(super) fn kind_of(&self, t: &Telling) -> Option<usize> {
        let text = &self.corpus.reports[t.report].document.text;
        let trigger = t.mention.trigger.of(text);
        let behind = text
            .get(t.mention.trigger.end as usize..t.mention.clause.end.max(t.mention.trigger.end) as usize)
            .unwrap_or("");
        let behind: String = behind.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        self.axioms
            .agreement(trigger)
            .or_else(|| self.axioms.agreement(&behind))
    }

    /// One agreement under its names: the days meet, and the parties of one are among those of the other.
    pub(super) fn agreements(&mut self, claims: &mut [Claim]) {
        struct Known {
            moment: Moment,
            parties: BTreeSet<String>,
            places: BTreeMap<String, usize>,
            kind: Option<usize>,
            members: Vec<usize>,
        }
        let mut order: Vec<usize> = (0..claims.len())
            .filter(|i| claims[*i].fluent == Fluent::InForce)
            .collect();
        order.sort_by_key(|i| {
            let c = &claims[*i];
            (
                c.moment.days.days().unwrap_or(i64::MAX),
                std::cmp::Reverse(c.parties.len()),
                c.moment.days,
                c.event.clone(),
            )
        });
        let mut all: Vec<Known> = Vec::new();
        for i in order {
            let c = &claims[i];
            let fits = |k: &&mut Known| {
                let common = k.parties.intersection(&c.parties).count();
                let one = common >= 2 || common > 0 && common == k.parties.len().min(c.parties.len());
                let unnamed = c.parties.is_empty() && c.places.iter().any(|p| k.places.contains_key(p));
                (one || unnamed) && (c.change != Change::Begins || k.moment.meets(c.moment))
            };
            let found = if c.stands {
                // What stands is the last that began.
                let begun = |k: &&mut Known| k.moment.anchor() <= c.moment.upper();
                all.iter_mut()
                    .filter(begun)
                    .filter(fits)
                    .max_by_key(|k| k.moment.anchor())
            } else if c.change == Change::Begins {
                all.iter_mut().find(fits)
            } else {
                // What ends is the last that began.
                all.iter_mut().filter(fits).max_by_key(|k| k.moment.anchor())
            };
            match found {
                Some(k) => {
                    if c.change == Change::Begins && !c.stands {
                        k.moment = k.moment.and(c.moment);
                    }
                    k.parties.extend(c.parties.iter().cloned());
                    for p in &c.places {
                        *k.places.entry(p.clone()).or_insert(0) += 1;
                    }
                    k.kind = match (k.kind, c.kind) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                    k.members.push(i);
                }
                None if !c.parties.is_empty() || c.moment.days.closed().is_some() => all.push(Known {
                    moment: c.moment,
                    parties: c.parties.clone(),
                    places: counted(&c.places),
                    kind: c.kind,
                    members: vec![i],
                }),
                None => {}
            }
        }
        for known in all {
            // The place that most tell, a finer one before its country.
            // A town of a third country is where it was signed.
            let lands: BTreeSet<&String> = known
                .parties
                .iter()
                .filter_map(|p| self.told.points.get(p)?.country.as_ref())
                .collect();
            let elsewhere = |p: &str| {
                self.is_town(p)
                    && !lands.is_empty()
                    && self
                        .told
                        .points
                        .get(p)
                        .and_then(|q| q.country.as_ref())
                        .is_some_and(|c| !lands.contains(c))
            };
            let top = known.places.iter().filter(|(p, _)| !elsewhere(p)).max_by_key(|(p, n)| {
                let finer = known.places.keys().any(|q| self.told.inside(p, q));
                (**n, finer, std::cmp::Reverse((*p).clone()))
            });
            let place: Vec<String> = top.map(|(p, _)| p.clone()).into_iter().collect();
            let subject: Vec<String> = known.parties.iter().cloned().collect();
            let key = agreement_key(&subject.join("+"), place.first().map_or("", String::as_str));
            let kind = self.told.agreements.entry(key.clone()).or_insert(known.kind);
            *kind = match (*kind, known.kind) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            for i in known.members {
                claims[i].parties.clone_from(&known.parties);
                claims[i].places.clone_from(&place);
                // What tells that it stands is a sentence, no name of it.
                if !claims[i].stands {
                    let words = claims[i].subject.clone();
                    self.word(&key, &words);
                }
            }
        }
    }
}
