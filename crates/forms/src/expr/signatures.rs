//! Which functions exist here and how many arguments they take.
//!
//! All of the tiers `1 core` and `2 common` of the inventory, save `pulldata` (needs a file that is not
//! part of the form) and `randomize` (an order of choices that cannot be shown again). Of the tier
//! `3 later` only what is one line and cannot surprise.

/// Name, fewest and most arguments.
pub(crate) const SIGNATURES: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("boolean", 1, 1),
    ("boolean-from-string", 1, 1),
    ("ceiling", 1, 1),
    ("checklist", 3, MANY),
    ("coalesce", 2, MANY),
    ("concat", 1, MANY),
    ("contains", 2, 2),
    ("count", 1, 1),
    ("count-non-empty", 1, 1),
    ("count-selected", 1, 1),
    ("current", 0, 0),
    ("date", 1, 1),
    ("date-time", 1, 1),
    ("decimal-date-time", 1, 1),
    ("ends-with", 2, 2),
    ("false", 0, 0),
    ("floor", 1, 1),
    ("format-date", 2, 2),
    ("format-date-time", 2, 2),
    ("if", 3, 3),
    ("indexed-repeat", 3, 7),
    ("instance", 1, 1),
    ("int", 1, 1),
    ("join", 2, MANY),
    ("jr:choice-name", 2, 2),
    ("jr:itext", 1, 1),
    ("max", 1, MANY),
    ("min", 1, MANY),
    ("normalize-space", 0, 1),
    ("not", 1, 1),
    ("now", 0, 0),
    ("number", 1, 1),
    ("once", 1, 1),
    ("position", 0, 1),
    ("pow", 2, 2),
    ("random", 0, 0),
    ("regex", 2, 2),
    ("round", 1, 2),
    ("selected", 2, 2),
    ("selected-at", 2, 2),
    ("sqrt", 1, 1),
    ("starts-with", 2, 2),
    ("string", 0, 1),
    ("string-length", 0, 1),
    ("substr", 2, 3),
    ("substring-after", 2, 2),
    ("substring-before", 2, 2),
    ("sum", 1, 1),
    ("today", 0, 0),
    ("translate", 3, 3),
    ("true", 0, 0),
    ("uuid", 0, 1),
    ("weighted-checklist", 4, MANY),
];

const MANY: usize = 1_000;

/// Finds a function. The name given back lives as long as the program.
pub(crate) fn find(name: &str) -> Option<(&'static str, usize, usize)> {
    SIGNATURES
        .binary_search_by(|(known, ..)| (*known).cmp(name))
        .ok()
        .and_then(|i| SIGNATURES.get(i))
        .copied()
}

/// Functions whose value differs from one evaluation to the next.
pub(crate) const VOLATILE: [&str; 5] = ["now", "once", "random", "today", "uuid"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_for_the_search() {
        assert!(SIGNATURES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(find("selected"), Some(("selected", 2, 2)));
        assert_eq!(find("pulldata"), None);
    }
}
