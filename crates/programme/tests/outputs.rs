//! What leaves to donors: the public form of a report, the IATI file of one, and a page that two people let out.

use std::io::Write as _;
use std::process::{Command, Stdio};

use ceiba_access::Caller;
use ceiba_programme::outputs::activity::{Written, file};
use ceiba_programme::outputs::pages::{self, Content};
use ceiba_programme::outputs::{Part, public, reached, sites};
use ceiba_programme::releases;
use ceiba_programme::results::frozen::{
    Figure, Frozen, Grant, Level, Line, Period, Public, Table, Value, Words,
};
use ceiba_programme::testkit::worlds;
use ceiba_programme::{ProgrammeError, work};
use jiff::civil::date;
use proptest::prelude::*;

fn both(text: &str) -> Words {
    Words { es: text.to_owned(), en: text.to_owned() }
}

fn figure(code: &str, unit: &str, value: Value, to_date: Value) -> Figure {
    Figure {
        code: code.into(),
        indicator: code.into(),
        version: 1,
        result: "P1".into(),
        name: both(code),
        definition: both("Cada persona una vez"),
        source: both("registros"),
        unit: unit.into(),
        value,
        to_date,
        brought: Value::Nothing,
        baseline: Some(0.0),
        target: Some(400.0),
        target_of: "grant".into(),
        ascending: true,
        tables: vec![Table {
            rows_by: "sex".into(),
            columns_by: String::new(),
            rows: vec!["Feminine".into(), "Masculine".into()],
            columns: vec!["all".into()],
            cells: vec![vec![Value::Shown(7.0)], vec![Value::Hidden]],
        }],
        deviation: String::new(),
        rule: String::new(),
        facts_hash: String::new(),
        public: Public::ALL,
    }
}

fn report(figures: Vec<Figure>) -> Frozen {
    Frozen {
        schema: 1,
        grant: Grant {
            code: "RAICES".into(),
            name: both("Proyecto inventado"),
            donor: "Donante inventado".into(),
            currency: "USD".into(),
            budget: 750_000,
            from: "2024-09-01".into(),
            to: "2026-12-31".into(),
            sites: vec!["M1".into(), "K1".into(), "O1".into()],
            municipalities: vec!["GT0108".into(), "GT0920".into()],
            site_kinds: vec![],
        },
        period: Period { code: "2026-Q3".into(), from: "2026-07-01".into(), to: "2026-09-30".into() },
        threshold: 5,
        gate: 1,
        position: 1,
        results: vec![Level {
            code: "P1".into(),
            kind: "output".into(),
            part_of: String::new(),
            name: both("Producto"),
        }],
        figures,
        spending: vec![Line {
            code: "L1".into(),
            name: "Personal".into(),
            budget: 100_000,
            spent: 1_250,
            to_date: 50_025,
        }],
        version: 1,
        restates: None,
        notes: String::new(),
    }
}

fn public_of(one: Figure) -> Figure {
    public(&report(vec![one])).figures.remove(0)
}

