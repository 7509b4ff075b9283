//! Twenty-eight months, lived through day by day with the same functions that people use.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ceiba_access::Caller;
use ceiba_programme::accounts::{self, New};
use ceiba_programme::alerts::triage::{self, Decision};
use ceiba_programme::alerts::{self, Report};
use ceiba_programme::setup::{self, Founding, Stand};
use ceiba_programme::{Programme, cases, dates, jobs, notices, people};
use ceiba_store::{Chance, DAY, Db, HOUR, HandClock, MINUTE, Micros};
use ceiba_vault::{Cost, PersonSecret, RecoveryCode};
use uuid::Uuid;

use super::cast::{EVERYBODY, PASSWORD};
use super::{
    TENANT, care, clinic, house, justice, learning, met, names, network, nights, office as municipal,
    office_key, releases, results, story, training, units,
};
use crate::office;

/// How far back the invented past goes.
const MONTHS_28: Micros = 852 * DAY;

/// The programme, its clock, and the colleagues by user name.
pub struct Past {
    /// The programme.
    pub p: Programme,
    /// The clock that is moved by hand.
    pub clock: Arc<HandClock>,
    /// Chance of the story, apart from that of keys.
    pub dice: Chance,
    /// Signed-in colleagues.
    pub who: HashMap<&'static str, Caller>,
    /// What happens later, by instant.
    pub later: BTreeMap<(Micros, u32), story::Step>,
    /// Partners of the network by their name, with what stands on their cards.
    pub partners: HashMap<&'static str, (Uuid, String)>,
    /// How many arrivals at a house were thought of.
    pub nights: u32,
    /// How many alerts partners of the network gave.
    pub partners_saw: u8,
    /// How many courses of care began.
    pub courses: u32,
    /// The instant at which the programme is looked at.
    pub now: Micros,
    /// Whose file was closed half a year ago, and nobody has asked her yet: one case of Lucía's.
    pub unasked: Option<Uuid>,
    count: u32,
}

impl Past {
    /// A colleague.
    pub fn caller(&self, username: &str) -> anyhow::Result<Caller> {
        self.who.get(username).cloned().ok_or_else(|| anyhow::anyhow!("nobody is called {username}"))
    }

    /// Puts a step on the calendar.
    pub fn plan(&mut self, at: Micros, step: story::Step) {
        self.count += 1;
        self.later.insert((at, self.count), step);
    }
}

/// Fills an empty database. The same `now` gives the same programme.
pub async fn run(db: &Db, now: Micros) -> anyhow::Result<()> {
    // Whole hours, so that a programme started twice in an hour is the same.
    let now = now - now % HOUR;
    let clock = Arc::new(HandClock::at(now - MONTHS_28));
    let office = office_key();
    let store = office::store(db.clone(), &office, clock.clone(), Arc::new(Chance::seeded([28; 32])));
    let p = office::assemble(store, setup::demo_pack()?, office, TENANT, Cost::DEMO)?;
    let codes = [1, 2, 3].map(|n| RecoveryCode::from_bytes([n; 16]));
    let founding = Founding {
        stand: Stand::Demo,
        tenant: TENANT,
        directors: [&codes[0], &codes[1], &codes[2]],
        backup_recipient: None,
    };
    setup::found(&p, &founding).await?;
    let mut past = Past {
        p,
        clock,
        dice: Chance::seeded([7; 32]),
        who: HashMap::new(),
        later: BTreeMap::new(),
        partners: HashMap::new(),
        nights: 0,
        partners_saw: 0,
        courses: 0,
        now,
        unasked: None,
        count: 0,
    };
    for c in &EVERYBODY {
        let new = New {
            username: c.username,
            name: c.name,
            role: c.role,
            site: c.site,
            language: "es",
            password: PASSWORD,
            person: None,
        };
        let caller = account(&past.p, &new).await?;
        past.who.insert(c.username, caller);
    }
    let start = now - MONTHS_28;
    past.plan(now - 120 * DAY, story::Step::Luz { now });
    nights::lately(&mut past, now);
    house::lately(&mut past, now);
    clinic::days(&mut past, now);
    care::calendar(&mut past, now);
    justice::calendar(&mut past, now);
    municipal::calendar(&mut past, now);
    training::calendar(&mut past, now);
    units::calendar(&mut past, now);
    network::calendar(&mut past, now);
    learning::calendar(&mut past, now);
    results::calendar(&mut past, now);
    met::calendar(&mut past, now);
    past.plan(now - 3 * HOUR, story::Step::Route);
    for day in 0..MONTHS_28 / DAY {
        let morning = start + day * DAY + 13 * HOUR;
        // More alerts come as more partners are trained.
        let today = past.dice.below(100) < 30 + u32::try_from(day / 30).unwrap_or(0);
        if today {
            let at = morning + i64::from(past.dice.below(9 * 60)) * MINUTE;
            past.plan(at, story::Step::Alert);
        }
        live_until(&mut past, morning + DAY - MINUTE, now).await?;
        evening(&mut past, (morning + DAY - MINUTE).min(now - MINUTE), now).await?;
    }
    live_until(&mut past, now - MINUTE, now).await?;
    releases::happen(&past).await?;
    story::leave_work_open(&mut past, now).await
}

