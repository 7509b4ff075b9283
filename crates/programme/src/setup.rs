//! Founding an installation: its row, its sites, its directory and forms, and its recovery.

use ceiba_store::Tx;
use ceiba_vault::{
    OfficeKey, PersonPublic, PersonSecret, RecoveryCode, VaultError, deposit_office, quorum, withdraw_office,
};
use uuid::Uuid;

use crate::packs::{self, Pack};
use crate::{Outcome, Programme, ProgrammeError};

/// Whether an installation is a demonstration: its keys are known to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Real people.
    Production,
    /// Invented people; a production run refuses to start with it.
    Demo,
}

impl Stand {
    const fn code(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
        }
    }
}

/// An installation's row.
#[derive(Clone, Debug)]
pub struct Installation {
    /// Its id, which is part of every sealed value's address.
    pub id: Uuid,
    /// Demonstration or not.
    pub stand: Stand,
    /// Names the office key it was founded with.
    pub office_fingerprint: String,
    /// To whom backups are sealed.
    pub backup_recipient: Option<String>,
}

/// The installation of a database, if it was founded.
///
/// # Errors
/// When the database breaks.
pub async fn installation(tx: &mut Tx) -> Outcome<Option<Installation>> {
    let row = tx.sql("SELECT * FROM installation").optional().await?;
    row.map(|r| {
        Ok(Installation {
            id: r.get("id")?,
            stand: if r.get::<String>("kind")? == "demo" { Stand::Demo } else { Stand::Production },
            office_fingerprint: r.get("office_fingerprint")?,
            backup_recipient: r.get("backup_recipient")?,
        })
    })
    .transpose()
}

/// Checks that an office key is the one this database was founded with.
///
/// # Errors
/// [`VaultError::WrongKey`], naming both.
pub fn same_key(installation: &Installation, office: &OfficeKey) -> Outcome<()> {
    let found = office.fingerprint();
    if installation.office_fingerprint == found {
        return Ok(());
    }
    Err(VaultError::WrongKey { expected: installation.office_fingerprint.clone(), found }.into())
}

/// What founding needs.
pub struct Founding<'a> {
    /// Demonstration or not.
    pub stand: Stand,
    /// Its id.
    pub tenant: Uuid,
    /// The directors' recovery codes: any two open the quorum key.
    pub directors: [&'a RecoveryCode; 3],
    /// To whom backups are sealed.
    pub backup_recipient: Option<&'a str>,
}

