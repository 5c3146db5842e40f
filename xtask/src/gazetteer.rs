//! `cargo xtask gazetteer`: makes the tables of places that the program carries.
//!
//! Reads the facts in `../shared/data/gazetteer` and our own tables `data/*.tsv`; writes `data/names.fst` (name → row or
//! postings), `data/postings.bin`, `data/rows.bin`, `data/strings.txt` and `data/demonyms.fst`. The same input gives the
//! same bytes: everything is sorted. Their reader is `crates/dateline-extract/src/names/gazetteer.rs`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::key::key;

mod naming;
mod villages;
mod write;
use naming::{choose_names, claims, fold, name_towns, name_units, rename, slugify};
use villages::{alone, is_village};
use write::write;

/// Smallest town that is kept anywhere, in people. Chosen for the size of the tables, not measured.
const SMALLEST_TOWN: u32 = 15_000;
/// Smallest town of a country in [`CONFLICTS`], in people: news of a war names villages.
const SMALLEST_NEAR_CONFLICT: u32 = 2_500;
/// Smallest town of a country in [`FRONTS`], in people.
const SMALLEST_AT_FRONT: u32 = 500;
/// Times that a town must outnumber the next of its name to be called by the bare name in its slug.
const CLEARLY_LARGER: u32 = 4;
/// People from which a capital stands before the towns and units of its name.
const CAPITAL_OF_WEIGHT: u32 = 50_000;
/// People from which a town takes the bare slug before a unit of another country can.
const METROPOLIS: u32 = 300_000;
/// Other names kept of a town that is neither large nor near a conflict.
const FEW_ALTERNATES: usize = 4;

/// Countries with armed conflicts of recent decades, and Viet Nam.
const CONFLICTS: &str = "AF BA BD BF BY CD CF CM CO CY EG ER ET HT IQ IR JO KE KP KR LY ML MM MZ NE NG PH PK RS RU RW SA SD SO SS TD TR \
    TW UA UG VE VN XK YE";
/// Small countries where single villages changed hands.
const FRONTS: &str = "AM AZ GE IL LB MD PS SY";
/// Countries whose names GeoNames transliterates with marks that English newspapers leave out ("Rafaḩ").
const ROMANISED: &str = "AE AF BD DZ EG ER ET IL IQ IR JO KP KR KW LB LY MM OM PK PS QA RU SA SD SO SY TD UA YE";

/// Countries whose names GeoNames transliterates with apostrophes too ("Ts'khinvali").
const PLAIN: &str = "AM AZ ET GE UA YE";

/// Kinds in the order of the reader's `Kind::ALL`.
const KINDS: [&str; 11] = [
    "country",
    "continent",
    "region",
    "disputed",
    "sea",
    "strait",
    "river",
    "mountains",
    "capital",
    "unit",
    "city",
];
const COUNTRY: u8 = 0;
const DISPUTED: u8 = 3;
const CAPITAL: u8 = 8;
const UNIT: u8 = 9;
const CITY: u8 = 10;

/// Our own tables and how many fields a line of each has.
const BY_HAND: [(&str, usize); 6] = [
    ("capitals.tsv", 2),
    ("demonyms.tsv", 3),
    ("exonyms.tsv", 3),
    ("regions.tsv", 8),
    ("units.tsv", 4),
    ("words.tsv", 1),
];

/// Whether `word` is one of the words of `list`.
fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Runs the recipe: `[--from ../shared/data]`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let from = match arguments {
        [] => default_source(),
        [option, path] if option == "--from" => PathBuf::from(path),
        _ => bail!("usage: cargo xtask gazetteer [--from ../shared/data]"),
    };
    let data = data_folder();
    check_by_hand(&data)?;
    let mut total = 0;
    for (name, bytes) in make(&from, &data)? {
        println!("{:>9} bytes  data/{name}", bytes.len());
        total += bytes.len();
        fs::write(data.join(name), bytes)?;
    }
    println!("{total:>9} bytes together");
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn data_folder() -> PathBuf {
    root().join("data")
}

/// `../shared/data` beside the working copy, or beside the folder that holds all working copies.
fn default_source() -> PathBuf {
    let near = root().join("../shared/data");
    if near.exists() {
        near
    } else {
        root().join("../../shared/data")
    }
}

