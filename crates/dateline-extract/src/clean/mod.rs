//! What belongs to the article, and what was only around it?
//!
//! Takes: a `Capture`: plain or scraped text, Markdown, HTML, with what its record brought along.
//! Gives: a `Document` (NFC, headline first, each stretch knowing its place in what was received), the facts that the page
//! says about itself (`PageFacts`: dates, addresses of images), and doubts.
//! Never: drops a line without saying why and keeping its words, never leaves nothing, never looks at another report; what
//! many reports of an outlet taught is brought along (`repeated`).
//!
//! A line is judged by its own words (`phrases`, `captions`, `bylines`, `breadcrumb`), then by its neighbours and the whole
//! (`decide`: doubles, tail, region, headline, teasers). The looks are repeated until nothing changes any more, so that
//! cleaning a clean text changes nothing.

mod around;
mod breadcrumb;
mod bylines;
mod captions;
mod datelines;
mod decide;
mod facts;
mod headline;
mod html;
mod injected;
mod joins;
mod language;
mod lines;
mod markdown;
mod markup;
mod middle;
mod nesting;
mod outlets;
mod parts;
mod phrases;
mod region;
mod repeated;
mod suffix;
mod tail;
mod vocabulary;
mod words;

pub use facts::{Dateline, ImageUrl, Newsroom, PageDate, PageFacts, Part};
pub use repeated::{Among, Marks, Repeated};

use dateline_lang::{PackError, PackFiles};
use dateline_model::{
    Block, BlockKind, Capture, Content, Credit, Diagnostic, Document, Known, Region, Removed, RemovedKind, RuleId, Span,
};
use decide::{Decision, Desk};
use lines::{Hint, Line};
use outlets::Outlets;
use phrases::Phrases;
use std::collections::BTreeSet;
use words::Shape;

/// How often all lines are looked at again after some were left out. Two looks are enough for almost all reports; the bound
/// keeps made-up input linear.
const LOOKS: usize = 8;

/// Share of a given title's words that the text's own headline must have to be taken for the same.
const SAME_TITLE: f32 = 0.6;

/// Lines of names that are read of one report. A report has one or two; the bound keeps made-up input linear.
const MOST_NAMES: usize = 32;

/// Phrases and names of the packs, compiled once.
#[derive(Debug)]
pub struct Cleaner {
    phrases: Phrases,
    outlets: Outlets,
    /// Tags of the packs that read a language.
    languages: BTreeSet<String>,
}

/// A cleaned report, with what the page says about itself.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// The clean report.
    pub document: Document,
    /// Dates, addresses, images: evidence for the rooms behind this one.
    pub page: PageFacts,
    /// Doubts.
    pub diagnostics: Vec<Diagnostic>,
    /// How sure the document's language is, 0 to 1; 0 where it is unknown.
    pub language_confidence: f32,
}

/// What the looks leave.
#[derive(Debug, Default)]
struct Outcome<'a> {
    kept: Vec<(Line<'a>, BlockKind)>,
    removed: Vec<Removed>,
    credits: Vec<Credit>,
    authors: Vec<String>,
    outlet: Option<String>,
}

impl Cleaner {
    /// Compiles `packs/*/clean/`.
    ///
    /// # Errors
    /// A file that is not valid TOML, a group of phrases without an example, an outlet's example that does not hold.
    pub fn new(files: &PackFiles) -> Result<Cleaner, PackError> {
        Ok(Cleaner {
            phrases: Phrases::load(files)?,
            outlets: Outlets::load(files)?,
            languages: files
                .under("")
                .filter_map(|(path, _)| path.strip_suffix("/pack.toml"))
                .filter(|tag| *tag != "und")
                .map(String::from)
                .collect(),
        })
    }

    /// Cleans one report.
    pub fn clean(&self, capture: &Capture) -> Cleaned {
        self.clean_with(capture, None).0
    }

    /// Cleans one report among others, of which is known what their outlets repeat; gives what this one adds to that.
    pub fn clean_among(&self, capture: &Capture, repeated: &Repeated) -> (Cleaned, Among) {
        self.clean_with(capture, Some(repeated))
    }

