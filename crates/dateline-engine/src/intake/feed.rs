//! RSS, RDF and Atom, one item after the other; each becomes a record as JSON would bring it.

use super::records::{Origin, Step, problem};
use super::unpack::Stream;
use super::{Format, MAX_RECORD, Problem, Warning};
use encoding_rs::{Decoder, Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The items of a feed.
pub(super) struct Feed {
    origin: Origin,
    reader: Reader<BufReader<Recode>>,
    budget: Arc<AtomicU64>,
    /// What the feed says of all its items.
    outlet: Option<String>,
    language: Option<String>,
    record: u64,
    ended: bool,
}

/// Elements inside one item whose depth is followed; deeper ones are read as if they stood there.
const DEEPEST: usize = 64;

impl Feed {
    pub(super) fn new(origin: Origin, head: &[u8], stream: Stream) -> Feed {
        let budget = Arc::new(AtomicU64::new(MAX_RECORD as u64));
        let recode = Recode::new(stream, declared(head), Arc::clone(&budget));
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, recode));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Feed {
            origin,
            reader,
            budget,
            outlet: None,
            language: None,
            record: 0,
            ended: false,
        }
    }

    /// The next item's fields; `None` at the end.
    fn item(&mut self) -> Result<Option<Map<String, Value>>, quick_xml::Error> {
        let mut buffer = Vec::new();
        let mut item: Option<Item> = None;
        // The elements that are open, inside the item or above all items.
        let mut path: Vec<String> = Vec::new();
        let mut text = String::new();
        self.budget.store(MAX_RECORD as u64, Ordering::Relaxed);
        loop {
            buffer.clear();
            let event = self.reader.read_event_into(&mut buffer)?;
            match event {
                Event::Eof => return Ok(None),
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_string();
                    let markup = item.as_ref().is_some_and(|i| i.markup.is_some());
                    if matches!(name.as_str(), "item" | "entry") && item.is_none() {
                        item = Some(Item::default());
                        path.clear();
                    } else if markup {
                        text.push_str(&format!("<{}>", tag.as_ref()));
                        path.push(name);
                    } else {
                        if let Some(item) = &mut item {
                            item.start(&name, &tag, path.len());
                        }
                        text.clear();
                        path.push(name);
                    }
                    path.truncate(DEEPEST);
                }
                Event::Empty(tag) => {
                    let name = tag.local_name().as_ref().to_string();
                    if let Some(item) = &mut item {
                        if item.markup.is_some() {
                            text.push_str(&format!("<{}/>", tag.as_ref()));
                        } else {
                            item.start(&name, &tag, path.len());
                            item.markup = None;
                        }
                    }
                }
                Event::End(tag) => {
                    let name = tag.local_name().as_ref().to_string();
                    if path.is_empty() {
                        if let Some(item) = item.take() {
                            return Ok(Some(item.record(self.outlet.as_deref(), self.language.as_deref())));
                        }
                        continue;
                    }
                    path.pop();
                    let inside = item
                        .as_ref()
                        .and_then(|i| i.markup)
                        .is_some_and(|depth| path.len() > depth);
                    if inside {
                        text.push_str(&format!("</{name}>"));
                        continue;
                    }
                    let words = std::mem::take(&mut text);
                    match &mut item {
                        Some(item) => item.end(&name, words, path.last().map(String::as_str)),
                        None => self.about(&name, &words, path.last().map(String::as_str)),
                    }
                }
                Event::Text(words) => text.push_str(&words.xml10_content()),
                Event::CData(words) => text.push_str(&words.xml10_content()),
                Event::GeneralRef(name) => {
                    let known = name.resolve_char_ref().ok().flatten().map(String::from);
                    let known =
                        known.or_else(|| quick_xml::escape::resolve_predefined_entity(&name).map(str::to_string));
                    match known {
                        Some(letters) => text.push_str(&letters),
                        None => text.push_str(&format!("&{};", name.as_ref() as &str)),
                    }
                }
                _ => {}
            }
        }
    }

    /// What a field above the items says of all of them.
    fn about(&mut self, name: &str, words: &str, around: Option<&str>) {
        let words = words.trim();
        if words.is_empty() || words.len() > 400 {
            return;
        }
        match name {
            "title" if !matches!(around, Some("image" | "textInput")) => {
                self.outlet.get_or_insert_with(|| words.to_string());
            }
            "language" => {
                self.language.get_or_insert_with(|| words.to_string());
            }
            _ => {}
        }
    }
}

#[derive(Default)]
struct Item {
    title: String,
    url: String,
    published: String,
    updated: String,
    content: String,
    summary: String,
    authors: Vec<String>,
    /// The depth at which a field with markup of its own (`type="xhtml"`) began.
    markup: Option<usize>,
}

