//! What the rules of all stages begin with: a text's tokens are asked once, for every stage at the same time.

use crate::tokens::{Caps, Token, TokenKind};
use crate::vocabulary::ClassId;
use std::sync::Arc;

/// Stages, a bit each.
pub(crate) type Stages = u32;

/// Stages that have a bit of their own; any further ones share the last, which costs them looks in vain. Chosen: a language has
/// six.
const MOST: u32 = Stages::BITS;

/// What can be said of a token without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Small,
    Capital,
    Number,
    Mark,
}

impl Look {
    pub(super) const ALL: [Look; 4] = [Look::Small, Look::Capital, Look::Number, Look::Mark];

    #[inline]
    pub(super) fn of(token: &Token) -> Look {
        match (token.kind, token.caps) {
            (TokenKind::Word, Caps::None) => Look::Small,
            (TokenKind::Word, _) => Look::Capital,
            (TokenKind::Number, _) => Look::Number,
            (TokenKind::Mark, _) => Look::Mark,
        }
    }
}

/// By word, way of writing and class: the stages of which some rule begins with it. Grows while rules are compiled, then never.
#[derive(Debug, Default)]
pub(crate) struct Begins {
    stages: u32,
    words: Vec<Stages>,
    /// By [`Look`]: some rule begins with any token of it.
    looks: [Stages; Look::ALL.len()],
    /// Some rule begins with a word that no white space parts from what stands before.
    glued: Stages,
    /// Shared with the texts that are read: rooms add words of classes to them.
    classes: Arc<Vec<Stages>>,
}

impl Begins {
    /// The bit of one more stage, whose first steps these are.
    pub(super) fn add(
        &mut self,
        words: impl Iterator<Item = usize>,
        classes: impl Iterator<Item = ClassId>,
        looks: [bool; Look::ALL.len()],
        glued: bool,
    ) -> Stages {
        let stage = 1 << self.stages.min(MOST - 1);
        self.stages += 1;
        let set = |table: &mut Vec<Stages>, at: usize| {
            if table.len() <= at {
                table.resize(at + 1, 0);
            }
            table[at] |= stage;
        };
        words.for_each(|word| set(&mut self.words, word));
        let table = Arc::make_mut(&mut self.classes);
        classes.for_each(|class| set(table, class.index()));
        for (bits, begins) in self.looks.iter_mut().zip(looks) {
            *bits |= if begins { stage } else { 0 };
        }
        self.glued |= if glued { stage } else { 0 };
        stage
    }

    /// The stages of which some rule may begin with a token, by its word or the way it is written.
    #[inline]
    pub(crate) fn of(&self, token: &Token) -> Stages {
        let glued = token.glued && token.word.is_known();
        self.words.get(token.word.index()).copied().unwrap_or(0)
            | self.looks[Look::of(token) as usize]
            | if glued { self.glued } else { 0 }
    }

    /// Every stage that was added.
    pub(crate) fn all(&self) -> Stages {
        match self.stages {
            MOST.. => Stages::MAX,
            few => (1 << few) - 1,
        }
    }

    /// The same by class.
    pub(crate) fn classes(&self) -> &Arc<Vec<Stages>> {
        &self.classes
    }
}

/// The stages of which some rule begins with a class.
#[inline]
pub(crate) fn of_class(classes: &[Stages], class: ClassId) -> Stages {
    classes.get(class.index()).copied().unwrap_or(0)
}
