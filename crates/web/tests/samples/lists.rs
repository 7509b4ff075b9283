//! Lists, figures, notices and what is empty.

use ceiba_web::Words;
use ceiba_web::parts::*;
use jiff::civil::date;
use maud::{Markup, html};

use super::case::safety;
use super::say;

pub fn lists(w: &Words) -> Markup {
    let today = date(2026, 11, 24);
    let people = Table::new(
        say(w, "Mis casos", "My cases"),
        vec![
            Column::new(say(w, "Nombre", "Name")).sort("?o=n", Sorted::Up),
            Column::new(say(w, "Próximo paso", "Next step")),
            Column::new(say(w, "Cuándo", "When")).sort("?o=c", Sorted::No),
        ],
    )
    .cards()
    .rows(["Luz", "Estrella <del> Mar", "نور"].map(|name| {
        vec![
            html! { a href="/casos/c-2041" { (typed(name)) " · C-2041" } },
            html! { (say(w, "Audiencia con la jueza", "Hearing with the judge")) },
            clock_due(w, date(2026, 11, 25), today),
        ]
    }));
    let figures = Table::new(
        say(w, "Servicios por mes", "Services by month"),
        vec![
            Column::new(say(w, "Servicio", "Service")).sort("?o=s", Sorted::No),
            Column::number("Sep"),
            Column::number("Oct").sort("?o=o", Sorted::Down),
            Column::number("Nov"),
        ],
    )
    .row(vec![
        html! { (say(w, "Psicología", "Psychology")) },
        html! { (w.number(1204)) },
        html! { "118" },
        html! { "97" },
    ])
    .row(vec![
        html! { (say(w, "Acompañamiento jurídico", "Legal support")) },
        html! { "18" },
        html! { "21" },
        html! { (w.percent(0.5, 0)) },
    ]);
    let log = Table::new(
        say(w, "Registro", "Log"),
        vec![Column::new(say(w, "Cuándo", "When")), Column::new(say(w, "Quién", "Who"))],
    )
    .lines()
    .row(vec![html! { (w.date(today)) }, typed("Ana L.")]);
    html! {
        (heading(html! { (say(w, "Hoy", "Today")) }, html! { (w.weekday(today.weekday())) " " (w.date(today)) }))
        (banner_safety(w, &Safety { reviewed: None, ..safety(w, true, true) }))
        (banner_safety(w, &Safety { brief: true, ..safety(w, true, true) }))
        (tabs_folded(w, &say(w, "Secciones del expediente", "Sections of the file"), &[Tab::Current { label: say(w, "Permisos", "Permissions") }]))
        (log.show(w))
        (notice(w, Notice::Warning, html! { p { (say(w, "Sin señal. Esta lista es de las 07:40.", "Offline. This list is of 07:40.")) } }))
        (notice(w, Notice::Info, html! { p { (say(w, "La jueza cambió la hora.", "The judge changed the hour.")) " " a href="/a" { (say(w, "Ver", "See")) } } }))
        (people.show(w))
        (pages_nav(w, 2, 7, |n| format!("?p={n}")))
        (figures.show(w))
        (empty_state(&say(w, "No hay avisos nuevos.", "There are no new alerts."), html! {}))
        (empty_state(&say(w, "Aún no tiene casos a su cargo.", "You have no cases yet."), button_link(&say(w, "Cómo se asignan", "How they are assigned"), "/ayuda", Tone::Quiet)))
        (printed_line(&say(w, "Entregado a: nadie", "Released to: nobody")))
    }
}
