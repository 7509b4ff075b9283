//! One language, ready to speak.

use fluent_bundle::FluentArgs;

use super::bundle::{self, Bundle};
use super::{Lang, Value};

/// The texts of one language. Small and free to copy: pass it by reference or by value.
#[derive(Clone, Copy)]
pub struct Words {
    lang: Lang,
    bundle: &'static Bundle,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, bundle: bundle::of(lang) }
    }

    /// Which language this is.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether a key has a text.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The text of a key. A missing one shows as `⟦key⟧`, which tests look for, so that a page never
    /// breaks for a word.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with its variables: `w.with("shell-results", &[("n", 3.into())])`.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let missing = || format!("⟦{key}⟧");
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return missing();
        };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value)).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        // A variable that was not given shows too: half a sentence may say the contrary.
        if errors.is_empty() { text.into_owned() } else { missing() }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.lang.code())
    }
}
