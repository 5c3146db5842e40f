//! What expressions mean in their report: against its publication date and against each other.

use super::calendar::{feast, inside, interval, of_day, shift, value, weekday};
use super::written::{Frame, Lead, Length, Look, Partial, Relation, Unit, Written};
use dateline_lang::Words;
use dateline_model::{Diagnostic, Interval, Modifier, Published, Timex, TimexAnchor, day_after};
use jiff::civil::Date;

/// Days that a date without a year may lie ahead where no word says so, if its last occurrence is long past.
///
/// Chosen, not measured: news names a coming month without its year, but a month of last year seldom. Higher takes
/// anniversaries for plans, lower takes next month's appointment for last year's.
const NEAR_AHEAD: i64 = 92;
/// How long past the last occurrence must be for [`NEAR_AHEAD`] to count, in days.
const FAR_BACK: i64 = 240;
/// How far ahead the words around a date may send it, in days. Nine months and a half: who says in March that a mandate ends on 31
/// December means this year's; beyond, the last occurrence is meant.
const AHEAD: i64 = 290;
/// The same for a month or a longer stretch, in days: who says in March that a mine will close in December means this year's.
/// Ten months: of the eleventh and twelfth, the one just gone is nearer.
const AHEAD_OF_STRETCHES: i64 = 304;
/// How old a day without its year may be, in days, to be news even behind a paragraph of history. A month: chosen, as the
/// span over which reports go on naming days without their year.
const NEWS_DAYS: i64 = 31;
/// Dated expressions that an anaphor looks back over.
const REACH: usize = 6;
/// Days after which somebody says what is news ("… on Tuesday, officials said Thursday"). Chosen: a weekend between; what lies
/// further back is what the news is about ("the truce of 1 June still holds").
const SAID_DAYS: i32 = 3;
/// Sentences that an anaphor looks further back for a day of the story, where the last one dated is of its background, and over
/// which an hour without its day is still that of an old one. Chosen: beyond, the story has moved on.
const ASIDE: u32 = 3;
/// Paragraphs that an anaphor, or a year, carries over.
const PARAGRAPHS: u32 = 6;

/// Against which days expressions are resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub first: Date,
    pub last: Date,
}

impl Anchor {
    pub(super) fn of(published: &Published) -> Option<Anchor> {
        let (first, last) = published.best.closed().or_else(|| published.interval.closed())?;
        Some(Anchor { first, last })
    }
}

/// A dated expression that later ones may refer to.
#[derive(Clone, Copy, Debug)]
struct Dated {
    timex: usize,
    partial: Partial,
    days: Interval,
    sentence: u32,
    paragraph: u32,
    /// Its year is said, or was taken over from one that says it.
    own_year: bool,
    opens: bool,
    quoted: bool,
    background: bool,
    lead: Lead,
}

impl Dated {
    /// Named where the report tells since when something lasts, or by somebody whose words have ended: no hour is of such a day.
    fn beside_the_story(&self, w: &Written) -> bool {
        self.background || self.lead == Lead::Since || self.quoted && !w.quoted
    }
}

/// Days of a week, which its middle day stands for: "two weeks ago" is seldom the very day.
const AROUND_WEEK: i32 = 4;

/// The first and the last day from publication that an expression names, where its words count from there. What is quoted counts
/// from the speaker's day.
fn from_publication(w: &Written) -> Option<(i16, i16)> {
    if w.quoted || w.length.is_some() || w.vague.is_some() || w.modifier.is_some_and(|m| m != Modifier::Start) {
        return None;
    }
    let (first, last) = match w.relation {
        Relation::ToPublication { unit: Unit::Day, count } => (count, count),
        Relation::ToPublication {
            unit: Unit::Week,
            count,
        } if count < -1 && !w.partial.has_day() => (count * 7 - AROUND_WEEK, count * 7 + AROUND_WEEK),
        Relation::Absolute
            if w.partial.weekday.is_some()
                && w.partial.day.is_none()
                && !w.partial.has_year()
                && !w.partial.has_middle()
                && matches!(w.look, Look::Unknown | Look::Told) =>
        {
            (-6, 0)
        }
        _ => return None,
    };
    Some((i16::try_from(first).ok()?, i16::try_from(last).ok()?))
}

