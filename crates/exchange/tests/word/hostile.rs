//! Templates that somebody made to do harm, or that a careful person got wrong: each is refused with its reason.

use std::io::{Cursor, Write};

use crate::packed::{Packed, p, rels, root, row, rules, split, table};
use ceiba_exchange::word::{LARGEST, Place, Problem, Template, Why};

fn wrong(bytes: &[u8]) -> Vec<Problem> {
    Template::read(bytes, &rules()).map(|t| t.found).expect_err("it was let in")
}

fn why(packed: &Packed) -> Vec<Why> {
    wrong(&packed.bytes()).into_iter().map(|p| p.why).collect()
}

#[test]
fn what_is_no_word_document_says_so() {
    let zip = |name: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (bytes, reason) in [
        (b"%PDF-1.7 hola".to_vec(), Why::NotWord),
        (Vec::new(), Why::NotWord),
        (zip("xl/workbook.xml"), Why::NotWord),
        (zip("../word/document.xml"), Why::NotWord),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0, 0], Why::Old),
        (vec![0; LARGEST + 1], Why::Large),
    ] {
        assert_eq!(wrong(&bytes).iter().map(|p| p.why).collect::<Vec<_>>(), [reason]);
    }
}

#[test]
fn a_bomb_is_refused_by_what_it_claims_and_by_what_comes() {
    // Honest about its size: seventeen megabytes of nothing in twenty kilobytes.
    let mut packed = Packed::new(&p("{{parrafo}}"));
    packed.put("word/media/a.png", &"\u{0}".repeat(17 << 20));
    let bytes = packed.bytes();
    assert!(bytes.len() < 100_000, "a small file: {}", bytes.len());
    assert_eq!(wrong(&bytes).iter().map(|p| p.why).collect::<Vec<_>>(), [Why::Bomb]);
    // A liar: the directory says that the part has ten bytes.
    let mut lying = bytes;
    let real = u32::try_from(17 << 20).unwrap().to_le_bytes();
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, w)| *w == real).map(|(n, _)| n).collect();
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!([Why::Bomb, Why::NotWord].contains(&wrong(&lying)[0].why));
    // One part of XML that is too long, and too many parts.
    let mut long = Packed::new(&p("{{parrafo}}"));
    long.put("word/document.xml", &root("document", &p("x").repeat(100_000)));
    assert_eq!(why(&long), [Why::Bomb]);
    let mut many = Packed::new("");
    for n in 0..300 {
        many.put(&format!("word/media/{n}.png"), "x");
    }
    assert_eq!(why(&many), [Why::Bomb]);
    let deep = format!("{}{}", "<w:p>".repeat(500), "</w:p>".repeat(500));
    assert_eq!(why(&Packed::new(&deep)), [Why::Bomb]);
}

#[test]
fn programs_objects_and_what_comes_from_elsewhere_stay_outside() {
    let with = |rel: (&str, &str, &str, &str)| {
        let mut packed = Packed::new(&p("x"));
        packed.rels(&[rel]);
        packed
    };
    for (rel, reason) in [
        (("rId2", "vbaProject", "vbaProject.bin", ""), Why::Macros),
        (("rId2", "attachedTemplate", "https://example.org/a.dotm", "External"), Why::Remote),
        (("rId2", "attachedTemplate", "file:///C:/a.dotm", "external"), Why::Remote),
        (("rId2", "image", "https://example.org/pixel.png", "External"), Why::Remote),
        (("rId2", "hyperlink", "file://server/share", "External"), Why::Remote),
        (("rId2", "hyperlink", "javascript:alert(1)", "External"), Why::Remote),
        (("rId2", "oleObject", "embeddings/a.bin", ""), Why::Embedded),
        (("rId2", "package", "embeddings/a.xlsx", ""), Why::Embedded),
        (("rId2", "aFChunk", "a.html", ""), Why::Embedded),
        (("rId2", "something-new", "a.xml", ""), Why::Embedded),
        (("rId2", "image", "media/a.svg", ""), Why::Picture),
        (("rId2", "header", "../_rels/.rels", ""), Why::Broken),
        (("rId2", "header", "nowhere.xml", ""), Why::Broken),
    ] {
        assert_eq!(why(&with(rel)), [reason], "{rel:?}");
    }
    assert!(
        Template::read(&with(("rId2", "hyperlink", "https://example.org", "External")).bytes(), &rules())
            .is_ok()
    );
    let mut macros = Packed::new(&p("x"));
    macros.put("word/vbaProject.bin", "x");
    assert_eq!(why(&macros), [Why::Macros]);
    // The settings of a letter that hangs on a template in the network.
    let mut hung = Packed::new(&p("x"));
    hung.put("word/settings.xml", &root("settings", "<w:attachedTemplate r:id=\"rId1\"/>"));
    hung.put(
        "word/_rels/settings.xml.rels",
        &rels(&[("rId1", "attachedTemplate", "\\\\server\\a.dotm", "External")]),
    );
    hung.rels(&[("rId2", "settings", "settings.xml", "")]);
    assert_eq!(why(&hung), [Why::Remote]);
    let mut docm = Packed::new(&p("x"));
    let types = String::from_utf8(docm.0["[Content_Types].xml"].clone()).unwrap();
    docm.put(
        "[Content_Types].xml",
        &types.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    );
    assert_eq!(why(&docm), [Why::Macros]);
}

