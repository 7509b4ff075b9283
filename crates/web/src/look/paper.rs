//! On paper: black on white, no controls, nothing torn apart, numbered pages.

/// A sheet for somebody's hands is plain: no boxes, and a foot that says whose printer it came from.
/// Last in the sheet, since it overrules. `print-only` is for the line about release at the foot.
pub(super) const CSS: &str = r#"
.print-only { display: none; }
.sheet h2 { font-size: 1.125rem; }
/* A sheet whose foot comes again on each page is a table: its parts stand apart as on any other. */
[role=presentation] td > * + * { margin-block-start: .5rem; }
[role=presentation] td > * + h2 { margin-block-start: 1.25rem; }
.blank { display: block; min-block-size: 1.5rem; border-block-end: 1px solid var(--ink2); }
@page { margin: 2cm; @bottom-center { content: counter(page) " / " counter(pages); } }
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --ink2: #333; --line: #999; --edge: #666; --main: #000; --soft: #fff;
    --ok: #000; --ok-bg: #fff; --care: #000; --care-bg: #fff; --harm: #000; --harm-bg: #fff;
  }
  body { font-size: 11pt; }
  .skip, .exit, .exit-note, .top, .places, .actions, .button, .pages, .tabs, .sections, .foot { display: none; }
  .print-only { display: block; }
  .card, .entry, .notice, .safety, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .body, .columns { display: block; padding: 0; }
  main { max-inline-size: none; padding: 0; }
  .sheet { padding: .375rem 0; border-width: 0 0 1px; border-radius: 0; }
  .demo { background: none; padding: 0; }
  /* Her waiting notices are not for whoever gets the sheet. */
  .demo:has(> a) { display: none; }
  /* Browsers leave backgrounds out, so white on black would be white on white. */
  .scale [aria-current] { color: #000; background: none; outline: 2px solid; }
}
@media (forced-colors: active) {
  .tag, .scale li, .places a, .button, .safety, .notice { border: 1px solid; }
  .places [aria-current] , .scale [aria-current] { outline: 2px solid; outline-offset: -4px; }
}
"#;
