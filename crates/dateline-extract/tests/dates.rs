//! The publication date of a report, from the ladder of evidence.

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::{Capture, Content, Known};

fn read(content: Content, known: Known) -> dateline_model::Published {
    let extractor = Extractor::new(&PackFiles::builtin()).expect("the built-in packs load");
    let capture = Capture {
        id: "x".into(),
        path: "x.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content,
        known,
    };
    extractor.read(&capture).published
}

/// `value|earliest|latest|basis`, `-` for nothing.
#[track_caller]
fn check(published: &dateline_model::Published, expected: &str) {
    let day = |d: Option<jiff::civil::Date>| d.map_or("-".to_string(), |d| d.to_string());
    let got = format!(
        "{}|{}|{}|{}",
        published.value.as_deref().unwrap_or("-"),
        day(published.interval.earliest),
        day(published.interval.latest),
        published.basis.as_str()
    );
    assert_eq!(got, expected, "{:#?}", published.candidates);
}

fn text(words: &str) -> Content {
    Content::Text(words.to_string())
}

fn retrieved(day: &str) -> Known {
    Known {
        retrieved: Some(day.into()),
        ..Known::default()
    }
}

#[test]
fn what_the_record_brings_comes_first() {
    let known = Known {
        published: Some("2022-11-03T08:15:00+07:00".into()),
        ..Known::default()
    };
    check(
        &read(text("Hai bên ký thỏa thuận ngày 2/11."), known),
        "2022-11-03|2022-11-03|2022-11-03|given",
    );
}

#[test]
fn today_with_its_date_says_the_day_outright() {
    let words = "Chính phủ và phe nổi dậy đã ký thỏa thuận tại thủ đô hôm nay (12/11).\n\
                 Giao tranh bùng phát từ tháng 9/2022 khiến nhiều người phải rời bỏ nhà cửa.";
    check(
        &read(text(words), Known::default()),
        "2022-11-12|2022-11-12|2022-11-12|text",
    );
}

#[test]
fn yesterday_with_its_date_is_the_day_after() {
    let words = "Đoàn xe cứu trợ đã tới thành phố hôm qua (14/11), theo các nhân viên y tế tại chỗ.\n\
                 Thỏa thuận được ký hồi tháng 10/2022.";
    check(
        &read(text(words), Known::default()),
        "2022-11-15|2022-11-15|2022-11-15|text",
    );
}

#[test]
fn a_bare_day_takes_the_year_that_the_day_of_collection_allows() {
    let words = "Ngày 17/4, hai bên đồng ý ngừng bắn trong 24 giờ, quân đội cho biết.";
    check(
        &read(text(words), retrieved("2023-06-01")),
        "2023-04-17|2023-04-17|2023-06-01|text",
    );
    check(
        &read(text(words), retrieved("2023-03-01")),
        "2022-04-17|2022-04-17|2023-03-01|text",
    );
}

#[test]
fn a_bare_day_without_any_year_stays_unknown() {
    let words = "Ngày 17/4, hai bên đồng ý ngừng bắn trong 24 giờ, quân đội cho biết.";
    check(&read(text(words), Known::default()), "-|-|-|unknown");
}

#[test]
fn a_year_in_the_background_alone_gives_no_day() {
    let words = "Ngày 17/4, hai bên đồng ý ngừng bắn.\nCuộc chiến trước đó đã kết thúc năm 2005.";
    let published = read(text(words), Known::default());
    assert_eq!(published.value, None);
    assert_eq!(
        published.interval.earliest.map(|d| d.to_string()).as_deref(),
        Some("2005-01-01")
    );
}

#[test]
fn a_year_that_may_be_a_plans_bounds_the_day_with_a_year_to_spare() {
    let published = read(text("Ngân sách quốc phòng năm 2005 tăng gấp đôi."), Known::default());
    let earliest = published.interval.earliest.map(|d| d.to_string());
    assert_eq!(earliest.as_deref(), Some("2004-01-01"));
}

