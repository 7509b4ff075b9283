//! Answers other than a page: each with its status, and words that say what to do.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ceiba_access::{AccessError, Act, Refusal};
use ceiba_programme::ProgrammeError;
use ceiba_store::{Micros, StoreError};
use uuid::Uuid;

use crate::see_other;

/// Why there is no page. The words come from the layer that knows the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Sign in first.
    SignIn,
    /// The session is locked: the password first.
    Locked,
    /// There is nothing here, or nothing for her: the same page for both.
    Absent,
    /// She may not do this here.
    Denied(Act),
    /// Somebody changed it meanwhile.
    Stale,
    /// Somebody else took it.
    Taken {
        /// Who.
        by: Uuid,
        /// When.
        at: Micros,
    },
    /// The state of things does not allow it; the key says why.
    State(&'static str),
    /// A strongbox that is locked for her.
    NoKey,
    /// A field nobody asked for, or a token that is not the session's.
    Tampered,
    /// More than a form may hold.
    TooLarge,
    /// It did not arrive whole.
    Cut,
    /// It did not arrive in time.
    Slow,
    /// Too often in a short time.
    TooMany,
    /// Too many at once.
    Busy,
    /// A body without its length.
    Length,
    /// A name of the server that is not ours.
    Host,
    /// Something broke. The number finds it in the log.
    Broken(String),
}

impl Failure {
    /// Its status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::SignIn | Self::Locked => StatusCode::SEE_OTHER,
            Self::Absent => StatusCode::NOT_FOUND,
            Self::Denied(_) | Self::NoKey => StatusCode::FORBIDDEN,
            Self::Stale | Self::Taken { .. } | Self::State(_) => StatusCode::CONFLICT,
            Self::Tampered | Self::Cut => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Length => StatusCode::LENGTH_REQUIRED,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its words: `failure-…`, with `-title` and `-text`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::SignIn | Self::Locked | Self::Absent => "failure-absent",
            Self::Denied(_) => "failure-denied",
            Self::Stale => "failure-stale",
            Self::Taken { .. } => "failure-taken",
            Self::State(_) => "failure-state",
            Self::NoKey => "failure-no-key",
            Self::Tampered => "failure-tampered",
            Self::TooLarge => "failure-too-large",
            Self::Cut => "failure-cut",
            Self::Slow => "failure-slow",
            Self::TooMany => "failure-too-many",
            Self::Busy => "failure-busy",
            Self::Length => "failure-length",
            Self::Host => "failure-host",
            Self::Broken(_) => "failure-broken",
        }
    }
}

impl From<ProgrammeError> for Failure {
    fn from(e: ProgrammeError) -> Self {
        match e {
            // Whoever was erased leaves the page of nothing: it does not say that she was here.
            ProgrammeError::Refused(Refusal::Absent)
            | ProgrammeError::Access(AccessError::NotGranted | AccessError::Erased) => Self::Absent,
            ProgrammeError::Refused(Refusal::Denied { act, .. }) => Self::Denied(act),
            ProgrammeError::Stale | ProgrammeError::Store(StoreError::Stale { .. }) => Self::Stale,
            ProgrammeError::Taken { by, at } => Self::Taken { by, at },
            ProgrammeError::State(key) => Self::State(key),
            ProgrammeError::Unsafe(_) => Self::State("state-unsafe"),
            ProgrammeError::TooMany => Self::TooMany,
            ProgrammeError::Access(AccessError::NoKey) => Self::NoKey,
            // Handlers show problems beside their fields; one that arrives here came from outside a form.
            ProgrammeError::Invalid(_) => Self::Tampered,
            other => broken(&other),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Stale { .. } => Self::Stale,
            other => broken(&other),
        }
    }
}

/// Logs a fault once, here, and gives the reader its number. No error of ours has a value of a row in it.
fn broken(e: &dyn std::error::Error) -> Failure {
    let text = e.to_string();
    let number = text.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let number = format!("{number:08x}");
    tracing::error!(fault = %number, error = %text, "a request failed");
    Failure::Broken(number)
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn => see_other("/entrar"),
            Self::Locked => see_other("/desbloquear"),
            failure => {
                let mut response = (failure.status(), HeaderMap::new()).into_response();
                response.extensions_mut().insert(failure);
                response
            }
        }
    }
}
