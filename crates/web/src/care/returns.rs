//! Money that comes back: a promise that ends, or a part of what was handed over.

use axum::extract::{Path, State};
use ceiba_programme::care::returns::{self, Back};
use ceiba_programme::care::support::{self, Support};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};
use uuid::Uuid;

use super::amount;
use super::support::{of, run, version};
use crate::cases::frame::Opened;
use crate::me::Me;
use crate::parts::{Kind, Problems, Tone, actions, button, form_post, text_field, typed};
use crate::posted::{Fields, Posted};
use crate::{Answer, App};

/// What came back of a support, each time with its reason.
pub(super) fn came(app: &App, me: &Me, s: &Support) -> Markup {
    let w = me.words(app);
    html! {
        @for b in &s.back {
            div { @for a in &b.parts { (a.line) ": " (amount(app, w, a.cents)) " · " } (typed(&b.why)) " · " (w.t("care-back-receipt-short")) " " (typed(&b.receipt)) }
        }
    }
}

/// What was promised and will not be handed over.
pub(super) fn release_form(app: &App, me: &Me, o: &Opened, s: &Entry<Support>) -> Markup {
    let w = me.words(app);
    html! {
        details class="why" {
            summary { (w.t("care-release-open")) }
            (form_post(&o.path(&format!("apoyo/{}/soltar", s.head.id)), &me.session.csrf, &app.once(), html! {
                (version(s))
                p { (w.t("care-release-text")) }
                (actions(&[button(&w.t("care-release"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// How much comes back to each line, why, and the receipt.
pub(super) fn back_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Support>,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    // The form of a later look stands on the same card, and has other fields.
    let f = f.filter(|f| f.names().any(|n| n == "why"));
    let none = Problems::new();
    let p = if f.is_some() { p } else { &none };
    let field = |name: &str, label: String| of(s, name, label, f, p).id(format!("back-{name}-{}", s.head.id));
    html! {
        details class="why" open[f.is_some()] {
            summary { (w.t("care-back-open")) }
            (form_post(&o.path(&format!("apoyo/{}/devolver", s.head.id)), &me.session.csrf, &app.once(), html! {
                (version(s))
                p { (w.t("care-back-text")) }
                @for (n, a) in s.body.still_out().iter().enumerate() {
                    @let label = w.with("care-back-line", &[("line", a.line.as_str().into())]);
                    @let error = if n == 0 { p.of("parts") } else { None };
                    (text_field(w, &field(&format!("line-{}", a.line), label).error(error).hint(format!("{}: {}", w.t("care-back-out"), amount(app, w, a.cents))), Kind::Text))
                }
                (text_field(w, &field("why", w.t("care-back-why")), Kind::Text))
                (text_field(w, &field("receipt", w.t("care-back-receipt")), Kind::Text))
                (actions(&[button(&w.t("care-back"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// `POST /casos/{code}/apoyo/{id}/soltar`.
pub async fn release(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["version", "go"]), (&code, id.to_string()), async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        returns::release(&app.programme, work, me.caller(), which).await
    })
    .await
}

/// `POST /casos/{code}/apoyo/{id}/devolver`.
pub async fn give_back(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let programme = &app.programme;
    let lines: Vec<(&str, String)> =
        programme.pack.care.lines.iter().map(|l| (l.code.as_str(), format!("line-{}", l.code))).collect();
    let known: Vec<&str> =
        lines.iter().map(|(_, name)| name.as_str()).chain(["version", "why", "receipt", "go"]).collect();
    run(&app, &me, (&posted, &known), (&code, id.to_string()), async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        let typed = lines.iter().map(|(line, name)| (*line, f.text(name)));
        let back = Back {
            // An amount that is none comes to no line: the programme says so, to whoever may hear it.
            parts: support::parts(programme, typed).unwrap_or_default(),
            why: f.text("why").to_owned(),
            receipt: f.text("receipt").to_owned(),
        };
        returns::give_back(programme, work, me.caller(), which, &back).await
    })
    .await
}
