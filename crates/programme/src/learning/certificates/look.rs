//! What stands on the certificate as PDF: a programme's own words, logo and places to sign, with the marks of the Word template.

use std::collections::BTreeSet;

use ceiba_exchange::word::Values;
use serde::Deserialize;

use crate::packs::{PackError, bytes, parse};
use crate::papers::Paper;
use crate::results::frozen::Words;

/// Words with marks, as a pack has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The name of a PNG in the programme's folder; none: its name alone.
    #[serde(default)]
    logo: String,
    /// What the paper is called.
    pub title: Words,
    /// Before the name.
    pub above: Words,
    /// After it, a paragraph each.
    pub below: Vec<Words>,
    /// Under each line to sign on.
    pub sign: Vec<Words>,
    /// Beside the code for a camera.
    pub check: Words,
    /// The logo's bytes.
    #[serde(skip)]
    pub picture: Option<Vec<u8>>,
}

/// Marks of which each has to stand somewhere: what is certified; and how it is checked.
const MUST: [&str; 2] = ["curso", "horas"];
const CHECKED: [&str; 2] = ["codigo", "direccion"];

/// Reads `<own>/certificate.toml`, else that of the core.
///
/// # Errors
/// Says which text has a mark that no paper knows, lacks one that it needs, or is not in both languages; or that the logo cannot be read.
/// Whether it can be drawn is asked by whoever draws.
pub(crate) fn read(own: &str, papers: &[Paper]) -> Result<Look, PackError> {
    let file = format!("{own}/certificate.toml");
    let file = if bytes(&file).is_ok() { file } else { "core/certificate.toml".to_owned() };
    let mut look: Look = parse(&file)?;
    let wrong = |what: String| PackError(file.clone(), what);
    if !look.logo.is_empty() {
        let plain = look.logo.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !plain {
            return Err(wrong(format!("«{}» is no name of a file beside it", look.logo)));
        }
        look.picture = Some(bytes(&format!("{own}/{}", look.logo))?);
    }
    let known = papers.iter().find(|p| p.id == "certificate").map(|p| p.rules().names.texts);
    look.check(&known.unwrap_or_default()).map_err(wrong)?;
    Ok(look)
}

impl Look {
    fn check(&self, known: &BTreeSet<String>) -> Result<(), String> {
        if self.below.is_empty() || self.sign.is_empty() {
            return Err("it has a place to sign, and something below the name".to_owned());
        }
        let one = [&self.title, &self.above, &self.check];
        for text in one.into_iter().chain(&self.below).chain(&self.sign) {
            for (language, said) in [("es", &text.es), ("en", &text.en)] {
                if said.trim().is_empty() {
                    return Err(format!("«{}{}» is not said in {language}", text.es, text.en));
                }
                // A place to sign is drawn, and so is the code.
                let drawn = |mark: &&str| !known.contains(*mark) || ["firma", "codigo_qr"].contains(mark);
                if let Some(mark) = marks(said).find(drawn) {
                    return Err(format!("{{{{{mark}}}}} is no mark of it"));
                }
            }
        }
        for language in ["es", "en"] {
            let says =
                |texts: &[Words], mark: &str| texts.iter().any(|t| marks(t.of(language)).any(|m| m == mark));
            let missing = MUST.into_iter().find(|mark| !says(&self.below, mark));
            let check = std::slice::from_ref(&self.check);
            if let Some(mark) = missing.or(CHECKED.into_iter().find(|mark| !says(check, mark))) {
                return Err(format!("{{{{{mark}}}}} is missing in {language}"));
            }
        }
        Ok(())
    }
}

/// The marks of a text.
fn marks(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).map(|rest| rest.split_once("}}").map_or(rest, |(mark, _)| mark))
}

/// A text with its values. A value is never looked at again for marks.
#[must_use]
pub fn filled(text: &str, values: &Values) -> String {
    let mut parts = text.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}") {
            Some((mark, rest)) => {
                out.push_str(values.texts.get(mark).map_or("", String::as_str));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_no_text_with_marks() {
        let values = Values::default().text("nombre", "{{codigo}} D'Angelo").text("codigo", "K-1");
        assert_eq!(filled("a {{nombre}}, {{codigo}}{{nada}}.", &values), "a {{codigo}} D'Angelo, K-1.");
        assert_eq!(filled("{{nombre", &values), "nombre");
    }

    #[test]
    fn a_pack_that_cannot_be_is_told_why() {
        let papers = crate::papers::read().expect("reads");
        let known = papers.iter().find(|p| p.id == "certificate").expect("is there").rules().names.texts;
        let demo = read("demo", &papers).expect("reads");
        assert!(demo.picture.is_some());
        let core = read("no-such-programme", &papers).expect("the core's own");
        assert!(core.picture.is_none());
        let words = |text: &str| Words { es: text.into(), en: text.into() };
        for (wrong, says) in [
            (Look { title: words(""), ..demo.clone() }, "is not said"),
            (Look { above: words("{{alguien}}"), ..demo.clone() }, "{{alguien}} is no mark"),
            (Look { sign: vec![words("{{firma}}")], ..demo.clone() }, "{{firma}} is no mark"),
            (Look { check: words("{{codigo}}"), ..demo.clone() }, "{{direccion}} is missing"),
            (Look { below: vec![words("{{curso}}")], ..demo.clone() }, "{{horas}} is missing"),
            (Look { sign: vec![], ..demo }, "a place to sign"),
        ] {
            let why = wrong.check(&known).expect_err("is wrong");
            assert!(why.contains(says), "{why}");
        }
    }
}
