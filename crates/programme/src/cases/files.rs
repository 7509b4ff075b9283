//! Attached files: type checked by content, pictures stripped of what they tell about place and device,
//! sealed in pieces with a key of their own.

use std::io::Cursor;

use ceiba_access::{Act, Caller, Folder, Grant, Place};
use ceiba_store::{Tx, Work};
use image::ImageReader;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// What is known of an attached file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Attached {
    /// The name it came with: data only, never a path.
    pub name: String,
    /// What it is, in a word.
    pub title: String,
}

impl Kind for Attached {
    const KIND: &'static str = "file";
}

/// The largest file, in bytes.
pub const LARGEST: usize = 5 << 20;
/// The largest picture, in pixels: what a phone's camera makes, not a bomb.
const PIXELS: u64 = 40_000_000;

/// What a file is, by its content.
fn media(bytes: &[u8]) -> Option<&'static str> {
    match infer::get(bytes)?.mime_type() {
        "image/jpeg" => Some("image/jpeg"),
        "image/png" => Some("image/png"),
        "application/pdf" => Some("application/pdf"),
        _ => None,
    }
}

/// Whether a PDF is something else as well, or does something when it is opened. What stands inside compressed parts is
/// not looked into: it leaves here only as a download, under a name of ours.
fn is_active(pdf: &[u8]) -> bool {
    // A ZIP ends with a record that tells how many bytes of remark follow, up to the end of the file.
    let tail = &pdf[pdf.len().saturating_sub(22 + 0xffff)..];
    let ends_as_zip = (0..tail.len().saturating_sub(21)).any(|at| {
        let rest = &tail[at..];
        rest.starts_with(b"PK\x05\x06")
            && usize::from(u16::from_le_bytes([rest[20], rest[21]])) == rest.len() - 22
    });
    let has = |name: &[u8]| {
        pdf.windows(name.len() + 1).any(|w| w.starts_with(name) && !w[name.len()].is_ascii_alphanumeric())
    };
    ends_as_zip
        || [&b"/JavaScript"[..], b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia"].into_iter().any(has)
}

/// A picture without metadata: decoded and encoded again, so that nothing but its pixels remains.
fn stripped(bytes: &[u8], media: &str) -> Result<Vec<u8>, &'static str> {
    if media == "application/pdf" {
        if is_active(bytes) {
            return Err("problem-file-active");
        }
        return Ok(bytes.to_vec());
    }
    let reader =
        || ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| "problem-file-damaged");
    // The header says how large it is: refused before a single pixel is decoded.
    let (width, height) = reader()?.into_dimensions().map_err(|_| "problem-file-damaged")?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err("problem-file-pixels");
    }
    let picture = reader()?.decode().map_err(|_| "problem-file-damaged")?;
    let mut out = Cursor::new(Vec::new());
    let format = if media == "image/png" { image::ImageFormat::Png } else { image::ImageFormat::Jpeg };
    picture.write_to(&mut out, format).map_err(|_| "problem-file-damaged")?;
    Ok(out.into_inner())
}

/// What is kept of bytes that came: their type and a content without metadata, or the key of what to do instead.
pub(crate) fn cleaned(bytes: &[u8]) -> Result<(&'static str, Vec<u8>), &'static str> {
    if bytes.is_empty() {
        return Err("problem-file-empty");
    }
    if bytes.len() > LARGEST {
        return Err("problem-file-large");
    }
    let media = media(bytes).ok_or("problem-file-type")?;
    Ok((media, stripped(bytes, media)?))
}

/// Attaches a file.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to do instead.
pub async fn attach(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    attached: &Attached,
    bytes: &[u8],
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::FILE_WRITE, case).await?;
    attach_as(p, work, caller, &grant, case, attached, bytes).await
}

/// As [`attach`], under another grant: the order that somebody brings to a house.
pub(crate) async fn attach_as(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    attached: &Attached,
    bytes: &[u8],
) -> Outcome<Uuid> {
    let mut problems = Problems::default();
    problems.when(bytes.is_empty(), "file", "problem-file-empty");
    problems.when(bytes.len() > LARGEST, "file", "problem-file-large");
    problems.when(attached.title.trim().is_empty(), "title", "problem-file-title");
    problems.when(attached.title.chars().count() > 200, "title", "problem-too-long");
    problems.done()?;
    let bad = |key| ProgrammeError::Invalid(vec![crate::Problem { field: "file", key }]);
    let media = media(bytes).ok_or_else(|| bad("problem-file-type"))?;
    let content = stripped(bytes, media).map_err(bad)?;
    let name: String = attached.name.chars().filter(|c| !c.is_control()).take(120).collect();
    let plain = Plain { state: "kept", code: Some(media.to_owned()), ..Plain::default() };
    let body = Attached { name, title: attached.title.trim().to_owned() };
    let id = entries::add(p, work, caller, grant, (case, Folder::Social), plain, &body).await?;
    let hash = seal(p, work, caller, grant, (&place(case, id), media), &content).await?;
    work.record("file.keep", "case", case, hash).await?;
    Ok(id)
}

