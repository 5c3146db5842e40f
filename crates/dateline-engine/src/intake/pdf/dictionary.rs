//! The dictionary of a stream as far as it says how the stream is packed. What cannot be read plainly is not read at all.

/// What a dictionary says of its stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dictionary {
    /// Filters that make more of less.
    pub(super) packings: usize,
    /// It is deflated, and nothing but that.
    pub(super) deflated: bool,
    /// Its filters stand in another object.
    pub(super) elsewhere: bool,
    /// Bytes of the stream, where they are said here.
    pub(super) length: Option<usize>,
    /// It is a stream of objects, or a table of them.
    pub(super) objects: bool,
    /// It is a table of objects.
    pub(super) table: bool,
    pub(super) picture: bool,
    /// Of a table: bytes of its columns, as far as they are said here.
    pub(super) widths: Vec<usize>,
    /// How the rows were changed before they were packed, and bytes of a row, where that is said.
    pub(super) predictor: Option<usize>,
    pub(super) columns: Option<usize>,
}

/// Pieces of a dictionary.
enum Piece<'b> {
    Open,
    Close,
    /// `[` or `]`.
    List(bool),
    Name(Vec<u8>),
    Word(&'b [u8]),
    Text,
}

impl Dictionary {
    /// Reads what stands between the words `obj` and `stream`; `None` where that is not one dictionary.
    pub(super) fn of(bytes: &[u8]) -> Option<Dictionary> {
        let mut found = Dictionary::default();
        let (mut others, mut deflates) = (0, 0);
        let mut pieces = Pieces(bytes);
        let mut depth = 0usize;
        // The value of this name is being read, inside a list.
        let (mut key, mut list): (Option<Vec<u8>>, bool) = (None, false);
        let mut inner: Vec<u8> = Vec::new();
        let filters = |key: &Option<Vec<u8>>| matches!(key.as_deref(), Some(b"Filter" | b"F"));
        loop {
            match pieces.next()? {
                Piece::Open => depth += 1,
                Piece::Close if depth == 1 => break,
                Piece::Close => {
                    depth = depth.checked_sub(1)?;
                    key = key.filter(|_| list || depth > 1);
                }
                _ if depth == 0 => return None,
                Piece::Name(name) if depth > 1 => inner = name,
                Piece::Word(word) if depth > 1 => match inner.as_slice() {
                    b"Predictor" => found.predictor = Some(number(word).unwrap_or(usize::MAX)),
                    b"Columns" => found.columns = number(word),
                    _ => {}
                },
                _ if depth > 1 => {}
                Piece::List(open) => {
                    list = open;
                    key = key.filter(|_| open);
                }
                Piece::Name(name) => {
                    match name.as_slice() {
                        b"FlateDecode" | b"Fl" => deflates += 1,
                        b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL" => found.packings += 1,
                        b"ASCIIHexDecode" | b"AHx" | b"ASCII85Decode" | b"A85" | b"Crypt" => others += 1,
                        b"ObjStm" => found.objects = true,
                        b"XRef" | b"W" => (found.objects, found.table) = (true, true),
                        b"Image" => found.picture = true,
                        _ => {}
                    }
                    if !(list && filters(&key)) {
                        key = Some(name);
                    }
                }
                Piece::Word(word) => {
                    found.elsewhere |= filters(&key);
                    if key.as_deref() == Some(b"Length") {
                        found.length = number(word);
                        key = Some(b"Length of".to_vec());
                    } else if key.as_deref() == Some(b"W") {
                        found.widths.push(number(word).unwrap_or(usize::MAX));
                    } else if key.as_deref() == Some(b"Length of") {
                        // A number behind the number: it was a reference.
                        found.length = None;
                    }
                }
                Piece::Text => {}
            }
        }
        found.packings += deflates;
        found.deflated = deflates == 1 && found.packings == 1 && others == 0;
        pieces.is_empty().then_some(found)
    }
}

fn number(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok().and_then(|n| n.parse().ok())
}

struct Pieces<'b>(&'b [u8]);

