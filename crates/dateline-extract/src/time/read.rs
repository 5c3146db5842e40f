//! From a rule's match to what it says.

use super::said::{Field, Said};
use super::written::{DayPart, Frame, Lead, Length, Look, Partial, Relation, Unit, Vague, Written};
use dateline_lang::{Capture, Match, Pack, PackError, Rule, Words};
use dateline_model::{Modifier, RuleId, TimexKind};
use serde::Deserialize;

/// So many years back, "ago" names no year of the calendar: it would be one before our era. Chosen: two thousand.
const DEEP_PAST_YEARS: i32 = -2000;

/// As many units as a shift can count. Chosen: beyond the years of the calendar, in any unit of years, and no `i32` is left by it.
const MOST_UNITS: f64 = 1_000_000.0;

/// A rule's own fields, see `packs/README.md`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Body {
    /// `DATE`, `TIME`, `DURATION`, `SET`, or `NOT`: no time, and nothing inside is one.
    #[serde(rename = "type")]
    kind: String,
    /// An operator; without one, the captures are fields of the calendar.
    value: Option<String>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    /// `past`, `future`, or `ahead`: the one at hand, else the next.
    look: Option<String>,
    /// `false`: counts only where it joins with an expression beside it.
    alone: Option<bool>,
    /// First and last year that the rule reads.
    between: Option<(i16, i16)>,
    /// Fields that the pattern implies.
    with: Option<toml::Table>,
}

impl Body {
    /// What it says besides its captures, a line each.
    fn said(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.value.iter().map(|v| format!("value = {v}")));
        lines.extend(
            self.with
                .iter()
                .flatten()
                .map(|(name, value)| format!("{name} = {value} from the rule")),
        );
        lines.extend(self.modifier.iter().map(|m| format!("mod = {m} from the rule")));
        lines
    }

    /// Type `NOT`.
    pub(super) fn is_not(&self) -> bool {
        self.kind == "NOT"
    }
}

#[derive(Clone, Copy, Debug)]
enum UnitFrom {
    Fixed(Unit),
    Captured,
}

#[derive(Clone, Copy, Debug)]
enum CountFrom {
    Fixed(i32),
    /// The captured number, times the sign.
    Number(i32),
    /// The captured shift word (`tới` 1), times the sign.
    Word(i32),
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Fields,
    Shift {
        previous: bool,
        unit: UnitFrom,
        count: CountFrom,
    },
    Length {
        unit: UnitFrom,
    },
    Vague(Vague),
    /// The stretch around the day that the captures name.
    Around(Unit),
}

/// A rule, ready to be applied.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub id: RuleId,
    pub kind: Option<TimexKind>,
    operator: Operator,
    modifier: Option<Modifier>,
    look: Look,
    pub alone: bool,
    between: Option<(i16, i16)>,
    with: Said,
    /// Its patterns, as written in the pack.
    pub patterns: Vec<String>,
    /// What it says besides its captures, a line each: for [`super::Tree`].
    pub said: Vec<String>,
}

impl Recipe {
    pub(super) fn new(rule: &Rule<Body>) -> Result<Recipe, PackError> {
        let fail = |message: String| PackError::File {
            path: rule.path.clone(),
            message: format!("rule `{}`: {message}", rule.id),
        };
        let body = &rule.body;
        let kind = match body.kind.as_str() {
            "DATE" => Some(TimexKind::Date),
            "TIME" => Some(TimexKind::Time),
            "DURATION" => Some(TimexKind::Duration),
            "SET" => Some(TimexKind::Set),
            "NOT" => None,
            other => {
                return Err(fail(format!(
                    "`type` is `{other}`, not DATE, TIME, DURATION, SET or NOT"
                )));
            }
        };
        let operator = match body.value.as_deref() {
            None => Operator::Fields,
            Some(text) => operator(text).ok_or_else(|| {
                fail(format!(
                    "`value` is `{text}`, not shift(UNIT, N), previous(UNIT, N), length(UNIT), around(UNIT) or a …_REF"
                ))
            })?,
        };
        let modifier = match body.modifier.as_deref() {
            None => None,
            Some(m) => {
                Some(Modifier::parse(m).ok_or_else(|| fail(format!("`mod` is `{m}`, which TIMEX3 does not have")))?)
            }
        };
        let look = match body.look.as_deref() {
            None => Look::Unknown,
            Some("past") => Look::Past,
            Some("future") => Look::Future,
            Some("ahead") => Look::Ahead,
            Some(other) => return Err(fail(format!("`look` is `{other}`, not past, ahead or future"))),
        };
        let mut with = Said::default();
        for (name, value) in body.with.iter().flatten() {
            let field = Field::parse(name);
            with.set(field, value.as_integer().map(|i| i as f64), value.as_str());
            if with.bad || field == Field::Other {
                return Err(fail(format!(
                    "`with` says {name} = {value}, which is no field or not its value"
                )));
            }
        }
        Ok(Recipe {
            id: rule.id.clone(),
            kind,
            operator,
            modifier,
            look,
            alone: body.alone.unwrap_or(true),
            between: body.between,
            with,
            patterns: rule.patterns.clone(),
            said: body.said(),
        })
    }

