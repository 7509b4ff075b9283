//! What training may have changed: units before and after, against units not yet trained over the same months.
//!
//! Each unit that was trained has months before and after; what changed between them, less what changed in the same months in units
//! that nobody had trained yet, is its difference (a stepped difference in differences). The estimate is their mean. Its
//! interval comes from giving the starts of training to other units, many times: it holds every effect under which the estimate
//! found would not be unusual among those (a permutation test, inverted). It needs no normal distribution, and with starts given
//! by lot it is exact.

use ceiba_store::Chance;

/// What a unit did in a month: so many cases, and the sum of what was measured in them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Month {
    /// Sum of the measure.
    pub sum: f64,
    /// Of how many cases.
    pub cases: f64,
}

/// An institution over the months.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// In which month the first of its people completed a course; none: nobody did.
    pub trained: Option<usize>,
    /// Its months, as many for every unit.
    pub months: Vec<Month>,
}

/// How it is computed. A report must come out the same each time, so what is drawn is drawn from a seed.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Months before and after that are looked at. The month of the training itself belongs to neither.
    pub window: usize,
    /// How many units of either side must stand behind it.
    pub units: usize,
    /// How often the starts are given to other units.
    pub draws: usize,
    /// Where chance begins.
    pub seed: u64,
}

impl Rules {
    /// Of every finding that is shown.
    pub(crate) const SHOWN: Self = Self { window: 6, units: 4, draws: 999, seed: 5 };
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The estimate, in units of the measure.
    pub value: f64,
    /// The lower end of the range that holds the true effect in 95 of 100 programmes.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// Trained units behind it.
    pub trained: usize,
    /// Units not yet trained that they were compared with.
    pub compared: usize,
    /// Cases behind it, of both sides.
    pub cases: f64,
}

impl Effect {
    /// Whether a difference can be seen at all.
    #[must_use]
    pub fn seen(&self) -> bool {
        self.lower > 0.0 || self.upper < 0.0
    }
}

/// Why nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// Trained units with cases before and after.
    pub trained: usize,
    /// Units to compare them with.
    pub compared: usize,
}

/// Sums from the first month on, so that a window costs two look-ups.
struct Sums {
    measure: Vec<f64>,
    treated: Vec<f64>,
    cases: Vec<f64>,
}

impl Sums {
    fn new(unit: &Unit) -> Self {
        let mut it = Self { measure: vec![0.0], treated: vec![0.0], cases: vec![0.0] };
        let (mut sum, mut treated, mut cases) = (0.0, 0.0, 0.0);
        for (n, month) in unit.months.iter().enumerate() {
            sum += month.sum;
            cases += month.cases;
            if unit.trained.is_some_and(|start| n > start) {
                treated += month.cases;
            }
            it.measure.push(sum);
            it.treated.push(treated);
            it.cases.push(cases);
        }
        it
    }

    /// The change from before to after of the measure and of being trained, with its weight and cases.
    fn change(&self, before: (usize, usize), after: (usize, usize)) -> Option<Change> {
        let of = |sums: &[f64], (from, to): (usize, usize)| sums[to] - sums[from];
        let (n0, n1) = (of(&self.cases, before), of(&self.cases, after));
        if n0 <= 0.0 || n1 <= 0.0 {
            return None;
        }
        let difference = |sums: &[f64]| of(sums, after) / n1 - of(sums, before) / n0;
        Some(Change {
            measure: difference(&self.measure),
            treated: difference(&self.treated),
            weight: n0 * n1 / (n0 + n1),
            cases: n0 + n1,
        })
    }
}

#[derive(Clone, Copy)]
struct Change {
    measure: f64,
    treated: f64,
    weight: f64,
    cases: f64,
}

/// The statistic under some starts: of the measure, and of «is trained» as it really was.
struct Found {
    measure: f64,
    treated: f64,
    trained: usize,
    /// Of each unit the most cases with which it was compared.
    compared: Vec<f64>,
    cases: f64,
}

/// Months from one to before another, before a unit's training and after it, and what changed in the unit between them.
struct Trained {
    before: (usize, usize),
    after: (usize, usize),
    change: Change,
}

/// A trained unit; `other` gets each that nobody had trained until its months are over, with what changed in that.
fn trained(
    sums: &[Sums],
    starts: &[Option<usize>],
    (months, window): (usize, usize),
    i: usize,
    mut other: impl FnMut(usize, Change),
) -> Option<Trained> {
    let start = starts[i]?;
    let before = (start.saturating_sub(window), start);
    let after = (start + 1, (start + 1 + window).min(months));
    if before.0 >= before.1 || after.0 >= after.1 {
        return None;
    }
    let change = sums[i].change(before, after)?;
    for (j, start) in starts.iter().enumerate() {
        if j != i && start.is_none_or(|s| s >= after.1) {
            sums[j].change(before, after).into_iter().for_each(|change| other(j, change));
        }
    }
    Some(Trained { before, after, change })
}