fn is_space(b: u8) -> bool {
    matches!(b, b'\0' | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_regular(b: u8) -> bool {
    !is_space(b) && !matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'b> Pieces<'b> {
    /// Passes spaces and comments.
    fn is_empty(&mut self) -> bool {
        loop {
            match self.0 {
                [b'%', ..] => self.pass(|b| !matches!(b, b'\n' | b'\r')),
                [first, ..] if is_space(*first) => self.pass(is_space),
                rest => return rest.is_empty(),
            };
        }
    }

    fn pass(&mut self, is: impl Fn(u8) -> bool) -> &'b [u8] {
        let end = self.0.iter().position(|b| !is(*b)).unwrap_or(self.0.len());
        let (passed, rest) = self.0.split_at(end);
        self.0 = rest;
        passed
    }

    /// `None` at the end, and where nothing sensible stands.
    fn next(&mut self) -> Option<Piece<'b>> {
        if self.is_empty() {
            return None;
        }
        let (piece, length) = match self.0 {
            [b'<', b'<', ..] => (Piece::Open, 2),
            [b'>', b'>', ..] => (Piece::Close, 2),
            [b'[', ..] => (Piece::List(true), 1),
            [b']', ..] => (Piece::List(false), 1),
            [b'(', ..] => (Piece::Text, text(self.0)?),
            [b'<', ..] => (Piece::Text, self.0.iter().position(|b| *b == b'>')? + 1),
            [b'/', rest @ ..] => {
                self.0 = rest;
                return Some(Piece::Name(unescaped(self.pass(is_regular))));
            }
            [first, ..] if is_regular(*first) => return Some(Piece::Word(self.pass(is_regular))),
            _ => return None,
        };
        self.0 = &self.0[length..];
        Some(piece)
    }
}

/// Bytes of the text in parentheses at the beginning.
fn text(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A name that is written without `#46`.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        match digits
            .and_then(|d| u8::from_str_radix(d, 16).ok())
            .filter(|_| *first == b'#')
        {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn packed(dictionary: &str) -> (usize, bool, bool) {
        let found = Dictionary::of(dictionary.as_bytes()).expect("a dictionary");
        (found.packings, found.deflated, found.elsewhere)
    }

    #[test]
    fn what_packs_a_stream_is_found_however_it_is_written() {
        assert_eq!(packed("<< /Filter /FlateDecode /Length 5 >>"), (1, true, false));
        assert_eq!(packed(" <</Filter[/Fl#61teDecode/Fl]>> % end\n"), (2, false, false));
        assert_eq!(packed("<< /Filter [/ASCII85Decode /FlateDecode] >>"), (1, false, false));
        assert_eq!(packed("<< /Filter [/FlateDecode 6 0 R] >>"), (1, true, true));
        assert_eq!(packed("<< /F%\n 5 0 R /Length 5 >>"), (0, false, true));
        // What stands deeper is of other things.
        assert_eq!(
            packed(
                "<< /DecodeParms << /Predictor 12 >> /X << /Font << /F 3 0 R >> >> /A (>> \\) ( ) /LZW) /Length 5 >>"
            ),
            (0, false, false)
        );
        assert_eq!(
            packed("<< /Filter /FlateDecode /Length 9 0 R /Width 5 >>"),
            (1, true, false)
        );
    }

    #[test]
    fn lengths_are_known_where_they_are_said() {
        let length = |d: &str| Dictionary::of(d.as_bytes()).expect("a dictionary").length;
        assert_eq!(length("<< /Length 5 /Width 3 >>"), Some(5));
        assert_eq!(length("<< /Length 5 0 R >>"), None);
    }

    #[test]
    fn what_is_not_one_dictionary_is_none() {
        for odd in [
            "",
            "5",
            "<< /A 1",
            "<< >> >>",
            "<< /A ( >>",
            "<< >> endobj",
            ") << >>",
            "<< ) >>",
        ] {
            assert_eq!(Dictionary::of(odd.as_bytes()), None, "{odd}");
        }
    }
}
