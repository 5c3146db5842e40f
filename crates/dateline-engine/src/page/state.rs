//! What held on a day: a lane for each question on the strip's axis, a slider, and the same in words with the evidence.
//!
//! Without script the words are a table of every change; the script shows of it what held on the chosen day.

use super::axis::Axis;
use super::dates::{Length, code_of, day_number};
use super::html::Html;
use super::list::printed;
use super::strip::{labels, percent};
use super::view::View;
use dateline_model::{Course, Fluent, Ground, Holding, Interval, Named, Value, When, edtf_of};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Entries linked from one row; a number says the rest.
const LINKS: usize = 8;

/// Height of a lane's drawing, and where its bars stand by what they mean.
const HEIGHT: f64 = 24.0;

/// A course with those of its entries that the page shows.
struct Lane<'a> {
    course: &'a Course,
    weight: usize,
}

/// Writes the section; nothing where no outcome is known.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>, axis: &Axis) {
    let lanes = lanes(view);
    let (Some(first), Some(last)) = (axis.segments.first(), axis.segments.last()) else {
        return;
    };
    if lanes.is_empty() {
        return;
    }
    html.raw("<section class=\"state\" id=\"state\" aria-labelledby=\"h-state\" data-day=")
        .digits(opening_day(view, (first.days.0, last.days.1 - 1)));
    html.raw(" data-lanes=").index(lanes.len()).raw(">\n");
    html.worded("<h2 id=\"h-state\" tabindex=\"-1\"", "h.state", "</h2>\n");
    html.raw("<p class=\"note\">").word("s.help").raw("</p>\n");
    cut(html, view, lanes.len());
    controls(html);
    html.raw("<div class=\"lanes\">\n");
    let mut number = 0;
    for fluent in FLUENTS {
        let of: Vec<&Lane<'_>> = lanes.iter().filter(|l| l.course.fluent == fluent).collect();
        if of.is_empty() {
            continue;
        }
        html.worded("<h3", &format!("s.{}", fluent.as_str()), "</h3>\n");
        scale(html, axis);
        html.raw("<ul>\n");
        let mut object = None;
        for lane in of {
            let named = Some(&lane.course.object).filter(|o| !o.name.trim().is_empty());
            if fluent != Fluent::InForce && named != object {
                object = named;
                html.raw("<li class=\"question\">");
                name(html, &lane.course.object);
                html.raw("</li>\n");
            }
            drawing(html, axis, lane.course, number);
            number += 1;
        }
        html.raw("</ul>\n");
    }
    html.raw("</div>\n");
    key(html);
    table(html, view, &lanes);
    html.raw("</section>\n");
}

/// In the order of the section.
const FLUENTS: [Fluent; 4] = [Fluent::Control, Fluent::Presence, Fluent::InForce, Fluent::Membership];

/// The lanes of which an entry is on the page: as many as the level allows, those with the most entries behind them.
fn lanes<'a>(view: &View<'a>) -> Vec<Lane<'a>> {
    let mut lanes: Vec<(usize, Lane<'a>)> = Vec::new();
    for (i, course) in view.courses.iter().enumerate() {
        let mut ids: Vec<&str> = holdings(course)
            .flat_map(|(.., h)| &h.events)
            .map(String::as_str)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let events = ids.into_iter().filter(|id| view.event(id).is_some()).count();
        let mut told: Vec<(&str, dateline_model::Span)> = holdings(course)
            .flat_map(|(.., h)| &h.standings)
            .map(|s| (s.report.as_str(), s.span))
            .collect();
        told.sort_unstable();
        told.dedup();
        let stands = told
            .into_iter()
            .filter(|(report, _)| listed(view, report).is_some())
            .count();
        let weight = events + stands;
        if weight > 0 {
            lanes.push((i, Lane { course, weight }));
        }
    }
    let rank = |f: Fluent| FLUENTS.iter().position(|g| *g == f);
    if lanes.len() > view.level.lanes() {
        lanes.sort_by_key(|(i, l)| (std::cmp::Reverse(l.weight), *i));
        lanes.truncate(view.level.lanes());
    }
    lanes.sort_by_key(|(i, l)| (rank(l.course.fluent), *i));
    lanes.into_iter().map(|(_, l)| l).collect()
}

/// The number of a report that the page lists.
fn listed(view: &View<'_>, report: &str) -> Option<usize> {
    view.number(report).filter(|number| view.listed(*number))
}

/// What is told, with its first day and the first day of something else.
fn holdings(course: &Course) -> impl Iterator<Item = (Date, Option<Date>, &Holding)> {
    course.days.iter().enumerate().filter_map(|(i, (day, holding))| {
        let next = course.days.get(i + 1).map(|(next, _)| *next);
        Some((*day, next, holding.as_ref()?))
    })
}

