//! Numbers as news writes them: `2.000`, `16,000`, `1,7 triệu`, `hai mươi ba`, `two hundred and six`.

use crate::tokens::{Token, TokenKind};
use crate::vocabulary::{Vocabulary, WordId};
use rapidhash::RapidHashMap;

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Its value.
    pub value: f64,
    /// Written with digits only (no word).
    pub digits: bool,
}

/// The number words of a pack (`words/numbers.toml`: classes `number`, `number-first`, `number-scale`, `number-join`).
#[derive(Debug, Default)]
pub(crate) struct NumberWords {
    units: RapidHashMap<WordId, u64>,
    /// Units that stand first only: "năm" is five, but never on top of tens (that is "lăm"), where it means year.
    first: Vec<WordId>,
    scales: RapidHashMap<WordId, u64>,
    joins: Vec<WordId>,
    /// By word: a number may begin with it. Asked for every word of a text.
    begins: Vec<bool>,
}

impl NumberWords {
    pub(crate) fn add(&mut self, vocabulary: &mut Vocabulary, class: &str, word: &str, value: i64) {
        let id = vocabulary.intern(word);
        if matches!(class, "number" | "number-first") {
            if self.begins.len() <= id.index() {
                self.begins.resize(id.index() + 1, false);
            }
            self.begins[id.index()] = true;
        }
        match class {
            "number" => _ = self.units.insert(id, value.unsigned_abs()),
            "number-first" => {
                self.units.insert(id, value.unsigned_abs());
                self.first.push(id);
            }
            "number-scale" => _ = self.scales.insert(id, value.unsigned_abs()),
            _ => self.joins.push(id),
        }
    }

    /// Every number, by start; the longest at each start, and none inside another.
    pub(crate) fn find(&self, text: &str, tokens: &[Token]) -> Vec<Number> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let token = &tokens[at];
            let begins = token.kind == TokenKind::Number || self.begins.get(token.word.index()) == Some(&true);
            match begins.then(|| self.at(text, tokens, at)).flatten() {
                Some(number) => {
                    at = number.end as usize;
                    found.push(number);
                }
                None => at += 1,
            }
        }
        found
    }

    fn at(&self, text: &str, tokens: &[Token], start: usize) -> Option<Number> {
        let (mut total, mut current, mut seen) = (0f64, None::<f64>, false);
        let (mut at, mut end, mut digits) = (start, start, true);
        let mut last_scale = f64::INFINITY;
        while let Some(token) = tokens.get(at) {
            if at > start && token.sentence != tokens[start].sentence {
                break;
            }
            if token.kind == TokenKind::Number {
                if current.is_some() {
                    break;
                }
                let (value, next) = digit_run(text, tokens, at)?;
                current = Some(value);
                at = next;
            } else if let Some(&unit) = self.units.get(&token.word) {
                let unit = unit as f64;
                let tens = current.is_some_and(|c| c % 100.0 != 0.0);
                current = match current {
                    Some(_) if tens && self.first.contains(&token.word) => break,
                    // "hai mươi ba", "twenty three": a unit goes on top of a round part only.
                    Some(c) if seen && !digits && unit < 10.0 && c % 10.0 == 0.0 && c > 0.0 => Some(c + unit),
                    Some(_) => break,
                    None => Some(unit),
                };
                digits = false;
                at += 1;
            } else if let Some(&scale) = self.scales.get(&token.word) {
                let scale = scale as f64;
                let Some(c) = current.or((seen && scale < 1000.0).then_some(0.0)) else {
                    break;
                };
                digits = false;
                at += 1;
                if scale >= 1000.0 {
                    if scale >= last_scale {
                        break;
                    }
                    total += c * scale;
                    last_scale = scale;
                    current = None;
                } else {
                    // trăm, mươi, hundred: multiplies what stands last.
                    let round = if c >= 100.0 { c - c % 100.0 } else { 0.0 };
                    current = Some(round + (c - round).max(1.0) * scale);
                }
            } else if seen && (self.joins.contains(&token.word) || is_hyphen(token, text)) {
                // "hai trăm linh sáu", "twenty-six": a join counts only with a number word behind it and none of digits before.
                let next = tokens.get(at + 1);
                let next_is_unit = next.is_some_and(|n| self.units.contains_key(&n.word));
                if digits
                    || !next_is_unit
                    || is_hyphen(token, text) && !(token.glued && current.is_some_and(|c| c >= 20.0))
                {
                    break;
                }
                // "hai và ba", "three and four" are two numbers.
                if current.is_some_and(|c| c < 20.0 || c % 10.0 != 0.0) && last_scale.is_infinite() {
                    break;
                }
                at += 1;
                continue;
            } else {
                break;
            }
            seen = true;
            end = at;
        }
        seen.then(|| Number {
            start: start as u32,
            end: end as u32,
            value: total + current.unwrap_or(0.0),
            digits,
        })
    }
}

