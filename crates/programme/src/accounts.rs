//! Accounts: who works here, with what role and key.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use ceiba_access::Caller;
use ceiba_store::{Tx, Work};
use ceiba_vault::{PersonSecret, password};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sealed::readable;
use crate::{Outcome, Problems, Programme, ProgrammeError};

pub mod feed;
pub(crate) mod guessing;
pub mod second;
pub mod secret;
pub mod sessions;
pub mod sign_in;

/// Who somebody is: sealed under the office key, because names of staff put staff at risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// What she signs in with.
    pub username: String,
    /// How colleagues know her.
    pub name: String,
}

/// A new account.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What she signs in with: letters, digits, dots, hyphens.
    pub username: &'a str,
    /// How colleagues know her.
    pub name: &'a str,
    /// Her role's id.
    pub role: &'a str,
    /// Her site, if she works at one.
    pub site: Option<&'a str>,
    /// `es` or `en`.
    pub language: &'a str,
    /// Her first password.
    pub password: &'a str,
    /// The person she is, for a survivor's own plan.
    pub person: Option<Uuid>,
}

/// An account as lists show it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Who she is; none when the value is damaged.
    pub who: Option<Who>,
    /// Her role.
    pub role: String,
    /// Her site.
    pub site: Option<String>,
    /// Whether it is open.
    pub active: bool,
    /// The version of its row.
    pub version: i64,
}

impl Account {
    /// How colleagues know her; a dash when that is damaged.
    #[must_use]
    pub fn name(&self) -> &str {
        self.who.as_ref().map_or("—", |w| &w.name)
    }

    /// What she signs in with; empty when that is damaged.
    #[must_use]
    pub fn username(&self) -> &str {
        self.who.as_ref().map_or("", |w| &w.username)
    }
}

/// Makes an account. The caller has decided that it may be made (or it is the first of an installation).
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(p: &Programme, work: &mut Work, new: &New<'_>) -> Outcome<Uuid> {
    let username = new.username.trim().to_lowercase();
    let mut problems = Problems::default();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    problems.when(username.len() < 3 || !username.chars().all(plain), "username", "problem-username");
    problems.when(new.name.trim().is_empty(), "name", "problem-name-needed");
    let works_here = p.gate.roles().role(new.role).is_some_and(|r| !r.landing.is_empty());
    problems.when(!works_here, "role", "problem-role");
    problems.when(new.password.chars().count() < 12, "password", "problem-password-short");
    let token = p.office.blind("username", &username);
    let taken =
        work.sql("SELECT 1 AS x FROM account WHERE username_token = $1").bind(token).optional().await?;
    problems.when(taken.is_some(), "username", "problem-username-taken");
    problems.done()?;

    let id = work.chance().id();
    let who = Who { username, name: new.name.trim().to_owned() };
    let who = serde_json::to_vec(&who).map_err(|_| ProgrammeError::Unreadable("account"))?;
    let (sealed, hash, secret, locked) = work.chance().with(|rng| -> Outcome<_> {
        let secret = PersonSecret::random(rng);
        Ok((
            p.office.seal_small(rng, "account", id.as_bytes(), &who)?,
            password::hash(rng, new.password, p.cost)?,
            secret.public().to_bytes(),
            secret.seal_under_password(rng, new.password, p.cost)?,
        ))
    })?;
    let now = work.at();
    work.sql(
        "INSERT INTO account (id, username_token, role, site, language, active, who, password, totp_step, public_key,
           secret_key, person, created_at, version)
         VALUES ($1, $2, $3, $4, $5, TRUE, $6, $7, 0, $8, $9, $10, $11, 1)",
    )
    .bind(id)
    .bind(token)
    .bind(new.role)
    .bind(new.site)
    .bind(new.language)
    .bind(sealed)
    .bind(hash)
    .bind(secret)
    .bind(locked)
    .bind(new.person)
    .bind(now)
    .once()
    .await?;
    // The public key is part of the log: nobody can slip in another one unseen (security.md 3.2).
    work.record("account.add", "account", id, crate::sealed::detail(&secret)).await?;
    Ok(id)
}