/// The day that the slider stands on at first: that of the last report, as far as the axis goes.
fn opening_day(view: &View<'_>, (first, last): (i64, i64)) -> i64 {
    let days = view.reports.iter().map(|r| r.line.published.interval);
    let told = days.filter_map(|d| d.latest.or(d.earliest)).max();
    told.map_or(last, day_number).clamp(first, last)
}

/// Says what did not find room.
fn cut(html: &mut Html<'_>, view: &View<'_>, shown: usize) {
    let all = view.courses.len();
    if shown >= all {
        return;
    }
    let words = html.words.counted("s.cut", shown as u64);
    let words = words.replace("{x}", &html.words.number(all as u64));
    html.raw("<p class=\"notice\"><span data-k=s.cut data-n=")
        .index(shown)
        .raw(" data-x=")
        .index(all)
        .raw(">");
    html.text(&words).raw("</span></p>\n");
}

/// The slider, the field and the steps from change to change; they need the script.
fn controls(html: &mut Html<'_>) {
    html.raw("<noscript><p class=\"notice\">")
        .word("s.script")
        .raw("</p></noscript>\n<form class=\"day\" hidden>\n<p><label for=\"day\">")
        .word("s.day")
        .raw("</label> <output id=\"day-words\" for=\"day\"></output></p>\n");
    html.raw("<div class=\"slide\"><input type=\"range\" id=\"day\" min=\"0\" max=\"1000\" step=\"0.1\"></div>\n");
    html.raw("<div class=\"buttons\"><button type=\"button\" data-step=\"-1\">")
        .word("s.before")
        .raw("</button><button type=\"button\" data-step=\"1\">")
        .word("s.after")
        .raw("</button><label>")
        .word("s.exact")
        .raw(" <input type=\"date\" id=\"day-exact\"></label></div>\n</form>\n");
}

/// The axis over the lanes of a kind.
fn scale(html: &mut Html<'_>, axis: &Axis) {
    html.raw("<div class=\"scale\" aria-hidden=\"true\"><svg class=\"axis\" width=\"100%\" height=\"28\">");
    labels(html, axis, 23.0, 16.0);
    html.raw("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"27\" y2=\"27\"/></svg></div>\n");
}

/// One lane: whose, and what was when.
fn drawing(html: &mut Html<'_>, axis: &Axis, course: &Course, number: usize) {
    html.raw("<li class=\"lane\" data-lane=").index(number).raw("><p>");
    whose(html, course);
    html.raw(" <span class=\"now live\"></span></p><div class=\"draw\"><svg aria-hidden=\"true\" width=\"100%\" height=\"24\">");
    html.raw("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"23.5\" y2=\"23.5\"/>");
    for (day, next, holding) in holdings(course) {
        let (from, to) = (axis.at(day), next.map_or(super::axis::WIDTH, |d| axis.at(d)));
        // One day in a long year is still seen.
        let to = to.max(from + 3.0).min(super::axis::WIDTH);
        bar(html, from.min(to - 3.0), to, holding);
    }
    html.raw("</svg></div></li>\n");
}

/// How much of a lane's height a value takes: what holds all, what is on its way out half, what has ended a thin line.
fn height(value: Value) -> f64 {
    match value {
        Value::Holds | Value::Contested | Value::Present | Value::InForce | Value::Member => 18.0,
        Value::Leaving | Value::Broken | Value::Suspended => 10.0,
        Value::Absent | Value::None | Value::Left | Value::Unknown => 4.0,
    }
}

/// Solid where stated, hatched where inferred, two patterns over each other where reports disagree or the day is not sure.
fn bar(html: &mut Html<'_>, from: f64, to: f64, holding: &Holding) {
    let (a, b) = (percent(from), percent(to));
    let mut line = |class: &str, middle: f64, height: f64| {
        html.made(&format!(
            "<line class=\"{class} h{height}\" x1=\"{a}\" x2=\"{b}\" y1=\"{middle}\" y2=\"{middle}\"/>"
        ));
    };
    let pattern = match holding.basis {
        Ground::Stated => "stated",
        Ground::Inferred | Ground::Unknown => "inferred",
    };
    if contested(holding) {
        line("one", HEIGHT - 15.0, 10.0);
        line("two", HEIGHT - 5.0, 10.0);
    } else {
        let height = height(holding.value);
        line(pattern, HEIGHT - height / 2.0, height);
    }
}

fn contested(holding: &Holding) -> bool {
    holding.value == Value::Contested || holding.or.is_some() || holding.disputed
}

