//! Receiving somebody, at any hour: five answers, a bed, and the rest as tasks for daylight.

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::Work;
use uuid::Uuid;

use super::companions::{self, Companion};
use super::rules::{self, Candidate};
use super::transfer::{self, Transfer};
use super::{Admission, Bedside, at_home, missing, of, presence, stays};
use crate::cases::files::{self, Attached};
use crate::cases::{self, New, Whose, safety, tasks};
use crate::dates::Birth;
use crate::entries::{self, Plain};
use crate::packs::{House, Site};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, people};

/// Who arrives.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// Somebody new, by the name she wants to be called.
    New(&'a str),
    /// Somebody who brings the code of an open case of this house, or of a case that is on its way to it.
    Known(&'a str),
}

/// The order of a competent authority, photographed.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// What the file is called.
    pub attached: Attached,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What may be known of somebody new already at the door. Nothing of it has to be asked at night.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// About how old she is, in years.
    pub years: Option<u8>,
    /// She needs a room without a step.
    pub step_free: bool,
    /// A child she brings.
    pub child: Option<Companion>,
}

/// An arrival.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// Who.
    pub who: Who<'a>,
    /// Allergies and medicine; empty when nobody could ask.
    pub bedside: &'a str,
    /// Who must not come in; may be empty.
    pub keep_away: &'a str,
    /// The bed, as the pack names it.
    pub bed: &'a str,
    /// The order, when there is one.
    pub order: Option<Order<'a>>,
    /// The order's civil day, as ISO text.
    pub order_day: &'a str,
    /// Without an order: a code of the list `admission_bases`.
    pub basis: &'a str,
    /// What is known of her already.
    pub about: About,
    /// Why she is placed against a rule of safety; empty when none stands against it.
    pub pass: &'a str,
}

/// Receives somebody into the caller's house: person and case if she is new, bed, allergies, door, order, tasks
/// and fact, all or none. Who comes from another house of the programme brings her case with her. The caller commits. Tells the case and its code.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, among others when somebody else has the bed;
/// [`ProgrammeError::State`] when nobody sleeps at her site, or nobody there can be responsible.
pub async fn admit(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    a: &Arrival<'_>,
) -> Outcome<(Uuid, String)> {
    p.may_on(caller, Act::HOUSE_ADMIT, Uuid::nil(), &at_home(caller))?;
    let (site, house) = of(p, caller)?;
    let coming = match a.who {
        Who::New(_) => None,
        Who::Known(code) => {
            let id = cases::by_code(work.tx(), code).await?;
            transfer::coming(p, work.tx(), caller, id).await?.map(|t| t.body)
        }
    };
    let from = coming.as_ref().map_or(site.code.as_str(), |t| t.from.as_str());
    stays::take_turn(work, &[&site.code, from]).await?;
    check(p, work, (site, house), (a, coming.as_ref())).await?;
    let known = match (a.who, &coming) {
        (Who::New(_), _) => None,
        (Who::Known(code), None) => Some(known(p, work, caller, code).await?),
        (Who::Known(code), Some(body)) => {
            let case = cases::by_code(work.tx(), code).await?;
            let next = responsible(p, work, site, case).await?;
            transfer::arrives(p, work, caller, (case, site), (body, next)).await?;
            Some(case)
        }
    };
    let brings = coming.as_ref().map_or(0, |t| t.with.len());
    let candidate = candidate(p, work, caller, house, (known, &a.about, brings)).await?;
    let found = rules::look(p, work.tx(), caller, (site, house), &candidate, a.bed).await?;
    let passed = rules::clear(p, caller, found, a.pass)?;
    let case = match (a.who, known) {
        (Who::New(name), _) => open(p, work, caller, (site, house), (name, a)).await?,
        (Who::Known(_), known) => known.unwrap_or_default(),
    };
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    stays::begin(work, site, a.bed, (case, case)).await?;
    let plain = Plain { state: "in", code: Some(site.code.clone()), ..Plain::default() };
    let body = admission(a, coming.as_ref());
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    rules::passed(p, work, caller, &grant, (case, &passed, a.pass)).await?;
    presence::seen(work, caller, case, "admission").await?;
    if let Some(child) = &a.about.child {
        companions::bring(p, work, caller, case, (child, a.pass)).await?;
    }
    if !a.bedside.is_empty() {
        let plain = Plain { state: "kept", ..Plain::default() };
        let body = Bedside { text: a.bedside.into(), ..Bedside::default() };
        entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &body).await?;
    }
    if !a.keep_away.is_empty() {
        safety::add_to_door(p, work, caller, &grant, case, a.keep_away).await?;
    }
    if let Some(order) = &a.order {
        files::attach_as(p, work, caller, &grant, case, &order.attached, order.bytes).await?;
    }
    let file = cases::lookup(work.tx(), case).await?;
    let how = if coming.is_some() { "elsewhere_safe" } else { "came_back" };
    missing::arrived(p, work, caller, &grant, (case, how)).await?;
    if let Some(body) = &coming {
        transfer::settled(p, work, caller, &grant, (case, a.bed), body).await?;
        return Ok((case, file.code));
    }
    tasks::arise(p, work, caller, &grant, (case, file.responsible), tasks::On::Admission).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "shelter.admitted").await?;
    fact.code = Some(if a.order.is_some() { "order".to_owned() } else { a.basis.to_owned() });
    work.fact(fact).await?;
    Ok((case, file.code))
}

