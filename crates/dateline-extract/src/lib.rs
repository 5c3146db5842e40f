//! One report at a time: clean, date, time, names, speech, events.

use dateline_lang::{PackError, PackFiles};
use dateline_model::{AnnotatedDocument, Block, BlockKind, Capture, Document, Published, Span};

/// Everything that is compiled once: packs, matchers, tables. A value, passed on; shared between threads by reference.
pub struct Extractor {}

impl Extractor {
    /// Compiles the packs.
    ///
    /// # Errors
    /// A pack file that cannot be read as TOML, a pattern that cannot be compiled, a rule without an example.
    pub fn new(_files: &PackFiles) -> Result<Extractor, PackError> {
        Ok(Extractor {})
    }

    /// Reads one report. Never fails: what is unclear becomes a diagnostic.
    pub fn read(&self, capture: &Capture) -> AnnotatedDocument {
        let text = capture.content.as_str().to_string();
        let span = Span::new(0, text.len());
        let document = Document {
            id: capture.id.clone(),
            path: capture.path.clone(),
            record: capture.record,
            media_type: capture.media_type.clone(),
            language: "und".into(),
            blocks: vec![Block { kind: BlockKind::Body, span, source: Some(span) }],
            source_bytes: text.len() as u64,
            known: capture.known.clone(),
            text,
            ..Document::default()
        };
        AnnotatedDocument { document, ..AnnotatedDocument::default() }
    }

    /// Reads the same report again against another publication date (found out from its story).
    pub fn reanchor(&self, report: &AnnotatedDocument, published: Published) -> AnnotatedDocument {
        AnnotatedDocument { published, ..report.clone() }
    }
}
