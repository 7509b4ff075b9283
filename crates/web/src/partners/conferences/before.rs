//! Before a conference: she is told, may object, another day is set, or it was held.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::partners::conferences::{self as rules, Objection, SETTLED};
use ceiba_store::Micros;
use maud::{Markup, html};
use uuid::Uuid;

use super::named;
use super::one::{self, Part};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Notice, Tone, actions, button, card, checks, date_fields, form_post, notice,
    radios, submit, tag, text_field, typed,
};
use crate::posted::Posted;
use crate::view::keyed;
use crate::{Answer, App};

/// What can be done before it was held, in the order in which it is done.
pub(super) fn cards(part: &Part<'_>, now: Micros) -> Markup {
    let (app, c, w) = (part.app, part.c, part.me.words(part.app));
    let write = part.o.can(app, part.me, Act::CONFERENCE_WRITE);
    let begun = c.head.due_at <= Some(now);
    html! {
        (card(&w.t("conference-her"), html! {
            @match c.body.told {
                Some((at, who)) => p { (tag(Mood::Ok, &w.t("conference-told"))) " " (w.moment(app.local(at))) " · " (typed(&part.o.names.of(w, who))) },
                None => {
                    p { (w.t("conference-tell-text")) }
                    @if write { (small(part, "dicho", html! { (actions(&[submit(&w.t("conference-tell"))])) })) }
                }
            }
            @for (n, objection) in c.body.objections.iter().enumerate() { (objected(part, n, objection, write)) }
            @if write { (object_form(part)) }
        }))
        @if write {
            @if begun { (card(&w.t("conference-hold"), hold_form(part))) }
            (card(&w.t("conference-other-day"), html! {
                (postpone_form(part))
                (small(part, "cancelar", html! { (actions(&[button(&w.t("conference-cancel"), Tone::Quiet, "go", "1")])) }))
            }))
        }
    }
}

/// A form with the version it is based on.
fn small(part: &Part<'_>, what: &str, body: Markup) -> Markup {
    form_post(
        &part.to(what),
        &part.me.session.csrf,
        &part.app.once(),
        html! { input type="hidden" name="version" value=(part.c.head.version); (body) },
    )
}

/// What she does not want, in words.
fn against(part: &Part<'_>, o: &Objection) -> Markup {
    let w = part.me.words(part.app);
    html! {
        @match (o.institution, o.point.as_str()) {
            (Some(id), _) => { (w.t("conference-against-institution")) " " (named(part.offered, id)) },
            (None, "") => (w.t("conference-against-whole")),
            (None, point) => { (w.t("conference-against-point")) " " (part.app.code(part.me, "conference_points", point)) },
        }
    }
}

fn objected(part: &Part<'_>, n: usize, o: &Objection, write: bool) -> Markup {
    let (w, (_, p)) = (part.me.words(part.app), part.form("settle", None));
    let how = Field::new("how", w.t("conference-settle")).error(p.of("how")).id(format!("how-{n}"));
    html! {
        div class="stack" {
            p { (against(part, o)) " " (tag(if o.state == "open" { Mood::Care } else { Mood::Plain }, &w.t(&format!("conference-objection-{}", o.state)))) }
            @if write && o.state == "open" {
                (small(part, "objecion/fin", html! {
                    input type="hidden" name="number" value=(n);
                    (radios(w, &how, &keyed(w, "conference-settle", &SETTLED)))
                    (actions(&[submit(&w.t("save"))]))
                }))
            }
        }
    }
}

fn object_form(part: &Part<'_>) -> Markup {
    let (w, (f, p)) = (part.me.words(part.app), part.form("object", None));
    let name = |id: Uuid| {
        part.offered
            .iter()
            .find(|of| of.institution.id == id)
            .map_or_else(String::new, |of| of.institution.name.clone())
    };
    let whole = [Choice::new("whole", w.t("conference-against-whole"))];
    let institutions = part.c.body.invited.iter().map(|i| {
        let label = format!("{} {}", w.t("conference-against-institution"), name(i.institution));
        Choice::new(i.institution.to_string(), label)
    });
    let points = part.c.body.points.iter().map(|at| {
        let label = format!(
            "{} {}",
            w.t("conference-against-point"),
            part.app.code(part.me, "conference_points", &at.code)
        );
        Choice::new(&at.code, label)
    });
    let choices: Vec<Choice> = whole.into_iter().chain(institutions).chain(points).collect();
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("conference-object")) }
            (small(part, "objecion", html! {
                (radios(w, &Field::new("to", w.t("conference-object-to")).hint(w.t("conference-object-hint")).error(p.of("to")), &choices))
                (actions(&[submit(&w.t("conference-object-send"))]))
            }))
        }
    }
}

