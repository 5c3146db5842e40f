//! One entry of the list: when, what, whose word.

use super::dates::{self, Length, code_of};
use super::details;
use super::html::Html;
use super::strip;
use super::view::{Telling, View, own_word};
use dateline_model::{ClusterFigure, Dispute, DisputeField, Event, Participant, Status, Variant};
use std::collections::BTreeSet;

/// Marks of sources that are drawn; a number says the rest.
const MARKS: usize = 8;

/// Outlets named beside one side of a dispute; a number says the rest.
const NAMED: usize = 4;

/// Roots named under the marks; the evidence names all.
const ROOTS: usize = 4;

/// Different wordings of one figure shown beside each other; the evidence shows all.
const WORDINGS: usize = 4;

/// Writes an entry; `number` counts from 1.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>, event: &Event, number: usize) {
    let tellings = view.tellings(event);
    let spoken = View::spoken(event, &tellings);
    let over = view.over(event);
    html.raw("<li class=\"entry ")
        .raw(event.status.as_str())
        .raw(if over.is_some() { " told" } else { "" })
        .raw("\" id=\"");
    html.attribute(view.anchor(&event.id)).raw("\">\n");
    when(html, event, number);
    html.raw("<div class=\"what\">\n");
    what(html, event, spoken, &tellings);
    for dispute in &event.disputes {
        difference(html, dispute, &tellings);
    }
    if let Some(over) = over {
        html.raw("<p class=\"under\">").word("under").raw(" ");
        link(html, view, over);
        html.raw("</p>\n");
    }
    let below = view.below(&event.id);
    if !below.is_empty() {
        html.raw("<ul class=\"under\">");
        for event in below {
            let key = format!("type.{}", event.event.as_str());
            html.raw("<li>").word(&key).raw(": ");
            link(html, view, event);
            html.raw("</li>");
        }
        html.raw("</ul>\n");
    }
    html.raw("</div>\n");
    whose(html, event);
    details::write(html, view, event, &tellings, spoken);
    html.raw("</li>\n");
}

/// A link to another entry, in the words of a report.
fn link(html: &mut Html<'_>, view: &View<'_>, event: &Event) {
    let tellings = view.tellings(event);
    let language = View::spoken(event, &tellings).map_or("und", |t| t.read.document.language.as_str());
    html.raw("<a href=\"#").attribute(view.anchor(&event.id)).raw("\"><bdi");
    html.lang(language).raw(">").text(&event.label).raw("</bdi></a>");
}

fn when(html: &mut Html<'_>, event: &Event, number: usize) {
    let code = code_of(&event.when);
    html.raw("<div class=\"when g-")
        .raw(dates::grain(&code))
        .raw("\" data-no=")
        .index(number);
    html.raw("><p>").date(&code, Length::Short).raw("</p>");
    strip::bar(html, event.when.interval);
    html.raw("</div>\n");
}

