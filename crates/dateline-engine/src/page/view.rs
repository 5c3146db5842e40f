//! What every part of the page looks up: reports in their printed order, the telling behind a mention, its paragraph.

use super::html::anchor;
use super::words::Words;
use dateline_model::{
    AnnotatedDocument, Attribution, Block, Course, DuplicateSet, Event, EventMention, EventMentionRef, ReportRef, Span,
    Timeline,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reports on which no entry rests that the leanest page lists; 5,000 of them take 750 kB of its 15 MB.
const UNCITED: usize = 5_000;

/// How much of a large archive one page carries; see `docs/decisions/0007-one-page-within-a-budget.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level(pub(super) u8);

impl Level {
    /// The last one before events are left out.
    pub(super) const LAST: Level = Level(5);

    /// A telling shows its whole paragraph and leads to the outlet's own address; else its sentence, and to the report.
    pub(super) fn paragraphs(self) -> bool {
        self.0 < 1
    }

    /// Reports have notes in their margins and marks in their text.
    pub(super) fn notes(self) -> bool {
        self.0 < 2
    }

    /// Tables of versions, merges and refusals, readings of dates, the words of removed lines.
    pub(super) fn everything(self) -> bool {
        self.0 < 3
    }

    /// Reports stand in full.
    pub(super) fn whole_reports(self) -> bool {
        self.0 < 4
    }

    /// Lanes of the state on a date.
    pub(super) fn lanes(self) -> usize {
        match self.0 {
            0..3 => 300,
            3..5 => 100,
            _ => 40,
        }
    }

    /// Reports have text at all.
    pub(super) fn text(self) -> bool {
        self.0 < 5
    }
}

/// A report with all that is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report<'a> {
    /// Its line in the timeline.
    pub(super) line: &'a ReportRef,
    /// Its text, where it is at hand.
    pub(super) read: Option<&'a AnnotatedDocument>,
}

impl<'a> Report<'a> {
    /// The outlet's name, where known.
    pub(super) fn outlet(&self) -> Option<&'a str> {
        self.line.outlet.as_deref().filter(|o| !o.trim().is_empty())
    }

    /// The outlet, else the file's name.
    pub(super) fn name(&self) -> &'a str {
        let path = self.line.path.as_str();
        self.outlet()
            .unwrap_or_else(|| path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path))
    }

    /// The code of its publication date.
    pub(super) fn published(&self) -> String {
        super::dates::code(self.line.published.value.as_deref(), self.line.published.interval)
    }
}

/// A telling with the report that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    /// Its line in the event.
    pub(super) line: &'a EventMentionRef,
    /// Number of its report, from 0, in printed order.
    pub(super) number: usize,
    /// Its report.
    pub(super) report: Report<'a>,
    /// The report's text and annotations.
    pub(super) read: &'a AnnotatedDocument,
    /// What the report says, where the timeline's index is good.
    pub(super) mention: Option<&'a EventMention>,
}

impl<'a> Telling<'a> {
    /// The report's text.
    pub(super) fn text(&self) -> &'a str {
        &self.read.document.text
    }

    /// Who tells it.
    pub(super) fn attribution(&self) -> Option<&'a Attribution> {
        self.read.attributions.get(self.mention?.attribution?)
    }

    /// The sentence that holds the trigger.
    pub(super) fn sentence(&self) -> Span {
        let sentences = &self.read.sentences;
        let after = sentences.partition_point(|s| s.start <= self.line.span.start);
        let found = after
            .checked_sub(1)
            .and_then(|i| sentences.get(i))
            .filter(|s| s.contains(self.line.span));
        found
            .copied()
            .or_else(|| self.block().map(|(_, b)| b.span))
            .unwrap_or(self.line.span)
    }

    /// The paragraph that holds the trigger, and its number.
    pub(super) fn block(&self) -> Option<(usize, &'a Block)> {
        block_at(self.read, self.line.span)
    }

    /// Whose word it is: the outlet first, then through whom.
    pub(super) fn chain(&self) -> Vec<&'a str> {
        let mut chain: Vec<&str> = vec![self.report.name()];
        let links = self.attribution().map(|a| a.chain.as_slice()).unwrap_or_default();
        chain.extend(links.iter().map(|l| l.name.as_str()));
        if links.is_empty() && own_word(&self.line.root).is_none() {
            chain.push(&self.line.root);
        }
        chain.retain(|name| !name.trim().is_empty());
        chain.dedup();
        chain
    }
}

