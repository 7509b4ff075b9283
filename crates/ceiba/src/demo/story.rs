//! What happens in the invented programme, step by step.

use ceiba_programme::alerts::triage::{self, Decision};
use ceiba_programme::cases::{self, screening};
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use uuid::Uuid;

use super::seed::{Past, alert, new_case, settle};
use super::{
    care, clinic, house, justice, learning, met, network, nights, office, results, route, training, units,
};

mod course;
mod later;
mod luz;

use course::{act, calendar};
pub use later::short;
pub use luz::leave_work_open;
use luz::luz;

/// Something that happens at an instant.
pub enum Step {
    /// An alert comes.
    Alert,
    /// Somebody decides about it.
    Decide {
        /// Which.
        alert: Uuid,
        /// Where.
        municipality: &'static str,
    },
    /// Somebody screens after an alert, and settles it.
    Screen {
        /// Which alert.
        alert: Uuid,
        /// Whose it is.
        worker: &'static str,
    },
    /// Somebody arrives at a house.
    Arrive(nights::Arrival),
    /// She leaves it.
    Leave {
        /// Her case.
        case: Uuid,
        /// Who notes it.
        who: &'static str,
        /// How.
        how: &'static str,
    },
    /// Something of the last days in the houses.
    House(house::Scene),
    /// In the morning what waited for daylight is done.
    Morning {
        /// Her case.
        case: Uuid,
    },
    /// Something happens at the clinic.
    Clinic(clinic::Step),
    /// Something of services and plan.
    Care(care::Moment),
    /// Something of institutions and the court.
    Justice(justice::Moment),
    /// Something at the municipal office.
    Office(office::Moment),
    /// Something of training.
    Training(training::Moment),
    /// Something in the community network, or a line of the log.
    Network(network::Moment),
    /// Something of learning.
    Learning(learning::Moment),
    /// Something of reports to donors.
    Results(results::Moment),
    /// Somebody is referred to a unit, which answers.
    Units(units::Moment),
    /// Somebody comes who may have been here before.
    Met(usize),
    /// Steps of the route are noted.
    Route,
    /// Luz comes.
    Luz {
        /// The day the visitor sees the programme.
        now: Micros,
    },
    /// Something is done for a case, by its worker.
    Act {
        /// Which case.
        case: Uuid,
        /// Whose.
        worker: &'static str,
        /// What.
        what: Act,
    },
}

