//! A text of which only the beginning is read.

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::{AnnotatedDocument, Capture, Content, Known};

/// Bytes that are read: what the program's documents promise.
const READ: usize = 512 << 10;

fn read(text: String) -> AnnotatedDocument {
    let extractor = Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    extractor.read(&capture(text))
}

fn capture(text: String) -> Capture {
    Capture {
        id: "long".into(),
        path: "long.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content: Content::Text(text),
        known: Known {
            language: Some("vi".into()),
            published: Some("2022-08-20".into()),
            ..Known::default()
        },
    }
}

fn told(report: &AnnotatedDocument) -> usize {
    report
        .diagnostics
        .iter()
        .filter(|d| d.code == "clean/long-text")
        .count()
}

#[test]
fn of_a_long_text_the_beginning_is_read_all_of_it_kept_and_a_diagnostic_says_where_the_cut_is() {
    let sentence = |n: usize| format!("Ngày {}/8/2022 đoàn xe đến thị trấn thứ {n}. ", n % 28 + 1);
    let mut text = String::new();
    let mut number = 0;
    while text.len() <= READ + 4096 {
        text.push_str(&sentence(number));
        number += 1;
        if number % 5 == 0 {
            text.push('\n');
        }
    }
    let report = read(text);
    let whole = report.document.text.len();
    assert!(whole > READ, "nothing is lost: {whole}");
    assert_eq!(told(&report), 1);
    let said = report.diagnostics.iter().find(|d| d.code == "clean/long-text");
    let cut = said.and_then(|d| d.span).expect("it says what was not read");
    assert!(cut.start as usize <= READ && cut.start as usize > READ - 64, "{cut:?}");
    assert_eq!(cut.end as usize, whole);
    let last = report.timexes.iter().map(|t| t.span.end).max().expect("dates");
    assert!(
        last <= cut.start && last > cut.start - 200,
        "read up to the cut: {last}"
    );
}

#[test]
fn a_text_that_is_read_whole_says_nothing_of_it() {
    let report = read("Ngày 15/8/2022 đoàn xe rời thị trấn. ".repeat(1000));
    assert_eq!(told(&report), 0);
}

/// Words are kept from report to report, up to a bound; what is found in a report must not show it.
#[test]
fn what_was_read_before_changes_nothing() {
    let report =
        "Ngày 3/8/2022, ông Lê Văn Tám cho biết Lữ đoàn Karsova rời Norland. Theo ông Tám, KARSOVA và Norland đã ký. "
            .repeat(3);
    // More new words than are kept, and the report's own among the last of them.
    let mut many = String::new();
    for n in 0..60_000u32 {
        let letter = |place: u32| char::from(b'a' + (n / 26u32.pow(place) % 26) as u8);
        many.extend((0..4).map(letter));
        many.push(' ');
    }
    many.push_str(&report);
    let extractor = Extractor::builtin();
    let fresh = |text: &str| Extractor::builtin().read(&capture(text.to_string()));
    for text in [&report, &many, &report, &many] {
        assert!(
            extractor.read(&capture(text.clone())) == fresh(text),
            "as the first report of all"
        );
    }
}
