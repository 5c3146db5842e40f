//! Reports and timelines made by hand: the first story's facts are public, all sentences ours, all outlets made up.

use dateline_model::*;
use jiff::civil::Date;

/// A timeline with the reports it was made of.
pub(crate) type Made = (Timeline, Vec<AnnotatedDocument>);

/// "2024-04-17", "2024-04", "2024", "199X", "a/b", with ".." for an open end.
fn days(value: &str) -> Interval {
    if let Some((a, b)) = value.split_once('/') {
        let end = |v: &str| if v == ".." { Interval::default() } else { days(v) };
        return Interval {
            earliest: end(a).earliest,
            latest: end(b).latest,
        };
    }
    if let Some(decade) = value.strip_suffix('X') {
        let year: i16 = format!("{decade}0").parse().expect("a decade");
        return Interval::between(date(year, 1, 1), date(year + 9, 12, 31));
    }
    let parts: Vec<i16> = value.split('-').map(|p| p.parse().expect("a number")).collect();
    match parts[..] {
        [y, m, d] => Interval::day(date(y, m, d)),
        [y, m] => Interval::between(date(y, m, 1), date(y, m, 1).last_of_month()),
        [y] => Interval::between(date(y, 1, 1), date(y, 12, 31)),
        _ => Interval::default(),
    }
}

fn date(y: i16, m: i16, d: i16) -> Date {
    Date::new(y, m as i8, d as i8).expect("a date")
}

fn when(value: &str) -> When {
    if value.is_empty() {
        return When::unknown();
    }
    let plain = value.split(' ').next().unwrap_or(value);
    When {
        value: Some(value.into()),
        interval: days(plain),
        timex: None,
        rule: Some("fixture".into()),
    }
}

/// A report under construction: one block a line, the first is the headline, one sentence a block unless ". " parts it.
pub(crate) struct Writer(AnnotatedDocument);

