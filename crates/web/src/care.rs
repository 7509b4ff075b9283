//! Services and plan: what is offered and who has a place, scales over time, economic support, reports, hours.

use ceiba_programme::care::Said;

use crate::me::Me;
use crate::{App, Words};

pub mod budget;
pub mod catalogue;
pub mod corrections;
pub mod courses;
pub mod group;
pub mod hours;
pub(crate) mod numbers;
pub mod report;
pub mod report_file;
pub mod report_print;
pub mod returns;
pub mod scales;
pub mod support;

/// An amount as people write it: «Q 1,250.50».
pub(crate) fn amount(app: &App, w: &Words, cents: i64) -> String {
    let minus = if cents < 0 { "−" } else { "" };
    let all = cents.unsigned_abs();
    let whole = w.number(i64::try_from(all / 100).unwrap_or(i64::MAX));
    format!("{minus}{}\u{a0}{whole}.{:02}", app.programme.pack.care.symbol, all % 100)
}

/// A text of the pack in the reader's language.
pub(crate) fn said<'a>(me: &Me, text: &'a Said) -> &'a str {
    text.of(me.lang.code())
}
