//! The first screen: what this is, the filters, the legend.

use super::dates::{self, Length};
use super::html::Html;
use super::view::View;
use super::words::Language;
use dateline_model::{DisputeKind, Interval, edtf_of};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Stories named on the first screen; the filter names all.
const STORIES: usize = 6;

/// What the page is called.
pub(super) fn title(view: &View<'_>) -> Option<String> {
    let largest = view
        .timeline
        .stories
        .iter()
        .max_by_key(|s| (s.reports.len(), std::cmp::Reverse(&s.id)));
    let label = largest.map(|s| s.label.trim()).filter(|l| !l.is_empty());
    let first = view.reports.iter().find_map(|r| r.line.headline.as_deref());
    label.or(first).map(str::to_string)
}

/// The language of the report that a label is taken from.
fn language_of(view: &View<'_>, label: &str) -> String {
    let story = view.timeline.stories.iter().find(|s| s.label.trim() == label);
    let own = view
        .reports
        .iter()
        .find(|r| r.line.headline.as_deref().map(str::trim) == Some(label));
    let of_story = story.and_then(|s| view.reports.iter().find(|r| s.reports.contains(&r.line.id)));
    own.or(of_story).map_or(String::new(), |r| r.line.language.clone())
}

/// Title, numbers, span, stories.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>) {
    html.raw("<header class=\"top\">\n<div class=\"bar-top\"><p class=\"brand\">dateline</p>");
    html.raw("<div class=\"switch\" role=\"group\"")
        .label("language")
        .raw(" id=\"switch\" hidden>");
    for (language, name) in [(Language::English, "English"), (Language::Vietnamese, "Tiếng Việt")] {
        let pressed = if language == html.words.language() {
            "true"
        } else {
            "false"
        };
        html.raw("<button type=\"button\" lang=\"")
            .raw(language.tag())
            .raw("\" data-lang=\"")
            .raw(language.tag());
        html.raw("\" aria-pressed=\"")
            .raw(pressed)
            .raw("\">")
            .raw(name)
            .raw("</button>");
    }
    html.raw("</div></div>\n");
    match title(view) {
        Some(title) => {
            let language = language_of(view, &title);
            html.raw("<h1 dir=\"auto\"")
                .lang(&language)
                .raw(">")
                .text(&title)
                .raw("</h1>\n");
        }
        None => {
            html.worded("<h1", "title.none", "</h1>\n");
        }
    }
    numbers(html, view);
    span(html, view);
    stories(html, view);
    notices(html, view);
    html.raw("</header>\n");
}

fn numbers(html: &mut Html<'_>, view: &View<'_>) {
    let timeline = view.timeline;
    if timeline.reports.is_empty() {
        return;
    }
    let outlets: BTreeSet<&str> = view.reports.iter().filter_map(|r| r.outlet()).collect();
    let roots: BTreeSet<&str> = timeline
        .events
        .iter()
        .flat_map(|e| &e.sources.roots)
        .map(String::as_str)
        .collect();
    let disputed: usize = timeline.events.iter().map(|e| e.disputes.len()).sum();
    // As the terminal counts: what happened, and what is told under it.
    let under = timeline.events.iter().filter(|e| e.under.is_some()).count();
    let counts = [
        ("n.reports", timeline.reports.len()),
        ("n.outlets", outlets.len()),
        ("n.independent", roots.len()),
        ("n.events", timeline.events.len() - under),
        ("n.under", under),
        ("n.disputed", disputed),
    ];
    let counts: Vec<(&str, usize)> = counts
        .into_iter()
        .filter(|(key, n)| *key != "n.under" || *n > 0)
        .collect();
    let last = counts.len();
    html.raw("<ul class=\"numbers\">");
    for (i, (key, n)) in counts.into_iter().enumerate() {
        html.raw("<li>").counted(key, n);
        html.raw(if i + 1 < last {
            "<i aria-hidden=\"true\">·</i></li>"
        } else {
            "</li>"
        });
    }
    html.raw("</ul>\n");
}

fn span(html: &mut Html<'_>, view: &View<'_>) {
    let ends =
        |pick: fn(&Interval) -> Option<Date>| view.timeline.events.iter().filter_map(move |e| pick(&e.when.interval));
    let first = ends(|i| i.earliest).chain(ends(|i| i.latest)).min();
    let last = ends(|i| i.earliest).chain(ends(|i| i.latest)).max();
    html.raw("<p class=\"span\">");
    if let (Some(a), Some(b)) = (first, last) {
        let day = |d| edtf_of(Interval::day(d)).unwrap_or_default();
        let key = if a == b { "span.one" } else { "span" };
        html.raw("<span data-k=\"")
            .raw(key)
            .raw("\" data-a=\"")
            .attribute(&day(a))
            .raw("\" data-b=\"")
            .attribute(&day(b));
        let words = html
            .words
            .get(key)
            .replace("{a}", &dates::spell(&day(a), html.words, Length::Long));
        let words = words.replace("{b}", &dates::spell(&day(b), html.words, Length::Long));
        html.raw("\">").text(&words).raw("</span>. ");
    }
    if !view.reports.is_empty() {
        html.word("collected").raw(": ");
        match collected(view) {
            Some(code) => html.date(&code, Length::Long),
            None => html.word("collected.none"),
        };
        html.raw(".");
    }
    html.raw("</p>\n");
}

/// First to last day on which reports say that they were collected.
fn collected(view: &View<'_>) -> Option<String> {
    let known = view
        .reports
        .iter()
        .filter_map(|r| r.read?.document.known.retrieved.as_deref());
    let days: BTreeSet<Date> = known.filter_map(|r| r.get(..10)?.parse().ok()).collect();
    let days = Interval {
        earliest: days.first().copied(),
        latest: days.last().copied(),
    };
    days.earliest.and_then(|_| edtf_of(days))
}

