//! Every bound of this crate in one place, so that a form author can be told the number.
//!
//! A form is written by somebody we may not know and is evaluated on each request. None of these
//! can be raised by a form.

/// Largest workbook, in bytes.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Largest sum of the unzipped parts of a workbook, in bytes.
pub const UNZIPPED_BYTES: u64 = 64 * 1024 * 1024;
/// Most parts in the zip of a workbook.
pub const ZIP_PARTS: usize = 1_000;
/// Most rows read of a sheet.
pub const SHEET_ROWS: u32 = 20_000;
/// Most columns read of a sheet.
pub const SHEET_COLUMNS: u32 = 200;
/// Largest sum of the texts of all cells, in bytes. Stops one shared string used a million times.
pub const WORKBOOK_TEXT_BYTES: usize = 16 * 1024 * 1024;
/// Most rows of a form that carry a name.
pub const FIELDS: usize = 2_000;
/// Most choices over all lists.
pub const CHOICES: usize = 20_000;
/// Longest label, hint or other text of one cell, in bytes.
pub const LABEL_BYTES: usize = 20 * 1024;
/// Most languages.
pub const LANGUAGES: usize = 20;
/// Deepest nesting of groups.
pub const GROUP_DEPTH: usize = 16;
/// Longest field name, in bytes.
pub const NAME_BYTES: usize = 128;
/// Longest expression, in bytes.
pub const SOURCE_BYTES: usize = 64 * 1024;
/// Deepest nesting of parentheses, predicates and arguments in an expression.
pub const PARSE_DEPTH: usize = 64;
/// Largest value that an expression may make, in bytes.
pub const OUTPUT_BYTES: usize = 1024 * 1024;
/// Steps of one expression; a step is one operation, one node looked at, or sixteen bytes made.
pub const FUEL: u64 = 100_000;
/// Steps of all expressions of one evaluation.
pub const TOTAL_FUEL: u64 = 10_000_000;
/// Largest sum of all calculated values of one evaluation, in bytes.
pub const CALCULATED_BYTES: usize = 8 * 1024 * 1024;
/// Longest regular expression, in bytes.
pub const REGEX_SOURCE_BYTES: usize = 1024;
/// Most different regular expressions of a form; compiling one is the dearest thing that a form can ask for.
pub const REGEXES: usize = 200;
/// Memory of a compiled regular expression, in bytes.
pub const REGEX_BYTES: usize = 512 * 1024;
/// Longest single answer, in bytes.
pub const ANSWER_BYTES: usize = 64 * 1024;
/// Most answers in one submission.
pub const ANSWERS: usize = 50_000;
/// Most copies of one repeat.
pub const REPEATS: usize = 500;
/// Most nodes (fields times their copies) of one evaluation.
pub const NODES: usize = 50_000;
/// Largest submission, in bytes, without its attachments.
pub const SUBMISSION_BYTES: usize = 10 * 1024 * 1024;
/// Deepest XML of a submission.
pub const XML_DEPTH: usize = 32;
/// Most elements of a submission.
pub const XML_ELEMENTS: usize = 100_000;
