//! Reasons as one line of codes, to be kept beside a link and worded later in either language. It names nobody.

use std::fmt::Write as _;

use super::{About, Because};
use crate::levels::NAMES;

const ABOUT: [(About, &str); 13] = [
    (About::Given, "given"),
    (About::Family, "family"),
    (About::Birth, "birth"),
    (About::Place, "place"),
    (About::Phone, "phone"),
    (About::Sex, "sex"),
    (About::Nation, "nation"),
    (About::Nickname, "nickname"),
    (About::Other, "other"),
    (About::Document, "document"),
    (About::Together, "together"),
    (About::Third, "third"),
    (About::Base, "base"),
];

impl About {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        ABOUT.iter().find(|(about, _)| *about == self).map_or("", |(_, code)| code)
    }

    /// The one with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        ABOUT.iter().find(|(_, known)| *known == code).map(|(about, _)| *about)
    }
}

/// Reasons as codes between spaces: about, levels, `r` for rare, weight in hundredths of a bit.
#[must_use]
pub fn codes(reasons: &[Because]) -> String {
    let mut line = String::new();
    for because in reasons {
        let separator = if line.is_empty() { "" } else { " " };
        let (about, levels) = (because.about.code(), because.levels.join("/"));
        let rare = if because.rare { "r" } else { "" };
        let _ = write!(line, "{separator}{about}:{levels}:{rare}:{:.0}", because.weight * 100.0);
    }
    line
}

/// Reasons back from their codes; what is not one of ours is passed over.
#[must_use]
pub fn from_codes(line: &str) -> Vec<Because> {
    line.split(' ').filter_map(one).collect()
}

fn one(text: &str) -> Option<Because> {
    let mut parts = text.split(':');
    let about = About::find(parts.next()?)?;
    let level =
        |code: &str| NAMES.iter().flat_map(|(_, levels)| levels.iter()).copied().find(|known| *known == code);
    let levels = parts.next()?.split('/').filter_map(level).collect();
    let rare = parts.next()? == "r";
    let weight = parts.next()?.parse::<i32>().ok()?;
    Some(Because { about, levels, rare, weight: f64::from(weight) / 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_come_back_from_their_codes() {
        let because = |about, levels: &[&'static str], rare, weight| Because {
            about,
            levels: levels.to_vec(),
            rare,
            weight,
        };
        let all = vec![
            because(About::Given, &["both"], true, 3.25),
            because(About::Family, &["both", "unknown"], false, -0.5),
            because(About::Together, &[], false, 1.0),
        ];
        assert_eq!(codes(&all), "given:both:r:325 family:both/unknown::-50 together:::100");
        assert_eq!(from_codes(&codes(&all)), all);
        assert_eq!(from_codes("  x:y given::: given:both:r:999999999999 <b>:a::1"), []);
    }
}
