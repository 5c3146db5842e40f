//! The encodings of Vietnamese before Unicode, and text damaged by reading one encoding as another.
//!
//! Tables: VISCII from RFC 1456; TCVN3 ("ABC" fonts) from TCVN 5712:1993, VN3; VNI for Windows from the font maker's published
//! layout of base letters and marks. What a text is in is decided by spelling: how many of its words with marks could be
//! Vietnamese syllables when read that way.

use dateline_lang::{any_three, is_letter};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Words with marks below which nothing is decided; different ones, where another reading is to make syllables of them.
const LEAST_WORDS: usize = 4;
/// Share of words with marks that must be syllables in the new reading. True text has some foreign names.
const LEAST_RIGHT: f32 = 0.85;
/// Share of words with marks that may be syllables as the text stands. Real Vietnamese is above it.
const MOST_BEFORE: f32 = 0.5;
/// Words with marks that are looked at.
const MOST_WORDS: usize = 400;
/// Bytes that are looked at.
const SAMPLE: usize = 200_000;
/// Letters of today's Vietnamese from which a text is taken for sound.
const SOUND: usize = 3;

/// Sound letters without a damaged one, after which a text is not searched any further.
const MOST_WHOLE: usize = 64;

/// An old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Old {
    Tcvn3,
    Viscii,
    Vni,
}

impl Old {
    pub(super) fn name(self) -> &'static str {
        match self {
            Old::Tcvn3 => "TCVN3 (ABC)",
            Old::Viscii => "VISCII",
            Old::Vni => "VNI",
        }
    }

    fn read(self, bytes: &str) -> String {
        match self {
            Old::Tcvn3 => by_table(bytes, &tcvn3()),
            Old::Viscii => by_table(bytes, &viscii()),
            Old::Vni => vni(bytes),
        }
    }

    /// The share of these words that are syllables when read this way; 0 where that is no evidence. A quotation mark, a dash or a
    /// space of its own is a letter in these encodings, and would be a syllable; a text has more than a few syllables.
    fn evidence(self, words: &str) -> f32 {
        let (mut all, mut right, mut other) = (0usize, 0usize, BTreeSet::new());
        // No letter is a space in these encodings, and no space a letter.
        let read = self.read(words);
        for (word, read) in words.split(' ').zip(read.split(' ')) {
            if !word.chars().any(is_letter) {
                continue;
            }
            let (marked, syllables) = spelling(read);
            all += marked;
            right += syllables;
            if syllables > 0 && read != word && other.len() < LEAST_WORDS {
                other.insert(read.to_lowercase());
            }
        }
        if other.len() < LEAST_WORDS {
            return 0.0;
        }
        right as f32 / all as f32
    }
}

/// The byte that windows-1252 (or, for the five it leaves free, Latin 1) writes for a letter.
pub(super) fn byte_of(c: char) -> Option<u8> {
    let code = c as u32;
    if code < 0x80 || (0xA0..=0xFF).contains(&code) || matches!(code, 0x80..=0x9F) {
        return Some(code as u8);
    }
    HIGH_1252
        .iter()
        .position(|h| *h == c && c != '\u{FFFD}')
        .map(|at| 0x80 + at as u8)
}

/// windows-1252, bytes 80 to 9F.
const HIGH_1252: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}', '\u{FFFD}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// VISCII, bytes 80 to FF.
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// VISCII's letters among the control characters.
const VISCII_LOW: [(u8, char); 6] = [(2, 'Ẳ'), (5, 'Ẵ'), (6, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1E, 'Ỵ')];

/// TCVN3, bytes A1 to FE; `·` where nothing stands.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ";

type Table = [Option<char>; 256];

fn viscii() -> Table {
    let mut table = [None; 256];
    for (at, c) in VISCII.chars().enumerate() {
        table[0x80 + at] = Some(c);
    }
    for (byte, c) in VISCII_LOW {
        table[byte as usize] = Some(c);
    }
    table
}

fn tcvn3() -> Table {
    let mut table = [None; 256];
    for (at, c) in TCVN3.chars().enumerate() {
        if c != '·' {
            table[0xA1 + at] = Some(c);
        }
    }
    table
}

/// Letter by letter. TCVN3 has capitals with marks only as another font: in a word of capitals they are made capitals again.
fn by_table(text: &str, table: &Table) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for c in text.chars() {
        let letter = byte_of(c).and_then(|b| table[b as usize]).unwrap_or(c);
        if !letter.is_alphabetic() {
            raise(&mut out, word);
            out.push(letter);
            word = out.len();
        } else {
            out.push(letter);
        }
    }
    raise(&mut out, word);
    out
}

