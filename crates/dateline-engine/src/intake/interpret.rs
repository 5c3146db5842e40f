//! From bytes to a [`Capture`]: decoded, with the fields that a record brings. Pure, so that threads can share the work.

use super::decode::{Repair, repair};
use super::rows::column;
use super::warc::{Answer, Media};
use super::{Decoded, Format, MAX_LINES, MAX_TEXT, Problem, Raw, Warning, decode, pdf};
use dateline_model::{Capture, Content, Known};
use mail_parser::MessageParser;
use serde_json::{Map, Value};

/// A capture and what was not right with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreted {
    /// The report.
    pub capture: Capture,
    /// What was replaced or cut.
    pub warnings: Vec<Warning>,
}

/// Makes the report of some bytes.
///
/// # Errors
/// The bytes hold no report; the warning says why.
pub fn interpret(raw: &Raw) -> Result<Interpreted, Warning> {
    let mut warnings = Vec::new();
    let warn = |problem| Warning::on(&raw.path, raw.line, problem);
    let mut text_as = |bytes: &[u8], charset: Option<&str>| {
        let Decoded { text, bad, guessed } = decode(bytes, charset);
        // A text that was cut may be cut inside a letter; that is no fault of the file.
        let cut = raw.digest.is_some() && bad.is_some_and(|(at, count)| count == 1 && at + 4 > bytes.len());
        warnings.extend(
            bad.filter(|_| !cut)
                .map(|(offset, count)| warn(Problem::NotUtf8 { offset, count })),
        );
        warnings.extend(guessed.map(|name| warn(Problem::Guessed(name))));
        text
    };
    let mut text_of = |bytes: &[u8]| text_as(bytes, None);
    let (mut cut, mut odd) = (None, Vec::new());
    let mut paper = |bytes: &[u8], known: Known| -> Result<(&'static str, Content, Known), Warning> {
        let paper = pdf::read(bytes).map_err(warn)?;
        odd = paper.warnings;
        let known = Known {
            // A page that is printed is there already: it bounds the day of its publication, as collecting it does.
            retrieved: known
                .retrieved
                .or_else(|| paper.made.clone().filter(|_| paper.printed.is_some())),
            url: known.url.or_else(|| paper.printed.filter(|a| a.starts_with("http"))),
            created: paper.made,
            ..known
        };
        Ok(("application/pdf", Content::Text(paper.text), known))
    };
    let (media_type, content, mut known) = match raw.format {
        Format::Text => ("text/plain", Content::Text(text_of(&raw.bytes)), Known::default()),
        Format::Markdown => (
            "text/markdown",
            Content::Markdown(text_of(&raw.bytes)),
            Known::default(),
        ),
        Format::Html => ("text/html", Content::Html(text_of(&raw.bytes)), Known::default()),
        Format::Json => {
            let text = text_of(&raw.bytes);
            let value: Value = serde_json::from_str(&text).map_err(|e| warn(Problem::NotJson(json_reason(&e))))?;
            let Value::Object(fields) = value else {
                return Err(warn(Problem::NotObject));
            };
            record(fields).map_err(warn)?
        }
        Format::Warc => {
            let head = String::from_utf8_lossy(raw.head.as_deref().unwrap_or_default()).into_owned();
            let answer = Answer::of(&head, &raw.bytes).ok_or_else(|| warn(Problem::Empty))?;
            let (body, whole) = answer.body(&raw.bytes);
            if !whole {
                cut = Some(Problem::Damaged("its page is cut off".into()));
            }
            let known = Known {
                url: answer.url,
                retrieved: answer.date,
                ..Known::default()
            };
            let charset = answer.charset.as_deref();
            match answer.media {
                Media::Page => ("text/html", Content::Html(text_as(&body, charset)), known),
                Media::Text => ("text/plain", Content::Text(text_as(&body, charset)), known),
                // The table of what is where stands at a PDF's end.
                Media::Pdf if body.len() > MAX_TEXT => return Err(warn(Problem::PdfTooBig(MAX_TEXT >> 20))),
                Media::Pdf => paper(&body, known).map_err(|e| if whole { e } else { warn(Problem::PdfDamaged) })?,
            }
        }
        Format::Mail => mail(&raw.bytes).map_err(warn)?,
        Format::Pdf => paper(&raw.bytes, Known::default())?,
        Format::Csv => {
            let cells = row(raw).map_err(warn)?;
            record(cells).map_err(warn)?
        }
    };
    warnings.extend(cut.into_iter().chain(odd).map(warn));
    let content = mended(content, &mut known, |problem| warnings.push(warn(problem)));
    let content = capped(content, |problem| warnings.push(warn(problem)));
    if content.as_str().trim().is_empty() {
        return Err(warn(Problem::Empty));
    }
    known.retrieved = known.retrieved.or_else(|| raw.retrieved.clone());
    let id = known.id.clone().unwrap_or_else(|| raw.digest());
    let capture = Capture {
        id,
        path: raw.path.clone(),
        record: raw.record,
        media_type: media_type.into(),
        content,
        known,
    };
    Ok(Interpreted { capture, warnings })
}

