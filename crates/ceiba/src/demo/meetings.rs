//! Case conferences of Luz: one that was held, with a decision kept and one that waits; one of which somebody must still note that it was
//! held; and one to come, of which she does not want a point.

use anyhow::Context as _;
use ceiba_access::Caller;
use ceiba_programme::partners::conferences::{self, Conference, Invited, New, NewDecision, Point};
use ceiba_store::Work;
use uuid::Uuid;

use super::justice::{day, institution};
use super::seed::Past;

/// What happens with them.
#[derive(Clone, Copy)]
pub enum Meeting {
    /// One is prepared for so many days later, and she is told; she may not want a point.
    Prepared(i64, Option<&'static str>),
    /// The oldest that was not held was.
    Held,
}

/// Lets it happen.
pub async fn happen(past: &Past, case: Uuid, meeting: Meeting) -> anyhow::Result<()> {
    let (lucia, nora) = (past.caller("lucia")?, past.caller("nora")?);
    let mut work = past.p.store.work(nora.account).await?;
    match meeting {
        Meeting::Prepared(days, against) => {
            let on = day(past, days);
            prepared(past, &mut work, (&nora, &lucia), case, (&on, against)).await?;
        }
        Meeting::Held => held(past, &mut work, (&nora, &lucia), case).await?,
    }
    Ok(work.commit().await?)
}

async fn prepared(
    past: &Past,
    work: &mut Work,
    (nora, lucia): (&Caller, &Caller),
    case: Uuid,
    (on, against): (&str, Option<&str>),
) -> anyhow::Result<()> {
    let clinic = institution(work, "centro-salud-mixco").await?;
    let prosecutor = institution(work, "mp-trata").await?;
    let point = |code: &str, words: &str| Point { code: code.to_owned(), words: words.to_owned() };
    let conference = Conference {
        points: vec![
            point("safety", "Camino a la escuela"),
            point("way_to_reach", ""),
            point("schooling", ""),
        ],
        invited: vec![
            Invited { institution: clinic, shares: vec!["needs".into(), "contact".into()] },
            Invited { institution: prosecutor, shares: Vec::new() },
        ],
        colleagues: vec![lucia.account],
        ..Conference::default()
    };
    let new = New { when: (on, "10:00"), place: "our_office", conference };
    let id = conferences::prepare(&past.p, work, nora, case, &new).await?;
    conferences::tell(&past.p, work, nora, (case, id, 1)).await?;
    if let Some(point) = against {
        conferences::object(&past.p, work, nora, (case, id, 2), point).await?;
    }
    Ok(())
}

async fn held(
    past: &Past,
    work: &mut Work,
    (nora, lucia): (&Caller, &Caller),
    case: Uuid,
) -> anyhow::Result<()> {
    let all = conferences::list(&past.p, work.tx(), nora, case).await?;
    let c = all.iter().rev().find(|c| c.head.state == "set").context("no conference to hold")?;
    let clinic = institution(work, "centro-salud-mixco").await?;
    let which = (case, c.head.id, c.head.version);
    conferences::hold(&past.p, work, nora, which, &[clinic, lucia.account]).await?;
    let until = day(past, 6);
    for (kind, point, words, whose) in [
        ("make_appointment", "safety", "Cita por la tarde, fuera del horario de clases", clinic),
        ("accompany", "schooling", "Acompañarla la primera semana", lucia.account),
    ] {
        let new = NewDecision { kind, point, words, whose: Some(whose), until: &until };
        conferences::decide(&past.p, work, nora, (case, c.head.id), new).await?;
    }
    Ok(())
}
