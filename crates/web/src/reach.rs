//! How somebody may be reached: her rules, what they allow now, and the attempts. A number is on the page of whoever asked the
//! door for it.

use ceiba_programme::contact::door::{Attempt, Blocked, Passed, Why};
use ceiba_programme::contact::hours::written;
use ceiba_programme::contact::rules::{Channel, Rule};
use ceiba_store::Micros;
use jiff::civil::Weekday;
use maud::{Markup, html};
use serde::Deserialize;

use crate::me::Me;
use crate::parts::{
    Choice, Field, Mood, Notice, Problems, actions, card, checks, form_post, notice, radios, submit, tag,
    typed,
};
use crate::posted::Fields;
use crate::{App, Words};

pub mod house;
pub mod rules;

/// What each channel says now.
pub type Ways = Vec<(Channel, Result<Passed, Blocked>)>;

/// The channel somebody asked the door for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    canal: String,
    #[serde(default)]
    dejar: String,
}

impl Asked {
    /// The channel, if there is one.
    pub fn channel(&self) -> Option<Channel> {
        Channel::find(&self.canal)
    }

    /// The channel on which something is to be left.
    pub fn leaving(&self) -> Option<Channel> {
        self.channel().filter(|_| !self.dejar.is_empty())
    }
}

/// The fields of the form that asks.
pub const FIELDS: [&str; 2] = ["channel", "leaving"];

/// What a form asks for.
pub fn wanted(f: &Fields, now: Micros) -> Option<Attempt> {
    let channel = Channel::find(f.text("channel"))?;
    Some(Attempt { channel, at: now, leaving: channel.stays() || f.ticked("leaving") })
}

/// Where the answer is shown.
pub fn answered(page: &str, wanted: &Attempt) -> String {
    let left = if wanted.leaving && !wanted.channel.stays() { "&dejar=1" } else { "" };
    format!("{page}?canal={}{left}", wanted.channel.code())
}

/// Nothing was chosen.
pub fn unchosen(w: &Words) -> Problems {
    let mut p = Problems::new();
    p.add("channel", w.t("problem-choose"));
    p
}

/// What would be allowed now and later, the answer to whoever asked, and the form that asks.
pub fn panel(app: &App, me: &Me, action: &str, ways: &Ways, asked: &Asked, p: &Problems) -> Markup {
    let w = me.words(app);
    let known: Vec<_> =
        ways.iter().filter(|(_, said)| !said.as_ref().is_err_and(|b| b.why == Why::NoWay)).collect();
    let none = ways.iter().all(|(_, said)| said.as_ref().is_err_and(|b| b.why == Why::NoRules));
    let chosen = asked.channel().and_then(|c| ways.iter().find(|(channel, _)| *channel == c));
    let choices: Vec<_> = known.iter().map(|(c, _)| Choice::new(c.code(), name(w, Some(*c)))).collect();
    html! {
        @if let Some((channel, said)) = chosen { (answer(app, w, *channel, said)) }
        @if none { (notice(w, Notice::Warning, html! { (w.t("reach-why-no_rules")) })) }
        @else {
            (card(&w.t("reach-now"), html! {
                ul class="tasks" { @for (channel, said) in &known { li { (line(app, w, *channel, said)) } } }
                (form_post(action, &me.session.csrf, &app.once(), html! {
                    (radios(w, &Field::new("channel", w.t("reach-how")).value(asked.canal.as_str()).error(p.of("channel")), &choices))
                    (checks(w, &Field::new("leaving", w.t("reach-leaving")), &[Choice::new("yes", w.t("reach-leaving-yes"))], &[]))
                    (actions(&[submit(&w.t("reach-ask"))]))
                }))
            }))
        }
    }
}

