//! What a file is, by its name and by how it begins.

use super::{decode, mbox, utf16};

/// What the bytes of one report are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain or scraped text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// One JSON record.
    Json,
    /// One CSV row under its header.
    Csv,
    /// A record of a web archive: a server's answer.
    Warc,
    /// An e-mail.
    Mail,
    /// A PDF.
    Pdf,
}

/// All formats, for reading kept words.
const FORMATS: [Format; 8] = [
    Format::Text,
    Format::Markdown,
    Format::Html,
    Format::Json,
    Format::Csv,
    Format::Warc,
    Format::Mail,
    Format::Pdf,
];

impl Format {
    /// The word the store keeps.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Warc => "warc",
            Format::Mail => "mail",
            Format::Pdf => "pdf",
        }
    }

    /// The format of a kept word.
    pub fn parse(word: &str) -> Option<Format> {
        FORMATS.into_iter().find(|f| f.as_str() == word)
    }
}

/// How a file is cut into reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// The file is one report.
    Whole(Format),
    /// A JSON array, an object, or several one after the other.
    Json,
    /// One JSON record a line.
    JsonLines,
    /// Rows under a header.
    Csv {
        /// What stands between two cells.
        delimiter: u8,
    },
    /// Records of a web archive.
    Warc,
    /// E-mails, one behind the other.
    Mbox,
    /// Files, packed together.
    Zip,
    /// Items of RSS, RDF or Atom.
    Feed,
    /// Items of a JSON Feed.
    JsonFeed,
    /// Not text.
    Binary,
}

/// The fields of a record that the program knows.
pub(super) const FIELDS: [&str; 10] = [
    "url",
    "title",
    "text",
    "html",
    "published",
    "retrieved",
    "outlet",
    "language",
    "id",
    "authors",
];

/// Control characters in a thousand bytes above which a file is binary. Chosen, not measured: text has tabs and line ends only.
const MAX_CONTROL_PER_MILLE: usize = 50;

/// Decides by the name (without `.gz`, `.zst`) and the first bytes; where they contradict each other, the bytes win.
pub(super) fn detect(name: &str, head: &[u8]) -> Container {
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst", ".gzip", ".zstd"]
        .iter()
        .find_map(|ext| name.strip_suffix(ext))
        .unwrap_or(&name);
    let ext = name
        .rsplit('/')
        .next()
        .and_then(|n| n.rsplit_once('.'))
        .map_or("", |(_, ext)| ext);
    if head.starts_with(b"WARC/1.") {
        return Container::Warc;
    }
    if head.starts_with(b"PK\x03\x04") {
        return Container::Zip;
    }
    if is_pdf(head) {
        return Container::Whole(Format::Pdf);
    }
    if is_binary(head) {
        return Container::Binary;
    }
    if is_mbox(head) {
        return Container::Mbox;
    }
    let head = decode(head, None).text;
    let start = head.trim_start();
    let markup = looks_like_html(start);
    if is_feed(start) {
        return Container::Feed;
    }
    if start.starts_with('{') && start.contains("jsonfeed.org/version") {
        return Container::JsonFeed;
    }
    match ext {
        "eml" => Container::Whole(Format::Mail),
        "jsonl" | "ndjson" | "jsonlines" => Container::JsonLines,
        "json" if start.starts_with(['{', '[']) => json(start, ext),
        "csv" | "tsv" => Container::Csv {
            delimiter: delimiter(start, ext),
        },
        "html" | "htm" | "xhtml" | "shtml" if start.contains('<') => Container::Whole(Format::Html),
        "md" | "markdown" if !markup => Container::Whole(Format::Markdown),
        _ if markup => Container::Whole(Format::Html),
        "" if is_mail(start) => Container::Whole(Format::Mail),
        _ if begins_with_record(start) => json(start, ext),
        _ if has_known_header(start) => Container::Csv {
            delimiter: delimiter(start, ext),
        },
        _ => Container::Whole(Format::Text),
    }
}

fn is_binary(head: &[u8]) -> bool {
    if utf16::unit(head).is_some() {
        return false;
    }
    let control = head
        .iter()
        .filter(|b| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
        .count();
    head.contains(&0) || control * 1000 > head.len() * MAX_CONTROL_PER_MILLE
}

/// Some writers leave bytes before the mark; every reader allows a kilobyte of them.
fn is_pdf(head: &[u8]) -> bool {
    const MARK: &[u8] = b"%PDF-";
    let early = &head[..head.len().min(1024 + MARK.len())];
    head.starts_with(MARK) || head.contains(&0) && early.windows(MARK.len()).any(|w| w == MARK)
}

fn looks_like_html(start: &str) -> bool {
    let mut rest = start;
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after).trim_start();
    }
    if let Some(declaration) = rest.strip_prefix("<?xml") {
        rest = declaration.split_once("?>").map_or("", |(_, after)| after).trim_start();
    }
    let tag = rest.get(..9).unwrap_or(rest).to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<article", "<div", "<meta"]
        .iter()
        .any(|t| tag.starts_with(t))
}

/// The first element, behind declarations and comments, is that of a feed.
fn is_feed(start: &str) -> bool {
    let mut rest = start.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(after) = ["<?", "<!--"]
        .iter()
        .find_map(|open| rest.strip_prefix(open).map(|r| (*open, r)))
    {
        let close = if after.0 == "<?" { "?>" } else { "-->" };
        rest = after.1.split_once(close).map_or("", |(_, r)| r).trim_start();
    }
    let tag: String = rest
        .chars()
        .take_while(|c| !matches!(c, ' ' | '>' | '\n' | '\r' | '\t'))
        .collect();
    matches!(tag.as_str(), "<rss" | "<feed" | "<rdf:RDF") || tag == "<channel"
}