    fn clean_with(&self, capture: &Capture, repeated: Option<&Repeated>) -> (Cleaned, Among) {
        let known = &capture.known;
        let mut page = PageFacts::default();
        let mut article = false;
        let mut diagnostics = Vec::new();
        let mut lines = match &capture.content {
            Content::Text(text) => {
                if self.find_parts(text) != parts::Parts::One {
                    diagnostics.push(Diagnostic::new(
                        "clean/several-articles",
                        "the text may hold several articles; it was read as one report",
                        "put each article into a file or a record of its own",
                    ));
                }
                // Links are taken off first: what a line goes on with is a word, and no mark. One that stood on two lines shows
                // once these are joined.
                let lines = markdown::strip(lines::split(text, &self.phrases), false, &self.phrases, &mut page);
                let joined = joins::join(lines, text, &self.phrases);
                let mut lines = Vec::with_capacity(joined.len());
                for line in joined {
                    if line.text.contains("](") {
                        lines.extend(markdown::strip(vec![line], false, &self.phrases, &mut page));
                    } else {
                        lines.push(line);
                    }
                }
                lines
            }
            Content::Markdown(text) => {
                markdown::strip(lines::split(text, &self.phrases), true, &self.phrases, &mut page)
            }
            Content::Html(html) => {
                let (lines, found) = html::lines(html, &self.phrases, &mut page);
                article = found;
                lines
            }
        };
        let mut outcome = Outcome::default();
        let field = match &capture.content {
            Content::Text(_) => self.cut_title_field(&mut lines, &mut outcome),
            _ => None,
        };
        let title = known
            .title
            .as_deref()
            .or(page.headline.as_deref())
            .map(|t| lines::nfc(t.trim()).into_owned())
            .or(field);
        outcome = self.settle(lines, title.as_deref(), article, outcome);
        let mut among = Among::default();
        if let Some(repeated) = repeated {
            (outcome, among) = self.without_repeated(outcome, known, &page, repeated, (title.as_deref(), article));
        }
        let mut document = Document {
            id: capture.id.clone(),
            path: capture.path.clone(),
            record: capture.record,
            url: known.url.clone().or_else(|| page.canonical.clone()),
            media_type: capture.media_type.clone(),
            known: known.clone(),
            source_bytes: capture.content.as_str().len() as u64,
            ..Document::default()
        };
        self.headline(&mut outcome, title.as_deref(), &mut document);
        self.write(&outcome, &mut document, &mut page);
        document.removed = outcome.removed;
        page.newsroom = document
            .url
            .iter()
            .chain(&page.canonical)
            .find_map(|url| self.outlets.newsroom(url))
            .cloned();
        let confidence = self.language(&outcome.kept, &page, &mut document, &mut diagnostics);
        for author in known.authors.iter().chain(&page.authors).chain(&outcome.authors) {
            if !document.authors.contains(author) {
                document.authors.push(author.clone());
            }
        }
        let address = || {
            document
                .url
                .as_deref()
                .and_then(|u| self.outlets.by_address(u))
                .map(str::to_string)
        };
        document.outlet = known
            .outlet
            .clone()
            .or_else(|| page.site_name.clone())
            .map(|name| self.canonical(name))
            .or_else(address)
            .or(outcome.outlet);
        let cleaned = Cleaned {
            document,
            page,
            diagnostics,
            language_confidence: confidence,
        };
        (cleaned, among)
    }

