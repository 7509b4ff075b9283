//! The steps of her page: a line, out and back, another bed, a child, a visit, leaving. Each goes back to it.

use std::borrow::Cow;

use axum::extract::{Path, State};
use ceiba_programme::shelter::belongings::{self, Belongings};
use ceiba_programme::shelter::companions::{self, Companion};
use ceiba_programme::shelter::{self, log as book, presence, visits};
use ceiba_programme::{Problem, ProgrammeError, cases};
use ceiba_store::Work;
use uuid::Uuid;

use super::resident::page;
use crate::cases::{Done, finish};
use crate::me::Me;
use crate::posted::{Fields, Posted};
use crate::{Answer, App};

/// Does a step on the case of a code, and goes back to her page, or shows it with what to mend.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, [$($field:literal),*], |$app:ident, $work:ident, $me:ident, $case:ident, $f:ident| $do:expr) => {
        step!($(#[$doc])* $name, [$($field),*], |code| format!("/casa/{code}"), |$app, $work, $me, $case, $f| $do);
    };
    ($(#[$doc:meta])* $name:ident, [$($field:literal),*], |$code:ident| $to:expr, |$app:ident, $work:ident, $me:ident, $case:ident, $f:ident| $do:expr) => {
        $(#[$doc])*
        pub async fn $name(State($app): State<App>, $me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
            let $f: &Fields = posted.only(&[$($field),*])?;
            let mut $work: Work = $app.work(&$me).await?;
            if let Some(done) = posted.again(&mut $work).await? {
                return Ok(done);
            }
            let $case: Uuid = cases::by_code($work.tx(), &code).await?;
            let outcome: Result<(), ProgrammeError> = $do;
            let $code = &code;
            let to: Cow<'_, str> = ($to).into();
            match finish(&$app, &$me, &posted, $work, outcome, &to).await? {
                Done::To(response) => Ok(response),
                Done::Mend(p) => page(&$app, &$me, &code, Some($f), &p).await,
            }
        }
    };
}

step! {
    /// `POST /casa/{code}/bitacora`.
    log, ["line"], |app, work, me, case, f| {
        let written = book::write(&app.programme, &mut work, me.caller(), Some(case), f.text("line")).await;
        renamed(written.map(|_| ()), "text", "line")
    }
}

step! {
    /// `POST /casa/{code}/fuera`.
    out, ["reason", "minutes", "with"], |app, work, me, case, f| {
        let going = (f.text("reason"), f.number("minutes").unwrap_or(0), f.text("with"));
        presence::go_out(&app.programme, &mut work, me.caller(), case, going).await
    }
}

step! {
    /// `POST /casa/{code}/vuelve`.
    back, [], |app, work, me, case, _f| presence::come_back(&app.programme, &mut work, me.caller(), case).await
}

step! {
    /// `POST /casa/{code}/cama`.
    bed, ["bed", "pass"], |app, work, me, case, f| {
        shelter::to_bed(&app.programme, &mut work, me.caller(), case, (f.text("bed"), f.text("pass"))).await
    }
}

step! {
    /// `POST /casa/{code}/trae`.
    child, ["child", "child_age"], |app, work, me, case, f| {
        let body = Companion { name: f.text("child").to_owned(), age: f.text("child_age").to_owned() };
        let brought = companions::bring(&app.programme, &mut work, me.caller(), case, (&body, "")).await.map(|_| ());
        renamed(renamed(brought, "name", "child"), "age", "child_age")
    }
}

step! {
    /// `POST /casa/{code}/sale`: she left; the bed is free.
    leave, ["how", "hours"], |_code| "/casa", |app, work, me, case, f| {
        let hours = f.number("hours").unwrap_or(0);
        shelter::leave(&app.programme, &mut work, me.caller(), case, (f.text("how"), hours)).await
    }
}

step! {
    /// `POST /casa/{code}/pertenencias`: what the house keeps for her.
    keep, ["items", "place"], |app, work, me, case, f| {
        let body = Belongings { items: f.text("items").to_owned(), place: f.text("place").to_owned() };
        belongings::keep(&app.programme, &mut work, me.caller(), case, &body).await.map(|_| ())
    }
}

/// `POST /casa/{code}/pertenencias/{id}`: she has them back.
pub async fn give_back(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    belongings::give_back(&app.programme, &mut work, me.caller(), case, id).await?;
    posted.commit(work, &format!("/casa/{code}")).await
}

/// `POST /casa/{code}/visita/{id}`: somebody comes in, or leaves.
pub async fn visit(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["step", "looked"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let (p, caller) = (&app.programme, me.caller());
    let outcome = match f.text("step") {
        "out" => visits::go(p, &mut work, caller, case, id).await,
        _ => visits::come_in(p, &mut work, caller, (case, id), f.ticked("looked")).await.map(|_| ()),
    };
    match finish(&app, &me, &posted, work, outcome, &format!("/casa/{code}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// A problem of a field that is called otherwise on this page.
fn renamed(outcome: Result<(), ProgrammeError>, from: &str, to: &'static str) -> Result<(), ProgrammeError> {
    let rename = |p: Problem| if p.field == from { Problem { field: to, ..p } } else { p };
    outcome.map_err(|e| match e {
        ProgrammeError::Invalid(list) => ProgrammeError::Invalid(list.into_iter().map(rename).collect()),
        other => other,
    })
}
