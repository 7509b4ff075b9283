//! One who sleeps here, on one page: what must not harm her, what is due, and every step of a night in three touches.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::shelter::bedside::{self, Ended};
use ceiba_programme::shelter::belongings::Belongings;
use ceiba_programme::shelter::log::Line;
use ceiba_programme::shelter::medicine::{self, Taken};
use ceiba_programme::shelter::rules::{self, Finding};
use ceiba_programme::shelter::visits::{self, Visit, Visitor};
use ceiba_programme::shelter::{self, Resident};
use ceiba_programme::{ProgrammeError, cases};
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::{bed, doses, places, whereabouts};
use crate::cases::{on_case, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, Tone, actions, button, button_link, card, checks, error_summary,
    form_post, heading, notice, select, submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, at_home};
use crate::{Answer, App, Failure, Place};

/// What her page shows.
pub(super) struct Shown {
    pub(super) her: Resident,
    taken: Vec<Taken>,
    ended: Vec<Ended>,
    lines: Vec<Entry<Line>>,
    visitors: Vec<Entry<Visitor>>,
    visits: Vec<Entry<Visit>>,
    kept: Vec<Entry<Belongings>>,
    found: Vec<Finding>,
    pub(super) exit: Option<Entry<shelter::Exit>>,
    pub(super) beds: Vec<String>,
    /// Other houses with their free places; empty for whoever moves nobody.
    pub(super) elsewhere: Vec<(String, usize)>,
    hearings: Vec<Entry<Hearing>>,
    names: Names,
}

/// `GET /casa/{code}`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

/// Does a step on the case of a code, and goes back to her page, or shows it with what to mend and all that was typed.
pub(super) async fn step(
    app: &App,
    me: &Me,
    code: &str,
    (posted, names, to): (&Posted, &[&str], &str),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(app, me, code, Some(f), p).await;
    on_case(app, me, (code, to), (posted, names), does, mend).await
}

/// Her page, after a step that needs mending too.
pub(super) async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let shown = read(app, me, code).await?;
    let content = html! { (error_summary(w, p)) (body(app, me, &shown, (f, p))) };
    let desk = Desk::new(app, me, "resident-window", format!("/casa/{code}")).area(Place::House).code(code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

async fn read(app: &App, me: &Me, code: &str) -> Result<Shown, Failure> {
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let id = cases::by_code(work.tx(), code).await?;
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_READ, id).await?;
    let her = shelter::resident(p, work.tx(), caller, id).await?;
    let taken = medicine::of(p, work.tx(), caller, &grant, id).await?;
    let since = work.at() - doses::SINCE;
    let ended = bedside::ended(p, work.tx(), caller, &grant, (id, since)).await?;
    let social = (id, ceiba_access::Folder::Social);
    let mut lines: Vec<Entry<Line>> = entries::list(p, work.tx(), caller, &grant, social).await?;
    lines.truncate(5);
    let mut visits: Vec<Entry<Visit>> = entries::list(p, work.tx(), caller, &grant, social).await?;
    visits.retain(|v| v.head.state == "in");
    let mut kept: Vec<Entry<Belongings>> = entries::list(p, work.tx(), caller, &grant, social).await?;
    kept.retain(|k| k.head.state == "kept");
    let visitors = visits::visitors(p, work.tx(), caller, (id, Act::HOUSE_READ)).await?;
    let found = rules::standing(p, work.tx(), caller, id).await.unwrap_or_default();
    let exit = shelter::prepared(p, work.tx(), caller, (id, Act::HOUSE_READ)).await?;
    let free = shelter::free(work.tx(), shelter::of(p, caller)?).await?;
    let beds = free.into_iter().map(str::to_owned).collect();
    let elsewhere = match p.gate.would(caller, Act::HOUSE_ADMIT, &at_home()) {
        true => places::elsewhere(p, work.tx(), caller, &her.case.site).await?,
        false => Vec::new(),
    };
    let mut hearings = hearings::list(p, work.tx(), caller, &grant, id).await?;
    hearings.retain(|h| h.head.state == "set");
    let names = Names::read(app, work.tx()).await?;
    work.record("house.resident", "case", id, [0; 32]).await?;
    work.commit().await?;
    Ok(Shown {
        her,
        taken,
        ended,
        lines,
        visitors,
        visits,
        kept,
        found,
        exit,
        beds,
        elsewhere,
        hearings,
        names,
    })
}

