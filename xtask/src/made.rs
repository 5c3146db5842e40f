//! Reports in our own words, as many as are wanted: the same ones for the same number, no two alike but where one reprints another.

/// Actors as Vietnamese and English papers write them.
const ACTORS: [(&str, &str); 16] = [
    ("Pháp", "France"),
    ("Nga", "Russia"),
    ("Ukraine", "Ukraine"),
    ("Israel", "Israel"),
    ("Iran", "Iran"),
    ("Trung Quốc", "China"),
    ("Mỹ", "the United States"),
    ("Ấn Độ", "India"),
    ("Thổ Nhĩ Kỳ", "Turkey"),
    ("Đức", "Germany"),
    ("Ai Cập", "Egypt"),
    ("Nhật Bản", "Japan"),
    ("Hàn Quốc", "South Korea"),
    ("Brazil", "Brazil"),
    ("Kenya", "Kenya"),
    ("Ethiopia", "Ethiopia"),
];

const PLACES: [&str; 16] = [
    "Mali", "Niger", "Syria", "Sudan", "Libya", "Yemen", "Somalia", "Chad", "Lebanon", "Iraq", "Myanmar", "Haiti",
    "Congo", "Armenia", "Georgia", "Kosovo",
];

/// What happens: `{a}` and `{b}` act, `{p}` is where, `{n}` how many, `{d}` when.
const DEEDS: [(&str, &str); 10] = [
    (
        "Ngày {d}, quân đội {a} rút {n} binh sĩ khỏi {p}.",
        "{a} withdrew {n} soldiers from {p} on {d}.",
    ),
    (
        "{a} và {b} ký thỏa thuận ngừng bắn ngày {d} tại {p}.",
        "{a} and {b} signed a ceasefire agreement in {p} on {d}.",
    ),
    (
        "Ngày {d}, lực lượng {a} tấn công {p}, khiến {n} người thiệt mạng.",
        "Forces of {a} attacked {p} on {d}, killing {n} people.",
    ),
    (
        "Bộ Ngoại giao {a} ngày {d} lên án {b} vì tình hình ở {p}.",
        "The foreign ministry of {a} condemned {b} over {p} on {d}.",
    ),
    (
        "{a} sẽ gửi {n} tấn hàng cứu trợ tới {p}, người phát ngôn cho biết ngày {d}.",
        "{a} will send {n} tonnes of aid to {p}, a spokesman said on {d}.",
    ),
    (
        "Tổng thống {a} ngày {d} đến thăm {p} và hội đàm với {b}.",
        "The president of {a} visited {p} on {d} and held talks with {b}.",
    ),
    (
        "Ngày {d}, {a} áp lệnh trừng phạt lên {n} công ty của {b}.",
        "On {d} {a} imposed sanctions on {n} companies of {b}.",
    ),
    (
        "Khoảng {n} người biểu tình ở {p} ngày {d} phản đối {a}.",
        "About {n} people protested in {p} against {a} on {d}.",
    ),
    (
        "{a} bác bỏ tin nói nước này đã đưa {n} binh sĩ tới {p} hôm {d}.",
        "{a} denied that it had sent {n} soldiers to {p} on {d}.",
    ),
    (
        "Ngày {d}, {a} trả tự do cho {n} tù binh {b} tại {p}.",
        "On {d} {a} released {n} prisoners of {b} in {p}.",
    ),
];

