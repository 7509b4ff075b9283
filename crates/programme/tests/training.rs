//! Training: one person once, three ways to be there, and what is counted of it whatever is corrected.

use ceiba_access::{Caller, Refusal};
use ceiba_programme::learning::rounds;
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::training::door::{self, Decision, Said, Told};
use ceiba_programme::training::due;
use ceiba_programme::training::people::New;
use ceiba_programme::training::sheets::{Kept, Typed};
use ceiba_programme::training::{
    Course, Session, Trainee, counting, courses, known, marks, merge, numbers, people, photo, roster,
    sessions, sheets,
};
use ceiba_programme::{ProgrammeError, dates, work};
use ceiba_store::{DAY, HOUR, MINUTE};
use uuid::Uuid;

async fn trainer(w: &World) -> Caller {
    w.person("diego", "trainer", None).await
}

fn official(name: &str, institution: &str) -> New {
    New {
        name: name.to_owned(),
        audience: "official".to_owned(),
        institution: institution.to_owned(),
        post: "prosecutor".to_owned(),
        municipality: "GT0920".to_owned(),
        ..New::default()
    }
}

async fn add(w: &World, who: &Caller, new: &New) -> Uuid {
    work!(w, who, |work| people::add(&w.p, &mut work, who, new).await).unwrap()
}

async fn person(w: &World, who: &Caller, id: Uuid) -> Trainee {
    let mut tx = w.p.store.db.read().await.unwrap();
    people::get(&w.p, &mut tx, who, id).await.unwrap()
}

/// A course whose sessions begin now, one hour each: today, and on the days after.
async fn course(w: &World, who: &Caller, days: i64) -> (Course, Vec<Session>) {
    let p = &w.p;
    let now = dates::local(p.store.clock.now(), &p.pack.zone);
    let (day, starts) = (now.date().to_string(), format!("{}:{:02}", now.hour(), now.minute()));
    let new = courses::New {
        curriculum: "investigation",
        mode: "room",
        municipality: "GT0101",
        language: "spa",
        threshold: 80,
        from_day: &day,
        ..courses::New::default()
    };
    let mut work = p.store.work(who.account).await.unwrap();
    let id = courses::add(p, &mut work, who, &new).await.unwrap();
    let row = work.sql("SELECT code FROM training_course WHERE id = $1").bind(id).one().await.unwrap();
    let code: String = row.get("code").unwrap();
    let course = courses::find(p, work.tx(), who, &code).await.unwrap();
    for n in 0..days {
        let day = dates::day(p.store.clock.now() + n * DAY, &p.pack.zone).to_string();
        let new = sessions::New { module: "trauma", day: &day, starts: &starts, minutes: 60 };
        sessions::add(p, &mut work, who, &course, &new).await.unwrap();
    }
    let course = courses::find(p, work.tx(), who, &code).await.unwrap();
    let all = sessions::of(p, work.tx(), who, id).await.unwrap();
    work.commit().await.unwrap();
    (course, all)
}

async fn fresh(w: &World, who: &Caller, c: &Course) -> Course {
    let mut tx = w.p.store.db.read().await.unwrap();
    courses::find(&w.p, &mut tx, who, &c.code).await.unwrap()
}

async fn enrol(w: &World, who: &Caller, c: &Course, id: Uuid) -> bool {
    work!(w, who, |work| {
        let new = roster::enrol(&w.p, &mut work, who, c, id).await;
        work.record("training.list", "course", c.id, [0; 32]).await.unwrap();
        new
    })
    .unwrap()
}

async fn note(w: &World, who: &Caller, s: &Session, id: Uuid, mark: &str) -> Result<(), ProgrammeError> {
    work!(w, who, |work| {
        let noted = marks::note(&w.p, &mut work, who, s, "list", &[(id, mark.to_owned())]).await;
        work.record("training.list", "session", s.id, [0; 32]).await.unwrap();
        noted
    })
}

async fn hold(w: &World, who: &Caller, s: &Session) {
    work!(w, who, |work| sessions::hold(&w.p, &mut work, who, s).await).unwrap();
}

async fn close(w: &World, who: &Caller, c: &Course) {
    let c = fresh(w, who, c).await;
    work!(w, who, |work| courses::close(&w.p, &mut work, who, &c).await).unwrap();
}

