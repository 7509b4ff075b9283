//! What she takes and what must not harm her, written by the health team: the records of the house's own round.

use axum::extract::{Path, State};
use ceiba_access::{Act, Folder, Grant};
use ceiba_programme::entries::Entry;
use ceiba_programme::shelter::Bedside;
use ceiba_programme::shelter::bedside::{self, Ended};
use ceiba_programme::shelter::medicine::{self, Taken};
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Opened;
use super::{folders, on_case, typed_in};
use crate::me::Me;
use crate::parts::{Field, Problems, Tone, actions, button, card, form_post, submit, text_area};
use crate::posted::{Fields, Posted};
use crate::shelter::doses::{self, SINCE};
use crate::{Answer, App, Failure};

/// What the health page shows of it.
pub(super) struct Shown {
    known: Vec<Entry<Bedside>>,
    taken: Vec<Taken>,
    ended: Vec<Ended>,
}

pub(super) async fn read(
    app: &App,
    me: &Me,
    work: &mut Work,
    grant: &Grant,
    case: Uuid,
) -> Result<Shown, Failure> {
    let (p, caller) = (&app.programme, me.caller());
    let since = work.at() - SINCE;
    Ok(Shown {
        known: bedside::known(p, work.tx(), caller, grant, case).await?,
        taken: medicine::of(p, work.tx(), caller, grant, case).await?,
        ended: bedside::ended(p, work.tx(), caller, grant, (case, since)).await?,
    })
}

/// Both cards, with their forms for whoever writes in the health folder.
pub(super) fn section(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Shown,
    now: (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let writes = o.can(app, me, Act::WRITE_HEALTH);
    html! {
        (card(&w.t("house-bedside"), html! {
            p class="quiet" { (w.t("allergy-who")) }
            @if s.known.is_empty() { p { (w.t("allergy-none")) } }
            @for b in &s.known { (allergy(app, me, o, b, writes, now)) }
            @if writes { (new_allergy(app, me, o, now)) }
        }))
        (card(&w.t("medicine-title"), html! {
            @if s.taken.is_empty() { p { (w.t("medicine-none")) } }
            @for t in &s.taken { (one(app, me, o, t, writes)) }
            (doses::ended(app, me, &o.names, &s.ended))
            @if writes { (prescription(app, me, o, now)) }
        }))
    }
}

fn allergy(
    app: &App,
    me: &Me,
    o: &Opened,
    b: &Entry<Bedside>,
    writes: bool,
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let id = b.head.id;
    // What was typed belongs to the one it was sent for.
    let here = f.filter(|f| f.id("which") == Some(id));
    let wrong = here.and_then(|_| p.of("why"));
    html! {
        section {
            (doses::noted(app, me, &o.names, b))
            @if writes {
                details class="why" open[here.is_some()] {
                    summary { (w.t("allergy-retire")) }
                    (form_post(&o.path(&format!("salud/alergias/{id}")), &me.session.csrf, &app.once(), html! {
                        input type="hidden" name="which" value=(id);
                        input type="hidden" name="version" value=(b.head.version);
                        (text_area(w, &Field::new("why", w.t("allergy-why")).hint(w.t("allergy-why-hint")).rows(2).value(typed_in(here, "why")).error(wrong).id(format!("why-{id}"))))
                        (actions(&[button(&w.t("allergy-retire-send"), Tone::Quiet, "go", "1")]))
                    }))
                }
            }
        }
    }
}

fn new_allergy(app: &App, me: &Me, o: &Opened, (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    let field = Field::new("allergy", w.t("allergy-new")).hint(w.t("allergy-hint")).rows(2);
    form_post(
        &o.path("salud/alergias"),
        &me.session.csrf,
        &app.once(),
        html! {
            (text_area(w, &field.value(typed_in(f, "allergy")).error(p.of("allergy"))))
            (actions(&[button(&w.t("allergy-add"), Tone::Quiet, "go", "1")]))
        },
    )
}

/// One medicine as it is prescribed, with what the house did.
fn one(app: &App, me: &Me, o: &Opened, t: &Taken, writes: bool) -> Markup {
    let w = me.words(app);
    let id = t.medicine.head.id;
    html! {
        section {
            (doses::prescribed(app, me, &o.names, t))
            p class="quiet" {
                (app.code(me, "medicine_kinds", t.medicine.head.code.as_deref().unwrap_or_default()))
                @if let Some(left) = t.left { " · " (w.with("medicine-left", &[("n", left.into())])) }
                " · " @match t.last {
                    Some(last) => { (w.t("medicine-last")) " " (w.near_moment(app.local(last), app.now())) },
                    None => (w.t("medicine-never")),
                }
                " · " a href=(o.path(&format!("historia/{id}"))) { (w.t("history-title")) }
            }
            @if writes {
                (form_post(&o.path(&format!("salud/medicinas/{id}")), &me.session.csrf, &app.once(),
                    actions(&[button(&w.t("medicine-stop"), Tone::Quiet, "go", "1")])))
            }
        }
    }
}

fn prescription(app: &App, me: &Me, o: &Opened, (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    let here = f.filter(|f| f.names().any(|n| n == "dose"));
    let none = Problems::new();
    let p = if here.is_some() { p } else { &none };
    let open = here.is_some();
    html! {
        details class="why" open[open] {
            summary { (w.t("medicine-prescribe")) }
            (form_post(&o.path("salud/medicinas"), &me.session.csrf, &app.once(), html! {
                (doses::asked(app, me, (here, p), true))
                (actions(&[submit(&w.t("medicine-prescribe-send"))]))
            }))
        }
    }
}

/// A form of this section, done on her case; with something to mend the health page comes back with all that was typed.
async fn step(
    app: &App,
    me: &Me,
    code: &str,
    form: (&Posted, &[&str]),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ceiba_programme::ProgrammeError>,
) -> Answer {
    let to = format!("/casos/{code}/salud");
    let mend = async |f: &Fields, p: &Problems| {
        folders::page(app, me, code, ("salud", Folder::Health), Some(f), p).await
    };
    on_case(app, me, (code, &to), form, does, mend).await
}

/// `POST /casos/{code}/salud/alergias`.
pub async fn note(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["allergy", "go"]), async |work, case, f| {
        bedside::note(&app.programme, work, me.caller(), case, f.text("allergy")).await.map(drop)
    })
    .await
}

/// `POST /casos/{code}/salud/alergias/{id}`: it does not hold any more.
pub async fn retire(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &["which", "version", "why", "go"]), async |work, case, f| {
        let seen = f.number("version").unwrap_or(0);
        bedside::retire(&app.programme, work, me.caller(), (case, id, seen), f.text("why")).await
    })
    .await
}

/// `POST /casos/{code}/salud/medicinas`: a prescription.
pub async fn prescribe(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &doses::FIELDS), async |work, case, f| {
        let what = (f.text("kind"), &doses::written(f));
        let to = (case, Act::WRITE_HEALTH);
        medicine::prescribe(&app.programme, work, me.caller(), to, what).await.map(drop)
    })
    .await
}

/// `POST /casos/{code}/salud/medicinas/{id}`: she does not take it any more.
pub async fn stop(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &["go"]), async |work, case, _| {
        medicine::stop(&app.programme, work, me.caller(), (case, Act::WRITE_HEALTH), id).await
    })
    .await
}
