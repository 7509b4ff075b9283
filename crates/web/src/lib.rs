//! Pages: words, looks, the one layout, the parts that handlers compose, and the handlers by area.
//!
//! A handler reads like a sentence: who asks ([`Me`]), what is decided (the programme asks the gate), what is
//! done (one unit of work), what is shown ([`parts`] closed in a [`Page`]). All routes are on one page:
//! `routes.rs`.

mod accounts;
mod alerts;
mod app;
mod audit;
mod board;
mod care;
mod cases;
mod clinic;
mod closing;
mod conduct;
mod cookies;
mod data;
mod desk;
mod door;
mod erasures;
pub mod exit;
mod failure;
mod forms;
mod guard;
mod handover;
pub mod headers;
mod justice;
pub mod lang;
mod leaks;
mod learning;
mod log;
pub mod look;
mod me;
mod met;
mod network;
mod notices;
mod office;
mod own;
pub mod page;
mod papers;
mod partners;
pub mod parts;
mod plan;
mod posted;
mod public;
mod reach;
mod releases;
mod results;
mod results_out;
mod route;
mod routed;
mod routes;
mod screening;
mod shelter;
mod today;
mod training;
mod view;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

pub use app::{Actor, App, Demo, QUEUE};
pub use desk::comfort;
pub use door::Door;
pub use failure::Failure;
pub use lang::{Lang, Value, Words};
pub use learning::drawable;
pub use me::Me;
pub use page::{Page, Place, Shell};
pub use routes::{ROUTES, Route, Who, router, router_behind};

/// What a handler answers.
pub(crate) type Answer = Result<Response, Failure>;

/// Goes to another page after a form: «back» then never sends it again.
pub(crate) fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to.to_owned())]).into_response()
}
