//! Open Referral HSDS 3.0: a directory of services.
//!
//! Source: Human Services Data Specification 3.0, object `service` with what it holds. Names of fields are the standard's.
//! Locations, addresses and the persons among contacts are left out on purpose: what has no field here cannot leave.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use uuid::Uuid;

mod read;

pub use read::{Fault, MOST, Row, Why, read};

/// A service of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its address of electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether it is offered.
    pub status: Status,
    /// Which interpretation there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpretation_services: Option<String>,
    /// How one asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_process: Option<String>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees_description: Option<String>,
    /// Whom it receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility_description: Option<String>,
    /// From which age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<Number>,
    /// Up to which age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<Number>,
    /// The day of the last check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured_date: Option<String>,
    /// Who checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurer_email: Option<String>,
    /// Something urgent to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
    /// When it was changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// Its public phones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// When it is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
    /// Where it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_areas: Vec<ServiceArea>,
    /// Its languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// What one must bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_documents: Vec<RequiredDocument>,
    /// What it is in somebody's list of terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

/// Whether a service is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is.
    #[default]
    Active,
    /// Not now.
    Inactive,
    /// No longer.
    Defunct,
    /// Not for some time.
    #[serde(rename = "temporarily closed")]
    TemporarilyClosed,
}

macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident { $($must:ident: $kind:ty),* ; $($may:ident: $some:ty),* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the fields are the standard's, which explains them")]
        pub struct $name {
            pub id: Uuid,
            $(pub $must: $kind,)*
            $(#[serde(default, skip_serializing_if = "Option::is_none")] pub $may: Option<$some>,)*
        }
    )* };
}

objects! {
    /// An organisation.
    Organization { name: String, description: String; alternate_name: String, email: String, website: String,
        organization_identifiers: Vec<Identifier> }
    /// What an organisation is called in a register.
    Identifier { identifier_type: String, identifier: String; identifier_scheme: String }
    /// A phone.
    Phone { number: String; extension: Number, r#type: String, description: String }
    /// When it is open.
    Schedule { ; valid_from: String, valid_to: String, timezone: Number, freq: String, byday: String, opens_at: String,
        closes_at: String, description: String, notes: String }
    /// An area it serves: a P-code in `extent`.
    ServiceArea { ; name: String, description: String, extent: String, extent_type: String }
    /// A language: ISO 639-3 in `code`.
    Language { ; name: String, code: String, note: String }
    /// A paper to bring.
    RequiredDocument { ; document: String, uri: String }
    /// A term of a list.
    Attribute { link_id: Uuid, link_entity: String; link_type: String, value: String, taxonomy_term: Term }
    /// A term.
    Term { name: String, description: String; code: String, language: String, taxonomy: String }
}

/// The services as the standard's API gives them on one page.
///
/// # Errors
/// Never in practice: every value here can be written.
pub fn write(services: &[Service]) -> serde_json::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Page<'a> {
        total_items: usize,
        total_pages: usize,
        page_number: usize,
        size: usize,
        first_page: bool,
        last_page: bool,
        empty: bool,
        contents: &'a [Service],
    }
    let size = services.len();
    let page = Page {
        total_items: size,
        total_pages: 1,
        page_number: 1,
        size,
        first_page: true,
        last_page: true,
        empty: size == 0,
        contents: services,
    };
    serde_json::to_vec_pretty(&page)
}

/// The id of the `n`th object of a kind within a service: the same each time, so that a second export is the same file.
#[must_use]
pub const fn part(service: Uuid, kind: u8, n: u16) -> Uuid {
    Uuid::from_u128(service.as_u128() ^ ((kind as u128) << 24 | (n as u128 + 1)))
}
