//! Who was reached, where, and how many of them are women and girls, or children: from the tables of a frozen report and nothing else.

use crate::results::frozen::{Figure, Table, Value};

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// P-code of the municipality; none for all places of the grant together.
    pub place: Option<String>,
    /// What they got, by the name of a dimension and a code of it; none for the figure as a whole.
    pub what: Option<(String, String)>,
    /// How many people.
    pub people: Value,
    /// Of them women and girls.
    pub women: Part,
    /// Of them under 18.
    pub children: Part,
}

/// How many people of a line belong to some rows of a division of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// The report does not divide this line so.
    Undivided,
    /// It is known of nobody here. That is no zero.
    Unknown,
    /// How many, among those of whom it is known; and of how many it is not known.
    Of(Value, Value),
}

impl Part {
    /// The number, where there is one to show.
    #[must_use]
    pub const fn least(self) -> Option<f64> {
        match self {
            Self::Of(value, _) => value.least(),
            Self::Undivided | Self::Unknown => None,
        }
    }
}

/// The codes of the bands under 18.
const CHILDREN: [&str; 3] = ["0-11", "12-14", "15-17"];
const WOMEN: [&str; 1] = ["Feminine"];
/// Rows of those of whom nobody noted it: the fact says nothing, or that it was not said.
const UNKNOWN: [&str; 2] = ["unknown", "NonSpecifiedUnknown"];

/// The lines of a figure: each municipality, where the report divides it so, else all of them together.
#[must_use]
pub fn reached(figure: &Figure) -> Vec<Reached> {
    if figure.unit != "people" {
        return Vec::new();
    }
    let parts = |table: &&Table| {
        table.rows_by == "municipality" && !["sex", "age_band"].contains(&table.columns_by.as_str())
    };
    let Some(table) = figure.tables.iter().find(parts) else {
        let of = |by, codes: &[&str]| {
            table_of(figure, (by, ""))
                .map_or(Part::Undivided, |table| part(&table, codes, ("all", figure.value)))
        };
        return vec![Reached {
            place: None,
            what: None,
            people: figure.value,
            women: of("sex", &WOMEN),
            children: of("age_band", &CHILDREN),
        }];
    };
    let mut out = Vec::new();
    for (place, cells) in table.rows.iter().zip(&table.cells) {
        for (code, people) in table.columns.iter().zip(cells) {
            let whole = table.columns_by.is_empty();
            let of = |by, codes: &[&str]| {
                let table = table_of(figure, (by, "municipality")).filter(|_| whole);
                table.map_or(Part::Undivided, |table| part(&table, codes, (place, *people)))
            };
            out.push(Reached {
                place: Some(place.clone()),
                what: (!whole).then(|| (table.columns_by.clone(), code.clone())),
                people: *people,
                women: of("sex", &WOMEN),
                children: of("age_band", &CHILDREN),
            });
        }
    }
    out
}

/// A table of two dimensions, whichever of them makes its rows; turned so that the first does.
fn table_of(figure: &Figure, (by, across): (&str, &str)) -> Option<Table> {
    let is = |t: &&Table, rows: &str, columns: &str| t.rows_by == rows && t.columns_by == columns;
    if let Some(table) = figure.tables.iter().find(|t| is(t, by, across)) {
        return Some(table.clone());
    }
    let table = figure.tables.iter().find(|t| is(t, across, by))?;
    let column = |n: usize| table.cells.iter().map(|row| row.get(n).copied().unwrap_or_default()).collect();
    Some(Table {
        rows_by: by.to_owned(),
        columns_by: across.to_owned(),
        rows: table.columns.clone(),
        columns: table.rows.clone(),
        cells: (0..table.columns.len()).map(column).collect(),
    })
}

/// What some rows are of a column in which so many people stand.
fn part(table: &Table, codes: &[&str], (column, people): (&str, Value)) -> Part {
    let Some(at) = table.columns.iter().position(|c| c == column) else {
        // Nobody was counted, so nobody stands in a row.
        return if people == Value::Shown(0.0) { Part::Of(people, Value::Nothing) } else { Part::Undivided };
    };
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let rows = table.rows.iter().zip(&table.cells).filter(|(row, _)| wanted(row));
        sum(rows.map(|(_, cells)| cells.get(at).copied().unwrap_or_default()))
    };
    let is_unknown = |row: &str| UNKNOWN.contains(&row);
    let (unknown, known) = (of(&is_unknown), of(&|row| !is_unknown(row)));
    let nobody = |value: Value| value == Value::Shown(0.0);
    if nobody(known) && !nobody(unknown) {
        return Part::Unknown;
    }
    Part::Of(of(&|row| codes.contains(&row)), unknown)
}

/// What cells add up to. One that is hidden hides the sum: it is not known, and is never guessed.
fn sum(cells: impl Iterator<Item = Value>) -> Value {
    let mut all = 0.0;
    for cell in cells {
        match cell {
            Value::Shown(n) => all += n,
            Value::Nothing => {}
            Value::Hidden | Value::AtLeast(_) => return Value::Hidden,
        }
    }
    Value::Shown(all)
}
