//! The fact sheet: one page whatever its texts, the same picture each time, read in order, and a clear word when it cannot be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod look;

use ceiba_paper::sheet::{Big, Colour, Colours, Page, Sheet, SheetError, write};
use look::{count, in_order, likeness, tagged, words};
use proptest::prelude::*;

fn list(heading: &str, items: &[&str]) -> (String, Vec<String>) {
    (heading.to_owned(), items.iter().map(|t| (*t).to_owned()).collect())
}

/// A sheet as a programme has it. Everything in it is invented but its form.
fn sample() -> Sheet {
    let fact = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let big = |value: &str, label: &str| Big { value: value.into(), label: label.into() };
    Sheet {
        language: "es".into(),
        page: Page::Letter,
        colours: Colours::default(),
        owner: "Programa de ejemplo".into(),
        title: "Contra la trata de personas: proteger, investigar, prevenir".into(),
        dated: "Cifras del 1 de octubre de 2024 al 30 de septiembre de 2026".into(),
        facts: vec![
            fact("Donante", "Donante de ejemplo"),
            fact("Lugar", "Mixco y Coatepeque, Guatemala"),
            fact("Duración", "octubre de 2024 a enero de 2027"),
            fact("Con quiénes", "Instituciones de justicia, municipalidades y 78 personas aliadas de la comunidad"),
        ],
        overview: ("De qué se trata".into(), "El programa acompaña a adolescentes que vivieron trata o violencia sexual, y a sus familias. Ayuda a que quienes investigan lo hagan sin volver a dañar, y a que las comunidades reconozcan las señales a tiempo.".into()),
        numbers: (
            "En números".into(),
            vec![
                big("750,000", "dólares de los Estados Unidos"),
                big("400", "funcionarias y funcionarios de justicia capacitados"),
                big("78", "personas aliadas de la comunidad capacitadas"),
                big("1", "oficina municipal de protección"),
                big("1", "clínica de atención"),
                big("104", "adolescentes y familias con servicios"),
            ],
        ),
        left: vec![
            list("Qué hacemos", &["Casas de protección y clínica de día", "Acompañamiento legal y psicosocial", "Capacitación de fiscalía, policía y juzgados", "Red comunitaria de alerta temprana"]),
            list("Objetivos", &["Mejorar la investigación centrada en la víctima", "Ampliar los servicios especializados para más sobrevivientes"]),
        ],
        right: vec![list("Qué se logró", &["400 de 400 personas de justicia terminaron el curso", "78 de 75 personas aliadas reconocen las señales", "Mediana de 2 días entre la referencia y el primer servicio", "Las víctimas contaron su historia menos veces: de 4 a 2"])],
        foot: "Cifras congeladas: 2026-T3, versión 1. Los grupos de menos de 10 personas no se muestran.".into(),
    }
}

#[test]
fn it_looks_as_it_did_when_somebody_looked() {
    likeness("sheet", &write(&sample()).unwrap());
}

#[test]
fn it_is_tagged_one_page_the_same_bytes_and_read_in_order() {
    let pdf = write(&sample()).unwrap();
    assert_eq!(pdf, write(&sample()).unwrap());
    assert_eq!(count(&pdf, "/Type/Page/"), 1);
    tagged(&pdf, &["/S/H1", "/S/H2", "/S/LI", "/S/TH"]);
    let order = [
        "Programa de ejemplo",
        "Contra la trata",
        "Cifras del 1",
        "Donante de ejemplo",
        "Lugar",
        "Duración",
        "Con quiénes",
        "De qué se trata",
        "En números",
        "750,000 dólares",
        "400 funcionarias",
        "78 personas",
        "1 oficina",
        "1 clínica",
        "104 adolescentes",
        "Qué hacemos",
        "Objetivos",
        "Qué se logró",
        "Cifras congeladas",
    ];
    in_order(&words(&pdf), &order);
}

#[test]
fn long_texts_are_set_smaller_and_too_long_ones_are_refused() {
    let longer = |times: usize| {
        let mut s = sample();
        s.overview.1 = s.overview.1.repeat(times);
        s
    };
    for times in 1..=3 {
        assert_eq!(count(&write(&longer(times)).unwrap(), "/Type/Page/"), 1, "{times}");
    }
    let Err(SheetError::TooLong { lines, longest }) = write(&longer(30)) else { panic!("it fits?") };
    assert!(lines > 5 && longest == "De qué se trata", "{lines} {longest}");
    assert_eq!(count(&write(&Sheet { page: Page::A4, ..longer(3) }).unwrap(), "/Type/Page/"), 1);
}

#[test]
fn colours_that_cannot_be_read_are_refused() {
    let pale = Colours { main: Colour(240, 200, 60), soft: Colour(255, 255, 255) };
    assert!(matches!(write(&Sheet { colours: pale, ..sample() }), Err(SheetError::Unreadable(150..450))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_was_typed_is_one_page_or_a_clear_word(text in ".{0,400}", items in proptest::collection::vec(".{0,80}", 0..12), value in ".{0,30}") {
        let mut s = sample();
        s.overview.1 = text.clone();
        s.title = format!("T{value}");
        s.numbers.1 = vec![Big { value, label: text }];
        s.right[0].1 = items;
        match write(&s) {
            Ok(pdf) => prop_assert_eq!(count(&pdf, "/Type/Page/"), 1),
            Err(e) => prop_assert!(matches!(e, SheetError::TooLong { .. }), "{}", e),
        }
    }
}
