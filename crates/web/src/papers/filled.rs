//! A paper as a file: in the organisation's own Word template, or in our words as PDF; and what every paper says alike.

use ceiba_exchange::word::Values;
use ceiba_programme::papers;
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::pdf;
use crate::me::Me;
use crate::parts::{Tone, button_link};
use crate::{App, Failure, Lang};

/// A link to the PDF, and one for each language in which the organisation has a template. `path` is what stands before format and
/// language.
pub fn links(app: &App, me: &Me, languages: &[String], path: &str) -> Markup {
    let w = me.words(app);
    let label = |language: &str| {
        let word = w.t("template-in-word");
        let name = w.t(&format!("template-language-{language}"));
        if languages.len() == 1 { word } else { format!("{word} · {name}") }
    };
    html! {
        (button_link(&w.t("paper-pdf"), &format!("{path}/pdf/{}", me.lang.code()), Tone::Quiet))
        @for language in languages { (button_link(&label(language), &format!("{path}/word/{language}"), Tone::Quiet)) }
    }
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

/// The file: what may be in `values` was decided by whoever gathered them. That it was made is noted with its hash, as `action` of
/// the case.
pub async fn made(
    app: &App,
    work: &mut Work,
    (format, which): (&str, (&str, &str)),
    action: (&'static str, Uuid),
    values: &Values,
) -> Result<Vec<u8>, Failure> {
    match format {
        "word" => Ok(papers::make(&app.programme, work, which, action, values).await?),
        "pdf" => {
            let bytes = pdf::write(app, which, values)?;
            papers::made(work, action, &bytes).await?;
            Ok(bytes)
        }
        _ => Err(Failure::Absent),
    }
}