/// Seals the bytes of a file; gives the hash of what is kept.
pub(crate) async fn seal(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (place, media): (&Place<'_>, &str),
    bytes: &[u8],
) -> Outcome<[u8; 32]> {
    let sealed = p.gate.seal(work, caller, grant, place, bytes).await?;
    let hash: [u8; 32] = Sha256::digest(&sealed).into();
    work.sql("INSERT INTO attachment (entry, media, size, hash, content) VALUES ($1, $2, $3, $4, $5)")
        .bind(place.row)
        .bind(media)
        .bind(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
        .bind(hash)
        .bind(sealed)
        .once()
        .await?;
    Ok(hash)
}

pub(crate) const fn place(case: Uuid, id: Uuid) -> Place<'static> {
    Place {
        subject: case,
        compartment: "documents",
        table: "attachment",
        row: id,
        field: "content",
        version: 1,
    }
}

/// A file's type and content.
///
/// # Errors
/// When the grant does not open it or it is damaged.
pub async fn content(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    id: Uuid,
) -> Outcome<(String, Vec<u8>)> {
    let entry: Entry<Attached> = entries::get(p, tx, caller, grant, case, id).await?;
    let row =
        tx.sql("SELECT media, content FROM attachment WHERE entry = $1").bind(entry.head.id).one().await?;
    let plain = p.gate.open(tx, caller, grant, &place(case, id), &row.get::<Vec<u8>>("content")?).await?;
    Ok((row.get("media")?, plain.to_vec()))
}

/// The files of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Attached>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_what_the_content_says() {
        assert_eq!(media(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(media(b"MZ this is a program"), None);
        assert_eq!(media(b"<html><script>"), None);
        assert_eq!(media(b""), None);
    }

    #[test]
    fn a_pdf_that_is_a_zip_or_does_something_is_refused() {
        let plain = b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n%%EOF\n";
        assert!(stripped(plain, "application/pdf").is_ok());
        // The empty ZIP: an end record and a remark of three bytes.
        let zip = [&plain[..], b"PK\x05\x06", &[0; 16], &[3, 0], b"%%\n"].concat();
        let script = b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n%%EOF\n";
        let launch = b"%PDF-1.7\n1 0 obj << /S /Launch /F (cmd.exe) >> endobj\n%%EOF\n";
        for bad in [&zip[..], script, launch] {
            assert_eq!(stripped(bad, "application/pdf"), Err("problem-file-active"));
        }
        // A word that only begins so is none of them.
        assert!(!is_active(b"%PDF-1.7 /JSomething /Launcher %%EOF"));
    }

    #[test]
    fn a_picture_loses_what_it_tells() {
        let mut jpeg = Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(8, 8).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let mut bytes = jpeg.into_inner();
        // An EXIF segment with a place in it, right after the start marker.
        let exif = b"Exif\0\0GPS 14.63N 90.60W Casa M";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let segment: Vec<u8> = [&[0xff, 0xe1], &length[..], exif].concat();
        bytes.splice(2..2, segment);
        assert!(bytes.windows(6).any(|w| w == b"Casa M"));
        let clean = stripped(&bytes, "image/jpeg").unwrap();
        assert!(!clean.windows(4).any(|w| w == b"Exif") && !clean.windows(6).any(|w| w == b"Casa M"));
    }

    #[test]
    fn a_picture_bomb_is_refused_from_its_header() {
        // A PNG that says it is 30,000 by 30,000.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend_from_slice(&30_000u32.to_be_bytes());
        png.extend_from_slice(&30_000u32.to_be_bytes());
        png.extend_from_slice(&[8, 2, 0, 0, 0]);
        png.extend_from_slice(&[0xd4, 0x3a, 0x8b, 0x2d]);
        assert!(stripped(&png, "image/png").is_err());
    }
}
