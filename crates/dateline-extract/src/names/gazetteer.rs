//! The places of the world by name: countries, their units, towns, seas, disputed areas.
//!
//! **Takes** normalised words. **Gives** [`Place`]s. **Never** decides which of several places of one name is meant, and
//! never looks at capitals: that "Nga" is a country and "nga" is not, is for the caller to see in the text.
//!
//! The tables lie in `data/` as bytes that are used as they are: nothing is parsed at start-up. `cargo xtask gazetteer`
//! makes them and describes the layout; `data/README.md` says where the facts come from.

use std::cmp::Ordering;

use fst::raw::{CompiledAddr, Fst, Output};

static NAMES: &[u8] = include_bytes!("../../../../data/names.fst");
static POSTINGS: &[u8] = include_bytes!("../../../../data/postings.bin");
static ROWS: &[u8] = include_bytes!("../../../../data/rows.bin");
static DEMONYMS: &[u8] = include_bytes!("../../../../data/demonyms.fst");
static STRINGS: &str = include_str!("../../../../data/strings.txt");

/// Bytes of one row of `data/rows.bin`.
const ROW: usize = 32;
/// What a row holds in place of a country, where it has none.
const NO_ROW: u32 = u32::MAX;

/// What sort of place it is. The order is that of `data/rows.bin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A country, or a territory that has an ISO 3166 code of its own.
    Country,
    /// A continent.
    Continent,
    /// A region that is no unit of a state: the Middle East, the Sahel, The West.
    Region,
    /// An area whose state is in dispute, or was lately: Crimea, the Gaza Strip, Nagorno-Karabakh.
    Disputed,
    /// A sea, gulf, bay or ocean.
    Sea,
    /// A strait or canal.
    Strait,
    /// A river.
    River,
    /// Mountains.
    Mountains,
    /// The capital of a country.
    Capital,
    /// A first-level unit of a country: state, province, oblast.
    Unit,
    /// Any other populated place.
    City,
}

impl Kind {
    const ALL: [Kind; 11] = [
        Kind::Country,
        Kind::Continent,
        Kind::Region,
        Kind::Disputed,
        Kind::Sea,
        Kind::Strait,
        Kind::River,
        Kind::Mountains,
        Kind::Capital,
        Kind::Unit,
        Kind::City,
    ];
}

/// One place of the tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Stable ASCII identifier, unique in the tables: `moscow`, `tripoli-lebanon`.
    pub slug: &'static str,
    /// English name.
    pub name: &'static str,
    /// What sort of place it is.
    pub kind: Kind,
    /// ISO 3166-1 code of the country that it lies in or is (`XK` for Kosovo); `None` where it belongs to no one country.
    /// For disputed areas: the country that most other states count it to, without judging the matter.
    pub country: Option<&'static str>,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// People; 0 where it is not known. Of a unit: of those of its towns that the source lists.
    pub population: u32,
    /// How fine the point is, in the word of the contract: `country`, `region` or `city`.
    pub resolution: &'static str,
    row: u32,
}

/// People of a town from which on it is a large one: what the United Nations' Demographic Yearbook lists by name are capitals
/// and cities of 100,000 and more.
pub(super) const LARGE_TOWN: u32 = 100_000;

impl Place {
    /// A town, or a capital.
    pub(super) fn is_town(&self) -> bool {
        matches!(self.kind, Kind::City | Kind::Capital)
    }

    /// A town that is no capital, and that the world seldom speaks of: bodies and ambassadors are hardly ever of it, and news
    /// hardly ever uses its other names.
    pub(super) fn is_small_town(&self) -> bool {
        self.kind == Kind::City && self.population < LARGE_TOWN
    }
}

/// The tables; a handle on static bytes, cheap to make and to copy about.
#[derive(Clone)]
pub struct Gazetteer {
    names: Fst<&'static [u8]>,
    demonyms: Fst<&'static [u8]>,
}

/// Where the peoples of one language begin in the table; made once for a pack.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Peoples(Option<(CompiledAddr, Output)>);

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer")
            .field("names", &self.names.len())
            .field("places", &self.len())
            .finish()
    }
}

impl Gazetteer {
    /// The tables that come with the program.
    ///
    /// # Panics
    ///
    /// Never with tables made by `cargo xtask gazetteer`; a test opens the committed ones.
    pub fn builtin() -> Gazetteer {
        Gazetteer {
            names: Fst::new(NAMES).expect("data/names.fst is made by cargo xtask gazetteer"),
            demonyms: Fst::new(DEMONYMS).expect("data/demonyms.fst is made by cargo xtask gazetteer"),
        }
    }

    /// All places of that name, the likeliest first: countries, regions, capitals, then units and towns by population.
    ///
    /// `key` must be normalised with [`key`](super::key::key).
    pub fn lookup(&self, key: &str) -> Places {
        self.names.get(key).map_or(Places::NONE, Places::at)
    }

