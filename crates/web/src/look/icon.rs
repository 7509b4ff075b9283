//! Plain line icons, drawn for this program. They always stand beside a word, so they are hidden from
//! screen readers.

use maud::{Markup, html};

/// A drawing of 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A sun over a line: today.
    Today,
    /// A folder: cases.
    Cases,
    /// A plus in a circle: record.
    Record,
    /// A house.
    House,
    /// A cross in a square: clinic.
    Clinic,
    /// A roof on pillars: a municipal office.
    Office,
    /// A flag: results.
    Results,
    /// Three bars: data.
    Data,
    /// A closed lock.
    Lock,
    /// A tick.
    Tick,
    /// A stroke: no, off.
    Stroke,
    /// A triangle with a mark: attention.
    Care,
    /// A circle with an i.
    Info,
    /// A clock.
    Clock,
    /// An arrow that leaves a door.
    Leave,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Today => "M3 19h18M6 15a6 6 0 0 1 12 0M12 5V3M4.5 8 3 6.5M19.5 8 21 6.5",
            Self::Cases => "M3 6h6l2 3h10v10H3zM3 12h18",
            Self::Record => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8v8M8 12h8",
            Self::House => "M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6",
            Self::Clinic => "M4 4h16v16H4zM12 8v8M8 12h8",
            Self::Office => "M3 10l9-6 9 6zM6 10v8M12 10v8M18 10v8M3 20h18",
            Self::Results => "M5 21V4h13l-3 4 3 4H5",
            Self::Data => "M4 20h16M7 16v-5M12 16V6M17 16v-8",
            Self::Lock => "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
            Self::Tick => "M5 13l4 4L19 7",
            Self::Stroke => "M6 12h12",
            Self::Care => "M12 4 2.5 20h19zM12 10v5M12 17.5v.5",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7v.5",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
            Self::Leave => "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
        }
    }
}

/// The drawing, as tall as the line it stands in.
#[must_use]
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(icon.path());
        }
    }
}

pub(super) const CSS: &str = r"
.icon {
  inline-size: 1.25em; block-size: 1.25em; flex: none; vertical-align: -.25em;
  fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
}
";
