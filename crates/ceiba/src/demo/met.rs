//! «Have we met?» in the demonstration: one person whose two files are linked already, and a pair that waits for Lucía.

use ceiba_programme::cases::relations::{self, Relation};
use ceiba_programme::cases::{self, Whose};
use ceiba_programme::dates::{self, Birth};
use ceiba_programme::people::links::{self, Verdict};
use ceiba_programme::people::{Core, Identity, New};
use ceiba_store::{DAY, Micros};
use jiff::ToSpan as _;

use super::often::tick;
use super::seed::{Past, new_case};
use super::story::{Act, Step};

/// Who comes, when before the visitor's day, and under which names. The second of each two is the first again.
const COMES: [(i64, [&str; 4]); 4] = [
    (140, ["Nieve", "Fabulina Muestra", "Cuxejemplo Tinta", "Leyendina Tinta"]),
    (96, ["Nieves", "Fabulina", "Kuxejemplo Tinta", "Leyendina Tinta"]),
    (75, ["Ocarina", "Cuentina Novelia", "Ixnoexiste Papel", "Fantasía Papel"]),
    (2, ["Cori", "Cuentina", "Ishnoexiste", "Fantasía Papel"]),
];

/// Puts them on the calendar.
pub fn calendar(past: &mut Past, now: Micros) {
    for (n, (days, _)) in COMES.iter().enumerate() {
        past.plan(now - days * DAY, Step::Met(n));
    }
}

/// One of them comes to Lucía. After the second she notes that both files are of one person.
pub async fn comes(past: &mut Past, n: usize) -> anyhow::Result<()> {
    let who = past.caller("lucia")?;
    let [chosen, given, surnames, mother] = COMES[n].1;
    let first = n.is_multiple_of(2);
    let p = &past.p;
    let today = dates::day(p.store.clock.now(), &p.pack.zone);
    let born = today.checked_sub((15.years()).months(2)).unwrap_or(today);
    let birth = if first { Birth::Day { day: born } } else { Birth::About { years: 15, on: today } };
    let core = Core { chosen_name: chosen.into(), language: "spa".into(), birth, ..Core::default() };
    let identity = Identity {
        given: given.into(),
        surnames: surnames.into(),
        mother: mother.into(),
        origin: "GT0920".into(),
        ..Identity::default()
    };
    let person = New { core, identity, sex: "Feminine".into() };
    let new = cases::New { whose: Whose::New(Box::new(person)), ..new_case(past, "K1", "GT0920", None) };
    let mut work = p.store.work(who.account).await?;
    let (case, _) = cases::open(p, &mut work, &who, &new).await?;
    if first {
        let feared = Relation { name: "Don Inventado".into(), remark: "El vecino de antes.".into() };
        relations::add(p, &mut work, &who, case, ("other", "unsafe", None), &feared).await?;
    }
    tick(p, &mut work, &who, case, |_| true).await?;
    work.commit().await?;
    if n == 1 {
        let mut tx = p.store.db.read().await?;
        let queue = links::queue(p, &mut tx, &who, 0).await?;
        drop(tx);
        let person = {
            let mut tx = p.store.db.read().await?;
            cases::lookup(&mut tx, case).await?.person
        };
        if let Some((link, _)) = queue.pairs.iter().find(|(link, _)| link.people.contains(&person)) {
            let mut work = p.store.work(who.account).await?;
            links::decide(p, &mut work, &who, (link.id, link.version), Verdict::One, &[]).await?;
            work.commit().await?;
        }
    }
    if first {
        let at = past.p.store.clock.now() + DAY;
        past.plan(at, Step::Act { case, worker: "lucia", what: Act::Telling("needs") });
    }
    Ok(())
}