fn hold_form(part: &Part<'_>) -> Markup {
    let (w, body, (f, p)) = (part.me.words(part.app), &part.c.body, part.form("hold", None));
    let institutions = body.invited.iter().filter_map(|i| {
        let of = part.offered.iter().find(|of| of.institution.id == i.institution)?;
        Some(Choice::new(i.institution.to_string(), &of.institution.name))
    });
    let colleagues = body.colleagues.iter().map(|c| Choice::new(c.to_string(), part.o.names.of(w, *c)));
    let choices: Vec<Choice> = institutions.chain(colleagues).collect();
    let chosen = f.map(|f| f.list("came")).unwrap_or_default();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    html! {
        @if body.told.is_none() { (notice(w, Notice::Info, html! { p { (w.t("conference-hold-told")) } })) }
        @else if body.refused() { (notice(w, Notice::Warning, html! { p { (w.t("conference-hold-refused")) } })) }
        @else {
            p { (w.t("conference-hold-text")) }
            (small(part, "hecha", html! {
                (checks(w, &Field::new("came", w.t("conference-who-came")).error(p.of("came")), &choices, &chosen))
                (actions(&[submit(&w.t("conference-held"))]))
            }))
        }
    }
}

fn postpone_form(part: &Part<'_>) -> Markup {
    let (w, (f, p)) = (part.me.words(part.app), part.form("postpone", None));
    let day = f.map_or_else(Default::default, |f| f.day_parts("on"));
    let time = f.map_or("", |f| f.text("time"));
    small(
        part,
        "otro-dia",
        html! {
            (date_fields(w, &Field::new("on", w.t("conference-day")).error(p.of("on")), &day, false))
            (text_field(w, &Field::new("time", w.t("clinic-time")).hint(w.t("clinic-time-hint")).value(time).error(p.of("time")), Kind::Text))
            (actions(&[submit(&w.t("conference-postpone"))]))
        },
    )
}

type At = Path<(String, Uuid)>;

/// `POST …/dicho`: she was told.
pub async fn tell(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    one::change(&app, &me, (&code, id), (&posted, &["version"]), ("tell", None), async |work, which, _| {
        rules::tell(&app.programme, work, me.caller(), which).await
    })
    .await
}

/// `POST …/objecion`: she does not want something.
pub async fn object(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    one::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "to"]),
        ("object", None),
        async |work, which, f| rules::object(&app.programme, work, me.caller(), which, f.text("to")).await,
    )
    .await
}

/// `POST …/objecion/fin`: it was followed, or she took it back.
pub async fn settle(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    let names = ["version", "number", "how"];
    one::change(&app, &me, (&code, id), (&posted, &names), ("settle", None), async |work, which, f| {
        let number = f.number("number").and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        rules::settle(&app.programme, work, me.caller(), which, (number, f.text("how"))).await
    })
    .await
}

/// `POST …/otro-dia`.
pub async fn postpone(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    let names = ["version", "on", "time"];
    one::change(&app, &me, (&code, id), (&posted, &names), ("postpone", None), async |work, which, f| {
        let day = f.day("on");
        rules::postpone(&app.programme, work, me.caller(), which, (&day, f.text("time"))).await
    })
    .await
}

/// `POST …/cancelar`.
pub async fn cancel(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    one::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "go"]),
        ("cancel", None),
        async |work, which, _| rules::cancel(&app.programme, work, me.caller(), which).await,
    )
    .await
}

/// `POST …/hecha`: it was held, and who came.
pub async fn hold(State(app): State<App>, me: Me, Path((code, id)): At, posted: Posted) -> Answer {
    one::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "came"]),
        ("hold", None),
        async |work, which, f| {
            let came: Vec<Uuid> = f.list("came").iter().filter_map(|id| id.parse().ok()).collect();
            rules::hold(&app.programme, work, me.caller(), which, &came).await
        },
    )
    .await
}