struct Reader {
    anchor: Option<Anchor>,
    history: Vec<Dated>,
    /// The day that stands behind a quotation in its sentence ("…", he said on Monday), and which timex it is.
    said_on: Option<(Date, usize)>,
    /// The sentence begins with a quotation.
    opens_quoted: bool,
}

/// Days of a year.
const YEAR: i64 = 365;

/// [`weekday`] of the day before the weekend.
const FRIDAY: i8 = 5;

/// A season that begins later than this is not the one at hand, where the clause tells of the past. Half a year.
const AT_HAND_DAYS: i32 = 183;

/// A stretch with so many days left is as good as over: "the past month", said on its last days. Chosen, not measured.
const NEARLY_OVER_DAYS: i32 = 5;

/// Resolves all expressions of a report, in order.
pub(super) fn resolve(words: &Words<'_>, written: &[Written], anchor: Option<Anchor>) -> (Vec<Timex>, Vec<Diagnostic>) {
    let mut reader = Reader {
        anchor,
        history: Vec::new(),
        said_on: None,
        opens_quoted: false,
    };
    let mut diagnostics = Vec::new();
    let mut timexes: Vec<Timex> = Vec::with_capacity(written.len());
    for (number, w) in written.iter().enumerate() {
        let mut timex = Timex {
            span: w.span,
            kind: w.kind,
            value: String::new(),
            modifier: w.modifier,
            interval: Interval::default(),
            anchor: TimexAnchor::None,
            rule: w.rule.clone(),
            vague: w.vague.is_some() || w.length.is_some_and(|l| l.count.is_none()),
            range_with: w.range_with.filter(|&o| o < written.len()),
            from_publication: from_publication(w),
        };
        if let Some(v) = w.vague {
            timex.value = v.as_str().to_string();
        } else if let Some(length) = w.length {
            timex.value = if w.partial.is_empty() {
                length_value(&length)
            } else {
                value(&w.partial)
            };
        } else {
            let sentence = words.tokens[w.start as usize].sentence;
            let paragraph = words.sentences[sentence as usize].paragraph;
            reader.said_on = reader.day_behind(words, written, number);
            let first = words.sentences[sentence as usize].start;
            reader.opens_quoted = matches!(words.word(first as usize), "“" | "«" | "\"");
            let (mut partial, source, own_year) = reader.place(number, w, sentence, paragraph);
            if let (Some(unit), Some(day)) = (w.around, interval(&partial, None).single()) {
                partial = shift(day, unit, 0).unwrap_or(partial);
            }
            if let (Some(said), Some(day)) = (w.partial.weekday, interval(&partial, None).single())
                && w.partial.has_day()
                && weekday(day) != said
                && partial.day.is_some()
            {
                diagnostics.push(
                    Diagnostic::new(
                        "time/weekday-conflict",
                        format!(
                            "\"{}\" names a weekday, but {day} is another one",
                            w.span.of(words.text)
                        ),
                        "the date is kept; compare with other reports",
                    )
                    .at(w.span),
                );
            }
            if partial.day.is_some() && partial.year.is_some() {
                partial.weekday = None;
            }
            timex.value = match (w.relation, partial.has_date()) {
                (Relation::ToPublication { unit, .. } | Relation::ToPrevious { unit, .. }, false) => {
                    blank(unit, &partial)
                }
                (_, _) => value(&partial),
            };
            timex.interval = interval(&partial, w.modifier);
            timex.anchor = source;
            if !timex.interval.is_unknown() {
                // "… on Wednesday, officials said Thursday": the story goes on from Wednesday.
                let said_on = timex.interval.single();
                let told = |d: &&Dated| {
                    let before = w.said_from.is_some_and(|comma| written[d.timex].end <= comma);
                    let days = said_on.zip(d.days.single()).map(|(on, day)| (on - day).get_days());
                    before && d.sentence == sentence && days.is_some_and(|n| (0..=SAID_DAYS).contains(&n))
                };
                let at = reader.history.len() - usize::from(reader.history.last().as_ref().is_some_and(told));
                reader.history.insert(
                    at,
                    Dated {
                        timex: number,
                        partial,
                        days: timex.interval,
                        sentence,
                        paragraph,
                        own_year,
                        opens: w.opens,
                        quoted: w.quoted,
                        background: w.background || w.frame == Frame::Occasion,
                        lead: w.lead,
                    },
                );
            }
        }
        timexes.push(timex);
    }
    (timexes, diagnostics)
}

