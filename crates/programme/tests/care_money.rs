//! Economic support: two people for every amount, one person counted once, and a ledger that balances whatever happens.

use std::collections::BTreeMap;

use ceiba_access::{Caller, Refusal};
use ceiba_programme::care::money::{self, Balance};
use ceiba_programme::care::returns::{self, Back};
use ceiba_programme::care::support::{self, Decision, Part};
use ceiba_programme::cases::{self, team};
use ceiba_programme::entries;
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};
use uuid::Uuid;

const JAC: &str = "JAC-EMPRENDE";
const VOL: &str = "VOL-ARRANQUE";

struct Team {
    worker: Caller,
    boss: Caller,
    case: Uuid,
}

async fn team(w: &World) -> Team {
    let worker = w.person("lucia", "social_worker", Some("K1")).await;
    let boss = w.person("nora", "coordinator", Some("K1")).await;
    let case = w.case(&worker, "Luz").await;
    Team { worker, boss, case }
}

async fn grant(w: &World, t: &Team, line: &str, amount: &str) {
    work!(w, t.boss, |work| money::grant(&w.p, &mut work, &t.boss, (line, amount)).await).unwrap();
}

async fn ask(w: &World, t: &Team, amount: &str) -> Outcome<Uuid> {
    let asked = ("seed_capital", amount, "Horno y harina para la panadería.");
    work!(w, t.worker, |work| support::ask(&w.p, &mut work, &t.worker, t.case, asked).await)
}

async fn decide(w: &World, t: &Team, id: Uuid, seen: i64, decision: &Decision) -> Outcome<()> {
    work!(w, t.boss, |work| support::decide(&w.p, &mut work, &t.boss, (t.case, id, seen), decision).await)
}

async fn deliver(w: &World, t: &Team, id: Uuid, seen: i64) -> Outcome<()> {
    let receipt = ("R-0001", None);
    work!(w, t.worker, |work| support::deliver(&w.p, &mut work, &t.worker, (t.case, id, seen), receipt).await)
}

async fn give_back(w: &World, t: &Team, id: Uuid, seen: i64, parts: &[Part]) -> Outcome<()> {
    let back = Back { parts: parts.to_vec(), why: "Sobró harina.".into(), receipt: "D-0001".into() };
    work!(w, t.worker, |work| returns::give_back(&w.p, &mut work, &t.worker, (t.case, id, seen), &back).await)
}

fn part(line: &str, cents: i64) -> Part {
    Part { line: line.into(), cents }
}

async fn balance(w: &World, t: &Team, line: &str) -> Balance {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = money::lines(&w.p, &mut tx, &t.boss).await.unwrap();
    all.iter().find(|(l, _)| l.code == line).unwrap().1
}

async fn count(w: &World, text: &'static str) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql(text).one().await.unwrap().get("n").unwrap()
}

fn problem(outcome: Outcome<impl Sized>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::State(key)) => key,
        Err(ProgrammeError::Stale) => "stale",
        Err(ProgrammeError::Refused(Refusal::Denied { because, .. })) if because == ["four-eyes"] => {
            "four-eyes"
        }
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "none",
    }
}

#[tokio::test]
async fn two_donors_share_a_person_who_is_counted_once() {
    for w in worlds().await {
        let t = team(&w).await;
        grant(&w, &t, JAC, "Q 1,000.00").await;
        grant(&w, &t, VOL, "500").await;
        let id = ask(&w, &t, "Q 1,250.50").await.unwrap();
        let parts = vec![part(JAC, 100_000), part(VOL, 25_050)];
        decide(&w, &t, id, 1, &Decision::Approve(parts)).await.unwrap();
        assert_eq!(balance(&w, &t, JAC).await, Balance { granted: 100_000, committed: 100_000, paid: 0 });
        deliver(&w, &t, id, 2).await.unwrap();
        assert_eq!(balance(&w, &t, JAC).await, Balance { granted: 100_000, committed: 0, paid: 100_000 });
        assert_eq!(balance(&w, &t, VOL).await, Balance { granted: 50_000, committed: 0, paid: 25_050 });
        let delivered =
            "SELECT COUNT(*) AS n FROM fact WHERE kind = 'support.delivered' AND subject IS NOT NULL";
        assert_eq!(count(&w, delivered).await, 1, "{}", w.engine);
        // What is on a line or promised is nobody's; what was handed over is hers, so that a sum of hers alone can be hidden.
        let named = "SELECT COUNT(*) AS n FROM fact WHERE kind LIKE 'money.%' AND subject IS NOT NULL";
        let hers = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'money.paid'
                    AND subject = (SELECT subject FROM fact WHERE kind = 'support.delivered')";
        assert_eq!((count(&w, named).await, count(&w, hers).await), (2, 2), "{}", w.engine);
        let paid = "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'money.paid'";
        assert_eq!(count(&w, paid).await, 125_050);
        let seen = (w.p.day(w.p.store.clock.now()), "Vende pan los sábados.");
        work!(w, t.worker, |work| support::check(
            &w.p,
            &mut work,
            &t.worker,
            (t.case, id),
            (&seen.0, seen.1)
        )
        .await)
        .unwrap();
    }
}

