//! What a course taught, who is certified and what a stranger learns of it.

use ceiba_access::Caller;
use ceiba_exchange::badge::{self, Refused};
use ceiba_programme::learning::certificates::{self, Certificate};
use ceiba_programme::learning::check::{self, Compared};
use ceiba_programme::learning::gain::{Fared, Gain, Part};
use ceiba_programme::learning::rounds::{self, Round};
use ceiba_programme::learning::sheets::{self, Sheet};
use ceiba_programme::learning::shown;
use ceiba_programme::results::{self, Span};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::training::people::{self, New as Person};
use ceiba_programme::training::sessions::{self, New as NewSession};
use ceiba_programme::training::{Course, courses, marks, roster};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::DAY;
use jiff::civil::Date;
use uuid::Uuid;

const ADDRESS: &str = "https://ejemplo.invalid";

async fn diego(w: &World) -> Caller {
    w.person("diego", "trainer", None).await
}

fn problem(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.key).collect(),
        other => panic!("{other}"),
    }
}

/// A course of one session that was held, closed, with so many people; the last of them was not there.
async fn held(
    w: &World,
    who: &Caller,
    curriculum: &str,
    module: &str,
    names: &[&str],
) -> (Course, Vec<Uuid>) {
    let today = w.p.day(w.p.store.clock.now());
    let id = work!(w, who, |work| courses::add(
        &w.p,
        &mut work,
        who,
        &courses::New {
            curriculum,
            mode: "room",
            municipality: "GT0101",
            room: "Salón inventado",
            language: "spa",
            threshold: 80,
            from_day: &today
        }
    )
    .await)
    .unwrap();
    let course = find(w, who, id).await;
    work!(w, who, |work| sessions::add(
        &w.p,
        &mut work,
        who,
        &course,
        &NewSession { module, day: &today, starts: "0:00", minutes: 180 }
    )
    .await)
    .unwrap();
    let mut all = Vec::new();
    for name in names {
        let new = Person {
            name: (*name).into(),
            audience: "official".into(),
            institution: "mp".into(),
            municipality: "GT0101".into(),
            ..Person::default()
        };
        let id = work!(w, who, |work| people::add(&w.p, &mut work, who, &new).await).unwrap();
        work!(w, who, |work| roster::enrol(&w.p, &mut work, who, &course, id).await).unwrap();
        all.push(id);
    }
    let mut tx = w.p.store.db.read().await.unwrap();
    let session = sessions::of(&w.p, &mut tx, who, course.id).await.unwrap().remove(0);
    drop(tx);
    let last = all.len() - 1;
    let noted: Vec<(Uuid, String)> = all
        .iter()
        .enumerate()
        .map(|(n, id)| (*id, if n == last { "absent" } else { "present" }.to_owned()))
        .collect();
    work!(w, who, |work| marks::note(&w.p, &mut work, who, &session, "list", &noted).await).unwrap();
    work!(w, who, |work| sessions::hold(&w.p, &mut work, who, &session).await).unwrap();
    work!(w, who, |work| courses::close(&w.p, &mut work, who, &course).await).unwrap();
    (find(w, who, id).await, all)
}

async fn find(w: &World, who: &Caller, id: Uuid) -> Course {
    let mut tx = w.p.store.db.read().await.unwrap();
    courses::list(&w.p, &mut tx, who).await.unwrap().into_iter().find(|c| c.id == id).unwrap()
}

