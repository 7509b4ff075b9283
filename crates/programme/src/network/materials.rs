//! What a partner was given: which material, in which language, how many.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Row, Tx, Work};
use uuid::Uuid;

use super::{fact, one, past_day};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// More of one thing than that are a slip of the finger.
const MOST: i64 = 5000;

/// Something given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: Uuid,
    /// A code of `network_materials`.
    pub material: String,
    /// A code of `languages`.
    pub language: String,
    /// How many; what was wrong is taken back by as many less.
    pub how_many: i64,
    /// The day.
    pub on_day: String,
}

impl Given {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            material: row.get("material")?,
            language: row.get("language")?,
            how_many: row.get("how_many")?,
            on_day: row.get("on_day")?,
        })
    }
}

/// Notes what she was given. A number below zero takes back what was noted wrongly, and never more than that.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when she is no partner any more.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    partner: Uuid,
    (material, language, how_many, on_day): (&str, &str, Option<i64>, &str),
) -> Outcome<()> {
    let (partner, _) = one(p, work.tx(), caller, Act::NETWORK_WRITE, partner).await?;
    if !partner.active() {
        return Err(ProgrammeError::State("state-network-left"));
    }
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("network_materials", material), "material", "problem-choose");
    problems.when(!p.pack.lists.has("languages", language), "language", "problem-choose");
    let many = how_many.unwrap_or_default();
    problems.when(many == 0 || !(-MOST..=MOST).contains(&many), "how_many", "problem-network-many");
    past_day(p, work, on_day, "on", &mut problems);
    if many < 0 {
        let row = work
            .sql(
                "SELECT CAST(COALESCE(SUM(how_many), 0) AS BIGINT) AS n FROM network_material
                 WHERE partner = $1 AND material = $2 AND language = $3",
            )
            .bind(partner.id)
            .bind(material)
            .bind(language)
            .one()
            .await?;
        problems.when(row.get::<i64>("n")? + many < 0, "how_many", "problem-network-less");
    }
    problems.done()?;
    let id = work.chance().id();
    work.sql(
        "INSERT INTO network_material (id, partner, material, language, how_many, on_day) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(partner.id)
    .bind(material)
    .bind(language)
    .bind(many)
    .bind(on_day)
    .once()
    .await?;
    work.record("network.material", "partner", partner.id, [0; 32]).await?;
    let given = Fact {
        day: on_day.to_owned(),
        code: Some(material.to_owned()),
        amount: many,
        dims: vec![("partner_type", partner.kind.clone()), ("language", language.to_owned())],
        ..fact(p, work, "network.material", &partner.municipality)
    };
    Ok(work.fact(given).await?)
}

/// What she was given, newest first. The caller decided that it may be read.
///
/// # Errors
/// When the database breaks.
pub async fn of(tx: &mut Tx, partner: Uuid) -> Outcome<Vec<Given>> {
    let rows = tx
        .sql("SELECT * FROM network_material WHERE partner = $1 ORDER BY on_day DESC, id")
        .bind(partner)
        .all()
        .await?;
    rows.iter().map(Given::read).collect()
}

/// What she has of each, as it stands after corrections: material, language, how many.
#[must_use]
pub fn sums(given: &[Given]) -> Vec<(String, String, i64)> {
    let mut sums = std::collections::BTreeMap::new();
    for g in given {
        *sums.entry((g.material.clone(), g.language.clone())).or_insert(0) += g.how_many;
    }
    sums.into_iter().filter(|(_, n)| *n > 0).map(|((m, l), n)| (m, l, n)).collect()
}
