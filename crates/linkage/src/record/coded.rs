//! A record as numbers.

use super::born::Born;

/// Places of the words of a record in [`Coded::words`].
pub(crate) mod slot {
    pub(crate) const GIVEN1: usize = 0;
    pub(crate) const GIVEN2: usize = 1;
    pub(crate) const SURNAME1: usize = 2;
    pub(crate) const SURNAME2: usize = 3;
    pub(crate) const MOTHER: usize = 4;
    /// Perhaps the mother's first surname, when she has two.
    pub(crate) const MOTHER_SURNAME1: usize = 5;
    /// The last word of the mother's name.
    pub(crate) const MOTHER_SURNAME2: usize = 6;
    /// The first of three other texts.
    pub(crate) const OTHER: usize = 7;
    /// How many there are.
    pub(crate) const ALL: usize = 10;
}

/// A record, ready to compare. Zero is missing everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Coded {
    pub(crate) document: u64,
    pub(crate) phone: u64,
    pub(crate) words: [u32; slot::ALL],
    pub(crate) nickname: u32,
    pub(crate) born: Born,
    pub(crate) place: u16,
    pub(crate) department: u16,
    pub(crate) sex: u8,
    pub(crate) nation: u8,
    /// The second surname may be a husband's.
    pub(crate) married: bool,
    /// The document's check digit is wrong.
    pub(crate) unsound: bool,
}
