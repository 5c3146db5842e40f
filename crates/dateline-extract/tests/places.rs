//! Which of several places of one name is meant, and which names of places are persons, in our own sentences.

mod common;

use dateline_extract::Extractor;
use dateline_lang::PackFiles;
use dateline_model::MentionKind;

/// (words, kind, entity) of every name in a report.
fn names(extractor: &Extractor, tag: &str, text: &str) -> Vec<(String, MentionKind, String)> {
    let report = common::report(extractor, tag, None, text);
    let words = |m: &dateline_model::Mention| m.span.of(&report.document.text).to_string();
    report
        .mentions
        .iter()
        .map(|m| (words(m), m.kind, m.entity.clone()))
        .collect()
}

/// Language, sentence, the ambiguous name in it, and the place that is meant.
const PLACES: [(&str, &str, &str, &str); 136] = [
    ("vi", "Ở Hà Nam, lũ đã rút.", "Hà Nam", "ha-nam"),
    ("vi", "Trung Quốc sơ tán dân ở Hà Nam.", "Hà Nam", "henan"),
    (
        "vi",
        "Giao tranh lan tới Bắc Kordofan của Sudan.",
        "Bắc Kordofan",
        "north-kordofan",
    ),
    ("vi", "Các tỉnh Tây Nam Bộ ngập mặn.", "Tây Nam Bộ", "mekong-delta"),
    ("en", "A bomb hit Tripoli, the capital of Libya.", "Tripoli", "tripoli"),
    (
        "en",
        "Soldiers patrolled Tripoli in northern Lebanon.",
        "Tripoli",
        "tripoli-lebanon",
    ),
    (
        "en",
        "Lebanese troops entered Tripoli on Sunday.",
        "Tripoli",
        "tripoli-lebanon",
    ),
    ("en", "Georgia and Armenia opened the crossing.", "Georgia", "georgia"),
    (
        "en",
        "Police in Atlanta, Georgia, made arrests.",
        "Georgia",
        "georgia-us",
    ),
    ("en", "Georgia's parliament in Tbilisi voted.", "Georgia", "georgia"),
    ("en", "The ship sailed from Savannah, Georgia.", "Georgia", "georgia-us"),
    (
        "en",
        "A march in Cordoba, Spain, ended peacefully.",
        "Cordoba",
        "cordoba-spain",
    ),
    (
        "en",
        "A march in Cordoba, Argentina, ended peacefully.",
        "Cordoba",
        "cordoba",
    ),
    ("en", "Chile's president returned to Santiago.", "Santiago", "santiago"),
    (
        "en",
        "Cuban police sealed off Santiago de Cuba.",
        "Santiago de Cuba",
        "santiago-de-cuba",
    ),
    (
        "en",
        "Floods killed dozens in Valencia, Spain.",
        "Valencia",
        "valencia-spain",
    ),
    (
        "en",
        "Soldiers fired on marchers in Valencia, Venezuela.",
        "Valencia",
        "valencia-venezuela",
    ),
    (
        "en",
        "The Seychelles navy left Victoria.",
        "Victoria",
        "victoria-seychelles",
    ),
    ("en", "Fires burned in Victoria, Australia.", "Victoria", "victoria-au"),
    (
        "en",
        "A protest in Victoria, British Columbia, was calm.",
        "Victoria",
        "victoria-canada",
    ),
    (
        "en",
        "Police in Birmingham, England, made arrests.",
        "Birmingham",
        "birmingham",
    ),
    (
        "en",
        "Police in Birmingham, Alabama, made arrests.",
        "Birmingham",
        "birmingham-united-states",
    ),
    (
        "en",
        "Clashes in Hyderabad, Pakistan, spread.",
        "Hyderabad",
        "hyderabad-pakistan",
    ),
    (
        "en",
        "India's army opened a school in Hyderabad.",
        "Hyderabad",
        "hyderabad-india",
    ),
    ("en", "A court in Alexandria, Egypt, ruled.", "Alexandria", "alexandria"),
    (
        "en",
        "A court in Alexandria, Virginia, ruled.",
        "Alexandria",
        "alexandria-united-states",
    ),
    ("en", "Paris said nothing while France voted.", "Paris", "paris"),
    (
        "en",
        "Police in Paris, Texas, made arrests.",
        "Paris",
        "paris-united-states",
    ),
    (
        "en",
        "Students in Moscow, Idaho, marched.",
        "Moscow",
        "moscow-united-states",
    ),
    ("en", "Russia moved tanks from Moscow.", "Moscow", "moscow"),
    ("en", "A depot in Odessa, Texas, caught fire.", "Odessa", "odessa"),
    ("en", "Ukraine said drones hit Odessa.", "Odessa", "odesa"),
    (
        "en",
        "A refinery in Saint Petersburg, Russia, caught fire.",
        "Saint Petersburg",
        "saint-petersburg",
    ),
    (
        "en",
        "A storm flooded St. Petersburg, Florida.",
        "St. Petersburg",
        "st-petersburg",
    ),
    ("en", "Jordan closed its border with Syria.", "Jordan", "jordan"),
    ("en", "Troops crossed the Jordan River.", "Jordan River", "jordan-river"),
    ("en", "Chad sent troops to the border with Sudan.", "Chad", "chad"),
    ("en", "Fishermen fled Lake Chad.", "Lake Chad", "lake-chad"),
    (
        "en",
        "Congo's president flew from Kinshasa to Goma.",
        "Congo",
        "democratic-republic-of-the-congo",
    ),
    (
        "en",
        "The Republic of Congo sent envoys from Brazzaville.",
        "Republic of Congo",
        "republic-of-the-congo",
    ),
    (
        "en",
        "The Democratic Republic of Congo recalled its envoy.",
        "Democratic Republic of Congo",
        "democratic-republic-of-the-congo",
    ),
    ("en", "Guinea's junta met in Conakry.", "Guinea", "guinea"),
    (
        "en",
        "Equatorial Guinea arrested two men.",
        "Equatorial Guinea",
        "equatorial-guinea",
    ),
    (
        "en",
        "A coup failed in Guinea-Bissau.",
        "Guinea-Bissau",
        "guinea-bissau",
    ),
    (
        "en",
        "Tribes clashed in Papua New Guinea.",
        "Papua New Guinea",
        "papua-new-guinea",
    ),
    ("en", "North Korea fired two missiles.", "North Korea", "north-korea"),
    ("en", "South Korea scrambled jets.", "South Korea", "south-korea"),
    (
        "en",
        "Trade between South Sudan and Sudan stopped.",
        "South Sudan",
        "south-sudan",
    ),
    ("en", "The army of Sudan shelled the town.", "Sudan", "sudan"),
    ("en", "Soldiers in Niger held the airport.", "Niger", "niger"),
    ("en", "Gunmen in Nigeria took hostages.", "Nigeria", "nigeria"),
    ("en", "Boats sank on the Niger River.", "Niger River", "niger-river"),
    ("en", "Washington warned Tehran.", "Washington", "washington"),
    (
        "en",
        "Fires spread in Washington state.",
        "Washington",
        "washington-region",
    ),
    ("en", "Peru's congress met in Lima.", "Lima", "lima"),
    (
        "en",
        "A plant in Lima, Ohio, makes tanks.",
        "Lima",
        "lima-united-states",
    ),
    (
        "en",
        "Police in Granada, Spain, found weapons.",
        "Granada",
        "granada-spain",
    ),
    (
        "en",
        "Soldiers in Granada, Nicaragua, closed the square.",
        "Granada",
        "granada-nicaragua",
    ),
    (
        "en",
        "Guyana's cabinet met in Georgetown.",
        "Georgetown",
        "georgetown-guyana",
    ),
    (
        "en",
        "Australia closed its base at Newcastle.",
        "Newcastle",
        "newcastle-australia",
    ),
    (
        "en",
        "Police in Newcastle, England, made arrests.",
        "Newcastle",
        "newcastle-upon-tyne",
    ),
    (
        "en",
        "A blast in Manchester, New Hampshire, hurt two.",
        "Manchester",
        "manchester-united-states",
    ),
    (
        "en",
        "A blast in Manchester, England, hurt two.",
        "Manchester",
        "manchester",
    ),
    (
        "en",
        "Police in London, Ontario, made arrests.",
        "London",
        "london-canada",
    ),
    (
        "en",
        "Unrest in Melbourne, Florida, ended.",
        "Melbourne",
        "melbourne-united-states",
    ),
    (
        "en",
        "Gunmen attacked San Salvador, El Salvador.",
        "San Salvador",
        "san-salvador",
    ),
    (
        "en",
        "Protests in Merida, Venezuela, grew.",
        "Merida",
        "merida-venezuela",
    ),
    ("en", "Protests in Merida, Mexico, grew.", "Merida", "merida"),
    ("en", "Colombia's army raided Cartagena.", "Cartagena", "cartagena"),
    ("en", "Spain's navy left Cartagena.", "Cartagena", "cartagena-spain"),
    ("en", "Fighting spread in Donetsk, Ukraine.", "Donetsk", "donetsk"),
    ("en", "The Syrian army entered Hama.", "Hama", "hama"),
    (
        "en",
        "The governor of Kandahar province resigned.",
        "Kandahar",
        "kandahar-region",
    ),
    ("en", "A bomb exploded in Kandahar city.", "Kandahar", "kandahar"),
    ("en", "Macedonia joined NATO.", "Macedonia", "north-macedonia"),
    ("en", "Luxembourg signed the deal.", "Luxembourg", "luxembourg"),
    (
        "en",
        "Ireland and Northern Ireland agreed.",
        "Northern Ireland",
        "northern-ireland",
    ),
    (
        "en",
        "Militias shelled Zintan in Libya, and Tripoli was calm.",
        "Tripoli",
        "tripoli",
    ),
    (
        "vi",
        "Nổ súng ở Tripoli, phía bắc Lebanon.",
        "Tripoli",
        "tripoli-lebanon",
    ),
    ("vi", "Tàu cập cảng Tripoli của Libya.", "Tripoli", "tripoli"),
    (
        "vi",
        "Cháy rừng ở bang Georgia, Mỹ, lan nhanh.",
        "Georgia",
        "georgia-us",
    ),
    ("vi", "Bầu cử ở Georgia, quốc gia giáp Armenia.", "Georgia", "georgia"),
    (
        "vi",
        "Cảnh sát ở Birmingham, Anh, bắt ba người.",
        "Birmingham",
        "birmingham",
    ),
    (
        "vi",
        "Cảnh sát ở Birmingham, bang Alabama, Mỹ, bắt ba người.",
        "Birmingham",
        "birmingham-united-states",
    ),
    ("vi", "Nổ ở Hyderabad, Pakistan.", "Hyderabad", "hyderabad-pakistan"),
    (
        "vi",
        "Quân đội Ấn Độ diễn tập ở Hyderabad.",
        "Hyderabad",
        "hyderabad-india",
    ),
    (
        "vi",
        "Tòa án ở Alexandria, Ai Cập, ra phán quyết.",
        "Alexandria",
        "alexandria",
    ),
    (
        "vi",
        "Biểu tình ở Valencia, Venezuela, lan rộng.",
        "Valencia",
        "valencia-venezuela",
    ),
    (
        "vi",
        "Lũ lụt ở Valencia, Tây Ban Nha, khiến nhiều người chết.",
        "Valencia",
        "valencia-spain",
    ),
    ("vi", "Dân chạy từ Nam Sudan sang Sudan.", "Nam Sudan", "south-sudan"),
    ("vi", "Kho xăng ở Odessa, bang Texas, Mỹ, bốc cháy.", "Odessa", "odessa"),
    ("vi", "UAV Nga bắn trúng Odessa.", "Odessa", "odesa"),
    (
        "vi",
        "Bão lớn tàn phá St. Petersburg, bang Florida.",
        "St. Petersburg",
        "st-petersburg",
    ),
    (
        "vi",
        "Nhà máy ở Saint Petersburg, Nga, bốc cháy.",
        "Saint Petersburg",
        "saint-petersburg",
    ),
    (
        "vi",
        "Cảnh sát ở Paris, bang Texas, bắt hai người.",
        "Paris",
        "paris-united-states",
    ),
    (
        "vi",
        "Sinh viên ở Moscow, bang Idaho, Mỹ, tuần hành.",
        "Moscow",
        "moscow-united-states",
    ),
    ("vi", "Niger đóng cửa biên giới với Nigeria.", "Niger", "niger"),
    ("vi", "Các tay súng ở Nigeria bắt cóc học sinh.", "Nigeria", "nigeria"),
    (
        "vi",
        "Congo triệu đại sứ Rwanda tại Kinshasa.",
        "Congo",
        "democratic-republic-of-the-congo",
    ),
    (
        "vi",
        "Cộng hòa Congo cử phái đoàn từ Brazzaville.",
        "Cộng hòa Congo",
        "republic-of-the-congo",
    ),
    (
        "vi",
        "Guinea Xích đạo bắt hai người Nam Phi.",
        "Guinea Xích đạo",
        "equatorial-guinea",
    ),
    (
        "vi",
        "Đảo chính bất thành ở Guinea-Bissau.",
        "Guinea-Bissau",
        "guinea-bissau",
    ),
    (
        "vi",
        "Các bộ tộc đụng độ ở Papua New Guinea.",
        "Papua New Guinea",
        "papua-new-guinea",
    ),
    ("vi", "Chính quyền quân sự Guinea họp ở Conakry.", "Guinea", "guinea"),
    (
        "vi",
        "Triều Tiên và Hàn Quốc nối lại đường dây nóng.",
        "Hàn Quốc",
        "south-korea",
    ),
    ("vi", "Jordan đóng cửa biên giới với Syria.", "Jordan", "jordan"),
    ("vi", "Chad đưa quân tới biên giới Sudan.", "Chad", "chad"),
    ("vi", "Washington cảnh báo Tehran.", "Washington", "washington"),
    (
        "vi",
        "Cháy rừng ở bang Washington, Mỹ.",
        "Washington",
        "washington-region",
    ),
    ("vi", "Tổng thống Peru trở về Lima.", "Lima", "lima"),
    ("vi", "Biểu tình ở Santiago, Chile.", "Santiago", "santiago"),
    ("vi", "Biểu tình ở Cordoba, Argentina.", "Cordoba", "cordoba"),
    (
        "vi",
        "Mưa lớn ở huyện Bình Sơn, tỉnh Quảng Ngãi.",
        "Bình Sơn",
        "binh-son",
    ),
    (
        "vi",
        "Sân bay Long Thành ở tỉnh Đồng Nai sắp mở cửa.",
        "Đồng Nai",
        "dong-nai",
    ),
    ("vi", "Lũ quét ở tỉnh Hòa Bình.", "Hòa Bình", "hoa-binh-region"),
    ("vi", "Tỉnh Hà Giang ngập nặng.", "Hà Giang", "ha-giang-region"),
    ("vi", "Cháy lớn ở quận 1, TP HCM.", "TP HCM", "ho-chi-minh-city"),
    (
        "vi",
        "Bão vào Quảng Ninh rồi sang Quảng Tây, Trung Quốc.",
        "Quảng Tây",
        "guangxi",
    ),
    ("vi", "Tàu rời Hải Nam, Trung Quốc.", "Hải Nam", "hainan"),
    (
        "vi",
        "Thủ hiến bang Victoria, Australia, từ chức.",
        "Victoria",
        "victoria-au",
    ),
    ("vi", "Nổ ở tỉnh Kandahar, Afghanistan.", "Kandahar", "kandahar-region"),
    ("vi", "Nga pháo kích Kharkiv.", "Kharkiv", "kharkiv"),
    ("vi", "Quân đội Syria tiến vào Hama.", "Hama", "hama"),
    (
        "vi",
        "Dân ở huyện Long Thành, tỉnh Đồng Nai, phản đối.",
        "Long Thành",
        "long-thanh",
    ),
    ("vi", "Nổ kho ở tỉnh Hà Tây cũ.", "Hà Tây", "ha-tay"),
    ("vi", "Tai nạn ở quận Tân Bình, TP HCM.", "Tân Bình", "tan-binh"),
    (
        "en",
        "Dogs barked in Santiago, Dominican Republic.",
        "Santiago",
        "santiago-de-los-caballeros",
    ),
    (
        "en",
        "Lebanon, Tennessee, was hit by a storm.",
        "Lebanon",
        "lebanon-united-states",
    ),
    ("en", "A school in Athens, Georgia, closed.", "Georgia", "georgia-us"),
    ("en", "A school in Athens, Greece, closed.", "Athens", "athens"),
    (
        "en",
        "A school in Cambridge, Massachusetts, closed.",
        "Cambridge",
        "cambridge-united-states",
    ),
    (
        "en",
        "A school in Cambridge, England, closed.",
        "Cambridge",
        "cambridge-united-kingdom",
    ),
    (
        "en",
        "A school in Vienna, Virginia, closed.",
        "Vienna",
        "vienna-united-states",
    ),
    (
        "en",
        "A school in Naples, Florida, closed.",
        "Naples",
        "naples-united-states",
    ),
    ("en", "A school in Naples, Italy, closed.", "Naples", "naples"),
    ("en", "A dam broke near Derna in Libya.", "Derna", "darnah"),
];

