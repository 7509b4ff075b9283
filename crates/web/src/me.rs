//! Who asks: a signed-in colleague, or somebody with only a language.

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use axum::http::request::Parts;
use ceiba_access::{Act, Caller, Situation};
use ceiba_programme::accounts::sessions::{self, Session};
use uuid::Uuid;

use crate::{App, Failure, Lang, Words, cookies};

/// Anybody: only a language is known.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Her language.
    pub lang: Lang,
    /// What kind of browser she has, for the list of her sessions.
    pub device: String,
}

impl Visitor {
    /// Her words.
    pub fn words<'a>(&self, app: &'a App) -> &'a Words {
        app.words(self.lang)
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let header = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let cookie = cookies::get(&parts.headers, cookies::LANGUAGE);
        let lang = match (&app.demo, cookie) {
            (Some(demo), None) => Lang::from_code(&demo.language).unwrap_or(Lang::Es),
            _ => Lang::of_request(cookie, header(ACCEPT_LANGUAGE.as_str())),
        };
        Ok(Self { lang, device: device(header(USER_AGENT.as_str()).unwrap_or_default()) })
    }
}

/// The browser's family and system: enough to recognise one's own phone, no more.
fn device(agent: &str) -> String {
    let pick = |names: &[&'static str]| names.iter().find(|n| agent.contains(**n)).copied().unwrap_or("?");
    let browser = pick(&["Firefox", "Edg", "Chrome", "Safari"]);
    let system = pick(&["Android", "iPhone", "Windows", "Mac OS", "Linux"]);
    format!("{browser} · {system}")
}

/// A session that may be locked.
#[derive(Clone)]
pub struct Known {
    /// The session.
    pub session: Session,
    /// Her language.
    pub lang: Lang,
    /// Whether single keys do something here.
    pub keys: bool,
}

impl FromRequestParts<App> for Known {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        // The layers around a handler ask too: one request, one look.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let token = cookies::get(&parts.headers, cookies::session_name(app.tls)).ok_or(Failure::SignIn)?;
        let mut tx = app.programme.store.db.read().await?;
        let session =
            sessions::find(&app.programme, &app.keys, &mut tx, token).await?.ok_or(Failure::SignIn)?;
        let chosen = cookies::get(&parts.headers, cookies::LANGUAGE).and_then(Lang::from_code);
        let lang = chosen.or_else(|| Lang::from_code(&session.language)).unwrap_or(Lang::Es);
        let keys = cookies::get(&parts.headers, cookies::KEYS) != Some("no");
        let known = Self { session, lang, keys };
        parts.extensions.insert(known.clone());
        Ok(known)
    }
}

/// A signed-in colleague whose session is open.
#[derive(Clone)]
pub struct Me {
    /// The session.
    pub session: Session,
    /// Her language.
    pub lang: Lang,
    /// Whether single keys do something here.
    pub keys: bool,
}

impl Me {
    /// What the gate is asked with.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        &self.session.caller
    }

    /// Her words.
    pub fn words<'a>(&self, app: &'a App) -> &'a Words {
        app.words(self.lang)
    }

    /// Whether she may do something that concerns no single record: for links and buttons.
    #[must_use]
    pub fn can(&self, app: &App, act: Act) -> bool {
        app.programme.gate.would(self.caller(), act, &Situation::default())
    }

    /// Whether she may do something here or there: everywhere, or at her own site. For links and buttons.
    #[must_use]
    pub fn somewhere(&self, app: &App, act: Act) -> bool {
        let site = Situation { same_site: self.caller().site.is_some(), ..Situation::default() };
        app.programme.gate.would(self.caller(), act, &site)
    }

    /// Her account.
    #[must_use]
    pub const fn account(&self) -> Uuid {
        self.session.caller.account
    }
}

impl FromRequestParts<App> for Me {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Known { session, lang, keys } = Known::from_request_parts(parts, app).await?;
        if session.locked {
            return Err(Failure::Locked);
        }
        sessions::seen(&app.programme, &session).await?;
        Ok(Self { session, lang, keys })
    }
}
