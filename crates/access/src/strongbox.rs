//! Strongboxes: compartments whose key only named people have, and two directors together.

use ceiba_store::{StoreError, Tx, Work};
use ceiba_vault::{CompartmentKey, PersonPublic, PersonSecret, VaultError};
use uuid::Uuid;

use crate::keys::AccessError;
use crate::{Caller, Compartment, Folder, Gate, Lock, Relation, slots};

/// The recipient id of slots for the directors' quorum.
const QUORUM: Uuid = Uuid::max();

/// The key to seal with: the newest one, or a new generation when there is none or somebody left the team
/// since (she may have kept the old one).
pub(crate) async fn key_to_write(
    gate: &Gate,
    work: &mut Work,
    caller: &Caller,
    compartment: &Compartment,
    subject: Uuid,
) -> Result<CompartmentKey, AccessError> {
    let newest = work
        .sql(
            "SELECT MAX(k.generation) AS generation,
               (SELECT COUNT(*) FROM care_team t WHERE t.case_id = $1 AND t.until IS NOT NULL
                AND t.until >= (SELECT MAX(created_at) FROM key_slot n WHERE n.subject = $1 AND n.compartment = $2
                               AND n.recipient = $3)) AS gone
             FROM key_slot k WHERE k.subject = $1 AND k.compartment = $2",
        )
        .bind(subject)
        .bind(&compartment.id)
        .bind(QUORUM)
        .one()
        .await?;
    let generation: Option<i64> = newest.get("generation")?;
    if generation.is_some() && newest.get::<i64>("gone")? == 0 {
        return gate.key(work.tx(), caller, compartment, subject, None).await?.ok_or(AccessError::Erased);
    }
    // An erased case must not come back to life by a late write.
    let erased = work.sql("SELECT 1 AS x FROM erasure WHERE subject = $1").bind(subject).optional().await?;
    if erased.is_some() {
        return Err(AccessError::Erased);
    }
    let next = u32::try_from(generation.unwrap_or(0) + 1).map_err(|_| VaultError::Damaged)?;
    new_key(gate, work, compartment, subject, next).await
}

/// A new key, for the directors' quorum and for every member of the team whose role opens the folder.
pub(crate) async fn new_key(
    gate: &Gate,
    work: &mut Work,
    compartment: &Compartment,
    subject: Uuid,
    next: u32,
) -> Result<CompartmentKey, AccessError> {
    let key = work.chance().with(|rng| CompartmentKey::random(rng, next));
    let quorum =
        work.sql("SELECT quorum_public FROM installation").one().await?.bytes::<32>("quorum_public")?;
    wrap_to(gate, work, compartment, subject, &key, QUORUM, quorum).await?;
    for (account, public) in holders(gate, work, subject, compartment.folder).await? {
        wrap_to(gate, work, compartment, subject, &key, account, public).await?;
    }
    Ok(key)
}

impl Gate {
    /// Gives team members who joined later the strongboxes that this caller can open and that their role
    /// opens. Happens whenever somebody with the key opens the file, so that nobody has to think of it. Tells
    /// how many slots were added; the caller records it.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn hand_over(&self, work: &mut Work, caller: &Caller, case: Uuid) -> Result<u32, AccessError> {
        let Some(secret) = caller.secret.clone() else { return Ok(0) };
        let mut added = 0;
        for compartment in self.roles.compartments.iter().filter(|c| c.lock == Lock::Strongbox) {
            let slots = slots::of(work.tx(), case, &compartment.id).await?;
            let mine: Vec<_> = slots.iter().filter(|s| s.recipient == caller.account).collect();
            if mine.is_empty() {
                continue;
            }
            let all = holders(self, work, case, compartment.folder).await?;
            for slot in mine {
                let has =
                    |to: &Uuid| slots.iter().any(|s| s.recipient == *to && s.generation == slot.generation);
                let missing: Vec<_> = all.iter().filter(|(account, _)| !has(account)).collect();
                for (account, public) in missing {
                    let at = self.slot_address(compartment, case, slot.generation, caller.account);
                    let key = ceiba_vault::unwrap_slot_with(&secret, &at, &slot.body)?;
                    wrap_to(self, work, compartment, case, &key, *account, *public).await?;
                    added += 1;
                }
            }
        }
        Ok(added)
    }
}