    /// The longest name that begins at the first of `words`: how many of the words it takes, and the places of that name.
    ///
    /// Each word must be normalised with [`key`](super::key::key). A word in capitals is tried as an acronym and in lower
    /// case. Costs one step through the table per letter and stops at the first letter that no name has there, so it can
    /// be asked at every word of a text; words behind that letter are not asked for.
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, Places)> {
        let mut words = words.into_iter();
        let first = self.first(words.next()?);
        self.longest_after(&first, words)
    }

    /// What the first word of a name leads to; to be kept where a text asks for the same word often.
    pub(super) fn first(&self, word: &str) -> First {
        let mut found = self.acronym(word);
        let at = walk(&self.names, (self.names.root().addr(), Output::zero()), word.as_bytes());
        if let Some((addr, sum)) = at {
            let node = self.names.node(addr);
            if node.is_final() && found.is_none() {
                found = Some((1, Places::at(sum.cat(node.final_output()))));
            }
        }
        let gap = at.and_then(|at| walk(&self.names, at, b" "));
        First { gap, found }
    }

    /// [`longest`](Gazetteer::longest) of a first word and those behind it.
    pub(super) fn longest_after<'w>(
        &self,
        first: &First,
        rest: impl IntoIterator<Item = &'w str>,
    ) -> Option<(usize, Places)> {
        let mut found = first.found.clone();
        // Nearly all names have one word: what stands behind is not asked for where no name goes on.
        let mut gap = first.gap;
        let mut rest = rest.into_iter();
        let mut count = 1;
        while let Some(from) = gap
            && let Some(word) = rest.next()
            && let Some(at) = walk(&self.names, from, word.as_bytes())
        {
            count += 1;
            let node = self.names.node(at.0);
            if node.is_final() {
                found = Some((count, Places::at(at.1.cat(node.final_output()))));
            }
            gap = walk(&self.names, at, b" ");
        }
        found
    }

    fn acronym(&self, word: &str) -> Option<(usize, Places)> {
        let word = Some(word).filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))?;
        self.names.get(word).map(|output| (1, Places::at(output)))
    }

    /// The place with that identifier.
    pub fn by_slug(&self, slug: &str) -> Option<Place> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match slug_of(middle as u32).cmp(slug) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(row(middle as u32)),
            }
        }
        None
    }

    /// The slug of the country or region whose adjective or people `word` names in the language `lang` (`en`, `vi`):
    /// "Armenian", "người Nga".
    ///
    /// `word` must be normalised with [`key`](super::key::key).
    pub fn demonym(&self, lang: &str, word: &str) -> Option<&'static str> {
        Some(self.people(self.peoples(lang), word).found?.slug)
    }

    /// The peoples of a language; none where the table has none of it.
    pub(crate) fn peoples(&self, lang: &str) -> Peoples {
        let at = (self.demonyms.root().addr(), Output::zero());
        let tag = step(&self.demonyms, at, lang.as_bytes());
        Peoples(tag.and_then(|at| step(&self.demonyms, at, b"\t")))
    }

    /// What the first word of a people's name leads to, normalised with [`key`](super::key::key).
    pub(crate) fn people(&self, peoples: Peoples, word: &str) -> People {
        let at = peoples.0.and_then(|at| step(&self.demonyms, at, word.as_bytes()));
        People {
            gap: at.and_then(|at| step(&self.demonyms, at, b" ")),
            found: at.and_then(|at| self.people_at(at)),
        }
    }

    /// The place of a people of two words.
    pub(super) fn people_of_two(&self, first: &People, second: &str) -> Option<Place> {
        self.people_at(step(&self.demonyms, first.gap?, second.as_bytes())?)
    }

    fn people_at(&self, at: (CompiledAddr, Output)) -> Option<Place> {
        let node = self.demonyms.node(at.0);
        let output = node.is_final().then(|| at.1.cat(node.final_output()))?;
        Some(row(output.value() as u32))
    }

    /// The slug of the country whose capital has that slug; `None` for all other places.
    ///
    /// What a report means when it lets a city speak: "Moscow says".
    pub fn capital_of(&self, slug: &str) -> Option<&'static str> {
        let place = self.by_slug(slug).filter(|place| place.kind == Kind::Capital)?;
        Some(self.parent(&place)?.slug)
    }

    /// The country that a place lies in; `None` for countries themselves and for what lies in no one country.
    pub fn parent(&self, place: &Place) -> Option<Place> {
        let parent = number(ROWS, place.row as usize * ROW + 12);
        (parent != NO_ROW).then(|| row(parent))
    }

    /// All places, by slug.
    pub(super) fn all(&self) -> impl Iterator<Item = Place> {
        (0..self.len()).map(|index| row(index as u32))
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        ROWS.len() / ROW
    }

    /// Whether the tables are empty: never, for the built-in ones.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What the first word of a name leads to.
