//! Bodies that rules put together: a head and what it belongs to, or a head and the words of its name.
//!
//! Takes: matches of `names/bodies.toml`, atoms. Gives: names on the board. Never: asks what the rest of the report names.

use super::atoms::{self, Atom, What};
use super::board::Board;
use super::gazetteer::Kind;
use super::{Finder, Found, fold, is_acronym, point, rules, runs};
use dateline_lang::{Hit, Match, Pack, TokenKind, Words};
use dateline_model::{Mention, MentionKind};

impl Finder {
    /// The words after a head that belong to a body's name written with one capital a word: "Nghiên cứu Chiến lược và Quốc tế".
    pub(super) fn tail(&self, words: &Words<'_>, atoms: &[Atom<'_>], head: Hit) -> Option<u32> {
        let c = &self.classes;
        let first = head.end;
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
            if at > first && atoms::at(atoms, at).is_some_and(land) {
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
            let foreign = at > first && !words.is_syllable(at as usize) && !is_acronym(words, at as usize);
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

    /// One match of a rule of bodies.
    pub(super) fn body(&self, pack: &Pack, words: &Words<'_>, atoms: &[Atom<'_>], m: &Match, found: &mut Board) {
        let stage = &self.bodies;
        let Some((start, end)) = stage.extent(words, m) else {
            return;
        };
        let rule = &stage.rules[m.rule as usize];
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
        let of = capture(stage.of).map(|c| self.named(words, atoms, found, c.start, c.end));
        let own = capture(stage.name).map(|c| self.named(words, atoms, found, c.start, c.end));
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
        if name.is_empty() || found.over(start, end).is_some() {
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
