//! Runs of capitalised words: what may be a name though nobody knows it.
//!
//! Takes: words. Gives: runs by start. Never: says what kind of name it is.

use super::atoms::{self, Atom};
use dateline_lang::{Caps, ClassId, TokenKind, Words};
use dateline_model::Span;

/// How a language writes names: `names/habits.toml`.
#[derive(Clone, Debug, Default)]
pub(super) struct Habits {
    /// Words are written syllable by syllable; foreign ones stand out ("Tập Cận Bình" against "Putin").
    pub syllables: bool,
    /// Headlines capitalise common words.
    pub title_case: bool,
    /// The country of most readers by ISO 3166-1, whose places are meant where no other is told of.
    pub home: Option<String>,
    /// What a hyphen ties to a name and is no part of it ("London-based"): whole words, sorted, and endings of words.
    pub tied_words: Vec<String>,
    pub tied_endings: Vec<String>,
    /// Endings of common words that may begin a sentence where a name could stand ("Villagers said").
    pub common_endings: Vec<String>,
    /// Endings that look like those and are of names ("Marcos").
    pub name_endings: Vec<String>,
    /// What a hyphen ties to a name from before ("Anti-Karsi").
    pub prefixes: Vec<String>,
    /// Endings of verbs that begin a sentence before a name ("Describing Karsi").
    pub opening_endings: Vec<String>,
    /// What stands behind an apostrophe and is no part of a name ("Kenya's"), sorted; empty where names in lower case never go on
    /// behind one.
    pub elided: Vec<String>,
}

impl Habits {
    /// Reads the table.
    pub(super) fn read(table: &toml::Table) -> Habits {
        let yes = |key: &str| table.get(key).and_then(toml::Value::as_bool).unwrap_or(false);
        let list = |key: &str| {
            let values = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            let mut list: Vec<String> = values.filter_map(|v| v.as_str().map(String::from)).collect();
            list.sort_unstable();
            list
        };
        Habits {
            syllables: yes("syllables"),
            title_case: yes("title-case"),
            home: table.get("home").and_then(toml::Value::as_str).map(String::from),
            tied_words: list("tied-words"),
            tied_endings: list("tied-endings"),
            common_endings: list("common-endings"),
            name_endings: list("name-endings"),
            prefixes: list("prefixes"),
            opening_endings: list("opening-endings"),
            elided: list("elided"),
        }
    }

    /// The word ends like a common one.
    pub(super) fn is_common(&self, word: &str) -> bool {
        let ends = |list: &[String]| list.iter().any(|e| word.ends_with(e.as_str()));
        ends(&self.common_endings) && !ends(&self.name_endings)
    }

    /// What stands before a name and a hyphen and is no part of it, in any letter case.
    fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.iter().any(|p| word.eq_ignore_ascii_case(p))
    }

    /// The word ends like a verb that begins a sentence.
    pub(super) fn is_opening(&self, word: &str) -> bool {
        word.len() >= OPENING && self.opening_endings.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// The word is tied to a name and no part of it.
    fn is_tied_word(&self, word: &str) -> bool {
        self.tied_words.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
            || self
                .tied_endings
                .iter()
                .any(|e| word.len() > e.len() + 1 && word.ends_with(e.as_str()))
    }
}

/// Where the name begins behind the side that a run of capitals opens with: "Vidorna" of "phía Nam Vidorna", where nobody knows a
/// place of the whole name.
pub(super) fn behind_bearing(words: &Words<'_>, atoms: &[Atom<'_>], bearing: ClassId, start: u32) -> u32 {
    let before = start.checked_sub(1).filter(|_| atoms::at(atoms, start).is_none());
    let hits = before.map(|t| words.hits_of(t as usize, bearing)).into_iter().flatten();
    hits.map(|h| h.end).filter(|&end| end > start).max().unwrap_or(start)
}

/// "Karim, 32, fled".
pub(super) fn is_aged(words: &Words<'_>, next: usize) -> bool {
    let age = words.word(next + 1);
    let number = words.tokens.get(next + 1).is_some_and(|t| t.kind == TokenKind::Number);
    words.word(next) == "," && number && age.len() <= 2 && words.word(next + 2) == ","
}

/// Tokens `start..end`, capitalised throughout but for particles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
}

/// Classes of the small words around names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Small {
    /// Stand in names in lower case ("bin").
    pub particle: ClassId,
    /// The same only with a hyphen behind ("as" of "as-Suwayda").
    pub tied: ClassId,
    /// Begin sentences or name what something is: no initial stands before them.
    pub begins: [ClassId; 4],
}

