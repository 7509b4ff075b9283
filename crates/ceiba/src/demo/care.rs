//! Services and plan in the invented programme: a graduate with a bakery whom two donors share, a course, a circle, scales,
//! and a report for a court. Lived through with the functions that the pages use; no dice are thrown, so that the rest of
//! the story stays as it is.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_programme::care::effort::{self, Noted};
use ceiba_programme::care::scales::{self, Scored};
use ceiba_programme::care::support::{self, Decision, Part};
use ceiba_programme::care::{groups, money, places, reports, schooling};
use ceiba_programme::cases::{self, consent, plan};
use ceiba_programme::papers::{self, Brought};
use ceiba_programme::{dates, people};
use ceiba_store::{DAY, HOUR, Micros, Work};
use uuid::Uuid;

use super::often::tick;
use super::seed::Past;
use super::story::Step;

/// The donors' lines.
const JAC: &str = "JAC-EMPRENDE";
const VOL: &str = "VOL-ARRANQUE";
/// Who learns to bake at M1. The first one has her own bakery now.
const BAKERS: [&str; 7] = ["Espiga", "Alondra", "Candela", "Mazorca", "Rosario", "Trinidad", "Azahar"];
/// The scale of the core pack.
const SCALE: &str = "ceiba-6";
const DOMAINS: [&str; 6] = ["safety", "health", "mind", "school", "family", "decisions"];

