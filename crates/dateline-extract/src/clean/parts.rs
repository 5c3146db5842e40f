//! Several articles in one file of bare text: where each begins.
//!
//! Certain is what a database of news writes between them ("End of Document", "Document ABCD000020230417ej4h001ab") or a count
//! ("Article 2 of 5") where a headline, a byline or a field follows; a field with the headline above each ("Headline: …"); and a
//! row of signs between pieces of which each has a headline and a byline, a source or a day of its own. A treaty has articles,
//! too, and other rows of signs part an article's sections; where pieces only look like articles, the text stays one report, with
//! a doubt.

use super::lines::{self, Line, is_blank};
use super::phrases::{Phrases, Role};
use super::words::{Shape, Word, words_of};
use super::{Cleaner, bylines, datelines};
use dateline_model::Span;

/// Longest line that may stand between articles, in bytes. Longer ones are not looked at.
const LONGEST_MARK: usize = 100;

/// Signs in a row from which they part something.
const SIGNS: usize = 3;

/// Words of paragraphs from which a piece may be an article. Less is a cover page, a list of titles, a foot line.
const ARTICLE_WORDS: usize = 20;

/// Words of a line from which it may be the headline of a piece. Headings in laws and treaties are mostly shorter ("Entry into
/// force"); behind the end of a document nothing else is expected than the next.
const TITLE_WORDS: usize = 4;
const END_TITLE_WORDS: usize = 3;

/// Lines at a piece's beginning and end in which its byline, source or day may stand.
const HEAD_LINES: usize = 6;
const FOOT_LINES: usize = 3;

/// Signs that a database's number of an article has at least, and digits among them.
const CODE: (usize, usize) = (18, 8);

/// What a line says about where articles begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// An article is over.
    End,
    /// An article of so many begins.
    Number(u32, u32),
    /// A field with the headline.
    Title,
    /// Another field.
    Field,
    /// A row of one sign.
    Row(char),
}

/// How many articles a text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parts {
    /// One, for all that can be seen.
    One,
    /// It may be several.
    Doubt,
    /// Several, which begin at these bytes; the first at 0.
    Several(Vec<usize>),
}

/// One line that says something.
struct Found {
    mark: Mark,
    start: usize,
    end: usize,
}

impl Cleaner {
    /// The articles in a file of bare text: none where it is one report, else two or more that cover it.
    pub fn parts(&self, text: &str) -> Vec<Span> {
        let Parts::Several(starts) = self.find_parts(text) else {
            return Vec::new();
        };
        bounds(text, &starts)
            .map(|(start, end)| Span::new(start, end))
            .collect()
    }

    pub(super) fn find_parts(&self, text: &str) -> Parts {
        let marks = marks(text, &self.phrases);
        if marks.is_empty() {
            return Parts::One;
        }
        let ends: Vec<usize> = marks.iter().filter(|f| f.mark == Mark::End).map(|f| f.end).collect();
        let ended = articles(text, ends);
        if ended.len() > 1 {
            // The first may stand below a cover page, a few may be headed in one word.
            let behind = pieces(text, &ended[1..]);
            let headed = behind.filter(|piece| self.is_headed(piece, END_TITLE_WORDS)).count();
            return if 2 * headed > ended.len() - 1 {
                Parts::Several(ended)
            } else {
                Parts::Doubt
            };
        }
        let numbered = numbered(text, &marks);
        if numbered.len() > 1 {
            let headed = pieces(text, &numbered).filter(|piece| self.is_headed(piece, TITLE_WORDS));
            return match headed.count() {
                headed if headed == numbered.len() => Parts::Several(numbered),
                headed if 2 * headed > numbered.len() => Parts::Doubt,
                // The articles of a treaty.
                _ => Parts::One,
            };
        }
        let titles = titles(&marks);
        if titles.len() > 1 {
            // Each title has an article below it, or it is something else.
            let titled = articles(text, titles.clone());
            return if titled.len() >= titles.len() {
                Parts::Several(titled)
            } else {
                Parts::Doubt
            };
        }
        self.by_rows(text, &marks)
    }