/// A word that may be part of a name by the way it is written.
pub(super) fn is_capital(words: &Words<'_>, at: usize) -> bool {
    words
        .tokens
        .get(at)
        .is_some_and(|t| t.kind == TokenKind::Word && t.caps != Caps::None)
}

/// Bytes of a verb that begins a sentence. Chosen: shorter ones are names, too ("Ewing", "Keating", "Flushing").
const OPENING: usize = 9;

/// Bytes of what goes on behind an apostrophe in lower case ("Sa'ada"). Chosen: longer ones are words that lost their space.
const TAIL: usize = 4;

/// Bytes of one piece of a name that hyphens tie together. Chosen: the longest syllables of Korean and Russian names that papers
/// write so.
const PIECE: usize = 6;

/// Bytes of a part of a name that is one syllable of Korean. Chosen: "Chung" is the longest that papers write.
const SYLLABLE: usize = 5;

/// The token is a hyphen without white space on either side.
pub(super) fn is_hyphen(words: &Words<'_>, at: usize) -> bool {
    words
        .tokens
        .get(at)
        .is_some_and(|t| t.kind == TokenKind::Mark && t.glued)
        && matches!(words.word(at), "-" | "–" | "‑")
        && words.tokens.get(at + 1).is_some_and(|t| t.glued)
}

