//! What somebody who asks and asks brings along: dice, and equations that she solves by elimination.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

/// A small generator of her own: the test is the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Equations in echelon form: a factor for each unknown, then what they add up to.
#[derive(Default)]
pub struct Equations(Vec<Vec<f64>>);

impl Equations {
    fn reduce(&self, mut row: Vec<f64>) -> Vec<f64> {
        for known in &self.0 {
            let lead = known.iter().position(|v| v.abs() > 1e-9).expect("no empty rows");
            let factor = row[lead] / known[lead];
            row.iter_mut().zip(known).for_each(|(a, b)| *a -= factor * b);
        }
        row
    }

    pub fn learn(&mut self, mut row: Vec<f64>, sum: f64) {
        row.push(sum);
        let new = self.reduce(row);
        if new[..new.len() - 1].iter().any(|v| v.abs() > 1e-9) {
            self.0.push(new);
        }
    }

    /// What these unknowns add up to, when it follows from what was learnt.
    pub fn follows(&self, mut row: Vec<f64>) -> Option<f64> {
        row.push(0.0);
        let rest = self.reduce(row);
        let (sum, unknown) = rest.split_last()?;
        unknown.iter().all(|v| v.abs() < 1e-7).then_some(-sum)
    }
}
