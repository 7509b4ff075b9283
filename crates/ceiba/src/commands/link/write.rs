//! Pairs and groups, as CSV.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use ceiba_linkage::{Language, line};

use super::Done;

/// Writes pairs with the probability of each by itself, the likeliest first.
pub fn pairs(path: &Path, done: &Done, least: f64, language: Language) -> anyhow::Result<()> {
    let mut file = csv::Writer::from_path(path).with_context(|| path.display().to_string())?;
    file.write_record(["left_id", "right_id", "probability", "weight", "explanation"])?;
    for pair in done.linked.pairs.iter().take_while(|pair| pair.alone >= least) {
        let told = line(&done.linked.because(pair), language);
        file.write_record([
            done.register.id(pair.left),
            done.register.id(pair.right),
            &format!("{:.6}", pair.alone),
            &format!("{:.3}", pair.weight),
            &told,
        ])?;
    }
    file.flush().with_context(|| path.display().to_string())
}

/// Writes the group of each record, numbered in the order of their first records.
pub fn clusters(path: &Path, done: &Done, threshold: f64) -> anyhow::Result<()> {
    let mut file = csv::Writer::from_path(path).with_context(|| path.display().to_string())?;
    file.write_record(["record_id", "cluster_id"])?;
    let mut numbers = BTreeMap::new();
    for (id, group) in done.register.ids().iter().zip(done.linker.clusters(&done.linked.pairs, threshold)) {
        let next = numbers.len() + 1;
        let number = *numbers.entry(group).or_insert(next);
        file.write_record([id.as_ref(), &number.to_string()])?;
    }
    file.flush().with_context(|| path.display().to_string())
}
