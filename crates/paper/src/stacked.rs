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

/// How far the bars could go: beds, places. Things, not people; it passes no gate.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What it is, in the reader's language.
    pub label: String,
    /// The numbers, in the order of the months; none where there was none.
    pub values: Vec<Option<u64>>,
}

/// Stacked bars by month, at most five series (a sixth looks like the first). A hidden number is a hatched
/// box of one size; no totals are drawn, since they might tell what is hidden. Table columns: month and one
/// for each series, headed by the series.
#[must_use]
pub fn bars_stacked(figure: &Figure, months: &[String], series: &[Series]) -> Markup {
    stacked(figure, months, series, None)
}

/// As [`bars_stacked`], with a line from month to month that says how far each bar could go. Beside a hidden number nothing can be read
/// from the room that is left: its box has a size of its own. The table has a last column for the line.
#[must_use]
pub fn bars_below(figure: &Figure, months: &[String], series: &[Series], limit: &Limit) -> Markup {
    stacked(figure, months, series, Some(limit))
}

fn stacked(figure: &Figure, months: &[String], series: &[Series], limit: Option<&Limit>) -> Markup {
    if months.is_empty() || series.is_empty() {
        return figure.empty();
    }
    let measures = Measures::of(months.len(), series, limit);
    let any_hidden = measures.hidden > 0.0;
    let keys = series.len() + usize::from(any_hidden);
    let top = LEADING * (keys + usize::from(limit.is_some())) as f64 + 8.0;
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
        @if let Some(limit) = limit { (border(limit, LEADING * keys as f64, top, &measures)) }
    };
    let height = top + ROW * months.len() as f64;
    let series: Vec<&Series> = series.iter().collect();
    let limit = limit.map(|l| (l.label.as_str(), l.values.as_slice()));
    by_month(figure, &figure.canvas(height, series.len(), &body), months, (&series, limit))
}

/// The line, with its key; broken where there is no number.
fn border(limit: &Limit, key: f64, top: f64, measures: &Measures) -> Markup {
    let mut path = String::new();
    let mut before = false;
    for (month, value) in limit.values.iter().enumerate() {
        if let Some(value) = value {
            let (x, y) = (at(LEFT + *value as f64 * measures.scale), top + ROW * month as f64 - 3.0);
            path.push_str(&if before { format!("H{x}") } else { format!("M{x} {}", at(y)) });
            path.push_str(&format!("V{}", at(y + ROW)));
        }
        before = value.is_some();
    }
    html! {
        path d={ "M1 " (at(key + 8.0)) "H15" } stroke="currentColor" stroke-width="3" fill="none" {}
        (text(22.0, key + 13.0, "start", &cut(&limit.label, 38)))
        path d=(path) stroke="currentColor" stroke-width="3" fill="none" {}
    }
}

/// How numbers become widths.
struct Measures {
    /// Units for one person.
    scale: f64,
    /// Width of a hidden box; zero when nothing is hidden.
    hidden: f64,
}

impl Measures {
    fn of(months: usize, series: &[Series], limit: Option<&Limit>) -> Self {
        let cells = |month: usize| series.iter().filter_map(move |one| one.at(month));
        let hidden = (0..months).map(|month| cells(month).filter(|cell| cell.is_hidden()).count()).max();
        let hidden = hidden.unwrap_or(0) as f64;
        let wide = if hidden > 0.0 { (120.0 / hidden).min(20.0) } else { 0.0 };
        let sum = |month: usize| cells(month).filter_map(Cell::shown).map(|n| n as f64).sum::<f64>();
        let most = (0..months).map(sum).fold(1.0, f64::max);
        let room = WIDTH - LEFT - 2.0;
        // The line is measured from the start of the bars: boxes of hidden numbers do not push it.
        let scale = (room - hidden * wide) / most;
        let far = limit.and_then(|l| l.values.iter().flatten().max()).copied().unwrap_or(0) as f64;
        Self { scale: if far > 0.0 { scale.min(room / far) } else { scale }, hidden: wide }
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
