//! What a page's markup says about the report: one pass over all elements, JSON-LD, microdata, OpenGraph, `<time>`.

use super::facts::{ImageUrl, PageDate, PageFacts};
use dateline_model::Span;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Dates that are kept of one page; further ones are those of sidebars.
const MOST_DATES: usize = 40;

/// Longest text of an element that may be a time stamp, in bytes.
const STAMP_BYTES: usize = 160;

/// Longest headline, author or name that is believed, in bytes.
const NAME_BYTES: usize = 400;

/// Reads the facts of a page.
pub(super) fn read(html: &str, document: &Document, page: &mut PageFacts) {
    let mut facts = Facts {
        html,
        page,
        title: None,
        headings: Vec::new(),
        graph_title: None,
        described: None,
    };
    for node in document.root().descendants_it() {
        if node.is_element() {
            facts.element(&node);
        }
    }
    facts.finish();
}

struct Facts<'f> {
    html: &'f str,
    page: &'f mut PageFacts,
    title: Option<String>,
    headings: Vec<String>,
    graph_title: Option<String>,
    described: Option<String>,
}

impl Facts<'_> {
    fn element(&mut self, node: &NodeRef<'_>) {
        let name = node.node_name();
        match name.as_deref().unwrap_or("") {
            "html" => {
                self.page.language = node
                    .attr("lang")
                    .map(|l| l.trim().to_string())
                    .filter(|l| !l.is_empty())
            }
            "title" if self.title.is_none() => self.title = line_of(&node.text()),
            "h1" if self.headings.len() < 8 => self.headings.extend(line_of(&node.text())),
            "meta" => self.meta(node),
            "link" => {
                if node.attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) {
                    set(&mut self.page.canonical, node.attr("href").as_deref());
                }
            }
            "script" => {
                if node
                    .attr("type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
                {
                    self.json_ld(&node.text());
                }
            }
            "time" => {
                if let Some(value) = node.attr("datetime").filter(|v| !v.trim().is_empty()) {
                    self.date(&value, "time[datetime]".into());
                } else if let Some(text) = stamp(&node.text()) {
                    self.date(&text, "time".into());
                }
            }
            "body" | "main" | "article" | "header" | "section" => {}
            _ => self.other(node),
        }
        if let Some(property) = node.attr("itemprop") {
            self.microdata(node, &property);
        }
    }

    /// An element whose class or id speaks of dates or authors.
    fn other(&mut self, node: &NodeRef<'_>) {
        let words = [node.attr("class"), node.attr("id")];
        let mut marks = words.iter().flatten().flat_map(|v| {
            v.split([' ', '-', '_'])
                .map(str::to_ascii_lowercase)
                .collect::<Vec<_>>()
        });
        const DATE_MARKS: [&str; 9] = [
            "date",
            "time",
            "published",
            "pubdate",
            "timestamp",
            "datetime",
            "posted",
            "publish",
            "updated",
        ];
        if let Some(mark) = marks.find(|m| DATE_MARKS.contains(&m.as_str()) || m.contains("date") && m.len() <= 16)
            && let Some(text) = stamp(&node.text())
        {
            self.date(&text, format!("class:{mark}"));
        }
    }

    fn meta(&mut self, node: &NodeRef<'_>) {
        let key = ["property", "name", "http-equiv"].iter().find_map(|a| node.attr(a));
        let (Some(key), Some(value)) = (key, node.attr("content")) else {
            return;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if value.is_empty() {
            return;
        }
        match key.as_str() {
            "og:title" | "twitter:title" => set(&mut self.graph_title, Some(value)),
            "og:site_name" => set(&mut self.page.site_name, Some(value)),
            "og:url" => set(&mut self.page.canonical, Some(value)),
            "og:image" | "og:image:url" | "twitter:image" => self.image(value),
            "og:locale" | "language" | "content-language" if self.page.language.is_none() => {
                self.page.language = Some(value.to_string());
            }
            "article:section" => set(&mut self.page.section, Some(value)),
            "author" | "article:author" | "dc.creator" | "byl" | "sailthru.author" | "parsely-author" => {
                self.author(value)
            }
            "headline" | "dc.title" => set(&mut self.described, Some(value)),
            _ => {
                let dated = ["date", "time", "published", "modified", "issued", "created"]
                    .iter()
                    .any(|m| key.contains(m));
                if dated && value.len() <= STAMP_BYTES && value.bytes().any(|b| b.is_ascii_digit()) {
                    self.date(value, format!("meta:{key}"));
                }
            }
        }
    }

    fn microdata(&mut self, node: &NodeRef<'_>, property: &str) {
        let value = ["content", "datetime"]
            .iter()
            .find_map(|a| node.attr(a))
            .unwrap_or_else(|| node.text());
        match property {
            "datePublished" | "dateModified" | "dateCreated" | "uploadDate" => {
                if let Some(text) = stamp(&value) {
                    self.date(&text, format!("itemprop:{property}"));
                }
            }
            "headline" => self.described = self.described.take().or_else(|| line_of(&value)),
            "author" => self.author(&value),
            _ => {}
        }
    }

    fn json_ld(&mut self, text: &str) {
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim()
            .trim_end_matches(';');
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.thing(&value, 0),
            Err(_) => {
                // Broken JSON is common; the two keys that matter are found all the same.
                for key in ["datePublished", "dateModified"] {
                    let quoted = format!("\"{key}\"");
                    if let Some(at) = text.find(&quoted) {
                        let rest = text[at + quoted.len()..]
                            .trim_start()
                            .trim_start_matches(':')
                            .trim_start();
                        if let Some(value) = rest.strip_prefix('"').and_then(|r| r.split('"').next())
                            && value.len() <= STAMP_BYTES
                        {
                            self.date(value, format!("json-ld:{key}"));
                        }
                    }
                }
            }
        }
    }

    fn thing(&mut self, value: &Value, depth: usize) {
        if depth > 6 {
            return;
        }
        let object = match value {
            Value::Array(items) => {
                for item in items.iter().take(50) {
                    self.thing(item, depth + 1);
                }
                return;
            }
            Value::Object(object) => object,
            _ => return,
        };
        for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
            if let Some(inner) = object.get(key) {
                self.thing(inner, depth + 1);
            }
        }
        let kind = match object.get("@type") {
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
            Some(kind) => kind.as_str(),
            None => None,
        };
        let kind = kind.unwrap_or("");
        let article = ["Article", "Posting", "Report", "Review"]
            .iter()
            .any(|k| kind.ends_with(k));
        for key in ["datePublished", "dateModified", "dateCreated", "uploadDate"] {
            if let Some(text) = object.get(key).and_then(Value::as_str) {
                let field = if article {
                    format!("json-ld:{key}")
                } else {
                    format!("json-ld:{kind}.{key}")
                };
                self.date(text, field);
            }
        }
        if !article {
            if matches!(kind, "WebSite" | "NewsMediaOrganization") && self.page.site_name.is_none() {
                set(&mut self.page.site_name, object.get("name").and_then(Value::as_str));
            }
            return;
        }
        set(&mut self.described, object.get("headline").and_then(Value::as_str));
        set(&mut self.page.section, first_text(object.get("articleSection")));
        if self.page.canonical.is_none() {
            let own = object.get("url").and_then(Value::as_str);
            let main = object
                .get("mainEntityOfPage")
                .and_then(|m| m.as_str().or_else(|| m.get("@id").and_then(Value::as_str)));
            set(&mut self.page.canonical, own.or(main).filter(|u| u.contains("://")));
        }
        if let Some(publisher) = object.get("publisher") {
            set(&mut self.page.site_name, publisher.get("name").and_then(Value::as_str));
        }
        match object.get("author") {
            Some(Value::Array(authors)) => authors.iter().take(8).for_each(|a| self.author_value(a)),
            Some(author) => self.author_value(author),
            None => {}
        }
        match object.get("image") {
            Some(Value::Array(images)) => images.iter().take(8).for_each(|i| self.image_value(i)),
            Some(image) => self.image_value(image),
            None => {}
        }
    }

    fn author_value(&mut self, value: &Value) {
        if let Some(name) = value.as_str().or_else(|| value.get("name").and_then(Value::as_str)) {
            self.author(name);
        }
    }

    fn image_value(&mut self, value: &Value) {
        if let Some(url) = value.as_str().or_else(|| value.get("url").and_then(Value::as_str)) {
            self.image(url);
        }
    }

    fn author(&mut self, name: &str) {
        let Some(name) = line_of(name) else { return };
        let name = ["By ", "by ", "BY "]
            .iter()
            .find_map(|p| name.strip_prefix(p))
            .unwrap_or(&name)
            .to_string();
        let believed = name.len() <= 80
            && !name.contains("://")
            && !name.starts_with('@')
            && name.chars().any(char::is_alphabetic);
        if believed && !self.page.authors.contains(&name) {
            self.page.authors.push(name);
        }
    }

    fn image(&mut self, url: &str) {
        if !self.page.images.iter().any(|i| i.url == url) {
            let source = self.place(url);
            self.page.images.push(ImageUrl {
                url: url.to_string(),
                source,
            });
        }
    }

    fn date(&mut self, value: &str, field: String) {
        let value = value.trim();
        let seen = self.page.dates.iter().any(|d| d.value == value && d.field == field);
        if value.is_empty() || seen || self.page.dates.len() >= MOST_DATES {
            return;
        }
        let source = self.place(value);
        self.page.dates.push(PageDate {
            value: value.to_string(),
            field,
            source,
        });
    }

    /// Where the words stand in the markup; nothing where they are escaped there.
    fn place(&self, words: &str) -> Option<Span> {
        if words.len() < 6 {
            return None;
        }
        self.html.find(words).map(|at| Span::new(at, at + words.len()))
    }

    /// The headline: what describes the article, else what stands over it, else the page's title without the site's name.
    fn finish(self) {
        let Facts {
            page,
            title,
            headings,
            graph_title,
            described,
            ..
        } = self;
        let plain = |text: Option<String>| text.and_then(|t| line_of(&t)).filter(|t| t.len() <= NAME_BYTES);
        let titles = [plain(graph_title), plain(title)];
        let over = headings
            .iter()
            .find(|h| titles.iter().flatten().any(|t| t.contains(h.as_str())) && h.split(' ').count() >= 2);
        let bare = titles
            .iter()
            .flatten()
            .next()
            .map(|t| without_site(t, page.site_name.as_deref()));
        page.headline = over.cloned().or(plain(described)).or(bare);
        if let Some(site) = &page.site_name {
            let site = site.to_lowercase();
            page.authors.retain(|a| a.to_lowercase() != site);
        }
    }
}

/// "Headline | Site", "Headline - Site".
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let named = site.is_some_and(|s| s.eq_ignore_ascii_case(tail.trim()));
            if named || tail.split(' ').count() <= 4 && head.split(' ').count() >= 4 {
                return head.trim().to_string();
            }
        }
    }
    title.to_string()
}

fn set(slot: &mut Option<String>, value: Option<&str>) {
    if slot.is_none() {
        *slot = value
            .map(str::trim)
            .filter(|v| !v.is_empty() && v.len() <= 2_000)
            .map(str::to_string);
    }
}

fn first_text(value: Option<&Value>) -> Option<&str> {
    match value? {
        Value::Array(items) => items.first()?.as_str(),
        other => other.as_str(),
    }
}

/// The words on one line, white space made single.
fn line_of(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Short and with a digit: may be a time stamp.
fn stamp(text: &str) -> Option<String> {
    let line = line_of(text.get(..text.len().min(4 * STAMP_BYTES)).unwrap_or(""))?;
    (line.len() <= STAMP_BYTES && line.bytes().any(|b| b.is_ascii_digit())).then_some(line)
}
