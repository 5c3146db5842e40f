//! Tests of this room, with small PDFs that are written here.

use super::super::records::told;
use super::writer::{Writer, deflated};
use super::{Problem, content, read};
use flate2::Compression;
use hayro_syntax::Pdf;
use std::sync::Arc;

/// The paragraphs of a file.
fn paragraphs(file: &[u8]) -> Vec<String> {
    let paper = read(file).expect("a PDF with text");
    paper.text.split("\n\n").map(str::to_string).collect()
}

/// Lines below each other, twelve points apart, ten high.
fn block<'t>(x: f64, top: f64, lines: &[&'t str]) -> Vec<(f64, f64, f64, &'t str)> {
    let down = (0..).map(|n| f64::from(n) * 12.0);
    lines.iter().zip(down).map(|(t, d)| (x, top - d, 10.0, *t)).collect()
}

#[test]
fn lines_are_joined_and_words_that_were_parted_too() {
    let mut lines = vec![(50.0, 760.0, 18.0, "Bridge over the Mill river destroyed")];
    lines.extend(block(
        50.0,
        730.0,
        &[
            "The army of the northern province said on Monday that its engi-",
            "neers had found mines under the last bridge, a well-known cross-",
            "ing. Officials called the long-term damage heavy and the long-",
            "term repair dear.",
        ],
    ));
    lines.extend(block(
        60.0,
        682.0,
        &["Two men were hurt, the mayor of the nearest town told reporters"],
    ));
    lines.extend(block(50.0, 670.0, &["on the spot; both are in hospital."]));
    lines.extend(block(50.0, 630.0, &["- Reporting by our own desk"]));
    assert_eq!(
        paragraphs(&Writer::new().lines(&lines).file()),
        [
            "Bridge over the Mill river destroyed",
            "The army of the northern province said on Monday that its engineers had found mines under the last bridge, a \
             well-known crossing. Officials called the long-term damage heavy and the long-term repair dear.",
            "Two men were hurt, the mayor of the nearest town told reporters on the spot; both are in hospital.",
            "- Reporting by our own desk",
        ]
    );
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_row_by_row() {
    let mut lines = vec![(
        60.0,
        760.0,
        10.0,
        "A headline that runs over both of the columns of this page, from end to end",
    )];
    lines.extend(block(
        60.0,
        730.0,
        &[
            "The first column begins here and",
            "goes on below, line by line, until",
            "its last line, which is full",
        ],
    ));
    lines.extend(block(
        320.0,
        730.0,
        &[
            "then the second column follows it",
            "from its own top, with words of its",
            "own, and it ends here.",
        ],
    ));
    assert_eq!(
        paragraphs(&Writer::new().lines(&lines).file())[1..],
        [
            "The first column begins here and goes on below, line by line, until its last line, which is full then the second \
          column follows it from its own top, with words of its own, and it ends here."
        ]
    );
    let mut table = block(60.0, 730.0, &["Dead", "Hurt", "Missing", "Found"]);
    table.extend(block(320.0, 730.0, &["12", "30", "4", "7"]));
    let read = paragraphs(&Writer::new().lines(&table).file()).join(" ");
    assert_eq!(read, "Dead 12 Hurt 30 Missing 4 Found 7");
}

#[test]
fn what_repeats_at_the_edges_of_pages_is_kept_once() {
    let mut file = Writer::new();
    for (page, words) in [
        "The first page ends in the middle of a sentence that goes on",
        "on the second page, which ends with a full stop at its end here.",
        "The third page is one of its own and has the last words here.",
    ]
    .iter()
    .enumerate()
    {
        let count = format!("Page {} of 3", page + 1);
        let bare = format!("{}", page + 1);
        file.lines(&[
            (50.0, 780.0, 8.0, "Northern Post - Wednesday 12 June 2024"),
            (50.0, 700.0, 10.0, words),
            (50.0, 60.0, 8.0, "All rights reserved"),
            (50.0, 40.0, 8.0, &count),
            (300.0, 20.0, 8.0, &bare),
        ]);
    }
    assert_eq!(
        paragraphs(&file.file()),
        [
            "Northern Post - Wednesday 12 June 2024",
            "The first page ends in the middle of a sentence that goes on on the second page, which ends with a full stop at its \
             end here.",
            "The third page is one of its own and has the last words here.",
            "All rights reserved",
        ]
    );
}

/// A font of two-byte codes, as word processors write Vietnamese.
fn vietnamese(letters: &str, to_unicode: bool) -> (Writer, String) {
    let mut table = String::from(
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    let mut codes = String::new();
    for (at, letter) in letters.chars().enumerate() {
        table.push_str(&format!(
            "1 beginbfchar <{:04X}> <{:04X}> endbfchar\n",
            at + 3,
            letter as u32
        ));
        codes.push_str(&format!("{:04X}", at + 3));
    }
    let unicode = if to_unicode { "/ToUnicode 4 0 R" } else { "" };
    let mut file = Writer::with_font(&format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H {unicode} /DescendantFonts [<< /Type /Font \
         /Subtype /CIDFontType2 /BaseFont /X /DW 500 /W [3 [500 500] 5 9 500] >>] >>"
    ));
    assert_eq!(file.stream("", (table + "endcmap end").as_bytes()), 4);
    (file, codes)
}

#[test]
fn letters_come_from_the_tables_of_fonts() {
    let words = "Quân đội đã rút khỏi thị trấn";
    let (mut file, codes) = vietnamese(words, true);
    file.page(&format!("BT /F 12 Tf 50 700 Td <{codes}> Tj ET"));
    assert_eq!(paragraphs(&file.file()), [words]);

    let (mut file, codes) = vietnamese(words, false);
    file.page(&format!("BT /F 12 Tf 50 700 Td <{codes}> Tj ET"));
    assert_eq!(read(&file.file()).unwrap_err(), Problem::PdfLetters);

    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [1 /D /Dcroat /acircumflexacute /uni1EC7 \
                /fi /f_l /germandbls /A.sc /ohorndotbelow] >> >>";
    let mut file = Writer::with_font(font);
    file.page("BT /F 12 Tf 50 700 Td <010203040506070809> Tj ET");
    assert_eq!(paragraphs(&file.file()), ["DĐấệfiflßAợ"]);

    let mut file = Writer::with_font("<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding /StandardEncoding >>");
    file.page("BT /F 12 Tf 50 700 Td <27AEAFF1F5FB> Tj ET");
    assert_eq!(paragraphs(&file.file()), ["’fiflæıß"]);
}

#[test]
fn words_are_parted_by_gaps_forms_are_shown_and_turned_pages_are_turned_back() {
    let mut file = Writer::new();
    file.page("BT /F 12 Tf 50 700 Td [(Two) -400 (w) 20 (ords)] TJ 0 -14 Td 3 Tc (wide) Tj ET");
    assert_eq!(paragraphs(&file.file()), ["Two words wide"]);

    let mut file = Writer::new();
    let form = file.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 0 100]",
        b"BT /F 12 Tf 50 500 Td (In a form) Tj ET /X Do",
    );
    file.page_with("q /X Do Q", &format!("/XObject << /X {form} 0 R >>"));
    assert_eq!(paragraphs(&file.file())[0], "In a form");

    let mut file = Writer::new();
    file.page("BT /F 12 Tf 0 1 -1 0 300 100 Tm (Written upwards) Tj 0 -14 Td (in two lines) Tj ET BT /F 60 Tf 1 1 -1 1 90 90 Tm (COPY) Tj ET");
    assert_eq!(paragraphs(&file.file()), ["Written upwards in two lines"]);
}

