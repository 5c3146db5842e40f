//! Small PDFs for tests, written as the format's own first examples are.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write as _;

/// Numbers of the objects that every file here has.
const PAGES: usize = 2;
const FONT: usize = 3;

/// Bytes, deflated.
pub(in crate::intake) fn deflated(bytes: &[u8], how: Compression) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), how);
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

/// A PDF in the making: objects in their order, from number 1.
pub(in crate::intake) struct Writer {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    trailer: String,
}

impl Writer {
    /// With a font in the western encoding, under the name `F`, without widths.
    pub(in crate::intake) fn new() -> Writer {
        Writer::with_font("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    }

    pub(in crate::intake) fn with_font(font: &str) -> Writer {
        Writer {
            objects: vec![
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                Vec::new(),
                font.as_bytes().to_vec(),
            ],
            pages: Vec::new(),
            trailer: String::new(),
        }
    }

    /// Another object; its number.
    pub(in crate::intake) fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// A stream, deflated; its number.
    pub(in crate::intake) fn stream(&mut self, fields: &str, content: &[u8]) -> usize {
        let packed = deflated(content, Compression::best());
        let head = format!("<< {fields} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
        self.object([head.as_bytes(), &packed, b"\nendstream"].concat())
    }

    /// A page with this content.
    pub(in crate::intake) fn page(&mut self, content: &str) -> &mut Writer {
        self.page_with(content, "")
    }

    /// A page whose resources hold more than the font.
    pub(in crate::intake) fn page_with(&mut self, content: &str, resources: &str) -> &mut Writer {
        let content = self.stream("", content.as_bytes());
        self.page_of(&format!("{content} 0 R"), resources)
    }

    /// A page whose content is written so.
    pub(in crate::intake) fn page_of(&mut self, contents: &str, resources: &str) -> &mut Writer {
        let page = self.object(format!(
            "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 600 800] /Contents {contents} \
             /Resources << /Font << /F {FONT} 0 R >> {resources} >> >>"
        ));
        self.pages.push(page);
        self
    }

    /// A page with these lines, each at a place.
    pub(in crate::intake) fn lines(&mut self, lines: &[(f64, f64, f64, &str)]) -> &mut Writer {
        let mut content = String::from("BT ");
        for (x, y, size, text) in lines {
            let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            content.push_str(&format!("/F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj\n"));
        }
        self.page(&(content + "ET"))
    }

    /// What stands in the trailer besides the root.
    pub(in crate::intake) fn trailer(&mut self, fields: &str) -> &mut Writer {
        self.trailer.push_str(fields);
        self
    }

    /// The file.
    pub(in crate::intake) fn file(&self) -> Vec<u8> {
        let mut objects = self.objects.clone();
        let kids: Vec<String> = self.pages.iter().map(|p| format!("{p} 0 R")).collect();
        objects[PAGES - 1] = format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            self.pages.len()
        )
        .into_bytes();
        let mut out = b"%PDF-1.5\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n", at + 1).as_bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
        for place in &places {
            out.extend(format!("{place:010} 00000 n \n").as_bytes());
        }
        out.extend(
            format!(
                "trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{table}\n%%EOF\n",
                places.len() + 1,
                self.trailer
            )
            .as_bytes(),
        );
        out
    }
}
