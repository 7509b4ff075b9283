//! One to one: who is whose best match, and by how much.

use super::dice::Alike;

/// A pair of which neither side is in a likelier pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Best {
    /// The pair.
    pub pair: Alike,
    /// How much liker the two are than either is to the next one, at least; its whole coefficient when there is no other.
    pub margin: f64,
}

/// Chooses pairs from the most alike on, each record once (the stable matching, as both sides rank by the same numbers), and
/// leaves out those whose margin is below `margin`: two that are as good cannot be told apart. Ties go by places.
#[must_use]
pub fn best(pairs: &[Alike], margin: f64) -> Vec<Best> {
    let mut order: Vec<&Alike> = pairs.iter().collect();
    order.sort_unstable_by(|a, b| b.dice.total_cmp(&a.dice).then((a.left, a.right).cmp(&(b.left, b.right))));
    let size = |of: fn(&Alike) -> u32| pairs.iter().map(of).max().map_or(0, |most| most as usize + 1);
    let (lefts, rights) = (size(|pair| pair.left), size(|pair| pair.right));
    let second = |of: fn(&Alike) -> u32, size: usize| {
        let mut two = vec![[0.0_f64; 2]; size];
        for pair in &order {
            let [first, second] = &mut two[of(pair) as usize];
            if *first == 0.0 {
                *first = pair.dice;
            } else if *second == 0.0 {
                *second = pair.dice;
            }
        }
        two
    };
    let (left_two, right_two) = (second(|pair| pair.left, lefts), second(|pair| pair.right, rights));
    let (mut left_taken, mut right_taken) = (vec![false; lefts], vec![false; rights]);
    let mut chosen = Vec::new();
    for pair in order {
        let (left, right) = (pair.left as usize, pair.right as usize);
        if left_taken[left] || right_taken[right] {
            continue;
        }
        (left_taken[left], right_taken[right]) = (true, true);
        // The other best of a record is its second where this pair is its first, and its first otherwise.
        let next = |two: [f64; 2]| if pair.dice >= two[0] { two[1] } else { two[0] };
        let by = pair.dice - next(left_two[left]).max(next(right_two[right]));
        if by >= margin {
            chosen.push(Best { pair: *pair, margin: by });
        }
    }
    chosen
}
