//! Is everything there that was acknowledged, and is what is there sound?

use std::collections::{HashMap, HashSet};

use anyhow::{Context, ensure};
use ceiba_access::{Folder, Grant};
use ceiba_ledger::{Frontier, SignedHead};
use ceiba_programme::cases::services::{self, Service};
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::cases::{notes, notes::Note};
use ceiba_programme::entries;
use ceiba_store::{Tx, ledger};
use uuid::Uuid;

use super::house::House;
use super::saved::Saved;

/// Every acknowledged id is a row; the newest `open` of them are opened, and say what was written.
pub async fn acknowledged(house: &House, all: &[Saved], open: usize) -> anyhow::Result<()> {
    let mut tx = house.p.store.db.read().await?;
    let rows = tx.sql("SELECT id, file, folder FROM entry").all().await?;
    let mut there: HashMap<Uuid, (Uuid, String)> = HashMap::new();
    for row in rows {
        there.insert(row.get("id")?, (row.get("file")?, row.get("folder")?));
    }
    let lost: Vec<_> = all
        .iter()
        .filter(|s| [s.note, s.task, s.service].iter().any(|id| !id.is_nil() && !there.contains_key(id)))
        .map(|s| s.token.as_str())
        .collect();
    ensure!(lost.is_empty(), "LOST: {} of {} acknowledged: {lost:?}", lost.len(), all.len());
    for s in &all[all.len() - open.min(all.len())..] {
        let (case, folder) = &there[&s.note];
        opens(house, &mut tx, s, *case, folder)
            .await
            .with_context(|| format!("{} does not open", s.token))?;
    }
    Ok(())
}

async fn opens(house: &House, tx: &mut Tx, s: &Saved, case: Uuid, folder: &str) -> anyhow::Result<()> {
    let folder = Folder::find(folder).context("a folder")?;
    let who = if folder == Folder::Social { &house.social } else { &house.therapist };
    let p = &house.p;
    let grant = p.may_case(tx, who, folder.read(), case).await?;
    let note = entries::get::<Note>(p, tx, who, &grant, case, s.note).await?;
    ensure!(note.body.text.split(' ').next() == Some(&s.token), "the note says something else");
    if !s.task.is_nil() {
        let task = entries::get::<Task>(p, tx, who, &grant, case, s.task).await?;
        ensure!(task.body.text == s.token, "the task says something else");
    }
    if !s.service.is_nil() {
        let service = entries::get::<Service>(p, tx, who, &grant, case, s.service).await?;
        ensure!(service.body.remark == s.token, "the service says something else");
    }
    Ok(())
}

/// The engine finds its file sound, the ledger verifies against its tags and its own right edge, everything
/// opens, nothing is there twice, and no unit was written by halves, acknowledged or not.
pub async fn whole(house: &House) -> anyhow::Result<u64> {
    let p = &house.p;
    let mut tx = p.store.db.read().await?;
    let said: String = tx.sql("PRAGMA integrity_check").one().await?.get("integrity_check")?;
    ensure!(said == "ok", "integrity_check: {said}");
    let (mut noted, mut others) = (HashSet::new(), HashSet::new());
    for case in &house.cases {
        for (who, folder) in [(&house.social, Folder::Social), (&house.therapist, Folder::Psychological)] {
            let grant: Grant = p.may_case(&mut tx, who, folder.read(), *case).await?;
            for note in notes::list(p, &mut tx, who, &grant, *case, folder).await? {
                let token = note.body.text.split(' ').next().unwrap_or_default().to_owned();
                ensure!(noted.insert(token.clone()), "{token} is there twice");
            }
            if folder != Folder::Social {
                continue;
            }
            let tasks = entries::list::<Task>(p, &mut tx, who, &grant, (*case, folder)).await?;
            // Tasks that rules made have no words.
            let mut said: Vec<_> = tasks.into_iter().map(|t| t.body.text).filter(|t| !t.is_empty()).collect();
            said.extend(
                services::list(p, &mut tx, who, &grant, *case).await?.into_iter().map(|s| s.body.remark),
            );
            for token in said {
                ensure!(others.insert(token.clone()), "{token} is there twice");
            }
        }
    }
    if let Some(half) = others.iter().find(|t| !noted.contains(*t)) {
        anyhow::bail!("{half}: a task or service without the note of its unit");
    }
    let owed = |token: &str| {
        let (writer, n) =
            token.split_once('w').and_then(|(_, rest)| rest.split_once('n')).unwrap_or_default();
        writer != "3" && n.parse::<u32>().is_ok_and(|n| n % 3 != 0)
    };
    if let Some(half) = noted.iter().find(|t| owed(t) && !others.contains(*t)) {
        anyhow::bail!("{half}: a note without the task or service of its unit");
    }
    ledger_is_whole(house, &mut tx).await
}

async fn ledger_is_whole(house: &House, tx: &mut Tx) -> anyhow::Result<u64> {
    let mut entries = Vec::new();
    loop {
        let page = ledger::page(tx, i64::try_from(entries.len())?, 5000).await?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    let edge = tx.sql("SELECT frontier FROM ledger_head WHERE id = 1").one().await?;
    let edge = Frontier::from_bytes(&edge.get::<Vec<u8>>("frontier")?)?;
    let key = house.p.office_key().signing_key();
    let head = SignedHead::sign("faults", edge.size(), edge.root(), house.p.store.clock.now(), &key)?;
    let rows = entries.into_iter().map(Ok::<_, std::convert::Infallible>);
    let tag = house.p.store.tag();
    Ok(ceiba_ledger::verify(rows, Some(&**tag), Some(&head), &[])?.size)
}