/// Which days an expression names if the report was published on `day`.
pub(super) fn one(w: &Written, day: Date) -> Interval {
    let mut reader = Reader {
        anchor: Some(Anchor { first: day, last: day }),
        history: Vec::new(),
        said_on: None,
        opens_quoted: false,
    };
    if !w.is_calendar() || matches!(w.relation, Relation::ToPrevious { .. }) {
        return Interval::default();
    }
    let (partial, ..) = reader.place(0, w, 0, 0);
    interval(&partial, w.modifier)
}

impl Reader {
    /// The filled-in fields, what they were resolved against, and whether the year was said.
    fn place(&mut self, number: usize, w: &Written, sentence: u32, paragraph: u32) -> (Partial, TimexAnchor, bool) {
        match w.relation {
            Relation::Absolute if w.partial.has_year() => (named_day(w.partial), TimexAnchor::None, true),
            Relation::Absolute => self.absolute(number, w, sentence, paragraph),
            Relation::ToPublication { unit, count } => {
                if let Some(spoken) = self.spoken_day(w, unit, sentence, paragraph) {
                    let base = shift(spoken.0, unit, count).unwrap_or_default();
                    return (inside(base, w.partial), TimexAnchor::Timex(spoken.1), false);
                }
                // "Over the weekend", said on its second day, is this one.
                let in_it = |day: Date| unit == Unit::Weekend && w.look == Look::Past && weekday(day) > FRIDAY;
                let placed = self.both_ends(|day| {
                    let base = shift(day, unit, if in_it(day) { count + 1 } else { count })?;
                    if w.partial.day.is_some() && w.partial.month.is_some() && unit == Unit::Day {
                        // The date says which day it is; the relative word only says about when.
                        let near = interval(&base, None).single()?;
                        return Some(nearest(w.partial, near, Look::Unknown).unwrap_or(w.partial));
                    }
                    Some(told_side(named_day(inside(base, w.partial)), w, day))
                });
                match placed {
                    Some(p) => (p, TimexAnchor::Published, false),
                    None => (w.partial, TimexAnchor::None, false),
                }
            }
            Relation::ToPrevious { .. } if w.dated.is_some() => {
                let date = Written {
                    relation: Relation::Absolute,
                    partial: w.partial.or(w.dated.unwrap_or_default()),
                    dated: None,
                    ..w.clone()
                };
                self.place(number, &date, sentence, paragraph)
            }
            Relation::ToPrevious { unit, count } => {
                let fine = match unit {
                    _ if w.partial.weekday.is_some() => Unit::Day,
                    Unit::Year | Unit::Decade | Unit::Century => Unit::Year,
                    Unit::Month | Unit::Quarter | Unit::Season | Unit::Half => Unit::Month,
                    Unit::Week | Unit::Weekend => Unit::Week,
                    _ => Unit::Day,
                };
                let near = |fits: &dyn Fn(&Dated) -> bool| {
                    self.history.iter().rev().take(REACH).find(|d| {
                        fits(d)
                            && paragraph.saturating_sub(d.paragraph) <= PARAGRAPHS
                            && d.partial.grain().is_some_and(|g| g <= fine)
                            && (fine > Unit::Day || w.look != Look::Told || self.may_be(w.look, d))
                    })
                };
                // What is told of that day or the day before goes on from a day gone by, not from the one that talks are set for.
                let gone =
                    |d: &Dated| count > 0 || w.look != Look::Unknown || fine > Unit::Day || self.may_be(Look::Told, d);
                // "Cùng ngày" goes on from the news, not from the day since which the war lasts; "eleven days later" from the day
                // "after the raid of 3 May", where its own sentence tells that.
                // "Two years later" is not to come, unless its clause looks ahead.
                let come = |d: &Dated| {
                    let late = |a: Anchor| {
                        let there = shift(d.days.earliest?, unit, count)?;
                        Some(interval(&there, None).earliest? > a.last)
                    };
                    count > 0
                        && !matches!(w.look, Look::Ahead | Look::Future)
                        && self.anchor.and_then(late) == Some(true)
                };
                let any = near(&|d| !come(d)).or_else(|| near(&|_| true));
                let beside = |d: &Dated| any.is_some_and(|n| d.sentence + ASIDE >= n.sentence);
                let near = near(&|d| count != 0 && d.sentence == sentence && !come(d))
                    .or_else(|| near(&|d| !d.background && gone(d) && beside(d) && !come(d)))
                    .or(any);
                if let Some(d) = near
                    && let Some(day) = d.days.earliest
                {
                    // "The following Friday" is the next one from there, be it in the same week; so is "the following July".
                    let named = w.partial.weekday.is_some() || w.partial.month.is_some() && w.partial.day.is_none();
                    let placed = if named && count.abs() == 1 {
                        let (from, look) = match count {
                            1 => (d.days.latest.unwrap_or(day), Look::Future),
                            _ => (day, Look::Past),
                        };
                        nearest(w.partial, from, look).unwrap_or_default()
                    } else {
                        named_day(inside(shift(day, unit, count).unwrap_or_default(), w.partial))
                    };
                    return (placed, TimexAnchor::Timex(d.timex), d.own_year);
                }
                if count <= 0 && unit >= Unit::Day {
                    let placed = self.both_ends(|day| Some(inside(shift(day, unit, count)?, w.partial)));
                    if let Some(p) = placed {
                        return (p, TimexAnchor::Published, false);
                    }
                }
                (w.partial, TimexAnchor::None, false)
            }
        }
    }

