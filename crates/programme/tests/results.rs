//! A quarter of a grant: asked for by one, approved by another, the same bytes for ever, stated again with a reason.

use ceiba_access::Caller;
use ceiba_disclosure::Audience;
use ceiba_exchange::sheet::{self as workbook, Book, Sheet};
use ceiba_programme::outputs::pages::{self, Content};
use ceiba_programme::releases::{self, New};
use ceiba_programme::results::frozen::{Frozen, Value};
use ceiba_programme::results::quarter::{self, Decision, Verified};
use ceiba_programme::results::{Measure, Span, behind, brought, sheet, spending};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};
use ceiba_store::Fact;

const WHICH: (&str, &str) = ("VOLCAN", "2026-Q3");
/// 2026-11-24, noon UTC.
const TODAY: i64 = 1_795_521_600_000_000;

struct Two {
    sofia: Caller,
    sara: Caller,
}

async fn two(w: &World) -> Two {
    w.place.clock.set(TODAY);
    Two { sofia: w.person("sofia", "mel", None).await, sara: w.person("sara", "director", None).await }
}

/// Opens a quarter, if nobody has: what is written later is not counted.
async fn open(w: &World, who: &Caller, which: Which) {
    if read_of(w, who, which).await.report.is_none() {
        work!(w, who, |work| quarter::open(&w.p, &mut work, who, which).await).unwrap();
    }
}

/// The numbers of a quarter that is open.
async fn look(w: &World, who: &Caller, which: Which) -> Frozen {
    open(w, who, which).await;
    quarter::look(&w.p, who, which).await.unwrap().1
}

async fn serve(w: &World, who: &Caller, people: std::ops::RangeInclusive<u8>, day: &str) {
    serve_at(w, who, "K1", people, day).await;
}

