//! The publication date of a report, from the ladder of evidence.

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::{Capture, Content, Known};

fn read(content: Content, known: Known) -> dateline_model::Published {
    static EXTRACTOR: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();
    let extractor = EXTRACTOR.get_or_init(|| Extractor::new(&PackFiles::builtin()).expect("the built-in packs load"));
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
fn the_day_a_file_was_made_is_shown_and_never_wins() {
    let known = || Known {
        created: Some("2022-11-20".into()),
        ..Known::default()
    };
    let dated = read(
        text("Hai bên đã ký thỏa thuận tại thủ đô hôm nay (12/11/2022)."),
        known(),
    );
    check(&dated, "2022-11-12|2022-11-12|2022-11-13|text");
    let silent = read(text("Hai bên đã ký thỏa thuận."), known());
    assert_eq!(silent.value, None);
    for published in [dated, silent] {
        let made = published
            .candidates
            .iter()
            .find(|c| c.rule == "date.file.created".into());
        assert_eq!(made.and_then(|c| c.value.as_deref()), Some("2022-11-20"));
    }
}

#[test]
fn today_with_its_date_says_the_day_outright() {
    let words = "Chính phủ và phe nổi dậy đã ký thỏa thuận tại thủ đô hôm nay (12/11).\n\
                 Giao tranh bùng phát từ tháng 9/2022 khiến nhiều người phải rời bỏ nhà cửa.";
    check(
        &read(text(words), Known::default()),
        "2022-11-12|2022-11-12|2022-11-13|text",
    );
}

#[test]
fn yesterday_with_its_date_is_the_day_after() {
    let words = "Đoàn xe cứu trợ đã tới thành phố hôm qua (14/11), theo các nhân viên y tế tại chỗ.\n\
                 Thỏa thuận được ký hồi tháng 10/2022.";
    check(
        &read(text(words), Known::default()),
        "2022-11-15|2022-11-15|2022-11-16|text",
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
        Some("2004-10-01")
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
    check(&alone, "-|2022-08-02|2022-10-01|text");
}

#[test]
fn a_day_inside_its_sentence_is_mostly_the_day_before_the_report() {
    let of = |words: &str| read(text(words), retrieved("2022-10-01"));
    check(
        &of("Sáng 9/8, cầu phao mở lại sau ba tuần nước lớn."),
        "2022-08-09|2022-08-09|2022-10-01|text",
    );
    check(
        &of("Ngày 9/8, cầu phao mở lại sau ba tuần nước lớn."),
        "2022-08-09|2022-08-09|2022-10-01|text",
    );
    check(
        &of("Tối 9/8, cầu phao mở lại sau ba tuần nước lớn."),
        "2022-08-10|2022-08-09|2022-10-01|text",
    );
    check(
        &of("Cầu phao qua sông đã mở lại ngày 9/8 sau ba tuần nước lớn."),
        "2022-08-10|2022-08-09|2022-10-01|text",
    );
    check(
        &of("Đến chiều 9/8, nước sông lại dâng và cầu phao phải đóng."),
        "2022-08-09|2022-08-09|2022-10-01|text",
    );
    check(
        &of("Đến sáng 9/8 đã có mười nhà mất mái."),
        "2022-08-09|2022-08-09|2022-10-01|text",
    );
}

#[test]
fn a_day_to_come_bounds_the_report_and_hides_what_lies_behind_it() {
    let of = |words: &str| read(text(words), retrieved("2022-10-01"));
    check(
        &of("Ngày 9/8, xã chốt lịch thi thuyền. Vòng loại sẽ mở ngày 20/8, chung kết ngày 25/8."),
        "2022-08-09|2022-08-09|2022-08-21|text",
    );
    check(
        &of("Vòng loại sẽ mở ngày 20/8. Chung kết ở bến Tràm ngày 25/8."),
        "-|1865-04-15|2022-08-21|text",
    );
}

#[test]
fn a_day_before_what_is_told_is_not_the_day_of_the_news() {
    let words = "Chủ thuyền nộp phạt. Trước đó, ngày 9/8, thuyền đã đâm vào cầu.";
    check(
        &read(text(words), retrieved("2022-10-01")),
        "-|2022-08-09|2022-10-01|text",
    );
}

#[test]
fn days_after_a_day_that_is_told_are_told_as_well() {
    let words = "Ngày 12/5, hai làng đồng ý đổi giống lúa. Hai ngày sau, chuyến xe đầu tiên chạy qua đèo.";
    check(
        &read(text(words), retrieved("2023-08-01")),
        "2023-05-14|2023-05-14|2023-08-01|text",
    );
}

#[test]
fn a_day_with_its_year_long_before_a_plan_is_not_the_news() {
    let words = "Làng sẽ đua thuyền ngày 14/5. Lần trước, cuộc đua diễn ra ngày 24/6/2018.";
    let published = read(text(words), retrieved("2023-08-01"));
    assert_eq!(published.value, None);
    assert_eq!(
        published.interval.latest.map(|d| d.to_string()).as_deref(),
        Some("2023-05-15")
    );
}

#[test]
fn a_range_up_to_today_is_no_equation() {
    let words = "Từ 12/2 đến hôm nay (24/3), trạm thủy văn ghi ba đợt triều.";
    check(
        &read(text(words), retrieved("2022-05-24")),
        "2022-03-24|2022-03-24|2022-03-25|text",
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
        let named = asked.read_to(&capture, dateline_extract::Room::Names);
        assert_eq!(named.mentions, at_once.mentions, "{words}");
        assert_eq!((named.attributions.len(), named.events.len()), (0, 0), "{words}");
        assert_eq!(asked.read(&capture), at_once, "{words}");
    }
}

/// A page of one article with `head` in its head and `body` in its body.
fn page(head: &str, body: &str) -> dateline_model::Published {
    let html = format!(
        "<!doctype html><html lang=en><head><title>Old bridge carried away by the river</title>{head}</head><body>{body}</body></html>"
    );
    read(Content::Html(html), Known::default())
}

const ARTICLE: &str = "<h1>Old bridge carried away by the river</h1>\
     <p>The river carried the old wooden bridge away, and nobody was hurt, the mayor said to the people on the bank.</p>\
     <p>He promised a new bridge before the rains, made of concrete and not of wood like the one that is gone.</p>";

fn check_page(head: &str, body: &str, expected: &str) {
    let published = page(head, body);
    let got = format!(
        "{}|{}",
        published.value.as_deref().unwrap_or("-"),
        published.basis.as_str()
    );
    assert_eq!(got, expected, "{head} {body} {:#?}", published.candidates);
}

#[test]
fn each_kind_of_structured_data_says_the_day() {
    for head in [
        r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "datePublished": "2014-03-12T08:30:00+07:00"}]}</script>"#,
        r#"<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2014-03-12"}]</script>"#,
        r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-03-12", broken</script>"#,
        r#"<meta property="article:published_time" content="2014-03-12T08:30:00+00:00">"#,
        r#"<meta name="DC.date.issued" content="2014-03-12">"#,
        r#"<meta name="parsely-pub-date" content="2014-03-12T01:00:00Z">"#,
        r#"<meta name="sailthru.date" content="Wed, 12 Mar 2014 08:30:00 +0000">"#,
        r#"<meta itemprop="datePublished" content="2014-03-12">"#,
    ] {
        check_page(head, ARTICLE, "2014-03-12|markup");
    }
    for stamp in [
        "<time pubdate datetime='2014-03-12T08:30'>12 Mar</time>",
        "<time class='entry-date' datetime='2014-03-12'>last spring</time>",
        "<span property='dc:date' content='2014-03-12'>in March</span>",
        "<abbr class='published' title='2014-03-12T08:30:00'>long ago</abbr>",
    ] {
        check_page("", &format!("<article>{ARTICLE}{stamp}</article>"), "2014-03-12|markup");
    }
}

