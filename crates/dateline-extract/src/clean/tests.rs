//! Whole reports through the room, in our own words.

use super::*;
use dateline_model::Known;

fn cleaner() -> Cleaner {
    Cleaner::new(&PackFiles::builtin()).expect("the built-in packs load")
}

fn capture(text: &str) -> Capture {
    Capture {
        id: "1".into(),
        path: "a.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content: Content::Text(text.into()),
        known: Known::default(),
    }
}

#[test]
fn a_scraped_report_loses_what_is_around_it() {
    let text = "Trang chủTin tứcThế giớiCầu gỗ ở làng Đông bị lũ cuốn trôi\n\nCầu gỗ ở làng Đông bị lũ cuốn trôi\n\nNước lũ sáng 3/2 cuốn trôi cây cầu gỗ nối hai bờ sông ở làng Đông, không ai bị thương.\n\ncau-go.jpg\nCây cầu trước ngày bị cuốn trôi\n\nTrưởng làng cho biết nước dâng nhanh trong đêm và người dân đã rời nhà từ trước nửa đêm hôm qua. Nhiều gia đình được đưa tới trường học.\n\nChính quyền hứa dựng lại cầu trong mùa khô, bằng bê tông thay cho gỗ như cây cầu cũ.\n\nLan Anh (Theo AFP)\n\nCùng chuyên mục\n\nGiá cà phê tăng mạnh ở nhiều nước\n\nGiá cà phê hôm nay tăng tuần thứ ba liên tiếp vì hạn hán ở các vùng trồng lớn...\n";
    let cleaned = cleaner().clean(&capture(text));
    let document = &cleaned.document;
    assert_eq!(document.headline.as_deref(), Some("Cầu gỗ ở làng Đông bị lũ cuốn trôi"));
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind.as_str()).collect();
    assert_eq!(kinds, ["headline", "lead", "body", "body"], "{}", document.text);
    assert_eq!(document.authors, ["Lan Anh"]);
    assert_eq!(document.credits[0].name, "AFP");
    assert_eq!(document.credits[0].span.of(text), "AFP");
    assert_eq!(document.language, "vi");
    for block in &document.blocks {
        assert_eq!(block.span.of(&document.text), block.source.expect("text").of(text));
    }
}

#[test]
fn nothing_is_never_left() {
    let document = cleaner().clean(&capture("Chia sẻ\nQuảng cáo")).document;
    assert_eq!(document.text, "Chia sẻ\nQuảng cáo");
    assert_eq!(cleaner().clean(&capture("")).document.text, "");
}

/// Nothing is written beside the sources when a case fails; the failing text is in the message.
fn cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases,
        failure_persistence: None,
        ..Default::default()
    }
}

/// Lines as pages have them, to be put together at random.
const PIECES: [&str; 26] = [
    "Trang chủTin tứcThế giới",
    "Cầu gỗ ở làng Đông bị lũ cuốn trôi",
    "Nước lũ sáng 3/2 cuốn trôi cây cầu gỗ nối hai bờ sông ở làng Đông, không ai bị thương.",
    "(ABC) - Trưởng làng cho biết nước dâng nhanh trong đêm, theo lời kể của người dân hai bên bờ sông.",
    "TTO - (Dân trí) - Nhiều gia đình được đưa tới trường học ở đầu làng để tránh lũ. (Theo TTXVN)",
    "HANOI, Oct 1 (Reuters) - The river rose quickly in the night, people on both banks said.",
    "Cây cầu trước ngày bị cuốn trôi. Ảnh: Lan Anh",
    "cau-go.jpg",
    "![Cây cầu](https://img.example/2020/02/03/cau.jpg)",
    "[Đọc thêm](https://a.example/b) về cây cầu",
    "[[a](http://x.example)](http://y.example)",
    "Lan Anh (Theo AFP)",
    "Lan Anh",
    "Tin liên quan",
    "Giá cà phê tăng mạnh ở nhiều nước vì hạn hán kéo dài tại các vùng trồng",
    "Cùng chuyên mục",
    "Chia sẻ",
    "Quảng cáo",
    "By Jane Doe",
    "Read more: Why the old bridge was closed",
    "- một việc",
    "Vì sao?",
    "Người dân cần:",
    "The mayor promised a new bridge before the next rains, made of concrete and not of wood like the old one",
    "Nguồn: [địa chỉ]",
    "3/2/2020 10:15",
];

