//! Papers as PDF: the same bytes each time, whatever was typed, and nothing that is lost between two pages.

use ceiba_paper::document::{Block, Paper, write};
use proptest::prelude::*;

fn paper(blocks: Vec<Block>) -> Paper {
    let blocks = [vec![Block::Heading(1, "Informe".into())], blocks].concat();
    Paper {
        title: "Informe".into(),
        language: "es".into(),
        blocks,
        foot: "Entregado a la Fiscalía (inventada)".into(),
    }
}

/// How many objects of a kind a file has; what is compressed hides nothing of these.
fn count(pdf: &[u8], what: &str) -> usize {
    let what = what.as_bytes();
    pdf.windows(what.len()).filter(|w| *w == what).count()
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_says_in_which_language_it_is() {
    let one = paper(vec![
        Block::Facts(vec![("Código".into(), "C-INVEN".into()), ("Edad".into(), String::new())]),
        Block::Heading(2, "Lo acordado".into()),
        Block::List(vec!["Terminar sexto".into(), "Ir a la clínica".into()]),
        Block::Table {
            head: vec!["Qué".into(), "Cuándo".into()],
            rows: vec![vec!["Taller".into(), "lunes".into()]],
        },
        Block::Sign(vec!["Firma y sello".into()]),
    ]);
    let pdf = write(&one).unwrap();
    assert_eq!(pdf, write(&one).unwrap());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for what in ["/StructTreeRoot", "/Lang(es)", "/DisplayDocTitle true", "pdfuaid:part"] {
        assert!(count(&pdf, what) > 0, "{what} is missing");
    }
    for (what, times) in
        [("/S/Table", 2), ("/S/TR", 4), ("/S/TH", 4), ("/S/LI", 2), ("/S/H1", 1), ("/S/H2", 1)]
    {
        assert!(count(&pdf, what) >= times, "{what}: {}", count(&pdf, what));
    }
    for secret in ["/Author", "/CreationDate"] {
        assert_eq!(count(&pdf, secret), 0, "{secret}");
    }
}

#[test]
fn a_long_paper_has_as_many_pages_as_it_needs() {
    let long = (1..=60)
        .map(|n| Block::Text(format!("Párrafo {n}. {}", "Asiste y participa. ".repeat(12))))
        .collect();
    assert!(count(&write(&paper(long)).unwrap(), "/Type/Page/") > 3);
    let row = vec![vec!["uno ".repeat(3000), "dos".into()]];
    let tall = vec![Block::Table { head: vec!["Qué".into(), "Nota".into()], rows: row }];
    assert!(count(&write(&paper(tall)).unwrap(), "/Type/Page/") > 3, "a row that is longer than a page");
}

#[test]
fn a_paper_without_a_title_is_refused() {
    let nameless = Paper { blocks: vec![Block::Text("Hola".into())], ..Paper::default() };
    assert!(write(&nameless).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_was_typed_it_can_be_written(texts in proptest::collection::vec("\\PC{0,200}|[\u{0}-\u{1F}\u{202A}-\u{202E}a-z ]{0,40}", 1..6)) {
        let cells: Vec<String> = texts.clone();
        let blocks = vec![
            Block::Heading(2, texts[0].clone()),
            Block::Text(texts.join("\n")),
            Block::Small(texts[0].clone()),
            Block::List(texts.clone()),
            Block::Facts(texts.iter().map(|t| (t.clone(), t.clone())).collect()),
            Block::Table { head: cells.clone(), rows: vec![cells.clone(), Vec::new()] },
            Block::Sign(texts.clone()),
        ];
        prop_assert!(write(&paper(blocks)).is_ok());
    }
}
