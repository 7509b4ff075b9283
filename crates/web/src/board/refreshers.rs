//! Who should come again to what she was taught: how many people, by institution, and of which courses.

use ceiba_access::Act;
use ceiba_disclosure::SafeTable;
use ceiba_paper::{bars_horizontal, ranked};
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::training::due::{self, Again};
use ceiba_store::Tx;
use maud::{Markup, html};

use super::Ask;
use super::people::institution;
use super::rows::Rows;
use super::said::{column, most, titled};
use crate::Failure;
use crate::data::{bars, last_day};

/// Each measure with the months for which it is asked, always the same whatever span the page shows: a follow-up that nobody began three
/// months after its day is asked no more; a course waits longer.
const ASKED: [(Measure, &str, &str, i32); 2] = [
    (Measure::RefreshersDue, "refreshers-due", "repasos_por_dar", 36),
    (Measure::FollowUpsDue, "follow-ups-due", "seguimientos_por_hacer", 6),
];

/// What is due.
pub(super) struct Due {
    counts: Vec<(&'static str, &'static str, SafeTable)>,
    courses: Vec<Again>,
}

pub(super) async fn of(a: &Ask<'_>, tx: &mut Tx) -> Result<Due, Failure> {
    let (p, caller, last) = (&a.app.programme, a.me.caller(), last_day(a.app));
    let mut counts = Vec::new();
    for (measure, id, file, months) in ASKED {
        let from = last.first_of_month().saturating_sub(jiff::Span::new().months(months - 1));
        // Courses are of the whole programme, whatever site is asked for.
        let span = Span { from: from.to_string(), to: last.to_string(), site: None };
        counts.push((id, file, results::count(p, tx, caller, measure, &span).await?));
    }
    let courses =
        if a.me.can(a.app, Act::TRAINING_READ) { due::courses_due(p, tx, caller).await? } else { Vec::new() };
    Ok(Due { counts, courses })
}

impl Due {
    pub(super) fn rows(&self, a: &Ask<'_>, rows: &mut Rows) {
        for (_, file, table) in &self.counts {
            rows.table_of(file, table, |c| institution(a, c), |_| a.w.t("figure-number"));
        }
    }

    pub(super) fn shown(&self, a: &Ask<'_>) -> Markup {
        let w = a.w;
        let headings = || vec![w.t("figure-row"), w.t("figure-number")];
        html! {
            @for (id, _, table) in &self.counts {
                (bars_horizontal(&titled(a, id, most(a, id, &column(table, None, |c| institution(a, c))), headings()), &ranked(bars(table, &[], |c| institution(a, c)))))
            }
            @if a.me.can(a.app, Act::TRAINING_READ) {
                section class="card" {
                    h3 { (w.t("board-again")) }
                    @if self.courses.is_empty() { p { (w.t("board-again-none")) } }
                    ul class="tasks" { @for again in &self.courses { li {
                        a href={ "/capacitacion/cursos/" (again.course.code) } { (crate::training::title(a.app, w, &again.course)) " · " (again.course.code) }
                        " " (w.with("board-again-due", &[("day", w.date(again.due).into())]))
                    } } }
                    p { a href="/capacitacion/seguimiento" { (w.t("board-again-follow")) } }
                    p class="quiet" { (w.t("board-again-rule")) }
                }
            }
        }
    }
}