#[test]
fn what_is_public_has_a_floor_of_its_own() {
    let shown = Value::Shown;
    let all = vec![
        figure("many", "people", shown(40.0), shown(400.0)),
        figure("few", "people", shown(7.0), shown(9.0)),
        figure("none", "people", shown(0.0), shown(0.0)),
        figure("events", "events", shown(3.0), shown(30.0)),
        figure("differ", "people", shown(96.0), shown(100.0)),
        figure("houses", "things", shown(1.0), shown(2.0)),
        figure("share", "percent", shown(50.0), shown(50.0)),
        figure("least", "people", Value::AtLeast(6.0), Value::AtLeast(60.0)),
    ];
    let out = public(&report(all.clone()));
    let said = |code: &str| {
        let f = out.figure(code).unwrap();
        (f.value, f.to_date)
    };
    assert_eq!(said("many"), (shown(40.0), shown(400.0)));
    assert_eq!(said("few"), (Value::Hidden, Value::Hidden));
    assert_eq!(said("none"), (shown(0.0), shown(0.0)), "zero is a value");
    assert_eq!(said("events"), (Value::Hidden, shown(30.0)));
    assert_eq!(said("differ"), (Value::Hidden, shown(100.0)), "four came before the period");
    assert_eq!(said("houses"), (shown(1.0), shown(2.0)));
    assert_eq!(said("share"), (Value::Hidden, Value::Hidden), "nobody knows how many stand behind it");
    assert_eq!(said("least"), (Value::Hidden, Value::AtLeast(60.0)));
    assert!(out.figures.iter().all(|f| f.tables.is_empty()) && out.threshold == 10);
    // A hundred and fifty nights of five girls: the report says that too few people stand behind them.
    let of = |public| Figure { public, ..figure("nights", "events", shown(150.0), shown(900.0)) };
    let nights = |public| {
        let out = public_of(of(public));
        (out.value, out.to_date)
    };
    assert_eq!(nights(Public::default()), (Value::Hidden, Value::Hidden));
    assert_eq!(nights(Public { value: false, to_date: true }), (Value::Hidden, shown(900.0)));
    let least = Figure { to_date: Value::AtLeast(60.0), ..of(Public::ALL) };
    assert_eq!(public_of(least).to_date, Value::Hidden, "nobody says whose nights the sixty were");
    // Nineteen of twenty-six: seven are too few for everybody, also as «at least».
    let part = Figure { public: Public::default(), ..figure("part", "people", shown(19.0), shown(19.0)) };
    let whole = figure("whole", "people", Value::AtLeast(19.0), Value::AtLeast(19.0));
    let out = public(&report(vec![part, whole]));
    assert!(out.figures.iter().all(|f| f.value == Value::Hidden && f.to_date == Value::Hidden));
    // A report that was made for the public keeps its shares.
    let wide = Frozen { threshold: 10, ..report(all) };
    assert_eq!(public(&wide).figure("share").unwrap().to_date, shown(50.0));
}

proptest! {
    #[test]
    fn no_small_number_of_people_is_public(value in 0u32..60, before in 0u32..60, brought in 0u32..60) {
        let mut one = figure("x", "people", Value::Shown(f64::from(value)), Value::Shown(f64::from(value + before)));
        one.brought = Value::Shown(f64::from(brought.min(value + before)));
        let out = public(&report(vec![one]));
        let f = &out.figures[0];
        let small = |n: f64| n > 0.0 && n < 10.0;
        for n in [f.value, f.to_date, f.brought].into_iter().filter_map(Value::shown) {
            prop_assert!(!small(n));
        }
        for part in [f.value, f.brought].into_iter().filter_map(Value::shown) {
            prop_assert!(!f.to_date.shown().is_some_and(|whole| small(whole - part)));
        }
    }
}

#[tokio::test]
async fn a_report_leaves_as_an_activity_that_passes_the_schema() {
    let w = &worlds().await[0];
    let figures = vec![
        figure("G1", "people", Value::Shown(40.0), Value::Shown(400.0)),
        figure("small", "people", Value::Shown(5.0), Value::Shown(7.0)),
        figure("least", "people", Value::Hidden, Value::AtLeast(60.0)),
    ];
    let Written::File(xml) = file(&w.p, &report(figures.clone()), date(2026, 10, 9)).unwrap() else {
        panic!("refused")
    };
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../exchange/tests/iati/iati-activities-schema.xsd");
    let mut lint = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema", schema, "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint: apt-get install libxml2-utils");
    lint.stdin.take().unwrap().write_all(&xml).unwrap();
    let out = lint.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let read = ceiba_exchange::iati::read(&xml, 10).unwrap();
    assert_eq!(read[0].problems, []);
    let mut periods = read[0].activity.results[0].indicators.iter().map(|i| {
        let one = |p: &ceiba_exchange::iati::Period| {
            let text = |n: Option<String>| n.unwrap_or_default();
            let actual = p.actual.as_ref().map(|a| a.value.to_string());
            [p.from.to_string(), p.to.to_string(), text(p.target.map(|t| t.to_string())), text(actual)]
        };
        i.periods.iter().map(one).collect::<Vec<_>>()
    });
    // What was promised for the whole grant is no target of its first two years.
    let promised = ["2024-09-01", "2026-12-31", "400", ""];
    assert_eq!(periods.next().unwrap(), [promised, ["2024-09-01", "2026-09-30", "", "400"]]);
    assert_eq!(periods.next().unwrap(), [promised, ["2024-09-01", "2026-09-30", "", "60"]]);
    assert!(periods.next().is_none(), "the small one is not there at all");
    // At the grant's end both are of the same days.
    let mut last = report(figures.clone());
    "2026-12-31".clone_into(&mut last.period.to);
    let Written::File(end) = file(&w.p, &last, date(2027, 1, 9)).unwrap() else { panic!("refused") };
    let end = ceiba_exchange::iati::read(&end, 10).unwrap();
    let whole = &end[0].activity.results[0].indicators[0].periods;
    assert!(whole.len() == 1 && whole[0].target.is_some() && whole[0].actual.is_some());
    assert!(read[0].activity.budgets.len() == 3 && read[0].activity.places.iter().all(|p| p.point.is_none()));
    let again = file(&w.p, &report(figures), date(2026, 10, 9)).unwrap();
    assert!(matches!(again, Written::File(bytes) if bytes == xml), "the same bytes each time");
}