    /// The headline behind "Headline:", without that word.
    fn cut_title_field(&self, lines: &mut [Line<'_>], outcome: &mut Outcome<'_>) -> Option<String> {
        let (n, from) = parts::title_field(lines, &self.phrases)?;
        let line = &lines[n];
        let rest = line.cut(from, line.text.len(), &self.phrases)?;
        outcome.removed.push(Removed {
            kind: RemovedKind::Notice,
            source: line.place(0, from),
            text: line.text[..from].to_string(),
            rule: "clean.title-field".into(),
        });
        let title = rest.text.to_string();
        lines[n] = rest;
        Some(title)
    }

    /// Leaves out what the outlet puts around all its articles.
    fn without_repeated<'a>(
        &self,
        mut outcome: Outcome<'a>,
        known: &Known,
        page: &PageFacts,
        repeated: &Repeated,
        (title, article): (Option<&str>, bool),
    ) -> (Outcome<'a>, Among) {
        let url = known.url.as_deref().or(page.canonical.as_deref());
        let name = known.outlet.as_deref().or(page.site_name.as_deref());
        let name = name
            .map(|n| self.canonical(n.to_string()))
            .or_else(|| url.and_then(|u| self.outlets.by_address(u)).map(String::from))
            .or_else(|| outcome.outlet.clone().filter(|_| url.is_none()));
        let outlet = repeated::outlet(name.as_deref(), url);
        let authors: Vec<String> = known
            .authors
            .iter()
            .chain(&page.authors)
            .chain(&outcome.authors)
            .cloned()
            .collect();
        let hash = title.map(|t| Shape::of(t).hash);
        let (marks, suspects) =
            repeated::suspects((&outcome.kept, &outcome.removed), hash, &authors, outlet, &self.phrases);
        let own = repeated.own(&marks);
        if !own.is_empty() {
            let mut gone = suspects
                .into_iter()
                .filter(|s| own.binary_search(&s.mark).is_ok())
                .peekable();
            let mut lines = Vec::with_capacity(outcome.kept.len());
            let mut headless = false;
            for (n, (line, _)) in std::mem::take(&mut outcome.kept).into_iter().enumerate() {
                match gone.next_if(|s| s.at == n) {
                    Some(s) => {
                        headless |= s.rule.as_str() == repeated::ABOVE_HEADLINE;
                        outcome.removed.push(removed(&line, s.kind, &s.rule));
                    }
                    None => lines.push(line),
                }
            }
            if headless {
                // What stood beside the wrong headline may be the right one.
                let (back, gone): (Vec<Removed>, _) =
                    outcome.removed.into_iter().partition(repeated::is_beside_headline);
                outcome.removed = gone;
                if !back.is_empty() {
                    lines.extend(back.into_iter().filter_map(|r| {
                        let exact = r.source.is_some_and(|s| s.len() == r.text.len());
                        Line::new(r.text.into(), r.source, exact, &self.phrases)
                    }));
                    // Only text comes back, and all its lines have places.
                    lines.sort_by_key(|line| line.source);
                }
            }
            outcome = self.settle(lines, title, article, outcome);
        }
        (outcome, Among { marks, own })
    }

    fn canonical(&self, name: String) -> String {
        match self.outlets.whole(&name, &Shape::of(&name).words) {
            Some(known) => known.to_string(),
            None => name,
        }
    }

