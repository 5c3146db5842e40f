//! Whole reports through the room, in our own words.

use super::*;
use dateline_model::Known;

fn cleaner() -> Cleaner {
    Cleaner::new(&PackFiles::builtin()).expect("the built-in packs load")
}

fn capture(text: &str) -> Capture {
    Capture {
        id: "1".into(),
        path: "a.txt".into(),
        record: None,
        media_type: "text/plain".into(),
        content: Content::Text(text.into()),
        known: Known::default(),
    }
}

#[test]
fn a_scraped_report_loses_what_is_around_it() {
    let text = "Trang chủTin tứcThế giớiCầu gỗ ở làng Đông bị lũ cuốn trôi\n\nCầu gỗ ở làng Đông bị lũ cuốn trôi\n\nNước lũ sáng 3/2 cuốn trôi cây cầu gỗ nối hai bờ sông ở làng Đông, không ai bị thương.\n\ncau-go.jpg\nCây cầu trước ngày bị cuốn trôi\n\nTrưởng làng cho biết nước dâng nhanh trong đêm và người dân đã rời nhà từ trước nửa đêm hôm qua. Nhiều gia đình được đưa tới trường học.\n\nChính quyền hứa dựng lại cầu trong mùa khô, bằng bê tông thay cho gỗ như cây cầu cũ.\n\nLan Anh (Theo AFP)\n\nCùng chuyên mục\n\nGiá cà phê tăng mạnh ở nhiều nước\n\nGiá cà phê hôm nay tăng tuần thứ ba liên tiếp vì hạn hán ở các vùng trồng lớn...\n";
    let cleaned = cleaner().clean(&capture(text));
    let document = &cleaned.document;
    assert_eq!(document.headline.as_deref(), Some("Cầu gỗ ở làng Đông bị lũ cuốn trôi"));
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind.as_str()).collect();
    assert_eq!(kinds, ["headline", "lead", "body", "body"], "{}", document.text);
    assert_eq!(document.authors, ["Lan Anh"]);
    assert_eq!(document.credits[0].name, "AFP");
    assert_eq!(document.credits[0].span.of(text), "AFP");
    assert_eq!(document.language, "vi");
    for block in &document.blocks {
        assert_eq!(block.span.of(&document.text), block.source.expect("text").of(text));
    }
}

#[test]
fn nothing_is_never_left() {
    let document = cleaner().clean(&capture("Chia sẻ\nQuảng cáo")).document;
    assert_eq!(document.text, "Chia sẻ\nQuảng cáo");
    assert_eq!(cleaner().clean(&capture("")).document.text, "");
}
