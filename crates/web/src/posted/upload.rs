//! A form that brings a file: its fields under the same checks as any other form, the file bounded while it streams in.

use std::collections::BTreeMap;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use ceiba_programme::cases::files::LARGEST as LARGEST_FILE;

use super::{FIELDS, Fields, LARGEST, Posted};
use crate::App;
use crate::failure::Failure;
use crate::me::Known;

/// A file as it was sent.
#[derive(Default)]
pub struct Sent {
    /// The name it came with.
    pub name: String,
    /// Its bytes; not all of them when it is too large.
    pub bytes: Vec<u8>,
    /// More than may be kept.
    pub large: bool,
}

/// A form with files.
pub struct Upload {
    /// Its fields.
    pub posted: Posted,
    files: BTreeMap<String, Sent>,
}

impl Upload {
    /// The file of a field; none when nobody chose one.
    ///
    /// # Errors
    /// [`Failure::Tampered`] when there are files in other fields.
    pub fn file(&self, name: &str) -> Result<Option<&Sent>, Failure> {
        if self.files.keys().any(|k| k != name) {
            return Err(Failure::Tampered);
        }
        Ok(self.files.get(name))
    }
}

impl Upload {
    /// The files of several fields, in their order.
    ///
    /// # Errors
    /// [`Failure::Tampered`] when there are files in other fields.
    pub fn these<const N: usize>(&self, names: [&str; N]) -> Result<[Option<&Sent>; N], Failure> {
        if self.files.keys().any(|k| !names.contains(&k.as_str())) {
            return Err(Failure::Tampered);
        }
        Ok(names.map(|name| self.files.get(name)))
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let plain = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
        // A form that was kept while the session was locked comes back without its file.
        if plain.is_some_and(|v| v.starts_with("application/x-www-form-urlencoded")) {
            let posted = Posted::from_request(request, app).await?;
            return Ok(Self { posted, files: BTreeMap::new() });
        }
        let (mut parts, body) = request.into_parts();
        let known = Known::from_request_parts(&mut parts, app).await?;
        let (fields, files) = read(Request::from_parts(parts, body), app).await?;
        if fields.text("csrf") != known.session.csrf {
            return Err(Failure::Tampered);
        }
        let once = fields.id("once").ok_or(Failure::Tampered)?;
        Ok(Self { posted: Posted { fields, once }, files })
    }
}

/// The text fields of a form with files, as a form without: what is kept while the session is locked.
///
/// # Errors
/// As reading any form.
pub async fn without_files(request: Request, app: &App) -> Result<Vec<u8>, Failure> {
    let (fields, _) = read(request, app).await?;
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, values) in &fields.0 {
        text.extend_pairs(values.iter().map(|v| (name, v)));
    }
    Ok(text.finish().into_bytes())
}

/// Why a form with files could not be read to its end.
pub fn unread(e: &MultipartError) -> Failure {
    if e.status() == StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { Failure::Cut }
}

async fn read(request: Request, app: &App) -> Result<(Fields, BTreeMap<String, Sent>), Failure> {
    let mut form = Multipart::from_request(request, app).await.map_err(|_| Failure::Tampered)?;
    let (mut fields, mut files) = (Fields::default(), BTreeMap::new());
    let (mut size, mut count) = (0, 0);
    while let Some(mut field) = form.next_field().await.map_err(|e| unread(&e))? {
        let key = field.name().unwrap_or_default().to_owned();
        count += 1;
        if count > FIELDS {
            return Err(Failure::TooLarge);
        }
        if let Some(name) = field.file_name().map(str::to_owned) {
            let mut sent = Sent { name, ..Sent::default() };
            while let Some(chunk) = field.chunk().await.map_err(|e| unread(&e))? {
                // Read on without keeping, so that the browser gets the page that says it was too large.
                sent.large |= sent.bytes.len() + chunk.len() > LARGEST_FILE;
                if !sent.large {
                    sent.bytes.extend_from_slice(&chunk);
                }
            }
            if (!sent.name.is_empty() || !sent.bytes.is_empty()) && files.insert(key, sent).is_some() {
                return Err(Failure::Tampered);
            }
            continue;
        }
        let text = field.text().await.map_err(|e| unread(&e))?;
        size += text.len();
        if size > LARGEST {
            return Err(Failure::TooLarge);
        }
        // Forms with a file ask each thing once: of two answers nobody could say which one was checked.
        if fields.0.insert(key, vec![text.replace("\r\n", "\n")]).is_some() {
            return Err(Failure::Tampered);
        }
    }
    Ok((fields, files))
}