fn is_sound(text: &str, document: &Document) {
    assert_eq!(lines::nfc(&document.text), document.text);
    let mut end = 0;
    for (n, block) in document.blocks.iter().enumerate() {
        assert_eq!(block.span.start as usize, end + usize::from(n > 0));
        end = block.span.end as usize;
        let source = block.source.expect("text has places").of(text);
        assert!(!source.is_empty() && !block.span.of(&document.text).contains('\n'));
    }
    assert_eq!(end, document.text.len());
    for gone in &document.removed {
        assert!(!gone.source.expect("text has places").of(text).is_empty());
    }
}

#[test]
fn cleaning_a_clean_text_changes_nothing() {
    use proptest::prelude::*;
    let cleaner = cleaner();
    let page = prop::collection::vec(
        (
            prop::sample::select(&PIECES[..]),
            prop::sample::select(&["\n", "\r\n", "\n\n"][..]),
        ),
        0..24,
    );
    proptest!(cases(2_000), |(page in page)| {
        let text: String = page.iter().flat_map(|(line, end)| [*line, *end]).collect();
        let once = cleaner.clean(&capture(&text)).document;
        is_sound(&text, &once);
        let twice = cleaner.clean(&capture(&once.text)).document;
        prop_assert_eq!(&twice.text, &once.text, "from {}", text);
    });
}

/// A link in a link between open lines, as it first failed, and what the same cause does elsewhere.
#[test]
fn links_between_the_lines_are_joined_at_once_or_never() {
    let cleaner = cleaner();
    let open = PIECES[23];
    let link = PIECES[10];
    for (before, between, times) in [
        (open, "\n", 3),
        (open, "\n", 5),
        (
            "Người dân hai bờ sông ở làng Đông nói rằng nước lên rất nhanh trong đêm và",
            "\n",
            4,
        ),
    ] {
        for link in [
            link,
            "[a](http://x.example)",
            "[the long label\nof a bridge](http://x.example)",
        ] {
            let text: String = (0..times)
                .map(|n| format!("{n} {before}{between}{link}{between}"))
                .collect();
            let once = cleaner.clean(&capture(&text)).document;
            is_sound(&text, &once);
            let twice = cleaner.clean(&capture(&once.text)).document;
            assert_eq!(twice.text, once.text, "from {text}");
        }
    }
}

#[test]
fn any_text_is_cleaned_without_panic() {
    use proptest::prelude::*;
    let cleaner = cleaner();
    proptest!(cases(1_500), |(text in "(\\PC|[\\n\\[\\]()!>.:/ -]|\u{301}){0,300}", kind in 0..3)| {
        let mut given = capture(&text);
        given.content = match kind {
            0 => Content::Text(text.clone()),
            1 => Content::Markdown(text.clone()),
            _ => Content::Html(format!("<p>{text}</p>")),
        };
        let document = cleaner.clean(&given).document;
        if kind == 0 {
            is_sound(&text, &document);
        }
    });
}

#[test]
fn decomposed_letters_and_windows_line_ends_keep_their_places() {
    let text = "To\u{302}i o\u{31b}\u{309} la\u{300}ng \u{110}o\u{302}ng\r\n\r\nNu\u{31b}o\u{301}c  lu\u{303} dâng\u{a0}nhanh trong đêm và người dân đã rời nhà từ trước nửa đêm.\r\n";
    let document = cleaner().clean(&capture(text)).document;
    is_sound(text, &document);
    for block in &document.blocks {
        assert_eq!(
            lines::nfc(block.source.expect("text").of(text)),
            block.span.of(&document.text)
        );
    }
}

