//! Villages of countries at war: small places that news of a war names, kept without a word about any other place.

use super::naming::fold;
use super::{CITY, Row, SMALLEST_AT_FRONT, among};
use crate::key::key;
use std::collections::{BTreeMap, BTreeSet};

/// Countries of [`CONFLICTS`] whose towns from [`SMALLEST_AT_FRONT`] people on are kept as villages.
const WARS: &str = "AF BF CD CF ET HT IQ LY ML MM MZ NE SD SO SS TD UA YE";

/// A place that is kept as a village: by its own name alone, and only where nothing else bears that.
pub(super) fn is_village(town: &Row) -> bool {
    town.population >= SMALLEST_AT_FRONT && among(WARS, &town.code)
}

/// Those villages whose names neither another place nor another village bears, so that no name means more places than without them.
pub(super) fn alone(villages: Vec<Row>, borne: &BTreeSet<String>) -> Vec<Row> {
    let own = |village: &Row| BTreeSet::from([village.name.clone(), fold(&village.name)]);
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for village in &villages {
        let keys: BTreeSet<String> = own(village).iter().map(|name| key(name)).collect();
        keys.into_iter().for_each(|name| *count.entry(name).or_default() += 1);
    }
    let mut kept = Vec::new();
    for mut village in villages {
        let names = own(&village);
        if names
            .iter()
            .all(|name| !borne.contains(&key(name)) && count[&key(name)] == 1)
        {
            village.kind = CITY;
            village.name = fold(&village.name);
            village.names = names.into_iter().map(|name| (name, false)).collect();
            kept.push(village);
        }
    }
    kept
}