/// Language, sentence, and the persons in it whose names are also places'.
const PERSONS: [(&str, &str, &[&str]); 5] = [
    (
        "en",
        "Jordan Pike met Chad Morris in Amman.",
        &["Jordan Pike", "Chad Morris"],
    ),
    ("en", "George Washington led the army.", &["George Washington"]),
    (
        "en",
        "Prime Minister Ariel Dumont met Israel Kovar.",
        &["Ariel Dumont", "Israel Kovar"],
    ),
    (
        "vi",
        "Tổng thống Paul Kovarin và Thủ tướng Jordan Velasko hội đàm.",
        &["Paul Kovarin", "Jordan Velasko"],
    ),
    (
        "vi",
        "Ông Đức Tuấn và bà Nguyễn Thị Nga cùng dự.",
        &["Đức Tuấn", "Nguyễn Thị Nga"],
    ),
];

/// What a whole report says decides, too: the text, a name in it, and the place that is meant by one of its mentions.
const REPORTS: [(&str, &str, &str); 36] = [
    (
        "Lebanon buried its dead on Friday. Shops in Beirut closed. In Tripoli, gunmen blocked the port road; Lebanon sent soldiers.",
        "Tripoli",
        "tripoli-lebanon",
    ),
    (
        "Libya buried its dead on Friday. Shops in Benghazi closed. In Tripoli, gunmen blocked the port road.",
        "Tripoli",
        "tripoli",
    ),
    (
        "Tanks crossed from Gori to Poti, and Georgia's army appealed for help; Georgia wept. In Atlanta, Georgia, students held a vigil.",
        "Georgia",
        "georgia-us",
    ),
    (
        "Pakistan mourned its soldiers. Pakistan said the attack began at noon. Traders in Hyderabad closed their shops.",
        "Hyderabad",
        "hyderabad-pakistan",
    ),
    (
        "India mourned its soldiers. India said the attack began at noon. Traders in Hyderabad closed their shops.",
        "Hyderabad",
        "hyderabad-india",
    ),
    (
        "The Dominican Republic closed the crossing, and the Dominican Republic sent troops. Police in Santiago arrested ten men.",
        "Santiago",
        "santiago-de-los-caballeros",
    ),
    (
        "Chile sent troops south, and Chile closed its parks. Police in Santiago arrested ten men.",
        "Santiago",
        "santiago",
    ),
    (
        "Mexico's navy sank a boat off La Paz in Baja California Sur.",
        "La Paz",
        "la-paz-mexico",
    ),
    (
        "Bolivia recalled its envoy. Bolivia said the march would end in La Paz.",
        "La Paz",
        "la-paz",
    ),
    (
        "Barcelona in Venezuela lost power; Venezuela blamed sabotage.",
        "Barcelona",
        "barcelona-venezuela",
    ),
    ("Spain's police raided flats in Barcelona.", "Barcelona", "barcelona"),
    ("A court in Delhi freed two men.", "Delhi", "delhi"),
    ("A jury in eastern Oklahoma freed him.", "Oklahoma", "oklahoma"),
    ("A vigil was held in New York on Sunday.", "New York", "new-york"),
    ("Settlers marched through Hebron in the West Bank.", "Hebron", "hebron"),
    (
        "Drones hit a plant in Kramatorsk, and shells fell on Sloviansk.",
        "Kramatorsk",
        "kramatorsk",
    ),
    ("Iraq's army entered Mosul from the east.", "Mosul", "mosul"),
    (
        "Police in Vienna, Virginia, held two men.",
        "Vienna",
        "vienna-united-states",
    ),
    (
        "Canada moved soldiers to London, Ontario; Canada paid for it.",
        "London",
        "london-canada",
    ),
    (
        "Canada said its envoy flew to London for talks on Friday. Canada paid for it.",
        "London",
        "london",
    ),
    ("The mayor of Toledo, Ohio, resigned.", "Toledo", "toledo-united-states"),
    (
        "Police in San Jose, California, found a bomb.",
        "San Jose",
        "san-jose-united-states",
    ),
    (
        "The ferry sank off San Fernando, Philippines.",
        "San Fernando",
        "san-fernando-philippines",
    ),
    (
        "Kyrgyzstan mourned. Police fired in Bishkek, and in Talas a minister was beaten.",
        "Talas",
        "talas-kyrgyzstan",
    ),
    ("The prime minister of Malaysia left for talks in Kiev.", "Kiev", "kyiv"),
    ("Ships turned back in the southern Red Sea.", "Red Sea", "red-sea"),
    (
        "Police in Hebron, Nebraska, made an arrest. The man had left Hebron.",
        "Hebron",
        "hebron-nebraska",
    ),
    ("Hebron, Nebraska, has one school.", "Hebron", "hebron-nebraska"),
    ("A flood hit Cairo, Illinois.", "Cairo", "cairo-illinois"),
    (
        "A school in Kumba, in Cameroon's South-West Region, was burned.",
        "South-West Region",
        "southwest-cm",
    ),
    (
        "Fighting spread in Sudan, where troops left Northern Kordofan.",
        "Northern Kordofan",
        "north-kordofan",
    ),
    (
        "Troops of Somalia took Lower Shabelle.",
        "Lower Shabelle",
        "lower-shebelle",
    ),
    (
        "Soldiers crossed the Line of Control (LoC). Guns fell silent along the LoC.",
        "LoC",
        "line-of-control",
    ),
    (
        "Troops in Tripoli, Lebanon, fired. By night Tripoli was calm, and Libya's envoy to Libya's neighbours left Libya.",
        "Tripoli",
        "tripoli-lebanon",
    ),
    ("Ukraine said its soldiers had left Robotyne.", "Robotyne", "robotyne"),
    ("Troops raided Jenin in the West Bank.", "Jenin", "jenin"),
];

#[test]
fn context_population_and_neighbours_choose() {
    let extractor = Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = Vec::new();
    let reports = REPORTS.iter().map(|&(text, name, entity)| ("en", text, name, entity));
    for (tag, text, name, entity) in PLACES.into_iter().chain(reports) {
        let found = names(&extractor, tag, text);
        let fits = |(words, kind, e): &(String, MentionKind, String)| {
            words == name && *kind == MentionKind::Place && e == entity
        };
        if !found.iter().any(fits) {
            wrong.push(format!("{text}: {name} is not {entity}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn persons_named_like_places_are_persons() {
    let extractor = Extractor::new(&PackFiles::builtin()).unwrap_or_else(|e| panic!("{e}"));
    for (tag, text, persons) in PERSONS {
        let found = names(&extractor, tag, text);
        let got: Vec<&str> = found
            .iter()
            .filter(|(_, kind, _)| *kind == MentionKind::Person)
            .map(|(words, _, _)| words.as_str())
            .collect();
        assert_eq!(got, persons, "{text}: {found:?}");
    }
}
