//! What several stories do: tick off what a case begins with, and ask her whether somebody may be told.

use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::Programme;
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::tasks::{self, Task};
use ceiba_programme::entries::{self, Entry};
use ceiba_store::Work;
use uuid::Uuid;

/// Ticks off the open tasks of a case whose code is wanted; says how many there were.
pub async fn tick(
    p: &Programme,
    work: &mut Work,
    who: &Caller,
    case: Uuid,
    wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<usize> {
    let grant = p.may_case(work.tx(), who, Act::TASK_WRITE, case).await?;
    let all: Vec<Entry<Task>> = entries::list(p, work.tx(), who, &grant, (case, Folder::Social)).await?;
    let open =
        |t: &&Entry<Task>| t.head.state == "open" && wanted(t.head.code.as_deref().unwrap_or_default());
    let mut many = 0;
    for task in all.iter().filter(open) {
        tasks::set(p, work, who, (case, task.head.id, task.head.version), true).await?;
        many += 1;
    }
    Ok(many)
}

/// Her word, as it is noted.
pub fn word(language: &str) -> Consent {
    Consent {
        data: vec!["contact".into(), "needs".into()],
        language: language.into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: String::new(),
    }
}

/// She allows that an institution is told who she is, until a day.
pub async fn permits(
    p: &Programme,
    work: &mut Work,
    who: &Caller,
    case: Uuid,
    (to, until, language): (Uuid, &str, &str),
) -> anyhow::Result<()> {
    let (purpose, recipient) = ("share_named_partner", Some(to));
    let new = consent::New { purpose, recipient, until, given: true, consent: word(language) };
    consent::record(p, work, who, case, &new).await?;
    Ok(())
}
