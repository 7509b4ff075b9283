//! The frame around every chart.

use ceiba_disclosure::{Cell, Estimate};
use maud::{Markup, html};

use crate::text::{clean, id, measure};

/// What a figure says in words. All texts are in the reader's language; none is markup.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Unique on the page; letters, digits, `-` and `_`, others are left out.
    pub id: String,
    /// The finding, as a sentence: «De 60 referidas, 40 fueron aceptadas».
    pub title: String,
    /// What it is about, small beneath a title that is a finding; empty where the title says it.
    pub topic: String,
    /// What is drawn, for those who do not see it.
    pub description: String,
    /// What is counted, and how.
    pub definition: String,
    /// Of which day the numbers are, with its words: «Datos al 30 de junio de 2026».
    pub as_of: String,
    /// Instead of a hidden number: «menos de 5 u oculto».
    pub hidden_text: String,
    /// Instead of the chart when there is nothing to draw.
    pub empty_text: String,
    /// What opens the table: «Ver los números».
    pub table_label: String,
    /// Headings of the table, first that of the labels; missing ones stay empty.
    pub headings: Vec<String>,
    /// The decimal mark: a point in Guatemala, a comma in Spain.
    pub decimal: char,
}

impl Default for Figure {
    fn default() -> Self {
        let none = String::new;
        Self {
            id: none(),
            title: none(),
            topic: none(),
            description: none(),
            definition: none(),
            as_of: none(),
            hidden_text: none(),
            empty_text: none(),
            table_label: none(),
            headings: Vec::new(),
            decimal: '.',
        }
    }
}

/// Where a number is missing because none was given.
pub(crate) const MISSING: &str = "–";

impl Figure {
    pub(crate) fn id(&self) -> String {
        id(&self.id)
    }

    /// A number as it is written, or the words for a hidden one.
    pub(crate) fn number(&self, cell: Cell) -> String {
        cell.shown().map_or_else(|| clean(&self.hidden_text), |number| number.to_string())
    }

    pub(crate) fn measure(&self, estimate: Estimate) -> String {
        estimate.shown().map_or_else(|| clean(&self.hidden_text), |value| measure(value, self.decimal))
    }

    /// The heading of a column of the table.
    pub(crate) fn heading(&self, column: usize) -> String {
        self.headings.get(column).map_or_else(String::new, |heading| clean(heading))
    }

    /// The figure: heading, drawing, definition, and the numbers to open. `rows` hold a label and its
    /// numbers.
    pub(crate) fn with_table(&self, drawing: &Markup, rows: &[Vec<String>]) -> Markup {
        let table = html! {
            details {
                summary { (clean(&self.table_label)) }
                (self.table(rows))
            }
        };
        self.frame(&html! { (drawing) (self.notes()) (table) })
    }

    /// The figure when there is nothing to draw.
    pub(crate) fn empty(&self) -> Markup {
        self.frame(&html! { p { (clean(&self.empty_text)) } (self.notes()) })
    }

    pub(crate) fn frame(&self, content: &Markup) -> Markup {
        html! {
            figure class="fig" id=(self.id()) {
                figcaption {
                    h3 id={ (self.id()) "-c" } { (clean(&self.title)) }
                    @if !self.topic.is_empty() { p class="topic" { (clean(&self.topic)) } }
                }
                (content)
            }
        }
    }

    pub(crate) fn notes(&self) -> Markup {
        html! { p { (clean(&self.definition)) " " (clean(&self.as_of)) } }
    }

    fn table(&self, rows: &[Vec<String>]) -> Markup {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        self.scrolling(&html! {
            thead { tr { @for column in 0..columns { th scope="col" { (self.heading(column)) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (column, text) in row.iter().enumerate() {
                            @if column == 0 { th scope="row" { (text) } } @else { td { (text) } }
                        }
                    }
                }
            }
        })
    }

    /// A table that scrolls sideways on small screens, with the keyboard too.
    pub(crate) fn scrolling(&self, content: &Markup) -> Markup {
        let label = format!("{}-c", self.id());
        html! {
            div class="fig-x" tabindex="0" role="region" aria-labelledby=(label) {
                table aria-labelledby=(label) { (content) }
            }
        }
    }
}