#[test]
fn scans_locked_files_and_empty_ones_are_told() {
    let mut file = Writer::new();
    let picture = file.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", b"x");
    file.page_with("q /X Do Q", &format!("/XObject << /X {picture} 0 R >>"));
    assert_eq!(read(&file.file()).unwrap_err(), Problem::PdfScanned);
    file.lines(&[(50.0, 700.0, 10.0, "One page with words")]);
    assert_eq!(read(&file.file()).expect("text").warnings, [Problem::PdfPictures(1)]);

    assert_eq!(read(&Writer::new().page("").file()).unwrap_err(), Problem::Empty);
    assert_eq!(read(b"%PDF-1.4\nnothing more").unwrap_err(), Problem::PdfDamaged);

    let key = "00".repeat(32);
    let locked = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00> <00>]");
    let file = Writer::new()
        .lines(&[(50.0, 700.0, 10.0, "secret")])
        .trailer(&locked)
        .file();
    assert_eq!(
        told("a.pdf", &file),
        ["! a.pdf: is a PDF that asks for a password; left out, save it without one to read it"]
    );
    // What is too large to be checked is told as that, whether or not it asks for a password.
    let mut file = Writer::new();
    file.lines(&[(50.0, 700.0, 10.0, "secret")]).trailer(&locked);
    let hidden = "x".repeat(600 << 10);
    file.object(format!(
        "<< /Type /ObjStm /Filter /FlateDecode /Length {} >>\nstream\n{hidden}\nendstream",
        hidden.len()
    ));
    assert_eq!(read(&file.file()).unwrap_err(), Problem::PdfPacking);
    // A table, which is not encrypted, calls a stream one of objects that says nothing of it.
    let hidden = |called: u8| {
        let mut file = Writer::new();
        file.lines(&[(50.0, 700.0, 10.0, "secret")]).trailer(&locked);
        let plain = file.object("<< /Filter /FlateDecode /Length 1 >>\nstream\nx\nendstream".to_string());
        let row = [2, 0, plain as u8 + called, 0];
        file.stream("/Type /XRef /Size 9 /W [1 2 1]", &row);
        read(&file.file()).unwrap_err()
    };
    assert_eq!(hidden(0), Problem::PdfPacking);
    assert_eq!(hidden(9), Problem::PdfLocked);
}

