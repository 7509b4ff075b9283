//! One piece of evidence: its fingerprint and its chain, a link more, a copy for somebody, and whether another file is the same.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::evidence::{self, Item, Link, NOTED};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};
use uuid::Uuid;

use super::stamp;
use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Mood, Notice, Problems, Tone, actions, button_link, card, date_fields,
    error_summary, facts_list, file_field, form_files, form_post, notice, radios, submit, tag, text_field,
    typed,
};
use crate::posted::upload::Upload;
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed, problems};
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/evidencias/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, (&code, id), ("", None), &Problems::new()).await
}

/// `form`: which form is shown again with what was typed.
pub(super) async fn page(
    app: &App,
    me: &Me,
    (code, id): (&str, Uuid),
    (form, f): (&str, Option<&Fields>),
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "evidencias").await?;
    let all = evidence::list(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let gaps = evidence::gaps(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let Some((item, chain)) = all.into_iter().find(|(item, _)| item.head.id == id) else {
        return Err(Failure::Absent);
    };
    let o = o.settle(work).await?;
    let of = |name: &str| if form == name { f } else { None };
    let none = Problems::new();
    let wrong = |name: &str| if form == name { p } else { &none };
    let content = html! {
        (error_summary(w, p))
        @if gaps > 0 { (notice(w, Notice::Warning, html! { (w.with("custody-gaps", &[("n", gaps.into())])) })) }
        p class="actions" { (button_link(&w.t("evidence-title"), &o.path("evidencias"), Tone::Quiet)) }
        (card(&item.body.title, told(app, me, &item)))
        (card(&w.t("custody-title"), html! {
            p class="quiet" { (w.t("custody-text")) }
            ol class="tasks" { @for l in &chain { li { (link(app, me, &o, l)) } } }
        }))
        @if o.can(app, me, Act::WRITE_LEGAL) {
            (card(&w.t("custody-new"), note_form(app, me, &o, id, of("note"), wrong("note"))))
            @if !item.body.sha256.is_empty() {
                (card(&w.t("custody-copy"), copy_form(app, me, &o, id, of("copy"), wrong("copy"))))
                (card(&w.t("custody-compare"), compare_form(app, me, &o, id, of("compare"), wrong("compare"))))
                (card(&w.t("stamp-title"), stamp::card(app, me, &o, id, (form, f), p)))
            }
        }
    };
    Ok(with_status(frame::page(app, me, &o, "evidencias", content), p))
}

fn told(app: &App, me: &Me, item: &Entry<Item>) -> Markup {
    let (w, b) = (me.words(app), &item.body);
    let rows: [(&str, Markup); 6] = [
        (
            "evidence-kind",
            html! { (app.code(me, "evidence_kinds", item.head.code.as_deref().unwrap_or_default())) },
        ),
        ("evidence-on", html! { (iso_day(w, item.head.on_day.as_deref())) }),
        ("evidence-source", typed(&b.source)),
        ("evidence-seal", typed(&b.seal)),
        ("evidence-name", typed(&b.name)),
        ("evidence-sha", html! { @if !b.sha256.is_empty() { code { (b.sha256) } } }),
    ];
    let rows: Vec<(String, Markup)> =
        rows.into_iter().filter(|(_, v)| !v.0.is_empty()).map(|(k, v)| (w.t(k), v)).collect();
    facts_list(&rows.iter().map(|(k, v)| (k.as_str(), v.clone())).collect::<Vec<_>>())
}

fn link(app: &App, me: &Me, o: &Opened, l: &Entry<Link>) -> Markup {
    let w = me.words(app);
    html! {
        p {
            strong { (w.t(&format!("custody-{}", l.head.code.as_deref().unwrap_or_default()))) } " "
            @match l.body.same {
                Some(true) => (tag(Mood::Ok, &w.t("custody-same"))),
                Some(false) => (tag(Mood::No, &w.t("custody-other"))),
                None => {}
            }
            " " (typed(&l.body.who))
            @if !l.body.why.is_empty() { " · " (typed(&l.body.why)) }
            @if !l.body.seal.is_empty() { " · " (w.t("evidence-seal")) " " (typed(&l.body.seal)) }
        }
        @if let (Some(s), Some(item)) = (&l.body.stamp, l.head.other) { (stamp::told(app, me, o, (item, l.head.id), s)) }
        p class="quiet" {
            (iso_day(w, l.head.on_day.as_deref())) " · " (w.t("custody-noted")) " " (w.moment(app.local(l.head.created_at))) " · " (typed(&o.names.of(w, l.head.author)))
        }
    }
}

fn note_form(app: &App, me: &Me, o: &Opened, id: Uuid, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("note-{name}"))
    };
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    form_post(
        &o.path(&format!("evidencias/{id}")),
        &me.session.csrf,
        &app.once(),
        html! {
            (radios(w, &field("step", "custody-step"), &keyed(w, "custody", &NOTED)))
            (text_field(w, &field("who", "custody-who"), Kind::Text))
            (text_field(w, &field("why", "custody-why"), Kind::Text))
            (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on")), &day, false))
            (text_field(w, &field("seal", "custody-seal"), Kind::Text))
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

fn copy_form(app: &App, me: &Me, o: &Opened, id: Uuid, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("copy-{name}"))
    };
    form_post(
        &o.path(&format!("evidencias/{id}/copia")),
        &me.session.csrf,
        &app.once(),
        html! {
            p { (w.t("custody-copy-text")) }
            (text_field(w, &field("who", "custody-who"), Kind::Text))
            (text_field(w, &field("why", "custody-why"), Kind::Text))
            (actions(&[submit(&w.t("custody-copy-send"))]))
        },
    )
}

fn compare_form(app: &App, me: &Me, o: &Opened, id: Uuid, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("compare-{name}"))
    };
    form_files(
        &o.path(&format!("evidencias/{id}/comparar")),
        &me.session.csrf,
        &app.once(),
        html! {
            p { (w.t("custody-compare-text")) }
            (text_field(w, &field("who", "custody-brought"), Kind::Text))
            (file_field(w, &field("file", "evidence-file"), ""))
            (actions(&[submit(&w.t("custody-compare-send"))]))
        },
    )
}

