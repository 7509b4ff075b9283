//! Whether a proceeding is centred on her: each point of the country's list met, not met, not known or not applicable, never one
//! number. What the file shows comes first; where it says nothing, her lawyer answers.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checklist::{Item, Rule};
use super::hearings::{self, Hearing};
use super::measures::{self, Measure};
use super::proceedings::Proceeding;
use super::reparation::{self, Reparation};
use super::{fact, within};
use crate::cases::tellings::{self, Telling};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates, people};

/// What her lawyer answered, of one proceeding (`other`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// By point: `met`, `not_met` or `does_not_apply`.
    pub said: BTreeMap<String, String>,
}

impl Kind for Answers {
    const KIND: &'static str = "score";
}

/// How a point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is met.
    Met,
    /// It is not.
    NotMet,
    /// Nobody knows.
    NotKnown,
    /// It is not asked of this proceeding.
    DoesNotApply,
}

/// All of them, in the order of a table.
pub const STANDINGS: [Standing; 4] =
    [Standing::Met, Standing::NotMet, Standing::NotKnown, Standing::DoesNotApply];

impl Standing {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::NotKnown => "not_known",
            Self::DoesNotApply => "does_not_apply",
        }
    }

    fn find(code: &str) -> Option<Self> {
        STANDINGS.into_iter().find(|s| s.code() == code)
    }
}

/// A point of one proceeding.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// The point.
    pub item: &'a Item,
    /// How it stands.
    pub standing: Standing,
    /// Whether the file says so; else her lawyer does, or nobody.
    pub on_file: bool,
}

/// What the points are computed from.
struct Seen {
    tellings: Vec<Entry<Telling>>,
    hearings: Vec<Entry<Hearing>>,
    measures: Vec<Entry<Measure>>,
    reparations: Vec<Entry<Reparation>>,
    needs_interpreter: bool,
    today: Date,
}

/// Interviews that a proceeding makes.
const OFFICIAL: [&str; 3] = ["police", "prosecutor", "court"];

impl Seen {
    fn official(&self) -> impl Iterator<Item = &Entry<Telling>> {
        self.tellings.iter().filter(|t| {
            t.head.state == "held" && OFFICIAL.contains(&t.head.code.as_deref().unwrap_or_default())
        })
    }

    fn held(&self) -> impl Iterator<Item = &Entry<Hearing>> {
        self.hearings.iter().filter(|h| h.head.state == "held")
    }

    /// What the file says of a point.
    fn says(&self, item: &Item, proceeding: &Head) -> Standing {
        match item.rule {
            Rule::SingleInterview => match self.official().count() {
                0 => Standing::NotKnown,
                1 => Standing::Met,
                _ => Standing::NotMet,
            },
            Rule::HeardApart => {
                let apart = ["gesell", "advance_evidence"];
                all(self.official().map(|t| match t.body.place.as_str() {
                    "" => Standing::NotKnown,
                    place if apart.contains(&place) => Standing::Met,
                    _ => Standing::NotMet,
                }))
            }
            // Nobody noted is not nobody there.
            Rule::Company => {
                let noted =
                    |who: &str| if who.trim().is_empty() { Standing::NotKnown } else { Standing::Met };
                let told = self.official().map(|t| noted(&t.body.company));
                all(told.chain(self.held().map(|h| noted(&h.body.company))))
            }
            Rule::Interpreter => {
                let asked = self.held().filter(|h| h.body.interpreter != "not_needed");
                let came = all(asked.map(|h| {
                    if h.body.interpreter == "confirmed" { Standing::Met } else { Standing::NotMet }
                }));
                if self.needs_interpreter || came != Standing::NotKnown {
                    came
                } else {
                    Standing::DoesNotApply
                }
            }
            Rule::MeasuresWithin => all(self.measures.iter().map(|m| self.in_time(m, item.within))),
            Rule::ReparationAsked => {
                let asked = self.reparations.iter().any(|r| r.head.other == Some(proceeding.id));
                match (asked, proceeding.state.as_str()) {
                    (true, _) => Standing::Met,
                    (false, "execution" | "ended") => Standing::NotMet,
                    (false, _) => Standing::NotKnown,
                }
            }
            Rule::Asked => Standing::NotKnown,
        }
    }

    /// The file knows days: every begun day of the hours counts.
    fn in_time(&self, m: &Entry<Measure>, hours: i64) -> Standing {
        let Some(asked) = m.head.on_day.as_deref().and_then(|t| t.parse::<Date>().ok()) else {
            return Standing::NotKnown;
        };
        let decided = m.body.decided_on.parse::<Date>().ok();
        let until = decided.unwrap_or(self.today);
        let days = until.since(asked).map_or(0, |span| i64::from(span.get_days()));
        let most = hours.saturating_add(23) / 24;
        match (decided, m.head.state.as_str()) {
            // Refused is an answer, and no protection.
            (_, "refused") => Standing::NotMet,
            (Some(_), _) if days <= most => Standing::Met,
            (None, _) if days <= most => Standing::NotKnown,
            _ => Standing::NotMet,
        }
    }
}

/// One that is not met decides; then one that is not known; nothing at all is not known.
fn all(of: impl Iterator<Item = Standing>) -> Standing {
    of.fold(None, |so_far, next| match (so_far, next) {
        (Some(Standing::NotMet), _) | (_, Standing::NotMet) => Some(Standing::NotMet),
        (Some(Standing::NotKnown), _) | (_, Standing::NotKnown) => Some(Standing::NotKnown),
        _ => Some(Standing::Met),
    })
    .unwrap_or(Standing::NotKnown)
}

