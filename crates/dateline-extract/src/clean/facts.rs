//! What a page says about itself, as evidence for the rooms behind this one.

use dateline_model::{Region, Span};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A date that the markup states, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDate {
    /// As written: `2020-10-01T08:30:00+07:00`, `Oct 1, 2020`.
    pub value: String,
    /// Where: `json-ld:datePublished`, `meta:article:published_time`, `itemprop:datePublished`, `time[datetime]`, `time`, …
    pub field: String,
    /// Bytes of the markup, where they were cheap to find.
    pub source: Option<Span>,
    /// Which part of the page says it.
    pub part: Part,
    /// Number of the line of shown text in or before which it stands.
    pub line: u32,
}

/// A part of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What the page says of itself: metadata, no shown text.
    #[default]
    Head,
    /// The page's own content.
    Main,
    /// Sidebars, menus, footers, lists of other articles.
    Aside,
    /// Boxes of other days: forecasts, calendars, what is on.
    OtherDays,
    /// What readers wrote.
    Comment,
}

/// The address of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageUrl {
    /// The address.
    pub url: String,
    /// Bytes of the content as received.
    pub source: Option<Span>,
}

/// A dateline: "HANOI, Oct 1 (Reuters)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Its words, without the dash.
    pub text: String,
    /// Which string `span` is of: the document's text, or (an outlet's own tag) the content as received.
    pub region: Region,
    /// Its place; `None` in a removed stretch of HTML.
    pub span: Option<Span>,
}

/// What is known of the place where an outlet is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newsroom {
    /// How its clocks go.
    pub zone: TimeZone,
    /// `9/10` is the tenth of September.
    pub month_first: bool,
}

impl Newsroom {
    /// The civil day there, at an instant.
    pub fn day(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }
}

/// What a page says about itself. All empty for plain text without addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Candidates for the publication date, in the order of the markup.
    pub dates: Vec<PageDate>,
    /// Images of the article, in order.
    pub images: Vec<ImageUrl>,
    /// The page's own address.
    pub canonical: Option<String>,
    /// The page's own address, as its buttons for sharing give it.
    pub shared: Option<String>,
    /// Name of the site.
    pub site_name: Option<String>,
    /// Headline, as the metadata give it.
    pub headline: Option<String>,
    /// Authors, as the metadata give them.
    pub authors: Vec<String>,
    /// Section.
    pub section: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Datelines, in the text or cut off it.
    pub datelines: Vec<Dateline>,
    /// Number of the line of shown text that is the article's headline.
    pub heading: Option<u32>,
    /// Where the outlet is made that the page's address belongs to, if the packs know it.
    pub newsroom: Option<Newsroom>,
}
