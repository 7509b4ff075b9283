//! What one side hands to the other, as a file.
//!
//! `CEIBA-BL`, version, kind, tag of the exchange (16), tables (8), number of entries (4, little endian); each entry is a mark (16)
//! and what stands for it, in the order of the marks, which are random; a seal of the secret (HMAC-SHA-256) and the SHA-256 of all
//! before it. The sum finds what was cut off or came to harm; the seal finds what somebody changed who has not the secret.

use sha2::{Digest, Sha256};

use super::BlindError;
use super::contacts::{Fingerprints, PRINTS};
use super::encode::{BITS, Encoding};
use super::exchange::{Exchange, Kind};

/// A random number that stands for a record in one exchange. What it means stays at home.
pub type Mark = [u8; 16];

const MAGIC: &[u8; 8] = b"CEIBA-BL";
const VERSION: u8 = 1;
/// Magic, version, kind, tag, tables, entries.
const HEAD: usize = 8 + 1 + 1 + 16 + 8 + 4;
/// Seal and sum.
const FOOT: usize = 32 + 32;

/// A file of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    tag: [u8; 16],
    tables: [u8; 8],
    marks: Vec<Mark>,
    what: What,
    seal: [u8; 32],
}

/// What stands for the records, in the order of their marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// People.
    People(Vec<Encoding>),
    /// Phones, plates and handles.
    Contacts(Vec<Fingerprints>),
}

impl Sealed {
    /// A file of people. `tables` says with which tables they were encoded ([`super::Encoder::tables`]).
    #[must_use]
    pub fn people(exchange: &Exchange, tables: [u8; 8], mut entries: Vec<(Mark, Encoding)>) -> Self {
        entries.sort_unstable_by_key(|(mark, _)| *mark);
        let (marks, codes) = entries.into_iter().unzip();
        Self { tag: exchange.tag(), tables, marks, what: What::People(codes), seal: [0; 32] }.sealed(exchange)
    }

    /// A file of phones, plates and handles.
    #[must_use]
    pub fn contacts(exchange: &Exchange, mut entries: Vec<(Mark, Fingerprints)>) -> Self {
        entries.sort_unstable_by_key(|(mark, _)| *mark);
        let (marks, prints) = entries.into_iter().unzip();
        let what = What::Contacts(prints);
        Self { tag: exchange.tag(), tables: [0; 8], marks, what, seal: [0; 32] }.sealed(exchange)
    }

    fn sealed(mut self, exchange: &Exchange) -> Self {
        self.seal = exchange.seal(self.kind() as u8, &self.body());
        self
    }

    /// The marks, in their order.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What stands for them.
    #[must_use]
    pub fn what(&self) -> &What {
        &self.what
    }

    /// What it is of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.what {
            What::People(_) => Kind::People,
            What::Contacts(_) => Kind::Contacts,
        }
    }

    /// Whether it can be compared with another.
    ///
    /// # Errors
    /// [`BlindError::OtherExchange`], [`BlindError::OtherTables`], or [`BlindError::Same`] for a file with itself.
    pub fn fits(&self, other: &Self) -> Result<(), BlindError> {
        match () {
            () if self.tag != other.tag || self.kind() != other.kind() => Err(BlindError::OtherExchange),
            () if self.tables != other.tables => Err(BlindError::OtherTables),
            // Marks are random: two files that share one are copies.
            () if self.marks.iter().any(|mark| other.marks.binary_search(mark).is_ok()) => {
                Err(BlindError::Same)
            }
            () => Ok(()),
        }
    }

    /// Whether it was made with the secret, for the exchange, and not changed since by anybody who has not the secret.
    ///
    /// # Errors
    /// [`BlindError::NotOfSecret`].
    pub fn verify(&self, exchange: &Exchange) -> Result<(), BlindError> {
        let right = exchange.tag() == self.tag && exchange.seal(self.kind() as u8, &self.body()) == self.seal;
        if right { Ok(()) } else { Err(BlindError::NotOfSecret) }
    }

    fn body(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.marks.len() * (16 + entry(self.kind())) + FOOT);
        bytes.extend(MAGIC);
        bytes.extend([VERSION, self.kind() as u8]);
        bytes.extend(self.tag);
        bytes.extend(self.tables);
        bytes.extend((self.marks.len() as u32).to_le_bytes());
        let mut put = |mark: &Mark, words: &[u64]| {
            bytes.extend(mark);
            words.iter().for_each(|word| bytes.extend(word.to_le_bytes()));
        };
        match &self.what {
            What::People(codes) => self.marks.iter().zip(codes).for_each(|(mark, code)| put(mark, &code.0)),
            What::Contacts(prints) => self.marks.iter().zip(prints).for_each(|(mark, p)| put(mark, &p.0)),
        }
        bytes
    }

    /// The file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.body();
        bytes.extend(self.seal);
        let sum = Sha256::digest(&bytes);
        bytes.extend(sum);
        bytes
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`BlindError::NoSuchFile`], [`BlindError::Version`], or [`BlindError::Damaged`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BlindError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(BlindError::NoSuchFile)?;
        let [version, kind] = take(&mut rest)?;
        if version != VERSION {
            return Err(BlindError::Version(version));
        }
        let kind = match kind {
            1 => Kind::People,
            2 => Kind::Contacts,
            _ => return Err(BlindError::Damaged),
        };
        let (tag, tables) = (take(&mut rest)?, take(&mut rest)?);
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let size = count.checked_mul(16 + entry(kind)).and_then(|size| size.checked_add(FOOT));
        if size != Some(rest.len()) {
            return Err(BlindError::Damaged);
        }
        let summed = &bytes[..bytes.len() - 32];
        if Sha256::digest(summed)[..] != bytes[bytes.len() - 32..] {
            return Err(BlindError::Damaged);
        }
        let mut marks = Vec::with_capacity(count);
        let mut words = Vec::with_capacity(count * entry(kind) / 8);
        for _ in 0..count {
            marks.push(take::<16>(&mut rest)?);
            for _ in 0..entry(kind) / 8 {
                words.push(u64::from_le_bytes(take(&mut rest)?));
            }
        }
        if !marks.is_sorted_by(|one, next| one < next) {
            return Err(BlindError::Damaged);
        }
        let what = match kind {
            Kind::People => What::People(words.as_chunks().0.iter().map(|code| Encoding(*code)).collect()),
            _ => What::Contacts(words.as_chunks().0.iter().map(|p| Fingerprints(*p)).collect()),
        };
        Ok(Self { tag, tables, marks, what, seal: take(&mut rest)? })
    }
}

/// Bytes of what stands for one record.
const fn entry(kind: Kind) -> usize {
    match kind {
        Kind::People => BITS / 8,
        _ => PRINTS * 8,
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], BlindError> {
    let (first, behind) = rest.split_first_chunk().ok_or(BlindError::Damaged)?;
    *rest = behind;
    Ok(*first)
}
