//! Phrases of the packs by role, in one trie of words: `packs/*/clean/*.toml`.

use super::words::{Shape, Word, word_hash, words_of};
use dateline_lang::{PackError, PackFiles};
use dateline_model::RuleId;
use rapidhash::{RapidHashMap, RapidHashSet};
use serde::Deserialize;

/// What a phrase says about its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// Buttons, forms, comment boxes.
    Widget,
    /// The article is over: what follows is other news.
    Tail,
    /// Other news follows, the article may go on after it.
    Related,
    /// A list of key words; ends the article, too.
    Tags,
    /// Words under a picture.
    Caption,
    /// Author follows.
    Byline,
    /// Agency follows.
    Credit,
    /// Source line or link.
    Source,
    /// Cookies, copyright, imprint.
    Notice,
    /// A field of a database's record: left out only beside other fields.
    Field,
    /// Advertisement.
    Advert,
    /// Name of a section of a newspaper.
    Section,
    /// Words of dates and times of day, as in time stamps.
    Time,
    /// Little words that any text of the language is full of.
    Function,
    /// "and" between names, "compiled" and the like in credit lines.
    Joint,
    /// "photo", "image": with a number behind it, a caption.
    Picture,
    /// Single words of the page itself: "cookie", "newsletter". Paragraphs with several speak of the page, not of the world.
    Page,
    /// The house speaks to its readers: "our newsletter". A line that says so and comes again in other reports is furniture.
    House,
    /// Ends an article in a file of several.
    PartEnd,
    /// Announces a number of an article in a file of several: "Article", with "2 of 5" behind it.
    PartNumber,
    /// Names a field above an article in a file of several: "Headline:".
    PartTitle,
    /// Names another such field.
    PartField,
}

/// A role is a bit of a number.
const _: () = assert!((Role::PartField as u32) < u32::BITS);

/// How many roles are told of each line; those behind [`Role::Page`] are looked up where they are asked for.
const ROLES: usize = Role::Page as usize + 1;

/// Where in its line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum At {
    /// It is the whole line; numbers around it do not matter.
    Line,
    /// The line begins with it.
    Start,
    /// The line ends with it.
    End,
    /// Among the last words of the line.
    Inside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(
        dead_code,
        reason = "the law of the packs: each file says where its words come from; the loader only insists"
    )]
    source: String,
    #[serde(default)]
    group: Vec<GroupFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    id: String,
    role: Role,
    at: At,
    phrases: Vec<String>,
    #[serde(default)]
    max_words: Option<usize>,
    examples: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

/// A group of phrases with one role.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// `vi.clean.share`.
    pub(super) rule: RuleId,
    role: Role,
    at: At,
    max_words: usize,
    /// Lines that it must hit.
    #[cfg_attr(
        not(test),
        allow(
            dead_code,
            reason = "examples of the built-in packs run in the tests, never at start-up"
        )
    )]
    examples: Vec<String>,
    /// Lines that it must not hit.
    #[cfg_attr(
        not(test),
        allow(
            dead_code,
            reason = "examples of the built-in packs run in the tests, never at start-up"
        )
    )]
    not: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct Terminal {
    group: u16,
    colon: bool,
}

/// A phrase found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Number of the group.
    pub(super) group: u16,
    /// First word.
    pub(super) from: usize,
    /// One past the last word.
    pub(super) to: usize,
}

/// What the phrases say about one line: at most one hit a role.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hits([Option<Hit>; ROLES]);

impl Hits {
    /// The hit of a role.
    pub(super) fn get(&self, role: Role) -> Option<Hit> {
        self.0.get(role as usize).copied().flatten()
    }

    /// Has a role.
    pub(super) fn has(&self, role: Role) -> bool {
        self.get(role).is_some()
    }
}

/// All phrases of all packs, compiled.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    groups: Vec<Group>,
    /// The first step: a word's hash → node. Asked for every word of a report.
    roots: RapidHashMap<u64, u32>,
    /// The further steps: node and a word's hash → node.
    edges: RapidHashMap<(u32, u64), u32>,
    /// By node, what ends there.
    terminals: Vec<Vec<Terminal>>,
    /// By node, the roles of what ends there: a bit each.
    roles: Vec<u32>,
    /// First words of what may stand between the articles of one file.
    part_firsts: RapidHashSet<u64>,
}

