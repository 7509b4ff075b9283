//! Who is in it: colleagues, people, and what is reported.

use std::sync::Arc;

use ceiba_access::Caller;
use ceiba_programme::accounts::{self, New};
use ceiba_programme::alerts::Report;
use ceiba_programme::{Programme, cases, dates, people};
use ceiba_vault::PersonSecret;
use uuid::Uuid;

/// The password of everybody here.
pub const PASSWORD: &str = "una frase larga de prueba";

const GIVEN: [&str; 40] = [
    "Ana", "Blanca", "Carla", "Dina", "Elsa", "Flor", "Gloria", "Hilda", "Ixchel", "Julia", "Karla", "Luz",
    "María", "Nayeli", "Olga", "Paola", "Queta", "Rosa", "Sara", "Telma", "Ursula", "Vilma", "Wendy",
    "Ximena", "Yesenia", "Zoila", "Aura", "Berta", "Celia", "Delia", "Emma", "Fidelia", "Greta", "Heidi",
    "Irma", "Juana", "Keila", "Lidia", "Mirna", "Nidia",
];
const OTHER: [&str; 50] = [
    "Ajú", "Batz", "Caal", "Choc", "Chub", "Coc", "Cuc", "Ical", "Ixim", "Juc", "Mucú", "Pop", "Quib",
    "Sacul", "Tec", "Tiul", "Tut", "Tzí", "Xol", "Yat", "Alba", "Brisa", "Cielo", "Dalia", "Estrella", "Fe",
    "Gracia", "Hiedra", "Iris", "Jade", "Kanek", "Lila", "Mar", "Nube", "Olivo", "Paz", "Río", "Sol",
    "Tierra", "Uva", "Valle", "Viento", "Yuca", "Zarza", "Abril", "Bosque", "Coral", "Duna", "Espiga",
    "Fuente",
];

/// A colleague with her account and her key.
pub async fn worker(p: &Programme, n: usize) -> anyhow::Result<Caller> {
    let site = ["K1", "M1", "M2"][n % 3];
    let username = format!("worker{n}");
    let new = New {
        username: &username,
        name: &username,
        role: "social_worker",
        site: Some(site),
        language: "es",
        password: PASSWORD,
        person: None,
    };
    let mut work = p.store.work(Uuid::nil()).await?;
    let account = accounts::add(p, &mut work, &new).await?;
    let row = work.sql("SELECT secret_key FROM account WHERE id = $1").bind(account).one().await?;
    let secret = PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, PASSWORD)?;
    work.commit().await?;
    let purpose =
        p.gate.roles().role(new.role).map_or(ceiba_access::Purpose::Care, ceiba_access::Role::purpose);
    let site = Some(site.to_owned());
    Ok(Caller {
        account,
        role: new.role.to_owned(),
        site,
        purpose,
        active: true,
        person: None,
        secret: Some(Arc::new(secret)),
    })
}

/// The name of the n-th person. Names repeat, as they do.
pub fn name(n: u32) -> String {
    let (a, b) = (n as usize * 7 % GIVEN.len(), n as usize * 11 / GIVEN.len() % OTHER.len());
    format!("{} {}", GIVEN[a], OTHER[b])
}

/// The n-th person's case.
pub fn new_case(n: u32, who: &Caller) -> cases::New {
    let years = 12 + u8::try_from(n % 7).unwrap_or(0);
    let birth = dates::Birth::About { years, on: jiff::civil::date(2024, 3, 2) };
    let core = people::Core {
        chosen_name: name(n),
        language: "spa".to_owned(),
        interpreter: false,
        birth,
        ..Default::default()
    };
    let (given, surnames) = (
        GIVEN[n as usize % GIVEN.len()].to_owned(),
        format!("Inventada {}", OTHER[n as usize / 3 % OTHER.len()]),
    );
    let identity = people::Identity {
        given,
        surnames,
        document: format!("{:013}", 9_000_000_000_000 + u64::from(n)),
        ..people::Identity::default()
    };
    let whose = cases::Whose::New(Box::new(people::New { core, identity, sex: "Feminine".to_owned() }));
    let site = who.site.clone().unwrap_or_default();
    cases::New {
        whose,
        site,
        municipality: "GT0920".to_owned(),
        alert: None,
        referred_by: String::new(),
        responsible: None,
    }
}

/// The n-th alert.
pub fn report(n: u32) -> Report {
    let text = |list: &[&str]| list[n as usize % list.len()].to_owned();
    Report {
        reporter: "teacher".to_owned(),
        channel: "web".to_owned(),
        municipality: "GT0920".to_owned(),
        since: text(&["today", "days", "weeks", "unknown"]),
        certainty: text(&["saw", "told", "suspect"]),
        age_group: text(&["adolescent", "child"]),
        words: "Dejó de venir y la vieron con alguien mayor.".to_owned(),
        ..Report::default()
    }
}