/// The sum of a kind of fact of somebody; of everybody without one.
async fn sum(w: &World, kind: &str, outcome: Option<&str>, who: Option<Uuid>) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    let subject = who.map(|id| people::subject(&w.p, id).to_vec());
    let row = tx
        .sql(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact
             WHERE kind = $1 AND ($2 IS NULL OR outcome = $2) AND ($3 IS NULL OR subject = $3)",
        )
        .bind(kind.to_owned())
        .bind(outcome.map(str::to_owned))
        .bind(subject)
        .one()
        .await
        .unwrap();
    row.get("n").unwrap()
}

#[tokio::test]
async fn what_was_not_saved_is_not_remembered_and_not_forgotten() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let ana = add(&w, &diego, &official("Ana Xocoy", "mp")).await;
        let alike = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            known::alike(&w.p, &mut tx, &diego, "Ana Xocoy", Uuid::nil()).await.unwrap()
        };
        assert_eq!(alike().await.len(), 1, "{}", w.engine);
        // More than are looked at, and never committed.
        for _ in 0..30 {
            let mut work = w.p.store.work(diego.account).await.unwrap();
            people::add(&w.p, &mut work, &diego, &official("Ana Xocoy", "mp")).await.unwrap();
        }
        assert_eq!(alike().await.len(), 1, "{}: she is crowded out", w.engine);
        let mut work = w.p.store.work(diego.account).await.unwrap();
        people::forget(&w.p, &mut work, &diego, ana, true).await.unwrap();
        drop(work);
        assert_eq!(alike().await.len(), 1, "{}: she is still there", w.engine);
    }
}

#[tokio::test]
async fn a_person_is_there_once_and_whoever_is_alike_is_shown_before() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let ana = add(&w, &diego, &official("Ana María Xocoy D’León", "mp")).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        for typed in ["ana maria xocoy d'leon", "Ana Maria Xocoy D´León", "Ana Xocoy D'León"] {
            let alike = known::alike(&w.p, &mut tx, &diego, typed, Uuid::nil()).await.unwrap();
            assert!(alike.iter().any(|a| a.trainee.id == ana), "{typed} ({})", w.engine);
        }
        let other = known::alike(&w.p, &mut tx, &diego, "Bruno Tzoc", Uuid::nil()).await.unwrap();
        assert!(other.is_empty(), "{}", w.engine);
        drop(tx);
        let (c, _) = course(&w, &diego, 1).await;
        assert!(enrol(&w, &diego, &c, ana).await && !enrol(&w, &diego, &c, ana).await, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(roster::of(&w.p, &mut tx, &diego, c.id).await.unwrap().len(), 1, "{}", w.engine);
        let ana = people::get(&w.p, &mut tx, &diego, ana).await.unwrap();
        assert_eq!(
            (ana.name.as_str(), ana.department.as_deref(), ana.sex),
            ("Ana María Xocoy D’León", Some("GT09"), None)
        );
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let bad = New { sex: "x".into(), language: "x".into(), ..official(" . ", "nowhere") };
        let told = work!(w, diego, |work| people::add(&w.p, &mut work, &diego, &bad).await);
        let Err(ProgrammeError::Invalid(list)) = told else { panic!("it was taken") };
        let fields: Vec<&str> = list.iter().map(|p| p.field).collect();
        assert_eq!(fields, ["name", "institution", "language", "sex"], "{}", w.engine);
        let community = New { audience: "community".into(), ..official("Rita Ejemplo", "") };
        let told = work!(w, diego, |work| people::add(&w.p, &mut work, &diego, &community).await);
        assert!(
            matches!(told, Err(ProgrammeError::Invalid(l)) if l[0].field == "partner_type"),
            "{}",
            w.engine
        );
        let teacher = New { partner_type: "teacher".into(), ..community };
        add(&w, &diego, &teacher).await;
    }
}