async fn open(w: &World, who: &Caller, course: &Course, phase: &str) -> Round {
    work!(w, who, |work| rounds::open(&w.p, &mut work, who, (course, phase)).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = rounds::list(&w.p, &mut tx, who, course.id).await.unwrap();
    all.into_iter().find(|r| r.phase == phase).unwrap()
}

async fn close(w: &World, who: &Caller, round: &Round) {
    work!(w, who, |work| rounds::close(&w.p, &mut work, who, round).await).unwrap();
}

async fn learnt(w: &World, who: &Caller, course: &Course, phase: &str) -> Option<(Gain, Vec<Fared>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = rounds::list(&w.p, &mut tx, who, course.id).await.unwrap();
    shown::learnt(&w.p, &mut tx, who, &all, phase).await.unwrap()
}

/// A sheet on which the first so many are right.
fn sheet(w: &World, round: &Round, who: &str, right: usize) -> Sheet {
    let test = rounds::of(&w.p, round).unwrap();
    let answers = test.item.iter().enumerate().map(|(n, i)| if n < right { i.right } else { '-' }).collect();
    Sheet { who: who.into(), answers, applied: Vec::new() }
}

async fn hand_in(w: &World, round: &Round, sheet: &Sheet) -> Result<bool, ProgrammeError> {
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let done = sheets::hand_in(&w.p, &mut work, round, sheet).await;
    if matches!(done, Ok(true)) {
        work.commit().await.unwrap();
    }
    done
}

/// Rows and sum of the amounts of a kind of fact with an outcome.
async fn facts(w: &World, kind: &str, outcome: Option<&str>) -> (i64, i64) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let row = tx
        .sql(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS s FROM fact
             WHERE kind = $1 AND ($2 IS NULL OR outcome = $2)",
        )
        .bind(kind)
        .bind(outcome)
        .one()
        .await
        .unwrap();
    (row.get("n").unwrap(), row.get("s").unwrap())
}

#[tokio::test]
async fn the_same_items_before_and_after_show_what_the_group_learnt_and_nobody_alone() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let (course, _) =
            held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let pre = open(&w, &diego, &course, "pre").await;
        let post = open(&w, &diego, &course, "post").await;
        for n in 0..12_usize {
            let mark = format!("Quetzal {}", 10 + n);
            assert!(hand_in(&w, &pre, &sheet(&w, &pre, &mark, 3 + n % 2)).await.unwrap(), "{e}");
            // The same mark, written otherwise, is the same person.
            let again = format!("quétzal{}", 10 + n);
            assert!(hand_in(&w, &post, &sheet(&w, &post, &again, 8 + n % 2)).await.unwrap(), "{e}");
        }
        let (gain, _) = learnt(&w, &diego, &course, "post").await.unwrap();
        assert_eq!((gain.pairs.shown(), gain.gain.value()), (Some(0), None), "{e}: sheets still come in");
        close(&w, &diego, &pre).await;
        close(&w, &diego, &post).await;
        let (gain, items) = learnt(&w, &diego, &course, "post").await.unwrap();
        assert_eq!(gain.pairs.shown(), Some(12), "{e}");
        assert_eq!((gain.gain.value(), gain.gain.holds_nought()), (Some(50.0), Some(false)), "{e}");
        assert!(items[9].missed && items[9].after == Part::Percent(0.0) && !items[0].missed, "{e}");
        assert!(learnt(&w, &diego, &course, "month3").await.is_none(), "{e}");
        let mut tx = w.p.store.db.read().await.unwrap();
        // Whose a sheet is stands nowhere, and neither does the minute in which it came.
        let rows = tx.sql("SELECT trainee, day FROM test_sheet").all().await.unwrap();
        assert!(rows.iter().all(|r| r.get::<Option<Uuid>>("trainee").unwrap().is_none()), "{e}");
        assert!(rows.iter().all(|r| r.get::<String>("day").unwrap().len() == 10), "{e}");
        drop(tx);
        assert_eq!(facts(&w, "training.test", Some("pre")).await.0, 12, "{e}");
        assert_eq!(facts(&w, "training.gain", Some("passed")).await, (12, 600), "{e}");
    }
}

