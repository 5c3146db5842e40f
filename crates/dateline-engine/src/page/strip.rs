//! The overview strip, and the thin bar under a date.

use super::axis::{Axis, WIDTH};
use super::html::Html;
use super::view::View;
use dateline_model::{Event, Interval, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Units from the top of the drawing to the base line, and the height of a tick by independent sources.
const BASE: f64 = 62.0;
const STEP: f64 = 14.0;
const MOST: usize = 4;

/// Axis units that a year's number needs so that its neighbours do not touch it, on a desk and on a phone.
const LABEL_DESK: f64 = 52.0;
const LABEL_PHONE: f64 = 150.0;

/// Axis units from which on a year shows its months, and from which on these have numbers.
const MONTHS: f64 = 140.0;
const MONTH_NUMBERS: f64 = 420.0;

/// The day that stands for an interval on the axis.
pub(super) fn middle(interval: Interval) -> Option<Date> {
    match (interval.earliest, interval.latest) {
        (Some(a), Some(b)) => {
            let half = i64::from((b - a).get_days()) / 2;
            Some(a.checked_add(jiff::Span::new().days(half)).unwrap_or(a))
        }
        (a, b) => a.or(b),
    }
}

/// The axis of the shown events, and of what reports tell to stand.
pub(super) fn axis(view: &View<'_>) -> Axis {
    let events = view.events.iter().filter_map(|e| middle(e.when.interval));
    let held = view.courses.iter().flat_map(|c| &c.days);
    let told = held.filter(|(_, h)| h.as_ref().is_some_and(|h| !h.standings.is_empty()));
    let days: Vec<Date> = events.chain(told.map(|(day, _)| *day)).collect();
    Axis::new(&days)
}

/// Draws the strip.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>, axis: &Axis) {
    if axis.segments.is_empty() {
        return;
    }
    html.raw("<section class=\"overview\" aria-labelledby=\"h-overview\">\n");
    html.worded("<h2 id=\"h-overview\"", "h.overview", "</h2>\n");
    html.raw("<figure id=\"strip\"><svg class=\"strip\" role=\"img\"")
        .label("strip.alt");
    html.raw(" height=\"96\" width=\"100%\">\n<svg viewBox=\"0 0 1000 96\" preserveAspectRatio=\"none\" width=\"100%\" height=\"96\" aria-hidden=\"true\">");
    grounds(html, axis);
    ticks(html, view, axis);
    html.raw("<rect id=\"brush\" class=\"brush\" y=\"0\" height=\"70\" x=\"0\" width=\"0\"/></svg>\n");
    labels(html, axis, BASE, 88.0);
    rings(html, view, axis);
    html.raw("</svg>\n<figcaption>")
        .word("strip.help")
        .raw("</figcaption></figure>\n</section>\n");
}

/// Bands of the years and breaks between them.
fn grounds(html: &mut Html<'_>, axis: &Axis) {
    let mut odd = false;
    for s in &axis.segments {
        let (x, width) = (round(s.x.0), round(s.x.1 - s.x.0));
        if s.year.is_none() {
            html.made(&format!(
                "<rect class=\"gap\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"3\"/>",
                BASE - 1.0
            ));
            odd = false;
            continue;
        }
        if odd {
            html.made(&format!(
                "<rect class=\"band\" x=\"{x}\" y=\"0\" width=\"{width}\" height=\"{BASE}\"/>"
            ));
        }
        odd = !odd;
    }
    html.made(&format!("<path class=\"base\" d=\"M0 {BASE}H1000\"/>"));
}

/// How a status is drawn.
fn style(status: Status) -> &'static str {
    match status {
        Status::Happened | Status::Ongoing => "done",
        Status::Announced | Status::Planned | Status::Hypothetical => "plan",
        Status::Denied => "deny",
        Status::Historical => "past",
    }
}

fn height(event: &Event) -> f64 {
    match event.status {
        Status::Historical => STEP * 0.7,
        _ => STEP * event.sources.independent.clamp(1, MOST) as f64,
    }
}

/// One path for each way of drawing: a tick where the events of a place on the axis are, as high as the weightiest of them.
fn ticks(html: &mut Html<'_>, view: &View<'_>, axis: &Axis) {
    let mut paths: BTreeMap<&str, BTreeMap<String, f64>> = BTreeMap::new();
    let mut ranges: Vec<(f64, f64)> = Vec::new();
    for event in &view.events {
        let Some(day) = middle(event.when.interval) else {
            continue;
        };
        let tick = paths
            .entry(style(event.status))
            .or_default()
            .entry(round(axis.at(day)))
            .or_default();
        *tick = tick.max(height(event));
        if let Some((a, b)) = event.when.interval.closed()
            && a != b
            && a.year() == b.year()
        {
            ranges.push((axis.at(a), axis.at(b)));
        }
    }
    ranges.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    ranges.dedup();
    let wide: String = ranges
        .iter()
        .map(|(a, b)| format!("M{} {}H{}", round(*a), BASE + 4.0, round(*b)))
        .collect();
    if !wide.is_empty() {
        html.raw("<path class=\"range\" d=\"").made(&wide).raw("\"/>");
    }
    for (class, ticks) in paths {
        let path: String = ticks.iter().map(|(x, h)| format!("M{x} {BASE}v-{h}")).collect();
        html.raw("<path class=\"tick ")
            .made(class)
            .raw("\" d=\"")
            .made(&path)
            .raw("\"/>");
    }
}

