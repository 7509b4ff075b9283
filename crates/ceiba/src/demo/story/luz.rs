//! Luz, whose file a visitor opens first, and the work that waits when the visitor comes.

use ceiba_programme::accounts::New;
use ceiba_programme::cases::{self, tasks, team};
use ceiba_programme::{dates, people};
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use uuid::Uuid;

use super::super::cast::PASSWORD;
use super::super::seed::{Past, account, alert, new_case};
use super::course::{GOALS, NOTES};
use super::{Act, Step};

/// Luz's case: the one a visitor opens first. She is sixteen, and she has an account to see her own plan.
pub(super) async fn luz(past: &mut Past, now: Micros) -> anyhow::Result<()> {
    let lucia = past.caller("lucia")?;
    let mut new = new_case(past, "K1", "GT0920", None);
    if let cases::Whose::New(person) = &mut new.whose {
        person.core = people::Core {
            chosen_name: "Luz".into(),
            language: "mam".into(),
            interpreter: true,
            birth: dates::Birth::About { years: 16, on: dates::day(now, &past.p.pack.zone) },
            ..Default::default()
        };
        person.sex = "Feminine".into();
    }
    let mut work = past.p.store.work(lucia.account).await?;
    let (case, _) = cases::open(&past.p, &mut work, &lucia, &new).await?;
    let person = cases::lookup(work.tx(), case).await?.person;
    work.commit().await?;
    let nora = past.caller("nora")?;
    let mut work = past.p.store.work(nora.account).await?;
    for colleague in ["julio", "elena", "irma"] {
        let account = past.caller(colleague)?.account;
        team::name(&past.p, &mut work, &nora, case, account).await?;
    }
    work.commit().await?;
    let account_of_luz = New {
        username: "luz",
        name: "Luz",
        role: "survivor",
        site: None,
        language: "es",
        password: PASSWORD,
        person: Some(person),
    };
    account(&past.p, &account_of_luz).await?;
    let worker = "lucia";
    let at = |days: i64| now - 120 * DAY + days * DAY + 3 * HOUR;
    let steps = [
        (0, Act::Safety),
        (1, Act::Consent),
        (2, Act::Telling("needs")),
        (6, Act::Telling("police")),
        (12, Act::Telling("health")),
        (8, Act::Goal("school", GOALS[0].1)),
        (9, Act::Goal("work", GOALS[1].1)),
        (10, Act::Goal("family", GOALS[2].1)),
        (20, Act::Agree),
        (15, Act::Service("psychology")),
        (22, Act::Service("education_formal")),
        (40, Act::Service("psychology")),
        (50, Act::Refer("escuela-taller", "vocational_training")),
        (53, Act::Answer("accepted")),
        (60, Act::Answer("completed")),
        (30, Act::Note(NOTES[0])),
        (70, Act::Note(NOTES[3])),
        (100, Act::Note(NOTES[2])),
        (65, Act::Rate),
        (105, Act::Rate),
        (112, Act::Safety),
    ];
    for (days, what) in steps {
        past.plan(at(days), Step::Act { case, worker, what });
    }
    Ok(())
}

/// The last hours before the visitor comes: work that waits.
pub async fn leave_work_open(past: &mut Past, now: Micros) -> anyhow::Result<()> {
    for (minutes, municipality) in
        [(400, "GT0920"), (170, "GT0108"), (45, "GT0920"), (20, "GT0920"), (8, "GT0108")]
    {
        past.clock.set(now - minutes * MINUTE);
        alert(past, municipality).await?;
    }
    past.clock.set(now - 5 * MINUTE);
    let lucia = past.caller("lucia")?;
    let mut work = past.p.store.work(lucia.account).await?;
    let row = work
        .sql(
            "SELECT c.id FROM case_file c JOIN account a ON a.person = c.person ORDER BY c.opened_at LIMIT 1",
        )
        .one()
        .await?;
    let case: Uuid = row.get("id")?;
    for (text, days) in [
        ("Confirmar intérprete de mam para la audiencia", 0),
        ("Llevar a Luz a comprar el delantal del taller", 2),
    ] {
        let day = dates::day(now + days * DAY, &past.p.pack.zone).to_string();
        tasks::give(&past.p, &mut work, &lucia, case, (text, &day, None)).await?;
    }
    Ok(work.commit().await?)
}
