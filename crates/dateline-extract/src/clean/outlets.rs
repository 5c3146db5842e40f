//! Agencies and outlets by name and by address: `packs/*/clean/outlets.toml`.

use super::words::{Word, words_of};
use dateline_lang::{PackError, PackFiles};
use rapidhash::RapidHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(
        dead_code,
        reason = "the law of the packs: each file says where its words come from; the loader only insists"
    )]
    source: String,
    outlet: Vec<OutletFile>,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutletFile {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    name: String,
}

/// Names and domains of agencies and outlets.
#[derive(Debug, Default)]
pub(super) struct Outlets {
    names: Vec<String>,
    edges: RapidHashMap<(u32, u64), u32>,
    terminals: Vec<Option<u32>>,
    domains: RapidHashMap<String, u32>,
}

impl Outlets {
    /// Reads all `*/clean/outlets.toml` and checks their examples.
    pub(super) fn load(files: &PackFiles) -> Result<Outlets, PackError> {
        let mut outlets = Outlets {
            terminals: vec![None],
            ..Outlets::default()
        };
        for (path, _) in files.under("") {
            if !path.ends_with("/clean/outlets.toml") {
                continue;
            }
            let bad = |message: String| PackError::File {
                path: path.to_string(),
                message,
            };
            let file: File = files.read(path)?;
            if file.examples.is_empty() {
                return Err(PackError::NoExample {
                    path: path.to_string(),
                    rule: "outlets".into(),
                });
            }
            for outlet in file.outlet {
                outlets.add(outlet);
            }
            for example in &file.examples {
                let (words, _) = words_of(&example.text);
                let got = outlets
                    .whole(&example.text, &words)
                    .or_else(|| outlets.by_address(&example.text));
                if got != Some(example.name.as_str()) {
                    return Err(bad(format!(
                        "example `{}`: expected {}, got {got:?}",
                        example.text, example.name
                    )));
                }
            }
        }
        Ok(outlets)
    }

    fn add(&mut self, outlet: OutletFile) {
        let number = self.names.len() as u32;
        for name in outlet.aliases.iter().chain([&outlet.name]) {
            let mut node = 0u32;
            for word in words_of(name).0 {
                let next = self.terminals.len() as u32;
                let to = *self.edges.entry((node, word.hash)).or_insert(next);
                if to == next {
                    self.terminals.push(None);
                }
                node = to;
            }
            if node != 0 {
                self.terminals[node as usize].get_or_insert(number);
            }
        }
        for domain in outlet.domains {
            self.domains.entry(domain).or_insert(number);
        }
        self.names.push(outlet.name);
    }

    /// The longest name that begins at word `from`: its canonical form and one past its last word. Names have a capital or
    /// a dot in them: "the sun" is no outlet, "The Sun" and "vov.vn" are.
    pub(super) fn longest(&self, text: &str, words: &[Word], from: usize) -> Option<(&str, usize)> {
        let (mut node, mut best) = (0u32, None);
        for (n, word) in words.iter().enumerate().skip(from) {
            let Some(&next) = self.edges.get(&(node, word.hash)) else {
                break;
            };
            node = next;
            if let Some(number) = self.terminals[node as usize] {
                best = Some((number, n + 1));
            }
        }
        let (number, to) = best?;
        let piece = &text[words[from].start as usize..words[to - 1].end as usize];
        let name_like = piece.chars().any(|c| c.is_uppercase() || c == '.');
        name_like.then(|| (self.names[number as usize].as_str(), to))
    }

    /// The outlet whose name is all of `words`.
    pub(super) fn whole(&self, text: &str, words: &[Word]) -> Option<&str> {
        if words.is_empty() {
            return None;
        }
        self.longest(text, words, 0)
            .filter(|(_, to)| *to == words.len())
            .map(|(name, _)| name)
    }

    /// The outlet that an address belongs to, by its domain and the domains above it.
    pub(super) fn by_address(&self, url: &str) -> Option<&str> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest
            .split(['/', '?', '#', ':'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        if host.contains(' ') {
            return None;
        }
        let mut host = host.as_str();
        loop {
            if let Some(&number) = self.domains.get(host) {
                return Some(&self.names[number as usize]);
            }
            host = host.split_once('.')?.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_of_the_packs_are_known() {
        let outlets = Outlets::load(&PackFiles::builtin()).expect("the built-in packs load");
        assert_eq!(outlets.by_address("https://m.reuters.com/world/x?y=1"), Some("Reuters"));
        assert_eq!(outlets.by_address("nowhere.example"), None);
        let text = "the sun";
        assert_eq!(outlets.whole(text, &words_of(text).0), None);
    }
}