#[test]
fn bylines_say_the_day_in_many_languages() {
    for line in [
        "By Ann Mill, March 12th, 2014",
        "Veröffentlicht am 12. März 2014 von Anna Mühle",
        "Publié le 12 mars 2014 à 8h30",
        "Publicado el 12 de marzo de 2014",
        "Опубликовано 12 марта 2014 г.",
        "Giriş: 12 Mart 2014, 08:30",
        "Opublikowano: 12 marca 2014",
        "Xuất bản: Thứ tư, ngày 12 tháng 3 năm 2014, 08:30 (GMT+7)",
        "2014年3月12日 08:30",
        "12 | 03 | 2014",
    ] {
        let html = ARTICLE.replace("</h1>", &format!("</h1><div class='byline'>{line}</div>"));
        check_page("", &html, "2014-03-12|byline");
    }
}

#[test]
fn the_only_day_of_a_page_is_believed_wherever_it_stands_but_in_a_sentence() {
    for alone in [
        "<div class=sidebar><p>12 March 2014</p></div>",
        "<footer><p>Posted 12 March 2014 in Valley</p></footer>",
        "<script>showDate('2014/03/12 08:30:00');</script>",
    ] {
        check_page("", &format!("{ARTICLE}{alone}"), "2014-03-12|byline");
    }
    let told = "<p>The bridge was built by the people of the valley after the great flood, and it was opened with music and dancing in \
        the presence of the governor on 12 March 1964, as the old of the village still tell.</p>";
    let two = "<div class=sidebar><p>12 March 2014</p><p>14 March 2014</p></div>";
    for unsure in [told, two] {
        let by = page("", &format!("{ARTICLE}{unsure}")).rule;
        assert_eq!(
            by.as_ref().map(|r| r.as_str()),
            Some("date.text.latest-day"),
            "{unsure}"
        );
    }
}

