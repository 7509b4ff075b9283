//! A word-sized line of twelve months, beside a number that says the same in figures.

use maud::{Markup, html};

use crate::text::{at, clean};

const WIDE: f64 = 120.0;
const HIGH: f64 = 28.0;

/// A line without axes: `label` says what it shows and how it moved, since nobody hears a line. A month without a number, hidden or none, breaks it.
/// The numbers stand in the table of the view it belongs to.
#[must_use]
pub fn sparkline(label: &str, values: &[Option<f64>]) -> Markup {
    let most = values.iter().flatten().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let step = (WIDE - 8.0) / values.len().saturating_sub(1).max(1) as f64;
    let place = |n: usize, v: f64| {
        let y = if most > 0.0 { (HIGH - 8.0).mul_add(1.0 - v / most, 4.0) } else { HIGH - 4.0 };
        (step.mul_add(n as f64, 4.0), y)
    };
    let (mut path, mut pen, mut last) = (String::new(), "M", None);
    for (n, value) in values.iter().enumerate() {
        match value.filter(|v| v.is_finite()) {
            Some(v) => {
                let (x, y) = place(n, v);
                path.push_str(&format!("{pen}{} {}", at(x), at(y)));
                pen = "L";
                last = Some((x, y));
            }
            None => pen = "M",
        }
    }
    html! {
        svg class="spark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 28" width="120" height="28" role="img" aria-label=(clean(label)) {
            path class="fl" d="M0 27.5H120" stroke="currentColor" {}
            path class="fp" d=(path) fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" {}
            @if let Some((x, y)) = last { circle class="fp" fill="currentColor" cx=(at(x)) cy=(at(y)) r="3" {} }
        }
    }
}
