//! «Recibir a alguien»: five answers on one page, so that it takes two minutes at two in the morning.

use axum::extract::{Query, State};
use ceiba_access::Situation;
use ceiba_programme::cases::files::Attached;
use ceiba_programme::shelter::companions::Companion;
use ceiba_programme::shelter::{self, About, Arrival, Order, Who};
use ceiba_programme::{Problem, ProgrammeError};
use ceiba_store::Work;
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, Why, actions, checks, date_fields, error_summary,
    file_field, form_files, heading, notice, select, submit, text_area, text_field,
};
use crate::posted::Fields;
use crate::posted::upload::{Sent, Upload};
use crate::{Answer, App, Place, Words};

const FIELDS: [&str; 12] = [
    "chosen_name",
    "code",
    "bedside",
    "keep_away",
    "bed",
    "order_day",
    "basis",
    "years",
    "step_free",
    "child",
    "child_age",
    "pass",
];
/// Instead of a bed: there is none, or none that fits.
const NONE: &str = "none";

/// Who is received, when the page of the house has told.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    codigo: String,
}

/// `GET /casa/recibir`.
pub async fn ask(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    page(&app, &me, (None, &asked.codigo), &Problems::new()).await
}

/// `POST /casa/recibir`. Without a bed it goes on to where there is one; nothing of what was typed about her is kept.
pub async fn send(State(app): State<App>, me: Me, sent: Upload) -> Answer {
    let f = sent.posted.only(&FIELDS)?;
    let photo = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    if f.text("bed") == NONE {
        drop(work);
        return Ok(crate::see_other("/casa/sin-cama"));
    }
    let outcome = receive(&app, &me, &mut work, f, photo).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |code| format!("/casa?recibida={code}"));
    match finish(&app, &me, &sent.posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (Some(f), ""), &p).await,
    }
}

async fn receive(
    app: &App,
    me: &Me,
    work: &mut Work,
    f: &Fields,
    photo: Option<&Sent>,
) -> Result<String, ProgrammeError> {
    let one = |field, key| Err(ProgrammeError::Invalid(vec![Problem { field, key }]));
    let who = match (f.text("chosen_name"), f.text("code")) {
        (name, "") => Who::New(name),
        ("", code) => Who::Known(code),
        _ => return one("code", "problem-name-or-code"),
    };
    if photo.is_some_and(|p| p.large) {
        return one("file", "problem-file-large");
    }
    let day = f.day("order_day");
    let title = format!("{} {day}", me.words(app).t("admit-order-title"));
    let order = photo.map(|p| Order {
        attached: Attached { name: p.name.clone(), title: title.trim().to_owned() },
        bytes: &p.bytes,
    });
    let years = match f.text("years") {
        "" => None,
        years => match years.parse::<u8>() {
            Ok(years) => Some(years),
            Err(_) => return one("years", "problem-age"),
        },
    };
    let child = Companion { name: f.text("child").to_owned(), age: f.text("child_age").to_owned() };
    let about =
        About { years, step_free: f.ticked("step_free"), child: (!child.name.is_empty()).then_some(child) };
    let arrival = Arrival {
        who,
        bedside: f.text("bedside"),
        keep_away: f.text("keep_away"),
        bed: f.text("bed"),
        order,
        order_day: &day,
        basis: f.text("basis"),
        about,
        pass: f.text("pass"),
    };
    Ok(shelter::admit(&app.programme, work, me.caller(), &arrival).await?.1)
}

async fn page(app: &App, me: &Me, (f, code): (Option<&Fields>, &str), p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let site = Situation { same_site: caller.site.is_some(), ..Situation::default() };
    programme.may_on(caller, ceiba_access::Act::HOUSE_ADMIT, Uuid::nil(), &site)?;
    let mut tx = programme.store.db.read().await?;
    let free = shelter::free(&mut tx, shelter::of(programme, caller)?).await?;
    drop(tx);
    let beds: Vec<Choice> = free
        .into_iter()
        .map(|b| Choice::new(b, super::bed(w, b)))
        .chain([Choice::new(NONE, w.t("admit-bed-none"))])
        .collect();
    let code = f.map_or(code, |f| f.text("code"));
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key))
            .hint(w.t(&format!("{key}-hint")))
            .value(typed_in(f, name))
            .error(p.of(name))
    };
    let day = f.map_or_else(DateParts::default, |f| f.day_parts("order_day"));
    let bases = app.choices(me.lang, "admission_bases");
    let content = html! {
        (heading(html! { (w.t("admit-title")) }, html! { (w.t("admit-text")) }))
        (error_summary(w, p))
        @if !code.is_empty() { (notice(w, Notice::Info, html! { p { (w.t("coming-note")) } })) }
        (form_files("/casa/recibir", &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("chosen_name", "admit-name"), Kind::Text))
            details class="why" open[!code.is_empty() || p.of("code").is_some()] {
                summary { (w.t("admit-has-code")) }
                (text_field(w, &field("code", "admit-code").value(code), Kind::Text))
            }
            (text_area(w, &field("bedside", "admit-bedside").rows(2).why(why(w, "admit-bedside"))))
            (text_area(w, &field("keep_away", "admit-door").rows(2).why(why(w, "admit-door"))))
            (select(w, &field("bed", "admit-bed"), &beds))
            (file_field(w, &field("file", "admit-order"), "image/jpeg,image/png,application/pdf"))
            (date_fields(w, &Field::new("order_day", w.t("admit-order-day")).error(p.of("order_day")), &day, false))
            details class="why" open[!typed_in(f, "basis").is_empty() || p.of("basis").is_some()] {
                summary { (w.t("admit-no-order")) }
                (select(w, &field("basis", "admit-basis"), &bases))
            }
            details class="why" open[["years", "child", "child_age"].iter().any(|n| !typed_in(f, n).is_empty() || p.of(n).is_some())] {
                summary { (w.t("admit-more")) }
                (text_field(w, &field("years", "admit-years"), Kind::Code))
                (checks(w, &Field::new("step_free", w.t("admit-needs")), &[Choice::new("yes", w.t("admit-step-free"))], if f.is_some_and(|f| f.ticked("step_free")) { &["yes"] } else { &[] }))
                (text_field(w, &field("child", "admit-child"), Kind::Text))
                (text_field(w, &field("child_age", "admit-child-age"), Kind::Text))
            }
            @if p.of("bed").is_some() && programme.gate.would(caller, ceiba_access::Act::HOUSE_OVERRIDE, &site) {
                (text_area(w, &Field::new("pass", w.t("rule-reason")).hint(w.t("rule-reason-hint")).rows(2).value(typed_in(f, "pass")).error(p.of("pass"))))
            }
            (actions(&[submit(&w.t("admit-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "admit-window", "/casa/recibir").area(Place::House);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// Why it is asked, who sees it, and that it may stay empty.
fn why(w: &Words, key: &str) -> Why {
    let text = |part: &str| w.t(&format!("{key}-{part}"));
    Why { why: text("why"), who: text("who"), if_not: text("if-not") }
}
