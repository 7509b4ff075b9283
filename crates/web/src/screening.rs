//! Screening with a form from a pack. Every question can be left out; the result is words and signs, never a
//! verdict.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use ceiba_access::{Act, Situation};
use ceiba_forms::{
    Answer as Given, Answers, ErrorKind, Evaluation, FieldError, Form, Kind as Asked, Shown, evaluate,
};
use ceiba_programme::ProgrammeError;
use ceiba_programme::cases::screening;
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateFault, DateParts, Field, Kind, Notice, Problems, Special, Tone, Why, actions, button,
    button_link, card, checks, date_fields, error_summary, form_post, heading, notice, number_field, radios,
    select, text_area, text_field,
};
use crate::posted::Posted;
use crate::{Answer, App, Failure, Place, Words};

/// `GET /deteccion/{file}/{form}`: the form, empty.
pub async fn show(State(app): State<App>, me: Me, Path((file, id)): Path<(Uuid, String)>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    may(&app, &me, &mut tx, file).await?;
    let form = screening::form(&mut tx, &id).await?;
    drop(tx);
    let context =
        screening::context(&app.programme, app.programme.store.clock.now(), form.language(me.lang.code()));
    let answers = ceiba_forms::initial_answers(&form, &context);
    let evaluation = evaluate(&form, &answers, &context);
    Ok(page(&app, &me, file, &form, &evaluation, None, &Problems::new()))
}

/// In a case only its team screens; an alert is screened by whoever may.
async fn may(app: &App, me: &Me, tx: &mut ceiba_store::Tx, file: Uuid) -> Result<(), Failure> {
    let now = app.programme.store.clock.now();
    match Situation::of(tx, me.caller(), file, now).await? {
        Some(s) => app.programme.may_on(me.caller(), Act::WRITE_SOCIAL, file, &s)?,
        None => {
            app.programme.may(me.caller(), Act::SCREENING_FILL)?;
            ceiba_programme::alerts::shown(&app.programme, tx, me.caller(), file).await?;
            app.programme.may_on(me.caller(), Act::SCREENING_FILL, file, &Situation::default())?
        }
    };
    Ok(())
}