#[tokio::test]
async fn whoever_comes_late_is_shown_with_enough_others_who_did() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let (course, _) =
            held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let rounds = [open(&w, &diego, &course, "pre").await, open(&w, &diego, &course, "post").await];
        let come = async |people: std::ops::Range<usize>, right: [usize; 2]| {
            for n in people {
                for (round, right) in rounds.iter().zip(right) {
                    let one = sheet(&w, round, &format!("volcan {n}"), right);
                    work!(w, diego, |work| sheets::type_in(&w.p, &mut work, &diego, round, &one).await)
                        .unwrap();
                }
            }
            for round in &rounds {
                close(&w, &diego, round).await;
            }
            learnt(&w, &diego, &course, "post").await.unwrap().0.pairs.shown()
        };
        assert_eq!(come(0..5, [3, 6]).await, Some(5), "{e}");
        assert_eq!(come(5..6, [3, 9]).await, Some(5), "{e}: six less five are one");
        assert_eq!(come(6..10, [3, 9]).await, Some(10), "{e}");
        let mut tx = w.p.store.db.read().await.unwrap();
        let list = sheets::typed(&w.p, &mut tx, &diego, rounds[1].id).await.unwrap();
        drop(tx);
        work!(w, diego, |work| sheets::take_back(&w.p, &mut work, &diego, &rounds[1], list[0].id).await)
            .unwrap();
        let (gain, _) = learnt(&w, &diego, &course, "post").await.unwrap();
        assert_eq!(gain.pairs.shown(), Some(0), "{e}: ten less nine are one");
        // To close it once more at once shows the nine, and the ten were read.
        assert_eq!(come(0..0, [3, 9]).await, Some(0), "{e}");
        assert_eq!(come(10..14, [3, 9]).await, Some(13), "{e}: four came and one went");
    }
}

#[tokio::test]
async fn whoever_is_missing_months_later_is_not_told_by_the_means() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let (course, _) =
            held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let hand = async |round: &Round, people: std::ops::Range<usize>, right: usize| {
            for n in people {
                hand_in(&w, round, &sheet(&w, round, &format!("lago {n}{n}"), right)).await.unwrap();
            }
            close(&w, &diego, round).await;
        };
        let (pre, post) = (open(&w, &diego, &course, "pre").await, open(&w, &diego, &course, "post").await);
        hand(&pre, 0..12, 3).await;
        hand(&post, 0..12, 8).await;
        let (all, _) = learnt(&w, &diego, &course, "post").await.unwrap();
        assert!(all.before.value().is_some() && all.gain.value().is_some(), "{e}");
        w.place.clock.move_by(93 * DAY);
        // Two of twelve are missing: the mean of twelve before less that of ten before would be theirs. What ten gained tells nothing of them.
        let later = open(&w, &diego, &course, "month3").await;
        hand(&later, 0..10, 7).await;
        let (ten, fared) = learnt(&w, &diego, &course, "month3").await.unwrap();
        assert_eq!((ten.before.value(), ten.after.value()), (None, None), "{e}");
        assert_eq!((ten.pairs.shown(), ten.gain.value()), (Some(10), Some(40.0)), "{e}");
        assert!(fared.iter().all(|item| item.after == Part::Hidden), "{e}");
        w.place.clock.move_by(92 * DAY);
        let last = open(&w, &diego, &course, "month6").await;
        hand(&last, 0..6, 7).await;
        let (six, _) = learnt(&w, &diego, &course, "month6").await.unwrap();
        assert!(six.before.value().is_some(), "{e}: six are missing");
    }
}

