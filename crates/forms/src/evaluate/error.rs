//! What can be wrong with an answer.

use std::fmt;

use serde::Serialize;

/// An error of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Path with indices, without `/data/`.
    pub path: String,
    /// What is wrong.
    pub kind: ErrorKind,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/data/{}: {}", self.path, self.kind)
    }
}

/// Kinds of error. The form's own messages (`constraint_message`) are for people; the text of `Display`
/// is for logs and tests and holds an answer only where a calculation differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum ErrorKind {
    /// Needs an answer or a non-answer.
    Required,
    /// The constraint is false.
    Constraint,
    /// Not in the list, or taken out by the filter.
    NotAmongChoices {
        /// Whether there is a filter.
        filtered: bool,
    },
    /// Not of its type.
    Type {
        /// What was expected, in English.
        expected: &'static str,
    },
    /// A calculated field came with another value than ours.
    Recalculated {
        /// Ours.
        expected: String,
        /// Theirs.
        sent: String,
    },
    /// A field that nobody may change came with a value.
    ReadOnly,
    /// The form has no such field.
    UnknownField,
    /// More copies or fields than can be evaluated.
    TooMany,
    /// An expression of the form could not be evaluated.
    Expression {
        /// Column of the survey sheet.
        column: &'static str,
        /// Why, in English.
        reason: String,
    },
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("required"),
            Self::Constraint => f.write_str("constraint"),
            Self::NotAmongChoices { filtered: true } => f.write_str("not among choices (choice_filter)"),
            Self::NotAmongChoices { filtered: false } => f.write_str("not among choices"),
            Self::Type { expected } => write!(f, "type, expected {expected}"),
            Self::Recalculated { expected, sent } => write!(f, "recalculated {expected}, sent {sent}"),
            Self::ReadOnly => f.write_str("read only"),
            Self::UnknownField => f.write_str("unknown field"),
            Self::TooMany => f.write_str("too many copies"),
            Self::Expression { column, reason } => write!(f, "{column} cannot be evaluated: {reason}"),
        }
    }
}