    /// What both ends of the publication interval agree on.
    fn both_ends(&self, f: impl Fn(Date) -> Option<Partial>) -> Option<Partial> {
        let anchor = self.anchor?;
        let last = f(anchor.last)?;
        if anchor.first == anchor.last {
            return Some(last);
        }
        f(anchor.first).filter(|p| *p == last)
    }

    /// The day of the words that are said behind a quoted expression of day, in its sentence.
    fn day_behind(&self, words: &Words<'_>, written: &[Written], number: usize) -> Option<(Date, usize)> {
        let sentence = |w: &Written| words.tokens[w.start as usize].sentence;
        let w = &written[number];
        if !w.quoted || !matches!(w.relation, Relation::ToPublication { unit: Unit::Day, .. }) {
            return None;
        }
        let (next, n) = written.iter().enumerate().skip(number + 1).find(|(_, n)| {
            // No further than the sentence.
            !n.quoted || sentence(n) != sentence(w)
        })?;
        let told = n.relation == Relation::Absolute && !matches!(n.look, Look::Ahead | Look::Future);
        if sentence(n) != sentence(w) || !told || !n.is_calendar() || n.grain() != Some(Unit::Day) {
            return None;
        }
        let placed = self.both_ends(|day| nearest(n.partial, day, n.look))?;
        Some((interval(&placed, None).single()?, next))
    }

