//! What two records have in common, as levels of facts.
//!
//! A *fact* is what is true of a person once: her given names, her family, her birth. Surnames and mother are
//! told apart here and weighed together in the model: they are one fact, the family, in two columns.

mod birth;
mod family;
mod given;
pub(crate) mod lens;
mod local;
mod twice;

pub(crate) use lens::Lens;

/// How many facts there are.
pub(crate) const FACTS: usize = 13;

/// The facts, in the order of [`Pattern::levels`].
pub(crate) mod fact {
    pub(crate) const GIVEN: usize = 0;
    pub(crate) const SURNAMES: usize = 1;
    pub(crate) const MOTHER: usize = 2;
    pub(crate) const BIRTH: usize = 3;
    pub(crate) const PLACE: usize = 4;
    pub(crate) const PHONE: usize = 5;
    pub(crate) const SEX: usize = 6;
    pub(crate) const NATION: usize = 7;
    pub(crate) const NICKNAME: usize = 8;
    pub(crate) const OTHER: usize = 9;
    pub(crate) const DOCUMENT: usize = 12;
}

/// Levels of the nation.
pub(crate) mod nation {
    pub(crate) const COMMON: usize = 1;
    pub(crate) const OTHER: usize = 2;
}

/// Names of facts and of their levels, as a saved model has them. Level 0 is always *unknown*.
pub(crate) const NAMES: [(&str, &[&str]); FACTS] = [
    ("given", given::LEVELS),
    ("surnames", family::SURNAMES),
    ("mother", family::MOTHER),
    ("birth", birth::LEVELS),
    ("place", &["unknown", "same", "same_department", "other"]),
    ("phone", &["unknown", "same", "one_digit", "other"]),
    ("sex", &["unknown", "same", "other"]),
    ("nation", &["unknown", "same", "other", "same_less_common"]),
    ("nickname", &["unknown", "same", "other", "written_as_name"]),
    ("other1", OTHER),
    ("other2", OTHER),
    ("other3", OTHER),
    ("document", &["unknown", "same", "one_digit", "other", "other_unsound"]),
];

const OTHER: &[&str] = &["unknown", "same", "near", "other"];

/// Continuous evidence: how rare what is shared is, in tens of bits.
pub(crate) const SLOPES: usize = 7;

/// The slope of what a surname loses in a department where it is common.
pub(crate) const LOCAL_SURNAME: usize = 4;
/// So much of what a shared place tells a surname may lose there.
pub(crate) const LOCAL_AT_MOST: f32 = 0.5;

/// Names of the slopes, as a saved model has them.
pub(crate) const SLOPE_NAMES: [&str; SLOPES] =
    ["rare_given", "rare_surname", "rare_mother", "rare_place", "local_surname", "rare_other", "rare_sex"];

/// Two records, compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) levels: [u8; FACTS],
    pub(crate) slopes: [f32; SLOPES],
}

/// Levels in few groups, for what facts say together.
pub(crate) struct Coarse {
    /// 0 unknown, 1 all, 2 part, 3 near, 4 first only, 5 second or crossed, 6 other.
    pub(crate) given: usize,
    /// The same for surnames.
    pub(crate) surnames: usize,
    /// 0 unknown, 1 the day, 2 a slip, 3 compatible, 4 loosely, 5 off, 6 contradicts.
    pub(crate) birth: usize,
}

impl Pattern {
    /// Whether surnames agree as far as they are known, so that these two may be of one family.
    pub(crate) fn of_one_family(&self) -> bool {
        matches!(family::COARSE[usize::from(self.levels[fact::SURNAMES])], 1..=3)
    }

    pub(crate) fn coarse(&self) -> Coarse {
        Coarse {
            given: given::COARSE[usize::from(self.levels[fact::GIVEN])],
            surnames: family::COARSE[usize::from(self.levels[fact::SURNAMES])],
            birth: birth::COARSE[usize::from(self.levels[fact::BIRTH])],
        }
    }
}

/// How many groups [`Coarse`] has.
pub(crate) const GROUPS: usize = 7;