#[test]
fn the_foot_of_an_article_and_a_headline_that_is_only_read_out() {
    let dated = r#"<meta name="date" content="2014-03-08">"#;
    let foot = "<footer><span itemprop=datePublished content=2014-03-12>12 March</span></footer>";
    check_page(
        dated,
        &format!("<article>{ARTICLE}{foot}</article>"),
        "2014-03-12|markup",
    );
    check_page(dated, &format!("{ARTICLE}{foot}"), "2014-03-08|markup");
    let menu = "<ul>".to_string() + &"<li><a href=/>Valley</a></li>".repeat(60) + "</ul>";
    let body = format!("<h1 class=sr-only>Old bridge carried away by the river</h1>{menu}")
        + &ARTICLE
            .replace("h1", "h2")
            .replace("</h2>", "</h2><time datetime=2014-03-12>12 March 2014</time>");
    check_page(dated, &body, "2014-03-12|markup");
}

#[test]
fn the_order_of_day_and_month_is_the_places_or_what_another_date_of_the_page_proves() {
    let with = |head: &str, line: &str| {
        let html = ARTICLE.replace("</h1>", &format!("</h1><div class='date'>{line}</div>"));
        page(head, &html).value
    };
    assert_eq!(with("", "10/9/2014").as_deref(), Some("2014-10-09"));
    let british = r#"<link rel="canonical" href="https://news.example.co.uk/bridge">"#;
    assert_eq!(with(british, "10/9/2014").as_deref(), Some("2014-09-10"));
    let filed = r#"<link rel="canonical" href="https://news.example.com/2014/09/10/bridge">"#;
    assert_eq!(with(filed, "10/9/2014").as_deref(), Some("2014-09-10"));
}

#[test]
fn an_instant_in_universal_time_takes_the_day_that_the_page_shows() {
    let head = r#"<meta property="article:published_time" content="2014-03-12T23:15:00Z">"#;
    let shown = ARTICLE.replace("</h1>", "</h1><p class=date>13 March 2014</p>");
    check_page(head, &shown, "2014-03-13|byline");
    let other = ARTICLE.replace("</h1>", "</h1><p class=date>15 March 2014</p>");
    check_page(head, &other, "2014-03-12|markup");
}

#[test]
fn what_looks_like_the_day_of_publication_and_is_not() {
    let stamped = ARTICLE.replace("</h1>", "</h1><p class=byline>Ann Mill, 12 March 2014</p>");
    for trap in [
        "<aside><ul><li>Flood on the plain, 3 May 2019</li><li>Dam is full, 4 May 2019</li></ul></aside>",
        "<div class=sidebar><span class=date>3 May 2019</span> <span class=date>4 May 2019</span></div>",
        "<div class='related-posts'><h3>Flood on the plain</h3><time datetime=2019-05-03>3 May</time></div>",
        "<div class=comments><div class=comment><p class=date>14 March 2014</p><p>Nice bridge it was.</p></div></div>",
        "<footer>Copyright 2001-2024 Village Post. Last login 3 May 2019</footer>",
        "<script>var cfg = {\"expires\": \"2031-05-03\", \"expiryDate\": \"2031-05-03T00:00:00Z\"};</script>",
        "<p>Apply by: 3 May 2019</p>",
        "<p>© 12 May 2024 Village Post</p>",
        "<p class=date>Updated 3 May 2014</p>",
        "<div class=weather-box><span class=date>Saturday, 15 March 2014</span> 18 °C, rain</div>",
        "<p>Forecast for 15 March 2014: rain, 18 °C</p>",
        "<p>Weather for 15/03/2014</p>",
    ] {
        check_page("", &format!("{stamped}{trap}"), "2014-03-12|byline");
    }
    for head in [
        r#"<meta name="expires" content="2031-05-03">"#,
        r#"<meta property="article:modified_time" content="2016-05-03T00:00:00Z">"#,
        r#"<meta property="article:expiration_time" content="2031-05-03">"#,
        r#"<script type="application/ld+json">{"@type": "Event", "startDate": "2031-05-03"}</script>"#,
    ] {
        check_page(head, &stamped, "2014-03-12|byline");
    }
    check_page(
        "",
        &format!("{ARTICLE}<footer>Copyright 2001-2024 Village Post</footer>"),
        "-|unknown",
    );
}

