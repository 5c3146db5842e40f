//! What a file is, by its name and by how it begins.

use super::decode;

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
}

impl Format {
    /// The word the store keeps.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv => "csv",
        }
    }

    /// The format of a kept word.
    pub fn parse(word: &str) -> Option<Format> {
        [Format::Text, Format::Markdown, Format::Html, Format::Json, Format::Csv]
            .into_iter()
            .find(|f| f.as_str() == word)
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
    if is_binary(head) {
        return Container::Binary;
    }
    let head = decode(head, None).text;
    let start = head.trim_start();
    let markup = looks_like_html(start);
    match ext {
        "jsonl" | "ndjson" | "jsonlines" => Container::JsonLines,
        "json" if start.starts_with(['{', '[']) => json(start, ext),
        "csv" | "tsv" => Container::Csv {
            delimiter: delimiter(start, ext),
        },
        "html" | "htm" | "xhtml" | "shtml" if start.contains('<') => Container::Whole(Format::Html),
        "md" | "markdown" if !markup => Container::Whole(Format::Markdown),
        _ if markup => Container::Whole(Format::Html),
        _ if begins_with_record(start) => json(start, ext),
        _ if has_known_header(start) => Container::Csv {
            delimiter: delimiter(start, ext),
        },
        _ => Container::Whole(Format::Text),
    }
}

fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return false;
    }
    let control = head
        .iter()
        .filter(|b| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
        .count();
    head.contains(&0)
        || control * 1000 > head.len() * MAX_CONTROL_PER_MILLE
        || head.starts_with(b"%PDF-")
        || head.starts_with(b"PK\x03\x04")
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
        assert_eq!(detect("x.txt", b"ab\0c"), Binary);
        assert_eq!(detect("x.txt", b"\xFF\xFEa\0b\0"), Whole(Format::Text));
    }
}
