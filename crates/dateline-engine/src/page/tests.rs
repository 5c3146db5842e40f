//! The page as a whole.

use super::*;

#[path = "../../examples/page/fixture.rs"]
mod fixture;

fn made((timeline, reports): fixture::Made) -> String {
    shown(&timeline, &reports, BUDGET)
}

fn shown(timeline: &Timeline, reports: &[AnnotatedDocument], budget: usize) -> String {
    within(timeline, reports, &fixture::courses(timeline, reports), budget)
}

/// The page without our own script, sheet and data.
fn markup(page: &str) -> String {
    let body = page.find("<body>").expect("a body");
    let data = page.find("<script type=\"application/json\"").expect("an island");
    page[body..data].to_string()
}

#[test]
fn a_story_shows_its_dates_statuses_and_disputes() {
    let page = made(fixture::story());
    for shown in [
        ">19.9.2023<",
        ">thập niên 1990<",
        ">16–17.4.2024<",
        ">muộn nhất 31.12.2024<",
        "dispute.conflict",
        "dispute.refinement",
        "dispute.approximation",
        "dispute.framing",
        "dispute.correction",
        "dispute.update",
        "class=\"entry planned\"",
        "class=\"entry denied\"",
        "class=\"entry hypothetical\"",
        "Gần 2.000",
        "About 2,000",
        "coref.refuse.phase",
        "Giá vé xe buýt tháng này",
    ] {
        assert!(page.contains(shown), "`{shown}` is not on the page");
    }
    assert!(
        page.contains("<mark class=\"t\">16/4</mark>"),
        "the words of the date are marked"
    );
}

#[test]
fn a_report_cannot_write_markup_or_run_anything() {
    let page = made(fixture::hostile());
    let markup = markup(&page);
    for dead in ["<script", "<img", "href=\"javascript"] {
        assert!(!markup.contains(dead), "{dead}");
    }
    assert!(
        !page.contains(['\u{202E}', '\u{2028}']),
        "letters that turn the line are taken out"
    );
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the data and our own script, nothing else"
    );
    assert_eq!(page.matches("</title>").count(), 1);
}

#[test]
fn every_id_stands_once_and_every_link_leads_somewhere() {
    for made in [
        fixture::story(),
        fixture::hostile(),
        fixture::single(),
        fixture::empty(),
    ] {
        let page = shown(&made.0, &made.1, BUDGET);
        let after = |page: &str, mark: &str| -> Vec<String> {
            let parts = page.split(mark).skip(1);
            parts.map(|p| p.split('"').next().unwrap_or("").to_string()).collect()
        };
        let plain = page
            .replace(" id=r", " id=\"r")
            .replace("><p dir=auto>", "\"><p dir=auto>");
        let mut ids = after(&plain, " id=\"");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for target in after(&page, " href=\"#") {
            assert!(
                ids.contains(&target) || ids.contains(&"main".into()) && target == "h-timeline",
                "#{target}"
            );
        }
    }
}

#[test]
fn nothing_loads_from_elsewhere() {
    let page = made(fixture::story());
    assert!(!page.contains(" src=") && !page.contains("url(") && !page.contains("@import"));
    assert_eq!(page.matches("<link").count(), 1, "the empty icon");
}

#[test]
fn the_order_of_the_reports_does_not_show() {
    let (mut timeline, mut reports) = fixture::story();
    let page = shown(&timeline, &reports, BUDGET);
    reports.reverse();
    timeline.reports.reverse();
    assert_eq!(page, shown(&timeline, &reports, BUDGET));
}

#[test]
fn a_large_archive_stays_within_its_budget_and_says_what_it_leaves_out() {
    let (timeline, reports) = fixture::many(120);
    let whole = shown(&timeline, &reports, usize::MAX);
    let mut last = usize::MAX;
    for share in [9, 6, 4, 2] {
        let budget = whole.len() * share / 10;
        let page = shown(&timeline, &reports, budget);
        assert!(page.len() <= budget, "{} of {budget}", page.len());
        assert!(page.contains("data-k=level.1>"));
        assert!(page.len() <= last);
        last = page.len();
    }
}

#[test]
fn of_many_lanes_those_with_the_most_entries_are_shown() {
    let (timeline, reports) = fixture::story();
    let one = fixture::courses(&timeline, &reports).remove(0);
    let course = |n: usize| {
        let mut course = one.clone();
        course.subject.name = format!("Force {n}");
        course
    };
    let courses: Vec<Course> = (0..2000).map(course).collect();
    let page = within(&timeline, &reports, &courses, BUDGET);
    assert!(page.contains("data-lanes=300>") && page.contains("data-k=s.cut data-n=300 data-x=2000>"));
    assert!(page.len() < within(&timeline, &reports, &courses[..300], BUDGET).len() + 1_000);
    let budget = page.len() / 3;
    let page = within(&timeline, &reports, &courses, budget);
    assert!(
        page.len() <= budget && page.contains("data-lanes=40>"),
        "{} of {budget}",
        page.len()
    );
}

