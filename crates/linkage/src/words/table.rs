//! Texts that are met again and again, by what they were made into.

use std::hash::{Hash, Hasher};

use super::Map;

/// Values by text. Texts of up to 15 bytes, which names and codes nearly always are, stand in the table itself: nothing
/// else is fetched to find them.
pub(crate) struct Table<V> {
    short: Map<Short, V>,
    long: Map<Box<str>, V>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { short: Map::default(), long: Map::default() }
    }
}

impl<V: Copy> Table<V> {
    pub(crate) fn get(&self, text: &str) -> Option<V> {
        match Short::of(text) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(text).copied(),
        }
    }

    pub(crate) fn insert(&mut self, text: &str, value: V) {
        match Short::of(text) {
            Some(short) => self.short.insert(short, value),
            None => self.long.insert(text.into(), value),
        };
    }

    pub(crate) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// Up to 15 bytes, and how many they are.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Short(u64, u64);

impl Short {
    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let four =
            |from: usize| bytes.get(from..from + 4)?.try_into().ok().map(u32::from_le_bytes).map(u64::from);
        let eight = |from: usize| bytes.get(from..from + 8)?.try_into().ok().map(u64::from_le_bytes);
        let n = bytes.len();
        // The last eight bytes, or four, overlap the first: what was read already is shifted out.
        let (low, high) = match n {
            8..=15 => (eight(0)?, eight(n - 8)? >> 1 >> (8 * (16 - n) - 1)),
            4..=7 => (four(0)? | four(n - 4)? >> (8 * (8 - n)) << 32, 0),
            1..=3 => (u64::from(bytes[0]) | u64::from(bytes[n / 2]) << 8 | u64::from(bytes[n - 1]) << 16, 0),
            0 => (0, 0),
            _ => return None,
        };
        Some(Self(low, high | (n as u64) << 56))
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0 ^ self.1.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32));
    }
}

#[cfg(test)]
mod tests {
    use super::{Short, Table};

    #[test]
    fn every_text_is_another() {
        let whole = "abcdefghijklmnopqrst";
        let mut texts: Vec<String> = (0..=whole.len()).map(|n| whole[..n].to_owned()).collect();
        // One letter other, anywhere.
        for n in 1..=whole.len() {
            texts.extend((0..n).map(|at| format!("{}Z{}", &whole[..at], &whole[at + 1..n])));
        }
        let mut table = Table::default();
        for (n, text) in texts.iter().enumerate() {
            assert_eq!(Short::of(text).is_some(), text.len() < 16);
            assert!(table.get(text).is_none(), "{text}");
            table.insert(text, n);
        }
        assert!(texts.iter().enumerate().all(|(n, text)| table.get(text) == Some(n)));
        assert_eq!(table.len(), texts.len());
    }
}