    /// The tokens of a match that are the expression, without what must stand around it.
    pub(super) fn core(&self, fields: &[Field], m: &Match) -> (u32, u32) {
        let of = |field: Field| m.captures.iter().filter(move |c| fields[c.name as usize] == field);
        if let Some(core) = of(Field::Core).next() {
            return (core.start, core.end);
        }
        // A preposition before the first of several stays outside, unless it is what makes them ("cách đây bốn và sáu tháng").
        match of(Field::Group).map(|c| c.start).min() {
            Some(first) if matches!(self.operator, Operator::Fields) => (first, m.end),
            _ => (m.start, m.end),
        }
    }

    /// What a match says: one expression, or several where the pattern has groups.
    pub(super) fn read(
        &self,
        pack: &Pack,
        words: &Words<'_>,
        fields: &[Field],
        m: &Match,
        found: &mut Vec<Written>,
    ) -> Option<()> {
        let kind = self.kind?;
        let groups = || m.captures.iter().filter(|c| fields[c.name as usize] == Field::Group);
        let within = |c: &Capture, g: &Capture| g.start <= c.start && c.end <= g.end;
        if groups().next().is_none() {
            let mut said = self.with;
            for c in &m.captures {
                said.capture(pack, words, fields[c.name as usize], c);
            }
            let (start, end) = self.core(fields, m);
            let end = without_stop(words, start, end);
            found.push(self.write(kind, &said, pack, words, start, end)?);
            return Some(());
        }
        let mut all: Vec<(Said, u32, u32)> = Vec::with_capacity(3);
        let mut ends: Vec<Capture> = groups().copied().collect();
        ends.sort_by_key(|g| g.start);
        for group in &ends {
            let mut said = self.with;
            for c in m
                .captures
                .iter()
                .filter(|c| within(c, group) || !groups().any(|g| within(c, g)))
            {
                said.capture(pack, words, fields[c.name as usize], c);
            }
            all.push((said, group.start, group.end));
        }
        // What one end leaves out, the other says: the last first ("27 đến 29/9"), then the first ("March 3 to 5").
        let (first, last) = (all[0].0, all[all.len() - 1].0);
        let base = found.len();
        for (at, (said, start, end)) in all.iter().enumerate() {
            let mut said = *said;
            for other in [last, first] {
                said.partial = borrow(said.partial, other.partial);
                said.unit = said.unit.or(other.unit);
                said.shift = said.shift.or(other.shift);
                said.pm = said.pm.or(other.pm);
                // "đêm 8, rạng sáng 9/5": which part of the night it is, each end says of itself.
                if said.partial.part.is_none() {
                    said.edge = said.edge.or(other.edge);
                }
            }
            if at == 0 && all.len() == 2 && first.partial.month.is_none() {
                said.partial = said.partial.before(last.partial);
            }
            let whole = self.core(fields, m);
            let (start, end) = (
                if at == 0 { whole.0 } else { *start },
                if at + 1 == all.len() { whole.1 } else { *end },
            );
            let end = without_stop(words, start, end);
            let Some(mut written) = self.write(kind, &said, pack, words, start, end) else {
                found.truncate(base);
                return None;
            };
            if at > 0 {
                written.range_with = Some(usize::MAX);
            }
            found.push(written);
        }
        Some(())
    }

