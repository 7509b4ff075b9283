//! Where she sleeps: another bed, whom she brings, leaving, another house at once.

use ceiba_access::{Act, Caller};
use ceiba_programme::Programme;
use ceiba_programme::shelter::{self, CHECKS, LEAVING};
use ceiba_store::Tx;
use maud::{Markup, html};

use super::bed;
use super::resident::{Post, Shown};
use crate::cases::typed_in;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, Tone, actions, button, select, submit, text_area, text_field,
};
use crate::posted::Fields;
use crate::view::at_home;
use crate::{App, Failure};

/// The other houses, with how many more each may receive.
pub(super) async fn elsewhere(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    site: &str,
) -> Result<Vec<(String, usize)>, Failure> {
    let all = shelter::places(p, tx, caller).await?;
    Ok(all.into_iter().filter(|h| h.site != site).map(|h| (h.site.to_owned(), h.free)).collect())
}

/// Another bed, whom she brings, leaving.
pub(super) fn cards(
    app: &App,
    me: &Me,
    s: &Shown,
    (f, p): (Option<&Fields>, &Problems),
    post: Post<'_>,
) -> Markup {
    let w = me.words(app);
    let beds: Vec<Choice> = s.beds.iter().map(|b| Choice::new(b, bed(w, b))).collect();
    let stopped = p.of("bed").is_some() || p.of("pass").is_some();
    let passes = app.programme.gate.would(me.caller(), Act::HOUSE_OVERRIDE, &at_home());
    let hours: Vec<Choice> = [0, 1, 2, 4, 8, 12, 24, 48, 72]
        .into_iter()
        .map(|n: i64| Choice::new(n.to_string(), w.with("leave-hours", &[("n", n.into())])))
        .collect();
    html! {
        details class="why" open[stopped] {
            summary { (w.t("move-title")) }
            (post("cama", html! {
                (select(w, &Field::new("bed", w.t("move-bed")).value(typed_in(f, "bed")).error(p.of("bed")), &beds))
                @if stopped && passes { (text_area(w, &Field::new("pass", w.t("rule-reason")).hint(w.t("rule-reason-hint")).rows(2).value(typed_in(f, "pass")).error(p.of("pass")))) }
                (actions(&[submit(&w.t("move-send"))]))
            }))
        }
        details class="why" open[p.of("child").is_some() || p.of("child_age").is_some()] {
            summary { (w.t("child-title")) }
            (post("trae", html! {
                (text_field(w, &Field::new("child", w.t("child-name")).value(typed_in(f, "child")).error(p.of("child")), Kind::Text))
                (text_field(w, &Field::new("child_age", w.t("child-age")).value(typed_in(f, "child_age")).error(p.of("child_age")), Kind::Text))
                (actions(&[submit(&w.t("child-send"))]))
            }))
        }
        details class="why" {
            summary { (w.t("leave-link")) }
            @match &s.exit {
                Some(e) => p { (w.t("leave-prepared")) " " (app.code(me, "exit_destinations", e.head.code.as_deref().unwrap_or_default()))
                    @if !e.body.house.is_empty() { " (" (e.body.house) ")" }
                    " · " (w.with("leave-checked", &[("n", e.body.checked.len().into()), ("of", CHECKS.len().into())])) },
                None => p { (w.t("leave-not-prepared")) },
            }
            (post("sale", html! {
                p { (w.t("leave-text")) }
                (select(w, &Field::new("hours", w.t("leave-when")).value("0"), &hours))
                (actions(&LEAVING.map(|how| button(&w.t(&format!("leave-{how}")), Tone::Quiet, "how", how))))
            }))
        }
        (to_another_house(app, me, s, (f, p), post))
    }
}

/// She cannot stay tonight: another house, why, and who said so by phone.
fn to_another_house(
    app: &App,
    me: &Me,
    s: &Shown,
    (f, p): (Option<&Fields>, &Problems),
    post: Post<'_>,
) -> Markup {
    let w = me.words(app);
    let houses: Vec<Choice> = s
        .elsewhere
        .iter()
        .map(|(code, free)| {
            let (house, free) = (w.t("house-title"), w.with("house-free", &[("n", (*free).into())]));
            Choice::new(code, format!("{house} {code} · {free}"))
        })
        .collect();
    if houses.is_empty() {
        return html! {};
    }
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("urgent-{name}"))
    };
    html! {
        details class="why" open[["house", "why", "decided_by"].iter().any(|n| p.of(n).is_some())] {
            summary { (w.t("move-now")) }
            (post("urgente", html! {
                p { (w.t("move-now-text")) }
                (select(w, &field("house", "exit-house"), &houses))
                (select(w, &field("why", "move-now-why"), &app.choices(me.lang, "urgent_moves")))
                (text_field(w, &field("decided_by", "move-now-by").hint(w.t("move-now-by-hint")), Kind::Text))
                (actions(&[submit(&w.t("move-now-send"))]))
            }))
        }
    }
}
