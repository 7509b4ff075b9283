//! How one is woken outside the program: an address of one's own, confirmed by a code, and quiet hours.

use axum::extract::State;
use ceiba_programme::ProgrammeError;
use ceiba_programme::contact::hours::written;
use ceiba_programme::contact::outbox::Wire;
use ceiba_programme::contact::staff::{self, Confirmed, New, Own};
use maud::{Markup, html};

use crate::cases::{Done, finish, typed_in, with_status};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, Notice, Problems, Tone, actions, button, card, error_summary, form_post, heading,
    notice, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure};

/// `GET /cuenta/avisos`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

/// `f`: what was typed for which wire.
async fn page(app: &App, me: &Me, f: Option<(Wire, &Fields)>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = staff::of(&app.programme, &mut tx, me.account()).await?;
    drop(tx);
    let none = Problems::new();
    let content = html! {
        (heading(html! { (w.t("channel-title")) }, html! { (w.t("channel-text")) }))
        (error_summary(w, p))
        @if me.caller().person.is_some() { (notice(w, Notice::Info, html! { (w.t("state-channel-hers")) })) }
        @else {
            @for wire in Wire::ALL {
                @let own = all.iter().find(|o| o.wire == wire);
                @let again = f.filter(|(of, _)| *of == wire).map(|(_, f)| f);
                @let p = if again.is_some() { p } else { &none };
                (card(&w.t(&format!("channel-{}", wire.code())), html! { (one(app, me, wire, own, (again, p))) }))
            }
        }
    };
    let desk = Desk::new(app, me, "own-window", "/cuenta/avisos");
    Ok(with_status(desk.body(content), p))
}

fn one(app: &App, me: &Me, wire: Wire, own: Option<&Own>, (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    if !app.programme.carries(wire) && own.is_none() {
        return html! { p { (w.t("channel-off")) } };
    }
    let form = |path: &str, inside: Markup| {
        form_post(
            path,
            &me.session.csrf,
            &app.once(),
            html! { input type="hidden" name="wire" value=(wire.code()); (inside) },
        )
    };
    let quiet =
        |minute: u16| own.filter(|o| o.quiet_from != o.quiet_to).map(|_| written(minute)).unwrap_or_default();
    let stands = |name: &str| match (f, own) {
        (Some(f), _) => f.text(name).to_owned(),
        (None, Some(o)) => match name {
            "address" => o.address.clone(),
            "quiet_from" => quiet(o.quiet_from),
            _ => quiet(o.quiet_to),
        },
        _ => String::new(),
    };
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(stands(name)).error(p.of(name)).id(format!("{name}-{}", wire.code()))
    };
    html! {
        @if let Some(o) = own {
            p {
                @if o.confirmed { (tag(Mood::Ok, &w.t("channel-confirmed"))) } @else { (tag(Mood::Care, &w.t("channel-pending"))) }
                " " (typed(&o.address))
            }
            @if !o.confirmed {
                (form("/cuenta/avisos/codigo", html! {
                    (text_field(w, &Field::new("code", w.t("channel-code")).hint(w.t("channel-code-hint")).value(typed_in(f, "code")).error(p.of("code")).id(format!("code-{}", wire.code())), Kind::Code))
                    (actions(&[submit(&w.t("channel-confirm"))]))
                }))
            }
        }
        @if app.programme.carries(wire) {
            (form("/cuenta/avisos", html! {
                (text_field(w, &field("address", &format!("channel-{}-address", wire.code())), Kind::Text))
                (text_field(w, &field("quiet_from", "channel-quiet-from").hint(w.t("channel-quiet-hint")), Kind::Text))
                (text_field(w, &field("quiet_to", "channel-quiet-to"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        } @else { p { (w.t("channel-off")) } }
        @if own.is_some() { (form("/cuenta/avisos/quitar", actions(&[button(&w.t("channel-remove"), Tone::Quiet, "go", "1")]))) }
    }
}

fn wire(f: &Fields) -> Result<Wire, Failure> {
    Wire::find(f.text("wire")).ok_or(Failure::Tampered)
}

/// `POST /cuenta/avisos`: an address, quiet hours. A new address gets a code.
pub async fn set(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["wire", "address", "quiet_from", "quiet_to"])?;
    let wire = wire(f)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let new = New { address: f.text("address"), quiet: (f.text("quiet_from"), f.text("quiet_to")) };
    let done = staff::set(&app.programme, &mut work, me.caller(), wire, &new).await;
    match finish(&app, &me, &posted, work, done, "/cuenta/avisos").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some((wire, f)), &p).await,
    }
}

/// `POST /cuenta/avisos/codigo`: the code that was sent.
pub async fn confirm(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["wire", "code"])?;
    let wire = wire(f)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match staff::confirm(&app.programme, &mut work, me.caller(), wire, f.text("code")).await? {
        Confirmed::Yes => posted.commit(work, "/cuenta/avisos").await,
        // The wrong try is counted, whatever becomes of the page.
        Confirmed::No => {
            work.commit().await?;
            let mut p = Problems::new();
            p.add("code", me.words(&app).t("problem-channel-code"));
            page(&app, &me, Some((wire, f)), &p).await
        }
        Confirmed::Over => {
            work.commit().await?;
            Err(ProgrammeError::State("state-channel-over").into())
        }
    }
}

/// `POST /cuenta/avisos/quitar`.
pub async fn remove(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["wire", "go"])?;
    let wire = wire(f)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    staff::remove(&mut work, me.caller(), wire).await?;
    posted.commit(work, "/cuenta/avisos").await
}
