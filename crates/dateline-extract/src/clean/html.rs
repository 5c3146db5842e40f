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
use std::collections::{HashMap, HashSet, VecDeque};

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

/// Bytes of shown text above which a page is read as it stands, too: who searches it holds it several times. 1 MiB; chosen: twice what
/// is read of a report.
const MOST_SHOWN: usize = 1 << 20;

/// Lines that are made of a page; what stands behind is left out. Each takes somewhat more than 1 KiB (measured), and a page may be
/// of nothing but line breaks. Chosen: four hundred times the longest article known to us.
const MOST_LINES: usize = 40_000;

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
    let (whole, outside) = Walk::new(phrases, &mut shown, true).over(document.html_root());
    let bytes: usize = whole.iter().map(|l| l.text.len()).sum();
    let article = if bytes > MOST_SHOWN {
        drop(document);
        None
    } else {
        Smoothie.article(document)
    };
    if let Some(article) = article {
        let article = Document::from(article);
        let mut found = PageFacts::default();
        let (lines, _) = Walk::new(phrases, &mut found, false).over(article.html_root());
        if prose_words(&lines) >= LEAST_SHARE * prose_words(&whole) {
            page.images.append(&mut found.images);
            return (filled(lines, whole, &outside), true);
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

/// The article's lines with what the library left out between two of its paragraphs, where that reads like more of the article:
/// paragraphs, with the headings and lists among them. Accordions, panels and boxes of figures are left out for their names.
fn filled(lines: Vec<Line<'static>>, whole: Vec<Line<'static>>, outside: &[bool]) -> Vec<Line<'static>> {
    let kept: HashSet<u64> = lines.iter().map(|l| l.shape.hash).collect();
    // Where the article's paragraphs stand in the page, in order.
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, line) in whole.iter().enumerate().filter(|(_, l)| l.shape.is_prose()) {
        places.entry(line.shape.hash).or_default().push(at);
    }
    let mut anchors: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let from = anchors.last().map_or(0, |(_, place)| place + 1);
        let next = places
            .get(&line.shape.hash)
            .and_then(|p| p.get(p.partition_point(|x| *x < from)));
        anchors.extend(next.map(|place| (at, *place)));
    }
    let mut out: Vec<Line<'static>> = Vec::with_capacity(lines.len());
    // The lines that are not in `out` yet, and how many are.
    let (mut left, mut taken): (VecDeque<Line<'static>>, usize) = (lines.into(), 0);
    let mut whole = whole.into_iter().enumerate().peekable();
    let mut run: Vec<Line<'static>> = Vec::new();
    for (first, last) in anchors.windows(2).map(|w| (w[0], w[1])) {
        // Up to and with the first of the two paragraphs.
        let before = (first.0 + 1).saturating_sub(taken);
        out.extend(left.drain(..before));
        taken += before;
        while whole.next_if(|(place, _)| *place <= first.1).is_some() {}
        while let Some((place, line)) = whole.next_if(|(place, _)| *place < last.1) {
            if !kept.contains(&line.shape.hash) {
                run.extend(Some(line).filter(|_| !outside[place]));
                continue;
            }
            more_of_the_article(&mut run, &mut out);
            // What the library kept of the lines between stays before what follows it on the page.
            let mut between = left.iter().take((last.0 - taken).min(NEAR));
            if let Some(found) = between.position(|l| l.shape.hash == line.shape.hash) {
                out.extend(left.drain(..=found));
                taken += found + 1;
            }
        }
        more_of_the_article(&mut run, &mut out);
    }
    out.extend(left);
    out
}

/// Lines among which the next one is looked for.
const NEAR: usize = 8;

/// Takes a run of lines over, where most of its words stand in paragraphs and it is no list of links with a sentence each.
fn more_of_the_article(run: &mut Vec<Line<'static>>, out: &mut Vec<Line<'static>>) {
    let words: usize = run.iter().map(|l| l.shape.len()).sum();
    let links = run.iter().filter(|l| l.hint == Hint::Link).count();
    let prose = run
        .iter()
        .filter(|l| l.shape.is_prose() && l.hint != Hint::Link)
        .count();
    if prose > links && prose_words(run) * 2.0 >= words as f32 {
        out.extend(run.drain(..).filter(|l| !matches!(l.hint, Hint::Link | Hint::Caption)));
    }
    run.clear();
}