async fn serve_at(w: &World, who: &Caller, site: &str, people: std::ops::RangeInclusive<u8>, day: &str) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    for n in people {
        let fact = Fact {
            kind: "service.given",
            at: work.at(),
            day: day.into(),
            code: Some("education_formal".into()),
            site: Some(site.into()),
            sex: Some(if n % 2 == 0 { "Feminine" } else { "Masculine" }.into()),
            age_band: Some("15-17".into()),
            subject: Some([n; 16]),
            amount: 1,
            ..Fact::default()
        };
        work.fact(fact).await.unwrap();
    }
    work.record("test.facts", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

type Which = (&'static str, &'static str);

async fn explain(w: &World, who: &Caller) {
    explain_of(w, who, WHICH).await;
}

async fn explain_of(w: &World, who: &Caller, which: Which) {
    let frozen = look(w, who, which).await;
    for f in frozen.figures.iter().filter(|f| quarter::is_off(f, &frozen)) {
        let text = "El curso empezó un trimestre después.";
        work!(w, who, |work| quarter::explain(&w.p, &mut work, who, which, (&f.code, text)).await).unwrap();
    }
}

async fn ask(w: &World, who: &Caller) -> Outcome<Frozen> {
    ask_of(w, who, WHICH).await
}

async fn ask_of(w: &World, who: &Caller, which: Which) -> Outcome<Frozen> {
    open(w, who, which).await;
    let (basis, frozen) = quarter::look(&w.p, who, which).await?;
    work!(w, who, |work| quarter::ask(&w.p, &mut work, who, which, (&basis, &frozen)).await)?;
    Ok(frozen)
}

async fn read(w: &World, who: &Caller) -> quarter::Quarter {
    read_of(w, who, WHICH).await
}

async fn read_of(w: &World, who: &Caller, which: Which) -> quarter::Quarter {
    let mut tx = w.p.store.db.read().await.unwrap();
    quarter::read(&w.p, &mut tx, who, which).await.unwrap()
}

async fn decide(w: &World, who: &Caller, decision: Decision<'_>) -> Outcome<()> {
    decide_of(w, who, decision, WHICH).await
}

async fn decide_of(w: &World, who: &Caller, decision: Decision<'_>, which: Which) -> Outcome<()> {
    let quarter = read_of(w, who, which).await;
    let hash: String =
        quarter.asked().map_or_else(String::new, |v| v.hash.iter().map(|b| format!("{b:02x}")).collect());
    work!(w, who, |work| quarter::decide(&w.p, &mut work, who, which, (decision, &hash)).await)
}

async fn freeze(w: &World, t: &Two) -> Frozen {
    freeze_of(w, t, WHICH).await
}

async fn freeze_of(w: &World, t: &Two, which: Which) -> Frozen {
    explain_of(w, &t.sofia, which).await;
    let asked = ask_of(w, &t.sofia, which).await.unwrap();
    decide_of(w, &t.sara, Decision::Approve, which).await.unwrap();
    asked
}

#[tokio::test]
async fn another_person_approves_and_what_she_saw_is_what_is_signed() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        // Far from what was due, and nobody said why.
        assert!(
            matches!(ask(&w, &t.sofia).await, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-report-explain")
        );
        explain(&w, &t.sofia).await;
        let asked = ask(&w, &t.sofia).await.unwrap();
        assert!(
            matches!(decide(&w, &t.sofia, Decision::Approve).await, Err(ProgrammeError::Refused(_))),
            "{}",
            w.engine
        );
        let back = Decision::Refuse("Falta la hoja de septiembre.");
        decide(&w, &t.sara, back).await.unwrap();
        assert_eq!(read(&w, &t.sofia).await.report.unwrap().state, "open", "{}", w.engine);
        let again = ask(&w, &t.sofia).await.unwrap();
        assert_eq!(again.shown().unwrap(), asked.shown().unwrap(), "{}", w.engine);
        decide(&w, &t.sara, Decision::Approve).await.unwrap();
        let quarter = read(&w, &t.sara).await;
        let version = quarter.frozen().unwrap();
        assert_eq!(version.frozen().unwrap(), again, "{}", w.engine);
        assert_eq!(again.figure("G9.adolescents").unwrap().value, Value::Shown(20.0));
        // A director does not write, and whoever has no numbers sees nothing.
        let refused =
            work!(w, t.sara, |work| quarter::restate(&w.p, &mut work, &t.sara, WHICH, "porque quiero").await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        let rosa = w.person("rosa", "duty", None).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(quarter::read(&w.p, &mut tx, &rosa, WHICH).await.is_err(), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_past_report_comes_out_the_same_to_the_byte_whatever_came_later() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        freeze(&w, &t).await;
        let whole = Verified { same: true, signed: true, in_ledger: true };
        assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
        // Somebody writes up August in November.
        serve(&w, &t.sofia, 30..=45, "2026-08-20").await;
        assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
        let reason = "Llegaron las hojas de agosto de la clínica.";
        work!(w, t.sofia, |work| quarter::restate(&w.p, &mut work, &t.sofia, WHICH, reason).await).unwrap();
        let second = freeze(&w, &t).await;
        assert_eq!(second.figure("G9.adolescents").unwrap().value, Value::Shown(36.0), "{}", w.engine);
        assert_eq!(second.restates.as_ref().unwrap().reason, reason, "{}", w.engine);
        for n in [1, 2] {
            assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, n).await.unwrap(), whole, "{} {n}", w.engine);
        }
        assert_eq!(read(&w, &t.sofia).await.versions.len(), 2, "{}", w.engine);
        // One changed digit in what is kept, and it says so.
        let mut work = w.p.store.work(t.sofia.account).await.unwrap();
        work.sql("UPDATE report_version SET body = REPLACE(body, '36.0', '63.0') WHERE number = 2")
            .run()
            .await
            .unwrap();
        work.record("test.tamper", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let broken = Verified { same: false, signed: false, in_ledger: true };
        assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 2).await.unwrap(), broken, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_restatement_that_differs_by_a_few_people_does_not_tell_who_they_are() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        freeze(&w, &t).await;
        serve(&w, &t.sofia, 30..=32, "2026-08-20").await;
        let reason = "Faltaban tres personas de agosto.";
        work!(w, t.sofia, |work| quarter::restate(&w.p, &mut work, &t.sofia, WHICH, reason).await).unwrap();
        let second = freeze(&w, &t).await;
        let figure = second.figure("G9.adolescents").unwrap();
        assert_eq!(figure.value, Value::Hidden, "{}", w.engine);
        assert_eq!(figure.to_date, Value::AtLeast(20.0), "{}", w.engine);
        assert!(
            figure.tables.iter().flat_map(|t| &t.cells).flatten().all(|c| *c == Value::Hidden),
            "{}",
            w.engine
        );
    }
}

