//! What measures tell beside one another: of each that counts the same as others, or that counts nobody, the facts behind every line
//! that left, so that `disclosure` can say which new line would leave a few people alone.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_disclosure::{Behind, Question, Region, Threshold, told};
use ceiba_store::{Row, Tx};
use uuid::Uuid;

use super::reading::{self, Facts};
use super::span::{Span, day_of, days};
use super::typical::is_typical;
use crate::learning::practice::{self, Cases, Measured, Used};
use crate::route::bottlenecks::{By, PARTS};
use crate::route::ended::{Ended, Noted};
use crate::{Outcome, Programme, releases};

/// A line of a measure: its codes, and whom it counts when that is less than the whole question.
pub(crate) type Line = (Vec<String>, Option<Region>);

/// What facts a measure reads, and which measures read the same.
struct Family {
    /// None for runs of the route, which are read from several facts each, and for findings on practice, which use facts in several ways.
    kinds: Vec<String>,
    measures: Vec<String>,
}

/// The family of a measure; none for a measure whose facts no other counts.
fn family(measure: &str) -> Option<Family> {
    const TOGETHER: [(&[&str], &[&str]); 19] = [
        (&["alert.received"], &["Alerts", "AlertsByDepartment", "AlertsByChannel", "events:alert.received"]),
        (&["referral.sent", "referral.answered"], &["Cascade", "CascadeByOrigin"]),
        (&["goal.scored"], &["GoalsAtEntry", "GoalsNow"]),
        (&["shelter.refused"], &["Refused", "RefusedWhy"]),
        (
            &["service.given"],
            &["ServedByMonth", "ServedBySexAge", "ServedByDepartment", "people:service.given"],
        ),
        (&["training.refresh"], &["RefreshersDue"]),
        (&["training.follow"], &["FollowUpsDue"]),
        (&["training.completed"], &["TrainedByInstitution", "TrainedBySex", "people:training.completed"]),
        // Nights, tellings, visits and the like are not people: as many of them may be of one.
        (&["shelter.night"], &["BedNights", "occupancy"]),
        (&["telling.held"], &["Tellings"]),
        (&["telling.requested", "telling.avoided"], &["TellingRequests"]),
        (&["conference.ended"], &["Conferences"]),
        (&["conference.followed"], &["ConferenceTasks"]),
        (&["screening.kept"], &["Screening"]),
        (&["shelter.incident"], &["Incidents"]),
        (&["attendance.noted"], &["Attendance"]),
        (&["plan.reviewed"], &["Reviews"]),
        (&["clinic.visit"], &["ClinicVisits"]),
        (&["clinic.offer"], &["ClinicOffers"]),
    ];
    let all = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    if let Some(rest) = measure.strip_prefix("median:") {
        let kind = rest.split(':').next().unwrap_or_default();
        return Some(Family { kinds: all(&[kind]), measures: all(&[measure]) });
    }
    if measure == "marks" {
        return Some(Family { kinds: all(&["training.test"]), measures: all(&[measure]) });
    }
    if By::of(measure).is_some() {
        return Some(Family { kinds: Vec::new(), measures: all(&By::ALL.map(By::code)) });
    }
    if practice::of(measure).is_some() {
        return Some(Family { kinds: Vec::new(), measures: all(&[measure]) });
    }
    let (kinds, measures) = TOGETHER.iter().find(|(_, measures)| measures.contains(&measure))?;
    Some(Family { kinds: all(kinds), measures: all(measures) })
}

/// Of which kinds of facts a table of counts is made that may leave for somebody outside; none for a measure that is not laid beside reports.
pub(super) fn kinds_of(measure: &str) -> Option<Vec<String>> {
    let one = match measure {
        "ServedByService" => "service.given",
        "Answers" => "alert.answered",
        "Goals" => "goal.rated",
        "Plans" => "plan.agreed",
        _ => return family(measure).filter(|_| !is_typical(measure)).map(|family| family.kinds),
    };
    Some(vec![one.to_owned()])
}

/// A fact, as far as measures divide by it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fact {
    kind: String,
    pub(super) day: String,
    site: Option<String>,
    code: Option<String>,
    outcome: Option<String>,
    department: String,
    sex: Option<String>,
    age_band: Option<String>,
    institution: Option<String>,
    channel: Option<String>,
    referred_by: Option<String>,
    entry: Option<String>,
    minutes: Option<i64>,
}

