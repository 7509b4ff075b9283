//! The walk-in clinic: queue, desks, cases, appointments, and what is said when she did not come.

use ceiba_access::{Act, Caller, Folder, Refusal};
use ceiba_programme::cases::{notes, relations, team};
use ceiba_programme::clinic::appointments::{self, Planned};
use ceiba_programme::clinic::no_show;
use ceiba_programme::clinic::{self, Arrival, findings};
use ceiba_programme::contact::rules::{self, Channel};
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{Outcome, ProgrammeError, cases, work};
use ceiba_store::{HOUR, MINUTE, StoreError};
use uuid::Uuid;

struct Cast {
    lucia: Caller,
    irma: Caller,
    elena: Caller,
    nora: Caller,
}

async fn cast(w: &World) -> Cast {
    Cast {
        lucia: w.person("lucia", "social_worker", Some("K1")).await,
        irma: w.person("irma", "health", Some("K1")).await,
        elena: w.person("elena", "psychologist", Some("K1")).await,
        nora: w.person("nora", "coordinator", Some("K1")).await,
    }
}

fn arrival<'a>(name: &'a str, desk: &'a str, urgency: &'a str) -> Arrival<'a> {
    Arrival { chosen_name: name, remark: "", desk, urgency, case: None }
}

async fn comes(w: &World, who: &Caller, a: &Arrival<'_>) -> Outcome<(Uuid, String)> {
    work!(w, who, |work| clinic::receive(&w.p, &mut work, who, a).await)
}

async fn call(w: &World, who: &Caller, visit: Uuid) -> Outcome<()> {
    work!(w, who, |work| clinic::call(&w.p, &mut work, who, visit).await)
}

async fn visit(w: &World, who: &Caller, id: Uuid) -> clinic::Visit {
    let mut tx = w.p.store.db.read().await.unwrap();
    clinic::open(&w.p, &mut tx, who, Act::CLINIC_READ, id).await.unwrap().0
}

fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_queue_is_by_urgency_and_then_by_arrival_and_a_number_is_enough() {
    for w in worlds().await {
        let c = cast(&w).await;
        let mut numbers = Vec::new();
        for (name, urgency) in [("Azucena", "calm"), ("", "today"), ("Dalia", "recent"), ("Violeta", "today")]
        {
            numbers.push(comes(&w, &c.lucia, &arrival(name, "health", urgency)).await.unwrap().1);
            w.place.clock.move_by(MINUTE);
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let queue = clinic::queue(&w.p, &mut tx, &c.irma).await.unwrap();
        let names: Vec<_> = queue.iter().map(|v| v.said.chosen_name.as_str()).collect();
        assert_eq!(names, ["Dalia", "", "Violeta", "Azucena"], "{}", w.engine);
        assert_eq!(queue[1].visit.number, numbers[1]);
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 4);
        assert!(numbers.iter().all(|n| n.len() == 2 && n.parse::<u8>().is_ok()), "{numbers:?}");
        // What she is called stands sealed, and nowhere in clear.
        let row = tx.sql("SELECT COUNT(*) AS n FROM entry WHERE compartment = 'visit'").one().await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 4);
    }
}

#[tokio::test]
async fn a_number_is_had_once_a_day_whatever_the_program_believes() {
    for w in worlds().await {
        let c = cast(&w).await;
        // More than there are numbers of two digits: they grow by one digit and stay apart.
        let mut work = w.p.store.work(c.lucia.account).await.unwrap();
        let mut all = std::collections::BTreeSet::new();
        for _ in 0..95 {
            let a = arrival("", "social", "calm");
            assert!(all.insert(clinic::receive(&w.p, &mut work, &c.lucia, &a).await.unwrap().1));
        }
        assert_eq!(all.iter().filter(|n| n.len() == 2).count(), 90);
        let twice = work
            .sql(
                "INSERT INTO visit (id, site, on_day, number, state, desk, urgency, arrived_at, queued_at, version)
                 SELECT $1, site, on_day, number, state, desk, urgency, arrived_at, queued_at, 1 FROM visit
                 WHERE number = (SELECT MIN(number) FROM visit)",
            )
            .bind(Uuid::from_u128(7))
            .once()
            .await;
        assert!(twice.as_ref().is_err_and(StoreError::is_taken), "{}: {twice:?}", w.engine);
    }
}

