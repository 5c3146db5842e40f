//! Several articles in one file of bare text: where each begins.
//!
//! Certain is what a database of news writes between them ("End of Document", "Document ABCD000020230417ej4h001ab"), a count
//! ("Article 2 of 5"), a field above each ("Headline: …"), and a row of signs between pieces of which each has a headline and a
//! byline, a source or a day of its own. Other rows of signs part an article's sections; where pieces only look like articles,
//! the text stays one report, with a doubt.

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
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| Span::new(*start, end))
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
            return Parts::Several(ended);
        }
        let numbered = numbered(text, &marks);
        if numbered.len() > 1 {
            return Parts::Several(numbered);
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
        let (phrases, outlets) = (&self.phrases, &self.outlets);
        let signed = |line: &&Line<'_>| {
            bylines::read(line, phrases, outlets).is_some_and(|names| !names.is_empty())
                || bylines::is_time_stamp(line, phrases)
                || line.shape.is_prose()
                    && datelines::read(&line.text, &line.shape.words, phrases, outlets).is_some_and(|p| !p.picture)
        };
        let headed = first.shape.is_open_headline() && first.shape.len() >= 4;
        if headed && ends.skip(1).any(signed) {
            Looks::Article
        } else {
            Looks::Piece
        }
    }
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
    if phrases.longest(&words, 0, Role::PartEnd) == Some(words.len()) {
        return Some(Mark::End);
    }
    let colon = |to: usize| line[words[to - 1].end as usize..].trim_start().starts_with(':');
    if let Some(to) = phrases.longest(&words, 0, Role::PartTitle)
        && colon(to)
    {
        return Some(Mark::Title);
    }
    if let Some(to) = phrases.longest(&words, 0, Role::PartField)
        && colon(to)
    {
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

/// Paragraphs enough for an article.
fn is_article(piece: &str) -> bool {
    let mut words = 0;
    short_lines(piece).any(|(_, _, line)| {
        let shape = Shape::of(line);
        words += if shape.is_prose() { shape.len() } else { 0 };
        words >= ARTICLE_WORDS
    })
}

/// Where pieces begin: at 0 and at the bounds, as far as they are articles; what is none belongs to the piece before it, at the
/// beginning to the one behind it.
fn articles(text: &str, bounds: Vec<usize>) -> Vec<usize> {
    let mut starts: Vec<usize> = vec![0];
    let mut sure = false;
    let bounds = bounds.into_iter().filter(|b| *b > 0).chain([text.len()]);
    for bound in bounds {
        let from = starts.last().copied().unwrap_or_default();
        sure = is_article(&text[from..bound]);
        if sure && bound < text.len() {
            starts.push(bound);
        }
    }
    if !sure && starts.len() > 1 {
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
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    if !starts
        .iter()
        .zip(ends)
        .all(|(start, end)| is_article(&text[*start..end]))
    {
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
    for (n, found) in marks.iter().enumerate().filter(|(_, f)| f.mark == Mark::Title) {
        let mut start = found.start;
        for above in marks[..n].iter().rev() {
            if !matches!(above.mark, Mark::Field | Mark::Title) || above.end != start {
                break;
            }
            start = above.start;
        }
        if starts.last() != Some(&start) {
            starts.push(start);
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
    const CASES: [&str; 9] = [
        "§The mill burned down\nRivertown Post, 3 May 2021\n\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the morning.\nNobody was hurt, the mayor of the town said.\n\nEnd of Document\n§\nA bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\n\nEnd of Document\n",
        "§The mill burned down\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\nDocument RIVT000020210503eh530001x\n§A bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\nDocument RIVT000020210504eh540001x\nSearch summary\n",
        "§Article 1 of 2\nThe mill burned down\nThe old mill on the river burned down on Monday night, the fire brigade of Rivertown said in the early morning.\n§Article 2 of 2\nA bridge opens\nThe new bridge over the river opened on Tuesday after four years, and hundreds of people walked across it in the rain.\n",
        "§Nguồn: Báo Làng\nTiêu đề: Cháy cối xay ở làng Đông\nNgày: 3/5/2021\n\nCối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, theo đội cứu hỏa của huyện.\n§Nguồn: Báo Làng\nTiêu đề: Thông cầu mới qua sông\nNgày: 4/5/2021\n\nCây cầu mới bắc qua sông được thông xe hôm thứ ba sau bốn năm xây dựng, hàng trăm người dân đi bộ qua cầu dưới mưa.\n",
        "§Cháy cối xay cũ ở làng Đông\n3/5/2021 10:15\nCối xay cũ bên sông ở làng Đông bốc cháy đêm thứ hai, không ai bị thương, theo đội cứu hỏa của huyện.\n***\n§Thông cầu mới qua sông Đông\n4/5/2021 08:00\nCây cầu mới bắc qua sông được thông xe hôm thứ ba sau bốn năm xây dựng, hàng trăm người dân đi bộ qua cầu dưới mưa.\n",
        // Sections of one article, each with its heading.
        "The valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\n***\nWhat the water took away\nThe water took the mill, two bridges and the school, and the town will need years to build them again, the mayor said.\n",
        // A series, and a page number.
        "Part 1 of 2\nThe valley after the flood\nThe valley is drying, and the people who fled to the hills are coming back to what is left of their houses.\nPage 2 of 2\nThe water took the mill, two bridges and the school, and the town will need years to build them again.\n",
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
}
