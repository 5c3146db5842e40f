//! Names across a report: by their sound, by the report's day, by what stands beside a title; in our own sentences.

mod common;

use dateline_extract::Extractor;
use dateline_model::{AnnotatedDocument, Mention, MentionKind};

fn read(tag: &str, published: Option<&str>, text: &str) -> AnnotatedDocument {
    common::report(&Extractor::builtin(), tag, published, text)
}

/// The mention of these words.
fn mention<'r>(report: &'r AnnotatedDocument, words: &str) -> &'r Mention {
    let text = &report.document.text;
    let found = report.mentions.iter().find(|m| m.span.of(text) == words);
    found.unwrap_or_else(|| panic!("`{words}` in: {text}"))
}

fn entity(report: &AnnotatedDocument, words: &str) -> String {
    mention(report, words).entity.clone()
}

#[test]
fn a_name_spelled_by_its_sound_is_the_one_original_that_it_fits() {
    for (original, spelled) in [
        ("Petro Karsenko", "Các-xen-cô"),
        ("Oleg Velyansky", "Vê-li-an-xki"),
        ("Oleg Velyansky", "O. Vê-li-an-xki"),
        ("Hamid al-Bassam", "Ha-mít An Bát-xam"),
        ("Joe Madden", "Giô Ma-đơn"),
        ("Pavel Zhukovin", "Giu-cô-vin"),
        ("Pavel Stolarin", "Xtô-la-rin"),
        ("Recep Merdugan", "Mec-du-gan"),
    ] {
        let text = format!("Hôm qua ông {original} tới Cairo. Sau đó ông {spelled} về nước.");
        let report = read("vi", Some("2015-03-02"), &text);
        assert_eq!(entity(&report, spelled), entity(&report, original), "{text}");
    }
}

#[test]
fn where_two_fit_or_none_the_spelling_stays_by_itself() {
    for (text, spelled) in [
        ("Ông Ivan Barsov gặp ông Petro Barsov. Ông Bác-xốp im lặng.", "Bác-xốp"),
        ("Ông Ivan Barsov lên tiếng. Ông Mác-xốp im lặng.", "Mác-xốp"),
        (
            "Ông Oleg Velyansky lên tiếng. Ông P. Vê-li-an-xki im lặng.",
            "P. Vê-li-an-xki",
        ),
        ("Ông Karl Bush lên tiếng. Ông Bu-sơ im lặng.", "Bu-sơ"),
    ] {
        let report = read("vi", Some("2015-03-02"), text);
        let other = |m: &&Mention| m.kind == MentionKind::Person && m.span.of(text) != spelled;
        let own = entity(&report, spelled);
        assert!(report.mentions.iter().filter(other).all(|m| m.entity != own), "{text}");
    }
}

#[test]
fn a_place_spelled_by_its_sound_is_the_one_that_sounds_so() {
    let report = read("vi", None, "Giao tranh ở Pa-lét-tin lan tới Vê-nê-duy-ê-la.");
    assert_eq!(entity(&report, "Pa-lét-tin"), "palestine");
    assert_eq!(entity(&report, "Vê-nê-duy-ê-la"), "venezuela");
}

#[test]
fn the_reports_day_says_which_actor_a_name_means() {
    let of = |day: &str, text: &str| entity(&read("en", Some(day), text), "RSF");
    assert_eq!(of("2003-05-01", "In Sudan the RSF denied it."), "rsf", "not there yet");
    assert_eq!(of("2023-05-01", "In Sudan the RSF denied it."), "rapid-support-forces");
    assert_eq!(
        of("2003-05-01", "In Paris the RSF denied it."),
        "reporters-without-borders"
    );
    let pact = |day: &str| entity(&read("en", Some(day), "In Sofia the Warsaw Pact met."), "Warsaw Pact");
    assert_eq!(pact("1968-05-01"), "warsaw-pact");
    assert_eq!(pact("2018-05-01"), "warsaw-pact", "what is gone may be told of");
    let early = read("en", Some("1999-05-01"), "Two men of the M23 were seen.");
    assert!(early.mentions.iter().all(|m| m.rule != "en.names.actor".into()));
}