    fn write(
        &self,
        kind: TimexKind,
        said: &Said,
        pack: &Pack,
        words: &Words<'_>,
        start: u32,
        end: u32,
    ) -> Option<Written> {
        if said.bad {
            return None;
        }
        if let (Some((first, last)), Some(year)) = (self.between, said.partial.year)
            && !(first..=last).contains(&year)
        {
            return None;
        }
        let mut partial = said.partial;
        if let (Some(x), Some(y)) = (said.x, said.y) {
            let (d, m) = if pack.day_first && y <= 12 || x > 12 {
                (x, y)
            } else {
                (y, x)
            };
            if m > 12 {
                return None;
            }
            partial.day = Some(d);
            partial.month = Some(m);
        }
        if let (Some(m), Some(d)) = (partial.month, partial.day)
            && d > [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m as usize - 1]
        {
            return None;
        }
        settle_hour(&mut partial, said.pm)?;
        if let (Some(hour), Some(less)) = (partial.hour, said.less) {
            partial.hour = Some(if hour == 0 { 23 } else { hour - 1 });
            partial.minute = Some(60 - less);
        }
        let unit = |from: UnitFrom| match from {
            UnitFrom::Fixed(u) => Some(u),
            UnitFrom::Captured => said.unit,
        };
        let count = |from: CountFrom| match from {
            CountFrom::Fixed(n) => Some(n),
            // What is beyond all calendars is counted as the deep past ("4.5 billion years ago").
            CountFrom::Number(sign) => Some(sign * said.n?.clamp(-MOST_UNITS, MOST_UNITS) as i32),
            CountFrom::Word(sign) => Some(sign * said.shift?),
        };
        let mut written = Written {
            span: words.span(start as usize, end as usize),
            start,
            end,
            kind,
            partial,
            relation: Relation::Absolute,
            modifier: self.modifier.or(said.edge),
            look: self.look,
            frame: Frame::None,
            vague: None,
            length: None,
            range_with: None,
            quoted: false,
            opens: false,
            background: false,
            lead: Lead::None,
            said_from: None,
            around: None,
            dated: None,
            rule: self.id.clone(),
        };
        match self.operator {
            Operator::Fields => {
                if partial.is_empty() {
                    return None;
                }
            }
            Operator::Vague(v) => written.vague = Some(v),
            Operator::Around(unit) => {
                partial.day?;
                written.around = Some(unit);
            }
            Operator::Length { unit: u } => {
                let unit = unit(u)?;
                let half = said.partial.half.take_if_half();
                let count = if said.few {
                    None
                } else {
                    Some(said.n.unwrap_or(1.0) + if half { 0.5 } else { 0.0 })
                };
                // A number word that also says "not": none of a unit is no length.
                if count == Some(0.0) {
                    return None;
                }
                written.length = Some(Length {
                    count,
                    unit,
                    more: said.more.zip(said.small),
                });
                written.partial = Partial::default();
                // Which day of every week, which month or season of every year.
                if kind == TimexKind::Set {
                    written.partial = Partial {
                        weekday: partial.weekday,
                        month: partial.month,
                        season: partial.season,
                        ..Partial::default()
                    };
                }
            }
            Operator::Shift {
                previous,
                unit: u,
                count: c,
            } => {
                let (CountFrom::Fixed(sign) | CountFrom::Number(sign) | CountFrom::Word(sign)) = c;
                if said.few {
                    written.vague = Some(if sign < 0 { Vague::Past } else { Vague::Future });
                    return Some(written);
                }
                let mut unit = unit(u)?;
                let mut count = count(c)?;
                // Half a unit is counted in the smaller one: a year and a half ago is 18 months ago.
                let n = said.n.unwrap_or(0.0);
                let half = said.partial.half.take_if_half() || n.fract() != 0.0;
                written.partial.half = written.partial.half.filter(|&h| h != 3);
                if half && matches!(c, CountFrom::Number(_)) {
                    let (small, per) = match unit {
                        Unit::Decade => (Unit::Year, 10.0),
                        Unit::Century => (Unit::Year, 100.0),
                        Unit::Year => (Unit::Month, 12.0),
                        Unit::Week => (Unit::Day, 7.0),
                        Unit::Month => (Unit::Day, 30.0),
                        Unit::Day => (Unit::Hour, 24.0),
                        other => (other, 1.0),
                    };
                    let whole = if n.fract() != 0.0 { n } else { n + 0.5 };
                    unit = small;
                    count = sign * (whole * per) as i32;
                }
                if matches!(c, CountFrom::Number(_)) && unit == Unit::Decade {
                    (unit, count) = (Unit::Year, count * 10);
                }
                let years = count.saturating_mul(match unit {
                    Unit::Year => 1,
                    Unit::Century => 100,
                    _ => 0,
                });
                if years <= DEEP_PAST_YEARS {
                    written.vague = Some(Vague::Past);
                    return Some(written);
                }
                if matches!(unit, Unit::Hour) && count.abs() >= 24 {
                    (unit, count) = (Unit::Day, count / 24);
                }
                written.relation = if previous {
                    Relation::ToPrevious { unit, count }
                } else {
                    Relation::ToPublication { unit, count }
                };
                if written.partial.has_time() {
                    written.kind = TimexKind::Time;
                }
            }
        }
        Some(written)
    }
}