impl Writer {
    pub(crate) fn new(id: &str, language: &str, outlet: &str, published: &str, text: &str) -> Writer {
        let (mut blocks, mut sentences, mut at) = (Vec::new(), Vec::new(), 0);
        for (i, line) in text.split('\n').enumerate() {
            let span = Span::new(at, at + line.len());
            let kind = match i {
                0 => BlockKind::Headline,
                1 => BlockKind::Lead,
                _ => BlockKind::Body,
            };
            blocks.push(Block {
                kind,
                span,
                source: Some(span),
            });
            let mut start = 0;
            for (dot, _) in line.match_indices(". ") {
                sentences.push(Span::new(at + start, at + dot + 1));
                start = dot + 2;
            }
            sentences.push(Span::new(at + start, at + line.len()));
            at += line.len() + 1;
        }
        let document = Document {
            id: id.into(),
            path: format!("reports/{id}.txt"),
            url: Some(format!(
                "https://{}.example/{id}",
                outlet.to_lowercase().replace(' ', "-")
            )),
            media_type: "text/plain".into(),
            language: language.into(),
            headline: text.split('\n').next().map(str::to_string),
            outlet: Some(outlet.into()).filter(|o: &String| !o.is_empty()),
            text: text.into(),
            blocks,
            ..Document::default()
        };
        let interval = if published.is_empty() {
            Interval::default()
        } else {
            days(published)
        };
        let published = Published {
            value: Some(published.to_string()).filter(|p| !p.is_empty()),
            best: interval,
            interval,
            basis: if published.is_empty() {
                Basis::Unknown
            } else {
                Basis::Byline
            },
            rule: Some("vi.date.byline".into()),
            evidence: Vec::new(),
            candidates: vec![
                candidate(published, Basis::Byline, "taken: the line under the headline"),
                candidate("2026-01-01", Basis::Url, "left: stands in the footer"),
            ],
        };
        Writer(AnnotatedDocument {
            document,
            published,
            sentences,
            ..AnnotatedDocument::default()
        })
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

    pub(crate) fn removed(mut self, kind: RemovedKind, text: &str) -> Writer {
        self.0.document.removed.push(Removed {
            kind,
            source: None,
            text: text.into(),
            rule: "und.clean.tail".into(),
        });
        self
    }

    pub(crate) fn time(mut self, words: &str, value: &str) -> Writer {
        let plain = value.split(['T', ' ']).next().unwrap_or(value);
        self.0.timexes.push(Timex {
            span: self.span(words),
            kind: TimexKind::Date,
            value: value.into(),
            modifier: None,
            interval: days(plain),
            anchor: TimexAnchor::Published,
            rule: "vi.time.day-month".into(),
            vague: false,
            range_with: None,
            from_publication: None,
        });
        self
    }

    pub(crate) fn name(mut self, words: &str, kind: MentionKind, name: &str) -> Writer {
        self.0.mentions.push(Mention {
            span: self.span(words),
            kind,
            entity: slug(name),
            name: name.into(),
            metonym_for: None,
            title: None,
            point: None,
            inside: None,
            sound: None,
            rule: "fixture".into(),
        });
        self
    }

    /// `who` says something; `via` lies between the outlet and them.
    pub(crate) fn says(mut self, who: &str, name: &str, cue: &str, via: &[&str]) -> Writer {
        let outlet = self.0.document.outlet.clone().unwrap_or_default();
        let links = std::iter::once(outlet.as_str())
            .chain(via.iter().copied())
            .chain(std::iter::once(name));
        let chain = links
            .map(|n| ChainLink {
                name: n.into(),
                entity: slug(n),
                region: Region::Text,
                span: None,
            })
            .collect();
        let attribution = Attribution {
            source: Source {
                span: Some(self.span(who)),
                name: name.into(),
                entity: slug(name),
                ..Source::default()
            },
            cue: Some(self.span(cue)),
            chain,
            ..Attribution::default()
        };
        self.0.attributions.push(attribution);
        self
    }

    /// The last timex and the last speaker are the event's.
    pub(crate) fn tells(
        mut self,
        trigger: &str,
        kind: Plover,
        status: Status,
        value: &str,
        actor: &[&str],
        place: &str,
    ) -> Writer {
        let trigger = self.span(trigger);
        let text = &self.0.document.text;
        let participants = actor
            .iter()
            .map(|a| {
                let mention = self.0.mentions.iter().position(|m| m.name == *a);
                let span = mention.map(|m| self.0.mentions[m].span);
                Participant {
                    name: (*a).into(),
                    entity: slug(a),
                    span,
                    mention,
                }
            })
            .collect();
        let places = Some(place).filter(|p| !p.is_empty()).map(|p| PlaceRef {
            name: p.into(),
            entity: slug(p),
            span: text.find(p).map(|at| Span::new(at, at + p.len())),
            point: None,
        });
        let mut when = when(value);
        when.timex = self.0.timexes.len().checked_sub(1);
        self.0.events.push(EventMention {
            trigger,
            clause: trigger,
            event: kind,
            mode: None,
            context: Vec::new(),
            actor: participants,
            recipient: Vec::new(),
            mediator: Vec::new(),
            instrument: Vec::new(),
            places: places.into_iter().collect(),
            when,
            figures: Vec::new(),
            outcomes: Vec::new(),
            status,
            attribution: self.0.attributions.len().checked_sub(1),
            phase: None,
            rule: "fixture".into(),
        });
        self
    }

    /// A figure of the last event.
    pub(crate) fn figure(mut self, words: &str, n: u64, modifier: Option<Modifier>, unit: &str) -> Writer {
        let span = self.span(words);
        let figure = Figure {
            span,
            low: Some(n),
            high: Some(n),
            modifier,
            unit: unit.into(),
            side: None,
            attribution: None,
            cumulative: false,
            rule: "fixture".into(),
        };
        self.0.events.last_mut().expect("an event").figures.push(figure);
        self
    }

    /// An outcome of the last event.
    pub(crate) fn brings(mut self, fluent: Fluent, change: Change, subject: &str, object: &str) -> Writer {
        let outcome = Outcome {
            fluent,
            change,
            subject: subject.into(),
            object: object.into(),
            partial: false,
        };
        self.0.events.last_mut().expect("an event").outcomes.push(outcome);
        self
    }

    pub(crate) fn done(self) -> AnnotatedDocument {
        self.0
    }
}

fn candidate(value: &str, basis: Basis, verdict: &str) -> Candidate {
    Candidate {
        value: Some(value.to_string()).filter(|v| !v.is_empty()),
        interval: if value.is_empty() {
            Interval::default()
        } else {
            days(value)
        },
        basis,
        rule: "fixture.date".into(),
        evidence: Vec::new(),
        verdict: verdict.into(),
    }
}

fn slug(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect()
}

/// An event put together from tellings: report and number of its event, with the root of each.
pub(crate) fn merged(id: &str, value: &str, reports: &[AnnotatedDocument], tellings: &[(usize, usize, &str)]) -> Event {
    let mentions: Vec<EventMentionRef> = tellings
        .iter()
        .enumerate()
        .map(|(i, (report, event, root))| EventMentionRef {
            report: reports[*report].document.id.clone(),
            event: *event,
            span: reports[*report].events[*event].trigger,
            root: (*root).into(),
            rule: if i == 0 {
                "coref.first"
            } else {
                "coref.merge.day-and-actor"
            }
            .into(),
        })
        .collect();
    let (first, told) = (&reports[tellings[0].0], &reports[tellings[0].0].events[tellings[0].1]);
    let sentence = first
        .sentences
        .iter()
        .find(|s| s.contains(told.trigger))
        .copied()
        .unwrap_or(told.trigger);
    let mut roots: Vec<String> = tellings.iter().map(|t| t.2.to_string()).collect();
    roots.sort();
    roots.dedup();
    let mut outlets: Vec<_> = tellings.iter().map(|t| reports[t.0].document.outlet.clone()).collect();
    outlets.sort();
    outlets.dedup();
    let mut figures: Vec<ClusterFigure> = Vec::new();
    for (mention, (report, event, _)) in tellings.iter().enumerate() {
        for figure in &reports[*report].events[*event].figures {
            let claim = Claim {
                mention,
                figure: figure.clone(),
            };
            match figures.iter_mut().find(|f| f.unit == figure.unit) {
                Some(f) => {
                    f.low = f.low.min(figure.low);
                    f.high = f.high.max(figure.high);
                    f.claims.push(claim);
                }
                None => figures.push(ClusterFigure {
                    unit: figure.unit.clone(),
                    low: figure.low,
                    high: figure.high,
                    claims: vec![claim],
                }),
            }
        }
    }
    Event {
        id: id.into(),
        event: told.event,
        mode: told.mode.clone(),
        label: sentence.of(&first.document.text).into(),
        text: sentence.of(&first.document.text).into(),
        when: when(value),
        places: told.places.clone(),
        actor: told.actor.clone(),
        recipient: told.recipient.clone(),
        mediator: told.mediator.clone(),
        figures,
        status: told.status,
        phase_of: None,
        under: None,
        mentions,
        sources: Sources {
            reports: tellings.len(),
            outlets: outlets.len(),
            independent: roots.len(),
            roots,
        },
        disputes: Vec::new(),
        story: Some("s1".into()),
        refusals: Vec::new(),
    }
}

fn differ(field: DisputeField, kind: DisputeKind, sides: &[(&str, &[usize])]) -> Dispute {
    let variants = sides
        .iter()
        .map(|(v, m)| Variant {
            value: (*v).into(),
            mentions: m.to_vec(),
        })
        .collect();
    Dispute { field, kind, variants }
}

/// The timeline of the reports and events.
pub(crate) fn timeline(label: &str, reports: &[AnnotatedDocument], mut events: Vec<Event>) -> Timeline {
    events.sort_by(|a, b| (a.when.interval, &a.id).cmp(&(b.when.interval, &b.id)));
    let lines = reports
        .iter()
        .map(|r| ReportRef {
            id: r.document.id.clone(),
            path: r.document.path.clone(),
            outlet: r.document.outlet.clone(),
            headline: r.document.headline.clone(),
            language: r.document.language.clone(),
            published: r.published.clone(),
            story: Some("s1".into()),
            reprint_of: None,
        })
        .collect();
    let story = Story {
        id: "s1".into(),
        label: label.into(),
        reports: reports.iter().map(|r| r.document.id.clone()).collect(),
        when: When::unknown(),
    };
    Timeline {
        reports: lines,
        stories: vec![story],
        events,
        ..Timeline::default()
    }
}

/// What held when by the built-in axioms, and, where a report is hostile, in its names.
pub(crate) fn courses(timeline: &Timeline, reports: &[AnnotatedDocument]) -> Vec<Course> {
    let axioms = dateline_timeline::state::Axioms::load(&dateline_lang::PackFiles::builtin()).expect("axioms");
    let mut courses = dateline_timeline::state::Chronicle::new(reports, timeline, &axioms, None).courses();
    let evil = timeline.events.first().filter(|e| e.id.contains("<script>"));
    courses.extend(evil.map(|event| {
        let named = Named {
            entity: event.id.clone(),
            name: event.id.clone(),
            words: vec![format!("{} words", event.id)],
            kind: event.id.clone(),
            parties: Vec::new(),
        };
        let holding = Holding {
            fluent: Fluent::InForce,
            subject: named.clone(),
            object: named.clone(),
            value: Value::InForce,
            or: Some(Value::Broken),
            partial: true,
            disputed: true,
            basis: Ground::Stated,
            told: Some(date(2024, 1, 2)),
            since: event.when.clone(),
            until: event.when.clone(),
            events: vec![event.id.clone()],
            standings: Vec::new(),
            rules: vec![event.id.clone()],
        };
        Course {
            fluent: Fluent::InForce,
            subject: named.clone(),
            object: named,
            days: vec![(date(2024, 1, 2), Some(holding))],
        }
    }));
    courses
}

/// Nothing at all.
pub(crate) fn empty() -> Made {
    (Timeline::default(), Vec::new())
}

/// One report with one event.
pub(crate) fn single() -> Made {
    use {MentionKind::*, Plover::*, Status::*};
    let text = "Truce signed in Jeddah\nBoth sides signed a seven-day truce in Jeddah on May 20, the mediators said.";
    let report = Writer::new("jeddah", "en", "Harbour Courier", "2023-05-21", text)
        .time("May 20", "2023-05-20")
        .name("Jeddah", Place, "Jeddah")
        .says("the mediators", "mediators", "said", &[])
        .tells(
            "signed a seven-day truce",
            Support,
            Happened,
            "2023-05-20",
            &[],
            "Jeddah",
        )
        .done();
    let reports = vec![report];
    let event = merged("truce", "2023-05-20", &reports, &[(0, 0, "mediators")]);
    (timeline("Truce signed in Jeddah", &reports, vec![event]), reports)
}

/// A story with every status, precision and kind of dispute.
pub(crate) fn story() -> Made {
    use {DisputeField as F, DisputeKind as K, MentionKind::*, Plover::*, Status::*};
    let a = Writer::new("a", "vi", "Báo Cửa Biển", "2024-04-17",
        "Brazil rút lính gìn giữ hòa bình khỏi Ostravia\nLực lượng Brazil đã bắt đầu rút khỏi Ostravia từ hôm 16/4, theo người phát ngôn Ana Quispe.\nGần 2.000 lính Brazil được triển khai tại đây theo thỏa thuận ngừng bắn ngày 10/11/2020. Peru giành lại toàn bộ vùng này sau chiến dịch ngày 19/9/2023, khiến ít nhất 200 người chết.\nHai nước từng giao tranh trong thập niên 1990. Năm 1923, Ostravia được lập thành tỉnh tự trị.\nSantiago dự kiến ký hòa ước với Lima trước cuối năm 2024.")
        .removed(RemovedKind::Breadcrumb, "Trang chủ / Thế giới").removed(RemovedKind::Related, "Chợ nổi họp ba ngày")
        .removed(RemovedKind::Related, "Giá vé xe buýt tháng này")
        .name("Lực lượng Brazil", Force, "Brazilian peacekeepers").name("Ostravia", Place, "Ostravia").name("Ana Quispe", Person, "Ana Quispe").name("Peru", Place, "Peru").name("Santiago", Place, "Chile")
        .time("16/4", "2024-04-16").says("Ana Quispe", "Ana Quispe", "theo", &["RT"])
        .tells("bắt đầu rút", Retreat, Happened, "2024-04-16", &["Brazilian peacekeepers"], "Ostravia")
        .brings(Fluent::Presence, Change::Ends, "brazilian-peacekeepers", "ostravia")
        .figure("Gần 2.000", 2000, Some(Modifier::LessThan), "peacekeepers")
        .time("10/11/2020", "2020-11-10").tells("thỏa thuận ngừng bắn", Agree, Historical, "2020-11-10", &["Peru", "Chile"], "Ostravia")
        .brings(Fluent::InForce, Change::Begins, "thỏa thuận ngừng bắn", "ostravia")
        .time("19/9/2023", "2023-09-19").tells("giành lại", Assault, Happened, "2023-09-19", &["Peru"], "Ostravia")
        .brings(Fluent::Control, Change::Begins, "peru", "ostravia")
        .figure("ít nhất 200", 200, Some(Modifier::EqualOrMore), "killed")
        .time("thập niên 1990", "199X").tells("từng giao tranh", Assault, Historical, "199X", &[], "")
        .time("Năm 1923", "1923").tells("được lập", Cooperate, Historical, "1923", &[], "")
        .time("cuối năm 2024", "2024").tells("ký hòa ước", Agree, Planned, "../2024-12-31", &["Chile"], "")
        .done();
    let b = Writer::new("b", "en", "Harbour Courier", "2024-04-18",
        "Brazilian troops leave Ostravia early\nBrazilian peacekeepers have begun to leave Ostravia, presidential spokeswoman Ana Quispe confirmed on April 17.\nAbout 2,000 soldiers were sent there in November 2020. Peru's operation in September 2023 lasted a day and ended in the surrender of the separatists.\nA presidential aide denied that the base in Molina had been handed over.")
        .name("Brazilian peacekeepers", Force, "Brazilian peacekeepers").name("Ana Quispe", Person, "Ana Quispe").name("Peru", Place, "Peru")
        .time("April 17", "2024-04-17").says("presidential spokeswoman Ana Quispe", "Ana Quispe", "confirmed", &["EFE"])
        .tells("begun to leave", Retreat, Happened, "2024-04-17", &["Brazilian peacekeepers"], "Ostravia")
        .figure("About 2,000", 2000, Some(Modifier::Approx), "peacekeepers")
        .time("September 2023", "2023-09").tells("surrender", Concede, Happened, "2023-09", &["Peru"], "")
        .says("A presidential aide", "presidential aide", "denied", &[]).tells("handed over", Retreat, Denied, "2024-04", &[], "Molina")
        .done();
    let c = Writer::new("c", "vi", "Nhịp Phố", "2024-06-13",
        "Brazil hoàn tất rút quân\nBộ Quốc phòng Peru cho hay việc rút quân đã hoàn tất hôm 12/6, sau khi bắt đầu hồi đầu tháng 4.\nHơn 280 người thiệt mạng trong chiến dịch mùa thu 2023, theo phía Chile. Brazil có thể lập trung tâm giám sát mới.")
        .name("Bộ Quốc phòng Peru", Organization, "Ministry of Defence of Peru")
        .time("đầu tháng 4", "2024-04 START").says("Bộ Quốc phòng Peru", "Ministry of Defence of Peru", "cho hay", &["ANSA"])
        .tells("bắt đầu", Retreat, Happened, "2024-04 START", &[], "")
        .time("12/6", "2024-06-12").tells("đã hoàn tất", Retreat, Happened, "2024-06-12", &[], "")
        .brings(Fluent::Presence, Change::Completed, "brazilian-peacekeepers", "ostravia")
        .time("mùa thu 2023", "2023-FA".split('-').next().unwrap_or("2023")).tells("thiệt mạng", Assault, Happened, "2023", &[], "")
        .figure("Hơn 280", 280, Some(Modifier::MoreThan), "killed")
        .tells("có thể lập", Cooperate, Hypothetical, "", &[], "")
        .done();
    let d = Writer::new(
        "d",
        "vi",
        "",
        "",
        "Bài không rõ ngày\nQuân Brazil rời Ostravia, Ana Quispe nói.",
    )
    .says("Ana Quispe", "Ana Quispe", "nói", &[])
    .tells("rời", Retreat, Happened, "", &[], "Ostravia")
    .done();
    let reports = vec![a, b, c, d];
    let quispe = "Ana Quispe";
    let mut begun = merged(
        "begun",
        "2024-04-16/2024-04-17",
        &reports,
        &[
            (0, 0, quispe),
            (1, 0, quispe),
            (2, 0, "Ministry of Defence of Peru"),
            (3, 0, quispe),
        ],
    );
    begun.disputes = vec![
        differ(F::When, K::Conflict, &[("2024-04-16", &[0]), ("2024-04-17", &[1])]),
        differ(F::When, K::Refinement, &[("2024-04-16", &[0]), ("2024-04 START", &[2])]),
        differ(
            F::Figures,
            K::Approximation,
            &[("2000 LESS_THAN", &[0]), ("2000 APPROX", &[1])],
        ),
    ];
    begun.refusals = vec![("coref.refuse.phase".into(), "done".into())];
    let mut war = merged(
        "war",
        "2023-09-19",
        &reports,
        &[(0, 2, "Báo Cửa Biển"), (1, 1, "Harbour Courier"), (2, 2, "Chile")],
    );
    war.disputes = vec![
        differ(
            F::Figures,
            K::Update,
            &[("200 EQUAL_OR_MORE", &[0]), ("280 MORE_THAN", &[2])],
        ),
        differ(
            F::Framing,
            K::Framing,
            &[("ASSAULT: giành lại", &[0]), ("CONCEDE: surrender", &[1])],
        ),
        differ(F::Status, K::Correction, &[("planned", &[0]), ("happened", &[1, 2])]),
    ];
    let events = vec![
        begun,
        war,
        merged("done", "2024-06-12", &reports, &[(2, 1, "Ministry of Defence of Peru")]),
        merged("truce", "2020-11-10", &reports, &[(0, 1, "Báo Cửa Biển")]),
        merged("nineties", "199X", &reports, &[(0, 3, "Báo Cửa Biển")]),
        merged("oblast", "1923", &reports, &[(0, 4, "Báo Cửa Biển")]),
        merged("treaty", "../2024-12-31", &reports, &[(0, 5, "Santiago")]),
        merged("base", "2024-04", &reports, &[(1, 2, "presidential aide")]),
        merged("centre", "", &reports, &[(2, 3, "Nhịp Phố")]),
    ];
    (
        timeline("Brazil rút lính gìn giữ hòa bình khỏi Ostravia", &reports, events),
        reports,
    )
}

/// Script, markup and letters that turn the line in every field there is.
pub(crate) fn hostile() -> Made {
    let evil = "\"'></script></style></title><script>window.ran=1</script><img src=x onerror=window.ran=1>\u{202E}\u{2028}&lt;{n}{x}javascript:window.ran=1";
    let text = format!("{evil}\nSays {evil} happened on {evil}.");
    let mut report = Writer::new("evil", "en", "x", "2024-01-02", &text)
        .time("happened", "2024-01-02")
        .name("Says", MentionKind::Person, evil)
        .says("Says", evil, "happened", &[evil])
        .tells("happened", Plover::Assault, Status::Denied, "2024-01-02", &[evil], evil)
        .figure("happened", 3, None, evil)
        .removed(RemovedKind::Related, evil)
        .done();
    let document = &mut report.document;
    (document.id, document.path, document.language) = (evil.into(), evil.into(), evil.into());
    (document.url, document.outlet, document.headline) =
        (Some(format!("javascript:{evil}")), Some(evil.into()), Some(evil.into()));
    document.authors = vec![evil.into()];
    document.known.retrieved = Some(evil.into());
    document.credits = vec![Credit {
        name: evil.into(),
        region: Region::Removed,
        span: Span::default(),
        rule: evil.into(),
    }];
    report.published.value = Some(evil.into());
    report.published.candidates[0].verdict = evil.into();
    report.published.candidates[0].value = Some(evil.into());
    report.timexes[0].value = evil.into();
    report.events[0].when.value = Some(evil.into());
    report.diagnostics = vec![Diagnostic::new(evil, evil, evil)];
    let reports = vec![report];
    let mut event = merged(evil, "2024-01-02", &reports, &[(0, 0, evil), (0, 0, evil)]);
    event.when.value = Some(evil.into());
    event.mentions[1].rule = evil.into();
    event.refusals = vec![(evil.into(), evil.into())];
    event.story = Some(evil.into());
    for field in [
        DisputeField::When,
        DisputeField::Where,
        DisputeField::Figures,
        DisputeField::Status,
        DisputeField::Framing,
    ] {
        event.disputes.push(differ(
            field,
            DisputeKind::Conflict,
            &[(evil, &[0]), ("ASSAULT: x", &[1])],
        ));
    }
    let mut twin = event.clone();
    twin.id = twin.id.replace('<', "{");
    let mut timeline = timeline(evil, &reports, vec![event, twin]);
    timeline.stories.push(Story {
        id: evil.into(),
        label: evil.into(),
        ..timeline.stories[0].clone()
    });
    timeline.duplicates = vec![DuplicateSet {
        reports: vec![evil.into()],
        kind: DuplicateKind::Revision,
        original: evil.into(),
        changes: vec![Revised {
            from: evil.into(),
            to: evil.into(),
            added: vec![Span::new(0, 4)],
            removed: vec![Span::new(0, 4)],
            figures: Vec::new(),
        }],
    }];
    (timeline, reports)
}

/// `n` events in reports of about 2 kB, four events a report; one event in three is told by two to four of them.
pub(crate) fn many(n: usize) -> Made {
    const WORDS: &str = "quân đội chính phủ thỏa thuận ngừng bắn thành phố hôm qua người phát ngôn cho biết tình hình khu vực biên giới lực lượng gìn giữ hòa bình đã rút khỏi thị trấn sau khi hai bên ký kết tuyên bố chung tại hội nghị do tổ chức làm trung gian";
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let outlets = [
        "Báo Cửa Biển",
        "Nhịp Phố",
        "Harbour Courier",
        "Plateau Post",
        "Bản tin Sông Hồng",
    ];
    let actors = [
        "Northland",
        "Southland",
        "Army of the East",
        "Red Cross",
        "Union",
        "Ministry of Defence",
        "Rebels",
        "Council",
    ];
    let kinds = Plover::ALL;
    let statuses = [
        Status::Happened,
        Status::Happened,
        Status::Happened,
        Status::Announced,
        Status::Planned,
        Status::Denied,
        Status::Historical,
    ];
    let tellings = n + n / 3 * 2;
    let mut reports = Vec::new();
    for r in 0..tellings.div_ceil(4) + 1 {
        let day = |d: usize| format!("{}-{:02}-{:02}", 2005 + d / 360 % 20, d / 30 % 12 + 1, d % 28 + 1);
        let mut text = format!("Tin số {r}: thỏa thuận tại biên giới");
        for k in 0..4 {
            text.push_str(&format!(
                "\nĐoạn {k} của bài {r}. Ông Speaker{k} nói quân{k} rút khỏi Town{} hôm ngày{k} với {} người. ",
                r % 40,
                100 + r
            ));
            for _ in 0..60 {
                text.push_str(words[random(words.len())]);
                text.push(' ');
            }
        }
        let base = r * 7 % 7000;
        let mut writer = Writer::new(&format!("r{r:05}"), "vi", outlets[r % 5], &day(base), &text);
        for k in 0..4 {
            let actor = actors[random(actors.len())];
            writer = writer
                .time(&format!("ngày{k}"), &day(base + k * 90))
                .name(&format!("quân{k}"), MentionKind::Force, actor)
                .says(&format!("Speaker{k}"), &format!("Speaker {k}"), "nói", &["Agency"])
                .tells(
                    &format!("rút khỏi Town{}", r % 40),
                    kinds[random(16)],
                    statuses[random(7)],
                    &day(base + k * 90),
                    &[actor],
                    &format!("Town{}", r % 40),
                );
            // Each of the four paragraphs tells its own event.
            let text = writer.0.document.text.clone();
            let paragraph = text.find(&format!("Đoạn {k}")).expect("a paragraph");
            let at = paragraph + text[paragraph..].find("rút khỏi").expect("a trigger");
            writer.0.events.last_mut().expect("an event").trigger = Span::new(at, at + "rút khỏi".len());
        }
        reports.push(
            writer
                .removed(RemovedKind::Related, "Tin liên quan: chợ nổi họp ba ngày")
                .done(),
        );
    }
    let mut events = Vec::new();
    let mut next = 0;
    for e in 0..n {
        let told = if e % 3 == 0 { 2 + random(3) } else { 1 };
        let list: Vec<(usize, usize, String)> = (0..told)
            .map(|i| {
                next += 1;
                (
                    (next - 1) / 4 % reports.len(),
                    (next - 1) % 4,
                    format!("Root {}", (e + i) % 300),
                )
            })
            .collect();
        let list: Vec<(usize, usize, &str)> = list.iter().map(|(r, k, root)| (*r, *k, root.as_str())).collect();
        let first = &reports[list[0].0].events[list[0].1];
        let value = first.when.value.clone().unwrap_or_default();
        let mut event = merged(&format!("{e:05x}"), &value, &reports, &list);
        if told > 2 {
            event.disputes = vec![differ(
                DisputeField::When,
                DisputeKind::Conflict,
                &[(&value, &[0]), ("2024-04", &[1])],
            )];
        }
        events.push(event);
    }
    (timeline("Một kho lớn", &reports, events), reports)
}
