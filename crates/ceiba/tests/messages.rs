//! Messages over real lines: an SMTP conversation over TCP with STARTTLS, and a POST to a gateway. What leaves, what it says, and that
//! nothing is lost or doubled when a server is down.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "support/mail_sink.rs"]
mod mail_sink;
#[path = "../src/send.rs"]
mod send;
#[path = "support/sms_sink.rs"]
mod sms_sink;
#[path = "support/spelling.rs"]
mod spelling;

use std::collections::BTreeSet;

use ceiba_access::Caller;
use ceiba_programme::cases::{self, notes};
use ceiba_programme::contact::outbox::{self, Text, Wire};
use ceiba_programme::contact::{rules, staff};
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::justice::reminders;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{jobs, work};
use ceiba_store::{DAY, HOUR, MINUTE};
use ceiba_web::{Lang, Words};
use mail_sink::{Manner, Sink};
use send::Messages;
use sms_sink::Gateway;
use uuid::Uuid;

const CA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mail/ca.pem");

fn messages(mail: &Sink, sms: &Gateway) -> Messages {
    let text = format!(
        "[mail]\nserver = \"localhost\"\nport = {}\nfrom = \"avisos@ejemplo.test\"\nca = \"{CA}\"\n[sms]\nurl = \"http://127.0.0.1:{}/mensajes\"\n",
        mail.port, sms.port
    );
    toml::from_str(&text).unwrap()
}

/// A world on each engine, with lines to a mail server and a gateway.
async fn connected() -> Vec<(World, Sink, Gateway)> {
    let all = worlds().await.into_iter().map(|w| {
        let (mail, sms) = (Sink::start(Manner::Takes), Gateway::start());
        let carrier = send::carrier(&messages(&mail, &sms)).unwrap().unwrap();
        (w.carried(carrier), mail, sms)
    });
    all.collect()
}

async fn turn(w: &World) {
    jobs::work_off(&w.p).await.unwrap();
    outbox::work_off(&w.p).await.unwrap();
}

/// The text of a mail, without its head.
fn text(mail: &str) -> &str {
    mail.split_once("\r\n\r\n").unwrap().1.trim_end()
}

fn head<'a>(mail: &'a str, name: &str) -> &'a str {
    mail.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {mail}")).trim()
}

/// Her own channel, confirmed by the code that came.
async fn channel(w: &World, mail: &Sink, who: &Caller, address: &str) {
    let new = staff::New { address, quiet: ("", "") };
    work!(w, who, |work| staff::set(&w.p, &mut work, who, Wire::Email, &new).await).unwrap();
    outbox::work_off(&w.p).await.unwrap();
    let got = mail.got();
    let code = text(got.mails.last().unwrap()).to_owned();
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    work!(w, who, |work| staff::confirm(&w.p, &mut work, who, Wire::Email, &code).await).unwrap();
}

async fn hearing(w: &World, who: &Caller, case: Uuid, days: i64, word: &dyn Fn(&str) -> String) -> Uuid {
    let on_day = w.p.day(w.p.store.clock.now() + days * DAY);
    let hearing = Hearing {
        interpreter: "not_needed".into(),
        transport: "missing".into(),
        company: word("company"),
        remark: word("remark"),
        ..Hearing::default()
    };
    let new = hearings::New { kind: "statement", institution: None, on_day: &on_day, time: "16:00", hearing };
    work!(w, who, |work| hearings::set(&w.p, &mut work, who, case, &new).await).unwrap()
}

fn plain(what: &str) -> String {
    what.to_owned()
}