/// A word whose plain letters are two or more capitals becomes one of capitals.
fn raise(out: &mut String, from: usize) {
    let word = &out[from..];
    let plain = |c: &char| c.is_ascii_alphabetic();
    let mixed = word.chars().any(|c| !c.is_ascii() && c.is_lowercase());
    let capitals = word.chars().filter(plain).filter(char::is_ascii_uppercase).count();
    if mixed && capitals >= 1 && word.chars().filter(plain).all(|c| c.is_ascii_uppercase()) && word.chars().count() >= 2
    {
        // One capital before small letters with marks ("Hµ") is a name as often; only marked words of several are raised.
        if capitals >= 2 {
            let raised = word.to_uppercase();
            out.truncate(from);
            out.push_str(&raised);
        }
    }
}

/// VNI: a letter of the alphabet, then a sign for its mark.
fn vni(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        let upper = c.is_uppercase();
        let lower = c.to_lowercase().next().unwrap_or(c);
        let alone = match lower {
            'ô' => Some('ơ'),
            'ö' => Some('ư'),
            'ñ' => Some('đ'),
            'í' => Some('í'),
            'ì' => Some('ì'),
            'æ' => Some('ỉ'),
            'ó' => Some('ĩ'),
            'ò' => Some('ị'),
            'î' => Some('ỵ'),
            _ => None,
        };
        if let Some(letter) = alone {
            out.push(if upper {
                letter.to_uppercase().next().unwrap_or(letter)
            } else {
                letter
            });
            continue;
        }
        let marks: &[char] = match lower {
            'ù' => &['\u{301}'],
            'ø' => &['\u{300}'],
            'û' => &['\u{309}'],
            'õ' => &['\u{303}'],
            'ï' => &['\u{323}'],
            'â' => &['\u{302}'],
            'á' => &['\u{302}', '\u{301}'],
            'à' => &['\u{302}', '\u{300}'],
            'å' => &['\u{302}', '\u{309}'],
            'ã' => &['\u{302}', '\u{303}'],
            'ä' => &['\u{302}', '\u{323}'],
            'ê' => &['\u{306}'],
            'é' => &['\u{306}', '\u{301}'],
            'è' => &['\u{306}', '\u{300}'],
            'ú' => &['\u{306}', '\u{309}'],
            'ü' => &['\u{306}', '\u{303}'],
            'ë' => &['\u{306}', '\u{323}'],
            _ => {
                out.push(c);
                continue;
            }
        };
        let carries = out
            .last()
            .is_some_and(|b| matches!(b.to_lowercase().next(), Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư')));
        if carries {
            out.extend(marks);
        } else {
            out.push(c);
        }
    }
    let marked: String = out.into_iter().collect();
    compose(&marked)
}

/// NFC of the letters of Vietnamese.
fn compose(text: &str) -> String {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned()
}

/// Words with marks of a text, and how many of them are syllables of Vietnamese.
pub(super) fn spelling(text: &str) -> (usize, usize) {
    let (mut words, mut right) = (0, 0);
    for word in sample(text).split(|c: char| !c.is_alphanumeric() && c.is_ascii()) {
        if words == MOST_WORDS {
            break;
        }
        if word.is_ascii() || word.chars().count() > 9 {
            words += usize::from(!word.is_ascii());
            continue;
        }
        words += 1;
        right += usize::from(is_syllable(word));
    }
    (words, right)
}

fn sample(text: &str) -> &str {
    &text[..text.floor_char_boundary(SAMPLE.min(text.len()))]
}

/// Onsets, nuclei and codas of written Vietnamese, without tones.
const ONSETS: [&str; 29] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x", "q",
];
const NUCLEI: [&str; 58] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iêu", "iu", "oa", "oai", "oao", "oay", "oă", "oe", "oeo", "oi", "oo", "ôi", "ơi", "ua", "uâ", "uây", "uê",
    "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ưi", "ươ", "ươi", "ươu", "ưu", "ya", "yê", "yêu", "uôu",
    "êi",
];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Onset, nucleus with at most one tone, coda. With a capital in its middle, with marks of another kind, or marks on two letters, it is none.
fn is_syllable(word: &str) -> bool {
    // A capital stands first, or all are capitals.
    if word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase) {
        return false;
    }
    let lower = word.to_lowercase();
    let decomposed = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(&lower);
    let mut tones = 0;
    let plain: String = decomposed
        .chars()
        .filter(|c| {
            let tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            tones += usize::from(tone);
            !tone
        })
        .collect();
    if tones > 1 {
        return false;
    }
    let plain = compose(&plain);
    // `ð` and `Ð` stand for đ in careless text, and are none here.
    let onset = ONSETS.iter().filter(|o| plain.starts_with(**o)).collect::<Vec<_>>();
    onset.into_iter().any(|onset| {
        let rest = &plain[onset.len()..];
        CODAS
            .iter()
            .filter_map(|coda| rest.strip_suffix(coda))
            .any(|nucleus| NUCLEI.contains(&nucleus))
    })
}

