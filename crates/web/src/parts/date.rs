//! Dates as three small fields: no calendar to find a year in, and a guess may say so.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};

use super::field::Field;
use super::frame::group;
use super::text::wrong;
use crate::Words;

/// What was typed into the three fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    /// Day of the month.
    pub day: String,
    /// Month as a number.
    pub month: String,
    /// Year with four digits.
    pub year: String,
    /// Whether «aproximada» is ticked.
    pub about: bool,
}

/// Why the fields are no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Some are filled and some are empty.
    Incomplete,
    /// There is no such day.
    NoSuchDay,
}

impl DateFault {
    /// What to do, for the error of the field.
    #[must_use]
    pub fn text(self, w: &Words) -> String {
        match self {
            Self::Incomplete => w.t("problems-date-incomplete"),
            Self::NoSuchDay => w.t("problems-date-no-such-day"),
        }
    }
}

impl DateParts {
    /// The fields filled from a date.
    #[must_use]
    pub fn of(date: Date, about: bool) -> Self {
        let (day, month, year) = (date.day().to_string(), date.month().to_string(), date.year().to_string());
        Self { day, month, year, about }
    }

    /// Takes the four keys `name@day`, `@month`, `@year` and `@about` out of a post.
    #[must_use]
    pub fn take(pairs: &mut BTreeMap<String, Vec<String>>, name: &str) -> Self {
        let mut part = |key: &str| {
            let values = pairs.remove(&format!("{name}@{key}")).unwrap_or_default();
            values.last().map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        let about = !part("about").is_empty();
        Self { day: part("day"), month: part("month"), year: part("year"), about }
    }

    /// The date; none when all three are empty.
    ///
    /// # Errors
    /// [`DateFault`] when they are no date. Years have four digits, so that `98` is not the first century.
    pub fn date(&self) -> Result<Option<Date>, DateFault> {
        match [&self.day, &self.month, &self.year].map(|part| part.is_empty()) {
            [true, true, true] => return Ok(None),
            [false, false, false] => {}
            _ => return Err(DateFault::Incomplete),
        }
        let year = self.year.parse().ok().filter(|year| (1000..=9999).contains(year));
        let parts = (year, self.month.parse().ok(), self.day.parse().ok());
        let (Some(year), Some(month), Some(day)) = parts else { return Err(DateFault::NoSuchDay) };
        Date::new(year, month, day).map(Some).map_err(|_| DateFault::NoSuchDay)
    }
}

/// Day, month and year, with «aproximada» when `with_about`.
#[must_use]
pub fn date_fields(w: &Words, f: &Field, typed: &DateParts, with_about: bool) -> Markup {
    let id = f.dom_id();
    let parts = [
        ("day", w.t("forms-day"), &typed.day, id.clone()),
        ("month", w.t("forms-month"), &typed.month, format!("{id}-month")),
        ("year", w.t("forms-year"), &typed.year, format!("{id}-year")),
    ];
    let controls = html! {
        div class="date" {
            @for (part, label, value, id) in &parts {
                div data-part=(part) {
                    label for=(id) { (label) }
                    input id=(id) name={ (f.name) "@" (part) } type="text" inputmode="numeric" value=(value)
                        autocomplete="off" aria-invalid=[wrong(f)];
                }
            }
        }
        @if with_about {
            label class="choice" {
                input type="checkbox" name={ (f.name) "@about" } value="1" autocomplete="off" checked[typed.about];
                span { (w.t("forms-about")) }
            }
        }
    };
    group(w, f, controls)
}

pub(super) const CSS: &str = r#"
.date { display: flex; gap: .5rem; }
.date label { display: block; font-size: .875rem; }
.date > div { inline-size: 4rem; }
.date [data-part="year"] { inline-size: 5.5rem; }
"#;

#[cfg(test)]
mod tests {
    use super::{DateFault, DateParts};

    fn read(day: &str, month: &str, year: &str) -> Result<Option<String>, DateFault> {
        let parts = DateParts { day: day.into(), month: month.into(), year: year.into(), about: false };
        parts.date().map(|date| date.map(|d| d.to_string()))
    }

    #[test]
    fn three_fields_are_one_date() {
        assert_eq!(read("24", "11", "2026"), Ok(Some("2026-11-24".into())));
        assert_eq!(read("", "", ""), Ok(None));
        assert_eq!(read("", "11", "2026"), Err(DateFault::Incomplete));
        assert_eq!(read("31", "2", "2026"), Err(DateFault::NoSuchDay));
        assert_eq!(read("1", "1", "98"), Err(DateFault::NoSuchDay));
        assert_eq!(read("x", "300", "2026"), Err(DateFault::NoSuchDay));
    }

    #[test]
    fn the_keys_leave_the_post() {
        let pair = |k: &str, v: &str| (k.to_owned(), vec![v.to_owned()]);
        let mut post = [pair("born@day", " 3 "), pair("born@about", "1"), pair("alias", "x")].into();
        let parts = DateParts::take(&mut post, "born");
        assert_eq!((parts.day.as_str(), parts.about), ("3", true));
        assert_eq!(post.keys().collect::<Vec<_>>(), ["alias"]);
    }
}
