//! A post goes to a successor: what was open moves, keys too, a conflict of interest is respected, and the account that leaves has
//! nothing in its hands, whatever table could say so.

use ceiba_access::{AccessError, Caller, Folder};
use ceiba_programme::alerts::{self, triage};
use ceiba_programme::cases::followup::due;
use ceiba_programme::cases::{closure, notes, tasks, team};
use ceiba_programme::handover::held::Kind;
use ceiba_programme::handover::keys::{self, From};
use ceiba_programme::handover::moves::{self, Moved};
use ceiba_programme::handover::{self, close, held};
use ceiba_programme::office::calls::{self, About};
use ceiba_programme::office::desk;
use ceiba_programme::testkit::{World, report, worlds};
use ceiba_programme::{Outcome, ProgrammeError, accounts, dates, notices, work};
use ceiba_store::dump::{TABLES, Type};
use ceiba_store::{DAY, HOUR, Value};
use uuid::Uuid;

/// Columns that say who did something, once: no work follows from them. Whatever is not here names somebody who holds something.
const PAST: [&str; 37] = [
    "account.id",
    "alert.entered_by",
    "attachment.entry",
    "break_glass.account",
    "break_glass.reviewed_by",
    "care_team.account",
    "conflict_block.account",
    "conflict_block.set_by",
    "disclosed.by_account",
    "effort.account",
    "entry.author",
    "entry.owner",
    "erasure.approved_by",
    "erasure.asked_by",
    "erasure_request.asked_by",
    "erasure_request.decided_by",
    "form_version.added_by",
    "form_version.decided_by",
    "former.changed_by",
    "found.account",
    "handover.approved_by",
    "handover.begun_by",
    "handover.closed_by",
    "handover.leaver",
    "handover_item.chosen_by",
    "handover_item.moved_by",
    "institution.checked_by",
    "institution_former.by_account",
    "ledger_entry.actor",
    "ledger_entry.resource",
    "legal_hold.lifted_by",
    "legal_hold.set_by",
    "lesson_done.who",
    "money.account",
    "packet.created_by",
    "person.created_by",
    "seen.by_account",
];

/// Columns of rows that end: none is left open. Column, and the statement that counts what is.
const ENDED: [(&str, &str); 9] = [
    ("session.account", "ended_at"),
    ("shift.account", "ended_at"),
    ("notice.account", "seen_at"),
    ("once.account", ""),
    ("message.account", "ended_at"),
    ("job.resource", "done_at"),
    ("visit.attended_by", "ended_at"),
    ("alert.taken_by", "decided_at"),
    ("case_file.responsible", "closed_at"),
];

/// Everything in the database that names an account and is open.
async fn left(w: &World, account: Uuid) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut found = Vec::new();
    for table in TABLES.iter() {
        let rows = table.rows(&mut tx).await.unwrap();
        for (n, (column, kind)) in table.columns.iter().enumerate() {
            let name = format!("{}.{column}", table.name);
            if *kind != Type::Id || PAST.contains(&name.as_str()) {
                continue;
            }
            let ended = ENDED.iter().find(|(c, _)| *c == name).map(|(_, by)| *by);
            let open = |row: &Vec<Value>| match ended {
                Some("") => false,
                Some(by) => {
                    let at = table.columns.iter().position(|(c, _)| *c == by).unwrap();
                    matches!(row[at], Value::Int(None))
                }
                None => true,
            };
            let names =
                rows.iter().filter(|row| matches!(row[n], Value::Id(Some(id)) if id == account) && open(row));
            found.extend(names.map(|_| name.clone()));
        }
    }
    // Columns that are past or present, by the state of their row.
    let row = tx
        .sql(
            "SELECT (SELECT COUNT(*) FROM care_team WHERE account = $1 AND until IS NULL) AS teams,
               (SELECT COUNT(*) FROM entry WHERE owner = $1 AND due_at IS NOT NULL
                AND state IN ('open', 'requested', 'waiting', 'unanswered', 'promised', 'planned')) AS owned,
               (SELECT COUNT(*) FROM account WHERE id = $1 AND (active OR totp IS NOT NULL)) AS live",
        )
        .bind(account)
        .one()
        .await
        .unwrap();
    for what in ["teams", "owned", "live"] {
        if row.get::<i64>(what).unwrap() > 0 {
            found.push(what.to_owned());
        }
    }
    found
}

struct Cast {
    /// Leaves.
    lucia: Caller,
    /// Comes.
    petra: Caller,
    nora: Caller,
    sara: Caller,
    tomas: Caller,
    case: Uuid,
}

