//! The sheet as a page of its own: the programme's colours, one small style sheet known by its hash, no script, no cookie. It prints as the
//! PDF is.

use axum::response::{Html, IntoResponse as _};
use ceiba_paper::sheet::{Big, Colour, Colours, Page, Sheet, SheetError, scale, write};
use ceiba_programme::ProgrammeError;
use ceiba_programme::outputs::pages::Content;
use ceiba_programme::results::frozen::Words as Both;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::headers::OwnStyle;
use crate::{Answer, App, Failure, Lang, look};

/// Paper and colours as a pack writes them.
pub(crate) fn look(page: &str, (main, soft): (&str, &str)) -> (Page, Colours) {
    let colour = |text: &str, usual: Colour| Colour::parse(text).unwrap_or(usual);
    let usual = Colours::default();
    let colours = Colours { main: colour(main, usual.main), soft: colour(soft, usual.soft) };
    (if page == "a4" { Page::A4 } else { Page::Letter }, colours)
}

/// The sheet in one language.
fn sheet(c: &Content, lang: Lang) -> Sheet {
    let t = |words: &Both| words.of(lang.code()).to_owned();
    let lists = |all: &[(Both, Vec<Both>)]| {
        let said = all.iter().filter(|(_, items)| !items.is_empty());
        said.map(|(heading, items)| (t(heading), items.iter().map(t).collect())).collect()
    };
    let (page, colours) = look(&c.look.0, (&c.look.1, &c.look.2));
    Sheet {
        language: lang.code().to_owned(),
        page,
        colours,
        owner: t(&c.owner),
        title: t(&c.title),
        dated: t(&c.dated),
        facts: c.facts.iter().map(|(a, b)| (t(a), t(b))).collect(),
        overview: (t(&c.overview.0), t(&c.overview.1)),
        numbers: (
            t(&c.numbers.0),
            c.numbers.1.iter().map(|(a, b)| Big { value: t(a), label: t(b) }).collect(),
        ),
        left: lists(&c.left),
        right: lists(&c.right),
        foot: t(&c.foot),
    }
}

/// Whether it is one page in both languages.
pub(super) fn fits(c: &Content) -> Result<(), SheetError> {
    Lang::ALL.iter().try_for_each(|lang| scale(&sheet(c, *lang)).map(|_| ()))
}

/// The PDF.
pub(super) fn pdf(c: &Content, lang: Lang) -> Result<Vec<u8>, Failure> {
    write(&sheet(c, lang)).map_err(|e| match e {
        SheetError::Paper(why) => {
            tracing::error!(error = why, "a sheet could not be made");
            ProgrammeError::Unreadable("a sheet").into()
        }
        _ => Failure::State("state-sheet-does-not-fit"),
    })
}

/// The page. `to` says where it is in a language; `back` is for whoever prepares it.
pub(super) fn answer(
    app: &App,
    c: &Content,
    lang: Lang,
    to: &dyn Fn(Lang) -> String,
    back: Option<&str>,
) -> Answer {
    let s = sheet(c, lang);
    let scale = scale(&s).map_err(|_| Failure::State("state-sheet-does-not-fit"))?;
    let css = look::minified(&style(&s, scale));
    let hash = look::source_hash(&css);
    let w = app.words(lang);
    let other = if lang == Lang::Es { Lang::En } else { Lang::Es };
    let pdf = match back {
        Some(path) => format!("{path}/ficha/pdf/{}", lang.code()),
        None => format!("{}/pdf", to(lang)),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow";
                title { (s.title) }
                style { (PreEscaped(&css)) }
            }
            body {
                nav aria-label=(w.t("out-nav")) {
                    @if let Some(path) = back { a href=(path) { (w.t("back")) } }
                    a href=(pdf) { (w.t("paper-pdf")) }
                    a href=(to(other)) lang=(other.code()) hreflang=(other.code()) { (w.t("out-other-language")) }
                }
                (body(&s))
            }
        }
    };
    let mut response = Html(page.into_string()).into_response();
    response.extensions_mut().insert(OwnStyle(hash));
    Ok(response)
}