/// Closes or opens an account; a closed one is signed out at once and its strongbox slots are gone. `seen` is
/// the version the change is based on.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile.
pub async fn set_active(work: &mut Work, (id, seen): (Uuid, i64), active: bool) -> Outcome<()> {
    let now = work.at();
    let row = work.sql("SELECT version FROM account WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    if row.get::<i64>("version")? != seen {
        return Err(ProgrammeError::Stale);
    }
    let text = "UPDATE account SET active = $1, version = version + 1 WHERE id = $2";
    work.sql(text).bind(active).bind(id).once().await?;
    if !active {
        let_go(work, id).await?;
        ceiba_access::slots::take_back_all(work, id).await?;
        // She leaves every team: what is sealed from now on has keys she never had.
        work.sql("UPDATE care_team SET until = $1 WHERE account = $2 AND until IS NULL")
            .bind(now)
            .bind(id)
            .run()
            .await?;
    }
    work.record(if active { "account.open" } else { "account.close" }, "account", id, [0; 32]).await?;
    Ok(())
}

/// Nothing of a closed account goes on: its sessions, its second step, the forms it left, the notices that wait for it and how it
/// is woken, its calendar's address, and a shift that it did not end.
pub(crate) async fn let_go(work: &mut Work, id: Uuid) -> Outcome<()> {
    let now = work.at();
    for text in [
        "UPDATE session SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL",
        "UPDATE shift SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL",
        "UPDATE notice SET seen_at = $1 WHERE account = $2 AND seen_at IS NULL",
        "UPDATE job SET done_at = $1 WHERE resource = $2 AND done_at IS NULL",
        "UPDATE message SET state = 'blocked', why = 'closed', ended_at = $1 WHERE account = $2 AND state = 'queued'",
    ] {
        work.sql(text).bind(now).bind(id).run().await?;
    }
    for text in [
        "DELETE FROM draft WHERE account = $1",
        "DELETE FROM account_channel WHERE account = $1",
        "UPDATE account SET totp = NULL, totp_step = 0 WHERE id = $1",
    ] {
        work.sql(text).bind(id).run().await?;
    }
    feed::end(work, id).await
}

/// All accounts, in the order they were made.
///
/// # Errors
/// When something breaks.
pub async fn list(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Account>> {
    let rows = tx
        .sql("SELECT id, who, role, site, active, version FROM account ORDER BY created_at, id")
        .all()
        .await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.get("id")?;
            Ok(Account {
                id,
                who: readable(p.staff.open(p, id, row.get("who")?))?,
                role: row.get("role")?,
                site: row.get("site")?,
                active: row.get("active")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// The names of all accounts by id, for pages that say who did what. A damaged one is left out.
///
/// # Errors
/// When something breaks.
pub async fn names(p: &Programme, tx: &mut Tx) -> Outcome<HashMap<Uuid, String>> {
    Ok(list(p, tx).await?.into_iter().filter_map(|a| Some((a.id, a.who?.name))).collect())
}

/// Names of staff that were opened, by the sealed bytes they came from: every page says who did what, and a
/// changed or damaged value is not among them.
#[derive(Default)]
pub(crate) struct Staff(RwLock<HashMap<Uuid, (Vec<u8>, Who)>>);

impl Staff {
    /// Opens who an account is.
    pub(crate) fn open(&self, p: &Programme, id: Uuid, sealed: Vec<u8>) -> Outcome<Who> {
        if let Some((from, who)) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id)
            && *from == sealed
        {
            return Ok(who.clone());
        }
        let plain = p.office.open_small("account", id.as_bytes(), &sealed)?;
        let who: Who = serde_json::from_slice(&plain).map_err(|_| ProgrammeError::Unreadable("account"))?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, (sealed, who.clone()));
        Ok(who)
    }
}

/// Everybody who works here now, as callers without keys: for asking the gate who would be allowed what.
///
/// # Errors
/// When the database breaks.
pub(crate) async fn callers(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Caller>> {
    let rows = tx
        .sql("SELECT id AS account, role, site, active, person FROM account WHERE active AND person IS NULL ORDER BY created_at, id")
        .all()
        .await?;
    rows.iter().map(|row| caller(p, row, None)).collect()
}

/// The caller an account becomes when it signs in. `secret` opens its strongboxes.
pub(crate) fn caller(
    p: &Programme,
    row: &ceiba_store::Row,
    secret: Option<std::sync::Arc<PersonSecret>>,
) -> Outcome<Caller> {
    let role: String = row.get("role")?;
    let purpose = p.gate.roles().role(&role).map_or(ceiba_access::Purpose::Care, ceiba_access::Role::purpose);
    Ok(Caller {
        account: row.get("account")?,
        role,
        site: row.get("site")?,
        purpose,
        active: row.get("active")?,
        person: row.get("person")?,
        secret,
    })
}