impl Fact {
    fn read(row: &Row) -> Outcome<Self> {
        let municipality: Option<String> = row.get("municipality")?;
        Ok(Self {
            kind: row.get("kind")?,
            day: row.get("day")?,
            site: row.get("site")?,
            code: row.get("code")?,
            outcome: row.get("outcome")?,
            department: municipality.unwrap_or_default().chars().take(4).collect(),
            sex: row.get("sex")?,
            age_band: row.get("age_band")?,
            institution: row.get("institution")?,
            channel: row.get("channel")?,
            referred_by: row.get("referred_by")?,
            entry: row.get("entry")?,
            minutes: row.get("minutes")?,
        })
    }

    /// A fact as reports read it. A dimension that stands more than once is said by its first code.
    pub(super) fn again(facts: &Facts, line: &reading::Line) -> Self {
        let text = |name| Some(facts.text(name)).filter(|t| !t.is_empty()).map(str::to_owned);
        let dim = |name| facts.values(line, facts.field(name)).next().and_then(text);
        let [code, outcome, site, municipality, sex, age_band] = line.columns.map(text);
        Self {
            kind: facts.kinds.get(line.kind as usize).cloned().unwrap_or_default(),
            day: format!("{:04}-{:02}-{:02}", line.day / 10_000, line.day / 100 % 100, line.day % 100),
            site,
            code,
            outcome,
            department: municipality.unwrap_or_default().chars().take(4).collect(),
            sex,
            age_band,
            institution: dim("institution"),
            channel: dim("channel"),
            referred_by: dim("referred_by"),
            entry: dim("entry"),
            minutes: line.minutes,
        }
    }

    /// In which line of a measure it counts; none when the measure does not count it. As the measure's statement says.
    pub(super) fn line(&self, measure: &str) -> Option<Vec<String>> {
        let or = |text: &Option<String>, other: &str| text.clone().unwrap_or_else(|| other.to_owned());
        let (month, code, outcome) =
            (self.day.chars().take(7).collect(), or(&self.code, ""), or(&self.outcome, ""));
        let all = || "all".to_owned();
        let of = match measure {
            "Alerts" => [month, code],
            "AlertsByDepartment" | "ServedByDepartment" => [self.department.clone(), all()],
            "Cascade" => [or(&self.outcome, "requested"), all()],
            "CascadeByOrigin" => [or(&self.outcome, "requested"), or(&self.referred_by, "unknown")],
            "GoalsAtEntry" => [code, or(&self.entry, "")],
            "GoalsNow" | "Goals" | "ServedByService" | "Answers" => [code, outcome],
            "Screening" => [or(&self.outcome, "none"), all()],
            "Plans" => [month, all()],
            "Incidents" => [code, all()],
            "Attendance" | "ClinicOffers" => [code, outcome],
            "Reviews" => [month, outcome],
            "ClinicVisits" if outcome == "done" => [month, code],
            "Refused" => [or(&self.age_band, ""), outcome],
            "RefusedWhy" => [code, all()],
            "ServedByMonth" => [month, or(&self.site, "")],
            "ServedBySexAge" => [or(&self.age_band, ""), or(&self.sex, "")],
            "TrainedByInstitution" => [or(&self.institution, "unknown"), outcome],
            "RefreshersDue" | "FollowUpsDue" => [or(&self.institution, "unknown"), all()],
            "TrainedBySex" => [or(&self.sex, "unknown"), outcome],
            "BedNights" if code == "resident" => [month, or(&self.site, "")],
            "occupancy" if code == "resident" => return Some(Vec::new()),
            "Tellings" => [code, or(&self.outcome, "unknown")],
            "TellingRequests" => [code, self.kind.clone()],
            "Conferences" => [month, outcome],
            "ConferenceTasks" => [code, outcome],
            "marks" if ["pre", "post"].contains(&outcome.as_str()) => {
                [or(&self.institution, "unknown"), outcome]
            }
            "AlertsByChannel" => [self.channel.clone()?, self.quarter()],
            "BedNights" | "occupancy" | "marks" | "ClinicVisits" => return None,
            other => {
                let wanted =
                    other.strip_prefix("median:").map(|rest| rest.split_once(':').map_or("", |(_, o)| o));
                let counts = wanted.is_none_or(|w| self.minutes.is_some() && (w.is_empty() || w == outcome));
                return counts.then(Vec::new);
            }
        };
        Some(of.to_vec())
    }

