//! Tables: real ones, which scroll inside their own region, or become cards on phones.

use maud::{Markup, html};

use crate::Words;

/// A head of a column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    number: bool,
    sort: Option<(String, Sorted)>,
}

/// Whether and how the rows follow a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// They do not.
    No,
    /// Small to large.
    Up,
    /// Large to small.
    Down,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: false, sort: None }
    }

    /// A column of numbers, aligned at the end.
    #[must_use]
    pub fn number(label: impl Into<String>) -> Self {
        Self { number: true, ..Self::new(label) }
    }

    /// Sorts by a link.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, now: Sorted) -> Self {
        self.sort = Some((href.into(), now));
        self
    }
}

/// A table. The first cell of a row names it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Markup>>,
    cards: Option<&'static str>,
    headed: bool,
}

impl Table {
    /// A table with a caption that says what is in it.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, rows: Vec::new(), cards: None, headed: false }
    }

    /// Adds a row, a cell for each column.
    pub fn row(mut self, cells: Vec<Markup>) -> Self {
        self.rows.push(cells);
        self
    }

    /// Adds many rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Markup>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Turns each row into a card on phones: for lists of people or tasks, not for figures to compare.
    pub fn cards(mut self) -> Self {
        self.cards = Some("");
        self
    }

    /// Turns each row into a line or two on phones: for long logs, whose cells say by themselves what they are.
    pub fn lines(mut self) -> Self {
        self.cards = Some("lines");
        self
    }

    /// Its caption stands above as a heading: it is said here, and not shown again.
    pub fn headed(mut self) -> Self {
        self.headed = true;
        self
    }

    /// The table. Roles are written out, since browsers drop them when cells become blocks.
    #[must_use]
    pub fn show(&self, w: &Words) -> Markup {
        let sorts = self.columns.iter().any(|column| column.sort.is_some());
        html! {
            div class="scroll" role="region" aria-label=(self.caption) tabindex="0" {
                table role="table" data-cards=[self.cards] {
                    caption { @if self.headed { span class="hear" { (self.caption) } } @else { (self.caption) } }
                    thead role="rowgroup" {
                        // On a phone the heads vanish, save those that sort: they make a line above the cards.
                        tr role="row" data-sort-by=[sorts.then(|| w.t("parts-sort-by"))] {
                            @for column in &self.columns { (head(w, column)) }
                        }
                    }
                    tbody role="rowgroup" { @for row in &self.rows { tr role="row" { (self.cells(row)) } } }
                }
            }
        }
    }

    fn cells(&self, row: &[Markup]) -> Markup {
        html! {
            @for (i, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                @if i == 0 {
                    th role="rowheader" scope="row" { (cell) }
                } @else {
                    td role="cell" data-label=(column.label) data-number[column.number] { (cell) }
                }
            }
        }
    }
}

fn head(w: &Words, column: &Column) -> Markup {
    let (order, mark) = match column.sort {
        Some((_, Sorted::Up)) => (Some("ascending"), " ↑"),
        Some((_, Sorted::Down)) => (Some("descending"), " ↓"),
        _ => (None, ""),
    };
    html! {
        th role="columnheader" scope="col" data-sorts[column.sort.is_some()] data-number[column.number] aria-sort=[order] {
            @if let Some((href, _)) = &column.sort {
                a href=(href) { span class="hear" { (w.t("parts-sort-by")) " " } (column.label) span aria-hidden="true" { (mark) } }
            } @else { (column.label) }
        }
    }
}

pub(super) const CSS: &str = r#"
.scroll { position: relative; overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-block-end: .5rem; }
th, td { padding: .5rem .75rem; text-align: start; vertical-align: baseline; border-block-end: 1px solid var(--line); }
th:first-child, td:first-child { padding-inline-start: 0; }
thead th { font-size: .875rem; color: var(--ink2); vertical-align: middle; }
table a { display: inline-block; padding-block: .75rem; }
th:has(a), td:has(a) { padding-block: 0; }
[data-number] { text-align: end; white-space: nowrap; }
@media (max-width: 40rem) {
  [data-cards] thead th:not([data-sorts]) { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
  [data-cards] [data-sort-by] { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1rem; padding: 0; margin: 0; background: none; border: 0; }
  [data-cards] [data-sort-by]::before { content: attr(data-sort-by) ':'; color: var(--ink2); font-size: .875rem; }
  [data-cards], [data-cards] thead, [data-cards] tbody, [data-cards] tbody tr, [data-cards] th, [data-cards] td, [data-cards] caption { display: block; padding: 0; border: 0; text-align: start; white-space: normal; }
  [data-cards] caption { padding-block-end: .5rem; }
  [data-cards] tbody tr { padding: .5rem 1rem .75rem; margin-block-end: .5rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
  [data-cards] td:empty { display: none; }
  [data-cards] td::before { content: attr(data-label) ':\00a0'; color: var(--ink2); font-size: .875rem; }
  [data-cards="lines"] tbody tr { padding: .5rem 0; margin: 0; background: none; border: 0; border-block-end: 1px solid var(--line); border-radius: 0; }
  [data-cards="lines"] tbody :is(th, td) { display: inline; }
  [data-cards="lines"] td::before { content: ' · '; }
}
"#;
