//! Source text to tokens.

use crate::limits;

/// A token with the byte where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Number(f64),
    Text(String),
    /// `${name}`
    Field(String),
    /// A name: a function, a step, or an operator such as `and`; the parser knows which.
    Name(String),
    /// Anything else.
    Sign(&'static str),
}

/// Why a source cannot be read: byte position from 0, and a short English reason.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SyntaxError {
    pub at: usize,
    pub reason: Reason,
}

/// Reasons that the parser tells apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reason {
    Plain(&'static str),
    UnknownFunction(String),
    Arguments(&'static str, String),
}

impl SyntaxError {
    pub(crate) fn new(at: usize, reason: &'static str) -> Self {
        Self { at, reason: Reason::Plain(reason) }
    }
}

/// Two-letter signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 20] = [
    "!=", "<=", ">=", "..", "//", "::", "(", ")", "[", "]", ",", "/", ".", "=", "<", ">", "+", "-", "*", "|",
];

/// Splits the source.
pub(crate) fn tokens(source: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    if source.len() > limits::SOURCE_BYTES {
        return Err(SyntaxError::new(0, "it is longer than 64 KiB"));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = source.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = source.get(at..).unwrap_or_default();
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = one(rest, first).map_err(|reason| SyntaxError::new(at, reason))?;
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}

fn one(rest: &str, first: char) -> Result<(Token, usize), &'static str> {
    let second = rest.chars().nth(1);
    match first {
        '"' | '\'' => {
            let inner = rest.get(1..).unwrap_or_default();
            let end = inner.find(first).ok_or("a quote is not closed")?;
            Ok((Token::Text(inner.get(..end).unwrap_or_default().to_owned()), end + 2))
        }
        '$' if second == Some('{') => {
            let end = rest.find('}').ok_or("${ is not closed")?;
            let name = rest.get(2..end).unwrap_or_default().trim();
            match name.is_empty() {
                true => Err("${} names no field"),
                false => Ok((Token::Field(name.to_owned()), end + 1)),
            }
        }
        '0'..='9' => number(rest),
        '.' if second.is_some_and(|c| c.is_ascii_digit()) => number(rest),
        c if c.is_alphabetic() || c == '_' => {
            let length = rest
                .char_indices()
                .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))
                .map_or(rest.len(), |(index, _)| index);
            Ok((Token::Name(rest.get(..length).unwrap_or_default().to_owned()), length))
        }
        _ => SIGNS
            .iter()
            .find(|sign| rest.starts_with(*sign))
            .map(|sign| (Token::Sign(sign), sign.len()))
            .ok_or("this character has no meaning here"),
    }
}

fn number(rest: &str) -> Result<(Token, usize), &'static str> {
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let value = rest.get(..length).unwrap_or_default().parse().map_err(|_| "this is not a number")?;
    Ok((Token::Number(value), length))
}
