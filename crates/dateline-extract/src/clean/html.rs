//! Pages: the article's body as lines.
//!
//! Which part of the page is the article is the work of a kept library behind [`HtmlArticle`]; what it leaves passes through
//! the same looks as scraped text.

use super::facts::{ImageUrl, PageFacts};
use super::lines::{Hint, Line, is_blank};
use super::markup::{self, is_block};
use super::nesting::bounded;
use super::phrases::Phrases;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Finds the article in a page.
trait HtmlArticle {
    /// The article's own markup; `None` where the page has none.
    fn article(&self, page: Document) -> Option<String>;
}

/// The port of Mozilla's Readability.
struct Smoothie;

/// Elements above which a page is not searched for its article, but read as it stands. Chosen so that the largest news pages
/// (about 10,000) pass and made-up ones do not cost minutes.
const MOST_ELEMENTS: usize = 150_000;

/// Share of the page's paragraphs that the library must have found, before the whole page is read instead. Higher brings
/// comments and other articles in, lower leaves articles cut into many boxes out; chosen on the development pages.
const LEAST_SHARE: f32 = 0.4;

impl HtmlArticle for Smoothie {
    fn article(&self, page: Document) -> Option<String> {
        let config = Config {
            max_elements_to_parse: MOST_ELEMENTS,
            disable_json_ld: true,
            ..Config::default()
        };
        let mut reader = Readability::with_document(page, None, Some(config)).ok()?;
        Some(reader.parse().ok()?.content.to_string())
    }
}

/// The article's lines, and whether they are known to be the article's; fills in what the markup says.
pub(super) fn lines(html: &str, phrases: &Phrases, page: &mut PageFacts) -> (Vec<Line<'static>>, bool) {
    let html = &*bounded(html);
    let document = Document::from(html);
    markup::read(html, &document, page);
    let mut shown = PageFacts::default();
    let whole = Walk::new(phrases, &mut shown, true).over(document.html_root());
    if let Some(article) = Smoothie.article(document) {
        let article = Document::from(article);
        let mut found = PageFacts::default();
        let lines = Walk::new(phrases, &mut found, false).over(article.html_root());
        if prose_words(&lines) >= LEAST_SHARE * prose_words(&whole) {
            page.images.append(&mut found.images);
            return (lines, true);
        }
    }
    page.images.append(&mut shown.images);
    (whole, false)
}

/// Words in paragraphs that are no links.
fn prose_words(lines: &[Line<'_>]) -> f32 {
    let prose = lines.iter().filter(|l| l.shape.is_prose() && l.hint != Hint::Link);
    prose.map(|l| l.shape.len()).sum::<usize>() as f32
}

/// One way through a tree, from element to lines.
struct Walk<'w> {
    phrases: &'w Phrases,
    page: &'w mut PageFacts,
    /// The whole page is read: menus and footers are left out by their elements.
    whole: bool,
    lines: Vec<Line<'static>>,
    text: String,
    /// Letters of the line that stand inside links.
    linked: usize,
    links: usize,
    hints: Vec<Hint>,
    verbatim: usize,
}

impl<'w> Walk<'w> {
    fn new(phrases: &'w Phrases, page: &'w mut PageFacts, whole: bool) -> Walk<'w> {
        Walk {
            phrases,
            page,
            whole,
            lines: Vec::new(),
            text: String::new(),
            linked: 0,
            links: 0,
            hints: Vec::new(),
            verbatim: 0,
        }
    }

    /// Without recursion: pages may be nested deeper than a stack.
    fn over(mut self, root: NodeRef<'_>) -> Vec<Line<'static>> {
        let mut todo = vec![(root, false)];
        while let Some((node, leaving)) = todo.pop() {
            if node.is_text() {
                self.words(&node.text());
                continue;
            }
            let name = node.node_name();
            let name = name.as_deref().unwrap_or("");
            if leaving {
                self.leave(name);
                continue;
            }
            if self.skips(name) {
                continue;
            }
            self.enter(name, &node);
            todo.push((node, true));
            todo.extend(node.children_it(true).map(|child| (child, false)));
        }
        self.flush();
        self.lines
    }

    fn skips(&self, name: &str) -> bool {
        matches!(
            name,
            "script"
                | "style"
                | "noscript"
                | "svg"
                | "template"
                | "iframe"
                | "head"
                | "select"
                | "option"
                | "object"
                | "canvas"
        ) || self.whole && matches!(name, "nav" | "footer" | "form" | "button" | "aside" | "menu")
    }

    fn enter(&mut self, name: &str, node: &NodeRef<'_>) {
        if breaks_line(name) {
            self.flush();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.hints.push(Hint::Heading(name.as_bytes()[1] - b'0')),
            "li" | "dd" | "dt" => self.hints.push(Hint::List),
            "blockquote" => self.hints.push(Hint::Quote),
            "figcaption" => self.hints.push(Hint::Caption),
            "a" => self.links += 1,
            "pre" => self.verbatim += 1,
            "td" | "th" => self.words(" "),
            "img" => {
                let source = ["src", "data-src", "data-original"].iter().find_map(|a| node.attr(a));
                if let Some(url) = source.filter(|u| !u.starts_with("data:") && !u.is_empty()) {
                    self.page.images.push(ImageUrl {
                        url: url.to_string(),
                        source: None,
                    });
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        if breaks_line(name) {
            self.flush();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "dd" | "dt" | "blockquote" | "figcaption" => {
                self.hints.pop();
            }
            "a" => self.links = self.links.saturating_sub(1),
            "pre" => self.verbatim = self.verbatim.saturating_sub(1),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if self.verbatim > 0 && c == '\n' {
                self.flush();
            } else if is_blank(c) {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
                self.linked += usize::from(self.links > 0 && c.is_alphanumeric());
            }
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        if text.trim().is_empty() {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if let Some(mut line) = Line::new(text.into(), None, false, self.phrases) {
            line.hint = self.hints.last().copied().unwrap_or(Hint::None);
            if linked * 10 >= letters * 9 && letters > 0 && !matches!(line.hint, Hint::Heading(_) | Hint::Caption) {
                line.hint = Hint::Link;
            }
            self.lines.push(line);
        }
    }
}

/// Begins and ends a line of the article: the cells of a row stand on one line.
fn breaks_line(name: &str) -> bool {
    is_block(name) && !matches!(name, "td" | "th")
}
