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

/// A record, ready to compare. Zero is missing everywhere. It is 64 bytes, one line of the processor's memory: whoever is
/// compared lies anywhere among a million, and is fetched at once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub(crate) struct Coded {
    pub(crate) document: u64,
    pub(crate) phone: u32,
    pub(crate) words: [u32; slot::ALL],
    pub(crate) nickname: u32,
    /// See [`Told`].
    told: u32,
    pub(crate) place: u16,
    pub(crate) department: u8,
    pub(crate) nation: u8,
}

/// What is told of a person in few bits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) born: Born,
    pub(crate) sex: u8,
    /// The second surname may be a husband's.
    pub(crate) married: bool,
    /// The document's check digit is wrong.
    pub(crate) unsound: bool,
}

impl Coded {
    pub(crate) const fn told(&self) -> Told {
        Told {
            born: Born::unpacked(self.told),
            sex: (self.told >> 21 & 255) as u8,
            married: self.told >> 29 & 1 == 1,
            unsound: self.told >> 30 & 1 == 1,
        }
    }

    pub(super) fn tell(&mut self, told: &Told) {
        let Told { born, sex, married, unsound } = told;
        self.told =
            born.packed() | u32::from(*sex) << 21 | u32::from(*married) << 29 | u32::from(*unsound) << 30;
    }
}

const _: () = assert!(size_of::<Coded>() == 64);
