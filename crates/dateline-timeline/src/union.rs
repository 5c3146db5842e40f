//! Sets that grow together.

/// Union-find over `0..n`. The name of a set is its smallest member, so it does not depend on the order of the unions.
pub(crate) struct Union {
    parent: Vec<usize>,
}

impl Union {
    /// Every member alone.
    pub(crate) fn new(n: usize) -> Union {
        Union {
            parent: (0..n).collect(),
        }
    }

    /// The name of the set of `x`.
    pub(crate) fn find(&mut self, mut x: usize) -> usize {
        while self.parent[x] != x {
            self.parent[x] = self.parent[self.parent[x]];
            x = self.parent[x];
        }
        x
    }

    /// Makes one set of two; false where they were one already.
    pub(crate) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
        a != b
    }

    /// The sets, each sorted, by smallest member.
    pub(crate) fn sets(&mut self) -> Vec<Vec<usize>> {
        let n = self.parent.len();
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); n];
        for x in 0..n {
            let name = self.find(x);
            sets[name].push(x);
        }
        sets.retain(|s| !s.is_empty());
        sets
    }
}
