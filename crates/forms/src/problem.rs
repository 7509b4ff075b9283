//! What is wrong with a form, as a code with arguments (for translation) and an English sentence.

use std::fmt;

use serde::Serialize;

use crate::limits;

mod code;

pub use code::Code;

/// Whether the form can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The form can be used; something was changed or ignored.
    Warning,
    /// The form is refused.
    Error,
}

/// A cell of the workbook. `row` counts from 1 as a spreadsheet shows it; 0 means the whole sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// `survey`, `choices`, `settings`, or empty for the file.
    pub sheet: String,
    /// Row as shown by a spreadsheet; 0 when it is no single row.
    pub row: u32,
    /// Header of the column; empty when it is no single column.
    pub column: String,
}

impl Place {
    /// A cell: sheet, row from 1, header of the column.
    pub fn new(sheet: &str, row: u32, column: &str) -> Self {
        Self { sheet: sheet.into(), row, column: column.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.sheet.is_empty(), self.row, self.column.is_empty()) {
            (true, ..) => write!(f, "file"),
            (_, 0, true) => write!(f, "sheet {}", self.sheet),
            (_, 0, false) => write!(f, "sheet {}, column {}", self.sheet, self.column),
            (_, row, true) => write!(f, "sheet {}, row {row}", self.sheet),
            (_, row, false) => write!(f, "sheet {}, row {row}, column {}", self.sheet, self.column),
        }
    }
}

/// One thing to correct (or to know about) in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Refused or only noted.
    pub severity: Severity,
    /// What kind, stable for translation.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// Names and values for the sentence, by argument name.
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    /// An error of the given kind at the given place.
    pub fn error(code: Code, place: Place) -> Self {
        Self { severity: Severity::Error, code, place, args: Vec::new() }
    }

    /// A warning of the given kind at the given place.
    pub fn warning(code: Code, place: Place) -> Self {
        Self { severity: Severity::Warning, code, place, args: Vec::new() }
    }

    /// Adds an argument. Long values are cut at 200 characters: they come from the form itself.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        let value: String = value.to_string().chars().take(200).collect();
        self.args.push((name, value));
        self
    }

    pub(crate) fn limit(limit: &'static str, max: impl fmt::Display, place: Place) -> Self {
        Self::error(Code::Limit, place).with("limit", limit).with("max", max)
    }

    /// The English sentence, with what to do, without the place.
    pub fn message(&self) -> String {
        let mut text = self.code.english().to_owned();
        for (name, value) in &self.args {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message())
    }
}

/// A form that cannot be used, with every reason found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the form is refused for {} reasons; the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct Refused(pub Vec<Problem>);

/// Cuts a list of problems: nobody reads a thousand of them, and a hostile form can cause more.
pub(crate) fn cap(problems: &mut Vec<Problem>) {
    problems.sort_by_key(|p| std::cmp::Reverse(p.severity));
    problems.truncate(limits::SHEET_COLUMNS as usize);
}
