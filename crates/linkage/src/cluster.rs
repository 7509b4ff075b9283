//! Records in groups of one person, guarded against chains.
//!
//! A chain of likely links may join people who have nothing in common: A like B, B like C, C unlike A. Links
//! are taken from strong to weak; two groups are joined when the mean weight over **all** pairs between them is
//! above zero, where a pair that was not even kept counts as [`UNKNOWN`]. Links stay as they are: groups are
//! another list beside the records, so a merge can be taken back.

/// The weight, in bits, of two records that are in no list of pairs.
const UNKNOWN: f32 = -9.0;
/// No single pair weighs more: one sure link must not carry a group of strangers.
const MOST: f32 = 20.0;

/// Two records and the weight of their link in bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) weight: f32,
    /// Whether it may join groups.
    pub(crate) strong: bool,
}

/// The group of each record, named by its first record. `lots` names each record in every order of input. Records from
/// `second` on are another register: two of one register were not compared, and say nothing of each other.
pub(crate) fn groups(lots: &[u64], second: Option<usize>, edges: &[Edge]) -> Vec<u32> {
    let mut group: Vec<u32> = (0..lots.len() as u32).collect();
    let mut members: Vec<Vec<u32>> = vec![vec![]; lots.len()];
    let mut weights: Vec<(u32, u32, f32)> =
        edges.iter().map(|e| (e.a.min(e.b), e.a.max(e.b), e.weight)).collect();
    weights.sort_unstable_by_key(|w| (w.0, w.1));
    let beside = |a: u32, b: u32| second.is_some_and(|at| (a as usize >= at) == (b as usize >= at));
    let weight = |a: u32, b: u32| {
        let found = weights.binary_search_by_key(&(a.min(b), a.max(b)), |w| (w.0, w.1));
        let unknown = if beside(a, b) { 0.0 } else { UNKNOWN };
        // Whole numbers, since sums of others depend on their order.
        (found.map_or(unknown, |at| weights[at].2.clamp(UNKNOWN, MOST)) * 4096.0) as i64
    };
    let lot = |e: &Edge| {
        let (a, b) = (lots[e.a as usize], lots[e.b as usize]);
        (a.min(b), a.max(b))
    };
    let mut order: Vec<&Edge> = edges.iter().filter(|e| e.strong).collect();
    order.sort_unstable_by(|x, y| {
        y.weight.total_cmp(&x.weight).then_with(|| lot(x).cmp(&lot(y))).then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    for edge in order {
        let (one, other) = (group[edge.a as usize], group[edge.b as usize]);
        if one == other {
            continue;
        }
        let (keep, give) = (one.min(other), one.max(other));
        let of = |g: u32| if members[g as usize].is_empty() { vec![g] } else { members[g as usize].clone() };
        let (kept, given) = (of(keep), of(give));
        let sum: i64 = kept.iter().flat_map(|a| given.iter().map(|b| weight(*a, *b))).sum();
        if sum > 0 {
            given.iter().for_each(|record| group[*record as usize] = keep);
            members[give as usize].clear();
            members[keep as usize] = [kept, given].concat();
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::Edge;

    fn groups(records: u64, edges: &[Edge]) -> Vec<u32> {
        super::groups(&(0..records).collect::<Vec<_>>(), None, edges)
    }

    fn edge(a: u32, b: u32, weight: f32) -> Edge {
        Edge { a, b, weight, strong: weight > 3.0 }
    }

    #[test]
    fn chains_are_not_followed() {
        assert_eq!(groups(3, &[edge(0, 1, 8.0), edge(1, 2, 7.0), edge(0, 2, 5.0)]), [0, 0, 0]);
        assert_eq!(
            groups(3, &[edge(0, 1, 8.0), edge(1, 2, 7.0)]),
            [0, 0, 2],
            "0 and 2 have nothing in common"
        );
        assert_eq!(
            groups(3, &[edge(0, 1, 8.0), edge(1, 2, 7.0), edge(0, 2, -3.0)]),
            [0, 0, 0],
            "little against much"
        );
        assert_eq!(groups(2, &[edge(0, 1, 2.0)]), [0, 1], "not strong");
    }

    #[test]
    fn of_links_that_weigh_the_same_names_decide_and_not_who_came_first() {
        let chain = [edge(0, 1, 8.0), edge(1, 2, 8.0)];
        assert_eq!(super::groups(&[1, 2, 3], None, &chain), [0, 0, 2]);
        assert_eq!(super::groups(&[3, 2, 1], None, &chain), [0, 1, 1]);
    }

    #[test]
    fn two_rows_of_one_register_are_not_held_against_each_other() {
        let rows = [edge(0, 2, 8.5), edge(1, 2, 8.5)];
        assert_eq!(super::groups(&[1, 2, 3], Some(2), &rows), [0, 0, 0]);
        assert_eq!(super::groups(&[1, 2, 3], None, &rows), [0, 1, 0]);
    }
}
