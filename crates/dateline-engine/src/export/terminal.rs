//! The timeline for people at a terminal.

use super::table::figure;
use crate::wire::Day;
use dateline_model::{Event, Participant, Status, Timeline, When};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Columns of the date, and of a line as a whole. Fixed, so that the same reports print the same bytes everywhere.
const DATE_WIDTH: usize = 24;
pub(super) const LINE_WIDTH: usize = 110;

/// Whether colours are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint(pub bool);

impl Paint {
    /// `text` under an SGR code.
    pub fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_string()
        }
    }
}

/// Letters that would move the cursor or turn the writing direction, taken out: reports are not to write on terminals.
pub(crate) fn tame(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
        })
        .collect()
}

/// A date with its precision: `2023-09-19`, `2023-09`, `199X`, `before 2024-04-16`, `2023-09-19 … 20`.
pub fn when_words(when: &When) -> String {
    let day = |d| Day(d).to_string();
    match (when.value.as_deref(), when.interval.earliest, when.interval.latest) {
        (Some(value), _, _) if !value.contains('/') => value.to_string(),
        (_, Some(a), Some(b)) => {
            let (a, b) = (day(a), day(b));
            let short = b
                .strip_prefix(&a[..a.len() - 2])
                .or_else(|| b.strip_prefix(&a[..a.len() - 5]))
                .unwrap_or(&b);
            format!("{a} … {short}")
        }
        (_, None, Some(b)) => format!("until {}", day(b)),
        (_, Some(a), None) => format!("since {}", day(a)),
        (Some(value), None, None) => value.to_string(),
        (None, None, None) => "date unknown".to_string(),
    }
}

fn names(participants: &[Participant]) -> String {
    participants
        .iter()
        .map(|p| tame(&p.name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// "1 report", "2 reports".
pub fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_string());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

fn what(event: &Event) -> String {
    let mut parts = vec![match &event.mode {
        Some(mode) => format!("{} ({})", event.event, tame(mode)),
        None => event.event.to_string(),
    }];
    let (actor, recipient) = (names(&event.actor), names(&event.recipient));
    match (actor.is_empty(), recipient.is_empty()) {
        (false, false) => parts.push(format!("{actor} → {recipient}")),
        (false, true) => parts.push(actor),
        (true, false) => parts.push(format!("→ {recipient}")),
        (true, true) => {}
    }
    if !event.mediator.is_empty() {
        parts.push(format!("through {}", names(&event.mediator)));
    }
    if !event.places.is_empty() {
        let places: Vec<String> = event.places.iter().map(|p| tame(&p.name)).collect();
        parts.push(format!("in {}", places.join(", ")));
    }
    parts.extend(event.figures.iter().map(|f| tame(&figure(f))));
    parts.join(" · ")
}

fn sources(event: &Event) -> String {
    let s = &event.sources;
    let roots: Vec<String> = s.roots.iter().map(|r| tame(r)).collect();
    let told = format!(
        "{} · {}",
        count(s.reports, "report"),
        count(s.independent, "independent source")
    );
    if roots.is_empty() {
        told
    } else {
        format!("{told}: {}", roots.join(", "))
    }
}

/// What a reader finds under other events: by the id of the event above. One whose event is not shown stands on its own.
fn folded<'e>(events: &[&'e Event]) -> BTreeMap<&'e str, Vec<&'e Event>> {
    let shown: BTreeSet<&str> = events.iter().map(|e| e.id.as_str()).collect();
    let mut folded: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        if let Some(under) = event.under.as_ref().filter(|u| shown.contains(u.event.as_str())) {
            folded.entry(under.event.as_str()).or_default().push(event);
        }
    }
    folded
}

/// What an event is told by: its sentence, else its label.
fn said(event: &Event) -> &str {
    if event.text.is_empty() {
        &event.label
    } else {
        &event.text
    }
}

/// "[planned]"; nothing for what happened.
fn status(event: &Event) -> Option<String> {
    (event.status != Status::Happened).then(|| format!("[{}]", event.status.as_str()))
}