#[tokio::test]
async fn the_threshold_counts_and_a_correction_takes_it_back() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let (c, all) = course(&w, &diego, 5).await;
        let (ana, berta) = (
            add(&w, &diego, &official("Ana Uno", "mp")).await,
            add(&w, &diego, &official("Berta Dos", "oj")).await,
        );
        enrol(&w, &diego, &c, ana).await;
        enrol(&w, &diego, &c, berta).await;
        for (n, s) in all.iter().enumerate() {
            note(&w, &diego, s, ana, if n < 4 { "present" } else { "absent" }).await.unwrap();
            note(&w, &diego, s, berta, if n < 3 { "present" } else { "excused" }).await.unwrap();
            if n == 4 {
                // Nobody present: it is said, and nothing is closed.
                let told = work!(w, diego, |work| sessions::hold(&w.p, &mut work, &diego, s).await);
                assert!(matches!(told, Err(ProgrammeError::State("state-training-nobody"))), "{}", w.engine);
                let third = add(&w, &diego, &official("Carla Tres", "pnc")).await;
                enrol(&w, &diego, &c, third).await;
                note(&w, &diego, s, third, "present").await.unwrap();
            }
            hold(&w, &diego, s).await;
            w.place.clock.move_by(DAY);
        }
        close(&w, &diego, &c).await;
        assert_eq!(sum(&w, "training.session", Some("room"), None).await, 5, "{}", w.engine);
        assert_eq!(sum(&w, "training.attended", Some("present"), None).await, 8, "{}", w.engine);
        assert_eq!(
            sum(&w, "training.completed", Some("official"), Some(ana)).await,
            1,
            "80 of 100 is enough"
        );
        assert_eq!(sum(&w, "training.completed", None, Some(berta)).await, 0);
        // Ana was not there on the first day, Berta was on the last two: the same facts come back negative, and new ones are added.
        note(&w, &diego, &all[0], ana, "absent").await.unwrap();
        note(&w, &diego, &all[3], berta, "present").await.unwrap();
        assert_eq!(sum(&w, "training.completed", None, Some(ana)).await, 0, "{}", w.engine);
        assert_eq!(sum(&w, "training.completed", None, Some(berta)).await, 1, "{}", w.engine);
        assert_eq!(sum(&w, "training.attended", Some("absent"), Some(ana)).await, 2, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let dims = tx
            .sql("SELECT f.amount, d.value FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'department' WHERE f.kind = 'training.completed' ORDER BY f.at, f.amount")
            .all()
            .await
            .unwrap();
        assert!(
            dims.iter().all(|r| r.get::<String>("value").unwrap() == "GT09") && dims.len() == 3,
            "{}",
            w.engine
        );
        // The same again counts nothing twice.
        drop(tx);
        note(&w, &diego, &all[3], berta, "present").await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let reached = counting::reached(&w.p, &mut tx, &diego, &c).await.unwrap();
        let hers = reached.iter().find(|r| r.who == berta).unwrap();
        assert_eq!((hers.minutes, hers.of, hers.percent(), hers.reached), (240, 300, 80, true));
        drop(tx);
        // Opened again nobody has completed; closed again they have.
        let now = fresh(&w, &diego, &c).await;
        work!(w, diego, |work| courses::reopen(&w.p, &mut work, &diego, &now).await).unwrap();
        assert_eq!(sum(&w, "training.completed", None, None).await, 0, "{}", w.engine);
        close(&w, &diego, &c).await;
        assert_eq!(sum(&w, "training.completed", None, None).await, 1, "{}", w.engine);
        // Five is the least that is shown.
        let mut tx = w.p.store.db.read().await.unwrap();
        let span = Span { from: "2000-01-01".into(), to: "2999-01-01".into(), site: None };
        let (all, tables) = numbers::people(&w.p, &mut tx, &diego, &span).await.unwrap();
        let cells: Vec<_> = tables.iter().flat_map(|t| t.cells().iter().flatten()).collect();
        assert!(all.is_hidden() && cells.len() == 2 && cells.iter().all(|c| c.is_hidden()), "{}", w.engine);
    }
}

