//! The general path: how far a number can move, and what is cheapest to hide for it, by linear programming.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Solution, Variable};

use super::flow::{Moves, Try, price};
use super::system::{OPEN, State, System, bounds};

/// Moves a number as far as asked or possible, and says how far and what moves with it; whole numbers only, so it may say less
/// than there is.
pub(crate) fn reach(system: &System, t: Try) -> (u64, Moves) {
    whole(system, t).unwrap_or_default()
}

fn whole(system: &System, t: Try) -> Option<(u64, Moves)> {
    let far = Program::new(system, t, None).solve()?;
    let most = (far.1[t.number] + 1e-6).floor();
    if most < 1.0 {
        return None;
    }
    let moves = if t.may_hide { Program::new(system, t, Some(most)).solve()?.1 } else { far.1 };
    // A corner that is not whole proves nothing: one step less far often is.
    let found = rounded(system, t, &moves);
    found.or_else(|| {
        let nearer = (1..most as u64).rev().take(3);
        nearer
            .into_iter()
            .find_map(|most| rounded(system, t, &Program::new(system, t, Some(most as f64)).solve()?.1))
    })
}

/// Whole moves whose equations hold exactly.
fn rounded(system: &System, t: Try, moves: &[f64]) -> Option<(u64, Moves)> {
    let mut all = Moves::new();
    for (number, change) in moves.iter().enumerate() {
        if (change - change.round()).abs() > 1e-6 {
            return None;
        }
        if change.round() != 0.0 {
            all.insert(number, change.round() as i64);
        }
    }
    let far = all.remove(&t.number)?.unsigned_abs();
    let mut with = all.clone();
    with.insert(t.number, if t.up { i64::try_from(far).ok()? } else { -i64::try_from(far).ok()? });
    let holds = system
        .sums
        .iter()
        .all(|sum| sum.iter().map(|(n, sign)| sign * with.get(n).copied().unwrap_or(0)).sum::<i64>() == 0);
    holds.then_some((far, all))
}

/// One linear program: changes of numbers, as what goes up and what goes down.
struct Program<'a> {
    system: &'a System,
    problem: Problem,
    ways: Vec<Option<(Variable, Variable)>>,
    target: Option<Variable>,
    t: Try,
}

impl<'a> Program<'a> {
    /// Without `far` the number moves as far as it can; with it, that far at the least cost.
    fn new(system: &'a System, t: Try, far: Option<f64>) -> Self {
        let direction =
            if far.is_some() { OptimizationDirection::Minimize } else { OptimizationDirection::Maximize };
        let mut problem = Problem::new(direction);
        let most = t.most as f64;
        let mut ways = Vec::new();
        let mut target = None;
        for number in 0..system.values.len() {
            let state = match system.state[number] {
                State::Shown if t.may_hide => State::Complementary,
                state => state,
            };
            if number == t.number {
                let (least, most) = far.map_or((0.0, most), |far| (far, far));
                target = Some(problem.add_var(if far.is_some() { 0.0 } else { 1.0 }, (least, most)));
                ways.push(None);
                continue;
            }
            if !state.is_hidden() {
                ways.push(None);
                continue;
            }
            let (low, high) = bounds(state, system.values[number], system.threshold, t.told);
            let up =
                if high == OPEN { f64::INFINITY } else { high.saturating_sub(system.values[number]) as f64 };
            let down = system.values[number].saturating_sub(low) as f64;
            let cost = if far.is_some() { 0.01 + price(system, number, &Moves::new()) as f64 } else { 0.0 };
            ways.push(Some((problem.add_var(cost, (0.0, up)), problem.add_var(cost, (0.0, down)))));
        }
        for sum in &system.sums {
            let mut row = LinearExpr::empty();
            for (number, sign) in sum {
                let sign = *sign as f64;
                match (ways[*number], target) {
                    (Some((up, down)), _) => {
                        row.add(up, sign);
                        row.add(down, -sign);
                    }
                    (None, Some(target)) if *number == t.number => {
                        row.add(target, if t.up { sign } else { -sign });
                    }
                    _ => {}
                }
            }
            problem.add_constraint(row, ComparisonOp::Eq, 0.0);
        }
        Self { system, problem, ways, target, t }
    }

    /// The solution, and the change of each number; that of the target without its sign.
    fn solve(&self) -> Option<(f64, Vec<f64>)> {
        let found: Solution = self.problem.solve().ok()?.into_solution().ok()?;
        let moves = (0..self.system.values.len()).map(|number| match self.ways[number] {
            Some((up, down)) => found.var_value(up) - found.var_value(down),
            None if number == self.t.number => self.target.map_or(0.0, |t| found.var_value(t)),
            None => 0.0,
        });
        Some((found.objective(), moves.collect()))
    }
}
