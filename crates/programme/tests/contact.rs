//! The door in use: what is written down, who may ask, what leaves, what does not, and who is woken.

use std::sync::{Arc, Mutex, PoisonError};

use ceiba_access::Caller;
use ceiba_programme::cases::relations;
use ceiba_programme::contact::door::{self, Attempt, Passed, Why};
use ceiba_programme::contact::outbox::{self, Carried, Carrier, Letter, Text, Undelivered, Wire};
use ceiba_programme::contact::rules::{self, Channel};
use ceiba_programme::contact::staff::{self, Confirmed};
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::justice::reminders;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, jobs, notices, work};
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use uuid::Uuid;

/// A letter as it came: id, wire, address, kind, code.
type Try = (Uuid, Wire, String, Text, Option<String>);

/// Carries to a list, or says what it was told to say.
#[derive(Default)]
struct Sink {
    says: Mutex<Option<Undelivered>>,
    tried: Mutex<Vec<Try>>,
    left: Mutex<Vec<(Uuid, String)>>,
}

fn of<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Carrier for Sink {
    fn carries(&self, _: Wire) -> bool {
        true
    }

    fn carry<'a>(&'a self, l: &'a Letter) -> Carried<'a> {
        of(&self.tried).push((l.id, l.wire, l.to().to_owned(), l.text, l.code.clone()));
        let says = *of(&self.says);
        if says.is_none() {
            of(&self.left).push((l.id, l.to().to_owned()));
        }
        Box::pin(async move { says.map_or(Ok(()), Err) })
    }
}

async fn with_sinks() -> Vec<(World, Arc<Sink>)> {
    let all = worlds().await.into_iter().map(|w| {
        let sink = Arc::new(Sink::default());
        (w.carried(sink.clone()), sink)
    });
    all.collect()
}

const WEEKDAYS: [&str; 5] = ["1", "2", "3", "4", "5"];

fn rule<'a>(channel: &'a str, place: &'a str, hours: (&'a str, &'a str)) -> rules::New<'a> {
    rules::New { channel, place, days: &WEEKDAYS, from: hours.0, to: hours.1, ..rules::New::default() }
}

async fn say(w: &World, who: &Caller, case: Uuid, new: &rules::New<'_>) -> Result<Uuid, ProgrammeError> {
    work!(w, who, |work| rules::add(&w.p, &mut work, who, case, new).await)
}

async fn knock(w: &World, who: &Caller, case: Uuid, channel: Channel) -> Result<Passed, door::Blocked> {
    let wanted = Attempt { channel, at: w.p.store.clock.now(), leaving: channel.stays() };
    work!(w, who, |work| door::knock(&w.p, &mut work, who, case, (&wanted, "followup")).await).unwrap()
}

/// The next Monday to Friday day at this hour in Guatemala, as an instant.
fn weekday_at(w: &World, hour: i64) -> Micros {
    let zone = &w.p.pack.zone;
    let mut day = ceiba_programme::dates::day(w.p.store.clock.now() + DAY, zone);
    while day.weekday().to_monday_zero_offset() > 4 {
        day = day.tomorrow().unwrap();
    }
    ceiba_programme::dates::start(day, zone) + hour * HOUR
}

fn move_to(w: &World, at: Micros) {
    w.place.clock.move_by(at - w.p.store.clock.now());
}

