//! Somebody reads a whole frozen report and subtracts: every number from every other of the same facts, and two from a third. It finds
//! nobody alone, nor a few.

use ceiba_access::Caller;
use ceiba_programme::results::frozen::{Frozen, Value};
use ceiba_programme::results::quarter::{self, Decision, Verified};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_store::Fact;

const WHICH: (&str, &str) = ("RAICES", "2026-Q3");
/// 2026-11-24, noon UTC.
const TODAY: i64 = 1_795_521_600_000_000;
const K: u32 = 5;

/// A fact of the quarter, about the `n`-th person or about nobody, for nobody else.
fn fact(kind: &'static str, n: u8) -> Fact {
    Fact {
        kind,
        at: TODAY - 100 * ceiba_store::DAY + i64::from(n),
        day: "2026-08-16".into(),
        site: Some("M1".into()),
        sex: Some("Feminine".into()),
        subject: Some([n; 16]),
        amount: 1,
        ..Fact::default()
    }
}

/// A quarter like one of the demonstration: its indicators overlap.
fn world() -> Vec<Fact> {
    let mut all = Vec::new();
    // Nineteen adolescents and three adults; four of them were known before the quarter.
    for n in 1..=22u8 {
        let of = |n: u8| Fact {
            site: Some(["M1", "M2", "K1"][usize::from(n % 3)].into()),
            sex: Some(if n.is_multiple_of(7) { "Masculine" } else { "Feminine" }.into()),
            age_band: Some(
                if n > 19 {
                    "18-24"
                } else if n > 8 {
                    "15-17"
                } else {
                    "12-14"
                }
                .into(),
            ),
            code: Some(if n > 13 { "family_strengthening" } else { "psychology" }.into()),
            ..fact("service.given", n)
        };
        all.push(of(n));
        if n <= 4 {
            all.push(Fact { day: "2026-05-04".into(), at: TODAY - 204 * ceiba_store::DAY, ..of(n) });
        }
    }
    // Thirty-three officials, three of them men, and thirty-two of the community.
    for n in 101..=165u8 {
        let official = n <= 133;
        let man = if official { n <= 103 } else { n <= 145 };
        all.push(Fact {
            outcome: Some(if official { "official" } else { "community" }.into()),
            sex: Some(if man { "Masculine" } else { "Feminine" }.into()),
            code: Some("centred".into()),
            dims: vec![("institution", if n % 2 == 0 { "MP" } else { "OJ" }.into())],
            ..fact("training.completed", n)
        });
    }
    // Forty-six alerts, forty-three of them by trained partners.
    for n in 1..=46u8 {
        all.push(Fact {
            subject: None,
            sex: None,
            code: Some("today".into()),
            outcome: Some("case".into()),
            dims: vec![("partner", if n <= 43 { "trained" } else { "untrained" }.into())],
            ..fact("alert.received", n)
        });
    }
    all
}