#[test]
fn a_day_to_which_things_are_counted_is_the_news() {
    let words = "Mưa lũ bắt đầu từ ngày 3/8 ở vùng núi.\nTính đến ngày 9/8, mười hai cây cầu bị cuốn trôi.";
    check(
        &read(text(words), retrieved("2022-10-01")),
        "2022-08-09|2022-08-09|2022-10-01|text",
    );
}

#[test]
fn a_feast_is_spoken_of_before_it_and_gives_way_to_the_day_of_the_news() {
    let words = "Bến phà đông khách dịp lễ 2/9.\nChiều 29/8, giám đốc bến cho hay vé đã hết.";
    check(
        &read(text(words), retrieved("2022-10-01")),
        "2022-08-29|2022-08-29|2022-10-01|text",
    );
    let alone = read(text("Bến phà thêm chuyến cho dịp lễ 2/9."), retrieved("2022-10-01"));
    check(&alone, "2022-09-02|2022-08-02|2022-10-01|text");
}

#[test]
fn a_range_up_to_today_is_no_equation() {
    let words = "Từ 19/3 đến hôm nay (30/4), trạm đo ghi nhận ba trận động đất.";
    check(
        &read(text(words), retrieved("2022-05-24")),
        "2022-04-30|2022-04-30|2022-04-30|text",
    );
}

#[test]
fn a_text_is_not_older_than_its_youngest_word_or_its_languages_press() {
    let words = "Đoạn phim về vụ cháy chợ được chia sẻ trên Facebook và TikTok.";
    let published = read(text(words), retrieved("2022-05-24"));
    check(&published, "-|2016-09-01|2022-05-24|text");
    assert_eq!(published.rule, Some("date.text.coined".into()));
    assert_eq!(published.evidence.len(), 1, "the word is the evidence");
    check(
        &read(text("Vụ cháy chợ làm ba người bị thương."), retrieved("2022-05-24")),
        "-|1865-04-15|2022-05-24|text",
    );
}

#[test]
fn the_address_of_an_image_bounds_the_day() {
    let words = "# Hai bên ngừng bắn\n\nQuân đội thông báo lệnh ngừng bắn bắt đầu có hiệu lực tại thủ đô.\n\n\
                 ![Khói trên thành phố](https://img.banatin.example/2023/04/18/khoi-20230401.jpg)\n";
    check(
        &read(Content::Markdown(words.into()), Known::default()),
        "2023-04-18|2023-04-18|2023-04-19|media-url",
    );
}

#[test]
fn the_reports_own_address_beats_its_images() {
    let known = Known {
        url: Some("https://banatin.example/2023/04/20/ngung-ban.html".into()),
        ..Known::default()
    };
    check(
        &read(text("Hai bên đồng ý ngừng bắn tại thủ đô."), known),
        "2023-04-20|2023-04-20|2023-04-20|url",
    );
}

#[test]
fn nothing_is_made_from_the_day_of_collection() {
    let published = read(text("Hai bên đồng ý ngừng bắn tại thủ đô."), retrieved("2023-06-01"));
    assert_eq!(published.value, None);
    assert_eq!(
        published.interval.latest.map(|d| d.to_string()).as_deref(),
        Some("2023-06-01")
    );
}

#[test]
fn what_is_compiled_when_asked_for_reads_the_same() {
    let whole = Extractor::new(&PackFiles::builtin()).expect("the built-in packs load");
    for words in [
        "Sáng 27/9, tàu Hải Vân rời cảng Cam Ranh. Ông Lê Văn Tám cho biết tàu đi ba ngày, từ 27/9 đến 29/9.",
        "On Monday the ship left Kandahar Bay. Captain Dana Holm said it would sail for three days, until June 11.",
        "…",
    ] {
        let capture = Capture {
            id: "x".into(),
            path: "x.txt".into(),
            record: None,
            media_type: "text/plain".into(),
            content: text(words),
            known: retrieved("2022-06-09"),
        };
        let (at_once, asked) = (whole.read(&capture), Extractor::builtin());
        let brief = asked.read_to(&capture, dateline_extract::Room::Time);
        assert_eq!(brief.timexes, at_once.timexes, "{words}");
        assert_eq!(brief.published, at_once.published, "{words}");
        assert_eq!(asked.read(&capture), at_once, "{words}");
    }
}