    /// Pieces between rows of signs, where each is an article by its own looks.
    fn by_rows(&self, text: &str, marks: &[Found]) -> Parts {
        let mut doubt = false;
        let mut tried: Vec<char> = Vec::new();
        for found in marks {
            let Mark::Row(sign) = found.mark else { continue };
            if tried.contains(&sign) {
                continue;
            }
            tried.push(sign);
            let mut bounds: Vec<usize> = vec![0];
            bounds.extend(marks.iter().filter(|f| f.mark == Mark::Row(sign)).map(|f| f.end));
            bounds.push(text.len());
            let pieces: Vec<(usize, Looks)> = bounds
                .windows(2)
                .map(|b| (b[0], self.looks(&text[b[0]..b[1]])))
                .filter(|(_, looks)| *looks != Looks::Nothing)
                .collect();
            let sure = pieces.iter().filter(|(_, l)| *l == Looks::Article).count();
            if sure > 1 && sure == pieces.len() {
                let starts = pieces
                    .iter()
                    .enumerate()
                    .map(|(n, (at, _))| if n == 0 { 0 } else { *at });
                return Parts::Several(starts.collect());
            }
            doubt |= sure > 1;
        }
        if doubt { Parts::Doubt } else { Parts::One }
    }

    fn looks(&self, piece: &str) -> Looks {
        let lines = lines::split(piece, &self.phrases);
        let worded: Vec<&Line<'_>> = lines.iter().filter(|l| !l.shape.words.is_empty()).collect();
        let Some(first) = worded.first() else {
            return Looks::Nothing;
        };
        let prose: usize = worded
            .iter()
            .filter(|l| l.shape.is_prose())
            .map(|l| l.shape.len())
            .sum();
        if prose < ARTICLE_WORDS {
            return Looks::Piece;
        }
        let from = worded.len().saturating_sub(FOOT_LINES).max(HEAD_LINES);
        let ends = worded.iter().take(HEAD_LINES).chain(worded.iter().skip(from));
        if is_title(first, TITLE_WORDS) && ends.skip(1).any(|line| self.is_signed(line)) {
            Looks::Article
        } else {
            Looks::Piece
        }
    }

    /// Names who wrote it, when, or where.
    fn is_signed(&self, line: &Line<'_>) -> bool {
        let (phrases, outlets) = (&self.phrases, &self.outlets);
        bylines::read(line, phrases, outlets).is_some_and(|names| !names.is_empty())
            || bylines::is_time_stamp(line, phrases)
            || line.shape.is_prose()
                && datelines::read(&line.text, &line.shape.words, phrases, outlets).is_some_and(|p| !p.picture)
    }

    /// What stands at the beginning of a piece, but for marks: a headline of so many words, or one who wrote it, a day, a field.
    fn is_headed(&self, piece: &str, title_words: usize) -> bool {
        let head = short_lines(piece)
            .filter(|(_, _, line)| !line.is_empty())
            .take(HEAD_LINES);
        let end = head.last().map_or(0, |(_, end, _)| end);
        let lines = lines::split(&piece[..end], &self.phrases);
        let mark = |line: &Line<'_>| {
            let short = Some(line.text.as_ref()).filter(|text| text.len() <= LONGEST_MARK);
            short.and_then(|text| mark(text, &self.phrases))
        };
        let mut worded = lines.iter().filter(|l| !l.shape.words.is_empty());
        let first = worded.find(|line| !matches!(mark(line), Some(Mark::End | Mark::Number(..))));
        first.is_some_and(|line| is_title(line, title_words))
            || lines
                .iter()
                .any(|line| matches!(mark(line), Some(Mark::Field | Mark::Title)) || self.is_signed(line))
    }
}

/// A headline of at least so many words.
fn is_title(line: &Line<'_>, words: usize) -> bool {
    line.shape.is_open_headline() && line.shape.len() >= words
}

/// Where the pieces that begin at `starts` begin and end.
fn bounds(text: &str, starts: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends)
}

/// These pieces.
fn pieces<'t>(text: &'t str, starts: &[usize]) -> impl Iterator<Item = &'t str> {
    bounds(text, starts).map(move |(start, end)| &text[start..end])
}

