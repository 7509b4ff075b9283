//! Numbers that Sofía asks for outside: one that left, one that did not, and one that waits for Sara.

use anyhow::Context as _;
use ceiba_disclosure::Audience;
use ceiba_programme::releases::{self, New};
use ceiba_programme::results::{Measure, Span};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::seed::Past;

/// Lets it happen, of the twelve months that are over.
pub async fn happen(past: &Past) -> anyhow::Result<()> {
    let (sofia, sara) = (past.caller("sofia")?, past.caller("sara")?);
    let today: Date = past.p.day(past.p.store.clock.now()).parse().context("a day")?;
    let to = today.saturating_sub(5.days()).first_of_month().yesterday()?;
    let from = to.first_of_month().saturating_sub(11.months());
    let span = Span { from: from.to_string(), to: to.to_string(), site: None };
    for (measure, audience, recipient, reason, decision) in [
        (Measure::ServedByService, Audience::Donor, "Fundación Ceibal", "donor_report", Some(None)),
        (
            Measure::ServedBySexAge,
            Audience::Public,
            "Radio comunitaria",
            "public_note",
            Some(Some("too_fine")),
        ),
        (Measure::Cascade, Audience::Public, "Mesa departamental", "coordination", None),
    ] {
        let new = New { measure, span: &span, audience, recipient, reason };
        let mut work = past.p.store.work(sofia.account).await?;
        let id = releases::ask(&past.p, &mut work, &sofia, &new).await?;
        work.commit().await?;
        let Some(refusal) = decision else { continue };
        let mut work = past.p.store.work(sara.account).await?;
        releases::decide(&past.p, &mut work, &sara, id, refusal).await?;
        work.commit().await?;
    }
    Ok(())
}