/// She is expected somewhere: when, with whom, and what is still missing. Not why.
fn to_come(app: &App, me: &Me, h: &Entry<Hearing>) -> Markup {
    let (w, lacks) = (me.words(app), hearings::missing(&h.body));
    card(
        &w.t("resident-hearing"),
        html! {
            p { @if let Some(at) = h.head.due_at { (w.moment(app.local(at))) } @if !h.body.company.is_empty() { " · " (w.t("hearing-company")) ": " (typed(&h.body.company)) } }
            @if !lacks.is_empty() { p { (w.t("hearing-missing")) ": " (lacks.iter().map(|m| w.t(&format!("hearing-missing-{m}"))).collect::<Vec<_>>().join(", ")) } }
        },
    )
}

fn body(app: &App, me: &Me, s: &Shown, typed_now: (Option<&Fields>, &Problems)) -> Markup {
    let (w, r) = (me.words(app), &s.her);
    let may = |act| app.programme.gate.would(me.caller(), act, &at_home());
    let to = |step: &str| format!("/casa/{}/{step}", r.case.code);
    let post = |step: &str, inside: Markup| form_post(&to(step), &me.session.csrf, &app.once(), inside);
    html! {
        (heading(html! { (typed(&r.person.core.chosen_name)) @for c in &r.companions { " + " (typed(&c.body.name)) } }, html! {
            (bed(w, &r.bed)) " · " (r.case.code) " · " (whereabouts(app, me, r))
        }))
        @if r.missing { (notice(w, Notice::Warning, html! { p { (w.t("now-missing")) " " a href=(to("no-esta")) { (w.t("now-missing-steps")) } } })) }
        (card(&w.t("resident-first"), html! {
            @for b in &r.bedside { (doses::noted(app, me, &s.names, b)) }
            @if r.bedside.is_empty() { p { (w.t("house-bedside-none")) } }
            @if let Some(safety) = &r.safety {
                @if !safety.body.keep_away.is_empty() { p { strong { (w.t("house-door")) } } (typed_block(&safety.body.keep_away)) }
                @if !safety.body.now.is_empty() { p { strong { (w.t("safety-now")) } } (typed_block(&safety.body.now)) }
            }
            @for c in &r.companions { p { (typed(&c.body.name)) " · " (typed(&c.body.age)) } }
            @for f in &s.found { p { (w.t(&format!("rule-{}", f.rule))) " " (w.t(&format!("rule-{}-do", f.rule))) } }
            @if let Some((at, how)) = &r.seen { p class="quiet" { (w.t("resident-seen")) " " (w.near_moment(app.local(*at), app.now())) " (" (w.t(&format!("seen-{how}"))) ")" } }
        }))
        @for h in s.hearings.iter().rev() { (to_come(app, me, h)) }
        @if may(Act::HOUSE_LOG) {
            (doses::card_of(app, me, (&r.case.code, &s.names), (&s.taken, &s.ended), typed_now))
            (card(&w.t("resident-now"), html! {
                (post("bitacora", html! {
                    (text_area(w, &Field::new("line", w.t("log-line")).hint(w.t("log-line-hint")).rows(2).value(typed_in(typed_now.0, "line")).error(typed_now.1.of("line"))))
                    (actions(&[submit(&w.t("log-send"))]))
                }))
                @for l in &s.lines { div { p class="quiet" { (w.near_moment(app.local(l.head.created_at), app.now())) " · " (s.names.of(w, l.head.author)) } (typed_block(&l.body.text)) } }
            }))
            (going(app, me, s, typed_now, &post))
            (visitors(app, me, s, typed_now, &post))
            (kept(app, me, s, typed_now, &post))
            p { (button_link(&w.t("reach-title"), &to("contacto"), Tone::Quiet)) " " (button_link(&w.t("missing-link"), &to("no-esta"), Tone::Danger)) }
        }
        @if may(Act::HOUSE_ADMIT) { (places::cards(app, me, s, typed_now, &post)) }
        @if may(Act::HOUSE_OVERRIDE) { p { (button_link(&w.t("apart-link"), &to("aparte"), Tone::Quiet)) " " (button_link(&w.t("resident-file"), &format!("/casos/{}", r.case.code), Tone::Quiet)) } }
    }
}

pub(super) type Post<'a> = &'a dyn Fn(&str, Markup) -> Markup;

