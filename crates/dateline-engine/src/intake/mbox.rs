//! E-mails in one file, one behind the other: mbox, with quoted "From " lines (mboxrd) or without.

use super::records::{Origin, Step, problem};
use super::{Format, MAX_RECORD, Problem, Warning};
use std::io::{self, BufRead, Read};

/// Bytes of a line that are read at once: a message of one line is no more than [`MAX_RECORD`] either.
const PIECE: usize = 64 << 10;

/// The messages of an mbox file.
pub(super) struct Mbox<R> {
    origin: Origin,
    input: R,
    /// Lines begun so far.
    line: u64,
    record: u64,
    /// Line that announces the message.
    announced: u64,
    /// A line that was looked at too early, or its first [`PIECE`].
    ahead: Option<Vec<u8>>,
    /// The last piece did not end its line.
    inside: bool,
    ended: bool,
}

impl<R: BufRead> Mbox<R> {
    pub(super) fn new(origin: Origin, input: R) -> Mbox<R> {
        Mbox {
            origin,
            input,
            line: 0,
            record: 0,
            announced: 0,
            ahead: None,
            inside: false,
            ended: false,
        }
    }

    /// A line with nothing on it, before the first message.
    fn is_lead(&self, piece: &[u8]) -> bool {
        self.record == 0 && piece.iter().all(u8::is_ascii_whitespace)
    }

    /// The next line, or piece of a line, and whether it begins one; nothing at the end.
    fn piece(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let begins = !self.inside;
        let piece = match self.ahead.take() {
            Some(piece) => piece,
            None => {
                let mut piece = Vec::new();
                self.input.by_ref().take(PIECE as u64).read_until(b'\n', &mut piece)?;
                self.line += u64::from(begins && !piece.is_empty());
                if self.line == 1 && begins && piece.starts_with(BOM) {
                    piece.drain(..BOM.len());
                }
                piece
            }
        };
        self.inside = piece.last().is_some_and(|b| *b != b'\n');
        Ok((!piece.is_empty()).then_some((piece, begins)))
    }

    /// The bytes of the next message, without the line that announces it, and whether they were too many; nothing at the end.
    fn message(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let (mut bytes, mut long, mut any) = (Vec::new(), false, false);
        // The file begins with an announcement.
        let mut blank = true;
        while let Some((piece, begins)) = self.piece()? {
            if begins && blank && announces(&piece) && !self.inside {
                // A sentence may begin so, too: a head follows, or it is none.
                self.ahead = self.piece()?.map(|(next, _)| next);
                self.inside = false;
                if self.ahead.as_deref().is_some_and(is_field) {
                    if any {
                        return Ok(Some((bytes, long)));
                    }
                    self.announced = self.line - 1;
                    continue;
                }
            }
            if !any && begins && !self.inside && self.is_lead(&piece) {
                continue;
            }
            any = true;
            blank = begins && matches!(piece.as_slice(), b"\n" | b"\r\n");
            // A line that was quoted lest it announce something.
            let signs = piece.iter().take_while(|b| **b == b'>').count();
            let quoted = begins && signs > 0 && piece[signs..].starts_with(b"From ");
            if bytes.len() + piece.len() > MAX_RECORD {
                (bytes, long) = (Vec::new(), true);
            } else if !long {
                bytes.extend_from_slice(&piece[usize::from(quoted)..]);
            }
        }
        Ok(any.then_some((bytes, long)))
    }
}

/// What some writers put before the first message.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// As every mbox writes them, in whatever language its user reads (RFC 4155).
const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Fields of an e-mail's head, in small letters (RFC 5322, and what servers and lists add).
pub(super) const FIELDS: [&str; 15] = [
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "sender",
    "reply-to",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "delivered-to",
    "content-type",
    "dkim-signature",
    "status",
];

/// "From jane@example.org Mon May  3 10:15:00 2021": somebody, a weekday, a month, a clock and a year.
pub(super) fn announces(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).skip(1);
    let (mut clock, mut year, mut weekday, mut month) = (false, false, false, false);
    words.by_ref().take(8).for_each(|word| {
        clock |= word.contains(&b':') && word.split(|b| *b == b':').all(digits);
        year |= word.len() == 4 && digits(word);
        weekday |= WEEKDAYS.contains(&word.strip_suffix(b",").unwrap_or(word));
        month |= MONTHS.contains(&word);
    });
    clock && year && weekday && month
}

