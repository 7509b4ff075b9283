//! Blind linkage: organisations that may not share names find whom they both know.
//!
//! Each side turns its records into encodings under keys of one exchange ([`Encoder`]), gives them random marks, and hands
//! the other a file ([`Sealed`]) without a name in it. [`compare`] says which marks are alike.

mod atoms;
mod best;
mod compare;
mod consent;
mod contacts;
mod dice;
mod encode;
mod exchange;
mod plan;
mod sealed;

pub use best::{Best, best};
pub use compare::{How, Match, compare};
pub use consent::{Agreed, Consent, hex, mark};
pub use contacts::{Contact, Fingerprints, Same, meet};
pub use dice::{Alike, Kernel, alike};
pub use encode::{BITS, Encoder, Encoding};
pub use exchange::{Exchange, Kind, SECRET_BYTES};
pub use sealed::{Mark, Sealed, What};

/// How alike two people must be, where F1 is best on generated people at the usual rate of errors.
pub const THRESHOLD: f64 = 0.43;

/// Why something cannot be exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlindError {
    /// Somebody could guess it.
    #[error(
        "the secret is too short or repeats itself: at least {SECRET_BYTES} bytes drawn by chance are expected"
    )]
    WeakSecret,
    /// An exchange needs a name.
    #[error("an exchange needs a name of at most 200 bytes")]
    Name,
    /// Not one of our files.
    #[error("this is no file of a blind exchange")]
    NoSuchFile,
    /// A later version wrote it.
    #[error("this file is of version {0}, which this program does not know")]
    Version(u8),
    /// It was cut or changed.
    #[error("this file is cut off or was changed")]
    Damaged,
    /// Whoever changed it did not have the secret.
    #[error("this file was not made with this secret for this exchange")]
    NotOfSecret,
    /// The two were not made with one secret for one exchange.
    #[error("these files are not of one exchange: another secret, another name or another kind")]
    OtherExchange,
    /// The two were made with other tables.
    #[error(
        "these files were made with different tables of names or weights: both sides need the same version"
    )]
    OtherTables,
    /// One file with itself says nothing.
    #[error("these are one and the same file")]
    Same,
}