#[test]
fn women_and_children_come_from_what_the_report_divides_and_shows() {
    let table = |rows_by: &str, columns_by: &str, rows: &[(&str, Vec<Value>)], columns: &[&str]| Table {
        rows_by: rows_by.into(),
        columns_by: columns_by.into(),
        rows: rows.iter().map(|(row, _)| (*row).to_owned()).collect(),
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        cells: rows.iter().map(|(_, cells)| cells.clone()).collect(),
    };
    let shown = Value::Shown;
    let mut one = figure("G9", "people", shown(40.0), shown(400.0));
    let ages = |hidden: Value| {
        let rows = [("0-11", vec![shown(6.0)]), ("15-17", vec![hidden]), ("18-24", vec![shown(20.0)])];
        table("age_band", "", &rows, &["all"])
    };
    one.tables = vec![table("sex", "", &[("Feminine", vec![shown(31.0)])], &["all"]), ages(shown(14.0))];
    let whole = reached(&one);
    let of = |value| Part::Of(value, shown(0.0));
    assert_eq!(
        (whole[0].place.as_deref(), whole[0].women, whole[0].children),
        (None, of(shown(31.0)), of(shown(20.0)))
    );
    one.tables[1] = ages(Value::Hidden);
    assert_eq!(reached(&one)[0].children, of(Value::Hidden), "a hidden band is never left out of a sum");
    one.tables.remove(0);
    assert_eq!(reached(&one)[0].women, Part::Undivided, "not divided");
    // By municipality: the crossed table, whichever of the two makes its rows.
    let places = [("GT0108", vec![shown(25.0)]), ("GT0920", vec![Value::Hidden])];
    one.tables.push(table("municipality", "", &places, &["all"]));
    let crossed = [("Feminine", vec![shown(18.0), Value::Hidden])];
    one.tables.push(table("sex", "municipality", &crossed, &["GT0108", "GT0920"]));
    let lines = reached(&one);
    let said: Vec<_> =
        lines.iter().map(|l| (l.place.as_deref().unwrap(), l.people, l.women, l.children)).collect();
    assert_eq!(
        said,
        [
            ("GT0108", shown(25.0), of(shown(18.0)), Part::Undivided),
            ("GT0920", Value::Hidden, of(Value::Hidden), Part::Undivided)
        ]
    );
    assert!(reached(&figure("hours", "hours", shown(1.0), shown(1.0))).is_empty());
}

#[tokio::test]
async fn a_sheet_counts_the_sites_of_the_report_and_not_those_of_today() {
    let w = &worlds().await[0];
    let mut old = report(vec![]);
    assert!(!old.canonical().unwrap().contains("site_kinds"), "an old report keeps its bytes");
    assert_eq!(
        (sites(&w.p, &old, "clinic"), sites(&w.p, &old, "office")),
        (1, 1),
        "of the programme as it is"
    );
    old.grant.site_kinds = ["house", "clinic", "clinic"].map(str::to_owned).to_vec();
    assert_eq!(
        (sites(&w.p, &old, "clinic"), sites(&w.p, &old, "office")),
        (2, 0),
        "of the day it was frozen"
    );
    let now = w.p.pack.results.grant("RAICES").unwrap().grant();
    assert_eq!(now.site_kinds, ["house", "house", "clinic", "office"]);
}

