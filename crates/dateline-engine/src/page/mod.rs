//! `index.html`: one self-contained file with the timeline, its disputes and the sentences behind each entry.
//!
//! Takes: a timeline, the reports it was made of, and what held when by them.
//! Gives: a file that opens from disk, without network, and can be read without script.
//! Never: lets a report's text reach the page unescaped, or reads a clock.

mod axis;
mod data;
mod dates;
mod details;
mod entry;
mod head;
mod html;
mod list;
mod marks;
mod report;
mod state;
mod strip;
#[cfg(test)]
mod tests;
mod view;
mod words;

use crate::Error;
use dateline_model::{AnnotatedDocument, Course, Timeline};
use html::Html;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use view::{Level, View};
use words::{Language, Words};

/// The page's file in the archive's folder.
pub const FILE_NAME: &str = "index.html";

/// Bytes of a page that can be mailed and opens at once; see `docs/decisions/0007-one-page-within-a-budget.md`.
///
/// The bar is 15 MB.
const BUDGET: usize = 14_700_000;

const SHEET: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Writes the page into `folder`: a new file first, which then takes the old one's place, so that there is always a whole one.
///
/// # Errors
/// The file cannot be written.
pub fn write(
    folder: &Path,
    timeline: &Timeline,
    reports: &[AnnotatedDocument],
    courses: &[Course],
) -> Result<(), Error> {
    let page = render(timeline, reports, courses);
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

/// The page as a string: as much as fits the budget, first in the language that most reports are in.
pub fn render(timeline: &Timeline, reports: &[AnnotatedDocument], courses: &[Course]) -> String {
    within(timeline, reports, courses, BUDGET)
}

/// The page within a number of bytes, as far as the first screen and the script leave any.
fn within(timeline: &Timeline, reports: &[AnnotatedDocument], courses: &[Course], budget: usize) -> String {
    let words = Words::new(language(timeline));
    let mut view = View::new(timeline, reports, courses, &words);
    let all = timeline.events.len();
    for level in (0..=Level::LAST.0).map(Level) {
        view.show(level, all);
        // What is far too much is not even tried; a sample tells.
        if sampled(&view) as f64 <= budget as f64 * SURELY_MORE
            && let Ok(page) = page(&view, budget)
        {
            return page;
        }
    }
    fullest(&mut view, budget, all)
}

/// Times the budget that a sample may promise and yet the page be tried.
const SURELY_MORE: f64 = 1.2;

/// Entries, and reports, of a sample.
const SAMPLE: usize = 48;

/// Bytes of all entries and reports, by those of an even sample of each.
fn sampled(view: &View<'_>) -> usize {
    let mut html = Html::new(view.words);
    let of = |all: usize| all.div_ceil(SAMPLE).max(1);
    let step = of(view.events.len());
    for (number, event) in view.events.iter().enumerate().step_by(step) {
        entry::write(&mut html, view, event, number);
    }
    let entries = html.finish().len() * step;
    let mut html = Html::new(view.words);
    let step = of(view.reports.len());
    report::sample(&mut html, view, step);
    // What lies beside them: the table that the script reads.
    entries + html.finish().len() * step + data::json(view, &strip::axis(view)).len()
}

/// Tries for the fullest page; each halves at least what is not known.
const TRIES: usize = 8;

/// Samples before the first try.
const SAMPLES: usize = 3;

/// Share of the budget from which on a page is full enough.
const FULL: f64 = 0.8;

/// The leanest page with as many entries as fit, or nearly, those first that most sources stand behind.
fn fullest(view: &mut View<'_>, budget: usize, all: usize) -> String {
    let (mut fits, mut too_many) = (0, all);
    let mut best: Option<String> = None;
    let mut most = all;
    // What comes first has more reports behind it than the rest: its own sample says how much of it there is room for.
    for _ in 0..SAMPLES {
        view.show(Level::LAST, most);
        let room = most as f64 * budget as f64 / sampled(view).max(1) as f64;
        most = ((room * 0.8) as usize).clamp(1, all.max(1));
    }
    for _ in 0..TRIES {
        most = most.clamp(fits + 1, too_many.saturating_sub(1).max(fits + 1));
        view.show(Level::LAST, most);
        match page(view, budget) {
            Ok(page) => {
                fits = most;
                let share = page.len() as f64 / budget as f64;
                best = Some(page);
                if share >= FULL {
                    break;
                }
                most = (most as f64 / share * 0.97) as usize;
            }
            Err(_) => {
                too_many = most;
                most = if best.is_some() {
                    (fits + most) / 2
                } else {
                    most * 3 / 4
                };
            }
        }
        if too_many <= fits + 1 {
            break;
        }
    }
    best.unwrap_or_else(|| {
        view.show(Level::LAST, 1);
        page(view, budget).unwrap_or_else(|over| over)
    })
}

/// The language that most reports are in, of those that the interface speaks.
fn language(timeline: &Timeline) -> Language {
    let vietnamese = timeline.reports.iter().filter(|r| r.language == "vi").count();
    if vietnamese * 2 > timeline.reports.len() {
        Language::Vietnamese
    } else {
        Language::English
    }
}

/// The whole page, or as much of it as was written when the budget was spent.
fn page(view: &View<'_>, budget: usize) -> Result<String, String> {
    let mut html = Html::within(view.words, budget);
    let axis = strip::axis(view);
    opening(&mut html, view);
    head::write(&mut html, view);
    html.raw("<main id=\"main\" tabindex=\"-1\">\n");
    if view.reports.is_empty() {
        html.raw("<section class=\"empty\">")
            .worded("<h2", "empty.h", "</h2><p>")
            .word("empty.p")
            .raw("</p></section>\n");
    } else {
        strip::write(&mut html, view, &axis);
        head::filters(&mut html, view);
        html.raw("<section class=\"timeline\" aria-labelledby=\"h-timeline\">\n");
        html.worded("<h2 id=\"h-timeline\" tabindex=\"-1\"", "h.timeline", "</h2>\n");
        if view.events.is_empty() {
            html.raw("<p class=\"notice\">").word("empty.events").raw("</p>\n");
        }
        list::write(&mut html, view);
        html.raw("<p id=\"none\" class=\"notice\" hidden>")
            .word("f.none")
            .raw("</p>\n</section>\n");
        if html.overfull() {
            return Err(html.finish());
        }
        state::write(&mut html, view, &axis);
        report::write(&mut html, view);
    }
    head::legend(&mut html);
    html.raw("</main>\n<script type=\"application/json\" id=\"data\">");
    html.made(&data::json(view, &axis))
        .raw("</script>\n<script>")
        .raw(SCRIPT)
        .raw("</script>\n</body>\n</html>\n");
    if html.overfull() {
        Err(html.finish())
    } else {
        Ok(html.finish())
    }
}

fn opening(html: &mut Html<'_>, view: &View<'_>) {
    let tag = html.words.language().tag();
    html.raw("<!doctype html>\n<html lang=\"")
        .raw(tag)
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
    // Only our own script and style sheet may run: even markup that slipped through would stay dead.
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; img-src data:; script-src &#39;sha256-");
    html.made(&base64(&Sha256::digest(SCRIPT.as_bytes())))
        .raw("&#39;; style-src &#39;sha256-");
    html.made(&base64(&Sha256::digest(SHEET.as_bytes())))
        .raw("&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n<title>");
    let title = head::title(view).unwrap_or_else(|| html.words.get("title.none").to_string());
    html.text(&title)
        .raw("</title>\n<style>")
        .raw(SHEET)
        .raw("</style>\n</head>\n<body>\n");
    html.raw(if view.reports.is_empty() {
        "<a class=\"skip\" href=\"#main\">"
    } else {
        "<a class=\"skip\" href=\"#h-timeline\">"
    })
    .word("skip")
    .raw("</a>\n");
}

/// Base64 with padding (RFC 4648), for the hashes of script and sheet.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = [
            chunk[0],
            chunk.get(1).copied().unwrap_or(0),
            chunk.get(2).copied().unwrap_or(0),
        ];
        let n = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for i in 0..4 {
            let letter = LETTERS[(n >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