#[test]
fn the_day_of_a_forecast_is_not_the_day_of_publication() {
    for forecast in [
        "<div class=forecast><time datetime=2031-05-03>Sat 3 May</time> rain</div>",
        "<p>Forecast for 3 May 2031: rain</p>",
        "<p>Dự báo thời tiết ngày 3/5/2031: mưa</p>",
    ] {
        let published = page("", &format!("{ARTICLE}{forecast}"));
        assert_eq!(published.value, None, "{forecast} {:#?}", published.candidates);
    }
}

#[test]
fn an_outlets_own_clocks_and_order_say_the_day() {
    let mut files = PackFiles::builtin();
    files.insert(
        "und/clean/outlets.toml",
        "source = 'own'\nexamples = [{ text = 'valley.example', name = 'Valley Post' }]\n\
         [[outlet]]\nname = 'Valley Post'\ndomains = ['valley.example']\ncountry = 'VN'\nsource = 'https://valley.example/about'\n",
    );
    let extractor = Extractor::new(&files).expect("the packs load");
    let day = |url: &str, head: &str, line: &str| {
        let article = ARTICLE.replace("</h1>", &format!("</h1><div class='date'>{line}</div>"));
        let html = format!("<html lang=en><head>{head}</head><body>{article}</body></html>");
        let capture = Capture {
            id: "x".into(),
            path: "x.html".into(),
            record: None,
            media_type: "text/html".into(),
            content: Content::Html(html),
            known: Known {
                url: Some(url.into()),
                ..Known::default()
            },
        };
        extractor.read(&capture).published.value
    };
    let (own, other) = ("https://www.valley.example/bridge", "https://sea.example/bridge");
    let late = r#"<meta property="article:published_time" content="2014-03-12T18:15:00Z">"#;
    assert_eq!(day(own, late, "").as_deref(), Some("2014-03-13"), "01:15 in Hanoi");
    assert_eq!(day(other, late, "").as_deref(), Some("2014-03-12"));
    assert_eq!(
        day(own, late, "12 March 2014").as_deref(),
        Some("2014-03-12"),
        "a day that is shown is believed"
    );
    assert_eq!(day(own, "", "10/9/2014").as_deref(), Some("2014-09-10"));
    assert_eq!(day(other, "", "10/9/2014").as_deref(), Some("2014-10-09"));
}

#[test]
fn a_box_around_the_whole_article_is_no_sidebar() {
    let inside = ARTICLE.replace("</h1>", "</h1><p>12 March 2014</p>");
    check_page(
        "",
        &format!("<div class='sidebar-right widget'>{inside}</div>"),
        "2014-03-12|byline",
    );
}

#[test]
fn every_candidate_of_a_page_says_why_it_won_or_lost() {
    let head = r#"<meta property="article:published_time" content="2014-03-12">"#;
    let html = ARTICLE.replace("</h1>", "</h1><p class=date>Updated 15 March 2014</p>");
    let published = page(head, &html);
    let told: Vec<(Option<&str>, &str)> = published
        .candidates
        .iter()
        .map(|c| (c.value.as_deref(), c.verdict.as_str()))
        .collect();
    assert_eq!(
        told[0],
        (Some("2014-03-12"), "chosen: weight 0.92, said by 1 kinds of places")
    );
    assert!(
        told.iter()
            .any(|(day, why)| *day == Some("2014-03-15") && why.ends_with("2014-03-12 has 0.92")),
        "{told:#?}"
    );
}

#[test]
fn the_month_of_an_image_is_no_day() {
    let html = ARTICLE.replace(
        "</h1>",
        "</h1><img src='https://img.example/uploads/2014/03/bridge.jpg'>",
    );
    check_page("", &html, "2014-03|media-url");
}

/// Each "days later" counts on from the last: what no calendar holds is no day, and no panic.
#[test]
fn days_counted_on_beyond_the_calendar_are_none() {
    let words = format!(
        "On 3 May 2004 the mine closed. {}",
        "9999 days later it opened again. ".repeat(800)
    );
    let published = read(text(&words), Known::default());
    assert_ne!(published.basis, dateline_model::Basis::Unknown);
}