#[tokio::test]
async fn each_figure_says_what_it_counts_and_old_definitions_keep_their_bytes() {
    let w = &worlds().await[0];
    let results = &w.p.pack.results;
    let of = |code: &str| results.figure(code).unwrap().1;
    for i in results.indicators.iter().filter(|i| i.figure.len() > 1) {
        for (n, f) in i.figure.iter().enumerate() {
            assert!(!f.definition.is_empty(), "{}.{} has the sentence of all", i.code, f.id);
            assert!(i.figure[..n].iter().all(|x| x.definition != f.definition), "{}.{}", i.code, f.id);
        }
    }
    // What is kept of a report that was frozen before: no field that was not there.
    let single = serde_json::to_string(of("G1")).unwrap();
    assert!(of("G1").definition.is_empty() && !single.contains("definition"), "{single}");
}

#[test]
fn what_nobody_noted_is_no_zero() {
    let shown = Value::Shown;
    let by_sex = |people: f64, rows: &[(&str, Value)]| {
        let mut one = figure("G7.all", "people", shown(people), shown(people));
        let columns = if rows.is_empty() { vec![] } else { vec!["all".to_owned()] };
        one.tables[0].rows = rows.iter().map(|(row, _)| (*row).to_owned()).collect();
        (one.tables[0].columns, one.tables[0].cells) =
            (columns, rows.iter().map(|(_, n)| vec![*n]).collect());
        reached(&one)[0].women
    };
    assert_eq!(by_sex(16.0, &[("unknown", shown(16.0))]), Part::Unknown);
    assert_eq!(by_sex(16.0, &[("NonSpecifiedUnknown", shown(9.0)), ("unknown", shown(7.0))]), Part::Unknown);
    let some = [("Feminine", shown(28.0)), ("Masculine", shown(16.0)), ("unknown", shown(12.0))];
    assert_eq!(by_sex(56.0, &some), Part::Of(shown(28.0), shown(12.0)), "of twelve it is not known");
    let few = [("Feminine", shown(28.0)), ("Masculine", Value::Hidden), ("unknown", Value::Hidden)];
    assert_eq!(by_sex(33.0, &few), Part::Of(shown(28.0), Value::Hidden));
    assert_eq!(by_sex(9.0, &[("Masculine", shown(9.0))]), Part::Of(shown(0.0), shown(0.0)), "a true zero");
    assert_eq!(by_sex(0.0, &[]), Part::Of(shown(0.0), Value::Nothing), "nobody at all");
    // A place that the crossed table does not know: nothing is known of it.
    let mut one = figure("G7.all", "people", shown(30.0), shown(30.0));
    one.tables = [
        ("municipality", "", vec!["GT0108"], vec!["all"]),
        ("sex", "municipality", vec!["Feminine"], vec!["GT0920"]),
    ]
    .map(|(rows_by, columns_by, rows, columns)| Table {
        rows_by: rows_by.into(),
        columns_by: columns_by.into(),
        rows: rows.into_iter().map(Into::into).collect(),
        columns: columns.into_iter().map(Into::into).collect(),
        cells: vec![vec![shown(30.0)]],
    })
    .to_vec();
    assert_eq!(reached(&one)[0].women, Part::Undivided);
}

