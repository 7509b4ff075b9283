//! Proceedings of the other cases, at every stage: what courts ordered, who appealed, what is owed, how each treats her; and
//! institutions that asked again. No dice are thrown, so that the rest of the story stays as it is.

use std::collections::BTreeMap;

use anyhow::Context as _;
use ceiba_access::{Act, Caller};
use ceiba_programme::cases::team;
use ceiba_programme::justice::proceedings::{self, Proceeding, STAGES};
use ceiba_programme::justice::{appeals, orders, reparation, requests, score};
use ceiba_store::{DAY, Work};
use uuid::Uuid;

use super::care::case_of_luz;
use super::seed::Past;

/// Who names the lawyer at which site.
const COORDINATORS: [(&str, &str); 3] = [("K1", "nora"), ("M1", "carmen"), ("M2", "pilar")];

/// Lets it happen: the proceedings that are open by then, the first time and again half a year later.
pub async fn happen(past: &Past, again: bool) -> anyhow::Result<()> {
    let ines = past.caller("ines")?;
    let luz = case_of_luz(past).await.unwrap_or(Uuid::nil());
    let mut tx = past.p.store.db.read().await?;
    let open = tx
        .sql("SELECT id, site FROM case_file WHERE state = 'open' AND id <> $1 ORDER BY opened_at, id LIMIT 26")
        .bind(luz)
        .all()
        .await?;
    drop(tx);
    for (n, row) in open.iter().enumerate() {
        let (case, site): (Uuid, String) = (row.get("id")?, row.get("site")?);
        let head = COORDINATORS.iter().find(|(code, _)| *code == site).map_or("nora", |(_, who)| who);
        let head = past.caller(head)?;
        let mut work = past.p.store.work(head.account).await?;
        let known = proceedings::heads(work.tx(), case).await?;
        if known.is_empty() {
            team::name(&past.p, &mut work, &head, case, ines.account).await?;
            work.commit().await?;
            begun(past, &ines, case, n).await?;
        } else {
            drop(work);
        }
        let mut work = past.p.store.work(ines.account).await?;
        let Some(head) = proceedings::heads(work.tx(), case).await?.into_iter().next() else { continue };
        scored(past, &mut work, &ines, (case, head.id), (n, again)).await?;
        work.commit().await?;
    }
    Ok(())
}

/// A quarter later: every second proceeding is a stage further, and of those in judgment courts order and the accused pay.
pub async fn moved(past: &Past) -> anyhow::Result<()> {
    let (p, ines) = (&past.p, past.caller("ines")?);
    let mut tx = p.store.db.read().await?;
    let rows = tx
        .sql(
            "SELECT e.id, e.file FROM entry e JOIN case_file c ON c.id = e.file JOIN care_team t ON t.case_id = c.id
             WHERE e.kind = 'proceeding' AND c.state = 'open' AND t.account = $1 AND t.until IS NULL
             ORDER BY e.created_at, e.id LIMIT 26",
        )
        .bind(ines.account)
        .all()
        .await?;
    drop(tx);
    for (n, row) in rows.iter().enumerate() {
        let (id, case): (Uuid, Uuid) = (row.get("id")?, row.get("file")?);
        let mut work = p.store.work(ines.account).await?;
        let (ago, today) = (day(past, &work, -30), day(past, &work, 0));
        if n.is_multiple_of(2) {
            let grant = p.may_case(work.tx(), &ines, Act::WRITE_LEGAL, case).await?;
            let all = proceedings::list(p, work.tx(), &ines, &grant, case).await?;
            let Some(one) = all.into_iter().find(|e| e.head.id == id) else { continue };
            let at = STAGES.iter().position(|s| *s == one.head.state).unwrap_or(0);
            let next = STAGES[(at + 1).min(STAGES.len() - 1)];
            let which = (case, id, one.head.version);
            proceedings::change(p, &mut work, &ines, which, (next, one.head.other, &one.body)).await?;
        } else {
            owed(past, &mut work, &ines, (case, id), (&ago, &today), "judgment").await?;
        }
        match work.commit().await {
            Err(ceiba_store::StoreError::Unrecorded) => {}
            other => other?,
        }
    }
    Ok(())
}