    /// The day on which a quoted speaker says "today": a day named outside the quotation, just before it.
    fn spoken_day(&self, w: &Written, unit: Unit, sentence: u32, paragraph: u32) -> Option<(Date, usize)> {
        if !w.quoted || unit != Unit::Day {
            return None;
        }
        // Nobody speaks on a day to come, nor on that since which the war lasts.
        let gone = |d: &Dated| match (self.anchor, d.days.earliest) {
            (Some(a), Some(day)) => day <= a.last,
            _ => true,
        };
        let before = self
            .history
            .iter()
            .rev()
            .take_while(|d| d.sentence + 1 >= sentence)
            .find(|d| !d.quoted && !d.background && gone(d));
        if let Some(said) = self.said_on.filter(|_| before.is_none_or(|d| d.sentence != sentence)) {
            return Some(said);
        }
        let d = before?;
        // "… on Sunday, police said Monday": who is quoted next speaks on Monday.
        let said = |s: &&Dated| s.sentence == d.sentence && s.lead == Lead::Said;
        let d = self.history.iter().rev().take(REACH).find(said).unwrap_or(d);
        let near = d.sentence == sentence
            || d.paragraph == paragraph
                && d.sentence + 1 == sentence
                && (d.lead == Lead::Said || !self.opens_quoted)
                && self.is_news(d);
        Some((near.then_some(d.days.single()).flatten()?, d.timex))
    }

    /// A single day that a clause which looks ahead or back may speak of: what is told as past was on no day to come.
    fn may_be(&self, look: Look, d: &Dated) -> bool {
        let Some(day) = d.days.single() else { return false };
        self.anchor.is_none_or(|a| match look {
            Look::Told | Look::Past => day <= a.last,
            Look::Ahead | Look::Future => day >= a.first,
            Look::Unknown => true,
        })
    }

    /// Of the last weeks before publication, or to come.
    fn is_news(&self, d: &Dated) -> bool {
        match (self.anchor, d.days.latest) {
            (Some(a), Some(day)) => i64::from((a.last - day).get_days()) <= NEWS_DAYS,
            _ => true,
        }
    }

    fn absolute(&mut self, number: usize, w: &Written, sentence: u32, paragraph: u32) -> (Partial, TimexAnchor, bool) {
        let p = w.partial;
        // A time of day without a day: the day last spoken of.
        if p.has_time() && !p.has_date() {
            let last = |fits: &dyn Fn(&Dated) -> bool| {
                self.history.iter().rev().take(REACH).find(|d| {
                    fits(d)
                        && paragraph.saturating_sub(d.paragraph) <= PARAGRAPHS
                        && self.may_be(w.look, d)
                        && (paragraph == d.paragraph || sentence - d.sentence <= ASIDE || self.is_news(d))
                })
            };
            let any = last(&|_| true);
            let beside = |d: &Dated| any.is_some_and(|n| d.sentence + ASIDE >= n.sentence);
            let last = last(&|d| d.sentence == sentence)
                .or_else(|| last(&|d| !d.beside_the_story(w) && beside(d)))
                .or(any);
            if let Some((d, day)) = last.and_then(|d| Some((d, d.days.single()?))) {
                return (p.or(of_day(day)), TimexAnchor::Timex(d.timex), d.own_year);
            }
            return match self.both_ends(|day| Some(p.or(of_day(day)))) {
                Some(p) => (p, TimexAnchor::Published, false),
                None => (p, TimexAnchor::None, false),
            };
        }
        if let Some((year, from)) = self.narrative(w, sentence, paragraph) {
            return (
                named_day(Partial { year: Some(year), ..p }),
                TimexAnchor::Timex(from),
                true,
            );
        }
        // The second end of a range looks on from the first.
        let start = w
            .range_with
            .filter(|&o| o < number)
            .and_then(|o| self.history.iter().rev().find(|d| d.timex == o))
            .copied();
        // "…, hoàn tất vào 11/9" goes on from the day ahead that its sentence began with, where its last occurrence is long past.
        let start = start.or_else(|| {
            let day = self.anchor?.last;
            let d =
                self.history.last().filter(|d| d.sentence == sentence).filter(|_| {
                    w.look == Look::Unknown || w.look == Look::Past && p.day.is_some() && p.month.is_some()
                })?;
            let past = interval(&nearest(p, day, Look::Past)?, None).latest?;
            let ahead = d.days.earliest? > day && (day - past).get_days() > AT_HAND_DAYS;
            ahead.then_some(*d)
        });
        if let Some(d) = start
            && let Some(first) = d.days.earliest
            // Two hours may be of one day.
            && let Some(found) = nearest(p, first, if p.has_time() { Look::Ahead } else { Look::Future })
            && interval(&found, None)
                .earliest
                .is_some_and(|e| (e - first).get_days() < 330)
        {
            return (found, TimexAnchor::Timex(d.timex), d.own_year);
        }
        if let Some((found, from)) = self.day_of_month(w, sentence) {
            return (found, TimexAnchor::Timex(from), false);
        }
        // Of the end of a stretch the tense says nothing: the ban that "was in force until 3 May" may be so still.
        let look = match (w.frame, w.look) {
            (Frame::Bound, Look::Told) if p.month.is_some() && p.day.is_some() => Look::Unknown,
            (_, look) => look,
        };
        match self.both_ends(|day| nearest(p, day, look)) {
            Some(found) => (found, TimexAnchor::Published, false),
            None => (p, TimexAnchor::None, false),
        }
    }

