//! Reading the table and what stands under what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ceiba_disclosure::{Dimension, DisclosureError, TOTAL};

use super::wrong::{Why, Wrong};

/// What was read.
#[derive(Debug)]
pub struct Input {
    pub columns: Vec<String>,
    pub dimensions: Vec<Dimension>,
    /// The finest cells.
    pub leaves: Vec<(Vec<String>, u64)>,
    /// Every row, with totals as [`TOTAL`], and as it was written.
    pub rows: Vec<(Vec<String>, Vec<String>)>,
    pub has_totals: bool,
    pub delimiter: u8,
    inner: BTreeSet<String>,
}

impl Input {
    /// Whether a code has others under it.
    pub fn is_inner(&self, code: &str) -> bool {
        self.inner.contains(code)
    }
}

/// A child, its parent and its line.
type Under = Vec<(String, String, u64)>;

struct Row {
    codes: Vec<String>,
    named: Vec<String>,
    people: u64,
    line: u64,
}

pub fn read(path: &Path, bytes: &[u8], hierarchy: Option<&Path>) -> Result<Input, Wrong> {
    let (delimiter, columns, rows) = table(path, bytes)?;
    let under = hierarchy.map(|path| tree(path, &columns)).transpose()?.unwrap_or_default();
    let mut dimensions = Vec::new();
    let mut above: Vec<BTreeMap<String, String>> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let codes: BTreeSet<&String> = rows.iter().map(|r| &r.codes[at]).filter(|c| *c != TOTAL).collect();
        let mut over: BTreeMap<String, String> = BTreeMap::new();
        // Only what leads to a code of the table, from the codes upwards.
        let mine = under.get(column).or_else(|| under.get(""));
        let mut open: Vec<String> = codes.iter().map(|c| (*c).clone()).collect();
        while let Some(code) = open.pop() {
            let found = mine.and_then(|all| all.iter().find(|(child, ..)| *child == code));
            if let Some((child, parent, _)) = found
                && over.insert(child.clone(), parent.clone()).is_none()
            {
                open.push(parent.clone());
            }
        }
        let named: BTreeSet<&String> = codes.into_iter().chain(over.values()).collect();
        let tree = named.into_iter().map(|code| (code.clone(), over.get(code).cloned()));
        dimensions.push(Dimension::tree(column, tree).map_err(|e| match (e, hierarchy) {
            (DisclosureError::Circle(code), Some(path)) => Wrong::at(path, None, Why::Circle(code)),
            (e, _) => Wrong::at(path, None, Why::Unreadable(e.to_string())),
        })?);
        above.push(over);
    }
    let inner: BTreeSet<String> = above.iter().flat_map(|over| over.values().cloned()).collect();
    let is_total = |row: &Row| {
        row.codes.iter().zip(&above).any(|(code, over)| code == TOTAL || over.values().any(|o| o == code))
    };
    let leaves: Vec<&Row> = rows.iter().filter(|row| !is_total(row)).collect();
    if leaves.is_empty() {
        return Err(Wrong::at(path, None, Why::NoRows));
    }
    let has_totals = leaves.len() < rows.len();
    for row in rows.iter().filter(|row| is_total(row)) {
        let within = |leaf: &&&Row| {
            row.codes.iter().zip(&leaf.codes).zip(&above).all(|((c, l), over)| holds(c, l, over))
        };
        let mut sum = 0u64;
        for leaf in leaves.iter().filter(within) {
            sum = sum.saturating_add(leaf.people);
        }
        if sum != row.people {
            let why = Why::Total { stands: row.people, sum };
            return Err(Wrong::at(path, Some(row.line), why));
        }
        if !leaves.iter().any(|leaf| within(&leaf)) {
            return Err(Wrong::at(path, Some(row.line), Why::Mixed(row.named.join(", "))));
        }
    }
    let leaves = leaves.iter().map(|row| (row.codes.clone(), row.people)).collect();
    let rows = rows.into_iter().map(|row| (row.codes, row.named)).collect();
    Ok(Input { columns, dimensions, leaves, rows, has_totals, delimiter, inner })
}

/// Whether a code is a total over another.
fn holds(total: &str, leaf: &str, over: &BTreeMap<String, String>) -> bool {
    let mut at = Some(leaf);
    for _ in 0..=over.len() {
        match at {
            Some(code) if code == total => return true,
            Some(code) => at = over.get(code).map(String::as_str),
            None => break,
        }
    }
    total == TOTAL
}