/// What a piece between rows of signs looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Nothing,
    Piece,
    Article,
}

/// The lines of `text` with their place, without the white space around them.
fn short_lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut start = 0;
    lines::line_ends(text.as_bytes()).map(move |end| {
        let line = (start, end, text[start..end].trim_matches(is_blank));
        start = end;
        line
    })
}

fn marks(text: &str, phrases: &Phrases) -> Vec<Found> {
    short_lines(text)
        .filter(|(_, _, line)| !line.is_empty() && line.len() <= LONGEST_MARK)
        .filter_map(|(start, end, line)| {
            let mark = mark(line, phrases)?;
            Some(Found { mark, start, end })
        })
        .collect()
}

fn mark(line: &str, phrases: &Phrases) -> Option<Mark> {
    let first = line.chars().next()?;
    if !first.is_alphanumeric() {
        let alone = line.chars().all(|c| c == first || c.is_whitespace());
        let signs = || line.chars().filter(|c| *c == first).count();
        return (alone
            && matches!(first, '-' | '–' | '—' | '*' | '=' | '_' | '~' | '#' | '•' | '+')
            && signs() >= SIGNS)
            .then_some(Mark::Row(first));
    }
    let word = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    if !first.is_numeric() && !phrases.begins_part(&line[..word]) {
        return None;
    }
    let (words, _) = words_of(line);
    // "End of story." is a sentence.
    if phrases.longest(&words, 0, Role::PartEnd) == Some(words.len()) && !line.ends_with(['.', '!', '?', '…']) {
        return Some(Mark::End);
    }
    if names_field(line, &words, Role::PartTitle, phrases) {
        return Some(Mark::Title);
    }
    if names_field(line, &words, Role::PartField, phrases) {
        return Some(Mark::Field);
    }
    if let Some(to) = phrases.longest(&words, 0, Role::PartNumber) {
        let rest = line[words[to - 1].end as usize..].trim();
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        if rest.len() >= CODE.0 && digits >= CODE.1 && rest.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Some(Mark::End);
        }
        return counted(line, &words[to..]);
    }
    // "2 of 25 DOCUMENTS"
    let number = words.len().checked_sub(1).filter(|n| *n >= 2)?;
    (phrases.longest(&words, number, Role::PartNumber).is_some())
        .then(|| counted(line, &words[..number]))
        .flatten()
}

/// Begins with the name of a field and a colon.
fn names_field(line: &str, words: &[Word], role: Role, phrases: &Phrases) -> bool {
    let to = phrases.longest(words, 0, role);
    to.is_some_and(|to| line[words[to - 1].end as usize..].trim_start().starts_with(':'))
}

/// A field above an article, or below it.
pub(super) fn is_field(line: &Line<'_>, phrases: &Phrases) -> bool {
    let named = |role| names_field(&line.text, &line.shape.words, role, phrases);
    !line.shape.is_prose() && (named(Role::PartField) || named(Role::PartTitle))
}

/// "2 of 5", "2/5" and nothing else.
fn counted(line: &str, words: &[Word]) -> Option<Mark> {
    let number = |w: &Word| line[w.start as usize..w.end as usize].parse::<u32>().ok();
    let (n, all) = match words {
        [n, all] if line[n.end as usize..all.start as usize].trim() == "/" => (number(n)?, number(all)?),
        [n, _, all] => (number(n)?, number(all)?),
        _ => return None,
    };
    (n >= 1 && n <= all).then_some(Mark::Number(n, all))
}

/// Words of paragraphs in a piece, as far as they are needed to know an article.
fn prose_words(piece: &str) -> usize {
    let mut words = 0;
    let _ = short_lines(piece).any(|(_, _, line)| {
        let shape = Shape::of(line);
        words += if shape.is_prose() { shape.len() } else { 0 };
        words >= ARTICLE_WORDS
    });
    words
}

/// Paragraphs enough for an article.
fn is_article(piece: &str) -> bool {
    prose_words(piece) >= ARTICLE_WORDS
}

