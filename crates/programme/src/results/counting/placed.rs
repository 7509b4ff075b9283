//! In which cells of a table lines stand.

use super::super::reading::{Line, Map, Name};
use super::{ALL, Chosen, Groups, UNKNOWN};

/// A cell of a table by its row and its column, and what it is called with.
pub(in super::super) type Cell<'a, T> = ((&'a str, &'a str), T);

impl<'a> Chosen<'a> {
    /// Calls for every line of the whole with each of some cells in which it stands when the number is divided as in [`Self::divided`]
    /// (by nothing, all stand in one), then for those of the part of a share, of which the last argument is true.
    pub(in super::super) fn each_placed<T: Copy>(
        &self,
        by: &str,
        cells: &[Cell<'_, T>],
        call: &mut dyn FnMut(&'a Line, T, bool),
    ) {
        let (rows_by, columns_by) = by.split_once('*').unwrap_or((by, ""));
        let groups = [rows_by, columns_by].map(|by| (!by.is_empty()).then(|| Groups::of(self, by)));
        let mut known: Map<(Name, Name), T> = Map::default();
        for ((row, column), cell) in cells {
            let names = |text: &str, groups: &Option<Groups>| match groups {
                Some(_) => self.names_of(text),
                None if text == ALL => vec![0],
                None => Vec::new(),
            };
            for row in names(row, &groups[0]) {
                known.extend(names(column, &groups[1]).into_iter().map(|column| ((row, column), *cell)));
            }
        }
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        let part = self.part.iter().map(|line| (*line, true));
        for (line, is_part) in self.whole.iter().map(|line| (*line, false)).chain(part) {
            for (names, groups) in [(&mut rows, &groups[0]), (&mut columns, &groups[1])] {
                names.clear();
                match groups {
                    Some(groups) => groups.put(self.facts, line, names),
                    None => names.push(0),
                }
            }
            for row in &rows {
                for column in &columns {
                    if let Some(cell) = known.get(&(*row, *column)) {
                        call(line, *cell, is_part);
                    }
                }
            }
        }
    }

    /// The codes that stand in a table as this text.
    fn names_of(&self, text: &str) -> Vec<Name> {
        let is = |code: &str| code == text || code.is_empty() && text == UNKNOWN;
        (0..).zip(self.facts.texts()).filter(|(_, code)| is(code)).map(|(name, _)| name).collect()
    }
}
