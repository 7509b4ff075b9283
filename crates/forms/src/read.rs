//! Reads an XLSForm workbook from bytes.
//!
//! Source of the format: <https://xlsform.org>. Our own columns (`why`, `who_sees`, `if_not`, `sign`,
//! `sign_label`, `sensitive`) are ignored by ODK and Kobo, so one workbook serves both.

use crate::check::check;
use crate::form::Form;
use crate::problem::{Problem, Refused, Severity, cap};

mod choices;
mod columns;
mod kinds;
mod settings;
mod survey;
mod texts;
mod tree;
mod workbook;

pub(crate) use tree::valid_name;
pub use workbook::Rows;

/// A form that can be published, with what was changed or ignored on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The form.
    pub form: Form,
    /// Warnings for the author.
    pub warnings: Vec<Problem>,
}

/// The first sheet of any workbook as text, within the same bounds: rows with their number as a spreadsheet shows it, cells by
/// column from 0.
///
/// # Errors
/// When it is no workbook, or too large.
pub fn first_sheet(bytes: &[u8]) -> Result<Rows, Problem> {
    workbook::first(bytes)
}

/// Reads and checks a `.xlsx` workbook.
///
/// # Errors
/// Every problem found, each with its cell; the form is never read in part.
pub fn read_xlsx(bytes: &[u8]) -> Result<Reading, Refused> {
    let sheets = workbook::open(bytes).map_err(|problem| Refused(vec![problem]))?;
    let mut problems = Vec::new();
    let settings = settings::read(sheets.get("settings"), &mut problems);
    let mut languages = columns::Languages::new(&settings.default_language);
    let survey = survey::read(sheets.get("survey"), &mut languages, &mut problems);
    let lists = choices::read(sheets.get("choices"), &mut languages, &mut problems);
    let items = tree::build(survey, &mut problems);
    let (languages, default_language) = languages.finish(&mut problems);
    let form = Form {
        id: settings.id,
        version: settings.version,
        title: settings.title,
        default_language,
        languages,
        items,
        lists,
        instance_name: settings.instance_name,
    };
    if !problems.iter().any(|p| p.severity == Severity::Error) {
        problems.extend(check(&form));
    }
    cap(&mut problems);
    if problems.iter().any(|p| p.severity == Severity::Error) {
        return Err(Refused(problems));
    }
    Ok(Reading { form, warnings: problems })
}