#[test]
fn titles_have_the_days_that_the_words_give() {
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    for (tag, text, name, held) in [
        (
            "en",
            "Former Kenyan president Ivan Barsov spoke.",
            "Ivan Barsov",
            "..2015-03-01",
        ),
        (
            "en",
            "Ivan Barsov, president of Kenya from 2004 to 2009, spoke.",
            "Ivan Barsov",
            "2004-01-01..2009-12-31",
        ),
        (
            "en",
            "Ivan Barsov, president of Kenya since 2004, spoke.",
            "Ivan Barsov",
            "2004-01-01..",
        ),
        (
            "en",
            "In 2004 then-president Ivan Barsov spoke.",
            "Ivan Barsov",
            "2004-01-01..2004-12-31",
        ),
        ("en", "Kenyan President Ivan Barsov spoke.", "Ivan Barsov", ".."),
        (
            "vi",
            "Cựu tổng thống Kenya Ivan Barsov nói.",
            "Ivan Barsov",
            "..2015-03-01",
        ),
        (
            "vi",
            "Ông Ivan Barsov, tổng thống Kenya từ 2004 đến 2009, nói.",
            "Ivan Barsov",
            "2004-01-01..2009-12-31",
        ),
        (
            "vi",
            "Năm 2004, Thủ tướng Kenya khi đó Ivan Barsov từ chối.",
            "Ivan Barsov",
            "2004-01-01..2004-12-31",
        ),
        ("vi", "Tổng thống Kenya Ivan Barsov nói.", "Ivan Barsov", ".."),
    ] {
        let report = read(tag, Some("2015-03-02"), text);
        let title = mention(&report, name).title.clone();
        let days = title.unwrap_or_else(|| panic!("no title: {text}")).held;
        assert_eq!(format!("{}..{}", day(days.earliest), day(days.latest)), held, "{text}");
    }
}

#[test]
fn the_president_of_today_is_not_the_former_one() {
    let text = "Former Kenyan president Ivan Barsov spoke. On Friday the Kenyan president answered.";
    let report = read("en", Some("2015-03-02"), text);
    assert_ne!(entity(&report, "Kenyan president"), entity(&report, "Ivan Barsov"));
}

#[test]
fn words_that_only_describe_are_roles() {
    for (tag, text, words, kind) in [
        ("en", "On Friday gunmen attacked Goma.", "gunmen", MentionKind::Role),
        ("en", "Rebels attacked Goma on Friday.", "Rebels", MentionKind::Role),
        (
            "en",
            "Kenyan soldiers left Goma.",
            "Kenyan soldiers",
            MentionKind::Force,
        ),
        ("en", "Druze fighters left Goma.", "Druze", MentionKind::Group),
        (
            "vi",
            "Hôm qua phiến quân tấn công Goma.",
            "phiến quân",
            MentionKind::Role,
        ),
        (
            "vi",
            "Hôm qua binh sĩ Kenya rời Goma.",
            "binh sĩ Kenya",
            MentionKind::Force,
        ),
        ("vi", "Hôm qua Lữ đoàn 47 rời Goma.", "Lữ đoàn 47", MentionKind::Force),
    ] {
        let report = read(tag, Some("2015-03-02"), text);
        assert_eq!(mention(&report, words).kind, kind, "{text}");
    }
}

/// A text in which each sentence names somebody, something and somewhere else.
fn many(sentences: usize) -> String {
    let word = |n: usize, salt: usize| {
        let (on, vo) = (b"bdfgklmnprstvz", b"aeiou");
        let mut rest = n * 7919 + salt * 104_729 + 1;
        let mut word = String::new();
        for _ in 0..4 {
            word.push(char::from(on[rest % on.len()]));
            rest /= on.len();
            word.push(char::from(vo[rest % vo.len()]));
            rest = rest / vo.len() + n * 31 + salt;
        }
        word[..1].to_uppercase() + &word[1..]
    };
    let sentence = |n: usize| {
        let [a, b, c, d] = [1, 2, 3, 4].map(|salt| word(n, salt));
        format!(
            "President {a} {b} met General {c} {b}, known as {d}, in {c}. The {a} {d} Council (QX{n}Z) and the Council of \
             {d} denied it. {b} left, and the president stayed in {c}, {a}, while Moscow said no.\n"
        )
    };
    (0..sentences).map(sentence).collect()
}