#[tokio::test]
async fn names_as_people_have_them_are_kept_and_too_long_ones_are_said() {
    for w in worlds().await {
        let c = cast(&w).await;
        for name in ["D'Angelo", "🌸 Flor", "<b>Ana</b>", "\u{202e}anA", "K'in \"Luz\" & Sol"] {
            let (id, _) = comes(&w, &c.lucia, &arrival(name, "social", "today")).await.unwrap();
            let mut tx = w.p.store.db.read().await.unwrap();
            let (visit, grant) = clinic::open(&w.p, &mut tx, &c.irma, Act::CLINIC_READ, id).await.unwrap();
            let said = clinic::said(&w.p, &mut tx, &c.irma, &grant, &visit).await.unwrap();
            assert_eq!(said.chosen_name, name, "{}", w.engine);
        }
        let long = "ñ".repeat(200);
        let bad = comes(&w, &c.lucia, &arrival(&long, "kitchen", "never")).await.unwrap_err();
        assert_eq!(fields(bad), ["chosen_name", "desk", "urgency"]);
    }
}

#[tokio::test]
async fn of_two_who_call_the_same_person_the_second_is_told_who_was_faster() {
    for w in worlds().await {
        let c = cast(&w).await;
        let (id, _) = comes(&w, &c.lucia, &arrival("Dalia", "health", "now")).await.unwrap();
        let (a, b) = tokio::join!(call(&w, &c.irma, id), call(&w, &c.elena, id));
        let lost: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
        let faster = visit(&w, &c.lucia, id).await.attended_by.unwrap();
        let [ProgrammeError::Taken { by, .. }] = lost.as_slice() else { panic!("{lost:?} ({})", w.engine) };
        assert_eq!(*by, faster);
        // Pressing twice is not an error, and changes nothing.
        let who = if faster == c.irma.account { &c.irma } else { &c.elena };
        let before = visit(&w, who, id).await;
        call(&w, who, id).await.unwrap();
        assert_eq!(visit(&w, who, id).await, before);
    }
}

#[tokio::test]
async fn a_house_has_no_queue_and_another_role_none_either() {
    for w in worlds().await {
        let c = cast(&w).await;
        let (id, _) = comes(&w, &c.lucia, &arrival("Dalia", "health", "now")).await.unwrap();
        let abel = w.person("abel", "social_worker", Some("M1")).await;
        let blanca = w.person("blanca", "monitora", Some("M1")).await;
        let maestra = w.person("maestra", "teacher", Some("K1")).await;
        for who in [&abel, &blanca, &maestra] {
            let mut tx = w.p.store.db.read().await.unwrap();
            assert!(matches!(clinic::queue(&w.p, &mut tx, who).await, Err(ProgrammeError::Refused(_))));
            let open = clinic::open(&w.p, &mut tx, who, Act::CLINIC_READ, id).await;
            assert!(
                matches!(open, Err(ProgrammeError::Refused(Refusal::Absent))),
                "{} ({})",
                who.role,
                w.engine
            );
            drop(tx);
            assert!(matches!(call(&w, who, id).await, Err(ProgrammeError::Refused(_))));
            assert!(comes(&w, who, &arrival("", "health", "now")).await.is_err());
        }
    }
}

