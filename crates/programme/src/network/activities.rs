//! What is planned and held in the community, which partners take part, and how many people it reached, by the rule that counted them.
//! What was noted wrongly is corrected: facts balance.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Fact, Row, Tx, Work};
use jiff::civil::Date;
use uuid::Uuid;

use super::reached::{self, Cells, ESTIMATED, WHOLE};
use super::{Partner, fact, there, whole};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// Longer than that is a slip of the finger, in minutes.
const LONGEST: i64 = 24 * 60;

/// Something held, planned or called off.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its id.
    pub id: Uuid,
    /// A code of `network_activity_kinds`.
    pub kind: String,
    /// A municipality's code.
    pub municipality: String,
    /// Its day.
    pub on_day: String,
    /// `planned`, `held`, `off`.
    pub state: String,
    /// How long it took.
    pub minutes: i64,
    /// A code of `reach_rules`; empty while nobody was counted.
    pub rule: String,
    /// How many it reached.
    pub reached: Cells,
    /// Which partners take part.
    pub going: Vec<Uuid>,
    /// Its version.
    pub version: i64,
}

impl Activity {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            municipality: row.get("municipality")?,
            on_day: row.get("on_day")?,
            state: row.get("state")?,
            minutes: row.get("minutes")?,
            rule: row.get("rule")?,
            reached: Cells::new(),
            going: Vec::new(),
            version: row.get("version")?,
        })
    }

    /// How many it reached.
    #[must_use]
    pub fn people(&self) -> i64 {
        self.reached.values().sum()
    }
}

/// What is typed of one that is planned, or was held already.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// A code of `network_activity_kinds`.
    pub kind: String,
    /// A municipality's code.
    pub municipality: String,
    /// Its day.
    pub on_day: String,
    /// Which partners take part.
    pub going: Vec<Uuid>,
}

/// What is typed once it was held.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// How long it took, in minutes; none: not a number.
    pub minutes: Option<i64>,
    /// A code of `reach_rules`.
    pub rule: String,
    /// How many came.
    pub reached: Cells,
}

/// Plans an activity. Its day may have passed: then it is noted as held at once.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn plan(p: &Programme, work: &mut Work, caller: &Caller, n: &Plan) -> Outcome<Uuid> {
    whole(p, caller, Act::NETWORK_WRITE)?;
    let lists = &p.pack.lists;
    let mut problems = Problems::default();
    problems.when(!lists.has("network_activity_kinds", &n.kind), "kind", "problem-choose");
    let known = lists.has("municipalities", &n.municipality);
    problems.when(!known, "municipality", "problem-municipality");
    let hers = p.gate.would(caller, Act::NETWORK_WRITE, &there(p, caller, &n.municipality));
    problems.when(known && !hers, "municipality", "problem-network-elsewhere");
    let day = n.on_day.parse::<Date>();
    let today = dates::day(work.at(), &p.pack.zone);
    let far = day.as_ref().is_ok_and(|d| (*d - today).get_days().abs() > 366);
    problems.when(day.is_err() || far, "on", "problem-date-impossible");
    for partner in &n.going {
        let row = work
            .sql("SELECT * FROM network_partner WHERE id = $1 AND state = 'active'")
            .bind(*partner)
            .optional()
            .await?;
        let known = row.as_ref().map(Partner::read).transpose()?;
        let hers = known
            .is_some_and(|k| p.gate.would(caller, Act::NETWORK_WRITE, &there(p, caller, &k.municipality)));
        problems.when(!hers, "going", "problem-choose");
    }
    problems.done()?;
    let id = work.chance().id();
    work.sql(
        "INSERT INTO network_activity (id, kind, municipality, on_day, state, minutes, rule, version)
         VALUES ($1, $2, $3, $4, 'planned', 0, '', 1)",
    )
    .bind(id)
    .bind(&n.kind)
    .bind(&n.municipality)
    .bind(&n.on_day)
    .once()
    .await?;
    for partner in &n.going {
        work.sql("INSERT INTO network_going (activity, partner) VALUES ($1, $2) ON CONFLICT (activity, partner) DO NOTHING")
            .bind(id)
            .bind(*partner)
            .run()
            .await?;
    }
    work.record("network.plan", "activity", id, [0; 32]).await?;
    Ok(id)
}