/// `POST /deteccion/{file}/{form}`: looks again at which questions follow, or keeps it.
pub async fn send(
    State(app): State<App>,
    me: Me,
    Path((file, id)): Path<(Uuid, String)>,
    posted: Posted,
) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    may(&app, &me, work.tx(), file).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let mut pairs = posted.data();
    // The version whose questions she saw, also when another one was published meanwhile.
    let seen = pairs.remove("form_version").and_then(|v| v.into_iter().next()).unwrap_or_default();
    let form = match ceiba_programme::publishing::get(work.tx(), &id, &seen).await? {
        Some(v) if v.state != "draft" => screening::form_version(work.tx(), &id, &seen).await?,
        _ => screening::form(work.tx(), &id).await?,
    };
    let keep = pairs.remove("keep").is_some();
    pairs.remove("look");
    let typed = pairs.clone();
    if pairs.keys().any(|k| k.starts_with("meta/")) {
        return Err(Failure::Tampered);
    }
    let no_days = gather_dates(&form, &mut pairs);
    let answers = Answers::from_pairs(&pairs).map_err(|_| Failure::Tampered)?;
    let context = screening::context(&app.programme, work.at(), form.language(me.lang.code()));
    let evaluation = evaluate(&form, &answers, &context);
    // A page of ours sends none of these.
    let foreign = |e: &FieldError| {
        matches!(e.kind, ErrorKind::UnknownField | ErrorKind::ReadOnly | ErrorKind::Recalculated { .. })
    };
    if evaluation.errors.iter().any(foreign) {
        return Err(Failure::Tampered);
    }
    let mut problems = Problems::new();
    for (name, fault) in &no_days {
        problems.add(name, fault.text(w));
    }
    if !keep {
        drop(work);
        return Ok(page(&app, &me, file, &form, &evaluation, Some(&typed), &problems));
    }
    if !problems.is_empty() {
        drop(work);
        let page = page(&app, &me, file, &form, &evaluation, Some(&typed), &problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match screening::keep(&app.programme, &mut work, me.caller(), file, &form, &evaluation).await {
        Ok(entry) => posted.commit(work, &format!("/deteccion/{file}/resultado/{entry}")).await,
        Err(ProgrammeError::State("state-answers-to-mend")) => {
            drop(work);
            for error in &evaluation.errors {
                problems.add(input(&error.path), w.t("problem-answer"));
            }
            let page = page(&app, &me, file, &form, &evaluation, Some(&typed), &problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /deteccion/{file}/resultado/{entry}`: what came of it, in words.
pub async fn result(State(app): State<App>, me: Me, Path((file, entry)): Path<(Uuid, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    may(&app, &me, work.tx(), file).await?;
    let now = work.at();
    let situation = Situation::of(work.tx(), me.caller(), file, now).await?;
    let act = if situation.is_some() { Act::SCREENING_READ } else { Act::SCREENING_FILL };
    let grant = app.programme.may_on(me.caller(), act, file, &situation.unwrap_or_default())?;
    let list = screening::list(&app.programme, work.tx(), me.caller(), &grant, file).await?;
    let Some(kept) = list.into_iter().find(|s| s.head.id == entry) else { return Err(Failure::Absent) };
    let form = screening::form_version(work.tx(), &kept.body.form, &kept.body.version).await?;
    work.record("screening.read", "case", file, [0; 32]).await?;
    work.commit().await?;
    let language = form.language(me.lang.code());
    let label = |path: &String| {
        let sign = ceiba_forms::sign_text(&form, path);
        let item = form.item(path);
        sign.or_else(|| item.map(|i| &i.label))
            .map_or_else(String::new, |t| form.text(t, language).to_owned())
    };
    let back = if situation.is_some() { format!("/casos/de/{file}") } else { format!("/avisos/{file}") };
    let content = html! {
        (heading(html! { (w.t("screening-result")) }, html! { (w.moment(app.local(kept.head.created_at))) }))
        @match &kept.body.outcome {
            None => { p { (w.t("outcome-none")) } }
            Some(found) => {
                @let level = screening::level(found);
                (notice(w, if level == "act_now" { Notice::Warning } else { Notice::Info }, html! { strong { (w.t(&format!("outcome-{level}"))) } " " (w.t(&format!("outcome-{level}-text"))) }))
                @if !found.signs.is_empty() { (card(&w.t("screening-signs"), html! { ul { @for s in &found.signs { li { (label(s)) } } } })) }
                @if !found.not_asked.is_empty() || !found.declined.is_empty() {
                    (card(&w.t("screening-open"), html! {
                        p { (w.t("screening-open-text")) }
                        ul {
                            @for s in &found.not_asked { li { (label(s)) " · " (w.t("screening-not-asked")) } }
                            @for s in &found.declined { li { (label(s)) " · " (w.t("screening-declined")) } }
                        }
                    }))
                }
            }
        }
        p { (w.t("outcome-never-verdict")) }
        p { (w.t("screening-not-validated")) }
        p { (button_link(&w.t("back"), &back, Tone::Primary)) }
    };
    Ok(Desk::new(&app, &me, "screening-window", format!("/deteccion/{file}/resultado/{entry}")).body(content))
}

/// Dates come as three fields each; the forms engine wants one. Tells those that are no days.
fn gather_dates(form: &Form, pairs: &mut BTreeMap<String, Vec<String>>) -> Vec<(String, DateFault)> {
    let mut no_days = Vec::new();
    let dates: Vec<String> = pairs.keys().filter_map(|k| k.strip_suffix("@day")).map(str::to_owned).collect();
    for name in dates {
        if form.item(&path(form, &name)).is_none() {
            continue;
        }
        let parts = DateParts::take(pairs, &name);
        match parts.date() {
            Ok(Some(date)) => drop(pairs.insert(name, vec![date.to_string()])),
            Ok(None) => {}
            Err(fault) => no_days.push((name, fault)),
        }
    }
    no_days
}

/// From a form's path to the name of its input, and back.
fn input(path: &str) -> String {
    path.trim_start_matches("/data/").trim_start_matches('/').to_owned()
}

fn path(form: &Form, input: &str) -> String {
    let full = format!("/data/{input}");
    if form.item(&full).is_some() { full } else { input.to_owned() }
}

fn page(
    app: &App,
    me: &Me,
    file: Uuid,
    form: &Form,
    evaluation: &Evaluation<'_>,
    typed: Option<&BTreeMap<String, Vec<String>>>,
    problems: &Problems,
) -> axum::response::Response {
    let w = me.words(app);
    let language = form.language(me.lang.code());
    let content = html! {
        (heading(html! { (form.title) }, html! { (w.t("screening-intro")) }))
        (error_summary(w, problems))
        (form_post(&format!("/deteccion/{file}/{}", form.id), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="form_version" value=(form.version);
            @for node in &evaluation.nodes {
                @if node.relevant { (question(w, evaluation, node, language, typed, problems)) }
            }
            (actions(&[button(&w.t("screening-look"), Tone::Quiet, "look", "1"), submit_keep(w)]))
        }))
    };
    Desk::new(app, me, "screening-window", format!("/deteccion/{file}/{}", form.id))
        .area(Place::Record)
        .body(content)
}

fn submit_keep(w: &Words) -> Markup {
    button(&w.t("screening-keep"), Tone::Primary, "keep", "1")
}

fn question(
    w: &Words,
    e: &Evaluation<'_>,
    node: &Shown<'_>,
    language: &str,
    typed: Option<&BTreeMap<String, Vec<String>>>,
    problems: &Problems,
) -> Markup {
    let (item, name) = (node.item, input(&node.path));
    let label = e.say(node, &item.label, language);
    let value = match &node.answer {
        Some(Given::Given(value)) => value.clone(),
        _ => String::new(),
    };
    let special = match &node.answer {
        Some(Given::Declined) => Some(Special::Declined),
        Some(Given::NotAsked) => Some(Special::NotAsked),
        _ => None,
    };
    let why = |text: &ceiba_forms::Text| e.say(node, text, language);
    let reasons = Why { why: why(&item.why), who: why(&item.who_sees), if_not: why(&item.if_not) };
    let mut field = Field::new(&name, label.clone()).value(&value).error(problems.of(&name)).special(special);
    let hint = e.say(node, &item.hint, language);
    if !hint.is_empty() {
        field = field.hint(hint);
    }
    if !reasons.why.is_empty() {
        field = field.why(reasons);
    }
    let choices: Vec<Choice> =
        node.choices().iter().map(|c| Choice::new(&c.name, e.form().text(&c.label, language))).collect();
    match &item.kind {
        Asked::Group | Asked::Repeat => html! { @if !label.is_empty() { h2 { (label) } } },
        Asked::Note => html! { p { (label) } },
        Asked::Calculate | Asked::Meta { .. } | Asked::Attachment { .. } => html! {},
        Asked::SelectOne { .. } if choices.len() > 8 => select(w, &field, &choices),
        Asked::SelectOne { .. } => radios(w, &field, &choices),
        Asked::SelectMultiple { .. } => {
            let chosen: Vec<&str> = value.split_whitespace().collect();
            checks(w, &field, &choices, &chosen)
        }
        Asked::Acknowledge => {
            let chosen: &[&str] = if value.is_empty() { &[] } else { &["OK"] };
            checks(w, &field, &[Choice::new("OK", w.t("yes"))], chosen)
        }
        Asked::Integer | Asked::Decimal | Asked::Range { .. } => number_field(w, &field),
        Asked::Date => {
            let parts = match typed {
                Some(pairs) => DateParts::take(&mut pairs.clone(), &name),
                None => value.parse().map_or_else(|_| DateParts::default(), |d| DateParts::of(d, false)),
            };
            date_fields(w, &field, &parts, false)
        }
        Asked::Text if item.appearance.as_deref().is_some_and(|a| a.contains("multiline")) => {
            text_area(w, &field)
        }
        Asked::Text | Asked::Time | Asked::DateTime => text_field(w, &field, Kind::Text),
    }
}
