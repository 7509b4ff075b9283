//! Forms: a typical one, and one with each field in each state.

use ceiba_web::Words;
use ceiba_web::parts::*;
use maud::{Markup, html};

use super::case::safety;
use super::say;

pub fn short_form(w: &Words) -> Markup {
    html! {
        (heading(html! { (say(w, "Registrar visita", "Record a visit")) }, html! { "C-2041 · " (w.age(15, true)) }))
        (form_post("/casos/c-2041/notas", &"c".repeat(43), &"o".repeat(43), html! {
            (banner_safety(w, &safety(w, false, true)))
            (progress_words(w, 3, 5))
            (date_fields(w, &Field::new("when", say(w, "¿Cuándo fue?", "When was it?")), &DateParts::default(), true))
            (text_field(w, &Field::new("place", say(w, "Lugar", "Place")).hint(say(w, "Solo el municipio.", "Only the municipality.")), Kind::Text))
            (radios(w, &Field::new("how", say(w, "¿Cómo la vio?", "How did she seem?")).special(None).why(why(w)), &choices(w)))
            (select(w, &Field::new("kind", say(w, "Tipo de visita", "Kind of visit")).value("b"), &choices(w)))
            (text_area(w, &Field::new("note", say(w, "Nota", "Note")).hint(say(w,
                "Escriba lo que vio o lo que ella pidió. No hace falta contar los hechos.",
                "Write what you saw or what she asked for. There is no need to tell the events."))))
            (actions(&[submit(&say(w, "Guardar", "Save")), button(&say(w, "Pausar y seguir después", "Pause and continue later"), Tone::Quiet, "do", "pause")]))
        }))
    }
}

pub fn all_fields(w: &Words) -> Markup {
    let mut problems = Problems::new();
    problems.add("alias", say(w, "Escriba cómo quiere que la llamen.", "Write how she wants to be called."));
    problems.add("born", DateFault::NoSuchDay.text(w));
    problems.add("half", DateFault::Incomplete.text(w));
    problems.add(
        "need",
        say(w, "Elija al menos una, o «Prefiere no decir».", "Choose at least one, or “Prefers not to say”."),
    );
    let field = |name: &str, es: &str, en: &str| Field::new(name, say(w, es, en)).error(problems.of(name));
    let half = DateParts { day: "31".into(), ..DateParts::default() };
    html! {
        (heading(html! { (say(w, "Todas las preguntas", "All questions")) }, html! {}))
        (error_summary(w, &problems))
        (form_files("/x", "t", "o", html! {
            (text_field(w, &field("alias", "Nombre elegido", "Chosen name").value("Luz \"<b>\"").must(say(w, "así la llamamos.", "this is how we call her.")), Kind::Text))
            (text_field(w, &field("mail", "Correo", "E-mail").autocomplete("username"), Kind::Email))
            (text_field(w, &field("secret", "Contraseña", "Password").autocomplete("current-password"), Kind::Password))
            (text_field(w, &field("pin", "Código", "Code"), Kind::Code))
            (text_field(w, &field("q", "Buscar", "Search").spelled(), Kind::Search))
            (date_fields(w, &field("born", "Fecha de nacimiento", "Date of birth").why(why(w)).special(Some(Special::NotAsked)), &half, true))
            (date_fields(w, &field("half", "Fecha de la denuncia", "Date of the complaint"), &half, false))
            (number_field(w, &field("days", "Estancia", "Stay").unit(say(w, "días", "days")).value("12")))
            (number_field(w, &Field::new("days", say(w, "Otra vez", "Once more")).id("days-2")))
            (radios(w, &field("how", "¿Cómo la vio?", "How did she seem?").value("a").known(say(w, "Dicho a la trabajadora social, 12 may.", "Said to the social worker, 12 May.")), &choices(w)))
            (checks(w, &field("need", "¿Qué necesita hoy?", "What does she need today?").special(Some(Special::Declined)).why(why(w)), &choices(w), &["b"]))
            (select(w, &field("kind", "Tipo", "Kind"), &choices(w)))
            (goal_field(w, &field("goal", "¿Cómo va la meta?", "How is the goal going?").value("1"), &[
                String::new(), String::new(), say(w, "Va a la escuela tres días", "She goes to school three days"), String::new(), String::new()]))
            (text_area(w, &field("note", "Nota", "Note").value("\nUno\nDos </textarea>").rows(3)))
            (file_field(w, &field("file", "Archivo", "File").hint(say(w, "PDF o foto de un documento.", "PDF or photo of a document.")), "image/jpeg,application/pdf"))
            (actions(&[
                submit(&say(w, "Guardar", "Save")),
                button_link(&say(w, "Cancelar", "Cancel"), "/casos", Tone::Quiet),
                submit_danger(&say(w, "Borrar", "Delete"), &say(w, "No se puede deshacer.", "This cannot be undone."), "do", "delete"),
                button_off(w, &say(w, "Compartir con fiscalía", "Share with the prosecutor"), &say(w, "Ella no lo ha permitido.", "She has not allowed it.")),
            ]))
        }))
    }
}

fn why(w: &Words) -> Why {
    Why {
        why: say(w, "Para cuidar su salud esta noche.", "To care for her health tonight."),
        who: say(w, "La enfermera y la encargada del turno.", "The nurse and the head of the shift."),
        if_not: say(w, "Nada: se puede contestar otro día.", "Nothing: it can be answered another day."),
    }
}

fn choices(w: &Words) -> Vec<Choice> {
    vec![
        Choice::new("a", say(w, "Tranquila", "Calm")),
        Choice::new("b", say(w, "Cansada", "Tired")).hint(say(
            w,
            "Durmió poco o no quiso comer",
            "She slept little or did not want to eat",
        )),
        Choice::new("c", say(w, "No se sabe", "Not known")),
    ]
}