#[tokio::test]
async fn she_is_passed_on_without_telling_it_again_and_each_desk_counts_its_minutes() {
    for w in worlds().await {
        let c = cast(&w).await;
        let a = Arrival { remark: "Habla mam. Su hermana la espera.", ..arrival("Dalia", "health", "today") };
        let (id, number) = comes(&w, &c.lucia, &a).await.unwrap();
        w.place.clock.move_by(25 * MINUTE);
        call(&w, &c.irma, id).await.unwrap();
        w.place.clock.move_by(10 * MINUTE);
        let seen = visit(&w, &c.irma, id).await.version;
        let stale =
            work!(w, c.irma, |work| clinic::pass(&w.p, &mut work, &c.irma, (id, seen - 1), "social").await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)));
        let same =
            work!(w, c.irma, |work| clinic::pass(&w.p, &mut work, &c.irma, (id, seen), "health").await);
        assert_eq!(fields(same.unwrap_err()), ["desk"]);
        work!(w, c.irma, |work| clinic::pass(&w.p, &mut work, &c.irma, (id, seen), "social").await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let queue = clinic::queue(&w.p, &mut tx, &c.lucia).await.unwrap();
        assert_eq!(
            (queue[0].visit.number.as_str(), queue[0].visit.desk.as_str()),
            (number.as_str(), "social")
        );
        assert!(queue[0].said.remark.starts_with("Habla mam"));
        drop(tx);
        w.place.clock.move_by(5 * MINUTE);
        call(&w, &c.lucia, id).await.unwrap();
        let seen = visit(&w, &c.lucia, id).await.version;
        work!(w, c.lucia, |work| clinic::finish(&w.p, &mut work, &c.lucia, id, seen).await).unwrap();
        let again = work!(w, c.lucia, |work| clinic::finish(&w.p, &mut work, &c.lucia, id, seen).await);
        assert!(matches!(again, Err(ProgrammeError::State("state-visit-not-attending"))));
        let (gone, _) = comes(&w, &c.lucia, &arrival("", "legal", "calm")).await.unwrap();
        w.place.clock.move_by(HOUR);
        work!(w, c.lucia, |work| clinic::leave(&w.p, &mut work, &c.lucia, gone, 1).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let rows = tx
            .sql("SELECT code, outcome, minutes, site, subject FROM fact WHERE kind = 'clinic.visit' ORDER BY at")
            .all()
            .await
            .unwrap();
        let told: Vec<(String, String, i64)> = rows
            .iter()
            .map(|r| (r.get("code").unwrap(), r.get("outcome").unwrap(), r.get("minutes").unwrap()))
            .collect();
        let expected = [("health", "done", 25), ("social", "done", 5), ("legal", "left", 60)];
        assert_eq!(told, expected.map(|(d, o, m)| (d.to_owned(), o.to_owned(), m)), "{}", w.engine);
        assert!(rows.iter().all(|r| r.get::<Option<Vec<u8>>>("subject").unwrap().is_none()));
    }
}

#[tokio::test]
async fn a_desk_keeps_its_notes_in_its_own_folder_and_psychology_and_law_need_a_case() {
    for w in worlds().await {
        let c = cast(&w).await;
        let say = async |who: &Caller, id: Uuid, text: &str| {
            work!(w, who, |work| clinic::say(&w.p, &mut work, who, id, text).await)
        };
        for (desk, who, kept) in [
            ("health", &c.irma, true),
            ("social", &c.lucia, true),
            ("psychological", &c.elena, false),
            ("legal", &c.lucia, false),
        ] {
            let (id, _) = comes(&w, &c.lucia, &arrival("", desk, "today")).await.unwrap();
            call(&w, who, id).await.unwrap();
            let said = say(who, id, "Vuelve el jueves.").await;
            assert_eq!(said.is_ok(), kept, "{desk} ({}): {said:?}", w.engine);
        }
        // Lucía opens a case for somebody at the health desk; Irma is named on the team.
        let (id, _) = comes(&w, &c.lucia, &arrival("Dalia", "health", "today")).await.unwrap();
        let case = w.case(&c.lucia, "Dalia").await;
        work!(w, c.lucia, |work| clinic::joined(&w.p, &mut work, &c.lucia, id, case).await).unwrap();
        call(&w, &c.irma, id).await.unwrap();
        assert!(matches!(say(&c.irma, id, "Presión 110/70.").await, Err(ProgrammeError::Refused(_))));
        work!(w, c.nora, |work| team::name(&w.p, &mut work, &c.nora, case, c.irma.account).await).unwrap();
        say(&c.irma, id, "Presión 110/70.").await.unwrap();
        let result = findings::Finding { what: "Hemoglobina".into(), found: "12.1".into() };
        work!(w, c.irma, |work| findings::add(&w.p, &mut work, &c.irma, case, "2026-03-02", &result).await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &c.irma, Act::READ_HEALTH, case).await.unwrap();
        let all = notes::list(&w.p, &mut tx, &c.irma, &grant, case, Folder::Health).await.unwrap();
        assert_eq!(all[0].body.text, "Presión 110/70.");
        let found = findings::list(&w.p, &mut tx, &c.irma, &grant, case).await.unwrap();
        assert_eq!(found[0].body, result);
        assert!(w.p.may_case(&mut tx, &c.lucia, Act::READ_HEALTH, case).await.is_err());
        drop(tx);
        let twice = work!(w, c.lucia, |work| clinic::joined(&w.p, &mut work, &c.lucia, id, case).await);
        assert!(matches!(twice, Err(ProgrammeError::State("state-visit-has-case"))));
    }
}

