//! Where EM begins: how often, by judgement, each level is seen between two records of one person.
//!
//! These are not results. They are shares that clerks' errors suggest, given to EM as the weight of
//! [`PRIOR`](super::em) pairs, so that in small registers «one person» cannot come to mean «one village».

use crate::levels::FACTS;

/// By fact and level, *unknown* left out; only proportions count.
pub(super) const ONE_PERSON: [&[f64]; FACTS] = [
    &[30.0, 8.0, 6.0, 1.0, 26.0, 12.0, 5.0, 1.0, 3.0, 3.0, 1.0, 1.0, 1.0, 2.0, 3.0, 0.2, 1.5],
    &[50.0, 10.0, 1.5, 25.0, 4.0, 4.0, 2.0, 2.0, 3.0, 1.0, 2.0, 5.0, 0.2],
    &[45.0, 25.0, 8.0, 12.0, 3.0, 7.0],
    &[
        30.0, 0.6, 1.0, 0.6, 1.5, 0.5, 0.5, 0.2, 0.2, 0.5, 2.5, 0.3, 0.1, 0.1, 12.0, 4.0, 0.5, 1.0, 4.0, 2.0,
        0.5, 0.3, 12.0, 7.0, 3.0, 1.0, 0.6, 0.6,
    ],
    &[70.0, 15.0, 15.0],
    &[50.0, 3.0, 47.0],
    &[98.0, 2.0],
    &[82.0, 3.0, 15.0],
    &[80.0, 10.0, 10.0],
    OTHER,
    OTHER,
    OTHER,
    &[93.0, 6.0, 0.7, 0.3],
];

const OTHER: &[f64] = &[75.0, 12.0, 13.0];
