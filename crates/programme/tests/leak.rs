//! After a leak: another code, other keys for every value, the old ones open nothing; everything or nothing; two people.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::{notes, tasks, team};
use ceiba_programme::leak::{self, New};
use ceiba_programme::partners::answers::{self, Said};
use ceiba_programme::partners::door::{self, Tried};
use ceiba_programme::partners::packets;
use ceiba_programme::people::{self, Core, Identity};
use ceiba_programme::testkit::{OFFICE, World, chance, worlds};
use ceiba_programme::{ProgrammeError, cases, notices, work};
use ceiba_store::dump::TABLES;
use ceiba_store::{DAY, Value};
use ceiba_vault::{Address, CompartmentKey, OfficeKey, PersonSecret, SlotAddress};
use uuid::Uuid;

const TENANT: Uuid = Uuid::from_u128(0xce1ba);

struct Setting {
    lucia: Caller,
    nora: Caller,
    elena: Caller,
    sara: Caller,
    case: Uuid,
    person: Uuid,
}

async fn setting(w: &World) -> Setting {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let nora = w.person("nora", "coordinator", Some("K1")).await;
    let elena = w.person("elena", "psychologist", Some("K1")).await;
    let sara = w.person("sara", "director", None).await;
    let case = w.case(&lucia, "Luz").await;
    work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, elena.account).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let person = cases::lookup(&mut tx, case).await.unwrap().person;
    drop(tx);
    Setting { lucia, nora, elena, sara, case, person }
}

async fn code(w: &World, case: Uuid) -> String {
    let mut tx = w.p.store.db.read().await.unwrap();
    cases::lookup(&mut tx, case).await.unwrap().code
}

async fn asks(w: &World, s: &Setting) -> Result<Uuid, ProgrammeError> {
    let today = w.p.day(w.p.store.clock.now());
    let from = w.p.day(w.p.store.clock.now() - 30 * DAY);
    let new = New { kind: "name", place: "social_network", noticed_on: &today, window: (&from, &today) };
    work!(w, s.lucia, |work| leak::ask(&w.p, &mut work, &s.lucia, s.case, new).await)
}

async fn approves(w: &World, s: &Setting, id: Uuid) -> Result<Uuid, ProgrammeError> {
    work!(w, s.sara, |work| leak::approve(&w.p, &mut work, &s.sara, id).await)
}

/// A file with every sort of sealed value, as many of each as chance says.
async fn fill(w: &World, s: &Setting, seed: u8) {
    let (p, lucia, chance) = (&w.p, &s.lucia, chance(seed));
    let mut work = p.store.work(lucia.account).await.unwrap();
    for n in 0..=chance.below(4) {
        let text = format!("Vino con su tía {n}. ").repeat(usize::try_from(1 + chance.below(40)).unwrap());
        let note = ("visit", "2026-03-02", text.trim_end());
        notes::add(p, &mut work, lucia, s.case, Folder::Social, note, None).await.unwrap();
        let id = tasks::give(p, &mut work, lucia, s.case, ("Llamar", "2026-04-01", None)).await.unwrap();
        for version in 0..i64::from(chance.below(3)) {
            tasks::set(p, &mut work, lucia, (s.case, id, version + 1), version % 2 == 0).await.unwrap();
        }
    }
    let plan = Evaluation { now: "No abrir".into(), ..Evaluation::default() };
    safety::evaluate(p, &mut work, lucia, s.case, "high", &plan).await.unwrap();
    let attached = Attached { name: "hoja.pdf".into(), title: "Hoja".into() };
    let pdf = [b"%PDF-1.7\n", &vec![b'x'; 3000][..], b"\n%%EOF\n"].concat();
    files::attach(p, &mut work, lucia, s.case, &attached, &pdf).await.unwrap();
    let row = work.sql("SELECT version FROM person WHERE id = $1").bind(s.person).one().await.unwrap();
    let mut version: i64 = row.get("version").unwrap();
    for n in 0..chance.below(3) {
        let core = Core { chosen_name: format!("Luz {n}"), language: "spa".into(), ..Core::default() };
        people::change(p, &mut work, lucia, (s.case, version), &core).await.unwrap();
        let identity = Identity { given: format!("Inventada {n}"), ..Identity::default() };
        people::change_identity(p, &mut work, lucia, (s.case, version + 1), &identity).await.unwrap();
        version += 2;
    }
    work.commit().await.unwrap();
    let mut work = p.store.work(s.elena.account).await.unwrap();
    for _ in 0..=chance.below(3) {
        let note = ("session", "2026-03-02", "Habló de su hermana.");
        notes::add(p, &mut work, &s.elena, s.case, Folder::Psychological, note, None).await.unwrap();
    }
    work.commit().await.unwrap();
}