/// "Subject: …", "X-Mailer: …"; no other word with a colon: a text may have it.
pub(super) fn is_field(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    let known = |name: &[u8]| {
        let of_program = name.len() > 2 && name[..2].eq_ignore_ascii_case(b"x-");
        of_program || FIELDS.iter().any(|f| name.eq_ignore_ascii_case(f.as_bytes()))
    };
    line.get(name) == Some(&b':') && known(&line[..name])
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        while !self.ended {
            self.announced = if self.ahead.is_some() {
                self.line - 1
            } else {
                self.line + 1
            };
            let message = self.message();
            let at = Some(self.announced);
            match message {
                Ok(Some((_, true))) => {
                    self.record += 1;
                    return Some(Err(Warning::on(&self.origin.path, at, Problem::RecordTooLong)));
                }
                Ok(Some((bytes, false))) => {
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    self.record += 1;
                    return Some(Ok(self.origin.raw(Format::Mail, Some(self.record - 1), at, bytes)));
                }
                Ok(None) => self.ended = true,
                Err(e) => {
                    self.ended = true;
                    return Some(Err(Warning::on(&self.origin.path, at, problem(&e, self.origin.packed))));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::told;
    use super::*;

    const TWO: &str = "From jane@post.example Mon May  3 10:15:00 2021\nFrom: Jane Doe <jane@post.example>\nSubject: Mill burns\n\
        Date: Mon, 3 May 2021 10:15:00 +0700\n\nThe mill burned down.\n\n>From the hill one could see it.\n\nFrom here it looked small.\n\n\
        From the hill at 10:15 on 3 May 2021\nit looked small, too.\n\nFrom - Tue May  4 08:00:00 2021\r\nFrom: john@post.example\r\n\
        Subject: Bridge\r\n\r\nThe bridge is open.\r\n";

    #[test]
    fn each_message_is_a_report_and_sentences_announce_none() {
        let two = told("a.mbox", TWO.as_bytes());
        assert_eq!(two.len(), 2, "{two:#?}");
        assert!(two[0].contains("burned down.\n\nFrom the hill one") && two[0].contains("| Mill burns | 2021-05-03"));
        assert!(
            two[0].contains("it looked small, too.") && two[0].ends_with("| by Jane Doe"),
            "{}",
            two[0]
        );
        assert!(two[1].starts_with("a.mbox: The bridge is open. | Bridge"), "{}", two[1]);
        // The name does not matter, and neither does what is behind the last line.
        assert_eq!(told("-", TWO.as_bytes()).len(), 2);
        let folder = "From x Mon May  3 10:15:00 2021\nno head\n";
        assert_eq!(
            told("a.txt", folder.as_bytes()).len(),
            1,
            "a text that begins so is a text"
        );
    }

    #[test]
    fn a_line_of_a_body_with_a_colon_below_is_no_message() {
        let first = "From jane@post.example Mon May  3 10:15:00 2021\nSubject: Mill burns\n\nThe mill burned down.\n\n";
        for body in [
            "From noon on 3 May 2021 10:15 local\nNote: it is not a mail.\n",
            "From noon on Mon 3 May 2021 10:15 local\nNote: it is not a mail.\n",
            "From noon on 3 May 2021 10:15 local\nTo: nobody.\n",
        ] {
            let one = told("a.mbox", format!("{first}{body}").as_bytes());
            assert_eq!(one.len(), 1, "{one:#?}");
            assert!(one[0].contains(body.trim_end()), "{}", one[0]);
        }
        let text = "From Berlin 10:15 3 May 2021\nhttp://x.example/a tells more.\n";
        let one = told("a.txt", text.as_bytes());
        assert!(one.len() == 1 && one[0].contains("From Berlin"), "{one:#?}");
    }

    #[test]
    fn a_mark_and_empty_lines_may_stand_before_the_first_message() {
        let long = format!(
            "\n\nFrom a@b.example Mon May  3 10:15:00 2021\nSubject: long\n\n{}\n",
            "x".repeat(MAX_RECORD + 1)
        );
        let long = told("a.mbox", long.as_bytes());
        assert!(long[0].starts_with("! a.mbox:3: "), "{}", &long[0][..80]);
        for before in ["\u{FEFF}", "\n", "\u{FEFF}\r\n \n"] {
            let two = told("a.mbox", format!("{before}{TWO}").as_bytes());
            assert_eq!(two.len(), 2, "{two:#?}");
            assert!(
                two[0].contains("burned down.") && two[0].contains("| Mill burns |"),
                "{}",
                two[0]
            );
        }
    }

    #[test]
    fn a_message_that_is_too_long_is_left_out_and_the_next_is_read() {
        let long = format!(
            "From a@b.example Mon May  3 10:15:00 2021\nSubject: long\n\n{}\n\n{}",
            "x".repeat(MAX_RECORD + 1),
            TWO
        );
        let told = told("a.mbox", long.as_bytes());
        assert_eq!(told.len(), 3);
        assert!(told[0].starts_with("! a.mbox:1: "), "{}", &told[0][..80]);
        assert!(told[1].contains("burned down."));
    }
}
