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
        &[
            "RETREAT happened army 2015-03-17 2015-03-17",
            "ASSAULT happened rebels 2015-03-15 2015-03-15",
        ],
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
    // Two days of one verb, with a day between them, are two deeds; what goes on from one day to the next may be one.
    check(
        "en",
        "Rebels shelled the army's base on March 12 and again on March 15.",
        &[
            "ASSAULT happened rebels 2015-03-12 2015-03-12",
            "ASSAULT happened rebels 2015-03-15 2015-03-15",
        ],
    );
    check(
        "vi",
        "Quân nổi dậy pháo kích căn cứ quân đội hôm 12/3 và 15/3.",
        &[
            "ASSAULT happened rebels 2015-03-12 2015-03-12",
            "ASSAULT happened rebels 2015-03-15 2015-03-15",
        ],
    );
    check(
        "en",
        "Rebels shelled the army's base on March 14 and 15.",
        &["ASSAULT happened rebels 2015-03-14 2015-03-15"],
    );
    // Who denies may charge in the same breath.
    check(
        "en",
        "The army said on Monday that it held the border town. The rebels denied this and accused the army of lies.",
        &[
            "REJECT happened rebels 2015-03-16 2015-03-16",
            "ACCUSE happened rebels 2015-03-16 2015-03-16",
        ],
    );
    // The adjective of a country says whose deed it is.
    check(
        "en",
        "An Israeli air strike killed two soldiers at the border on Monday.",
        &["ASSAULT happened israel 2015-03-16 2015-03-16"],
    );
    // Who tells it did not do it.
    check(
        "en",
        "Two soldiers were killed when a shell struck their post, state broadcaster CCTV reported.",
        &["ASSAULT happened  .. 2015-03-18"],
    );
    // A report does not go on from a day that it only names.
    check(
        "vi",
        "Ấn Độ không kích căn cứ phiến quân hôm 16/3, để trả đũa vụ đánh bom ngày 14/2 làm 40 binh sĩ thiệt mạng. Quân đội Pakistan kêu gọi kiềm chế.",
        &[
            "ASSAULT happened india 2015-03-16 2015-03-16",
            "ASSAULT happened  2015-02-14 2015-02-14",
            "REQUEST happened armed forces of pakistan 2015-03-16 2015-03-16",
        ],
    );
    // A headline's states, with a comma only.
    check(
        "vi",
        "Mỹ, Anh không kích lực lượng Houthi ở Yemen hôm 16/3.",
        &["ASSAULT happened united states,united kingdom 2015-03-16 2015-03-16"],
    );
    // A protest is of those whom the report calls protesters; where it calls nobody so, of nobody.
    check(
        "en",
        "Protests broke out in the capital on Monday, the army said.",
        &["PROTEST happened  2015-03-16 2015-03-16"],
    );
    // One word for two deeds, and two clauses.
    check(
        "en",
        "The army bombed the rebels on Saturday and again on Monday, officials said.",
        &[
            "ASSAULT happened army 2015-03-14 2015-03-14",
            "ASSAULT happened army 2015-03-16 2015-03-16",
        ],
    );
    check(
        "en",
        "The rebels shelled Beirut on Saturday and on Monday the army shelled Tripoli.",
        &[
            "ASSAULT happened rebels 2015-03-14 2015-03-14",
            "ASSAULT happened army 2015-03-16 2015-03-16",
        ],
    );
    check(
        "en",
        "The rebels shelled Beirut on Saturday and on Monday, the army withdrew.",
        &[
            "ASSAULT happened rebels 2015-03-14 2015-03-14",
            "RETREAT happened army 2015-03-16 2015-03-16",
        ],
    );
    check(
        "en",
        "The rebels shelled Beirut on Sunday and Monday.",
        &["ASSAULT happened rebels 2015-03-15 2015-03-16"],
    );
    // Who claims a deed did it; who has not claimed it is not said to have.
    check(
        "en",
        "The blasts at the army base killed three soldiers on Monday. The rebels claimed responsibility for the attack.",
        &[
            "ASSAULT happened rebels 2015-03-16 2015-03-16",
            "ASSAULT happened rebels 2015-03-16 2015-03-16",
        ],
    );
    check(
        "en",
        "The blasts at the army base killed three soldiers on Monday. The rebels have not claimed responsibility for the attack.",
        &[
            "ASSAULT happened  2015-03-16 2015-03-16",
            "ASSAULT happened  2015-03-16 2015-03-16",
        ],
    );
    // The noun behind a group's name says what it is, and its side goes on behind the "and".
    check(
        "en",
        "Fighting between Hamas militants and the Israeli army went on in Gaza on Monday.",
        &["ASSAULT happened hamas,israel defense forces 2015-03-16 2015-03-16"],
    );
}