fn table(path: &Path, bytes: &[u8]) -> Result<(u8, Vec<String>, Vec<Row>), Wrong> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    // Spreadsheets of this country write semicolons.
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let broken =
        |e: &csv::Error| Wrong::at(path, e.position().map(csv::Position::line), Why::Unreadable(kind(e)));
    let mut columns: Vec<String> =
        reader.headers().map_err(|e| broken(&e))?.iter().map(|c| c.trim().to_owned()).collect();
    let last = columns.pop().unwrap_or_default();
    let distinct: BTreeSet<&String> = columns.iter().collect();
    if !last.eq_ignore_ascii_case("count")
        || columns.is_empty()
        || distinct.len() < columns.len()
        || columns.iter().any(String::is_empty)
    {
        return Err(Wrong::at(path, Some(1), Why::Heading));
    }
    let (mut rows, mut seen): (Vec<Row>, BTreeMap<Vec<String>, u64>) = (Vec::new(), BTreeMap::new());
    for record in reader.records() {
        let record = record.map_err(|e| broken(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        let at = |why| Wrong::at(path, Some(line), why);
        if record.len() != columns.len() + 1 {
            return Err(at(Why::Columns { meant: columns.len() + 1, found: record.len() }));
        }
        let named: Vec<String> = record.iter().take(columns.len()).map(|c| c.trim().to_owned()).collect();
        if let Some(empty) = named.iter().position(String::is_empty) {
            return Err(at(Why::Empty(columns[empty].clone())));
        }
        let count = record.get(columns.len()).unwrap_or_default().trim();
        let people: u32 = count.parse().map_err(|_| at(Why::Count(count.chars().take(40).collect())))?;
        let total = |code: &String| code == TOTAL || code.eq_ignore_ascii_case("total");
        let codes: Vec<String> =
            named.iter().map(|c| if total(c) { TOTAL.to_owned() } else { c.clone() }).collect();
        if let Some(first) = seen.insert(codes.clone(), line) {
            return Err(at(Why::Twice(first)));
        }
        rows.push(Row { codes, named, people: u64::from(people), line });
    }
    if rows.is_empty() { Err(Wrong::at(path, None, Why::NoRows)) } else { Ok((delimiter, columns, rows)) }
}

fn kind(e: &csv::Error) -> String {
    match e.kind() {
        csv::ErrorKind::Utf8 { .. } => "UTF-8".to_owned(),
        _ => "CSV".to_owned(),
    }
}

/// Children and parents by column; under no name when they hold for every column.
fn tree(path: &Path, columns: &[String]) -> Result<BTreeMap<String, Under>, Wrong> {
    let bytes = std::fs::read(path).map_err(|e| Wrong::at(path, None, Why::Unreadable(e.to_string())))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let heading: Vec<String> = match reader.headers() {
        Ok(heading) => heading.iter().map(|c| c.trim().to_ascii_lowercase()).collect(),
        Err(_) => return Err(Wrong::at(path, Some(1), Why::Hierarchy)),
    };
    let named = match heading.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["child", "parent"] => false,
        ["column", "child", "parent"] => true,
        _ => return Err(Wrong::at(path, Some(1), Why::Hierarchy)),
    };
    let mut all: BTreeMap<String, Under> = BTreeMap::new();
    for record in reader.records() {
        let record = record
            .map_err(|e| Wrong::at(path, e.position().map(csv::Position::line), Why::Unreadable(kind(&e))))?;
        let line = record.position().map_or(0, csv::Position::line);
        let at = |why| Wrong::at(path, Some(line), why);
        if record.len() != heading.len() {
            return Err(at(Why::Columns { meant: heading.len(), found: record.len() }));
        }
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        if let Some(empty) = cells.iter().position(|c| c.is_empty()) {
            return Err(at(Why::Empty(heading[empty].clone())));
        }
        let column = if named { cells[0] } else { "" };
        if named && !columns.iter().any(|c| c == column) {
            return Err(at(Why::Hierarchy));
        }
        let (child, parent) = (cells[cells.len() - 2], cells[cells.len() - 1]);
        let mine = all.entry(column.to_owned()).or_default();
        match mine.iter().find(|(c, ..)| c == child) {
            Some((_, other, _)) if other != parent => return Err(at(Why::Parents(child.to_owned()))),
            Some(_) => {}
            None => mine.push((child.to_owned(), parent.to_owned(), line)),
        }
    }
    Ok(all)
}
