//! The programme's words for its sheet, and its codes for IATI: `packs/<own>/sheet.toml`.

use serde::Deserialize;

use crate::packs::{PackError, parse};
use crate::results::frozen::Words;

/// What a programme brings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// `letter` or `a4`.
    pub page: String,
    /// Colour of headings, figures and the band: `#1f5b4e`.
    pub main: String,
    /// Ground of the figures.
    pub soft: String,
    /// A sheet for each grant that has words of its own; `*` for the others.
    #[serde(rename = "sheet")]
    pub sheets: Vec<Sheet>,
    /// Codes for IATI.
    pub iati: Iati,
}

/// The words of a sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Code of the grant, or `*`.
    pub grant: String,
    /// What the project is called.
    pub title: Words,
    /// Who works with it.
    pub partners: Words,
    /// What it is.
    pub overview: Words,
    /// What it does.
    pub interventions: Vec<Words>,
    /// What it wants.
    pub objectives: Vec<Words>,
    /// Figures in large signs, six at most.
    #[serde(rename = "number")]
    pub numbers: Vec<Number>,
    /// What was reached.
    #[serde(rename = "result")]
    pub results: Vec<ResultLine>,
}

/// A figure in large signs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// `budget`, `sites:<kind>`, or the code of a figure.
    pub from: String,
    /// What it counts.
    pub label: Words,
}

/// A line about a figure. It stands there only when the figure is shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultLine {
    /// The code of the figure.
    pub figure: String,
    /// Its words with `{n}`, `{target}`, `{baseline}`.
    pub text: Words,
}

/// Codes for IATI.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Iati {
    /// Begins the identifier of an activity; the code of the grant follows.
    pub identifier: String,
    /// Who publishes.
    pub reporter: Organisation,
    /// Who pays; its name is in the report.
    pub donor: Organisation,
    /// Whom to ask: an organisation.
    pub contact: Words,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Purpose codes with their shares.
    pub sectors: Vec<(String, i64)>,
    /// Targets of the sustainable development goals.
    pub goals: Vec<String>,
    /// Policy markers with their significance.
    pub markers: Vec<(String, u8)>,
    /// Codes of finance.
    pub finance: Finance,
}

/// An organisation in the codes of IATI.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its identifier.
    pub reference: String,
    /// Its kind.
    pub kind: String,
    /// Its name; empty: the report says it.
    #[serde(default)]
    pub name: String,
}

/// How it is paid for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    pub collaboration: String,
    pub flow: String,
    pub finance: String,
    pub aid: String,
    pub tied: String,
}

impl Offer {
    /// The words for a grant.
    #[must_use]
    pub fn sheet(&self, grant: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|s| s.grant == grant).or_else(|| self.sheets.first())
    }

    /// Which figures the sheet of a grant shows; what is no figure (the budget, sites) among them.
    pub(crate) fn figures_of(&self, grant: &str) -> impl Iterator<Item = &str> {
        let sheet = self.sheet(grant);
        let numbers = sheet.into_iter().flat_map(|s| s.numbers.iter().map(|n| n.from.as_str()));
        numbers.chain(sheet.into_iter().flat_map(|s| s.results.iter().map(|r| r.figure.as_str())))
    }
}

/// Reads a programme's words and checks what can be checked without a report.
pub(crate) fn read(own: &str) -> Result<Offer, PackError> {
    let path = format!("{own}/sheet.toml");
    let offer: Offer = parse(&path)?;
    let wrong = |what: String| Err(PackError(path.clone(), what));
    if offer.sheets.is_empty() {
        return wrong("there is no sheet".to_owned());
    }
    if !matches!(offer.page.as_str(), "letter" | "a4") {
        return wrong(format!("no paper is called {}", offer.page));
    }
    let colour =
        |c: &str| c.len() == 7 && c.starts_with('#') && c.bytes().skip(1).all(|b| b.is_ascii_hexdigit());
    if let Some(c) = [&offer.main, &offer.soft].into_iter().find(|c| !colour(c)) {
        return wrong(format!("{c} is no colour; write it as #1f5b4e"));
    }
    if let Some(s) = offer.sheets.iter().find(|s| s.numbers.len() > 6) {
        return wrong(format!("the sheet of {} has more than six figures", s.grant));
    }
    let sum: i64 = offer.iati.sectors.iter().map(|(_, share)| share).sum();
    if sum != 100 {
        return wrong(format!("the sectors add to {sum}, not to 100"));
    }
    Ok(offer)
}