/// A link that an institution answered, and another that still opens. Gives the one that opens.
async fn linked(w: &World, s: &Setting) -> packets::Handed {
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT id FROM institution WHERE kind = 'health' ORDER BY code";
    let to: Uuid = tx.sql(text).all().await.unwrap()[0].get("id").unwrap();
    drop(tx);
    let consent = Consent {
        data: vec!["needs".into(), "contact".into()],
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: String::new(),
    };
    let until = w.p.day(w.p.store.clock.now() + 90 * DAY);
    let new = consent::New {
        purpose: "share_named_partner",
        recipient: Some(to),
        until: &until,
        given: true,
        consent,
    };
    let mut work = w.p.store.work(s.lucia.account).await.unwrap();
    consent::record(&w.p, &mut work, &s.lucia, s.case, &new).await.unwrap();
    let mut all = Vec::new();
    for _ in 0..2 {
        let referral = Referral { need: "Una consulta".into(), ..Referral::default() };
        let way = (to, "legal_advice", Way::Packet);
        let id = referrals::send(&w.p, &mut work, &s.lucia, s.case, way, &referral).await.unwrap();
        let fields = vec!["chosen_name".to_owned()];
        let new = packets::New { fields: &fields, days: 14 };
        all.push(packets::hand_over(&w.p, &mut work, &s.lucia, (s.case, id), new).await.unwrap());
    }
    work.commit().await.unwrap();
    let Tried::Open(opened) = door::open(&w.p, &all[0].link, &all[0].code).await.unwrap() else {
        unreachable!()
    };
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let said = Said { words: "Cuántos años tiene".into(), on_day: String::new() };
    answers::say(&w.p, &mut work, &opened.packet, ("question", &said), Uuid::from_u128(7)).await.unwrap();
    work.commit().await.unwrap();
    all.remove(1)
}

/// Where a sealed value stands: subject, compartment, table, row, field, version.
type At = (Uuid, String, &'static str, Uuid, &'static str, i64, i64);

async fn values(w: &World, s: &Setting) -> BTreeMap<At, Vec<u8>> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut all = BTreeMap::new();
    let rows = tx
        .sql(
            "SELECT id AS row, compartment, body_version, version, body FROM entry WHERE file = $1
             UNION ALL SELECT f.row, e.compartment, f.body_version, f.version, f.body FROM former f JOIN entry e ON e.id = f.row
             WHERE e.file = $1",
        )
        .bind(s.case)
        .all()
        .await
        .unwrap();
    for r in &rows {
        let (row, c): (Uuid, String) = (r.get("row").unwrap(), r.get("compartment").unwrap());
        let (sealed_at, version): (i64, i64) = (r.get("body_version").unwrap(), r.get("version").unwrap());
        all.insert((s.case, c, "entry", row, "body", sealed_at, version), r.get("body").unwrap());
    }
    let rows = tx
        .sql("SELECT a.entry, a.content FROM attachment a JOIN entry e ON e.id = a.entry WHERE e.file = $1")
        .bind(s.case)
        .all()
        .await
        .unwrap();
    for r in &rows {
        let at = (s.case, "documents".to_owned(), "attachment", r.get("entry").unwrap(), "content", 1, 1);
        all.insert(at, r.get("content").unwrap());
    }
    let rows = tx
        .sql("SELECT w.id, w.body FROM packet_word w JOIN packet k ON k.id = w.packet WHERE k.case_id = $1")
        .bind(s.case)
        .all()
        .await
        .unwrap();
    for r in &rows {
        let at = (s.case, "packet".to_owned(), "packet_word", r.get("id").unwrap(), "body", 1, 1);
        all.insert(at, r.get("body").unwrap());
    }
    let r = tx.sql("SELECT * FROM person WHERE id = $1").bind(s.person).one().await.unwrap();
    let version: i64 = r.get("version").unwrap();
    for field in ["core", "identity"] {
        if let Some(body) = r.get::<Option<Vec<u8>>>(field).unwrap() {
            all.insert((s.person, field.to_owned(), "person", s.person, field, version, version), body);
        }
    }
    for r in tx.sql("SELECT * FROM former WHERE row = $1").bind(s.person).all().await.unwrap() {
        let field = if r.get::<String>("why").unwrap() == "identity" { "identity" } else { "core" };
        let version: i64 = r.get("version").unwrap();
        all.insert(
            (s.person, field.to_owned(), "person", s.person, field, version, version),
            r.get("body").unwrap(),
        );
    }
    all
}