fn is_hyphen(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Mark && matches!(token.span.of(text), "-" | "‑")
}

/// Digits with their separators: a separator before exactly three digits groups, before one or two it is a decimal mark.
fn digit_run(text: &str, tokens: &[Token], start: usize) -> Option<(f64, usize)> {
    let digits = |t: &Token| t.span.of(text).parse::<u64>().ok();
    let mut value = digits(&tokens[start])? as f64;
    let mut at = start + 1;
    if tokens[start].span.len() > 3 {
        return Some((value, at));
    }
    let mut mark = None;
    while let (Some(sep), Some(next)) = (tokens.get(at), tokens.get(at + 1)) {
        let sign = sep.span.of(text);
        if !(sep.glued && next.glued && next.kind == TokenKind::Number && matches!(sign, "." | ",")) {
            break;
        }
        let after = tokens.get(at + 2).zip(tokens.get(at + 3));
        let more =
            after.is_some_and(|(m, n)| m.glued && n.glued && n.kind == TokenKind::Number && m.span.of(text) == sign);
        if next.span.len() == 3 && mark.is_none_or(|m| m == sign) && !(value == 0.0) {
            value = value * 1000.0 + digits(next)? as f64;
            mark = Some(sign);
            at += 2;
        } else if next.span.len() <= 2 && !more {
            // Also closes a grouped number: 1.250,5.
            if mark == Some(sign) {
                break;
            }
            value += digits(next)? as f64 / 10f64.powi(next.span.len() as i32);
            at += 2;
            break;
        } else {
            break;
        }
    }
    Some((value, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenize;

    fn check(text: &str, expected: &[(&str, f64)]) {
        let mut vocabulary = Vocabulary::new(Vec::new());
        let mut words = NumberWords::default();
        for (w, v) in [
            ("hai", 2),
            ("ba", 3),
            ("bốn", 4),
            ("sáu", 6),
            ("mười", 10),
            ("twenty", 20),
            ("two", 2),
            ("six", 6),
        ] {
            words.add(&mut vocabulary, "number", w, v);
        }
        for (w, v) in [
            ("mươi", 10),
            ("trăm", 100),
            ("nghìn", 1000),
            ("triệu", 1_000_000),
            ("hundred", 100),
            ("million", 1_000_000),
        ] {
            words.add(&mut vocabulary, "number-scale", w, v);
        }
        words.add(&mut vocabulary, "number-join", "linh", 0);
        words.add(&mut vocabulary, "number-join", "and", 0);
        let mut buffer = String::new();
        let tokens = tokenize(text, |w, _| vocabulary.lookup(w, &mut buffer));
        let got: Vec<(&str, f64)> = words
            .find(text, &tokens)
            .iter()
            .map(|n| {
                let span = tokens[n.start as usize].span.cover(tokens[n.end as usize - 1].span);
                (span.of(text), n.value)
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn digits_with_separators() {
        check(
            "2.000 lính, 16,000 people, 1.234.567",
            &[("2.000", 2000.0), ("16,000", 16000.0), ("1.234.567", 1234567.0)],
        );
        check("ngày 17.4 và 9.2023", &[("17.4", 17.4), ("9", 9.0), ("2023", 2023.0)]);
        check("1,7 triệu", &[("1,7 triệu", 1_700_000.0)]);
    }

    #[test]
    fn number_words() {
        check("hai mươi ba người", &[("hai mươi ba", 23.0)]);
        check("hai trăm linh sáu", &[("hai trăm linh sáu", 206.0)]);
        check("30 nghìn", &[("30 nghìn", 30000.0)]);
        check("hai và ba năm", &[("hai", 2.0), ("ba", 3.0)]);
        check(
            "twenty-six; two hundred and six; two million",
            &[
                ("twenty-six", 26.0),
                ("two hundred and six", 206.0),
                ("two million", 2e6),
            ],
        );
    }
}
