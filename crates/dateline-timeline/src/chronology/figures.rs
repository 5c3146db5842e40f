//! What the tellings count, unit by unit.

use super::Group;
use dateline_model::{Claim, ClusterFigure};
use std::collections::BTreeMap;

/// The claims of all tellings, by unit; lowest and highest of all.
pub(super) fn merged(group: &Group) -> Vec<ClusterFigure> {
    let mut by_unit: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
    for (mention, telling) in group.tellings.iter().enumerate() {
        for figure in &telling.mention.figures {
            by_unit.entry(&figure.unit).or_default().push(Claim {
                mention,
                figure: figure.clone(),
            });
        }
    }
    by_unit
        .into_iter()
        .map(|(unit, claims)| ClusterFigure {
            unit: unit.to_string(),
            low: claims.iter().filter_map(|c| c.figure.low.or(c.figure.high)).min(),
            high: claims.iter().filter_map(|c| c.figure.high.or(c.figure.low)).max(),
            claims,
        })
        .collect()
}