async fn cast(w: &World) -> Cast {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let case = w.case(&lucia, "Luz").await;
    Cast {
        petra: w.person("petra", "social_worker", Some("K1")).await,
        nora: w.person("nora", "coordinator", Some("K1")).await,
        sara: w.person("sara", "director", None).await,
        tomas: w.person("tomas", "admin", None).await,
        lucia,
        case,
    }
}

/// A form that was left, a channel, a second step, a message that waits: what nobody else can take over.
async fn leavings(w: &World, who: &Caller) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let id = work.chance().id();
    for text in [
        "INSERT INTO draft (id, account, path, at, body) VALUES ($1, $2, '/', 1, $3)",
        "INSERT INTO account_channel (id, account, wire, state, body, tries, created_at) VALUES ($1, $2, 'email', 'confirmed', $3, 0, 1)",
    ] {
        work.sql(text).bind(id).bind(who.account).bind(vec![1_u8]).once().await.unwrap();
    }
    work.sql("UPDATE account SET totp = $1 WHERE id = $2")
        .bind(vec![1_u8])
        .bind(who.account)
        .once()
        .await
        .unwrap();
    for text in [
        "INSERT INTO message (id, wire, kind, account, about, state, tries, due_at, until, created_at)
         VALUES ($1, 'email', 'task', $2, $1, 'queued', 0, 1, 2, 1)",
        "INSERT INTO session (id, token, account, csrf, created_at, seen_at, expires_at, locked, device)
         VALUES ($1, $3, $2, $3, 1, 1, 2, FALSE, 'test')",
        "INSERT INTO shift (id, site, account, started_at) VALUES ($1, 'M1', $2, 1)",
        "INSERT INTO notice (id, account, kind, about, at) VALUES ($1, $2, 'alert', $1, 1)",
    ] {
        let q = work.sql(text).bind(id).bind(who.account);
        let q = if text.contains("$3") { q.bind(vec![2_u8]) } else { q };
        q.once().await.unwrap();
    }
    work.record("draft.keep", "account", who.account, [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

async fn begin(w: &World, who: &Caller, from: &Caller, to: &Caller) -> Outcome<Uuid> {
    let pair = (Some(from.account), Some(to.account));
    work!(w, who, |work| handover::begin(&w.p, &mut work, who, pair).await)
}

async fn approve(w: &World, who: &Caller, id: Uuid) -> Outcome<Moved> {
    work!(w, who, |work| moves::approve(&w.p, &mut work, who, id).await)
}

async fn end(w: &World, who: &Caller, id: Uuid) -> Outcome<()> {
    work!(w, who, |work| close::close(&w.p, &mut work, who, id).await)
}

fn place(text: &str) -> (&'static str, &'static str, &str) {
    ("note", "2026-03-02", text)
}

#[tokio::test]
async fn everything_open_goes_to_the_successor_with_its_keys_and_nothing_stays() {
    for w in worlds().await {
        let c = cast(&w).await;
        let (lucia, petra) = (&c.lucia, &c.petra);
        // A strongbox that only she can open, a task, an alert, a session and a notice.
        let location = Folder::Location;
        work!(w, lucia, |work| notes::add(
            &w.p,
            &mut work,
            lucia,
            c.case,
            location,
            place("En casa de una tía."),
            None
        )
        .await)
        .unwrap();
        work!(w, lucia, |work| tasks::give(&w.p, &mut work, lucia, c.case, ("Llamar", "2026-04-01", None))
            .await)
        .unwrap();
        let nobody = alerts::public();
        let (alert, _) =
            work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &report()).await).unwrap();
        work!(w, lucia, |work| triage::take(&w.p, &mut work, lucia, alert).await).unwrap();
        leavings(&w, lucia).await;
        let seen = left(&w, lucia.account).await;
        for name in [
            "draft.account",
            "account_channel.account",
            "message.account",
            "session.account",
            "shift.account",
            "notice.account",
            "key_slot.recipient",
            "alert.taken_by",
            "case_file.responsible",
            "teams",
            "owned",
            "live",
        ] {
            assert!(seen.iter().any(|s| s == name), "the scan does not see {name}: {seen:?} ({})", w.engine);
        }

        assert!(
            matches!(begin(&w, lucia, lucia, petra).await, Err(ProgrammeError::Refused(_))),
            "{}",
            w.engine
        );
        let id = begin(&w, &c.nora, lucia, petra).await.unwrap();
        assert!(
            matches!(begin(&w, &c.sara, lucia, petra).await, Err(ProgrammeError::Invalid(_))),
            "one at a time"
        );
        assert!(
            matches!(end(&w, &c.nora, id).await, Err(ProgrammeError::State(_))),
            "something is open ({})",
            w.engine
        );
        // Whoever chose moves what is no case; the case waits for a second person.
        assert_eq!(approve(&w, &c.nora, id).await.unwrap(), Moved { moved: 1, stay: 1 }, "{}", w.engine);
        assert!(
            matches!(approve(&w, &c.nora, id).await, Err(ProgrammeError::State("state-handover-stays"))),
            "{}",
            w.engine
        );
        assert!(matches!(approve(&w, petra, id).await, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        assert_eq!(approve(&w, &c.sara, id).await.unwrap(), Moved { moved: 1, stay: 0 }, "{}", w.engine);
        // The key of the strongbox comes from whoever leaves.
        let read = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, petra, location.read(), c.case).await.unwrap();
            notes::list(&w.p, &mut tx, petra, &grant, c.case, location).await
        };
        assert!(matches!(read().await, Err(ProgrammeError::Access(AccessError::NoKey))), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let h = handover::read(&w.p, &mut tx, &c.nora, ceiba_access::Act::HANDOVER_BEGIN, id).await.unwrap();
        let waiting = keys::waiting(&w.p, &mut tx, &c.nora, &h).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].1), (1, From::Leaver), "{}", w.engine);
        drop(tx);
        let given = async |who: &Caller| work!(w, who, |work| keys::give(&w.p, &mut work, who).await);
        assert!(matches!(given(petra).await, Err(ProgrammeError::State(_))), "{}", w.engine);
        assert!(given(lucia).await.unwrap() > 0, "{}", w.engine);
        assert_eq!(read().await.unwrap()[0].body.text, "En casa de una tía.", "{}", w.engine);

        end(&w, &c.nora, id).await.unwrap();
        assert!(matches!(end(&w, &c.nora, id).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        assert_eq!(left(&w, lucia.account).await, Vec::<String>::new(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(
            alerts::lookup(&mut tx, alert).await.unwrap().taken_by,
            Some(petra.account),
            "{}",
            w.engine
        );
        let until = w.p.store.clock.now() + 4000 * HOUR;
        let mine = tasks::mine(&w.p, &mut tx, petra, until, 0).await.unwrap();
        assert!(mine.iter().any(|t| t.text == "Llamar"), "{}", w.engine);
        let log = ceiba_store::ledger::about(&mut tx, lucia.account, 50).await.unwrap();
        for action in ["post.begin", "post.move", "post.key", "account.close", "post.close"] {
            assert!(log.iter().any(|l| l.action == action), "{action} ({})", w.engine);
        }
    }
}

#[tokio::test]
async fn a_successor_with_a_conflict_does_not_get_that_case_and_nobody_with_one_sees_it() {
    for w in worlds().await {
        let c = cast(&w).await;
        let (lucia, petra) = (&c.lucia, &c.petra);
        let other = w.case(lucia, "Sol").await;
        work!(w, c.nora, |work| team::block(&w.p, &mut work, &c.nora, c.case, petra.account).await).unwrap();
        let boss = w.person("pilar", "coordinator", Some("K1")).await;
        work!(w, c.nora, |work| team::block(&w.p, &mut work, &c.nora, other, boss.account).await).unwrap();
        let id = begin(&w, &c.nora, lucia, petra).await.unwrap();
        let shown = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let h = handover::read(&w.p, &mut tx, who, ceiba_access::Act::HANDOVER_RUN, id).await.unwrap();
            let (things, hidden) = held::shown(&w.p, &mut tx, who, &h).await.unwrap();
            let cases: Vec<_> = things
                .into_iter()
                .filter(|(t, _)| t.kind == Kind::Case)
                .map(|(t, why)| (t.item, why))
                .collect();
            (cases, hidden)
        };
        let (cases, hidden) = shown(&c.sara).await;
        assert_eq!((cases.len(), hidden), (2, 0), "{}", w.engine);
        assert!(cases.contains(&(c.case, Some("post-cannot-conflict"))), "{cases:?}");
        let (cases, hidden) = shown(&boss).await;
        assert!(
            cases.iter().all(|(item, _)| *item != other) && hidden == 1,
            "{cases:?} {hidden} ({})",
            w.engine
        );
        assert_eq!(approve(&w, &c.sara, id).await.unwrap(), Moved { moved: 1, stay: 1 }, "{}", w.engine);
        // It is given to somebody else, by one person, and moved by another.
        let abel = w.person("abel", "social_worker", Some("K1")).await;
        let give = async |to: &Caller| {
            work!(w, c.sara, |work| moves::give(
                &w.p,
                &mut work,
                &c.sara,
                id,
                ("case", c.case, Some(to.account))
            )
            .await)
        };
        assert!(matches!(give(petra).await, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        assert!(
            matches!(give(&c.tomas).await, Err(ProgrammeError::Invalid(_))),
            "never on a team ({})",
            w.engine
        );
        give(&abel).await.unwrap();
        assert!(
            matches!(approve(&w, &c.sara, id).await, Err(ProgrammeError::State(_))),
            "she chose ({})",
            w.engine
        );
        approve(&w, &boss, id).await.unwrap();
        assert!(matches!(give(&abel).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        end(&w, &c.tomas, id).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let team = team::members(&mut tx, c.case).await.unwrap();
        assert!(
            team.iter().any(|m| m.account == abel.account) && team.iter().all(|m| m.account != petra.account)
        );
        drop(tx);
        assert_eq!(left(&w, lucia.account).await, Vec::<String>::new(), "{}", w.engine);
    }
}

#[tokio::test]
async fn the_old_one_is_gone_already_and_coordination_hands_over_for_her() {
    for w in worlds().await {
        let c = cast(&w).await;
        // A file that she closed, and whose owner is still to be asked how she is.
        let closed = w.case(&c.lucia, "Paz").await;
        let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
        work!(w, c.lucia, |work| closure::ask(&w.p, &mut work, &c.lucia, closed, "goals_met", &body).await)
            .unwrap();
        work!(w, c.nora, |work| closure::decide(&w.p, &mut work, &c.nora, closed, true).await).unwrap();
        let version = 1;
        work!(w, c.tomas, |work| accounts::set_active(&mut work, (c.lucia.account, version), false).await)
            .unwrap();
        assert!(!left(&w, c.lucia.account).await.is_empty(), "she is responsible still ({})", w.engine);
        // Whoever manages accounts begins, and sees how many; a coordinator moves.
        let id = begin(&w, &c.tomas, &c.lucia, &c.petra).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let h = handover::read(&w.p, &mut tx, &c.tomas, ceiba_access::Act::HANDOVER_BEGIN, id).await.unwrap();
        assert!(held::shown(&w.p, &mut tx, &c.tomas, &h).await.is_err(), "{}", w.engine);
        let counted = held::counted(&w.p, &mut tx, &c.tomas, &h).await.unwrap();
        assert_eq!(counted[1], (Kind::Case, 2), "{}", w.engine);
        drop(tx);
        assert!(matches!(approve(&w, &c.tomas, id).await, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        approve(&w, &c.nora, id).await.unwrap();
        end(&w, &c.tomas, id).await.unwrap();
        assert_eq!(left(&w, c.lucia.account).await, Vec::<String>::new(), "{}", w.engine);
        w.place.clock.move_by(190 * DAY);
        let mut tx = w.p.store.db.read().await.unwrap();
        let today = dates::day(w.p.store.clock.now(), &w.p.pack.zone);
        let due = due::mine(&w.p, &mut tx, &c.petra, today.tomorrow().unwrap()).await.unwrap();
        assert_eq!(due.len(), 1, "{}: the successor asks her", w.engine);
    }
}

#[tokio::test]
async fn an_office_goes_from_one_officer_to_the_next() {
    for w in worlds().await {
        let rolando = w.person("rolando", "protection_officer", Some("O1")).await;
        let next = w.person("hilda", "protection_officer", Some("O1")).await;
        let (nora, away) = (
            w.person("nora", "coordinator", Some("K1")).await,
            w.person("otro", "protection_officer", Some("K1")).await,
        );
        let day = w.p.day(w.p.store.clock.now());
        let new = calls::New {
            to: "pgn",
            number: "1584",
            about: About::Nobody,
            on_day: &day,
            time: "0:00",
            answer: None,
        };
        work!(w, rolando, |work| calls::add(&w.p, &mut work, &rolando, &new).await).unwrap();
        // One of another office has no desk there.
        let wrong = begin(&w, &nora, &rolando, &away).await.unwrap();
        assert!(
            matches!(approve(&w, &nora, wrong).await, Err(ProgrammeError::State("state-handover-stays"))),
            "{}",
            w.engine
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        let h = handover::read(&w.p, &mut tx, &nora, ceiba_access::Act::HANDOVER_RUN, wrong).await.unwrap();
        let (things, _) = held::shown(&w.p, &mut tx, &nora, &h).await.unwrap();
        drop(tx);
        let to = Some(next.account);
        work!(w, nora, |work| moves::give(&w.p, &mut work, &nora, wrong, ("work", things[0].0.item, to))
            .await)
        .unwrap();
        approve(&w, &nora, wrong).await.unwrap();
        end(&w, &nora, wrong).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let due = desk::due(&w.p, &mut tx, &next).await.unwrap();
        assert_eq!(due[0].head().owner, to, "{}", w.engine);
        assert!(notices::list(&mut tx, &rolando).await.unwrap().iter().all(|n| n.seen), "{}", w.engine);
        drop(tx);
        assert_eq!(left(&w, rolando.account).await, Vec::<String>::new(), "{}", w.engine);
    }
}
