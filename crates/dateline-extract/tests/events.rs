//! Who, when and whether, in our own sentences.

mod common;

use dateline_extract::Extractor;
use dateline_lang::PackFiles;

/// "TYPE status actor,… when" of every event of a report published on a day.
fn events(extractor: &Extractor, tag: &str, published: &str, text: &str) -> Vec<String> {
    let report = common::report(extractor, tag, Some(published), text);
    let one = |e: &dateline_model::EventMention| {
        let actor: Vec<&str> = e.actor.iter().map(|p| p.name.as_str()).collect();
        let day = |d: Option<jiff::civil::Date>| d.map_or("..".to_string(), |d| d.to_string());
        format!(
            "{} {} {} {} {}",
            e.event.as_str(),
            e.status.as_str(),
            actor.join(",").to_lowercase(),
            day(e.when.interval.earliest),
            day(e.when.interval.latest)
        )
    };
    report.events.iter().map(one).collect()
}

#[test]
fn who_when_and_whether() {
    let extractor = Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    let check = |tag: &str, text: &str, expected: &[&str]| {
        assert_eq!(events(&extractor, tag, "2015-03-18", text), expected, "{text}");
    };
    // So long before the day of the main clause.
    check(
        "en",
        "The army left the town on Tuesday, two days after its soldiers were killed by rebels.",
        &["ASSAULT happened rebels 2015-03-15 2015-03-15"],
    );
    // Who killed in a raid made the raid; who was killed in it did not.
    check(
        "en",
        "The rebels killed a village elder in a raid near the border.",
        &["ASSAULT happened rebels .. .."],
    );
    check(
        "en",
        "Two soldiers were killed in a raid near the border.",
        &["ASSAULT happened  .. .."],
    );
    // The day of the sentence before bounds what was done before that.
    check(
        "en",
        "The rebels withdrew from the port on March 12. Before that, the army shelled the port.",
        &[
            "RETREAT happened rebels 2015-03-12 2015-03-12",
            "ASSAULT happened army .. 2015-03-12",
        ],
    );
    check(
        "vi",
        "Quân nổi dậy rút khỏi cảng ngày 12/3. Trước đó, quân đội pháo kích khu cảng.",
        &[
            "RETREAT happened rebels 2015-03-12 2015-03-12",
            "ASSAULT happened military .. 2015-03-12",
        ],
    );
    // Denied on the day on which it was said.
    check(
        "en",
        "The army said on Monday that it held the border town. The rebels denied this.",
        &["REJECT happened rebels 2015-03-16 2015-03-16"],
    );
    // Signed further down: the deal of the lead.
    check(
        "en",
        "The government and the rebels have signed a peace agreement.\n\nGeneral Abebe signed the agreement for the army.",
        &[
            "SUPPORT happened government,rebels 2015-03-18 2015-03-18",
            "SUPPORT happened abebe 2015-03-18 2015-03-18",
        ],
    );
    // Who counts the dead did not kill them.
    check(
        "en",
        "The health ministry put the number of dead in the rebel town at 40.",
        &["ASSAULT happened  .. .."],
    );
    // What comes into force is dated by its first day.
    check(
        "vi",
        "Lệnh ngừng bắn giữa quân đội và phiến quân có hiệu lực từ ngày 12/3.",
        &["RETREAT happened military,rebels 2015-03-12 2015-03-12"],
    );
    // To leave a pact is done by declaring it.
    check(
        "vi",
        "Hồi tháng 2, Ngoại trưởng Peru cho biết nước này đình chỉ tham gia hiệp ước quân sự với Chile.",
        &["SANCTION happened peru 2015-02-01 2015-02-28"],
    );
}
