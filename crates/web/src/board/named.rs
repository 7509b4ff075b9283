//! Names of codes, and numbers as texts take them.

use ceiba_disclosure::SafeTable;
use ceiba_paper::{Bar, ranked};

use super::Ask;
use crate::data::bars;

/// The name of a code of a list, in the reader's language.
pub(super) fn listed(a: &Ask<'_>, list: &str, code: &str) -> String {
    a.app.programme.pack.lists.name(list, code, a.w.lang().code()).unwrap_or(code).to_owned()
}

/// A count, as texts take it.
pub(super) fn whole_number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A bar for each row of a table of one column, by the name of its code.
pub(super) fn plain_bars(t: &SafeTable, name: impl Fn(&str) -> String) -> Vec<Bar> {
    ranked(bars(t, &[], name))
}
