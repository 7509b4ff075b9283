//! Acceptance tests T1 and T2 of the standards: the project's activity is what the vector says and passes the schema, a bad one is refused
//! with its reason, and nothing small, long or fine leaves.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use ceiba_exchange::iati::{
    Activity, Actual, Budget, Fault, Finance, Indicator, Number, Organisation, Outcome, Period, Place, Texts,
    Transaction, Why, check, read, split, write,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use quick_xml::events::Event;

const GOOD: &str = include_str!("vectors/iati/gatip_activity.xml");
const BAD: &str = include_str!("vectors/iati/bad_activity_no_status_bad_date.xml");
const NOW: &str = "2026-11-29T12:00:00Z";

fn es(text: &str) -> Texts {
    vec![(None, text.to_owned())]
}

fn en(text: &str) -> Texts {
    vec![(Some("en".to_owned()), text.to_owned())]
}

fn both(spanish: &str, english: &str) -> Texts {
    [es(spanish), en(english)].concat()
}

fn organisation(reference: &str, kind: &str, name: &str) -> Organisation {
    Organisation { reference: reference.into(), kind: kind.into(), name: es(name) }
}

fn place(pcode: &str, name: &str, point: (&str, &str)) -> Place {
    Place { pcode: pcode.into(), name: name.into(), point: Some((point.0.into(), point.1.into())) }
}

fn reached(value: i64, comment: Texts, dimensions: &[(&str, &str)]) -> Option<Actual> {
    let dimensions = dimensions.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    Some(Actual { value: Number::whole(value), dimensions, comment, ..Actual::default() })
}

const FROM: Date = date(2018, 10, 1);
const TO: Date = date(2021, 1, 31);

/// The project of the public one-page summary, as we would hold it.
fn project() -> Activity {
    let paying = organisation("US-GOV-11", "10", "U.S. Department of State");
    let ours = organisation("US-EIN-EXAMPLE", "21", "World Vision (ejemplo)");
    let trained = Indicator {
        measure: 1,
        ascending: Some(true),
        adds: Some(true),
        title: en("Officials trained in trauma-informed, victim-centred investigation"),
        baseline: Some((FROM, Number::whole(0))),
        periods: vec![Period {
            from: FROM,
            to: TO,
            target: Some(Number::whole(400)),
            actual: reached(400, vec![], &[("sex", "all")])
                .map(|a| Actual { places: vec!["GT0108".into()], ..a }),
        }],
        ..Indicator::default()
    };
    let partners = Indicator {
        title: en("Community-based partners trained on early warning signs"),
        periods: vec![Period { from: FROM, to: TO, target: None, actual: reached(78, vec![], &[]) }],
        ..trained.clone()
    };
    let served = Indicator {
        measure: 1,
        ascending: Some(true),
        title: en("Persons under 18 receiving at least one service (illustrative, suppressed below 11)"),
        reference: Some(("9".into(), "16.2.2".into())),
        periods: vec![Period {
            from: date(2020, 1, 1),
            to: date(2020, 12, 31),
            target: None,
            actual: reached(
                104,
                en("Cells under 11 are withheld."),
                &[("age", "under_18"), ("sex", "female")],
            ),
        }],
        ..Indicator::default()
    };
    let share = |code: &str, n| (code.to_owned(), Number::whole(n));
    let sdg = "End abuse, exploitation, trafficking and all forms of violence against children";
    Activity {
        language: "es".into(),
        currency: "USD".into(),
        updated: NOW.into(),
        identifier: "US-EIN-EXAMPLE-GATIP-2018".into(),
        reporter: ours.clone(),
        title: both(
            "Proyecto contra la trata de personas en Guatemala",
            "Guatemala Anti-Trafficking in Persons Project",
        ),
        descriptions: vec![
            (
                1,
                both(
                    "Mejorar la calidad de las investigaciones de trata centradas en la víctima y ampliar los servicios especializados.",
                    "Improve victim-centred trafficking investigations and widen specialised services.",
                ),
            ),
            (2, en("Objectives: quality of investigations; capacity to identify and serve more survivors.")),
            (
                3,
                en(
                    "Criminal justice officials; survivors of trafficking and sexual violence; vulnerable adolescents and families.",
                ),
            ),
        ],
        participants: vec![
            (1, paying.clone()),
            (2, ours),
            (4, organisation("GT-RPJ-EXAMPLE", "24", "Asociación La Alianza")),
        ],
        status: Some(4),
        dates: vec![(1, FROM), (2, FROM), (3, TO), (4, TO)],
        contact: es("Oficina de proyecto (ejemplo)"),
        scope: Some(6),
        country: "GT".into(),
        places: vec![
            place("GT0108", "Mixco", ("14.64473", "-90.6029")),
            place("GT0920", "Coatepeque", ("14.63179", "-92.01066")),
        ],
        sectors: vec![share("15180", 60), share("15130", 30), share("15160", 10)],
        goals: vec![("16.2".into(), en(sdg)), ("5.2".into(), vec![]), ("8.7".into(), vec![])],
        markers: vec![("1".into(), 2)],
        finance: Finance {
            collaboration: "1".into(),
            flow: "10".into(),
            finance: "110".into(),
            aid: "C01".into(),
            tied: "5".into(),
        },
        budgets: split(Number::whole(750_000), FROM, TO),
        transactions: vec![Transaction {
            kind: "11".into(),
            day: FROM,
            value: Number::whole(750_000),
            provider: Some(paying),
        }],
        results: vec![
            Outcome {
                kind: 1,
                adds: Some(true),
                title: [en("Criminal justice officials trained"), es("Personal de justicia capacitado")]
                    .concat(),
                indicators: vec![trained, partners],
            },
            Outcome {
                kind: 2,
                adds: Some(false),
                title: en("Survivors receive specialised services"),
                indicators: vec![served],
            },
        ],
    }
}