#[tokio::test]
async fn a_sheet_that_cannot_be_is_refused_with_what_to_mend_and_one_typed_wrongly_is_taken_back() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let (course, _) =
            held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let pre = open(&w, &diego, &course, "pre").await;
        for (mark, key) in [
            ("ab1", "problem-test-mark-short"),
            ("una marca que es demasiado larga 1", "problem-test-mark-long"),
            ("quetzal", "problem-test-mark-form"),
            ("12345", "problem-test-mark-form"),
        ] {
            assert_eq!(
                problem(hand_in(&w, &pre, &sheet(&w, &pre, mark, 3)).await.unwrap_err()),
                [key],
                "{e}"
            );
        }
        let short = Sheet { answers: "abc".into(), ..sheet(&w, &pre, "volcan 7", 1) };
        assert_eq!(problem(hand_in(&w, &pre, &short).await.unwrap_err()), ["problem-test-answers"], "{e}");
        let early =
            Sheet { applied: vec![("one-telling".into(), "yes".into())], ..sheet(&w, &pre, "volcan 7", 1) };
        assert!(hand_in(&w, &pre, &early).await.is_err(), "{e}: techniques are asked for at six months");
        // The same form twice is one sheet; another sheet under the same mark is refused.
        let one = sheet(&w, &pre, "volcan 7", 4);
        assert!(hand_in(&w, &pre, &one).await.unwrap(), "{e}");
        assert!(!hand_in(&w, &pre, &one).await.unwrap(), "{e}");
        let other = hand_in(&w, &pre, &sheet(&w, &pre, "Volcán 7", 5)).await.unwrap_err();
        assert_eq!(problem(other), ["problem-test-mark-taken"], "{e}");
        assert_eq!(facts(&w, "training.test", None).await, (1, 40), "{e}");
        // From paper, and back again: nothing is left of it in the numbers.
        let typed = sheet(&w, &pre, "ceiba 11", 2);
        work!(w, diego, |work| sheets::type_in(&w.p, &mut work, &diego, &pre, &typed).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let list = sheets::typed(&w.p, &mut tx, &diego, pre.id).await.unwrap();
        drop(tx);
        assert_eq!(list.len(), 1, "{e}: what came by phone is nobody's to take back");
        work!(w, diego, |work| sheets::take_back(&w.p, &mut work, &diego, &pre, list[0].id).await).unwrap();
        let gone = work!(w, diego, |work| sheets::take_back(&w.p, &mut work, &diego, &pre, list[0].id).await);
        assert!(matches!(gone, Err(ProgrammeError::Stale)), "{e}");
        assert_eq!(facts(&w, "training.test", None).await, (3, 40), "{e}");
        // In the next quarter, both sheets of a pair and no point gained: each fact goes on its own day.
        let post = open(&w, &diego, &course, "post").await;
        for round in [&pre, &post] {
            let typed = sheet(&w, round, "cenzontle 5", 0);
            work!(w, diego, |work| sheets::type_in(&w.p, &mut work, &diego, round, &typed).await).unwrap();
        }
        w.place.clock.move_by(40 * DAY);
        let mut tx = w.p.store.db.read().await.unwrap();
        let list = sheets::typed(&w.p, &mut tx, &diego, post.id).await.unwrap();
        drop(tx);
        work!(w, diego, |work| sheets::take_back(&w.p, &mut work, &diego, &post, list[0].id).await).unwrap();
        assert_eq!(facts(&w, "training.gain", None).await, (2, 0), "{e}");
        assert_eq!(facts(&w, "training.test", Some("post")).await, (2, 0), "{e}");
        let mut tx = w.p.store.db.read().await.unwrap();
        let late = "SELECT COUNT(*) AS n FROM fact WHERE kind IN ('training.test', 'training.gain') AND day > '2026-03-31'";
        assert_eq!(tx.sql(late).one().await.unwrap().get::<i64>("n").unwrap(), 0, "{e}");
        let back = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'training.gain' AND backs IS NOT NULL";
        assert_eq!(tx.sql(back).one().await.unwrap().get::<i64>("n").unwrap(), 1, "{e}");
        drop(tx);
        // Who may not write training does none of it.
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let no = work!(w, lucia, |work| rounds::open(&w.p, &mut work, &lucia, (&course, "post")).await);
        assert!(matches!(no, Err(ProgrammeError::Refused(_))), "{e}");
        // A closed round opens to nobody.
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(rounds::knock(&mut tx, &pre.code.to_lowercase()).await.unwrap().is_some(), "{e}");
        drop(tx);
        work!(w, diego, |work| rounds::close(&w.p, &mut work, &diego, &pre).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(rounds::knock(&mut tx, &pre.code).await.unwrap().is_none(), "{e}");
    }
}

