//! A founded house with two colleagues and a few files: what is killed, cut off and damaged.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use ceiba_access::{Caller, Purpose, Role};
use ceiba_programme::accounts::{self, New};
use ceiba_programme::cases::{self, team};
use ceiba_programme::setup::{self, Founding, Stand};
use ceiba_programme::{Programme, dates, people};
use ceiba_store::{Chance, Db, Store, SystemClock, Tag};
use ceiba_vault::{Cost, OfficeKey, PersonSecret, RecoveryCode};
use uuid::Uuid;

const OFFICE: [u8; 32] = [11; 32];
/// Its id.
pub const TENANT: Uuid = Uuid::from_u128(0xfa17);
/// Everybody's.
pub const PASSWORD: &str = "una frase larga de prueba";

/// The programme with those who write in it.
pub struct House {
    /// The programme.
    pub p: Programme,
    /// Writes notes, tasks and services.
    pub social: Caller,
    /// Writes into the strongbox.
    pub therapist: Caller,
    /// Files that both work on, in the order of their codes.
    pub cases: Vec<Uuid>,
}

/// Founds a house with as many cases on a database of either engine, and closes it. Done once: hashing passwords is
/// slow on purpose.
pub async fn found(db: Db, cases: u8) -> anyhow::Result<()> {
    let p = programme(db, 0)?;
    let codes = [1, 2, 3].map(|n| RecoveryCode::from_bytes([n; 16]));
    let directors = [&codes[0], &codes[1], &codes[2]];
    let founding = Founding { stand: Stand::Production, tenant: TENANT, directors, backup_recipient: None };
    setup::found(&p, &founding).await?;
    let social = account(&p, "lucia", "social_worker").await?;
    let boss = account(&p, "carmen", "coordinator").await?;
    // Of no team: she opens a file in an emergency.
    account(&p, "rosa", "social_worker").await?;
    let therapist = account(&p, "elena", "psychologist").await?;
    account(&p, "diego", "trainer").await?;
    for n in 0..cases {
        let mut work = p.store.work(social.account).await?;
        let (case, _) = cases::open(&p, &mut work, &social, &new_case(n)).await?;
        team::name(&p, &mut work, &boss, case, therapist.account).await?;
        work.commit().await?;
    }
    p.store.db.close().await;
    Ok(())
}

/// Opens a founded house. `chance` must differ between any two that write: the same seed would draw the same
/// ids, keys and nonces again.
pub async fn open(db: Db, chance: u64) -> anyhow::Result<House> {
    let p = programme(db, chance)?;
    let (social, therapist) = (sign_in(&p, "lucia").await?, sign_in(&p, "elena").await?);
    let mut tx = p.store.db.read().await?;
    let rows = tx.sql("SELECT id FROM case_file ORDER BY code").all().await?;
    let cases = rows.iter().map(|r| r.get("id")).collect::<Result<_, _>>()?;
    drop(tx);
    Ok(House { p, social, therapist, cases })
}

fn programme(db: Db, chance: u64) -> anyhow::Result<Programme> {
    let office = Arc::new(OfficeKey::from_bytes(OFFICE));
    let key = office.clone();
    let tag: Tag = Arc::new(move |bytes| key.ledger_tag(bytes));
    let mut seed = [0xce; 32];
    seed[..8].copy_from_slice(&chance.to_le_bytes());
    let store = Store::new(db, Arc::new(SystemClock), Arc::new(Chance::seeded(seed)), tag);
    Ok(Programme::open(store, setup::demo_pack()?, office, TENANT, Cost::TEST)?)
}

async fn account(p: &Programme, username: &str, role: &str) -> anyhow::Result<Caller> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let new = New {
        username,
        name: username,
        role,
        site: Some("K1"),
        language: "es",
        password: PASSWORD,
        person: None,
    };
    accounts::add(p, &mut work, &new).await?;
    work.commit().await?;
    sign_in(p, username).await
}

/// The caller of an account with her key, read as after a restart: from the database.
pub async fn sign_in(p: &Programme, username: &str) -> anyhow::Result<Caller> {
    let mut tx = p.store.db.read().await?;
    let everybody = accounts::list(p, &mut tx).await?;
    let it =
        everybody.into_iter().find(|a| a.username() == username).ok_or_else(|| anyhow!("no {username}"))?;
    let row = tx.sql("SELECT secret_key FROM account WHERE id = $1").bind(it.id).one().await?;
    let secret =
        PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, PASSWORD).context("her key")?;
    let purpose = p.gate.roles().role(&it.role).map_or(Purpose::Care, Role::purpose);
    let secret = Some(Arc::new(secret));
    Ok(Caller {
        account: it.id,
        role: it.role,
        site: it.site,
        purpose,
        active: it.active,
        person: None,
        secret,
    })
}

fn new_case(n: u8) -> cases::New {
    let birth = dates::Birth::About { years: 15, on: jiff::civil::date(2026, 3, 2) };
    let core = people::Core {
        chosen_name: format!("Inventada {n}"),
        language: "spa".to_owned(),
        interpreter: false,
        birth,
        ..Default::default()
    };
    let identity = people::Identity {
        given: "Nadie".to_owned(),
        surnames: "De Prueba".to_owned(),
        document: format!("1234567890{n:03}"),
        ..people::Identity::default()
    };
    let whose = cases::Whose::New(Box::new(people::New { core, identity, sex: "Feminine".to_owned() }));
    let (site, municipality) = ("K1".to_owned(), "GT0920".to_owned());
    cases::New { whose, site, municipality, alert: None, referred_by: String::new(), responsible: None }
}
