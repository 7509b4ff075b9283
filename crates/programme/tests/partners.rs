//! Packets: an institution without an account opens, asks, answers; what is expired, withdrawn, guessed or replayed opens
//! nothing; no field leaves without a live grant.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::entries;
use ceiba_programme::partners::answers::{self, Said};
use ceiba_programme::partners::directory;
use ceiba_programme::partners::door::{self, Opened, TRIES, Tried};
use ceiba_programme::partners::packets::{self, Handed, New};
use ceiba_programme::partners::{disclosed, fhir, fields, recall};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, jobs, notices, work};
use ceiba_store::{DAY, MINUTE};
use uuid::Uuid;

async fn institution(w: &World, kind: &str) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    directory::list(&mut tx).await.unwrap().iter().find(|i| i.kind == kind).unwrap().id
}

/// She allows an institution these kinds of data until a day; gives the consent.
async fn allows(w: &World, who: &Caller, case: Uuid, to: Uuid, data: &[&str]) -> Uuid {
    let consent = Consent {
        data: data.iter().map(|d| (*d).to_owned()).collect(),
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: String::new(),
    };
    let (purpose, until) = ("share_named_partner", "2026-12-01");
    let new = consent::New { purpose, recipient: Some(to), until, given: true, consent };
    work!(w, who, |work| consent::record(&w.p, &mut work, who, case, &new).await).unwrap()
}

fn list(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|f| (*f).to_owned()).collect()
}

/// Sends a referral with a packet.
async fn hands(
    w: &World,
    who: &Caller,
    case: Uuid,
    to: Uuid,
    fields: &[&str],
) -> Result<(Uuid, Handed), ProgrammeError> {
    let fields = list(fields);
    work!(w, who, |work| async {
        let referral = Referral { need: "Una consulta".into(), ..Referral::default() };
        let id =
            referrals::send(&w.p, &mut work, who, case, (to, "legal_advice", Way::Packet), &referral).await?;
        let new = New { fields: &fields, days: 14 };
        packets::hand_over(&w.p, &mut work, who, (case, id), new).await.map(|h| (id, h))
    }
    .await)
}

async fn opened(w: &World, h: &Handed) -> Opened {
    match door::open(&w.p, &h.link, &h.code).await.unwrap() {
        Tried::Open(opened) => *opened,
        other => panic!("{other:?} ({})", w.engine),
    }
}

async fn says(w: &World, o: &Opened, kind: &str, words: &str, once: u128) -> Result<bool, ProgrammeError> {
    w.place.clock.move_by(MINUTE);
    let said = Said { words: words.into(), on_day: String::new() };
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let done = answers::say(&w.p, &mut work, &o.packet, (kind, &said), Uuid::from_u128(once)).await?;
    if done {
        work.commit().await.unwrap();
    }
    Ok(done)
}

async fn state(w: &World, case: Uuid, referral: Uuid) -> String {
    let mut tx = w.p.store.db.read().await.unwrap();
    entries::head(&mut tx, case, referral).await.unwrap().state
}

