//! Institutions and the court in the invented programme: Luz's proceedings, a hearing to come with something missing, measures; an
//! institution that asks, one that answers late, one that declines, one whose permission she took back.

use anyhow::Context as _;
use ceiba_access::Caller;
use ceiba_programme::cases::consent;
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::dates;
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::justice::measures::{self, Decided};
use ceiba_programme::justice::orders;
use ceiba_programme::justice::proceedings::{self, Proceeding};
use ceiba_programme::justice::{reparation, requests};
use ceiba_programme::partners::answers::{self, Said};
use ceiba_programme::partners::door::{self, Tried};
use ceiba_programme::partners::packets::{self, New};
use ceiba_store::{DAY, HOUR, Micros, Work};
use uuid::Uuid;

use super::care::case_of_luz;
use super::docket;
use super::meetings::{self, Meeting};
use super::often::permits;
use super::seed::Past;
use super::story::Step;

/// Something of this file that happens to Luz.
pub enum Moment {
    /// Her proceedings begin.
    Proceedings,
    /// Those of the other cases; the second time as well.
    Docket(bool),
    /// Those of the other cases, a quarter after they began.
    Moved,
    /// Another institution asks to hear her.
    Asked,
    /// Measures are asked for, and one is granted.
    Measures,
    /// A hearing is set, with everything ready.
    Ready,
    /// It was held.
    Held,
    /// The one that comes.
    Coming,
    /// A packet to an institution, and what comes back.
    Packet(&'static str, &'static str, &'static [(&'static str, &'static str)]),
    /// She takes a permission back.
    Withdrawn(&'static str),
    /// Agencies meet about her.
    Meeting(Meeting),
}

/// Puts it on the calendar.
pub fn calendar(past: &mut Past, now: Micros) {
    let all = [
        (230, Moment::Docket(false)),
        (140, Moment::Moved),
        (40, Moment::Docket(true)),
        (4, Moment::Asked),
        (110, Moment::Proceedings),
        (108, Moment::Measures),
        (60, Moment::Ready),
        (57, Moment::Held),
        (45, Moment::Packet("red-emprende", "vocational_training", &[("accepted", "")])),
        (30, Moment::Withdrawn("red-emprende")),
        (
            25,
            Moment::Packet("escuela-taller", "education_formal", &[("rejected", "No hay cupo hasta enero.")]),
        ),
        (20, Moment::Packet("centro-salud-mixco", "psychology", &[])),
        (
            3,
            Moment::Packet(
                "hospital-coatepeque",
                "medical_general",
                &[("question", "¿Puede venir en la mañana?")],
            ),
        ),
        (19, Moment::Meeting(Meeting::Prepared(1, None))),
        (17, Moment::Meeting(Meeting::Held)),
        (5, Moment::Meeting(Meeting::Prepared(2, None))),
        (2, Moment::Coming),
        (2, Moment::Meeting(Meeting::Prepared(9, Some("schooling")))),
    ];
    for (days, moment) in all {
        past.plan(now - days * DAY + 5 * HOUR, Step::Justice(moment));
    }
}

/// Lets it happen.
pub async fn happen(past: &mut Past, moment: Moment) -> anyhow::Result<()> {
    if let Moment::Docket(again) = moment {
        return docket::happen(past, again).await;
    }
    if matches!(moment, Moment::Moved) {
        return docket::moved(past).await;
    }
    let (lucia, julio) = (past.caller("lucia")?, past.caller("julio")?);
    let case = case_of_luz(past).await?;
    match moment {
        Moment::Proceedings => began(past, &julio, case).await,
        Moment::Docket(_) | Moment::Moved => Ok(()),
        Moment::Asked => asked(past, &lucia, case).await,
        Moment::Measures => protected(past, &lucia, case).await,
        Moment::Ready => ready(past, &julio, case).await,
        Moment::Held => held(past, &julio, case).await,
        Moment::Coming => coming(past, &julio, case).await,
        Moment::Packet(to, service, says) => packet(past, &lucia, case, (to, service), says).await,
        Moment::Meeting(meeting) => meetings::happen(past, case, meeting).await,
        Moment::Withdrawn(from) => withdrawn(past, &lucia, case, from).await,
    }
}

pub(super) async fn institution(work: &mut Work, code: &str) -> anyhow::Result<Uuid> {
    let row = work.sql("SELECT id FROM institution WHERE code = $1").bind(code).optional().await?;
    Ok(row.with_context(|| format!("no institution {code}"))?.get("id")?)
}

/// The day so many days from the story's present.
pub(super) fn day(past: &Past, days: i64) -> String {
    dates::day(past.p.store.clock.now() + days * DAY, &past.p.pack.zone).to_string()
}

async fn began(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let penal = Proceeding {
        prosecutor_number: "MP000-0000-0101 (inventado)".into(),
        unit: "Unidad 3 (inventada)".into(),
        offences: vec!["0204".into()],
        purposes: vec!["GT03".into()],
        standing: "asked".into(),
        ..Proceeding::default()
    };
    let leads = institution(&mut work, "mp-trata").await?;
    let what = ("penal", "investigation", Some(leads));
    let id = proceedings::add(&past.p, &mut work, who, case, what, &penal).await?;
    let (given, until) = (day(past, -3), day(past, 150));
    let order = orders::New {
        kind: "stay_away",
        on_day: &given,
        until: &until,
        bound: "El patrón de la tortillería",
        conditions: "Doscientos metros.",
    };
    orders::give(&past.p, &mut work, who, (case, id), &order).await?;
    reparation::ask(&past.p, &mut work, who, (case, id), ("moral", "20,000", &given)).await?;
    reparation::ask(&past.p, &mut work, who, (case, id), ("schooling", "", &given)).await?;
    let protection = Proceeding {
        court_number: "0000-2026-0001 (inventado)".into(),
        court: "Juzgado de la niñez (inventado)".into(),
        standing: "none".into(),
        ..Proceeding::default()
    };
    proceedings::add(&past.p, &mut work, who, case, ("protection", "complaint", None), &protection).await?;
    Ok(work.commit().await?)
}

async fn protected(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let court = institution(&mut work, "pgn-mixco").await?;
    let (asked, granted, until) = (day(past, -4), day(past, 0), day(past, 150));
    let id = measures::ask(&past.p, &mut work, who, case, ("no_approach", Some(court), &asked)).await?;
    let decided =
        Decided { what: "granted", on_day: &granted, until: &until, conditions: "Doscientos metros." };
    measures::decide(&past.p, &mut work, who, (case, id, 1), decided).await?;
    measures::ask(&past.p, &mut work, who, case, ("identity", Some(court), &asked)).await?;
    Ok(work.commit().await?)
}

async fn asked(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let to = institution(&mut work, "pgn-mixco").await?;
    let today = day(past, 0);
    let proposes = ["record", "advance_evidence", "written", "her_representative"].map(str::to_owned);
    let said = ("Turno de la mañana", &proposes[..]);
    requests::ask(&past.p, &mut work, who, case, (Some(to), "needs", &today), said).await?;
    Ok(work.commit().await?)
}

async fn set(past: &Past, who: &Caller, case: Uuid, kind: &str, days: i64, h: Hearing) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let court = institution(&mut work, "mp-trata").await?;
    let on_day = day(past, days);
    let new = hearings::New { kind, institution: Some(court), on_day: &on_day, time: "8:30", hearing: h };
    hearings::set(&past.p, &mut work, who, case, &new).await?;
    Ok(work.commit().await?)
}

async fn ready(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let h = Hearing {
        company: "Elena".into(),
        interpreter: "confirmed".into(),
        transport: "arranged".into(),
        prepared: true,
        place: "gesell".into(),
        ..Hearing::default()
    };
    set(past, who, case, "advance_evidence", 2, h).await
}

async fn held(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let row = work
        .sql("SELECT id FROM entry WHERE file = $1 AND kind = 'hearing' AND state = 'set'")
        .bind(case)
        .one()
        .await?;
    let said = ("held", "Quedó grabado para el debate.");
    hearings::end(&past.p, &mut work, who, (case, row.get("id")?, 1), said).await?;
    Ok(work.commit().await?)
}

async fn coming(past: &Past, who: &Caller, case: Uuid) -> anyhow::Result<()> {
    let h = Hearing {
        company: "Lucía".into(),
        interpreter: "asked".into(),
        transport: "missing".into(),
        prepared: true,
        ..Hearing::default()
    };
    set(past, who, case, "intermediate", 6, h).await
}

async fn packet(
    past: &Past,
    who: &Caller,
    case: Uuid,
    (to, service): (&str, &str),
    says: &[(&str, &str)],
) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let to = institution(&mut work, to).await?;
    let until = day(past, 150);
    permits(p, &mut work, who, case, (to, &until, "mam")).await?;
    let referral = Referral { need: "Atención acordada con ella.".into(), ..Referral::default() };
    let id = referrals::send(p, &mut work, who, case, (to, service, Way::Packet), &referral).await?;
    let fields = ["chosen_name", "language", "age"].map(str::to_owned);
    let handed = packets::hand_over(p, &mut work, who, (case, id), New { fields: &fields, days: 14 }).await?;
    work.commit().await?;
    if says.is_empty() {
        return Ok(());
    }
    let Tried::Open(opened) = door::open(p, &handed.link, &handed.code).await? else {
        anyhow::bail!("the packet does not open")
    };
    for (n, (kind, words)) in (0_u128..).zip(says) {
        let said = Said { words: (*words).to_owned(), on_day: String::new() };
        let mut work = p.store.work(Uuid::nil()).await?;
        answers::say(p, &mut work, &opened.packet, (kind, &said), Uuid::from_u128(id.as_u128() ^ n)).await?;
        work.commit().await?;
    }
    Ok(())
}

async fn withdrawn(past: &Past, who: &Caller, case: Uuid, from: &str) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let from = institution(&mut work, from).await?;
    let rows = work
        .sql("SELECT id FROM entry WHERE file = $1 AND kind = 'consent' AND state = 'live' AND other = $2")
        .bind(case)
        .bind(from)
        .all()
        .await?;
    for row in rows {
        consent::withdraw(p, &mut work, who, case, row.get("id")?).await?;
    }
    Ok(work.commit().await?)
}
