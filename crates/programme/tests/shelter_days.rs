//! A night in the house: shift, log, medicine, incidents.

use crate::support::shelter as support;
use ceiba_access::{Act, Caller, Folder, Refusal};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::shelter::incidents::{self, Incident};
use ceiba_programme::shelter::medicine::{self, Medicine, Taken};
use ceiba_programme::shelter::{self, drill, log, presence, shift, visits};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, dates, work};
use ceiba_store::{Clock as _, DAY, HOUR, MINUTE, Micros};
use support::{arrives, fields, staff};
use uuid::Uuid;

#[tokio::test]
async fn a_shift_begins_when_what_the_last_one_left_was_read() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        arrives(&w, &blanca, "Maribel", "1A", "").await;
        work!(w, blanca, |work| shift::begin(&w.p, &mut work, &blanca, None).await).unwrap();
        let twice = work!(w, blanca, |work| shift::begin(&w.p, &mut work, &blanca, None).await);
        assert!(matches!(twice, Err(ProgrammeError::State("state-on-shift"))));
        let empty = work!(w, blanca, |work| shift::hand_over(&w.p, &mut work, &blanca, "").await);
        assert_eq!(fields(empty.unwrap_err()), ["handover"]);
        w.place.clock.move_by(8 * HOUR);
        let left = work!(w, blanca, |work| shift::hand_over(&w.p, &mut work, &blanca, "Todo tranquilo.")
            .await)
        .unwrap();
        // Whoever has not seen it does not begin.
        let unread = work!(w, carmen, |work| shift::begin(&w.p, &mut work, &carmen, None).await);
        assert_eq!(fields(unread.unwrap_err()), ["read"], "{}", w.engine);
        work!(w, carmen, |work| shift::begin(&w.p, &mut work, &carmen, Some(left)).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let on = shift::on(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!(on.iter().map(|s| s.account).collect::<Vec<_>>(), [carmen.account]);
        let handover = shift::handover(&w.p, &mut tx, &carmen).await.unwrap().unwrap();
        assert_eq!((handover.body.text.as_str(), handover.body.inside), ("Todo tranquilo.", 1));
        drop(tx);
        // The other house reads neither.
        let mila = w.person("mila", "monitora", Some("M2")).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(shift::handover(&w.p, &mut tx, &mila).await.unwrap().is_none(), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_line_about_her_lives_in_her_file_and_only_her_house_reads_the_log() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        w.place.clock.move_by(HOUR);
        work!(w, blanca, |work| log::write(&w.p, &mut work, &blanca, Some(case), "Durmió bien.").await)
            .unwrap();
        work!(w, blanca, |work| log::write(&w.p, &mut work, &blanca, None, "Se fue la luz a las dos.").await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let lines = log::recent(&w.p, &mut tx, &carmen, 10).await.unwrap();
        assert_eq!(lines.len(), 2);
        let hers: Vec<_> = lines.iter().filter(|l| l.head.file == case).collect();
        assert_eq!((hers.len(), hers[0].body.text.as_str()), (1, "Durmió bien."));
        // Her team reads it with the right of the social folder.
        let grant = w.p.may_case(&mut tx, &abel, Act::READ_SOCIAL, case).await.unwrap();
        let read: Vec<Entry<log::Line>> =
            entries::list(&w.p, &mut tx, &abel, &grant, (case, Folder::Social)).await.unwrap();
        assert_eq!(read.len(), 1);
        let mila = w.person("mila", "monitora", Some("M2")).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(log::recent(&w.p, &mut tx, &mila, 10).await.unwrap().is_empty(), "{}", w.engine);
        let seen = shelter::residents(&w.p, &mut tx, &blanca).await.unwrap().remove(0).seen.unwrap();
        assert_eq!(seen.1, "log", "{}", w.engine);
    }
}

fn pills(times: &[&str]) -> Medicine {
    Medicine {
        name: "Inventina 50 mg".into(),
        dose: "Una tableta.".into(),
        times: times.iter().map(|t| (*t).to_owned()).collect(),
        until: String::new(),
        units: 2,
        despite: String::new(),
    }
}

async fn taken(w: &World, who: &Caller, case: Uuid) -> Vec<Taken> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::HOUSE_READ, case).await.unwrap();
    medicine::of(&w.p, &mut tx, who, &grant, case).await.unwrap()
}

/// Ten in the morning of the world's day, local time.
fn at_ten(w: &World) -> Micros {
    let today = dates::day(w.p.store.clock.now(), &w.p.pack.zone);
    dates::start(today, &w.p.pack.zone) + DAY + 10 * HOUR
}