#[test]
fn a_page_gives_its_article_and_its_facts() {
    let html = r#"<html lang="en"><head><title>Old bridge is gone | Village Post</title>
<meta property="article:published_time" content="2020-02-03T08:30:00+07:00"><link rel="canonical" href="https://post.example/a">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old bridge is gone","datePublished":"2020-02-03","author":{"name":"Jane Doe"},"publisher":{"name":"Village Post"}}</script></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Old bridge is gone</h1>
<p>The river carried the old wooden bridge away on Monday, and nobody was hurt, the mayor said.</p>
<figure><img src="/b.jpg"><figcaption>The bridge in spring</figcaption></figure>
<p>People on both banks had left their houses before midnight, when the water began to rise quickly.</p>
<p>The mayor promised a new bridge before the next rains, made of concrete and not of wood like the old one.</p>
<p><a href="/x">Five more bridges at risk</a></p></article><footer>Copyright Village Post</footer></body></html>"#;
    let mut given = capture("");
    given.content = Content::Html(html.into());
    let cleaned = cleaner().clean(&given);
    let document = &cleaned.document;
    assert_eq!(document.headline.as_deref(), Some("Old bridge is gone"));
    assert_eq!(document.text.lines().count(), 4, "{}", document.text);
    assert_eq!(document.outlet.as_deref(), Some("Village Post"));
    assert_eq!(document.authors, ["Jane Doe"]);
    let dates: Vec<_> = cleaned
        .page
        .dates
        .iter()
        .map(|d| (d.field.as_str(), d.value.as_str()))
        .collect();
    assert_eq!(
        dates,
        [
            ("meta:article:published_time", "2020-02-03T08:30:00+07:00"),
            ("json-ld:datepublished", "2020-02-03")
        ]
    );
    assert_eq!(
        cleaned.page.dates[0].source.expect("cheap").of(html),
        "2020-02-03T08:30:00+07:00"
    );
}

#[test]
fn an_english_page_without_markup_loses_menu_notices_and_comments() {
    let text = "Skip to main content\nHome\nWorld\nSport\nSign in\nWe use cookies to make this site work for you and to count our readers.\nOld bridge carried away by the river\nBy Jane Doe\nPublished 3 February 2020 at 10:15 GMT\nShare this\nHANOI, Feb 3 (Reuters) - The river carried the old wooden bridge away on Monday, and nobody was hurt, the mayor said.\nThe bridge in spring. Photo: John Roe/AFP\nPeople on both banks had left their houses before midnight, when the water began to rise quickly.\nADVERTISEMENT\nRead more: Why the dam was never built\nThe mayor promised a new bridge before the next rains, made of concrete and not of wood like the old one.\n(Reporting by Jane Doe; Editing by John Roe)\nMost read\nFarmers count their losses after the frost\nThe frost came early this year and took half of the coffee in the hills, farmers said on Sunday.\nComments\nNice bridge it was, I used to walk over it to school every day of my life.\nCopyright 2020 The Village Post. All rights reserved.\n";
    let cleaned = cleaner().clean(&capture(text));
    let document = &cleaned.document;
    assert_eq!(
        document.headline.as_deref(),
        Some("Old bridge carried away by the river")
    );
    assert_eq!(document.text.lines().count(), 4, "{}", document.text);
    assert_eq!(document.authors, ["Jane Doe", "John Roe"]);
    assert_eq!(document.language, "en");
    let credit = &document.credits[0];
    assert_eq!(
        (credit.name.as_str(), credit.region, credit.span.of(&document.text)),
        ("Reuters", Region::Text, "Reuters")
    );
    assert_eq!(cleaned.page.datelines[0].text, "HANOI, Feb 3 (Reuters)");
    let stamp = document
        .removed
        .iter()
        .find(|r| r.text.starts_with("Published"))
        .expect("the stamp is kept");
    assert_eq!(stamp.kind, RemovedKind::Byline);
}

