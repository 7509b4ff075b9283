//! One or two lines over the months.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::canvas::{LEADING, WIDTH, anchor, over, text};
use crate::series::{by_month, largest};
use crate::text::{at, cut, width};
use crate::{Figure, Series};

/// The height of the field, and the room for labels above and below it.
const FIELD: f64 = 120.0;
const ROOM: f64 = 24.0;
const EDGE: f64 = 8.0;

/// One or two series over months, the second dashed with square marks. The largest and the last number of
/// each are written at their marks. A hidden month is a hatched strip and breaks the line. Table columns:
/// month and one for each series, headed by the series.
#[must_use]
pub fn line(figure: &Figure, months: &[String], first: &Series, second: Option<&Series>) -> Markup {
    let series: Vec<&Series> = std::iter::once(first).chain(second).collect();
    let numbers = (0..months.len()).flat_map(|month| series.iter().filter_map(move |one| one.at(month)));
    let numbers: Vec<Cell> = numbers.collect();
    if numbers.is_empty() {
        return figure.empty();
    }
    let hidden = numbers.iter().any(|cell| cell.is_hidden());
    let top = LEADING * (series.len() + usize::from(hidden)) as f64 + ROOM;
    let field = Field { months: months.len(), top, most: largest(numbers) };
    let body = html! {
        @for (n, one) in series.iter().enumerate() { (key(n, &one.label)) }
        @if hidden { (figure.hidden_key(LEADING * series.len() as f64 + 13.0)) }
        @for month in (0..months.len()).filter(|month| any_hidden(&series, *month)) {
            @let half = field.step().min(24.0) / 2.0;
            (figure.hatched(field.x(month) - half, top, half * 2.0, FIELD))
        }
        path class="fl" d={ "M0 " (at(top + FIELD)) "H320" } stroke="currentColor" {}
        @for (n, one) in series.iter().enumerate() { (drawn(&field, n, one)) }
        (field.names(months))
    };
    by_month(figure, &figure.canvas(top + FIELD + ROOM + LEADING, 0, &body), months, (&series, None))
}

fn any_hidden(series: &[&Series], month: usize) -> bool {
    series.iter().any(|one| one.at(month).is_some_and(Cell::is_hidden))
}

/// Where numbers and months lie.
struct Field {
    months: usize,
    top: f64,
    most: f64,
}

impl Field {
    fn step(&self) -> f64 {
        (WIDTH - 2.0 * EDGE) / self.months.saturating_sub(1).max(1) as f64
    }

    fn x(&self, month: usize) -> f64 {
        if self.months == 1 { WIDTH / 2.0 } else { EDGE + self.step() * month as f64 }
    }

    fn y(&self, number: u64) -> f64 {
        self.top + FIELD * (1.0 - number as f64 / self.most)
    }

    /// The first and the last month by name, and the middle one where there is room.
    fn names(&self, months: &[String]) -> Markup {
        let last = months.len().saturating_sub(1);
        let mut named = vec![0, last];
        if last >= 4 {
            named.insert(1, last / 2);
        }
        named.dedup();
        let y = self.top + FIELD + ROOM + 10.0;
        html! {
            @for (month, name) in named.into_iter().filter_map(|m| Some((m, months.get(m)?))) {
                @let name = cut(name, 13);
                (text(self.x(month), y, anchor(self.x(month), width(&name)), &name))
            }
        }
    }
}

fn key(series: usize, label: &str) -> Markup {
    let y = LEADING * series as f64 + 8.0;
    html! {
        path class="fp" d={ "M0 " (at(y)) "H16" } stroke="currentColor" stroke-width="2"
            stroke-dasharray=[dashes(series)] {}
        (text(22.0, y + 5.0, "start", &cut(label, 38)))
    }
}

const fn dashes(series: usize) -> Option<&'static str> {
    if series == 0 { None } else { Some("5 3") }
}

fn drawn(field: &Field, series: usize, one: &Series) -> Markup {
    let mut path = String::new();
    let mut pen = "M";
    let mut marks: Vec<(usize, u64)> = Vec::new();
    for month in 0..field.months {
        match one.at(month).and_then(Cell::shown) {
            Some(number) => {
                path.push_str(&format!("{pen}{} {}", at(field.x(month)), at(field.y(number))));
                pen = "L";
                marks.push((month, number));
            }
            None => pen = "M",
        }
    }
    // The first of the largest, and the last: these are what people ask for.
    let peak = marks.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).copied();
    let mut labelled: Vec<(usize, u64)> = peak.into_iter().chain(marks.last().copied()).collect();
    labelled.dedup();
    html! {
        path class="fp" d=(path) fill="none" stroke="currentColor" stroke-width="2"
            stroke-dasharray=[dashes(series)] {}
        g class="fp" fill="currentColor" {
            @for (month, number) in marks { (mark(field, series, month, number)) }
        }
        @for (month, number) in labelled {
            @let words = number.to_string();
            @let y = field.y(number) + if series == 0 { -8.0 } else { 20.0 };
            (over(field.x(month), y, anchor(field.x(month), width(&words)), &words))
        }
    }
}

fn mark(field: &Field, series: usize, month: usize, number: u64) -> Markup {
    let (x, y) = (field.x(month), field.y(number));
    html! {
        @if series == 0 {
            circle cx=(at(x)) cy=(at(y)) r="3" {}
        } @else {
            rect x=(at(x - 3.0)) y=(at(y - 3.0)) width="6" height="6" {}
        }
    }
}
