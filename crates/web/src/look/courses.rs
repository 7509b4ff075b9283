//! Lists, sheets and badges of courses.

pub(super) const CSS: &str = r"
.rows-head, .row { display: grid; grid-template-columns: 2rem 1fr; gap: .25rem .5rem; align-items: center; max-inline-size: none; }
.rows-head { display: none; }
.row { padding-block: .25rem; border-block-end: 1px solid var(--line); }
.row > :not(:first-child) { grid-column: 2; }
.row [type=text], .row select { inline-size: 100%; }
@media (min-width: 60rem) {
  .rows-head, .row { display: grid; grid-template-columns: 2rem 2fr 1.5fr 1fr; }
  .row > :not(:first-child) { grid-column: auto; }
  .row > .choice, .row > .wrong, .row > select { grid-column: 2 / -1; }
}
.roll { display: grid; gap: .5rem 1.5rem; padding: 0; list-style: none; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
.roll li { padding-block-end: .5rem; border-block-end: 1px solid var(--line); }
.badges { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); padding: 0; list-style: none; }
.badges li { padding: 1rem; border: 1px dashed var(--edge); }
.paper-head { display: grid; grid-template-columns: 1fr auto; gap: 1rem; align-items: start; }
.paper-head .qr { inline-size: 6rem; margin: 0; }
.paper-rows td, .paper-rows th { padding: .25rem .375rem; border: 1px solid var(--line); block-size: 1.75rem; }
.paper-rows th:last-child { inline-size: 20%; }
@media print {
  .paper-rows { table-layout: fixed; font-size: 8pt; line-height: 1.2; }
  .paper-rows td, .paper-rows th { block-size: 5mm; padding: 0 .25rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .paper-rows th:nth-child(1) { inline-size: 7%; }
}
";
