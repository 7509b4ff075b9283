//! «No está»: what to do now and by when, what was done, and her return. A sheet to print for whoever looks for her.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::shelter::letters;
use ceiba_programme::shelter::missing::{self, ENDS, Missing};
use ceiba_programme::shelter::transfer;
use ceiba_programme::{cases, people};
use maud::{Markup, html};
use uuid::Uuid;

use super::letter;
use crate::cases::{on_case, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Mood, Notice, Problems, Tone, actions, button, button_link, card, error_summary, form_post,
    heading, notice, radios, submit, tag, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, at_home, keyed};
use crate::{Answer, App, Place};

/// `GET /casa/{code}/no-esta`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, problems: &Problems) -> Answer {
    let w = me.words(app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let id = cases::by_code(work.tx(), code).await?;
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_READ, id).await?;
    let case = cases::lookup(work.tx(), id).await?;
    let person = people::of(p, work.tx(), caller, &grant, case.person).await?;
    let away = transfer::on_way(work.tx(), id).await?;
    let search = missing::now(p, work.tx(), caller, id).await?;
    let pattern = match p.gate.would(caller, Act::HOUSE_OVERRIDE, &at_home()) {
        true => Some(missing::pattern(p, work.tx(), caller, id).await?),
        false => None,
    };
    let mut with = Vec::new();
    for (other, n) in pattern.iter().flat_map(|(_, with)| with) {
        with.push((cases::lookup(work.tx(), *other).await?.code, *n));
    }
    let to = letters::to_whom(p, work.tx()).await?;
    let names = Names::read(app, work.tx()).await?;
    work.record("house.missing", "case", id, [0; 32]).await?;
    work.commit().await?;
    let writes = p.gate.would(caller, Act::HOUSE_LOG, &at_home());
    let area = |name: &str, key: &str| {
        Field::new(name, w.t(key))
            .hint(w.t(&format!("{key}-hint")))
            .rows(2)
            .value(typed_in(f, name))
            .error(problems.of(name))
    };
    let content = html! {
        (heading(html! { (w.t("missing-title")) " " (typed(&person.core.chosen_name)) }, html! { (case.code) " · " (w.t("missing-no-blame")) }))
        (error_summary(w, problems))
        @if let Some((times, _)) = &pattern {
            @if *times > 1 { (notice(w, Notice::Info, html! { p { (w.with("missing-times", &[("n", (*times).into())])) } })) }
            @if !with.is_empty() { (notice(w, Notice::Warning, html! {
                p { (w.t("missing-with")) " " @for (n, (code, times)) in with.iter().enumerate() { @if n > 0 { ", " } (code) " (" (times) ")" } }
                p { (w.t("missing-with-do")) }
            })) }
        }
        @match &search {
            Some(s) => {
                (under_way(app, me, code, (s, &names), writes, &area))
                @if writes && !to.is_empty() { (letter::choose(app, me, code, &to)) }
            }
            None => {
                p { (w.t("missing-before")) }
                @if writes {
                    (form_post(&format!("/casa/{code}/no-esta"), &me.session.csrf, &app.once(), html! {
                        (text_area(w, &area("last_seen", "missing-last")))
                        (text_area(w, &area("wore", "missing-wore")))
                        (actions(&[submit(&w.t("missing-start"))]))
                    }))
                }
            }
        }
        p { (button_link(&w.t("back"), &if away { "/casa".to_owned() } else { format!("/casa/{code}") }, Tone::Quiet)) }
    };
    let desk =
        Desk::new(app, me, "missing-window", format!("/casa/{code}/no-esta")).area(Place::House).code(code);
    Ok(if problems.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn under_way(
    app: &App,
    me: &Me,
    code: &str,
    (s, names): (&Entry<Missing>, &Names),
    writes: bool,
    area: &dyn Fn(&str, &str) -> Field,
) -> Markup {
    let w = me.words(app);
    let id = s.head.id;
    html! {
        p { (w.t("missing-since")) " " strong { (w.moment(app.local(s.head.created_at))) } }
        @if !s.body.last_seen.is_empty() { (card(&w.t("missing-last"), typed_block(&s.body.last_seen))) }
        @if !s.body.wore.is_empty() { (card(&w.t("missing-wore"), typed_block(&s.body.wore))) }
        ol {
            @for step in missing::steps(&app.programme, s) {
                li {
                    p { strong { (w.t(&format!("missing-step-{}", step.step.code))) } }
                    p class="quiet" {
                        @if let Some((at, who)) = step.done { (tag(Mood::Ok, &w.t("missing-done"))) " " (w.near_moment(app.local(at), app.now())) " · " (names.of(w, who)) }
                        @else { (w.t("missing-by")) " " (w.near_moment(app.local(step.due), app.now())) }
                        @if step.step.status != "verified" { " · " (w.t("missing-unverified")) }
                    }
                    @if writes && step.done.is_none() {
                        (form_post(&format!("/casa/{code}/no-esta/{id}"), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="version" value=(s.head.version);
                            (actions(&[button(&w.t("missing-done-send"), Tone::Quiet, "step", &step.step.code)]))
                        }))
                    }
                }
            }
        }
        @if writes {
            (card(&w.t("missing-end-title"), form_post(&format!("/casa/{code}/no-esta/{id}/fin"), &me.session.csrf, &app.once(), html! {
                (radios(w, &Field::new("how", w.t("missing-end")), &keyed(w, "missing-end", &ENDS)))
                (text_area(w, &area("her_words", "missing-words")))
                (actions(&[submit(&w.t("missing-end-send"))]))
            })))
        }
    }
}

/// `POST /casa/{code}/no-esta`: the search begins.
pub async fn start(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casa/{code}/no-esta")),
        (&posted, &["last_seen", "wore"]),
        async |work, case, f| {
            let words = (f.text("last_seen"), f.text("wore"));
            missing::start(&app.programme, work, me.caller(), case, words).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casa/{code}/no-esta/{id}`: a step was done.
pub async fn step(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["step", "version"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let which = (case, id, f.number("version").unwrap_or(0));
    missing::step(&app.programme, &mut work, me.caller(), which, f.text("step")).await?;
    posted.commit(work, &format!("/casa/{code}/no-esta")).await
}

/// `POST /casa/{code}/no-esta/{id}/fin`: how it ended.
pub async fn end(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casa/{code}")),
        (&posted, &["how", "her_words"]),
        async |work, case, f| {
            let how = (f.text("how"), f.text("her_words"));
            missing::end(&app.programme, work, me.caller(), (case, id), how).await.map(|_| ())
        },
        mend,
    )
    .await
}
