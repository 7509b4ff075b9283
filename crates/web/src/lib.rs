//! Pages.

mod app;
mod cookies;
mod failure;
pub mod lang;
mod me;
mod posted;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

pub use app::{Actor, App, Demo};
pub use failure::Failure;
pub use lang::{Lang, Words};

/// Goes to another page after a form: «back» then never sends it again.
pub(crate) fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to.to_owned())]).into_response()
}

/// x
pub fn router(app: App) -> axum::Router {
    axum::Router::new().with_state(app)
}