/// How a proceeding stands, and the answers of her lawyer. Both rights are asked: the points rest on the everyday folder, the
/// answers on the legal one.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn points<'p>(
    p: &'p Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, proceeding): (Uuid, Uuid),
    now: i64,
) -> Outcome<(Vec<Point<'p>>, Option<Entry<Answers>>)> {
    let legal = p.may_case(tx, caller, Act::READ_LEGAL, case).await?;
    let head = within(tx, case, proceeding).await?;
    let answers = answered(p, tx, caller, &legal, (case, proceeding)).await?;
    let seen = seen(p, tx, caller, &legal, case, now).await?;
    let said = |code: &str| answers.as_ref().and_then(|a| a.body.said.get(code)).map(String::as_str);
    let points = p.pack.score.items.iter().map(|item| point(item, &seen, &head, said(&item.code))).collect();
    Ok((points, answers))
}

fn point<'a>(item: &'a Item, seen: &Seen, head: &Head, said: Option<&str>) -> Point<'a> {
    let kind = head.code.as_deref().unwrap_or_default();
    if !item.kinds.is_empty() && !item.kinds.iter().any(|k| k == kind) {
        return Point { item, standing: Standing::DoesNotApply, on_file: true };
    }
    match seen.says(item, head) {
        Standing::NotKnown => {
            let standing = said.and_then(Standing::find).unwrap_or(Standing::NotKnown);
            Point { item, standing, on_file: false }
        }
        standing => Point { item, standing, on_file: true },
    }
}

async fn seen(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    legal: &Grant,
    case: Uuid,
    now: i64,
) -> Outcome<Seen> {
    let grant = p.may_case(tx, caller, Act::CASE_READ, case).await?;
    let person = crate::cases::lookup(tx, case).await?.person;
    Ok(Seen {
        tellings: tellings::list(p, tx, caller, &grant, case).await?,
        hearings: hearings::list(p, tx, caller, &grant, case).await?,
        measures: measures::list(p, tx, caller, &grant, case).await?,
        reparations: reparation::list(p, tx, caller, legal, case).await?,
        needs_interpreter: people::of(p, tx, caller, &grant, person).await?.core.interpreter,
        today: dates::day(now, &p.pack.zone),
    })
}

async fn answered(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, proceeding): (Uuid, Uuid),
) -> Outcome<Option<Entry<Answers>>> {
    let all: Vec<Entry<Answers>> = entries::list(p, tx, caller, grant, (case, Folder::Legal)).await?;
    Ok(all.into_iter().find(|a| a.head.other == Some(proceeding)))
}

/// Keeps what her lawyer answered, and for each point the fact of how it stands now. `seen` is the version of the answers that the
/// page showed; 0 when there were none.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Stale`] when somebody answered meanwhile; [`ProgrammeError::Invalid`] with what to mend.
pub async fn answer(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, proceeding, seen): (Uuid, Uuid, i64),
    said: &BTreeMap<String, String>,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let head = within(work.tx(), case, proceeding).await?;
    let known = |code: &str| p.pack.score.items.iter().any(|i| i.code == code);
    let sayable = |s: &str| Standing::find(s).is_some_and(|s| s != Standing::NotKnown);
    let mut problems = Problems::default();
    problems.when(said.iter().any(|(code, s)| !known(code) || !sayable(s)), "said", "problem-choose");
    problems.done()?;
    let before = answered(p, work.tx(), caller, &grant, (case, proceeding)).await?;
    if before.as_ref().map_or(0, |b| b.head.version) != seen {
        return Err(ProgrammeError::Stale);
    }
    let body = Answers { said: said.clone() };
    match before {
        Some(b) => {
            let plain = Plain { state: "answered", ..Plain::from(&b.head) };
            entries::change(p, work, caller, &grant, &b.head, seen, plain, &body, "answered").await?;
        }
        None => {
            let plain = Plain { state: "answered", other: Some(proceeding), ..Plain::default() };
            entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &body).await?;
        }
    }
    scored(p, work, caller, (case, &head)).await
}

/// One fact a point: how it stands, and before which institution. Its code is `<point>@<institution>`: a fact has no other place
/// for the second one.
async fn scored(p: &Programme, work: &mut Work, caller: &Caller, (case, head): (Uuid, &Head)) -> Outcome<()> {
    let institution = super::institution(work.tx(), head.other).await?;
    let now = work.at();
    let (points, _) = points(p, work.tx(), caller, (case, head.id), now).await?;
    for point in points {
        let mut fact = fact(p, work, caller, case, "justice.scored").await?;
        fact.code = Some(format!("{}@{institution}", point.item.code));
        fact.outcome = Some(point.standing.code().to_owned());
        work.fact(fact).await?;
    }
    Ok(())
}

/// Whether an entry is a proceeding.
pub(super) fn is_proceeding(head: &Head) -> bool {
    head.kind == Proceeding::KIND
}

#[cfg(test)]
mod tests {
    use super::{Standing, all};

    #[test]
    fn one_that_is_not_met_decides_and_nothing_is_not_known() {
        use Standing::{Met, NotKnown, NotMet};
        assert_eq!(all([].into_iter()), NotKnown);
        assert_eq!(all([Met, Met].into_iter()), Met);
        assert_eq!(all([Met, NotKnown].into_iter()), NotKnown);
        assert_eq!(all([NotKnown, NotMet, Met].into_iter()), NotMet);
    }
}
