//! Tokens to an expression, by precedence climbing with a bounded depth.

use super::ast::{Expr, Op, Path, Start};
use super::lexer::{Reason, SyntaxError, Token, tokens};
use super::signatures;
use crate::limits;

/// Operators from the loosest to the tightest.
const LEVELS: [&[(&str, Op)]; 7] = [
    &[("or", Op::Or)],
    &[("and", Op::And)],
    &[("=", Op::Equal), ("!=", Op::Unequal)],
    &[("<", Op::Less), ("<=", Op::LessOrEqual), (">", Op::Greater), (">=", Op::GreaterOrEqual)],
    &[("+", Op::Add), ("-", Op::Subtract)],
    &[("*", Op::Multiply), ("div", Op::Divide), ("mod", Op::Remainder)],
    &[("|", Op::Union)],
];

/// Parses a source.
pub(crate) fn parse(source: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser { tokens: tokens(source)?, next: 0, depth: 0, end: source.len() };
    let expr = parser.expression()?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.wrong("an operator is missing here")),
    }
}

pub(super) struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    /// A whole expression; every nesting passes here, so here the depth is bounded.
    pub(super) fn expression(&mut self) -> Result<Expr, SyntaxError> {
        if self.depth >= limits::PARSE_DEPTH {
            return Err(self.wrong("it is nested deeper than 64"));
        }
        self.depth += 1;
        let expr = self.level(0);
        self.depth -= 1;
        expr
    }

    fn level(&mut self, level: usize) -> Result<Expr, SyntaxError> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let first = self.level(level + 1)?;
        let mut rest = Vec::new();
        while let Some(op) = self.operator(operators) {
            self.next += 1;
            rest.push((op, self.level(level + 1)?));
        }
        Ok(if rest.is_empty() { first } else { Expr::Chain(Box::new(first), rest) })
    }

    fn operator(&self, operators: &[(&str, Op)]) -> Option<Op> {
        let word = match self.peek()? {
            Token::Sign(sign) => *sign,
            Token::Name(name) => name.as_str(),
            _ => return None,
        };
        operators.iter().find(|(text, _)| *text == word).map(|(_, op)| *op)
    }

    fn unary(&mut self) -> Result<Expr, SyntaxError> {
        // Counted, not recursed: the source may be 64 KiB of minus signs.
        let mut negative = false;
        let mut any = false;
        while self.take("-") {
            negative = !negative;
            any = true;
        }
        let expr = self.primary()?;
        Ok(match (any, negative) {
            (false, _) => expr,
            (true, true) => Expr::Negate(Box::new(expr)),
            (true, false) => Expr::Negate(Box::new(Expr::Negate(Box::new(expr)))),
        })
    }

    fn primary(&mut self) -> Result<Expr, SyntaxError> {
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.next += 1;
                Ok(Expr::Number(number))
            }
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok(Expr::Text(text))
            }
            Some(Token::Sign("(")) => {
                self.next += 1;
                let expr = self.expression()?;
                self.expect(")", "a parenthesis is not closed")?;
                Ok(expr)
            }
            Some(Token::Name(name)) if self.follows("(") => self.call(&name),
            Some(_) => self.path(),
            None => Err(self.wrong("something is missing at the end")),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expr, SyntaxError> {
        let at = self.at();
        let Some((name, fewest, most)) = signatures::find(name) else {
            return Err(SyntaxError { at, reason: Reason::UnknownFunction(name.to_owned()) });
        };
        self.next += 2;
        let mut args = Vec::new();
        if !self.take(")") {
            loop {
                args.push(self.expression()?);
                if !self.take(",") {
                    break;
                }
            }
            self.expect(")", "a parenthesis is not closed")?;
        }
        if args.len() < fewest || args.len() > most {
            let expected = if fewest == most { fewest.to_string() } else { format!("{fewest} or more") };
            return Err(SyntaxError { at, reason: Reason::Arguments(name, expected) });
        }
        match (name, args.as_slice()) {
            ("current", _) => self.steps(Start::Current),
            ("instance", [Expr::Text(list)]) => {
                let list = list.clone();
                self.steps(Start::List(list))
            }
            ("instance", _) => Err(SyntaxError::new(at, "instance() takes the name of a list in quotes")),
            _ => Ok(Expr::Call(name, args)),
        }
    }

    /// What follows the start of a path, if anything.
    pub(super) fn steps(&mut self, start: Start) -> Result<Expr, SyntaxError> {
        let mut steps = Vec::new();
        while self.take("/") {
            steps.push(self.step()?);
        }
        Ok(Expr::Path(Path { start, steps }))
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.next += usize::from(there);
        there
    }

    fn follows(&self, sign: &str) -> bool {
        matches!(self.tokens.get(self.next + 1), Some((_, Token::Sign(s))) if *s == sign)
    }

    pub(super) fn expect(&mut self, sign: &str, reason: &'static str) -> Result<(), SyntaxError> {
        match self.take(sign) {
            true => Ok(()),
            false => Err(self.wrong(reason)),
        }
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    pub(super) fn wrong(&self, reason: &'static str) -> SyntaxError {
        SyntaxError::new(self.at(), reason)
    }
}
