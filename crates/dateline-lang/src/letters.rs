//! Letters, fast: nearly all letters of our texts are Latin, and the tables of the standard library are for all scripts.

/// The same as [`char::is_alphabetic`], with a short way for Latin letters.
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        // Latin-1 letters but × and ÷, Latin Extended A and B, Latin Extended Additional (all of Vietnamese).
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The same as [`char::is_uppercase`], with a short way for the letters of Vietnamese and English.
#[inline]
pub fn is_upper(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        '\u{1ea0}'..='\u{1ef9}' => (c as u32).is_multiple_of(2),
        '\u{c0}'..='\u{de}' => c != '×',
        '\u{df}'..='\u{ff}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        _ => c.is_uppercase(),
    }
}

/// The same as [`char::is_lowercase`], with a short way for the letters of Vietnamese and English.
#[inline]
pub fn is_lower(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_lowercase(),
        '\u{1ea0}'..='\u{1ef9}' => !(c as u32).is_multiple_of(2),
        '\u{c0}'..='\u{de}' => false,
        '\u{df}'..='\u{ff}' => c != '÷',
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        _ => c.is_lowercase(),
    }
}

/// A small letter or digit that [`push_lower`] leaves as it is, on its short way: a word of nothing else is its own lower case.
#[inline]
pub fn is_plain(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_lowercase() || c.is_ascii_digit(),
        '\u{1ea0}'..='\u{1ef9}' => !(c as u32).is_multiple_of(2),
        '\u{df}'..='\u{ff}' => c != '÷',
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        _ => false,
    }
}

/// The same as [`char::is_numeric`], with a short way for the letters and marks of our texts.
#[inline]
pub fn is_numeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_digit(),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{206f}' => false,
        _ => c.is_numeric(),
    }
}

/// The text surely is in NFC: it holds nothing but ASCII, Latin letters that no mark can follow, and common punctuation.
pub fn is_surely_nfc(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += match b {
            0..=0x7f => 1,
            // Up to U+02FF: combining marks begin behind.
            0xc2..=0xcb => 2,
            // Latin Extended Additional, all of it composed, U+1E00 to U+1EFF.
            0xe1 if matches!(bytes.get(at + 1), Some(0xb8..=0xbb)) => 3,
            // U+2010 to U+203F: dashes, quotation marks, dots.
            0xe2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x90..=0xbf)) => 3,
            _ => return false,
        };
    }
    true
}

/// Appends the lower case of a letter, as [`char::to_lowercase`] has it.
#[inline]
pub fn push_lower(c: char, out: &mut String) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        // Pairs of capital and small letter, the capital even: Ạ ạ, Ả ả … Ỹ ỹ.
        '\u{1ea0}'..='\u{1ef9}' => out.push(char::from_u32(c as u32 | 1).unwrap_or(c)),
        '\u{c0}'..='\u{de}' if c != '×' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
        '\u{df}'..='\u{ff}' => out.push(c),
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => out.push(c),
        'Ă' => out.push('ă'),
        'Đ' => out.push('đ'),
        'Ơ' => out.push('ơ'),
        'Ư' => out.push('ư'),
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_say_what_the_long_ways_say() {
        let mut out = String::new();
        for c in (0..0x3000u32).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?} U+{:04X}", c as u32);
            assert_eq!(is_upper(c), c.is_uppercase(), "{c:?} U+{:04X}", c as u32);
            assert_eq!(is_lower(c), c.is_lowercase(), "{c:?} U+{:04X}", c as u32);
            out.clear();
            push_lower(c, &mut out);
            assert_eq!(out, c.to_lowercase().collect::<String>(), "{c:?} U+{:04X}", c as u32);
            assert!(!is_plain(c) || out == c.to_string(), "{c:?} U+{:04X}", c as u32);
            assert_eq!(is_numeric(c), c.is_numeric(), "{c:?} U+{:04X}", c as u32);
        }
    }

    #[test]
    fn what_surely_is_nfc_is_nfc() {
        let nfc = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
        let sure: Vec<char> = (0..0x3000u32)
            .filter_map(char::from_u32)
            .filter(|c| is_surely_nfc(c.encode_utf8(&mut [0; 4])))
            .collect();
        assert!(sure.len() > 0x300);
        // No two of them compose or change places.
        for &a in &sure {
            assert!(nfc.is_normalized(a.encode_utf8(&mut [0; 4])), "U+{:04X}", a as u32);
            for b in ['a', 'ợ', '’', '\u{2bf}'] {
                assert!(nfc.is_normalized(&format!("{b}{a}{b}")), "{b} U+{:04X}", a as u32);
            }
        }
        assert!(!is_surely_nfc("e\u{301}") && !is_surely_nfc("\u{2126}") && is_surely_nfc("“Đường” – 1…"));
    }
}
