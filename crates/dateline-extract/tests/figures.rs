//! Figures: bounds, modifiers and units, in our own sentences.

mod common;

use dateline_extract::Extractor;
use dateline_lang::PackFiles;

/// (words, low, high, modifier, unit) of every figure.
fn figures(extractor: &Extractor, tag: &str, text: &str) -> Vec<(String, u64, u64, &'static str, String)> {
    let report = common::report(extractor, tag, None, text);
    let all = report.events.iter().flat_map(|e| &e.figures);
    all.map(|f| {
        let words = f.span.of(&report.document.text).to_string();
        (
            words,
            f.low.unwrap_or(0),
            f.high.unwrap_or(0),
            f.modifier.map_or("", |m| m.as_str()),
            f.unit.clone(),
        )
    })
    .collect()
}

#[test]
fn bounds_modifiers_and_units() {
    let extractor = Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    let check = |tag: &str, text: &str, expected: &[(&str, u64, u64, &str, &str)]| {
        let got = figures(&extractor, tag, text);
        let got: Vec<(&str, u64, u64, &str, &str)> = got
            .iter()
            .map(|(w, l, h, m, u)| (w.as_str(), *l, *h, *m, u.as_str()))
            .collect();
        assert_eq!(got, expected, "{text}");
    };
    check(
        "vi",
        "Cuộc giao tranh khiến hàng nghìn binh sĩ thiệt mạng.",
        &[("hàng nghìn", 1000, 9999, "", "killed")],
    );
    check(
        "vi",
        "Phiến quân tấn công căn cứ quân đội làm ít nhất 4 binh sĩ thiệt mạng và 12 người bị thương.",
        &[
            ("ít nhất 4", 4, 4, "EQUAL_OR_MORE", "killed"),
            ("12", 12, 12, "", "wounded"),
        ],
    );
    check(
        "vi",
        "Vụ pháo kích vào thị trấn khiến 104 binh sĩ và 23 dân thường thiệt mạng.",
        &[("104", 104, 104, "", "killed"), ("23", 23, 23, "", "killed")],
    );
    check(
        "vi",
        "Hàng chục nghìn người phải di tản khỏi vùng biên giới do quân đội kiểm soát.",
        &[("Hàng chục nghìn", 10000, 99999, "", "displaced")],
    );
    check(
        "vi",
        "Rwanda triển khai gần 1.200 lính gìn giữ hòa bình tới tỉnh phía bắc.",
        &[("gần 1.200", 1200, 1200, "LESS_THAN", "peacekeepers")],
    );
    check(
        "en",
        "Rebels attacked an army base, killing more than a dozen soldiers.",
        &[("more than a dozen", 12, 12, "MORE_THAN", "killed")],
    );
    check(
        "en",
        "Rebels attacked an army base, killing 12 to 15 soldiers.",
        &[("12 to 15", 12, 15, "", "killed")],
    );
    check(
        "vi",
        "Phiến quân tấn công căn cứ quân đội làm 12 đến 15 binh sĩ thiệt mạng.",
        &[("12 đến 15", 12, 15, "", "killed")],
    );
    check(
        "en",
        "Tens of thousands of civilians fled the border town held by rebels.",
        &[("Tens of thousands of", 10000, 99999, "", "displaced")],
    );
    check(
        "en",
        "Rebels shelled the town, with 31 civilians dead and 80 people wounded.",
        &[("31", 31, 31, "", "killed"), ("80", 80, 80, "", "wounded")],
    );
    check(
        "en",
        "The army said 12 rebels had been killed and 30 wounded in the attack.",
        &[("12", 12, 12, "", "killed"), ("30", 30, 30, "", "wounded")],
    );
    check(
        "en",
        "Between 3,000 and 4,000 soldiers died in the civil war.",
        &[("3,000 and 4,000", 3000, 4000, "", "killed")],
    );
    check(
        "en",
        "The ministry put the number of dead in the rebel attack at 40.",
        &[("40", 40, 40, "", "killed")],
    );
    check(
        "en",
        "No lorry of the army had crossed the border since the rebel attack.",
        &[],
    );
    check("en", "They were the two men who attacked the army base.", &[]);
    check("vi", "Hai người cùng nhau làm đảo chính với quân đội.", &[]);
    check(
        "vi",
        "Pháo kích của phiến quân làm chết 3 người, làm bị thương 5 người.",
        &[("3", 3, 3, "", "killed"), ("5", 5, 5, "", "wounded")],
    );
    check(
        "en",
        "There were no casualties in the rocket attack on the army base.",
        &[("no casualties", 0, 0, "", "casualties")],
    );
    check(
        "en",
        "The army is 75 years old and spent $3 million when rebels attacked on 5 May.",
        &[],
    );
}
