//! What mutation begins with: small sound files of each kind, and words that their readers know.

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use std::io::Write;

const PAGE: &str = "<!doctype html><html lang=vi><head><meta charset=utf-8><title>Cầu bị phá</title>\
    <meta property=\"article:published_time\" content=\"2024-06-12T08:30:00+07:00\">\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-06-12\",\"author\":[{\"name\":\"A\"}]}</script>\
    </head><body><nav><a href=/>Trang chủ</a></nav><article><h1>Cầu bị phá</h1><time datetime=2024-06-12>12/6</time>\
    <p>Quân đội cho biết cầu bắc qua sông đã bị phá sáng 11/6, hai người bị thương.</p><p>Ông Lê Văn Tám nói cầu sẽ được xây lại.</p>\
    <figure><img src=/2024/06/12/a.jpg><figcaption>Ảnh: AFP</figcaption></figure></article><footer>© 2024</footer></body></html>";

const NEWS: &str = "The army said on Monday that two bridges had been destroyed.\n\nAt least 12 people were killed on June 11, Mayor Ann \
    Mill told AFP, and the ceasefire of 3 May 2023 no longer held.\nHÀ NỘI, 12/6 - Hôm qua, quân đội Sudan rút khỏi Khartoum; \
    hai bên sẽ gặp nhau trong tuần tới, từ 14 đến 16/6.\n";

/// The sound files of a door.
pub(crate) fn of(door: &str) -> Vec<Vec<u8>> {
    let text = |words: &[&str]| words.iter().map(|w| w.as_bytes().to_vec()).collect::<Vec<_>>();
    match door {
        "html" => text(&[PAGE, "<p>x", "<table><tr><td>1<td>2</table><ul><li>a<li>b</ul>"]),
        "warc" => {
            let one = warc(PAGE);
            let two = [one.clone(), warc("<p>two</p>")].concat();
            vec![gzip(&one), two, one]
        }
        "zip" => vec![
            [zip("a.html", PAGE, 8), zip("b.txt", NEWS, 0), b"PK\x01\x02".to_vec()].concat(),
            zip("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n", 8),
        ],
        "feed" => text(&[
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>P</title><item><title>A &amp; B</title>\
             <link>https://p.example/1</link><pubDate>Wed, 12 Jun 2024 08:30:00 +0700</pubDate><description><![CDATA[<p>x</p>]]></description>\
             </item><item><title>two</title></item></channel></rss>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"xhtml\"><div>a</div></title><link href=\"/1\"/>\
             <published>2024-06-12</published><content type=\"html\">&lt;p&gt;x</content></entry></feed>",
        ]),
        "mail" => text(&[
            "From: A <a@p.example>\r\nSubject: =?utf-8?q?C=E1=BA=A7u?=\r\nDate: Wed, 12 Jun 2024 08:30:00 +0700\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nQ+G6p3U=\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--x--\r\n",
        ]),
        "mbox" => text(&[
            "From a@p.example Wed Jun 12 08:30:00 2024\nSubject: a\n\n>From here\n\nFrom there\n\nFrom - Wed Jun 12 08:31:00 2024\r\n\
             Subject: b\r\n\r\nx\r\n",
        ]),
        "pdf" => [pdf(), vec![pdf_of_streams()]].concat(),
        "csv" => text(&[
            "id,text,published\n1,\"x, y\ny\",2024-06-12\n2,z,\n",
            "title;text\na;b\n",
        ]),
        "json" => text(&[
            "[{\"text\": \"x\", \"published\": \"2024-06-12\", \"authors\": [\"A\", {\"name\": \"B\"}]}, {\"html\": \"<p>x\"}]",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": 1, \"content_text\": \"x\"}]}",
        ]),
        "lines" => {
            text(&["{\"text\": \"x\\u1ea7\"}\n{\"text\": \"y\", \"url\": \"https://p.example/2024/06/12/a\"}\n"])
        }
        "encoding" => {
            let wide: Vec<u8> = NEWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let other: Vec<u8> = NEWS.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let old = b"Hai b\xAAn \xAE\xB7 k\xFD th\xE1a thu\xCBn ng\xF5ng b\xBEn t\xB9i thu \xAE\xABi.".to_vec();
            let misread: String = NEWS.bytes().map(char::from).collect();
            vec![
                NEWS.into(),
                [b"\xFF\xFE".to_vec(), wide.clone()].concat(),
                wide,
                other,
                old,
                misread.into(),
            ]
        }
        "text" => text(&[
            NEWS,
            "Xem thêm\nTin liên quan\nCập nhật: 12/06/2024 08:30 (GMT+7)\nẢnh: TTXVN\n",
        ]),
        _ => [
            "en/time/x.toml\n[[rule]]\nid = \"en.time.x\"\npattern = \"on {weekday}\"\nexamples = [\"on Monday\"]\n",
            "en/words/x.toml\n[words]\nx = [\"a b\", \"c\"]\n",
            "en/pack.toml\nlanguage = \"en\"\nname = \"English\"\n",
        ]
        .iter()
        .map(|p| p.as_bytes().to_vec())
        .collect(),
    }
}