    /// A day that is only numbered is of the month that its sentence named before it ("next month, by the 15th").
    fn day_of_month(&self, w: &Written, sentence: u32) -> Option<(Partial, usize)> {
        let p = w.partial;
        if p.day.is_none() || p.month.is_some() || p.weekday.is_some() || p.has_year() || w.look == Look::Future {
            return None;
        }
        let d = self.history.last().filter(|d| d.sentence == sentence)?;
        let found = Partial {
            year: Some(d.partial.year?),
            month: Some(d.partial.month?),
            ..p
        };
        let day = interval(&found, None).single()?;
        (day >= d.days.earliest?).then_some((found, d.timex))
    }

    /// The year of the story being told: that of the last dated expression, where it says one that is not the report's.
    fn narrative(&self, w: &Written, sentence: u32, paragraph: u32) -> Option<(i16, usize)> {
        if w.partial.month.is_none() && w.partial.season.is_none() && w.partial.feast.is_none() {
            return None;
        }
        let d = self.history.last()?;
        let (_, until) = d.days.closed()?;
        let year = d.partial.year?;
        let published = self.anchor.map(|a| a.last);
        if !d.own_year || published.is_some_and(|p| p.year() <= year) || matches!(w.look, Look::Future)
            // "Last July", "hồi tháng 7" is that before the report, whatever was told before it.
            || (w.look == Look::Past || w.lead == Lead::Recent) && w.partial.day.is_none()
        {
            return None;
        }
        let far = paragraph - d.paragraph;
        let fits = match d.partial.grain()? {
            g if g <= Unit::Month => far <= 1,
            // A bare year tells of its own year only: it must open its sentence and be followed at once.
            Unit::Year => d.opens && far == 0 && sentence - d.sentence <= 1,
            _ => false,
        };
        // In another paragraph a day of the last weeks is news again, not more of the history told before it.
        let news = || {
            let published = published?;
            let look = if w.look == Look::Ahead { w.look } else { Look::Past };
            let at_hand = interval(&nearest(w.partial, published, look)?, None).latest?;
            Some(i64::from((published - at_hand).get_days().abs()) <= NEWS_DAYS)
        };
        // In another paragraph only what stands first in its sentence goes on with the history ("In May, …"); "up from May" does not.
        let goes_on = far == 0 || w.partial.day.is_some() || w.opens && w.look != Look::Ahead;
        // As it is behind the day since which the war lasts, and where things are counted up to it.
        let aside = w.frame == Frame::AsOf || d.sentence != sentence && d.background;
        let on_a_day = w.partial.day.is_some() || w.partial.feast.is_some();
        if !fits || !goes_on || (far > 0 || aside) && on_a_day && news() == Some(true) {
            return None;
        }
        let days = |year| {
            interval(
                &named_day(Partial {
                    year: Some(year),
                    ..w.partial
                }),
                None,
            )
        };
        let first = d.days.earliest?;
        let same = days(year);
        if same.latest.is_some_and(|l| l >= first) {
            return Some((year, d.timex));
        }
        let next = days(year + 1);
        // Whoever goes on into the next year says it, unless he goes on at once.
        if far > 0 {
            return None;
        }
        let soon = next
            .earliest
            .is_some_and(|e| (e - until).get_days() < 200 && published.is_none_or(|p| e <= p));
        soon.then_some((year + 1, d.timex))
    }
}

