//! The invented community network of Mixco and Coatepeque: twelve partners, what they were given, what was held, what they noticed; and the
//! lines of the log. No dice are thrown, so that the rest of the story stays as it is.

use ceiba_programme::alerts::triage::Decision;
use ceiba_programme::alerts::{self, Report};
use ceiba_programme::log::{self, slips};
use ceiba_programme::network::activities::{self, Held, Plan};
use ceiba_programme::network::reached::{Cells, WHOLE};
use ceiba_programme::network::{self, New, Who, cards, materials};
use ceiba_programme::{cases, dates, lessons};
use ceiba_store::{Chance, DAY, HOUR, MINUTE, Micros};
use uuid::Uuid;

use super::seed::{Past, new_case, settle};
use super::story::{Step, short};

const MIXCO: &str = "GT0108";
const COATEPEQUE: &str = "GT0920";

/// Something in the network or in the log.
pub enum Moment {
    /// Somebody joins: name, kind, place, municipality, language, whether she was trained.
    Joined([&'static str; 5], bool),
    /// Somebody is given something: whom, what, in which language, how many.
    Given(&'static str, &'static str, &'static str, i64),
    /// She finishes lessons: whom, which.
    Read(&'static str, &'static [&'static str]),
    /// She gives an alert with her card: whom, reporter, signs.
    Noticed(&'static str, &'static str, &'static [&'static str]),
    /// The team answers it.
    Answered(Uuid),
    /// The team answers it with a case, in that municipality.
    Opened(Uuid, &'static str),
    /// Something is planned: kind, municipality, days from now, who goes.
    Planned(&'static str, &'static str, i64, &'static [&'static str]),
    /// Something was held that day: kind, municipality, rule, girls, boys, women, men; one number for an estimate.
    Held(&'static str, &'static str, &'static str, [i64; 4], &'static [&'static str]),
    /// A line of the log: kind, site, code, outcome, people, minutes, who pays.
    Logged(&'static str, [&'static str; 3], [i64; 2], &'static [&'static str]),
    /// Slips typed from paper: site, the answers to the three questions.
    Slips(&'static str, &'static [[&'static str; 3]]),
}

use Moment::{Answered, Given, Joined, Logged, Noticed, Opened, Planned, Read, Slips};

/// Days ago, and what.
fn months() -> Vec<(i64, Moment)> {
    const ALL: &[&str] = &["signs", "listen", "avoid", "tell"];
    let mut all = vec![
        (210, Joined(["Seño Berta", "teacher", "school", MIXCO, "spa"], true)),
        (209, Joined(["Seño Ligia", "teacher", "school", MIXCO, "spa"], true)),
        (208, Joined(["Doña Tomasa", "market", "market", MIXCO, "quc"], true)),
        (200, Joined(["Enfermera Olga", "nurse", "health_post", MIXCO, "spa"], true)),
        (198, Joined(["Don Chepe", "council", "council", MIXCO, "spa"], false)),
        (190, Joined(["Hermana Ruth", "faith", "church", MIXCO, "spa"], false)),
        (205, Joined(["Profe Wilmer", "teacher", "school", COATEPEQUE, "spa"], true)),
        (204, Joined(["Doña Juana", "midwife", "home", COATEPEQUE, "mam"], true)),
        (203, Joined(["Enfermera Delia", "nurse", "health_post", COATEPEQUE, "spa"], true)),
        (150, Joined(["Don Nico", "transport", "terminal", COATEPEQUE, "spa"], false)),
        (149, Joined(["Mirna", "youth", "none", COATEPEQUE, "mam"], true)),
        (145, Joined(["Doña Chila", "market", "market", COATEPEQUE, "spa"], false)),
        (186, Given("Seño Berta", "guide", "spa", 30)),
        (186, Given("Seño Berta", "card", "spa", 60)),
        (185, Given("Doña Tomasa", "audio", "quc", 1)),
        (185, Given("Doña Tomasa", "card", "quc", 40)),
        (180, Given("Enfermera Olga", "poster", "spa", 5)),
        (178, Given("Doña Juana", "audio", "mam", 2)),
        (177, Given("Enfermera Delia", "poster", "spa", 4)),
        (176, Given("Profe Wilmer", "flipchart", "spa", 1)),
        (100, Given("Doña Chila", "leaflet", "spa", 80)),
        (99, Given("Mirna", "leaflet", "mam", 50)),
        (170, Read("Seño Berta", ALL)),
        (169, Read("Profe Wilmer", ALL)),
        (168, Read("Doña Juana", &["signs", "listen"])),
        (90, Read("Mirna", &["signs", "avoid", "tell"])),
        (160, Noticed("Seño Berta", "teacher", &["absent_days"])),
        (131, Noticed("Profe Wilmer", "teacher", &["absent_days"])),
        (96, Noticed("Doña Juana", "community", &[])),
        (61, Noticed("Seño Berta", "teacher", &["absent_days"])),
        (33, Noticed("Don Nico", "community", &[])),
        (12, Noticed("Enfermera Delia", "health", &[])),
        (2, Noticed("Seño Berta", "teacher", &["absent_days"])),
        (3, Planned("meeting", MIXCO, 9, &["Seño Berta", "Doña Tomasa", "Don Chepe"])),
        (3, Planned("workshop", COATEPEQUE, 16, &["Profe Wilmer", "Mirna", "Doña Juana"])),
        (165, Moment::Held("talk", MIXCO, "list", [31, 27, 4, 2], &["Seño Berta"])),
        (140, Moment::Held("fair", COATEPEQUE, "estimated", [300, 0, 0, 0], &["Doña Chila"])),
        (118, Moment::Held("workshop", MIXCO, "list", [18, 14, 9, 3], &["Seño Ligia", "Enfermera Olga"])),
        (88, Moment::Held("radio", COATEPEQUE, "estimated", [900, 0, 0, 0], &[])),
        (70, Moment::Held("assembly", MIXCO, "counted", [22, 19, 41, 25], &["Don Chepe", "Doña Tomasa"])),
        (35, Moment::Held("talk", COATEPEQUE, "counted", [44, 38, 6, 3], &["Profe Wilmer"])),
        (150, Logged("adviser", ["", "forms", "paid"], [4, 180], &[])),
        (120, Logged("decision", ["", "forms", ""], [1, 0], &[])),
        (60, Logged("adviser", ["", "house", "paid"], [5, 240], &[])),
        (40, Logged("decision", ["", "house", ""], [1, 0], &[])),
        (95, Logged("trend", ["", "recruitment", "produced"], [1, 0], &[])),
        (80, Logged("trend", ["", "recruitment", "used"], [1, 0], &[])),
        (30, Logged("trend", ["", "places", "produced"], [1, 0], &[])),
    ];
    // Each quarter survivors advise, something changes on their word, and a note on a trend is written and used.
    for quarter in 2..9 {
        let ago = quarter * 90;
        all.push((ago - 5, Logged("adviser", ["", "forms", "paid"], [7, 180], &[])));
        all.push((ago - 10, Logged("decision", ["", "forms", ""], [1, 0], &[])));
        all.push((ago - 15, Logged("trend", ["", "recruitment", "produced"], [1, 0], &[])));
        all.push((ago - 18, Logged("trend", ["", "recruitment", "used"], [1, 0], &[])));
    }
    for month in 7..=22 {
        opened(&mut all, month * 30);
    }
    // Trained partners see and tell; the team answers, and of three two become a case.
    for (n, who) in (0..23).zip(SEE.iter().cycle()) {
        let (name, reporter, signs) = *who;
        all.push((200 - 8 * n, Noticed(name, reporter, signs)));
    }
    for month in 1..=6 {
        let ago = month * 30;
        opened(&mut all, ago);
        all.push((
            ago,
            Slips("K1", &[["yes", "yes", "yes"], ["yes", "partly", "yes"], ["partly", "yes", "yes"]]),
        ));
        all.push((ago, Slips("M1", &[["yes", "yes", "yes"], ["partly", "no", "yes"]])));
        all.push((ago - 10, Slips("O1", &[["yes", "yes", "yes"], ["no", "partly", "partly"]])));
    }
    all
}

/// Trained partners who notice something, as whom, and what.
const SEE: [(&str, &str, &[&str]); 5] = [
    ("Seño Ligia", "teacher", &["absent_days", "job_online"]),
    ("Doña Tomasa", "community", &["job_offer_no_contract"]),
    ("Enfermera Olga", "health", &["never_alone"]),
    ("Profe Wilmer", "teacher", &["exhausted_hands"]),
    ("Doña Juana", "community", &["house_many_girls"]),
];

/// A month of the log: hours that sites were open by who pays, and supervision.
fn opened(all: &mut Vec<(i64, Moment)>, ago: i64) {
    all.push((ago, Logged("open", ["K1", "", ""], [1, 168 * 60], &["grant", "organisation"])));
    all.push((ago, Logged("open", ["O1", "", ""], [1, 160 * 60], &["municipality"])));
    all.push((ago, Logged("supervision", ["K1", "group", ""], [6, 120], &[])));
    all.push((ago - 3, Logged("supervision", ["M1", "individual", ""], [1, 60], &[])));
}

/// Puts the months on the calendar, from ten in the morning on.
pub fn calendar(past: &mut Past, now: Micros) {
    for (n, (ago, moment)) in (0_i64..).zip(months()) {
        let day = dates::start(dates::day(now - ago * DAY, &past.p.pack.zone), &past.p.pack.zone);
        past.plan((day + 10 * HOUR + n * MINUTE).min(now - (90 - n) * MINUTE), Step::Network(moment));
    }
}

/// Lets it happen.
pub async fn happen(past: &mut Past, moment: Moment) -> anyhow::Result<()> {
    match moment {
        Joined(who, trained) => joined(past, who, trained).await,
        Noticed(who, reporter, signs) => noticed(past, who, reporter, signs).await,
        Answered(alert) => settle(past, &past.caller("rosa")?, alert, Decision::Orient).await,
        Opened(alert, municipality) => opens(past, alert, municipality).await,
        Logged(..) | Slips(..) => written(past, moment).await,
        _ => held(past, moment).await,
    }
}

async fn joined(past: &mut Past, who: [&'static str; 5], trained: bool) -> anyhow::Result<()> {
    let [name, kind, place, municipality, language] = who;
    let nora = past.caller("nora")?;
    let p = &past.p;
    let mut work = p.store.work(nora.account).await?;
    let today = p.day(work.at());
    let new = New {
        who: Who { name: name.to_owned(), reach: "0000-0150, de tarde".to_owned() },
        kind: kind.to_owned(),
        place: place.to_owned(),
        municipality: municipality.to_owned(),
        language: language.to_owned(),
        trained_on: if trained { today } else { String::new() },
    };
    let id = network::add(p, &mut work, &nora, &new).await?;
    let made = cards::make(p, &mut work, &nora, id).await?;
    work.commit().await?;
    past.partners.insert(name, (id, made.card));
    Ok(())
}

fn partner(past: &Past, name: &str) -> anyhow::Result<(Uuid, String)> {
    past.partners.get(name).cloned().ok_or_else(|| anyhow::anyhow!("nobody of the network is called {name}"))
}

async fn noticed(past: &mut Past, who: &str, reporter: &str, signs: &[&str]) -> anyhow::Result<()> {
    let (id, card) = partner(past, who)?;
    let nora = past.caller("nora")?;
    let p = &past.p;
    let nobody = alerts::public();
    let mut work = p.store.work(nobody.account).await?;
    let (hers, _) = network::one(p, work.tx(), &nora, ceiba_access::Act::NETWORK_READ, id).await?;
    let first = p.pack.signs.get(reporter).and_then(|s| s.first().cloned()).into_iter().collect();
    let report = Report {
        reporter: reporter.to_owned(),
        channel: "web".to_owned(),
        municipality: hers.municipality.clone(),
        signs: if signs.is_empty() { first } else { signs.iter().map(|s| (*s).to_owned()).collect() },
        since: "days".to_owned(),
        certainty: "saw".to_owned(),
        age_group: "adolescent".to_owned(),
        card,
        ..Report::default()
    };
    let (alert, _) = alerts::report(p, &mut work, &nobody, &report).await?;
    work.commit().await?;
    let municipality = if hers.municipality == MIXCO { MIXCO } else { COATEPEQUE };
    let now = p.store.clock.now();
    let opens = SEE.iter().any(|(name, ..)| *name == who) && !past.partners_saw.is_multiple_of(3);
    past.partners_saw += 1;
    let (hours, then) = if opens { (3, Opened(alert, municipality)) } else { (26, Answered(alert)) };
    past.plan(now + hours * HOUR, Step::Network(then));
    Ok(())
}

/// A case of somebody whom a partner noticed. Chance of its own invents her.
async fn opens(past: &mut Past, alert: Uuid, municipality: &'static str) -> anyhow::Result<()> {
    let (site, worker) = if municipality == COATEPEQUE { ("K1", "lucia") } else { ("M1", "abel") };
    let who = past.caller(worker)?;
    let own = Chance::seeded([past.partners_saw; 32]);
    let dice = std::mem::replace(&mut past.dice, own);
    let mut new = new_case(past, site, municipality, Some(alert));
    past.dice = dice;
    if let cases::Whose::New(person) = &mut new.whose {
        person.core.chosen_name = NOTICED[usize::from(past.partners_saw) % NOTICED.len()].to_owned();
    }
    let mut work = past.p.store.work(who.account).await?;
    let (case, _) = cases::open(&past.p, &mut work, &who, &new).await?;
    work.commit().await?;
    short(past, case, worker);
    Ok(())
}

/// What those whom partners noticed call themselves.
const NOTICED: [&str; 8] = ["Nance", "Tulipán", "Arroyo", "Colibrí", "Granada", "Pino", "Menta", "Ceiba"];

async fn held(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let nora = past.caller("nora")?;
    let p = &past.p;
    let mut work = p.store.work(nora.account).await?;
    let today = p.day(work.at());
    match moment {
        Given(who, what, language, n) => {
            let (id, _) = partner(past, who)?;
            materials::give(p, &mut work, &nora, id, (what, language, Some(n), &today)).await?;
        }
        Read(who, which) => {
            let (id, _) = partner(past, who)?;
            let (hers, _) = network::one(p, work.tx(), &nora, ceiba_access::Act::NETWORK_READ, id).await?;
            for lesson in which.iter().filter_map(|code| p.pack.lessons.find(code)) {
                lessons::by_partner(p, &mut work, &hers, lesson).await?;
            }
        }
        Planned(kind, municipality, days, who) => {
            let on_day = p.day(work.at() + days * DAY);
            activities::plan(p, &mut work, &nora, &plan(past, kind, municipality, on_day, who)?).await?;
        }
        Moment::Held(kind, municipality, rule, [girls, boys, women, men], who) => {
            let id =
                activities::plan(p, &mut work, &nora, &plan(past, kind, municipality, today, who)?).await?;
            let cells = [
                ("Feminine.15-17", girls),
                ("Masculine.15-17", boys),
                ("Feminine.25+", women),
                ("Masculine.25+", men),
            ];
            let reached: Cells = if rule == "estimated" {
                [(WHOLE.to_owned(), girls)].into()
            } else {
                cells.map(|(cell, n)| (cell.to_owned(), n)).into()
            };
            let held = Held { minutes: Some(90), rule: rule.to_owned(), reached };
            activities::hold(p, &mut work, &nora, (id, 1), &held).await?;
        }
        _ => {}
    }
    Ok(work.commit().await?)
}

fn plan(past: &Past, kind: &str, municipality: &str, on_day: String, who: &[&str]) -> anyhow::Result<Plan> {
    Ok(Plan {
        kind: kind.to_owned(),
        municipality: municipality.to_owned(),
        on_day,
        going: who.iter().map(|name| Ok(partner(past, name)?.0)).collect::<anyhow::Result<_>>()?,
    })
}

async fn written(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let sofia = past.caller("sofia")?;
    let p = &past.p;
    let mut work = p.store.work(sofia.account).await?;
    let today = p.day(work.at());
    match moment {
        Logged(kind, [site, code, outcome], [people, minutes], payers) => {
            let kind = log::kind(kind).ok_or_else(|| anyhow::anyhow!("the log has no {kind}"))?;
            let line = log::New {
                site: site.to_owned(),
                on_day: today,
                code: code.to_owned(),
                outcome: outcome.to_owned(),
                payers: payers.iter().map(|c| (*c).to_owned()).collect(),
                people: Some(people),
                minutes: Some(minutes),
                words: if kind.words { words(code, outcome).to_owned() } else { String::new() },
            };
            log::write(p, &mut work, &sofia, kind, &line).await?;
        }
        Slips(site, slips) => {
            for [satisfied, recommend, respected] in slips {
                let said = [("satisfied", *satisfied), ("recommend", *recommend), ("respected", *respected)];
                slips::typed(p, &mut work, &sofia, (site, &today), &said, false).await?;
            }
        }
        _ => {}
    }
    Ok(work.commit().await?)
}

/// What Sofía wrote about a trend.
fn words(code: &str, outcome: &str) -> &'static str {
    match (code, outcome) {
        ("recruitment", "used") => {
            "La mesa departamental acordó hablar de las ofertas de trabajo por teléfono en las escuelas."
        }
        ("recruitment", _) => {
            "Se repiten ofertas de trabajo que llegan por el teléfono. Puede ser que se ofrezcan más, o que ahora se avise más."
        }
        _ => {
            "Llegan más avisos de la costa desde que hay voluntariado allí. No parece que haya más casos: se ve más."
        }
    }
}
