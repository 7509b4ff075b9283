//! Who is filed under which key.

use std::collections::BTreeMap;

/// For each key the places of people, lowest first. Four billion places are enough: one beyond is not filed. A tree, not a hash table: nothing here depends on chance.
#[derive(Default)]
pub(super) struct Postings(BTreeMap<String, Vec<u32>>);

impl Postings {
    pub(super) fn add(&mut self, key: String, place: usize) {
        let Ok(place) = u32::try_from(place) else { return };
        let places = self.0.entry(key).or_default();
        if let Err(at) = places.binary_search(&place) {
            places.insert(at, place);
        }
    }

    pub(super) fn remove(&mut self, key: &str, place: usize) {
        let (Some(places), Ok(place)) = (self.0.get_mut(key), u32::try_from(place)) else { return };
        if let Ok(at) = places.binary_search(&place) {
            places.remove(at);
        }
        if places.is_empty() {
            self.0.remove(key);
        }
    }

    pub(super) fn count(&self, key: &str) -> usize {
        self.0.get(key).map_or(0, Vec::len)
    }

    /// The places of at most `most` people who share most with `keys`, each key worth what it says or, for
    /// whole words, the more the rarer. `all` is how many places there are.
    pub(super) fn nearest(&self, keys: Vec<(String, Option<f64>)>, all: usize, most: usize) -> Vec<usize> {
        let mut worth = vec![0.0f64; all];
        let mut met = Vec::new();
        for (key, value) in keys {
            let Some(places) = self.0.get(&key) else { continue };
            let value = value.unwrap_or_else(|| rarity(all, places.len()));
            for place in places.iter().map(|place| *place as usize) {
                if worth[place] == 0.0 {
                    met.push(place);
                }
                worth[place] += value;
            }
        }
        let best = |a: &usize, b: &usize| worth[*b].total_cmp(&worth[*a]).then(a.cmp(b));
        if met.len() > most {
            met.select_nth_unstable_by(most, best);
            met.truncate(most);
        }
        met.sort_unstable_by(best);
        met
    }
}

fn rarity(all: usize, with: usize) -> f64 {
    ((all as f64 + 500.0) / (with as f64 + 2.0)).log2().clamp(1.5, 9.0)
}
