//! The package around the document: a zip of parts and their relations. What comes out of here holds only parts that a letter
//! needs, under names and types that we write; the office's properties, comments and printers stay outside.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;

use super::problem::{MANY, Place, Problem, Why};
use super::xml::{self, Element};
use super::{LARGEST, picture, safe};

/// Entries a package may have.
const ENTRIES: usize = 200;
/// Bytes it may have unpacked.
const UNPACKED: u64 = 16 << 20;
/// Bytes of a part that is XML.
const PART: u64 = 4 << 20;

const OOXML: &str = "application/vnd.openxmlformats-officedocument.";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT: &str = "word/document.xml";

/// What a part is: the last word of its relation's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Header,
    Footer,
    Notes(&'static str),
    Other(&'static str),
}

impl Role {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "header" => Self::Header,
            "footer" => Self::Footer,
            "footnotes" => Self::Notes("footnotes"),
            "endnotes" => Self::Notes("endnotes"),
            "styles" => Self::Other("styles"),
            "settings" => Self::Other("settings"),
            "numbering" => Self::Other("numbering"),
            "fontTable" => Self::Other("fontTable"),
            "theme" => Self::Other("theme"),
            _ => return None,
        })
    }

    fn content_type(self) -> String {
        match self {
            Self::Document => format!("{OOXML}wordprocessingml.document.main+xml"),
            Self::Header => format!("{OOXML}wordprocessingml.header+xml"),
            Self::Footer => format!("{OOXML}wordprocessingml.footer+xml"),
            Self::Other("theme") => format!("{OOXML}theme+xml"),
            Self::Notes(kind) | Self::Other(kind) => format!("{OOXML}wordprocessingml.{kind}+xml"),
        }
    }

    pub(super) const fn place(self) -> Place {
        match self {
            Self::Header => Place::Header,
            Self::Footer => Place::Footer,
            Self::Notes(_) => Place::Notes,
            Self::Document | Self::Other(_) => Place::Body,
        }
    }

    /// Whether people read words in it.
    pub(super) const fn reads(self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// A part that is XML.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub role: Role,
    pub root: Element,
    /// Its relations, cleaned.
    pub rels: Vec<Rel>,
}

/// From a part to another, or to an address that a reader may click on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rel {
    pub id: String,
    pub kind: String,
    /// Name of the part, or the address.
    pub target: String,
    pub outside: bool,
}

