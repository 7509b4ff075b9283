//! In which cells of a table lines stand.

use super::super::reading::{Facts, Line, Name};
use super::{Chosen, Groups};

impl<'a> Chosen<'a> {
    /// Calls for every line of the whole with the row and the column in which it stands when the number is divided as in [`Self::divided`]
    /// (by nothing, all stand in one), then for those of the part of a share, of which the last argument is true.
    pub(in super::super) fn each_placed(
        &self,
        by: &str,
        call: &mut dyn FnMut(&'a Line, (&'a str, &'a str), bool),
    ) {
        let (rows_by, columns_by) = by.split_once('*').unwrap_or((by, ""));
        let groups = [rows_by, columns_by].map(|by| (!by.is_empty()).then(|| Groups::of(self, by)));
        let facts: &'a Facts = self.facts;
        let of = |groups: &Option<Groups>, line: &'a Line| -> Vec<&'a str> {
            let named = |n: Name| if facts.text(n).is_empty() { "unknown" } else { facts.text(n) };
            groups
                .as_ref()
                .map_or_else(|| vec!["all"], |g| g.of_line(facts, line).into_iter().map(named).collect())
        };
        let part = self.part.iter().map(|line| (*line, true));
        for (line, is_part) in self.whole.iter().map(|line| (*line, false)).chain(part) {
            let columns = of(&groups[1], line);
            for row in of(&groups[0], line) {
                columns.iter().for_each(|column| call(line, (row, column), is_part));
            }
        }
    }
}
