//! Tests and certificates of the invented courses: everybody writes the sheet before, nearly everybody the one after; one item nobody
//! understood. No dice of the story are thrown: chance of its own chooses the answers.

use ceiba_access::Caller;
use ceiba_programme::dates;
use ceiba_programme::learning::certificates;
use ceiba_programme::learning::items::LETTERS;
use ceiba_programme::learning::rounds::{self, Round};
use ceiba_programme::learning::sheets::{self, Sheet};
use ceiba_programme::training::{Course, courses, roster};
use ceiba_store::{Chance, DAY, HOUR, Micros, Work};
use uuid::Uuid;

use super::seed::Past;
use super::story::Step;
use super::training;

/// The item that nobody understood, so that a trainer sees what the page does with it.
const MISSED: &str = "not-punish";
/// Where the demonstration's certificates say that they are checked.
const ADDRESS: &str = "https://demo.invalid";
/// Words of the marks that people choose.
const WORDS: [&str; 8] = ["quetzal", "volcan", "pino", "jade", "maiz", "ceiba", "laguna", "nube"];

/// After how many days a course is asked about again.
const AGAIN: i64 = 186;
/// Of the course on investigation, what may be applied.
const TECHNIQUES: [&str; 4] = ["open-questions", "safe-room", "one-telling", "refer-same-day"];

/// Something of learning that happens.
pub enum Moment {
    /// The tests of the course of this curriculum that was just closed, and its certificates.
    Tested(&'static str),
    /// The test again, six months after a small course; and what each applies.
    Again,
}

/// Puts tests behind the courses of `training`.
pub fn calendar(past: &mut Past, now: Micros) {
    for (days, curriculum) in [(118, "investigation-trainers"), (60, "investigation"), (20, "early-signs")] {
        past.plan(now - days * DAY + HOUR, Step::Learning(Moment::Tested(curriculum)));
    }
    // Of the newest course that ended half a year ago nobody has been asked again yet.
    let newest = training::months().filter(|days| *days > AGAIN + 2).min();
    for days in training::months() {
        past.plan(now - days * DAY + HOUR, Step::Learning(Moment::Tested("investigation")));
        if days > AGAIN + 2 && Some(days) != newest {
            past.plan(now - (days - AGAIN) * DAY, Step::Learning(Moment::Again));
        }
    }
}

/// Lets it happen.
pub async fn happen(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let (p, diego) = (&past.p, past.caller("diego")?);
    let curriculum = match moment {
        Moment::Tested(curriculum) => curriculum,
        Moment::Again => return again(past, &diego).await,
    };
    let mut tx = p.store.db.read().await?;
    let closed = courses::list(p, &mut tx, &diego).await?;
    let course = closed.into_iter().find(|c| c.state == "closed" && c.curriculum == curriculum);
    let Some(course) = course else { anyhow::bail!("no course of {curriculum} was closed") };
    let people = roster::of(p, &mut tx, &diego, course.id).await?;
    drop(tx);
    let dice = Chance::seeded([24; 32]);
    let (pre, post) = (open(past, &diego, &course, "pre").await?, open(past, &diego, &course, "post").await?);
    for (n, person) in people.iter().enumerate() {
        let test = rounds::of(p, &pre).ok_or_else(|| anyhow::anyhow!("a test that no pack has"))?;
        let mark = format!("{} {}", WORDS[n % WORDS.len()], 11 + n);
        let who = if test.named { person.trainee.code.clone() } else { mark };
        hand_in(past, &pre, &sheet(past, &pre, &dice, &who, 40)?).await?;
        // One in ten left before the end.
        if n % 10 != 9 {
            hand_in(past, &post, &sheet(past, &post, &dice, &who, 84)?).await?;
        }
    }
    let mut work = p.store.work(diego.account).await?;
    rounds::close(p, &mut work, &diego, &pre).await?;
    rounds::close(p, &mut work, &diego, &post).await?;
    certificates::issue(p, &mut work, &diego, &course, ADDRESS).await?;
    Ok(work.commit().await?)
}

/// The newest course that ended half a year ago: the same marks, the same items, and what of each technique is applied.
async fn again(past: &Past, diego: &Caller) -> anyhow::Result<()> {
    let p = &past.p;
    let today = dates::day(p.store.clock.now(), &p.pack.zone);
    let mut tx = p.store.db.read().await?;
    let closed = courses::list(p, &mut tx, diego).await?;
    let due = |c: &Course| rounds::due(c, "month6").is_some_and(|due| due <= today);
    let course =
        closed.into_iter().find(|c| c.state == "closed" && c.curriculum == "investigation" && due(c));
    let Some(course) = course else { return Ok(()) };
    let people = roster::of(p, &mut tx, diego, course.id).await?;
    drop(tx);
    let round = open(past, diego, &course, "month6").await?;
    let dice = Chance::seeded([26; 32]);
    for n in 0..people.len() {
        let who = format!("{} {}", WORDS[n % WORDS.len()], 11 + n);
        let mut sheet = sheet(past, &round, &dice, &who, 78)?;
        sheet.applied = TECHNIQUES
            .iter()
            .enumerate()
            .map(|(k, technique)| {
                let said = ["yes", "yes", "partly", "yes", "no"][(n + k) % 5];
                ((*technique).to_owned(), said.to_owned())
            })
            .collect();
        hand_in(past, &round, &sheet).await?;
    }
    let mut work = p.store.work(diego.account).await?;
    rounds::close(p, &mut work, diego, &round).await?;
    Ok(work.commit().await?)
}

async fn open(past: &Past, who: &Caller, course: &Course, phase: &str) -> anyhow::Result<Round> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    rounds::open(p, &mut work, who, (course, phase)).await?;
    let all = rounds::list(p, work.tx(), who, course.id).await?;
    work.commit().await?;
    all.into_iter().find(|r| r.phase == phase).ok_or_else(|| anyhow::anyhow!("no round {phase}"))
}

/// Answers of which about so many of 100 are right.
fn sheet(past: &Past, round: &Round, dice: &Chance, who: &str, right: u32) -> anyhow::Result<Sheet> {
    let test = rounds::of(&past.p, round).ok_or_else(|| anyhow::anyhow!("a test that no pack has"))?;
    let mut answers = String::new();
    for item in &test.item {
        let knows = dice.below(100) < if item.code == MISSED { 6 } else { right };
        let choices = u32::try_from(item.choice.len()).unwrap_or(1);
        let any = LETTERS.get(dice.below(choices) as usize).copied().unwrap_or('-');
        let wrong = if any == item.right { '-' } else { any };
        answers.push(if knows { item.right } else { wrong });
    }
    Ok(Sheet { who: who.to_owned(), answers, applied: Vec::new() })
}

async fn hand_in(past: &Past, round: &Round, sheet: &Sheet) -> anyhow::Result<()> {
    let mut work: Work = past.p.store.work(Uuid::nil()).await?;
    sheets::hand_in(&past.p, &mut work, round, sheet).await?;
    Ok(work.commit().await?)
}
