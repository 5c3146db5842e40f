//! What a report is about, so that words with two lives ("attack", "tấn công") count only where they should.

use super::rules::{EventRule, Need};
use super::sheet::{Classes, Sheet};
use dateline_model::CORRECTION;

/// Weights of the words of a stretch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Topic {
    pub conflict: i64,
    pub politics: i64,
    pub other: i64,
    /// Words that take back what was told.
    pub correction: i64,
    /// Length in tokens.
    pub tokens: i64,
}

/// Points of words of correction from which on a report takes something back.
const TAKES_BACK: i64 = 2;

/// Most tokens of a report that does nothing but take something back; chosen: a handful of sentences.
const NOTICE: i64 = 250;

impl Topic {
    /// The report is about armed conflict.
    pub(crate) fn is_conflict(self) -> bool {
        self.conflict >= 4 && self.conflict * 2 > self.other && self.conflict * 150 >= self.tokens
    }

    /// The report is about states dealing with each other or with their people.
    pub(crate) fn is_politics(self) -> bool {
        self.conflict >= 2
            && self.conflict + self.politics >= 6
            && (self.conflict * 2 + self.politics) > self.other
            && (self.conflict + self.politics) * 100 >= self.tokens
    }

    /// A short report that corrects what was told of a conflict: it names that once, and its war words are few.
    pub(crate) fn is_notice(self) -> bool {
        self.correction >= TAKES_BACK && self.tokens <= NOTICE && self.conflict > 0 && !self.is_other()
    }

    /// A text too short to say what it is about but by its sentence, or one that speaks of arms more than once.
    pub(crate) fn trusts(self, here: Topic) -> bool {
        here.other < here.conflict
            && here.conflict >= 2
            && (self.tokens < 100 || self.conflict >= 6 && here.conflict >= 3)
    }

    /// The report is about something else altogether.
    pub(crate) fn is_other(self) -> bool {
        self.other >= 6 && self.other > 2 * self.conflict + self.politics
    }
}

/// The topic of the whole report and of each sentence.
pub(crate) fn topics(sheet: &Sheet<'_, '_>) -> (Topic, Vec<Topic>) {
    let Classes {
        topic_conflict,
        topic_politics,
        topic_other,
        topic_correction,
        ..
    } = *sheet.classes;
    let mut whole = Topic {
        tokens: sheet.words.tokens.len() as i64,
        ..Topic::default()
    };
    let mut sentences = vec![Topic::default(); sheet.words.sentences.len()];
    let mut seen: Vec<(u32, u8)> = Vec::new();
    for hit in sheet.words.hits() {
        if ![topic_conflict, topic_politics, topic_other, topic_correction].contains(&hit.class) {
            continue;
        }
        let weight = sheet.pack.value(*hit).and_then(|v| v.as_integer()).unwrap_or(1);
        // A word said over and over counts three times in the whole.
        let count = match seen.iter_mut().find(|(v, _)| *v == hit.value) {
            Some((_, n)) => {
                *n = n.saturating_add(1);
                *n
            }
            None => {
                seen.push((hit.value, 1));
                1
            }
        };
        let sentence = &mut sentences[sheet.sentence_number(hit.start as usize)];
        for (topic, counts) in [(&mut whole, count <= 3), (sentence, true)] {
            if counts {
                if hit.class == topic_correction {
                    topic.correction += weight;
                } else if hit.class == topic_conflict {
                    topic.conflict += weight;
                } else if hit.class == topic_politics {
                    topic.politics += weight;
                } else {
                    topic.other += weight;
                }
            }
        }
    }
    (whole, sentences)
}

/// The topic lets a rule's match stand.
pub(crate) fn supported(rule: &EventRule, whole: Topic, here: Topic) -> bool {
    rule.needs.iter().all(|need| match need {
        Need::Nothing => !whole.is_other() || here.conflict >= 4,
        Need::Conflict => {
            !(whole.is_other() && here.conflict < 4)
                && (whole.is_conflict() || whole.trusts(here) || whole.is_notice() && rule.unit.is_some())
        }
        Need::Politics => {
            !(whole.is_other() && here.conflict < 4)
                && (whole.is_conflict()
                    || whole.is_politics()
                    || whole.trusts(here) && here.conflict + here.politics >= 3)
        }
        _ => true,
    })
}

/// The contexts of a rule's deed; where its sentence, or the one before, says that it takes something back, that too.
pub(crate) fn context(sheet: &Sheet<'_, '_>, rule: &EventRule, token: usize) -> Vec<String> {
    let (low, high) = sheet.sentence(token);
    let before = low.checked_sub(1).map_or(low, |t| sheet.sentence(t).0);
    let back = sheet
        .hits(sheet.classes.topic_correction, before..high)
        .next()
        .is_some();
    let added = back.then(|| CORRECTION.to_string());
    rule.context.iter().cloned().chain(added).collect()
}
