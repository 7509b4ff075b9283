//! Stacked bars, one row for each month: on a phone the months run down, so that their names can be read.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::canvas::{LEADING, Room, WIDTH, over, text};
use crate::series::by_month;
use crate::text::{at, cut, width};
use crate::{Figure, Series};

/// Where bars begin, right of the months.
const LEFT: f64 = 72.0;
const ROW: f64 = 26.0;
const THICK: f64 = 20.0;

/// Stacked bars by month, at most four series (a fifth looks like the first). A hidden number is a hatched
/// box of one size; no totals are drawn, since they might tell what is hidden. Table columns: month and one
/// for each series, headed by the series.
#[must_use]
pub fn bars_stacked(figure: &Figure, months: &[String], series: &[Series]) -> Markup {
    if months.is_empty() || series.is_empty() {
        return figure.empty();
    }
    let measures = Measures::of(months.len(), series);
    let any_hidden = measures.hidden > 0.0;
    let top = LEADING * (series.len() + usize::from(any_hidden)) as f64 + 8.0;
    let body = html! {
        @for (n, one) in series.iter().enumerate() {
            @let y = LEADING * n as f64;
            (filled(figure, n, 1.0, y + 2.0, 14.0, 12.0))
            (text(22.0, y + 13.0, "start", &cut(&one.label, 38)))
        }
        @if any_hidden { (figure.hidden_key(LEADING * series.len() as f64 + 13.0)) }
        @for (month, label) in months.iter().enumerate() {
            @let y = top + ROW * month as f64;
            (text(0.0, y + 15.0, "start", &cut(label, 9)))
            (row(figure, series, month, y, &measures))
        }
    };
    let height = top + ROW * months.len() as f64;
    let series: Vec<&Series> = series.iter().collect();
    by_month(figure, &figure.canvas(height, series.len(), &body), months, &series)
}

/// How numbers become widths.
struct Measures {
    /// Units for one person.
    scale: f64,
    /// Width of a hidden box; zero when nothing is hidden.
    hidden: f64,
}

impl Measures {
    fn of(months: usize, series: &[Series]) -> Self {
        let cells = |month: usize| series.iter().filter_map(move |one| one.at(month));
        let hidden = (0..months).map(|month| cells(month).filter(|cell| cell.is_hidden()).count()).max();
        let hidden = hidden.unwrap_or(0) as f64;
        let wide = if hidden > 0.0 { (120.0 / hidden).min(20.0) } else { 0.0 };
        let sum = |month: usize| cells(month).filter_map(Cell::shown).map(|n| n as f64).sum::<f64>();
        let most = (0..months).map(sum).fold(1.0, f64::max);
        Self { scale: (WIDTH - LEFT - 1.0 - hidden * wide) / most, hidden: wide }
    }
}

fn row(figure: &Figure, series: &[Series], month: usize, y: f64, measures: &Measures) -> Markup {
    let mut room = Room(LEFT);
    html! {
        @for (n, cell) in series.iter().enumerate().filter_map(|(n, one)| Some((n, one.at(month)?))) {
            @let wide = cell.shown().map_or(measures.hidden, |number| number as f64 * measures.scale);
            @let left = room.take(wide);
            @if cell.is_hidden() {
                (figure.hatched(left, y, wide, THICK))
            } @else if wide > 0.0 {
                (filled(figure, n, left, y, wide, THICK))
                @let number = figure.number(cell);
                @if width(&number) + 6.0 <= wide { (over(left + wide / 2.0, y + 15.0, "middle", &number)) }
            }
        }
    }
}

fn filled(figure: &Figure, series: usize, x: f64, y: f64, width: f64, height: f64) -> Markup {
    html! {
        rect class="fp" x=(at(x)) y=(at(y)) width=(at(width)) height=(at(height))
            fill=(figure.filling(series)) stroke="currentColor" {}
    }
}
