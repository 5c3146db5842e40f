//! `corpus.md`: prose for people, marks for the machine.
//!
//! A list item is a case; `[words]{label}` marks a span; a ```` ```toml ```` block sets what holds below its heading
//! (and below the headings inside it). Everything else is prose.

use dateline_model::Span;

/// A marked span of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the case's clean text.
    pub span: Span,
    /// What stands in the braces.
    pub label: String,
}

/// One sentence (or several, joined by `⏎` for a new paragraph) with what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Headings above it, outermost first, joined by ` / `.
    pub heading: String,
    /// Settings in force.
    pub config: toml::Table,
    /// The text without marks.
    pub text: String,
    /// The marks.
    pub marks: Vec<Mark>,
    /// Line number in the file, from 1.
    pub line: usize,
}

/// Takes the marks out of a line: `Đêm [10/11]{DATE 2020-11-10}` → text and spans. A bracket without braces behind it
/// (`[sic]`) is text. Marks may be nested.
pub fn parse_marks(line: &str) -> (String, Vec<Mark>) {
    let mut text = String::with_capacity(line.len());
    let mut open: Vec<usize> = Vec::new();
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match c {
            '[' if is_mark(rest) => {
                open.push(text.len());
                rest = &rest[1..];
                continue;
            }
            ']' if rest[1..].starts_with('{') && !open.is_empty() => {
                if let Some(close) = rest.find('}') {
                    let start = open.pop().unwrap_or(text.len());
                    marks.push(Mark {
                        span: Span::new(start, text.len()),
                        label: rest[2..close].trim().to_string(),
                    });
                    rest = &rest[close + 1..];
                    continue;
                }
            }
            _ => {}
        }
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    marks.sort_by_key(|m| (m.span.start, m.span.end));
    (text, marks)
}

/// The bracket that opens `rest` is closed by `]{`.
fn is_mark(rest: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in rest.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return rest[at + 1..].starts_with('{');
                }
            }
            _ => {}
        }
    }
    false
}

/// Reads a corpus file.
///
/// # Errors
/// A settings block that is not TOML: the message names the line.
pub fn parse_corpus(markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    let mut headings: Vec<(usize, String, toml::Table)> = vec![(0, String::new(), toml::Table::new())];
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(level) = line
            .starts_with('#')
            .then(|| line.bytes().take_while(|&b| b == b'#').count())
        {
            while headings.last().is_some_and(|h| h.0 >= level) {
                headings.pop();
            }
            let config = headings.last().map(|h| h.2.clone()).unwrap_or_default();
            headings.push((level, line[level..].trim().to_string(), config));
        } else if line.trim_start().starts_with("```") {
            let settings = line.trim() == "```toml";
            let mut body = String::new();
            for (_, inner) in lines.by_ref() {
                if inner.trim_start().starts_with("```") {
                    break;
                }
                body.push_str(inner);
                body.push('\n');
            }
            if settings {
                let table: toml::Table = body
                    .parse()
                    .map_err(|e: toml::de::Error| format!("line {}: {e}", number + 1))?;
                if let Some(top) = headings.last_mut() {
                    top.2.extend(table);
                }
            }
        } else if let Some(item) = line.strip_prefix("- ") {
            let (text, marks) = parse_marks(&item.replace('⏎', "\n"));
            let names: Vec<&str> = headings
                .iter()
                .map(|h| h.1.as_str())
                .filter(|h| !h.is_empty())
                .collect();
            cases.push(Case {
                heading: names.join(" / "),
                config: headings.last().map(|h| h.2.clone()).unwrap_or_default(),
                text,
                marks,
                line: number + 1,
            });
        }
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_strip_to_clean_text() {
        let (text, marks) = parse_marks("Đêm [10/11]{DATE 2020-11-10}, ông nói [sic] {x} [ở [Huế]{place}]{where}.");
        assert_eq!(text, "Đêm 10/11, ông nói [sic] {x} ở Huế.");
        let got: Vec<(&str, &str)> = marks.iter().map(|m| (m.span.of(&text), m.label.as_str())).collect();
        assert_eq!(
            got,
            [("10/11", "DATE 2020-11-10"), ("ở Huế", "where"), ("Huế", "place")]
        );
    }

    #[test]
    fn settings_are_inherited_below_their_heading() {
        let cases =
            parse_corpus("# A\n```toml\nanchor = \"2020-01-02\"\n```\n- x\n## B\n- y\n# C\n- z\n").expect("valid");
        let anchors: Vec<bool> = cases.iter().map(|c| c.config.contains_key("anchor")).collect();
        assert_eq!(anchors, [true, true, false]);
        assert_eq!(cases[1].heading, "A / B");
    }
}
