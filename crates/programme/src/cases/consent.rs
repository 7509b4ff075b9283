//! Consent as a ledger of grants: per purpose, recipient and kind of data, until a day, withdrawn in one act.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{referrals, tasks};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::partners::packets;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// One consent, as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What data: codes of [`DATA`].
    pub data: Vec<String>,
    /// In which language it was explained.
    pub language: String,
    /// How it was given: `written`, `thumb`, `spoken`.
    pub how: String,
    /// Her own assent, for a minor: `yes`, `no`, `not_asked`; `adult` when she is of age.
    pub assent: String,
    /// Who gave it: one of [`BY`], or of the country's list `representatives`.
    pub by: String,
    /// The recorded legal basis, where the law demands sharing and no consent is asked.
    pub legal_basis: String,
}

impl Kind for Consent {
    const KIND: &'static str = "consent";
}

/// Kinds of data that can be shared.
pub const DATA: [&str; 6] = ["contact", "needs", "plan", "legal", "health", "identity"];
/// How it was given.
pub const HOW: [&str; 3] = ["written", "thumb", "spoken"];
/// Who gives it anywhere; a country's list `representatives` adds whoever its law lets sign for a child.
pub const BY: [&str; 5] = ["self", "mother", "father", "guardian", "court"];
/// Family members whose word does not count once one is marked as not valid.
const FAMILY: [&str; 3] = ["mother", "father", "guardian"];

/// A new consent: its purpose (a code of the list `consent_scopes`), the institution it is for, and the last day.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Purpose.
    pub purpose: &'a str,
    /// Recipient; none for purposes inside the programme.
    pub recipient: Option<Uuid>,
    /// Last day.
    pub until: &'a str,
    /// She said yes; `false` records a refusal.
    pub given: bool,
    /// The rest.
    pub consent: Consent,
}

/// Records a consent or a refusal.
///
/// # Errors
/// [`ProgrammeError::Invalid`]: among others when a minor did not assent, or the family member who signs was
/// marked as not valid for this case.
pub async fn record(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    new: &New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::CONSENT_WRITE, case).await?;
    let file = super::lookup(work.tx(), case).await?;
    let today = crate::dates::day(work.at(), &p.pack.zone);
    let minor = match caller_opens_core(p, work, caller, &grant, file.person).await? {
        Some(birth) => birth.presumed_minor(today),
        None => true,
    };
    let c = &new.consent;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("consent_scopes", new.purpose), "purpose", "problem-choose");
    problems.when(c.data.iter().any(|d| !DATA.contains(&d.as_str())), "data", "problem-choose");
    problems.when(!HOW.contains(&c.how.as_str()), "how", "problem-choose");
    let by = BY.contains(&c.by.as_str()) || p.pack.lists.has("representatives", &c.by);
    problems.when(!by, "by", "problem-choose");
    let until = new.until.parse::<jiff::civil::Date>();
    problems.when(until.is_err(), "until", "problem-consent-until");
    problems.when(until.as_ref().is_ok_and(|d| *d < today), "until", "problem-date-past");
    problems.when(
        new.given && minor && c.by == "self" && c.legal_basis.is_empty(),
        "by",
        "problem-minor-representative",
    );
    problems.when(new.given && minor && c.assent != "yes", "assent", "problem-assent");
    let invalid = guardian_invalid(work.tx(), case).await?;
    problems.when(new.given && invalid && FAMILY.contains(&c.by.as_str()), "by", "problem-guardian-invalid");
    problems.done()?;
    let end = until.map_or(0, |d| crate::dates::start(d, &p.pack.zone) + ceiba_store::DAY);
    let plain = Plain {
        state: if new.given { "live" } else { "refused" },
        code: Some(new.purpose.to_owned()),
        other: new.recipient,
        due_at: Some(end),
        ..Plain::default()
    };
    // A new word on the same purpose and recipient replaces the former one.
    end_live(work, caller, case, (new.purpose, new.recipient), "replaced").await?;
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, c).await?;
    narrowed(p, work, caller, &grant, (case, new.recipient)).await?;
    tasks::resolve(p, work, caller, case, Consent::KIND).await?;
    Ok(id)
}