/// Lists and indexes that grow with the names of a text hold, and what stands last is read as what stands first.
#[test]
fn a_text_of_hundreds_of_names_is_read_to_its_end() {
    let text = many(400);
    let report = read("en", Some("2015-03-02"), &text);
    let title = "President ".len();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let first = from + title;
        let who = report.mentions.iter().find(|m| m.span.start as usize == first);
        assert_eq!(who.map(|m| m.kind), Some(MentionKind::Person), "{line}");
        let inside = |m: &&Mention| (from..from + line.len()).contains(&(m.span.start as usize));
        let named = report.mentions.iter().filter(inside).count();
        assert!(named > 5, "{named} in: {line}");
        from += line.len();
    }
}

#[test]
fn an_article_does_not_sound_and_a_first_name_does() {
    let sound = |name: &str| {
        let report = read("en", Some("2015-03-02"), &format!("President {name} left."));
        mention(&report, name).sound.clone().unwrap_or_default()
    };
    assert_eq!(sound("Walid al-Bassam"), sound("Walid Bassam"));
    assert_ne!(sound("Ann-Marie Karsen"), sound("Marie Karsen"));
    assert_ne!(sound("Abu-Bakr Karsen"), sound("Bakr Karsen"));
}

#[test]
fn in_a_sentence_of_one_day_then_is_that_day() {
    let text = "In May 2014 then president Ivan Dovhan spoke. In June 2014 then minister Petro Karsen spoke.";
    let report = read("en", Some("2015-03-02"), text);
    for (name, from) in [("Ivan Dovhan", "2014-05-01"), ("Petro Karsen", "2014-06-01")] {
        let held = mention(&report, name).title.as_ref().map(|t| t.held.earliest);
        assert_eq!(held.flatten().map(|d| d.to_string()).as_deref(), Some(from), "{name}");
    }
}

#[test]
fn broken_texts_break_nothing() {
    let extractor = Extractor::builtin();
    let pieces = [
        "known as",
        "(",
        ")",
        "AA",
        "Xta-lin",
        "Đ.",
        "President",
        "then",
        "former",
        "from",
        "2014",
        "-",
        "'s",
        "“",
        "al-",
        ",",
        "Ivan",
        "Sheikh",
        "of",
        "the",
        "Kenya",
        "R-Texas",
        "còn gọi là",
        "cựu",
        "tổng thống",
        "Hồ",
        "An",
        "Bát-xam",
        "d'",
        "X.",
        "biệt danh",
        "UNIFIL",
        "phái bộ",
        "người",
        "State",
        "\n",
        ".",
        "Secretary",
        "ơ-ơ-ơ",
        "E-e",
    ];
    let mut seed = 7u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..24 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            if seed & 8 == 0 {
                text.push(' ');
            }
        }
        for tag in ["en", "vi"] {
            let report = common::report(&extractor, tag, Some("2015-03-02"), &text);
            let ends = |m: &Mention| m.span.end as usize <= report.document.text.len();
            assert!(report.mentions.iter().all(ends), "{text}");
        }
    }
}

