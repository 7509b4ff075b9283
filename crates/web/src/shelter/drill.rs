//! «Simulacro»: the same sheet of heads, done as a drill. What is kept is of the house: how many, how long, what to mend.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::shelter::drill::{self, Drill};
use ceiba_programme::shelter::{self};
use ceiba_store::Tx;
use maud::{Markup, html};
use uuid::Uuid;

use super::lists::line;
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Problems, Tone, actions, button_link, card, checks, empty_state,
    error_summary, form_post, heading, submit, tag, text_area, text_field, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, at_home};
use crate::{Answer, App, Failure, Place};

/// `GET /casa/simulacro`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    programme.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &at_home())?;
    let house = shelter::of(programme, caller).is_ok();
    let here = shelter::residents(programme, work.tx(), caller).await?;
    let past = if house { drill::list(programme, work.tx(), caller).await? } else { Vec::new() };
    let names = Names::read(app, work.tx()).await?;
    work.record("house.drill", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let holds = house && programme.gate.would(caller, Act::HOUSE_LOG, &at_home());
    let roll: Vec<Choice> =
        here.iter().map(|r| Choice::new(r.case.id.to_string(), line(app, me, r))).collect();
    let ticked = f.map(|f| f.list("outside")).unwrap_or_default();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key))
            .hint(w.t(&format!("{key}-hint")))
            .value(typed_in(f, name))
            .error(p.of(name))
    };
    let content = html! {
        (heading(html! { (w.t("drill-title")) " " (caller.site.as_deref().unwrap_or_default()) }, html! { (w.t("drill-text")) }))
        (error_summary(w, p))
        p { strong { (next(app, me, past.first())) } }
        @if holds {
            (card(&w.t("drill-new"), form_post("/casa/simulacro", &me.session.csrf, &app.once(), html! {
                @if !roll.is_empty() { (checks(w, &Field::new("outside", w.t("drill-outside")).hint(w.t("drill-outside-hint")), &roll, &ticked)) }
                (text_field(w, &field("minutes", "drill-minutes"), Kind::Code))
                (text_area(w, &field("mend", "drill-mend").rows(3)))
                (actions(&[submit(&w.t("drill-send"))]))
            })))
        }
        h2 { (w.t("drill-past")) }
        @if past.is_empty() { (empty_state(&w.t("drill-none"), html! {})) }
        @for d in &past { (told(app, me, d, &names)) }
        p { (button_link(&w.t("back"), "/casa/lista", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "drill-window", "/casa/simulacro").area(Place::House);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// When the next one is due.
fn next(app: &App, me: &Me, newest: Option<&Entry<Drill>>) -> String {
    let w = me.words(app);
    match drill::due(&app.programme, newest) {
        Some(at) if at > app.programme.store.clock.now() => {
            format!("{} {}", w.t("drill-due"), w.date(app.local(at).date()))
        }
        _ => w.t("drill-due-now"),
    }
}

/// A drill that was held.
fn told(app: &App, me: &Me, d: &Entry<Drill>, names: &Names) -> Markup {
    let w = me.words(app);
    let all = d.head.state == "all_out";
    card(
        &w.date(app.local(d.head.created_at).date()),
        html! {
            p { (tag(if all { Mood::Ok } else { Mood::Care }, &w.t(if all { "drill-all" } else { "drill-some" }))) " "
                (w.with("drill-told", &[("n", d.body.counted.into()), ("of", d.body.expected.into()), ("minutes", d.body.minutes.into())])) }
            @if !d.body.mend.is_empty() { p { strong { (w.t("drill-mend")) } } (typed_block(&d.body.mend)) }
            p class="quiet" { (names.of(w, d.head.author)) }
        },
    )
}

/// A line for the page of the house, when a drill is due.
pub(super) async fn reminder(app: &App, me: &Me, tx: &mut Tx) -> Result<Markup, Failure> {
    let w = me.words(app);
    let all = drill::list(&app.programme, tx, me.caller()).await?;
    let due = drill::due(&app.programme, all.first()).is_none_or(|at| at <= app.programme.store.clock.now());
    Ok(html! { @if due { p class="quiet" { a href="/casa/simulacro" { (w.t("drill-due-now")) } } } })
}

/// `POST /casa/simulacro`.
pub async fn hold(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["outside", "minutes", "mend"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outside: Vec<Uuid> = f.list("outside").iter().filter_map(|id| id.parse().ok()).collect();
    let what = (f.number("minutes").unwrap_or(0), f.text("mend"));
    let outcome = drill::hold(&app.programme, &mut work, me.caller(), &outside, what).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/simulacro").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