    /// The quarter of its day, `2026-Q3`.
    fn quarter(&self) -> String {
        let month: usize = self.day.get(5..7).and_then(|m| m.parse().ok()).unwrap_or(1);
        format!("{}-Q{}", self.day.get(..4).unwrap_or_default(), month.saturating_sub(1) / 3 + 1)
    }

    /// Whether it lies in a region: its days, and its site where that says one.
    pub(super) fn is_in(&self, (region, day): (&Region, i64)) -> bool {
        let here = |sites: &BTreeSet<String>| self.site.as_ref().is_some_and(|site| sites.contains(site));
        region.days.0 <= day && day < region.days.1 && region.filters.get("site").is_none_or(here)
    }
}

/// An answer, as far as it says which facts its lines count: those entered before some position of the ledger.
struct Counting {
    measure: String,
    region: Region,
    before: i64,
    /// The number of each line among all.
    lines: BTreeMap<Vec<String>, usize>,
}

/// Which lines of a new answer may leave beside everything that left before of the same facts. The largest go first.
pub(crate) async fn apart(
    p: &Programme,
    tx: &mut Tx,
    question: &Question,
    lines: &[(Line, u64)],
    threshold: Threshold,
) -> Outcome<Vec<bool>> {
    let mut may = vec![true; lines.len()];
    let Some(family) = family(&question.measure) else { return Ok(may) };
    if let Some((measured, practice::Part::Range)) = practice::of(&question.measure) {
        // In the middle of a range is what was found: it is not told where that may not be.
        let measure = practice::code(measured, practice::Part::Found);
        let (found, line) = (Question { measure, ..question.clone() }, [((Vec::new(), None), u64::MAX)]);
        if Box::pin(apart(p, tx, &found, &line, threshold)).await? != [true] {
            return Ok(vec![false; lines.len()]);
        }
    }
    let mut new: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].1 >= threshold.k()).collect();
    new.sort_by_key(|at| (std::cmp::Reverse(lines[*at].1), *at));
    let own = new.iter().enumerate().map(|(n, at)| (lines[*at].0.0.clone(), n)).collect();
    let mut counting = vec![Counting {
        measure: question.measure.clone(),
        region: question.region.clone(),
        before: i64::MAX,
        lines: own,
    }];
    let mut many = new.len();
    for measure in &family.measures {
        for (question, before, shown) in releases::shown(tx, measure).await? {
            let lines: BTreeMap<_, _> = shown.into_iter().zip(many..).collect();
            many += lines.len();
            counting.push(Counting { measure: question.measure, region: question.region, before, lines });
        }
    }
    let facts = if By::of(&question.measure).is_some() {
        runs(p, tx, &counting).await?
    } else if let Some(what) = practice::of(&question.measure) {
        practised(tx, what, &counting).await?
    } else {
        behind(tx, &family, &counting).await?
    };
    for (at, told) in new.iter().zip(told(&facts, (new.len(), many), threshold)) {
        may[*at] = told;
    }
    Ok(may)
}

/// The runs of the route behind answers, each as it was when the answer was made: one that changed since is another one.
async fn runs(p: &Programme, tx: &mut Tx, counting: &[Counting]) -> Outcome<Vec<Behind<Who>>> {
    let noted = Noted::read(tx).await?;
    let mut found = BTreeMap::<Ended, BTreeSet<usize>>::new();
    for c in counting {
        let Some(by) = By::of(&c.measure) else { continue };
        for run in noted.ended(p, &Span::of(&c.region)?, c.before) {
            let codes =
                by.groups(p, &run).into_iter().flat_map(|g| PARTS.map(|part| vec![g.clone(), part.into()]));
            let lines: Vec<usize> = codes.filter_map(|codes| c.lines.get(&codes).copied()).collect();
            found.entry(run).or_default().extend(lines);
        }
    }
    let one = |(run, lines): (Ended, BTreeSet<usize>)| (Who::Known(run.person), lines.into_iter().collect());
    Ok(found.into_iter().map(one).collect())
}