#[tokio::test]
async fn behind_a_figure_are_marks_that_lead_to_nobody() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        // A mistake, taken back: no mark stands for her.
        serve(&w, &t.sofia, 21..=21, "2026-08-03").await;
        let mut work = w.p.store.work(t.sofia.account).await.unwrap();
        let row =
            work.sql("SELECT id FROM fact WHERE subject = $1").bind(vec![21_u8; 16]).one().await.unwrap();
        work.fact_back("service.given", row.get("id").unwrap()).await.unwrap();
        work.record("test.back", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        freeze(&w, &t).await;
        let all = behind::read(&w.p, &t.sofia, WHICH, (1, "G9.adolescents"), None).await.unwrap();
        let by_sex = behind::read(&w.p, &t.sofia, WHICH, (1, "G9.adolescents"), Some("sex")).await.unwrap();
        assert_eq!((all.marks.len(), by_sex.marks.len()), (20, 20), "{}", w.engine);
        assert!(all.same && by_sex.same, "{}", w.engine);
        assert!(
            all.marks.iter().all(|a| by_sex.marks.iter().all(|b| a.mark != b.mark)),
            "lists cannot be joined"
        );
        assert!(all.marks.iter().all(|m| m.facts == "1"), "{}", w.engine);
        // No pseudonym, in whatever spelling.
        assert!(
            !all.marks.iter().any(|m| (1..=20u8).any(|n| m.mark.contains(&format!("{n:02x}").repeat(4))))
        );
        // A figure of nobody, and one that the grant has not.
        let trade = behind::read(&w.p, &t.sofia, WHICH, (1, "G24.trade"), None).await.unwrap();
        assert!(trade.marks.is_empty(), "{}", w.engine);
        assert!(behind::read(&w.p, &t.sofia, WHICH, (1, "G1"), None).await.is_err(), "{}", w.engine);
    }
}

#[tokio::test]
async fn earlier_records_come_all_or_none_and_each_figure_says_how_much_they_are() {
    const HEAD: &str = "kind,day,code,site,sex,age_band,subject,amount,institution\n";
    for w in worlds().await {
        let t = two(&w).await;
        let good = |n: u32| {
            format!("service.given,2026-08-0{},education_formal,K1,Feminine,15-17,p{n},1,\n", 1 + n % 9)
        };
        let file = format!("{HEAD}{}", (0..12).map(good).collect::<String>());
        let bad = format!(
            "{file}service.gone,2026-08-01,,,,,p1,,\nservice.given,2019-01-01,Una frase,X9,Fem,15,Ana López,uno,\n"
        );
        let faults = brought::look(&w.p, &t.sofia, WHICH.0, bad.as_bytes()).unwrap().unwrap_err();
        let at =
            |row: u32| faults.iter().filter(|f| f.row == row).map(|f| f.column.as_str()).collect::<Vec<_>>();
        assert_eq!(at(14), ["kind"], "{}", w.engine);
        assert_eq!(at(15), ["day", "site", "sex", "age_band", "code", "subject", "amount"], "{}", w.engine);
        // A workbook says the same, and is carried to the yes as CSV.
        let cells = |line: &str| line.split(',').map(|t| workbook::Value::Text(t.into())).collect::<Vec<_>>();
        let book = Book {
            title: "x".into(),
            sheets: vec![Sheet {
                name: "x".into(),
                above: vec![],
                columns: HEAD.trim().split(',').map(|h| (h.to_owned(), 12)).collect(),
                rows: file.lines().skip(1).map(cells).collect(),
            }],
        };
        let book = workbook::write(&book).unwrap();
        let looked = brought::look(&w.p, &t.sofia, WHICH.0, &book).unwrap().unwrap();
        let csv = sheet::as_csv(&book).unwrap();
        let carried = brought::look(&w.p, &t.sofia, WHICH.0, csv.as_bytes()).unwrap().unwrap();
        assert_eq!((looked.facts, looked.kinds.len()), (carried.facts, 1), "{}: {csv}", w.engine);
        assert!(sheet::as_csv(b"PK no workbook").is_none());
        let refused =
            work!(w, t.sofia, |work| brought::bring(&w.p, &mut work, &t.sofia, WHICH.0, bad.as_bytes())
                .await);
        assert!(matches!(refused, Err(ProgrammeError::Stale)), "{}", w.engine);
        let many =
            work!(w, t.sofia, |work| brought::bring(&w.p, &mut work, &t.sofia, WHICH.0, file.as_bytes())
                .await);
        assert_eq!(many.unwrap(), 12, "{}", w.engine);
        let twice =
            work!(w, t.sofia, |work| brought::bring(&w.p, &mut work, &t.sofia, WHICH.0, file.as_bytes())
                .await);
        assert!(matches!(twice, Err(ProgrammeError::State("state-brought-before"))), "{}", w.engine);
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        let frozen = look(&w, &t.sofia, WHICH).await;
        let figure = frozen.figure("G9.adolescents").unwrap();
        assert_eq!((figure.value, figure.brought), (Value::Shown(32.0), Value::Shown(12.0)), "{}", w.engine);
    }
}