/// What a file says: elements with their attributes by name, and texts. Times of making and white space are left out.
fn said(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut out = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let mut all: Vec<(String, String)> = e
                    .attributes()
                    .map(|a| a.unwrap())
                    .map(|a| {
                        (
                            a.key.as_ref().to_owned(),
                            String::from_utf8_lossy(a.value.as_ref().as_bytes()).into_owned(),
                        )
                    })
                    .collect();
                all.retain(|(name, _)| {
                    !matches!(name.as_str(), "generated-datetime" | "last-updated-datetime")
                });
                all.sort();
                out.push(format!("{}{all:?}", e.name().as_ref()));
            }
            Event::Text(t) => out.extend(Some(t.xml10_content().trim().to_owned()).filter(|t| !t.is_empty())),
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// Asks `xmllint` whether a file is as the schema of 2.03 wants it.
fn schema(xml: &[u8]) -> Result<(), String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/iati/iati-activities-schema.xsd");
    let mut it = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema", folder, "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint: apt-get install libxml2-utils");
    it.stdin.take().unwrap().write_all(xml).unwrap();
    let out = it.wait_with_output().unwrap();
    if out.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&out.stderr).into_owned()) }
}

#[test]
fn t1_the_project_leaves_as_the_vector_says_and_passes_the_schema() {
    let out = write(&project(), NOW, 11).unwrap();
    assert_eq!(said(std::str::from_utf8(&out).unwrap()), said(GOOD));
    schema(&out).unwrap();
    assert_eq!(out, write(&project(), NOW, 11).unwrap(), "the same bytes each time");
}

#[test]
fn t1_what_was_read_is_the_project_again() {
    let all = read(GOOD.as_bytes(), 11).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].problems, []);
    let updated = all[0].activity.updated.clone();
    assert_eq!(all[0].activity, Activity { updated, ..project() });
}

#[test]
fn t1_the_bad_file_is_refused_and_each_reason_said() {
    let all = read(BAD.as_bytes(), 11).unwrap();
    let said: Vec<String> = all[0].problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["activity-date[1]: «01/10/2018» is no day; write it as 2026-09-30", "activity-status is missing"]
    );
    assert!(schema(BAD.as_bytes()).unwrap_err().contains("activity-date"));
    let missing = Activity { status: None, ..project() };
    assert!(write(&missing, NOW, 11).is_err(), "nor do we write one");
}

#[test]
fn what_is_no_activity_is_told_apart() {
    let other = GOOD.replace("version=\"2.03\"", "version=\"1.05\"");
    let bomb = "<!DOCTYPE a [<!ENTITY x \"y\">]><iati-activities/>";
    for (text, fault) in [
        ("<a/>", Fault::NoActivities),
        ("<iati-activities version=\"2.03\"/>", Fault::NoActivities),
        (other.as_str(), Fault::Version),
        ("a,b", Fault::NotXml),
        (bomb, Fault::NotXml),
        ("", Fault::NotXml),
    ] {
        assert_eq!(read(text.as_bytes(), 11).unwrap_err(), fault, "{text}");
    }
    let many = "<iati-activity/>".repeat(201);
    let many = format!("<iati-activities version=\"2.03\">{many}</iati-activities>");
    assert_eq!(read(many.as_bytes(), 11).unwrap_err(), Fault::TooMany);
}

