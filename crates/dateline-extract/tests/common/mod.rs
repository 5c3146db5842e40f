//! What tests of sentences share.

use dateline_extract::Extractor;
use dateline_model::{AnnotatedDocument, Capture, Content, Known};

/// A text in a language, read as a report of a day, or of an unknown one.
pub(crate) fn report(extractor: &Extractor, tag: &str, published: Option<&str>, text: &str) -> AnnotatedDocument {
    extractor.read(&Capture {
        id: "sentence".into(),
        path: "sentence.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content: Content::Text(text.to_string()),
        known: Known {
            language: Some(tag.into()),
            published: published.map(Into::into),
            ..Known::default()
        },
    })
}
