//! What the outlets of an archive put around all their articles.

use crate::export::count;
use dateline_model::AnnotatedDocument;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Reports named for each line.
const NAMED: usize = 2;

/// What is told of one line: the words as they stand first, and the ids of the reports that it was taken out of.
struct Told<'r> {
    text: &'r str,
    reports: Vec<&'r str>,
}

/// Explains the lines that were left out because their outlet repeats them: in how many of its reports, by which rule.
///
/// # Errors
/// Writing fails.
pub fn lines<'r>(reports: impl IntoIterator<Item = &'r AnnotatedDocument>, output: &mut dyn Write) -> io::Result<()> {
    let mut all: BTreeMap<(&str, &str, String), Told<'r>> = BTreeMap::new();
    for report in reports {
        let host = || report.document.url.as_deref()?.split('/').nth(2);
        let outlet = report.document.outlet.as_deref().or_else(host);
        let outlet = outlet.unwrap_or("no outlet known");
        for gone in &report.document.removed {
            if !gone.rule.as_str().starts_with("clean.repeated.") {
                continue;
            }
            // A box of prices has other figures every day.
            let key: String = gone
                .text
                .chars()
                .map(|c| if c.is_numeric() { '0' } else { c })
                .collect();
            let told = all.entry((outlet, gone.rule.as_str(), key)).or_insert(Told {
                text: &gone.text,
                reports: Vec::new(),
            });
            if told.reports.last() != Some(&report.document.id.as_str()) {
                told.reports.push(&report.document.id);
            }
        }
    }
    super::tamed(output, |lines| {
        if all.is_empty() {
            return writeln!(lines, "no line was left out for being repeated");
        }
        let mut before = "";
        for ((outlet, rule, _), told) in &all {
            if before != *outlet {
                writeln!(lines, "{outlet}")?;
                before = outlet;
            }
            let words: Vec<&str> = told.text.split_whitespace().collect();
            writeln!(lines, "  {}", words.join(" "))?;
            let named = told.reports.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = if told.reports.len() > NAMED { " …" } else { "" };
            let reports = count(told.reports.len(), "report");
            writeln!(lines, "    left out of {reports} by {rule}: {named}{more}")?;
        }
        Ok(())
    })
}
