//! Tests of pages with a browser of few lines, in one binary: each of its own would link the whole program once more.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common {
    //! What several of them need.
    pub mod browser;
}

mod calendar;
mod clinic;
mod erased;
mod exports;
mod network;
mod oversight;
mod own;
mod races;
mod route;
mod routes;
