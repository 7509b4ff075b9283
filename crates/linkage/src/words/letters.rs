//! By how many letters two sounds differ, when it is few.

/// Longer ones are counted by [`strsim`].
const MOST: usize = 16;

/// How many letters are other, more, less, or exchanged with their neighbour (optimal string alignment).
pub(super) fn apart(one: &str, other: &str) -> usize {
    if !(one.is_ascii() && other.is_ascii()) {
        return strsim::osa_distance(one, other);
    }
    // What they begin and end with alike changes nothing, and it is most of them.
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a.len(), b.len()) {
        (0, n) | (n, 0) => n,
        (n, m) if n.max(m) > MOST => strsim::osa_distance(one, other),
        _ => aligned(a, b),
    }
}

/// The same by a table, of which three lines are kept.
fn aligned(a: &[u8], b: &[u8]) -> usize {
    let mut lines = [[0usize; MOST + 1]; 3];
    lines[0] = std::array::from_fn(|n| n);
    for (n, x) in a.iter().enumerate() {
        let [before, above, line] = [(n + 2) % 3, n % 3, (n + 1) % 3];
        lines[line][0] = n + 1;
        for (m, y) in b.iter().enumerate() {
            let mut least =
                (lines[above][m] + usize::from(x != y)).min(lines[above][m + 1] + 1).min(lines[line][m] + 1);
            if n > 0 && m > 0 && *x == b[m - 1] && a[n - 1] == *y {
                least = least.min(lines[before][m - 1] + 1);
            }
            lines[line][m + 1] = least;
        }
    }
    lines[a.len() % 3][b.len()]
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn it_is_the_distance_that_others_count() {
        // Every word of up to five of three letters.
        let mut words: Vec<String> = vec![String::new()];
        for from in 0..121 {
            words.extend(["a", "b", "c"].map(|letter| format!("{}{letter}", words[from])));
        }
        for one in &words {
            for other in &words {
                assert_eq!(apart(one, other), strsim::osa_distance(one, other), "{one} {other}");
            }
        }
        assert_eq!(apart("ñandú", "ñadnú"), 1);
        assert_eq!(apart(&"ab".repeat(12), &"ba".repeat(12)), 2);
    }
}