/// Signs and words for the drawing.
fn key(html: &mut Html<'_>) {
    html.raw("<ul class=\"key\">");
    for (class, word) in [
        ("stated", "s.key.stated"),
        ("inferred", "s.key.inferred"),
        ("contested", "s.key.contested"),
        ("half", "s.key.half"),
        ("low", "s.key.low"),
        ("empty", "s.key.empty"),
    ] {
        html.raw("<li><svg aria-hidden=\"true\" width=\"48\" height=\"24\">");
        html.raw("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"23.5\" y2=\"23.5\"/>");
        html.raw(match class {
            "stated" => "<line class=\"stated h18\" x1=\"0\" x2=\"100%\" y1=\"15\" y2=\"15\"/>",
            "inferred" => "<line class=\"inferred h18\" x1=\"0\" x2=\"100%\" y1=\"15\" y2=\"15\"/>",
            "contested" => {
                "<line class=\"one h10\" x1=\"0\" x2=\"100%\" y1=\"9\" y2=\"9\"/><line class=\"two h10\" x1=\"0\" x2=\"100%\" y1=\"19\" y2=\"19\"/>"
            }
            "half" => "<line class=\"stated h10\" x1=\"0\" x2=\"100%\" y1=\"19\" y2=\"19\"/>",
            "low" => "<line class=\"stated h4\" x1=\"0\" x2=\"100%\" y1=\"22\" y2=\"22\"/>",
            _ => "",
        });
        html.raw("</svg> ").word(word).raw("</li>");
    }
    html.raw("</ul>\n");
}

/// The reports' words, and the other name where it is another one; an agreement by its kind in the reader's language and its
/// parties.
fn name(html: &mut Html<'_>, named: &Named) {
    let key = format!("agreement.{}", named.kind.replace(' ', "-"));
    if !named.kind.is_empty() && html.words.find(&key).is_some() {
        html.word(&key);
        for (i, party) in named.parties.iter().enumerate() {
            html.raw(if i > 0 { ", " } else { " (" });
            name(html, party);
        }
        html.raw(if named.parties.is_empty() { "" } else { ")" });
        return;
    }
    let words = named.words.iter().map(|w| w.trim()).find(|w| !w.is_empty());
    let plain = named.name.trim();
    match words.filter(|w| w.to_lowercase() != plain.to_lowercase()) {
        Some(words) if named.entity.is_empty() && !plain.is_empty() => {
            html.name(plain)
                .raw(" <small>(<bdi lang=\"\">")
                .text(words)
                .raw("</bdi>)</small>");
        }
        Some(words) => {
            html.raw("<bdi lang=\"\">").text(words).raw("</bdi>");
            if !plain.is_empty() {
                html.raw(" <small>(").name(plain).raw(")</small>");
            }
        }
        None => {
            html.name(plain);
        }
    }
}

/// Whose lane it is, where its question stands over it.
fn whose(html: &mut Html<'_>, course: &Course) {
    html.raw("<b>");
    name(html, &course.subject);
    html.raw("</b>");
    let object = &course.object;
    if course.fluent == Fluent::InForce && !object.name.trim().is_empty() {
        html.raw(", ");
        name(html, object);
    }
}