async fn caller_opens_core(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    person: Uuid,
) -> Outcome<Option<crate::dates::Birth>> {
    match crate::people::of(p, work.tx(), caller, grant, person).await {
        Ok(person) => Ok(Some(person.core.birth)),
        Err(ProgrammeError::Access(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Ends what she allowed for this purpose and recipient.
async fn end_live(
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (purpose, recipient): (&str, Option<Uuid>),
    state: &'static str,
) -> Outcome<()> {
    let ends = |c: &Head| c.state == "live" && c.code.as_deref() == Some(purpose) && c.other == recipient;
    entries::follow(work, caller, (case, Consent::KIND), ends, state, state).await?;
    Ok(())
}

/// Withdraws a consent, in one act. Referrals that rest on it are closed in the same step.
///
/// # Errors
/// [`ProgrammeError::State`] when it is not live.
pub async fn withdraw(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, id: Uuid) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::CONSENT_WRITE, case).await?;
    let entry: Entry<Consent> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.state != "live" {
        return Err(ProgrammeError::State("state-consent-not-live"));
    }
    let purpose = entry.head.code.clone().unwrap_or_default();
    end_live(work, caller, case, (&purpose, entry.head.other), "withdrawn").await?;
    narrowed(p, work, caller, &grant, (case, entry.head.other)).await?;
    Ok(work.record("consent.withdraw", "case", case, [0; 32]).await?)
}

/// What she allows an institution is less now, or nothing: open packets that hold more close, and without any grant left
/// the referrals that wait there end.
async fn narrowed(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, recipient): (Uuid, Option<Uuid>),
) -> Outcome<()> {
    let (Some(recipient), now) = (recipient, work.at()) else { return Ok(()) };
    if !covers(work.tx(), case, recipient, now).await? {
        referrals::withdrawn(p, work, caller, (case, recipient)).await?;
    }
    packets::withdraw(p, work, caller, grant, (case, recipient)).await
}

/// Marks that a parent or guardian's word does not count for this case, or that it counts again.
///
/// # Errors
/// When the gate refuses.
pub async fn set_guardian(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    valid: bool,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::CONSENT_WRITE, case).await?;
    entries::follow(work, caller, (case, Guardian::KIND), |_| true, "replaced", "replaced").await?;
    let plain = Plain { state: if valid { "valid" } else { "invalid" }, ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &Guardian {}).await?;
    if !valid {
        // What family members signed before stops counting at once.
        let live: Vec<Entry<Consent>> =
            entries::list(p, work.tx(), caller, &grant, (case, Folder::Social)).await?;
        for entry in live.iter().filter(|e| e.head.state == "live" && FAMILY.contains(&e.body.by.as_str())) {
            withdraw(p, work, caller, case, entry.head.id).await?;
        }
    }
    Ok(())
}

/// The mark that a guardian's word counts or not.
#[derive(Debug, Serialize, Deserialize)]
struct Guardian {}

impl Kind for Guardian {
    const KIND: &'static str = "guardian";
}

/// Whether the word of a parent or guardian does not count for this case.
///
/// # Errors
/// When the database breaks.
pub async fn guardian_invalid(tx: &mut Tx, case: Uuid) -> Outcome<bool> {
    let row = tx
        .sql("SELECT state FROM entry WHERE file = $1 AND kind = 'guardian' AND state <> 'replaced' LIMIT 1")
        .bind(case)
        .optional()
        .await?;
    Ok(row.map_or(Ok(false), |r| r.get::<String>("state").map(|s| s == "invalid"))?)
}

/// The consents of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Consent>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

/// Her live consents (or recorded legal bases) for sharing with a recipient now.
///
/// # Errors
/// When something breaks or the grant does not open consents.
pub async fn live_for(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, recipient): (Uuid, Uuid),
    now: Micros,
) -> Outcome<Vec<Entry<Consent>>> {
    let live = |c: &Entry<Consent>| is_live(&c.head, recipient, now);
    Ok(list(p, tx, caller, grant, case).await?.into_iter().filter(live).collect())
}

/// Whether a consent covers sharing with a recipient now.
pub(crate) fn is_live(c: &Head, recipient: Uuid, now: Micros) -> bool {
    c.state == "live"
        && c.other == Some(recipient)
        && c.due_at > Some(now)
        && c.code.as_deref().is_some_and(|code| code.starts_with("share"))
}

/// The kinds of data that may go to a recipient now.
///
/// # Errors
/// As [`live_for`].
pub async fn kinds(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    whose: (Uuid, Uuid),
    now: Micros,
) -> Outcome<Vec<String>> {
    let live = live_for(p, tx, caller, grant, whose, now).await?;
    Ok(live.into_iter().flat_map(|c| c.body.data).collect())
}

/// Whether a live consent (or a recorded legal basis) covers sharing with a recipient now.
///
/// # Errors
/// When the database breaks.
pub async fn covers(tx: &mut Tx, case: Uuid, recipient: Uuid, now: Micros) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT COUNT(*) AS n FROM entry WHERE file = $1 AND kind = 'consent' AND state = 'live' AND other = $2
             AND code LIKE 'share%' AND due_at > $3",
        )
        .bind(case)
        .bind(recipient)
        .bind(now)
        .one()
        .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// How the caller stands to a case when she wants to share with a recipient.
///
/// # Errors
/// When the database breaks.
pub async fn situation(
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    recipient: Uuid,
    now: Micros,
) -> Outcome<Situation> {
    let granted = covers(tx, case, recipient, now).await?;
    Ok(Situation { granted, ..Situation::of(tx, caller, case, now).await?.unwrap_or_default() })
}