/// Something of this file that happens.
pub enum Moment {
    /// Donors put money on their lines.
    Granted,
    /// A baker's case opens, and she has a place in the course.
    Baker(usize),
    /// The course or the circle meets.
    Met(&'static str, &'static str),
    /// The bakers reach a part of the course.
    Reached(u32),
    /// A baker is assessed, the first, second or third time.
    Assessed(usize, u8),
    /// Support for a baker: kind, amount, what for, from which lines; none: it waits.
    Support(usize, &'static str, &'static str, &'static str, &'static [(&'static str, i64)]),
    /// What became of it.
    Checked(usize, &'static str),
    /// Luz: her life project, school, circle, scales.
    Luz(u8),
    /// Julio brings the Word templates of the office, and Nora publishes them.
    Templates,
    /// Luz: the report for the court.
    Report,
    /// Hours of a week.
    Hours,
}

/// Puts it all on the calendar.
pub fn calendar(past: &mut Past, now: Micros) {
    let at = |days: i64| now - days * DAY;
    let mut all = vec![(at(300), Moment::Granted)];
    for n in 0..BAKERS.len() {
        let days = 280 - i64::try_from(n).unwrap_or(0);
        all.push((at(days), Moment::Baker(n)));
        for (time, after) in [(1, 5), (2, 115), (3, 255)] {
            all.push((at(days - after), Moment::Assessed(n, time)));
        }
        let stipend =
            Moment::Support(n, "stipend", "400", "Pasajes y materiales del curso.", &[(VOL, 40_000)]);
        all.push((at(days - 60), stipend));
    }
    for week in 1..16 {
        all.push((at(270 - week * 7), Moment::Met("amalia", "pan-m1")));
    }
    for (n, part) in (1..6).enumerate() {
        all.push((at(240 - 20 * i64::try_from(n).unwrap_or(0)), Moment::Reached(part)));
    }
    all.push((at(98), Moment::Reached(6)));
    let split: &[(&str, i64)] = &[(JAC, 250_000), (VOL, 100_000)];
    all.extend([
        (
            at(100),
            Moment::Support(
                0,
                "seed_capital",
                "Q 3,500.00",
                "Horno de segunda mano y harina para empezar.",
                split,
            ),
        ),
        (at(70), Moment::Checked(0, "El horno funciona. Vende pan de manteca los sábados en la feria.")),
        (
            at(40),
            Moment::Support(
                0,
                "voucher",
                "20",
                "Veinte quetzales de levadura mientras cobra el pedido.",
                &[(JAC, 2_000)],
            ),
        ),
        (at(25), Moment::Checked(0, "Pagó la levadura y apartó para la próxima. Pide una balanza.")),
        (at(2), Moment::Support(0, "voucher", "Q 185.50", "Balanza de mesa.", &[])),
    ]);
    for n in 0..3 {
        all.push((at(110 - 45 * i64::from(n)), Moment::Luz(n + 1)));
    }
    for week in 1..10 {
        all.push((at(100 - week * 7), Moment::Met("elena", "circulo-k1")));
    }
    all.push((at(13), Moment::Templates));
    all.push((at(12), Moment::Report));
    for week in 0..12 {
        all.push((at(week * 7 + 1), Moment::Hours));
    }
    for (when, moment) in all {
        past.plan(when + 4 * HOUR, Step::Care(moment));
    }
}

/// Lets it happen.
pub async fn happen(past: &mut Past, moment: Moment) -> anyhow::Result<()> {
    match moment {
        Moment::Granted => granted(past).await,
        Moment::Baker(n) => baker(past, n).await,
        Moment::Met(who, service) => met(past, who, service).await,
        Moment::Reached(part) => reached(past, part).await,
        Moment::Assessed(n, time) => {
            let (who, case) = (past.caller("abel")?, baking(past, n).await?);
            let rise = u8::try_from(n % 3).unwrap_or(0);
            let value = |d: usize| (1 + u8::try_from(d % 2).unwrap_or(0) + (time - 1) + rise / 2).min(4);
            assessed(past, &who, case, value, time != 2 || n.is_multiple_of(2)).await
        }
        Moment::Support(n, kind, amount, purpose, parts) => {
            let case = baking(past, n).await?;
            supported(past, case, (kind, amount, purpose), parts).await
        }
        Moment::Checked(n, remark) => checked(past, n, remark).await,
        Moment::Luz(time) => luz(past, time).await,
        Moment::Templates => templates(past).await,
        Moment::Report => report(past).await,
        Moment::Hours => hours(past).await,
    }
}

async fn start(past: &Past, who: &Caller) -> anyhow::Result<(Work, String)> {
    let work = past.p.store.work(who.account).await?;
    let day = past.p.day(work.at());
    Ok((work, day))
}

async fn granted(past: &Past) -> anyhow::Result<()> {
    let sara = past.caller("sara")?;
    let (mut work, _) = start(past, &sara).await?;
    for line in [(JAC, "Q 60,000.00"), (VOL, "25000")] {
        money::grant(&past.p, &mut work, &sara, line).await?;
    }
    Ok(work.commit().await?)
}

/// A grown-up who wants to bake.
async fn baker(past: &Past, n: usize) -> anyhow::Result<()> {
    let abel = past.caller("abel")?;
    let (mut work, day) = start(past, &abel).await?;
    let years = 18 + u8::try_from(n).unwrap_or(0);
    let birth = dates::Birth::About { years, on: day.parse()? };
    let core =
        people::Core { chosen_name: BAKERS[n].into(), language: "spa".into(), birth, ..Default::default() };
    let identity = people::Identity {
        given: "Panaderita".into(),
        surnames: format!("De Ejemplo {n}"),
        ..Default::default()
    };
    let new = cases::New {
        whose: cases::Whose::New(Box::new(people::New { core, identity, sex: "Feminine".into() })),
        site: "M1".into(),
        municipality: "GT0108".into(),
        alert: None,
        referred_by: String::new(),
        responsible: None,
    };
    let (case, _) = cases::open(&past.p, &mut work, &abel, &new).await?;
    places::enrol(&past.p, &mut work, &abel, case, "pan-m1").await?;
    tick(&past.p, &mut work, &abel, case, |_| true).await?;
    Ok(work.commit().await?)
}

/// The case of a baker: they are the first that had a place in the course.
async fn baking(past: &Past, n: usize) -> anyhow::Result<Uuid> {
    let mut tx = past.p.store.db.read().await?;
    let rows = tx
        .sql("SELECT file FROM entry WHERE kind = 'enrolment' AND code = 'pan-m1' ORDER BY created_at, id LIMIT 7")
        .all()
        .await?;
    let row = rows.get(n).ok_or_else(|| anyhow::anyhow!("baker {n} has no place yet"))?;
    Ok(row.get("file")?)
}

async fn met(past: &Past, who: &'static str, service: &str) -> anyhow::Result<()> {
    let who = past.caller(who)?;
    let (mut work, day) = start(past, &who).await?;
    let here = groups::enrolled(&past.p, work.tx(), &who, service).await?;
    let week = usize::try_from(work.at() / (7 * DAY)).unwrap_or(0);
    let mark = |n: usize| match (n * 7 + week * 3) % 10 {
        0 => "excused",
        1 => "absent",
        _ => "came",
    };
    let marks: Vec<(Uuid, String)> =
        here.iter().enumerate().map(|(n, e)| (e.case.id, mark(n).to_owned())).collect();
    if marks.is_empty() {
        return Ok(());
    }
    groups::hold(&past.p, &mut work, &who, (service, &day), &marks).await?;
    Ok(work.commit().await?)
}

async fn reached(past: &Past, part: u32) -> anyhow::Result<()> {
    let abel = past.caller("abel")?;
    let (mut work, _) = start(past, &abel).await?;
    for n in 0..BAKERS.len() {
        let case = baking(past, n).await?;
        let grant = past.p.may_case(work.tx(), &abel, Act::SERVICE_WRITE, case).await?;
        let hers = places::list(&past.p, work.tx(), &abel, &grant, case).await?;
        // The first three finish: the last part frees their place. Two more do in the next quarter.
        let last = (part == 5 && n < 3) || (part == 6 && n < 5);
        let module = if last { 6 } else { part.min(5) };
        if part == 6 && !last {
            continue;
        }
        if let Some(e) = hers.iter().find(|e| e.head.state == "in") {
            places::reach(&past.p, &mut work, &abel, (case, e.head.id, e.head.version), module).await?;
        }
    }
    Ok(work.commit().await?)
}

async fn assessed(
    past: &Past,
    who: &Caller,
    case: Uuid,
    value: impl Fn(usize) -> u8,
    with_her: bool,
) -> anyhow::Result<()> {
    let (mut work, day) = start(past, who).await?;
    let values: BTreeMap<String, u8> =
        DOMAINS.iter().enumerate().map(|(n, d)| ((*d).to_owned(), value(n))).collect();
    scales::score(&past.p, &mut work, who, case, (SCALE, &day), &Scored { values, with_her }).await?;
    Ok(work.commit().await?)
}

/// Abel asks, Seño Carmen decides, Abel hands over.
async fn supported(
    past: &Past,
    case: Uuid,
    asked: (&str, &str, &str),
    parts: &[(&str, i64)],
) -> anyhow::Result<()> {
    let (abel, carmen) = (past.caller("abel")?, past.caller("carmen")?);
    let (mut work, _) = start(past, &abel).await?;
    let id = support::ask(&past.p, &mut work, &abel, case, asked).await?;
    work.commit().await?;
    if parts.is_empty() {
        return Ok(());
    }
    let yes = parts.iter().map(|(line, cents)| Part { line: (*line).to_owned(), cents: *cents }).collect();
    let (mut work, _) = start(past, &carmen).await?;
    support::decide(&past.p, &mut work, &carmen, (case, id, 1), &Decision::Approve(yes)).await?;
    work.commit().await?;
    let (mut work, day) = start(past, &abel).await?;
    let receipt = format!("R-{}", day.replace('-', ""));
    support::deliver(&past.p, &mut work, &abel, (case, id, 2), (&receipt, None)).await?;
    Ok(work.commit().await?)
}

async fn checked(past: &Past, n: usize, remark: &str) -> anyhow::Result<()> {
    let (abel, case) = (past.caller("abel")?, baking(past, n).await?);
    let (mut work, day) = start(past, &abel).await?;
    let grant = past.p.may_case(work.tx(), &abel, Act::READ_SOCIAL, case).await?;
    let (all, _) = support::list(&past.p, work.tx(), &abel, &grant, case).await?;
    if let Some(s) = all.iter().find(|s| s.head.state == "delivered") {
        support::check(&past.p, &mut work, &abel, (case, s.head.id), (&day, remark)).await?;
        work.commit().await?;
    }
    Ok(())
}

/// Luz's case: the oldest of somebody with an account.
pub(super) async fn case_of_luz(past: &Past) -> anyhow::Result<Uuid> {
    let mut tx = past.p.store.db.read().await?;
    let row = tx
        .sql(
            "SELECT c.id FROM case_file c JOIN account a ON a.person = c.person ORDER BY c.opened_at LIMIT 1",
        )
        .one()
        .await?;
    Ok(row.get("id")?)
}

async fn luz(past: &Past, time: u8) -> anyhow::Result<()> {
    let (lucia, elena) = (past.caller("lucia")?, past.caller("elena")?);
    let case = case_of_luz(past).await?;
    if time == 1 {
        let (mut work, day) = start(past, &lucia).await?;
        let words = "Quiero tener mi panadería con mi abuela y terminar mis estudios.";
        plan::dream(&past.p, &mut work, &lucia, case, (None, words)).await?;
        let school = ("Escuela taller Los Almendros (inventada)", "primary_4_6", &*day);
        schooling::enter(&past.p, &mut work, &lucia, case, school).await?;
        places::enrol(&past.p, &mut work, &lucia, case, "circulo-k1").await?;
        work.commit().await?;
        let (mut work, _) = start(past, &elena).await?;
        schooling::therapy_plan(&past.p, &mut work, &elena, case).await?;
        work.commit().await?;
    }
    if time > 1 {
        let (mut work, _) = start(past, &lucia).await?;
        plan::agree(&past.p, &mut work, &lucia, case, "spoken").await?;
        work.commit().await?;
    }
    let base = [1, 2, 1, 2, 2, 1];
    let rise = |n: usize| u8::from(n != 1 || time < 3) * (time - 1);
    assessed(past, &lucia, case, |n| (base[n] + rise(n)).min(4), time != 2).await
}

/// The two papers that leave most often get the form of the office, in both languages.
async fn templates(past: &Past) -> anyhow::Result<()> {
    let (julio, nora) = (past.caller("julio")?, past.caller("nora")?);
    for (paper, language) in past.p.pack.papers.iter().flat_map(|p| papers::LANGUAGES.map(|l| (p, l))) {
        let bytes = paper.starter(language).map_err(|why| anyhow::anyhow!("a starter: {}", why.key()))?;
        let (mut work, _) = start(past, &julio).await?;
        let brought = papers::bring(&past.p, &mut work, &julio, (&paper.id, language), &bytes).await?;
        work.commit().await?;
        let Brought::Draft(id) = brought else { anyhow::bail!("our own starter of {} is refused", paper.id) };
        let (mut work, _) = start(past, &nora).await?;
        papers::publish(&past.p, &mut work, &nora, id).await?;
        work.commit().await?;
    }
    Ok(())
}

/// The court asks; health agrees on a sentence; Lucía writes, signs and releases.
async fn report(past: &Past) -> anyhow::Result<()> {
    let (lucia, irma) = (past.caller("lucia")?, past.caller("irma")?);
    let case = case_of_luz(past).await?;
    let (mut work, _) = start(past, &irma).await?;
    let line = "Sus controles de salud están al día. No necesita nada para asistir a la audiencia.";
    reports::agree_health(&past.p, &mut work, &irma, case, line).await?;
    work.commit().await?;
    let (mut work, _) = start(past, &lucia).await?;
    let row = work.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await?;
    let to: Uuid = row.get("id")?;
    let until = past.p.day(work.at() + 120 * DAY);
    let new = consent::New {
        purpose: "share_named_partner",
        recipient: Some(to),
        until: &until,
        given: true,
        consent: consent::Consent {
            data: vec!["plan".into(), "needs".into(), "health".into()],
            language: "mam".into(),
            how: "spoken".into(),
            assent: "yes".into(),
            by: "pgn".into(),
            legal_basis: String::new(),
        },
    };
    consent::record(&past.p, &mut work, &lucia, case, &new).await?;
    let sections: Vec<String> = reports::SECTIONS.iter().map(|(code, _)| (*code).to_owned()).collect();
    let words = "Luz participa en su plan y cumple lo que acuerda. Pide declarar una sola vez y con intérprete de mam.";
    let id = reports::draft(&past.p, &mut work, &lucia, case, (to, &sections, words, "")).await?;
    reports::sign(&past.p, &mut work, &lucia, (case, id, 1)).await?;
    reports::release(&past.p, &mut work, &lucia, (case, id, 2)).await?;
    Ok(work.commit().await?)
}

async fn hours(past: &Past) -> anyhow::Result<()> {
    for (who, service, minutes) in [
        ("lucia", "social_work", 375),
        ("lucia", "legal_advice", 45),
        ("abel", "social_work", 330),
        ("elena", "psychology", 360),
        ("amalia", "vocational_training", 150),
        ("amalia", "education_formal", 240),
    ] {
        let who = past.caller(who)?;
        let (mut work, day) = start(past, &who).await?;
        let new = Noted { day, service: service.into(), site: who.site.clone(), minutes };
        effort::note(&past.p, &mut work, &who, &new).await?;
        work.commit().await?;
    }
    Ok(())
}