#[tokio::test]
async fn a_dose_is_given_once_and_what_is_left_is_counted() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let bad = Medicine { times: vec!["25".into()], name: String::new(), ..pills(&[]) };
        let to = (case, Act::HOUSE_LOG);
        let refused =
            work!(w, blanca, |work| medicine::prescribe(&w.p, &mut work, &blanca, to, ("usual", &bad)).await);
        assert_eq!(fields(refused.unwrap_err()), ["name", "times"]);
        let id = work!(w, blanca, |work| medicine::prescribe(
            &w.p,
            &mut work,
            &blanca,
            to,
            ("usual", &pills(&["20", "9:30"]))
        )
        .await)
        .unwrap();
        work!(w, blanca, |work| medicine::supply(&w.p, &mut work, &blanca, (case, id), 10).await).unwrap();
        w.place.clock.set(at_ten(&w));
        let now = taken(&w, &blanca, case).await;
        assert_eq!(now[0].medicine.body.times, ["09:30", "20:00"]);
        let due = now[0].due.last().copied().unwrap();
        assert_eq!(due, w.place.clock.now() - 30 * MINUTE, "{}", w.engine);
        let dose = (Some(due), "given", "");
        work!(w, blanca, |work| medicine::give(&w.p, &mut work, &blanca, (case, id), dose).await).unwrap();
        // The other phone at the same bed is told who was faster.
        let twice = work!(w, carmen, |work| medicine::give(&w.p, &mut work, &carmen, (case, id), dose).await);
        assert!(
            matches!(twice, Err(ProgrammeError::Taken { by, .. }) if by == blanca.account),
            "{}",
            w.engine
        );
        let after = taken(&w, &blanca, case).await;
        assert_eq!((after[0].left, after[0].due.contains(&due)), (Some(8), false));
        // An hour that is not hers is no dose.
        let odd = (Some(due + 7 * MINUTE), "given", "");
        let refused =
            work!(w, blanca, |work| medicine::give(&w.p, &mut work, &blanca, (case, id), odd).await);
        assert_eq!(fields(refused.unwrap_err()), ["outcome"], "{}", w.engine);
        work!(w, blanca, |work| medicine::stop(&w.p, &mut work, &blanca, to, id).await).unwrap();
        assert!(taken(&w, &blanca, case).await.is_empty());
        let stopped = work!(w, blanca, |work| medicine::give(
            &w.p,
            &mut work,
            &blanca,
            (case, id),
            (None, "given", "")
        )
        .await);
        assert_eq!(fields(stopped.unwrap_err()), ["outcome"], "{}", w.engine);
    }
}

#[tokio::test]
async fn a_controlled_medicine_needs_two_people_and_one_cannot_be_both() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let to = (case, Act::HOUSE_LOG);
        let id = work!(w, blanca, |work| medicine::prescribe(
            &w.p,
            &mut work,
            &blanca,
            to,
            ("controlled", &pills(&[]))
        )
        .await)
        .unwrap();
        let dose = work!(w, blanca, |work| medicine::give(
            &w.p,
            &mut work,
            &blanca,
            (case, id),
            (None, "given", "")
        )
        .await)
        .unwrap();
        assert_eq!(taken(&w, &carmen, case).await[0].awaits.len(), 1);
        let herself = work!(w, blanca, |work| medicine::sign(&w.p, &mut work, &blanca, case, dose).await);
        assert!(
            matches!(&herself, Err(ProgrammeError::Refused(_))),
            "she signs for herself ({}): {herself:?}",
            w.engine
        );
        work!(w, carmen, |work| medicine::sign(&w.p, &mut work, &carmen, case, dose).await).unwrap();
        let again = work!(w, carmen, |work| medicine::sign(&w.p, &mut work, &carmen, case, dose).await);
        assert!(matches!(again, Err(ProgrammeError::Stale)), "{}", w.engine);
        assert!(taken(&w, &carmen, case).await[0].awaits.is_empty());
    }
}