#[tokio::test]
async fn an_institution_without_an_account_opens_asks_and_answers() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact", "needs"]).await;
        let (id, h) = hands(&w, &lucia, case, school, &["chosen_name", "age"]).await.unwrap();
        assert_eq!(state(&w, case, id).await, "requested");

        let o = opened(&w, &h).await;
        let shown: Vec<&str> = o.sheet.lines.iter().map(|l| l.field.as_str()).collect();
        assert_eq!(
            (shown, o.sheet.need.as_str()),
            (vec!["chosen_name", "age"], "Una consulta"),
            "{}",
            w.engine
        );
        assert_eq!(state(&w, case, id).await, "received");

        assert!(says(&w, &o, "question", "¿Cuál es su horario?", 1).await.unwrap());
        assert!(matches!(says(&w, &o, "question", "¿Y otra?", 2).await, Err(ProgrammeError::State(_))));
        w.place.clock.move_by(MINUTE);
        work!(w, lucia, |work| answers::reply(&w.p, &mut work, &lucia, (case, h.id), "De 8 a 12").await)
            .unwrap();

        // A service before an acceptance does not follow; a refusal wants its reason.
        assert!(matches!(says(&w, &o, "completed", "Inscrita", 3).await, Err(ProgrammeError::State(_))));
        assert!(matches!(says(&w, &o, "rejected", "", 4).await, Err(ProgrammeError::Invalid(_))));
        assert!(says(&w, &o, "accepted", "", 5).await.unwrap());
        // The same form sent twice is kept once.
        assert!(!says(&w, &o, "accepted", "", 5).await.unwrap());
        assert!(says(&w, &o, "completed", "Inscrita en el taller", 6).await.unwrap());
        assert_eq!(state(&w, case, id).await, "completed");

        // Ended: the link opens nothing, and a replay of what was sent before changes nothing.
        assert!(matches!(door::open(&w.p, &h.link, &h.code).await.unwrap(), Tried::Closed));
        assert!(matches!(says(&w, &o, "failed", "No", 7).await, Err(ProgrammeError::State(_))));

        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, case).await.unwrap();
        let words = answers::words_of(&w.p, &mut tx, &lucia, &grant, &o.packet).await.unwrap();
        let kinds: Vec<&str> = words.iter().map(|x| x.kind.as_str()).collect();
        assert_eq!(kinds, ["question", "answer", "accepted", "completed"], "{}", w.engine);
        let rows = tx
            .sql("SELECT outcome FROM fact WHERE kind = 'referral.answered' ORDER BY at, outcome")
            .all()
            .await
            .unwrap();
        let mut outcomes: Vec<String> = rows.iter().map(|r| r.get("outcome").unwrap()).collect();
        outcomes.sort();
        assert_eq!(outcomes, ["accepted", "completed", "in-progress", "received"], "{}", w.engine);
        let told = notices::list(&mut tx, &lucia).await.unwrap();
        assert_eq!(told.iter().filter(|n| n.kind == "packet").count(), 3, "{}", w.engine);
    }
}

#[tokio::test]
async fn five_wrong_codes_close_it_and_tell_the_sender() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact"]).await;
        let (_, h) = hands(&w, &lucia, case, school, &["chosen_name"]).await.unwrap();
        for left in (1..TRIES).rev() {
            let tried = door::open(&w.p, &h.link, "R-222222222").await.unwrap();
            assert!(matches!(tried, Tried::Wrong(n) if n == left), "{tried:?} ({})", w.engine);
        }
        // The right one in between would have counted from the start again; the fifth wrong one ends it.
        assert!(matches!(door::open(&w.p, &h.link, "no").await.unwrap(), Tried::Closed));
        assert!(matches!(door::open(&w.p, &h.link, &h.code).await.unwrap(), Tried::Closed), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let told = notices::list(&mut tx, &lucia).await.unwrap();
        assert!(told.iter().any(|n| n.kind == "packet-guessed" && n.case.is_some()), "{}", w.engine);
        // Nothing is left that anybody could be asked for.
        let row =
            tx.sql("SELECT key_lock, body, why FROM packet WHERE id = $1").bind(h.id).one().await.unwrap();
        assert_eq!(row.get::<Option<Vec<u8>>>("key_lock").unwrap(), None);
        assert_eq!(row.get::<Option<Vec<u8>>>("body").unwrap(), None);
        assert_eq!(row.get::<String>("why").unwrap(), "guessed");
    }
}

#[tokio::test]
async fn many_tries_at_once_are_not_more_than_five() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact"]).await;
        let (_, h) = hands(&w, &lucia, case, school, &["chosen_name"]).await.unwrap();
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (p, link) = (w.p.clone(), h.link.clone());
            tries.spawn(async move { door::open(&p, &link, "R-222222222").await.unwrap() });
        }
        let wrong = tries.join_all().await.iter().filter(|t| matches!(t, Tried::Wrong(_))).count();
        assert!(wrong < usize::try_from(TRIES).unwrap(), "{wrong} ({})", w.engine);
        assert!(matches!(door::open(&w.p, &h.link, &h.code).await.unwrap(), Tried::Closed), "{}", w.engine);
    }
}

