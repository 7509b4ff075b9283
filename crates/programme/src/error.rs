//! What can go wrong in the programme, so that a page can say what to do.

use ceiba_access::{AccessError, Refusal};
use ceiba_store::StoreError;

/// What every function of the programme returns.
pub type Outcome<T> = Result<T, ProgrammeError>;

/// One thing to mend in what was sent: the field and the key of the sentence that says how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The form's field.
    pub field: &'static str,
    /// The sentence's key in the translations, `problem-…`.
    pub key: &'static str,
}

/// An answer other than «done».
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// The gate said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was sent needs mending; nothing was changed.
    #[error("{} fields need mending", .0.len())]
    Invalid(Vec<Problem>),
    /// Somebody changed it meanwhile; nothing was written. The page shows both.
    #[error("changed meanwhile")]
    Stale,
    /// Somebody else took it first.
    #[error("taken by another person")]
    Taken {
        /// Who.
        by: uuid::Uuid,
        /// When.
        at: ceiba_store::Micros,
    },
    /// The state of the thing does not allow this step; the key says why.
    #[error("not possible now: {0}")]
    State(&'static str),
    /// Rules of safety stop a placement; the page says which, and who may place her all the same.
    #[error("{} rules of safety are not met", .0.len())]
    Unsafe(Vec<crate::shelter::rules::Finding>),
    /// She did it too often in a short time.
    #[error("too often in a short time")]
    TooMany,
    /// A sealed value could not be opened or sealed.
    #[error(transparent)]
    Access(AccessError),
    /// The database broke.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key or a code is wrong.
    #[error(transparent)]
    Vault(#[from] ceiba_vault::VaultError),
    /// A sealed value opened, but does not hold what it must.
    #[error("a record is not readable: {0}")]
    Unreadable(&'static str),
}

impl ProgrammeError {
    /// Whether a stored value cannot be read: it is damaged, of another key, or its key was destroyed.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Access(AccessError::Vault(_) | AccessError::Erased) | Self::Vault(_) | Self::Unreadable(_)
        )
    }
}

impl From<AccessError> for ProgrammeError {
    fn from(e: AccessError) -> Self {
        match e {
            AccessError::Store(e) => Self::Store(e),
            other => Self::Access(other),
        }
    }
}

/// Collects problems, so that a page can show all of them at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem when `bad` holds.
    pub fn when(&mut self, bad: bool, field: &'static str, key: &'static str) {
        if bad {
            self.0.push(Problem { field, key });
        }
    }

    /// Goes on only when there is none.
    ///
    /// # Errors
    /// [`ProgrammeError::Invalid`] with all of them.
    pub fn done(self) -> Outcome<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ProgrammeError::Invalid(self.0)) }
    }
}
