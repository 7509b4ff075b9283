//! What is planned and held in the community: the list, a new one, and what is noted once it was.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::network::activities::{self, Activity, Held, Plan};
use ceiba_programme::network::{self, Partner, Who};
use maud::{Markup, html};
use uuid::Uuid;

use super::{by_rule, line, name, reach, reached};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Problems, Tone, actions, button, button_link, card, checks, date_fields,
    empty_state, error_summary, facts_list, form_post, heading, number_field, radios, select, submit,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /red/actividades`.
pub async fn list(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = activities::list(&app.programme, &mut tx, me.caller(), 60).await?;
    let sums = by_rule(&app, &me, &mut tx).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("network-activities")) }, html! { (w.t("network-activities-text")) }))
        p class="actions" { (button_link(&w.t("network-activity-new"), "/red/actividades/nueva", Tone::Primary)) (button_link(&w.t("network-back"), "/red", Tone::Quiet)) }
        (reached(&app, &me, &sums))
        @if all.is_empty() { (empty_state(&w.t("network-activities-none"), html! {})) }
        @else { ul class="tasks" { @for a in &all { li { (line(&app, &me, a)) } } } }
    };
    Ok(Desk::new(&app, &me, "network-window", "/red/actividades").area(Place::Network).body(content))
}

/// `GET /red/actividades/nueva`.
pub async fn new(State(app): State<App>, me: Me) -> Answer {
    form(&app, &me, None, &Problems::new()).await
}

async fn form(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let prog = &app.programme;
    let here = network::municipality(prog, me.caller())?.unwrap_or_default();
    let mut tx = prog.store.db.read().await?;
    let partners = network::list(prog, &mut tx, me.caller()).await?;
    drop(tx);
    let choices: Vec<Choice> =
        partners.iter().filter(|(x, _)| x.active()).map(|(x, who)| going(app, me, x, who)).collect();
    let chosen = f.map(|f| f.list("going")).unwrap_or_default();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let place = f.map_or(here, |f| f.text("municipality"));
    let content = html! {
        (heading(html! { (w.t("network-activity-title")) }, html! { (w.t("network-activity-text")) }))
        (error_summary(w, p))
        (form_post("/red/actividades", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("kind", "network-activity-kind"), &app.choices(me.lang, "network_activity_kinds")))
            (date_fields(w, &Field::new("on", w.t("network-on")).error(p.of("on")), &day, false))
            (select(w, &field("municipality", "network-municipality").value(place), &app.municipalities(me.lang)))
            @if !choices.is_empty() { (checks(w, &field("going", "network-going").hint(w.t("network-going-hint")), &choices, &chosen)) }
            (actions(&[submit(&w.t("network-activity-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "network-window", "/red/actividades/nueva").area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn going(app: &App, me: &Me, x: &Partner, who: &Who) -> Choice {
    let kind = app.code(me, "network_kinds", &x.kind);
    let place = app.code(me, "municipalities", &x.municipality);
    Choice::new(x.id.to_string(), if who.name.is_empty() { kind.to_owned() } else { who.name.clone() })
        .hint(format!("{kind} · {place}"))
}

/// `POST /red/actividades`.
pub async fn plan(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "on", "municipality", "going"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let n = Plan {
        kind: f.text("kind").to_owned(),
        municipality: f.text("municipality").to_owned(),
        on_day: f.day("on"),
        // What is no id is nobody's, and said so.
        going: f.list("going").iter().map(|id| id.parse().unwrap_or_default()).collect(),
    };
    let outcome = activities::plan(&app.programme, &mut work, me.caller(), &n).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |id| format!("/red/actividades/{id}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => form(&app, &me, Some(f), &p).await,
    }
}

/// `GET /red/actividades/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let prog = &app.programme;
    let mut tx = prog.store.db.read().await?;
    let a = activities::one(prog, &mut tx, me.caller(), Act::NETWORK_READ, id).await?;
    let all = network::list(prog, &mut tx, me.caller()).await?;
    drop(tx);
    let held = a.state == "held";
    let due = a.on_day <= app.today().to_string();
    let who: Vec<&(Partner, Who)> = all.iter().filter(|(x, _)| a.going.contains(&x.id)).collect();
    let mut facts = vec![
        (w.t("network-on"), html! { (iso_day(w, Some(&a.on_day))) }),
        (w.t("network-municipality"), html! { (app.code(me, "municipalities", &a.municipality)) }),
    ];
    if held {
        facts.push((w.t("network-minutes"), html! { (w.number(a.minutes)) }));
        facts.push((w.t("network-people-title"), html! {
            strong { (w.with("network-people", &[("n", a.people().into())])) } " · " (app.code(me, "reach_rules", &a.rule))
        }));
    }
    let facts: Vec<(&str, Markup)> = facts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    let content = html! {
        (heading(html! { (app.code(me, "network_activity_kinds", &a.kind)) }, html! { (w.t(&format!("network-state-{}", a.state))) }))
        (error_summary(w, p))
        (card(&w.t("network-activity-about"), html! {
            (facts_list(&facts))
            @if !who.is_empty() {
                h3 { (w.t("network-going")) }
                ul { @for (x, who) in &who { li { a href={ "/red/" (x.id) } { (name(w, who)) } } } }
            }
        }))
        @if a.state != "off" && due { (held_form(app, me, &a, f, p)) }
        @if a.state == "planned" { (card(&w.t("network-off"), html! {
            (form_post(&format!("/red/actividades/{id}"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(a.version);
                (actions(&[button(&w.t("network-off-send"), Tone::Quiet, "do", "off")]))
            }))
        })) }
        p { (button_link(&w.t("network-activities-back"), "/red/actividades", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "network-window", format!("/red/actividades/{id}")).area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// How it went; a second time it corrects the first.
fn held_form(app: &App, me: &Me, a: &Activity, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let held = a.state == "held";
    let minutes = if held { a.minutes.to_string() } else { String::new() };
    let value = |name: &str, now: &str| f.map_or_else(|| now.to_owned(), |f| f.text(name).to_owned());
    let rules: Vec<Choice> = app.choices(me.lang, "reach_rules");
    let body = html! {
        @if held { p { (w.t("network-correct-text")) } }
        (form_post(&format!("/red/actividades/{}", a.id), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="version" value=(a.version);
            input type="hidden" name="do" value="held";
            (radios(w, &Field::new("rule", w.t("network-rule")).hint(w.t("network-rule-hint")).value(value("rule", &a.rule)).error(p.of("rule")), &rules))
            (number_field(w, &Field::new("minutes", w.t("network-minutes")).value(value("minutes", &minutes)).error(p.of("minutes"))))
            (reach::grid(app, me, (f, held.then_some(&a.reached)), p, true))
            (actions(&[submit(&w.t(if held { "network-correct-send" } else { "network-held-send" }))]))
        }))
    };
    if held {
        html! { details class="why" open[!p.is_empty()] { summary { (w.t("network-correct")) } (body) } }
    } else {
        card(&w.t("network-held-title"), body)
    }
}

/// `POST /red/actividades/{id}`: it was held, or is called off.
pub async fn change(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let cells = reach::names(true);
    let names: Vec<&str> =
        ["version", "do", "rule", "minutes"].into_iter().chain(cells.iter().map(String::as_str)).collect();
    let f = posted.only(&names)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let at = (id, f.number("version").unwrap_or_default());
    let outcome = if f.text("do") == "off" {
        activities::call_off(&app.programme, &mut work, me.caller(), at).await
    } else {
        let n = Held {
            minutes: f.number("minutes"),
            rule: f.text("rule").to_owned(),
            reached: reach::read(f, true),
        };
        activities::hold(&app.programme, &mut work, me.caller(), at, &n).await
    };
    match finish(&app, &me, &posted, work, outcome, &format!("/red/actividades/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, id, Some(f), &p).await,
    }
}
