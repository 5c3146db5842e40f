//! A report: its clean text with notes in the margin, its date with every reading of it, what was left out and why.

use super::dates::{self, Length};
use super::html::Html;
use super::marks::{self, Mark};
use super::view::{Report, View, block_at};
use dateline_model::{
    AnnotatedDocument, Attribution, Block, BlockKind, EventMention, Mention, MentionKind, Polarity, Revised, Span,
    Timex, TimexAnchor, TimexKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// Copies of a report that are named beside it; a number says the rest, which name each other.
const COPIES: usize = 12;

/// Changes of one kind between two versions that are shown; a number says the rest.
const CHANGES: usize = 24;

/// Writes the list of reports.
pub(super) fn write(html: &mut Html<'_>, view: &View<'_>) {
    html.raw("<section class=\"reports\" aria-labelledby=\"h-reports\">\n");
    html.worded("<h2 id=\"h-reports\" tabindex=\"-1\"", "h.reports", "</h2>\n")
        .raw("<ol>\n");
    for (number, report) in view.reports.iter().enumerate() {
        if html.overfull() {
            return;
        }
        if !view.listed(number) {
            continue;
        }
        one(
            html,
            view,
            number,
            *report,
            view.told(number).unwrap_or(&BTreeMap::new()),
        );
    }
    html.raw("</ol>\n");
    let unlisted = (0..view.reports.len()).filter(|n| !view.listed(*n)).count();
    if unlisted > 0 {
        html.raw("<p class=\"notice\">")
            .counted("reports.uncited", unlisted)
            .raw("</p>\n");
    }
    html.raw("</section>\n");
}

/// Every so-manyeth report, as [`write`] has it.
pub(super) fn sample(html: &mut Html<'_>, view: &View<'_>, step: usize) {
    for (number, report) in view.reports.iter().enumerate().step_by(step) {
        if view.listed(number) {
            one(
                html,
                view,
                number,
                *report,
                view.told(number).unwrap_or(&BTreeMap::new()),
            );
        }
    }
}

fn one(html: &mut Html<'_>, view: &View<'_>, number: usize, report: Report<'_>, entries: &BTreeMap<usize, &str>) {
    let line = report.line;
    html.raw("<li value=\"")
        .index(number + 1)
        .raw("\"><details class=\"report\"><summary>");
    html.raw("<cite dir=\"auto\"").lang(&line.language).raw(">");
    match line.headline.as_deref().filter(|h| !h.trim().is_empty()) {
        Some(headline) => html.text(headline),
        None => html.word("headline.none"),
    };
    html.raw("</cite> <span class=\"from\">");
    match report.outlet() {
        Some(outlet) => html.name(outlet),
        None => html.word("outlet.none"),
    };
    html.raw(" · ").date(&report.published(), Length::Long);
    let basis = format!("basis.{}", line.published.basis.as_str());
    html.raw(" (")
        .word(&basis)
        // The fragment lies inside the fold, so that a browser without script opens it, too.
        .raw(")</span></summary>\n<div class=\"inside\" id=\"r")
        .index(number + 1)
        .raw("\">\n");
    facts(html, view, report);
    if let Some(read) = report.read.filter(|_| view.level.text()) {
        text(html, view, number, read, entries);
        left_out(html, view, read);
        doubts(html, read);
    }
    if view.level.everything() {
        html.worded(
            "<p><a class=\"to\" href=\"#h-timeline\"",
            "r.back",
            "</a></p>
",
        );
    }
    html.raw(
        "</div></details></li>
",
    );
}

/// Address, authors, credits, file, copies, and every reading of the date.
fn facts(html: &mut Html<'_>, view: &View<'_>, report: Report<'_>) {
    html.raw("<dl class=\"about\">");
    if let Some(read) = report.read {
        let document = &read.document;
        if let Some(url) = document.url.as_deref().filter(|u| !u.is_empty()) {
            html.worded("<div><dt", "r.address", "</dt><dd>");
            html.link(url, |h| {
                h.name(url);
            });
            html.raw("</dd></div>");
        }
        let credits: Vec<&str> = document.credits.iter().map(|c| c.name.as_str()).collect();
        let authors: Vec<&str> = document.authors.iter().map(String::as_str).collect();
        for (key, names) in [("r.authors", authors), ("r.credits", credits)] {
            let names: BTreeSet<&str> = names.into_iter().filter(|n| !n.trim().is_empty()).collect();
            if !names.is_empty() {
                html.worded("<div><dt", key, "</dt><dd>");
                for (i, name) in names.into_iter().enumerate() {
                    html.raw(if i > 0 { ", " } else { "" }).name(name);
                }
                html.raw("</dd></div>");
            }
        }
    }
    html.worded("<div><dt", "r.file", "</dt><dd>")
        .name(&report.line.path)
        .raw("</dd></div>");
    copies(html, view, report);
    html.raw("</dl>\n");
    if view.level.everything() {
        candidates(html, report);
    }
}

fn copies(html: &mut Html<'_>, view: &View<'_>, report: Report<'_>) {
    let id = &report.line.id;
    for set in view.copies(id) {
        let others: Vec<usize> = set
            .reports
            .iter()
            .filter(|r| *r != id)
            // A set may hold a whole archive: what each says of it must not grow with it.
            .take(10 * COPIES)
            .filter_map(|r| view.number(r))
            .filter(|other| view.listed(*other))
            .take(COPIES)
            .collect();
        if others.is_empty() {
            continue;
        }
        let more = set.reports.len().saturating_sub(1 + others.len());
        html.raw("<div><dt>")
            .word(&format!("r.copies.{}", set.kind.as_str()))
            .raw("</dt><dd>");
        for (i, other) in others.into_iter().enumerate() {
            html.raw(if i > 0 { ", " } else { "" })
                .raw("<a href=\"#r")
                .index(other + 1)
                .raw("\">[")
                .index(other + 1);
            html.raw("] ").name(view.reports[other].name()).raw("</a>");
        }
        if more > 0 {
            html.raw(" +").index(more);
        }
        html.raw("</dd></div>");
        for change in set.changes.iter().filter(|c| c.to == *id) {
            revised(html, view, report, change);
        }
    }
}

/// What this version changed in the one before it.
fn revised(html: &mut Html<'_>, view: &View<'_>, report: Report<'_>, change: &Revised) {
    let earlier = view.number(&change.from).filter(|n| view.listed(*n));
    let (Some(earlier), true) = (earlier, view.level.everything()) else {
        return;
    };
    let (Some(before), Some(now)) = (view.reports[earlier].read, report.read) else {
        return;
    };
    let (before, now) = (before.document.text.as_str(), now.document.text.as_str());
    html.worded("<div><dt", "r.changed", "</dt><dd><a href=\"#r")
        .index(earlier + 1)
        .raw("\">[")
        .index(earlier + 1)
        .raw("]</a><details><summary>")
        .word("r.changes")
        .raw("</summary><ul>");
    for figure in change.figures.iter().take(CHANGES) {
        html.raw("<li>").text(figure.from.of(before)).raw(" → ");
        html.text(figure.to.of(now)).raw("</li>");
    }
    for (key, spans, text) in [("r.added", &change.added, now), ("r.removed", &change.removed, before)] {
        for span in spans.iter().take(CHANGES) {
            html.worded("<li><b", key, "</b> ").text(span.of(text)).raw("</li>");
        }
        if spans.len() > CHANGES {
            html.worded("<li><b", key, "</b> +")
                .index(spans.len() - CHANGES)
                .raw("</li>");
        }
    }
    html.raw("</ul></details></dd></div>");
}

fn candidates(html: &mut Html<'_>, report: Report<'_>) {
    // The timeline may know better than the report alone; the readings are the report's own.
    let published = report.read.map_or(&report.line.published, |r| &r.published);
    if published.candidates.is_empty() {
        return;
    }
    html.raw("<details class=\"readings\"><summary>")
        .word("r.candidates")
        .raw(" (")
        .index(published.candidates.len());
    html.raw(")</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\"")
        .label("r.candidates");
    html.raw("><table>\n<thead><tr>");
    for key in ["r.value", "r.basis", "r.verdict", "r.rule"] {
        html.raw("<th scope=\"col\">").word(key).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for c in &published.candidates {
        html.raw("<tr><td>")
            .date(&dates::code(c.value.as_deref(), c.interval), Length::Long)
            .raw("</td><td>");
        html.word(&format!("basis.{}", c.basis.as_str()))
            .raw("</td><td lang=\"en\">")
            .name(&c.verdict);
        html.raw("</td><td><code>")
            .text(c.rule.as_str())
            .raw("</code></td></tr>\n");
    }
    html.raw("</tbody></table></div></details>\n");
}

fn text(
    html: &mut Html<'_>,
    view: &View<'_>,
    number: usize,
    read: &AnnotatedDocument,
    entries: &BTreeMap<usize, &str>,
) {
    let nothing = BTreeSet::new();
    let cited = view.cited(number).unwrap_or(&nothing);
    let whole = view.level.whole_reports();
    html.raw("<div class=text").lang(&read.document.language).raw(">\n");
    let mut notes = Notes::new(read, view.level.notes());
    for (index, block) in read.document.blocks.iter().enumerate() {
        if !whole && !cited.contains(&index) {
            continue;
        }
        html.raw("<div class=\"para ")
            .raw(block.kind.as_str())
            .raw("\" id=r")
            .index(number + 1)
            .raw("p")
            .index(index + 1);
        html.raw("><p dir=auto>");
        let marks = notes.marks(index);
        marks::write(html, &read.document.text, block.span, &marks, "span");
        html.raw("</p>");
        margin(html, view, read, block, &notes.of(index), entries);
        html.raw("</div>\n");
    }
    html.raw("</div>\n");
}

/// The annotations of a report, paragraph by paragraph.
struct Notes<'a> {
    by_block: BTreeMap<usize, Margin<'a>>,
}

/// What stands in the margin of one paragraph.
#[derive(Clone, Default)]
struct Margin<'a> {
    times: Vec<&'a Timex>,
    speech: Vec<&'a Attribution>,
    events: Vec<(usize, &'a EventMention)>,
    names: Vec<&'a Mention>,
}

impl<'a> Notes<'a> {
    fn new(read: &'a AnnotatedDocument, wanted: bool) -> Notes<'a> {
        let mut by_block: BTreeMap<usize, Margin<'a>> = BTreeMap::new();
        let place = |span: Span| block_at(read, span).map(|(i, _)| i);
        if wanted {
            for timex in &read.timexes {
                if let Some(block) = place(timex.span) {
                    by_block.entry(block).or_default().times.push(timex);
                }
            }
            for attribution in &read.attributions {
                let span = attribution.cue.or(attribution.source.span).or(attribution.content);
                if let Some(block) = span.and_then(place) {
                    by_block.entry(block).or_default().speech.push(attribution);
                }
            }
            for (index, event) in read.events.iter().enumerate() {
                if let Some(block) = place(event.trigger) {
                    by_block.entry(block).or_default().events.push((index, event));
                }
            }
            for mention in &read.mentions {
                if let Some(block) = place(mention.span) {
                    by_block.entry(block).or_default().names.push(mention);
                }
            }
        }
        Notes { by_block }
    }

    fn of(&self, block: usize) -> Margin<'a> {
        self.by_block.get(&block).cloned().unwrap_or_default()
    }

    fn marks(&mut self, block: usize) -> Vec<(Span, Mark)> {
        let Some(margin) = self.by_block.get(&block) else {
            return Vec::new();
        };
        let mut marks: Vec<(Span, Mark)> = margin.times.iter().map(|t| (t.span, Mark::Time)).collect();
        for attribution in &margin.speech {
            marks.extend(attribution.source.span.map(|s| (s, Mark::Speaker)));
            marks.extend(attribution.cue.map(|s| (s, Mark::Cue)));
        }
        for (_, event) in &margin.events {
            marks.push((event.trigger, Mark::Event));
            marks.extend(event.figures.iter().map(|f| (f.span, Mark::Figure)));
        }
        marks.extend(
            margin
                .names
                .iter()
                .filter(|n| n.kind != MentionKind::Role)
                .map(|n| (n.span, Mark::Name)),
        );
        marks
    }
}

fn margin(
    html: &mut Html<'_>,
    view: &View<'_>,
    read: &AnnotatedDocument,
    block: &Block,
    notes: &Margin<'_>,
    entries: &BTreeMap<usize, &str>,
) {
    let empty = notes.times.is_empty() && notes.speech.is_empty() && notes.events.is_empty() && notes.names.is_empty();
    if empty || (block.kind == BlockKind::Headline && notes.events.is_empty() && notes.times.is_empty()) {
        return;
    }
    html.raw("<ul class=\"notes\"").label("r.notes").raw(">");
    for timex in &notes.times {
        time(html, read, timex);
    }
    for attribution in &notes.speech {
        speech(html, read, attribution);
    }
    for (index, event) in &notes.events {
        html.raw("<li><span class=\"kind\">").word("note.event").raw("</span> ");
        own(html, read, event.trigger);
        html.raw(" → ")
            .word(&format!("type.{}", event.event.as_str()))
            .raw(", ");
        html.word(&format!("status.{}", event.status.as_str())).raw(", ");
        html.date(&dates::code_of(&event.when), Length::Short);
        if let Some(id) = entries.get(index) {
            html.raw(" <a class=\"to\" href=\"#")
                .attribute(view.anchor(id))
                .raw("\"");
            html.label("h.timeline").raw(">↑</a>");
        }
        html.raw("</li>");
    }
    names(html, read, notes);
    html.raw("</ul>");
}

fn own(html: &mut Html<'_>, read: &AnnotatedDocument, span: Span) {
    html.raw("<bdi")
        .lang(&read.document.language)
        .raw(">")
        .text(span.of(&read.document.text).trim())
        .raw("</bdi>");
}

fn time(html: &mut Html<'_>, read: &AnnotatedDocument, timex: &Timex) {
    html.raw("<li><span class=\"kind\">").word("note.time").raw("</span> ");
    own(html, read, timex.span);
    html.raw(" → ");
    let calendar = matches!(timex.kind, TimexKind::Date | TimexKind::Time) && !timex.vague;
    if calendar {
        let modifier = timex.modifier.map_or(String::new(), |m| format!(" {}", m.as_str()));
        html.date(&format!("{}{modifier}", timex.value), Length::Short);
    } else {
        html.raw("<code>").text(&timex.value).raw("</code>");
    }
    if timex.anchor == TimexAnchor::Published {
        html.raw(" <small>(").word("note.anchor").raw(")</small>");
    }
    html.raw("</li>");
}

fn speech(html: &mut Html<'_>, read: &AnnotatedDocument, attribution: &Attribution) {
    let source = &attribution.source;
    html.raw("<li><span class=\"kind\">")
        .word("note.speech")
        .raw("</span> ");
    if source.name.trim().is_empty() {
        match source.span {
            Some(span) => own(html, read, span),
            None => {
                html.word(&format!("source.{}", source.kind.as_str()));
            }
        }
    } else {
        html.name(&source.name);
    }
    html.raw(", ").word(&format!("speech.{}", attribution.kind.as_str()));
    if attribution.polarity == Polarity::Denied {
        html.raw(", ").word("speech.denied");
    }
    if let Some(cue) = attribution.cue {
        html.raw(" “");
        own(html, read, cue);
        html.raw("”");
    }
    let via: Vec<&str> = attribution
        .chain
        .iter()
        .skip(1)
        .map(|l| l.name.as_str())
        .filter(|n| *n != source.name)
        .collect();
    if !via.is_empty() {
        html.raw(" ← ").name(&via.join(" ← "));
    }
    html.raw("</li>");
}

/// Each name once, with what it names and its known name where that is another one.
fn names(html: &mut Html<'_>, read: &AnnotatedDocument, notes: &Margin<'_>) {
    let mut seen = BTreeSet::new();
    let text = &read.document.text;
    let mut listed: Vec<&Mention> = notes
        .names
        .iter()
        .copied()
        .filter(|m| m.kind != MentionKind::Role)
        .collect();
    listed.retain(|m| seen.insert((m.span.of(text), m.entity.as_str())));
    if listed.is_empty() {
        return;
    }
    html.raw("<li><span class=\"kind\">").word("note.name").raw("</span> ");
    for (i, mention) in listed.into_iter().enumerate() {
        html.raw(if i > 0 { "; " } else { "" });
        own(html, read, mention.span);
        if mention.span.of(text).to_lowercase() != mention.name.to_lowercase() {
            html.raw(" = ").name(&mention.name);
        }
        html.raw(" <small>(")
            .word(&format!("kind.{}", mention.kind.as_str()))
            .raw(")</small>");
    }
    html.raw("</li>");
}

/// "49 lines left out: related news (40), …", folded.
fn left_out(html: &mut Html<'_>, view: &View<'_>, read: &AnnotatedDocument) {
    let removed = &read.document.removed;
    if removed.is_empty() {
        return;
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for r in removed {
        *kinds.entry(r.kind.as_str()).or_default() += 1;
    }
    let full = view.level.everything();
    html.raw(if full {
        "<details class=\"removed\"><summary>"
    } else {
        "<p class=\"removed\">"
    });
    html.counted("n.lines", removed.len()).raw(": ");
    for (i, (kind, count)) in kinds.into_iter().enumerate() {
        html.raw(if i > 0 { ", " } else { "" })
            .word(&format!("removed.{kind}"))
            .raw(" (")
            .index(count)
            .raw(")");
    }
    if !full {
        html.raw("</p>\n");
        return;
    }
    html.raw("</summary>\n<ul>");
    for r in removed {
        html.raw("<li><span class=\"kind\">")
            .word(&format!("removed.{}", r.kind.as_str()))
            .raw("</span> <q dir=\"auto\"");
        html.lang(&read.document.language)
            .raw(">")
            .text(r.text.trim())
            .raw("</q> <code>")
            .text(r.rule.as_str());
        html.raw("</code></li>\n");
    }
    html.raw("</ul></details>\n");
}

fn doubts(html: &mut Html<'_>, read: &AnnotatedDocument) {
    if read.diagnostics.is_empty() {
        return;
    }
    html.raw("<details class=\"doubts\"><summary>")
        .word("r.doubts")
        .raw(" (")
        .index(read.diagnostics.len());
    html.raw(")</summary>\n<ul lang=\"en\">");
    for d in &read.diagnostics {
        html.raw("<li><code>")
            .text(&d.code)
            .raw("</code> ")
            .name(&d.message)
            .raw(" ")
            .name(&d.help)
            .raw("</li>\n");
    }
    html.raw("</ul></details>\n");
}