/// The share of words with marks that are syllables; 0 where there are too few.
pub(super) fn share(text: &str) -> f32 {
    let (words, right) = spelling(text);
    if words < LEAST_WORDS {
        0.0
    } else {
        right as f32 / words as f32
    }
}

/// The first words with marks of a text, the only ones that its encoding shows in: of a page they are few among its markup.
/// `None` where letters of today's Vietnamese show that nothing is wrong with it.
fn marked(text: &str) -> Option<String> {
    let is_sound = |c: &char| matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'đ' | 'ơ' | 'ư' | 'Đ' | 'Ơ' | 'Ư');
    // VISCII has six letters among the control characters.
    let part = |b: u8| !b.is_ascii() || b.is_ascii_alphanumeric() || VISCII_LOW.iter().any(|(low, _)| *low == b);
    let text = sample(text);
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut words, mut sound) = (0, 0, 0);
    while words < MOST_WORDS
        && let Some(mark) = bytes[at..].iter().position(|b| !b.is_ascii())
    {
        let mark = at + mark;
        let start = bytes[at..mark]
            .iter()
            .rposition(|b| !part(*b))
            .map_or(at, |n| at + n + 1);
        at = bytes[mark..]
            .iter()
            .position(|b| !part(*b))
            .map_or(bytes.len(), |n| mark + n);
        let word = &text[start..at];
        sound += word.chars().filter(is_sound).count();
        if sound > SOUND {
            return None;
        }
        out.push_str(word);
        out.push(' ');
        words += 1;
    }
    Some(out)
}

/// Text in an old encoding that was taken for windows-1252: read as what its spelling says it is.
pub(super) fn unmask(text: &str) -> Option<(String, Old)> {
    let words = marked(text)?;
    if words.is_empty() || share(&words) > MOST_BEFORE {
        return None;
    }
    let mut best: Option<(f32, Old)> = None;
    for old in [Old::Tcvn3, Old::Vni, Old::Viscii] {
        let right = old.evidence(&words);
        if right >= LEAST_RIGHT && best.is_none_or(|(most, _)| right > most) {
            best = Some((right, old));
        }
    }
    best.map(|(_, old)| (old.read(text), old))
}

