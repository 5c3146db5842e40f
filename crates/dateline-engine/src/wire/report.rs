//! The report object.

use super::date::{Regions, region_word};
use super::shapes::{
    AttributionOut, BlockOut, BodyOut, CleanOut, DiagnosticOut, EventMentionOut, FigureOut, LinkOut, MentionOut,
    OutcomeOut, ParticipantOut, Place, PlaceOut, RemovedOut, ReportOut, SourceOut, StandingOut, TimexOut, TitleOut,
    Words,
};
use super::{Day, Only, Positions, PublishedOut, SCHEMA, WhenOut};
use dateline_model::{
    AnnotatedDocument, Attribution, Block, ChainLink, Credit, Diagnostic, EventMention, Figure, Mention, Outcome,
    Participant, PlaceRef, Region, Removed, Span, Standing, Timex, TimexAnchor,
};

/// The report object of `report`; `source` is the content as received, without which nothing can point into it.
pub fn report<'a>(
    report: &'a AnnotatedDocument,
    source: Option<&'a str>,
    positions: &'a Positions<'a>,
    only: Only,
) -> ReportOut<'a> {
    let document = &report.document;
    let regions = Regions {
        text: (&document.text, positions),
        source: source.map(|s| (s, Positions::new(s))),
        url: document.url.as_deref().or(document.known.url.as_deref()).unwrap_or(""),
        published: document.known.published.as_deref().unwrap_or(""),
    };
    let shaper = Shaper {
        text: &document.text,
        positions,
        regions: &regions,
    };
    let list = |wanted: bool| wanted.then_some(());
    ReportOut {
        schema: SCHEMA,
        id: &document.id,
        path: &document.path,
        record: document.record,
        clean: list(only.clean).map(|()| CleanOut {
            url: document.url.as_deref().or(document.known.url.as_deref()),
            media_type: &document.media_type,
            language: &document.language,
            headline: document.headline.as_deref(),
            outlet: document.outlet.as_deref(),
            authors: &document.authors,
            credits: document.credits.iter().map(|c| shaper.credit(c)).collect(),
        }),
        published: list(only.date).map(|()| PublishedOut::full(&report.published, &regions)),
        body: list(only.clean).map(|()| BodyOut {
            text: &document.text,
            blocks: document.blocks.iter().map(|b| shaper.block(b)).collect(),
            removed: document.removed.iter().map(|r| shaper.removed(r)).collect(),
        }),
        timexes: list(only.time).map(|()| report.timexes.iter().map(|t| shaper.timex(t)).collect()),
        mentions: list(only.names).map(|()| report.mentions.iter().map(|m| shaper.mention(m)).collect()),
        attributions: list(only.speech).map(|()| report.attributions.iter().map(|a| shaper.attribution(a)).collect()),
        events: list(only.events).map(|()| report.events.iter().map(|e| shaper.event(e)).collect()),
        states: list(only.events).map(|()| {
            let standings = report.standings.iter();
            standings.map(|s| shaper.standing(s, &report.mentions)).collect()
        }),
        diagnostics: list(only.diagnostics).map(|()| report.diagnostics.iter().map(|d| shaper.diagnostic(d)).collect()),
    }
}

struct Shaper<'a, 'r> {
    text: &'a str,
    positions: &'r Positions<'a>,
    regions: &'r Regions<'a>,
}