/// Every key there is a slot for that the office or the psychologist opens.
async fn keys(w: &World, s: &Setting) -> Vec<(Uuid, String, CompartmentKey)> {
    let office = OfficeKey::from_bytes(OFFICE);
    let secret: &PersonSecret = s.elena.secret.as_deref().unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT * FROM key_slot WHERE subject IN ($1, $2)";
    let rows = tx.sql(text).bind(s.case).bind(s.person).all().await.unwrap();
    let mut all = Vec::new();
    for r in &rows {
        let (subject, compartment): (Uuid, String) =
            (r.get("subject").unwrap(), r.get("compartment").unwrap());
        let (recipient, body): (Uuid, Vec<u8>) = (r.get("recipient").unwrap(), r.get("body").unwrap());
        let generation = u32::try_from(r.get::<i64>("generation").unwrap()).unwrap();
        let at = SlotAddress { tenant: TENANT, subject, compartment: &compartment, generation, recipient };
        let key = if recipient.is_nil() {
            office.unwrap_slot(&at, &body).unwrap()
        } else if recipient == s.elena.account {
            ceiba_vault::unwrap_slot_with(secret, &at, &body).unwrap()
        } else {
            continue;
        };
        all.push((subject, compartment.clone(), key));
    }
    all
}

/// What a value says under one of these keys.
fn says(keys: &[(Uuid, String, CompartmentKey)], at: &At, sealed: &[u8]) -> Option<Vec<u8>> {
    let address = Address {
        tenant: TENANT,
        table: at.2,
        row: at.3,
        field: at.4,
        schema: 1,
        compartment: &at.1,
        version: at.5,
    };
    keys.iter()
        .filter(|(subject, compartment, _)| *subject == at.0 && *compartment == at.1)
        .find_map(|(_, _, key)| key.open(&address, sealed).ok().map(|plain| plain.to_vec()))
}

