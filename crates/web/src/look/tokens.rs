//! Colours, sizes and spaces: the only place where they have values.

/// Light, and dark by media query: old phones know neither `light-dark()` nor nesting.
pub(super) const CSS: &str = r"
:root {
  color-scheme: light dark;
  --paper: #f6f5f1; --card: #fff; --ink: #1d292e; --ink2: #46555b; --line: #d3d8d4; --edge: #7b8a8e;
  --main: #0e5a61; --on-main: #fff; --soft: #e3f0f0;
  --ok: #23623a; --ok-bg: #e4f2e7;
  --care: #5f4300; --care-bg: #fdf2d3;
  --harm: #8f2727; --harm-bg: #fae9e7;
  --bar: 3.5rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13181a; --card: #1b2225; --ink: #e9eeee; --ink2: #b3c0c3; --line: #38444a; --edge: #7f9095;
    --main: #86d3d4; --on-main: #0b2224; --soft: #1d3437;
    --ok: #9bdcae; --ok-bg: #172d1f;
    --care: #f2d48a; --care-bg: #332912;
    --harm: #f3b0aa; --harm-bg: #3a1d1b;
  }
}
";