impl<'a> Shaper<'a, '_> {
    fn words(&self, span: Span) -> Words<'a> {
        words(self.text, self.positions, span)
    }

    fn place(&self, span: Span) -> Place {
        let (start, end) = self.positions.of(span);
        Place { start, end }
    }

    fn standing(&self, standing: &'a Standing, mentions: &'a [Mention]) -> StandingOut<'a> {
        let entity = |i: Option<usize>| i.and_then(|i| mentions.get(i)).map_or("", |m| m.entity.as_str());
        StandingOut {
            words: self.words(standing.span),
            fluent: standing.fluent.as_str(),
            value: standing.value.as_str(),
            subject: entity(standing.subject),
            other: entity(standing.other),
            object: entity(standing.object),
            partial: standing.partial,
            when: WhenOut::new(&standing.when),
            rule: standing.rule.as_str(),
        }
    }

    fn source(&self, span: Option<Span>) -> (Option<u32>, Option<u32>) {
        let place = span.and_then(|s| self.regions.place(Region::Removed, s));
        (place.map(|p| p.0), place.map(|p| p.1))
    }

    fn block(&self, block: &Block) -> BlockOut {
        let Place { start, end } = self.place(block.span);
        let (source_start, source_end) = self.source(block.source);
        BlockOut {
            kind: block.kind.as_str(),
            start,
            end,
            source_start,
            source_end,
        }
    }

    fn removed(&self, removed: &'a Removed) -> RemovedOut<'a> {
        let (source_start, source_end) = self.source(removed.source);
        RemovedOut {
            kind: removed.kind.as_str(),
            source_start,
            source_end,
            text: &removed.text,
            rule: removed.rule.as_str(),
        }
    }

    fn region(&self, region: Region, span: Option<Span>) -> (Option<&'static str>, Option<Place>) {
        let place = span
            .and_then(|s| self.regions.place(region, s))
            .map(|(start, end, _)| Place { start, end });
        (place.and_then(|_| region_word(region)), place)
    }

    fn credit(&self, credit: &'a Credit) -> LinkOut<'a> {
        let (region, place) = self.region(credit.region, Some(credit.span));
        LinkOut {
            name: &credit.name,
            entity: "",
            region,
            place,
            rule: Some(credit.rule.as_str()),
        }
    }

    fn link(&self, link: &'a ChainLink) -> LinkOut<'a> {
        let (region, place) = self.region(link.region, link.span);
        LinkOut {
            name: &link.name,
            entity: &link.entity,
            region,
            place,
            rule: None,
        }
    }

    fn timex(&self, timex: &'a Timex) -> TimexOut<'a> {
        TimexOut {
            words: self.words(timex.span),
            kind: timex.kind.as_str(),
            value: &timex.value,
            modifier: timex.modifier.map(|m| m.as_str()),
            earliest: timex.interval.earliest.map(Day),
            latest: timex.interval.latest.map(Day),
            anchor: match timex.anchor {
                TimexAnchor::None => None,
                TimexAnchor::Published => Some("published".into()),
                TimexAnchor::Timex(index) => Some(format!("timex:{index}").into()),
            },
            rule: timex.rule.as_str(),
            vague: timex.vague,
            range_with: timex.range_with,
        }
    }

    fn mention(&self, mention: &'a Mention) -> MentionOut<'a> {
        MentionOut {
            words: self.words(mention.span),
            kind: mention.kind.as_str(),
            entity: &mention.entity,
            name: &mention.name,
            metonym_for: mention.metonym_for.as_deref(),
            title: mention.title.as_ref().map(|t| TitleOut {
                words: self.words(t.span),
                role: &t.role,
                of: t.of.as_deref(),
            }),
            latitude: mention.point.as_ref().map(|p| p.latitude),
            longitude: mention.point.as_ref().map(|p| p.longitude),
            inside: mention.inside,
            rule: mention.rule.as_str(),
        }
    }

    fn attribution(&self, attribution: &'a Attribution) -> AttributionOut<'a> {
        let source = &attribution.source;
        AttributionOut {
            source: SourceOut {
                words: source.span.map(|s| self.words(s)),
                name: &source.name,
                entity: &source.entity,
                role: &source.role,
                kind: source.kind.as_str(),
            },
            cue: attribution.cue.map(|s| self.words(s)),
            content: attribution.content.map(|s| self.place(s)),
            kind: attribution.kind.as_str(),
            chain: attribution.chain.iter().map(|l| self.link(l)).collect(),
            when: WhenOut::new(&attribution.when),
            polarity: match attribution.polarity {
                dateline_model::Polarity::Asserted => "asserted",
                dateline_model::Polarity::Denied => "denied",
            },
            commitment: attribution.commitment.as_str(),
            within: attribution.within,
            rule: attribution.rule.as_ref().map(|r| r.as_str()),
        }
    }

    fn participants(&self, participants: &'a [Participant]) -> Vec<ParticipantOut<'a>> {
        participants
            .iter()
            .map(|p| ParticipantOut {
                name: &p.name,
                entity: &p.entity,
                words: p.span.map(|s| self.words(s)),
            })
            .collect()
    }

    fn event(&self, event: &'a EventMention) -> EventMentionOut<'a> {
        let outcome = |o: &'a Outcome| OutcomeOut {
            kind: o.fluent.as_str(),
            change: o.change.as_str(),
            subject: &o.subject,
            object: &o.object,
            partial: o.partial,
        };
        EventMentionOut {
            trigger: self.words(event.trigger),
            clause: self.place(event.clause),
            event: event.event.as_str(),
            mode: event.mode.as_deref(),
            context: &event.context,
            actor: self.participants(&event.actor),
            recipient: self.participants(&event.recipient),
            mediator: self.participants(&event.mediator),
            instrument: self.participants(&event.instrument),
            places: event
                .places
                .iter()
                .map(|p| PlaceOut::new(p, Some(self.positions)))
                .collect(),
            when: WhenOut::new(&event.when),
            figures: event
                .figures
                .iter()
                .map(|f| FigureOut::new(f, self.text, self.positions))
                .collect(),
            outcomes: event.outcomes.iter().filter(|o| o.is_complete()).map(outcome).collect(),
            status: event.status.as_str(),
            phase: event.phase.as_deref(),
            attribution: event.attribution,
            rule: event.rule.as_str(),
        }
    }

    fn diagnostic(&self, diagnostic: &'a Diagnostic) -> DiagnosticOut<'a> {
        DiagnosticOut {
            code: &diagnostic.code,
            message: &diagnostic.message,
            help: &diagnostic.help,
            place: diagnostic.span.map(|s| self.place(s)),
        }
    }
}

fn words<'a>(text: &'a str, positions: &Positions<'_>, span: Span) -> Words<'a> {
    let (start, end) = positions.of(span);
    Words {
        start,
        end,
        text: span.of(text),
    }
}

impl<'a> ParticipantOut<'a> {
    /// Without a place: of a merged event, whose reports each have their own.
    pub(super) fn placeless(participant: &'a Participant) -> ParticipantOut<'a> {
        ParticipantOut {
            name: &participant.name,
            entity: &participant.entity,
            words: None,
        }
    }
}

impl<'a> PlaceOut<'a> {
    /// With its words' place where `positions` are those of its text.
    pub(super) fn new(place: &'a PlaceRef, positions: Option<&Positions<'_>>) -> PlaceOut<'a> {
        let point = place.point.as_ref();
        let span = positions.and_then(|p| Some(p.of(place.span?)));
        PlaceOut {
            name: &place.name,
            entity: &place.entity,
            place: span.map(|(start, end)| Place { start, end }),
            latitude: point.map(|p| p.latitude),
            longitude: point.map(|p| p.longitude),
            resolution: point.map(|p| p.resolution.as_str()),
            country: point.and_then(|p| p.country.as_deref()),
        }
    }
}

impl<'a> FigureOut<'a> {
    /// Of the text that its span is of.
    pub(super) fn new(figure: &'a Figure, text: &'a str, positions: &Positions<'_>) -> FigureOut<'a> {
        FigureOut {
            words: words(text, positions, figure.span),
            low: figure.low,
            high: figure.high,
            modifier: figure.modifier.map(|m| m.as_str()),
            unit: &figure.unit,
            side: figure.side.as_deref(),
            attribution: figure.attribution,
            cumulative: figure.cumulative,
            rule: figure.rule.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{
        BlockKind, Document, Evidence, Interval, MentionKind, Modifier, Plover, Published, RemovedKind, Source, Status,
        TimexKind, When,
    };
    use serde_json::{Value, json};

    const SOURCE: &str = "Ảnh: AFP\nBên A rút khoảng 1.500 lính ngày 9/3, Bộ Quốc phòng cho hay.";

    /// The span of `words` in `text`.
    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    }

    fn sample() -> AnnotatedDocument {
        let text = SOURCE.lines().nth(1).unwrap_or_default().to_string();
        let day = Interval::day(jiff::civil::date(2016, 3, 9));
        let event = EventMention {
            trigger: at(&text, "rút"),
            clause: at(&text, "Bên A rút khoảng 1.500 lính ngày 9/3"),
            event: Plover::Retreat,
            mode: Some("withdraw".into()),
            context: vec![],
            actor: vec![Participant {
                name: "Russia".into(),
                entity: "russia".into(),
                span: Some(at(&text, "Bên A")),
                mention: Some(0),
            }],
            recipient: vec![],
            mediator: vec![],
            instrument: vec![],
            places: vec![],
            when: When::unknown(),
            figures: vec![Figure {
                span: at(&text, "khoảng 1.500"),
                low: Some(1500),
                high: Some(1500),
                modifier: Some(Modifier::Approx),
                unit: "troops".into(),
                side: None,
                attribution: Some(0),
                cumulative: false,
                rule: "r".into(),
            }],
            outcomes: vec![],
            status: Status::Happened,
            attribution: Some(0),
            phase: None,
            rule: "r".into(),
        };
        AnnotatedDocument {
            document: Document {
                id: "x".into(),
                path: "a.txt".into(),
                blocks: vec![Block {
                    kind: BlockKind::Lead,
                    span: Span::new(0, text.len()),
                    source: Some(at(SOURCE, &text)),
                }],
                removed: vec![Removed {
                    kind: RemovedKind::Caption,
                    source: Some(at(SOURCE, "Ảnh: AFP")),
                    text: "Ảnh: AFP".into(),
                    rule: "r".into(),
                }],
                credits: vec![Credit {
                    name: "AFP".into(),
                    region: Region::Removed,
                    span: at(SOURCE, "AFP"),
                    rule: "r".into(),
                }],
                text: text.clone(),
                ..Document::default()
            },
            published: Published {
                value: Some("2016-03-09".into()),
                interval: day,
                evidence: vec![Evidence {
                    region: Region::Text,
                    span: at(&text, "ngày 9/3"),
                }],
                ..Published::default()
            },
            timexes: vec![Timex {
                span: at(&text, "ngày 9/3"),
                kind: TimexKind::Date,
                value: "2016-03-09".into(),
                modifier: None,
                interval: day,
                anchor: TimexAnchor::Published,
                rule: "r".into(),
                vague: false,
                range_with: None,
                from_publication: None,
            }],
            mentions: vec![Mention {
                span: at(&text, "Bên A"),
                kind: MentionKind::Place,
                entity: "russia".into(),
                name: "Russia".into(),
                metonym_for: Some("government-of-russia".into()),
                title: None,
                point: None,
                inside: None,
                sound: None,
                rule: "r".into(),
            }],
            attributions: vec![Attribution {
                source: Source {
                    span: Some(at(&text, "Bộ Quốc phòng")),
                    ..Source::default()
                },
                cue: Some(at(&text, "cho hay")),
                chain: vec![ChainLink {
                    name: "AFP".into(),
                    entity: String::new(),
                    region: Region::Removed,
                    span: Some(at(SOURCE, "AFP")),
                }],
                ..Attribution::default()
            }],
            events: vec![event],
            ..AnnotatedDocument::default()
        }
    }

    fn shaped(only: Only) -> Value {
        let sample = sample();
        let positions = Positions::new(&sample.document.text);
        serde_json::to_value(report(&sample, Some(SOURCE), &positions, only)).expect("our shapes serialise")
    }

    /// Every `start`, `end`, `text` of the object, checked by counting letters.
    fn check_words(value: &Value, text: &str) {
        if let Value::Object(fields) = value {
            let number = |name: &str| fields.get(name).and_then(Value::as_u64).map(|n| n as usize);
            if let (Some(start), Some(end), Some(Value::String(words))) =
                (number("start"), number("end"), fields.get("text"))
            {
                let text = if fields.get("in").is_some() { SOURCE } else { text };
                let letters: String = text.chars().skip(start).take(end - start).collect();
                assert_eq!(&letters, words);
            }
            fields.values().for_each(|v| check_words(v, text));
        } else if let Value::Array(items) = value {
            items.iter().for_each(|v| check_words(v, text));
        }
    }

    #[test]
    fn positions_count_letters_of_the_text_and_of_the_source() {
        let object = shaped(Only::ALL);
        check_words(&object, object["text"].as_str().unwrap_or_default());
        assert_eq!(object["blocks"][0]["source_start"], 9);
        assert_eq!(object["removed"][0]["source_end"], 8);
        assert_eq!(
            object["credits"][0],
            json!({"name": "AFP", "in": "removed", "start": 5, "end": 8, "rule": "r"})
        );
        assert_eq!(
            object["attributions"][0]["chain"][0],
            json!({"name": "AFP", "in": "removed", "start": 5, "end": 8})
        );
        assert_eq!(object["timexes"][0]["text"], "ngày 9/3");
        assert_eq!(object["events"][0]["figures"][0]["text"], "khoảng 1.500");
        assert_eq!(
            object["events"][0]["when"],
            json!({"value": null, "earliest": null, "latest": null, "basis": "unknown"})
        );
    }

    #[test]
    fn the_fields_are_those_of_the_contract() {
        let object = shaped(Only::ALL);
        let names: Vec<&str> = object
            .as_object()
            .map(|o| o.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let mut contract = [
            "schema",
            "id",
            "path",
            "record",
            "url",
            "media_type",
            "language",
            "headline",
            "outlet",
            "authors",
            "credits",
            "published",
            "text",
            "blocks",
            "removed",
            "timexes",
            "mentions",
            "attributions",
            "events",
            "states",
            "diagnostics",
        ];
        contract.sort_unstable();
        assert_eq!(names, contract);
        assert_eq!(object["record"], Value::Null);
        assert_eq!(object["timexes"][0]["anchor"], "published");
    }

    #[test]
    fn only_some_parts_are_printed_where_only_some_are_wanted() {
        let object = shaped(Only::parse(["time", "mentions"]).expect("these are parts"));
        let names: Vec<&str> = object
            .as_object()
            .map(|o| o.keys().map(String::as_str).collect())
            .unwrap_or_default();
        assert_eq!(names, ["id", "mentions", "path", "record", "schema", "timexes"]);
        assert_eq!(Only::parse(["times"]), None);
    }
}
