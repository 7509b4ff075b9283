//! The address for one's own calendar program: made, shown once, stopped; and the file that the program reads there.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST};
use axum::response::{IntoResponse as _, Response};
use ceiba_exchange::ical::{self, Event};
use ceiba_programme::accounts::feed::{self, Due, Own};
use ceiba_store::{DAY, MINUTE, Micros};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Notice, Table, Tone, actions, button, button_link, card, empty_state, form_post, heading, notice,
    submit,
};
use crate::posted::Posted;
use crate::{Answer, App, Failure, Lang};

const HERE: &str = "/cuenta/calendario";

/// `GET /cuenta/calendario`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let own = feed::of(&mut tx, me.account()).await?;
    let coming = match &own {
        Some(own) => feed::coming(&app.programme, &mut tx, me.caller(), own).await?,
        None => Vec::new(),
    };
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("feed-title")) }, html! { (w.t("feed-text")) }))
        @if me.caller().person.is_some() { (notice(w, Notice::Info, html! { (w.t("state-feed-hers")) })) }
        @else {
            (card(&w.t("feed-what"), html! { ul {
                li { (w.t("feed-what-times")) }
                li { (w.t("feed-what-marks")) }
                li { (w.t("feed-what-gate")) }
                li { (w.t("feed-what-end")) }
            } }))
            @match &own {
                Some(own) => { (card(&w.t("feed-is"), stands(&app, &me, own))) (marks(&app, &me, &coming)) },
                None => (card(&w.t("feed-none"), make(&app, &me, "feed-make", None))),
            }
        }
    };
    Ok(Desk::new(&app, &me, "own-window", HERE).body(content))
}

fn make(app: &App, me: &Me, key: &str, why: Option<&str>) -> Markup {
    let w = me.words(app);
    form_post(
        HERE,
        &me.session.csrf,
        &app.once(),
        html! {
            @if let Some(why) = why { p { (w.t(why)) } (actions(&[button(&w.t(key), Tone::Quiet, "go", "1")])) }
            @else { (actions(&[submit(&w.t(key))])) }
        },
    )
}

fn stands(app: &App, me: &Me, own: &Own) -> Markup {
    let w = me.words(app);
    html! {
        p { (w.t("feed-since")) " " (w.moment(app.local(own.made_at))) }
        p {
            @match own.read_at {
                Some(at) => { (w.t("feed-read")) " " (w.date(app.local(at).date())) },
                None => (w.t("feed-unread")),
            }
        }
        (form_post("/cuenta/calendario/parar", &me.session.csrf, &app.once(), actions(&[button(&w.t("feed-stop"), Tone::Primary, "go", "1")])))
        (make(app, me, "feed-again", Some("feed-again-text")))
    }
}

/// Which mark stands for which case: told in here only.
fn marks(app: &App, me: &Me, coming: &[Due]) -> Markup {
    let w = me.words(app);
    if coming.is_empty() {
        return empty_state(&w.t("feed-nothing"), html! {});
    }
    let columns = ["feed-col-when", "feed-col-what", "feed-col-case"].map(|c| Column::new(w.t(c))).into();
    let rows = coming.iter().map(|d| {
        vec![
            html! { (w.moment(app.local(d.at))) },
            html! { (w.t(&format!("feed-kind-{}", d.kind))) " " (d.mark) },
            html! { a href={ "/casos/" (d.code) } { (d.code) } },
        ]
    });
    Table::new(w.t("feed-coming"), columns).cards().rows(rows).show(w)
}

/// `POST /cuenta/calendario`: a new address, which is on this page and nowhere else. One that she had ends.
pub async fn start(State(app): State<App>, me: Me, headers: HeaderMap, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    let secret = feed::make(&app.programme, &mut work, me.caller()).await?;
    work.commit().await?;
    Ok(once(&app, &me, &headers, &secret))
}

fn once(app: &App, me: &Me, headers: &HeaderMap, secret: &str) -> Response {
    let w = me.words(app);
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let address = format!("{}://{host}/calendario/{secret}.ics", if app.tls { "https" } else { "http" });
    let content = html! {
        (heading(html! { (w.t("feed-title")) }, html! { (w.t("feed-made")) }))
        (notice(w, Notice::Warning, html! { (w.t("feed-once")) }))
        (card(&w.t("feed-address"), html! {
            p class="code" { (address) }
            p { (w.t("feed-how")) }
        }))
        p class="actions" { (button_link(&w.t("feed-done"), HERE, Tone::Primary)) }
    };
    Desk::new(app, me, "own-window", HERE).body(content)
}

/// `POST /cuenta/calendario/parar`: from now on the address is nobody's.
pub async fn stop(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    feed::stop(&mut work, me.caller()).await?;
    posted.commit(work, HERE).await
}

/// `GET /calendario/{file}`: no session and no cookie; the address is what she is known by. One that is nobody's is absent like
/// any other page.
pub async fn file(State(app): State<App>, Path(file): Path<String>) -> Answer {
    let secret = file.strip_suffix(".ics").ok_or(Failure::Absent)?;
    let p = &app.programme;
    let mut tx = p.store.db.read().await?;
    let reader = feed::find(p, &mut tx, secret).await?.ok_or(Failure::Absent)?;
    let coming = feed::given(p, &mut tx, &reader).await?;
    drop(tx);
    feed::noted(p, &reader).await?;
    let head = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"ceiba.ics\""),
        (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX),
    ];
    Ok((head, written(&app, &reader.language, &coming)).into_response())
}

/// How long something is shown to take, in minutes: nobody knows, and a calendar wants it.
const TAKES: i64 = 60;

fn written(app: &App, language: &str, coming: &[Due]) -> String {
    let w = app.words(Lang::from_code(language).unwrap_or(Lang::Es));
    let instant = |at: Micros| Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let said: Vec<String> =
        coming.iter().map(|d| format!("{} {}", w.t(&format!("feed-kind-{}", d.kind)), d.mark)).collect();
    let place = w.t("feed-place");
    let events: Vec<Event<'_>> = coming
        .iter()
        .zip(&said)
        .map(|(d, summary)| Event {
            uid: &d.uid,
            changed: instant(d.changed_at),
            starts: instant(d.at),
            minutes: TAKES,
            summary,
            place: &place,
            alarm: DAY / MINUTE,
        })
        .collect();
    ical::write(&w.t("feed-name"), &app.programme.pack.zone, &events)
}
