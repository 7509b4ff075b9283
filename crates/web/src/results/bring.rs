//! Earlier records: a look first, then all of them or none.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::results::brought::{self, Looked};
use ceiba_programme::results::quarter;
use ceiba_programme::results::sheet::{self, Fault};
use maud::{Markup, html};

use super::day;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Notice, Problems, Table, Tone, actions, button_link, card, error_summary, file_field,
    form_files, form_post, heading, notice, submit, typed,
};
use crate::posted::Posted;
use crate::posted::upload::Upload;
use crate::view::Names;
use crate::{Answer, App, Failure, Place};

/// Bytes of what is carried from the look to the yes.
const CARRIED: usize = 180 * 1024;
/// Wrong rows on a page.
const MOST: usize = 60;

/// The file of a form that brings one.
pub(super) fn file_of(upload: &Upload) -> Result<Vec<u8>, Failure> {
    upload.posted.only(&["file"])?;
    let sent = upload.file("file")?;
    // One that is too large was cut: no row of it is read.
    Ok(sent.filter(|s| !s.large).map(|s| s.bytes.clone()).unwrap_or_default())
}

/// What must be mended, row by row.
pub(super) fn faults(app: &App, me: &Me, list: &[Fault]) -> Markup {
    let w = me.words(app);
    let columns = vec![
        Column::new(w.t("bring-row")),
        Column::new(w.t("result-fault-column")),
        Column::new(w.t("result-fault-what")),
    ];
    let rows = list.iter().take(MOST).map(|f| {
        vec![
            html! { @if f.row == 0 { (w.t("result-fault-file")) } @else { (w.t("bring-row")) " " (f.row) } },
            html! { (typed(&f.column)) },
            html! { (w.t(f.key)) },
        ]
    });
    html! {
        (Table::new(w.t("result-faults-caption"), columns).cards().rows(rows).show(w))
        @if list.len() > MOST { p class="quiet" { (w.with("result-faults-more", &[("n", (list.len() - MOST).into())])) } }
    }
}

/// `GET /resultados/{grant}/traer`.
pub async fn show(State(app): State<App>, me: Me, Path(grant): Path<String>) -> Answer {
    blank(&app, &me, &grant, html! {}, &Problems::new()).await
}

async fn blank(app: &App, me: &Me, grant: &str, more: Markup, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::RESULTS_WRITE)?;
    let framework = quarter::grant(&app.programme, grant)?;
    let mut tx = app.programme.store.db.read().await?;
    let before = brought::list(&app.programme, &mut tx, me.caller(), grant).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let here = format!("/resultados/{grant}/traer");
    let content = html! {
        (heading(html! { (w.t("result-bring")) }, html! { (framework.name.of(me.lang.code())) }))
        (error_summary(w, p))
        (more)
        p { (w.t("result-bring-text")) }
        (notice(w, Notice::Warning, html! { p { (w.t("result-bring-names")) } }))
        (form_files(&here, &me.session.csrf, &app.once(), html! {
            (file_field(w, &Field::new("file", w.t("result-bring-file")).hint(w.t("result-bring-hint")).error(p.of("file")), ".csv,.xlsx"))
            (actions(&[submit(&w.t("bring-look"))]))
        }))
        (card(&w.t("result-bring-form"), html! {
            p { (w.t("result-bring-columns")) }
            pre class="break" { "kind,day,code,outcome,site,municipality,sex,age_band,subject,minutes,amount,institution" }
            details { summary { (w.t("result-bring-kinds")) } p { @for k in brought::kinds() { code { (k) } " " } } }
        }))
        @if !before.is_empty() { (card(&w.t("result-bring-before"), html! { ul { @for b in &before {
            li { (w.with("result-bring-line", &[("n", b.lines.into()), ("who", names.of(w, b.account).into()), ("day", w.date(app.local(b.at).date()).into())])) }
        } } })) }
        p { (button_link(&w.t("result-back"), "/resultados", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "result-window", here.clone()).area(Place::Results);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /resultados/{grant}/traer`: what would be brought. Nothing is written.
pub async fn look(State(app): State<App>, me: Me, Path(grant): Path<String>, upload: Upload) -> Answer {
    let w = me.words(&app);
    let bytes = file_of(&upload)?;
    let refuse = |text: String| {
        let mut p = Problems::new();
        p.add("file", text);
        p
    };
    match brought::look(&app.programme, me.caller(), &grant, &bytes)? {
        Err(list) => {
            let p = refuse(w.with("result-faults", &[("n", list.len().into())]));
            blank(&app, &me, &grant, faults(&app, &me, &list), &p).await
        }
        Ok(looked) => match sheet::as_csv(&bytes).filter(|rows| rows.len() <= CARRIED) {
            Some(rows) => Ok(yes_page(&app, &me, &grant, &looked, &rows)),
            None => blank(&app, &me, &grant, html! {}, &refuse(w.t("problem-brought-large"))).await,
        },
    }
}

fn yes_page(app: &App, me: &Me, grant: &str, looked: &Looked, csv: &str) -> axum::response::Response {
    let w = me.words(app);
    let here = format!("/resultados/{grant}/traer");
    let columns = vec![
        Column::new(w.t("result-bring-kind")),
        Column::number(w.t("result-bring-lines")),
        Column::number(w.t("result-bring-people")),
    ];
    let rows = looked
        .kinds
        .iter()
        .map(|(k, (n, people))| vec![html! { code { (k) } }, html! { (n) }, html! { (people) }]);
    let span = [
        ("n", looked.facts.len().into()),
        ("from", day(w, &looked.days.0).into()),
        ("to", day(w, &looked.days.1).into()),
    ];
    let content = html! {
        (heading(html! { (w.t("result-bring-look")) }, html! { (w.with("result-bring-span", &span)) }))
        (Table::new(w.t("result-bring-look"), columns).rows(rows).show(w))
        (notice(w, Notice::Info, html! { p { (w.t("result-bring-all")) } }))
        (form_post(&format!("{here}/si"), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="rows" value=(csv);
            (actions(&[submit(&w.t("result-bring-yes"))]))
        }))
        p { (button_link(&w.t("bring-other"), &here, Tone::Quiet)) }
    };
    Desk::new(app, me, "result-window", here.clone()).area(Place::Results).body(content)
}

/// `POST /resultados/{grant}/traer/si`.
pub async fn yes(State(app): State<App>, me: Me, Path(grant): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["rows"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    brought::bring(&app.programme, &mut work, me.caller(), &grant, f.text("rows").as_bytes()).await?;
    posted.commit(work, &format!("/resultados/{grant}/traer")).await
}
