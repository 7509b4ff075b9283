//! The hostile inputs of `docs/hostile-inputs.md` that come through pages, each with the answer it gets: through the
//! whole router, with real sessions, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod authors;
#[path = "../common/browser.rs"]
mod browser;
mod dates;
mod forms;
mod list;
mod login;
mod met;
mod names;
mod paths;
mod search;
mod setting;
mod uploads;
#[path = "../../../forms/tests/common/mod.rs"]
mod workbook;
