//! Which column of a file holds what.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use ceiba_linkage::Row;
use csv::StringRecord;

/// What may be in a register. Columns of these names are found without a map; others are passed over.
pub const FIELDS: [&str; 17] = [
    "record_id",
    "given_names",
    "surname1",
    "surname2",
    "nickname",
    "sex",
    "birth_date",
    "age_years",
    "municipality_code",
    "nationality",
    "id_number",
    "phone",
    "mother_name",
    "recorded_at",
    "other1",
    "other2",
    "other3",
];

/// The names that columns have in a file, by what they hold.
pub struct Columns(BTreeMap<String, String>);

/// Where each field stands in a row.
pub struct Places([Option<usize>; FIELDS.len()]);

impl Columns {
    /// Reads a map, if there is one.
    pub fn read(map: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = map else { return Ok(Self(BTreeMap::new())) };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let map: BTreeMap<String, String> =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        if let Some(unknown) = map.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            bail!("{}: there is no field «{unknown}»; there are {}", path.display(), FIELDS.join(", "));
        }
        Ok(Self(map))
    }

    /// Where the fields stand by a heading. A column that the map names must be there, and so must the id.
    pub fn places(&self, heading: &StringRecord) -> anyhow::Result<Places> {
        let find = |name: &str| heading.iter().position(|column| column.trim() == name);
        let mut places = [None; FIELDS.len()];
        for (place, field) in places.iter_mut().zip(FIELDS) {
            *place = match self.0.get(field) {
                Some(name) => {
                    Some(find(name).with_context(|| format!("there is no column «{name}» for {field}"))?)
                }
                None => find(field),
            };
        }
        if places[0].is_none() {
            bail!("there is no column «record_id»; --map can name another");
        }
        Ok(Places(places))
    }
}

impl Places {
    /// A row's id, and what it holds. Columns that are not there are empty.
    pub fn row<'r>(&self, record: &'r StringRecord) -> (&'r str, Row<'r>) {
        let field = |n: usize| self.0[n].and_then(|at| record.get(at)).map_or("", str::trim);
        let row = Row {
            given_names: field(1),
            surname1: field(2),
            surname2: field(3),
            nickname: field(4),
            sex: field(5),
            birth_date: field(6),
            age_years: field(7),
            place: field(8),
            nationality: field(9),
            document: field(10),
            phone: field(11),
            mother: field(12),
            recorded_at: field(13),
            others: [field(14), field(15), field(16)],
        };
        (field(0), row)
    }
}
