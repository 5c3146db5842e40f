//! What a room was unsure of.

use crate::Span;
use serde::{Deserialize, Serialize};

/// A warning with a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Room and kind, e.g. `time/weekday-conflict`.
    pub code: String,
    /// What happened and why.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
    /// Bytes of the document's text, where it is about words.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A diagnostic without a place in the text.
    pub fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            message: message.into(),
            help: help.into(),
            span: None,
        }
    }

    /// The same, about `span`.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }
}