/// Where pieces begin: at 0 and at the bounds, as far as they are articles; what is none belongs to the piece before it, at the
/// beginning to the one behind it. Each line is looked at once.
fn articles(text: &str, bounds: impl IntoIterator<Item = usize>) -> Vec<usize> {
    articles_by(text, bounds, prose_words)
}

/// The same, with the words of paragraphs in a piece as `prose` counts them.
fn articles_by(
    text: &str,
    bounds: impl IntoIterator<Item = usize>,
    mut prose: impl FnMut(&str) -> usize,
) -> Vec<usize> {
    let mut starts: Vec<usize> = vec![0];
    let (mut looked, mut words) = (0, 0);
    for bound in bounds.into_iter().filter(|b| *b > 0).chain([text.len()]) {
        words += prose(&text[looked..bound]);
        looked = bound;
        if words >= ARTICLE_WORDS && bound < text.len() {
            starts.push(bound);
            words = 0;
        }
    }
    if words < ARTICLE_WORDS && starts.len() > 1 {
        starts.pop();
    }
    starts
}

/// Numbered articles: 1 of N, 2 of N …, each with its paragraphs.
fn numbered(text: &str, marks: &[Found]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut last: Option<(u32, u32)> = None;
    for found in marks {
        let Mark::Number(n, all) = found.mark else { continue };
        if last.map_or(n == 1, |(before, of)| n == before + 1 && of == all) {
            last = Some((n, all));
            starts.push(found.start);
        }
    }
    if !pieces(text, &starts).all(is_article) {
        return Vec::new();
    }
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts
}

/// Where the fields above an article begin of which one is its title.
fn titles(marks: &[Found]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut first, mut end) = (0, None);
    for found in marks.iter().filter(|f| matches!(f.mark, Mark::Field | Mark::Title)) {
        if end != Some(found.start) {
            first = found.start;
        }
        end = Some(found.end);
        if found.mark == Mark::Title && starts.last() != Some(&first) {
            starts.push(first);
        }
    }
    starts
}

