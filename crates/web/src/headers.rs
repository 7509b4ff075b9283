//! The headers every answer carries, whatever it is.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;

use crate::{desk, exit, look};

/// How the browser reaches us. Only over TLS may we ask it never to try without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain HTTP: a demonstration, or the house's own cable.
    Plain,
    /// TLS, here or in a proxy in front.
    Tls,
}

/// Adds the security headers to every answer of a router.
pub fn secure<S: Clone + Send + Sync + 'static>(router: Router<S>, transport: Transport) -> Router<S> {
    router.layer(map_response(move |mut response: Response| async move {
        set(response.headers_mut(), transport);
        if let Some(OwnStyle(hash)) = response.extensions_mut().remove::<OwnStyle>()
            && let Ok(policy) = HeaderValue::from_str(&without_scripts(&hash))
        {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }))
}

/// Sets them. What a handler set is overruled, save `Cache-Control` (files of the field kit may be kept) and a sandbox,
/// which is stricter than the policy of pages.
pub fn set(headers: &mut HeaderMap, transport: Transport) {
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = if headers.get(CONTENT_SECURITY_POLICY).is_some_and(|v| v == SANDBOX) {
        Ok(HeaderValue::from_static(SANDBOX))
    } else {
        HeaderValue::from_str(&policy())
    };
    if let Ok(policy) = policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if transport == Transport::Tls {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}

/// The policy of what is no page of ours: a file that somebody brought does nothing, also where it is opened.
pub const SANDBOX: &str = "sandbox; default-src 'none'";

/// A page that stands for itself, in colours of its own: the source expression of its one style sheet. Nothing else may load or run there.
#[derive(Clone, Debug)]
pub(crate) struct OwnStyle(pub(crate) String);

fn without_scripts(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {style}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// The content security policy: our style sheets and two scripts, known by hash; nothing from elsewhere.
#[must_use]
pub fn policy() -> String {
    // `connect-src` is for the beacon of quick exit, which `default-src` would stop.
    let places: String = look::places().map(|(_, hash)| format!(" {hash}")).collect();
    format!(
        "default-src 'none'; style-src {}{places}; script-src {} {}; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        look::css_hash(),
        exit::script_hash(),
        desk::comfort::hash(),
    )
}

const ALWAYS: [(&str, &str); 6] = [
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), bluetooth=(), browsing-topics=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
];
