//! What a table is divided by: codes, some of them under others.

use std::collections::BTreeMap;

use crate::DisclosureError;

/// The node that stands for all codes of a dimension.
pub(crate) const ALL: usize = 0;

/// A dimension: codes in levels, such as municipality → department → all, or month → quarter → year → all. A code
/// names one thing across all levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub(crate) name: String,
    /// Sorted by code after the first, which is all of them, so that the order of the input does not matter.
    pub(crate) codes: Vec<String>,
    /// The node above; [`ALL`] is above itself.
    pub(crate) above: Vec<usize>,
    /// How many levels below all.
    pub(crate) depth: Vec<usize>,
}

impl Dimension {
    /// Codes side by side.
    ///
    /// # Errors
    /// [`DisclosureError::DuplicateCode`].
    pub fn flat<C: Into<String>>(
        name: impl Into<String>,
        codes: impl IntoIterator<Item = C>,
    ) -> Result<Self, DisclosureError> {
        Self::tree(name, codes.into_iter().map(|c| (c.into(), None)))
    }

    /// Codes, each with the code above it; `None` for those directly under all. A code that is only named as the one
    /// above stands directly under all.
    ///
    /// # Errors
    /// [`DisclosureError::DuplicateCode`]; [`DisclosureError::Circle`] when a code stands under itself.
    pub fn tree(
        name: impl Into<String>,
        codes: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Result<Self, DisclosureError> {
        let mut above: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut named = Vec::new();
        for (code, over) in codes {
            named.extend(over.clone());
            if above.insert(code.clone(), over).is_some() {
                return Err(DisclosureError::DuplicateCode(code));
            }
        }
        for over in named {
            above.entry(over).or_insert(None);
        }
        let codes: Vec<String> = std::iter::once(String::new()).chain(above.keys().cloned()).collect();
        let place = |code: &Option<String>| match code {
            None => ALL,
            Some(code) => 1 + above.keys().position(|c| c == code).unwrap_or_default(),
        };
        let up: Vec<usize> = std::iter::once(ALL).chain(above.values().map(place)).collect();
        let mut depth = vec![0; codes.len()];
        for (node, deep) in depth.iter_mut().enumerate() {
            let mut at = node;
            while at != ALL {
                *deep += 1;
                at = up[at];
                if *deep > codes.len() {
                    return Err(DisclosureError::Circle(codes[node].clone()));
                }
            }
        }
        Ok(Self { name: name.into(), codes, above: up, depth })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The place of a code.
    pub(crate) fn place(&self, code: &str) -> Option<usize> {
        self.codes[1..].binary_search_by(|c| c.as_str().cmp(code)).ok().map(|at| at + 1)
    }

    /// The code at most `depth` levels below all over a node, or the node itself.
    pub(crate) fn at(&self, mut node: usize, depth: usize) -> usize {
        while self.depth[node] > depth {
            node = self.above[node];
        }
        node
    }
}
