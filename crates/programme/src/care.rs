//! Services and plan: what is offered and who has a place, scales over time, economic support, reports, hours.
//!
//! What a programme offers is data: `packs/core/{services,scales}.toml` and `packs/<own>/{services,budget}.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::packs::{PackError, parse};

pub mod amounts;
pub mod catalogue;
pub mod corrections;
pub mod effort;
mod gather;
pub mod groups;
pub mod money;
pub mod places;
pub mod reports;
pub mod returns;
pub mod scales;
pub mod schooling;
pub mod support;

/// A text of a pack in the languages of the pages, by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Said(BTreeMap<String, String>);

impl Said {
    /// A text that is made for each language of the pages.
    pub(crate) fn in_both(of: impl Fn(&str) -> String) -> Self {
        Self(["es", "en"].map(|lang| (lang.to_owned(), of(lang))).into())
    }

    /// The text in a language; in Spanish when it has none.
    #[must_use]
    pub fn of(&self, lang: &str) -> &str {
        self.0.get(lang).or_else(|| self.0.get("es")).map_or("", String::as_str)
    }
}

/// What a programme offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Scales of how somebody is over time.
    pub scales: Vec<scales::Scale>,
    /// Services with places.
    pub services: Vec<catalogue::Offered>,
    /// Budget lines by donor.
    pub lines: Vec<money::Line>,
    /// The currency's code, `GTQ`.
    pub currency: String,
    /// How people write it, `Q`.
    pub symbol: String,
    /// Kinds of economic support.
    pub support: Vec<String>,
    /// How far somebody is at school.
    pub grades: Vec<String>,
}

#[derive(Deserialize)]
struct Core {
    support: Vec<String>,
    grades: Vec<String>,
}

#[derive(Deserialize)]
struct Services {
    service: Vec<catalogue::Offered>,
}

#[derive(Deserialize)]
struct Scales {
    scale: Vec<scales::Scale>,
}

#[derive(Deserialize)]
struct Budget {
    currency: String,
    symbol: String,
    line: Vec<money::Line>,
}

impl Offer {
    /// Reads the packs of a programme.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub(crate) fn read(own: &str) -> Result<Self, PackError> {
        let core: Core = parse("core/services.toml")?;
        let budget: Budget = parse(&format!("{own}/budget.toml"))?;
        let services: Services = parse(&format!("{own}/services.toml"))?;
        let own_scales: Scales = parse("core/scales.toml")?;
        scales::sound(&own_scales.scale)?;
        Ok(Self {
            scales: own_scales.scale,
            services: services.service,
            lines: budget.line,
            currency: budget.currency,
            symbol: budget.symbol,
            support: core.support,
            grades: core.grades,
        })
    }
}

/// Checks a civil day that already was.
pub(crate) fn day(
    p: &crate::Programme,
    work: &ceiba_store::Work,
    text: &str,
    problems: &mut crate::Problems,
) {
    let day = text.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_err(), "on_day", "problem-date-impossible");
    problems.when(day.is_ok_and(|d| d > today), "on_day", "problem-date-future");
}
