//! «Mis horas»: what I did this week, by service. Nobody who was served appears here.

use axum::extract::{Query, State};
use ceiba_programme::care::effort::{self, Noted};
use jiff::civil::{Date, Weekday};
use maud::html;
use serde::Deserialize;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, DateParts, Field, Kind, Problems, Table, actions, card, date_fields, error_summary,
    form_post, heading, select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place, Words};

/// A day of the week to look at.
#[derive(Deserialize, Default)]
pub struct At {
    #[serde(default)]
    dia: String,
}

/// `GET /horas`.
pub async fn show(State(app): State<App>, me: Me, Query(at): Query<At>) -> Answer {
    let day = at.dia.parse().unwrap_or_else(|_| app.today());
    page(&app, &me, day, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, day: Date, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let programme = &app.programme;
    let since = i64::from(day.weekday().since(Weekday::Monday));
    let monday = day.saturating_sub(jiff::Span::new().days(since));
    let sunday = monday.saturating_add(jiff::Span::new().days(6));
    let mut tx = programme.store.db.read().await?;
    let span = (&*monday.to_string(), &*sunday.to_string());
    let week = effort::mine(programme, &mut tx, me.caller(), span).await?;
    drop(tx);
    let columns = vec![
        Column::new(w.t("note-day")),
        Column::new(w.t("care-service")),
        Column::new(w.t("case-site")),
        Column::number(w.t("care-hours")),
    ];
    let table = Table::new(w.t("care-hours-caption"), columns).cards().rows(week.iter().map(|n| {
        vec![
            html! { (iso_day(w, Some(&n.day))) },
            html! { (app.code(me, "service_types", &n.service)) },
            html! { (n.site.as_deref().unwrap_or("–")) },
            html! { (hours(w, n.minutes)) },
        ]
    }));
    let sum: i64 = week.iter().map(|n| n.minutes).sum();
    let sites: Vec<Choice> = programme.pack.sites.iter().map(|s| Choice::new(&s.code, &s.code)).collect();
    let own = me.caller().site.clone().unwrap_or_default();
    let site = f.map_or(own.as_str(), |f| f.text("site"));
    let on = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let link = |days: i64| format!("/horas?dia={}", monday.saturating_add(jiff::Span::new().days(days)));
    let content = html! {
        (heading(html! { (w.t("care-hours-title")) }, html! { (w.date(monday)) " – " (w.date(sunday)) " · " (hours(w, sum)) }))
        (error_summary(w, p))
        @if week.is_empty() { p { (w.t("care-hours-none")) } } @else { (table.show(w)) }
        p { a href=(link(-7)) { (w.t("care-week-before")) } " · " a href=(link(7)) { (w.t("care-week-after")) } }
        (card(&w.t("care-hours-new"), form_post("/horas", &me.session.csrf, &app.once(), html! {
            (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &on, false))
            (select(w, &field("service", "care-service"), &app.choices(me.lang, "service_types")))
            (text_field(w, &field("minutes", "care-hours").hint(w.t("care-hours-hint")), Kind::Text))
            (select(w, &Field::new("site", w.t("case-site")).value(site).error(p.of("site")), &sites))
            (actions(&[submit(&w.t("save"))]))
        })))
    };
    let desk = Desk::new(app, me, "care-hours-window", "/horas").area(Place::Today);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn hours(w: &Words, minutes: i64) -> String {
    let text = format!("{}:{:02}", minutes / 60, minutes % 60);
    w.with("care-hours-of", &[("hours", text.into())])
}

/// Reads «1:30», «1.5» or «1,5» as minutes; −1 when it is neither.
fn minutes(text: &str) -> i64 {
    let read = || {
        if let Some((h, m)) = text.split_once(':') {
            let m: i64 = m.parse().ok().filter(|m| (0..60).contains(m))?;
            return h.parse::<i64>().ok()?.checked_mul(60)?.checked_add(m);
        }
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let part = match rest {
            "0" | "00" => 0,
            "25" => 15,
            "5" | "50" => 30,
            "75" => 45,
            _ => return None,
        };
        whole.parse::<i64>().ok()?.checked_mul(60)?.checked_add(part)
    };
    read().filter(|m| *m >= 0).unwrap_or(-1)
}

/// `POST /horas`: what is written for a day and a service replaces what stood there.
pub async fn note(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["on", "service", "minutes", "site"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let new = Noted {
        day: f.day("on"),
        service: f.text("service").to_owned(),
        site: Some(f.text("site").to_owned()).filter(|s| !s.is_empty()),
        minutes: minutes(f.text("minutes")),
    };
    let day = new.day.parse().unwrap_or_else(|_| app.today());
    let done = effort::note(&app.programme, &mut work, me.caller(), &new).await;
    match finish(&app, &me, &posted, work, done, &format!("/horas?dia={day}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, day, Some(f), &p).await,
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn hours_are_read_as_people_type_them() {
        for (text, n) in
            [("1:30", 90), ("1.5", 90), ("1,5", 90), ("0.25", 15), ("2", 120), ("0", 0), ("1:10", 70)]
        {
            assert_eq!(minutes(text), n, "{text}");
        }
        for text in ["", "una", "1.3", "-1", "1:75", "1:", ":30", "1.5.5", "99999999999999999999"] {
            assert_eq!(minutes(text), -1, "{text}");
        }
    }
}
