//! What keeps a template from being used, so that whoever brought it can mend it in Word.

/// Where in the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as such.
    #[default]
    File,
    /// The page heads.
    Header,
    /// The text.
    Body,
    /// The page feet.
    Footer,
    /// Foot- and endnotes.
    Notes,
}

impl Place {
    /// For the key of its text.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Header => "header",
            Self::Body => "body",
            Self::Footer => "footer",
            Self::Notes => "notes",
        }
    }
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// No package of a Word document.
    NotWord,
    /// The format of before 2007, or locked with a password: both look alike from outside.
    Old,
    /// More bytes than [`super::LARGEST`].
    Large,
    /// More entries or more bytes unpacked than a letter has.
    Bomb,
    /// It carries a program.
    Macros,
    /// It fetches something from elsewhere when it is opened.
    Remote,
    /// Another file, a control or an object is inside.
    Embedded,
    /// A document type or an entity.
    Entities,
    /// A part is no well-formed XML of the kind that Word writes.
    Broken,
    /// A picture that is neither PNG, JPEG nor GIF.
    Picture,
    /// Tracked changes: they hold names and what was taken out.
    Tracked,
    /// Comments: they hold names.
    Comments,
    /// A field that fetches or tells something; `what` is its name.
    Field,
    /// Braces that are no placeholder; `what` is what stands there.
    Braces,
    /// A name that this kind of paper does not have; `like` are those it may have meant.
    Unknown,
    /// A block begins and never ends.
    Unclosed,
    /// A block ends that never began, or where another is still open.
    Unopened,
    /// Something that has to stand in the foot of every page does not.
    Foot,
    /// None of those in `like` stands anywhere, and one has to.
    Missing,
    /// The filled paper would be too long.
    Long,
}

impl Why {
    /// For the key of its text.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotWord => "not-word",
            Self::Old => "old",
            Self::Large => "large",
            Self::Bomb => "bomb",
            Self::Macros => "macros",
            Self::Remote => "remote",
            Self::Embedded => "embedded",
            Self::Entities => "entities",
            Self::Broken => "broken",
            Self::Picture => "picture",
            Self::Tracked => "tracked",
            Self::Comments => "comments",
            Self::Field => "field",
            Self::Braces => "braces",
            Self::Unknown => "unknown",
            Self::Unclosed => "unclosed",
            Self::Unopened => "unopened",
            Self::Foot => "foot",
            Self::Missing => "missing",
            Self::Long => "long",
        }
    }
}

/// One problem. Its texts are those of the template, in which nobody is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Why.
    pub why: Why,
    /// The name that is wrong, or what was found.
    pub what: String,
    /// The words around it, at most [`NEAR`] characters.
    pub near: String,
    /// What it may have meant, or what has to be there.
    pub like: Vec<String>,
}

/// How many problems are told at once. Whoever mends these brings it again.
pub(super) const MANY: usize = 50;
/// How many characters of the words around are told.
pub const NEAR: usize = 60;

impl Problem {
    pub(super) fn new(place: Place, why: Why) -> Self {
        Self { place, why, what: String::new(), near: String::new(), like: Vec::new() }
    }

    pub(super) fn what(mut self, what: impl Into<String>) -> Self {
        self.what = short(&what.into());
        self
    }

    pub(super) fn near(mut self, near: &str) -> Self {
        self.near = short(near);
        self
    }

    pub(super) fn like(mut self, like: Vec<String>) -> Self {
        self.like = like;
        self
    }
}

fn short(text: &str) -> String {
    // Of a text without end its beginning is enough.
    let begins = text.char_indices().nth(8 * NEAR).map_or(text, |(end, _)| &text[..end]);
    let text = begins.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(NEAR) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
