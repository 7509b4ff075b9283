//! The certificate as PDF: in the organisation's words, colours and with its logo, one page across.

use ceiba_exchange::word::Values;
use ceiba_paper::certificate::{Certificate, write};
use ceiba_paper::sheet::SheetError;
use ceiba_programme::ProgrammeError;
use ceiba_programme::learning::certificates::look::filled;
use ceiba_programme::packs::{Pack, PackError};
use ceiba_programme::results::frozen::Words as Both;

use crate::me::Me;
use crate::parts::modules;
use crate::results_out::look;
use crate::{App, Failure};

/// The bytes. `link` is what the code for a camera says.
pub(super) fn pdf(app: &App, me: &Me, values: &Values, link: &str) -> Result<Vec<u8>, Failure> {
    let says = me.words(app).with("certificate-qr", &[("link", link.into())]);
    let one = set(&app.programme.pack, me.lang.code(), values, (link, says));
    write(&one).map_err(|e| match e {
        SheetError::TooLong { .. } => Failure::State("state-certificate-long"),
        e => {
            tracing::error!(error = %e, "a certificate could not be set");
            ProgrammeError::Unreadable("a certificate").into()
        }
    })
}

/// Draws a certificate of nobody in both languages. Asked at the start: that a logo is none, or that the words do not fit, must not be found
/// when people wait for their papers.
///
/// # Errors
/// What is wrong with the pack's words, colours or logo.
pub fn drawable(pack: &Pack) -> Result<(), PackError> {
    let wrong = |what: String| PackError("certificate.toml".to_owned(), what);
    let paper = pack.papers.iter().find(|p| p.id == "certificate");
    for language in ["es", "en"] {
        let values = paper.map(|p| p.sample(language)).unwrap_or_default();
        let link = ("https://ejemplo.invalid/constancia/K-00000000", "Ejemplo".to_owned());
        write(&set(pack, language, &values, link)).map_err(|e| wrong(e.to_string()))?;
    }
    Ok(())
}

/// What stands on it. `link` is what the code for a camera says, with its words for whoever listens.
fn set(pack: &Pack, language: &str, values: &Values, (link, says): (&str, String)) -> Certificate {
    let (words, offer) = (&pack.certificate, &pack.outputs);
    let say = |text: &Both| filled(text.of(language), values);
    let value = |name: &str| values.texts.get(name).cloned().unwrap_or_default();
    let (page, colours) = look(&offer.page, (&offer.main, &offer.soft));
    let title = say(&words.title);
    Certificate {
        language: language.to_owned(),
        page,
        colours,
        logo: words.picture.clone(),
        owner: pack.name.clone(),
        // No name of hers is in it: it stands in the window of whoever opens it.
        file: format!("{title} {}", value("codigo")),
        title,
        above: say(&words.above),
        name: value("nombre"),
        below: words.below.iter().map(say).collect(),
        sign: words.sign.iter().map(say).collect(),
        check: say(&words.check),
        says,
        dark: modules(link),
    }
}
