//! Tables of objects that are streams. They are never encrypted, and say in which streams other objects lie.

use super::dictionary::Dictionary;
use flate2::bufread::ZlibDecoder;
use std::io::Read;

/// Unpacked bytes of a table that is read. A file of 500,000 objects has one of 4 MiB.
const MOST: u64 = 8 << 20;

/// The numbers of the streams in which objects lie; `None` where the table cannot be read here.
pub(super) fn called(data: &[u8], length: usize, found: &Dictionary) -> Option<Vec<u32>> {
    let &[kind, place, index] = found.widths.as_slice() else {
        return None;
    };
    let small = |w: usize| w <= 8;
    if kind > 1 || !small(place) || !small(index) {
        return None;
    }
    let mut rows = Vec::new();
    if found.packings == 0 {
        rows.extend_from_slice(&data[..length.min(data.len())]);
    } else if found.deflated {
        ZlibDecoder::new(data).take(MOST + 1).read_to_end(&mut rows).ok()?;
    } else {
        return None;
    }
    if rows.len() as u64 > MOST {
        return None;
    }
    let rows = match found.predictor {
        None | Some(1) => rows,
        Some(10..=15) => unpredicted(&rows, found.columns.unwrap_or(1))?,
        Some(_) => return None,
    };
    let width = kind + place + index;
    let streams = rows.chunks_exact(width.max(1)).filter(|row| kind == 1 && row[0] == 2);
    streams
        .map(|row| {
            let number = row[kind..kind + place].iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            u32::try_from(number).ok()
        })
        .collect()
}

/// Rows as they were before PNG's filters; `None` for those that tables are not written with.
fn unpredicted(rows: &[u8], columns: usize) -> Option<Vec<u8>> {
    let mut out: Vec<u8> = Vec::with_capacity(rows.len());
    for row in rows.chunks(columns.checked_add(1)?) {
        let (filter, row) = row.split_first()?;
        let above = out.len().checked_sub(columns);
        for (at, byte) in row.iter().enumerate() {
            let add = match filter {
                0 => 0,
                1 if at == 0 => 0,
                1 => *out.last()?,
                2 => above.map_or(0, |a| out[a + at]),
                _ => return None,
            };
            out.push(byte.wrapping_add(add));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_the_streams_of_objects() {
        let found =
            |fields: &str| Dictionary::of(format!("<< /Type /XRef /W [1 2 1] {fields} >>").as_bytes()).expect("one");
        let rows = [0, 0, 0, 0, 1, 0, 9, 0, 2, 0, 6, 0, 2, 1, 0, 3];
        assert_eq!(called(&rows, 16, &found("")), Some(vec![6, 256]));
        let up = [2, 0, 0, 0, 0, 2, 1, 0, 9, 0, 2, 1, 0, 253, 0, 2, 0, 1, 250, 3];
        let parameters = "/DecodeParms << /Predictor 12 /Columns 4 >>";
        assert_eq!(called(&up, 20, &found(parameters)), Some(vec![6, 256]));
        assert_eq!(called(&up, 20, &found("/DecodeParms << /Predictor 2 >>")), None);
        assert_eq!(called(&rows, 16, &found("/Filter /LZWDecode")), None);
        let wide = Dictionary::of(b"<< /Type /XRef /W [2 2 1] >>").expect("one");
        assert_eq!(called(&rows, 16, &wide), None);
    }
}
