//! What holds for every page: type, focus, links, the width of a line.

/// Elements, and the few helpers that are no component: `stack` puts 16 px between blocks, `quiet` is
/// second ink, `hear` is for screen readers alone.
pub(super) const CSS: &str = r#"
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding: 4.5rem 0 calc(var(--bar) + 1rem); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
ul:not([class]), ol:not([class]) { padding-inline-start: 1.25rem; }
ol:not([class]) > li + li { margin-block-start: .75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.375rem; line-height: 1.25; }
h3 { font-size: 1.125rem; line-height: 1.3; }
small { font-size: .875rem; }
a { color: var(--main); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: 3px solid var(--main); outline-offset: 2px; }
summary { cursor: pointer; }
p, li, dd { max-inline-size: 70ch; }
code { overflow-wrap: anywhere; }
.stack > * + * { margin-block-start: 1rem; }
.quiet { color: var(--ink2); font-size: .875rem; }
.alone > a { display: inline-block; padding-block: .75rem; }
.typed { white-space: pre-line; }
.hear { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
"#;
