//! Kinds of papers as data: what may stand in a template, what has to, a sample, and a template to begin with.

use std::collections::BTreeMap;

use ceiba_exchange::word::{self, Line, Names, Rules, Starter, Values};
use serde::Deserialize;

use crate::care::Said;
use crate::packs::{PackError, parse};

/// Languages that a template may be written in. What is filled in comes in its language, whoever asks.
pub const LANGUAGES: [&str; 2] = ["es", "en"];

/// A kind of paper.
#[derive(Clone, Debug, Deserialize)]
pub struct Paper {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Said,
    /// Marks that stand in the foot of every page.
    pub foot: Vec<String>,
    /// Of each list, one mark has to stand somewhere.
    pub must: Vec<Vec<String>>,
    /// Everything that may be written.
    #[serde(rename = "mark")]
    pub marks: Vec<Mark>,
    starter: Vec<Piece>,
}

/// What may stand between braces.
#[derive(Clone, Debug, Deserialize)]
pub struct Mark {
    /// How it is written.
    pub name: String,
    /// What comes in its place.
    pub what: Said,
    /// Invented values by language.
    #[serde(default)]
    sample: BTreeMap<String, Vec<String>>,
    /// It is a block: these may stand in it.
    #[serde(default, rename = "mark")]
    pub inside: Vec<Self>,
}

/// A line of the template to begin with: one of the first three, or a table.
#[derive(Clone, Debug, Deserialize)]
struct Piece {
    title: Option<Said>,
    heading: Option<Said>,
    text: Option<Said>,
    #[serde(default)]
    table: Vec<Said>,
    #[serde(default)]
    row: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    paper: Vec<Paper>,
}

/// Reads `core/papers.toml`.
///
/// # Errors
/// Names what is wrong with it, among others a starter that its own rules refuse.
pub(crate) fn read() -> Result<Vec<Paper>, PackError> {
    const FILE: &str = "core/papers.toml";
    let all: File = parse(FILE)?;
    for paper in &all.paper {
        for language in LANGUAGES {
            let wrong = |what: String| PackError(FILE.to_owned(), format!("{}: {what}", paper.id));
            let bytes = paper.starter(language).map_err(|why| wrong(why.key().to_owned()))?;
            if let Err(problems) = word::Template::read(&bytes, &paper.rules()) {
                return Err(wrong(format!("{problems:?}")));
            }
        }
    }
    Ok(all.paper)
}

impl Paper {
    /// What its templates are checked against.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules { names: names(&self.marks), foot: self.foot.clone(), must: self.must.clone() }
    }

    /// Invented values.
    #[must_use]
    pub fn sample(&self, language: &str) -> Values {
        sample(&self.marks, language, 0)
    }

    /// A template to begin with.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn starter(&self, language: &str) -> Result<Vec<u8>, word::Why> {
        let said = |text: &Said| text.of(language).to_owned();
        let line = |piece: &Piece| match piece {
            Piece { title: Some(text), .. } => Line::Title(said(text)),
            Piece { heading: Some(text), .. } => Line::Heading(said(text)),
            Piece { text: Some(text), .. } => Line::Text(said(text)),
            Piece { table, row, .. } => Line::Table(table.iter().map(said).collect(), row.clone()),
        };
        let english = language == "en";
        word::starter(&Starter {
            language: if english { "en-US" } else { "es-GT" }.to_owned(),
            head: "{{programa}}".to_owned(),
            lines: self.starter.iter().map(line).collect(),
            foot: self.foot.iter().map(|name| format!("{{{{{name}}}}}")).collect(),
            page: if english { "Page" } else { "Página" }.to_owned(),
        })
    }
}

fn names(marks: &[Mark]) -> Names {
    let (blocks, texts): (Vec<&Mark>, Vec<&Mark>) = marks.iter().partition(|m| !m.inside.is_empty());
    Names {
        texts: texts.into_iter().map(|m| m.name.clone()).collect(),
        blocks: blocks.into_iter().map(|m| (m.name.clone(), names(&m.inside))).collect(),
    }
}

/// The n-th item of invented values; a block has as many as its longest value.
fn sample(marks: &[Mark], language: &str, n: usize) -> Values {
    let mut values = Values::default();
    for mark in marks {
        if mark.inside.is_empty() {
            let said = mark.sample.get(language).or_else(|| mark.sample.get("es"));
            values = values.text(&mark.name, said.and_then(|s| s.get(n)).cloned().unwrap_or_default());
        } else {
            let count = mark.inside.iter().filter_map(|m| m.sample.get(language)).map(Vec::len).max();
            let items = (0..count.unwrap_or(0)).map(|n| sample(&mark.inside, language, n)).collect();
            values = values.block(&mark.name, items);
        }
    }
    values
}
