//! From bytes to a [`Capture`]: decoded, with the fields that a record brings. Pure, so that threads can share the work.

use super::records::column;
use super::{Decoded, Format, MAX_TEXT, Problem, Raw, Warning, decode};
use dateline_model::{Capture, Content, Known};
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
    let mut text_of = |bytes: &[u8]| {
        let Decoded { text, bad } = decode(bytes);
        // A text that was cut may be cut inside a letter; that is no fault of the file.
        let cut = raw.digest.is_some() && bad.is_some_and(|(at, count)| count == 1 && at + 4 > bytes.len());
        warnings.extend(
            bad.filter(|_| !cut)
                .map(|(offset, count)| warn(Problem::NotUtf8 { offset, count })),
        );
        text
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
        Format::Csv => {
            let cells = row(raw).map_err(warn)?;
            record(cells).map_err(warn)?
        }
    };
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
    let mut cap = |mut text: String| {
        if text.len() > MAX_TEXT {
            text.truncate(text.floor_char_boundary(MAX_TEXT));
            warn(Problem::TextTooLong);
        }
        text
    };
    match content {
        Content::Text(text) => Content::Text(cap(text)),
        Content::Markdown(text) => Content::Markdown(cap(text)),
        Content::Html(text) => Content::Html(cap(text)),
    }
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
        .map(|(name, cell)| (column(name), Value::String(decode(cell).text)))
        .collect())
}

/// The content and the known fields of a record. `text` is taken before `html` where both are there.
fn record(mut fields: Fields) -> Result<(&'static str, Content, Known), Problem> {
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
    };
    let (text, html) = (take("text"), take("html"));
    let known = Known {
        authors: fields.remove("authors").map(list).unwrap_or_default(),
        ..known
    };
    match (text, html) {
        (Some(text), _) => Ok(("text/plain", Content::Text(text), known)),
        (None, Some(html)) => Ok(("text/html", Content::Html(html), known)),
        (None, None) => {
            let mut names: Vec<String> = fields.into_iter().map(|(name, _)| name).take(12).collect();
            names.extend(known.title.map(|_| "title".into()));
            Err(Problem::NoText(names.join(", ")))
        }
    }
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
