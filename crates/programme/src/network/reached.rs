//! How many people something in public reached, by sex and band of age, and by which rule they were counted. Municipal offices and the
//! network count alike; nobody's name is asked in a room.

use std::collections::BTreeMap;

use ceiba_store::{Fact, Work};

use crate::{Outcome, Problems};

/// Bands of age that are counted in a room, where nobody asks anybody for a paper.
pub const BANDS: [&str; 5] = ["0-11", "12-14", "15-17", "18-24", "25+"];
/// The sexes that are counted in a room; whoever is neither, or was not counted apart, is the third.
pub const SEXES: [&str; 3] = ["Feminine", "Masculine", "unknown"];
/// The cell of whoever was counted and not divided.
pub const WHOLE: &str = "unknown.unknown";
/// The rule of a number that nobody counted.
pub const ESTIMATED: &str = "estimated";
/// More people than that in one cell are a slip of the finger.
const MOST: i64 = 5000;

/// How many, by `<sex>.<band>`.
pub type Cells = BTreeMap<String, i64>;

/// The sex and the band of a cell.
#[must_use]
pub fn parts(cell: &str) -> (&str, &str) {
    cell.split_once('.').unwrap_or(("unknown", "unknown"))
}

/// Checks a grid of numbers, beside the field `reached`.
pub(crate) fn check(cells: &Cells, problems: &mut Problems) {
    let off = cells.values().any(|n| !(0..=MOST).contains(n));
    problems.when(off || cells.values().sum::<i64>() == 0, "reached", "problem-office-reached");
}

/// A fact for each cell, made from `base`; `sign` is −1 for what is taken back.
pub(crate) async fn facts(work: &mut Work, base: &Fact, cells: &Cells, sign: i64) -> Outcome<()> {
    for (cell, n) in cells.iter().filter(|(_, n)| **n > 0) {
        let (sex, band) = parts(cell);
        let counted = Fact {
            sex: Some(sex.to_owned()),
            age_band: Some(band.to_owned()),
            amount: sign * n,
            ..base.clone()
        };
        work.fact(counted).await?;
    }
    Ok(())
}
