//! Why two records may be of one person, as far as a reader may know: whoever may not read her papers is not told what they say,
//! neither in words nor by a number that moves with every guess.

use ceiba_linkage::{About, Answer, Because};
use ceiba_store::Tx;
use jiff::civil::Date;
use uuid::Uuid;

use super::super::{Core, Identity};
use super::{Known, parts};
use crate::dates::{self, Birth};
use crate::sealed::readable;
use crate::{Outcome, Programme};

/// What speaks for one person and against.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// All of it, for whoever may read what her papers say.
    All {
        /// How likely it is, from 0 to 1.
        probability: f64,
        /// What is alike and what is not.
        because: Vec<Because>,
        /// What would settle it, the most telling first.
        settle: Vec<About>,
    },
    /// What the open part of the file says: what she is called, her age in years, her sex.
    Open {
        /// What is alike and what is not.
        because: Vec<Because>,
        /// Whether her papers speak for it; `None` when they say nothing.
        papers: Option<bool>,
    },
}

/// So much must sealed facts add or take to be told, in doublings of the odds.
const TELLS: f64 = 1.0;
/// Below this nobody is an answer, in doublings of the odds: one in a hundred.
const LEAST: f64 = -6.6;

impl Why {
    pub(super) fn all(answer: Answer) -> Self {
        Self::All { probability: answer.probability, because: answer.because, settle: answer.settle }
    }

    /// Of somebody who was typed and a person, for a reader who may open the person's file and not her papers.
    pub(super) async fn open(p: &Programme, tx: &mut Tx, typed: &Known, person: Uuid) -> Outcome<Self> {
        let hers = both(p, tx, person).await?;
        Ok(hers.map_or_else(Self::nothing, |hers| told(p, [typed, typed], &hers)))
    }

    /// Of two people, for a reader who may open both files and not the papers of both.
    pub(in super::super) async fn between(p: &Programme, tx: &mut Tx, people: [Uuid; 2]) -> Outcome<Self> {
        let (one, other) = (both(p, tx, people[0]).await?, both(p, tx, people[1]).await?);
        let (Some(one), Some(other)) = (one, other) else { return Ok(Self::nothing()) };
        Ok(told(p, one.each_ref(), &other))
    }

    /// What is told when nothing may be.
    pub(in super::super) const fn nothing() -> Self {
        Self::Open { because: vec![], papers: None }
    }
}

/// Compares what is open with what is open, and says whether everything together speaks more or less for it. The day of birth is
/// in neither: it is few enough to be tried.
fn told(p: &Programme, [all, open]: [&Known; 2], hers: &[Known; 2]) -> Why {
    let mut register = p.pack.linkage.register();
    let ids = [[1; 16], [2; 16]];
    for (id, known) in ids.iter().zip(hers) {
        register.add_known(*id, &known.rows(), &known.chosen);
    }
    let ask = |known: &Known, id: [u8; 16]| {
        register.ask(&known.rows(), ids.len()).into_iter().find(|answer| answer.id == id)
    };
    let weight = |answer: &Option<Answer>| answer.as_ref().map_or(LEAST, |answer| answer.weight);
    let (whole, open) = (ask(all, ids[0]), ask(open, ids[1]));
    let papers = weight(&whole) - weight(&open);
    Why::Open {
        because: open.map(|answer| answer.because).unwrap_or_default(),
        papers: (papers.abs() >= TELLS).then_some(papers > 0.0),
    }
}

/// A person as her whole record has her but for her day of birth, and as the open part of her file has her. `None` when she is erased or damaged.
async fn both(p: &Programme, tx: &mut Tx, person: Uuid) -> Outcome<Option<[Known; 2]>> {
    let row =
        tx.sql("SELECT * FROM person WHERE id = $1 AND erased_at IS NULL").bind(person).optional().await?;
    let Some(row) = row else { return Ok(None) };
    let Some((core, identity)) = readable(parts(p, tx, &row).await)? else { return Ok(None) };
    let today = dates::day(p.store.clock.now(), &p.pack.zone);
    let (core, sex) = (Core { birth: in_years(&core.birth, today), ..core }, row.get::<String>("sex")?);
    let whole = Known::new(person, &core, &identity, &sex);
    let open = Known::new(person, &core, &Identity::default(), &sex);
    Ok(Some([whole, open]))
}

/// A birth as the file shows it: an age in years.
pub(super) fn in_years(birth: &Birth, today: Date) -> Birth {
    match (birth, birth.age_on(today)) {
        (Birth::About { .. }, _) | (_, None) => birth.clone(),
        (_, Some((least, most))) => {
            let years = u8::try_from(i16::midpoint(least, most)).unwrap_or(u8::MAX);
            Birth::About { years, on: today }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_an_age_and_what_nobody_knows_stays_unknown() {
        let day = |text: &str| text.parse::<Date>().unwrap_or_default();
        let today = day("2026-03-02");
        let age = |years| Birth::About { years, on: today };
        assert_eq!(in_years(&Birth::Day { day: day("2010-03-07") }, today), age(15));
        assert_eq!(in_years(&Birth::Month { year: 2010, month: 1 }, today), age(16));
        assert_eq!(in_years(&Birth::Unknown, today), Birth::Unknown);
    }
}
