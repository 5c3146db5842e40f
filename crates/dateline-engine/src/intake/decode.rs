//! Bytes to letters. The one place where an encoding is decided: a byte order mark, then UTF-8 where the bytes are, then what
//! was declared, then what the bytes look like. Old encodings of Vietnamese are known by their spelling.

use super::utf16::{self, Unit};
use super::vietnamese::{mend, unmask};
use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes of a page in which it may declare its encoding.
const DECLARED: usize = 4 << 10;

/// Text and what was wrong with its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark (which no position counts).
    pub text: String,
    /// First bad byte and number of replacements, where some were needed.
    pub bad: Option<(usize, usize)>,
    /// The encoding, where nobody declared it and it is not Unicode.
    pub guessed: Option<&'static str>,
}

impl Decoded {
    fn sound(text: String) -> Decoded {
        Decoded {
            text,
            ..Decoded::default()
        }
    }
}

/// Decodes bytes. `declared` is the encoding's name as a server gave it; what a page declares itself is found here.
///
/// UTF-8 with a few bad sequences stays UTF-8: they become U+FFFD and are told.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let [0xEF, 0xBB, 0xBF, rest @ ..] = bytes {
        return utf8(rest, 3);
    }
    if let Some(unit) = utf16::unit(bytes) {
        let marked = bytes.first_chunk().is_some_and(|two| unit(*two) == 0xFEFF);
        let mark = if marked { 2 } else { 0 };
        return utf16(&bytes[mark..], mark, unit);
    }
    // encoding_rs looks at letters of two and three bytes faster than the standard library does.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return Decoded::sound(text.into_owned());
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // Two bytes of another encoding are seldom a letter of UTF-8; one sound letter for each bad place is UTF-8 with damage.
    if good >= bad {
        return utf8(bytes, 0);
    }
    let label = declared.map(str::to_string).or_else(|| in_page(bytes));
    let named = label.as_deref().and_then(|l| Encoding::for_label(l.as_bytes()));
    if let Some(encoding) = named.filter(|e| *e != UTF_8 && *e != WINDOWS_1252) {
        return Decoded::sound(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    // Pages in an old Vietnamese encoding declare the western one, for want of a name for theirs.
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    if let Some((text, old)) = unmask(&western) {
        return Decoded {
            text,
            bad: None,
            guessed: Some(old.name()),
        };
    }
    if named == Some(WINDOWS_1252) {
        return Decoded::sound(western);
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    Decoded {
        text: encoding.decode_without_bom_handling(bytes).0.into_owned(),
        bad: None,
        guessed: Some(encoding.name()),
    }
}

/// What was put right in a text that came as Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repair {
    /// UTF-8 that somebody read as windows-1252: so many places.
    Misread(usize),
    /// An old encoding that somebody took for windows-1252.
    Old(&'static str),
}

/// Puts right what is certain to be damaged; `None` where nothing is.
pub(super) fn repair(text: &str) -> Option<(String, Repair)> {
    if text.is_ascii() {
        return None;
    }
    if let Some((once, places)) = mend(text) {
        // Some archives did it twice.
        let twice = mend(&once);
        let places = twice.as_ref().map_or(places, |t| places.max(t.1));
        return Some((twice.map_or(once, |t| t.0), Repair::Misread(places)));
    }
    unmask(text).map(|(text, old)| (text, Repair::Old(old.name())))
}

/// The encoding that a page declares: `<meta charset=…>`, `content="text/html; charset=…"`, `<?xml encoding=…?>`.
fn in_page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED)]).to_ascii_lowercase();
    let head = head.trim_start();
    if !head.starts_with('<') {
        return None;
    }
    let key = if head.starts_with("<?xml") {
        "encoding"
    } else {
        "charset"
    };
    let (_, rest) = head.split_once(key)?;
    let rest = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
        .unwrap_or(rest.len());
    Some(rest[..end].to_string()).filter(|l| !l.is_empty())
}

fn utf8(bytes: &[u8], skipped: usize) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded::sound(text.to_string()),
        Err(error) => {
            let count = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
            Decoded {
                text: String::from_utf8_lossy(bytes).into_owned(),
                bad: Some((skipped + error.valid_up_to(), count)),
                guessed: None,
            }
        }
    }
}

