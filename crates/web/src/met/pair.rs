//! Two files side by side, what speaks for one person and against, what would change, and the decision.

use axum::extract::{Path, State};
use ceiba_linkage::Because;
use ceiba_programme::cases::File;
use ceiba_programme::people::known::Why;
use ceiba_programme::people::links::{self, Offered, Seen, Verdict};
use maud::{Markup, html};
use uuid::Uuid;

use super::{SPEAKS, how_likely, language, papers, settle};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Mood, Notice, Table, Tone, actions, button, card, form_post, heading, notice, tag, typed,
};
use crate::posted::Posted;
use crate::view::{Names, age};
use crate::{Answer, App, Failure, Place, Words};

/// `GET /posibles/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let seen = links::one(&app.programme, &mut work, me.caller(), id).await?;
    let names = Names::read(&app, work.tx()).await?;
    work.commit().await?;
    let [one, other] = seen.files.each_ref().map(|file| file.case.code.clone());
    let both = [("one", one.into()), ("other", other.into())];
    let content = html! {
        (heading(html! { (w.with("met-pair", &both)) }, html! { (w.t("met-pair-lead")) }))
        @if seen.link.state != "proposed" { (decided(&app, &me, &names, &seen)) }
        (card(&w.t("met-side"), side_by_side(&app, &me, &seen)))
        (card(&w.t("met-why"), why(&me, w, &seen)))
        @if seen.link.state == "proposed" {
            (card(&w.t("met-change"), change(w, &seen)))
            (card(&w.t("met-decide"), decision(&app, &me, &seen)))
        } @else {
            @if seen.link.state == "one" { (card(&w.t("met-offered"), offered(w, &seen))) }
            (card(&w.t("met-undo"), form_post(&format!("/posibles/{id}"), &me.session.csrf, &app.once(), html! {
                p { (w.t("met-undo-text")) }
                (through(w, &seen))
                input type="hidden" name="version" value=(seen.link.version);
                (actions(&[button(&w.t("met-undo"), Tone::Quiet, "decision", "undo")]))
            })))
        }
    };
    Ok(Desk::new(&app, &me, "met-window", format!("/posibles/{id}")).area(Place::Cases).body(content))
}

/// What was decided, by whom and when.
fn decided(app: &App, me: &Me, names: &Names, seen: &Seen) -> Markup {
    let w = me.words(app);
    let key = if seen.link.state == "one" { "met-decided-one" } else { "met-decided-two" };
    notice(
        w,
        Notice::Info,
        html! {
            p { (w.t(key)) }
            @if let (Some(by), Some(at)) = (seen.link.decided_by, seen.link.decided_at) {
                p { (typed(&names.of(w, by))) " · " (w.moment(app.local(at))) }
            }
        },
    )
}

fn side_by_side(app: &App, me: &Me, seen: &Seen) -> Markup {
    let w = me.words(app);
    let [one, other] = &seen.files;
    let mut columns = vec![Column::new(w.t("met-col-fact"))];
    columns.extend(seen.files.iter().map(|file| Column::new(&file.case.code)));
    let both = |key: &str, of: &dyn Fn(&File) -> Markup| vec![html! { (w.t(key)) }, of(one), of(other)];
    let rows = vec![
        both("person-chosen-name", &|f| typed(&f.person.core.chosen_name)),
        both("met-age", &|f| html! { (age(w, &f.person.core.birth, app.today())) }),
        both("person-sex", &|f| html! { (app.code(me, "gender", &f.person.sex)) }),
        both("person-language", &|f| html! { (app.language(me, &f.person.core.language)) }),
        both("met-opened", &|f| html! { (w.moment(app.local(f.case.opened_at))) }),
        both("alert-municipality", &|f| html! { (app.code(me, "municipalities", &f.case.municipality)) }),
        both("case-site", &|f| html! { (f.case.site) }),
        both("met-told", &|f| html! { (seen.told[usize::from(f.case.id != one.case.id)]) }),
        both(
            "met-file",
            &|f| html! { a href={ "/casos/" (f.case.code) } { (w.with("met-open-file", &[("code", (&f.case.code).into())])) } },
        ),
    ];
    html! {
        (Table::new(w.t("met-side-caption"), columns).cards().rows(rows).show(w))
        p class="quiet" { (w.t("met-paper-closed")) }
    }
}

