//! Where sealed values lie in the file.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use anyhow::ensure;
use ceiba_store::Value;
use ceiba_store::dump::{TABLES, Type};

use super::house::House;

/// A column.
pub type Column = (&'static str, &'static str);

/// A stretch of a sealed value in the file.
pub struct Place {
    /// Its table and column.
    pub column: Column,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Columns of bytes that are not sealed: hashes, tokens that are only compared, and public keys. Every other one is.
const NOT_SEALED: &[Column] = &[
    ("template", "body"),
    ("template", "hash"),
    ("account", "public_key"),
    ("account", "username_token"),
    ("alert", "network_mark"),
    ("alert", "receipt"),
    ("attachment", "hash"),
    ("blind_index", "token"),
    ("code_retired", "token"),
    ("calendar_feed", "token"),
    ("certificate", "name_mark"),
    ("fact", "subject"),
    ("installation", "quorum_public"),
    ("ledger_entry", "detail"),
    ("ledger_entry", "leaf"),
    ("ledger_entry", "root"),
    ("ledger_entry", "tag"),
    ("ledger_head", "frontier"),
    ("network_partner", "card"),
    ("network_partner", "page"),
    ("network_partner", "pin"),
    ("packet", "handle"),
    ("route_reading", "hash"),
    ("route_version", "hash"),
    ("session", "csrf"),
    ("session", "token"),
    ("sign_in_try", "token"),
    ("test_sheet", "who"),
    ("test_shown", "who"),
    ("training_claim", "token"),
    ("brought", "hash"),
    ("report_version", "hash"),
    ("report_version", "signature"),
    ("sheet_page", "hash"),
    ("spending_sheet", "hash"),
    ("subject_joined", "as_subject"),
    ("subject_joined", "subject"),
    ("subject_same", "as_subject"),
    ("subject_same", "subject"),
];

/// Every sealed column there is, by the schema itself: a new table is not forgotten.
pub fn columns() -> BTreeSet<Column> {
    let all = TABLES.iter().flat_map(|t| t.columns.iter().map(|(name, kind)| ((t.name, *name), *kind)));
    all.filter(|(column, kind)| *kind == Type::Bytes && !NOT_SEALED.contains(column))
        .map(|(c, _)| c)
        .collect()
}

/// Every sealed value of the database, with its column.
pub async fn sealed(house: &House) -> anyhow::Result<Vec<(Column, Vec<u8>)>> {
    let (mut tx, sealed) = (house.p.store.db.read().await?, columns());
    let bytes: BTreeSet<Column> =
        TABLES.iter().flat_map(|t| t.columns.iter().map(|(c, _)| (t.name, *c))).collect();
    ensure!(NOT_SEALED.iter().all(|c| bytes.contains(c)), "a column that is named here is gone");
    let mut values = Vec::new();
    for table in TABLES.iter() {
        for row in table.rows(&mut tx).await? {
            for ((name, _), value) in table.columns.iter().zip(row) {
                if let (true, Value::Bytes(Some(bytes))) = (sealed.contains(&(table.name, *name)), value) {
                    values.push(((table.name, *name), bytes));
                }
            }
        }
    }
    // A version whose state alone moved keeps the very bytes of the one before it (`entries::follow`). Which of the two
    // lies where in the file cannot be told, so neither is tried; each column has others.
    let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
    for (_, bytes) in &values {
        *seen.entry(bytes.clone()).or_default() += 1;
    }
    values.retain(|(_, bytes)| seen.get(bytes) == Some(&1));
    Ok(values)
}

const WINDOW: usize = 16;
/// The most bytes that sealed values begin with alike: suite and fingerprints.
const HEAD: usize = 48;

/// Finds the values by their bytes: those that are long lie on several pages, in stretches.
pub fn locate(file: &[u8], values: &[(Column, Vec<u8>)]) -> anyhow::Result<Vec<Place>> {
    let mut at: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (n, window) in file.windows(WINDOW).enumerate().filter(|(_, w)| w.iter().any(|b| *b != 0)) {
        at.entry(window).or_default().push(n);
    }
    let mut places = Vec::new();
    for (column, value) in values {
        let (mut from, mut found, mut shared) = (0, 0, 0);
        while from + WINDOW <= value.len() {
            let hits = at.get(&value[from..from + WINDOW]).map_or(&[][..], Vec::as_slice);
            let [hit] = hits else {
                from += 1;
                shared += hits.len().min(1);
                continue;
            };
            let long = value[from..].iter().zip(&file[*hit..]).take_while(|(a, b)| a == b).count();
            places.push(Place { column: *column, range: *hit..*hit + long });
            (from, found) = (from + long, found + long);
        }
        // The head of a slot is that of others. More of it twice would be an old copy: what is erased must go.
        ensure!(shared <= HEAD, "{shared} bytes of a sealed value of {column:?} are in the file twice");
        found += shared;
        // What is left is where one page ends and the next begins.
        ensure!(found + 2 * WINDOW > value.len(), "{found} of {} bytes of {column:?} found", value.len());
    }
    Ok(places)
}
