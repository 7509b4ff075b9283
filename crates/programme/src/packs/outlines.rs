//! Outlines of a country's departments, for maps: `packs/<country>/map/departments.csv`.

use serde::Deserialize;

use super::{PackError, bytes};

/// A department as it is drawn.
#[derive(Clone, Debug, Deserialize)]
pub struct Outline {
    /// Its P-code.
    pub pcode: String,
    /// Where a number stands on it, from the left, in units of a drawing that is 320 wide.
    pub x: f64,
    /// The same from above.
    pub y: f64,
    /// An SVG path.
    pub path: String,
}

pub(super) fn read(country: &str) -> Result<Vec<Outline>, PackError> {
    let path = format!("{country}/map/departments.csv");
    let Ok(data) = bytes(&path) else { return Ok(Vec::new()) };
    let rows = csv::Reader::from_reader(data.as_slice()).into_deserialize();
    rows.collect::<Result<_, _>>().map_err(|e| PackError(path, e.to_string()))
}
