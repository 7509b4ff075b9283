//! What was said about a packet, and the lines it holds: for the team and, the same, for the institution.

use ceiba_access::Act;
use ceiba_programme::partners::answers::Word;
use ceiba_programme::partners::fields::{Line, Value};
use ceiba_programme::partners::packets::Packet;
use maud::{Markup, html};

use super::referrals;
use crate::cases::frame::Opened;
use crate::me::Me;
use crate::parts::{Problems, actions, facts_list, form_post, submit, typed, typed_block};
use crate::posted::Fields;
use crate::view::iso_day;
use crate::{App, Lang, Words};

/// A packet on the page of the team: never what was in it, only where it is.
pub(super) fn at_team(
    app: &App,
    me: &Me,
    o: &Opened,
    packet: &Packet,
    words: &[Word],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let day = |at| w.moment(app.local(at));
    let open = packet.state == "open";
    let asks = words.iter().any(|x| x.kind == "question") && !words.iter().any(|x| x.kind == "answer");
    html! {
        div class="stack" {
            p class="quiet" {
                (w.t("packet-reference")) " " (packet.reference()) " · " (w.t("packet-made")) " " (day(packet.created_at)) " · "
                @match packet.opened_at { Some(at) => { (w.t("packet-opened")) " " (day(at)) } None => (w.t("packet-unopened")) }
                " · "
                @if open { (w.t("packet-until")) " " (day(packet.until)) }
                @else { (w.t(&format!("packet-closed-{}", packet.why.as_deref().unwrap_or("ended")))) }
            }
            (said(w, app, words))
            @if open && asks && o.can(app, me, Act::SERVICE_WRITE) { (referrals::reply_form(app, me, o, packet, f, p)) }
            @if open && o.can(app, me, Act::SERVICE_WRITE) {
                (form_post(&o.path(&format!("referencias/{}/cerrar", packet.referral)), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="packet" value=(packet.id);
                    (actions(&[crate::parts::button(&w.t("packet-take-back"), crate::parts::Tone::Quiet, "go", "1")]))
                }))
            }
        }
    }
}

/// What was said, oldest first.
pub(super) fn said(w: &Words, app: &App, words: &[Word]) -> Markup {
    html! {
        @for word in words {
            div class="stack" {
                p class="quiet" {
                    (w.t(&format!("packet-by-{}", word.author))) " · " (w.moment(app.local(word.at))) " · "
                    strong { (w.t(&format!("packet-says-{}", word.kind))) }
                    @if !word.said.on_day.is_empty() { " · " (iso_day(w, Some(&word.said.on_day))) }
                }
                @if !word.said.words.is_empty() { (typed_block(&word.said.words)) }
            }
        }
    }
}

/// The lines of a sheet, in the reader's language.
pub(super) fn lines(app: &App, (lang, w): (Lang, &Words), lines: &[Line]) -> Markup {
    let texts: Vec<(String, Markup)> = lines
        .iter()
        .map(|l| {
            let value = match &l.value {
                Value::Text { text } => html! { (typed(text)) },
                Value::Code { list, code } => {
                    html! { (app.programme.pack.lists.name(list, code, lang.code()).unwrap_or(code)) }
                }
                Value::Truth { yes } => html! { (w.t(if *yes { "packet-yes" } else { "packet-no" })) },
                Value::Age { least, most } => {
                    let years = u16::try_from(i16::midpoint(*least, *most)).unwrap_or(0);
                    html! { (w.age(years, least != most)) }
                }
                Value::Ways { rules } => {
                    html! { ul { @for rule in rules { li { (crate::reach::in_words(w, rule)) } } } }
                }
                Value::Day { day } => html! { (iso_day(w, Some(day))) },
            };
            (w.t(&format!("packet-field-{}", l.field)), value)
        })
        .collect();
    let rows: Vec<(&str, Markup)> =
        texts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    facts_list(&rows)
}

/// The button that stands alone in a form.
pub(super) fn alone(label: &str) -> Markup {
    actions(&[submit(label)])
}
