//! A sheet that somebody brings: CSV or a workbook, as rows under known headings, each with its number.

use std::collections::BTreeMap;

/// The largest file, in bytes.
pub const LARGEST: usize = 4 << 20;
/// The most rows.
const ROWS: usize = 20_000;

/// What is wrong with a row, as the sentence's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row as a spreadsheet numbers it; 0 for the whole file.
    pub row: u32,
    /// The heading of its column; empty for the whole row.
    pub column: String,
    /// `problem-…`.
    pub key: &'static str,
}

impl Fault {
    pub(super) fn new(row: u32, column: &str, key: &'static str) -> Self {
        Self { row, column: column.to_owned(), key }
    }
}

/// A row: its number, and its cells by heading, trimmed.
pub(super) type Row = (u32, BTreeMap<String, String>);

/// Rows, and the heading of each column as her file writes it.
pub(super) struct Sheet {
    pub rows: Vec<Row>,
    heads: BTreeMap<String, String>,
}

impl Sheet {
    /// What is wrong with a cell, with the heading as it stands in her file.
    pub(super) fn fault(&self, row: u32, column: &str, key: &'static str) -> Fault {
        Fault::new(row, self.heads.get(column).map_or(column, String::as_str), key)
    }
}

/// Reads rows under headings: the canonical name of each, with the words that people may write instead. A heading that is not
/// listed is taken when `free` allows it.
pub(super) fn read(
    bytes: &[u8],
    headings: &[(&str, &[&str])],
    needed: &[&str],
    free: impl Fn(&str) -> bool,
) -> Result<Sheet, Vec<Fault>> {
    let whole = |key| Err(vec![Fault::new(0, "", key)]);
    if bytes.is_empty() {
        return whole("problem-sheet-file");
    }
    if bytes.len() > LARGEST {
        return whole("problem-sheet-large");
    }
    // Every workbook is a zip.
    let rows = if bytes.starts_with(b"PK") { workbook(bytes) } else { text(bytes) };
    let Some(rows) = rows else { return whole("problem-sheet-unreadable") };
    if rows.len() > ROWS {
        return whole("problem-sheet-large");
    }
    let mut rows = rows.into_iter();
    let Some((first, head)) = rows.next() else { return whole("problem-sheet-empty") };
    let mut faults = Vec::new();
    let mut names: Vec<(u32, String)> = Vec::new();
    let mut heads: BTreeMap<String, String> = BTreeMap::new();
    for (column, written) in head {
        let plain = written.trim().to_lowercase();
        let known = headings.iter().find(|(name, others)| plain == *name || others.contains(&plain.as_str()));
        let name = match known {
            Some((name, _)) => (*name).to_owned(),
            None if free(&plain) => plain,
            None => {
                faults.push(Fault::new(first, &written, "problem-sheet-heading"));
                continue;
            }
        };
        if names.iter().any(|(_, n)| *n == name) {
            faults.push(Fault::new(first, &written, "problem-sheet-heading-twice"));
        }
        heads.entry(name.clone()).or_insert_with(|| written.trim().to_owned());
        names.push((column, name));
    }
    // In the language of the headings that she wrote.
    let hers = heads.iter().any(|(name, written)| written.to_lowercase() != *name);
    for name in needed.iter().filter(|n| !names.iter().any(|(_, x)| x == *n)) {
        let other = headings.iter().find(|(n, _)| n == name).and_then(|(_, others)| others.first());
        let said = other.filter(|_| hers).unwrap_or(name);
        faults.push(Fault::new(first, said, "problem-sheet-heading-missing"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let rows: Vec<Row> = rows
        .map(|(number, cells)| {
            let cell = |c: &u32| cells.get(c).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
            (number, names.iter().filter_map(|(c, name)| Some((name.clone(), cell(c)?))).collect())
        })
        .filter(|(_, cells): &Row| !cells.is_empty())
        .collect();
    if rows.is_empty() { whole("problem-sheet-empty") } else { Ok(Sheet { rows, heads }) }
}

/// The rows of a file as CSV, whatever it was, so that a page can carry them: from a workbook its first sheet. None for what is neither.
#[must_use]
pub fn as_csv(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"PK") {
        return std::str::from_utf8(bytes).ok().map(str::to_owned);
    }
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (_, cells) in workbook(bytes)? {
        let last = cells.keys().next_back().copied().unwrap_or_default();
        let cell = |column: u32| cells.get(&column).map_or("", String::as_str);
        out.write_record((0..=last).map(cell)).ok()?;
    }
    String::from_utf8(out.into_inner().ok()?).ok()
}

type Cells = Vec<(u32, BTreeMap<u32, String>)>;

fn workbook(bytes: &[u8]) -> Option<Cells> {
    ceiba_forms::first_sheet(bytes).ok()
}

/// Commas or, as spreadsheets of the region write them, semicolons.
fn text(bytes: &[u8]) -> Option<Cells> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let by = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(by)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let number = record.position().map_or(0, csv::Position::line);
        let cells =
            record.iter().enumerate().filter_map(|(n, t)| Some((u32::try_from(n).ok()?, t.to_owned())));
        rows.push((u32::try_from(number).ok()?, cells.collect()));
    }
    Some(rows)
}
