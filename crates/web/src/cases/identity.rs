//! The real identity: behind a reason, and an entry of the ledger each time.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::dates::Birth;
use ceiba_programme::people::{self, Identity};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::paper;
use crate::me::Me;
use crate::parts::{
    Field, Notice, Problems, actions, error_summary, facts_list, form_post, notice, radios, submit, typed,
};
use crate::posted::Posted;
use crate::view::{keyed, problems};
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/identidad`: asks for the reason.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "identidad").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::READ_IDENTITY, o.id()).await?;
    work.commit().await?;
    let content = html! {
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { (w.t("identity-text")) }))
        (form_post(&o.path("identidad"), &me.session.csrf, &app.once(), html! {
            (radios(w, &Field::new("reason", w.t("identity-reason")).error(p.of("reason")), &keyed(w, "identity-reason", &people::REASONS)))
            (actions(&[submit(&w.t("identity-open"))]))
        }))
    };
    Ok(super::with_status(frame::page(app, me, &o, "identidad", content), p))
}

/// `POST /casos/{code}/identidad`: shows it, once, on this page, with the form to change it.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["reason"])?;
    match opened(&app, &me, &code, f.text("reason")).await {
        Ok((o, identity, version)) => {
            let content = html! {
                (notice(me.words(&app), Notice::Warning, html! { (me.words(&app).t("identity-shown")) }))
                (facts(&app, &me, &o, &identity))
                (paper::form(&app, &me, &o, (&identity, version), f, None, &Problems::new(), false))
            };
            Ok(frame::page(&app, &me, &o, "identidad", content))
        }
        Err(Asked::Mend(p)) => page(&app, &me, &code, &p).await,
        Err(Asked::Failed(failure)) => Err(failure),
    }
}

/// Why the identity did not open.
pub(super) enum Asked {
    Mend(Problems),
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Asked {
    fn from(e: E) -> Self {
        Self::Failed(e.into())
    }
}

/// Opens file and identity with a reason; both reads are entries of the ledger and committed here.
pub(super) async fn opened(
    app: &App,
    me: &Me,
    code: &str,
    reason: &str,
) -> Result<(Opened, Identity, i64), Asked> {
    let mut work = app.work(me).await?;
    let (prog, caller) = (&app.programme, me.caller());
    let id = cases::by_code(work.tx(), code).await?;
    let grant = prog.may_case(work.tx(), caller, Act::READ_IDENTITY, id).await?;
    let person = cases::lookup(work.tx(), id).await?.person;
    let (identity, version) = match people::identity(prog, &mut work, caller, &grant, person, reason).await {
        Ok(found) => found,
        Err(ProgrammeError::Invalid(list)) => return Err(Asked::Mend(problems(me.words(app), &list))),
        Err(e) => return Err(e.into()),
    };
    // A lawyer may open the identity without the social record's head; both are on this page.
    let o = frame::open(app, me, &mut work, code, "identidad").await?;
    work.commit().await?;
    Ok((o, identity, version))
}

/// Her identity in lines of label and value.
pub(super) fn lines(app: &App, me: &Me, i: &Identity) -> [(String, String); 6] {
    let w = me.words(app);
    [
        (w.t("person-given"), i.given.clone()),
        (w.t("person-surnames"), i.surnames.clone()),
        (w.t("person-mother"), i.mother.clone()),
        (w.t("person-document"), i.document.clone()),
        (w.t("person-phone"), i.phone.clone()),
        (w.t("person-origin"), app.code(me, "municipalities", &i.origin).to_owned()),
    ]
}

/// The date of a birth, as far as it is known.
fn day(app: &App, w: &crate::Words, birth: &Birth) -> String {
    match birth {
        Birth::Day { day } => w.date(*day),
        Birth::Month { year, month } => format!("{month}/{year}"),
        Birth::Year { year } => year.to_string(),
        other => super::birth::told(w, other, app.today()),
    }
}

fn facts(app: &App, me: &Me, o: &Opened, identity: &Identity) -> Markup {
    let w = me.words(app);
    let lines = lines(app, me, identity);
    let born = match &o.file.person.core.birth {
        Birth::Disputed { date, age } => {
            format!("{} · {}", day(app, w, date), super::birth::told(w, age, app.today()))
        }
        birth => day(app, w, birth),
    };
    let birth = w.t("person-birth");
    let mut all: Vec<(&str, Markup)> =
        lines.iter().map(|(label, value)| (label.as_str(), typed(value))).collect();
    all.push((&birth, html! { (born) }));
    facts_list(&all)
}