/// `POST /casos/{code}/evidencias/{id}`: a link more.
pub async fn note(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, (&code, id), ("note", Some(f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/evidencias/{id}")),
        (&posted, &["step", "who", "why", "on", "seal"]),
        async |work, case, f| {
            let body = Link {
                who: f.text("who").to_owned(),
                why: f.text("why").to_owned(),
                seal: f.text("seal").to_owned(),
                ..Link::default()
            };
            let on = f.day("on");
            evidence::note(&app.programme, work, me.caller(), (case, id), (f.text("step"), &on), &body).await
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/evidencias/{id}/copia`: the bytes as they came, as a download without a type that anything would open.
pub async fn copy(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["who", "why"])?;
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let body = Link { who: f.text("who").to_owned(), why: f.text("why").to_owned(), ..Link::default() };
    let bytes = match evidence::copy(&app.programme, &mut work, me.caller(), (case, id), &body).await {
        Ok(bytes) => bytes,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            let p = problems(me.words(&app), &list);
            return page(&app, &me, (&code, id), ("copy", Some(f)), &p).await;
        }
        Err(e) => return Err(e.into()),
    };
    work.commit().await?;
    let disposition = format!("attachment; filename=\"{code}-{}.bin\"", &id.to_string()[..8]);
    Ok((
        [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_DISPOSITION, disposition),
            (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX.to_owned()),
        ],
        bytes,
    )
        .into_response())
}

/// `POST /casos/{code}/evidencias/{id}/comparar`: the same, byte for byte, or not.
pub async fn compare(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    sent: Upload,
) -> Answer {
    let f = sent.posted.only(&["who"])?;
    let file = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    // A file larger than any that is kept is another one: what was read of it says so.
    let bytes = file.map_or(&[][..], |s| &s.bytes);
    let done =
        evidence::compare(&app.programme, &mut work, me.caller(), (case, id), (f.text("who"), bytes)).await;
    match finish(&app, &me, &sent.posted, work, done, &format!("/casos/{code}/evidencias/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (&code, id), ("compare", Some(f)), &p).await,
    }
}
