//! A case file with what is particular to it.

use ceiba_web::Words;
use ceiba_web::parts::*;
use jiff::civil::{DateTime, date};
use maud::{Markup, html};

use super::say;

fn at(month: i8, day: i8, hour: i8) -> DateTime {
    date(2026, month, day).at(hour, 10, 0, 0)
}

pub fn case_file(w: &Words) -> Markup {
    let now = at(11, 24, 8);
    html! {
        (heading(html! { (typed("Luz")) " · C-2041" }, html! { (w.age(16, false)) " · " (say(w, "Casa M", "House M")) }))
        (notice(w, Notice::Done, html! { p { (say(w, "La nota está en la cronología.", "The note is in the timeline.")) } }))
        (banner_safety(w, &safety(w, false, false)))
        p {
            (tag(Mood::Ok, &say(w, "Escuela: sí", "School: yes"))) " "
            (tag(Mood::Care, &say(w, "Fiscalía: solo legal", "Prosecutor: legal only"))) " "
            (tag(Mood::No, &say(w, "Fotos: no", "Photos: no"))) " "
            (tag(Mood::Harm, &say(w, "No ubicada", "Not located"))) " "
            (tag(Mood::Plain, &say(w, "Enviada", "Sent")))
        }
        (tabs_as_links(w, &say(w, "Secciones del expediente", "Sections of the file"), &tabs(w)))
        (columns(
            card(&say(w, "Cronología", "Timeline"), timeline(w, now, &entries(w), &entries(w)[2..])),
            side(w, now),
        ))
        (form_post("/casos/c-2041", "t", "o", html! {
            (conflict_card(w, "phone", &say(w, "Teléfono seguro", "Safe telephone"),
                &Version { text: "5555 0101".into(), who: "Ana L.".into(), at: at(11, 24, 7) },
                &Version { text: "5555 0102\n(tía)".into(), who: "Lucía M.".into(), at: at(11, 23, 18) }, now))
            (actions(&[submit(&say(w, "Guardar lo elegido", "Save the choice"))]))
        }))
    }
}

fn side(w: &Words, now: DateTime) -> Markup {
    html! {
        (card(&say(w, "Metas", "Goals"), html! { (goal_scale(w, Some(-1))) (goal_scale(w, None)) }))
                (card(&say(w, "Datos", "Facts"), facts_list(&[
                    (&say(w, "Responsable", "Responsible person"), typed("Ana L.")),
                    (&say(w, "Próxima audiencia", "Next hearing"), clock_due(w, date(2026, 11, 25), now.date())),
                    (&say(w, "Referencia", "Referral"), clock_due_at(w, at(11, 24, 6), now)),
                    (&say(w, "Vista", "Seen"), clock_ago(w, at(11, 24, 6), now)),
                ])))
                (card(&say(w, "Primeros actos", "First acts"), checklist(w, &[
                    Step { label: say(w, "Acordar el contacto seguro", "Agree on the safe contact"), href: Some("/a".into()), done: true },
                    Step { label: say(w, "Firmar permisos", "Sign permissions"), href: Some("/b".into()), done: false },
                    Step { label: say(w, "Llamar a la casa", "Call the house"), href: None, done: false },
                ])))
    }
}

pub fn safety(w: &Words, danger: bool, folded: bool) -> Safety {
    let lines = vec![
        say(w, "No llamar al teléfono de la casa.", "Do not call the telephone of the house."),
        say(w, "El tío no debe acercarse.", "The uncle must not come near."),
        say(w, "Avisar a la encargada si pregunta alguien.", "Tell the head of the shift if anybody asks."),
    ];
    Safety {
        brief: false,
        danger,
        lines,
        reviewed: Some(date(2026, 11, 12)),
        plan: "/casos/c-2041/seguridad".into(),
        folded,
    }
}

fn tabs(w: &Words) -> Vec<Tab> {
    let open = |es, en| Tab::Open { label: say(w, es, en), href: "/x".into() };
    vec![
        Tab::Current { label: say(w, "Resumen", "Summary") },
        open("Cronología", "Timeline"),
        open("Plan", "Plan"),
        open("Seguridad", "Safety"),
        Tab::Locked { label: say(w, "Salud", "Health"), owner: "Rosa P.".into() },
        open("Permisos", "Permissions"),
    ]
}

fn entries(w: &Words) -> Vec<Entry> {
    let correction = Correction {
        at: at(11, 24, 7),
        author: "Ana L.".into(),
        text: say(w, "Fue el lunes.", "It was on Monday."),
    };
    let entry = |at, es, en, corrections| Entry {
        at,
        kind: say(w, "Visita", "Visit"),
        author: "Ana L.".into(),
        body: typed_block(&say(w, es, en)),
        corrections,
    };
    vec![
        entry(
            at(11, 24, 6),
            "Durmió bien. Quiere llamar a su hermana.",
            "She slept well. She wants to call her sister.",
            Vec::new(),
        ),
        entry(
            at(11, 23, 17),
            "Fue a la escuela el martes.",
            "She went to school on Tuesday.",
            vec![correction],
        ),
        entry(at(10, 2, 9), "Pidió seguir con costura.", "She asked to go on with sewing.", Vec::new()),
    ]
}