#[tokio::test]
async fn two_rows_of_one_person_count_once_and_can_be_parted() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let (c, all) = course(&w, &diego, 2).await;
        let one = add(&w, &diego, &official("Elena Ejemplo Inventada", "mp")).await;
        let two = add(&w, &diego, &official("Helena Ejemplo Inventada", "oj")).await;
        for id in [one, two] {
            enrol(&w, &diego, &c, id).await;
        }
        note(&w, &diego, &all[0], one, "present").await.unwrap();
        hold(&w, &diego, &all[0]).await;
        w.place.clock.move_by(DAY);
        note(&w, &diego, &all[1], two, "present").await.unwrap();
        hold(&w, &diego, &all[1]).await;
        close(&w, &diego, &c).await;
        assert_eq!(
            sum(&w, "training.completed", None, None).await,
            0,
            "each was there for half ({})",
            w.engine
        );
        let seen = person(&w, &diego, two).await.version;
        work!(w, diego, |work| merge::merge(&w.p, &mut work, &diego, (two, seen), one).await).unwrap();
        assert_eq!(sum(&w, "training.completed", None, Some(one)).await, 1, "{}", w.engine);
        assert_eq!(sum(&w, "training.attended", None, Some(two)).await, 0, "{}", w.engine);
        assert_eq!(sum(&w, "training.attended", Some("present"), Some(one)).await, 2, "{}", w.engine);
        let again = work!(w, diego, |work| merge::merge(&w.p, &mut work, &diego, (one, 1), two).await);
        assert!(matches!(again, Err(ProgrammeError::State("state-training-merged"))), "{}", w.engine);
        // By her old code she is found, as the one she is.
        let code = person(&w, &diego, two).await.code;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(known::search(&w.p, &mut tx, &diego, &code).await.unwrap()[0].id, one, "{}", w.engine);
        assert_eq!(roster::of(&w.p, &mut tx, &diego, c.id).await.unwrap().len(), 1, "{}", w.engine);
        drop(tx);
        work!(w, diego, |work| merge::undo(&w.p, &mut work, &diego, (two, seen)).await).unwrap();
        assert_eq!(sum(&w, "training.completed", None, None).await, 0, "{}", w.engine);
        assert_eq!(
            sum(&w, "training.attended", Some("present"), Some(two)).await,
            1,
            "her mark kept its origin"
        );
    }
}