fn stories(html: &mut Html<'_>, view: &View<'_>) {
    let stories = &view.timeline.stories;
    if stories.len() < 2 {
        return;
    }
    let mut ranked: Vec<_> = stories.iter().collect();
    ranked.sort_by_key(|s| (std::cmp::Reverse(s.reports.len()), s.id.clone()));
    html.raw("<details class=\"stories\" open><summary>")
        .word("lead.stories")
        .raw(" (")
        .index(stories.len())
        .raw(")</summary><ul>");
    for story in ranked.iter().take(STORIES) {
        html.raw("<li><span dir=\"auto\"")
            .lang(&language_of(view, story.label.trim()))
            .raw(">")
            .text(&story.label);
        html.raw("</span> <small>")
            .counted("n.reports", story.reports.len())
            .raw("</small></li>");
    }
    if stories.len() > STORIES {
        html.raw("<li>+ ")
            .counted("n.stories", stories.len() - STORIES)
            .raw("</li>");
    }
    html.raw("</ul></details>\n");
}

/// What a reader of this very archive has to know before reading on.
fn notices(html: &mut Html<'_>, view: &View<'_>) {
    if view.timeline.reports.len() == 1 {
        html.raw("<p class=\"notice\">").word("single").raw("</p>\n");
    }
    for level in 1..=view.level.0 {
        html.raw("<p class=\"notice\">")
            .word(&format!("level.{level}"))
            .raw("</p>\n");
    }
    if view.cut() {
        let (n, x) = (view.events.len(), view.timeline.events.len());
        let words = html
            .words
            .counted("level.cut", n as u64)
            .replace("{x}", &html.words.number(x as u64));
        html.raw("<p class=\"notice\"><span data-k=\"level.cut\" data-n=\"")
            .index(n)
            .raw("\" data-x=\"")
            .index(x)
            .raw("\">");
        html.text(&words).raw("</span></p>\n");
    }
}

/// The filters; the script fills them and lets them appear.
pub(super) fn filters(html: &mut Html<'_>, view: &View<'_>) {
    html.raw("<section class=\"filters\" aria-labelledby=\"h-filters\">\n");
    html.worded("<h2 id=\"h-filters\" tabindex=\"-1\"", "h.filters", "</h2>\n");
    html.raw("<noscript><p class=\"notice\">")
        .word("f.script")
        .raw("</p></noscript>\n<form id=\"filters\" hidden>\n");
    for name in ["actor", "place", "type", "status", "story"] {
        if name == "story" && view.timeline.stories.len() < 2 {
            continue;
        }
        html.raw("<label>")
            .word(&format!("f.{name}"))
            .raw(" <select id=\"f-")
            .raw(name)
            .raw("\" name=\"")
            .raw(name);
        html.raw("\"><option value=\"\"></option></select></label>\n");
    }
    for name in ["from", "to"] {
        html.raw("<label>")
            .word(&format!("f.{name}"))
            .raw(" <input type=\"date\" name=\"")
            .raw(name)
            .raw("\"></label>\n");
    }
    for name in ["two", "disputed", "told"] {
        html.raw("<label class=\"check\"><input type=\"checkbox\" name=\"")
            .raw(name)
            .raw("\"> ")
            .word(&format!("f.{name}"));
        html.raw(" <span class=\"count\" id=\"n-")
            .raw(name)
            .raw("\"></span></label>\n");
    }
    html.raw("<div class=\"buttons\">")
        .worded("<button type=\"button\" id=\"order\"", "f.order", "</button> ");
    html.worded("<button type=\"reset\" id=\"clear\"", "f.clear", "</button>");
    html.raw("</div>\n</form>\n<p id=\"shown\" role=\"status\"></p>\n</section>\n");
}

/// How to read the page.
pub(super) fn legend(html: &mut Html<'_>) {
    html.raw("<section class=\"legend\" aria-labelledby=\"h-legend\">\n");
    html.worded("<h2 id=\"h-legend\"", "h.legend", "</h2>\n<ul>\n<li>")
        .word("legend.precision");
    for (code, grain) in [
        ("2023-09-19", "day"),
        ("2023-09", "month"),
        ("2020-FA", "range"),
        ("199X", "range"),
        ("../2024-04-15", "open"),
    ] {
        html.raw(" <span class=\"when g-")
            .raw(grain)
            .raw("\">")
            .date(code, Length::Short)
            .raw("</span>");
    }
    html.raw("</li>\n<li>").word("legend.bar").raw("</li>\n<li>");
    html.raw("<span class=\"marks\" aria-hidden=\"true\"><b></b><i></i></span> ")
        .word("legend.marks");
    html.raw("</li>\n<li>")
        .word("legend.edges")
        .raw("</li>\n<li>")
        .word("legend.disputes")
        .raw("<ul class=\"kinds\">");
    for kind in [
        DisputeKind::Conflict,
        DisputeKind::Refinement,
        DisputeKind::Approximation,
        DisputeKind::Framing,
        DisputeKind::Correction,
        DisputeKind::Update,
    ] {
        let name = kind.as_str();
        html.raw("<li class=\"differ ")
            .raw(name)
            .raw("\"><strong>")
            .word(&format!("dispute.{name}"))
            .raw("</strong>: ")
            .word(&format!("says.{name}"));
        html.raw("</li>");
    }
    html.raw("</ul></li>\n<li>")
        .word("legend.neutral")
        .raw("</li>\n<li class=\"keys\">")
        .word("keys")
        .raw("</li>\n</ul>\n</section>\n");
}
