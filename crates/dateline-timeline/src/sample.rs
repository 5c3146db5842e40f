//! Small reports made by hand, for the tests of every room. Words are looked up in the text, so a test reads like a report.

use dateline_model::{
    AnnotatedDocument, Attribution, Basis, Block, BlockKind, ChainLink, Change, Credit, Document, EventMention, Figure,
    Fluent, GeoPoint, Interval, Mention, MentionKind, Modifier, Outcome, Participant, PlaceRef, Plover, Published,
    Region, Source, SourceKind, Span, Status, Timex, TimexAnchor, TimexKind, Title, When,
};
use jiff::civil::Date;

/// "2024-04-17", "2024-04" or "2024" as days.
pub(crate) fn days(value: &str) -> Interval {
    let parts: Vec<i16> = value.split('-').map(|p| p.parse().expect("a number")).collect();
    let date = |y: i16, m: i16, d: i16| Date::new(y, m as i8, d as i8).expect("a date");
    match parts[..] {
        [y, m, d] => Interval::day(date(y, m, d)),
        [y, m] => Interval::between(date(y, m, 1), date(y, m, 1).last_of_month()),
        [y] => Interval::between(date(y, 1, 1), date(y, 12, 31)),
        _ => panic!("{value} is no date"),
    }
}

/// A report under construction.
pub(crate) struct Report(AnnotatedDocument);

/// An event of a report under construction.
pub(crate) struct Deed(EventMention, String);

impl Report {
    /// A report with one sentence a line; the first is the headline.
    pub(crate) fn new(id: &str, text: &str) -> Report {
        let mut blocks = Vec::new();
        let mut at = 0;
        for (i, line) in text.split('\n').enumerate() {
            let span = Span::new(at, at + line.len());
            let kind = if i == 0 { BlockKind::Headline } else { BlockKind::Body };
            blocks.push(Block {
                kind,
                span,
                source: Some(span),
            });
            at += line.len() + 1;
        }
        let sentences = blocks.iter().map(|b| b.span).collect();
        let document = Document {
            id: id.into(),
            path: format!("{id}.txt"),
            language: "en".into(),
            headline: text.split('\n').next().map(str::to_string),
            text: text.into(),
            blocks,
            ..Document::default()
        };
        Report(AnnotatedDocument {
            document,
            sentences,
            ..AnnotatedDocument::default()
        })
    }

    pub(crate) fn outlet(mut self, outlet: &str) -> Report {
        self.0.document.outlet = Some(outlet.into());
        self
    }

    pub(crate) fn language(mut self, language: &str) -> Report {
        self.0.document.language = language.into();
        self
    }

    pub(crate) fn credit(mut self, agency: &str) -> Report {
        self.0.document.credits.push(Credit {
            name: agency.into(),
            region: Region::Removed,
            span: Span::default(),
            rule: "test".into(),
        });
        self
    }

    pub(crate) fn published(mut self, day: &str) -> Report {
        let interval = days(day);
        self.0.published = Published {
            value: Some(day.into()),
            best: interval,
            interval,
            basis: Basis::Given,
            ..Published::default()
        };
        self
    }

    fn span(&self, words: &str) -> Span {
        let at = self
            .0
            .document
            .text
            .find(words)
            .unwrap_or_else(|| panic!("`{words}` is not in the text"));
        Span::new(at, at + words.len())
    }

    /// A name: the first place in the text where the words stand after the last mention of the same words.
    pub(crate) fn name(mut self, words: &str, kind: MentionKind, entity: &str) -> Report {
        let span = self.span(words);
        self.0.mentions.push(Mention {
            span,
            kind,
            entity: entity.into(),
            name: words.into(),
            metonym_for: None,
            title: None,
            point: None,
            inside: None,
            sound: None,
            rule: "test".into(),
        });
        self
    }

    /// Gives the last name a role.
    pub(crate) fn role(mut self, role: &str, of: &str) -> Report {
        let mention = self.0.mentions.last_mut().expect("a name");
        mention.title = Some(Title {
            span: mention.span,
            role: role.into(),
            of: Some(of.into()),
            held: Interval::default(),
        });
        self
    }

    /// Gives the last name a sound, see [`dateline_model::sounds_alike`].
    pub(crate) fn sounds(mut self, sound: &str) -> Report {
        let mention = self.0.mentions.last_mut().expect("a name");
        mention.sound = Some(sound.into());
        self
    }

    /// Gives the last name's role its days.
    pub(crate) fn held(mut self, held: Interval) -> Report {
        let title = self.0.mentions.last_mut().and_then(|m| m.title.as_mut());
        title.expect("a role").held = held;
        self
    }

    /// Somebody says the words from `from` to the end of its line.
    pub(crate) fn says(mut self, entity: &str, kind: SourceKind, from: &str) -> Report {
        let start = self.span(from).start as usize;
        let text = &self.0.document.text;
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        self.0.attributions.push(Attribution {
            source: Source {
                name: entity.replace('-', " "),
                entity: entity.into(),
                kind,
                ..Source::default()
            },
            content: Some(Span::new(start, end)),
            ..Attribution::default()
        });
        self
    }

