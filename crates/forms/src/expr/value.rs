//! Values of expressions and their conversions, by `XPath` 1.0 with the dates of `XForms`.

use super::dates;

/// A place that an expression can point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeRef<'f> {
    /// Above `data`.
    Document,
    /// A node of the submission, by its number in the tree.
    Form(usize),
    /// `instance('list')`.
    List(&'f str),
    /// `instance('list')/root`.
    ListRoot(&'f str),
    /// A choice: list and position from 0.
    Item(&'f str, usize),
    /// A column of a choice: list, position from 0, header.
    Column(&'f str, usize, &'f str),
}

/// What an expression makes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'f> {
    /// A text.
    Text(String),
    /// A number; not a number is `NaN`.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Places, in document order.
    Nodes(Vec<NodeRef<'f>>),
}

/// Why an expression has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fail {
    /// It took more steps than allowed.
    Fuel,
    /// It made a text that is too long.
    TooLarge,
    /// A pattern made at run time cannot be used.
    Pattern,
    /// A function got a value where it needs places of the form.
    NotNodes,
    /// A place that does not exist, or a source that was never accepted.
    Broken,
}

impl std::fmt::Display for Fail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Fuel => "it takes too many steps",
            Self::TooLarge => "it makes too long a text",
            Self::Pattern => "it makes a pattern that cannot be used",
            Self::NotNodes => "it needs fields and got a value",
            Self::Broken => "it is not valid",
        })
    }
}

/// A number from text: decimal, or a date as days; anything else is `NaN`.
pub(crate) fn number_of(text: &str) -> f64 {
    let text = text.trim();
    // Rust also reads «inf» and «nan», which are words here.
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    match numeric && !text.is_empty() {
        true => text.parse().ok().or_else(|| dates::to_days(text)).unwrap_or(f64::NAN),
        false => dates::to_days(text).unwrap_or(f64::NAN),
    }
}

/// A number as text: `1` and not `1.0`; `NaN` as `XPath` writes it.
pub(crate) fn text_of(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    number.to_string()
}

/// True as text.
pub(crate) fn text_of_flag(flag: bool) -> String {
    if flag { "true" } else { "false" }.into()
}
