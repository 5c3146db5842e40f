//! Whose word an event stands on.

use super::{Group, wording};
use crate::coreference::Telling;
use crate::union::Union;
use crate::words::{jaccard, word_set, words};
use dateline_model::{
    AnnotatedDocument, Attribution, Commitment, EventMention, MentionKind, Plover, SourceKind, Sources, Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Share of the words of two sentences from which on they are one text told twice: the same background paragraph travels
/// between outlets with a word or two changed.
const ONE_TEXT: f64 = 0.55;

/// Words that stand before the bare name of a deed ("Saturday's deadly attack").
const DETERMINERS: usize = 3;

/// The roots of an event.
pub(super) struct Roots {
    /// Root of each telling, by name.
    pub(super) of: Vec<String>,
    /// Counted.
    pub(super) sources: Sources,
}

/// Where a telling goes back to.
enum Root {
    /// Somebody who spoke.
    Speaker { entity: String, name: String },
    /// Somebody without a name, through whom it came.
    Unnamed {
        words: String,
        through: String,
        /// Outlet, else file, of the report.
        told_in: String,
        document: bool,
        places: Vec<String>,
    },
    /// The agencies that the report credits.
    Agencies(BTreeSet<String>),
    /// The outlet, else the report.
    Outlet(String),
}

impl Root {
    fn name(&self) -> String {
        match self {
            Root::Speaker { name, .. } => name.clone(),
            Root::Unnamed {
                words,
                through,
                told_in,
                ..
            } if through.is_empty() => format!("{words} ({told_in})"),
            Root::Unnamed { words, through, .. } => format!("{words} ({through})"),
            Root::Agencies(names) => names.iter().cloned().collect::<Vec<String>>().join("/"),
            Root::Outlet(name) => format!("unattributed ({name})"),
        }
    }

    fn speaks(&self) -> bool {
        matches!(self, Root::Speaker { .. } | Root::Unnamed { .. })
    }
}

/// Finds and counts the roots.
pub(super) fn roots(group: &Group) -> Roots {
    let roots: Vec<Root> = group.tellings.iter().map(|t| root(group, t)).collect();
    let mut union = Union::new(roots.len());
    for i in 0..roots.len() {
        // The nearest before it that is the same root. A handful of tellings is compared in full; of very many each with
        // the first ones, which stand for their roots.
        for j in (0..i).take(64) {
            if same(group, (group.tellings[j], &roots[j]), (group.tellings[i], &roots[i])) {
                union.join(j, i);
            }
        }
    }
    for (i, root) in roots.iter().enumerate() {
        // A headline has what it says from the body; pictures and papers that nobody is named for have it from whoever
        // else the report quotes.
        let rests = match root {
            Root::Unnamed { document, .. } => *document,
            Root::Speaker { .. } => false,
            Root::Agencies(_) | Root::Outlet(_) => wording::in_headline(group, group.tellings[i]),
        };
        let report = group.tellings[i].report;
        let told = |j: &usize| *j != i && group.tellings[*j].report == report && roots[*j].speaks();
        if let Some(j) = (0..roots.len()).find(|j| rests && told(j)) {
            union.join(i, j);
        }
    }
    // A notice has what it sets right from whom the report had it that it corrects: the outlet's own, else the first.
    let (notices, others): (Vec<usize>, Vec<usize>) = (0..roots.len()).partition(|t| group.tellings[*t].corrects());
    if let (false, Some(first)) = (notices.is_empty(), others.first()) {
        let outlet_of = |t: usize| outlet(group, group.tellings[t].report);
        let by_outlet: BTreeMap<String, usize> = others.iter().rev().map(|t| (outlet_of(*t), *t)).collect();
        for notice in notices {
            union.join(notice, *by_outlet.get(&outlet_of(notice)).unwrap_or(first));
        }
    }
    let mut names: BTreeMap<usize, &Root> = BTreeMap::new();
    for (i, root) in roots.iter().enumerate() {
        let set = union.find(i);
        let rank = |r: &Root| (!matches!(r, Root::Speaker { .. }), !r.speaks(), r.name());
        let named = names.entry(set).or_insert(root);
        if rank(root) < rank(named) {
            *named = root;
        }
    }
    let of: Vec<String> = (0..roots.len()).map(|i| names[&union.find(i)].name()).collect();
    let reports: BTreeSet<usize> = group.tellings.iter().map(|t| t.report).collect();
    let outlets: BTreeSet<String> = reports.iter().map(|r| outlet(group, *r)).collect();
    let independent = names.len();
    let mut names: Vec<String> = names.values().map(|r| r.name()).collect();
    names.sort();
    Roots {
        of,
        sources: Sources {
            reports: reports.len(),
            outlets: outlets.len(),
            independent,
            roots: names,
        },
    }
}

fn outlet(group: &Group, report: usize) -> String {
    let document = &group.corpus.reports[report].document;
    document.outlet.clone().unwrap_or_else(|| document.path.clone())
}

/// The innermost source that can be named: speaker, else agency, else outlet.
fn root(group: &Group, telling: &Telling) -> Root {
    let doc = group.corpus.reports[telling.report];
    // Where the deed is itself a saying (an accusation, a call), it stands on the word of who says it; a paper that is signed and
    // commits the sides tells nothing of its signing.
    let trigger = telling.mention.trigger;
    let speaks = |a: &&Attribution| a.source.kind != SourceKind::Document;
    let mut sayings = doc.attributions.iter().filter(speaks);
    let saying = sayings.find(|a| a.cue.is_some_and(|c| c.overlaps(trigger)));
    let told_by = saying.or_else(|| {
        let told_by = telling.mention.attribution.and_then(|i| doc.attributions.get(i))?;
        (!reacts(doc, telling, told_by)).then_some(told_by)
    });
    if let Some(attribution) = told_by {
        let source = &attribution.source;
        let entity = group.links.entity(&source.entity);
        // A body or an armed group is one whether it is called by its name or "the group"; words that were taken for a name, and
        // that nothing in the reports bears ("một nhà thờ địa phương"), name nobody.
        let anonymous = match (source.kind, group.links.kind(entity)) {
            (SourceKind::Named, Some(_)) => false,
            (SourceKind::Named, None) => !doc.mentions.is_empty(),
            (SourceKind::Collective, Some(MentionKind::Organization | MentionKind::Force | MentionKind::Group)) => {
                !group.links.is_named(entity)
            }
            _ => true,
        };
        if !entity.is_empty() && !anonymous {
            let name = group.links.name(entity);
            return Root::Speaker {
                entity: entity.to_string(),
                name: name.to_string(),
            };
        }
        let words = if source.name.is_empty() {
            source
                .span
                .map(|s| s.of(&doc.document.text).to_string())
                .unwrap_or_default()
        } else {
            source.name.clone()
        };
        if !words.is_empty() {
            let agency = attribution
                .chain
                .iter()
                .rev()
                .map(|l| l.name.clone())
                .find(|n| *n != words && Some(n) != doc.document.outlet.as_ref());
            let document = source.kind == SourceKind::Document;
            let collective = source.kind == SourceKind::Collective;
            let inside = |m: &&dateline_model::Mention| {
                collective && m.kind == MentionKind::Place && source.span.is_some_and(|s| s.contains(m.span))
            };
            let places = doc
                .mentions
                .iter()
                .filter(inside)
                .map(|m| group.links.entity(&m.entity).to_string())
                .collect();
            return Root::Unnamed {
                words,
                through: agency.unwrap_or_default(),
                told_in: outlet_or_file(group, telling.report),
                document,
                places,
            };
        }
    }
    let agencies: BTreeSet<String> = doc.document.credits.iter().map(|c| c.name.clone()).collect();
    if !agencies.is_empty() {
        return Root::Agencies(agencies);
    }
    Root::Outlet(outlet_or_file(group, telling.report))
}

/// "The council condemned the attack", "called for talks after the attack": who judges a deed by its bare name, or speaks of it
/// while he asks, promises or threatens, is no witness of it.
fn reacts(doc: &AnnotatedDocument, telling: &Telling, told_by: &Attribution) -> bool {
    use Plover::{Accuse, Protest, Support};
    let (Some(cue), Some(content)) = (told_by.cue, told_by.content) else {
        return false;
    };
    let judges = |e: &EventMention| matches!(e.event, Accuse | Protest | Support) && e.trigger.overlaps(cue);
    let before = Span::new(
        content.start as usize,
        telling.mention.trigger.start.max(content.start) as usize,
    );
    let fact = telling.mention.status.is_fact() && content.contains(telling.mention.trigger);
    let wants = matches!(
        told_by.commitment,
        Commitment::Asks | Commitment::Promises | Commitment::Threatens
    );
    fact && wants || fact && words(before.of(&doc.document.text)).len() <= DETERMINERS && doc.events.iter().any(judges)
}

/// Who prints a report: the outlet, else the file.
fn outlet_or_file(group: &Group, report: usize) -> String {
    let document = &group.corpus.reports[report].document;
    let path = || {
        let path = &document.path;
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_string();
        document
            .record
            .map_or(file.clone(), |record| format!("{file}:{record}"))
    };
    document.outlet.clone().unwrap_or_else(path)
}

/// Two tellings go back to one root.
fn same(group: &Group, (a, one): (&Telling, &Root), (b, other): (&Telling, &Root)) -> bool {
    if a.report == b.report && !one.speaks() && !other.speaks() {
        return true;
    }
    let copied = group.copies.original(a.report) == group.copies.original(b.report);
    let alike = || {
        let sentence = |t: &Telling| t.sentence.map(|s| group.corpus.sentences[t.report][s].1.as_slice());
        sentence(a)
            .zip(sentence(b))
            .is_some_and(|(x, y)| jaccard(x, y) >= ONE_TEXT)
    };
    match (one, other) {
        (Root::Speaker { entity, .. }, Root::Unnamed { places, .. })
        | (Root::Unnamed { places, .. }, Root::Speaker { entity, .. }) => {
            // "The Velmoran side" is Velmora, and whoever speaks for it.
            places
                .iter()
                .any(|p| p == entity || group.links.camps.acts_for(p, entity))
        }
        (Root::Speaker { entity: x, .. }, Root::Speaker { entity: y, .. }) => {
            x == y || group.links.camps.acts_for(x, y)
        }
        (
            Root::Unnamed {
                words: x, through: p, ..
            },
            Root::Unnamed {
                words: y, through: q, ..
            },
        ) => {
            let alike = jaccard(&word_set(x), &word_set(y)) >= ONE_TEXT;
            copied || (alike && p == q)
        }
        (Root::Agencies(x), Root::Agencies(y)) => !x.is_disjoint(y) || copied || alike(),
        // "A source told AFP" in one, "AFP" under the other.
        (Root::Unnamed { through, .. }, Root::Agencies(x)) | (Root::Agencies(x), Root::Unnamed { through, .. }) => {
            x.contains(through) || copied && alike()
        }
        (Root::Speaker { entity, name }, Root::Agencies(x)) | (Root::Agencies(x), Root::Speaker { entity, name }) => {
            // "TASS reports" in one, "TASS" under the other.
            x.iter().any(|a| a == name || a == entity)
        }
        (Root::Agencies(_) | Root::Outlet(_), Root::Agencies(_) | Root::Outlet(_)) => {
            one.name() == other.name() || copied || alike()
        }
        _ => copied && alike(),
    }
}
