//! Arrival at two in the morning, a bed for one person, leaving without blame.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::cases::files::Attached;
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::shelter::unmet::{self, Request};
use ceiba_programme::shelter::{self, About, Arrival, Bedside, Order, Who};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_programme::{ProgrammeError, cases};
use ceiba_store::HOUR;
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n";

fn arrival<'a>(who: Who<'a>, bed: &'a str) -> Arrival<'a> {
    Arrival {
        who,
        bedside: "Penicilina no. Salbutamol cada seis horas.",
        keep_away: "Un hombre de gorra roja, moto azul.",
        bed,
        order: Some(Order {
            attached: Attached { name: "orden.pdf".into(), title: "Orden".into() },
            bytes: PDF,
        }),
        order_day: "2026-03-01",
        basis: "",
        about: About::default(),
        pass: "",
    }
}

async fn people(w: &World) -> (Caller, Caller) {
    let blanca = w.person("blanca", "monitora", Some("M1")).await;
    (blanca, w.person("abel", "social_worker", Some("M1")).await)
}

async fn admit(w: &World, who: &Caller, a: &Arrival<'_>) -> Result<(Uuid, String), ProgrammeError> {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let done = shelter::admit(&w.p, &mut work, who, a).await?;
    work.commit().await.unwrap();
    Ok(done)
}

fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn she_is_received_with_five_answers_and_the_rest_waits_for_daylight() {
    for w in worlds().await {
        let (blanca, abel) = people(&w).await;
        let (case, code) = admit(&w, &blanca, &arrival(Who::New("Maribel"), "2A")).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let here = shelter::residents(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!((here.len(), here[0].bed.as_str(), here[0].case.code.as_str()), (1, "2A", code.as_str()));
        assert_eq!(here[0].person.core.chosen_name, "Maribel");
        assert!(here[0].bedside[0].body.text.starts_with("Penicilina"));
        assert!(here[0].safety.as_ref().unwrap().body.keep_away.contains("gorra roja"));
        assert_eq!(here[0].case.responsible, abel.account);
        // The identity has not been asked, so there is none to open; the risk has not been evaluated.
        let row = tx.sql("SELECT identity FROM person").one().await.unwrap();
        assert!(row.get::<Option<Vec<u8>>>("identity").unwrap().is_none(), "{}", w.engine);
        assert_eq!(here[0].case.risk, "unknown");
        let grant = w.p.may_case(&mut tx, &abel, Act::TASK_WRITE, case).await.unwrap();
        let tasks: Vec<Entry<Task>> =
            entries::list(&w.p, &mut tx, &abel, &grant, (case, ceiba_access::Folder::Social)).await.unwrap();
        let open = |code: &str| tasks.iter().find(|t| t.head.code.as_deref() == Some(code)).unwrap();
        for code in
            ["arrival-health", "arrival-belongings", "arrival-rules", "arrival-lawyer", "arrival-identity"]
        {
            let t = open(code);
            assert_eq!((t.head.state.as_str(), t.head.owner), ("open", Some(abel.account)));
            let due = ceiba_programme::dates::daylight(t.head.due_at.unwrap(), &w.p.pack.zone);
            assert_eq!(Some(due), t.head.due_at, "{code} is due at night");
        }
        assert_eq!(open("safety-first").head.state, "open", "a list for the door is no evaluation");
        let fact = tx.sql("SELECT code, site FROM fact WHERE kind = 'shelter.admitted'").one().await.unwrap();
        assert_eq!(fact.get::<String>("code").unwrap(), "order");
    }
}

#[tokio::test]
async fn a_bed_holds_one_person_whatever_the_program_believes() {
    for w in worlds().await {
        let (blanca, _) = people(&w).await;
        admit(&w, &blanca, &arrival(Who::New("Maribel"), "2A")).await.unwrap();
        let (case, _) = admit(&w, &blanca, &arrival(Who::New("Nohemí"), "2B")).await.unwrap();
        let second = admit(&w, &blanca, &arrival(Who::New("Sonia"), "2A")).await.unwrap_err();
        assert_eq!(fields(second), ["bed"]);
        // Around the program: the database itself refuses the bed, and a second bed for the same person, now and in the past.
        let other = w.p.store.chance.id();
        for (bed, who, before) in [("M1-2A", other, None), ("M1-3A", case, None), ("M1-2A", other, Some(1))] {
            let mut work = w.p.store.work(blanca.account).await.unwrap();
            let id = work.chance().id();
            let refused = work
                .sql(
                    "INSERT INTO stay (id, bed, site, who, file, from_at, until_at, bed_before, who_before)
                     VALUES ($1, $2, 'M1', $3, $3, 1, 2, $4, NULL)",
                )
                .bind(id)
                .bind(bed)
                .bind(who)
                .bind(before)
                .once()
                .await;
            assert!(refused.is_err(), "{bed} {before:?} ({}): {refused:?}", w.engine);
        }
    }
}

#[tokio::test]
async fn leaving_frees_the_bed_and_an_unplanned_exit_is_looked_after_at_once() {
    for w in worlds().await {
        let (blanca, abel) = people(&w).await;
        let (case, code) = admit(&w, &blanca, &arrival(Who::New("Maribel"), "1A")).await.unwrap();
        w.place.clock.move_by(3 * HOUR);
        let mut work = w.p.store.work(blanca.account).await.unwrap();
        shelter::leave(&w.p, &mut work, &blanca, case, ("unplanned", 0)).await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(blanca.account).await.unwrap();
        let twice = shelter::leave(&w.p, &mut work, &blanca, case, ("planned", 0)).await;
        assert!(matches!(twice, Err(ProgrammeError::State("state-not-in-house"))));
        let row =
            work.sql("SELECT outcome, minutes FROM fact WHERE kind = 'shelter.left'").one().await.unwrap();
        assert_eq!(
            (row.get::<String>("outcome").unwrap().as_str(), row.get::<i64>("minutes").unwrap()),
            ("unplanned", 180)
        );
        let due = work.sql("SELECT due_at, owner FROM entry WHERE code = 'exit-look'").one().await.unwrap();
        assert_eq!(due.get::<i64>("due_at").unwrap(), work.at() + HOUR);
        assert_eq!(due.get::<Uuid>("owner").unwrap(), abel.account);
        drop(work);
        // She comes back with her code: the same file, the same bed, and nothing known is lost.
        let back =
            Arrival { bedside: "", keep_away: "También su tío.", ..arrival(Who::Known(&code), "1A") };
        assert_eq!(admit(&w, &blanca, &back).await.unwrap().0, case, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let here = shelter::residents(&w.p, &mut tx, &blanca).await.unwrap();
        let door = &here[0].safety.as_ref().unwrap().body.keep_away;
        assert!(door.contains("gorra roja") && door.contains("También su tío"), "{door}");
        assert_eq!(here[0].bedside.len(), 1);
        drop(tx);
        assert_eq!(fields(admit(&w, &blanca, &back).await.unwrap_err()), ["bed"]);
        let other = Arrival { bed: "1B", ..back };
        assert_eq!(fields(admit(&w, &blanca, &other).await.unwrap_err()), ["code"], "she is in already");
    }
}

#[tokio::test]
async fn without_an_order_the_basis_is_on_record_and_everything_to_mend_comes_at_once() {
    for w in worlds().await {
        let (blanca, _) = people(&w).await;
        let nothing =
            Arrival { bedside: "", keep_away: "", order: None, order_day: "", ..arrival(Who::New(""), "9Z") };
        assert_eq!(fields(admit(&w, &blanca, &nothing).await.unwrap_err()), ["chosen_name", "bed", "basis"]);
        let undated = Arrival { order_day: "", ..arrival(Who::New("Maribel"), "1A") };
        assert_eq!(fields(admit(&w, &blanca, &undated).await.unwrap_err()), ["order_day"]);
        let future = Arrival { order_day: "2030-01-01", ..arrival(Who::New("Maribel"), "1A") };
        assert_eq!(fields(admit(&w, &blanca, &future).await.unwrap_err()), ["order_day"]);
        let program =
            Order { attached: Attached { name: "orden.pdf".into(), title: "Orden".into() }, bytes: b"MZ" };
        let bad = Arrival { order: Some(program), ..arrival(Who::New("Maribel"), "1A") };
        assert_eq!(fields(admit(&w, &blanca, &bad).await.unwrap_err()), ["file"]);
        let basis =
            Arrival { basis: "pgn_brought", ..Arrival { bed: "1A", who: Who::New("Maribel"), ..nothing } };
        let (case, _) = admit(&w, &blanca, &basis).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let fact = tx.sql("SELECT code FROM fact WHERE kind = 'shelter.admitted'").one().await.unwrap();
        assert_eq!(fact.get::<String>("code").unwrap(), "pgn_brought");
        let n = tx
            .sql("SELECT COUNT(*) AS n FROM entry WHERE file = $1 AND kind IN ('bedside', 'safety', 'file')");
        assert_eq!(n.bind(case).one().await.unwrap().get::<i64>("n").unwrap(), 0, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_request_without_a_place_is_on_the_list_by_profile_and_says_nothing_of_her() {
    for w in worlds().await {
        let (blanca, _) = people(&w).await;
        let mut request = Request {
            asked_by: "court".into(),
            sex: "Feminine".into(),
            age_band: "15-17".into(),
            companions: 1,
            language: "mam".into(),
            needs: vec!["pregnant".into()],
            reason: "companions".into(),
        };
        let id = work!(w, blanca, |work| unmet::record(&w.p, &mut work, &blanca, &request).await).unwrap();
        request.reason = "because".into();
        request.needs.push("a story".into());
        let wrong = work!(w, blanca, |work| unmet::record(&w.p, &mut work, &blanca, &request).await);
        assert_eq!(fields(wrong.unwrap_err()), ["needs", "reason"]);
        let mut tx = w.p.store.db.read().await.unwrap();
        let fact = tx.sql("SELECT * FROM fact WHERE kind = 'shelter.refused'").one().await.unwrap();
        let said = |column: &'static str| fact.get::<Option<String>>(column).unwrap().unwrap_or_default();
        assert_eq!(
            [said("code"), said("outcome"), said("sex"), said("age_band")],
            ["companions", "with_children", "Feminine", "15-17"]
        );
        assert!(fact.get::<Option<Vec<u8>>>("subject").unwrap().is_none());
        assert_eq!(unmet::list(&w.p, &mut tx, &blanca).await.unwrap().len(), 1);
        let places = shelter::places(&w.p, &mut tx, &blanca).await.unwrap();
        let told: Vec<_> = places.iter().map(|h| (h.site, h.free, h.step_free, h.cot)).collect();
        assert_eq!(told, [("M1", 12, 2, true), ("M2", 6, 0, false)], "{}", w.engine);
        drop(tx);
        work!(w, blanca, |work| unmet::settle(&w.p, &mut work, &blanca, id, "placed_elsewhere").await)
            .unwrap();
        let twice = work!(w, blanca, |work| unmet::settle(&w.p, &mut work, &blanca, id, "no_longer").await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
    }
}

#[tokio::test]
async fn only_the_house_receives_and_it_opens_nothing_else_of_health() {
    for w in worlds().await {
        let (blanca, abel) = people(&w).await;
        for (name, role, site) in [
            ("irma", "health", "M1"),
            ("rosa", "duty", "M1"),
            ("julio", "lawyer", "M1"),
            ("sara", "director", "M1"),
        ] {
            let who = w.person(name, role, Some(site)).await;
            let refused = admit(&w, &who, &arrival(Who::New("Maribel"), "1A")).await;
            assert!(matches!(refused, Err(ProgrammeError::Refused(_))), "{role}");
        }
        assert!(matches!(
            admit(&w, &abel, &arrival(Who::New("Maribel"), "1A")).await,
            Err(ProgrammeError::Refused(_))
        ));
        let clinic = w.person("noche", "monitora", Some("K1")).await;
        let none = admit(&w, &clinic, &arrival(Who::New("Maribel"), "1A")).await;
        assert!(matches!(none, Err(ProgrammeError::State("state-no-house"))));
        let (case, code) = admit(&w, &blanca, &arrival(Who::New("Maribel"), "1A")).await.unwrap();
        // The other house's monitora: the same answer as for a code that does not exist.
        let mila = w.person("mila", "monitora", Some("M2")).await;
        for code in [code.as_str(), "C-22222"] {
            let other = admit(&w, &mila, &arrival(Who::Known(code), "1A")).await.unwrap_err();
            assert_eq!(fields(other), ["code"], "{}", w.engine);
        }
        let mut work = w.p.store.work(mila.account).await.unwrap();
        let left = shelter::leave(&w.p, &mut work, &mila, case, ("planned", 0)).await;
        assert!(matches!(left, Err(ProgrammeError::Refused(Refusal::Absent))));
        drop(work);
        // The health team reads the allergies with the right of its own folder; the house no note of health.
        let mut tx = w.p.store.db.read().await.unwrap();
        let read = w.p.may_case(&mut tx, &blanca, Act::READ_HEALTH, case).await;
        assert!(matches!(read, Err(ProgrammeError::Refused(_))));
        let grant = w.p.may_case(&mut tx, &blanca, Act::HOUSE_READ, case).await.unwrap();
        let health = (case, ceiba_access::Folder::Health);
        let list: Vec<Entry<Bedside>> = entries::list(&w.p, &mut tx, &blanca, &grant, health).await.unwrap();
        assert_eq!(list.len(), 1);
    }
}

#[tokio::test]
async fn the_grant_of_the_house_opens_no_note_of_health() {
    for w in worlds().await {
        let (blanca, abel) = people(&w).await;
        let (case, _) = admit(&w, &blanca, &arrival(Who::New("Maribel"), "1A")).await.unwrap();
        let irma = w.person("irma", "health", Some("M1")).await;
        let carmen = w.person("carmen", "coordinator", Some("M1")).await;
        let mut work = w.p.store.work(carmen.account).await.unwrap();
        cases::team::name(&w.p, &mut work, &carmen, case, irma.account).await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(irma.account).await.unwrap();
        let folder = ceiba_access::Folder::Health;
        let note = ("note", "2026-03-01", "Algo de la consulta que la casa no lee.");
        cases::notes::add(&w.p, &mut work, &irma, case, folder, note, None).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        for act in [Act::HOUSE_READ, Act::HOUSE_ADMIT] {
            let grant = w.p.may_case(&mut tx, &blanca, act, case).await.unwrap();
            let notes = cases::notes::list(&w.p, &mut tx, &blanca, &grant, case, folder).await;
            assert!(
                matches!(notes, Err(ProgrammeError::Access(ceiba_access::AccessError::NotGranted))),
                "{} opens a note of health ({})",
                act.code(),
                w.engine
            );
        }
        // Of the social folder it opens what names the house, and no note, goal or consent of hers.
        work!(w, abel, |work| cases::notes::add(
            &w.p,
            &mut work,
            &abel,
            case,
            ceiba_access::Folder::Social,
            ("note", "2026-03-01", "Lo que contó."),
            None
        )
        .await)
        .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        for act in [Act::HOUSE_READ, Act::HOUSE_ADMIT, Act::HOUSE_LOG, Act::HOUSE_OVERRIDE, Act::DOSE_WITNESS]
        {
            let who = if act == Act::HOUSE_OVERRIDE { &carmen } else { &blanca };
            let grant = w.p.may_case(&mut tx, who, act, case).await.unwrap();
            let notes =
                cases::notes::list(&w.p, &mut tx, who, &grant, case, ceiba_access::Folder::Social).await;
            assert!(
                matches!(notes, Err(ProgrammeError::Access(ceiba_access::AccessError::NotGranted))),
                "{} opens a note ({})",
                act.code(),
                w.engine
            );
        }
        // And nobody on the social side reads the allergies through the team's general rights.
        let grant = w.p.may_case(&mut tx, &abel, Act::READ_SOCIAL, case).await.unwrap();
        let list = entries::list::<Bedside>(&w.p, &mut tx, &abel, &grant, (case, folder)).await;
        assert!(matches!(list, Err(ProgrammeError::Access(ceiba_access::AccessError::NotGranted))));
    }
}
