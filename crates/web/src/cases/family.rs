//! Network and family, and what the definitions say.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::found;
use ceiba_programme::cases::identification::{self, Identification};
use ceiba_programme::cases::relations::{self, Relation};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::{Done, finish, typed_in};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Mood, Problems, actions, card, checks, date_fields, error_summary, facts_list,
    form_post, radios, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// `GET /casos/{code}/red`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("", None), &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, (form, f): (&str, Option<&Fields>), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "red").await?;
    let grant = app.programme.may_case(work.tx(), me.caller(), Act::READ_SOCIAL, o.id()).await?;
    let hers = relations::list(&app.programme, work.tx(), me.caller(), &grant, o.id()).await?;
    let decisions = identification::list(&app.programme, work.tx(), me.caller(), &grant, o.id()).await?;
    let mut linked = Vec::new();
    for r in &hers {
        let code = match r.head.other {
            // A linked case shows its code only to whoever may open it.
            Some(other)
                if app.programme.may_case(work.tx(), me.caller(), Act::CASE_READ, other).await.is_ok() =>
            {
                Some(cases::lookup(work.tx(), other).await?.code)
            }
            _ => None,
        };
        linked.push(code);
    }
    let event = found::of_case(work.tx(), o.id()).await?.filter(|_| me.can(app, Act::CASE_OPEN));
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("family-title"), html! {
            @if let Some(event) = event { p { a href={ "/varias/" (event) } { (w.t("found-of")) } } }
            @if hers.is_empty() { p { (w.t("family-empty")) } }
            ul { @for (r, link) in hers.iter().zip(&linked) {
                li {
                    (w.t(&format!("relation-{}", r.head.code.as_deref().unwrap_or("other")))) ": " (typed(&r.body.name)) " "
                    (tag(match r.head.state.as_str() { "safe" => Mood::Ok, "unsafe" => Mood::Harm, _ => Mood::Plain }, &w.t(&format!("contact-{}", r.head.state))))
                    @if let Some(code) = link { " " a href={ "/casos/" (code) } { (code) } }
                    @if !r.body.remark.is_empty() { " · " (typed(&r.body.remark)) }
                }
            } }
            @if o.can(app, me, Act::WRITE_SOCIAL) { (relation_form(app, me, &o, if form == "relation" { f } else { None }, p)) }
        }))
        (card(&w.t("identification-title"), html! {
            p class="quiet" { (w.t("identification-text")) }
            @for d in &decisions { (decision(app, me, &o, d)) }
            @if o.can(app, me, Act::IDENTIFY) { (decision_form(app, me, &o, if form == "identification" { f } else { None }, p)) }
        }))
    };
    Ok(super::with_status(frame::page(app, me, &o, "red", content), p))
}

fn relation_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        details class="why" open[f.is_some()] {
            summary { (w.t("relation-new")) }
            (form_post(&o.path("red"), &me.session.csrf, &app.once(), html! {
                (select(w, &field("kind", "relation-kind"), &keyed(w, "relation", &relations::TYPES)))
                (text_field(w, &field("name", "relation-name").hint(w.t("relation-name-hint")), Kind::Text))
                (radios(w, &field("safety", "relation-safety"), &keyed(w, "contact", &relations::SAFETY)))
                (text_field(w, &field("case", "relation-case").hint(w.t("relation-case-hint")), Kind::Text))
                (text_field(w, &field("remark", "relation-remark"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn decision(app: &App, me: &Me, o: &Opened, d: &Entry<Identification>) -> Markup {
    let w = me.words(app);
    let names = |list: &str, codes: &[String]| {
        codes.iter().map(|c| app.code(me, list, c).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let says = d.body.definitions(o.file.person.core.birth.presumed_minor(app.today()));
    let yes = |b: bool| w.t(if b { "definition-met" } else { "definition-not-met" });
    html! {
        section class="card" {
            p { strong { (w.t(&format!("stage-{}", d.head.state))) } " · " (iso_day(w, d.head.on_day.as_deref())) " · " (typed(&d.body.by)) }
            (facts_list(&[
                (&w.t("identification-acts"), html! { (names("trafficking_acts", &d.body.acts)) }),
                (&w.t("identification-means"), html! { (names("means_of_control", &d.body.means)) }),
                (&w.t("identification-purposes"), html! { (names("purposes", &d.body.purposes)) }),
                (&w.t("identification-recruited"), html! { (names("departments", &d.body.recruited)) }),
                (&w.t("definition-national"), html! { (yes(says.national)) }),
                (&w.t("definition-international"), html! { (yes(says.international)) }),
                (&w.t("identification-basis"), typed(&d.body.basis)),
            ]))
        }
    }
}

fn decision_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let list = |name: &str| f.map(|f| f.list(name)).unwrap_or_default();
    let (acts, means, purposes, recruited) =
        (list("acts"), list("means"), list("purposes"), list("recruited"));
    fn refs(v: &[String]) -> Vec<&str> {
        v.iter().map(String::as_str).collect()
    }
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    html! {
        details class="why" open[f.is_some()] {
            summary { (w.t("identification-new")) }
            (form_post(&o.path("identificacion"), &me.session.csrf, &app.once(), html! {
                (radios(w, &field("stage", "identification-stage"), &keyed(w, "stage", &identification::STAGES)))
                (checks(w, &field("acts", "identification-acts"), &app.choices(me.lang, "trafficking_acts"), &refs(&acts)))
                (checks(w, &field("means", "identification-means").hint(w.t("identification-means-hint")), &app.choices(me.lang, "means_of_control"), &refs(&means)))
                (checks(w, &field("purposes", "identification-purposes"), &app.choices(me.lang, "purposes"), &refs(&purposes)))
                details class="why" open[!recruited.is_empty() || p.of("recruited").is_some()] { summary { (w.t("identification-recruited")) }
                    (checks(w, &field("recruited", "identification-recruited").hint(w.t("identification-recruited-hint")), &app.choices(me.lang, "departments"), &refs(&recruited)))
                }
                (text_field(w, &field("by", "identification-by"), Kind::Text))
                (text_field(w, &field("basis", "identification-basis"), Kind::Text))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/red`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "name", "safety", "case", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let other = match f.text("case") {
        "" => None,
        typed => Some(cases::by_code(work.tx(), typed).await?),
    };
    let relation = Relation { name: f.text("name").to_owned(), remark: f.text("remark").to_owned() };
    let done = relations::add(
        &app.programme,
        &mut work,
        me.caller(),
        id,
        (f.text("kind"), f.text("safety"), other),
        &relation,
    )
    .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/red")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("relation", Some(f)), &p).await,
    }
}

/// `POST /casos/{code}/identificacion`.
pub async fn identify(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["stage", "acts", "means", "purposes", "recruited", "by", "basis", "on"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let body = Identification {
        acts: f.list("acts"),
        means: f.list("means"),
        purposes: f.list("purposes"),
        by: f.text("by").to_owned(),
        basis: f.text("basis").to_owned(),
        recruited: f.list("recruited"),
    };
    let done = identification::decide(
        &app.programme,
        &mut work,
        me.caller(),
        id,
        (f.text("stage"), &f.day("on")),
        &body,
    )
    .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/red")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("identification", Some(f)), &p).await,
    }
}
