//! The community network: whoever notices first. A partner is a person with a sealed name and way to reach her, a kind, a kind of place,
//! a municipality and a language; what she was given, what she took part in, and that her alerts were answered (ADR 0027).

use ceiba_access::{Act, Caller, Grant, Place, Refusal, Situation};
use ceiba_store::{Fact, Row, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sealed::readable;
use crate::{Outcome, Problems, Programme, alerts, dates};

pub mod activities;
pub mod cards;
mod changes;
pub mod materials;
pub mod own;
pub mod reached;

pub use changes::{add, change, forget, leave, set_trainee};

/// What is sealed of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Her name.
    pub name: String,
    /// How the team reaches her safely: a number and an hour, in her words.
    pub reach: String,
}

/// A partner, without what is sealed.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Her id.
    pub id: Uuid,
    /// A code of `network_kinds`.
    pub kind: String,
    /// A code of `network_places`: a kind of place, never which one.
    pub place: String,
    /// A municipality's code.
    pub municipality: String,
    /// A code of `languages`.
    pub language: String,
    /// `active`, `left` or `forgotten`.
    pub state: String,
    /// Since when she is one.
    pub joined_on: String,
    /// Until when.
    pub left_on: Option<String>,
    /// Since when she is trained.
    pub trained_on: Option<String>,
    /// The same person among those who are trained.
    pub trainee: Option<Uuid>,
    /// Whether a card of hers is good.
    pub card: bool,
    /// Whether her page can be opened: it has an address, and fewer wrong numbers than [`own::TRIES`].
    pub page: bool,
    /// Its version.
    pub version: i64,
}

impl Partner {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            place: row.get("place")?,
            municipality: row.get("municipality")?,
            language: row.get("language")?,
            state: row.get("state")?,
            joined_on: row.get("joined_on")?,
            left_on: row.get("left_on")?,
            trained_on: row.get("trained_on")?,
            trainee: row.get("trainee")?,
            card: row.get::<Option<Vec<u8>>>("card")?.is_some(),
            page: row.get::<Option<Vec<u8>>>("page")?.is_some() && row.get::<i64>("tries")? < own::TRIES,
            version: row.get("version")?,
        })
    }

    /// `trained` or `untrained`.
    #[must_use]
    pub const fn training(&self) -> &'static str {
        if self.trained_on.is_some() { "trained" } else { "untrained" }
    }

    /// Whether she is one now.
    #[must_use]
    pub fn active(&self) -> bool {
        self.state == "active"
    }
}

/// What is typed of a partner.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// Name and way to reach her.
    pub who: Who,
    /// A code of `network_kinds`.
    pub kind: String,
    /// A code of `network_places`.
    pub place: String,
    /// A municipality's code.
    pub municipality: String,
    /// A code of `languages`.
    pub language: String,
    /// Since when she is trained; empty: she is not.
    pub trained_on: String,
}

/// How the caller stands to the network of a municipality.
fn there(p: &Programme, caller: &Caller, municipality: &str) -> Situation {
    Situation { same_site: alerts::municipality(p, caller) == Some(municipality), ..Situation::default() }
}

/// The gate, for what is of no partner in particular. Says of which municipality alone the caller may know; none: of each.
pub(crate) fn whole<'p>(p: &'p Programme, caller: &Caller, act: Act) -> Outcome<Option<&'p str>> {
    if p.gate.would(caller, act, &Situation::default()) {
        p.may(caller, act)?;
        return Ok(None);
    }
    let here = alerts::municipality(p, caller);
    p.may_on(caller, act, Uuid::nil(), &there(p, caller, here.unwrap_or_default()))?;
    Ok(here)
}

/// The municipalities of which the caller may write, for a form.
///
/// # Errors
/// When the gate refuses.
pub fn municipality<'p>(p: &'p Programme, caller: &Caller) -> Outcome<Option<&'p str>> {
    whole(p, caller, Act::NETWORK_WRITE)
}

fn body_place(id: Uuid, version: i64) -> Place<'static> {
    Place { subject: id, compartment: "network", table: "network_partner", row: id, field: "body", version }
}

/// A fact of the network, on the day it happens.
pub(crate) fn fact(p: &Programme, work: &Work, kind: &'static str, municipality: &str) -> Fact {
    alerts::fact(p, kind, work.at(), municipality)
}

/// A civil day that is not to come, or a problem of a field.
pub(crate) fn past_day(p: &Programme, work: &Work, text: &str, field: &'static str, problems: &mut Problems) {
    let day = text.parse::<Date>();
    problems.when(day.is_err(), field, "problem-date-impossible");
    let today = dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_ok_and(|d| d > today), field, "problem-date-future");
}

/// A partner for the caller, with her grant for an act: elsewhere, and once she was forgotten, there is nobody.
///
/// # Errors
/// When the gate refuses; [`Refusal::Absent`].
pub async fn one(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    act: Act,
    id: Uuid,
) -> Outcome<(Partner, Grant)> {
    whole(p, caller, act)?;
    let row = tx
        .sql("SELECT * FROM network_partner WHERE id = $1 AND state <> 'forgotten'")
        .bind(id)
        .optional()
        .await?;
    let partner = row.as_ref().map(Partner::read).transpose()?.ok_or(Refusal::Absent)?;
    let situation = there(p, caller, &partner.municipality);
    if !p.gate.would(caller, act, &situation) {
        return Err(Refusal::Absent.into());
    }
    let grant = p.may_on(caller, act, id, &situation)?;
    Ok((partner, grant))
}

/// Who she is.
///
/// # Errors
/// When the grant does not open it or it is damaged.
pub async fn who(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    partner: &Partner,
) -> Outcome<Who> {
    let row = tx.sql("SELECT body FROM network_partner WHERE id = $1").bind(partner.id).one().await?;
    let body: Vec<u8> = row.get("body")?;
    p.unseal(tx, caller, grant, &body_place(partner.id, partner.version), &body).await
}

/// The partners of whom the caller may know, by municipality and name; those who left come last. A name that cannot be read is empty.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Partner, Who)>> {
    let only = whole(p, caller, Act::NETWORK_READ)?.map(str::to_owned);
    let rows = tx
        .sql(
            "SELECT * FROM network_partner WHERE state <> 'forgotten' AND ($1 IS NULL OR municipality = $1)
             ORDER BY state, municipality, id",
        )
        .bind(only)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let partner = Partner::read(row)?;
        let grant =
            p.may_on(caller, Act::NETWORK_READ, partner.id, &there(p, caller, &partner.municipality))?;
        let opened = p
            .unseal(
                tx,
                caller,
                &grant,
                &body_place(partner.id, partner.version),
                &row.get::<Vec<u8>>("body")?,
            )
            .await;
        let who = readable(opened)?;
        if who.is_none() {
            tx.set_aside();
        }
        all.push((partner, who.unwrap_or_default()));
    }
    all.sort_by(|(a, x): &(Partner, Who), (b, y)| {
        (&a.state, &a.municipality, x.name.to_lowercase()).cmp(&(
            &b.state,
            &b.municipality,
            y.name.to_lowercase(),
        ))
    });
    Ok(all)
}
