//! Printed recovery codes: 128 bits that a person can type.

use std::fmt;

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{CodeFault, Key, PersonSecret, VaultError, hkdf};

/// Digits and capitals without I, L, O (look like digits) and U (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 bits of code and 12 check bits, five to a character.
const CHARACTERS: usize = 28;

/// A code on paper that stands for a key pair. Seven groups of four; the last twelve bits are a check.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

impl RecoveryCode {
    /// Draws a code.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut code = Self([0; 16]);
        rng.fill_bytes(&mut code.0);
        code
    }

    /// Takes 16 bytes as they are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As printed: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`. Wiped when dropped.
    #[must_use]
    pub fn printed(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(CHARACTERS + 6));
        let mut bits = self.bits();
        for place in 0..CHARACTERS {
            if place > 0 && place % 4 == 0 {
                out.push('-');
            }
            // The code fills the upper 140 bits of 160; the top five come first.
            out.push(char::from(ALPHABET[usize::from(bits[0] >> 3)]));
            shift_left_five(&mut bits);
        }
        bits.zeroize();
        out
    }

    /// Reads a typed code. Case, spaces and dashes do not matter; `O` is read as `0`, `I` and `L` as `1`.
    ///
    /// # Errors
    /// [`VaultError::BadCode`], saying whether it is too short or long, which character cannot be, or that
    /// the check does not fit (one wrong code in 4096 passes by chance and then opens nothing).
    pub fn parse(typed: &str) -> Result<Self, VaultError> {
        let typed: Zeroizing<String> =
            Zeroizing::new(typed.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)).collect());
        let mut bits = Zeroizing::new([0u8; 20]);
        for (place, character) in typed.chars().enumerate() {
            let value = value(character).ok_or(CodeFault::Character { place: place + 1 })?;
            shift_left_five(&mut bits);
            bits[19] |= value;
        }
        let found = typed.chars().count();
        if found != CHARACTERS {
            return Err(CodeFault::Length { expected: CHARACTERS, found }.into());
        }
        for _ in 0..4 {
            shift_left_five(&mut bits);
        }
        let mut code = Self([0; 16]);
        code.0.copy_from_slice(&bits[..16]);
        if bool::from(code.bits().ct_eq(&*bits)) { Ok(code) } else { Err(CodeFault::Check.into()) }
    }

    /// The key pair that the code stands for.
    #[must_use]
    pub fn key_pair(&self) -> PersonSecret {
        let mut secret = Zeroizing::new([0; 32]);
        secret[..16].copy_from_slice(&self.0);
        let key: Key = hkdf::expand(&hkdf::extract(&secret), &[b"ceiba/v1/recovery-code"]);
        PersonSecret::from_key(key)
    }

    /// Code, then 12 check bits, then 20 zero bits.
    fn bits(&self) -> [u8; 20] {
        let check = Sha256::new().chain_update(b"ceiba recovery code v1").chain_update(self.0).finalize();
        let mut bits = [0; 20];
        bits[..16].copy_from_slice(&self.0);
        bits[16] = check[0];
        bits[17] = check[1] & 0xf0;
        bits
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

fn is_dash(c: char) -> bool {
    // Word processors turn hyphens into the longer ones.
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '_')
}

fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|a| char::from(*a) == c).and_then(|i| u8::try_from(i).ok())
}

/// Shifts 160 bits five to the left; the top five fall off.
fn shift_left_five(bits: &mut [u8; 20]) {
    let mut carry = 0;
    for byte in bits.iter_mut().rev() {
        let next = *byte >> 3;
        *byte = *byte << 5 | carry;
        carry = next;
    }
}