/// An announcement of a message, and a field below it.
fn is_mbox(head: &[u8]) -> bool {
    let head = head.strip_prefix(mbox::BOM).unwrap_or(head).trim_ascii_start();
    let mut lines = head.split(|b| *b == b'\n');
    lines.next().is_some_and(mbox::announces) && lines.next().is_some_and(mbox::is_field)
}

/// Three fields of an e-mail's head before the first empty line.
fn is_mail(start: &str) -> bool {
    let mut found = Vec::new();
    for line in start.lines().take(60).take_while(|l| !l.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        if mbox::FIELDS.contains(&name.as_str()) && !found.contains(&name) {
            found.push(name);
        }
    }
    found.len() >= 3
}

/// A first line that is a whole object, or an array or object that names one of our fields early.
fn begins_with_record(start: &str) -> bool {
    let early = start.get(..400.min(start.len())).unwrap_or(start);
    let opens =
        start.starts_with("{\"") || (start.starts_with(['{', '[']) && start[1..].trim_start().starts_with(['{', '"']));
    opens && (early.contains("\":") || early.contains("\" :"))
}

/// One record a line, or values that span lines.
fn json(start: &str, ext: &str) -> Container {
    let mut lines = start.lines();
    let first = lines.next().unwrap_or("").trim_end();
    let whole = first.starts_with('{') && first.ends_with('}') && first.len() > 2;
    if whole && ext != "json" && lines.next().is_some_and(|l| l.starts_with('{')) {
        Container::JsonLines
    } else {
        Container::Json
    }
}

fn header(start: &str, delimiter: u8) -> usize {
    let line = start.lines().next().unwrap_or("");
    line.split(delimiter as char)
        .filter(|cell| FIELDS.contains(&cell.trim().trim_matches('"').to_ascii_lowercase().as_str()))
        .count()
}

fn has_known_header(start: &str) -> bool {
    b",;\t".iter().any(|d| header(start, *d) >= 2)
}

fn delimiter(start: &str, ext: &str) -> u8 {
    let best = b",;\t".iter().copied().max_by_key(|d| (header(start, *d), *d == b','));
    match best {
        Some(d) if header(start, d) > 0 => d,
        _ if ext == "tsv" => b'\t',
        _ => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Container::*;

    fn check(name: &str, head: &str, expected: Container) {
        assert_eq!(detect(name, head.as_bytes()), expected, "{name}: {head}");
    }

    #[test]
    fn name_and_content_decide_together() {
        check("a/b.txt", "Một bản tin", Whole(Format::Text));
        check("a/b.txt", "  <!DOCTYPE html><html>", Whole(Format::Html));
        check("a/b.txt.gz", "<!-- x --><html>", Whole(Format::Html));
        check("b.HTML", "<p>x", Whole(Format::Html));
        check("b.html", "chỉ có chữ", Whole(Format::Text));
        check("b.md", "# Tiêu đề", Whole(Format::Markdown));
        check("b.jsonl.zst", "", JsonLines);
        check("b.json", "[{\"text\": \"x\"}]", Json);
        check("b.json", "{\n  \"text\": \"x\"\n}", Json);
        check("b.json", "just words", Whole(Format::Text));
        check("-", "{\"text\": \"x\"}\n{\"text\": \"y\"}\n", JsonLines);
        check("-", "{\"text\": \"x\"}", Json);
        check("-", "id,text\n1,x", Csv { delimiter: b',' });
        check("x.csv", "id;title;text\n", Csv { delimiter: b';' });
        check("x.tsv", "a\tb\n", Csv { delimiter: b'\t' });
        check("x.txt", "[AFP] một bản tin", Whole(Format::Text));
        check("-", "WARC/1.0\r\nWARC-Type: warcinfo\r\n", Warc);
        check("a.zip", "PK\u{3}\u{4}", Zip);
        check("-", "<?xml version=\"1.0\"?>\n<!-- x --><rss version=\"2.0\">", Feed);
        check("a.xml", "<feed xmlns=\"http://www.w3.org/2005/Atom\">", Feed);
        check("a.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"", JsonFeed);
        check("a.eml", "Subject: x\n\nwords", Whole(Format::Mail));
        check(
            "-",
            "From: a@b.example\nTo: c@d.example\nSubject: x\n\nwords",
            Whole(Format::Mail),
        );
        check("-", "From a@b.example Mon May  3 10:15:00 2021\nTo: c", Mbox);
        check(
            "-",
            "\u{FEFF}\nFrom - Mon May  3 10:15:00 2021\r\nX-Mozilla-Status: 1",
            Mbox,
        );
        check(
            "a.txt",
            "From Berlin 10:15 3 May 2021\nhttp://x.example/a",
            Whole(Format::Text),
        );
        check(
            "a.txt",
            "From noon on 3 May 2021 at 10:15\nthe road was shut.",
            Whole(Format::Text),
        );
        check("-", "From: here\nthe road leads on", Whole(Format::Text));
        check("-", "%PDF-1.4\n1 0 obj", Whole(Format::Pdf));
        assert_eq!(detect("x.pdf", b"\n\0%PDF-1.4\n"), Whole(Format::Pdf));
        assert_eq!(detect("x.txt", b"ab\0c"), Binary);
        assert_eq!(detect("x.txt", b"\xFF\xFEa\0b\0"), Whole(Format::Text));
        let wide: Vec<u8> = "{\"text\": \"không có dấu\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(detect("-", &wide), Json);
    }
}