#[derive(Clone, Debug, Default)]
struct Row {
    slug: String,
    name: String,
    kind: u8,
    code: String,
    latitude: f64,
    longitude: f64,
    population: u32,
    /// Name, and whether it is one of GeoNames' untagged other names.
    names: BTreeSet<(String, bool)>,
    /// GeoNames' first-level unit, of a town.
    admin: String,
    /// GeoNames' number, of a town; ISO 3166-2 code, of a unit.
    id: String,
    /// Population by which it stands among others of its name.
    weight: u32,
}

impl Row {
    fn add(&mut self, name: &str) {
        if !name.is_empty() {
            self.names.insert((name.to_owned(), false));
        }
    }
}

/// Makes all tables, by file name.
fn make(from: &Path, data: &Path) -> Result<BTreeMap<&'static str, Vec<u8>>> {
    let from = from.join("gazetteer");
    let mut countries = countries(&from)?;
    let mut regions = regions(data)?;
    disputed(&from, &countries, &mut regions)?;
    let towns = towns(&from)?;
    locate_countries(&mut countries, &towns);
    let country_slugs: BTreeMap<String, String> = countries.iter().map(|c| (c.code.clone(), c.slug.clone())).collect();
    let exonyms = by_hand(data, "exonyms.tsv")?;

    let mut taken: BTreeSet<String> = countries.iter().chain(&regions).map(|row| row.slug.clone()).collect();
    ensure!(
        taken.len() == countries.len() + regions.len(),
        "two countries or regions share a slug"
    );
    let capitals = capitals(data, &towns)?;
    let mut units = units(&from, data, &towns, &mut regions)?;
    for unit in units.iter_mut().filter(|unit| !unit.slug.is_empty()) {
        if !taken.insert(unit.slug.clone()) {
            unit.slug.clear();
        }
    }
    let named: BTreeSet<&str> = exonyms.iter().map(|line| line[0].as_str()).collect();
    let claims = claims(&named, &taken, &towns, &capitals);

    let mut kept = Vec::new();
    let mut villages = Vec::new();
    for (index, town) in towns.iter().enumerate() {
        let smallest = match town.code.as_str() {
            code if among(FRONTS, code) => SMALLEST_AT_FRONT,
            code if among(CONFLICTS, code) => SMALLEST_NEAR_CONFLICT,
            _ => SMALLEST_TOWN,
        };
        if town.population >= smallest || capitals.contains(&index) || claims.contains_key(&index) {
            let mut town = town.clone();
            town.kind = if capitals.contains(&index) { CAPITAL } else { CITY };
            if let Some(slug) = claims.get(&index) {
                if slugify(&town.name) != *slug || town.name.contains('\'') && among(PLAIN, &town.code) {
                    rename(&mut town, slug);
                }
                town.slug.clone_from(slug);
                taken.insert(slug.clone());
            }
            if among(ROMANISED, &town.code) {
                town.name = fold(&town.name);
            }
            kept.push(town);
        } else if is_village(town) {
            villages.push(town.clone());
        }
    }
    name_units(&mut units, &kept, &mut taken);
    name_towns(&mut kept, &country_slugs, &mut taken);

    let words: BTreeSet<String> = by_hand(data, "words.tsv")?
        .into_iter()
        .map(|line| line[0].clone())
        .collect();
    let reserved: BTreeSet<String> = countries
        .iter()
        .chain(&regions)
        .flat_map(|row| row.names.iter().map(|(name, _)| key(name)))
        .collect();
    for town in &mut kept {
        town.names = choose_names(town, &reserved);
        town.names
            .retain(|(name, other)| town.population >= METROPOLIS && !other || !words.contains(&key(name)));
    }
    let bearers = countries.iter().chain(&regions).chain(&units).chain(&kept);
    let borne = bearers.flat_map(|row| &row.names).map(|(name, _)| name.as_str());
    let borne = borne.chain(exonyms.iter().map(|line| line[2].as_str())).map(key);
    let borne: BTreeSet<String> = borne.chain(words).collect();
    let mut villages = alone(villages, &borne);
    name_towns(&mut villages, &country_slugs, &mut taken);
    println!(
        "{} countries, {} regions, {} units, {} towns, {} villages",
        countries.len(),
        regions.len(),
        units.len(),
        kept.len(),
        villages.len()
    );

    let rows = countries.into_iter().chain(regions).chain(units).chain(kept);
    let mut rows: Vec<Row> = rows.chain(villages).collect();
    rows.sort_by(|a, b| a.slug.cmp(&b.slug));
    let by_slug: BTreeMap<String, usize> = rows.iter().enumerate().map(|(i, row)| (row.slug.clone(), i)).collect();
    ensure!(by_slug.len() == rows.len(), "two places share a slug");
    let mut unknown = BTreeSet::new();
    for line in &exonyms {
        match by_slug.get(&line[0]) {
            Some(&row) => rows[row].add(&line[2]),
            None => drop(unknown.insert(format!("exonyms.tsv: {}", line[0]))),
        }
    }
    let mut demonyms = BTreeMap::new();
    for line in by_hand(data, "demonyms.tsv")? {
        match by_slug.get(&line[0]) {
            Some(&row) => {
                let before = demonyms.insert(format!("{}\t{}", line[1], key(&line[2])), row as u64);
                ensure!(before.is_none(), "demonyms.tsv: {} stands twice", line[2]);
            }
            None => drop(unknown.insert(format!("demonyms.tsv: {}", line[0]))),
        }
    }
    ensure!(unknown.is_empty(), "slugs that no place has: {unknown:#?}");
    write(&rows, &demonyms)
}

