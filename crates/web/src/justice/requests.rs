//! «Another institution asks»: what is proposed instead, and how it ended.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::tellings::PURPOSES;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::requests::{self, ENDS, Known, PROPOSALS, Request};
use ceiba_programme::partners::directory::Institution;
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::frame::Opened;
use crate::cases::tellings::{Again, evidence, page};
use crate::cases::{history, on_case, typed_in};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Mood, Problems, Tone, actions, button_link, checks, date_fields,
    empty_state, form_post, radios, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// The requests, newest first.
pub(crate) fn list(
    app: &App,
    me: &Me,
    o: &Opened,
    (all, directory): (&[Entry<Request>], &[Institution]),
    (again, p): (Again<'_>, &Problems),
) -> Markup {
    let w = me.words(app);
    html! {
        @if all.is_empty() { (empty_state(&w.t("requests-none"), html! {})) }
        @for r in all {
            @let mood = match r.head.state.as_str() { "avoided" => Mood::Ok, "needed" => Mood::Care, _ => Mood::Plain };
            @let open = ["asked", "answered"].contains(&r.head.state.as_str());
            div class="stack" {
                p {
                    strong { (name(directory, r.head.other)) } " "
                    (tag(mood, &w.t(&format!("state-telling_request-{}", r.head.state))))
                }
                p class="quiet" {
                    (iso_day(w, r.head.on_day.as_deref())) " · " (w.t(&format!("telling-{}", r.head.code.as_deref().unwrap_or("needs"))))
                    @if !r.body.by.is_empty() { " · " (typed(&r.body.by)) }
                }
                p class="actions" { (button_link(&w.t("request-letter"), &o.path(&format!("relatos/{}/carta", r.head.id)), Tone::Quiet)) }
                @if open && o.can(app, me, Act::SERVICE_WRITE) {
                    @let problem = again.filter(|(form, of, _)| *form == "settle" && *of == Some(r.head.id)).and_then(|_| p.of("how"));
                    @let how = Field::new("how", w.t("request-how")).error(problem).id(format!("how-{}", r.head.id));
                    details class="why" { summary { (w.t("request-settle")) }
                        (form_post(&o.path(&format!("relatos/{}/fin", r.head.id)), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="version" value=(r.head.version);
                            (radios(w, &how, &keyed(w, "request-end", &ENDS)))
                            (actions(&[submit(&w.t("save"))]))
                        }))
                    }
                }
                (history::link(w, o, &r.head))
            }
        }
    }
}

pub(crate) fn name(directory: &[Institution], id: Option<Uuid>) -> Markup {
    html! { @if let Some(i) = directory.iter().find(|i| Some(i.id) == id) { (typed(&i.name)) } }
}

/// The form: what is known stands above it, so that nobody has to ask her for it.
pub(crate) fn form(
    app: &App,
    me: &Me,
    o: &Opened,
    (known, directory): (&Known, &[Institution]),
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("request-{name}"))
    };
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("asked"));
    let institutions: Vec<Choice> =
        directory.iter().map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    let chosen: Vec<String> = f.map_or_else(
        || requests::proposed(known).iter().map(|c| (*c).to_owned()).collect(),
        |f| f.list("proposes"),
    );
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("request-new")) }
            p { (w.with("told-times", &[("n", o.told.into())])) }
            (evidence(w, known))
            (form_post(&o.path("relatos/pedido"), &me.session.csrf, &app.once(), html! {
                (select(w, &field("institution", "request-institution"), &institutions))
                (text_field(w, &field("by", "request-by"), Kind::Text))
                (select(w, &field("purpose", "telling-purpose"), &keyed(w, "telling", &PURPOSES)))
                (date_fields(w, &Field::new("asked", w.t("request-asked")).error(p.of("asked")).id("request-asked"), &day, false))
                (checks(w, &field("proposes", "request-proposes").hint(w.t("request-proposes-hint")), &keyed(w, "request-propose", &PROPOSALS), &chosen))
                (actions(&[submit(&w.t("request-draft"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/relatos/pedido`.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(("request", None, f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/relatos")),
        (&posted, &["institution", "by", "purpose", "asked", "proposes"]),
        async |work, case, f| {
            let day = f.day("asked");
            let asked = (f.id("institution"), f.text("purpose"), day.as_str());
            let said = (f.text("by"), f.list("proposes"));
            requests::ask(&app.programme, work, me.caller(), case, asked, (said.0, &said.1)).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/relatos/{id}/fin`: she was spared it, or not.
pub async fn settle(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend =
        async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(("settle", Some(id), f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/relatos")),
        (&posted, &["version", "how"]),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            requests::settle(&app.programme, work, me.caller(), (case, id, seen), f.text("how")).await
        },
        mend,
    )
    .await
}
