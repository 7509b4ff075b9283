//! How far it is, for registers that take their time.

use ceiba_linkage::{EXHAUSTIVE, Stage};

/// Registers of fewer records or pairs than these are done before anybody wonders.
const LARGE: u64 = 100_000;
const MANY: u64 = 100_000_000;

/// What was shown last.
#[derive(Default)]
pub struct Progress {
    /// Every pair is looked at.
    all: bool,
    last: Option<(Stage, u64)>,
}

impl Progress {
    /// Of a register of so many records, every pair of which is looked at when `all`.
    pub const fn of(records: usize, all: bool) -> Self {
        Self { all: all || records <= EXHAUSTIVE, last: None }
    }

    /// Shows each tenth of each stage, on the error output.
    pub fn show(&mut self, stage: Stage, done: u64, of: u64) {
        let Some(tenth) = self.tenth(stage, done, of) else { return };
        if self.last.replace((stage, tenth)) == Some((stage, tenth)) {
            return;
        }
        let what = match stage {
            Stage::Learn => "learning",
            Stage::Compare => "comparing",
        };
        eprintln!("{what}: {} %", tenth * 10);
    }

    /// Which tenth it is. Where every pair is looked at each record is compared with all before it: a tenth of the records is a
    /// hundredth of the pairs.
    fn tenth(&self, stage: Stage, done: u64, of: u64) -> Option<u64> {
        if self.all && stage == Stage::Compare {
            let pairs = |records: u64| records * records.saturating_sub(1) / 2;
            return (pairs(of) >= MANY).then(|| pairs(done) * 10 / pairs(of).max(1));
        }
        (of >= LARGE).then(|| done * 10 / of.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_of_every_pair_is_told_by_pairs() {
        let (blocks, all) = (Progress::of(200_000, false), Progress::of(20_000, true));
        assert_eq!(blocks.tenth(Stage::Compare, 100_000, 200_000), Some(5));
        assert_eq!(
            all.tenth(Stage::Compare, 10_000, 20_000),
            Some(2),
            "half of the records are a quarter of the pairs"
        );
        assert_eq!(all.tenth(Stage::Compare, 20_000, 20_000), Some(10));
        assert_eq!(all.tenth(Stage::Learn, 10_000, 20_000), None, "soon over");
        assert_eq!(Progress::of(8_000, false).tenth(Stage::Compare, 10, 8_000), None);
    }
}
