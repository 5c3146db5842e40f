//! Pages that no editor wrote: nesting and attributes beyond all use are taken out before a tree is made of them.
//!
//! Parsers look through all open elements at every tag, and code that walks a tree calls itself; browsers bound the depth for
//! the same reason. Text is never taken out.

use std::borrow::Cow;

/// Open elements beyond which a further one is left out; its content stays. As in browsers' parsers.
const DEEPEST: usize = 512;

/// The same for large pages: who looks through all open elements at every tag does work of depth times size. People's pages
/// are seldom deeper than 40.
const DEEPEST_OF_LARGE: usize = 96;

/// Depth times bytes up to which a page may be nested, between the two bounds. Chosen so that a page of any size takes a few
/// microseconds a byte at most.
const DEPTH_BYTES: usize = 32 << 20;

/// Open elements beyond which a further one is left out, in a page of so many bytes.
fn deepest(bytes: usize) -> usize {
    (DEPTH_BYTES / bytes.max(1)).clamp(DEEPEST_OF_LARGE, DEEPEST)
}

/// Open elements that only change the look of letters. A parser opens them again in every paragraph, so the bound is lower.
const MOST_LOOKS: usize = 32;

/// Tables in each other: who looks whether a table is one of figures reads all within it, and so a page as often as its tables are
/// deep. Chosen: layouts of tables are seldom ten deep.
const MOST_TABLES: usize = 24;

/// Attributes of one tag beyond which the rest is left out: parsers compare each with all before it.
const MOST_ATTRIBUTES: usize = 256;

/// Tags, and attributes of them, that are read of a page; what stands behind is left out. A tree takes some 100 bytes for each
/// (measured). Chosen: ten times those of the largest news pages known to us.
const MOST_MARKS: usize = 400_000;

/// Elements that end by themselves where the next begins, or that are never left open: they add no depth of their own.
const FREE: [&[u8]; 38] = [
    b"p",
    b"li",
    b"td",
    b"th",
    b"tr",
    b"dd",
    b"dt",
    b"option",
    b"optgroup",
    b"tbody",
    b"thead",
    b"tfoot",
    b"rp",
    b"rt",
    b"rb",
    b"rtc",
    b"html",
    b"head",
    b"body",
    b"a",
    b"area",
    b"base",
    b"br",
    b"col",
    b"colgroup",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"frame",
    b"image",
    b"keygen",
];

/// Elements that only change the look of letters.
const LOOKS: [&[u8]; 14] = [
    b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u", b"span",
];

/// Elements whose content is letters up to their end tag.
const LETTERS: [&[u8]; 7] = [
    b"script",
    b"style",
    b"textarea",
    b"title",
    b"xmp",
    b"iframe",
    b"noframes",
];

/// Elements that an end tag further out does not close.
const WALLS: [&[u8]; 8] = [
    b"table",
    b"caption",
    b"object",
    b"applet",
    b"marquee",
    b"template",
    b"svg",
    b"math",
];

/// The page, without what only a machine would nest.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let mut scan = Scan {
        html,
        deepest: deepest(html.len()),
        open: Vec::new(),
        looks: 0,
        tables: 0,
        marks: 0,
        dropped: Vec::new(),
        out: String::new(),
        copied: 0,
    };
    scan.run();
    if scan.copied == 0 {
        return Cow::Borrowed(html);
    }
    scan.out.push_str(&html[scan.copied..]);
    Cow::Owned(scan.out)
}

