//! Beds under load and in any order: one person in a bed, no night lost, nobody near whom she must not be near.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ceiba_access::{Act, Caller};
use ceiba_programme::shelter::companions::{self, Companion};
use ceiba_programme::shelter::{self, About, Arrival, Exit, Who, apart, census, transfer};
use ceiba_programme::testkit::{World, chance, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::{Chance, Clock as _, DAY, HOUR, Micros};
use uuid::Uuid;

fn arrival<'a>(who: Who<'a>, bed: &'a str, pass: &'a str) -> Arrival<'a> {
    Arrival {
        who,
        bedside: "",
        keep_away: "",
        bed,
        order: None,
        order_day: "",
        basis: "pgn_brought",
        about: About::default(),
        pass,
    }
}

async fn staff(w: &World) -> (Caller, Caller) {
    w.person("abel", "social_worker", Some("M1")).await;
    (w.person("blanca", "monitora", Some("M1")).await, w.person("carmen", "coordinator", Some("M1")).await)
}

const BEDS: [&str; 12] = ["1A", "1B", "2A", "2B", "3A", "3B", "4A", "4B", "5A", "5B", "6A", "6B"];

#[tokio::test]
async fn fifty_ask_for_the_last_ten_beds_and_ten_get_one() {
    for w in worlds().await {
        let (blanca, _) = staff(&w).await;
        for (n, bed) in BEDS.iter().take(2).enumerate() {
            let name = format!("Primera {n}");
            work!(w, blanca, |work| shelter::admit(
                &w.p,
                &mut work,
                &blanca,
                &arrival(Who::New(&name), bed, "")
            )
            .await)
            .unwrap();
        }
        let w = Arc::new(w);
        let all: Vec<_> = (0..50)
            .map(|n| {
                let (w, blanca) = (w.clone(), blanca.clone());
                tokio::spawn(async move {
                    let name = format!("Inventada {n}");
                    let bed = BEDS[2 + n % 10];
                    let mut work = w.p.store.work(blanca.account).await.unwrap();
                    match shelter::admit(&w.p, &mut work, &blanca, &arrival(Who::New(&name), bed, "")).await {
                        Ok(_) => {
                            work.commit().await.unwrap();
                            true
                        }
                        // The bed is taken, or the house is full: both come with what is free elsewhere.
                        Err(ProgrammeError::Invalid(list)) => {
                            assert!(list.iter().all(|p| p.field == "bed"), "{list:?}");
                            drop(work);
                            let mut tx = w.p.store.db.read().await.unwrap();
                            let places = shelter::places(&w.p, &mut tx, &blanca).await.unwrap();
                            assert!(places.iter().any(|h| h.site == "M2" && h.free == 6));
                            false
                        }
                        Err(ProgrammeError::Unsafe(found)) => {
                            assert!(found.iter().any(|f| f.rule == "capacity"), "{found:?}");
                            false
                        }
                        Err(e) => panic!("{e}"),
                    }
                })
            })
            .collect();
        let mut got = 0;
        for one in all {
            got += usize::from(one.await.unwrap());
        }
        assert_eq!(got, 10, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let here = shelter::residents(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!(here.iter().map(|r| r.bed.as_str()).collect::<BTreeSet<_>>().len(), 12, "{}", w.engine);
    }
}

/// The same throws for the same seed.
struct Dice(Chance);

impl Dice {
    fn below(&self, n: usize) -> usize {
        usize::try_from(self.0.id().as_u128() % 1_000_003).unwrap() % n
    }
}

/// A house and a bed in it.
type Bed = (&'static str, &'static str);

/// What a run of random steps expects: who sleeps where, kept by the test alone.
#[derive(Default)]
struct Expected {
    beds: BTreeMap<usize, Bed>,
    /// Who left one house for another: where to.
    on_way: BTreeMap<usize, &'static str>,
    /// Every stay: who, in which bed, from, until. One lasts a moment at least, and the next begins after it.
    stays: Vec<(usize, Bed, Micros, Option<Micros>)>,
    /// How many moved from house to house.
    moved: i64,
}

impl Expected {
    fn begins(&mut self, who: usize, bed: Bed, at: Micros) {
        self.beds.insert(who, bed);
        let before = self.stays.iter().filter(|s| s.0 == who || s.1 == bed).filter_map(|s| s.3).max();
        self.stays.push((who, bed, at.max(before.unwrap_or(0)), None));
    }

    fn ends(&mut self, who: usize, at: Micros) {
        self.beds.remove(&who);
        let stay = self.stays.iter_mut().rev().find(|s| s.0 == who && s.3.is_none()).unwrap();
        stay.3 = Some(at.max(stay.2 + 1));
    }

    fn sleeping(&self, site: &str, at: Micros) -> i64 {
        let there = |s: &&(usize, Bed, Micros, Option<Micros>)| {
            s.1.0 == site && s.2 <= at && s.3.is_none_or(|u| u > at)
        };
        i64::try_from(self.stays.iter().filter(there).count()).unwrap()
    }
}

/// The sum of the facts of a kind.
async fn facts(w: &World, kind: &'static str) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact
                WHERE kind = $1 AND (kind <> 'shelter.night' OR code = 'resident')";
    sum(&tx.sql(text).bind(kind).one().await.unwrap())
}

#[tokio::test]
async fn no_order_of_arrivals_moves_transfers_and_exits_puts_two_in_a_bed_or_loses_a_night() {
    for (seed, w) in (0..).zip(worlds().await) {
        let (blanca, carmen) = staff(&w).await;
        w.person("teresa", "social_worker", Some("M2")).await;
        let pilar = w.person("pilar", "coordinator", Some("M2")).await;
        let at = |site: &str| if site == "M1" { &blanca } else { &pilar };
        let dice = Dice(chance(seed));
        let (mut cases, mut expected) = (Vec::<(Uuid, String)>::new(), Expected::default());
        // Of which house each case is.
        let mut homes = Vec::<&'static str>::new();
        for step in 0..320 {
            w.place.clock.move_by(HOUR * i64::try_from(dice.below(14)).unwrap());
            let now = w.place.clock.now();
            let who = dice.below(cases.len().min(15) + 1);
            let site = homes.get(who).copied().unwrap_or("M1");
            let away = if site == "M1" { "M2" } else { "M1" };
            let home = expected.beds.contains_key(&who);
            let hours = i64::try_from(dice.below(20)).unwrap();
            let throw = dice.below(12);
            // Who is on her way arrives where she is expected, and now and then at the house she had left.
            let door = match expected.on_way.get(&who) {
                Some(to) if throw < 3 => to,
                _ => site,
            };
            let bed = BEDS[dice.below(if door == "M1" { 12 } else { 6 })];
            let free = !expected.beds.values().any(|b| *b == (door, bed));
            match throw {
                // Somebody arrives: new, or again, or from the other house.
                0..4 if !home => {
                    let name = format!("Inventada {step}");
                    let known = cases.get(who).map(|c| c.1.clone());
                    let asks = known.as_deref().map_or(Who::New(&name), Who::Known);
                    let guard = at(door);
                    let done = work!(w, guard, |work| shelter::admit(
                        &w.p,
                        &mut work,
                        guard,
                        &arrival(asks, bed, "")
                    )
                    .await);
                    assert_eq!(
                        done.is_ok(),
                        free,
                        "step {step}, {door}-{bed} ({}): {:?}",
                        w.engine,
                        done.err()
                    );
                    if let Ok((case, code)) = done {
                        let who = cases.iter().position(|c| c.0 == case).unwrap_or(cases.len());
                        if who == cases.len() {
                            cases.push((case, code));
                            homes.push(door);
                        }
                        expected.moved += i64::from(homes[who] != door);
                        expected.on_way.remove(&who);
                        homes[who] = door;
                        expected.begins(who, (door, bed), now);
                    }
                }
                4..7 if home => {
                    let (case, guard) = (cases[who].0, at(site));
                    let done =
                        work!(w, guard, |work| shelter::to_bed(&w.p, &mut work, guard, case, (bed, ""))
                            .await);
                    assert_eq!(done.is_ok(), free, "step {step}, move to {site}-{bed} ({})", w.engine);
                    if done.is_ok() {
                        expected.ends(who, now);
                        expected.begins(who, (site, bed), now);
                    }
                }
                7 if home => {
                    let (case, guard) = (cases[who].0, at(site));
                    let how = (if hours == 0 { "planned" } else { "unplanned" }, hours);
                    work!(w, guard, |work| shelter::leave(&w.p, &mut work, guard, case, how).await).unwrap();
                    expected.ends(who, now - hours * HOUR);
                }
                8..11 if home => {
                    let (case, guard) = (cases[who].0, at(site));
                    let lead = if site == "M1" { &carmen } else { &pilar };
                    let exit = Exit { reason: "transfer".into(), house: away.into(), ..Exit::default() };
                    let mut work = w.p.store.work(lead.account).await.unwrap();
                    let was =
                        shelter::prepared(&w.p, work.tx(), lead, (case, Act::PLAN_WRITE)).await.unwrap();
                    let what = ("house", &exit, was.map(|e| e.head.version));
                    shelter::prepare(&w.p, &mut work, lead, case, what).await.unwrap();
                    work.commit().await.unwrap();
                    work!(w, guard, |work| shelter::leave(&w.p, &mut work, guard, case, ("planned", hours))
                        .await)
                    .unwrap();
                    expected.ends(who, now - hours * HOUR);
                    expected.on_way.insert(who, away);
                }
                _ => {
                    census::count(&w.p).await.unwrap();
                }
            }
        }
        assert!(expected.moved > 10, "only {} moved ({})", expected.moved, w.engine);
        w.place.clock.move_by(2 * DAY);
        census::count(&w.p).await.unwrap();
        assert_eq!(census::count(&w.p).await.unwrap(), 0, "a night is counted once ({})", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let nights = tx.sql("SELECT site, day, at, people FROM census ORDER BY day").all().await.unwrap();
        assert!(nights.len() > 60);
        let mut bed_nights = 0;
        for night in &nights {
            let (site, day): (String, String) = (night.get("site").unwrap(), night.get("day").unwrap());
            let (at, people): (Micros, i64) = (night.get("at").unwrap(), night.get("people").unwrap());
            assert_eq!(people, expected.sleeping(&site, at), "{site} {day} ({})", w.engine);
            bed_nights += people;
        }
        let mut told = BTreeMap::new();
        for guard in [&blanca, &pilar] {
            for r in shelter::residents(&w.p, &mut tx, guard).await.unwrap() {
                let who = cases.iter().position(|c| c.0 == r.case.id).unwrap();
                told.insert(who, (r.case.site, r.bed));
            }
        }
        let mut ways = 0;
        for guard in [&blanca, &pilar] {
            ways += transfer::expected(&w.p, &mut tx, guard).await.unwrap().len();
        }
        drop(tx);
        // And the facts, which is all that a report ever reads, say the same.
        assert_eq!(facts(&w, "shelter.night").await, bed_nights, "{}", w.engine);
        assert_eq!(facts(&w, "shelter.transferred").await, expected.moved, "{}", w.engine);
        let known: BTreeMap<_, _> = expected
            .beds
            .iter()
            .map(|(w, (site, bed))| (*w, ((*site).to_owned(), (*bed).to_owned())))
            .collect();
        assert_eq!(told, known, "{}", w.engine);
        assert_eq!(ways, expected.on_way.len(), "{}", w.engine);
        // Who came is here, on her way, or left: a move between houses is neither a new arrival nor a leaving.
        let still = i64::try_from(told.len() + ways).unwrap();
        let gone = facts(&w, "shelter.left").await;
        assert_eq!(facts(&w, "shelter.admitted").await, gone + still, "{}", w.engine);
    }
}

fn sum(row: &ceiba_store::Row) -> i64 {
    row.get::<i64>("n").unwrap()
}

#[tokio::test]
async fn a_baby_sleeps_in_the_cot_of_her_mothers_room_moves_and_leaves_with_her() {
    for w in worlds().await {
        let (blanca, _) = staff(&w).await;
        let about = About {
            child: Some(Companion { name: "Sol".into(), age: "ocho meses".into() }),
            ..About::default()
        };
        let with_baby = Arrival { about, ..arrival(Who::New("Dalia"), "2A", "") };
        let (case, _) =
            work!(w, blanca, |work| shelter::admit(&w.p, &mut work, &blanca, &with_baby).await).unwrap();
        let beds = |rows: &[ceiba_store::Row]| -> Vec<String> {
            rows.iter().map(|r| r.get("bed").unwrap()).collect()
        };
        let now = "SELECT bed FROM stay WHERE until_at > 4000000000000000 ORDER BY bed";
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(beds(&tx.sql(now).all().await.unwrap()), ["M1-2A", "M1-2C"], "{}", w.engine);
        drop(tx);
        w.place.clock.move_by(HOUR);
        // A room without a cot: the baby sleeps with her.
        work!(w, blanca, |work| shelter::to_bed(&w.p, &mut work, &blanca, case, ("4B", "")).await).unwrap();
        let twin = Companion { name: "Mar".into(), age: "ocho meses".into() };
        work!(w, blanca, |work| companions::bring(&w.p, &mut work, &blanca, case, (&twin, "")).await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(beds(&tx.sql(now).all().await.unwrap()), ["M1-4B", "M1-4B+1", "M1-4B+2"], "{}", w.engine);
        drop(tx);
        w.place.clock.move_by(DAY);
        census::count(&w.p).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let row =
            tx.sql("SELECT people, companions FROM census ORDER BY day DESC LIMIT 1").one().await.unwrap();
        assert_eq!((row.get::<i64>("people").unwrap(), row.get::<i64>("companions").unwrap()), (1, 2));
        assert_eq!(shelter::residents(&w.p, &mut tx, &blanca).await.unwrap()[0].companions.len(), 2);
        drop(tx);
        work!(w, blanca, |work| shelter::leave(&w.p, &mut work, &blanca, case, ("planned", 0)).await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(tx.sql(now).all().await.unwrap().is_empty(), "{}", w.engine);
        drop(tx);
        // The other house has no place for children: it says so, and its coordinator may decide otherwise with a reason.
        let pilar = w.person("pilar", "coordinator", Some("M2")).await;
        w.person("teresa", "social_worker", Some("M2")).await;
        let about = About { child: Some(twin), ..About::default() };
        let there = Arrival { about: about.clone(), ..arrival(Who::New("Dalia"), "1A", "") };
        let refused = work!(w, pilar, |work| shelter::admit(&w.p, &mut work, &pilar, &there).await);
        assert!(
            matches!(&refused, Err(ProgrammeError::Unsafe(f)) if f[0].rule == "companions"),
            "{refused:?}"
        );
        let there = Arrival { about, pass: "El juzgado lo pide por tres noches.", ..there };
        work!(w, pilar, |work| shelter::admit(&w.p, &mut work, &pilar, &there).await).unwrap();
    }
}

/// Of every two who must be kept apart: they sleep far enough from each other, or somebody placed them so with a
/// reason, or a task to separate them is open.
async fn held(w: &World, pairs: &[(Uuid, Uuid, &'static str)], step: usize) {
    let mut tx = w.p.store.db.read().await.unwrap();
    for (a, b, reason) in pairs {
        let mut beds = Vec::new();
        for who in [a, b] {
            let row = tx
                .sql("SELECT bed FROM stay WHERE who = $1 AND until_at > 4000000000000000")
                .bind(*who)
                .optional()
                .await
                .unwrap();
            beds.extend(row.map(|r| r.get::<String>("bed").unwrap()));
        }
        let near = beds.len() == 2 && (*reason == "recruiter_link" || beds[0][..4] == beds[1][..4]);
        if !near {
            continue;
        }
        let known = tx
            .sql(
                "SELECT COUNT(*) AS n FROM entry WHERE (file = $1 OR file = $2)
                   AND ((kind = 'passed' AND code LIKE 'apart%') OR (kind = 'task' AND code = 'separate' AND state = 'open'))",
            )
            .bind(*a)
            .bind(*b)
            .one()
            .await
            .unwrap();
        assert!(sum(&known) > 0, "step {step}: {beds:?} for {reason} ({})", w.engine);
    }
}

#[tokio::test]
async fn who_must_be_kept_apart_is_kept_apart_in_any_order() {
    for (seed, w) in (7..).zip(worlds().await) {
        let (blanca, carmen) = staff(&w).await;
        let dice = Dice(chance(seed));
        let mut cases = Vec::new();
        for (n, bed) in BEDS.iter().take(8).enumerate() {
            let name = format!("Inventada {n}");
            let done = work!(w, blanca, |work| shelter::admit(
                &w.p,
                &mut work,
                &blanca,
                &arrival(Who::New(&name), bed, "")
            )
            .await);
            cases.push(done.unwrap());
        }
        let (mut pairs, mut refused) = (Vec::new(), 0);
        for step in 0..240 {
            w.place.clock.move_by(HOUR);
            let one = &cases[dice.below(cases.len())];
            let bed = BEDS[dice.below(BEDS.len())];
            // Now and then who coordinates places somebody against a rule, and says why.
            let (who, pass) =
                if dice.below(8) == 0 { (&carmen, "No hay otra cama esta noche.") } else { (&blanca, "") };
            let done = match dice.below(12) {
                0 | 1 if pairs.len() < 10 => {
                    let other = &cases[dice.below(cases.len())];
                    let reason = if dice.below(4) == 0 { "recruiter_link" } else { "testimony" };
                    let kept = work!(w, carmen, |work| apart::keep(
                        &w.p,
                        &mut work,
                        &carmen,
                        (one.0, other.0),
                        (reason, "")
                    )
                    .await);
                    if kept.is_ok() {
                        pairs.push((one.0, other.0, reason));
                    }
                    continue;
                }
                2..4 => {
                    work!(w, blanca, |work| shelter::leave(&w.p, &mut work, &blanca, one.0, ("planned", 0))
                        .await)
                }
                4..8 => work!(w, who, |work| shelter::admit(
                    &w.p,
                    &mut work,
                    who,
                    &arrival(Who::Known(&one.1), bed, pass)
                )
                .await)
                .map(|_| ()),
                _ => work!(w, who, |work| shelter::to_bed(&w.p, &mut work, who, one.0, (bed, pass)).await),
            };
            if let Err(ProgrammeError::Unsafe(found)) = done {
                assert!(found.iter().any(|f| f.stops && f.rule.starts_with("apart")), "{found:?}");
                refused += 1;
            }
            held(&w, &pairs, step).await;
        }
        assert!(refused > 3, "the rule was never met: {refused} ({})", w.engine);
    }
}

#[tokio::test]
async fn thirty_nights_of_one_person_are_not_told() {
    use ceiba_programme::results::{self, Measure, Span};
    for w in worlds().await {
        let (blanca, _) = staff(&w).await;
        let sofia = w.person("sofia", "mel", None).await;
        let all = Span { from: "2020-01-01".into(), to: "2030-12-31".into(), site: None };
        for (n, bed) in BEDS.iter().take(5).enumerate() {
            let name = format!("Inventada {n}");
            work!(w, blanca, |work| shelter::admit(
                &w.p,
                &mut work,
                &blanca,
                &arrival(Who::New(&name), bed, "")
            )
            .await)
            .unwrap();
            w.place.clock.move_by(2 * DAY);
            census::count(&w.p).await.unwrap();
            let mut tx = w.p.store.db.read().await.unwrap();
            let nights = results::count(&w.p, &mut tx, &sofia, Measure::BedNights, &all).await.unwrap();
            let share = results::occupancy(&w.p, &mut tx, &sofia, &all).await.unwrap();
            let told = nights.cells().iter().flatten().any(|c| c.shown().is_some_and(|n| n > 0));
            // The nights of a month are told when five people stand behind it, whatever their number.
            assert_eq!(share.is_some(), n == 4, "{n} ({})", w.engine);
            assert!(!told || n == 4, "{n} ({})", w.engine);
        }
    }
}
