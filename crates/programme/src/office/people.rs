//! Somebody comes to the office: who came and about what, from lists, and what was done. A name only if she wants; her story is
//! told once, to whoever the alert or the case brings to her, and never here.

use ceiba_access::{Act, Caller};
use ceiba_store::{DAY, MINUTE, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FOLDER, Person, begin, fact, file, person};
use crate::entries::{self, Entry, Kind, Plain};
use crate::partners::directory;
use crate::{Outcome, Problems, Programme, ProgrammeError, alerts};

/// What is sealed of a reception.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// What she wants to be called; may be empty.
    pub name: String,
    /// Who came: a code of the list `office_who`.
    pub who: String,
    /// What was done: codes of the list `office_done`.
    pub done: Vec<String>,
    /// Something practical, such as when she comes back; never her story.
    pub remark: String,
    /// What became of her where she was sent: a code of the list `office_sent_results`; empty while nobody knows.
    #[serde(default)]
    pub result: String,
}

impl Kind for Reception {
    const KIND: &'static str = "reception";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// What is typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct New<'a> {
    /// What she wants to be called; may be empty.
    pub name: &'a str,
    /// A code of the list `office_who`.
    pub who: &'a str,
    /// A code of the list `office_about`.
    pub about: &'a str,
    /// Codes of the list `office_done`.
    pub done: &'a [String],
    /// To which institution she was sent.
    pub sent_to: Option<Uuid>,
    /// An alert that waits already, for the same thing.
    pub alert: Option<Uuid>,
    /// Something practical.
    pub remark: &'a str,
}

/// Receives somebody. Tells the id of her file.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn receive(p: &Programme, work: &mut Work, caller: &Caller, n: &New<'_>) -> Outcome<Uuid> {
    file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let lists = &p.pack.lists;
    let mut problems = Problems::default();
    problems.when(!lists.has("office_about", n.about), "about", "problem-choose");
    problems.when(!lists.has("office_who", n.who), "who", "problem-choose");
    let unknown = n.done.iter().any(|d| !lists.has("office_done", d));
    problems.when(n.done.is_empty() || unknown, "done", "problem-office-done");
    problems.when(n.name.chars().count() > 80, "name", "problem-too-long");
    problems.when(n.remark.chars().count() > 200, "remark", "problem-office-remark");
    let sent = n.done.iter().any(|d| d == "referred");
    problems.when(sent != n.sent_to.is_some(), "sent_to", "problem-office-sent");
    if let Some(to) = n.sent_to {
        let known = directory::find(work.tx(), to).await?.is_some_and(|i| i.active);
        problems.when(!known, "sent_to", "problem-choose");
    }
    if let Some(alert) = n.alert {
        let hers = alerts::shown(p, work.tx(), caller, alert).await;
        problems.when(hers.is_err(), "alert", "problem-choose");
    }
    problems.done()?;
    let (id, grant) = begin(p, work, caller, (n.alert, None)).await?;
    let body = Reception {
        name: n.name.trim().to_owned(),
        who: n.who.to_owned(),
        done: n.done.to_vec(),
        remark: n.remark.trim().to_owned(),
        result: String::new(),
    };
    let plain = Plain {
        state: if sent { "waiting" } else { "done" },
        code: Some(n.about.to_owned()),
        other: n.sent_to,
        on_day: Some(p.day(work.at())),
        due_at: sent.then(|| work.at() + p.pack.office.answer_days * DAY),
        owner: Some(caller.account),
        ..Plain::default()
    };
    entries::add(p, work, caller, &grant, (id, FOLDER), plain, &body).await?;
    let mut fact = fact(p, work, caller, None, "office.received").await?;
    fact.code = Some(n.about.to_owned());
    fact.outcome = Some(n.who.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// Somebody who came, with what was said of it, for her page.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    id: Uuid,
) -> Outcome<(Person, Option<Entry<Reception>>)> {
    let (person, grant) = person(p, tx, caller, Act::OFFICE_READ, id).await?;
    let all: Vec<Entry<Reception>> = entries::list(p, tx, caller, &grant, (id, FOLDER)).await?;
    Ok((person, all.into_iter().next()))
}

/// What became of her where she was sent.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody said so already.
pub async fn settle(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    result: &str,
) -> Outcome<()> {
    let (who, grant) = person(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("office_sent_results", result), "result", "problem-choose");
    problems.done()?;
    let all: Vec<Entry<Reception>> = entries::list(p, work.tx(), caller, &grant, (id, FOLDER)).await?;
    let Some(it) = all.into_iter().next().filter(|e| e.head.state == "waiting") else {
        return Err(ProgrammeError::Stale);
    };
    let body = Reception { result: result.to_owned(), ..it.body };
    let plain = Plain { state: "done", due_at: None, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, "done").await?;
    let mut fact = fact(p, work, caller, None, "office.sent").await?;
    let to = match it.head.other {
        Some(id) => directory::find(work.tx(), id).await?.map(|i| i.kind.clone()),
        None => None,
    };
    (fact.code, fact.outcome) = (to, Some(result.to_owned()));
    fact.minutes = Some((work.at() - who.at) / MINUTE);
    Ok(work.fact(fact).await?)
}

/// Links her to an alert that the caller sees, or to a case on whose team the caller is.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when it is none for the caller; [`ProgrammeError::State`] when she is linked already.
pub async fn link(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    (alert, case): (Option<Uuid>, Option<Uuid>),
) -> Outcome<()> {
    let (who, _) = person(p, work.tx(), caller, Act::OFFICE_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(alert.is_none() && case.is_none(), "link", "problem-choose");
    if let Some(alert) = alert {
        problems.when(alerts::shown(p, work.tx(), caller, alert).await.is_err(), "link", "problem-choose");
    }
    if let Some(case) = case {
        let hers = p.may_case(work.tx(), caller, Act::ROUTE_WRITE, case).await;
        problems.when(hers.is_err(), "link", "problem-choose");
    }
    problems.done()?;
    if alert.is_some() && who.alert.is_some() || case.is_some() && who.case.is_some() {
        return Err(ProgrammeError::State("state-office-linked"));
    }
    let touched = work
        .sql(
            "UPDATE office_person SET alert = COALESCE(alert, $1), case_id = COALESCE(case_id, $2), version = version + 1
             WHERE id = $3 AND version = $4",
        )
        .bind(alert)
        .bind(case)
        .bind(id)
        .bind(who.version)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("office.link", "office", id, [0; 32]).await?)
}