#[test]
fn entities_broken_parts_and_borrowed_prefixes_are_refused() {
    let document = |text: &str| {
        let mut packed = Packed::new("");
        packed.put("word/document.xml", text);
        why(&packed)
    };
    let plain = root("document", "<w:body/>");
    let entity = plain.replace("?>", "?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    assert_eq!(document(&entity), [Why::Entities]);
    assert_eq!(document(&root("document", &p("&x;"))), [Why::Entities]);
    assert_eq!(document("<w:document"), [Why::Broken]);
    assert_eq!(document(&root("document", "<w:p></w:r>")), [Why::Broken]);
    // A field under another prefix would go by unseen.
    let other = "<q:p xmlns:q=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
    assert_eq!(document(&root("document", other)), [Why::Broken]);
    assert_eq!(document(&root("document", "<p xmlns:w=\"urn:x\"/>")), [Why::Broken]);
    // Points to a relation that is not there.
    assert_eq!(document(&root("document", "<w:p r:id=\"rId9\"/>")), [Why::Broken]);
}

#[test]
fn fields_that_fetch_and_words_that_were_taken_out_are_told() {
    let field = |instruction: &str| {
        let parts: Vec<&str> = instruction.split('|').collect();
        let runs: String =
            parts.iter().map(|t| format!("<w:r><w:instrText>{t}</w:instrText></w:r>")).collect();
        why(&Packed::new(&format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{runs}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )))
    };
    for instruction in [
        "INCLUDE|PICTURE \"https://example.org/a.png\"",
        " includetext \"C:\\\\a.docx\"",
        "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
        "AUTHOR",
        "HYPERLINK \"\\\\\\\\server\\\\share\"",
    ] {
        assert_eq!(field(instruction), [Why::Field], "{instruction}");
    }
    let pages = "<w:p><w:fldSimple w:instr=\" PAGE \"/><w:fldSimple w:instr=\"HYPERLINK &quot;https://example.org&quot;\"/></w:p>";
    assert!(Template::read(&Packed::new(pages).bytes(), &rules()).is_ok());
    let tracked =
        "<w:p><w:del w:id=\"1\" w:author=\"Ana Ejemplo\"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>";
    assert_eq!(why(&Packed::new(tracked)), [Why::Tracked]);
    assert_eq!(why(&Packed::new("<w:p><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>")), [Why::Comments]);
    let picture = "<w:p><w:r><w:pict><v:imagedata xmlns:v=\"urn:v\" src=\"https://example.org/a.png\"/></w:pict></w:r></w:p>";
    assert_eq!(why(&Packed::new(picture)), [Why::Remote]);
}

#[test]
fn a_name_that_is_not_known_is_told_with_its_neighbours_and_what_it_may_have_meant() {
    let problems = wrong(&Packed::new(&split(&["Para el {{destin", "atari}} de la ciudad"])).bytes());
    assert_eq!(problems.len(), 1);
    let p0 = &problems[0];
    assert_eq!((p0.why, p0.place, p0.what.as_str()), (Why::Unknown, Place::Body, "destinatari"));
    assert_eq!(p0.near, "Para el {{destinatari}} de la ciudad");
    assert_eq!(p0.like, ["destinatario"]);
    // The name of a block's column outside of its block.
    assert_eq!(wrong(&Packed::new(&p("{{meta}}")).bytes())[0].why, Why::Unknown);
    // A block that nobody knows is told, and not what stands in it.
    let block = wrong(&Packed::new(&p("{{#meta}}{{dia}}{{/meta}}")).bytes());
    assert_eq!(block.len(), 1);
    assert_eq!((block[0].what.as_str(), block[0].like.as_slice()), ("#meta", &["metas".to_owned()][..]));
}

#[test]
fn blocks_that_do_not_fit_and_braces_that_are_none_are_told() {
    let told = |text: &str| -> Vec<Why> { why(&Packed::new(text)) };
    assert_eq!(told(&p("{{#metas}}{{meta}}")), [Why::Unclosed]);
    assert_eq!(told(&p("{{/metas}}")), [Why::Unopened]);
    assert_eq!(
        told(&[p("{{#metas}}"), p("{{#secciones}}"), p("{{/metas}}"), p("{{/secciones}}")].concat()),
        [Why::Unclosed, Why::Unopened]
    );
    // From a row to behind the table: the table comes again.
    let wide = [table(&[row(&["{{#metas}}{{meta}}"])]), p("{{/metas}}")].concat();
    assert!(Template::read(&Packed::new(&wide).bytes(), &rules()).is_ok());
    assert_eq!(told(&p("{{destinatario} y más")), [Why::Braces]);
    assert_eq!(told(&p("{{des tinatario}}")), [Why::Braces]);
    assert_eq!(told(&p("destinatario}}")), [Why::Braces]);
    // A break in the middle.
    assert_eq!(told("<w:p><w:r><w:t>{{desti</w:t><w:br/><w:t>natario}}</w:t></w:r></w:p>"), [Why::Braces]);
    // A block within itself.
    assert_eq!(told(&p("{{#metas}}{{#metas}}{{/metas}}{{/metas}}")), [Why::Unknown]);
}

