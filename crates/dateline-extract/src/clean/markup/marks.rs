//! What names, keys and shapes in markup give away.

use dom_query::NodeRef;

use super::STAMP_BYTES;
use crate::clean::facts::Part;

/// Nodes of an element that are looked at for its stamp.
const STAMP_NODES: usize = 24;

/// An element's words on one line; `None` where they are none, longer than `most` bytes, or spread over many nodes.
pub(super) fn bounded_text(node: &NodeRef<'_>, most: usize) -> Option<String> {
    let mut line = String::new();
    for inner in node.descendants_it().take(STAMP_NODES) {
        if !inner.is_text() {
            continue;
        }
        for word in inner.text().split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if line.len() > most {
                return None;
            }
        }
    }
    (!line.is_empty()).then_some(line)
}

/// Names of fields in scripts that say when the page was published.
pub(super) const SCRIPT_FIELDS: [&str; 17] = [
    "dateCreated",
    "createdAt",
    "created_at",
    "datePublished",
    "dateModified",
    "publishDate",
    "publishedDate",
    "publish_date",
    "published_at",
    "publishedAt",
    "published_date",
    "publicationDate",
    "publication_date",
    "pubDate",
    "firstPublished",
    "article:published_time",
    "postDate",
];

/// The value behind `"key":"…"` or `key: '…'`.
pub(super) fn after_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let at = text.find(key)?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let rest = text[at + key.len()..].trim_start_matches(['\\', '"', '\'']);
    let rest = rest.trim_start().strip_prefix([':', '='])?.trim_start();
    let rest = rest.trim_start_matches(['\\', '"', '\'']);
    let end = rest.find(['"', '\'', '\\', ',', '}', '<', '\n'])?;
    let value = &rest[..end];
    (value.len() <= STAMP_BYTES && value.bytes().filter(u8::is_ascii_digit).count() >= 6).then_some(value)
}

/// An address without its `%3A`.
pub(super) fn unescaped(address: &str) -> String {
    let mut out = Vec::with_capacity(address.len());
    let mut bytes = address.as_bytes().iter();
    while let Some(&b) = bytes.next() {
        let rest = bytes.as_slice();
        let hex = |n: usize| rest.get(n).and_then(|b| char::from(*b).to_digit(16));
        match (b, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                bytes.nth(1);
            }
            _ => out.push(b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The date that a script of one call writes where it stands: `showDate("2024/06/12 08:30")`.
pub(super) fn shown_by_call(script: &str) -> Option<&str> {
    let script = script.trim().trim_end_matches(';').trim_end();
    if script.len() > STAMP_BYTES {
        return None;
    }
    let (name, rest) = script.split_once('(')?;
    let lower = name.to_ascii_lowercase();
    let shows = ["date", "time", "write"].iter().any(|w| lower.contains(w));
    let plain = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'));
    let words = rest.strip_suffix(')')?.trim();
    let quote = words.chars().next().filter(|q| matches!(q, '"' | '\''))?;
    let words = words.strip_prefix(quote)?.strip_suffix(quote)?;
    (shows && plain && !words.contains(quote) && has_year_or_date(words)).then_some(words)
}

/// Whether an element is only read out to who cannot see the page.
pub(super) fn is_read_out(node: &NodeRef<'_>) -> bool {
    const NAMES: [&str; 8] = [
        "visuallyhidden",
        "visually-hidden",
        "sr-only",
        "screen-reader-text",
        "screenreader",
        "element-invisible",
        "aural",
        "offscreen",
    ];
    node.attr("class")
        .is_some_and(|class| class.split_ascii_whitespace().any(|w| NAMES.contains(&w)))
}

/// What the words of a class or an id say: the part of the page, and whether they speak of dates. The foot of an article holds
/// its byline as often as not.
pub(super) fn marks(value: &str, element: &str, in_article: bool) -> (Part, bool) {
    let (mut part, mut date) = (Part::Main, false);
    let value = value.to_ascii_lowercase();
    let whole_page = matches!(element, "article" | "header" | "html");
    for word in value.split([' ', '-', '_']) {
        match word {
            "footer" if in_article => {}
            "comments" | "comment" | "commentlist" | "disqus" | "respond" | "commentarea" | "reply" | "replies"
                if !whole_page && !matches!(element, "a" | "span" | "section") =>
            {
                part = Part::Comment;
            }
            "related" | "sidebar" | "widget" | "recent" | "teaser" | "teasers" | "recommended" | "similar"
            | "popular" | "latest" | "footer" | "promo" | "newsletter" | "trending" | "mostread" | "ticker"
            | "siblings" | "navigation" | "nav" | "menu" | "archives" | "breadcrumb" | "recommendations"
            | "morenews" | "copyright"
                if !whole_page =>
            {
                part = part.max(Part::Aside);
            }
            "calendar" | "events" | "weather" | "forecast" | "horoscope" if !whole_page => {
                part = part.max(Part::OtherDays);
            }
            "date" | "time" | "published" | "pubdate" | "timestamp" | "datetime" | "posted" | "publish" | "updated"
            | "created" | "datum" | "fecha" | "data" | "byline" | "meta" | "dateline" | "postmeta" | "entrydate" => {
                date = true
            }
            w if w.len() <= 20 && (w.contains("date") || w.ends_with("time")) && w != "update" => date = true,
            _ => {}
        }
    }
    (part, date)
}

/// Digits in a shape that a date may have; prices and counters are not kept.
pub(super) fn has_year_or_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut run, mut dotted) = (0usize, 0usize);
    for (at, &b) in bytes.iter().chain([&b' ']).enumerate() {
        if b.is_ascii_digit() {
            run += 1;
            continue;
        }
        if run == 4 && matches!(bytes[at - 4..at], [b'1', b'9', ..] | [b'2', b'0', ..]) || run == 8 {
            return true;
        }
        if (1..=2).contains(&run) && matches!(b, b'.' | b'/' | b'-' | b'\'' | 0xE2) {
            dotted += 1;
            if dotted >= 2 {
                return true;
            }
        }
        run = 0;
    }
    text.contains('\'') && text.bytes().any(|b| b.is_ascii_digit())
}

/// Begins and ends a line of shown text.
pub(in crate::clean) fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "link"
            | "mark"
            | "meta"
            | "picture"
            | "q"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "style"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}
