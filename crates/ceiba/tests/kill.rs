//! D1: the process is killed under load, again and again; what it acknowledged is there.
//!
//! The child says a unit of work only after its commit returned; this process is the ledger. It proves the
//! process, not the disk: for power cuts see `tools/power-cut`.

#[path = "support/check.rs"]
mod check;
#[path = "support/house.rs"]
mod house;
#[path = "support/saved.rs"]
mod saved;
#[path = "support/writer.rs"]
mod writer;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use ceiba_store::{Chance, Db};
use saved::Saved;

/// Where the child finds its house, and which round it is. Set only by this process.
const FOLDER: &str = "CEIBA_KILL_FOLDER";
const ROUND: &str = "CEIBA_KILL_ROUND";
/// How many rounds; fewer for a quick look, more at night.
const ROUNDS: &str = "CEIBA_KILL_ROUNDS";

#[expect(clippy::disallowed_methods, reason = "a test is configured by whoever starts it")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The child: this same program, so that it can never be of another build. Without the variables, as one of
/// the tests, it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let (Some(folder), Some(round)) = (variable(FOLDER), variable(ROUND)) else { return };
    writer::run(Path::new(&folder), true, round.parse().unwrap()).await.unwrap();
}

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill() {
    let rounds: u64 = variable(ROUNDS).map_or(200, |n| n.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    house::found(Db::sqlite(home.path()).await.unwrap(), 6).await.unwrap();
    let mut house = house::open(Db::sqlite(home.path()).await.unwrap(), 0).await.unwrap();
    house.p.store.db.close().await;
    let dice = Chance::seeded([9; 32]);
    let (mut ledger, mut entries) = (Vec::new(), 0);
    for round in 0..rounds {
        let after = Duration::from_millis(2 + u64::from(dice.below(59)));
        // Every eighth dies while it starts: opening, migrating, recovering what the last one left.
        let saved = one_life(home.path(), round, after, round % 8 != 7).unwrap();
        let new = saved.len();
        ledger.extend(saved);
        // Half of the time a copy is looked at: then the next child recovers what was left, and its log of
        // changes goes on growing as it does in the field.
        let copy = tempfile::tempdir().unwrap();
        let looked_at = if round % 2 == 0 { home.path() } else { copied(home.path(), copy.path()).unwrap() };
        house.p.store.db = Db::sqlite(looked_at).await.unwrap();
        check::acknowledged(&house, &ledger, new).await.unwrap_or_else(|e| panic!("round {round}: {e:#}"));
        if round % 20 == 19 || round + 1 == rounds {
            check::acknowledged(&house, &ledger, ledger.len())
                .await
                .unwrap_or_else(|e| panic!("round {round}: {e:#}"));
            entries = check::whole(&house).await.unwrap_or_else(|e| panic!("round {round}: {e:#}"));
        }
        house.p.store.db.close().await;
    }
    println!(
        "{rounds} kills, {} units acknowledged, {entries} ledger entries, 0 lost, 0 twice",
        ledger.len()
    );
    assert!(
        ledger.len() as u64 > rounds,
        "only {} acknowledged: the kills came before the load",
        ledger.len()
    );
}

/// The control: a ledger that knows of a unit which is not there must fail, or the check is blind.
#[tokio::test]
async fn a_lost_note_is_noticed() {
    let home = tempfile::tempdir().unwrap();
    house::found(Db::sqlite(home.path()).await.unwrap(), 1).await.unwrap();
    let house = house::open(Db::sqlite(home.path()).await.unwrap(), 0).await.unwrap();
    check::acknowledged(&house, &[], 0).await.unwrap();
    check::whole(&house).await.unwrap();
    let line = format!("@saved {0} {1} {1} r0w0n0", uuid::Uuid::from_u128(404), uuid::Uuid::nil());
    let never = saved::read(&line).unwrap();
    let said = check::acknowledged(&house, &[never], 1).await.unwrap_err().to_string();
    assert!(said.starts_with("LOST: 1 of 1"), "{said}");
}

/// Starts a child, kills it, and tells what it acknowledged.
fn one_life(
    folder: &Path,
    round: u64,
    after: Duration,
    wait_until_ready: bool,
) -> anyhow::Result<Vec<Saved>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", "child", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let lines = listen(&mut child)?;
    let mut saved = Vec::new();
    if wait_until_ready {
        while !lines.recv().is_ok_and(|line| line == "@ready") {
            if let Some(ended) = child.try_wait()? {
                anyhow::bail!("the child ended before it was ready: {ended}\n{}", complaint(&mut child));
            }
        }
    }
    // Not a wait for something to happen: the instant of the kill is what this test varies.
    std::thread::sleep(after);
    child.kill()?;
    let ended = child.wait()?;
    // Whoever ended by herself failed: the load has no end of its own.
    anyhow::ensure!(ended.code().is_none(), "the load broke by itself: {ended}\n{}", complaint(&mut child));
    // The pipe keeps what was said before the kill; it is read to its end.
    saved.extend(lines.iter().filter_map(|line| saved::read(&line)));
    Ok(saved)
}

fn listen(child: &mut Child) -> anyhow::Result<Receiver<String>> {
    let out = child.stdout.take().ok_or_else(|| anyhow::anyhow!("no pipe"))?;
    let (say, lines) = channel();
    std::thread::spawn(move || {
        // A last line without its end was cut by the kill: it was not said.
        let mut out = BufReader::new(out);
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
            if say.send(line.trim_end().to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
    Ok(lines)
}

fn complaint(child: &mut Child) -> String {
    child.stderr.take().and_then(|e| std::io::read_to_string(e).ok()).unwrap_or_default()
}

/// A copy of a house whose process is dead, with its log of changes.
fn copied<'a>(from: &Path, to: &'a Path) -> std::io::Result<&'a Path> {
    for file in std::fs::read_dir(from)? {
        let file = file?;
        std::fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(to)
}
