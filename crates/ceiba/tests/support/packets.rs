//! A packet for an institution, with a question: sealed with two halves, and in the case.

use ceiba_programme::cases::consent::{self, Consent, New as Word};
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::partners::answers::{self, Said};
use ceiba_programme::partners::door::{self, Tried};
use ceiba_programme::partners::packets::{self, Handed, New};
use uuid::Uuid;

use super::house::House;

/// She allows it, it is handed over, opened, and asked about.
pub async fn hand(house: &House, word: &dyn Fn(&str) -> String) -> anyhow::Result<Handed> {
    let (p, who, case) = (&house.p, &house.social, house.cases[0]);
    let mut work = p.store.work(who.account).await?;
    let to: Uuid = work.chance().id();
    work.sql(
        "INSERT INTO institution (id, code, kind, name, municipality, phone, hours, services, languages)
         VALUES ($1, 'escuela', 'school', 'Escuela inventada', 'GT0108', '', '', '', '')",
    )
    .bind(to)
    .once()
    .await?;
    let consent = Consent {
        data: vec!["contact".into()],
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: word("basis"),
    };
    let (purpose, until) = ("share_named_partner", "2999-12-31");
    let new = Word { purpose, recipient: Some(to), until, given: true, consent };
    consent::record(p, &mut work, who, case, &new).await?;
    let referral = Referral { need: word("need"), ..Referral::default() };
    let id = referrals::send(p, &mut work, who, case, (to, "legal_advice", Way::Packet), &referral).await?;
    let fields = ["chosen_name".to_owned()];
    let handed = packets::hand_over(p, &mut work, who, (case, id), New { fields: &fields, days: 14 }).await?;
    work.commit().await?;
    let Tried::Open(opened) = door::open(p, &handed.link, &handed.code).await? else {
        anyhow::bail!("the packet does not open")
    };
    let mut work = p.store.work(Uuid::nil()).await?;
    let said = Said { words: word("question"), on_day: String::new() };
    answers::say(p, &mut work, &opened.packet, ("question", &said), to).await?;
    work.commit().await?;
    Ok(handed)
}