/// serde_json's reason without its line, which is always 1 here; the column stays.
fn json_reason(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn capped(content: Content, mut warn: impl FnMut(Problem)) -> Content {
    let mut long = |mut text: String| {
        if text.len() > MAX_TEXT {
            text.truncate(text.floor_char_boundary(MAX_TEXT));
            warn(Problem::TextTooLong);
        }
        text
    };
    // Of pages cleaning counts the lines itself: tags end them.
    let (text, wrap): (_, fn(String) -> Content) = match content {
        Content::Html(text) => return Content::Html(long(text)),
        Content::Text(text) => (long(text), Content::Text),
        Content::Markdown(text) => (long(text), Content::Markdown),
    };
    // All that cleaning takes for the end of a line.
    let ends = |c: char| matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let once = |(at, end): &(usize, &str)| !(*end == "\n" && text[..*at].ends_with('\r'));
    let longest = (text.len() >= MAX_LINES).then(|| text.match_indices(ends).filter(once).nth(MAX_LINES - 1));
    match longest.flatten() {
        Some((end, _)) => {
            warn(Problem::TooManyLines);
            wrap(text[..end].to_string())
        }
        None => wrap(text),
    }
}

/// The content and the title with what was certain to be damaged put right.
fn mended(content: Content, known: &mut Known, mut warn: impl FnMut(Problem)) -> Content {
    let mut put_right = |text: String| match repair(&text) {
        Some((right, Repair::Misread(places))) => {
            warn(Problem::Misread(places));
            right
        }
        Some((right, Repair::Old(name))) => {
            warn(Problem::Guessed(name));
            right
        }
        None => text,
    };
    let content = match content {
        Content::Text(text) => Content::Text(put_right(text)),
        Content::Markdown(text) => Content::Markdown(put_right(text)),
        Content::Html(text) => Content::Html(put_right(text)),
    };
    if let Some(title) = &known.title
        && let Some((right, _)) = repair(title)
    {
        known.title = Some(right);
    }
    content
}

/// An e-mail: its text, or where it has none its page, with subject, date and sender.
fn mail(bytes: &[u8]) -> Result<(&'static str, Content, Known), Problem> {
    let message = MessageParser::default().parse(bytes).ok_or(Problem::Empty)?;
    let known = Known {
        title: message.subject().map(str::to_string).filter(|s| !s.trim().is_empty()),
        published: message
            .date()
            .filter(|d| d.is_valid())
            .map(mail_parser::DateTime::to_rfc3339),
        authors: message
            .from()
            .and_then(|a| a.first())
            .and_then(|a| a.name())
            .map(str::to_string)
            .into_iter()
            .collect(),
        ..Known::default()
    };
    // A part that is only a page is not turned into text by the reader of mail: cleaning does that better.
    let html = message
        .html_body
        .first()
        .and_then(|p| message.part(*p))
        .filter(|p| p.is_text_html());
    let plain = message
        .text_body
        .first()
        .and_then(|p| message.part(*p))
        .filter(|p| !p.is_text_html());
    let content = match (
        plain.and_then(|p| p.text_contents()),
        html.and_then(|p| p.text_contents()),
    ) {
        (Some(text), _) if !text.trim().is_empty() => Content::Text(text.to_string()),
        (_, Some(page)) => Content::Html(page.to_string()),
        _ => return Err(Problem::NoText("an e-mail without words".into())),
    };
    Ok(("message/rfc822", content, known))
}

type Fields = Map<String, Value>;

fn row(raw: &Raw) -> Result<Fields, Problem> {
    let read = |bytes: &[u8]| -> Result<csv::ByteRecord, Problem> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut row = csv::ByteRecord::new();
        reader
            .read_byte_record(&mut row)
            .map_err(|e| Problem::NotCsv(e.to_string()))?;
        Ok(row)
    };
    let head = read(raw.head.as_deref().unwrap_or_default())?;
    let cells = read(&raw.bytes)?;
    Ok(head
        .iter()
        .zip(cells.iter())
        .map(|(name, cell)| (column(name), Value::String(decode(cell, None).text)))
        .collect())
}