fn body(s: &Sheet) -> Markup {
    html! {
        main {
            header {
                p { (s.owner) }
                h1 { (s.title) }
                p { (s.dated) }
            }
            dl { @for (label, text) in &s.facts { div { dt { (label) } dd { (text) } } } }
            section { h2 { (s.overview.0) } p { (s.overview.1) } }
            section class="n" {
                h2 { (s.numbers.0) }
                ul { @for big in &s.numbers.1 { li { strong { (big.value) } " " span { (big.label) } } } }
            }
            div class="two" {
                @for side in [&s.left, &s.right] {
                    div { @for (heading, items) in side {
                        section { h2 { (heading) } ul { @for item in items { li { (item) } } } }
                    } }
                }
            }
            footer { p { (s.foot) } }
        }
    }
}

/// The style: sizes in the size of the text, which in print is that of the PDF.
fn style(s: &Sheet, scale: f32) -> String {
    let (main, soft) = (s.colours.main.to_string(), s.colours.soft.to_string());
    let (size, high) = match s.page {
        Page::Letter => ("letter", "11in"),
        Page::A4 => ("A4", "297mm"),
    };
    let points = 9.4 * scale;
    STYLE
        .replace("MAIN", &main)
        .replace("SOFT", &soft)
        .replace("SIZE", size)
        .replace("HIGH", high)
        // A browser breaks lines with fonts of its own: a twentieth smaller stays on one page.
        .replace("POINTS", &format!("{:.2}pt", points * 0.95))
}

const STYLE: &str = r"
* { box-sizing: border-box; margin: 0; padding: 0; }
html { color-scheme: light; background: #eceeed; }
body { font: 1rem/1.4 system-ui, 'DejaVu Sans', sans-serif; color: #1c2022; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; max-inline-size: 51rem; margin: 0 auto; padding: .25rem 1rem; }
nav a { padding-block: .625rem; color: #1c2022; }
a:focus-visible { outline: 3px solid #1c2022; outline-offset: 2px; }
main { max-inline-size: 51rem; margin: 0 auto 2rem; background: #fff; }
header { padding: 1.75rem; background: MAIN; color: #fff; }
h1 { margin: .25rem 0 .5rem; font-size: 1.75rem; line-height: 1.16; }
h2 { margin: 0 0 .25rem; font-size: 1.2rem; line-height: 1.25; color: MAIN; }
dl, section, .two, footer { margin: 1.25rem 1.75rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; font-size: .9em; }
dl div { padding-block-start: .375rem; border-block-start: 2px solid MAIN; }
dt { font-weight: 700; color: MAIN; }
.n { padding: 1rem 1.25rem; background: SOFT; }
.n ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 1rem 1.5rem; list-style: none; }
.n strong { display: block; font-size: 2.5rem; line-height: 1.15; color: MAIN; }
.n span { font-size: .9em; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0 1.5rem; }
.two section { margin: 0 0 1rem; }
.two ul { padding-inline-start: 1.1em; }
.two li { margin-block-end: .25em; }
.two li::marker { color: MAIN; }
footer { margin-block-end: 0; padding: .5rem 0 1.25rem; border-block-start: 1px solid MAIN; font-size: .9em; }
@media (max-width: 30rem) {
  header { padding: 1.25rem 1rem; }
  dl, section, .two, footer { margin-inline: 1rem; }
  .n { padding-inline: 1rem; }
}
@page { size: SIZE; margin: 0; }
@media print {
  html { font-size: POINTS; background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
  main { max-inline-size: none; min-block-size: calc(HIGH - 1px); margin: 0; display: flex; flex-direction: column; }
  header { padding: 2.25em 4.5em 1.5em; }
  h1 { font-size: 2.15em; }
  dl, section, .two, footer { margin-inline: 4.5em; }
  .two section { margin-inline: 0; }
  dl { grid-template-columns: repeat(4, 1fr); }
  .n ul { grid-template-columns: repeat(3, 1fr); }
  .two { grid-template-columns: 1fr 1fr; }
  footer { margin-block-start: auto; padding-block-end: 2em; }
}
";
