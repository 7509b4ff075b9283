//! How far it is, for registers that take their time.

use ceiba_linkage::Stage;

/// Registers below this size are done before anybody wonders.
const LARGE: u64 = 100_000;

/// What was shown last.
#[derive(Default)]
pub struct Progress {
    last: Option<(Stage, u64)>,
}

impl Progress {
    /// Shows each tenth of each stage, on the error output.
    pub fn show(&mut self, stage: Stage, done: u64, of: u64) {
        let tenth = done * 10 / of.max(1);
        if of < LARGE || self.last == Some((stage, tenth)) {
            return;
        }
        self.last = Some((stage, tenth));
        let what = match stage {
            Stage::Learn => "learning",
            Stage::Compare => "comparing",
        };
        eprintln!("{what}: {} %", tenth * 10);
    }
}