/// The canary: everything personal that is near a message is in no byte that leaves.
#[tokio::test]
async fn what_leaves_says_that_there_is_a_task_and_nothing_else() {
    for (w, mail, sms) in connected().await {
        let words = std::cell::RefCell::new(Vec::new());
        let word = |what: &str| {
            let word = format!("zq{what}{:04}jxqz", words.borrow().len() * 37 + 1009);
            words.borrow_mut().push(word.clone());
            word
        };
        let lucia = w.person("zqlucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, &word("name")).await;
        let (code_word, answers) = (word("code"), word("answers"));
        let rule = rules::New {
            channel: "sms",
            place: "5555-0142",
            who: &answers,
            code_word: &code_word,
            days: &["1", "2", "3", "4", "5", "6", "7"],
            from: "0:00",
            to: "0:00",
            ..rules::New::default()
        };
        work!(w, lucia, |work| rules::add(&w.p, &mut work, &lucia, case, &rule).await).unwrap();
        let note = ("visit", "2026-03-02", word("note"));
        let note = (note.0, note.1, note.2.as_str());
        let folder = ceiba_access::Folder::Social;
        work!(w, lucia, |work| notes::add(&w.p, &mut work, &lucia, case, folder, note, None).await).unwrap();
        channel(&w, &mail, &lucia, "julia@ejemplo.test").await;
        let id = hearing(&w, &lucia, case, 5, &word).await;
        let at = w.p.store.clock.now() + 3 * DAY;
        work!(w, lucia, |work| reminders::to_her(&w.p, &mut work, &lucia, (case, id), Some(at)).await)
            .unwrap()
            .unwrap();
        w.place.clock.move_by(4 * DAY);
        turn(&w).await;

        let (got, posted) = (mail.got(), sms.got());
        assert_eq!((got.mails.len(), posted.len()), (2, 1), "a code and a task; one text ({})", w.engine);
        let task = &got.mails[1];
        assert_eq!((text(task), head(task, "Subject: ")), ("Tiene una tarea.", "Tiene una tarea."));
        assert_eq!(head(task, "To: "), "julia@ejemplo.test");
        assert!(head(task, "From: ").starts_with("Avisos <"), "{task}");
        let heads: BTreeSet<&str> =
            task.split("\r\n\r\n").next().unwrap().lines().filter_map(|l| l.split(':').next()).collect();
        let known = [
            "Content-Transfer-Encoding",
            "Content-Type",
            "Date",
            "From",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To",
        ];
        assert!(heads.iter().all(|h| known.contains(h)), "{heads:?}");

        let (top, body) = posted[0].split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let id = body["id"].as_str().unwrap().to_owned();
        let expected = serde_json::json!({ "id": id, "from": "Avisos", "to": "+50255550142", "text": "Tiene una tarea." });
        assert_eq!(body, expected);
        assert!(top.starts_with("POST /mensajes HTTP/1.1\r\n"), "{top}");
        assert!(top.to_lowercase().contains(&format!("idempotency-key: {id}")), "{top}");

        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        let mut words = words.into_inner();
        assert!(words.len() >= 6, "{words:?}");
        words.extend([
            code,
            "zqlucia".to_owned(),
            "Inventada".to_owned(),
            case.to_string(),
            "audiencia".to_owned(),
        ]);
        let all = [&got.bytes[..], posted.join("\n").as_bytes()].concat();
        let found = spelling::any_of(&words);
        let first = found.find(&all).map(|m| m.as_bytes().escape_ascii().to_string());
        assert_eq!(first, None, "{}", w.engine);
        // The control: the search sees what is there.
        assert!(spelling::any_of(&["julia@ejemplo".to_owned()]).is_match(&all));
    }
}

#[tokio::test]
async fn a_line_without_protection_gets_nothing() {
    for (w, mail, _) in connected().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        mail.now(Manner::Bare);
        let new = staff::New { address: "lucia@ejemplo.test", quiet: ("", "") };
        work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await).unwrap();
        outbox::work_off(&w.p).await.unwrap();
        let said = String::from_utf8(mail.got().bytes).unwrap();
        assert!(said.starts_with("EHLO") && !said.contains("ejemplo.test"), "{said}");
        // Nor one whose authority is another.
        mail.now(Manner::Takes);
        let text = format!(
            "[mail]\nserver = \"localhost\"\nport = {}\nfrom = \"avisos@ejemplo.test\"\nca = \"{}\"\n",
            mail.port,
            CA.replace("ca.pem", "server.pem")
        );
        let stranger = send::carrier(&toml::from_str(&text).unwrap()).unwrap().unwrap();
        let before = mail.got().arrived.len();
        w.place.clock.move_by(2 * MINUTE);
        let other = worlds().await.remove(0).carried(stranger);
        let rosa = other.person("rosa", "social_worker", Some("K1")).await;
        work!(other, rosa, |work| staff::set(&other.p, &mut work, &rosa, Wire::Email, &new).await).unwrap();
        outbox::work_off(&other.p).await.unwrap();
        assert_eq!(mail.got().arrived.len(), before);
        // The right one gets it.
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!(mail.got().mails.len(), before + 1, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_or_silent_gets_it_again_under_the_same_name() {
    for (w, mail, _) in connected().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        mail.now(Manner::Busy);
        let new = staff::New { address: "lucia@ejemplo.test", quiet: ("", "") };
        work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await).unwrap();
        outbox::work_off(&w.p).await.unwrap();
        // It takes all of it, and nobody hears that it did.
        mail.now(Manner::Silent);
        w.place.clock.move_by(2 * MINUTE);
        outbox::work_off(&w.p).await.unwrap();
        assert_eq!((mail.got().arrived.len(), mail.got().mails.len()), (1, 0), "{}", w.engine);
        mail.now(Manner::Takes);
        w.place.clock.move_by(5 * MINUTE);
        for _ in 0..3 {
            outbox::work_off(&w.p).await.unwrap();
        }
        let got = mail.got();
        assert_eq!(
            (got.arrived.len(), got.mails.len()),
            (2, 1),
            "not lost, and not a third time ({})",
            w.engine
        );
        assert_eq!(head(&got.arrived[0], "Message-ID: "), head(&got.arrived[1], "Message-ID: "));
        // A server that knows nobody of that name ends it.
        mail.now(Manner::Unknown);
        let new = staff::New { address: "otra@ejemplo.test", quiet: ("", "") };
        work!(w, lucia, |work| staff::set(&w.p, &mut work, &lucia, Wire::Email, &new).await).unwrap();
        outbox::work_off(&w.p).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let states = tx
            .sql("SELECT state, why FROM message ORDER BY created_at DESC, id LIMIT 1")
            .one()
            .await
            .unwrap();
        assert_eq!(states.get::<String>("state").unwrap(), "failed", "{}", w.engine);
        assert_eq!(
            states.get::<Option<String>>("why").unwrap().as_deref(),
            Some("refused"),
            "not what it answered"
        );
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_gets_it_again_and_a_conflict_is_a_yes() {
    for (w, _, sms) in connected().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Dalia").await;
        let rule = rules::New {
            channel: "sms",
            place: "+502 5555-0142",
            days: &["1", "2", "3", "4", "5", "6", "7"],
            from: "0:00",
            to: "0:00",
            ..rules::New::default()
        };
        work!(w, lucia, |work| rules::add(&w.p, &mut work, &lucia, case, &rule).await).unwrap();
        let id = hearing(&w, &lucia, case, 5, &plain).await;
        let at = w.p.store.clock.now() + HOUR;
        work!(w, lucia, |work| reminders::to_her(&w.p, &mut work, &lucia, (case, id), Some(at)).await)
            .unwrap()
            .unwrap();
        w.place.clock.move_by(HOUR);
        for status in [503, 429, 401, 409, 200] {
            sms.says(status);
            outbox::work_off(&w.p).await.unwrap();
            w.place.clock.move_by(10 * MINUTE);
        }
        let got = sms.got();
        assert_eq!(got.len(), 4, "a conflict says that it was taken ({})", w.engine);
        let key =
            |r: &str| r.lines().find(|l| l.to_lowercase().starts_with("idempotency-key")).unwrap().to_owned();
        assert!(got.iter().all(|r| key(r) == key(&got[0])));
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(outbox::of_case(&mut tx, case).await.unwrap()[0].state, "sent");
    }
}

/// Every kind in every language, against what may be said at all.
#[test]
fn no_kind_of_message_says_more_than_these_words() {
    const MAY: [&str; 9] = ["tiene", "una", "tarea", "confirme", "you", "have", "a", "task", "confirm"];
    let mut said = Vec::new();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for kind in Text::ALL {
            let text = send::say(&words, kind, Some("048213"));
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "048213")
            {
                assert!(MAY.contains(&word.to_lowercase().as_str()), "{} says «{word}»", kind.code());
            }
            said.push(text);
        }
    }
    assert_eq!(said, ["Tiene una tarea.", "Confirme: 048213", "You have a task.", "Confirm: 048213"]);
}