/// The outlet or file of a root that is the report's own word, as the timeline spells it: "unattributed (Plateau Post)".
pub(super) fn own_word(root: &str) -> Option<&str> {
    let name = root.strip_prefix("unattributed (")?.strip_suffix(')')?;
    Some(name.rsplit('/').next().unwrap_or(name))
}

/// The paragraph that a span stands in.
pub(super) fn block_at(read: &AnnotatedDocument, span: Span) -> Option<(usize, &Block)> {
    let blocks = &read.document.blocks;
    let index = blocks.partition_point(|b| b.span.start <= span.start).checked_sub(1)?;
    blocks.get(index).filter(|b| b.span.contains(span)).map(|b| (index, b))
}

/// All that is shown, and how much of it.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// Everything.
    pub(super) timeline: &'a Timeline,
    /// Reports as they are printed: by publication, the undated last.
    pub(super) reports: Vec<Report<'a>>,
    /// Events shown, as the timeline orders them.
    pub(super) events: Vec<&'a Event>,
    /// How much.
    pub(super) level: Level,
    /// What held when.
    pub(super) courses: &'a [Course],
    /// The page's own words.
    pub(super) words: &'a Words,
    shown: BTreeMap<&'a str, &'a Event>,
    /// What stands under each event, of those that are shown.
    below: BTreeMap<&'a str, Vec<&'a Event>>,
    // Looked up, never walked.
    numbers: HashMap<&'a str, usize>,
    anchors: BTreeMap<&'a str, String>,
    cited: BTreeMap<usize, BTreeSet<usize>>,
    /// For each report, for each of its events: the entry it is part of.
    told: BTreeMap<usize, BTreeMap<usize, &'a str>>,
    /// Reports on which no entry rests are too many to list.
    crowded: bool,
    copies: BTreeMap<&'a str, Vec<&'a DuplicateSet>>,
}

