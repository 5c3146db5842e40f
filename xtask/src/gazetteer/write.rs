//! The generated tables: rows, their texts, and which names lead to them.

use super::{CAPITAL, CAPITAL_OF_WEIGHT, CITY, COUNTRY, Row, UNIT};
use crate::key::key;
use anyhow::{Result, ensure};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How likely a place is meant by one of its names: smaller is likelier.
fn rank(row: &Row, other: bool) -> (u8, Reverse<u32>, bool, &str) {
    let class = match row.kind {
        COUNTRY => 0,
        UNIT | CITY => 3,
        CAPITAL if row.population < CAPITAL_OF_WEIGHT || other => 3,
        CAPITAL => 2,
        _ => 1,
    };
    (
        class,
        Reverse(if other { row.weight / 10 } else { row.weight }),
        other,
        &row.slug,
    )
}

pub(super) fn write(rows: &[Row], demonyms: &BTreeMap<String, u64>) -> Result<BTreeMap<&'static str, Vec<u8>>> {
    let mut strings = String::new();
    let mut places = BTreeMap::new();
    for text in rows
        .iter()
        .flat_map(|row| [&row.slug, &row.name])
        .collect::<BTreeSet<_>>()
    {
        ensure!(text.len() < 256, "{text} is too long");
        places.insert(text.clone(), strings.len() as u32);
        strings.push_str(text);
    }
    let countries: BTreeMap<&str, u32> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.kind == COUNTRY)
        .map(|(i, row)| (&*row.code, i as u32))
        .collect();

    let mut table = Vec::with_capacity(rows.len() * 32);
    let mut index: BTreeMap<String, BTreeMap<usize, bool>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        ensure!(row.code.len() <= 4, "code {}", row.code);
        let country = if row.kind == COUNTRY {
            u32::MAX
        } else {
            countries.get(&*row.code).copied().unwrap_or(u32::MAX)
        };
        let degrees = |value: f64| ((value * 1e5).round() as i32).to_le_bytes();
        table.extend(places[&row.slug].to_le_bytes());
        table.extend(places[&row.name].to_le_bytes());
        table.extend([
            row.slug.len() as u8,
            row.name.len() as u8,
            row.kind,
            row.code.len() as u8,
        ]);
        table.extend(country.to_le_bytes());
        table.extend(degrees(row.latitude));
        table.extend(degrees(row.longitude));
        table.extend(row.population.to_le_bytes());
        let mut code = [0; 4];
        code[..row.code.len()].copy_from_slice(row.code.as_bytes());
        table.extend(code);
        for (name, other) in &row.names {
            let entry = index.entry(key(name)).or_default().entry(number).or_insert(true);
            *entry &= other;
        }
    }
    index.remove("");

    let mut postings: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (name, found) in &index {
        let mut found: Vec<(usize, bool)> = found.iter().map(|(&row, &other)| (row, other)).collect();
        found.sort_by(|a, b| rank(&rows[a.0], a.1).cmp(&rank(&rows[b.0], b.1)));
        let value = if let [(row, _)] = found[..] {
            (row as u64) << 1
        } else {
            let at = (postings.len() / 4) as u64;
            postings.extend((found.len() as u32).to_le_bytes());
            found
                .iter()
                .for_each(|(row, _)| postings.extend((*row as u32).to_le_bytes()));
            at << 1 | 1
        };
        map.insert(name, value)?;
    }
    println!("{} names", index.len());
    let demonyms = fst::Map::from_iter(demonyms.iter().map(|(word, row)| (word.as_str(), *row)))?;
    Ok(BTreeMap::from([
        ("names.fst", map.into_inner()?),
        ("postings.bin", postings),
        ("rows.bin", table),
        ("strings.txt", strings.into_bytes()),
        ("demonyms.fst", demonyms.into_fst().into_inner()),
    ]))
}
