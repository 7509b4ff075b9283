//! The five places of the navigation.

use maud::{Markup, html};

use crate::Words;
use crate::look::{Icon, icon};

/// A place to go to. A page shows only those its reader has something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// What I must do.
    Today,
    /// My people.
    Cases,
    /// A note, a visit, an alert.
    Record,
    /// Beds, shift and log.
    House,
    /// Queue and visits, instead of the house for clinic staff.
    Clinic,
    /// The desk of a municipal office.
    Office,
    /// What donors were promised, and what came of it.
    Results,
    /// Numbers, training, settings.
    Data,
}

impl Place {
    /// Its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Today => "/hoy",
            Self::Cases => "/casos",
            Self::Record => "/registrar",
            Self::House => "/casa",
            Self::Clinic => "/clinica",
            Self::Office => "/oficina",
            Self::Results => "/resultados",
            Self::Data => "/datos",
        }
    }

    fn word(self, w: &Words) -> String {
        match self {
            Self::Today => w.t("shell-today"),
            Self::Cases => w.t("shell-cases"),
            Self::Record => w.t("shell-record"),
            Self::House => w.t("shell-house"),
            Self::Clinic => w.t("shell-clinic"),
            Self::Office => w.t("shell-office"),
            Self::Results => w.t("shell-results"),
            Self::Data => w.t("shell-data"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Today => Icon::Today,
            Self::Cases => Icon::Cases,
            Self::Record => Icon::Record,
            Self::House => Icon::House,
            Self::Clinic => Icon::Clinic,
            Self::Office => Icon::Office,
            Self::Results => Icon::Results,
            Self::Data => Icon::Data,
        }
    }
}

/// A bar at the bottom of a phone, a rail at the side of a wide screen: the same list.
pub(super) fn navigation(w: &Words, places: &[Place], here: Option<Place>) -> Markup {
    html! {
        nav class="places" aria-label=(w.t("shell-places")) {
            ul {
                @for place in places {
                    li {
                        a href=(place.path()) aria-current=[(here == Some(*place)).then_some("page")] {
                            (icon(place.icon())) span { (place.word(w)) }
                        }
                    }
                }
            }
        }
    }
}
