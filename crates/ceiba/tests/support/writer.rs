//! The load: several tasks that write units of work and tell what was acknowledged, until they are killed.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use ceiba_access::Folder;
use ceiba_programme::cases::services::{self, Service};
use ceiba_programme::cases::{notes, tasks};
use ceiba_store::Db;
use uuid::Uuid;

use super::house::{self, House};
use super::saved::Saved;

/// How many tasks write at once.
const WRITERS: u32 = 4;
/// Whoever started the load kills it long before; it must not run on if that one died.
const MOST: u32 = 100_000;

/// Opens the house, says `ready`, and writes until it is killed.
pub async fn run(folder: &Path, durable: bool, round: u64) -> anyhow::Result<()> {
    let house = Arc::new(house::open(Db::sqlite_with(folder, durable).await?, round + 1).await?);
    say("ready")?;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let house = house.clone();
        writers.spawn(async move {
            for n in 0..MOST {
                let saved = unit(&house, writer, n, &format!("r{round}w{writer}n{n}")).await?;
                // Only now: `commit()` has returned.
                say(&saved.to_string())?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    Ok(())
}

/// One unit of work: a note; sometimes a task or a service with it, which must then share its fate.
async fn unit(house: &House, writer: u32, n: u32, token: &str) -> anyhow::Result<Saved> {
    let p = &house.p;
    let case = house.cases[(writer as usize + n as usize) % house.cases.len()];
    // Every fourth writer is the therapist: her notes stand in a strongbox, under her own key.
    let (who, folder) =
        if writer == 3 { (&house.therapist, Folder::Psychological) } else { (&house.social, Folder::Social) };
    let social = folder == Folder::Social;
    let mut work = p.store.work(who.account).await?;
    let text = words(token, n);
    let note = notes::add(p, &mut work, who, case, folder, ("note", "2026-03-02", &text), None).await?;
    let (mut task, mut service) = (None, None);
    if social && n % 3 == 1 {
        task = Some(tasks::give(p, &mut work, who, case, (token, "2026-04-01", None)).await?);
    }
    if social && n % 3 == 2 {
        let given = Service { provider: String::new(), amount: 1, remark: token.to_owned() };
        service =
            Some(services::give(p, &mut work, who, case, ("mental_health", "2026-03-02"), &given).await?);
    }
    work.commit().await?;
    let or_nil = |id: Option<Uuid>| id.unwrap_or_default();
    Ok(Saved { note, task: or_nil(task), service: or_nil(service), token: token.to_owned() })
}

/// Its token, then as many words as notes have: some fit in a page of the database, some do not.
fn words(token: &str, n: u32) -> String {
    let many = [3, 12, 40, 160][n as usize % 4];
    format!("{token} {}", "Se habló de la escuela y de la visita. ".repeat(many))
}

/// A line for whoever listens, whole or not at all: it is shorter than a pipe's atomic write. The test
/// harness writes to the same pipe, so the line begins with its own line end.
fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n@{line}\n").as_bytes())?;
    out.flush()
}
