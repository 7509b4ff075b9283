//! A text message to her before a hearing.

use axum::extract::{Path, State};
use ceiba_programme::cases;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::hearings::Hearing;
use ceiba_programme::justice::reminders;
use jiff::civil::Time;
use maud::{Markup, html};
use uuid::Uuid;

use super::section::{self, Again, Part};
use crate::cases::{Done, finish};
use crate::me::Me;
use crate::parts::{DateParts, Field, Kind, actions, date_fields, form_post, submit, text_field};
use crate::posted::Posted;
use crate::{Answer, App};

/// The form: the day before, at ten, unless somebody says otherwise.
pub(super) fn form(part: &Part<'_>, h: &Entry<Hearing>) -> Markup {
    let (app, w, shown, id) =
        (part.app, part.me.words(part.app), part.form("remind", Some(h.head.id)), h.head.id);
    let Some(at) = h.head.due_at else { return html! {} };
    let before = app.local(at).date().yesterday().unwrap_or_else(|_| app.today());
    let day = shown.f.map_or_else(|| DateParts::of(before, false), |f| f.day_parts("on"));
    let time = Field::new("time", w.t("clinic-time"))
        .hint(w.t("clinic-time-hint"))
        .value(shown.value("time", "10:00"))
        .error(shown.p.of("time"))
        .id(format!("remind-time-{id}"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("remind-title")) }
            p { (w.t("remind-text")) }
            (form_post(&part.o.path(&format!("audiencias/{id}/avisarle")), &part.me.session.csrf, &app.once(), html! {
                (date_fields(w, &Field::new("on", w.t("remind-day")).error(shown.p.of("on")).id(format!("remind-on-{id}")), &day, false))
                (text_field(w, &time, Kind::Text))
                (actions(&[submit(&w.t("remind-send"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/audiencias/{id}/avisarle`: planned, or blocked with the reason on the page of her rules.
pub async fn send(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["on", "time"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let day = f.day("on").parse::<jiff::civil::Date>().ok();
    let minute = ceiba_programme::contact::hours::read(f.text("time"));
    let time = minute.and_then(|m| {
        let part = |n: u16| i8::try_from(n).ok();
        Time::new(part(m / 60)?, part(m % 60)?, 0, 0).ok()
    });
    let zone = &app.programme.pack.zone;
    let at = day.zip(time).and_then(|(day, time)| day.to_datetime(time).to_zoned_datetime(zone.clone()).ok());
    let at = at.map(|at| at.timestamp().as_microsecond());
    let done = reminders::to_her(&app.programme, &mut work, me.caller(), (case, id), at).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/contacto")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => {
            section::page(&app, &me, (&code, None), Some(&Again { form: "remind", of: Some(id), f }), &p)
                .await
        }
    }
}
