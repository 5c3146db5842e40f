//! The one form in which names of places are compared.
//!
//! The recipe `cargo xtask gazetteer` compiles this very file too, so that the tables and their reader cannot drift apart.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Longest acronym that keeps its capitals in a key, in letters. Chosen, not measured: "TPHCM" is the longest we know.
const LONGEST_ACRONYM: usize = 5;

/// Normalises a name, or one word of it, for looking it up.
///
/// NFC and lower case; diacritics are kept; hyphens, dashes, apostrophes and white space become one space; dots vanish;
/// the old placing of the Vietnamese tone mark ("hoà") becomes the new one ("hòa"). A word of two to five capitals of the
/// English alphabet ("U.S.", "UAE") is an acronym and **keeps its capitals**, so that "US" is a country and "us" is not;
/// [`Gazetteer::longest`](super::gazetteer::Gazetteer::longest) tries such a word in lower case as well.
pub fn key(name: &str) -> String {
    let name = name.trim();
    let composed = if is_surely_composed(name) {
        Cow::Borrowed(name)
    } else {
        ComposingNormalizerBorrowed::new_nfc().normalize(name)
    };
    let plain: Cow<'_, str> = if composed.contains('.') {
        composed.chars().filter(|c| *c != '.').collect()
    } else {
        composed
    };
    if (2..=LONGEST_ACRONYM).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_uppercase()) {
        return plain.into_owned();
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if is_gap(c) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c == 'İ' {
            out.push('i'); // its lower case would be two characters, the second a loose dot
        } else if matches!(c, '\u{1ea0}'..='\u{1ef9}') {
            // Pairs of capital and small letter, the capital even: the short way for most letters of Vietnamese.
            out.push(char::from_u32(c as u32 | 1).unwrap_or(c));
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out.truncate(out.trim_end().len());
    move_tones(out)
}

/// Nothing but ASCII and Latin letters up to U+02FF and from U+1E00 to U+1EFF: no combining mark, nothing that NFC changes.
fn is_surely_composed(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += match b {
            0..=0x7f => 1,
            0xc2..=0xcb => 2,
            0xe1 if matches!(bytes.get(at + 1), Some(0xb8..=0xbb)) => 3,
            _ => return false,
        };
    }
    true
}

/// Whether `c` separates the parts of a name: white space, hyphens, dashes and everything used as an apostrophe.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\'' | '`' | '´' | '\u{2018}'..='\u{201B}')
        || matches!(
            c,
            '\u{2032}' | '\u{02B9}'..='\u{02BF}' | '\u{02C8}' | '\u{200B}' | '\u{FEFF}'
        )
}

/// Endings with the tone mark in the old place, and the same in the new one.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// Moves the tone mark of each syllable's open ending to its new place; "quý" stays, for there `u` belongs to `q`.
fn move_tones(name: String) -> String {
    // Nearly no word has the old placing, so one look at all of them first.
    let old = |word: &str| {
        let mut back = word.chars().rev();
        back.next().is_some_and(|c| !c.is_ascii()) && matches!(back.next(), Some('o' | 'u'))
    };
    if name.is_ascii() || !name.split(' ').any(old) {
        return name;
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            for (old, new) in TONES {
                if let Some(head) = word.strip_suffix(old).filter(|head| !head.ends_with('q')) {
                    return format!("{head}{new}");
                }
            }
            word.to_owned()
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        assert_eq!(key("Nagorno - Karabakh"), "nagorno karabakh");
        assert_eq!(key("Mát-xcơ-va"), "mát xcơ va");
        assert_eq!(key("N’Djamena"), key("N'Djamena"));
        assert_eq!(key("Hoà Bình"), key("Hòa Bình"));
        assert_eq!(key("St. Petersburg"), "st petersburg");
    }

    #[test]
    fn acronyms_keep_their_capitals() {
        assert_eq!(key("U.S."), "US");
        assert_eq!(key("us"), "us");
        assert_eq!(key("TP.HCM"), "TPHCM");
        assert_eq!(key("MOSCOW"), "moscow");
    }

    #[test]
    fn tones_of_qu_stay() {
        assert_eq!(key("Quý"), "quý");
        assert_eq!(key("Thuỵ Sĩ"), "thụy sĩ");
    }
}