/// "This spring" of a clause that looks ahead, read in winter, is the next one; "this autumn" of one that looks back, read in
/// winter, the last: the one at hand is meant, on the side that the clause tells.
fn told_side(found: Partial, w: &Written, day: Date) -> Partial {
    if found.season.is_none() {
        return found;
    }
    let days = interval(&found, None);
    let (gone, ahead) = (
        days.latest.is_some_and(|l| l < day),
        days.earliest.is_some_and(|e| (e - day).get_days() > AT_HAND_DAYS),
    );
    match w.look {
        Look::Ahead | Look::Future if gone => nearest(w.partial, day, Look::Future).unwrap_or(found),
        Look::Told | Look::Past if ahead => nearest(w.partial, day, Look::Past).unwrap_or(found),
        _ => found,
    }
}

/// A feast to its day, where the year is known.
fn named_day(p: Partial) -> Partial {
    match (p.feast, p.year) {
        (Some(f), Some(y)) => match feast(f, y) {
            Some(day) => Partial { feast: None, ..p }.or(of_day(day)),
            None => Partial { feast: p.feast, ..p },
        },
        _ => p,
    }
}

/// Fills in the year (or month, or week) so that the expression is the nearest to `day` in the direction it looks.
fn nearest(p: Partial, day: Date, look: Look) -> Option<Partial> {
    // Candidates in order of time, far enough to both sides that leap days and fifth weeks have one.
    let candidates: Vec<Partial> =
        if p.month.is_some() || p.season.is_some() || p.quarter.is_some() || p.half.is_some() || p.feast.is_some() {
            let years = day.year() - 8..=day.year() + 8;
            years
                .map(|y| named_day(Partial { year: Some(y), ..p }))
                .filter(|c| agrees(c, &p, day))
                .collect()
        } else if p.day.is_some() {
            (-14..=14)
                .filter_map(|n| Some(p.or(shift(day, Unit::Month, n)?)))
                .filter(|c| agrees(c, &p, day))
                .collect()
        } else if let Some(d) = p.weekday {
            let back = (i64::from(weekday(day)) - i64::from(d)).rem_euclid(7);
            [-back - 7, -back, 7 - back, 14 - back]
                .into_iter()
                .filter_map(|n| Some(Partial { weekday: None, ..p }.or(of_day(day_after(day, n)?))))
                .collect()
        } else if p.week.is_some() {
            (-2..=2)
                .map(|n| Partial {
                    year: Some(day.year() + n),
                    ..p
                })
                .collect()
        } else {
            return None;
        };
    let days = |c: &Partial| interval(c, None).closed();
    // "last Friday", said on a Friday, is a week ago; "on Friday" may be today.
    let strict = look == Look::Past && p.weekday.is_some() && p.day.is_none();
    // "last June", said in June, is a year ago.
    let over = look == Look::Past && p.day.is_none() && p.weekday.is_none();
    let back = candidates.iter().rev().find(|c| {
        days(c).is_some_and(|(a, b)| match strict {
            true => a < day,
            false => a <= day && !(over && (b - day).get_days() > NEARLY_OVER_DAYS),
        })
    });
    // "next" and "tới" name a day to come; else the stretch that holds the day will do.
    let ahead = candidates
        .iter()
        .find(|c| days(c).is_some_and(|(a, b)| if look == Look::Future { a > day } else { b >= day }));
    let (Some(back), Some(ahead)) = (back, ahead) else {
        return back.or(ahead).copied();
    };
    let since = days(back).map_or(0, |(_, b)| i64::from((day - b).get_days()));
    let until = days(ahead).map_or(0, |(a, _)| i64::from((a - day).get_days()));
    let short = p.weekday.is_some() && p.day.is_none();
    // The weekday tells the year, and the day to come is nearer by years than the last one that fits.
    let by_weekday = p.weekday.is_some() && p.day.is_some() && since > 2 * YEAR && until <= YEAR;
    let forward = match look {
        Look::Future => true,
        _ if by_weekday => true,
        Look::Ahead if short => until > 0 || since <= 0,
        Look::Ahead if p.day.is_none() && p.feast.is_none() => until <= AHEAD_OF_STRETCHES,
        Look::Ahead => until <= AHEAD,
        Look::Past | Look::Told => false,
        // A day of the month alone is this month's: "từ ngày 23", said on the 21st.
        Look::Unknown if p.day.is_some() && p.month.is_none() => until * 2 < since,
        Look::Unknown => !short && until <= NEAR_AHEAD && since >= FAR_BACK,
    };
    Some(if forward { *ahead } else { *back })
}

