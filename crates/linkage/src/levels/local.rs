//! How much less it says that two share a surname, where it is at home.

use crate::record::coded::Coded;
use crate::record::coder::Coder;
use crate::words::MISSING;

/// What was said last of surnames in their departments and nations. Few surnames are had by most.
pub(super) struct Local(Vec<Said>);

/// A surname, a department and a nation, with what is taken from it there, in tens of bits.
#[derive(Clone, Copy, Default)]
struct Said {
    of: (u32, u8, u8),
    says: [f32; 2],
}

impl Local {
    /// Keeps so many, at least one.
    pub(super) fn keeping(most: usize) -> Self {
        Self(vec![Said::default(); most.max(1)])
    }

    /// How much less (below nought) a surname says in the department and in the nation of a record. The same coder must be
    /// asked each time, and count nobody meanwhile.
    pub(super) fn says(&mut self, coder: &Coder, surname: u32, of: &Coded) -> [f32; 2] {
        if surname == MISSING {
            return [0.0; 2];
        }
        let key = (surname, of.department, of.nation);
        let place = u64::from(surname) << 16 | u64::from(of.department) << 8 | u64::from(of.nation);
        let at = crate::mix(place) as usize % self.0.len();
        let said = &mut self.0[at];
        if said.of != key {
            let local = coder.local(surname, of.department) / 10.0;
            *said = Said { of: key, says: [local, coder.national(surname, of.nation) / 10.0] };
        }
        said.says
    }
}
