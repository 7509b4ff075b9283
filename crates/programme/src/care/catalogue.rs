//! What the programme offers, as its pack says it.

use serde::Deserialize;

use super::Said;

/// A service with places.
#[derive(Clone, Debug, Deserialize)]
pub struct Offered {
    /// Its code, as it stands in addresses.
    pub code: String,
    /// A code of the list `service_types`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where: a site's code. Cases of other sites have no place in it.
    pub site: String,
    /// How many at once.
    pub seats: u32,
    /// Age bands it is for (`dates::Birth::band`); empty: all.
    pub bands: Vec<String>,
    /// Codes of the list `gender` it is for; empty: all.
    pub sex: Vec<String>,
    /// Several at a time, with a page for who came.
    pub group: bool,
    /// Parts of a course; 0: none are counted.
    pub modules: u32,
    /// Who gives it; empty: the team.
    pub provider: String,
    /// What it is called.
    pub name: Said,
    /// When.
    pub schedule: Said,
}

impl Offered {
    /// Why somebody cannot have a place: the key of a sentence; none when she can.
    #[must_use]
    pub fn refuses(&self, site: &str, sex: &str, band: &str) -> Option<&'static str> {
        let fits = |list: &[String], code: &str| list.is_empty() || list.iter().any(|c| c == code);
        if self.site != site {
            return Some("problem-care-site");
        }
        if !fits(&self.bands, band) {
            return Some("problem-care-age");
        }
        (!fits(&self.sex, sex)).then_some("problem-care-sex")
    }
}

#[cfg(test)]
mod tests {
    use super::Offered;

    #[test]
    fn a_service_says_who_cannot_have_a_place() {
        let offered = Offered {
            code: "x".into(),
            kind: "life_skills".into(),
            site: "K1".into(),
            seats: 1,
            bands: vec!["15-17".into()],
            sex: vec!["Feminine".into()],
            group: true,
            modules: 0,
            provider: String::new(),
            name: super::Said::default(),
            schedule: super::Said::default(),
        };
        assert_eq!(offered.refuses("K1", "Feminine", "15-17"), None);
        assert_eq!(offered.refuses("M1", "Feminine", "15-17"), Some("problem-care-site"));
        assert_eq!(offered.refuses("K1", "Masculine", "15-17"), Some("problem-care-sex"));
        assert_eq!(offered.refuses("K1", "Feminine", "12-14"), Some("problem-care-age"));
    }
}
