//! The invented Municipal Protection Office of Mixco: a month of Rolando's work. No dice are thrown, so that the rest of the story
//! stays as it is.

use ceiba_access::Caller;
use ceiba_programme::dates;
use ceiba_programme::office::activities::{self, Activity};
use ceiba_programme::office::calls::{self, About, Answer};
use ceiba_programme::office::desk::{self, Due};
use ceiba_programme::office::meetings::{self, Agreement, Meeting};
use ceiba_programme::office::{people, visits};
use ceiba_store::{DAY, HOUR, MINUTE, Micros, Work};
use uuid::Uuid;

use super::seed::Past;
use super::story::Step;

/// Something that happens at the office.
pub enum Moment {
    /// Somebody comes: name, who, about, what was done, to which institution.
    Came(&'static str, &'static str, &'static str, &'static [&'static str], &'static str),
    /// What became of whoever was sent somewhere first.
    Settled(&'static str),
    /// A call: to whom, number, what they said, by when; empty: nobody answered.
    Called(&'static str, &'static str, &'static str, &'static str),
    /// Whoever did not answer did so later, and said this.
    Answered(&'static str, &'static str),
    /// They did it, or not.
    Kept(&'static str),
    /// A visit: kind and result; days from now, without a result.
    Visited(&'static str, &'static str, i64),
    /// An activity: kind, with whom, how many girls, boys and women.
    Held(&'static str, &'static [&'static str], [i64; 3]),
    /// The commission met, and agreed on these: what, whose, for how many days from then.
    Met(&'static str, &'static [(&'static str, &'static str, i64)]),
    /// The agreement that is due first was kept, or dropped.
    Ended(&'static str),
}

use Moment::{Answered, Called, Came, Ended, Held, Kept, Met, Settled, Visited};

const PGN: &str = "pgn-mixco";

/// Days ago, hour of the morning in half hours, and what.
fn month() -> Vec<(i64, i64, Moment)> {
    const ORIENTED: &[&str] = &["listened"];
    const CALLED: &[&str] = &["listened", "called"];
    const SENT: &[&str] = &["listened", "referred"];
    let mut all = vec![
        (
            29,
            2,
            Met(
                "Ruta local de protección\nFeria en la cabecera",
                &[
                    ("Publicar los números de turno en cada escuela", "Supervisión educativa", 9),
                    ("Prestar el vehículo municipal un día a la semana", "Alcaldía", 12),
                    ("Recibir sin cita a quien envíe la oficina", "Centro de salud El Mirador", 20),
                    ("Visitar los hospedajes de la terminal", "Policía, unidad de búsqueda", 40),
                ],
            ),
        ),
        (28, 3, Came("Doña Cata", "mother_father", "missing", CALLED, "")),
        (28, 4, Called("pgn", "0000-0101", "", "")),
        (28, 5, Answered("will_go", "today")),
        (28, 9, Kept("kept")),
        (26, 3, Held("talk", &["school"], [34, 29, 6])),
        (25, 2, Came("", "neighbour", "exploitation", CALLED, "")),
        (25, 3, Called("pgn", "0000-0101", "send_paper", "tomorrow")),
        (24, 5, Kept("not_kept")),
        (22, 4, Visited("school", "seen", 0)),
        (21, 3, Came("Lidia", "herself", "violence_home", SENT, "centro-salud-mixco")),
        (19, 4, Settled("attended")),
        (20, 2, Ended("done")),
        (18, 3, Called("police", "0000-0108", "noted", "")),
        (17, 4, Visited("home", "no_transport", 0)),
        (15, 2, Held("fair", &["health", "council"], [41, 38, 57])),
        (14, 3, Came("", "school", "online", CALLED, "")),
        (14, 4, Called("pgn", "0000-0101", "will_call", "hour")),
        (14, 6, Kept("kept")),
        (12, 3, Ended("done")),
        (10, 2, Held("workshop", &["school", "ngo"], [18, 12, 9])),
        (9, 4, Visited("community", "seen", 0)),
        (6, 3, Came("Marta Julia", "herself", "sexual_violence", SENT, PGN)),
        (4, 4, Visited("home", "not_found", 0)),
        (2, 3, Came("", "relative", "job_offer", SENT, "red-emprende")),
        (1, 3, Called("pgn", "0000-0101", "will_go", "tomorrow")),
        (0, 1, Visited("home", "", 1)),
        (0, 1, Called("prosecutor", "0000-0102", "", "")),
    ];
    for day in [27, 23, 20, 16, 13, 11, 8, 5, 3, 1] {
        let about = ["documents", "family", "information"][usize::try_from(day % 3).unwrap_or(0)];
        all.push((day, 5, Came("", "herself", about, ORIENTED, "")));
    }
    all
}

/// Puts the month on the calendar, from eight in the morning on.
pub fn calendar(past: &mut Past, now: Micros) {
    for (ago, half, moment) in month() {
        let day = dates::start(dates::day(now - ago * DAY, &past.p.pack.zone), &past.p.pack.zone);
        let at = day + 8 * HOUR + half * 30 * MINUTE;
        past.plan(at.min(now - (30 - half) * MINUTE), Step::Office(moment));
    }
}

/// Lets it happen.
pub async fn happen(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let (p, who) = (&past.p, past.caller("rolando")?);
    let mut work = p.store.work(who.account).await?;
    let now = work.at();
    let today = p.day(now);
    match moment {
        Came(name, who_came, about, done, to) => {
            let done: Vec<String> = done.iter().map(|d| (*d).to_owned()).collect();
            let sent_to = if to.is_empty() { None } else { Some(institution(&mut work, to).await?) };
            let new =
                people::New { name, who: who_came, about, done: &done, sent_to, alert: None, remark: "" };
            people::receive(p, &mut work, &who, &new).await?;
        }
        Settled(result) => {
            let due = first(past, &mut work, &who, |d| matches!(d, Due::Sent(_))).await?;
            people::settle(p, &mut work, &who, (due.file, due.version), result).await?;
        }
        Called(to, number, said, until) => {
            let local = dates::local(now, &p.pack.zone);
            let time = format!("{}:{:02}", local.hour(), local.minute());
            let answer = Answer { by: "Quien estaba de turno", said, until, reference: "" };
            let answer = (!said.is_empty()).then_some(answer);
            let new = calls::New { to, number, about: About::Nobody, on_day: &today, time: &time, answer };
            calls::add(p, &mut work, &who, &new).await?;
        }
        Answered(said, until) => {
            let due = first(past, &mut work, &who, |d| d.head().state == "unanswered").await?;
            let answer = Answer { by: "Quien estaba de turno", said, until, reference: "" };
            calls::answer(p, &mut work, &who, (due.id, due.version), &answer).await?;
        }
        Kept(how) => {
            let due = first(past, &mut work, &who, |d| d.head().state == "promised").await?;
            calls::kept(p, &mut work, &who, (due.id, due.version), how).await?;
        }
        Visited(kind, result, ahead) => {
            let on_day = p.day(now + ahead * DAY);
            let new = visits::New { kind, result, on_day: &on_day, ..visits::New::default() };
            visits::add(p, &mut work, &who, &new).await?;
        }
        Held(kind, with, [girls, boys, women]) => {
            let cells = [("Feminine.12-14", girls), ("Masculine.12-14", boys), ("Feminine.25+", women)];
            let body = Activity {
                municipality: "GT0108".to_owned(),
                with: with.iter().map(|w| (*w).to_owned()).collect(),
                reached: cells.map(|(cell, n)| (cell.to_owned(), n)).into(),
            };
            activities::add(p, &mut work, &who, (kind, &today), &body).await?;
        }
        Met(agenda, agreed) => {
            let came = "Oficina Municipal de Protección · Rolando\nDelegación de la niñez (inventada) · delegada de turno\nCentro de salud El Mirador (inventado) · trabajo social\nCOCODE (inventado) · vocal";
            let body = Meeting { agenda: agenda.to_owned(), who: came.to_owned() };
            let meeting = meetings::hold(p, &mut work, &who, &today, &body).await?;
            for (text, whose, days) in agreed {
                let body = Agreement { text: (*text).to_owned(), whose: (*whose).to_owned() };
                let until = p.day(now + days * DAY);
                meetings::agree(p, &mut work, &who, meeting, (&body, &until)).await?;
            }
        }
        Ended(how) => {
            let due = first(past, &mut work, &who, |d| matches!(d, Due::Agreed(_))).await?;
            meetings::end(p, &mut work, &who, (due.id, due.version), how).await?;
        }
    }
    Ok(work.commit().await?)
}

/// Of what waits, the first of its kind.
struct First {
    id: Uuid,
    file: Uuid,
    version: i64,
}

async fn first(
    past: &Past,
    work: &mut Work,
    who: &Caller,
    fits: impl Fn(&Due) -> bool,
) -> anyhow::Result<First> {
    let all = desk::due(&past.p, work.tx(), who).await?;
    let due = all.iter().find(|d| fits(d)).ok_or_else(|| anyhow::anyhow!("nothing like that waits"))?;
    let head = due.head();
    Ok(First { id: head.id, file: head.file, version: head.version })
}

async fn institution(work: &mut Work, code: &str) -> anyhow::Result<Uuid> {
    Ok(work.sql("SELECT id FROM institution WHERE code = $1").bind(code).one().await?.get("id")?)
}
