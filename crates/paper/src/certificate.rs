//! A certificate: one page across, in the organisation's colours and with its logo, as tagged PDF (PDF/UA-1). The same certificate gives the same
//! bytes.
//!
//! A name is set as large as it fits in one line, and in more lines before it becomes small. Everything else goes down by fixed steps
//! until it is one page; below the last one nothing is made. Nothing is cut.

mod draw;
mod lay;

use crate::sheet::{Colours, Page, SheetError};

pub use draw::write;

/// The largest logo, in bytes.
pub const LARGEST: usize = 512 << 10;
/// The most places to sign that stand beside each other.
pub const SIGNERS: usize = 3;

/// What stands on it. All texts are in one language, as people read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// BCP 47.
    pub language: String,
    /// The paper it is for; it lies across.
    pub page: Page,
    /// The organisation's own.
    pub colours: Colours,
    /// Its logo as PNG; none: its name alone.
    pub logo: Option<Vec<u8>>,
    /// Its name.
    pub owner: String,
    /// What the file is called in a window. It names nobody.
    pub file: String,
    /// What the paper is called.
    pub title: String,
    /// Before the name.
    pub above: String,
    /// Whose it is.
    pub name: String,
    /// After the name, a paragraph each.
    pub below: Vec<String>,
    /// Under each line to sign on: who and what she is, a line each; [`SIGNERS`] at most.
    pub sign: Vec<String>,
    /// Beside the code: where and how it is checked.
    pub check: String,
    /// What the code is, for whoever listens.
    pub says: String,
    /// Modules of the code for a camera, row by row: true is dark.
    pub dark: Vec<Vec<bool>>,
}

/// Whether a logo can be drawn: a PNG that is not too large, of at most 3000 by 3000 points. Gives its width and height.
///
/// # Errors
/// What is wrong with it, in English, for whoever keeps the pack.
pub fn logo(bytes: &[u8]) -> Result<(u32, u32), String> {
    if bytes.len() > LARGEST {
        return Err(format!("it has {} kB, and may have {}", bytes.len() >> 10, LARGEST >> 10));
    }
    // PNG, «5.2 PNG signature» and «11.2.1 IHDR»: the size stands first, before anything is unpacked.
    let head = bytes.get(..24).filter(|h| h.starts_with(b"\x89PNG\r\n\x1a\n") && &h[12..16] == b"IHDR");
    let number = |at: usize| head.and_then(|h| Some(u32::from_be_bytes(h.get(at..at + 4)?.try_into().ok()?)));
    match number(16).zip(number(20)) {
        Some((wide, high)) if (1..=3000).contains(&wide) && (1..=3000).contains(&high) => Ok((wide, high)),
        Some((wide, high)) => Err(format!("it is {wide} by {high} points; 3000 by 3000 are the most")),
        None => Err("it is no PNG".to_owned()),
    }
}

/// Why there is none: it does not fit on one page, or its colours cannot be read.
pub type CertificateError = SheetError;