/// The whole document.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub parts: BTreeMap<String, Part>,
    pub pictures: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub(super) fn document(&self) -> Option<&Part> {
        self.parts.get(DOCUMENT)
    }

    /// Reads and cleans. Every problem that can be seen is told at once.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let files = unpack(bytes).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let mut package = Self { parts: BTreeMap::new(), pictures: BTreeMap::new() };
        if files.keys().any(|name| name.to_lowercase().contains("vbaproject")) {
            problems.push(Problem::new(Place::File, Why::Macros));
        }
        if !kind_of(&files, &mut problems) {
            problems.push(Problem::new(Place::File, Why::NotWord));
            return Err(problems);
        }
        // Parts that others point to wait here; each is read once, whoever points to it.
        let mut waiting = vec![(DOCUMENT.to_owned(), Role::Document)];
        while let Some((name, role)) = waiting.pop() {
            if package.parts.contains_key(&name) {
                continue;
            }
            match part(&files, &name, role, &mut problems) {
                Ok((part, next, pictures)) => {
                    for picture in pictures {
                        package.picture(&files, picture, role.place(), &mut problems);
                    }
                    package.parts.insert(name, part);
                    waiting.extend(next);
                }
                Err(why) => problems.push(Problem::new(role.place(), why).what(name)),
            }
        }
        safe::settings(&mut package);
        problems.sort();
        problems.dedup();
        problems.truncate(MANY);
        if problems.is_empty() { Ok(package) } else { Err(problems) }
    }

    fn picture(
        &mut self,
        files: &BTreeMap<String, Vec<u8>>,
        name: String,
        place: Place,
        all: &mut Vec<Problem>,
    ) {
        match files.get(&name).and_then(|bytes| picture::plain(bytes)) {
            Some(plain) if name.starts_with("word/media/") => {
                self.pictures.insert(name, plain);
            }
            _ => all.push(Problem::new(place, Why::Picture).what(name)),
        }
    }

    /// Writes it: the same package gives the same bytes, whenever and wherever.
    pub(super) fn write(&self) -> Result<Vec<u8>, Why> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let mut put = |name: &str, bytes: &[u8]| {
            zip.start_file(name, options).map_err(|_| Why::Broken)?;
            zip.write_all(bytes).map_err(|_| Why::Broken)
        };
        put("[Content_Types].xml", &self.types())?;
        let start =
            Rel { id: "rId1".into(), kind: "officeDocument".into(), target: DOCUMENT.into(), outside: false };
        put("_rels/.rels", &relations(&[start]))?;
        for (name, part) in &self.parts {
            put(name, &xml::write(&part.root))?;
            if !part.rels.is_empty() {
                put(&rels_of(name), &relations(&part.rels))?;
            }
        }
        for (name, bytes) in &self.pictures {
            put(name, bytes)?;
        }
        Ok(zip.finish().map_err(|_| Why::Broken)?.into_inner())
    }

    fn types(&self) -> Vec<u8> {
        let default =
            |end: &str, kind: &str| Element::new("Default").attr("Extension", end).attr("ContentType", kind);
        let given = |name: &str, kind: &str| {
            Element::new("Override").attr("PartName", &format!("/{name}")).attr("ContentType", kind)
        };
        let mut all = Element::new("Types")
            .attr("xmlns", TYPES)
            .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
            .child(default("xml", "application/xml"));
        for (name, part) in &self.parts {
            all = all.child(given(name, &part.role.content_type()));
        }
        for (name, bytes) in &self.pictures {
            all = all.child(given(name, picture::kind(bytes).unwrap_or("image/png")));
        }
        xml::write(&all)
    }
}

fn relations(list: &[Rel]) -> Vec<u8> {
    let mut all = Element::new("Relationships").attr("xmlns", RELS);
    for rel in list {
        let target = if rel.outside { rel.target.clone() } else { format!("/{}", rel.target) };
        let mut one = Element::new("Relationship")
            .attr("Id", &rel.id)
            .attr("Type", &format!("{}/{}", xml::RELATIONS, rel.kind))
            .attr("Target", &target);
        if rel.outside {
            one = one.attr("TargetMode", "External");
        }
        all = all.child(one);
    }
    xml::write(&all)
}

/// Unpacks within bounds: first what the directory claims, then what really comes.
fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let file = |why| Problem::new(Place::File, why);
    if bytes.len() > LARGEST {
        return Err(file(Why::Large));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(file(Why::Old));
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| file(Why::NotWord))?;
    if zip.len() > ENTRIES {
        return Err(file(Why::Bomb));
    }
    let mut claimed = 0_u64;
    for index in 0..zip.len() {
        let size = zip.by_index_raw(index).map_err(|_| file(Why::NotWord))?.size();
        claimed = claimed.saturating_add(size);
    }
    if claimed > UNPACKED {
        return Err(file(Why::Bomb));
    }
    let (mut files, mut left, mut seen) = (BTreeMap::new(), UNPACKED, BTreeSet::new());
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(|_| file(Why::NotWord))?;
        let name = entry.name().map_err(|_| file(Why::NotWord))?.into_owned();
        if entry.is_dir() {
            continue;
        }
        // Two names that only capitals tell apart are one part to Word.
        let plain = !name.contains("..") && !name.contains(['\\', ':']) && !name.starts_with('/');
        if !plain || !seen.insert(name.to_lowercase()) {
            return Err(file(Why::NotWord));
        }
        let most = if name.ends_with(".xml") || name.ends_with(".rels") { PART.min(left) } else { left };
        let mut read = Vec::new();
        entry.take(most + 1).read_to_end(&mut read).map_err(|_| file(Why::NotWord))?;
        let came = read.len() as u64;
        if came > most {
            return Err(file(Why::Bomb));
        }
        left -= came;
        files.insert(name, read);
    }
    Ok(files)
}

