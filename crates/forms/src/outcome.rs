//! The outcome of a screening: what to do next and which signs led there. Never a score, never a yes
//! or no to «is she trafficked».

use serde::{Deserialize, Serialize};

use crate::answers::Answer;
use crate::evaluate::Evaluation;
use crate::form::{Form, Kind, Text};

/// Name of the calculate that holds the level.
pub const FIELD: &str = "outcome";

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Somebody may be in danger now.
    ActNow,
    /// Decide together, today or tomorrow.
    TalkWithTeam,
    /// Tell her what there is, and let her choose.
    GiveInformation,
    /// Nothing was seen today. The door stays open.
    NoSignToday,
}

impl Level {
    /// Reads the value of the calculate.
    pub fn from_value(value: &str) -> Option<Self> {
        match value {
            "act_now" => Some(Self::ActNow),
            "talk_with_team" => Some(Self::TalkWithTeam),
            "give_information" => Some(Self::GiveInformation),
            "no_sign_today" => Some(Self::NoSignToday),
            _ => None,
        }
    }
}

/// The level with what led to it and what is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What to do next.
    pub level: Level,
    /// Paths of the fields whose `sign` is true, in document order.
    pub signs: Vec<String>,
    /// Paths of the questions that were not asked.
    pub not_asked: Vec<String>,
    /// Paths of the questions that she preferred not to answer.
    pub declined: Vec<String>,
}

/// The outcome, if the form has a calculate named `outcome` with one of the four values.
pub fn outcome(form: &Form, evaluation: &Evaluation<'_>) -> Option<Outcome> {
    let mut has_field = false;
    crate::form::walk(form, |item, _| has_field |= item.name == FIELD && item.kind == Kind::Calculate);
    if !has_field {
        return None;
    }
    let field = evaluation.nodes.iter().find(|n| n.item.name == FIELD && n.item.kind == Kind::Calculate)?;
    let level = Level::from_value(&field.value)?;
    let paths = |keep: &dyn Fn(&crate::evaluate::Shown<'_>) -> bool| {
        evaluation.nodes.iter().filter(|n| n.relevant && keep(n)).map(|n| n.path.clone()).collect()
    };
    Some(Outcome {
        level,
        signs: paths(&|n| n.sign),
        not_asked: paths(&|n| n.answer == Some(Answer::NotAsked)),
        declined: paths(&|n| n.answer == Some(Answer::Declined)),
    })
}

/// How a sign is worded: `sign_label`, or the label of its question.
pub fn sign_text<'f>(form: &'f Form, path: &str) -> Option<&'f Text> {
    let item = form.item(path)?;
    Some(if item.sign_label.is_empty() { &item.label } else { &item.sign_label })
}
