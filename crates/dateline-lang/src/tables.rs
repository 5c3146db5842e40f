//! The built-in packs' tables as bytes, so that no start of the program pays for parsing TOML.
//!
//! `build.rs` writes them. A value is a byte that says what it is, then its content: `s` a text, `i` an integer and `f` a
//! float of eight bytes, `b` a byte that is 0 or 1, `a` a count and the values, `t` a count and for each entry its key (a text)
//! and its value. A text is where it begins in [`TEXTS`], in bytes, and its length; these and counts have four bytes; all numbers
//! are little-endian.

use crate::files::TEXTS;
use toml::{Table, Value};

/// The table in `bytes`; `None` where they hold none.
pub(crate) fn read(bytes: &[u8]) -> Option<Table> {
    read_some(bytes, |_| true)
}

/// Those entries of the table in `bytes` whose keys are wanted; the others are stepped over.
pub(crate) fn read_some(mut bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Option<Table> {
    let rest = &mut bytes;
    let [b't'] = take(rest)? else { return None };
    let mut table = Table::new();
    for _ in 0..count(rest)? {
        let key = text(rest)?;
        if wanted(key) {
            table.insert(key.to_string(), value(rest)?);
        } else {
            skip(rest)?;
        }
    }
    Some(table)
}

/// The entries of the table in `bytes` whose keys are wanted, one by one: those of a table below it each by itself, with the key
/// that it has there, anything else as it is. `None` where the bytes hold no table, or from where they break off.
pub(crate) fn each(
    mut bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    mut entry: impl FnMut(&'static str, Option<&'static str>, Value),
) -> Option<()> {
    let rest = &mut bytes;
    let [b't'] = take(rest)? else { return None };
    for _ in 0..count(rest)? {
        let key = text(rest)?;
        if !wanted(key) {
            skip(rest)?;
        } else if rest.starts_with(b"t") {
            *rest = &rest[1..];
            for _ in 0..count(rest)? {
                let below = text(rest)?;
                entry(key, Some(below), value(rest)?);
            }
        } else {
            entry(key, None, value(rest)?);
        }
    }
    Some(())
}

/// A rule as it lies in its file, without its examples, and where those are.
pub(crate) type Ruled = (Value, Option<&'static [u8]>);

/// The rules of a file: what stands under `rule`, where that is a list. Their examples, which only tests read, are stepped over.
pub(crate) fn rules(mut bytes: &'static [u8]) -> Option<Vec<Ruled>> {
    let rest = &mut bytes;
    let [b't'] = take(rest)? else { return None };
    let mut rules = Vec::new();
    for _ in 0..count(rest)? {
        if text(rest)? != "rule" {
            skip(rest)?;
            continue;
        }
        let [b'a'] = take(rest)? else { return None };
        for _ in 0..count(rest)? {
            rules.push(rule(rest)?);
        }
    }
    Some(rules)
}

fn rule(rest: &mut &'static [u8]) -> Option<Ruled> {
    if !rest.starts_with(b"t") {
        return Some((value(rest)?, None));
    }
    *rest = &rest[1..];
    let (mut table, mut examples) = (Table::new(), None);
    for _ in 0..count(rest)? {
        let key = text(rest)?;
        if key == "examples" {
            let from = *rest;
            skip(rest)?;
            examples = Some(&from[..from.len() - rest.len()]);
        } else {
            table.insert(key.to_string(), value(rest)?);
        }
    }
    Some((Value::Table(table), examples))
}

/// One value.
pub(crate) fn one(mut bytes: &[u8]) -> Option<Value> {
    value(&mut bytes)
}

/// Steps over a value.
fn skip(rest: &mut &[u8]) -> Option<()> {
    let [kind] = take(rest)?;
    match kind {
        b's' => _ = text(rest)?,
        b'i' | b'f' => _ = take::<8>(rest)?,
        b'b' => _ = take::<1>(rest)?,
        b'a' => (0..count(rest)?).try_for_each(|_| skip(rest))?,
        b't' => (0..count(rest)?).try_for_each(|_| text(rest).and_then(|_| skip(rest)))?,
        _ => return None,
    }
    Some(())
}

fn value(rest: &mut &[u8]) -> Option<Value> {
    let [kind] = take(rest)?;
    Some(match kind {
        b's' => Value::String(text(rest)?.to_string()),
        b'i' => Value::Integer(i64::from_le_bytes(take(rest)?)),
        b'f' => Value::Float(f64::from_le_bytes(take(rest)?)),
        b'b' => Value::Boolean(take::<1>(rest)? == [1]),
        b'a' => {
            let count = count(rest)?;
            // A value has at least two bytes: what is broken asks for no memory.
            let mut list = Vec::with_capacity(count.min(rest.len()));
            for _ in 0..count {
                list.push(value(rest)?);
            }
            Value::Array(list)
        }
        b't' => {
            let entries = (0..count(rest)?).map(|_| Some((text(rest)?.to_string(), value(rest)?)));
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

fn text(rest: &mut &[u8]) -> Option<&'static str> {
    let (at, length) = (count(rest)?, count(rest)?);
    TEXTS.get(at..at.checked_add(length)?)
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
            let wanted = |key: &str| key.len().is_multiple_of(2);
            let mut some = parsed;
            some.retain(|key, _| wanted(key));
            assert_eq!(files.entries(path, wanted).expect("reads"), some, "{path}");
            let mut each = toml::Table::new();
            let entry = |key: &str, below: Option<&str>, value| {
                if let Some(below) = below
                    && let Some(table) = each
                        .entry(key)
                        .or_insert_with(|| toml::Table::new().into())
                        .as_table_mut()
                {
                    table.insert(below.to_string(), value);
                } else {
                    each.insert(key.to_string(), value);
                }
            };
            files.each_entry(path, wanted, entry).expect("reads");
            some.retain(|_, value| value.as_table().is_none_or(|t| !t.is_empty()));
            assert_eq!(each, some, "{path}");
            compared += 1;
        }
        assert!(compared > 20, "{compared}");
    }

    #[test]
    fn broken_bytes_are_no_table() {
        for bytes in [
            &b""[..],
            b"t",
            b"t\x01\0\0\0",
            b"x",
            b"s\xff\xff\xff\xffa",
            b"t\x01\0\0\0\xff\xff\xff\xff\x01\0\0\0",
        ] {
            assert_eq!(super::read(bytes), None);
        }
    }
}
