//! The counting rules of reports, each by its name. On both engines.

mod support;

use std::collections::BTreeSet;

use ceiba_programme::results::framework::Results;
use ceiba_programme::results::frozen::{Frozen, Value};
use ceiba_programme::results::{brought, quarter};
use ceiba_programme::testkit::{World, worlds};
use ceiba_store::{DAY, Fact};

/// The day on which the tests write: the quarter before it is over.
const GRANT: &str = "RAICES";
const QUARTER: &str = "2026-Q3";
