//! A programme of a size, written through the same sealed path that people use; only many to a commit.

use std::path::Path;
use std::sync::Arc;

use ceiba_access::Folder;
use ceiba_programme::Programme;
use ceiba_programme::alerts;
use ceiba_programme::cases::{self, notes};
use ceiba_programme::setup::{self, Founding, Stand};
use ceiba_store::{Chance, Clock, DAY, Db, Fact, HOUR, HandClock, Micros, Store, SystemClock, Tag};
use ceiba_vault::{Cost, OfficeKey, RecoveryCode};
use uuid::Uuid;

use super::cast::{new_case, report, worker};

const TENANT: Uuid = Uuid::from_u128(0xbe4c);
/// How many colleagues there are; the first of them are measured.
pub const WORKERS: usize = 40;
/// One case in so many is open; the others were closed over the years.
const OPEN: u32 = 10;
/// How many units of the work of a day go into one commit here.
const AT_ONCE: u32 = 500;
const ALERTS: u32 = 200;

/// The programme on a database.
pub fn programme(db: Db, clock: Arc<dyn Clock>, seed: u8) -> anyhow::Result<Programme> {
    let office = Arc::new(OfficeKey::from_bytes([12; 32]));
    let key = office.clone();
    let tag: Tag = Arc::new(move |bytes| key.ledger_tag(bytes));
    let store = Store::new(db, clock, Arc::new(Chance::seeded([seed; 32])), tag);
    Ok(Programme::open(store, setup::demo_pack()?, office, TENANT, Cost::TEST)?)
}

/// Builds it. A half-built one from before is thrown away.
pub async fn run(folder: &Path, people: u32, facts: u32) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let now = SystemClock.now();
    let clock = Arc::new(HandClock::at(now - 1000 * DAY));
    // An invented past needs no protection against power cuts.
    let p = programme(Db::sqlite_with(folder, false).await?, clock.clone(), 1)?;
    let codes = [1, 2, 3].map(|n| RecoveryCode::from_bytes([n; 16]));
    let directors = [&codes[0], &codes[1], &codes[2]];
    setup::found(&p, &Founding { stand: Stand::Demo, tenant: TENANT, directors, backup_recipient: None })
        .await?;
    let mut workers = Vec::new();
    for n in 0..WORKERS {
        workers.push(worker(&p, n).await?);
    }
    // Small enough that the open tenth is spread over its two weeks.
    let at_once = (people / 100).clamp(1, AT_ONCE);
    for from in (0..people).step_by(at_once as usize) {
        // A unit of work has one instant for all its rows.
        clock.set(opened(from, people, now));
        let mut work = p.store.work(workers[0].account).await?;
        for n in from..people.min(from + at_once) {
            let who = &workers[n as usize % WORKERS];
            let (case, _) = cases::open(&p, &mut work, who, &new_case(n, who)).await?;
            for day in 0..3 {
                let text = format!("Día {day}. {}", "Se habló de la escuela y de la visita. ".repeat(8));
                notes::add(&p, &mut work, who, case, Folder::Social, ("visit", "2023-01-02", &text), None)
                    .await?;
            }
        }
        work.commit().await?;
    }
    add_facts(&p, facts.saturating_sub(people), now).await?;
    clock.set(now - HOUR);
    for n in 0..ALERTS {
        let mut work = p.store.work(Uuid::nil()).await?;
        alerts::report(&p, &mut work, &alerts::public(), &report(n)).await?;
        work.commit().await?;
    }
    close_the_old(&p, now).await?;
    p.store.db.close().await;
    Ok(std::fs::write(folder.join("built"), "")?)
}

/// The open ones began within the last two weeks, so that their first tasks are of today.
fn opened(n: u32, people: u32, now: Micros) -> Micros {
    let span = i64::from(people / OPEN).max(1);
    let from_new = i64::from(people - n);
    if from_new <= span {
        now - 14 * DAY * from_new / span
    } else {
        now - 20 * DAY - 900 * DAY * from_new / i64::from(people)
    }
}

/// What closing leaves behind, for the many that are only weight here: two statements instead of two people's
/// decisions for each.
async fn close_the_old(p: &Programme, now: Micros) -> anyhow::Result<()> {
    let mut tx = p.store.db.write().await?;
    tx.sql("UPDATE case_file SET state = 'closed', closing = 'goals_met', closed_at = opened_at + $1 WHERE opened_at < $2")
        .bind(10 * DAY)
        .bind(now - 15 * DAY)
        .run()
        .await?;
    tx.sql("UPDATE entry SET state = 'done' WHERE kind = 'task' AND created_at < $1")
        .bind(now - 15 * DAY)
        .run()
        .await?;
    Ok(tx.commit().await?)
}

async fn add_facts(p: &Programme, many: u32, now: Micros) -> anyhow::Result<()> {
    for from in (0..many).step_by(AT_ONCE as usize) {
        let mut work = p.store.work(Uuid::nil()).await?;
        for n in from..many.min(from + AT_ONCE) {
            let at = now - 900 * DAY * i64::from(n) / i64::from(many);
            let mut subject = [0; 16];
            subject[..4].copy_from_slice(&(n / 9).to_le_bytes());
            let fact = Fact {
                kind: "service.given",
                at,
                day: p.day(at),
                code: Some(["mental_health", "walkin_clinic", "medical_general"][n as usize % 3].to_owned()),
                outcome: Some(if n % 9 == 0 { "new" } else { "continuing" }.to_owned()),
                site: Some(["K1", "M1", "M2"][n as usize % 3].to_owned()),
                municipality: Some("GT0920".to_owned()),
                sex: Some("Feminine".to_owned()),
                age_band: Some("12-14".to_owned()),
                subject: Some(subject),
                minutes: None,
                amount: 1,
                dims: Vec::new(),
            };
            work.fact(fact).await?;
        }
        work.record("fact.add", "fact", Uuid::nil(), [0; 32]).await?;
        work.commit().await?;
    }
    Ok(())
}