/// What speaks for one person and against, what speaks loudest first.
fn why(me: &Me, w: &Words, seen: &Seen) -> Markup {
    let (because, settle) = match &seen.link.why {
        Why::All { because, settle: about, .. } => (because, settle(w, about)),
        Why::Open { because, .. } => (because, None),
    };
    let mut told: Vec<&Because> = because.iter().filter(|because| because.tells()).collect();
    told.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let columns = vec![Column::new(w.t("met-col-seen")), Column::new(w.t("met-col-speaks"))];
    let rows = told.iter().map(|because| {
        let (mood, key) = match because.weight {
            n if n >= 3.0 => (Mood::Ok, "met-speaks-much"),
            n if n >= SPEAKS => (Mood::Ok, "met-speaks-for"),
            n if n > -SPEAKS => (Mood::Plain, "met-speaks-little"),
            n if n > -3.0 => (Mood::Care, "met-speaks-against"),
            _ => (Mood::Care, "met-speaks-much-against"),
        };
        vec![html! { (because.words(language(me.lang))) }, tag(mood, &w.t(key))]
    });
    html! {
        p { strong { (how_likely(w, &seen.link.why)) } " " (w.t("met-not-a-decision")) }
        (Table::new(w.t("met-why-caption"), columns).rows(rows).show(w))
        @if let Why::Open { papers: agree, .. } = seen.link.why
            && let Some(said) = papers(w, agree) { p { (said) } }
        @if let Some(settle) = settle { p { (settle) " " (w.t("met-settle-care")) } }
    }
}

/// What a merge would change, and what not.
fn change(w: &Words, seen: &Seen) -> Markup {
    let n = seen.told[0] + seen.told[1];
    html! {
        ul {
            li { (w.t("met-change-link")) }
            li { (w.t("met-change-rights")) }
            li { (w.t("met-change-counted")) }
            li { (w.with("met-change-told", &[("n", n.into())])) }
            li { (w.t("met-change-offered")) }
            li { (w.t("met-change-back")) }
        }
        (offered(w, seen))
    }
}

/// What stands in one file and whoever works with the other should know: to be noted there by hand, after asking her.
fn offered(w: &Words, seen: &Seen) -> Markup {
    if seen.offered.iter().all(Offered::is_empty) {
        return html! { p { (w.t("met-offered-none")) } };
    }
    let files = seen.files.iter().zip(&seen.offered).filter(|(_, offered)| !offered.is_empty());
    html! {
        p { (w.t("met-offered-text")) }
        @for (file, offered) in files {
            h3 { (w.with("met-offered-of", &[("code", (&file.case.code).into())])) }
            ul {
                @for text in &offered.bedside { li { (w.t("met-offered-bedside")) ": " (typed(text)) } }
                @for (kind, name) in &offered.unsafe_people {
                    li { (w.t("met-offered-unsafe")) ": " (typed(name)) " (" (w.t(&format!("relation-{kind}"))) ")" }
                }
                @if offered.safety { li { a href={ "/casos/" (file.case.code) "/seguridad" } { (w.t("met-offered-safety")) } } }
            }
        }
    }
}

/// What else keeps the two one person, and will wait again when they are said to be two.
fn through(w: &Words, seen: &Seen) -> Markup {
    let links::Through { links, hidden } = &seen.through;
    html! {
        @if *hidden { p { (w.t("met-through-hidden")) } }
        @else if !links.is_empty() {
            p { (w.t("met-through")) }
            ul { @for (id, [one, other]) in links {
                li { a href={ "/posibles/" (id) } { (one) " · " (other) } input type="hidden" name="also" value=(id); }
            } }
        }
    }
}

fn decision(app: &App, me: &Me, seen: &Seen) -> Markup {
    let w = me.words(app);
    form_post(
        &format!("/posibles/{}", seen.link.id),
        &me.session.csrf,
        &app.once(),
        html! {
            p { (w.t("met-decide-text")) }
            (through(w, seen))
            input type="hidden" name="version" value=(seen.link.version);
            // None of the three stands out: the page does not decide.
            (actions(&[
                button(&w.t("met-one"), Tone::Quiet, "decision", "one"),
                button(&w.t("met-two"), Tone::Quiet, "decision", "two"),
                button(&w.t("met-later"), Tone::Quiet, "decision", "later"),
            ]))
        },
    )
}

/// `POST /posibles/{id}`: one person, two, later, or a decision taken back.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "decision", "also"])?;
    let (p, caller) = (&app.programme, me.caller());
    let seen = (id, f.number("version").unwrap_or(0));
    let also: Result<Vec<Uuid>, _> = f.list("also").iter().map(|id| id.parse()).collect();
    let also = also.map_err(|_| Failure::Tampered)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let to = match (f.text("decision"), Verdict::find(f.text("decision"))) {
        ("undo", _) => {
            links::undo(p, &mut work, caller, seen, &also).await?;
            format!("/posibles/{id}")
        }
        (_, Some(verdict)) => {
            links::decide(p, &mut work, caller, seen, verdict, &also).await?;
            if verdict == Verdict::One { format!("/posibles/{id}") } else { "/posibles".to_owned() }
        }
        // Nothing is decided by a form that says nothing.
        (_, None) => return Err(Failure::Absent),
    };
    posted.commit(work, &to).await
}
