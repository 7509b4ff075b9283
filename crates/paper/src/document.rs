//! Papers as tagged PDF (PDF/UA-1): headings, text, facts, lists, tables and places to sign, on as many pages as they need, with the same
//! foot on each. The same paper gives the same bytes.
//!
//! What is drawn and what a screen reader reads is one tree: each line of text belongs to the part of the paper it stands in
//! (ISO 32000-1, 14.8; ISO 14289-1).

mod font;
mod lines;
mod pages;
mod write;

pub(crate) use font::Faces;
pub(crate) use lines::broken;
pub use write::write;

/// A paper. All text is as people read it; what the font has no sign for shows as an empty box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its title, for the window of whoever opens it. It names nobody.
    pub title: String,
    /// BCP 47, such as `es`.
    pub language: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// Stands at the foot of each page, before the number of the page.
    pub foot: String,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: 1 is the title, 2 and 3 are below it. The first heading of a paper is 1, and none leaves out a level.
    Heading(u8, String),
    /// A paragraph; a line feed begins a new line.
    Text(String),
    /// The same in small type.
    Small(String),
    /// What something is called, and what it is.
    Facts(Vec<(String, String)>),
    /// One below the other.
    List(Vec<String>),
    /// Columns of the same width; each row has as many cells as the head.
    Table {
        /// What each column holds.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Lines to write on, each with what goes there.
    Sign(Vec<String>),
}

/// Why a paper could not be made.
#[derive(Debug)]
pub struct PaperError(String);

impl std::fmt::Display for PaperError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the paper cannot be made: {}", self.0)
    }
}

impl std::error::Error for PaperError {}

/// Width and height of a page, in points: Letter, the paper that offices in Guatemala print on.
const PAGE: (f32, f32) = (612.0, 792.0);
/// Margin on each side, in points.
const MARGIN: f32 = 56.0;
/// Height of the foot above the lower margin, in points.
const FOOT: f32 = 30.0;
