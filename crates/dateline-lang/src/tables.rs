//! The built-in packs' tables as bytes, so that no start of the program pays for parsing TOML.
//!
//! `build.rs` writes them. A value is a byte that says what it is, then its content: `s` a text, `i` an integer and `f` a
//! float of eight bytes, `b` a byte that is 0 or 1, `a` a count and the values, `t` a count and for each entry its key (a text)
//! and its value. A text is its length and its UTF-8; lengths and counts have four bytes; all numbers are little-endian.

use toml::{Table, Value};

/// The table in `bytes`; `None` where they hold none.
pub(crate) fn read(mut bytes: &[u8]) -> Option<Table> {
    match value(&mut bytes)? {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn value(rest: &mut &[u8]) -> Option<Value> {
    let (&kind, tail) = rest.split_first()?;
    *rest = tail;
    Some(match kind {
        b's' => Value::String(text(rest)?),
        b'i' => Value::Integer(i64::from_le_bytes(take(rest)?)),
        b'f' => Value::Float(f64::from_le_bytes(take(rest)?)),
        b'b' => Value::Boolean(take::<1>(rest)? == [1]),
        b'a' => Value::Array((0..count(rest)?).map(|_| value(rest)).collect::<Option<_>>()?),
        b't' => {
            let entries = (0..count(rest)?).map(|_| Some((text(rest)?, value(rest)?)));
            Value::Table(entries.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn count(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(rest)?)).ok()
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let length = count(rest)?;
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    String::from_utf8(head.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use crate::PackFiles;

    #[test]
    fn the_embedded_tables_are_those_of_the_files() {
        let files = PackFiles::builtin();
        let mut compared = 0;
        for (path, content) in files.under("").filter(|(p, _)| p.ends_with(".toml")) {
            let parsed: toml::Table = content.parse().expect("the packs are TOML");
            assert_eq!(files.table(path).expect("reads"), parsed, "{path}");
            compared += 1;
        }
        assert!(compared > 20, "{compared}");
    }

    #[test]
    fn broken_bytes_are_no_table() {
        for bytes in [&b""[..], b"t", b"t\x01\0\0\0", b"x", b"s\xff\xff\xff\xffa"] {
            assert_eq!(super::read(bytes), None);
        }
    }
}