#[tokio::test]
async fn an_attempt_is_written_down_with_its_reason_and_without_rules_nobody_calls() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let abel = w.person("abel", "social_worker", Some("M1")).await;
        let case = w.case(&lucia, "Dalia").await;
        assert_eq!(
            knock(&w, &lucia, case, Channel::Call).await.unwrap_err().why,
            Why::NoRules,
            "{}",
            w.engine
        );
        let id = say(&w, &lucia, case, &rule("call", "5555-0142", ("9:00", "11:00"))).await.unwrap();
        move_to(&w, weekday_at(&w, 20));
        let blocked = knock(&w, &lucia, case, Channel::Call).await.unwrap_err();
        assert_eq!(blocked.why, Why::Hours);
        move_to(&w, blocked.instead[0].at);
        let passed = knock(&w, &lucia, case, Channel::Call).await.unwrap();
        assert_eq!((passed.place(), passed.rule().unwrap().0), ("5555-0142", id));
        let never = rules::New { channel: "call", never: true, ..rules::New::default() };
        let never = say(&w, &lucia, case, &never).await.unwrap();
        assert_eq!(knock(&w, &lucia, case, Channel::Call).await.unwrap_err().why, Why::Never);
        work!(w, lucia, |work| rules::end(&w.p, &mut work, &lucia, (case, never, 1)).await).unwrap();
        assert!(knock(&w, &lucia, case, Channel::Call).await.is_ok(), "she took her never back");
        let mut tx = w.p.store.db.read().await.unwrap();
        let rows = tx
            .sql("SELECT state, code FROM entry WHERE file = $1 AND kind = 'contact_try' ORDER BY created_at, id")
            .bind(case)
            .all()
            .await
            .unwrap();
        let mut kept: Vec<(String, Option<String>)> =
            rows.iter().map(|r| (r.get("state").unwrap(), r.get("code").unwrap())).collect();
        kept.sort();
        let blocked = |why: &str| ("blocked".to_owned(), Some(why.to_owned()));
        let passed = ("passed".to_owned(), None);
        assert_eq!(kept, [blocked("hours"), blocked("never"), blocked("no_rules"), passed.clone(), passed]);
        let told = tx
            .sql("SELECT COUNT(*) AS n FROM ledger_entry WHERE action = 'contact_try.add'")
            .one()
            .await
            .unwrap();
        assert_eq!(told.get::<i64>("n").unwrap(), 5);
        drop(tx);
        // Nobody else's case.
        let wanted = Attempt { channel: Channel::Call, at: 0, leaving: false };
        let refused =
            work!(w, abel, |work| door::knock(&w.p, &mut work, &abel, case, (&wanted, "other")).await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))));
    }
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_is_not_kept() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Dalia").await;
        let good = rule("call", "5555-0142", ("9:00", "11:00"));
        for (new, field) in [
            (rules::New { channel: "pigeon", ..good }, "way"),
            (rules::New { channel: "all", ..good }, "way"),
            (rules::New { place: "123", ..good }, "place"),
            (rules::New { channel: "visit", place: " ", ..good }, "place"),
            (rules::New { channel: "through", ..good }, "who"),
            (rules::New { days: &[], ..good }, "days"),
            (rules::New { from: "25:00", ..good }, "from"),
            (rules::New { to: "mañana", ..good }, "to"),
            (rules::New { until: "2020-01-01", ..good }, "until"),
            (rules::New { until: "31 de febrero", ..good }, "until"),
        ] {
            let Err(ProgrammeError::Invalid(list)) = say(&w, &lucia, case, &new).await else {
                panic!("{new:?}")
            };
            assert!(list.iter().any(|p| p.field == field), "{new:?}: {list:?}");
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = rules::reader(&w.p, &mut tx, &lucia, case).await.unwrap();
        assert!(rules::list(&w.p, &mut tx, &lucia, &grant, case).await.unwrap().is_empty());
    }
}

async fn hearing(w: &World, who: &Caller, case: Uuid, at: Micros) -> Uuid {
    let day = w.p.day(at);
    let hearing =
        Hearing { interpreter: "not_needed".into(), transport: "missing".into(), ..Hearing::default() };
    let new = hearings::New { kind: "statement", institution: None, on_day: &day, time: "16:00", hearing };
    work!(w, who, |work| hearings::set(&w.p, &mut work, who, case, &new).await).unwrap()
}