#[tokio::test]
async fn three_and_six_months_later_they_are_asked_again() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let (course, _) =
            held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let pre = open(&w, &diego, &course, "pre").await;
        let post = open(&w, &diego, &course, "post").await;
        for n in 0..6 {
            let mark = format!("pino {n}{n}");
            hand_in(&w, &pre, &sheet(&w, &pre, &mark, 3)).await.unwrap();
            hand_in(&w, &post, &sheet(&w, &post, &mark, 8)).await.unwrap();
        }
        let early = work!(w, diego, |work| rounds::open(&w.p, &mut work, &diego, (&course, "month3")).await);
        assert!(matches!(early, Err(ProgrammeError::State("state-test-early"))), "{e}");
        w.place.clock.move_by(93 * DAY);
        let mut tx = w.p.store.db.read().await.unwrap();
        let due = rounds::waiting(&w.p, &mut tx, &diego).await.unwrap();
        assert_eq!(due.iter().map(|d| d.phase).collect::<Vec<_>>(), ["month3"], "{e}");
        drop(tx);
        let later = open(&w, &diego, &course, "month3").await;
        for n in 0..6 {
            hand_in(&w, &later, &sheet(&w, &later, &format!("pino {n}{n}"), 7)).await.unwrap();
        }
        // (70 − 80) six times: against the end, below nought is what was forgotten.
        assert_eq!(facts(&w, "training.kept", Some("month3")).await, (6, -60), "{e}");
        w.place.clock.move_by(92 * DAY);
        let last = open(&w, &diego, &course, "month6").await;
        let mut said = sheet(&w, &last, "pino 00", 7);
        said.applied = vec![("one-telling".into(), "yes".into()), ("safe-room".into(), "partly".into())];
        hand_in(&w, &last, &said).await.unwrap();
        assert_eq!(facts(&w, "practice.applied", None).await, (2, 2), "{e}");
        said = Sheet { applied: vec![("nothing".into(), "yes".into())], ..sheet(&w, &last, "pino 11", 7) };
        assert_eq!(problem(hand_in(&w, &last, &said).await.unwrap_err()), ["problem-choose"], "{e}");
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(rounds::waiting(&w.p, &mut tx, &diego).await.unwrap().is_empty(), "{e}");
    }
}

async fn certificates(w: &World, who: &Caller, course: &Course) -> Vec<Certificate> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let lines = certificates::lines(&w.p, &mut tx, who, course).await.unwrap();
    lines.into_iter().flat_map(|l| l.certificates).collect()
}

async fn compared(w: &World, one: &Certificate, name: &str) -> Compared {
    check::compare(&w.p, one.id, name).await.unwrap()
}