#[test]
fn very_many_reports_without_an_event_are_counted() {
    let (mut timeline, reports) = fixture::single();
    let (line, story) = (timeline.reports.remove(0), timeline.stories.first().cloned());
    for number in 0..20_000 {
        let mut line = line.clone();
        line.id = format!("{number:064}");
        if let Some(mut story) = story.clone() {
            story.id = format!("s{number}");
            story.reports = vec![line.id.clone()];
            line.story = Some(story.id.clone());
            timeline.stories.push(story);
        }
        timeline.reports.push(line);
    }
    timeline.events.clear();
    timeline.duplicates.push(dateline_model::DuplicateSet {
        reports: timeline.reports.iter().map(|r| r.id.clone()).collect(),
        kind: dateline_model::DuplicateKind::Identical,
        original: timeline.reports[0].id.clone(),
        changes: Vec::new(),
    });
    let budget = 2_000_000;
    let page = shown(&timeline, &reports, budget);
    assert!(page.len() <= budget, "{} of {budget}", page.len());
    assert!(page.contains("data-k=reports.uncited") && page.contains("</main>"));
}

#[test]
fn an_empty_archive_and_a_single_report_are_meant() {
    assert!(made(fixture::empty()).contains("data-k=empty.h>"));
    assert!(made(fixture::single()).contains("data-k=single>"));
}

#[test]
fn what_held_is_drawn_and_said_with_its_entries() {
    let page = made(fixture::story());
    let section = page.split("id=\"state\"").nth(1).expect("the section");
    let section = section.split("</section>").next().unwrap_or("");
    for seen in [
        "data-k=s.control>",
        "data-k=s.presence>",
        "data-k=s.in-force>",
        "data-k=s.holds>",
        "data-k=s.leaving>",
        "data-k=s.absent>",
        "class=\"stated h",
        "class=\"inferred h",
        "class=\"one h",
        "data-k=s.told>",
        "href=\"#e-war\" data-k=s.entry",
    ] {
        assert!(section.contains(seen), "{seen}");
    }
    assert!(!made(fixture::empty()).contains("id=\"state\""));
    assert!(!made(fixture::single()).contains("id=\"state\""));
}

#[test]
fn every_word_that_the_script_asks_for_is_in_the_table() {
    let words = Words::new(Language::English);
    let quoted = SCRIPT
        .split("word(\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or(""));
    for key in quoted.filter(|k| !k.ends_with('.') && *k != "months") {
        assert!(words.find(key).is_some(), "{key}");
    }
}

#[test]
fn hashes_are_base64() {
    assert_eq!(base64(b"ab"), "YWI=");
    assert_eq!(base64(b"abc"), "YWJj");
    assert_eq!(base64(b"a"), "YQ==");
    assert_eq!(base64(&[0xFB, 0xFF]), "+/8=");
}

#[test]
fn what_is_told_under_another_leads_to_it_and_back() {
    let (mut timeline, read) = fixture::story();
    let (over, under) = (timeline.events[0].id.clone(), timeline.events[1].id.clone());
    timeline.events[1].under = Some(dateline_model::Under {
        event: over.clone(),
        rule: "under.said".into(),
    });
    let page = shown(&timeline, &read, BUDGET);
    let list = markup(&page);
    assert_eq!(
        list.matches("<li class=\"entry ").count(),
        timeline.events.len(),
        "nothing is left out"
    );
    assert_eq!(list.matches(" told\" id=").count(), 1);
    assert!(list.contains("<ul class=\"under\"><li>"));
    for id in [over, under] {
        assert!(list.contains(&format!("href=\"#e-{id}\"")), "{id} is linked");
    }
}

#[test]
fn the_head_counts_what_stands_and_what_is_told_under_it() {
    let (mut timeline, reports) = fixture::story();
    let count = |page: &str, key: &str| {
        let mark = format!("<span data-k={key} data-n=");
        let (_, rest) = page.split_once(&mark)?;
        rest.split_once('>')?.0.parse::<usize>().ok()
    };
    let all = timeline.events.len();
    let (first, last) = (timeline.events[0].id.clone(), all - 1);
    timeline.events.iter_mut().for_each(|e| e.under = None);
    let page = shown(&timeline, &reports, BUDGET);
    assert_eq!((count(&page, "n.events"), count(&page, "n.under")), (Some(all), None));
    timeline.events[last].under = Some(dateline_model::Under {
        event: first,
        rule: "under.said".into(),
    });
    let page = shown(&timeline, &reports, BUDGET);
    assert_eq!(
        (count(&page, "n.events"), count(&page, "n.under")),
        (Some(last), Some(1))
    );
}
