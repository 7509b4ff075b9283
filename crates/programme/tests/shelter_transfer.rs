//! From one house of the programme to another: on her way, expected, received, and nobody else knows.

use crate::support::shelter as support;
use ceiba_access::{Act, Caller, Folder, Refusal, Situation};
use ceiba_programme::cases::notes::Note;
use ceiba_programme::entries;
use ceiba_programme::shelter::companions::{self, Companion};
use ceiba_programme::shelter::transfer::Urgent;
use ceiba_programme::shelter::{self, About, Arrival, Exit, Who, apart, log, missing, transfer};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, cases, work};
use ceiba_store::{DAY, HOUR};
use support::{arrives, fields, staff};
use uuid::Uuid;

/// Who coordinates M2, its monitora, its social worker.
async fn others(w: &World) -> (Caller, Caller, Caller) {
    (
        w.person("pilar", "coordinator", Some("M2")).await,
        w.person("mila", "monitora", Some("M2")).await,
        w.person("teresa", "social_worker", Some("M2")).await,
    )
}

fn to(house: &str) -> Exit {
    Exit { reason: "transfer".into(), house: house.into(), ..Exit::default() }
}

/// Prepares her leaving for M2 with who coordinates, and she leaves; gives her code.
async fn leaves(w: &World, (blanca, carmen): (&Caller, &Caller), case: Uuid, hours: i64) -> String {
    work!(w, carmen, |work| shelter::prepare(&w.p, &mut work, carmen, case, ("house", &to("M2"), None))
        .await)
    .unwrap();
    work!(w, blanca, |work| shelter::leave(&w.p, &mut work, blanca, case, ("planned", hours)).await).unwrap();
    code(w, case).await
}

async fn code(w: &World, case: Uuid) -> String {
    let mut tx = w.p.store.db.read().await.unwrap();
    cases::lookup(&mut tx, case).await.unwrap().code
}

async fn tasks(w: &World, case: Uuid) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql("SELECT code FROM entry WHERE file = $1 AND kind = 'task' AND state = 'open' AND code IS NOT NULL")
        .bind(case)
        .all()
        .await
        .unwrap();
    rows.iter().map(|r| r.get("code").unwrap()).collect()
}

fn arrival<'a>(code: &'a str, bed: &'a str, pass: &'a str) -> Arrival<'a> {
    Arrival {
        who: Who::Known(code),
        bedside: "",
        keep_away: "",
        bed,
        order: None,
        order_day: "",
        basis: "",
        about: About::default(),
        pass,
    }
}

async fn receive(w: &World, who: &Caller, a: &Arrival<'_>) -> Result<Uuid, ProgrammeError> {
    work!(w, who, |work| shelter::admit(&w.p, &mut work, who, a).await).map(|(case, _)| case)
}

async fn facts(w: &World, kind: &'static str) -> Vec<(Option<String>, Option<String>, Option<i64>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql("SELECT site, code, minutes FROM fact WHERE kind = $1 ORDER BY at")
        .bind(kind)
        .all()
        .await
        .unwrap();
    rows.iter().map(|r| (r.get("site").unwrap(), r.get("code").unwrap(), r.get("minutes").unwrap())).collect()
}

/// The cases on a board of who is expected.
async fn expected(w: &World, who: &Caller) -> Result<Vec<transfer::OnHerWay>, ProgrammeError> {
    let mut tx = w.p.store.db.read().await.unwrap();
    transfer::expected(&w.p, &mut tx, who).await
}

