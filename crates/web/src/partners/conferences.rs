//! Case conferences of a case: those there are, and a new one, in which only what she allows can be ticked.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::consent::DATA;
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::conferences::{
    self as rules, Conference, Invited, New, Offered, POINTS, Point,
};
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Problems, actions, card, checks, date_fields, empty_state, error_summary,
    form_post, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App};

pub mod before;
pub mod decisions;
pub mod minutes;
pub mod one;

/// `GET /casos/{code}/reuniones`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "reuniones").await?;
    let (prog, caller, now) = (&app.programme, me.caller(), work.at());
    let all = rules::list(prog, work.tx(), caller, o.id()).await?;
    let offered = rules::offered(prog, work.tx(), caller, &o.file.grant, o.id(), now).await?;
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("conferences-title"), html! {
            p class="quiet" { (w.t("conferences-text")) }
            @if all.is_empty() { (empty_state(&w.t("conferences-none"), html! {})) }
            ul class="tasks" { @for c in &all { li { (line(app, me, &o, c)) } } }
            @if o.can(app, me, Act::CONFERENCE_WRITE) { (form(app, me, &o, &offered, (f, p))) }
        }))
    };
    Ok(with_status(frame::page(app, me, &o, "reuniones", content), p))
}

fn line(app: &App, me: &Me, o: &Opened, c: &Entry<Conference>) -> Markup {
    let w = me.words(app);
    html! {
        p {
            a href=(o.path(&format!("reuniones/{}", c.head.id))) {
                @if let Some(at) = c.head.due_at { (w.moment(app.local(at))) }
                " · " (app.code(me, "conference_places", c.head.code.as_deref().unwrap_or_default()))
            }
            " " (state(app, me, c))
        }
        p class="quiet" { (points(app, me, &c.body.points)) }
    }
}

/// Where it stands: what she does not want comes before anything else.
fn state(app: &App, me: &Me, c: &Entry<Conference>) -> Markup {
    let w = me.words(app);
    let objected = c.head.state == "set" && c.body.objections.iter().any(|o| o.state == "open");
    html! {
        @if objected { (tag(Mood::Care, &w.t("conference-objected"))) }
        @else {
            @let mood = match c.head.state.as_str() { "held" => Mood::Ok, _ => Mood::Plain };
            (tag(mood, &w.t(&format!("state-conference-{}", c.head.state))))
        }
    }
}

fn points(app: &App, me: &Me, all: &[Point]) -> String {
    all.iter().map(|p| app.code(me, "conference_points", &p.code).to_owned()).collect::<Vec<_>>().join(", ")
}

/// The name of an institution that was invited.
fn named(offered: &[Offered], id: Uuid) -> Markup {
    html! { @if let Some(of) = offered.iter().find(|of| of.institution.id == id) { (typed(&of.institution.name)) } }
}

