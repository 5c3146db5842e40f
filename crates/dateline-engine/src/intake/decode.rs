//! Bytes to letters. The one place where an encoding is decided.

/// Text and what was wrong with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark (which no position counts).
    pub text: String,
    /// First bad byte and number of replacements, where some were needed.
    pub bad: Option<(usize, usize)>,
}

/// Decodes UTF-8, with or without a byte order mark, and UTF-16 with one. Bad sequences become U+FFFD and are told.
pub fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: text.to_string(),
            bad: None,
        },
        Err(error) => {
            let count = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
            let text = String::from_utf8_lossy(bytes).into_owned();
            Decoded {
                text,
                bad: Some((skipped + error.valid_up_to(), count)),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks(2).map(|pair| match *pair {
        [a, b] => unit([a, b]),
        _ => 0xFFFD,
    });
    let (mut text, mut bad, mut at) = (String::with_capacity(bytes.len()), None, 2);
    for decoded in char::decode_utf16(units) {
        let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        if letter == char::REPLACEMENT_CHARACTER {
            let (_, count) = bad.get_or_insert((at, 0));
            *count += 1;
        }
        at += 2 * letter.len_utf16();
        text.push(letter);
    }
    Decoded { text, bad }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, bad: Option<(usize, usize)>) {
        assert_eq!(decode(bytes), Decoded { text: text.into(), bad });
    }

    #[test]
    fn marks_are_taken_off_and_bad_bytes_are_placed() {
        check("Hà Nội".as_bytes(), "Hà Nội", None);
        check(b"\xEF\xBB\xBFH\xC3\xA0", "Hà", None);
        check(b"\xFF\xFEH\x00\xE0\x00", "Hà", None);
        check(b"\xFE\xFF\x00H\x00\xE0", "Hà", None);
        check(b"H\xE0 N\xF4i", "H\u{FFFD} N\u{FFFD}i", Some((1, 2)));
        check(b"\xEF\xBB\xBFa\xFF", "a\u{FFFD}", Some((4, 1)));
        check(b"\xFF\xFEH\x00\xE0", "H\u{FFFD}", Some((4, 1)));
        check(b"", "", None);
    }
}
