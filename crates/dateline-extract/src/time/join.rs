//! Neighbours that are one expression: a part of the day and a date, a weekday and its date, a month and its year.

use super::read::{borrow, settle_hour};
use super::written::{Frame, Lead, Look, Relation, Unit, Written};
use dateline_lang::{Caps, ClassId, Hit, Pack, Vocabulary, Words};
use dateline_model::{Modifier, RuleId, TimexKind};

/// How far before a date the word may stand that makes its clause background. Chosen: subject, verb, object and place of a
/// clause.
const BACKGROUND_TOKENS: u32 = 14;

/// How many words may name who says something between the comma and the verb of saying. Chosen: office, country and name.
const SPEAKER_TOKENS: u32 = 8;

/// Classes by field and name: what compiles asks for all of them, and who loads only some words asks for their names.
macro_rules! classes {
    ($($(#[$doc:meta])* $field:ident = $name:literal,)*) => {
        /// Classes of words that join, open, bend or link expressions.
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Classes {
            $($(#[$doc])* $field: ClassId,)*
        }

        impl Classes {
            /// Their names.
            pub(super) const NAMES: &[&str] = &[$($name),*];

            pub(super) fn new(vocabulary: &mut Vocabulary) -> Classes {
                Classes { $($field: vocabulary.class($name),)* }
            }
        }
    };
}

classes! {
    /// Stands between two parts of one expression: "của", "ngày", "on", ",".
    glue = "time-glue",
    /// Value is a TIMEX3 `mod`: START, MID, END before a stretch of the calendar.
    edge = "time-edge",
    /// Value is a TIMEX3 `mod`: APPROX, MORE_THAN … before a length or a date.
    about = "time-about",
    /// The same, behind a length: "or more", "trở lên".
    about_after = "time-about-after",
    /// Between the two ends of a range: "đến", "to"; value `between`: only behind a word of the class below.
    to = "time-to",
    /// Before the first end of a range whose ends an "and" joins: "between".
    between = "time-between",
    /// Between the members of a list: "và", ",".
    list = "time-list",
    /// Says that its clause looks ahead ("sẽ", "will") or back ("đã").
    look = "time-look",
    /// Right before an expression: looks ahead unless its clause is told in the perfect ("by Friday").
    due = "time-due",
    /// Beside an expression; value `said`, `since` or `recent` ([`Lead`]).
    lead = "time-lead",
    /// Opens a clause of background: "since", "kể từ".
    since = "time-since",
    /// "early", "late", "earlier", "later" before a day; value is START or END.
    edge_day = "time-edge-day",
    /// Right before an expression; value `as-of`, `bound`, `up-to`, `before` or `occasion` ([`Frame`]).
    frame = "time-frame",
    /// "the", "last": an expression that begins so is one stretch, not a count ("over the past year").
    the = "time-the",
    /// Needs no preposition: stands before an expression that opens its sentence.
    opening = "time-opening",
}

/// An expression that a rule gave, and whether it may stand alone.
#[derive(Debug)]
pub(super) struct Atom {
    pub written: Written,
    pub alone: bool,
}

/// How two neighbours stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Touching,
    Glue,
    Comma,
    Bracket,
}

pub(super) struct Joiner<'a> {
    pub classes: Classes,
    pub pack: &'a Pack,
    pub words: &'a Words<'a>,
}

impl Joiner<'_> {
    /// Joins, drops what may not stand alone, then reads the words around each expression.
    pub(super) fn join(&self, atoms: Vec<Atom>) -> Vec<Written> {
        let mut done: Vec<Atom> = Vec::with_capacity(atoms.len());
        for atom in atoms {
            let mut next = atom;
            // What ends the expression before it is not what begins this one ("a year later in June").
            self.edges(&mut next, done.last().map_or(0, |d| d.written.end));
            while let Some(last) = done.last() {
                match self.both(last, &next) {
                    Some(joined) => {
                        done.pop();
                        next = joined;
                        self.edges(&mut next, done.last().map_or(0, |d| d.written.end));
                    }
                    None => break,
                }
            }
            done.push(next);
        }
        let mut kept: Vec<Written> = Vec::with_capacity(done.len());
        for atom in done {
            if !atom.alone {
                continue;
            }
            let mut written = atom.written;
            if written.range_with.is_some() {
                written.range_with = kept.len().checked_sub(1);
            }
            kept.push(written);
        }
        for written in &mut kept {
            self.about(written);
        }
        self.link(&mut kept);
        self.surroundings(&mut kept);
        kept
    }

    /// The word of a class that ends right before a token, not before `floor`.
    fn ending_at(&self, class: ClassId, end: u32, floor: u32) -> Option<Hit> {
        self.words.ending_at(end, class, end.saturating_sub(5).max(floor))
    }

    fn modifier(&self, hit: Hit) -> Option<Modifier> {
        Modifier::parse(self.pack.value(hit)?.as_str()?)
    }

    fn sentence_start(&self, token: u32) -> u32 {
        self.words.sentence_of(token as usize).map_or(0, |s| s.start)
    }

    fn resize(&self, written: &mut Written, start: u32, end: u32) {
        written.start = start;
        written.end = end;
        written.span = self.words.span(start as usize, end as usize);
    }

    /// "đầu", "early", "the end of" before a stretch of the calendar.
    fn edges(&self, atom: &mut Atom, floor: u32) {
        let w = &atom.written;
        if w.modifier.is_some() || !w.is_calendar() {
            return;
        }
        let class = match w.grain() {
            Some(g) if g >= Unit::Week => self.classes.edge,
            Some(Unit::Day) => self.classes.edge_day,
            _ => return,
        };
        if let Some(hit) = self.ending_at(class, w.start, self.sentence_start(w.start).max(floor))
            && let Some(modifier) = self.modifier(hit)
        {
            let end = atom.written.end;
            self.resize(&mut atom.written, hit.start, end);
            atom.written.modifier = Some(modifier);
        }
    }

    fn about(&self, written: &mut Written) {
        if written.vague.is_some() {
            return;
        }
        if let Some(hit) = self.ending_at(self.classes.about, written.start, self.sentence_start(written.start))
            && let Some(modifier) = self.modifier(hit)
            && self.words.hit(written.start as usize, self.classes.the).is_none()
            && (written.length.is_some()
                || modifier == Modifier::Approx
                || modifier != Modifier::EqualOrLess
                    && matches!(
                        written.relation,
                        Relation::ToPublication { .. } | Relation::ToPrevious { .. }
                    ))
        {
            let end = written.end;
            self.resize(written, hit.start, end);
            written.modifier = written.modifier.or(Some(modifier));
        }
        if written.length.is_some()
            && let Some(hit) = self.words.hit(written.end as usize, self.classes.about_after)
            && let Some(modifier) = self.modifier(hit)
        {
            let start = written.start;
            self.resize(written, start, hit.end);
            written.modifier = written.modifier.or(Some(modifier));
        }
    }

    /// How `b` follows `a`, and where the whole ends.
    fn gap(&self, a: &Written, b: &Written) -> Option<(Gap, u32)> {
        if b.start < a.end || b.start - a.end > 4 {
            return None;
        }
        let sentence = |t: u32| self.words.tokens.get(t as usize).map(|t| t.sentence);
        if sentence(a.start) != sentence(b.start) {
            return None;
        }
        let mut gap = Gap::Touching;
        let mut at = a.end;
        let mut end = b.end;
        while at < b.start {
            match self.words.word(at as usize) {
                "," => gap = Gap::Comma,
                "(" => {
                    if self.words.word(b.end as usize) != ")" {
                        return None;
                    }
                    gap = Gap::Bracket;
                    end = b.end + 1;
                }
                _ => {
                    let hit = self
                        .words
                        .hits_at(at as usize)
                        .iter()
                        .rev()
                        .find(|h| h.class == self.classes.glue && h.end <= b.start)?;
                    if gap == Gap::Touching {
                        gap = Gap::Glue;
                    }
                    at = hit.end;
                    continue;
                }
            }
            at += 1;
        }
        Some((gap, end))
    }

    fn both(&self, left: &Atom, right: &Atom) -> Option<Atom> {
        let (a, b) = (&left.written, &right.written);
        if !a.is_calendar() || !b.is_calendar() || b.range_with.is_some() {
            return None;
        }
        let (gap, end) = self.gap(a, b)?;
        let mut joined = compose(a, b, gap, true).or_else(|| compose(b, a, gap, false))?;
        joined.rule = RuleId::from(format!("{} + {}", a.rule, b.rule));
        joined.range_with = a.range_with;
        joined.modifier = a.modifier.or(b.modifier);
        if joined.look == Look::Unknown {
            joined.look = if a.look == Look::Unknown { b.look } else { a.look };
        }
        self.resize(&mut joined, a.start, end);
        Some(Atom {
            alone: left.alone || right.alone || joined.partial.has_date(),
            written: joined,
        })
    }

    /// Ranges ("from … to …") and lists whose members share what only one of them says.
    fn link(&self, all: &mut [Written]) {
        for at in 1..all.len() {
            let (head, tail) = all.split_at_mut(at);
            let (Some(a), b) = (head.last_mut(), &mut tail[0]) else {
                continue;
            };
            if !a.is_calendar() || !b.is_calendar() || b.start <= a.end || b.start - a.end > 3 {
                continue;
            }
            // "The next day, June 4", "hôm sau (4/6)": the date says which day it is.
            if goes_on_to(a, b) && self.gap(a, b).is_some() {
                a.dated = Some(b.partial);
                continue;
            }
            if self.words.tokens[a.start as usize].sentence != self.words.tokens[b.start as usize].sentence {
                continue;
            }
            // Of "đến" and "đến ngày" the one that ends where the second begins.
            let joint = |class: ClassId| {
                self.words.hits_of(a.end as usize, class).copied().find(|h| {
                    h.end == b.start
                        || h.end < b.start
                            && self
                                .words
                                .hit(h.end as usize, self.classes.glue)
                                .is_some_and(|g| g.end == b.start)
                })
            };
            let (to, list) = (joint(self.classes.to), joint(self.classes.list).is_some());
            let first = self.sentence_start(a.start);
            // "On Monday and on Thursday" are two days, "between Monday and Thursday" is a stretch.
            let to = to.is_some_and(|hit| {
                let only_between = self.pack.value(hit).and_then(|v| v.as_str()) == Some("between");
                !only_between || self.ending_at(self.classes.between, a.start, first).is_some()
            });
            if !to && !list {
                continue;
            }
            // "1914-18": the second year of two figures is of the first one's century.
            if let (Some(first), Some(second)) = (a.partial.year, b.partial.year)
                && b.end == b.start + 1
                && self.words.word(b.start as usize).len() == 2
            {
                b.partial.year = Some(first / 100 * 100 + second % 100);
            }
            // "4:30 am and 6 am on Monday": one day for both.
            let (p, q) = (a.partial, b.partial);
            if p.has_time() && !p.has_date() && a.relation == Relation::Absolute && q.has_time() && q.has_date() {
                a.partial = borrow(p, q);
                a.look = if a.look == Look::Unknown { b.look } else { a.look };
                continue;
            }
            if a.grain() == b.grain() {
                if a.relation == Relation::Absolute {
                    match b.relation {
                        Relation::Absolute => a.partial = borrow(a.partial, b.partial),
                        Relation::ToPublication {
                            unit: Unit::Year | Unit::Month,
                            ..
                        } if !a.partial.has_year() => a.relation = b.relation,
                        _ => {}
                    }
                    if a.look == Look::Unknown {
                        a.look = b.look;
                    }
                } else if b.relation == Relation::Absolute
                    && !b.partial.has_year()
                    && matches!(
                        a.relation,
                        Relation::ToPublication {
                            unit: Unit::Year | Unit::Month,
                            ..
                        }
                    )
                {
                    b.relation = a.relation;
                }
            }
            if to {
                b.range_with = Some(at - 1);
            }
        }
        for at in 0..all.len() {
            if let Some(other) = all[at].range_with.filter(|&o| o < at) {
                all[other].range_with.get_or_insert(at);
            }
        }
    }

    /// Whether the clause looks ahead, whether it is quoted, whether it opens the sentence.
    fn surroundings(&self, all: &mut [Written]) {
        let mut quoted = false;
        let mut token = 0usize;
        // "dịp lễ 2/9 - 3/9": what one member of a list is, the next one is as well.
        let mut before: Option<(u32, Frame)> = None;
        for w in all.iter_mut() {
            while token < w.start as usize {
                let t = &self.words.tokens[token];
                // Before the mark is read: a quotation may open its paragraph.
                if token > 0 && t.sentence != self.words.tokens[token - 1].sentence && self.new_paragraph(token) {
                    quoted = false;
                }
                if t.kind == dateline_lang::TokenKind::Mark {
                    match self.words.word(token) {
                        "“" | "«" => quoted = true,
                        "”" | "»" => quoted = false,
                        "\"" => quoted = !quoted,
                        _ => {}
                    }
                }
                token += 1;
            }
            w.quoted = quoted;
            let first = self.sentence_start(w.start);
            w.opens = w.start == first
                || w.start - first <= 3
                    && self
                        .ending_at(self.classes.opening, w.start, first)
                        .is_some_and(|h| h.start == first);
            let up_to;
            (w.frame, up_to) = self.frame(w, first);
            if let (Frame::None, Some((end, frame))) = (w.frame, before)
                && w.is_calendar()
                && w.start > end
                && w.start - end <= 2
                && [self.classes.list, self.classes.to]
                    .iter()
                    .any(|&class| self.words.hit(end as usize, class).is_some())
            {
                w.frame = frame;
            }
            before = Some((w.end, w.frame));
            w.background = self.background(w, first);
            w.lead = self.lead(w, first);
            w.said_from = self.said_from(w, first);
            // "Công bố kế hoạch hồi tháng 5": the plan lies ahead, the day does not.
            if w.lead == Lead::Recent && w.look == Look::Unknown {
                w.look = Look::Told;
            }
            // What came before what is told is told as past: "split off in July after a January vote".
            if w.background && w.look == Look::Unknown && w.partial.day.is_none() && w.frame == Frame::None {
                w.look = match self.look(w) {
                    Look::Unknown => Look::Told,
                    look => look,
                };
            }
            // "This winter" is the one at hand, and of what is told as past none to come.
            let at_hand = w.look == Look::Ahead && w.partial.season.is_some();
            if w.look == Look::Unknown || at_hand {
                let told = self.look(w);
                if !at_hand || matches!(told, Look::Told | Look::Past) {
                    w.look = told;
                }
            }
            // "Đến trưa 9/8 đã thu hết lúa": up to a day that is told as past, things are the news of that day; up to an
            // hour or a part of it that opens its sentence, as well, unless the clause looks ahead.
            let opening = w.opens && w.partial.has_time() && !matches!(w.look, Look::Ahead | Look::Future);
            if up_to && (w.look == Look::Told || opening) && w.range_with.is_none() {
                w.frame = Frame::None;
            }
        }
    }

    /// The word of a class right before it, or right before the "day" that leads it in.
    fn leading(&self, class: ClassId, w: &Written, first: u32) -> Option<Hit> {
        self.ending_at(class, w.start, first).or_else(|| {
            let glue = self.ending_at(self.classes.glue, w.start, first)?;
            self.ending_at(class, glue.start, first)
        })
    }

    /// What a word of the class `time-lead` tells.
    fn told(&self, hit: Hit) -> Option<Lead> {
        match self.pack.value(hit)?.as_str()? {
            "said" => Some(Lead::Said),
            "since" => Some(Lead::Since),
            "recent" => Some(Lead::Recent),
            _ => None,
        }
    }

    /// A word of the class `time-lead` right before it, or one of saying right behind it ("on Monday said").
    fn lead(&self, w: &Written, first: u32) -> Lead {
        if !w.is_calendar() {
            return Lead::None;
        }
        let told = |hit: Option<Hit>| self.told(hit?);
        let behind = || told(self.words.hit(w.end as usize, self.classes.lead)).filter(|l| *l == Lead::Said);
        let before = self.leading(self.classes.lead, w, first);
        told(before).or_else(behind).unwrap_or(Lead::None)
    }

    /// Where the clause of saying begins that ends with it: behind a comma and with who says it. "Velk, who fled in May, said on
    /// Monday" has none: before the verb stands no speaker of its own.
    fn said_from(&self, w: &Written, first: u32) -> Option<u32> {
        let verb = self.leading(self.classes.lead, w, first).filter(|_| w.is_calendar())?;
        let from = verb.start.saturating_sub(SPEAKER_TOKENS + 1).max(first);
        let comma = (from..verb.start).rev().find(|&t| self.words.word(t as usize) == ",")?;
        (self.told(verb) == Some(Lead::Said) && comma + 1 < verb.start).then_some(comma)
    }

    /// The word right before it, or right before the "day" that leads it in; and whether it says "up to".
    fn frame(&self, w: &Written, first: u32) -> (Frame, bool) {
        let hit = self.leading(self.classes.frame, w, first);
        match hit.and_then(|h| self.pack.value(h)).and_then(|v| v.as_str()) {
            Some("as-of") => (Frame::AsOf, false),
            Some("bound") => (Frame::Bound, false),
            Some("up-to") => (Frame::Bound, true),
            Some("before") => (Frame::Before, false),
            Some("occasion") => (Frame::Occasion, false),
            _ => (Frame::None, false),
        }
    }

    /// Inside a clause that a word like "since" opens, a verb or more before it: "since fighting broke out on May 5".
    fn background(&self, w: &Written, first: u32) -> bool {
        let from = w.start.saturating_sub(BACKGROUND_TOKENS).max(first);
        (from..w.start).any(|at| {
            let hit = self.words.hit(at as usize, self.classes.since);
            hit.is_some_and(|h| h.end + 1 < w.start && (h.end..w.start).all(|t| self.words.word(t as usize) != ","))
        })
    }

    fn new_paragraph(&self, token: usize) -> bool {
        let sentence = self.words.tokens[token].sentence as usize;
        sentence > 0 && self.words.sentences[sentence].paragraph != self.words.sentences[sentence - 1].paragraph
    }

    fn look(&self, w: &Written) -> Look {
        self.cue(w).map_or(Look::Unknown, |(look, _)| look)
    }

    /// A verb in a form of the past, by its ending, in languages that have one.
    fn is_past_form(&self, token: u32) -> bool {
        let traits = &self.pack.traits;
        traits.past_ending.is_some()
            && self.words.tokens[token as usize].caps == Caps::None
            && traits.is_past(self.words.word(token as usize))
    }

    /// The nearest word that tells, up to 14 tokens before or 6 behind, in the same sentence, and what it tells.
    pub(super) fn cue(&self, w: &Written) -> Option<(Look, Hit)> {
        let sentence = self.words.sentence_of(w.start as usize)?;
        let from = sentence.start.max(w.start.saturating_sub(14));
        // What stands before a semicolon is told by itself.
        let from = (from..w.start)
            .rev()
            .find(|&t| self.words.word(t as usize) == ";")
            .map_or(from, |t| t + 1);
        // "said Monday it will rain": what follows a bare weekday is not about it, unless the weekday opens the sentence.
        // Of "by Friday" the clause behind it tells ("by Friday the town had fallen").
        let due = self.ending_at(self.classes.due, w.start, sentence.start);
        // "Were gone by 4 p.m.": of an hour alone "by" says nothing.
        let due = due.filter(|_| w.partial.has_date() || !w.partial.has_time() || w.relation != Relation::Absolute);
        let bare_weekday = w.partial.weekday.is_some() && w.partial.day.is_none() && !w.opens && due.is_none();
        let to = if bare_weekday {
            w.end
        } else {
            sentence.end.min(w.end + 6)
        };
        let mut best: Option<(u32, Look, Hit)> = None;
        // Behind a colon or a semicolon stands another clause ("Sổ trực ngày 9/8: …"), and behind an "and" that looks ahead or
        // back itself ("shut at 4 p.m. and will reopen on Friday").
        let to = (w.end..to)
            .find(|&t| {
                matches!(self.words.word(t as usize), ":" | ";")
                    || self.words.hit(t as usize, self.classes.list).is_some_and(|list| {
                        self.words.word(t as usize) != ","
                            && self.words.hit(list.end as usize, self.classes.look).is_some()
                    })
            })
            .unwrap_or(to);
        let mut perfect = false;
        // The last words that look ahead: what follows them at once is to come as well ("will be formally opened").
        let mut ahead: Option<Hit> = None;
        // Where the last one ends that says no time: a past form behind it says none either ("is held").
        let mut open_end = None;
        let follows = |end: Option<u32>, at: u32| end.is_some_and(|e| at == e || at == e + 1);
        let mut form = None;
        let mut covered = 0;
        let mut looks_ahead = false;
        for at in (from..w.start).chain(w.end..to) {
            if at == w.end {
                (ahead, open_end) = (None, None);
            }
            let led = ahead.filter(|h| follows(Some(h.end), at));
            let open = follows(open_end, at);
            if at < w.start && !open && self.is_past_form(at) {
                let hit = Hit {
                    class: self.classes.look,
                    start: led.map_or(at, |h| h.start),
                    end: at + 1,
                    value: 0,
                };
                form = Some((if led.is_some() { Look::Ahead } else { Look::Told }, hit));
            }
            // The longest tells for what begins inside it: "believed to be" hides "to be", "due to" hides "due".
            let hit = self.words.hit(at as usize, self.classes.look);
            if let Some(hit) = hit.filter(|h| h.start >= covered) {
                covered = hit.end;
                let look = match self.pack.value(hit).and_then(|v| v.as_str()) {
                    Some("ahead") => Look::Ahead,
                    Some("open") => {
                        open_end = Some(hit.end);
                        continue;
                    }
                    Some("past") if led.is_some() => Look::Ahead,
                    Some("past") if open => continue,
                    Some("past") => Look::Told,
                    Some("perfect") => {
                        perfect = true;
                        Look::Told
                    }
                    _ => continue,
                };
                let mut hit = hit;
                form = form.filter(|(_, f)| f.end != hit.start + 1);
                if look == Look::Ahead {
                    looks_ahead = true;
                    hit.start = led.map_or(hit.start, |h| h.start);
                    ahead = Some(hit);
                }
                // A word behind the expression is further than one before it.
                let far = if hit.end <= w.start {
                    w.start - hit.end
                } else {
                    (hit.start.saturating_sub(w.end)) * 2 + 3
                };
                if best.is_none_or(|(b, ..)| far < b) {
                    best = Some((far, look, hit));
                }
            }
        }
        // A verb's form tells where it stands at the expression ("resigned in May"), or where no listed word does.
        if let Some((look, hit)) = form
            && (best.is_none() || w.start - hit.end <= 1 && best.is_some_and(|(b, ..)| b > w.start - hit.end))
        {
            best = Some((w.start - hit.end, look, hit));
        }
        match (best, due) {
            (Some((_, look, hit)), None) => Some((look, hit)),
            (Some((_, look, hit)), _) if perfect || look == Look::Ahead => Some((look, hit)),
            // "By Friday, the fires were out": what opens its sentence is told by the verb behind it.
            (Some((_, Look::Told, hit)), Some(_)) if w.opens && hit.start >= w.end && !looks_ahead => {
                Some((Look::Told, hit))
            }
            (_, due) => due.map(|hit| (Look::Ahead, hit)),
        }
    }
}

/// A day that goes on from another one, and a date that may say which it is.
fn goes_on_to(day: &Written, date: &Written) -> bool {
    let date_alone = date.relation == Relation::Absolute && !date.partial.has_time();
    matches!(day.relation, Relation::ToPrevious { unit: Unit::Day, .. })
        && !day.partial.has_date()
        && date_alone
        && date.partial.day.is_some()
        && date.partial.month.is_some()
}

/// `fine` inside, at, or the same as `coarse`; `first`: it stands first.
fn compose(fine: &Written, coarse: &Written, gap: Gap, first: bool) -> Option<Written> {
    let (f, c) = (fine.partial, coarse.partial);
    let absolute = fine.relation == Relation::Absolute;
    let mut joined = Written {
        kind: coarse.kind,
        ..coarse.clone()
    };
    // A time of day and its day.
    if absolute && f.has_time() && !f.has_date() {
        if coarse.grain() == Some(Unit::Day) && gap != Gap::Bracket {
            joined.partial = f.or(c);
            joined.kind = TimexKind::Time;
            return Some(joined);
        }
        // "10 a.m. on Sunday morning"
        if f.part.is_some() && f.hour.is_none() && c.hour.is_some() && c.has_date() {
            joined.partial.part = f.part;
            settle_hour(&mut joined.partial, None)?;
            return Some(joined);
        }
        if f.hour.is_some() && c.hour.is_none() && c.part.is_some() {
            joined.partial = f.or(c);
            settle_hour(&mut joined.partial, None)?;
            joined.kind = TimexKind::Time;
            return Some(joined);
        }
        return None;
    }
    // Only a year, or a number of the month, may be divided from what it belongs to by a comma.
    let weekday_only = absolute && f.weekday.is_some() && f.day.is_none() && !f.has_middle() && !f.has_year();
    if weekday_only && c.weekday.is_none() {
        let dated = coarse.relation == Relation::Absolute && c.day.is_some();
        let week = coarse.grain() == Some(Unit::Week)
            && matches!(
                coarse.relation,
                Relation::ToPublication { .. } | Relation::ToPrevious { .. }
            );
        let relative_day = coarse.grain() == Some(Unit::Day)
            && matches!(coarse.relation, Relation::ToPublication { unit: Unit::Day, .. });
        if dated || (week && matches!(gap, Gap::Touching | Gap::Glue | Gap::Comma)) || relative_day && gap != Gap::Glue
        {
            joined.partial = f.or(c);
            if f.has_time() {
                joined.kind = TimexKind::Time;
            }
            if joined.partial.hour.is_some() {
                joined.partial.part = None;
            }
            return Some(joined);
        }
    }
    // "hôm nay (9/5)": the date says which day it is.
    if let (Relation::ToPublication { unit: Unit::Day, .. }, Relation::Absolute) = (fine.relation, coarse.relation)
        && !f.has_date()
        && c.day.is_some()
        && c.month.is_some()
        && (first || gap == Gap::Bracket)
    {
        joined.relation = fine.relation;
        joined.partial = f.or(c);
        joined.kind = if joined.partial.has_time() {
            TimexKind::Time
        } else {
            fine.kind
        };
        return Some(joined);
    }
    // "tối cùng ngày 19/10": so does the date behind a day that goes on from another.
    if goes_on_to(fine, coarse) && first && matches!(gap, Gap::Touching | Gap::Glue) {
        joined.partial = f.or(c);
        joined.kind = fine.kind;
        return Some(joined);
    }
    if gap == Gap::Bracket {
        return None;
    }
    // A day, month, quarter … and the year or month that it belongs to.
    if absolute && f.has_date() && !f.has_year() {
        let coarse_grain = coarse.grain()?;
        let fits = match coarse_grain {
            Unit::Year => {
                f.month.is_some() || f.season.is_some() || f.quarter.is_some() || f.half.is_some() || f.feast.is_some()
            }
            Unit::Month => f.day.is_some() && f.month.is_none(),
            _ => false,
        };
        let plain = coarse.relation != Relation::Absolute || !c.has_middle() || coarse_grain == Unit::Month;
        if fits && plain && coarse.modifier.is_none() {
            joined.partial = f.or(c);
            joined.kind = fine.kind;
            return Some(joined);
        }
    }
    None
}