fn what(html: &mut Html<'_>, event: &Event, spoken: Option<Telling<'_>>, tellings: &[(usize, Telling<'_>)]) {
    if event.status != Status::Happened {
        let key = format!("status.{}", event.status.as_str());
        html.worded("<p class=\"status\"", &key, "</p>\n");
    }
    let language = spoken.map_or("und", |t| t.read.document.language.as_str());
    let words = if event.text.trim().is_empty() {
        &event.label
    } else {
        &event.text
    };
    html.raw("<p class=\"says\" dir=\"auto\"")
        .lang(language)
        .raw(">")
        .text(words)
        .raw("</p>\n");
    html.raw("<dl class=\"facts\">");
    let key = format!("type.{}", event.event.as_str());
    html.worded("<div><dt", "kind", "</dt>")
        .worded("<dd", &key, "</dd></div>");
    for (key, list) in [
        ("by", &event.actor),
        ("to", &event.recipient),
        ("through", &event.mediator),
    ] {
        people(html, key, list, spoken);
    }
    places(html, event, spoken);
    for figure in &event.figures {
        count(html, figure, tellings);
    }
    html.raw("</dl>\n");
}

/// Participants in the words of the report that speaks here, with their known name beside.
fn people(html: &mut Html<'_>, key: &str, list: &[Participant], spoken: Option<Telling<'_>>) {
    let mut seen = BTreeSet::new();
    let list: Vec<&Participant> = list
        .iter()
        .filter(|p| !p.name.trim().is_empty() && seen.insert(&p.entity))
        .collect();
    if list.is_empty() {
        return;
    }
    let told = spoken.and_then(|t| t.mention.map(|m| (t, m)));
    let all = told.map(|(_, m)| [&m.actor, &m.recipient, &m.mediator]);
    html.worded("<div><dt", key, "</dt><dd>");
    for (i, participant) in list.into_iter().enumerate() {
        html.raw(if i > 0 { ", " } else { "" });
        let own = all.and_then(|all| all.into_iter().flatten().find(|p| p.entity == participant.entity)?.span);
        named(
            html,
            own.zip(spoken).map(|(s, t)| (s.of(t.text()), t)),
            &participant.name,
        );
    }
    html.raw("</dd></div>");
}

fn places(html: &mut Html<'_>, event: &Event, spoken: Option<Telling<'_>>) {
    if event.places.is_empty() {
        return;
    }
    html.worded("<div><dt", "in", "</dt><dd>");
    let mut seen = BTreeSet::new();
    for (i, place) in event.places.iter().filter(|p| seen.insert(&p.entity)).enumerate() {
        html.raw(if i > 0 { ", " } else { "" });
        let told = spoken.and_then(|t| t.mention.map(|m| (t, m)));
        let own = told.and_then(|(_, m)| m.places.iter().find(|p| p.entity == place.entity)?.span);
        named(html, own.zip(spoken).map(|(s, t)| (s.of(t.text()), t)), &place.name);
    }
    html.raw("</dd></div>");
}

/// The report's words, and the other name where it is another one.
fn named(html: &mut Html<'_>, own: Option<(&str, Telling<'_>)>, name: &str) {
    match own.filter(|(words, _)| !words.trim().is_empty()) {
        Some((words, telling)) => {
            html.raw("<bdi")
                .lang(&telling.read.document.language)
                .raw(">")
                .text(words)
                .raw("</bdi>");
            if words.to_lowercase() != name.to_lowercase() {
                html.raw(" <small>(").name(name).raw(")</small>");
            }
        }
        None => {
            html.name(name);
        }
    }
}

/// "gần 2.000 – khoảng 2.000 – 2.000" in the reports' words, then the unit.
fn count(html: &mut Html<'_>, figure: &ClusterFigure, tellings: &[(usize, Telling<'_>)]) {
    let mut wordings: Vec<(&str, &str)> = Vec::new();
    for claim in &figure.claims {
        let telling = tellings.iter().find(|(i, _)| *i == claim.mention).map(|(_, t)| t);
        let Some(telling) = telling else { continue };
        let words = claim.figure.span.of(telling.text()).trim();
        if !words.is_empty() && !wordings.iter().any(|(w, _)| *w == words) {
            wordings.push((words, telling.read.document.language.as_str()));
        }
    }
    html.raw("<div class=\"figure\"><dt>")
        .word_or("unit", &figure.unit)
        .raw("</dt><dd>");
    for (i, (words, language)) in wordings.iter().take(WORDINGS).enumerate() {
        html.raw(if i > 0 { " – " } else { "" });
        html.raw("<bdi").lang(language).raw(">").text(words).raw("</bdi>");
    }
    if wordings.len() > WORDINGS {
        html.raw(" …");
    }
    let range = match (figure.low, figure.high) {
        (Some(a), Some(b)) if a != b => Some((a, b)),
        _ => None,
    };
    if let Some((low, high)) = range {
        html.raw(if wordings.is_empty() { "" } else { " <small>(" })
            .number(low)
            .raw("–")
            .number(high);
        html.raw(if wordings.is_empty() { "" } else { ")</small>" });
    } else if wordings.is_empty()
        && let Some(n) = figure.low.or(figure.high)
    {
        html.number(n);
    }
    html.raw("</dd></div>");
}

