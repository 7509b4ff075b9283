//! Ages, which are often a guess and must say so.

use super::Words;

impl Words {
    /// «15 años», or «unos 15 años» when it is a guess.
    #[must_use]
    pub fn age(&self, years: u16, guessed: bool) -> String {
        let n = [("n", years.into())];
        if guessed { self.with("dates-age-about", &n) } else { self.with("dates-age", &n) }
    }

    /// «de 12 a 14 años».
    #[must_use]
    pub fn age_band(&self, from: u16, to: u16) -> String {
        self.with("dates-age-band", &[("from", from.into()), ("to", to.into())])
    }
}