impl<'a> View<'a> {
    /// Orders the reports and numbers them.
    pub(super) fn new(
        timeline: &'a Timeline,
        read: &'a [AnnotatedDocument],
        courses: &'a [Course],
        words: &'a Words,
    ) -> View<'a> {
        let by_id: BTreeMap<&str, &AnnotatedDocument> = read.iter().map(|r| (r.document.id.as_str(), r)).collect();
        let mut reports: Vec<Report<'a>> = timeline
            .reports
            .iter()
            .map(|line| Report {
                line,
                read: by_id.get(line.id.as_str()).copied(),
            })
            .collect();
        reports.sort_by_cached_key(|r| {
            let best = r.line.published.order_day();
            (best.is_none(), best, r.name().to_string(), r.line.id.clone())
        });
        let numbers = reports
            .iter()
            .enumerate()
            .map(|(i, r)| (r.line.id.as_str(), i))
            .collect();
        let mut taken = BTreeSet::new();
        let mut anchors = BTreeMap::new();
        for event in &timeline.events {
            let mut id = format!("e-{}", anchor(&event.id));
            while !taken.insert(id.clone()) {
                id.push('_');
            }
            anchors.insert(event.id.as_str(), id);
        }
        let mut copies: BTreeMap<&str, Vec<&DuplicateSet>> = BTreeMap::new();
        for set in &timeline.duplicates {
            for id in &set.reports {
                copies.entry(id).or_default().push(set);
            }
        }
        let events = Vec::new();
        let (shown, below, cited, told) = Default::default();
        View {
            timeline,
            reports,
            events,
            level: Level(0),
            courses,
            words,
            shown,
            below,
            numbers,
            anchors,
            cited,
            told,
            crowded: false,
            copies,
        }
    }

    /// Sets how much is shown: at most `most` events, those that most sources stand behind.
    pub(super) fn show(&mut self, level: Level, most: usize) {
        self.level = level;
        if !self.shown.is_empty() && self.events.len() == most.min(self.timeline.events.len()) {
            return;
        }
        let mut ranked: Vec<(usize, &Event)> = self.timeline.events.iter().enumerate().collect();
        if ranked.len() > most {
            let weight = |e: &Event| std::cmp::Reverse((e.sources.independent, e.sources.reports, e.disputes.len()));
            ranked.sort_by_key(|(i, e)| (weight(e), *i));
            ranked.truncate(most);
            ranked.sort_by_key(|(i, _)| *i);
        }
        self.events = ranked.into_iter().map(|(_, e)| e).collect();
        let mut cited: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for event in &self.events {
            for telling in self.tellings(event).into_iter().map(|(_, t)| t) {
                let paragraphs = cited.entry(telling.number).or_default();
                paragraphs.extend(telling.block().map(|(i, _)| i));
            }
        }
        self.crowded = !level.text() && self.reports.len() - cited.len() > UNCITED;
        self.cited = cited;
        let mut told: BTreeMap<usize, BTreeMap<usize, &'a str>> = BTreeMap::new();
        for event in &self.events {
            for line in &event.mentions {
                if let Some(number) = self.number(&line.report) {
                    told.entry(number).or_default().insert(line.event, event.id.as_str());
                }
            }
        }
        self.told = told;
        self.shown = self.events.iter().map(|e| (e.id.as_str(), *e)).collect();
        let mut below: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
        for event in &self.events {
            if let Some(over) = self.over(event) {
                below.entry(over.id.as_str()).or_default().push(event);
            }
        }
        self.below = below;
    }

    /// The event that one stands under, where it is shown.
    pub(super) fn over(&self, event: &Event) -> Option<&'a Event> {
        self.event(&event.under.as_ref()?.event)
    }

    /// The events that stand under one.
    pub(super) fn below(&self, id: &str) -> &[&'a Event] {
        self.below.get(id).map_or(&[], Vec::as_slice)
    }

    /// Some events had to be left out.
    pub(super) fn cut(&self) -> bool {
        self.events.len() < self.timeline.events.len()
    }

    /// The report stands in the list: where not all find room, only those that entries rest on do.
    pub(super) fn listed(&self, number: usize) -> bool {
        !(self.cut() || self.crowded) || self.cited.contains_key(&number)
    }

    /// The paragraphs of a report that entries rest on; `None` where no entry does.
    pub(super) fn cited(&self, number: usize) -> Option<&BTreeSet<usize>> {
        self.cited.get(&number)
    }

    /// For each event of a report that an entry rests on: that entry.
    pub(super) fn told(&self, number: usize) -> Option<&BTreeMap<usize, &'a str>> {
        self.told.get(&number)
    }

    /// The sets of copies that a report is in.
    pub(super) fn copies(&self, id: &str) -> &[&'a DuplicateSet] {
        self.copies.get(id).map_or(&[], Vec::as_slice)
    }

    /// Number of a report, from 0.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// An event that is shown.
    pub(super) fn event(&self, id: &str) -> Option<&'a Event> {
        self.shown.get(id).copied()
    }

    /// The fragment of an event.
    pub(super) fn anchor(&self, id: &str) -> &str {
        self.anchors.get(id).map_or("", String::as_str)
    }

    /// The tellings of an event whose reports are at hand, each with its index in the event.
    pub(super) fn tellings(&self, event: &'a Event) -> Vec<(usize, Telling<'a>)> {
        let telling = |line: &'a EventMentionRef| {
            let number = self.number(&line.report)?;
            let report = self.reports[number];
            let read = report.read?;
            // An index that points at other words than the timeline's is not believed.
            let mention = read.events.get(line.event).filter(|m| m.trigger == line.span);
            Some(Telling {
                line,
                number,
                report,
                read,
                mention,
            })
        };
        event
            .mentions
            .iter()
            .enumerate()
            .filter_map(|(i, line)| Some((i, telling(line)?)))
            .collect()
    }

    /// The telling whose sentence stands for the event.
    pub(super) fn spoken(event: &Event, tellings: &[(usize, Telling<'a>)]) -> Option<Telling<'a>> {
        let says = |t: &Telling<'a>| t.sentence().of(t.text()).trim() == event.text.trim();
        let holds = |t: &Telling<'a>| !event.text.is_empty() && t.text().contains(event.text.as_str());
        let found = tellings
            .iter()
            .find(|(_, t)| says(t))
            .or_else(|| tellings.iter().find(|(_, t)| holds(t)));
        found.or(tellings.first()).map(|(_, t)| *t)
    }
}