/// Whether it is a Word document at all; whether it is one with programs.
fn kind_of(files: &BTreeMap<String, Vec<u8>>, problems: &mut Vec<Problem>) -> bool {
    let Some(types) = files.get("[Content_Types].xml") else { return false };
    let types = match xml::read(types) {
        Ok(types) => types,
        Err(why) => {
            problems.push(Problem::new(Place::File, why).what("[Content_Types].xml"));
            return files.contains_key(DOCUMENT);
        }
    };
    let kinds = || types.elements().filter_map(|e| e.get("ContentType"));
    if kinds().any(|kind| kind.to_lowercase().contains("macroenabled")) {
        problems.push(Problem::new(Place::File, Why::Macros));
    }
    let main = kinds().any(|kind| {
        kind.contains("wordprocessingml.document.main")
            || kind.contains("wordprocessingml.template.main")
            || kind.contains("macroEnabled")
    });
    main && files.contains_key(DOCUMENT)
}

type Read3 = (Part, Vec<(String, Role)>, Vec<String>);

/// Reads a part: itself, the parts it points to, its pictures.
fn part(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
    role: Role,
    problems: &mut Vec<Problem>,
) -> Result<Read3, Why> {
    // Under another name it could stand where a part of ours does.
    if !name.starts_with("word/") || !name.ends_with(".xml") {
        return Err(Why::Broken);
    }
    let mut root = xml::read(files.get(name).ok_or(Why::Broken)?)?;
    let (mut rels, mut next, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
    let all = match files.get(&rels_of(name)) {
        Some(bytes) => xml::read(bytes)?,
        None => Element::default(),
    };
    let before = problems.len();
    for one in all.elements().filter(|e| e.local() == "Relationship") {
        let kind = one.get("Type").and_then(|t| t.rsplit('/').next()).unwrap_or_default().to_owned();
        let target = one.get("Target").unwrap_or_default();
        let id = one.get("Id").unwrap_or_default().to_owned();
        let mut refuse = |why| problems.push(Problem::new(role.place(), why).what(target));
        if one.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
            let clicked = ["https://", "http://", "mailto:"].iter().any(|s| target.starts_with(s));
            if kind == "hyperlink" && clicked {
                rels.push(Rel { id, kind, target: target.to_owned(), outside: true });
            } else {
                refuse(Why::Remote);
            }
            continue;
        }
        let to = resolve(name, target);
        match (kind.as_str(), Role::of(&kind)) {
            (_, Some(to_role)) if role == Role::Document => {
                next.push((to.clone(), to_role));
                rels.push(Rel { id, kind, target: to, outside: false });
            }
            ("image", _) => {
                pictures.push(to.clone());
                rels.push(Rel { id, kind, target: to, outside: false });
            }
            // What a letter needs not: properties, comments and who wrote them, printers, embedded fonts, what Word keeps beside.
            (
                "comments" | "commentsExtended" | "commentsIds" | "commentsExtensible" | "people"
                | "printerSettings" | "customXml" | "glossaryDocument" | "stylesWithEffects" | "webSettings"
                | "font" | "settings" | "hyperlink" | "documenttasks",
                _,
            ) => {}
            ("vbaProject" | "wordVbaData" | "keyMapCustomizations" | "attachedToolbars", _) => {
                refuse(Why::Macros);
            }
            ("attachedTemplate", _) => refuse(Why::Remote),
            _ => refuse(Why::Embedded),
        }
    }
    safe::check(&root, role.place(), problems);
    safe::clean(&mut root);
    // What was refused above is pointed to as well.
    if problems.len() == before && !safe::whole(&root, &rels) {
        return Err(Why::Broken);
    }
    Ok((Part { role, root, rels }, next, pictures))
}

fn rels_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    format!("{folder}/_rels/{file}.rels")
}

/// The name of a part that another points to.
fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}
