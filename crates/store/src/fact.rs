//! Facts: what the programme did, coded and de-identified. `results` and `trends` read nothing else.

use uuid::Uuid;

use crate::{Micros, Result, Tx, dialect};

/// One thing that happened. No names, no free text: only codes, a site, and a pseudonymous subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What happened, dotted: `alert.received`, `service.given`.
    pub kind: &'static str,
    /// When it happened, which may be before it was recorded.
    pub at: Micros,
    /// The civil date of `at` in the programme's zone, `2026-11-24`.
    pub day: String,
    /// Which of its kind: a service type, an urgency, a domain of a plan.
    pub code: Option<String>,
    /// How it ended: accepted, declined, met.
    pub outcome: Option<String>,
    /// Site code.
    pub site: Option<String>,
    /// Municipality P-code, never finer.
    pub municipality: Option<String>,
    /// Sex code.
    pub sex: Option<String>,
    /// Age band code at the day of the fact.
    pub age_band: Option<String>,
    /// Pseudonym of the person (HMAC under a key that is not in the database), to count her once.
    pub subject: Option<[u8; 16]>,
    /// A span that belongs to the fact, in minutes: alert to answer, referral to service.
    pub minutes: Option<i64>,
    /// How many: sessions, items; 1 for most.
    pub amount: i64,
    /// What else it can be divided by, as a dimension and a code of it: `("institution", "MP")`. A dimension may stand more than
    /// once (two purposes of exploitation); never a name, a number of a document or free text.
    pub dims: Vec<(&'static str, String)>,
}

pub(crate) async fn add(tx: &mut Tx, id: Uuid, entered: i64, fact: Fact) -> Result<()> {
    tx.sql(
        "INSERT INTO fact (id, kind, at, day, code, outcome, site, municipality, sex, age_band, subject, minutes, amount, entered)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id)
    .bind(fact.kind)
    .bind(fact.at)
    .bind(fact.day)
    .bind(fact.code)
    .bind(fact.outcome)
    .bind(fact.site)
    .bind(fact.municipality)
    .bind(fact.sex)
    .bind(fact.age_band)
    .bind(fact.subject.map(|s| s.to_vec()))
    .bind(fact.minutes)
    .bind(fact.amount)
    .bind(entered)
    .once()
    .await?;
    for (dim, value) in fact.dims {
        tx.sql("INSERT INTO fact_dim (fact, dim, value) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(dim)
            .bind(value)
            .once()
            .await?;
    }
    Ok(())
}

/// Adds what takes a fact back: the same day, codes, subject and dimensions, the negative amount, and which fact it was. A score of nought
/// has no negative, so the sign alone would not say it. A second time the database refuses.
pub(crate) async fn back(
    tx: &mut Tx,
    (kind, id): (&'static str, Uuid),
    (new, at, entered): (Uuid, Micros, i64),
) -> Result<()> {
    tx.sql(
        "INSERT INTO fact (id, kind, at, day, code, outcome, site, municipality, sex, age_band, subject, minutes, amount, entered, backs)
         SELECT $1, kind, $2, day, code, outcome, site, municipality, sex, age_band, subject, minutes, -amount, $5, id
         FROM fact WHERE id = $3 AND kind = $4",
    )
    .bind(new)
    .bind(at)
    .bind(id)
    .bind(kind)
    .bind(entered)
    .once()
    .await?;
    tx.sql("INSERT INTO fact_dim (fact, dim, value) SELECT $1, dim, value FROM fact_dim WHERE fact = $2")
        .bind(new)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Parts the columns of a fact in [`lines`].
pub const COLUMN: char = '\u{1f}';
/// Parts the facts.
pub const LINE: char = '\u{1e}';

/// All facts of a kind between two days, both included, that were entered before a position of the ledger: a text for each day,
/// in which each fact is a line of fourteen columns. These are day, instant, position, code, outcome, site, municipality, sex, age
/// band, subject (hexadecimal), minutes, amount, `back` for one that takes another back and, when asked for, dimensions as `dim=value` parted
/// by `;`. What a fact does not say is empty. The order of lines is not told.
///
/// A row for each fact would cost more than the counting: half of it is spent between engine and program. A text for each month would
/// be sorted first; days come as the index has them.
///
/// # Errors
/// When the engine refuses.
pub async fn lines(
    tx: &mut Tx,
    kind: &str,
    (from, to): (&str, &str),
    before: i64,
    dims: bool,
) -> Result<Vec<String>> {
    let rows = tx
        .sql(dialect::fact_lines(tx.engine(), dims))
        .bind(kind)
        .bind(from)
        .bind(to)
        .bind(before)
        .all()
        .await?;
    rows.iter().map(|r| r.get("lines")).collect()
}
