//! What is counted of training, always from what stands in the tables: whatever changed (a mark, a merge, a closed course), the facts that no
//! longer hold are taken back and those that do are added. Nothing is counted twice, and nothing keeps counting after a correction.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use uuid::Uuid;

use super::{Course, Session, courses, due, marks, may, people, roster, sessions};
use crate::{Outcome, Programme};

/// The kinds of facts that this file adds and takes back.
const KINDS: [&str; 5] =
    ["training.session", "training.attended", "training.completed", due::REFRESH, due::FOLLOW];

/// How much of a course somebody was there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Who.
    pub who: Uuid,
    /// The minutes of the sessions in which she was present.
    pub minutes: i64,
    /// The minutes of all sessions that were held.
    pub of: i64,
    /// Whether that reaches the course's threshold.
    pub reached: bool,
}

impl Reached {
    /// In whole percent, rounded down: 79.9 is not 80.
    #[must_use]
    pub const fn percent(&self) -> i64 {
        if self.of == 0 { 0 } else { self.minutes * 100 / self.of }
    }
}

/// How far everybody with a place in a course has come, by what was held so far.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn reached(p: &Programme, tx: &mut Tx, caller: &Caller, course: &Course) -> Outcome<Vec<Reached>> {
    may(p, caller, Act::TRAINING_READ)?;
    reached_in(tx, course).await
}

pub(crate) async fn reached_in(tx: &mut Tx, course: &Course) -> Outcome<Vec<Reached>> {
    let placed = roster::placed(tx, course.id).await?;
    let mut minutes: BTreeMap<Uuid, i64> = BTreeMap::new();
    let mut of = 0;
    for s in sessions::every(tx, course.id).await?.iter().filter(|s| s.state == "held") {
        of += s.minutes;
        for (who, _) in marks::every(tx, s.id).await?.iter().filter(|(_, m)| m.mark == "present") {
            *minutes.entry(*who).or_default() += s.minutes;
        }
    }
    let one = |l: &roster::Placed| {
        let minutes = minutes.get(&l.who).copied().unwrap_or_default();
        Reached { who: l.who, minutes, of, reached: of > 0 && minutes * 100 >= course.threshold * of }
    };
    Ok(placed.iter().map(one).collect())
}

/// The course in which somebody completed this curriculum, or one that makes trainers, before this one began.
pub(crate) async fn completed_before(
    p: &Programme,
    tx: &mut Tx,
    who: Uuid,
    course: &Course,
) -> Outcome<Option<String>> {
    let rows = tx
        .sql(
            "SELECT c.code, c.curriculum, c.curriculum_version FROM training_counted k JOIN training_course c ON c.id = k.scope
             WHERE k.kind = 'training.completed' AND k.trainee = $1 AND c.to_day <= $2 AND c.id <> $3 ORDER BY c.to_day DESC",
        )
        .bind(who)
        .bind(&course.from_day)
        .bind(course.id)
        .all()
        .await?;
    for row in rows {
        let (curriculum, version): (String, i64) = (row.get("curriculum")?, row.get("curriculum_version")?);
        let makes = p.pack.training.find(&curriculum, version).is_some_and(|c| c.trainers);
        if makes || curriculum == course.curriculum {
            return Ok(Some(row.get("code")?));
        }
    }
    Ok(None)
}

