//! Forms of words in which names are compared, and slugs.

use dateline_lang::fold_into;

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
    let parts = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ',' | '(' | ')');
    for word in name.split(|c: char| !c.is_ascii_alphanumeric() && parts(c)) {
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
}
