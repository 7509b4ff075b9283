//! The hostile inputs of `docs/hostile-inputs.md` that no router sees: broken and endless requests to the running
//! program, and configurations that would open what must stay shut.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "hostile/config.rs"]
mod config;
#[path = "hostile/http.rs"]
mod http;
#[path = "hostile/server.rs"]
mod server;