/// Every change in words.
fn table(html: &mut Html<'_>, view: &View<'_>, lanes: &[Lane<'_>]) {
    let numbers: BTreeMap<&str, usize> = printed(view)
        .iter()
        .enumerate()
        .map(|(i, e)| (e.id.as_str(), i + 1))
        .collect();
    html.raw("<div class=\"held\">\n<h3 class=\"live\" id=\"h-held\" hidden></h3>\n")
        .worded(
            "<h3 id=\"h-all\"",
            "s.all",
            "</h3>\n<p class=\"notice live\" id=\"silent\" hidden></p>\n",
        );
    html.raw("<form class=\"whole\" hidden><label class=\"check\"><input type=\"checkbox\" id=\"whole\"> ")
        .word("s.whole")
        .raw("</label></form>\n<table aria-labelledby=\"h-all\">\n<thead><tr>");
    for column in [
        "s.what",
        "s.value",
        "s.days",
        "s.basis",
        "s.since",
        "s.until",
        "s.evidence",
    ] {
        html.worded("<th scope=\"col\"", column, "</th>");
    }
    html.raw("</tr></thead>\n");
    for fluent in FLUENTS {
        let of: Vec<(usize, &Lane<'_>)> = lanes
            .iter()
            .enumerate()
            .filter(|(_, l)| l.course.fluent == fluent)
            .collect();
        if of.is_empty() {
            continue;
        }
        html.raw("<tbody>\n<tr class=\"kind\"><th colspan=\"7\" scope=\"rowgroup\">")
            .word(&format!("s.{}", fluent.as_str()))
            .raw("</th></tr>\n");
        for (number, lane) in of {
            for (day, next, holding) in holdings(lane.course) {
                row(html, view, lane.course, number, (day, next), holding, &numbers);
            }
        }
        html.raw("</tbody>\n");
    }
    html.raw("</table>\n</div>\n");
}

fn row(
    html: &mut Html<'_>,
    view: &View<'_>,
    course: &Course,
    number: usize,
    (day, next): (Date, Option<Date>),
    holding: &Holding,
    numbers: &BTreeMap<&str, usize>,
) {
    html.raw("<tr data-lane=")
        .index(number)
        .raw(" data-a=")
        .digits(day_number(day));
    if let Some(next) = next {
        html.raw(" data-b=").digits(day_number(next));
    }
    html.raw("><th scope=\"row\">");
    whose(html, course);
    if course.fluent != Fluent::InForce && !course.object.name.trim().is_empty() {
        html.raw(" – ");
        name(html, &course.object);
    }
    html.raw("</th><td class=\"value\"><b>")
        .word(value(holding.value))
        .raw("</b>");
    if let Some(other) = holding.or {
        html.raw(" ").word("s.or").raw(" <b>").word(value(other)).raw("</b>");
    }
    for (told, word) in [(holding.partial, "s.partial"), (holding.disputed, "s.disputed")] {
        if told {
            html.raw(" <small>(").word(word).raw(")</small>");
        }
    }
    html.raw("</td>");
    let last = next.and_then(|d| d.yesterday().ok());
    let days = edtf_of(Interval {
        earliest: Some(day),
        latest: last,
    });
    cell(html, "s.days", days.as_deref());
    html.raw("<td>").worded("<span class=\"h\"", "s.basis", "</span> ");
    html.word(&format!("s.{}", holding.basis.as_str()));
    // Beyond that day it is carried on; the reader may judge how far.
    if let Some(told) = holding.told.and_then(|d| edtf_of(Interval::day(d))) {
        html.raw(" <small>(").word("s.told").raw(" ");
        html.date(&told, Length::Short).raw(")</small>");
    }
    html.raw("</td>");
    cell(html, "s.since", known(&holding.since).as_deref());
    cell(html, "s.until", known(&holding.until).as_deref());
    html.raw("<td class=\"links\">")
        .worded("<span class=\"h\"", "s.evidence", "</span> ");
    let shown: Vec<&String> = holding.events.iter().filter(|id| view.event(id).is_some()).collect();
    for id in shown.iter().take(LINKS) {
        let entry = numbers.get(id.as_str()).copied().unwrap_or(0);
        let words = html
            .words
            .get("s.entry")
            .replace("{x}", &html.words.number(entry as u64));
        html.raw("<a class=\"to\" href=\"#")
            .attribute(view.anchor(id))
            .raw("\" data-k=s.entry data-x=")
            .index(entry)
            .raw(">");
        html.text(&words).raw("</a> ");
    }
    // What is told to stand has no entry: the report itself.
    let room = LINKS - LINKS.min(shown.len());
    let mut reports: Vec<usize> = holding
        .standings
        .iter()
        .filter_map(|s| listed(view, &s.report))
        .collect();
    reports.sort_unstable();
    reports.dedup();
    for number in reports.iter().take(room) {
        html.raw("<a class=\"to\" href=\"#r")
            .index(number + 1)
            .raw("\">[")
            .index(number + 1)
            .raw("]</a> ");
    }
    let linked = LINKS.min(shown.len()) + reports.len().min(room);
    let all = holding.events.len() + reports.len();
    if all > linked {
        html.raw("+").index(all - linked);
    }
    html.raw("</td></tr>\n");
}

/// A date with its word, which is seen where the table's head is not.
fn cell(html: &mut Html<'_>, word: &'static str, code: Option<&str>) {
    let Some(code) = code else {
        html.raw("<td class=\"none\">–</td>");
        return;
    };
    html.raw("<td>").worded("<span class=\"h\"", word, "</span> ");
    html.date(code, Length::Short).raw("</td>");
}

fn known(when: &When) -> Option<String> {
    (!when.interval.is_unknown()).then(|| code_of(when))
}

/// The word of a value.
fn value(value: Value) -> &'static str {
    match value {
        Value::Holds => "s.holds",
        Value::Contested => "s.contested",
        Value::Present => "s.present",
        Value::Leaving => "s.leaving",
        Value::Absent => "s.absent",
        Value::InForce => "s.inforce",
        Value::Broken => "s.broken",
        Value::None => "s.none",
        Value::Member => "s.member",
        Value::Suspended => "s.suspended",
        Value::Left => "s.left",
        Value::Unknown => "s.unknown",
    }
}