#[test]
fn the_day_a_file_was_made_is_known_and_is_no_publication_date() {
    let mut file = Writer::new();
    let info = file.object("<< /CreationDate (D:20240612083000+07'00') >>");
    file.lines(&[(50.0, 700.0, 10.0, "Words")])
        .trailer(&format!("/Info {info} 0 R"));
    assert_eq!(read(&file.file()).expect("text").made.as_deref(), Some("2024-06-12"));
    assert_eq!(told("a.pdf", &file.file()), ["a.pdf: Words"]);
}

#[test]
fn bombs_are_refused() {
    let mut file = Writer::new();
    file.page(&" ".repeat(65 << 20));
    assert_eq!(read(&file.file()).unwrap_err(), Problem::PdfGrows(64));
    // A form that shows itself.
    let mut file = Writer::new();
    let form = file.stream("/Subtype /Form", "/X Do ".repeat(40).as_bytes());
    file.page_with("/X Do", &format!("/XObject << /X {form} 0 R >>"));
    let _ = read(&file.file());
}

/// A file with words and one stream of objects, whose dictionary and data are these; `behind` is another object.
fn with_objects(fields: &str, data: &[u8], behind: &str) -> Vec<u8> {
    let mut file = Writer::new();
    file.lines(&[(50.0, 700.0, 10.0, "Words")]);
    let head = format!("<< {fields} /Length {} >>\nstream\n", data.len());
    file.object([head.as_bytes(), data, b"\nendstream"].concat());
    file.object(behind);
    file.file()
}

#[test]
fn what_is_packed_so_that_it_cannot_be_checked_is_refused() {
    let once = deflated(&vec![b' '; 1 << 20], Compression::best());
    let twice = deflated(&once, Compression::best());
    let names = "/FlateDecode /FlateDecode";
    let long = format!("/X ({}) /Filter [{names}]", "x".repeat(70 << 10));
    for fields in [
        format!("/Filter [{names}]"),
        "/Filter[/Fl#61teDecode/Fl] /Subtype /Image".into(),
        format!("/Filter [{names}] /DecodeParms [<< /Predictor 1 >> << /X (1 0 obj <<) >>]"),
        format!("/Filter [{names}] /X (\n1 0 obj <<)"),
        format!("/Filter [{names}] % 1 0 obj <<\n"),
        "/Filter [5 0 R 6 0 R]".into(),
        "/Filter 5 0 R".into(),
        "/F [/FlateDecode 6 0 R]".into(),
        long,
    ] {
        let file = with_objects(&format!("/Type /ObjStm {fields}"), &twice, "null");
        assert_eq!(read(&file).unwrap_err(), Problem::PdfPacking, "{fields:.60}");
        // Any stream may be one of objects where a table says so that is a stream itself.
        let table = "<< /Type /XRef /W [1 2 1] /Size 1 /Length 4 >>\nstream\n0000\nendstream";
        let file = with_objects(&fields, &twice, table);
        assert_eq!(read(&file).unwrap_err(), Problem::PdfPacking, "{fields:.60}");
    }
    assert!(read(&with_objects("/Type /ObjStm /Filter /FlateDecode", &once, "null")).is_ok());
    // The library goes on where what is damaged ends for others.
    let mut damaged = deflated(&[b' '; 9], Compression::none());
    damaged[3] ^= 1;
    damaged.extend(vec![b'x'; 200 << 10]);
    let file = with_objects("/Type /ObjStm /Filter /FlateDecode", &damaged, "null");
    assert_eq!(read(&file).unwrap_err(), Problem::PdfPacking);
    // A stream inside the bytes of another.
    let mut file = Writer::new();
    let head = format!("9 0 obj\n<< /Type /ObjStm /Filter [{names}] >>\nstream\n");
    let stored = deflated(&[head.as_bytes(), &twice].concat(), Compression::none());
    let outer = [
        b"<< /Filter /FlateDecode >>\nstream\n".as_slice(),
        &stored,
        b"\nendstream",
    ];
    file.lines(&[(50.0, 700.0, 10.0, "Words")]).object(outer.concat());
    assert_eq!(read(&file.file()).unwrap_err(), Problem::PdfPacking);
}