#[tokio::test]
async fn the_code_on_the_wall_is_good_for_minutes_and_tells_nobody_anything() {
    for w in worlds().await {
        let (p, diego) = (&w.p, trainer(&w).await);
        let (c, all) = course(&w, &diego, 2).await;
        let ana = add(&w, &diego, &official("Ana María Pérez", "mp")).await;
        enrol(&w, &diego, &c, ana).await;
        let now = || p.store.clock.now();
        let link = door::token(p, &all[0], now());
        let said = |institution, name| Said { code: "", institution, name };
        // Guessed, and of a session that does not run.
        for bad in ["", "00000000000000000000", &door::token(p, &all[1], now()), &door::wall(p, &all[0])] {
            assert_eq!(
                door::say(p, bad, &said("mp", "Ana")).await.unwrap(),
                Told::Closed,
                "{bad} ({})",
                w.engine
            );
        }
        let known = said("mp", "ana maria PEREZ");
        assert_eq!(door::say(p, &link, &known).await.unwrap(), Told::Noted, "{}", w.engine);
        let mut tx = p.store.db.read().await.unwrap();
        let hers = marks::of(p, &mut tx, &diego, all[0].id).await.unwrap();
        assert_eq!((hers[&ana].mark.as_str(), hers[&ana].how.as_str()), ("present", "name"), "{}", w.engine);
        drop(tx);
        // Somebody else, and somebody of another institution with her name: the same answer, and they wait. Twice is once.
        for (institution, name) in [("oj", "Ana María Pérez"), ("mp", "K'in Xol"), ("mp", " k’in   XOL ")]
        {
            assert_eq!(
                door::say(p, &link, &said(institution, name)).await.unwrap(),
                Told::Noted,
                "{}",
                w.engine
            );
        }
        let Err(ProgrammeError::Invalid(list)) = door::say(p, &link, &said("", " ")).await else {
            panic!("taken")
        };
        assert_eq!(list.iter().map(|x| x.field).collect::<Vec<_>>(), ["institution", "name"]);
        let mut tx = p.store.db.read().await.unwrap();
        let waiting = door::claims(p, &mut tx, &diego, all[0].id).await.unwrap();
        drop(tx);
        assert_eq!(waiting.len(), 2, "{}", w.engine);
        let of = |name: &str| waiting.iter().find(|c| c.name == name).unwrap();
        let (hers, new) = (of("Ana María Pérez"), of("K'in Xol"));
        assert_eq!((hers.alike[0].trainee.id, new.alike.len()), (ana, 0), "{}", w.engine);
        let settle = async |id, decision| {
            work!(w, diego, |work| door::settle(p, &mut work, &diego, (&all[0], id), decision).await)
        };
        settle(hers.id, Decision::Same(ana)).await.unwrap();
        settle(new.id, Decision::New).await.unwrap();
        assert!(matches!(settle(new.id, Decision::New).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut tx = p.store.db.read().await.unwrap();
        assert_eq!(roster::of(p, &mut tx, &diego, c.id).await.unwrap().len(), 2, "{}", w.engine);
        drop(tx);
        // The code of a badge; one of nobody here, and too many of them.
        let badge = person(&w, &diego, ana).await.code;
        let small = badge.to_lowercase();
        let code = |code| Said { code, ..Said::default() };
        assert_eq!(door::say(p, &link, &code(&small)).await.unwrap(), Told::Noted, "{}", w.engine);
        for _ in 0..10 {
            assert_eq!(door::say(p, &link, &code("T-222222")).await.unwrap(), Told::Wrong, "{}", w.engine);
        }
        assert!(
            matches!(door::say(p, &link, &code("T-222222")).await, Err(ProgrammeError::TooMany)),
            "{}",
            w.engine
        );
        assert_eq!(
            door::say(p, &link, &code(&badge)).await.unwrap(),
            Told::Noted,
            "what is right is not held up"
        );
        // Half an hour later the picture of the wall opens nothing; the wall shows another.
        w.place.clock.move_by(30 * MINUTE);
        assert_eq!(door::say(p, &link, &known).await.unwrap(), Told::Closed, "{}", w.engine);
        assert_eq!(
            door::say(p, &door::token(p, &all[0], now()), &known).await.unwrap(),
            Told::Noted,
            "{}",
            w.engine
        );
        w.place.clock.move_by(HOUR + MINUTE);
        assert_eq!(
            door::say(p, &door::token(p, &all[0], now()), &known).await.unwrap(),
            Told::Closed,
            "it is over"
        );
    }
}

fn row(n: i64, name: &str, institution: &str, post: &str) -> Typed {
    Typed { n, name: name.into(), institution: institution.into(), post: post.into(), who: String::new() }
}

#[tokio::test]
async fn forty_rows_are_typed_at_once_and_again_without_adding_anybody() {
    for w in worlds().await {
        let (p, diego) = (&w.p, trainer(&w).await);
        let (c, all) = course(&w, &diego, 1).await;
        let printed = add(&w, &diego, &official("Zoila Impresa Primera", "oj")).await;
        enrol(&w, &diego, &c, printed).await;
        let code = work!(w, diego, |work| sheets::print(p, &mut work, &diego, &all[0]).await).unwrap();
        let mut tx = p.store.db.read().await.unwrap();
        let (sheet, _) = sheets::find(p, &mut tx, &diego, &code.to_lowercase()).await.unwrap();
        drop(tx);
        assert_eq!(sheet.rows, 40);
        // Thirty-nine names far from one another, as no index of a small room confuses.
        let syllables = ["ba", "ke", "mi", "tzo", "lu", "xa", "po", "qui", "ren", "sun", "fo", "ged", "vil"];
        let name = |n: usize| {
            let (a, b, c) =
                (syllables[n % 13], syllables[(n * 5 + 3) % 13], syllables[(n * 7 + n / 13) % 13]);
            format!("{}{c}{b} O'{}{a}{c}ñ", a.to_uppercase(), b.to_uppercase())
        };
        let mut rows: Vec<Typed> = (2..=40).map(|n| row(n, &name(n as usize), "", "")).collect();
        (rows[0].institution, rows[0].post) = ("mp".into(), "fiscal".into());
        (rows[10].institution, rows[10].post) = ("Policía Nac".into(), "investigador".into());
        let keep = async |seen: i64, rows: &[Typed]| {
            work!(w, diego, |work| {
                let kept = sheets::keep(p, &mut work, &diego, (&sheet, seen), (&[1], rows)).await;
                work.record("training.list", "sheet", sheet.id, [0; 32]).await.unwrap();
                kept
            })
        };
        // What is wrong is said at its row, and nobody was added.
        let mut bad = rows.clone();
        (bad[3].institution, bad[4].name, bad[4].post) = ("zzz".into(), String::new(), "jueza".into());
        bad[5].name = bad[2].name.clone();
        let Kept::Mend(wrong) = keep(1, &bad).await.unwrap() else { panic!("it was taken") };
        let told: Vec<(i64, &str)> = wrong.iter().map(|x| (x.n, x.field)).collect();
        assert_eq!(told, [(5, "institution"), (6, "name"), (7, "name")], "{}", w.engine);
        // Whoever is alike somebody is asked about.
        rows[0].name = "Soila Impresa Primera".into();
        let Kept::Mend(wrong) = keep(1, &rows).await.unwrap() else { panic!("it was taken") };
        assert_eq!(
            (wrong.len(), wrong[0].field, wrong[0].alike[0].trainee.id),
            (1, "who", printed),
            "{}",
            w.engine
        );
        rows[0].who = "new".into();
        let Kept::Done(came) = keep(1, &rows).await.unwrap() else { panic!("something is wrong") };
        assert_eq!(came, 40, "{}", w.engine);
        let mut tx = p.store.db.read().await.unwrap();
        let people = roster::of(p, &mut tx, &diego, c.id).await.unwrap();
        let of = |code: &str| people.iter().filter(|s| s.institution.as_deref() == Some(code)).count();
        assert_eq!((people.len(), of("oj"), of("mp"), of("pnc")), (40, 1, 10, 29), "{}", w.engine);
        let posts = people.iter().filter(|s| s.post.as_deref() == Some("police_investigator")).count();
        assert_eq!(posts, 29, "{}", w.engine);
        drop(tx);
        // The same sheet from another window is stale; typed again it adds nobody, and a box that was emptied takes a mark away.
        assert!(matches!(keep(1, &rows).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let Kept::Done(came) = keep(2, &rows).await.unwrap() else { panic!("something is wrong") };
        assert_eq!(came, 1, "only the box that is still ticked ({})", w.engine);
        let mut tx = p.store.db.read().await.unwrap();
        assert_eq!(roster::of(p, &mut tx, &diego, c.id).await.unwrap().len(), 40, "{}", w.engine);
        let marks = marks::of(p, &mut tx, &diego, all[0].id).await.unwrap();
        assert_eq!(marks.len(), 1, "{}", w.engine);
    }
}

/// What stands of somebody's completed courses: audience, sex, language and department.
async fn stands(w: &World, who: Uuid) -> Vec<[Option<String>; 4]> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql(
            "SELECT f.outcome, f.sex, l.value AS language, d.value AS department FROM fact f
             LEFT JOIN fact_dim l ON l.fact = f.id AND l.dim = 'language'
             LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'department'
             WHERE f.kind = 'training.completed' AND f.subject = $1
             GROUP BY f.outcome, f.sex, l.value, d.value HAVING SUM(f.amount) > 0",
        )
        .bind(people::subject(&w.p, who).to_vec())
        .all()
        .await
        .unwrap();
    rows.iter().map(|r| ["outcome", "sex", "language", "department"].map(|c| r.get(c).unwrap())).collect()
}

#[tokio::test]
async fn a_word_corrected_about_her_reaches_what_was_counted_until_she_is_forgotten() {
    for w in worlds().await {
        let (p, diego) = (&w.p, trainer(&w).await);
        let (c, all) = course(&w, &diego, 1).await;
        let typed = New { sex: "Masculine".into(), ..official("Ana Inventada", "mp") };
        let ana = add(&w, &diego, &typed).await;
        let other = add(&w, &diego, &official("Otra Inventada", "oj")).await;
        for id in [ana, other] {
            enrol(&w, &diego, &c, id).await;
        }
        note(&w, &diego, &all[0], ana, "present").await.unwrap();
        hold(&w, &diego, &all[0]).await;
        close(&w, &diego, &c).await;
        let said = |texts: [&str; 4]| vec![texts.map(|t| (!t.is_empty()).then(|| t.to_owned()))];
        assert_eq!(stands(&w, ana).await, said(["official", "Masculine", "", "GT09"]), "{}", w.engine);
        let right =
            New { sex: "Feminine".into(), language: "spa".into(), department: "GT01".into(), ..typed };
        work!(w, diego, |work| people::change(p, &mut work, &diego, (ana, 1), &right).await).unwrap();
        let now = said(["official", "Feminine", "spa", "GT01"]);
        assert_eq!(stands(&w, ana).await, now, "{}", w.engine);
        assert_eq!(sum(&w, "training.completed", None, Some(ana)).await, 1, "{}", w.engine);
        // What is not known of her any more changes nothing of what was counted, whatever is corrected in that course.
        work!(w, diego, |work| people::forget(p, &mut work, &diego, ana, true).await).unwrap();
        note(&w, &diego, &all[0], other, "present").await.unwrap();
        assert_eq!(stands(&w, other).await.len(), 1, "{}", w.engine);
        assert_eq!(stands(&w, ana).await, now, "{}", w.engine);
    }
}

#[tokio::test]
async fn whoever_is_forgotten_has_no_name_and_still_counts() {
    for w in worlds().await {
        let (p, diego) = (&w.p, trainer(&w).await);
        let (c, all) = course(&w, &diego, 1).await;
        let ana = add(&w, &diego, &official("Ana Olvidada", "mp")).await;
        enrol(&w, &diego, &c, ana).await;
        let code = work!(w, diego, |work| sheets::print(p, &mut work, &diego, &all[0]).await).unwrap();
        let mut tx = p.store.db.read().await.unwrap();
        let (sheet, _) = sheets::find(p, &mut tx, &diego, &code).await.unwrap();
        drop(tx);
        let pdf = b"%PDF-1.7\n%%EOF\n";
        work!(w, diego, |work| photo::keep(p, &mut work, &diego, &sheet, pdf).await).unwrap();
        let script = b"%PDF-1.7\n1 0 obj << /JS (x) >> endobj\n%%EOF\n";
        let told = work!(w, diego, |work| photo::keep(p, &mut work, &diego, &sheet, script).await);
        assert!(
            matches!(told, Err(ProgrammeError::Invalid(l)) if l[0].key == "problem-file-active"),
            "{}",
            w.engine
        );
        note(&w, &diego, &all[0], ana, "present").await.unwrap();
        hold(&w, &diego, &all[0]).await;
        close(&w, &diego, &c).await;
        let told = work!(w, diego, |work| people::forget(p, &mut work, &diego, ana, false).await);
        assert!(matches!(told, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        work!(w, diego, |work| people::forget(p, &mut work, &diego, ana, true).await).unwrap();
        p.store.db.forget().await.unwrap();
        let mut tx = p.store.db.read().await.unwrap();
        let gone = people::get(p, &mut tx, &diego, ana).await.unwrap();
        assert!(
            gone.name.is_empty() && gone.municipality.is_none() && gone.erased_at.is_some(),
            "{}",
            w.engine
        );
        assert!(photo::read(p, &mut tx, &diego, &sheet).await.is_err(), "{}", w.engine);
        assert!(known::search(p, &mut tx, &diego, "Ana Olvidada").await.unwrap().is_empty(), "{}", w.engine);
        let row =
            tx.sql("SELECT COUNT(*) AS n FROM key_slot WHERE subject = $1").bind(ana).one().await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 0, "{}", w.engine);
        drop(tx);
        assert_eq!(sum(&w, "training.completed", None, Some(ana)).await, 1, "{}", w.engine);
        // A restore of a backup made before brings nobody back.
        let mut work = p.store.work(diego.account).await.unwrap();
        work.sql("UPDATE trainee SET erased_at = NULL, post = 'judge' WHERE id = $1")
            .bind(ana)
            .once()
            .await
            .unwrap();
        ceiba_programme::erasure::apply_again(work.tx()).await.unwrap();
        let row =
            work.sql("SELECT erased_at, post FROM trainee WHERE id = $1").bind(ana).one().await.unwrap();
        assert!(row.get::<Option<i64>>("erased_at").unwrap().is_some(), "{}", w.engine);
        assert_eq!(row.get::<Option<String>>("post").unwrap(), None, "{}", w.engine);
    }
}

#[tokio::test]
async fn numbers_are_read_without_names_and_a_trainer_was_trained_somewhere() {
    for w in worlds().await {
        let (p, diego) = (&w.p, trainer(&w).await);
        let sofia = w.person("sofia", "mel", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (c, all) = course(&w, &diego, 1).await;
        let ana = add(&w, &diego, &official("Ana Formadora", "mp")).await;
        enrol(&w, &diego, &c, ana).await;
        note(&w, &diego, &all[0], ana, "present").await.unwrap();
        hold(&w, &diego, &all[0]).await;
        close(&w, &diego, &c).await;
        w.place.clock.move_by(DAY);
        let (next, _) = course(&w, &diego, 1).await;
        let code = person(&w, &diego, ana).await.code;
        work!(w, diego, |work| courses::name_trainer(p, &mut work, &diego, &next, &code).await).unwrap();
        let mut tx = p.store.db.read().await.unwrap();
        let chain = courses::trainers(p, &mut tx, &diego, &next).await.unwrap();
        assert_eq!(
            (chain[0].trained_in.as_ref(), chain[0].trainee.name.as_str()),
            (Some(&c.code), "Ana Formadora")
        );
        let chain = courses::trainers(p, &mut tx, &sofia, &next).await.unwrap();
        assert_eq!(chain[0].trainee.name, "", "{}", w.engine);
        assert!(roster::of(p, &mut tx, &sofia, c.id).await.is_err(), "{}", w.engine);
        assert!(known::search(p, &mut tx, &sofia, "Ana").await.is_err(), "{}", w.engine);
        assert_eq!(courses::list(p, &mut tx, &sofia).await.unwrap().len(), 2, "{}", w.engine);
        let told = courses::list(p, &mut tx, &lucia).await;
        assert!(matches!(told, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
    }
}

/// How many stand, by day.
async fn told(w: &World, kind: &str) -> Vec<(String, i64)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql(
            "SELECT day, CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = $1 GROUP BY day HAVING SUM(amount) <> 0 ORDER BY day",
        )
        .bind(kind.to_owned())
        .all()
        .await
        .unwrap();
    rows.iter().map(|r| (r.get("day").unwrap(), r.get("n").unwrap())).collect()
}

#[tokio::test]
async fn whoever_should_come_again_is_told_three_months_before_and_no_more_once_she_came() {
    for w in worlds().await {
        let diego = trainer(&w).await;
        let sofia = w.person("sofia", "mel", None).await;
        let give = async |all: &[Uuid]| {
            let (c, sessions) = course(&w, &diego, 1).await;
            for id in all {
                enrol(&w, &diego, &c, *id).await;
                note(&w, &diego, &sessions[0], *id, "present").await.unwrap();
            }
            hold(&w, &diego, &sessions[0]).await;
            close(&w, &diego, &c).await;
            fresh(&w, &diego, &c).await
        };
        let mut all = Vec::new();
        for name in ["Ana Uno", "Berta Dos", "Carla Tres", "Delia Cuatro", "Elba Cinco", "Flora Seis"] {
            all.push(add(&w, &diego, &official(name, "mp")).await);
        }
        let first = give(&all).await;
        let to: jiff::civil::Date = first.to_day.parse().unwrap();
        let later = |n: i32| to.saturating_add(jiff::Span::new().months(n)).to_string();
        assert_eq!(told(&w, "training.refresh").await, [(later(9), 6)], "{}", w.engine);
        // Nobody was asked before the course: nobody is asked later.
        assert!(told(&w, "training.follow").await.is_empty(), "{}", w.engine);
        work!(w, diego, |work| rounds::open(&w.p, &mut work, &diego, (&first, "pre")).await).unwrap();
        assert_eq!(told(&w, "training.follow").await, [(later(0), 6)], "{}", w.engine);
        w.place.clock.move_by(100 * DAY);
        work!(w, diego, |work| rounds::open(&w.p, &mut work, &diego, (&first, "month3")).await).unwrap();
        assert_eq!(told(&w, "training.follow").await, [(later(3), 6)], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(due::courses_due(&w.p, &mut tx, &diego).await.unwrap().is_empty(), "{}", w.engine);
        drop(tx);
        w.place.clock.move_by(190 * DAY);
        let mut tx = w.p.store.db.read().await.unwrap();
        let list = due::courses_due(&w.p, &mut tx, &diego).await.unwrap();
        assert_eq!(list.len(), 1, "{}", w.engine);
        assert_eq!((list[0].course.id, list[0].due.to_string()), (first.id, later(12)), "{}", w.engine);
        let span = Span { from: "2025-01-01".into(), to: "2028-12-31".into(), site: None };
        for measure in [Measure::RefreshersDue, Measure::FollowUpsDue] {
            let table = results::count(&w.p, &mut tx, &sofia, measure, &span).await.unwrap();
            assert_eq!(
                (table.rows(), table.cell(0, 0).and_then(|c| c.shown())),
                (&["mp".to_owned()][..], Some(6))
            );
        }
        drop(tx);
        // Two come again: four are left of the first course, and two will be due of the second.
        let second = give(&all[..2]).await;
        let stands = told(&w, "training.refresh").await;
        assert_eq!((stands.len(), stands[0].clone(), stands[1].1), (2, (later(9), 4), 2), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        // The difference of the two answers would be these two.
        let last = later(9).parse::<jiff::civil::Date>().unwrap().last_of_month();
        let year = Span { to: last.to_string(), ..span };
        let table = results::count(&w.p, &mut tx, &sofia, Measure::RefreshersDue, &year).await.unwrap();
        assert_eq!(table.cell(0, 0).and_then(|c| c.shown()), None, "{}", w.engine);
        drop(tx);
        work!(w, diego, |work| courses::reopen(&w.p, &mut work, &diego, &second).await).unwrap();
        assert_eq!(told(&w, "training.refresh").await, [(later(9), 6)], "what was corrected ({})", w.engine);
    }
}