/// A difference between reports, in a line: sign, kind, field, who says what.
fn difference(html: &mut Html<'_>, dispute: &Dispute, tellings: &[(usize, Telling<'_>)]) {
    let kind = dispute.kind.as_str();
    html.raw("<p class=\"differ ").raw(kind).raw("\">");
    html.worded("<strong", &format!("dispute.{kind}"), "</strong> ");
    html.word(&format!("field.{}", dispute.field.as_str())).raw(": ");
    for (i, variant) in dispute.variants.iter().enumerate() {
        html.raw(if i > 0 {
            " / <span class=\"side\">"
        } else {
            "<span class=\"side\">"
        });
        side(html, dispute.field, variant, tellings);
        html.raw("</span>");
    }
    html.raw("</p>\n");
}

fn side(html: &mut Html<'_>, field: DisputeField, variant: &Variant, tellings: &[(usize, Telling<'_>)]) {
    value(html, field, &variant.value);
    let told = tellings.iter().filter(|(i, _)| variant.mentions.contains(i));
    let mut names: Vec<&str> = told.map(|(_, t)| t.report.name()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return;
    }
    html.raw(" <small>(");
    for (i, name) in names.iter().take(NAMED).enumerate() {
        html.raw(if i > 0 { ", " } else { "" }).name(name);
    }
    if names.len() > NAMED {
        html.raw(" +").index(names.len() - NAMED);
    }
    html.raw(")</small>");
}

/// One side's value in the reader's words where it is a date, a number, a status; else as it stands.
fn value(html: &mut Html<'_>, field: DisputeField, value: &str) {
    match field {
        _ if value.trim().is_empty() => {
            html.word("v.silent");
        }
        DisputeField::When => {
            html.date(value, Length::Long);
        }
        DisputeField::Status if Status::parse(value).is_some() => {
            html.word(&format!("status.{value}"));
        }
        DisputeField::Figures => number(html, value),
        DisputeField::Framing => match value.split_once(": ") {
            Some((kind, words)) if html.words.find(&format!("type.{kind}")).is_some() => {
                html.word(&format!("type.{kind}")).raw(" “").name(words).raw("”");
            }
            _ => {
                html.name(value);
            }
        },
        _ => {
            html.name(value);
        }
    }
}

/// "2000", "2000 APPROX", "18-31".
fn number(html: &mut Html<'_>, value: &str) {
    let (number, modifier) = value.split_once(' ').map_or((value, None), |(n, m)| (n, Some(m)));
    let (low, high) = number.split_once('-').unwrap_or((number, number));
    let (Ok(low), Ok(high)) = (low.parse::<u64>(), high.parse::<u64>()) else {
        html.name(value);
        return;
    };
    let key = modifier.map(|m| format!("mod.{m}"));
    match key.as_deref().and_then(|k| Some((k, html.words.find(k)?))) {
        Some((key, template)) if low == high => {
            let words = template.replace("{x}", &html.words.number(low));
            html.raw("<span data-k=\"")
                .attribute(key)
                .raw("\" data-x=\"")
                .digits(low)
                .raw("\">");
            html.text(&words).raw("</span>");
        }
        _ => {
            html.number(low);
            if low != high {
                html.raw("–").number(high);
            }
        }
    }
}

/// Marks, counts and roots.
fn whose(html: &mut Html<'_>, event: &Event) {
    let s = &event.sources;
    let relayed = s.reports.saturating_sub(s.independent);
    html.raw("<div class=\"whose\"><p class=\"counts\"><span class=marks aria-hidden=true>");
    let filled = s.independent.min(MARKS);
    for _ in 0..filled {
        html.raw("<b></b>");
    }
    for _ in 0..relayed.min(MARKS - filled) {
        html.raw("<i></i>");
    }
    html.raw(if s.independent + relayed > MARKS { "…" } else { "" });
    html.raw("</span> ")
        .counted("n.reports", s.reports)
        .raw("</p><p>")
        .counted("n.independent", s.independent)
        .raw("</p>");
    if !s.roots.is_empty() {
        html.raw("<p class=\"roots\">");
        for (i, root) in s.roots.iter().take(ROOTS).enumerate() {
            html.raw(if i > 0 { "; " } else { "" });
            match own_word(root) {
                Some(name) => html.worded_with("root.own", name),
                None => html.name(root),
            };
        }
        if s.roots.len() > ROOTS {
            html.raw(" +").index(s.roots.len() - ROOTS);
        }
        html.raw("</p>");
    }
    html.raw("</div>\n");
}
