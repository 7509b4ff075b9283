//! The programme: one folder an area, rules and queries, no HTML.
//!
//! Every function takes the [`Programme`] first, then who asks. Those that change something take a
//! [`ceiba_store::Work`] and leave its commit to the caller's last line; those that read take a
//! [`ceiba_store::Tx`].

pub mod accounts;
pub mod alerts;
pub mod audit;
pub mod care;
pub mod cases;
pub mod clinic;
pub mod closing;
pub mod codes;
pub mod contact;
pub mod dates;
pub mod entries;
pub mod erasure;
mod error;
pub mod handover;
pub mod jobs;
pub mod justice;
pub mod leak;
pub mod learning;
pub mod lessons;
pub mod log;
pub mod network;
pub mod notices;
pub mod office;
pub mod outputs;
mod pace;
pub mod packs;
pub mod papers;
pub mod partners;
pub mod people;
pub mod publishing;
pub mod releases;
pub mod results;
pub mod route;
mod sealed;
pub mod setup;
pub mod shelter;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod training;
mod words;

use std::sync::{Arc, RwLock};

use ceiba_access::{Act, Caller, Gate, Grant, Situation};
use ceiba_linkage::Register;
use ceiba_store::{Store, Tx};
use ceiba_vault::{Cost, OfficeKey};
pub use error::{Outcome, Problem, Problems, ProgrammeError};
use packs::Pack;
use uuid::Uuid;

/// An open office: the database, the gate, the packs and the index of names that lives in memory only.
pub struct Programme {
    /// The database, the clock and the chance.
    pub store: Store,
    /// Who may see what.
    pub gate: Gate,
    /// The programme as data.
    pub pack: Pack,
    /// What a try at a password costs.
    pub cost: Cost,
    pub(crate) office: Arc<OfficeKey>,
    pub(crate) names: Arc<RwLock<Register>>,
    pub(crate) looked: people::links::Looked,
    pub(crate) hers: people::hers::Kept,
    pub(crate) staff: accounts::Staff,
    pub(crate) searches: pace::Pace,
    pub(crate) feeds: pace::Pace,
    pub(crate) trainees: Arc<RwLock<Option<Register>>>,
    pub(crate) attends: pace::Pace,
    pub(crate) guesses: pace::Pace,
    pub(crate) slips: pace::Pace,
    pub(crate) carrier: Option<Arc<dyn contact::outbox::Carrier>>,
}

impl Programme {
    /// Opens the office.
    ///
    /// # Errors
    /// When the policies of the pack do not validate.
    pub fn open(
        store: Store,
        pack: Pack,
        office: Arc<OfficeKey>,
        tenant: Uuid,
        cost: Cost,
    ) -> Result<Self, ceiba_access::PolicyError> {
        let gate = Gate::new(pack.roles.clone(), &pack.base_policies, office.clone(), tenant)?;
        let names = Arc::new(RwLock::new(pack.linkage.register()));
        Ok(Self {
            store,
            gate,
            pack,
            cost,
            office,
            names,
            looked: people::links::Looked::default(),
            hers: people::hers::Kept::default(),
            staff: accounts::Staff::default(),
            searches: pace::Pace::default(),
            feeds: pace::Pace::default(),
            trainees: Arc::default(),
            attends: pace::Pace::default(),
            guesses: pace::Pace::default(),
            slips: pace::Pace::default(),
            carrier: None,
        })
    }

    /// Decides on an act that concerns no single record.
    ///
    /// # Errors
    /// When the gate refuses.
    pub fn may(&self, caller: &Caller, act: Act) -> Outcome<Grant> {
        Ok(self.gate.decide(caller, act, Uuid::nil(), &Situation::default(), caller.purpose)?)
    }

    /// Decides on an act that concerns one record which is not a case, such as an alert.
    ///
    /// # Errors
    /// When the gate refuses.
    pub fn may_on(&self, caller: &Caller, act: Act, subject: Uuid, situation: &Situation) -> Outcome<Grant> {
        Ok(self.gate.decide(caller, act, subject, situation, caller.purpose)?)
    }

    /// Decides on an act that concerns a case, reading how the caller stands to it in the same transaction.
    ///
    /// # Errors
    /// When the gate refuses; a case that does not exist is refused like one that is not hers.
    pub async fn may_case(&self, tx: &mut Tx, caller: &Caller, act: Act, case: Uuid) -> Outcome<Grant> {
        let now = self.store.clock.now();
        let mut situation = Situation::of(tx, caller, case, now).await?.unwrap_or_default();
        // At a clinic, «of her site» means whoever the clinic is for.
        if act.code().starts_with("clinic.") && !situation.same_site {
            situation.same_site = clinic::serves(self, tx, caller, case).await?;
        }
        Ok(self.gate.decide(caller, act, case, &situation, caller.purpose)?)
    }

    /// The civil day of an instant in the programme's zone.
    #[must_use]
    pub fn day(&self, at: ceiba_store::Micros) -> String {
        dates::day(at, &self.pack.zone).to_string()
    }

    /// The key of the ledger's signed heads.
    #[must_use]
    pub fn office_key(&self) -> &OfficeKey {
        &self.office
    }
}
