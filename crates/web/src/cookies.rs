//! The cookies: the session's token, the language, and whether single keys do something.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The name of the session's cookie. `__Host-` binds it to this host and to TLS; without TLS (the
/// demonstration on this machine) browsers refuse that prefix.
pub const fn session_name(tls: bool) -> &'static str {
    if tls { "__Host-cuaderno" } else { "cuaderno" }
}

/// The name of the language's cookie.
pub const LANGUAGE: &str = "idioma";

/// The name of the cookie that turns single keys off.
pub const KEYS: &str = "teclas";

/// The name of the cookie of a partner's own page. Its path is everything, so that leaving at once can end it.
pub const PAGE: &str = "pagina";

/// A cookie's value.
pub fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';')).find_map(
        |pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        },
    )
}

/// A cookie for this session only; an empty value removes it.
pub fn set(name: &str, value: &str, tls: bool) -> String {
    let secure = if tls { "; Secure" } else { "" };
    let age = if value.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "xcuaderno=no; cuaderno=si; idioma=en".parse().unwrap());
        assert_eq!(get(&headers, "cuaderno"), Some("si"));
        assert_eq!(get(&headers, LANGUAGE), Some("en"));
        assert_eq!(get(&headers, "c"), None);
    }
}
