//! An entry opened: the versions, the sentences behind it, why they were put together.

use super::dates::{self, Length};
use super::html::Html;
use super::marks::{self, Mark};
use super::view::{Telling, View};
use dateline_model::{Event, EventMention, Figure, Participant, Span, participant_names};
use std::collections::BTreeMap;

/// Bytes beyond which a paragraph is cut down to the telling's sentence and its neighbours' edges.
const LONG: usize = 1_600;

/// Tellings listed; an event with more names the rest as a number, its reports stand in the list of reports.
const TELLINGS: usize = 40;

/// Refusals listed.
const REFUSALS: usize = 12;

/// Writes the folded part of an entry.
pub(super) fn write(
    html: &mut Html<'_>,
    view: &View<'_>,
    event: &Event,
    tellings: &[(usize, Telling<'_>)],
    spoken: Option<Telling<'_>>,
) {
    html.raw("<details class=\"more\"><summary>")
        .counted("open.n", event.mentions.len())
        .raw("</summary>\n");
    let shown = &tellings[..tellings.len().min(TELLINGS)];
    if view.level.everything() {
        if shown.len() > 1 {
            versions(html, shown);
        }
        html.worded("<p class=\"h\"", "h.sentences", "</p>\n");
    }
    html.raw("<ol class=\"tellings\">\n");
    for (_, telling) in shown {
        let same = !view.level.paragraphs() && spoken.is_some_and(|s| s.line == telling.line);
        sentence(html, view, telling, same);
    }
    html.raw("</ol>\n");
    if tellings.len() > TELLINGS {
        html.raw("<p>+ ")
            .counted("n.tellings", tellings.len() - TELLINGS)
            .raw("</p>\n");
    }
    if view.level.everything() {
        why(html, view, event, shown);
    }
    html.raw("</details>\n");
}

/// A column: its key, what one telling says in it (nothing where it is silent), and what tells two sayings apart.
struct Column {
    key: &'static str,
    write: fn(&mut Html<'_>, &Telling<'_>),
    measure: fn(&Telling<'_>) -> String,
}

/// Two languages may name one thing: names are told apart by what they name, figures by their numbers.
const COLUMNS: [Column; 7] = [
    Column {
        key: "v.when",
        write: when,
        measure: |t| t.mention.map_or(String::new(), |m| dates::code_of(&m.when)),
    },
    Column {
        key: "v.where",
        write: place,
        measure: |t| entities(t, |m| m.places.iter().map(|p| p.entity.as_str()).collect()),
    },
    Column {
        key: "v.actor",
        write: |h, t| people(h, t, |m| &m.actor),
        measure: |t| entities(t, |m| participant_names(&m.actor)),
    },
    Column {
        key: "v.recipient",
        write: |h, t| people(h, t, |m| &m.recipient),
        measure: |t| entities(t, |m| participant_names(&m.recipient)),
    },
    Column {
        key: "v.figures",
        write: figures,
        measure: numbers,
    },
    Column {
        key: "v.status",
        write: status,
        measure: |t| t.mention.map_or(String::new(), |m| m.status.as_str().into()),
    },
    // Words differ by nature.
    Column {
        key: "v.words",
        write: |h, t| own(h, t, t.line.span),
        measure: |_| String::new(),
    },
];

fn entities(telling: &Telling<'_>, list: fn(&EventMention) -> Vec<&str>) -> String {
    let mut names = telling.mention.map(list).unwrap_or_default();
    names.sort_unstable();
    names.join(" ")
}

fn numbers(telling: &Telling<'_>) -> String {
    let one = |f: &Figure| format!("{} {:?} {:?} {:?}", f.unit, f.low, f.high, f.modifier);
    let mut all: Vec<String> = telling.mention.iter().flat_map(|m| &m.figures).map(one).collect();
    all.sort();
    all.join(";")
}

/// What each report says, column by column; columns that nobody fills are left out, equal cells merged.
fn versions(html: &mut Html<'_>, tellings: &[(usize, Telling<'_>)]) {
    let words = html.words;
    let cell = |column: &Column, telling: &Telling<'_>| {
        let mut cell = Html::new(words);
        (column.write)(&mut cell, telling);
        (cell.finish(), (column.measure)(telling))
    };
    let filled: Vec<(&str, Vec<(String, String)>)> = COLUMNS
        .iter()
        .map(|c| (c.key, tellings.iter().map(|(_, t)| cell(c, t)).collect::<Vec<_>>()))
        .filter(|(_, cells)| cells.iter().any(|(shown, _)| !shown.is_empty()))
        .collect();
    html.worded("<p class=\"h\"", "h.versions", "</p>\n");
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\"")
        .label("h.versions");
    html.raw("><table class=\"versions\">\n<thead><tr>")
        .worded("<th scope=\"col\"", "v.chain", "</th>");
    for (key, _) in &filled {
        html.worded("<th scope=\"col\"", key, "</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for (row, (_, telling)) in tellings.iter().enumerate() {
        html.raw("<tr><th scope=\"row\"><a class=\"to\" href=\"#r")
            .index(telling.number + 1)
            .raw("\">[");
        html.index(telling.number + 1).raw("]</a> ");
        chain(html, telling, true);
        html.raw("</th>");
        for (_, column) in &filled {
            let same = column.iter().all(|(shown, _)| *shown == column[0].0);
            if same && row > 0 {
                continue;
            }
            if same {
                html.raw("<td rowspan=\"")
                    .index(tellings.len())
                    .raw("\" class=\"same\">")
                    .made(&column[0].0);
                html.raw(" <small class=\"note\">(")
                    .word("v.same")
                    .raw(")</small></td>");
                continue;
            }
            let (shown, measure) = &column[row];
            let differs = !shown.is_empty() && commonest(column).is_some_and(|c| c != measure);
            html.raw(if differs {
                "<td class=\"differs\"><span aria-hidden=\"true\">≠ </span>"
            } else {
                "<td>"
            });
            if shown.is_empty() {
                html.worded("<span class=\"silent\"", "v.silent", "</span>");
            }
            html.made(shown).raw("</td>");
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n");
}

/// What most of the filled cells say, the first of them where several are as many.
fn commonest(column: &[(String, String)]) -> Option<&String> {
    let filled = || {
        column
            .iter()
            .filter(|(shown, _)| !shown.is_empty())
            .map(|(_, measure)| measure)
    };
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for measure in filled() {
        *counts.entry(measure).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    filled().find(|m| counts.get(m) == Some(&most))
}

/// Words of the report.
fn own(html: &mut Html<'_>, telling: &Telling<'_>, span: Span) {
    let words = span.of(telling.text()).trim();
    if !words.is_empty() {
        html.raw("<bdi")
            .lang(&telling.read.document.language)
            .raw(">")
            .text(words)
            .raw("</bdi>");
    }
}

fn when(html: &mut Html<'_>, telling: &Telling<'_>) {
    let Some(mention) = telling.mention else { return };
    let code = dates::code_of(&mention.when);
    if code != dates::UNKNOWN {
        html.date(&code, Length::Short);
    }
}

fn place(html: &mut Html<'_>, telling: &Telling<'_>) {
    for (i, place) in telling.mention.iter().flat_map(|m| &m.places).enumerate() {
        html.raw(if i > 0 { ", " } else { "" });
        match place.span {
            Some(span) => own(html, telling, span),
            None => {
                html.name(&place.name);
            }
        }
    }
}

fn people(html: &mut Html<'_>, telling: &Telling<'_>, list: fn(&EventMention) -> &Vec<Participant>) {
    for (i, participant) in telling.mention.iter().flat_map(|m| list(m)).enumerate() {
        html.raw(if i > 0 { ", " } else { "" });
        match participant.span {
            Some(span) => own(html, telling, span),
            None => {
                html.name(&participant.name);
            }
        }
    }
}

fn figures(html: &mut Html<'_>, telling: &Telling<'_>) {
    for (i, figure) in telling.mention.iter().flat_map(|m| &m.figures).enumerate() {
        html.raw(if i > 0 { "; " } else { "" });
        own(html, telling, figure.span);
        html.raw(" <small>").word_or("unit", &figure.unit).raw("</small>");
    }
}

fn status(html: &mut Html<'_>, telling: &Telling<'_>) {
    if let Some(mention) = telling.mention {
        html.word(&format!("status.{}", mention.status.as_str()));
    }
}

/// "Thanh Niên ← RT ← Dmitry Peskov"; the outlet's name leads to its own page. On a lean page it is the name alone: the
/// report, one click away, has the address.
fn chain(html: &mut Html<'_>, telling: &Telling<'_>, lean: bool) {
    let names = telling.chain();
    if lean {
        html.raw("<bdi class=chain>").text(&names.join(" ← ")).raw("</bdi>");
        return;
    }
    html.raw("<span class=chain>");
    for (i, name) in names.iter().enumerate() {
        if i == 0 {
            html.link(telling.read.document.url.as_deref().unwrap_or(""), |h| {
                h.name(name);
            });
        } else {
            html.raw(" ← ").name(name);
        }
    }
    html.raw("</span>");
}

/// The sentence in its paragraph, with the words that carry event, date, speaker and figures.
fn sentence(html: &mut Html<'_>, view: &View<'_>, telling: &Telling<'_>, same: bool) {
    let (text, sentence) = (telling.text(), telling.sentence());
    let lean = !view.level.paragraphs();
    html.raw("<li><p class=from>");
    chain(html, telling, lean);
    html.raw(" · ")
        .date(&telling.report.published(), Length::Short)
        .raw(" · <a class=to href=\"#");
    fragment(html, view, telling);
    html.raw("\">[").index(telling.number + 1).raw("]");
    if view.level.everything() {
        html.raw(" ").word("toreport");
    }
    html.raw("</a></p>");
    if !same {
        let block = telling.block().map_or(sentence, |(_, b)| b.span);
        let whole = view.level.paragraphs() && block.len() <= LONG && block.contains(sentence);
        let shown = if whole { block } else { sentence };
        html.raw("<blockquote dir=\"auto\"")
            .lang(&telling.read.document.language)
            .raw(">");
        if whole {
            html.text(
                Span {
                    start: shown.start,
                    end: sentence.start,
                }
                .of(text),
            );
            html.raw("<span class=\"sentence\">");
        }
        marks::write(html, text, sentence, &evidence(telling), "mark");
        if whole {
            html.raw("</span>").text(
                Span {
                    start: sentence.end,
                    end: shown.end,
                }
                .of(text),
            );
        }
        html.raw("</blockquote>");
    }
    html.raw("</li>\n");
}

/// `r3p2`: the paragraph of the report.
fn fragment(html: &mut Html<'_>, view: &View<'_>, telling: &Telling<'_>) {
    html.raw("r").index(telling.number + 1);
    if let Some((index, _)) = telling.block().filter(|_| view.level.text()) {
        html.raw("p").index(index + 1);
    }
}

fn evidence(telling: &Telling<'_>) -> Vec<(Span, Mark)> {
    let mut marks = vec![(telling.line.span, Mark::Event)];
    let Some(mention) = telling.mention else { return marks };
    let time = mention.when.timex.and_then(|t| telling.read.timexes.get(t));
    marks.extend(time.map(|t| (t.span, Mark::Time)));
    marks.extend(mention.figures.iter().map(|f| (f.span, Mark::Figure)));
    let people = mention.actor.iter().chain(&mention.recipient).chain(&mention.mediator);
    marks.extend(people.filter_map(|p| Some((p.span?, Mark::Name))));
    marks.extend(mention.places.iter().filter_map(|p| Some((p.span?, Mark::Name))));
    if let Some(attribution) = telling.attribution() {
        marks.extend(attribution.source.span.map(|s| (s, Mark::Speaker)));
        marks.extend(attribution.cue.map(|s| (s, Mark::Cue)));
    }
    marks
}

/// One line per merge and per refusal.
fn why(html: &mut Html<'_>, view: &View<'_>, event: &Event, tellings: &[(usize, Telling<'_>)]) {
    if event.mentions.len() < 2 && event.refusals.is_empty() {
        return;
    }
    html.raw("<details class=\"why\"><summary>")
        .word("h.why")
        .raw("</summary>\n<ul>\n");
    if event.mentions.len() > 1 {
        for (_, telling) in tellings {
            html.raw("<li>[")
                .index(telling.number + 1)
                .raw("] ")
                .name(telling.report.name())
                .raw(": ");
            rule(html, &telling.line.rule);
            html.raw("</li>\n");
        }
    }
    for (refusal, other) in event.refusals.iter().take(REFUSALS) {
        html.raw("<li>").word("kept.apart").raw(" ");
        match view.event(other) {
            Some(event) => {
                html.raw("<a href=\"#").attribute(view.anchor(other)).raw("\">");
                html.date(&dates::code_of(&event.when), Length::Short)
                    .raw(", ")
                    .name(&event.label)
                    .raw("</a>");
            }
            None => {
                html.raw("<code>").text(other).raw("</code>");
            }
        }
        html.raw(": ");
        rule(html, refusal);
        html.raw("</li>\n");
    }
    if event.refusals.len() > REFUSALS {
        html.raw("<li>+ ").index(event.refusals.len() - REFUSALS).raw("</li>\n");
    }
    html.raw("</ul></details>\n");
}

/// A rule in words where the page knows it, and its id.
fn rule(html: &mut Html<'_>, id: &str) {
    let key = format!("rule.{id}");
    if html.words.find(&key).is_some() {
        html.word(&key).raw(" ");
    }
    html.raw("<code>").text(id).raw("</code>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_commonest_cells_is_the_measure() {
        let column = |cells: &[&str]| {
            cells
                .iter()
                .map(|c| (c.to_string(), c.to_uppercase()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            commonest(&column(&["b", "a", "", "a", "b"])).map(String::as_str),
            Some("B")
        );
        assert_eq!(commonest(&column(&[""])), None);
    }
}