struct Scan<'h> {
    html: &'h str,
    deepest: usize,
    open: Vec<Vec<u8>>,
    looks: usize,
    tables: usize,
    /// Tags and attributes so far.
    marks: usize,
    /// Names of elements that were left out and have not ended.
    dropped: Vec<Vec<u8>>,
    out: String,
    /// Bytes of the page that are in `out`, or were left out.
    copied: usize,
}

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(found) = self.html[at..].find('<') {
            let start = at + found;
            let rest = &bytes[start..];
            at = match rest.get(1) {
                Some(b'!') if rest.starts_with(b"<!--") => {
                    // `<!-->` is a whole comment, too.
                    self.html[start + 2..]
                        .find("-->")
                        .map_or(bytes.len(), |end| start + 2 + end + 3)
                }
                Some(b'!' | b'?') => self.html[start..].find('>').map_or(bytes.len(), |end| start + end + 1),
                Some(b'/') if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(start),
                Some(letter) if letter.is_ascii_alphabetic() => self.start_tag(start),
                _ => start + 1,
            };
        }
    }

    /// Leaves out the bytes `from..to`.
    fn leave_out(&mut self, from: usize, to: usize) {
        self.out.push_str(&self.html[self.copied..from]);
        self.copied = to;
    }

    fn start_tag(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let name = name(&bytes[start + 1..]);
        let attributes = start + 1 + name.len();
        let (end, cut, count) = tag_end(bytes, attributes);
        if self.marks >= MOST_MARKS {
            self.leave_out(start, bytes.len());
            return bytes.len();
        }
        self.marks += 1 + count;
        if LETTERS.contains(&name.as_slice()) {
            return letters_end(self.html, end, &name);
        }
        let counts = !FREE.contains(&name.as_slice());
        let look = LOOKS.contains(&name.as_slice());
        let table = name == b"table";
        let too_deep = self.open.len() >= self.deepest
            || (look && self.looks >= MOST_LOOKS)
            || (table && self.tables >= MOST_TABLES);
        if counts && too_deep {
            self.leave_out(start, end);
            if self.dropped.len() < DEEPEST {
                self.dropped.push(name);
            }
            return end;
        }
        if let Some(cut) = cut {
            // A tag that the page ends in has no sign at its end that stays.
            let to = end - usize::from(bytes[end - 1] == b'>');
            self.leave_out(cut, to.max(cut));
        }
        if counts {
            self.looks += usize::from(look);
            self.tables += usize::from(table);
            self.open.push(name);
        }
        end
    }

    fn end_tag(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let name = name(&bytes[start + 2..]);
        let (end, ..) = tag_end(bytes, start + 2 + name.len());
        if let Some(place) = self.dropped.iter().rposition(|open| *open == name) {
            self.dropped.truncate(place);
            self.leave_out(start, end);
            return end;
        }
        let within = self.open.iter().rposition(|open| WALLS.contains(&open.as_slice()));
        match self.open.iter().rposition(|open| *open == name) {
            Some(place) if LOOKS.contains(&name.as_slice()) => {
                self.open.remove(place);
                self.looks -= 1;
            }
            Some(place) if within.is_none_or(|wall| place >= wall) => {
                let gone = self.open.split_off(place);
                self.looks -= gone.iter().filter(|open| LOOKS.contains(&open.as_slice())).count();
                self.tables -= gone.iter().filter(|open| *open == b"table").count();
            }
            _ => {}
        }
        end
    }
}

/// The tag's name, in lower case.
fn name(bytes: &[u8]) -> Vec<u8> {
    let ends = |b: &&u8| !matches!(b, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'/' | b'>');
    bytes.iter().take_while(ends).map(u8::to_ascii_lowercase).collect()
}

