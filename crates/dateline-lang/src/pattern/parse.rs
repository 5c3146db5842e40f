//! The text of a pattern → the sequences of steps that it is written out into.

use super::{Builtin, Item, Step};
use crate::tokens::tokenize;
use crate::vocabulary::Vocabulary;
use smallvec::SmallVec;

/// Tokens that a gap without a number may hold.
const GAP: u8 = 8;
/// Sequences that one pattern may be written out into; more means that it should be several patterns.
const EXPANSION: usize = 4096;

/// Reads a pattern and writes its optionals and alternatives out. `names` gets the names of its captures.
pub(super) fn sequences(
    vocabulary: &mut Vocabulary,
    names: &mut Vec<String>,
    pattern: &str,
) -> Result<Vec<Sequence>, String> {
    let parser = Parser {
        vocabulary,
        names,
        rest: pattern,
        glue: false,
    };
    expand(&parser.parse_all()?)
}

#[derive(Clone, Debug)]
enum Ast {
    Step(Step, Option<u16>),
    Sequence(Vec<Ast>),
    Either(Vec<Ast>),
    Maybe(Box<Ast>),
    Named(u16, Box<Ast>),
}

/// Most are short: they are copied as they are, many times a pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    pub(super) steps: SmallVec<[Step; 8]>,
    pub(super) captures: SmallVec<[(u16, u16, u16); 4]>,
}

fn expand(ast: &Ast) -> Result<Vec<Sequence>, String> {
    let mut done = vec![Sequence::default()];
    extend(&mut done, ast)?;
    done.retain(|s| !s.steps.is_empty());
    if done.is_empty() {
        return Err("matches nothing; at least one item must not be optional".into());
    }
    Ok(done)
}

fn extend(sequences: &mut Vec<Sequence>, ast: &Ast) -> Result<(), String> {
    match ast {
        Ast::Step(step, name) => {
            for s in sequences.iter_mut() {
                let at = s.steps.len() as u16;
                s.steps.push(*step);
                s.captures.extend(name.map(|n| (n, at, at + 1)));
            }
        }
        Ast::Sequence(items) => {
            for item in items {
                extend(sequences, item)?;
            }
        }
        Ast::Either(choices) => {
            let mut all = Vec::new();
            for choice in choices {
                let mut branch = sequences.clone();
                extend(&mut branch, choice)?;
                all.append(&mut branch);
            }
            *sequences = all;
        }
        Ast::Maybe(inner) => {
            let mut with = sequences.clone();
            extend(&mut with, inner)?;
            with.append(sequences);
            *sequences = with;
        }
        Ast::Named(name, inner) => {
            let mut all = Vec::new();
            for s in sequences.drain(..) {
                let from = s.steps.len() as u16;
                let mut branch = vec![s];
                extend(&mut branch, inner)?;
                for b in &mut branch {
                    let to = b.steps.len() as u16;
                    b.captures.push((*name, from, to));
                }
                all.append(&mut branch);
            }
            *sequences = all;
        }
    }
    if sequences.len() > EXPANSION {
        return Err(format!("more than {EXPANSION} alternatives; write several patterns"));
    }
    Ok(())
}

struct Parser<'a> {
    vocabulary: &'a mut Vocabulary,
    names: &'a mut Vec<String>,
    rest: &'a str,
    /// No white space stood before what comes next.
    glue: bool,
}

