//! Recruiters' phones, plates and handles, as keyed fingerprints: the same one, or one sign off.

use unicode_normalization::UnicodeNormalization;

use super::exchange::Exchange;
use super::sealed::Mark;
use crate::words::Map;

/// Fingerprints of a contact: one of the whole, one without each of its signs, and noise up to this number.
pub(super) const PRINTS: usize = 32;
/// The most signs that are read.
const SIGNS: usize = 30;

/// What kind of contact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Contact {
    /// A phone: the last eight digits count.
    Phone = 201,
    /// A plate of a vehicle.
    Plate = 202,
    /// A name on a social network, or the address of its page.
    Handle = 203,
}

/// A contact as fingerprints: that of the whole first, the others in order, which hides where each sign stood. `Debug` shows none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprints(pub(super) [u64; PRINTS]);

/// How two contacts go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Same {
    /// One sign more, less, other or elsewhere.
    Near,
    /// The same.
    Exact,
}

impl Contact {
    /// Reads `phone`, `plate` or `handle`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "phone" => Some(Self::Phone),
            "plate" => Some(Self::Plate),
            "handle" => Some(Self::Handle),
            _ => None,
        }
    }

    /// What counts of a contact: digits of a phone, signs of a plate (O as 0, I as 1), the last part of a page's address. `None`
    /// when there is too little of it.
    #[must_use]
    pub fn normal(self, text: &str) -> Option<String> {
        let text: String = text.trim().chars().take(400).nfkc().flat_map(char::to_lowercase).collect();
        let (least, signs): (usize, Vec<char>) = match self {
            Self::Phone => {
                let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
                (7, digits[digits.len().saturating_sub(8)..].to_vec())
            }
            Self::Plate => {
                let same = |c| {
                    if c == 'o' {
                        '0'
                    } else if c == 'i' {
                        '1'
                    } else {
                        c
                    }
                };
                (4, text.chars().filter(|c| c.is_alphanumeric()).map(same).collect())
            }
            Self::Handle => {
                let path = text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
                let last = path.rsplit('/').next().unwrap_or_default();
                (3, last.trim_start_matches('@').chars().filter(|c| !c.is_whitespace()).collect())
            }
        };
        (signs.len() >= least).then(|| signs.into_iter().take(SIGNS).collect())
    }

    /// The fingerprints of a contact under an exchange's keys. `None` for what is no contact.
    #[must_use]
    pub fn fingerprints(self, text: &str, exchange: &Exchange, mark: &Mark) -> Option<Fingerprints> {
        let normal = self.normal(text)?;
        let print = |what: &[u8]| {
            let [a, b, c, d, e, f, g, h, ..] = exchange.word(self as u8, what);
            u64::from_le_bytes([a, b, c, d, e, f, g, h])
        };
        let mut prints = [0; PRINTS];
        prints[0] = print(normal.as_bytes());
        let signs: Vec<char> = normal.chars().collect();
        let mut parts: Vec<u64> = (0..signs.len())
            .map(|out| print(signs[..out].iter().chain(&signs[out + 1..]).collect::<String>().as_bytes()))
            .collect();
        parts.sort_unstable();
        parts.dedup();
        // Noise of this mark alone, so that all have as many and length does not show.
        let noise = (parts.len()..PRINTS - 1).map(|n| print(&[&mark[..], &[0xff, n as u8]].concat()));
        let noise: Vec<u64> = noise.collect();
        parts.extend(noise);
        parts.sort_unstable();
        prints[1..].copy_from_slice(&parts[..PRINTS - 1]);
        Some(Fingerprints(prints))
    }
}

/// Contacts of two sides that are the same or near, as places in both lists, by `left`, then `right`.
#[must_use]
pub fn meet(left: &[Fingerprints], right: &[Fingerprints]) -> Vec<(u32, u32, Same)> {
    let mut places: Map<u64, Vec<u32>> = Map::default();
    for (place, prints) in (0..).zip(right) {
        for print in prints.0 {
            let there = places.entry(print).or_default();
            if there.last() != Some(&place) {
                there.push(place);
            }
        }
    }
    let mut found: Map<(u32, u32), Same> = Map::default();
    for (at, prints) in (0..).zip(left) {
        for print in prints.0 {
            for place in places.get(&print).into_iter().flatten() {
                let same = if right[*place as usize].0[0] == prints.0[0] { Same::Exact } else { Same::Near };
                found.insert((at, *place), same);
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().map(|((left, right), same)| (left, right, same)).collect();
    found.sort_unstable();
    found
}

impl std::fmt::Debug for Fingerprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprints(..)")
    }
}
