//! Paths of answers.

use crate::limits;
use crate::read::valid_name;

/// The repeats that a path passes through: path without its last index, and that index.
/// `a[2]/b[3]/c` gives (`a`, 2) and (`a[2]/b`, 3).
pub(crate) fn copy_of(path: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for (start, _) in path.match_indices('[') {
        let copy = path.get(start + 1..).and_then(|rest| rest.split_once(']')).map(|(n, _)| n);
        if let (Some(repeat), Some(copy)) = (path.get(..start), copy.and_then(|n| n.parse().ok())) {
            found.push((repeat, copy));
        }
    }
    found
}

/// True for `name`, `name/name`, `name[3]/name`, within the bounds.
pub(crate) fn valid_path(path: &str) -> bool {
    path.len() <= limits::NAME_BYTES * limits::GROUP_DEPTH
        && path.split('/').all(|part| match part.split_once('[') {
            None => valid_name(part),
            Some((name, index)) => {
                let copy = index.strip_suffix(']').and_then(|n| n.parse::<usize>().ok());
                valid_name(name)
                    && copy
                        .is_some_and(|n| (1..=limits::REPEATS).contains(&n) && !index.starts_with(['0', '+']))
            }
        })
}
