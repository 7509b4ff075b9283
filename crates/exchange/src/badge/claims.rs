//! What a badge says, in the words of the standard.

use serde::{Deserialize, Serialize};

/// An `OpenBadgeCredential`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// What the words mean: the W3C's context, then that of Open Badges.
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// `urn:uuid:…`.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Vec<String>,
    /// What it is called.
    pub name: String,
    /// Who gives it.
    pub issuer: Issuer,
    /// Since when, RFC 3339.
    pub valid_from: String,
    /// Until when, RFC 3339; none: for good.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub valid_until: Option<String>,
    /// To whom, and for what.
    pub credential_subject: Subject,
    /// What stands behind it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub evidence: Vec<Evidence>,
    /// Where to ask whether it was revoked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credential_status: Option<Status>,
}

/// What stands behind a badge: the certificate of one person, where the achievement is the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it can be looked at.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Vec<String>,
    /// In words: how long and when.
    pub narrative: String,
}

/// Who gives a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// A `did:…` that leads to the key.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Vec<String>,
    /// Name of the organisation.
    pub name: String,
}

/// To whom a badge was given, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Vec<String>,
    /// Who, as salted hashes.
    pub identifier: Vec<Identity>,
    /// For what.
    pub achievement: Achievement,
}

/// Who, as a salted hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// What was hashed: `systemId` for a number of ours.
    pub identity_type: String,
    /// Always true here.
    pub hashed: bool,
    /// `sha256$…`, see [`super::hashed`].
    pub identity_hash: String,
    /// What was put after it.
    pub salt: String,
}

/// What was achieved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// An address or `urn:…` of what is taught: the same in every badge for it.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Vec<String>,
    /// `Certificate`.
    pub achievement_type: String,
    /// The course's name.
    pub name: String,
    /// What it is about and how long.
    pub description: String,
    /// What had to be done for it.
    pub criteria: Criteria,
    /// BCP 47.
    pub in_language: String,
}

/// What had to be done for a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// In words.
    pub narrative: String,
}

/// Where to ask whether it was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The address of the list.
    pub id: String,
    /// `1EdTechRevocationList`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The list of what was revoked, as it stands at that address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedList {
    /// Its address.
    pub id: String,
    /// Whose list it is.
    pub issuer: String,
    /// What was revoked. Why is nobody's business but the holder's.
    pub revoked_credential: Vec<Revoked>,
}

/// One that was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Its `urn:uuid:…`.
    pub id: String,
    /// Always true.
    pub revoked: bool,
}

/// What stands in a file of a badge: the token, so that programs find it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The token.
    pub credential: String,
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|w| (*w).to_owned()).collect()
}

impl Credential {
    /// A credential of the usual kind. `id` is an id of ours; what is not handed in stands as the standard wants it.
    #[must_use]
    pub fn new(id: uuid::Uuid, name: String, issuer: Issuer, valid_from: String, subject: Subject) -> Self {
        Self {
            context: words(&[
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ]),
            id: format!("urn:uuid:{id}"),
            kind: words(&["VerifiableCredential", "OpenBadgeCredential"]),
            name,
            issuer,
            valid_from,
            valid_until: None,
            credential_subject: subject,
            evidence: Vec::new(),
            credential_status: None,
        }
    }
}

impl Issuer {
    /// An organisation.
    #[must_use]
    pub fn new(id: String, name: String) -> Self {
        Self { id, kind: words(&["Profile"]), name }
    }
}

impl Subject {
    /// Whoever has this identity, for this.
    #[must_use]
    pub fn new(identity: Identity, achievement: Achievement) -> Self {
        Self { kind: words(&["AchievementSubject"]), identifier: vec![identity], achievement }
    }
}

impl Identity {
    /// Somebody as a salted hash.
    #[must_use]
    pub fn new(identity_type: &str, identity: &str, salt: String) -> Self {
        Self {
            kind: "IdentityObject".to_owned(),
            identity_type: identity_type.to_owned(),
            hashed: true,
            identity_hash: super::hashed(identity, &salt),
            salt,
        }
    }
}

impl Achievement {
    /// A course that was completed.
    #[must_use]
    pub fn course(id: String, name: String, description: String, narrative: String, language: &str) -> Self {
        Self {
            id,
            kind: words(&["Achievement"]),
            achievement_type: "Certificate".to_owned(),
            name,
            description,
            criteria: Criteria { narrative },
            in_language: language.to_owned(),
        }
    }
}

impl Evidence {
    /// Something at an address.
    #[must_use]
    pub fn new(address: String, narrative: String) -> Self {
        Self { id: address, kind: words(&["Evidence"]), narrative }
    }
}

impl Status {
    /// A plain list at an address.
    #[must_use]
    pub fn list(address: String) -> Self {
        Self { id: address, kind: "1EdTechRevocationList".to_owned() }
    }
}
