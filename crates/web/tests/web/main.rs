//! Words, tone, style sheet, headers, and every part in every state.
//!
//! Look at the pages themselves with `cargo run -p ceiba-web --example gallery -- out`.

#![cfg(test)]

#[path = "../samples/pages.rs"]
mod pages;

mod gallery;
mod headers;
mod sheet;
mod support;
mod tone;
mod words;
