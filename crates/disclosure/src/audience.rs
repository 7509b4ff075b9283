//! For whom something leaves, and how small a group they may see.

use serde::{Deserialize, Serialize};

use crate::{DisclosureError, Threshold};

/// For whom a release is meant. What is public can be read by whoever looks for her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The programme's own people, who are bound to keep what they see.
    Office,
    /// A donor who signed what may be done with it.
    Donor,
    /// Anybody.
    Public,
}

impl Audience {
    /// Its code: `office`, `donor`, `public`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Donor => "donor",
            Self::Public => "public",
        }
    }

    /// The one of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        [Self::Office, Self::Donor, Self::Public].into_iter().find(|audience| audience.code() == code)
    }

    /// The threshold that holds unless a programme asks for more: 10 for anything public, else 5.
    #[must_use]
    pub const fn threshold(self) -> Threshold {
        match self {
            Self::Office | Self::Donor => Threshold::DEFAULT,
            Self::Public => Threshold::PUBLIC,
        }
    }

    /// A threshold of `k` for this audience.
    ///
    /// # Errors
    /// [`DisclosureError::ThresholdTooLow`] below what holds for it: it is configurable upwards only.
    pub fn at_least(self, k: u64) -> Result<Threshold, DisclosureError> {
        let least = self.threshold().k();
        if k < least {
            return Err(DisclosureError::ThresholdTooLow { least });
        }
        Threshold::new(k)
    }
}