/// The cases behind findings, each as it stood and was used when the finding was made.
async fn practised(
    tx: &mut Tx,
    what: (Measured, practice::Part),
    counting: &[Counting],
) -> Outcome<Vec<Behind<Who>>> {
    let (first, last) = reach(counting)?;
    let cases = Cases::read(tx, what.0, (&first, &last)).await?;
    let mut found = BTreeMap::<Used, BTreeSet<usize>>::new();
    for c in counting {
        for one in cases.behind(what, &Span::of(&c.region)?, c.before) {
            found.entry(one).or_default().extend(c.lines.values());
        }
    }
    let mut out = Vec::new();
    for (at, ((case, amount, _), lines)) in found.into_iter().enumerate() {
        let lines: Vec<usize> = lines.into_iter().collect();
        match case.who {
            Some(who) => out.push((Who::Known(who), lines)),
            None => out.extend((0..amount.abs().min(ENOUGH)).map(|n| (Who::Each(at, n), lines.clone()))),
        }
    }
    Ok(out)
}

/// The first day of all answers, and the first after them.
fn reach(counting: &[Counting]) -> Outcome<(String, String)> {
    let first = counting.iter().map(|c| c.region.days.0).min().unwrap_or(0);
    let last = counting.iter().map(|c| c.region.days.1).max().unwrap_or(0);
    Ok((day_of(first)?, day_of(last)?))
}

/// Whose a fact is: somebody's, or nobody's whose pseudonym is known, each one apart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Known(Vec<u8>),
    Each(usize, i64),
}

/// Facts that say the same of the same person and are of the same lines: what one adds another may take back.
type Same = (Option<Vec<u8>>, Fact, Vec<usize>);

/// Nobody needs more than so many to be many.
const ENOUGH: i64 = 100;

/// The facts of a family, each with the lines that count it. What was taken back before anything told of it is left out.
async fn behind(tx: &mut Tx, family: &Family, counting: &[Counting]) -> Outcome<Vec<Behind<Who>>> {
    let mut net: BTreeMap<Same, i64> = BTreeMap::new();
    let (first, last) = reach(counting)?;
    for kind in &family.kinds {
        let rows = tx
            .sql(
                "SELECT f.kind, f.day, f.site, f.code, f.outcome, f.municipality, f.sex, f.age_band, f.minutes, f.amount, f.backs, f.entered,
                   COALESCE(s.as_subject, f.subject) AS subject, d.value AS institution, h.value AS channel, r.value AS referred_by, e.value AS entry
                 FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
                   LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                   LEFT JOIN fact_dim h ON h.fact = f.id AND h.dim = 'channel'
                   LEFT JOIN fact_dim r ON r.fact = f.id AND r.dim = 'referred_by'
                   LEFT JOIN fact_dim e ON e.fact = f.id AND e.dim = 'entry'
                 WHERE f.kind = $1 AND f.day >= $2 AND f.day < $3",
            )
            .bind(kind)
            .bind(&first)
            .bind(&last)
            .all()
            .await?;
        for row in &rows {
            let (fact, entered) = (Fact::read(row)?, row.get::<i64>("entered")?);
            let day = days(&fact.day)?;
            let counts = counting.iter().filter(|c| entered < c.before && fact.is_in((&c.region, day)));
            let of: Vec<usize> =
                counts.filter_map(|c| c.lines.get(&fact.line(&c.measure)?).copied()).collect();
            if !of.is_empty() {
                let amount: i64 = row.get("amount")?;
                // A score is one fact whatever it says, and what takes it back is one less.
                let backs = row.get::<Option<Uuid>>("backs")?.is_some();
                let amount = if kind == "training.test" { if backs { -1 } else { 1 } } else { amount };
                *net.entry((row.get("subject")?, fact, of)).or_default() += amount;
            }
        }
    }
    let mut out = Vec::new();
    for (at, ((subject, _, of), amount)) in
        net.into_iter().enumerate().filter(|(_, (_, amount))| *amount != 0)
    {
        match subject {
            Some(who) => out.push((Who::Known(who), of)),
            None => out.extend((0..amount.abs().min(ENOUGH)).map(|n| (Who::Each(at, n), of.clone()))),
        }
    }
    Ok(out)
}
