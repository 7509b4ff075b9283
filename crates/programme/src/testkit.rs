//! A programme on throw-away databases, with an account of every role.

use std::sync::Arc;

use ceiba_access::{Caller, Purpose};
use ceiba_store::testkit::{Place, places};
use ceiba_store::{Chance, Tag};
use ceiba_vault::{Cost, OfficeKey, PersonSecret, RecoveryCode};
use uuid::Uuid;

use crate::accounts::{self, New};
use crate::alerts::Report;
use crate::setup::{self, Founding, Stand};
use crate::{Programme, cases, dates, people};

/// The office key of tests.
pub const OFFICE: [u8; 32] = [11; 32];
/// The password of every test account.
pub const PASSWORD: &str = "una frase larga de prueba";

/// A programme with the place it lives in.
pub struct World {
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// The programme.
    pub p: Arc<Programme>,
    /// Where it lives, with its clock.
    pub place: Place,
    /// The directors' codes.
    pub codes: [RecoveryCode; 3],
}

/// One founded programme on each engine.
///
/// # Panics
/// When it cannot be founded: that is a failed test.
#[expect(clippy::expect_used, reason = "only tests use this module")]
pub async fn worlds() -> Vec<World> {
    let office = Arc::new(OfficeKey::from_bytes(OFFICE));
    let key = office.clone();
    let tag: Tag = Arc::new(move |bytes| key.ledger_tag(bytes));
    let mut worlds = Vec::new();
    for place in places(&tag).await {
        let tenant = Uuid::from_u128(0xce1ba);
        let pack = setup::demo_pack().expect("the packs are sound");
        let p = Programme::open(place.store.clone(), pack, office.clone(), tenant, Cost::TEST)
            .expect("policies validate");
        let codes = [1, 2, 3].map(|n| RecoveryCode::from_bytes([n; 16]));
        let founding = Founding {
            stand: Stand::Production,
            tenant,
            directors: [&codes[0], &codes[1], &codes[2]],
            backup_recipient: None,
        };
        setup::found(&p, &founding).await.expect("the installation is founded");
        worlds.push(World { engine: place.engine, p: Arc::new(p), place, codes });
    }
    worlds
}

impl World {
    /// The same world, with something that carries messages.
    ///
    /// # Panics
    /// When its programme is in use already.
    #[must_use]
    #[expect(clippy::expect_used, reason = "only tests use this module")]
    pub fn carried(mut self, carrier: Arc<dyn crate::contact::outbox::Carrier>) -> Self {
        Arc::get_mut(&mut self.p).expect("a fresh world").carrier = Some(carrier);
        self
    }

    /// A signed-in person of a role at a site, with her key.
    ///
    /// # Panics
    /// When the account cannot be made.
    #[expect(clippy::expect_used, reason = "only tests use this module")]
    pub async fn person(&self, name: &str, role: &str, site: Option<&str>) -> Caller {
        let mut work = self.p.store.work(Uuid::nil()).await.expect("a unit of work");
        let new = New { username: name, name, role, site, language: "es", password: PASSWORD, person: None };
        let account = accounts::add(&self.p, &mut work, &new).await.expect("an account");
        let row = work
            .sql("SELECT secret_key FROM account WHERE id = $1")
            .bind(account)
            .one()
            .await
            .expect("its row");
        let locked: Vec<u8> = row.get("secret_key").expect("its key");
        work.commit().await.expect("a commit");
        let secret = PersonSecret::open_with_password(&locked, PASSWORD).expect("its key opens");
        let purpose = self.p.gate.roles().role(role).map_or(Purpose::Care, ceiba_access::Role::purpose);
        Caller {
            account,
            role: role.to_owned(),
            site: site.map(str::to_owned),
            purpose,
            active: true,
            person: None,
            secret: Some(Arc::new(secret)),
        }
    }

    /// A case that `caller` opened for an invented person.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[expect(clippy::expect_used, reason = "only tests use this module")]
    pub async fn case(&self, caller: &Caller, chosen_name: &str) -> Uuid {
        let mut work = self.p.store.work(caller.account).await.expect("a unit of work");
        let (id, _) =
            cases::open(&self.p, &mut work, caller, &new_case(chosen_name, 15)).await.expect("a case");
        work.commit().await.expect("a commit");
        id
    }
}

/// What a new case of an invented person of about this age needs.
#[must_use]
pub fn new_case(chosen_name: &str, years: u8) -> cases::New {
    cases::New {
        whose: cases::Whose::New(Box::new(people::New {
            core: people::Core {
                chosen_name: chosen_name.to_owned(),
                language: "spa".to_owned(),
                interpreter: false,
                birth: dates::Birth::About { years, on: jiff::civil::date(2026, 3, 2) },
                ..Default::default()
            },
            identity: people::Identity {
                given: "Inventada".to_owned(),
                surnames: "De Prueba".to_owned(),
                ..people::Identity::default()
            },
            sex: "Feminine".to_owned(),
        })),
        site: "K1".to_owned(),
        municipality: "GT0920".to_owned(),
        alert: None,
        referred_by: String::new(),
        responsible: None,
    }
}

/// Chance for tests that need their own.
#[must_use]
pub fn chance(seed: u8) -> Chance {
    Chance::seeded([seed; 32])
}

/// What a teacher reports.
#[must_use]
pub fn report() -> Report {
    Report {
        reporter: "teacher".into(),
        channel: "web".into(),
        municipality: "GT0920".into(),
        signs: vec!["absent_days".into()],
        since: "days".into(),
        certainty: "saw".into(),
        age_group: "adolescent".into(),
        ..Report::default()
    }
}

/// A unit of work in somebody's name: committed when its body succeeds.
#[macro_export]
macro_rules! work {
    ($w:expr, $who:expr, |$work:ident| $body:expr) => {{
        let mut $work = $w.p.store.work($who.account).await.unwrap();
        let answer = $body;
        if answer.is_ok() {
            $work.commit().await.unwrap();
        }
        answer
    }};
}
