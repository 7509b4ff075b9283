//! Schema changes: one folder, the SQL both engines share, append-only, each checked by its hash.

use sha2::{Digest, Sha256};

use crate::{Db, Result, StoreError, Tx};

/// Every migration, oldest first. A new one is added at the end and never changed after a release.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_house", include_str!("../migrations/0001_house.sql")),
    ("0002_people", include_str!("../migrations/0002_people.sql")),
    ("0003_alerts", include_str!("../migrations/0003_alerts.sql")),
    ("0004_cases", include_str!("../migrations/0004_cases.sql")),
    ("0005_shelter", include_str!("../migrations/0005_shelter.sql")),
    ("0006_clinic", include_str!("../migrations/0006_clinic.sql")),
    ("0007_care", include_str!("../migrations/0007_care.sql")),
    ("0008_partners", include_str!("../migrations/0008_partners.sql")),
    ("0009_messages", include_str!("../migrations/0009_messages.sql")),
    ("0010_templates", include_str!("../migrations/0010_templates.sql")),
    ("0011_calendar", include_str!("../migrations/0011_calendar.sql")),
    ("0012_municipal", include_str!("../migrations/0012_municipal.sql")),
    ("0013_releases", include_str!("../migrations/0013_releases.sql")),
    ("0014_training", include_str!("../migrations/0014_training.sql")),
    ("0015_learning", include_str!("../migrations/0015_learning.sql")),
    ("0016_results", include_str!("../migrations/0016_results.sql")),
    ("0017_network", include_str!("../migrations/0017_network.sql")),
    ("0018_met", include_str!("../migrations/0018_met.sql")),
    ("0019_sheets", include_str!("../migrations/0019_sheets.sql")),
];

pub(crate) async fn up(db: &Db) -> Result<()> {
    let mut tx = db.write().await?;
    tx.sql("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL)").run().await?;
    let rows = tx.sql("SELECT name, hash FROM migration ORDER BY name").all().await?;
    if rows.len() > MIGRATIONS.len() {
        return Err(StoreError::Migration(
            "this data was made by a newer Ceiba; start that version, or restore a backup".to_owned(),
        ));
    }
    for (row, (name, text)) in rows.iter().zip(MIGRATIONS) {
        if row.get::<String>("name")? != *name || row.get::<String>("hash")? != hash(text) {
            return Err(StoreError::Migration(format!("{name} is not the one this data was made with")));
        }
    }
    for (name, text) in &MIGRATIONS[rows.len()..] {
        apply(&mut tx, text).await?;
        tx.sql("INSERT INTO migration (name, hash) VALUES ($1, $2)")
            .bind(*name)
            .bind(hash(text))
            .run()
            .await?;
    }
    // The ledger starts with an empty right edge.
    tx.sql("INSERT INTO ledger_head (id, frontier) VALUES (1, $1) ON CONFLICT (id) DO NOTHING")
        .bind(ceiba_ledger::Frontier::new().to_bytes())
        .run()
        .await?;
    tx.commit().await
}

/// One statement at a time: prepared statements hold only one, and a failing one then names itself.
async fn apply(tx: &mut Tx, text: &'static str) -> Result<()> {
    for statement in text.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
        tx.sql(statement).run().await?;
    }
    Ok(())
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// The texts of all migrations, oldest first.
pub(crate) fn texts() -> impl Iterator<Item = &'static str> {
    MIGRATIONS.iter().map(|(_, text)| *text)
}
