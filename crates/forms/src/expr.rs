//! The expression language of XLSForm: a total subset of `XPath` 1.0 with the functions of ODK `XForms`.
//!
//! Total means that every expression ends: there is no loop and no recursion in the language, the
//! parser refuses deep nesting, and evaluation pays for each step and each byte out of a fixed budget.
//! Source: <https://getodk.github.io/xforms-spec/#xpath-functions>.

pub(crate) mod ast;
pub(crate) mod compare;
pub(crate) mod dates;
pub(crate) mod eval;
pub(crate) mod functions;
pub(crate) mod lexer;
mod nodes;
pub(crate) mod parse;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod signatures;
pub(crate) mod value;

pub use functions::supported;
