//! The page's own words in the languages of its interface; they stand in `words.tsv`.

use std::collections::BTreeMap;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    English,
    /// Vietnamese.
    Vietnamese,
}

impl Language {
    /// Its tag.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Vietnamese => "vi",
        }
    }
}

/// Every word of the page in both languages.
#[derive(Debug)]
pub(super) struct Words {
    by_key: BTreeMap<&'static str, [&'static str; 2]>,
    language: Language,
}

impl Words {
    /// Reads the table that is built in.
    pub(super) fn new(language: Language) -> Words {
        let rows = include_str!("words.tsv").lines().filter(|l| !l.starts_with('#'));
        let by_key = rows
            .filter_map(|line| {
                let (key, rest) = line.split_once('\t')?;
                let (english, vietnamese) = rest.split_once('\t')?;
                Some((key, [english, vietnamese]))
            })
            .collect();
        Words { by_key, language }
    }

    /// The language that the page is first written in.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// The words of a key, or nothing where the table does not have it.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        self.by_key.get(key).map(|both| both[self.language as usize])
    }

    /// The words of a key of ours.
    ///
    /// # Panics
    /// The key is not in the table: a mistake of this module, which its tests find.
    pub(super) fn get(&self, key: &str) -> &'static str {
        self.find(key).unwrap_or_else(|| panic!("words.tsv lacks `{key}`"))
    }

    /// "1 report", "2.000 bài".
    pub(super) fn counted(&self, key: &str, n: u64) -> String {
        let words = self.get(key);
        let chosen = match words.split_once('|') {
            Some((one, _)) if n == 1 => one,
            Some((_, many)) => many,
            None => words,
        };
        chosen.replace("{n}", &self.number(n))
    }

    /// A number with the language's own mark between thousands.
    pub(super) fn number(&self, n: u64) -> String {
        let mark = match self.language {
            Language::English => ',',
            Language::Vietnamese => '.',
        };
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// The whole table, for the script.
    pub(super) fn all(&self) -> &BTreeMap<&'static str, [&'static str; 2]> {
        &self.by_key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_both_languages_and_keys_stand_once() {
        let rows: Vec<&str> = include_str!("words.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .collect();
        for row in &rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|c| !c.trim().is_empty()), "{row}");
        }
        assert_eq!(Words::new(Language::English).all().len(), rows.len());
    }

    #[test]
    fn numbers_are_set_in_the_readers_language() {
        let set = |language, n| Words::new(language).number(n);
        assert_eq!(set(Language::English, 2_000), "2,000");
        assert_eq!(set(Language::Vietnamese, 2_000), "2.000");
        assert_eq!(set(Language::Vietnamese, 1_234_567), "1.234.567");
        assert_eq!(set(Language::English, 97), "97");
        assert_eq!(Words::new(Language::English).counted("n.reports", 1), "1 report");
        assert_eq!(Words::new(Language::Vietnamese).counted("n.reports", 12), "12 bài");
    }
}
