//! A country's model of how likely two records are of one person, its hypocoristics and its document numbers.

use ceiba_linkage::{CheckDigit, Model, Nicknames, Register, Settings};
use serde::Deserialize;

use super::{PackError, parse, text};

/// What a register of people judges by.
pub struct Linkage {
    model: Model,
    nicknames: Nicknames,
    checks: Vec<CheckDigit>,
}

#[derive(Deserialize)]
struct Documents {
    check: Vec<CheckDigit>,
}

impl Linkage {
    /// Reads the tables of a country.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn of(country: &str) -> Result<Self, PackError> {
        let path = |name: &str| format!("{country}/linkage/{name}");
        let (model, nicknames) = (path("begin.toml"), path("hypocoristics.txt"));
        let wrong = |path: &str, what: String| PackError(path.to_owned(), what);
        Ok(Self {
            model: Model::from_toml(&text(&model)?).map_err(|e| wrong(&model, e.to_string()))?,
            nicknames: Nicknames::parse(&text(&nicknames)?).map_err(|e| wrong(&nicknames, e.to_string()))?,
            checks: parse::<Documents>(&path("documents.toml"))?.check,
        })
    }

    /// How a whole register is linked: it learns, and begins with the country's model.
    #[must_use]
    pub fn settings(&self, exhaustive: bool) -> Settings {
        Settings {
            nicknames: self.nicknames(),
            checks: self.checks.clone(),
            exhaustive,
            documents: true,
            begin: Some(self.model.clone()),
        }
    }

    /// Its hypocoristics.
    #[must_use]
    pub fn nicknames(&self) -> Nicknames {
        self.nicknames.clone()
    }

    /// A register that holds nobody yet.
    pub(crate) fn register(&self) -> Register {
        Register::new(self.model.clone(), self.nicknames.clone(), self.checks.clone())
    }
}