#[tokio::test]
async fn a_reminder_to_her_leaves_only_if_it_still_may_when_it_leaves() {
    for (w, sink) in with_sinks().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let plan = async |case: Uuid, id: Uuid, at: Micros| {
            work!(w, lucia, |work| reminders::to_her(&w.p, &mut work, &lucia, (case, id), Some(at)).await)
                .unwrap()
        };
        let state = async |case: Uuid| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let m = outbox::of_case(&mut tx, case).await.unwrap().remove(0);
            (m.state, m.why.unwrap_or_default())
        };
        let mut cases = Vec::new();
        for n in 0..5 {
            let case = w.case(&lucia, &format!("Dalia {n}")).await;
            let place = format!("5555-010{n}");
            let rule = say(&w, &lucia, case, &rule("sms", &place, ("9:00", "11:00"))).await.unwrap();
            let id = hearing(&w, &lucia, case, weekday_at(&w, 16)).await;
            cases.push((case, rule, id));
        }
        let ten = weekday_at(&w, 10);
        // At an hour that is not hers it is not even queued.
        assert_eq!(plan(cases[0].0, cases[0].2, weekday_at(&w, 12)).await.unwrap_err().why, Why::Hours);
        for (case, _, id) in &cases {
            plan(*case, *id, ten).await.unwrap();
        }
        outbox::work_off(&w.p).await.unwrap();
        assert!(of(&sink.tried).is_empty(), "before its hour nothing leaves ({})", w.engine);
        // Meanwhile: a rule ends, somebody turns out to be feared, a hearing is called off, a never is said.
        work!(w, lucia, |work| rules::end(&w.p, &mut work, &lucia, (cases[1].0, cases[1].1, 1)).await)
            .unwrap();
        let feared = relations::Relation { name: "Chepe Inventado".into(), remark: "5555 0102".into() };
        let code = ("partner", "unsafe", None);
        work!(w, lucia, |work| relations::add(&w.p, &mut work, &lucia, cases[2].0, code, &feared).await)
            .unwrap();
        let off = ("cancelled", "");
        work!(w, lucia, |work| hearings::end(&w.p, &mut work, &lucia, (cases[3].0, cases[3].2, 1), off)
            .await)
        .unwrap();
        let never = rules::New { channel: "all", never: true, ..rules::New::default() };
        say(&w, &lucia, cases[4].0, &never).await.unwrap();
        move_to(&w, ten);
        outbox::work_off(&w.p).await.unwrap();
        let left: Vec<String> = of(&sink.left).iter().map(|(_, to)| to.clone()).collect();
        assert_eq!(left, ["5555-0100"], "{}", w.engine);
        for (n, why) in [(1, "no_rules"), (2, "feared"), (3, "ended"), (4, "never")] {
            assert_eq!(state(cases[n].0).await, ("blocked".to_owned(), why.to_owned()), "{n} ({})", w.engine);
        }
        assert_eq!(state(cases[0].0).await.0, "sent");
    }
}

#[tokio::test]
async fn a_server_that_is_down_loses_nothing_and_doubles_nothing() {
    for (w, sink) in with_sinks().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Dalia").await;
        say(&w, &lucia, case, &rule("sms", "5555-0142", ("00:00", "00:00"))).await.unwrap();
        let at = weekday_at(&w, 9);
        let id = hearing(&w, &lucia, case, at).await;
        work!(w, lucia, |work| reminders::to_her(&w.p, &mut work, &lucia, (case, id), Some(at)).await)
            .unwrap()
            .unwrap();
        move_to(&w, at);
        *of(&sink.says) = Some(Undelivered::Later);
        for minutes in [0, 1, 2, 4] {
            w.place.clock.move_by(minutes * MINUTE);
            outbox::work_off(&w.p).await.unwrap();
            outbox::work_off(&w.p).await.unwrap();
        }
        assert_eq!(of(&sink.tried).len(), 4, "each pause is kept ({})", w.engine);
        *of(&sink.says) = None;
        w.place.clock.move_by(HOUR);
        for _ in 0..3 {
            outbox::work_off(&w.p).await.unwrap();
        }
        let tried: Vec<Uuid> = of(&sink.tried).iter().map(|t| t.0).collect();
        assert_eq!((tried.len(), of(&sink.left).len()), (5, 1), "it left once ({})", w.engine);
        assert!(tried.iter().all(|t| *t == tried[0]), "always under the same name");
        // What makes no sense any more is not sent, and says so.
        let later = weekday_at(&w, 9);
        let id = hearing(&w, &lucia, case, later).await;
        work!(w, lucia, |work| reminders::to_her(&w.p, &mut work, &lucia, (case, id), Some(later)).await)
            .unwrap()
            .unwrap();
        move_to(&w, later + DAY);
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!(of(&sink.left).len(), 1, "the hearing is over");
    }
}