#[tokio::test]
async fn withdrawn_consent_closes_it_at_once_and_drafts_the_letter() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        let clinic = institution(&w, "health").await;
        let given = allows(&w, &lucia, case, school, &["contact"]).await;
        allows(&w, &lucia, case, clinic, &["contact"]).await;
        let (id, h) = hands(&w, &lucia, case, school, &["chosen_name"]).await.unwrap();
        let (_, other) = hands(&w, &lucia, case, clinic, &["chosen_name"]).await.unwrap();
        let o = opened(&w, &h).await;
        let sitting = door::sitting(&w.p, &o);
        assert!(door::again(&w.p, &h.link, &sitting).await.unwrap().is_some());
        // A sitting at one packet opens no other one.
        assert!(door::again(&w.p, &other.link, &sitting).await.unwrap().is_none(), "{}", w.engine);

        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, given).await).unwrap();
        assert!(door::again(&w.p, &h.link, &sitting).await.unwrap().is_none(), "{}", w.engine);
        assert!(matches!(door::open(&w.p, &h.link, &h.code).await.unwrap(), Tried::Closed));
        assert!(matches!(says(&w, &o, "accepted", "", 1).await, Err(ProgrammeError::State(_))));
        assert_eq!(state(&w, case, id).await, "cancelled");
        // The other institution's stays as it was.
        opened(&w, &other).await;

        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, case).await.unwrap();
        let letters = recall::list(&w.p, &mut tx, &lucia, &grant, case).await.unwrap();
        drop(tx);
        assert_eq!((letters.len(), letters[0].head.other), (1, Some(school)), "{}", w.engine);
        work!(w, lucia, |work| recall::sent(&w.p, &mut work, &lucia, (case, letters[0].head.id)).await)
            .unwrap();
    }
}

#[tokio::test]
async fn a_narrower_permission_closes_what_holds_more() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact", "needs"]).await;
        let (_, wide) = hands(&w, &lucia, case, school, &["chosen_name", "age"]).await.unwrap();
        let (id, narrow) = hands(&w, &lucia, case, school, &["age"]).await.unwrap();
        allows(&w, &lucia, case, school, &["needs"]).await;
        assert!(
            matches!(door::open(&w.p, &wide.link, &wide.code).await.unwrap(), Tried::Closed),
            "{}",
            w.engine
        );
        opened(&w, &narrow).await;
        assert_eq!(state(&w, case, id).await, "received");
    }
}

#[tokio::test]
async fn it_ends_by_itself_and_never_after_her_permission() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact"]).await;
        let (_, h) = hands(&w, &lucia, case, school, &["chosen_name"]).await.unwrap();
        w.place.clock.move_by(14 * DAY + 1);
        // Also before the worker comes round.
        assert!(matches!(door::open(&w.p, &h.link, &h.code).await.unwrap(), Tried::Closed), "{}", w.engine);
        jobs::work_off(&w.p).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx.sql("SELECT why, body FROM packet WHERE id = $1").bind(h.id).one().await.unwrap();
        assert_eq!(row.get::<String>("why").unwrap(), "expired", "{}", w.engine);
        assert_eq!(row.get::<Option<Vec<u8>>>("body").unwrap(), None);
        assert!(notices::list(&mut tx, &lucia).await.unwrap().iter().any(|n| n.kind == "packet-unread"));
    }
}

