//! What is known of a person.

use std::fmt;

use crate::Birth;

/// What is known of a person; everything but the id may be missing, and what is missing is never held
/// against a match. `Debug` shows the id only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The id of the person in the system.
    pub id: [u8; 16],
    /// Given names, one or more words each, in any order.
    pub names: Vec<String>,
    /// Surnames, in any order.
    pub surnames: Vec<String>,
    /// The name she wants to be called by.
    pub chosen: Option<String>,
    /// When she was born, as far as known.
    pub birth: Birth,
    /// A code of the list in use; compared, not read.
    pub sex: Option<String>,
    /// A code of the municipality she comes from.
    pub municipality: Option<String>,
    /// The mother's name, given names and surnames together.
    pub mother: Option<String>,
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known(")?;
        for byte in self.id {
            write!(f, "{byte:02x}")?;
        }
        f.write_str(")")
    }
}