#[tokio::test]
async fn a_stranger_checks_a_certificate_and_learns_no_name() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let names = ["Ana Inventada López", "Beto Inventado Tzul", "Ausente Inventado"];
        let (course, all) = held(&w, &diego, "investigation", "trauma", &names).await;
        let issued =
            work!(w, diego, |work| certificates::issue(&w.p, &mut work, &diego, &course, ADDRESS).await);
        assert_eq!(issued.unwrap(), 2, "{e}: whoever was not there gets none");
        let again =
            work!(w, diego, |work| certificates::issue(&w.p, &mut work, &diego, &course, ADDRESS).await);
        assert!(matches!(again, Err(ProgrammeError::State("state-certificate-none"))), "{e}");
        let mut issued = certificates(&w, &diego, &course).await;
        issued.sort_by_key(|c| c.trainee != all[0]);
        let (ana, beto) = (&issued[0], &issued[1]);
        let mut tx = w.p.store.db.read().await.unwrap();
        let typed = ana.code.to_lowercase().replace('-', " ");
        assert_eq!(check::find(&mut tx, &typed).await.unwrap().as_ref(), Some(ana), "{e}");
        let mut wrong: Vec<char> = ana.code.chars().collect();
        wrong[4] = if wrong[4] == 'A' { 'B' } else { 'A' };
        assert!(check::find(&mut tx, &wrong.iter().collect::<String>()).await.unwrap().is_none(), "{e}");
        // The badge verifies; one changed byte does not; nobody's name is in it.
        let (credential, held) = check::badge(&w.p, &mut tx, &ana.badge).await.unwrap().unwrap();
        assert_eq!(held.as_ref(), Some(ana), "{e}");
        let text = serde_json::to_string(&credential).unwrap();
        assert!(!text.contains("Inventada") && !text.contains(&all[0].to_string()), "{e}: {text}");
        let subject = &credential.credential_subject.identifier[0];
        let number = certificates::holder_number(&w.p, ana.id);
        assert_eq!(subject.identity_hash, badge::hashed(&number, &subject.salt), "{e}");
        // The hours are those that were held, as on the paper; what was achieved is the same for both, whose is the certificate.
        let about = certificates::about(&w.p, &mut tx, ana.course, "es").await.unwrap();
        let (other, _) = check::badge(&w.p, &mut tx, &beto.badge).await.unwrap().unwrap();
        let achieved = |c: &badge::Credential| c.credential_subject.achievement.clone();
        assert_eq!(achieved(&credential), achieved(&other), "{e}");
        let taught = w.p.pack.training.newest("investigation").unwrap();
        let at = format!("{ADDRESS}/constancia/curso/{}/{}", taught.code, taught.version);
        assert_eq!(achieved(&credential).id, at, "{e}");
        assert_eq!(credential.evidence[0].id, format!("{ADDRESS}/constancia/{}", ana.code), "{e}");
        assert!(about.hours == "3" && credential.evidence[0].narrative.starts_with("3 h."), "{e}");
        let middle = ana.badge.len() / 2;
        let mut changed = ana.badge.clone();
        let byte = if changed.as_bytes()[middle] == b'A' { "B" } else { "A" };
        changed.replace_range(middle..=middle, byte);
        assert_eq!(
            check::badge(&w.p, &mut tx, &changed).await.unwrap().unwrap_err(),
            Refused::Signature,
            "{e}"
        );
        drop(tx);
        // A name is compared: accents, capitals and order do not matter; part of it is not enough.
        assert_eq!(compared(&w, ana, "lopez  ANA inventada").await, Compared::Same, "{e}");
        assert_eq!(compared(&w, ana, "Ana").await, Compared::Other(4), "{e}");
        for left in [3, 2, 1] {
            assert_eq!(compared(&w, ana, "Ana Otra").await, Compared::Other(left), "{e}");
        }
        assert_eq!(compared(&w, ana, "Ana Otra").await, Compared::Enough, "{e}");
        assert_eq!(
            compared(&w, ana, "Ana Inventada López").await,
            Compared::Enough,
            "{e}: not even the right one"
        );
        assert_eq!(
            compared(&w, beto, "Beto Inventado Tzul").await,
            Compared::Same,
            "{e}: another is not held up"
        );
        w.place.clock.move_by(DAY);
        assert_eq!(compared(&w, ana, "Ana Inventada López").await, Compared::Same, "{e}");
        assert_eq!(facts(&w, "certificate.issued", None).await, (2, 2), "{e}");
    }
}

#[tokio::test]
async fn a_certificate_is_revoked_issued_anew_and_forgotten() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let names = ["Ana Inventda López", "Ausente Inventado"];
        let (course, all) = held(&w, &diego, "investigation", "trauma", &names).await;
        work!(w, diego, |work| certificates::issue(&w.p, &mut work, &diego, &course, ADDRESS).await).unwrap();
        let old = certificates(&w, &diego, &course).await.remove(0);
        let no =
            work!(w, diego, |work| certificates::revoke(&w.p, &mut work, &diego, (&course, old.id, 1), "")
                .await);
        assert_eq!(problem(no.unwrap_err()), ["problem-choose"], "{e}");
        // Her name was misspelt: it is put right in the register, and another is issued.
        let mut tx = w.p.store.db.read().await.unwrap();
        let t = people::get(&w.p, &mut tx, &diego, all[0]).await.unwrap();
        drop(tx);
        let right = Person {
            name: "Ana Inventada López".into(),
            audience: "official".into(),
            institution: "mp".into(),
            ..Person::default()
        };
        work!(w, diego, |work| people::change(&w.p, &mut work, &diego, (all[0], t.version), &right).await)
            .unwrap();
        let which = (&course, old.id, old.version);
        work!(w, diego, |work| certificates::reissue(&w.p, &mut work, &diego, which, ADDRESS).await).unwrap();
        let stale =
            work!(w, diego, |work| certificates::reissue(&w.p, &mut work, &diego, which, ADDRESS).await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{e}");
        let now = certificates(&w, &diego, &course).await;
        assert_eq!(now.iter().filter(|c| c.is_valid()).count(), 1, "{e}");
        let new = now.iter().find(|c| c.is_valid()).unwrap();
        assert_eq!(compared(&w, new, "Ana Inventada López").await, Compared::Same, "{e}");
        let mut tx = w.p.store.db.read().await.unwrap();
        let list = check::revoked(&w.p, &mut tx, ADDRESS).await.unwrap();
        assert_eq!(list.revoked_credential.len(), 1, "{e}");
        assert_eq!(list.revoked_credential[0].id, format!("urn:uuid:{}", old.id), "{e}");
        let (_, held) = check::badge(&w.p, &mut tx, &old.badge).await.unwrap().unwrap();
        assert!(!held.unwrap().is_valid(), "{e}: its signature is right, and it holds no more");
        drop(tx);
        assert_eq!(facts(&w, "certificate.revoked", None).await, (1, 1), "{e}");
        // She asks to be forgotten: nothing is left to compare with.
        work!(w, diego, |work| people::forget(&w.p, &mut work, &diego, all[0], true).await).unwrap();
        assert_eq!(compared(&w, new, "Ana Inventada López").await, Compared::Forgotten, "{e}");
    }
}

