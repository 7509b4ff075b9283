//! Reading every sealed value the way the programme does.

use std::collections::BTreeSet;
use std::fmt::Debug;

use ceiba_access::{Act, Folder, Situation};
use ceiba_programme::accounts::second;
use ceiba_programme::accounts::sign_in::{self, Try};
use ceiba_programme::alerts::{self, receipt};
use ceiba_programme::cases::consent::Consent;
use ceiba_programme::cases::emergency;
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::cases::notes::Note;
use ceiba_programme::cases::referrals::Referral;
use ceiba_programme::cases::safety::Evaluation;
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::contact::rules::Rule;
use ceiba_programme::contact::staff;
use ceiba_programme::entries::{self, Kind};
use ceiba_programme::network;
use ceiba_programme::partners::answers;
use ceiba_programme::partners::door::{self, Tried};
use ceiba_programme::partners::packets::{self, Handed};
use ceiba_programme::route::signing;
use ceiba_programme::{Programme, accounts, cases, people, setup, training};
use ceiba_store::Tx;
use ceiba_vault::{RecoveryCode, SlotAddress, unwrap_slot_with};
use uuid::Uuid;

use super::filling::Filled;
use super::house::{self, House};

/// What came of reading everything.
#[derive(Debug, Default)]
pub struct Read {
    /// Values that somebody was told are damaged, by table.
    pub complaints: Vec<(&'static str, String)>,
    /// What was shown.
    pub shown: BTreeSet<String>,
}

impl Read {
    fn note<T: Debug, E: Debug>(&mut self, table: &'static str, answer: Result<T, E>) {
        match answer {
            Ok(value) => drop(self.shown.insert(format!("{value:?}"))),
            Err(e) => self.complaints.push((table, format!("{e:?}"))),
        }
    }
}

/// Reads every sealed value with the functions that pages use.
pub async fn everything(house: &House, filled: &Filled) -> anyhow::Result<Read> {
    let p = &house.p;
    let mut read = Read::default();
    let mut tx = p.store.db.read().await?;
    for username in ["lucia", "elena", "carmen", "rosa", "diego"] {
        read.note("account", house::sign_in(p, username).await.map(|c| c.account));
    }
    beside_the_files(house, &filled.second, &mut read).await?;
    // A damaged name of a colleague is set aside: pages show a dash for it.
    for account in accounts::list(p, &mut tx).await? {
        read.note("account", account.who.ok_or("a dash instead of a name"));
    }
    let rows = tx.sql("SELECT id, file, kind, folder FROM entry ORDER BY id").all().await?;
    for row in rows {
        let (id, file): (Uuid, Uuid) = (row.get("id")?, row.get("file")?);
        let at = (id, file, row.get::<String>("folder")? == Folder::Social.code());
        match row.get::<String>("kind")?.as_str() {
            Note::KIND => one::<Note>(house, &mut tx, at, &mut read).await?,
            Task::KIND => one::<Task>(house, &mut tx, at, &mut read).await?,
            Rule::KIND => one::<Rule>(house, &mut tx, at, &mut read).await?,
            Evaluation::KIND => one::<Evaluation>(house, &mut tx, at, &mut read).await?,
            Consent::KIND => one::<Consent>(house, &mut tx, at, &mut read).await?,
            Referral::KIND => one::<Referral>(house, &mut tx, at, &mut read).await?,
            _ => {
                one::<Attached>(house, &mut tx, at, &mut read).await?;
                let grant = p.may_case(&mut tx, &house.social, Act::READ_SOCIAL, file).await?;
                read.note("attachment", files::content(p, &mut tx, &house.social, &grant, file, id).await);
            }
        }
    }
    drop(tx);
    trained(house, &mut read).await?;
    packet(house, &filled.handed, &mut read).await?;
    identities(house, &mut read).await?;
    quorum(p, &mut read).await?;
    Ok(read)
}

/// An alert and its messages, the second step, the draft, and why a file was opened in an emergency.
async fn beside_the_files(house: &House, second: &str, read: &mut Read) -> anyhow::Result<()> {
    let (p, who) = (&house.p, &house.social);
    let code = second::code_at(second, p.store.clock.now())?;
    let tried = sign_in::sign_in(p, "elena", house::PASSWORD, &code).await;
    read.note("account", tried.map(|t| matches!(t, Try::In(_))));
    let carmen = house::sign_in(p, "carmen").await;
    let mut tx = p.store.db.read().await?;
    let runs =
        ceiba_access::Caller { role: "mel".to_owned(), purpose: ceiba_access::Purpose::Audit, ..who.clone() };
    for row in tx.sql("SELECT id FROM network_partner ORDER BY id").all().await? {
        let (partner, grant) = network::one(p, &mut tx, &runs, Act::NETWORK_READ, row.get("id")?).await?;
        read.note("network_partner", network::who(p, &mut tx, &runs, &grant, &partner).await);
    }
    for row in tx.sql("SELECT id FROM alert ORDER BY id").all().await? {
        let id: Uuid = row.get("id")?;
        let grant = p.may_on(who, Act::ALERT_LIST, id, &Situation::default())?;
        let body = alerts::body(p, &mut tx, who, &grant, id).await;
        read.note("alert", body.map(|b| (b.words, b.contact)));
        let said = receipt::messages(p, &mut tx, who, &grant, id).await;
        read.note("alert_message", said.map(|all| all.into_iter().map(|m| m.text).collect::<Vec<_>>()));
    }
    for row in tx.sql("SELECT id, body FROM draft").all().await? {
        let id: Uuid = row.get("id")?;
        let opened = p.office_key().open_small("draft", id.as_bytes(), &row.get::<Vec<u8>>("body")?);
        read.note("draft", opened);
    }
    let channels = staff::of(p, &mut tx, who.account).await;
    read.note("account_channel", channels.map(|all| all.into_iter().map(|o| o.address).collect::<Vec<_>>()));
    let versions = signing::versions(p, &mut tx, &p.pack.route.sheets[0]).await;
    read.note(
        "route_version",
        versions.map(|all| all.into_iter().map(|v| v.signer.name).collect::<Vec<_>>()),
    );
    // Who cannot sign in reads nothing: that is told above.
    if let Ok(carmen) = carmen {
        let waiting = emergency::waiting(p, &mut tx, &carmen).await;
        read.note("break_glass", waiting.map(|all| all.into_iter().map(|u| u.reason).collect::<Vec<_>>()));
    }
    Ok(())
}

/// Who was trained, what somebody wrote behind the code of a session, and the photo of a sheet.
async fn trained(house: &House, read: &mut Read) -> anyhow::Result<()> {
    let p = &house.p;
    // Who cannot sign in reads nothing: that is told already.
    let Ok(diego) = house::sign_in(p, "diego").await else { return Ok(()) };
    let mut tx = p.store.db.read().await?;
    for row in tx.sql("SELECT id FROM trainee ORDER BY id").all().await? {
        let before = tx.damaged();
        let one = training::people::get(p, &mut tx, &diego, row.get("id")?).await;
        let aside = tx.damaged() > before;
        read.note(
            "trainee",
            if aside { Err("set aside".to_owned()) } else { one.map_err(|e| e.to_string()).map(|t| t.name) },
        );
    }
    for row in tx.sql("SELECT DISTINCT session FROM training_claim").all().await? {
        let before = tx.damaged();
        let all = training::door::claims(p, &mut tx, &diego, row.get("session")?).await;
        let names = all.map(|all| all.into_iter().map(|c| c.name).collect::<Vec<_>>());
        let aside = tx.damaged() > before;
        read.note(
            "training_claim",
            if aside { Err("set aside".to_owned()) } else { names.map_err(|e| e.to_string()) },
        );
    }
    for row in tx.sql("SELECT code FROM training_sheet").all().await? {
        let (sheet, _) = training::sheets::find(p, &mut tx, &diego, &row.get::<String>("code")?).await?;
        read.note("training_photo", training::photo::read(p, &mut tx, &diego, &sheet).await);
    }
    Ok(())
}

/// What an institution reads behind its link, and what the team reads of its words.
async fn packet(house: &House, handed: &Handed, read: &mut Read) -> anyhow::Result<()> {
    let (p, who) = (&house.p, &house.social);
    let opened = match door::open(p, &handed.link, &handed.code).await {
        Ok(Tried::Open(opened)) => Ok(opened.sheet),
        other => Err(format!("{other:?}")),
    };
    read.note("packet", opened);
    let mut tx = p.store.db.read().await?;
    for packet in packets::of_case(&mut tx, house.cases[0]).await? {
        let grant = p.may_case(&mut tx, who, Act::CASE_READ, packet.case).await?;
        let words = answers::words_of(p, &mut tx, who, &grant, &packet).await;
        read.note("packet_word", words.map(|all| all.into_iter().map(|w| w.said).collect::<Vec<_>>()));
    }
    Ok(())
}

async fn one<T: Kind + Debug>(
    house: &House,
    tx: &mut Tx,
    (id, file, social): (Uuid, Uuid, bool),
    read: &mut Read,
) -> anyhow::Result<()> {
    let (who, folder) =
        if social { (&house.social, Folder::Social) } else { (&house.therapist, Folder::Psychological) };
    let grant = house.p.may_case(tx, who, folder.read(), file).await?;
    let entry = entries::get::<T>(&house.p, tx, who, &grant, file, id).await;
    if let Ok(entry) = &entry {
        let former = entries::history::<T>(&house.p, tx, who, &grant, &entry.head).await;
        read.note("former", former.map(|all| all.into_iter().map(|f| f.body).collect::<Vec<_>>()));
    }
    read.note("entry", entry.map(|e| e.body));
    Ok(())
}

/// Each person of a case, as every day and on paper.
async fn identities(house: &House, read: &mut Read) -> anyhow::Result<()> {
    let p = &house.p;
    for case in &house.cases {
        // Not committed: reading here leaves the file as it is.
        let mut work = p.store.work(house.social.account).await?;
        let person = cases::lookup(work.tx(), *case).await?.person;
        let every_day = p.may_case(work.tx(), &house.social, Act::CASE_READ, *case).await?;
        let core = people::of(p, work.tx(), &house.social, &every_day, person).await;
        let opened = p.may_case(work.tx(), &house.social, Act::READ_IDENTITY, *case).await?;
        let paper = people::identity(p, &mut work, &house.social, &opened, person, "document").await;
        let before = people::history(p, work.tx(), &house.social, &every_day, person).await;
        read.note("former", before.map(|all| all.into_iter().map(|b| b.core).collect::<Vec<_>>()));
        read.note("person", core.map(|c| c.core));
        read.note("person", paper);
    }
    Ok(())
}

/// What two directors open: their copies of the quorum's key, and with it the slots of strongboxes.
async fn quorum(p: &Programme, read: &mut Read) -> anyhow::Result<()> {
    let codes = [1, 2, 3].map(|n| RecoveryCode::from_bytes([n; 16]));
    let mut tx = p.store.db.read().await?;
    let slots = tx.sql("SELECT * FROM key_slot WHERE recipient_kind = 'quorum'").all().await?;
    drop(tx);
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let mut tx = p.store.db.read().await?;
        let secret = setup::quorum_key(&mut tx, [&codes[one], &codes[other]]).await;
        if let Ok(secret) = &secret {
            let office = setup::deposited_office(&mut tx, secret).await;
            read.note("installation", office.map(|key| key.fingerprint()));
        }
        drop(tx);
        if let Ok(secret) = &secret {
            for row in &slots {
                let compartment: String = row.get("compartment")?;
                let at = SlotAddress {
                    tenant: house::TENANT,
                    subject: row.get("subject")?,
                    compartment: &compartment,
                    generation: u32::try_from(row.get::<i64>("generation")?)?,
                    recipient: row.get("recipient")?,
                };
                let key = unwrap_slot_with(secret, &at, &row.get::<Vec<u8>>("body")?);
                read.note("key_slot", key.map(|k| k.generation()));
            }
        }
        read.note("installation", secret.map(|s| s.public().to_bytes()));
    }
    Ok(())
}