#[tokio::test]
async fn spending_stands_beside_the_figures_and_wrong_rows_are_named() {
    for w in worlds().await {
        let t = two(&w).await;
        open(&w, &t.sofia, WHICH).await;
        let bad = "línea;nombre;presupuesto;gastado\nA1;Personal;60000;1.250\nA1;Personal;x;0\n";
        let faults = spending::look(&w.p, &t.sofia, WHICH.0, bad.as_bytes()).unwrap().unwrap_err();
        let found: Vec<_> = faults.iter().map(|f| (f.row, f.column.as_str(), f.key)).collect();
        let want = [
            (2, "gastado", "problem-sheet-amount-two-ways"),
            (3, "presupuesto", "problem-sheet-amount"),
            (3, "línea", "problem-sheet-twice"),
        ];
        assert_eq!(found, want, "{}", w.engine);
        let missing = "línea;nombre;presupuesto\nA1;Personal;60000\n";
        let faults = spending::look(&w.p, &t.sofia, WHICH.0, missing.as_bytes()).unwrap().unwrap_err();
        assert_eq!(faults[0].column, "gastado", "{}: in the words of the other headings", w.engine);
        // As Excel in Spanish writes it: the rest of the sheet says how 1.250 is read.
        let comma = "línea;nombre;presupuesto;gastado\nA1;Personal;60.000;1250,50\nB2;Becas;1.250;0,00\n";
        let rows = spending::look(&w.p, &t.sofia, WHICH.0, comma.as_bytes()).unwrap().unwrap();
        let read: Vec<_> = rows.iter().map(|r| (r.budget, r.spent)).collect();
        assert_eq!(read, [(6_000_000, 125_050), (125_000, 0)], "{}", w.engine);
        // A large budget, and what came back, as a spreadsheet writes it and as it is carried to the yes.
        let back =
            "línea;nombre;presupuesto;gastado\nA1;Personal;12000000;-5\nB2;Becas;1.250,00;(1.250,50)\n";
        let rows = spending::look(&w.p, &t.sofia, WHICH.0, back.as_bytes()).unwrap().unwrap();
        let read: Vec<_> = rows.iter().map(|r| (r.budget, r.spent)).collect();
        assert_eq!(read, [(1_200_000_000, -500), (125_000, -125_050)], "{}", w.engine);
        let again = spending::written(&rows);
        assert_eq!(spending::look(&w.p, &t.sofia, WHICH.0, again.as_bytes()).unwrap(), Ok(rows), "{again}");
        let less = "línea;nombre;presupuesto;gastado\nA1;Personal;-5;0\nB2;Becas;2000000000;0\n";
        let faults = spending::look(&w.p, &t.sofia, WHICH.0, less.as_bytes()).unwrap().unwrap_err();
        let found: Vec<_> = faults.iter().map(|f| (f.row, f.key)).collect();
        assert_eq!(found, [(2, "problem-sheet-budget"), (3, "problem-sheet-amount")], "{}", w.engine);
        let sheet =
            "línea;nombre;presupuesto;gastado\nA1;Personal;60000;1250.50\nB2;Becas y útiles;40000;0\n";
        let other = sheet.replace("1250.50", "1300");
        for text in [sheet, &other] {
            let brought =
                work!(w, t.sofia, |work| spending::bring(&w.p, &mut work, &t.sofia, WHICH, text.as_bytes())
                    .await);
            assert_eq!(brought.unwrap(), 2, "{}", w.engine);
        }
        // More than the grant has, and a line that is no more: said before it is kept.
        let large = "línea,nombre,presupuesto,gastado\nA1,Personal,900000.00,0\n";
        let rows = spending::look(&w.p, &t.sofia, WHICH.0, large.as_bytes()).unwrap().unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let found = spending::doubts(&w.p, &mut tx, &t.sofia, WHICH, &rows).await.unwrap();
        drop(tx);
        assert_eq!(found.over, Some((90_000_000, 12_000_000)), "{}", w.engine);
        assert_eq!(found.dropped, [("B2".into(), "Becas y útiles".into(), 4_000_000)], "{}", w.engine);
        let frozen = look(&w, &t.sofia, WHICH).await;
        let lines: Vec<_> =
            frozen.spending.iter().map(|l| (l.code.as_str(), l.budget, l.spent, l.to_date)).collect();
        assert_eq!(lines, [("A1", 6_000_000, 130_000, 130_000), ("B2", 4_000_000, 0, 0)], "{}", w.engine);
    }
}

