//! A report: as received, as cleaned, and with all that was read out of it.

use crate::{Attribution, Diagnostic, EventMention, Mention, Published, Region, RuleId, Span, Standing, Timex};
use serde::{Deserialize, Serialize};

/// What a record brought along and what the user said about the whole input. Empty strings are never stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The record's own id.
    pub id: Option<String>,
    /// Address of the report.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication date or time, as written.
    pub published: Option<String>,
    /// When it was collected, as written. A bound, never the date.
    pub retrieved: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// When the file says that it was made, as written: often when somebody saved it. A candidate for the publication date that
    /// never wins; not kept, for what it gave is.
    #[serde(skip)]
    pub created: Option<String>,
}

/// The content of a report, decoded, unchanged otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Plain or scraped text.
    Text(String),
    /// Markdown.
    Markdown(String),
    /// HTML.
    Html(String),
}

impl Content {
    /// The string as received.
    pub fn as_str(&self) -> &str {
        match self {
            Content::Text(s) | Content::Markdown(s) | Content::Html(s) => s,
        }
    }
}

/// One report as it came in. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The record's own id, else the SHA-256 of the bytes received, in hex.
    pub id: String,
    /// Path as the user gave it, with `/`.
    pub path: String,
    /// Number of the record in its file (from 0), where the file holds several.
    pub record: Option<u64>,
    /// Media type, e.g. `text/plain`.
    pub media_type: String,
    /// The content.
    pub content: Content,
    /// What is known from outside.
    pub known: Known,
}

/// What a stretch of the clean text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The headline.
    Headline,
    /// The first paragraph, where it sums up.
    Lead,
    /// A paragraph.
    Body,
    /// A heading inside the article.
    Subhead,
    /// A quotation that stands alone.
    Quote,
    /// An item of a list.
    List,
}

impl BlockKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Lead => "lead",
            BlockKind::Body => "body",
            BlockKind::Subhead => "subhead",
            BlockKind::Quote => "quote",
            BlockKind::List => "list",
        }
    }
}

/// A paragraph of the clean text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of [`Document::text`].
    pub span: Span,
    /// Bytes of the content as received; `None` where it was not text (HTML).
    pub source: Option<Span>,
}

/// Why a stretch was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RemovedKind {
    /// A menu path.
    Breadcrumb,
    /// Words under a picture, or the picture itself.
    Caption,
    /// Author line, time stamp line.
    Byline,
    /// Agency credit.
    Credit,
    /// "HANOI, Oct 1 -".
    Dateline,
    /// "Source: …" and link lines.
    Source,
    /// Other news.
    Related,
    /// Share buttons, comment boxes, forms.
    Widget,
    /// Advertisement.
    Advert,
    /// Cookie and copyright notices.
    Notice,
    /// A line that stands twice.
    Duplicate,
}

impl RemovedKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            RemovedKind::Breadcrumb => "breadcrumb",
            RemovedKind::Caption => "caption",
            RemovedKind::Byline => "byline",
            RemovedKind::Credit => "credit",
            RemovedKind::Dateline => "dateline",
            RemovedKind::Source => "source",
            RemovedKind::Related => "related",
            RemovedKind::Widget => "widget",
            RemovedKind::Advert => "advert",
            RemovedKind::Notice => "notice",
            RemovedKind::Duplicate => "duplicate",
        }
    }
}

/// A stretch that cleaning took out, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Why.
    pub kind: RemovedKind,
    /// Bytes of the content as received; `None` where it was not text (HTML).
    pub source: Option<Span>,
    /// Its words.
    pub text: String,
    /// Rule that removed it.
    pub rule: RuleId,
}

/// An agency or outlet that the report says it draws on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Canonical name where known, else the words.
    pub name: String,
    /// Which string `span` is of: [`Region::Text`], or [`Region::Removed`] (the content as received).
    pub region: Region,
    /// Its place.
    pub span: Span,
    /// Rule.
    pub rule: RuleId,
}

/// A cleaned report. `text` is NFC and never changes again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// See [`Capture::id`].
    pub id: String,
    /// See [`Capture::path`].
    pub path: String,
    /// See [`Capture::record`].
    pub record: Option<u64>,
    /// Address.
    pub url: Option<String>,
    /// Media type.
    pub media_type: String,
    /// Language tag: `vi`, `en`, or `und`.
    pub language: String,
    /// Headline.
    pub headline: Option<String>,
    /// Outlet, canonical where known.
    pub outlet: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Agencies credited for the report as a whole.
    pub credits: Vec<Credit>,
    /// The clean article, headline first, paragraphs separated by one newline.
    pub text: String,
    /// Its paragraphs, in order; they do not overlap.
    pub blocks: Vec<Block>,
    /// What was left out.
    pub removed: Vec<Removed>,
    /// What was known from outside.
    pub known: Known,
    /// The content as received has this many bytes.
    pub source_bytes: u64,
}

/// A document and all its stand-off annotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AnnotatedDocument {
    /// The clean report.
    pub document: Document,
    /// Publication date.
    pub published: Published,
    /// Expressions of time, by start.
    pub timexes: Vec<Timex>,
    /// Names, roles and pronouns, by start.
    pub mentions: Vec<Mention>,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// What happened.
    pub events: Vec<EventMention>,
    /// What is told to stand, by start.
    pub standings: Vec<Standing>,
    /// Doubts.
    pub diagnostics: Vec<Diagnostic>,
    /// Bytes of each sentence of the text, in order.
    pub sentences: Vec<Span>,
}
