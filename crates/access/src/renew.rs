//! New keys for what was sealed: after a leak every value of a case is opened under its old key and sealed under a new one, without
//! anybody reading it. Why bodies are sealed again and not only their keys wrapped anew: docs/adr/0021.

use std::collections::HashMap;

use ceiba_store::Work;
use ceiba_vault::{CompartmentKey, VaultError};
use uuid::Uuid;

use crate::keys::OFFICE;
use crate::{AccessError, Act, Caller, Gate, Grant, Lock, Place, slots, strongbox};

/// The old keys of a subject and the new one of each of its compartments. It gives nothing to read: [`Gate::again`] takes what is sealed
/// and gives what is sealed.
pub struct Renewal {
    subject: Uuid,
    keys: HashMap<String, Keys>,
}

struct Keys {
    old: Vec<CompartmentKey>,
    new: CompartmentKey,
}

impl Renewal {
    /// Whether this compartment has a new key here.
    #[must_use]
    pub fn has(&self, compartment: &str) -> bool {
        self.keys.contains_key(compartment)
    }

    /// Compartments that have one, sorted.
    #[must_use]
    pub fn compartments(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.keys.keys().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

impl Gate {
    /// Makes a new key for every compartment of a subject that has the office's lock. The old keys stay until [`Gate::drop_old`].
    ///
    /// # Errors
    /// See [`AccessError`]; a grant of another act than deciding on a leak covers nothing here.
    pub async fn renew(
        &self,
        work: &mut Work,
        caller: &Caller,
        grant: &Grant,
        subject: Uuid,
    ) -> Result<Renewal, AccessError> {
        self.decided(caller, grant, subject)?;
        let mut keys = HashMap::new();
        for compartment in self.roles.compartments.iter().filter(|c| c.lock == Lock::Office) {
            let mut old = Vec::new();
            for slot in
                slots::of(work.tx(), subject, &compartment.id).await?.iter().filter(|s| s.recipient == OFFICE)
            {
                let at = self.slot_address(compartment, subject, slot.generation, OFFICE);
                old.push(self.office.unwrap_slot(&at, &slot.body)?);
            }
            let Some(newest) = old.iter().map(CompartmentKey::generation).max() else { continue };
            let next = newest.checked_add(1).ok_or(VaultError::Damaged)?;
            let new = work.chance().with(|rng| CompartmentKey::random(rng, next));
            let at = self.slot_address(compartment, subject, next, OFFICE);
            let body = work.chance().with(|rng| self.office.wrap_slot(rng, &at, &new))?;
            slots::add(work, &at, "office", body).await?;
            keys.insert(compartment.id.clone(), Keys { old, new });
        }
        Ok(Renewal { subject, keys })
    }

    /// Makes a new key for every strongbox of a case, so that nothing more is sealed under the old one. Who has the old one seals
    /// the rest again when she opens the file ([`Gate::renewal_of_hers`]): no server can. Gives the compartments.
    ///
    /// # Errors
    /// As [`Gate::renew`].
    pub async fn renew_strongboxes(
        &self,
        work: &mut Work,
        caller: &Caller,
        grant: &Grant,
        case: Uuid,
    ) -> Result<Vec<String>, AccessError> {
        self.decided(caller, grant, case)?;
        let mut renewed = Vec::new();
        for compartment in self.roles.compartments.iter().filter(|c| c.lock == Lock::Strongbox) {
            let newest =
                slots::of(work.tx(), case, &compartment.id).await?.iter().map(|s| s.generation).max();
            let Some(newest) = newest else { continue };
            let next = newest.checked_add(1).ok_or(VaultError::Damaged)?;
            strongbox::new_key(self, work, compartment, case, next).await?;
            renewed.push(compartment.id.clone());
        }
        Ok(renewed)
    }

    /// Old and new keys of a strongbox that this caller has; none when she lacks one of them.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn renewal_of_hers(
        &self,
        work: &mut Work,
        caller: &Caller,
        (case, compartment): (Uuid, &str),
    ) -> Result<Option<Renewal>, AccessError> {
        let Some(compartment) = self.roles.compartment(compartment) else { return Ok(None) };
        let Some(secret) = caller.secret.clone().filter(|_| compartment.lock == Lock::Strongbox) else {
            return Ok(None);
        };
        let slots = slots::of(work.tx(), case, &compartment.id).await?;
        let mut generations: Vec<u32> = slots.iter().map(|s| s.generation).collect();
        generations.sort_unstable();
        generations.dedup();
        let mut hers = Vec::new();
        for generation in &generations {
            let slot = slots.iter().find(|s| s.generation == *generation && s.recipient == caller.account);
            let Some(slot) = slot else { return Ok(None) };
            let at = self.slot_address(compartment, case, *generation, caller.account);
            hers.push(ceiba_vault::unwrap_slot_with(&secret, &at, &slot.body)?);
        }
        let Some(new) = hers.pop() else { return Ok(None) };
        let keys = HashMap::from([(compartment.id.clone(), Keys { old: hers, new })]);
        Ok(Some(Renewal { subject: case, keys }))
    }

    /// A value, sealed under the new key for the same place; none when it is damaged. What is under the new key already stays.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub fn again(
        &self,
        work: &Work,
        renewal: &Renewal,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, AccessError> {
        let keys = renewal.keys.get(place.compartment).filter(|_| place.subject == renewal.subject);
        let keys = keys.ok_or(AccessError::NotGranted)?;
        let Ok(generation) = ceiba_vault::generation(sealed) else { return Ok(None) };
        if generation == keys.new.generation() {
            return Ok(Some(sealed.to_vec()));
        }
        let address = self.address(place);
        let old = keys.old.iter().find(|key| key.generation() == generation);
        let Some(plain) = old.and_then(|key| key.open(&address, sealed).ok()) else { return Ok(None) };
        Ok(Some(work.chance().with(|rng| keys.new.seal(rng, &address, &plain))?))
    }

    /// Deletes every slot of the old keys. What still stands under them opens no more, except from a backup that holds both.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn drop_old(&self, work: &mut Work, renewal: &Renewal) -> Result<(), AccessError> {
        for (compartment, keys) in &renewal.keys {
            slots::take_back_before(work, renewal.subject, compartment, keys.new.generation()).await?;
        }
        Ok(())
    }

    fn decided(&self, caller: &Caller, grant: &Grant, subject: Uuid) -> Result<(), AccessError> {
        let covers =
            grant.covers(subject) && grant.act == Act::LEAK_DECIDE && grant.account == caller.account;
        if covers { Ok(()) } else { Err(AccessError::NotGranted) }
    }
}
