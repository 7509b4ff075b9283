//! The letter of a search as a file: in the organisation's own Word template, or as PDF: what helps to find her, not why she lives here, and not where.

use axum::extract::{Path, State};
use ceiba_programme::cases;
use ceiba_programme::shelter::letters;
use uuid::Uuid;

use crate::me::Me;
use crate::papers::{file, filled};
use crate::view::age;
use crate::{Answer, App};

/// `GET /casa/{code}/no-esta/carta/{id}/{format}/{language}`: only of a letter that was written, and so stands on her list.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((code, to, format, language)): Path<(String, Uuid, String, String)>,
) -> Answer {
    let me = filled::speaking(&me, &language)?;
    let (w, p) = (me.words(&app), &app.programme);
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let letter = letters::read(p, work.tx(), me.caller(), (case, to)).await?;
    let (core, search) = (&letter.person.core, &letter.search);
    let written = w.moment(app.local(letter.at));
    let released = format!("{} {} · {written}", w.t("letter-foot"), letter.to.name);
    let values = filled::frame(&app, &me, &code, (&letter.to.name, &me.session.name, &released))
        .text("pedido", w.t("search-asks"))
        .text("nombre", &core.chosen_name)
        .text("edad", age(w, &core.birth, app.today()))
        .text("sexo", app.code(&me, "gender", &letter.person.sex))
        .text("desde", w.moment(app.local(search.head.created_at)))
        .text("vista", &search.body.last_seen)
        .text("ropa", &search.body.wore)
        .text("proteccion", format!("{}\n{}", w.t("search-protect"), w.t("search-no-press")));
    let which = ("search", language.as_str());
    let bytes = filled::made(&app, &mut work, (&format, which), ("house.letter-file", case), &values).await?;
    work.commit().await?;
    let word = w.t(&format!("template-file-{}", which.0));
    Ok(file(&format!("{code}-{word}-{}", &to.to_string()[..8]), &format, bytes))
}
