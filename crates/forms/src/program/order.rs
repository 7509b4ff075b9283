//! Order of evaluation: relevance and values follow what they mention. Iterative, so that a chain of
//! two thousand calculations needs no stack.

use super::resolve::{Where, mentions};
use super::{Program, Slot};

/// Fills `order`, `cycle` and `volatile`.
pub(super) fn sort(program: &mut Program<'_>) {
    let count = program.defs.len();
    let mut needs: Vec<Vec<usize>> = Vec::with_capacity(count);
    let mut volatile = vec![false; count];
    for (def, flag) in volatile.iter_mut().enumerate() {
        let mut before = Vec::new();
        if def != 0 {
            before.extend(program.defs.get(def).map(|d| d.parent));
        }
        for slot in [Slot::Relevant, Slot::Calculation] {
            if let Some(Ok(expr)) = program.expr(def, slot) {
                let found = mentions(program, def, Where::Def(def), expr);
                *flag |= found.volatile;
                // `.` in a calculation is the value before; only once() makes sense of it.
                let own = slot == Slot::Calculation && found.volatile;
                before.extend(found.defs.into_iter().filter(|d| !(own && *d == def)));
            }
        }
        before.sort_unstable();
        before.dedup();
        needs.push(before);
    }
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits: Vec<usize> = needs.iter().map(Vec::len).collect();
    for (def, before) in needs.iter().enumerate() {
        for needed in before {
            if let Some(list) = followers.get_mut(*needed) {
                list.push(def);
            }
        }
    }
    let mut ready: Vec<usize> = (0..count).rev().filter(|def| waits.get(*def) == Some(&0)).collect();
    while let Some(def) = ready.pop() {
        program.order.push(def);
        let shaky = volatile.get(def).copied().unwrap_or(false);
        for follower in followers.get(def).into_iter().flatten() {
            if let Some(flag) = volatile.get_mut(*follower) {
                *flag |= shaky;
            }
            if let Some(wait) = waits.get_mut(*follower) {
                *wait -= 1;
                if *wait == 0 {
                    ready.push(*follower);
                }
            }
        }
    }
    let left: Vec<usize> = (0..count).filter(|def| waits.get(*def).is_some_and(|wait| *wait > 0)).collect();
    program.cycle = core(&left, &needs);
    program.order.extend(left);
    program.volatile = volatile;
}

/// Those of `left` that are in a circle, and not merely behind one: walk along needs until one repeats.
fn core(left: &[usize], needs: &[Vec<usize>]) -> Vec<usize> {
    let Some(first) = left.first() else { return Vec::new() };
    let mut path = vec![*first];
    while let Some(last) = path.last() {
        let next = needs.get(*last).and_then(|list| list.iter().find(|n| left.binary_search(n).is_ok()));
        let Some(next) = next else { return path };
        if let Some(start) = path.iter().position(|seen| seen == next) {
            return path.split_off(start);
        }
        path.push(*next);
    }
    path
}