impl Item {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>, depth: usize) {
        let attribute = |name: &str| {
            let found = tag.try_get_attribute(name).ok().flatten()?;
            found
                .normalized_value(quick_xml::XmlVersion::default())
                .ok()
                .map(|v| v.into_owned())
        };
        match name {
            "link" => {
                let rel = attribute("rel");
                if let Some(href) = attribute("href").filter(|_| rel.is_none_or(|r| r == "alternate")) {
                    self.url = href;
                }
            }
            "content" | "summary" | "title" if attribute("type").as_deref() == Some("xhtml") => {
                self.markup = Some(depth);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, words: String, around: Option<&str>) {
        self.markup = None;
        let plain = words.trim();
        if plain.is_empty() {
            return;
        }
        // Media and source elements have titles and dates of their own.
        let inner = around.is_some_and(|a| a != "author");
        let set = |slot: &mut String| {
            if slot.is_empty() && !inner {
                *slot = plain.to_string();
            }
        };
        match name {
            "title" => set(&mut self.title),
            "link" => set(&mut self.url),
            "guid" | "id" if plain.starts_with("http") => set(&mut self.url),
            "pubDate" | "published" | "date" | "issued" | "created" => set(&mut self.published),
            "updated" | "modified" => set(&mut self.updated),
            "encoded" | "content" => set(&mut self.content),
            "description" | "summary" => set(&mut self.summary),
            "author" | "creator" | "name" => {
                let name = plain.to_string();
                let address = name.contains('@') && !name.contains(' ');
                if self.authors.len() < 16 && !address && !self.authors.contains(&name) {
                    self.authors.push(name);
                }
            }
            _ => {}
        }
    }

    /// The item as a record.
    fn record(self, outlet: Option<&str>, language: Option<&str>) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                fields.insert(name.into(), value.into());
            }
        };
        let title = without_tags(&self.title);
        let body = [&self.content, &self.summary].into_iter().find(|b| !b.is_empty());
        match body {
            Some(body) if body.contains('<') => put("html", &format!("<html><body>{body}</body></html>")),
            Some(body) => put("text", body),
            None => put("text", &title),
        }
        put("title", &title);
        put("url", &self.url);
        let date = if self.published.is_empty() {
            &self.updated
        } else {
            &self.published
        };
        put("published", &standard(date));
        put("outlet", outlet.unwrap_or(""));
        put("language", language.unwrap_or(""));
        if !self.authors.is_empty() {
            fields.insert("authors".into(), self.authors.into());
        }
        fields
    }
}

/// A date of a feed as ISO 8601; as written where it is of no known shape.
pub(super) fn standard(date: &str) -> String {
    match mail_parser::DateTime::parse_rfc822(date) {
        Some(stamp) if date.contains(' ') && stamp.is_valid() => stamp.to_rfc3339(),
        _ => date.to_string(),
    }
}

/// A title without the tags that some feeds leave in it.
fn without_tags(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let Some((_, after)) = tag.split_once('>') else {
            out.push('<');
            rest = tag;
            continue;
        };
        rest = after;
    }
    out.push_str(rest);
    out
}

impl Iterator for Feed {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.ended {
            return None;
        }
        match self.item() {
            Ok(None) => None,
            Ok(Some(fields)) => {
                self.record += 1;
                let bytes = Value::Object(fields).to_string().into_bytes();
                Some(Ok(self.origin.raw(Format::Json, Some(self.record - 1), None, bytes)))
            }
            Err(error) => {
                self.ended = true;
                let problem = match &error {
                    quick_xml::Error::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => Problem::RecordTooLong,
                    quick_xml::Error::Io(e) => problem(e, self.origin.packed),
                    other => Problem::Damaged(other.to_string()),
                };
                Some(Err(Warning::new(&self.origin.path, problem)))
            }
        }
    }
}

/// The encoding that an XML declaration names; UTF-8 without one.
fn declared(head: &[u8]) -> &'static Encoding {
    let text = String::from_utf8_lossy(&head[..head.len().min(200)]).into_owned();
    let label = text
        .split_once("encoding=")
        .map(|(_, rest)| rest.trim_start_matches(['"', '\'']))
        .and_then(|rest| rest.split(['"', '\'', '?', ' ']).next().map(str::to_string));
    label.and_then(|l| Encoding::for_label(l.as_bytes())).unwrap_or(UTF_8)
}

/// A stream in whatever encoding as UTF-8, with a bound on what one item may take.
struct Recode {
    input: Stream,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Decoded bytes that were not handed on yet.
    ready: Vec<u8>,
    at: usize,
    ended: bool,
    left: Arc<AtomicU64>,
}

impl Recode {
    fn new(input: Stream, encoding: &'static Encoding, left: Arc<AtomicU64>) -> Recode {
        Recode {
            input,
            decoder: encoding.new_decoder(),
            raw: vec![0; 1 << 14],
            ready: Vec::new(),
            at: 0,
            ended: false,
            left,
        }
    }
}

