//! Word templates: filled, and refused.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod filled;
mod hostile;
mod packed;
