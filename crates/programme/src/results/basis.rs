//! What a report is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::beside::left::Left;
use super::framework::{Framework, Indicator, Number, Promise, Results};
use super::frozen::{Period, Restates};
use crate::{Outcome, ProgrammeError};

/// What a report is made of, besides facts and sheets of spending, of which it names the last position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// The grant and what it promised, as the pack said then.
    pub framework: Framework,
    /// The indicators that it promised, as the pack said then; of money only the grant's own lines are counted.
    pub indicators: Vec<Indicator>,
    /// The period.
    pub period: Period,
    /// Facts entered before this position of the ledger.
    pub position: i64,
    /// Sheets of spending entered before this one, where it is another: behind them is nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spending: Option<i64>,
    /// Deviations by figure.
    pub deviations: BTreeMap<String, String>,
    /// What the office wrote about the whole.
    pub notes: String,
    /// Its version, from 1.
    pub version: u32,
    /// What it replaces.
    pub restates: Option<Restates>,
    /// Versions of reports whose numbers must not be told apart from these: every frozen one of the same quarter and of the quarters
    /// before and after, by the hash of their bytes.
    pub compared: Vec<String>,
    /// The same of other grants: who is counted in one of two reports and not in the other must not be few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// What left to others outside, of the same facts: the same must not be told by a public number and this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
}

/// An indicator as a grant counts it.
fn of_grant(i: &Indicator, framework: &Framework) -> Indicator {
    let figure = |n: &Number| Number { rule: n.rule.clone().of_lines(&framework.lines), ..n.clone() };
    Indicator { figure: i.figure.iter().map(figure).collect(), ..i.clone() }
}

impl Basis {
    /// A basis for a look at numbers that nobody froze: the pack as it is, everything entered before a position.
    pub(super) fn new(results: &Results, framework: &Framework, period: Period, position: i64) -> Self {
        let promised = |i: &&Indicator| {
            framework
                .promise
                .iter()
                .any(|p| results.figure(&p.figure).is_some_and(|(known, _)| known.code == i.code))
        };
        Self {
            framework: framework.clone(),
            indicators: results.indicators.iter().filter(promised).map(|i| of_grant(i, framework)).collect(),
            period,
            position,
            spending: None,
            deviations: BTreeMap::new(),
            notes: String::new(),
            version: 1,
            restates: None,
            compared: vec![],
            beside: vec![],
            left: vec![],
        }
    }

    /// What was promised, with its definition, in the order of the framework.
    pub(super) fn figures(&self) -> Outcome<Vec<(&Promise, &Indicator, &Number)>> {
        let known = Results { indicators: self.indicators.clone(), ..Results::default() };
        let place = |code: &str| self.framework.result.iter().position(|r| r.code == code);
        let mut promises: Vec<&Promise> = self.framework.promise.iter().collect();
        promises.sort_by_key(|p| place(&p.result));
        let find = |p: &Promise| {
            let (i, n) = known.figure(&p.figure)?;
            let indicator = self.indicators.iter().find(|x| x.code == i.code)?;
            Some((indicator, indicator.figure.iter().find(|x| x.id == n.id)?))
        };
        promises
            .into_iter()
            .map(|p| find(p).map(|(i, n)| (p, i, n)).ok_or(ProgrammeError::Unreadable("a framework")))
            .collect()
    }

    /// One figure's definition.
    pub(super) fn number(&self, code: &str) -> Option<(&Indicator, &Number)> {
        let all = self.figures().ok()?;
        all.into_iter().find(|(p, _, _)| p.figure == code).map(|(_, i, n)| (i, n))
    }
}
