//! A year of a large programme as facts: every kind that an indicator reads, in the shares in which work makes them.

use std::path::Path;
use std::sync::Arc;

use ceiba_programme::Programme;
use ceiba_programme::results::framework::{Framework, Promise};
use ceiba_programme::setup;
use ceiba_store::{Chance, Clock, Db, Fact, HandClock, Store, Tag};
use ceiba_vault::{Cost, OfficeKey};
use jiff::civil::Date;
use uuid::Uuid;

pub const FROM: &str = "2026-01-01";
pub const TO: &str = "2026-12-31";
const AT_ONCE: u32 = 20_000;

/// Kind, share of a thousand, codes, outcomes, dimensions with their values.
type Share = (
    &'static str,
    u32,
    &'static [&'static str],
    &'static [&'static str],
    &'static [(&'static str, &'static [&'static str])],
);

const SERVICES: &[&str] = &[
    "psychology",
    "social_work",
    "legal_advice",
    "education_formal",
    "family_strengthening",
    "food_clothing",
    "transport",
];
const COURTS: &[(&str, &[&str])] = &[("court", &["j1", "j2", "j3", "j4"])];
const TRAINED: &[(&str, &[&str])] = &[
    ("institution", &["MP", "OJ", "PNC", "PGN"]),
    ("post", &["prosecutor", "judge", "police_agent", "psychologist"]),
    ("department", &["GT01", "GT09", "GT11"]),
    ("course", &["C1", "C2", "C3", "C4", "C5", "C6"]),
];

const SHARES: &[Share] = &[
    ("service.given", 230, SERVICES, &["new", "continuing"], &[]),
    ("shelter.night", 190, &["resident"], &[""], &[]),
    ("attendance.noted", 70, &["sewing", "baking"], &["came", "missed"], &[]),
    ("clinic.visit", 70, &["triage", "medical", "psych"], &["done", "left"], &[]),
    ("effort.noted", 50, SERVICES, &[""], &[]),
    (
        "alert.received",
        35,
        &["now", "today", "week"],
        &["teacher", "health", "community"],
        &[("channel", &["web", "phone"]), ("partner", &["trained", "untrained"])],
    ),
    ("alert.answered", 35, &["now", "today", "week"], &["on_time", "late"], &[]),
    ("referral.sent", 35, SERVICES, &[""], &[("institution", &["a", "b", "c"])]),
    ("referral.answered", 35, SERVICES, &["accepted", "rejected"], &[]),
    ("goal.rated", 40, &["health", "school", "family"], &["met", "open"], &[]),
    ("outcome.scored", 30, &["who5:total", "sup:total"], &["first", "better", "same", "worse"], &[]),
    ("screening.kept", 30, &["guide", "observation"], &["act_now", "no_sign_today"], &[]),
    ("training.completed", 25, &["centred", "signs"], &["official", "community"], TRAINED),
    ("training.gain", 20, &["centred"], &["passed", "not_passed"], TRAINED),
    ("practice.applied", 5, &["t1", "t2"], &["yes", "partly", "no"], &[("institution", &["MP", "OJ"])]),
    ("telling.held", 15, &["court", "prosecutor"], &["gesell", "private_room"], &[]),
    ("measure.asked", 8, &["stay_away", "shelter"], &[""], COURTS),
    ("measure.decided", 8, &["stay_away", "shelter"], &["granted", "denied"], COURTS),
    (
        "hearing.ended",
        10,
        &["statement", "trial"],
        &["held", "suspended"],
        &[("court", &["j1", "j2"]), ("need", &["accompanied", "alone", "interpreter_came"])],
    ),
    ("justice.stage", 8, &["criminal"], &["complaint", "charge", "trial"], &[]),
    (
        "person.identified",
        6,
        &["SexualExploitation"],
        &["identified", "confirmed", "presumed"],
        &[("act", &["recruitment", "transport"]), ("purpose", &["x", "y"]), ("language", &["spa", "mam"])],
    ),
    ("route.kept", 12, &["R01", "R02", "R03"], &["on_time", "late"], &[("holder", &["pgn", "court"])]),
    ("shelter.places", 6, &[""], &[""], &[]),
    ("shelter.refused", 3, &["full", "profile"], &["alone"], &[]),
    ("shelter.left", 3, &["family"], &["planned", "unplanned"], &[]),
    ("plan.agreed", 5, &[""], &["on_time", "late"], &[]),
    ("log.feedback", 5, &["satisfied", "recommend", "respected"], &["yes", "partly", "no"], &[]),
    ("office.received", 5, &["documents", "family"], &[""], &[]),
    ("money.paid", 3, &["JAC-EMPRENDE", "VOL-ARRANQUE"], &[""], &[]),
    ("support.delivered", 3, &["seed_capital"], &[""], &[]),
];

