//! Screening with a form from a pack: the answers keep the form's version, the result is never a verdict.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_forms::{Answers, Context, Evaluation, Form, Outcome as Found};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Programme, ProgrammeError};

/// What is kept of a screening.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Screening {
    /// The form.
    pub form: String,
    /// Its version.
    pub version: String,
    /// The answers, with «declined» and «not asked» as values.
    pub answers: Answers,
    /// What the form made of them, if it has a result.
    pub outcome: Option<Found>,
}

impl Kind for Screening {
    const KIND: &'static str = "screening";
}

/// The published version of a form.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn form(tx: &mut Tx, id: &str) -> Outcome<Form> {
    let row = tx
        .sql("SELECT definition FROM form_version WHERE form = $1 AND state = 'published' ORDER BY at DESC LIMIT 1")
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    serde_json::from_str(&row.get::<String>("definition")?).map_err(|_| ProgrammeError::Unreadable("form"))
}

/// A certain version of a form, for answers that were given to it.
///
/// # Errors
/// As [`form`].
pub async fn form_version(tx: &mut Tx, id: &str, version: &str) -> Outcome<Form> {
    let row =
        tx.sql("SELECT definition FROM form_version WHERE form = $1 AND version = $2").bind(id).bind(version);
    let Some(row) = row.optional().await? else { return Err(ceiba_access::Refusal::Absent.into()) };
    serde_json::from_str(&row.get::<String>("definition")?).map_err(|_| ProgrammeError::Unreadable("form"))
}

/// The published forms of screening, by id. Scales are published the same way and answered elsewhere.
///
/// # Errors
/// When the database breaks.
pub async fn published(tx: &mut Tx) -> Outcome<Vec<(String, String)>> {
    let rows = tx
        .sql("SELECT form, version FROM form_version WHERE state = 'published' AND form NOT LIKE 'scale-%'")
        .all()
        .await?;
    let mut forms =
        rows.iter().map(|r| Ok((r.get("form")?, r.get("version")?))).collect::<Outcome<Vec<_>>>()?;
    forms.sort();
    Ok(forms)
}

/// The context in which answers are evaluated.
#[must_use]
pub fn context(p: &Programme, now: i64, language: &str) -> Context {
    let stamp = jiff::Timestamp::from_microsecond(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Context::new(stamp.to_zoned_datetime(p.pack.zone.clone()), language)
}

/// Keeps a screening of an alert or a case. An incomplete one is a valid one; one with contradictions in it
/// comes back with them, nothing is lost.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when answers need mending (the evaluation names them).
pub async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    file: Uuid,
    form: &Form,
    evaluation: &Evaluation<'_>,
) -> Outcome<Uuid> {
    let now = work.at();
    let situation = Situation::of(work.tx(), caller, file, now).await?;
    let screened = situation.is_some().then_some(file);
    let grant = match situation {
        // In a case, only its team screens.
        Some(situation) => p.may_on(caller, Act::WRITE_SOCIAL, file, &situation)?,
        None => p.may_on(caller, Act::SCREENING_FILL, file, &Situation::default())?,
    };
    if !evaluation.accepted() {
        return Err(ProgrammeError::State("state-answers-to-mend"));
    }
    let outcome = ceiba_forms::outcome(form, evaluation);
    let level = outcome.as_ref().map(|o| level(o).to_owned());
    let body = Screening {
        form: form.id.clone(),
        version: form.version.clone(),
        answers: evaluation.answers(),
        outcome,
    };
    let plain = Plain { state: "kept", code: level.clone(), ..Plain::default() };
    let id = entries::add(p, work, caller, &grant, (file, Folder::Social), plain, &body).await?;
    let at = work.at();
    let fact = match screened {
        Some(case) => super::fact(p, work, caller, &grant, case, "screening.kept").await?,
        // Nobody is known yet: the alert stands for whoever it is about.
        None => ceiba_store::Fact {
            kind: "screening.kept",
            at,
            day: p.day(at),
            subject: Some(p.office.pseudonym(file.as_bytes())),
            amount: 1,
            ..ceiba_store::Fact::default()
        },
    };
    work.fact(ceiba_store::Fact { code: Some(form.id.clone()), outcome: level, ..fact }).await?;
    super::tasks::resolve(p, work, caller, file, Screening::KIND).await?;
    Ok(id)
}

/// The code of a result.
#[must_use]
pub const fn level(outcome: &Found) -> &'static str {
    match outcome.level {
        ceiba_forms::Level::ActNow => "act_now",
        ceiba_forms::Level::TalkWithTeam => "talk_with_team",
        ceiba_forms::Level::GiveInformation => "give_information",
        ceiba_forms::Level::NoSignToday => "no_sign_today",
    }
}

/// The screenings of an alert or a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    file: Uuid,
) -> Outcome<Vec<Entry<Screening>>> {
    entries::list(p, tx, caller, grant, (file, Folder::Social)).await
}