/// No path gives out a field without a live grant: every field against every set of kinds that she may allow.
#[tokio::test]
async fn no_field_leaves_without_a_live_grant() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        let all: Vec<&str> = fields::FIELDS.iter().map(|f| f.code).collect();
        let none = hands(&w, &lucia, case, school, &all).await;
        assert!(matches!(none, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
        let mut sent = 0;
        for set in 1..(1_u32 << consent::DATA.len()) {
            let kinds: Vec<&str> = consent::DATA
                .iter()
                .enumerate()
                .filter(|(n, _)| set & (1 << n) != 0)
                .map(|(_, d)| *d)
                .collect();
            allows(&w, &lucia, case, school, &kinds).await;
            for field in &fields::FIELDS {
                // A social worker's own rights: all of it but health.
                let may = kinds.contains(&field.data) && field.act != Act::READ_HEALTH;
                // The whole product on the quick engine; on the other one, each field and each single kind.
                if w.engine != "sqlite" && set.count_ones() > 1 {
                    continue;
                }
                let went = hands(&w, &lucia, case, school, &[field.code]).await;
                sent += usize::from(went.is_ok());
                assert_eq!(went.is_ok(), may, "{} with {kinds:?} ({})", field.code, w.engine);
            }
        }
        // What she can be shown has a line for each, with its grants.
        let mut tx = w.p.store.db.read().await.unwrap();
        let shown = disclosed::list(&w.p, &mut tx, &lucia, case).await.unwrap();
        assert!(
            sent > 10 && shown.len() == sent && shown.iter().all(|d| !d.grants.is_empty()),
            "{}",
            w.engine
        );
    }
}

/// R2 to R4: the file of a referral holds what her word covers today, is on the list of what went, and is refused without a word.
#[tokio::test]
async fn a_file_for_another_program_goes_by_the_same_rules() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = institution(&w, "school").await;
        allows(&w, &lucia, case, school, &["contact", "needs"]).await;
        let (id, _) = hands(&w, &lucia, case, school, &["language", "sex"]).await.unwrap();
        let file =
            || async { work!(w, lucia, |work| fhir::bundle(&w.p, &mut work, &lucia, (case, id)).await) };
        let her = |b: &serde_json::Value| {
            let all = b["entry"].as_array().unwrap();
            all.iter().find(|e| e["resource"]["resourceType"] == "Patient").unwrap()["resource"].clone()
        };
        let task = |b: &serde_json::Value| {
            let all = b["entry"].as_array().unwrap();
            all.iter().find(|e| e["resource"]["resourceType"] == "Task").unwrap()["resource"].clone()
        };
        let first = file().await.unwrap();
        // Her word covers her name too; it was not in the packet, so it is not in the file.
        assert!(her(&first).get("name").is_none() && !first.to_string().contains("Luz"));
        assert!(her(&first).get("gender").is_some() && her(&first).get("communication").is_some());
        assert_eq!(task(&first)["status"], state(&w, case, id).await);
        // Two receivers that put their files side by side find no number in both.
        let mut tx = w.p.store.db.read().await.unwrap();
        let known = ceiba_programme::cases::lookup(&mut tx, case).await.unwrap();
        drop(tx);
        for number in [known.code, known.person.to_string(), case.to_string()] {
            assert!(!first.to_string().contains(&number), "{number}");
        }
        assert_eq!(her(&first)["id"], her(&file().await.unwrap())["id"], "it is the same each time");
        assert!(first.to_string().contains(r#""end":"2026-12-01""#), "{first}");

        let mut tx = w.p.store.db.read().await.unwrap();
        let went = disclosed::list(&w.p, &mut tx, &lucia, case).await.unwrap();
        drop(tx);
        let went = went.iter().find(|d| d.how == "fhir").unwrap();
        assert_eq!((went.institution, went.grants.len()), (school, 1));
        assert_eq!(went.fields, ["language", "sex"]);

        // She narrows it: what she took back is in no later file.
        let given = allows(&w, &lucia, case, school, &["contact"]).await;
        let second = file().await.unwrap();
        assert!(her(&second).get("gender").is_none() && her(&second).get("communication").is_some());

        // A colleague without the right, and a withdrawn word, get nothing.
        let other = w.person("irma", "health", Some("K1")).await;
        let refused = work!(w, other, |work| fhir::bundle(&w.p, &mut work, &other, (case, id)).await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))));
        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, given).await).unwrap();
        assert!(matches!(file().await, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
    }
}