/// The filled-in day exists and falls on the weekday that was said, if in a year around `day` the said day does.
fn agrees(c: &Partial, said: &Partial, day: Date) -> bool {
    let Some((a, b)) = interval(c, None).closed() else {
        return false;
    };
    match said.weekday {
        // Up to two of seven years fit a weekday and a date; where none near does, the weekday is the error.
        Some(_) if said.day.is_none() => true,
        Some(w) => a == b && (weekday(a) == w || !any_year_fits(said, day, w)),
        None => true,
    }
}

fn any_year_fits(said: &Partial, near: Date, w: i8) -> bool {
    let (Some(m), Some(d)) = (said.month, said.day) else {
        return false;
    };
    (near.year() - 1..=near.year() + 1).any(|y| Date::new(y, m, d).is_ok_and(|day| weekday(day) == w))
}

/// What stands where a relative expression has no anchor.
fn blank(unit: Unit, p: &Partial) -> String {
    let date = match unit {
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Season | Unit::Year | Unit::Decade | Unit::Century => "XXXX",
        _ => "XXXX-XX-XX",
    };
    let time = value(&Partial { year: Some(0), ..*p });
    format!("{date}{}", time.find('T').map_or("", |at| &time[at..]))
}

fn length_value(length: &Length) -> String {
    let letters = |unit: Unit| match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Weekend => ("", "WE"),
        Unit::Week => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Season => ("", "S"),
        Unit::Half => ("", "H"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    };
    let (time, letter) = letters(length.unit);
    let number = |n: f64| {
        if n.fract() == 0.0 {
            format!("{n:.0}")
        } else {
            format!("{n}")
        }
    };
    let (mut n, mut unit) = (length.count, (time, letter));
    // Half a year is 6 months, half an hour 30 minutes; one and a half hours are 90 minutes.
    if let Some(c) = n
        && c.fract() != 0.0
    {
        let smaller = match length.unit {
            Unit::Year => Some((12.0, Unit::Month)),
            Unit::Decade => Some((10.0, Unit::Year)),
            Unit::Century => Some((100.0, Unit::Year)),
            Unit::Hour => Some((60.0, Unit::Minute)),
            Unit::Minute => Some((60.0, Unit::Second)),
            Unit::Day => Some((24.0, Unit::Hour)),
            _ => None,
        };
        if let Some((per, small)) = smaller.filter(|(per, _)| (c * per).fract() == 0.0) {
            n = Some(c * per);
            unit = letters(small);
        }
    }
    let mut v = format!("P{}{}{}", unit.0, n.map_or("X".to_string(), number), unit.1);
    if let Some((count, small)) = length.more {
        let (t, l) = letters(small);
        if t != unit.0 {
            v.push_str(t);
        }
        v.push_str(&number(count));
        v.push_str(l);
    }
    v
}