#[derive(Clone, Debug)]
pub(super) struct First {
    /// Where names that go on behind it stand in the table.
    gap: Option<(CompiledAddr, Output)>,
    /// The word is a name.
    found: Option<(usize, Places)>,
}

impl First {
    /// Some name goes on behind the word.
    pub(super) fn leads_on(&self) -> bool {
        self.gap.is_some()
    }

    /// What the word alone names.
    pub(super) fn alone(&self) -> Option<(usize, Places)> {
        self.found.clone()
    }
}

/// What the first word of a people's name leads to.
#[derive(Clone, Debug)]
pub(crate) struct People {
    /// Where names that go on behind it stand in the table.
    gap: Option<(CompiledAddr, Output)>,
    /// The place whose people the word alone names.
    pub(crate) found: Option<Place>,
}

impl People {
    /// Some people's name goes on behind the word.
    pub(super) fn leads_on(&self) -> bool {
        self.gap.is_some()
    }
}

/// [`step`] by bytes in lower case.
fn walk(fst: &Fst<&'static [u8]>, at: (CompiledAddr, Output), bytes: &[u8]) -> Option<(CompiledAddr, Output)> {
    steps(fst, at, bytes.iter().map(u8::to_ascii_lowercase))
}

/// Walks on through a table by these bytes; `None` where no entry has them there.
fn step(fst: &Fst<&'static [u8]>, at: (CompiledAddr, Output), bytes: &[u8]) -> Option<(CompiledAddr, Output)> {
    steps(fst, at, bytes.iter().copied())
}

fn steps(
    fst: &Fst<&'static [u8]>,
    at: (CompiledAddr, Output),
    bytes: impl Iterator<Item = u8>,
) -> Option<(CompiledAddr, Output)> {
    let (mut node, mut sum) = (fst.node(at.0), at.1);
    for byte in bytes {
        let step = node.transition(node.find_input(byte)?);
        sum = sum.cat(step.out);
        node = fst.node(step.addr);
    }
    Some((node.addr(), sum))
}

/// The places of one name, the likeliest first.
#[derive(Clone, Debug)]
pub struct Places {
    /// Where in the postings the rest begins; or a row, when `single` is set.
    next: usize,
    left: usize,
    single: bool,
}

impl Places {
    const NONE: Places = Places {
        next: 0,
        left: 0,
        single: true,
    };

    /// Reads a value of `data/names.fst`: a row shifted by one, or, with the lowest bit set, a place in the postings.
    fn at(output: Output) -> Places {
        let value = output.value() as usize;
        if value & 1 == 0 {
            Places {
                next: value >> 1,
                left: 1,
                single: true,
            }
        } else {
            let start = (value >> 1) * 4;
            Places {
                next: start + 4,
                left: number(POSTINGS, start) as usize,
                single: false,
            }
        }
    }
}

impl Iterator for Places {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        self.left = self.left.checked_sub(1)?;
        if self.single {
            return Some(row(self.next as u32));
        }
        let index = number(POSTINGS, self.next);
        self.next += 4;
        Some(row(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Places {}

/// The little-endian number of four bytes at `at`.
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// All codes of two letters, in their order.
const CODES: [u8; 26 * 26 * 2] = {
    let mut codes = [0; 26 * 26 * 2];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = b'A' + (at / 52) as u8;
        codes[at + 1] = b'A' + (at / 2 % 26) as u8;
        at += 2;
    }
    codes
};

/// The code of two letters; empty for what is none.
fn code(first: u8, second: u8) -> &'static str {
    const ALL: &str = match std::str::from_utf8(&CODES) {
        Ok(all) => all,
        Err(_) => "",
    };
    let at = (usize::from(first.wrapping_sub(b'A')) * 26 + usize::from(second.wrapping_sub(b'A'))) * 2;
    ALL.get(at..at + 2).unwrap_or_default()
}

/// The bytes of a place's row.
fn bytes_of(index: u32) -> &'static [u8] {
    &ROWS[index as usize * ROW..][..ROW]
}

/// A text of a row, of which the row says at a byte where it begins.
fn text(row: &[u8], at: usize, length: u8) -> &'static str {
    &STRINGS[number(row, at) as usize..][..length as usize]
}

/// The slug of a row, without reading the rest.
fn slug_of(index: u32) -> &'static str {
    let bytes = bytes_of(index);
    text(bytes, 0, bytes[8])
}

