//! How likely a place is meant by a name, by itself: by its size, its kind and how it is written.
//!
//! Takes: places. Gives: answers. Never: looks at what else a report names.

use super::fold;
use super::gazetteer::{Kind, LARGE_TOWN, Place, Places};

/// Power of ten of the people of a unit of which we do not know how many there are: those of a middling province.
const MIDDLING: f64 = 6.0;

/// Letters that two spellings of one name may differ by ("Odessa", "Odesa"), of a short one by half of them ("Taraz" is no "Talas").
/// Chosen: other names differ by more.
const SPELLINGS: usize = 2;

/// Bytes of a short name.
const SHORT: usize = 5;

/// People of a village, whose name alone says too little of where it is. Chosen: of smaller places the tables have only some countries'.
const TINY: u32 = 2_500;

/// "Sam", "Hit": a village, which is meant only where its country is told of.
pub(super) fn is_tiny(place: &Place) -> bool {
    place.kind == Kind::City && place.population < TINY
}

/// A small town whose identifier had to say its country, or that is called otherwise today, and its country is none of those that the
/// report names.
pub(super) fn stray(place: &Place, written: &str, countries: &[(&'static str, u32)]) -> bool {
    let shared = || place.slug.len() > fold::slug(place.name).len() || !is_spelling(place.name, written);
    // "the Northwest Region": that of a state that is named.
    let side = || {
        place.kind == Kind::Unit
            && written.len() > place.name.len() + 1
            && place.slug.len() > fold::slug(place.name).len()
    };
    (place.is_small_town() || side())
        && !countries.is_empty()
        && place
            .country
            .is_some_and(|code| countries.iter().all(|(c, _)| *c != code))
        && shared()
}

/// The same name, or another spelling of it.
pub(super) fn is_spelling(a: &str, b: &str) -> bool {
    let most = if a.len().min(b.len()) > SHORT {
        SPELLINGS
    } else {
        SPELLINGS / 2
    };
    fold::alike(a, b) || fold::distance(&fold::slug(a), &fold::slug(b), most).is_some()
}

/// A town or capital of the unit's country is called like it, and at least a tenth of its people or a hundred thousand.
pub(super) fn has_town(places: &Places, unit: &Place) -> bool {
    let town = |p: Place| p.is_town() && p.country == unit.country && fold::alike(p.name, unit.name);
    let large = |p: Place| p.population >= LARGE_TOWN || p.population >= unit.population / 10;
    places.clone().any(|p| town(p) && large(p) && unit.population > 0)
}

/// How likely a place is meant by its name alone: powers of ten of people, and what kind of place it is.
pub(super) fn prior(place: &Place) -> f64 {
    let size = match place.population {
        0 if place.kind == Kind::Unit => MIDDLING,
        people => f64::from(people + 1).log10(),
    };
    size + match place.kind {
        Kind::Country => 5.0,
        Kind::Continent | Kind::Region | Kind::Disputed => 9.0,
        Kind::Sea | Kind::Strait | Kind::River | Kind::Mountains => 7.0,
        Kind::Capital => 4.0,
        Kind::Unit => -1.0,
        Kind::City => 0.0,
    }
}