async fn institution(work: &mut Work, code: &str) -> anyhow::Result<Uuid> {
    let row = work.sql("SELECT id FROM institution WHERE code = $1").bind(code).optional().await?;
    Ok(row.with_context(|| format!("no institution {code}"))?.get("id")?)
}

fn day(past: &Past, work: &Work, days: i64) -> String {
    past.p.day(work.at() + days * DAY)
}

async fn begun(past: &Past, who: &Caller, case: Uuid, n: usize) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let leads = institution(&mut work, if n % 3 == 2 { "pgn-mixco" } else { "mp-trata" }).await?;
    let (kind, stage) = (if n % 3 == 2 { "protection" } else { "penal" }, STAGES[n % STAGES.len()]);
    let body = Proceeding {
        prosecutor_number: format!("MP000-0000-{:04} (inventado)", 200 + n),
        standing: ["none", "asked", "admitted"][n % 3].into(),
        ..Proceeding::default()
    };
    let id = proceedings::add(p, &mut work, who, case, (kind, stage, Some(leads)), &body).await?;
    let (ago, today, far) = (day(past, &work, -30), day(past, &work, 0), day(past, &work, 120));
    let order = orders::New {
        kind: ["stay_away", "placement", "health_care", "report"][n % 4],
        on_day: &today,
        until: &far,
        bound: "",
        conditions: "",
    };
    let order = orders::give(p, &mut work, who, (case, id), &order).await?;
    if n.is_multiple_of(5) {
        orders::look(p, &mut work, who, (case, order, 1), ("partly", false)).await?;
    }
    if kind == "penal" && ["judgment", "appeal", "execution", "ended"].contains(&stage) {
        owed(past, &mut work, who, (case, id), (&ago, &today), stage).await?;
    }
    if n.is_multiple_of(2) {
        let proposes = ["advance_evidence", "her_representative"].map(str::to_owned);
        let asks = (Some(leads), "prosecutor", &*today);
        let id = requests::ask(p, &mut work, who, case, asks, ("", &proposes)).await?;
        let how = if n.is_multiple_of(4) { "avoided" } else { "needed" };
        requests::settle(p, &mut work, who, (case, id, 1), how).await?;
    }
    Ok(work.commit().await?)
}

async fn owed(
    past: &Past,
    work: &mut Work,
    who: &Caller,
    at: (Uuid, Uuid),
    (ago, today): (&str, &str),
    stage: &str,
) -> anyhow::Result<()> {
    let p = &past.p;
    let id = reparation::ask(p, work, who, at, ("moral", "20,000", ago)).await?;
    reparation::decide(p, work, who, (at.0, id, 1), ("ordered", "15,000", today)).await?;
    if stage == "appeal" {
        appeals::file(p, work, who, at, ("special_appeal", "accused", today)).await?;
    } else {
        reparation::pay(p, work, who, (at.0, id, 2), ("5,000", today, "Recibo inventado")).await?;
    }
    Ok(())
}

/// Most points are better met the second time.
async fn scored(
    past: &Past,
    work: &mut Work,
    who: &Caller,
    (case, id): (Uuid, Uuid),
    (n, again): (usize, bool),
) -> anyhow::Result<()> {
    let now = work.at();
    let (points, before) = score::points(&past.p, work.tx(), who, (case, id), now).await?;
    let said: BTreeMap<String, String> = (n..)
        .zip(&points)
        .filter(|(n, point)| !point.on_file && n % 7 != 0)
        .map(|(n, point)| {
            let met = if again { n % 5 != 0 && n % 8 != 1 } else { n % 2 == 0 };
            (point.item.code.clone(), if met { "met" } else { "not_met" }.to_owned())
        })
        .collect();
    let seen = before.map_or(0, |b| b.head.version);
    Ok(score::answer(&past.p, work, who, (case, id, seen), &said).await?)
}