#[tokio::test]
async fn whoever_asked_does_not_approve_and_a_stranger_does_nothing() {
    for w in worlds().await {
        let t = team(&w).await;
        grant(&w, &t, JAC, "1000").await;
        let id = ask(&w, &t, "20").await.unwrap();
        let yes = Decision::Approve(vec![part(JAC, 2_000)]);
        // The same person in both roles: she was promoted, or two roles share an account.
        let promoted = Caller { role: "coordinator".into(), purpose: t.boss.purpose, ..t.worker.clone() };
        let as_boss = Team { boss: promoted, worker: t.worker.clone(), case: t.case };
        assert_eq!(problem(decide(&w, &as_boss, id, 1, &yes).await), "four-eyes");
        let colleague = w.person("rita", "social_worker", Some("K1")).await;
        let as_colleague = Team { boss: colleague, worker: t.worker.clone(), case: t.case };
        assert_eq!(problem(decide(&w, &as_colleague, id, 1, &yes).await), "refused");
        let other = w.person("pilar", "coordinator", Some("M2")).await;
        let elsewhere = Team { boss: other, worker: t.worker.clone(), case: t.case };
        assert_eq!(problem(decide(&w, &elsewhere, id, 1, &yes).await), "refused");
        let teacher = w.person("amalia", "teacher", Some("K1")).await;
        let asked = ("stipend", "20", "Pasajes");
        let outcome = work!(w, teacher, |work| support::ask(&w.p, &mut work, &teacher, t.case, asked).await);
        assert_eq!(problem(outcome), "refused");
        let mel = w.person("sofia", "mel", None).await;
        let outcome = work!(w, mel, |work| money::grant(&w.p, &mut work, &mel, (JAC, "1")).await);
        assert_eq!(problem(outcome), "refused");
        assert_eq!(balance(&w, &t, JAC).await.committed, 0);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(support::waiting(&w.p, &mut tx, &t.boss).await.unwrap().len(), 1);
        assert!(support::waiting(&w.p, &mut tx, &as_boss.boss).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_step_out_of_order_and_an_amount_that_is_none_change_nothing() {
    for w in worlds().await {
        let t = team(&w).await;
        grant(&w, &t, JAC, "100").await;
        for nonsense in ["", "veinte", "12,50", "1.250,00", "-3", "0"] {
            assert_eq!(problem(ask(&w, &t, nonsense).await), "problem-care-amount", "{nonsense}");
        }
        let id = ask(&w, &t, "60").await.unwrap();
        assert_eq!(problem(deliver(&w, &t, id, 1).await), "state-care-order");
        let half = Decision::Approve(vec![part(JAC, 3_000)]);
        assert_eq!(problem(decide(&w, &t, id, 1, &half).await), "problem-care-parts");
        let minus = Decision::Approve(vec![part(JAC, 7_000), part(VOL, -1_000)]);
        assert_eq!(problem(decide(&w, &t, id, 1, &minus).await), "problem-care-amount");
        let nobodys = Decision::Approve(vec![part("OTHER", 6_000)]);
        assert_eq!(problem(decide(&w, &t, id, 1, &nobodys).await), "problem-care-amount");
        let empty = Decision::Approve(vec![part(VOL, 6_000)]);
        assert_eq!(problem(decide(&w, &t, id, 1, &empty).await), "problem-care-line-empty");
        let all = Decision::Approve(vec![part(JAC, 6_000)]);
        assert_eq!(problem(decide(&w, &t, id, 9, &all).await), "stale");
        decide(&w, &t, id, 1, &all).await.unwrap();
        assert_eq!(problem(decide(&w, &t, id, 2, &all).await), "state-care-order");
        // The history cannot be wound back: what moved with it would not.
        let undone =
            work!(w, t.worker, |work| entries::undo(&w.p, &mut work, &t.worker, (t.case, id), 2).await);
        assert!(undone.is_err());
        assert_eq!(balance(&w, &t, JAC).await, Balance { granted: 10_000, committed: 6_000, paid: 0 });
    }
}

/// Forty requests of Q 10 at once on a line that holds Q 100: ten are promised.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_line_never_goes_below_zero_however_many_approve_at_once() {
    for w in worlds().await {
        let t = team(&w).await;
        grant(&w, &t, JAC, "100").await;
        let mut ids = Vec::new();
        for _ in 0..40 {
            ids.push(ask(&w, &t, "10").await.unwrap());
        }
        let tries = ids.into_iter().map(|id| {
            let (p, boss, case) = (w.p.clone(), t.boss.clone(), t.case);
            tokio::spawn(async move {
                let mut work = p.store.work(boss.account).await.unwrap();
                let yes = Decision::Approve(vec![part(JAC, 1_000)]);
                let done = support::decide(&p, &mut work, &boss, (case, id, 1), &yes).await;
                if done.is_ok() {
                    work.commit().await.unwrap();
                }
                problem(done)
            })
        });
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for one in tries.collect::<Vec<_>>() {
            *seen.entry(one.await.unwrap()).or_default() += 1;
        }
        assert_eq!(seen, BTreeMap::from([("none", 10), ("problem-care-line-empty", 30)]), "{}", w.engine);
        assert_eq!(balance(&w, &t, JAC).await, Balance { granted: 10_000, committed: 10_000, paid: 0 });
    }
}

/// What a child would do with heaps of coins.
#[derive(Default)]
struct Naive {
    lines: BTreeMap<String, [i64; 3]>,
    states: BTreeMap<Uuid, (&'static str, i64, i64, Vec<Part>)>,
}

/// Two hundred and forty random steps on each engine: after each, every line is what the naive heaps hold.
#[tokio::test]
async fn over_random_steps_the_ledger_balances() {
    for w in worlds().await {
        let t = team(&w).await;
        let dice = ceiba_programme::testkit::chance(13);
        let mut naive = Naive::default();
        for step in 0..240 {
            let (line, cents) =
                (if dice.below(2) == 0 { JAC } else { VOL }, i64::from(1 + dice.below(20_000)));
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            let known: Vec<Uuid> = naive.states.keys().copied().collect();
            let pick = |n: u32| known.get(n as usize % known.len().max(1)).copied();
            let one = pick(dice.below(1000));
            match (dice.below(7), one) {
                (0, _) => {
                    grant(&w, &t, line, &amount).await;
                    naive.lines.entry(line.into()).or_default()[0] += cents;
                }
                (1, _) | (_, None) => {
                    let id = ask(&w, &t, &amount).await.unwrap();
                    naive.states.insert(id, ("asked", 1, cents, vec![]));
                }
                (2, Some(id)) => {
                    let (state, version, all, _) = naive.states[&id].clone();
                    let first = if all > 1 { all / 2 } else { 0 };
                    let parts: Vec<Part> = [part(JAC, first), part(VOL, all - first)]
                        .into_iter()
                        .filter(|a| a.cents > 0)
                        .collect();
                    let left = |l: &str| naive.lines.get(l).map_or(0, |h| h[0] - h[1] - h[2]);
                    let fits = state == "asked" && parts.iter().all(|a| left(&a.line) >= a.cents);
                    let done = decide(&w, &t, id, version, &Decision::Approve(parts.clone())).await;
                    assert_eq!(done.is_ok(), fits, "step {step} ({})", w.engine);
                    if fits {
                        for a in &parts {
                            naive.lines.entry(a.line.clone()).or_default()[1] += a.cents;
                        }
                        naive.states.insert(id, ("approved", version + 1, all, parts));
                    }
                }
                (3, Some(id)) => {
                    let (state, version, all, parts) = naive.states[&id].clone();
                    let done = decide(&w, &t, id, version, &Decision::Refuse("Hay otra ayuda.".into())).await;
                    assert_eq!(done.is_ok(), state == "asked");
                    if done.is_ok() {
                        naive.states.insert(id, ("refused", version + 1, all, parts));
                    }
                }
                (4, Some(id)) => {
                    let (state, version, all, parts) = naive.states[&id].clone();
                    let done = deliver(&w, &t, id, version).await;
                    assert_eq!(done.is_ok(), state == "approved");
                    if done.is_ok() {
                        for a in &parts {
                            let heap = naive.lines.get_mut(&a.line).unwrap();
                            heap[1] -= a.cents;
                            heap[2] += a.cents;
                        }
                        naive.states.insert(id, ("delivered", version + 1, all, parts));
                    }
                }
                (5, Some(id)) => {
                    let (state, version, all, parts) = naive.states[&id].clone();
                    let which = (t.case, id, version);
                    let done =
                        work!(w, t.worker, |work| returns::release(&w.p, &mut work, &t.worker, which).await);
                    assert_eq!(done.is_ok(), state == "approved");
                    if done.is_ok() {
                        for a in &parts {
                            naive.lines.get_mut(&a.line).unwrap()[1] -= a.cents;
                        }
                        naive.states.insert(id, ("returned", version + 1, all, parts));
                    }
                }
                // A part of what is out, all of it, or one cent too much.
                (_, Some(id)) => {
                    let (state, version, all, out) = naive.states[&id].clone();
                    let much = match dice.below(3) {
                        0 => out.clone(),
                        1 => out.iter().take(1).map(|a| part(&a.line, (a.cents + 1) / 2)).collect(),
                        _ => out.iter().take(1).map(|a| part(&a.line, a.cents + 1)).collect(),
                    };
                    let holds = |a: &Part| out.iter().any(|o| o.line == a.line && o.cents >= a.cents);
                    let fits = state == "delivered" && !much.is_empty() && much.iter().all(holds);
                    let done = give_back(&w, &t, id, version, &much).await;
                    assert_eq!(done.is_ok(), fits, "step {step} ({})", w.engine);
                    if fits {
                        let mut rest = out;
                        for a in &much {
                            naive.lines.get_mut(&a.line).unwrap()[2] -= a.cents;
                            rest.iter_mut().find(|o| o.line == a.line).unwrap().cents -= a.cents;
                        }
                        rest.retain(|o| o.cents > 0);
                        let state = if rest.is_empty() { "returned" } else { "delivered" };
                        naive.states.insert(id, (state, version + 1, all, rest));
                    }
                }
            }
            for code in [JAC, VOL] {
                let [granted, committed, paid] = naive.lines.get(code).copied().unwrap_or_default();
                let now = balance(&w, &t, code).await;
                assert_eq!(now, Balance { granted, committed, paid }, "step {step}, {code} ({})", w.engine);
                assert!(now.left() >= 0 && now.granted == now.left() + now.committed + now.paid);
            }
        }
        let seen: std::collections::BTreeSet<&str> = naive.states.values().map(|s| s.0).collect();
        assert_eq!(seen.len(), 5, "not every state was reached: {seen:?}");
    }
}

#[tokio::test]
async fn a_part_comes_back_with_a_reason_and_a_receipt_and_she_stays_counted_once() {
    for w in worlds().await {
        let t = team(&w).await;
        grant(&w, &t, JAC, "100").await;
        grant(&w, &t, VOL, "100").await;
        let id = ask(&w, &t, "120").await.unwrap();
        let parts = vec![part(JAC, 8_000), part(VOL, 4_000)];
        decide(&w, &t, id, 1, &Decision::Approve(parts)).await.unwrap();
        // Nothing is out before it is handed over.
        assert_eq!(problem(give_back(&w, &t, id, 2, &[part(JAC, 100)]).await), "state-care-order");
        deliver(&w, &t, id, 2).await.unwrap();
        assert_eq!(problem(give_back(&w, &t, id, 3, &[]).await), "problem-care-amount");
        for more in [vec![part(JAC, 8_001)], vec![part(VOL, -1)], vec![part(JAC, 5_000), part(JAC, 5_000)]] {
            assert_eq!(problem(give_back(&w, &t, id, 3, &more).await), "problem-care-back-more");
        }
        let unsaid = Back { parts: vec![part(JAC, 1)], ..Back::default() };
        let which = (t.case, id, 3);
        let done =
            work!(w, t.worker, |work| returns::give_back(&w.p, &mut work, &t.worker, which, &unsaid).await);
        let fields = match done {
            Err(ProgrammeError::Invalid(list)) => list.into_iter().map(|p| p.field).collect(),
            _ => vec![],
        };
        assert_eq!(fields, ["why", "receipt"], "{}", w.engine);
        give_back(&w, &t, id, 3, &[part(JAC, 2_550)]).await.unwrap();
        assert_eq!(balance(&w, &t, JAC).await, Balance { granted: 10_000, committed: 0, paid: 5_450 });
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &t.boss, ceiba_access::Act::READ_SOCIAL, t.case).await.unwrap();
        let (all, _) = support::list(&w.p, &mut tx, &t.boss, &grant, t.case).await.unwrap();
        assert_eq!(
            (all[0].head.state.as_str(), all[0].body.back[0].why.as_str()),
            ("delivered", "Sobró harina.")
        );
        assert_eq!(all[0].body.still_out(), [part(JAC, 5_450), part(VOL, 4_000)], "{}", w.engine);
        drop(tx);
        assert_eq!(problem(give_back(&w, &t, id, 4, &[part(JAC, 5_451)]).await), "problem-care-back-more");
        give_back(&w, &t, id, 4, &[part(JAC, 5_450), part(VOL, 4_000)]).await.unwrap();
        assert_eq!(problem(give_back(&w, &t, id, 5, &[part(VOL, 1)]).await), "state-care-order");
        assert_eq!(balance(&w, &t, VOL).await, Balance { granted: 10_000, committed: 0, paid: 0 });
        let delivered = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'support.delivered'";
        assert_eq!(count(&w, delivered).await, 1, "{}", w.engine);
        let back = "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'money.returned'";
        assert_eq!(count(&w, back).await, 12_000, "{}", w.engine);
    }
}

/// Movements are only ever added: no statement of the program changes or deletes one.
#[test]
fn no_statement_changes_a_movement() {
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/care/money.rs");
    let text = std::fs::read_to_string(src).unwrap();
    assert!(
        text.contains("INSERT INTO money")
            && !text.contains("UPDATE money")
            && !text.contains("DELETE FROM money")
    );
}

/// The team still reads it after the worker changed; nobody outside does.
#[tokio::test]
async fn the_purpose_is_sealed_and_read_by_whoever_reads_the_social_folder() {
    for w in worlds().await {
        let t = team(&w).await;
        ask(&w, &t, "20").await.unwrap();
        let lawyer = w.person("julio", "lawyer", None).await;
        work!(w, t.boss, |work| team::name(&w.p, &mut work, &t.boss, t.case, lawyer.account).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let read = ceiba_access::Act::READ_SOCIAL;
        assert!(w.p.may_case(&mut tx, &lawyer, read, t.case).await.is_err());
        let grant = w.p.may_case(&mut tx, &t.boss, read, t.case).await.unwrap();
        let (all, _) = support::list(&w.p, &mut tx, &t.boss, &grant, t.case).await.unwrap();
        assert_eq!(all[0].body.cents, 2_000);
        let row = tx.sql("SELECT body FROM entry WHERE kind = 'support'").one().await.unwrap();
        let sealed: Vec<u8> = row.get("body").unwrap();
        assert!(!sealed.windows(5).any(|b| b == b"Horno"));
        assert_eq!(cases::lookup(&mut tx, t.case).await.unwrap().state, "open");
    }
}

/// The figure is what is out: what came back is no longer handed over. It is shown when five people got some, not for five payments to one.
#[tokio::test]
async fn what_came_back_is_taken_off_the_figure_of_five_people() {
    for w in worlds().await {
        let mut t = team(&w).await;
        let maria = w.person("maria", "mel", None).await;
        grant(&w, &t, JAC, "200").await;
        let give = async |t: &Team| {
            let id = ask(&w, t, "20").await.unwrap();
            decide(&w, t, id, 1, &Decision::Approve(vec![part(JAC, 2_000)])).await.unwrap();
            deliver(&w, t, id, 2).await.unwrap();
            id
        };
        for _ in 0..5 {
            give(&t).await;
        }
        let shown = async || {
            let span = Span { from: "2020-01-01".to_owned(), to: "2030-01-01".to_owned(), site: None };
            let mut tx = w.p.store.db.read().await.unwrap();
            let table = results::count(&w.p, &mut tx, &maria, Measure::Money, &span).await.unwrap();
            table.cell(0, 0).and_then(|c| c.shown())
        };
        assert_eq!(shown().await, None, "{}", w.engine);
        let mut last = None;
        for name in ["Ana", "Eva", "Iris", "Olga"] {
            t.case = w.case(&t.worker, name).await;
            last = Some(give(&t).await);
        }
        assert_eq!(shown().await, Some(180), "{}", w.engine);
        give_back(&w, &t, last.unwrap(), 3, &[part(JAC, 1_500)]).await.unwrap();
        assert_eq!(shown().await, Some(165), "{}", w.engine);
    }
}