/// Words of the sentences in between, in threes: who, does, what.
const WHO: [(&str, &str); 12] = [
    ("Một tài xế xe tải", "A lorry driver"),
    ("Người bán nước ở đầu phố", "The woman who sells water at the corner"),
    ("Một giáo viên về hưu", "A retired teacher"),
    ("Hai anh em nhà bên", "Two brothers next door"),
    ("Chủ quán trà", "The owner of the tea house"),
    ("Một y tá trực đêm", "A nurse on the night shift"),
    ("Những người câu cá", "Anglers by the river"),
    ("Một sinh viên năm hai", "A second-year student"),
    ("Ông thợ hàn", "The welder"),
    ("Đoàn xe tiếp tế", "The supply column"),
    ("Một nhà quan sát", "One observer"),
    ("Nhóm kỹ sư cầu đường", "A team of bridge engineers"),
];
const DOES: [(&str, &str); 12] = [
    ("nhìn thấy", "saw"),
    ("kể lại", "spoke of"),
    ("không tin vào", "did not believe in"),
    ("chờ đợi", "waited for"),
    ("nhớ rất rõ", "clearly remembered"),
    ("đếm từng", "counted each of"),
    ("ghi vào sổ", "wrote down"),
    ("lo ngại về", "worried about"),
    ("tránh xa", "kept away from"),
    ("đi qua", "passed by"),
    ("tìm kiếm", "searched for"),
    ("bàn về", "talked over"),
];
const WHAT: [(&str, &str); 12] = [
    ("những chiếc xe phủ bạt", "the covered vehicles"),
    ("hàng rào ở cửa khẩu", "the fence at the crossing"),
    ("giá bánh mì tuần này", "this week's price of bread"),
    ("chiếc cầu gỗ cũ", "the old wooden bridge"),
    ("tiếng động cơ ban đêm", "the engines at night"),
    ("các kho thóc trống", "the empty granaries"),
    ("bức thư chưa gửi", "a letter that was not sent"),
    ("những tấm biển chỉ đường", "the road signs"),
    ("đám đông trước bưu điện", "the crowd at the post office"),
    ("cơn mưa cuối mùa", "the last rain of the season"),
    ("chuyến phà sớm", "the early ferry"),
    ("lớp bụi trên mái nhà", "the dust on the roofs"),
];

/// A seeded stream of numbers (xorshift*).
pub(crate) struct Dice(u64);

impl Dice {
    /// Different for each seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides
    }

    fn of<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.below(table.len() as u64) as usize]
    }
}

/// Reports that tell of one matter.
const A_STORY: u64 = 12;

/// One record of JSON Lines, of about `size` bytes: report `number` of a pile.
pub(crate) fn record(number: u64, size: usize) -> String {
    // Every fifteenth prints an earlier one again, under its own name.
    let told = if number % 15 == 14 { number - 7 } else { number };
    let story = told / A_STORY;
    let (mut of_story, mut dice) = (Dice::new(story), Dice::new(1_000_003 + told));
    let vietnamese = dice.below(4) > 0;
    let pick = |pair: (&'static str, &'static str)| if vietnamese { pair.0 } else { pair.1 };
    let (a, b, place) = (of_story.of(&ACTORS), of_story.of(&ACTORS), of_story.of(&PLACES));
    let (month, year) = (1 + of_story.below(12), 2019 + of_story.below(5));
    let deeds: Vec<((&str, &str), u64, u64)> = (0..6)
        .map(|_| (of_story.of(&DEEDS), 1 + of_story.below(26), 3 + of_story.below(900)))
        .collect();
    let first = dice.below(deeds.len() as u64) as usize;
    let mut text = String::new();
    let mut sentence = 0;
    while text.len() < size {
        if sentence % 6 == 0 && sentence / 6 < 4 {
            let (deed, day, count) = deeds[(first + sentence / 6) % deeds.len()];
            let count = if dice.below(5) == 0 { count + 2 } else { count };
            let words = pick(deed)
                .replace("{a}", pick(a))
                .replace("{b}", pick(b))
                .replace("{p}", place)
                .replace("{n}", &count.to_string())
                .replace("{d}", &date(vietnamese, day, month, year));
            text.push_str(&words);
            text.push_str(if sentence == 0 { "\n" } else { " " });
        } else {
            let (who, does, what) = (dice.of(&WHO), dice.of(&DOES), dice.of(&WHAT));
            let (more, also) = (dice.of(&DOES), dice.of(&WHAT));
            let and = if vietnamese { "và" } else { "and" };
            let (who, does, what, more, also) = (pick(who), pick(does), pick(what), pick(more), pick(also));
            text.push_str(&format!("{who} {does} {what} {and} {more} {also}."));
            text.push_str(if sentence % 3 == 0 { "\n" } else { " " });
        }
        sentence += 1;
    }
    let published = format!("{year}-{month:02}-{:02}", (deeds[first].1 + 1).min(28));
    let outlet = format!("outlet-{}.example", dice.below(40));
    serde_json::json!({
        "id": format!("made-{number}"), "url": format!("https://{outlet}/{number}"), "outlet": outlet,
        "text": text, "published": published,
    })
    .to_string()
}

fn date(vietnamese: bool, day: u64, month: u64, year: u64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if vietnamese {
        format!("{day}/{month}/{year}")
    } else {
        format!("{day} {} {year}", MONTHS[month as usize - 1])
    }
}

/// Records `from..to` as JSON Lines.
pub(crate) fn lines(from: u64, to: u64, size: usize) -> String {
    (from..to).map(|number| record(number, size) + "\n").collect()
}
