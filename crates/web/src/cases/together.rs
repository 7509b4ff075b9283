//! «Varias personas a la vez»: one form on the night on which several people are found, in the order of a phone call.

use axum::extract::{Query, State};
use axum::response::Response;
use ceiba_access::Act;
use ceiba_programme::alerts;
use ceiba_programme::cases::found::{self, FIELDS, INTERPRETER, MOST, One, Together};
use ceiba_programme::people::known::{self, Met};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::new::{on_record, teams};
use super::together_read::places;
use super::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::met::met_before;
use crate::parts::{
    Choice, Field, Kind, Problems, Tone, actions, button, button_link, card, checks, error_summary,
    form_post, heading, notice, number_field, radios, select, submit, text_area, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, Place};

/// The alert it comes from, and how many they are.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    aviso: String,
    #[serde(default)]
    n: Option<usize>,
}

const ALL: [&str; 12] = [
    "alert",
    "n",
    "place",
    "municipality",
    "found_by",
    "call",
    "language",
    "interpreter",
    "site",
    "responsible",
    "checked",
    "go",
];

/// How many there are when nobody has said: the fewest that are several.
const FEWEST: usize = 2;

/// `GET /varias`.
pub async fn show(State(app): State<App>, me: Me, Query(from): Query<From>) -> Answer {
    app.programme.may(me.caller(), Act::CASE_OPEN)?;
    let n = from.n.unwrap_or(FEWEST).clamp(FEWEST, MOST);
    page(&app, &me, (&from.aviso, n), None, &Problems::new(), &[]).await
}

/// `POST /varias`. The first time one of them may be known, the page says so and asks once more.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    app.programme.may(me.caller(), Act::CASE_OPEN)?;
    let names: Vec<&str> = ALL.into_iter().chain(FIELDS.into_iter().flatten()).collect();
    let f = posted.only(&names)?;
    let n = f.text("n").parse().unwrap_or(FEWEST).clamp(FEWEST, MOST);
    let mut p = Problems::new();
    let all = read(&app, &me, f, n, &mut p);
    if !p.is_empty() {
        return page(&app, &me, (f.text("alert"), n), Some(f), &p, &[]).await;
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    if !f.ticked("checked") {
        drop(work);
        let met = met(&app, &me, f, &all).await?;
        if met.iter().any(|(_, met)| !met.is_empty()) {
            return page(&app, &me, (f.text("alert"), n), Some(f), &p, &met).await;
        }
        work = app.work(&me).await?;
    }
    let outcome = found::receive(&app.programme, &mut work, me.caller(), &all).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |event| format!("/varias/{event}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (f.text("alert"), n), Some(f), &p, &[]).await,
    }
}

fn read(app: &App, me: &Me, f: &Fields, n: usize, p: &mut Problems) -> Together {
    let text = |name| f.text(name).to_owned();
    let mut people = Vec::with_capacity(n);
    for (n, [name, years, sex, needs, tonight, asked]) in (1..=n).zip(FIELDS) {
        let age = f.text(years);
        let about = age.parse::<u8>().ok().filter(|y| *y <= 110);
        if about.is_none() && !age.is_empty() {
            p.add(years, me.words(app).t("problem-years"));
        }
        people.push(One {
            // Who says no name tonight is called by her number until she does.
            chosen_name: match f.text(name) {
                "" => me.words(app).with("found-person", &[("n", n.into())]),
                typed => typed.to_owned(),
            },
            years: about,
            sex: text(sex),
            needs: f.list(needs),
            tonight: text(tonight),
            asked: f.ticked(asked),
        });
    }
    Together {
        alert: f.id("alert"),
        place: text("place"),
        municipality: text("municipality"),
        found_by: text("found_by"),
        call: text("call"),
        language: text("language"),
        interpreter: text("interpreter"),
        site: text("site"),
        responsible: f.id("responsible"),
        people,
    }
}

/// Who of them may be known already, by their place in the form.
async fn met(app: &App, me: &Me, f: &Fields, all: &Together) -> Result<Vec<(usize, Vec<Met>)>, Failure> {
    known::pace(&app.programme, me.caller()).await?;
    let mut work = app.work(me).await?;
    let mut found = Vec::new();
    // A number instead of a name says nothing about who she is.
    let named = |n: usize| !f.text(FIELDS[n - 1][0]).is_empty();
    for (n, one) in (1..).zip(&all.people).filter(|(n, _)| named(*n)) {
        let person = one.person(all, app.today());
        found.push((n, known::alike(&app.programme, &mut work, me.caller(), &person).await?));
    }
    on_record(work, found.iter().any(|(_, met)| !met.is_empty())).await?;
    Ok(found)
}