/// What is done for a case.
pub enum Act {
    /// Risk evaluation.
    Safety,
    /// Consents.
    Consent,
    /// An interview.
    Telling(&'static str),
    /// A goal in this domain.
    Goal(&'static str, &'static str),
    /// The plan is agreed.
    Agree,
    /// A service.
    Service(&'static str),
    /// A note or visit.
    Note(&'static str),
    /// Goals are rated.
    Rate,
    /// A referral, with what will come back.
    Refer(&'static str, &'static str),
    /// An answer to the open referrals.
    Answer(&'static str),
    /// Follow-up contact.
    FollowUp,
    /// Closing is asked and approved.
    Close,
    /// What a course has besides.
    Later(later::Later),
}

/// Lets a step happen.
pub async fn happen(past: &mut Past, step: Step) -> anyhow::Result<()> {
    match step {
        Step::Alert => {
            let municipality = if past.dice.below(2) == 0 { "GT0108" } else { "GT0920" };
            let id = alert(past, municipality).await?;
            let minutes = i64::from(10 + past.dice.below(500));
            let at = past.p.store.clock.now() + minutes * MINUTE;
            past.plan(at, Step::Decide { alert: id, municipality });
            Ok(())
        }
        Step::Screen { alert, worker } => screen(past, alert, worker).await,
        Step::Clinic(step) => clinic::happen(past, step).await,
        Step::Care(moment) => care::happen(past, moment).await,
        Step::Justice(moment) => justice::happen(past, moment).await,
        Step::Office(moment) => office::happen(past, moment).await,
        Step::Training(moment) => training::happen(past, moment).await,
        Step::Network(moment) => network::happen(past, moment).await,
        Step::Learning(moment) => learning::happen(past, moment).await,
        Step::Results(moment) => results::happen(past, moment).await,
        Step::Units(moment) => units::happen(past, moment).await,
        Step::Met(n) => met::comes(past, n).await,
        Step::Route => route::happen(past).await,
        Step::Luz { now } => luz(past, now).await,
        Step::Arrive(arrival) => nights::arrive(past, arrival).await,
        Step::Leave { case, who, how } => nights::leave(past, case, who, how).await,
        Step::House(scene) => house::play(past, scene).await,
        Step::Morning { case } => nights::morning(past, case).await,
        Step::Decide { alert, municipality } => decide(past, alert, municipality).await,
        Step::Act { case, worker, what } => {
            let caller = past.caller(worker)?;
            act(past, case, worker, &caller, what).await
        }
    }
}

async fn decide(past: &mut Past, alert: Uuid, municipality: &'static str) -> anyhow::Result<()> {
    let worker = match (municipality, past.dice.below(3)) {
        ("GT0920", _) => "lucia",
        (_, 0) => "teresa",
        _ => "abel",
    };
    let who = past.caller(worker)?;
    match past.dice.below(100) {
        0..30 => {
            let site = match worker {
                "lucia" => "K1",
                "teresa" => "M2",
                _ => "M1",
            };
            let said = past.p.store.clock.now() / DAY % 5;
            let referred_by = match said {
                0 => "child_protection",
                1 => "court",
                _ => "",
            };
            let new = cases::New {
                referred_by: referred_by.to_owned(),
                ..new_case(past, site, municipality, Some(alert))
            };
            let mut work = past.p.store.work(who.account).await?;
            let (case, code) = cases::open(&past.p, &mut work, &who, &new).await?;
            work.commit().await?;
            calendar(past, case, worker);
            nights::perhaps(past, site, code);
            Ok(())
        }
        30..60 => settle(past, &who, alert, Decision::Orient).await,
        60..80 => {
            settle(past, &who, alert, Decision::Screen).await?;
            let at = past.p.store.clock.now() + HOUR * i64::from(2 + past.dice.below(60));
            past.plan(at, Step::Screen { alert, worker });
            Ok(())
        }
        _ => settle(past, &who, alert, Decision::Close).await,
    }
}

/// Screens with the conversation guide: some questions answered at random, most left for another day.
async fn screen(past: &Past, alert: Uuid, worker: &str) -> anyhow::Result<()> {
    let (p, who) = (&past.p, past.caller(worker)?);
    let mut work = p.store.work(who.account).await?;
    let form = screening::form(work.tx(), "conversation-guide").await?;
    let context = screening::context(p, work.at(), form.language("es"));
    let mut answers = ceiba_forms::initial_answers(&form, &context);
    for _ in 0..3 {
        let open = ceiba_forms::evaluate(&form, &answers, &context);
        let mut given = Vec::new();
        for node in open.nodes.iter().filter(|n| n.relevant && n.answer.is_none()) {
            let choices = node.choices();
            if !choices.is_empty() && past.dice.below(3) > 0 {
                let n = past.dice.below(u32::try_from(choices.len()).unwrap_or(1)) as usize;
                given.push((node.path.clone(), choices[n].name.clone()));
            }
        }
        for (path, choice) in given {
            answers.give(&path, choice);
        }
    }
    let mut evaluation = ceiba_forms::evaluate(&form, &answers, &context);
    let empty = ceiba_forms::initial_answers(&form, &context);
    if !evaluation.accepted() {
        evaluation = ceiba_forms::evaluate(&form, &empty, &context);
    }
    screening::keep(p, &mut work, &who, alert, &form, &evaluation).await?;
    let decision = if past.dice.below(3) == 0 { Decision::Close } else { Decision::Orient };
    let reason = if decision == Decision::Close { "no_sign" } else { "" };
    triage::decide(p, &mut work, &who, alert, decision, (reason, None)).await?;
    Ok(work.commit().await?)
}