/// Files beside the phrases that hold facts about outlets.
fn is_facts(path: &str) -> bool {
    path.ends_with("/outlets.toml") || path.ends_with("/countries.toml")
}

/// Lines with more words are not looked up: no button, heading or credit is that long. Chosen, not measured.
const LOOKED_UP_WORDS: usize = 70;

/// How far from the end of a line an inner phrase may stand, in words. Credits of pictures are the last thing in their line.
const INSIDE_REACH: usize = 12;

impl Phrases {
    /// Reads all `*/clean/*.toml` with phrase groups.
    pub(super) fn load(files: &PackFiles) -> Result<Phrases, PackError> {
        let mut phrases = Phrases {
            terminals: vec![Vec::new()],
            roles: vec![0],
            ..Phrases::default()
        };
        for (path, _) in files.under("") {
            if path.split('/').nth(1) != Some("clean") || !path.ends_with(".toml") || is_facts(path) {
                continue;
            }
            let file: File = files.read(path)?;
            for group in file.group {
                phrases.add(path, group)?;
            }
        }
        Ok(phrases)
    }

    fn add(&mut self, path: &str, file: GroupFile) -> Result<(), PackError> {
        if file.examples.is_empty() {
            return Err(PackError::NoExample {
                path: path.to_string(),
                rule: file.id,
            });
        }
        let group = self.groups.len() as u16;
        for phrase in &file.phrases {
            let (words, _) = words_of(phrase);
            if words.is_empty() {
                let message = format!("`{phrase}` has no word");
                return Err(PackError::Pattern {
                    path: path.to_string(),
                    rule: file.id,
                    message,
                });
            }
            if file.role >= Role::PartEnd {
                self.part_firsts.insert(words[0].hash);
            }
            let mut node = 0u32;
            for word in &words {
                let next = self.terminals.len() as u32;
                let to = match node {
                    0 => *self.roots.entry(word.hash).or_insert(next),
                    _ => *self.edges.entry((node, word.hash)).or_insert(next),
                };
                if to == next {
                    self.terminals.push(Vec::new());
                    self.roles.push(0);
                }
                node = to;
            }
            self.roles[node as usize] |= 1 << file.role as u32;
            self.terminals[node as usize].push(Terminal {
                group,
                colon: phrase.trim_end().ends_with(':'),
            });
        }
        self.groups.push(Group {
            rule: RuleId::from(file.id),
            role: file.role,
            at: file.at,
            max_words: file.max_words.unwrap_or(LOOKED_UP_WORDS),
            examples: file.examples,
            not: file.not,
        });
        Ok(())
    }

    /// The rule of a hit.
    pub(super) fn rule(&self, hit: Hit) -> RuleId {
        self.groups[hit.group as usize].rule.clone()
    }

    /// The role that a single word has everywhere, e.g. a word of time or a little word.
    pub(super) fn word_has(&self, word: &Word, role: Role) -> bool {
        self.step(0, word).is_some_and(|node| self.ends(node, role))
    }

    /// The node behind a word.
    fn step(&self, node: u32, word: &Word) -> Option<u32> {
        match node {
            0 => self.roots.get(&word.hash),
            _ => self.edges.get(&(node, word.hash)),
        }
        .copied()
    }

    /// A phrase of the role ends at a node.
    fn ends(&self, node: u32, role: Role) -> bool {
        self.roles[node as usize] & 1 << role as u32 != 0
    }

    /// The longest phrase of `role` that begins at word `from`: one past its last word. Where it stands does not matter.
    pub(super) fn longest(&self, words: &[Word], from: usize, role: Role) -> Option<usize> {
        let (mut node, mut best) = (0u32, None);
        for (n, word) in words.iter().enumerate().skip(from) {
            let Some(next) = self.step(node, word) else {
                break;
            };
            node = next;
            if self.ends(node, role) {
                best = Some(n + 1);
            }
        }
        best
    }

    /// What may stand between the articles of one file may begin with this word. Asked for every short line.
    pub(super) fn begins_part(&self, first: &str) -> bool {
        self.part_firsts.contains(&word_hash(first))
    }

