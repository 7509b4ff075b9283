//! A quarter of a grant that is open, facts for it, and what its report says of them.

use ceiba_access::Caller;
use ceiba_programme::results::frozen::{Frozen, Value};
use ceiba_programme::results::quarter;
use ceiba_programme::testkit::World;
use ceiba_programme::work;
use ceiba_store::Fact;

pub const WHICH: (&str, &str) = ("RAICES", "2026-Q3");
/// 2026-11-24, noon UTC.
pub const TODAY: i64 = 1_795_521_600_000_000;

pub async fn mel(w: &World) -> Caller {
    w.place.clock.set(TODAY);
    w.person("sofia", "mel", None).await
}

/// Opens a quarter when everything is written that is counted.
pub async fn open(w: &World, who: &Caller, which: (&str, &str)) {
    work!(w, who, |work| quarter::open(&w.p, &mut work, who, which).await).unwrap();
}

/// A fact of the quarter about the `n`-th person.
pub fn fact(kind: &'static str, n: u8) -> Fact {
    Fact {
        kind,
        at: TODAY - 100 * ceiba_store::DAY,
        day: "2026-08-16".into(),
        site: Some("M1".into()),
        sex: Some("Feminine".into()),
        age_band: Some("15-17".into()),
        subject: Some([n; 16]),
        amount: 1,
        ..Fact::default()
    }
}

pub async fn keep(w: &World, who: &Caller, facts: Vec<Fact>) {
    keep_with_mistakes(w, who, facts, vec![]).await;
}

/// Facts, and others that were noted by mistake and taken back.
pub async fn keep_with_mistakes(w: &World, who: &Caller, facts: Vec<Fact>, mistakes: Vec<Fact>) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    for f in facts {
        work.fact(f).await.unwrap();
    }
    for f in mistakes {
        let kind = f.kind;
        let id = work.fact_known(f).await.unwrap();
        work.fact_back(kind, id).await.unwrap();
    }
    work.record("test.facts", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

pub async fn look(w: &World, who: &Caller) -> Frozen {
    open(w, who, WHICH).await;
    quarter::look(&w.p, who, WHICH).await.unwrap().1
}

pub fn value(frozen: &Frozen, code: &str) -> Value {
    frozen.figure(code).unwrap().value
}

pub fn row(frozen: &Frozen, code: &str, by: &str, row: &str) -> Value {
    let table =
        frozen.figure(code).unwrap().tables.iter().find(|t| t.rows_by == by && t.columns_by.is_empty());
    let table = table.unwrap();
    let n = table.rows.iter().position(|r| r == row);
    n.map_or(Value::Nothing, |n| table.cells[n][0])
}