    /// The last speech came through an agency.
    pub(crate) fn through(mut self, agency: &str) -> Report {
        let speech = self.0.attributions.last_mut().expect("a speech");
        speech.chain.push(ChainLink {
            name: agency.into(),
            entity: String::new(),
            region: Region::Text,
            span: None,
        });
        self
    }

    /// The words by which the last speech is told.
    pub(crate) fn cue(mut self, words: &str) -> Report {
        let cue = self.span(words);
        self.0.attributions.last_mut().expect("a speech").cue = Some(cue);
        self
    }

    /// A day of which the words do not say the year: "XXXX-04-17".
    pub(crate) fn yearless(mut self, words: &str, value: &str) -> Report {
        let span = self.span(words);
        self.0.timexes.push(Timex {
            span,
            kind: TimexKind::Date,
            value: value.into(),
            modifier: None,
            interval: Interval::default(),
            anchor: TimexAnchor::None,
            rule: "test".into(),
            vague: false,
            range_with: None,
            from_publication: None,
        });
        self
    }

    /// An expression that counts from the report's own day, and the words' event.
    pub(crate) fn counted(self, words: &str, value: &str, from_publication: (i16, i16)) -> Report {
        let mut report = self.yearless(words, value);
        let timex = report.0.timexes.last_mut().expect("an expression");
        timex.from_publication = Some(from_publication);
        report
    }

    /// Adds an event, told by whoever says the words around its trigger.
    pub(crate) fn tells(mut self, deed: Deed) -> Report {
        let Deed(mut event, words) = deed;
        event.trigger = self.span(&words);
        event.clause = self
            .0
            .sentences
            .iter()
            .copied()
            .find(|s| s.contains(event.trigger))
            .expect("a sentence");
        event.attribution = self
            .0
            .attributions
            .iter()
            .position(|a| a.content.is_some_and(|c| c.contains(event.trigger)));
        self.0.events.push(event);
        self
    }

    pub(crate) fn done(self) -> AnnotatedDocument {
        self.0
    }
}

impl Deed {
    /// An event told by the words.
    pub(crate) fn new(words: &str, event: Plover) -> Deed {
        let empty = Span::default();
        Deed(
            EventMention {
                trigger: empty,
                clause: empty,
                event,
                mode: None,
                context: Vec::new(),
                actor: Vec::new(),
                recipient: Vec::new(),
                mediator: Vec::new(),
                instrument: Vec::new(),
                places: Vec::new(),
                when: When::unknown(),
                figures: Vec::new(),
                outcomes: Vec::new(),
                status: Status::Happened,
                attribution: None,
                phase: None,
                rule: "test".into(),
            },
            words.into(),
        )
    }

    pub(crate) fn by(mut self, entity: &str) -> Deed {
        self.0.actor.push(participant(entity));
        self
    }

    pub(crate) fn to(mut self, entity: &str) -> Deed {
        self.0.recipient.push(participant(entity));
        self
    }

    pub(crate) fn through(mut self, entity: &str) -> Deed {
        self.0.mediator.push(participant(entity));
        self
    }

    /// At a place with its point and the ISO code of its country.
    pub(crate) fn at(
        mut self,
        entity: &str,
        (latitude, longitude): (f64, f64),
        resolution: &str,
        country: &str,
    ) -> Deed {
        let point = GeoPoint {
            latitude,
            longitude,
            resolution: resolution.into(),
            country: Some(country.into()),
        };
        self.0.places.push(PlaceRef {
            name: entity.into(),
            entity: entity.into(),
            span: None,
            point: Some(point),
        });
        self
    }

    pub(crate) fn on(mut self, value: &str) -> Deed {
        self.0.when = When {
            value: Some(value.into()),
            ..When::of(days(value), "test")
        };
        self
    }

    pub(crate) fn count(mut self, number: u64, modifier: Option<Modifier>, unit: &str) -> Deed {
        self.0.figures.push(Figure {
            span: Span::default(),
            low: Some(number),
            high: Some(number),
            modifier,
            unit: unit.into(),
            side: None,
            attribution: None,
            cumulative: false,
            rule: "test".into(),
        });
        self
    }

    /// Whose the last count is.
    pub(crate) fn of(mut self, side: &str) -> Deed {
        self.0.figures.last_mut().expect("a count").side = Some(side.into());
        self
    }

    /// A notice that takes back what was told.
    pub(crate) fn corrects(mut self) -> Deed {
        self.0.context.push(dateline_model::CORRECTION.into());
        self
    }

    pub(crate) fn status(mut self, status: Status) -> Deed {
        self.0.status = status;
        self
    }

    /// It changes a fluent: subject, object; its places are named beside it.
    pub(crate) fn outcome(mut self, fluent: Fluent, change: Change, subject: &str, object: &str) -> Deed {
        self.0.places.iter_mut().for_each(|p| p.span = Some(Span::default()));
        self.0.outcomes.push(Outcome {
            fluent,
            change,
            subject: subject.into(),
            object: object.into(),
            partial: false,
        });
        self
    }

    pub(crate) fn phase(mut self, phase: &str) -> Deed {
        self.0.phase = Some(phase.into());
        self
    }
}

fn participant(entity: &str) -> Participant {
    Participant {
        name: entity.replace('-', " "),
        entity: entity.into(),
        span: None,
        mention: None,
    }
}
