//! Slugs for all places, and the names that towns are found by.

use super::*;

/// Units of ISO 3166-2 that ISO 3166-1 lists as well: one place, one row.
pub(super) const COUNTRIES_TOO: &str = "cntw cnhk cnmo usas usgu usmp uspr usum usvi frbl frgf frgp frmf frmq frnc frpf frpm frre frtf frwf fryt \
    nlaw nlcw nlsx fi01";

/// Names of units that say nothing without their country.
pub(super) const GENERIC: &str = "north south east west central northern southern eastern western centre center capital region district province \
    islands island upper lower middle city town bắc nam đông tây trung tâm tỉnh vùng quận khu vực miền phía thủ đô \
    norte northeast northwest southeast southwest far sur centro oriental occidental littoral nord sud est ouest jewish and plateau delta";

/// Sides of the compass that begin the names of units: as English and French write them, the short English form, the Vietnamese.
const SIDES: [(&str, &str, &str); 27] = [
    ("Northern", "North", "Bắc"),
    ("Southern", "South", "Nam"),
    ("Eastern", "East", "Đông"),
    ("Western", "West", "Tây"),
    ("North", "Northern", "Bắc"),
    ("South", "Southern", "Nam"),
    ("East", "Eastern", "Đông"),
    ("West", "Western", "Tây"),
    ("Northeast", "North-East", "Đông Bắc"),
    ("Northwest", "North-West", "Tây Bắc"),
    ("Southeast", "South-East", "Đông Nam"),
    ("Southwest", "South-West", "Tây Nam"),
    ("North-East", "Northeast", "Đông Bắc"),
    ("North-West", "Northwest", "Tây Bắc"),
    ("South-East", "Southeast", "Đông Nam"),
    ("South-West", "Southwest", "Tây Nam"),
    ("Central", "Central", "Trung"),
    ("Upper", "Upper", "Thượng"),
    ("Lower", "Lower", "Hạ"),
    ("Middle", "Middle", "Trung"),
    ("Nord", "North", "Bắc"),
    ("Sud", "South", "Nam"),
    ("Est", "East", "Đông"),
    ("Ouest", "West", "Tây"),
    ("Far North", "Extreme North", "Cực Bắc"),
    ("Upper East", "Upper East", "Thượng Đông"),
    ("Upper West", "Upper West", "Thượng Tây"),
];

/// Other names of a unit that is called by its side: "North Karsi" and "Bắc Karsi" of "Northern Karsi"; of one that is called by nothing
/// else its names with what kind of unit it may be ("South-West Region"), which mean it where its country is named.
pub(super) fn by_side(name: &str) -> Vec<String> {
    const KINDS: [&str; 3] = ["Region", "Province", "Department"];
    let mut all = Vec::new();
    for (side, other, vietnamese) in SIDES {
        if name == side {
            let forms = [side, other].into_iter();
            all.extend(forms.flat_map(|form| KINDS.map(|kind| format!("{form} {kind}"))));
        }
        let Some(rest) = name.strip_prefix(side).and_then(|rest| rest.strip_prefix(' ')) else {
            continue;
        };
        let spelled = rest.replace("Kurdufan", "Kordofan");
        let named = key(&spelled).split(' ').any(|word| !among(GENERIC, word));
        if named && !spelled.contains(" of ") {
            all.extend([side, other, vietnamese].map(|form| format!("{form} {spelled}")));
        }
    }
    all
}

/// Towns that own a slug before all others: those our tables speak of, capitals, and cities far larger than their like.
pub(super) fn claims(
    named: &BTreeSet<&str>,
    taken: &BTreeSet<String>,
    towns: &[Row],
    capitals: &BTreeSet<usize>,
) -> BTreeMap<usize, String> {
    let mut primary: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut other: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, town) in towns.iter().enumerate() {
        primary.entry(slugify(&town.name)).or_default().push(index);
        let others: BTreeSet<String> = town.names.iter().map(|(name, _)| slugify(name)).collect();
        others
            .into_iter()
            .for_each(|slug| other.entry(slug).or_default().push(index));
    }
    let mut claims = BTreeMap::new();
    let mut used = taken.clone();
    for slug in named {
        if taken.contains(*slug) {
            continue;
        }
        let own = primary.get(*slug).and_then(|towns| towns.first()).copied();
        let alias = other.get(*slug).and_then(|towns| towns.first()).copied();
        let best = match (own, alias) {
            (Some(own), Some(alias)) if towns[alias].population > 10 * towns[own].population.max(1_000) => Some(alias),
            (own, alias) => own.or(alias),
        };
        if let Some(best) = best.filter(|best| !claims.contains_key(best)) {
            used.insert((*slug).to_owned());
            claims.insert(best, (*slug).to_owned());
        }
    }
    for (slug, like) in &primary {
        let first = like[0];
        let second = like.get(1).map_or(0, |&town| towns[town].population);
        let people = towns[first].population;
        let large = capitals.contains(&first) && people >= CAPITAL_OF_WEIGHT || people >= METROPOLIS;
        if large
            && people >= CLEARLY_LARGER.saturating_mul(second)
            && !claims.contains_key(&first)
            && used.insert(slug.clone())
        {
            claims.insert(first, slug.clone());
        }
    }
    claims
}

