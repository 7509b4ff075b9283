//! The certificate: one page across whatever the name, the same picture each time, read in order, and a clear word when it cannot be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod look;

use ceiba_paper::certificate::{Certificate, logo, write};
use ceiba_paper::sheet::{Colour, Colours, Page, SheetError};
use look::{count, in_order, likeness, tagged, words};
use proptest::prelude::*;

const LOGO: &[u8] = include_bytes!("../../../packs/demo/logo.png");

/// A certificate as a programme gives it. Everything in it is invented but its form.
fn sample() -> Certificate {
    Certificate {
        language: "es".into(),
        page: Page::Letter,
        colours: Colours::default(),
        logo: Some(LOGO.to_vec()),
        owner: "Programa de ejemplo".into(),
        file: "Constancia K-00000000".into(),
        title: "Constancia de capacitación".into(),
        above: "Hacemos constar que".into(),
        name: "María José D'Angelo Inventada".into(),
        below: vec![
            "completó el curso «Investigación centrada en la víctima», de 16 horas, del 1 al 3 de enero de 2030. Asistió por lo menos al 80 % del tiempo.".into(),
            "Temas: cómo escucha quien pregunta una sola vez; trauma y memoria; la cadena de custodia.".into(),
            "4 de enero de 2030".into(),
        ],
        sign: vec!["Quien firma (ejemplo)\nCoordinación de formación".into(), "Dirección\nPrograma de ejemplo".into()],
        check: "Compruébela en https://ejemplo.invalid/constancia con el código K-00000000.\nNúmero de titular: 0000-0000-0000-0000-0000".into(),
        says: "Código para la cámara: https://ejemplo.invalid/constancia/K-00000000".into(),
        dark: (0..29).map(|y| (0..29).map(|x| (x * y + x + y) % 3 == 0).collect()).collect(),
    }
}

#[test]
fn it_looks_as_it_did_when_somebody_looked() {
    likeness("certificate", &write(&sample()).unwrap());
}

#[test]
fn it_is_tagged_one_page_the_same_bytes_and_read_in_order() {
    let pdf = write(&sample()).unwrap();
    assert_eq!(pdf, write(&sample()).unwrap());
    assert_eq!(count(&pdf, "/Type/Page/"), 1);
    tagged(&pdf, &["/S/H1", "/S/Figure", "/Alt<"]);
    let text = words(&pdf);
    let rest = in_order(
        &text,
        &[
            "Programa de ejemplo",
            "Constancia de capacitación",
            "Hacemos constar que",
            "María José D'Angelo Inventada",
            "completó el curso",
            "Temas:",
            "4 de enero",
        ],
    );
    for also in ["Quien firma (ejemplo)", "Dirección", "K-00000000", "Número de titular"] {
        assert!(rest.contains(also), "{also}: {text}");
    }
}

#[test]
fn a_long_name_and_both_papers_are_one_page_and_nothing_is_cut() {
    let name = "María de los Ángeles Guadalupe Esperanza Inventada D'Angelo de la Cruz y Montenegro Xicará viuda de Ejemplo";
    for page in [Page::Letter, Page::A4] {
        for (logo, sign) in [(None, 1), (Some(LOGO.to_vec()), 3)] {
            let sign =
                vec!["Coordinación de formación y acompañamiento\nPrograma de ejemplo".to_owned(); sign];
            let pdf = write(&Certificate { page, logo, name: name.into(), sign, ..sample() }).unwrap();
            assert_eq!(count(&pdf, "/Type/Page/"), 1);
            assert!(words(&pdf).contains(name), "{page:?}");
        }
    }
    let much = Certificate { below: vec!["palabra ".repeat(900)], ..sample() };
    assert!(matches!(write(&much), Err(SheetError::TooLong { lines, .. }) if lines > 10));
    let many = Certificate { sign: vec!["Quien firma".into(); 4], ..sample() };
    assert!(matches!(write(&many), Err(SheetError::Paper(why)) if why.starts_with("4 are to sign")));
    let pale = Colours { main: Colour(200, 220, 210), ..Colours::default() };
    assert!(matches!(write(&Certificate { colours: pale, ..sample() }), Err(SheetError::Unreadable(_))));
}

#[test]
fn a_logo_is_a_picture_of_some_size() {
    assert_eq!(logo(LOGO), Ok((180, 180)));
    let mut huge = LOGO.to_vec();
    huge[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    for wrong in [&b""[..], b"<svg/>", &LOGO[..20], &huge] {
        assert!(logo(wrong).is_err());
        assert!(write(&Certificate { logo: Some(wrong.to_vec()), ..sample() }).is_err());
    }
    // Its head is right and the rest is not there.
    assert!(write(&Certificate { logo: Some(LOGO[..200].to_vec()), ..sample() }).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_breaks_it(name in "\\PC{0,90}", below in "\\PC{0,300}", check in "\\PC{0,200}") {
        let one = Certificate { name, below: vec![below], check, ..sample() };
        match write(&one) {
            Ok(pdf) => prop_assert_eq!(count(&pdf, "/Type/Page/"), 1),
            Err(e) => prop_assert!(matches!(e, SheetError::TooLong { .. }), "{e}"),
        }
    }
}

/// For whoever wants to look at it: `CEIBA_LOOK=/tmp/look cargo test -p ceiba-paper --test certificate`.
#[test]
fn it_can_be_looked_at() {
    let Some(to) = std::env::var_os("CEIBA_LOOK") else { return };
    let long = "María de los Ángeles Guadalupe Esperanza Inventada D'Angelo de la Cruz y Montenegro Xicará viuda de Ejemplo";
    for (file, one) in
        [("letter", sample()), ("a4", Certificate { page: Page::A4, name: long.into(), ..sample() })]
    {
        std::fs::write(std::path::Path::new(&to).join(format!("{file}.pdf")), write(&one).unwrap()).unwrap();
    }
}
