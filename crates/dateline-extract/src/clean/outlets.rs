//! Agencies and outlets by name and by address, and where they are made: `packs/*/clean/outlets.toml`, `countries.toml`.

use super::facts::Newsroom;
use super::words::{Word, words_of};
use dateline_lang::{PackError, PackFiles};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rapidhash::RapidHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// Tag of the country where it is made.
    country: Option<String>,
    /// POSIX TZ, where the country's is not its own.
    zone: Option<String>,
    /// Address where the outlet says so.
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountriesFile {
    #[allow(
        dead_code,
        reason = "the law of the packs: each file says where its facts come from; the loader only insists"
    )]
    source: String,
    country: Vec<CountryFile>,
    examples: Vec<DayExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CountryFile {
    tag: String,
    zone: String,
    date_order: DateOrder,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DateOrder {
    Dmy,
    Mdy,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayExample {
    country: String,
    instant: Timestamp,
    day: Date,
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
    newsrooms: Vec<Option<Newsroom>>,
}

impl Outlets {
    /// Reads all `*/clean/outlets.toml` and checks their examples.
    pub(super) fn load(files: &PackFiles) -> Result<Outlets, PackError> {
        let mut outlets = Outlets {
            terminals: vec![None],
            ..Outlets::default()
        };
        let countries = countries(files)?;
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
                let newsroom = newsroom(&outlet, &countries).map_err(bad)?;
                outlets.newsrooms.push(newsroom);
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

    /// The outlet that an address belongs to.
    pub(super) fn by_address(&self, url: &str) -> Option<&str> {
        Some(&self.names[self.number(url)?])
    }

    /// Where the outlet is made that an address belongs to.
    pub(super) fn newsroom(&self, url: &str) -> Option<&Newsroom> {
        self.newsrooms[self.number(url)?].as_ref()
    }

    /// The number of the outlet that an address belongs to, by its domain and the domains above it.
    fn number(&self, url: &str) -> Option<usize> {
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
                return Some(number as usize);
            }
            host = host.split_once('.')?.1;
        }
    }
}

/// Reads all `*/clean/countries.toml` and runs their examples.
fn countries(files: &PackFiles) -> Result<BTreeMap<String, Newsroom>, PackError> {
    let mut countries = BTreeMap::new();
    for (path, _) in files.under("") {
        if !path.ends_with("/clean/countries.toml") {
            continue;
        }
        let bad = |message: String| PackError::File {
            path: path.to_string(),
            message,
        };
        let file: CountriesFile = files.read(path)?;
        if file.examples.is_empty() {
            return Err(PackError::NoExample {
                path: path.to_string(),
                rule: "countries".into(),
            });
        }
        for country in file.country {
            let newsroom = Newsroom {
                zone: zone(&country.zone).map_err(bad)?,
                month_first: country.date_order == DateOrder::Mdy,
            };
            countries.insert(country.tag, newsroom);
        }
        for example in file.examples {
            let got = countries.get(&example.country).map(|c| c.day(example.instant));
            if got != Some(example.day) {
                return Err(bad(format!(
                    "example `{}` in {}: expected {}, got {got:?}",
                    example.instant, example.country, example.day
                )));
            }
        }
    }
    Ok(countries)
}

fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::posix(text).map_err(|e| format!("zone `{text}`: {e}; write it like `ICT-7`"))
}

/// Where an outlet is made; `None` where the packs do not say.
fn newsroom(outlet: &OutletFile, countries: &BTreeMap<String, Newsroom>) -> Result<Option<Newsroom>, String> {
    let Some(tag) = &outlet.country else {
        return Ok(None);
    };
    if outlet.source.is_none() {
        return Err(format!(
            "`{}` has a country and no `source` where it can be checked",
            outlet.name
        ));
    }
    let Some(country) = countries.get(tag) else {
        return Err(format!("`{}`: no country `{tag}` in countries.toml", outlet.name));
    };
    let zone = outlet.zone.as_deref().map(zone).transpose()?;
    Ok(Some(Newsroom {
        zone: zone.unwrap_or_else(|| country.zone.clone()),
        month_first: country.month_first,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs with two outlets of our own.
    fn own() -> PackFiles {
        let mut files = PackFiles::default();
        files.insert(
            "und/clean/countries.toml",
            "source = 'own'\nexamples = [{ country = 'ZZ', instant = '2020-10-01T18:30:00Z', day = '2020-10-02' }]\n\
             [[country]]\ntag = 'ZZ'\nzone = 'ICT-7'\ndate-order = 'dmy'\n",
        );
        files.insert(
            "und/clean/outlets.toml",
            "source = 'own'\nexamples = [{ text = 'valley.example', name = 'Valley Post' }]\n\
             [[outlet]]\nname = 'Valley Post'\ndomains = ['valley.example']\ncountry = 'ZZ'\nsource = 'https://valley.example/'\n\
             [[outlet]]\nname = 'Island Post'\ndomains = ['island.example']\ncountry = 'ZZ'\nzone = 'EST5EDT,M3.2.0,M11.1.0'\n\
             source = 'https://island.example/'\n",
        );
        files
    }

    #[test]
    fn an_outlet_has_the_day_of_its_own_clocks() {
        let outlets = Outlets::load(&own()).expect("the packs are right");
        let day = |url: &str| {
            let instant = "2020-10-01T18:30:00Z".parse().expect("an instant");
            outlets.newsroom(url).map(|n| n.day(instant).to_string())
        };
        assert_eq!(day("https://valley.example/a").as_deref(), Some("2020-10-02"));
        assert_eq!(day("https://www.island.example/a").as_deref(), Some("2020-10-01"));
        assert_eq!(day("https://sea.example/a"), None);
    }

    #[test]
    fn a_country_without_a_source_or_a_zone_is_refused() {
        for (from, to) in [
            ("source = 'https://valley.example/'", ""),
            ("country = 'ZZ'\nsource", "country = 'QQ'\nsource"),
            ("zone = 'EST5EDT,M3.2.0,M11.1.0'", "zone = 'Eastern'"),
        ] {
            let good = own();
            let (_, text) = good.under("und/clean/outlets.toml").next().expect("is there");
            assert!(text.contains(from), "{from}");
            let mut files = own();
            files.insert("und/clean/outlets.toml", &*text.replace(from, to));
            assert!(matches!(Outlets::load(&files), Err(PackError::File { .. })), "{to}");
        }
    }

    #[test]
    fn names_and_addresses_of_the_packs_are_known() {
        let outlets = Outlets::load(&PackFiles::builtin()).expect("the built-in packs load");
        assert_eq!(outlets.by_address("https://m.reuters.com/world/x?y=1"), Some("Reuters"));
        assert_eq!(outlets.by_address("nowhere.example"), None);
        let text = "the sun";
        assert_eq!(outlets.whole(text, &words_of(text).0), None);
    }
}