/// One line for an event that stands under another: what, who, its sentence as far as it goes.
fn told_under(event: &Event) -> String {
    let status = status(event).map_or(String::new(), |word| format!(" {word}"));
    let words: Vec<String> = event.figures.iter().map(|f| tame(&figure(f))).collect();
    let counts = if words.is_empty() {
        String::new()
    } else {
        format!(" · {}", words.join(" · "))
    };
    let line = format!("+ {}{status}{counts} · {}", event.event, tame(said(event)));
    let width = LINE_WIDTH - DATE_WIDTH;
    if line.chars().count() <= width {
        return line;
    }
    let mut short: String = line.chars().take(width - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

/// Prints the events, oldest first; what is told under another in a line below it.
pub(super) fn write(timeline: &Timeline, events: &[&Event], paint: Paint, output: &mut dyn Write) -> io::Result<()> {
    let disputes: usize = events.iter().map(|e| e.disputes.len()).sum();
    let folded = folded(events);
    let below: BTreeSet<&str> = folded.values().flatten().map(|e| e.id.as_str()).collect();
    let total = [
        count(timeline.reports.len(), "report"),
        if timeline.stories.len() == 1 {
            "1 story".to_string()
        } else {
            format!("{} stories", timeline.stories.len())
        },
        count(events.len() - below.len(), "event"),
        if below.is_empty() {
            String::new()
        } else {
            format!("{} told under them", below.len())
        },
        count(disputes, "disputed point"),
    ];
    let total: Vec<String> = total.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(output, "{}", paint.with("1", &total.join(" · ")))?;
    let margin = " ".repeat(DATE_WIDTH);
    for event in events.iter().filter(|e| !below.contains(e.id.as_str())) {
        let when = when_words(&event.when);
        let padding = " ".repeat(DATE_WIDTH.saturating_sub(when.chars().count()).max(1));
        let word = status(event).map_or(String::new(), |word| format!("{word} "));
        writeln!(output)?;
        for (i, line) in wrapped(&format!("{word}{}", tame(said(event))), LINE_WIDTH - DATE_WIDTH)
            .iter()
            .enumerate()
        {
            if i == 0 {
                writeln!(output, "{}{padding}{line}", paint.with("1;36", &when))?;
            } else {
                writeln!(output, "{margin}{line}")?;
            }
        }
        for (code, text) in [("2", what(event)), ("2", sources(event))] {
            for line in wrapped(&text, LINE_WIDTH - DATE_WIDTH) {
                writeln!(output, "{margin}{}", paint.with(code, &line))?;
            }
        }
        for dispute in &event.disputes {
            let variants: Vec<String> = dispute
                .variants
                .iter()
                .map(|v| format!("{} ({})", tame(&v.value), count(v.mentions.len(), "telling")))
                .collect();
            let text = format!(
                "≠ {}, {}: {}",
                dispute.field.as_str(),
                dispute.kind.as_str(),
                variants.join(" | ")
            );
            for line in wrapped(&text, LINE_WIDTH - DATE_WIDTH) {
                writeln!(output, "{margin}{}", paint.with("33", &line))?;
            }
        }
        for under in folded.get(event.id.as_str()).into_iter().flatten() {
            writeln!(output, "{margin}{}", paint.with("2", &told_under(under)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Interval;
    use jiff::civil::date;

    #[test]
    fn a_date_shows_how_precise_it_is() {
        let (a, b) = (date(2023, 9, 19), date(2023, 9, 20));
        let check = |interval, words| assert_eq!(when_words(&When::of(interval, "r")), words);
        check(Interval::day(a), "2023-09-19");
        check(Interval::between(a, b), "2023-09-19 … 20");
        check(Interval::between(a, date(2023, 11, 2)), "2023-09-19 … 11-02");
        check(Interval::between(a, date(2024, 11, 2)), "2023-09-19 … 2024-11-02");
        check(Interval::between(date(2023, 9, 1), date(2023, 9, 30)), "2023-09");
        check(
            Interval {
                earliest: Some(a),
                latest: None,
            },
            "since 2023-09-19",
        );
        check(
            Interval {
                earliest: None,
                latest: Some(a),
            },
            "until 2023-09-19",
        );
        check(Interval::default(), "date unknown");
    }

    #[test]
    fn a_report_cannot_steer_the_terminal() {
        assert_eq!(tame("a\x1b[31m\u{202E}b\nc"), "a[31mb c");
        assert_eq!(wrapped("một hai ba", 7), ["một hai", "ba"]);
    }
}
