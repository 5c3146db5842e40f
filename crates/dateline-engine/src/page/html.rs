//! A string that only takes markup of ours and escaped text of theirs.

/// HTML under construction.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn new() -> Html {
        Html::default()
    }

    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Text of a report, escaped; letters that turn the writing direction or cannot be shown are taken out.
    pub(super) fn text(&mut self, text: &str) -> &mut Html {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {}
                c if c.is_control() && !matches!(c, '\n' | '\t') => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// The value of an attribute between double quotation marks.
    pub(super) fn attribute(&mut self, value: &str) -> &mut Html {
        self.text(value)
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
