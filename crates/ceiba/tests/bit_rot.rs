//! D8: a bit flips in a sealed value on the disk; whoever reads it is told, and never reads something else.

#[path = "support/filling.rs"]
mod filling;
#[path = "support/house.rs"]
mod house;
#[path = "support/packets.rs"]
mod packets;
#[path = "support/places.rs"]
mod places;
#[path = "support/reading.rs"]
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use ceiba_store::{Chance, Db};
use places::{Column, Place};

/// How many bits flip.
const FLIPS: u32 = 400;

#[tokio::test]
async fn no_flipped_bit_in_a_sealed_value_is_silent() {
    let home = tempfile::tempdir().unwrap();
    house::found(Db::sqlite(home.path()).await.unwrap(), 4).await.unwrap();
    let mut house = house::open(Db::sqlite(home.path()).await.unwrap(), 1).await.unwrap();
    let filled = filling::fill(&house, &|what| format!("Sobre {what}.")).await.unwrap();
    let values = places::sealed(&house).await.unwrap();
    house.p.store.db.forget().await.unwrap();
    house.p.store.db.close().await;
    let sound = std::fs::read(home.path().join("ceiba.sqlite")).unwrap();
    let places = places::locate(&sound, &values).unwrap();
    let mut by_column: BTreeMap<Column, Vec<&Place>> = BTreeMap::new();
    for place in &places {
        by_column.entry(place.column).or_default().push(place);
    }
    let tried: BTreeSet<Column> = by_column.keys().copied().collect();
    assert_eq!(tried, places::columns(), "a sealed column is not tried: fill it, or name it as not sealed");
    let by_column: Vec<_> = by_column.into_iter().collect();

    // Before anything is damaged all of it reads: a reader that always complains would prove nothing.
    house.p.store.db = Db::sqlite(home.path()).await.unwrap();
    let before = reading::everything(&house, &filled).await.unwrap();
    assert!(before.complaints.is_empty(), "{:?}", before.complaints);
    house.p.store.db.close().await;

    let dice = Chance::seeded([8; 32]);
    let pick = |n: usize| dice.below(u32::try_from(n).unwrap()) as usize;
    let (mut silent, mut seen_by_engine) = (Vec::new(), 0);
    for n in 0..FLIPS as usize {
        // Each column in its turn: a rare one is tried as often as that of the notes.
        let (column, of_column) = &by_column[n % by_column.len()];
        let (place, table) = (of_column[pick(of_column.len())], column.0);
        let byte = place.range.start + pick(place.range.len());
        let bit = 1 << dice.below(8);
        let mut rotten = sound.clone();
        rotten[byte] ^= bit;
        let copy = tempfile::tempdir().unwrap();
        std::fs::write(copy.path().join("ceiba.sqlite"), rotten).unwrap();
        house.p.store.db = Db::sqlite(copy.path()).await.unwrap();
        let (read, engine) = (
            reading::everything(&house, &filled).await.unwrap(),
            engines_own_check(&house.p.store.db).await.unwrap(),
        );
        house.p.store.db.close().await;
        // A damaged key is found by what it no longer opens.
        let told = read.complaints.iter().any(|(t, _)| *t == table || table == "key_slot");
        if !told {
            silent.push(format!("{column:?} at byte {byte}, bit {bit:#04x}: {:?}", read.complaints));
        }
        // Told or not, nobody may be shown something else than was written.
        let invented: Vec<_> = read.shown.difference(&before.shown).collect();
        assert!(invented.is_empty(), "{column:?} at byte {byte} shows what nobody wrote: {invented:?}");
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
