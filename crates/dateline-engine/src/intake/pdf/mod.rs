//! PDF: the text that its pages show, in the order in which it is read.
//!
//! A kept library reads objects, streams and encryption; which letters a page shows where, and in which order they are read, is
//! ours. Every bound below is on what a hostile file may cost; what the library cannot read ends here, too.

mod content;
mod dictionary;
mod fonts;
mod glyphs;
mod guard;
mod layout;
mod streams;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) mod writer;

use super::Problem;
use content::Budget;
use hayro_syntax::object::DateTime;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Pages that are read of a file. Chosen, not measured: a long report has some hundred.
const MAX_PAGES: usize = 5_000;

/// Bytes of text that are read of a file: four times as much as is read of a report.
const MOST_TEXT: usize = 2 << 20;

/// Of a hundred letters so many may be unknown before the file is left out: what is left would be no text.
const MAX_UNKNOWN_PERCENT: usize = 40;

/// What a file says.
#[derive(Debug)]
pub(super) struct Paper {
    /// Paragraphs, an empty line between them.
    pub(super) text: String,
    /// The day on which the file says that it was made, as `YYYY-MM-DD`.
    pub(super) made: Option<String>,
    /// The address of the page that a browser printed.
    pub(super) printed: Option<String>,
    /// What was not right with it.
    pub(super) warnings: Vec<Problem>,
}

/// Reads a file.
///
/// # Errors
/// It is locked, damaged, or has no text.
pub(super) fn read(bytes: &[u8]) -> Result<Paper, Problem> {
    guard::check(bytes)?;
    // The library promises no panic, but its promise is not ours.
    catch_unwind(AssertUnwindSafe(|| pages(bytes))).unwrap_or(Err(Problem::PdfDamaged))
}

fn pages(bytes: &[u8]) -> Result<Paper, Problem> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Problem::PdfLocked
        }
        _ => Problem::PdfDamaged,
    })?;
    let all = pdf.pages();
    let mut warnings = Vec::new();
    if all.len() > MAX_PAGES {
        warnings.push(Problem::PdfPages(MAX_PAGES));
    }
    let mut budget = Budget::new(content::MOST_STEPS, MOST_TEXT);
    let mut shown = Vec::new();
    let (mut lost, mut letters, mut unknown, mut pictures) = (0, 0, 0, 0);
    for page in all.iter().take(MAX_PAGES) {
        if budget.spent() {
            break;
        }
        // One bad page must not cost the others.
        match catch_unwind(AssertUnwindSafe(|| content::page(page, &mut budget))) {
            Ok(page) => {
                letters += page.glyphs.len();
                unknown += page.unknown;
                let rows = layout::rows(page.glyphs);
                pictures += usize::from(rows.is_empty() && page.pictures);
                shown.push(rows);
            }
            Err(_) => lost += 1,
        }
    }
    if budget.spent() {
        warnings.push(Problem::PdfTooLong(MOST_TEXT >> 20));
    }
    if shown.iter().all(Vec::is_empty) {
        return Err(match (lost, unknown) {
            (0, 0) if pictures > 0 => Problem::PdfScanned,
            (0, 0) => Problem::Empty,
            (0, _) => Problem::PdfLetters,
            _ => Problem::PdfDamaged,
        });
    }
    if unknown * 100 > (letters + unknown) * MAX_UNKNOWN_PERCENT {
        return Err(Problem::PdfLetters);
    }
    if unknown > 0 {
        warnings.push(Problem::PdfUnknown(unknown));
    }
    if lost > 0 {
        warnings.push(Problem::PdfLost(lost));
    }
    if pictures > 0 {
        warnings.push(Problem::PdfPictures(pictures));
    }
    let printed = layout::without_print(&mut shown);
    Ok(Paper {
        text: layout::text(shown),
        made: pdf.metadata().creation_date.as_ref().and_then(day),
        printed,
        warnings,
    })
}

/// A day that the calendar has.
fn day(made: &DateTime) -> Option<String> {
    let day = jiff::civil::Date::new(
        i16::try_from(made.year).ok()?,
        i8::try_from(made.month).ok()?,
        i8::try_from(made.day).ok()?,
    );
    day.ok().map(|d| d.to_string())
}