/// Words that the reader of a door knows.
pub(crate) fn words(door: &str) -> &'static [&'static str] {
    match door {
        "html" => &[
            "<script>",
            "</p>",
            "<!--",
            "<table>",
            "<svg>",
            "<template>",
            "&#x10FFFF;",
            "itemprop=datePublished",
            "<br>",
            "]]>",
            "<noscript>",
            "<tr><td>",
            "</table>",
            "<caption>",
            "<math><mi>",
            "<foreignObject>",
            "<frameset>",
            "<plaintext>",
            "<li>",
            "<a href=/2024/06/12/a>",
            "<time datetime=2024-06-12>",
            "<meta property=article:modified_time content=2024-06-13>",
            "<script type=application/ld+json>{\"@graph\":[",
            "\"dateModified\":\"2024-02-30T25:61:00+99:99\"",
            "itemscope itemprop=author itemtype=https://schema.org/Person",
            "<div class=\"related byline date comments\">",
            "<h1>",
            "<p>",
            "&nbsp;",
            "12/6/2024 ",
            "Published June 12, 2024, 08:30 GMT",
        ],
        "warc" => &[
            "WARC/1.1\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "FFFFFFFFFFFFFFFF\r\n",
            "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/2 301\r\n",
            "Content-Type: text/html; charset=tis-620\r\n",
            "Content-Type: application/pdf\r\n",
            "Content-Encoding: deflate\r\n",
            "WARC-Type: conversion\r\n",
            "WARC-Type: revisit\r\n",
            "WARC-Target-URI: <http://p.example/robots.txt>\r\n",
            "WARC-Date: 99999-99-99\r\n",
            "0\r\n\r\n",
        ],
        "zip" => &[
            "PK\u{3}\u{4}",
            "PK\u{7}\u{8}",
            "\u{1}\0\u{10}\0",
            "mimetype",
            "PK\u{1}\u{2}",
            "PK\u{5}\u{6}",
            "PK\u{6}\u{6}",
            "a.zip",
            "../a.html",
            "datapackage.json",
            "archive/data.warc.gz",
        ],
        "feed" => &[
            "<item>",
            "</item>",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE x [<!ENTITY a \"b\">]>",
            "&a;",
            "xml:lang=",
            "encoding='utf-16'",
            "<entry>",
            "&#0;",
            "&amp;lt;",
            "<content:encoded>",
            "<dc:date>",
            "<pubDate>Thu, 31 Feb 99999 25:61:61 +9999</pubDate>",
            "<link rel=alternate href=/>",
            "xmlns:x='http://www.w3.org/1999/xhtml'",
            "<![CDATA[<![CDATA[",
            "<?pi ?>",
            "<!--",
        ],
        "mbox" => &[
            "\n\nFrom a@p.example Wed Jun 12 08:30:00 2024\n",
            "\nFrom - 10:15 2024\nTo: a\n\n",
            ">From ",
            ">>>From x",
            "From ",
            "\r\n\r\n",
            "\0",
        ],
        "mail" => &[
            "--x\r\n",
            "Content-Type: message/rfc822\r\n\r\n",
            "=?utf-8?b?",
            "charset=utf-7",
            "boundary=\"\"",
            "\r\n\r\n",
            "Content-Type: multipart/mixed; boundary=\"a\"\r\n\r\n--a\r\n",
            "--a--\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "Content-Transfer-Encoding: x-uuencode\r\n",
            "Content-Type: text/plain; charset=gb18030; format=flowed\r\n",
            "filename*0*=utf-8''%E2%82;",
            "=?iso-2022-jp?q?=1B$B?=",
            "Date: Thu, 31 Feb 2024 25:61:61 -9999\r\n",
            "begin 644 a\r\n",
            "=3D=\r\n",
        ],
        "pdf" => &[
            "/Kids [2 0 R]",
            "/Length 99999999",
            "/Filter [/LZWDecode]",
            "/Type /ObjStm /N 9 /First 4",
            "<< /W [1 2 1] >>",
            "/Predictor 12 /Columns 4294967295",
            "endobj",
            "/Contents [4 0 R 4 0 R]",
            "Do",
            "TJ",
            "Tm",
            "(((((",
            "[[[[[[",
            "<<<<<<",
            "/Encrypt << /Filter /Standard /V 5 /R 6 >>",
            "/Parent 3 0 R",
            "0 0 0 0 0 0 cm",
            "BI /W 9 ID ",
            "/Type /XRef /W [1 9 9] /Index [0 4294967295] /Size 9",
            "/Prev 0",
            "/Extends 5 0 R",
            "/FirstChar -2147483648 /LastChar 2147483647",
            "/Encoding /UniGB-UTF16-H",
            "/Subtype /Type3 /CharProcs << /a 5 0 R >> /FontMatrix [0 0 0 0 0 0]",
            "<< /Length 5 0 R >> stream\n",
            "\nendstream",
            "1 beginbfchar <00> <D800DC00FFFF> endbfchar",
            "9 begincidrange <0000> <FFFF> 0 endcidrange",
            "1 beginbfrange <00> <FFFFFFFF> [<0041>] endbfrange",
            "1e38 0 0 1e38 0 0 Tm",
            "/X Do ",
            "q ",
            "T* ",
            "' ",
            "/ActualText (",
            "BDC ",
            "EMC ",
            "/MediaBox [0 0 0 0]",
            "/Rotate 270",
            "7 0 R",
            "5 0 obj\n",
            "null",
        ],
        "csv" => &["\"", "\"\"", ",", ";", "text", "\t"],
        "json" | "lines" => &["[", "{\"a\":", "\\ud800", "\\u0000", "1e999", "\"text\":", "]", "}"],
        "pack" => &[
            "[[rule]]\n",
            "pattern = \"",
            "{",
            "}",
            "(",
            ")",
            "|",
            "?",
            "*",
            "<",
            ">",
            "examples = [\"",
            "\u{300}",
        ],
        _ => &[
            "12/6/2024",
            "hôm qua",
            "99/99/9999",
            "năm âm lịch",
            "tỷ",
            "million",
            "\u{200B}",
            "\u{FEFF}",
            "\u{202E}",
            "e\u{301}",
            "\r",
            "\u{85}",
            "tháng 13",
            "\"",
            "“",
            "(",
            "Ông ",
            "said",
            "không",
        ],
    }
}

fn warc(page: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.example/a\r\nWARC-Date: 2024-06-12T08:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn zip(name: &str, content: &str, method: u8) -> Vec<u8> {
    let data = if method == 8 {
        let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
        out.write_all(content.as_bytes()).expect("memory");
        out.finish().expect("memory")
    } else {
        content.as_bytes().to_vec()
    };
    let mut out = b"PK\x03\x04\x14\0\0\0".to_vec();
    out.extend([method, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.extend((data.len() as u32).to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out.extend(name.as_bytes());
    out.extend(data);
    out
}

fn pdf() -> Vec<Vec<u8>> {
    let content = "BT /F 12 Tf 50 700 Td (Two words) Tj 0 -14 Td [(and) -300 (more)] TJ ET q /X Do Q";
    let table = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange";
    let stream = |fields: &str, data: &str, packed: bool| -> Vec<u8> {
        let (filter, data) = if packed {
            let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
            out.write_all(data.as_bytes()).expect("memory");
            ("/Filter /FlateDecode", out.finish().expect("memory"))
        } else {
            ("", data.as_bytes().to_vec())
        };
        let head = format!("<< {fields} {filter} /Length {} >>\nstream\n", data.len());
        [head.as_bytes(), &data, b"\nendstream"].concat()
    };
    [false, true]
        .into_iter()
        .map(|packed| {
            let objects = [
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 32 /Widths [250 300] /ToUnicode 6 0 R \
                  /Encoding << /Differences [65 /A /eacute /uni1EA7] >> >>"
                    .to_vec(),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F 3 0 R /G 8 0 R >> \
                  /XObject << /X 7 0 R >> >> >>"
                    .to_vec(),
                stream("", content, packed),
                stream("", table, packed),
                stream("/Subtype /Form /Matrix [1 0 0 1 0 9]", "BT /G 9 Tf 1 0 0 1 50 90 Tm <00480069> Tj ET", packed),
                b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /DW 500 /W [1 [2 3] 4 9 5] >>] >>".to_vec(),
            ];
            let mut out = b"%PDF-1.7\n".to_vec();
            for (at, object) in objects.iter().enumerate() {
                out.extend(format!("{} 0 obj\n", at + 1).as_bytes());
                out.extend(object);
                out.extend(b"\nendobj\n");
            }
            out.extend(b"trailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
            out
        })
        .collect()
}

/// A file whose objects lie in a stream, and whose table is one.
fn pdf_of_streams() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let (mut places, mut inside) = (String::new(), String::new());
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{} {} ", at + 1, inside.len()));
        inside.push_str(object);
        inside.push(' ');
    }
    let mut out = b"%PDF-1.7\n".to_vec();
    let content = "BT /F 12 Tf 50 700 Td (Two words) Tj ET";
    let text_at = out.len();
    out.extend(
        format!(
            "5 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n",
            content.len()
        )
        .bytes(),
    );
    let stream_at = out.len();
    let fields = format!(
        "<< /Type /ObjStm /N {} /First {} /Length {} >>",
        objects.len(),
        places.len(),
        places.len() + inside.len()
    );
    out.extend(format!("6 0 obj\n{fields}\nstream\n{places}{inside}\nendstream\nendobj\n").bytes());
    let table_at = out.len();
    let mut rows = vec![0u8, 0, 0, 0];
    (0..objects.len() as u8).for_each(|at| rows.extend([2, 0, 6, at]));
    for place in [text_at, stream_at, table_at] {
        rows.extend([1, (place >> 8) as u8, place as u8, 0]);
    }
    let fields = format!(
        "<< /Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Length {} >>",
        rows.len()
    );
    out.extend(format!("7 0 obj\n{fields}\nstream\n").bytes());
    out.extend(rows);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{table_at}\n%%EOF\n").bytes());
    out
}
