//! What an evaluation may know of the world: time, chance and language come from the caller.

use jiff::ZonedDateTime;

/// The moment, the chance and the language of an evaluation.
#[derive(Debug, Clone)]
pub struct Context {
    /// `now()`; its day is `today()`.
    pub now: ZonedDateTime,
    /// What `uuid()` gives.
    pub uuid: String,
    /// Seed of `random()`. The same seed gives the same numbers.
    pub seed: u64,
    /// Language of labels read by `jr:choice-name()`: a language name of the form, see
    /// [`crate::Form::language`].
    pub language: String,
}

impl Context {
    /// A context without chance: `uuid()` is empty and `random()` follows from seed 0.
    pub fn new(now: ZonedDateTime, language: impl Into<String>) -> Self {
        Self { now, uuid: String::new(), seed: 0, language: language.into() }
    }

    /// `2026-11-23`.
    pub(crate) fn today(&self) -> String {
        self.now.date().to_string()
    }

    /// `2026-11-23T09:30:00.000-06:00`.
    pub(crate) fn now_text(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%S.%3f%:z").to_string()
    }

    /// The n-th chance number in 0..1 of an expression at the given node (splitmix64).
    pub(crate) fn random(&self, node: u64, draw: u64) -> f64 {
        let mut z = self
            .seed
            .wrapping_add(node.wrapping_mul(0xD134_2543_DE82_EF95))
            .wrapping_add(draw.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
