//! Which column of a file holds what, and in which order its dates are written.

use std::borrow::Cow;
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

/// The entry of a map that says how dates are written, and what it may say.
const ORDER: (&str, [&str; 2]) = ("date_order", ["year-first", "day-first"]);

/// The names that columns have in a file, by what they hold.
#[derive(Default)]
pub struct Columns {
    names: BTreeMap<String, String>,
    day_first: bool,
}

/// Where each field stands in a row.
pub struct Places([Option<usize>; FIELDS.len()]);

impl Columns {
    /// Reads a map, if there is one.
    pub fn read(map: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = map else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let mut names: BTreeMap<String, String> =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        let order = names.remove(ORDER.0);
        if let Some(order) = order.as_deref().filter(|order| !ORDER.1.contains(order)) {
            bail!("{}: {} = \"{order}\": {} is expected", path.display(), ORDER.0, ORDER.1.join(" or "));
        }
        if let Some(unknown) = names.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            bail!("{}: there is no field «{unknown}»; there are {}", path.display(), FIELDS.join(", "));
        }
        Ok(Self { names, day_first: order.as_deref() == Some(ORDER.1[1]) })
    }

    /// Where the fields stand by a heading. A column that the map names must be there, and so must the id.
    pub fn places(&self, heading: &StringRecord) -> anyhow::Result<Places> {
        let find = |name: &str| heading.iter().position(|column| column.trim() == name);
        let mut places = [None; FIELDS.len()];
        for (place, field) in places.iter_mut().zip(FIELDS) {
            *place = match self.names.get(field) {
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

    /// What the column of a field is called in the file.
    pub fn name<'n>(&'n self, field: &'n str) -> &'n str {
        self.names.get(field).map_or(field, String::as_str)
    }

    /// A date with its year in front, where the map says that the day is. What is no such date stays as it is.
    pub fn date<'d>(&self, text: &'d str) -> Cow<'d, str> {
        let turned = if self.day_first { turned(text) } else { None };
        turned.map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

/// Whether a date looks as if it began with its day.
pub fn is_day_first(text: &str) -> bool {
    turned(text).is_some()
}

/// `7/3/2010`, `07-03-2010 08:00`, `3/2010` with the year in front.
fn turned(text: &str) -> Option<String> {
    let date = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    let number = |text: &str, most: u16| {
        let short = matches!(text.len(), 1 | 2);
        text.parse::<u16>().ok().filter(|n| short && (1..=most).contains(n))
    };
    let year = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() == 4);
    match parts[..] {
        [d, m, y] => Some(format!("{:04}-{:02}-{:02}", year(y)?, number(m, 12)?, number(d, 31)?)),
        [m, y] => Some(format!("{:04}-{:02}", year(y)?, number(m, 12)?)),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn a_day_in_front_is_turned_and_nothing_is_guessed() {
        for (text, expected) in [
            ("7/3/2010", Some("2010-03-07")),
            ("07-03-2010 08:00", Some("2010-03-07")),
            ("31.12.1999", Some("1999-12-31")),
            ("3/2010", Some("2010-03")),
            ("2010-03-07", None),
            ("2010", None),
            ("07/03/10", None),
            ("13/13/2010", None),
            ("32/1/2010", None),
            ("hoy", None),
            ("", None),
        ] {
            assert_eq!(turned(text).as_deref(), expected, "{text}");
        }
    }
}