impl Parser<'_> {
    fn parse_all(mut self) -> Result<Ast, String> {
        let ast = self.sequence(0)?;
        match self.rest.chars().next() {
            None => Ok(ast),
            Some(c) => Err(format!("`{c}` closes nothing; write `\\{c}` for the sign itself")),
        }
    }

    fn name(&mut self, name: &str) -> u16 {
        let at = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_string());
            self.names.len() - 1
        });
        at as u16
    }

    fn sequence(&mut self, depth: usize) -> Result<Ast, String> {
        if depth > 16 {
            return Err("brackets nested more than 16 deep".into());
        }
        let mut items = Vec::new();
        loop {
            let trimmed = self.rest.trim_start();
            if trimmed.len() != self.rest.len() {
                self.glue = false;
                self.rest = trimmed;
            }
            let Some(c) = self.rest.chars().next() else { break };
            match c {
                ']' | ')' | '>' | '|' => break,
                '[' => {
                    let (glue, inner) = self.bracket(depth, ']')?;
                    items.push(Ast::Maybe(Box::new(inner)));
                    self.glue = glue;
                }
                '(' => {
                    let (_, inner) = self.bracket(depth, ')')?;
                    items.push(inner);
                    self.glue = true;
                }
                '<' => {
                    self.rest = &self.rest[1..];
                    let end = self
                        .rest
                        .find(char::is_whitespace)
                        .ok_or("`<` wants a name, then a space: `<cue said>`")?;
                    let name = self.name(&self.rest[..end]);
                    self.rest = self.rest[end..].trim_start();
                    let inner = self.either(depth + 1)?;
                    self.close('>')?;
                    items.push(Ast::Named(name, Box::new(inner)));
                    self.glue = true;
                }
                '{' => {
                    let end = self.rest.find('}').ok_or("`{` is not closed")?;
                    let inside = &self.rest[1..end];
                    self.rest = &self.rest[end + 1..];
                    let (class, name) = inside.split_once(':').unwrap_or((inside, inside));
                    let item = match Builtin::parse(class) {
                        Some(builtin) => Item::Builtin(builtin),
                        None => Item::Class(
                            self.vocabulary
                                .ask(class)
                                .ok_or_else(|| format!("no list and no room has the class `{class}`"))?,
                        ),
                    };
                    let name = self.name(name);
                    items.push(Ast::Step(
                        Step {
                            item,
                            glued: self.glue && !items.is_empty(),
                        },
                        Some(name),
                    ));
                    self.glue = true;
                }
                '…' => {
                    self.rest = &self.rest['…'.len_utf8()..];
                    let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
                    let most = self.rest[..digits].parse().unwrap_or(GAP);
                    self.rest = &self.rest[digits..];
                    items.push(Ast::Step(
                        Step {
                            item: Item::Gap(most),
                            glued: false,
                        },
                        None,
                    ));
                    self.glue = false;
                }
                _ => {
                    let mut literal = String::new();
                    let mut chars = self.rest.char_indices();
                    let mut end = self.rest.len();
                    while let Some((at, c)) = chars.next() {
                        if c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>' | '|' | '…')
                        {
                            end = at;
                            break;
                        }
                        if c == '\\' {
                            literal.extend(chars.next().map(|(_, c)| c));
                        } else {
                            literal.push(c);
                        }
                    }
                    self.rest = &self.rest[end..];
                    let first = items.is_empty();
                    let vocabulary = &mut *self.vocabulary;
                    for (number, token) in tokenize(&literal, |w, plain| vocabulary.intern_as(w, plain))
                        .iter()
                        .enumerate()
                    {
                        let glued = if number == 0 { self.glue && !first } else { token.glued };
                        items.push(Ast::Step(
                            Step {
                                item: Item::Word(token.word),
                                glued,
                            },
                            None,
                        ));
                    }
                    self.glue = true;
                }
            }
        }
        Ok(Ast::Sequence(items))
    }

    fn either(&mut self, depth: usize) -> Result<Ast, String> {
        let glue = self.glue;
        let mut choices = vec![self.sequence(depth)?];
        while self.rest.starts_with('|') {
            self.rest = &self.rest[1..];
            self.glue = glue;
            choices.push(self.sequence(depth)?);
        }
        Ok(if choices.len() == 1 {
            choices.remove(0)
        } else {
            Ast::Either(choices)
        })
    }

    fn bracket(&mut self, depth: usize, close: char) -> Result<(bool, Ast), String> {
        let glue = self.glue;
        self.rest = &self.rest[1..];
        let inner = self.either(depth + 1)?;
        self.close(close)?;
        Ok((glue, inner))
    }

    fn close(&mut self, close: char) -> Result<(), String> {
        self.rest = self.rest.trim_start();
        self.rest = self
            .rest
            .strip_prefix(close)
            .ok_or_else(|| format!("`{close}` is missing"))?;
        Ok(())
    }
}