/// Sets a channel of her own and confirms it by the code that the sink got.
async fn channel(w: &World, sink: &Sink, who: &Caller, quiet: (&str, &str)) {
    let new = staff::New { address: "julio@ejemplo.test", quiet };
    work!(w, who, |work| staff::set(&w.p, &mut work, who, Wire::Email, &new).await).unwrap();
    outbox::work_off(&w.p).await.unwrap();
    let code = of(&sink.tried).last().unwrap().4.clone().unwrap();
    let done = work!(w, who, |work| staff::confirm(&w.p, &mut work, who, Wire::Email, &code).await).unwrap();
    assert_eq!(done, Confirmed::Yes);
}

fn tasks(sink: &Sink) -> usize {
    of(&sink.tried).iter().filter(|t| t.3 == Text::Task).count()
}

/// A notice comes for her at this moment.
async fn notice_now(w: &World, who: &Caller, case: Uuid) {
    let now = w.p.store.clock.now();
    let id = hearing(w, who, case, now + 30 * DAY).await;
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    work.job("hearing.remind", id, now).await.unwrap();
    work.record("test", "case", case, [0; 32]).await.unwrap();
    work.commit().await.unwrap();
    jobs::work_off(&w.p).await.unwrap();
    outbox::work_off(&w.p).await.unwrap();
}

