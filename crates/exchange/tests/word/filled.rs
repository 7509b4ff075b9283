//! Templates of an office, filled: what comes out is read again with another reader of XML than ours, and with ours.

use std::io::{Cursor, Read};

use crate::packed::{Packed, p, root, row, rules, split, table};
use ceiba_exchange::word::{self, Code, Line, Place, Rules, Starter, Template, Values, Why};
use proptest::prelude::*;

fn fill(packed: &Packed, values: &Values) -> Vec<u8> {
    Template::read(&packed.bytes(), &rules()).unwrap().fill(values).unwrap()
}

/// The lines of the text that are not empty.
fn body(bytes: &[u8]) -> Vec<String> {
    lines(bytes, Place::Body)
}

fn lines(bytes: &[u8], place: Place) -> Vec<String> {
    let all = word::text(bytes).unwrap();
    all.into_iter().filter(|(p, _)| *p == place).flat_map(|(_, l)| l).filter(|l| !l.is_empty()).collect()
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut part = zip.by_index(n).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            (part.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

/// Reads every part to its end with the strictest checks the reader has.
fn well_formed(bytes: &[u8]) -> Result<(), String> {
    for (name, text) in parts(bytes).iter().filter(|(n, _)| n.ends_with(".xml") || n.ends_with(".rels")) {
        let fine = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        if !text.chars().all(fine) {
            return Err(format!("{name} holds what XML cannot"));
        }
        let mut reader = quick_xml::Reader::from_str(text);
        loop {
            match reader.read_event().map_err(|e| format!("{name}: {e}"))? {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                    for a in e.attributes() {
                        a.map_err(|e| format!("{name}: {e}"))?;
                    }
                }
                quick_xml::events::Event::GeneralRef(r) => {
                    let known =
                        r.is_char_ref() || ["amp", "lt", "gt", "quot", "apos"].contains(&&*r.xml10_content());
                    if !known {
                        return Err(format!("{name}: an entity"));
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn goal(meta: &str, dia: &str) -> Values {
    Values::default().text("meta", meta).text("dia", dia)
}

#[test]
fn a_placeholder_that_word_cut_into_runs_is_filled_where_it_begins() {
    let packed = Packed::new(&split(&["Para ", "{", "{desti", "na", "tario }", "}", ", con respeto"]));
    let values = Values::default().text("destinatario", "Juzgado «A»");
    assert_eq!(body(&fill(&packed, &values)), ["Para Juzgado «A», con respeto"]);
    // Formatting of the other runs stays.
    assert_eq!(
        parts(&fill(&packed, &values)).iter().map(|(_, t)| t.matches("<w:b/>").count()).sum::<usize>(),
        8
    );
}

#[test]
fn a_row_comes_as_often_as_there_are_items_and_a_capital_does_not_matter() {
    let packed =
        Packed::new(&table(&[row(&["Meta", "Día"]), row(&["{{#metas}}{{Meta}}", "{{dia}}{{/metas}}"])]));
    let values =
        Values::default().block("metas", vec![goal("Terminar sexto", "1"), goal("Ver a su tía", "2")]);
    let filled = fill(&packed, &values);
    assert_eq!(body(&filled), ["Meta", "Día", "Terminar sexto", "1", "Ver a su tía", "2"]);
    assert_eq!(body(&fill(&packed, &Values::default())), ["Meta", "Día"], "an empty list leaves the head");
    well_formed(&filled).unwrap();
}

#[test]
fn paragraphs_and_tables_between_two_marks_come_again_and_the_lines_of_the_marks_go() {
    let inner = table(&[row(&["{{#lineas}}{{texto}}{{/lineas}}"])]);
    let text = [p("{{#secciones}}"), p("{{titulo}}"), inner, p("{{/secciones}}"), p("Fin")].concat();
    let section = |title: &str, lines: &[&str]| {
        let lines = lines.iter().map(|t| Values::default().text("texto", *t)).collect();
        Values::default().text("titulo", title).block("lineas", lines)
    };
    let values =
        Values::default().block("secciones", vec![section("Metas", &["a", "b"]), section("Escuela", &[])]);
    let filled = fill(&Packed::new(&text), &values);
    assert_eq!(body(&filled), ["Metas", "a", "b", "Escuela", "Fin"]);
    let document = parts(&filled).into_iter().find(|(n, _)| n == "word/document.xml").unwrap().1;
    assert_eq!(document.matches("<w:tbl>").count(), 1, "a table without rows is none");
    // The paragraph after each table, and the three with words.
    assert_eq!(document.matches("<w:p>").count() + document.matches("<w:p/>").count(), 7, "{document}");
}

#[test]
fn a_block_within_one_paragraph_repeats_the_paragraph() {
    let packed = Packed::new(&p("{{#metas}}• {{meta}} para {{destinatario}}{{/metas}}"));
    let values =
        Values::default().text("destinatario", "X").block("metas", vec![goal("a", ""), goal("b", "")]);
    assert_eq!(body(&fill(&packed, &values)), ["• a para X", "• b para X"]);
}

#[test]
fn lines_of_a_value_are_lines_of_the_paper_and_a_value_is_never_a_placeholder() {
    let packed = Packed::new(&p("{{parrafo}}"));
    let filled = fill(
        &packed,
        &Values::default().text("parrafo", "uno\r\ndos <b> & 'tres' \"{{destinatario}}\"\u{0}\u{b}x"),
    );
    let document = parts(&filled).into_iter().find(|(n, _)| n == "word/document.xml").unwrap().1;
    assert_eq!(document.matches("<w:br/>").count(), 2);
    assert!(document.contains("dos &lt;b&gt; &amp; 'tres' \"{{destinatario}}\""), "{document}");
    well_formed(&filled).unwrap();
}

#[test]
fn heads_feet_and_text_boxes_are_filled_too() {
    let mut packed = Packed::new(&format!(
        "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
        p("{{#metas}}{{meta}}{{/metas}}")
    ));
    packed.put("word/header1.xml", &root("hdr", &p("{{programa}}")));
    packed.rels(&[("rId2", "header", "header1.xml", "")]);
    let values = Values::default()
        .text("programa", "Casa de prueba")
        .text("destinatario", "Juzgado")
        .block("metas", vec![goal("a", ""), goal("b", "")]);
    let filled = fill(&packed, &values);
    assert_eq!(body(&filled), ["a", "b"]);
    assert_eq!(lines(&filled, Place::Header), ["Casa de prueba"]);
    assert_eq!(lines(&filled, Place::Footer), ["Juzgado "]);
}

#[test]
fn the_same_values_give_the_same_bytes_and_nothing_of_the_office() {
    let mut packed = Packed::new(&p("{{parrafo}}"));
    packed.put("docProps/core.xml", "<x>Ana Ejemplo</x>").put("docProps/custom.xml", "<x>Ana Ejemplo</x>");
    packed.put("docProps/thumbnail.jpeg", "Ana Ejemplo").put("word/people.xml", "<x>Ana Ejemplo</x>");
    packed.put("word/comments.xml", &root("comments", &p("Ana Ejemplo")));
    packed.put("customXml/item1.xml", "<x>Ana Ejemplo</x>");
    packed.put(
        "word/settings.xml",
        &root("settings", "<w:rsids><w:rsid w:val=\"00AA\"/></w:rsids><w:docVars><w:docVar w:name=\"Ana Ejemplo\" w:val=\"1\"/></w:docVars><w:defaultTabStop w:val=\"720\"/>"),
    );
    packed.rels(&[
        ("rId5", "people", "people.xml", ""),
        ("rId6", "comments", "comments.xml", ""),
        ("rId7", "customXml", "../customXml/item1.xml", ""),
        ("rId8", "settings", "settings.xml", ""),
    ]);
    let values = Values::default().text("parrafo", "x");
    let (a, b) = (fill(&packed, &values), fill(&packed, &values));
    assert!(a == b, "the same bytes");
    for (name, text) in parts(&a) {
        assert!(!text.contains("Ana") && !text.contains("rsid"), "{name}: {text}");
        assert!(!name.starts_with("docProps") && !name.starts_with("customXml"), "{name}");
    }
    assert!(parts(&a).iter().any(|(_, t)| t.contains("defaultTabStop")));
    // What is kept is the clean one, and reading it again changes nothing.
    let clean = Template::read(&packed.bytes(), &rules()).unwrap().clean().unwrap();
    let again = Template::read(&clean, &rules()).unwrap().clean().unwrap();
    assert!(clean == again);
}

#[test]
fn sixty_paragraphs_and_a_thousand_rows_come_back_each_in_its_place() {
    let text: String = (0..60).map(|n| p(&format!("{n}: {{{{parrafo}}}}"))).collect();
    let rows = table(&[row(&["{{#metas}}{{meta}}", "{{dia}}{{/metas}}"])]);
    let goals = (0..1000).map(|n| goal(&format!("m{n}"), "d")).collect();
    let values = Values::default().text("parrafo", "O'Neill, d'Arc").block("metas", goals);
    let found = body(&fill(&Packed::new(&(text + &rows)), &values));
    assert_eq!(found.len(), 60 + 2000);
    assert_eq!((found[59].as_str(), found[2058].as_str()), ("59: O'Neill, d'Arc", "m999"));
}

#[test]
fn our_own_starter_is_a_template_that_passes() {
    let starter = Starter {
        language: "es-GT".into(),
        head: "{{programa}}".into(),
        lines: vec![
            Line::Title("Informe".into()),
            Line::Text("Para {{destinatario}}".into()),
            Line::Table(
                vec!["Meta".into(), "Día".into()],
                vec!["{{#metas}}{{meta}}".into(), "{{dia}}{{/metas}}".into()],
            ),
        ],
        foot: vec!["{{destinatario}}".into(), "{{entrega}}".into()],
        page: "Página".into(),
    };
    let bytes = word::starter(&starter).unwrap();
    let template = Template::read(&bytes, &rules()).unwrap();
    assert_eq!(template.found.blocks.get("metas"), Some(&true));
    let filled = template.fill(&Values::default().block("metas", vec![goal("a", "1")])).unwrap();
    assert_eq!(body(&filled), ["Informe", "Para ", "Meta", "Día", "a", "1"]);
    well_formed(&filled).unwrap();
}

#[test]
fn a_paper_without_an_end_is_refused() {
    let many: String = (0..2000).map(|_| p("{{parrafo}}")).collect();
    let template = Template::read(&Packed::new(&many).bytes(), &rules()).unwrap();
    assert_eq!(template.fill(&Values::default().text("parrafo", "x".repeat(4000))), Err(Why::Long));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever somebody wrote, the paper is XML, and every line of it is there as it was written.
    #[test]
    fn no_text_breaks_the_paper(text in prop_oneof![any::<String>(), "[\\x00-\\x1f<>&'\"{}#/\\]a-e\u{fffe}\u{ffff}]{0,40}"], cut in prop::collection::vec(1..15_usize, 0..6)) {
        // The placeholder is cut at any places.
        let whole = "a {{#metas}}{{meta}}{{/metas}} z";
        let mut places: Vec<usize> = cut.iter().map(|n| n * 2).filter(|n| *n < whole.len()).collect();
        places.sort_unstable();
        let (mut runs, mut from) = (Vec::new(), 0);
        for at in places {
            runs.push(&whole[from..at]);
            from = at;
        }
        runs.push(&whole[from..]);
        let filled = fill(&Packed::new(&split(&runs)), &Values::default().text("destinatario", &text).block("metas", vec![goal(&text, "")]));
        prop_assert_eq!(well_formed(&filled), Ok(()));
        let holds = |c: char| c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}');
        let parted = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let want: String = text.replace("\r\n", "\n").chars().map(|c| if parted(c) { ' ' } else { c }).filter(|c| holds(*c)).collect();
        prop_assert_eq!(body(&filled), vec![format!("a {want} z")]);
    }

    /// No bytes make it break down, whatever was damaged on the way.
    #[test]
    fn damaged_files_are_told_and_nothing_else(at in 0..2000_usize, with in any::<u8>(), length in 0..3000_usize) {
        let mut bytes = Packed::new(&p("{{parrafo}}")).bytes();
        let end = bytes.len();
        bytes[at % end] = with;
        bytes.truncate(length.max(1));
        if let Ok(template) = Template::read(&bytes, &rules()) {
            prop_assert!(template.fill(&Values::default()).is_ok());
        }
    }
}

#[test]
fn what_a_reader_sees_keeps_titles_tables_and_the_ends_of_lines() {
    use ceiba_exchange::word::{Shown, shown};
    let bytes = word::starter(&word::Starter {
        language: "es-GT".into(),
        head: "{{programa}}".into(),
        lines: vec![
            word::Line::Title("Informe".into()),
            word::Line::Heading("Metas".into()),
            word::Line::Text("{{parrafo}}".into()),
            word::Line::Table(vec!["Qué".into(), "Cuándo".into()], vec!["Taller".into(), "lunes".into()]),
        ],
        foot: vec!["Para la Fiscalía (inventada)".into()],
        page: "Página".into(),
    })
    .unwrap();
    let filled = Template::read(&bytes, &Rules { foot: vec![], ..rules() }).unwrap();
    let filled = filled.fill(&Values::default().text("parrafo", "Uno\nDos")).unwrap();
    let (body, foot) = shown(&filled).unwrap();
    let table = vec![vec!["Qué".to_owned(), "Cuándo".into()], vec!["Taller".into(), "lunes".into()]];
    let expected = [
        Shown::Title("Informe".into()),
        Shown::Heading("Metas".into()),
        Shown::Text("Uno\nDos".into()),
        Shown::Table(table),
    ];
    assert_eq!(body, expected);
    assert_eq!(foot, ["Para la Fiscalía (inventada)"]);
}

#[test]
fn a_code_for_a_camera_is_a_picture_where_its_mark_stands() {
    let packed = Packed::new(&(p("Código: {{destinatario}}.") + &p("Otra vez {{destinatario}}")));
    let code =
        Code { says: "Código: <https://ejemplo.invalid/?a&b>".into(), dark: vec![vec![true; 25]; 25] };
    let values = Values::default().text("destinatario", "no se lee").code("destinatario", code.clone());
    let bytes = fill(&packed, &values);
    well_formed(&bytes).unwrap();
    assert_eq!(bytes, fill(&packed, &values), "the same bytes");
    assert_eq!(body(&bytes), ["Código: .", "Otra vez "]);
    let all = parts(&bytes);
    let of = |name: &str| &all.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{name}")).1;
    let document = of("word/document.xml");
    assert_eq!(document.matches("r:embed=\"rIdCode-destinatario\"").count(), 2);
    for id in ["90001", "90002"] {
        assert_eq!(document.matches(&format!("<wp:docPr id=\"{id}\"")).count(), 1, "a number of its own");
    }
    assert!(document.contains("descr=\"Código: &lt;https://ejemplo.invalid/?a&amp;b&gt;\""));
    assert!(of("word/_rels/document.xml.rels").contains("/word/media/code-destinatario.png"));
    assert!(of("[Content_Types].xml").contains("image/png"));
    assert_eq!(all.iter().filter(|(name, _)| name.starts_with("word/media/")).count(), 1, "one picture");
    // What came out may be a template again, with its picture; a code that is none is the value in words.
    assert!(Template::read(&bytes, &Rules { foot: Vec::new(), must: Vec::new(), ..rules() }).is_ok());
    let none = values.code("destinatario", Code { dark: Vec::new(), ..code });
    assert_eq!(body(&fill(&packed, &none)), ["Código: no se lee.", "Otra vez no se lee"]);
}
