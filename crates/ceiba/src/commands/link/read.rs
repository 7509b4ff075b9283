//! Reading a register: bad rows are named by their line and left out.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Context;
use ceiba_linkage::Row;

use super::columns::Columns;

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

/// So many bad rows are named one by one; then only their number is.
const NAMED: usize = 1000;

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
    /// each row.
    pub fn read(
        &mut self,
        path: &Path,
        columns: &Columns,
        truth: Option<&str>,
        add: &mut dyn FnMut(&Row, &str, u64),
    ) -> anyhow::Result<()> {
        let name = || path.display().to_string();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).with_context(name)?;
        let heading = reader.headers().with_context(name)?.clone();
        let places = columns.places(&heading).with_context(name)?;
        let truth_at = truth.map(|column| {
            let at = heading.iter().position(|name| name.trim() == column);
            at.with_context(|| format!("{}: there is no column «{column}»", path.display()))
        });
        let truth_at = truth_at.transpose()?;
        let mut known = HashSet::new();
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                // Whoever cannot read on must say so; a row that is no text is only left out.
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    self.leave_out(path, line, "it is not UTF-8");
                    continue;
                }
                Err(error) => return Err(error).with_context(name),
            }
            let line = record.position().map_or(line, csv::Position::line);
            if record.len() != heading.len() {
                self.leave_out(path, line, &format!("{} columns instead of {}", record.len(), heading.len()));
                continue;
            }
            let (id, row) = places.row(&record);
            if id.is_empty() {
                self.leave_out(path, line, "it has no id");
                continue;
            }
            if !known.insert(lot(id)) {
                self.leave_out(path, line, "its id was there before");
                continue;
            }
            add(&row, id, lot(id));
            self.ids.push(id.into());
            if let Some(at) = truth_at {
                self.truth.push(record.get(at).unwrap_or_default().trim().into());
            }
            let day = row.recorded_at.get(..10).unwrap_or_default();
            if day > self.newest.as_str() {
                day.clone_into(&mut self.newest);
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, path: &Path, line: u64, why: &str) {
        self.left_out += 1;
        match self.left_out {
            ..=NAMED => eprintln!("{}, line {line}, left out: {why}", path.display()),
            n if n == NAMED + 1 => eprintln!("more rows are left out; the number comes at the end"),
            _ => {}
        }
    }
}

/// A number for an id (FNV-1a, 64 bits): the same in every order of rows.
fn lot(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |lot, b| (lot ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