#[tokio::test]
async fn every_value_says_the_same_under_the_new_keys_and_nothing_under_the_old_ones() {
    for w in worlds().await {
        let s = setting(&w).await;
        for seed in 1..=3 {
            fill(&w, &s, seed).await;
            if seed == 1 {
                linked(&w, &s).await;
            }
            let (old, before) = (keys(&w, &s).await, values(&w, &s).await);
            assert!(before.len() > 12, "{}: {}", w.engine, before.len());
            let id = asks(&w, &s).await.unwrap();
            let asked = values(&w, &s).await;
            approves(&w, &s, id).await.unwrap();
            let (new, after) = (keys(&w, &s).await, values(&w, &s).await);
            assert_eq!(after.len(), asked.len(), "{}", w.engine);
            for (at, sealed) in &after {
                let under_old = says(&old, at, sealed);
                if at.1 == "therapy" {
                    // No server has that key: it waits for her who has it.
                    assert!(under_old.is_some(), "{}: {at:?}", w.engine);
                    continue;
                }
                assert!(under_old.is_none(), "{}: {at:?} opens under an old key", w.engine);
                let said = says(&new, at, sealed);
                assert!(said.is_some(), "{}: {at:?}", w.engine);
                assert_eq!(said, says(&old, at, &asked[at]), "{}: {at:?}", w.engine);
            }
            // She who has the key opens the file.
            let read =
                work!(w, s.elena, |work| cases::read(&w.p, &mut work, &s.elena, s.case, "summary").await);
            assert!(read.is_ok(), "{}", w.engine);
            let (mut hers, mut therapy) = (keys(&w, &s).await, 0);
            for (at, sealed) in values(&w, &s).await.iter().filter(|(at, _)| at.1 == "therapy") {
                assert!(says(&old, at, sealed).is_none(), "{}: {at:?} opens under an old key", w.engine);
                assert_eq!(says(&hers, at, sealed), says(&old, at, &asked[at]), "{}: {at:?}", w.engine);
                therapy += 1;
            }
            assert!(therapy > 0, "{}", w.engine);
            hers.retain(|(_, compartment, _)| compartment == "therapy");
            assert_eq!(hers.len(), 1, "{}: one key is left", w.engine);
            let mut tx = w.p.store.db.read().await.unwrap();
            let all = leak::all(&w.p, &mut tx, &s.sara).await.unwrap();
            let l = all.iter().find(|l| l.id == id).unwrap();
            let (_, moved, damaged) = l.done.unwrap();
            assert_eq!(
                (usize::try_from(moved).unwrap(), damaged, l.waiting),
                (after.len(), 0, 0),
                "{}",
                w.engine
            );
            drop(tx);
            assert!(ceiba_programme::audit::verify(&w.p, &[]).await.unwrap().is_ok(), "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn the_old_code_leads_nowhere_for_anybody_and_links_are_closed() {
    for w in worlds().await {
        let s = setting(&w).await;
        let handed = linked(&w, &s).await;
        let was = code(&w, s.case).await;
        let id = asks(&w, &s).await.unwrap();
        approves(&w, &s, id).await.unwrap();
        let now = code(&w, s.case).await;
        assert_ne!(was, now, "{}", w.engine);
        for who in [&s.lucia, &s.elena, &s.sara] {
            let old = work!(w, who, |work| cases::read_code(&w.p, &mut work, who, &was, "summary").await);
            assert!(matches!(old, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(cases::by_code(&mut tx, &was).await.unwrap(), Uuid::max(), "{}", w.engine);
        assert_eq!(cases::by_code(&mut tx, &now).await.unwrap(), s.case, "{}", w.engine);
        let told = notices::list(&mut tx, &s.lucia).await.unwrap();
        let told = told.iter().find(|n| n.kind == "leak-done").unwrap();
        assert_eq!(told.case.as_deref(), Some(now.as_str()), "{}", w.engine);
        drop(tx);
        let read =
            work!(w, s.lucia, |work| cases::read_code(&w.p, &mut work, &s.lucia, &now, "summary").await);
        assert!(read.is_ok(), "{}", w.engine);
        let tried = door::open(&w.p, &handed.link, &handed.code).await.unwrap();
        assert!(!matches!(tried, Tried::Open(_)), "{}", w.engine);
        // Nothing in the database tells the old code any more.
        let mut tx = w.p.store.db.read().await.unwrap();
        for table in TABLES.iter() {
            for value in table.rows(&mut tx).await.unwrap().into_iter().flatten() {
                let here = format!("{value:?}").contains(was.as_str());
                assert!(!here, "{}: {} still holds it", w.engine, table.name);
            }
        }
    }
}

async fn dump(w: &World) -> Vec<(&'static str, Vec<Vec<Value>>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut all = Vec::new();
    for table in TABLES.iter() {
        all.push((table.name, table.rows(&mut tx).await.unwrap()));
    }
    all
}

#[tokio::test]
async fn a_stop_before_the_commit_changes_nothing_and_nobody_decides_alone() {
    for w in worlds().await {
        let s = setting(&w).await;
        fill(&w, &s, 9).await;
        let id = asks(&w, &s).await.unwrap();
        assert!(
            matches!(asks(&w, &s).await, Err(ProgrammeError::State("state-leak-asked"))),
            "{}: once",
            w.engine
        );
        let before = format!("{:?}", dump(&w).await);
        let mut work = w.p.store.work(s.sara.account).await.unwrap();
        leak::approve(&w.p, &mut work, &s.sara, id).await.unwrap();
        drop(work);
        assert!(before == format!("{:?}", dump(&w).await), "{}: something stayed", w.engine);
        // Who asked does not decide, and who has a conflict of interest does not see it.
        for who in [&s.lucia, &s.elena] {
            let alone = work!(w, who, |work| leak::approve(&w.p, &mut work, who, id).await);
            assert!(matches!(alone, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        }
        let other = w.person("otra", "director", None).await;
        let mut work = w.p.store.work(s.lucia.account).await.unwrap();
        work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
            .bind(s.case)
            .bind(other.account)
            .once()
            .await
            .unwrap();
        work.sql("UPDATE leak SET asked_by = $1 WHERE id = $2")
            .bind(s.sara.account)
            .bind(id)
            .once()
            .await
            .unwrap();
        work.record("case.block", "case", s.case, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let blocked = work!(w, other, |work| leak::approve(&w.p, &mut work, &other, id).await);
        assert!(matches!(blocked, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        assert!(
            matches!(approves(&w, &s, id).await, Err(ProgrammeError::Refused(_))),
            "{}: her own",
            w.engine
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(leak::all(&w.p, &mut tx, &other).await.unwrap().is_empty(), "{}", w.engine);
    }
}

#[tokio::test]
async fn direction_reads_functions_and_numbers_and_the_care_begins_before_the_decision() {
    for w in worlds().await {
        let s = setting(&w).await;
        work!(w, s.elena, |work| cases::read(&w.p, &mut work, &s.elena, s.case, "summary").await.map(|_| ()))
            .unwrap();
        let id = asks(&w, &s).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        for (who, finds) in [(&s.sara, true), (&s.nora, true), (&s.elena, false), (&s.lucia, false)] {
            let told = notices::list(&mut tx, who).await.unwrap();
            assert_eq!(told.iter().any(|n| n.kind == "leak"), finds, "{}: {}", w.engine, who.role);
        }
        let l = leak::all(&w.p, &mut tx, &s.sara).await.unwrap().remove(0);
        let by = leak::by_function(&w.p, &mut tx, &s.sara, &l).await.unwrap();
        let psychologists = by.iter().find(|b| b.role == "psychologist").unwrap();
        assert_eq!((psychologists.people, psychologists.times), (1, 1), "{}", w.engine);
        let today = w.p.day(w.p.store.clock.now());
        let opened = leak::opened(&w.p, &mut tx, &s.lucia, (s.case, (&today, &today))).await.unwrap();
        assert!(opened.iter().any(|o| o.actor == s.elena.account && o.action == "case.read.summary"));
        assert!(leak::opened(&w.p, &mut tx, &s.elena, (s.case, (&today, &today))).await.is_err());
        let mine = tasks::mine(&w.p, &mut tx, &s.lucia, i64::MAX, 0).await.unwrap();
        let codes: Vec<_> = mine.iter().filter_map(|t| t.head.code.as_deref()).collect();
        for code in ["leak-safety", "leak-tell-her", "leak-take-down"] {
            assert!(codes.contains(&code), "{}: {code}", w.engine);
        }
        let grant = w.p.may_case(&mut tx, &s.sara, Act::CASE_READ, s.case).await;
        assert!(grant.is_err(), "{}: direction opens no file with it", w.engine);
        drop(tx);
        let why = work!(w, s.sara, |work| leak::refuse(&w.p, &mut work, &s.sara, id, "").await);
        assert!(matches!(why, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        work!(w, s.sara, |work| leak::refuse(&w.p, &mut work, &s.sara, id, "not_a_leak").await).unwrap();
        let again = approves(&w, &s, id).await;
        assert!(matches!(again, Err(ProgrammeError::Taken { .. })), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_damaged_value_stops_nobody_and_is_counted() {
    for w in worlds().await {
        let s = setting(&w).await;
        fill(&w, &s, 5).await;
        let mut work = w.p.store.work(s.lucia.account).await.unwrap();
        let row = work.sql(
            "SELECT id, body FROM entry WHERE file = $1 AND kind = 'note' AND folder = 'social' ORDER BY id",
        );
        let row = row.bind(s.case).all().await.unwrap().remove(0);
        let mut body: Vec<u8> = row.get("body").unwrap();
        *body.last_mut().unwrap() ^= 1;
        let id: Uuid = row.get("id").unwrap();
        work.sql("UPDATE entry SET body = $1 WHERE id = $2").bind(body).bind(id).once().await.unwrap();
        work.record("test.damage", "case", s.case, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let id = asks(&w, &s).await.unwrap();
        approves(&w, &s, id).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let l = leak::all(&w.p, &mut tx, &s.sara).await.unwrap().remove(0);
        assert_eq!(l.done.unwrap().2, 1, "{}", w.engine);
        let grant = w.p.may_case(&mut tx, &s.lucia, Act::READ_SOCIAL, s.case).await.unwrap();
        let left = notes::list(&w.p, &mut tx, &s.lucia, &grant, s.case, Folder::Social).await.unwrap();
        assert!(!left.is_empty(), "{}: the others open", w.engine);
    }
}