/// Writes the installation, its sites, directory and forms. The quorum's private key exists only as three
/// double-locked copies from here on.
///
/// # Errors
/// [`ProgrammeError::State`] when it was founded already.
pub async fn found(p: &Programme, founding: &Founding<'_>) -> Outcome<()> {
    let mut work = p.store.work(Uuid::nil()).await?;
    if installation(work.tx()).await?.is_some() {
        return Err(ProgrammeError::State("state-founded"));
    }
    let publics: Vec<PersonPublic> = founding.directors.iter().map(|c| c.key_pair().public()).collect();
    let [a, b, c] = [&publics[0], &publics[1], &publics[2]];
    let (public, [ab, ac, bc], deposit) = work.chance().with(|rng| {
        let key = PersonSecret::random(rng);
        let deposit = deposit_office(rng, &key.public(), &p.office)?;
        Ok::<_, VaultError>((key.public().to_bytes(), quorum::split(rng, &key, [a, b, c])?, deposit))
    })?;
    let now = work.at();
    work.sql(
        "INSERT INTO installation (id, kind, name, office_fingerprint, quorum_public, quorum_ab, quorum_ac, quorum_bc,
           office_deposit, backup_recipient, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(founding.tenant)
    .bind(founding.stand.code())
    .bind(&p.pack.name)
    .bind(p.office.fingerprint())
    .bind(public)
    .bind(ab)
    .bind(ac)
    .bind(bc)
    .bind(deposit)
    .bind(founding.backup_recipient)
    .bind(now)
    .once()
    .await?;
    for site in &p.pack.sites {
        work.sql("INSERT INTO site (code, kind, municipality) VALUES ($1, $2, $3)")
            .bind(&site.code)
            .bind(&site.kind)
            .bind(&site.municipality)
            .once()
            .await?;
        if site.kind == "office" {
            let id = work.chance().id();
            work.sql("INSERT INTO office_file (id, site) VALUES ($1, $2)")
                .bind(id)
                .bind(&site.code)
                .once()
                .await?;
        }
        if site.house.is_some() {
            let id = work.chance().id();
            work.sql("INSERT INTO house_file (id, site, turn) VALUES ($1, $2, 0)")
                .bind(id)
                .bind(&site.code)
                .once()
                .await?;
        }
    }
    for i in &p.pack.institutions {
        let id = work.chance().id();
        work.sql(
            "INSERT INTO institution (id, code, kind, name, municipality, phone, hours, services, languages)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(&i.code)
        .bind(&i.kind)
        .bind(&i.name)
        .bind(&i.municipality)
        .bind(&i.phone)
        .bind(&i.hours)
        .bind(i.services.join(" "))
        .bind(i.languages.join(" "))
        .once()
        .await?;
    }
    work.record("installation.found", "installation", founding.tenant, [0; 32]).await?;
    for path in packs::below("core/forms").into_iter().filter(|f| f.ends_with(".xlsx")) {
        let bytes = packs::bytes(&path).map_err(|_| ProgrammeError::Unreadable("form file"))?;
        publish(&mut work, &bytes).await?;
    }
    Ok(work.commit().await?)
}

/// Publishes a form from its workbook: the version before it is retired, its answers keep it.
///
/// # Errors
/// [`ProgrammeError::Unreadable`] when the workbook has errors.
pub async fn publish(work: &mut ceiba_store::Work, workbook: &[u8]) -> Outcome<String> {
    let reading = ceiba_forms::read_xlsx(workbook).map_err(|_| ProgrammeError::Unreadable("form"))?;
    let form = reading.form;
    let definition = serde_json::to_string(&form).map_err(|_| ProgrammeError::Unreadable("form"))?;
    let hash = crate::sealed::detail(definition.as_bytes());
    let now = work.at();
    work.sql("UPDATE form_version SET state = 'retired' WHERE form = $1 AND state = 'published'")
        .bind(&form.id)
        .run()
        .await?;
    work.sql("INSERT INTO form_version (form, version, state, hash, definition, at) VALUES ($1, $2, 'published', $3, $4, $5)")
        .bind(&form.id)
        .bind(&form.version)
        .bind(hash.iter().map(|b| format!("{b:02x}")).collect::<String>())
        .bind(definition)
        .bind(now)
        .once()
        .await?;
    work.record("form.publish", "form", Uuid::nil(), hash).await?;
    Ok(form.id)
}

/// Opens the quorum's private key with the codes of two directors, in any order: nobody has to know which of the
/// three she is.
///
/// # Errors
/// [`VaultError::Damaged`] when they are not the codes of two different directors of this installation.
pub async fn quorum_key(tx: &mut Tx, codes: [&RecoveryCode; 2]) -> Outcome<PersonSecret> {
    let row = tx.sql("SELECT quorum_ab, quorum_ac, quorum_bc FROM installation").one().await?;
    let copies = [row.get("quorum_ab")?, row.get("quorum_ac")?, row.get("quorum_bc")?];
    let keys = codes.map(RecoveryCode::key_pair);
    let places = [(0, 1), (0, 2), (1, 2), (1, 0), (2, 0), (2, 1)];
    let opened = places.iter().find_map(|(a, b)| quorum::open(&copies, (*a, &keys[0]), (*b, &keys[1])).ok());
    Ok(opened.ok_or(VaultError::Damaged)?)
}

/// The office key, as it was left with the directors when the installation was founded.
///
/// # Errors
/// When the quorum is another installation's or the deposit is damaged.
pub async fn deposited_office(tx: &mut Tx, quorum: &PersonSecret) -> Outcome<OfficeKey> {
    let row = tx.sql("SELECT office_deposit FROM installation").one().await?;
    Ok(withdraw_office(&row.get::<Vec<u8>>("office_deposit")?, quorum)?)
}

/// Reads the packs of the demonstration.
///
/// # Errors
/// Names the file and what is wrong with it.
pub fn demo_pack() -> Result<Pack, packs::PackError> {
    Pack::read("guatemala", "demo")
}