/// What was due that day is done, and everybody has seen her notices but those of the last days.
async fn evening(past: &mut Past, at: Micros, now: Micros) -> anyhow::Result<()> {
    past.clock.set(at);
    jobs::work_off(&past.p).await?;
    if at > now - 3 * DAY {
        return Ok(());
    }
    let mut tx = past.p.store.db.read().await?;
    let waiting = tx.sql("SELECT DISTINCT account FROM notice WHERE seen_at IS NULL").all().await?;
    drop(tx);
    for row in waiting {
        let account: Uuid = row.get("account")?;
        let Some(who) = past.who.values().find(|c| c.account == account).cloned() else { continue };
        let mut work = past.p.store.work(account).await?;
        notices::see(&mut work, &who, at).await?;
        work.commit().await?;
    }
    Ok(())
}

async fn live_until(past: &mut Past, end: Micros, now: Micros) -> anyhow::Result<()> {
    while let Some(entry) = past.later.first_entry() {
        if entry.key().0 > end || entry.key().0 >= now {
            return Ok(());
        }
        let ((at, _), step) = entry.remove_entry();
        past.clock.set(at);
        story::happen(past, step).await?;
    }
    Ok(())
}

/// Makes an account and signs it in.
pub async fn account(p: &Programme, new: &New<'_>) -> anyhow::Result<Caller> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let account = accounts::add(p, &mut work, new).await?;
    let row = work.sql("SELECT secret_key FROM account WHERE id = $1").bind(account).one().await?;
    let secret = PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, new.password)?;
    work.commit().await?;
    let purpose =
        p.gate.roles().role(new.role).map_or(ceiba_access::Purpose::Care, ceiba_access::Role::purpose);
    Ok(Caller {
        account,
        role: new.role.to_owned(),
        site: new.site.map(str::to_owned),
        purpose,
        active: true,
        person: new.person,
        secret: Some(Arc::new(secret)),
    })
}

/// An alert, invented from the signs of the pack.
pub async fn alert(past: &Past, municipality: &str) -> anyhow::Result<Uuid> {
    let dice = &past.dice;
    let kinds = ["teacher", "teacher", "health", "community", "community", "official", "other"];
    let reporter = kinds[dice.below(7) as usize];
    let signs = past.p.pack.signs.get(reporter).map(Vec::as_slice).unwrap_or_default();
    let number = 1 + dice.below(3);
    let mut ticked: Vec<String> = (0..number)
        .filter_map(|_| signs.get(dice.below(u32::try_from(signs.len()).unwrap_or(1)) as usize).cloned())
        .collect();
    ticked.sort();
    ticked.dedup();
    let pick = |list: &[&str]| list[dice.below(u32::try_from(list.len()).unwrap_or(1)) as usize].to_owned();
    let report = Report {
        reporter: reporter.to_owned(),
        channel: "web".to_owned(),
        municipality: municipality.to_owned(),
        signs: ticked,
        since: pick(&["today", "days", "days", "weeks", "unknown"]),
        certainty: pick(&["saw", "saw", "told", "suspect"]),
        age_group: pick(&["adolescent", "adolescent", "adolescent", "child", "adult", "unknown"]),
        ..Report::default()
    };
    let mut work = past.p.store.work(Uuid::nil()).await?;
    let (id, _) = alerts::report(&past.p, &mut work, &alerts::public(), &report).await?;
    work.commit().await?;
    Ok(id)
}

/// Settles an alert without a case.
pub async fn settle(past: &Past, who: &Caller, alert: Uuid, decision: Decision) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    triage::take(&past.p, &mut work, who, alert).await?;
    let reason = if decision == Decision::Close { "no_sign" } else { "" };
    triage::decide(&past.p, &mut work, who, alert, decision, (reason, None)).await?;
    Ok(work.commit().await?)
}

/// A new case of an invented person.
pub fn new_case(past: &Past, site: &str, municipality: &str, alert: Option<Uuid>) -> cases::New {
    let dice = &past.dice;
    let (given, surnames) = names::paper(dice);
    let years = u8::try_from(12 + dice.below(7)).unwrap_or(15);
    let on = dates::day(past.p.store.clock.now(), &past.p.pack.zone);
    let sex = if dice.below(100) < 84 { "Feminine" } else { "Masculine" };
    let language = ["spa", "spa", "spa", "mam", "quc", "cak"][dice.below(6) as usize];
    cases::New {
        whose: cases::Whose::New(Box::new(people::New {
            core: people::Core {
                chosen_name: names::chosen(dice),
                language: language.to_owned(),
                interpreter: language != "spa",
                birth: dates::Birth::About { years, on },
                ..Default::default()
            },
            identity: people::Identity {
                origin: origin(municipality, &given, &surnames).to_owned(),
                given,
                surnames,
                ..people::Identity::default()
            },
            sex: sex.to_owned(),
        })),
        site: site.to_owned(),
        municipality: municipality.to_owned(),
        alert,
        referred_by: String::new(),
        responsible: None,
    }
}

/// Where she comes from: mostly from where her case is, else from one of a few places. Told from her invented name and not drawn, so that
/// what comes after is the same.
fn origin<'m>(municipality: &'m str, given: &str, surnames: &str) -> &'m str {
    const ELSEWHERE: [&str; 6] = ["GT1201", "GT1301", "GT0901", "GT1601", "GT1001", "GT1401"];
    let letters: usize = given.bytes().chain(surnames.bytes()).map(usize::from).sum();
    if letters % 5 < 2 { municipality } else { ELSEWHERE[letters % ELSEWHERE.len()] }
}