    /// Looks at the lines until nothing changes, and adds to what was found before.
    fn settle<'a>(
        &self,
        mut lines: Vec<Line<'a>>,
        title: Option<&str>,
        article: bool,
        mut outcome: Outcome<'a>,
    ) -> Outcome<'a> {
        let title = title.map(|t| Shape::of(t).hash);
        let mut decision = Decision::default();
        for _ in 0..LOOKS {
            decision = Desk::decide(self, &lines, title, article);
            if !lines.is_empty() && decision.out.iter().all(Option::is_some) {
                // Never to nothing: then the markup is not believed, and at last all of it is kept.
                if lines.iter().any(|l| l.hint != Hint::None) {
                    lines.iter_mut().for_each(|l| l.hint = Hint::None);
                    continue;
                }
                decision.out.fill(None);
                break;
            }
            let mut changed = self.cut_ends(&mut lines, &mut decision, &mut outcome);
            self.credit(&lines, &decision, &mut outcome);
            let mut kept = Vec::with_capacity(lines.len());
            for (line, out) in lines.into_iter().zip(&decision.out) {
                match out {
                    Some((kind, rule)) => {
                        changed = true;
                        outcome.removed.push(removed(&line, *kind, rule));
                    }
                    None => kept.push(line),
                }
            }
            lines = kept;
            if !changed {
                break;
            }
        }
        if decision.out.len() != lines.len() {
            decision = Desk::decide(self, &lines, title, article);
        }
        outcome.removed.sort_by_key(|r| r.source);
        outcome.kept = lines.into_iter().zip(decision.kinds).collect();
        outcome
    }

    /// The outlet's own tag before the first sentence, the agency's behind the last.
    fn cut_ends(&self, lines: &mut [Line<'_>], decision: &mut Decision, outcome: &mut Outcome<'_>) -> bool {
        let prose: Vec<usize> = (0..lines.len())
            .filter(|&n| decision.out[n].is_none() && lines[n].shape.is_prose())
            .collect();
        let mut changed = false;
        for &n in prose.iter().take(2) {
            let line = &lines[n];
            let Some(prefix) = datelines::read(&line.text, &line.shape.words, &self.phrases, &self.outlets) else {
                continue;
            };
            if prefix.place {
                continue;
            }
            let Some(rest) = line.cut(prefix.end, line.text.len(), &self.phrases) else {
                continue;
            };
            let (kind, rule) = if prefix.picture {
                (RemovedKind::Caption, "clean.caption.before-paragraph")
            } else {
                (RemovedKind::Dateline, "clean.dateline.outlet-tag")
            };
            let rule = RuleId::from(rule);
            outcome.removed.push(Removed {
                kind,
                source: line.place(prefix.words.start, prefix.words.end),
                text: line.text[prefix.words.clone()].to_string(),
                rule: rule.clone(),
            });
            if let Some((name, start, end)) = prefix.credit.filter(|_| !prefix.picture) {
                outcome.outlet.get_or_insert_with(|| name.clone());
                add_credit(&mut outcome.credits, name, line.place(start, end), rule);
            }
            lines[n] = rest;
            changed = true;
        }
        for &n in prose.iter().rev().take(2) {
            let line = &lines[n];
            let Some(cut) = suffix::read(line, &self.phrases, &self.outlets) else {
                continue;
            };
            let Some(rest) = line.cut(0, cut.start, &self.phrases) else {
                continue;
            };
            outcome.removed.push(Removed {
                kind: RemovedKind::Credit,
                source: line.place(cut.start, line.text.len()),
                text: line.text[cut.start..].to_string(),
                rule: cut.rule.clone(),
            });
            for (name, start, end) in cut.credits {
                add_credit(&mut outcome.credits, name, line.place(start, end), cut.rule.clone());
            }
            for author in cut.authors {
                if !outcome.authors.contains(&author) {
                    outcome.authors.push(author);
                }
            }
            lines[n] = rest;
            changed = true;
        }
        changed
    }

    fn credit(&self, lines: &[Line<'_>], decision: &Decision, outcome: &mut Outcome<'_>) {
        for (at, (n, names)) in decision.names.iter().enumerate().take(MOST_NAMES) {
            if decision.out[*n].is_none() {
                continue;
            }
            // "Theo Lan Anh" above "ABC": the agency on the next line makes the name a person.
            let agency_next = decision
                .names
                .get(at + 1)
                .is_some_and(|(m, other)| *m == n + 1 && other.authors.is_empty() && !other.credits.is_empty());
            for (name, start, end) in &names.credits {
                let known = self.outlets.whole(name, &Shape::of(name).words).is_some();
                if !known && agency_next && names.kind == RemovedKind::Credit {
                    outcome.authors.push(name.clone());
                } else {
                    add_credit(
                        &mut outcome.credits,
                        name.clone(),
                        lines[*n].place(*start, *end),
                        names.rule.clone(),
                    );
                }
            }
            for author in &names.authors {
                if !outcome.authors.contains(author) {
                    outcome.authors.push(author.clone());
                }
            }
        }
    }

    /// Puts the headline first.
    fn headline(&self, outcome: &mut Outcome<'_>, title: Option<&str>, document: &mut Document) {
        let own = outcome.kept.iter().position(|(_, kind)| *kind == BlockKind::Headline);
        let Some(title) = title.filter(|t| !t.is_empty()) else {
            document.headline = own.map(|n| outcome.kept[n].0.text.to_string());
            return;
        };
        document.headline = Some(title.to_string());
        let same = own.is_some_and(|n| {
            let line = &outcome.kept[n].0;
            let shape = Shape::of(title);
            shape.hash == line.shape.hash || {
                let shared = shape
                    .words
                    .iter()
                    .filter(|w| line.shape.words.iter().any(|o| o.hash == w.hash))
                    .count();
                shared as f32 >= SAME_TITLE * shape.words.len().max(line.shape.len()) as f32
            }
        });
        if same {
            return;
        }
        if let Some(n) = own {
            outcome.kept[n].1 = BlockKind::Subhead;
        }
        if let Some(line) = Line::new(
            title.lines().collect::<Vec<_>>().join(" ").into(),
            None,
            false,
            &self.phrases,
        ) {
            outcome.kept.insert(0, (line, BlockKind::Headline));
        }
    }

    /// Writes text and blocks, and finds the datelines that stay in the text.
    fn write(&self, outcome: &Outcome<'_>, document: &mut Document, page: &mut PageFacts) {
        let mut leads = 0;
        document.credits = outcome.credits.clone();
        for (line, kind) in &outcome.kept {
            if !document.text.is_empty() {
                document.text.push('\n');
            }
            let start = document.text.len();
            document.text.push_str(&line.text);
            document.blocks.push(Block {
                kind: *kind,
                span: Span::new(start, document.text.len()),
                source: line.source,
            });
            if leads >= 2 || !line.shape.is_prose() {
                continue;
            }
            leads += 1;
            let Some(prefix) = datelines::read(&line.text, &line.shape.words, &self.phrases, &self.outlets) else {
                continue;
            };
            let span = Span::new(start + prefix.words.start, start + prefix.words.end);
            page.datelines.push(Dateline {
                text: line.text[prefix.words].to_string(),
                region: Region::Text,
                span: Some(span),
            });
            if let Some((name, from, to)) = prefix.credit
                && !document.credits.iter().any(|c| c.name == name)
            {
                let span = Span::new(start + from, start + to);
                document.credits.push(Credit {
                    name,
                    region: Region::Text,
                    span,
                    rule: "clean.dateline.place".into(),
                });
            }
        }
        for gone in outcome.removed.iter().filter(|r| r.kind == RemovedKind::Dateline) {
            page.datelines.push(Dateline {
                text: gone.text.clone(),
                region: Region::Removed,
                span: gone.source,
            });
        }
    }

    fn language(
        &self,
        kept: &[(Line<'_>, BlockKind)],
        page: &PageFacts,
        document: &mut Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> f32 {
        let (found, confidence) = language::of_lines(kept.iter().map(|(line, _)| line), &self.phrases);
        let given = document.known.language.as_deref().or(page.language.as_deref());
        let given = given
            .and_then(|tag| tag.split(['-', '_']).next())
            .map(str::to_ascii_lowercase);
        let given = given.filter(|tag| self.languages.contains(tag));
        document.language = match given {
            Some(given) if found != "und" && found != given && confidence >= 0.7 => {
                diagnostics.push(Diagnostic::new(
                    "clean/language-conflict",
                    format!("the report says it is in `{given}`, its words are `{found}`; read as `{found}`"),
                    "correct the record's `language`",
                ));
                found.to_string()
            }
            Some(given) if found == "und" || found == given => given,
            _ => found.to_string(),
        };
        confidence
    }
}

fn removed(line: &Line<'_>, kind: RemovedKind, rule: &RuleId) -> Removed {
    Removed {
        kind,
        source: line.source,
        text: line.text.to_string(),
        rule: rule.clone(),
    }
}

/// Adds a credit once a name.
fn add_credit(credits: &mut Vec<Credit>, name: String, place: Option<Span>, rule: RuleId) {
    if !credits.iter().any(|c| c.name == name) {
        credits.push(Credit {
            name,
            region: Region::Removed,
            span: place.unwrap_or_default(),
            rule,
        });
    }
}

#[cfg(test)]
mod tests;