/// All runs of a text.
pub(super) fn find(words: &Words<'_>, small: Small, habits: &Habits) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        // Most words begin none: they have no capital, nor has what a hyphen could tie to them.
        if !is_capital(words, at) && !is_capital(words, at + 2) {
            at += 1;
            continue;
        }
        // "Anti-Karsi rebels": the name begins behind the hyphen.
        let acronym = words.tokens[at].caps == Caps::All;
        if is_hyphen(words, at + 1) && is_capital(words, at + 2) && !acronym && habits.is_prefix(words.word(at)) {
            at += 2;
        }
        match from(words, at, small, habits) {
            Some(end) => {
                runs.push(Run {
                    start: at as u32,
                    end: end as u32,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    runs
}

/// "Bình Châu" and "Phùng Bá Vương" of "xã Bình Châu Phùng Bá Vương": behind a word for its kind, or behind a body, a place's name
/// ends where a family name begins; behind a body a known one also before other names ("Sở cảnh sát New York Ana Velk"). And
/// "Milan" of "A.C. Milan". `class`: kinds of places, bodies of places, family names.
pub(super) fn part(words: &Words<'_>, atoms: &[Atom<'_>], runs: &mut Vec<Run>, class: [ClassId; 3]) {
    /// Syllables of a person's name with its family name: at least, at most.
    const PERSON: (u32, u32) = (2, 4);
    /// Tokens of a body's head and of a word for the kind of a place: at most.
    const HEAD: u32 = 8;
    let [unit_place, local_body, surname] = class;
    let mut parted = Vec::with_capacity(runs.len());
    for run in runs.drain(..) {
        let place_at = |t: u32| atoms::at(atoms, t).filter(|a| a.place().is_some());
        if let Some(behind) = initials(words, run)
            && let Some(town) = place_at(behind).filter(|a| a.end == run.end)
            && town.place().is_some_and(|p| !p.is_small_town())
        {
            parted.push(Run { end: behind - 1, ..run });
            parted.push(Run { start: behind, ..run });
            continue;
        }
        if run.end - run.start < 1 + PERSON.0 {
            parted.push(run);
            continue;
        }
        let ending = |end: u32, class, reach: u32| words.ending_at(end, class, end.saturating_sub(reach));
        let kind = ending(run.start, unit_place, 3);
        let mut unit = kind.is_some();
        let mut body = ending(kind.map_or(run.start, |h| h.start), local_body, HEAD).is_some();
        // "UBND TP. Vidorna …": what leads the name is written in capitals, too.
        let mut from = run.start;
        while from < run.end {
            let led = |class| {
                words
                    .hit(from as usize, class)
                    .map(|h| h.end)
                    .filter(|&end| end < run.end)
            };
            let (b, u) = (led(local_body), led(unit_place));
            let Some(next) = b.or(u) else { break };
            (unit, body) = (unit || b.is_none(), body || b.is_some());
            from = next + u32::from(words.word(next as usize) == ".");
        }
        if !(unit || body) {
            parted.push(run);
            continue;
        }
        let syllables = |from: u32| (from..run.end).all(|t| words.is_syllable(t as usize));
        let family = |t: u32| words.hit(t as usize, surname).is_some_and(|h| h.end == t + 1);
        let named = |t: u32| t + PERSON.0 <= run.end && t + PERSON.1 >= run.end && family(t) && syllables(t);
        let known = place_at(from).map(|a| a.end).filter(|&end| end < run.end);
        let other = |t: u32| body && t + PERSON.0 <= run.end && place_at(t).is_none();
        // A name of one syllable is no town's that nobody knows.
        let first = from + 1 + u32::from(words.is_syllable(from as usize));
        let behind = |unit: bool| {
            let starts = first.max(run.end.saturating_sub(PERSON.1))..=run.end - PERSON.0;
            unit.then_some(starts).and_then(|mut starts| starts.find(|&t| named(t)))
        };
        let name = known.filter(|&t| named(t) || other(t)).or_else(|| behind(unit));
        parted.extend(name.map(|end| Run { end, ..run }));
        parted.push(Run {
            start: name.unwrap_or(run.start),
            ..run
        });
    }
    *runs = parted;
}

/// Where a run goes on behind two initials or more.
fn initials(words: &Words<'_>, run: Run) -> Option<u32> {
    let mut at = run.start;
    let mut letters = 0;
    while at + 1 < run.end && words.word(at as usize + 1) == "." {
        let word = words.word(at as usize);
        let one = |part: &str| part.chars().count() == 1;
        if !word.split('.').all(one) {
            break;
        }
        letters += word.split('.').count();
        at += 2;
    }
    (letters > 1 && at < run.end).then_some(at)
}

/// Runs without the tokens that these spans have a part of. A span that begins with the last syllable of a person's name has it not
/// ("Phạm Thu Hằng ngày 2/10").
pub(super) fn cut(
    words: &Words<'_>,
    runs: Vec<Run>,
    spans: impl Iterator<Item = Span>,
    person: [ClassId; 2],
) -> Vec<Run> {
    let mut out = vec![false; words.tokens.len()];
    let in_name = |t: usize| {
        let run = runs[..runs.partition_point(|r| r.start as usize <= t)].last();
        run.is_some_and(|r| {
            (r.start as usize + 1..=r.end as usize - 1).contains(&t)
                && r.end as usize == t + 1
                && words.hit(r.start as usize, person[0]).is_some()
                && words.hit(t, person[1]).is_some_and(|h| h.end as usize == t + 1)
        })
    };
    for span in spans {
        let first = words.tokens.partition_point(|t| t.span.end <= span.start);
        let first = first + usize::from(first < words.tokens.len() && in_name(first));
        let behind = words.token_at(span.end as usize);
        out[first..behind.max(first)].fill(true);
    }
    let mut cut = Vec::with_capacity(runs.len());
    for run in runs {
        let mut start = run.start;
        for t in run.start..run.end {
            if out[t as usize] {
                if start < t {
                    cut.push(Run { start, end: t });
                }
                start = t + 1;
            }
        }
        if start < run.end {
            cut.push(Run { start, end: run.end });
        }
    }
    cut
}

/// One past the last token of the run that begins at a token.
fn from(words: &Words<'_>, start: usize, small: Small, habits: &Habits) -> Option<usize> {
    let sentence = words.tokens[start].sentence;
    let lower = |t: usize| words.tokens[t].caps == Caps::None;
    let is_particle = |t: usize| words.hit(t, small.particle).is_some() && lower(t);
    let is_tied_particle = |t: usize| words.hit(t, small.tied).is_some() && lower(t) && is_hyphen(words, t + 1);
    let inside = |t: usize| words.tokens.get(t).is_some_and(|x| x.sentence == sentence);
    let mut end = start;
    if !is_capital(words, start) {
        // "al-Assad", "el-Sisi": a particle tied to a capital by a hyphen.
        let tied = is_hyphen(words, start + 1)
            && inside(start + 2)
            && is_capital(words, start + 2)
            && (is_particle(start) || is_tied_particle(start));
        let before = || start > 0 && words.tokens[start].glued && words.word(start - 1) == "-";
        if !tied || before() {
            return None;
        }
        end = start + 2;
    }
    end += 1;
    loop {
        if !inside(end) {
            break;
        }
        let token = words.tokens[end];
        // "Jong-un", "A-déc-bai-gian", "Ortega-Ruiz".
        if is_hyphen(words, end) && inside(end + 1) {
            let next = words.tokens[end + 1];
            let tied_word = habits.is_tied_word(words.word(end + 1));
            let short = next.span.len() <= 3 && !tied_word;
            if next.kind == TokenKind::Number && token.glued && words.tokens[end - 1].span.len() > 3 {
                return Some(end + 2);
            }
            // "Suk-yeol", "Pu-tin", "La-vrốp": a short piece after a short one; not "London-based".
            let chained = habits.syllables && end > start + 1 && is_hyphen(words, end - 2);
            let piece = (words.tokens[end - 1].caps == Caps::Initial || chained)
                && words.tokens[end - 1].span.len() <= PIECE
                && next.span.len() <= PIECE + 2
                && (habits.syllables || end > start + 1 && words.word(end + 1).len() < PIECE && !tied_word);
            // "Moon Jae-in": the last syllable of a name of two short parts, though "-in" and "-on" else stand behind a name.
            let syllable = end == start + 2
                && next.span.len() <= 2
                && words.tokens[start].span.len() <= SYLLABLE
                && words.tokens[end - 1].span.len() <= SYLLABLE
                && !is_hyphen(words, end + 2);
            if next.kind == TokenKind::Word
                && (syllable
                    || next.caps != Caps::None
                    || habits.syllables && words.is_syllable(end + 1)
                    || short
                    || piece)
            {
                end += 2;
                continue;
            }
            break;
        }
        // "O'Brien", "N'Djamena", "Sa'ada"; not "Ukraine's".
        if token.glued && matches!(words.word(end), "'" | "’") && inside(end + 1) {
            let next = words.tokens[end + 1];
            let elided = |word: &str| habits.elided.binary_search_by(|e| e.as_str().cmp(word)).is_ok();
            let tail = || !habits.elided.is_empty() && next.span.len() <= TAIL && !elided(words.word(end + 1));
            let goes_on = next.caps != Caps::None || tail();
            if next.glued && next.kind == TokenKind::Word && goes_on {
                end += 2;
                continue;
            }
            break;
        }
        // An initial or a short word with its stop: "George W. Bush", "St. Petersburg".
        if token.glued && words.word(end) == "." && words.tokens[end - 1].span.len() <= 3 && inside(end + 1) {
            // "Á." ends a sentence, "Đ." is an initial, and so is "Ô" of "Ô.Sôn", without a space.
            // "J.D." is two of them, and "Ph" of "Ph.Ô-lăng-đơ" one that is written with two letters.
            let digraph = || {
                let word = words.tokens[end - 1];
                word.span.len() == 2 && word.caps == Caps::Initial && words.tokens[end + 1].glued
            };
            let initial = words.word(end - 1).contains('.')
                || habits.syllables && digraph()
                || words.word(end - 1).chars().count() == 1
                    && (!habits.syllables
                        || words.word(end - 1).is_ascii()
                        || words.word(end - 1) == "Đ"
                        || words.tokens[end + 1].glued);
            // "on X. The army": the letter ends its sentence.
            let begins = end == start + 1 && words.hits_at(end + 1).iter().any(|h| small.begins.contains(&h.class));
            // "St. Mary" among words of Vietnamese.
            let plain = |t: usize| words.tokens[t].caps == Caps::Initial && !words.is_syllable(t);
            let foreign = || plain(end - 1) && plain(end + 1);
            if is_capital(words, end + 1) && (initial && !begins || !initial && (!habits.syllables || foreign())) {
                end += 2;
                continue;
            }
            break;
        }
        // "M23", "G7": short capitals with their number.
        if token.kind == TokenKind::Number
            && token.glued
            && words.tokens[end - 1].caps == Caps::All
            && words.tokens[end - 1].span.len() <= 3
            && !words
                .tokens
                .get(end + 1)
                .is_some_and(|t| t.glued && t.kind == TokenKind::Word)
        {
            end += 1;
            continue;
        }
        // "Villa d'Este", "Côte d’Azur": one letter in lower case with its apostrophe.
        if token.kind == TokenKind::Word
            && !habits.syllables
            && token.span.len() == 1
            && matches!(words.word(end + 1), "'" | "’")
            && words.tokens[end + 1].glued
            && inside(end + 2)
            && words.tokens[end + 2].glued
            && is_capital(words, end + 2)
        {
            end += 3;
            continue;
        }
        if let Some(after) = nickname(words, end).filter(|&after| inside(after)) {
            end = after + 1;
            continue;
        }
        if token.kind != TokenKind::Word {
            break;
        }
        if token.caps != Caps::None {
            end += 1;
            continue;
        }
        // Particles between capitals: "Ursula von der Leyen", "Mohammed bin Salman", "Bashar al-Assad".
        if is_particle(end) || is_tied_particle(end) {
            let mut after = end + 1;
            while after < end + 3 && inside(after) && is_particle(after) {
                after += 1;
            }
            if inside(after) && is_hyphen(words, after) {
                after += 1;
            }
            // "Place de l'Unité".
            let article = |t: usize| {
                words.tokens[t].span.len() == 1
                    && lower(t)
                    && matches!(words.word(t + 1), "'" | "’")
                    && words.tokens[t + 1].glued
            };
            if !habits.syllables && inside(after + 1) && article(after) {
                after += 2;
            }
            if inside(after) && is_capital(words, after) {
                end = after + 1;
                continue;
            }
        }
        break;
    }
    Some(end)
}

/// Where a name goes on after a nickname in quotation marks: at "Serra" of `Pavel "the Wall" Serra`, seen from the first mark.
fn nickname(words: &Words<'_>, open: usize) -> Option<usize> {
    /// Words that a nickname may have. Chosen, not measured: longer ones are quotations.
    const LONG: usize = 4;
    let is_mark = |t: usize| words.tokens.get(t).is_some_and(|x| x.kind == TokenKind::Mark);
    let mark = |t: usize| is_mark(t) && matches!(words.word(t), "\"" | "“" | "”" | "‘" | "’" | "'");
    let apart = |t: usize| words.tokens.get(t).is_some_and(|x| !x.glued);
    if !mark(open) || !apart(open) {
        return None;
    }
    let close = (open + 2..=open + 1 + LONG).find(|&t| mark(t))?;
    (is_capital(words, close - 1) && is_capital(words, close + 1) && apart(close + 1)).then_some(close + 1)
}

/// The words of a name, each with whether a hyphen or an apostrophe ties it to the one before.
fn pieces<'t>(words: &Words<'t>, start: u32, end: u32) -> impl Iterator<Item = (&'t str, bool)> {
    (start as usize..end as usize)
        .filter(|&t| words.tokens[t].kind == TokenKind::Word)
        .map(move |t| {
            let tied =
                words.tokens[t].glued && t > start as usize && matches!(words.word(t - 1), "-" | "–" | "'" | "’");
            (words.word(t), tied)
        })
}

/// The parts of a name as it is compared: words; what hyphens tie to lower case is one part ("Pu-tin").
pub(super) fn parts(words: &Words<'_>, start: u32, end: u32) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for (word, tied) in pieces(words, start, end) {
        match parts.last_mut().filter(|_| tied) {
            Some(last) => dateline_lang::fold_into(word, last),
            None => parts.push(super::fold::fold(word)),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// [`parts`] as one text, with something between each two.
pub(super) fn joined(words: &Words<'_>, start: u32, end: u32, between: &str) -> String {
    let mut all = String::with_capacity(end.saturating_sub(start) as usize * 8);
    let mut begun = 0;
    for (word, tied) in pieces(words, start, end) {
        if !tied && all.len() > begun {
            all.push_str(between);
            begun = all.len();
        }
        dateline_lang::fold_into(word, &mut all);
    }
    if all.len() == begun {
        all.truncate(begun.saturating_sub(between.len()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::{Pack, PackFiles};

    #[test]
    fn parts_are_joined_as_they_are() {
        let pack = Pack::load(&PackFiles::builtin(), "vi").expect("loads");
        for text in [
            "Ana Velk",
            "Pu-tin",
            "Путин",
            "Путин Ana",
            "Ana Путин Velk",
            "Ana Путин",
            "O'Velk d’Ana",
            "Путин-Ana Velk",
            "Ana-Путин",
            "Nguyễn Thị Á",
            "(Ana)",
            "",
        ] {
            let words = pack.words(text);
            let end = words.tokens.len() as u32;
            for (from, to) in [(0, end), (1.min(end), end), (0, 0), (end, 0)] {
                for between in ["", "-", " "] {
                    let parts = parts(&words, from, to);
                    assert_eq!(joined(&words, from, to, between), parts.join(between), "{text}");
                }
            }
        }
    }
}