/// Rings over denied events; outside the stretched drawing, so that they stay round.
fn rings(html: &mut Html<'_>, view: &View<'_>, axis: &Axis) {
    let mut seen: BTreeMap<String, f64> = BTreeMap::new();
    for event in view.events.iter().filter(|e| e.status == Status::Denied) {
        if let Some(day) = middle(event.when.interval) {
            let top = seen.entry(percent(axis.at(day))).or_default();
            *top = top.max(height(event));
        }
    }
    for (x, h) in seen {
        html.made(&format!(
            "<circle class=\"ring\" cx=\"{x}\" cy=\"{}\" r=\"4\"/>",
            BASE - h - 3.0
        ));
    }
}

/// Numbers of the years as far as they fit, and months where a year has the room.
///
/// `base`: units from the top of the drawing to the line they stand under; `below`: to the feet of the numbers.
pub(super) fn labels(html: &mut Html<'_>, axis: &Axis, base: f64, below: f64) {
    let mut ends = [f64::NEG_INFINITY; 2];
    for s in &axis.segments {
        let Some(year) = s.year else { continue };
        let place = (s.x.0 + s.x.1) / 2.0;
        let place = if s.x.1 - s.x.0 > MONTH_NUMBERS {
            s.x.0 + 22.0
        } else {
            place.clamp(22.0, WIDTH - 22.0)
        };
        if place - ends[0] < LABEL_DESK {
            continue;
        }
        ends[0] = place;
        let phone = place - ends[1] >= LABEL_PHONE;
        if phone {
            ends[1] = place;
        }
        let class = if phone { "year" } else { "year wide" };
        let words = super::dates::spell(&year_code(year), html.words, super::dates::Length::Short);
        html.made(&format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{below}\">",
            percent(place)
        ));
        html.text(&words).raw("</text>");
        if s.x.1 - s.x.0 > MONTHS {
            for month in 2..=12_i8 {
                let Ok(first) = Date::new(year, month, 1) else { continue };
                let x = percent(axis.at(first));
                html.made(&format!(
                    "<line class=\"month\" x1=\"{x}\" x2=\"{x}\" y1=\"{base}\" y2=\"{}\"/>",
                    base + 5.0
                ));
                if [4, 7, 10].contains(&month) && s.x.1 - s.x.0 > MONTH_NUMBERS {
                    html.made(&format!("<text class=\"month\" x=\"{x}\" y=\"{below}\">{month}</text>"));
                }
            }
        }
    }
}

/// A year as EDTF.
pub(super) fn year_code(year: i16) -> String {
    if year < 0 {
        format!("-{:04}", -i32::from(year))
    } else {
        format!("{year:04}")
    }
}

/// A tenth of a unit is a tenth of a pixel.
fn round(x: f64) -> String {
    let tenths = (x * 10.0).round() / 10.0;
    format!("{tenths}")
}

/// A place on the axis as a share of its width.
pub(super) fn percent(x: f64) -> String {
    format!("{}%", (x * 10.0).round() / 100.0)
}

/// The thin bar: which days of the month, the year or the decades can be meant.
pub(super) fn bar(html: &mut Html<'_>, interval: Interval) {
    let Some(anchor) = interval.earliest.or(interval.latest) else {
        return;
    };
    let (first, last) = match interval.closed() {
        Some((a, b)) if (a.year(), a.month()) == (b.year(), b.month()) => (a.first_of_month(), a.last_of_month()),
        None => (anchor.first_of_year(), anchor.last_of_year()),
        Some((a, b)) if a.year() == b.year() => (a.first_of_year(), a.last_of_year()),
        Some((a, b)) => {
            let decade = |y: i16| y - y.rem_euclid(10);
            let from = Date::new(decade(a.year()), 1, 1).unwrap_or(a);
            (from, Date::new(decade(b.year()).saturating_add(9), 12, 31).unwrap_or(b))
        }
    };
    let total = (last - first).get_days() + 1;
    let place = |days: i32| f64::from(days) / f64::from(total) * 100.0;
    let start = interval.earliest.map_or(0.0, |d| place((d - first).get_days()));
    let end = interval.latest.map_or(100.0, |d| place((d - first).get_days() + 1));
    let width = (end - start).max(2.5);
    let start = start.min(100.0 - width);
    // An open end is a row of dots instead of an edge.
    let open = interval.earliest.is_none() || interval.latest.is_none();
    html.raw(if open {
        "<svg class=\"bar open\""
    } else {
        "<svg class=bar"
    })
    .raw(" aria-hidden=true><rect x=\"");
    html.made(&round(start))
        .raw("%\" width=\"")
        .made(&round(width))
        .raw("%\"/></svg>");
}