#[tokio::test]
async fn both_houses_know_that_she_is_on_her_way_and_nobody_else_does() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let (pilar, mila, _) = others(&w).await;
        let clinic = w.person("nidia", "coordinator", Some("K1")).await;
        let third = w.person("zoila", "monitora", Some("M9")).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "Inventado Fulano, moto azul").await;
        work!(w, blanca, |work| log::write(&w.p, &mut work, &blanca, Some(case), "Lloró en la cena.").await)
            .unwrap();
        assert!(expected(&w, &mila).await.unwrap().is_empty(), "{}", w.engine);
        let code = leaves(&w, (&blanca, &carmen), case, 0).await;

        for who in [&pilar, &mila] {
            let all = expected(&w, who).await.unwrap();
            let [her] = all.as_slice() else { panic!("{} are expected", all.len()) };
            assert_eq!(her.person.core.chosen_name, "Maribel");
            assert_eq!(her.transfer.body.from, "M1");
            assert_eq!(her.bedside[0].body.text, "Ninguna.");
            assert_eq!(her.keep_away, "Inventado Fulano, moto azul");
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let gone = transfer::gone(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!(gone[0].transfer.head.code.as_deref(), Some("M2"), "{}", w.engine);
        assert!(transfer::gone(&w.p, &mut tx, &mila).await.unwrap().is_empty());
        drop(tx);
        assert!(expected(&w, &blanca).await.unwrap().is_empty());
        for stranger in [&clinic, &third] {
            assert!(expected(&w, stranger).await.is_err(), "{}", stranger.role);
        }

        // Nothing else of the file: not for whoever expects her, and not with the grant of expecting her.
        let mut tx = w.p.store.db.read().await.unwrap();
        for act in [Act::HOUSE_READ, Act::HOUSE_ADMIT, Act::HOUSE_LOG, Act::HOUSE_OVERRIDE, Act::CASE_READ] {
            for who in [&pilar, &mila, &clinic, &third] {
                let refused = w.p.may_case(&mut tx, who, act, case).await;
                assert!(matches!(refused, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", act.code());
            }
        }
        let near = Situation { same_site: true, ..Situation::default() };
        let grant = w.p.may_on(&mila, Act::HOUSE_EXPECT, case, &near).unwrap();
        let social = (case, Folder::Social);
        assert!(entries::list::<log::Line>(&w.p, &mut tx, &mila, &grant, social).await.is_err());
        assert!(entries::list::<shelter::Admission>(&w.p, &mut tx, &mila, &grant, social).await.is_err());
        drop(tx);
        // Her code at another door is nobody's code.
        let mut work = w.p.store.work(third.account).await.unwrap();
        assert!(shelter::admit(&w.p, &mut work, &third, &arrival(&code, "1A", "")).await.is_err());
    }
}

/// A third house, which the demonstration does not have.
async fn third_house(w: &mut World) {
    let pack = &mut std::sync::Arc::get_mut(&mut w.p).unwrap().pack;
    let mut site = pack.sites.iter().find(|s| s.code == "M2").unwrap().clone();
    site.code = "M3".into();
    pack.sites.push(site);
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let id = work.chance().id();
    work.sql("INSERT INTO house_file (id, site, turn) VALUES ($1, 'M3', 0)").bind(id).once().await.unwrap();
    work.record("site.add", "site", id, [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn a_third_house_expects_nobody_and_her_code_opens_no_door_there() {
    for mut w in worlds().await {
        third_house(&mut w).await;
        let (blanca, carmen, _) = staff(&w).await;
        let (_, mila, _) = others(&w).await;
        let zoila = w.person("zoila", "coordinator", Some("M3")).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "Inventado Fulano").await;
        let code = leaves(&w, (&blanca, &carmen), case, 0).await;
        assert!(expected(&w, &zoila).await.unwrap().is_empty(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let door = ceiba_programme::shelter::visits::door(&w.p, &mut tx, &zoila).await.unwrap();
        assert!(door.is_empty(), "{}", w.engine);
        drop(tx);
        let wrong = Arrival { basis: "pgn_brought", ..arrival(&code, "1A", "") };
        let refused = receive(&w, &zoila, &wrong).await;
        assert_eq!(fields(refused.unwrap_err()), ["code"], "{}", w.engine);
        // Where she goes the door knows already, and she is still expected there.
        let mut tx = w.p.store.db.read().await.unwrap();
        let door = ceiba_programme::shelter::visits::door(&w.p, &mut tx, &mila).await.unwrap();
        assert_eq!(door, ["Inventado Fulano"], "{}", w.engine);
        drop(tx);
        receive(&w, &mila, &arrival(&code, "1A", "")).await.unwrap();
    }
}

#[tokio::test]
async fn where_to_is_another_house_of_the_programme_or_nothing() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        for (destination, house) in [("house", "M1"), ("house", ""), ("house", "K1"), ("family", "M2")] {
            let bad = work!(w, carmen, |work| {
                shelter::prepare(&w.p, &mut work, &carmen, case, (destination, &to(house), None)).await
            });
            assert_eq!(fields(bad.unwrap_err()), ["house"], "{destination} {house} ({})", w.engine);
        }
    }
}

#[tokio::test]
async fn she_is_received_with_her_baby_in_one_step_and_the_house_she_left_opens_her_file_no_more() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let (pilar, mila, teresa) = others(&w).await;
        let case = arrives(&w, &blanca, "Dalia", "2A", "").await;
        let sol = Companion { name: "Sol".into(), age: "ocho meses".into() };
        work!(w, blanca, |work| companions::bring(&w.p, &mut work, &blanca, case, (&sol, "")).await).unwrap();
        w.place.clock.move_by(10 * DAY);
        let code = leaves(&w, (&blanca, &carmen), case, 1).await;
        assert_eq!(expected(&w, &mila).await.unwrap()[0].transfer.body.with[0].1, sol);
        assert!(facts(&w, "shelter.left").await.is_empty(), "a move is no leaving ({})", w.engine);
        w.place.clock.move_by(2 * HOUR);

        // That house has no place for children: it says which rule, nothing has moved, and its coordinator may decide.
        let refused = receive(&w, &mila, &arrival(&code, "1A", "")).await;
        assert!(
            matches!(&refused, Err(ProgrammeError::Unsafe(f)) if f[0].rule == "companions"),
            "{refused:?}"
        );
        assert_eq!(expected(&w, &mila).await.unwrap().len(), 1, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(cases::lookup(&mut tx, case).await.unwrap().site, "M1");
        drop(tx);
        receive(&w, &pilar, &arrival(&code, "1A", "El juzgado lo pide por tres noches.")).await.unwrap();

        assert!(expected(&w, &mila).await.unwrap().is_empty(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let here = shelter::residents(&w.p, &mut tx, &mila).await.unwrap();
        assert_eq!((here[0].bed.as_str(), &here[0].companions[0].body), ("1A", &sol), "{}", w.engine);
        let beds = tx
            .sql("SELECT bed FROM stay WHERE until_at > 4000000000000000 ORDER BY bed")
            .all()
            .await
            .unwrap();
        let beds: Vec<String> = beds.iter().map(|r| r.get("bed").unwrap()).collect();
        assert_eq!(beds, ["M2-1A", "M2-1A+1"], "{}", w.engine);
        for (who, act) in
            [(&blanca, Act::HOUSE_READ), (&carmen, Act::CASE_READ), (&carmen, Act::HOUSE_OVERRIDE)]
        {
            let refused = w.p.may_case(&mut tx, who, act, case).await;
            assert!(matches!(refused, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", act.code());
        }
        assert!(transfer::gone(&w.p, &mut tx, &blanca).await.unwrap().is_empty());
        // Somebody near is responsible; who knew her stays until she is relieved.
        assert_eq!(cases::lookup(&mut tx, case).await.unwrap().responsible, teresa.account);
        let grant = w.p.may_case(&mut tx, &abel, Act::READ_SOCIAL, case).await.unwrap();
        entries::list::<Note>(&w.p, &mut tx, &abel, &grant, (case, Folder::Social)).await.unwrap();
        let agree = tx
            .sql("SELECT owner FROM entry WHERE file = $1 AND code = 'transfer-agree'")
            .bind(case)
            .one()
            .await
            .unwrap();
        assert_eq!(agree.get::<Uuid>("owner").unwrap(), teresa.account);
        drop(tx);

        let moved = facts(&w, "shelter.transferred").await;
        assert_eq!(moved, [(Some("M2".into()), Some("M1".into()), Some(180))], "{}", w.engine);
        assert_eq!(facts(&w, "shelter.admitted").await.len(), 1);
        assert_eq!(
            fields(receive(&w, &mila, &arrival(&code, "1B", "")).await.unwrap_err()),
            ["basis"],
            "she is received once ({})",
            w.engine
        );

        // When she leaves the programme her stay counts from the first house.
        w.place.clock.move_by(5 * DAY);
        work!(w, mila, |work| shelter::leave(&w.p, &mut work, &mila, case, ("planned", 0)).await).unwrap();
        let days = 24 * 60;
        let left = facts(&w, "shelter.left").await;
        assert_eq!(left, [(Some("M2".into()), None, Some(15 * days + 120))], "{}", w.engine);
    }
}

#[tokio::test]
async fn a_transfer_is_taken_back_by_who_coordinates_the_house_she_left() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let (pilar, mila, _) = others(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let code = leaves(&w, (&blanca, &carmen), case, 0).await;
        for who in [&blanca, &pilar, &mila] {
            let no = work!(w, who, |work| transfer::take_back(&w.p, &mut work, who, case).await);
            assert!(matches!(no, Err(ProgrammeError::Refused(_))), "{}", who.role);
        }
        work!(w, carmen, |work| transfer::take_back(&w.p, &mut work, &carmen, case).await).unwrap();
        assert!(expected(&w, &mila).await.unwrap().is_empty(), "{}", w.engine);
        let twice = work!(w, carmen, |work| transfer::take_back(&w.p, &mut work, &carmen, case).await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
        let gone = receive(&w, &mila, &Arrival { basis: "pgn_brought", ..arrival(&code, "1A", "") }).await;
        assert_eq!(fields(gone.unwrap_err()), ["code"], "{}", w.engine);
        assert_eq!(facts(&w, "shelter.left").await.len(), 1);
        let wanted = tasks(&w, case).await;
        assert!(wanted.iter().any(|t| t == "transfer-back"), "nobody looks where she sleeps ({})", w.engine);

        // She comes back to the house she had left before anybody took it back: it does the same.
        let again = Arrival { basis: "pgn_brought", ..arrival(&code, "1A", "") };
        receive(&w, &blanca, &again).await.unwrap();
        leaves(&w, (&blanca, &carmen), case, 0).await;
        receive(&w, &blanca, &again).await.unwrap();
        assert!(expected(&w, &mila).await.unwrap().is_empty(), "{}", w.engine);
        assert_eq!(facts(&w, "shelter.left").await.len(), 2);
        assert_eq!(facts(&w, "shelter.admitted").await.len(), 3);
        assert!(facts(&w, "shelter.transferred").await.is_empty(), "{}", w.engine);
    }
}

#[tokio::test]
async fn who_does_not_arrive_is_looked_for_and_her_arrival_ends_the_search() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let (_, mila, _) = others(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let code = leaves(&w, (&blanca, &carmen), case, 0).await;
        w.place.clock.move_by(7 * HOUR);
        let late = &expected(&w, &mila).await.unwrap()[0];
        assert!(late.transfer.head.due_at.unwrap() < w.p.store.clock.now(), "{}", w.engine);
        let search = ("En la parada del bus.", "");
        work!(w, blanca, |work| missing::start(&w.p, &mut work, &blanca, case, search).await).unwrap();
        assert!(expected(&w, &mila).await.unwrap()[0].missing, "{}", w.engine);
        receive(&w, &mila, &arrival(&code, "1A", "")).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(missing::now(&w.p, &mut tx, &mila, case).await.unwrap().is_none(), "{}", w.engine);
        let ends = tx
            .sql("SELECT outcome FROM fact WHERE kind = 'shelter.missing' AND outcome <> 'started'")
            .all()
            .await
            .unwrap();
        assert_eq!(ends.len(), 1);
        assert_eq!(ends[0].get::<String>("outcome").unwrap(), "elsewhere_safe", "{}", w.engine);
    }
}

#[tokio::test]
async fn the_rules_of_the_new_house_hold_for_who_comes_from_another() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let (pilar, mila, _) = others(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let other = arrives(&w, &blanca, "Nohemí", "2A", "").await;
        work!(w, carmen, |work| {
            apart::keep(&w.p, &mut work, &carmen, (case, other), ("recruiter_link", "Su prima.")).await
        })
        .unwrap();
        let first = leaves(&w, (&blanca, &carmen), case, 0).await;
        let second = leaves(&w, (&blanca, &carmen), other, 0).await;
        receive(&w, &mila, &arrival(&first, "1A", "")).await.unwrap();
        let near = receive(&w, &mila, &arrival(&second, "3B", "")).await;
        assert!(matches!(&near, Err(ProgrammeError::Unsafe(f)) if f[0].rule == "apart-house"), "{near:?}");
        // Five more, and the house is full: nobody may place her against that.
        for (n, bed) in ["1B", "2A", "2B", "3A", "3B"].iter().enumerate() {
            let name = format!("Inventada {n}");
            let new = Arrival { who: Who::New(&name), basis: "pgn_brought", ..arrival("", bed, "") };
            receive(&w, &mila, &new).await.unwrap();
        }
        let full = receive(&w, &pilar, &arrival(&second, "3B", "Esta noche.")).await;
        assert_eq!(fields(full.unwrap_err()), ["bed"], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(cases::lookup(&mut tx, other).await.unwrap().site, "M1", "{}", w.engine);
        assert_eq!(transfer::gone(&w.p, &mut tx, &blanca).await.unwrap().len(), 1);
    }
}

/// At two at night she cannot stay: nothing is prepared, the other house expects her, and by day somebody does what is missing.
#[tokio::test]
async fn what_cannot_wait_needs_a_reason_and_who_decided_and_leaves_tasks_for_daylight() {
    for w in worlds().await {
        let (blanca, _, _) = staff(&w).await;
        let (_, mila, _) = others(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let urgent =
            Urgent { why: "danger_outside".into(), decided_by: "Seño Carmen, por teléfono".into() };
        let goes = async |who: &Caller, to: &'static str, urgent: &Urgent| {
            work!(w, who, |work| shelter::move_now(&w.p, &mut work, who, case, (to, urgent)).await)
        };
        let nothing = goes(&blanca, "M1", &Urgent::default()).await.unwrap_err();
        assert_eq!(fields(nothing), ["house", "why", "decided_by"], "{}", w.engine);
        assert!(goes(&mila, "M2", &urgent).await.is_err(), "another house takes her");
        goes(&blanca, "M2", &urgent).await.unwrap();
        let again = goes(&blanca, "M2", &urgent).await;
        assert!(matches!(again, Err(ProgrammeError::State(_))), "{}", w.engine);

        let all = expected(&w, &mila).await.unwrap();
        assert_eq!(all[0].transfer.body.urgent, Some(urgent), "{}", w.engine);
        let open = tasks(&w, case).await;
        assert!(["urgent-prepare", "urgent-court"].iter().all(|t| open.iter().any(|o| o == t)), "{open:?}");
        let waiting: i64 = {
            let mut tx = w.p.store.db.read().await.unwrap();
            let owner = cases::lookup(&mut tx, case).await.unwrap().responsible;
            let row = tx
                .sql("SELECT COUNT(*) AS n FROM notice WHERE account = $1 AND kind = 'urgent-move' AND about = $2")
                .bind(owner)
                .bind(case)
                .one()
                .await
                .unwrap();
            row.get("n").unwrap()
        };
        assert_eq!(waiting, 1, "whoever answers for her is told ({})", w.engine);
        assert!(facts(&w, "shelter.left").await.is_empty(), "her stay goes on");
        assert_eq!(facts(&w, "shelter.moved_urgently").await[0].1.as_deref(), Some("danger_outside"));

        let code = code(&w, case).await;
        receive(&w, &mila, &arrival(&code, "1A", "")).await.unwrap();
        assert!(expected(&w, &mila).await.unwrap().is_empty(), "{}", w.engine);
    }
}
