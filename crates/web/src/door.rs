//! What is checked of a request before anybody reads it: whom it is for, how long it says it is, and that it arrives.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;

/// How long a request may take, and for which names of the server it may ask.
#[derive(Clone, Debug)]
pub struct Door {
    /// A page or a form, from its head to its answer.
    pub form: Duration,
    /// A form with a file: a photograph over a weak signal.
    pub upload: Duration,
    /// The names this server is reached by, with the port where it is not the usual one. Empty: any.
    pub hosts: Vec<String>,
}

impl Default for Door {
    fn default() -> Self {
        Self { form: Duration::from_secs(30), upload: Duration::from_secs(300), hosts: Vec::new() }
    }
}

/// Refuses what is not for us or not one request, and ends what does not arrive. Headers that a proxy adds are not
/// read here or anywhere: nothing is decided by what a stranger may write.
pub async fn check(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    if let Err(failure) = is_for_us(&door, request.uri(), request.headers()) {
        return failure.into_response();
    }
    let kind = request.headers().get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    let patience = if kind.starts_with(b"multipart/form-data") { door.upload } else { door.form };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Slow.into_response(),
    }
}

fn is_for_us(door: &Door, uri: &Uri, headers: &HeaderMap) -> Result<(), Failure> {
    // Browsers say how long a form is. Whoever does not, or says it in two ways, may mean two requests in one.
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Failure::Length);
    }
    let mut hosts = headers.get_all(HOST).iter();
    let (host, other) = (hosts.next(), hosts.next());
    let host = host.and_then(|h| h.to_str().ok()).filter(|h| is_name(h));
    let (Some(host), None) = (host, other) else { return Err(Failure::Host) };
    // `GET http://elsewhere/ HTTP/1.1`: two names in one request.
    let elsewhere = uri.authority().is_some_and(|a| !a.as_str().eq_ignore_ascii_case(host));
    let ours = door.hosts.is_empty() || door.hosts.iter().any(|h| h.eq_ignore_ascii_case(host));
    if elsewhere || !ours { Err(Failure::Host) } else { Ok(()) }
}

/// A host with or without a port, and nothing else.
fn is_name(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (text, "80"),
    };
    let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
    let v6 = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
    let plain =
        |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    bare.map_or_else(|| plain(name), v6) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_and_a_port_and_nothing_else() {
        for good in ["ceiba.test", "127.0.0.1:8080", "[::1]:8080", "[::1]", "CEIBA.example"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "a b", "a/b", "a@b", "ceiba.test:x", "ceiba.test:99999", ":80", "[::1", "a,b", "::1"]
        {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
