//! D8: a bit flips in a sealed value on the disk; whoever reads it is told, and never reads something else.

#[path = "support/house.rs"]
mod house;
#[path = "support/places.rs"]
mod places;
#[path = "support/reading.rs"]
mod reading;

use std::collections::BTreeSet;

use ceiba_access::Folder;
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::{notes, tasks};
use ceiba_store::{Chance, Db};
use house::House;

/// How many bits flip.
const FLIPS: u32 = 400;

#[tokio::test]
async fn no_flipped_bit_in_a_sealed_value_is_silent() {
    let home = tempfile::tempdir().unwrap();
    house::found(home.path(), 4).await.unwrap();
    let mut house = house::open(home.path(), true, 1).await.unwrap();
    fill(&house).await.unwrap();
    let values = places::sealed(&house).await.unwrap();
    house.p.store.db.forget().await.unwrap();
    house.p.store.db.close().await;
    let sound = std::fs::read(home.path().join("ceiba.sqlite")).unwrap();
    let places = places::locate(&sound, &values).unwrap();
    let tables: BTreeSet<_> = places.iter().map(|p| p.table).collect();
    let all = ["account", "attachment", "entry", "former", "installation", "key_slot", "person"];
    assert_eq!(tables, BTreeSet::from(all), "a table with sealed values is not tried");

    // Before anything is damaged all of it reads: a reader that always complains would prove nothing.
    house.p.store.db = Db::sqlite(home.path()).await.unwrap();
    let before = reading::everything(&house).await.unwrap();
    assert!(before.complaints.is_empty(), "{:?}", before.complaints);
    house.p.store.db.close().await;

    let dice = Chance::seeded([8; 32]);
    let pick = |n: usize| dice.below(u32::try_from(n).unwrap()) as usize;
    let (mut silent, mut seen_by_engine) = (Vec::new(), 0);
    for _ in 0..FLIPS {
        let place = &places[pick(places.len())];
        let byte = place.range.start + pick(place.range.len());
        let bit = 1 << dice.below(8);
        let mut rotten = sound.clone();
        rotten[byte] ^= bit;
        let copy = tempfile::tempdir().unwrap();
        std::fs::write(copy.path().join("ceiba.sqlite"), rotten).unwrap();
        house.p.store.db = Db::sqlite(copy.path()).await.unwrap();
        let (read, engine) =
            (reading::everything(&house).await.unwrap(), engines_own_check(&house.p.store.db).await.unwrap());
        house.p.store.db.close().await;
        // A damaged key is found by what it no longer opens.
        let told = |table| read.complaints.iter().any(|(t, _)| *t == table || place.table == "key_slot");
        if !told(place.table) {
            silent.push(format!("{} at byte {byte}, bit {bit:#04x}: {:?}", place.table, read.complaints));
        }
        // Told or not, nobody may be shown something else than was written.
        let invented: Vec<_> = read.shown.difference(&before.shown).collect();
        assert!(invented.is_empty(), "{} at byte {byte} shows what nobody wrote: {invented:?}", place.table);
        seen_by_engine += u32::from(engine != "ok");
    }
    println!(
        "{FLIPS} flips in sealed values: {} silent; the engine's own check saw {seen_by_engine}",
        silent.len()
    );
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    // The control: were the engine's check enough, this would not show what the seals are for.
    assert!(seen_by_engine * 10 < FLIPS, "the engine's own check saw {seen_by_engine} of {FLIPS}");
}

async fn engines_own_check(db: &Db) -> anyhow::Result<String> {
    let mut tx = db.read().await?;
    Ok(tx.sql("PRAGMA integrity_check").one().await?.get("integrity_check")?)
}

/// Every kind of sealed value, short and long: some in one page of the file, some over several.
async fn fill(house: &House) -> anyhow::Result<()> {
    let p = &house.p;
    for (n, case) in house.cases.iter().enumerate() {
        let mut work = p.store.work(house.social.account).await?;
        let who = &house.social;
        let text = "Vino con su tía. ".repeat([2, 30, 600][n % 3]);
        notes::add(p, &mut work, who, *case, Folder::Social, ("visit", "2026-03-02", &text), None).await?;
        let id = tasks::give(p, &mut work, who, *case, ("Llamar a la escuela", "2026-04-01", None)).await?;
        // A change: its former version stays, sealed.
        tasks::set(p, &mut work, who, (*case, id, 1), true).await?;
        let evaluation = Evaluation { now: "Llamar a Lucía".to_owned(), ..Evaluation::default() };
        safety::evaluate(p, &mut work, who, *case, "high", &evaluation).await?;
        let pdf = [&b"%PDF-1.7\n"[..], &vec![b'x'; 3000 * (n % 3)]].concat();
        let attached = Attached { name: "constancia.pdf".to_owned(), title: "Constancia".to_owned() };
        files::attach(p, &mut work, who, *case, &attached, &pdf).await?;
        work.commit().await?;
        let mut work = p.store.work(house.therapist.account).await?;
        let note = ("session", "2026-03-02", text.as_str());
        notes::add(p, &mut work, &house.therapist, *case, Folder::Psychological, note, None).await?;
        work.commit().await?;
    }
    Ok(())
}
