//! The names found so far, and which tokens they take.
//!
//! Takes: names one by one. Gives: the first name over some tokens, in as many steps as there are tokens: what is asked of
//! every run and every known name must not look through all names of the report.

use super::Found;
use dateline_model::MentionKind;
use rapidhash::RapidHashMap;

/// No name stands there.
const NONE: u32 = u32::MAX;

/// What stands over one token.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Number of the first name found that covers it.
    any: u32,
    /// The same without roles.
    name: u32,
    /// One past the last token of the longest that covers it, counted from here.
    reach: u32,
    /// A name that is no role begins here.
    begins: bool,
    /// A person covers it.
    person: bool,
}

/// Names in the order in which they were found.
#[derive(Debug)]
pub(super) struct Board {
    list: Vec<Found>,
    cells: Vec<Cell>,
    spans: RapidHashMap<(u32, u32), u32>,
}

impl Board {
    /// Of a text of so many tokens.
    pub(super) fn new(tokens: usize) -> Board {
        let empty = Cell {
            any: NONE,
            name: NONE,
            reach: 0,
            begins: false,
            person: false,
        };
        Board {
            list: Vec::new(),
            cells: vec![empty; tokens],
            spans: RapidHashMap::default(),
        }
    }

    /// The names, in that order.
    pub(super) fn list(&self) -> &[Found] {
        &self.list
    }

    pub(super) fn into_list(self) -> Vec<Found> {
        self.list
    }

    /// Drops the names of which something is not true.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Found) -> bool) {
        let before = self.list.len();
        let mut list = std::mem::take(&mut self.list);
        list.retain(keep);
        if list.len() == before {
            self.list = list;
            return;
        }
        *self = Board::new(self.cells.len());
        list.into_iter().for_each(|f| self.push(f));
    }

    pub(super) fn push(&mut self, found: Found) {
        let number = self.list.len() as u32;
        let (is_name, is_person) = (found.kind != MentionKind::Role, found.kind == MentionKind::Person);
        self.spans.entry((found.start, found.end)).or_insert(number);
        let tokens = found.start as usize..(found.end as usize).min(self.cells.len());
        for cell in self.cells.get_mut(tokens).unwrap_or_default() {
            cell.any = cell.any.min(number);
            cell.reach = cell.reach.max(found.end);
            cell.person |= is_person;
            if is_name {
                cell.name = cell.name.min(number);
            }
        }
        if let Some(cell) = self.cells.get_mut(found.start as usize) {
            cell.begins |= is_name;
        }
        self.list.push(found);
    }

    fn cells(&self, start: u32, end: u32) -> &[Cell] {
        let end = (end as usize).min(self.cells.len());
        self.cells.get(start as usize..end).unwrap_or_default()
    }

    fn get(&self, number: u32) -> Option<&Found> {
        self.list.get(number as usize)
    }

    /// The first name found that has some of these tokens.
    pub(super) fn over(&self, start: u32, end: u32) -> Option<&Found> {
        self.get(self.cells(start, end).iter().map(|c| c.any).min()?)
    }

    /// Some name that is no role has some of these tokens.
    pub(super) fn is_named(&self, start: u32, end: u32) -> bool {
        self.cells(start, end).iter().any(|c| c.name != NONE)
    }

    /// Some person has some of these tokens.
    pub(super) fn is_person(&self, start: u32, end: u32) -> bool {
        self.cells(start, end).iter().any(|c| c.person)
    }

    /// Some name has all of these tokens.
    pub(super) fn is_inside(&self, start: u32, end: u32) -> bool {
        self.cells.get(start as usize).is_some_and(|c| c.reach >= end)
    }

    /// The first name found over a token, roles aside.
    pub(super) fn name_at(&self, token: u32) -> Option<&Found> {
        self.get(self.cells.get(token as usize)?.name)
    }

    /// The first of these tokens at which a name begins, roles aside.
    pub(super) fn next_name(&self, from: u32, to: u32) -> Option<u32> {
        (from..to).find(|&t| self.cells.get(t as usize).is_some_and(|c| c.begins))
    }

    /// The first name found of exactly these tokens.
    pub(super) fn exactly(&self, start: u32, end: u32) -> Option<&Found> {
        self.get(*self.spans.get(&(start, end))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_found_stands_over_its_tokens() {
        let mut board = Board::new(10);
        for (start, end, kind) in [
            (1, 2, MentionKind::Role),
            (4, 7, MentionKind::Place),
            (1, 4, MentionKind::Person),
            (4, 5, MentionKind::Person),
        ] {
            board.push(Found {
                start,
                end,
                kind,
                entity: format!("{start}-{end}"),
                name: String::new(),
                title: None,
                point: None,
                metonym_for: None,
                rule: "test".into(),
                own_words: true,
                gender: None,
            });
        }
        let entity = |found: Option<&Found>| found.map_or(String::new(), |f| f.entity.clone());
        assert_eq!(entity(board.over(0, 3)), "1-2");
        assert_eq!(entity(board.over(2, 6)), "4-7");
        assert_eq!(entity(board.over(7, 10)), "");
        assert_eq!(entity(board.name_at(1)), "1-4");
        assert_eq!(entity(board.exactly(4, 5)), "4-5");
        assert_eq!(entity(board.exactly(4, 6)), "");
        assert_eq!((board.next_name(2, 10), board.next_name(5, 10)), (Some(4), None));
        assert!(board.is_named(3, 4) && !board.is_named(7, 9));
        assert!(board.is_person(4, 6) && !board.is_person(5, 7));
        assert!(board.is_inside(5, 7) && !board.is_inside(3, 5));
    }
}