fn utf16(bytes: &[u8], skipped: usize, unit: Unit) -> Decoded {
    let units = bytes.chunks(2).map(|pair| match *pair {
        [a, b] => unit([a, b]),
        _ => 0xFFFD,
    });
    let (mut text, mut bad, mut at) = (String::with_capacity(bytes.len()), None, skipped);
    for decoded in char::decode_utf16(units) {
        let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        if letter == char::REPLACEMENT_CHARACTER {
            let (_, count) = bad.get_or_insert((at, 0));
            *count += 1;
        }
        at += 2 * letter.len_utf16();
        text.push(letter);
    }
    Decoded {
        text,
        bad,
        guessed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, bad: Option<(usize, usize)>) {
        let expected = Decoded {
            text: text.into(),
            bad,
            guessed: None,
        };
        assert_eq!(decode(bytes, None), expected);
    }

    #[test]
    fn marks_are_taken_off_and_bad_bytes_are_placed() {
        check("Hà Nội".as_bytes(), "Hà Nội", None);
        check(b"\xEF\xBB\xBFH\xC3\xA0", "Hà", None);
        check(b"\xFF\xFEH\x00\xE0\x00", "Hà", None);
        check(b"\xFE\xFF\x00H\x00\xE0", "Hà", None);
        check(b"H\xE0 N\xE1\xBB\x99i", "H\u{FFFD} Nội", Some((1, 1)));
        check(b"\xEF\xBB\xBFa\xFF", "a\u{FFFD}", Some((4, 1)));
        check(b"\xFF\xFEH\x00\xE0", "H\u{FFFD}", Some((4, 1)));
        check(b"", "", None);
        let text = "Quân đội cho biết cầu đã bị phá, hai người bị thương.";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, text, None);
        check(&big, text, None);
        check(b"twelve\0 and thirteen", "twelve\0 and thirteen", None);
    }

    #[test]
    fn what_is_declared_is_believed_and_else_the_bytes_are_looked_at() {
        let page = b"<html><head><meta charset=\"windows-1251\"><p>\xCF\xF0\xE8\xE2\xE5\xF2";
        assert!(decode(page, None).text.ends_with("Привет"));
        assert!(
            decode(b"\xCF\xF0\xE8\xE2\xE5\xF2", Some("windows-1251"))
                .text
                .ends_with("Привет")
        );
        assert_eq!(
            in_page(b"<?xml version='1.0' encoding='ISO-8859-2'?>").as_deref(),
            Some("iso-8859-2")
        );
        assert_eq!(in_page(b"no page: charset=x"), None);
        let guessed = decode(
            "Der Zug fährt später über die Brücke."
                .chars()
                .map(|c| c as u8)
                .collect::<Vec<_>>()
                .as_slice(),
            None,
        );
        assert_eq!(guessed.text, "Der Zug fährt später über die Brücke.");
        assert_eq!(guessed.guessed, Some("windows-1252"));
        // windows-1258 writes some tones as signs of their own, behind the letter.
        let guessed = decode(b"<meta charset=windows-1258>N\xF4\xF2i", None);
        assert_eq!(guessed.text, "<meta charset=windows-1258>Nô\u{323}i");
    }

    #[test]
    fn old_vietnamese_encodings_are_read_whatever_is_declared() {
        let bytes = b"<meta charset=iso-8859-1>Hai b\xAAn \xAE\xB7 k\xFD th\xE1a thu\xCBn ng\xF5ng b\xBEn t\xB9i thu \xAE\xABi.";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.guessed, Some("TCVN3 (ABC)"));
        assert!(
            decoded
                .text
                .ends_with("Hai bên đã ký thỏa thuận ngừng bắn tại thu đôi."),
            "{}",
            decoded.text
        );
    }

    #[test]
    fn what_was_misread_twice_is_put_right_twice() {
        let misread = |t: &str| WINDOWS_1252.decode_without_bom_handling(t.as_bytes()).0.into_owned();
        let text = "Hai bên đã ký thỏa thuận ngừng bắn";
        let (mended, repair_told) = repair(&misread(&misread(text))).expect("damaged");
        assert_eq!(mended, text);
        assert!(matches!(repair_told, Repair::Misread(n) if n >= 5));
        assert_eq!(repair(text), None);
    }
}
