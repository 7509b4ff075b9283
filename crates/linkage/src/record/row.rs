//! What a register knows of a person, as text.

/// One record, as it was written down. Every field may be empty, which means unknown: what is missing is never
/// held against a match. Texts are borrowed; nothing is kept of them but words and numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// Given names, in their order.
    pub given_names: &'a str,
    /// First surname, or both.
    pub surname1: &'a str,
    /// Second surname, or a husband's with *de*.
    pub surname2: &'a str,
    /// What people call her.
    pub nickname: &'a str,
    /// A code, compared and not read; the married name is only looked for when it is not `M`.
    pub sex: &'a str,
    /// `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-MM` or `YYYY`.
    pub birth_date: &'a str,
    /// Completed years at `recorded_at`.
    pub age_years: &'a str,
    /// A code whose first two characters are the department or the like.
    pub place: &'a str,
    /// A code.
    pub nationality: &'a str,
    /// The number of a document: spaces and hyphens fall away.
    pub document: &'a str,
    /// A phone: the last eight digits count.
    pub phone: &'a str,
    /// The mother's name, given names first.
    pub mother: &'a str,
    /// When this was written down, beginning with `YYYY-MM-DD`.
    pub recorded_at: &'a str,
    /// Up to three more fields that are compared as text, such as parts of an address.
    pub others: [&'a str; 3],
}

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Row(..)")
    }
}
