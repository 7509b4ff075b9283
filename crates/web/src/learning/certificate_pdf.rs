//! The certificate as PDF: in the organisation's words, colours and with its logo, one page across.

use ceiba_exchange::word::Values;
use ceiba_paper::certificate::{Certificate, write};
use ceiba_paper::sheet::SheetError;
use ceiba_programme::ProgrammeError;
use ceiba_programme::learning::certificates::look::filled;
use ceiba_programme::results::frozen::Words as Both;

use crate::me::Me;
use crate::parts::modules;
use crate::results_out::look;
use crate::{App, Failure};

/// The bytes. `link` is what the code for a camera says.
pub(super) fn pdf(app: &App, me: &Me, values: &Values, link: &str) -> Result<Vec<u8>, Failure> {
    let (w, pack, language) = (me.words(app), &app.programme.pack, me.lang.code());
    let (words, offer) = (&pack.certificate, &pack.outputs);
    let say = |text: &Both| filled(text.of(language), values);
    let value = |name: &str| values.texts.get(name).cloned().unwrap_or_default();
    let (page, colours) = look(&offer.page, (&offer.main, &offer.soft));
    let title = say(&words.title);
    let one = Certificate {
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
        says: w.with("certificate-qr", &[("link", link.into())]),
        dark: modules(link),
    };
    write(&one).map_err(|e| match e {
        SheetError::TooLong { .. } => Failure::State("state-certificate-long"),
        e => {
            tracing::error!(error = %e, "a certificate could not be set");
            ProgrammeError::Unreadable("a certificate").into()
        }
    })
}
