//! What was acknowledged, as a line.

use std::fmt::{Display, Formatter, Result};

use uuid::Uuid;

/// A unit of work whose commit returned.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The note.
    pub note: Uuid,
    /// The task in the same unit; nil: none.
    pub task: Uuid,
    /// The service in the same unit; nil: none.
    pub service: Uuid,
    /// What all of them say, once in the whole database.
    pub token: String,
}

impl Display for Saved {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "saved {} {} {} {}", self.note, self.task, self.service, self.token)
    }
}

/// Reads a whole line of the writer; everything else is not for us.
pub fn read(line: &str) -> Option<Saved> {
    let mut words = line.strip_prefix("@saved ")?.split(' ');
    let mut id = || words.next()?.parse().ok();
    let (note, task, service) = (id()?, id()?, id()?);
    Some(Saved { note, task, service, token: words.next()?.to_owned() })
}
