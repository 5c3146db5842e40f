//! What is put before the rules: known names and runs of capitals, as words of classes that the rules name.
//!
//! Takes: words, known names, runs. Gives: words with the classes `state`, `area`, `body`, `run`, `org-tail` added. Never: decides
//! which of them is a name.

use super::atoms::{self, Atom, What};
use super::gazetteer::Kind;
use super::runs::{self, Run};
use super::{Finder, is_acronym};
use dateline_lang::{Hit, Words};
use dateline_model::MentionKind;

/// Tokens before what an office is for in which its title stands. Chosen: "High Representative for Foreign Affairs and".
const OFFICE: usize = 8;

impl Finder {
    /// Puts known names and runs before the rules as hits.
    pub(super) fn offer(&self, words: &mut Words<'_>, atoms: &[Atom<'_>], runs: &[Run]) {
        let c = &self.classes;
        let mut hits: Vec<Hit> = Vec::with_capacity(atoms.len() * 2 + runs.len() * 2);
        for (index, atom) in atoms.iter().enumerate() {
            let mut put = |class| {
                hits.push(Hit {
                    start: atom.start,
                    end: atom.end,
                    class,
                    value: index as u32,
                })
            };
            match &atom.what {
                What::Place(p) => {
                    put(c.area);
                    if matches!(p.kind, Kind::Country | Kind::Disputed | Kind::Continent | Kind::Region) {
                        put(c.state);
                    }
                }
                What::Demonym(_) => put(c.state),
                What::Actor(a) if a.kind == MentionKind::Place => put(c.area),
                What::Actor(_) => put(c.body),
            }
        }
        for (index, run) in runs.iter().enumerate() {
            // "Thống nhất" of "Quảng trường Thống nhất": a name whose last capital begins a word of two syllables.
            let word = (self.habits.syllables && run.end > run.start)
                .then(|| words.hit(run.end as usize - 1, c.name_word))
                .flatten()
                .filter(|h| h.end > run.end)
                .map(|h| h.end);
            for start in self.starts(words, atoms, *run) {
                for end in std::iter::once(run.end).chain(word) {
                    hits.push(Hit {
                        start,
                        end,
                        class: c.run,
                        value: index as u32,
                    });
                }
                if self.habits.syllables || run.end - start < 2 {
                    continue;
                }
                let ends = |class| words.hit(run.end as usize - 1, class).is_some();
                let mut put = |class| {
                    hits.push(Hit {
                        start,
                        end: run.end,
                        class,
                        value: index as u32,
                    })
                };
                if ends(c.org_word) {
                    put(c.org_run);
                }
                if ends(c.unit_head) || ends(c.group_word) {
                    put(c.unit_run);
                }
            }
        }
        if self.habits.syllables {
            // At each token the longest head of an organisation, or the longest noun that a name follows.
            let lead = |t: usize| words.hit(t, c.org_word).or_else(|| words.hit(t, c.named_head));
            for head in (0..words.tokens.len()).filter_map(lead) {
                if let Some(end) = self.tail(words, atoms, head) {
                    // "Hội đồng nhân dân xã Bình Châu Phùng Bá Vân": where a run is parted, who leads the body begins.
                    let from = runs.partition_point(|r| r.start <= head.end).max(1);
                    let parted = (from..runs.len())
                        .take_while(|&i| runs[i].start < end)
                        .find(|&i| runs[i - 1].end == runs[i].start);
                    hits.push(Hit {
                        start: head.end,
                        end: parted.map_or(end, |i| runs[i].start),
                        class: c.tail,
                        value: 0,
                    });
                }
            }
        }
        words.add(hits);
    }

    /// Where inside a run a name may begin: at its start, and after each known name, title or honorific that leads it.
    pub(super) fn starts(&self, words: &Words<'_>, atoms: &[Atom<'_>], run: Run) -> Vec<u32> {
        let c = &self.classes;
        let mut starts = vec![run.start];
        let mut led: Vec<u32> = Vec::new();
        // A known name that begins in lower case may reach into the run ("Ủy ban châu Âu Ursula …").
        if let Some(atom) = atoms::before(atoms, run.start).filter(|a| run.start < a.end && a.end < run.end) {
            starts.push(atom.end);
            led.push(run.start);
        }
        // "U.S. Secretary of State Ana Velk": a title that began before the run.
        for t in run.start.saturating_sub(3)..run.start {
            let reaches = |h: &&Hit| run.start < h.end && h.end < run.end;
            if let Some(hit) = words.hits_of(t as usize, c.title).rev().find(reaches)
                && runs::is_capital(words, hit.end as usize)
            {
                starts.push(hit.end);
                led.push(run.start);
                break;
            }
        }
        // "Hassan Sheikh Adan": a title that is also part of names, behind a name.
        // "Superior Court Judge Ana Velk": what heads a body stands before a title.
        let court = |t: u32| {
            [c.org_word, c.org_head, c.unit_place]
                .iter()
                .any(|&x| words.hit(t as usize, x).is_some())
        };
        let within = |t: u32| {
            !self.habits.syllables
                && t > run.start
                && words.hit(t as usize, c.surname).is_some()
                && !court(t - 1)
                && words.hit(t as usize - 1, c.start_word).is_none()
                && words.ending_at(t, c.title, t.saturating_sub(4)).is_none()
                && !atoms::before(atoms, t).is_some_and(|a| a.end == t && a.is_strong())
        };
        let mut at = 0;
        while at < starts.len() {
            let start = starts[at];
            at += 1;
            let mut put = |end: u32| {
                let goes_on = end < run.end && runs::is_capital(words, end as usize);
                if goes_on && !starts.contains(&end) {
                    starts.push(end);
                }
                goes_on
            };
            if let Some(atom) = atoms::at(atoms, start) {
                put(atom.end);
            } else if self.is_opening(words, start) && put(start + 1) {
                led.push(start);
            }
            // "Chief Executive Ana Velk": the longer title.
            let longest = words.hit(start as usize, c.title);
            for hit in words.hits_at(start as usize) {
                if !self.habits.syllables
                    && hit.class == c.title
                    && longest.is_some_and(|h| hit.end < h.end && h.end <= run.end)
                {
                    continue;
                }
                // "Justice Party": no judge.
                let body = !self.habits.syllables
                    && hit.end + 1 == run.end
                    && words.hit(hit.end as usize, c.org_word).is_some();
                let title = [c.title, c.honorific].contains(&hit.class) && !within(start) && !body;
                let opener = hit.class == c.start_word && self.opens(words, start as usize);
                let head = [c.org_head].contains(&hit.class)
                    || [c.unit_place, c.place_head, c.site_head, c.org_word, c.group_word].contains(&hit.class)
                        && self.habits.syllables;
                // "Minister for Humanitarian Affairs Ana Velk".
                let office = hit.class == c.portfolio && self.is_office(words, hit);
                let leads = title || opener || office;
                let goes_on = (leads || head) && put(hit.end);
                if leads && goes_on {
                    led.push(start);
                }
            }
        }
        // "XH Hoàng Thị Khuê": what an acronym ends belongs to the title before.
        if self.habits.syllables
            && is_acronym(words, run.start as usize)
            && run.end > run.start + 2
            && words.tokens[run.start as usize].span.len() > 1
            && words.hit(run.start as usize + 1, c.surname).is_some()
            && atoms::at(atoms, run.start).is_none()
        {
            starts.push(run.start + 1);
            led.push(run.start);
        }
        if !self.habits.syllables {
            // "Interior Secretary Dana Whitlock": what stands before a title inside the run is of the title.
            for t in run.start + 1..run.end {
                if !within(t)
                    && let Some(hit) = words.hit(t as usize, c.title)
                    && hit.end < run.end
                    && runs::is_capital(words, hit.end as usize)
                {
                    led.extend(starts.iter().copied().filter(|&s| s <= t));
                    starts.push(hit.end);
                }
            }
        }
        // A title is no part of the name that it leads.
        starts.retain(|s| !led.contains(s));
        starts
    }

    /// "Humanitarian Affairs" behind "Minister for" or "and": what an office is for.
    pub(super) fn is_office(&self, words: &Words<'_>, hit: &Hit) -> bool {
        let c = &self.classes;
        let first = hit.start as usize;
        let joined = |t: usize| [c.join, c.and].iter().any(|&x| words.hit(t, x).is_some());
        let titles = |fits: &dyn Fn(&Hit) -> bool| {
            (first.saturating_sub(OFFICE)..first).any(|t| words.hits_of(t, c.title).any(fits))
        };
        // Not "Defence" of "Chief of Defence Staff".
        first > 0
            && joined(first - 1)
            && words.hit(first, c.portfolio).is_some_and(|h| h.end == hit.end)
            && titles(&|h| h.end < hit.start)
            && !titles(&|h| h.end >= hit.end)
    }

    /// "Describing" of "Describing Karsi": a verb that begins the sentence.
    pub(super) fn is_opening(&self, words: &Words<'_>, at: u32) -> bool {
        self.habits.is_opening(words.word(at as usize)) && self.opens(words, at as usize)
    }
}
