//! The few blocks that belong to pages rather than parts.

pub(crate) const CSS: &str = r"
.doors { display: grid; gap: .5rem; padding: 0; list-style: none; }
.tasks { display: grid; gap: .75rem; padding: 0; list-style: none; }
.tasks > li { border-block-start: 1px solid var(--line); padding-block-start: .75rem; }
.cast { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
.card > .stack > ul:not([class]), .card li > ul { padding-inline-start: 1.25rem; }
.lead { font-size: 1.125rem; }
.code { font-size: 1.375rem; letter-spacing: .05em; }
.address { font-size: .875rem; overflow-wrap: anywhere; }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; }
.chips > a { min-block-size: 2.75rem; display: inline-flex; align-items: center; }
.bar { display: block; inline-size: 100%; min-inline-size: 4rem; block-size: .375rem; margin-block-start: .25rem; }
.bar rect { fill: var(--line); }
.bar .at { fill: var(--main); }
.break { overflow-wrap: anywhere; white-space: pre-wrap; }
.told { padding-inline: 1rem; }
.wall .qr { inline-size: min(100%, 26rem); }
.told > a { min-block-size: 2.75rem; display: inline-flex; align-items: center; }
";
