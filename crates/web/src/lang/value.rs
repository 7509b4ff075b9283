//! What is put into a text.

use fluent_bundle::FluentValue;

/// A value of a text: words or a number. Numbers choose plurals and are written with separators.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words, put in as they are.
    Text(std::borrow::Cow<'a, str>),
    /// A count.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! counts {
    ($($number:ty),+) => {$(
        impl From<$number> for Value<'_> {
            fn from(n: $number) -> Self {
                // Counts beyond i64 do not occur; the largest one is then shown.
                Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )+};
}
counts!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

impl<'a> From<&'a Value<'_>> for FluentValue<'a> {
    fn from(value: &'a Value<'_>) -> Self {
        match value {
            Value::Text(text) => FluentValue::from(text.as_ref()),
            Value::Number(n) => FluentValue::from(*n),
        }
    }
}
