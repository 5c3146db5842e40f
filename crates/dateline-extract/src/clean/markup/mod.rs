//! What a page's markup says about the report: one pass over all elements, JSON-LD, microdata, OpenGraph, `<time>`.

mod graph;
mod marks;

use crate::clean::facts::{ImageUrl, PageDate, PageFacts, Part};
use dateline_model::Span;
use dom_query::{Document, NodeRef};
pub(super) use marks::is_block;
use marks::{SCRIPT_FIELDS, after_key, bounded_text, has_year_or_date, is_read_out, marks, shown_by_call, unescaped};

/// Dates that are kept of one page's metadata and shown text each; further ones are those of lists.
const MOST_DATES: usize = 150;
/// Images, and authors, that are kept of one page: an article has few, and each is looked for in the whole page.
const MOST_IMAGES: usize = 24;

/// Dates whose place in the markup is looked for: each costs a search through the page.
const MOST_PLACES: usize = 24;

/// Longest text of an element that may be a time stamp, in bytes.
const STAMP_BYTES: usize = 160;

/// Longest line of shown text that is looked at for a stamp; of longer ones their beginning. In bytes.
const LINE_BYTES: usize = 240;

/// Longest headline, author or name that is believed, in bytes.
const NAME_BYTES: usize = 400;

/// Longest script that is searched for a field of publication, in bytes.
const SCRIPT_BYTES: usize = 400_000;

/// Reads the facts of a page.
pub(super) fn read(html: &str, document: &Document, page: &mut PageFacts) {
    let mut facts = Facts {
        html,
        page,
        title: None,
        headings: Vec::new(),
        graph_title: None,
        described: None,
        line: Open::default(),
        lines: 0,
        shown: 0,
        roots: Vec::new(),
    };
    facts.over(document.root());
    facts.finish();
}

/// Whether an element stands beside the article, by its class or id: related articles, comments, boxes of other days, who wrote it, what
/// asks for money, an address or consent.
pub(super) fn is_beside(node: &NodeRef<'_>, name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "subscribe",
        "subscription",
        "signup",
        "donate",
        "donation",
        "paywall",
        "author",
        "authors",
        "bio",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "sponsor",
        "sponsored",
        "share",
        "social",
        "modal",
    ];
    let beside = |attribute| {
        node.attr(attribute).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            marks(&value, name, false).0 > Part::Main || value.split([' ', '-', '_']).any(|w| NAMES.contains(&w))
        })
    };
    is_block(name) && !matches!(name, "html" | "body" | "main" | "article") && (beside("class") || beside("id"))
}

/// Where the walk stands.
#[derive(Clone, Copy)]
struct Place {
    part: Part,
    /// Number of the block that the words belong to.
    block: u32,
    /// Number of the block that made the part what it is.
    root: u32,
    linked: bool,
    /// The block, or an element around the words in it, speaks of dates.
    marked: bool,
    heading: bool,
    /// That heading is only read out.
    hidden: bool,
    /// Inside an article: its foot is not the page's.
    article: bool,
}

/// A heading: its words, the number of its line, whether it is of the first order, the block that sets its part of the page.
struct Heading {
    text: String,
    line: u32,
    first: bool,
    root: u32,
    /// Only read out to who cannot see the page: it stands anywhere.
    hidden: bool,
}

/// The line of shown text that is being read.
#[derive(Default)]
struct Open {
    text: String,
    block: u32,
    root: u32,
    part: Part,
    marked: bool,
    heading: bool,
    hidden: bool,
    letters: usize,
    linked: usize,
}

struct Facts<'f> {
    html: &'f str,
    page: &'f mut PageFacts,
    title: Option<String>,
    /// Headings with the number of their line.
    headings: Vec<Heading>,
    graph_title: Option<String>,
    described: Option<String>,
    line: Open,
    lines: u32,
    /// Dates of shown text.
    shown: usize,
    /// For each date, the block that sets its part of the page.
    roots: Vec<u32>,
}