/// The stop that ends the sentence is no part of "22 February."; that of "a.m." is.
fn without_stop(words: &Words<'_>, start: u32, end: u32) -> u32 {
    let is_stop = |at: u32| words.word(at as usize) == ".";
    let ends = |at: u32| words.sentence_of(at as usize).is_some_and(|s| s.end == end);
    if end > start + 1 && is_stop(end - 1) && ends(end - 1) && !(end > start + 2 && is_stop(end - 3)) {
        end - 1
    } else {
        end
    }
}

/// `half = 3` is the mark of "and a half" in a length (a half-year is 1 or 2).
trait HalfMark {
    fn take_if_half(self) -> bool;
}

impl HalfMark for Option<i8> {
    fn take_if_half(self) -> bool {
        self == Some(3)
    }
}

/// Brings an hour to 24 hours by "p.m." or by the part of the day; drops the part where an hour is said.
pub(super) fn settle_hour(partial: &mut Partial, pm: Option<bool>) -> Option<()> {
    let Some(hour) = partial.hour else { return Some(()) };
    if hour > 24 {
        return None;
    }
    let hour = match (pm, partial.part) {
        (Some(true), _) if hour < 12 => hour + 12,
        (Some(false), _) if hour == 12 => 0,
        (None, Some(DayPart::Afternoon | DayPart::Evening)) if (1..12).contains(&hour) => hour + 12,
        (None, Some(DayPart::Noon)) if (1..4).contains(&hour) => hour + 12,
        (None, Some(DayPart::Night)) if (6..12).contains(&hour) => hour + 12,
        (None, Some(DayPart::Morning | DayPart::Night)) if hour == 12 => 0,
        _ => hour,
    };
    partial.hour = Some(hour);
    partial.part = None;
    Some(())
}

/// Coarser fields than the finest of `own`, where it lacks them.
pub(super) fn borrow(own: Partial, other: Partial) -> Partial {
    let Some(grain) = own.grain() else { return own };
    let mut p = own;
    if own.has_time() && !own.has_date() {
        return Partial {
            part: own.part,
            hour: own.hour,
            minute: own.minute,
            second: own.second,
            ..other
        };
    }
    if grain < Unit::Month && own.feast.is_none() && (own.day.is_some() || own.weekday.is_none()) {
        p.month = own.month.or(other.month);
    }
    if grain < Unit::Year {
        p.year = own.year.or(other.year);
    }
    if grain < Unit::Century {
        p.century = own.century.or(other.century);
    }
    p
}

fn operator(text: &str) -> Option<Operator> {
    let reference = match text {
        "PAST_REF" => Some(Vague::Past),
        "PRESENT_REF" => Some(Vague::Present),
        "FUTURE_REF" => Some(Vague::Future),
        _ => None,
    };
    if let Some(v) = reference {
        return Some(Operator::Vague(v));
    }
    let (name, rest) = text.strip_suffix(')')?.split_once('(')?;
    let mut arguments = rest.split(',').map(str::trim);
    let unit = match arguments.next()? {
        "{unit}" => UnitFrom::Captured,
        word => UnitFrom::Fixed(Unit::parse(word)?),
    };
    let count = match arguments.next() {
        None => None,
        Some("{n}" | "+{n}") => Some(CountFrom::Number(1)),
        Some("-{n}") => Some(CountFrom::Number(-1)),
        Some("{shift}") => Some(CountFrom::Word(1)),
        Some(n) => Some(CountFrom::Fixed(n.parse().ok()?)),
    };
    match (name, count) {
        ("shift", Some(count)) => Some(Operator::Shift {
            previous: false,
            unit,
            count,
        }),
        ("previous", Some(count)) => Some(Operator::Shift {
            previous: true,
            unit,
            count,
        }),
        ("length", None) => Some(Operator::Length { unit }),
        ("around", None) => match unit {
            UnitFrom::Fixed(unit) => Some(Operator::Around(unit)),
            UnitFrom::Captured => None,
        },
        _ => None,
    }
}
