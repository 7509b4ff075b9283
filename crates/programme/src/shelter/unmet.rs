//! Requests that found no place: by profile and reason, nothing about her. The list of unmet need.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Micros, Tx, Work};
use uuid::Uuid;

use super::{at_home, beds};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A request that could not be met, in codes.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Who asked: a code of the list `bed_askers`.
    pub asked_by: String,
    /// Sex: a code of the list `gender`.
    pub sex: String,
    /// Age band, as facts have it; `unknown` when nobody said.
    pub age_band: String,
    /// How many children she brings.
    pub companions: i64,
    /// Her language's code; empty when nobody said.
    pub language: String,
    /// What she needs: codes of the list `bed_needs`.
    pub needs: Vec<String>,
    /// Why there was no place: a code of the list `refusal_reasons`.
    pub reason: String,
}

/// Bands of age that a request may say.
pub const BANDS: [&str; 6] = ["0-11", "12-14", "15-17", "18-24", "25+", "unknown"];
/// What can become of a request.
pub const SETTLED: [&str; 4] = ["placed_here", "placed_elsewhere", "no_longer", "not_known"];

/// A request on the list.
pub struct Unmet {
    /// Its id.
    pub id: Uuid,
    /// When it was asked.
    pub at: Micros,
    /// What was asked.
    pub request: Request,
    /// What became of it; none while it is open.
    pub settled: Option<String>,
}

/// Records a request that found no place.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn record(p: &Programme, work: &mut Work, caller: &Caller, r: &Request) -> Outcome<Uuid> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let mut problems = Problems::default();
    let lists = &p.pack.lists;
    problems.when(!lists.has("bed_askers", &r.asked_by), "asked_by", "problem-choose");
    problems.when(!lists.has("gender", &r.sex), "sex", "problem-choose");
    problems.when(!BANDS.contains(&r.age_band.as_str()), "age_band", "problem-choose");
    problems.when(!(0..=9).contains(&r.companions), "companions", "problem-amount");
    problems.when(
        !r.language.is_empty() && !lists.has("languages", &r.language),
        "language",
        "problem-choose",
    );
    problems.when(r.needs.iter().any(|n| !lists.has("bed_needs", n)), "needs", "problem-choose");
    problems.when(!lists.has("refusal_reasons", &r.reason), "reason", "problem-choose");
    problems.done()?;
    let (id, at) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO bed_request (id, site, at, asked_by, sex, age_band, companions, language, needs, reason, state, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', 1)",
    )
    .bind(id)
    .bind(&site.code)
    .bind(at)
    .bind(&r.asked_by)
    .bind(&r.sex)
    .bind(&r.age_band)
    .bind(r.companions)
    .bind(&r.language)
    .bind(r.needs.join(" "))
    .bind(&r.reason)
    .once()
    .await?;
    let fact = Fact {
        kind: "shelter.refused",
        at,
        day: p.day(at),
        code: Some(r.reason.clone()),
        outcome: Some(if r.companions > 0 { "with_children" } else { "alone" }.to_owned()),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        sex: Some(r.sex.clone()),
        age_band: Some(r.age_band.clone()),
        amount: 1,
        ..Fact::default()
    };
    work.fact(fact).await?;
    work.record("house.refuse", "request", id, [0; 32]).await?;
    Ok(id)
}

/// The requests of the caller's house: the open ones first, then the newest.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Unmet>> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let rows = tx
        .sql(
            "SELECT * FROM bed_request WHERE site = $1
             ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, at DESC, id LIMIT 200",
        )
        .bind(caller.site.clone())
        .all()
        .await?;
    rows.iter()
        .map(|r| {
            let needs: String = r.get("needs")?;
            Ok(Unmet {
                id: r.get("id")?,
                at: r.get("at")?,
                request: Request {
                    asked_by: r.get("asked_by")?,
                    sex: r.get("sex")?,
                    age_band: r.get("age_band")?,
                    companions: r.get("companions")?,
                    language: r.get("language")?,
                    needs: needs.split_whitespace().map(str::to_owned).collect(),
                    reason: r.get("reason")?,
                },
                settled: r.get("settled_how")?,
            })
        })
        .collect()
}

/// Says what became of a request.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody said so already.
pub async fn settle(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, how: &str) -> Outcome<()> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let mut problems = Problems::default();
    problems.when(!SETTLED.contains(&how), "how", "problem-choose");
    problems.done()?;
    let at = work.at();
    let touched = work
        .sql(
            "UPDATE bed_request SET state = 'settled', settled_at = $1, settled_how = $2, version = version + 1
             WHERE id = $3 AND site = $4 AND state = 'open'",
        )
        .bind(at)
        .bind(how)
        .bind(id)
        .bind(&site.code)
        .run()
        .await?;
    if touched == 0 {
        return Err(ProgrammeError::Stale);
    }
    let fact = Fact {
        kind: "shelter.request",
        at,
        day: p.day(at),
        outcome: Some(how.to_owned()),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        amount: 1,
        ..Fact::default()
    };
    work.fact(fact).await?;
    Ok(work.record("house.request", "request", id, [0; 32]).await?)
}
