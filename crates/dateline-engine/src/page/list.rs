//! The list of entries, by year and month.

use super::dates::{self, Length, month_name};
use super::entry;
use super::html::Html;
use super::strip::year_code;
use super::view::View;
use dateline_model::{Event, Interval, edtf_of};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// First and last year; the undated stand last.
type Years = (bool, i16, i16);

/// Writes the list.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>) {
    html.raw("<div id=\"list\">\n");
    let mut number = 0;
    for (years, months) in grouped(view) {
        html.raw("<section class=\"year\"><h3>");
        heading(html, years);
        html.raw("</h3>\n");
        for (month, events) in months {
            html.raw("<div class=\"month\">");
            if month > 0 {
                let name = month_name(month, html.words);
                html.raw("<h4 data-m=\"")
                    .digits(month)
                    .raw("\">")
                    .text(&name)
                    .raw("</h4>");
            }
            html.raw("<ol>\n");
            for event in events {
                number += 1;
                if html.overfull() {
                    return;
                }
                entry::write(html, view, event, number);
            }
            html.raw("</ol></div>\n");
        }
        html.raw("</section>\n");
    }
    html.raw("</div>\n");
}

/// The shown events in the order in which they are printed.
pub(super) fn printed<'a>(view: &View<'a>) -> Vec<&'a Event> {
    grouped(view)
        .into_values()
        .flat_map(BTreeMap::into_values)
        .flatten()
        .collect()
}

/// By years, then by month; what is no finer than a year stands before its months.
fn grouped<'a>(view: &View<'a>) -> BTreeMap<Years, BTreeMap<i8, Vec<&'a Event>>> {
    let mut groups: BTreeMap<Years, BTreeMap<i8, Vec<&'a Event>>> = BTreeMap::new();
    for event in &view.events {
        let (years, month) = place(event.when.interval);
        groups.entry(years).or_default().entry(month).or_default().push(event);
    }
    groups
}

fn place(interval: Interval) -> (Years, i8) {
    match (interval.earliest, interval.latest) {
        (Some(a), Some(b)) if a.year() == b.year() => {
            // Days that lie in two months are filed under the first, as long as they are few.
            let near = a.month() == b.month() || (b - a).get_days() < 31;
            ((false, a.year(), a.year()), if near { a.month() } else { 0 })
        }
        (Some(a), Some(b)) if (b - a).get_days() < 31 => ((false, a.year(), a.year()), a.month()),
        (Some(a), Some(b)) => ((false, a.year(), b.year()), 0),
        (Some(d), None) | (None, Some(d)) => ((false, d.year(), d.year()), d.month()),
        (None, None) => ((true, 0, 0), 0),
    }
}

fn heading(html: &mut Html<'_>, (unknown, first, last): Years) {
    if unknown {
        html.word("h.undated");
        return;
    }
    let (Ok(a), Ok(b)) = (Date::new(first, 1, 1), Date::new(last, 12, 31)) else {
        return;
    };
    let code = if first == last {
        year_code(first)
    } else {
        match edtf_of(Interval::between(a, b)) {
            Some(decade) if !decade.contains('/') => decade,
            _ => format!("{}/{}", year_code(first), year_code(last)),
        }
    };
    html.date(&code, Length::Short);
    debug_assert!(dates::grain(&code) != "none");
}