/// She goes out, or is back.
fn going(app: &App, me: &Me, s: &Shown, (f, p): (Option<&Fields>, &Problems), post: Post<'_>) -> Markup {
    let w = me.words(app);
    let hours = [60, 120, 240, 480, 1440]
        .map(|m| Choice::new(m.to_string(), w.with("out-hours", &[("n", (m / 60).into())])));
    html! {
        @if s.her.out.is_some() {
            (card(&w.t("back-title"), html! { (post("vuelve", actions(&[submit(&w.t("back-send"))]))) }))
        } @else {
            details class="why" open[p.of("reason").is_some() || p.of("minutes").is_some()] {
                summary { (w.t("out-title")) }
                (post("fuera", html! {
                    (select(w, &Field::new("reason", w.t("out-reason")).value(typed_in(f, "reason")).error(p.of("reason")), &app.choices(me.lang, "outing_reasons")))
                    (select(w, &Field::new("minutes", w.t("out-until")).value(typed_in(f, "minutes")).error(p.of("minutes")), &hours))
                    (text_field(w, &Field::new("with", w.t("out-with")).value(typed_in(f, "with")).error(p.of("with")), Kind::Text))
                    (actions(&[submit(&w.t("out-send"))]))
                }))
            }
        }
    }
}

/// Who may visit her today, who is in; outside the hours of visit, why all the same.
fn visitors(app: &App, me: &Me, s: &Shown, (f, p): (Option<&Fields>, &Problems), post: Post<'_>) -> Markup {
    let w = me.words(app);
    let house = shelter::of(&app.programme, me.caller()).ok().map(|(_, house)| house);
    let closed = house.filter(|h| !visits::open_now(&app.programme, h));
    let mends = p.of("visitor").is_some() || p.of("outside").is_some();
    // What was typed belongs to the visitor at whose form it was typed.
    let his = |id: Uuid| typed_in(f, "visitor") == id.to_string();
    let inside = |id: Uuid| s.visits.iter().find(|v| v.head.other == Some(id));
    html! {
        // Whoever is in the house now is on the page, not behind a fold.
        details class="why" open[!s.visits.is_empty() || mends] {
            summary { (w.t("visits-today")) }
            @if s.visitors.is_empty() { p { (w.t("visits-nobody")) } }
            @else if let Some(house) = closed { p { (w.t("visit-closed")) " " (super::hours::said(app, me, house)) } }
            @for v in &s.visitors {
                section {
                    p { strong { (typed(&v.body.name)) } " · " (app.code(me, "visitor_relations", v.head.code.as_deref().unwrap_or_default()))
                        @if !v.body.conditions.is_empty() { " · " (typed(&v.body.conditions)) } }
                    @match inside(v.head.id) {
                        Some(visit) => (post(&format!("visita/{}", visit.head.id), actions(&[button(&w.t("visit-out"), Tone::Quiet, "step", "out")]))),
                        None => (post(&format!("visita/{}", v.head.id), html! {
                            @let mine = his(v.head.id);
                            input type="hidden" name="visitor" value=(v.head.id);
                            (checks(w, &Field::new("looked", w.t("visit-door")).id(format!("looked-{}", v.head.id)), &[Choice::new("yes", w.t("visit-looked"))], if mine && f.is_some_and(|f| f.ticked("looked")) { &["yes"] } else { &[] }))
                            @if closed.is_some() {
                                (text_field(w, &Field::new("outside", w.t("visit-outside")).id(if mine { "outside".to_owned() } else { format!("outside-{}", v.head.id) })
                                    .value(if mine { typed_in(f, "outside") } else { "" }).error(p.of("outside").filter(|_| mine)), Kind::Text))
                            }
                            (actions(&[button(&w.t("visit-in"), Tone::Quiet, "step", "in")]))
                        })),
                    }
                }
            }
        }
    }
}

/// What the house keeps for her.
fn kept(app: &App, me: &Me, s: &Shown, (f, p): (Option<&Fields>, &Problems), post: Post<'_>) -> Markup {
    let w = me.words(app);
    html! {
        details class="why" open[p.of("items").is_some() || p.of("place").is_some()] {
            summary { (w.with("kept-title", &[("n", s.kept.len().into())])) }
            @for k in &s.kept {
                (typed_block(&k.body.items))
                @if !k.body.place.is_empty() { p class="quiet" { (w.t("kept-place")) ": " (typed(&k.body.place)) } }
                (post(&format!("pertenencias/{}", k.head.id), actions(&[submit(&w.t("kept-back"))])))
            }
            (post("pertenencias", html! {
                (text_area(w, &Field::new("items", w.t("kept-items")).hint(w.t("kept-items-hint")).rows(2).value(typed_in(f, "items")).error(p.of("items"))))
                (text_field(w, &Field::new("place", w.t("kept-place")).value(typed_in(f, "place")).error(p.of("place")), Kind::Text))
                (actions(&[submit(&w.t("kept-send"))]))
            }))
        }
    }
}
