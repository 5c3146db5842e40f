//! Forms of words in which names are compared.

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

/// Letters of Vietnamese by the letter without marks: the short way to what [`plain`] says of them and their capitals.
const VIETNAMESE: [(&str, u8); 7] = [
    ("àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", b'a'),
    ("èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ", b'e'),
    ("ìíỉĩịÌÍỈĨỊ", b'i'),
    ("òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", b'o'),
    ("ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ", b'u'),
    ("ỳýỷỹỵỲÝỶỸỴ", b'y'),
    ("đĐ", b'd'),
];

/// Where a character stands in [`FOLDED`]: those below U+01C0, those from U+1E80 to U+1EFF, and one place for all others.
const fn place(point: u32) -> usize {
    match point {
        0..0x1c0 => point as usize,
        0x1e80..0x1f00 => (point - 0x1e80) as usize + 0x1c0,
        _ => 0x240,
    }
}

/// By [`place`], the letter without marks, small, or the digit; 0 where the long way is to be taken, as at the last place.
static FOLDED: [u8; 0x241] = {
    let mut table = [0; 0x241];
    let mut ascii = 0u8;
    while ascii < 0x80 {
        if ascii.is_ascii_alphanumeric() {
            table[ascii as usize] = ascii.to_ascii_lowercase();
        }
        ascii += 1;
    }
    let mut group = 0;
    while group < VIETNAMESE.len() {
        let (letters, letter) = VIETNAMESE[group];
        let (bytes, mut at) = (letters.as_bytes(), 0);
        while at < bytes.len() {
            let (point, width) = match bytes[at] {
                first @ 0xc0..0xe0 => ((first as u32 & 0x1f) << 6 | (bytes[at + 1] & 0x3f) as u32, 2),
                first => (
                    (first as u32 & 0xf) << 12 | (bytes[at + 1] as u32 & 0x3f) << 6 | bytes[at + 2] as u32 & 0x3f,
                    3,
                ),
            };
            table[place(point)] = letter;
            at += width;
        }
        group += 1;
    }
    table
};

/// Appends the lower-case ASCII letters and digits of a word; marks, hyphens and apostrophes vanish.
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        let short = FOLDED[place(c as u32)];
        if short != 0 {
            out.push(char::from(short));
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

/// The word could be one syllable of Vietnamese: one consonant group, its vowels, one ending. So "Minh" and "Tập", not "Putin" or "Khiam".
pub fn is_syllable(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    fold_into(word, &mut plain);
    if plain.is_empty() || plain.len() > 7 {
        return false;
    }
    let is_vowel = |b: &u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let letters = plain.as_bytes();
    let first = letters.iter().position(is_vowel).unwrap_or(letters.len());
    let (onset, rest) = plain.split_at(first);
    let last = rest.bytes().position(|b| !is_vowel(&b)).unwrap_or(rest.len());
    let (vowels, coda) = rest.split_at(last);
    if !matches!(coda, "" | "ng" | "nh" | "ch" | "c" | "m" | "n" | "p" | "t") {
        return false;
    }
    // The vowels, or what is left of them where the first belongs to the consonant before.
    let ends = |nucleus: &str| match nucleus {
        "a" | "e" | "i" | "o" | "u" | "y" | "ie" | "uo" | "ua" | "uy" | "ue" | "oa" | "oe" => true,
        "oo" => coda == "ng",
        "ye" | "uye" => !coda.is_empty(),
        "ai" | "ao" | "au" | "ay" | "eo" | "eu" | "ia" | "iu" | "oi" | "ui" | "uu" | "ieu" | "yeu" | "oai" | "oao"
        | "oay" | "oeo" | "uay" | "uoi" | "uou" | "uya" | "uyu" => coda.is_empty(),
        _ => false,
    };
    match onset {
        "g" => ends(vowels) || vowels.strip_prefix('i').is_some_and(|v| v.is_empty() || ends(v)),
        "q" => vowels.strip_prefix('u').is_some_and(ends),
        "" | "ngh" | "ng" | "nh" | "ch" | "gh" | "kh" | "ph" | "th" | "tr" | "b" | "c" | "d" | "h" | "k" | "l"
        | "m" | "n" | "p" | "r" | "s" | "t" | "v" | "x" => ends(vowels),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_is_the_long_one() {
        let mut letters = 0;
        for c in (0xc0..0x1f00).filter_map(char::from_u32) {
            let short = FOLDED[place(c as u32)];
            if short != 0 {
                let lower = c.to_lowercase().next().expect("a letter");
                assert_eq!(plain(lower).map(str::as_bytes), Some(&[short][..]), "{c}");
                letters += 1;
            }
        }
        assert_eq!(letters, 134);
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

    #[test]
    fn syllables_are_an_onset_vowels_and_an_ending() {
        const ONSETS: [&str; 27] = [
            "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m",
            "n", "p", "r", "s", "t", "v", "x", "",
        ];
        const CODAS: [&str; 9] = ["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];
        const CLOSED: [&str; 9] = ["ie", "ye", "uo", "ua", "uy", "ue", "oa", "oe", "uye"];
        const OPEN: [&str; 29] = [
            "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "iu", "oa", "oe", "oi", "ua", "ue", "ui", "uo", "uu", "uy",
            "ieu", "yeu", "oai", "oao", "oay", "oeo", "uay", "uoi", "uou", "uya", "uyu",
        ];
        // One onset, then vowels, then one ending, in any way that fits.
        let slow = |word: &str| {
            word.len() <= 7
                && ONSETS
                    .iter()
                    .filter_map(|o| Some((o, word.strip_prefix(o)?)))
                    .any(|(onset, rime)| {
                        CODAS
                            .iter()
                            .filter_map(|c| Some((c, rime.strip_suffix(c)?)))
                            .any(|(coda, vowels)| {
                                ["a", "e", "i", "o", "u", "y"].contains(&vowels)
                                    || coda.is_empty() && OPEN.contains(&vowels)
                                    || !coda.is_empty() && CLOSED.contains(&vowels)
                                    || *coda == "ng" && vowels == "oo"
                                    || vowels.is_empty() && *onset == "gi"
                            })
                    })
        };
        let mut syllables = 0;
        let mut vowels = vec![String::new()];
        for length in 0..4 {
            let longer = vowels.iter().filter(|v| v.len() == length);
            let longer: Vec<String> = longer
                .flat_map(|v| "aeiouyl".chars().map(move |c| format!("{v}{c}")))
                .collect();
            vowels.extend(longer);
        }
        for vowels in &vowels {
            for onset in ONSETS.iter().chain(&["q", "f", "nghh", "1"]) {
                for coda in CODAS.iter().chain(&["k", "ngh", "nn"]) {
                    let word = format!("{onset}{vowels}{coda}");
                    assert_eq!(is_syllable(&word), !word.is_empty() && slow(&word), "{word}");
                    syllables += usize::from(is_syllable(&word));
                }
            }
        }
        assert!(syllables > 4_000, "{syllables}");
    }
}