/// The programme on a database.
pub fn programme(db: Db, clock: Arc<dyn Clock>) -> anyhow::Result<Programme> {
    let office = Arc::new(OfficeKey::from_bytes([12; 32]));
    let key = office.clone();
    let tag: Tag = Arc::new(move |bytes| key.ledger_tag(bytes));
    let store = Store::new(db, clock, Arc::new(Chance::seeded([5; 32])), tag);
    Ok(Programme::open(store, setup::demo_pack()?, office, Uuid::from_u128(0xbe4d), Cost::TEST)?)
}

/// A grant that promises every figure there is.
pub fn framework(p: &Programme) -> Framework {
    let mut framework = p.pack.results.grants[0].clone();
    FROM.clone_into(&mut framework.from);
    TO.clone_into(&mut framework.to);
    let result = framework.result.last().map(|r| r.code.clone()).unwrap_or_default();
    let code = |i: &str, id: &str| if id.is_empty() { i.to_owned() } else { format!("{i}.{id}") };
    framework.promise = p
        .pack
        .results
        .indicators
        .iter()
        .flat_map(|i| i.figure.iter().map(|f| code(&i.code, &f.id)))
        .map(|figure| Promise {
            figure,
            result: result.clone(),
            baseline: None,
            target: None,
            target_of: "grant".into(),
        })
        .collect();
    framework
}

/// Writes the facts.
pub async fn run(folder: &Path, many: u32) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let p = programme(Db::sqlite_with(folder, false).await?, Arc::new(HandClock::at(1_798_700_000_000_000)))?;
    let dice = Chance::seeded([6; 32]);
    let first: Date = FROM.parse()?;
    let shares: Vec<&Share> = SHARES.iter().flat_map(|s| std::iter::repeat_n(s, s.1 as usize)).collect();
    let pick = |list: &[&'static str]| list[dice.below(u32::try_from(list.len()).unwrap_or(1)) as usize];
    for from in (0..many).step_by(AT_ONCE as usize) {
        let mut work = p.store.work(Uuid::nil()).await?;
        for n in from..many.min(from + AT_ONCE) {
            let &(kind, _, codes, outcomes, dims) = shares[dice.below(u32::try_from(shares.len())?) as usize];
            // In the order of time, as work makes them.
            let ahead = i64::from(n) * 365 / i64::from(many);
            let person = dice.below(20_000);
            let mut subject = [0; 16];
            subject[..4].copy_from_slice(&person.to_le_bytes());
            let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
            let score = kind == "training.gain";
            work.fact(Fact {
                kind,
                at: 1_767_250_800_000_000 + i64::from(n),
                day: first.saturating_add(jiff::Span::new().days(ahead)).to_string(),
                code: text(pick(codes)),
                outcome: text(pick(outcomes)),
                site: Some(["M1", "M2", "K1", "O1"][person as usize % 4].to_owned()),
                municipality: Some(["GT0108", "GT0920"][person as usize % 2].to_owned()),
                sex: Some(["Feminine", "Feminine", "Masculine"][person as usize % 3].to_owned()),
                age_band: Some(["12-14", "15-17", "15-17", "18-24"][person as usize % 4].to_owned()),
                subject: (!kind.starts_with("alert") && !kind.starts_with("log") && kind != "shelter.places")
                    .then_some(subject),
                minutes: Some(i64::from(dice.below(9000))),
                amount: if score { i64::from(dice.below(60)) - 10 } else { 1 },
                dims: dims.iter().map(|(d, values)| (*d, pick(values).to_owned())).collect(),
            })
            .await?;
        }
        work.record("fact.add", "fact", Uuid::nil(), [0; 32]).await?;
        work.commit().await?;
    }
    p.store.db.close().await;
    Ok(std::fs::write(folder.join("built"), "")?)
}
