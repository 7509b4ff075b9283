//! The steps of her page: a line, out and back, another bed, a child, what is kept for her, a visit, leaving. Each goes back to it.

use axum::extract::{Path, State};
use ceiba_programme::shelter::belongings::{self, Belongings};
use ceiba_programme::shelter::companions::{self, Companion};
use ceiba_programme::shelter::transfer::Urgent;
use ceiba_programme::shelter::{self, log as book, presence, visits};
use ceiba_programme::{Problem, ProgrammeError};
use uuid::Uuid;

use super::resident::step;
use crate::me::Me;
use crate::posted::Posted;
use crate::{Answer, App};

/// `POST /casa/{code}/bitacora`.
pub async fn log(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["line"], &back_to(&code)), async |work, case, f| {
        let written = book::write(&app.programme, work, me.caller(), Some(case), f.text("line")).await;
        renamed(written.map(|_| ()), "text", "line")
    })
    .await
}

/// `POST /casa/{code}/fuera`.
pub async fn out(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = &["reason", "minutes", "with"];
    step(&app, &me, &code, (&posted, names, &back_to(&code)), async |work, case, f| {
        let going = (f.text("reason"), f.number("minutes").unwrap_or(0), f.text("with"));
        presence::go_out(&app.programme, work, me.caller(), case, going).await
    })
    .await
}

/// `POST /casa/{code}/vuelve`.
pub async fn back(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &[], &back_to(&code)), async |work, case, _| {
        presence::come_back(&app.programme, work, me.caller(), case).await
    })
    .await
}

/// `POST /casa/{code}/cama`.
pub async fn bed(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["bed", "pass"], &back_to(&code)), async |work, case, f| {
        let which = (f.text("bed"), f.text("pass"));
        shelter::to_bed(&app.programme, work, me.caller(), case, which).await
    })
    .await
}

/// `POST /casa/{code}/trae`.
pub async fn child(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["child", "child_age"], &back_to(&code)), async |work, case, f| {
        let body = Companion { name: f.text("child").to_owned(), age: f.text("child_age").to_owned() };
        let brought = companions::bring(&app.programme, work, me.caller(), case, (&body, "")).await;
        renamed(renamed(brought.map(|_| ()), "name", "child"), "age", "child_age")
    })
    .await
}

/// `POST /casa/{code}/sale`: she left; the bed is free.
pub async fn leave(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["how", "hours"], "/casa"), async |work, case, f| {
        let hours = f.number("hours").unwrap_or(0);
        shelter::leave(&app.programme, work, me.caller(), case, (f.text("how"), hours)).await
    })
    .await
}

/// `POST /casa/{code}/urgente`: she goes to another house now; it cannot wait for daylight.
pub async fn move_now(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = &["house", "why", "decided_by"];
    step(&app, &me, &code, (&posted, names, "/casa"), async |work, case, f| {
        let urgent =
            Urgent { why: f.text("why").to_owned(), decided_by: f.text("decided_by").trim().to_owned() };
        shelter::move_now(&app.programme, work, me.caller(), case, (f.text("house"), &urgent)).await
    })
    .await
}

/// `POST /casa/{code}/pertenencias`: what the house keeps for her.
pub async fn keep(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    step(&app, &me, &code, (&posted, &["items", "place"], &back_to(&code)), async |work, case, f| {
        let body = Belongings { items: f.text("items").to_owned(), place: f.text("place").to_owned() };
        belongings::keep(&app.programme, work, me.caller(), case, &body).await.map(|_| ())
    })
    .await
}

/// `POST /casa/{code}/pertenencias/{id}`: she has them back.
pub async fn give_back(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &[], &back_to(&code)), async |work, case, _| {
        belongings::give_back(&app.programme, work, me.caller(), case, id).await
    })
    .await
}

/// `POST /casa/{code}/visita/{id}`: somebody comes in, or leaves.
pub async fn visit(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(
        &app,
        &me,
        &code,
        (&posted, &["step", "looked", "visitor", "outside"], &back_to(&code)),
        async |work, case, f| {
            let (p, caller) = (&app.programme, me.caller());
            match f.text("step") {
                "out" => visits::go(p, work, caller, case, id).await,
                _ => visits::come_in(p, work, caller, (case, id), (f.ticked("looked"), f.text("outside")))
                    .await
                    .map(|_| ()),
            }
        },
    )
    .await
}

/// Her page.
pub(super) fn back_to(code: &str) -> String {
    format!("/casa/{code}")
}

/// A problem of a field that is called otherwise on this page.
fn renamed(outcome: Result<(), ProgrammeError>, from: &str, to: &'static str) -> Result<(), ProgrammeError> {
    let rename = |p: Problem| if p.field == from { Problem { field: to, ..p } } else { p };
    outcome.map_err(|e| match e {
        ProgrammeError::Invalid(list) => ProgrammeError::Invalid(list.into_iter().map(rename).collect()),
        other => other,
    })
}
