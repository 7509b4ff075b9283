//! One word of a name with its sound.

use std::sync::Arc;

use strsim::jaro_winkler;

use crate::fold::fold;
use crate::normalise;

/// A word as it is written and as it sounds. The same few thousand words name everybody: an index keeps each once.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) word: Arc<str>,
    pub(crate) key: Arc<str>,
}

impl Token {
    /// The words of several names, each sound once.
    pub(crate) fn all<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut tokens: Vec<Self> = Vec::new();
        for word in names.into_iter().flat_map(normalise) {
            let key = fold(&word);
            if !key.is_empty() && tokens.iter().all(|token| *token.key != *key) {
                tokens.push(Self { word: word.into(), key: key.into() });
            }
        }
        tokens
    }

    /// How alike two words sound, 0 to 1. An initial is like every name that begins with it, a little.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        self.likeness_to(&other.key)
    }

    /// The same with a sound.
    pub(crate) fn likeness_to(&self, key: &str) -> f64 {
        if *self.key == *key {
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

/// The best partner of each token of `these` among `those`, as (this, that, likeness), each used once, best
/// pairs first. Only pairs that are alike.
pub(crate) fn pair<'a>(these: &'a [Token], those: &'a [Token]) -> Vec<(&'a Token, &'a Token, f64)> {
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    for (a, this) in these.iter().enumerate() {
        for (b, that) in those.iter().enumerate() {
            let likeness = this.likeness(that);
            if likeness >= ALIKE {
                pairs.push((a, b, likeness));
            }
        }
    }
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut chosen: Vec<(usize, usize, f64)> = Vec::new();
    for pair in pairs {
        if chosen.iter().all(|taken| taken.0 != pair.0 && taken.1 != pair.1) {
            chosen.push(pair);
        }
    }
    chosen.into_iter().map(|(a, b, likeness)| (&these[a], &those[b], likeness)).collect()
}