#[tokio::test]
async fn an_incident_is_followed_until_somebody_has_looked_again() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let body = Incident { text: "Lloró toda la tarde.".into(), ..Incident::default() };
        let id = work!(w, blanca, |work| incidents::report(
            &w.p,
            &mut work,
            &blanca,
            Some(case),
            ("illness", "", &body)
        )
        .await)
        .unwrap();
        let house = work!(w, blanca, |work| incidents::report(
            &w.p,
            &mut work,
            &blanca,
            None,
            ("building", "2026-03-09", &body)
        )
        .await)
        .unwrap();
        let wrong = work!(w, blanca, |work| incidents::report(
            &w.p,
            &mut work,
            &blanca,
            None,
            ("gossip", "x", &Incident::default())
        )
        .await);
        assert_eq!(fields(wrong.unwrap_err()), ["kind", "text", "again"]);
        let hers =
            work!(w, blanca, |work| incidents::close(&w.p, &mut work, &blanca, id, "Está mejor.").await);
        assert!(matches!(hers, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        for one in [id, house] {
            work!(w, carmen, |work| incidents::close(&w.p, &mut work, &carmen, one, "Está mejor.").await)
                .unwrap();
            let twice =
                work!(w, carmen, |work| incidents::close(&w.p, &mut work, &carmen, one, "Otra vez.").await);
            assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
        }
        // The other house does not even learn that there is one.
        let mila = w.person("pilar", "coordinator", Some("M2")).await;
        let other = work!(w, mila, |work| incidents::close(&w.p, &mut work, &mila, id, "x").await);
        assert!(matches!(other, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(incidents::list(&w.p, &mut tx, &mila).await.unwrap().is_empty());
        assert_eq!(incidents::list(&w.p, &mut tx, &blanca).await.unwrap().len(), 2, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_drill_is_of_the_house_counts_without_names_and_nobody_is_seen_by_it() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let one = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let two = arrives(&w, &blanca, "Nohemí", "1B", "").await;
        let three = arrives(&w, &blanca, "Sonia", "2A", "").await;
        work!(w, blanca, |work| presence::go_out(&w.p, &mut work, &blanca, three, ("school", 240, "")).await)
            .unwrap();
        let seen = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let n = tx.sql("SELECT COUNT(*) AS n FROM seen").one().await.unwrap();
            n.get::<i64>("n").unwrap()
        };
        let (before, last) = (seen().await, {
            let mut tx = w.p.store.db.read().await.unwrap();
            presence::last_count(&w.p, &mut tx, &blanca).await.unwrap().map(|c| c.head.id)
        });
        for (minutes, field) in [(0, "minutes"), (241, "minutes")] {
            let bad =
                work!(w, blanca, |work| drill::hold(&w.p, &mut work, &blanca, &[one], (minutes, "")).await);
            assert_eq!(fields(bad.unwrap_err()), [field], "{}", w.engine);
        }
        let held = work!(w, blanca, |work| {
            drill::hold(&w.p, &mut work, &blanca, &[one], (6, "La puerta de atrás no abre.")).await
        })
        .unwrap();
        assert_eq!((held.expected, held.counted), (2, 1), "who is out is not expected ({})", w.engine);
        w.place.clock.move_by(DAY);
        work!(w, carmen, |work| drill::hold(&w.p, &mut work, &carmen, &[one, two], (4, "")).await).unwrap();
        let no = work!(w, abel, |work| drill::hold(&w.p, &mut work, &abel, &[], (4, "")).await);
        assert!(matches!(no, Err(ProgrammeError::Refused(_))), "{}", w.engine);

        let mut tx = w.p.store.db.read().await.unwrap();
        let all = drill::list(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!(all.iter().map(|d| d.head.state.as_str()).collect::<Vec<_>>(), ["all_out", "some_missed"]);
        let due = drill::due(&w.p, all.first()).unwrap();
        assert_eq!(due, w.p.store.clock.now() + 90 * DAY, "{}", w.engine);
        assert_eq!(drill::due(&w.p, None), None);
        // Of no girl, and nobody's whereabouts changed.
        let of_her = tx
            .sql("SELECT COUNT(*) AS n FROM entry e JOIN case_file c ON c.id = e.file WHERE e.kind = 'drill'")
            .one()
            .await
            .unwrap();
        assert_eq!(of_her.get::<i64>("n").unwrap(), 0);
        let now = presence::last_count(&w.p, &mut tx, &blanca).await.unwrap().map(|c| c.head.id);
        drop(tx);
        assert_eq!((seen().await, now), (before, last), "{}", w.engine);
    }
}

#[tokio::test]
async fn visitors_come_at_the_hours_of_the_pack() {
    for w in worlds().await {
        let (blanca, _, _) = staff(&w).await;
        let (_, house) = shelter::of(&w.p, &blanca).unwrap();
        // The clock of tests stands at eight on a Monday; hours are full ones, and the last does not belong to them.
        let monday = w.p.store.clock.now();
        for (day, hour, open) in [
            (0, 15, false),
            (2, 13, false),
            (2, 14, true),
            (2, 16, true),
            (2, 17, false),
            (5, 9, true),
            (6, 15, true),
            (6, 16, false),
            (7, 9, false),
        ] {
            w.place.clock.move_by(monday + day * DAY + (hour - 8) * HOUR - w.p.store.clock.now());
            assert_eq!(visits::open_now(&w.p, house), open, "day {day}, {hour}:00 ({})", w.engine);
        }
    }
}
