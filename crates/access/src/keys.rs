//! Sealing and opening values, for whoever holds a grant.

use ceiba_store::{StoreError, Tx, Work};
use ceiba_vault::{Address, CompartmentKey, SlotAddress, VaultError};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Caller, Compartment, Gate, Grant, Lock, slots, strongbox};

/// The recipient id of slots for the office key.
pub(crate) const OFFICE: Uuid = Uuid::nil();

/// Where a sealed value stands. All of it is bound to the value: it cannot be moved or put back.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Whose key: a case, a person or an alert.
    pub subject: Uuid,
    /// Which compartment of hers.
    pub compartment: &'a str,
    /// The table.
    pub table: &'a str,
    /// The row.
    pub row: Uuid,
    /// The column.
    pub field: &'a str,
    /// The row's version with which it was sealed.
    pub version: i64,
}

/// A sealed value could not be opened or sealed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The grant is for something else: a fault of the program, answered like «nothing here».
    #[error("the grant does not cover this value")]
    NotGranted,
    /// The compartment's key was destroyed: the person was erased.
    #[error("this was erased")]
    Erased,
    /// A strongbox, and the caller has no key to it.
    #[error("this strongbox is locked for you")]
    NoKey,
    /// The key is wrong or the value damaged.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database broke.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Gate {
    /// Opens a value.
    ///
    /// # Errors
    /// See [`AccessError`]; a damaged value is named, never guessed.
    pub async fn open(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        grant: &Grant,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, AccessError> {
        let compartment = self.compartment(place)?;
        if !grant.covers(place.subject) || !grant.reads(compartment) || grant.account != caller.account {
            return Err(AccessError::NotGranted);
        }
        let generation = ceiba_vault::generation(sealed)?;
        let key = self.key(tx, caller, compartment, place.subject, Some(generation)).await?;
        Ok(key.ok_or(AccessError::Erased)?.open(&self.address(place), sealed)?)
    }

    /// Seals a value, making the compartment's key when it is the first.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn seal(
        &self,
        work: &mut Work,
        caller: &Caller,
        grant: &Grant,
        place: &Place<'_>,
        plain: &[u8],
    ) -> Result<Vec<u8>, AccessError> {
        let compartment = self.compartment(place)?;
        if !grant.covers(place.subject) || !grant.writes(compartment) || grant.account != caller.account {
            return Err(AccessError::NotGranted);
        }
        let key = match compartment.lock {
            Lock::Office => self.office_key(work, caller, compartment, place.subject).await?,
            Lock::Strongbox => {
                strongbox::key_to_write(self, work, caller, compartment, place.subject).await?
            }
        };
        let address = self.address(place);
        Ok(work.chance().with(|rng| key.seal(rng, &address, plain))?)
    }

    async fn office_key(
        &self,
        work: &mut Work,
        caller: &Caller,
        compartment: &Compartment,
        subject: Uuid,
    ) -> Result<CompartmentKey, AccessError> {
        if let Some(key) = self.key(work.tx(), caller, compartment, subject, None).await? {
            return Ok(key);
        }
        // An erased subject must not come back to life by a late write.
        let erased =
            work.sql("SELECT 1 AS x FROM erasure WHERE subject = $1").bind(subject).optional().await?;
        if erased.is_some() {
            return Err(AccessError::Erased);
        }
        let key = work.chance().with(|rng| CompartmentKey::random(rng, 1));
        let at = self.slot_address(compartment, subject, 1, OFFICE);
        let body = work.chance().with(|rng| self.office.wrap_slot(rng, &at, &key))?;
        slots::add(work, &at, "office", body).await?;
        Ok(key)
    }

    /// The compartment's key of a generation (or the newest), as this caller can have it.
    pub(crate) async fn key(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        compartment: &Compartment,
        subject: Uuid,
        generation: Option<u32>,
    ) -> Result<Option<CompartmentKey>, AccessError> {
        let recipient = match compartment.lock {
            Lock::Office => OFFICE,
            Lock::Strongbox => caller.account,
        };
        let slots = slots::of(tx, subject, &compartment.id).await?;
        let mut exists = false;
        for slot in slots.iter() {
            if generation.is_some_and(|g| g != slot.generation) {
                continue;
            }
            exists = true;
            if slot.recipient != recipient {
                continue;
            }
            let at = self.slot_address(compartment, subject, slot.generation, recipient);
            return Ok(Some(match compartment.lock {
                Lock::Office => self.office.unwrap_slot(&at, &slot.body)?,
                Lock::Strongbox => {
                    let secret = caller.secret.as_deref().ok_or(AccessError::NoKey)?;
                    ceiba_vault::unwrap_slot_with(secret, &at, &slot.body)?
                }
            }));
        }
        if exists { Err(AccessError::NoKey) } else { Ok(None) }
    }

    fn compartment(&self, place: &Place<'_>) -> Result<&Compartment, AccessError> {
        self.roles.compartment(place.compartment).ok_or(AccessError::NotGranted)
    }

    pub(crate) fn address<'a>(&self, place: &Place<'a>) -> Address<'a> {
        Address {
            tenant: self.tenant,
            table: place.table,
            row: place.row,
            field: place.field,
            schema: 1,
            compartment: place.compartment,
            version: place.version,
        }
    }

    pub(crate) fn slot_address<'a>(
        &self,
        compartment: &'a Compartment,
        subject: Uuid,
        generation: u32,
        recipient: Uuid,
    ) -> SlotAddress<'a> {
        SlotAddress { tenant: self.tenant, subject, compartment: &compartment.id, generation, recipient }
    }
}

/// What the office does by itself, without a caller. Strongboxes stay shut: it has no key to them.
impl Gate {
    /// Opens an office value to build the index of names in memory.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn open_for_index(
        &self,
        tx: &mut Tx,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, AccessError> {
        let key = self.own_key(tx, place, sealed).await?;
        Ok(key.open(&self.address(place), sealed)?)
    }

    /// Seals an office value again for the next version of its row, when another column of the row changed.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn reseal(
        &self,
        work: &mut Work,
        place: &Place<'_>,
        version: i64,
        sealed: &[u8],
    ) -> Result<Vec<u8>, AccessError> {
        let key = self.own_key(work.tx(), place, sealed).await?;
        let plain = key.open(&self.address(place), sealed)?;
        let next = self.address(&Place { version, ..*place });
        Ok(work.chance().with(|rng| key.seal(rng, &next, &plain))?)
    }

    async fn own_key(
        &self,
        tx: &mut Tx,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<CompartmentKey, AccessError> {
        let compartment = self.compartment(place)?;
        if compartment.lock != Lock::Office {
            return Err(AccessError::NoKey);
        }
        let generation = ceiba_vault::generation(sealed)?;
        let slots = slots::of(tx, place.subject, &compartment.id).await?;
        let slot = slots.iter().find(|s| s.generation == generation && s.recipient == OFFICE);
        let slot = slot.ok_or(AccessError::Erased)?;
        let at = self.slot_address(compartment, place.subject, generation, OFFICE);
        Ok(self.office.unwrap_slot(&at, &slot.body)?)
    }
}
