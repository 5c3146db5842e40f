//! A string that only takes markup of ours, words of ours and escaped text of theirs.

use super::dates::{self, Length};
use super::words::Words;

/// HTML under construction.
#[derive(Debug)]
pub(super) struct Html<'w> {
    out: String,
    limit: usize,
    /// The page's own words.
    pub(super) words: &'w Words,
}

/// Takes out what a report must not do to the page: letters that turn the writing direction, control codes, private marks.
/// Line separators become spaces.
pub(super) fn tame(c: char) -> Option<char> {
    match c {
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some(' '),
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => None,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => None,
        '\n' | '\t' => Some(c),
        c if c.is_control() => None,
        c => Some(c),
    }
}

impl<'w> Html<'w> {
    /// Nothing yet.
    pub(super) fn new(words: &'w Words) -> Html<'w> {
        Html {
            out: String::new(),
            limit: usize::MAX,
            words,
        }
    }

    /// Nothing yet, and no use beyond `limit` bytes.
    pub(super) fn within(words: &'w Words, limit: usize) -> Html<'w> {
        Html {
            limit,
            ..Html::new(words)
        }
    }

    /// There is more than was wanted.
    pub(super) fn overfull(&self) -> bool {
        self.out.len() > self.limit
    }

    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Markup that another of these has made, or a number.
    pub(super) fn made(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// A number as a machine reads it.
    pub(super) fn digits(&mut self, n: impl Into<i128>) -> &mut Self {
        let n: i128 = n.into();
        self.made(&n.to_string())
    }

    /// An index or a length as a machine reads it.
    pub(super) fn index(&mut self, n: usize) -> &mut Self {
        self.made(&n.to_string())
    }

    /// Text of a report, escaped and [tamed](tame).
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        // Runs that need nothing are copied whole.
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let own = match c {
                '&' => Some("&amp;"),
                '<' => Some("&lt;"),
                '>' => Some("&gt;"),
                '"' => Some("&quot;"),
                '\'' => Some("&#39;"),
                ' '..='~' => continue,
                c => match tame(c) {
                    Some(tamed) if tamed == c => continue,
                    Some(_) => Some(" "),
                    None => None,
                },
            };
            self.out.push_str(&text[from..at]);
            self.out.push_str(own.unwrap_or_default());
            from = at + c.len_utf8();
        }
        self.out.push_str(&text[from..]);
        self
    }

    /// The value of an attribute between double quotation marks.
    pub(super) fn attribute(&mut self, value: &str) -> &mut Self {
        self.text(value)
    }

    /// A name that may run in another direction than its surroundings.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.raw("<bdi>").text(name).raw("</bdi>")
    }

    /// ` lang="vi"`, where the language is known.
    pub(super) fn lang(&mut self, tag: &str) -> &mut Self {
        let known = !tag.is_empty() && tag != "und" && tag.len() <= 35;
        let shaped = tag
            .split('-')
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        // Without a language of its own, text would pass for the page's.
        let tag = if known && shaped { tag } else { "" };
        self.raw(" lang=\"").text(tag).raw("\"")
    }

    /// Words of ours that follow the language switch.
    pub(super) fn word(&mut self, key: &str) -> &mut Self {
        let words = self.words.get(key);
        self.raw("<span data-k=")
            .attribute(key)
            .raw(">")
            .text(words)
            .raw("</span>")
    }

    /// The same, inside an element of another name: `open` is all of its start tag but the closing bracket.
    pub(super) fn worded(&mut self, open: &'static str, key: &str, close: &'static str) -> &mut Self {
        let words = self.words.get(key);
        self.raw(open)
            .raw(" data-k=")
            .attribute(key)
            .raw(">")
            .text(words)
            .raw(close)
    }

    /// A word of ours for a name of theirs: `prefix.name` where the table has it, else the name itself.
    pub(super) fn word_or(&mut self, prefix: &str, name: &str) -> &mut Self {
        let key = format!("{prefix}.{name}");
        match self.words.find(&key) {
            Some(_) => self.word(&key),
            None => self.name(name),
        }
    }

