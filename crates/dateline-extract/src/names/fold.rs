//! Forms of words in which names are compared, and slugs.

/// The Latin letters without marks that a letter stands for; `None` for what is no letter of a Latin alphabet.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' | 'ä'
        | 'å' | 'ā' | 'ą' | 'ǎ' => "a",
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' | 'ə' => {
            "e"
        }
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' | 'î' | 'ï' | 'ī' | 'ı' | 'į' => "i",
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' | 'ö'
        | 'ō' | 'ø' | 'ő' => "o",
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => {
            "u"
        }
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' | 'ÿ' => "y",
        'đ' | 'ð' | 'ď' => "d",
        'ç' | 'ć' | 'č' | 'ċ' => "c",
        'ğ' | 'ģ' | 'ġ' => "g",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ř' | 'ŕ' => "r",
        'š' | 'ś' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'þ' => "t",
        'ž' | 'ź' | 'ż' => "z",
        'ḥ' | 'ħ' => "h",
        'ķ' => "k",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// Appends the lower-case ASCII letters and digits of a word; marks, hyphens and apostrophes vanish.
pub(super) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() {
            for lower in c.to_lowercase() {
                match plain(lower) {
                    Some(letters) => out.push_str(letters),
                    None if lower.is_ascii_alphanumeric() => out.push(lower),
                    None => {}
                }
            }
        }
    }
}

/// [`fold_into`] a new string.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The ASCII slug of a name: its folded words joined by hyphens. Words without any Latin letter are written as code
/// points, so that no name is without a slug.
pub(super) fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ',' | '(' | ')')) {
        let before = out.len();
        if before > 0 {
            out.push('-');
        }
        fold_into(word, &mut out);
        if out.len() == before + usize::from(before > 0) {
            out.truncate(before);
        }
    }
    if out.is_empty() {
        out.push('u');
        for c in name.chars().take(8) {
            out.push_str(&format!("{:x}", c as u32));
        }
    }
    out
}

/// The word has a letter that only Vietnamese has: two words of it written as one, no foreign name.
pub(super) fn is_marked(word: &str) -> bool {
    word.chars()
        .any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ'))
}

/// The same name but for marks, hyphens and letter case.
pub(super) fn alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || slug(a) == slug(b)
}

/// Letters to insert, drop or change to make one word the other; gives up beyond `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let b = b.as_bytes();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().filter(|&d| d <= most)
}

/// The word could be one syllable of Vietnamese: one consonant group, its vowels, one ending. So "Minh" and "Tập", not "Putin" or "Khiam".
pub(super) fn is_syllable(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    fold_into(word, &mut plain);
    if plain.is_empty() || plain.len() > 7 {
        return false;
    }
    const ONSETS: [&str; 27] = [
        "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
        "p", "r", "s", "t", "v", "x", "",
    ];
    const CODAS: [&str; 9] = ["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];
    // Vowels that may stand before an ending, and those that may end a syllable, where they are more than one.
    const CLOSED: [&str; 9] = ["ie", "ye", "uo", "ua", "uy", "ue", "oa", "oe", "uye"];
    const OPEN: [&str; 29] = [
        "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "iu", "oa", "oe", "oi", "ua", "ue", "ui", "uo", "uu", "uy",
        "ieu", "yeu", "oai", "oao", "oay", "oeo", "uay", "uoi", "uou", "uya", "uyu",
    ];
    ONSETS.iter().any(|onset| {
        plain.strip_prefix(onset).is_some_and(|rime| {
            CODAS.iter().any(|coda| {
                rime.strip_suffix(coda).is_some_and(|nucleus| {
                    matches!(nucleus, "a" | "e" | "i" | "o" | "u" | "y")
                        || coda.is_empty() && OPEN.contains(&nucleus)
                        || !coda.is_empty() && CLOSED.contains(&nucleus)
                        || *coda == "ng" && nucleus == "oo"
                        || nucleus.is_empty() && *onset == "gi"
                })
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("Nagorno - Karabakh"), "nagorno-karabakh");
        assert_eq!(
            slug("Ministry of Defence of Côte d’Ivoire"),
            "ministry-of-defence-of-cote-divoire"
        );
        assert_eq!(slug("Nguyễn Phú Trọng"), "nguyen-phu-trong");
        assert_eq!(slug("Путин"), "u41f44344243843d");
    }

    #[test]
    fn distance_gives_up_early() {
        assert_eq!(distance("arzerbaijan", "azerbaijan", 2), Some(1));
        assert_eq!(distance("putin", "trump", 2), None);
    }

    #[test]
    fn syllables_of_vietnamese() {
        for word in ["Minh", "Tập", "Nguyễn", "Quý", "Giang", "Ứng", "Un", "Khuất"] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["Putin", "Trump", "Assad", "Biden", "Lavrov", "Macron"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
