//! The few rules that charts need.

/// Rules to add to the page's own sheet. They use its custom properties `--ink`, `--line`, `--main` and
/// `--soft`, so light and dark follow the page.
///
/// `fp` primary, `fl` line, `fs` soft ground, `fo` outlined text, `t1` to `t4` tints, `fh` a hidden cell.
pub const CSS: &str = "\
.fig{margin:0 0 24px;color:var(--ink)}\
.fig h3{margin:0 0 8px}\
.fig .topic{margin:-4px 0 8px;color:var(--ink2);font-size:.875rem}\
.fig svg{display:block;inline-size:100%;max-inline-size:30rem;block-size:auto}\
.fp{color:var(--main)}\
.fl{color:var(--line)}\
.fs{fill:var(--soft)}\
.fo{paint-order:stroke;stroke:var(--soft);stroke-width:4px}\
.fig-x{overflow-x:auto}\
.fig summary{padding:10px 0;min-block-size:24px}\
.fig table{border-collapse:collapse;font-variant-numeric:tabular-nums}\
.fig td,.fig th{position:relative;z-index:0;padding:4px 8px;border:1px solid var(--line);text-align:end}\
.fig th:first-child{text-align:start}\
.spark{inline-size:7.5rem;block-size:1.75rem;vertical-align:middle}\
.t1:before,.t2:before,.t3:before,.t4:before{content:'';position:absolute;z-index:-1;inset:0;\
background:var(--main);opacity:.08}\
.t2:before{opacity:.16}\
.t3:before{opacity:.26}\
.t4:before{opacity:.36}\
.fh{background:repeating-linear-gradient(45deg,var(--line) 0 2px,transparent 2px 8px)}\
@media print{.fig{break-inside:avoid}}";