impl Read for Recode {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            if self.left.load(Ordering::Relaxed) == 0 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            let n = self.input.read(&mut self.raw)?;
            self.left.store(
                self.left.load(Ordering::Relaxed).saturating_sub(n as u64),
                Ordering::Relaxed,
            );
            self.ended = n == 0;
            let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16));
            let _ = self.decoder.decode_to_string(&self.raw[..n], &mut text, n == 0);
            self.ready = text.into_bytes();
            self.at = 0;
        }
        let n = out.len().min(self.ready.len() - self.at);
        out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::told;

    #[test]
    fn items_of_rss_bring_title_address_date_author_and_text() {
        let feed = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel>
            <title>Village Post</title><image><title>Logo</title></image><language>en</language>
            <item><title>Bridge &amp; river</title><link>https://post.example/1</link>
              <pubDate>Wed, 12 Jun 2024 08:30:00 +0700</pubDate><dc:creator>Ann Mill</dc:creator>
              <media:group><media:title>no</media:title></media:group>
              <description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item>
            <item><title>Second</title><guid>https://post.example/2</guid><description>&lt;b&gt;Words&lt;/b&gt; &#243;</description></item>
            <item><title>Only a title</title></item></channel></rss>"#;
        assert_eq!(
            told("a.xml", feed.as_bytes()),
            [
                "a.xml: <html><body><p>Long</p></body></html> | Bridge & river | https://post.example/1 | 2024-06-12T08:30:00+07:00 | Village Post | by Ann Mill",
                "a.xml: <html><body><b>Words</b> ó</body></html> | Second | https://post.example/2 | Village Post",
                "a.xml: Only a title | Only a title | Village Post",
            ]
        );
    }

    #[test]
    fn entries_of_atom_and_items_of_json_feed_do_too() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Village Post</title>
            <entry><title type="html">Bridge</title><link rel="self" href="https://post.example/self"/><link href="https://post.example/1"/>
              <id>urn:1</id><published>2024-06-12T08:30:00Z</published><updated>2024-06-13T00:00:00Z</updated>
              <author><name>Ann Mill</name></author>
              <content type="xhtml"><div xmlns="x"><p>One <b>two</b></p></div></content></entry></feed>"#;
        assert_eq!(
            told("a.xml", feed.as_bytes()),
            [
                "a.xml: <html><body><div xmlns=\"x\"><p>One <b>two</b></p></div></body></html> | Bridge | https://post.example/1 | 2024-06-12T08:30:00Z | Village Post | by Ann Mill"
            ]
        );
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "items", "items" : [
            {"id": "1", "url": "https://post.example/1", "title": "Bridge", "content_text": "Words", "date_published": "2024-06-12"},
            {"id": "2", "content_html": "<p>x</p>"}], "more": {"text": "no"}}"#;
        assert_eq!(
            told("a.json", feed.as_bytes()),
            [
                "a.json: Words | Bridge | https://post.example/1 | 2024-06-12",
                "a.json: <p>x</p>"
            ]
        );
    }

    #[test]
    fn broken_and_foreign_feeds_are_read_as_far_as_they_go() {
        let latin = b"<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>\xEC\xE8\xF0</title></item></channel></rss>";
        assert_eq!(told("a.xml", latin), ["a.xml: мир | мир"]);
        let cut = "<rss><channel><item><title>One</title></item><item><title>Two</ti";
        assert_eq!(told("a.xml", cut.as_bytes())[0], "a.xml: One | One");
        let loose = "<rss><channel><item><title>A & B</title><br></item><item><title>Two</title></wrong></item></channel></rss>";
        let read = told("a.xml", loose.as_bytes());
        assert!(read[0].starts_with("a.xml: A & B"), "{read:?}");
        let many = format!(
            "<rss><channel>{}</channel></rss>",
            "<item><title>x</title></item>".repeat(20_000)
        );
        assert_eq!(told("a.xml", many.as_bytes()).len(), 20_000);
    }

    #[test]
    fn a_mail_brings_subject_date_sender_and_words() {
        let mail = "From: Ann Mill <ann@post.example>\r\nTo: b@post.example\r\nSubject: =?utf-8?q?C=E1=BA=A7u_m=E1=BB=9Bi?=\r\n\
            Date: Wed, 12 Jun 2024 08:30:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nC=E1=BA=A7u =C4=91=C3=A3 xong.\r\n";
        assert_eq!(
            told("a.eml", mail.as_bytes()),
            ["a.eml: Cầu đã xong. | Cầu mới | 2024-06-12T08:30:00+07:00 | by Ann Mill"]
        );
        let page = mail
            .replace("text/plain", "text/html")
            .replace("C=E1=BA=A7u =C4=91=C3=A3 xong.", "<p>C=E1=BA=A7u</p>");
        assert!(told("a.eml", page.as_bytes())[0].starts_with("a.eml: <p>Cầu</p> | Cầu mới"));
        assert!(told("a.eml", b"Subject: x\r\n\r\n")[0].starts_with("! a.eml"));
    }
}
