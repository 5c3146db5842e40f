//! Short words as numbers: read at once, compared at once.

/// A word's bytes as a number: see [`packed`].
pub type Writing = u128;

/// Bytes of a word that is packed into a number, its length beside them.
pub(crate) const SHORT: usize = 15;

/// A word of up to 15 bytes as a number: its bytes, the first the lowest, and at the top how many they are. 0 for no word at all.
#[inline]
pub fn packed(word: &str) -> Option<Writing> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length > SHORT {
        return None;
    }
    // Two reads that overlap, the second shifted behind the first: a copy of unknown length would be a call.
    let (low, high) = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let rest = length - 8;
        let last = u64::from_le_bytes(*last);
        (
            u64::from_le_bytes(*first),
            last.checked_shr(64 - 8 * rest as u32).unwrap_or(0),
        )
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let rest = length - 4;
        let last = u64::from(u32::from_le_bytes(*last)) >> (32 - 8 * rest as u32);
        (u64::from(u32::from_le_bytes(*first)) | last << 32, 0)
    } else {
        let low = bytes.iter().rev().fold(0, |low, &byte| low << 8 | u64::from(byte));
        (low, 0)
    };
    Some(u128::from(low) | u128::from(high | (length as u64) << 56) << 64)
}

/// An odd number whose bits look random: the golden ratio's first 64 (Knuth, The Art of Computer Programming 3, 6.4).
pub const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A [`packed`] word as a number whose bits look random: the product of its halves, its upper half folded onto the lower.
#[inline]
pub fn mix(number: Writing) -> u64 {
    let (low, high) = (number as u64, (number >> 64) as u64);
    let wide = u128::from(low ^ SPREAD) * u128::from(high.rotate_left(32) ^ SPREAD.rotate_left(32));
    wide as u64 ^ (wide >> 64) as u64
}

/// Bytes that are read at once.
const AT_ONCE: usize = 16;

/// The word that begins at a byte, [`packed`], and how many bytes it has.
///
/// A word here is a run of bytes of small letters of English and of bytes beyond ASCII, behind one capital letter of English at
/// most, before a sign that surely ends a word: one of ASCII that is no capital letter, or a dash, quotation mark or dots. That
/// it is a whole token is for the caller to know: other scripts have signs of their own.
/// `None` for anything else, and for the last bytes of a text.
#[inline]
pub fn written(bytes: &[u8], at: usize) -> Option<(Writing, usize)> {
    let window: &[u8; AT_ONCE] = bytes.get(at..)?.first_chunk()?;
    let low = u64::from_le_bytes(*window.first_chunk()?);
    let mut stops = stops(low);
    if window[0].is_ascii_uppercase() {
        stops &= !0xff;
    }
    let (low, high, length) = if stops != 0 {
        let length = stops.trailing_zeros() as usize / 8;
        (low & !(!0 << (8 * length)), 0, length)
    } else {
        let high = u64::from_le_bytes(*window.last_chunk()?);
        let stops = self::stops(high);
        if stops == 0 {
            return None;
        }
        let length = stops.trailing_zeros() as usize / 8;
        (low, high & !(!0 << (8 * length)), 8 + length)
    };
    let stop = window[length];
    let surely = if stop < 0x80 {
        !stop.is_ascii_uppercase()
    } else {
        // U+2010 to U+2026.
        matches!(bytes.get(at + length + 1..at + length + 3), Some([0x80, 0x90..=0xa6]))
    };
    let word = u128::from(low) | u128::from(high | (length as u64) << 56) << 64;
    (length > 0 && surely).then_some((word, length))
}

/// By byte, its highest bit: it is neither a small letter of English nor beyond ASCII, or it is the first of U+2000 to U+2FFF,
/// where dashes and quotation marks stand. The lowest bit that is set is right, those above it may not be.
#[inline]
fn stops(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    let ascii = bytes & !TOP;
    let from_a = ascii + (0x80 - b'a' as u64) * EACH;
    let beyond_z = ascii + (0x80 - b'z' as u64 - 1) * EACH;
    let part = (from_a & !beyond_z) | bytes;
    let mark = bytes ^ (0xe2 * EACH);
    let is_mark = mark.wrapping_sub(EACH) & !mark;
    (!part | is_mark) & TOP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let starts = (0..text.len()).filter(|&at| text.is_char_boundary(at));
        starts
            .filter_map(|at| Some(&text[at..at + written(text.as_bytes(), at)?.1]))
            .collect()
    }

    #[test]
    fn words_are_read_at_once() {
        let end = " . . . . . . . . .";
        let one = |word: &str| {
            let text = format!("{word}{end}");
            written(text.as_bytes(), 0).map(|(_, length)| text[..length].to_string())
        };
        let long = "b".repeat(15);
        for word in ["mưa", "Nghiêng", "đường", "rain", "Rain", "a", "A", &long] {
            assert_eq!(one(word).as_deref(), Some(word));
            assert_eq!(one(&format!("{word},")).as_deref(), Some(word));
            assert_eq!(one(&format!("{word}”")).as_deref(), Some(word));
            assert_eq!(one(&format!("{word}1")).as_deref(), Some(word));
        }
        for word in ["", "1", ",", "LanPhương", "NATO", &format!("{long}b")] {
            assert_eq!(one(word), None, "{word}");
        }
        // Too near to the end.
        assert_eq!(words("mưa to quá"), Vec::<&str>::new());
    }

    #[test]
    fn a_word_is_packed_the_same_way_wherever_it_stands() {
        for length in 1..=17 {
            let word = &"seventeenxletters"[..length];
            let copied = |bytes: &[u8]| {
                let mut all = [0; SHORT + 1];
                all[..bytes.len()].copy_from_slice(bytes);
                all[SHORT] = bytes.len() as u8;
                u128::from_le_bytes(all)
            };
            let expected = (length <= SHORT).then(|| copied(word.as_bytes()));
            assert_eq!(packed(word), expected);
            let text = format!("{word} and what follows it");
            assert_eq!(written(text.as_bytes(), 0).map(|(word, _)| word), expected);
        }
    }

    #[test]
    fn every_byte_stops_or_does_not() {
        for byte in 0..=0xffu8 {
            for place in 0..8 {
                let mut bytes = [b'x'; 8];
                bytes[place] = byte;
                let stops = stops(u64::from_le_bytes(bytes));
                let first = (stops != 0).then(|| stops.trailing_zeros() as usize / 8);
                let is_stop = byte == 0xe2 || byte < 0x80 && !byte.is_ascii_lowercase();
                assert_eq!(first, is_stop.then_some(place), "{byte:#x} at {place}");
            }
        }
    }
}
