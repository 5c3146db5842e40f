//! What the words say, before any anchor.

use dateline_model::{Modifier, RuleId, Span, TimexKind};

/// A unit of calendar or clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Civil day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// ISO week.
    Week,
    /// Month.
    Month,
    /// Season of three months.
    Season,
    /// Quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// Year.
    Year,
    /// Ten years that begin with one that ends in 0.
    Decade,
    /// A hundred years that begin with one that ends in 00.
    Century,
}

impl Unit {
    /// The unit of a pack's word file (`"day"`, `"year"` …).
    pub fn parse(word: &str) -> Option<Unit> {
        use Unit::*;
        Some(match word {
            "second" => Second,
            "minute" => Minute,
            "hour" => Hour,
            "day" => Day,
            "weekend" => Weekend,
            "week" => Week,
            "month" => Month,
            "season" => Season,
            "quarter" => Quarter,
            "half" => Half,
            "year" => Year,
            "decade" => Decade,
            "century" => Century,
            _ => return None,
        })
    }
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
    /// December to February of the next year.
    Winter,
}

/// A part of the day (TIMEX3's letters).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// MO
    Morning,
    /// MI
    Noon,
    /// AF
    Afternoon,
    /// EV
    Evening,
    /// NI
    Night,
    /// DT, the working day.
    Daytime,
}

impl DayPart {
    /// TIMEX3's two letters.
    pub fn as_str(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Noon => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Daytime => "DT",
        }
    }

    /// From TIMEX3's two letters.
    pub fn parse(word: &str) -> Option<DayPart> {
        use DayPart::*;
        [Morning, Noon, Afternoon, Evening, Night, Daytime]
            .into_iter()
            .find(|p| p.as_str() == word)
    }
}

/// A day that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// Days after Easter Sunday (Gregorian).
    Easter(i16),
    /// The n-th (from 1; -1 is the last) of a weekday (1 Monday to 7 Sunday) in a month.
    Nth {
        /// Month.
        month: i8,
        /// Which one.
        nth: i8,
        /// Weekday.
        weekday: i8,
    },
    /// A day of the Vietnamese lunar calendar.
    Lunar {
        /// Month, 1 to 12.
        month: i8,
        /// Day, 1 to 30.
        day: i8,
        /// Civil days after it.
        after: i8,
    },
    /// Moves by a calendar that is not reckoned here: stays unresolved.
    Moving,
}

/// Fields of a date and time, as far as they are known. What is `None` was not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// First two digits of the years: 19 for the 20th century.
    pub century: Option<i16>,
    /// First three digits of the years: 199; of a two-digit decade without a century, 0 to 9 with `short_decade`.
    pub decade: Option<i16>,
    /// Year (with `week`, the ISO year).
    pub year: Option<i16>,
    /// Half of the year, 1 or 2.
    pub half: Option<i8>,
    /// Quarter, 1 to 4.
    pub quarter: Option<i8>,
    /// Season.
    pub season: Option<Season>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// ISO week.
    pub week: Option<i8>,
    /// The week's Saturday and Sunday.
    pub weekend: bool,
    /// Day of the month.
    pub day: Option<i8>,
    /// 1 Monday to 7 Sunday.
    pub weekday: Option<i8>,
    /// A feast, instead of month and day.
    pub feast: Option<Feast>,
    /// Part of the day.
    pub part: Option<DayPart>,
    /// Hour, 0 to 24.
    pub hour: Option<i8>,
    /// Minute.
    pub minute: Option<i8>,
    /// Second.
    pub second: Option<i8>,
}

impl Partial {
    /// "Từ 28 đến 3/5": of two days the first, where its number is the higher, is of the month before that of the last.
    pub(super) fn before(self, last: Partial) -> Partial {
        match (self.day.zip(last.day), self.month) {
            (Some((a, b)), Some(1)) if a > b => Partial {
                month: Some(12),
                year: self.year.map(|y| y - 1),
                ..self
            },
            (Some((a, b)), Some(month)) if a > b => Partial {
                month: Some(month - 1),
                ..self
            },
            _ => self,
        }
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Partial::default()
    }

    /// A time of day is said.
    pub fn has_time(&self) -> bool {
        self.part.is_some() || self.hour.is_some()
    }

    /// A day is said: of a month, of a week, or by name.
    pub fn has_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.feast.is_some()
    }

    /// A century, decade or year is said.
    pub fn has_year(&self) -> bool {
        self.year.is_some() || self.decade.is_some() || self.century.is_some()
    }

    /// A stretch between day and year is said.
    pub fn has_middle(&self) -> bool {
        self.month.is_some()
            || self.week.is_some()
            || self.season.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.weekend
    }

    /// Something of the calendar is said (not only a time of day).
    pub fn has_date(&self) -> bool {
        self.has_day() || self.has_middle() || self.has_year()
    }

    /// The finest field that is said.
    pub fn grain(&self) -> Option<Unit> {
        Some(if self.second.is_some() {
            Unit::Second
        } else if self.minute.is_some() {
            Unit::Minute
        } else if self.has_time() {
            Unit::Hour
        } else if self.has_day() {
            Unit::Day
        } else if self.weekend {
            Unit::Weekend
        } else if self.week.is_some() {
            Unit::Week
        } else if self.month.is_some() {
            Unit::Month
        } else if self.season.is_some() {
            Unit::Season
        } else if self.quarter.is_some() {
            Unit::Quarter
        } else if self.half.is_some() {
            Unit::Half
        } else if self.year.is_some() {
            Unit::Year
        } else if self.decade.is_some() {
            Unit::Decade
        } else if self.century.is_some() {
            Unit::Century
        } else {
            return None;
        })
    }

    /// The same without its time of day.
    pub fn date(self) -> Partial {
        Partial {
            part: None,
            hour: None,
            minute: None,
            second: None,
            ..self
        }
    }

    /// `self` where it says something, else `other`.
    pub fn or(self, other: Partial) -> Partial {
        Partial {
            century: self.century.or(other.century),
            decade: self.decade.or(other.decade),
            year: self.year.or(other.year),
            half: self.half.or(other.half),
            quarter: self.quarter.or(other.quarter),
            season: self.season.or(other.season),
            month: self.month.or(other.month),
            week: self.week.or(other.week),
            weekend: self.weekend || other.weekend,
            day: self.day.or(other.day),
            weekday: self.weekday.or(other.weekday),
            feast: self.feast.or(other.feast),
            part: self.part.or(other.part),
            hour: self.hour.or(other.hour),
            minute: self.minute.or(other.minute),
            second: self.second.or(other.second),
        }
    }
}