#[tokio::test]
async fn a_visit_is_joined_only_to_a_case_that_the_caller_may_open() {
    for w in worlds().await {
        let c = cast(&w).await;
        let abel = w.person("abel", "social_worker", Some("M1")).await;
        let new = cases::New { site: "M1".into(), ..new_case("Otra", 16) };
        let (other, code) = work!(w, abel, |work| cases::open(&w.p, &mut work, &abel, &new).await).unwrap();
        let (id, _) = comes(&w, &c.lucia, &arrival("Dalia", "social", "today")).await.unwrap();
        for code in [code.as_str(), "C-00000", "", "x"] {
            let joined = work!(w, c.lucia, |work| clinic::join(&w.p, &mut work, &c.lucia, id, code).await);
            assert_eq!(fields(joined.unwrap_err()), ["code"], "{code} ({})", w.engine);
        }
        // Whoever is blocked from a case does not see its visits.
        let mine = w.case(&c.lucia, "Dalia").await;
        work!(w, c.lucia, |work| clinic::joined(&w.p, &mut work, &c.lucia, id, mine).await).unwrap();
        let mut work = w.p.store.work(c.nora.account).await.unwrap();
        work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
            .bind(mine)
            .bind(c.irma.account)
            .once()
            .await
            .unwrap();
        work.record("case.block", "case", mine, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(clinic::queue(&w.p, &mut tx, &c.irma).await.unwrap().is_empty());
        assert_eq!(clinic::queue(&w.p, &mut tx, &c.elena).await.unwrap().len(), 1);
        assert_ne!(other, mine);
    }
}

#[tokio::test]
async fn process_notes_are_their_authors_own() {
    for w in worlds().await {
        let c = cast(&w).await;
        let ines = w.person("ines", "psychologist", Some("K1")).await;
        let case = w.case(&c.lucia, "Luz").await;
        for who in [&c.elena, &ines] {
            work!(w, c.nora, |work| team::name(&w.p, &mut work, &c.nora, case, who.account).await).unwrap();
        }
        let note = ("session", "2026-03-02", "Lo que se habló queda aquí.");
        let folder = Folder::Psychological;
        work!(w, c.elena, |work| notes::add(&w.p, &mut work, &c.elena, case, folder, note, None).await)
            .unwrap();
        let read = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, who, folder.read(), case).await?;
            notes::list(&w.p, &mut tx, who, &grant, case, folder).await
        };
        assert_eq!(read(&c.elena).await.unwrap().len(), 1);
        assert!(read(&ines).await.unwrap().is_empty(), "{}", w.engine);
        for who in [&c.lucia, &c.nora, &c.irma] {
            assert!(matches!(read(who).await, Err(ProgrammeError::Refused(_))), "{}", who.role);
        }
        // When she is relieved, whoever follows reads what she left.
        work!(w, c.nora, |work| team::relieve(&w.p, &mut work, &c.nora, case, c.elena.account).await)
            .unwrap();
        assert_eq!(read(&ines).await.unwrap().len(), 1);
    }
}

const SOON: Planned<'static> =
    Planned { kind: "health-again", on_day: "2026-12-01", time: "09:30", with: None, remark: "" };