// ── reading ──

fn lines(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

fn by_hand(data: &Path, name: &str) -> Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(data.join(name)).with_context(|| name.to_owned())?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

/// Names of a field, without what stands in brackets and without marks of footnotes.
fn names(field: &str) -> impl Iterator<Item = String> + '_ {
    field.split('|').map(|name| {
        let mut depth = 0;
        let kept = name.chars().filter(|c| {
            depth += i32::from(*c == '(');
            let keep = depth == 0 && !matches!(c, '²' | '³' | '¹' | '†' | ',');
            depth -= i32::from(*c == ')');
            keep
        });
        kept.collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    })
}

fn countries(from: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for line in lines(&from.join("countries.tsv"))? {
        let code = line[0].as_str();
        if matches!(code, "CYN" | "KAS") {
            continue; // stand in regions.tsv
        }
        let name = match code {
            "CD" => "Democratic Republic of the Congo".to_owned(),
            "CG" => "Republic of the Congo".to_owned(),
            "CI" => "Ivory Coast".to_owned(),
            "HK" => "Hong Kong".to_owned(),
            "MO" => "Macao".to_owned(),
            "PS" => "Palestine".to_owned(),
            _ => {
                let first = names(&line[6]).next().unwrap_or_default().replace('&', "and");
                first
                    .strip_prefix("St. ")
                    .map_or(first.clone(), |rest| format!("Saint {rest}"))
            }
        };
        let mut row = Row {
            slug: slugify(&name),
            kind: if code == "SOL" { DISPUTED } else { COUNTRY },
            code: code.to_owned(),
            latitude: line[3].parse().unwrap_or(f64::NAN),
            longitude: line[4].parse().unwrap_or(f64::NAN),
            population: line[5].parse::<f64>().unwrap_or(0.0) as u32,
            ..Row::default()
        };
        row.add(&name);
        for other in names(&line[6])
            .chain(names(&line[7]))
            .filter(|other| !other.contains("Ashmore"))
        {
            row.add(&other);
            row.add(&fold(&other));
        }
        row.name = name;
        row.weight = row.population;
        rows.push(row);
    }
    Ok(rows)
}

fn regions(data: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for line in by_hand(data, "regions.tsv")? {
        let kind = KINDS
            .iter()
            .position(|kind| *kind == line[2])
            .with_context(|| format!("kind {}", line[2]))?;
        let mut row = Row {
            slug: line[0].clone(),
            name: line[1].clone(),
            kind: kind as u8,
            code: line[3].clone(),
            latitude: line[4].parse()?,
            longitude: line[5].parse()?,
            ..Row::default()
        };
        row.add(&line[1]);
        line[6]
            .split('|')
            .chain(line[7].split('|'))
            .for_each(|name| row.add(name));
        rows.push(row);
    }
    Ok(rows)
}

