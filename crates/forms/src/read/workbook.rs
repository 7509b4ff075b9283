//! Bytes of a workbook to rows of text, within bounds.
//!
//! calamine has no bound of its own, so the zip is unpacked once to count its bytes, and cells are
//! streamed instead of filling a rectangle that a single far cell could make enormous.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use crate::limits;
use crate::problem::{Code, Place, Problem};

/// Rows with their number as a spreadsheet shows it, cells by column from 0.
pub type Rows = Vec<(u32, BTreeMap<u32, String>)>;

/// A sheet: headers by column, then rows with their number as shown by a spreadsheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Trimmed headers, by column from 0.
    pub headers: BTreeMap<u32, String>,
    /// Trimmed, non-empty cells by column; rows without any are absent.
    pub rows: Rows,
}

/// Reads the sheets survey, choices and settings; others are passed over.
pub(super) fn open(bytes: &[u8]) -> Result<BTreeMap<String, Sheet>, Problem> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(Problem::limit("file bytes", limits::FILE_BYTES, Place::default()));
    }
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = BTreeMap::new();
    let mut text_bytes = 0;
    for title in book.sheet_names() {
        let name = title.trim().to_lowercase();
        if matches!(name.as_str(), "survey" | "choices" | "settings") {
            let sheet = read_sheet(&mut book, &title, &name, &mut text_bytes)?;
            sheets.insert(name, sheet);
        }
    }
    match sheets.contains_key("survey") {
        true => Ok(sheets),
        false => Err(Problem::error(Code::MissingSheet, Place::default()).with("sheet", "survey")),
    }
}

/// The first sheet of a workbook that is no form: rows with their number as a spreadsheet shows it, the headers' row among them.
pub(super) fn first(bytes: &[u8]) -> Result<Rows, Problem> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(Problem::limit("file bytes", limits::FILE_BYTES, Place::default()));
    }
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let title = book.sheet_names().first().cloned().ok_or_else(|| unreadable("it has no sheet"))?;
    let sheet = read_sheet(&mut book, &title, &title, &mut 0)?;
    Ok([(1, sheet.headers)].into_iter().chain(sheet.rows).collect())
}

/// Unpacks every part into nothing, to know how much there is whatever the directory claims.
fn weigh(bytes: &[u8]) -> Result<(), Problem> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if zip.len() > limits::ZIP_PARTS {
        return Err(Problem::limit("zip parts", limits::ZIP_PARTS, Place::default()));
    }
    let mut left = limits::UNZIPPED_BYTES;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(unreadable)?;
        let mut part = part.take(left + 1);
        let read = std::io::copy(&mut part, &mut std::io::sink()).map_err(unreadable)?;
        if read > left {
            return Err(Problem::limit("unzipped bytes", limits::UNZIPPED_BYTES, Place::default()));
        }
        left -= read;
    }
    Ok(())
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    title: &str,
    name: &str,
    text_bytes: &mut usize,
) -> Result<Sheet, Problem> {
    let mut cells = book.worksheet_cells_reader(title).map_err(unreadable)?;
    let mut sheet = Sheet::default();
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let text = cell_text(cell.get_value());
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let place = Place::new(name, row.saturating_add(1), "");
        if row >= limits::SHEET_ROWS {
            return Err(Problem::limit("rows of a sheet", limits::SHEET_ROWS, place));
        }
        if column >= limits::SHEET_COLUMNS {
            return Err(Problem::limit("columns of a sheet", limits::SHEET_COLUMNS, place));
        }
        *text_bytes += text.len();
        if *text_bytes > limits::WORKBOOK_TEXT_BYTES {
            return Err(Problem::limit("bytes of text in all cells", limits::WORKBOOK_TEXT_BYTES, place));
        }
        if text.len() > limits::SOURCE_BYTES {
            return Err(Problem::limit("bytes of a cell", limits::SOURCE_BYTES, place));
        }
        rows.entry(row).or_default().insert(column, text.to_owned());
    }
    if let Some(headers) = rows.remove(&0) {
        sheet.headers = headers;
    }
    sheet.rows = rows.into_iter().map(|(row, cells)| (row + 1, cells)).collect();
    Ok(sheet)
}

/// A cell as the author sees it: `2026112301` and not `2026112301.0`.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(moment) => excel_date(moment.as_f64()),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Days since 1899-12-30 as `2026-11-23`; anything impossible as its plain number.
fn excel_date(serial: f64) -> String {
    crate::expr::dates::from_days(serial - 25_569.0).unwrap_or_else(|| serial.to_string())
}

fn unreadable(reason: impl std::fmt::Display) -> Problem {
    Problem::error(Code::NotAWorkbook, Place::default()).with("reason", reason)
}