fn statistic(sums: &[Sums], starts: &[Option<usize>], months: usize, window: usize) -> Option<Found> {
    let mut found =
        Found { measure: 0.0, treated: 0.0, trained: 0, compared: vec![0.0; sums.len()], cases: 0.0 };
    let mut all = 0.0;
    for i in 0..starts.len() {
        let (mut weight, mut measure, mut treated) = (0.0, 0.0, 0.0);
        let compared = &mut found.compared;
        let own = trained(sums, starts, (months, window), i, |j, change| {
            weight += change.weight;
            measure += change.weight * change.measure;
            treated += change.weight * change.treated;
            compared[j] = compared[j].max(change.cases);
        });
        let Some(Trained { change: own, .. }) = own.filter(|_| weight > 0.0) else { continue };
        // As sure as the smaller side lets it be.
        let sure = own.weight * weight / (own.weight + weight);
        all += sure;
        found.measure += sure * (own.measure - measure / weight);
        found.treated += sure * (own.treated - treated / weight);
        found.trained += 1;
        found.cases += own.cases;
    }
    if all <= 0.0 {
        return None;
    }
    found.measure /= all;
    found.treated /= all;
    Some(found)
}

/// The estimate with its range.
///
/// # Errors
/// [`TooFew`] when fewer units than the rules ask for stand behind either side.
pub fn effect(units: &[Unit], rules: Rules) -> Result<Effect, TooFew> {
    let months = units.iter().map(|u| u.months.len()).min().unwrap_or(0);
    let sums: Vec<Sums> = units.iter().map(Sums::new).collect();
    let mut starts: Vec<Option<usize>> = units.iter().map(|u| u.trained).collect();
    let Some(own) = statistic(&sums, &starts, months, rules.window) else {
        let works = |u: &&Unit| u.months.iter().any(|m| m.cases > 0.0);
        let compared = units.iter().filter(|u| u.trained.is_none()).filter(works).count();
        return Err(TooFew { trained: 0, compared });
    };
    let compared = own.compared.iter().filter(|c| **c > 0.0).count();
    if own.trained < rules.units || compared < rules.units {
        return Err(TooFew { trained: own.trained, compared });
    }
    let value = own.measure;
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&rules.seed.to_le_bytes());
    let chance = Chance::seeded(seed);
    let (mut up, mut down) = (Vec::with_capacity(rules.draws), Vec::with_capacity(rules.draws));
    for _ in 0..rules.draws {
        shuffle(&chance, &mut starts);
        let Some(other) = statistic(&sums, &starts, months, rules.window) else { continue };
        // Under an effect `value + d` this draw is at least as far out as what was found, up to these d.
        let (c, b) = (value.mul_add(-other.treated, other.measure), other.treated);
        up.push(reach(c, 1.0 + b).max(reach(-c, 1.0 - b)));
        down.push(reach(c, 1.0 - b).max(reach(-c, 1.0 + b)));
    }
    Ok(Effect {
        value,
        lower: value - bound(down),
        upper: value + bound(up),
        trained: own.trained,
        compared,
        cases: own.cases + own.compared.iter().sum::<f64>(),
    })
}

/// For what the cases of a unit's month are used: beside which trained unit (itself, when it is one), and whether after its training.
pub(crate) type Uses = Vec<(usize, bool)>;

/// For each unit and month, for what the estimate uses its cases. Where it is empty they stand behind the range only.
pub(crate) fn uses(units: &[Unit], window: usize) -> Vec<Vec<Uses>> {
    let months = units.iter().map(|u| u.months.len()).min().unwrap_or(0);
    let sums: Vec<Sums> = units.iter().map(Sums::new).collect();
    let starts: Vec<Option<usize>> = units.iter().map(|u| u.trained).collect();
    let mut all = vec![vec![Uses::new(); months]; units.len()];
    for i in 0..units.len() {
        let mut with = Vec::new();
        let own = trained(&sums, &starts, (months, window), i, |j, _| with.push(j));
        // Beside nobody it says nothing.
        let Some(found) = own.filter(|_| !with.is_empty()) else { continue };
        with.push(i);
        for j in with {
            for ((from, to), after) in [(found.before, false), (found.after, true)] {
                all[j][from..to].iter_mut().for_each(|uses| uses.push((i, after)));
            }
        }
    }
    all
}

/// The largest `d` with `c >= d * slope`; without end when no `d` breaks it.
fn reach(c: f64, slope: f64) -> f64 {
    if slope > 1e-12 {
        c / slope
    } else if c >= 0.0 {
        f64::INFINITY
    } else {
        f64::NEG_INFINITY
    }
}

/// The largest distance that is not refused at 5 %: with what was found itself, more than one draw in twenty goes as far.
fn bound(mut reached: Vec<f64>) -> f64 {
    reached.sort_by(|a, b| b.total_cmp(a));
    let needed = (reached.len() + 1) / 20;
    match needed.checked_sub(1) {
        Some(at) => reached.get(at).copied().unwrap_or(f64::INFINITY),
        None => f64::INFINITY,
    }
}

fn shuffle(chance: &Chance, starts: &mut [Option<usize>]) {
    for n in (1..starts.len()).rev() {
        let below = u32::try_from(n + 1).unwrap_or(u32::MAX);
        starts.swap(n, chance.below(below) as usize);
    }
}

#[cfg(test)]
mod tests;
