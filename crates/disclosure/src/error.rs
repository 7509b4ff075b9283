//! Why counts were refused.

use thiserror::Error;

/// Why nothing was released. Messages never hold a count.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// A threshold below the least that is allowed.
    #[error("the smallest group that may be shown cannot be set below {least}")]
    ThresholdTooLow {
        /// The least that is allowed.
        least: u64,
    },
    /// The cells do not form a table of as many rows and columns as there are codes.
    #[error("the cells do not fit the row and column codes")]
    Shape,
    /// The same code names two rows, two columns or two steps.
    #[error("the code {0} stands twice")]
    DuplicateCode(String),
    /// More cells, totals included, than are checked in reasonable time.
    #[error("a table may have at most {most} cells with its totals")]
    TooLarge {
        /// The most that is allowed.
        most: usize,
    },
    /// A total does not fit into 64 bits.
    #[error("a total is too large")]
    Overflow,
    /// The earlier table has other codes, or totals that the new one lacks.
    #[error("the earlier table has other rows or columns")]
    DifferentShape,
    /// A later step counts more than the one before, or the losses do not explain the difference.
    #[error("the steps are not nested: {0}")]
    NotNested(String),
    /// A part that is larger than its whole.
    #[error("the part is larger than the whole")]
    PartExceedsWhole,
    /// A code stands under itself.
    #[error("the code {0} stands under itself")]
    Circle(String),
    /// A table names a dimension or a code that was not described.
    #[error("the code {0} is not known")]
    Unknown(String),
    /// A table counts a code and also one under it.
    #[error("the code {0} and one under it are counted in the same table")]
    Mixed(String),
    /// Two tables of one release count the same people differently.
    #[error("two tables of the release disagree about {0}")]
    Disagree(String),
    /// Our own attack found hidden numbers, or there was no way to keep it from finding some.
    #[error("the release is refused: {recovered} hidden numbers could be found out")]
    Refused {
        /// How many.
        recovered: usize,
    },
}
