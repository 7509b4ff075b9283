//! The types of a survey row.

use serde::{Deserialize, Serialize};

/// What a row is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// Free text.
    Text,
    /// Whole number of 64 bits.
    Integer,
    /// Decimal number.
    Decimal,
    /// `2026-11-23`.
    Date,
    /// `09:30` or `09:30:00.000-06:00`.
    Time,
    /// `2026-11-23T09:30:00-06:00`; the offset may be absent.
    DateTime,
    /// Exactly one choice.
    SelectOne {
        /// Name of the choice list.
        list: String,
    },
    /// Any number of choices, stored separated by blanks.
    SelectMultiple {
        /// Name of the choice list.
        list: String,
    },
    /// A number between two bounds.
    Range {
        /// Smallest value.
        start: f64,
        /// Largest value.
        end: f64,
        /// Distance of two neighbours, above zero.
        step: f64,
    },
    /// Text to read, no answer.
    Note,
    /// Value that follows from others, never shown.
    Calculate,
    /// A box to tick; the value is `OK`.
    Acknowledge,
    /// A file; the value is its name.
    Attachment {
        /// What kind of file.
        media: Attachment,
    },
    /// A fact about the filling-in itself.
    Meta {
        /// Which fact.
        fact: Meta,
    },
    /// Items shown together.
    Group,
    /// Items that may occur several times.
    Repeat,
}

/// Kinds of attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// A picture.
    Image,
    /// A sound.
    Audio,
    /// A film.
    Video,
    /// Any file.
    File,
}

impl Attachment {
    /// The MIME pattern of an XForm `upload`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Image => "image/*",
            Self::Audio => "audio/*",
            Self::Video => "video/*",
            Self::File => "application/*",
        }
    }
}

/// Facts about the filling-in, set by the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meta {
    /// When it was opened.
    Start,
    /// When it was finished.
    End,
    /// The day.
    Today,
    /// The device.
    DeviceId,
    /// The user name on the device.
    Username,
}

impl Kind {
    /// True for groups and repeats.
    pub fn holds_items(&self) -> bool {
        matches!(self, Self::Group | Self::Repeat)
    }

    /// True for rows that a person answers.
    pub fn is_question(&self) -> bool {
        !self.holds_items() && !matches!(self, Self::Note | Self::Calculate | Self::Meta { .. })
    }

    /// The choice list of a select.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne { list } | Self::SelectMultiple { list } => Some(list),
            _ => None,
        }
    }
}
