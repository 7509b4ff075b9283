//! What a form sent: checked against forgery, against fields nobody asked for, and against being sent twice.

use std::collections::BTreeMap;
use std::error::Error as _;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use crate::failure::Failure;
use crate::me::Known;
use crate::parts::DateParts;
use crate::{App, see_other};
use axum::response::Response;

pub(crate) mod upload;

/// The largest form, in bytes. A long note in Spanish with accents, sent percent-encoded, fits several times.
const LARGEST: usize = 512 * 1024;
/// The most fields.
const FIELDS: usize = 1000;

/// The fields of a form, each with its values in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// Reads a urlencoded body.
    fn read(body: &[u8]) -> Result<Self, Failure> {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (n, (key, value)) in form_urlencoded::parse(body).enumerate() {
            if n >= FIELDS {
                return Err(Failure::TooLarge);
            }
            // Browsers send line ends as CR LF; people typed one.
            fields.entry(key.into_owned()).or_default().push(value.replace("\r\n", "\n"));
        }
        Ok(Self(fields))
    }

    /// A field's text, trimmed; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(|v| v.first()).map_or("", |v| v.trim())
    }

    /// All values of a field.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A whole number; `None` when it is not one.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }

    /// An id; `None` when it is not one.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<Uuid> {
        self.text(name).parse().ok()
    }

    /// A civil day from the three fields of [`crate::parts::date_fields`], as ISO text. Empty when nothing was
    /// typed; what cannot be a day is given back as it was typed, and the programme names the problem.
    #[must_use]
    pub fn day(&self, name: &str) -> String {
        let part = |p: &str| self.text(&format!("{name}@{p}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        match ceiba_programme::dates::read(&day, &month, &year) {
            Ok(Some(date)) => date.to_string(),
            Ok(None) => String::new(),
            Err(_) => format!("{year}-{month}-{day}?"),
        }
    }

    /// These fields, when no others were sent than the form has and those that every form has.
    fn only(&self, names: &[&str]) -> Result<&Self, Failure> {
        let known = |key: &String| {
            // The parts of a day, see `day`.
            let base = key.rsplit_once('@').filter(|(_, part)| ["day", "month", "year"].contains(part));
            let base = base.map_or(key.as_str(), |(base, _)| base);
            names.contains(&base) || OWN.contains(&key.as_str())
        };
        if self.0.keys().all(known) { Ok(self) } else { Err(Failure::Tampered) }
    }

    /// The names of all fields that were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What was typed into the three fields, to show it again.
    #[must_use]
    pub fn day_parts(&self, name: &str) -> DateParts {
        DateParts::take(&mut self.0.clone(), name)
    }
}

/// A form sent by somebody who is signed in, with its session's token.
pub struct Posted {
    fields: Fields,
    once: Uuid,
}

const OWN: [&str; 2] = ["csrf", "once"];

impl Posted {
    /// The fields, when no others were sent than the form has.
    ///
    /// # Errors
    /// [`Failure::Tampered`] when there are others.
    pub fn only(&self, names: &[&str]) -> Result<&Fields, Failure> {
        self.fields.only(names)
    }

    /// The fields of a form whose fields are data (a screening), without our own.
    #[must_use]
    pub fn data(&self) -> BTreeMap<String, Vec<String>> {
        self.fields
            .0
            .iter()
            .filter(|(k, _)| !OWN.contains(&k.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    }

    /// The answer this form got already, when it comes a second time (a double click, «back», a retry).
    ///
    /// # Errors
    /// When the database breaks.
    pub async fn again(&self, work: &mut Work) -> Result<Option<Response>, Failure> {
        let actor = work.actor();
        let row = work
            .sql("SELECT answer FROM once WHERE token = $1 AND account = $2")
            .bind(self.once)
            .bind(actor)
            .optional()
            .await?;
        Ok(row.map(|r| r.get::<String>("answer")).transpose()?.map(|to| see_other(&to)))
    }

    /// Commits and goes to a page; the form's number is kept with it.
    ///
    /// # Errors
    /// When it cannot be made lasting: nothing is saved then.
    pub async fn commit(&self, mut work: Work, to: &str) -> Result<Response, Failure> {
        let (now, actor) = (work.at(), work.actor());
        work.sql("INSERT INTO once (token, account, at, answer) VALUES ($1, $2, $3, $4)")
            .bind(self.once)
            .bind(actor)
            .bind(now)
            .bind(to)
            .once()
            .await?;
        work.commit().await?;
        Ok(see_other(to))
    }
}

impl FromRequest<App> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let known = Known::from_request_parts(&mut parts, app).await?;
        let fields = body_fields(&parts.headers, body).await?;
        if fields.text("csrf") != known.session.csrf {
            return Err(Failure::Tampered);
        }
        let once = fields.id("once").ok_or(Failure::Tampered)?;
        Ok(Self { fields, once })
    }
}

/// A form of the public pages: nobody is signed in, nothing to forge.
pub struct Open(Fields);

impl Open {
    /// The fields, when no others were sent than the form has.
    ///
    /// # Errors
    /// [`Failure::Tampered`] when there are others.
    pub fn only(&self, names: &[&str]) -> Result<&Fields, Failure> {
        self.0.only(names)
    }
}

impl FromRequest<App> for Open {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        Ok(Self(body_fields(&parts.headers, body).await?))
    }
}

/// The one-time number of a form without an account: what it makes is found again when it is sent twice.
pub fn once(app: &App) -> Markup {
    html! { input type="hidden" name="once" value=(app.once()); }
}

async fn body_fields(headers: &axum::http::HeaderMap, body: axum::body::Body) -> Result<Fields, Failure> {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Failure::Tampered);
    }
    let bytes: Bytes = axum::body::to_bytes(body, LARGEST).await.map_err(|e| {
        let large = e.source().is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
        if large { Failure::TooLarge } else { Failure::Cut }
    })?;
    Fields::read(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_people_typed_them() {
        let fields =
            Fields::read(b"name=Ix+Chel&name=K%27in&text=uno%0D%0Ados&on@day=3&on@month=2&on@year=2026")
                .unwrap();
        assert_eq!(fields.list("name"), ["Ix Chel", "K'in"]);
        assert_eq!(fields.text("text"), "uno\ndos");
        assert_eq!(fields.day("on"), "2026-02-03");
        assert_eq!(fields.day("until"), "");
    }

    #[test]
    fn a_field_nobody_asked_for_is_tampering() {
        let fields = Fields::read(b"csrf=x&once=y&text=a&on@day=1").unwrap();
        let posted = Posted { fields, once: Uuid::nil() };
        assert!(posted.only(&["text", "on"]).is_ok());
        assert!(posted.only(&["text"]).is_err());
    }

    #[test]
    fn a_thousand_fields_are_enough() {
        let body = (0..1001).map(|n| format!("a{n}=1")).collect::<Vec<_>>().join("&");
        assert!(matches!(Fields::read(body.as_bytes()), Err(Failure::TooLarge)));
    }
}