#[tokio::test]
async fn where_a_test_is_asked_for_only_whoever_passed_gets_a_certificate() {
    for w in worlds().await {
        let (diego, e) = (diego(&w).await, w.engine);
        let names = ["Pasó Inventada", "Reprobó Inventado", "Ausente Inventado"];
        let (course, all) = held(&w, &diego, "investigation-trainers", "teach", &names).await;
        let post = open(&w, &diego, &course, "post").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let mut codes = Vec::new();
        for id in &all {
            codes.push(people::get(&w.p, &mut tx, &diego, *id).await.unwrap().code);
        }
        drop(tx);
        let unknown = hand_in(&w, &post, &sheet(&w, &post, "quetzal 11", 5)).await.unwrap_err();
        assert_eq!(problem(unknown), ["problem-test-code"], "{e}");
        hand_in(&w, &post, &sheet(&w, &post, &codes[0].to_lowercase(), 5)).await.unwrap();
        hand_in(&w, &post, &sheet(&w, &post, &codes[1], 3)).await.unwrap();
        hand_in(&w, &post, &sheet(&w, &post, &codes[2], 5)).await.unwrap();
        let issued =
            work!(w, diego, |work| certificates::issue(&w.p, &mut work, &diego, &course, ADDRESS).await);
        assert_eq!(issued.unwrap(), 1, "{e}");
        let sara = w.person("sara", "director", None).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let no = certificates::lines(&w.p, &mut tx, &sara, &course).await.map(drop);
        assert!(matches!(no, Err(ProgrammeError::Refused(_))), "{e}: names are not hers");
    }
}

#[tokio::test]
async fn a_session_of_a_course_counts_nobody_and_is_shown_by_itself() {
    for w in worlds().await {
        let (diego, sofia, e) = (diego(&w).await, w.person("sofia", "mel", None).await, w.engine);
        held(&w, &diego, "investigation", "trauma", &["Uno Inventado", "Dos Inventada"]).await;
        let month: Date = w.p.day(w.p.store.clock.now()).parse().unwrap();
        let span = Span {
            from: month.first_of_month().to_string(),
            to: month.last_of_month().to_string(),
            site: None,
        };
        let mut tx = w.p.store.db.read().await.unwrap();
        let sessions = results::sessions(&w.p, &mut tx, &sofia, &span).await.unwrap();
        let shown: Vec<_> = sessions.into_values().map(|n| n.shown()).collect();
        assert_eq!(shown, [Some(1)], "{e}");
        // Whoever was there is counted with others or not at all.
        let people = results::people_of(&w.p, &mut tx, &sofia, "training.completed", &span).await.unwrap();
        assert!(people.is_hidden(), "{e}");
        assert!(results::sessions(&w.p, &mut tx, &diego, &span).await.is_err(), "{e}");
    }
}