/// Adds the disputed areas that neither we nor the countries name yet, at the point of the country that administers them.
fn disputed(from: &Path, countries: &[Row], regions: &mut Vec<Row>) -> Result<()> {
    let known: BTreeSet<String> = countries
        .iter()
        .chain(&*regions)
        .flat_map(|row| row.names.iter().map(|(name, _)| key(name)))
        .collect();
    let mut slugs: BTreeSet<String> = countries.iter().chain(&*regions).map(|row| row.slug.clone()).collect();
    for line in lines(&from.join("disputed.tsv"))? {
        let full = |name: &str| {
            let long: Vec<&str> = name
                .split(' ')
                .map(|w| match w {
                    "Is." => "Islands",
                    "I." => "Island",
                    "W." => "West",
                    "S." => "South",
                    "N." => "Northern",
                    w => w,
                })
                .collect();
            long.join(" ")
                .replace("Ilemi Triange", "Ilemi Triangle")
                .replace("West Sahara", "Western Sahara")
        };
        let all: Vec<String> = std::iter::once(&*line[0])
            .chain(line[1].split(", "))
            .flat_map(|n| names(&full(n)).collect::<Vec<_>>())
            .collect();
        let country = countries
            .iter()
            .find(|country| country.names.contains(&(line[2].clone(), false)));
        let (Some(country), false) = (country, all.iter().any(|name| known.contains(&key(name)))) else {
            continue;
        };
        if !matches!(&*line[3], "Breakaway" | "Disputed" | "Indeterminate")
            || country.slug == slugify(&all[0])
            || !slugs.insert(slugify(&all[0]))
        {
            continue;
        }
        let mut row = Row {
            slug: slugify(&all[0]),
            name: all[0].clone(),
            kind: DISPUTED,
            ..Row::default()
        };
        (row.code, row.latitude, row.longitude) = (country.code.clone(), country.latitude, country.longitude);
        all.iter().for_each(|name| row.add(name));
        regions.push(row);
    }
    Ok(())
}

/// All towns of the source, by falling population.
fn towns(from: &Path) -> Result<Vec<Row>> {
    let path = from.join("places.tsv.gz");
    let file = fs::File::open(&path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let field: Vec<&str> = line.split('\t').collect();
        let name = field[1].replace('’', "'");
        let mut row = Row {
            id: field[0].to_owned(),
            code: field[2].to_owned(),
            admin: field[3].to_owned(),
            latitude: field[4].parse()?,
            longitude: field[5].parse()?,
            population: field[6].parse()?,
            ..Row::default()
        };
        row.weight = row.population;
        row.add(&name);
        let others = field
            .get(8)
            .map_or("", |names| names)
            .split('|')
            .filter(|other| is_readable(other));
        row.names.extend(
            others
                .filter(|other| **other != *name)
                .map(|other| (other.to_owned(), true)),
        );
        row.name = name;
        rows.push(row);
    }
    rows.sort_by(|a, b| (Reverse(a.population), &a.id).cmp(&(Reverse(b.population), &b.id)));
    Ok(rows)
}