/// Runs of letters that UTF-8 gives when read as windows-1252 ("Viá»‡t"), put right. `None` where it is not certain: fewer than
/// two runs, or as many that cannot be put right.
pub(super) fn mend(text: &str) -> Option<(String, usize)> {
    if !may_be_misread(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let (mut mended, mut whole) = (0usize, 0usize);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| !c.is_ascii()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if mended == 0 && whole > MOST_WHOLE {
            return None;
        }
        let end = rest
            .char_indices()
            .find(|(_, c)| c.is_ascii() || byte_of(*c).is_none())
            .map_or(rest.len(), |(n, _)| n);
        if end == 0 {
            let c = rest.chars().next().unwrap_or_default();
            // A letter that windows-1252 does not have is a letter of its own.
            whole += usize::from(is_letter(c));
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let run = &rest[..end];
        match repaired(run) {
            Some(letters) => {
                mended += 1;
                out.push_str(&letters);
            }
            None => {
                whole += usize::from(run.chars().any(is_letter));
                out.push_str(run);
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (mended >= 2 && mended > whole).then_some((out, mended))
}

/// A letter that is the first byte of a character of several bytes when read as windows-1252 (U+00C2 to U+00F4) stands right before
/// one that can be its second: U+0080 to U+00BF, or what windows-1252 has in the places of the first half of these. Sound text
/// seldom has such a pair.
fn may_be_misread(text: &str) -> bool {
    any_three(text.as_bytes(), |first, second, third| {
        let begins = (third == 0xc2) | (third == 0xc5) | (third == 0xc6) | (third == 0xcb) | (third == 0xe2);
        (first == 0xc3) & (0x82..=0xb4).contains(&second) & begins
    })
}

/// The letters whose UTF-8 a run is.
fn repaired(run: &str) -> Option<Cow<'static, str>> {
    let bytes: Vec<u8> = run.chars().map(byte_of).collect::<Option<_>>()?;
    let letters = String::from_utf8(bytes).ok()?;
    let shorter = letters.chars().count() < run.chars().count();
    // The five places that windows-1252 leaves free are what is left of text that was misread twice.
    let free = |c: char| matches!(c, '\u{81}' | '\u{8D}' | '\u{8F}' | '\u{90}' | '\u{9D}');
    (shorter && !letters.chars().any(|c| c.is_control() && !free(c))).then_some(Cow::Owned(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "Hai bên đã ký thỏa thuận ngừng bắn tại thủ đô, người phát ngôn cho biết.";

    #[test]
    fn tables_have_a_letter_for_each_place() {
        assert_eq!(VISCII.chars().count(), 128);
        assert_eq!(TCVN3.chars().count(), 0xFE - 0xA1 + 1);
        let letters = |t: &Table| {
            t.iter()
                .flatten()
                .copied()
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        };
        assert_eq!(letters(&viscii()), 134);
        assert_eq!(letters(&tcvn3()), 74);
    }

    fn masked(table: &Table) -> String {
        PLAIN
            .chars()
            .map(|c| match table.iter().position(|t| *t == Some(c)) {
                Some(byte) => char::from_u32(byte as u32)
                    .filter(|c| !matches!(*c as u32, 0x80..=0x9F))
                    .unwrap_or_else(|| HIGH_1252[byte - 0x80]),
                None => c,
            })
            .collect()
    }

    #[test]
    fn old_encodings_are_known_by_their_spelling() {
        for (old, text) in [
            (Old::Tcvn3, masked(&tcvn3())),
            (Old::Viscii, masked(&viscii())),
            (
                Old::Vni,
                "Hai beân ñaõ kyù thoûa thuaän ngöøng baén taïi thuû ñoâ, ngöôøi phaùt ngoân cho bieát.".to_string(),
            ),
        ] {
            assert_eq!(unmask(&text), Some((PLAIN.to_string(), old)), "{text}");
        }
        assert_eq!(unmask(PLAIN), None);
        assert_eq!(
            unmask("Le président a été réélu à l'étranger, d'après des témoins âgés."),
            None
        );
        assert_eq!(
            unmask("Müller fährt über die Brücke nach Köln, weil der Zug später fährt."),
            None
        );
        assert_eq!(
            unmask("São Paulo não é a capital, é a maior cidade; informações à imprensa."),
            None
        );
    }

    #[test]
    fn the_signs_of_other_languages_are_no_syllables() {
        for text in [
            // Dashes by themselves, and quotation marks behind a comma.
            "The bridge – the last one – was shelled – twice – on Monday – and the mill – the old one – on Tuesday.",
            "\"We heard it,” he said. \"We ran,” she said. \"Nobody was hurt,” they said. \"The mill burns,” he said.",
            "“I was there.” “I saw it.” “In the mill?” “Up on the hill.” It’s what they’d all say – or so he’s told.",
            "He said\u{a0}– as ever\u{a0}– that it was over\u{a0}… and left\u{a0}… for the coast\u{a0}— by car.",
            // Names with marks.
            "José Pérez of Bogotá, René Lefèvre of Orléans, Inés Muñoz and Zoë Brüll met in São Tomé – in a café – on Monday.",
            "Peña, Nuñez, Ibáñez and Muñoz – all from Logroño – spoke of the mañana vote; Señor Quiñones did not.",
            "Mme Bé, M. Thé, M. Né and Mme Lê – “four friends” – left Châlons, Nîmes and Besançon – “for good”.",
        ] {
            assert_eq!(unmask(text), None, "{text}");
        }
    }

    #[test]
    fn capitals_of_another_font_are_capitals_again() {
        assert_eq!(
            by_table("CéNG HßA x· héi", &tcvn3()),
            "CỘNG HÒA x· hội".replace('·', "ã")
        );
    }

    #[test]
    fn utf8_read_as_windows_1252_is_put_right_where_it_is_certain() {
        let bad = |text: &str| -> String {
            text.bytes()
                .map(|b| match b {
                    0x80..=0x9F if HIGH_1252[b as usize - 0x80] != '\u{FFFD}' => HIGH_1252[b as usize - 0x80],
                    b => b as char,
                })
                .collect()
        };
        assert_eq!(mend(&bad(PLAIN)).map(|m| m.0).as_deref(), Some(PLAIN));
        assert_eq!(mend(PLAIN), None);
        assert_eq!(mend("Le président a été réélu."), None);
        assert_eq!(mend("Một chữ Ã© lạ giữa câu tiếng Việt."), None);
    }
}
