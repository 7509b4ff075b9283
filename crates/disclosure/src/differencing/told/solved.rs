//! Equations over pieces, solved exactly.

/// Numbers are counted modulo this prime: exact, small, and no sum of a few hundred measures is a multiple of it by chance.
const PRIME: u64 = (1 << 31) - 1;

/// What measures say of pieces. Each row has a piece that no other row has.
pub(super) struct Solved {
    rows: Vec<Vec<u32>>,
    /// Of each piece, which row has it alone.
    lead: Vec<Option<usize>>,
}

impl Solved {
    pub(super) fn new(pieces: usize) -> Self {
        Self { rows: Vec::new(), lead: vec![None; pieces] }
    }

    /// Takes in what a measure adds up.
    pub(super) fn learn(&mut self, row: Vec<u32>) {
        if let Some(rest) = self.rest(row) {
            self.keep(rest);
        }
    }

    /// What a measure says that is not known yet: nothing of pieces that a row has alone, and one of the first that is left.
    pub(super) fn rest(&self, mut row: Vec<u32>) -> Option<Vec<u32>> {
        for (at, known) in self.lead.iter().enumerate().filter_map(|(at, known)| known.map(|n| (at, n))) {
            less(&mut row, &self.rows[known], at);
        }
        let scale = inverse(row[Self::first(&row)?]);
        row.iter_mut().for_each(|n| *n = times(*n, scale));
        Some(row)
    }

    /// The first piece of which a row says something: the one that it will have alone.
    pub(super) fn first(row: &[u32]) -> Option<usize> {
        row.iter().position(|n| *n != 0)
    }

    /// Takes in a rest.
    pub(super) fn keep(&mut self, rest: Vec<u32>) {
        let Some(at) = Self::first(&rest) else { return };
        self.rows.iter_mut().for_each(|known| less(known, &rest, at));
        self.lead[at] = Some(self.rows.len());
        self.rows.push(rest);
    }

    /// The pieces that one row has alone: without any of them nothing is told.
    pub(super) fn alone(&self) -> impl Iterator<Item = usize> {
        self.lead.iter().enumerate().filter_map(|(at, row)| row.map(|_| at))
    }

    /// Whether any sum of the measures, and of a rest beside them, is about these pieces and no other. A row that has another piece
    /// alone is no part of such a sum.
    pub(super) fn tells(&self, some: &[usize], rest: Option<&[u32]>) -> bool {
        let mine = some.iter().filter_map(|at| self.lead[*at]).map(|row| self.rows[row].as_slice());
        let mut others = Self::new(self.lead.len());
        for row in mine.chain(rest) {
            let mut row = row.to_vec();
            some.iter().for_each(|at| row[*at] = 0);
            match others.rest(row) {
                None => return true,
                Some(row) => others.keep(row),
            }
        }
        false
    }
}

/// Takes away as much of another row as it takes for nothing to be left at a place.
fn less(row: &mut [u32], other: &[u32], at: usize) {
    let factor = row[at];
    if factor != 0 {
        let factor = PRIME - u64::from(factor);
        row.iter_mut().zip(other).for_each(|(n, m)| *n = modulo(u64::from(*n) + factor * u64::from(*m)));
    }
}

fn times(one: u32, other: u32) -> u32 {
    modulo(u64::from(one) * u64::from(other))
}

/// The remainder of a number below 2^63: 2^31 is one modulo this prime, so its two halves are added up.
fn modulo(n: u64) -> u32 {
    let n = (n >> 31) + (n & PRIME);
    let n = (n >> 31) + (n & PRIME);
    (if n >= PRIME { n - PRIME } else { n }) as u32
}

fn inverse(of: u32) -> u32 {
    let (mut power, mut base, mut left) = (1, of, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        left >>= 1;
    }
    power
}