impl Gate {
    /// Gives a member of the care team the strongboxes of a case that her role opens, with the directors' key: when
    /// everybody who had theirs is gone. Tells how many slots were added; the caller records it.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn recover(
        &self,
        work: &mut Work,
        quorum: &PersonSecret,
        case: Uuid,
        account: Uuid,
    ) -> Result<u32, AccessError> {
        let mut added = 0;
        for compartment in self.roles.compartments.iter().filter(|c| c.lock == Lock::Strongbox) {
            let all = holders(self, work, case, compartment.folder).await?;
            let Some((_, public)) = all.into_iter().find(|(id, _)| *id == account) else { continue };
            let slots = slots::of(work.tx(), case, &compartment.id).await?;
            let has = |generation| slots.iter().any(|s| s.recipient == account && s.generation == generation);
            for slot in slots.iter().filter(|s| s.recipient == QUORUM && !has(s.generation)) {
                let at = self.slot_address(compartment, case, slot.generation, QUORUM);
                let key = ceiba_vault::unwrap_slot_with(quorum, &at, &slot.body)?;
                wrap_to(self, work, compartment, case, &key, account, public).await?;
                added += 1;
            }
        }
        Ok(added)
    }
}

impl Gate {
    /// The strongboxes of a case that somebody's role opens and of whose newest key she has none: for each, which people have it.
    ///
    /// # Errors
    /// When the database breaks.
    pub async fn lacking(
        &self,
        tx: &mut Tx,
        case: Uuid,
        account: Uuid,
    ) -> Result<Vec<Vec<Uuid>>, AccessError> {
        let row = tx.sql("SELECT role FROM account WHERE id = $1").bind(account).optional().await?;
        let role = row.map(|r| r.get::<String>("role")).transpose()?;
        let Some(role) = role.and_then(|r| self.roles.role(&r)) else { return Ok(Vec::new()) };
        let mut lacking = Vec::new();
        for compartment in self.roles.compartments.iter().filter(|c| c.lock == Lock::Strongbox) {
            if !role.acts(Relation::Team).contains(compartment.folder.read().code()) {
                continue;
            }
            let slots = slots::of(tx, case, &compartment.id).await?;
            let Some(newest) = slots.iter().map(|s| s.generation).max() else { continue };
            let has: Vec<Uuid> = slots
                .iter()
                .filter(|s| s.generation == newest && s.recipient != QUORUM)
                .map(|s| s.recipient)
                .collect();
            if !has.contains(&account) {
                lacking.push(has);
            }
        }
        Ok(lacking)
    }
}

/// Who may hold the key: members of the team whose role opens the folder.
async fn holders(
    gate: &Gate,
    work: &mut Work,
    case: Uuid,
    folder: Folder,
) -> Result<Vec<(Uuid, [u8; 32])>, StoreError> {
    let now = work.at();
    let rows = work
        .sql(
            "SELECT DISTINCT a.id, a.role, a.public_key FROM care_team t JOIN account a ON a.id = t.account
             WHERE t.case_id = $1 AND t.since <= $2 AND (t.until IS NULL OR t.until > $2) AND a.active
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = $1 AND b.account = a.id)",
        )
        .bind(case)
        .bind(now)
        .all()
        .await?;
    let mut holders = Vec::new();
    for row in rows {
        let opens = gate
            .roles
            .role(&row.get::<String>("role")?)
            .is_some_and(|r| r.acts(Relation::Team).contains(folder.read().code()));
        if opens {
            holders.push((row.get("id")?, row.bytes("public_key")?));
        }
    }
    Ok(holders)
}

async fn wrap_to(
    gate: &Gate,
    work: &mut Work,
    compartment: &Compartment,
    subject: Uuid,
    key: &CompartmentKey,
    recipient: Uuid,
    public: [u8; 32],
) -> Result<(), AccessError> {
    let public = PersonPublic::from_bytes(public);
    let at = gate.slot_address(compartment, subject, key.generation(), recipient);
    let body = work.chance().with(|rng| ceiba_vault::wrap_slot_for(rng, &public, &at, key))?;
    slots::add(work, &at, if recipient == QUORUM { "quorum" } else { "person" }, body).await?;
    Ok(())
}
