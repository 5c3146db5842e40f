//! Which lines stay: one look at all lines together.

use super::bylines::{self, Names};
use super::lines::{Hint, Line};
use super::phrases::Role;
use super::words::Word;
use super::{Cleaner, breadcrumb, captions, parts};
use dateline_model::{BlockKind, RemovedKind, RuleId};
use rapidhash::RapidHashMap;

/// Longest heading of a paragraph, in words.
const HEADING_WORDS: usize = 20;

/// What becomes of the lines.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// Why a line goes; `None` where it stays.
    pub(super) out: Vec<Option<(RemovedKind, RuleId)>>,
    /// The lines of names among those that go.
    pub(super) names: Vec<(usize, Names)>,
    /// The headline's line.
    pub(super) headline: Option<usize>,
    /// What the lines that stay are.
    pub(super) kinds: Vec<BlockKind>,
}

pub(super) struct Desk<'d, 'a> {
    pub(super) cleaner: &'d Cleaner,
    pub(super) lines: &'d [Line<'a>],
    pub(super) title: Option<u64>,
    /// The markup has already told the article from what is around it.
    pub(super) article: bool,
    pub(super) d: Decision,
    pub(super) prose: Vec<bool>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// Decides about all lines. `title` is the hash of the headline that the record brought.
    pub(super) fn decide(cleaner: &'d Cleaner, lines: &'d [Line<'a>], title: Option<u64>, article: bool) -> Decision {
        let mut desk = Desk {
            cleaner,
            lines,
            title,
            article,
            d: Decision {
                out: vec![None; lines.len()],
                kinds: vec![BlockKind::Body; lines.len()],
                ..Decision::default()
            },
            prose: Vec::new(),
        };
        desk.by_themselves();
        desk.beside_pictures();
        desk.doubles();
        desk.prose = (0..lines.len())
            .map(|n| desk.d.out[n].is_none() && lines[n].shape.is_prose())
            .collect();
        if desk.prose.iter().any(|p| *p) {
            desk.tail();
            if !article {
                desk.region();
            }
            desk.front();
            if !article {
                desk.middle();
                desk.end();
            }
        } else {
            desk.d.headline = desk.titled();
        }
        desk.kinds();
        desk.d
    }

    pub(super) fn drop(&mut self, n: usize, kind: RemovedKind, rule: impl Into<RuleId>) {
        if self.d.out[n].is_none() && !self.is_title(n) {
            self.d.out[n] = Some((kind, rule.into()));
            if let Some(p) = self.prose.get_mut(n) {
                *p = false;
            }
        }
    }

    pub(super) fn stays(&self, n: usize) -> bool {
        self.d.out[n].is_none()
    }

    pub(super) fn is_title(&self, n: usize) -> bool {
        self.title == Some(self.lines[n].shape.hash)
    }

    pub(super) fn titled(&self) -> Option<usize> {
        (0..self.lines.len()).find(|&n| self.is_title(n) && self.stays(n))
    }

    /// What a line's own words give away.
    fn by_themselves(&mut self) {
        let (phrases, outlets) = (&self.cleaner.phrases, &self.cleaner.outlets);
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            if line.shape.words.is_empty() {
                self.drop(n, RemovedKind::Widget, "clean.no-words");
                continue;
            }
            if let Some(rule) = captions::own_evidence(line, phrases, outlets) {
                self.drop(n, RemovedKind::Caption, rule);
                continue;
            }
            let simple = [
                (Role::Advert, RemovedKind::Advert),
                (Role::Notice, RemovedKind::Notice),
                (Role::Tags, RemovedKind::Related),
                (Role::Tail, RemovedKind::Related),
                (Role::Related, RemovedKind::Related),
                (Role::Widget, RemovedKind::Widget),
                (Role::Section, RemovedKind::Breadcrumb),
            ];
            if let Some((hit, kind)) = simple
                .iter()
                .find_map(|(role, kind)| Some((line.hits.get(*role)?, *kind)))
            {
                self.drop(n, kind, phrases.rule(hit));
                continue;
            }
            if let Some(hit) = line.hits.get(Role::Field)
                && self.is_in_record(n)
            {
                self.drop(n, RemovedKind::Notice, phrases.rule(hit));
                continue;
            }
            if let Some(rule) = breadcrumb::evidence(line, phrases) {
                self.drop(n, RemovedKind::Breadcrumb, rule);
                continue;
            }
            if let Some(names) = bylines::read(line, phrases, outlets) {
                self.drop(n, names.kind, names.rule.clone());
                if !self.stays(n) {
                    self.d.names.push((n, names));
                }
                continue;
            }
            if line.hint == Hint::Link && !line.shape.is_prose() {
                self.drop(n, RemovedKind::Related, "clean.related.link");
                continue;
            }
            if is_player(line) {
                self.drop(n, RemovedKind::Widget, "clean.player");
                continue;
            }
            if is_address(line) {
                self.drop(n, RemovedKind::Source, "clean.source.address");
            }
        }
    }

    /// A field among fields. A paragraph may begin like one ("Subject: …").
    fn is_in_record(&self, n: usize) -> bool {
        let phrases = &self.cleaner.phrases;
        let is_field =
            |line: &Line<'_>| parts::is_field(line, phrases) || line.hits.has(Role::Field) && !line.shape.is_prose();
        let around = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
        is_field(&self.lines[n]) && around.filter_map(|m| self.lines.get(m)).any(is_field)
    }

    /// Lines beside a picture that are no sentences.
    fn beside_pictures(&mut self) {
        for n in 1..self.lines.len() {
            let picture = |at: usize| {
                self.d.out[at].as_ref().is_some_and(|(kind, rule)| {
                    *kind == RemovedKind::Caption
                        && (captions::is_picture(&self.lines[at])
                            || rule.as_str() == "clean.caption.numbered"
                            || self.lines[at].shape.len() <= 3)
                })
            };
            if self.stays(n)
                && picture(n - 1)
                && captions::beside_picture(&self.lines[n])
                && self.lines[n].hint == Hint::None
            {
                self.drop(n, RemovedKind::Caption, "clean.caption.beside-picture");
            }
        }
    }

    /// Lines that stand twice. Before the article the later one counts (menus repeat the headline), in it the first.
    fn doubles(&mut self) {
        let first_prose = self.lines.iter().position(|l| l.shape.is_prose()).unwrap_or(0);
        let mut seen: RapidHashMap<u64, usize> = RapidHashMap::default();
        let contents = self.contents();
        for n in 0..self.lines.len() {
            let shape = &self.lines[n].shape;
            // In an article that the markup has found, labels may come again.
            let label = self.article && n >= first_prose && !shape.is_prose();
            if !self.stays(n) || shape.len() < 4 || label {
                continue;
            }
            match seen.insert(shape.hash, n) {
                Some(before) if n < first_prose || contents[before] => {
                    // The title is exempt from drop(); of two equal ones the later stays.
                    self.d.out[before] = Some((RemovedKind::Duplicate, "clean.duplicate".into()));
                }
                Some(before) => {
                    self.d.out[n] = Some((RemovedKind::Duplicate, "clean.duplicate".into()));
                    seen.insert(shape.hash, before);
                }
                None => {}
            }
        }
    }

    /// Lines of a table of contents: two or more in a row that come again as headings of paragraphs.
    fn contents(&self) -> Vec<bool> {
        let mut contents = vec![false; self.lines.len()];
        let staying: Vec<usize> = (0..self.lines.len()).filter(|&n| self.stays(n)).collect();
        let mut heading: RapidHashMap<u64, usize> = RapidHashMap::default();
        for pair in staying.windows(2) {
            let (line, next) = (&self.lines[pair[0]].shape, &self.lines[pair[1]].shape);
            if next.is_prose() && next.len() > line.len() && line.len() <= HEADING_WORDS {
                heading.insert(line.hash, pair[0]);
            }
        }
        let comes_again =
            |n: usize| !self.is_title(n) && heading.get(&self.lines[n].shape.hash).is_some_and(|&at| at > n + 1);
        for pair in staying.windows(2) {
            if comes_again(pair[0]) && comes_again(pair[1]) {
                contents[pair[0]] = true;
                contents[pair[1]] = true;
            }
        }
        contents
    }

    pub(super) fn words(&self, n: usize) -> usize {
        self.lines[n].shape.len()
    }

    fn kinds(&mut self) {
        self.d.names.sort_by_key(|(at, _)| *at);
        let last = self.prose.iter().rposition(|p| *p).unwrap_or(0);
        let mut lead = self.prose.iter().filter(|p| **p).count() > 1;
        for n in 0..self.lines.len() {
            let line = &self.lines[n];
            self.d.kinds[n] = if Some(n) == self.d.headline {
                BlockKind::Headline
            } else if let Some(kind) = line.hint.kind() {
                kind
            } else if is_bullet(&line.text) {
                BlockKind::List
            } else if self.prose.get(n) == Some(&true) {
                if std::mem::take(&mut lead) {
                    BlockKind::Lead
                } else {
                    BlockKind::Body
                }
            } else if line.shape.is_open_headline() && n < last {
                BlockKind::Subhead
            } else {
                BlockKind::Body
            };
        }
    }
}

/// Begins with the mark of a list item.
pub(super) fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(
        chars.next(),
        Some('-' | '–' | '•' | '*' | '·' | '+' | '►' | '●' | '▪' | '■')
    ) && chars.next() == Some(' ')
}

/// The clock of a player: "00:00 03:12", "2:07 / 5:31". One time alone may head an entry of a chronicle, and two a train's.
fn is_player(line: &Line<'_>) -> bool {
    let words = &line.shape.words;
    let clock = |pair: &[Word]| &line.text[pair[0].end as usize..pair[1].start as usize] == ":";
    matches!(words.len(), 4..=6)
        && words.iter().all(|w| w.digits && w.end - w.start <= 2)
        && words.windows(2).filter(|pair| clock(pair)).count() + 2 >= words.len()
        && (line.text.contains('/')
            || words[..2]
                .iter()
                .all(|w| line.text[w.start as usize..w.end as usize].bytes().all(|b| b == b'0')))
}

/// Nothing but an address.
fn is_address(line: &Line<'_>) -> bool {
    let text = line.text.as_ref();
    !line.shape.long && !text.contains(char::is_whitespace) && (text.contains("://") || text.starts_with("www."))
}