/// She uses the program at this moment.
async fn looks(w: &World, who: &Caller) {
    let now = w.p.store.clock.now();
    let mut work = w.p.store.work(who.account).await.unwrap();
    let (id, token): (Uuid, [u8; 32]) = (work.chance().id(), work.chance().bytes());
    work.sql(
        "INSERT INTO session (id, token, account, csrf, created_at, seen_at, expires_at, locked, device)
         VALUES ($1, $2, $3, $2, $4, $4, $4, FALSE, 'test')",
    )
    .bind(id)
    .bind(token)
    .bind(who.account)
    .bind(now)
    .once()
    .await
    .unwrap();
    work.record("test", "account", who.account, [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn a_notice_wakes_her_once_an_hour_and_not_when_she_looked() {
    for (w, sink) in with_sinks().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Dalia").await;
        channel(&w, &sink, &lucia, ("", "")).await;
        let later = async |minutes: i64| {
            w.place.clock.move_by(minutes * MINUTE);
            jobs::work_off(&w.p).await.unwrap();
            outbox::work_off(&w.p).await.unwrap();
        };
        notice_now(&w, &lucia, case).await;
        assert_eq!(tasks(&sink), 1, "{}", w.engine);
        later(20).await;
        notice_now(&w, &lucia, case).await;
        notice_now(&w, &lucia, case).await;
        assert_eq!(tasks(&sink), 1, "within the hour nothing more ({})", w.engine);
        later(45).await;
        assert_eq!(tasks(&sink), 2, "then one for all that came ({})", w.engine);
        later(90).await;
        assert_eq!(tasks(&sink), 2, "what was said is not said again");
        // She uses the program before the hour is over: what came before that needs no message.
        notice_now(&w, &lucia, case).await;
        assert_eq!(tasks(&sink), 3);
        later(10).await;
        notice_now(&w, &lucia, case).await;
        w.place.clock.move_by(MINUTE);
        looks(&w, &lucia).await;
        later(80).await;
        assert_eq!(tasks(&sink), 3, "she looked ({})", w.engine);
        // Or the server was down, and she has marked it as seen when it is up again.
        *of(&sink.says) = Some(Undelivered::Later);
        w.place.clock.move_by(MINUTE);
        notice_now(&w, &lucia, case).await;
        assert_eq!(
            (tasks(&sink), of(&sink.left).len()),
            (4, 4),
            "tried, and a code and three tasks left before"
        );
        *of(&sink.says) = None;
        let until = w.p.store.clock.now();
        work!(w, lucia, |work| notices::see(&mut work, &lucia, until).await).unwrap();
        later(30).await;
        assert_eq!(tasks(&sink), 4, "she has seen it ({})", w.engine);
        // It went to her and nowhere else.
        assert!(of(&sink.tried).iter().all(|t| t.2 == "julio@ejemplo.test"));
    }
}

#[tokio::test]
async fn in_her_quiet_hours_a_message_waits() {
    for (w, sink) in with_sinks().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Dalia").await;
        channel(&w, &sink, &lucia, ("20:00", "7:00")).await;
        let before = tasks(&sink);
        let night = weekday_at(&w, 22);
        move_to(&w, night);
        notice_now(&w, &lucia, case).await;
        assert_eq!(tasks(&sink), before, "she sleeps ({})", w.engine);
        move_to(&w, night + 9 * HOUR);
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!(tasks(&sink), before + 1, "at seven it leaves ({})", w.engine);
        // Hours that she sets while a message waits for its server hold for that one too.
        move_to(&w, weekday_at(&w, 12));
        *of(&sink.says) = Some(Undelivered::Later);
        notice_now(&w, &lucia, case).await;
        assert_eq!(tasks(&sink), before + 2, "tried ({})", w.engine);
        *of(&sink.says) = None;
        let new = staff::New { address: "julio@ejemplo.test", quiet: ("11:00", "15:00") };
        work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await).unwrap();
        w.place.clock.move_by(30 * MINUTE);
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!(tasks(&sink), before + 2, "she rests ({})", w.engine);
        w.place.clock.move_by(3 * HOUR);
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!(tasks(&sink), before + 3, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_channel_is_hers_only_after_the_code_and_five_wrong_ones_end_it() {
    for (w, sink) in with_sinks().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        for address in ["", "nadie", "a@b", "a@b.c\r\nBcc: x@y.z", "a b@c.de", "<a@b.cd>"] {
            let new = staff::New { address, quiet: ("", "") };
            let bad = work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await);
            assert!(matches!(bad, Err(ProgrammeError::Invalid(_))), "{address}");
        }
        let new = staff::New { address: "lucia@ejemplo.test", quiet: ("", "") };
        work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await).unwrap();
        outbox::work_off(&w.p).await.unwrap();
        let code = of(&sink.tried).last().unwrap().4.clone().unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let try_one = async |code: &str| {
            work!(w, lucia, |work| staff::confirm(&w.p, &mut work, &lucia, Wire::Email, code).await).unwrap()
        };
        for _ in 0..4 {
            assert_eq!(try_one(wrong).await, Confirmed::No, "{}", w.engine);
        }
        assert_eq!(try_one(wrong).await, Confirmed::Over);
        let gone = work!(w, lucia, |work| staff::confirm(&w.p, &mut work, &lucia, Wire::Email, &code).await);
        assert!(matches!(gone, Err(ProgrammeError::State("state-channel-none"))));
        // Nobody can be flooded with codes.
        for n in 0..5 {
            let set = work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await);
            assert_eq!(matches!(set, Err(ProgrammeError::TooMany)), n == 4, "{n}: {set:?}");
        }
    }
}
