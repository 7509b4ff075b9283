//! One word of a name with its sound.

use strsim::jaro_winkler;

use crate::fold::fold;
use crate::normalise;

/// A word as it is written and as it sounds.
pub(crate) struct Token {
    pub(crate) word: String,
    pub(crate) key: String,
}

impl Token {
    /// The words of several names, each sound once.
    pub(crate) fn all<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut tokens: Vec<Self> = Vec::new();
        for word in names.into_iter().flat_map(normalise) {
            let key = fold(&word);
            if !key.is_empty() && tokens.iter().all(|token| token.key != key) {
                tokens.push(Self { word, key });
            }
        }
        tokens
    }

    /// How alike it sounds to a sound, 0 to 1. An initial is like every name that begins with it, a little.
    pub(crate) fn likeness_to(&self, key: &str) -> f64 {
        if self.key == key {
            return 1.0;
        }
        let initial = |a: &str, b: &str| a.chars().nth(1).is_none() && !a.is_empty() && b.starts_with(a);
        if initial(&self.key, key) || initial(key, &self.key) {
            return INITIAL;
        }
        jaro_winkler(&self.key, key)
    }
}

/// From here on two words count as alike: measured on surnames, one letter wrong in six.
pub(crate) const ALIKE: f64 = 0.88;
/// The likeness of an initial and a name.
const INITIAL: f64 = 0.885;