type Key = (Uuid, &'static str, Uuid);

/// Brings the facts of a course in line with what stands in the tables; and those of earlier ones whose people it refreshes.
pub(crate) async fn settle(p: &Programme, work: &mut Work, course: Uuid) -> Outcome<()> {
    let course = courses::lookup(work.tx(), course).await?;
    one(p, work, &course).await?;
    for earlier in due::refreshed_by(p, work.tx(), &course).await? {
        one(p, work, &earlier).await?;
    }
    Ok(())
}

/// Settles every course in which one of two people has a place.
pub(super) async fn settle_of(p: &Programme, work: &mut Work, both: [Uuid; 2]) -> Outcome<()> {
    let rows = work
        .sql("SELECT DISTINCT course FROM training_place WHERE trainee = $1 OR trainee = $2")
        .bind(both[0])
        .bind(both[1])
        .all()
        .await?;
    let courses: BTreeSet<Uuid> = rows.iter().map(|r| r.get("course")).collect::<Result<_, _>>()?;
    for course in courses {
        settle(p, work, course).await?;
    }
    Ok(())
}

async fn one(p: &Programme, work: &mut Work, course: &Course) -> Outcome<()> {
    let wanted = wanted(p, work, course).await?;
    let rows = work
        .sql(
            "SELECT k.scope, k.kind, k.trainee, k.fact, k.sign, t.erased_at
             FROM training_counted k LEFT JOIN trainee t ON t.id = k.trainee
             WHERE k.scope = $1 OR k.scope IN (SELECT id FROM training_session WHERE course = $1)",
        )
        .bind(course.id)
        .all()
        .await?;
    let mut stands: BTreeMap<Key, ()> = BTreeMap::new();
    for row in rows {
        let text: String = row.get("kind")?;
        let Some(kind) = KINDS.into_iter().find(|k| *k == text) else { continue };
        let key: Key = (row.get("scope")?, kind, row.get("trainee")?);
        // Of somebody who was forgotten what was counted stays as it was: nothing is known of her any more.
        let forgotten = row.get::<Option<i64>>("erased_at")?.is_some();
        let sign: String = row.get("sign")?;
        if wanted.get(&key).is_some_and(|(_, now)| forgotten || sign == *now) {
            stands.insert(key, ());
            continue;
        }
        work.fact_back(kind, row.get("fact")?).await?;
        work.sql("DELETE FROM training_counted WHERE scope = $1 AND kind = $2 AND trainee = $3")
            .bind(key.0)
            .bind(kind)
            .bind(key.2)
            .once()
            .await?;
    }
    for (key, (fact, sign)) in wanted {
        if stands.contains_key(&key) {
            continue;
        }
        let id = work.fact_known(fact).await?;
        work.sql(
            "INSERT INTO training_counted (scope, kind, trainee, fact, sign) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(key.0)
        .bind(key.1)
        .bind(key.2)
        .bind(id)
        .bind(sign)
        .once()
        .await?;
    }
    Ok(())
}

/// What should be counted of a course now, with what would make each of it another fact.
async fn wanted(p: &Programme, work: &mut Work, course: &Course) -> Outcome<BTreeMap<Key, (Fact, String)>> {
    let tx = work.tx();
    let mut all = BTreeMap::new();
    if course.state == "cancelled" {
        return Ok(all);
    }
    let placed = roster::placed(tx, course.id).await?;
    let held: Vec<Session> =
        sessions::every(tx, course.id).await?.into_iter().filter(|s| s.state == "held").collect();
    for s in &held {
        let mut fact = of(p, course, s, "training.session");
        fact.outcome = Some(course.mode.clone());
        fact.minutes = Some(s.minutes);
        fact.dims.push(("course", course.code.clone()));
        let trains = p.pack.training.find(&course.curriculum, course.curriculum_version);
        if trains.is_some_and(|c| c.trainers) {
            fact.dims.push(("training_of_trainers", "yes".to_owned()));
        }
        let sign = format!("{}|{}|{}|{}", s.day, s.minutes, course.mode, course.municipality);
        all.insert((s.id, "training.session", Uuid::nil()), (fact, sign));
        let marks = marks::every(tx, s.id).await?;
        for l in &placed {
            let Some(mark) = marks.get(&l.who) else { continue };
            let mut fact = of(p, course, s, "training.attended");
            fact.outcome = Some(mark.mark.clone());
            fact.subject = Some(people::subject(p, l.who));
            fact.dims.extend(l.institution.clone().map(|i| ("institution", i)));
            fact.dims.push(("course", course.code.clone()));
            let sign = format!("{}|{}|{}", s.day, mark.mark, l.institution.as_deref().unwrap_or_default());
            all.insert((s.id, "training.attended", l.who), (fact, sign));
        }
    }
    let (Some(last), "closed") = (held.last(), course.state.as_str()) else { return Ok(all) };
    let reached = reached_in(tx, course).await?;
    for l in placed.iter().filter(|l| reached.iter().any(|r| r.who == l.who && r.reached)) {
        let (fact, sign) = completed(p, work.tx(), (course, last), l).await?;
        for (fact, sign) in due::of(p, work.tx(), (course, l.who), (&fact, &sign)).await? {
            all.insert((course.id, fact.kind, l.who), (fact, sign));
        }
        all.insert((course.id, "training.completed", l.who), (fact, sign));
    }
    Ok(all)
}

fn of(p: &Programme, course: &Course, s: &Session, kind: &'static str) -> Fact {
    Fact {
        kind,
        at: sessions::times(p, s).0,
        day: s.day.clone(),
        code: Some(course.curriculum.clone()),
        municipality: Some(course.municipality.clone()),
        amount: 1,
        ..Fact::default()
    }
}

async fn completed(
    p: &Programme,
    tx: &mut Tx,
    (course, last): (&Course, &Session),
    l: &roster::Placed,
) -> Outcome<(Fact, String)> {
    let row = tx.sql("SELECT * FROM trainee WHERE id = $1").bind(l.who).one().await?;
    let t = super::Trainee::read(&row)?;
    let mut fact = of(p, course, last, "training.completed");
    fact.outcome = Some(t.audience.clone());
    fact.sex = t.sex;
    fact.subject = Some(people::subject(p, l.who));
    let partner = (t.audience == "community").then_some(t.partner_type).flatten();
    // Whatever the fact says of her, so that a word that is corrected reaches the numbers.
    let said = [&l.institution, &l.post, &t.department, &t.language, &partner, &fact.sex];
    let said: Vec<&str> = said.into_iter().map(|code| code.as_deref().unwrap_or_default()).collect();
    let sign = format!("{}|{}|{}", last.day, t.audience, said.join("|"));
    let dims = [
        ("institution", l.institution.clone()),
        ("post", l.post.clone()),
        ("department", t.department),
        ("language", t.language),
        ("course", Some(course.code.clone())),
        ("partner_type", partner),
    ];
    fact.dims = dims.into_iter().filter_map(|(dim, value)| Some((dim, value?))).collect();
    Ok((fact, sign))
}
