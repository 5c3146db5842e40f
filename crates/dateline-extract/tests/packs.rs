//! Every rule's examples and every corpus of the built-in packs, room by room.

use dateline_lang::{Pack, PackFiles};

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

mod time {
    use super::packs;
    use dateline_extract::time::Tagger;
    use dateline_lang::{PackFiles, parse_corpus};

    #[test]
    fn examples_and_corpora_hold() {
        let files = PackFiles::builtin();
        let mut failures = Vec::new();
        for mut pack in packs(&files) {
            let tagger = Tagger::new(&mut pack, &files).unwrap_or_else(|e| panic!("{e}"));
            failures.extend(tagger.check(&pack, &files));
        }
        assert!(failures.is_empty(), "{} failed\n\n{}\n", failures.len(), failures.join("\n\n"));
    }

    #[test]
    fn every_corpus_says_what_is_not_a_time() {
        let files = PackFiles::builtin();
        for (path, content) in files.under("").filter(|(p, _)| p.ends_with("/time/corpus.md")) {
            let cases = parse_corpus(content).unwrap_or_else(|e| panic!("{path}: {e}"));
            let negatives = cases.iter().filter(|c| c.heading.contains("Not") && c.marks.is_empty()).count();
            assert!(negatives > 0, "{path} has no case below a heading with \"Not\"");
        }
    }
}