#[test]
fn a_configuration_cannot_send_in_clear_to_elsewhere() {
    for (text, says) in [
        (
            "[mail]\nserver = \"mail.ejemplo.test\"\nfrom = \"a@b.test\"\nline = \"plain\"",
            "this machine only",
        ),
        ("[mail]\nserver = \"localhost\"\nfrom = \"nadie\"", "not an address"),
        ("[mail]\nserver = \"localhost\"\nfrom = \"a@b.test\"\nuser = \"x\"", "go together"),
        ("[sms]\nurl = \"http://sms.ejemplo.test/\"", "https"),
        ("[sms]\nurl = \"ftp://localhost/\"", "https"),
        ("[mail]\nserver = \"localhost\"\nfrom = \"a@b.test\"\nca = \"/nowhere/ca.pem\"", "cannot be read"),
    ] {
        let read: Messages = toml::from_str(text).unwrap();
        let Err(e) = send::carrier(&read) else { panic!("{text}") };
        assert!(format!("{e:#}").contains(says), "{text}: {e:#}");
    }
    assert!(toml::from_str::<Messages>("[mail]\nserver = \"x\"\nfrom = \"y\"\ntext = \"Hola\"").is_err());
    assert!(send::carrier(&Messages::default()).unwrap().is_none());
}
