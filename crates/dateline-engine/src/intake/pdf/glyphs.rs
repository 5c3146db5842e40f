//! Letters by the names that fonts give their shapes, and by the encodings that PDF knows by name.
//!
//! The names are those of the Adobe Glyph List for New Fonts; names of letters with marks are put together as the list does it
//! (`Ocircumflexacute`: O, circumflex, acute).

use icu_normalizer::ComposingNormalizerBorrowed;

/// Names of what is neither a letter nor a digit, and of letters that are not made of others.
const NAMES: [(&str, char); 102] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("exclamdown", '¡'),
    ("cent", '¢'),
    ("sterling", '£'),
    ("currency", '¤'),
    ("yen", '¥'),
    ("brokenbar", '¦'),
    ("section", '§'),
    ("dieresis", '¨'),
    ("copyright", '©'),
    ("ordfeminine", 'ª'),
    ("guillemotleft", '«'),
    ("logicalnot", '¬'),
    ("registered", '®'),
    ("macron", '¯'),
    ("degree", '°'),
    ("plusminus", '±'),
    ("acute", '´'),
    ("mu", 'µ'),
    ("paragraph", '¶'),
    ("periodcentered", '·'),
    ("cedilla", '¸'),
    ("ordmasculine", 'º'),
    ("guillemotright", '»'),
    ("onequarter", '¼'),
    ("onehalf", '½'),
    ("threequarters", '¾'),
    ("questiondown", '¿'),
    ("AE", 'Æ'),
    ("Eth", 'Ð'),
    ("multiply", '×'),
    ("Oslash", 'Ø'),
    ("Thorn", 'Þ'),
    ("germandbls", 'ß'),
    ("ae", 'æ'),
    ("eth", 'ð'),
    ("divide", '÷'),
    ("oslash", 'ø'),
    ("thorn", 'þ'),
    ("Dcroat", 'Đ'),
    ("dcroat", 'đ'),
    ("Lslash", 'Ł'),
    ("lslash", 'ł'),
    ("OE", 'Œ'),
    ("oe", 'œ'),
    ("dotlessi", 'ı'),
    ("endash", '–'),
    ("emdash", '—'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotesinglbase", '‚'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quotedblbase", '„'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("Euro", '€'),
    ("minus", '−'),
];

/// Marks of letters, as the list names them.
const MARKS: [(&str, char); 17] = [
    ("circumflex", '\u{302}'),
    ("hookabove", '\u{309}'),
    ("dotbelow", '\u{323}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30B}'),
    ("commaaccent", '\u{326}'),
    ("dieresis", '\u{308}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("macron", '\u{304}'),
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("tilde", '\u{303}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30C}'),
    ("horn", '\u{31B}'),
    ("ring", '\u{30A}'),
];

/// The upper half of the encoding that fonts have where they name none, from 0xA1.
const STANDARD: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß";

/// The letters of the 256 codes of an encoding.
pub(super) fn encoding(name: &str) -> Vec<Option<String>> {
    let by = |table: &'static encoding_rs::Encoding| -> Vec<Option<String>> {
        (0..=255u8)
            .map(|byte| {
                let (letter, _) = table.decode_without_bom_handling(std::slice::from_ref(&byte));
                Some(letter.into_owned()).filter(|l| l.chars().all(|c| !c.is_control()))
            })
            .collect()
    };
    match name {
        "MacRomanEncoding" => by(encoding_rs::MACINTOSH),
        "StandardEncoding" => {
            let mut letters = by(encoding_rs::WINDOWS_1252);
            letters[0x80..].fill(None);
            for (slot, letter) in letters[0xA1..].iter_mut().zip(STANDARD.chars()) {
                *slot = Some(letter).filter(|l| *l != '\0').map(String::from);
            }
            letters[0x27] = Some("’".into());
            letters[0x60] = Some("‘".into());
            letters
        }
        // Fonts that name no encoding are, in what is written today, mostly of this one.
        _ => by(encoding_rs::WINDOWS_1252),
    }
}

/// The letters of a shape's name: `eacute`, `uni1EBF`, `u1F600`, `f_i`, `A.sc`.
pub(super) fn named(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(named).collect();
    }
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let long = name
        .strip_prefix("uni")
        .filter(|d| d.len() >= 4 && d.len() % 4 == 0 && d.is_ascii());
    if let Some(digits) = long {
        let letters: Option<String> = digits
            .as_bytes()
            .chunks(4)
            .map(|four| hex(std::str::from_utf8(four).ok()?))
            .collect();
        if letters.is_some() {
            return letters;
        }
    }
    let short = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len()));
    if let Some(letter) = short.and_then(hex) {
        return Some(letter.into());
    }
    let ligature = match name {
        "fi" | "fl" | "ff" | "ffi" | "ffl" | "st" => Some(name),
        "nbspace" | "nonbreakingspace" => Some(" "),
        "sfthyphen" | "softhyphen" => Some("\u{AD}"),
        _ => None,
    };
    if let Some(letters) = ligature {
        return Some(letters.into());
    }
    let single = |name: &str| -> Option<char> {
        let mut letters = name.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(letter),
            _ => NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c),
        }
    };
    if let Some(letter) = single(name) {
        return Some(letter.into());
    }
    // Marks from the end, each shortens the name.
    let (mut base, mut marks) = (name, Vec::new());
    while let Some((rest, mark)) = MARKS.iter().find_map(|(n, c)| Some((base.strip_suffix(n)?, *c))) {
        marks.push(mark);
        base = rest;
    }
    let letter = single(base).filter(|c| c.is_alphabetic())?;
    let written: String = std::iter::once(letter).chain(marks.into_iter().rev()).collect();
    Some(ComposingNormalizerBorrowed::new_nfc().normalize(&written).into_owned())
}

/// How wide a letter usually is, in heights of it, where the font does not say: the fonts that every reader has are left out of
/// files. Rounded from what is common to faces of Times and Helvetica.
pub(super) fn usual_width(letters: &str) -> f64 {
    match letters.chars().next() {
        Some('i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ') => 0.28,
        Some('m' | 'w' | 'M' | 'W' | '—' | '%' | '@') => 0.85,
        Some(c) if c.is_uppercase() => 0.67,
        Some(_) => 0.52,
        None => 0.5,
    }
}
