//! Documents made byte by byte, as Word would, or as somebody who means harm would.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use ceiba_exchange::word::{Names, Rules};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A package, part by part.
#[derive(Clone)]
pub struct Packed(pub BTreeMap<String, Vec<u8>>);

impl Packed {
    /// A document whose text is `body`, with the usual foot.
    pub fn new(body: &str) -> Self {
        let mut all = Self(BTreeMap::new());
        all.put("[Content_Types].xml", &format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>\
             <Override PartName=\"/word/footer1.xml\" ContentType=\"{TYPE}.footer+xml\"/></Types>"
        ));
        all.put("_rels/.rels", &rels(&[("rId1", "officeDocument", "word/document.xml", "")]));
        all.document(body);
        all.put("word/footer1.xml", &root("ftr", &p("{{destinatario}} {{entrega}}")));
        all.rels(&[]);
        all
    }

    pub fn put(&mut self, name: &str, text: &str) -> &mut Self {
        self.0.insert(name.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// The text, with a section whose foot is `footer1.xml`.
    pub fn document(&mut self, body: &str) -> &mut Self {
        let section = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId1\"/></w:sectPr>";
        self.put("word/document.xml", &root("document", &format!("<w:body>{body}{section}</w:body>")))
    }

    /// Relations of the document beside that to its foot.
    pub fn rels(&mut self, more: &[(&str, &str, &str, &str)]) -> &mut Self {
        let all: Vec<_> =
            [("rId1", "footer", "footer1.xml", "")].into_iter().chain(more.iter().copied()).collect();
        let text = rels(&all);
        self.put("word/_rels/document.xml.rels", &text)
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

pub fn rels(all: &[(&str, &str, &str, &str)]) -> String {
    let mut text =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">".to_owned();
    for (id, kind, target, mode) in all {
        let mode = if mode.is_empty() { String::new() } else { format!(" TargetMode=\"{mode}\"") };
        text += &format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"{mode}/>");
    }
    text + "</Relationships>"
}

pub fn root(name: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:{name} xmlns:w=\"{W}\" xmlns:r=\"{R}\">{inside}</w:{name}>")
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    split(&[text])
}

/// A paragraph whose text Word cut into runs, with the marks that it leaves between them.
pub fn split(runs: &[&str]) -> String {
    let runs: Vec<String> = runs
        .iter()
        .map(|t| format!("<w:r w:rsidR=\"00A1B2C3\"><w:rPr><w:b/></w:rPr><w:t>{t}</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"))
        .collect();
    format!("<w:p>{}</w:p>", runs.concat())
}

pub fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|c| format!("<w:tc>{}</w:tc>", p(c))).collect::<String>())
}

pub fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>{}", rows.concat(), p(""))
}

/// Names that the tests use.
pub fn rules() -> Rules {
    let names = |texts: &[&str]| Names {
        texts: texts.iter().map(|t| (*t).to_owned()).collect(),
        blocks: BTreeMap::new(),
    };
    let mut all = names(&["destinatario", "entrega", "programa", "parrafo"]);
    let mut sections = names(&["titulo"]);
    sections.blocks.insert("lineas".into(), names(&["texto"]));
    all.blocks.insert("metas".into(), names(&["meta", "dia"]));
    all.blocks.insert("secciones".into(), sections);
    Rules { names: all, foot: vec!["destinatario".into(), "entrega".into()], must: vec![] }
}
