//! The files: each is a download under a name of its own, and a line in the ledger with its hash.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ceiba_programme::outputs::{activity, pages};
use ceiba_programme::results::frozen::Frozen;
use ceiba_programme::{ProgrammeError, papers};
use maud::html;

use super::{book, frozen, here, page, report, sheet, tables};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, actions, button_link, heading, notice};
use crate::results::labels::Labels;
use crate::{Answer, App, Failure, Lang, Place};

/// A language of a path, and nothing else.
fn language(code: &str) -> Result<Lang, Failure> {
    Lang::from_code(code).filter(|l| l.code() == code).ok_or(Failure::Absent)
}

/// A file: always a download, never shown in the page's own origin.
fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let policy = crate::headers::SANDBOX.to_owned();
    (
        [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, disposition),
            (CONTENT_SECURITY_POLICY, policy),
        ],
        bytes,
    )
        .into_response()
}

/// Notes that a file was made, and gives it.
async fn leaves(app: &App, me: &Me, (name, kind): (&str, &'static str), bytes: Vec<u8>) -> Answer {
    let mut work = app.work(me).await?;
    pages::made(&app.programme, &mut work, me.caller(), &bytes).await?;
    work.commit().await?;
    Ok(download(name, kind, bytes))
}

/// What a file of a report is called: grant, period and version, so that two of them do not mix on somebody's desk.
fn named(report: &Frozen, what: &str) -> String {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    format!("{}-{}-v{}-{what}", plain(&report.grant.code), plain(&report.period.code), report.version)
}

/// `GET …/entregas/ficha/pdf/{language}`.
pub async fn sheet_pdf(
    State(app): State<App>,
    me: Me,
    Path((grant, period, code)): Path<(String, String, String)>,
) -> Answer {
    let lang = language(&code)?;
    let (report, _) = frozen(&app, &me, (&grant, &period)).await?;
    let bytes = page::pdf(&sheet(&app, &me, &report).await?, lang)?;
    leaves(&app, &me, (&named(&report, &format!("ficha-{code}.pdf")), "application/pdf"), bytes).await
}

/// `GET …/entregas/ficha/{language}`: the sheet as a page, before anybody else sees it.
pub async fn sheet_page(
    State(app): State<App>,
    me: Me,
    Path((grant, period, code)): Path<(String, String, String)>,
) -> Answer {
    let lang = language(&code)?;
    let (report, _) = frozen(&app, &me, (&grant, &period)).await?;
    let path = here(&grant, &period);
    page::answer(
        &app,
        &sheet(&app, &me, &report).await?,
        lang,
        &|l| format!("{path}/ficha/{}", l.code()),
        Some(&path),
    )
}

/// `GET …/entregas/informe/{format}/{language}`: table and narrative, as PDF or in the office's own Word template.
pub async fn narrative(
    State(app): State<App>,
    me: Me,
    Path((grant, period, format, code)): Path<(String, String, String, String)>,
) -> Answer {
    let lang = language(&code)?;
    let (report, day) = frozen(&app, &me, (&grant, &period)).await?;
    let values = report::values(&app, &report, day, lang);
    let which = (report::KIND, lang.code());
    let mut work = app.work(&me).await?;
    let bytes = match format.as_str() {
        "word" => papers::filled(&app.programme, work.tx(), which, &values).await?,
        "pdf" => crate::papers::plain_pdf(&app, which, &values)?,
        _ => return Err(Failure::Absent),
    };
    pages::made(&app.programme, &mut work, me.caller(), &bytes).await?;
    work.commit().await?;
    Ok(crate::papers::file(&named(&report, &format!("informe-{code}")), &format, bytes))
}

/// `GET …/entregas/libro/{language}`: the workbook.
pub async fn workbook(
    State(app): State<App>,
    me: Me,
    Path((grant, period, code)): Path<(String, String, String)>,
) -> Answer {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let lang = language(&code)?;
    let (report, day) = frozen(&app, &me, (&grant, &period)).await?;
    let book = book::of(&Labels::read(&app, &report, lang).await?, &report, day);
    let bytes = ceiba_exchange::sheet::write(&book).map_err(|e| {
        tracing::error!(error = %e, "a workbook could not be made");
        ProgrammeError::Unreadable("a workbook")
    })?;
    leaves(&app, &me, (&named(&report, &format!("libro-{code}.xlsx")), XLSX), bytes).await
}

/// `GET …/entregas/tablas/{file}`: a table, or its description.
pub async fn table(
    State(app): State<App>,
    me: Me,
    Path((grant, period, file)): Path<(String, String, String)>,
) -> Answer {
    let (report, _) = frozen(&app, &me, (&grant, &period)).await?;
    let name = file.strip_suffix("-metadata.json").unwrap_or(&file);
    let table = tables::of(&app, &Labels::read(&app, &report, me.lang).await?, &report, name)
        .ok_or(Failure::Absent)?;
    let broken = |_| ProgrammeError::Unreadable("a table");
    let described = name != file;
    let bytes = if described {
        ceiba_exchange::csvw::metadata(&table).map_err(broken)?
    } else {
        ceiba_exchange::csvw::csv(&table).map_err(broken)?
    };
    let kind = if described { "application/csvm+json" } else { "text/csv; charset=utf-8" };
    // The description names the file as it is here, so that both find each other in a folder.
    leaves(&app, &me, (&file, kind), bytes).await
}

/// `GET …/entregas/iati`.
pub async fn iati(State(app): State<App>, me: Me, Path((grant, period)): Path<(String, String)>) -> Answer {
    let w = me.words(&app);
    let (report, day) = frozen(&app, &me, (&grant, &period)).await?;
    match activity::file(&app.programme, &report, day)? {
        activity::Written::File(bytes) => {
            leaves(&app, &me, (&named(&report, "iati.xml"), "application/xml"), bytes).await
        }
        activity::Written::Refused(problems) => {
            let path = here(&grant, &period);
            let body = html! {
                (heading(html! { (w.t("out-iati")) }, html! {}))
                (notice(w, Notice::Warning, html! { (w.t("out-iati-refused")) }))
                ul { @for p in &problems { li { code { (p.path) } ": " (w.t(&format!("out-iati-{}", p.why.key()))) } } }
                (actions(&[button_link(&w.t("back"), &path, Tone::Quiet)]))
            };
            Ok(Desk::new(&app, &me, "out-window", path).area(Place::Data).mend().body(body))
        }
    }
}

/// `GET /ficha/{grant}/{language}`: what two people let out, for everybody. No cookie, no script.
pub async fn public_page(State(app): State<App>, Path((grant, code)): Path<(String, String)>) -> Answer {
    let lang = language(&code)?;
    let mut tx = app.programme.store.db.read().await?;
    let out = pages::public(&mut tx, &grant).await?;
    page::answer(&app, &out.content, lang, &|l| format!("/ficha/{grant}/{}", l.code()), None)
}

/// `GET /ficha/{grant}/{language}/pdf`: the same on paper.
pub async fn public_pdf(State(app): State<App>, Path((grant, code)): Path<(String, String)>) -> Answer {
    let lang = language(&code)?;
    let mut tx = app.programme.store.db.read().await?;
    let out = pages::public(&mut tx, &grant).await?;
    Ok(download(&format!("ficha-{code}.pdf"), "application/pdf", page::pdf(&out.content, lang)?))
}