/// One channel: whether it is open now, or why not and from when on. No number.
fn line(app: &App, w: &Words, channel: Channel, said: &Result<Passed, Blocked>) -> Markup {
    html! {
        strong { (name(w, Some(channel))) } " "
        @match said {
            Ok(_) => (tag(Mood::Ok, &w.t("reach-open"))),
            Err(blocked) => {
                (tag(Mood::Care, &w.t("reach-shut"))) " " (w.t(&format!("reach-why-{}", blocked.why.code())))
                @if let Some(o) = blocked.instead.iter().find(|o| o.channel == channel) { " " (w.t("reach-then")) " " (from(app, w, o.at)) "." }
            }
        }
    }
}

/// What the door said to whoever asked.
fn answer(app: &App, w: &Words, channel: Channel, said: &Result<Passed, Blocked>) -> Markup {
    match said {
        Ok(passed) => card(
            &w.t("reach-passed"),
            html! {
                @if let Some((_, rule)) = passed.rule() { p { (in_words(w, rule)) } }
                p { (w.t("reach-only")) }
            },
        ),
        Err(blocked) => notice(
            w,
            Notice::Warning,
            html! {
                p { strong { (name(w, Some(channel))) ": " (w.t("reach-blocked")) } " " (w.t(&format!("reach-why-{}", blocked.why.code()))) }
                @if blocked.instead.is_empty() { p { (w.t("reach-nothing")) } }
                @else {
                    p { (w.t("reach-instead")) }
                    @for o in &blocked.instead { p { (name(w, Some(o.channel))) " " (from(app, w, o.at)) } }
                }
                p { (w.t("reach-written")) }
            },
        ),
    }
}

/// «desde el lunes 30 de noviembre de 2026, 09:00».
fn from(app: &App, w: &Words, at: Micros) -> String {
    let at = app.local(at);
    if at <= app.now() {
        return w.t("reach-at-once");
    }
    w.with(
        "reach-from",
        &[("day", w.weekday(at.date().weekday()).into()), ("moment", w.moment(at).as_str().into())],
    )
}

/// What a channel is called; none: all of them.
pub fn name(w: &Words, channel: Option<Channel>) -> String {
    w.t(&format!("reach-channel-{}", channel.map_or("all", Channel::code)))
}

/// A rule as a sentence.
pub fn in_words(w: &Words, rule: &Rule) -> Markup {
    if rule.never {
        return html! { strong { (name(w, rule.channel)) } ": " (w.t("reach-never")) };
    }
    let through = rule.channel == Some(Channel::Through);
    let left = if rule.leave_message { "reach-message" } else { "reach-no-message" };
    html! {
        strong { (name(w, rule.channel)) }
        @if !rule.place.is_empty() { " · " (typed(&rule.place)) }
        " · " (hours(w, rule))
        @if !rule.who.is_empty() { " · " (w.t(if through { "reach-through" } else { "reach-answers" })) " " (typed(&rule.who)) }
        @if !rule.code_word.is_empty() { " · " (w.t("reach-code")) " " (typed(&rule.code_word)) }
        @if !rule.channel.is_some_and(Channel::stays) { " · " (w.t(left)) }
        @if let Some(last) = rule.hours.until { " · " (w.t("reach-until")) " " (w.date(last)) }
    }
}

fn hours(w: &Words, rule: &Rule) -> String {
    let days: Vec<&str> = (0..7i8)
        .filter(|n| usize::try_from(*n).is_ok_and(|n| rule.hours.days[n]))
        .filter_map(|n| Weekday::from_monday_zero_offset(n).ok())
        .map(|day| w.weekday(day))
        .collect();
    let days = if days.len() == 7 { w.t("reach-every-day") } else { days.join(", ") };
    if rule.hours.from == rule.hours.to {
        return format!("{days}, {}", w.t("reach-any-hour"));
    }
    let (from, to) = (written(rule.hours.from), written(rule.hours.to));
    format!(
        "{days}, {}",
        w.with("reach-hours", &[("from", from.as_str().into()), ("to", to.as_str().into())])
    )
}
