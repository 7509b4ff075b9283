//! Compartments and folders: where a sealed value lives and who may open it.

use serde::Deserialize;

use crate::Act;

/// What a professional opens: a part of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    /// The shared social record.
    Social,
    /// Health.
    Health,
    /// Psychological process notes.
    Psychological,
    /// Legal strategy and papers.
    Legal,
    /// Where she is now.
    Location,
    /// Her real identity.
    Identity,
}

impl Folder {
    /// Every folder, in the order of the file.
    pub const ALL: [Self; 6] =
        [Self::Social, Self::Health, Self::Psychological, Self::Legal, Self::Location, Self::Identity];

    /// Its code in the database and in packs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Social => "social",
            Self::Health => "health",
            Self::Psychological => "psychological",
            Self::Legal => "legal",
            Self::Location => "location",
            Self::Identity => "identity",
        }
    }

    /// The folder with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.code() == code)
    }

    /// The act of reading it.
    #[must_use]
    pub const fn read(self) -> Act {
        match self {
            Self::Social => Act::READ_SOCIAL,
            Self::Health => Act::READ_HEALTH,
            Self::Psychological => Act::READ_PSYCHOLOGICAL,
            Self::Legal => Act::READ_LEGAL,
            Self::Location => Act::READ_LOCATION,
            Self::Identity => Act::READ_IDENTITY,
        }
    }

    /// The act of writing in it.
    #[must_use]
    pub const fn write(self) -> Act {
        match self {
            Self::Social => Act::WRITE_SOCIAL,
            Self::Health => Act::WRITE_HEALTH,
            Self::Psychological => Act::WRITE_PSYCHOLOGICAL,
            Self::Legal => Act::WRITE_LEGAL,
            Self::Location => Act::WRITE_LOCATION,
            Self::Identity => Act::WRITE_IDENTITY,
        }
    }
}

/// Which lock a compartment has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Opens while the office is open.
    Office,
    /// Opens only with a named person's key, or two directors' together.
    Strongbox,
}

/// A group of sealed values with one key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Compartment {
    /// Its code, part of every sealed value's address.
    pub id: String,
    /// The folder it belongs to.
    pub folder: Folder,
    /// Its lock.
    pub lock: Lock,
    /// Acts of no folder that read it as well: the house reads allergies and nothing else of health. Only for
    /// the office's lock (docs/adr/0011).
    #[serde(default)]
    pub read_by: Vec<String>,
    /// Acts of no folder that write it as well.
    #[serde(default)]
    pub written_by: Vec<String>,
}
