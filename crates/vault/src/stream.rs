//! Attachments, in chunks of 64 KiB, so that a file need not fit in memory.
//!
//! The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each file has its own random key,
//! sealed by the compartment key to the file's address; each chunk is sealed under that key with its number
//! and a last-chunk mark in the nonce. Cutting short, lengthening, leaving out and reordering are all
//! detected. Layout: `sealed file key(77) || chunk || chunk ...`, a chunk being up to 64 KiB of ciphertext
//! and a tag(16). An empty file is one empty last chunk.

use std::io::{Read, Write};

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{Address, CompartmentKey, Key, VaultError, aead};

/// Plaintext bytes in a chunk.
pub const CHUNK: usize = 64 * 1024;

const DOMAIN: &str = "ceiba file key v1";
const TAG: usize = 16;
const KEY_BLOB: usize = 1 + 4 + 24 + 32 + TAG;

/// Seals everything `from` yields into `to`. Returns the number of plaintext bytes.
///
/// # Errors
/// [`VaultError::Io`]; [`VaultError::TooLong`] beyond 256 TiB.
pub fn seal_stream<R: CryptoRng + ?Sized>(
    rng: &mut R,
    key: &CompartmentKey,
    address: &Address<'_>,
    mut from: impl Read,
    mut to: impl Write,
) -> Result<u64, VaultError> {
    let file = Key::random(rng);
    to.write_all(&key.seal_as(rng, DOMAIN, address, file.expose())?)?;
    copy_chunks(&mut from, &mut to, CHUNK, |number, last, chunk| {
        aead::encrypt(&file, &nonce(number, last), &[], chunk).map(Zeroizing::new)
    })
    .map(|copied| copied.read)
}

/// Opens a file of [`seal_stream`] into `to`. Returns the number of plaintext bytes. What was written
/// before an error is genuine but may be cut short: **use the output only after `Ok`.**
///
/// # Errors
/// [`VaultError::Io`]; [`VaultError::UnknownSuite`]; [`VaultError::WrongGeneration`];
/// [`VaultError::Damaged`] when anything was altered, cut, added, reordered or moved.
pub fn open_stream(
    key: &CompartmentKey,
    address: &Address<'_>,
    mut from: impl Read,
    mut to: impl Write,
) -> Result<u64, VaultError> {
    let mut blob = Vec::with_capacity(KEY_BLOB);
    from.by_ref().take(KEY_BLOB as u64).read_to_end(&mut blob)?;
    let file = Key::from_slice(&key.open_as(DOMAIN, address, &blob)?)?;
    copy_chunks(&mut from, &mut to, CHUNK + TAG, |number, last, chunk| {
        let opened = aead::decrypt(&file, &nonce(number, last), &[], chunk)?;
        // The writer makes an empty chunk only of an empty file.
        if opened.is_empty() && number > 0 { Err(VaultError::Damaged) } else { Ok(opened) }
    })
    .map(|copied| copied.written)
}

/// How many bytes went through.
struct Copied {
    read: u64,
    written: u64,
}

/// Reads pieces of `size` bytes and writes what `work(number, last, piece)` makes of each. Only the end of
/// the input tells which piece is the last, so one piece is read ahead.
fn copy_chunks(
    from: &mut impl Read,
    to: &mut impl Write,
    size: usize,
    work: impl Fn(u32, bool, &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError>,
) -> Result<Copied, VaultError> {
    let mut copied = Copied { read: 0, written: 0 };
    let mut piece = Zeroizing::new(Vec::with_capacity(size));
    let mut ahead = Zeroizing::new(Vec::with_capacity(size));
    fill(from, size, &mut piece)?;
    let mut number: u32 = 0;
    loop {
        fill(from, size, &mut ahead)?;
        let last = ahead.is_empty();
        let made = work(number, last, &piece)?;
        to.write_all(&made)?;
        copied.read += piece.len() as u64;
        copied.written += made.len() as u64;
        if last {
            to.flush()?;
            return Ok(copied);
        }
        std::mem::swap(&mut piece, &mut ahead);
        number = number.checked_add(1).ok_or(VaultError::TooLong)?;
    }
}

/// Reads up to `size` bytes; fewer only at the end. `buffer` has the capacity, so it never moves and leaves
/// no copy behind.
fn fill(from: &mut impl Read, size: usize, buffer: &mut Vec<u8>) -> Result<(), VaultError> {
    buffer.clear();
    from.by_ref().take(size as u64).read_to_end(buffer)?;
    Ok(())
}

/// The file key is used for this file only, so number and mark alone make the nonce unique:
/// `zeros(19) || number(4, big-endian) || last(1)`.
fn nonce(number: u32, last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[19..23].copy_from_slice(&number.to_be_bytes());
    nonce[23] = u8::from(last);
    nonce
}