/// The content and the known fields of a record. `text` is taken before `html` where both are there.
fn record(mut fields: Fields) -> Result<(&'static str, Content, Known), Problem> {
    // The names of JSON Feed.
    for (theirs, ours) in [
        ("content_text", "text"),
        ("content_html", "html"),
        ("date_published", "published"),
    ] {
        if !fields.contains_key(ours)
            && let Some(value) = fields.remove(theirs)
        {
            fields.insert(ours.into(), value);
        }
    }
    if !["text", "html"]
        .iter()
        .any(|name| fields.get(*name).is_some_and(is_words))
    {
        let names: Vec<&str> = fields.keys().map(String::as_str).take(12).collect();
        return Err(Problem::NoText(names.join(", ")));
    }
    let mut take = |name: &str| string(fields.remove(name)?);
    let known = Known {
        id: take("id"),
        url: take("url"),
        title: take("title"),
        published: take("published"),
        retrieved: take("retrieved"),
        outlet: take("outlet"),
        language: take("language"),
        authors: Vec::new(),
        created: None,
    };
    let (text, html) = (take("text"), take("html"));
    let known = Known {
        authors: fields.remove("authors").map(list).unwrap_or_default(),
        ..known
    };
    Ok(match text {
        Some(text) => ("text/plain", Content::Text(text), known),
        None => ("text/html", Content::Html(html.unwrap_or_default()), known),
    })
}

fn is_words(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// A field as a string; numbers as written; empty ones and other shapes are as if they were not there.
fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|t| !t.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Names as a list, or as one string.
fn list(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .into_iter()
            .filter_map(|item| match item {
                Value::Object(mut fields) => string(fields.remove("name")?),
                other => string(other),
            })
            .collect(),
        other => string(other).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(format: Format, bytes: &[u8]) -> Raw {
        Raw {
            path: "a".into(),
            record: None,
            line: Some(7),
            format,
            head: Some(b"id,Text,published\n".as_slice().into()),
            bytes: bytes.to_vec(),
            digest: None,
            retrieved: Some("2024-06-20".into()),
        }
    }

    #[test]
    fn a_record_brings_what_is_known_and_its_own_id() {
        let json = r#"{"id": 12, "text": "Một", "html": "<p>", "authors": ["A", {"name": "B"}, ""], "url": null, "outlet": " ",
            "published": "2024-06-12", "retrieved": "2024-06-13", "other": {"x": []}}"#;
        let capture = interpret(&raw(Format::Json, json.as_bytes())).unwrap().capture;
        assert_eq!(
            (capture.id.as_str(), capture.content),
            ("12", Content::Text("Một".into()))
        );
        assert_eq!(capture.known.authors, ["A", "B"]);
        assert_eq!((capture.known.url, capture.known.outlet), (None, None));
        assert_eq!(capture.known.retrieved.as_deref(), Some("2024-06-13"));
        let row = interpret(&raw(Format::Csv, "r1,\"x\ny\",2024-06-12\n".as_bytes()))
            .unwrap()
            .capture;
        assert_eq!(
            (row.id.as_str(), row.known.published.as_deref()),
            ("r1", Some("2024-06-12"))
        );
        assert_eq!(
            (row.content.as_str(), row.known.retrieved.as_deref()),
            ("x\ny", Some("2024-06-20"))
        );
    }

    #[test]
    fn a_report_without_its_own_id_is_named_by_its_bytes() {
        let capture = interpret(&raw(Format::Text, b"abc")).unwrap().capture;
        assert_eq!(
            capture.id,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_text_of_line_ends_is_cut() {
        let read = |lines: usize| interpret(&raw(Format::Text, "a\n".repeat(lines).as_bytes())).unwrap();
        assert_eq!(read(MAX_LINES - 1).warnings, []);
        let cut = read(MAX_LINES + 9);
        assert_eq!(cut.capture.content.as_str().lines().count(), MAX_LINES);
        assert_eq!(cut.warnings.len(), 1);
        // The end of a line of two letters is one end.
        let two = interpret(&raw(Format::Text, "a\r\n".repeat(MAX_LINES - 1).as_bytes())).unwrap();
        assert_eq!(two.warnings, []);
    }

    #[test]
    fn what_holds_no_report_is_told_with_its_line() {
        let told = |format, bytes: &str| interpret(&raw(format, bytes.as_bytes())).unwrap_err().to_string();
        assert!(told(Format::Json, "{no").starts_with("a:7: is not JSON"));
        assert!(told(Format::Json, "[1]").contains("not an object"));
        assert!(told(Format::Json, r#"{"title": "x", "text": " "}"#).contains("its fields: text, title"));
        assert!(told(Format::Text, " \n\u{FEFF}".trim_end_matches('\u{FEFF}')).contains("empty"));
    }
}
