//! What the pages say, and how they write numbers, dates and ages, in two languages.
//!
//! Texts live in `packs/core/locales/{es,en}/<area>.ftl`; a key begins with the name of its file
//! (`forms-optional`). Months, weekdays and orders of words are in [`calendar`](self) tables of our own.

mod act;
mod age;
mod bundle;
mod calendar;
mod number;
mod relative;
mod value;
mod words;

pub use act::act;
pub use value::Value;
pub use words::Words;

/// A language that is complete. Spanish is first and the one to fall back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Spanish of Guatemala.
    #[default]
    Es,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// `es` or `en`: folder of texts, value of the cookie and of `lang` in HTML.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es => "Español",
            Self::En => "English",
        }
    }

    /// The one to switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Es => Self::En,
            Self::En => Self::Es,
        }
    }

    /// Reads a code as cookies and paths carry it: `es`, `es-GT`, `EN_us`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.code()))
    }

    /// The best of an `Accept-Language` header; Spanish when it names neither.
    #[must_use]
    pub fn from_accept(header: &str) -> Self {
        let mut best = (Self::default(), 0.0_f32);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let lang = pieces.next().and_then(Self::from_code);
            let weight =
                pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            if let (Some(lang), Some(weight)) = (lang, weight)
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }

    /// The language of a request: what she chose (cookie) before what her browser says.
    #[must_use]
    pub fn of_request(cookie: Option<&str>, accept: Option<&str>) -> Self {
        cookie.and_then(Self::from_code).or_else(|| accept.map(Self::from_accept)).unwrap_or_default()
    }

    /// Its texts.
    #[must_use]
    pub fn words(self) -> Words {
        Words::new(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang::{self, En, Es};

    #[test]
    fn the_cookie_wins_over_the_browser() {
        assert_eq!(Lang::of_request(Some("en"), Some("es-GT")), En);
        assert_eq!(Lang::of_request(Some("xx"), Some("en-GB;q=0.9, fr")), En);
        assert_eq!(Lang::of_request(None, Some("quc, *;q=0.1")), Es);
        assert_eq!(Lang::of_request(None, None), Es);
    }

    #[test]
    fn weights_decide_and_nonsense_is_passed_over() {
        assert_eq!(Lang::from_accept("en;q=0.3,es;q=0.8"), Es);
        assert_eq!(Lang::from_accept("es;q=x,en;q=NaN,en;q=0.2"), En);
        assert_eq!(Lang::from_accept(",;q=,;;"), Es);
    }
}
