//! One referral as a FHIR R4 bundle.
//!
//! Source: HL7 FHIR R4 (4.0.1). The bundle is a `collection`: a task with the states of a referral, what is asked for, to whom, under
//! which consent, and of her what the caller hands in. What is not handed in makes no element: there is no resource for a finding, a
//! diagnosis or an observation at all.

use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A referral, as far as it goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referral {
    /// Its id.
    pub id: Uuid,
    /// Its state: a code of `Task.status`.
    pub status: String,
    /// What is asked for: a code of the list of services.
    pub service: String,
    /// The service in words.
    pub service_name: String,
    /// When it was sent, RFC 3339.
    pub sent: String,
    /// When it changed last, RFC 3339.
    pub changed: String,
    /// Who sends.
    pub from: Party,
    /// To whom.
    pub to: Party,
    /// Consents it rests on.
    pub consents: Vec<Consent>,
    /// Of her.
    pub person: Person,
}

/// A side of a referral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A «yes» of hers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: Uuid,
    /// Since when, ISO day.
    pub from: String,
    /// Its last day, ISO.
    pub until: String,
}

/// What may be said of her; each part only when she allowed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Her id in this bundle.
    pub id: Uuid,
    /// What sender and receiver call her between them: no number of hers elsewhere.
    pub known_as: String,
    /// How she is called.
    pub chosen: Option<String>,
    /// Her given names.
    pub given: Option<String>,
    /// Her surnames.
    pub surnames: Option<String>,
    /// Her day of birth, ISO.
    pub birth: Option<String>,
    /// A number of a paper of hers.
    pub document: Option<String>,
    /// `female`, `male`, `other` or `unknown`.
    pub gender: Option<String>,
    /// Her language, BCP 47.
    pub language: Option<String>,
    /// What she wants to reach.
    pub goals: Vec<String>,
    /// What she must not be given.
    pub allergies: Vec<String>,
}

/// Every state of a task in R4.
pub const STATUS: [&str; 12] = [
    "draft",
    "requested",
    "received",
    "accepted",
    "rejected",
    "ready",
    "cancelled",
    "in-progress",
    "on-hold",
    "failed",
    "completed",
    "entered-in-error",
];

fn urn(id: Uuid) -> String {
    format!("urn:uuid:{id}")
}

fn to(id: Uuid) -> Value {
    json!({ "reference": urn(id) })
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// The state of what was asked for, which has fewer than the task.
fn request(status: &str) -> &'static str {
    match status {
        "draft" => "draft",
        "on-hold" => "on-hold",
        "completed" => "completed",
        "rejected" | "failed" | "cancelled" => "revoked",
        _ => "active",
    }
}

/// The bundle. `now` is when it is made, RFC 3339.
#[must_use]
pub fn bundle(r: &Referral, now: &str) -> Value {
    let mut entries = Vec::new();
    let mut put =
        |id: Uuid, resource: Value| entries.push(json!({ "fullUrl": urn(id), "resource": resource }));
    let derived = |n: u128| Uuid::from_u128(r.id.as_u128() ^ (n << 8));
    let (her, asked, done) = (r.person.id, derived(1), derived(2));
    put(her, patient(&r.person));
    for party in [&r.from, &r.to] {
        put(party.id, json!({ "resourceType": "Organization", "active": true, "name": party.name }));
    }
    for c in &r.consents {
        put(c.id, consent(c, r));
    }
    for (n, text) in (100..).zip(&r.person.goals) {
        put(
            derived(n),
            json!({ "resourceType": "Goal", "lifecycleStatus": "active", "description": { "text": text }, "subject": to(her) }),
        );
    }
    for (n, text) in (1000..).zip(&r.person.allergies) {
        put(
            derived(n),
            json!({ "resourceType": "AllergyIntolerance", "patient": to(her), "code": { "text": text } }),
        );
    }
    let mut service = coded("https://ceiba.invalid/fhir/service-types", &r.service);
    service["text"] = json!(r.service_name);
    put(
        asked,
        json!({
            "resourceType": "ServiceRequest", "status": request(&r.status), "intent": "order", "code": service, "subject": to(her),
            "authoredOn": r.sent, "requester": to(r.from.id), "performer": [to(r.to.id)],
            "supportingInfo": r.consents.iter().map(|c| to(c.id)).collect::<Vec<_>>(),
        }),
    );
    let mut task = json!({
        "resourceType": "Task", "status": r.status, "intent": "order",
        "code": coded("http://hl7.org/fhir/CodeSystem/task-code", "fulfill"), "focus": to(asked), "for": to(her),
        "authoredOn": r.sent, "lastModified": r.changed, "requester": to(r.from.id), "owner": to(r.to.id),
    });
    if r.status == "completed" {
        task["output"] = json!([{ "type": { "text": "resulting-activity" }, "valueReference": to(done) }]);
        put(
            done,
            json!({
                "resourceType": "Procedure", "status": "completed", "code": { "text": r.service_name }, "subject": to(her),
                "performedDateTime": r.changed.get(..10).unwrap_or_default(),
            }),
        );
    }
    put(r.id, task);
    json!({ "resourceType": "Bundle", "type": "collection", "timestamp": now, "entry": entries })
}

fn patient(p: &Person) -> Value {
    let mut it = Map::new();
    let mut put = |key: &str, value: Value| it.insert(key.to_owned(), value);
    put("resourceType", json!("Patient"));
    put(
        "meta",
        json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "V" }] }),
    );
    let mut identifiers =
        vec![json!({ "system": "https://ceiba.invalid/fhir/known-as", "value": p.known_as })];
    identifiers.extend(p.document.as_ref().map(|d| json!({ "use": "official", "value": d })));
    put("identifier", json!(identifiers));
    let mut names = Vec::new();
    if p.given.is_some() || p.surnames.is_some() {
        let mut official = json!({ "use": "official" });
        if let Some(given) = &p.given {
            official["given"] = json!(given.split_whitespace().collect::<Vec<_>>());
        }
        if let Some(surnames) = &p.surnames {
            official["family"] = json!(surnames);
        }
        names.push(official);
    }
    names.extend(p.chosen.as_ref().map(|n| json!({ "use": "usual", "text": n })));
    if !names.is_empty() {
        put("name", json!(names));
    }
    if let Some(gender) = &p.gender {
        put("gender", json!(gender));
    }
    if let Some(birth) = &p.birth {
        put("birthDate", json!(birth));
    }
    if let Some(language) = &p.language {
        put("communication", json!([{ "language": coded("urn:ietf:bcp:47", language), "preferred": true }]));
    }
    Value::Object(it)
}

fn consent(c: &Consent, r: &Referral) -> Value {
    let mut period = json!({ "start": c.from });
    if !c.until.is_empty() {
        period["end"] = json!(c.until);
    }
    let receiver = coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PRCP");
    json!({
        "resourceType": "Consent", "status": "active",
        "scope": coded("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        "category": [coded("http://loinc.org", "59284-0")],
        "patient": to(r.person.id), "dateTime": c.from, "organization": [to(r.from.id)],
        "policyRule": coded("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN"),
        "provision": { "type": "permit", "period": period, "actor": [{ "role": receiver, "reference": to(r.to.id) }] },
    })
}
