//! Asking when she was born: a date or part of one, about an age, unknown, refused, or left as it is.

use ceiba_programme::dates::Birth;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::parts::{Choice, DateParts, Field, Problems, date_fields, number_field, radios};
use crate::posted::Fields;
use crate::view::age;
use crate::{App, Words};

/// The form's fields.
pub const FIELDS: [&str; 3] = ["known", "birth", "years"];

/// How old she is and how that is known. The date itself stands with the identity, never here.
pub fn told(w: &Words, birth: &Birth, today: Date) -> String {
    format!("{} · {}", age(w, birth, today), w.t(&format!("birth-{}", birth.known())))
}

/// The question. What is known stays unless another answer is chosen.
pub fn fields(app: &App, w: &Words, now: &Birth, f: Option<&Fields>, p: &Problems) -> Markup {
    let chosen = f.map_or("keep", |f| f.text("known"));
    let keep = w.with("birth-keep", &[("now", told(w, now, app.today()).into())]);
    let choices = [
        Choice::new("keep", keep),
        Choice::new("date", w.t("birth-date")),
        Choice::new("about", w.t("birth-about")),
        Choice::new("unknown", w.t("birth-unknown")),
        Choice::new("refused", w.t("birth-refused")),
    ];
    let parts = f.map_or_else(DateParts::default, |f| f.day_parts("birth"));
    let years = f.map_or("", |f| f.text("years"));
    html! {
        (radios(w, &Field::new("known", w.t("birth-question")).value(chosen).error(p.of("known")), &choices))
        (date_fields(w, &Field::new("birth", w.t("person-birth")).hint(w.t("birth-date-hint")).error(p.of("birth")), &parts, false))
        (number_field(w, &Field::new("years", w.t("person-years")).value(years).unit(w.t("unit-years")).error(p.of("years"))))
    }
}

/// What was answered; `now` when it stays.
///
/// # Errors
/// The field and the key of the sentence that says what to do.
pub fn read(f: &Fields, now: &Birth, today: Date) -> Result<Birth, (&'static str, &'static str)> {
    match f.text("known") {
        "keep" => Ok(now.clone()),
        "unknown" => Ok(Birth::Unknown),
        "refused" => Ok(Birth::Refused),
        "about" => match f.text("years").parse::<u8>() {
            Ok(years) if years <= 110 => Ok(Birth::About { years, on: today }),
            _ => Err(("years", "problem-years")),
        },
        "date" => {
            let parts = f.day_parts("birth");
            let birth = Birth::read(&parts.day, &parts.month, &parts.year, today);
            birth.map_err(|key| ("birth", key))?.ok_or(("birth", "problem-birth-empty"))
        }
        _ => Err(("known", "problem-choose")),
    }
}
