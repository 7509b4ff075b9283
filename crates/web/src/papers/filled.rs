//! «En la plantilla de la oficina»: links to a paper as a Word file, and what every paper says alike.

use ceiba_exchange::word::Values;
use maud::{Markup, html};

use crate::me::Me;
use crate::parts::{Tone, button_link};
use crate::{App, Failure, Lang};

/// A link for each language in which the organisation has a template.
pub fn links(app: &App, me: &Me, languages: &[String], path: &str) -> Markup {
    let w = me.words(app);
    let label = |language: &str| {
        let word = w.t("template-in-word");
        let name = w.t(&format!("template-language-{language}"));
        if languages.len() == 1 { word } else { format!("{word} · {name}") }
    };
    html! { @for language in languages { (button_link(&label(language), &format!("{path}/{language}"), Tone::Quiet)) } }
}

/// Her, in the language of the template: a paper speaks it, whoever asks for the file.
pub fn speaking(me: &Me, language: &str) -> Result<Me, Failure> {
    let lang = Lang::from_code(language).filter(|l| l.code() == language).ok_or(Failure::Absent)?;
    let mut me = me.clone();
    me.lang = lang;
    Ok(me)
}

/// What stands in every paper: who writes, about which case, to whom, today, and what became of it.
pub fn frame(app: &App, me: &Me, code: &str, (to, author, released): (&str, &str, &str)) -> Values {
    let w = me.words(app);
    let programme = app.programme.pack.name.as_str();
    Values::default()
        .text("programa", programme)
        .text("caso", code)
        .text("destinatario", to)
        .text("entrega", released)
        .text("fecha", w.date(app.today()))
        .text("firma", format!("______________________________\n{author}\n{programme}"))
}
