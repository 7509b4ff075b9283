//! Acceptance tests R2 and R4 of the standards, against what R4 requires of each resource that leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use ceiba_exchange::fhir::{self, Consent, Party, Person, Referral, bundle};
use serde_json::Value;
use uuid::Uuid;

const VECTOR: &str = include_str!("vectors/referral_bundle.json");

/// What FHIR R4 requires: elements that must be there, and where a code comes from a closed list, the list.
const REQUIRED: [(&str, &[&str], &[&str]); 8] = [
    ("Patient", &[], &[]),
    ("Organization", &["name"], &[]),
    (
        "Consent",
        &["status", "scope", "category", "policyRule"],
        &["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"],
    ),
    ("Goal", &["lifecycleStatus", "description", "subject"], &[]),
    ("AllergyIntolerance", &["patient"], &[]),
    (
        "ServiceRequest",
        &["status", "intent", "subject"],
        &["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"],
    ),
    ("Procedure", &["status", "subject"], &["completed"]),
    ("Task", &["status", "intent"], &fhir::STATUS),
];

fn referral(status: &str) -> Referral {
    let party = |n: u128, name: &str| Party { id: Uuid::from_u128(n), name: name.into() };
    Referral {
        id: Uuid::from_u128(7),
        status: status.into(),
        service: "legal_advice".into(),
        service_name: "Asesoría legal".into(),
        sent: "2026-11-20T11:00:00-06:00".into(),
        changed: "2026-11-21T09:00:00-06:00".into(),
        from: party(1, "Programa (inventado)"),
        to: party(2, "Escuela (inventada)"),
        consents: vec![Consent {
            id: Uuid::from_u128(3),
            from: "2026-11-20".into(),
            until: "2027-02-20".into(),
        }],
        person: Person { id: Uuid::from_u128(4), known_as: "AB-0001".into(), ..Person::default() },
    }
}

fn resources(b: &Value) -> Vec<Value> {
    b["entry"].as_array().unwrap().iter().map(|e| e["resource"].clone()).collect()
}

fn one(b: &Value, kind: &str) -> Value {
    resources(b).into_iter().find(|r| r["resourceType"] == kind).unwrap()
}

/// All references that stand anywhere in it.
fn references(v: &Value, found: &mut Vec<String>) {
    match v {
        Value::Object(o) => {
            found.extend(o.get("reference").and_then(Value::as_str).map(str::to_owned));
            o.values().for_each(|v| references(v, found));
        }
        Value::Array(a) => a.iter().for_each(|v| references(v, found)),
        _ => {}
    }
}

/// No element is empty: R4 allows neither an empty string nor an empty list or object.
fn nothing_empty(v: &Value) -> bool {
    match v {
        Value::Object(o) => !o.is_empty() && o.values().all(nothing_empty),
        Value::Array(a) => !a.is_empty() && a.iter().all(nothing_empty),
        Value::String(s) => !s.is_empty(),
        Value::Null => false,
        _ => true,
    }
}

#[test]
fn r2_every_state_gives_a_bundle_that_holds_together() {
    for status in fhir::STATUS {
        let mut r = referral(status);
        r.person.goals = vec!["Terminar la escuela".into()];
        r.person.allergies = vec!["penicilina".into(), "nueces".into()];
        let b = bundle(&r, "2026-11-23T12:00:00-06:00");
        assert_eq!((&b["resourceType"], &b["type"]), (&"Bundle".into(), &"collection".into()));
        assert!(nothing_empty(&b), "{b}");
        let urls: Vec<&str> =
            b["entry"].as_array().unwrap().iter().map(|e| e["fullUrl"].as_str().unwrap()).collect();
        assert_eq!(urls.iter().collect::<BTreeSet<_>>().len(), urls.len(), "two resources share an id");
        let mut found = Vec::new();
        references(&b, &mut found);
        assert!(found.iter().all(|r| urls.contains(&r.as_str())), "{found:?}");
        for resource in resources(&b) {
            let kind = resource["resourceType"].as_str().unwrap();
            let (_, must, states) = REQUIRED.iter().find(|(k, ..)| *k == kind).unwrap();
            assert!(must.iter().all(|m| resource.get(m).is_some()), "{kind}");
            assert!(states.is_empty() || states.contains(&resource["status"].as_str().unwrap()), "{kind}");
        }
        assert_eq!(one(&b, "Task")["status"], status);
        assert_eq!(resources(&b).iter().any(|r| r["resourceType"] == "Procedure"), status == "completed");
    }
}

#[test]
fn r2_a_completed_referral_points_to_a_procedure_and_says_until_when() {
    let ours = bundle(&referral("completed"), "2026-11-23T12:00:00-06:00");
    let theirs: Value = serde_json::from_str(VECTOR).unwrap();
    let b = &ours;
    let output = one(b, "Task")["output"][0]["valueReference"]["reference"].clone();
    let target = b["entry"].as_array().unwrap().iter().find(|e| e["fullUrl"] == output).unwrap();
    assert_eq!(target["resource"]["resourceType"], "Procedure");
    let provision = one(b, "Consent")["provision"].clone();
    assert_eq!(provision["period"]["end"], "2027-02-20");
    assert_eq!(provision["actor"][0]["reference"]["reference"], format!("urn:uuid:{}", Uuid::from_u128(2)));
    // The coded parts are those of the standard's own example.
    for (kind, path) in [
        ("Consent", "/scope"),
        ("Consent", "/category"),
        ("Consent", "/policyRule"),
        ("Consent", "/provision/actor/0/role"),
        ("Task", "/code"),
        ("Task", "/intent"),
        ("Task", "/status"),
        ("Patient", "/meta"),
    ] {
        assert_eq!(one(&ours, kind).pointer(path), one(&theirs, kind).pointer(path), "{kind}{path}");
    }
}

#[test]
fn r4_without_a_scope_there_is_no_name_and_no_finding() {
    let b = bundle(&referral("requested"), "2026-11-23T12:00:00-06:00");
    let her = one(&b, "Patient");
    for part in ["name", "birthDate", "gender", "communication", "telecom", "address"] {
        assert!(her.get(part).is_none(), "{part}");
    }
    assert_eq!(her["identifier"].as_array().unwrap().len(), 1);
    let never = ["Condition", "Observation", "Goal", "AllergyIntolerance"];
    assert!(resources(&b).iter().all(|r| !never.contains(&r["resourceType"].as_str().unwrap())));

    let mut named = referral("requested");
    named.person.chosen = Some("Luz".into());
    named.person.given = Some("Ejemplita Noexiste".into());
    named.person.surnames = Some("Ejemplo".into());
    let her = one(&bundle(&named, "2026-11-23T12:00:00-06:00"), "Patient");
    assert_eq!(her["name"][0]["given"], serde_json::json!(["Ejemplita", "Noexiste"]));
    assert_eq!(her["name"][1]["text"], "Luz");
}