/// What keeps a changed project from leaving.
fn refused(change: impl FnOnce(&mut Activity)) -> Vec<Why> {
    let mut a = project();
    change(&mut a);
    write(&a, NOW, 11).err().unwrap_or_default().into_iter().map(|p| p.why).collect()
}

#[test]
fn t2_shares_of_sectors_add_to_a_hundred() {
    assert_eq!(refused(|a| a.sectors[0].1 = Number::whole(59)), [Why::Shares(Number::whole(99))]);
    assert_eq!(refused(|a| a.sectors[0].1 = Number(6001)), [Why::Shares(Number(10_001))]);
    assert_eq!(refused(|a| a.sectors.clear()), [Why::Missing]);
}

#[test]
fn t2_no_budget_is_longer_than_a_year() {
    let long = Budget { from: FROM, to: date(2019, 10, 1), value: Number::whole(1) };
    assert_eq!(refused(|a| a.budgets = vec![long]), [Why::Long]);
    assert_eq!(refused(|a| a.budgets = vec![Budget { to: date(2019, 9, 30), ..long }]), []);
    assert_eq!(refused(|a| a.budgets = vec![Budget { to: date(2018, 9, 30), ..long }]), [Why::Backwards]);
}

#[test]
fn a_grant_that_begins_on_a_leap_day_has_years_too() {
    let (from, to) = (date(2024, 2, 29), date(2028, 2, 28));
    let all = split(Number::whole(40_000), from, to);
    assert_eq!(all.iter().map(|b| b.value).collect::<Vec<_>>(), [Number::whole(10_000); 4]);
    assert_eq!(refused(|a| a.budgets = all), []);
    let long = Budget { from: date(2027, 2, 28), to: date(2028, 2, 29), value: Number::whole(1) };
    assert_eq!(refused(|a| a.budgets = vec![long]), [Why::Long]);
}

#[test]
fn t2_no_small_count_of_people_leaves_nor_one_that_can_be_computed() {
    let set = |n: i64| {
        move |a: &mut Activity| a.results[1].indicators[0].periods[0].actual = reached(n, vec![], &[])
    };
    for n in 1..11 {
        assert_eq!(refused(set(n)), [Why::Small], "{n}");
    }
    assert_eq!(refused(set(0)), [], "zero is a value");
    assert_eq!(refused(set(11)), []);
    // A part of 104 beside the whole of 110 shows the six who are missing.
    let beside = |a: &mut Activity| {
        let periods = &mut a.results[1].indicators[0].periods;
        let whole = Period { actual: reached(110, vec![], &[]), ..periods[0].clone() };
        periods.push(whole);
    };
    assert_eq!(refused(beside), [Why::Small]);
    // A house is no person.
    let houses = |a: &mut Activity| {
        set(1)(a);
        a.results[1].indicators[0].things = true;
    };
    assert_eq!(refused(houses), []);
}

#[test]
fn t2_no_place_is_finer_than_a_municipality() {
    for fine in ["GT010801", "GT0108-zona-4", "14.6", "", "gt0108", "GT1", "ÑGT01"] {
        let wrong = refused(|a| a.places[1].pcode = fine.into());
        assert_eq!(wrong, [Why::Fine(fine.into())], "{fine}");
    }
    assert_eq!(refused(|a| a.places[1].pcode = "GT09".into()), [], "a department is coarser");
    // Nor is it read: an exact point, a populated place.
    for (was, is) in [("exactness code=\"2\"", "exactness code=\"1\""), ("code=\"ADM2\"", "code=\"PPL\"")] {
        let one = &read(GOOD.replace(was, is).as_bytes(), 11).unwrap()[0];
        assert!(one.activity.places.is_empty() && matches!(one.problems[0].why, Why::Fine(_)), "{is}");
    }
}

proptest! {
    #[test]
    fn years_add_to_the_sum_and_follow_each_other(total in 0i64..10_000_000_000, start in 0i32..4000, days in 0i32..4000) {
        let from = date(2015, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
        let to = from.checked_add(jiff::Span::new().days(days)).unwrap();
        let all = split(Number(total), from, to);
        prop_assert_eq!(all.iter().map(|b| b.value.0).sum::<i64>(), total);
        prop_assert!(all.iter().all(|b| b.value.0 >= 0));
        prop_assert_eq!((all[0].from, all[all.len() - 1].to), (from, to));
        prop_assert!(all.windows(2).all(|w| w[0].to.tomorrow().unwrap() == w[1].from));
        let a = Activity { budgets: all, ..project() };
        prop_assert_eq!(check(&a, 11), vec![]);
    }

    #[test]
    fn nothing_from_outside_breaks_it(at in 0usize..GOOD.len(), by in any::<u8>()) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[at] = by;
        let _ = read(&bytes, 11);
    }
}