#[test]
fn fonts_that_old_programs_packed_in_another_way_are_no_reason_to_refuse() {
    let font = vec![b'x'; 200 << 10];
    let file = with_objects("/Filter [/ASCII85Decode /FlateDecode]", &font, "null");
    assert_eq!(paragraphs(&file), ["Words"]);
    let file = with_objects("/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]", &font, "null");
    assert_eq!(read(&file).unwrap_err(), Problem::PdfPacking);
}

/// What the first page of a file shows for so many instructions, and whether they were not enough.
fn shown(file: &Writer, steps: usize) -> (content::Shown, bool) {
    let pdf = Pdf::new(Arc::new(file.file())).expect("a PDF");
    let mut budget = content::Budget::new(steps, 1 << 20);
    let shown = content::page(&pdf.pages()[0], &mut budget);
    (shown, budget.spent())
}

#[test]
fn what_costs_time_is_paid_for() {
    const STEPS: usize = 50_000;
    // A font inside the resources and one that is not there, set again and again, cost once.
    let names = "0 /eacute ".repeat(1_000);
    let font = format!("/G << /Type /Font /Subtype /Type1 /Encoding << /Differences [{names}] >> >>");
    let mut file = Writer::new();
    let form = file.stream(
        &format!("/Subtype /Form /Resources << /Font << {font} >> >>"),
        "/G 9 Tf /H 9 Tf ".repeat(1_000).as_bytes(),
    );
    file.page_with("/X Do", &format!("/XObject << /X {form} 0 R >>"));
    assert!(!shown(&file, STEPS).1);
    // But the form that holds it costs each time that it is shown.
    let mut again = Writer::new();
    let form = again.stream(
        &format!("/Subtype /Form /Resources << /Font << {font} >> >>"),
        b"/G 9 Tf",
    );
    again.page_with(&"/X Do ".repeat(20), &format!("/XObject << /X {form} 0 R >>"));
    assert!(shown(&again, STEPS).1);
    // Letters that no table knows.
    let (mut file, codes) = vietnamese("a", false);
    file.page(&format!("BT /F 12 Tf 50 700 Td <{}> Tj ET", codes.repeat(2 * STEPS)));
    let (page, spent) = shown(&file, STEPS);
    assert!(spent && page.unknown > 0 && page.unknown <= STEPS, "{}", page.unknown);
    // Numbers between letters.
    let mut file = Writer::new();
    file.page(&format!("BT /F 12 Tf [{}] TJ ET", "1 ".repeat(2 * STEPS)));
    assert!(shown(&file, STEPS).1);
    // Parts of a page.
    let mut file = Writer::new();
    let part = file.stream("", b" ");
    file.page_of(&format!("[{}]", format!("{part} 0 R ").repeat(1_000)), "");
    assert!(shown(&file, STEPS).1);
}