    /// A phrase of `role` stands somewhere among the words.
    pub(super) fn anywhere(&self, words: &[Word], role: Role) -> bool {
        (0..words.len()).any(|from| self.longest(words, from, role).is_some())
    }

    /// What the phrases say about a line.
    pub(super) fn hits(&self, text: &str, shape: &Shape) -> Hits {
        let mut hits = Hits::default();
        let words = &shape.words;
        if words.is_empty() || shape.long || words.len() > LOOKED_UP_WORDS {
            return hits;
        }
        let first = words.iter().position(|w| !w.digits).unwrap_or(0);
        let last = words.iter().rposition(|w| !w.digits).map_or(words.len(), |n| n + 1);
        self.walk(
            text,
            words,
            0,
            &mut |at, _, to| match at {
                At::Line => to == words.len() || to == last,
                At::Start | At::Inside => true,
                At::End => to == words.len(),
            },
            &mut hits,
        );
        if first > 0 {
            self.walk(
                text,
                words,
                first,
                &mut |at, _, to| at == At::Line && to == last,
                &mut hits,
            );
        }
        let reach = words.len().saturating_sub(INSIDE_REACH).max(1);
        for from in reach..words.len() {
            self.walk(
                text,
                words,
                from,
                &mut |at, _, to| at == At::Inside || (at == At::End && to == words.len()),
                &mut hits,
            );
        }
        hits
    }

    fn walk(
        &self,
        text: &str,
        words: &[Word],
        from: usize,
        fits: &mut dyn FnMut(At, usize, usize) -> bool,
        hits: &mut Hits,
    ) {
        let mut node = 0u32;
        for (n, word) in words.iter().enumerate().skip(from) {
            let Some(next) = self.step(node, word) else {
                return;
            };
            node = next;
            let to = n + 1;
            for terminal in &self.terminals[node as usize] {
                let group = &self.groups[terminal.group as usize];
                if words.len() > group.max_words || !fits(group.at, from, to) {
                    continue;
                }
                // A bracket before the mark says as much as a colon behind it, and so do dots: "Photo: ABC", "(Photo ABC)",
                // "Photo...ABC".
                let behind = text[word.end as usize..].trim_start();
                let colon = behind.starts_with([':', '：', '…']) || behind.starts_with("...");
                if terminal.colon && !colon && !text[..words[from].start as usize].ends_with(['(', '[']) {
                    continue;
                }
                let Some(slot) = hits.0.get_mut(group.role as usize) else {
                    continue;
                };
                // The longer phrase says more, the later one stands nearer to the end.
                if slot.is_none_or(|old| to - from >= old.to - old.from) {
                    *slot = Some(Hit {
                        group: terminal.group,
                        from,
                        to,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_hits_its_examples_and_spares_the_others() {
        let phrases = Phrases::load(&PackFiles::builtin()).expect("the built-in packs load");
        assert!(!phrases.groups.is_empty());
        let mut wrong = Vec::new();
        for (n, group) in phrases.groups.iter().enumerate() {
            for (lines, wanted) in [(&group.examples, true), (&group.not, false)] {
                for line in lines {
                    let shape = Shape::of(line);
                    if group.role as usize >= ROLES {
                        if phrases.anywhere(&shape.words, group.role) != wanted {
                            wrong.push(format!("{}: {line:?} (wanted {wanted})", group.rule));
                        }
                        continue;
                    }
                    let hit = phrases.hits(line, &shape).get(group.role);
                    // Another group of the same role may say it with more words.
                    if (if wanted {
                        hit.is_some()
                    } else {
                        hit.is_some_and(|h| h.group as usize == n)
                    }) != wanted
                    {
                        wrong.push(format!("{}: {line:?} (wanted {wanted}, got {hit:?})", group.rule));
                    }
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{}\nhelp: correct the phrases or the example in packs/*/clean/",
            wrong.join("\n")
        );
    }

    #[test]
    fn a_group_without_an_example_is_refused() {
        let mut files = PackFiles::default();
        files.insert(
            "xx/clean/a.toml",
            "source = 'own'\n[[group]]\nid = 'x'\nrole = 'tail'\nat = 'line'\nphrases = ['a']\nexamples = []\n",
        );
        assert!(matches!(Phrases::load(&files), Err(PackError::NoExample { .. })));
    }
}