#[tokio::test]
async fn what_is_missing_at_her_age_is_listed_until_it_is_planned() {
    for w in worlds().await {
        let c = cast(&w).await;
        for (years, missing) in [
            (9, vec!["health-first", "vaccines", "growth", "psych-first"]),
            (15, vec!["health-first", "vaccines", "psych-first"]),
            // About 19 may be 17: in doubt she counts as an adolescent.
            (19, vec!["health-first", "vaccines", "psych-first"]),
            (21, vec!["health-first"]),
        ] {
            let new = new_case("Dalia", years);
            let (case, _) =
                work!(w, c.lucia, |work| cases::open(&w.p, &mut work, &c.lucia, &new).await).unwrap();
            let cases::Whose::New(person) = &new.whose else { panic!() };
            let list = async || {
                let mut tx = w.p.store.db.read().await.unwrap();
                let all = appointments::missing(&w.p, &mut tx, case, &person.core.birth).await.unwrap();
                all.into_iter().map(|t| t.id.as_str()).collect::<Vec<_>>()
            };
            assert_eq!(list().await, missing, "{years} ({})", w.engine);
            let planned = Planned { kind: "health-first", with: Some(c.irma.account), ..SOON };
            let id = work!(w, c.lucia, |work| appointments::plan(&w.p, &mut work, &c.lucia, case, &planned)
                .await)
            .unwrap();
            assert_eq!(list().await, &missing[1..]);
            let set = work!(w, c.lucia, |work| {
                appointments::set(&w.p, &mut work, &c.lucia, (case, id, 1), "cancelled").await
            });
            assert_eq!(set.unwrap(), None);
            assert_eq!(list().await, missing);
        }
        let today = jiff::civil::date(2026, 3, 2);
        assert_eq!(appointments::age(&ceiba_programme::dates::Birth::Unknown, today), "adolescent");
    }
}

#[tokio::test]
async fn who_comes_to_an_appointment_is_in_the_queue_with_her_case() {
    for w in worlds().await {
        let c = cast(&w).await;
        let case = w.case(&c.lucia, "Dalia").await;
        let plan = async |a: &Planned<'_>| {
            work!(w, c.lucia, |work| appointments::plan(&w.p, &mut work, &c.lucia, case, a).await)
        };
        let bad =
            Planned { kind: "x", on_day: "1999-01-01", time: "25:99", with: Some(Uuid::nil()), remark: "" };
        assert_eq!(fields(plan(&bad).await.unwrap_err()), ["kind", "on", "time", "with"]);
        let id = plan(&SOON).await.unwrap();
        let came =
            work!(w, c.irma, |work| appointments::set(&w.p, &mut work, &c.irma, (case, id, 1), "came").await);
        let visit = visit(&w, &c.irma, came.unwrap().unwrap()).await;
        assert_eq!(
            (visit.case, visit.desk.as_str(), visit.state.as_str()),
            (Some(case), "health", "waiting")
        );
        let twice =
            work!(w, c.irma, |work| appointments::set(&w.p, &mut work, &c.irma, (case, id, 2), "came").await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)));
        let mut tx = w.p.store.db.read().await.unwrap();
        let said = clinic::queue(&w.p, &mut tx, &c.irma).await.unwrap().remove(0).said;
        assert_eq!(said.chosen_name, "Dalia");
        let fact =
            tx.sql("SELECT code, outcome FROM fact WHERE kind = 'clinic.appointment'").one().await.unwrap();
        assert_eq!(
            (fact.get::<String>("code").unwrap().as_str(), fact.get::<String>("outcome").unwrap().as_str()),
            ("health-again", "came")
        );
        // A case of a house is not the clinic's to plan for.
        drop(tx);
        let abel = w.person("abel", "social_worker", Some("M1")).await;
        let refused = work!(w, abel, |work| appointments::plan(&w.p, &mut work, &abel, case, &SOON).await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))));
    }
}

