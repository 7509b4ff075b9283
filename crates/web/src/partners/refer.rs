//! A new referral: what is asked, and field by field what goes with it. What she did not allow cannot be ticked.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use ceiba_programme::cases::by_code;
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::partners::fields::{self, FIELDS, Off};
use ceiba_programme::partners::packets::{self, DAYS, Handed, New};
use ceiba_programme::{Outcome, ProgrammeError};
use ceiba_store::Work;
use maud::html;
use uuid::Uuid;

use super::handed;
use crate::cases::frame;
use crate::cases::{typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, actions, card, checks, error_summary, form_post, number_field, radios,
    select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::problems;
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/referencias/nueva/{institution}`.
pub async fn ask(State(app): State<App>, me: Me, Path((code, institution)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, &code, &Of::New(institution), None, &Problems::new()).await
}

/// `GET /casos/{code}/referencias/{id}/enlace`: another link for a referral that still waits.
pub async fn again(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, &code, &Of::Old(id), None, &Problems::new()).await
}

/// What the form is for.
enum Of {
    /// A new referral to an institution.
    New(Uuid),
    /// A new packet of a referral.
    Old(Uuid),
}

async fn page(app: &App, me: &Me, code: &str, of: &Of, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "referencias").await?;
    let directory = directory::list(work.tx()).await?;
    let (institution, to) = match of {
        Of::New(institution) => (*institution, o.path("referencias")),
        Of::Old(referral) => {
            let head = ceiba_programme::entries::head(work.tx(), o.id(), *referral).await?;
            (head.other.unwrap_or_default(), o.path(&format!("referencias/{referral}/enlace")))
        }
    };
    let institution: &Institution = directory.iter().find(|i| i.id == institution).ok_or(Failure::Absent)?;
    let offered = fields::offered(&app.programme, &mut work, me.caller(), (o.id(), institution.id)).await?;
    let o = o.settle(work).await?;
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let choices: Vec<Choice> = offered
        .iter()
        .map(|(field, off)| {
            let choice = Choice::new(field.code, w.t(&format!("packet-field-{}", field.code)));
            match off {
                None => choice.hint(w.t(&format!("data-{}", field.data))),
                Some(Off::NotCovered) => choice.off(w.t("packet-off-consent")),
                Some(Off::NotYours) => choice.off(w.t("packet-off-right")),
            }
        })
        .collect();
    let chosen = f.map(|f| f.list("fields")).unwrap_or_default();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let days = f.map_or_else(|| DAYS.to_string(), |f| f.text("days").to_owned());
    let way = match f.map_or("packet", |f| f.text("way")) {
        "told" => "told",
        _ => "packet",
    };
    let ways = ["packet", "told"]
        .map(|c| Choice::new(c, w.t(&format!("packet-way-{c}"))).hint(w.t(&format!("packet-way-{c}-hint"))));
    let content = html! {
        (error_summary(w, p))
        (card(&format!("{} {}", w.t("referral-to"), institution.name), form_post(&to, &me.session.csrf, &app.once(), html! {
            @if matches!(of, Of::New(_)) {
                input type="hidden" name="institution" value=(institution.id);
                (select(w, &field("service", "service-kind"), &services(app, me, institution)))
                (text_field(w, &field("need", "referral-need").hint(w.t("referral-need-hint")), Kind::Text))
            }
            (checks(w, &Field::new("fields", w.t("packet-fields")).hint(w.t("packet-fields-hint")).error(p.of("fields")), &choices, &chosen))
            @if matches!(of, Of::New(_)) { (radios(w, &Field::new("way", w.t("packet-way")).value(way), &ways)) }
            (number_field(w, &Field::new("days", w.t("packet-days")).value(&days).error(p.of("days")).hint(w.t("packet-days-hint"))))
            (actions(&[submit(&w.t("referral-send"))]))
        })))
    };
    Ok(with_status(frame::page(app, me, &o, "referencias", content), p))
}

/// What this institution offers comes first; any other service can be asked for too.
fn services(app: &App, me: &Me, institution: &Institution) -> Vec<Choice> {
    let (first, rest): (Vec<_>, Vec<_>) = app
        .programme
        .pack
        .lists
        .codes("service_types")
        .iter()
        .map(|c| c.code.clone())
        .partition(|c| institution.services.contains(c));
    let choice = |code: &String| Choice::new(code, app.code(me, "service_types", code));
    first.iter().chain(&rest).map(choice).collect()
}

/// `POST /casos/{code}/referencias`: the referral goes; with a packet, its two halves are shown once.
pub async fn send(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["institution", "service", "need", "fields", "way", "days"])?;
    let Some(institution) = f.id("institution") else { return Err(Failure::Absent) };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = by_code(work.tx(), &code).await?;
    let done = referred(&app, &me, &mut work, (case, institution), f).await;
    end(&app, &me, &headers, (&code, &Of::New(institution)), (work, &posted, f), done).await
}

async fn referred(
    app: &App,
    me: &Me,
    work: &mut Work,
    (case, institution): (Uuid, Uuid),
    f: &Fields,
) -> Outcome<Option<Handed>> {
    let chosen = f.list("fields");
    let mut data: Vec<String> = FIELDS
        .iter()
        .filter(|field| chosen.iter().any(|c| c == field.code))
        .map(|field| field.data.to_owned())
        .collect();
    data.dedup();
    let referral = Referral { need: f.text("need").to_owned(), data, declined: String::new() };
    let way = if f.text("way") == "told" { Way::Told } else { Way::Packet };
    let to = (institution, f.text("service"), way);
    let id = referrals::send(&app.programme, work, me.caller(), case, to, &referral).await?;
    if way == Way::Told {
        return Ok(None);
    }
    let new = New { fields: &chosen, days: f.number("days").unwrap_or(0) };
    packets::hand_over(&app.programme, work, me.caller(), (case, id), new).await.map(Some)
}

/// `POST /casos/{code}/referencias/{id}/enlace`: a new packet; the one before it closes.
pub async fn renew(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["fields", "days"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = by_code(work.tx(), &code).await?;
    let chosen = f.list("fields");
    let new = New { fields: &chosen, days: f.number("days").unwrap_or(0) };
    let done = packets::hand_over(&app.programme, &mut work, me.caller(), (case, id), new).await.map(Some);
    end(&app, &me, &headers, (&code, &Of::Old(id)), (work, &posted, f), done).await
}

/// Commits, and shows the halves; or the form again.
async fn end(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    (code, of): (&str, &Of),
    (mut work, posted, f): (Work, &Posted, &Fields),
    done: Outcome<Option<Handed>>,
) -> Answer {
    let to = format!("/casos/{code}/referencias");
    match done {
        Ok(None) => posted.commit(work, &to).await,
        Ok(Some(handed)) => {
            let case = by_code(work.tx(), code).await?;
            let all = packets::of_case(work.tx(), case).await?;
            let packet = all.into_iter().find(|k| k.id == handed.id).ok_or(Failure::Absent)?;
            let directory = directory::list(work.tx()).await?;
            // Sent again, the form leads to the list: the halves are shown once.
            posted.commit(work, &to).await?;
            Ok(handed::page(app, me, headers, (code, &packet), &handed, &directory))
        }
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(app, me, code, of, Some(f), &problems(me.words(app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}
