//! One referral as a FHIR bundle, for an institution whose own program reads that. It goes by the same rules as a packet: the gate
//! asks for a live grant, each field wants the kind of data that her consent names and the sender's own right, and what went is on
//! the list that she can be shown.

use ceiba_access::{Act, Caller};
use ceiba_exchange::fhir::{self, Party, Person, Referral as Out};
use ceiba_store::{Micros, Work};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::disclosed::{self, What};
use super::fields::{self, Line, Value};
use super::{directory, packets};
use crate::cases::consent::{self, Consent};
use crate::cases::referrals::Referral;
use crate::cases::{self};
use crate::entries::{self, Entry};
use crate::{Outcome, Programme, dates};

/// Fields that FHIR has a place for. How she may be reached has none here: a number without its hours is not safe.
const FIELDS: [&str; 9] =
    ["chosen_name", "language", "sex", "goals", "allergies", "given", "surnames", "birth", "document"];

/// The bundle of a referral. What went is noted in the same unit of work; the caller commits.
///
/// # Errors
/// The gate's refusal, also when no grant of hers covers this institution now.
pub async fn bundle(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
) -> Outcome<serde_json::Value> {
    let now = work.at();
    let read = p.may_case(work.tx(), caller, Act::CASE_READ, case).await?;
    let referral: Entry<Referral> = entries::get(p, work.tx(), caller, &read, case, id).await?;
    let institution = referral.head.other.unwrap_or_default();
    let situation = consent::situation(work.tx(), caller, case, institution, now).await?;
    p.may_on(caller, Act::SHARE, case, &situation)?;
    let to = directory::find(work.tx(), institution).await?.ok_or(ceiba_access::Refusal::Absent)?;

    let chosen = chosen(p, work, caller, (case, &referral), institution).await?;
    let lines = fields::gather(p, work, caller, case, &chosen).await?;
    let gone: Vec<String> = lines.iter().map(|l| l.field.clone()).collect();
    let grants = consent::live_for(p, work.tx(), caller, &read, (case, institution), now).await?;
    disclosed::note(work, caller, case, What { how: "fhir", institution, fields: &gone, thing: id }, &grants)
        .await?;
    work.record("referral.fhir", "case", case, [0; 32]).await?;

    let file = cases::lookup(work.tx(), case).await?;
    let service = referral.head.code.clone().unwrap_or_default();
    let tenant = work.sql("SELECT id FROM installation").one().await?.get("id")?;
    let out = Out {
        id,
        status: referral.head.state.clone(),
        service_name: p.pack.lists.name("service_types", &service, "es").unwrap_or(&service).to_owned(),
        service,
        sent: stamp(p, referral.head.created_at),
        changed: stamp(p, referral.head.changed_at),
        from: Party { id: tenant, name: p.pack.name.clone() },
        to: Party { id: institution, name: to.name.clone() },
        consents: grants.iter().map(|g| said(p, g)).collect(),
        person: person(between(id, file.person), &lines),
    };
    Ok(fhir::bundle(&out, &stamp(p, now)))
}

/// Which fields go: those of the packet that went with it, or, told by voice, those of the kinds it named; and of these what her word
/// covers today and the sender may open.
async fn chosen(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, referral): (Uuid, &Entry<Referral>),
    institution: Uuid,
) -> Outcome<Vec<String>> {
    let packets = packets::of_case(work.tx(), case).await?;
    let sent = match packets.iter().find(|k| k.referral == referral.head.id) {
        Some(packet) => Some(disclosed::of_thing(work.tx(), packet.id).await?),
        None => None,
    };
    let went = |f: &fields::Field| match &sent {
        Some(sent) => sent.iter().any(|s| s == f.code),
        None => referral.body.data.iter().any(|d| d == f.data),
    };
    let offered = fields::offered(p, work, caller, (case, institution)).await?;
    let goes = |(f, off): &(&'static fields::Field, Option<fields::Off>)| {
        off.is_none() && went(f) && FIELDS.contains(&f.code)
    };
    Ok(offered.iter().filter(|one| goes(one)).map(|(f, _)| f.code.to_owned()).collect())
}

fn stamp(p: &Programme, at: Micros) -> String {
    let at = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    at.to_zoned_datetime(p.pack.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn said(p: &Programme, c: &Entry<Consent>) -> fhir::Consent {
    let day = |at: Micros| dates::day(at, &p.pack.zone);
    // A consent ends with the start of the day after its last one.
    let until = c.head.due_at.map(|at| day(at - 1).to_string()).unwrap_or_default();
    fhir::Consent { id: c.head.id, from: day(c.head.created_at).to_string(), until }
}

/// What she is called towards this receiver: the same each time, and nothing that another receiver could compare.
fn between(referral: Uuid, person: Uuid) -> Uuid {
    let hash: [u8; 32] = Sha256::new().chain_update(referral).chain_update(person).finalize().into();
    uuid::Builder::from_random_bytes(std::array::from_fn(|n| hash[n])).into_uuid()
}

fn person(id: Uuid, lines: &[Line]) -> Person {
    let known_as = id.simple().to_string().chars().take(8).collect();
    let mut her = Person { id, known_as, ..Person::default() };
    for line in lines {
        match (line.field.as_str(), &line.value) {
            ("chosen_name", Value::Text { text }) => her.chosen = Some(text.clone()),
            ("given", Value::Text { text }) => her.given = Some(text.clone()),
            ("surnames", Value::Text { text }) => her.surnames = Some(text.clone()),
            ("document", Value::Text { text }) => her.document = Some(text.clone()),
            ("goals", Value::Text { text }) => her.goals = vec![text.clone()],
            ("allergies", Value::Text { text }) => her.allergies = vec![text.clone()],
            ("birth", Value::Day { day }) => her.birth = Some(day.clone()),
            ("language", Value::Code { code, .. }) => her.language = Some(tag(code).to_owned()),
            ("sex", Value::Code { code, .. }) => her.gender = Some(gender(code).to_owned()),
            _ => {}
        }
    }
    her
}

/// BCP 47 takes two letters where there are two.
fn tag(code: &str) -> &str {
    match code {
        "spa" => "es",
        "eng" => "en",
        other => other,
    }
}

fn gender(code: &str) -> &'static str {
    match code {
        "Feminine" | "TransgenderFeminine" => "female",
        "Masculine" | "TransgenderMasculine" => "male",
        "" => "unknown",
        _ => "other",
    }
}
