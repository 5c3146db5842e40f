//! Who and when: what events take from beyond their own clause, in our own sentences.

mod common;

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::{EventMention, Plover};

/// The events of a text published on 2024-05-20.
fn events(extractor: &Extractor, tag: &str, text: &str) -> Vec<EventMention> {
    common::report(extractor, tag, Some("2024-05-20"), text).events
}

fn extractor() -> Extractor {
    Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"))
}

/// Date and rule of the last event of a type.
fn when(events: &[EventMention], event: Plover) -> (Option<&str>, Option<&str>) {
    let last = events.iter().rev().find(|e| e.event == event);
    last.map_or((None, None), |e| {
        (e.when.value.as_deref(), e.when.rule.as_ref().map(|r| r.as_str()))
    })
}

#[test]
fn a_verb_joined_to_another_happens_when_that_one_does() {
    let told = events(
        &extractor(),
        "en",
        "On Tuesday the army shelled the rebel camp and seized two tanks, the defence ministry said.",
    );
    assert_eq!(
        when(&told, Plover::Assault),
        (Some("2024-05-14"), Some("event.when.joined")),
        "{told:?}"
    );
}

#[test]
fn what_is_told_behind_after_is_known_from_before() {
    let told = events(
        &extractor(),
        "en",
        "Rebels captured Aleppo on 3 March 2024, soldiers and officials said. The town council fled.\n\nShops were shut. Schools were shut. Nobody came to the market.\n\nAfter losing Aleppo, the army retreated to the hills.",
    );
    let lost = told.iter().find(|e| e.rule.as_str() == "en.event.assault.lose");
    let lost = lost.map(|e| (e.when.value.as_deref(), e.actor.first().map(|p| p.name.as_str())));
    assert_eq!(lost, Some((Some("2024-03-03"), Some("Rebels"))), "{told:?}");
}

#[test]
fn news_of_a_beginning_is_of_its_day() {
    let told = events(
        &extractor(),
        "vi",
        "Hôm 18/5, một quan chức tỉnh nói quân đội Chad bắt đầu rút khỏi các chốt quanh thị trấn.\n\nXe chở lều vẫn đậu ở đó.",
    );
    assert_eq!(
        when(&told, Plover::Retreat),
        (Some("2024-05-18"), Some("event.when.begun")),
        "{told:?}"
    );
}

#[test]
fn a_deed_without_an_actor_is_of_whoever_acts_in_its_sentence() {
    let told = events(
        &extractor(),
        "en",
        "Peru condemned the attack and announced sanctions, officials and soldiers said on Monday after the war.",
    );
    let sanctions = told.iter().find(|e| e.event == Plover::Sanction);
    let actor = sanctions.and_then(|e| e.actor.first()).map(|p| p.name.as_str());
    assert_eq!(actor, Some("Peru"), "{told:?}");
}

#[test]
fn a_town_that_a_pact_is_called_by_does_nothing() {
    let extractor = extractor();
    for (tag, text) in [
        (
            "en",
            "Soldiers said the war began in 2012 and ended with the Geneva agreement.",
        ),
        (
            "vi",
            "Binh sĩ nói thỏa thuận Geneva đã chấm dứt cuộc chiến tranh kéo dài từ năm 2012.",
        ),
    ] {
        let told = events(&extractor, tag, text);
        let acts = told.iter().flat_map(|e| &e.actor).any(|p| p.name == "Geneva");
        assert!(!told.is_empty() && !acts, "{told:?}");
    }
}

/// Day and place or recipient of each attack.
fn attacks(told: &[EventMention]) -> Vec<(String, String)> {
    let attacks = told.iter().filter(|e| e.event == Plover::Assault);
    let whom = |e: &EventMention| {
        let names = e.recipient.iter().map(|p| p.name.clone());
        names
            .chain(e.places.iter().map(|p| p.name.clone()))
            .collect::<Vec<_>>()
            .join("+")
    };
    attacks
        .map(|e| (e.when.value.clone().unwrap_or_default(), whom(e)))
        .collect()
}

#[test]
fn two_towns_on_two_days_are_two_attacks() {
    let extractor = extractor();
    let english = "The army shelled Aleppo on 3 May and Homs on 5 May, soldiers said. Rebels and troops fought on.";
    let vietnamese = "Quân đội Syria pháo kích Aleppo hôm 3/5 và Homs hôm 5/5, binh sĩ cho biết.";
    let expected = |attacks: Vec<(String, String)>| {
        assert_eq!(attacks[0], ("2024-05-03".into(), "Aleppo".into()), "{attacks:?}");
        assert_eq!(attacks[1], ("2024-05-05".into(), "Homs".into()), "{attacks:?}");
    };
    expected(attacks(&events(&extractor, "en", english)));
    expected(attacks(&events(&extractor, "vi", vietnamese)));
}

#[test]
fn two_towns_on_one_day_are_one_attack() {
    let text = "The army shelled Aleppo and Homs on 3 May, soldiers and rebels said.";
    let told = attacks(&events(&extractor(), "en", text));
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn another_verb_behind_the_and_is_another_deed() {
    let text = "Rebels raided Aleppo on 3 May and left Homs on 5 May, soldiers and officials said.";
    let told = attacks(&events(&extractor(), "en", text));
    assert_eq!(told.len(), 1, "{told:?}");
}