#[test]
fn a_short_form_that_many_bear_needs_company() {
    for (tag, text, words, wanted) in [
        (
            "en",
            "The PDF burned a convoy near Mandalay.",
            "PDF",
            "peoples-defence-force",
        ),
        ("en", "The PDF was opened on a phone in Lima.", "PDF", ""),
        (
            "en",
            "The CHP lost Ankara's outskirts.",
            "CHP",
            "republican-peoples-party-of-turkey",
        ),
        ("en", "The CHP stopped a lorry in California.", "CHP", ""),
        (
            "en",
            "Japan sent the SDF to the island.",
            "SDF",
            "self-defense-forces-of-japan",
        ),
        (
            "en",
            "Near Raqqa the SDF held four men.",
            "SDF",
            "syrian-democratic-forces",
        ),
        (
            "en",
            "In Chad the TMC dissolved parliament.",
            "TMC",
            "transitional-military-council-of-chad",
        ),
        (
            "en",
            "In Khartoum the TMC promised a vote.",
            "TMC",
            "transitional-military-council-of-sudan",
        ),
        ("en", "The NRA and the FACT met in Denver.", "NRA", ""),
        (
            "en",
            "The unit is called Kraken; Kharkiv is calm.",
            "Kraken",
            "kraken-regiment",
        ),
        (
            "en",
            "Reporters Without Borders (RSF) spoke in Lyon; the RSF was angry.",
            "RSF",
            "reporters-without-borders",
        ),
        ("en", "The RSF shelled Omdurman.", "RSF", "rapid-support-forces"),
        // Its own long name, and another short form of the same country, are company, too.
        (
            "en",
            "The Allied Democratic Forces came back. The ADF burned a lorry.",
            "ADF",
            "allied-democratic-forces",
        ),
        (
            "en",
            "The CHP and the MHP voted for it.",
            "CHP",
            "republican-peoples-party-of-turkey",
        ),
        (
            "vi",
            "Lực lượng Hỗ trợ Nhanh rút quân. RSF phủ nhận.",
            "RSF",
            "rapid-support-forces",
        ),
        (
            "vi",
            "Tại N'Djamena, Hội đồng Quân sự chuyển tiếp giải tán quốc hội.",
            "Hội đồng Quân sự chuyển tiếp",
            "transitional-military-council-of-chad",
        ),
    ] {
        let report = read(tag, None, text);
        let known = report.mentions.iter().find(|m| m.span.of(text) == words);
        let listed = known.filter(|m| m.rule.as_str().ends_with(".names.actor"));
        assert_eq!(listed.map_or("", |m| m.entity.as_str()), wanted, "{text}");
    }
}

#[test]
fn what_a_name_was_once_is_not_what_it_is() {
    for (tag, day, text, words, wanted) in [
        ("en", "2023-05-02", "The DDR of fighters in Bangui began.", "DDR", "ddr"),
        (
            "en",
            "2024-06-02",
            "Serbia and Montenegro voted.",
            "Montenegro",
            "montenegro",
        ),
        (
            "en",
            "2004-06-02",
            "Serbia and Montenegro voted.",
            "Serbia and Montenegro",
            "serbia-and-montenegro",
        ),
        (
            "vi",
            "2024-08-02",
            "Quân Nga tiến về Pokrovsk; Ukraine sơ tán dân, Nga phủ nhận, Nga im lặng.",
            "Pokrovsk",
            "pokrovsk",
        ),
        (
            "en",
            "1979-03-02",
            "West German commandos left.",
            "West German commandos",
            "commandos-of-west-germany",
        ),
        (
            "en",
            "1972-05-31",
            "The Japanese Red Army claimed it.",
            "Japanese Red Army",
            "japanese-red-army",
        ),
        (
            "en",
            "2024-03-02",
            "Ukraine waits. Kyiv's General Staff denied it.",
            "General Staff",
            "general-staff-of-ukraine",
        ),
        (
            "vi",
            "2024-03-02",
            "Tại Kiev, Ukraine, Thị trưởng Vitali Velkenko lên tiếng.",
            "Vitali Velkenko",
            "vitali-velkenko",
        ),
    ] {
        assert_eq!(entity(&read(tag, Some(day), text), words), wanted, "{text}");
    }
    let strike = read("en", None, "Pilots of the Kenyan carrier walked out over pay.");
    assert!(strike.mentions.iter().all(|m| m.entity != "air-force-of-kenya"));
}
