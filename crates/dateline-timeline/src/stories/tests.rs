//! Tests of this room.

use crate::relate;
use crate::sample::Report;
use dateline_model::MentionKind::Place;

#[test]
fn a_name_in_common_is_no_story() {
    let a = Report::new(
        "a",
        "Troops leave Orrelin\nThe last troops left the barracks of Orrelin under a truce",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let b = Report::new(
        "b",
        "Orrelin truce: troops gone\nUnder the truce the troops handed over their barracks in Orrelin",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let c = Report::new(
        "c",
        "Orrelin wins cup\nA late goal gave the football club its first trophy in nine seasons and the crowd sang until midnight",
    )
    .name("Orrelin", Place, "orrelin")
    .done();
    let timeline = relate(&[c, a, b]);
    let stories: Vec<Vec<String>> = timeline.stories.into_iter().map(|s| s.reports).collect();
    assert_eq!(stories, [vec!["a".to_string(), "b".into()], vec!["c".into()]]);
}