    /// "4 reports".
    pub(super) fn counted(&mut self, key: &str, n: usize) -> &mut Self {
        let words = self.words.counted(key, n as u64);
        self.raw("<span data-k=")
            .attribute(key)
            .raw(" data-n=")
            .index(n)
            .raw(">");
        self.text(&words).raw("</span>")
    }

    /// Words of ours around a name of theirs.
    pub(super) fn worded_with(&mut self, key: &str, name: &str) -> &mut Self {
        let words = self.words.get(key).replace("{x}", name);
        self.raw("<bdi data-k=\"")
            .attribute(key)
            .raw("\" data-t=\"")
            .attribute(name)
            .raw("\">");
        self.text(&words).raw("</bdi>")
    }

    /// A number in the reader's language.
    pub(super) fn number(&mut self, n: u64) -> &mut Self {
        let words = self.words.number(n);
        self.raw("<data value=\"")
            .digits(n)
            .raw("\">")
            .text(&words)
            .raw("</data>")
    }

    /// ` aria-label="…"` that follows the language switch.
    pub(super) fn label(&mut self, key: &str) -> &mut Self {
        let words = self.words.get(key);
        self.raw(" data-l=\"")
            .attribute(key)
            .raw("\" aria-label=\"")
            .attribute(words)
            .raw("\"")
    }

    /// A date.
    pub(super) fn date(&mut self, code: &str, length: Length) -> &mut Self {
        let words = dates::spell(code, self.words, length);
        let exact = dates::datetime(code);
        self.raw(if exact { "<time datetime=\"" } else { "<span data-d=\"" })
            .attribute(code);
        self.raw(if length == Length::Short { "\" data-s>" } else { "\">" })
            .text(&words);
        self.raw(if exact { "</time>" } else { "</span>" })
    }

    /// A link to an address of theirs: only `http` and `https`, anything else stays text.
    pub(super) fn link(&mut self, address: &str, content: impl FnOnce(&mut Self)) -> &mut Self {
        let safe = web_address(address);
        if safe {
            self.raw("<a rel=\"noopener noreferrer\" href=\"")
                .attribute(address)
                .raw("\">");
        }
        content(self);
        self.raw(if safe { "</a>" } else { "" })
    }

    /// The string.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// An address that a click may follow.
pub(super) fn web_address(address: &str) -> bool {
    let scheme = |s: &str| address.get(..s.len()).is_some_and(|a| a.eq_ignore_ascii_case(s));
    let plain = address.chars().all(|c| tame(c) == Some(c) && !c.is_whitespace());
    plain && (scheme("http://") || scheme("https://"))
}

/// JSON that stands inside a `<script>`: no markup, nothing that [`tame`] would not let through, no end of the element.
pub(super) fn island(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if matches!(c, '<' | '>' | '&') || tame(c) != Some(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// An id that a fragment can carry, whatever a report calls itself.
pub(super) fn anchor(id: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' || c == '.' {
            c
        } else {
            '_'
        }
    };
    id.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::words::Language;

    #[test]
    fn text_cannot_become_markup_or_turn_the_line() {
        let words = Words::new(Language::English);
        let mut html = Html::new(&words);
        html.text("<b a='\"'>&\u{202E}\u{2067}x\u{0}\u{2028}y\u{E0041}");
        assert_eq!(html.finish(), "&lt;b a=&#39;&quot;&#39;&gt;&amp;x y");
    }

    #[test]
    fn only_web_addresses_are_links() {
        for good in ["https://a.example/b?c=d", "HTTP://a.example"] {
            assert!(web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " https://a.example",
            "data:text/html,x",
            "https://a\u{202E}b",
            "//a.example",
            "",
        ] {
            assert!(!web_address(bad), "{bad}");
        }
    }

    #[test]
    fn an_island_holds_no_markup() {
        let json = island(r#"{"a":"</script><!--&"}"#);
        assert!(!json.contains(['<', '>', '&']));
        let back: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(back["a"], "</script><!--&");
    }

    #[test]
    fn an_odd_language_is_no_language() {
        let words = Words::new(Language::English);
        let mut html = Html::new(&words);
        html.lang("vi").lang("\"><script>").lang("und").lang("zh-Hant");
        assert_eq!(html.finish(), " lang=\"vi\" lang=\"\" lang=\"\" lang=\"zh-Hant\"");
    }
}
