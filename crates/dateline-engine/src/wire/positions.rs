//! Bytes to code points, the only place where they meet.

use dateline_model::Span;

/// Bytes between two stored counts. Chosen, not measured: a look-up counts at most this many bytes.
const STEP: usize = 128;

/// Counts code points of one text; a look-up takes constant time.
#[derive(Clone, Debug)]
pub struct Positions<'t> {
    text: &'t [u8],
    /// Code points before each `STEP` bytes; empty where every byte is a code point.
    counts: Vec<u32>,
}

fn code_points(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from(b & 0xC0 != 0x80)).sum()
}

impl<'t> Positions<'t> {
    /// Counts once through `text`.
    pub fn new(text: &'t str) -> Positions<'t> {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut sum = 0;
            for block in text.as_bytes().chunks(STEP) {
                counts.push(sum);
                sum += code_points(block);
            }
        }
        Positions {
            text: text.as_bytes(),
            counts,
        }
    }

    /// Code points before byte `at`; beyond the text, all of them.
    pub fn at(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        match self.counts.get(at / STEP) {
            Some(before) => before + code_points(&self.text[at / STEP * STEP..at]),
            None if self.counts.is_empty() => at as u32,
            None => self
                .counts
                .last()
                .map_or(0, |c| c + code_points(&self.text[(self.counts.len() - 1) * STEP..at])),
        }
    }

    /// First and one past the last code point of a span.
    pub fn of(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }

    /// The byte at which code point `n` begins; the length where there is none.
    pub fn byte(&self, n: u32) -> u32 {
        let step = self.counts.partition_point(|c| *c <= n).saturating_sub(1);
        let base = if self.counts.is_empty() { 0 } else { step * STEP };
        let mut left = n - self.counts.get(step).copied().unwrap_or(0);
        if self.counts.is_empty() {
            return n.min(self.text.len() as u32);
        }
        for (i, b) in self.text[base..].iter().enumerate() {
            if b & 0xC0 != 0x80 {
                if left == 0 {
                    return (base + i) as u32;
                }
                left -= 1;
            }
        }
        self.text.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_counting_letters_one_by_one() {
        for text in [
            "",
            "plain",
            "Hà Nội",
            &"Lính gìn giữ hòa bình ".repeat(40),
            &"ấ".repeat(128),
            &"x".repeat(256),
        ] {
            let positions = Positions::new(text);
            let all = text.char_indices().map(|(b, _)| b).chain([text.len()]);
            for (n, byte) in all.enumerate() {
                assert_eq!(positions.at(byte as u32), n as u32, "{text} at byte {byte}");
                assert_eq!(positions.byte(n as u32), byte as u32, "{text} at code point {n}");
            }
            assert_eq!(positions.at(100_000), text.chars().count() as u32);
        }
    }
}