/// Where the tag ends whose attributes begin at `at`, where its attributes become too many, and how many are read.
fn tag_end(bytes: &[u8], at: usize) -> (usize, Option<usize>, usize) {
    enum Inside {
        Tag,
        Name,
        Equals,
        Quoted(u8),
        Plain,
    }
    let (mut inside, mut count, mut cut) = (Inside::Tag, 0, None);
    for (offset, byte) in bytes[at..].iter().enumerate() {
        let space = matches!(byte, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ');
        inside = match (inside, *byte) {
            (Inside::Quoted(quote), b) if b == quote => Inside::Tag,
            (Inside::Quoted(quote), _) => Inside::Quoted(quote),
            (_, b'>') => return (at + offset + 1, cut, count.min(MOST_ATTRIBUTES)),
            (Inside::Equals, _) if space => Inside::Equals,
            (Inside::Equals, b'"' | b'\'') => Inside::Quoted(*byte),
            (Inside::Equals | Inside::Plain, _) if !space => Inside::Plain,
            (Inside::Name, b'=') => Inside::Equals,
            // `a =1`: the value comes after the space.
            (Inside::Tag, b'=') if count > 0 => Inside::Equals,
            (Inside::Tag, b) if !space && b != b'/' => {
                count += 1;
                if count > MOST_ATTRIBUTES && cut.is_none() {
                    cut = Some(at + offset);
                }
                Inside::Name
            }
            (Inside::Name, b) if !space && b != b'/' => Inside::Name,
            _ => Inside::Tag,
        };
    }
    (bytes.len(), cut, count.min(MOST_ATTRIBUTES))
}

/// Where the letters of an element end that holds nothing else.
fn letters_end(html: &str, from: usize, name: &[u8]) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    // One sign is looked for much faster than two.
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        let end = at + 1 + name.len();
        let is_end =
            bytes.get(at) == Some(&b'/') && bytes.get(at + 1..end).is_some_and(|b| b.eq_ignore_ascii_case(name));
        if is_end {
            return tag_end(bytes, end).0;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_as_it_is() {
        for page in [
            "",
            "a < b > c </ <",
            "<p>a<p>b<li>c<br><img src='>'>",
            "<div><span>a</div></span><!-- <div> --><script>'<div>'</script><title><b></title>",
            &"<div><span>a</div>".repeat(2000),
            &"<p>a<li>b<td>c<br>".repeat(2000),
            &"<script>'<div>'</script><!-- <div> -->".repeat(2000),
            &"<b><i>a</i></b>".repeat(2000),
        ] {
            assert!(matches!(bounded(page), Cow::Borrowed(_)), "{page:.80}");
        }
    }

    #[test]
    fn a_tag_without_an_end_is_cut_between_letters() {
        let attributes = |end: &str| format!("<p>a<table{}{end}", " é".repeat(MOST_ATTRIBUTES + 1));
        for end in ["", "é", " é=\"é>", " é='>", "é>b"] {
            let page = attributes(end);
            let kept = bounded(&page);
            assert!(kept.starts_with("<p>a<table é é") && kept.len() < page.len(), "{end}");
            assert_eq!(kept.ends_with("b"), end.ends_with("b"), "{end}");
        }
    }

    #[test]
    fn what_only_a_machine_nests_is_left_out_and_the_text_stays() {
        let deep = format!("{}x{}y", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let page = bounded(&deep);
        assert_eq!(page.matches("<div>").count(), DEEPEST_OF_LARGE);
        let small = format!("{}x", "<div>".repeat(1000));
        assert_eq!(bounded(&small).matches("<div>").count(), DEEPEST);
        assert!(page.contains('x') && page.ends_with('y'));
        let looks = format!("<p>x{}y", "<b>".repeat(100_000));
        assert_eq!(bounded(&looks), format!("<p>x{}y", "<b>".repeat(MOST_LOOKS)));
        let evasion = "<div><table></div>".repeat(1000);
        assert!(bounded(&evasion).matches("<table>").count() <= DEEPEST);
        let tables = "<table><tr><td>x".repeat(1000);
        assert_eq!(bounded(&tables).matches("<table>").count(), MOST_TABLES);
        let rows = "<table><tr><td>x</table>".repeat(1000);
        assert_eq!(bounded(&rows), rows);
    }

    #[test]
    fn a_page_of_nothing_but_tags_is_cut() {
        let page = "<i>x</i>".repeat(MOST_MARKS + 5);
        assert_eq!(bounded(&page), "<i>x</i>".repeat(MOST_MARKS));
        let attributes = "<i a b c>x</i>".repeat(MOST_MARKS);
        assert_eq!(bounded(&attributes).matches("<i").count(), MOST_MARKS / 4);
        let scripts = "<script>var a</script>x".repeat(MOST_MARKS + 5);
        assert_eq!(bounded(&scripts).matches("var").count(), MOST_MARKS);
    }

    #[test]
    fn attributes_beyond_use_are_left_out() {
        let many: String = (0..1000).map(|n| format!(" a{n}=\"{n}>\"")).collect();
        let tag = format!("<p{many}>x");
        let page = bounded(&tag);
        assert!(page.ends_with("a255=\"255>\" >x"), "{page}");
        let tricky: String = (0..1000).map(|n| format!(" a{n}\"")).collect();
        let tag = format!("<p{tricky}>x");
        assert!(bounded(&tag).len() < 2500);
        assert_eq!(bounded("<p a = 'x > y' b>z"), "<p a = 'x > y' b>z");
    }
}