#[test]
fn a_field_is_left_out_beside_other_fields_only() {
    let article = "Rebels claim the airbase at Oldbridge\nRebels in the valley say they have captured the airbase at Oldbridge after three days of fighting.\nSubject: what the army will do now.\nThe army denied the claim on Monday, saying that its soldiers held all three gates of the base.\nSection: none is spared.\nPeople in the town told reporters by phone that they heard explosions through the night.\n";
    let cleaner = cleaner();
    let document = cleaner.clean(&capture(article)).document;
    assert_eq!(document.text, article.trim_end());
    let record = article.replacen('\n', "\nSection: WORLD\nLength: 131 words\nLanguage: English\n", 1);
    let document = cleaner.clean(&capture(&record)).document;
    assert_eq!(document.text, article.trim_end());
    let rules: Vec<&str> = document.removed.iter().map(|r| r.rule.as_str()).collect();
    assert_eq!(rules, ["en.clean.part-line-beside"; 3]);
}

#[test]
fn a_time_stamp_is_no_headline() {
    let text = "Tin Bến Sông » Bạn đọc » Hộp thư\n05/03/2021 | 07:30\nTrong bài về cây cầu đăng ngày 2/3, tòa soạn đã viết nhầm tên người trưởng làng ở bờ bên kia sông.\nTên đúng là ông Lò Văn Bình, không phải ông Lò Văn Minh. Tòa soạn xin lỗi bạn đọc.\n";
    let document = cleaner().clean(&capture(text)).document;
    assert!(!document.text.contains("07:30"), "{}", document.text);
    assert!(document.removed.iter().any(|r| r.text.contains("07:30")));
}

#[test]
fn a_box_a_player_and_a_stamp_between_the_paragraphs_go() {
    let text = "Rebels claim the airbase at Oldbridge\nThe army denies that it has lost the base on the hill.\nPublished On 16 Oct 2023\n16 Oct 2023\nRebels in the valley say they have captured the airbase at Oldbridge after three days of fighting.\n00:00 03:12\nThe army denied the claim on Monday, saying that its soldiers held all three gates of the base.\nKeep reading\nlist of 2 items\nlist 1 of 2\nCeasefire frays near the crossing\nlist 2 of 2\nWhat is behind the fighting\nend of list\nPeople in the town told reporters by phone that they heard explosions through the night.\nThere is no water and no bread in the town, said a woman who did not give her name.\nA doctor said that more than twenty people were brought to the only hospital of the town.\n";
    let document = cleaner().clean(&capture(text)).document;
    let kept: Vec<usize> = document.text.lines().map(|line| line.split(' ').count()).collect();
    assert_eq!(kept, [6, 12, 17, 18, 15, 19, 17], "{}", document.text);
}

#[test]
fn two_times_of_a_timetable_are_no_player() {
    let text = "Ferries between Oldbridge and the islands, as of Monday\nThe company says that two ferries sail each day, one before noon and one behind it.\nThe first of them calls at all three islands, the second only at the one with the fort.\n08:00 12:30\nThe way back is by the same boats, an hour after they have come, as long as the wind allows it.\n";
    let document = cleaner().clean(&capture(text)).document;
    assert!(document.text.contains("08:00 12:30"), "{}", document.text);
}

#[test]
fn days_that_head_the_entries_of_a_chronicle_stay() {
    let text = "The siege of Oldbridge, day by day\nThe siege lasted nine days; this is what the reports of the town tell about them.\n16 October 2023\nRebels closed the road to the sea and took the mill on the eastern bank of the river.\n18 October 2023\nThe army sent two brigades up the valley, which were stopped at the bridge by mines and rain.\n";
    let document = cleaner().clean(&capture(text)).document;
    assert!(
        document.text.contains("16 October 2023") && document.text.contains("18 October 2023"),
        "{}",
        document.text
    );
}
