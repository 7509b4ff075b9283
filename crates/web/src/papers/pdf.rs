//! A paper as tagged PDF: the template to begin with, filled, and set by `ceiba-paper`. One text for the Word file, for the PDF and
//! for whoever changes it.

use ceiba_exchange::word::{Shown, Values};
use ceiba_paper::document::{Block, Paper, write as set};
use ceiba_programme::{ProgrammeError, papers};

use crate::{App, Failure};

/// The bytes. No name of hers is in its title: it stands in the window of whoever opens it.
pub(crate) fn write(app: &App, (kind, language): (&str, &str), values: &Values) -> Result<Vec<u8>, Failure> {
    let (body, foot) = papers::plain(&app.programme, (kind, language), values)?;
    let paper = papers::paper(&app.programme, kind).ok_or(Failure::Absent)?;
    let blocks = body.into_iter().map(block).collect();
    let title = paper.name.of(language).to_owned();
    let paper = Paper { title, language: language.to_owned(), blocks, foot: foot.join(" · ") };
    set(&paper).map_err(|e| {
        tracing::error!(error = %e, kind, "a paper could not be set");
        ProgrammeError::Unreadable("a paper").into()
    })
}

fn block(shown: Shown) -> Block {
    match shown {
        Shown::Title(text) => Block::Heading(1, text),
        Shown::Heading(text) => Block::Heading(2, text),
        Shown::Text(text) => Block::Text(text),
        Shown::Table(mut rows) => {
            let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
            Block::Table { head, rows }
        }
    }
}