/// Whether another name is one that a newspaper in Latin script could print: no code, no transliteration without vowels.
fn is_readable(name: &str) -> bool {
    let latin =
        |c: char| c < '\u{250}' || c == 'ə' || ('\u{1E00}'..='\u{1EFF}').contains(&c) || ('ʻ'..='ʼ').contains(&c);
    name.chars()
        .all(|c| latin(c) && (c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.')))
        && (4..=40).contains(&name.chars().count())
        && name.starts_with(char::is_uppercase)
        && name.ends_with(char::is_alphabetic)
        && name.chars().any(char::is_lowercase)
        && fold(name).to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Gives a point to territories that have none: that of their largest town, else 0, 0.
fn locate_countries(countries: &mut [Row], towns: &[Row]) {
    for country in countries
        .iter_mut()
        .filter(|country| !country.latitude.is_finite() || !country.longitude.is_finite())
    {
        let town = towns.iter().find(|town| town.code == country.code);
        (country.latitude, country.longitude) = town.map_or((0.0, 0.0), |town| (town.latitude, town.longitude));
    }
}

fn capitals(data: &Path, towns: &[Row]) -> Result<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    let mut unknown = Vec::new();
    for line in by_hand(data, "capitals.tsv")? {
        let name = key(&line[1]);
        match towns
            .iter()
            .position(|town| town.code == line[0] && key(&town.name) == name)
        {
            Some(town) => drop(found.insert(town)),
            None => unknown.push(line.join(" ")),
        }
    }
    ensure!(unknown.is_empty(), "capitals.tsv: no such town: {unknown:?}");
    Ok(found)
}

/// A unit by its place in the list, and its seat where it was found through that.
type Sharing<'a> = (usize, Option<&'a Row>);

/// First-level units. One that a region of ours already is gives its names to that region.
fn units(from: &Path, data: &Path, towns: &[Row], regions: &mut [Row]) -> Result<Vec<Row>> {
    let ours: BTreeMap<String, Vec<String>> = by_hand(data, "units.tsv")?
        .into_iter()
        .map(|line| (line[0].clone(), line))
        .collect();
    let mut by_admin: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    let mut by_name: BTreeMap<(&str, String), &Row> = BTreeMap::new();
    for town in towns {
        by_admin.entry((&town.code, &town.admin)).or_default().push(town);
        by_name.entry((&town.code, key(&town.name))).or_insert(town);
    }
    for town in towns {
        for (name, _) in &town.names {
            by_name.entry((&town.code, key(name))).or_insert(town);
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    // By GeoNames' unit the units that it stands for, and of those found through their seat the seat.
    let mut shared: BTreeMap<(String, String), Vec<Sharing<'_>>> = BTreeMap::new();
    let mut adrift = 0;
    for line in lines(&from.join("subdivisions.tsv"))? {
        let (iso, english) = (line[0].as_str(), names(&line[1]).next().unwrap_or_default());
        if iso.len() <= 3 || iso.chars().all(|c| c.is_ascii_uppercase()) || english.is_empty() {
            continue;
        }
        if among(naming::COUNTRIES_TOO, iso) {
            continue;
        }
        let code = iso[..2].to_ascii_uppercase();
        let mut row = Row {
            name: english,
            kind: UNIT,
            code,
            id: iso.to_owned(),
            ..Row::default()
        };
        if let Some(line) = ours.get(iso) {
            row.name.clone_from(&line[1]);
            row.slug = slugify(&row.name);
        }
        let name = row.name.clone();
        let mut all = vec![name.clone(), fold(&name)];
        for other in names(&line[2]) {
            for head in ["Tỉnh ", "Vùng ", "Bang ", "Hạt ", "Quận ", "Huyện "] {
                all.extend(other.strip_prefix(head).map(str::to_owned));
            }
            all.push(other);
        }
        all.retain(|name| {
            key(name).split(' ').any(|word| !among(naming::GENERIC, word)) && key(name).chars().count() > 1
        });
        all.extend(naming::by_side(&name));
        all.iter().for_each(|name| row.add(name));

        let region = regions
            .iter_mut()
            .find(|region| region.code == row.code && all.iter().any(|name| key(name) == key(&region.name)));
        if let Some(region) = region {
            all.iter().for_each(|name| region.add(name));
            continue;
        }
        let seat = all
            .iter()
            .chain([&without_type(&name)])
            .find_map(|name| by_name.get(&(&row.code, key(name))));
        let suffix = iso[2..].to_ascii_uppercase();
        let alphabetic = suffix.bytes().all(|b| b.is_ascii_alphabetic());
        let own = by_admin.get(&(&*row.code, &*suffix)).filter(|_| alphabetic);
        if own.is_some() {
            let units = shared.entry((row.code.clone(), suffix.clone())).or_default();
            units.push((rows.len(), None));
        } else if let Some(seat) = seat.filter(|s| !s.admin.is_empty()) {
            let units = shared.entry((row.code.clone(), seat.admin.clone())).or_default();
            units.push((rows.len(), Some(seat)));
        }
        let group = own.or_else(|| {
            by_admin
                .get(&(&*row.code, &*seat?.admin))
                .filter(|_| !seat.is_some_and(|s| s.admin.is_empty()))
        });
        match group {
            Some(group) => {
                let people = |town: &Row| f64::from(town.population.max(1));
                let total: f64 = group.iter().map(|town| people(town)).sum();
                row.latitude = group.iter().map(|town| town.latitude * people(town)).sum::<f64>() / total;
                row.longitude = group.iter().map(|town| town.longitude * people(town)).sum::<f64>() / total;
                row.population = group.iter().map(|town| town.population).sum();
            }
            None => {
                row.latitude = f64::NAN;
                adrift += 1;
            }
        }
        if let Some([_, _, latitude, longitude]) = ours.get(iso).map(Vec::as_slice).filter(|line| !line[2].is_empty()) {
            adrift -= i32::from(row.latitude.is_nan());
            (row.latitude, row.longitude) = (latitude.parse()?, longitude.parse()?);
        }
        // A unit stands behind the town it is called after.
        row.weight = seat.map_or(row.population, |seat| {
            row.population.min(seat.population.saturating_sub(1))
        });
        rows.push(row);
    }
    // Several units in one of GeoNames' ("Jenin" and "Tulkarm" in its West Bank): it is none of them, and they stand at their seats.
    for units in shared.values().filter(|units| units.len() > 1) {
        for (row, seat) in units.iter().filter_map(|(row, seat)| Some((*row, (*seat)?))) {
            let row = &mut rows[row];
            if naming::skeleton(&row.name) != naming::skeleton(&seat.name) {
                continue; // a village that was called like the unit once
            }
            if ours.get(&row.id).is_none_or(|line| line[2].is_empty()) {
                (row.latitude, row.longitude) = (seat.latitude, seat.longitude);
            }
            // Of a war the towns are told.
            if among(FRONTS, &row.code) {
                row.population = seat.population;
                row.weight = seat.population.saturating_sub(1);
            }
        }
    }
    let points: BTreeMap<String, (f64, f64)> = countries(from)?
        .into_iter()
        .map(|c| (c.code, (c.latitude, c.longitude)))
        .collect();
    for row in rows.iter_mut().filter(|row| row.latitude.is_nan()) {
        (row.latitude, row.longitude) = points.get(&row.code).copied().unwrap_or((0.0, 0.0));
        if row.latitude.is_nan() || row.longitude.is_nan() {
            (row.latitude, row.longitude) = (0.0, 0.0);
        }
    }
    println!("{adrift} of {} units stand at their country's point", rows.len());
    Ok(rows)
}

/// "Kharkiv" of "Kharkiv Oblast".
fn without_type(name: &str) -> String {
    let kinds = [
        "Oblast",
        "Krai",
        "Province",
        "Region",
        "District",
        "Governorate",
        "Republic",
        "County",
        "State",
        "Municipality",
    ];
    kinds
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .unwrap_or(name)
        .trim()
        .to_owned()
}

// ── checking ──

/// Our own tables: NFC, sorted by byte, no line twice, the right number of fields, no stray spaces.
fn check_by_hand(data: &Path) -> Result<()> {
    for (name, fields) in BY_HAND {
        let text = fs::read_to_string(data.join(name)).with_context(|| name.to_owned())?;
        let nfc = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
        ensure!(nfc.is_normalized(&text), "{name} is not NFC");
        let mut before = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            ensure!(before < line, "{name}: not sorted, or twice: {line}");
            ensure!(
                line.split('\t').count() == fields,
                "{name}: not {fields} fields: {line}"
            );
            let clean = |part: &str| part == part.trim() && !part.contains("||") && !part.contains("  ");
            ensure!(line.split(['\t', '|']).all(clean), "{name}: stray space: {line}");
            before = line;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_by_hand_are_tidy() {
        check_by_hand(&data_folder()).unwrap();
    }

    #[test]
    fn tables_by_hand_speak_of_places_we_have() {
        let data = data_folder();
        let (rows, strings) = (
            fs::read(data.join("rows.bin")).unwrap(),
            fs::read_to_string(data.join("strings.txt")).unwrap(),
        );
        let slugs: BTreeSet<&str> = rows
            .chunks(32)
            .map(|row| &strings[u32::from_le_bytes(row[..4].try_into().unwrap()) as usize..][..row[8] as usize])
            .collect();
        for table in ["exonyms.tsv", "demonyms.tsv", "regions.tsv"] {
            for line in by_hand(&data, table).unwrap() {
                assert!(slugs.contains(&*line[0]), "{table}: no place is called {}", line[0]);
            }
        }
    }

    #[test]
    fn committed_tables_are_fresh() {
        let from = default_source();
        if !from.exists() {
            // Straight to the terminal: the test runner hides what a passing test prints.
            let note = format!(
                "SKIPPED: no {}, so the tables of places were not made again\n",
                from.display()
            );
            std::io::Write::write_all(&mut std::io::stderr(), note.as_bytes()).unwrap();
            return;
        }
        for (name, bytes) in make(&from, &data_folder()).unwrap() {
            let committed = fs::read(data_folder().join(name)).unwrap();
            assert!(committed == bytes, "data/{name} is stale; help: cargo xtask gazetteer");
        }
    }

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slugify("N'Djamena"), "ndjamena");
        assert_eq!(slugify("São Tomé and Príncipe"), "sao-tome-and-principe");
        assert_eq!(slugify("Đà Nẵng"), "da-nang");
        assert_eq!(slugify("St. Petersburg"), "st-petersburg");
    }

    #[test]
    fn junk_is_not_a_name() {
        for junk in ["MOW", "trabls", "mskw aydahw", "Москва", "Ea", "VTG"] {
            assert!(!is_readable(junk), "{junk}");
        }
        assert!(is_readable("Matxcơva"));
    }
}