/// One way through a tree, from element to lines.
struct Walk<'w> {
    phrases: &'w Phrases,
    page: &'w mut PageFacts,
    /// The whole page is read: menus and footers are left out by their elements.
    whole: bool,
    lines: Vec<Line<'static>>,
    /// Of each line, and of the one that is read: it stands in a box beside the article, by its name.
    outside: Vec<bool>,
    beside: bool,
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
            outside: Vec::new(),
            beside: false,
            text: String::new(),
            linked: 0,
            links: 0,
            hints: Vec::new(),
            verbatim: 0,
        }
    }

    /// Without recursion: pages may be nested deeper than a stack.
    fn over(mut self, root: NodeRef<'_>) -> (Vec<Line<'static>>, Vec<bool>) {
        let mut todo = vec![(root, false, false)];
        while let Some((node, leaving, beside)) = todo.pop() {
            if node.is_text() {
                let text = node.text();
                self.beside |= beside && !text.trim().is_empty();
                self.words(&text);
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
            let inner = beside || self.whole && markup::is_beside(&node, name);
            todo.push((node, true, beside));
            todo.extend(node.children_it(true).map(|child| (child, false, inner)));
        }
        self.flush();
        (self.lines, self.outside)
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
        let beside = std::mem::take(&mut self.beside);
        if text.trim().is_empty() || self.lines.len() >= MOST_LINES {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if let Some(mut line) = Line::new(text.into(), None, false, self.phrases) {
            line.hint = self.hints.last().copied().unwrap_or(Hint::None);
            if linked * 10 >= letters * 9 && letters > 0 && !matches!(line.hint, Hint::Heading(_) | Hint::Caption) {
                line.hint = Hint::Link;
            }
            self.lines.push(line);
            self.outside.push(beside);
        }
    }
}

/// Begins and ends a line of the article: the cells of a row stand on one line.
fn breaks_line(name: &str) -> bool {
    is_block(name) && !matches!(name, "td" | "th")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::PackFiles;

    #[test]
    fn what_reads_like_the_article_between_its_paragraphs_is_taken_over() {
        let phrases = Phrases::load(&PackFiles::builtin()).expect("the built-in packs load");
        let lines = |html: &str| {
            let tree = Document::from(html);
            Walk::new(&phrases, &mut PageFacts::default(), true).over(tree.html_root())
        };
        let first =
            "<p>The river carried the old wooden bridge away in the night, and nobody in the town was hurt.</p>";
        let last =
            "<p>He promised a new bridge before the rains, made of concrete and not of wood like the old one.</p>";
        let more =
            "<p>The bridge had stood for sixty years, and the people of the valley used it on their way to market.</p>";
        let told = |between: &str| -> Vec<String> {
            let (article, _) = lines(&format!("{first}<h3>What now</h3>{last}"));
            let (whole, outside) = lines(&format!("{more}{first}{between}<h3>What now</h3>{last}{more}"));
            let all = filled(article, whole, &outside);
            all.iter().map(|l| l.text.chars().take(8).collect()).collect()
        };
        assert_eq!(told(""), ["The rive", "What now", "He promi"]);
        let panel = format!("<div class=panel><h4>Sixty years</h4>{more}<ul><li>one road</li></ul></div>");
        assert_eq!(
            told(&panel),
            ["The rive", "Sixty ye", "The brid", "one road", "What now", "He promi"]
        );
        // Boxes beside it, lists of links with a sentence each, and figures alone are none of it.
        for no in [
            format!("<div class='related box'>{more}</div>"),
            format!("<div id=cookie-layer><p>One moment.</p>{more}</div>"),
            format!("<p><a href=/1>Flood on the plain</a></p>{more}<p><a href=/2>The dam is full of water</a></p>"),
            "<ul><li>4.7</li><li>38 to 275</li></ul>".to_string(),
        ] {
            assert_eq!(told(&no), ["The rive", "What now", "He promi"], "{no}");
        }
    }
}