/// Reads a row: slug at, name at, slug length, name length, kind, code length, country row, latitude, longitude in
/// 1/100,000 degree, population, code.
fn row(index: u32) -> Place {
    let bytes = bytes_of(index);
    let kind = Kind::ALL[bytes[10] as usize];
    let code = match bytes[11] {
        2 => code(bytes[28], bytes[29]),
        _ => "",
    };
    Place {
        slug: text(bytes, 0, bytes[8]),
        name: text(bytes, 4, bytes[9]),
        kind,
        country: (!code.is_empty()).then_some(code),
        latitude: f64::from(number(bytes, 16) as i32) / 1e5,
        longitude: f64::from(number(bytes, 20) as i32) / 1e5,
        population: number(bytes, 24),
        resolution: match kind {
            Kind::Country => "country",
            Kind::Capital | Kind::City => "city",
            _ => "region",
        },
        row: index,
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::key;
    use super::*;

    fn slugs(name: &str) -> Vec<&'static str> {
        Gazetteer::builtin()
            .lookup(&key(name))
            .map(|place| place.slug)
            .collect()
    }

    fn check(name: &str, slug: &str) {
        assert_eq!(slugs(name).first(), Some(&slug), "{name}: {:?}", slugs(name));
    }

    #[test]
    fn every_row_can_be_read_and_found_by_its_slug() {
        let gazetteer = Gazetteer::builtin();
        assert!(gazetteer.len() > 20_000);
        for index in 0..gazetteer.len() {
            let place = row(index as u32);
            assert_eq!(gazetteer.by_slug(place.slug), Some(place));
            assert!(
                place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0,
                "{place:?}"
            );
        }
        assert_eq!(gazetteer.by_slug("no-such-place"), None);
    }

    #[test]
    fn one_place_has_many_names() {
        for name in ["Moskva", "Moscow", "Matxcơva", "Mát-xcơ-va", "Mạc Tư Khoa"] {
            check(name, "moscow");
        }
        for name in ["Mỹ", "Hoa Kỳ", "U.S.", "USA", "United States"] {
            check(name, "united-states");
        }
        for name in ["Thượng Karabakh", "Nagorno - Karabakh", "Artsakh"] {
            check(name, "nagorno-karabakh");
        }
        check("Bình Nhưỡng", "pyongyang");
        check("Kiev", "kyiv");
        check("Biển Đông", "south-china-sea");
        check("Dải Gaza", "gaza-strip");
    }

    #[test]
    fn one_name_has_many_places_and_keeps_them_apart() {
        let tripoli = slugs("Tripoli");
        assert_eq!(tripoli[0], "tripoli");
        assert!(tripoli.contains(&"tripoli-lebanon"), "{tripoli:?}");
        let georgia = slugs("Georgia");
        assert_eq!(georgia[0], "georgia");
        assert!(georgia.contains(&"georgia-us"), "{georgia:?}");
    }

    #[test]
    fn the_longest_name_wins() {
        let gazetteer = Gazetteer::builtin();
        let longest = |words: &[&str]| {
            gazetteer
                .longest(words.iter().copied())
                .map(|(n, mut places)| (n, places.next().unwrap().slug))
        };
        assert_eq!(longest(&["south", "sudan", "says"]), Some((2, "south-sudan")));
        assert_eq!(longest(&["sudan", "says"]), Some((1, "sudan")));
        assert_eq!(longest(&["bình", "nhưỡng"]), Some((2, "pyongyang")));
        assert_eq!(longest(&["US"]), Some((1, "united-states")));
        assert_ne!(longest(&["us"]), Some((1, "united-states")));
        assert_eq!(longest(&["IRAN", "and"]), Some((1, "iran")));
        assert_eq!(longest(&["quickly"]), None);
        assert_eq!(longest(&[]), None);
    }

    #[test]
    fn capitals_stand_for_their_countries() {
        let gazetteer = Gazetteer::builtin();
        assert_eq!(gazetteer.capital_of("moscow"), Some("russia"));
        assert_eq!(gazetteer.capital_of("baku"), Some("azerbaijan"));
        assert_eq!(gazetteer.capital_of("washington"), Some("united-states"));
        assert_eq!(gazetteer.capital_of("istanbul"), None);
        assert_eq!(gazetteer.capital_of("russia"), None);
        let kharkiv = gazetteer.by_slug("kharkiv").unwrap();
        assert_eq!((kharkiv.country, kharkiv.resolution), (Some("UA"), "city"));
        assert_eq!(gazetteer.parent(&kharkiv).unwrap().slug, "ukraine");
    }

    #[test]
    fn peoples_lead_to_their_places() {
        let gazetteer = Gazetteer::builtin();
        assert_eq!(gazetteer.demonym("en", &key("Armenian")), Some("armenia"));
        assert_eq!(gazetteer.demonym("en", &key("British")), Some("united-kingdom"));
        assert_eq!(gazetteer.demonym("vi", &key("người Nga")), Some("russia"));
        assert_eq!(gazetteer.demonym("en", "purple"), None);
    }
}
