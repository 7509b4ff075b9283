//! She is told what is planned, and says what she does not want. Nobody decides against it: it is followed, or she takes it back.

use ceiba_access::Caller;
use ceiba_store::{Micros, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Conference, count, open, over};
use crate::entries::{self, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// What she does not want: the whole of it, that an institution hears of her, or that a point is spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// One of [`TO`].
    pub to: String,
    /// Which institution.
    pub institution: Option<Uuid>,
    /// Which point.
    pub point: String,
    /// When.
    pub at: Micros,
    /// `open`, or one of [`SETTLED`].
    pub state: String,
}

/// To what she may object.
pub const TO: [&str; 3] = ["whole", "institution", "point"];
/// How an objection ends: it was followed, or she herself took it back.
pub const SETTLED: [&str; 2] = ["followed", "taken_back"];

impl Conference {
    /// Whether she objects to the whole of it.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.objections.iter().any(|o| o.to == "whole" && o.state == "open")
    }

    /// Whether nothing may go to this institution.
    #[must_use]
    pub fn keeps_from(&self, institution: Uuid) -> bool {
        self.refused()
            || self.objections.iter().any(|o| o.institution == Some(institution) && o.state == "open")
    }

    /// The points that may be spoken of.
    pub fn spoken(&self) -> impl Iterator<Item = &super::Point> {
        self.points.iter().filter(|p| !self.objections.iter().any(|o| o.point == p.code && o.state == "open"))
    }
}

/// Notes that she was told who comes, what is spoken of and what each will hear.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile; [`ProgrammeError::State`] when it is over.
pub async fn tell(p: &Programme, work: &mut Work, caller: &Caller, which: (Uuid, Uuid, i64)) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    let body = Conference { told: Some((work.at(), caller.account)), ..entry.body.clone() };
    let plain = Plain { state: "set", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "told").await
}

/// Records what she does not want. `what` is the institution or the point, as the form sends it.
///
/// # Errors
/// As [`tell`]; [`ProgrammeError::Invalid`] when nobody is invited under that name, or nothing is spoken of under it.
pub async fn object(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    what: &str,
) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    let body = &entry.body;
    let institution =
        what.parse::<Uuid>().ok().filter(|id| body.invited.iter().any(|i| i.institution == *id));
    let point = body.points.iter().any(|point| point.code == what);
    let to = match (what, institution, point) {
        ("whole", ..) => Some("whole"),
        (_, Some(_), _) => Some("institution"),
        (_, None, true) => Some("point"),
        _ => None,
    };
    let mut problems = Problems::default();
    problems.when(to.is_none(), "to", "problem-choose");
    problems.done()?;
    let Some(to) = to else { return Ok(()) };
    let objection = Objection {
        to: to.to_owned(),
        institution,
        point: if point { what.to_owned() } else { String::new() },
        at: work.at(),
        state: "open".to_owned(),
    };
    let same = |o: &&Objection| {
        o.to == objection.to && o.institution == objection.institution && o.point == objection.point
    };
    if body.objections.iter().filter(same).any(|o| o.state == "open") {
        return Ok(work.record("conference.same", "case", which.0, [0; 32]).await?);
    }
    let mut body = body.clone();
    body.objections.push(objection);
    let plain = Plain { state: "set", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "objected").await?;
    count(p, work, caller, (&grant, which.0), ("conference.objected", to, None)).await
}

/// Ends an objection: followed, the institution or the point is off the list, or the conference is called off; taken back, by
/// herself.
///
/// # Errors
/// As [`tell`]; [`ProgrammeError::Invalid`] with what to mend.
pub async fn settle(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    which: (Uuid, Uuid, i64),
    (number, how): (usize, &str),
) -> Outcome<()> {
    let (grant, entry) = open(p, work, caller, which).await?;
    let mut body = entry.body.clone();
    let mut problems = Problems::default();
    problems.when(!SETTLED.contains(&how), "how", "problem-choose");
    problems.done()?;
    let Some(objection) = body.objections.get_mut(number).filter(|o| o.state == "open") else {
        return Err(ProgrammeError::Stale);
    };
    how.clone_into(&mut objection.state);
    let (institution, point) = (objection.institution, objection.point.clone());
    let whole = objection.to == "whole";
    if how == "followed" {
        if whole {
            return over(p, work, caller, (&grant, &entry), (&body, "cancelled")).await;
        }
        body.invited.retain(|i| Some(i.institution) != institution);
        body.points.retain(|at| at.code != point);
    }
    let plain = Plain { state: "set", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, which.2, plain, &body, "settled").await
}
