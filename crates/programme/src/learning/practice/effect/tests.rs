//! Simulated programmes: institutions of different level, a common trend, noise that lasts, few cases in a month, training given to
//! one institution after the other. With a known effect and with none.

use super::*;

const MONTHS: usize = 24;

/// A number between 0 and 1.
fn any(chance: &Chance) -> f64 {
    f64::from(chance.below(1_000_000)) / 1e6
}

/// About normal: twelve of them less six (Irwin and Hall).
fn noise(chance: &Chance) -> f64 {
    (0..12).map(|_| any(chance)).sum::<f64>() - 6.0
}

/// `units` institutions, of which two in three are trained in some month; each has cases whose measure rises by `effect` from the
/// month after on.
fn programme(chance: &Chance, units: usize, effect: f64) -> Vec<Unit> {
    (0..units)
        .map(|n| {
            let trained = (n % 3 != 0).then(|| 6 + chance.below(12) as usize);
            let (level, mut lasting) = (10.0 + 4.0 * noise(chance), 0.0);
            let months = (0..MONTHS).map(|month| {
                lasting = 0.5 * lasting + 0.8 * noise(chance);
                let cases = f64::from(chance.below(5));
                let gained = if trained.is_some_and(|start| month > start) { effect } else { 0.0 };
                let mean = level + 0.15 * month as f64 + lasting + gained;
                // The mean of so many cases varies less than one.
                Month { sum: cases * mean + 2.0 * cases.sqrt() * noise(chance), cases }
            });
            let months = months.collect();
            Unit { trained, months }
        })
        .collect()
}

/// Of so many programmes: how often the range held the true effect, how often one was seen, and the mean estimate.
fn many(programmes: u32, effect_is: f64) -> (f64, f64, f64) {
    let chance = Chance::seeded([41; 32]);
    let rules = Rules { draws: 99, ..Rules::SHOWN };
    let (mut held, mut seen, mut sum) = (0.0, 0.0, 0.0);
    for _ in 0..programmes {
        let found = effect(&programme(&chance, 18, effect_is), rules).expect("enough units");
        held += f64::from(u8::from(found.lower <= effect_is && effect_is <= found.upper));
        seen += f64::from(u8::from(found.seen()));
        sum += found.value;
    }
    let n = f64::from(programmes);
    (held / n, seen / n, sum / n)
}

#[test]
fn without_an_effect_one_is_seen_in_five_of_a_hundred_programmes_at_most() {
    let (held, seen, mean) = many(300, 0.0);
    println!("no effect: held {held:.3}, seen {seen:.3}, mean {mean:.3}");
    // 5 % and what 300 programmes let it vary (two standard errors).
    assert!(seen <= 0.076, "seen {seen}");
    assert!(held >= 0.924, "held {held}");
    assert!(mean.abs() < 0.15, "mean {mean}");
}

#[test]
fn a_known_effect_is_found_and_its_range_holds_it() {
    let (held, seen, mean) = many(300, 3.0);
    println!("effect of 3: held {held:.3}, seen {seen:.3}, mean {mean:.3}");
    assert!(held >= 0.924, "held {held}");
    assert!(seen >= 0.8, "seen {seen}");
    assert!((mean - 3.0).abs() < 0.15, "mean {mean}");
}

#[test]
fn the_same_facts_give_the_same_answer() {
    let units = programme(&Chance::seeded([3; 32]), 18, 1.0);
    assert_eq!(effect(&units, Rules::SHOWN), effect(&units, Rules::SHOWN));
}

#[test]
fn few_units_get_no_answer() {
    let chance = Chance::seeded([3; 32]);
    let none: Vec<Unit> =
        programme(&chance, 18, 1.0).into_iter().map(|u| Unit { trained: None, ..u }).collect();
    assert_eq!(effect(&none, Rules::SHOWN), Err(TooFew { trained: 0, compared: 18 }));
    let few = effect(&programme(&chance, 5, 1.0), Rules::SHOWN);
    assert!(few.is_err(), "{few:?}");
    // Everybody trained in the same month: there is nobody to compare with.
    let all: Vec<Unit> =
        programme(&chance, 18, 1.0).into_iter().map(|u| Unit { trained: Some(9), ..u }).collect();
    assert!(effect(&all, Rules::SHOWN).is_err());
    assert!(effect(&[], Rules::SHOWN).is_err());
}

#[test]
fn a_trend_that_all_share_is_no_effect() {
    // No noise: what everybody gained in those months is taken off exactly.
    let unit = |trained, step: f64| Unit {
        trained,
        months: (0..MONTHS)
            .map(|m| {
                let gained = if trained.is_some_and(|s| m > s) { step } else { 0.0 };
                Month { sum: 2.0 * (m as f64 + gained), cases: 2.0 }
            })
            .collect(),
    };
    let units: Vec<Unit> = (0..8).map(|n| unit((n < 4).then_some(8), 2.5)).collect();
    let found = effect(&units, Rules::SHOWN).expect("enough");
    assert!((found.value - 2.5).abs() < 1e-9, "{found:?}");
    assert_eq!((found.trained, found.compared), (4, 4));
    assert!(found.cases > 0.0);
}