fn form(app: &App, me: &Me, o: &Opened, offered: &[Offered], (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(Default::default, |f| f.day_parts("on"));
    let chosen = |name: &str| f.map(|f| f.list(name)).unwrap_or_default();
    let (invited, colleagues, share) = (chosen("institutions"), chosen("colleagues"), chosen("share"));
    let ticked = |all: &[String]| all.to_vec();
    let team: Vec<Choice> =
        o.team.iter().map(|m| Choice::new(m.account.to_string(), o.names.of(w, m.account))).collect();
    let who: Vec<Choice> = offered
        .iter()
        .map(|of| {
            let choice = Choice::new(of.institution.id.to_string(), &of.institution.name);
            if of.kinds.is_empty() { choice.hint(w.t("conference-hears-nothing")) } else { choice }
        })
        .collect();
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("conference-new")) }
            (form_post(&o.path("reuniones"), &me.session.csrf, &app.once(), html! {
                (date_fields(w, &Field::new("on", w.t("conference-day")).error(p.of("on")), &day, false))
                (text_field(w, &field("time", "clinic-time").hint(w.t("clinic-time-hint")), Kind::Text))
                (select(w, &field("place", "conference-place"), &app.choices(me.lang, "conference_places")))
                h3 { (w.t("conference-agenda")) }
                p class="quiet" { (w.t("conference-words-hint")) }
                @for n in 1..=POINTS {
                    @let (code, words) = (format!("point-{n}"), format!("words-{n}"));
                    @let at = w.with("conference-point", &[("n", n.into())]);
                    @let about = w.with("conference-about", &[("n", n.into())]);
                    (select(w, &Field::new(&code, at).value(typed_in(f, &code)).error(p.of(&code)), &app.choices(me.lang, "conference_points")))
                    (text_field(w, &Field::new(&words, about).value(typed_in(f, &words)).error(p.of(&words)), Kind::Text))
                }
                (checks(w, &Field::new("colleagues", w.t("conference-colleagues")).error(p.of("colleagues")), &team, &borrowed(&ticked(&colleagues))))
                (checks(w, &Field::new("institutions", w.t("conference-institutions")).error(p.of("institutions")), &who, &borrowed(&ticked(&invited))))
                h3 { (w.t("conference-share")) }
                p class="quiet" { (w.t("conference-share-text")) }
                @for (n, of) in offered.iter().filter(|of| !of.kinds.is_empty()).enumerate() {
                    @let error = p.of("share").filter(|_| n == 0);
                    (checks(w, &Field::new("share", &of.institution.name).error(error).id(format!("share-{n}")), &kinds(app, me, of), &borrowed(&share)))
                }
                (actions(&[submit(&w.t("conference-prepare"))]))
            }))
        }
    }
}

fn borrowed(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// What an institution may hear: what she did not allow cannot be ticked, and says why.
fn kinds(app: &App, me: &Me, of: &Offered) -> Vec<Choice> {
    let w = me.words(app);
    DATA.iter()
        .map(|kind| {
            let choice = Choice::new(format!("{}:{kind}", of.institution.id), w.t(&format!("data-{kind}")));
            if of.kinds.iter().any(|k| k == kind) { choice } else { choice.off(w.t("packet-off-consent")) }
        })
        .collect()
}

fn read(f: &Fields) -> Conference {
    let share: Vec<(Uuid, String)> = f
        .list("share")
        .iter()
        .filter_map(|both| both.split_once(':'))
        .filter_map(|(id, kind)| Some((id.parse().ok()?, kind.to_owned())))
        .collect();
    let ticked = f.list("institutions");
    let mut invited: Vec<Uuid> = ticked.iter().filter_map(|id| id.parse().ok()).collect();
    invited.extend(share.iter().map(|(id, _)| *id));
    invited.sort();
    invited.dedup();
    let of = |id: Uuid| share.iter().filter(|(to, _)| *to == id).map(|(_, kind)| kind.clone()).collect();
    let points = (1..=POINTS)
        .map(|n| Point {
            code: f.text(&format!("point-{n}")).to_owned(),
            words: f.text(&format!("words-{n}")).trim().to_owned(),
        })
        .filter(|p| !p.code.is_empty() || !p.words.is_empty())
        .collect();
    Conference {
        points,
        invited: invited.into_iter().map(|id| Invited { institution: id, shares: of(id) }).collect(),
        colleagues: f.list("colleagues").iter().filter_map(|id| id.parse().ok()).collect(),
        ..Conference::default()
    }
}

const NAMES: [&str; 14] = [
    "on",
    "time",
    "place",
    "point-1",
    "words-1",
    "point-2",
    "words-2",
    "point-3",
    "words-3",
    "point-4",
    "words-4",
    "colleagues",
    "institutions",
    "share",
];

/// `POST /casos/{code}/reuniones`: a conference is prepared.
pub async fn prepare(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/reuniones")),
        (&posted, &NAMES),
        async |work, case, f| {
            let day = f.day("on");
            let new = New { when: (&day, f.text("time")), place: f.text("place"), conference: read(f) };
            rules::prepare(&app.programme, work, me.caller(), case, &new).await.map(|_| ())
        },
        mend,
    )
    .await
}
