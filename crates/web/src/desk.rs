//! Pages for those who are signed in: their shell, their places, the way in.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_access::{Act, Situation};
use maud::Markup;

use crate::me::Me;
use crate::{Answer, App, Page, Place, Shell, see_other};

pub mod comfort;

/// What a signed-in person's pages have around them.
pub fn shell(app: &App, me: &Me) -> Shell {
    let can = |act| me.can(app, act);
    let site = Situation { same_site: true, ..Situation::default() };
    let at_site = |act| me.caller().site.is_some() && app.programme.gate.would(me.caller(), act, &site);
    // Who works at a clinic has its queue in the place of the house.
    let clinic = ceiba_programme::clinic::at(&app.programme, me.caller()).is_some();
    let places = [
        (
            Place::Office,
            ceiba_programme::office::at(&app.programme, me.caller()).is_some() && at_site(Act::OFFICE_READ),
        ),
        (Place::Today, can(Act::CASE_LIST) || can(Act::ALERT_LIST)),
        (Place::Cases, can(Act::CASE_LIST)),
        (Place::Record, can(Act::ALERT_ENTER)),
        (Place::House, !clinic && at_site(Act::HOUSE_READ)),
        (Place::Clinic, clinic && at_site(Act::CLINIC_READ)),
        // Whoever looks after people as well would have more places than fit under a thumb: hers are among the numbers.
        (Place::Training, can(Act::TRAINING_READ) && !can(Act::CASE_LIST)),
        (Place::Results, can(Act::RESULTS_WRITE) || can(Act::RESULTS_APPROVE)),
        (Place::Network, me.somewhere(app, Act::NETWORK_READ) && !can(Act::CASE_LIST)),
        (Place::Data, can(Act::NUMBERS_READ) || can(Act::ACCOUNT_MANAGE)),
    ];
    Shell {
        who: me.session.name.clone(),
        places: places.into_iter().filter_map(|(place, has)| has.then_some(place)).collect(),
        csrf: me.session.csrf.clone(),
        notices: me.session.notices,
        demo: app.demo.is_some(),
    }
}

/// A page of the desk.
pub struct Desk<'a> {
    app: &'a App,
    me: &'a Me,
    title: &'a str,
    area: Option<Place>,
    here: String,
    code: String,
    status: StatusCode,
}

impl<'a> Desk<'a> {
    /// A page whose title is the text of a key, at a path.
    pub fn new(app: &'a App, me: &'a Me, title: &'a str, here: impl Into<String>) -> Self {
        Self { app, me, title, area: None, here: here.into(), code: String::new(), status: StatusCode::OK }
    }

    /// The place it belongs to.
    pub const fn area(mut self, place: Place) -> Self {
        self.area = Some(place);
        self
    }

    /// The code of the case it is about.
    pub fn code(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }

    /// Something in its form needs mending.
    pub const fn mend(mut self) -> Self {
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// Closes the page around its content.
    pub fn body(self, content: Markup) -> Response {
        let shell = shell(self.app, self.me);
        let mut page =
            Page::new(self.me.words(self.app), self.title).shell(&shell).here(&self.here).code(&self.code);
        page = page.tail(comfort::tail(self.app, self.me));
        if let Some(area) = self.area {
            page = page.area(area);
        }
        (self.status, page.body(content)).into_response()
    }
}

/// Where somebody lands after signing in.
pub fn landing(app: &App, me: &Me) -> &'static str {
    match app.programme.gate.roles().role(&me.caller().role).map_or("", |r| r.landing.as_str()) {
        "report" => "/aviso",
        "alerts" => "/avisos",
        "house" => "/casa",
        "office" => "/oficina",
        "training" => "/capacitacion",
        "numbers" => "/datos",
        "plan" => "/mi-plan",
        "accounts" => "/ajustes/cuentas",
        _ => "/hoy",
    }
}

/// `GET /inicio`: to the page one lands on.
pub async fn home(State(app): State<App>, me: Me) -> Answer {
    Ok(see_other(landing(&app, &me)))
}
