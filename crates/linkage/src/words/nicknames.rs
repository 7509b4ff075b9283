//! Hypocoristics: which names *Chepe*, *Lupe* and *Beto* stand for. The table is a pack's, not ours.

use std::collections::BTreeMap;

use crate::normalise;

/// Hypocoristics with the names that they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nicknames {
    of: BTreeMap<String, Vec<String>>,
}

/// A line of the table is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: a name, a colon and its hypocoristics are expected")]
pub struct NicknamesError {
    /// Its number, from 1.
    pub line: usize,
}

impl Nicknames {
    /// Reads a table: on each line a name, a colon and its hypocoristics (`José: Chepe, Pepe`). Empty lines and
    /// those that begin with `#` are passed over. A hypocoristic may stand on several lines.
    ///
    /// # Errors
    /// A line without a name, a colon, or a hypocoristic.
    pub fn parse(text: &str) -> Result<Self, NicknamesError> {
        let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = || NicknamesError { line: n + 1 };
            let (name, short) = line.split_once(':').ok_or_else(error)?;
            let name = normalise(name).into_iter().next().ok_or_else(error)?;
            let short: Vec<String> =
                short.split(',').filter_map(|s| normalise(s).into_iter().next()).collect();
            if short.is_empty() {
                return Err(error());
            }
            for short in short {
                let names = of.entry(short).or_default();
                if !names.contains(&name) {
                    names.push(name.clone());
                }
            }
        }
        Ok(Self { of })
    }

    /// The names that a word stands for; none for most words.
    pub(crate) fn names(&self, word: &str) -> &[String] {
        self.of.get(word).map_or(&[], Vec::as_slice)
    }
}

/// The table as it is read: a line for each hypocoristic.
impl std::fmt::Display for Nicknames {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.of.iter().try_for_each(|(short, names)| writeln!(f, "{short}: {}", names.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Nicknames, NicknamesError};

    #[test]
    fn a_table_is_read() {
        let table = Nicknames::parse("# de uso\nJosé: Chepe, Pepe\n\nRoberto: Beto\nAlberto: Beto").unwrap();
        assert_eq!(table.names("chepe"), ["jose"]);
        assert_eq!(table.names("beto"), ["roberto", "alberto"]);
        assert!(table.names("jose").is_empty());
        assert_eq!(Nicknames::parse("\nJosé Chepe"), Err(NicknamesError { line: 2 }));
        assert_eq!(Nicknames::parse("José: ,"), Err(NicknamesError { line: 1 }));
    }
}