#[test]
fn only_what_a_browser_printed_is_taken_from_the_head_of_a_page() {
    let with = |head: &str| {
        let mut file = Writer::new();
        file.lines(&[
            (50.0, 780.0, 18.0, head),
            (50.0, 700.0, 10.0, "The bridge over the river was destroyed."),
            (24.0, 20.0, 8.0, "https://post.example/bridge"),
            (570.0, 20.0, 8.0, "1/1"),
        ]);
        paragraphs(&file.file())
    };
    for head in ["Bridge destroyed by a flood", "12 bridges destroyed", "12/06/2024"] {
        assert_eq!(with(head), [head, "The bridge over the river was destroyed."]);
    }
    for head in [
        "08:30, 12/06/2024",
        "12 Jun 2024, 08:30",
        "8:30 8 thg 3, 2026",
        "3/2/26, 8:30 AM Bridge",
    ] {
        assert_eq!(with(head), ["The bridge over the river was destroyed."], "{head}");
    }
}

#[test]
fn a_day_at_the_head_of_a_page_is_no_number_of_it() {
    let mut file = Writer::new();
    file.lines(&[
        (50.0, 780.0, 10.0, "12/06/2024"),
        (50.0, 700.0, 10.0, "The bridge over the river was destroyed."),
        (300.0, 20.0, 8.0, "- 1 -"),
    ]);
    file.lines(&[
        (50.0, 700.0, 10.0, "It was rebuilt by the army."),
        (300.0, 20.0, 8.0, "2/2"),
    ]);
    assert_eq!(
        paragraphs(&file.file()),
        [
            "12/06/2024",
            "The bridge over the river was destroyed.",
            "It was rebuilt by the army."
        ]
    );
}

#[test]
fn damage_is_told_and_never_more() {
    let (mut file, codes) = vietnamese("Cầu bị phá", true);
    file.page(&format!("BT /F 12 Tf 50 700 Td <{codes}> Tj ET"));
    let file = file.file();
    for cut in 0..file.len() {
        let _ = read(&file[..cut]);
        let mut other = file.clone();
        other[cut] ^= 1 << (cut % 8);
        let _ = read(&other);
    }
    // A table that lies about where things are does not cost the text.
    let text = String::from_utf8_lossy(&file).into_owned();
    let at = text.find("startxref").expect("a table");
    let mut lost = file.clone();
    lost.splice(
        file.len() - (text.len() - at).min(20)..,
        b"startxref\n7\n%%EOF".iter().copied(),
    );
    assert_eq!(paragraphs(&lost), ["Cầu bị phá"]);
}

#[test]
fn what_a_browser_prints_around_a_page_is_no_part_of_it() {
    let mut file = Writer::new();
    let info = file.object("<< /CreationDate (D:20260302083000Z) >>");
    file.lines(&[
        (24.0, 780.0, 8.0, "3/2/26, 8:30 AM"),
        (300.0, 780.0, 8.0, "Bridge destroyed"),
        (50.0, 700.0, 10.0, "The bridge over the river was destroyed."),
        (24.0, 20.0, 8.0, "https://post.example/bridge"),
        (570.0, 20.0, 8.0, "1/1"),
    ])
    .trailer(&format!("/Info {info} 0 R"));
    assert_eq!(
        told("a.pdf", &file.file()),
        ["a.pdf: The bridge over the river was destroyed. | https://post.example/bridge | 2026-03-02"]
    );
}

#[test]
fn narrow_columns_of_justified_lines_are_columns() {
    let words = [
        "first words here",
        "second row below",
        "third goes along",
        "fourth comes now",
        "fifth ends there.",
    ];
    let mut lines = vec![(50.0, 760.0, 10.0, "A headline over both of them")];
    for (row, text) in words.iter().enumerate() {
        // Words lie as far apart as the columns, each row at places of its own.
        for (column, left) in [(0, 50.0), (1, 218.0)] {
            let mut x = left;
            for (n, word) in text.split(' ').enumerate() {
                let word = if column == 0 {
                    word
                } else {
                    ["Ultimo", "dentro", "terra"][n]
                };
                lines.push((x, 730.0 - 12.0 * row as f64, 10.0, word));
                x += [55.0, 48.0, 58.0, 46.0, 52.0][row];
            }
        }
    }
    let read = paragraphs(&Writer::new().lines(&lines).file()).join(" ");
    let first = read.find("ends there.").expect("the first column");
    assert!(read.find("Ultimo").is_some_and(|second| second > first), "{read}");
}
