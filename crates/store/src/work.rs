//! The unit of work: row, ledger entry, fact and job together, or nothing.

use std::sync::Arc;

use ceiba_ledger::{Entry, Frontier, append};
use uuid::Uuid;

use crate::job::Job;
use crate::{Chance, Clock, Db, Fact, Micros, Query, Result, StoreError, Tx, dialect, fact, job, ledger};

/// Marks a ledger entry with a key that is not in the database.
pub type Tag = Arc<dyn Fn(&[u8]) -> [u8; 32] + Send + Sync>;

/// A database with the clock, the chance and the ledger mark that every change needs.
#[derive(Clone)]
pub struct Store {
    /// The database.
    pub db: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids and keys.
    pub chance: Arc<Chance>,
    tag: Tag,
}

impl Store {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, chance: Arc<Chance>, tag: Tag) -> Self {
        Self { db, clock, chance, tag }
    }

    /// The mark of a ledger entry, for its verification.
    #[must_use]
    pub fn tag(&self) -> &Tag {
        &self.tag
    }

    /// Starts a unit of work in the name of `actor` (an account, or the nil id for nobody).
    ///
    /// # Errors
    /// When the database cannot be reached or the ledger's edge is damaged.
    pub async fn work(&self, actor: Uuid) -> Result<Work> {
        let mut tx = self.db.write().await?;
        let row = tx.sql(dialect::ledger_head(self.db.engine())).one().await?;
        let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>("frontier")?)
            .map_err(|e| StoreError::Ledger(e.to_string()))?;
        let began = frontier.size();
        Ok(Work {
            tx,
            frontier,
            actor,
            at: self.clock.now(),
            recorded: false,
            began,
            after: vec![],
            store: self.clone(),
        })
    }
}

/// A change under way. Dropping it without [`Work::commit`] rolls everything back.
pub struct Work {
    tx: Tx,
    frontier: Frontier,
    actor: Uuid,
    at: Micros,
    recorded: bool,
    began: u64,
    after: Vec<After>,
    store: Store,
}

/// What is done in memory once a change is lasting.
type After = Box<dyn FnOnce() + Send + Sync>;

impl Work {
    /// The instant of this change: one for all its rows.
    #[must_use]
    pub const fn at(&self) -> Micros {
        self.at
    }

    /// Who makes the change.
    #[must_use]
    pub const fn actor(&self) -> Uuid {
        self.actor
    }

    /// Draws ids and keys.
    #[must_use]
    pub fn chance(&self) -> &Chance {
        &self.store.chance
    }

    /// A statement of this change.
    pub fn sql(&mut self, text: &'static str) -> Query<'_> {
        self.tx.sql(text)
    }

    /// The transaction, for functions that only read.
    pub const fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Writes the ledger entry: what was done to which record. `detail` is a hash of sealed bytes, or zeros;
    /// nothing personal goes into a leaf, because a leaf can never be erased.
    ///
    /// # Errors
    /// When a code is not plain ASCII or the engine refuses.
    pub async fn record(&mut self, action: &str, kind: &str, resource: Uuid, detail: [u8; 32]) -> Result<()> {
        let entry = Entry {
            seq: self.frontier.size(),
            at: self.at,
            actor: self.actor.into_bytes(),
            action: action.to_owned(),
            kind: kind.to_owned(),
            resource: resource.into_bytes(),
            detail,
        };
        let tag = self.store.tag.clone();
        let stored =
            append(&mut self.frontier, entry, &*tag).map_err(|e| StoreError::Ledger(e.to_string()))?;
        ledger::add(&mut self.tx, &stored).await?;
        self.recorded = true;
        Ok(())
    }

    /// Adds a fact.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn fact(&mut self, fact: Fact) -> Result<()> {
        self.fact_known(fact).await.map(drop)
    }

    /// Adds a fact and tells its id, for whoever may have to take it back later.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn fact_known(&mut self, fact: Fact) -> Result<Uuid> {
        let id = self.store.chance.id();
        let entered = self.position();
        fact::add(&mut self.tx, id, entered, fact).await?;
        Ok(id)
    }

    /// Takes a fact back, once: another one of its day that says the same with the negative amount.
    ///
    /// # Errors
    /// When there is no such fact or the engine refuses.
    pub async fn fact_back(&mut self, kind: &'static str, id: Uuid) -> Result<()> {
        let (at, new, entered) = (self.at, self.store.chance.id(), self.position());
        fact::back(&mut self.tx, (kind, id), (new, at, entered)).await
    }

    /// How many entries the ledger had when this change began. Two changes never have the same one: each makes an entry, and none
    /// begins before the other has ended.
    #[must_use]
    pub fn position(&self) -> i64 {
        i64::try_from(self.began).unwrap_or(i64::MAX)
    }

    /// Adds a job that is due at `due`.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn job(&mut self, kind: &str, resource: Uuid, due: Micros) -> Result<()> {
        let job = Job { id: self.store.chance.id(), kind: kind.to_owned(), resource, due };
        job::add(&mut self.tx, &job).await
    }

    /// Does something in memory once this change is lasting, and never if it is rolled back: what is kept beside the database must
    /// not know of what was not saved.
    pub fn after(&mut self, does: impl FnOnce() + Send + Sync + 'static) {
        self.after.push(Box::new(does));
    }

    /// Makes it lasting. When this returns, a power cut does not take it back.
    ///
    /// # Errors
    /// [`StoreError::Unrecorded`] when nothing was entered in the ledger; else when the engine cannot.
    pub async fn commit(mut self) -> Result<()> {
        if !self.recorded {
            return Err(StoreError::Unrecorded);
        }
        self.tx
            .sql("UPDATE ledger_head SET frontier = $1 WHERE id = 1")
            .bind(self.frontier.to_bytes())
            .once()
            .await?;
        self.tx.commit().await?;
        self.after.into_iter().for_each(|does| does());
        Ok(())
    }
}
