//! Paths: `${name}`, `.`, `..`, `/data/g/x`, `../x`, `name`, `instance('list')/root/item[…]/label`.

use super::ast::{Expr, Start, Step};
use super::lexer::{SyntaxError, Token};
use super::parse::Parser;

impl Parser {
    pub(super) fn path(&mut self) -> Result<Expr, SyntaxError> {
        match self.peek().cloned() {
            Some(Token::Field(name)) => {
                self.advance();
                self.steps(Start::Field(name))
            }
            Some(Token::Sign("/")) => self.steps(Start::Root),
            Some(Token::Sign("." | ".." | "*") | Token::Name(_)) => {
                let first = self.step()?;
                match self.steps(Start::Here)? {
                    Expr::Path(mut path) => {
                        path.steps.insert(0, first);
                        Ok(Expr::Path(path))
                    }
                    other => Ok(other),
                }
            }
            Some(Token::Sign("//" | "::")) => Err(self.wrong("// and :: are not supported in paths")),
            _ => Err(self.wrong("a value is missing here")),
        }
    }

    pub(super) fn step(&mut self) -> Result<Step, SyntaxError> {
        let name = match self.peek().cloned() {
            Some(Token::Sign(".")) => {
                self.advance();
                return Ok(Step::Same);
            }
            Some(Token::Sign("..")) => {
                self.advance();
                return Ok(Step::Parent);
            }
            Some(Token::Sign("*")) => None,
            Some(Token::Name(name)) if name.contains("::") => {
                return Err(self.wrong("// and :: are not supported in paths"));
            }
            Some(Token::Name(name)) => Some(name),
            _ => return Err(self.wrong("a path ends too early")),
        };
        self.advance();
        let mut predicates = Vec::new();
        while self.take("[") {
            predicates.push(self.expression()?);
            self.expect("]", "a bracket is not closed")?;
        }
        Ok(Step::Child(name, predicates))
    }
}