async fn freeze(w: &World, facts: Vec<Fact>) -> (Caller, Frozen) {
    w.place.clock.set(TODAY);
    let (sofia, sara) = (w.person("sofia", "mel", None).await, w.person("sara", "director", None).await);
    let mut work = w.p.store.work(sofia.account).await.unwrap();
    for f in facts {
        work.fact(f).await.unwrap();
    }
    work.record("test.facts", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
    work!(w, sofia, |work| quarter::open(&w.p, &mut work, &sofia, WHICH).await).unwrap();
    let (_, looked) = quarter::look(&w.p, &sofia, WHICH).await.unwrap();
    for f in looked.figures.iter().filter(|f| quarter::is_off(f, &looked)) {
        work!(w, sofia, |work| quarter::explain(&w.p, &mut work, &sofia, WHICH, (&f.code, "Se verá.")).await)
            .unwrap();
    }
    let (basis, frozen) = quarter::look(&w.p, &sofia, WHICH).await.unwrap();
    work!(w, sofia, |work| quarter::ask(&w.p, &mut work, &sofia, WHICH, (&basis, &frozen)).await).unwrap();
    let hash = ceiba_programme::results::compute::hash_of(&frozen.canonical().unwrap());
    let hash: String = hash.iter().map(|b| format!("{b:02x}")).collect();
    work!(w, sara, |work| quarter::decide(&w.p, &mut work, &sara, WHICH, (Decision::Approve, &hash)).await)
        .unwrap();
    (sofia, frozen)
}

/// What a figure counts: people or, of nobody's, facts; whether it is about a fact; whether only those not known before.
type Counts = (&'static str, &'static str, fn(&Fact) -> bool, bool);

const FIGURES: &[Counts] = &[
    ("G9.all", "service.given", |_| true, false),
    ("G9.adolescents", "service.given", |f| f.age_band.as_deref() != Some("18-24"), false),
    ("G9.families", "service.given", |f| f.code.as_deref() == Some("family_strengthening"), false),
    ("G9.new", "service.given", |_| true, true),
    ("G1", "training.completed", |f| f.outcome.as_deref() == Some("official"), false),
    ("G4", "training.completed", |f| f.outcome.as_deref() == Some("community"), false),
    ("PS.5.1-28", "training.completed", |f| f.outcome.as_deref() == Some("community"), false),
    ("PS.5.3-15", "training.completed", |_| true, false),
    ("G5.all", "alert.received", |_| true, false),
    ("G5.trained", "alert.received", |f| f.dims[0].1 == "trained", false),
];

/// Whom a number counts, one bit each.
type Set = [u128; 2];

fn minus(a: Set, b: Set) -> Set {
    [a[0] & !b[0], a[1] & !b[1]]
}

fn is_within(a: Set, b: Set) -> bool {
    minus(a, b) == [0, 0]
}

fn size(a: Set) -> u32 {
    a[0].count_ones() + a[1].count_ones()
}

/// Whom a fact is about.
fn one(f: &Fact, n: usize) -> Set {
    let bit = f.subject.map_or(n % 46, |who| usize::from(who[0]));
    let mut set = [0, 0];
    set[bit / 128] = 1 << (bit % 128);
    set
}

fn cell(f: &Fact, by: &str) -> String {
    let dim = f.dims.iter().find(|(d, _)| *d == by).map(|(_, v)| v.clone());
    let column = match by {
        "site" => f.site.clone(),
        "sex" => f.sex.clone(),
        "age_band" => f.age_band.clone(),
        "code" => f.code.clone(),
        "outcome" => f.outcome.clone(),
        "municipality" => f.municipality.clone(),
        _ => dim,
    };
    column.unwrap_or_else(|| "unknown".into())
}

/// Every number of the report that is shown, with whom it counts: made of the facts, without the programme.
fn read(frozen: &Frozen, facts: &[Fact]) -> Vec<(&'static str, String, Set)> {
    let mut all = Vec::new();
    for (code, kind, counts, new) in FIGURES {
        let figure = frozen.figure(code).unwrap();
        let set = |takes: &dyn Fn(&Fact) -> bool| -> Set {
            let of = facts.iter().enumerate().filter(|(_, f)| f.kind == *kind && counts(f) && takes(f));
            of.fold([0, 0], |all, (n, f)| {
                let one = one(f, n);
                [all[0] | one[0], all[1] | one[1]]
            })
        };
        let before = set(&|f| f.day.as_str() < "2026-07-01");
        let inside = |f: &Fact| f.day.as_str() >= "2026-07-01";
        let known = if *new { before } else { [0, 0] };
        let mut tell = |what: String, value: Value, set: Set| {
            if let Some(n) = value.shown().filter(|n| *n > 0.0) {
                assert!((n - f64::from(size(set))).abs() < 0.01, "{code} {what}: {n}, not {}", size(set));
                all.push((*kind, format!("{code} {what}"), set));
            }
        };
        tell("to date".into(), figure.to_date, set(&|_| true));
        tell("value".into(), figure.value, minus(set(&inside), known));
        for t in figure.tables.iter().filter(|t| t.columns_by.is_empty()) {
            for (row, cells) in t.rows.iter().zip(&t.cells) {
                let here = set(&|f| inside(f) && cell(f, &t.rows_by) == *row);
                tell(format!("{} {row}", t.rows_by), cells[0], minus(here, known));
            }
        }
    }
    all
}

/// What subtracting finds of one to four.
fn found(all: &[(&'static str, String, Set)]) -> Vec<String> {
    let few = |set: Set| (1..K).contains(&size(set));
    let mut found = Vec::new();
    for (kind, whole, a) in all {
        if few(*a) {
            found.push(whole.clone());
        }
        let parts: Vec<_> = all.iter().filter(|(k, _, b)| k == kind && is_within(*b, *a)).collect();
        for (n, (_, part, b)) in parts.iter().enumerate() {
            let rest = minus(*a, *b);
            if few(rest) {
                found.push(format!("{whole} - {part}"));
            }
            for (_, other, c) in parts.iter().skip(n + 1).filter(|(_, _, c)| is_within(*c, rest)) {
                if few(minus(rest, *c)) {
                    found.push(format!("{whole} - {part} - {other}"));
                }
            }
        }
    }
    found
}

#[tokio::test]
async fn whoever_subtracts_every_number_of_a_report_from_every_other_finds_nobody() {
    for w in worlds().await {
        let (sofia, frozen) = freeze(&w, world()).await;
        let all = read(&frozen, &world());
        assert_eq!(found(&all), Vec::<String>::new(), "{}", w.engine);
        let shown = |code: &str| frozen.figure(code).unwrap().value;
        // What is no difference of a few is said.
        for (code, says) in [("G1", 33.0), ("G4", 32.0), ("PS.5.3-15", 65.0), ("G9.adolescents", 19.0)] {
            assert_eq!(shown(code), Value::Shown(says), "{} {code}", w.engine);
        }
        assert_eq!(shown("G9.all"), Value::AtLeast(19.0), "{}: three are adults", w.engine);
        assert_eq!(shown("G5.all"), Value::AtLeast(43.0), "{}: three came from others", w.engine);
        assert!(all.len() > 20, "{}: {all:?}", w.engine);
        let whole = Verified { same: true, signed: true, in_ledger: true };
        assert_eq!(quarter::verify(&w.p, &sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
    }
}

#[test]
fn the_attack_finds_what_is_there() {
    let set = |n: u32| [(1 << n) - 1, 0];
    let all = [
        ("a", "all".to_owned(), set(22)),
        ("a", "part".to_owned(), set(19)),
        ("b", "few".to_owned(), set(3)),
    ];
    assert_eq!(found(&all), ["all - part", "few"]);
}
