//! Bodies that rules put together: a head and what it belongs to, or a head and the words of its name.
//!
//! Takes: matches of `names/bodies.toml`, atoms. Gives: names on the board. Never: asks what the rest of the report names.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::gazetteer::Kind;
use super::runs::Run;
use super::sight::Sight;
use super::{Finder, Found, fold, is_acronym, people, point, rules, runs};
use dateline_lang::{Capture, Hit, Match, Pack, TokenKind, Words};
use dateline_model::{Mention, MentionKind};

impl Finder {
    /// The words after a head that belong to a body's name written with one capital a word: "Nghiên cứu Chiến lược và Quốc tế".
    pub(super) fn tail(&self, words: &Words<'_>, atoms: &[Atom<'_>], head: Hit) -> Option<u32> {
        let c = &self.classes;
        let first = head.end;
        // "Hãng tin AFP": what the one known word behind the head is.
        let lone = |a: &Atom<'_>| a.end == first + 1 && matches!(a.what, What::Actor(_));
        if atoms::at(atoms, first).is_some_and(lone) && !runs::is_capital(words, first as usize + 1) {
            return None;
        }
        let inside = |t: u32| {
            words
                .tokens
                .get(t as usize)
                .is_some_and(|x| x.sentence == words.tokens[head.start as usize].sentence)
        };
        let head_capital = runs::is_capital(words, head.start as usize) && !self.opens(words, head.start as usize);
        let mut at = first;
        let mut capitals = 0;
        while inside(at) {
            let capital = runs::is_capital(words, at as usize);
            let land = |a: &Atom<'_>| a.place().is_some_and(|p| p.kind == Kind::Country);
            if at > first && (atoms::at(atoms, at).is_some_and(land) || self.is_whole(words, atoms, head.start, at)) {
                break;
            }
            if let Some(word) = words.hit(at as usize, c.name_word)
                && (capital || capitals == 0 && head_capital && word.end > word.start + 1)
            {
                capitals += u32::from(capital);
                at = word.end;
                continue;
            }
            let known = at > first && atoms::at(atoms, at).is_some_and(Atom::is_strong);
            // "Tạp chí Long War": an English word that could be a syllable of Vietnamese, and the next.
            // No article ("Tờ The Times", "Báo Le Figaro").
            let english = |t: u32| {
                let word = words.word(t as usize);
                word.len() > 3 && word.is_ascii() && words.is_syllable(t as usize)
            };
            let foreign = at > first
                && !words.is_syllable(at as usize)
                && !is_acronym(words, at as usize)
                && !(at == first + 1
                    && capital
                    && english(first)
                    && words.hit(first as usize, c.name_word).is_none()
                    && atoms::at(atoms, first).is_none());
            if capital && !known && !foreign {
                capitals += 1;
                at += 1;
                // The second syllable of a word, where the name goes on after it: "Điều phối Thương mại Hàng hải".
                let second = head_capital
                    && inside(at + 1)
                    && words.tokens[at as usize].kind == TokenKind::Word
                    && !runs::is_capital(words, at as usize)
                    && words.is_syllable(at as usize)
                    && words.hit(at as usize, c.locative).is_none()
                    && words.hit(at as usize, c.says).is_none()
                    && runs::is_capital(words, at as usize + 1)
                    && words.is_syllable(at as usize + 1)
                    && atoms::at(atoms, at + 1).is_none();
                at += u32::from(second);
                continue;
            }
            let join = words.hit(at as usize, c.join).is_some() || matches!(words.word(at as usize), "&" | "-");
            if join
                && at > first
                && inside(at + 1)
                && runs::is_capital(words, at as usize + 1)
                && words.hit(at as usize + 1, c.name_word).is_some()
            {
                at += 1;
                continue;
            }
            break;
        }
        let named = words.hit(first as usize, c.name_word).is_some();
        (at > first && (capitals > 0 && named || head_capital || capitals > 1)).then_some(at)
    }

    /// "Bộ Ngoại giao" of "Bộ Ngoại giao Trần Thu Vân", "Bộ Tổng tham mưu Mỹ" of "Bộ Tổng tham mưu Mỹ Dan Velk": a head of a state's
    /// body before a family name, or a known body that ends in its state. What follows is who speaks for it.
    fn is_whole(&self, words: &Words<'_>, atoms: &[Atom<'_>], start: u32, end: u32) -> bool {
        let c = &self.classes;
        let headed = words.hit(start as usize, c.org_head).is_some_and(|h| h.end == end);
        let capital = |t: u32| runs::is_capital(words, t as usize);
        let family = || words.hit(end as usize, c.surname).is_some() && words.hit(end as usize, c.name_word).is_none();
        if headed && capital(end) && capital(end + 1) && family() {
            return true;
        }
        let known = atoms::at(atoms, start).filter(|a| a.end == end && matches!(a.what, What::Actor(_)));
        let ends_in_state = |a: &Atom<'_>| {
            let states = atoms::inside(&self.gazetteer, words, a);
            states.last().is_some_and(|s| s.end == end)
        };
        known.is_some_and(ends_in_state)
    }

    /// "người phát ngôn chính phủ Ali Vidori", "Văn phòng Thủ tướng Ivan Velk": what looks like a small town behind a title and its
    /// body, or behind the title in a body, is a person's given name.
    pub(super) fn goes_into(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match) -> bool {
        let of = self.bodies.of.and_then(|n| m.captures.iter().find(|c| c.name == n));
        let small = |a: &Atom<'_>| a.place().is_some_and(|p| p.is_small_town());
        let titled = |end: u32, from: u32| words.ending_at(end, self.classes.title, from).is_some();
        self.habits.syllables
            && of.is_some_and(|of| {
                of.end == m.end
                    && atoms::at(atoms, of.start).is_some_and(small)
                    && (titled(m.start, m.start.saturating_sub(4)) || titled(of.start, m.start))
            })
            && runs::is_capital(words, m.end as usize)
            && !words.is_syllable(m.end as usize)
    }

    /// "Tư lệnh Quân khu Tây Ivan Velk", "chỉ huy Lữ đoàn Goma Karim Velk": behind a title, a unit by its side or town and then who
    /// leads it.
    pub(super) fn leads_on(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match) -> bool {
        let head = words.hit(m.start as usize, self.classes.unit_head).map(|h| h.end);
        let Some(first) = head.filter(|&h| self.habits.syllables && h + 2 < m.end) else {
            return false;
        };
        let syllable = |t: u32| words.is_syllable(t as usize);
        let side = (syllable(first) && !syllable(first + 1)).then_some(first + 1);
        let known = atoms::at(atoms, first).map(|a| a.end).or(side);
        known.is_some_and(|end| end + 2 <= m.end && (end..m.end).all(|t| runs::is_capital(words, t as usize)))
            && words
                .ending_at(m.start, self.classes.title, m.start.saturating_sub(4))
                .is_some()
    }

    /// A rule of English that reads on beyond a name: "the government of Aung San" of "… of Aung San Suu Kyi"; "Karsi Airways and
    /// Velmor Airlines", two bodies; "Dmitri Velk and Foreign Ministry", of which the first is led by his title; a known body and
    /// where or whose it is ("… for Strategic Studies in Singapore").
    pub(super) fn runs_on(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match) -> bool {
        if self.habits.syllables {
            return false;
        }
        let c = &self.classes;
        let [a, b, of] = [self.bodies.a, self.bodies.b, self.bodies.of]
            .map(|name| name.and_then(|n| m.captures.iter().find(|c| c.name == n)));
        let capital = |t: u32| runs::is_capital(words, t as usize);
        let cut = of.is_some_and(|of| {
            let weak = |a: &Atom<'_>| a.end == of.end && a.place().is_some() && !a.is_strong();
            of.end == m.end
                && capital(m.end)
                && words.hit(m.end as usize, c.title).is_none()
                && atoms::at(atoms, of.start).is_some_and(weak)
        });
        // "the northern Kenyan town": no name of a part of Kenya.
        let adjective = |a: &Atom<'_>| matches!(a.what, What::Demonym(_));
        // "the pilots of the Kenyan carrier": the adjective is the carrier's.
        let cut = cut
            || of.is_some_and(|of| {
                m.start < of.start && of.end == m.end && atoms::at(atoms, of.start).is_some_and(adjective)
            });
        let place = self.bodies.rules[m.rule as usize].body.kind == "place";
        let cut =
            cut || place && !capital(m.start) && of.is_some_and(|of| atoms::at(atoms, of.start).is_some_and(adjective));
        let Some((a, b)) = a.zip(b) else { return cut };
        let ends = |t: u32, class| words.hit(t as usize - 1, class).is_some_and(|h| h.end == t);
        let joined =
            words.hit(a.end as usize, c.join).is_some() && b.start == a.end + 1 && m.start == a.start && b.end == m.end;
        let two = joined
            && b.value != a.value
            && words.hit(a.end as usize, c.and).is_some()
            && (ends(a.end, c.org_word)
                // "Ana Velk and EU Commission".
                || atoms::at(atoms, b.start).is_some_and(|x| x.end < b.end)
                // "Rescuers and Harbour Bureau men": a common word that begins the sentence.
                || a.end == a.start + 1 && self.opens(words, a.start as usize) && self.habits.is_common(words.word(a.start as usize))
                || words.hit(b.start as usize, c.org_head).is_some_and(|h| h.end == b.end)
                || words.ending_at(a.start, c.title, a.start.saturating_sub(4)).is_some());
        let actor = |a: &Atom<'_>| matches!(a.what, What::Actor(_)) && a.end < m.end;
        let known = atoms::at(atoms, m.start).filter(|x| actor(x));
        let beyond = known.is_some_and(|x| {
            let next = |class| words.hit(x.end as usize, class).is_some();
            // "in Congress for Velk".
            let whole = x.end == a.end && x.start == a.start;
            next(c.within)
                || next(c.of) && atoms::at(atoms, x.end + 1).is_none() && x.end == a.end
                || whole && next(c.join) && !next(c.of) && !next(c.and)
        });
        cut || two || beyond
    }

    /// "Thanh niên", "Nhân dân": common words that a newspaper is called by. They are its name behind a word for a newspaper, or, with
    /// no other capital before or behind ("Đoàn Thanh Niên Cộng sản"), with all their capitals or as who told it ("Ảnh: Tuổi trẻ").
    pub(super) fn is_only_words(&self, pack: &Pack, words: &Words<'_>, hit: &Hit) -> bool {
        let c = &self.classes;
        let mut common = words.hits_of(hit.start as usize, c.paper_words);
        if !common.any(|h| h.end == hit.end) {
            return false;
        }
        let head = words.ending_at(hit.start, c.org_word, hit.start.saturating_sub(3));
        let value = head.and_then(|h| pack.value(h)).and_then(toml::Value::as_str);
        if value.is_some_and(|v| self.english.is_paper(v)) {
            return false;
        }
        let capital = |t: u32| runs::is_capital(words, t as usize);
        let before = hit.start.checked_sub(1);
        let goes_on = capital(hit.end) || before.is_some_and(|t| capital(t) && !self.opens(words, t as usize));
        let told = || {
            let colon = hit.start - u32::from(before.is_some_and(|t| words.word(t as usize) == ":"));
            let cue = words.ending_at(colon, c.paper_cue, colon.saturating_sub(3)).is_some();
            let end = hit.end as usize;
            let closed = words.tokens.get(end).is_none_or(|t| t.kind == TokenKind::Mark);
            cue && capital(hit.start) && (closed || words.hit(end, c.says).is_some())
        };
        !told() && (goes_on || !(hit.start..hit.end).all(capital))
    }

    /// In the run that reaches over a token, right before it stands a capital that is no title, no known name and does not begin the
    /// sentence: part of the name of what the token heads.
    pub(super) fn began_before(
        &self,
        words: &Words<'_>,
        atoms: &[Atom<'_>],
        sight: &Sight,
        runs: &[Run],
        at: u32,
    ) -> bool {
        let c = &self.classes;
        let run = runs[..runs.partition_point(|r| r.start < at)].last();
        let Some(before) = run.filter(|r| at < r.end).map(|_| at as usize - 1) else {
            return false;
        };
        let led = || {
            let mut lists = [c.title, c.honorific, c.not_name].into_iter();
            let known = atoms::before(atoms, at).is_some_and(|a| a.end == at);
            known || lists.any(|class| words.ending_at(at, class, at.saturating_sub(4)).is_some())
        };
        runs::is_capital(words, before) && !self.opens(words, before) && !sight.is_headline(words, at) && !led()
    }

    /// "ông Đường Yên", "Đường Yên, 30 tuổi", "bắt Đường Yên": a family name that is a street elsewhere, with a title or an arrest
    /// before it or somebody's age or words behind it.
    pub(super) fn is_bearer(&self, words: &Words<'_>, start: usize, end: usize) -> bool {
        let c = &self.classes;
        let head = |class| words.hit(start, class).is_some_and(|h| h.end as usize == start + 1);
        if !self.habits.syllables || !head(c.site_head) || !head(c.surname) || !runs::is_capital(words, start) {
            return false;
        }
        let aged = matches!(words.word(end), "," | "(")
            && words.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number);
        let syllables = end - start <= 4 && (start + 1..end).all(|t| words.is_syllable(t));
        // "Đường Nguyễn Huệ" is called after somebody.
        let free = end - start <= 3 && words.hit(start + 1, c.surname).is_none();
        let mut before = [c.title, c.honorific, c.seizes].into_iter();
        let mut led = || {
            let from = start.saturating_sub(4) as u32;
            before.any(|class| words.ending_at(start as u32, class, from).is_some())
        };
        syllables && (led() || free && (aged || words.hit(end, c.says).is_some()))
    }

    /// "Bến Nghé" of "UBND phường Bến Nghé": the place in the name of its body, where nobody knows it but a word says its kind.
    pub(super) fn place_of_body(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match) -> Option<Found> {
        let c = &self.classes;
        let of = self.bodies.of.and_then(|n| m.captures.iter().find(|c| c.name == n))?;
        words
            .hit(m.start as usize, c.local_body)
            .filter(|head| head.end <= of.start)?;
        let from = of.start.saturating_sub(4);
        let stop = of.start - u32::from(words.word(of.start as usize - 1) == ".");
        words.ending_at(stop, c.unit_place, from)?;
        if atoms::before(atoms, of.end).is_some_and(|a| a.end > of.start) {
            return None;
        }
        let (entity, name) = people::own_name(words, of.start, of.end);
        Some(Found {
            start: of.start,
            end: of.end,
            kind: MentionKind::Place,
            entity,
            name,
            title: None,
            point: None,
            metonym_for: None,
            rule: self.bodies.rules[m.rule as usize].id.clone(),
            own_words: true,
            gender: None,
        })
    }

    /// "Chủ tịch UBND tỉnh Nguyễn Văn Hùng": behind a title and its body a family name and two more syllables that are no known
    /// place are who holds it.
    pub(super) fn is_boss(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match, name: &Capture) -> bool {
        let c = &self.classes;
        let person = name.end - name.start > 2
            && words
                .hit(name.start as usize, c.surname)
                .is_some_and(|h| h.end == name.start + 1)
            && (name.start..name.end).all(|t| words.is_syllable(t as usize))
            && atoms::at(atoms, name.start).is_none_or(|a| a.end != name.end);
        if !person {
            return false;
        }
        let body = match words.hit(m.start as usize, c.local_body) {
            Some(head) if head.end <= name.start => Some(m.start),
            _ => words
                .ending_at(m.start, c.local_body, m.start.saturating_sub(8))
                .map(|h| h.start),
        };
        body.is_some_and(|at| words.ending_at(at, c.title, at.saturating_sub(4)).is_some())
    }

    /// "Karsanov, the head of intelligence": a title behind a comma; in "in Wad Vidor, Maj. Gen. Velk said" it is somebody else's.
    pub(super) fn is_titled(&self, words: &Words<'_>, next: usize) -> bool {
        let c = &self.classes;
        let title = |at: usize| words.hit(at, c.title).map(|h| h.end as usize);
        let led = |end: usize| {
            let behind = if words.word(end) == "." { end + 1 } else { end };
            runs::is_capital(words, behind)
        };
        words.word(next) == ","
            && (title(next + 1).is_some_and(|end| !led(end))
                || words.hit(next + 1, c.determiner).is_some() && title(next + 2).is_some())
    }

    /// The state of a short name that stands beside another over a dash: "Trung" of "Mỹ - Trung", "Nga-Trung".
    pub(super) fn paired<'p>(&self, pack: &'p Pack, words: &Words<'_>, at: usize) -> Option<&'p str> {
        let here = words
            .hit(at, self.classes.pair_state)
            .filter(|h| h.end as usize == at + 1)?;
        let dash = |t: usize| matches!(words.word(t), "-" | "–");
        let short = |t: usize| {
            let alone = words
                .hit(t, self.classes.pair_state)
                .is_some_and(|h| h.end as usize == t + 1);
            alone && runs::is_capital(words, t)
        };
        // "Lê Việt - Trung Quân": capitals before or behind make it a person's.
        let capital = |t: usize| runs::is_capital(words, t);
        let left = at > 1 && dash(at - 1) && short(at - 2) && (at < 3 || !capital(at - 3) || self.opens(words, at - 3));
        let right = dash(at + 1)
            && short(at + 2)
            && !capital(at + 3)
            && (at == 0 || !capital(at - 1) || self.opens(words, at - 1));
        let free = !capital(at + 1) && (left || right);
        if !free {
            return None;
        }
        pack.value(here)?.as_str()
    }

    /// English name and slug of what stands at tokens `start..end`: an atom, a name found before, or the words.
    pub(super) fn named(
        &self,
        words: &Words<'_>,
        atoms: &[Atom<'_>],
        found: &Board,
        start: u32,
        end: u32,
    ) -> (String, String) {
        if let Some(f) = found.exactly(start, end) {
            return (f.entity.clone(), f.name.clone());
        }
        if let Some(atom) = atoms::at(atoms, start).filter(|a| a.end == end) {
            return match &atom.what {
                What::Place(p) | What::Demonym(p) => (p.slug.to_string(), p.name.to_string()),
                What::Actor(a) => (a.entity.clone(), a.name.clone()),
            };
        }
        let text = words.slice(start as usize, end as usize);
        (fold::slug(text), text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// "Thai, Lao and Cambodian soldiers": the people of the states before the "and" are soldiers, too. Each is read as the rule
    /// reads the last, with its adjective for its words.
    pub(super) fn twins(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match) -> Vec<Match> {
        let stage = &self.bodies;
        let kind = stage.rules[m.rule as usize].body.kind.as_str();
        let of = m.captures.iter().find(|c| Some(c.name) == stage.of);
        let Some(of) = of.filter(|c| c.start == m.start && matches!(kind, "force" | "role")) else {
            return Vec::new();
        };
        let demonym = |a: &&Atom<'_>| {
            matches!(a.what, What::Demonym(_)) || a.place().is_some() && is_acronym(words, a.start as usize)
        };
        let mut twins = Vec::new();
        let mut next = atoms::at(atoms, of.start).filter(demonym);
        while let Some(atom) = next {
            let joint = atom.start.checked_sub(1).filter(|&t| {
                let comma = !twins.is_empty() && words.word(t as usize) == ",";
                comma
                    || words
                        .hit(t as usize, self.classes.and)
                        .is_some_and(|h| h.end == atom.start)
            });
            next = joint
                .and_then(|t| atoms::before(atoms, t).filter(|a| a.end == t))
                .filter(demonym);
            if let Some(twin) = next {
                let mut captures = m.captures.clone();
                captures.retain(|c| Some(c.name) != stage.of);
                captures.push(Capture {
                    start: twin.start,
                    end: twin.end,
                    ..*of
                });
                twins.push(Match {
                    start: twin.start,
                    end: twin.end,
                    captures,
                    ..m.clone()
                });
            }
        }
        twins
    }

    /// Where the known name begins that a capture is the end of: "TP. HCM", of which the rule read the kind by itself.
    fn with_kind(&self, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match, of: &Capture) -> u32 {
        let kind = |a: &&Atom<'_>| {
            let head = words.hit(a.start as usize, self.classes.unit_place).map(|h| h.end);
            let behind = head.map(|end| end + u32::from(words.word(end as usize) == "."));
            a.end == of.end && a.start >= m.start && a.place().is_some() && behind == Some(of.start)
        };
        atoms::before(atoms, of.start)
            .filter(kind)
            .map_or(of.start, |a| a.start)
    }

    /// One match of a rule of bodies.
    pub(super) fn body(&self, pack: &Pack, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match, found: &mut Board) {
        let stage = &self.bodies;
        let Some((start, end)) = stage.extent(words, m) else {
            return;
        };
        let rule = &stage.rules[m.rule as usize];
        // "phong trào Hamas": who is known by the name alone.
        if stage.of_body(m)
            && let Some(known) = atoms::at(atoms, start).filter(|a| a.end == end && matches!(a.what, What::Actor(_)))
        {
            found.push(Found {
                rule: rule.id.clone(),
                ..self.atom(known)
            });
            return;
        }
        let capture = |name: Option<u16>| name.and_then(|n| m.captures.iter().find(|c| c.name == n));
        let english = capture(stage.head).map(|c| {
            let head = words.hits_at(c.start as usize).iter().rev().find(|h| {
                h.end == c.end && c.value == Some(h.value) && pack.value(**h).is_some_and(toml::Value::is_str)
            });
            match head.and_then(|h| pack.value(*h)).and_then(toml::Value::as_str) {
                Some(text) if !text.is_empty() => text.to_string(),
                _ => words.slice(c.start as usize, c.end as usize).to_string(),
            }
        });
        let of = capture(stage.of).map(|c| {
            // "Moscow's defence ministry" is Russia's: a capital has no ministries.
            let capital = atoms::at(atoms, c.start)
                .filter(|a| a.end == c.end)
                .and_then(Atom::place);
            let capital = capital.filter(|p| {
                p.kind == Kind::Capital && english.as_deref().is_some_and(|e| self.english.is_state_body(e))
            });
            match capital.and_then(|p| self.gazetteer.parent(p)) {
                Some(state) => (state.slug.to_string(), state.name.to_string()),
                None => {
                    let from = self.with_kind(words, atoms, m, c);
                    self.named(words, atoms, found, from, c.end)
                }
            }
        });
        // What must be no known place is named by its own words, also where a small town far off is called so.
        let bare = rule.body.unknown.is_some() && stage.of_body(m);
        let own = capture(stage.name).map(|c| match bare {
            true => people::own_name(words, c.start, c.end),
            false => self.named(words, atoms, found, c.start, c.end),
        });
        let inner = of.as_ref().or(own.as_ref()).map_or("", |(_, n)| n.as_str());
        let name = match &rule.body.name {
            Some(template) if template.is_empty() => words
                .slice(start as usize, end as usize)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            Some(template) => template
                .replace("{head}", english.as_deref().unwrap_or(""))
                .replace("{of}", of.as_ref().map_or("", |o| &o.1))
                .replace("{name}", own.as_ref().map_or("", |o| &o.1)),
            None => match &english {
                Some(head) => rules::compose(head, inner),
                None => inner.to_string(),
            },
        };
        let mut name = name.trim().to_string();
        let kind = rules::kind(&rule.body.kind);
        let mut entity = fold::slug(&name);
        // "Hamas fighters", "lực lượng Houthi": the group itself.
        if kind == MentionKind::Force
            && english.as_deref().is_some_and(|e| self.english.is_whole_force(e))
            && let Some(c) = capture(stage.of)
            && let Some(What::Actor(a)) = atoms::at(atoms, c.start).filter(|a| a.end == c.end).map(|a| &a.what)
            && matches!(a.kind, MentionKind::Force | MentionKind::Group)
        {
            (entity, name) = (a.entity.clone(), a.name.clone());
        }
        let mut place = None;
        let mut own_words = of.is_none() || rule.body.name.as_deref() == Some("");
        if kind == MentionKind::Place {
            // A head may be part of a known name ("Sông Hồng"), or say what a known name is ("tỉnh Kandahar").
            let by_name = capture(stage.name).or(capture(stage.of));
            place = by_name
                .and_then(|c| atoms::at(atoms, c.start).filter(|a| a.end == c.end))
                .and_then(|a| a.place().copied());
            // "căn cứ Bagram" may be known as a whole, under its English name.
            place = place.or_else(|| self.gazetteer.by_slug(&entity));
            own_words = place.is_none();
            if let Some(p) = &place
                && rule.body.name.as_deref() == Some("{name}")
            {
                entity = p.slug.to_string();
            } else if let Some(p) = &place
                && !matches!(p.kind, Kind::Country | Kind::Capital | Kind::City | Kind::Unit)
                && capture(stage.of).is_none()
            {
                // "quần đảo Trường Sa", "sông Terek": what the place is, not another place.
                (entity, name) = (p.slug.to_string(), p.name.to_string());
            }
        } else if let Some(actor) = self.actors.by_entity(&entity) {
            own_words = false;
            (entity, name) = (actor.entity.clone(), actor.name.clone());
        }
        if name.is_empty() || found.over(start, end).is_some() || self.is_bearer(words, start as usize, end as usize) {
            return;
        }
        found.push(Found {
            start,
            end,
            kind,
            entity,
            name,
            title: None,
            point: place.as_ref().map(point),
            metonym_for: None,
            rule: rule.id.clone(),
            own_words,
            gender: None,
        });
    }

    /// Gives what only describes a force or group ("phiến quân", "the gunmen"), without any name in its words, the kind of words
    /// that stand for somebody: roles. Called when the other rooms have read the report, which take such words for actors.
    pub fn describe(&self, words: &Words<'_>, mentions: &mut [Mention]) {
        let mut named = vec![false; mentions.len()];
        for outer in mentions.iter().filter_map(|m| m.inside) {
            named[outer] = true;
        }
        for (mention, named) in mentions.iter_mut().zip(named) {
            let men = matches!(mention.kind, MentionKind::Force | MentionKind::Group);
            let by_rule = || self.bodies.ids.contains(&mention.rule);
            let c = &self.classes;
            // Inside, a capital or a number; at the beginning of a sentence, what is known for a name.
            let has_name = || {
                let first = words.token_at(mention.span.start as usize);
                let last = words.token_at(mention.span.end as usize);
                (first..last).any(|t| {
                    let known = |h: &Hit| [c.state, c.area].contains(&h.class) && h.end as usize <= last;
                    let named = |c: char| c.is_uppercase() || c.is_ascii_digit();
                    words.hits_at(t).iter().any(known)
                        || !(t == first && self.opens(words, t)) && words.slice(t, t + 1).chars().any(named)
                })
            };
            let known = || self.actors.by_entity(&mention.entity).is_some();
            if men && !named && by_rule() && !known() && !has_name() {
                mention.kind = MentionKind::Role;
            }
        }
    }
}
