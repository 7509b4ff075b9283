//! Two words against two, as given names and surnames are: everything that can come of it, worked out once.
//!
//! Which rule holds hangs on eleven things that nobody can foretell, and a processor that guesses wrong loses more than a
//! look into 48 kB costs.

use std::sync::LazyLock;

use super::{family, given};
use crate::words::class::SOUND;

/// The bits of both slots of a kind of name, as [`Lens`](super::Lens) keeps them.
pub(super) const BOTH: u32 = 0o77;

/// What came of comparing two words with two.
#[derive(Clone, Copy)]
pub(super) struct Told(u8);

/// Set where words stand in their place.
const STRAIGHT: u8 = 1 << 7;

impl Told {
    fn new(level: u8, [a, b, x, y]: [u8; 4]) -> Self {
        let (straight, share) =
            // Crossed words count only when none stands in its place: *Cux Cux* shares one surname with *Cux Tum*.
            if a.max(b) >= SOUND { (STRAIGHT, [a, b]) } else { (0, [x, y]) };
        let shared = u8::from(share[0] >= SOUND) | u8::from(share[1] >= SOUND) << 1;
        Self(level | shared << 5 | straight)
    }

    pub(super) const fn level(self) -> u8 {
        self.0 & 31
    }

    /// Which of the words in focus the other has as well: neither, the first, the second, both.
    pub(super) const fn shared(self) -> usize {
        (self.0 >> 5 & 3) as usize
    }

    /// The same, counting only words that stand in their place.
    pub(super) const fn in_place(self) -> usize {
        if self.0 & STRAIGHT == 0 { 0 } else { self.shared() }
    }
}

/// Everything that can come of it.
pub(super) struct Twice {
    given: Vec<Told>,
    surnames: Vec<Told>,
}

static TWICE: LazyLock<Twice> = LazyLock::new(|| {
    let classes = |at: usize| [0, 9, 6, 3].map(|shift| (at >> shift & 7) as u8);
    let seconds = |at: usize| (at >> 12 & 1 == 1, at >> 13 & 1 == 1);
    let given = |at: usize| {
        let [a, b, x, y] = classes(at);
        Told::new(given::level(a, b, x, y, seconds(at)), [a, b, x, y])
    };
    let surnames = |at: usize| {
        let [a, b, x, y] = classes(at);
        Told::new(family::surnames(a, b, x, y, seconds(at), at >> 14 == 1), [a, b, x, y])
    };
    Twice { given: (0..1 << 14).map(given).collect(), surnames: (0..1 << 15).map(surnames).collect() }
});

impl Twice {
    pub(super) fn get() -> &'static Self {
        &TWICE
    }

    /// Given names. `first` and `second` are the classes of the other's words with both in focus; `seconds` says whether the
    /// one in focus and the other have a second.
    pub(super) fn given(&self, first: u32, second: u32, seconds: (bool, bool)) -> Told {
        self.given[at(first, second, seconds) & 0x3fff]
    }

    /// Surnames; `married` when a second may be a husband's.
    pub(super) fn surnames(&self, first: u32, second: u32, seconds: (bool, bool), married: bool) -> Told {
        self.surnames[(at(first, second, seconds) | usize::from(married) << 14) & 0x7fff]
    }
}

fn at(first: u32, second: u32, seconds: (bool, bool)) -> usize {
    let classes = (first & BOTH | (second & BOTH) << 6) as usize;
    classes | usize::from(seconds.0) << 12 | usize::from(seconds.1) << 13
}