impl Facts<'_> {
    /// Without recursion: pages may be nested deeper than a stack.
    fn over(&mut self, root: NodeRef<'_>) {
        let start = Place {
            part: Part::Main,
            block: 0,
            root: 0,
            linked: false,
            marked: false,
            heading: false,
            hidden: false,
            article: false,
        };
        let mut blocks = 0;
        let mut todo = vec![(root, start)];
        while let Some((node, place)) = todo.pop() {
            if node.is_text() {
                self.words(&node.text(), place);
                continue;
            }
            let mut inner = place;
            if node.is_element() {
                let name = node.node_name();
                let name = name.as_deref().unwrap_or("");
                if is_block(name) {
                    blocks += 1;
                    inner.block = blocks;
                    inner.marked = false;
                    inner.heading = false;
                }
                blocks += u32::from(!is_block(name));
                self.element(&node, name, &mut inner);
                if inner.part != place.part {
                    inner.root = blocks;
                }
                if matches!(
                    name,
                    "script" | "style" | "noscript" | "template" | "svg" | "select" | "textarea" | "title" | "iframe"
                ) {
                    continue;
                }
            }
            todo.extend(node.children_it(true).map(|child| (child, inner)));
        }
        self.flush();
    }

    fn words(&mut self, text: &str, place: Place) {
        if self.line.block != place.block {
            self.flush();
            self.line.block = place.block;
            self.line.part = place.part;
        }
        let line = &mut self.line;
        line.marked |= place.marked;
        line.heading |= place.heading;
        line.hidden |= place.heading && place.hidden;
        // Sidebars in the middle of a block make the whole line one.
        if place.part > line.part || line.root == 0 {
            line.part = line.part.max(place.part);
            line.root = place.root;
        }
        let limit = 2 * LINE_BYTES;
        for word in text.split_whitespace() {
            if line.text.len() > limit {
                break;
            }
            if !line.text.is_empty() {
                line.text.push(' ');
            }
            line.text.push_str(word);
            line.letters += word.len();
            line.linked += if place.linked { word.len() } else { 0 };
        }
    }

    /// The end of a line of shown text: a headline, a line with a date, or only one more.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.text.is_empty() {
            return;
        }
        self.lines += 1;
        if line.heading && self.headings.len() < 24 {
            self.headings.push(Heading {
                text: line.text.clone(),
                line: self.lines,
                first: true,
                root: line.root,
                hidden: line.hidden,
            });
        }
        let mut part = line.part;
        // A link with more than a date in it leads to another article.
        if line.linked * 2 > line.letters && line.text.split(' ').count() > 8 {
            part = part.max(Part::Aside);
        }
        if !line.text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let long = line.text.len() > LINE_BYTES;
        let field = match (line.marked, long) {
            (true, false) => "line:marked",
            (_, false) => "line",
            (_, true) => "line:long",
        };
        let end = line.text.floor_char_boundary(LINE_BYTES.min(line.text.len()));
        if has_year_or_date(&line.text[..end]) {
            let number = self.lines;
            self.stated(&line.text[..end], field.into(), part, number, line.root);
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, place: &mut Place) {
        match name {
            "html" => {
                self.page.language = node
                    .attr("lang")
                    .map(|l| l.trim().to_string())
                    .filter(|l| !l.is_empty());
                return;
            }
            "title" if self.title.is_none() => self.title = line_of(&node.text()),
            "h1" => {
                place.heading = true;
                place.hidden = is_read_out(node);
            }
            "h2" | "h3" => {
                if self.headings.len() < 24
                    && let Some(text) = bounded_text(node, NAME_BYTES)
                {
                    self.headings.push(Heading {
                        text,
                        line: self.lines + 1,
                        first: false,
                        root: place.root,
                        hidden: is_read_out(node),
                    });
                }
            }
            "meta" => self.meta(node),
            "link" if node.attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                set(&mut self.page.canonical, node.attr("href").as_deref());
            }
            "script" => {
                let kind = node.attr("type").unwrap_or_default();
                if kind.trim().eq_ignore_ascii_case("application/ld+json") {
                    self.json_ld(&node.text());
                } else {
                    let text = node.text();
                    self.script(&text);
                    if let Some(date) = shown_by_call(&text) {
                        self.stated(date, "line".into(), place.part, self.lines, place.root);
                    }
                }
                return;
            }
            "a" => place.linked = true,
            "article" => place.article = true,
            "footer" if place.article => {}
            "aside" | "nav" | "footer" | "menu" => place.part = place.part.max(Part::Aside),
            _ => {}
        }
        let mut marked = false;
        for attribute in node.attrs() {
            let value = &attribute.value;
            match &*attribute.name.local {
                "class" | "id" if !matches!(name, "body" | "main") => {
                    let (part, date) = marks(value, name, place.article);
                    place.part = place.part.max(part);
                    place.article |= value
                        .split(' ')
                        .any(|w| ["article", "news-single", "hentry"].contains(&w));
                    marked |= date;
                }
                "itemprop" => self.microdata(node, value, place),
                "property" if name != "meta" => self.rdfa(node, value, place),
                "datetime" if name == "time" => {}
                data if data.starts_with("data-")
                    && ["date", "time", "publish", "created"].iter().any(|w| data.contains(w))
                    && (8..=40).contains(&value.len())
                    && value.bytes().filter(u8::is_ascii_digit).count() >= 6 =>
                {
                    self.stated(value, format!("data:{data}"), place.part, self.lines, place.root);
                }
                "href" if name == "a" => self.shared(value),
                _ => {}
            }
        }
        if name == "time" {
            self.time(node, place);
        } else if matches!(name, "abbr" | "span") && marked {
            // Microformats: the day for machines stands in the title.
            if let Some(title) = node
                .attr("title")
                .filter(|t| t.bytes().filter(u8::is_ascii_digit).count() >= 5)
            {
                self.stated(&title, "title".into(), place.part, self.lines, place.root);
            }
        }
        if marked {
            place.marked = true;
            if is_block(name)
                && let Some(text) = bounded_text(node, STAMP_BYTES)
                && text.bytes().any(|b| b.is_ascii_digit())
            {
                let line = self.lines + 1;
                self.stated(&text, "class".into(), place.part, line, place.root);
            }
        }
    }

    /// `<time>`, with what its attributes say of it.
    fn time(&mut self, node: &NodeRef<'_>, place: &Place) {
        let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
        let property = node.attr("itemprop").unwrap_or_default().to_ascii_lowercase();
        if property.starts_with("date") {
            return;
        }
        let kind = if node.has_attr("pubdate") || class.contains("publish") || class.contains("entry-date") {
            "time[pubdate]"
        } else if class.contains("updated") || class.contains("modified") {
            "time[updated]"
        } else {
            "time[datetime]"
        };
        if let Some(value) = node.attr("datetime").filter(|v| v.bytes().any(|b| b.is_ascii_digit())) {
            self.stated(&value, kind.into(), place.part, self.lines, place.root);
        } else if let Some(text) = bounded_text(node, STAMP_BYTES).filter(|t| t.bytes().any(|b| b.is_ascii_digit())) {
            self.stated(&text, "time".into(), place.part, self.lines, place.root);
        }
    }

    /// The page's own address as its buttons for sharing carry it.
    fn shared(&mut self, address: &str) {
        if self.page.shared.is_some() || address.len() > NAME_BYTES {
            return;
        }
        let lower = address.to_ascii_lowercase();
        let Some(at) = ["u=", "url=", "link="].iter().find_map(|k| {
            let at = lower.find(&format!("?{k}")).or_else(|| lower.find(&format!("&{k}")))?;
            Some(at + 1 + k.len())
        }) else {
            return;
        };
        if lower[at..].starts_with("http")
            && ["share", "intent/", "/submit", "pin/create"]
                .iter()
                .any(|w| lower.contains(w))
        {
            let end = address[at..].find('&').map_or(address.len(), |e| at + e);
            self.page.shared = Some(unescaped(&address[at..end]));
        }
    }

    /// Fields of publication that scripts carry for their own use; expiry dates and clocks have other names.
    fn script(&mut self, text: &str) {
        if text.len() > SCRIPT_BYTES {
            return;
        }
        for key in SCRIPT_FIELDS {
            if let Some(value) = after_key(text, key) {
                self.stated(value, format!("script:{key}"), Part::Head, 0, 0);
            }
        }
        for key in ["\"date\"", "\"Date\"", "'date'"] {
            if let Some(value) = after_key(text, key) {
                self.stated(value, "script".into(), Part::Head, 0, 0);
            }
        }
    }

    /// RDFa: `property="dc:date"`.
    fn rdfa(&mut self, node: &NodeRef<'_>, property: &str, place: &Place) {
        let property = property.trim().to_ascii_lowercase();
        let local = property.rsplit([':', '/', '#']).next().unwrap_or("");
        if matches!(
            local,
            "date" | "created" | "issued" | "datepublished" | "published" | "modified" | "datemodified" | "datecreated"
        ) {
            let value = node
                .attr("content")
                .map(|v| v.to_string())
                .or_else(|| bounded_text(node, STAMP_BYTES));
            if let Some(value) = value {
                self.stated(&value, format!("rdfa:{local}"), place.part, self.lines, place.root);
            }
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
                let dated = [
                    "date", "time", "publish", "modified", "issued", "created", "updated", "revised", "uploaded",
                ]
                .iter()
                .any(|m| key.contains(m));
                if dated && value.len() <= STAMP_BYTES && value.bytes().any(|b| b.is_ascii_digit()) {
                    self.stated(value, format!("meta:{key}"), Part::Head, 0, 0);
                }
            }
        }
    }

    fn microdata(&mut self, node: &NodeRef<'_>, property: &str, place: &Place) {
        let value = || {
            ["content", "datetime"]
                .iter()
                .find_map(|a| node.attr(a).filter(|v| !v.trim().is_empty()))
                .map(|v| v.to_string())
                .or_else(|| bounded_text(node, NAME_BYTES))
        };
        for name in property.split_whitespace() {
            match name.to_ascii_lowercase().as_str() {
                name @ ("datepublished" | "datemodified" | "datecreated" | "uploaddate") => {
                    if let Some(text) = value().filter(|v| v.len() <= STAMP_BYTES) {
                        self.stated(&text, format!("itemprop:{name}"), place.part, self.lines, place.root);
                    }
                }
                "headline" => self.described = self.described.take().or_else(value),
                "author" => {
                    if let Some(name) = value() {
                        self.author(&name);
                    }
                }
                _ => {}
            }
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
        if believed && self.page.authors.len() < MOST_IMAGES && !self.page.authors.contains(&name) {
            self.page.authors.push(name);
        }
    }

    fn image(&mut self, url: &str) {
        if self.page.images.len() < MOST_IMAGES && !self.page.images.iter().any(|i| i.url == url) {
            let source = self.place(url);
            self.page.images.push(ImageUrl {
                url: url.to_string(),
                source,
            });
        }
    }

    fn stated(&mut self, value: &str, field: String, part: Part, line: u32, root: u32) {
        let value = value.trim();
        let shown = part != Part::Head;
        let count = if shown {
            self.shown
        } else {
            self.page.dates.len() - self.shown
        };
        let seen = || {
            self.page
                .dates
                .iter()
                .any(|d| d.value == value && d.field == field && (!shown || d.line == line))
        };
        if value.is_empty() || count >= MOST_DATES || seen() {
            return;
        }
        let source = (self.page.dates.len() < MOST_PLACES)
            .then(|| self.place(value))
            .flatten();
        self.shown += usize::from(shown);
        self.roots.push(root);
        self.page.dates.push(PageDate {
            value: value.to_string(),
            field,
            source,
            part,
            line,
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
            roots,
            ..
        } = self;
        let plain = |text: Option<String>| text.and_then(|t| line_of(&t)).filter(|t| t.len() <= NAME_BYTES);
        let titles = [plain(graph_title), plain(title)];
        let named = |h: &&Heading| {
            titles.iter().flatten().any(|t| t.contains(h.text.as_str())) && h.text.split(' ').count() >= 2
        };
        let over = headings.iter().filter(|h| h.first).find(named);
        let seen = |h: &&Heading| !h.hidden && named(h);
        let main = headings.iter().filter(|h| h.first).find(seen);
        let main = main
            .or_else(|| headings.iter().find(seen))
            .or(over)
            .or_else(|| headings.iter().find(named))
            .or_else(|| headings.iter().find(|h| h.first));
        page.heading = main.map(|h| h.line);
        // What holds the headline is no sidebar, whatever it is called.
        if let Some(main) = main.filter(|h| h.root != 0) {
            for (date, root) in page.dates.iter_mut().zip(&roots) {
                if *root == main.root {
                    date.part = Part::Main;
                }
            }
        }
        let over = over.map(|h| h.text.clone());
        let bare = titles
            .iter()
            .flatten()
            .next()
            .map(|t| without_site(t, page.site_name.as_deref()));
        page.headline = over.or(plain(described)).or(bare);
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

/// The words on one line, white space made single.
fn line_of(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