#[tokio::test]
async fn an_unsafe_contact_is_never_offered_after_a_no_show() {
    for w in worlds().await {
        let c = cast(&w).await;
        let case = w.case(&c.lucia, "Dalia").await;
        let id = work!(w, c.lucia, |work| appointments::plan(&w.p, &mut work, &c.lucia, case, &SOON).await)
            .unwrap();
        work!(w, c.irma, |work| appointments::set(&w.p, &mut work, &c.irma, (case, id, 1), "no_show").await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let task = tx
            .sql("SELECT owner, state FROM entry WHERE kind = 'task' AND code = 'clinic-no-show'")
            .one()
            .await
            .unwrap();
        assert_eq!(task.get::<Option<Uuid>>("owner").unwrap(), Some(c.lucia.account), "{}", w.engine);
        drop(tx);
        let ways = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let all = no_show::ways(&w.p, &mut tx, who, case, None).await.unwrap();
            all.into_iter().filter_map(|(channel, said)| said.ok().map(|_| channel)).collect::<Vec<_>>()
        };
        let say = async |channel: &str, place: &str, who: &str| {
            let days = ["1", "2", "3", "4", "5", "6", "7"];
            let new = rules::New {
                channel,
                place,
                who,
                days: &days,
                from: "00:00",
                to: "00:00",
                ..rules::New::default()
            };
            work!(w, c.lucia, |work| rules::add(&w.p, &mut work, &c.lucia, case, &new).await)
        };
        assert!(ways(&c.irma).await.is_empty(), "nothing is on record");
        say("visit", "Tienda de doña Chon", "").await.unwrap();
        say("call", "Al 502-5555-9901", "").await.unwrap();
        assert_eq!(ways(&c.irma).await, [Channel::Call, Channel::Visit], "{}", w.engine);
        let relation =
            |name: &str, remark: &str| relations::Relation { name: name.into(), remark: remark.into() };
        let mark = async |kind: &str, r: relations::Relation| {
            let code = (kind, "unsafe", None);
            work!(w, c.lucia, |work| relations::add(&w.p, &mut work, &c.lucia, case, code, &r).await).unwrap()
        };
        mark("partner", relation("Chepe Inventado", "celular 5555 9901")).await;
        // Marked later, the way is shut; and Irma, who may not read who that is, still has the one that is safe.
        for who in [&c.lucia, &c.irma] {
            assert_eq!(ways(who).await, [Channel::Visit], "{}", w.engine);
        }
        // By name, whatever the accents; by number, however it is written; by what people call him.
        for (channel, place, who) in [
            ("visit", "Con CHÉPE, en la tarde", ""),
            ("call", "+502 5555-9901", ""),
            ("sms", "(5555) 9901", ""),
            ("through", "Pizzería", "su novio"),
        ] {
            let refused = say(channel, place, who).await;
            let Err(ProgrammeError::Invalid(problems)) = refused else { panic!("{place} {who}") };
            assert!(problems.iter().any(|p| p.key == "problem-contact-feared"), "{place} ({})", w.engine);
        }
    }
}

/// Who sleeps in a house that the clinic is for has appointments there; of another house nobody at the clinic knows.
#[tokio::test]
async fn a_clinic_is_also_for_the_houses_that_the_pack_names() {
    for w in worlds().await {
        let c = cast(&w).await;
        for (site, ours) in [("M1", true), ("M2", false)] {
            let abel = w.person(&format!("abel-{}", site.to_lowercase()), "social_worker", Some(site)).await;
            let new = cases::New { site: site.to_owned(), ..new_case("Nayeli", 15) };
            let (case, _) = work!(w, abel, |work| cases::open(&w.p, &mut work, &abel, &new).await).unwrap();
            let planned =
                work!(w, c.irma, |work| appointments::plan(&w.p, &mut work, &c.irma, case, &SOON).await);
            assert_eq!(planned.is_ok(), ours, "{site} ({})", w.engine);
            let mut tx = w.p.store.db.read().await.unwrap();
            let soon = (SOON.on_day, SOON.on_day);
            let booked = appointments::between(&w.p, &mut tx, &c.irma, soon).await.unwrap();
            assert_eq!(booked.iter().any(|b| b.case.id == case), ours);
            // The list, not the file.
            for act in [Act::CASE_READ, Act::READ_SOCIAL, Act::READ_HEALTH, Act::HOUSE_READ] {
                assert!(w.p.may_case(&mut tx, &c.irma, act, case).await.is_err(), "{}", act.code());
            }
        }
    }
}