/// Everything that can be mended, at once.
async fn check(
    p: &Programme,
    work: &mut Work,
    (site, house): (&Site, &House),
    (a, coming): (&Arrival<'_>, Option<&Transfer>),
) -> Outcome<()> {
    let today = crate::dates::day(work.at(), &p.pack.zone);
    let mut problems = Problems::default();
    if let Who::New(name) = a.who {
        problems.when(name.is_empty(), "chosen_name", "problem-chosen-name");
        problems.when(name.chars().count() > 80, "chosen_name", "problem-too-long");
    }
    let years = a.about.years.is_some_and(|y| y > 99);
    problems.when(years, "years", "problem-age");
    problems.when(a.bedside.chars().count() > 2000, "bedside", "problem-too-long");
    problems.when(a.keep_away.chars().count() > 2000, "keep_away", "problem-too-long");
    let ours = house.beds().any(|b| b == a.bed);
    problems.when(!ours, "bed", "problem-bed");
    problems.when(
        ours && !super::free(work.tx(), (site, house)).await?.contains(&a.bed),
        "bed",
        "problem-bed-taken",
    );
    let day = a.order_day.parse::<jiff::civil::Date>();
    let dated = !a.order_day.is_empty();
    problems.when(dated && day.is_err(), "order_day", "problem-date-impossible");
    problems.when(day.is_ok_and(|d| d > today), "order_day", "problem-date-future");
    problems.when(a.order.is_some() && !dated, "order_day", "problem-order-day");
    problems.when(dated && a.order.is_none(), "file", "problem-order-file");
    // The order that brought her into the programme brings her from house to house.
    let none = a.order.is_none() && !dated && coming.is_none();
    problems.when(none && a.basis.is_empty(), "basis", "problem-order-or-basis");
    let known = a.basis.is_empty() || p.pack.lists.has("admission_bases", a.basis);
    problems.when(!known, "basis", "problem-choose");
    problems.done()
}

fn problem(field: &'static str, key: &'static str) -> ProgrammeError {
    ProgrammeError::Invalid(vec![Problem { field, key }])
}

/// Who is to be placed: what her file says, or what was seen at the door.
async fn candidate(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    house: &House,
    (case, about, brings): (Option<Uuid>, &About, usize),
) -> Outcome<Candidate> {
    let companions = brings + usize::from(about.child.is_some());
    let Some(case) = case else {
        let today = crate::dates::day(work.at(), &p.pack.zone);
        let age = about.years.and_then(|years| Birth::About { years, on: today }.age_on(today));
        let sex = house.receives.clone();
        return Ok(Candidate { sex, age, companions, step_free: about.step_free, ..Candidate::default() });
    };
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let known = rules::known(p, work.tx(), caller, &grant, case).await?;
    Ok(Candidate { companions, step_free: about.step_free, ..known })
}

/// A case for somebody new: what is not asked at night stays unknown, for daylight.
async fn open(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (site, house): (&Site, &House),
    (name, a): (&str, &Arrival<'_>),
) -> Outcome<Uuid> {
    let about = &a.about;
    let today = crate::dates::day(work.at(), &p.pack.zone);
    let core = people::Core {
        chosen_name: name.to_owned(),
        language: String::new(),
        interpreter: false,
        birth: about.years.map_or(Birth::Unknown, |years| Birth::About { years, on: today }),
        ..Default::default()
    };
    let person = people::New { core, identity: people::Identity::default(), sex: house.receives.clone() };
    let next = responsible(p, work, site, Uuid::nil()).await?;
    let next = next.ok_or(ProgrammeError::State("state-no-responsible"))?;
    let new = New {
        whose: Whose::New(Box::new(person)),
        site: site.code.clone(),
        municipality: site.municipality.clone(),
        alert: None,
        referred_by: brought_by(a).to_owned(),
        responsible: Some(next),
    };
    let here = Situation { same_site: true, ..Situation::default() };
    Ok(cases::open_as(p, work, caller, (Act::HOUSE_ADMIT, here), &new).await?.0)
}

/// Who brought her: whose order it is, or who stands at the door with her.
fn brought_by(a: &Arrival<'_>) -> &'static str {
    match a.basis {
        _ if a.order.is_some() => "court",
        "court_by_phone" => "court",
        "pgn_brought" => "child_protection",
        "police_brought" => "police",
        "adult_asks" => "herself",
        _ => "",
    }
}

/// An open case of this house. One of another house and one that does not exist are answered alike.
async fn known(p: &Programme, work: &mut Work, caller: &Caller, code: &str) -> Outcome<Uuid> {
    let id = cases::by_code(work.tx(), code).await?;
    let grant = match p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, id).await {
        Err(ProgrammeError::Refused(_)) => return Err(problem("code", "problem-house-code")),
        other => other?,
    };
    if cases::lookup(work.tx(), id).await?.state == "closed" {
        return Err(problem("code", "problem-house-code"));
    }
    let here = work.sql("SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'admission' AND state = 'in'");
    if here.bind(id).optional().await?.is_some() {
        return Err(problem("code", "problem-already-in"));
    }
    // She had left for another house, and is here: she does not go there.
    if transfer::on_way(work.tx(), id).await? {
        transfer::ended(p, work, caller, &grant, id).await?;
    }
    Ok(id)
}

/// The admission as it is kept: who comes from another house keeps the order and the day she came.
fn admission(a: &Arrival<'_>, coming: Option<&Transfer>) -> Admission {
    let papers = (a.order_day, a.basis);
    let (order_day, basis) = match coming {
        Some(t) if papers == ("", "") => (t.order_day.as_str(), t.basis.as_str()),
        _ => papers,
    };
    Admission {
        order_day: order_day.to_owned(),
        basis: basis.to_owned(),
        left: String::new(),
        since: coming.map(|t| t.since),
    }
}

/// Whose a case is in the morning: the house's social worker with the fewest open cases, else who coordinates; nobody who has a
/// conflict of interest with it.
async fn responsible(p: &Programme, work: &mut Work, site: &Site, case: Uuid) -> Outcome<Option<Uuid>> {
    let rows = work
        .sql(
            "SELECT a.id, a.role, (SELECT COUNT(*) FROM case_file c WHERE c.responsible = a.id AND c.state <> 'closed') AS load
             FROM account a WHERE a.site = $1 AND a.active = TRUE
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = $2 AND b.account = a.id) ORDER BY load, a.id",
        )
        .bind(&site.code)
        .bind(case)
        .all()
        .await?;
    for function in ["social", "coordination"] {
        for row in &rows {
            let role: String = row.get("role")?;
            if p.gate.roles().role(&role).is_some_and(|r| r.function == function) {
                return Ok(Some(row.get("id")?));
            }
        }
    }
    Ok(None)
}