/// Makes the name that our tables know a town by its English one: "Cologne" for "Köln".
pub(super) fn rename(town: &mut Row, slug: &str) {
    let like = town
        .names
        .iter()
        .filter(|(name, _)| slugify(name) == slug)
        .map(|(name, _)| name);
    if let Some(name) = like
        .min_by_key(|name| (name.contains(['\'', 'ʻ', 'ʼ']), !name.is_ascii()))
        .cloned()
    {
        town.names.remove(&(name.clone(), true));
        town.add(&name);
        town.name = name;
    }
}

/// Units: the bare name where it is free and no other unit has it; `-region` beside a town of the name in the same country.
pub(super) fn name_units(units: &mut [Row], towns: &[Row], taken: &mut BTreeSet<String>) {
    let seats: BTreeSet<(String, String)> = towns
        .iter()
        .map(|town| (town.code.clone(), slugify(&town.name)))
        .collect();
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    units
        .iter()
        .for_each(|unit| *count.entry(slugify(&unit.name)).or_default() += 1);
    for unit in units.iter_mut().filter(|unit| unit.slug.is_empty()) {
        let base = slugify(&unit.name);
        let country = unit.code.to_ascii_lowercase();
        let seat = seats.contains(&(unit.code.clone(), base.clone()));
        let bare = count[&base] == 1 && !among(GENERIC, &key(&unit.name));
        let wishes = [
            if seat { format!("{base}-region") } else { base.clone() },
            if seat {
                format!("{base}-region-{country}")
            } else {
                format!("{base}-{country}")
            },
            format!("{base}-{}-{}", &unit.id[..2], &unit.id[2..]),
        ];
        unit.slug = wishes
            .into_iter()
            .skip(usize::from(!bare))
            .find(|wish| !taken.contains(wish))
            .expect("codes are unique");
        taken.insert(unit.slug.clone());
    }
}

/// Towns, by falling population: the bare name if it is free and the town is clearly the largest, else with its country.
pub(super) fn name_towns(towns: &mut [Row], countries: &BTreeMap<String, String>, taken: &mut BTreeSet<String>) {
    let mut largest: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for town in towns.iter() {
        largest.entry(slugify(&town.name)).or_default().push(town.population);
    }
    for town in towns.iter_mut().filter(|town| town.slug.is_empty()) {
        let mut base = slugify(&town.name);
        let like = largest.get(&base).map_or(&[][..], |like| like);
        let clearly = town.population == like[0]
            && like
                .get(1)
                .is_none_or(|next| town.population >= CLEARLY_LARGER.saturating_mul(*next).max(1));
        if base.is_empty() {
            base = "place".to_owned();
        }
        let country = countries.get(&town.code).map_or("nowhere", |slug| slug);
        let admin = slugify(&town.admin);
        let wishes = [
            base.clone(),
            format!("{base}-{country}"),
            format!("{base}-{country}-{admin}"),
            format!("{base}-{country}-{admin}-{}", town.id),
        ];
        town.slug = wishes
            .into_iter()
            .skip(usize::from(!clearly))
            .find(|wish| !taken.contains(wish))
            .expect("ids are unique");
        taken.insert(town.slug.clone());
    }
}

/// The names a town is found by: its own, folded to ASCII too, and others that are not the name of a country or region.
pub(super) fn choose_names(town: &Row, reserved: &BTreeSet<String>) -> BTreeSet<(String, bool)> {
    let mut chosen: BTreeSet<(String, bool)> = town.names.iter().filter(|(_, other)| !other).cloned().collect();
    let own: Vec<String> = chosen.iter().map(|(name, _)| name.clone()).collect();
    for name in own {
        chosen.insert((fold(&name), false));
        if name.contains(['\'', '‘', 'ʻ']) {
            chosen.insert((fold(&name).replace('\'', ""), false));
        }
    }
    let near = among(FRONTS, &town.code) || among(CONFLICTS, &town.code);
    let large = town.population >= METROPOLIS || town.kind == CAPITAL;
    let start = |name: &str| fold(name).to_lowercase().chars().take(2).collect::<String>();
    let others = town
        .names
        .iter()
        .filter(|(name, other)| *other && !reserved.contains(&key(name)));
    let others = others.filter(|(name, _)| large || near || start(name) == start(&town.name));
    chosen.extend(
        others
            .take(if large || near { usize::MAX } else { FEW_ALTERNATES })
            .cloned(),
    );
    chosen
}

/// ASCII letters for Latin ones: "Sao Paulo" of "São Paulo".
pub(super) fn fold(name: &str) -> String {
    let apart = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(name);
    let mut out = String::new();
    for c in apart.chars() {
        match c {
            '\u{300}'..='\u{36F}' => {}
            'đ' | 'ð' => out.push('d'),
            'Đ' | 'Ð' => out.push('D'),
            'ə' | 'ǝ' => out.push('a'),
            'Ə' => out.push('A'),
            'ı' => out.push('i'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'Æ' => out.push_str("Ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '’' | '‘' | 'ʻ' | 'ʼ' => out.push('\''),
            c => out.push(c),
        }
    }
    out
}

/// The consonants of a name, by which two spellings of it are one: "Janīn" and "Jenin".
pub(super) fn skeleton(name: &str) -> String {
    let consonant = |c: &char| c.is_ascii_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    slugify(name).chars().filter(consonant).collect()
}

/// Lower-case ASCII with hyphens: "n-djamena" never, "ndjamena" always.
pub(super) fn slugify(name: &str) -> String {
    let mut out = String::new();
    for c in fold(name).chars().filter(|c| !matches!(c, '\'' | '.' | '`')) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}
