//! `index.html`: one self-contained file with the timeline, its disputes and the sentences behind each entry.
//!
//! Takes: a timeline and the reports it was made of.
//! Gives: a file that opens from disk, without network and without script.
//! Never: lets a report's text reach the page unescaped, or reads a clock.

mod html;
mod style;

use crate::Error;
use crate::export::{count, when_words};
use dateline_model::{AnnotatedDocument, Event, EventMentionRef, Span, Timeline};
use html::Html;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// The page's file in the archive's folder.
pub const FILE_NAME: &str = "index.html";

/// Writes the page into `folder`: a new file first, which then takes the old one's place, so that there is always a whole one.
///
/// # Errors
/// The file cannot be written.
pub fn write(folder: &Path, timeline: &Timeline, reports: &[AnnotatedDocument]) -> Result<(), Error> {
    let page = render(timeline, reports);
    let broken = |e: std::io::Error| Error::Archive {
        path: folder.display().to_string(),
        reason: e.to_string(),
    };
    let new = folder.join("index.html.new");
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(page.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, folder.join(FILE_NAME))
    };
    write().map_err(broken)
}

/// The page as a string.
pub fn render(timeline: &Timeline, reports: &[AnnotatedDocument]) -> String {
    let by_id: BTreeMap<&str, &AnnotatedDocument> = reports.iter().map(|r| (r.document.id.as_str(), r)).collect();
    let mut page = Html::new();
    let title = timeline.stories.first().map_or("Timeline", |s| s.label.as_str());
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
    page.text(title);
    page.raw("</title>\n<style>")
        .raw(style::SHEET)
        .raw("</style>\n</head>\n<body>\n<header>\n<h1>");
    page.text(title);
    page.raw("</h1>\n<p>");
    page.text(&overview(timeline));
    page.raw("</p>\n</header>\n<main>\n<ol class=\"timeline\">\n");
    for event in &timeline.events {
        entry(&mut page, event, &by_id);
    }
    page.raw("</ol>\n<h2>Reports</h2>\n<ol class=\"reports\">\n");
    for report in &timeline.reports {
        page.raw("<li id=\"")
            .attribute(&anchor("r", &report.id))
            .raw("\" lang=\"")
            .attribute(&report.language)
            .raw("\"><cite>");
        page.text(report.headline.as_deref().unwrap_or("(no headline)"));
        page.raw("</cite> <span class=\"meta\" lang=\"en\">");
        let published = report.published.value.as_deref().unwrap_or("date unknown");
        page.text(&format!(
            "{} · {published} ({}) · {}",
            report.outlet.as_deref().unwrap_or("outlet unknown"),
            report.published.basis.as_str(),
            report.path
        ));
        page.raw("</span></li>\n");
    }
    page.raw("</ol>\n</main>\n</body>\n</html>\n");
    page.finish()
}

/// An id that a fragment can carry, whatever a report calls itself.
fn anchor(prefix: &str, id: &str) -> String {
    let safe: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("{prefix}-{safe}")
}

fn overview(timeline: &Timeline) -> String {
    let outlets: std::collections::BTreeSet<&str> =
        timeline.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let disputes: usize = timeline.events.iter().map(|e| e.disputes.len()).sum();
    let numbers = [
        (timeline.reports.len(), "report"),
        (outlets.len(), "outlet"),
        (timeline.events.len(), "event"),
        (disputes, "disputed point"),
    ];
    numbers.map(|(n, word)| count(n, word)).join(" · ")
}

