//! Words of a report with marks on some of them; marks may overlap.

use super::html::Html;
use dateline_model::Span;

/// What a mark is for; each has a style of line as well as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The words that tell an event.
    Event,
    /// An expression of time.
    Time,
    /// The speaker.
    Speaker,
    /// The word of saying.
    Cue,
    /// A number.
    Figure,
    /// A name.
    Name,
}

/// Class of each, in the order of [`Mark`].
const CLASSES: [&str; 6] = ["e", "t", "s", "c", "f", "n"];

/// Writes `within` of `text` with its marks. `tag` is `mark` for evidence, `span` for notes.
pub(super) fn write(html: &mut Html<'_>, text: &str, within: Span, marks: &[(Span, Mark)], tag: &'static str) {
    let mut edges: Vec<(u32, bool, usize)> = Vec::new();
    for (span, mark) in marks {
        let (start, end) = (span.start.max(within.start), span.end.min(within.end));
        let whole = text.is_char_boundary(start as usize) && text.is_char_boundary(end as usize);
        if start < end && whole {
            edges.push((start, true, *mark as usize));
            edges.push((end, false, *mark as usize));
        }
    }
    edges.sort_unstable();
    let mut open = [0usize; CLASSES.len()];
    let mut at = within.start;
    for (position, opens, mark) in edges {
        piece(
            html,
            text,
            Span {
                start: at,
                end: position,
            },
            &open,
            tag,
        );
        at = position;
        open[mark] = if opens {
            open[mark] + 1
        } else {
            open[mark].saturating_sub(1)
        };
    }
    piece(
        html,
        text,
        Span {
            start: at,
            end: within.end.max(at),
        },
        &open,
        tag,
    );
}

fn piece(html: &mut Html<'_>, text: &str, span: Span, open: &[usize], tag: &'static str) {
    let words = span.of(text);
    if words.is_empty() {
        return;
    }
    let classes: Vec<&str> = CLASSES
        .iter()
        .zip(open)
        .filter(|(_, n)| **n > 0)
        .map(|(c, _)| *c)
        .collect();
    if classes.is_empty() {
        html.text(words);
        return;
    }
    html.raw("<")
        .raw(tag)
        .raw(" class=\"")
        .made(&classes.join(" "))
        .raw("\">")
        .text(words);
    html.raw("</").raw(tag).raw(">");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::words::{Language, Words};

    fn check(marks: &[(Span, Mark)], expected: &str) {
        let words = Words::new(Language::English);
        let mut html = Html::new(&words);
        write(&mut html, "abc<éf", Span::new(0, 7), marks, "mark");
        assert_eq!(html.finish(), expected);
    }

    #[test]
    fn marks_nest_cross_and_stay_on_letters() {
        check(&[], "abc&lt;éf");
        check(&[(Span::new(1, 3), Mark::Time)], "a<mark class=\"t\">bc</mark>&lt;éf");
        check(
            &[(Span::new(0, 2), Mark::Event), (Span::new(1, 3), Mark::Time)],
            "<mark class=\"e\">a</mark><mark class=\"e t\">b</mark><mark class=\"t\">c</mark>&lt;éf",
        );
        // The second byte of é is no letter of its own; what lies outside is left out.
        check(
            &[(Span::new(5, 7), Mark::Time), (Span::new(90, 99), Mark::Time)],
            "abc&lt;éf",
        );
    }
}
