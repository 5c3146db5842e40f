//! A font as far as it tells letters from codes, and how wide they are.

use super::content::Budget;
use super::glyphs;
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// Ranges of widths that are read of one font. Chosen, not measured: a font has 65,536 shapes at most.
const MOST_WIDTHS: usize = 1 << 16;

/// Names of letters that are read of one font that has 256, and numbers between them. Chosen: each letter may be named twice.
const MOST_NAMES: usize = 1 << 10;

/// Instructions that looking up a name counts for.
const NAME_STEPS: usize = 4;

/// A thousandth of the letters' height, in which most fonts give widths.
const MILLI: f64 = 0.001;

/// One code of a string that is shown.
pub(super) struct Code {
    /// `None`: the font does not say which letter it is.
    pub(super) text: Option<String>,
    /// In heights of the letters.
    pub(super) width: f64,
    /// The code that word spacing counts for.
    pub(super) is_space: bool,
}

pub(super) struct Font {
    unicode: Option<CMap>,
    kind: Kind,
}

enum Kind {
    /// One byte a code.
    Simple {
        letters: Vec<Option<String>>,
        widths: Vec<Option<f64>>,
        missing: Option<f64>,
    },
    /// Several bytes a code.
    Wide {
        codes: Codes,
        /// First and last shape, and their width.
        widths: Vec<(u32, u32, f64)>,
        usual: f64,
    },
}

/// How the codes of a wide font are cut and what they are.
enum Codes {
    /// Two bytes, the number of a shape.
    Shapes,
    /// Two bytes, UTF-16.
    Unicode,
    /// As the font's own table says.
    Table(Box<CMap>),
}

impl Font {
    pub(super) fn of(font: &Dict<'_>, budget: &mut Budget) -> Font {
        let unicode = font
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|s| CMap::parse(&budget.take(&s), |_| None));
        let wide = font.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type0");
        let kind = if wide {
            wide_kind(font, budget)
        } else {
            simple(font, budget)
        };
        Font { unicode, kind }
    }

    /// The first code of a string that is shown, and the rest of the string; `None` at its end.
    pub(super) fn next<'b>(&self, bytes: &'b [u8]) -> Option<(Code, &'b [u8])> {
        let (first, rest) = bytes.split_first()?;
        Some(match &self.kind {
            Kind::Simple {
                letters,
                widths,
                missing,
            } => {
                let at = usize::from(*first);
                let own = || letters[at].clone();
                let text = self.letters(u32::from(*first)).or_else(own);
                let guess = || glyphs::usual_width(text.as_deref().unwrap_or(""));
                let code = Code {
                    width: widths[at].or(*missing).unwrap_or_else(guess),
                    text,
                    is_space: *first == b' ',
                };
                (code, rest)
            }
            Kind::Wide { codes, widths, usual } => {
                let (code, length, shape) = codes.next(bytes);
                let own = || match codes {
                    Codes::Unicode => char::from_u32(code).map(String::from),
                    _ => None,
                };
                let found = widths.partition_point(|(_, last, _)| *last < shape);
                let width = widths.get(found).filter(|(first, ..)| *first <= shape);
                let code = Code {
                    text: self.letters(code).or_else(own),
                    width: width.map_or(*usual, |(_, _, w)| *w),
                    is_space: length == 1 && code == 32,
                };
                (code, &bytes[length..])
            }
        })
    }

    /// What the font's own table of letters says; control characters are no letters.
    fn letters(&self, code: u32) -> Option<String> {
        let letters = match self.unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(c) => String::from(c),
            BfString::String(s) => s,
        };
        let known = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}');
        Some(letters).filter(|l| !l.is_empty() && l.chars().all(known))
    }
}

impl Codes {
    /// The next code of `bytes` (which are not empty), its length, and its shape.
    fn next(&self, bytes: &[u8]) -> (u32, usize, u32) {
        let number = |n: usize| bytes[..n].iter().fold(0u32, |sum, b| sum << 8 | u32::from(*b));
        let two = bytes.len().min(2);
        match self {
            Codes::Shapes | Codes::Unicode => (number(two), two, number(two)),
            Codes::Table(table) => (1..=bytes.len().min(4))
                .find_map(|n| Some((number(n), n, table.lookup_cid_code(number(n), u8::try_from(n).ok()?)?)))
                .unwrap_or((number(two), two, 0)),
        }
    }
}

