//! What spam mirrors put into words so that they are not found: letters of other scripts that look the same, marks that nobody
//! sees, pictures between two letters. Only what is certain is taken out; soft hyphens go the same way.

use std::borrow::Cow;

/// Letters of other scripts that look like Latin ones.
const ALIKE: [(char, char); 62] = [
    // Cyrillic.
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('һ', 'h'),
    ('ӏ', 'l'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ѵ', 'v'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('Ѕ', 'S'),
    ('Ԛ', 'Q'),
    ('Ԝ', 'W'),
    ('Ү', 'Y'),
    ('ү', 'y'),
    ('Ӏ', 'I'),
    ('ѐ', 'è'),
    ('ё', 'ë'),
    ('ї', 'ï'),
    ('Ѐ', 'È'),
    ('Ё', 'Ë'),
    ('Ї', 'Ï'),
    // Greek.
    ('ο', 'o'),
    ('α', 'a'),
    ('ν', 'v'),
    ('ρ', 'p'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ό', 'ó'),
    ('ά', 'á'),
];

/// The text without what was put into its words; borrowed where nothing was.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    let seen = match shown(text) {
        Some(shown) => Cow::Owned(shown),
        None => Cow::Borrowed(text),
    };
    match latin(&seen) {
        Some(latin) => Cow::Owned(latin),
        None => seen,
    }
}

/// Letters of the Latin script, with their marks.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Marks that stand on the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Marks of one letter behind which it is not looked for any more: no script that is read has more than three.
const MOST_MARKS: usize = 8;

/// Takes up no room, or is a soft hyphen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}')
}

/// A small picture, or what says how it is drawn.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{2B50}')
}

/// Without what is unseen between two Latin letters, and without pictures between a letter and a small one.
fn shown(text: &str) -> Option<String> {
    let put_in = |c: char| is_unseen(c) || is_picture(c);
    if !text.contains(put_in) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(put_in) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(|c| !put_in(c)).unwrap_or(from.len());
        let (between, after) = from.split_at(end);
        let last = out.chars().rev().take(MOST_MARKS + 1).find(|c| !is_mark(*c));
        let next = after.chars().next();
        let letters =
            last.is_some_and(is_latin) && next.is_some_and(|c| is_latin(c) || is_mark(c) || alike(c).is_some());
        let seen = between.chars().any(is_picture);
        if !(letters && (!seen || next.is_some_and(char::is_lowercase))) {
            out.push_str(between);
        }
        rest = after;
    }
    out.push_str(rest);
    (out.len() < text.len()).then_some(out)
}

fn alike(c: char) -> Option<char> {
    // Both scripts: nothing else is looked up.
    matches!(c, '\u{370}'..='\u{52F}').then(|| ALIKE.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin))?
}

/// Words that are mostly Latin, with every letter Latin that only looks like it. A word with a foreign letter that looks like none
/// ("µm", "Ωm") is left as it is.
fn latin(text: &str) -> Option<String> {
    if !text.contains(|c| matches!(c, '\u{370}'..='\u{52F}')) {
        return None;
    }
    let mut out: Option<String> = None;
    let mut rest = text;
    let mut done = 0;
    while let Some(begin) = rest.find(char::is_alphabetic) {
        let word = &rest[begin..];
        let end = word
            .find(|c: char| !c.is_alphabetic() && !is_mark(c))
            .unwrap_or(word.len());
        let word = &word[..end];
        let (mut own, mut foreign, mut other) = (0, 0, 0);
        for c in word.chars().filter(|c| !is_mark(*c)) {
            match (is_latin(c), alike(c)) {
                (true, _) => own += 1,
                (_, Some(_)) => foreign += 1,
                _ => other += 1,
            }
        }
        let at = text.len() - rest.len() + begin;
        if foreign > 0 && other == 0 && own > foreign {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[done..at]);
            out.extend(word.chars().map(|c| alike(c).unwrap_or(c)));
            done = at + end;
        }
        rest = &rest[begin + end..];
    }
    let mut out = out?;
    out.push_str(&text[done..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without(text), expected);
    }

    #[test]
    fn what_was_put_into_words_is_taken_out() {
        check("Kh\u{430}rt\u{3BF}um", "Khartoum");
        check("Khar\u{AD}toum, Su\u{200B}dan", "Khartoum, Sudan");
        check("S\u{1F600}udan", "Sudan");
        check("qu\u{430}\u{302}n đội", "qua\u{302}n đội");
        check("a\u{301}\u{2060}b", "a\u{301}b");
    }

    #[test]
    fn what_belongs_there_stays() {
        for text in [
            "Москва",
            "Киев and Kyiv",
            "5 µm",
            "10 μm",
            "Ωm",
            "α-test",
            "Война",
            "war \u{1F600} and peace",
            "War\u{1F600}Peace",
            "می\u{200C}خواهم",
            "\u{202B}שלום\u{202C}",
            "a\u{200B} b",
            "co\u{1F600}",
            "Сaп",
            "đội",
        ] {
            check(text, text);
            assert!(matches!(without(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn marks_without_end_cost_no_more_than_their_length() {
        // Looking back to the letter for each of them would take hours.
        let text = format!("a{}", "\u{301}\u{200B}".repeat(1 << 20));
        assert!(without(&text).len() > text.len() / 2);
    }

    #[test]
    fn no_letter_stands_twice_in_the_table() {
        let mut seen: Vec<char> = ALIKE.iter().map(|(other, _)| *other).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), ALIKE.len());
        assert!(seen.iter().all(|c| alike(*c).is_some_and(is_latin)));
    }
}
