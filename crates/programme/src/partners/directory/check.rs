//! What an entry must be before it is kept: choices that exist, phones that can be called, no house of the programme, not the
//! same twice.

use ceiba_linkage::normalise;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Institution, Offer};
use crate::{Problems, Programme};

/// Kinds of institution. Their texts are `institution-kind-<code>`.
pub const KINDS: [&str; 8] =
    ["police", "prosecutor", "court", "health", "school", "ngo", "municipality", "state"];

/// Services during which people sleep at a place that must not be known.
pub const SHELTERING: [&str; 2] = ["shelter_emergency", "shelter_longer"];

/// Characters of a name or of hours.
const SHORT: usize = 200;
/// Characters of whom it receives.
const LONG: usize = 1000;
/// Units of one institution.
const UNITS: usize = 30;

/// What is to be mended in an entry.
pub(super) fn checked(p: &Programme, offer: &Offer) -> Problems {
    let lists = &p.pack.lists;
    let all = |list: &str, codes: &[String]| codes.iter().all(|c| lists.has(list, c));
    let long = |text: &str, most: usize| text.chars().count() > most;
    let mut problems = Problems::default();
    problems.when(offer.name.trim().is_empty(), "name", "problem-directory-name");
    problems.when(long(&offer.name, SHORT), "name", "problem-too-long");
    problems.when(own_house(p, offer), "name", "problem-directory-house");
    problems.when(!KINDS.contains(&offer.kind.as_str()), "kind", "problem-choose");
    problems.when(!lists.has("municipalities", &offer.municipality), "municipality", "problem-choose");
    problems.when(!callable(&offer.phone), "phone", "problem-directory-phone");
    problems.when(long(&offer.hours, SHORT), "hours", "problem-too-long");
    problems.when(
        offer.services.is_empty() || !all("service_types", &offer.services),
        "services",
        "problem-choose",
    );
    problems.when(!all("languages", &offer.languages), "languages", "problem-choose");
    problems.when(!all("municipalities", &offer.coverage), "coverage", "problem-directory-coverage");
    // Where people sleep, its own municipality does not stand in for what it serves: that would say where it is.
    problems.when(offer.shelters() && offer.coverage.is_empty(), "coverage", "problem-directory-shelter");
    let unit = |u: &super::Unit| {
        u.name.trim().is_empty() || long(&u.name, SHORT) || !(u.phone.is_empty() || callable(&u.phone))
    };
    problems.when(offer.units.iter().any(unit), "units", "problem-directory-units");
    problems.when(offer.units.len() > UNITS, "units", "problem-too-long");
    problems.when(long(&offer.eligibility, LONG), "eligibility", "problem-too-long");
    let day = |text: &str| text.is_empty() || text.parse::<Date>().is_ok();
    problems.when(!day(&offer.valid_from), "valid_from", "problem-date-impossible");
    problems.when(!day(&offer.valid_until), "valid_until", "problem-date-impossible");
    // ISO days sort as they follow each other.
    let reversed = !offer.valid_until.is_empty() && offer.valid_until < offer.valid_from;
    problems.when(day(&offer.valid_until) && reversed, "valid_until", "problem-directory-until");
    problems
}

/// Whether this can be dialled: three digits (a short number) up to fifteen, with the signs people write between them.
fn callable(phone: &str) -> bool {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let other = phone.trim().chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    (3..=15).contains(&digits) && other
}

/// Whether it is the programme itself, or one of its houses by its code.
fn own_house(p: &Programme, offer: &Offer) -> bool {
    let words = normalise(&offer.name);
    let code = |site: &crate::packs::Site| {
        let of = normalise(&site.code);
        site.house.is_some() && !of.is_empty() && of.iter().all(|w| words.contains(w))
    };
    words == normalise(&p.pack.name) || offer.shelters() && p.pack.sites.iter().any(code)
}

/// The entry that says the same place: same name without accents and capitals, same municipality.
pub(super) fn twin<'a>(all: &'a [Institution], offer: &Offer, but: Option<Uuid>) -> Option<&'a Institution> {
    let name = normalise(&offer.name);
    all.iter()
        .find(|i| Some(i.id) != but && i.municipality == offer.municipality && normalise(&i.name) == name)
}

/// The municipalities of a list by name, once for all that is looked up in it.
struct Places<'p>(Vec<(&'p str, Vec<String>)>);

impl<'p> Places<'p> {
    fn of(p: &'p Programme) -> Self {
        let all = p.pack.lists.codes("municipalities");
        Self(all.iter().map(|c| (c.code.as_str(), normalise(c.name("es")))).collect())
    }

    /// The only one with this code or name.
    fn find(&self, text: &str) -> Option<&'p str> {
        let words = normalise(text);
        let mut found =
            self.0.iter().filter(|(code, name)| code.eq_ignore_ascii_case(text) || *name == words);
        match (found.next(), found.next()) {
            (Some((code, _)), None) => Some(code),
            _ => None,
        }
    }
}

/// Municipalities from what was typed: a code, or a name without minding accents and capitals. A name that two
/// municipalities share, and one that is none, stays as it was typed, which the check of the entry refuses.
#[must_use]
pub fn municipalities(p: &Programme, typed: &[String]) -> Vec<String> {
    let places = Places::of(p);
    let code = |text: &String| {
        places.find(text).map_or_else(|| text.replace(char::is_whitespace, "_"), str::to_owned)
    };
    typed.iter().map(code).collect()
}

/// Municipalities as [`municipalities`] reads them back: by name, by code when two share the name.
#[must_use]
pub fn written(p: &Programme, codes: &[String]) -> Vec<String> {
    let (places, lists) = (Places::of(p), &p.pack.lists);
    let name = |code: &String| {
        let name = lists.name("municipalities", code, "es").unwrap_or(code);
        if places.find(name) == Some(code) { name.to_owned() } else { code.clone() }
    };
    codes.iter().map(name).collect()
}