fn wide_kind(font: &Dict<'_>, budget: &mut Budget) -> Kind {
    let codes = match font.get::<Object<'_>>("Encoding") {
        Some(Object::Stream(table)) => {
            CMap::parse(&budget.take(&table), |_| None).map_or(Codes::Shapes, |t| Codes::Table(Box::new(t)))
        }
        Some(Object::Name(name)) => match name.as_str() {
            n if n.starts_with("Uni") && (n.contains("UCS2") || n.contains("UTF16")) => Codes::Unicode,
            _ => Codes::Shapes,
        },
        _ => Codes::Shapes,
    };
    let inner = font
        .get::<Array<'_>>("DescendantFonts")
        .and_then(|a| a.iter::<Dict<'_>>().next())
        .unwrap_or_default();
    let usual = inner.get::<f64>("DW").unwrap_or(1000.0) * MILLI;
    let mut widths = Vec::new();
    let given: Vec<Object<'_>> = inner
        .get::<Array<'_>>("W")
        .map(|w| w.iter::<Object<'_>>().take(3 * MOST_WIDTHS).collect())
        .unwrap_or_default();
    budget.spend(given.len());
    let mut rest = given.as_slice();
    while widths.len() < MOST_WIDTHS {
        match rest {
            [Object::Number(first), Object::Array(list), more @ ..] => {
                let first = shape(first.as_f64());
                let list = list.iter::<f64>().take(MOST_WIDTHS).zip(first..);
                widths.extend(list.map(|(w, s)| (s, s, w * MILLI)));
                rest = more;
            }
            [
                Object::Number(first),
                Object::Number(last),
                Object::Number(width),
                more @ ..,
            ] => {
                widths.push((shape(first.as_f64()), shape(last.as_f64()), width.as_f64() * MILLI));
                rest = more;
            }
            _ => break,
        }
    }
    widths.sort_by_key(|(first, last, _)| (*first, *last));
    Kind::Wide { codes, widths, usual }
}

/// A shape's number; those of a font fit two bytes.
fn shape(number: f64) -> u32 {
    number.clamp(0.0, f64::from(u16::MAX)) as u32
}

fn simple(font: &Dict<'_>, budget: &mut Budget) -> Kind {
    let encoding = font.get::<Object<'_>>("Encoding");
    let (base, differences) = match &encoding {
        Some(Object::Name(name)) => (Some(name.clone()), None),
        Some(Object::Dict(dict)) => (
            dict.get::<Name<'_>>("BaseEncoding"),
            dict.get::<Array<'_>>("Differences"),
        ),
        _ => (None, None),
    };
    let mut letters = glyphs::encoding(base.as_ref().map_or("", |b| b.as_str()));
    let mut at = 0usize;
    if let Some(list) = &differences {
        budget.spend_on(list.data());
    }
    for entry in differences.iter().flat_map(|d| d.iter::<Object<'_>>()).take(MOST_NAMES) {
        budget.spend(NAME_STEPS);
        match entry {
            Object::Number(n) => at = n.as_f64().clamp(0.0, 256.0) as usize,
            Object::Name(name) => {
                if let Some(slot) = letters.get_mut(at) {
                    *slot = glyphs::named(name.as_str());
                }
                at += 1;
            }
            _ => {}
        }
    }
    // The shapes of this kind of font are drawn in a space of its own.
    let unit = match font.get::<Array<'_>>("FontMatrix") {
        Some(matrix) => matrix.iter::<f64>().next().unwrap_or(MILLI),
        None => MILLI,
    };
    let first = font.get::<f64>("FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as usize;
    let mut widths = vec![None; 256];
    if let Some(given) = font.get::<Array<'_>>("Widths") {
        for (slot, width) in widths[first..].iter_mut().zip(given.iter::<f64>()) {
            *slot = Some(width * unit);
        }
    }
    let missing = font
        .get::<Dict<'_>>("FontDescriptor")
        .and_then(|d| d.get::<f64>("MissingWidth"))
        .filter(|w| *w > 0.0);
    Kind::Simple {
        letters,
        widths,
        missing: missing.map(|w| w * unit),
    }
}