#[tokio::test]
async fn two_grants_side_by_side_do_not_tell_of_the_few_who_are_in_one_alone() {
    const OTHER: Which = ("RAICES", "2026-Q3");
    for (few, at_the_other, says) in [
        (41..=42, 43..=45, Value::AtLeast(40.0)),
        // Twelve are no few.
        (41..=52, 53..=72, Value::Shown(52.0)),
    ] {
        for w in worlds().await {
            let t = two(&w).await;
            serve(&w, &t.sofia, 1..=40, "2026-08-03").await;
            serve_at(&w, &t.sofia, "M1", few.clone(), "2026-08-03").await;
            serve_at(&w, &t.sofia, "M2", at_the_other.clone(), "2026-08-03").await;
            let alone = look(&w, &t.sofia, WHICH).await;
            let all = 40.0 + f64::from(few.end() - few.start() + 1);
            let value = |frozen: &Frozen| frozen.figure("G9.adolescents").unwrap().value;
            assert_eq!(value(&alone), Value::Shown(all), "{}: of one grant alone it may be told", w.engine);
            // The larger grant shows the forty of K1 in its table.
            freeze_of(&w, &t, OTHER).await;
            let frozen = freeze(&w, &t).await;
            assert_eq!(value(&frozen), says, "{}", w.engine);
            let whole = Verified { same: true, signed: true, in_ledger: true };
            assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_quarter_that_goes_on_shows_whole_months_to_whoever_prepares_it() {
    const NOW: Which = ("VOLCAN", "2026-Q4");
    for w in worlds().await {
        let t = two(&w).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        serve(&w, &t.sofia, 1..=20, "2026-10-15").await;
        open(&w, &t.sofia, NOW).await;
        let now = async |who: &Caller| quarter::look(&w.p, who, NOW).await;
        let value = |frozen: &Frozen| frozen.figure("G9.adolescents").unwrap().value;
        let (basis, before) = now(&t.sofia).await.unwrap();
        assert_eq!(
            (before.period.to.as_str(), value(&before)),
            ("2026-10-31", Value::Shown(20.0)),
            "{}",
            w.engine
        );
        serve(&w, &t.sofia, 21..=21, "2026-11-24").await;
        assert_eq!(
            value(&now(&t.sara).await.unwrap().1),
            Value::Shown(20.0),
            "{}: she came this month",
            w.engine
        );
        assert!(matches!(now(&nora).await, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        let asked =
            work!(w, t.sofia, |work| quarter::ask(&w.p, &mut work, &t.sofia, NOW, (&basis, &before)).await);
        assert!(matches!(asked, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-report-early"));
        // On the fifth of November not even October is over long enough.
        w.place.clock.set(TODAY - 19 * ceiba_store::DAY);
        let early = now(&t.sofia).await;
        assert!(matches!(early, Err(ProgrammeError::State("state-report-no-month"))), "{}", w.engine);
    }
}

/// A table of people served for the public, asked for by one and let go by another.
async fn publish(w: &World, t: &Two, measure: Measure) -> Vec<Option<u64>> {
    let span = Span { from: "2026-07-01".into(), to: "2026-09-30".into(), site: None };
    let new = New {
        measure,
        span: &span,
        audience: Audience::Public,
        recipient: "Municipalidad de ejemplo",
        reason: "public_note",
    };
    let id = work!(w, t.sofia, |work| releases::ask(&w.p, &mut work, &t.sofia, &new).await).unwrap();
    work!(w, t.sara, |work| releases::decide(&w.p, &mut work, &t.sara, id, None).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let release = releases::read(&w.p, &mut tx, &t.sofia, id).await.unwrap();
    release.answer().unwrap().lines().iter().map(|line| line.count.shown()).collect()
}

/// Forty girls at houses of a grant, and so many at one that it does not pay for.
async fn girls(w: &World, elsewhere: std::ops::RangeInclusive<u8>) -> Two {
    let t = two(w).await;
    serve(w, &t.sofia, 1..=40, "2026-08-03").await;
    serve_at(w, &t.sofia, "M2", elsewhere, "2026-08-03").await;
    t
}

#[tokio::test]
async fn a_public_number_less_that_of_a_donor_is_no_girl() {
    for (elsewhere, says) in [(41..=41, Value::Hidden), (41..=52, Value::Shown(40.0))] {
        for w in worlds().await {
            let t = girls(&w, elsewhere.clone()).await;
            let all = u64::from(*elsewhere.end());
            assert_eq!(publish(&w, &t, Measure::ServedByService).await, [Some(all)], "{}", w.engine);
            // All in the public table less those of the grant are the girls of the house that it does not pay for.
            let frozen = freeze(&w, &t).await;
            let figure = frozen.figure("G9.adolescents").unwrap();
            assert_eq!((figure.value, figure.to_date), (says, says), "{}", w.engine);
            // What the public reads later changes nothing of it.
            serve_at(&w, &t.sofia, "M2", 60..=80, "2026-08-03").await;
            publish(&w, &t, Measure::ServedBySexAge).await;
            let whole = Verified { same: true, signed: true, in_ledger: true };
            assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_public_table_after_a_report_is_no_girl_either() {
    for (elsewhere, says) in [(41..=41, None), (41..=52, Some(52))] {
        for w in worlds().await {
            let t = girls(&w, elsewhere.clone()).await;
            let frozen = freeze(&w, &t).await;
            assert_eq!(frozen.figure("G9.adolescents").unwrap().value, Value::Shown(40.0), "{}", w.engine);
            assert_eq!(publish(&w, &t, Measure::ServedByService).await, [says], "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn an_old_public_sheet_and_the_report_of_another_donor_tell_of_nobody() {
    const FIRST: Which = ("RAICES", "2026-Q1");
    const SECOND: Which = ("RAICES", "2026-Q2");
    for sheet_first in [true, false] {
        for w in worlds().await {
            let t = two(&w).await;
            // One girl is of the larger grant alone; twenty come later to it, with ten of the forty, so that its next report does not tell of her.
            serve(&w, &t.sofia, 1..=40, "2026-02-03").await;
            serve_at(&w, &t.sofia, "M2", 41..=41, "2026-02-03").await;
            serve_at(&w, &t.sofia, "M2", 50..=69, "2026-05-04").await;
            serve_at(&w, &t.sofia, "M2", 1..=10, "2026-05-04").await;
            let mut reports = Vec::new();
            for which in [FIRST, SECOND] {
                reports.push(freeze_of(&w, &t, which).await);
            }
            let to_date = |of: &Frozen| of.figure("G9.adolescents").unwrap().to_date;
            let publish = async || {
                let mut tx = w.p.store.db.read().await.unwrap();
                let public = pages::offered(&w.p, &mut tx, &t.sofia, &reports[0]).await.unwrap();
                drop(tx);
                let page = work!(w, t.sofia, |work| pages::ask(
                    &w.p,
                    &mut work,
                    &t.sofia,
                    &public,
                    &Content::default()
                )
                .await)
                .unwrap();
                work!(w, t.sara, |work| pages::publish(&w.p, &mut work, &t.sara, page).await).unwrap();
                to_date(&public)
            };
            if sheet_first {
                assert_eq!(publish().await, Value::Shown(41.0), "{}", w.engine);
                assert_eq!(to_date(&freeze(&w, &t).await), Value::Hidden, "{}: 41 less 40", w.engine);
                let whole = Verified { same: true, signed: true, in_ledger: true };
                assert_eq!(quarter::verify(&w.p, &t.sofia, WHICH, 1).await.unwrap(), whole, "{}", w.engine);
            } else {
                assert_eq!(to_date(&freeze(&w, &t).await), Value::Shown(40.0), "{}", w.engine);
                assert_eq!(publish().await, Value::Hidden, "{}: 41 less 40", w.engine);
            }
        }
    }
}

#[tokio::test]
async fn of_two_reports_that_wait_the_second_is_counted_again_beside_the_first() {
    const OTHER: Which = ("RAICES", "2026-Q3");
    for (first, second) in [(WHICH, OTHER), (OTHER, WHICH)] {
        for w in worlds().await {
            let t = two(&w).await;
            // Three girls at a house that only one of the grants pays for.
            serve(&w, &t.sofia, 1..=40, "2026-08-03").await;
            serve_at(&w, &t.sofia, "M2", 43..=45, "2026-08-03").await;
            let mut asked = Vec::new();
            for which in [first, second] {
                explain_of(&w, &t.sofia, which).await;
                asked.push(ask_of(&w, &t.sofia, which).await.unwrap());
            }
            decide_of(&w, &t.sara, Decision::Approve, first).await.unwrap();
            let late = decide_of(&w, &t.sara, Decision::Approve, second).await;
            assert!(matches!(late, Err(ProgrammeError::State("state-report-overtaken"))), "{}", w.engine);
            decide_of(&w, &t.sara, Decision::Refuse("Cuéntelo otra vez."), second).await.unwrap();
            let again = freeze_of(&w, &t, second).await;
            let value = |frozen: &Frozen| frozen.figure("G9.adolescents").unwrap().value;
            assert!(value(&asked[1]).shown().is_some() && value(&asked[0]).shown().is_some(), "{}", w.engine);
            assert!(value(&again).shown().is_none(), "{}: 43 less 40", w.engine);
        }
    }
}

#[tokio::test]
async fn a_table_that_is_asked_for_while_a_report_waits_is_laid_beside_it() {
    for w in worlds().await {
        let t = girls(&w, 41..=41).await;
        explain(&w, &t.sofia).await;
        ask(&w, &t.sofia).await.unwrap();
        publish(&w, &t, Measure::ServedByService).await;
        let late = decide(&w, &t.sara, Decision::Approve).await;
        assert!(matches!(late, Err(ProgrammeError::State("state-report-overtaken"))), "{}", w.engine);
        decide(&w, &t.sara, Decision::Refuse("Cuéntelo otra vez.")).await.unwrap();
        let frozen = freeze(&w, &t).await;
        assert_eq!(frozen.figure("G9.adolescents").unwrap().value, Value::Hidden, "{}: 41 less 40", w.engine);
    }
}

#[tokio::test]
async fn a_third_version_is_laid_beside_the_first_and_nights_are_too() {
    const OTHER: Which = ("RAICES", "2026-Q3");
    for w in worlds().await {
        let t = two(&w).await;
        let nights = async |girl: u8, many: std::ops::Range<i64>| {
            let mut work = w.p.store.work(t.sofia.account).await.unwrap();
            for n in many {
                let fact = Fact {
                    kind: "shelter.night",
                    at: work.at() + n,
                    day: "2026-08-03".into(),
                    code: Some("resident".into()),
                    site: Some("K1".into()),
                    subject: Some([girl; 16]),
                    amount: 1,
                    ..Fact::default()
                };
                work.fact(fact).await.unwrap();
            }
            work.record("test.facts", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
            work.commit().await.unwrap();
        };
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        for girl in 1..=6 {
            nights(girl, 0..50).await;
        }
        let said =
            |frozen: &Frozen| ["G9.adolescents", "G10.nights"].map(|code| frozen.figure(code).unwrap().value);
        let first = freeze_of(&w, &t, OTHER).await;
        assert_eq!(said(&first), [Value::Shown(20.0), Value::Shown(300.0)], "{}", w.engine);
        // Three more people, and thirty nights more of one girl.
        serve(&w, &t.sofia, 30..=32, "2026-08-20").await;
        nights(1, 100..130).await;
        for version in [2, 3] {
            let reason = "Llegaron hojas que faltaban de agosto.";
            work!(w, t.sofia, |work| quarter::restate(&w.p, &mut work, &t.sofia, OTHER, reason).await)
                .unwrap();
            let next = freeze_of(&w, &t, OTHER).await;
            assert_eq!(next.version, version, "{}", w.engine);
            assert_eq!(said(&next), [Value::Hidden, Value::AtLeast(300.0)], "{} {version}", w.engine);
            let whole = Verified { same: true, signed: true, in_ledger: true };
            assert_eq!(
                quarter::verify(&w.p, &t.sofia, OTHER, i64::from(version)).await.unwrap(),
                whole,
                "{}",
                w.engine
            );
        }
    }
}

#[tokio::test]
async fn an_open_quarter_does_not_count_who_was_written_up_yesterday() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=20, "2026-08-03").await;
        let value = |frozen: &Frozen| frozen.figure("G9.adolescents").unwrap().value;
        assert_eq!(value(&look(&w, &t.sofia, WHICH).await), Value::Shown(20.0), "{}", w.engine);
        // One girl of August, typed in the next day; weeks later it is the same.
        w.place.clock.set(TODAY + ceiba_store::DAY);
        serve(&w, &t.sofia, 21..=21, "2026-08-20").await;
        for days in [1, 2, 40] {
            w.place.clock.set(TODAY + days * ceiba_store::DAY);
            assert_eq!(value(&look(&w, &t.sofia, WHICH).await), Value::Shown(20.0), "{} {days}", w.engine);
        }
        // Direction sends it back, which stands in the ledger: now it counts whoever was written up.
        serve(&w, &t.sofia, 22..=30, "2026-08-20").await;
        explain(&w, &t.sofia).await;
        ask(&w, &t.sofia).await.unwrap();
        decide(&w, &t.sara, Decision::Refuse("Que entren las hojas de agosto.")).await.unwrap();
        assert_eq!(value(&look(&w, &t.sofia, WHICH).await), Value::Shown(30.0), "{}", w.engine);
    }
}

async fn bring(w: &World, t: &Two, grant: &str, file: &str) -> Outcome<usize> {
    work!(w, t.sofia, |work| brought::bring(&w.p, &mut work, &t.sofia, grant, file.as_bytes()).await)
}

/// Rows of people who were served before.
fn records(people: std::ops::RangeInclusive<u8>, amount: i64) -> String {
    let row = |n| format!("service.given,2026-08-03,education_formal,K1,Feminine,15-17,p{n},{amount}\n");
    format!("kind,day,code,site,sex,age_band,subject,amount\n{}", people.map(row).collect::<String>())
}

#[tokio::test]
async fn what_was_brought_for_one_grant_is_not_counted_in_another() {
    const OTHER: Which = ("RAICES", "2026-Q3");
    for w in worlds().await {
        let t = two(&w).await;
        bring(&w, &t, WHICH.0, &records(1..=12, 1)).await.unwrap();
        bring(&w, &t, OTHER.0, &records(1..=12, 1)).await.unwrap();
        for which in [WHICH, OTHER] {
            let frozen = look(&w, &t.sofia, which).await;
            let figure = frozen.figure("G9.adolescents").unwrap();
            assert_eq!(
                (figure.value, figure.brought),
                (Value::Shown(12.0), Value::Shown(12.0)),
                "{}",
                w.engine
            );
        }
    }
}

#[tokio::test]
async fn invented_records_do_not_count_out_a_small_group() {
    for w in worlds().await {
        let t = two(&w).await;
        serve(&w, &t.sofia, 1..=3, "2026-08-03").await;
        bring(&w, &t, WHICH.0, &records(1..=12, 1)).await.unwrap();
        let frozen = look(&w, &t.sofia, WHICH).await;
        let figure = frozen.figure("G9.adolescents").unwrap();
        assert_eq!(
            (figure.value, figure.to_date),
            (Value::Hidden, Value::Hidden),
            "{}: 15 less 12",
            w.engine
        );
        let cells = figure.tables.iter().flat_map(|t| &t.cells).flatten();
        assert!(cells.into_iter().all(|cell| *cell == Value::Hidden), "{}", w.engine);
        // What was not brought is not taken back, and no more than was.
        for wrong in [records(13..=13, -1), records(1..=1, -2)] {
            let refused = bring(&w, &t, WHICH.0, &wrong).await;
            assert!(matches!(refused, Err(ProgrammeError::State("state-brought-back"))), "{}", w.engine);
        }
        assert_eq!(bring(&w, &t, WHICH.0, &records(1..=12, -1)).await.unwrap(), 12, "{}", w.engine);
    }
}
