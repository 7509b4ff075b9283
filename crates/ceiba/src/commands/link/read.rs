//! Reading a register.

use std::collections::HashSet;
use std::path::Path;

use ceiba_linkage::Row;

use super::columns::Columns;
use super::filled::Filled;
use super::rows::{Rows, Written};

/// What is kept of rows besides what the linker knows.
#[derive(Default)]
pub struct Register {
    ids: Vec<Box<str>>,
    /// Who it is in truth, where that is known.
    pub truth: Vec<Box<str>>,
    /// Where the second register begins.
    pub second: Option<usize>,
    /// The latest day on which something was recorded.
    pub newest: String,
    /// Rows that were left out.
    pub left_out: usize,
}

impl Register {
    /// The id of a record.
    pub fn id(&self, record: u32) -> &str {
        &self.ids[record as usize]
    }

    /// All ids.
    pub fn ids(&self) -> &[Box<str>] {
        &self.ids
    }

    /// Reads a file and hands each row on, with its id and a number for that. `truth` names a column with the true person of
    /// each row; one that has none there is left out.
    pub fn read(
        &mut self,
        path: &Path,
        (columns, written): (&Columns, Written),
        truth: Option<&str>,
        add: &mut dyn FnMut(&Row, &str, u64),
    ) -> anyhow::Result<()> {
        let rows = Rows::open(path, written)?;
        let places = columns.places(rows.heading()).map_err(|error| rows.wrong(&error))?;
        let truth_at = truth.map(|column| rows.place(column)).transpose()?;
        let (mut known, mut filled) = (HashSet::new(), Filled::default());
        let tally = rows.each(|record, lines| {
            let (id, mut row) = places.row(record);
            if id.is_empty() {
                return Err("it has no id");
            }
            let person = truth_at.map(|at| record.get(at).unwrap_or_default().trim());
            if person == Some("") {
                return Err("nobody says who it is in truth");
            }
            if !known.insert(lot(id)) {
                return Err("its id was there before");
            }
            let (birth, recorded) = (columns.date(row.birth_date), columns.date(row.recorded_at));
            (row.birth_date, row.recorded_at) = (&birth, &recorded);
            filled.count(&row, lines);
            add(&row, id, lot(id));
            self.ids.push(id.into());
            self.truth.extend(person.map(Box::from));
            let day = row.recorded_at.get(..10).unwrap_or_default();
            if day > self.newest.as_str() {
                day.clone_into(&mut self.newest);
            }
            Ok(())
        })?;
        self.left_out += tally.left_out;
        filled.told(columns).iter().for_each(|told| eprintln!("{}, {told}", path.display()));
        Ok(())
    }
}

/// A number for an id (FNV-1a, 64 bits): the same in every order of rows.
fn lot(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |lot, b| (lot ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
