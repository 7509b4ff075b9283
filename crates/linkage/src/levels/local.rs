//! How much less it says that two share a surname, where it is at home.

use crate::record::coder::Coder;
use crate::words::MISSING;

/// What was said last of surnames in their departments. Few surnames are had by most.
pub(super) struct Local(Vec<Said>);

/// A surname and a department, with what is taken from it there, in tens of bits.
#[derive(Clone, Copy, Default)]
struct Said {
    of: (u32, u8),
    says: f32,
}

impl Local {
    /// Keeps so many, at least one.
    pub(super) fn keeping(most: usize) -> Self {
        Self(vec![Said::default(); most.max(1)])
    }

    /// How much less (below nought) a surname says in a department. The same coder must be asked each time, and count nobody
    /// meanwhile.
    pub(super) fn says(&mut self, coder: &Coder, surname: u32, department: u8) -> f32 {
        if surname == MISSING {
            return 0.0;
        }
        let at = crate::mix(u64::from(surname) << 8 | u64::from(department)) as usize % self.0.len();
        let said = &mut self.0[at];
        if said.of != (surname, department) {
            *said =
                Said { of: (surname, department), says: coder.local(surname, department).min(0.0) / 10.0 };
        }
        said.says
    }
}
