//! A workbook (XLSX) to hand over: numbers are numbers, a hidden one is text that says why, no text becomes a formula. The same
//! workbook gives the same bytes: no author, no hour.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatPattern, Workbook, Worksheet, XlsxError,
};

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// What it is called.
    pub title: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// On its tab; what a tab cannot hold is left out.
    pub name: String,
    /// Lines above the table: what it is, of when, how numbers were hidden.
    pub above: Vec<String>,
    /// The headings, and how wide each column is, in signs.
    pub columns: Vec<(String, u8)>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number with so many decimal places.
    Number(f64, u8),
    /// The least that a number can be, with so many decimal places: still a number, with «≥» before it.
    Least(f64, u8),
    /// A share in percent, from 0 to 100, with one decimal place.
    Percent(f64),
    /// Why there is no number: in words, in a hatched cell.
    Hidden(String),
}

/// Why a workbook could not be made.
#[derive(Debug)]
pub struct SheetError(String);

impl std::fmt::Display for SheetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the workbook cannot be made: {}", self.0)
    }
}

impl std::error::Error for SheetError {}

impl From<XlsxError> for SheetError {
    fn from(e: XlsxError) -> Self {
        Self(e.to_string())
    }
}

/// Longer text than a cell takes is cut there.
const LONGEST: usize = 32_000;

struct Looks {
    title: Format,
    above: Format,
    head: Format,
    text: Format,
    hidden: Format,
}

/// Writes a workbook.
///
/// # Errors
/// When the library refuses it: two sheets of one name, more rows than a sheet has.
pub fn write(book: &Book) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    // A day that is nobody's; the day of the report stands in its sheets.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(clean(&book.title)).set_creation_datetime(&day));
    let looks = Looks {
        title: Format::new().set_bold().set_font_size(14.0).set_quote_prefix(),
        above: Format::new().set_quote_prefix(),
        head: Format::new()
            .set_bold()
            .set_background_color("#E3ECE8")
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_quote_prefix(),
        // The mark that keeps a cell text when somebody edits it.
        text: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_quote_prefix(),
        hidden: Format::new()
            .set_italic()
            .set_align(FormatAlign::Top)
            .set_pattern(FormatPattern::LightUp)
            .set_foreground_color("#9AA5A0")
            .set_background_color("#FFFFFF")
            .set_quote_prefix(),
    };
    for sheet in &book.sheets {
        put(workbook.add_worksheet(), sheet, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn put(ws: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), SheetError> {
    ws.set_name(tab(&sheet.name))?;
    let mut at = 0;
    for (n, line) in sheet.above.iter().enumerate() {
        ws.write_string_with_format(at, 0, clean(line), if n == 0 { &looks.title } else { &looks.above })?;
        at += 1;
    }
    at += u32::from(at > 0);
    for (n, (heading, width)) in sheet.columns.iter().enumerate() {
        let column = place(n)?;
        ws.set_column_width(column, f64::from(*width))?;
        ws.write_string_with_format(at, column, clean(heading), &looks.head)?;
    }
    ws.set_freeze_panes(at + 1, 0)?;
    ws.set_repeat_rows(at, at)?;
    ws.set_landscape();
    // Letter, as wide as one page.
    ws.set_paper_size(1);
    ws.set_print_fit_to_pages(1, 0);
    for row in &sheet.rows {
        at += 1;
        for (n, value) in row.iter().enumerate() {
            cell(ws, (at, place(n)?), value, looks)?;
        }
    }
    Ok(())
}

fn cell(
    ws: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    looks: &Looks,
) -> Result<(), SheetError> {
    match value {
        Value::Empty => {}
        Value::Text(text) => {
            ws.write_string_with_format(row, column, clean(text), &looks.text)?;
        }
        Value::Hidden(reason) => {
            ws.write_string_with_format(row, column, clean(reason), &looks.hidden)?;
        }
        Value::Number(n, places) | Value::Least(n, places) => {
            let places = usize::from((*places).min(4));
            let format =
                if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
            let format = if matches!(value, Value::Least(..)) { format!("\"≥ \"{format}") } else { format };
            let look = Format::new().set_num_format(format).set_align(FormatAlign::Top);
            ws.write_number_with_format(row, column, finite(*n)?, &look)?;
        }
        Value::Percent(n) => {
            let look = Format::new().set_num_format("0.0%").set_align(FormatAlign::Top);
            ws.write_number_with_format(row, column, finite(*n)? / 100.0, &look)?;
        }
    }
    Ok(())
}

fn finite(n: f64) -> Result<f64, SheetError> {
    if n.is_finite() { Ok(n) } else { Err(SheetError("a number that is none".to_owned())) }
}

fn place(n: usize) -> Result<u16, SheetError> {
    u16::try_from(n).map_err(|_| SheetError("too many columns".to_owned()))
}

/// What XML can hold, and a cell.
fn clean(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || *c == '\n');
    kept.filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).take(LONGEST).collect()
}

/// A name that a tab can hold.
fn tab(name: &str) -> String {
    let kept: String = clean(name).chars().filter(|c| !"[]:*?/\\\n'".contains(*c)).take(31).collect();
    if kept.trim().is_empty() { "–".to_owned() } else { kept }
}
