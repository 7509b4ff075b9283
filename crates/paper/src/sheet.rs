//! The fact sheet: one page that says what a project is and what it reached, as tagged PDF (PDF/UA-1). The same sheet gives the same bytes.
//!
//! Everything stands on one page or nothing is made: sizes go down by fixed steps until it fits, and below the last one the answer is how
//! much is too long, and where. Nothing is cut.

mod colour;
pub(crate) mod draw;
pub(crate) mod lay;

pub use colour::{Colour, Colours, READABLE, contrast};
pub use draw::{scale, write};

/// What stands on the sheet. All texts are in one language, as people read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// BCP 47.
    pub language: String,
    /// The paper it is for.
    pub page: Page,
    /// The programme's own.
    pub colours: Colours,
    /// Whose sheet it is: above the title.
    pub owner: String,
    /// The project.
    pub title: String,
    /// Of when the figures are: below the title.
    pub dated: String,
    /// Donor, location, time frame, partners: what it is called, and what it is.
    pub facts: Vec<(String, String)>,
    /// Heading and text.
    pub overview: (String, String),
    /// Heading and figures, six at most.
    pub numbers: (String, Vec<Big>),
    /// Headings and lists that stand on the left: interventions, objectives.
    pub left: Vec<(String, Vec<String>)>,
    /// The same on the right: results.
    pub right: Vec<(String, Vec<String>)>,
    /// At the foot: which frozen figures these are, and which groups are not shown.
    pub foot: String,
}

/// A figure in large signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Big {
    /// The figure as it is written.
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// How large the paper is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// 8.5 by 11 inches, as offices in Guatemala and in the United States print on.
    #[default]
    Letter,
    /// 210 by 297 mm.
    A4,
}

impl Page {
    /// Width and height, in points.
    pub(crate) const fn points(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.0, 842.0),
        }
    }
}

/// Why there is no sheet.
#[derive(Debug, PartialEq, Eq)]
pub enum SheetError {
    /// It does not fit on one page in the smallest size: so many lines too many, and the heading under which most of the text stands.
    TooLong {
        /// Lines.
        lines: usize,
        /// Heading.
        longest: String,
    },
    /// A colour on which its text cannot be read: its contrast in hundredths, which has to be 450.
    Unreadable(u32),
    /// The library refuses it.
    Paper(String),
}

impl std::fmt::Display for SheetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong { lines, longest } => {
                write!(f, "{lines} lines too many for one page, most of them under «{longest}»")
            }
            Self::Unreadable(contrast) => write!(
                f,
                "a colour with a contrast of {}.{:02} cannot be read",
                contrast / 100,
                contrast % 100
            ),
            Self::Paper(why) => write!(f, "the paper cannot be made: {why}"),
        }
    }
}

impl std::error::Error for SheetError {}
