//! Where sealed values lie in the file.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::ensure;

use super::house::House;

/// A stretch of a sealed value in the file.
pub struct Place {
    /// Its table.
    pub table: &'static str,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Every sealed value of the database, with its table.
pub async fn sealed(house: &House) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let mut tx = house.p.store.db.read().await?;
    let mut values = Vec::new();
    for (table, text) in [
        ("entry", "SELECT body FROM entry"),
        ("former", "SELECT body FROM former"),
        ("attachment", "SELECT content AS body FROM attachment"),
        ("person", "SELECT core AS body FROM person"),
        ("person", "SELECT identity AS body FROM person"),
        ("key_slot", "SELECT body FROM key_slot"),
        ("account", "SELECT who AS body FROM account"),
        // Of those who sign in below.
        ("account", "SELECT secret_key AS body FROM account WHERE role <> 'coordinator'"),
        ("installation", "SELECT quorum_ab AS body FROM installation"),
        ("installation", "SELECT quorum_ac AS body FROM installation"),
        ("installation", "SELECT quorum_bc AS body FROM installation"),
        ("installation", "SELECT office_deposit AS body FROM installation"),
    ] {
        for row in tx.sql(text).all().await? {
            values.push((table, row.get("body")?));
        }
    }
    Ok(values)
}

const WINDOW: usize = 16;
/// The most bytes that sealed values begin with alike: suite and fingerprints.
const HEAD: usize = 48;

/// Finds the values by their bytes: those that are long lie on several pages, in stretches.
pub fn locate(file: &[u8], values: &[(&'static str, Vec<u8>)]) -> anyhow::Result<Vec<Place>> {
    let mut at: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (n, window) in file.windows(WINDOW).enumerate().filter(|(_, w)| w.iter().any(|b| *b != 0)) {
        at.entry(window).or_default().push(n);
    }
    let mut places = Vec::new();
    for (table, value) in values {
        let (mut from, mut found, mut shared) = (0, 0, 0);
        while from + WINDOW <= value.len() {
            let hits = at.get(&value[from..from + WINDOW]).map_or(&[][..], Vec::as_slice);
            let [hit] = hits else {
                from += 1;
                shared += hits.len().min(1);
                continue;
            };
            let long = value[from..].iter().zip(&file[*hit..]).take_while(|(a, b)| a == b).count();
            places.push(Place { table, range: *hit..*hit + long });
            (from, found) = (from + long, found + long);
        }
        // The head of a slot is that of others. More of it twice would be an old copy: what is erased must go.
        ensure!(shared <= HEAD, "{shared} bytes of a sealed value of {table} are in the file twice");
        found += shared;
        // What is left is where one page ends and the next begins.
        ensure!(found + 2 * WINDOW > value.len(), "{found} of {} bytes of {table} found", value.len());
    }
    Ok(places)
}
