//! What of each column is filled and says nothing: an age that is no number, a date that begins with the day. A register in which
//! a whole column is unread links badly, and nobody would see why.

use ceiba_linkage::{Row, is_document, is_phone};

use super::columns::{Columns, is_day_first};
use super::rows::Lines;

/// So many lines are named as examples.
const EXAMPLES: usize = 3;

/// One column: its field, its value in a row, and whether that says something.
type Check = (&'static str, for<'r> fn(&Row<'r>) -> &'r str, fn(&str, &Row) -> bool);

const CHECKS: [Check; 10] = [
    ("given_names", |row| row.given_names, is_name),
    ("surname1", |row| row.surname1, is_name),
    ("surname2", |row| row.surname2, is_name),
    ("nickname", |row| row.nickname, is_name),
    ("mother_name", |row| row.mother, is_name),
    ("birth_date", |row| row.birth_date, |text, _| is_date(text)),
    // An age is only asked where there is no date, and says nothing without the day on which it was so.
    (
        "age_years",
        |row| row.age_years,
        |text, row| is_date(row.birth_date) || is_age(text) && is_date(row.recorded_at),
    ),
    ("recorded_at", |row| row.recorded_at, |text, _| is_date(text)),
    ("id_number", |row| row.document, |text, _| is_document(text)),
    ("phone", |row| row.phone, |text, _| is_phone(text)),
];

fn is_name(text: &str, _: &Row) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// As the linkage crate reads one: at least a year, in front.
fn is_date(text: &str) -> bool {
    text.get(..4).and_then(|year| year.parse::<u16>().ok()).is_some_and(|year| (1850..=2150).contains(&year))
}

fn is_age(text: &str) -> bool {
    text.parse::<u8>().is_ok_and(|years| years <= 120)
}

/// What is filled and what of it is unread, by column.
#[derive(Default)]
pub struct Filled([Column; CHECKS.len()]);

#[derive(Default)]
struct Column {
    filled: u64,
    unread: u64,
    examples: Vec<String>,
    day_first: u64,
}

impl Filled {
    /// Counts a row.
    pub fn count(&mut self, row: &Row, lines: Lines) {
        for (column, (_, value, says)) in self.0.iter_mut().zip(CHECKS) {
            let text = value(row);
            if text.is_empty() {
                continue;
            }
            column.filled += 1;
            if says(text, row) {
                continue;
            }
            column.unread += 1;
            column.day_first += u64::from(is_day_first(text));
            if column.examples.len() < EXAMPLES {
                column.examples.push(lines.to_string());
            }
        }
    }

    /// A line for each column of which something is unread.
    pub fn told(&self, columns: &Columns) -> Vec<String> {
        let told = |(column, (field, ..)): (&Column, &Check)| {
            let Column { filled, unread, examples, day_first } = column;
            let hint = match *field {
                "birth_date" | "recorded_at" if day_first * 2 > *unread => {
                    "; where the day comes first, say so in --map: date_order = \"day-first\""
                }
                "age_years" => "; a number of years and the day of recorded_at are expected",
                _ => "",
            };
            (*unread > 0).then(|| {
                let name = columns.name(field);
                format!("{name}: {unread} of {filled} unread, e.g. {}{hint}", examples.join(", "))
            })
        };
        self.0.iter().zip(&CHECKS).filter_map(told).collect()
    }
}