/// Notes that it was held, and how many it reached by which rule. Noted a second time it replaces what was noted before, in the facts
/// as well.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`]; [`ProgrammeError::State`] when it was called off.
pub async fn hold(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    n: &Held,
) -> Outcome<()> {
    let before = one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    if before.state == "off" {
        return Err(ProgrammeError::State("state-network-off"));
    }
    let mut problems = Problems::default();
    problems.when(before.on_day > p.day(work.at()), "on", "problem-network-to-come");
    problems.when(!p.pack.lists.has("reach_rules", &n.rule), "rule", "problem-choose");
    problems.when(
        !n.minutes.is_some_and(|m| (1..=LONGEST).contains(&m)),
        "minutes",
        "problem-network-minutes",
    );
    reached::check(&n.reached, &mut problems);
    // Nobody sees age and sex of a crowd from a stage.
    let divided = n.reached.iter().any(|(cell, many)| cell != WHOLE && *many != 0);
    problems.when(n.rule == ESTIMATED && divided, "reached", "problem-network-estimate");
    problems.done()?;
    let minutes = n.minutes.unwrap_or_default();
    let touched = work
        .sql("UPDATE network_activity SET state = 'held', minutes = $1, rule = $2, version = $3 WHERE id = $4 AND version = $5")
        .bind(minutes)
        .bind(&n.rule)
        .bind(seen + 1)
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    if before.state == "held" {
        counted(p, work, &before, -1).await?;
        work.sql("DELETE FROM network_reached WHERE activity = $1").bind(id).run().await?;
    }
    let after = Activity { minutes, rule: n.rule.clone(), reached: n.reached.clone(), ..before };
    for (cell, many) in after.reached.iter().filter(|(_, n)| **n > 0) {
        let (sex, band) = reached::parts(cell);
        work.sql("INSERT INTO network_reached (activity, sex, age_band, n) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(sex)
            .bind(band)
            .bind(*many)
            .once()
            .await?;
    }
    counted(p, work, &after, 1).await?;
    Ok(work.record("network.held", "activity", id, [0; 32]).await?)
}

/// Its facts, once more or taken back.
async fn counted(p: &Programme, work: &mut Work, a: &Activity, sign: i64) -> Outcome<()> {
    let mut types: Vec<String> = Vec::new();
    for partner in &a.going {
        let row = work.sql("SELECT kind FROM network_partner WHERE id = $1").bind(*partner).one().await?;
        types.push(row.get("kind")?);
    }
    types.sort();
    types.dedup();
    let base = Fact {
        day: a.on_day.clone(),
        code: Some(a.kind.clone()),
        amount: sign,
        ..fact(p, work, "network.activity", &a.municipality)
    };
    let held = Fact {
        minutes: Some(sign * a.minutes),
        dims: types.into_iter().map(|t| ("partner_type", t)).collect(),
        ..base.clone()
    };
    work.fact(held).await?;
    let people = Fact { kind: "awareness.reached", outcome: Some(a.rule.clone()), ..base };
    reached::facts(work, &people, &a.reached, sign).await
}

/// Calls one off that is planned.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody was faster.
pub async fn call_off(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
) -> Outcome<()> {
    one(p, work.tx(), caller, Act::NETWORK_WRITE, id).await?;
    let touched = work
        .sql("UPDATE network_activity SET state = 'off', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'planned'")
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("network.off", "activity", id, [0; 32]).await?)
}

/// One of them; elsewhere there is none.
///
/// # Errors
/// When the gate refuses; [`Refusal::Absent`].
pub async fn one(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act, id: Uuid) -> Outcome<Activity> {
    whole(p, caller, act)?;
    let row = tx.sql("SELECT * FROM network_activity WHERE id = $1").bind(id).optional().await?;
    let mut it = row.as_ref().map(Activity::read).transpose()?.ok_or(Refusal::Absent)?;
    if !p.gate.would(caller, act, &there(p, caller, &it.municipality)) {
        return Err(Refusal::Absent.into());
    }
    for row in tx.sql("SELECT * FROM network_reached WHERE activity = $1").bind(id).all().await? {
        let cell = format!("{}.{}", row.get::<String>("sex")?, row.get::<String>("age_band")?);
        it.reached.insert(cell, row.get("n")?);
    }
    for row in tx
        .sql("SELECT partner FROM network_going WHERE activity = $1 ORDER BY partner")
        .bind(id)
        .all()
        .await?
    {
        it.going.push(row.get("partner")?);
    }
    Ok(it)
}

/// The newest and those to come, with how many each reached as a whole.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, limit: i64) -> Outcome<Vec<Activity>> {
    let only = whole(p, caller, Act::NETWORK_READ)?.map(str::to_owned);
    let rows = tx
        .sql(
            "SELECT a.*, CAST(COALESCE((SELECT SUM(n) FROM network_reached r WHERE r.activity = a.id), 0) AS BIGINT) AS people
             FROM network_activity a WHERE ($1 IS NULL OR a.municipality = $1) ORDER BY a.on_day DESC, a.id LIMIT $2",
        )
        .bind(only)
        .bind(limit)
        .all()
        .await?;
    rows.iter()
        .map(|row| {
            let mut it = Activity::read(row)?;
            it.reached.insert(WHOLE.to_owned(), row.get("people")?);
            Ok(it)
        })
        .collect()
}

/// How many people everything held between two days reached, rule by rule: sums of different rules are never one.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn by_rule(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (&str, &str),
) -> Outcome<Vec<(String, i64, i64)>> {
    let only = whole(p, caller, Act::NETWORK_READ)?.map(str::to_owned);
    let rows = tx
        .sql(
            "SELECT a.rule AS rule, COUNT(DISTINCT a.id) AS held, CAST(COALESCE(SUM(r.n), 0) AS BIGINT) AS people
             FROM network_activity a LEFT JOIN network_reached r ON r.activity = a.id
             WHERE a.state = 'held' AND a.on_day BETWEEN $1 AND $2 AND ($3 IS NULL OR a.municipality = $3)
             GROUP BY a.rule ORDER BY a.rule",
        )
        .bind(from)
        .bind(to)
        .bind(only)
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("rule")?, r.get("held")?, r.get("people")?))).collect()
}

/// What a partner takes part in, newest first. The caller decided that it may be read.
///
/// # Errors
/// When the database breaks.
pub async fn of_partner(tx: &mut Tx, partner: Uuid) -> Outcome<Vec<Activity>> {
    let rows = tx
        .sql(
            "SELECT a.* FROM network_activity a JOIN network_going g ON g.activity = a.id WHERE g.partner = $1
             ORDER BY a.on_day DESC, a.id LIMIT 12",
        )
        .bind(partner)
        .all()
        .await?;
    rows.iter().map(Activity::read).collect()
}