async fn page(
    app: &App,
    me: &Me,
    (alert, n): (&str, usize),
    f: Option<&Fields>,
    p: &Problems,
    met: &[(usize, Vec<Met>)],
) -> Result<Response, Failure> {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let teams = teams(app, &mut tx).await?;
    let municipality = match (f, alert.parse::<Uuid>()) {
        (None, Ok(id)) => alerts::shown(&app.programme, &mut tx, me.caller(), id)
            .await
            .map(|a| a.municipality)
            .unwrap_or_default(),
        _ => typed_in(f, "municipality").to_owned(),
    };
    drop(tx);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let list = |name: &str| app.choices(me.lang, name);
    let first =
        |name: &str, value: &'static str| if f.is_none() { value } else { typed_in(f, name) }.to_owned();
    let site =
        me.caller().site.clone().filter(|_| f.is_none()).unwrap_or_else(|| typed_in(f, "site").to_owned());
    let own = app.programme.gate.roles().role(&me.caller().role).is_some_and(|r| !r.function.is_empty());
    let known = met.iter().any(|(_, met)| !met.is_empty());
    let content = html! {
        (heading(html! { (w.t("found-title")) }, html! { (w.t("found-text")) }))
        (error_summary(w, p))
        @if f.is_none() { (how_many(w, alert, n)) }
        (form_post("/varias", &me.session.csrf, &app.once(), html! {
            input type="hidden" name="alert" value=(alert);
            input type="hidden" name="n" value=(n);
            @for (n, met) in met.iter().filter(|(_, met)| !met.is_empty()) {
                p { strong { (w.with("found-person", &[("n", (*n).into())])) } }
                (met_before(w, me.lang, met))
            }
            (card(&w.t("found-all"), html! {
                (radios(w, &field("found_by", "found-by"), &list("found_by")))
                (select(w, &field("place", "found-place"), &list("found_places")))
                (select(w, &Field::new("municipality", w.t("alert-municipality")).value(municipality).error(p.of("municipality")), &app.municipalities(me.lang)))
                (text_area(w, &field("call", "found-call").hint(w.t("found-call-hint")).rows(2)))
                (select(w, &Field::new("language", w.t("found-language")).value(first("language", "spa")).error(p.of("language")), &list("languages")))
                (radios(w, &Field::new("interpreter", w.t("found-interpreter")).hint(w.t("found-interpreter-hint")).value(first("interpreter", "none")).error(p.of("interpreter")), &keyed(w, "found-interpreter", &INTERPRETER)))
                (select(w, &Field::new("site", w.t("case-site")).value(site).error(p.of("site")), &super::new::sites(app, w)))
                @if !own { (select(w, &field("responsible", "case-responsible").hint(w.t("case-responsible-hint")), &teams)) }
            }))
            @for (n, fields) in (1..=n).zip(FIELDS) { (one(app, me, n, fields, f, p)) }
            (notice(w, crate::parts::Notice::Info, html! { (w.t("found-apart")) }))
            @if known { (actions(&[button(&w.t("case-new-anyway"), Tone::Quiet, "checked", "yes")])) }
            @else { (actions(&[submit(&w.with("found-send", &[("n", n.into())]))])) }
        }))
    };
    let desk = Desk::new(app, me, "found-window", "/varias").area(Place::Cases);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// How many they are, before anything is typed: each number is a link.
fn how_many(w: &crate::Words, alert: &str, n: usize) -> Markup {
    html! {
        nav class="actions few" aria-label=(w.t("found-many")) {
            p { (w.t("found-many")) }
            @for many in FEWEST..=MOST {
                (button_link(&many.to_string(), &format!("/varias?aviso={alert}&n={many}"), if many == n { Tone::Primary } else { Tone::Quiet }))
            }
        }
    }
}

fn one(app: &App, me: &Me, n: usize, fields: [&str; 6], f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let [name, years, sex, needs, tonight, asked] = fields;
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let or = |name: &str, value: &'static str| if f.is_none() { value } else { typed_in(f, name) }.to_owned();
    let urgent = f.map(|f| f.list(needs)).unwrap_or_default();
    let urgent: Vec<&str> = urgent.iter().map(String::as_str).collect();
    let told: &[&str] = if f.is_some_and(|f| f.ticked(asked)) { &["yes"] } else { &[] };
    let mut tonight_choices: Vec<Choice> =
        places(app, me).into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    tonight_choices.extend(app.choices(me.lang, "tonight_places"));
    card(
        &w.with("found-person", &[("n", n.into())]),
        html! {
        (text_field(w, &field(name, "person-chosen-name").hint(w.t("found-name-hint")), Kind::Text))
                (number_field(w, &field(years, "found-years").unit(w.t("unit-years"))))
                (select(w, &Field::new(sex, w.t("person-sex")).value(or(sex, "Feminine")).error(p.of(sex)), &app.choices(me.lang, "gender")))
                (checks(w, &Field::new(needs, w.t("found-needs")).error(p.of(needs)), &app.choices(me.lang, "urgent_needs"), &urgent))
                (select(w, &Field::new(tonight, w.t("found-tonight")).value(or(tonight, "open")).error(p.of(tonight)), &tonight_choices))
                (checks(w, &Field::new(asked, w.t("found-asked")), &[Choice::new("yes", w.t("found-asked-yes"))], told))
            },
    )
}