#[test]
fn every_page_says_to_whom() {
    let foot = |change: &dyn Fn(&mut Packed)| -> Vec<(String, Vec<String>)> {
        let mut packed = Packed::new(&p("x"));
        change(&mut packed);
        match Template::read(&packed.bytes(), &rules()) {
            Ok(_) => Vec::new(),
            Err(all) => {
                assert!(all.iter().all(|p| p.why == Why::Foot), "{all:?}");
                all.into_iter().map(|p| (p.what, p.like)).collect()
            }
        }
    };
    let lacks = |kinds: &[&str]| -> Vec<(String, Vec<String>)> {
        ["destinatario", "entrega"]
            .map(|n| (n.to_owned(), kinds.iter().map(|k| (*k).to_owned()).collect()))
            .to_vec()
    };
    let section =
        |inside: &str| root("document", &format!("<w:body>{}<w:sectPr>{inside}</w:sectPr></w:body>", p("x")));
    let usual = "<w:footerReference w:type=\"default\" r:id=\"rId1\"/>";
    assert_eq!(foot(&|_| {}), []);
    assert_eq!(
        foot(&|x| {
            x.put("word/document.xml", &section(""));
        }),
        lacks(&["default"])
    );
    assert_eq!(
        foot(&|x| {
            x.put("word/document.xml", &root("document", &p("x")));
        }),
        lacks(&["default"])
    );
    // A first page with a foot of its own that says nothing.
    assert_eq!(
        foot(&|x| {
            x.put("word/document.xml", &section(&format!("{usual}<w:titlePg/>")));
        }),
        lacks(&["first"])
    );
    assert_eq!(
        foot(&|x| {
            x.put("word/document.xml", &section(&format!("{usual}<w:titlePg w:val=\"0\"/>")));
        }),
        []
    );
    // Even pages.
    let even = |x: &mut Packed| {
        x.put("word/settings.xml", &root("settings", "<w:evenAndOddHeaders/>"));
        x.rels(&[("rId2", "settings", "settings.xml", "")]);
    };
    assert_eq!(foot(&even), lacks(&["even"]));
    // In a block it would not stand there when the list is empty.
    let hidden = root("ftr", &p("{{#metas}}{{destinatario}} {{entrega}}{{/metas}}"));
    assert_eq!(
        foot(&|x| {
            x.put("word/footer1.xml", &hidden);
        }),
        lacks(&["default"])
    );
    // A later section goes on with the foot of the one before.
    let two = format!(
        "<w:body><w:p><w:pPr><w:sectPr>{usual}</w:sectPr></w:pPr></w:p>{}<w:sectPr/></w:body>",
        p("x")
    );
    assert_eq!(
        foot(&|x| {
            x.put("word/document.xml", &root("document", &two));
        }),
        []
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut packed = Packed::new(&[p("{{nada}}"), p("{{#metas}}"), p("}}")].concat());
    packed.put("word/footer1.xml", &root("ftr", &p("{{destinatario}}")));
    assert_eq!(why(&packed), [Why::Braces, Why::Unknown, Why::Unclosed, Why::Foot]);
}

#[test]
fn nothing_is_written_for_a_zip_that_hides_a_second_document() {
    // Two entries with one name: whichever another program would read, it reads what we wrote.
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &Packed::new(&p("{{parrafo}}")).0 {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.start_file("WORD/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"x").unwrap();
    assert_eq!(wrong(&zip.finish().unwrap().into_inner())[0].why, Why::NotWord);
}

/// Marks without measure: in each other, one after the other, opened and never closed, in one paragraph. None takes more than a moment.
#[test]
fn marks_without_measure_are_refused_at_once() {
    let open: String = (0..1_500).map(|n| p(&format!("{{{{#a{n}}}}}"))).collect();
    let close: String = (0..1_500).rev().map(|n| p(&format!("{{{{/a{n}}}}}"))).collect();
    assert!(why(&Packed::new(&(open.clone() + &close))).contains(&Why::Long));
    let wide = |text: &str| why(&Packed::new(text));
    assert!(wide(&open).iter().all(|w| *w == Why::Unclosed));
    assert!(wide(&p("{{#metas}}").repeat(1_500)).iter().all(|w| *w == Why::Unclosed));
    assert!(wide(&p(&"{{nada}} ".repeat(10_000))).iter().all(|w| *w == Why::Unknown));
    assert!(wide(&p(&"}} ".repeat(10_000))).iter().all(|w| *w == Why::Braces));
    let name = "a".repeat(1 << 18);
    assert_eq!(why(&Packed::new(&p(&format!("{{{{{name}}}}}")))), [Why::Braces]);
}
