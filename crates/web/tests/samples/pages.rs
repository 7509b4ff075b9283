//! Sample pages with every part in its states. Shared by the test and by `cargo run --example gallery`.

mod case;
mod fields;
mod lists;

use ceiba_web::parts::*;
use ceiba_web::{Lang, Page, Place, Shell, Words};
use maud::html;

/// Both languages of each page: file name and HTML.
pub fn all() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        let w = lang.words();
        let mut add = |name: &str, html: String| pages.push((format!("{name}.{}.html", lang.code()), html));
        let shell = shell();
        let page = |place| Page::new(&w, "shell-cases").shell(&shell).area(place).here("/casos");
        add("form", page(Place::Record).body(fields::short_form(&w)).0);
        add("fields", page(Place::Record).body(fields::all_fields(&w)).0);
        add("case", page(Place::Cases).code("C-2041").body(case::case_file(&w)).0);
        add("lists", page(Place::Today).body(lists::lists(&w)).0);
        add("public", public(&w));
        add("survivor", survivor(&w));
    }
    pages
}

/// Sample words in the language of the page.
pub fn say(w: &Words, es: &str, en: &str) -> String {
    if w.lang() == Lang::Es { es } else { en }.to_owned()
}

fn shell() -> Shell {
    let places = vec![Place::Today, Place::Cases, Place::Record, Place::House, Place::Data];
    Shell { who: "Lucía <Méndez>".into(), places, csrf: "c".repeat(43), notices: 2, demo: true }
}

fn public(w: &Words) -> String {
    let body = html! {
        (heading(html! { (say(w, "Dar aviso", "Report a concern")) }, html! {}))
        (form_post("/aviso", "t", "o", html! {
            (progress_words(w, 1, 3))
            (checks(w, &Field::new("signs", say(w, "¿Qué vio?", "What did you see?")), &[
                Choice::new("a", say(w, "Dejó de llegar a clases", "She stopped coming to class")),
                Choice::new("b", say(w, "Alguien le ofreció trabajo lejos", "Somebody offered her work far away")),
            ], &[]))
            (text_field(w, &Field::new("phone", say(w, "Cómo podemos llamarle", "How we can call you")), Kind::Phone))
            (actions(&[submit(&say(w, "Enviar", "Send"))]))
        }))
    };
    Page::new(w, "shell-record").quick_exit("https://example.org/").body(body).0
}

fn survivor(w: &Words) -> String {
    let shell = Shell { places: Vec::new(), ..shell() };
    let body = html! {
        (heading(html! { (say(w, "Mi plan", "My plan")) }, html! {}))
        (card(&say(w, "Lo que acordamos", "What we agreed"), html! {
            (goal_scale(w, Some(1)))
            p { a href="/mi-plan/metas" { (say(w, "Ver mis metas", "See my goals")) } }
        }))
    };
    Page::new(w, "shell-record").shell(&shell).quick_exit("https://example.org/").body(body).0
}