/// What the fields of an expression stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They say all that is said; a missing year, month or day is the nearest that fits.
    Absolute,
    /// The unit `count` units after the one that holds the publication date: "yesterday" is day −1.
    ToPublication {
        /// Unit.
        unit: Unit,
        /// How many.
        count: i32,
    },
    /// The same, from the last dated expression: "the next day" is day +1.
    ToPrevious {
        /// Unit.
        unit: Unit,
        /// How many.
        count: i32,
    },
}

/// Where an expression that does not say its year, or its week, looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Its sentence does not tell: news looks back, but not eleven months where the next month fits.
    Unknown,
    /// Back, and not on the day itself: "last", "vừa qua".
    Past,
    /// Told as past by the words around it: "said", "đã".
    Told,
    /// The words around it look ahead: "will", "sẽ", "dự kiến".
    Ahead,
    /// It says so itself: "next", "tới".
    Future,
}

/// What the word right before an expression makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// No such word.
    None,
    /// "as of", "tính đến": where things stand on the day of the report.
    AsOf,
    /// "from", "until", "trước": the end of a stretch; the tense of its clause says nothing about it.
    Bound,
    /// "Trước đó, ngày": a day before what is told.
    Before,
    /// "dịp", "holiday": a day that is spoken of by its name, before it and after it.
    Occasion,
}

/// What the word beside an expression tells of what goes on from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// No such word.
    None,
    /// A word of saying: on that day somebody said what the sentence tells.
    Said,
    /// "since", "từ": what lasts began then, and the report tells of later days.
    Since,
    /// "hồi": gone by not long before the report, whatever was told before it.
    Recent,
}

/// A word that names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    /// PAST_REF
    Past,
    /// PRESENT_REF
    Present,
    /// FUTURE_REF
    Future,
}

impl Vague {
    /// TIMEX3's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Vague::Past => "PAST_REF",
            Vague::Present => "PRESENT_REF",
            Vague::Future => "FUTURE_REF",
        }
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// How many; `None` for "some", "many".
    pub count: Option<f64>,
    /// Of what.
    pub unit: Unit,
    /// And how many of a smaller unit ("two years and three months").
    pub more: Option<(f64, Unit)>,
}

/// An expression as it is written, before any anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Bytes of the text.
    pub span: Span,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// TIMEX3 `type`.
    pub kind: TimexKind,
    /// The fields that it says; those of a relative expression are finer than its unit ("thứ Hai tuần trước").
    pub partial: Partial,
    /// What the fields stand in.
    pub relation: Relation,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// Where it looks for what it does not say.
    pub look: Look,
    /// What the word right before it makes of it.
    pub frame: Frame,
    /// It names no day at all.
    pub vague: Option<Vague>,
    /// Its length (durations; with `SET`, the period).
    pub length: Option<Length>,
    /// It is one end of a range or a list with this other expression (index into the same list).
    pub range_with: Option<usize>,
    /// Inside quotation marks: its anchor may be the speaker's day.
    pub quoted: bool,
    /// It may open a stretch of narrative: it stands first in its sentence, or after a preposition there.
    pub opens: bool,
    /// In a clause that tells since when: what comes later in the report does not go on from it.
    pub background: bool,
    /// What the word beside it tells of what goes on from it.
    pub lead: Lead,
    /// Right behind a clause of saying that stands behind what its sentence tells ("…, officials said Thursday"): the token where
    /// that clause begins.
    pub said_from: Option<u32>,
    /// The stretch of the calendar around the day that it names ("the week of 22 October").
    pub around: Option<Unit>,
    /// Of what goes on from another day: the date right behind it, which says the same day ("the next day, June 4").
    pub dated: Option<Partial>,
    /// Rule, or rules joined by ` + `.
    pub rule: RuleId,
}

impl Written {
    /// Names days at all: neither a duration, a set, nor a vague word.
    pub fn is_calendar(&self) -> bool {
        self.vague.is_none() && self.length.is_none() && matches!(self.kind, TimexKind::Date | TimexKind::Time)
    }

    /// Days from publication, where it says so ("hôm nay" 0, "yesterday" −1).
    pub fn days_from_publication(&self) -> Option<i32> {
        match self.relation {
            Relation::ToPublication { unit: Unit::Day, count } => Some(count),
            _ => None,
        }
    }

    /// Says its year itself.
    pub fn has_year(&self) -> bool {
        self.relation == Relation::Absolute && self.partial.has_year()
    }

    /// The finest unit that it says.
    pub fn grain(&self) -> Option<Unit> {
        let own = self.partial.grain();
        match self.relation {
            Relation::Absolute => own,
            Relation::ToPublication { unit, .. } | Relation::ToPrevious { unit, .. } => {
                Some(own.map_or(unit, |g| g.min(unit)))
            }
        }
    }
}
