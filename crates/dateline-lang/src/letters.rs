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
        }
    }
}