fn entry(page: &mut Html, event: &Event, reports: &BTreeMap<&str, &AnnotatedDocument>) {
    let language = |mention: Option<&EventMentionRef>| {
        mention
            .and_then(|m| reports.get(m.report.as_str()))
            .map_or("und", |r| r.document.language.as_str())
    };
    page.raw("<li class=\"")
        .attribute(event.status.as_str())
        .raw("\" id=\"")
        .attribute(&anchor("e", &event.id))
        .raw("\">\n<p class=\"when\">");
    page.text(&when_words(&event.when));
    page.raw("</p>\n<div>\n<p class=\"what\" lang=\"")
        .attribute(language(event.mentions.first()))
        .raw("\">");
    page.text(if event.text.is_empty() {
        &event.label
    } else {
        &event.text
    });
    page.raw("</p>\n<p class=\"meta\">");
    page.text(&facts(event));
    page.raw("</p>\n");
    for dispute in &event.disputes {
        page.raw("<p class=\"dispute\"><strong>");
        page.text(&format!("≠ {}, {}:", dispute.field.as_str(), dispute.kind.as_str()));
        page.raw("</strong> ");
        let variants: Vec<&str> = dispute.variants.iter().map(|v| v.value.as_str()).collect();
        page.text(&variants.join(" | "));
        page.raw("</p>\n");
    }
    page.raw("<details><summary>");
    page.text(&count(event.mentions.len(), "telling"));
    page.raw("</summary>\n<ul>\n");
    for mention in &event.mentions {
        if let Some(report) = reports.get(mention.report.as_str()) {
            telling(page, mention, report);
        }
    }
    page.raw("</ul>\n</details>\n</div>\n</li>\n");
}

fn facts(event: &Event) -> String {
    let mut parts = vec![event.status.as_str().to_string(), event.event.to_string()];
    let names =
        |list: &[dateline_model::Participant]| list.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    for (word, list) in [
        ("by", &event.actor),
        ("to", &event.recipient),
        ("through", &event.mediator),
    ] {
        if !list.is_empty() {
            parts.push(format!("{word} {}", names(list)));
        }
    }
    if !event.places.is_empty() {
        parts.push(format!(
            "in {}",
            event
                .places
                .iter()
                .map(|p| p.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    for figure in &event.figures {
        let end = |n: Option<u64>| n.map_or("?".to_string(), |n| n.to_string());
        let range = if figure.low == figure.high {
            end(figure.low)
        } else {
            format!("{}–{}", end(figure.low), end(figure.high))
        };
        parts.push(format!("{range} {}", figure.unit));
    }
    let s = &event.sources;
    parts.push(format!(
        "{}, {} ({})",
        count(s.reports, "report"),
        count(s.independent, "independent source"),
        s.roots.join(", ")
    ));
    parts.join(" · ")
}

fn telling(page: &mut Html, mention: &EventMentionRef, report: &AnnotatedDocument) {
    let text = &report.document.text;
    let sentence = report
        .sentences
        .iter()
        .find(|s| s.contains(mention.span))
        .or_else(|| {
            report
                .document
                .blocks
                .iter()
                .map(|b| &b.span)
                .find(|s| s.contains(mention.span))
        })
        .copied()
        .unwrap_or(mention.span);
    let part = |from: u32, to: u32| {
        Span {
            start: from,
            end: to.max(from),
        }
        .of(text)
    };
    page.raw("<li><q lang=\"")
        .attribute(&report.document.language)
        .raw("\">");
    page.text(part(sentence.start, mention.span.start));
    page.raw("<mark>").text(mention.span.of(text)).raw("</mark>");
    page.text(part(mention.span.end, sentence.end));
    page.raw("</q> <a class=\"meta\" href=\"#")
        .attribute(&anchor("r", &report.document.id))
        .raw("\">");
    let published = report.published.value.as_deref().unwrap_or("date unknown");
    page.text(&format!(
        "{}, {published} ← {}",
        report.document.outlet.as_deref().unwrap_or(&report.document.path),
        mention.root
    ));
    page.raw("</a></li>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Published, ReportRef};

    #[test]
    fn a_report_cannot_write_markup() {
        let evil = "</title><script>alert(1)</script>\"'&\u{202E}";
        let report = ReportRef {
            id: evil.into(),
            path: evil.into(),
            outlet: Some(evil.into()),
            headline: Some(evil.into()),
            language: evil.into(),
            published: Published::default(),
            story: None,
            reprint_of: None,
        };
        let page = render(
            &Timeline {
                reports: vec![report],
                ..Timeline::default()
            },
            &[],
        );
        assert!(!page.contains("<script") && !page.contains('\u{202E}'), "{page}");
        assert!(page.contains("&lt;/title&gt;&lt;script&gt;"));
    }
}