/// The headline that a field above the article gives: the number of its line, and where in it the headline begins.
pub(super) fn title_field(lines: &[Line<'_>], phrases: &Phrases) -> Option<(usize, usize)> {
    let mut head = lines
        .iter()
        .take(2 * HEAD_LINES)
        .take_while(|l| !l.shape.is_prose())
        .enumerate();
    head.find_map(|(n, line)| {
        let to = phrases.longest(&line.shape.words, 0, Role::PartTitle)?;
        let rest = &line.text[line.shape.words[to - 1].end as usize..];
        let value = rest.trim_start().strip_prefix([':', '：'])?.trim_start();
        (!value.is_empty()).then(|| (n, line.text.len() - value.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lang::PackFiles;

    /// Texts whose articles begin where `§` stands; `?` before a text: a doubt.
    const CASES: [&str; 14] = [
        "§The mill burned down\nRivertown Post, 3 May 2021\n\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the morning.\nNobody was hurt, the mayor of the town said.\n\nEnd of Document\n§\nA bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\n\nEnd of Document\n",
        "§The mill burned down\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\nDocument RIVT000020210503eh530001x\n§A bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\nDocument RIVT000020210504eh540001x\nSearch summary\n",
        "§Article 1 of 2\nThe mill burned down\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\n§Article 2 of 2\nA new bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\n",
        "§Nguồn: Báo Làng\nTiêu đề: Cháy cối xay ở làng Đông\nNgày: 3/5/2021\n\nCối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, theo đội cứu hỏa của huyện.\n§Nguồn: Báo Làng\nTiêu đề: Thông cầu mới qua sông\nNgày: 4/5/2021\n\nCây cầu mới bắc qua sông được thông xe hôm thứ ba sau bốn năm xây dựng, hàng trăm người dân đi bộ qua cầu dưới mưa.\n",
        "§Cháy cối xay cũ ở làng Đông\n3/5/2021 10:15\nCối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, theo đội cứu hỏa của huyện.\n***\n§Thông cầu mới qua sông Đông\n4/5/2021 08:00\nCây cầu mới bắc qua sông được thông xe hôm thứ ba sau bốn năm xây dựng, hàng trăm người dân đi bộ qua cầu dưới mưa.\n",
        // Sections of one article, each with its heading.
        "The valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\n***\nWhat the water took away\nThe water took the mill, two bridges and the school, and the town will need years to build them again, the mayor said.\n",
        // A series, and a page number.
        "Part 1 of 2\nThe valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\nPage 2 of 2\nThe water took the mill, two bridges and the school, and the town will need years to build them again.\n",
        // A treaty, with headings and without.
        "The peace of the valley\nArticle 1 of 2\nThe parties shall withdraw their forces behind the river within thirty days of the signature of this treaty, and shall not return.\nArticle 2 of 2\nThe parties shall open the road to the sea to all traffic within sixty days, and shall not close it again without notice.\n",
        "Article 1 of 2\nEntry into force\nThe parties shall withdraw their forces behind the river within thirty days of the signature of this treaty, and shall not return.\nArticle 2 of 2\nFreedom of traffic\nThe parties shall open the road to the sea to all traffic within sixty days, and shall not close it again without notice.\n",
        // Bylines instead of headlines.
        "§Article 1 of 2\nBy Jane Doe\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\n§Article 2 of 2\nBy John Roe\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\n",
        // A turn of phrase.
        "The valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\nEnd of story.\nOr so the ministers in the capital would like to have it, for the water that took the mill is still in the cellars.\n",
        // The end of a document that is told of.
        "?The valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\nEnd of document\nOr so the ministers in the capital would like to have it, for the water that took the mill is still in the cellars.\n",
        // One title twice: field and field.
        "Title: The mill burned down\nHeadline: The mill burned down\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\n",
        "?Cháy cối xay cũ ở làng Đông\n3/5/2021 10:15\nCối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, theo đội cứu hỏa của huyện.\n***\nThông cầu mới qua sông Đông\n4/5/2021 08:00\nCây cầu mới bắc qua sông được thông xe hôm thứ ba sau bốn năm xây dựng, hàng trăm người dân đi bộ qua cầu dưới mưa.\n***\nCây cầu cũ bên cạnh sẽ được giữ lại cho người đi bộ và học sinh, chính quyền xã cho biết trong cuộc họp hôm qua.\n",
    ];

    #[test]
    fn articles_begin_where_it_is_certain() {
        let cleaner = Cleaner::new(&PackFiles::builtin()).expect("the built-in packs load");
        for case in CASES {
            let doubt = case.starts_with('?');
            let marked = case.trim_start_matches('?');
            let text = marked.replace('§', "");
            let starts: Vec<usize> = marked
                .match_indices('§')
                .enumerate()
                .map(|(n, (at, sign))| at - n * sign.len())
                .collect();
            let expected = match starts.len() {
                0 if doubt => Parts::Doubt,
                0 => Parts::One,
                _ => Parts::Several(starts),
            };
            assert_eq!(cleaner.find_parts(&text), expected, "{case}");
            let parts = cleaner.parts(&text);
            let whole: String = parts.iter().map(|p| p.of(&text)).collect();
            assert!(parts.is_empty() || whole == text, "the parts cover the text");
            for part in parts {
                assert_eq!(cleaner.find_parts(part.of(&text)), Parts::One, "a part has no parts");
            }
        }
    }

    #[test]
    fn marks_without_articles_between_them_are_none() {
        let cleaner = Cleaner::new(&PackFiles::builtin()).expect("the built-in packs load");
        for line in ["End of Document\n", "Title: a\n", "Article 1 of 1\n", "a\n***\n"] {
            let text = line.repeat(2_000);
            assert!(cleaner.parts(&text).is_empty(), "{line}");
        }
    }

    #[test]
    fn each_byte_between_marks_is_looked_at_once() {
        let line = "Title: a\n";
        let text = line.repeat(500);
        let mut looked = 0;
        let bounds = (0..500).map(|n| n * line.len());
        let starts = articles_by(&text, bounds, |piece| {
            looked += piece.len();
            prose_words(piece)
        });
        assert_eq!((starts, looked), (vec![0], text.len()));
    }
}