#[tokio::test]
async fn the_counts_of_a_public_sheet_are_in_the_log_and_beside_those_of_earlier_ones() {
    for w in worlds().await {
        let (mel, director) =
            (w.person("sofia", "mel", None).await, w.person("sara", "director", None).await);
        let shown = w.p.pack.outputs.sheet("RAICES").unwrap().results[0].figure.clone();
        let quarter = |to: &str, n: f64| {
            let mut of = report(vec![
                figure(&shown, "people", Value::Hidden, Value::Shown(n)),
                figure("not-on-it", "people", Value::Hidden, Value::Shown(n)),
            ]);
            of.period.to = to.into();
            of
        };
        let offered = async |of: &Frozen| {
            let mut tx = w.p.store.db.read().await.unwrap();
            pages::offered(&w.p, &mut tx, &mel, of).await.unwrap()
        };
        let said = |of: &Frozen| of.figure(&shown).unwrap().to_date;
        let ask = async |of: &Frozen| {
            work!(w, &mel, |work| pages::ask(&w.p, &mut work, &mel, of, &Content::default()).await)
        };
        let log = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            releases::outside(&w.p, &mut tx, &mel).await.unwrap()
        };
        let first = offered(&quarter("2026-06-30", 40.0)).await;
        assert_eq!(said(&first), Value::Shown(40.0), "{}", w.engine);
        let page = ask(&first).await.unwrap();
        let one = log().await;
        assert_eq!((one.len(), one[0].state.as_str(), one[0].audience.as_str()), (1, "asked", "public"));
        assert_eq!((one[0].recipient.as_deref(), one[0].threshold), (Some("public"), 10));
        let alone =
            work!(w, &director, |work| releases::decide(&w.p, &mut work, &director, one[0].id, None).await);
        assert!(alone.is_err(), "{}: it is decided with the sheet", w.engine);
        work!(w, &director, |work| pages::publish(&w.p, &mut work, &director, page).await).unwrap();
        assert_eq!(
            (log().await[0].state.as_str(), log().await[0].reviewed_by),
            ("released", Some(director.account))
        );
        // Seven more: whoever has both sheets would know of seven.
        let raw = quarter("2026-09-30", 47.0);
        assert!(matches!(ask(&raw).await, Err(ProgrammeError::Stale)), "{}: not as it is", w.engine);
        let second = offered(&raw).await;
        assert_eq!(said(&second), Value::AtLeast(40.0), "{}", w.engine);
        let page = ask(&second).await.unwrap();
        work!(w, &director, |work| pages::retire(&w.p, &mut work, &director, page).await).unwrap();
        assert_eq!(log().await.iter().filter(|r| r.state == "refused").count(), 1, "{}", w.engine);
        assert_eq!(said(&offered(&quarter("2026-09-30", 52.0)).await), Value::Shown(52.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_page_is_public_by_two_people_and_taken_back_by_one() {
    for w in worlds().await {
        let frozen = report(vec![]);
        let says = |title: &str| Content { title: both(title), ..Content::default() };
        let (mel, director) =
            (w.person("sofia", "mel", None).await, w.person("sara", "director", None).await);
        let ask = async |title: &str| {
            work!(w, &mel, |work| pages::ask(&w.p, &mut work, &mel, &frozen, &says(title)).await).unwrap()
        };
        let publish =
            async |who: &Caller, id| work!(w, who, |work| pages::publish(&w.p, &mut work, who, id).await);
        let seen = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            pages::public(&mut tx, "RAICES").await.ok().map(|page| page.content.title.es)
        };
        // Nobody sees what is only asked for; who asked does not decide.
        let first = ask("uno").await;
        assert_eq!(seen().await, None);
        assert!(publish(&mel, first).await.is_err());
        let own =
            work!(w, &director, |work| pages::ask(&w.p, &mut work, &director, &frozen, &says("tres")).await);
        if let Ok(own) = own {
            assert!(matches!(
                publish(&director, own).await,
                Err(ProgrammeError::State("state-sheet-other-publishes"))
            ));
        }
        let first = ask("uno").await;
        publish(&director, first).await.unwrap();
        assert_eq!(seen().await.as_deref(), Some("uno"));
        assert!(matches!(publish(&director, first).await, Err(ProgrammeError::Stale)));
        // The next one takes its place; then it is taken back.
        let second = ask("dos").await;
        assert_eq!(seen().await.as_deref(), Some("uno"));
        publish(&director, second).await.unwrap();
        assert_eq!(seen().await.as_deref(), Some("dos"));
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(pages::list(&w.p, &mut tx, &mel, "RAICES").await.unwrap().len(), 1);
        drop(tx);
        work!(w, &director, |work| pages::retire(&w.p, &mut work, &director, second).await).unwrap();
        assert_eq!(seen().await, None);
    }
}
