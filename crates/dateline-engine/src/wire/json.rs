//! JSON of a line, byte for byte as `serde_json` writes it, in half the time.
//!
//! A report of 3 kB is some three hundred names of fields and two hundred short texts. `serde_json` looks for signs to escape in each
//! of them, byte by byte; here the names of fields are written as they are, and texts are looked at eight bytes at a time. What needs
//! escapes, and numbers, are left to `serde_json`.

use dateline_lang::packed;
use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Error;

/// Appends a value's JSON. Names of fields must need no escapes; nothing but lists, structs and maps may hold others.
///
/// # Errors
/// A shape that is none of ours; what was appended until then stays.
pub(crate) fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    value.serialize(Json(out))
}

/// By byte, its highest bit: it is a sign that a string of JSON escapes. The lowest bit that is set is right.
fn escapes(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |bytes: u64, least: u8| bytes.wrapping_sub(u64::from(least) * EACH) & !bytes;
    let is = |sign: u8| below(bytes ^ u64::from(sign) * EACH, 1);
    (below(bytes, b' ') | is(b'"') | is(b'\\')) & 0x80 * EACH
}

fn needs_escapes(text: &str) -> bool {
    let bytes = text.as_bytes();
    let last = match bytes.last_chunk() {
        Some(last) => u64::from_le_bytes(*last),
        // Fewer than eight bytes, and spaces behind them.
        None => packed(text).unwrap_or(0) as u64 | u64::from_le_bytes([b' '; 8]) << (8 * bytes.len()),
    };
    let (chunks, _) = bytes.as_chunks();
    let all = chunks.iter().map(|chunk| escapes(u64::from_le_bytes(*chunk)));
    all.fold(escapes(last), |any, one| any | one) != 0
}

/// Appends what takes one value.
struct Json<'o>(&'o mut Vec<u8>);

macro_rules! by_serde_json {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<(), Error> {
            serde_json::to_writer(self.0, &value)
        })*
    };
}

impl<'o> Json<'o> {
    fn open(self, open: u8, close: u8) -> Items<'o> {
        self.0.push(open);
        Items { out: self.0, close }
    }
}

fn strange<T>() -> Result<T, Error> {
    Err(Error::custom("a shape that is none of ours"))
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'o>;
    type SerializeMap = Items<'o>;
    type SerializeStruct = Items<'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    by_serde_json!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_bool: bool, serialize_char: char
    );

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        if needs_escapes(text) {
            return serde_json::to_writer(self.0, text);
        }
        self.0.reserve(text.len() + 2);
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'o>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'o>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        strange()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        strange()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Error> {
        strange()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        strange()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        strange()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        strange()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        strange()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        strange()
    }
}

/// What holds others: a comma behind each, of which the last gives way to the end.
struct Items<'o> {
    out: &'o mut Vec<u8>,
    close: u8,
}

impl Items<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        value.serialize(Json(self.out))?;
        self.out.push(b',');
        Ok(())
    }

    /// Put into each place where it is called: there the name is known, and written in one step.
    #[inline(always)]
    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        debug_assert!(!needs_escapes(name), "{name}");
        self.out.reserve(name.len() + 3);
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.item(value)
    }

    fn close(self) {
        match self.out.last_mut() {
            Some(last) if *last == b',' => *last = self.close,
            _ => self.out.push(self.close),
        }
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

/// A struct with others put flat into it comes as a map.
impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(Json(self.out))?;
        self.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    struct Inner<'a> {
        start: u32,
        text: &'a str,
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        #[serde(flatten)]
        inner: Option<Inner<'a>>,
        list: Vec<Inner<'a>>,
        none: Option<f64>,
        some: Option<f64>,
        negative: i64,
        yes: bool,
        empty: Vec<u8>,
        map: BTreeMap<String, Vec<u8>>,
    }

    #[test]
    fn it_writes_what_serde_json_writes() {
        let texts: Vec<String> = (0..0x3000u32)
            .filter_map(char::from_u32)
            .flat_map(|c| {
                ["", "x", "đường", "twelve bytes", "Hà Nội và các tỉnh "].map(|lead| format!("{lead}{c}{lead}"))
            })
            .collect();
        for text in texts.iter().map(String::as_str).chain([""]) {
            let inner = |start| Inner { start, text };
            let value = Outer {
                inner: Some(inner(0)).filter(|_| text.len() > 1),
                list: (0..3).filter(|_| text.len() > 2).map(inner).collect(),
                none: Some(f64::NAN),
                some: Some(-105.25 / text.len() as f64),
                negative: -1,
                yes: true,
                empty: Vec::new(),
                map: [("a".to_string(), vec![1, 2]), ("b\n".to_string(), vec![])].into(),
            };
            let mut out = Vec::new();
            let done = write(&mut out, &(&value.list, ())).is_ok();
            assert!(!done, "no shape of ours");
            out.clear();
            write(&mut out, &value).expect("ours");
            assert_eq!(
                String::from_utf8(out).expect("UTF-8"),
                serde_json::to_string(&value).expect("JSON")
            );
        }
    }
}
