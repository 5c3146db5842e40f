//! Every rule's examples and every corpus of the built-in packs, room by room.

use dateline_lang::{Mark, Pack, PackError, PackFiles, parse_corpus};

/// The packs that are built in, each with its vocabulary open for a room's rules.
fn packs(files: &PackFiles) -> Vec<Pack> {
    let tags = files.under("").filter_map(|(p, _)| p.strip_suffix("/pack.toml"));
    tags.map(|tag| {
        let mut pack = Pack::load(files, tag).unwrap_or_else(|e| panic!("{tag}: {e}"));
        for class in dateline_extract::FOUND_CLASSES {
            pack.vocabulary.class(class);
        }
        pack
    })
    .collect()
}

fn none_failed(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} failed\n\n{}\n",
        failures.len(),
        failures.join("\n\n")
    );
}

/// Runs a room's `check` on every pack: it gives what does not hold.
fn all_hold(check: impl Fn(&mut Pack, &PackFiles) -> Result<Vec<String>, PackError>) {
    let files = PackFiles::builtin();
    let mut failures = Vec::new();
    for mut pack in packs(&files) {
        failures.extend(check(&mut pack, &files).unwrap_or_else(|e| panic!("{}: {e}", pack.tag)));
    }
    none_failed(&failures);
}

/// Every corpus of a room has a case below a heading with "Not", in which nothing is to be found.
fn says_what_is_not(room: &str, nothing: impl Fn(&[Mark]) -> bool) {
    let files = PackFiles::builtin();
    let ending = format!("/{room}/corpus.md");
    for (path, content) in files.under("").filter(|(p, _)| p.ends_with(&ending)) {
        let cases = parse_corpus(content).unwrap_or_else(|e| panic!("{path}: {e}"));
        let negatives = cases.iter().filter(|c| c.heading.contains("Not") && nothing(&c.marks));
        assert!(negatives.count() > 0, "{path} has no case below a heading with \"Not\"");
    }
}

mod names {
    use super::{all_hold, says_what_is_not};
    use dateline_extract::names::Finder;

    #[test]
    fn examples_and_corpora_hold() {
        all_hold(|pack, files| Ok(Finder::new(pack, files)?.check(pack, files)));
    }

    #[test]
    fn every_corpus_says_what_is_not_a_name() {
        says_what_is_not("names", |marks| marks.is_empty());
    }
}

mod time {
    use super::{all_hold, says_what_is_not};
    use dateline_extract::time::Tagger;

    #[test]
    fn examples_and_corpora_hold() {
        all_hold(|pack, files| Ok(Tagger::new(pack, files)?.check(pack, files)));
    }

    #[test]
    fn every_corpus_says_what_is_not_a_time() {
        says_what_is_not("time", |marks| marks.is_empty());
    }
}

mod events {
    use super::says_what_is_not;
    use dateline_extract::Extractor;
    use dateline_lang::PackFiles;

    /// The examples and corpora of all rooms, as a user's packs are checked; events need the whole reader.
    #[test]
    fn examples_and_corpora_hold() {
        let files = PackFiles::builtin();
        let extractor = Extractor::new(&files).unwrap_or_else(|e| panic!("{e}"));
        if let Err(error) = extractor.check(&files) {
            panic!("{error}");
        }
    }

    #[test]
    fn every_corpus_says_what_is_not_an_event() {
        says_what_is_not("events", |marks| marks.is_empty());
    }
}

mod speech {
    use super::{all_hold, packs, says_what_is_not};
    use dateline_extract::speech::Attributor;
    use dateline_lang::{PackFiles, parse_corpus};
    use dateline_model::{Document, Published};

    #[test]
    fn examples_and_corpora_hold() {
        all_hold(|pack, files| Ok(Attributor::new(pack, files)?.check(pack, files)));
    }

    /// Texts cut anywhere, joined without a space, with marks that open nothing: found or not, nothing breaks.
    #[test]
    fn broken_texts_break_nothing() {
        let files = PackFiles::builtin();
        for mut pack in packs(&files) {
            let attributor = Attributor::new(&mut pack, &files).unwrap_or_else(|e| panic!("{e}"));
            let Some(content) = files.get(&format!("{}/speech/corpus.md", pack.tag)) else {
                continue;
            };
            let cases = parse_corpus(content).unwrap_or_else(|e| panic!("{e}"));
            let mut texts: Vec<String> = [
                "",
                "\n",
                "\"",
                "“",
                ":",
                "said",
                "nói",
                ", said",
                "\"a\" said",
                "nói: \"",
                "theo",
                "dẫn lời",
            ]
            .map(String::from)
            .to_vec();
            for case in &cases {
                for (at, _) in case.text.char_indices().step_by(3) {
                    texts.push(case.text[at..].to_string());
                    texts.push(case.text[..at].to_string());
                    texts.push(case.text[..at].replace(' ', ""));
                }
            }
            for text in &texts {
                let words = pack.words(text);
                let document = Document {
                    text: text.clone(),
                    ..Document::default()
                };
                for a in attributor.attribute(&pack, &words, &document, &Published::default(), &[], &[]) {
                    assert!(
                        a.content.is_some_and(|c| !c.of(text).is_empty()),
                        "{text}: an attribution without content"
                    );
                    assert!(
                        a.cue.is_none_or(|c| !c.of(text).is_empty()),
                        "{text}: a cue that cuts a letter"
                    );
                }
            }
        }
    }

    #[test]
    fn every_corpus_says_what_is_not_speech() {
        says_what_is_not("speech", |marks| !marks.iter().any(|m| m.label.starts_with("cue")));
    }
}

mod standings {
    use super::all_hold;
    use dateline_extract::events::Standings;

    #[test]
    fn examples_hold() {
        all_hold(|pack, files| Ok(Standings::new(pack, files)?.check(pack)));
    }
}
